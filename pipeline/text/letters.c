/* Normal form and case. */
#include "text/private.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* Below U+0300 (lead bytes up to CB) everything is in normal form C. */
static bool is_plain(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0xCC) return false;
    return true;
}

const char *text_nfc(struct arena *arena, const char *s, size_t n, size_t *out_n) {
    *out_n = n;
    if (is_plain(s, n)) return s;
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    if (U_FAILURE(e) || n > INT32_MAX / 8) return s;
    uint16_t *u = mem_alloc((n + 1) * sizeof *u), *v = NULL;
    int32_t m = (int32_t)utf16_from_utf8(u, s, n);
    if (!unorm2_isNormalized(nfc, u, m, &e) && U_SUCCESS(e)) {
        v = mem_alloc(((size_t)m * 3 + 1) * sizeof *v);
        int32_t k = unorm2_normalize(nfc, u, m, v, m * 3 + 1, &e);
        if (U_SUCCESS(e)) {
            char *out = arena_alloc(arena, (size_t)k * 3 + 1);
            *out_n = utf8_from_utf16(out, v, (size_t)k);
            s = out;
        }
    }
    mem_free(u);
    mem_free(v);
    return s;
}

/* A letter after one of these goes on with its word. */
static bool is_word_char(UChar32 c) {
    return c == '-' || c == '_' ||
           (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK | U_GC_PC_MASK | U_GC_SC_MASK |
                                U_GC_SK_MASK | U_GC_SO_MASK)) != 0;
}

/* One code point, in place; -1 when the result does not fit. */
static int32_t change(UChar *to, int32_t room, const uint16_t *s, int32_t n, enum text_case how,
                      const char *language) {
    UErrorCode e = U_ZERO_ERROR;
    int32_t m = how == TEXT_CASE_UPPER   ? u_strToUpper(to, room, s, n, language, &e)
                : how == TEXT_CASE_LOWER ? u_strToLower(to, room, s, n, language, &e)
                                         : u_strToTitle(to, room, s, n, NULL, language, &e);
    return U_SUCCESS(e) ? m : -1;
}

/* The whole text at once where no letter changes its length: then letters that
 * depend on their neighbours (the Greek final sigma) come out right. */
static bool change_all(uint16_t *to, const uint16_t *s, uint32_t n, enum text_case how,
                       const char *language) {
    UErrorCode e = U_ZERO_ERROR;
    if (how == TEXT_CASE_CAPITALIZE) return false;
    int32_t m = how == TEXT_CASE_UPPER ? u_strToUpper(to, (int32_t)n + 1, s, (int32_t)n, language, &e)
                                       : u_strToLower(to, (int32_t)n + 1, s, (int32_t)n, language, &e);
    return U_SUCCESS(e) && m == (int32_t)n;
}

uint32_t text_transform_case(struct arena *arena, const uint16_t *s, uint32_t n, enum text_case how,
                             const char *language, uint16_t **out, uint32_t **map) {
    size_t cap = (size_t)n * 3 + 4;
    uint16_t *t = *out = ARENA_ARRAY(arena, uint16_t, cap);
    uint32_t *from = *map = ARENA_ARRAY(arena, uint32_t, cap);
    if (!language) language = "";
    if (how == TEXT_CASE_NONE || change_all(t, s, n, how, language)) {
        if (how == TEXT_CASE_NONE && n) memcpy(t, s, n * sizeof *s);
        for (uint32_t i = 0; i < n; i++) from[i] = i;
        return n;
    }
    uint32_t k = 0;
    bool in_word = false, apostrophe_goes_on = false;
    for (uint32_t i = 0; i < n;) {
        uint32_t at = i;
        UChar32 c;
        U16_NEXT(s, i, n, c);
        int32_t m = how == TEXT_CASE_CAPITALIZE && in_word
                        ? -1
                        : change(t + k, 4, s + at, (int32_t)(i - at), how, language);
        if (m < 0 || (size_t)m > (i - at) * 3) {
            m = (int32_t)(i - at);
            memcpy(t + k, s + at, (size_t)m * sizeof *t);
        }
        for (int32_t j = 0; j < m; j++) from[k++] = at;
        bool apostrophe = c == '\'' || c == 0x2019;
        in_word = apostrophe ? apostrophe_goes_on : is_word_char(c);
        apostrophe_goes_on = !apostrophe && in_word;
    }
    return k;
}
