/* fo:block (XSL 1.1, 6.5.2), and the plain containers of blocks: flows, cells,
 * list parts, wrappers, static content. */
#include "layout/flow.h"

struct block_state {
    struct para_result para;
    uint32_t piece;       /* the next to be emitted */
    struct group *group;  /* memory of para, held until all is emitted */
    struct fo_node *child, *after; /* para's source */
    struct walker *w;
    bool opened;          /* has a frame of its own */
    bool emitted;         /* something stands in it */
    bool inline_done;     /* its first child has been seen: no text-indent any more (7.16.11) */
};

static struct blk *content_blk(struct wframe *f, mpt *ix, mpt *iw) {
    struct blk *b = f->blk;
    *ix = b && b->node == f->node ? b->ix : f->ref_x;
    *iw = b && b->node == f->node ? b->iw : f->ref_width;
    return b;
}

/* Lines keep clear of a side float. */
static void line_room(const struct walker *w, struct wframe *f, mpt *ix, mpt *iw) {
    content_blk(f, ix, iw);
    if ((!w->intrude_start && !w->intrude_end) || fo_is(f->node, P_INTRUSION_DISPLACE, E_NONE)) return;
    mpt end = w->span_width[!w->nested && w->span != E_NONE] - w->intrude_end;
    if (*ix + *iw < end || !w->intrude_end) end = *ix + *iw;
    if (*ix < w->intrude_start) *ix = w->intrude_start;
    *iw = end > *ix ? end - *ix : 0;
}

static void add_notes(struct walker *w, struct line *line) {
    uint32_t heads = 0, n = 0;
    for (uint32_t i = 0; i < line->float_count; i++) heads += float_goes_ahead(w, line->floats[i]);
    if (!w->note_width || !(line->note_count + heads)) return;
    struct note **notes = ARENA_ARRAY(w->arena, struct note *, line->note_count + heads);
    for (uint32_t i = 0; i < line->note_count; i++) notes[n++] = note_new(w, line->notes[i]);
    for (uint32_t i = 0; i < line->float_count; i++)
        if (float_goes_ahead(w, line->floats[i])) notes[n++] = head_note_new(w, line->floats[i]);
    struct item *it = &w->out->v[w->out->n - 1];
    it->notes = notes;
    it->note_count = (uint16_t)n;
}

/* XSL 1.1, 7.16.1: no column, or page, may end between the parts of a word. */
static struct keep hyphenation_keep(const struct fo_node *n, const struct line *before) {
    if (!before->hyphenated) return (struct keep){0};
    switch (fo_token(n, P_HYPHENATION_KEEP)) {
    case E_COLUMN: return (struct keep){KEEP_ALWAYS, BREAK_COLUMN};
    case E_PAGE: return (struct keep){KEEP_ALWAYS, BREAK_PAGE};
    default: return (struct keep){0};
    }
}

/* XSL 1.1, 7.20.6-7: orphans and widows bar breaks near the ends; elsewhere a
 * break between lines is free but for keep-together. */
static void emit_line(struct walker *w, struct wframe *f, struct para_piece *p, uint32_t i) {
    struct block_state *st = f->state;
    struct keep k = f->blk ? f->blk->together : (struct keep){0};
    int32_t orphans = (int32_t)fo_number(f->node, P_ORPHANS), widows = (int32_t)fo_number(f->node, P_WIDOWS);
    int32_t n = (int32_t)p->line_count, at = (int32_t)i;
    if (w->intrude_start || w->intrude_end) orphans = widows = 1;
    if (i == 0 && st->emitted) walk_sibling(w);
    else if (i > 0 && at >= orphans && at <= n - widows) {
        k = keep_max(k, hyphenation_keep(f->node, &p->lines[i - 1]));
        walk_break(w, 0, keep_penalty(k), k.context, NULL, 0);
    }
    struct line *line = &p->lines[i];
    walk_box(w, line->height, &line->thing, 0);
    add_notes(w, line);
    st->emitted = true;
}

/* Lines live in the memory of their paragraph: so must their items. */
static void emit_lines(struct walker *w, struct wframe *f, struct para_piece *p) {
    struct block_state *st = f->state;
    struct group *now = w->group;
    if (st->group) {
        w->group = st->group;
        w->arena = st->group->arena;
    }
    for (uint32_t i = 0; i < p->line_count; i++) emit_line(w, f, p, i);
    if (st->group) {
        w->group = now;
        w->arena = now->arena;
    }
}

static void hold_para(struct walker *w, struct block_state *st, struct para_result para, struct group *group) {
    st->para = para;
    st->piece = 0;
    st->w = w;
    st->group = group;
    if (st->group) st->group->items++;
}

