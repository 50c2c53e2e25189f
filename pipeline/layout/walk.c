/* The walker: a heap stack of open FOs, each a small state machine. */
#include "layout/flow.h"
#include "layout/run.h"

enum { GROUP_BYTES = 128 * 1024 };

static void group_begin(struct walker *w) {
    struct group *g = mem_alloc(sizeof *g);
    g->arena = arena_new();
    w->group = g;
    w->arena = g->arena;
}

static void bases_release(struct walker *w, struct group *g) {
    struct group_base *b = g->bases;
    g->bases = NULL;
    for (; b; b = b->next) group_release(w, b->on);
}

static void group_drop(struct walker *w, struct group *g) {
    bases_release(w, g);
    arena_drop(g->arena);
    mem_free(g);
}

void group_release(struct walker *w, struct group *g) {
    if (!g || --g->items > 0 || g == w->group) return;
    group_drop(w, g);
}

void group_lean(struct group *g, struct group *on) {
    if (g == on) return;
    struct group_base *b = ARENA_NEW(g->arena, struct group_base);
    *b = (struct group_base){on, g->bases};
    g->bases = b;
    on->items++;
}

static void group_rotate(struct walker *w) {
    if (arena_bytes(w->arena) < GROUP_BYTES) return;
    struct group *old = w->group;
    if (old->items == 0) {
        bases_release(w, old);
        arena_reset(old->arena);
        return;
    }
    group_begin(w);
}

/* XSL 1.1, 7.20.1-2: the class of a forced break. */
enum break_class break_of(const struct fo_node *n, enum fo_prop p) {
    switch (fo_token(n, p)) {
    case E_COLUMN: return BREAK_COLUMN;
    case E_PAGE: return BREAK_PAGE;
    case E_EVEN_PAGE: return BREAK_EVEN;
    case E_ODD_PAGE: return BREAK_ODD;
    default: return BREAK_NONE;
    }
}

void walk_force(struct walker *w, enum break_class c) {
    bool other_side = c >= BREAK_EVEN && w->forced >= BREAK_EVEN; /* the one that begins here has its parity */
    if (c > w->forced || other_side) w->forced = c;
}

static void add_mark(struct walker *w, struct mark m) {
    if (w->grid && m.opt > 0) m.min = m.opt = m.max = (m.opt + w->grid - 1) / w->grid * w->grid;
    w->marks = mem_grow(w->marks, &w->mark_cap, w->mark_count + 1, sizeof *w->marks);
    w->marks[w->mark_count++] = m;
}

static void add_space(struct walker *w, struct blk *b, bool before) {
    const struct fo_node *n = b->node;
    enum fo_prop opt = before ? P_SPACE_BEFORE_OPTIMUM : P_SPACE_AFTER_OPTIMUM;
    enum fo_prop min = before ? P_SPACE_BEFORE_MINIMUM : P_SPACE_AFTER_MINIMUM;
    enum fo_prop max = before ? P_SPACE_BEFORE_MAXIMUM : P_SPACE_AFTER_MAXIMUM;
    enum fo_prop precedence = before ? P_SPACE_BEFORE_PRECEDENCE : P_SPACE_AFTER_PRECEDENCE;
    enum fo_prop conditional = before ? P_SPACE_BEFORE_CONDITIONALITY : P_SPACE_AFTER_CONDITIONALITY;
    struct mark m = {.kind = MARK_SPACE, .before = before, .blk = b};
    mpt base = b->parent ? b->parent->iw : b->ref_width;
    m.opt = fo_length(n, opt, base);
    m.min = fo_length(n, min, base);
    m.max = fo_length(n, max, base);
    if (!m.opt && !m.min && !m.max) return;
    if (m.min > m.opt) m.min = m.opt;
    if (m.max < m.opt) m.max = m.opt;
    m.discard = !fo_is(n, conditional, E_RETAIN);
    m.forcing = fo_is(n, precedence, E_FORCE);
    m.precedence = (int32_t)fo_number(n, precedence);
    add_mark(w, m);
}

