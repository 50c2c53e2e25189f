/* Numbers as languages write them. */
#include "source/parts.h"

static bool has_comma_decimals(const char *lang) {
    return strncmp(lang, "vi", 2) == 0 || strncmp(lang, "lo", 2) == 0;
}

static size_t digits(const char *s) {
    size_t n = 0;
    while (source_is_digit(s[n])) n++;
    return n;
}

/* 1 to 3 digits, then groups of 3 behind `mark`; bytes of the whole part. */
static size_t whole_part(const char *s, char mark) {
    size_t n = digits(s);
    if (!n || n > 3) return n;
    while (s[n] == mark && digits(s + n + 1) == 3) n += 4;
    return n;
}

size_t source_number_scan(const char *s, const char *lang, char *out, size_t out_size) {
    char group = has_comma_decimals(lang) ? '.' : ',', point = has_comma_decimals(lang) ? ',' : '.';
    size_t n = whole_part(s, group), k = 0;
    if (!n) return 0;
    size_t part = s[n] == point ? digits(s + n + 1) : 0;
    for (size_t i = 0; i < n + (part ? part + 1 : 0); i++) {
        char c = i == n ? '.' : s[i];
        if (i < n && c == group) continue;
        if (k + 1 < out_size) out[k++] = c;
    }
    if (out_size) out[k] = 0;
    return n + (part ? part + 1 : 0);
}
