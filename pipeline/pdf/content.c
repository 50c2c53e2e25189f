/* Areas to content streams (ISO 32000-1, 8 and 9).  A page's stream begins with
 * a flip, so that all coordinates stay y-down. */
#include "pdf/private.h"

static void num(struct buf *b, int64_t v) {
    buf_milli(b, v);
    buf_char(b, ' ');
}

static void real(struct buf *b, double v) {
    int64_t n = (int64_t)(v * 1000000 + (v < 0 ? -0.5 : 0.5));
    if (n < 0) {
        buf_char(b, '-');
        n = -n;
    }
    buf_fmt(b, "%lld.%06lld ", (long long)(n / 1000000), (long long)(n % 1000000));
}

static void component(struct buf *b, double v) {
    buf_milli(b, (int64_t)(v * 1000 + 0.5));
    buf_char(b, ' ');
}

/* Under an sRGB intent CMYK is converted by the plain formula. */
void content_color(struct buf *b, const struct pdf *p, struct color c, bool stroke) {
    double v[4];
    for (int i = 0; i < 4; i++) v[i] = c.c[i] / 65535.0;
    if (c.space == COLOR_CMYK && p->options.profile == PDF_PLAIN) {
        for (int i = 0; i < 4; i++) component(b, v[i]);
        buf_str(b, stroke ? "K\n" : "k\n");
    } else if (c.space == COLOR_GRAY) {
        component(b, v[0]);
        buf_str(b, stroke ? "G\n" : "g\n");
    } else {
        if (c.space == COLOR_CMYK)
            for (int i = 0; i < 3; i++) v[i] = (1 - v[i]) * (1 - v[3]);
        for (int i = 0; i < 3; i++) component(b, v[i]);
        buf_str(b, stroke ? "RG\n" : "rg\n");
    }
}

static bool same_color(struct color a, struct color b) {
    return a.space == b.space && memcmp(a.c, b.c, sizeof a.c) == 0;
}

static void set_alpha(struct page_content *c, uint16_t alpha) {
    if (alpha == c->alpha) return;
    c->alpha = alpha;
    int k = alpha >> 8;
    c->pdf->alphas[k] = 1;
    buf_fmt(&c->ops, "/A%d gs\n", k);
}

static void set_fill(struct page_content *c, struct color color) {
    set_alpha(c, color.alpha);
    if (c->fill_set && same_color(c->fill, color)) return;
    content_color(&c->ops, c->pdf, color, false);
    c->fill = color;
    c->fill_set = true;
}

static void set_stroke(struct page_content *c, struct color color) {
    set_alpha(c, color.alpha);
    if (c->stroke_set && same_color(c->stroke, color)) return;
    content_color(&c->ops, c->pdf, color, true);
    c->stroke = color;
    c->stroke_set = true;
}

/* ---- marked content (14.6; ISO 14289-1, 7.1) ---------------------------------- */

static void end_text(struct page_content *c) {
    if (c->in_text) buf_str(&c->ops, "ET\n");
    c->in_text = false;
    c->font = NULL;
}

static void close_mark(struct page_content *c) {
    end_text(c);
    if (c->open) buf_str(&c->ops, "EMC\n");
    c->open = false;
}

static void open_mark(struct page_content *c, int32_t tag) {
    struct pdf *p = c->pdf;
    if (!p->tagged || (c->open && c->open_tag == tag)) return;
    close_mark(c);
    c->open = true;
    c->open_tag = tag;
    if (tag < 0) {
        if (tag == TAG_ARTIFACT) buf_str(&c->ops, "/Artifact BMC\n");
        else
            buf_fmt(&c->ops, "/Artifact<</Type/Pagination/Subtype/%s>>BDC\n", tag == TAG_PAGINATION_FOOTER ? "Footer" : "Header");
        return;
    }
    const struct element *e = &p->elements[tag];
    put_name(&c->ops, e->role ? e->role : e->type);
    buf_fmt(&c->ops, "<</MCID %zu>>BDC\n", c->mcid_count);
    c->mcids = mem_grow(c->mcids, &c->mcid_cap, c->mcid_count + 1, sizeof *c->mcids);
    c->mcids[c->mcid_count++] = tag;
    tags_add_content(p, tag, c->page_object, (uint32_t)c->mcid_count - 1);
}

