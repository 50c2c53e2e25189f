/* Lines onto pages: units in visual order (UAX 9, L2), glyph runs, boxes of
 * inlines, links and ids.  Areas are made in logical order, so that what is
 * read is in order too. */
#include "layout/linepaint.h"

mpt line_stretched(double ratio, mpt stretch, mpt shrink) {
    double d = ratio > 0 ? ratio * stretch : ratio * shrink;
    return d > MPT_MAX ? MPT_MAX : d < -MPT_MAX ? -MPT_MAX : (mpt)d;
}

static mpt space_width(const struct painter *pt, const struct frag *f, double ratio) {
    if (f->start == f->end || ratio == 0) return f->w;
    uint16_t u = pt->lp.para->text[f->start];
    if (u != ' ' && u != 0xA0) return f->w;
    struct elastic w = f->box->ts->word;
    mpt one = line_stretched(ratio, w.stretch, w.shrink);
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
        if (ratio != 0)
            w += (int64_t)line_stretched(ratio, ts->letter.stretch, ts->letter.shrink) * f->letters;
        if (f->box->character) w += (int64_t)f->box->open + f->box->close;
        return mpt_clamp(w);
    case FRAG_OBJECT:
        if (o->ops->width) w = o->ops->width(&pt->lp, o);
        w += line_stretched(ratio, o->stretch, o->shrink);
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

/* Inlines open across the line's start (or end) show there what stays of their
 * borders and paddings; outermost first at the start. */
static void add_edges(struct painter *pt, struct ibox *b, uint32_t frag, bool at_start, uint8_t level) {
    uint32_t from = pt->n;
    for (b = b->visible; b; b = b->parent ? b->parent->visible : NULL) {
        mpt w = at_start ? b->again_open : b->again_close;
        if (b->character || !w || (at_start ? box_begins_here(pt, b, frag) : box_ends_here(pt, b, frag)))
            continue;
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
    while (last > 0 && unit_frag(pt, &pt->units[last - 1])->kind != FRAG_WORD &&
           unit_frag(pt, &pt->units[last - 1])->kind != FRAG_OBJECT)
        last--;
    for (uint32_t i = 0; i < pt->n; i++) {
        struct unit *u = &pt->units[i];
        u->ratio = ratio;
        if (u->frag >= 0) u->w = unit_width(pt, unit_frag(pt, u), ratio, i + 1 == last);
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
        if (u->frag < 0 || unit_frag(pt, u)->kind != FRAG_OBJECT) continue;
        struct inobj *o = unit_frag(pt, u)->object;
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

/* One line. --------------------------------------------------------------------------------- */

static void name_since(struct painter *pt, struct area *before, const char *component) {
    if (component) component_name(before ? before->next : pt->lp.p->c.list->first, component, NULL);
}

static void paint_object(struct painter *pt, const struct frag *f, const struct unit *u) {
    struct inobj *o = f->object;
    const struct edges *e = &o->edges;
    mpt top = paint_top(&pt->lp, o->ac), height = o->ac->height;
    text_flush(pt, false);
    if (o->node->id) place_id(pt->lp.p, o->node, paint_ix(&pt->lp, u->x), plus(top, -(int64_t)pt->lp.p->c.y));
    if (o->ts->hidden) return;
    if (o->edges_in_height) {
        top = plus(top, edges_width(e, SIDE_BEFORE));
        height = mpt_clamp((int64_t)height - edges_width(e, SIDE_BEFORE) - edges_width(e, SIDE_AFTER));
    }
    if (o->holds_text) {
        top = plus(pt->lp.baseline, -(int64_t)o->ts->ascent);
        height = plus(o->ts->ascent, o->ts->depth);
    }
    if (o->ts->has_edges || o->ts->has_background)
        box_draw(&pt->lp, o->node, e, u->x, u->w, top, height, true, true);
    mpt left = edges_width(e, f->level & 1 ? SIDE_END : SIDE_START);
    int64_t inner = (int64_t)u->w - edges_width(e, SIDE_START) - edges_width(e, SIDE_END);
    struct area *before = pt->lp.p->c.list->last;
    o->ops->paint(&pt->lp, o, plus(u->x, left), mpt_clamp(inner));
    name_since(pt, before, component_of(o->node));
}

/* What relative-position (7.13.5) moves is drawn where it stands, then moved. */
static struct offset offset_of(const struct painter *pt, const struct unit *u) {
    struct offset by = u->box->moved;
    const struct inobj *o = u->frag >= 0 ? unit_frag(pt, u)->object : NULL;
    if (!o) return by;
    struct offset own = position_relative(o->node, pt->lp.line->iw, pt->lp.l->area_height);
    return (struct offset){plus(by.x, own.x), plus(by.y, own.y)};
}

static void move_since(struct painter *pt, struct area *mark, struct offset by) {
    if (!by.x && !by.y) return;
    text_flush(pt, false);
    position_shift(pt->lp.p->c.arena, pt->lp.p->c.list, mark, by, pt->lp.para->block->pos);
}

static void paint_unit(struct painter *pt, const struct unit *u, bool last) {
    boxes_enter(pt, u->box);
    if (u->frag < 0) return;
    const struct frag *f = unit_frag(pt, u);
    switch (f->kind) {
    case FRAG_SPACE: text_add_space(pt, f, u); break;
    case FRAG_WORD: text_add_word(pt, f, u, last && pt->lp.d->hyphen && f->hyphen); break;
    case FRAG_OBJECT: paint_object(pt, f, u); break;
    default: break;
    }
}

static void paint_units(struct painter *pt, const struct unit *units, uint32_t last_word) {
    struct offset now = {0, 0};
    struct area *mark = NULL;
    for (uint32_t i = 0; i < pt->n; i++) {
        struct offset by = offset_of(pt, &units[i]);
        if (by.x != now.x || by.y != now.y) {
            move_since(pt, mark, now);
            text_flush(pt, false);
            mark = pt->lp.p->c.list->last;
            now = by;
        }
        paint_unit(pt, &units[i], i + 1 == last_word);
    }
    text_flush(pt, true);
    move_since(pt, mark, now);
}

/* What was painted is of a component, of the block or of an inline in it. */
static void name_line(struct painter *pt, struct area *before) {
    struct lpaint *lp = &pt->lp;
    struct area *from = before ? before->next : lp->p->c.list->first;
    struct fo_node *block = lp->para->block;
    const char *component = component_of(block);
    bool any = component != NULL;
    for (const struct area *a = from; a && !any; a = a->next) any = a->component != NULL;
    if (!any) return;
    struct area_line *line = ARENA_NEW(lp->p->c.arena, struct area_line);
    struct rect r = canvas_rect(&lp->p->c, lp->line->ix, lp->p->y, lp->line->iw, lp->line->height);
    const char *lang = lp->para->root->ts->bcp47;
    *line = (struct area_line){
        .x = r.x,
        .w = r.w,
        .paragraph = block,
        .tag = placer_tag(lp->p, block),
        .first = lp->para->first && lp->line->first_item == 0,
        .last = lp->d->last_line,
        .lang = lang ? str_intern(lang, strlen(lang)) : NULL,
        .component = component,
    };
    component_name(from, component, line);
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
    boxes_measure(&pt);
    struct area *before = p->c.list->last;
    uint32_t last_word = pt.n;
    while (last_word > 0 && (pt.units[last_word - 1].frag < 0 ||
                             unit_frag(&pt, &pt.units[last_word - 1])->kind != FRAG_WORD))
        last_word--;
    /* objects may lay out lines of their own: they must not take this line's units */
    struct unit *units = pt.units;
    struct box_slot *slots = pt.sc->slots;
    size_t unit_cap = pt.sc->unit_cap, slot_cap = pt.sc->slot_cap;
    pt.sc->units = NULL;
    pt.sc->slots = NULL;
    pt.sc->unit_cap = pt.sc->slot_cap = 0;
    paint_units(&pt, units, last_word);
    boxes_leave(&pt);
    name_line(&pt, before);
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
