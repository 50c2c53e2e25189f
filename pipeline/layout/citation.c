/* fo:page-number, fo:page-number-citation and -citation-last (XSL 1.1, 6.6.10
 * to 6.6.12).
 *
 * A page not known yet is as wide as "MMM" when the line is broken; when its
 * label comes, the line gives way as its alignment has it, and never breaks
 * anew. */
#include "layout/citation.h"

struct number {
    struct inobj o;
    const char *ref; /* NULL: the page's own number */
    bool last, content;
};

static mpt chars_width(const struct tstyle *ts, const char *utf8) {
    const char *p = utf8, *end = utf8 + strlen(utf8);
    int64_t w = 0;
    while (p < end) w += char_width(ts, utf8_next(&p, end));
    return mpt_clamp(w);
}

void citation_fill(struct arena *arena, struct area_text *a, const char *utf8) {
    size_t n = strlen(utf8);
    uint16_t *text = ARENA_ARRAY(arena, uint16_t, n + 1);
    struct glyph *g = ARENA_ARRAY(arena, struct glyph, n + 1);
    const char *p = utf8, *end = utf8 + n;
    a->text_len = (uint32_t)utf16_from_utf8(text, utf8, n);
    uint32_t at = 0, count = 0;
    while (p < end) {
        uint32_t cp = utf8_next(&p, end), gid = font_glyph(a->font, cp);
        mpt w = glyph_mpt(a->font, font_advance(a->font, gid), a->size);
        g[count++] = (struct glyph){.gid = gid, .adv = w, .cluster = at};
        at += cp > 0xFFFF ? 2 : 1;
    }
    a->glyphs = g;
    a->glyph_count = count;
    a->text = text;
}

/* A line with open citations. -------------------------------------------------- */

struct knot { /* elastic space: x..x + w takes `stretch` of the line's */
    mpt x, w, stretch;
};
struct citation_line {
    struct area *first, *last;
    struct knot *knots;
    uint32_t knot_count;
    int64_t stretch;
    uint16_t align;
    bool rl;
    struct open_citation *open;
    struct dots *dots;
};
struct open_citation {
    struct pending pending;
    struct citation_line *line;
    struct open_citation *next;
    struct arena *arena;
    struct area_text *area;
    const struct tstyle *ts;
    mpt x0, x1;
};

struct move {
    const struct citation_line *line;
    mpt x0, x1, delta;
};

/* What justified spaces left of x give up. */
static int64_t taken(const struct move *m, mpt x) {
    const struct citation_line *l = m->line;
    double sum = 0;
    if (l->align != E_JUSTIFY || !l->stretch) return 0;
    for (uint32_t i = 0; i < l->knot_count && l->knots[i].x < x; i++) {
        const struct knot *k = &l->knots[i];
        double part = x >= k->x + k->w || k->w <= 0 ? 1 : (double)(x - k->x) / k->w;
        sum += part * k->stretch;
    }
    return (int64_t)(sum * m->delta / (double)l->stretch);
}

/* Where x goes. */
static mpt moved(const struct move *m, mpt x) {
    bool after = x >= m->x1;
    int64_t by = after ? m->delta : 0;
    uint16_t align = m->line->align;
    if (align == E_CENTER) by -= m->delta / 2;
    if ((align == E_END) != m->line->rl && align != E_CENTER && align != E_JUSTIFY) by -= m->delta;
    return mpt_clamp(x + by - taken(m, x));
}

static void move_text(const struct move *m, struct area_text *t) {
    mpt x = t->x;
    t->x = moved(m, x);
    if (m->line->align != E_JUSTIFY) return;
    struct glyph *g = (struct glyph *)t->glyphs;
    for (uint32_t i = 0; i < t->glyph_count; i++) {
        mpt next = x + g[i].adv;
        g[i].adv = moved(m, next) - moved(m, x);
        x = next;
    }
}

static void move_rect(const struct move *m, struct rect *r) {
    mpt x1 = moved(m, r->x + r->w);
    r->x = moved(m, r->x);
    r->w = x1 - r->x;
}

static void move_shape(const struct move *m, struct area_shape *s) {
    if (!s->path) {
        move_rect(m, &s->rect);
        return;
    }
    uint32_t points = 0;
    for (uint32_t i = 0; i < s->path->op_count; i++)
        points += s->path->ops[i] == PATH_CURVE ? 3 : s->path->ops[i] == PATH_CLOSE ? 0 : 1;
    mpt *xy = (mpt *)s->path->xy;
    for (uint32_t i = 0; i < points; i++) xy[2 * i] = moved(m, xy[2 * i]);
}

