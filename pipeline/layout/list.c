/* fo:list-block and fo:list-item (XSL 1.1, 6.8): label and body step together,
 * so that the smallest part of an item shows something of both. */
#include "layout/combine.h"
#include "layout/flow.h"

enum { LABEL, BODY, PARTS };

struct list_item {
    struct combined c; /* of the label and the body */
    struct combined_part part[PARTS];
    struct blk *blk;
    mpt ref_x, ref_width;
};

/* ---- placing -------------------------------------------------------------------- */

/* Returns where the part ends. */
static mpt place_part(struct placer *p, struct list_item *li, int part, size_t first, size_t last) {
    size_t from = 0, to = 0;
    if (!combined_range(&li->c, part, first, last, &from, &to)) return p->y;
    const struct seq *s = &li->part[part].items;
    bool cut = to < s->n, begins = from == 0;
    if (cut && s->v[to - 1].kind != ITEM_BOX) to--;
    struct placer in = *p;
    in.frames = NULL;
    in.c.x += in.c.rl ? -li->ref_x : li->ref_x;
    struct fo_node *n = li->part[part].node;
    if (n->id && begins) place_id(&in, n, 0, p->y);
    place_markers(&in, n, true, begins);
    place_items(&in, s, from, to, from > 0, cut);
    place_markers(&in, n, false, !cut);
    return in.y;
}

static void place_item(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                       bool at_start, bool at_end) {
    (void)at_start, (void)at_end;
    struct list_item *li = (struct list_item *)t;
    mpt end = p->y;
    for (int k = 0; k < PARTS; k++) {
        mpt y = li->part[k].node ? place_part(p, li, k, (size_t)first->sub, (size_t)last->sub) : p->y;
        if (y > end) end = y;
    }
    p->y = end;
}

static const struct thing_ops item_ops = {true, place_item};

/* ---- walking ---------------------------------------------------------------------- */

static void layout_part(struct walker *w, struct wframe *f, struct list_item *li, int part, struct fo_node *n) {
    if (!n) return;
    tag_of(w->l, n);
    li->part[part].node = n;
    struct seq s = {0};
    w->lays_part = w->in_place || !w->nested;
    walk_content(w->l, w, NULL, n, f->ref_width, &s);
    w->lays_part = false;
    li->part[part].items = s;
}

static void open_block(struct walker *w, struct wframe *f, struct fo_node *n, struct blk **out) {
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, n, base);
    mpt in[2];
    indents_of(w, n, f->blk, base, in);
    *out = walk_open_indented(w, n, in, f->ref_width - in[0] - in[1], &e);
}

static struct list_item *item_new(struct walker *w, struct wframe *f) {
    struct list_item *li = ARENA_NEW(w->arena, struct list_item);
    li->c = (struct combined){.thing.ops = &item_ops, .n = PARTS, .part = li->part};
    li->ref_x = f->ref_x;
    li->ref_width = f->ref_width;
    return li;
}

static void finish_item(struct walker *w, struct wframe *f, struct list_item *li) {
    struct blk *outer = f->blk;
    f->blk = li->blk;
    combine(w, &li->c, li->blk->together);
    if (!li->c.step_count) walk_box(w, 0, NULL, 0);
    walk_close(w, li->blk);
    for (int k = 0; k < PARTS; k++) {
        if (!li->part[k].node) continue;
        w->pending = keep_max(w->pending, edge_keep(li->part[k].node, true));
        walk_force(w, (enum break_class)li->part[k].items.trail_break);
    }
    f->blk = outer;
}

static void layout_item(struct walker *w, struct wframe *f, struct fo_node *n) {
    struct list_item *li = item_new(w, f);
    open_block(w, f, n, &li->blk);
    struct fo_node *label = NULL, *body = NULL;
    for (struct fo_node *c = n->first; c; c = c->next) {
        if (c->element == FO_LIST_ITEM_LABEL && !label) label = c;
        if (c->element == FO_LIST_ITEM_BODY && !body) body = c;
    }
    layout_part(w, f, li, LABEL, label);
    layout_part(w, f, li, BODY, body);
    struct seq *both[PARTS] = {&li->part[LABEL].items, &li->part[BODY].items};
    if (fo_is(n, P_RELATIVE_ALIGN, E_BASELINE)) align_baselines(both, PARTS);
    for (int k = 0; k < PARTS; k++) combined_keep(w, &li->part[k]);
    for (int k = 0; k < PARTS; k++) {
        if (!li->part[k].node) continue;
        w->pending = keep_max(w->pending, edge_keep(li->part[k].node, false));
        walk_force(w, (enum break_class)li->part[k].items.lead_break);
    }
    finish_item(w, f, li);
}

/* ---- going on at another width ------------------------------------------------------ */

struct list_state {
    bool emitted;
    const struct list_item *rest; /* an item to go on with after step `step` */
    size_t step;
    struct blk *rest_blk;
    struct group *group;          /* its memory, held until then */
    struct walker *w;
};

const struct list_item *list_item_of(const struct thing *t) {
    return t && t->ops == &item_ops ? (const struct list_item *)t : NULL;
}

