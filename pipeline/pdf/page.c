/* A page into the file: content, annotations, dictionary, and what the parent
 * tree says of its marked content (ISO 32000-1, 7.7.3, 14.7.4.4). */
#include "pdf/private.h"

static const char *interned(const char *s) {
    return s && *s ? str_intern(s, strlen(s)) : NULL;
}

/* Whether PDF's page labels can count it (12.4.2). */
static bool countable(const struct area_page *a) {
    const char *f = a->format;
    if (a->number < 1 || (a->suffix && *a->suffix)) return false;
    return !f || !*f || (strchr("1iIaA", f[0]) && !f[1]);
}

static struct page_record *record(struct pdf *p, const struct area_page *a) {
    size_t old = p->page_count, need = (size_t)a->index + 1;
    if (need > old) {
        p->pages = mem_grow(p->pages, &p->page_cap, need, sizeof *p->pages);
        memset(p->pages + old, 0, (need - old) * sizeof *p->pages);
        p->page_count = need;
    }
    struct page_record *r = &p->pages[a->index];
    *r = (struct page_record){.width = a->width, .height = a->height, .number = a->number};
    r->object = object_number(p);
    r->format = interned(a->format);
    r->prefix = interned(a->prefix);
    if (!countable(a)) r->label = arena_strdup(p->arena, a->label ? a->label : "");
    return r;
}

static uint32_t write_parents(struct pdf *p, const struct page *g) {
    struct buf b = {0};
    buf_char(&b, '[');
    for (size_t i = 0; i < g->mcid_count; i++) put_ref(&b, tags_find(p, g->mcids[i])->object);
    buf_char(&b, ']');
    uint32_t object = object_number(p);
    object_text(p, object, b.p);
    buf_free(&b);
    return object;
}

static void write_form(struct pdf *p, struct content *c) {
    HPDF_Dict d = dict_new(p, "XObject");
    dict_name(p, d, "Subtype", "Form");
    double box[4] = {0, 0, c->page->area->width / 1000.0, c->page->area->height / 1000.0};
    dict_rect(p, d, "BBox", box);
    dict_add(p, d, "Resources", content_resources(c));
    object_stream(p, c->page->object, d, c->ops.p, c->ops.n, false);
}

static void write_page(struct pdf *p, struct content *c) {
    struct page *g = c->page;
    uint32_t content = object_number(p);
    object_stream(p, content, NULL, c->ops.p, c->ops.n, false);
    HPDF_Dict d = dict_new(p, "Page");
    dict_ref(p, d, "Parent", page_parent(p, g->index));
    double box[4] = {0, 0, g->area->width / 1000.0, g->area->height / 1000.0};
    dict_rect(p, d, "MediaBox", box);
    dict_add(p, d, "Resources", content_resources(c));
    dict_ref(p, d, "Contents", content);
    if (g->mcid_count) {
        dict_int(p, d, "StructParents", (int32_t)p->next_key);
        tags_parent(p, p->next_key++, write_parents(p, g));
    }
    dict_add(p, d, "Annots", links_write(p, g));
    if (p->tagged) dict_name(p, d, "Tabs", "S");
    object_write(p, g->object, d);
}

void page_write(struct pdf *p, const struct area_page *a) {
    struct page g = {.area = a, .index = a->index};
    g.object = record(p, a)->object;
    p->last_page = a->index;
    struct content c;
    content_begin(&c, p, &g);
    c.ops = p->ops; /* one buffer for all pages */
    buf_clear(&c.ops);
    buf_str(&c.ops, "1 0 0 -1 0 ");
    put_number(&c.ops, a->height);
    buf_str(&c.ops, "cm\n");
    content_areas(&c, &a->areas);
    content_end(&c);
    if (pdf_imposed(p)) write_form(p, &c);
    else write_page(p, &c);
    p->ops = c.ops;
    c.ops = (struct buf){0};
    content_free(&c);
    mem_free(g.mcids);
    mem_free(g.links);
}