static void add_edge(struct walker *w, struct blk *b, enum mark_kind kind, mpt length, bool before) {
    if (!length) return;
    add_mark(w, (struct mark){.kind = (uint8_t)kind, .before = before, .min = length, .opt = length, .max = length, .blk = b});
}

static bool paints(const struct fo_node *n, const struct edges *e) {
    for (int i = 0; i < 4; i++)
        if (e->border[i]) return true;
    if (fo_get(n, P_BACKGROUND_COLOR)->kind == FOV_COLOR && fo_get(n, P_BACKGROUND_COLOR)->u.color.space) return true;
    return fo_string(n, P_BACKGROUND_IMAGE) != NULL;
}

static bool keeps_edges(const struct edges *e) {
    for (int s = SIDE_BEFORE; s <= SIDE_AFTER; s++)
        if ((e->border[s] && e->border_keeps[s]) || (e->padding[s] && e->padding_keeps[s])) return true;
    return false;
}

struct blk *walk_blk(struct walker *w, struct fo_node *n, struct blk *parent, mpt ix, mpt iw, const struct edges *e,
                     mpt ref_width) {
    struct blk *b = ARENA_NEW(w->nested ? w->arena : w->l->seq_arena, struct blk); /* lives as long as its items */
    b->node = n;
    b->parent = parent;
    b->ix = ix;
    b->iw = iw;
    b->edges = *e;
    b->ref_width = ref_width;
    b->paints = paints(n, e);
    b->retained = keeps_edges(e) || (parent && parent->retained);
    b->together = keep_of(n, P_KEEP_TOGETHER_WITHIN_LINE, P_KEEP_TOGETHER_WITHIN_COLUMN, P_KEEP_TOGETHER_WITHIN_PAGE);
    if (parent) {
        b->together = keep_max(b->together, parent->together);
        memcpy(b->indent, parent->indent, sizeof b->indent);
    }
    return b;
}

struct blk *walk_open(struct walker *w, struct fo_node *n, mpt ix, mpt iw, const struct edges *e) {
    struct wframe *f = w->top;
    struct blk *b = walk_blk(w, n, f ? f->blk : NULL, ix + (f ? f->ref_x : 0), iw, e, f ? f->ref_width : iw);
    tag_of(w->l, n);
    walk_force(w, break_of(n, P_BREAK_BEFORE));
    w->pending = keep_max(w->pending, keep_of(n, P_KEEP_WITH_PREVIOUS_WITHIN_LINE, P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
                                              P_KEEP_WITH_PREVIOUS_WITHIN_PAGE));
    add_space(w, b, true);
    add_mark(w, (struct mark){.kind = MARK_OPEN, .before = true, .blk = b});
    add_edge(w, b, MARK_BORDER, e->border[SIDE_BEFORE], true);
    add_edge(w, b, MARK_PADDING, e->padding[SIDE_BEFORE], true);
    return b;
}

void walk_close(struct walker *w, struct blk *b) {
    add_edge(w, b, MARK_PADDING, b->edges.padding[SIDE_AFTER], false);
    add_edge(w, b, MARK_BORDER, b->edges.border[SIDE_AFTER], false);
    add_mark(w, (struct mark){.kind = MARK_CLOSE, .blk = b});
    add_space(w, b, false);
    w->pending = keep_max(w->pending, keep_of(b->node, P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN,
                                              P_KEEP_WITH_NEXT_WITHIN_PAGE));
    walk_force(w, break_of(b->node, P_BREAK_AFTER));
}

void walk_mark(struct walker *w, const struct mark *m) {
    add_mark(w, *m);
}

void walk_change(struct walker *w, struct fo_node *n) {
    add_mark(w, (struct mark){.kind = MARK_CHANGE, .change = n});
}

