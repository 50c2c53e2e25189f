/* Line areas (XSL 1.1, 4.5, 7.16.4-6): heights, baselines, indents; and
 * paragraphs as a whole. */
#include "layout/para.h"

/* Does the line hold nothing but auxiliary boxes without height? */
static bool collapses(const struct para *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i <= to; i++) {
        const struct el *e = &p->els[i];
        if (e->kind != EL_BOX || (e->frag < 0 && (e->flags & EL_AUX))) continue;
        if (!(e->flags & EL_AUX)) return false;
        if (!(e->flags & EL_ALIGN)) continue;
        const struct frag *f = &p->frags[e->frag];
        if ((f->object ? f->object->ac : f->box->ac)->height > 0) return false;
    }
    return true;
}

/* Highest altitude and deepest depth of what is on the line (4.5); before- and
 * after-edge inlines add only what exceeds it. */
static void grow(const struct para *p, uint32_t from, uint32_t to, mpt *lead, mpt *follow) {
    const struct actx *before = NULL;
    struct line_edges e = {p->root->ac->own.altitude, p->root->ac->own.depth};
    bool shifts = !fo_is(p->block, P_LINE_HEIGHT_SHIFT_ADJUSTMENT, E_DISREGARD_SHIFTS);
    mpt edge = 0;
    for (uint32_t i = from; i <= to; i++) {
        const struct el *el = &p->els[i];
        if (el->kind != EL_BOX || !(el->flags & EL_ALIGN)) continue;
        const struct frag *f = &p->frags[el->frag];
        const struct actx *ac = f->object ? f->object->ac : f->box->ac;
        if (ac == before || !ac->parent) continue;
        before = ac;
        if (ac->initial && (ac->align == E_BEFORE_EDGE || ac->align == E_AFTER_EDGE)) {
            if (ac->height > edge) edge = ac->height;
        } else if (shifts || !ac->shift) {
            int64_t up = (int64_t)actx_offset(ac, &e) + ac->point;
            if (up > *lead) *lead = mpt_clamp(up);
            if (ac->height - up > *follow) *follow = mpt_clamp(ac->height - up);
        }
    }
    if (edge - (int64_t)*lead > *follow) *follow = plus(edge, -(int64_t)*lead);
}

static void set_height(struct para *p, struct line *line, struct line_data *d, uint32_t from, uint32_t to) {
    const struct tstyle *ts = p->root->ts;
    mpt lead = ts->ascent, follow = ts->depth;
    mpt room = mpt_clamp((int64_t)ts->line_height - lead - follow), half = room / 2;
    bool empty = d->difference == p->width && collapses(p, from, to);
    if (empty) return;
    if (!fo_is(p->block, P_LINE_STACKING_STRATEGY, E_FONT_HEIGHT)) grow(p, from, to, &lead, &follow);
    if (p->has_marks || fo_is(p->block, P_S_LINE_CLEARANCE, E_GLYPHS))
        clearance_apply(p, from, to, half, &lead, &follow);
    d->half_leading = half;
    d->lead = lead;
    d->height = mpt_clamp((int64_t)lead + follow);
    line->height = mpt_clamp((int64_t)d->height + room);
    line->baseline = plus(half, lead);
}

/* XSL 1.1, 7.16.9-11: where the content stands in the line area. */
static void set_indent(const struct para *p, struct line_data *d, bool first_line) {
    switch (d->align) {
    case E_END: d->start_indent = d->difference; break;
    case E_CENTER: d->start_indent = d->difference / 2; break;
    default: d->start_indent = 0;
    }
    if (first_line && p->first) d->start_indent = plus(d->start_indent, p->indent);
}

/* What of the elements from..to (a break) is drawn: not the spaces around a
 * line's break, nor what the paragraph itself has put in. */
