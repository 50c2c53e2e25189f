/* Content of cells and heights of rows (XSL 1.1, 6.7.9-10, 7.15.3; CSS 2.1,
 * 17.5.3). */
#include "layout/table.h"

bool fo_holds(const struct fo_node *top, enum fo_element e) {
    for (const struct fo_node *n = top; n;) {
        if (n->element == e) return true;
        if (n->first && n->element != FO_TABLE) {
            n = n->first;
            continue;
        }
        while (n != top && !n->next) n = n->parent;
        if (n == top) return false;
        n = n->next;
    }
    return false;
}

static struct fo_node *edge_child(const struct fo_node *n, bool last) {
    struct fo_node *c = last ? n->last : n->first;
    while (c && c->element == FO_MARKER) c = last ? c->prev : c->next;
    return c;
}

static int64_t extent_of_items(const struct seq *s) {
    int64_t sum = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
    return sum;
}

static mpt bpd(const struct layout *l, const struct fo_node *n, enum fo_prop p, mpt otherwise) {
    if (!fo_is_length(n, p)) return otherwise;
    mpt v = fo_length(n, p, l->area_height);
    return v > 0 ? v : 0;
}

static struct extent asked_of(const struct layout *l, const struct fo_node *n) {
    struct extent e = {0, 0, MPT_MAX};
    if (!n) return e;
    e.min = bpd(l, n, P_BLOCK_PROGRESSION_DIMENSION_MINIMUM, 0);
    e.opt = bpd(l, n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, e.min);
    e.max = bpd(l, n, P_BLOCK_PROGRESSION_DIMENSION_MAXIMUM, MPT_MAX);
    if (e.opt < e.min) e.opt = e.min;
    if (e.max < e.opt) e.max = e.opt;
    return e;
}

/* The cell's own reference area (6.7.10): its column widths less borders and
 * paddings. */
static void cell_content(struct walker *w, struct table *t, struct row_group *g, struct cell *c) {
    cell_sides(t, g, c);
    mpt width = t->x[c->column + c->columns] - t->x[c->column] - c->half_start - c->half_end -
                c->edges.padding[SIDE_START] - c->edges.padding[SIDE_END];
    struct seq s = {0};
    struct fo_node *first = edge_child(c->node, false), *last = edge_child(c->node, true);
    tag_of_cell(w->l, c->node, c->rows, c->columns);
    walk_content(w->l, w, NULL, c->node, width > 0 ? width : 0, &s);
    c->empty = !first || extent_of_items(&s) == 0;
    if (!s.n) seq_aux_box(&s);
    c->content = extent_of_items(&s);
    c->items = s;
    if (first) c->previous = edge_keep(first, false);
    if (last) c->next = edge_keep(last, true);
}

/* Where an explicit height asks for more, a break inside the cell stands for
 * the height still missing, and the end is filled up. */
static void fill_up(struct cell *c, struct extent own, struct extent row) {
    struct seq s = {0};
    mpt min = own.min > row.min ? own.min : row.min, opt = own.opt > row.opt ? own.opt : row.opt;
    if (opt < min) opt = min;
    int64_t sum = 0;
    bool box = false;
    for (size_t i = 0; i < c->items.n; i++) {
        struct item it = c->items.v[i];
        if (it.kind == ITEM_PENALTY) {
            if (sum + it.w < min) it.w = mpt_clamp(min - sum);
        } else {
            if (it.kind == ITEM_GLUE && box && sum < min)
                seq_penalty(&s, mpt_clamp(min - sum), 0, BREAK_NONE, NULL, 0);
            sum += it.w;
        }
        box = it.kind == ITEM_BOX;
        *seq_add(&s) = it;
    }
    c->filler = s.n;
    if (c->content < opt) {
        seq_aux_box(&s);
        s.v[s.n - 1].w = mpt_clamp(opt - c->content);
    } else {
        c->filler = SIZE_MAX;
    }
    s.lead_break = c->items.lead_break;
    s.trail_break = c->items.trail_break;
    seq_free(&c->items);
    c->items = s;
}

static void into_arena(struct arena *a, struct seq *s) {
    struct item *v = arena_memdup(a, s->v, s->n * sizeof *v);
    mem_free(s->v);
    s->v = v;
    s->cap = s->n;
}

/* The height a cell asks of the row it ends in. */
static int64_t cell_height(struct table *t, struct row_group *g, const struct cell *c) {
    struct extent own = asked_of(t->l, c->node);
    int64_t h = own.opt;
    if (c->rows == 1 && g->rows[c->row].asked.opt > h) h = g->rows[c->row].asked.opt;
    if (c->content > h) h = c->content;
    return h + c->edges.padding[SIDE_BEFORE] + c->edges.padding[SIDE_AFTER] +
        cell_before(t, g, c, 0, EDGE_NORMAL) +
           cell_after(t, g, c, c->rows - 1, EDGE_NORMAL);
}

