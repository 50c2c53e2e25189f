/* fo:leader (XSL 1.1, 6.6.9, 7.22). */
#include "layout/citation.h"
#include "layout/flow.h"

enum { REPEATS_MAX = 20000 }; /* of a leader's pattern: beyond any page */

struct leader {
    struct inobj o;
    enum fo_token pattern, style;
    mpt thickness, unit; /* unit: width of one repetition, 0: nothing to repeat */
    struct line *content; /* use-content: one line of it */
    mpt content_width;
    mpt dot;
};

static void rule_rect(struct lpaint *lp, const struct leader *x, struct rect r, struct color c) {
    if (r.w > 0 && r.h > 0) area_add_rect(lp->p->c.arena, lp->p->c.list, TAG_ARTIFACT, x->o.node->pos, r, c);
}

/* Dots are cut off at the rule's end. */
static void rule_dashes(struct lpaint *lp, const struct leader *x, struct rect r) {
    struct arena *arena = lp->p->c.arena;
    struct area_list *list = lp->p->c.list;
    struct pos pos = x->o.node->pos;
    bool dotted = x->style == E_DOTTED;
    mpt in = dotted ? r.h / 2 : 0, y = r.y + r.h / 2;
    if (dotted) {
        struct area_group *g = area_add_group(arena, list, TAG_ARTIFACT, pos);
        g->clips = true;
        g->clip = r;
        list = &g->children;
    }
    paint_dashes(arena, list, pos, (mpt[4]){r.x + in, y, r.x + r.w + in, y}, r.h, x->o.ts->color, dotted);
}

static struct color lighter(struct color c) {
    for (int i = 0; i < 4; i++) {
        if (c.space == COLOR_CMYK) c.c[i] = (uint16_t)(c.c[i] * 4 / 10);
        else c.c[i] = (uint16_t)(c.c[i] + (65535 - c.c[i]) * 6 / 10);
    }
    return c;
}

/* XSL 1.1, 7.22.5: groove and ridge are a lighter and a darker half. */
static void paint_rule(struct lpaint *lp, const struct leader *x, struct rect r) {
    struct color c = x->o.ts->color, light = lighter(c);
    mpt third = r.h / 3, half = r.h / 2;
    switch (x->style) {
    case E_NONE: break;
    case E_DOTTED: case E_DASHED: rule_dashes(lp, x, r); break;
    case E_DOUBLE:
        rule_rect(lp, x, (struct rect){r.x, r.y, r.w, third}, c);
        rule_rect(lp, x, (struct rect){r.x, r.y + r.h - third, r.w, third}, c);
        break;
    case E_GROOVE: case E_RIDGE:
        rule_rect(lp, x, r, light);
        rule_rect(lp, x, (struct rect){r.x, x->style == E_GROOVE ? r.y : r.y + half, r.w, half}, c);
        break;
    default: rule_rect(lp, x, r, c);
    }
}

static mpt repeats(mpt unit, mpt w) {
    mpt n = unit > 0 ? w / unit : 0;
    return n < REPEATS_MAX ? n : REPEATS_MAX;
}

void dots_fill(struct arena *arena, struct dots *d) {
    struct area_text *a = d->area;
    mpt n = repeats(d->unit, plus(d->x1, -(int64_t)d->x0));
    if (n < 0) n = 0;
    struct glyph *g = ARENA_ARRAY(arena, struct glyph, n);
    uint16_t *text = ARENA_ARRAY(arena, uint16_t, n);
    uint32_t gid = font_glyph(a->font, '.');
    for (mpt i = 0; i < n; i++) {
        g[i] = (struct glyph){.gid = gid, .adv = d->unit, .cluster = (uint32_t)i};
        text[i] = '.';
    }
    a->x = d->x0;
    a->glyphs = g;
    a->text = text;
    a->glyph_count = a->text_len = (uint32_t)n;
}

static void paint_dots(struct lpaint *lp, struct leader *x, mpt at, mpt w) {
    const struct tstyle *ts = x->o.ts;
    if (repeats(x->unit, w) <= 0) return;
    struct arena *arena = lp->p->c.arena;
    struct dots *d = ARENA_NEW(arena, struct dots);
    struct area_text *a = area_add_text(arena, lp->p->c.list, TAG_ARTIFACT, x->o.node->pos);
    a->y = paint_baseline(lp, x->o.ac, x->dot);
    a->font = ts->font;
    a->size = ts->size;
    a->color = ts->color;
    *d = (struct dots){lp->dots, a, at, plus(at, w), x->unit};
    lp->dots = d;
    dots_fill(arena, d);
}

