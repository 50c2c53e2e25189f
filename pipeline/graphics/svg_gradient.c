/* Gradients (SVG 1.1, 13.2). */
#include "graphics/svg.h"

#include <math.h>

enum { HREF_MAX = 16 };

const char *svg_server_attr(struct svg *svg, const xmlNode *n, const char *name) {
    for (int i = 0; n && i < HREF_MAX; i++) {
        const char *v = svg_attr(n, name);
        if (v) return v;
        n = svg_by_id(svg, svg_attr(n, "href"));
    }
    return NULL;
}

static bool has_elements(const xmlNode *n) {
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) return true;
    return false;
}

const xmlNode *svg_server_children(struct svg *svg, const xmlNode *n) {
    for (int i = 0; n && i < HREF_MAX; i++) {
        if (has_elements(n)) return n;
        n = svg_by_id(svg, svg_attr(n, "href"));
    }
    return NULL;
}

static uint32_t read_stops(struct draw *d, const xmlNode *n, double opacity, struct gradient_stop **out) {
    uint32_t count = 0, k = 0;
    for (const xmlNode *c = n->children; c; c = c->next) count += svg_is(c, "stop");
    struct gradient_stop *stops = *out = ARENA_ARRAY(d->arena, struct gradient_stop, count + 1);
    struct svg_style initial, parent, st;
    svg_style_initial(&initial);
    svg_style_of(d->svg, n, &initial, &parent);
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (!svg_is(c, "stop")) continue;
        const char *at = svg_attr(c, "offset");
        svg_style_of(d->svg, c, &parent, &st);
        uint16_t offset = at ? (uint16_t)lround(svg_fraction(at) * 65535) : 0;
        if (k && offset < stops[k - 1].offset) offset = stops[k - 1].offset;
        stops[k++] = (struct gradient_stop){offset, svg_fade(st.stop_color, st.stop_opacity * opacity)};
    }
    return count;
}

static double coordinate(struct draw *d, const xmlNode *n, const char *name, double of, double otherwise) {
    return svg_length(svg_server_attr(d->svg, n, name), of, 12, otherwise);
}

/* Reads the axis; false: it has no length. */
static bool read_axis(struct draw *d, const xmlNode *n, bool user, struct gradient *g) {
    double w = user ? d->view.w : 1, h = user ? d->view.h : 1;
    if (!g->radial) {
        g->x1 = coordinate(d, n, "x1", w, 0);
        g->y1 = coordinate(d, n, "y1", h, 0);
        g->x2 = coordinate(d, n, "x2", w, w);
        g->y2 = coordinate(d, n, "y2", h, 0);
        return g->x1 != g->x2 || g->y1 != g->y2;
    }
    double diagonal = hypot(w, h) / sqrt(2);
    g->x1 = coordinate(d, n, "cx", w, w / 2);
    g->y1 = coordinate(d, n, "cy", h, h / 2);
    g->r = coordinate(d, n, "r", diagonal, diagonal / 2);
    g->x2 = coordinate(d, n, "fx", w, g->x1);
    g->y2 = coordinate(d, n, "fy", h, g->y1);
    double away = hypot(g->x2 - g->x1, g->y2 - g->y1), limit = g->r * 0.999;
    if (away > limit && away > 0) { /* the focus stays inside */
        g->x2 = g->x1 + (g->x2 - g->x1) * limit / away;
        g->y2 = g->y1 + (g->y2 - g->y1) * limit / away;
    }
    return g->r > 0;
}

const struct gradient *svg_gradient(struct draw *d, xmlNode *n, struct box box, double opacity,
                                    struct color *flat) {
    bool radial = svg_is(n, "radialGradient");
    const xmlNode *source = svg_server_children(d->svg, n);
    if (!source || (!radial && !svg_is(n, "linearGradient"))) return NULL;
    struct gradient_stop *stops;
    uint32_t count = read_stops(d, source, opacity, &stops);
    if (!count) return NULL;
    struct gradient *g = ARENA_NEW(d->arena, struct gradient);
    *g = (struct gradient){.radial = radial, .stop_count = count, .stops = stops};
    const char *units = svg_server_attr(d->svg, n, "gradientUnits");
    const char *spread = svg_server_attr(d->svg, n, "spreadMethod");
    bool user = units && strcmp(units, "userSpaceOnUse") == 0;
    if (!user && (box.w <= 0 || box.h <= 0)) return NULL;
    if (!read_axis(d, n, user, g) || count == 1) {
        *flat = stops[count - 1].color;
        return NULL;
    }
    if (spread && strcmp(spread, "pad") != 0) svg_unsupported(d->svg, "spreadMethod other than pad");
    double k = d->unit / 1000;
    struct matrix m = {k, 0, 0, k, 0, 0};
    if (!user) m = matrix_times(m, (struct matrix){box.w, 0, 0, box.h, box.x, box.y});
    m = matrix_times(m, svg_transform(svg_server_attr(d->svg, n, "gradientTransform")));
    double v[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
    memcpy(g->m, v, sizeof v);
    return g;
}
