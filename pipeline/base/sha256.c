/* OpenSSL's functions of before 3.0: those of today first load the providers
 * with all their algorithms, which costs more than the sum of a font. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/sha256.h"

#include "base/base.h"

#include <openssl/sha.h>

struct sha256 {
    SHA256_CTX context;
};

struct sha256 *sha256_new(void) {
    struct sha256 *s = mem_alloc(sizeof *s);
    SHA256_Init(&s->context);
    return s;
}

void sha256_add(struct sha256 *s, const void *p, size_t n) {
    SHA256_Update(&s->context, p, n);
}

void sha256_finish_bytes(struct sha256 *s, unsigned char sum[32]) {
    SHA256_Final(sum, &s->context);
    mem_free(s);
}

void sha256_finish(struct sha256 *s, char hex[65]) {
    unsigned char sum[SHA256_DIGEST_LENGTH];
    sha256_finish_bytes(s, sum);
    sha256_hex(hex, sum);
}

void sha256_hex(char hex[65], const unsigned char sum[32]) {
    for (int i = 0; i < SHA256_DIGEST_LENGTH; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
}

void sha256_bytes_of(unsigned char sum[32], const void *p, size_t n) {
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, p, n);
    SHA256_Final(sum, &context);
}

void sha256_of(char hex[65], const void *p, size_t n) {
    struct sha256 *s = sha256_new();
    sha256_add(s, p, n);
    sha256_finish(s, hex);
}
