/* SVG pictures to areas: counts, positions, matrices, colours, paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graphics/graphics.h"

#include <libxml/parser.h>

struct bench {
    struct diags *diags;
    struct fontset *fonts;
    struct images *images;
    struct arena *arena;
    xmlDoc *doc;
    struct image *image;
    struct area_list list;
};

static struct bench open_bench(const char *svg) {
    struct bench b = {0};
    b.diags = diags_new();
    b.fonts = fontset_open("styles/fonts.xml", b.diags);
    b.images = images_new(b.fonts, b.diags);
    b.arena = arena_new();
    b.doc = xmlReadMemory(svg, (int)strlen(svg), "t.svg", NULL, XML_PARSE_NONET);
    assert_non_null(b.doc);
    b.image = image_from_svg(b.images, xmlDocGetRootElement(b.doc), (struct pos){0});
    assert_non_null(b.image);
    return b;
}

/* Draws at natural size with the tag 7. */
static struct bench draw(const char *svg) {
    struct bench b = open_bench(svg);
    struct rect r = {0, 0, b.image->width, b.image->height};
    image_draw_svg(b.image, b.arena, &b.list, r, 7, (struct pos){0});
    return b;
}

static void drop(struct bench *b) {
    images_drop(b->images);
    if (b->fonts) fontset_close(b->fonts);
    xmlFreeDoc(b->doc);
    arena_drop(b->arena);
    diags_drop(b->diags);
}

static int count(const struct area_list *list, enum area_kind kind) {
    int n = 0;
    for (const struct area *a = list->first; a; a = a->next) {
        n += a->kind == kind;
        if (a->kind == AREA_GROUP) n += count(&((const struct area_group *)a)->children, kind);
    }
    return n;
}

/* The i-th area of a kind, depth first. */
static const void *find(const struct area_list *list, enum area_kind kind, int *i) {
    for (const struct area *a = list->first; a; a = a->next) {
        if (a->kind == kind && (*i)-- == 0) return a;
        const void *in = a->kind == AREA_GROUP ? find(&((const struct area_group *)a)->children, kind,
            i) : NULL;
        if (in) return in;
    }
    return NULL;
}

static const void *nth(const struct bench *b, enum area_kind kind, int i) {
    const void *a = find(&b->list, kind, &i);
    assert_non_null(a);
    return a;
}

static void near(double a, double b) {
    assert_true(a - b < 1e-6 && b - a < 1e-6);
}

static void assert_size(const char *svg, mpt w, mpt h) {
    struct bench b = open_bench(svg);
    assert_int_equal(b.image->width, w);
    assert_int_equal(b.image->height, h);
    drop(&b);
}

static void intrinsic_size(void **state) {
    (void)state;
    assert_size("<svg width='30' height='1in'/>", 30000, 72000);
    assert_size("<svg width='25.4mm' height='2pc'/>", 72000, 24000);
    assert_size("<svg viewBox='0 0 40 20'/>", 100000, 100000);
    assert_size("<svg width='50%' height='100%' viewBox='0 0 40 20'/>", 50000, 100000);
    assert_size("<svg width='80' viewBox='0 0 40 20'/>", 80000, 100000);
    assert_size("<svg/>", 100000, 100000);
    assert_size("<svg width='1e9' height='1'/>", MPT_MAX, 1000);
}

static void root_matrix(void **state) {
    (void)state;
    struct bench b = open_bench("<svg width='100' height='50' viewBox='10 20 100 50'><rect x='10' y='20' width='5' height='5'/>"
                              "</svg>");
    image_draw_svg(b.image, b.arena, &b.list, (struct rect){1000, 2000, 200000, 100000}, 7, (struct pos){0});
    const struct area_group *g = nth(&b, AREA_GROUP, 0);
    near(g->m[0], 2);
    near(g->m[3], 2);
    near(g->m[4], 1000 - 20000);
    near(g->m[5], 2000 - 40000);
    assert_true(g->clips);
    assert_int_equal(g->clip.x, 10000);
    assert_int_equal(g->clip.w, 100000);
    assert_int_equal(g->a.tag, 7);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->a.tag, 7);
    assert_int_equal(s->path->xy[0], 10000);
    assert_int_equal(s->path->xy[1], 20000);
    drop(&b);
}