static void name_source(struct arena *arena, struct block_state *st, struct fo_node *child, struct fo_node *after) {
    struct para_result para = st->para;
    struct para_source *src = ARENA_NEW(arena, struct para_source);
    st->child = child;
    st->after = after;
    *src = (struct para_source){para, child, after};
    for (uint32_t i = 0; i < para.piece_count; i++)
        for (uint32_t k = 0; k < para.pieces[i].line_count; k++) para.pieces[i].lines[k].source = src;
}

static void release_para(struct walker *w, struct block_state *st) {
    struct group *g = st->group;
    st->para = (struct para_result){0};
    st->group = NULL;
    if (g) group_release(w, g);
}

/* Floats that do not go aside stand below their lines. */
static bool push_floats(struct walker *w, struct wframe *f, const struct para_piece *p) {
    bool any = false;
    struct blk *b = f->blk;
    mpt ref_width = f->ref_width;
    for (uint32_t i = p->line_count; i-- > 0;)
        for (uint32_t k = p->lines[i].float_count; k-- > 0;) {
            struct fo_node *n = p->lines[i].floats[k];
            if (n->element != FO_FLOAT || float_goes_aside(w, n) || float_goes_ahead(w, n)) continue;
            if (!any) walk_sibling(w);
            float_in_flow(w, n);
            walk_push(w, n, b, ref_width);
            any = true;
        }
    return any;
}

/* The next lines of a listing, in memory of their own. */
static void go_on(struct walker *w, struct wframe *f) {
    struct block_state *st = f->state;
    struct group *home = st->para.home;
    mpt ix, iw;
    line_room(w, f, &ix, &iw);
    group_lean(w->group, home);
    struct para_result more = para_more(w->arena, st->para.rest, ix, iw);
    more.home = home;
    release_para(w, st);
    hold_para(w, st, more, w->group);
    name_source(w->arena, st, st->child, st->after);
}

/* Emits what the last paragraph came to; false when it is all out. */
static bool emit_pieces(struct walker *w, struct wframe *f) {
    struct block_state *st = f->state;
    while (st->piece < st->para.piece_count) {
        struct para_piece *p = &st->para.pieces[st->piece++];
        if (p->kind == PARA_LINES) {
            emit_lines(w, f, p);
            if (push_floats(w, f, p)) return true;
            continue;
        }
        if (st->emitted) walk_sibling(w);
        st->emitted = true;
        inline_block_push(w, p, f->blk, f->ref_width);
        return true;
    }
    if (st->para.rest) {
        go_on(w, f);
        return true;
    }
    if (st->group) release_para(w, st);
    return false;
}

static bool is_container(enum fo_element e) {
    return fo_is_block_level(e) || e == FO_MULTI_SWITCH || e == FO_MULTI_CASE;
}

/* A child of the flow that spans otherwise than its predecessors (7.21.3)
 * begins a new block sequence on the same page. */
static void mind_span(struct walker *w, struct wframe *f, struct fo_node *child) {
    if (w->nested || f->node != w->root || child->element == FO_TEXT) return;
    enum fo_token span = fo_is(child, P_SPAN, E_ALL) ? E_ALL : E_NONE;
    if (child->element == FO_S_LANES && fo_is(child, P_S_MODE, E_FACING)) span = E_FACING;
    if (span == w->span) return;
    bool first = w->at_start && !w->out->n && !w->mark_count;
    w->span = span;
    f->ref_width = w->span_width[span != E_NONE];
    if (first) {
        w->first_span = span;
        return;
    }
    w->span_changes = true;
    w->unbalanced = fo_is(child, P_FOX_DISABLE_COLUMN_BALANCING, E_TRUE);
    walk_sibling(w);
    walk_flush(w, false);
}

/* Of an fo:multi-switch the first case that starts shown (6.9.3-4). */
static bool is_hidden_case(const struct fo_node *n) {
    if (n->element != FO_MULTI_CASE) return false;
    if (fo_is(n, P_STARTING_STATE, E_HIDE)) return true;
    for (const struct fo_node *k = n->prev; k; k = k->prev)
        if (k->element == FO_MULTI_CASE && !fo_is(k, P_STARTING_STATE, E_HIDE)) return true;
    return false;
}

static void push_child(struct walker *w, struct wframe *f, struct fo_node *child) {
    struct block_state *st = f->state;
    f->child = child->next;
    if (child->element == FO_TABLE || child->element == FO_S_LANES) f->table = child;
    if (child->element == FO_MARKER || is_hidden_case(child)) return;
    if (st->emitted) walk_sibling(w);
    st->emitted = true;
    walk_push(w, child, f->blk, f->ref_width);
}

