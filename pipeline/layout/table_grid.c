/* Columns and the grid of rows (XSL 1.1, 6.7.3-10; CSS 2.1, 17.5). */
#include "layout/table.h"

/* ---- columns ----------------------------------------------------------------------- */

static int32_t count_of(const struct fo_node *n, enum fo_prop p, int32_t max) {
    double v = fo_number(n, p);
    if (!(v >= 1)) return 1;
    return v > max ? max : (int32_t)v;
}

static int32_t cells_in_row(const struct fo_node *first) {
    int32_t n = 0;
    for (const struct fo_node *c = first; c; c = c->next) {
        if (c->element != FO_TABLE_CELL) continue;
        int32_t at = (int32_t)fo_number(c, P_COLUMN_NUMBER);
        if (at > n + 1 && at <= COLUMNS_MAX) n = at - 1;
        n += count_of(c, P_NUMBER_COLUMNS_SPANNED, COLUMNS_MAX);
        if (fo_is(c, P_ENDS_ROW, E_TRUE)) break;
    }
    return n;
}

/* The most columns any of the first rows needs, where no fo:table-column says. */
static int32_t implied_columns(const struct fo_node *table) {
    enum { LOOK = 1000 };
    int32_t most = 1, seen = 0;
    for (const struct fo_node *part = table->first; part; part = part->next) {
        if (part->element != FO_TABLE_BODY && part->element != FO_TABLE_HEADER && part->element != FO_TABLE_FOOTER) continue;
        for (const struct fo_node *r = part->first; r && seen < LOOK; r = r->next, seen++) {
            int32_t n = r->element == FO_TABLE_ROW ? cells_in_row(r->first) : r->element == FO_TABLE_CELL ? cells_in_row(r) : 0;
            if (n > most) most = n;
            if (r->element == FO_TABLE_CELL && !fo_is(r, P_ENDS_ROW, E_TRUE)) break;
        }
    }
    return most > COLUMNS_MAX ? COLUMNS_MAX : most;
}

static void name_columns(struct table *t) {
    int32_t next = 0;
    for (struct fo_node *n = t->node->first; n; n = n->next) {
        if (n->element != FO_TABLE_COLUMN) continue;
        int32_t at = (int32_t)fo_number(n, P_COLUMN_NUMBER);
        int32_t first = at >= 1 && at <= COLUMNS_MAX ? at - 1 : next;
        int32_t repeat = count_of(n, P_NUMBER_COLUMNS_REPEATED, COLUMNS_MAX);
        for (int32_t i = 0; i < repeat && first + i < COLUMNS_MAX; i++) t->column_node[first + i] = n;
        next = first + repeat;
        if (next > t->column_count) t->column_count = next > COLUMNS_MAX ? COLUMNS_MAX : next;
    }
    int32_t implied = implied_columns(t->node);
    if (!t->column_count || (implied > t->column_count)) t->column_count = implied;
}

/* 7.28.5: lengths and percentages first; proportional units share the rest. */
void table_columns(struct walker *w, struct table *t, mpt base) {
    (void)w;
    name_columns(t);
    double units = 0, unit[COLUMNS_MAX];
    int64_t fixed = 0;
    for (int32_t i = 0; i < t->column_count; i++) {
        const struct fo_node *n = t->column_node[i];
        const struct fo_value *v = n ? fo_get(n, P_COLUMN_WIDTH) : NULL;
        unit[i] = 0;
        if (!v || v->kind != FOV_LENGTH) {
            unit[i] = 1;
        } else {
            unit[i] = v->units;
            mpt width = fo_length(n, P_COLUMN_WIDTH, base);
            t->column_width[i] = width > 0 ? width : 0;
        }
        units += unit[i];
        fixed += t->column_width[i];
    }
    double rest = base - fixed > 0 ? (double)(base - fixed) : 0;
    for (int32_t i = 0; i < t->column_count; i++)
        if (unit[i] > 0) t->column_width[i] += (mpt)(rest * unit[i] / units);
    int64_t x = 0;
    for (int32_t i = 0; i < t->column_count; i++) {
        t->column_x[i] = mpt_clamp(x);
        x += t->column_width[i];
    }
    t->column_x[t->column_count] = mpt_clamp(x);
}

/* ---- rows ---------------------------------------------------------------------------- */

struct carry {
    struct cell *cell;
    int32_t left; /* rows it still covers */
};

struct grid {
    struct walker *w;
    struct arena *arena;
    struct row_source *s;
    struct row *rows;
    size_t count, cap;
    struct carry carry[COLUMNS_MAX];
};

static int32_t free_column(const struct grid *g, int32_t from) {
    while (from < g->s->table->column_count && g->carry[from].cell) from++;
    return from;
}

