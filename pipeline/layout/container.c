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
    bool rl, tb, clips, out_of_flow, fixed, lined;
    mpt left, top;         /* out of flow: border rectangle from the containing area */
    bool from_right, from_bottom;
    struct edges edges;
};

/* 7.21.3: relative to the containing reference area. */
static int rotation_of(const struct fo_node *n) {
    int v = (int)fo_number(n, P_REFERENCE_ORIENTATION) % 360;
    return v < 0 ? v + 360 : v;
}

static bool is_tb(const struct fo_node *n) {
    enum fo_token t = fo_token(n, P_WRITING_MODE);
    return t == E_TB_RL || t == E_TB_LR;
}

/* Do its lines run down where those around it run across, or the other way round? */
static bool turns_mode(const struct fo_node *n) {
    return is_tb(n) != is_tb(n->parent);
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
    if (b->lined) paint_lines(p, b->blk->node, (struct rect){b->blk->ix, p->y, b->outer_w, b->outer_h});
    draw_content(p, b, b->blk->ix, p->y);
}

static const struct thing_ops box_ops = {false, place_box};

/* s:fill: the container, the last of its column, takes the room that is left. */
static void place_filling(struct placer *p, struct thing *t, const struct item *first, const struct item *last, bool at_start, bool at_end) {
    struct box *b = (struct box *)t;
    mpt height = b->outer_h;
    b->outer_h = mpt_clamp((int64_t)height + p->room);
    p->room = 0;
    place_box(p, t, first, last, at_start, at_end);
    p->y = mpt_clamp((int64_t)p->y + b->outer_h);
    b->outer_h = height;
}

static const struct thing_ops filling_ops = {true, place_filling};

bool thing_fills(const struct thing *t) {
    return t && t->ops == &filling_ops;
}

static bool is_auto(const struct fo_node *n, enum fo_prop p) {
    return !fo_is_length(n, p);
}

/* Is the extent given?  A percentage counts only where the block extent of what
 * holds the container is known: a region, or a container of given height (7.15.3). */
static bool is_given(const struct layout *l, const struct fo_node *n, enum fo_prop p) {
    const struct fo_value *v = fo_get(n, p);
    if (v->kind != FOV_LENGTH) return false;
    const struct fo_node *up = n->parent;
    while (up && up->element == FO_WRAPPER) up = up->parent;
    return v->u.pct == 0 || !up || up->element == FO_FLOW || up->element == FO_STATIC_CONTENT || up == l->sized;
}

/* The two extents of the content rectangle as it lies in what holds it: the
 * properties and their values.  The base of percentages follows the property,
 * not the direction (7.15.3, 7.15.7). */
struct extents {
    enum fo_prop width_prop, height_prop;
    bool wide, high; /* given */
    mpt width, height;
};

