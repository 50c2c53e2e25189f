/* Marks above marks (Vietnamese capitals above all) may pass their line.  Room
 * for them is made only with s:line-clearance="glyphs"; otherwise it is said,
 * once a style. */
#include "layout/para.h"

#include <unicode/uchar.h>

struct ink {
    mpt above, below; /* of the baseline */
};

static struct ink ink_of(const struct para *p, const struct frag *f) {
    const struct tstyle *ts = f->box->ts;
    const struct shaped *s = text_shape(f->font, p->text + f->word_start, f->word_end - f->word_start,
                                        f->script, ts->bcp47, ts->features | (f->level & 1 ? TEXT_RTL : 0));
    int32_t above = 0, below = 0;
    font_ink(f->font, s->glyphs, s->count, &above, &below);
    return (struct ink){glyph_mpt(f->font, above, ts->size), glyph_mpt(f->font, below, ts->size)};
}

/* How far the text of a fragment is above the line's baseline. */
static mpt rise_of(const struct para *p, const struct frag *f) {
    struct line_edges e = {p->root->ac->own.altitude, p->root->ac->own.depth};
    const struct actx *ac = f->box->ac;
    if (!ac->parent) return 0;
    return mpt_clamp((int64_t)actx_offset(ac, &e) + ac->point - f->box->ts->ascent);
}

static bool has_stacked_marks(const struct para *p, const struct frag *f) {
    for (uint32_t i = f->start; i < f->end; i++)
        if (p->text[i] >= 0x1EA0 && p->text[i] <= 0x1EF9 && u_isupper(p->text[i])) return true;
    return false;
}

static void tell(const struct para *p, const struct frag *f, mpt by) {
    struct tstyle *ts = (struct tstyle *)f->box->ts;
    struct buf b = {0}, n = {0};
    buf_milli(&n, by);
    buf_fmt(&b,
            "marks above capitals pass their line by %s pt; a higher line-height or "
            "s:line-clearance=\"glyphs\" makes room",
            buf_cstr(&n));
    diag_add(p->l->diags, DIAG_LAYOUT_NOTE, p->block->pos, buf_cstr(&b));
    ts->told = true;
    buf_free(&b);
    buf_free(&n);
}

/* lead and follow of the line with elements from..to; half: the half-leading
 * that is there as well. */
void clearance_apply(const struct para *p, uint32_t from, uint32_t to, mpt half, mpt *lead, mpt *follow) {
    bool wanted = fo_is(p->block, P_S_LINE_CLEARANCE, E_GLYPHS);
    for (uint32_t i = from; i <= to; i++) {
        const struct el *e = &p->els[i];
        if (e->kind != EL_BOX || !(e->flags & EL_MAIN)) continue;
        const struct frag *f = &p->frags[e->frag];
        if (f->kind != FRAG_WORD || f->start == f->end) continue;
        if (!wanted && (f->box->ts->told || !has_stacked_marks(p, f))) continue;
        struct ink ink = ink_of(p, f);
        mpt rise = rise_of(p, f);
        int64_t above = (int64_t)ink.above + rise - half, below = (int64_t)ink.below - rise - half;
        if (!wanted && above > *lead) tell(p, f, mpt_clamp(above - *lead));
        if (!wanted) continue;
        if (above > *lead) *lead = mpt_clamp(above);
        if (below > *follow) *follow = mpt_clamp(below);
    }
}