static void move_area(const struct move *m, struct area *a) {
    switch (a->kind) {
    case AREA_TEXT: move_text(m, (struct area_text *)a); break;
    case AREA_SHAPE: move_shape(m, (struct area_shape *)a); break;
    case AREA_IMAGE: move_rect(m, &((struct area_image *)a)->rect); break;
    case AREA_LINK: move_rect(m, &((struct area_link *)a)->rect); break;
    case AREA_DEST: {
        struct area_dest *d = (struct area_dest *)a;
        d->x = moved(m, d->x);
        break;
    }
    case AREA_GROUP: {
        struct area_group *g = (struct area_group *)a;
        g->m[4] += moved(m, (mpt)g->m[4]) - (mpt)g->m[4];
        break;
    }
    }
}

/* Dots keep their distance: there are more or fewer of them. */
static void refill_dots(const struct move *m, struct arena *arena, struct dots *d) {
    for (; d; d = d->next) {
        d->x0 = moved(m, d->x0);
        d->x1 = moved(m, d->x1);
        dots_fill(arena, d);
    }
}

static void resolve(struct pending *self, const char *label) {
    struct open_citation *c = (struct open_citation *)self;
    struct citation_line *l = c->line;
    struct move m = {l, c->x0, c->x1, 0};
    mpt w = chars_width(c->ts, label);
    c->area->text_len = c->area->glyph_count = 0;
    if (!*label) return; /* never placed: its room stays empty */
    m.delta = w - (c->x1 - c->x0);
    for (struct area *a = l->first; a && m.delta; a = a->next) {
        move_area(&m, a);
        if (a == l->last) break;
    }
    if (m.delta) refill_dots(&m, c->arena, l->dots);
    for (struct open_citation *k = l->open; k; k = k->next) {
        mpt old = k->x1 - k->x0;
        k->x0 = moved(&m, k->x0);
        k->x1 = k->x0 + (k == c ? w : old);
    }
    for (uint32_t i = 0; i < l->knot_count && m.delta; i++) {
        mpt end = moved(&m, l->knots[i].x + l->knots[i].w);
        l->knots[i].x = moved(&m, l->knots[i].x);
        l->knots[i].w = end - l->knots[i].x;
    }
    citation_fill(c->arena, c->area, label);
}

static int by_place(const void *a, const void *b) {
    mpt x = ((const struct knot *)a)->x, y = ((const struct knot *)b)->x;
    return (x > y) - (x < y);
}

void citation_close(struct lpaint *lp, struct area *before, const struct unit *units, uint32_t n) {
    struct citation_line *l = lp->cited;
    struct arena *arena = lp->p->page->arena;
    l->first = before ? before->next : lp->p->c.list->first;
    l->last = lp->p->c.list->last;
    l->align = lp->d->align;
    l->rl = lp->p->c.rl;
    l->dots = lp->dots;
    l->knots = ARENA_ARRAY(arena, struct knot, n);
    if (l->align != E_JUSTIFY) return;
    for (uint32_t i = 0; i < n; i++) {
        if (units[i].frag < 0) continue;
        const struct frag *f = &lp->para->frags[units[i].frag];
        const struct elastic *e = &f->box->ts->word;
        bool loose = lp->d->difference >= 0;
        mpt s = 0;
        if (f->kind == FRAG_SPACE && f->end > f->start) s = loose ? e->stretch : e->shrink;
        if (f->kind == FRAG_OBJECT) s = loose ? f->object->stretch : f->object->shrink;
        if (s <= 0) continue;
        struct knot k = {units[i].x, units[i].w, s};
        if (f->kind == FRAG_OBJECT) { /* its border and padding are stiff */
            mpt left = edges_width(&f->object->edges, lp->p->c.rl ? SIDE_END : SIDE_START);
            k.x = plus(k.x, left);
            k.w = mpt_clamp((int64_t)k.w - edges_width(&f->object->edges, SIDE_START) -
                            edges_width(&f->object->edges, SIDE_END));
        }
        l->knots[l->knot_count++] = k;
        l->stretch += s;
    }
    qsort(l->knots, l->knot_count, sizeof *l->knots, by_place);
}

/* The objects. -------------------------------------------------------------------- */

static const char *citation_label(struct id_entry *e, bool last, bool content) {
    return e && (!last || e->ended) ? ids_label(e, last, content) : NULL;
}