static bool marker_child(struct walker *w, struct wframe *f, struct fo_node *child) {
    if ((child->element != FO_RETRIEVE_MARKER && child->element != FO_RETRIEVE_TABLE_MARKER) ||
        (f->blk && f->blk->node == f->node && f->node->element == FO_BLOCK))
        return false;
    f->child = child->next;
    struct fo_node *content = marker_content(w->l, child);
    if (content) walk_push(w, content, f->blk, f->ref_width);
    return true;
}

static bool only_blocks(const struct fo_node *n) {
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->element != FO_MARKER && !is_container(c->element)) return false;
    return n->first != NULL;
}

static bool is_blank(const struct fo_node *n) {
    if (n->element != FO_TEXT) return false;
    for (size_t i = 0; i < n->text_len; i++)
        if (!strchr(" \t\r\n", n->text[i])) return false;
    return true;
}

/* An anchor that no inline content follows stands between blocks. */
static bool is_anchor(const struct fo_node *n) {
    return is_change_bar(n) || is_index_mark(n) || n->element == FO_FLOAT;
}

static bool anchor_among_blocks(const struct fo_node *n) {
    if (!is_anchor(n)) return false;
    while (n && (is_anchor(n) || is_blank(n))) n = n->next;
    return !n || is_container(n->element);
}

static void push_anchor(struct walker *w, struct wframe *f, struct fo_node *n) {
    struct block_state *st = f->state;
    if (is_change_bar(n) || is_index_mark(n)) {
        walk_change(w, n);
        return;
    }
    if (st->emitted) walk_sibling(w);
    st->emitted = true;
    if (float_goes_aside(w, n)) {
        float_anchor(w, n);
        return;
    }
    if (float_goes_ahead(w, n)) {
        struct item *it = walk_box(w, 0, NULL, 0);
        it->notes = ARENA_NEW(w->arena, struct note *);
        it->notes[0] = head_note_new(w, n);
        it->note_count = 1;
        return;
    }
    float_in_flow(w, n);
    walk_push(w, n, f->blk, f->ref_width);
}

static struct fo_node *next_child(struct walker *w, struct wframe *f) {
    struct fo_node *child = f->child;
    if (!child && f->table) child = fo_after(w->l, f->node, f->table);
    f->table = NULL;
    reading_ahead(w->l, f->node, child);
    while (child && child->element == FO_MARKER) child = child->next;
    return child;
}

static bool block_step(struct walker *w, struct wframe *f) {
    struct block_state *st = f->state;
    if (emit_pieces(w, f)) return true;
    struct fo_node *child = f->child = next_child(w, f);
    if (child) {
        if (anchor_among_blocks(child)) {
            f->child = child->next;
            push_anchor(w, f, child);
            return true;
        }
        mind_span(w, f, child);
        if (is_container(child->element) || (child->element == FO_WRAPPER && (!st->opened || only_blocks(child)))) {
            st->inline_done = true;
            push_child(w, f, child);
            return true;
        }
        if (marker_child(w, f, child)) return true;
        mpt ix, iw;
        line_room(w, f, &ix, &iw);
        struct fo_node *next = NULL;
        hold_para(w, st, para_layout(w->l, w->arena, f->node, child, &next, ix, iw, !st->inline_done, w->group != NULL), w->group);
        st->para.home = w->group;
        st->inline_done = true;
        if (next == child) next = child->next;
        name_source(w->arena, st, child, next);
        f->child = next;
        return true;
    }
    if (st->opened) {
        if (!f->blk->has_children) {
            walk_box(w, 0, NULL, 0);
            w->out->v[w->out->n - 1].aux = false;
        }
        walk_close(w, f->blk);
        f->blk = f->blk->parent;
    }
    if (w->root == f->node && !w->nested) walk_flush(w, true);
    return false;
}

static void drop_state(struct wframe *f) {
    struct block_state *st = f->state;
    if (st->group) release_para(st->w, st);
    mem_free(st);
}

static void begin(struct wframe *f) {
    f->state = mem_alloc(sizeof(struct block_state));
    f->step = block_step;
    f->drop = drop_state;
}

void block_begin(struct walker *w, struct wframe *f) {
    begin(f);
    struct block_state *st = f->state;
    st->opened = true;
    mpt base = f->blk ? f->blk->iw : f->ref_width, in[2];
    struct edges e;
    edges_of(&e, f->node, base);
    indents_of(w, f->node, f->blk, base, in);
    f->blk = walk_open_indented(w, f->node, in, f->ref_width - in[0] - in[1], &e);
}

