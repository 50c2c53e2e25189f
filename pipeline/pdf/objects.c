/* Objects, numbers, streams, the cross-reference table (ISO 32000-1, 7.3-7.5). */
#include "pdf/private.h"

#include <errno.h>
#include <libdeflate.h>

void pdf_fail(struct pdf *p, const char *why) {
    if (!p->failed) diag_add(p->diags, DIAG_PDF_ERROR, (struct pos){0}, why);
    p->failed = true;
}

void pdf_refuse(struct pdf *p, const char *why, struct pos pos) {
    if (p->refused) return;
    p->refused = why;
    p->refused_pos = pos;
}

/* libharu numbers objects in its cross-reference list; a null object stands for
 * one that is written by us.  The list grows by a constant: made to double. */
uint32_t object_reserve(struct pdf *p) {
    HPDF_List entries = p->doc->xref->entries;
    if (entries->count + 1 >= entries->block_siz) entries->items_per_block = entries->count > 1024 ? entries->count : 1024;
    HPDF_Null n = HPDF_Null_New(p->doc->mmgr);
    if (!n || HPDF_Xref_Add(p->doc->xref, n) != HPDF_OK) {
        pdf_fail(p, "too many objects");
        return 1;
    }
    return n->header.obj_id & 0x00FFFFFF;
}

void pdf_put(struct pdf *p, const void *data, size_t n) {
    p->hash = hash_bytes(data, n, p->hash);
    out_write(p->out, data, n);
}

void pdf_str(struct pdf *p, const char *s) {
    pdf_put(p, s, strlen(s));
}

void pdf_fmt(struct pdf *p, const char *format, ...) {
    struct buf b = {0};
    va_list args;
    va_start(args, format);
    buf_vfmt(&b, format, args);
    va_end(args);
    pdf_put(p, b.p, b.n);
    buf_free(&b);
}

void object_begin(struct pdf *p, uint32_t object) {
    size_t old = p->offset_cap;
    p->offsets = mem_grow(p->offsets, &p->offset_cap, object + 1, sizeof *p->offsets);
    if (p->offset_cap > old) memset(p->offsets + old, 0, (p->offset_cap - old) * sizeof *p->offsets);
    p->offsets[object] = out_size(p->out);
    char s[32];
    pdf_put(p, s, (size_t)snprintf(s, sizeof s, "%u 0 obj\n", object));
}

void object_end(struct pdf *p) {
    pdf_str(p, "\nendobj\n");
}

void object_stream(struct pdf *p, uint32_t object, const char *entries, const void *data, size_t n, bool raw) {
    const void *body = data;
    size_t size = n;
    if (!raw) {
        size_t bound = libdeflate_zlib_compress_bound(p->deflate, n);
        p->scratch = mem_grow(p->scratch, &p->scratch_cap, bound, 1);
        size = libdeflate_zlib_compress(p->deflate, data, n, p->scratch, bound);
        body = p->scratch;
    }
    object_begin(p, object);
    pdf_fmt(p, "<</Length %zu%s%s>>\nstream\n", size, raw ? "" : "/Filter/FlateDecode", entries);
    pdf_put(p, body, size);
    pdf_str(p, "\nendstream");
    object_end(p);
}

void object_haru(struct pdf *p, uint32_t object, HPDF_Dict dict) {
    object_begin(p, object);
    if (HPDF_Obj_WriteValue(dict, p->stream, NULL) != HPDF_OK) pdf_fail(p, "libharu could not write an object");
    object_end(p);
    HPDF_Obj_Free(p->doc->mmgr, dict);
}

void put_hex16(struct buf *b, const uint16_t *s, size_t n) {
    static const char digits[] = "0123456789ABCDEF";
    buf_need(b, n * 4);
    for (size_t i = 0; i < n; i++)
        for (int k = 12; k >= 0; k -= 4) b->p[b->n++] = digits[s[i] >> k & 15];
    b->p[b->n] = 0;
}

void put_text(struct buf *b, const char *s) {
    bool ascii = true;
    for (const char *q = s; *q; q++) ascii &= (unsigned char)*q >= 0x20 && (unsigned char)*q < 0x7F;
    if (ascii) {
        buf_char(b, '(');
        for (; *s; s++) {
            if (*s == '(' || *s == ')' || *s == '\\') buf_char(b, '\\');
            buf_char(b, *s);
        }
        buf_char(b, ')');
        return;
    }
    size_t n = strlen(s);
    uint16_t *u = mem_alloc((n + 1) * sizeof *u);
    n = utf16_from_utf8(u, s, n);
    buf_str(b, "<FEFF");
    put_hex16(b, u, n);
    buf_char(b, '>');
    mem_free(u);
}

/* 7.3.5; longer names than 127 bytes are cut. */
void put_name(struct buf *b, const char *name) {
    buf_char(b, '/');
    for (int i = 0; *name && i < 120; name++, i++) {
        unsigned char c = (unsigned char)*name;
        if (c <= 0x20 || c >= 0x7F || strchr("#/()<>[]{}%", c)) buf_fmt(b, "#%02X", c);
        else buf_char(b, (char)c);
    }
}

int objects_finish(struct pdf *p, uint32_t catalog, uint32_t info) {
    size_t n = p->doc->xref->entries->count;
    uint64_t at = out_size(p->out);
    struct buf b = {0};
    buf_fmt(&b, "xref\n0 %zu\n0000000000 65535 f \n", n);
    for (size_t i = 1; i < n; i++) {
        uint64_t offset = i < p->offset_cap ? p->offsets[i] : 0;
        if (offset) buf_fmt(&b, "%010llu 00000 n \n", (unsigned long long)offset);
        else buf_str(&b, "0000000000 65535 f \n");
    }
    uint64_t id = p->hash;
    buf_fmt(&b, "trailer\n<</Size %zu/Root %u 0 R", n, catalog);
    if (info) buf_fmt(&b, "/Info %u 0 R", info);
    buf_fmt(&b, "/ID[<%016llX%016llX><%016llX%016llX>]>>\nstartxref\n%llu\n%%%%EOF\n", (unsigned long long)id,
            (unsigned long long)~id, (unsigned long long)id, (unsigned long long)~id, (unsigned long long)at);
    out_write(p->out, b.p, b.n);
    buf_free(&b);
    return p->failed ? -1 : 0;
}
