/* SHA-256 (FIPS 180-4) of what comes in pieces, as 64 hexadecimal digits. */
#ifndef SOTAY_BASE_SHA256_H
#define SOTAY_BASE_SHA256_H

#include <stddef.h>

struct sha256;

struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *s, const void *p, size_t n);
/* Releases s. */
void sha256_finish(struct sha256 *s, char hex[65]);
void sha256_finish_bytes(struct sha256 *s, unsigned char sum[32]);

void sha256_of(char hex[65], const void *p, size_t n);
/* The same as bytes, without allocating anything, in any thread. */
void sha256_bytes_of(unsigned char sum[32], const void *p, size_t n);
void sha256_hex(char hex[65], const unsigned char sum[32]);

#endif
