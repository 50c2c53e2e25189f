/* Lines onto pages: units in visual order (UAX 9, L2), glyph runs, boxes of
 * inlines, links and ids.  Areas are made in logical order, so that what is
 * read is in order too. */
#include "layout/citation.h"
#include "layout/para.h"

struct box_slot {
    struct ibox *box;
    mpt x0, x1, y0, y1;
    bool begins, ends, done;
};

/* Glyphs gathered to one area. */
struct gather {
    uint32_t glyph_n, text_n;
    const struct tstyle *ts;
    const struct ibox *box;
    struct font *font;
    mpt x, end, y;
    bool rtl, open, hyphen;
};

struct painter {
    struct lpaint lp;
    struct style_cache *sc;
    struct unit *units;
    uint32_t n;
    struct box_slot *slots;
    uint32_t slot_n;
    struct gather g;
};

static const struct frag *frag_of(const struct painter *pt, const struct unit *u) {
    return &pt->lp.para->frags[u->frag];
}

/* Widths. ------------------------------------------------------------------------ */

static mpt stretched(double ratio, mpt stretch, mpt shrink) {
    double d = ratio > 0 ? ratio * stretch : ratio * shrink;
    return d > MPT_MAX ? MPT_MAX : d < -MPT_MAX ? -MPT_MAX : (mpt)d;
}

static mpt space_width(const struct painter *pt, const struct frag *f, double ratio) {
    if (f->start == f->end || ratio == 0) return f->w;
    uint16_t u = pt->lp.para->text[f->start];
    if (u != ' ' && u != 0xA0) return f->w;
    struct elastic w = f->box->ts->word;
    mpt one = stretched(ratio, w.stretch, w.shrink);
    return mpt_clamp(f->w + (int64_t)one * (f->end - f->start));
}

static mpt unit_width(struct painter *pt, const struct frag *f, double ratio, bool last) {
    const struct tstyle *ts = f->box->ts;
    struct inobj *o = f->object;
    int64_t w = f->w;
    switch (f->kind) {
    case FRAG_SPACE: return space_width(pt, f, ratio);
    case FRAG_WORD:
        if (!last) w += f->kern;
        else if (pt->lp.d->hyphen && f->hyphen) w += ts->hyphen;
        if (ratio != 0) w += (int64_t)stretched(ratio, ts->letter.stretch, ts->letter.shrink) * f->letters;
        if (f->box->character) w += (int64_t)f->box->open + f->box->close;
        return mpt_clamp(w);
    case FRAG_OBJECT:
        if (o->ops->width) w = o->ops->width(&pt->lp, o);
        w += stretched(ratio, o->stretch, o->shrink);
        return mpt_clamp(w + edges_width(&o->edges, SIDE_START) + edges_width(&o->edges, SIDE_END));
    default: return f->w;
    }
}

static struct unit *add_unit(struct painter *pt, int32_t frag, struct ibox *box, uint8_t level) {
    pt->sc->units = mem_grow(pt->sc->units, &pt->sc->unit_cap, pt->n + 1, sizeof *pt->sc->units);
    pt->units = pt->sc->units;
    struct unit *u = &pt->units[pt->n++];
    *u = (struct unit){.frag = frag, .box = box, .level = level};
    return u;
}

static bool begins_here(const struct painter *pt, const struct ibox *b, uint32_t first) {
    return b->first_para == pt->lp.para->index && b->first_frag >= first;
}

static bool ends_here(const struct painter *pt, const struct ibox *b, uint32_t last) {
    return b->last_para == pt->lp.para->index && b->last_frag <= last;
}

/* Inlines open across the line's start (or end) show there what stays of their
 * borders and paddings; outermost first at the start. */