void walk_sibling(struct walker *w) {
    if (w->has_break || w->at_start) return;
    w->has_break = true;
    w->break_at = w->mark_count;
    w->break_blk = w->top ? w->top->blk : NULL;
}

static void run_reset(struct walker *w) {
    w->mark_count = 0;
    w->has_break = false;
    w->break_blk = NULL;
    w->pending = (struct keep){0};
    w->forced = BREAK_NONE;
    w->at_start = w->resumed = false;
}

/* What open blocks retain after the break is for the next list to resolve. */
static void repeat_edges(struct walker *w, struct run *r) {
    size_t n = r->part[RUN_AFTER].count;
    r->part[RUN_AFTER].count = 0;
    w->marks = mem_grow(w->marks, &w->mark_cap, w->mark_count + n, sizeof *w->marks);
    if (!n) return;
    memmove(w->marks + n, w->marks, w->mark_count * sizeof *w->marks);
    memcpy(w->marks, r->part[RUN_AFTER].marks, n * sizeof *w->marks);
    w->mark_count += n;
}

/* A forced break, or a change of span, at the top level ends the block
 * sequence: what stands before it is emitted with the break, what follows
 * begins the next one, where conditional spaces vanish again. */
static void end_list(struct walker *w) {
    size_t k = w->break_at, n = w->mark_count;
    enum break_class c = w->forced;
    w->mark_count = k;
    struct run *r = run_resolve(w, true);
    run_emit(w, r, true, -PENALTY_INFINITE, c, 0, true);
    struct item *it = &w->out->v[w->out->n - 1];
    uint8_t all = w->unbalanced ? SPAN_ALL_UNBALANCED : SPAN_ALL;
    uint8_t span = w->span == E_FACING ? SPAN_FACING : w->span == E_ALL ? all : SPAN_NONE;
    it->next_span = w->span_changes ? span : (uint8_t)SPAN_SAME;
    w->mark_count = n;
    memmove(w->marks, w->marks + k, (n - k) * sizeof *w->marks);
    run_reset(w);
    w->mark_count = n - k;
    w->span_changes = false;
    w->at_start = true;
    repeat_edges(w, r);
}

/* The block around a run without siblings: before its first opening, or after
 * its last closing. */
static struct blk *outside(struct walker *w, bool at_end) {
    for (size_t i = 0; i < w->mark_count; i++) {
        struct mark *m = &w->marks[at_end ? w->mark_count - 1 - i : i];
        if (m->kind == (at_end ? MARK_CLOSE : MARK_OPEN)) return m->blk->parent;
    }
    return w->top ? w->top->blk : NULL;
}

/* A break asked for at the very start or end of nested content belongs to what
 * holds it. */
static void take_outer_breaks(struct walker *w, bool at_end) {
    if (!w->nested || !w->forced || w->has_break) return;
    if (at_end) w->out->trail_break = (uint8_t)w->forced;
    else if (w->at_start) w->out->lead_break = (uint8_t)w->forced;
    else return;
    w->forced = BREAK_NONE;
}

void walk_flush(struct walker *w, bool at_end) {
    if (w->resumed) w->forced = BREAK_NONE;
    w->resumed = false;
    take_outer_breaks(w, at_end);
    bool forced = w->forced || w->span_changes;
    if (!w->mark_count && !w->has_break && !forced) return;
    if (forced && !w->has_break) {
        w->has_break = true;
        w->break_at = at_end ? w->mark_count : 0;
        w->break_blk = outside(w, at_end);
    }
    if (forced && !w->nested) {
        end_list(w);
        if (w->mark_count) walk_flush(w, at_end);
        return;
    }
    struct keep k = w->pending;
    if (w->break_blk) k = keep_max(k, w->break_blk->together);
    int32_t penalty = forced ? -PENALTY_INFINITE : keep_penalty(k);
    enum break_class c = forced ? w->forced : k.context;
    run_emit(w, run_resolve(w, at_end), w->has_break, penalty, c, 0, at_end);
    run_reset(w);
}

