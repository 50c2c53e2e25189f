/* A growing byte buffer, always ended by a NUL that is not counted. */
#ifndef SOTAY_BASE_BUF_H
#define SOTAY_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *p; /* NULL until something is put */
    size_t n, cap;
};

void buf_need(struct buf *b, size_t more);
void buf_put(struct buf *b, const void *data, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vfmt(struct buf *b, const char *format, va_list args);
/* A decimal number of `thousandths`/1000, shortest form, locale-free: 1500 -> "1.5". */
void buf_milli(struct buf *b, int64_t thousandths);
/* Appends text with & < > " and control characters escaped for XML. */
void buf_xml(struct buf *b, const char *s);
/* Appends s with JSON escapes, without the quotes. */
void buf_json(struct buf *b, const char *s);
/* The content, "" when empty. */
const char *buf_cstr(const struct buf *b);
void buf_clear(struct buf *b);
void buf_free(struct buf *b);

#endif
