/* Inline content to elements of total fit (XSL 1.1, 4.7.2). */
#include "layout/items_inline.h"

static void put_object(struct maker *m, const struct ipart *part) {
    struct inobj *o = part->object;
    mpt before = edges_width(&o->edges, SIDE_START), after = edges_width(&o->edges, SIDE_END);
    if (before <= 0 && !o->leader) items_join(m);
    struct frag *f = frag_new(m, FRAG_OBJECT, part->start, part->end, part->box);
    f->object = o;
    f->level = items_run_at(m, part->start)->level;
    f->w = o->width;
    int32_t index = frag_last(m);
    items_leaf_edge(m, before);
    if (o->leader) {
        bool elastic = m->align == E_JUSTIFY || !m->align;
        el_box(m, 0, index, EL_AUX | EL_ALIGN);
        el_no_break(m);
        el_glue(m, o->width, elastic ? o->stretch : 0, elastic ? o->shrink : 0, index, EL_MAIN);
        el_box(m, 0, index, EL_AUX | EL_ALIGN);
    } else
        el_box(m, o->width, index, EL_MAIN | EL_ALIGN);
    items_leaf_edge(m, after);
}

/* XSL 1.1, 7.12.5-6, 4.3.1: space at an inline's start or end. */
static void put_inline_space(struct maker *m, const struct ibox *b, bool start) {
    const struct fo_node *n = b->node;
    enum fo_prop p = start ? P_SPACE_START_OPTIMUM : P_SPACE_END_OPTIMUM;
    mpt w = fo_length(n, p, m->p->width);
    if (!w || n->element == FO_WRAPPER) return;
    if (fo_is(n, start ? P_SPACE_START_CONDITIONALITY : P_SPACE_END_CONDITIONALITY, E_RETAIN)) el_aux_box(m);
    bool seen = false;
    for (size_t i = m->n; i-- > 0 && !seen;) seen = m->els[i].kind == EL_BOX;
    if (!seen) return;
    struct frag *f = frag_new(m, FRAG_SPACE, m->base, m->base, (struct ibox *)(b->parent ? b->parent : b));
    f->w = w;
    int32_t index = frag_last(m);
    el_no_break(m);
    el_glue(m, w, 0, 0, index, EL_MAIN);
}

/* Between an inline's edge and a block in it there is nothing: the block's
 * frame has the edge. */
static bool edge_is_framed(const struct para *p, const struct ipart *part, bool open) {
    if (open ? !p->before_block : !p->after_block) return false;
    const struct ipart *end = open ? p->parts + p->part_to : p->parts + p->part_from - 1;
    for (const struct ipart *k = part; k != end; k += open ? 1 : -1)
        if (k->kind != part->kind) return false;
    return true;
}

static void put_edge(struct maker *m, const struct ipart *part, bool open) {
    struct ibox *b = part->box;
    mpt w = open ? b->open : b->close;
    if (w > 0 && edge_is_framed(m->p, part, open)) return;
    if (open) put_inline_space(m, b, true);
    if (b->edges && w > 0) {
        struct frag *f = frag_new(m, open ? FRAG_OPEN : FRAG_CLOSE, part->start, part->start, b);
        f->w = w;
        el_box(m, w, frag_last(m), EL_AUX | EL_MAIN);
    }
    if (!open) put_inline_space(m, b, false);
}

static void add_anchor(struct maker *m, const struct ipart *part) {
    size_t at = m->n;
    if (part->kind == PART_NOTE)
        for (size_t i = m->n; i-- > 0;) {
            const struct el *e = &m->els[i];
            if (e->kind != EL_BOX || (e->flags & EL_AUX) || e->frag < 0) continue;
            const struct ibox *b = m->frags[e->frag].box;
            while (b && b != part->box) b = b->parent;
            if (b) at = i;
            break;
        }
    if (at == m->n) {
        el_aux_box(m);
        at = m->n - 1;
    }
    m->anchors = mem_grow(m->anchors, &m->anchor_cap, m->anchor_n + 1, sizeof *m->anchors);
    m->anchors[m->anchor_n++] = (struct anchor){(uint32_t)at, part->node, part->kind == PART_FLOAT};
}

