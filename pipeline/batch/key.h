/* SHA-256 over pieces. */
#ifndef SOTAY_BATCH_KEY_H
#define SOTAY_BATCH_KEY_H

#include "base/base.h"

struct key;

struct key *key_new(void);
void key_bytes(struct key *k, const void *p, size_t n);
/* A string with its end, so that "a", "bc" is not "ab", "c". */
void key_string(struct key *k, const char *s);
/* Length and bytes of a file; 0 or errno. */
int key_file(struct key *k, const char *path);
/* The sum in hexadecimal; frees k. */
void key_finish(struct key *k, char hex[65]);

#endif
