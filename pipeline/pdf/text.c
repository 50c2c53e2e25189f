/* Text areas to text operators (ISO 32000-1, 9.4).  This is the hot loop of
 * writing: runs that follow each other on a line share one TJ; a position is
 * corrected as soon as it is half a thousandth of the size away. */
#include "pdf/private.h"

enum { JOIN_LIMIT = 8000, FINE_SIZE = 20000 };

void close_array(struct content *c) {
    if (c->string) buf_char(&c->ops, ')');
    if (c->array) buf_str(&c->ops, "]TJ\n");
    c->string = c->array = false;
}

void end_text(struct content *c) {
    if (!c->in_text) return;
    if (c->open && c->open_in_text) close_mark(c);
    close_array(c);
    buf_str(&c->ops, "ET\n");
    c->in_text = c->placed = false;
}

static void set_rise(struct content *c, mpt rise) {
    if (c->gs.rise == rise) return;
    close_array(c);
    put_number(&c->ops, rise);
    buf_str(&c->ops, "Ts\n");
    c->gs.rise = rise;
}

static void set_font(struct content *c, struct pdf_font *f, mpt size) {
    if (c->gs.font == f->font && c->gs.size == size) return;
    close_array(c);
    content_use(c, 'F', (uint32_t)f->font->index, f->object);
    buf_fmt(&c->ops, "/F%d ", f->font->index);
    put_number(&c->ops, size);
    buf_str(&c->ops, "Tf\n");
    c->gs.font = f->font;
    c->gs.size = size;
}

/* Brings the pen near x, y: by staying on the line when a TJ can, by Td, or by
 * Tm in a new text object. */
static void move_to(struct content *c, mpt x, mpt y, mpt size) {
    if (c->array && c->line_y == y) {
        int64_t gap = ((int64_t)x - c->line_x) * 1000 - c->pen;
        if (gap < (int64_t)size * JOIN_LIMIT && gap > -(int64_t)size * JOIN_LIMIT) return;
    }
    close_array(c);
    if (c->placed) {
        put_number(&c->ops, x - c->line_x);
        put_number(&c->ops, c->line_y - y);
        buf_str(&c->ops, "Td\n");
    } else {
        buf_str(&c->ops, "1 0 0 -1 ");
        put_number(&c->ops, x);
        put_number(&c->ops, y);
        buf_str(&c->ops, "Tm\n");
    }
    c->placed = true;
    c->line_x = x;
    c->line_y = y;
    c->pen = 0;
}

/* Closes the gap to `off` (1/1000 millipoint) by a number in the TJ array:
 * whole thousandths of the size, tenths of them in large type. */
static void adjust(struct content *c, int64_t off, mpt size) {
    int64_t unit = size > FINE_SIZE ? size / 10 : size;
    int64_t n = (off + (off < 0 ? -unit / 2 : unit / 2)) / unit;
    if (!n) return;
    if (c->string) buf_char(&c->ops, ')');
    c->string = false;
    buf_milli(&c->ops, size > FINE_SIZE ? -n * 100 : -n * 1000);
    c->pen += size > FINE_SIZE ? n * size / 10 : n * size;
}

static char *put_byte(char *q, uint8_t b) {
    if (b == '(' || b == ')' || b == '\\') *q++ = '\\';
    else if (b == '\r') { /* would be read as a line feed */
        *q++ = '\\';
        b = 'r';
    }
    *q++ = (char)b;
    return q;
}

/* Glyphs from..to; x is where the first one's origin should be, in 1/1000
 * millipoint from the line's start.  Returns it for the next one. */