void content_end(struct page_content *c) {
    close_mark(c);
}

/* ---- text ---------------------------------------------------------------------- */

struct shower {
    struct page_content *c;
    const struct area_text *t;
    struct pdf_font *f;
    double have, want; /* pen, in 1/1000 em from the run's start */
    bool array, hex;
};

static void end_hex(struct shower *s) {
    if (s->hex) buf_char(&s->c->ops, '>');
    s->hex = false;
}

static void end_array(struct shower *s) {
    end_hex(s);
    if (s->array) buf_str(&s->c->ops, "]TJ\n");
    s->array = false;
}

static void text_matrix(struct shower *s, mpt rise) {
    struct buf *b = &s->c->ops;
    end_array(s);
    buf_str(b, "1 0 0 -1 ");
    num(b, s->t->x + (int64_t)(s->want * s->t->size / 1000 + 0.5));
    num(b, s->t->y - rise);
    buf_str(b, "Tm\n");
    s->have = s->want;
}

static void show(struct shower *s, const struct glyph *g) {
    struct buf *b = &s->c->ops;
    double per = s->t->size > 0 ? 1000.0 / s->t->size : 0, at = s->want + g->dx * per;
    if (!s->array) buf_char(b, '[');
    s->array = true;
    double adjust = s->have - at;
    int n = (int)(adjust < 0 ? adjust - 0.5 : adjust + 0.5);
    if (n) {
        end_hex(s);
        buf_fmt(b, "%d", n);
        s->have -= n;
    }
    if (!s->hex) buf_char(b, '<');
    s->hex = true;
    uint16_t id = (uint16_t)g->gid;
    put_hex16(b, &id, 1);
    s->have += s->f->widths[g->gid < s->f->font->glyph_count ? g->gid : 0];
    s->want += g->adv * per;
}

/* Characters of the cluster of glyphs from..to (exclusive). */
static uint32_t cluster_text(const struct area_text *t, uint32_t from, uint32_t to, uint32_t *length) {
    uint32_t start = t->glyphs[from].cluster, end = t->text_len;
    for (uint32_t k = from; k < to; k++)
        if (t->glyphs[k].cluster < start) start = t->glyphs[k].cluster;
    if (!t->rtl) {
        if (to < t->glyph_count) end = t->glyphs[to].cluster;
    } else if (from > 0) {
        end = t->glyphs[from - 1].cluster;
    }
    if (end > t->text_len) end = t->text_len;
    if (start > end) start = end;
    *length = end - start;
    return start;
}

static void show_cluster(struct shower *s, uint32_t from, uint32_t to) {
    const struct area_text *t = s->t;
    uint32_t n = 0, start = cluster_text(t, from, to, &n);
    static const uint16_t soft_hyphen = 0xAD;
    const uint16_t *text = t->text ? t->text + start : NULL;
    if (t->hyphen && to == t->glyph_count) {
        text = &soft_hyphen;
        n = 1;
    }
    bool known = true;
    for (uint32_t k = from; k < to; k++) {
        static const uint16_t nothing = 0x200B;
        uint32_t gid = t->glyphs[k].gid;
        if (gid == 0) s->c->pdf->missing_glyph = true;
        if (k == from) known &= n ? font_use(s->f, gid, text, n) : font_use(s->f, gid, &nothing, 1);
        else known &= font_use(s->f, gid, &nothing, 1);
    }
    bool actual = !known && n && s->c->pdf->tagged;
    if (actual) {
        end_array(s);
        buf_str(&s->c->ops, "/Span<</ActualText<FEFF");
        put_hex16(&s->c->ops, text, n);
        buf_str(&s->c->ops, ">>>BDC\n");
    }
    for (uint32_t k = from; k < to; k++) {
        mpt rise = t->glyphs[k].dy;
        if (rise) text_matrix(s, rise);
        show(s, &t->glyphs[k]);
        if (rise) text_matrix(s, 0);
    }
    if (actual) {
        end_array(s);
        buf_str(&s->c->ops, "EMC\n");
    }
}