static void add_edges(struct painter *pt, struct ibox *b, uint32_t frag, bool at_start, uint8_t level) {
    uint32_t from = pt->n;
    for (b = b->visible; b; b = b->parent ? b->parent->visible : NULL) {
        mpt w = at_start ? b->again_open : b->again_close;
        if (b->character || !w || (at_start ? begins_here(pt, b, frag) : ends_here(pt, b, frag))) continue;
        struct unit *u = add_unit(pt, -1, b, level);
        u->w = w;
        u->opens = at_start;
    }
    if (!at_start) return;
    for (uint32_t i = from, j = pt->n; i + 1 < j; i++) {
        struct unit t = pt->units[i];
        pt->units[i] = pt->units[--j];
        pt->units[j] = t;
    }
}

static void list_units(struct painter *pt) {
    const struct para *p = pt->lp.para;
    const struct line_data *d = pt->lp.d;
    int32_t last = -1;
    for (uint32_t i = d->first; i < d->last; i++) {
        const struct el *e = &p->els[i];
        if (!(e->flags & EL_MAIN) || e->frag < 0) continue;
        const struct frag *f = &p->frags[e->frag];
        if (last < 0) add_edges(pt, f->box, (uint32_t)e->frag, true, f->level);
        last = e->frag;
        add_unit(pt, last, f->box, f->level);
    }
    if (last >= 0) add_edges(pt, p->frags[last].box, (uint32_t)last, false, p->frags[last].level);
}

/* Widths under a ratio; returns their sum. */
static int64_t set_widths(struct painter *pt, double ratio) {
    int64_t sum = 0;
    uint32_t last = pt->n;
    while (last > 0 && pt->units[last - 1].frag < 0) last--;
    while (last > 0 && frag_of(pt, &pt->units[last - 1])->kind != FRAG_WORD &&
           frag_of(pt, &pt->units[last - 1])->kind != FRAG_OBJECT)
        last--;
    for (uint32_t i = 0; i < pt->n; i++) {
        struct unit *u = &pt->units[i];
        u->ratio = ratio;
        if (u->frag >= 0) u->w = unit_width(pt, frag_of(pt, u), ratio, i + 1 == last);
        sum += u->w;
    }
    return sum;
}

/* Numbers are as wide as this page makes them: the line gives way as its
 * alignment has it. */
static int64_t number_variation(struct painter *pt) {
    int64_t delta = 0;
    for (uint32_t i = 0; i < pt->n; i++) {
        struct unit *u = &pt->units[i];
        if (u->frag < 0 || frag_of(pt, u)->kind != FRAG_OBJECT) continue;
        struct inobj *o = frag_of(pt, u)->object;
        if (o->ops->width) delta += (int64_t)o->ops->width(&pt->lp, o) - o->width;
    }
    return delta;
}

static double ratio_for(const struct line_data *d, int64_t difference) {
    if (difference > 0 && d->stretch > 0) return (double)difference / d->stretch;
    if (difference < 0 && d->shrink > 0) return difference < -d->shrink ? -1 : (double)difference / d->shrink;
    return 0;
}

/* Left edge of the content; sets widths and places the units. */
static void place_units(struct painter *pt, struct rect r) {
    const struct line_data *d = pt->lp.d;
    struct para *p = pt->lp.para;
    int64_t delta = number_variation(pt), indent = d->start_indent;
    double ratio = d->ratio;
    if (delta && d->align == E_END) indent -= delta;
    if (delta && d->align == E_CENTER) indent -= delta / 2;
    if (delta && d->align == E_JUSTIFY) ratio = ratio_for(d, d->difference - delta);
    int64_t sum = set_widths(pt, ratio);
    int64_t x = pt->lp.p->c.rl ? (int64_t)r.x + r.w - indent - sum : (int64_t)r.x + indent;
    pt->lp.left = mpt_clamp(x);
    uint32_t *order = NULL;
    if (p->has_bidi) {
        order = ARENA_ARRAY(pt->lp.p->c.arena, uint32_t, pt->n);
        uint8_t *levels = ARENA_ARRAY(pt->lp.p->c.arena, uint8_t, pt->n);
        for (uint32_t i = 0; i < pt->n; i++) levels[i] = pt->units[i].level;
        text_reorder(levels, pt->n, order);
    }
    for (uint32_t i = 0; i < pt->n; i++) {
        struct unit *u = &pt->units[order ? order[i] : i];
        u->x = mpt_clamp(x);
        x += u->w;
    }
}

