/* Backgrounds and borders (XSL 1.1, 7.8; CSS 2.1, 8.5, 14.2). */
#include "layout/flow.h"

enum { TOP, BOTTOM, LEFT, RIGHT };

struct border {
    mpt width;
    enum fo_token style;
    struct color color;
};

static struct border border_of(const struct fo_node *n, int side, mpt width) {
    static const struct {
        enum fo_prop style, color;
    } p[4] = {{P_BORDER_BEFORE_STYLE, P_BORDER_BEFORE_COLOR},
              {P_BORDER_AFTER_STYLE, P_BORDER_AFTER_COLOR},
              {P_BORDER_START_STYLE, P_BORDER_START_COLOR},
              {P_BORDER_END_STYLE, P_BORDER_END_COLOR}};
    return (struct border){width, fo_token(n, p[side].style), color_of(fo_get(n, p[side].color))};
}

/* A trapezoid along one side: between outer..inner fractions (of 1000) of the
 * border's width, mitred at both corners. */
static struct area_path *trapezoid(struct arena *a, int side, struct rect r, const mpt w[4], int outer, int inner) {
    static const uint8_t ops[5] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_LINE, PATH_CLOSE};
    mpt o[4], i[4];
    for (int k = 0; k < 4; k++) {
        o[k] = (mpt)((int64_t)w[k] * outer / 1000);
        i[k] = (mpt)((int64_t)w[k] * inner / 1000);
    }
    mpt x0 = r.x, x1 = r.x + r.w, y0 = r.y, y1 = r.y + r.h;
    mpt q[4][8] = {
        [TOP] = {x0 + o[LEFT], y0 + o[TOP], x1 - o[RIGHT], y0 + o[TOP], x1 - i[RIGHT], y0 + i[TOP], x0 + i[LEFT],
                 y0 + i[TOP]},
        [BOTTOM] = {x0 + o[LEFT], y1 - o[BOTTOM], x1 - o[RIGHT], y1 - o[BOTTOM], x1 - i[RIGHT], y1 - i[BOTTOM],
                    x0 + i[LEFT], y1 - i[BOTTOM]},
        [LEFT] = {x0 + o[LEFT], y0 + o[TOP], x0 + o[LEFT], y1 - o[BOTTOM], x0 + i[LEFT], y1 - i[BOTTOM], x0 + i[LEFT],
                  y0 + i[TOP]},
        [RIGHT] = {x1 - o[RIGHT], y0 + o[TOP], x1 - o[RIGHT], y1 - o[BOTTOM], x1 - i[RIGHT], y1 - i[BOTTOM],
                   x1 - i[RIGHT], y0 + i[TOP]},
    };
    struct area_path *path = ARENA_NEW(a, struct area_path);
    path->ops = ops;
    path->op_count = 5;
    path->xy = arena_memdup(a, q[side], sizeof q[side]);
    return path;
}

static void band(struct arena *a, struct area_list *list, struct pos pos, int side, struct rect r, const mpt w[4],
                 int outer, int inner, struct color color) {
    struct area_shape *s = area_add_shape(a, list, TAG_ARTIFACT, pos);
    s->path = trapezoid(a, side, r, w, outer, inner);
    s->fill = color;
}

static struct color shade(struct color c, double by) {
    for (int k = 0; k < 3; k++) {
        double v = by > 0 ? c.c[k] + (65535 - c.c[k]) * by : c.c[k] * (1 + by);
        c.c[k] = (uint16_t)(v < 0 ? 0 : v > 65535 ? 65535 : v);
    }
    return c;
}

/* Length of a dash on a line, so that it ends with one; spaces are half as
 * long.  Thin lines have longer ones. */
static mpt dash_length(mpt length, mpt width) {
    int64_t dash = width < 3 * MPT_PER_POINT ? 6LL * width : 2LL * width;
    int64_t periods = dash > 0 ? (length - dash) * 2 / (3 * dash) : 0;
    if (periods < 0) periods = 0;
    return mpt_clamp(2LL * length / (3 * periods + 2));
}

/* Distance of dots on a line, about two widths. */
static mpt dot_distance(mpt length, mpt width) {
    int64_t n = width > 0 ? length / (2LL * width) : 0;
    if (n % 2 == 0) n++;
    return (mpt)((length + n / 2) / n);
}

