/* Fill, stroke, gradients, patterns (SVG 1.1, 11 and 13). */
#include "graphics/svg.h"

#include <math.h>

enum { STOPS_MAX = 64, TILES_MAX = 4000 };

struct area_group *svg_group(struct draw *d, struct matrix m) {
    struct area_group *g = area_add_group(d->arena, d->list, d->tag, d->pos);
    double v[6] = {m.a, m.b, m.c, m.d, m.e * MPT_PER_POINT, m.f * MPT_PER_POINT};
    memcpy(g->m, v, sizeof v);
    return g;
}

/* An attribute of a gradient or of those it refers to (13.2.2, xlink:href). */
static const char *inherited(struct svg *svg, const xmlNode *n, const char *name) {
    for (int i = 0; n && i < 16; i++) {
        const char *v = svg_attr(n, name);
        if (v) return v;
        n = svg_by_id(svg, svg_attr(n, "href"));
    }
    return NULL;
}

static const xmlNode *with_stops(struct svg *svg, const xmlNode *n) {
    for (int i = 0; n && i < 16; i++) {
        for (const xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE && strcmp((const char *)c->name, "stop") == 0) return n;
        n = svg_by_id(svg, svg_attr(n, "href"));
    }
    return NULL;
}

/* stop-color and stop-opacity stand as attributes or in style. */
static const char *stop_property(const xmlNode *n, const char *name) {
    const char *style = svg_attr(n, "style"), *at = style ? strstr(style, name) : NULL;
    if (!at) return svg_attr(n, name);
    at += strlen(name);
    at += strspn(at, " :");
    return str_intern(at, strcspn(at, ";"));
}

static uint32_t read_stops(struct draw *d, const xmlNode *n, const struct svg_style *st, struct gradient_stop *out) {
    uint32_t count = 0;
    double least = 0;
    for (const xmlNode *c = n->children; c && count < STOPS_MAX; c = c->next) {
        if (c->type != XML_ELEMENT_NODE || strcmp((const char *)c->name, "stop") != 0) continue;
        const char *s = svg_attr(c, "offset"), *color = stop_property(c, "stop-color"), *opacity = stop_property(c, "stop-opacity");
        bool ok = false;
        double o = s ? svg_number(&s, &ok) : 0;
        if (ok && *s == '%') o /= 100;
        o = o < least ? least : o > 1 ? 1 : o;
        least = o;
        struct gradient_stop *g = &out[count++];
        g->offset = (uint16_t)(o * 65535);
        g->color = COLOR_BLACK;
        if (color) svg_color(color, st->color, &g->color);
        double a = opacity ? svg_number(&opacity, &ok) : 1;
        g->color.alpha = (uint16_t)((a < 0 ? 0 : a > 1 ? 1 : a) * 65535);
    }
    (void)d;
    return count;
}

static double coordinate(struct svg *svg, const xmlNode *n, const char *name, double of, double otherwise) {
    const char *v = inherited(svg, n, name);
    return v ? svg_length(v, of, 12, otherwise) : otherwise;
}