/* Where things are on the canvas. --------------------------------------------------- */

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

static mpt top_of(const struct lpaint *lp, const struct actx *ac) {
    return mpt_clamp((int64_t)lp->baseline - actx_offset(ac, &lp->edges) - ac->point);
}

/* Boxes of inlines. ------------------------------------------------------------------ */

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
    if (u->frag >= 0 && frag_of(pt, u)->object) ac = frag_of(pt, u)->object->ac;
    for (b = b->visible; b; b = b->parent ? b->parent->visible : NULL) {
        struct box_slot *s = slot_of(pt, b);
        if (u->x < s->x0) s->x0 = u->x;
        if (plus(u->x, u->w) > s->x1) s->x1 = plus(u->x, u->w);
        if (!b->link) continue;
        mpt top = top_of(&pt->lp, ac);
        if (top < s->y0) s->y0 = top;
        if (plus(top, ac->height) > s->y1) s->y1 = plus(top, ac->height);
    }
}

static void set_slots(struct painter *pt) {
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
        pt->slots[i].begins = begins_here(pt, pt->slots[i].box, first);
        pt->slots[i].ends = ends_here(pt, pt->slots[i].box, last);
    }
}

static void draw_box(struct lpaint *lp, const struct fo_node *n, const struct edges *e, mpt x, mpt w, mpt top,
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

/* What a link is, for those who do not see it (ISO 14289-1, 7.18.5). */
static const char *link_contents(struct arena *arena, struct fo_node *link) {
    const char *alt = fo_string(link, P_FOX_ALT_TEXT);
    if (alt && *alt) return arena_strdup(arena, alt);
    struct buf b = {0};
    for (struct fo_node *n = link->first; n && b.n < 200;) {
        if (n->element == FO_TEXT) buf_put(&b, n->text, n->text_len < 200 ? n->text_len : 200);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != link && !n->next) n = n->parent;
        n = n == link ? NULL : n->next;
    }
    while (b.n && utf8_check(b.p, b.n) < b.n) b.p[--b.n] = 0;
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
    a->rect = (struct rect){s->x0, s->y0, plus(s->x1, -(int64_t)s->x0), plus(s->y1, -(int64_t)s->y0)};
    if (inside) a->dest = arena_strdup(arena, dest);
    else a->uri = arena_strdup(arena, uri);
    a->contents = link_contents(arena, n);
}

static void enter_box(struct painter *pt, struct box_slot *s) {
    struct lpaint *lp = &pt->lp;
    struct ibox *b = s->box;
    mpt top = top_of(lp, b->ac);
    s->done = true;
    if (b->has_id) {
        if (s->begins) place_id(lp->p, b->node, paint_ix(lp, s->x0), plus(top, -(int64_t)lp->p->c.y));
        else place_id_again(lp->p, b->node);
        place_markers(lp->p, b->node, true, s->begins);
    }
    if (!b->paints || b->ts->hidden || b->character) return;
    draw_box(lp, b->node, b->edges, s->x0, plus(s->x1, -(int64_t)s->x0), top, b->ac->height, s->begins,
             s->ends);
}

static void leave_boxes(struct painter *pt) {
    for (uint32_t i = 0; i < pt->slot_n; i++) {
        struct box_slot *s = &pt->slots[i];
        if (s->box->link) add_link(pt, s);
        if (s->box->has_id) place_markers(pt->lp.p, s->box->node, false, s->ends);
    }
}

/* Text. ---------------------------------------------------------------------------------- */

static void rule(struct lpaint *lp, struct rect r, struct color c, struct pos pos) {
    area_add_rect(lp->p->c.arena, lp->p->c.list, TAG_ARTIFACT, pos, r, c);
}

/* XSL 1.1, 7.17.4: strokes an eighth of the depth thick; half of it under, 1.1
 * and .45 cap heights over the baseline. */
