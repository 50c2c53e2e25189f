/* Which border wins on an edge: the separate and the collapsing model (XSL 1.1,
 * 6.7.10, 7.28; CSS 2.1, 17.6). */
#include "layout/table.h"

static struct edge_border border_of(const struct fo_node *n, int side) {
    static const struct {
        enum fo_prop width, style, color;
    } p[4] = {{P_BORDER_BEFORE_WIDTH, P_BORDER_BEFORE_STYLE, P_BORDER_BEFORE_COLOR},
              {P_BORDER_AFTER_WIDTH, P_BORDER_AFTER_STYLE, P_BORDER_AFTER_COLOR},
              {P_BORDER_START_WIDTH, P_BORDER_START_STYLE, P_BORDER_START_COLOR},
              {P_BORDER_END_WIDTH, P_BORDER_END_STYLE, P_BORDER_END_COLOR}};
    if (!n) return (struct edge_border){0, E_NONE, {0}};
    return (struct edge_border){fo_length(n, p[side].width, 0), fo_token(n, p[side].style), color_of(fo_get(n, p[side].color))};
}

static bool keeps(const struct fo_node *n, int side) {
    enum fo_prop p = side == SIDE_BEFORE ? P_BORDER_BEFORE_WIDTH_CONDITIONALITY : P_BORDER_AFTER_WIDTH_CONDITIONALITY;
    return n && fo_is(n, p, E_RETAIN);
}

static int rank(enum fo_token style) {
    static const enum fo_token order[] = {E_INSET, E_GROOVE, E_OUTSET, E_RIDGE, E_DOTTED, E_DASHED, E_SOLID, E_DOUBLE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i] == style) return (int)i + 1;
    return 0;
}

/* CSS 2.1, 17.6.2.1: hidden wins; then the wider, then by style, then the one
 * given first (cell before row before body before column before table). */
static struct edge_border stronger(struct edge_border a, struct edge_border b) {
    if (a.style == E_HIDDEN || b.style == E_HIDDEN) return a.style == E_HIDDEN ? a : b;
    if (b.style == E_NONE || b.style == E_UNSET) return a;
    if (a.style == E_NONE || a.style == E_UNSET) return b;
    if (a.width != b.width) return a.width > b.width ? a : b;
    return rank(b.style) > rank(a.style) ? b : a;
}

static struct edge_border join(struct edge_border a, const struct fo_node *n, int side) {
    return n ? stronger(a, border_of(n, side)) : a;
}

/* ---- separate ------------------------------------------------------------------------- */

static void resolve_separate(struct table *t, struct cell *c) {
    mpt half_b = t->separation_block / 2, half_i = t->separation_inline / 2;
    for (int e = 0; e < EDGE_CASES; e++) {
        bool rest = e == EDGE_REST;
        c->before[e] = border_of(c->node, SIDE_BEFORE);
        c->after[e] = border_of(c->node, SIDE_AFTER);
        if (rest && !c->edges.border_keeps[SIDE_BEFORE]) c->before[e].width = 0;
        if (rest && !c->edges.border_keeps[SIDE_AFTER]) c->after[e].width = 0;
        c->half_before[e] = c->before[e].width + half_b;
        c->half_after[e] = c->after[e].width + half_b;
    }
    c->start = border_of(c->node, SIDE_START);
    c->end = border_of(c->node, SIDE_END);
    c->half_start = c->start.width + half_i;
    c->half_end = c->end.width + half_i;
}

/* ---- collapsing ------------------------------------------------------------------------ */

/* The edge before row r in column `at`; above: the row there, or NULL. */
static void horizontal(struct table *t, const struct row *above, const struct row *below, int32_t at,
                       struct edge_border out[EDGE_CASES]) {
    const struct cell *up = above ? above->grid[at] : NULL, *down = below ? below->grid[at] : NULL;
    struct edge_border b = {0, E_NONE, {0}};
    const struct fo_node *column = t->column_node[at];
    if (up) b = join(b, up->node, SIDE_AFTER);
    if (down) b = join(b, down->node, SIDE_BEFORE);
    if (above) b = join(b, above->node, SIDE_AFTER);
    if (below) b = join(b, below->node, SIDE_BEFORE);
    if (above && (!below || below->part != above->part)) b = join(b, above->part, SIDE_AFTER);
    if (below && (!above || below->part != above->part)) b = join(b, below->part, SIDE_BEFORE);
    if (!above) b = join(join(b, column, SIDE_BEFORE), t->node, SIDE_BEFORE);
    if (!below) b = join(join(b, column, SIDE_AFTER), t->node, SIDE_AFTER);
    out[EDGE_NORMAL] = b;
}

