/* Borders of cells: separate, or collapsing with a winner on each edge (XSL
 * 1.1, 6.7.10, 7.28.1-6; CSS 2.1, 17.6).
 *
 * Rows are resolved as they are read: against their own objects, then against
 * the row before, which is why a group is laid out only when the next one has
 * been read.  At the edges of a fragment a row meets the header or footer
 * repeated there, else the table's own border. */
#include "layout/table.h"

static const struct edge_border NO_BORDER = {.style = E_NONE, .holder = BY_CELL};

static struct edge_border border_of(const struct fo_node *n, int side, enum holder holder) {
    static const struct {
        enum fo_prop width, style, color, precedence;
    } p[4] = {{P_BORDER_BEFORE_WIDTH, P_BORDER_BEFORE_STYLE, P_BORDER_BEFORE_COLOR,
               P_BORDER_BEFORE_PRECEDENCE},
              {P_BORDER_AFTER_WIDTH, P_BORDER_AFTER_STYLE, P_BORDER_AFTER_COLOR, P_BORDER_AFTER_PRECEDENCE},
              {P_BORDER_START_WIDTH, P_BORDER_START_STYLE, P_BORDER_START_COLOR, P_BORDER_START_PRECEDENCE},
              {P_BORDER_END_WIDTH, P_BORDER_END_STYLE, P_BORDER_END_COLOR, P_BORDER_END_PRECEDENCE}};
    struct edge_border b = NO_BORDER;
    if (!n) return b;
    b.width = fo_length(n, p[side].width, 0);
    b.style = (uint16_t)fo_token(n, p[side].style);
    b.color = color_of(fo_get(n, p[side].color));
    b.holder = (uint8_t)holder;
    bool force = fo_is(n, p[side].precedence, E_FORCE);
    b.precedence = force ? INT32_MAX : (int32_t)fo_number(n, p[side].precedence);
    if (b.style == E_NONE || b.style == E_HIDDEN || b.style == 0) b.width = 0;
    if (side == SIDE_BEFORE) b.keeps = fo_is(n, P_BORDER_BEFORE_WIDTH_CONDITIONALITY, E_RETAIN);
    if (side == SIDE_AFTER) b.keeps = fo_is(n, P_BORDER_AFTER_WIDTH_CONDITIONALITY, E_RETAIN);
    return b;
}

/* The same border in the three cases: at a break only what is retained. */
static struct edge edge_of(const struct fo_node *n, int side, enum holder holder) {
    struct edge_border b = border_of(n, side, holder);
    return (struct edge){{b, b, b.keeps ? b : NO_BORDER}};
}

static int style_rank(uint16_t style) {
    static const uint16_t order[] = {E_INSET, E_GROOVE, E_OUTSET, E_RIDGE, E_DOTTED, E_DASHED, E_SOLID,
                                     E_DOUBLE};
    for (int i = 0; i < 8; i++)
        if (order[i] == style) return i;
    return -1;
}

/* CSS 2.1, 17.6.2.1.  > 0: a wins; < 0: b; 0: they differ in nothing but
 * colour. */
static int contest(const struct table *t, const struct edge_border *a, const struct edge_border *b) {
    if (t->by_precedence && a->precedence != b->precedence) return a->precedence > b->precedence ? 1 : -1;
    if (a->style == E_HIDDEN) return 1;
    if (b->style == E_HIDDEN) return -1;
    if (b->style == E_NONE || !b->style) return 1;
    if (a->style == E_NONE || !a->style) return -1;
    if (a->width != b->width) return a->width > b->width ? 1 : -1;
    if (a->style != b->style) return style_rank(a->style) > style_rank(b->style) ? 1 : -1;
    return a->holder == b->holder ? 0 : a->holder > b->holder ? 1 : -1;
}

static void compete(const struct table *t, struct edge_border *a, struct edge_border b) {
    if (contest(t, a, &b) < 0) *a = b;
}

enum { CASE_NORMAL = 1, CASE_PART = 2, CASE_REST = 4, ALL_CASES = 7 };

