/* SVG pictures: header, tree walk, viewports, use, image (SVG Tiny 1.2, 5). */
#include "graphics/svg.h"

#include <math.h>

enum { BUDGET = 200000, OPEN_VIEWPORT = 100 };

mpt svg_mpt(double v) {
    if (!(v > -MPT_MAX)) return -MPT_MAX; /* also what is no number */
    return v > MPT_MAX ? MPT_MAX : (mpt)lround(v);
}

struct rect svg_rect(const struct draw *d, struct box b) {
    return (struct rect){svg_mpt(b.x * d->unit), svg_mpt(b.y * d->unit), svg_mpt(b.w * d->unit),
                         svg_mpt(b.h * d->unit)};
}

bool svg_is(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

void svg_unsupported(struct svg *svg, const char *what) {
    struct map_entry *e = map_get(svg->told, what, strlen(what));
    if (e->value.num++) return;
    diag_add(svg->image->data->cache->diags, DIAG_SVG_UNSUPPORTED, svg->pos, what);
}

const char *svg_read_header(struct image *im) {
    struct svg *svg = ARENA_NEW(im->data->cache->arena, struct svg);
    im->data->parsed = svg;
    svg->image = im;
    svg->root = im->data->svg;
    svg->ids = map_new();
    svg->told = map_new();
    svg->has_view = svg_read_box(svg_attr(svg->root, "viewBox"), &svg->view);
    /* SVG 1.1, 5.1.2: both are 100% by default; of what, XSL leaves open where
     * the picture has no viewport yet. */
    double w = svg_attr_length(svg->root, "width", OPEN_VIEWPORT, 12, OPEN_VIEWPORT);
    double h = svg_attr_length(svg->root, "height", OPEN_VIEWPORT, 12, OPEN_VIEWPORT);
    if (w <= 0) w = OPEN_VIEWPORT;
    if (h <= 0) h = OPEN_VIEWPORT;
    im->width = svg_mpt(w * 1000);
    im->height = svg_mpt(h * 1000);
    svg_read_sheets(svg, svg->root, 0);
    return NULL;
}

void svg_close(struct image *im) {
    struct svg *svg = im->data->parsed;
    if (!svg) return;
    map_drop(svg->ids);
    map_drop(svg->told);
    mem_free(svg->rules);
    im->data->parsed = NULL;
}

bool svg_follow(struct draw *d, const xmlNode *n, struct svg_chain *link) {
    if (d->depth >= SVG_DEPTH) return false;
    for (const struct svg_chain *c = d->chain; c; c = c->up)
        if (c->n == n) return false;
    *link = (struct svg_chain){n, d->chain};
    d->chain = link;
    d->depth++;
    return true;
}

/* Where a user unit becomes more than ten points, thousandths of it would be
 * seen: then the group's integers are finer. */
struct area_group *svg_group(struct draw *d, struct matrix m) {
    struct area_group *g = area_add_group(d->arena, d->list, d->tag, d->pos);
    double scale = d->scale * sqrt(fabs(m.a * m.d - m.b * m.c)), unit = 1000;
    while (unit < scale * 100 && unit < 1e6) unit *= 10;
    double k = d->unit / unit;
    double v[6] = {m.a * k, m.b * k, m.c * k, m.d * k, svg_mpt(m.e * d->unit), svg_mpt(m.f * d->unit)};
    memcpy(g->m, v, sizeof v);
    d->unit = unit;
    d->scale = scale;
    d->list = &g->children;
    return g;
}

void svg_children(struct draw *d, const xmlNode *n, const struct svg_style *st) {
    if (d->depth >= SVG_DEPTH) return;
    struct draw sub = *d;
    sub.depth++;
    for (xmlNode *c = n->children; c; c = c->next) svg_element(&sub, c, st);
}

static bool is_identity(struct matrix m) {
    return m.a == 1 && m.b == 0 && m.c == 0 && m.d == 1 && m.e == 0 && m.f == 0;
}

/* A viewport of its own: nested svg, symbol (SVG 1.1, 7.9). */
static void draw_viewport(struct draw *d, const xmlNode *n, const struct svg_style *st, struct box port) {
    if (port.w <= 0 || port.h <= 0) return;
    struct box view;
    struct draw sub = *d;
    struct matrix m = {1, 0, 0, 1, port.x, port.y}, back;
    sub.view = (struct box){0, 0, port.w, port.h};
    if (svg_read_box(svg_attr(n, "viewBox"), &view)) {
        m = svg_fit(view, port, svg_attr(n, "preserveAspectRatio"));
        sub.view = view;
    }
    if (!matrix_invert(m, &back)) return;
    struct area_group *g = svg_group(&sub, m);
    g->clips = !st->overflow;
    g->clip = svg_rect(&sub, matrix_box(back, port));
    svg_children(&sub, n, st);
}

static struct box read_port(const struct draw *d, const xmlNode *n, const struct svg_style *st) {
    return (struct box){svg_attr_length(n, "x", d->view.w, st->size, 0),
                        svg_attr_length(n, "y", d->view.h, st->size, 0),
                        svg_attr_length(n, "width", d->view.w, st->size, d->view.w),
                        svg_attr_length(n, "height", d->view.h, st->size, d->view.h)};
}

/* SVG 1.1, 5.6. */
static void draw_use(struct draw *d, const xmlNode *n, const struct svg_style *st) {
    xmlNode *to = svg_by_id(d->svg, svg_attr(n, "href"));
    struct svg_chain link;
    struct draw sub = *d;
    if (!to || !svg_follow(&sub, to, &link)) return;
    struct box port = read_port(d, n, st);
    if (port.x != 0 || port.y != 0) svg_group(&sub, (struct matrix){1, 0, 0, 1, port.x, port.y});
    if (!svg_is(to, "symbol") && !svg_is(to, "svg")) {
        svg_element(&sub, to, st);
        return;
    }
    struct svg_style inner;
    svg_style_of(d->svg, to, st, &inner);
    if (inner.none) return;
    if (svg_is(to, "svg")) {
        struct box own = read_port(d, to, &inner);
        if (!svg_attr(n, "width")) port.w = own.w;
        if (!svg_attr(n, "height")) port.h = own.h;
    }
    draw_viewport(&sub, to, &inner, (struct box){0, 0, port.w, port.h});
}

static struct image *open_image(struct draw *d, const char *href) {
    struct image *self = d->svg->image;
    struct buf dir = {0};
    bool file = self->data->doc && strncmp(self->path, "data:", 5) != 0;
    path_dir(&dir, file ? self->path : d->pos.file ? d->pos.file : ".");
    struct image *im = image_open(self->data->cache, buf_cstr(&dir), href, d->pos);
    buf_free(&dir);
    return im;
}

/* SVG 1.1, 5.7. */
static void draw_image(struct draw *d, const xmlNode *n, const struct svg_style *st) {
    const char *href = svg_attr(n, "href"), *how = svg_attr(n, "preserveAspectRatio");
    struct box port = read_port(d, n, st);
    if (!href || st->hidden || port.w <= 0 || port.h <= 0) return;
    struct image *im = open_image(d, href);
    if (!im || im->width <= 0 || im->height <= 0) return;
    struct box size = {0, 0, im->width / 1000.0, im->height / 1000.0};
    if (!svg_attr(n, "width")) port.w = svg_attr(n, "height") ? size.w * port.h / size.h : size.w;
    if (!svg_attr(n, "height")) port.h = size.h * port.w / size.w;
    struct rect r = svg_rect(d, matrix_box(svg_fit(size, port, how), size));
    struct area_list *list = d->list;
    if (how && strstr(how, "slice")) {
        struct draw sub = *d;
        struct area_group *g = svg_group(&sub, MATRIX_IDENTITY);
        g->clips = true;
        g->clip = svg_rect(&sub, port);
        list = sub.list;
    }
    if (im->kind == IMAGE_SVG) {
        image_draw_svg(im, d->arena, list, r, d->tag, d->pos);
        return;
    }
    struct area_image *a = area_add_image(d->arena, list, d->tag, d->pos);
    a->image = im;
    a->rect = r;
}

/* SVG 1.1, 5.8: features are granted, extensions are not; the language is the
 * nearest xml:lang, else English. */
static bool passes_tests(const xmlNode *n) {
    const char *extensions = svg_attr(n, "requiredExtensions"), *wanted = svg_attr(n, "systemLanguage");
    if (extensions) return false;
    if (!wanted) return true;
    const char *lang = "en";
    for (const xmlNode *p = n->parent; p && p->type == XML_ELEMENT_NODE; p = p->parent)
        if (svg_attr(p, "lang")) {
            lang = svg_attr(p, "lang");
            break;
        }
    size_t k = strcspn(lang, "-");
    for (wanted = svg_skip_space(wanted); *wanted; wanted = svg_skip_space(wanted + strcspn(wanted, ", ")))
        if (strncasecmp(wanted, lang, k) == 0 && strchr("-, ", wanted[k])) return true;
    return false;
}

static void draw_switch(struct draw *d, const xmlNode *n, const struct svg_style *st) {
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && !svg_is(c, "foreignObject") && passes_tests(c)) {
            svg_element(d, c, st);
            return;
        }
}

