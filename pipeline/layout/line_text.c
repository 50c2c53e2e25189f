/* Text on a line: glyph runs and decoration (XSL 1.1, 7.17). */
#include "layout/linepaint.h"

static void rule(struct lpaint *lp, struct rect r, struct color c, struct pos pos) {
    area_add_rect(lp->p->c.arena, lp->p->c.list, TAG_ARTIFACT, pos, r, c);
}

/* XSL 1.1, 7.17.4: strokes an eighth of the depth thick; half of it under, 1.1
 * and .45 cap heights over the baseline. */
void paint_decoration(struct lpaint *lp, const struct tstyle *ts, mpt x, mpt w, mpt y, struct pos pos) {
    const struct decoration *d = &ts->deco;
    mpt h = ts->font_depth / 8, up = h / 2;
    if (d->under) rule(lp, (struct rect){x, y + ts->font_depth / 2 - up, w, h}, d->under_color, pos);
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

void text_flush(struct painter *pt, bool line_end) {
    struct gather *g = &pt->g;
    struct lpaint *lp = &pt->lp;
    if (!g->open) return;
    g->open = false;
    mpt end = g->end;
    if (line_end && lp->d->ends_with_space && !g->rtl && !g->hyphen) put_space_glyph(pt, ' ', g->ts->space);
    struct pos pos = g->box->node->pos;
    struct area *before = lp->p->c.list->last;
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
    if (g->ts->deco.any && !g->ts->hidden && !g->bare) paint_decoration(lp, g->ts, g->x, end - g->x, g->y, pos);
    if (!g->box->parent) return; /* of the block: named with its line */
    const char *component = component_of(g->box->node);
    if (component) component_name(before ? before->next : lp->p->c.list->first, component, NULL);
}

/* The open area takes what starts at x in this box and font, or a new one does. */
static void gather_at(struct painter *pt, const struct frag *f, mpt x, mpt w) {
    struct gather *g = &pt->g;
    bool rtl = f->level & 1;
    struct font *font = f->font ? f->font : f->box->ts->font;
    int64_t off = (int64_t)x - g->end;
    if (!g->open || g->box != f->box || g->font != font || rtl || g->rtl || g->bare || off > 2 || off < -2) {
        text_flush(pt, false);
        *g = (struct gather){.ts = f->box->ts, .box = f->box, .font = font, .x = x, .rtl = rtl, .open = true};
        g->y = paint_baseline(&pt->lp, f->box->ac, f->box->ts->ascent);
    }
    g->end = plus(x, w);
}

void text_add_space(struct painter *pt, const struct frag *f, const struct unit *u) {
    if (f->start == f->end) {
        text_flush(pt, false);
        return;
    }
    const struct tstyle *ts = f->box->ts;
    bool bare = ts->deco.any && !ts->scores_spaces;
    if (bare) text_flush(pt, false);
    gather_at(pt, f, u->x, u->w);
    pt->g.bare = bare;
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

void text_add_word(struct painter *pt, const struct frag *f, const struct unit *u, bool hyphen) {
    const struct tstyle *ts = f->box->ts;
    const uint16_t *text = pt->lp.para->text;
    mpt x = u->x, w = u->w;
    if (f->box->character) {
        struct ibox *b = f->box;
        if (b->paints && !ts->hidden)
            box_draw(&pt->lp, b->node, b->edges, x, w, paint_top(&pt->lp, b->ac), b->ac->height, true, true);
        x += b->open;
        w -= b->open + b->close;
    }
    gather_at(pt, f, x, w);
    uint32_t base = pt->g.text_n, from = f->start - f->word_start, to = f->end - f->word_start;
    const struct shaped *s = text_shape(f->font, text + f->word_start, f->word_end - f->word_start, f->script,
                                        ts->bcp47, ts->features | (f->level & 1 ? TEXT_RTL : 0));
    mpt letter = ts->letter.opt + line_stretched(u->ratio, ts->letter.stretch, ts->letter.shrink);
    int64_t sum = 0;
    uint32_t seen = UINT32_MAX, start = pt->g.glyph_n, clusters = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct glyph *sg = &s->glyphs[i];
        if (sg->cluster < from || sg->cluster >= to) continue;
        struct glyph g = {.gid = sg->gid, .adv = glyph_advance(f->font, sg, ts->size)};
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
