/* fo:external-graphic and fo:instream-foreign-object (XSL 1.1, 6.6.5, 6.6.6;
 * sizes: 7.15). */
#include "layout/para.h"

struct range {
    mpt min, opt, max; /* -1: auto */
};

static mpt extent_of(const struct fo_node *n, enum fo_prop p, mpt base) {
    if (!fo_is_length(n, p)) return -1;
    if (base < 0 && fo_get(n, p)->u.pct != 0) return -1;
    mpt v = fo_length(n, p, base < 0 ? 0 : base);
    return v < 0 ? 0 : v;
}

static mpt limit(mpt v, struct range r, enum fo_token how) {
    if (r.max >= 0 && how != E_SCALE_UP_TO_FIT && v > r.max) v = r.max;
    if (r.min >= 0 && how != E_SCALE_DOWN_TO_FIT && v < r.min) v = r.min;
    return v;
}

static bool fits(enum fo_token t) {
    return t == E_SCALE_TO_FIT || t == E_SCALE_DOWN_TO_FIT || t == E_SCALE_UP_TO_FIT;
}

/* content-width or -height: -1 when it follows from the other one. */
static mpt content_extent(const struct fo_node *n, enum fo_prop p, mpt viewport, mpt intrinsic) {
    enum fo_token t = fo_token(n, p);
    if (fo_is_length(n, p)) return fo_length(n, p, intrinsic) < 0 ? 0 : fo_length(n, p, intrinsic);
    if (viewport < 0 || !fits(t)) return -1;
    if (t == E_SCALE_DOWN_TO_FIT && intrinsic <= viewport) return -1;
    if (t == E_SCALE_UP_TO_FIT && intrinsic >= viewport) return -1;
    return viewport;
}

struct size {
    mpt w, h;
};

static mpt by_ratio(mpt of, mpt to, mpt from) {
    return from > 0 ? mpt_clamp((int64_t)((double)of * to / from)) : 0;
}

/* Both extents scaled alike so that neither passes w, h. */
static struct size uniform(struct size s, mpt w, mpt h) {
    if (s.w <= 0 || s.h <= 0) return (struct size){0, 0};
    double a = (double)w / s.w, b = (double)h / s.h;
    if (a < b) return (struct size){w, mpt_clamp((int64_t)(a * s.h))};
    return (struct size){a > b ? mpt_clamp((int64_t)(b * s.w)) : w, h};
}

static struct size content_size(struct size natural, mpt w, mpt h, bool alike) {
    if (w < 0 && h < 0) return natural;
    if (w < 0) return (struct size){by_ratio(natural.w, h, natural.h), h};
    if (h < 0) return (struct size){w, by_ratio(natural.h, w, natural.w)};
    return alike ? uniform(natural, w, h) : (struct size){w, h};
}

static struct image *picture_of(struct layout *l, struct fo_node *n) {
    if (n->element == FO_INSTREAM_FOREIGN_OBJECT)
        return n->foreign ? image_from_svg(l->images, n->foreign, n->pos) : NULL;
    const char *src = fo_string(n, P_SRC);
    return src && *src ? image_open(l->images, fo_base_dir(l->fo), src, n->pos) : NULL;
}

static mpt aligned(enum fo_token t, mpt room, enum fo_token center, enum fo_token end) {
    return t == center ? room / 2 : t == end ? room : 0;
}

