/* Numbers in a format: page numbers, folios (XSL 1.1, 7.26; XSLT 1.0, 7.7.1). */
#include "text/private.h"

#include <unicode/uchar.h>
#include <unicode/unum.h>

enum { ROMAN_MAX = 3999, DIGITS_MAX = 24 };

static void put_roman(struct buf *b, int64_t n, bool upper) {
    static const struct {
        int value;
        char digits[3];
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            for (const char *p = parts[i].digits; *p; p++) buf_char(b, upper ? (char)(*p - 32) : *p);
}

static void put_code_point(struct buf *b, uint32_t cp) {
    char t[4];
    buf_put(b, t, utf8_put(t, cp));
}

/* a, b, ... z, aa, ab, ...: n in bijective base `size` from a letter on. */
static void put_letters(struct buf *b, int64_t n, uint32_t first, int size) {
    uint32_t t[64];
    size_t k = 0;
    for (; n > 0; n = (n - 1) / size) t[k++] = first + (uint32_t)((n - 1) % size);
    while (k) put_code_point(b, t[--k]);
}

static void put_decimal(struct buf *b, int64_t n, uint32_t zero, int width, const char *separator, int size) {
    char t[DIGITS_MAX + 2];
    if (width > DIGITS_MAX - 1) width = DIGITS_MAX - 1;
    uint64_t u = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    int len = snprintf(t, sizeof t, "%0*llu", width, (unsigned long long)u);
    if (n < 0) buf_char(b, '-');
    for (int i = 0; i < len; i++) {
        if (separator && *separator && size > 0 && i && (len - i) % size == 0) buf_str(b, separator);
        put_code_point(b, zero + (uint32_t)(t[i] - '0'));
    }
}

/* Numbering systems of other scripts, named by the token that begins them. */
static const char *system_of(uint32_t cp) {
    static const struct {
        uint32_t cp;
        const char *locale;
    } systems[] = {{0x5D0, "en@numbers=hebr"}, {0x3B1, "en@numbers=greklow"}, {0x391, "en@numbers=grek"},
                   {0x430, "en@numbers=cyrl"}, {0x10D0, "en@numbers=geor"},   {0x561, "en@numbers=armnlow"},
                   {0x531, "en@numbers=armn"}, {0x4E00, "en@numbers=hans"},   {0x1369, "en@numbers=ethi"},
                   {0xB85, "en@numbers=taml"}};
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
        if (systems[i].cp == cp) return systems[i].locale;
    return NULL;
}

static bool put_system(struct buf *b, int64_t n, const char *locale) {
    UErrorCode e = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_NUMBERING_SYSTEM, NULL, 0, locale, NULL, &e);
    UChar s[128];
    char t[3 * 128];
    int32_t len = unum_formatInt64(f, n, s, 128, NULL, &e);
    if (f) unum_close(f);
    if (U_FAILURE(e) || len > 128) return false;
    buf_put(b, t, utf8_from_utf16(t, s, (size_t)len));
    return true;
}

struct token {
    uint32_t first, last; /* code points */
    int count;
};

static bool put_alphabetic(struct buf *b, int64_t n, const struct token *t) {
    uint32_t c = t->last;
    const char *system = t->count == 1 && n > 0 ? system_of(c) : NULL;
    if (t->count != 1 || n <= 0) return false;
    if (c == 'i' || c == 'I') {
        if (n > ROMAN_MAX) return false;
        put_roman(b, n, c == 'I');
    } else if (c == 'a' || c == 'A') {
        put_letters(b, n, c, 26);
    } else if (c == 0x0E01) { /* Thai letters, the two obsolete ones included */
        put_letters(b, n, c, 46);
    } else {
        return system && put_system(b, n, system);
    }
    return true;
}

static const char *next_token(const char *p, struct token *t) {
    *t = (struct token){0};
    const char *end = p + strlen(p);
    while (*p) {
        const char *at = p;
        uint32_t c = utf8_next(&p, end);
        if (!u_isalnum((UChar32)c)) return at;
        if (!t->count++) t->first = c;
        t->last = c;
    }
    return p;
}

static const char *skip_punctuation(const char *p) {
    const char *end = p + strlen(p);
    while (*p) {
        const char *at = p;
        if (u_isalnum((UChar32)utf8_next(&p, end))) return at;
    }
    return p;
}

void text_format_number(struct buf *out, int64_t number, const char *format, const char *separator,
                        int size) {
    if (!format || !*format) format = "1";
    const char *start = skip_punctuation(format);
    struct token t;
    const char *rest = next_token(start, &t);
    buf_put(out, format, (size_t)(start - format));
    int digit = t.count ? u_charDigitValue((UChar32)t.last) : -1;
    if (!put_alphabetic(out, number, &t)) {
        bool decimal = digit == 1 || digit == 0;
        put_decimal(out, number, decimal ? t.last - (uint32_t)digit : '0', decimal ? t.count : 1, separator,
                    size);
    }
    const char *tail = rest; /* a single number: later tokens mean nothing */
    buf_put(out, tail, (size_t)(skip_punctuation(tail) - tail));
}
