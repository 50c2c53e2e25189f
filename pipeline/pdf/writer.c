/* The PDF back end as a sink: pages in, file out. */
#include "pdf/private.h"

#include <libdeflate.h>

static HPDF_STATUS write_through(HPDF_Stream s, const HPDF_BYTE *data, HPDF_UINT n) {
    pdf_put(s->attr, data, n);
    return HPDF_OK;
}

static void on_haru_error(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    (void)detail;
    struct pdf *p = user;
    char why[64];
    snprintf(why, sizeof why, "libharu error 0x%04lX", (unsigned long)error);
    if (p->diags) pdf_fail(p, why);
}

static bool imposed(const struct pdf *p) {
    return p->options.impose == PDF_IMPOSE_BOOKLET;
}

/* All that belongs to one run of the document. */
static void begin(struct pdf *p) {
    p->arena = arena_new();
    p->images = map_new();
    p->dests = map_new();
    p->doc = HPDF_NewEx(on_haru_error, NULL, NULL, 0, p);
    p->stream = p->doc ? HPDF_CallbackWriter_New(p->doc->mmgr, write_through, p) : NULL;
    if (!p->doc || !p->stream) pdf_fail(p, "libharu cannot start");
    p->outline_first = p->outline_last = -1;
    p->hash = 1;
    pdf_str(p, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    p->resources = object_reserve(p);
}

static void end(struct pdf *p) {
    for (size_t i = 0; i < p->font_cap; i++) buf_free(&p->pdf_fonts[i].texts);
    if (p->stream) HPDF_Stream_Free(p->stream);
    if (p->doc) HPDF_Free(p->doc);
    arena_drop(p->arena);
    map_drop(p->images);
    map_drop(p->dests);
    mem_free(p->offsets);
    mem_free(p->nodes);
    mem_free(p->pdf_fonts);
    mem_free(p->pages);
    mem_free(p->elements);
    mem_free(p->parents);
    mem_free(p->links);
    mem_free(p->outlines);
    buf_free(&p->xobjects);
    buf_free(&p->states);
    buf_free(&p->shadings);
}

static const char *keep(const char *s) {
    return s && *s ? str_intern(s, strlen(s)) : NULL;
}

static int32_t on_tag_open(struct area_sink *s, int32_t parent, const struct area_tag *tag) {
    return tags_open((struct pdf *)s, parent, tag);
}

static void on_tag_close(struct area_sink *s, int32_t tag) {
    (void)s, (void)tag;
}

static void on_meta(struct area_sink *s, const char *key, const char *value) {
    struct pdf *p = (struct pdf *)s;
    const char *v = keep(value);
    if (strcmp(key, "title") == 0) p->meta.title = v;
    else if (strcmp(key, "author") == 0) p->meta.author = v;
    else if (strcmp(key, "subject") == 0) p->meta.subject = v;
    else if (strcmp(key, "keywords") == 0) p->meta.keywords = v;
    else if (strcmp(key, "lang") == 0) p->meta.lang = v;
    else if (strcmp(key, "creator") == 0) p->meta.creator = v;
    else if (strcmp(key, "creation-date") == 0) p->meta.date = v;
}

static int32_t on_outline(struct area_sink *s, int32_t parent, const struct area_outline *o) {
    struct pdf *p = (struct pdf *)s;
    int32_t k = (int32_t)p->outline_count;
    p->outlines = mem_grow(p->outlines, &p->outline_cap, p->outline_count + 1, sizeof *p->outlines);
    struct outline_record *r = &p->outlines[p->outline_count++];
    *r = (struct outline_record){.parent = parent, .first = -1, .last = -1, .next = -1, .prev = -1, .open = o->open};
    r->title = o->title ? str_intern(o->title, strlen(o->title)) : "";
    r->dest = keep(o->dest);
    r->uri = keep(o->uri);
    int32_t *first = parent >= 0 ? &p->outlines[parent].first : &p->outline_first;
    int32_t *last = parent >= 0 ? &p->outlines[parent].last : &p->outline_last;
    r->prev = *last;
    if (*last >= 0) p->outlines[*last].next = k;
    else *first = k;
    *last = k;
    return k;
}

static void add_links(struct pdf *p, struct page_content *c, struct buf *annots) {
    for (size_t i = 0; i < c->link_count && !imposed(p); i++) {
        const struct area_link *a = c->links[i].link;
        p->links = mem_grow(p->links, &p->link_cap, p->link_count + 1, sizeof *p->links);
        struct link_record *l = &p->links[p->link_count++];
        *l = (struct link_record){.object = object_reserve(p), .page_object = c->page_object, .uri = keep(a->uri),
                                  .dest = keep(a->dest), .contents = keep(a->contents), .key = UINT32_MAX, .pos = a->a.pos};
        memcpy(l->rect, c->links[i].rect, sizeof l->rect);
        buf_fmt(annots, "%u 0 R ", l->object);
        if (p->tagged && a->a.tag >= 0) {
            l->key = p->next_key++;
            tags_add_annotation(p, a->a.tag, c->page_object, l->object);
            tags_parent(p, l->key, tags_object(p, a->a.tag));
        }
    }
}

static uint32_t parent_array(struct pdf *p, struct page_content *c) {
    struct buf b = {0};
    uint32_t object = object_reserve(p);
    buf_char(&b, '[');
    for (size_t i = 0; i < c->mcid_count; i++) buf_fmt(&b, "%u 0 R ", tags_object(p, c->mcids[i]));
    buf_char(&b, ']');
    object_begin(p, object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    return object;
}

static void write_form(struct pdf *p, struct page_content *c, const struct area_page *a) {
    struct buf b = {0};
    buf_fmt(&b, "/Type/XObject/Subtype/Form/Resources %u 0 R/BBox[0 0 ", p->resources);
    buf_milli(&b, a->width);
    buf_char(&b, ' ');
    buf_milli(&b, a->height);
    buf_char(&b, ']');
    object_stream(p, c->page_object, b.p, c->ops.p, c->ops.n, false);
    buf_free(&b);
}

/* A page dictionary through libharu's objects. */
static void write_page(struct pdf *p, struct page_content *c, const struct area_page *a) {
    uint32_t content = object_reserve(p), parent = page_parent(p, a->index);
    uint32_t key = UINT32_MAX;
    if (p->tagged && c->mcid_count) {
        key = p->next_key++;
        tags_parent(p, key, parent_array(p, c));
    }
    object_stream(p, content, "", c->ops.p, c->ops.n, false);
    struct buf b = {0}, annots = {0};
    add_links(p, c, &annots);
    buf_fmt(&b, "<</Type/Page/Parent %u 0 R/MediaBox[0 0 ", parent);
    buf_milli(&b, a->width);
    buf_char(&b, ' ');
    buf_milli(&b, a->height);
    buf_fmt(&b, "]/Resources %u 0 R/Contents %u 0 R", p->resources, content);
    if (p->tagged) buf_str(&b, "/Tabs/S");
    if (key != UINT32_MAX) buf_fmt(&b, "/StructParents %u", key);
    if (annots.n) buf_fmt(&b, "/Annots[%s]", annots.p);
    buf_str(&b, ">>");
    object_begin(p, c->page_object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    buf_free(&annots);
}

static void on_page(struct area_sink *s, const struct area_page *a) {
    struct pdf *p = (struct pdf *)s;
    size_t old = p->page_count;
    if ((size_t)a->index >= old) {
        p->pages = mem_grow(p->pages, &p->page_cap, (size_t)a->index + 1, sizeof *p->pages);
        memset(p->pages + old, 0, ((size_t)a->index + 1 - old) * sizeof *p->pages);
        p->page_count = (size_t)a->index + 1;
    }
    struct page_content c = {.pdf = p, .page_index = a->index, .height = a->height, .alpha = 65535, .m = {1, 0, 0, 1, 0, 0}};
    c.page_object = object_reserve(p);
    p->pages[a->index] = (struct page_record){c.page_object, a->width, a->height, a->number, keep(a->format), keep(a->prefix), keep(a->label)};
    buf_str(&c.ops, "1 0 0 -1 0 ");
    buf_milli(&c.ops, a->height);
    buf_str(&c.ops, " cm\n");
    content_areas(&c, &a->areas);
    content_end(&c);
    if (imposed(p)) write_form(p, &c, a);
    else write_page(p, &c, a);
    buf_free(&c.ops);
    mem_free(c.mcids);
    mem_free(c.links);
}

static void set_defaults(struct pdf *p) {
    p->meta.title = keep(p->options.title);
    p->meta.author = keep(p->options.author);
    p->meta.subject = keep(p->options.subject);
    p->meta.lang = keep(p->options.lang);
    p->meta.date = keep(p->options.date);
    p->meta.creator = NULL;
    p->meta.keywords = NULL;
}

static void on_restart(struct area_sink *s) {
    struct pdf *p = (struct pdf *)s, old = *p;
    end(p);
    memset(p, 0, sizeof *p);
    p->sink = old.sink;
    p->out = old.out;
    p->options = old.options;
    p->fonts = old.fonts;
    p->diags = old.diags;
    p->tagged = old.tagged;
    p->deflate = old.deflate;
    p->scratch = old.scratch;
    p->scratch_cap = old.scratch_cap;
    out_rewind(p->out);
    set_defaults(p);
    begin(p);
}

struct area_sink *pdf_open(struct out_file *out, const struct pdf_options *options, struct fontset *fonts,
                           struct diags *diags) {
    struct pdf *p = mem_alloc(sizeof *p);
    p->sink = (struct area_sink){on_tag_open, on_tag_close, on_page, on_outline, on_meta, on_restart};
    p->out = out;
    p->options = *options;
    p->fonts = fonts;
    p->diags = diags;
    if (imposed(p) && p->options.profile != PDF_PLAIN) p->options.profile = PDF_A3B;
    p->tagged = !imposed(p) && (p->options.profile == PDF_A3A_UA1 || p->options.profile == PDF_A2A_UA1);
    p->deflate = libdeflate_alloc_compressor(6);
    set_defaults(p);
    begin(p);
    return &p->sink;
}

static void write_resources(struct pdf *p) {
    struct buf b = {0};
    buf_str(&b, "<</ProcSet[/PDF/Text/ImageB/ImageC/ImageI]");
    fonts_finish(p, &b);
    if (p->xobjects.n) buf_fmt(&b, "/XObject<<%s>>", p->xobjects.p);
    buf_str(&b, "/ExtGState<<");
    for (int k = 0; k < 256; k++)
        if (p->alphas[k]) buf_fmt(&b, "/A%d<</ca %d.%03d/CA %d.%03d>>", k, k / 255, k % 255 * 1000 / 255, k / 255, k % 255 * 1000 / 255);
    buf_str(&b, ">>");
    if (p->shadings.n) buf_fmt(&b, "/Shading<<%s>>", p->shadings.p);
    buf_str(&b, ">>");
    object_begin(p, p->resources);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
}

static uint32_t write_info(struct pdf *p) {
    struct buf b = {0};
    const struct {
        const char *key, *value;
    } rows[] = {{"/Title", p->meta.title}, {"/Author", p->meta.author}, {"/Subject", p->meta.subject},
                {"/Keywords", p->meta.keywords}, {"/Creator", p->meta.creator}, {"/Producer", p->options.producer}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].value) continue;
        buf_str(&b, rows[i].key);
        put_text(&b, rows[i].value);
    }
    if (p->meta.date) {
        buf_str(&b, "/CreationDate");
        put_date(&b, p->meta.date);
        buf_str(&b, "/ModDate");
        put_date(&b, p->meta.date);
    }
    if (!b.n) return 0;
    uint32_t object = object_reserve(p);
    object_begin(p, object);
    pdf_fmt(p, "<<%s>>", b.p);
    object_end(p);
    buf_free(&b);
    return object;
}

static const char *profile_name(const struct pdf *p) {
    static const char *const names[] = {"PDF/A-3a and PDF/UA-1", "PDF/A-2a and PDF/UA-1", "PDF/A-3b", ""};
    return names[p->options.profile];
}

static void check_claim(struct pdf *p) {
    if (p->options.profile == PDF_PLAIN) return;
    if (p->tagged && !p->meta.title) pdf_refuse(p, "the document has no title", (struct pos){0});
    if (p->tagged && !p->meta.lang) pdf_refuse(p, "the document names no language", (struct pos){0});
    if (p->missing_glyph) pdf_refuse(p, "a character has no glyph", (struct pos){0});
    if (p->refused) diag_add(p->diags, DIAG_PDF_NOT_ACCESSIBLE, p->refused_pos, profile_name(p), p->refused);
}

static uint32_t write_catalog(struct pdf *p) {
    struct buf b = {0}, names = {0}, af = {0};
    if (imposed(p)) impose_finish(p);
    links_finish(p);
    uint32_t pages = pages_finish(p), tree = p->tagged ? tags_finish(p) : 0, outline = imposed(p) ? 0 : outlines_finish(p);
    uint32_t intent = intent_finish(p);
    check_claim(p);
    uint32_t xmp = xmp_finish(p);
    buf_fmt(&b, "<</Type/Catalog/Pages %u 0 R/Metadata %u 0 R", pages, xmp);
    if (intent) buf_fmt(&b, "/OutputIntents[%u 0 R]", intent);
    if (tree) buf_fmt(&b, "/StructTreeRoot %u 0 R/MarkInfo<</Marked true>>", tree);
    if (outline) buf_fmt(&b, "/Outlines %u 0 R/PageMode/UseOutlines", outline);
    if (p->meta.lang) {
        buf_str(&b, "/Lang");
        put_text(&b, p->meta.lang);
    }
    buf_str(&b, "/ViewerPreferences<</DisplayDocTitle true>>");
    if (!imposed(p)) page_labels(p, &b);
    if (p->options.profile == PDF_A3A_UA1 || p->options.profile == PDF_A3B) attachments_finish(p, &names, &af);
    if (names.n) buf_fmt(&b, "/Names<<%s>>%s", names.p, af.p);
    buf_str(&b, ">>");
    uint32_t object = object_reserve(p);
    object_begin(p, object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    buf_free(&names);
    buf_free(&af);
    return object;
}

int pdf_close(struct area_sink *s) {
    struct pdf *p = (struct pdf *)s;
    write_resources(p);
    uint32_t catalog = write_catalog(p), info = write_info(p);
    int e = objects_finish(p, catalog, info);
    end(p);
    libdeflate_free_compressor(p->deflate);
    mem_free(p->scratch);
    mem_free(p);
    return e;
}