static void compete_edge(const struct table *t, struct edge *a, const struct edge *b, int cases) {
    for (int e = 0; e < EDGE_CASES; e++)
        if (cases & (1 << e)) compete(t, &a->on[e], b->on[e]);
}

/* Both sides of an edge inside the table show the winner. */
static void share(const struct table *t, struct edge_border *a, struct edge_border *b) {
    int c = contest(t, a, b);
    if (c > 0) *b = *a;
    if (c < 0) *a = *b;
}

static void everywhere(struct edge *e) {
    e->on[EDGE_PART] = e->on[EDGE_REST] = e->on[EDGE_NORMAL];
}

static bool last_down(const struct grid_unit *u, int32_t row) {
    return !u->cell || row == u->cell->row + u->cell->rows - 1;
}

static bool first_down(const struct grid_unit *u, int32_t row) {
    return !u->cell || row == u->cell->row;
}

static bool last_across(const struct grid_unit *u, int32_t column) {
    return !u->cell || column == u->cell->column + u->cell->columns - 1;
}

void borders_begin(struct table *t) {
    t->column_before = ARENA_ARRAY(t->arena, struct edge, t->columns);
    t->column_after = ARENA_ARRAY(t->arena, struct edge, t->columns);
    struct edge before = edge_of(t->node, SIDE_BEFORE, BY_TABLE),
        after = edge_of(t->node, SIDE_AFTER, BY_TABLE);
    for (int32_t i = 0; i < t->columns; i++) {
        t->column_before[i] = edge_of(t->column[i], SIDE_BEFORE, BY_COLUMN);
        t->column_after[i] = edge_of(t->column[i], SIDE_AFTER, BY_COLUMN);
        compete_edge(t, &t->column_before[i], &before, CASE_NORMAL | CASE_REST);
        compete_edge(t, &t->column_after[i], &after, CASE_NORMAL | CASE_REST);
        t->column_before[i].on[EDGE_PART] = t->column_before[i].on[EDGE_REST];
        t->column_after[i].on[EDGE_PART] = t->column_after[i].on[EDGE_REST];
    }
    t->leading = t->column_before;
    t->trailing = t->column_after;
}

static void own_borders(struct grid_unit *u, int32_t row, int32_t column) {
    struct edge none = {{NO_BORDER, NO_BORDER, NO_BORDER}};
    u->before = u->after = none;
    u->start = u->end = NO_BORDER;
    const struct cell *c = u->cell;
    if (!c) return;
    u->before = edge_of(c->node, SIDE_BEFORE, BY_CELL);
    u->after = edge_of(c->node, SIDE_AFTER, BY_CELL);
    if (row != c->row) u->before.on[EDGE_NORMAL] = NO_BORDER;
    if (!last_down(u, row)) u->after.on[EDGE_NORMAL] = NO_BORDER;
    if (column == c->column) u->start = border_of(c->node, SIDE_START, BY_CELL);
    if (last_across(u, column)) u->end = border_of(c->node, SIDE_END, BY_CELL);
}

static void row_sides(struct table *t, struct row *r) {
    struct edge_border start = border_of(t->node, SIDE_START, BY_TABLE),
        end = border_of(t->node, SIDE_END, BY_TABLE);
    compete(t, &start, border_of(r->part, SIDE_START, BY_PART));
    compete(t, &end, border_of(r->part, SIDE_END, BY_PART));
    if (r->node) {
        compete(t, &start, border_of(r->node, SIDE_START, BY_ROW));
        compete(t, &end, border_of(r->node, SIDE_END, BY_ROW));
    }
    compete(t, &r->unit[0].start, border_of(t->column[0], SIDE_START, BY_COLUMN));
    compete(t, &r->unit[0].start, start);
    for (int32_t i = 0; i + 1 < t->columns; i++) {
        struct grid_unit *u = &r->unit[i], *v = u + 1;
        if (!last_across(u, i)) continue;
        compete(t, &u->end, border_of(t->column[i], SIDE_END, BY_COLUMN));
        compete(t, &v->start, border_of(t->column[i + 1], SIDE_START, BY_COLUMN));
        share(t, &u->end, &v->start);
    }
    struct grid_unit *last = &r->unit[t->columns - 1];
    compete(t, &last->end, border_of(t->column[t->columns - 1], SIDE_END, BY_COLUMN));
    compete(t, &last->end, end);
}

