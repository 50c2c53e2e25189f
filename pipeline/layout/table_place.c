/* Placing what a part shows of a table: header, rows, footer (XSL 1.1, 6.7.6-10,
 * 7.28). */
#include "layout/table.h"

static mpt shift_of(const struct fo_node *n, int64_t left) {
    if (left <= 0) return 0;
    enum fo_token t = fo_token(n, P_DISPLAY_ALIGN);
    return t == E_CENTER ? mpt_clamp(left / 2) : t == E_AFTER ? mpt_clamp(left) : 0;
}

static void fill(struct placer *p, struct table *t, const struct fo_node *n, struct rect ibox) {
    if (!n) return;
    struct box_paint b = {.node = n, .ix = ibox.x, .by = ibox.y, .iw = ibox.w, .bh = ibox.h, .tag = TAG_ARTIFACT};
    paint_box(t->l, &p->c, &b, false, NULL);
}

/* A collapsed border, half of it on each side of its edge. */
static void line(struct placer *p, struct pos pos, int side, struct rect ibox, struct edge_border b) {
    if (b.width <= 0 || b.color.space == COLOR_NONE) return;
    mpt w[4] = {0, 0, 0, 0}, half = b.width / 2;
    struct rect r = side < 2 ? (struct rect){ibox.x, (side == 0 ? ibox.y : ibox.y + ibox.h) - half, ibox.w, b.width}
                             : (struct rect){(side == 2 ? ibox.x : ibox.x + ibox.w) - half, ibox.y, b.width, ibox.h};
    struct rect q = canvas_rect(&p->c, r.x, r.y, r.w, r.h);
    w[side < 2 ? 0 : 2] = b.width;
    paint_border_side(p->c.arena, p->c.list, pos, side < 2 ? 0 : 2, q, w, b.style, b.color);
}

struct cell_box {
    mpt y, h;
    bool starts, ends;
    bool at_part_start, at_part_end; /* first, last row shown of the fragment */
};

static enum edge_case before_case(const struct cell_box *k) {
    return !k->starts ? EDGE_REST : k->at_part_start ? EDGE_PART : EDGE_NORMAL;
}

static enum edge_case after_case(const struct cell_box *k) {
    return !k->ends ? EDGE_REST : k->at_part_end ? EDGE_PART : EDGE_NORMAL;
}

static bool is_empty(const struct cell *c) {
    for (size_t i = 0; i < c->items.n; i++)
        if (c->items.v[i].w != 0 && c->items.v[i].thing) return false;
    return true;
}

static void paint_cell(struct placer *p, struct table *t, struct cell *c, const struct row *row, const struct cell_box *k) {
    mpt x = t->ix + t->column_x[c->column], w = t->column_x[c->column + c->columns] - t->column_x[c->column];
    mpt half_i = t->collapse ? 0 : t->separation_inline / 2, half_b = t->collapse ? 0 : t->separation_block / 2;
    struct rect box = {x + half_i, k->y + half_b, w - 2 * half_i, k->h - 2 * half_b};
    if (!t->collapse && fo_is(c->node, P_EMPTY_CELLS, E_HIDE) && is_empty(c)) return;
    fill(p, t, t->column_node[c->column], box);
    fill(p, t, row->part, box);
    fill(p, t, row->node, box);
    struct box_paint b = {.node = c->node, .ix = box.x, .by = box.y, .iw = box.w, .bh = box.h, .tag = TAG_ARTIFACT};
    if (!t->collapse) {
        b.edges = c->edges;
        b.without_before = !k->starts && !c->edges.border_keeps[SIDE_BEFORE];
        b.without_after = !k->ends && !c->edges.border_keeps[SIDE_AFTER];
    }
    paint_box(t->l, &p->c, &b, false, NULL);
}

static void paint_collapsed(struct placer *p, struct table *t, struct cell *c, const struct cell_box *k) {
    mpt x = t->ix + t->column_x[c->column], w = t->column_x[c->column + c->columns] - t->column_x[c->column];
    struct edge_border before = c->before[before_case(k)], after = c->after[after_case(k)];
    mpt hs = c->start.width / 2, he = c->end.width / 2;
    struct rect wide = {x - hs, k->y, w + hs + he, k->h};
    struct rect tall = {x, k->y - before.width / 2, w, k->h + before.width / 2 + after.width / 2};
    line(p, c->node->pos, 2, tall, c->start);
    line(p, c->node->pos, 3, tall, c->end);
    line(p, c->node->pos, 0, wide, before);
    line(p, c->node->pos, 1, wide, after);
}

