#include "base/base.h"

uint32_t utf8_next(const char **p, const char *end) {
    const unsigned char *s = (const unsigned char *)*p;
    size_t left = (size_t)(end - *p);
    uint32_t c = s[0];
    if (c < 0x80) {
        *p += 1;
        return c;
    }
    size_t n = c >= 0xF0 && c < 0xF5 ? 3 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xC2 && c < 0xE0 ? 1 : 0;
    if (!n || n >= left) {
        *p += 1;
        return 0xFFFD;
    }
    c &= 0x3Fu >> n;
    for (size_t i = 1; i <= n; i++) {
        if ((s[i] & 0xC0) != 0x80) {
            *p += 1;
            return 0xFFFD;
        }
        c = c << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
        *p += 1;
        return 0xFFFD;
    }
    *p += n + 1;
    return c;
}

size_t utf8_put(char out[4], uint32_t cp) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t n = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i > 0; i--, cp >>= 6) out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(lead[n] | cp);
    return n + 1;
}

size_t utf8_check(const char *s, size_t n) {
    const char *p = s, *end = s + n;
    while (p < end) {
        const char *at = p;
        uint32_t c = utf8_next(&p, end);
        if (c == 0xFFFD && (p - at != 3 || memcmp(at, "\xEF\xBF\xBD", 3) != 0)) return (size_t)(at - s);
    }
    return n;
}

size_t utf16_from_utf8(uint16_t *out, const char *s, size_t n) {
    size_t k = 0;
    const char *end = s + n;
    while (s < end) {
        uint32_t c = utf8_next(&s, end);
        if (c >= 0x10000) {
            out[k++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            out[k++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            out[k++] = (uint16_t)c;
        }
    }
    return k;
}

size_t utf8_from_utf16(char *out, const uint16_t *s, size_t n) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = s[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < n && s[i + 1] >= 0xDC00 && s[i + 1] < 0xE000)
            c = 0x10000 + ((c - 0xD800) << 10) + (s[++i] - 0xDC00u);
        else if (c >= 0xD800 && c < 0xE000)
            c = 0xFFFD;
        char t[4];
        size_t m = utf8_put(t, c);
        memcpy(out + k, t, m);
        k += m;
    }
    return k;
}
