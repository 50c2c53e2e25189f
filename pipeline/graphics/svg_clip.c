/* Clipping paths (SVG 1.1, 14.3) and the bounds they may be measured by. */
#include "graphics/svg.h"

#include <math.h>

struct bounds {
    double x0, y0, x1, y1;
    bool any;
};

static void add_point(struct bounds *b, struct matrix m, double px, double py) {
    double x = m.a * px + m.c * py + m.e, y = m.b * px + m.d * py + m.f;
    if (!b->any || x < b->x0) b->x0 = x;
    if (!b->any || x > b->x1) b->x1 = x;
    if (!b->any || y < b->y0) b->y0 = y;
    if (!b->any || y > b->y1) b->y1 = y;
    b->any = true;
}

static void add_corners(struct bounds *b, struct matrix m, struct rect r) {
    for (int i = 0; i < 4; i++)
        add_point(b, m, (double)r.x + (i & 1 ? r.w : 0), (double)r.y + (i & 2 ? r.h : 0));
}

static void add_areas(struct bounds *b, struct matrix m, const struct area_list *list, int depth) {
    for (const struct area *a = list->first; a && depth < 2 * SVG_DEPTH; a = a->next) {
        if (a->kind == AREA_SHAPE) add_corners(b, m, ((const struct area_shape *)a)->rect);
        if (a->kind == AREA_IMAGE) add_corners(b, m, ((const struct area_image *)a)->rect);
        if (a->kind == AREA_TEXT) {
            const struct area_text *t = (const struct area_text *)a;
            int64_t width = 0;
            for (uint32_t i = 0; i < t->glyph_count; i++) width += t->glyphs[i].adv;
            mpt up = font_scale(t->font, t->font->ascender, t->size);
            mpt down = font_scale(t->font, t->font->descender, t->size);
            add_corners(b, m, (struct rect){t->x, t->y - up, mpt_clamp(width), up + down});
        }
        if (a->kind == AREA_GROUP) {
            const struct area_group *g = (const struct area_group *)a;
            struct matrix own = {g->m[0], g->m[1], g->m[2], g->m[3], g->m[4], g->m[5]};
            add_areas(b, matrix_times(m, own), &g->children, depth + 1);
        }
    }
}

struct box svg_bounds(const struct draw *d, const struct area_list *list) {
    struct bounds b = {0};
    add_areas(&b, (struct matrix){1 / d->unit, 0, 0, 1 / d->unit, 0, 0}, list, 0);
    return (struct box){b.x0, b.y0, b.x1 - b.x0, b.y1 - b.y0};
}

/* One child of clipPath: a shape, or a use of one. */
static void add_child(struct path_builder *b, struct draw *d, const xmlNode *n,
                      const struct svg_style *parent) {
    struct matrix before = b->m;
    struct svg_style st;
    if (n->type != XML_ELEMENT_NODE) return;
    svg_style_of(d->svg, n, parent, &st);
    if (st.none || st.hidden) return;
    b->m = matrix_times(b->m, svg_transform(svg_attr(n, "transform")));
    const xmlNode *to = svg_is(n, "use") ? svg_by_id(d->svg, svg_attr(n, "href")) : NULL;
    struct svg_chain link;
    struct draw sub = *d;
    if (to && svg_follow(&sub, to, &link)) {
        struct matrix move = {1, 0, 0, 1, svg_attr_length(n, "x", d->view.w, st.size, 0),
                              svg_attr_length(n, "y", d->view.h, st.size, 0)};
        b->m = matrix_times(b->m, move);
        if (!svg_is(to, "use")) add_child(b, &sub, to, &st);
    } else if (svg_is(n, "text")) {
        svg_unsupported(d->svg, "text in clipPath");
    } else {
        path_add_shape(b, d, n, st.size);
    }
    b->m = before;
}

/* The clip's outline in the coordinates of *d, NULL when it is empty. */
static struct area_path *outline(struct draw *d, xmlNode *clip, const struct svg_style *st, struct box box) {
    const char *units = svg_attr(clip, "clipPathUnits");
    struct matrix m = {d->unit, 0, 0, d->unit, 0, 0};
    if (units && strcmp(units, "objectBoundingBox") == 0)
        m = matrix_times(m, (struct matrix){box.w, 0, 0, box.h, box.x, box.y});
    struct path_builder b;
    path_begin(&b, d->arena, matrix_times(m, svg_transform(svg_attr(clip, "transform"))));
    struct svg_style own;
    svg_style_of(d->svg, clip, st, &own);
    own.hidden = false;
    for (const xmlNode *c = clip->children; c; c = c->next) add_child(&b, d, c, &own);
    return path_finish(&b);
}

static struct rect hull(const struct area_path *p) {
    struct bounds b = {0};
    uint32_t k = 0;
    for (uint32_t i = 0; i < p->op_count; i++) {
        uint32_t points = p->ops[i] == PATH_CURVE ? 3 : p->ops[i] == PATH_CLOSE ? 0 : 1;
        for (; points; points--, k++) add_point(&b, MATRIX_IDENTITY, p->xy[2 * k], p->xy[2 * k + 1]);
    }
    return (struct rect){svg_mpt(b.x0), svg_mpt(b.y0), svg_mpt(b.x1 - b.x0), svg_mpt(b.y1 - b.y0)};
}

void svg_clip(struct draw *d, struct area_group *g, xmlNode *clip, const struct svg_style *st) {
    struct svg_chain link;
    struct draw sub = *d;
    if (!svg_is(clip, "clipPath") || !svg_follow(&sub, clip, &link)) return;
    struct box box = svg_bounds(d, &g->children);
    struct area_path *path = outline(&sub, clip, st, box);
    if (!path) {
        g->children = (struct area_list){0};
        return;
    }
    g->clips = true;
    g->clip_path = path;
    g->clip = hull(path);
    struct svg_style own;
    svg_style_of(d->svg, clip, st, &own);
    if (!own.clip) return;
    struct area_list list = {0}; /* a clip of the clip: one group more */
    struct area_group *inner = area_add_group(d->arena, &list, d->tag, d->pos);
    inner->children = g->children;
    g->children = list;
    sub.list = &inner->children;
    svg_clip(&sub, inner, own.clip, st);
}