struct item *walk_box(struct walker *w, mpt height, struct thing *t, int32_t sub) {
    walk_flush(w, false);
    w->at_start = false;
    seq_box(w->out, height, t, sub);
    struct item *it = &w->out->v[w->out->n - 1];
    it->group = w->group;
    it->blk = w->top ? w->top->blk : NULL;
    if (w->group) w->group->items++;
    for (struct blk *b = w->top ? w->top->blk : NULL; b && !b->has_children; b = b->parent) b->has_children = true;
    return it;
}

void walk_glue(struct walker *w, mpt opt, mpt stretch, mpt shrink, struct thing *t, int32_t sub) {
    seq_glue(w->out, opt, stretch, shrink, t, sub);
    struct item *it = &w->out->v[w->out->n - 1];
    it->group = w->group;
    it->blk = w->top ? w->top->blk : NULL;
    if (w->group) w->group->items++;
}

void walk_break(struct walker *w, mpt width, int32_t penalty, enum break_class c, struct thing *t, int32_t sub) {
    struct blk *b = w->top ? w->top->blk : NULL;
    if (b && b->retained && !t) {
        struct run *r = run_inside(w, b);
        w->break_blk = b;
        run_emit(w, r, true, penalty, c, width, false);
        w->break_blk = NULL;
        return;
    }
    seq_penalty(w->out, width, penalty, c, t, sub);
    struct item *it = &w->out->v[w->out->n - 1];
    it->group = w->group;
    it->blk = b;
    if (w->group) w->group->items++;
}

static void unsupported_begin(struct walker *w, struct wframe *f) {
    (void)w;
    f->child = NULL;
    f->step = NULL;
}

void walk_push(struct walker *w, struct fo_node *n, struct blk *parent, mpt ref_width) {
    struct wframe *f = mem_alloc(sizeof *f);
    f->up = w->top;
    f->node = n;
    f->child = n->first;
    f->blk = parent;
    f->ref_width = ref_width;
    f->ref_x = f->up ? f->up->ref_x : 0;
    w->top = f;
    switch (n->element) {
    case FO_BLOCK: block_begin(w, f); break;
    case FO_BLOCK_CONTAINER: container_begin(w, f); break;
    case FO_LIST_BLOCK: list_begin(w, f); break;
    case FO_TABLE: table_begin(w, f); break;
    case FO_TABLE_AND_CAPTION: caption_begin(w, f); break;
    case FO_S_LANES: lanes_begin(w, f); break;
    case FO_S_ALL: all_begin(w, f); break;
    case FO_MARKER: unsupported_begin(w, f); break;
    default: children_begin(w, f); break;
    }
}

static void pop(struct walker *w) {
    struct wframe *f = w->top;
    w->top = f->up;
    if (f->drop) f->drop(f);
    mem_free(f);
}

/* One step of the innermost open FO. */
static void step(struct walker *w) {
    struct wframe *f = w->top;
    if (f->step && f->step(w, f)) return;
    /* the step may have pushed and answered false only when it is done */
    if (w->top == f) pop(w);
}

bool walk_some(struct walker *w, size_t enough) {
    while (w->top && w->out->n < enough) {
        group_rotate(w);
        step(w);
    }
    return w->top != NULL;
}

void walk_begin(struct walker *w, struct layout *l, struct fo_node *root, mpt width, struct seq *out) {
    *w = (struct walker){.l = l, .out = out, .at_start = true, .root = root};
    group_begin(w);
    struct wframe *f = mem_alloc(sizeof *f);
    f->node = root;
    f->child = fo_first_child(l, root);
    f->ref_width = width;
    w->top = f;
    children_begin(w, f);
}

/* Begins anew at the flow, keeping what the walker knows of spans; open blocks
 * are put back with walk_reopen. */
