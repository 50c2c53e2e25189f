/* Path data and basic shapes (SVG 1.1, 8 and 9). */
#include "graphics/svg.h"

#include <math.h>

void path_begin(struct path_builder *b, struct arena *arena, struct matrix m) {
    *b = (struct path_builder){.arena = arena, .m = m};
}

static void put_op(struct path_builder *b, enum path_op op) {
    b->ops = mem_grow(b->ops, &b->op_cap, b->op_count + 1, 1);
    b->ops[b->op_count++] = (uint8_t)op;
}

static void put_point(struct path_builder *b, double x, double y) {
    b->xy = mem_grow(b->xy, &b->xy_cap, b->xy_count + 2, sizeof *b->xy);
    b->xy[b->xy_count++] = svg_mpt(b->m.a * x + b->m.c * y + b->m.e);
    b->xy[b->xy_count++] = svg_mpt(b->m.b * x + b->m.d * y + b->m.f);
}

static void extend(struct path_builder *b, double x, double y) {
    if (!b->any || x < b->min_x) b->min_x = x;
    if (!b->any || x > b->max_x) b->max_x = x;
    if (!b->any || y < b->min_y) b->min_y = y;
    if (!b->any || y > b->max_y) b->max_y = y;
    b->any = true;
}

static void go(struct path_builder *b, double x, double y) {
    extend(b, x, y);
    b->x = x;
    b->y = y;
}

static void path_move(struct path_builder *b, double x, double y) {
    put_op(b, PATH_MOVE);
    put_point(b, x, y);
    go(b, x, y);
    b->x0 = x;
    b->y0 = y;
}

/* After a closed subpath a new one begins where that began. */
static void reopen(struct path_builder *b) {
    if (!b->op_count || b->ops[b->op_count - 1] == PATH_CLOSE) path_move(b, b->x, b->y);
}

static void path_line(struct path_builder *b, double x, double y) {
    reopen(b);
    put_op(b, PATH_LINE);
    put_point(b, x, y);
    go(b, x, y);
}

static double bezier(const double p[4], double t) {
    double u = 1 - t;
    return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3];
}

/* Extends the bounds by the extremes of one coordinate of a curve. */
static void extremes(struct path_builder *b, const double x[4], const double y[4], const double p[4]) {
    double a = -p[0] + 3 * p[1] - 3 * p[2] + p[3], h = p[0] - 2 * p[1] + p[2], c = p[1] - p[0];
    double root = h * h - a * c, t[2] = {-1, -1};
    if (fabs(a) < 1e-9) {
        if (fabs(h) > 1e-9) t[0] = -c / (2 * h);
    } else if (root >= 0) {
        t[0] = (-h + sqrt(root)) / a;
        t[1] = (-h - sqrt(root)) / a;
    }
    for (int i = 0; i < 2; i++)
        if (t[i] > 0 && t[i] < 1) extend(b, bezier(x, t[i]), bezier(y, t[i]));
}

static void path_curve(struct path_builder *b, double x1, double y1, double x2, double y2, double x,
                       double y) {
    reopen(b);
    double xs[4] = {b->x, x1, x2, x}, ys[4] = {b->y, y1, y2, y};
    extremes(b, xs, ys, xs);
    extremes(b, xs, ys, ys);
    put_op(b, PATH_CURVE);
    put_point(b, x1, y1);
    put_point(b, x2, y2);
    put_point(b, x, y);
    go(b, x, y);
}

static void path_close(struct path_builder *b) {
    if (!b->op_count || b->ops[b->op_count - 1] == PATH_CLOSE) return;
    put_op(b, PATH_CLOSE);
    b->x = b->x0;
    b->y = b->y0;
}

/* An elliptic arc, centre form, as curves of a quarter turn at most. */
static void arc_curves(struct path_builder *b, struct box c, double turn, double from, double sweep) {
    int parts = (int)ceil(fabs(sweep) / (M_PI / 2) - 1e-9);
    if (parts < 1) return;
    double step = sweep / parts, k = 4.0 / 3 * tan(step / 4), cp = cos(turn), sp = sin(turn);
    for (int i = 0; i < parts; i++) {
        double t = from + i * step, u = t + step;
        double px[3] = {c.w * (cos(t) - k * sin(t)), c.w * (cos(u) + k * sin(u)), c.w * cos(u)};
        double py[3] = {c.h * (sin(t) + k * cos(t)), c.h * (sin(u) - k * cos(u)), c.h * sin(u)};
        double v[6];
        for (int j = 0; j < 3; j++) {
            v[2 * j] = c.x + cp * px[j] - sp * py[j];
            v[2 * j + 1] = c.y + sp * px[j] + cp * py[j];
        }
        path_curve(b, v[0], v[1], v[2], v[3], v[4], v[5]);
    }
}

static double angle_of(double ux, double uy, double vx, double vy) {
    return atan2(ux * vy - uy * vx, ux * vx + uy * vy);
}