static int64_t show_glyphs(struct content *c, const struct pdf_font *f, const struct area_text *t,
                           uint32_t from, uint32_t to, int64_t x) {
    struct buf *b = &c->ops;
    int64_t size = t->size, slack = size > FINE_SIZE ? size / 20 : size / 2;
    buf_need(b, (size_t)(to - from) * 6 + 64);
    for (uint32_t i = from; i < to; i++) {
        const struct glyph *g = &t->glyphs[i];
        uint32_t code = c->pdf->cids[i] & ~CODE_ACTUAL;
        if (g->dy != c->gs.rise) set_rise(c, g->dy);
        if (!c->array) buf_char(b, '[');
        c->array = true;
        int64_t off = x + (int64_t)g->dx * 1000 - c->pen;
        if (off > slack || off < -slack) adjust(c, off, t->size);
        if (b->cap - b->n < 64) buf_need(b, (size_t)(to - i) * 6 + 64);
        char *q = b->p + b->n;
        if (!c->string) *q++ = '(';
        c->string = true;
        q = put_byte(q, (uint8_t)(code >> 8));
        q = put_byte(q, (uint8_t)code);
        b->n = (size_t)(q - b->p);
        c->pen += f->widths[code] * size;
        x += (int64_t)g->adv * 1000;
    }
    b->p[b->n] = 0;
    return x;
}

/* ---- ActualText (14.9.4) ------------------------------------------------------- */

static bool is_space(const struct area_text *t, uint32_t glyph) {
    uint32_t at = t->glyphs[glyph].cluster;
    return at < t->text_len && (t->text[at] == ' ' || t->text[at] == 0xA0);
}

/* Units of text of the glyphs from..to, whole clusters. */
static void range_text(const struct area_text *t, uint32_t from, uint32_t to, uint32_t *start,
                       uint32_t *end) {
    *start = t->rtl ? t->glyphs[to - 1].cluster : t->glyphs[from].cluster;
    *end = t->text_len;
    if (!t->rtl && to < t->glyph_count) *end = t->glyphs[to].cluster;
    if (t->rtl && from > 0) *end = t->glyphs[from - 1].cluster;
    if (*end > t->text_len) *end = t->text_len;
    if (*start > *end) *start = *end;
}

static void begin_actual(struct content *c, const struct area_text *t, uint32_t from, uint32_t to) {
    static const uint16_t soft_hyphen = 0xAD;
    uint32_t start, end;
    range_text(t, from, to, &start, &end);
    if (t->hyphen && from == t->glyph_count - 1) open_actual(c, t->a.tag, &soft_hyphen, 1);
    else open_actual(c, t->a.tag, t->text + start, end - start);
}

/* Words that hold a glyph whose code does not say its text are wrapped whole,
 * so that a reader gets words and not pieces. */
static void show_words(struct content *c, const struct pdf_font *f, const struct area_text *t, int64_t x) {
    const uint32_t *codes = c->pdf->cids;
    uint32_t count = t->glyph_count - (t->hyphen && t->glyph_count > 1);
    for (uint32_t i = 0; i < t->glyph_count;) {
        uint32_t to = i + 1;
        bool space = is_space(t, i), actual = codes[i] & CODE_ACTUAL;
        for (; i < count && to < count && is_space(t, to) == space; to++) actual |= codes[to] & CODE_ACTUAL;
        if (actual) begin_actual(c, t, i, to);
        else open_mark(c, t->a.tag);
        x = show_glyphs(c, f, t, i, to, x);
        if (actual) close_actual(c);
        i = to;
    }
}

void put_text_area(struct content *c, const struct area_text *t) {
    struct pdf *p = c->pdf;
    if (!t->glyph_count || t->color.space == COLOR_NONE || t->size <= 0) return;
    struct pdf_font *f = font_of(p, t->font);
    p->cids = mem_grow(p->cids, &p->cid_cap, t->glyph_count, sizeof *p->cids);
    bool plain = font_codes(p, f, t, p->cids);
    if (c->open && (c->open_tag != t->a.tag || (!plain && !c->open_in_text))) close_mark(c);
    if (!c->in_text) buf_str(&c->ops, "BT\n");
    c->in_text = true;
    if (plain) open_mark(c, t->a.tag);
    set_fill(c, t->color);
    set_font(c, f, t->size);
    move_to(c, t->x, t->y, t->size);
    int64_t x = ((int64_t)t->x - c->line_x) * 1000;
    if (plain) show_glyphs(c, f, t, 0, t->glyph_count, x);
    else show_words(c, f, t, x);
    set_rise(c, 0);
}
