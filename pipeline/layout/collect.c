/* From the FO tree to one text buffer with parts (XSL 1.1, 4.7.2).  Nothing
 * recurses: an explicit stack of open FOs. */
#include "layout/para.h"

enum { NESTING_MAX = 1024 };

struct open_fo {
    struct open_fo *up;
    struct fo_node *node;   /* whose children are walked */
    struct fo_node *resume; /* where to go on in the parent afterwards */
    struct ibox *box;
    struct fo_node *note;   /* fo:footnote that ends with it */
    bool closes, control;
};

struct ipart *collect_part(struct collected *c, enum part_kind kind, struct ibox *box) {
    c->parts = mem_grow(c->parts, &c->part_cap, c->part_count + 1, sizeof *c->parts);
    struct ipart *p = &c->parts[c->part_count++];
    *p = (struct ipart){.kind = (uint8_t)kind, .start = (uint32_t)c->n, .end = (uint32_t)c->n, .box = box};
    return p;
}

static void add_unit(struct collected *c, uint16_t unit) {
    c->text = mem_grow(c->text, &c->cap, c->n + 1, sizeof *c->text);
    c->text[c->n++] = unit;
}

static struct ipart *add_marked(struct collected *c, enum part_kind kind, struct ibox *box, uint16_t unit) {
    struct ipart *p = collect_part(c, kind, box);
    add_unit(c, unit);
    p->end = (uint32_t)c->n;
    return p;
}

struct inobj *object_new(struct collected *c, size_t size, struct fo_node *n, struct ibox *box) {
    struct inobj *o = arena_alloc(c->arena, size);
    o->node = n;
    o->box = box;
    o->ts = tstyle_of(c->l, n);
    o->ac = box->ac;
    if (o->ts->has_edges) edges_of(&o->edges, n, c->width);
    return o;
}

static bool has_markers(const struct fo_node *n) {
    for (const struct fo_node *k = n->first; k; k = k->next)
        if (k->element == FO_MARKER) return true;
        else if (k->element != FO_TEXT) break;
    return false;
}

static void set_edges(struct collected *c, struct ibox *b) {
    struct edges *e = b->edges = ARENA_NEW(c->arena, struct edges);
    edges_of(e, b->node, c->width);
    e->border_keeps[SIDE_START] = fo_is(b->node, P_BORDER_START_WIDTH_CONDITIONALITY, E_RETAIN);
    e->border_keeps[SIDE_END] = fo_is(b->node, P_BORDER_END_WIDTH_CONDITIONALITY, E_RETAIN);
    e->padding_keeps[SIDE_START] = fo_is(b->node, P_PADDING_START_CONDITIONALITY, E_RETAIN);
    e->padding_keeps[SIDE_END] = fo_is(b->node, P_PADDING_END_CONDITIONALITY, E_RETAIN);
    b->open = edges_width(e, SIDE_START);
    b->close = edges_width(e, SIDE_END);
    for (int side = SIDE_START; side <= SIDE_END; side++) {
        mpt stays =
            (e->border_keeps[side] ? e->border[side] : 0) + (e->padding_keeps[side] ? e->padding[side] : 0);
        *(side == SIDE_START ? &b->again_open : &b->again_close) = stays;
    }
}

/* 6.13.4: a wrapper has no areas of its own; what it says is for its children to inherit. */
struct ibox *inline_box(struct collected *c, struct fo_node *n, struct ibox *parent) {
    struct ibox *b = ARENA_NEW(c->arena, struct ibox);
    b->parent = parent;
    b->node = n;
    b->ts = tstyle_of(c->l, n);
    b->depth = (uint16_t)(parent->depth + 1);
    bool bare = n->element == FO_WRAPPER;
    b->ac = actx_text(c->arena, bare ? NULL : n, b->ts,
                      n->element == FO_CHARACTER ? b->ts->size : b->ts->line_height, parent->ac);
    if (b->ts->has_edges && !bare) set_edges(c, b);
    b->line_start = mpt_clamp((int64_t)parent->line_start + b->again_open);
    b->line_end = mpt_clamp((int64_t)parent->line_end + b->again_close);
    struct offset own = position_relative(n, c->width, c->l->area_height);
    b->moved = (struct offset){plus(parent->moved.x, own.x), plus(parent->moved.y, own.y)};
    b->link = n->element == FO_BASIC_LINK;
    b->has_id = n->id || has_markers(n);
    b->paints = b->edges || (b->ts->has_background && !bare);
    b->keep = parent->keep || b->ts->keep;
    b->visible = b->paints || b->link || b->has_id ? b : parent->visible;
    return b;
}

