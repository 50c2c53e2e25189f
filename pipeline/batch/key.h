/* SHA-256 over pieces. */
#ifndef SOTAY_BATCH_KEY_H
#define SOTAY_BATCH_KEY_H

#include "base/base.h"

enum { SUM_SIZE = 32 };
struct sum {
    unsigned char b[SUM_SIZE];
};

struct key;

struct key *key_new(void);
void key_bytes(struct key *k, const void *p, size_t n);
/* A string with its end, so that "a", "bc" is not "ab", "c". */
void key_string(struct key *k, const char *s);
/* Frees k. */
struct sum key_finish(struct key *k);

struct sum sum_of(const void *p, size_t n);
bool sum_same(const struct sum *a, const struct sum *b);
void sum_hex(char hex[65], const struct sum *s);

#endif
