/* Space resolution: marks become glue, penalties and empty boxes for the three
 * cases no break, before a break, after it (XSL 1.1, 4.3.1). */
#include "layout/run.h"

static const struct span_length NOTHING = {0, 0, 0};

static bool is_zero(struct span_length s) {
    return !s.min && !s.opt && !s.max;
}

static bool is_mark_edge(const struct mark *m) {
    return m->kind == MARK_BORDER || m->kind == MARK_PADDING;
}

struct list {
    struct mark *marks;
    struct span_length *lengths;
    bool *gone;
    uint32_t count;
};

/* 4.3.1 rule 1: conditional spaces at the edge of the part vanish; a border or
 * padding with a length is a fence. */
static void drop_conditional_spaces(struct list *l, bool from_end) {
    for (uint32_t k = 0; k < l->count; k++) {
        uint32_t i = from_end ? l->count - 1 - k : k;
        struct mark *m = &l->marks[i];
        if (m->kind == MARK_OPEN || m->kind == MARK_CLOSE || m->kind == MARK_CHANGE || l->gone[i]) continue;
        if (is_mark_edge(m) ? m->opt != 0 : !m->discard) return;
        if (!is_mark_edge(m)) l->gone[i] = true;
    }
}

/* Rules 2 and 3 over marks a..b (exclusive) that no fence divides: forcing
 * spaces, else the highest precedence, else the greatest optimum. */
static void merge_spaces(struct list *l, uint32_t a, uint32_t b) {
    bool forcing = false;
    int32_t precedence = INT32_MIN;
    for (uint32_t i = a; i < b; i++) {
        if (l->marks[i].kind != MARK_SPACE || l->gone[i]) continue;
        forcing |= l->marks[i].forcing;
        if (l->marks[i].precedence > precedence) precedence = l->marks[i].precedence;
    }
    mpt optimum = INT32_MIN, min = INT32_MIN, max = INT32_MAX;
    for (uint32_t i = a; i < b; i++) {
        struct mark *m = &l->marks[i];
        if (m->kind != MARK_SPACE || l->gone[i]) continue;
        if (forcing ? !m->forcing : m->precedence != precedence) l->gone[i] = true;
        else if (m->opt > optimum) optimum = m->opt;
    }
    if (forcing) return;
    uint32_t last = b;
    for (uint32_t i = a; i < b; i++) {
        struct mark *m = &l->marks[i];
        if (m->kind != MARK_SPACE || l->gone[i]) continue;
        if (m->opt < optimum) {
            l->gone[i] = true;
            continue;
        }
        if (m->min > min) min = m->min;
        if (m->max < max) max = m->max;
        if (last < b) l->gone[last] = true;
        last = i;
    }
    if (last < b) {
        struct span_length *s = &l->lengths[last];
        s->min = min < s->opt ? min : s->opt;
        s->max = max > s->opt ? max : s->opt;
    }
}

static void merge_all(struct list *l) {
    uint32_t a = 0;
    for (uint32_t i = 0; i <= l->count; i++) {
        bool fence = i == l->count || (is_mark_edge(&l->marks[i]) && l->marks[i].opt != 0 && !l->gone[i]);
        if (!fence) continue;
        merge_spaces(l, a, i);
        a = i + 1;
    }
}

/* Resolves `count` marks for one case into r->part[which]. */
static void resolve_part(struct walker *w, struct run *r, enum run_case which, const struct mark *marks,
                         uint32_t count, bool trim_front, bool trim_back) {
    struct list l = {arena_memdup(w->arena, marks, count * sizeof *marks),
                     ARENA_ARRAY(w->arena, struct span_length, count), ARENA_ARRAY(w->arena, bool, count), count};
    for (uint32_t i = 0; i < count; i++)
        l.lengths[i] = (struct span_length){l.marks[i].min, l.marks[i].opt, l.marks[i].max};
    if (trim_front) drop_conditional_spaces(&l, false);
    if (trim_back) drop_conditional_spaces(&l, true);
    merge_all(&l);
    struct span_length sum = NOTHING;
    for (uint32_t i = 0; i < count; i++) {
        if (l.gone[i]) l.lengths[i] = NOTHING;
        sum.min += l.lengths[i].min;
        sum.opt += l.lengths[i].opt;
        sum.max += l.lengths[i].max;
    }
    r->part[which].marks = l.marks;
    r->part[which].lengths = l.lengths;
    r->part[which].count = count;
    r->part[which].sum = sum;
}

static void place_run_item(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                           bool at_start, bool at_end) {
    (void)last, (void)first, (void)at_start, (void)at_end, (void)p, (void)t;
}

static const struct thing_ops run_ops = {false, place_run_item};

bool thing_is_run(const struct thing *t) {
    return t && t->ops == &run_ops;
}

/* Marks of the open blocks that show only when a break is taken inside `b`:
 * their retained paddings and borders, inner to outer for the after edge,
 * outer to inner for the before edge. */