static void aspect_ratio(void **state) {
    (void)state;
    struct bench b = draw("<svg width='100' height='50' viewBox='0 0 10 10'/>");
    const struct area_group *g = nth(&b, AREA_GROUP, 0);
    near(g->m[4], 25000);
    drop(&b);
    b = draw("<svg width='100' height='50' viewBox='0 0 10 10' preserveAspectRatio='xMaxYMid'/>");
    g = nth(&b, AREA_GROUP, 0);
    near(g->m[4], 50000);
    drop(&b);
    b = draw("<svg width='40' height='20' viewBox='0 0 10 10' preserveAspectRatio='xMidYMin slice'/>");
    g = nth(&b, AREA_GROUP, 0);
    near(g->m[0], 4);
    near(g->m[5], 0);
    drop(&b);
}

/* Geometry stays sharp where units are large. */
static void fine_units(void **state) {
    (void)state;
    struct bench b = draw("<svg width='500' height='500' viewBox='0 0 1 1'>"
                          "<rect x='.12345' width='1' height='1'/></svg>");
    const struct area_group *g = nth(&b, AREA_GROUP, 0);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    double x = g->m[0] * s->path->xy[0];
    assert_true(x > 61720 && x < 61730);
    drop(&b);
}

static void assert_fill(const char *attributes, int red, int green, int blue) {
    char svg[600];
    snprintf(svg, sizeof svg,
             "<svg><style>.k{fill:#00f} #i{fill:rgb(0,255,0)} circle{fill:red} g.x{fill:red}</style>"
             "<g color='#ff0'><rect width='9' height='9' %s/></g></svg>", attributes);
    struct bench b = draw(svg);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->fill.space, COLOR_RGB);
    assert_int_equal(s->fill.c[0], red * 257);
    assert_int_equal(s->fill.c[1], green * 257);
    assert_int_equal(s->fill.c[2], blue * 257);
    drop(&b);
}

static void colors(void **state) {
    (void)state;
    assert_fill("", 0, 0, 0);
    assert_fill("fill='#f80'", 255, 136, 0);
    assert_fill("fill='#123456'", 0x12, 0x34, 0x56);
    assert_fill("fill='rgb(10%, 50%, 100%)'", 26, 128, 255);
    assert_fill("fill='CornflowerBlue'", 100, 149, 237);
    assert_fill("fill='currentColor'", 255, 255, 0);
    assert_fill("fill='url(#none) lime'", 0, 255, 0);
    assert_fill("fill='red' class='a k b'", 0, 0, 255);
    assert_fill("class='k' id='i'", 0, 255, 0);
    assert_fill("class='k' style='fill : red ;stroke:none'", 255, 0, 0);
}

static void opacity(void **state) {
    (void)state;
    struct bench b = draw("<svg><g opacity='.5'><rect width='1' height='1' fill-opacity='25%' stroke='red' "
                          "stroke-opacity='0.5' stroke-width='2' stroke-dasharray='4,2'"
                          " stroke-linecap='round'/></g></svg>");
    const struct area_group *g = nth(&b, AREA_GROUP, 1);
    assert_int_equal(g->opacity, 32768);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->fill.alpha, 16384);
    assert_int_equal(s->stroke.alpha, 32768);
    assert_int_equal(s->stroke_width, 2000);
    assert_int_equal(s->dash_count, 2);
    assert_int_equal(s->dash[0], 4000);
    assert_int_equal(s->cap, 1);
    drop(&b);
}

/* The last point of the path of the only shape. */
static void assert_path(const char *d, uint32_t ops, mpt x, mpt y) {
    char svg[400];
    snprintf(svg, sizeof svg, "<svg><path d='%s'/></svg>", d);
    struct bench b = draw(svg);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->path->op_count, ops);
    uint32_t k = 0;
    for (uint32_t i = 0; i < ops; i++)
        k += s->path->ops[i] == PATH_CURVE ? 6 : s->path->ops[i] == PATH_CLOSE ? 0 : 2;
    assert_int_equal(s->path->xy[k - 2], x);
    assert_int_equal(s->path->xy[k - 1], y);
    drop(&b);
}