/* UAX 9 controls for unicode-bidi (XSL 1.1, 7.29.6), 0 for none. */
static uint16_t bidi_control(const struct fo_node *n) {
    bool rtl = fo_is(n, P_DIRECTION, E_RTL);
    switch (fo_token(n, P_UNICODE_BIDI)) {
    case E_EMBED: return rtl ? 0x202B : 0x202A;
    case E_BIDI_OVERRIDE: return rtl ? 0x202E : 0x202D;
    default: return 0;
    }
}

/* An fo:inline or what behaves like one begins. */
static struct open_fo *open_inline(struct collected *c, struct open_fo *up, struct fo_node *n) {
    struct open_fo *f = ARENA_NEW(c->arena, struct open_fo);
    *f = (struct open_fo){.up = up, .node = n, .resume = n->next, .box = up->box};
    if (up->box->depth >= NESTING_MAX) return f;
    f->box = inline_box(c, n, up->box);
    f->closes = true;
    collect_part(c, PART_OPEN, f->box);
    uint16_t control = bidi_control(n);
    if (control) {
        add_marked(c, PART_CONTROL, f->box, control);
        f->control = c->has_controls = true;
    }
    return f;
}

/* An inline that turned out empty still has its place when it has an id. */
static void close_inline(struct collected *c, struct open_fo *f) {
    if (f->control) add_marked(c, PART_CONTROL, f->box, 0x202C);
    if (!f->closes) return;
    struct ipart *last = &c->parts[c->part_count - 1];
    if (f->box->has_id && last->kind == PART_OPEN && last->box == f->box)
        add_marked(c, PART_EMPTY, f->box, 0xFFFC)->node = f->node;
    collect_part(c, PART_CLOSE, f->box);
}

static void add_object(struct collected *c, struct ibox *box, struct inobj *o) {
    if (o) add_marked(c, PART_OBJECT, box, 0xFFFC)->object = o;
    c->after_linefeed = false;
}

/* The case of an fo:multi-switch that is shown at the start (6.9.3). */
static struct fo_node *shown_case(struct fo_node *n) {
    struct fo_node *first = NULL;
    for (struct fo_node *k = n->first; k; k = k->next) {
        if (k->element != FO_MULTI_CASE) continue;
        if (!first && !fo_is(k, P_STARTING_STATE, E_HIDE)) first = k;
    }
    return first;
}

static struct fo_node *footnote_inline(struct fo_node *n) {
    for (struct fo_node *k = n->first; k; k = k->next)
        if (k->element == FO_INLINE) return k;
    return NULL;
}

static struct open_fo *open_plain(struct collected *c, struct open_fo *up, struct fo_node *n,
                                  struct fo_node *resume) {
    struct open_fo *f = ARENA_NEW(c->arena, struct open_fo);
    *f = (struct open_fo){.up = up, .node = n, .resume = resume, .box = up->box};
    return f;
}

static void add_note(struct collected *c, struct ibox *box, struct fo_node *n) {
    collect_part(c, n->element == FO_FOOTNOTE ? PART_NOTE : PART_FLOAT, box)->node = n;
}

/* fo:footnote (6.12.3): its inline stands in the line, the rest is reported. */
static struct open_fo *open_footnote(struct collected *c, struct open_fo *up, struct fo_node *n) {
    tag_of(c->l, n);
    struct fo_node *in = footnote_inline(n);
    if (!in) {
        add_note(c, up->box, n);
        return NULL;
    }
    tag_of(c->l, in);
    struct open_fo *f = open_inline(c, up, in);
    f->resume = n->next;
    f->note = n;
    return f;
}

