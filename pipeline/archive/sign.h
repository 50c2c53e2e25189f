/* Signing PDFs (PAdES baseline B-B and B-T, ETSI EN 319 142-1); private to archive/. */
#ifndef SOTAY_ARCHIVE_SIGN_H
#define SOTAY_ARCHIVE_SIGN_H

#include "archive/private.h"

#include <openssl/ts.h>
#include <openssl/x509.h>

/* ---- authority.c: a time-stamp authority (RFC 3161) ---- */
/* Asks about bytes; the answer (a TimeStampResp in DER) is one to this question
 * and whole.  false (told). */
bool authority_ask(struct archive *a, const struct archive_authority *authority, const void *p, size_t n,
                   struct buf *answer);
/* NULL when it is none; TS_RESP_free. */
TS_RESP *authority_read(const struct buf *answer);

/* ---- key.c ---- */
struct archive_signer {
    X509 *certificate;
    EVP_PKEY *key;
    STACK_OF(X509) *chain;             /* others of the file, may be NULL */
    struct buf name;                   /* common name of who signs */
    struct archive_authority authority; /* url NULL: B-B */
};

/* ---- cms.c ---- */
/* The signature value over bytes (two parts): a SignedData in DER, with a time
 * stamp where the signer has an authority.  false (told). */
bool cms_sign(struct archive *a, const struct archive_signer *s, const struct buf parts[2], struct buf *der);

/* ---- update.c: changed objects after the end of a PDF (ISO 32000-1, 7.5.6) ---- */
/* A value as it is written; p NULL: there is none. */
struct pdf_value {
    const char *p, *end;
};
struct pdf_update {
    const struct buf *pdf;
    uint64_t *offsets; /* of objects; 0: free */
    size_t size;       /* objects; new ones follow */
    size_t xref;       /* where the last cross-reference table begins */
    struct pdf_value trailer;
    struct buf out; /* what is added */
    struct {
        size_t number, at;
    } changed[16];
    size_t changed_count;
};
/* Why a PDF cannot be read, or NULL.  pdf must outlive the update. */
const char *pdf_update_open(struct pdf_update *u, const struct buf *pdf);
void pdf_update_close(struct pdf_update *u);
struct pdf_value pdf_object(const struct pdf_update *u, size_t number);
/* The object number of "12 0 R", or 0. */
size_t pdf_reference(struct pdf_value v);
/* What a reference stands for; any other value is itself. */
struct pdf_value pdf_resolve(const struct pdf_update *u, struct pdf_value v);
struct pdf_value pdf_get(struct pdf_value dict, const char *key);
/* The first value of an array; p NULL when it is none or empty. */
struct pdf_value pdf_first(struct pdf_value array);
/* A dictionary with one entry more, or another value of it. */
void pdf_with(struct buf *out, struct pdf_value dict, const char *key, const char *value);
/* An array with one value more. */
void pdf_longer(struct buf *out, struct pdf_value array, const char *value);
/* Adds an object, new or changed. */
void pdf_update_put(struct pdf_update *u, size_t number, const char *text);
/* The cross-reference table and the trailer. */
void pdf_update_end(struct pdf_update *u);

/* ---- sign.c ---- */
/* Signs a PDF: the file `to` is new.  false (told). */
bool sign_pdf(struct archive *a, const struct archive_signer *s, const char *from, const char *to);

#endif
