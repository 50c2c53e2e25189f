/* The grid: rows and spans (XSL 1.1, 6.7.9-10, 7.28.11-15; CSS 2.1, 17.5). */
#include "layout/table.h"

/* Rows being read: a span fills places in rows that are not read yet. */
struct grid {
    struct table *t;
    struct row_source *s;
    struct arena *arena;
    struct row *rows;
    size_t count, cap;
    size_t at; /* the row being read */
};

static void need_row(struct grid *g, size_t i) {
    g->rows = mem_grow(g->rows, &g->cap, i + 1, sizeof *g->rows);
    for (; g->count <= i; g->count++) {
        g->rows[g->count] = (struct row){.part = g->s->part};
        g->rows[g->count].unit = ARENA_ARRAY(g->arena, struct grid_unit, g->t->columns);
    }
}

static int32_t positive(const struct fo_node *n, enum fo_prop p, int32_t max) {
    double v = fo_number(n, p);
    return v >= max ? max : v >= 1 ? (int32_t)v : 1;
}

static int32_t free_column(const struct grid *g, int32_t from) {
    while (from < g->t->columns && g->rows[g->at].unit[from].cell) from++;
    return from;
}

static int32_t columns_of(struct grid *g, struct fo_node *n, int32_t at) {
    int32_t columns = positive(n, P_NUMBER_COLUMNS_SPANNED, COLUMNS_MAX);
    if (at + columns > g->t->columns) {
        diag_add(g->t->l->diags, DIAG_TABLE_COLUMN_SPAN, n->pos, (int)columns, (int)(g->t->columns - at));
        columns = g->t->columns - at;
    }
    for (int32_t i = 0; i < columns; i++)
        if (g->rows[g->at].unit[at + i].cell) {
            diag_add(g->t->l->diags, DIAG_TABLE_CELL_TAKEN, n->pos, (int)(at + i + 1));
            return i;
        }
    return columns;
}

static void add_cell(struct grid *g, struct fo_node *n, int32_t *next) {
    double number = fo_number(n, P_COLUMN_NUMBER);
    int32_t at = number >= 1 && number <= COLUMNS_MAX ? (int32_t)number - 1 : free_column(g, *next);
    if (at >= g->t->columns) {
        diag_add(g->t->l->diags, DIAG_TABLE_CELL_OUTSIDE, n->pos, (int)at + 1, (int)g->t->columns);
        return;
    }
    int32_t columns = columns_of(g, n, at);
    if (columns < 1) return;
    fo_complete(g->t->l, n);
    if (g->t->column[at]) fo_use_column(g->t->l->fo, n, g->t->column[at]);
    struct cell *c = ARENA_NEW(g->arena, struct cell);
    c->node = n;
    c->column = at;
    c->columns = columns;
    c->row = (int32_t)g->at;
    c->rows = positive(n, P_NUMBER_ROWS_SPANNED, GROUP_ROWS_MAX);
    need_row(g, g->at + (size_t)c->rows - 1);
    for (int32_t r = 0; r < c->rows; r++)
        for (int32_t i = at; i < at + columns; i++) {
            struct grid_unit *u = &g->rows[g->at + (size_t)r].unit[i];
            if (!u->cell) u->cell = c;
        }
    *next = at + columns;
}

/* Cells without fo:table-row: up to ends-row or the next starts-row. */
static void bare_row(struct grid *g) {
    struct layout *l = g->t->l;
    struct row_source *s = g->s;
    struct fo_node *row = fo_anonymous(l->fo, g->arena, s->part, FO_TABLE_ROW); /* for the structure tree */
    int32_t next = 0;
    bool first = true;
    for (struct fo_node *c = s->child; c; c = fo_after(l, s->part, c)) {
        s->child = c;
        if (c->element == FO_TABLE_ROW || (c->element == FO_TABLE_CELL && !first &&
                                           fo_is(c, P_STARTS_ROW, E_TRUE))) return;
        if (c->element != FO_TABLE_CELL) continue;
        first = false;
        c->user = row;
        add_cell(g, c, &next);
        if (fo_is(c, P_ENDS_ROW, E_TRUE)) {
            s->child = fo_after(l, s->part, c);
            return;
        }
    }
    s->child = NULL;
}