/* What shows when the edge is the first (before) or last of a part. */
static struct edge_border at_part(struct table *t, const struct row *r, const struct cell *c, int side) {
    struct edge_border b = border_of(c->node, side);
    b = join(b, r->node, side);
    if (keeps(r->part, side)) b = join(b, r->part, side);
    if (keeps(t->node, side)) b = join(b, t->node, side);
    return b;
}

static struct edge_border at_break(struct table *t, const struct cell *c, int side) {
    struct edge_border b = {0, E_NONE, {0}};
    if (keeps(c->node, side)) b = border_of(c->node, side);
    if (keeps(t->node, side)) b = join(b, t->node, side);
    return b;
}

static struct edge_border vertical(struct table *t, const struct row *r, int32_t at, bool first_in_row) {
    (void)first_in_row;
    const struct cell *left = at > 0 ? r->grid[at - 1] : NULL, *right = at < t->column_count ? r->grid[at] : NULL;
    struct edge_border b = {0, E_NONE, {0}};
    if (left && left == right) return b;
    if (left) b = join(b, left->node, SIDE_END);
    if (right) b = join(b, right->node, SIDE_START);
    bool edge = at == 0 || at == t->column_count;
    if (edge) {
        int side = at == 0 ? SIDE_START : SIDE_END;
        b = join(join(b, r->node, side), r->part, side);
    }
    if (at > 0) b = join(b, t->column_node[at - 1], SIDE_END);
    if (at < t->column_count) b = join(b, t->column_node[at], SIDE_START);
    if (edge) b = join(b, t->node, at == 0 ? SIDE_START : SIDE_END);
    return b;
}

static void widest(struct edge_border *into, struct edge_border b) {
    if (b.style == E_HIDDEN || b.style == E_NONE || b.style == E_UNSET) b.width = 0;
    if (b.width > into->width || into->style == E_UNSET) *into = b;
}

static void resolve_collapsing(struct table *t, struct row_group *g, struct cell *c, const struct row *before, const struct row *after) {
    int32_t r0 = c->row, r1 = c->row + c->rows - 1;
    const struct row *first = &g->rows[r0], *last = &g->rows[r1];
    const struct row *up = r0 > 0 ? &g->rows[r0 - 1] : before, *down = r1 + 1 < g->count ? &g->rows[r1 + 1] : after;
    memset(c->before, 0, sizeof c->before);
    memset(c->after, 0, sizeof c->after);
    c->start = c->end = (struct edge_border){0};
    for (int32_t i = c->column; i < c->column + c->columns; i++) {
        struct edge_border e[EDGE_CASES] = {{0}};
        horizontal(t, up, first, i, e);
        widest(&c->before[EDGE_NORMAL], e[EDGE_NORMAL]);
        horizontal(t, last, down, i, e);
        widest(&c->after[EDGE_NORMAL], e[EDGE_NORMAL]);
    }
    widest(&c->before[EDGE_PART], at_part(t, first, c, SIDE_BEFORE));
    widest(&c->after[EDGE_PART], at_part(t, last, c, SIDE_AFTER));
    widest(&c->before[EDGE_REST], at_break(t, c, SIDE_BEFORE));
    widest(&c->after[EDGE_REST], at_break(t, c, SIDE_AFTER));
    for (int32_t r = r0; r <= r1; r++) {
        widest(&c->start, vertical(t, &g->rows[r], c->column, false));
        widest(&c->end, vertical(t, &g->rows[r], c->column + c->columns, false));
    }
    for (int e = 0; e < EDGE_CASES; e++) {
        c->half_before[e] = c->before[e].width / 2;
        c->half_after[e] = c->after[e].width / 2;
    }
    c->half_start = c->start.width / 2;
    c->half_end = c->end.width / 2;
}

void borders_resolve(struct table *t, struct row_group *g, const struct row *before, const struct row *after) {
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < t->column_count; i++) {
            struct cell *c = g->rows[r].grid[i];
            if (!c || c->row != r || c->column != i) continue;
            if (t->collapse) resolve_collapsing(t, g, c, before, after);
            else resolve_separate(t, c);
        }
}
