/* Painting shapes: fill, stroke, patterns (SVG 1.1, 11 and 13.3). */
#include "graphics/svg.h"

#include <math.h>

enum { TILES_MAX = 4000 };

struct color svg_fade(struct color c, double opacity) {
    c.alpha = (uint16_t)lround(c.alpha * opacity);
    return c;
}

struct color svg_flat(struct draw *d, const struct paint *p, double opacity) {
    struct color flat = {0};
    if (p->kind == PAINT_COLOR) return svg_fade(p->color, opacity);
    if (p->kind == PAINT_NONE) return flat;
    const struct gradient *g = svg_gradient(d, p->server, (struct box){0, 0, 1, 1}, opacity, &flat);
    if (!g) return flat;
    svg_unsupported(d->svg, "gradient on a stroke or text");
    return g->stops[g->stop_count / 2].color;
}

static void set_stroke(struct draw *d, struct area_shape *s, const struct svg_style *st) {
    double width = st->stroke_width * d->unit;
    if (st->stroke.kind == PAINT_NONE || width <= 0) return;
    s->stroke = svg_flat(d, &st->stroke, st->stroke_opacity);
    s->stroke_width = svg_mpt(width);
    s->cap = (uint8_t)st->cap;
    s->join = (uint8_t)st->join;
    s->miter = (uint16_t)(st->miter < 1 ? 100 : st->miter > 600 ? 60000 : lround(st->miter * 100));
    if (!st->dash_count) return;
    mpt *dash = ARENA_ARRAY(d->arena, mpt, st->dash_count);
    for (int i = 0; i < st->dash_count; i++) dash[i] = svg_mpt(st->dash[i] * d->unit);
    s->dash = dash;
    s->dash_count = (uint32_t)st->dash_count;
    s->dash_phase = svg_mpt(st->dash_offset * d->unit);
}

/* The tile's place in pattern space; false: nothing is painted. */
static bool read_tile(struct draw *d, const xmlNode *n, struct box box, struct box *tile) {
    const char *units = svg_server_attr(d->svg, n, "patternUnits");
    bool user = units && strcmp(units, "userSpaceOnUse") == 0;
    double w = user ? d->view.w : 1, h = user ? d->view.h : 1;
    tile->x = svg_length(svg_server_attr(d->svg, n, "x"), w, 12, 0);
    tile->y = svg_length(svg_server_attr(d->svg, n, "y"), h, 12, 0);
    tile->w = svg_length(svg_server_attr(d->svg, n, "width"), w, 12, 0);
    tile->h = svg_length(svg_server_attr(d->svg, n, "height"), h, 12, 0);
    if (!user)
        *tile = (struct box){box.x + tile->x * box.w, box.y + tile->y * box.h, tile->w * box.w,
                             tile->h * box.h};
    return tile->w > 1e-6 && tile->h > 1e-6;
}

/* Content of the tile at the origin of *d. */
static void draw_tile(struct draw *d, const xmlNode *n, struct box box, struct box tile) {
    const char *units = svg_server_attr(d->svg, n, "patternContentUnits");
    struct box view;
    struct matrix m = {1, 0, 0, 1, -tile.x, -tile.y};
    if (svg_read_box(svg_server_attr(d->svg, n, "viewBox"), &view))
        m = svg_fit(view, (struct box){0, 0, tile.w, tile.h},
                    svg_server_attr(d->svg, n, "preserveAspectRatio"));
    else if (units && strcmp(units, "objectBoundingBox") == 0)
        m = (struct matrix){box.w, 0, 0, box.h, box.x - tile.x, box.y - tile.y};
    struct draw sub = *d;
    svg_group(&sub, m);
    struct svg_style initial, st;
    svg_style_initial(&initial);
    svg_style_of(d->svg, n, &initial, &st);
    const xmlNode *source = svg_server_children(d->svg, n);
    if (source) svg_children(&sub, source, &st);
}

/* Tiles over `cover` (pattern space); all share the areas of the first. */
static void lay_tiles(struct draw *d, const xmlNode *n, struct box box, struct box tile,
                      struct box cover) {
    double i0 = floor((cover.x - tile.x) / tile.w), i1 = ceil((cover.x + cover.w - tile.x) / tile.w);
    double j0 = floor((cover.y - tile.y) / tile.h), j1 = ceil((cover.y + cover.h - tile.y) / tile.h);
    if (!((i1 - i0) * (j1 - j0) <= TILES_MAX)) {
        svg_unsupported(d->svg, "pattern of more than 4000 tiles");
        return;
    }
    struct area_list shared = {0};
    for (double j = j0; j < j1; j++)
        for (double i = i0; i < i1; i++) {
            struct draw sub = *d;
            struct area_group *g =
                svg_group(&sub, (struct matrix){1, 0, 0, 1, tile.x + i * tile.w, tile.y + j * tile.h});
            g->clips = true;
            g->clip = svg_rect(&sub, (struct box){0, 0, tile.w, tile.h});
            if (!shared.first) {
                draw_tile(&sub, n, box, tile);
                shared = g->children;
            }
            g->children = shared;
        }
}

static void fill_pattern(struct draw *d, const struct area_path *path, struct box box,
                         const struct svg_style *st) {
    const xmlNode *n = st->fill.server;
    struct svg_chain link;
    struct draw sub = *d;
    struct box tile;
    struct matrix m = svg_transform(svg_server_attr(d->svg, n, "patternTransform")), back;
    if (!svg_follow(&sub, n, &link) || !read_tile(d, n, box, &tile) || !matrix_invert(m, &back)) return;
    struct area_group *outer = area_add_group(d->arena, d->list, d->tag, d->pos);
    outer->clips = true;
    outer->clip = svg_rect(d, box);
    outer->clip_path = path;
    outer->opacity = (uint16_t)lround(st->fill_opacity * 65535);
    sub.list = &outer->children;
    svg_group(&sub, m);
    lay_tiles(&sub, n, box, tile, matrix_box(back, box));
}

static void set_fill(struct draw *d, struct area_shape *s, struct box box, const struct svg_style *st) {
    if (st->fill.kind == PAINT_COLOR) s->fill = svg_fade(st->fill.color, st->fill_opacity);
    if (st->fill.kind != PAINT_SERVER || svg_is(st->fill.server, "pattern")) return;
    s->fill_gradient = svg_gradient(d, st->fill.server, box, st->fill_opacity, &s->fill);
}

void svg_shape(struct draw *d, const xmlNode *n, const struct svg_style *st) {
    struct path_builder b;
    path_begin(&b, d->arena, (struct matrix){d->unit, 0, 0, d->unit, 0, 0});
    path_add_shape(&b, d, n, st->size);
    struct box box = path_box(&b);
    struct area_path *path = path_finish(&b);
    if (!path || st->hidden) return;
    if (st->fill.kind == PAINT_SERVER && svg_is(st->fill.server, "pattern")) fill_pattern(d, path, box, st);
    struct area_shape s = {.path = path, .rect = svg_rect(d, box), .even_odd = st->even_odd};
    if (!svg_is(n, "line")) set_fill(d, &s, box, st);
    set_stroke(d, &s, st);
    if (s.fill.space != COLOR_NONE || s.fill_gradient || s.stroke.space != COLOR_NONE) {
        struct area_shape *to = area_add_shape(d->arena, d->list, d->tag, d->pos);
        s.a = to->a;
        *to = s;
    }
    if (svg_is(n, "path") || svg_is(n, "line") || svg_is(n, "polyline") || svg_is(n, "polygon"))
        svg_markers(d, path, st);
}
