/* Ids and the pages they fall on (XSL 1.1, 6.6.11-12).
 *
 * A page with open citations keeps its areas until they close; static content
 * may wait without its page (waiting.c).  When too much is kept, the round goes on only to count, and a second round writes: line
 * breaks never depend on a number not known yet, so both rounds are alike. */
#include "layout/flow.h"

enum { HELD_MAX = 16 * 1024 * 1024 };

struct id_entry *ids_find(struct layout *l, const char *id) {
    struct map_entry *e = map_find(l->ids, id, strlen(id));
    return e ? e->value.ptr : NULL;
}

struct id_entry *ids_known(struct layout *l, const char *id) {
    struct id_entry *e = ids_find(l, id);
    return e && e->round == l->round && e->list < l->list_serial ? e : NULL;
}

void ids_placed(struct layout *l, const char *id, struct page *page) {
    struct map_entry *m = map_get(l->ids, id, strlen(id));
    struct id_entry *e = m->value.ptr;
    if (!e) {
        e = ARENA_NEW(l->arena, struct id_entry);
        e->id = m->key;
        e->first_page = page->area->index;
        e->first_label = str_intern(page->area->label, strlen(page->area->label));
        m->value.ptr = e;
        waiting_ready(l, id);
    }
    if (e->round != l->round) {
        e->round = l->round;
        e->list = l->list_serial;
    }
    if (l->round > 1) return;
    e->last_page = page->area->index;
    e->last_label = str_intern(page->area->label, strlen(page->area->label));
    if (!page->area->blank) e->content_label = e->last_label;
}

void ids_ended(struct layout *l, const char *id) {
    struct id_entry *e = ids_find(l, id);
    if (!e) return;
    e->ended = true;
    waiting_ready(l, id);
}

void place_id(struct placer *p, struct fo_node *n, mpt ix, mpt by) {
    if (!n->id || p->header_repeat) return;
    struct id_entry *old = ids_find(p->l, n->id);
    bool new_id = !old || old->round != p->l->round;
    ids_placed(p->l, n->id, p->page);
    if (!new_id) return;
    index_met(p->l, n, p->page);
    struct rect r = canvas_rect(&p->c, ix, by, 0, 0);
    area_add_dest(p->c.arena, p->c.list, n->pos, n->id, r.x, r.y);
}

void place_id_again(struct placer *p, struct fo_node *n) {
    if (!p->header_repeat) ids_placed(p->l, n->id, p->page);
}

const char *ids_label(const struct id_entry *e, bool last, bool content) {
    if (!last) return e->first_label;
    return content && e->content_label ? e->content_label : e->last_label;
}

void page_add_pending(struct page *page, struct pending *pending) {
    pending->next = page->pending;
    page->pending = pending;
}

void page_hand_on(struct layout *l, struct page *page) {
    if (!l->counting) l->sink->page(l->sink, page->area);
    tags_page_gone(l, page);
    l->held_bytes -= arena_bytes(page->arena);
    arena_drop(page->arena);
    mem_free(page);
}

static void begin_counting(struct layout *l) {
    l->counting = true;
    waiting_drop(l);
    while (l->pages) {
        struct page *page = l->pages;
        l->pages = page->next;
        page->prev = NULL;
        page_hand_on(l, page);
    }
    l->last_held = NULL;
}

void page_finish(struct layout *l, struct page *page) {
    l->held_bytes += arena_bytes(page->arena);
    page->held.page = page;
    if (l->counting || !waiting_put(l, &page->held, page->pending)) {
        page->prev = l->last_held;
        page_hand_on(l, page);
        return;
    }
    page->prev = l->last_held;
    if (l->last_held) l->last_held->next = page;
    else l->pages = page;
    l->last_held = page;
    if (l->held_bytes > HELD_MAX && l->round == 1) begin_counting(l);
}