/* A stroke along the middle of a line `width` wide. */
void paint_dashes(struct arena *a, struct area_list *list, struct pos pos, const mpt ends[4], mpt width,
                  struct color color, bool dotted) {
    static const uint8_t ops[2] = {PATH_MOVE, PATH_LINE};
    mpt length = ends[0] == ends[2] ? ends[3] - ends[1] : ends[2] - ends[0];
    if (length < 0) length = -length;
    if (width <= 0 || length <= 0) return;
    struct area_shape *s = area_add_shape(a, list, TAG_ARTIFACT, pos);
    struct area_path *path = ARENA_NEW(a, struct area_path);
    mpt *dash = ARENA_ARRAY(a, mpt, 2);
    path->ops = ops;
    path->op_count = 2;
    path->xy = arena_memdup(a, ends, 4 * sizeof *ends);
    dash[0] = dotted ? 0 : dash_length(length, width);
    dash[1] = dotted ? dot_distance(length, width) : dash[0] / 2;
    s->path = path;
    s->stroke = color;
    s->stroke_width = width;
    s->cap = dotted ? 1 : 0;
    s->dash = dash;
    s->dash_count = 2;
}

/* Dashes of one side, clockwise, cut off where the next side begins. */
static void dashes(struct arena *a, struct area_list *list, struct pos pos, int side, struct rect r, const mpt w[4],
                   struct color color, bool dotted) {
    mpt h = w[side] / 2;
    mpt at = side == TOP ? r.y + h : side == BOTTOM ? r.y + r.h - h : side == LEFT ? r.x + h : r.x + r.w - h;
    mpt ends[4][4] = {
        [TOP] = {r.x, at, r.x + r.w, at},
        [RIGHT] = {at, r.y, at, r.y + r.h},
        [BOTTOM] = {r.x + r.w, at, r.x, at},
        [LEFT] = {at, r.y + r.h, at, r.y},
    };
    struct area_group *g = area_add_group(a, list, TAG_ARTIFACT, pos);
    g->clips = true;
    g->clip_path = trapezoid(a, side, r, w, 0, 1000);
    paint_dashes(a, &g->children, pos, ends[side], w[side], color, dotted);
}

void paint_border_side(struct arena *a, struct area_list *list, struct pos pos, int side, struct rect r, const mpt w[4],
                       enum fo_token style, struct color color) {
    double deep = style == E_GROOVE || style == E_OUTSET ? 0.4 : -0.4;
    switch (style) {
    case E_DOUBLE:
        band(a, list, pos, side, r, w, 0, 333, color);
        band(a, list, pos, side, r, w, 667, 1000, color);
        break;
    case E_GROOVE:
    case E_RIDGE:
        band(a, list, pos, side, r, w, 0, 333, shade(color, -deep));
        band(a, list, pos, side, r, w, 333, 667, color);
        band(a, list, pos, side, r, w, 667, 1000, shade(color, deep));
        break;
    case E_INSET:
    case E_OUTSET: band(a, list, pos, side, r, w, 0, 1000, shade(color, deep)); break;
    case E_DASHED: dashes(a, list, pos, side, r, w, color, false); break;
    case E_DOTTED: dashes(a, list, pos, side, r, w, color, true); break;
    default: band(a, list, pos, side, r, w, 0, 1000, color); break;
    }
}

static int64_t position_of(const struct fo_node *n, enum fo_prop p, mpt room) {
    switch (fo_token(n, p)) {
    case E_CENTER: return room / 2;
    case E_RIGHT:
    case E_BOTTOM: return room;
    case E_LEFT:
    case E_TOP: return 0;
    default: return fo_length(n, p, room);
    }
}

static void one_image(struct layout *l, struct arena *a, struct area_list *list, struct image *im, struct rect r, struct pos pos) {
    (void)l;
    if (im->kind == IMAGE_SVG) {
        image_draw_svg(im, a, list, r, TAG_ARTIFACT, pos);
        return;
    }
    struct area_image *i = area_add_image(a, list, TAG_ARTIFACT, pos);
    i->image = im;
    i->rect = r;
}