static void place_cell(struct placer *p, struct table *t, struct cell *c, const struct cell_box *k) {
    mpt x = t->ix + t->column_x[c->column] + c->half_start + c->edges.padding[SIDE_START];
    mpt w = t->column_x[c->column + c->columns] - t->column_x[c->column] - c->half_start - c->half_end -
            c->edges.padding[SIDE_START] - c->edges.padding[SIDE_END];
    enum edge_case eb = k->starts ? EDGE_NORMAL : EDGE_REST, ea = k->ends ? EDGE_NORMAL : EDGE_REST;
    if (k->starts && k->at_part_start && t->collapse) eb = EDGE_NORMAL;
    mpt top = cell_before(c, eb), foot = cell_after(c, ea);
    int64_t content = 0;
    size_t from = c->from;
    while (from < c->to && c->items.v[from].kind != ITEM_BOX) from++;
    for (size_t i = from; i < c->to; i++)
        if (c->items.v[i].kind != ITEM_PENALTY && !(c->items.v[i].aux && !c->items.v[i].thing && c->items.v[i].kind == ITEM_BOX && i + 1 == c->items.n))
            content += c->items.v[i].w;
    mpt y = k->y + top + shift_of(c->node, (int64_t)k->h - top - foot - content);
    struct placer in = placer_nested(p, x, y, w > 0 ? w : 0);
    if (c->node->id && c->from == 0) place_id(p, c->node, x, k->y);
    place_markers(&in, c->node, true, k->starts);
    place_items(&in, &c->items, c->from, c->to, c->from > 0, c->cut);
    place_markers(&in, c->node, false, k->ends);
}

/* ---- a group's rows in this fragment ------------------------------------------------------ */

struct shown {
    struct row_group *g;
    struct cell **cells;
    size_t count, cap;
    int32_t first_row, last_row;
    bool row_complete; /* the last row ends here */
};

static void show_step(struct shown *s, const struct table_step *st, int32_t mark, bool is_last) {
    for (int32_t i = 0; i < st->part_count; i++) {
        const struct part_of_cell *part = &st->parts[i];
        struct cell *c = part->cell;
        if (c->mark != mark) {
            c->mark = mark;
            c->from = part->from;
            s->cells = mem_grow(s->cells, &s->cap, s->count + 1, sizeof *s->cells);
            s->cells[s->count++] = c;
            if (c->from == 0 && (s->first_row < 0 || c->row < s->first_row)) s->first_row = c->row;
        }
        c->to = part->to + 1;
        c->cut = c->to < c->items.n;
        if (c->cut && c->items.v[c->to - 1].kind != ITEM_BOX) c->to--;
        if (c->from > 0 && (s->first_row < 0 || st->row < s->first_row)) s->first_row = st->row;
    }
    if (s->first_row < 0) s->first_row = st->row;
    s->last_row = st->row;
    (void)is_last;
}

static bool cell_done(const struct cell *c) {
    return !c->cut;
}

static int64_t shown_extent(const struct cell *c) {
    size_t from = c->from;
    int64_t h = 0;
    if (from > 0)
        while (from < c->to && c->items.v[from].kind != ITEM_BOX) from++;
    for (size_t i = from; i < c->to; i++)
        if (c->items.v[i].kind != ITEM_PENALTY) h += c->items.v[i].w;
    if (c->cut && c->to < c->items.n && c->items.v[c->to].kind == ITEM_PENALTY) h += c->items.v[c->to].w;
    return h;
}

static void row_extents(const struct shown *s, int64_t *h) {
    for (int32_t r = s->first_row; r <= s->last_row; r++) {
        bool whole = true;
        int64_t most = 0;
        for (size_t i = 0; i < s->count; i++) {
            const struct cell *c = s->cells[i];
            int32_t first = c->row > s->first_row ? c->row : s->first_row, end = c->row + c->rows - 1;
            if (end > s->last_row) end = s->last_row;
            if (c->row <= r && r <= end && ((c->row == r && c->from > 0) || (!cell_done(c) && end == r))) whole = false;
            if (c->from > 0 && first == r) whole = false;
            if (end != r) continue;
            bool starts = c->from == 0, done = cell_done(c) && c->row + c->rows - 1 <= s->last_row;
            int64_t need = shown_extent(c) + cell_before(c, starts ? EDGE_NORMAL : EDGE_REST) + cell_after(c, done ? EDGE_NORMAL : EDGE_REST);
            for (int32_t k = first; k < r; k++) need -= h[k - s->first_row];
            if (need > most) most = need;
        }
        if (whole && s->g->rows[r].height > most) most = s->g->rows[r].height;
        h[r - s->first_row] = most;
    }
}

/* Do the cells of row r that are shown here begin, and end, here? */
static bool row_begins(const struct shown *s, int32_t r) {
    for (size_t i = 0; i < s->count; i++)
        if (s->cells[i]->row == r && s->cells[i]->from > 0) return false;
    return true;
}

static bool row_ends(const struct shown *s, int32_t r) {
    for (size_t i = 0; i < s->count; i++) {
        const struct cell *c = s->cells[i];
        if (c->row + c->rows - 1 == r && !cell_done(c)) return false;
    }
    return true;
}

/* Ids and markers of the row and, at its first and last row, of the body. */
static void begin_row(struct placer *p, struct table *t, const struct shown *s, int32_t k, mpt y) {
    const struct row *row = &s->g->rows[s->first_row + k];
    bool begins = row_begins(s, s->first_row + k), part = row->first_of_part && begins;
    if (part && row->part->id) place_id(p, row->part, t->ix, y);
    if (part || k == 0) place_markers(p, row->part, true, part);
    if (!row->node) return;
    if (row->node->id && begins) place_id(p, row->node, t->ix, y);
    else if (row->node->id) place_id_again(p, row->node);
    place_markers(p, row->node, true, begins);
}