static void trim(const struct para *p, struct line_data *d, uint32_t from, uint32_t to) {
    uint32_t last = to;
    if (from < p->ignore_start) from = p->ignore_start;
    if (to == p->el_count - 1) last = to >= p->ignore_end ? to - p->ignore_end : to;
    d->ends_with_space = false;
    if (to != p->el_count - 1 && p->els[to].kind != EL_BOX)
        for (uint32_t i = to; i < p->el_count && p->els[i].kind != EL_BOX; i++)
            if (p->els[i].kind == EL_GLUE && p->els[i].w > 0) d->ends_with_space = true;
    if (p->trims_end && p->els[last].kind == EL_GLUE && last >= from) last = last ? last - 1 : 0;
    if (p->trims_start)
        while (from <= last && p->els[from].kind != EL_BOX) from++;
    d->first = from;
    d->last = last + 1;
}

static void gather_anchors(struct para *p, struct arena *arena, struct line *line, uint32_t *next,
                           uint32_t to) {
    uint32_t k = *next;
    while (k < p->anchor_count && p->anchors[k].at <= to) k++;
    uint32_t n = k - *next;
    if (n) {
        line->notes = ARENA_ARRAY(arena, struct fo_node *, n);
        line->floats = ARENA_ARRAY(arena, struct fo_node *, n);
    }
    for (; *next < k; ++*next) {
        const struct anchor *a = &p->anchors[*next];
        if (a->is_float) line->floats[line->float_count++] = a->node;
        else line->notes[line->note_count++] = a->node;
    }
}

static bool shows_hyphen(const struct para *p, uint32_t at) {
    if (p->els[at].kind != EL_PENALTY) return false;
    for (uint32_t i = at; i-- > 0;)
        if (p->els[i].kind == EL_BOX && p->els[i].frag >= 0 && p->els[i].flags & EL_MAIN)
            return p->frags[p->els[i].frag].hyphen;
        else if (p->els[i].frag >= 0 && p->els[i].flags & EL_MAIN) return false;
    return false;
}

static void overflow(const struct para *p, const struct line_data *d) {
    int64_t lack = (int64_t)d->difference + d->shrink;
    if (lack >= 0) return;
    struct buf b = {0};
    buf_milli(&b, -lack);
    diag_add(p->l->diags, DIAG_OVERFLOW, p->block->pos, "a line", buf_cstr(&b));
    buf_free(&b);
}

struct para_piece linebox_lines(struct para *p, struct arena *arena, uint32_t from, mpt ix,
                                const struct chosen *c, uint32_t n, uint32_t els_from) {
    struct para_piece out = {.kind = PARA_LINES, .line_count = n};
    struct line *lines = out.lines = ARENA_ARRAY(arena, struct line, n);
    struct line_data *data = ARENA_ARRAY(arena, struct line_data, n);
    uint32_t start = els_from, anchor = 0;
    while (anchor < p->anchor_count && p->anchors[anchor].at < from) anchor++;
    for (uint32_t i = 0; i < n; i++) {
        struct line *line = &lines[i];
        struct line_data *d = &data[i];
        line->thing.ops = &line_ops;
        line->para = p;
        line->ix = ix;
        line->iw = p->width;
        line->data = d;
        line->first_item = start;
        line->end_item = c[i].end + 1;
        d->last_line = i + 1 == n;
        d->align = d->last_line ? p->align_last : p->align;
        d->difference = c[i].difference;
        d->stretch = c[i].stretch;
        d->shrink = c[i].shrink;
        if (d->align == E_JUSTIFY || (d->difference < 0 && -d->difference <= d->shrink))
            d->ratio = c[i].ratio;
        set_indent(p, d, i == 0 && els_from == 0);
        set_height(p, line, d, start, c[i].end);
        trim(p, d, start, c[i].end);
        line->hyphenated = d->hyphen = shows_hyphen(p, c[i].end);
        gather_anchors(p, arena, line, &anchor, c[i].end);
        overflow(p, d);
        start = c[i].end + 1;
    }
    return out;
}

/* Paragraphs. ------------------------------------------------------------------ */