static void paths(void **state) {
    (void)state;
    assert_path("M1 2L3 4", 2, 3000, 4000);
    assert_path("m1,2 3,4 5-6", 3, 9000, 0);
    assert_path("M0 0H5V6h-1v-.5", 5, 4000, 5500);
    assert_path("M1 1l1 0zl2 2", 5, 3000, 3000);
    assert_path("M0 0C1 1 2 2 3 3S5 5 6 6", 3, 6000, 6000);
    assert_path("M0 0Q1 1 2 0T4 0", 3, 4000, 0);
    assert_path("M0 0a5 5 0 0 1 10 0", 3, 10000, 0);
    assert_path("M0 0a5 5 0 0110 0", 3, 10000, 0);
    assert_path("M0 0A1 1 0 1 0 10 0", 3, 10000, 0);
    assert_path("M0 0A0 1 0 1 0 10 0", 2, 10000, 0);
    assert_path("M0 0L1 1 L2 broken 7 7", 2, 1000, 1000);
    assert_path("M.5.5 1e1 2E-1", 2, 10000, 200);
}

/* A half circle by its sweep lies above or below. */
static void arc_direction(void **state) {
    (void)state;
    for (int sweep = 0; sweep < 2; sweep++) {
        char svg[100];
        snprintf(svg, sizeof svg, "<svg><path d='M0 0A5 5 0 0 %d 10 0'/></svg>", sweep);
        struct bench b = draw(svg);
        const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
        assert_int_equal(s->path->xy[6], 5000);
        assert_int_equal(s->path->xy[7], sweep ? -5000 : 5000);
        drop(&b);
    }
}

