/* Areas to content streams (ISO 32000-1, 7.8.2, 8.4, 14.6).  A stream begins
 * with a flip, so that all coordinates stay y-down. */
#include "pdf/private.h"

enum { TAG_ACTUAL = INT32_MIN }; /* open_tag of a piece with ActualText */

void content_begin(struct content *c, struct pdf *p, struct page *page) {
    *c = (struct content){.pdf = p, .page = page};
    c->gs = (struct graphics_state){.m = {1, 0, 0, 1, 0, 0}, .alpha = 65535, .opacity = 65535};
}

void content_free(struct content *c) {
    buf_free(&c->ops);
    mem_free(c->resources);
}

/* ---- resources (7.8.3) ------------------------------------------------------------ */

void content_use(struct content *c, char kind, uint32_t id, uint32_t object) {
    for (size_t i = 0; i < c->resource_count; i++)
        if (c->resources[i].id == id && c->resources[i].kind == kind) return;
    c->resources = mem_grow(c->resources, &c->resource_cap, c->resource_count + 1, sizeof *c->resources);
    c->resources[c->resource_count++] = (struct resource){kind, id, object};
}

HPDF_Dict content_resources(struct content *c) {
    static const struct {
        const char *name, *kinds;
    } rows[] = {{"Font", "F"}, {"XObject", "IX"}, {"ExtGState", "AM"}, {"Shading", "S"}};
    struct pdf *p = c->pdf;
    HPDF_Dict all = dict_new(p, NULL);
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        HPDF_Dict d = NULL;
        for (size_t i = 0; i < c->resource_count; i++) {
            if (!strchr(rows[r].kinds, c->resources[i].kind)) continue;
            if (!d) d = dict_new(p, NULL);
            char name[16];
            snprintf(name, sizeof name, "%c%u", c->resources[i].kind, c->resources[i].id);
            dict_ref(p, d, name, c->resources[i].object);
        }
        dict_add(p, all, rows[r].name, d);
    }
    return all;
}

/* ---- colours (8.6) ------------------------------------------------------------------ */

static void component(struct buf *b, uint32_t v) {
    put_number(b, (v * 1000 + 32767) / 65535);
}

/* Under an sRGB intent CMYK is converted by the plain formula. */
void put_color(struct buf *b, const struct pdf *p, struct color c, bool stroke) {
    if (c.space == COLOR_GRAY) {
        component(b, c.c[0]);
        buf_str(b, stroke ? "G\n" : "g\n");
    } else if (c.space == COLOR_CMYK && p->options.profile == PDF_PLAIN) {
        for (int i = 0; i < 4; i++) component(b, c.c[i]);
        buf_str(b, stroke ? "K\n" : "k\n");
    } else {
        for (int i = 0; i < 3; i++) {
            uint64_t v = c.c[i];
            if (c.space == COLOR_CMYK) v = (uint64_t)(65535 - c.c[i]) * (uint64_t)(65535 - c.c[3]) / 65535;
            component(b, (uint32_t)v);
        }
        buf_str(b, stroke ? "RG\n" : "rg\n");
    }
}

static bool same_color(struct color a, struct color b) {
    return a.space == b.space && memcmp(a.c, b.c, sizeof a.c) == 0;
}

/* 11.6.4.4: a graphics state for each of 256 steps of constant alpha. */
void set_alpha(struct content *c, uint16_t alpha) {
    uint16_t a = (uint16_t)((uint32_t)alpha * c->gs.opacity / 65535);
    if (a >> 8 == c->gs.alpha >> 8) return;
    struct pdf *p = c->pdf;
    uint32_t k = a >> 8;
    c->gs.alpha = a;
    if (!p->alphas[k]) {
        p->alphas[k] = object_number(p);
        HPDF_Dict d = dict_new(p, "ExtGState");
        struct buf b = {0};
        for (int i = 0; i < 2; i++) {
            buf_str(&b, i ? "/CA " : "/ca ");
            put_number(&b, (k * 1000 + 127) / 255);
        }
        dict_raw(p, d, b.p);
        buf_free(&b);
        object_write(p, p->alphas[k], d);
    }
    close_array(c);
    content_use(c, 'A', k, p->alphas[k]);
    buf_fmt(&c->ops, "/A%u gs\n", k);
}

void set_fill(struct content *c, struct color color) {
    set_alpha(c, color.alpha);
    if (c->gs.fill_set && same_color(c->gs.fill, color)) return;
    close_array(c);
    put_color(&c->ops, c->pdf, color, false);
    c->gs.fill = color;
    c->gs.fill_set = true;
}

void set_stroke(struct content *c, struct color color) {
    set_alpha(c, color.alpha);
    if (c->gs.stroke_set && same_color(c->gs.stroke, color)) return;
    close_array(c);
    put_color(&c->ops, c->pdf, color, true);
    c->gs.stroke = color;
    c->gs.stroke_set = true;
}

/* ---- marked content (14.6, 14.8.2; ISO 14289-1, 7.1) -------------------------------- */