struct graphic graphic_of(struct layout *l, struct fo_node *n, mpt base_width, mpt base_height) {
    struct graphic g = {.image = picture_of(l, n), .node = n};
    struct size natural = {g.image ? g.image->width : 0, g.image ? g.image->height : 0};
    struct range ipd = {extent_of(n, P_INLINE_PROGRESSION_DIMENSION_MINIMUM, base_width),
                        extent_of(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, base_width),
                        extent_of(n, P_INLINE_PROGRESSION_DIMENSION_MAXIMUM, base_width)};
    struct range bpd = {extent_of(n, P_BLOCK_PROGRESSION_DIMENSION_MINIMUM, base_height),
                        extent_of(n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, base_height),
                        extent_of(n, P_BLOCK_PROGRESSION_DIMENSION_MAXIMUM, base_height)};
    enum fo_token how_w = fo_token(n, P_CONTENT_WIDTH), how_h = fo_token(n, P_CONTENT_HEIGHT);
    g.width = ipd.opt >= 0 ? ipd.opt : ipd.min;
    g.height = bpd.opt >= 0 ? bpd.opt : bpd.min;
    if (g.height < 0 && fo_is_length(n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM)) g.height = natural.h;
    bool alike = !fo_is(n, P_SCALING, E_NON_UNIFORM);
    mpt w = content_extent(n, P_CONTENT_WIDTH, g.width, natural.w);
    mpt h = content_extent(n, P_CONTENT_HEIGHT, g.height, natural.h);
    if (fits(how_w) || fits(how_h)) {
        mpt lw = limit(natural.w, ipd, how_w), lh = limit(natural.h, bpd, how_h);
        natural = alike ? uniform(natural, lw, lh) : (struct size){lw, lh};
    }
    struct size s = content_size(natural, w, h, alike);
    if (g.width < 0) g.width = limit(s.w, ipd, how_w);
    if (g.height < 0) g.height = limit(s.h, bpd, how_h);
    enum fo_token overflow = fo_token(n, P_OVERFLOW);
    g.clips = overflow == E_HIDDEN || overflow == E_ERROR_IF_OVERFLOW;
    enum fo_token across = fo_token(n, P_TEXT_ALIGN);
    if (across == E_RIGHT || across == E_OUTSIDE) across = E_END;
    g.content =
        (struct rect){aligned(across, g.width - s.w, E_CENTER, E_END),
                      aligned(fo_token(n, P_DISPLAY_ALIGN), g.height - s.h, E_CENTER, E_AFTER), s.w, s.h};
    return g;
}

void graphic_paint(struct layout *l, struct canvas *c, const struct graphic *g, struct rect viewport,
                   int32_t tag, struct pos pos) {
    if (!g->image || g->content.w <= 0 || g->content.h <= 0) return;
    struct area_list *list = c->list;
    if (g->clips) {
        struct area_group *group = area_add_group(c->arena, list, tag, pos);
        group->clips = true;
        group->clip = position_clip(l, g->node, viewport);
        list = &group->children;
    }
    struct rect r = {plus(viewport.x, g->content.x), plus(viewport.y, g->content.y), g->content.w,
                     g->content.h};
    if (g->image->kind == IMAGE_SVG) {
        image_draw_svg(g->image, c->arena, list, r, tag, pos);
        return;
    }
    struct area_image *a = area_add_image(c->arena, list, tag, pos);
    a->image = g->image;
    a->rect = r;
}

/* In a line. ------------------------------------------------------------------------ */

struct graphic_object {
    struct inobj o;
    struct graphic g;
};

static void paint(struct lpaint *lp, struct inobj *o, mpt x, mpt w) {
    struct graphic_object *go = (struct graphic_object *)o;
    mpt top = paint_baseline(lp, o->ac, edges_width(&o->edges, SIDE_BEFORE));
    graphic_paint(lp->l, &lp->p->c, &go->g, (struct rect){x, top, w, go->g.height},
                  placer_tag(lp->p, o->node), o->node->pos);
}

static const struct inobj_ops graphic_ops = {NULL, paint};

struct inobj *graphic_object(struct collected *c, struct fo_node *n, struct ibox *box) {
    struct graphic_object *x = (struct graphic_object *)object_new(c, sizeof *x, n, box);
    tag_of(c->l, n);
    x->g = graphic_of(c->l, n, c->width, -1);
    scaling_met(c->l, n, &x->g);
    x->o.ops = &graphic_ops;
    x->o.width = x->g.width;
    mpt height = plus(x->g.height,
                      (int64_t)edges_width(&x->o.edges, SIDE_BEFORE) + edges_width(&x->o.edges, SIDE_AFTER));
    x->o.edges_in_height = true;
    x->o.ac = actx_object(c->arena, n, height, box->ac);
    return &x->o;
}
