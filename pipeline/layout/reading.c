/* Reading along with layout: a flow is longer than memory.
 *
 * The unit is the flow's child, and of a table or lanes the row; what is open stays, and
 * what a page shows stays until the page has ended, for its markers. */
#include "layout/flow.h"

struct fo_node *fo_first_child(struct layout *l, struct fo_node *parent) {
    while (!parent->first && !parent->whole && fo_read_on(l->fo)) {
    }
    return parent->first;
}

struct fo_node *fo_after(struct layout *l, struct fo_node *parent, struct fo_node *n) {
    while (!n->next && !parent->whole && fo_read_on(l->fo)) {
    }
    return n->next;
}

void fo_complete(struct layout *l, struct fo_node *n) {
    while (!n->whole && fo_read_on(l->fo)) {
    }
}

void reading_ahead(struct layout *l, struct fo_node *parent, struct fo_node *child) {
    for (struct fo_node *c = child; c && !parent->whole; c = fo_after(l, parent, c)) {
        if (c->element == FO_TABLE || c->element == FO_S_LANES) return;
        fo_complete(l, c);
        if (c != child && fo_is_block_level(c->element)) return;
    }
}

static int32_t depth_of(const struct fo_node *n) {
    int32_t d = 0;
    for (; n; n = n->parent) d++;
    return d;
}

/* The outermost of n and its ancestors that does not hold `other`. */
static const struct fo_node *branch(const struct fo_node *n, const struct fo_node *other) {
    int32_t a = depth_of(n), b = depth_of(other);
    const struct fo_node *found = n;
    for (; b > a; b--) other = other->parent;
    for (; n != other; n = n->parent) {
        found = n;
        if (a-- == b) other = other->parent, b--;
    }
    return found;
}

void reading_forget(struct page_sequence *ps) {
    struct layout *l = ps->l;
    if (!ps->page_node) return;
    if (ps->only || ps->float_count || ps->bar_count) return; /* they look back */
    const struct fo_node *keep = NULL;
    if (l->oldest_note && !l->oldest_note->body) return;
    if (l->oldest_note) keep = branch(l->oldest_note->body, ps->page_node);
    markers_keep(l);
    fo_forget_before(l->fo, ps->page_node, keep);
}
