/* The tree of an SVG picture to areas (SVG 1.1, 5, 7, 14). */
#include "graphics/svg.h"

#include <math.h>

enum { DEPTH_MAX = 64 };

/* ---- the root ------------------------------------------------------------------------ */

static bool read_view(const xmlNode *n, double view[4]) {
    const char *s = svg_attr(n, "viewBox");
    bool ok = s != NULL;
    for (int i = 0; i < 4 && ok; i++) view[i] = svg_number(&s, &ok);
    return ok && view[2] > 0 && view[3] > 0;
}

static bool is_percent(const char *s) {
    return !s || strchr(s, '%');
}

const char *svg_read_header(struct image *im) {
    struct image_data *data = im->data;
    struct svg *svg = data->parsed = ARENA_NEW(data->cache->arena, struct svg);
    svg->image = im;
    svg->root = data->svg;
    svg->ids = map_new();
    svg->told = map_new();
    svg->has_view = read_view(data->svg, svg->view);
    const char *w = svg_attr(data->svg, "width"), *h = svg_attr(data->svg, "height");
    svg->width = is_percent(w) ? (svg->has_view ? svg->view[2] : 100) : svg_length(w, 0, 12, 100);
    svg->height = is_percent(h) ? (svg->has_view ? svg->view[3] : 100) : svg_length(h, 0, 12, 100);
    if (is_percent(w) && !is_percent(h) && svg->has_view) svg->width = svg->height * svg->view[2] / svg->view[3];
    if (is_percent(h) && !is_percent(w) && svg->has_view) svg->height = svg->width * svg->view[3] / svg->view[2];
    if (!(svg->width > 0) || !(svg->height > 0)) return "an SVG picture without a size";
    im->width = mpt_clamp((int64_t)(svg->width * MPT_PER_POINT + 0.5));
    im->height = mpt_clamp((int64_t)(svg->height * MPT_PER_POINT + 0.5));
    svg_read_css(svg, data->svg, 0);
    return NULL;
}

void svg_close(struct image *im) {
    struct svg *svg = im->data->parsed;
    if (!svg) return;
    map_drop(svg->ids);
    map_drop(svg->told);
    mem_free(svg->rules);
}

/* 7.8: viewBox onto a rectangle by preserveAspectRatio. */
static struct matrix fit(const xmlNode *n, const double view[4], double w, double h) {
    const char *how = svg_attr(n, "preserveAspectRatio");
    double sx = w / view[2], sy = h / view[3], s = sx < sy ? sx : sy;
    if (how && strncmp(how, "none", 4) == 0) return (struct matrix){sx, 0, 0, sy, -view[0] * sx, -view[1] * sy};
    if (how && strstr(how, "slice")) s = sx > sy ? sx : sy;
    double ax = how && strstr(how, "xMin") ? 0 : how && strstr(how, "xMax") ? 1 : 0.5;
    double ay = how && strstr(how, "YMin") ? 0 : how && strstr(how, "YMax") ? 1 : 0.5;
    return (struct matrix){s, 0, 0, s, (w - view[2] * s) * ax - view[0] * s, (h - view[3] * s) * ay - view[1] * s};
}

/* ---- elements -------------------------------------------------------------------------- */

static void element(struct draw *d, xmlNode *n, const struct svg_style *parent);

void svg_children(struct draw *d, xmlNode *n, const struct svg_style *st) {
    if (d->depth >= DEPTH_MAX) return;
    d->depth++;
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) element(d, c, st);
    d->depth--;
}

static void tell(struct draw *d, const char *name) {
    if (map_get(d->svg->told, name, strlen(name))->value.num++) return;
    diag_add(d->svg->image->data->cache->diags, DIAG_SVG_UNSUPPORTED, d->pos, name);
}

/* 14.3.5: the outlines of a clipPath's shapes together. */
static struct area_path *clip_path(struct draw *d, xmlNode *clip, const struct svg_style *st) {
    struct path_builder b = {.arena = d->arena};
    for (xmlNode *c = clip->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        xmlNode *shape = strcmp((const char *)c->name, "use") == 0 ? svg_by_id(d->svg, svg_attr(c, "href")) : c;
        if (shape) path_of_shape(&b, d, shape, st->size);
    }
    return path_finish(&b);
}

