/* What inline layout needs of a computed style, once a style. */
#include "layout/para.h"

struct style_cache *style_cache_of(struct layout *l) {
    if (!l->text_styles) l->text_styles = mem_alloc(sizeof(struct style_cache));
    return l->text_styles;
}

void line_drop_caches(struct layout *l) {
    struct style_cache *c = l->text_styles;
    if (!c) return;
    line_scratch_drop(c->fit);
    mem_free(c->styles);
    mem_free(c->units);
    mem_free(c->slots);
    mem_free(c->glyphs);
    mem_free(c->text);
    mem_free(c);
    l->text_styles = NULL;
}

/* Widths of spaces a font does not have, by their names (Unicode, chapter 6.2). */
static mpt space_width(const struct tstyle *ts, uint32_t cp) {
    mpt em = ts->size;
    switch (cp) {
    case 0x2000: case 0x2002: return em / 2;
    case 0x2001: case 0x2003: return em;
    case 0x2004: return em / 3;
    case 0x2005: return em / 4;
    case 0x2006: return em / 6;
    case 0x2007: return char_width(ts, '0');
    case 0x2008: return char_width(ts, '.');
    case 0x2009: return em / 5;
    case 0x200A: return em / 10;
    case 0x202F: return ts->space / 2;
    case 0x3000: return ts->space * 2;
    default: return 0;
    }
}

/* Advance of one character, without kerning. */
mpt char_width(const struct tstyle *ts, uint32_t cp) {
    struct font *f = ts->font;
    if (!f) return 0;
    if (cp == 0xA0) return ts->space;
    if (cp == 0x200B || cp == 0x2060 || cp == 0xFEFF) return 0;
    uint32_t gid = font_glyph(f, cp);
    mpt w = gid ? glyph_mpt(f, font_advance(f, gid), ts->size) : 0;
    if (w > 0) return w;
    if (cp >= 0x2000 && cp <= 0x3000) return space_width(ts, cp);
    struct font *other = font_fallback(f, cp);
    if (other) return glyph_mpt(other, font_advance(other, font_glyph(other, cp)), ts->size);
    return glyph_mpt(f, font_advance(f, 0), ts->size);
}

static struct elastic elastic_of(const struct fo_node *n, enum fo_prop min, enum fo_prop opt,
                                 enum fo_prop max) {
    mpt a = fo_length(n, min, 0), o = fo_length(n, opt, 0), b = fo_length(n, max, 0);
    if (!fo_is_length(n, min)) a = o;
    if (!fo_is_length(n, max)) b = o;
    return (struct elastic){o, b > o ? b - o : 0, o > a ? o - a : 0};
}

/* XSL 1.1, 7.17.8: a normal space may shrink by a third and grow by half of
 * its width, and takes the letter-spaces at both of its sides. */
static void set_spacing(struct tstyle *ts, const struct fo_node *n) {
    if (fo_is_length(n, P_LETTER_SPACING_OPTIMUM))
        ts->letter =
            elastic_of(n, P_LETTER_SPACING_MINIMUM, P_LETTER_SPACING_OPTIMUM, P_LETTER_SPACING_MAXIMUM);
    if (fo_is_length(n, P_WORD_SPACING_OPTIMUM)) {
        ts->word = elastic_of(n, P_WORD_SPACING_MINIMUM, P_WORD_SPACING_OPTIMUM, P_WORD_SPACING_MAXIMUM);
        ts->word.opt = mpt_clamp((int64_t)ts->word.opt + ts->space);
        return;
    }
    ts->word.opt = mpt_clamp(ts->space + 2LL * ts->letter.opt);
    ts->word.stretch = mpt_clamp(ts->space / 2 + 2LL * ts->letter.stretch);
    ts->word.shrink = mpt_clamp(ts->space / 3 + 2LL * ts->letter.shrink);
}

/* XSL 1.1, 7.9.6: the size at which the font's x-height is so much of the font-size. */
static void adjust_size(struct tstyle *ts, const struct fo_node *n) {
    double aspect = fo_number(n, P_FONT_SIZE_ADJUST);
    if (aspect <= 0 || ts->font->x_height <= 0) return;
    double size = ts->size * aspect * ts->font->upem / ts->font->x_height;
    ts->size = size < MPT_MAX ? (mpt)(size + 0.5) : MPT_MAX;
}

static void set_font(struct tstyle *ts, struct layout *l, const struct fo_node *n) {
    enum fo_token slant = fo_token(n, P_FONT_STYLE);
    int weight = (int)fo_number(n, P_FONT_WEIGHT);
    ts->font = font_find(l->fonts, fo_string(n, P_FONT_FAMILY), slant != E_NORMAL && slant != 0,
                         weight ? weight : 400);
    ts->size = fo_length(n, P_FONT_SIZE, 0);
    if (ts->size < 0) ts->size = 0;
    ts->line_height = fo_length(n, P_LINE_HEIGHT, ts->size);
    if (!ts->font) return;
    adjust_size(ts, n);
    ts->ascent = glyph_mpt(ts->font, ts->font->ascender, ts->size);
    ts->depth = ts->font_depth = glyph_mpt(ts->font, ts->font->descender, ts->size);
    ts->x_height = glyph_mpt(ts->font, ts->font->x_height, ts->size);
    ts->cap_height = glyph_mpt(ts->font, ts->font->cap_height, ts->size);
    uint32_t gid = font_glyph(ts->font, ' ');
    /* 7.29.4-5: an area may claim more or less than its font does. */
    if (fo_is_length(n, P_TEXT_ALTITUDE)) ts->ascent = fo_length(n, P_TEXT_ALTITUDE, ts->size);
    if (fo_is_length(n, P_TEXT_DEPTH)) ts->depth = fo_length(n, P_TEXT_DEPTH, ts->size);
    ts->space = gid ? glyph_mpt(ts->font, font_advance(ts->font, gid), ts->size) : ts->size / 4;
}

