/* fo:table-and-caption (XSL 1.1, 6.7.2): the caption before or after its
 * table. */
#include "layout/flow.h"

struct caption_state {
    int32_t next;
};

static struct fo_node *child_of(struct fo_node *n, enum fo_element e) {
    for (struct fo_node *c = n->first; c; c = c->next)
        if (c->element == e) return c;
    return NULL;
}

static bool caption_step(struct walker *w, struct wframe *f) {
    struct caption_state *st = f->state;
    struct fo_node *caption = child_of(f->node, FO_TABLE_CAPTION), *table = child_of(f->node, FO_TABLE);
    bool after = fo_is(f->node, P_CAPTION_SIDE, E_AFTER) || fo_is(f->node, P_CAPTION_SIDE, E_BOTTOM);
    struct fo_node *order[2] = {after ? table : caption, after ? caption : table};
    while (st->next < 2) {
        struct fo_node *n = order[st->next++];
        if (!n) continue;
        if (f->blk->has_children) {
            walk_sibling(w);
            w->pending = keep_max(w->pending, (struct keep){KEEP_ALWAYS, BREAK_COLUMN});
        }
        walk_push(w, n, f->blk, f->ref_width);
        return true;
    }
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

static void drop_state(struct wframe *f) {
    mem_free(f->state);
}

void caption_begin(struct walker *w, struct wframe *f) {
    f->state = mem_alloc(sizeof(struct caption_state));
    f->drop = drop_state;
    f->step = caption_step;
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, f->node, base);
    mpt start = fo_length(f->node, P_START_INDENT, base), iw = f->ref_width - start - fo_length(f->node, P_END_INDENT, base);
    f->blk = walk_open(w, f->node, start, iw > 0 ? iw : 0, &e);
}