/* The row against what it stands in: itself, its part, the columns. */
static void row_own(struct table *t, struct row *r, int32_t row) {
    for (int32_t i = 0; i < t->columns; i++) own_borders(&r->unit[i], row, i);
    if (r->node) {
        struct edge before = edge_of(r->node, SIDE_BEFORE, BY_ROW),
            after = edge_of(r->node, SIDE_AFTER, BY_ROW);
        for (int32_t i = 0; i < t->columns; i++) {
            struct grid_unit *u = &r->unit[i];
            compete_edge(t, &u->before, &before, first_down(u, row) ? ALL_CASES : CASE_REST);
            compete_edge(t, &u->after, &after, last_down(u, row) ? ALL_CASES : CASE_REST);
        }
    }
    if (r->first_of_part) {
        struct edge part = edge_of(r->part, SIDE_BEFORE, BY_PART);
        for (int32_t i = 0; i < t->columns; i++) compete_edge(t, &r->unit[i].before, &part, ALL_CASES);
    }
    row_sides(t, r);
}

static void between_rows(struct table *t, struct row *above, struct row *below, int32_t row) {
    for (int32_t i = 0; i < t->columns; i++)
        if (first_down(&below->unit[i], row))
            share(t, &below->unit[i].before.on[EDGE_NORMAL], &above->unit[i].after.on[EDGE_NORMAL]);
}

static void first_in_table(struct table *t, struct row *r, int cases) {
    for (int32_t i = 0; i < t->columns; i++) compete_edge(t, &r->unit[i].before, &t->column_before[i], cases);
    t->first_row_seen = true;
}

static void header_row(struct table *t, struct row *r, int32_t row) {
    if (t->previous) {
        between_rows(t, t->previous, r, row);
    } else {
        for (int32_t i = 0; i < t->columns; i++) everywhere(&r->unit[i].before);
        first_in_table(t, r, CASE_NORMAL | CASE_REST);
    }
    t->previous = r;
}

static void body_row(struct table *t, struct row *r, int32_t row) {
    if (!t->first_row_seen) {
        first_in_table(t, r, ALL_CASES);
    } else {
        if (t->previous) between_rows(t, t->previous, r, row);
        for (int32_t i = 0; i < t->columns; i++)
            compete_edge(t, &r->unit[i].before, &t->leading[i], CASE_PART | CASE_REST);
    }
    for (int32_t i = 0; i < t->columns; i++)
        compete_edge(t, &r->unit[i].after, &t->trailing[i], CASE_PART | CASE_REST);
    t->previous = r;
    if (t->first_body_row_seen) return;
    t->first_body_row_seen = true;
    for (int32_t i = 0; i < t->columns; i++)
        r->unit[i].before.on[EDGE_PART] = r->unit[i].before.on[EDGE_NORMAL];
}

void borders_row(struct table *t, struct row_group *g, int32_t row, enum table_part kind) {
    struct row *r = &g->rows[row];
    row_own(t, r, row);
    if (kind == PART_HEADER) {
        header_row(t, r, row);
    } else if (kind == PART_BODY) {
        body_row(t, r, row);
    } else if (row > 0 || t->footer.group_count) {
        struct row_group *last = row > 0 ? g : t->footer.groups[t->footer.group_count - 1];
        between_rows(t, &last->rows[row > 0 ? row - 1 : last->count - 1], r, row);
    }
}

static void last_in_table(struct table *t, struct row *r, int cases) {
    for (int32_t i = 0; i < t->columns; i++) compete_edge(t, &r->unit[i].after, &t->column_after[i], cases);
}

