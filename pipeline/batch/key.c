/* Checksums. */
#include "batch/key.h"

#include "batch/batch.h"

#include <errno.h>
#include <openssl/evp.h>

struct key {
    EVP_MD_CTX *context;
};

struct key *key_new(void) {
    struct key *k = mem_alloc(sizeof *k);
    k->context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(k->context, EVP_sha256(), NULL);
    return k;
}

void key_bytes(struct key *k, const void *p, size_t n) {
    EVP_DigestUpdate(k->context, p, n);
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
    unsigned char sum[EVP_MAX_MD_SIZE];
    EVP_DigestFinal_ex(k->context, sum, NULL);
    for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    EVP_MD_CTX_free(k->context);
    mem_free(k);
}

int batch_sha256_file(char hex[65], const char *path) {
    struct buf b = {0};
    int e = file_read(&b, path);
    struct key *k = key_new();
    key_bytes(k, buf_cstr(&b), b.n);
    key_finish(k, hex);
    buf_free(&b);
    return e;
}
