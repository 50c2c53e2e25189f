/* Citations of pages not known yet, each in the queue of its id, and what they
 * hold up (XSL 1.1, 6.6.11-12).
 *
 * "Page x of y" would hold up every page.  So static content with such a
 * citation waits alone, as a late group (area_sink.late), and its page goes on. */
#include "layout/flow.h"

struct queue {
    struct pending *first, **end;
    bool ready;
    struct queue *next_ready;
};
struct waiting {
    struct arena *arena; /* of late groups, their citations, the queues */
    struct map *queues;  /* by id */
    struct queue *ready, **ready_end;
    int32_t groups;
};

static struct waiting *waiting_of(struct layout *l) {
    if (l->waiting) return l->waiting;
    struct waiting *w = l->waiting = mem_alloc(sizeof *w);
    w->arena = arena_new();
    w->queues = map_new();
    w->ready_end = &w->ready;
    return w;
}

void waiting_drop(struct layout *l) {
    if (!l->waiting) return;
    arena_drop(l->waiting->arena);
    map_drop(l->waiting->queues);
    mem_free(l->waiting);
    l->waiting = NULL;
}

struct arena *waiting_arena(struct layout *l) {
    return waiting_of(l)->arena;
}

/* NULL: not known yet; at the end: never. */
static const char *label_of(struct layout *l, const struct pending *q, bool final) {
    struct id_entry *e = ids_find(l, q->id);
    return e && (!q->last || e->ended || final) ? ids_label(e, q->last, q->content) : NULL;
}

bool waiting_needed(struct layout *l, const struct fo_node *top) {
    if (!l->sink->late || l->counting) return false;
    for (const struct fo_node *n = top; n;) {
        struct pending q = {.last = n->element == FO_PAGE_NUMBER_CITATION_LAST};
        if (q.last || n->element == FO_PAGE_NUMBER_CITATION) q.id = fo_string(n, P_REF_ID);
        if (q.id && !label_of(l, &q, false)) return true;
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != top && !n->next) n = n->parent;
        n = n == top ? NULL : n->next;
    }
    return false;
}

/* Links and destinations are the page's own. */
static bool may_wait(const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        if (a->tag >= 0 || a->kind == AREA_LINK || a->kind == AREA_DEST) return false;
        if (a->kind == AREA_GROUP && !may_wait(&((const struct area_group *)a)->children)) return false;
    }
    return true;
}

void waiting_part(struct page *page, struct area_list *list, int32_t tag, struct pending *open) {
    struct layout *l = page->l;
    if (!open || !may_wait(list)) {
        area_list_append(page->list, list);
        while (open) {
            struct pending *q = open;
            open = q->next;
            page_add_pending(page, q);
        }
        return;
    }
    struct waiting *w = waiting_of(l);
    struct area_group *g = area_add_group(w->arena, page->list, tag, list->first->pos);
    struct held *h = ARENA_NEW(w->arena, struct held);
    g->children = *list;
    h->group = g;
    if (waiting_put(l, h, open)) g->late = ++w->groups;
}

static void enqueue(struct waiting *w, struct pending *q) {
    struct map_entry *e = map_get(w->queues, q->id, strlen(q->id));
    struct queue *queue = e->value.ptr;
    if (!queue) {
        queue = e->value.ptr = ARENA_NEW(w->arena, struct queue);
        queue->end = &queue->first;
    }
    q->next = NULL;
    *queue->end = q;
    queue->end = &q->next;
}

bool waiting_put(struct layout *l, struct held *h, struct pending *open) {
    for (struct pending *q = open, *next; q; q = next) {
        const char *label = label_of(l, q, false);
        next = q->next;
        if (label) {
            q->resolve(q, label);
            continue;
        }
        q->held = h;
        h->open++;
        enqueue(waiting_of(l), q);
    }
    return h->open > 0;
}

static void unlink_page(struct layout *l, struct page *page) {
    if (page->prev) page->prev->next = page->next;
    else l->pages = page->next;
    if (page->next) page->next->prev = page->prev;
    else l->last_held = page->prev;
}

static void let_go(struct layout *l, struct held *h) {
    if (!h->page) {
        l->sink->late(l->sink, h->group);
        return;
    }
    unlink_page(l, h->page);
    page_hand_on(l, h->page);
}

static void settle(struct layout *l, struct queue *queue, bool final) {
    struct pending *q = queue->first;
    queue->first = NULL;
    queue->end = &queue->first;
    for (struct pending *next; q; q = next) {
        const char *label = label_of(l, q, final);
        next = q->next;
        if (!label && !final) {
            enqueue(l->waiting, q);
            continue;
        }
        if (!label) diag_add(l->diags, DIAG_UNRESOLVED_ID, q->pos, q->id);
        q->resolve(q, label ? label : "");
        if (--q->held->open == 0) let_go(l, q->held);
    }
}

void waiting_ready(struct layout *l, const char *id) {
    struct waiting *w = l->waiting;
    struct map_entry *e = w ? map_find(w->queues, id, strlen(id)) : NULL;
    struct queue *queue = e ? e->value.ptr : NULL;
    if (!queue || queue->ready) return;
    queue->ready = true;
    *w->ready_end = queue;
    w->ready_end = &queue->next_ready;
}

void waiting_resolve(struct layout *l, bool final) {
    struct waiting *w = l->waiting;
    while (w && w->ready) {
        struct queue *queue = w->ready;
        w->ready = queue->next_ready;
        if (!w->ready) w->ready_end = &w->ready;
        queue->next_ready = NULL;
        queue->ready = false;
        settle(l, queue, false);
    }
    for (size_t i = 0; w && final && i < map_count(w->queues); i++) settle(l, map_at(w->queues, i)->value.ptr, true);
    if (final) waiting_drop(l);
}
