/* Ids of objects and where they lie. */
#include "archive/private.h"

#include <ctype.h>
#include <unicode/unorm2.h>

/* One text has one id: NFC (UAX 15).  u is a copy in UTF-16. */
static bool to_nfc(struct buf *out, const char *id, size_t n) {
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&e);
    uint16_t *u = mem_alloc((n + 1) * sizeof *u), *v = mem_alloc((3 * n + 1) * sizeof *v);
    size_t units = utf16_from_utf8(u, id, n);
    int32_t m = unorm2_normalize(nfc, (const UChar *)u, (int32_t)units, (UChar *)v, (int32_t)(3 * n + 1), &e);
    if (U_SUCCESS(e)) {
        buf_clear(out);
        buf_need(out, 3 * (size_t)m + 1);
        out->n = utf8_from_utf16(out->p, v, (size_t)m);
        out->p[out->n] = 0;
    }
    mem_free(u);
    mem_free(v);
    return U_SUCCESS(e);
}

const char *ident_fault(struct buf *out, const char *id) {
    size_t n = strlen(id);
    if (!n) return "it is empty";
    if (utf8_check(id, n) != n) return "it is not UTF-8";
    for (const char *p = id; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F) return "it holds a control character";
    return to_nfc(out, id, n) ? NULL : "it cannot be normalised";
}

bool ident_normalise(struct buf *out, const char *id, struct diags *diags) {
    const char *why = ident_fault(out, id);
    if (why) diag_add(diags, DIAG_ARCHIVE_ID, (struct pos){0}, why);
    return !why;
}

/* Extension 0003, "Encapsulation Directory": all but A-Z a-z 0-9 - _ as %xx; of
 * more than 100 characters the first 100, "-" and the digest. */
static void encode(struct buf *out, const char *id, const char *digest) {
    for (const unsigned char *p = (const unsigned char *)id; *p; p++) {
        if (*p < 0x80 && (isalnum(*p) || *p == '-' || *p == '_')) buf_char(out, (char)*p);
        else buf_fmt(out, "%%%02x", *p);
    }
    if (out->n <= 100) return;
    out->n = 100;
    buf_fmt(out, "-%s", digest);
}

void ident_layout(struct ident_path *p, const char *id) {
    char digest[SHA256_HEX + 1];
    sha256_bytes(digest, id, strlen(id));
    *p = (struct ident_path){0};
    for (int i = 0; i < 3; i++) buf_put(&p->part[i], digest + 3 * i, 3);
    encode(&p->part[3], id, digest);
}

void ident_path_free(struct ident_path *p) {
    for (int i = 0; i < 4; i++) buf_free(&p->part[i]);
}

void ident_object(const struct archive *a, struct buf *out, const char *id) {
    struct ident_path p;
    ident_layout(&p, id);
    buf_clear(out);
    buf_fmt(out, "%s/ocfl/%s/%s/%s/%s", a->root.p, p.part[0].p, p.part[1].p, p.part[2].p, p.part[3].p);
    ident_path_free(&p);
}

void ident_slug(struct buf *out, const char *id) {
    char digest[SHA256_HEX + 1];
    sha256_bytes(digest, id, strlen(id));
    for (const char *p = id; *p && out->n < 60; p++) {
        bool plain = (unsigned char)*p < 0x80 && isalnum((unsigned char)*p);
        if (plain || (out->n && out->p[out->n - 1] != '-')) buf_char(out, plain ? *p : '-');
    }
    buf_fmt(out, "%s%.8s", out->n && out->p[out->n - 1] != '-' ? "-" : "", digest);
}

bool ident_is_name(const char *name) {
    size_t n = strlen(name);
    if (!n || utf8_check(name, n) != n) return false;
    for (const char *p = name;; p++) {
        size_t k = strcspn(p, "/");
        bool dots = (k == 1 && *p == '.') || (k == 2 && p[0] == '.' && p[1] == '.');
        if (!k || dots) return false;
        p += k;
        if (!*p) return true;
    }
}