static void put_text_area(struct page_content *c, const struct area_text *t) {
    if (!t->glyph_count || t->color.space == COLOR_NONE) return;
    open_mark(c, t->a.tag);
    struct shower s = {.c = c, .t = t, .f = font_of(c->pdf, t->font)};
    if (!c->in_text) buf_str(&c->ops, "BT\n");
    c->in_text = true;
    set_fill(c, t->color);
    if (c->font != t->font || c->size != t->size) {
        buf_fmt(&c->ops, "/F%d ", t->font->index);
        num(&c->ops, t->size);
        buf_str(&c->ops, "Tf\n");
        c->font = t->font;
        c->size = t->size;
    }
    text_matrix(&s, 0);
    for (uint32_t i = 0; i < t->glyph_count;) {
        uint32_t k = i + 1;
        while (k < t->glyph_count && t->glyphs[k].cluster == t->glyphs[i].cluster) k++;
        show_cluster(&s, i, k);
        i = k;
    }
    end_array(&s);
}

/* ---- paths ---------------------------------------------------------------------- */

static void put_path(struct buf *b, const struct area_path *p) {
    const mpt *q = p->xy;
    for (uint32_t i = 0; i < p->op_count; i++) {
        int n = p->ops[i] == PATH_CURVE ? 6 : p->ops[i] == PATH_CLOSE ? 0 : 2;
        for (int k = 0; k < n; k++) num(b, *q++);
        buf_char(b, p->ops[i] == PATH_MOVE ? 'm' : p->ops[i] == PATH_LINE ? 'l' : p->ops[i] == PATH_CURVE ? 'c' : 'h');
        buf_char(b, '\n');
    }
}

static void put_rect(struct buf *b, struct rect r) {
    num(b, r.x);
    num(b, r.y);
    num(b, r.w);
    num(b, r.h);
    buf_str(b, "re\n");
}

static void put_outline(struct buf *b, const struct area_shape *s) {
    if (s->path) put_path(b, s->path);
    else put_rect(b, s->rect);
}

static void put_stroke_style(struct buf *b, const struct area_shape *s) {
    num(b, s->stroke_width);
    buf_fmt(b, "w %d J %d j ", s->cap, s->join);
    if (s->miter) {
        num(b, s->miter * 10);
        buf_str(b, "M ");
    }
    if (s->dash_count) {
        buf_char(b, '[');
        for (uint32_t i = 0; i < s->dash_count; i++) num(b, s->dash[i]);
        buf_str(b, "]");
        num(b, s->dash_phase);
        buf_str(b, "d\n");
    }
}

static void color_function(struct buf *b, const struct pdf *p, const struct gradient_stop *a, const struct gradient_stop *z) {
    const struct gradient_stop *s[2] = {a, z};
    buf_str(b, "<</FunctionType 2/Domain[0 1]/N 1");
    for (int i = 0; i < 2; i++) {
        buf_fmt(b, "/C%d[", i);
        struct buf t = {0};
        struct color c = s[i]->color;
        if (c.space == COLOR_GRAY) c = (struct color){COLOR_RGB, {c.c[0], c.c[0], c.c[0], 0}, c.alpha};
        if (c.space == COLOR_CMYK && p->options.profile == PDF_PLAIN) {
            uint32_t k = c.c[3];
            for (int j = 0; j < 3; j++) c.c[j] = (uint16_t)((65535u - c.c[j]) * (65535u - k) / 65535u);
            c.space = COLOR_RGB;
        }
        content_color(&t, p, c, false);
        buf_put(b, t.p, t.n - 3);
        buf_free(&t);
        buf_char(b, ']');
    }
    buf_str(b, ">>");
}