void paint_decoration(struct lpaint *lp, const struct tstyle *ts, mpt x, mpt w, mpt y, struct pos pos) {
    const struct decoration *d = &ts->deco;
    mpt h = ts->depth / 8, up = h / 2;
    if (d->under) rule(lp, (struct rect){x, y + ts->depth / 2 - up, w, h}, d->under_color, pos);
    if (d->over)
        rule(lp, (struct rect){x, y - (mpt)(ts->cap_height * 11LL / 10) - up, w, h}, d->over_color, pos);
    if (d->through)
        rule(lp, (struct rect){x, y - (mpt)(ts->cap_height * 45LL / 100) - up, w, h}, d->through_color, pos);
}

static void put_glyph(struct painter *pt, struct glyph g) {
    struct style_cache *sc = pt->sc;
    sc->glyphs = mem_grow(sc->glyphs, &sc->glyph_cap, pt->g.glyph_n + 1, sizeof *sc->glyphs);
    sc->glyphs[pt->g.glyph_n++] = g;
}

static void put_units(struct painter *pt, const uint16_t *u, uint32_t n) {
    struct style_cache *sc = pt->sc;
    sc->text = mem_grow(sc->text, &sc->text_cap, pt->g.text_n + n, sizeof *sc->text);
    if (n) memcpy(sc->text + pt->g.text_n, u, n * sizeof *u);
    pt->g.text_n += n;
}

static uint32_t space_glyph(struct font *f, uint16_t u) {
    uint32_t gid = font_glyph(f, u);
    return gid ? gid : font_glyph(f, ' ');
}

static void put_space_glyph(struct painter *pt, uint16_t u, mpt w) {
    put_glyph(pt, (struct glyph){.gid = space_glyph(pt->g.font, u), .adv = w, .cluster = pt->g.text_n});
    put_units(pt, &u, 1);
}

static void flush(struct painter *pt, bool line_end) {
    struct gather *g = &pt->g;
    struct lpaint *lp = &pt->lp;
    if (!g->open) return;
    g->open = false;
    mpt end = g->end;
    if (line_end && lp->d->ends_with_space && !g->rtl && !g->hyphen) put_space_glyph(pt, ' ', g->ts->space);
    struct pos pos = g->box->node->pos;
    if (g->glyph_n && !g->ts->hidden) {
        struct arena *arena = lp->p->c.arena;
        struct area_text *a = area_add_text(arena, lp->p->c.list, placer_tag(lp->p, g->box->node), pos);
        a->x = g->x;
        a->y = g->y;
        a->font = g->font;
        a->size = g->ts->size;
        a->color = g->ts->color;
        a->glyphs = arena_memdup(arena, pt->sc->glyphs, g->glyph_n * sizeof *a->glyphs);
        a->glyph_count = g->glyph_n;
        a->text = arena_memdup(arena, pt->sc->text, g->text_n * sizeof *a->text);
        a->text_len = g->text_n;
        a->rtl = g->rtl;
        a->hyphen = g->hyphen;
    }
    if (g->ts->deco.any && !g->ts->hidden) paint_decoration(lp, g->ts, g->x, end - g->x, g->y, pos);
}

/* The open area takes what starts at x in this box and font, or a new one does. */
static void gather_at(struct painter *pt, const struct frag *f, mpt x, mpt w) {
    struct gather *g = &pt->g;
    bool rtl = f->level & 1;
    struct font *font = f->font ? f->font : f->box->ts->font;
    int64_t off = (int64_t)x - g->end;
    if (!g->open || g->box != f->box || g->font != font || rtl || g->rtl || off > 2 || off < -2) {
        flush(pt, false);
        *g = (struct gather){.ts = f->box->ts, .box = f->box, .font = font, .x = x, .rtl = rtl, .open = true};
        g->y = paint_baseline(&pt->lp, f->box->ac, f->box->ts->ascent);
    }
    g->end = plus(x, w);
}