static const char *name_of(const struct fo_node *n, enum fo_prop p) {
    const char *s = fo_string(n, p);
    return s && *s && strcmp(s, "none") != 0 ? s : NULL;
}

static void set_language(struct tstyle *ts, struct layout *l, const struct fo_node *n) {
    ts->language = name_of(n, P_LANGUAGE);
    ts->country = name_of(n, P_COUNTRY);
    ts->bcp47 = ts->language;
    if (!ts->language || !ts->country || strchr(ts->language, '-')) return;
    struct buf b = {0};
    buf_fmt(&b, "%s-%s", ts->language, ts->country);
    ts->bcp47 = arena_strdup(l->arena, buf_cstr(&b));
    buf_free(&b);
}

static bool decoration_of(const struct fo_node *n, enum fo_prop p, struct color *out) {
    if (fo_get(n, p)->kind != FOV_COLOR) return false;
    *out = color_of(fo_get(n, p));
    return true;
}

static void set_paint(struct tstyle *ts, const struct fo_node *n) {
    static const enum fo_prop widths[] = {P_BORDER_BEFORE_WIDTH, P_BORDER_AFTER_WIDTH, P_BORDER_START_WIDTH,
                                          P_BORDER_END_WIDTH,    P_PADDING_BEFORE,     P_PADDING_AFTER,
                                          P_PADDING_START,       P_PADDING_END};
    ts->color = color_of(fo_get(n, P_COLOR));
    struct decoration *d = &ts->deco;
    d->under = decoration_of(n, P_UNDERLINE_COLOR, &d->under_color);
    d->over = decoration_of(n, P_OVERLINE_COLOR, &d->over_color);
    d->through = decoration_of(n, P_LINE_THROUGH_COLOR, &d->through_color);
    d->any = d->under || d->over || d->through;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (fo_length(n, widths[i], MPT_PER_POINT)) ts->has_edges = true;
    ts->has_background = color_of(fo_get(n, P_BACKGROUND_COLOR)).space != COLOR_NONE ||
                         (fo_string(n, P_BACKGROUND_IMAGE) && *fo_string(n, P_BACKGROUND_IMAGE));
}

static struct tstyle *make(struct layout *l, const struct fo_node *n) {
    struct tstyle *ts = ARENA_NEW(l->arena, struct tstyle);
    set_font(ts, l, n);
    set_language(ts, l, n);
    set_spacing(ts, n);
    set_paint(ts, n);
    const char *h = fo_string(n, P_HYPHENATION_CHARACTER);
    const char *p = h ? h : "-";
    ts->hyphen_char = *p ? utf8_next(&p, p + strlen(p)) : 0;
    if (ts->font && ts->hyphen_char && !font_glyph(ts->font, ts->hyphen_char)) ts->hyphen_char = '-';
    ts->hyphen = ts->hyphen_char ? char_width(ts, ts->hyphen_char) : 0;
    enum fo_token t = fo_token(n, P_TEXT_TRANSFORM);
    ts->transform = t == E_UPPERCASE    ? TEXT_CASE_UPPER
                    : t == E_LOWERCASE  ? TEXT_CASE_LOWER
                    : t == E_CAPITALIZE ? TEXT_CASE_CAPITALIZE
                                        : TEXT_CASE_NONE;
    ts->small_caps = fo_is(n, P_FONT_VARIANT, E_SMALL_CAPS);
    ts->hidden = fo_token(n, P_VISIBILITY) == E_HIDDEN || fo_token(n, P_VISIBILITY) == E_COLLAPSE;
    ts->keep = fo_is(n, P_KEEP_TOGETHER_WITHIN_LINE, E_ALWAYS);
    ts->preserve = fo_is(n, P_WHITE_SPACE_TREATMENT, E_PRESERVE);
    ts->scores_spaces = !fo_is(n, P_SCORE_SPACES, E_FALSE);
    ts->hyphenate = fo_is(n, P_HYPHENATE, E_TRUE);
    if (ts->letter.opt || ts->letter.stretch || ts->letter.shrink) ts->features |= TEXT_NO_LIGATURES;
    return ts;
}

const struct tstyle *tstyle_of(struct layout *l, const struct fo_node *n) {
    struct style_cache *c = style_cache_of(l);
    uint32_t serial = n->style->serial;
    if (serial >= c->style_cap) {
        size_t old = c->style_cap;
        c->styles = mem_grow(c->styles, &c->style_cap, (size_t)serial + 1, sizeof *c->styles);
        memset(c->styles + old, 0, (c->style_cap - old) * sizeof *c->styles);
    }
    struct tstyle *ts = c->styles[serial];
    if (!ts) ts = c->styles[serial] = make(l, n); /* styles of one serial differ in names and targets only */
    return ts;
}

/* XSL 1.1, 7.9.8: small capitals are capitals at four fifths of the size, on
 * the line of the others. */
const struct tstyle *tstyle_small(struct layout *l, const struct tstyle *ts) {
    if (ts->small) return ts->small;
    struct tstyle *small = arena_memdup(l->arena, ts, sizeof *ts);
    small->size = ts->size / 5 * 4;
    small->hyphen = ts->hyphen / 5 * 4;
    ((struct tstyle *)ts)->small = small;
    return small;
}
