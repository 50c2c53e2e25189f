/* Boxes of inlines on a line: backgrounds, borders, links, ids. */
#include "layout/linepaint.h"

bool box_begins_here(const struct painter *pt, const struct ibox *b, uint32_t first) {
    return b->first_para == pt->lp.para->index && b->first_frag >= first;
}

bool box_ends_here(const struct painter *pt, const struct ibox *b, uint32_t last) {
    return b->last_para == pt->lp.para->index && b->last_frag <= last;
}

mpt paint_ix(const struct lpaint *lp, mpt x) {
    const struct canvas *c = &lp->p->c;
    return c->rl ? mpt_clamp((int64_t)c->x + c->width - x) : plus(x, -(int64_t)c->x);
}

static mpt rect_ix(const struct lpaint *lp, mpt x, mpt w) {
    return lp->p->c.rl ? paint_ix(lp, plus(x, w)) : paint_ix(lp, x);
}

mpt paint_baseline(const struct lpaint *lp, const struct actx *ac, mpt ascent) {
    if (!ac->parent) return lp->baseline;
    return mpt_clamp((int64_t)lp->baseline - actx_offset(ac, &lp->edges) - ac->point + ascent);
}

mpt paint_top(const struct lpaint *lp, const struct actx *ac) {
    return mpt_clamp((int64_t)lp->baseline - actx_offset(ac, &lp->edges) - ac->point);
}

static struct box_slot *slot_of(struct painter *pt, struct ibox *b) {
    if (b->mark != pt->sc->mark) {
        b->mark = pt->sc->mark;
        b->slot = pt->slot_n++;
        pt->sc->slots = mem_grow(pt->sc->slots, &pt->sc->slot_cap, pt->slot_n, sizeof *pt->slots);
        pt->slots = pt->sc->slots;
        pt->slots[b->slot] =
            (struct box_slot){.box = b, .x0 = MPT_MAX, .x1 = -MPT_MAX, .y0 = MPT_MAX, .y1 = -MPT_MAX};
    }
    return &pt->slots[b->slot];
}

static void extend(struct painter *pt, struct ibox *b, const struct unit *u) {
    const struct actx *ac = b->ac;
    if (u->frag >= 0 && unit_frag(pt, u)->object) ac = unit_frag(pt, u)->object->ac;
    for (b = b->visible; b; b = b->parent ? b->parent->visible : NULL) {
        struct box_slot *s = slot_of(pt, b);
        if (u->x < s->x0) s->x0 = u->x;
        if (plus(u->x, u->w) > s->x1) s->x1 = plus(u->x, u->w);
        if (!b->link) continue;
        mpt top = paint_top(&pt->lp, ac);
        if (top < s->y0) s->y0 = top;
        if (plus(top, ac->height) > s->y1) s->y1 = plus(top, ac->height);
    }
}

void boxes_measure(struct painter *pt) {
    uint32_t first = UINT32_MAX, last = 0;
    pt->sc->mark++;
    pt->slot_n = 0;
    for (uint32_t i = 0; i < pt->n; i++) {
        const struct unit *u = &pt->units[i];
        extend(pt, u->box, u);
        if (u->frag < 0) continue;
        if ((uint32_t)u->frag < first) first = (uint32_t)u->frag;
        if ((uint32_t)u->frag > last) last = (uint32_t)u->frag;
    }
    for (uint32_t i = 0; i < pt->slot_n; i++) {
        pt->slots[i].begins = box_begins_here(pt, pt->slots[i].box, first);
        pt->slots[i].ends = box_ends_here(pt, pt->slots[i].box, last);
    }
}

void box_draw(struct lpaint *lp, const struct fo_node *n, const struct edges *e, mpt x, mpt w, mpt top,
                     mpt height, bool begins, bool ends) {
    struct box_paint b = {.node = n, .tag = TAG_ARTIFACT};
    if (e) b.edges = *e;
    for (int side = SIDE_START; side <= SIDE_END; side++) {
        if (side == SIDE_START ? begins : ends) continue;
        if (!b.edges.border_keeps[side]) b.edges.border[side] = 0;
        if (!b.edges.padding_keeps[side]) b.edges.padding[side] = 0;
    }
    if (height == 0 && w == 0) return;
    b.ix = rect_ix(lp, x, w);
    b.by = mpt_clamp((int64_t)top - lp->p->c.y - edges_width(&b.edges, SIDE_BEFORE));
    b.iw = w;
    b.bh =
        mpt_clamp((int64_t)height + edges_width(&b.edges, SIDE_BEFORE) + edges_width(&b.edges, SIDE_AFTER));
    paint_box(lp->l, &lp->p->c, &b, false, NULL);
}

