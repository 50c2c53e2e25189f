/* Links and their targets (ISO 32000-1, 12.3.2, 12.5.6.5; ISO 14289-1, 7.18). */
#include "pdf/private.h"

static struct dest *dest_of(struct pdf *p, const char *id) {
    struct map_entry *e = map_get(p->dests, id, strlen(id));
    if (!e->value.ptr) e->value.ptr = ARENA_NEW(p->arena, struct dest);
    return e->value.ptr;
}

/* The first place of an id counts. */
void dest_place(struct pdf *p, const char *id, const struct page *page, double x, double y) {
    if (pdf_imposed(p) || !id) return;
    struct dest *d = dest_of(p, id);
    if (d->page) return;
    d->page = page->object;
    d->x = (int64_t)(x * 1000);
    d->y = (int64_t)(y * 1000);
}

uint32_t dest_object(struct pdf *p, const char *id, struct pos pos) {
    struct dest *d = dest_of(p, id);
    if (!d->object) {
        d->object = object_number(p);
        d->asked = pos;
    }
    return d->object;
}

void dests_finish(struct pdf *p) {
    for (size_t i = 0; i < map_count(p->dests); i++) {
        const struct map_entry *e = map_at(p->dests, i);
        const struct dest *d = e->value.ptr;
        if (!d->object) continue;
        struct buf b = {0};
        if (d->page) {
            buf_fmt(&b, "[%u 0 R/XYZ ", d->page);
            put_number(&b, d->x);
            put_number(&b, d->y);
            buf_str(&b, "null]");
        } else {
            diag_add(p->diags, DIAG_UNRESOLVED_ID, d->asked, e->key);
            buf_str(&b, "null");
        }
        object_text(p, d->object, b.p);
        buf_free(&b);
    }
}

/* A URI action; a URI is ASCII (RFC 3986), other bytes are escaped (12.6.4.7). */
HPDF_Dict uri_action(struct pdf *p, const char *uri) {
    HPDF_Dict d = dict_new(p, "Action");
    dict_name(p, d, "S", "URI");
    struct buf b = {0};
    for (; *uri; uri++) {
        unsigned char c = (unsigned char)*uri;
        if (c <= 0x20 || c >= 0x7F) buf_fmt(&b, "%%%02X", c);
        else buf_char(&b, *uri);
    }
    dict_text(p, d, "URI", buf_cstr(&b));
    buf_free(&b);
    return d;
}

static HPDF_Dict link_dict(struct pdf *p, const struct page_link *l) {
    const struct area_link *a = l->link;
    HPDF_Dict d = dict_new(p, "Annot");
    dict_name(p, d, "Subtype", "Link");
    dict_int(p, d, "F", 4);
    dict_raw(p, d, "/Border [0 0 0]");
    dict_rect(p, d, "Rect", l->rect);
    if (a->uri && *a->uri) dict_add(p, d, "A", uri_action(p, a->uri));
    else if (a->dest && *a->dest) dict_ref(p, d, "Dest", dest_object(p, a->dest, a->a.pos));
    const char *contents = a->contents && *a->contents ? a->contents : a->uri && *a->uri ? a->uri : a->dest;
    dict_text(p, d, "Contents", contents && *contents ? contents : "link");
    return d;
}

/* The element around an annotation; one of its own where there is none, as in
 * a header. */
static void tag_link(struct pdf *p, const struct page *page, HPDF_Dict d, int32_t tag, uint32_t object) {
    bool own = !tags_find(p, tag);
    if (own) tag = tags_open(p, -1, &(struct area_tag){.type = "Link"});
    tags_add(p, tag, (struct kid){KID_ANNOTATION, page->index, object});
    dict_int(p, d, "StructParent", (int32_t)p->next_key);
    tags_parent(p, p->next_key++, element_object(p, tags_find(p, tag)));
    if (own) tags_close(p, tag);
}

HPDF_Array links_write(struct pdf *p, struct page *page) {
    if (!page->link_count) return NULL;
    HPDF_Array all = array_new(p);
    for (size_t i = 0; i < page->link_count; i++) {
        uint32_t object = object_number(p);
        HPDF_Dict d = link_dict(p, &page->links[i]);
        if (p->tagged) tag_link(p, page, d, page->links[i].link->a.tag, object);
        object_write(p, object, d);
        array_ref(p, all, object);
    }
    return all;
}
