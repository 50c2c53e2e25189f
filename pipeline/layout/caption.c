/* fo:table-and-caption (XSL 1.1, 6.7.2, 6.7.5, 7.28.7). */
#include "layout/flow.h"
#include "layout/table.h"

/* The caption stands before or after its table, as a block.  A caption at the
 * start or end stands before it. */
struct caption_state {
    struct fo_node *part[2];
    int next, count;
};

static bool caption_step(struct walker *w, struct wframe *f) {
    struct caption_state *st = f->state;
    if (st->next < st->count) {
        struct fo_node *n = st->part[st->next++];
        if (st->next > 1) {
            walk_sibling(w);
            w->pending = keep_max(w->pending, (struct keep){KEEP_ALWAYS, BREAK_COLUMN});
        }
        walk_push(w, n, f->blk, f->ref_width);
        return true;
    }
    if (!st->count) walk_box(w, 0, NULL, 0);
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

static void drop_state(struct wframe *f) {
    mem_free(f->state);
}

static bool is_after(const struct fo_node *n) {
    enum fo_token side = fo_token(n, P_CAPTION_SIDE);
    return side == E_AFTER || side == E_BOTTOM;
}

void caption_begin(struct walker *w, struct wframe *f) {
    struct caption_state *st = mem_alloc(sizeof *st);
    f->state = st;
    f->drop = drop_state;
    f->step = caption_step;
    struct fo_node *caption = NULL, *table = NULL;
    for (struct fo_node *n = fo_first_child(w->l, f->node); n; n = fo_after(w->l, f->node, n)) {
        if (n->element == FO_TABLE_CAPTION && !caption) caption = n;
        if (n->element == FO_TABLE) {
            table = n;
            break;
        }
    }
    bool after = is_after(f->node);
    if (caption && !after) st->part[st->count++] = caption;
    if (table) st->part[st->count++] = table;
    if (caption && after) st->part[st->count++] = caption;
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, f->node, base);
    mpt start = fo_length(f->node, P_START_INDENT, base), end = fo_length(f->node, P_END_INDENT, base);
    mpt width = f->ref_width - start - end;
    f->blk = walk_open(w, f->node, start, width > 0 ? width : 0, &e);
}