static bool is_one_of(const xmlNode *n, const char *const *names) {
    for (; *names; names++)
        if (svg_is(n, *names)) return true;
    return false;
}

static bool is_foreign(const xmlNode *n) {
    const char *uri = n->ns && n->ns->href ? (const char *)n->ns->href : "";
    return strncmp(uri, "http", 4) == 0 && strcmp(uri, "http://www.w3.org/2000/svg") != 0;
}

/* What an element draws, its transform, opacity and clip apart. */
static void draw_content(struct draw *d, xmlNode *n, const struct svg_style *st) {
    static const char *const groups[] = {"g", "a", NULL};
    static const char *const shapes[] = {"path", "rect",     "circle",  "ellipse",
                                         "line", "polyline", "polygon", NULL};
    if (is_one_of(n, shapes)) svg_shape(d, n, st);
    else if (is_one_of(n, groups)) svg_children(d, n, st);
    else if (svg_is(n, "text")) svg_text(d, n, st);
    else if (svg_is(n, "use")) draw_use(d, n, st);
    else if (svg_is(n, "svg")) draw_viewport(d, n, st, read_port(d, n, st));
    else if (svg_is(n, "image")) draw_image(d, n, st);
    else if (svg_is(n, "switch")) draw_switch(d, n, st);
    else svg_unsupported(d->svg, (const char *)n->name);
}

