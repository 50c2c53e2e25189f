/* The Merkle tree over the lines of the log (RFC 6962, 2.1). */
#include "archive/merkle.h"

#include <openssl/evp.h>

static void sha256_parts(unsigned char out[32], unsigned char prefix, const void *a, size_t n, const void *b,
                         size_t m) {
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool good = c && EVP_DigestInit_ex(c, EVP_sha256(), NULL) && EVP_DigestUpdate(c, &prefix, 1) &&
                EVP_DigestUpdate(c, a, n) && EVP_DigestUpdate(c, b, m) && EVP_DigestFinal_ex(c, out, NULL);
    if (!good) abort(); /* out of memory */
    EVP_MD_CTX_free(c);
}

static void node_hash(unsigned char out[32], const unsigned char left[32], const unsigned char right[32]) {
    unsigned char both[32];
    sha256_parts(both, 1, left, 32, right, 32);
    memcpy(out, both, 32);
}

size_t merkle_read(struct merkle *m, const char *text, size_t n) {
    size_t cap = 0;
    *m = (struct merkle){0};
    for (const char *p = text, *end = text + n, *stop; p < end && (stop = memchr(p, '\n', (size_t)(end - p)));
         p = stop + 1) {
        m->leaves = mem_grow(m->leaves, &cap, m->n + 1, sizeof *m->leaves);
        sha256_parts(m->leaves[m->n++], 0, p, (size_t)(stop - p), "", 0);
    }
    return m->n;
}

void merkle_free(struct merkle *m) { mem_free(m->leaves); }

/* The largest power of two below n. */
static size_t split(size_t n) {
    size_t k = 1;
    while (2 * k < n) k *= 2;
    return k;
}

static void root_of(const struct merkle *m, size_t from, size_t n, unsigned char out[32]) {
    if (n == 1) {
        memcpy(out, m->leaves[from], 32);
        return;
    }
    unsigned char left[32], right[32];
    size_t k = split(n);
    root_of(m, from, k, left);
    root_of(m, from + k, n - k, right);
    node_hash(out, left, right);
}

void merkle_root(const struct merkle *m, size_t n, unsigned char out[32]) {
    if (n) root_of(m, 0, n, out);
    else sha256_parts(out, 0, "", 0, "", 0);
}

/* From the leaf up: each step's other half, and whether it stands on the left. */
static size_t path_of(const struct merkle *m, size_t leaf, size_t from, size_t n, struct merkle_step *steps) {
    if (n == 1) return 0;
    size_t k = split(n), count;
    bool left = leaf < k;
    if (left) count = path_of(m, leaf, from, k, steps);
    else count = path_of(m, leaf - k, from + k, n - k, steps);
    root_of(m, left ? from + k : from, left ? n - k : k, steps[count].hash);
    steps[count].left = !left;
    return count + 1;
}

size_t merkle_path(const struct merkle *m, size_t leaf, size_t n, struct merkle_step steps[MERKLE_MAX]) {
    return path_of(m, leaf, 0, n, steps);
}
