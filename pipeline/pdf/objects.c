/* Objects as they go into the file, and its end (ISO 32000-1, 7.3.8, 7.5). */
#include "pdf/private.h"

#include <libdeflate.h>

void pdf_fail(struct pdf *p, const char *why) {
    if (!p->failed) diag_add(p->diags, DIAG_PDF_ERROR, (struct pos){0}, why);
    p->failed = true;
}

void pdf_refuse(struct pdf *p, const char *why, struct pos pos) {
    for (size_t i = 0; i < p->refusal_count; i++)
        if (strcmp(p->refusals[i].why, why) == 0) return;
    if (p->refusal_count < REFUSALS_MAX) p->refusals[p->refusal_count++] = (struct refusal){why, pos};
}

/* libharu counts the objects in its cross-reference list, which grows by a
 * constant: made to double.  The entry stays, the object it was made for is
 * not needed: our objects come when they are complete. */
uint32_t object_number(struct pdf *p) {
    HPDF_List entries = p->doc->xref->entries;
    if (entries->count > entries->items_per_block) entries->items_per_block = entries->count;
    HPDF_Null n = HPDF_Null_New(p->doc->mmgr);
    if (!n || HPDF_Xref_Add(p->doc->xref, n) != HPDF_OK) {
        pdf_fail(p, "more objects than a PDF/A file may hold");
        return 1;
    }
    uint32_t number = n->header.obj_id & 0x00FFFFFF;
    HPDF_Xref_GetEntry(p->doc->xref, number)->obj = NULL;
    HPDF_FreeMem(p->doc->mmgr, n);
    return number;
}

void pdf_put(struct pdf *p, const void *data, size_t n) {
    p->hash = hash_bytes(data, n, p->hash);
    out_write(p->out, data, n);
}

void object_begin(struct pdf *p, uint32_t object) {
    uint64_t at = out_size(p->out);
    if (at > UINT32_MAX) pdf_fail(p, "the file is larger than 4 GiB");
    HPDF_Xref_GetEntry(p->doc->xref, object)->byte_offset = (HPDF_UINT)at;
    char s[32];
    pdf_put(p, s, (size_t)snprintf(s, sizeof s, "%u 0 obj\n", object));
}

bool object_written(const struct pdf *p, uint32_t object) {
    return HPDF_Xref_GetEntry(p->doc->xref, object)->byte_offset != 0;
}

void object_end(struct pdf *p) {
    pdf_put(p, "\nendobj\n", 8);
}

void object_text(struct pdf *p, uint32_t object, const char *text) {
    object_begin(p, object);
    pdf_put(p, text, strlen(text));
    object_end(p);
}

static void write_value(struct pdf *p, void *o) {
    if (!o || HPDF_Obj_WriteValue(o, p->stream, NULL) != HPDF_OK)
        pdf_fail(p, "libharu cannot write an object");
    if (o) HPDF_Obj_ForceFree(p->doc->mmgr, o);
}

void object_write(struct pdf *p, uint32_t object, void *o) {
    object_begin(p, object);
    write_value(p, o);
    object_end(p);
}

static void write_stream(struct pdf *p, uint32_t object, HPDF_Dict d, const void *body, size_t size, bool raw) {
    if (!d) d = dict_new(p, NULL);
    dict_int(p, d, "Length", (int32_t)size);
    if (!raw) dict_name(p, d, "Filter", "FlateDecode");
    if (size > INT32_MAX) pdf_fail(p, "a stream is larger than 2 GiB");
    object_begin(p, object);
    write_value(p, d);
    pdf_put(p, "\nstream\n", 8);
    pdf_put(p, body, size);
    pdf_put(p, "\nendstream", 10);
    object_end(p);
}

static void deflate(struct job *job) {
    struct stream_job *s = (struct stream_job *)job;
    s->size = libdeflate_zlib_compress(s->deflate, s->in, s->n, s->out, s->out_cap);
}