/* 8.7.4.5: axial and radial shadings, stops as stitched functions (7.10.4). */
static int add_shading(struct pdf *p, const struct gradient *g) {
    struct buf b = {0};
    buf_fmt(&b, "/S%d<</ShadingType %d/ColorSpace/DeviceRGB/Extend[true true]/Coords[", p->shading_count, g->radial ? 3 : 2);
    double v[6] = {g->x1, g->y1, g->x2, g->y2};
    int n = 4;
    if (g->radial) {
        v[0] = g->x2, v[1] = g->y2, v[2] = 0, v[3] = g->x1, v[4] = g->y1, v[5] = g->r;
        n = 6;
    }
    for (int i = 0; i < n; i++) real(&b, v[i]);
    buf_str(&b, "]/Function");
    if (g->stop_count < 2) {
        color_function(&b, p, &g->stops[0], &g->stops[0]);
    } else {
        buf_str(&b, "<</FunctionType 3/Domain[0 1]/Functions[");
        struct gradient_stop first = g->stops[0], last = g->stops[g->stop_count - 1];
        color_function(&b, p, &first, &first);
        for (uint32_t i = 0; i + 1 < g->stop_count; i++) color_function(&b, p, &g->stops[i], &g->stops[i + 1]);
        color_function(&b, p, &last, &last);
        buf_str(&b, "]/Bounds[");
        double least = 0;
        for (uint32_t i = 0; i < g->stop_count; i++) {
            double o = g->stops[i].offset / 65535.0;
            if (o < least + 0.00001) o = least + 0.00001;
            if (o > 0.999 + i * 0.00001) o = 0.999 + i * 0.00001;
            least = o;
            real(&b, o);
        }
        buf_str(&b, "]/Encode[");
        for (uint32_t i = 0; i <= g->stop_count; i++) buf_str(&b, "0 1 ");
        buf_str(&b, "]>>");
    }
    buf_str(&b, ">>");
    buf_put(&p->shadings, b.p, b.n);
    buf_free(&b);
    return p->shading_count++;
}

static void put_gradient(struct page_content *c, const struct area_shape *s) {
    struct buf *b = &c->ops;
    const struct gradient *g = s->fill_gradient;
    if (!g->stop_count) return;
    buf_str(b, "q\n");
    put_outline(b, s);
    buf_str(b, s->even_odd ? "W* n\n" : "W n\n");
    for (int i = 0; i < 6; i++) real(b, g->m[i]);
    buf_fmt(b, "cm /S%d sh Q\n", add_shading(c->pdf, g));
}

static void put_shape(struct page_content *c, const struct area_shape *s) {
    struct buf *b = &c->ops;
    bool fill = s->fill.space != COLOR_NONE, stroke = s->stroke.space != COLOR_NONE && s->stroke_width > 0;
    if (!fill && !stroke && !s->fill_gradient) return;
    open_mark(c, s->a.tag);
    end_text(c);
    if (s->fill_gradient) put_gradient(c, s);
    if (!fill && !stroke) return;
    if (fill) set_fill(c, s->fill);
    if (stroke && fill && s->stroke.alpha != s->fill.alpha) {
        put_outline(b, s);
        buf_str(b, s->even_odd ? "f*\n" : "f\n");
        fill = false;
    }
    if (stroke) {
        set_stroke(c, s->stroke);
        buf_str(b, "q ");
        put_stroke_style(b, s);
    }
    put_outline(b, s);
    buf_str(b, fill && stroke ? "B" : fill ? "f" : "S");
    buf_str(b, fill && s->even_odd ? "*\n" : "\n");
    if (stroke) buf_str(b, "Q\n");
}

/* ---- pictures, links, groups ------------------------------------------------------ */

/* A rectangle of the current space as its box on the page, y-up points. */
static void page_box(const struct page_content *c, struct rect r, double out[4]) {
    double xs[4] = {r.x, r.x + (double)r.w, r.x, r.x + (double)r.w}, ys[4] = {r.y, r.y, r.y + (double)r.h, r.y + (double)r.h};
    for (int i = 0; i < 4; i++) {
        double x = (c->m[0] * xs[i] + c->m[2] * ys[i] + c->m[4]) / 1000;
        double y = (c->height - (c->m[1] * xs[i] + c->m[3] * ys[i] + c->m[5])) / 1000;
        if (i == 0 || x < out[0]) out[0] = x;
        if (i == 0 || y < out[1]) out[1] = y;
        if (i == 0 || x > out[2]) out[2] = x;
        if (i == 0 || y > out[3]) out[3] = y;
    }
}

