/* fo:list-block and fo:list-item (XSL 1.1, 6.8): label and body step together,
 * so that the smallest part of an item shows something of both. */
#include "layout/flow.h"

enum { LABEL, BODY, PARTS };

struct list_step {
    size_t start[PARTS], end[PARTS]; /* items; end: the last one of the step, inclusive */
    bool has[PARTS];
};

struct list_item {
    struct thing thing;
    struct blk *blk;
    mpt ref_x, ref_width;
    struct seq part[PARTS];
    size_t from[PARTS]; /* its first item here: 1 when the break before it comes first */
    struct fo_node *node[PARTS];
    struct list_step *steps;
    size_t step_count, step_cap;
};

struct cursor {
    size_t next;      /* item after the last one taken */
    int64_t full, part;
};

/* ---- placing -------------------------------------------------------------------- */

/* Items of one part shown by steps first..last: from, to and whether it is cut. */
static bool range_of(const struct list_item *li, int part, size_t first, size_t last, size_t *from, size_t *to) {
    bool any = false;
    for (size_t k = first; k <= last; k++) {
        const struct list_step *s = &li->steps[k];
        if (!s->has[part]) continue;
        if (!any) *from = s->start[part];
        *to = s->end[part] + 1;
        any = true;
    }
    return any;
}

/* Returns where the part ends. */
static mpt place_part(struct placer *p, struct list_item *li, int part, size_t first, size_t last) {
    size_t from = 0, to = 0;
    if (!range_of(li, part, first, last, &from, &to)) return p->y;
    const struct seq *s = &li->part[part];
    bool cut = to < s->n, begins = from == 0;
    if (cut && s->v[to - 1].kind != ITEM_BOX) to--;
    struct placer in = *p;
    in.frames = NULL;
    in.c.x += in.c.rl ? -li->ref_x : li->ref_x;
    struct fo_node *n = li->node[part];
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
        mpt y = li->node[k] ? place_part(p, li, k, (size_t)first->sub, (size_t)last->sub) : p->y;
        if (y > end) end = y;
    }
    p->y = end;
}

static const struct thing_ops item_ops = {true, place_item};

/* ---- combining -------------------------------------------------------------------- */

static bool legal(const struct seq *s, size_t i) {
    const struct item *it = &s->v[i];
    if (it->kind == ITEM_PENALTY) return it->penalty < PENALTY_INFINITE;
    return it->kind == ITEM_GLUE && i > 0 && s->v[i - 1].kind == ITEM_BOX;
}

/* Goes on to the next legal break of a part. */
static bool advance(const struct seq *s, struct cursor *c) {
    size_t start = c->next;
    while (c->next < s->n) {
        size_t i = c->next++;
        if (legal(s, i)) break;
        if (s->v[i].kind != ITEM_PENALTY) c->part += s->v[i].w;
    }
    return c->next > start;
}

/* The next step: at first the larger first piece of both, later the smaller
 * one; a part that would pass it waits. */
static bool next_step(struct list_item *li, struct cursor c[PARTS], struct list_step *out, int64_t *height) {
    struct cursor before[PARTS] = {c[0], c[1]};
    bool moved[PARTS], first = c[0].part == 0 && c[1].part == 0;
    for (int k = 0; k < PARTS; k++) moved[k] = advance(&li->part[k], &c[k]);
    if (!moved[0] && !moved[1]) return false;
    int64_t step = -1;
    for (int k = 0; k < PARTS; k++)
        if (moved[k] && (step < 0 || (first ? c[k].part > step : c[k].part < step))) step = c[k].part;
    for (int k = 0; k < PARTS; k++) {
        if (moved[k] && c[k].part > step) {
            c[k] = before[k];
            moved[k] = false;
        }
        out->has[k] = moved[k];
        out->start[k] = before[k].next;
        out->end[k] = moved[k] ? c[k].next - 1 : before[k].next;
    }
    *height = step;
    return true;
}