static struct extents extents_of(const struct layout *l, const struct fo_node *n, bool across, mpt base) {
    enum fo_prop iprop = P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, bprop = P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM;
    struct extents x = {.width_prop = across ? bprop : iprop, .height_prop = across ? iprop : bprop};
    x.wide = fo_is_length(n, x.width_prop);
    x.high = is_given(l, n, x.height_prop);
    x.width = fo_length(n, x.width_prop, across ? l->area_height : base);
    x.height = fo_length(n, x.height_prop, across ? base : l->area_height);
    return x;
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
    out.c.list = stacking_list(p, b->blk->node, out.c.list);
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
    b->tb = turns_mode(n);
    if (b->tb && !is_tb(n)) b->rotation = (b->rotation + 180) % 360; /* back up again */
    struct seq items = {0};
    mpt area = w->l->area_height;
    const struct fo_node *sized = w->l->sized;
    w->l->sized = height_auto ? NULL : n;
    if (!height_auto) w->l->area_height = height; /* the reference-area of what it holds */
    walk_content(w->l, w, NULL, n, b->width, &items);
    w->l->area_height = area;
    w->l->sized = sized;
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

static mpt above(int64_t v) {
    return v < 0 ? 0 : mpt_clamp(v);
}

static mpt block_edges(const struct edges *e) {
    return edges_width(e, SIDE_BEFORE) + edges_width(e, SIDE_AFTER);
}

/* Out of the flow (7.6).  7.6 leaves the extents that depend on the content to
 * CSS; as in the reference, one that is not given reaches to `bottom`, or is
 * that of the content; across, to the end of the area. */
static void size_out(struct walker *w, const struct wframe *f, struct box *b, struct extents *x, bool *grows) {
    struct fo_node *n = f->node;
    struct layout *l = w->l;
    bool on_page = b->fixed && l->page_width;
    mpt aw = on_page ? l->page_width : f->ref_width, ah = on_page ? l->page_height : l->area_height;
    mpt left = fo_length(n, P_LEFT, aw), right = fo_length(n, P_RIGHT, aw);
    mpt top = fo_length(n, P_TOP, ah), bottom = fo_length(n, P_BOTTOM, ah);
    bool turned = b->rotation % 180 != 0;
    b->left = left;
    if (is_auto(n, P_LEFT) && !is_auto(n, P_RIGHT) && x->wide) b->left = f->ref_width - right - x->width;
    b->top = top;
    if (is_auto(n, P_TOP) && !is_auto(n, P_BOTTOM) && x->high) b->top = l->area_height - bottom - x->height;
    *grows = false;
    if (!x->high) {
        bool down = !is_auto(n, P_BOTTOM);
        x->height = above((int64_t)above(down ? (int64_t)ah - b->top - bottom : l->area_height) - block_edges(&b->edges));
        *grows = !down && !turned;
    }
    if (!x->wide) {
        mpt in[2];
        indents_of(w, n, f->blk, aw, in);
        x->width = above((int64_t)above((int64_t)aw - left - right) - in[0] - in[1]);
        if (turned && is_auto(n, P_RIGHT)) *grows = true;
    }
}

static bool container_out(struct walker *w, struct wframe *f) {
    struct fo_node *n = f->node;
    enum fo_token position = fo_token(n, P_ABSOLUTE_POSITION);
    if (position != E_ABSOLUTE && position != E_FIXED) return false;
    struct box *b = ARENA_NEW(w->l->seq_arena, struct box);
    b->thing.ops = &out_ops;
    b->out_of_flow = true;
    b->fixed = position == E_FIXED;
    edges_of(&b->edges, n, f->ref_width);
    b->rotation = rotation_of(n);
    bool across = (b->rotation % 180 != 0) != turns_mode(n), grows;
    struct extents x = extents_of(w->l, n, across, f->ref_width);
    size_out(w, f, b, &x, &grows);
    b->blk = walk_blk(w, n, NULL, 0, x.width, &b->edges, f->ref_width);
    indents_of(w, n, f->blk, f->ref_width, b->blk->indent);
    b->width = across ? x.height : x.width;
    tag_of(w->l, n);
    struct blk *around = f->blk;
    f->blk = b->blk; /* whose indents its content inherits */
    layout_box(w, b, grows, across ? x.width : x.height);
    f->blk = around;
    if (across) orient(b, b->height, b->width);
    else orient(b, b->width, b->height);
    walk_box(w, 0, &b->thing, 0);
    f->child = NULL;
    return true;
}

static bool out_step(struct walker *w, struct wframe *f) {
    (void)w, (void)f;
    return false;
}

static bool box_step(struct walker *w, struct wframe *f) {
    walk_close(w, f->blk);
    if (fo_is(f->node, P_S_FILL, E_PAGE)) walk_force(w, BREAK_COLUMN);
    f->blk = f->blk->parent;
    return false;
}

/* In a cell or a list part, whose own extent is that of its content, lines that
 * run along it are as long as they ask. */
static bool in_part(const struct walker *w) {
    enum fo_element e = w->root->element;
    return e == FO_TABLE_CELL || e == FO_LIST_ITEM_LABEL || e == FO_LIST_ITEM_BODY;
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
    bool across = (rotation % 180 != 0) != turns_mode(n);
    mpt in[2];
    indents_of(w, n, f->blk, base, in);
    struct extents x = extents_of(w->l, n, across, base);
    mpt iw = above(x.wide ? x.width : (int64_t)f->ref_width - in[0] - in[1]);
    f->blk = walk_open_indented(w, n, in, iw, &e);
    bool fills = fo_is(n, P_S_FILL, E_PAGE) && !across, lined = !fo_is(n, P_S_LINES, E_NONE) && rotation == 0;
    if (!fills && !lined && !across && !x.high && rotation == 0 && fo_is(n, P_WRITING_MODE, fo_token(n->parent, P_WRITING_MODE))) {
        f->ref_width = iw;
        f->ref_x = f->blk->ix;
        children_in(w, f);
        return;
    }
    struct box *b = ARENA_NEW(w->l->seq_arena, struct box);
    b->thing.ops = fills ? &filling_ops : &box_ops;
    b->lined = lined;
    b->rotation = rotation;
    b->blk = f->blk;
    b->edges = e;
    if (!x.high) x.height = above((int64_t)w->l->area_height - block_edges(&e));
    if (!x.high && across && in_part(w) && !w->l->measuring) {
        mpt need = content_need(w->l, n, VERY_WIDE);
        if (need < x.height) x.height = need;
    }
    b->width = across ? x.height : iw;
    layout_box(w, b, !x.high, across ? iw : x.height);
    if (across) orient(b, b->height, b->width);
    else orient(b, b->width, b->height);
    if (across && !x.high) b->blk->iw = b->outer_w; /* the frame goes round the content */
    walk_box(w, b->outer_h, &b->thing, 0); /* in this step: it holds the memory of its content */
    f->drop = NULL;
    f->child = NULL;
    f->step = box_step;
}
