/* fo:footnote-body (XSL 1.1, 6.12.4): laid out at the inline extent of the
 * region-body, or of its lane, as soon as its citation is, in memory of its own. */
#include "layout/flow.h"

struct note *note_make(struct walker *w, struct fo_node *body) {
    struct arena *arena = arena_new();
    struct note *n = ARENA_NEW(arena, struct note);
    n->arena = arena;
    n->l = w->l;
    if (w->foot) n->foot = *w->foot;
    n->next = w->l->notes;
    if (n->next) n->next->prev = n;
    else w->l->oldest_note = n;
    w->l->notes = n;
    n->body = body;
    if (!body) return n;
    n->first_tag = w->l->tag_end;
    tag_of(w->l, body);
    if (body->tag >= 0) n->first_tag = body->tag; /* laid out before, for another width */
    return n;
}

static mpt foot_width(const struct walker *w) {
    if (w->foot) return w->foot->width;
    return w->l->ps && w->l->ps->notes_by_column ? head_width(w) : w->note_width;
}

struct note *note_new(struct walker *w, struct fo_node *footnote) {
    struct fo_node *body = NULL;
    for (struct fo_node *c = footnote->first; c; c = c->next)
        if (c->element == FO_FOOTNOTE_BODY) body = c;
    struct note *n = note_make(w, body);
    if (!body) return n;
    struct arena *arena = n->arena;
    walk_content(w->l, NULL, arena, n->body, foot_width(w), &n->items);
    for (size_t i = 0; i < n->items.n; i++)
        if (n->items.v[i].kind != ITEM_PENALTY) n->height += n->items.v[i].w;
    return n;
}

void note_drop(struct note *n) {
    if (!n) return;
    if (n->prev) n->prev->next = n->next;
    else n->l->notes = n->next;
    if (n->next) n->next->prev = n->prev;
    else n->l->oldest_note = n->prev;
    seq_free(&n->items);
    arena_drop(n->arena);
}

void notes_drop(struct layout *l) {
    while (l->notes) note_drop(l->notes);
}