static void row_heights(struct table *t, struct row_group *g) {
    int64_t top = 0;
    for (int32_t r = 0; r < g->count; r++) {
        struct row *row = &g->rows[r];
        row->top = top;
        int64_t min = row->asked.min, opt = row->asked.opt;
        for (int32_t i = 0; i < t->columns; i++) {
            const struct cell *c = row->unit[i].cell;
            if (!c || c->column != i || c->row + c->rows - 1 != r) continue;
            int64_t h = cell_height(t, g, c) - (top - g->rows[c->row].top);
            if (h > min) min = h;
        }
        row->height = opt > min ? opt : min;
        top += row->height;
    }
}

static bool starts_here(const struct row *row, int32_t r, int32_t column) {
    const struct cell *c = row->unit[column].cell;
    return c && c->row == r && c->column == column;
}

/* 7.14.6. */
static void align_row(struct table *t, struct row_group *g, int32_t r) {
    struct seq *v[COLUMNS_MAX];
    int32_t n = 0;
    for (int32_t i = 0; i < t->columns; i++) {
        struct cell *c = g->rows[r].unit[i].cell;
        if (!starts_here(&g->rows[r], r, i) || !fo_is(c->node, P_RELATIVE_ALIGN, E_BASELINE)) continue;
        if (fo_is(c->node, P_DISPLAY_ALIGN, E_AUTO)) v[n++] = &c->items;
    }
    if (n < 2) return;
    align_baselines(v, n);
    for (int32_t i = 0; i < t->columns; i++)
        if (starts_here(&g->rows[r], r, i))
            g->rows[r].unit[i].cell->content = extent_of_items(&g->rows[r].unit[i].cell->items);
}

static struct fo_node *node_of_row(const struct table *t, const struct row_group *g, int32_t r) {
    struct fo_node *n = g->rows[r].node;
    for (int32_t i = 0; !n && i < t->columns; i++)
        if (starts_here(&g->rows[r], r, i)) n = g->rows[r].unit[i].cell->node->user; /* the row that bare cells imply */
    return n;
}

struct fo_node *row_node(const struct table *t, const struct row_group *g) {
    return node_of_row(t, g, 0);
}

/* Columns from i on without a cell. */
static int32_t gap_at(const struct table *t, const struct row *row, int32_t i) {
    int32_t n = 0;
    while (i + n < t->columns && !row->unit[i + n].cell) n++;
    return n;
}

static void row_layout(struct walker *w, struct table *t, struct row_group *g, int32_t r) {
    struct row *row = &g->rows[r];
    struct fo_node *node = node_of_row(t, g, r);
    bool first_time = node && node->tag == -1;
    row->asked = asked_of(t->l, row->node);
    if (node) tag_of(t->l, node);
    for (int32_t i = 0; i < t->columns; i++) {
        struct cell *c = row->unit[i].cell;
        if (!c && first_time) {
            int32_t n = gap_at(t, row, i);
            tag_no_cell(t->l, node, n);
            i += n - 1;
        }
        if (!starts_here(row, r, i)) continue;
        if (c->node->tag != -1) first_time = false; /* laid out before, for another width */
        edges_of(&c->edges, c->node, t->blk->iw);
        cell_content(w, t, g, c);
    }
    align_row(t, g, r);
}

void group_layout(struct walker *w, struct table *t, struct row_group *g) {
    for (int32_t r = 0; r < g->count; r++) row_layout(w, t, g, r);
    row_heights(t, g);
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < t->columns; i++) {
            if (!starts_here(&g->rows[r], r, i)) continue;
            struct cell *c = g->rows[r].unit[i].cell;
            fill_up(c, asked_of(t->l, c->node), g->rows[r].asked);
            into_arena(g->arena, &c->items);
        }
}

/* 7.20.4-5: of the row and of what its cells begin or end with. */
struct keep row_keep(const struct table *t, const struct row_group *g, int32_t row, bool next) {
    const struct row *r = &g->rows[row];
    struct keep k = {0};
    if (r->node)
        k = next ? keep_of(r->node, P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN,
                           P_KEEP_WITH_NEXT_WITHIN_PAGE)
                 : keep_of(r->node, P_KEEP_WITH_PREVIOUS_WITHIN_LINE, P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
                           P_KEEP_WITH_PREVIOUS_WITHIN_PAGE);
    for (int32_t i = 0; i < t->columns; i++) {
        const struct cell *c = r->unit[i].cell;
        if (!c || c->column != i || (next ? c->row + c->rows - 1 : c->row) != row) continue;
        k = keep_max(k, next ? c->next : c->previous);
    }
    return k;
}

/* 7.20.1-2: breaks that the content of the row's cells asks for; the row's own
 * do not count inside a group. */
enum break_class row_break(const struct table *t, const struct row_group *g, int32_t row, bool after) {
    const struct row *r = &g->rows[row];
    enum break_class b = BREAK_NONE;
    for (int32_t i = 0; i < t->columns; i++) {
        const struct cell *c = r->unit[i].cell;
        if (!c || c->column != i || (after ? c->row + c->rows - 1 : c->row) != row) continue;
        enum break_class own = (enum break_class)(after ? c->items.trail_break : c->items.lead_break);
        if (own > b) b = own;
    }
    return b;
}