static uint32_t pending_marks(struct walker *w, struct blk *b, bool before, struct mark **out) {
    uint32_t n = 0;
    *out = NULL;
    if (!b || !b->retained) return 0;
    uint32_t depth = 0;
    for (struct blk *k = b; k; k = k->parent) depth++;
    struct mark *v = ARENA_ARRAY(w->arena, struct mark, depth * 2);
    int side = before ? SIDE_BEFORE : SIDE_AFTER;
    for (struct blk *k = b; k; k = k->parent) {
        mpt pad = k->edges.padding_keeps[side] ? k->edges.padding[side] : 0;
        mpt border = k->edges.border_keeps[side] ? k->edges.border[side] : 0;
        if (pad) v[n++] = (struct mark){.kind = MARK_PADDING, .before = before, .min = pad, .opt = pad, .max = pad, .blk = k};
        if (border)
            v[n++] = (struct mark){.kind = MARK_BORDER, .before = before, .min = border, .opt = border, .max = border, .blk = k};
    }
    if (before)
        for (uint32_t i = 0; i < n / 2; i++) {
            struct mark t = v[i];
            v[i] = v[n - 1 - i];
            v[n - 1 - i] = t;
        }
    *out = v;
    return n;
}

static struct mark *join(struct walker *w, const struct mark *a, uint32_t an, const struct mark *b, uint32_t bn) {
    struct mark *v = ARENA_ARRAY(w->arena, struct mark, an + bn);
    if (an) memcpy(v, a, an * sizeof *v);
    if (bn) memcpy(v + an, b, bn * sizeof *v);
    return v;
}

struct run *run_resolve(struct walker *w, bool at_end) {
    struct run *r = ARENA_NEW(w->arena, struct run);
    r->thing.ops = &run_ops;
    uint32_t n = (uint32_t)w->mark_count, k = (uint32_t)w->break_at;
    if (!w->has_break) {
        resolve_part(w, r, RUN_NONE, w->marks, n, w->at_start, at_end);
        return r;
    }
    struct mark *pending, *all;
    uint32_t pn = pending_marks(w, w->break_blk, false, &pending);
    all = pn ? join(w, pending, pn, w->marks, k) : w->marks;
    resolve_part(w, r, RUN_BEFORE, all, pn + k, false, true);
    pn = pending_marks(w, w->break_blk, true, &pending);
    all = pn ? join(w, pending, pn, w->marks + k, n - k) : w->marks + k;
    resolve_part(w, r, RUN_AFTER, all, pn + n - k, true, false);
    resolve_part(w, r, RUN_NONE, w->marks, n, false, false);
    return r;
}

struct run *run_inside(struct walker *w, struct blk *b) {
    struct run *r = ARENA_NEW(w->arena, struct run);
    r->thing.ops = &run_ops;
    struct mark *pending;
    uint32_t n = pending_marks(w, b, false, &pending);
    resolve_part(w, r, RUN_BEFORE, pending, n, false, true);
    n = pending_marks(w, b, true, &pending);
    resolve_part(w, r, RUN_AFTER, pending, n, true, false);
    resolve_part(w, r, RUN_NONE, NULL, 0, false, false);
    return r;
}

static struct item *stamp(struct walker *w, struct blk *b) {
    struct item *it = &w->out->v[w->out->n - 1];
    it->group = w->group;
    it->blk = b;
    if (w->group) w->group->items++;
    return it;
}

static void emit_glue(struct walker *w, mpt opt, mpt stretch, mpt shrink, struct blk *b) {
    seq_glue(w->out, opt, stretch, shrink, NULL, 0);
    stamp(w, b)->aux = true;
}

static void emit_bar(struct walker *w, struct blk *b) {
    seq_penalty(w->out, 0, PENALTY_INFINITE, BREAK_NONE, NULL, 0);
    stamp(w, b);
}

static void emit_box(struct walker *w, struct run *r, struct blk *b) {
    seq_box(w->out, 0, r ? &r->thing : NULL, RUN_NONE);
    stamp(w, b)->aux = true;
}

/* no break possible:  box [bar glue]
 * break possible:     [bar glue(before)] penalty glue(none-before-after) [box bar glue(after)]
 * The penalty (or the box) names the run; its glue is advanced by the run's
 * own marks when placed. */
void run_emit(struct walker *w, struct run *r, bool has_break, int32_t penalty, enum break_class c, mpt width,
              bool at_end) {
    struct blk *b = has_break ? w->break_blk : w->top ? w->top->blk : NULL;
    struct span_length none = r->part[RUN_NONE].sum;
    if (!has_break) {
        emit_box(w, r, b);
        if (!is_zero(none)) {
            emit_bar(w, b);
            emit_glue(w, none.opt, none.max - none.opt, none.opt - none.min, b);
            if (at_end) emit_box(w, NULL, b);
        }
        return;
    }
    struct span_length before = r->part[RUN_BEFORE].sum, after = r->part[RUN_AFTER].sum;
    bool forced = penalty <= -PENALTY_INFINITE;
    if (!is_zero(before)) {
        emit_bar(w, b);
        emit_glue(w, before.opt, before.max - before.opt, before.opt - before.min, b);
        if (forced) emit_box(w, NULL, b);
    }
    seq_penalty(w->out, width, penalty, c, &r->thing, RUN_BEFORE);
    stamp(w, b);
    if (forced && !w->nested && at_end) return;
    mpt g = none.opt - before.opt - after.opt;
    mpt stretch = (none.max - none.opt) - (before.max - before.opt) - (after.max - after.opt);
    mpt shrink = (none.opt - none.min) - (before.opt - before.min) - (after.opt - after.min);
    if (!forced && (g || stretch || shrink)) emit_glue(w, g, stretch, shrink, b);
    if (!is_zero(after)) {
        emit_box(w, NULL, b);
        emit_bar(w, b);
        emit_glue(w, after.opt, after.max - after.opt, after.opt - after.min, b);
        if (at_end) emit_box(w, NULL, b);
    }
}
