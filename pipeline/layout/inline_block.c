/* A block among inlines (XSL 1.1, 6.6.7): it stands in the boxes of the
 * inlines around it that paint. */
#include "layout/line.h"
#include "layout/walk.h"

struct framed {
    const struct para_piece *piece;
    uint32_t at; /* frames opened */
    bool done;
};

static bool framed_step(struct walker *w, struct wframe *f);

static void drop_state(struct wframe *f) {
    mem_free(f->state);
}

/* The frame of piece->frames[at]: content inside its borders and paddings. */
static void push_frame(struct walker *w, const struct para_piece *piece, uint32_t at, struct blk *parent,
                       mpt ix, mpt width) {
    struct wframe *f = mem_alloc(sizeof *f);
    struct framed *st = mem_alloc(sizeof *st);
    struct edges e;
    f->up = w->top;
    f->node = piece->frames[at].node;
    f->blk = parent;
    f->ref_x = ix;
    f->ref_width = width;
    f->state = st;
    f->step = framed_step;
    f->drop = drop_state;
    st->piece = piece;
    st->at = at + 1;
    edges_of(&e, f->node, width);
    if (!piece->frames[at].first) e.border[SIDE_START] = e.padding[SIDE_START] = 0;
    if (!piece->frames[at].last) e.border[SIDE_END] = e.padding[SIDE_END] = 0;
    mpt before = edges_width(&e, SIDE_START), room = width - before - edges_width(&e, SIDE_END);
    w->top = f;
    f->blk = walk_open(w, f->node, before, room > 0 ? room : 0, &e);
    f->ref_x = f->blk->ix;
    f->ref_width = f->blk->iw;
}

static bool framed_step(struct walker *w, struct wframe *f) {
    struct framed *st = f->state;
    if (st->done) {
        walk_close(w, f->blk);
        return false;
    }
    st->done = true;
    if (st->at < st->piece->frame_count) push_frame(w, st->piece, st->at, f->blk, f->ref_x, f->ref_width);
    else walk_push(w, st->piece->block, f->blk, f->ref_width);
    return true;
}

void inline_block_push(struct walker *w, const struct para_piece *piece, struct blk *parent, mpt ref_width) {
    if (!piece->frame_count) walk_push(w, piece->block, parent, ref_width);
    else push_frame(w, piece, 0, parent, w->top ? w->top->ref_x : 0, ref_width);
}
