/* Gradients (SVG 1.1, 13.2). */
#include "graphics/svg.h"

#include <math.h>

enum { HREF_MAX = 16, COPIES_MAX = 64 };

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

/* Places of the corners of `box` on the gradient: from 0 at its start to 1 at
 * its end; of a radial one the outermost. */
static void range_of(const struct gradient *g, struct matrix to_user, struct box box, double *low, double *high) {
    struct matrix back;
    *low = 0;
    *high = 1;
    if (!matrix_invert(to_user, &back)) return;
    double dx = g->x2 - g->x1, dy = g->y2 - g->y1, length = dx * dx + dy * dy;
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? box.x + box.w : box.x, y = i & 2 ? box.y + box.h : box.y;
        double u = back.a * x + back.c * y + back.e, v = back.b * x + back.d * y + back.f;
        double t = g->radial ? hypot(u - g->x2, v - g->y2) / (g->r - sqrt(length))
                             : ((u - g->x1) * dx + (v - g->y1) * dy) / length;
        if (t < *low) *low = t;
        if (t > *high) *high = t;
    }
}

/* spreadMethod repeat and reflect (13.2.4): as many copies of the stops as the
 * painted box needs, on an axis so much longer. */
static void repeat_stops(struct draw *d, struct gradient *g, struct matrix to_user, struct box box, bool reflect) {
    double low, high;
    range_of(g, to_user, box, &low, &high);
    if (!(low > -COPIES_MAX / 2.0)) low = -COPIES_MAX / 2.0;
    if (!(high < COPIES_MAX / 2.0)) high = COPIES_MAX / 2.0;
    int from = (int)floor(low), to = (int)ceil(high), copies = to - from;
    uint32_t n = g->stop_count, k = 0;
    struct gradient_stop *stops = ARENA_ARRAY(d->arena, struct gradient_stop, (uint32_t)copies * n);
    for (int c = from; c < to; c++)
        for (uint32_t i = 0; i < n; i++) {
            bool back = reflect && c % 2 != 0;
            const struct gradient_stop *s = &g->stops[back ? n - 1 - i : i];
            double at = (c - from + (back ? 65535 - s->offset : s->offset) / 65535.0) / copies;
            stops[k++] = (struct gradient_stop){(uint16_t)lround(at * 65535), s->color};
        }
    double dx = g->x2 - g->x1, dy = g->y2 - g->y1, x1 = g->x1, y1 = g->y1;
    if (g->radial) { /* circles grow away from the focus, x2 y2 */
        g->x1 = g->x2 - dx * to;
        g->y1 = g->y2 - dy * to;
        g->r *= to;
    } else {
        g->x1 = x1 + dx * from;
        g->y1 = y1 + dy * from;
        g->x2 = x1 + dx * to;
        g->y2 = y1 + dy * to;
    }
    g->stops = stops;
    g->stop_count = k;
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
    struct matrix m = MATRIX_IDENTITY;
    if (!user) m = (struct matrix){box.w, 0, 0, box.h, box.x, box.y};
    m = matrix_times(m, svg_transform(svg_server_attr(d->svg, n, "gradientTransform")));
    bool reflect = spread && strcmp(spread, "reflect") == 0;
    if (reflect || (spread && strcmp(spread, "repeat") == 0)) repeat_stops(d, g, m, box, reflect);
    double k = d->unit / 1000;
    m = matrix_times((struct matrix){k, 0, 0, k, 0, 0}, m);
    double v[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
    memcpy(g->m, v, sizeof v);
    return g;
}