void walk_restart(struct walker *w, struct fo_node *root) {
    while (w->top) pop(w);
    run_reset(w);
    w->span_changes = false;
    w->at_start = w->resumed = true;
    struct wframe *f = mem_alloc(sizeof *f);
    f->node = root;
    w->top = f;
    children_begin(w, f);
}

/* An open FO again, at the present width of its reference area: its child
 * `next` is walked first.  old: its blk on the earlier part, NULL when it had
 * none; the new one goes on from it. */
void walk_reopen(struct walker *w, struct fo_node *n, const struct blk *old, struct fo_node *next) {
    struct wframe *f = mem_alloc(sizeof *f);
    f->up = w->top;
    f->node = n;
    f->child = next;
    f->blk = w->top->blk;
    f->ref_width = w->top->ref_width;
    f->ref_x = w->top->ref_x;
    w->top = f;
    if (old) {
        f->blk = arena_memdup(w->l->seq_arena, old, sizeof *old);
        f->blk->parent = f->up->blk;
    }
    if (n->element == FO_LIST_BLOCK) list_reopen(w, f);
    else block_reopen(w, f);
    if (!old) return;
    for (int side = 0; side < 2; side++) {
        bool keeps = side ? f->blk->edges.padding_keeps[SIDE_BEFORE] : f->blk->edges.border_keeps[SIDE_BEFORE];
        mpt length = side ? f->blk->edges.padding[SIDE_BEFORE] : f->blk->edges.border[SIDE_BEFORE];
        if (keeps) add_edge(w, f->blk, side ? MARK_PADDING : MARK_BORDER, length, true);
    }
}

void walk_end(struct walker *w) {
    while (w->top) pop(w);
    mem_free(w->marks);
    w->marks = NULL;
    struct group *g = w->group;
    if (g && g->items == 0) group_drop(w, g);
    w->group = NULL;
}

static void content(struct layout *l, struct walker *outer, struct arena *arena, struct fo_node *node, mpt width,
                    struct seq *out, const struct restart *from) {
    struct walker w = {.l = l, .out = out, .at_start = true, .nested = true, .root = node};
    w.arena = outer ? outer->arena : arena;
    w.note_width = outer ? outer->note_width : 0;
    w.foot = outer ? outer->foot : NULL;
    w.grid = outer ? outer->grid : 0;
    if (outer) w.holder = outer->top && outer->top->blk ? outer->top->blk : outer->holder;
    if (outer && outer->lays_part) {
        w.in_place = true;
        w.intrude_start = outer->intrude_start;
        w.intrude_end = outer->intrude_end;
        w.span_width[0] = outer->span_width[outer->span != E_NONE];
    }
    struct wframe *f = mem_alloc(sizeof *f);
    f->node = node;
    f->child = node->first;
    f->ref_width = width;
    w.top = f;
    children_begin(&w, f);
    if (from) out->v[0].blk = restart_open(&w, from);
    while (w.top) step(&w);
    walk_flush(&w, true);
    mem_free(w.marks);
}

void walk_content(struct layout *l, struct walker *outer, struct arena *arena, struct fo_node *node, mpt width,
                  struct seq *out) {
    content(l, outer, arena, node, width, out, NULL);
}

void walk_content_rest(struct walker *outer, struct fo_node *node, mpt width, struct seq *out,
                       const struct restart *from) {
    content(outer->l, outer, NULL, node, width, out, from);
}

struct keep edge_keep(const struct fo_node *node, bool next) {
    struct keep k = {0};
    for (const struct fo_node *n = node; n; n = next ? n->last : n->first) {
        if (n->element == FO_TEXT) break;
        if (!n->style) continue;
        k = keep_max(k, next ? keep_of(n, P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN,
                                       P_KEEP_WITH_NEXT_WITHIN_PAGE)
                             : keep_of(n, P_KEEP_WITH_PREVIOUS_WITHIN_LINE, P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
                                       P_KEEP_WITH_PREVIOUS_WITHIN_PAGE));
    }
    return k;
}
