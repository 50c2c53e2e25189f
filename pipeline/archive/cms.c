/* The value of a PAdES signature: a SignedData (RFC 5652) with the attributes of
 * CAdES (EN 319 122-1), built with the PKCS #7 functions, which unlike the CMS ones
 * add no signing-time: PAdES has it in the dictionary's /M (EN 319 142-1, 5.3 and 6.3). */
#include "archive/sign.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pkcs7.h>

static bool digest_parts(const struct buf parts[2], unsigned char digest[32]) {
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    unsigned n;
    bool good = c && EVP_DigestInit_ex(c, EVP_sha256(), NULL);
    for (int i = 0; i < 2; i++) good = good && EVP_DigestUpdate(c, buf_cstr(&parts[i]), parts[i].n);
    good = good && EVP_DigestFinal_ex(c, digest, &n);
    EVP_MD_CTX_free(c);
    return good;
}

/* signing-certificate-v2 (RFC 5035): which certificate the key belongs to. */
static bool add_certificate_id(PKCS7_SIGNER_INFO *si, const struct archive_signer *s) {
    ESS_SIGNING_CERT_V2 *id = OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), s->certificate, NULL, 0);
    unsigned char *der = NULL;
    int n = id ? i2d_ESS_SIGNING_CERT_V2(id, &der) : -1;
    ASN1_STRING *value = n > 0 ? ASN1_STRING_type_new(V_ASN1_SEQUENCE) : NULL;
    bool good = value && ASN1_STRING_set(value, der, n);
    good = good && PKCS7_add_signed_attribute(si, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, value);
    if (!good) ASN1_STRING_free(value);
    OPENSSL_free(der);
    ESS_SIGNING_CERT_V2_free(id);
    return good;
}

/* signature-time-stamp (EN 319 122-1, 5.3): an authority's token over the signature. */
static bool add_time_stamp(struct archive *a, PKCS7_SIGNER_INFO *si, const struct archive_signer *s) {
    struct buf answer = {0};
    unsigned char *der = NULL;
    const ASN1_OCTET_STRING *signature = si->enc_digest;
    bool good = authority_ask(a, &s->authority, ASN1_STRING_get0_data(signature),
                              (size_t)ASN1_STRING_length(signature), &answer);
    TS_RESP *r = good ? authority_read(&answer) : NULL;
    int n = r ? i2d_PKCS7(TS_RESP_get_token(r), &der) : -1;
    ASN1_STRING *value = n > 0 ? ASN1_STRING_type_new(V_ASN1_SEQUENCE) : NULL;
    good = value && ASN1_STRING_set(value, der, n);
    good = good && PKCS7_add_attribute(si, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, value);
    if (!good) ASN1_STRING_free(value);
    OPENSSL_free(der);
    TS_RESP_free(r);
    buf_free(&answer);
    return good;
}

static PKCS7 *new_signed_data(const struct archive_signer *s) {
    PKCS7 *p = PKCS7_new();
    bool good = p && PKCS7_set_type(p, NID_pkcs7_signed) && PKCS7_content_new(p, NID_pkcs7_data) &&
                PKCS7_set_detached(p, 1) && PKCS7_add_certificate(p, s->certificate);
    for (int i = 0; good && i < sk_X509_num(s->chain); i++)
        good = PKCS7_add_certificate(p, sk_X509_value(s->chain, i));
    if (good) return p;
    PKCS7_free(p);
    return NULL;
}

bool cms_sign(struct archive *a, const struct archive_signer *s, const struct buf parts[2], struct buf *der) {
    unsigned char digest[32], *bytes = NULL;
    PKCS7 *p = new_signed_data(s);
    PKCS7_SIGNER_INFO *si = p ? PKCS7_add_signature(p, s->certificate, s->key, EVP_sha256()) : NULL;
    bool good = si && digest_parts(parts, digest) && PKCS7_add_attrib_content_type(si, NULL) &&
                PKCS7_add1_attrib_digest(si, digest, sizeof digest) && add_certificate_id(si, s) &&
                PKCS7_SIGNER_INFO_sign(si);
    if (!good) {
        char why[256];
        ERR_error_string_n(ERR_get_error(), why, sizeof why);
        diag_add(a->diags, DIAG_ARCHIVE_SIGN, (struct pos){0}, why);
    }
    if (good && s->authority.url) good = add_time_stamp(a, si, s);
    int n = good ? i2d_PKCS7(p, &bytes) : 0;
    buf_clear(der);
    if (n > 0) buf_put(der, bytes, (size_t)n);
    OPENSSL_free(bytes);
    PKCS7_free(p);
    ERR_clear_error();
    return n > 0;
}