static void shapes(void **state) {
    (void)state;
    struct bench b = draw("<svg><circle cx='5' cy='5' r='2'/><ellipse rx='3' ry='1'/>"
                          "<line x2='3' stroke='red'/>"
                          "<polyline points='0,0 1,1 2 0'/><polygon points='0 0 1 1 2 0'/>"
                          "<rect width='8' height='8' rx='2'/><rect width='0' height='8'/>"
                          "<circle r='-1'/></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 6);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->path->op_count, 6);
    assert_int_equal(s->path->xy[0], 7000);
    assert_int_equal(s->rect.x, 3000);
    assert_int_equal(s->rect.w, 4000);
    s = nth(&b, AREA_SHAPE, 2);
    assert_int_equal(s->fill.space, COLOR_NONE);
    s = nth(&b, AREA_SHAPE, 5);
    assert_int_equal(s->path->op_count, 10);
    drop(&b);
}

static void transforms(void **state) {
    (void)state;
    struct bench b = draw("<svg><g transform='translate(10,20) scale(2) rotate(90)'>"
                          "<rect width='1' height='1'/></g></svg>");
    const struct area_group *g = nth(&b, AREA_GROUP, 1);
    near(g->m[0], 0);
    near(g->m[1], 2);
    near(g->m[2], -2);
    near(g->m[4], 10000);
    near(g->m[5], 20000);
    drop(&b);
    b = draw("<svg><g transform='rotate(180 5 5), matrix(1 0 0 1 1 0)'/></svg>");
    g = nth(&b, AREA_GROUP, 1);
    near(g->m[4], 9000);
    near(g->m[5], 10000);
    drop(&b);
}

static void visibility(void **state) {
    (void)state;
    struct bench b = draw("<svg><g display='none'><rect width='1' height='1'/></g><g visibility='hidden'>"
                          "<rect width='1' height='1'/><rect width='2' height='2' visibility='visible'/></g>"
                          "<defs><rect width='1' height='1'/></defs></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 1);
    drop(&b);
}

static void gradients(void **state) {
    (void)state;
    struct bench b = draw("<svg><linearGradient id='a'><stop stop-color='red'/>"
                          "<stop offset='50%' stop-opacity='.5'/>"
                          "<stop offset='.2'/></linearGradient>"
                          "<linearGradient id='b' href='#a' x2='0' y2='1'/>"
                          "<linearGradient id='one'><stop stop-color='blue'/></linearGradient>"
                          "<radialGradient id='r' href='#a' gradientUnits='userSpaceOnUse'"
                          " cx='5' cy='6' r='7'/>"
                          "<rect x='10' y='20' width='30' height='40' fill='url(#b)'/>"
                          "<rect width='1' height='1' fill='url(#one)'/><circle r='5' fill='url(#r)'/>"
                          "</svg>");
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    const struct gradient *g = s->fill_gradient;
    assert_non_null(g);
    assert_int_equal(g->stop_count, 3);
    assert_int_equal(g->stops[1].offset, 32768);
    assert_int_equal(g->stops[1].color.alpha, 32768);
    assert_int_equal(g->stops[2].offset, 32768);
    near(g->m[0], 30);
    near(g->m[3], 40);
    near(g->m[5], 20);
    near(g->y2, 1);
    s = nth(&b, AREA_SHAPE, 1);
    assert_null(s->fill_gradient);
    assert_int_equal(s->fill.c[2], 65535);
    s = nth(&b, AREA_SHAPE, 2);
    assert_true(s->fill_gradient->radial);
    near(s->fill_gradient->x2, 5);
    near(s->fill_gradient->r, 7);
    drop(&b);
}

/* As many copies of the stops as the painted box needs. */
static void spread_methods(void **state) {
    (void)state;
    struct bench b = draw("<svg><linearGradient id='a' gradientUnits='userSpaceOnUse' x1='10' x2='20' spreadMethod='reflect'>"
                          "<stop offset='0' stop-color='red'/><stop offset='.5' stop-color='blue'/></linearGradient>"
                          "<radialGradient id='r' href='#a' cx='15' cy='15' r='5' fx='17' fy='15' spreadMethod='repeat'/>"
                          "<rect width='40' height='10' fill='url(#a)'/><rect width='30' height='30' fill='url(#r)'/></svg>");
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    const struct gradient *g = s->fill_gradient;
    near(g->x1, 0);
    near(g->x2, 40);
    assert_int_equal(g->stop_count, 8);
    assert_int_equal(g->stops[0].offset, 8192); /* the copy before is mirrored: blue, red */
    assert_int_equal(g->stops[0].color.c[2], 65535);
    assert_int_equal(g->stops[1].offset, 16384);
    assert_int_equal(g->stops[3].offset, 24576);
    s = nth(&b, AREA_SHAPE, 1);
    g = s->fill_gradient;
    near(g->x2, 17);
    assert_int_equal(g->stop_count, 2 * 8);
    near(g->r, 5 * 8);
    near(g->x1, 17 - 2 * 8);
    drop(&b);
}

static int part(struct bench *b, int shape, int component) {
    const struct area_shape *s = nth(b, AREA_SHAPE, shape);
    return s->fill.c[component];
}

static void combinators(void **state) {
    (void)state;
    struct bench b = draw("<svg><style>g > rect{fill:blue} .o  circle , svg>#x{fill:lime} g g line{stroke:red} rect:hover{fill:red}</style>"
                          "<rect width='1' height='1'/><g class='o'><rect width='1' height='1'/><g><circle r='1'/></g></g>"
                          "<circle id='x' r='1'/><circle r='1'/></svg>");
    assert_int_equal(part(&b, 0, 2), 0);
    assert_int_equal(part(&b, 1, 2), 65535);
    assert_int_equal(part(&b, 2, 1), 65535);
    assert_int_equal(part(&b, 3, 1), 65535);
    assert_int_equal(part(&b, 4, 1), 0);
    drop(&b);
}

static void clips(void **state) {
    (void)state;
    struct bench b = draw("<svg><clipPath id='c'><rect x='1' y='2' width='3' height='4'/></clipPath>"
                          "<clipPath id='e'/>"
                          "<clipPath id='o' clipPathUnits='objectBoundingBox'>"
                          "<rect width='.5' height='1'/></clipPath>"
                          "<rect width='9' height='9' clip-path='url(#c)'/>"
                          "<rect width='9' height='9' clip-path='url(#e)'/>"
                          "<rect x='10' width='20' height='8' clip-path='url(#o)'/></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 2);
    const struct area_group *g = nth(&b, AREA_GROUP, 1);
    assert_non_null(g->clip_path);
    assert_int_equal(g->clip.y, 2000);
    assert_int_equal(g->clip.h, 4000);
    g = nth(&b, AREA_GROUP, 3);
    assert_int_equal(g->clip.x, 10000);
    assert_int_equal(g->clip.w, 10000);
    drop(&b);
}

static void uses_and_circles(void **state) {
    (void)state;
    struct bench b = draw("<svg><defs><rect id='r' width='1' height='1'/><symbol id='s' viewBox='0 0 10 10'>"
                          "<use href='#r'/></symbol></defs><use href='#r' x='5'/>"
                          "<use href='#s' width='20' height='20'/>"
                          "<g id='loop'><use href='#loop'/><rect width='1' height='1'/></g>"
                          "<pattern id='p' width='1' height='1'>"
                          "<rect width='9' height='9' fill='url(#p)'/></pattern>"
                          "<circle r='1' fill='url(#p)'/><use href='#nothing'/></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 4);
    const struct area_group *g = nth(&b, AREA_GROUP, 2);
    near(g->m[0], 2);
    assert_int_equal(g->clip.w, 10000);
    drop(&b);
}

/* Ten levels of ten uses each end at the budget. */
static void billion_uses(void **state) {
    (void)state;
    struct buf s = {0};
    buf_str(&s, "<svg><defs><g id='g0'><rect width='1' height='1'/></g>");
    for (int i = 1; i < 12; i++) {
        buf_fmt(&s, "<g id='g%d'>", i);
        for (int j = 0; j < 10; j++) buf_fmt(&s, "<use href='#g%d'/>", i - 1);
        buf_str(&s, "</g>");
    }
    buf_str(&s, "</defs><use href='#g11'/></svg>");
    struct bench b = draw(s.p);
    assert_true(count(&b.list, AREA_SHAPE) < 200000);
    drop(&b);
    buf_free(&s);
}

static void deep_nesting(void **state) {
    (void)state;
    struct buf s = {0};
    buf_str(&s, "<svg>");
    for (int i = 0; i < 200; i++) buf_str(&s, "<g>");
    buf_str(&s, "<rect width='1' height='1'/>");
    for (int i = 0; i < 200; i++) buf_str(&s, "</g>");
    buf_str(&s, "</svg>");
    struct bench b = draw(s.p);
    assert_int_equal(count(&b.list, AREA_SHAPE), 0);
    drop(&b);
    buf_free(&s);
}

static void markers(void **state) {
    (void)state;
    struct bench b = draw("<svg><marker id='m' orient='auto' refX='1'><rect width='1' height='1'/></marker>"
                          "<path d='M0 0L10 0L10 10' stroke='red' stroke-width='2' marker-start='url(#m)' "
                          "marker-mid='url(#m)' marker-end='url(#m)'/></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 4);
    const struct area_group *end = nth(&b, AREA_GROUP, 3);
    near(end->m[0], 0);
    near(end->m[1], 2);
    near(end->m[4], 10000);
    near(end->m[5], 8000);
    const struct area_group *mid = nth(&b, AREA_GROUP, 2);
    near(mid->m[0] - mid->m[1], 0);
    drop(&b);
}

static void patterns(void **state) {
    (void)state;
    struct bench b = draw("<svg><pattern id='p' patternUnits='userSpaceOnUse' width='5' height='5'>"
                          "<rect width='2' height='2'/></pattern>"
                          "<rect width='20' height='10' fill='url(#p)'/></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 8);
    drop(&b);
}

static int64_t text_width(const struct area_text *t) {
    int64_t w = 0;
    for (uint32_t i = 0; i < t->glyph_count; i++) w += t->glyphs[i].adv;
    return w;
}

static void texts(void **state) {
    (void)state;
    struct bench b = draw("<svg><text x='10' y='20' font-size='10'>  one\n <tspan font-weight='bold'>two"
                          "</tspan></text>"
                          "<text x='50' y='30' text-anchor='end' text-decoration='underline'>end</text>"
                          "<text x='0 20' y='40'>ab</text><text y='50'>x<tspan dx='5' dy='-2'>y</tspan>"
                          "</text></svg>");
    assert_int_equal(count(&b.list, AREA_TEXT), 7);
    assert_int_equal(count(&b.list, AREA_SHAPE), 1);
    const struct area_text *one = nth(&b, AREA_TEXT, 0), *two = nth(&b, AREA_TEXT, 1);
    assert_int_equal(one->text_len, 4);
    assert_int_equal(one->x, 10000);
    assert_int_equal(one->y, 20000);
    assert_int_equal(one->size, 10000);
    assert_int_equal(one->a.tag, 7);
    assert_int_equal(two->x, one->x + text_width(one));
    assert_true(two->font->bold);
    const struct area_text *end = nth(&b, AREA_TEXT, 2);
    int64_t right = end->x + text_width(end);
    assert_true(right >= 49999 && right <= 50001);
    assert_int_equal(((const struct area_text *)nth(&b, AREA_TEXT, 4))->x, 20000);
    const struct area_text *x = nth(&b, AREA_TEXT, 5), *y = nth(&b, AREA_TEXT, 6);
    assert_int_equal(y->x, x->x + text_width(x) + 5000);
    assert_int_equal(y->y, 48000);
    drop(&b);
}

static void switches(void **state) {
    (void)state;
    struct bench b = draw("<svg xml:lang='vi'><switch><g requiredExtensions='x'/>"
                          "<rect systemLanguage='fr' width='1' "
                          "height='1'/><circle r='1' systemLanguage='en, vi-VN'/>"
                          "<rect width='1' height='1'/></switch></svg>");
    assert_int_equal(count(&b.list, AREA_SHAPE), 1);
    const struct area_shape *s = nth(&b, AREA_SHAPE, 0);
    assert_int_equal(s->path->op_count, 6);
    drop(&b);
}

static void unsupported_once(void **state) {
    (void)state;
    struct bench b = draw("<svg xmlns='http://www.w3.org/2000/svg' xmlns:i='http://x.example/'>"
                          "<foreignObject/>"
                          "<foreignObject/><i:grid/><title>t</title>"
                          "<rect filter='url(#f)' width='1' height='1'/></svg>");
    assert_int_equal(diags_count(b.diags, DIAG_LEVEL_UNSUPPORTED), 2);
    assert_int_equal(count(&b.list, AREA_SHAPE), 1);
    drop(&b);
}

static void broken_values(void **state) {
    (void)state;
    static const char *const svgs[] = {
        "<svg viewBox='0 0 0 0'><rect width='1e99' height='1e99' rx='-3'/></svg>",
        "<svg viewBox='a'><path d='M'/><path d='L1 1'/><path d='M0 0A1 1 0 2 3 4 4'/></svg>",
        "<svg><g transform='scale(0)'><rect width='1' height='1' clip-path='url(#x)'/></g></svg>",
        "<svg><g transform='matrix(1 2'><g transform='skewX(90)'><text font-size='1e9'>x</text></g></g>"
        "</svg>",
        "<svg><style>a{b}/* {</style><rect style='fill' class='' width='%' height='-'/></svg>",
        "<svg><text x='' y='nan' dx='1,,2'>a&#x1F600;b</text><text/><text> </text></svg>",
        "<svg><polygon points='1 2 3'/><polyline points=''/><image href='' width='1' height='1'/></svg>",
        "<svg><pattern id='p' width='1e-5' height='1e-5' patternUnits='userSpaceOnUse'>"
        "<rect width='1' height='1'/>"
        "</pattern><rect width='100' height='100' fill='url(#p)'/></svg>"};
    for (size_t i = 0; i < sizeof svgs / sizeof *svgs; i++) {
        struct bench b = draw(svgs[i]);
        drop(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intrinsic_size), cmocka_unit_test(root_matrix), cmocka_unit_test(aspect_ratio),
        cmocka_unit_test(fine_units), cmocka_unit_test(colors), cmocka_unit_test(opacity),
        cmocka_unit_test(paths), cmocka_unit_test(arc_direction), cmocka_unit_test(shapes),
        cmocka_unit_test(transforms), cmocka_unit_test(visibility), cmocka_unit_test(gradients), cmocka_unit_test(spread_methods), cmocka_unit_test(combinators),
        cmocka_unit_test(clips), cmocka_unit_test(uses_and_circles), cmocka_unit_test(billion_uses),
        cmocka_unit_test(deep_nesting), cmocka_unit_test(markers), cmocka_unit_test(patterns),
        cmocka_unit_test(texts), cmocka_unit_test(switches), cmocka_unit_test(unsupported_once),
        cmocka_unit_test(broken_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
