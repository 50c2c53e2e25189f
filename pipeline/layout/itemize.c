/* A paragraph's text in runs of one font, script and level (UAX 9, UAX 24). */
#include "layout/breaks.h"
#include "layout/items_inline.h"

enum { LATIN = 0x4C61746E }; /* 'Latn' */

bool items_is_space(uint16_t u) {
    return u == ' ' || u == 0xA0 || (u >= 0x2000 && u <= 0x200B) || u == 0x202F || u == 0x2060 ||
           u == 0x3000 || u == 0xFEFF;
}

uint32_t items_text_from(const struct para *p) {
    return p->part_from < p->part_to ? p->parts[p->part_from].start : 0;
}

uint32_t items_text_to(const struct para *p) {
    return p->part_from < p->part_to ? p->parts[p->part_to - 1].end : 0;
}

static struct text_style_span *spans_of(struct maker *m, uint32_t n, uint32_t *count) {
    struct para *p = m->p;
    struct text_style_span *s = ARENA_ARRAY(m->arena, struct text_style_span, p->part_to - p->part_from + 1);
    uint32_t k = 0;
    const struct tstyle *root = p->root->ts;
    s[k++] = (struct text_style_span){0, n, 0, root->font, root->bcp47};
    for (uint32_t i = p->part_from; i < p->part_to; i++) {
        const struct ipart *part = &p->parts[i];
        if (part->kind != PART_TEXT && part->kind != PART_CHAR) continue;
        const struct tstyle *ts = part->box->ts;
        if (ts->font == s[k - 1].font && ts->bcp47 == s[k - 1].language) continue;
        if (part->start == m->base) k = 0;
        else s[k - 1].end = part->start - m->base;
        s[k++] = (struct text_style_span){part->start - m->base, n, i, ts->font, ts->bcp47};
    }
    *count = k;
    return s;
}

static bool has_marks(const uint16_t *t, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (t[i] >= 0x1EA0 && t[i] <= 0x1EF9) return true;
    return false;
}

/* Latin text whose fonts have its characters needs no itemiser. */
static bool runs_latin(struct maker *m, const struct text_style_span *s, uint32_t count) {
    const uint16_t *t = m->p->text + m->base;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = s[i].start; k < s[i].end; k++)
            if (t[k] >= 128 && t[k] != 0xFFFC && t[k] != 0xAD && !items_is_space(t[k]) &&
                !font_has(s[i].font, t[k]))
                return false;
    struct text_run *r = ARENA_ARRAY(m->arena, struct text_run, count);
    for (uint32_t i = 0; i < count; i++)
        r[i] = (struct text_run){s[i].start, s[i].end, s[i].style, 0, LATIN, s[i].font};
    m->runs = r;
    m->run_count = count;
    return true;
}

static bool is_number(const struct ipart *part) {
    if (part->kind != PART_OBJECT) return false;
    enum fo_element e = part->object->node->element;
    return e == FO_PAGE_NUMBER || e == FO_PAGE_NUMBER_CITATION || e == FO_PAGE_NUMBER_CITATION_LAST;
}

/* Page numbers are characters (6.6.10): to the bidi algorithm they are digits. */
static const uint16_t *with_digits(struct maker *m, const uint16_t *t, uint32_t n) {
    uint16_t *copy = NULL;
    for (uint32_t i = m->p->part_from; i < m->p->part_to; i++) {
        if (!is_number(&m->p->parts[i])) continue;
        if (!copy) copy = arena_memdup(m->arena, t, n * sizeof *t);
        copy[m->p->parts[i].start - m->base] = '0';
    }
    return copy ? copy : t;
}

void items_itemize(struct maker *m) {
    struct para *p = m->p;
    m->base = items_text_from(p);
    uint32_t n = items_text_to(p) - m->base, count;
    const uint16_t *t = p->text + m->base;
    uint8_t *breaks = ARENA_ARRAY(m->arena, uint8_t, n + 1);
    struct text_style_span *s = spans_of(m, n, &count);
    m->breaks = breaks;
    p->has_marks = has_marks(t, n);
    bool latin = breaks_latin(t, n, breaks);
    if (!latin) text_breaks(t, n, p->root->ts->bcp47, breaks);
    if (latin && !p->rtl && !p->has_bidi && runs_latin(m, s, count)) return;
    struct text_run *r = NULL;
    t = with_digits(m, t, n);
    m->run_count = text_itemize(m->arena, t, n, s, count, p->rtl, &r, p->l->diags, p->block->pos);
    m->runs = r;
    p->has_bidi = p->rtl;
    for (uint32_t i = 0; i < m->run_count; i++) p->has_bidi |= r[i].level > 0;
}

/* The run at unit i; runs are met in order. */
const struct text_run *items_run_at(struct maker *m, uint32_t i) {
    while (m->run + 1 < m->run_count && m->runs[m->run].end <= i - m->base) m->run++;
    while (m->run > 0 && m->runs[m->run].start > i - m->base) m->run--;
    return &m->runs[m->run];
}
