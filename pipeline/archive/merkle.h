/* The Merkle tree over the lines of the log; private to archive/. */
#ifndef SOTAY_ARCHIVE_MERKLE_H
#define SOTAY_ARCHIVE_MERKLE_H

#include "base/base.h"

enum { MERKLE_MAX = 64 }; /* steps of a path */

struct merkle {
    unsigned char (*leaves)[32];
    size_t n;
};
struct merkle_step {
    unsigned char hash[32];
    bool left; /* it stands to the left of what is known */
};

/* The leaves of a text's lines; how many. */
size_t merkle_read(struct merkle *m, const char *text, size_t n);
void merkle_free(struct merkle *m);
/* The root over the first n leaves. */
void merkle_root(const struct merkle *m, size_t n, unsigned char out[32]);
/* The way from a leaf to the root over the first n: the number of steps. */
size_t merkle_path(const struct merkle *m, size_t leaf, size_t n, struct merkle_step steps[MERKLE_MAX]);

#endif