static void take_notes(struct walker *w, struct list_item *li, const struct list_step *s, struct item *box) {
    size_t n = 0, cap = 0;
    struct note **v = NULL;
    for (int k = 0; k < PARTS; k++)
        for (size_t i = s->start[k]; s->has[k] && i <= s->end[k]; i++)
            for (uint16_t j = 0; j < li->part[k].v[i].note_count; j++) {
                v = mem_grow(v, &cap, n + 1, sizeof *v);
                v[n++] = li->part[k].v[i].notes[j];
            }
    if (n) box->notes = arena_memdup(w->arena, v, n * sizeof *v);
    box->note_count = (uint16_t)n;
    mem_free(v);
}

/* Width, penalty and class that the breaks inside both parts ask for here. */
static void inner_break(struct list_item *li, const struct list_step *s, mpt *width, int32_t *penalty, enum break_class *c) {
    for (int k = 0; k < PARTS; k++) {
        if (!s->has[k]) continue;
        const struct item *it = &li->part[k].v[s->end[k]];
        if (it->kind != ITEM_PENALTY) continue;
        if (it->w > *width) *width = it->w;
        if (it->penalty <= -PENALTY_INFINITE) *penalty = it->penalty;
        else if (*penalty > -PENALTY_INFINITE && it->penalty > *penalty) *penalty = it->penalty;
        if (it->break_class > *c) *c = (enum break_class)it->break_class;
    }
}

static bool finished(const struct list_item *li, const struct cursor c[PARTS], int k) {
    return c[k].next >= li->part[k].n;
}

static void combine(struct walker *w, struct list_item *li) {
    struct cursor c[PARTS] = {{li->from[LABEL], 0, 0}, {li->from[BODY], 0, 0}};
    for (int k = 0; k < PARTS; k++)
        for (size_t i = li->from[k]; i < li->part[k].n; i++)
            if (li->part[k].v[i].kind != ITEM_PENALTY) c[k].full += li->part[k].v[i].w;
    int64_t total = c[0].full > c[1].full ? c[0].full : c[1].full, added = 0, step;
    struct keep next = {0};
    struct list_step s;
    while (next_step(li, c, &s, &step)) {
        for (int k = 0; k < PARTS; k++)
            if (li->node[k] && finished(li, c, k)) next = keep_max(next, edge_keep(li->node[k], true));
        int64_t r0 = c[0].full - c[0].part, r1 = c[1].full - c[1].part;
        int64_t over = step + (r0 > r1 ? r0 : r1) - total, height = step - added - over;
        mpt width = 0;
        int32_t penalty = 0;
        enum break_class class = BREAK_NONE;
        inner_break(li, &s, &width, &penalty, &class);
        added += height;
        li->steps = mem_grow(li->steps, &li->step_cap, li->step_count + 1, sizeof *li->steps);
        li->steps[li->step_count++] = s;
        int32_t index = (int32_t)li->step_count - 1;
        take_notes(w, li, &s, walk_box(w, mpt_clamp(height), &li->thing, index));
        if (added >= total) continue;
        struct keep k = keep_max(next, li->blk->together);
        if (penalty > -PENALTY_INFINITE) {
            if (keep_penalty(k) > penalty) penalty = keep_penalty(k);
            class = k.context;
        }
        walk_break(w, mpt_clamp(over + width), penalty, class, &li->thing, index);
    }
    struct list_step *heap = li->steps;
    li->steps = arena_memdup(w->arena, heap, li->step_count * sizeof *heap);
    mem_free(heap);
}

/* ---- walking ---------------------------------------------------------------------- */

static struct seq keep_seq(struct walker *w, struct seq s) {
    struct seq t = s;
    t.v = arena_memdup(w->arena, s.v, s.n * sizeof *s.v);
    t.cap = t.n;
    mem_free(s.v);
    return t;
}

static void layout_part(struct walker *w, struct wframe *f, struct list_item *li, int part, struct fo_node *n) {
    if (!n) return;
    tag_of(w->l, n);
    li->node[part] = n;
    struct seq s = {0};
    w->lays_part = w->in_place || !w->nested;
    walk_content(w->l, w, NULL, n, f->ref_width, &s);
    w->lays_part = false;
    li->part[part] = s;
}

