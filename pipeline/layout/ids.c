/* Ids, the pages they fall on, and citations that wait for them (XSL 1.1,
 * 6.6.11-12). */
#include "layout/flow.h"

struct id_entry *ids_find(struct layout *l, const char *id) {
    struct map_entry *e = map_find(l->ids, id, strlen(id));
    return e ? e->value.ptr : NULL;
}

struct id_entry *ids_known(struct layout *l, const char *id) {
    struct id_entry *e = ids_find(l, id);
    return e && e->list < l->list_serial ? e : NULL;
}

void ids_placed(struct layout *l, const char *id, struct page *page) {
    struct map_entry *m = map_get(l->ids, id, strlen(id));
    struct id_entry *e = m->value.ptr;
    if (!e) {
        e = ARENA_NEW(l->arena, struct id_entry);
        e->id = m->key;
        e->list = l->list_serial;
        e->first_page = page->area->index;
        e->first_label = str_intern(page->area->label, strlen(page->area->label));
        m->value.ptr = e;
    }
    e->last_page = page->area->index;
    e->last_label = str_intern(page->area->label, strlen(page->area->label));
}

void ids_ended(struct layout *l, const char *id) {
    struct id_entry *e = ids_find(l, id);
    if (e) e->ended = true;
}

void place_id(struct placer *p, struct fo_node *n, mpt ix, mpt by) {
    if (!n->id || p->header_repeat) return;
    bool new_id = !ids_find(p->l, n->id);
    ids_placed(p->l, n->id, p->page);
    if (!new_id) return;
    struct rect r = canvas_rect(&p->c, ix, by, 0, 0);
    area_add_dest(p->c.arena, p->c.list, n->pos, n->id, r.x, r.y);
}

void place_id_again(struct placer *p, struct fo_node *n) {
    if (!p->header_repeat) ids_placed(p->l, n->id, p->page);
}

void page_add_pending(struct page *page, struct pending *pending) {
    pending->next = page->pending;
    page->pending = pending;
}

static bool resolve(struct layout *l, struct pending *q, bool final) {
    struct id_entry *e = ids_find(l, q->id);
    if (e && (!q->last || e->ended || final)) {
        q->resolve(q, q->last ? e->last_label : e->first_label);
        return true;
    }
    if (!final) return false;
    diag_add(l->diags, DIAG_UNRESOLVED_ID, q->pos, q->id);
    q->resolve(q, "");
    return true;
}

static void page_resolve(struct layout *l, struct page *page, bool final) {
    struct pending **link = &page->pending;
    while (*link) {
        if (resolve(l, *link, final)) *link = (*link)->next;
        else link = &(*link)->next;
    }
}

static void page_hand_on(struct layout *l, struct page *page) {
    l->sink->page(l->sink, page->area);
    l->held_bytes -= arena_bytes(page->arena);
    arena_drop(page->arena);
    mem_free(page);
}

void page_finish(struct layout *l, struct page *page) {
    struct page **end = &l->pages;
    l->held_bytes += arena_bytes(page->arena);
    page_resolve(l, page, false);
    if (!page->pending) {
        page_hand_on(l, page);
        return;
    }
    while (*end) end = &(*end)->next;
    *end = page;
}

void ids_resolve(struct layout *l, bool final) {
    struct page **link = &l->pages;
    while (*link) {
        struct page *page = *link;
        page_resolve(l, page, final);
        if (!page->pending) {
            *link = page->next;
            page_hand_on(l, page);
        } else {
            link = &page->next;
        }
    }
}