static void note_box(struct page_content *c, int32_t tag, struct rect r) {
    if (tag < 0 || !c->pdf->tagged) return;
    struct element *e = &c->pdf->elements[tag];
    if (strcmp(e->type, "Figure") != 0 && strcmp(e->type, "Formula") != 0) return;
    if (!e->has_box) page_box(c, r, e->box);
    e->has_box = true;
}

static void put_image(struct page_content *c, const struct area_image *a) {
    uint32_t object = image_object(c->pdf, a->image);
    open_mark(c, a->a.tag);
    end_text(c);
    note_box(c, a->a.tag, a->rect);
    if (!object) return;
    set_alpha(c, 65535);
    image_matrix(&c->ops, a);
}

static void put_link(struct page_content *c, const struct area_link *a) {
    c->links = mem_grow(c->links, &c->link_cap, c->link_count + 1, sizeof *c->links);
    c->links[c->link_count].link = a;
    page_box(c, a->rect, c->links[c->link_count].rect);
    c->link_count++;
}

static void put_dest_area(struct page_content *c, const struct area_dest *d) {
    struct map_entry *e = map_get(c->pdf->dests, d->id, strlen(d->id));
    if (e->value.ptr) return;
    struct dest_record *r = ARENA_NEW(c->pdf->arena, struct dest_record);
    double box[4];
    page_box(c, (struct rect){d->x, d->y, 0, 0}, box);
    *r = (struct dest_record){c->page_index, box[0], box[1]};
    e->value.ptr = r;
}

static void put_group(struct page_content *c, const struct area_group *g) {
    double outer[6];
    memcpy(outer, c->m, sizeof outer);
    close_mark(c);
    buf_str(&c->ops, "q ");
    bool moves = g->m[0] != 1 || g->m[1] != 0 || g->m[2] != 0 || g->m[3] != 1 || g->m[4] != 0 || g->m[5] != 0;
    if (moves) {
        for (int i = 0; i < 4; i++) real(&c->ops, g->m[i]);
        num(&c->ops, (int64_t)(g->m[4] + (g->m[4] < 0 ? -0.5 : 0.5)));
        num(&c->ops, (int64_t)(g->m[5] + (g->m[5] < 0 ? -0.5 : 0.5)));
        buf_str(&c->ops, "cm\n");
        for (int i = 0; i < 2; i++)
            for (int k = 0; k < 2; k++) c->m[k * 2 + i] = outer[i] * g->m[k * 2] + outer[2 + i] * g->m[k * 2 + 1];
        for (int i = 0; i < 2; i++) c->m[4 + i] = outer[i] * g->m[4] + outer[2 + i] * g->m[5] + outer[4 + i];
    }
    if (g->clips) {
        if (g->clip_path) put_path(&c->ops, g->clip_path);
        else put_rect(&c->ops, g->clip);
        buf_str(&c->ops, "W n\n");
        note_box(c, g->a.tag, g->clip);
    }
    bool fill = c->fill_set, stroke = c->stroke_set;
    struct color fc = c->fill, sc = c->stroke;
    uint16_t alpha = c->alpha;
    if (g->opacity < 65535) set_alpha(c, g->opacity);
    content_areas(c, &g->children);
    close_mark(c);
    buf_str(&c->ops, "Q\n");
    c->fill_set = fill, c->stroke_set = stroke;
    c->fill = fc, c->stroke = sc;
    c->alpha = alpha;
    memcpy(c->m, outer, sizeof outer);
}

void content_areas(struct page_content *c, const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        switch (a->kind) {
        case AREA_TEXT: put_text_area(c, (const struct area_text *)a); break;
        case AREA_SHAPE: put_shape(c, (const struct area_shape *)a); break;
        case AREA_IMAGE: put_image(c, (const struct area_image *)a); break;
        case AREA_LINK: put_link(c, (const struct area_link *)a); break;
        case AREA_DEST: put_dest_area(c, (const struct area_dest *)a); break;
        case AREA_GROUP: put_group(c, (const struct area_group *)a); break;
        }
    }
}
