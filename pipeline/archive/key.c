/* Whose key signs: a PKCS #12 file (RFC 7292). */
#include "archive/sign.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

static bool refused(struct diags *diags, const char *path, const char *why) {
    diag_add(diags, DIAG_ARCHIVE_SIGN, (struct pos){str_intern(path, strlen(path)), 0, 0}, why);
    return false;
}

static bool has_error(int reason) {
    for (unsigned long e; (e = ERR_get_error());)
        if (ERR_GET_REASON(e) == reason) return true;
    return false;
}

static const char *read_file(struct archive_signer *s, const char *path, const char *password) {
    struct buf text = {0};
    int e = file_read(&text, path);
    if (e) return strerror(e);
    const unsigned char *p = (const unsigned char *)buf_cstr(&text);
    PKCS12 *file = d2i_PKCS12(NULL, &p, (long)text.n);
    const char *why = NULL;
    ERR_clear_error();
    if (!file) why = "it is no PKCS #12 file";
    else if (!PKCS12_parse(file, password, &s->key, &s->certificate, &s->chain)) {
        why = has_error(PKCS12_R_MAC_VERIFY_FAILURE)
                  ? "the password is wrong"
                  : "it cannot be opened: damaged, or of an old cipher (then: openssl pkcs12 -legacy -in OLD -nodes | "
                    "openssl pkcs12 -export -out NEW)";
    } else if (!s->key || !s->certificate) {
        why = "it has no key with its certificate";
    }
    PKCS12_free(file);
    OPENSSL_cleanse(text.p, text.n);
    buf_free(&text);
    ERR_clear_error();
    return why;
}

/* ISO 32000-1, 12.8.3.3; EN 319 142-1 leaves the usage to RFC 5280, 4.2.1.3. */
static const char *key_fault(const struct archive_signer *s) {
    time_t t = now();
    int kind = EVP_PKEY_get_base_id(s->key);
    uint32_t usage = X509_get_key_usage(s->certificate); /* all bits where nothing is said */
    if (X509_cmp_time(X509_get0_notBefore(s->certificate), &t) > 0) return "its certificate is not valid yet";
    if (X509_cmp_time(X509_get0_notAfter(s->certificate), &t) < 0) return "its certificate has expired";
    if (!(usage & (X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_NON_REPUDIATION)))
        return "its certificate is not for signing";
    if (kind != EVP_PKEY_RSA && kind != EVP_PKEY_EC) return "its key is neither RSA nor EC";
    if (EVP_PKEY_get_security_bits(s->key) < 112) return "its key is too short";
    return NULL;
}

static void read_name(struct archive_signer *s) {
    X509_NAME *subject = X509_get_subject_name(s->certificate);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = NULL;
    int n = at < 0 ? -1
                   : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    if (n > 0) buf_put(&s->name, text, (size_t)n);
    OPENSSL_free(text);
}

struct archive_signer *archive_signer_open(const char *path, struct buf *password,
                                           const struct archive_authority *authority, struct diags *diags) {
    struct archive_signer *s = mem_alloc(sizeof *s);
    *s = (struct archive_signer){0};
    if (authority) s->authority = *authority;
    const char *why = read_file(s, path, buf_cstr(password));
    if (password->p) OPENSSL_cleanse(password->p, password->cap);
    if (!why) why = key_fault(s);
    if (!why) {
        read_name(s);
        return s;
    }
    refused(diags, path, why);
    archive_signer_close(s);
    return NULL;
}

void archive_signer_close(struct archive_signer *s) {
    if (!s) return;
    X509_free(s->certificate);
    EVP_PKEY_free(s->key);
    sk_X509_pop_free(s->chain, X509_free);
    buf_free(&s->name);
    mem_free(s);
}
