/* Placing a part: items become areas, block frames open and close around them,
 * runs of marks advance as the break decided (XSL 1.1, 4.4-4.5). */
#include "layout/flow.h"

struct frame {
    struct frame *up;
    struct blk *blk;
    mpt y;                /* of its border rectangle's before edge */
    struct area *after, *recto_after; /* what stood last in the list when it opened */
    bool continued;       /* the block began in an earlier part */
};

static mpt adjusted(const struct placer *p, mpt opt, mpt stretch, mpt shrink) {
    if (p->ratio > 0) return opt + (mpt)(p->ratio * stretch);
    if (p->ratio < 0) return opt + (mpt)(p->ratio * shrink);
    return opt;
}

static void frame_open(struct placer *p, struct blk *b, bool continued) {
    struct frame *f = ARENA_NEW(p->c.arena, struct frame);
    f->up = p->frames;
    f->blk = b;
    f->y = p->y;
    f->after = p->c.list->last;
    f->recto_after = p->recto ? p->recto->c.list->last : NULL;
    f->continued = continued;
    p->frames = f;
    bool first = !b->opened;
    b->opened = true;
    if (b->node->id && first) place_id(p, b->node, b->ix, p->y);
    else if (b->node->id) place_id_again(p, b->node);
    place_markers(p, b->node, true, first);
}

static bool across_lanes(const struct blk *b) {
    while (b && b->node->element != FO_S_ALL) b = b->parent;
    return b != NULL;
}

static void paint_frame(struct placer *p, const struct frame *f, bool cut) {
    const struct blk *b = f->blk;
    struct box_paint box = {.node = b->node, .edges = b->edges, .by = f->y, .bh = p->y - f->y, .tag = TAG_ARTIFACT};
    box.ix = b->ix - edges_width(&b->edges, SIDE_START);
    box.iw = b->iw + edges_width(&b->edges, SIDE_START) + edges_width(&b->edges, SIDE_END);
    box.without_before = f->continued && !b->edges.border_keeps[SIDE_BEFORE];
    box.without_after = cut && !b->edges.border_keeps[SIDE_AFTER];
    paint_box(p->l, &p->c, &box, true, f->after);
    if (!p->recto || across_lanes(b)) return;
    struct canvas c = p->recto->c;
    box.iw += c.width - p->c.width;
    paint_box(p->l, &c, &box, true, f->recto_after);
}

static void frame_close(struct placer *p, bool cut) {
    struct frame *f = p->frames;
    struct blk *b = f->blk;
    p->frames = f->up;
    place_markers(p, b->node, false, !cut);
    if (b->node->id && !cut) ids_ended(p->l, b->node->id);
    struct offset by = position_relative(b->node, b->parent ? b->parent->iw : b->ref_width, p->l->area_height);
    if (b->paints) paint_frame(p, f, cut);
    position_transform_since(p->l, &p->c, f->after, b->node, canvas_rect(&p->c, b->ix, f->y + edges_width(&b->edges, SIDE_BEFORE), b->iw, 0));
    position_shift(p->c.arena, p->c.list, f->after, by, b->node->pos);
}

static void open_chain(struct placer *p, struct blk *b) {
    uint32_t n = 0;
    for (struct blk *k = b; k; k = k->parent) n++;
    struct blk **chain = ARENA_ARRAY(p->c.arena, struct blk *, n);
    for (uint32_t i = n; b; b = b->parent) chain[--i] = b;
    for (uint32_t i = 0; i < n; i++) frame_open(p, chain[i], chain[i]->opened);
}

static void apply_run(struct placer *p, const struct thing *t, enum run_case which) {
    const struct run *r = (const struct run *)t;
    for (uint32_t i = 0; i < r->part[which].count; i++) {
        const struct mark *m = &r->part[which].marks[i];
        struct span_length s = r->part[which].lengths[i];
        if (m->kind == MARK_OPEN) frame_open(p, m->blk, false);
        else if (m->kind == MARK_CLOSE && p->frames) frame_close(p, false);
        else if (m->kind == MARK_CHANGE && is_index_mark(m->change)) index_mark(p, m->change);
        else if (m->kind == MARK_CHANGE) change_bar_meet(p->l, m->change);
        else p->y += adjusted(p, s.opt, s.max - s.opt, s.opt - s.min);
    }
}