static const struct gradient *make_gradient(struct draw *d, const xmlNode *n, const struct path_builder *box, const struct svg_style *st) {
    struct svg *svg = d->svg;
    const xmlNode *source = with_stops(svg, n);
    struct gradient_stop stops[STOPS_MAX];
    uint32_t count = source ? read_stops(d, source, st, stops) : 0;
    if (!count) return NULL;
    struct gradient *g = ARENA_NEW(d->arena, struct gradient);
    g->radial = strcmp((const char *)n->name, "radialGradient") == 0;
    const char *units = inherited(svg, n, "gradientUnits");
    bool user = units && strcmp(units, "userSpaceOnUse") == 0;
    double w = user ? d->view_w : 1, h = user ? d->view_h : 1, r = user ? sqrt((w * w + h * h) / 2) : 1;
    if (g->radial) {
        g->x1 = coordinate(svg, n, "cx", w, w / 2);
        g->y1 = coordinate(svg, n, "cy", h, h / 2);
        g->r = coordinate(svg, n, "r", r, r / 2);
        g->x2 = coordinate(svg, n, "fx", w, g->x1);
        g->y2 = coordinate(svg, n, "fy", h, g->y1);
    } else {
        g->x1 = coordinate(svg, n, "x1", w, 0);
        g->y1 = coordinate(svg, n, "y1", h, 0);
        g->x2 = coordinate(svg, n, "x2", w, w);
        g->y2 = coordinate(svg, n, "y2", h, 0);
    }
    struct matrix m = svg_transform(inherited(svg, n, "gradientTransform"));
    if (!user) m = matrix_times((struct matrix){box->max_x - box->min_x, 0, 0, box->max_y - box->min_y, box->min_x, box->min_y}, m);
    struct matrix k = {MPT_PER_POINT, 0, 0, MPT_PER_POINT, 0, 0};
    m = matrix_times(k, m);
    double v[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
    memcpy(g->m, v, sizeof v);
    g->stops = arena_memdup(d->arena, stops, count * sizeof *stops);
    g->stop_count = count;
    return g;
}

static struct color faded(struct color c, double by) {
    c.alpha = (uint16_t)(c.alpha * (by < 0 ? 0 : by > 1 ? 1 : by));
    return c;
}

/* 13.3: the tile's content is drawn as often as it takes, clipped to the shape. */
static void fill_pattern(struct draw *d, xmlNode *n, const struct area_path *path, const struct path_builder *box, const struct svg_style *st) {
    if (d->depth > 16) return;
    const char *units = svg_attr(n, "patternUnits");
    bool user = units && strcmp(units, "userSpaceOnUse") == 0;
    double bw = box->max_x - box->min_x, bh = box->max_y - box->min_y;
    double x = svg_attr_length(n, "x", 100, 12, 0), y = svg_attr_length(n, "y", 100, 12, 0);
    double w = svg_attr_length(n, "width", user ? d->view_w : 1, 12, 0), h = svg_attr_length(n, "height", user ? d->view_h : 1, 12, 0);
    if (!user) x = box->min_x + x * bw, y = box->min_y + y * bh, w *= bw, h *= bh;
    if (!(w > 0.01 && h > 0.01) || bw / w * bh / h > TILES_MAX) return;
    struct area_group *clip = svg_group(d, MATRIX_IDENTITY);
    clip->clips = true;
    clip->clip_path = path;
    struct draw in = *d;
    in.list = &clip->children;
    in.depth += 8;
    struct svg_style own;
    svg_style_initial(&own);
    own.color = st->color;
    double x0 = x + floor((box->min_x - x) / w) * w, y0 = y + floor((box->min_y - y) / h) * h;
    for (double ty = y0; ty < box->max_y; ty += h)
        for (double tx = x0; tx < box->max_x; tx += w) {
            struct area_group *g = svg_group(&in, (struct matrix){1, 0, 0, 1, user ? tx - x : tx, user ? ty - y : ty});
            struct draw tile = in;
            tile.list = &g->children;
            svg_children(&tile, n, &own);
        }
}

void svg_paint_shape(struct draw *d, struct path_builder *b, const struct svg_style *st) {
    struct path_builder box = *b;
    struct area_path *path = path_finish(b);
    if (!path->op_count || st->hidden) return;
    double fade = st->fill_opacity * st->opacity;
    const struct gradient *g = NULL;
    if (st->fill.kind == PAINT_SERVER && strcmp((const char *)st->fill.server->name, "pattern") == 0) fill_pattern(d, st->fill.server, path, &box, st);
    else if (st->fill.kind == PAINT_SERVER) g = make_gradient(d, st->fill.server, &box, st);
    bool stroke = st->stroke.kind != PAINT_NONE && st->stroke_width > 0;
    if (st->fill.kind != PAINT_COLOR && !g && !stroke) return;
    struct area_shape *s = area_add_shape(d->arena, d->list, d->tag, d->pos);
    s->path = path;
    s->even_odd = st->even_odd;
    if (st->fill.kind == PAINT_COLOR) s->fill = faded(st->fill.color, fade);
    s->fill_gradient = g;
    if (!stroke) return;
    struct gradient_stop first = {0, COLOR_BLACK};
    if (st->stroke.kind == PAINT_SERVER) {
        struct gradient_stop stops[STOPS_MAX];
        const xmlNode *source = with_stops(d->svg, st->stroke.server);
        if (source && read_stops(d, source, st, stops)) first = stops[0];
    }
    s->stroke = faded(st->stroke.kind == PAINT_COLOR ? st->stroke.color : first.color, st->stroke_opacity * st->opacity);
    s->stroke_width = mpt_clamp((int64_t)(st->stroke_width * MPT_PER_POINT + 0.5));
    s->cap = (uint8_t)st->cap;
    s->join = (uint8_t)st->join;
    s->miter = (uint16_t)(st->miter < 1 ? 100 : st->miter > 600 ? 60000 : st->miter * 100);
    if (!st->dash_count) return;
    int n = st->dash_count % 2 ? st->dash_count * 2 : st->dash_count;
    mpt *dash = ARENA_ARRAY(d->arena, mpt, n);
    for (int i = 0; i < n; i++) dash[i] = mpt_clamp((int64_t)(st->dash[i % st->dash_count] * MPT_PER_POINT + 0.5));
    s->dash = dash;
    s->dash_count = (uint32_t)n;
    s->dash_phase = mpt_clamp((int64_t)(st->dash_offset * MPT_PER_POINT));
}
