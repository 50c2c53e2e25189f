/* Gradients: axial and radial shadings with stitched functions; stops that
 * differ in opacity make a soft mask (ISO 32000-1, 7.10, 8.7.4.5, 11.6.5.3). */
#include "pdf/private.h"

static void stop_color(struct buf *b, const struct pdf *p, const struct gradient_stop *s, bool alpha) {
    struct color c = s->color;
    if (alpha) {
        put_number(b, (c.alpha * 1000 + 32767) / 65535);
        return;
    }
    if (c.space == COLOR_GRAY) c = (struct color){COLOR_RGB, {c.c[0], c.c[0], c.c[0], 0}, c.alpha};
    if (c.space == COLOR_CMYK && p->options.profile == PDF_PLAIN) {
        for (int i = 0; i < 3; i++)
            c.c[i] = (uint16_t)((uint64_t)(65535 - c.c[i]) * (uint64_t)(65535 - c.c[3]) / 65535);
        c.space = COLOR_RGB;
    }
    put_color(b, p, c, false);
    b->n -= 3; /* the operator */
}

static void stop_function(struct buf *b, const struct pdf *p, const struct gradient_stop *from,
                          const struct gradient_stop *to, bool alpha) {
    buf_str(b, "<</FunctionType 2/Domain[0 1]/N 1/C0[");
    stop_color(b, p, from, alpha);
    buf_str(b, "]/C1[");
    stop_color(b, p, to, alpha);
    buf_str(b, "]>>");
}

/* 7.10.4: bounds must grow, and lie inside the domain. */
static void put_bounds(struct buf *b, const struct gradient *g) {
    const double step = 0.00001;
    double least = 0;
    for (uint32_t i = 0; i < g->stop_count; i++) {
        double o = g->stops[i].offset / 65535.0, most = 1 - step * (g->stop_count - i);
        if (o < least + step) o = least + step;
        if (o > most) o = most;
        least = o;
        put_real(b, o);
    }
}

static void put_functions(struct buf *b, const struct pdf *p, const struct gradient *g, bool alpha) {
    const struct gradient_stop *s = g->stops, *last = &g->stops[g->stop_count - 1];
    buf_str(b, "<</FunctionType 3/Domain[0 1]/Functions[");
    stop_function(b, p, s, s, alpha);
    for (; s < last; s++) stop_function(b, p, s, s + 1, alpha);
    stop_function(b, p, last, last, alpha);
    buf_str(b, "]/Bounds[");
    put_bounds(b, g);
    buf_str(b, "]/Encode[");
    for (uint32_t i = 0; i <= g->stop_count; i++) buf_str(b, "0 1 ");
    buf_str(b, "]>>");
}

/* The same shading is written once. */
static uint32_t shading_object(struct pdf *p, const struct gradient *g, bool alpha, uint32_t *id) {
    struct buf b = {0};
    buf_fmt(&b, "<</ShadingType %d/ColorSpace/Device%s/Extend[true true]/Coords[", g->radial ? 3 : 2,
            alpha ? "Gray" : "RGB");
    double linear[4] = {g->x1, g->y1, g->x2, g->y2}, radial[6] = {g->x2, g->y2, 0, g->x1, g->y1, g->r};
    for (int i = 0; i < (g->radial ? 6 : 4); i++) put_real(&b, g->radial ? radial[i] : linear[i]);
    buf_str(&b, "]/Function");
    put_functions(&b, p, g, alpha);
    buf_str(&b, ">>");
    size_t before = map_count(p->shadings);
    struct map_entry *e = map_get(p->shadings, b.p, b.n);
    if (map_count(p->shadings) > before) {
        uint32_t object = object_number(p);
        object_text(p, object, b.p);
        e->value.num = (int64_t)before << 32 | object;
    }
    buf_free(&b);
    *id = (uint32_t)(e->value.num >> 32);
    return (uint32_t)e->value.num;
}

static void put_shading(struct content *c, const struct gradient *g, bool alpha) {
    uint32_t id, object = shading_object(c->pdf, g, alpha, &id);
    content_use(c, 'S', id, object);
    for (int i = 0; i < 6; i++) put_real(&c->ops, g->m[i]);
    buf_fmt(&c->ops, "cm /S%u sh\n", id);
}

static void put_mask(struct content *c, const struct area_shape *s) {
    struct pdf *p = c->pdf;
    struct content inner;
    content_begin(&inner, p, c->page);
    put_shading(&inner, s->fill_gradient, true);
    struct rect r = shape_box(s);
    double box[4] = {r.x / 1000.0, r.y / 1000.0, (r.x + (double)r.w) / 1000, (r.y + (double)r.h) / 1000};
    HPDF_Dict d = dict_new(p, "XObject"), group = dict_new(p, "Group");
    dict_name(p, d, "Subtype", "Form");
    dict_rect(p, d, "BBox", box);
    dict_name(p, group, "S", "Transparency");
    dict_name(p, group, "CS", "DeviceGray");
    dict_add(p, d, "Group", group);
    dict_add(p, d, "Resources", content_resources(&inner));
    uint32_t form = object_number(p), object = object_number(p), id = p->form_count++;
    object_stream(p, form, d, inner.ops.p, inner.ops.n, false);
    content_free(&inner);
    HPDF_Dict state = dict_new(p, "ExtGState"), mask = dict_new(p, "Mask");
    dict_name(p, mask, "S", "Luminosity");
    dict_ref(p, mask, "G", form);
    dict_add(p, state, "SMask", mask);
    object_write(p, object, state);
    content_use(c, 'M', id, object);
    buf_fmt(&c->ops, "/M%u gs\n", id);
}

void put_gradient(struct content *c, const struct area_shape *s) {
    const struct gradient *g = s->fill_gradient;
    bool varies = false;
    for (uint32_t i = 1; i < g->stop_count; i++) varies |= g->stops[i].color.alpha != g->stops[0].color.alpha;
    set_alpha(c, varies ? 65535 : g->stops[0].color.alpha);
    buf_str(&c->ops, "q\n");
    put_outline(&c->ops, s);
    buf_str(&c->ops, s->even_odd ? "W* n\n" : "W n\n");
    if (varies) put_mask(c, s);
    put_shading(c, g, false);
    buf_str(&c->ops, "Q\n");
}