/* The items of a grouped thing from `first` on within the part. */
static size_t last_of_thing(const struct seq *s, size_t first, size_t to) {
    const struct thing *t = s->v[first].thing;
    size_t last = first;
    for (size_t k = first + 1; k < to; k++) {
        if (s->v[k].thing == t) last = k;
        else if (s->v[k].kind == ITEM_BOX && s->v[k].thing) break;
    }
    return last;
}

static size_t place_thing(struct placer *p, const struct seq *s, size_t i, size_t from, size_t to, bool broken_end) {
    struct thing *t = s->v[i].thing;
    size_t last = t->ops->grouped ? last_of_thing(s, i, to) : i;
    bool at_start = from > 0 && s->v[from - 1].thing == t;
    bool at_end = broken_end && to < s->n && s->v[to].thing == t;
    mpt y = p->y;
    const struct line *line = line_of(t);
    for (uint32_t k = 0; line && k < line->float_count; k++)
        if (is_index_mark(line->floats[k])) index_mark(p, line->floats[k]);
    if (line) change_bars_line(p, line);
    else if (!t->ops->grouped) change_bars_beside(p, s->v[i].kind == ITEM_BOX ? s->v[i].w : 0);
    t->ops->place(p, t, &s->v[i], &s->v[last], at_start, at_end);
    if (t->ops->grouped) return last + 1;
    p->y = y;
    for (size_t k = i; k <= last; k++) {
        const struct item *it = &s->v[k];
        if (it->kind == ITEM_BOX) p->y = mpt_clamp((int64_t)p->y + it->w);
        else if (it->kind == ITEM_GLUE) p->y += adjusted(p, it->w, it->stretch, it->shrink);
    }
    return last + 1;
}

void place_items(struct placer *p, const struct seq *s, size_t from, size_t to, bool broken_start, bool broken_end) {
    struct frame *outer = p->frames;
    p->frames = NULL;
    if (broken_start && from > 0 && from <= s->n) {
        const struct item *at = &s->v[from - 1];
        open_chain(p, at->blk);
        if (thing_is_run(at->thing)) apply_run(p, at->thing, RUN_AFTER);
    }
    if (to > s->n) to = s->n;
    size_t i = from;
    while (i < to && s->v[i].kind != ITEM_BOX) i++;
    while (i < to) {
        const struct item *it = &s->v[i];
        if (thing_is_run(it->thing) && it->kind != ITEM_GLUE) {
            apply_run(p, it->thing, RUN_NONE);
            i++;
        } else if (it->kind == ITEM_BOX && it->thing) {
            i = place_thing(p, s, i, from, to, broken_end);
        } else {
            if (it->kind == ITEM_BOX) p->y = mpt_clamp((int64_t)p->y + it->w);
            else if (it->kind == ITEM_GLUE && !it->aux) p->y += adjusted(p, it->w, it->stretch, it->shrink);
            i++;
        }
    }
    if (broken_end && to < s->n && thing_is_run(s->v[to].thing)) apply_run(p, s->v[to].thing, RUN_BEFORE);
    while (p->frames) frame_close(p, true);
    p->frames = outer;
}

struct placer placer_nested(const struct placer *outer, mpt ix, mpt by, mpt iw) {
    struct placer p = *outer;
    struct rect r = canvas_rect(&outer->c, ix, by, iw, 0);
    p.c.x = r.x;
    p.c.y = r.y;
    p.c.width = iw;
    p.y = 0;
    p.frames = NULL;
    p.ratio = 0;
    p.room = 0;
    p.padding_before = 0;
    return p;
}

int32_t placer_tag(const struct placer *p, struct fo_node *n) {
    if (p->fixed_tag < 0) return p->fixed_tag;
    return p->header_repeat ? TAG_ARTIFACT : tag_of(p->l, n);
}
