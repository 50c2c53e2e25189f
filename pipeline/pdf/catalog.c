/* What hangs on the catalog: page tree, attachments, names (ISO 32000-1, 7.7,
 * 7.11.4; ISO 19005-3, 6.8). */
#include "pdf/private.h"

enum { FANOUT = 50 };

/* Node of the page tree that holds page `index`. */
uint32_t page_parent(struct pdf *p, int32_t index) {
    size_t k = (size_t)index / FANOUT;
    while (p->node_count <= k) {
        p->nodes = mem_grow(p->nodes, &p->node_cap, p->node_count + 1, sizeof *p->nodes);
        p->nodes[p->node_count++] = object_number(p);
    }
    return p->nodes[k];
}

struct node {
    uint32_t object;
    int32_t pages;
};

static void write_node(struct pdf *p, struct node *node, const struct node *kids, size_t n, uint32_t parent) {
    HPDF_Dict d = dict_new(p, "Pages");
    HPDF_Array a = array_new(p);
    node->pages = 0;
    for (size_t i = 0; i < n; i++) {
        if (!kids[i].object) continue; /* a page that never came */
        array_ref(p, a, kids[i].object);
        node->pages += kids[i].pages;
    }
    dict_int(p, d, "Count", node->pages);
    dict_add(p, d, "Kids", a);
    if (parent) dict_ref(p, d, "Parent", parent);
    object_write(p, node->object, d);
}

/* Writes one level of nodes over kids; returns the parents' numbers. */
static struct node *write_level(struct pdf *p, struct node *level, size_t n, const struct node *kids,
                                size_t kid_count) {
    size_t up = (n + FANOUT - 1) / FANOUT;
    struct node *next = mem_alloc((up + 1) * sizeof *next);
    for (size_t i = 0; n > 1 && i < up; i++) next[i].object = object_number(p);
    for (size_t i = 0; i < n; i++) {
        size_t first = i * FANOUT, last = first + FANOUT < kid_count ? first + FANOUT : kid_count;
        write_node(p, &level[i], kids + first, last - first, next[i / FANOUT].object);
    }
    return next;
}

/* A balanced tree, fifty kids a node (7.7.3.2). */
static uint32_t pages_finish(struct pdf *p) {
    size_t kid_count = p->page_count, n = kid_count ? (kid_count + FANOUT - 1) / FANOUT : 1;
    page_parent(p, (int32_t)((n - 1) * FANOUT));
    struct node *kids = mem_alloc((kid_count + 1) * sizeof *kids);
    struct node *level = mem_alloc((n + 1) * sizeof *level);
    for (size_t i = 0; i < kid_count; i++) kids[i] = (struct node){p->pages[i].object, 1};
    for (size_t i = 0; i < n; i++) level[i].object = p->nodes[i];
    for (;;) {
        struct node *next = write_level(p, level, n, kids, kid_count);
        mem_free(kids);
        kids = level;
        kid_count = n;
        level = next;
        if (n == 1) break;
        n = (n + FANOUT - 1) / FANOUT;
    }
    uint32_t root = kids[0].object;
    mem_free(kids);
    mem_free(level);
    return root;
}

static uint32_t attach_file(struct pdf *p, const struct pdf_attachment *a) {
    uint32_t file = object_number(p), spec = object_number(p);
    HPDF_Dict d = dict_new(p, "EmbeddedFile"), s = dict_new(p, "Filespec"), ef = dict_new(p, NULL);
    struct buf b = {0};
    buf_str(&b, "/Subtype ");
    put_name(&b, a->mime ? a->mime : "application/octet-stream");
    buf_fmt(&b, "\n/Params <</Size %zu", a->size);
    if (p->meta.date) {
        buf_str(&b, "/ModDate");
        put_date(&b, p->meta.date);
    }
    buf_str(&b, ">>");
    dict_raw(p, d, b.p);
    object_stream(p, file, d, a->data, a->size, false);
    buf_free(&b);
    dict_text(p, s, "F", a->name);
    dict_text(p, s, "UF", a->name);
    if (a->description) dict_text(p, s, "Desc", a->description);
    dict_name(p, s, "AFRelationship", a->relationship ? a->relationship : "Unspecified");
    dict_ref(p, ef, "F", file);
    dict_ref(p, ef, "UF", file);
    dict_add(p, s, "EF", ef);
    object_write(p, spec, s);
    return spec;
}

void attachments_finish(struct pdf *p, HPDF_Dict catalog) {
    if (!p->options.attachment_count) return;
    HPDF_Array files = array_new(p);
    struct buf b = {0};
    buf_str(&b, "/Names <</EmbeddedFiles<</Names[");
    for (size_t i = 0; i < p->options.attachment_count; i++) {
        uint32_t spec = attach_file(p, &p->options.attachments[i]);
        array_ref(p, files, spec);
        put_text(&b, p->options.attachments[i].name);
        buf_fmt(&b, "%u 0 R ", spec);
    }
    buf_str(&b, "]>>>>");
    dict_raw(p, catalog, b.p);
    dict_add(p, catalog, "AF", files);
    buf_free(&b);
}

static void add_labels(struct pdf *p, HPDF_Dict catalog) {
    struct buf b = {0};
    buf_str(&b, "/PageLabels ");
    page_labels(p, &b);
    dict_raw(p, catalog, b.p);
    buf_free(&b);
}

static void add_dict(struct pdf *p, HPDF_Dict d, const char *key, const char *flag) {
    HPDF_Dict inner = dict_new(p, NULL);
    dict_bool(p, inner, flag, true);
    dict_add(p, d, key, inner);
}

uint32_t catalog_finish(struct pdf *p) {
    bool may_attach = p->options.profile == PDF_A3A_UA1 || p->options.profile == PDF_A3B;
    HPDF_Dict d = dict_new(p, "Catalog");
    dict_ref(p, d, "Pages", pages_finish(p));
    uint32_t intent = intent_finish(p), outline = pdf_imposed(p) ? 0 : outline_finish(p);
    if (p->options.profile != PDF_PLAIN && !intent) {
        p->options.profile = PDF_PLAIN;
        diag_add(p->diags, DIAG_PDF_NOT_ACCESSIBLE, (struct pos){0}, "PDF/A",
                 "the sRGB profile of the output intent is not installed");
    }
    if (p->tagged) {
        dict_ref(p, d, "StructTreeRoot", p->tree);
        add_dict(p, d, "MarkInfo", "Marked");
    }
    dests_finish(p);
    dict_ref(p, d, "Metadata", xmp_finish(p));
    if (intent) {
        HPDF_Array intents = array_new(p);
        array_ref(p, intents, intent);
        dict_add(p, d, "OutputIntents", intents);
    }
    if (outline) {
        dict_ref(p, d, "Outlines", outline);
        dict_name(p, d, "PageMode", "UseOutlines");
    }
    if (p->meta.page_layout && !pdf_imposed(p)) dict_name(p, d, "PageLayout", p->meta.page_layout);
    if (p->meta.lang) dict_text(p, d, "Lang", p->meta.lang);
    if (p->meta.title) add_dict(p, d, "ViewerPreferences", "DisplayDocTitle");
    if (!pdf_imposed(p)) add_labels(p, d);
    if (may_attach) attachments_finish(p, d);
    uint32_t object = object_number(p);
    object_write(p, object, d);
    return object;
}