static void paint_content(struct lpaint *lp, struct leader *x, mpt at, mpt w) {
    mpt n = repeats(x->unit, w);
    struct canvas *c = &lp->p->c;
    const struct line_data *d = x->content->data;
    mpt by = mpt_clamp((int64_t)lp->baseline - c->y - d->half_leading - d->lead);
    for (mpt i = 0; i < n; i++) {
        mpt from = mpt_clamp(at + (int64_t)(i + 1) * x->unit - x->content_width);
        mpt ix = c->rl ? mpt_clamp((int64_t)c->x + c->width - from - x->content_width)
                       : plus(from, -(int64_t)c->x);
        struct placer inner = placer_nested(lp->p, ix, by, x->content_width);
        inner.fixed_tag = TAG_ARTIFACT;
        line_ops.place(&inner, &x->content->thing, NULL, NULL, false, false);
    }
}

/* 7.22.1: patterns of all leaders keep step, from the page's edge. */
static void keep_step(const struct leader *x, mpt *at, mpt *w) {
    if (x->unit <= 0 || !fo_is(x->o.node, P_LEADER_ALIGNMENT, E_PAGE)) return;
    mpt by = *at % x->unit;
    by = by > 0 ? x->unit - by : -by;
    *at = plus(*at, by);
    *w = plus(*w, -(int64_t)by);
}

static void paint(struct lpaint *lp, struct inobj *o, mpt at, mpt w) {
    struct leader *x = (struct leader *)o;
    if (w <= 0) return;
    keep_step(x, &at, &w);
    if (x->pattern == E_DOTS) paint_dots(lp, x, at, w);
    else if (x->pattern == E_USE_CONTENT && x->content) paint_content(lp, x, at, w);
    else if (x->pattern == E_RULE) {
        mpt top = paint_baseline(lp, o->ac, 0);
        paint_rule(lp, x, (struct rect){at, top, w, x->thickness});
    }
}

static const struct inobj_ops leader_ops = {NULL, paint};

static void set_content(struct collected *c, struct leader *x) {
    struct fo_node *n = x->o.node;
    x->content = linebox_single(c->l, c->arena, n, c->width);
    if (!x->content)
        diag_add(c->l->diags, DIAG_LAYOUT_NOTE, n->pos,
                 "fo:leader with leader-pattern=\"use-content\" has no content");
    else x->content_width = x->content->iw;
}

static mpt length_or(const struct fo_node *n, enum fo_prop p, mpt base, mpt other) {
    return fo_is_length(n, p) ? fo_length(n, p, base) : other;
}

static mpt clamp(mpt v, mpt low, mpt high) {
    return v < low ? low : v > high ? high : v;
}

/* XSL 1.1, 7.22.4: border and padding are taken from the length. */
static void set_length(struct leader *x, mpt base) {
    const struct fo_node *n = x->o.node;
    mpt edges = plus(edges_width(&x->o.edges, SIDE_START), edges_width(&x->o.edges, SIDE_END));
    mpt opt = length_or(n, P_LEADER_LENGTH_OPTIMUM, base, 12000);
    mpt min = length_or(n, P_LEADER_LENGTH_MINIMUM, base, 0),
        max = length_or(n, P_LEADER_LENGTH_MAXIMUM, base, base);
    if (max < min) max = min;
    opt = clamp(opt, min, max);
    if (x->content && opt - (int64_t)edges < x->unit && x->unit <= max - (int64_t)edges)
        opt = plus(x->unit, edges);
    x->o.width = plus(opt, -(int64_t)edges);
    x->o.stretch = plus(max, -(int64_t)opt);
    x->o.shrink = plus(opt, -(int64_t)min);
}

struct inobj *leader_object(struct collected *c, struct fo_node *n, struct ibox *box) {
    struct leader *x = (struct leader *)object_new(c, sizeof *x, n, box);
    tag_of(c->l, n);
    x->o.ops = &leader_ops;
    x->o.leader = true;
    x->pattern = fo_token(n, P_LEADER_PATTERN);
    x->style = fo_token(n, P_RULE_STYLE);
    x->thickness = fo_length(n, P_RULE_THICKNESS, 0);
    mpt wide = fo_length(n, P_LEADER_PATTERN_WIDTH, c->width), height = x->thickness;
    if (x->pattern == E_DOTS) {
        x->dot = char_width(x->o.ts, '.');
        x->unit = wide > x->dot ? wide : x->dot;
        height = x->dot;
    } else if (x->pattern == E_USE_CONTENT) {
        set_content(c, x);
        if (!n->first) return NULL; /* nothing to fill with: no area */
        if (x->content) {
            x->unit = wide > x->content_width ? wide : x->content_width;
            x->o.holds_text = true;
            height = 0;
        }
    }
    x->o.ac = actx_object(c->arena, n, height, box->ac);
    set_length(x, c->width);
    return &x->o;
}
