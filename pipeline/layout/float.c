/* Side floats (XSL 1.1, 6.12.2, 7.19.2): the flow is cut before the line that
 * anchors one, the float placed beside what follows, and the flow laid out
 * anew with shorter lines until it is past the float.  One float at a time: a
 * second one stands below the first. */
#include "layout/flow.h"
#include "layout/para.h"

/* A float that stands among blocks. */
struct float_anchor {
    struct thing thing;
    struct fo_node *node;
};

static void place_anchor(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                         bool at_start, bool at_end) {
    (void)p, (void)t, (void)first, (void)last, (void)at_start, (void)at_end;
}

static const struct thing_ops anchor_ops = {false, place_anchor};

static bool is_side(const struct fo_node *n) {
    switch (fo_token(n, P_FLOAT)) {
    case E_START: case E_END: case E_LEFT: case E_RIGHT: case E_INSIDE: case E_OUTSIDE: return true;
    default: return false;
    }
}

static struct float_place *find(const struct page_sequence *ps, const struct fo_node *n) {
    for (size_t i = ps->float_count; i-- > 0;)
        if (ps->floats[i].node == n) return &ps->floats[i];
    return NULL;
}

static void remember(struct page_sequence *ps, struct fo_node *n, bool in_flow) {
    if (find(ps, n)) return;
    ps->floats = mem_grow(ps->floats, &ps->float_cap, ps->float_count + 1, sizeof *ps->floats);
    ps->floats[ps->float_count++] = (struct float_place){n, in_flow};
}

/* Decided when its line is first made, for good. */
bool float_goes_aside(const struct walker *w, const struct fo_node *n) {
    const struct page_sequence *ps = w->l->ps;
    const struct float_place *known = ps ? find(ps, n) : NULL;
    if (known) return !known->in_flow;
    if (n->element != FO_FLOAT || !is_side(n) || !ps || w->l->in_static) return false;
    return ps->columns == 1 && (!w->nested || w->in_place);
}

void float_in_flow(struct walker *w, struct fo_node *n) {
    if (w->l->ps && !w->l->in_static) remember(w->l->ps, n, true);
    if (fo_is(n, P_FLOAT, E_BEFORE))
        diag_add(w->l->diags, DIAG_UNSUPPORTED_PROPERTY, n->pos, "float=\"before\"", "7.19.2");
}

void float_anchor(struct walker *w, struct fo_node *n) {
    struct float_anchor *a = ARENA_NEW(w->arena, struct float_anchor);
    a->thing.ops = &anchor_ops;
    a->node = n;
    walk_box(w, 0, &a->thing, 0);
}

/* The first float of an item that has not been placed. */
struct fo_node *float_of(struct page_sequence *ps, const struct item *it) {
    if (it->kind != ITEM_BOX || !it->thing) return NULL;
    if (it->thing->ops == &anchor_ops) {
        struct fo_node *n = ((struct float_anchor *)it->thing)->node;
        return find(ps, n) ? NULL : n;
    }
    const struct list_item *li = list_item_of(it->thing);
    if (li) return list_item_float(ps, li, (size_t)it->sub);
    const struct line *line = line_of(it->thing);
    for (uint32_t i = 0; line && i < line->float_count; i++) {
        struct fo_node *n = line->floats[i];
        if (n->element == FO_FLOAT && is_side(n) && !find(ps, n)) return n;
    }
    return NULL;
}

/* A forced break before item `at` that only cuts the list. */
static void cut_before(struct seq *s, size_t at, struct group *g) {
    seq_add(s);
    memmove(s->v + at + 1, s->v + at, (s->n - 1 - at) * sizeof *s->v);
    s->v[at] = (struct item){.kind = ITEM_PENALTY, .penalty = -PENALTY_INFINITE, .cut = CUT_HERE, .group = g,
                             .blk = s->v[at + 1].blk};
    if (g) g->items++;
}

static bool is_legal(const struct seq *s, size_t i) {
    const struct item *it = &s->v[i];
    if (it->kind == ITEM_PENALTY) return it->penalty < PENALTY_INFINITE;
    return it->kind == ITEM_GLUE && i > 0 && s->v[i - 1].kind == ITEM_BOX;
}