static void add_space(struct painter *pt, const struct frag *f, const struct unit *u) {
    if (f->start == f->end) {
        flush(pt, false);
        return;
    }
    gather_at(pt, f, u->x, u->w);
    uint32_t n = f->end - f->start;
    for (uint32_t i = 0; i < n; i++) {
        uint16_t c = pt->lp.para->text[f->start + i];
        if (c == 0x200B || c == 0x2060 || c == 0xFEFF) continue;
        put_space_glyph(pt, c, i + 1 < n ? u->w / (mpt)n : u->w - u->w / (mpt)n * (mpt)(n - 1));
    }
}

static void add_hyphen(struct painter *pt, const struct frag *f) {
    const struct tstyle *ts = f->box->ts;
    if (!ts->hyphen_char) return;
    static const uint16_t shy = 0xAD;
    put_glyph(pt, (struct glyph){.gid = font_glyph(pt->g.font, ts->hyphen_char), .adv = ts->hyphen,
                                 .cluster = pt->g.text_n});
    put_units(pt, &shy, 1);
    pt->g.hyphen = true;
}

static void add_word(struct painter *pt, const struct frag *f, const struct unit *u, bool hyphen) {
    const struct tstyle *ts = f->box->ts;
    const uint16_t *text = pt->lp.para->text;
    mpt x = u->x, w = u->w;
    if (f->box->character) {
        struct ibox *b = f->box;
        if (b->paints && !ts->hidden)
            draw_box(&pt->lp, b->node, b->edges, x, w, top_of(&pt->lp, b->ac), b->ac->height, true, true);
        x += b->open;
        w -= b->open + b->close;
    }
    gather_at(pt, f, x, w);
    uint32_t base = pt->g.text_n, from = f->start - f->word_start, to = f->end - f->word_start;
    const struct shaped *s = text_shape(f->font, text + f->word_start, f->word_end - f->word_start, f->script,
                                        ts->bcp47, ts->features | (f->level & 1 ? TEXT_RTL : 0));
    mpt letter = ts->letter.opt + stretched(u->ratio, ts->letter.stretch, ts->letter.shrink);
    int64_t sum = 0;
    uint32_t seen = UINT32_MAX, start = pt->g.glyph_n, clusters = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct glyph *sg = &s->glyphs[i];
        if (sg->cluster < from || sg->cluster >= to) continue;
        struct glyph g = {.gid = sg->gid, .adv = glyph_mpt(f->font, sg->adv, ts->size)};
        g.dx = sg->dx ? glyph_mpt(f->font, sg->dx, ts->size) : 0;
        g.dy = sg->dy ? glyph_mpt(f->font, sg->dy, ts->size) : 0;
        if (letter && sg->cluster != seen && clusters++ && pt->g.glyph_n > start) {
            pt->sc->glyphs[pt->g.glyph_n - 1].adv += letter;
            sum += letter;
        }
        seen = sg->cluster;
        g.cluster = base + sg->cluster - from;
        put_glyph(pt, g);
        sum += g.adv;
    }
    if (pt->g.glyph_n > start)
        pt->sc->glyphs[pt->g.glyph_n - 1].adv += mpt_clamp((int64_t)w - (hyphen ? ts->hyphen : 0) - sum);
    put_units(pt, text + f->start, f->end - f->start);
    if (hyphen) add_hyphen(pt, f);
}

/* Characters side by side, without kerning. */
void paint_chars(struct lpaint *lp, const struct tstyle *ts, const char *utf8, mpt x, mpt y, int32_t tag,
                 struct pos pos) {
    struct arena *arena = lp->p->c.arena;
    struct area_text *a = area_add_text(arena, lp->p->c.list, tag, pos);
    a->x = x;
    a->y = y;
    a->font = ts->font;
    a->size = ts->size;
    a->color = ts->color;
    citation_fill(arena, a, utf8);
}

/* One line. --------------------------------------------------------------------------------- */

static void enter_boxes(struct painter *pt, struct ibox *b) {
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
        if (n) flush(pt, false);
        while (n > 0) enter_box(pt, &pt->slots[chain[--n]->slot]);
    }
}

