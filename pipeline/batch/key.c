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

int key_file(struct key *k, const char *path) {
    struct buf b = {0};
    int e = file_read(&b, path);
    uint64_t n = b.n;
    key_bytes(k, &n, sizeof n);
    if (!e) key_bytes(k, buf_cstr(&b), b.n);
    buf_free(&b);
    return e;
}

void key_finish(struct key *k, char hex[65]) {
    sha256_finish(k->sum, hex);
    mem_free(k);
}

int batch_sha256_file(char hex[65], const char *path) {
    struct buf b = {0};
    int e = file_read(&b, path);
    sha256_of(hex, buf_cstr(&b), b.n);
    buf_free(&b);
    return e;
}