/* The rounds: without hyphens; with them, or with more room; anyhow. */
static uint32_t break_lines(struct para *p, struct arena *arena, uint32_t *from, const struct chosen **out) {
    struct style_cache *sc = style_cache_of(p->l);
    if (!sc->fit) sc->fit = line_scratch_new();
    bool wraps = !fo_is(p->block, P_WRAP_OPTION, E_NO_WRAP);
    bool hyphenates = wraps && fo_is(p->block, P_HYPHENATE, E_TRUE);
    struct fit f = {p->els, *from, p->el_count, p->width,        p->align == E_CENTER,
                    0,      1,     false,       BREAKS_UNFLAGGED};
    if (!fo_is(p->block, P_HYPHENATION_LADDER_COUNT, E_NO_LIMIT))
        f.ladder = (int32_t)fo_number(p->block, P_HYPHENATION_LADDER_COUNT);
    if (!wraps) f.allowed = BREAKS_FORCED;
    uint32_t n = linebreak_run(sc->fit, &f, out);
    if (n) return n;
    if (hyphenates) {
        if (!p->hyphenated) {
            uint32_t at = UINT32_MAX;
            for (uint32_t i = *from; *from && i < p->el_count && at == UINT32_MAX; i++)
                if (p->els[i].frag >= 0) at = p->frags[p->els[i].frag].start;
            items_inline(p, arena, true);
            for (uint32_t i = 0; *from && i < p->el_count; i++)
                if (p->els[i].frag >= 0 && p->els[i].flags & EL_MAIN &&
                    p->frags[p->els[i].frag].start >= at) {
                    *from = i;
                    break;
                }
            f.els = p->els;
            f.from = *from;
            f.count = p->el_count;
        }
        f.allowed = BREAKS_ALL;
    } else f.tolerance = 5;
    n = linebreak_run(sc->fit, &f, out);
    if (n) return n;
    f.tolerance = 20;
    f.force = true;
    return linebreak_run(sc->fit, &f, out);
}

uint32_t para_breaks(struct para *p, struct arena *arena, const struct chosen **out) {
    uint32_t from = 0;
    return break_lines(p, arena, &from, out);
}

static struct para_piece para_break(struct para *p, struct arena *arena, uint32_t from, mpt ix) {
    struct para_piece none = {.kind = PARA_LINES};
    const struct chosen *c;
    if (!p->el_count) return none;
    uint32_t n = break_lines(p, arena, &from, &c);
    if (!n) return none;
    return linebox_lines(p, arena, from, ix, c, n, from);
}

/* XSL 1.1, 7.16.9: inside and outside are start and end, left and right go by
 * the writing mode. */
static uint16_t align_of(const struct fo_node *n, enum fo_token t) {
    bool rtl = fo_is(n, P_WRITING_MODE, E_RL_TB);
    switch (t) {
    case E_CENTER: case E_JUSTIFY: case E_END: return (uint16_t)t;
    case E_RIGHT: return rtl ? E_START : E_END;
    case E_LEFT: return rtl ? E_END : E_START;
    case E_OUTSIDE: return E_END;
    default: return E_START;
    }
}

static void set_alignment(struct para *p) {
    const struct fo_node *b = p->block;
    p->align = align_of(b, fo_token(b, P_TEXT_ALIGN));
    enum fo_token last = fo_token(b, P_TEXT_ALIGN_LAST);
    if (last == E_RELATIVE || !last) p->align_last = p->align == E_JUSTIFY ? E_START : p->align;
    else p->align_last = align_of(b, last);
    enum fo_token white = fo_token(b, P_WHITE_SPACE_TREATMENT);
    p->trims_start = white != E_PRESERVE && white != E_IGNORE_IF_BEFORE_LINEFEED;
    p->trims_end = white != E_PRESERVE && white != E_IGNORE_IF_AFTER_LINEFEED;
    p->rtl = fo_is(b, P_DIRECTION, E_RTL) || fo_is(b, P_WRITING_MODE, E_RL_TB);
    p->indent = fo_length(b, P_TEXT_INDENT, p->width);
    p->end_indent = fo_length(b, P_LAST_LINE_END_INDENT, p->width);
}

static void init_root(struct collected *c) {
    struct ibox *root = c->root = ARENA_NEW(c->arena, struct ibox);
    root->node = c->block;
    root->ts = tstyle_of(c->l, c->block);
    root->keep = root->ts->keep;
    root->ac = ARENA_NEW(c->arena, struct actx);
    actx_line(root->ac, root->ts);
    c->linefeed = fo_token(c->block, P_LINEFEED_TREATMENT);
    c->treatment = fo_token(c->block, P_WHITE_SPACE_TREATMENT);
    c->collapse = !fo_is(c->block, P_WHITE_SPACE_COLLAPSE, E_FALSE);
    c->after_linefeed = true;
}

