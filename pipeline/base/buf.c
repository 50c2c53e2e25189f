#include "base/base.h"

void buf_need(struct buf *b, size_t more) {
    b->p = mem_grow(b->p, &b->cap, b->n + more + 1, 1);
}

void buf_put(struct buf *b, const void *data, size_t n) {
    buf_need(b, n);
    if (n) memcpy(b->p + b->n, data, n);
    b->n += n;
    b->p[b->n] = 0;
}

void buf_str(struct buf *b, const char *s) {
    buf_put(b, s, strlen(s));
}

void buf_char(struct buf *b, char c) {
    buf_put(b, &c, 1);
}

void buf_vfmt(struct buf *b, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        buf_need(b, (size_t)n);
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void buf_fmt(struct buf *b, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_vfmt(b, format, args);
    va_end(args);
}

void buf_milli(struct buf *b, int64_t v) {
    char t[32];
    size_t i = sizeof t;
    uint64_t u = v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
    uint64_t whole = u / 1000, part = u % 1000;
    int digits = 3;
    while (part && part % 10 == 0) {
        part /= 10;
        digits--;
    }
    if (part) {
        for (; digits > 0; digits--, part /= 10) t[--i] = (char)('0' + part % 10);
        t[--i] = '.';
    }
    bool integer = i == sizeof t;
    if (integer || whole) {
        do t[--i] = (char)('0' + whole % 10);
        while (whole /= 10);
    }
    if (v < 0) t[--i] = '-';
    buf_put(b, t + i, sizeof t - i);
}

void buf_xml(struct buf *b, const char *s) {
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '&') buf_str(b, "&amp;");
        else if (c == '<') buf_str(b, "&lt;");
        else if (c == '>') buf_str(b, "&gt;");
        else if (c == '"') buf_str(b, "&quot;");
        else if (c == '\t' || c == '\n' || c == '\r') buf_fmt(b, "&#%d;", c);
        else if (c < 0x20) buf_str(b, "\xEF\xBF\xBD");
        else buf_char(b, *s);
    }
}

void buf_json(struct buf *b, const char *s) {
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') buf_fmt(b, "\\%c", c);
        else if (c == '\n') buf_str(b, "\\n");
        else if (c < 0x20) buf_fmt(b, "\\u%04x", c);
        else buf_char(b, *s);
    }
}

const char *buf_cstr(const struct buf *b) {
    return b->p ? b->p : "";
}

void buf_clear(struct buf *b) {
    b->n = 0;
    if (b->p) b->p[0] = 0;
}

void buf_free(struct buf *b) {
    mem_free(b->p);
    *b = (struct buf){0};
}