/* 7.8.3-7: the image is tiled over the padding rectangle, clipped to it. */
static void background_image(struct layout *l, struct arena *a, struct area_list *list, const struct fo_node *n, struct rect r) {
    const char *uri = fo_string(n, P_BACKGROUND_IMAGE);
    if (!uri || r.w <= 0 || r.h <= 0) return;
    struct image *im = image_open(l->images, fo_base_dir(l->fo), uri, n->pos);
    if (!im || im->width <= 0 || im->height <= 0) return;
    mpt iw = im->width, ih = im->height;
    if (fo_length(n, P_FOX_BACKGROUND_IMAGE_WIDTH, r.w) > 0) iw = fo_length(n, P_FOX_BACKGROUND_IMAGE_WIDTH, r.w);
    if (fo_length(n, P_FOX_BACKGROUND_IMAGE_HEIGHT, r.h) > 0) ih = fo_length(n, P_FOX_BACKGROUND_IMAGE_HEIGHT, r.h);
    struct area_group *g = area_add_group(a, list, TAG_ARTIFACT, n->pos);
    g->clips = true;
    g->clip = r;
    enum fo_token repeat = fo_token(n, P_BACKGROUND_REPEAT);
    bool rx = repeat == E_REPEAT || repeat == E_REPEAT_X, ry = repeat == E_REPEAT || repeat == E_REPEAT_Y;
    int64_t x0 = r.x + position_of(n, P_BACKGROUND_POSITION_HORIZONTAL, r.w - iw);
    int64_t y0 = r.y + position_of(n, P_BACKGROUND_POSITION_VERTICAL, r.h - ih);
    if (rx) x0 -= ((x0 - r.x) / iw + 1) * iw;
    if (ry) y0 -= ((y0 - r.y) / ih + 1) * ih;
    enum { TILES = 10000 };
    if ((rx ? r.w / iw : 1) * (int64_t)(ry ? r.h / ih : 1) > TILES) return;
    for (int64_t y = y0; y < r.y + r.h; y += ih) {
        for (int64_t x = x0; x < r.x + r.w; x += iw) {
            if (x + iw > r.x && y + ih > r.y) one_image(l, a, &g->children, im, (struct rect){(mpt)x, (mpt)y, iw, ih}, n->pos);
            if (!rx) break;
        }
        if (!ry) break;
    }
}

void paint_box(struct layout *l, struct canvas *c, const struct box_paint *b, bool insert, struct area *after) {
    if (b->node->style == NULL || fo_is(b->node, P_VISIBILITY, E_HIDDEN)) return;
    struct area_list list = {0};
    struct rect r = canvas_rect(c, b->ix, b->by, b->iw, b->bh);
    struct border side[4]; /* physical */
    mpt w[4];
    static const int from[2][4] = {{SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END}, {SIDE_BEFORE, SIDE_AFTER, SIDE_END, SIDE_START}};
    for (int k = 0; k < 4; k++) {
        int s = from[c->rl][k];
        bool gone = (s == SIDE_BEFORE && b->without_before) || (s == SIDE_AFTER && b->without_after);
        side[k] = border_of(b->node, s, gone ? 0 : b->edges.border[s]);
        w[k] = side[k].width;
    }
    struct rect in = {r.x + w[LEFT], r.y + w[TOP], r.w - w[LEFT] - w[RIGHT], r.h - w[TOP] - w[BOTTOM]};
    struct color bg = color_of(fo_get(b->node, P_BACKGROUND_COLOR));
    if (bg.space != COLOR_NONE && bg.alpha && in.w > 0 && in.h > 0) area_add_rect(c->arena, &list, TAG_ARTIFACT, b->node->pos, in, bg);
    background_image(l, c->arena, &list, b->node, in);
    for (int k = 0; k < 4; k++)
        if (w[k] > 0 && side[k].color.space != COLOR_NONE)
            paint_border_side(c->arena, &list, b->node->pos, k, r, w, side[k].style, side[k].color);
    const char *component = list.first ? component_of(b->node) : NULL;
    if (component) component_name(list.first, component, NULL);
    if (insert) area_list_insert(c->list, after, &list);
    else area_list_append(c->list, &list);
}