/* What one node adds to the text of a link. */
static void put_node_text(struct layout *l, struct buf *b, const struct fo_node *n) {
    const char *text = n->style && n->element != FO_TEXT ? fo_string(n, P_FOX_ALT_TEXT) : NULL;
    if (n->element == FO_PAGE_NUMBER_CITATION) {
        const char *id = fo_string(n, P_REF_ID);
        const struct id_entry *e = id ? ids_find(l, id) : NULL;
        text = e ? e->first_label : NULL;
    }
    size_t size = text ? strlen(text) : 0;
    if (n->element == FO_TEXT) text = n->text, size = n->text_len;
    for (size_t i = 0; i < size && b->n < 200; i++) { /* white space as one blank, none at the start */
        bool blank = strchr(" \t\r\n", text[i]) != NULL;
        if (!blank) buf_char(b, text[i]);
        else if (b->n && b->p[b->n - 1] != ' ') buf_char(b, ' ');
    }
}

/* What a link is, for those who do not see it (ISO 14289-1, 7.18.5). */
static const char *link_contents(struct layout *l, struct arena *arena, struct fo_node *link) {
    const char *alt = fo_string(link, P_FOX_ALT_TEXT);
    if (alt && *alt) return arena_strdup(arena, alt);
    struct buf b = {0};
    for (struct fo_node *n = link->first; n && b.n < 200;) {
        put_node_text(l, &b, n);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != link && !n->next) n = n->parent;
        n = n == link ? NULL : n->next;
    }
    while (b.n && (b.p[b.n - 1] == ' ' || utf8_check(b.p, b.n) < b.n)) b.p[--b.n] = 0;
    const char *dest = fo_string(link, P_EXTERNAL_DESTINATION);
    if (!b.n && dest) buf_str(&b, dest);
    char *out = arena_strdup(arena, buf_cstr(&b));
    buf_free(&b);
    return out;
}

static void add_link(struct painter *pt, const struct box_slot *s) {
    struct lpaint *lp = &pt->lp;
    struct fo_node *n = s->box->node;
    const char *uri = fo_string(n, P_EXTERNAL_DESTINATION), *dest = fo_string(n, P_INTERNAL_DESTINATION);
    bool inside = dest && *dest;
    if (!inside && !(uri && *uri)) return;
    struct arena *arena = lp->p->c.arena;
    struct area_link *a = area_add_link(arena, lp->p->c.list, placer_tag(lp->p, n), n->pos);
    const struct offset *by = &s->box->moved;
    a->rect = (struct rect){plus(s->x0, by->x), plus(s->y0, by->y), plus(s->x1, -(int64_t)s->x0), plus(s->y1, -(int64_t)s->y0)};
    if (inside) a->dest = arena_strdup(arena, dest);
    else a->uri = arena_strdup(arena, uri);
    a->contents = link_contents(lp->l, arena, n);
}

static void enter_box(struct painter *pt, struct box_slot *s) {
    struct lpaint *lp = &pt->lp;
    struct ibox *b = s->box;
    mpt top = paint_top(lp, b->ac);
    s->done = true;
    if (b->has_id) {
        if (s->begins) place_id(lp->p, b->node, paint_ix(lp, s->x0), plus(top, -(int64_t)lp->p->c.y));
        else place_id_again(lp->p, b->node);
        place_markers(lp->p, b->node, true, s->begins);
    }
    if (!b->paints || b->ts->hidden || b->character) return;
    box_draw(lp, b->node, b->edges, s->x0, plus(s->x1, -(int64_t)s->x0), top, b->ac->height, s->begins,
             s->ends);
}

void boxes_leave(struct painter *pt) {
    for (uint32_t i = 0; i < pt->slot_n; i++) {
        struct box_slot *s = &pt->slots[i];
        if (s->box->link) add_link(pt, s);
        if (s->box->has_id) place_markers(pt->lp.p, s->box->node, false, s->ends);
    }
}

void boxes_enter(struct painter *pt, struct ibox *b) {
    if (!b->visible) return;
    struct ibox *chain[16];
    int n = 0;
    bool more = true;
    while (more) { /* outermost first, sixteen at a time */
        n = 0;
        more = false;
        for (struct ibox *v = b->visible; v; v = v->parent ? v->parent->visible : NULL) {
            if (pt->slots[v->slot].done) break;
            if (n == 16) {
                memmove(chain, chain + 1, sizeof chain - sizeof *chain);
                n--;
                more = true;
            }
            chain[n++] = v;
        }
        if (n) text_flush(pt, false);
        while (n > 0) enter_box(pt, &pt->slots[chain[--n]->slot]);
    }
}