void borders_part_end(struct table *t, struct row *last, enum table_part kind) {
    struct edge part = edge_of(last->part, SIDE_AFTER, BY_PART);
    for (int32_t i = 0; i < t->columns; i++) compete_edge(t, &last->unit[i].after, &part, ALL_CASES);
    if (kind != PART_HEADER) return;
    struct edge *lead = ARENA_ARRAY(t->arena, struct edge, t->columns);
    for (int32_t i = 0; i < t->columns; i++) {
        everywhere(&last->unit[i].after);
        lead[i] = last->unit[i].after;
    }
    if (!t->omit_header) t->leading = lead;
}

/* The footer is read before the bodies: its first row is what they meet at the
 * end of a fragment. */
void borders_footer_read(struct table *t) {
    struct row *first = &t->footer.groups[0]->rows[0];
    struct row_group *g = t->footer.groups[t->footer.group_count - 1];
    struct edge *trail = ARENA_ARRAY(t->arena, struct edge, t->columns);
    for (int32_t i = 0; i < t->columns; i++) {
        everywhere(&first->unit[i].before);
        trail[i] = first->unit[i].before;
    }
    if (!t->omit_footer) t->trailing = trail;
    struct row *last = &g->rows[g->count - 1];
    for (int32_t i = 0; i < t->columns; i++) everywhere(&last->unit[i].after);
    last_in_table(t, last, CASE_NORMAL | CASE_REST);
}

static void fragment_end(struct table *t, struct row *r) {
    for (int32_t i = 0; i < t->columns; i++)
        r->unit[i].after.on[EDGE_PART] = r->unit[i].after.on[EDGE_NORMAL];
}

void borders_foretell(struct table *t, struct row *last) {
    between_rows(t, last, &t->footer.groups[0]->rows[0], 0);
}

static void close_repeated(struct table *t, struct repeated *r) {
    if (!r->group_count) return;
    struct row_group *g = r->groups[r->group_count - 1];
    fragment_end(t, &g->rows[g->count - 1]);
}

void borders_heads(struct table *t) {
    close_repeated(t, &t->header);
    close_repeated(t, &t->footer);
}

void borders_table_end(struct table *t) {
    if (!t->previous) return;
    if (t->footer.group_count) between_rows(t, t->previous, &t->footer.groups[0]->rows[0], 0);
    else last_in_table(t, t->previous, CASE_NORMAL);
    fragment_end(t, t->previous);
}

/* ---- widths -------------------------------------------------------------------- */

mpt cell_before(const struct table *t, const struct row_group *g, const struct cell *c, int32_t row,
                enum edge_case e) {
    if (!t->collapse) {
        if (e == EDGE_REST && !c->edges.border_keeps[SIDE_BEFORE]) return 0;
        return c->edges.border[SIDE_BEFORE] + t->half_block;
    }
    mpt most = 0;
    for (int32_t i = c->column; i < c->column + c->columns; i++) {
        mpt w = g->rows[c->row + row].unit[i].before.on[e].width;
        if (w > most) most = w;
    }
    return most / 2;
}

mpt cell_after(const struct table *t, const struct row_group *g, const struct cell *c, int32_t row,
               enum edge_case e) {
    if (!t->collapse) {
        if (e == EDGE_REST && !c->edges.border_keeps[SIDE_AFTER]) return 0;
        return c->edges.border[SIDE_AFTER] + t->half_block;
    }
    mpt most = 0;
    for (int32_t i = c->column; i < c->column + c->columns; i++) {
        mpt w = g->rows[c->row + row].unit[i].after.on[e].width;
        if (w > most) most = w;
    }
    return most / 2;
}

void cell_sides(const struct table *t, const struct row_group *g, struct cell *c) {
    if (!t->collapse) {
        c->half_start = c->edges.border[SIDE_START] + t->half_inline;
        c->half_end = c->edges.border[SIDE_END] + t->half_inline;
        return;
    }
    mpt start = 0, end = 0;
    for (int32_t r = c->row; r < c->row + c->rows; r++) {
        const struct grid_unit *u = g->rows[r].unit;
        if (u[c->column].start.width > start) start = u[c->column].start.width;
        if (u[c->column + c->columns - 1].end.width > end) end = u[c->column + c->columns - 1].end.width;
    }
    c->half_start = start / 2;
    c->half_end = end / 2;
}