static void begin_row(struct grid *g, struct fo_node *node) {
    struct table *t = g->s->table;
    g->rows = mem_grow(g->rows, &g->cap, g->count + 1, sizeof *g->rows);
    struct row *r = &g->rows[g->count++];
    *r = (struct row){.node = node, .part = g->s->part};
    r->grid = ARENA_ARRAY(g->arena, struct cell *, t->column_count);
    r->first_of_part = g->s->number++ == 0;
    for (int32_t i = 0; i < t->column_count; i++) r->grid[i] = g->carry[i].cell;
    if (!node) return;
    tag_of(g->w->l, node);
    r->explicit_height = fo_length(node, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, g->w->l->area_height);
    mpt least = fo_length(node, P_BLOCK_PROGRESSION_DIMENSION_MINIMUM, g->w->l->area_height);
    if (least > r->explicit_height) r->explicit_height = least;
    r->together = keep_of(node, P_KEEP_TOGETHER_WITHIN_LINE, P_KEEP_TOGETHER_WITHIN_COLUMN, P_KEEP_TOGETHER_WITHIN_PAGE);
    r->next = keep_of(node, P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN, P_KEEP_WITH_NEXT_WITHIN_PAGE);
    r->previous = keep_of(node, P_KEEP_WITH_PREVIOUS_WITHIN_LINE, P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN, P_KEEP_WITH_PREVIOUS_WITHIN_PAGE);
    r->break_before = break_of(node, P_BREAK_BEFORE);
    r->break_after = break_of(node, P_BREAK_AFTER);
}

static void add_cell(struct grid *g, struct fo_node *n, int32_t *column) {
    struct table *t = g->s->table;
    int32_t wanted = (int32_t)fo_number(n, P_COLUMN_NUMBER), at = free_column(g, *column);
    if (wanted >= 1 && wanted <= t->column_count && (fo_specified(n, "column-number") || wanted - 1 > at)) at = wanted - 1;
    if (at >= t->column_count) {
        diag_add(g->w->l->diags, DIAG_MISPLACED, n->pos, "fo:table-cell", "a table with fewer columns");
        return;
    }
    struct row *r = &g->rows[g->count - 1];
    struct cell *c = ARENA_NEW(g->arena, struct cell);
    c->node = n;
    c->column = at;
    c->columns = count_of(n, P_NUMBER_COLUMNS_SPANNED, t->column_count - at);
    c->row = (int32_t)g->count - 1;
    c->rows = count_of(n, P_NUMBER_ROWS_SPANNED, GROUP_ROWS_MAX);
    tag_of(g->w->l, n);
    if (t->column_node[at]) fo_use_column(g->w->l->fo, n, t->column_node[at]);
    edges_of(&c->edges, n, t->width);
    for (int32_t i = at; i < at + c->columns; i++) {
        if (r->grid[i]) { /* occupied by a cell above: the span ends there */
            c->columns = i - at;
            break;
        }
        r->grid[i] = c;
        g->carry[i] = (struct carry){c, c->rows};
    }
    *column = at + (c->columns > 0 ? c->columns : 1);
}

static void end_row(struct grid *g) {
    for (int32_t i = 0; i < g->s->table->column_count; i++)
        if (g->carry[i].cell && --g->carry[i].left <= 0) g->carry[i] = (struct carry){0};
}

/* Takes a row's cells: of an fo:table-row, or those up to ends-row / starts-row. */
static bool take_row(struct grid *g) {
    struct row_source *s = g->s;
    while (s->child && s->child->element != FO_TABLE_ROW && s->child->element != FO_TABLE_CELL) s->child = s->child->next;
    if (!s->child) return false;
    int32_t column = 0;
    if (s->child->element == FO_TABLE_ROW) {
        struct fo_node *row = s->child;
        begin_row(g, row);
        for (struct fo_node *c = row->first; c; c = c->next)
            if (c->element == FO_TABLE_CELL) add_cell(g, c, &column);
        s->child = row->next;
    } else {
        begin_row(g, NULL);
        bool first = true;
        for (struct fo_node *c = s->child; c; c = s->child) {
            if (c->element == FO_TABLE_ROW) break;
            if (c->element == FO_TABLE_CELL && !first && fo_is(c, P_STARTS_ROW, E_TRUE)) break;
            if (c->element == FO_TABLE_CELL) add_cell(g, c, &column);
            first = false;
            s->child = c->next;
            if (c->element == FO_TABLE_CELL && fo_is(c, P_ENDS_ROW, E_TRUE)) break;
        }
    }
    end_row(g);
    return true;
}

static bool spans_on(const struct grid *g) {
    for (int32_t i = 0; i < g->s->table->column_count; i++)
        if (g->carry[i].cell) return true;
    return false;
}

/* Spans past the end of the part are cut. */
static void cut_spans(struct grid *g) {
    for (size_t k = 0; k < g->count; k++)
        for (int32_t i = 0; i < g->s->table->column_count; i++) {
            struct cell *c = g->rows[k].grid[i];
            if (c && c->row == (int32_t)k && c->row + c->rows > (int32_t)g->count) c->rows = (int32_t)g->count - c->row;
        }
}

struct row_group *grid_next(struct walker *w, struct arena *arena, struct row_source *s) {
    struct grid g = {.w = w, .arena = arena, .s = s};
    if (!s->part) return NULL;
    while (take_row(&g) && spans_on(&g))
        if (g.count >= GROUP_ROWS_MAX) {
            diag_add(w->l->diags, DIAG_LAYOUT_LIMIT, s->part->pos, "more rows joined by spans than the limit allows");
            break;
        }
    if (!g.count) {
        mem_free(g.rows);
        return NULL;
    }
    cut_spans(&g);
    struct row_group *out = ARENA_NEW(arena, struct row_group);
    out->rows = arena_memdup(arena, g.rows, g.count * sizeof *g.rows);
    out->count = (int32_t)g.count;
    out->table = s->table;
    out->kind = s->kind;
    mem_free(g.rows);
    struct fo_node *rest = s->child;
    while (rest && rest->element != FO_TABLE_ROW && rest->element != FO_TABLE_CELL) rest = rest->next;
    if (!rest) out->rows[out->count - 1].last_of_part = true;
    return out;
}