/* SVG 1.1, F.6: endpoint to centre form.  v: rx ry rotation large sweep x y */
static void path_arc(struct path_builder *b, const double v[7]) {
    double rx = fabs(v[0]), ry = fabs(v[1]), turn = fmod(v[2], 360) * M_PI / 180, x = v[5], y = v[6];
    if (x == b->x && y == b->y) return;
    if (rx < 1e-9 || ry < 1e-9) {
        path_line(b, x, y);
        return;
    }
    double cp = cos(turn), sp = sin(turn), dx = (b->x - x) / 2, dy = (b->y - y) / 2;
    double x1 = cp * dx + sp * dy, y1 = -sp * dx + cp * dy;
    double lack = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
    if (lack > 1) {
        rx *= sqrt(lack);
        ry *= sqrt(lack);
    }
    double over = rx * rx * y1 * y1 + ry * ry * x1 * x1;
    double s = sqrt(fmax(0, (rx * rx * ry * ry - over) / over));
    if ((v[3] != 0) == (v[4] != 0)) s = -s;
    double cx1 = s * rx * y1 / ry, cy1 = -s * ry * x1 / rx;
    double ux = (x1 - cx1) / rx, uy = (y1 - cy1) / ry, wx = (-x1 - cx1) / rx, wy = (-y1 - cy1) / ry;
    double from = angle_of(1, 0, ux, uy), sweep = angle_of(ux, uy, wx, wy);
    if (v[4] != 0 && sweep < 0) sweep += 2 * M_PI;
    if (v[4] == 0 && sweep > 0) sweep -= 2 * M_PI;
    struct box c = {cp * cx1 - sp * cy1 + (b->x + x) / 2, sp * cx1 + cp * cy1 + (b->y + y) / 2, rx, ry};
    arc_curves(b, c, turn, from, sweep);
}

/* Numbers of one command; flags of arcs are single digits that may touch. */
static bool read_numbers(const char **s, char command, double *v, int count) {
    for (int i = 0; i < count; i++) {
        const char *p = svg_skip_space(*s);
        bool ok = true;
        if (command == 'a' && (i == 3 || i == 4)) {
            ok = *p == '0' || *p == '1';
            v[i] = *p == '1';
            *s = p + 1;
        } else {
            v[i] = svg_number(s, &ok);
        }
        if (!ok) return false;
    }
    return true;
}

struct path_state {
    double cx, cy; /* last control point */
    char last;     /* last command, lower case */
};

static void do_command(struct path_builder *b, struct path_state *st, char c, const double *v) {
    bool cubic = st->last == 'c' || st->last == 's', quad = st->last == 'q' || st->last == 't';
    double rx = 2 * b->x - st->cx, ry = 2 * b->y - st->cy, x = b->x, y = b->y;
    switch (c) {
    case 'm': path_move(b, v[0], v[1]); break;
    case 'l': path_line(b, v[0], v[1]); break;
    case 'h': path_line(b, v[0], y); break;
    case 'v': path_line(b, x, v[0]); break;
    case 'c':
        path_curve(b, v[0], v[1], v[2], v[3], v[4], v[5]);
        st->cx = v[2], st->cy = v[3];
        break;
    case 's':
        path_curve(b, cubic ? rx : x, cubic ? ry : y, v[0], v[1], v[2], v[3]);
        st->cx = v[0], st->cy = v[1];
        break;
    case 'q':
    case 't': {
        double qx = c == 'q' ? v[0] : quad ? rx : x, qy = c == 'q' ? v[1] : quad ? ry : y;
        const double *to = c == 'q' ? v + 2 : v;
        path_curve(b, x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, to[0] + (qx - to[0]) * 2 / 3,
                   to[1] + (qy - to[1]) * 2 / 3, to[0], to[1]);
        st->cx = qx, st->cy = qy;
        break;
    }
    case 'a': path_arc(b, v); break;
    default: path_close(b); break;
    }
    st->last = c;
}

/* Makes the numbers of a relative command absolute. */
static void make_absolute(const struct path_builder *b, char c, double *v, int count) {
    if (c == 'h' || c == 'v') v[0] += c == 'h' ? b->x : b->y;
    else
        for (int i = c == 'a' ? 5 : 0; i + 1 < count; i += 2) v[i] += b->x, v[i + 1] += b->y;
}

/* SVG 1.1, 8.3; what follows an error is not drawn (F.2). */
static void path_parse(struct path_builder *b, const char *s) {
    static const char commands[] = "mlhvcsqtaz", counts[] = "2211644270";
    struct path_state st = {0};
    char c = 0;
    bool relative = false;
    for (s = svg_skip_space(s); *s; s = svg_skip_space(s)) {
        if ((*s | 32) >= 'a' && (*s | 32) <= 'z') {
            relative = (*s & 32) != 0;
            c = (char)(*s++ | 32);
        } else if (!c || c == 'z') {
            return;
        }
        const char *which = strchr(commands, c);
        if (!which || (!b->op_count && c != 'm')) return;
        int count = counts[which - commands] - '0';
        double v[7];
        if (!read_numbers(&s, c, v, count)) return;
        if (relative) make_absolute(b, c, v, count);
        do_command(b, &st, c, v);
        if (c == 'm') c = 'l';
    }
}

