/* SHA-512 for the objects, SHA-256 for the layout and the log. */
#include "archive/private.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

static void hex_of(char *hex, const unsigned char *sum, unsigned n) {
    static const char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < n; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[2 * n] = 0;
}

static void digest(char *hex, const EVP_MD *type, const void *p, size_t n) {
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!EVP_Digest(p, n, sum, &size, type, NULL)) abort(); /* out of memory */
    hex_of(hex, sum, size);
}

void sha512_bytes(char hex[SHA512_HEX + 1], const void *p, size_t n) { digest(hex, EVP_sha512(), p, n); }

void sha256_bytes(char hex[SHA256_HEX + 1], const void *p, size_t n) { digest(hex, EVP_sha256(), p, n); }

static int write_all(int fd, const char *p, size_t n) {
    while (n) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) return errno;
        p += k;
        n -= (size_t)k;
    }
    return 0;
}

/* Digests what is read; to >= 0: writes it there too. */
static int read_through(int from, int to, EVP_MD_CTX *context, uint64_t *size) {
    enum { CHUNK = 256 * 1024 };
    char *chunk = mem_alloc(CHUNK);
    int e = 0;
    *size = 0;
    for (ssize_t n = 1; !e && n;) {
        n = read(from, chunk, CHUNK);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) e = errno;
        if (n <= 0) break;
        *size += (uint64_t)n;
        if (!EVP_DigestUpdate(context, chunk, (size_t)n)) abort();
        if (to >= 0) e = write_all(to, chunk, (size_t)n);
    }
    mem_free(chunk);
    return e;
}

static int digest_through(char hex[SHA512_HEX + 1], uint64_t *size, int from, int to) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (!context || !EVP_DigestInit_ex(context, EVP_sha512(), NULL)) abort();
    int e = read_through(from, to, context, size);
    if (!EVP_DigestFinal_ex(context, sum, &n)) abort();
    hex_of(hex, sum, n);
    EVP_MD_CTX_free(context);
    return e;
}

int sha512_file(char hex[SHA512_HEX + 1], uint64_t *size, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    int e = digest_through(hex, size, fd, -1);
    close(fd);
    return e;
}

/* Has a file changed since? */
static bool changed(int fd, const struct stat *before) {
    struct stat st;
    return fstat(fd, &st) != 0 || st.st_size != before->st_size || st.st_mtim.tv_sec != before->st_mtim.tv_sec ||
           st.st_mtim.tv_nsec != before->st_mtim.tv_nsec;
}

int sha512_copy(char hex[SHA512_HEX + 1], const char *from, const char *to) {
    struct stat before;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0 || fstat(in, &before) != 0) return errno;
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644), e = out < 0 ? errno : 0;
    uint64_t size;
    if (!e) e = digest_through(hex, &size, in, out);
    if (!e && changed(in, &before)) e = EBUSY;
    if (out >= 0 && close(out) != 0 && !e) e = errno;
    close(in);
    return e;
}
