/* Asking a time-stamp authority (RFC 3161), through curl. */
#include "archive/sign.h"

#include <errno.h>
#include <openssl/rand.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

static bool failed(struct archive *a, const char *why) {
    diag_add(a->diags, DIAG_ARCHIVE_STAMP, (struct pos){0}, why);
    return false;
}

static TS_REQ *make_request(const void *p, size_t size) {
    unsigned char digest[32], random[16];
    unsigned n;
    TS_REQ *q = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    ASN1_INTEGER *nonce = NULL;
    BIGNUM *number = NULL;
    bool good = q && imprint && algorithm && EVP_Digest(p, size, digest, &n, EVP_sha256(), NULL) &&
                RAND_bytes(random, sizeof random) == 1 && (number = BN_bin2bn(random, sizeof random, NULL)) &&
                (nonce = BN_to_ASN1_INTEGER(number, NULL)) &&
                X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) &&
                TS_MSG_IMPRINT_set_algo(imprint, algorithm) && TS_MSG_IMPRINT_set_msg(imprint, digest, 32) &&
                TS_REQ_set_version(q, 1) && TS_REQ_set_msg_imprint(q, imprint) &&
                TS_REQ_set_nonce(q, nonce) && TS_REQ_set_cert_req(q, 1);
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    ASN1_INTEGER_free(nonce);
    BN_free(number);
    if (good) return q;
    TS_REQ_free(q);
    return NULL;
}

/* Posts a file to a URL; the answer goes to another (RFC 3161, 3.4). */
static bool post(struct archive *a, const struct archive_authority *to, const char *query,
                 const char *answer) {
    struct buf data = {0}, seconds = {0};
    buf_fmt(&seconds, "%d", to->seconds ? to->seconds : 60);
    buf_fmt(&data, "@%s", query);
    char *const args[] = {(char *)"curl",
                          (char *)"-sS",
                          (char *)"--fail",
                          (char *)"--proto",
                          (char *)"=http,https",
                          (char *)"--max-time",
                          seconds.p,
                          (char *)"--max-filesize",
                          (char *)"1000000",
                          (char *)"-H",
                          (char *)"Content-Type: application/timestamp-query",
                          (char *)"--data-binary",
                          data.p,
                          (char *)"-o",
                          (char *)answer,
                          (char *)"--",
                          (char *)to->url,
                          NULL};
    pid_t pid;
    int status = 0, e = posix_spawnp(&pid, args[0], NULL, NULL, args, environ);
    while (!e && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    buf_free(&data);
    buf_free(&seconds);
    if (e || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) return failed(a, "curl cannot be run");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 28)
        return failed(a, "the time-stamp authority did not answer in time");
    return status ? failed(a, "the time-stamp authority did not answer as it should") : true;
}

TS_RESP *authority_read(const struct buf *text) {
    const unsigned char *p = (const unsigned char *)text->p;
    return text->n ? d2i_TS_RESP(NULL, &p, (long)text->n) : NULL;
}

/* Is it signed by the certificate that it holds?  (Whose that is, readers decide: openssl ts -verify.) */
static bool is_whole(TS_RESP *r) {
    PKCS7 *token = TS_RESP_get_token(r);
    BIO *out = BIO_new(BIO_s_null());
    bool good = token && out && PKCS7_verify(token, NULL, NULL, NULL, out, PKCS7_NOVERIFY) == 1;
    BIO_free(out);
    return good;
}

/* Is the answer one to our question?  */
static const char *answer_fault(TS_REQ *q, TS_RESP *r) {
    if (!r) return "the time-stamp authority's answer is not one (RFC 3161)";
    TS_VERIFY_CTX *c = TS_REQ_to_TS_VERIFY_CTX(q, NULL);
    const char *why = NULL;
    TS_TST_INFO *info = TS_RESP_get_tst_info(r);
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(r)));
    if (!c) why = "out of memory";
    else if ((status != 0 && status != 1) || !info) why = "the time-stamp authority refused";
    else {
        TS_VERIFY_CTX_set_flags(c, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
        if (TS_RESP_verify_response(c, r) != 1) why = "the time-stamp authority answered another question";
        else if (!is_whole(r)) why = "the signature of the time-stamp authority's answer is wrong";
    }
    TS_VERIFY_CTX_free(c);
    return why;
}

static int put_query(const char *path, TS_REQ *q) {
    unsigned char *der = NULL;
    int n = i2d_TS_REQ(q, &der), e = n > 0 ? io_put(path, der, (size_t)n) : ENOMEM;
    OPENSSL_free(der);
    return e;
}

bool authority_ask(struct archive *a, const struct archive_authority *authority, const void *p, size_t n,
                   struct buf *answer) {
    struct buf query = {0}, path = {0};
    archive_path(a, &query, "staging/stamp.tsq");
    archive_path(a, &path, "staging/stamp.tsr");
    io_remove_tree(query.p);
    TS_REQ *q = make_request(p, n);
    int e = q ? put_query(query.p, q) : ENOMEM;
    bool good = !e && post(a, authority, query.p, path.p);
    if (good) e = file_read(answer, path.p);
    if (good && !e) {
        TS_RESP *r = authority_read(answer);
        const char *why = answer_fault(q, r);
        TS_RESP_free(r);
        if (why) good = failed(a, why);
    }
    if (e) failed(a, strerror(e));
    io_remove_tree(query.p);
    io_remove_tree(path.p);
    TS_REQ_free(q);
    buf_free(&query);
    buf_free(&path);
    return good && !e;
}
