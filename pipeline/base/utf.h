/* UTF-8 and UTF-16. */
#ifndef SOTAY_BASE_UTF_H
#define SOTAY_BASE_UTF_H

#include <stddef.h>
#include <stdint.h>

/* The code point at *p, which moves past it (never beyond end); 0xFFFD for a
 * malformed sequence, of which one byte is taken. */
uint32_t utf8_next(const char **p, const char *end);
/* Writes at most 4 bytes, returns how many. */
size_t utf8_put(char out[4], uint32_t cp);
/* Offset of the first byte that is not well-formed UTF-8, or n. */
size_t utf8_check(const char *s, size_t n);
/* UTF-16 of n bytes of UTF-8; out needs room for n units.  Returns the units. */
size_t utf16_from_utf8(uint16_t *out, const char *s, size_t n);
/* UTF-8 of n units; out needs room for 3 n bytes.  Returns the bytes. */
size_t utf8_from_utf16(char *out, const uint16_t *s, size_t n);

#endif