static mpt room_left(struct page_sequence *ps) {
    return plan_source(ps).extent(ps, 0);
}

/* Cuts the list where it has passed the float it stands beside: at the first
 * break below it, else at the last one on the page. */
static bool cut_below(struct page_sequence *ps, struct seq *s, size_t first) {
    int64_t height = 0;
    size_t last = 0;
    mpt room = room_left(ps);
    for (size_t i = first; i < s->n; i++) {
        struct item *it = &s->v[i];
        bool forced = it->kind == ITEM_PENALTY && it->penalty <= -PENALTY_INFINITE;
        if (forced) return true;
        if (height > 0 && is_legal(s, i)) {
            if (height > room && last) {
                s->v[last].penalty = -PENALTY_INFINITE;
                s->v[last].cut = CUT_PAGE;
                return true;
            }
            last = it->kind == ITEM_PENALTY ? i : last;
            if (height >= ps->float_height && it->kind == ITEM_PENALTY) {
                it->penalty = -PENALTY_INFINITE;
                it->cut = CUT_HERE;
                return true;
            }
        }
        if (it->kind != ITEM_PENALTY) height += it->w;
    }
    return false;
}

/* Looks through the new items for where the list must be cut; beside a float:
 * true when the place has been found. */
bool float_cut(struct page_sequence *ps, struct seq *s, size_t first, size_t from) {
    if (ps->float_beside && ps->float_seen) return true;
    for (size_t i = from; i < s->n && !ps->float_seen; i++) {
        if (s->v[i].kind == ITEM_PENALTY && s->v[i].penalty <= -PENALTY_INFINITE) break;
        if (!float_of(ps, &s->v[i])) continue;
        cut_before(s, i, s->v[i].group);
        ps->float_seen = true;
    }
    if (!ps->float_beside) return true;
    return cut_below(ps, s, first);
}

/* ---- the float itself -------------------------------------------------------------- */

struct side_float {
    struct fo_node *node;
    struct seq items;
    mpt width, before, after; /* content; what its blocks' edges take on either side */
    mpt height;
};

static mpt larger(mpt a, mpt b) {
    return a > b ? a : b;
}