void path_add_rect(struct path_builder *b, struct box r) {
    path_move(b, r.x, r.y);
    path_line(b, r.x + r.w, r.y);
    path_line(b, r.x + r.w, r.y + r.h);
    path_line(b, r.x, r.y + r.h);
    path_close(b);
}

static double across(const struct draw *d, const xmlNode *n, const char *name, double size,
                     double otherwise) {
    return svg_attr_length(n, name, d->view.w, size, otherwise);
}

static double along(const struct draw *d, const xmlNode *n, const char *name, double size,
                    double otherwise) {
    return svg_attr_length(n, name, d->view.h, size, otherwise);
}

static void quarter(struct path_builder *b, double rx, double ry, double x, double y) {
    path_arc(b, (double[7]){rx, ry, 0, 0, 1, x, y});
}

/* SVG 1.1, 9.2. */
static void add_rect_element(struct path_builder *b, const struct draw *d, const xmlNode *n, double size) {
    struct box r = {across(d, n, "x", size, 0), along(d, n, "y", size, 0), across(d, n, "width", size, 0),
                    along(d, n, "height", size, 0)};
    if (r.w <= 0 || r.h <= 0) return;
    double rx = across(d, n, "rx", size, -1), ry = along(d, n, "ry", size, -1);
    if (rx < 0) rx = ry;
    if (ry < 0) ry = rx;
    if (rx <= 0 || ry <= 0) {
        path_add_rect(b, r);
        return;
    }
    rx = fmin(rx, r.w / 2);
    ry = fmin(ry, r.h / 2);
    double right = r.x + r.w, bottom = r.y + r.h;
    path_move(b, r.x + rx, r.y);
    path_line(b, right - rx, r.y);
    quarter(b, rx, ry, right, r.y + ry);
    path_line(b, right, bottom - ry);
    quarter(b, rx, ry, right - rx, bottom);
    path_line(b, r.x + rx, bottom);
    quarter(b, rx, ry, r.x, bottom - ry);
    path_line(b, r.x, r.y + ry);
    quarter(b, rx, ry, r.x + rx, r.y);
    path_close(b);
}

static void add_ellipse(struct path_builder *b, const struct draw *d, const xmlNode *n, double size,
                        bool circle) {
    double cx = across(d, n, "cx", size, 0), cy = along(d, n, "cy", size, 0);
    double diagonal = hypot(d->view.w, d->view.h) / sqrt(2);
    double rx = svg_attr_length(n, circle ? "r" : "rx", circle ? diagonal : d->view.w, size, 0);
    double ry = circle ? rx : along(d, n, "ry", size, 0);
    if (rx <= 0 || ry <= 0) return;
    path_move(b, cx + rx, cy);
    arc_curves(b, (struct box){cx, cy, rx, ry}, 0, 0, 2 * M_PI);
    path_close(b);
}

static void add_points(struct path_builder *b, const char *s, bool closed) {
    bool ok = s != NULL, first = true;
    while (ok) {
        double x = svg_number(&s, &ok);
        double y = ok ? svg_number(&s, &ok) : 0;
        if (!ok) break;
        (first ? path_move : path_line)(b, x, y);
        first = false;
    }
    if (closed) path_close(b);
}

bool path_add_shape(struct path_builder *b, const struct draw *d, const xmlNode *n, double size) {
    if (svg_is(n, "path")) {
        const char *s = svg_attr(n, "d");
        if (s) path_parse(b, s);
    } else if (svg_is(n, "rect")) {
        add_rect_element(b, d, n, size);
    } else if (svg_is(n, "circle") || svg_is(n, "ellipse")) {
        add_ellipse(b, d, n, size, svg_is(n, "circle"));
    } else if (svg_is(n, "line")) {
        path_move(b, across(d, n, "x1", size, 0), along(d, n, "y1", size, 0));
        path_line(b, across(d, n, "x2", size, 0), along(d, n, "y2", size, 0));
    } else if (svg_is(n, "polyline") || svg_is(n, "polygon")) {
        add_points(b, svg_attr(n, "points"), svg_is(n, "polygon"));
    } else {
        return false;
    }
    return true;
}

struct box path_box(const struct path_builder *b) {
    return (struct box){b->min_x, b->min_y, b->max_x - b->min_x, b->max_y - b->min_y};
}

struct area_path *path_finish(struct path_builder *b) {
    struct area_path *p = NULL;
    if (b->op_count > 1) {
        p = ARENA_NEW(b->arena, struct area_path);
        p->op_count = (uint32_t)b->op_count;
        p->ops = arena_memdup(b->arena, b->ops, b->op_count);
        p->xy = arena_memdup(b->arena, b->xy, b->xy_count * sizeof *b->xy);
    }
    mem_free(b->ops);
    mem_free(b->xy);
    b->ops = NULL;
    b->xy = NULL;
    return p;
}
