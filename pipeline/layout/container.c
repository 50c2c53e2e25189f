/* fo:block-container (XSL 1.1, 6.5.3): in the flow, of fixed height, turned, or
 * out of the flow (absolute-position, 7.6.1). */
#include "layout/flow.h"

/* A container whose content is laid out by itself and placed as one box. */
struct box {
    struct thing thing;
    struct blk *blk;
    struct seq items;
    struct part part;
    mpt width, height;     /* of the content in its own directions */
    mpt outer_w, outer_h;  /* of the turned content rectangle */
    int rotation;
    bool rl, tb, clips, out_of_flow, fixed;
    mpt left, top;         /* out of flow: border rectangle from the containing area */
    bool from_right, from_bottom;
    struct edges edges;
};

/* 7.21.3: relative to the containing reference area. */
static int rotation_of(const struct fo_node *n) {
    int v = (int)fo_number(n, P_REFERENCE_ORIENTATION) % 360;
    return v < 0 ? v + 360 : v;
}

static bool tb_mode(const struct fo_node *n) {
    enum fo_token t = fo_token(n, P_WRITING_MODE);
    return t == E_TB_RL || t == E_TB_LR;
}

static mpt align_shift(const struct fo_node *n, mpt left) {
    if (left <= 0) return 0;
    enum fo_token t = fo_token(n, P_DISPLAY_ALIGN);
    return t == E_CENTER ? left / 2 : t == E_AFTER ? left : 0;
}

/* Draws the content into its content rectangle at ix, by of the canvas. */
static void draw_content(struct placer *p, struct box *b, mpt ix, mpt by) {
    struct fo_node *n = b->blk->node;
    struct rect r = canvas_rect(&p->c, ix, by, b->outer_w, b->outer_h);
    struct area_list *list = p->c.list;
    if (b->out_of_flow) list = position_transform(p->l, p->c.arena, list, n, r);
    if (b->clips) {
        struct area_group *g = area_add_group(p->c.arena, list, TAG_ARTIFACT, n->pos);
        g->clips = true;
        g->clip = position_clip(p->l, n, r);
        list = &g->children;
    }
    struct placer in = *p;
    in.c = turned_canvas(p->c.arena, list, r.x, r.y, b->width, b->height, b->rotation, b->rl, b->tb, n->pos);
    in.frames = NULL;
    in.ratio = b->part.ratio;
    in.y = align_shift(n, b->part.difference);
    place_items(&in, &b->items, 0, b->items.n, false, false);
}

static void place_box(struct placer *p, struct thing *t, const struct item *first, const struct item *last, bool at_start, bool at_end) {
    (void)first, (void)last, (void)at_start, (void)at_end;
    struct box *b = (struct box *)t;
    draw_content(p, b, b->blk->ix, p->y);
}

static const struct thing_ops box_ops = {false, place_box};

static bool is_auto(const struct fo_node *n, enum fo_prop p) {
    return !fo_is_length(n, p);
}

/* Out of the flow: the rectangle is placed in the containing area (the canvas),
 * or on the page where position is fixed. */
static void place_out(struct placer *p, struct thing *t, const struct item *first, const struct item *last, bool at_start, bool at_end) {
    (void)first, (void)last, (void)at_start, (void)at_end;
    struct box *b = (struct box *)t;
    struct placer out = *p;
    if (b->fixed && p->page) {
        out.c = (struct canvas){.arena = p->c.arena, .list = p->page->list, .width = p->page->area->width};
    }
    /* 7.6: the offsets are those of the content edge. */
    mpt ix = b->left - edges_width(&b->edges, SIDE_START), by = b->top - edges_width(&b->edges, SIDE_BEFORE);
    if (!b->fixed && !is_auto(b->blk->node, P_TOP)) by -= p->padding_before;
    struct box_paint paint = {.node = b->blk->node, .edges = b->edges, .ix = ix, .by = by, .tag = TAG_ARTIFACT};
    paint.iw = b->outer_w + edges_width(&b->edges, SIDE_START) + edges_width(&b->edges, SIDE_END);
    paint.bh = b->outer_h + edges_width(&b->edges, SIDE_BEFORE) + edges_width(&b->edges, SIDE_AFTER);
    paint_box(p->l, &out.c, &paint, false, NULL);
    place_id(&out, b->blk->node, ix, by);
    place_markers(&out, b->blk->node, true, true);
    draw_content(&out, b, ix + edges_width(&b->edges, SIDE_START), by + edges_width(&b->edges, SIDE_BEFORE));
    place_markers(&out, b->blk->node, false, true);
}

static const struct thing_ops out_ops = {false, place_out};

static void layout_box(struct walker *w, struct box *b, bool height_auto, mpt height) {
    struct fo_node *n = b->blk->node;
    b->rl = fo_token(n, P_WRITING_MODE) == E_RL_TB;
    b->tb = tb_mode(n);
    struct seq items = {0};
    mpt area = w->l->area_height;
    if (!height_auto) w->l->area_height = height; /* the reference-area of what it holds */
    walk_content(w->l, w, NULL, n, b->width, &items);
    w->l->area_height = area;
    b->items = (struct seq){.v = arena_memdup(w->arena, items.v, items.n * sizeof *items.v), .n = items.n, .cap = items.n};
    seq_free(&items);
    if (height_auto) {
        breaker_simple(&b->items, 0, &b->part);
        int64_t sum = 0;
        for (size_t i = 0; i < b->items.n; i++)
            if (b->items.v[i].kind != ITEM_PENALTY) sum += b->items.v[i].w;
        b->part = (struct part){.to = b->items.n};
        height = mpt_clamp(sum);
    } else {
        breaker_simple(&b->items, height, &b->part);
        if (b->part.overflow > 0) {
            struct buf s = {0};
            buf_milli(&s, b->part.overflow);
            diag_add(w->l->diags, DIAG_OVERFLOW, n->pos, "fo:block-container", s.p);
            buf_free(&s);
        }
    }
    b->height = height;
    enum fo_token overflow = fo_token(n, P_OVERFLOW);
    b->clips = overflow == E_HIDDEN || overflow == E_ERROR_IF_OVERFLOW;
}

