/* SHA-512 of many files by several threads; what they find comes in the order
 * in which the files were given, on the thread that gave them. */
#ifndef SOTAY_ARCHIVE_HASHER_H
#define SOTAY_ARCHIVE_HASHER_H

#include "archive/private.h"

struct hashed {
    char *path;
    char wanted[SHA512_HEX + 1], sum[SHA512_HEX + 1];
    uint64_t size;
    int error;
    void *arg; /* the giver's */
};

struct hasher;
struct hasher *hasher_new(void (*judge)(void *arg, const struct hashed *h), void *arg);
/* path NULL: nothing to read; judge comes when all before it is judged. */
void hasher_add(struct hasher *h, const char *path, const char *wanted, void *arg);
/* Judges what is left, and ends. */
void hasher_end(struct hasher *h);

#endif
