/* Side floats (XSL 1.1, 6.12.2, 7.19): the flow is cut before the line that
 * anchors one, the float placed beside what follows, and the flow laid out
 * anew with shorter lines until it is past the float.  One stands at either
 * side; a second one at the same side stands below the first. */
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

static bool in_columns(const struct page_sequence *ps) {
    return ps->columns != 1;
}

/* Decided when its line is first made, for good. */
bool float_goes_aside(const struct walker *w, const struct fo_node *n) {
    const struct page_sequence *ps = w->l->ps;
    const struct float_place *known = ps ? find(ps, n) : NULL;
    if (known) return !known->in_flow;
    if (n->element != FO_FLOAT || !is_side(n) || !ps || w->l->in_static) return false;
    return !in_columns(ps) && (!w->nested || w->in_place);
}

void float_in_flow(struct walker *w, struct fo_node *n) {
    if (w->l->ps && !w->l->in_static) remember(w->l->ps, n, true);
    if (!fo_is(n, P_FLOAT, E_BEFORE) && !is_side(n)) return;
    struct buf b = {0};
    bool columns = is_side(n) && w->l->ps && in_columns(w->l->ps);
    buf_fmt(&b, "float=\"%s\" %s", fo_token_name(fo_token(n, P_FLOAT)), columns ? "in columns" : "here");
    diag_add(w->l->diags, DIAG_UNSUPPORTED_PROPERTY, n->pos, buf_cstr(&b), "7.19.2");
    buf_free(&b);
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

/* Which sides the object named by clear (7.19.1) stands below. */
static void cleared(const struct page_sequence *ps, const struct fo_node *n, bool side[2]) {
    bool bound_at_start = (ps->number % 2 != 0) != ps->canvas.rl, rl = ps->canvas.rl;
    enum fo_token t = fo_token(n, P_CLEAR);
    side[0] |= t == E_BOTH || t == E_START || t == (rl ? E_RIGHT : E_LEFT) || t == (bound_at_start ? E_INSIDE : E_OUTSIDE);
    side[1] |= t == E_BOTH || t == E_END || t == (rl ? E_LEFT : E_RIGHT) || t == (bound_at_start ? E_OUTSIDE : E_INSIDE);
}

/* 7.19.3: what makes reference areas does not stand beside a float in pieces;
 * here it stands below. */
static bool stands_below(const struct fo_node *n) {
    switch (n->element) {
    case FO_TABLE: case FO_TABLE_AND_CAPTION: case FO_BLOCK_CONTAINER: break;
    default: return false;
    }
    return !fo_is(n, P_INTRUSION_DISPLACE, E_NONE) && fo_token(n, P_ABSOLUTE_POSITION) == E_AUTO;
}

/* The sides that what begins after the break must leave behind; none when it
 * may begin beside them. */
static bool clears(const struct page_sequence *ps, const struct item *it, bool side[2]) {
    side[0] = side[1] = false;
    if (it->kind != ITEM_PENALTY || it->penalty >= PENALTY_INFINITE || !it->thing || !thing_is_run(it->thing)) return false;
    const struct run *r = (const struct run *)it->thing;
    for (uint32_t i = 0; i < r->part[RUN_NONE].count; i++) {
        const struct mark *m = &r->part[RUN_NONE].marks[i];
        if (m->kind != MARK_OPEN) continue;
        cleared(ps, m->blk->node, side);
        if (stands_below(m->blk->node)) side[0] = side[1] = true;
    }
    return (side[0] && ps->side[0].width) || (side[1] && ps->side[1].width);
}

/* Cuts the list where it has passed the float it stands beside: at the first
 * break below it or before what must stand below it, else at the last one on
 * the page. */
static bool cut_below(struct page_sequence *ps, struct seq *s, size_t first) {
    int64_t height = 0;
    size_t last = 0;
    mpt room = room_left(ps);
    for (size_t i = first; i < s->n; i++) {
        struct item *it = &s->v[i];
        bool forced = it->kind == ITEM_PENALTY && it->penalty <= -PENALTY_INFINITE, side[2];
        if (forced) return true;
        if (clears(ps, it, side)) {
            it->penalty = -PENALTY_INFINITE;
            it->cut = CUT_HERE;
            return true;
        }
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

static void place(struct page_sequence *ps, struct side_float *f, mpt ix, mpt y) {
    struct rect at = canvas_rect(&ps->canvas, 0, y, page_column_width(ps, ps->span_all), 0);
    struct placer p = {.l = ps->l, .page = ps->page, .c = ps->canvas};
    struct rect r = canvas_rect(&p.c, ix, y, f->width, 0);
    p.c.x = r.x;
    p.c.y = at.y;
    p.c.width = f->width;
    tag_of(ps->l, f->node);
    if (f->node->id) place_id(&p, f->node, 0, 0);
    place_items(&p, &f->items, 0, f->items.n, false, false);
    ps->empty = false;
}

static mpt lowest(const struct page_sequence *ps) {
    return larger(ps->side[0].width ? ps->side[0].bottom : 0, ps->side[1].width ? ps->side[1].bottom : 0);
}

/* Where the float may begin: below those of its side, those it clears, and all
 * when it is too wide to stand opposite. */
static mpt top_for(const struct page_sequence *ps, const struct fo_node *n, bool start, mpt all, mpt column) {
    bool side[2] = {start, !start};
    mpt y = ps->span_y;
    cleared(ps, n, side);
    for (int k = 0; k < 2; k++)
        if (side[k] && ps->side[k].width) y = larger(y, ps->side[k].bottom);
    mpt other = ps->side[start].width;
    return other && (int64_t)all + other >= column ? larger(y, lowest(ps)) : y;
}

static void beside(struct page_sequence *ps, struct walker *w) {
    ps->float_beside = ps->side[0].width || ps->side[1].width;
    w->intrude_start = ps->side[0].width;
    w->intrude_end = ps->side[1].width;
    mpt next = MPT_MAX;
    for (int k = 0; k < 2; k++)
        if (ps->side[k].width && ps->side[k].bottom < next) next = ps->side[k].bottom;
    ps->float_height = ps->float_beside ? next - ps->span_y : 0;
}

static void close_sides(struct page_sequence *ps, struct walker *w) {
    ps->side[0] = ps->side[1] = (struct float_side){0, 0};
    beside(ps, w);
}

/* Places the float before the present place of the flow; lines beside it keep
 * clear of it. */
static void open_float(struct page_sequence *ps, struct walker *w, struct fo_node *n) {
    struct side_float f = {.node = n};
    remember(ps, n, false);
    lay_out(ps, &f);
    mpt column = page_column_width(ps, ps->span_all), all = f.width + f.before + f.after;
    bool start = at_start_side(ps, n);
    mpt y = top_for(ps, n, start, all, column);
    if (f.height > room_left(ps) - (y - ps->span_y) && !ps->empty) {
        close_sides(ps, w);
        page_break(ps, BREAK_PAGE);
        seq_free(&f.items);
        f.items = (struct seq){0};
        if (ps->page) lay_out(ps, &f);
        column = ps->page ? page_column_width(ps, ps->span_all) : 0;
        all = f.width + f.before + f.after;
        start = ps->page && at_start_side(ps, n);
        y = ps->span_y;
    }
    if (ps->page) {
        struct float_side *s = &ps->side[!start];
        place(ps, &f, start ? f.before : larger(column - f.width - f.after, 0), y);
        if (all >= column) ps->span_y = y + f.height;
        else *s = (struct float_side){s->width ? larger(s->width, all) : all, y + f.height};
    }
    seq_free(&f.items);
}

/* The block sequence has ended otherwise: at a page break, a span, its end. */
bool float_end(struct page_sequence *ps, struct walker *w) {
    bool was = ps->float_beside;
    if (was && ps->page && ps->span_y + ps->span_h < lowest(ps)) ps->span_h = lowest(ps) - ps->span_y;
    close_sides(ps, w);
    return was;
}

/* Goes on after the cut `at`: what was placed ends here. */
size_t float_go_on(struct page_sequence *ps, struct walker *w, size_t at) {
    struct fo_node *n = NULL;
    for (size_t i = at + 1; i < w->out->n && !n; i++) {
        n = float_of(ps, &w->out->v[i]);
        if (w->out->v[i].kind == ITEM_BOX && w->out->v[i].w > 0) break;
    }
    bool to_page = w->out->v[at].cut == CUT_PAGE, side[2];
    struct item asks = w->out->v[at];
    asks.penalty = 0;
    bool clear = clears(ps, &asks, side);
    ps->float_seen = false;
    ps->span_y += ps->span_h;
    ps->span_h = 0;
    for (int k = 0; k < 2 && clear && !to_page; k++)
        if (side[k] && ps->side[k].width) ps->span_y = larger(ps->span_y, ps->side[k].bottom);
    for (int k = 0; k < 2; k++)
        if (ps->side[k].bottom <= ps->span_y) ps->side[k].width = 0;
    if (to_page) {
        close_sides(ps, w);
        page_break(ps, BREAK_PAGE);
    }
    if (ps->page && n && !to_page) open_float(ps, w, n);
    if (!ps->page) return at + 1;
    beside(ps, w);
    return widths_again(ps, w, at, !to_page);
}