/* Neutral objects; NULL when there is nothing to walk into. */
static struct open_fo *open_neutral(struct collected *c, struct open_fo *up, struct fo_node *n) {
    struct fo_node *inner = NULL;
    switch (n->element) {
    case FO_RETRIEVE_MARKER: case FO_RETRIEVE_TABLE_MARKER:
        inner = marker_content(c->l, n);
        if (up->node == c->block) c->after_linefeed = true;
        break;
    case FO_MULTI_SWITCH: inner = shown_case(n); break;
    case FO_SCALING_VALUE_CITATION: inner = scaling_content(c->l, c->arena, n); break;
    case FO_INDEX_PAGE_CITATION_LIST: inner = index_content(c->l, c->arena, n); break;
    case FO_MULTI_PROPERTIES: inner = n; break;
    default: return NULL;
    }
    return inner ? open_plain(c, up, inner, n->next) : NULL;
}

/* One child that is no text; returns what is to be walked into, or NULL. */
static struct open_fo *child_of(struct collected *c, struct open_fo *f, struct fo_node *n) {
    struct ibox *box = f->box;
    switch (n->element) {
    case FO_INLINE: case FO_BASIC_LINK: case FO_BIDI_OVERRIDE: case FO_WRAPPER: case FO_MULTI_TOGGLE:
        tag_of(c->l, n);
        return open_inline(c, f, n);
    case FO_FOOTNOTE: return open_footnote(c, f, n);
    case FO_FLOAT: case FO_CHANGE_BAR_BEGIN: case FO_CHANGE_BAR_END:
    case FO_INDEX_RANGE_BEGIN: case FO_INDEX_RANGE_END: add_note(c, box, n); return NULL;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        add_object(c, box, graphic_object(c, n, box));
        break;
    case FO_INLINE_CONTAINER: add_object(c, box, container_object(c, n, box)); break;
    case FO_LEADER: add_object(c, box, leader_object(c, n, box)); break;
    case FO_PAGE_NUMBER: add_object(c, box, number_object(c, n, box)); break;
    case FO_PAGE_NUMBER_CITATION: case FO_PAGE_NUMBER_CITATION_LAST:
        add_object(c, box, citation_object(c, n, box));
        break;
    default: return open_neutral(c, f, n);
    }
    return NULL;
}

static bool is_text(const struct fo_node *n) {
    return n && (n->element == FO_TEXT || n->element == FO_CHARACTER);
}

/* A run of text and characters among the children of f->node. */
static struct fo_node *text_run(struct collected *c, struct open_fo *f, struct fo_node *n, bool outermost) {
    struct fo_node *end = n;
    while (is_text(end)) end = end->next;
    if (outermost && f->node == c->block && !c->keeps_ends)
        c->after_linefeed = !n->prev || n->prev->element == FO_MARKER || fo_is_block_level(n->prev->element);
    bool at_end = end ? fo_is_block_level(end->element) : outermost && !c->keeps_ends;
    whitespace_append(c, n, end, f->box, at_end);
    return end;
}

static void add_block(struct collected *c, struct open_fo *f, struct fo_node *n) {
    whitespace_end(c);
    collect_part(c, PART_BLOCK, f->box)->node = n;
    c->after_linefeed = true;
}

/* Collects from `child` on; returns the block-level child of `block` that ends
 * it, or NULL. */
struct fo_node *collect_inlines(struct collected *c, struct fo_node *block, struct fo_node *child) {
    struct open_fo base = {.node = block, .box = c->root}, *f = &base;
    struct fo_node *n = child;
    while (true) {
        if (!n) {
            if (f == &base) break;
            close_inline(c, f);
            if (f->note) add_note(c, f->box, f->note);
            n = f->resume;
            f = f->up;
            continue;
        }
        if (is_text(n)) {
            n = text_run(c, f, n, f == &base);
            continue;
        }
        if (fo_is_block_level(n->element)) {
            if (f == &base) break;
            add_block(c, f, n);
            n = n->next;
            continue;
        }
        if (n->element != FO_MARKER && !(n->prev && is_text(n->prev)))
            c->after_linefeed = c->after_linefeed && f == &base && !n->prev;
        struct open_fo *in = child_of(c, f, n);
        if (in) f = in;
        n = in ? in->node->first : n->next;
    }
    whitespace_end(c);
    return n;
}