static void skip_others(struct grid *g) {
    struct row_source *s = g->s;
    s->bars = NULL;
    struct fo_node **end = &s->bars;
    for (; s->child && s->child->element != FO_TABLE_ROW && s->child->element != FO_TABLE_CELL;
         s->child = fo_after(g->t->l, s->part, s->child)) {
        if (!is_change_bar(s->child)) continue;
        *end = arena_memdup(g->t->l->seq_arena, s->child, sizeof **end); /* they may outlive what is read */
        (*end)->next = NULL;
        end = &(*end)->next;
    }
}

static void read_row(struct grid *g) {
    struct layout *l = g->t->l;
    struct row_source *s = g->s;
    struct fo_node *n = s->child;
    need_row(g, g->at);
    struct row *r = &g->rows[g->at];
    r->bars = s->bars;
    if (n->element == FO_TABLE_ROW) {
        int32_t next = 0;
        g->rows[g->at].node = n;
        for (struct fo_node *c = fo_first_child(l, n); c; c = fo_after(l, n, c))
            if (c->element == FO_TABLE_CELL) add_cell(g, c, &next);
        s->child = fo_after(l, s->part, n);
    } else {
        bare_row(g);
    }
    r = &g->rows[g->at];
    r->index = s->index++;
    skip_others(g);
    r->ending = s->bars;
}

/* The next part of the source's kind that has rows. */
static bool find_part(struct grid *g) {
    struct row_source *s = g->s;
    struct layout *l = g->t->l;
    while (s->part) {
        if (!s->part_begun) {
            s->part_begun = true;
            s->child = fo_first_child(l, s->part);
            tag_of(l, s->part);
            skip_others(g);
            if (s->child) return true;
        }
        if (s->child) return false;
        if (s->kind != PART_BODY) return false;
        do s->part = fo_after(l, g->t->node, s->part);
        while (s->part && s->part->element != FO_TABLE_BODY);
        s->part_begun = false;
    }
    return false;
}

/* Spans past the end of the part, or of a group that grows too large, end
 * there. */
static void cut_spans(struct grid *g) {
    size_t rows = g->at + 1;
    if (g->count <= rows) return;
    for (size_t r = 0; r < rows; r++)
        for (int32_t i = 0; i < g->t->columns; i++) {
            struct cell *c = g->rows[r].unit[i].cell;
            if (!c || c->row + c->rows <= (int32_t)rows) continue;
            diag_add(g->t->l->diags, DIAG_TABLE_ROW_SPAN, c->node->pos, (int)c->rows,
                     (int)rows - (int)c->row);
            c->rows = (int32_t)rows - c->row;
        }
    g->count = rows;
}

struct row_group *grid_next(struct table *t, struct row_source *s, struct arena *arena,
                            struct group *memory) {
    struct grid g = {.t = t, .s = s, .arena = arena};
    bool first_of_part = find_part(&g);
    if (!s->part || !s->child) return NULL;
    for (;; g.at++) {
        read_row(&g);
        if (g.at + 1 == g.count || !s->child) break;
        if (g.at + 1 >= GROUP_ROWS_MAX) {
            diag_add(t->l->diags, DIAG_LAYOUT_LIMIT, s->part->pos, "more than 10000 rows joined by spans");
            break;
        }
    }
    cut_spans(&g);
    struct row_group *out = ARENA_NEW(arena, struct row_group);
    out->rows = arena_memdup(arena, g.rows, g.count * sizeof *g.rows);
    out->count = (int32_t)g.count;
    out->arena = arena;
    out->memory = memory;
    if (memory) memory->items++;
    mem_free(g.rows);
    out->rows[0].first_of_part = first_of_part;
    out->rows[out->count - 1].last_of_part = !s->child;
    if (t->collapse) {
        for (int32_t r = 0; r < out->count; r++) borders_row(t, out, r, s->kind);
        if (!s->child) borders_part_end(t, &out->rows[out->count - 1], s->kind);
    }
    return out;
}