/* A mark opened outside a text object ends outside it. */
void close_mark(struct content *c) {
    if (!c->open || c->locked) return;
    close_array(c);
    if (c->in_text && !c->open_in_text) {
        buf_str(&c->ops, "ET\n");
        c->in_text = c->placed = false;
    }
    buf_str(&c->ops, "EMC\n");
    c->open = false;
}

static uint32_t add_mcid(struct content *c, int32_t tag) {
    struct page *g = c->page;
    uint32_t mcid = (uint32_t)g->mcid_count;
    g->mcids = mem_grow(g->mcids, &g->mcid_cap, g->mcid_count + 1, sizeof *g->mcids);
    g->mcids[g->mcid_count++] = tag;
    tags_add(c->pdf, tag, (struct kid){KID_CONTENT, g->index, mcid});
    return mcid;
}

void open_mark(struct content *c, int32_t tag) {
    struct pdf *p = c->pdf;
    if (!p->tagged || c->locked || (c->open && c->open_tag == tag)) return;
    close_mark(c);
    close_array(c);
    c->open = true;
    c->open_in_text = c->in_text;
    c->open_tag = tag;
    struct element *e = tags_find(p, tag);
    if (!e) {
        if (tag >= 0) pdf_refuse(p, "content comes after its structure element was closed", p->options.pos);
        bool header = tag == TAG_PAGINATION_HEADER, footer = tag == TAG_PAGINATION_FOOTER;
        if (header) buf_str(&c->ops, "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n");
        else if (footer) buf_str(&c->ops, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
        else buf_str(&c->ops, "/Artifact BMC\n");
        return;
    }
    put_name(&c->ops, e->name);
    buf_fmt(&c->ops, "<</MCID %u>>BDC\n", add_mcid(c, tag));
}

/* Marked content that is to be read as n units of text.  Inside an element it
 * is a piece of that element beside the others, because readers stumble over
 * marks within marks; else it stands inside the mark of the artifact. */
void open_actual(struct content *c, int32_t tag, const uint16_t *text, size_t n) {
    struct element *e = c->pdf->tagged && !c->locked ? tags_find(c->pdf, tag) : NULL;
    if (e) close_mark(c);
    else open_mark(c, tag);
    close_array(c);
    buf_str(&c->ops, "/Span<<");
    if (e) {
        buf_fmt(&c->ops, "/MCID %u", add_mcid(c, tag));
        c->open = c->open_in_text = true;
        c->open_tag = TAG_ACTUAL;
    }
    buf_str(&c->ops, "/ActualText<FEFF");
    put_hex16(&c->ops, text, n);
    buf_str(&c->ops, ">>>BDC\n");
}

void close_actual(struct content *c) {
    close_array(c);
    buf_str(&c->ops, "EMC\n");
    if (c->open_tag == TAG_ACTUAL) c->open = false;
}

void content_end(struct content *c) {
    end_text(c);
    close_mark(c);
}

/* ---- places on the page --------------------------------------------------------------- */

void page_box(const struct content *c, struct rect r, double out[4]) {
    double xs[4] = {r.x, r.x + (double)r.w, r.x, r.x + (double)r.w};
    double ys[4] = {r.y, r.y, r.y + (double)r.h, r.y + (double)r.h};
    const double *m = c->gs.m;
    for (int i = 0; i < 4; i++) {
        double x = (m[0] * xs[i] + m[2] * ys[i] + m[4]) / 1000;
        double y = (c->page->area->height - (m[1] * xs[i] + m[3] * ys[i] + m[5])) / 1000;
        if (i == 0 || x < out[0]) out[0] = x;
        if (i == 0 || y < out[1]) out[1] = y;
        if (i == 0 || x > out[2]) out[2] = x;
        if (i == 0 || y > out[3]) out[3] = y;
    }
}

void note_box(struct content *c, int32_t tag, struct rect r) {
    struct element *e = c->pdf->tagged ? tags_find(c->pdf, tag) : NULL;
    if (!e || !e->figure) return;
    double box[4];
    page_box(c, r, box);
    tags_box(c->pdf, tag, c->page->index, box);
}

static void put_link(struct content *c, const struct area_link *a) {
    struct page *g = c->page;
    g->links = mem_grow(g->links, &g->link_cap, g->link_count + 1, sizeof *g->links);
    g->links[g->link_count].link = a;
    page_box(c, a->rect, g->links[g->link_count].rect);
    g->link_count++;
}

static void put_dest(struct content *c, const struct area_dest *d) {
    double box[4];
    page_box(c, (struct rect){d->x, d->y, 0, 0}, box);
    dest_place(c->pdf, d->id, c->page, box[0], box[1]);
}

void content_areas(struct content *c, const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        switch (a->kind) {
        case AREA_TEXT: put_text_area(c, (const struct area_text *)a); break;
        case AREA_SHAPE: put_shape(c, (const struct area_shape *)a); break;
        case AREA_IMAGE: put_image(c, (const struct area_image *)a); break;
        case AREA_LINK: put_link(c, (const struct area_link *)a); break;
        case AREA_DEST: put_dest(c, (const struct area_dest *)a); break;
        case AREA_GROUP: put_group(c, (const struct area_group *)a); break;
        }
    }
}
