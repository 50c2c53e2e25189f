/* Checksums. */
#include "batch/key.h"

#include "base/sha256.h"
#include "batch/batch.h"

struct key {
    struct sha256 *sum;
};

struct key *key_new(void) {
    struct key *k = mem_alloc(sizeof *k);
    k->sum = sha256_new();
    return k;
}

void key_bytes(struct key *k, const void *p, size_t n) {
    sha256_add(k->sum, p, n);
}

void key_string(struct key *k, const char *s) {
    key_bytes(k, s ? s : "", s ? strlen(s) + 1 : 1);
}

struct sum key_finish(struct key *k) {
    struct sum s;
    sha256_finish_bytes(k->sum, s.b);
    mem_free(k);
    return s;
}

struct sum sum_of(const void *p, size_t n) {
    struct key *k = key_new();
    key_bytes(k, p, n);
    return key_finish(k);
}

bool sum_same(const struct sum *a, const struct sum *b) {
    return memcmp(a->b, b->b, SUM_SIZE) == 0;
}

void sum_hex(char hex[65], const struct sum *s) {
    for (int i = 0; i < SUM_SIZE; i++) snprintf(hex + 2 * i, 3, "%02x", s->b[i]);
}

int batch_sha256_file(char hex[65], const char *path) {
    struct buf b = {0};
    int e = file_read(&b, path);
    struct sum s = sum_of(buf_cstr(&b), b.n);
    sum_hex(hex, &s);
    buf_free(&b);
    return e;
}
