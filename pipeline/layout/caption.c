/* fo:table-and-caption (XSL 1.1, 6.7.2, 6.7.5, 7.28.7): the caption before,
 * after, or at a side of its table. */
#include "layout/table.h"

/* A caption at the start or end: laid out by itself, placed beside the table's
 * beginning. */
struct side_caption {
    struct thing thing;
    struct fo_node *node;
    struct blk *blk;
    mpt ix, width;
    int64_t height;
    struct seq items;
};

struct caption_state {
    struct fo_node *caption, *table;
    enum { SIDE_NONE, SIDE_AT_START, SIDE_AT_END } side;
    bool after;
    int next;
    struct side_caption *box;
    size_t from; /* the table's first item */
};

static void place_side(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                       bool at_start,
                       bool at_end) {
    (void)first, (void)last, (void)at_start, (void)at_end;
    struct side_caption *c = (struct side_caption *)t;
    struct placer in = placer_nested(p, c->ix, p->y, c->width);
    if (c->node->id) place_id(&in, c->node, 0, 0);
    place_markers(&in, c->node, true, true);
    place_items(&in, &c->items, 0, c->items.n, false, false);
    place_markers(&in, c->node, false, true);
}

static const struct thing_ops side_ops = {false, place_side};

/* Without an inline-progression-dimension of its own it takes a quarter. */
static mpt side_width(const struct fo_node *n, mpt available) {
    mpt w = available / 4;
    if (fo_is_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
        w = fo_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, available);
    return w < 0 ? 0 : w > available ? available : w;
}

static void side_begin(struct walker *w, struct wframe *f, struct caption_state *st) {
    struct side_caption *c = ARENA_NEW(w->arena, struct side_caption);
    c->thing.ops = &side_ops;
    c->node = st->caption;
    c->width = side_width(st->caption, f->blk->iw);
    c->ix = f->blk->ix + (st->side == SIDE_AT_END ? f->blk->iw - c->width : 0);
    struct seq s = {0};
    walk_content(w->l, w, NULL, st->caption, c->width, &s);
    for (size_t i = 0; i < s.n; i++)
        if (s.v[i].kind != ITEM_PENALTY) c->height += s.v[i].w;
    c->items = (struct seq){.v = arena_memdup(w->arena, s.v, s.n * sizeof *s.v), .n = s.n, .cap = s.n};
    seq_free(&s);
    walk_box(w, 0, &c->thing, 0);
    st->box = c;
    st->from = w->out->n;
}

/* A caption taller than its table. */
static void side_end(struct walker *w, struct caption_state *st) {
    if (!st->box || w->out->n < st->from) return;
    int64_t table = 0;
    for (size_t i = st->from; i < w->out->n; i++)
        if (w->out->v[i].kind != ITEM_PENALTY) table += w->out->v[i].w;
    if (st->box->height > table) walk_box(w, mpt_clamp(st->box->height - table), NULL, 0);
}

static void push_table(struct walker *w, struct wframe *f, struct caption_state *st) {
    mpt x = f->ref_x, width = f->ref_width;
    if (st->box) {
        width -= st->box->width;
        if (st->side == SIDE_AT_START) f->ref_x += st->box->width;
    }
    walk_push(w, st->table, f->blk, width > 0 ? width : 0);
    f->ref_x = x;
}

static bool caption_step(struct walker *w, struct wframe *f) {
    struct caption_state *st = f->state;
    if (st->side && st->next == 0) {
        st->next = 1;
        side_begin(w, f, st);
        push_table(w, f, st);
        return true;
    }
    struct fo_node *order[2] = {st->after ? st->table : st->caption, st->after ? st->caption : st->table};
    while (!st->side && st->next < 2) {
        struct fo_node *n = order[st->next++];
        if (!n) continue;
        if (f->blk->has_children) {
            walk_sibling(w);
            w->pending = keep_max(w->pending, (struct keep){KEEP_ALWAYS, BREAK_COLUMN});
        }
        if (n == st->table) push_table(w, f, st);
        else walk_push(w, n, f->blk, f->ref_width);
        return true;
    }
    side_end(w, st);
    if (!f->blk->has_children) walk_box(w, 0, NULL, 0);
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

static void drop_state(struct wframe *f) {
    mem_free(f->state);
}

static void find_sides(struct caption_state *st, const struct fo_node *n) {
    enum fo_token side = fo_token(n, P_CAPTION_SIDE);
    bool rl = fo_is(n, P_WRITING_MODE, E_RL_TB);
    st->after = side == E_AFTER || side == E_BOTTOM;
    if (!st->caption || !st->table) return;
    if (side == E_START || side == (rl ? E_RIGHT : E_LEFT)) st->side = SIDE_AT_START;
    if (side == E_END || side == (rl ? E_LEFT : E_RIGHT)) st->side = SIDE_AT_END;
}

void caption_begin(struct walker *w, struct wframe *f) {
    struct caption_state *st = mem_alloc(sizeof *st);
    f->state = st;
    f->drop = drop_state;
    f->step = caption_step;
    for (struct fo_node *n = fo_first_child(w->l, f->node); n && !st->table; n = fo_after(w->l, f->node, n)) {
        if (n->element == FO_TABLE_CAPTION && !st->caption) st->caption = n;
        if (n->element == FO_TABLE) st->table = n;
    }
    find_sides(st, f->node);
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, f->node, base);
    mpt start = fo_length(f->node, P_START_INDENT, base), end = fo_length(f->node, P_END_INDENT, base);
    mpt width = f->ref_width - start - end;
    f->blk = walk_open(w, f->node, start, width > 0 ? width : 0, &e);
}
