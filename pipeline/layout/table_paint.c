/* Collapsed borders (CSS 2.1, 17.6.2): a border is centred on its grid line.
 * Each unit paints the half that lies in it; at the table's edges it paints the
 * outer half too.  Corners are mitred. */
#include "layout/table.h"

enum { TOP, BOTTOM, LEFT, RIGHT };

struct stroke {
    mpt width, half;
    bool outer;
    const struct edge_border *b;
};

struct unit_box {
    struct placer *p;
    struct pos pos;
    mpt x0, y0, x1, y1; /* grid lines, physical */
    struct stroke s[4];
};

static const struct area_path *polygon(struct arena *a, const mpt *xy, uint32_t n) {
    struct area_path *path = ARENA_NEW(a, struct area_path);
    uint8_t *ops = ARENA_ARRAY(a, uint8_t, n + 1);
    for (uint32_t i = 0; i < n; i++) ops[i] = i ? PATH_LINE : PATH_MOVE;
    ops[n] = PATH_CLOSE;
    path->ops = ops;
    path->op_count = n + 1;
    path->xy = arena_memdup(a, xy, 2 * n * sizeof *xy);
    return path;
}

static void put(mpt *xy, uint32_t *n, bool flip, mpt along, mpt across) {
    xy[2 * *n] = flip ? across : along;
    xy[2 * *n + 1] = flip ? along : across;
    ++*n;
}

/* The stroke's outline in terms of a line: a0..a1 along it, `line` the grid
 * line, inwards +1 or -1; before and after: the strokes it meets. */
static const struct area_path *outline(struct unit_box *u, const struct stroke *s,
                                       const struct stroke *before,
                                       const struct stroke *after, bool flip, mpt a0, mpt a1, mpt line,
                                           int inwards) {
    mpt xy[12];
    uint32_t n = 0;
    mpt outer = line - inwards * s->half, inner = outer + inwards * s->width;
    put(xy, &n, flip, a0, line);
    if (s->outer) {
        put(xy, &n, flip, a0 - (before->outer ? before->half : 0), outer);
        put(xy, &n, flip, a1 + (after->outer ? after->half : 0), outer);
    }
    put(xy, &n, flip, a1, line);
    put(xy, &n, flip, a1 - (after->width - after->half), inner);
    put(xy, &n, flip, a0 + (before->width - before->half), inner);
    return polygon(u->p->c.arena, xy, n);
}

static struct rect band_of(const struct unit_box *u, int side) {
    const struct stroke *s = u->s;
    mpt x0 = u->x0 - (s[LEFT].outer ? s[LEFT].half : 0), x1 = u->x1 + (s[RIGHT].outer ? s[RIGHT].half : 0);
    mpt y0 = u->y0 - (s[TOP].outer ? s[TOP].half : 0), y1 = u->y1 + (s[BOTTOM].outer ? s[BOTTOM].half : 0);
    switch (side) {
    case TOP: return (struct rect){x0, u->y0 - s[TOP].half, x1 - x0, s[TOP].width};
    case BOTTOM: return (struct rect){x0, u->y1 + s[BOTTOM].half - s[BOTTOM].width, x1 - x0, s[BOTTOM].width};
    case LEFT: return (struct rect){u->x0 - s[LEFT].half, y0, s[LEFT].width, y1 - y0};
    default: return (struct rect){u->x1 + s[RIGHT].half - s[RIGHT].width, y0, s[RIGHT].width, y1 - y0};
    }
}

static void paint_stroke(struct unit_box *u, int side) {
    struct stroke *s = &u->s[side];
    if (s->width <= 0 || s->b->color.space == COLOR_NONE) return;
    struct arena *a = u->p->c.arena;
    const struct area_path *path;
    if (side == TOP) path = outline(u, s, &u->s[LEFT], &u->s[RIGHT], false, u->x0, u->x1, u->y0, 1);
    else if (side == BOTTOM) path = outline(u, s, &u->s[LEFT], &u->s[RIGHT], false, u->x0, u->x1, u->y1, -1);
    else if (side == LEFT) path = outline(u, s, &u->s[TOP], &u->s[BOTTOM], true, u->y0, u->y1, u->x0, 1);
    else path = outline(u, s, &u->s[TOP], &u->s[BOTTOM], true, u->y0, u->y1, u->x1, -1);
    if (s->b->style == E_SOLID) {
        struct area_shape *shape = area_add_shape(a, u->p->c.list, TAG_ARTIFACT, u->pos);
        shape->path = path;
        shape->fill = s->b->color;
        return;
    }
    struct area_group *g = area_add_group(a, u->p->c.list, TAG_ARTIFACT, u->pos);
    g->clips = true;
    g->clip_path = path;
    mpt w[4] = {0};
    w[side] = s->width;
    paint_border_side(a, &g->children, u->pos, side, band_of(u, side), w, (enum fo_token)s->b->style,
                      s->b->color);
}

void paint_unit(struct placer *p, const struct table *t, struct pos pos, mpt ix, mpt by, mpt iw, mpt bh,
                const struct edge_border *const side[4], const bool outer[4]) {
    struct area *before = p->c.list->last;
    static const int from[2][4] = {{SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END},
                                   {SIDE_BEFORE, SIDE_AFTER, SIDE_END, SIDE_START}};
    struct rect r = canvas_rect(&p->c, ix, by, iw, bh);
    struct unit_box u = {.p = p, .pos = pos, .x0 = r.x, .y0 = r.y, .x1 = r.x + r.w, .y1 = r.y + r.h};
    for (int k = 0; k < 4; k++) {
        const struct edge_border *b = side[from[p->c.rl][k]];
        if (!b || b->width <= 0) continue;
        u.s[k] = (struct stroke){b->width, b->width / 2, outer[from[p->c.rl][k]], b};
    }
    for (int k = 0; k < 4; k++) paint_stroke(&u, k);
    const char *component = p->c.list->last == before ? NULL : component_of(t->node);
    if (component) component_name(before ? before->next : p->c.list->first, component, NULL);
}
