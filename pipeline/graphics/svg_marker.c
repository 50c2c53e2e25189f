/* Markers (SVG 1.1, 11.6). */
#include "graphics/svg.h"

#include <math.h>

/* A vertex with the directions of the segments before and after it. */
struct vertex {
    double x, y, in_x, in_y, out_x, out_y;
    bool in, out;
};

static void direct(struct vertex *v, double dx, double dy, bool out) {
    if (dx == 0 && dy == 0) return;
    if (out && !v->out) v->out = true, v->out_x = dx, v->out_y = dy;
    if (!out) v->in = true, v->in_x = dx, v->in_y = dy;
}

/* Direction at the end (or start) of a segment through points[0..n]: from the
 * nearest control point that differs. */
static void direct_segment(struct vertex *from, struct vertex *to, const double p[4][2], int n) {
    for (int i = 1; i <= n && !from->out; i++) direct(from, p[i][0] - p[0][0], p[i][1] - p[0][1], true);
    for (int i = n - 1; i >= 0 && !to->in; i--) direct(to, p[n][0] - p[i][0], p[n][1] - p[i][1], false);
}

static uint32_t read_vertices(const struct area_path *path, double unit, struct vertex *out) {
    uint32_t n = 0, start = 0, k = 0;
    for (uint32_t i = 0; i < path->op_count; i++) {
        int points = path->ops[i] == PATH_CURVE ? 3 : path->ops[i] == PATH_CLOSE ? 0 : 1;
        double p[4][2] = {{0}};
        if (n) p[0][0] = out[n - 1].x, p[0][1] = out[n - 1].y;
        for (int j = 1; j <= points; j++, k++) {
            p[j][0] = path->xy[2 * k] / unit;
            p[j][1] = path->xy[2 * k + 1] / unit;
        }
        if (path->ops[i] == PATH_CLOSE) {
            points = 1;
            p[1][0] = out[start].x;
            p[1][1] = out[start].y;
        }
        if (path->ops[i] == PATH_MOVE) start = n;
        out[n] = (struct vertex){.x = p[points][0], .y = p[points][1]};
        if (path->ops[i] != PATH_MOVE && n) direct_segment(&out[n - 1], &out[n], p, points);
        if (path->ops[i] == PATH_CLOSE) {
            if (out[n].in) direct(&out[start], out[n].in_x, out[n].in_y, false);
            if (out[start].out) direct(&out[n], out[start].out_x, out[start].out_y, true);
        }
        n++;
    }
    return n;
}

/* The middle between the directions, degrees. */
static double angle_at(const struct vertex *v) {
    double in = atan2(v->in_y, v->in_x), out = atan2(v->out_y, v->out_x);
    if (!v->in) return v->out ? out * 180 / M_PI : 0;
    if (!v->out) return in * 180 / M_PI;
    double turn = remainder(out - in, 2 * M_PI);
    return (in + turn / 2) * 180 / M_PI;
}

static void draw_marker(struct draw *d, xmlNode *n, const struct vertex *v, double stroke_width) {
    struct svg_chain link;
    struct draw sub = *d;
    if (!svg_is(n, "marker") || !svg_follow(&sub, n, &link) || --d->svg->budget < 0) return;
    const char *units = svg_attr(n, "markerUnits"), *orient = svg_attr(n, "orient");
    double scale = units && strcmp(units, "userSpaceOnUse") == 0 ? 1 : stroke_width;
    bool turned = orient && strncmp(orient, "auto", 4) == 0, ok;
    double r = (turned ? angle_at(v) : orient ? svg_number(&orient, &ok) : 0) * M_PI / 180;
    struct box port = {0, 0, svg_attr_length(n, "markerWidth", d->view.w, 12, 3),
                       svg_attr_length(n, "markerHeight", d->view.h, 12, 3)};
    if (port.w <= 0 || port.h <= 0 || scale <= 0) return;
    struct box view = port;
    struct matrix fit = MATRIX_IDENTITY, back;
    if (svg_read_box(svg_attr(n, "viewBox"), &view))
        fit = svg_fit(view, port, svg_attr(n, "preserveAspectRatio"));
    if (!matrix_invert(fit, &back)) return;
    double rx = svg_attr_length(n, "refX", view.w, 12, 0), ry = svg_attr_length(n, "refY", view.h, 12, 0);
    struct matrix m = {scale * cos(r), scale * sin(r), -scale * sin(r), scale * cos(r), v->x, v->y};
    fit.e = -rx * fit.a;
    fit.f = -ry * fit.d;
    struct svg_style initial, st;
    svg_style_initial(&initial);
    svg_style_of(d->svg, n, &initial, &st);
    sub.view = view;
    struct area_group *g = svg_group(&sub, matrix_times(m, fit));
    g->clips = !st.overflow;
    g->clip = svg_rect(&sub, matrix_box(back, port));
    svg_children(&sub, n, &st);
}

void svg_markers(struct draw *d, const struct area_path *path, const struct svg_style *st) {
    if (!st->marker[0] && !st->marker[1] && !st->marker[2]) return;
    struct vertex *v = ARENA_ARRAY(d->arena, struct vertex, path->op_count + 1);
    uint32_t n = read_vertices(path, d->unit, v);
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 && st->marker[0]) draw_marker(d, st->marker[0], &v[i], st->stroke_width);
        if (i > 0 && i + 1 < n && st->marker[1]) draw_marker(d, st->marker[1], &v[i], st->stroke_width);
        if (i + 1 == n && st->marker[2]) draw_marker(d, st->marker[2], &v[i], st->stroke_width);
    }
}