/* What stands there on the page being drawn; NULL: not known yet. */
static const char *label_now(const struct lpaint *lp, const struct number *n) {
    if (n->ref) return citation_label(ids_find(lp->l, n->ref), n->last, n->content);
    return lp->p->page->area->label ? lp->p->page->area->label : "";
}

static mpt number_width(struct lpaint *lp, struct inobj *o) {
    const char *label = label_now(lp, (struct number *)o);
    return label ? chars_width(o->ts, label) : o->width;
}

static void open_citation(struct lpaint *lp, struct number *n, mpt x, mpt w, mpt y, int32_t tag) {
    struct arena *arena = lp->p->page->arena;
    if (!lp->cited) lp->cited = ARENA_NEW(arena, struct citation_line);
    struct open_citation *c = ARENA_NEW(arena, struct open_citation);
    c->pending.id = arena_strdup(arena, n->ref);
    c->pending.last = n->last;
    c->pending.content = n->content;
    c->pending.pos = n->o.node->pos;
    c->pending.resolve = resolve;
    c->line = lp->cited;
    c->next = lp->cited->open;
    lp->cited->open = c;
    c->arena = arena;
    c->ts = n->o.ts;
    c->x0 = x;
    c->x1 = x + w;
    struct area_text *a = c->area = area_add_text(lp->p->c.arena, lp->p->c.list, tag, n->o.node->pos);
    a->x = x;
    a->y = y;
    a->font = n->o.ts->font;
    a->size = n->o.ts->size;
    a->color = n->o.ts->color;
    page_add_pending(lp->p->page, &c->pending);
}

static void number_paint(struct lpaint *lp, struct inobj *o, mpt x, mpt w) {
    struct number *n = (struct number *)o;
    const char *label = label_now(lp, n);
    mpt y = paint_baseline(lp, o->ac, o->ts->ascent);
    int32_t tag = placer_tag(lp->p, o->node);
    if (label) paint_chars(lp, o->ts, label, x, y, tag, o->node->pos);
    else open_citation(lp, n, x, w, y, tag);
    if (o->ts->deco.any) paint_decoration(lp, o->ts, x, w, y, o->node->pos);
}

static const struct inobj_ops number_ops = {number_width, number_paint};

static struct number *make(struct collected *c, struct fo_node *n, struct ibox *box, const char *planned) {
    struct number *x = (struct number *)object_new(c, sizeof *x, n, box);
    tag_of(c->l, n);
    x->o.ops = &number_ops;
    x->o.ac = actx_text(c->arena, n, x->o.ts, x->o.ts->line_height, box->ac);
    x->o.width = chars_width(x->o.ts, planned);
    return x;
}

/* The number of the page that is probably being filled. */
static void estimate(struct collected *c, struct fo_node *n, struct buf *b) {
    if (c->l->static_page && c->l->static_page->area->label) {
        buf_str(b, c->l->static_page->area->label);
        return;
    }
    while (n && n->element != FO_PAGE_SEQUENCE) n = n->parent;
    const char *format = n ? fo_string(n, P_FORMAT) : NULL;
    text_format_number(b, c->l->page_estimate > 0 ? c->l->page_estimate : 1, format ? format : "1", NULL, 0);
}

struct inobj *number_object(struct collected *c, struct fo_node *n, struct ibox *box) {
    struct buf b = {0};
    estimate(c, n, &b);
    struct number *x = make(c, n, box, buf_cstr(&b));
    buf_free(&b);
    return &x->o;
}

/* s:citation="exact": as wide as a round before has found it. */
static const char *exact_label(struct layout *l, const char *ref, bool last, bool content) {
    l->wants_exact = true;
    struct map_entry *e = l->exact ? map_find(l->exact, ref, strlen(ref)) : NULL;
    return e ? citation_label(e->value.ptr, last, content) : NULL;
}

struct inobj *citation_object(struct collected *c, struct fo_node *n, struct ibox *box) {
    const char *ref = fo_string(n, P_REF_ID);
    bool last = n->element == FO_PAGE_NUMBER_CITATION_LAST;
    bool content = !fo_is(n, P_PAGE_CITATION_STRATEGY, E_ALL);
    const char *label = citation_label(ids_known(c->l, ref ? ref : ""), last, content);
    if (!label && fo_is(n, P_S_CITATION, E_EXACT)) label = exact_label(c->l, ref ? ref : "", last, content);
    struct number *x = make(c, n, box, label ? label : "MMM");
    x->ref = ref ? ref : "";
    x->last = last;
    x->content = content;
    return &x->o;
}