static void draw_svg(struct draw *d, xmlNode *n, const struct svg_style *st, double w, double h) {
    double x = svg_attr_length(n, "x", d->view_w, st->size, 0), y = svg_attr_length(n, "y", d->view_h, st->size, 0);
    if (w <= 0) w = svg_attr_length(n, "width", d->view_w, st->size, d->view_w);
    if (h <= 0) h = svg_attr_length(n, "height", d->view_h, st->size, d->view_h);
    double view[4] = {0, 0, w, h};
    bool has = read_view(n, view);
    struct matrix m = {1, 0, 0, 1, x, y};
    if (has) m = matrix_times(m, fit(n, view, w, h));
    struct draw in = *d;
    in.list = &svg_group(d, m)->children;
    in.view_w = view[2];
    in.view_h = view[3];
    svg_children(&in, n, st);
}

static void draw_use(struct draw *d, xmlNode *n, const struct svg_style *st) {
    xmlNode *target = svg_by_id(d->svg, svg_attr(n, "href"));
    if (!target || d->depth >= DEPTH_MAX) return;
    double x = svg_attr_length(n, "x", d->view_w, st->size, 0), y = svg_attr_length(n, "y", d->view_h, st->size, 0);
    struct draw in = *d;
    in.list = &svg_group(d, (struct matrix){1, 0, 0, 1, x, y})->children;
    in.depth += 2;
    const char *name = (const char *)target->name;
    if (strcmp(name, "symbol") == 0 || strcmp(name, "svg") == 0) {
        struct svg_style own;
        svg_style_of(d->svg, target, st, &own);
        draw_svg(&in, target, &own, svg_attr_length(n, "width", d->view_w, st->size, 0), svg_attr_length(n, "height", d->view_h, st->size, 0));
    } else {
        element(&in, target, st);
    }
}

static void draw_image(struct draw *d, xmlNode *n, const struct svg_style *st) {
    const char *href = svg_attr(n, "href"), *path = d->svg->image->path;
    double w = svg_attr_length(n, "width", d->view_w, st->size, 0), h = svg_attr_length(n, "height", d->view_h, st->size, 0);
    if (!href || !(w > 0 && h > 0)) return;
    struct buf dir = {0};
    path_dir(&dir, strchr(path, '/') ? path : ".");
    struct image *im = image_open(d->svg->image->data->cache, dir.p, href, d->pos);
    buf_free(&dir);
    if (!im || im == d->svg->image || d->depth > 16) return;
    double view[4] = {0, 0, im->width / 1000.0, im->height / 1000.0};
    struct matrix m = fit(n, view, w, h);
    double x = svg_attr_length(n, "x", d->view_w, st->size, 0) + m.e, y = svg_attr_length(n, "y", d->view_h, st->size, 0) + m.f;
    struct rect r = {mpt_clamp((int64_t)(x * 1000)), mpt_clamp((int64_t)(y * 1000)), mpt_clamp((int64_t)(im->width * m.a)), mpt_clamp((int64_t)(im->height * m.d))};
    if (im->kind == IMAGE_SVG) {
        image_draw_svg(im, d->arena, d->list, r, d->tag, d->pos);
        return;
    }
    struct area_image *a = area_add_image(d->arena, d->list, d->tag, d->pos);
    a->image = im;
    a->rect = r;
}

/* 11.6.2: markers at the vertices, turned along the path. */
static void draw_marker(struct draw *d, xmlNode *marker, double x, double y, double angle, const struct svg_style *st) {
    if (!marker || d->depth > 16) return;
    double mw = svg_attr_length(marker, "markerWidth", 100, 12, 3), mh = svg_attr_length(marker, "markerHeight", 100, 12, 3);
    double rx = svg_attr_length(marker, "refX", 100, 12, 0), ry = svg_attr_length(marker, "refY", 100, 12, 0), view[4] = {0, 0, mw, mh};
    const char *orient = svg_attr(marker, "orient"), *units = svg_attr(marker, "markerUnits");
    bool ok;
    if (orient && strncmp(orient, "auto", 4) != 0) angle = svg_number(&orient, &ok) * M_PI / 180;
    else if (!orient) angle = 0;
    double scale = units && strcmp(units, "userSpaceOnUse") == 0 ? 1 : st->stroke_width;
    struct matrix m = {cos(angle) * scale, sin(angle) * scale, -sin(angle) * scale, cos(angle) * scale, x, y};
    if (read_view(marker, view)) {
        double k = mw / view[2] < mh / view[3] ? mw / view[2] : mh / view[3];
        m = matrix_times(m, (struct matrix){k, 0, 0, k, 0, 0});
    }
    m = matrix_times(m, (struct matrix){1, 0, 0, 1, -rx, -ry});
    struct draw in = *d;
    in.list = &svg_group(d, m)->children;
    in.depth += 8;
    struct svg_style own;
    svg_style_initial(&own);
    svg_children(&in, marker, &own);
}

