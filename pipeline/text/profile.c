/* The outline of a glyph as what it covers in upright strips. */
#include "text/private.h"

#include <hb.h>
#include <math.h>

enum { CURVE_STEPS = 8, STRIPS_MAX = 64 * FONT_STRIPS };

struct pen {
    double strip; /* width in font units */
    double x, y, start_x, start_y;
    int32_t first, last; /* strips seen; last < first: none */
    int16_t *top, *bottom;
    int32_t origin; /* strip of top[0] */
    bool measuring; /* only first and last */
};

static void cover(struct pen *p, int32_t strip, double y) {
    if (p->measuring) {
        if (strip < p->first) p->first = strip;
        if (strip > p->last) p->last = strip;
        return;
    }
    int32_t i = strip - p->origin;
    int16_t v = (int16_t)(y > INT16_MAX ? INT16_MAX : y < INT16_MIN ? INT16_MIN : lround(y));
    if (v > p->top[i]) p->top[i] = v;
    if (v < p->bottom[i]) p->bottom[i] = v;
}

/* A straight piece: in each strip it crosses, its heights at the strip's sides. */
static void line_to(struct pen *p, double x, double y) {
    double x0 = p->x, y0 = p->y, x1 = x, y1 = y;
    p->x = x;
    p->y = y;
    if (x0 > x1) {
        double t = x0;
        x0 = x1;
        x1 = t;
        t = y0;
        y0 = y1;
        y1 = t;
    }
    int32_t a = (int32_t)floor(x0 / p->strip), b = (int32_t)floor(x1 / p->strip);
    if (b - a > STRIPS_MAX) return;
    for (int32_t i = a; i <= b; i++) {
        double left = fmax(x0, i * p->strip), right = fmin(x1, (i + 1) * p->strip), run = x1 - x0;
        cover(p, i, run > 0 ? y0 + (y1 - y0) * (left - x0) / run : y0);
        cover(p, i, run > 0 ? y0 + (y1 - y0) * (right - x0) / run : y1);
    }
}

static void pen_move(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y, void *user) {
    (void)f, (void)st, (void)user;
    struct pen *p = data;
    p->x = p->start_x = x;
    p->y = p->start_y = y;
}

static void pen_line(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y, void *user) {
    (void)f, (void)st, (void)user;
    line_to(data, x, y);
}

static void curve(struct pen *p, double x1, double y1, double x2, double y2, double x3, double y3) {
    double x0 = p->x, y0 = p->y;
    for (int i = 1; i <= CURVE_STEPS; i++) {
        double t = (double)i / CURVE_STEPS, u = 1 - t;
        line_to(p, u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3,
                u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3);
    }
}

static void pen_quadratic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float cx, float cy, float x, float y,
                          void *user) {
    (void)f, (void)st, (void)user;
    struct pen *p = data;
    curve(p, p->x + (cx - p->x) * 2 / 3, p->y + (cy - p->y) * 2 / 3, x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, x, y);
}

static void pen_cubic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x1, float y1, float x2, float y2,
                      float x, float y, void *user) {
    (void)f, (void)st, (void)user;
    curve(data, x1, y1, x2, y2, x, y);
}

static void pen_close(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, void *user) {
    (void)f, (void)st, (void)user;
    struct pen *p = data;
    line_to(p, p->start_x, p->start_y);
}

static void draw(struct font *f, uint32_t gid, struct pen *p) {
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, pen_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, pen_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, pen_quadratic, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, pen_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, pen_close, NULL, NULL);
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(f->hb_font, gid, funcs, p);
#else
    hb_font_get_glyph_shape(f->hb_font, gid, funcs, p);
#endif
    hb_draw_funcs_destroy(funcs);
}

static struct glyph_profile *make(struct font *f, uint32_t gid) {
    struct arena *arena = f->set->arena;
    struct glyph_profile *out = ARENA_NEW(arena, struct glyph_profile);
    struct pen p = {.strip = (double)f->upem / FONT_STRIPS, .first = INT32_MAX, .last = INT32_MIN, .measuring = true};
    draw(f, gid, &p);
    if (p.last < p.first || p.last - p.first > STRIPS_MAX) return out;
    out->first = p.origin = p.first;
    out->count = p.last - p.first + 1;
    out->top = p.top = ARENA_ARRAY(arena, int16_t, out->count);
    out->bottom = p.bottom = ARENA_ARRAY(arena, int16_t, out->count);
    for (int32_t i = 0; i < out->count; i++) {
        p.top[i] = INT16_MIN;
        p.bottom[i] = INT16_MAX;
    }
    p.measuring = false;
    p.x = p.y = 0;
    draw(f, gid, &p);
    out->highest = INT16_MIN;
    out->lowest = INT16_MAX;
    for (int32_t i = 0; i < out->count; i++) {
        if (p.top[i] < p.bottom[i]) continue;
        if (p.top[i] > out->highest) out->highest = p.top[i];
        if (p.bottom[i] < out->lowest) out->lowest = p.bottom[i];
    }
    return out;
}

const struct glyph_profile *font_profile(struct font *f, uint32_t gid) {
    if (!font_map(f)) return NULL;
    if (!f->cache->profiles) f->cache->profiles = map_new();
    struct map_entry *e = map_get(f->cache->profiles, &gid, sizeof gid);
    if (!e->value.ptr) e->value.ptr = make(f, gid);
    const struct glyph_profile *p = e->value.ptr;
    return p->count ? p : NULL;
}
