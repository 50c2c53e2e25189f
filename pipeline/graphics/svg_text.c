/* Text (SVG 1.1, 10): shaped as the rest of the document's. */
#include "graphics/svg.h"

struct piece {
    const uint16_t *text;
    uint32_t n;
    struct svg_style style;
    double dx, dy;
};

/* A chunk: text from one absolute position to the next, anchored as a whole. */
struct chunk {
    struct piece *v;
    size_t n, cap;
    double x, y, width;
    int anchor;
    bool space; /* the last character was a space that may collapse */
};

static struct font *font_of(struct draw *d, const struct svg_style *st) {
    return font_find(d->svg->image->data->cache->fonts, st->family, st->italic, st->weight);
}

static mpt scaled(double v) {
    return mpt_clamp((int64_t)(v * MPT_PER_POINT + (v < 0 ? -0.5 : 0.5)));
}

/* Draws (or, with draw false, measures) a piece at x, y; returns its advance. */
static double set_piece(struct draw *d, const struct piece *p, double x, double y, bool draw) {
    struct font *own = font_of(d, &p->style);
    if (!own || !p->n) return 0;
    struct text_style_span span = {0, p->n, 0, own, NULL};
    struct text_run *runs;
    uint32_t count = text_itemize(d->arena, p->text, p->n, &span, 1, false, &runs, d->svg->image->data->cache->diags, d->pos);
    mpt size = scaled(p->style.size), at = scaled(x), start = at;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = runs[i].end - runs[i].start;
        const struct shaped *s = text_shape(runs[i].font, p->text + runs[i].start, n, runs[i].script, NULL, runs[i].level & 1 ? TEXT_RTL : 0);
        struct glyph *g = ARENA_ARRAY(d->arena, struct glyph, s->count);
        mpt width = 0;
        for (uint32_t k = 0; k < s->count; k++) {
            g[k] = s->glyphs[k];
            g[k].adv = font_scale(runs[i].font, g[k].adv, size) + scaled(p->style.letter_spacing);
            g[k].dx = font_scale(runs[i].font, g[k].dx, size);
            g[k].dy = font_scale(runs[i].font, g[k].dy, size);
            width += g[k].adv;
        }
        bool visible = p->style.fill.kind != PAINT_NONE && !p->style.hidden;
        if (draw && visible) {
            struct area_text *t = area_add_text(d->arena, d->list, d->tag, d->pos);
            t->x = at;
            t->y = scaled(y);
            t->font = runs[i].font;
            t->size = size;
            t->color = p->style.fill.kind == PAINT_COLOR ? p->style.fill.color : COLOR_BLACK;
            t->color.alpha = (uint16_t)(t->color.alpha * p->style.fill_opacity * p->style.opacity);
            t->glyphs = g;
            t->glyph_count = s->count;
            t->text = p->text + runs[i].start;
            t->text_len = n;
            t->rtl = runs[i].level & 1;
        }
        at += width;
    }
    if (draw && p->style.underline) {
        struct rect r = {start, scaled(y + p->style.size * 0.12), at - start, scaled(p->style.size * 0.06)};
        area_add_rect(d->arena, d->list, TAG_ARTIFACT, d->pos, r, p->style.fill.kind == PAINT_COLOR ? p->style.fill.color : COLOR_BLACK);
    }
    return (at - start) / (double)MPT_PER_POINT;
}

static void flush(struct draw *d, struct chunk *c) {
    double width = 0;
    for (size_t i = 0; i < c->n; i++) width += set_piece(d, &c->v[i], 0, 0, false) + c->v[i].dx;
    double x = c->x - (c->anchor == 1 ? width / 2 : c->anchor == 2 ? width : 0);
    for (size_t i = 0; i < c->n; i++) {
        x += c->v[i].dx;
        c->y += c->v[i].dy;
        x += set_piece(d, &c->v[i], x, c->y, true);
    }
    c->x = x;
    c->n = 0;
}

/* 10.15: white space collapses unless xml:space says preserve. */
static uint32_t collapse(struct chunk *c, uint16_t *s, uint32_t n, bool preserve) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint16_t ch = s[i];
        bool space = ch == ' ' || ch == '\n' || ch == '\t' || ch == '\r';
        if (space && !preserve) {
            if (ch == '\n' || ch == '\r' ? c->space : c->space) continue;
            ch = ' ';
        }
        if (space) ch = ' ';
        s[k++] = ch;
        c->space = space && !preserve;
    }
    return k;
}

static void add_text(struct draw *d, struct chunk *c, const char *s, const struct svg_style *st, double dx, double dy) {
    size_t n = strlen(s), m;
    const char *nfc = text_nfc(d->arena, s, n, &m);
    uint16_t *u = ARENA_ARRAY(d->arena, uint16_t, m + 1);
    uint32_t k = collapse(c, u, (uint32_t)utf16_from_utf8(u, nfc, m), st->preserve);
    if (!k) return;
    c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof *c->v);
    c->v[c->n++] = (struct piece){u, k, *st, dx, dy};
}

static void walk(struct draw *d, struct chunk *c, xmlNode *n, const struct svg_style *st, int depth) {
    double dx = svg_attr_length(n, "dx", d->view_w, st->size, 0), dy = svg_attr_length(n, "dy", d->view_h, st->size, 0);
    bool has_x = svg_attr(n, "x") != NULL, has_y = svg_attr(n, "y") != NULL;
    if (has_x || has_y) {
        flush(d, c);
        if (has_x) c->x = svg_attr_length(n, "x", d->view_w, st->size, 0);
        if (has_y) c->y = svg_attr_length(n, "y", d->view_h, st->size, 0);
        c->anchor = st->anchor;
        c->space = true;
    }
    for (xmlNode *k = n->children; k; k = k->next) {
        if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE) {
            add_text(d, c, (const char *)k->content, st, dx, dy);
            dx = dy = 0;
        } else if (k->type == XML_ELEMENT_NODE && depth < 16 &&
                   (strcmp((const char *)k->name, "tspan") == 0 || strcmp((const char *)k->name, "a") == 0)) {
            struct svg_style own;
            svg_style_of(d->svg, k, st, &own);
            if (!own.none) walk(d, c, k, &own, depth + 1);
        }
    }
}

/* A space at the end of a chunk is none. */
static void trim(struct chunk *c) {
    if (!c->n || !c->space) return;
    struct piece *p = &c->v[c->n - 1];
    if (p->n && p->text[p->n - 1] == ' ' && !p->style.preserve) p->n--;
}

void svg_text(struct draw *d, xmlNode *n, const struct svg_style *st) {
    struct chunk c = {.anchor = st->anchor, .space = true};
    walk(d, &c, n, st, 0);
    trim(&c);
    flush(d, &c);
    mem_free(c.v);
}