/* The extent that the content of n asks for by itself, 0 when none. */
static mpt own_width(const struct fo_node *n, mpt base) {
    mpt most = 0;
    for (const struct fo_node *c = n->first; c; c = c->next) {
        if (!c->style) continue;
        mpt w = 0;
        bool sized = c->element == FO_TABLE || c->element == FO_BLOCK_CONTAINER;
        if (sized && fo_is_length(c, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
            w = fo_length(c, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, base);
        else if (c->element == FO_BLOCK || c->element == FO_WRAPPER) w = own_width(c, base);
        if (w && c->element != FO_WRAPPER) w += fo_length(c, P_START_INDENT, base) + fo_length(c, P_END_INDENT, base);
        most = larger(most, w);
    }
    return most;
}

/* How far the edges of n's blocks reach out of the content on one side. */
static mpt overhang(const struct fo_node *n, int side, mpt base) {
    mpt most = 0;
    for (const struct fo_node *c = n->first; c; c = c->next) {
        if (!c->style || (c->element != FO_BLOCK && c->element != FO_BLOCK_CONTAINER)) continue;
        struct edges e;
        edges_of(&e, c, base);
        mpt indent = fo_length(c, side == SIDE_START ? P_START_INDENT : P_END_INDENT, base);
        most = larger(most, edges_width(&e, side) - indent);
    }
    return most;
}

/* The longest line, where every paragraph has but one. */
static mpt line_width(const struct seq *s, mpt base) {
    mpt most = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct line *line = line_of(s->v[i].thing);
        if (!line) continue;
        if (line->first_item) return base;
        most = larger(most, line->iw - ((const struct line_data *)line->data)->difference);
    }
    return most > 0 && most < base ? most : base;
}

static void lay_out(struct page_sequence *ps, struct side_float *f) {
    struct layout *l = ps->l;
    mpt base = page_column_width(ps, ps->span_all);
    f->before = overhang(f->node, SIDE_START, base);
    f->after = overhang(f->node, SIDE_END, base);
    f->width = own_width(f->node, base);
    if (!f->width) {
        struct seq trial = {0};
        walk_content(l, NULL, ps->page->arena, f->node, base, &trial);
        f->width = line_width(&trial, base);
        seq_free(&trial);
    }
    walk_content(l, NULL, ps->page->arena, f->node, f->width, &f->items);
    int64_t height = 0;
    for (size_t i = 0; i < f->items.n; i++)
        if (f->items.v[i].kind != ITEM_PENALTY) height += f->items.v[i].w;
    f->height = mpt_clamp(height);
}

/* inside and outside by the side the page is bound on (7.19.2). */
static bool at_start_side(const struct page_sequence *ps, const struct fo_node *n) {
    bool bound_at_start = (ps->number % 2 != 0) != ps->canvas.rl;
    switch (fo_token(n, P_FLOAT)) {
    case E_END: return false;
    case E_LEFT: return !ps->canvas.rl;
    case E_RIGHT: return ps->canvas.rl;
    case E_INSIDE: return bound_at_start;
    case E_OUTSIDE: return !bound_at_start;
    default: return true;
    }
}

static void place(struct page_sequence *ps, struct side_float *f, mpt ix) {
    struct rect at = canvas_rect(&ps->canvas, 0, ps->span_y, page_column_width(ps, ps->span_all), 0);
    struct placer p = {.l = ps->l, .page = ps->page, .c = ps->canvas};
    struct rect r = canvas_rect(&p.c, ix, ps->span_y, f->width, 0);
    p.c.x = r.x;
    p.c.y = at.y;
    p.c.width = f->width;
    tag_of(ps->l, f->node);
    if (f->node->id) place_id(&p, f->node, 0, 0);
    place_items(&p, &f->items, 0, f->items.n, false, false);
    ps->empty = false;
}

/* Places the float before the present place of the flow; lines beside it keep
 * clear of it. */
static void open_float(struct page_sequence *ps, struct walker *w, struct fo_node *n) {
    struct side_float f = {.node = n};
    remember(ps, n, false);
    lay_out(ps, &f);
    if (f.height > room_left(ps) && !ps->empty) {
        page_break(ps, BREAK_PAGE);
        seq_free(&f.items);
        f.items = (struct seq){0};
        if (ps->page) lay_out(ps, &f);
    }
    if (ps->page) {
        mpt column = page_column_width(ps, ps->span_all), all = f.width + f.before + f.after;
        bool start = at_start_side(ps, n);
        place(ps, &f, start ? f.before : larger(column - f.width - f.after, 0));
        if (all >= column) {
            ps->span_y += f.height;
        } else {
            ps->float_beside = true;
            ps->float_height = f.height;
            ps->float_bottom = ps->span_y + f.height;
            if (start) w->intrude_start = all;
            else w->intrude_end = all;
        }
    }
    seq_free(&f.items);
}

static void close_float(struct page_sequence *ps, struct walker *w) {
    ps->float_beside = false;
    w->intrude_start = w->intrude_end = 0;
}

/* The block sequence has ended otherwise: at a page break, a span, its end. */
bool float_end(struct page_sequence *ps, struct walker *w) {
    bool was = ps->float_beside;
    if (was && ps->page && ps->span_y + ps->span_h < ps->float_bottom) ps->span_h = ps->float_bottom - ps->span_y;
    close_float(ps, w);
    return was;
}

/* Goes on after the cut `at`: what was placed ends here. */
size_t float_go_on(struct page_sequence *ps, struct walker *w, size_t at) {
    struct fo_node *n = NULL;
    for (size_t i = at + 1; i < w->out->n && !n; i++) {
        n = float_of(ps, &w->out->v[i]);
        if (w->out->v[i].kind == ITEM_BOX && w->out->v[i].w > 0) break;
    }
    bool to_page = w->out->v[at].cut == CUT_PAGE;
    ps->float_seen = false;
    ps->span_y += ps->span_h;
    ps->span_h = 0;
    if (ps->float_beside && n && !to_page && ps->span_y < ps->float_bottom) ps->span_y = ps->float_bottom;
    close_float(ps, w);
    if (to_page) page_break(ps, BREAK_PAGE);
    if (!ps->page) return at + 1;
    if (n && !to_page) open_float(ps, w, n);
    if (!ps->page) return at + 1;
    return widths_again(ps, w, at, !to_page);
}
