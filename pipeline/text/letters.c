/* Normal form, case, and page numbers. */
#include "text/private.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

const char *text_nfc(struct arena *arena, const char *s, size_t n, size_t *out_n) {
    *out_n = n;
    bool ascii = true;
    for (size_t i = 0; i < n && ascii; i++) ascii = (unsigned char)s[i] < 0x80;
    if (ascii) return s;
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    uint16_t *u = ARENA_ARRAY(arena, uint16_t, n + 1);
    int32_t m = (int32_t)utf16_from_utf8(u, s, n);
    if (U_FAILURE(e) || unorm2_isNormalized(nfc, u, m, &e)) return s;
    uint16_t *v = ARENA_ARRAY(arena, uint16_t, (size_t)m * 3 + 1);
    e = U_ZERO_ERROR;
    int32_t k = unorm2_normalize(nfc, u, m, v, m * 3 + 1, &e);
    if (U_FAILURE(e)) return s;
    char *out = arena_alloc(arena, (size_t)k * 3 + 1);
    *out_n = utf8_from_utf16(out, v, (size_t)k);
    return out;
}

uint32_t text_transform_case(struct arena *arena, const uint16_t *s, uint32_t n, enum text_case how,
                             const char *language, uint16_t **out, uint32_t **map) {
    size_t cap = (size_t)n * 3 + 1;
    uint16_t *t = ARENA_ARRAY(arena, uint16_t, cap);
    uint32_t *from = ARENA_ARRAY(arena, uint32_t, cap);
    uint32_t k = 0;
    bool in_word = false;
    for (uint32_t i = 0; i < n;) {
        uint32_t at = i;
        UChar32 c;
        U16_NEXT(s, i, n, c);
        UErrorCode e = U_ZERO_ERROR;
        UChar tmp[8];
        int32_t m = (int32_t)(i - at);
        bool upper = how == TEXT_CASE_UPPER || (how == TEXT_CASE_CAPITALIZE && !in_word);
        if (upper) m = u_strToUpper(tmp, 8, s + at, m, language ? language : "", &e);
        else if (how == TEXT_CASE_LOWER) m = u_strToLower(tmp, 8, s + at, m, language ? language : "", &e);
        else memcpy(tmp, s + at, (size_t)m * sizeof *tmp);
        if (U_FAILURE(e) || m < 1) {
            m = (int32_t)(i - at);
            memcpy(tmp, s + at, (size_t)m * sizeof *tmp);
        }
        for (int32_t j = 0; j < m && k < cap - 1; j++) {
            from[k] = at;
            t[k++] = tmp[j];
        }
        in_word = u_isalnum(c) || u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) || c == '\'' || c == 0x2019;
    }
    *out = t;
    *map = from;
    return k;
}

static void put_roman(struct buf *b, int64_t n, bool upper) {
    static const struct {
        int value;
        const char *lower, *upper;
    } digits[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"}, {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"}, {40, "xl", "XL"}, {10, "x", "X"}, {9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; n >= digits[i].value; n -= digits[i].value) buf_str(b, upper ? digits[i].upper : digits[i].lower);
}

static void put_letters(struct buf *b, int64_t n, char first) {
    char t[16];
    size_t k = sizeof t;
    while (n > 0 && k) {
        n--;
        t[--k] = (char)(first + n % 26);
        n /= 26;
    }
    buf_put(b, t + k, sizeof t - k);
}

static void put_decimal(struct buf *b, int64_t n, size_t width, const char *separator, int size) {
    char t[32];
    int len = snprintf(t, sizeof t, "%0*lld", (int)(width > 20 ? 20 : width), (long long)n);
    for (int i = 0; i < len; i++) {
        if (separator && *separator && size > 0 && i && (len - i) % size == 0) buf_str(b, separator);
        buf_char(b, t[i]);
    }
}

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

void text_format_number(struct buf *out, int64_t number, const char *format, const char *separator, int size) {
    if (!format || !*format) format = "1";
    const char *p = format;
    while (*p && !is_alnum(*p)) p++;
    buf_put(out, format, (size_t)(p - format));
    const char *token = p;
    while (*p && is_alnum(*p)) p++;
    size_t n = (size_t)(p - token);
    char c = n ? token[n - 1] : '1';
    if (number > 0 && n == 1 && (c == 'i' || c == 'I')) put_roman(out, number, c == 'I');
    else if (number > 0 && n == 1 && (c == 'a' || c == 'A')) put_letters(out, number, c);
    else put_decimal(out, number, c == '1' && n ? n : 1, separator, size);
    buf_str(out, p);
}
