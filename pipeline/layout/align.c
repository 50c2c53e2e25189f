/* Alignment of inline areas along their baselines (XSL 1.1, 7.14; 4.5, 4.6).
 *
 * A context is what an inline contributes: its height, the point of it that is
 * aligned and the baseline of its parent it is aligned with.  Offsets count up
 * from the dominant baseline of the table they belong to. */
#include "layout/para.h"

/* Where a baseline lies above the alphabetic one. */
static mpt default_offset(const struct btable *t, uint16_t id) {
    switch (id) {
    case E_TEXT_BEFORE_EDGE: return t->altitude;
    case E_HANGING: return (mpt)((int64_t)t->altitude * 8 / 10);
    case E_CENTRAL: return (t->altitude - t->depth) / 2 + t->depth;
    case E_MIDDLE: return t->x_height / 2;
    case E_MATHEMATICAL: return t->altitude / 2;
    case E_IDEOGRAPHIC: case E_TEXT_AFTER_EDGE: return t->depth;
    default: return 0;
    }
}

static mpt baseline_as(const struct btable *t, uint16_t dominant, uint16_t id) {
    mpt base = default_offset(t, dominant);
    if (id == E_BEFORE_EDGE) return t->altitude - base;
    if (id == E_AFTER_EDGE) return t->depth - base;
    return default_offset(t, id) - base;
}

static mpt baseline(const struct btable *t, uint16_t id, const struct line_edges *e) {
    if (t->of_line && id == E_BEFORE_EDGE) return e->before;
    if (t->of_line && id == E_AFTER_EDGE) return e->after;
    return baseline_as(t, t->dominant, id);
}

void actx_line(struct actx *a, const struct tstyle *ts) {
    a->own = (struct btable){ts->ascent, -ts->depth, ts->x_height, E_ALPHABETIC, true};
    a->scaled = &a->own;
    a->height = ts->ascent + ts->depth;
    a->line_height = ts->line_height;
    a->x_height = ts->x_height;
    a->point = ts->ascent;
    a->align = E_ALPHABETIC;
    a->initial = true;
}

/* Above the outermost dominant baseline: of a's dominant baseline. */
static mpt total_offset(const struct actx *a, const struct line_edges *e) {
    int64_t sum = 0;
    for (; a->parent; a = a->parent) {
        if (!a->moving) return mpt_clamp(sum + a->total);
        const struct actx *p = a->parent;
        sum += baseline(p->scaled, a->align, e) - baseline_as(a->scaled, p->own.dominant, a->align) -
               baseline(a->scaled, p->own.dominant, e) + a->shift;
    }
    return mpt_clamp(sum);
}

mpt actx_offset(const struct actx *a, const struct line_edges *e) {
    if (!a->parent) return 0;
    return mpt_clamp((int64_t)total_offset(a->parent, e) + baseline(a->parent->scaled, a->align, e) +
                     a->shift);
}

/* Of one of a's own baselines above its dominant one, for sub and super. */
static mpt actual_offset(const struct actx *a, uint16_t id, const struct line_edges *e) {
    return actx_offset(a, e) - total_offset(a, e) + baseline_as(&a->own, a->align, id);
}

/* XSL 1.1, 7.14.3. */
static mpt shift_of(const struct fo_node *n, const struct actx *a, const struct line_edges *e) {
    const struct actx *p = a->parent;
    if (!n) return 0;
    switch (fo_token(n, P_BASELINE_SHIFT)) {
    case E_SUB: return actual_offset(p, E_ALPHABETIC, e) - (a->x_height + 1) / 2;
    case E_SUPER: return actual_offset(p, E_ALPHABETIC, e) + p->x_height;
    default: return fo_length(n, P_BASELINE_SHIFT, p->line_height);
    }
}

/* XSL 1.1, 7.14.1: the alignment point, below the before-edge. */
static mpt point_of(const struct fo_node *n, const struct actx *a) {
    enum fo_token t = n ? fo_token(n, P_ALIGNMENT_ADJUST) : E_AUTO;
    mpt before = baseline_as(&a->own, a->own.dominant, E_BEFORE_EDGE);
    if (n && fo_is_length(n, P_ALIGNMENT_ADJUST))
        return plus(before, fo_length(n, P_ALIGNMENT_ADJUST, a->line_height));
    if (t == E_BASELINE) return before;
    return before - baseline_as(&a->own, a->own.dominant, t == E_AUTO || !t ? a->align : (uint16_t)t);
}

static void fill(struct actx *a, const struct fo_node *n, struct actx *parent) {
    const struct actx *line = parent;
    while (line->parent) line = line->parent;
    struct line_edges e = {line->own.altitude, line->own.depth};
    enum fo_token align = n ? fo_token(n, P_ALIGNMENT_BASELINE) : E_AUTO;
    enum fo_token dominant = n ? fo_token(n, P_DOMINANT_BASELINE) : E_AUTO;
    a->parent = parent;
    a->align = align == E_AUTO || align == E_BASELINE || !align ? parent->own.dominant : (uint16_t)align;
    a->own.dominant = parent->own.dominant;
    a->scaled = parent->scaled;
    a->shift = shift_of(n, a, &e);
    bool fresh = a->shift != 0;
    if (dominant == E_RESET_SIZE) fresh = true;
    else if (dominant && dominant != E_AUTO && dominant != E_USE_SCRIPT && dominant != E_NO_CHANGE) {
        fresh = true;
        a->own.dominant = (uint16_t)dominant;
    }
    if (fresh) a->scaled = &a->own;
    a->initial = !fresh && parent->initial;
    a->point = point_of(n, a);
    bool edge = a->align == E_BEFORE_EDGE || a->align == E_AFTER_EDGE;
    a->moving = parent->moving || (edge && parent->scaled->of_line);
    if (!a->moving) {
        a->moving = true; /* worked out once */
        a->total = total_offset(a, &e);
        a->moving = false;
    }
}

struct actx *actx_text(struct arena *arena, const struct fo_node *n, const struct tstyle *ts, mpt line_height,
                       struct actx *parent) {
    struct actx *a = ARENA_NEW(arena, struct actx);
    a->own = (struct btable){ts->ascent, -ts->depth, ts->x_height, 0, false};
    a->height = ts->ascent + ts->depth;
    a->line_height = line_height;
    a->x_height = ts->x_height;
    fill(a, n, parent);
    return a;
}

struct actx *actx_object(struct arena *arena, const struct fo_node *n, mpt height, struct actx *parent) {
    struct actx *a = ARENA_NEW(arena, struct actx);
    a->own = (struct btable){height, 0, height, 0, false};
    a->height = a->line_height = a->x_height = height;
    fill(a, n, parent);
    return a;
}

void actx_set_point(struct actx *a, mpt point) {
    a->point = point;
}
