/* Text (SVG 1.1, 10): chunks of characters, shaped and placed by text/. */
#include "graphics/svg.h"

#include <math.h>

enum { NEW_X = 1, NEW_Y = 2, SHIFTED = 4 }; /* flags of a character */

struct character {
    uint16_t unit;
    uint8_t flags;
    uint32_t style;
    double x, y, dx, dy;
};

struct flat {
    struct draw *d;
    struct character *c;
    size_t count, cap;
    struct svg_style *styles;
    size_t style_count, style_cap;
    bool space; /* the last character kept is a collapsible space */
};

/* White space as xml:space has it (SVG 1.1, 10.15). */
static void add_characters(struct flat *f, const char *s, bool preserve) {
    size_t n = strlen(s);
    uint16_t *units = mem_alloc((n + 1) * sizeof *units);
    size_t count = utf16_from_utf8(units, s, n);
    for (size_t i = 0; i < count; i++) {
        uint16_t u = units[i];
        if (!preserve && (u == '\n' || u == '\r')) continue;
        if (u == '\t' || u == '\n' || u == '\r') u = ' ';
        if (!preserve && u == ' ' && f->space) continue;
        f->space = !preserve && u == ' ';
        f->c = mem_grow(f->c, &f->cap, f->count + 1, sizeof *f->c);
        f->c[f->count++] = (struct character){.unit = u, .style = (uint32_t)f->style_count - 1};
    }
    mem_free(units);
}

static uint32_t add_style(struct flat *f, const struct svg_style *st) {
    f->styles = mem_grow(f->styles, &f->style_cap, f->style_count + 1, sizeof *f->styles);
    f->styles[f->style_count] = *st;
    return (uint32_t)f->style_count++;
}

static bool low_surrogate(uint16_t u) {
    return (u & 0xFC00) == 0xDC00;
}

/* One of the lists x, y, dx, dy: a number for each character from `start`. */
static void apply_list(struct flat *f, const xmlNode *n, const char *name, size_t start, double percent_of,
                       double font_size) {
    const char *s = svg_attr(n, name);
    bool ok = s != NULL;
    for (size_t i = start; ok && i < f->count; i++) {
        if (low_surrogate(f->c[i].unit)) continue;
        s = svg_skip_space(s);
        const char *number = s;
        svg_number(&s, &ok);
        if (!ok) return;
        double v = svg_length(number, percent_of, font_size, 0);
        while (*s && !strchr(" ,\t\r\n", *s)) s++;
        struct character *c = &f->c[i];
        if (strcmp(name, "x") == 0 && !(c->flags & NEW_X)) c->x = v, c->flags |= NEW_X;
        if (strcmp(name, "y") == 0 && !(c->flags & NEW_Y)) c->y = v, c->flags |= NEW_Y;
        if (strcmp(name, "dx") == 0) c->dx += v, c->flags |= SHIFTED;
        if (strcmp(name, "dy") == 0) c->dy += v, c->flags |= SHIFTED;
    }
}

static void apply_positions(struct flat *f, const xmlNode *n, const struct svg_style *st, size_t start) {
    apply_list(f, n, "x", start, f->d->view.w, st->size);
    apply_list(f, n, "y", start, f->d->view.h, st->size);
    apply_list(f, n, "dx", start, f->d->view.w, st->size);
    apply_list(f, n, "dy", start, f->d->view.h, st->size);
    if (svg_attr(n, "rotate")) svg_unsupported(f->d->svg, "rotate on text");
}

/* Characters of text and tspan in order; inner positions are set first, so
 * that they win over those of ancestors. */