static bool draws_nothing(const xmlNode *n) {
    static const char *const silent[] = {
        "defs", "symbol", "title", "desc", "metadata", "style", "script", "linearGradient", "radialGradient",
        "pattern", "clipPath", "marker", "mask", "filter", "view", "font", "font-face", "cursor", NULL};
    return n->type != XML_ELEMENT_NODE || is_foreign(n) || is_one_of(n, silent) || !passes_tests(n);
}

void svg_element(struct draw *d, xmlNode *n, const struct svg_style *parent) {
    if (d->depth >= SVG_DEPTH || draws_nothing(n) || --d->svg->budget < 0) return;
    struct svg_style st;
    svg_style_of(d->svg, n, parent, &st);
    if (st.none) return;
    struct matrix m = svg_transform(svg_attr(n, "transform"));
    bool painted = st.opacity < 1 || st.clip;
    struct draw sub = *d;
    sub.depth++;
    if (!painted && is_identity(m)) {
        draw_content(&sub, n, &st);
        return;
    }
    struct area_group *g = svg_group(&sub, m);
    g->opacity = (uint16_t)lround(st.opacity * 65535);
    draw_content(&sub, n, &st);
    if (st.clip) svg_clip(&sub, g, st.clip, &st);
}

/* The viewBox is fitted into the intrinsic size as the picture asks, that into
 * the rectangle as the formatting object asks (XSL 1.1, 7.15.12). */
static void draw_root(struct draw *d, struct rect rect) {
    struct svg *svg = d->svg;
    struct box size = {0, 0, svg->image->width / 1000.0, svg->image->height / 1000.0};
    struct box port = {rect.x / 1000.0, rect.y / 1000.0, rect.w / 1000.0, rect.h / 1000.0};
    struct matrix m = svg_fit(size, port, "none"), back;
    d->view = svg->has_view ? svg->view : size;
    m = matrix_times(m, svg_fit(d->view, size, svg_attr(svg->root, "preserveAspectRatio")));
    if (!matrix_invert(m, &back)) return;
    struct svg_style initial, st;
    svg_style_initial(&initial);
    svg_style_of(svg, svg->root, &initial, &st);
    if (st.none) return;
    struct area_group *g = svg_group(d, m);
    g->clips = true;
    g->clip = svg_rect(d, matrix_box(back, port));
    g->opacity = (uint16_t)lround(st.opacity * 65535);
    svg_children(d, svg->root, &st);
}

void image_draw_svg(struct image *image, struct arena *arena, struct area_list *list, struct rect rect,
                    int32_t tag, struct pos pos) {
    struct svg *svg = image->data->parsed;
    if (!svg || svg->busy || rect.w <= 0 || rect.h <= 0) return;
    struct draw d = {.svg = svg, .arena = arena, .list = list, .tag = tag, .pos = pos};
    d.unit = 1000;
    d.scale = 1;
    svg->busy = true;
    svg->budget = BUDGET;
    svg->pos = pos;
    draw_root(&d, rect);
    svg->busy = false;
}