static bool is_block(const struct collected *c, uint32_t i) {
    return i < c->part_count && c->parts[i].kind == PART_BLOCK;
}

static struct para *para_new(struct collected *c, uint32_t from, uint32_t to, bool first, uint32_t index) {
    struct para *p = ARENA_NEW(c->arena, struct para);
    p->l = c->l;
    p->block = c->block;
    p->root = c->root;
    p->text = c->text;
    p->parts = c->parts;
    p->part_from = from;
    p->part_to = to;
    p->width = c->width;
    p->first = first;
    p->has_bidi = c->has_controls;
    p->index = index;
    p->before_block = is_block(c, to);
    p->after_block = from > 0 && is_block(c, from - 1);
    set_alignment(p);
    return p;
}

static bool has_content(const struct collected *c, uint32_t from, uint32_t to) {
    bool framed = is_block(c, to) || (from > 0 && is_block(c, from - 1));
    for (uint32_t i = from; i < to; i++) {
        const struct ipart *part = &c->parts[i];
        if (part->kind == PART_TEXT ? part->end > part->start
                                    : part->kind != PART_OPEN && part->kind != PART_CLOSE)
            return true;
        if (part->box->edges && part->kind == PART_OPEN && !framed) return true;
    }
    return false;
}

static void add_piece(struct para_result *r, struct para_piece piece) {
    if (piece.kind == PARA_LINES && !piece.line_count) return;
    r->pieces[r->piece_count++] = piece;
}

/* Is the block the first (or last) thing in b? */
static bool at_edge(const struct collected *c, size_t i, const struct ibox *b, bool first) {
    for (i += first ? -1 : 1; i < c->part_count; i += first ? -1 : 1) {
        const struct ipart *k = &c->parts[i];
        if (k->kind == (first ? PART_OPEN : PART_CLOSE)) {
            if (k->box == b) return true;
        } else if (k->kind != PART_TEXT || k->end > k->start) return false;
    }
    return false;
}

static struct para_piece block_piece(const struct collected *c, size_t i) {
    const struct ipart *part = &c->parts[i];
    struct para_piece piece = {.kind = PARA_BLOCK, .block = part->node};
    uint32_t n = 0;
    for (const struct ibox *b = part->box; b->parent; b = b->parent) n += b->paints;
    if (!n) return piece;
    piece.frames = ARENA_ARRAY(c->arena, struct para_frame, n);
    piece.frame_count = n;
    for (const struct ibox *b = part->box; b->parent; b = b->parent)
        if (b->paints)
            piece.frames[--n] = (struct para_frame){b->node, at_edge(c, i, b, true), at_edge(c, i, b, false)};
    return piece;
}

enum { PIECES_MAX = 200 }; /* of a listing, at a time */

struct para_rest {
    struct collected c;
    uint32_t from, index;
};

/* Preserved lines of nothing but the block's own text: none needs another. */
static bool is_listing(const struct collected *c) {
    for (size_t i = 0; i < c->part_count; i++)
        if ((c->parts[i].kind != PART_TEXT && c->parts[i].kind != PART_BREAK) || c->parts[i].box != c->root) return false;
    return c->part_count > 4 * PIECES_MAX;
}

static void put_off(struct collected *c, struct para_result *r, uint32_t from, uint32_t index) {
    r->rest = ARENA_NEW(c->arena, struct para_rest);
    *r->rest = (struct para_rest){*c, from, index};
}

/* The parts from `from` on, the next paragraph of which is the index-th; a piece
 * or two a part, and not many more than PIECES_MAX when in_parts. */