static void flatten(struct flat *f, const xmlNode *n, const struct svg_style *st, int depth) {
    size_t start = f->count;
    uint32_t before = add_style(f, st);
    for (const xmlNode *c = n->children; c && depth < SVG_DEPTH; c = c->next) {
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) {
            if (f->style_count - 1 != before) before = add_style(f, st);
            add_characters(f, (const char *)c->content, st->preserve);
        } else if (svg_is(c, "tspan") || svg_is(c, "a")) {
            struct svg_style inner;
            svg_style_of(f->d->svg, c, st, &inner);
            inner.underline |= st->underline;
            if (!inner.none) flatten(f, c, &inner, depth + 1);
        } else if (c->type == XML_ELEMENT_NODE && !svg_is(c, "title") && !svg_is(c, "desc")) {
            svg_unsupported(f->d->svg, (const char *)c->name);
        }
    }
    apply_positions(f, n, st, start);
}

/* One chunk: characters from one absolute position to the next. */
struct chunk {
    struct draw *d;
    const struct flat *f;
    const uint16_t *text;
    size_t start, end;
    double width;             /* user units, with the shifts inside */
    double shift_y;           /* sum of dy */
    struct area_list areas;   /* text and underlines, from x = 0 */
};

static struct color text_color(struct draw *d, const struct svg_style *st) {
    if (st->fill.kind != PAINT_NONE) return svg_flat(d, &st->fill, st->fill_opacity);
    return svg_flat(d, &st->stroke, st->stroke_opacity);
}

static void underline(struct chunk *c, const struct svg_style *st, struct color color, double width) {
    double thick = st->size / 20, below = st->size / 10;
    area_add_rect(c->d->arena, &c->areas, c->d->tag, c->d->pos,
                  svg_rect(c->d, (struct box){c->width, c->shift_y + below, width, thick}), color);
}

/* Part of a run without a shift inside. */
static void set_piece(struct chunk *c, const struct text_run *run, uint32_t from, uint32_t to) {
    const struct svg_style *st = &c->f->styles[run->style];
    struct draw *d = c->d;
    uint32_t n = to - from;
    bool rtl = run->level & 1;
    mpt size = svg_mpt(st->size * d->unit), spacing = svg_mpt(st->letter_spacing * d->unit);
    unsigned features = (rtl ? TEXT_RTL : 0) | (spacing ? TEXT_NO_LIGATURES : 0);
    const struct shaped *s = text_shape(run->font, c->text + from, n, run->script, NULL, features);
    struct glyph *glyphs = arena_memdup(d->arena, s->glyphs, s->count * sizeof *glyphs);
    int64_t width = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        glyphs[i].adv = font_scale(run->font, glyphs[i].adv, size);
        glyphs[i].dx = font_scale(run->font, glyphs[i].dx, size);
        glyphs[i].dy = font_scale(run->font, glyphs[i].dy, size);
        if (i + 1 == s->count || glyphs[i + 1].cluster != glyphs[i].cluster) glyphs[i].adv += spacing;
        width += glyphs[i].adv;
    }
    struct color color = text_color(d, st);
    if (!st->hidden && s->count && size > 0 && color.space != COLOR_NONE) {
        struct area_text *t = area_add_text(d->arena, &c->areas, d->tag, d->pos);
        t->x = svg_mpt(c->width * d->unit);
        t->y = svg_mpt(c->shift_y * d->unit);
        t->font = run->font;
        t->size = size;
        t->color = color;
        t->glyphs = glyphs;
        t->glyph_count = s->count;
        t->text = arena_memdup(d->arena, c->text + from, n * sizeof *c->text);
        t->text_len = n;
        t->rtl = rtl;
        if (st->underline) underline(c, st, color, (double)width / d->unit);
    }
    c->width += (double)width / d->unit;
}

static void set_run(struct chunk *c, const struct text_run *run) {
    uint32_t from = run->start;
    for (uint32_t i = run->start; i <= run->end; i++) {
        const struct character *next = i < run->end ? &c->f->c[c->start + i] : NULL;
        if (next && !(next->flags & SHIFTED)) continue;
        if (i > from) set_piece(c, run, from, i);
        from = i;
        if (!next) break;
        c->width += next->dx;
        c->shift_y += next->dy;
    }
}

