/* Line-break opportunities (UAX 14), by ICU, with rules of our own for Lao. */
#include "text/private.h"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

enum { ITERATORS_MAX = 8, LANGUAGE_MAX = 32 };

/* An iterator is dear to open and good for any text of its language. */
static struct iterator {
    char language[LANGUAGE_MAX];
    UBreakIterator *icu;
} iterators[ITERATORS_MAX];

static UBreakIterator *iterator_for(const char *language) {
    if (!language || strlen(language) >= LANGUAGE_MAX) language = "";
    int i = 0;
    while (i < ITERATORS_MAX && iterators[i].icu && strcmp(iterators[i].language, language) != 0) i++;
    if (i == ITERATORS_MAX) ubrk_close(iterators[--i].icu);
    else if (iterators[i].icu) return iterators[i].icu;
    UErrorCode e = U_ZERO_ERROR;
    iterators[i].icu = ubrk_open(UBRK_LINE, language, NULL, 0, &e);
    if (U_FAILURE(e)) iterators[i].icu = NULL;
    snprintf(iterators[i].language, LANGUAGE_MAX, "%s", language);
    return iterators[i].icu;
}

static bool is_lao(uint16_t u) {
    return u >= 0x0E80 && u <= 0x0EFF;
}

static bool is_lao_consonant(uint16_t u) {
    return (u >= 0x0E81 && u <= 0x0EAE) || u == 0x0EDC || u == 0x0EDD;
}

/* The consonants that can end a Lao syllable: k ng d n b m y w. */
static bool ends_syllable(uint16_t u) {
    static const uint16_t finals[] = {0x0E81, 0x0E87, 0x0E8D, 0x0E94, 0x0E99, 0x0E9A, 0x0EA1, 0x0EA7};
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++)
        if (finals[i] == u) return true;
    return false;
}

/* No break before the signs of repetition and abbreviation; a consonant that
 * the dictionary leaves alone goes with the syllable it can end, else with
 * what follows. */
static void mend_lao(const uint16_t *s, uint32_t n, uint8_t *out) {
    for (uint32_t i = 1; i < n; i++)
        if (out[i] == TEXT_BREAK_ALLOWED && (s[i] == 0x0EC6 || s[i] == 0x0EAF)) out[i] = TEXT_BREAK_NONE;
    for (uint32_t i = 0; i < n; i++) {
        bool alone = is_lao_consonant(s[i]) && (i == 0 || out[i]) && (i + 1 == n || out[i + 1]);
        if (!alone) continue;
        bool before = i > 0 && out[i] == TEXT_BREAK_ALLOWED && is_lao(s[i - 1]);
        bool after = i + 1 < n && out[i + 1] == TEXT_BREAK_ALLOWED && is_lao(s[i + 1]);
        if (before && (ends_syllable(s[i]) || !after)) out[i] = TEXT_BREAK_NONE;
        else if (after) out[i + 1] = TEXT_BREAK_NONE;
    }
}

void text_breaks(const uint16_t *text, uint32_t n, const char *language, uint8_t *out) {
    memset(out, TEXT_BREAK_NONE, n + 1);
    UBreakIterator *icu = n ? iterator_for(language) : NULL;
    UErrorCode e = U_ZERO_ERROR;
    if (icu) ubrk_setText(icu, text, (int32_t)n, &e);
    if (!icu || U_FAILURE(e)) {
        out[n] = TEXT_BREAK_ALLOWED;
        return;
    }
    bool lao = false;
    ubrk_first(icu);
    for (int32_t i; (i = ubrk_next(icu)) != UBRK_DONE;) {
        int32_t status = ubrk_getRuleStatus(icu);
        out[i] = status >= UBRK_LINE_HARD && status < UBRK_LINE_HARD_LIMIT ? TEXT_BREAK_MANDATORY
                                                                           : TEXT_BREAK_ALLOWED;
        lao |= is_lao(text[i - 1]);
    }
    if (lao) mend_lao(text, n, out);
}
