/* Values as bytes, between processes and into the records. */
#ifndef SOTAY_BATCH_PACK_H
#define SOTAY_BATCH_PACK_H

#include "base/base.h"
#include "batch/files.h"

void pack_int(struct buf *b, int64_t v);
void pack_bytes(struct buf *b, const void *p, size_t n);
/* NULL stays NULL. */
void pack_string(struct buf *b, const char *s);
void pack_sum(struct buf *b, const struct sum *s);
void pack_stamp(struct buf *b, const struct stamp *s);
/* All kept diagnostics. */
void pack_diags(struct buf *b, const struct diags *d);

/* What cannot be read is 0, "" or NULL, and sets bad. */
struct unpack {
    const char *p, *end;
    bool bad;
};

struct unpack unpack_of(const void *p, size_t n);
int64_t unpack_int(struct unpack *u);
const void *unpack_bytes(struct unpack *u, size_t *n);
/* Ended by a NUL, in the bytes read from. */
const char *unpack_string(struct unpack *u);
struct sum unpack_sum(struct unpack *u);
struct stamp unpack_stamp(struct unpack *u);
void unpack_diags(struct unpack *u, struct diags *d);

#endif