/* The blk of f at the present width of its reference area. */
void block_resize(const struct walker *w, struct wframe *f) {
    struct blk *b = f->blk;
    f->ref_width = f->up->ref_width;
    f->ref_x = f->up->ref_x;
    if (!b || b->node != f->node) return;
    indents_of(w, f->node, b->parent, b->parent ? b->parent->iw : f->ref_width, b->indent);
    mpt iw = f->ref_width - b->indent[0] - b->indent[1];
    b->ix = b->indent[0] + f->ref_x;
    b->ref_width = f->ref_width;
    bool container = f->node->element == FO_BLOCK_CONTAINER;
    if (!container || !fo_is_length(f->node, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM)) b->iw = iw > 0 ? iw : 0;
    if (!container) return;
    f->ref_width = b->iw;
    f->ref_x = b->ix;
}

void block_goes_on(struct wframe *f) {
    ((struct block_state *)f->state)->emitted = true;
}

/* The rest of an FO that began on a page of another width. */
void block_reopen(struct walker *w, struct wframe *f) {
    begin(f);
    struct block_state *st = f->state;
    st->opened = f->blk && f->blk->node == f->node;
    st->inline_done = st->opened;
    block_resize(w, f);
}

/* Floats in the flow that the lines before `item` anchor still come after the
 * piece: its new last line takes them. */
static void keep_floats(struct walker *w, struct arena *arena, const struct para_piece *old, uint32_t item,
                        struct para_piece *rest) {
    uint32_t n = 0;
    struct line *last = rest->line_count ? &rest->lines[rest->line_count - 1] : NULL;
    for (uint32_t i = 0; i < old->line_count && old->lines[i].end_item <= item; i++) n += old->lines[i].float_count;
    if (!n || !last) return;
    struct fo_node **v = ARENA_ARRAY(arena, struct fo_node *, n + last->float_count);
    n = 0;
    for (uint32_t i = 0; i < old->line_count && old->lines[i].end_item <= item; i++)
        for (uint32_t k = 0; k < old->lines[i].float_count; k++) {
            struct fo_node *f = old->lines[i].floats[k];
            if (f->element == FO_FLOAT && !float_goes_aside(w, f) && !float_goes_ahead(w, f)) v[n++] = f;
        }
    for (uint32_t k = 0; k < last->float_count; k++) v[n++] = last->floats[k];
    last->floats = v;
    last->float_count = n;
}

/* The rest of what was laid out together: piece `piece` from item `item` of
 * its paragraph on, broken again at the block's present width, then what
 * followed it.  group: the memory of the paragraph. */
void walk_continue_para(struct walker *w, const struct para_source *src, uint32_t piece, uint32_t item,
                        struct group *group) {
    struct wframe *f = w->top;
    mpt ix, iw;
    line_room(w, f, &ix, &iw);
    struct arena *arena = group ? group->arena : w->arena;
    struct para_result rest = {ARENA_ARRAY(arena, struct para_piece, src->para.piece_count - piece), 0, src->para.rest, src->para.home};
    for (uint32_t i = piece; i < src->para.piece_count; i++) {
        struct para_piece p = src->para.pieces[i];
        if (p.kind == PARA_LINES) {
            const struct line *last = p.line_count ? &p.lines[p.line_count - 1] : NULL;
            if (!last || (i == piece && item >= last->end_item)) continue;
            p = para_rebreak(w->l, arena, last->para, i == piece ? item : 0, ix, iw);
            if (i == piece) keep_floats(w, arena, &src->para.pieces[i], item, &p);
        }
        rest.pieces[rest.piece_count++] = p;
    }
    hold_para(w, f->state, rest, group);
    name_source(arena, f->state, src->child, src->after);
    f->child = src->after;
}

/* A container in the flow: its children are walked like a block's, in a
 * reference area of their own; f->blk stands. */
void children_in(struct walker *w, struct wframe *f) {
    (void)w;
    begin(f);
    ((struct block_state *)f->state)->opened = true;
}

/* Wrappers carry ids and markers but no box. */
void children_begin(struct walker *w, struct wframe *f) {
    begin(f);
    tag_of(w->l, f->node);
    bool marked = f->node->id || first_marker(f->node);
    if (f->node->element != FO_WRAPPER || !marked) return;
    struct block_state *st = f->state;
    st->opened = true;
    mpt ix = f->blk ? f->blk->ix - f->ref_x : 0, iw = f->blk ? f->blk->iw : f->ref_width;
    struct edges none = {0};
    f->blk = walk_open(w, f->node, ix, iw, &none);
}
