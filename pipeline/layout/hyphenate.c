/* Hyphenation (XSL 1.1, 7.10, 7.16.1-2): words run across inlines, not across
 * languages. */
#include "layout/items_inline.h"

#include <unicode/uchar.h>

enum { HYPHENATED_MAX = 200 };
struct word_letters {
    uint16_t u[HYPHENATED_MAX];
    uint32_t at[HYPHENATED_MAX]; /* unit of the text */
    uint32_t n;
    const struct tstyle *ts;
};

static bool is_letter(uint16_t u) {
    return u < 128 ? (u | 32) >= 'a' && (u | 32) <= 'z' : u_isalpha(u) || (u >= 0x300 && u < 0x370);
}

/* Letters in one row; parts of a word apart from each other are hyphenated
 * each for itself, the counts hold at the word's true ends. */
static void hyphenate_word(struct maker *m, const struct word_letters *w, uint8_t *out) {
    const struct fo_node *b = m->p->block;
    int remain = (int)fo_number(b, P_HYPHENATION_REMAIN_CHARACTER_COUNT);
    int push = (int)fo_number(b, P_HYPHENATION_PUSH_CHARACTER_COUNT);
    uint32_t last = w->n;
    while (last > 0 && !is_letter(w->u[last - 1])) last--;
    bool begun = false;
    for (uint32_t i = 0; i < last;) {
        uint32_t j = i;
        while (j < last && is_letter(w->u[j])) j++;
        if (j > i) {
            uint8_t points[HYPHENATED_MAX + 1] = {0};
            text_hyphenate(m->p->l->fonts, w->u + i, j - i, w->ts->language, w->ts->country,
                           begun ? 1 : remain, j == last ? push : 1, points);
            for (uint32_t k = 1; k < j - i; k++)
                if (points[k]) out[w->at[i + k] - m->base] = 1;
            begun = true;
        }
        i = j + 1;
    }
}

static void flush_word(struct maker *m, struct word_letters *w, uint8_t *out) {
    if (w->n > 1 && w->n <= HYPHENATED_MAX && w->ts->language) hyphenate_word(m, w, out);
    w->n = 0;
}

/* Words run across inlines: boxes with nothing but auxiliary elements between. */
const uint8_t *items_hyphen_points(struct maker *m) {
    uint8_t *out = ARENA_ARRAY(m->arena, uint8_t, items_text_to(m->p) - m->base + 1);
    struct word_letters *w = ARENA_NEW(m->arena, struct word_letters);
    for (size_t i = 0; i < m->n; i++) {
        const struct el *e = &m->els[i];
        if (e->flags & EL_AUX) continue;
        const struct frag *f = e->kind == EL_BOX && e->frag >= 0 ? &m->frags[e->frag] : NULL;
        if (!f || f->kind != FRAG_WORD || !f->box->ts->hyphenate) {
            flush_word(m, w, out);
            continue;
        }
        if (w->n && w->ts->language != f->box->ts->language) flush_word(m, w, out);
        w->ts = f->box->ts;
        for (uint32_t k = f->start; k < f->end && w->n <= HYPHENATED_MAX; k++) {
            if (w->n < HYPHENATED_MAX) {
                w->u[w->n] = m->p->text[k];
                w->at[w->n] = k;
            }
            w->n++;
        }
    }
    flush_word(m, w, out);
    return out;
}