static uint32_t style_spans(struct chunk *c, struct text_style_span *spans) {
    uint32_t n = 0;
    struct fontset *fonts = c->d->svg->image->data->cache->fonts;
    for (size_t i = c->start; i < c->end; i++) {
        uint32_t style = c->f->c[i].style, at = (uint32_t)(i - c->start);
        if (n && spans[n - 1].style == style) {
            spans[n - 1].end = at + 1;
            continue;
        }
        const struct svg_style *st = &c->f->styles[style];
        struct font *font = font_find(fonts, st->family, st->italic, st->weight);
        spans[n++] = (struct text_style_span){at, at + 1, style, font, NULL};
    }
    return n;
}

static void shape_chunk(struct chunk *c) {
    struct draw *d = c->d;
    uint32_t n = (uint32_t)(c->end - c->start);
    uint16_t *text = ARENA_ARRAY(d->arena, uint16_t, n + 1);
    for (uint32_t i = 0; i < n; i++) text[i] = c->f->c[c->start + i].unit;
    c->text = text;
    struct text_style_span *spans = ARENA_ARRAY(d->arena, struct text_style_span, n + 1);
    uint32_t span_count = style_spans(c, spans);
    if (!spans[0].font) return;
    struct text_run *runs;
    uint32_t count = text_itemize(d->arena, text, n, spans, span_count, false, &runs,
                                  d->svg->image->data->cache->diags, d->pos);
    uint8_t *levels = ARENA_ARRAY(d->arena, uint8_t, count + 1);
    uint32_t *order = ARENA_ARRAY(d->arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) levels[i] = runs[i].level;
    text_reorder(levels, count, order);
    for (uint32_t i = 0; i < count; i++) set_run(c, &runs[order[i]]);
}

static void move_areas(struct area_list *list, mpt dx, mpt dy) {
    for (struct area *a = list->first; a; a = a->next) {
        if (a->kind == AREA_TEXT) {
            struct area_text *t = (struct area_text *)a;
            t->x = mpt_clamp((int64_t)t->x + dx);
            t->y = mpt_clamp((int64_t)t->y + dy);
        } else {
            struct area_shape *s = (struct area_shape *)a;
            s->rect.x = mpt_clamp((int64_t)s->rect.x + dx);
            s->rect.y = mpt_clamp((int64_t)s->rect.y + dy);
        }
    }
}

/* SVG 1.1, 10.5 and 10.9.1: each chunk is aligned by the anchor of its first
 * character; *x and *y are the current text position. */
static void place_chunk(struct flat *f, size_t start, size_t end, double *x, double *y) {
    struct draw *d = f->d;
    struct chunk c = {.d = d, .f = f, .start = start, .end = end};
    const struct character *first = &f->c[start];
    if (first->flags & NEW_X) *x = first->x;
    if (first->flags & NEW_Y) *y = first->y;
    shape_chunk(&c);
    int anchor = f->styles[first->style].anchor;
    double left = *x - (anchor == 1 ? c.width / 2 : anchor == 2 ? c.width : 0);
    move_areas(&c.areas, svg_mpt(left * d->unit), svg_mpt(*y * d->unit));
    area_list_append(d->list, &c.areas);
    *x = left + c.width;
    *y += c.shift_y;
}

void svg_text(struct draw *d, xmlNode *n, const struct svg_style *st) {
    struct flat f = {.d = d, .space = true};
    flatten(&f, n, st, d->depth);
    while (f.count && f.space && f.c[f.count - 1].unit == ' ') f.count--;
    double x = 0, y = 0;
    for (size_t start = 0, i = 1; start < f.count; i++) {
        if (i < f.count && !(f.c[i].flags & (NEW_X | NEW_Y))) continue;
        place_chunk(&f, start, i, &x, &y);
        start = i;
    }
    mem_free(f.c);
    mem_free(f.styles);
}
