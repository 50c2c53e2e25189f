/* The next page has another inline extent (XSL 1.1, 6.4.12 lets masters
 * differ): layout goes on from the break with every open block at its new
 * width. */
#include "layout/flow.h"

static void take_widths(struct walker *w, const struct region *r) {
    w->span_width[0] = r->column_width;
    w->span_width[1] = r->width;
    w->note_width = r->width;
}

static void begin_again(struct page_sequence *ps, struct walker *w) {
    w->span = ps->facing ? E_FACING : ps->span_all ? E_ALL : E_NONE;
    walk_restart(w, ps->flow);
    w->top->ref_width = w->span_width[w->span != E_NONE];
}

/* Only the break item is left; it names the blocks that go on. */
static void keep_break(struct walker *w, size_t at, struct blk *blk) {
    struct seq *s = w->out;
    struct item mark = s->v[at];
    for (size_t i = 0; i < s->n; i++)
        if (i != at) group_release(w, s->v[i].group);
    mark.penalty = -PENALTY_INFINITE;
    mark.blk = blk;
    mark.thing = NULL; /* its marks are made anew */
    s->v[0] = mark;
    s->n = 1;
}

static bool stands_in(const struct blk *b, const struct blk *outer) {
    for (; b; b = b->parent)
        if (b == outer) return true;
    return false;
}

/* New widths for the frames around `bar`, which is still being walked. */
static void resize_around(struct walker *w, const struct blk *bar) {
    size_t n = 0, cap = 0;
    struct wframe **v = NULL;
    for (struct wframe *f = w->top; f; f = f->up) {
        if (stands_in(f->blk, bar)) continue;
        v = mem_grow(v, &cap, n + 1, sizeof *v);
        v[n++] = f;
    }
    v[n - 1]->ref_width = w->span_width[w->span != E_NONE];
    for (size_t i = n - 1; i-- > 0;) block_resize(w, v[i]);
    mem_free(v);
}

/* What cannot be taken apart keeps its width to its end; what follows it is
 * laid out anew. */
static void go_past(struct page_sequence *ps, struct walker *w, size_t at, struct blk *bar) {
    for (struct wframe *f = w->top; f; f = f->up)
        if (stands_in(f->blk, bar)) {
            resize_around(w, bar);
            return;
        }
    struct seq *s = w->out;
    size_t end = at + 1;
    for (size_t i = end; i < s->n; i++)
        if (stands_in(s->v[i].blk, bar)) end = i + 1;
    struct restart r;
    restart_after(ps->l, bar, ps->flow, &r);
    while (s->n > end) group_release(w, s->v[--s->n].group);
    begin_again(ps, w);
    restart_open(w, &r);
    w->at_start = w->resumed = false;
    walk_close(w, bar);
    if (r.next) walk_sibling(w);
}

size_t widths_adapt(struct page_sequence *ps, struct walker *w, size_t at) {
    while (!restart_content(w->out, at) && walk_some(w, w->out->n + 1)) continue;
    take_widths(w, page_body(ps));
    ps->float_seen = false; /* the list is made anew, or searched again */
    struct blk *bar = restart_bar(w->out->v[at].blk);
    struct restart r;
    if (bar) {
        go_past(ps, w, at, bar);
        return at + 1;
    }
    if (!restart_find(w->out, at, ps->flow, &r)) return at + 1;
    begin_again(ps, w);
    keep_break(w, at, restart_open(w, &r));
    return 1;
}

/* Spaces after the last block stay when the list is only cut. */
static void carry_spaces(struct walker *w, const struct run *r) {
    for (uint32_t i = 0; i < r->part[RUN_NONE].count; i++) {
        const struct mark *m = &r->part[RUN_NONE].marks[i];
        if (m->kind == MARK_SPACE && !m->before) walk_mark(w, m);
    }
}

size_t widths_again(struct page_sequence *ps, struct walker *w, size_t at, bool in_place) {
    while (!restart_content(w->out, at) && walk_some(w, w->out->n + 1)) continue;
    struct restart r;
    if (restart_bar(w->out->v[at].blk) || !restart_find(w->out, at, ps->flow, &r)) return at + 1;
    const struct thing *t = w->out->v[at].thing;
    begin_again(ps, w);
    struct blk *blk = restart_open(w, &r);
    if (in_place) {
        w->at_start = false;
        if (thing_is_run(t)) carry_spaces(w, (const struct run *)t);
    }
    keep_break(w, at, blk);
    return 1;
}

size_t widths_change(struct page_sequence *ps, struct walker *w, struct breaker *b) {
    size_t at = 0;
    breaker_width_stop(b, &at);
    struct part p;
    while (breaker_next(b, &p, 0)) page_place(ps, b, w->out, &p);
    breaker_leave(b, &ps->rest);
    float_end(ps, w);
    struct frontier f = page_frontier(w->out, at + 1);
    page_break(ps, BREAK_PAGE);
    if (!ps->page) return at + 1;
    size_t first = widths_adapt(ps, w, at);
    page_passed(ps, &f);
    return first;
}

bool widths_relay(struct page_sequence *ps, struct walker *from, size_t at, bool all, struct master *m,
                  struct walker *w, struct seq *out) {
    struct restart r = {.root = ps->flow, .parent = ps->flow, .next = ps->flow->first};
    if (!all && !restart_find(from->out, at, ps->flow, &r)) return false;
    *out = (struct seq){0};
    walk_begin(w, ps->l, ps->flow, 0, out);
    take_widths(w, &m->region[REGION_BODY]);
    begin_again(ps, w);
    if (!all) {
        struct item *mark = seq_add(out);
        mark->kind = ITEM_PENALTY;
        mark->penalty = -PENALTY_INFINITE;
    }
    struct blk *blk = restart_open(w, &r);
    if (all) w->resumed = false;
    else out->v[0].blk = blk;
    while (walk_some(w, SIZE_MAX)) continue;
    return true;
}