static void end_row(struct placer *p, const struct shown *s, int32_t k) {
    const struct row *row = &s->g->rows[s->first_row + k];
    bool ends = row_ends(s, s->first_row + k), part = row->last_of_part && ends;
    if (row->part->id) place_id_again(p, row->part);
    if (row->part->id && part) ids_ended(p->l, row->part->id);
    if (row->node && row->node->id && ends) ids_ended(p->l, row->node->id);
    if (row->node) place_markers(p, row->node, false, ends);
    if (part || s->first_row + k == s->last_row) place_markers(p, row->part, false, part);
}

static mpt place_group(struct placer *p, struct table *t, struct shown *s, mpt y, bool part_start, bool part_end) {
    int32_t n = s->last_row - s->first_row + 1;
    int64_t *h = mem_alloc(((size_t)n + 1) * sizeof *h), sum = 0;
    row_extents(s, h);
    mpt *top = mem_alloc(((size_t)n + 1) * sizeof *top);
    for (int32_t r = 0; r < n; r++) {
        top[r] = y + mpt_clamp(sum);
        sum += h[r];
    }
    top[n] = y + mpt_clamp(sum);
    struct cell_box *box = mem_alloc((s->count + 1) * sizeof *box);
    for (size_t i = 0; i < s->count; i++) {
        struct cell *c = s->cells[i];
        int32_t first = c->row > s->first_row ? c->row : s->first_row, last = c->row + c->rows - 1;
        bool ends_here = last <= s->last_row && cell_done(c);
        if (last > s->last_row) last = s->last_row;
        box[i] = (struct cell_box){top[first - s->first_row], top[last - s->first_row + 1] - top[first - s->first_row], c->from == 0, ends_here,
                                   part_start && first == s->first_row, part_end && last == s->last_row};
        paint_cell(p, t, c, &s->g->rows[first], &box[i]);
    }
    for (int32_t r = 0; r < n; r++) begin_row(p, t, s, r, top[r]);
    for (size_t i = 0; i < s->count; i++) place_cell(p, t, s->cells[i], &box[i]);
    for (size_t i = 0; t->collapse && i < s->count; i++) paint_collapsed(p, t, s->cells[i], &box[i]);
    for (int32_t r = 0; r < n; r++) end_row(p, s, r);
    mem_free(box);
    mem_free(top);
    mem_free(h);
    return y + mpt_clamp(sum);
}

/* Steps, in order, group by group. */
static mpt place_steps(struct placer *p, struct table *t, struct table_step **steps, size_t count, mpt y, bool part_start, bool part_end) {
    int32_t mark = ++t->marks;
    for (size_t i = 0; i < count;) {
        struct shown s = {.g = steps[i]->group, .first_row = -1, .last_row = -1};
        size_t first = i;
        for (; i < count && steps[i]->group == s.g; i++) show_step(&s, steps[i], mark, i + 1 == count);
        y = place_group(p, t, &s, y, part_start && first == 0, part_end && i == count);
        mem_free(s.cells);
    }
    return y;
}

static mpt place_fixed(struct placer *p, struct table *t, bool header, bool repeat, mpt y) {
    struct table_step *steps = header ? t->header_steps : t->footer_steps;
    int32_t n = header ? t->header_count : t->footer_count;
    struct table_step **v = mem_alloc(((size_t)n + 1) * sizeof *v);
    for (int32_t i = 0; i < n; i++) v[i] = &steps[i];
    bool outer = p->header_repeat;
    p->header_repeat |= repeat;
    y = place_steps(p, t, v, (size_t)n, y, false, false);
    p->header_repeat = outer;
    mem_free(v);
    return y;
}

static void place_table(struct placer *p, struct thing *thing, const struct item *first, const struct item *last, bool at_start, bool at_end) {
    struct table *t = (struct table *)thing;
    struct table_step **v = NULL;
    size_t n = 0, cap = 0;
    bool has_header = false, has_footer = false;
    for (const struct item *it = first; it <= last; it++) {
        if (it->thing != thing || it->kind != ITEM_BOX) continue;
        has_header |= it->sub == SUB_HEADER;
        has_footer |= it->sub == SUB_FOOTER;
        if (it->sub < 0) continue;
        v = mem_grow(v, &cap, n + 1, sizeof *v);
        v[n++] = t->steps[it->sub];
    }
    bool repeated = t->fragments++ > 0;
    bool header = t->header && (t->omit_header ? has_header : true);
    bool footer = t->footer && (t->omit_footer ? has_footer || !at_end : true);
    mpt y = p->y;
    if (header) y = place_fixed(p, t, true, repeated, y);
    y = place_steps(p, t, v, n, y, at_start && !header, at_end && !footer);
    if (footer) place_fixed(p, t, false, at_end, y);
    mem_free(v);
}

const struct thing_ops table_ops = {true, place_table};
