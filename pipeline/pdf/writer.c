/* The PDF back end as a sink: pages in, file out. */
#include "pdf/private.h"

#include <libdeflate.h>

static HPDF_STATUS write_through(HPDF_Stream s, const HPDF_BYTE *data, HPDF_UINT n) {
    pdf_put(s->attr, data, n);
    return HPDF_OK;
}

static void on_haru_error(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    (void)detail;
    char why[48];
    snprintf(why, sizeof why, "libharu error 0x%04lX", (unsigned long)error);
    pdf_fail(user, why);
}

bool pdf_imposed(const struct pdf *p) {
    return p->options.impose == PDF_IMPOSE_BOOKLET;
}

static const char *kept(struct pdf *p, const char *s) {
    return s && *s ? arena_strdup(p->arena, s) : NULL;
}

static void set_defaults(struct pdf *p) {
    const struct pdf_options *o = &p->options;
    p->meta.title = kept(p, o->title);
    p->meta.author = kept(p, o->author);
    p->meta.subject = kept(p, o->subject);
    p->meta.lang = kept(p, o->lang);
    p->meta.date = kept(p, o->date);
}

/* All that belongs to one run of the document. */
static bool begin(struct pdf *p) {
    p->arena = arena_new();
    p->images = map_new();
    p->profiles = map_new();
    p->shadings = map_new();
    p->dests = map_new();
    p->roles = map_new();
    p->outline_first = p->outline_last = -1;
    p->document = (struct element){.name = "Document", .index = -1, .parent = -1};
    p->hash = 1;
    set_defaults(p);
    p->doc = HPDF_NewEx(on_haru_error, NULL, NULL, 0, p);
    p->stream = p->doc ? HPDF_CallbackWriter_New(p->doc->mmgr, write_through, p) : NULL;
    if (!p->stream) return false;
    static const char head[] = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    pdf_put(p, head, sizeof head - 1);
    if (p->tagged) {
        p->tree = object_number(p);
        element_object(p, &p->document);
    }
    return true;
}

static void end(struct pdf *p) {
    for (size_t i = 0; i < p->font_cap; i++) {
        buf_free(&p->pdf_fonts[i].texts);
        mem_free(p->pdf_fonts[i].widths);
        mem_free(p->pdf_fonts[i].aliases);
    }
    stream_drop(p);
    if (p->stream) HPDF_Stream_Free(p->stream);
    if (p->doc) HPDF_Free(p->doc);
    tags_free(p);
    arena_drop(p->arena);
    map_drop(p->images);
    map_drop(p->profiles);
    map_drop(p->shadings);
    map_drop(p->dests);
    map_drop(p->roles);
    mem_free(p->pdf_fonts);
    mem_free(p->cids);
    mem_free(p->nodes);
    mem_free(p->pages);
    mem_free(p->outlines);
    mem_free(p->late);
}

static int32_t on_tag_open(struct area_sink *s, int32_t parent, const struct area_tag *tag) {
    struct pdf *p = (struct pdf *)s;
    return tags_open(p, parent, tag);
}

static void on_tag_close(struct area_sink *s, int32_t tag) {
    tags_close((struct pdf *)s, tag);
}

static void on_page(struct area_sink *s, const struct area_page *page) {
    page_write((struct pdf *)s, page);
}

static int32_t on_outline(struct area_sink *s, int32_t parent, const struct area_outline *o) {
    return outline_add((struct pdf *)s, parent, o);
}

static void on_meta(struct area_sink *s, const char *key, const char *value) {
    struct pdf *p = (struct pdf *)s;
    const struct {
        const char *key, **value;
    } rows[] = {{"title", &p->meta.title},       {"author", &p->meta.author}, {"subject", &p->meta.subject},
                {"keywords", &p->meta.keywords}, {"lang", &p->meta.lang},     {"creator", &p->meta.creator},
                {"creation-date", &p->meta.date}, {"page-layout", &p->meta.page_layout}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(key, rows[i].key) == 0 && value && *value) *rows[i].value = kept(p, value);
    if (p->options.date) p->meta.date = kept(p, p->options.date); /* stronger than the document's own */
}