void list_frontier(const struct item *it, struct frontier *f) {
    const struct list_item *li = list_item_of(it->thing);
    if (li) f->read = li->blk->node;
}

struct fo_node *list_item_float(struct page_sequence *ps, const struct list_item *li, size_t step) {
    for (int k = 0; k < PARTS; k++) {
        size_t from = 0, to = 0;
        if (!combined_range(&li->c, k, step, step, &from, &to)) continue;
        for (size_t i = from; i < to; i++) {
            struct fo_node *n = float_of(ps, &li->part[k].items.v[i]);
            if (n) return n;
        }
    }
    return NULL;
}

/* Item of part k after the last one that steps 0..step show. */
static size_t shown(const struct list_item *li, int k, size_t step) {
    size_t from, to = li->part[k].from;
    if (step != SIZE_MAX) combined_range(&li->c, k, 0, step, &from, &to);
    return to;
}

static void rest_of_part(struct walker *w, struct wframe *f, struct list_item *li, const struct list_item *old,
                         int k, size_t step) {
    size_t at = shown(old, k, step);
    struct combined_part *p = &li->part[k];
    struct fo_node *n = old->part[k].node;
    const struct seq *s = &old->part[k].items;
    if (!n || at >= s->n) return;
    p->node = n;
    struct restart r;
    w->lays_part = w->in_place || !w->nested;
    if (at == 0) {
        walk_content(w->l, w, NULL, n, f->ref_width, &p->items);
    } else if (restart_find(s, at - 1, n, &r)) {
        seq_penalty(&p->items, 0, -PENALTY_INFINITE, BREAK_NONE, NULL, 0);
        walk_content_rest(w, n, f->ref_width, &p->items, &r);
        p->from = 1;
    } else {
        for (size_t i = at - 1; i < s->n; i++) *seq_add(&p->items) = s->v[i];
        p->from = 1;
    }
    w->lays_part = false;
    combined_keep(w, p);
}

static void layout_rest(struct walker *w, struct wframe *f) {
    struct list_state *st = f->state;
    struct group *now = w->group;
    if (st->group) {
        w->group = st->group;
        w->arena = st->group->arena;
    }
    struct list_item *li = item_new(w, f);
    li->blk = st->rest_blk;
    for (int k = 0; k < PARTS; k++) rest_of_part(w, f, li, st->rest, k, st->step);
    st->rest = NULL;
    finish_item(w, f, li);
    if (st->group) {
        w->group = now;
        w->arena = now->arena;
        group_release(w, st->group);
        st->group = NULL;
    }
}

static bool list_next(struct walker *w, struct wframe *f) {
    struct list_state *st = f->state;
    if (st->rest) {
        st->emitted = true;
        layout_rest(w, f);
        return true;
    }
    for (; f->child && f->child->element != FO_LIST_ITEM; f->child = f->child->next)
        if (is_change_bar(f->child)) walk_change(w, f->child);
    if (f->child) {
        struct fo_node *item = f->child;
        f->child = item->next;
        if (st->emitted) walk_sibling(w);
        st->emitted = true;
        layout_item(w, f, item);
        return true;
    }
    if (!st->emitted) walk_box(w, 0, NULL, 0);
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

/* One item at a time, but for limits that need the end. */
static bool list_step(struct walker *w, struct wframe *f) {
    mpt at_start = fo_length(f->node, P_FOX_WIDOW_CONTENT_LIMIT, 0), at_end = fo_length(f->node, P_FOX_ORPHAN_CONTENT_LIMIT, 0);
    if (!at_start && !at_end) return list_next(w, f);
    size_t from = w->out->n;
    while (list_next(w, f)) continue;
    limit_breaks(w->out, from, at_start, at_end);
    return false;
}

static void drop_state(struct wframe *f) {
    struct list_state *st = f->state;
    if (st->group) group_release(st->w, st->group);
    mem_free(st);
}

static void begin(struct wframe *f) {
    f->state = mem_alloc(sizeof(struct list_state));
    f->drop = drop_state;
    f->step = list_step;
}

void list_reopen(struct walker *w, struct wframe *f) {
    begin(f);
    block_resize(w, f);
}

struct blk *list_resume(struct walker *w, const struct blk *old, const struct list_item *item, size_t step,
                        struct group *group) {
    struct wframe *f = w->top;
    struct list_state *st = f->state;
    struct blk *b = arena_memdup(w->l->seq_arena, old, sizeof *old);
    b->parent = f->blk;
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    indents_of(w, b->node, f->blk, base, b->indent);
    mpt iw = f->ref_width - b->indent[0] - b->indent[1];
    b->ix = b->indent[0] + f->ref_x;
    b->iw = iw > 0 ? iw : 0;
    st->rest = item;
    st->step = step;
    st->rest_blk = b;
    st->group = group;
    st->w = w;
    if (group) group->items++;
    return b;
}

void list_begin(struct walker *w, struct wframe *f) {
    begin(f);
    struct blk *b;
    open_block(w, f, f->node, &b);
    f->blk = b;
}