static void break_pieces(struct collected *c, struct para_result *r, mpt ix, bool first, uint32_t from, uint32_t index, bool in_parts) {
    uint32_t n = (uint32_t)c->part_count, most = in_parts ? PIECES_MAX : n;
    r->pieces = ARENA_ARRAY(c->arena, struct para_piece, 2 * (size_t)most + 1);
    for (uint32_t i = from; i <= n; i++) {
        if (in_parts && r->piece_count >= PIECES_MAX && i == from) {
            put_off(c, r, from, index);
            return;
        }
        const struct ipart *part = i < n ? &c->parts[i] : NULL;
        if (part && part->kind != PART_BREAK && part->kind != PART_BLOCK) continue;
        bool forced = part && part->kind == PART_BREAK;
        if (forced || has_content(c, from, i)) {
            struct para *p = para_new(c, from, i, first && !r->piece_count, index++);
            p->forced_end = forced;
            items_inline(p, c->arena, false);
            if (p->first) first_line_style(c, p);
            add_piece(r, para_break(p, c->arena, 0, ix));
        }
        if (part && !forced) add_piece(r, block_piece(c, i));
        from = i + 1;
    }
}

struct para_result para_layout(struct layout *l, struct arena *arena, struct fo_node *block,
                               struct fo_node *child, struct fo_node **next, mpt ix, mpt iw, bool first, bool in_parts) {
    struct collected c = {.l = l, .arena = arena, .block = block, .width = iw};
    struct para_result r = {0};
    init_root(&c);
    *next = collect_inlines(&c, block, child);
    uint16_t *text = c.text;
    struct ipart *parts = c.parts;
    if (c.part_count) {
        c.text = arena_memdup(arena, text, c.n * sizeof *text);
        c.parts = arena_memdup(arena, parts, c.part_count * sizeof *parts);
        break_pieces(&c, &r, ix, first, 0, 0, in_parts && is_listing(&c));
    }
    mem_free(text);
    mem_free(parts);
    text_cache_trim(l->fonts);
    return r;
}

struct para_result para_more(struct arena *arena, const struct para_rest *rest, mpt ix, mpt iw) {
    struct collected c = rest->c;
    struct para_result r = {0};
    c.arena = arena;
    c.width = iw;
    break_pieces(&c, &r, ix, false, rest->from, rest->index, true);
    text_cache_trim(c.l->fonts);
    return r;
}

struct line *linebox_single(struct layout *l, struct arena *arena, struct fo_node *n, mpt base) {
    struct collected c = {.l = l, .arena = arena, .block = n, .width = base, .keeps_ends = true};
    init_root(&c);
    c.after_linefeed = false;
    collect_inlines(&c, n, n->first);
    uint16_t *text = c.text;
    struct ipart *parts = c.parts;
    c.text = arena_memdup(arena, text, c.n * sizeof *text);
    c.parts = arena_memdup(arena, parts, c.part_count * sizeof *parts);
    struct para *p = para_new(&c, 0, (uint32_t)c.part_count, false, 0);
    mem_free(text);
    mem_free(parts);
    p->trims_start = p->trims_end = false;
    p->align = p->align_last = E_JUSTIFY;
    items_inline(p, arena, false);
    if (!p->el_count) return NULL;
    int64_t w = 0;
    for (uint32_t i = 0; i < p->el_count; i++)
        if (p->els[i].kind != EL_PENALTY) w += p->els[i].w;
    p->width = mpt_clamp(w);
    struct chosen whole = {.end = p->el_count - 1};
    return linebox_lines(p, arena, 0, 0, &whole, 1, 0).lines;
}

struct para_piece para_rebreak(struct layout *l, struct arena *arena, struct para *old, uint32_t from, mpt ix,
                               mpt iw) {
    (void)l;
    struct para *p = ARENA_NEW(arena, struct para);
    *p = *old;
    p->width = iw;
    if (from) {
        p->first = false;
        while (from < p->el_count && p->els[from].kind != EL_BOX) from++;
    }
    /* the room at the paragraph's end is that of its line */
    if (p->el_count && p->align_last != E_JUSTIFY && !(p->align == E_CENTER)) {
        p->els = arena_memdup(arena, old->els, old->el_count * sizeof *old->els);
        struct el *e = &p->els[p->el_count - 2];
        if (e->kind == EL_GLUE) e->stretch = iw > p->end_indent ? plus(iw, -(int64_t)p->end_indent) : 0;
    }
    return para_break(p, arena, from, ix);
}