static void on_late(struct area_sink *s, const struct area_group *group) {
    late_write((struct pdf *)s, group);
}

/* What a run starts from: all before `failed` in the struct. */
static void on_restart(struct area_sink *s) {
    struct pdf *p = (struct pdf *)s;
    end(p);
    memset((char *)p + offsetof(struct pdf, failed), 0, sizeof *p - offsetof(struct pdf, failed));
    out_rewind(p->out);
    if (!begin(p)) pdf_fail(p, "libharu cannot start");
}

struct area_sink *pdf_open(struct out_file *out, const struct pdf_options *options, struct fontset *fonts,
                           struct diags *diags) {
    struct pdf *p = mem_alloc(sizeof *p);
    p->sink = (struct area_sink){on_tag_open, on_tag_close, on_page, on_outline, on_meta, on_restart, on_late};
    p->out = out;
    p->options = *options;
    p->fonts = fonts;
    p->diags = diags;
    if (pdf_imposed(p) && p->options.profile != PDF_PLAIN) p->options.profile = PDF_A3B;
    p->tagged = !pdf_imposed(p) && (p->options.profile == PDF_A3A_UA1 || p->options.profile == PDF_A2A_UA1);
    p->deflate = libdeflate_alloc_compressor(5);
    if (!begin(p)) {
        diag_add(diags, DIAG_PDF_ERROR, (struct pos){0}, "libharu cannot start");
        end(p);
        libdeflate_free_compressor(p->deflate);
        mem_free(p);
        return NULL;
    }
    return &p->sink;
}

static uint32_t write_info(struct pdf *p) {
    const struct {
        const char *key, *value;
    } rows[] = {{"Title", p->meta.title},     {"Author", p->meta.author},
                {"Subject", p->meta.subject}, {"Keywords", p->meta.keywords},
                {"Creator", p->meta.creator}, {"Producer", p->options.producer}};
    HPDF_Dict d = dict_new(p, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].value) dict_text(p, d, rows[i].key, rows[i].value);
    struct buf b = {0};
    for (int i = 0; p->meta.date && i < 2; i++) {
        buf_str(&b, i ? "\n/ModDate " : "/CreationDate ");
        put_date(&b, p->meta.date);
    }
    if (b.n) dict_raw(p, d, b.p);
    buf_free(&b);
    uint32_t object = object_number(p);
    object_write(p, object, d);
    return object;
}

/* What the profile asks for and the pages did not bring. */
static void check_claim(struct pdf *p) {
    static const char *const names[] = {"PDF/A-3a and PDF/UA-1", "PDF/A-2a and PDF/UA-1", "PDF/A-3b", ""};
    if (p->options.profile == PDF_PLAIN) return;
    if (p->tagged && !p->meta.title) pdf_refuse(p, "the document has no title", p->options.pos);
    if (p->tagged && !p->meta.lang) pdf_refuse(p, "the document names no language", p->options.pos);
    const char *name = names[p->options.profile];
    for (size_t i = 0; i < p->refusal_count; i++)
        diag_add(p->diags, DIAG_PDF_NOT_ACCESSIBLE, p->refusals[i].pos, name, p->refusals[i].why);
    if (p->missing_glyph)
        diag_add(p->diags, DIAG_PDF_NOT_ACCESSIBLE, p->missing_pos, name, "a character has no glyph");
}

int pdf_close(struct area_sink *s) {
    struct pdf *p = (struct pdf *)s;
    fonts_finish(p);
    if (pdf_imposed(p)) impose_finish(p);
    if (p->tagged) tags_finish(p);
    check_claim(p);
    uint32_t catalog = catalog_finish(p), info = write_info(p);
    int e = objects_finish(p, catalog, info);
    end(p);
    libdeflate_free_compressor(p->deflate);
    mem_free(p->stream_job.in);
    mem_free(p->stream_job.out);
    buf_free(&p->ops);
    mem_free(p);
    return e;
}