static void draw_markers(struct draw *d, const struct path_builder *b, const struct svg_style *st) {
    if (!st->marker_start && !st->marker_mid && !st->marker_end) return;
    size_t n = b->n / 2;
    for (size_t i = 0; i < n; i++) {
        size_t p = i > 0 ? i - 1 : i, q = i + 1 < n ? i + 1 : i;
        double angle = atan2(b->xy[2 * q + 1] - (double)b->xy[2 * p + 1], b->xy[2 * q] - (double)b->xy[2 * p]);
        draw_marker(d, i == 0 ? st->marker_start : i + 1 == n ? st->marker_end : st->marker_mid, b->xy[2 * i] / 1000.0, b->xy[2 * i + 1] / 1000.0, angle, st);
    }
}

static bool is_silent(const char *name) {
    static const char *const names[] = {"defs", "title", "desc", "metadata", "style", "symbol", "linearGradient", "radialGradient", "clipPath",
                                        "marker", "pattern", "stop", "script"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

/* The group an element is drawn in when it moves, clips or fades. */
static struct draw own_group(struct draw *d, xmlNode *n, const struct svg_style *st) {
    const char *transform = svg_attr(n, "transform");
    struct draw in = *d;
    bool groups = strcmp((const char *)n->name, "g") == 0 && st->opacity < 1;
    if (!transform && !st->clip && !groups) return in;
    struct area_group *g = svg_group(d, svg_transform(transform));
    in.list = &g->children;
    if (st->clip) {
        g->clips = true;
        g->clip_path = clip_path(d, st->clip, st);
    }
    if (groups) g->opacity = (uint16_t)(st->opacity * 65535);
    return in;
}

static void element(struct draw *d, xmlNode *n, const struct svg_style *parent) {
    const char *name = (const char *)n->name;
    if (is_silent(name) || d->depth >= DEPTH_MAX) return;
    struct svg_style st;
    svg_style_of(d->svg, n, parent, &st);
    if (st.none) return;
    struct draw in = own_group(d, n, &st);
    in.depth++;
    struct path_builder b = {.arena = d->arena};
    if (path_of_shape(&b, &in, n, st.size)) {
        struct path_builder vertices = b;
        vertices.xy = arena_memdup(d->arena, b.xy, b.n * sizeof *b.xy);
        svg_paint_shape(&in, &b, &st);
        if (strcmp(name, "path") == 0 || strcmp(name, "line") == 0 || strncmp(name, "poly", 4) == 0) draw_markers(&in, &vertices, &st);
    } else if (strcmp(name, "g") == 0 || strcmp(name, "a") == 0) {
        svg_children(&in, n, &st);
    } else if (strcmp(name, "switch") == 0) {
        for (xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE && !svg_attr(c, "systemLanguage") && !svg_attr(c, "requiredExtensions")) {
                element(&in, c, &st);
                break;
            }
    } else if (strcmp(name, "svg") == 0) {
        draw_svg(&in, n, &st, 0, 0);
    } else if (strcmp(name, "use") == 0) {
        draw_use(&in, n, &st);
    } else if (strcmp(name, "text") == 0) {
        svg_text(&in, n, &st);
    } else if (strcmp(name, "image") == 0) {
        draw_image(&in, n, &st);
    } else {
        tell(d, name);
    }
}

void image_draw_svg(struct image *im, struct arena *arena, struct area_list *list, struct rect rect, int32_t tag, struct pos pos) {
    struct svg *svg = im->data->parsed;
    double view[4] = {0, 0, svg->width, svg->height};
    if (svg->has_view) memcpy(view, svg->view, sizeof view);
    struct draw d = {svg, arena, list, tag, pos, 0, view[2], view[3]};
    struct area_group *outer = area_add_group(arena, list, tag, pos);
    outer->clips = true;
    outer->clip = rect;
    d.list = &outer->children;
    double w = rect.w / 1000.0, h = rect.h / 1000.0;
    struct matrix m = svg->has_view ? fit(svg->root, view, w, h) : (struct matrix){w / svg->width, 0, 0, h / svg->height, 0, 0};
    m.e += rect.x / 1000.0;
    m.f += rect.y / 1000.0;
    d.list = &svg_group(&d, m)->children;
    struct svg_style initial, st;
    svg_style_initial(&initial);
    svg_style_of(svg, svg->root, &initial, &st);
    svg_children(&d, svg->root, &st);
}