static void put_part(struct maker *m, const struct ipart *part) {
    switch (part->kind) {
    case PART_TEXT: items_text(m, part); break;
    case PART_CHAR: items_char(m, part); break;
    case PART_OBJECT: put_object(m, part); break;
    case PART_OPEN: put_edge(m, part, true); break;
    case PART_CLOSE: put_edge(m, part, false); break;
    case PART_EMPTY:
        frag_new(m, FRAG_EMPTY, part->start, part->end, part->box);
        el_box(m, 0, frag_last(m), EL_AUX | EL_ALIGN | EL_MAIN);
        break;
    case PART_NOTE: case PART_FLOAT: add_anchor(m, part); break;
    default: break;
    }
}

/* The paragraph's own beginning and end. -------------------------------------------- */

static void put_start(struct maker *m) {
    struct para *p = m->p;
    if (p->align == E_CENTER && p->align_last != E_JUSTIFY) el_glue(m, 0, RAGGED_STRETCH, 0, -1, 0);
    if (p->first && p->indent) el_box(m, p->indent, -1, 0);
    p->ignore_start = (uint32_t)m->n;
}

static bool has_box(const struct maker *m) {
    for (size_t i = 0; i < m->n; i++)
        if (m->els[i].kind == EL_BOX) return true;
    return false;
}

static void put_end(struct maker *m) {
    struct para *p = m->p;
    size_t before = m->n;
    if (p->align == E_CENTER && p->align_last != E_JUSTIFY) el_glue(m, 0, RAGGED_STRETCH, 0, -1, 0);
    else if (p->align_last != E_JUSTIFY) {
        el_penalty(m, 0, NO_BREAK, 0);
        el_glue(m, 0, p->width > p->end_indent ? plus(p->width, -(int64_t)p->end_indent) : 0, 0, -1, 0);
    }
    el_penalty(m, p->end_indent, -NO_BREAK, 0);
    p->ignore_end = (uint32_t)(m->n - before);
}

static void put_all(struct maker *m) {
    struct para *p = m->p;
    m->n = m->frag_n = m->anchor_n = 0;
    m->run = 0;
    m->joint = -1;
    m->epoch = ++style_cache_of(p->l)->epoch;
    put_start(m);
    for (uint32_t i = p->part_from; i < p->part_to; i++) put_part(m, &p->parts[i]);
    if (p->forced_end) {
        if (p->root->line_end) el_glue(m, p->root->line_end, 0, 0, -1, EL_AUX);
        if (!has_box(m)) el_glue(m, p->width, 0, p->width, -1, EL_AUX);
    }
    if (m->n > p->ignore_start) put_end(m);
    else m->n = 0;
}

void items_inline(struct para *p, struct arena *arena, bool hyphens) {
    struct maker m = {.p = p, .arena = arena};
    m.align = p->align == E_END ? E_START : p->align;
    if (p->align != E_JUSTIFY && p->align_last == E_JUSTIFY) m.align = 0;
    items_itemize(&m);
    put_all(&m);
    if (hyphens && m.n) {
        m.hyphens = items_hyphen_points(&m);
        put_all(&m);
    }
    p->els = arena_memdup(arena, m.els, m.n * sizeof *m.els);
    p->el_count = (uint32_t)m.n;
    p->frags = arena_memdup(arena, m.frags, m.frag_n * sizeof *m.frags);
    p->frag_count = (uint32_t)m.frag_n;
    p->anchors = arena_memdup(arena, m.anchors, m.anchor_n * sizeof *m.anchors);
    p->anchor_count = (uint32_t)m.anchor_n;
    p->hyphenated = hyphens;
    mem_free(m.els);
    mem_free(m.frags);
    mem_free(m.anchors);
}