static void paint_object(struct painter *pt, const struct frag *f, const struct unit *u) {
    struct inobj *o = f->object;
    const struct edges *e = &o->edges;
    mpt top = top_of(&pt->lp, o->ac), height = o->ac->height;
    flush(pt, false);
    if (o->node->id) place_id(pt->lp.p, o->node, paint_ix(&pt->lp, u->x), plus(top, -(int64_t)pt->lp.p->c.y));
    if (o->ts->hidden) return;
    if (o->edges_in_height) {
        top = plus(top, edges_width(e, SIDE_BEFORE));
        height = mpt_clamp((int64_t)height - edges_width(e, SIDE_BEFORE) - edges_width(e, SIDE_AFTER));
    }
    if (o->ts->has_edges || o->ts->has_background)
        draw_box(&pt->lp, o->node, e, u->x, u->w, top, height, true, true);
    mpt left = edges_width(e, f->level & 1 ? SIDE_END : SIDE_START);
    int64_t inner = (int64_t)u->w - edges_width(e, SIDE_START) - edges_width(e, SIDE_END);
    o->ops->paint(&pt->lp, o, plus(u->x, left), mpt_clamp(inner));
}

static void paint_unit(struct painter *pt, const struct unit *u, bool last) {
    enter_boxes(pt, u->box);
    if (u->frag < 0) return;
    const struct frag *f = frag_of(pt, u);
    switch (f->kind) {
    case FRAG_SPACE: add_space(pt, f, u); break;
    case FRAG_WORD: add_word(pt, f, u, last && pt->lp.d->hyphen && f->hyphen); break;
    case FRAG_OBJECT: paint_object(pt, f, u); break;
    default: break;
    }
}

static void place_line(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                       bool at_start, bool at_end) {
    (void)first, (void)last, (void)at_start, (void)at_end;
    struct line *line = (struct line *)t;
    struct painter pt = {.lp = {.l = p->l, .p = p, .line = line, .para = line->para, .d = line->data}};
    struct line_data *d = line->data;
    pt.sc = style_cache_of(p->l);
    struct rect r = canvas_rect(&p->c, line->ix, p->y, line->iw, line->height);
    pt.lp.top = r.y;
    pt.lp.baseline = mpt_clamp((int64_t)r.y + d->half_leading + d->lead);
    pt.lp.edges = (struct line_edges){d->lead, plus(d->lead, -(int64_t)d->height)};
    list_units(&pt);
    if (!pt.n) return;
    place_units(&pt, r);
    set_slots(&pt);
    struct area *before = p->c.list->last;
    uint32_t last_word = pt.n;
    while (last_word > 0 && (pt.units[last_word - 1].frag < 0 ||
                             frag_of(&pt, &pt.units[last_word - 1])->kind != FRAG_WORD))
        last_word--;
    /* objects may lay out lines of their own: they must not take this line's units */
    struct unit *units = pt.units;
    struct box_slot *slots = pt.sc->slots;
    size_t unit_cap = pt.sc->unit_cap, slot_cap = pt.sc->slot_cap;
    pt.sc->units = NULL;
    pt.sc->slots = NULL;
    pt.sc->unit_cap = pt.sc->slot_cap = 0;
    for (uint32_t i = 0; i < pt.n; i++) paint_unit(&pt, &units[i], i + 1 == last_word);
    flush(&pt, true);
    leave_boxes(&pt);
    if (pt.lp.cited) citation_close(&pt.lp, before, units, pt.n);
    mem_free(pt.sc->units);
    mem_free(pt.sc->slots);
    pt.sc->units = units;
    pt.sc->slots = slots;
    pt.sc->unit_cap = unit_cap;
    pt.sc->slot_cap = slot_cap;
}

const struct thing_ops line_ops = {.place = place_line};

struct line *line_of(struct thing *t) {
    return t && t->ops == &line_ops ? (struct line *)t : NULL;
}