void stream_flush(struct pdf *p) {
    struct stream_job *s = &p->stream_job;
    if (!s->busy) return;
    s->busy = false;
    job_finish(&s->job);
    write_stream(p, s->object, s->d, s->out, s->size, false);
}

void stream_drop(struct pdf *p) {
    struct stream_job *s = &p->stream_job;
    if (!s->busy) return;
    s->busy = false;
    job_finish(&s->job);
    if (s->d) HPDF_Obj_ForceFree(p->doc->mmgr, s->d);
}

/* One stream is deflated while the next is made; it comes into the file before
 * that one, so the order does not depend on the time it took. */
void object_stream(struct pdf *p, uint32_t object, HPDF_Dict d, const void *data, size_t n, bool raw) {
    enum { LARGE = 1024 * 1024 }; /* not worth a copy */
    struct stream_job *s = &p->stream_job;
    if (raw) {
        write_stream(p, object, d, data, n, true);
        return;
    }
    stream_flush(p);
    size_t bound = libdeflate_zlib_compress_bound(p->deflate, n);
    s->out = mem_grow(s->out, &s->out_cap, bound, 1);
    if (n > LARGE) {
        write_stream(p, object, d, s->out, libdeflate_zlib_compress(p->deflate, data, n, s->out, s->out_cap), false);
        return;
    }
    s->in = mem_grow(s->in, &s->in_cap, n, 1);
    if (n) memcpy(s->in, data, n);
    s->n = n;
    s->d = d;
    s->object = object;
    s->deflate = p->deflate;
    s->job.run = deflate;
    s->job.cost = (uint32_t)(n / 100);
    s->busy = true;
    job_start(&s->job);
}

/* The table (7.5.4): objects that nobody wrote are free. */
static void put_table(struct pdf *p, struct buf *b) {
    HPDF_List entries = p->doc->xref->entries;
    buf_fmt(b, "xref\n0 %u\n0000000000 65535 f \n", entries->count);
    buf_need(b, entries->count * (size_t)20);
    for (HPDF_UINT i = 1; i < entries->count; i++) {
        HPDF_XrefEntry e = HPDF_List_ItemAt(entries, i);
        char s[24];
        snprintf(s, sizeof s, e->byte_offset ? "%010u 00000 n \n" : "%010u 65535 f \n", e->byte_offset);
        buf_put(b, s, 20);
    }
}

/* The file's identifier comes from its content (14.4). */
static void put_id(struct pdf *p) {
    uint64_t h[2] = {p->hash, hash_bytes(&p->hash, sizeof p->hash, 1)};
    HPDF_BYTE id[16];
    for (int i = 0; i < 16; i++) id[i] = (HPDF_BYTE)(h[i / 8] >> (i % 8 * 8));
    HPDF_Array a = array_new(p);
    for (int i = 0; i < 2; i++) {
        HPDF_Binary b = HPDF_Binary_New(p->doc->mmgr, id, sizeof id);
        if (!a || !b || HPDF_Array_Add(a, b) != HPDF_OK) pdf_fail(p, "libharu cannot make the identifier");
    }
    dict_add(p, p->doc->trailer, "ID", a);
}

int objects_finish(struct pdf *p, uint32_t catalog, uint32_t info) {
    stream_flush(p);
    uint64_t at = out_size(p->out);
    struct buf b = {0};
    put_table(p, &b);
    buf_str(&b, "trailer\n");
    out_write(p->out, b.p, b.n);
    HPDF_Dict t = p->doc->trailer;
    dict_int(p, t, "Size", (int32_t)p->doc->xref->entries->count);
    dict_ref(p, t, "Root", catalog);
    dict_ref(p, t, "Info", info);
    put_id(p);
    if (HPDF_Obj_WriteValue(t, p->stream, NULL) != HPDF_OK) pdf_fail(p, "libharu cannot write the trailer");
    buf_clear(&b);
    buf_fmt(&b, "\nstartxref\n%llu\n%%%%EOF\n", (unsigned long long)at);
    out_write(p->out, b.p, b.n);
    buf_free(&b);
    return p->failed ? -1 : 0;
}