static void open_block(struct walker *w, struct wframe *f, struct fo_node *n, struct blk **out) {
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, n, base);
    mpt start = fo_length(n, P_START_INDENT, base), end = fo_length(n, P_END_INDENT, base);
    mpt iw = f->ref_width - start - end;
    *out = walk_open(w, n, start, iw > 0 ? iw : 0, &e);
}

static struct list_item *item_new(struct walker *w, struct wframe *f) {
    struct list_item *li = ARENA_NEW(w->arena, struct list_item);
    li->thing.ops = &item_ops;
    li->ref_x = f->ref_x;
    li->ref_width = f->ref_width;
    return li;
}

static void finish_item(struct walker *w, struct wframe *f, struct list_item *li) {
    struct blk *outer = f->blk;
    f->blk = li->blk;
    combine(w, li);
    if (!li->step_count) walk_box(w, 0, NULL, 0);
    walk_close(w, li->blk);
    for (int k = 0; k < PARTS; k++) {
        if (!li->node[k]) continue;
        w->pending = keep_max(w->pending, edge_keep(li->node[k], true));
        walk_force(w, (enum break_class)li->part[k].trail_break);
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
    struct seq *both[PARTS] = {&li->part[LABEL], &li->part[BODY]};
    if (fo_is(n, P_RELATIVE_ALIGN, E_BASELINE)) align_baselines(both, PARTS);
    for (int k = 0; k < PARTS; k++) li->part[k] = keep_seq(w, li->part[k]);
    for (int k = 0; k < PARTS; k++) {
        if (!li->node[k]) continue;
        w->pending = keep_max(w->pending, edge_keep(li->node[k], false));
        walk_force(w, (enum break_class)li->part[k].lead_break);
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

struct fo_node *list_item_float(struct page_sequence *ps, const struct list_item *li, size_t step) {
    for (int k = 0; k < PARTS; k++)
        for (size_t i = li->steps[step].start[k]; li->steps[step].has[k] && i <= li->steps[step].end[k]; i++) {
            struct fo_node *n = float_of(ps, &li->part[k].v[i]);
            if (n) return n;
        }
    return NULL;
}

/* Item of part k after the last one that steps 0..step show. */
static size_t shown(const struct list_item *li, int k, size_t step) {
    for (size_t i = step + 1; i-- > 0;)
        if (li->steps[i].has[k]) return li->steps[i].end[k] + 1;
    return li->from[k];
}

static void rest_of_part(struct walker *w, struct wframe *f, struct list_item *li, const struct list_item *old,
                         int k, size_t step) {
    size_t at = shown(old, k, step);
    const struct seq *s = &old->part[k];
    if (!old->node[k] || at >= s->n) return;
    li->node[k] = old->node[k];
    struct restart r;
    struct seq out = {0};
    w->lays_part = w->in_place || !w->nested;
    if (at == 0) {
        walk_content(w->l, w, NULL, old->node[k], f->ref_width, &out);
    } else if (restart_find(s, at - 1, old->node[k], &r)) {
        seq_penalty(&out, 0, -PENALTY_INFINITE, BREAK_NONE, NULL, 0);
        walk_content_rest(w, old->node[k], f->ref_width, &out, &r);
        li->from[k] = 1;
    } else {
        for (size_t i = at - 1; i < s->n; i++) *seq_add(&out) = s->v[i];
        li->from[k] = 1;
    }
    w->lays_part = false;
    li->part[k] = keep_seq(w, out);
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
    (void)w;
    begin(f);
    block_resize(f);
}

struct blk *list_resume(struct walker *w, const struct blk *old, const struct list_item *item, size_t step,
                        struct group *group) {
    struct wframe *f = w->top;
    struct list_state *st = f->state;
    struct blk *b = arena_memdup(w->l->seq_arena, old, sizeof *old);
    b->parent = f->blk;
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    mpt start = fo_length(b->node, P_START_INDENT, base), end = fo_length(b->node, P_END_INDENT, base);
    b->ix = start + f->ref_x;
    b->iw = f->ref_width > start + end ? f->ref_width - start - end : 0;
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