static void orient(struct box *b, mpt inline_extent, mpt block_extent) {
    b->outer_w = inline_extent;
    b->outer_h = block_extent;
}

/* 10.3.7, 10.6.4 of CSS 2.1 as XSL 7.6 takes them over, in physical directions. */
static bool container_out(struct walker *w, struct wframe *f) {
    struct fo_node *n = f->node;
    enum fo_token position = fo_token(n, P_ABSOLUTE_POSITION);
    if (position != E_ABSOLUTE && position != E_FIXED) return false;
    struct box *b = ARENA_NEW(w->l->seq_arena, struct box);
    b->thing.ops = &out_ops;
    b->out_of_flow = true;
    b->fixed = position == E_FIXED;
    mpt aw = f->ref_width, ah = w->l->area_height;
    if (b->fixed && w->l->page_width) {
        aw = w->l->page_width;
        ah = w->l->page_height;
    }
    edges_of(&b->edges, n, aw);
    b->rotation = rotation_of(n);
    bool across = (b->rotation % 180 != 0) != tb_mode(n);
    enum fo_prop iprop = P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, bprop = P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM;
    enum fo_prop wprop = across ? bprop : iprop, hprop = across ? iprop : bprop;
    mpt left = fo_length(n, P_LEFT, aw), right = fo_length(n, P_RIGHT, aw);
    mpt top = fo_length(n, P_TOP, ah), bottom = fo_length(n, P_BOTTOM, ah);
    mpt indents = fo_length(n, P_START_INDENT, aw) + fo_length(n, P_END_INDENT, aw);
    mpt cw = is_auto(n, wprop) ? aw - left - right - indents : fo_length(n, wprop, aw);
    bool h_auto = is_auto(n, hprop) && (is_auto(n, P_BOTTOM) || is_auto(n, P_TOP));
    mpt ch = is_auto(n, hprop) ? ah - top - bottom : fo_length(n, hprop, ah);
    if (cw < 0) cw = 0;
    if (ch < 0) ch = 0;
    b->blk = walk_blk(w, n, NULL, 0, cw, &b->edges, f->ref_width);
    b->width = across ? (h_auto ? ah : ch) : cw;
    tag_of(w->l, n);
    layout_box(w, b, across ? is_auto(n, wprop) : h_auto, across ? cw : ch);
    if (across) orient(b, b->height, b->width);
    else orient(b, b->width, b->height);
    b->left = is_auto(n, P_LEFT) && !is_auto(n, P_RIGHT) ? aw - right - b->outer_w : left;
    b->top = is_auto(n, P_TOP) && !is_auto(n, P_BOTTOM) ? ah - bottom - b->outer_h : top;
    walk_box(w, 0, &b->thing, 0);
    f->child = NULL;
    return true;
}

static bool out_step(struct walker *w, struct wframe *f) {
    (void)w, (void)f;
    return false;
}

static bool box_step(struct walker *w, struct wframe *f) {
    struct box *b = f->state;
    walk_box(w, b->outer_h, &b->thing, 0);
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

void container_begin(struct walker *w, struct wframe *f) {
    struct fo_node *n = f->node;
    if (container_out(w, f)) {
        f->step = out_step;
        return;
    }
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, n, base);
    int rotation = rotation_of(n);
    bool across = (rotation % 180 != 0) != tb_mode(n);
    mpt start = fo_length(n, P_START_INDENT, base), end = fo_length(n, P_END_INDENT, base);
    enum fo_prop iprop = P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, bprop = P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM;
    enum fo_prop wprop = across ? bprop : iprop, hprop = across ? iprop : bprop;
    mpt iw = is_auto(n, wprop) ? f->ref_width - start - end : fo_length(n, wprop, base);
    if (iw < 0) iw = 0;
    bool h_auto = is_auto(n, hprop);
    mpt height = fo_length(n, hprop, w->l->area_height);
    f->blk = walk_open(w, n, start, iw, &e);
    if (!across && h_auto && rotation == 0 && fo_token(n, P_WRITING_MODE) != E_RL_TB) {
        f->ref_width = iw;
        f->ref_x = f->blk->ix;
        children_in(w, f);
        return;
    }
    struct box *b = ARENA_NEW(w->l->seq_arena, struct box);
    b->thing.ops = &box_ops;
    b->rotation = rotation;
    b->blk = f->blk;
    b->edges = e;
    if (across && h_auto) height = w->l->area_height;
    b->width = across ? height : iw;
    layout_box(w, b, across ? is_auto(n, wprop) : h_auto, across ? iw : height);
    if (across && is_auto(n, wprop)) b->height = b->height > iw ? b->height : b->height;
    if (across) orient(b, b->height, b->width);
    else orient(b, b->width, b->height);
    f->state = b;
    f->drop = NULL;
    f->child = NULL;
    f->step = box_step;
}
