/* Elements of total fit and the fragments they stand for.
 *
 * Which elements a space or a word's break comes to depends on the alignment:
 * ragged and centred lines get stretch at their open ends, so that they too
 * are chosen as a whole.  What the inlines open at a break keep of their
 * borders and paddings is part of the break's elements. */
#include "layout/items_inline.h"

enum { HYPHEN_PENALTY = 50, SOFT_PENALTY = 1 };

struct el *el_add(struct maker *m, unsigned kind, mpt w, int32_t frag, unsigned flags) {
    m->els = mem_grow(m->els, &m->cap, m->n + 1, sizeof *m->els);
    struct el *e = &m->els[m->n++];
    *e = (struct el){.w = w, .frag = frag, .kind = (uint8_t)kind, .flags = (uint8_t)flags};
    m->joint = -1;
    return e;
}

void el_box(struct maker *m, mpt w, int32_t frag, unsigned flags) {
    el_add(m, EL_BOX, w, frag, flags);
}

void el_aux_box(struct maker *m) {
    el_add(m, EL_BOX, 0, -1, EL_AUX);
}

void el_glue(struct maker *m, mpt w, mpt stretch, mpt shrink, int32_t frag, unsigned flags) {
    struct el *e = el_add(m, EL_GLUE, w, frag, flags);
    e->stretch = stretch;
    e->shrink = shrink;
}

void el_penalty(struct maker *m, mpt w, int16_t value, unsigned flags) {
    el_add(m, EL_PENALTY, w, -1, flags)->penalty = value;
}

void el_no_break(struct maker *m) {
    el_penalty(m, 0, NO_BREAK, EL_AUX);
}

/* The ends of a box that leaves traces: its first and last fragments, in
 * whichever of the block's paragraphs they stand. */
static void extend_box(struct maker *m, struct ibox *v) {
    uint32_t i = (uint32_t)m->frag_n, index = m->p->index;
    if (!v->seen || index < v->first_para || (index == v->first_para && v->epoch != m->epoch)) {
        v->first_para = index;
        v->first_frag = i;
        v->epoch = m->epoch;
    }
    if (!v->seen || index >= v->last_para) {
        v->last_para = index;
        v->last_frag = i;
    }
    v->seen = true;
}

struct frag *frag_new(struct maker *m, enum frag_kind kind, uint32_t start, uint32_t end,
                             struct ibox *b) {
    m->frags = mem_grow(m->frags, &m->frag_cap, m->frag_n + 1, sizeof *m->frags);
    struct frag *f = &m->frags[m->frag_n];
    *f = (struct frag){.start = start, .end = end, .box = b, .kind = (uint8_t)kind};
    for (struct ibox *v = b->visible; v; v = v->parent ? v->parent->visible : NULL) extend_box(m, v);
    m->frag_n++;
    return f;
}

int32_t frag_last(const struct maker *m) {
    return (int32_t)m->frag_n - 1;
}

struct elastic elastic_times(struct elastic e, int32_t k) {
    return (struct elastic){mpt_clamp((int64_t)e.opt * k), mpt_clamp((int64_t)e.stretch * k),
                            mpt_clamp((int64_t)e.shrink * k)};
}

/* Ends of a line at which the open inlines stop and start again. ------------- */

static bool has_ends(const struct ibox *b) {
    return b->line_start != 0 || b->line_end != 0;
}

/* A space at which a line may end.  kept: it stays at the next line's start. */
void items_breaking_space(struct maker *m, const struct ibox *b, int32_t frag, struct elastic w, bool kept) {
    mpt goes = kept ? 0 : w.opt, stays = kept ? w.opt : 0, ends = b->line_start + b->line_end;
    unsigned goes_flag = kept ? 0 : EL_MAIN, stays_flag = kept ? EL_MAIN : 0;
    bool split = kept || has_ends(b);
    if (m->align == E_CENTER) {
        el_glue(m, b->line_end, RAGGED_STRETCH, 0, -1, 0);
        el_penalty(m, 0, 0, EL_AUX);
        el_glue(m, goes - ends, -2 * RAGGED_STRETCH, 0, frag, goes_flag);
        el_aux_box(m);
        el_no_break(m);
        el_glue(m, b->line_start + stays, RAGGED_STRETCH, 0, frag, stays_flag);
        return;
    }
    if (m->align == E_START) {
        el_glue(m, b->line_end, RAGGED_STRETCH, 0, -1, 0);
        el_penalty(m, 0, 0, EL_AUX);
        el_glue(m, goes - ends, -RAGGED_STRETCH, 0, frag, goes_flag);
    } else {
        mpt shrink = m->align == E_JUSTIFY ? w.shrink : 0;
        if (split) {
            el_glue(m, b->line_end, 0, 0, -1, 0);
            el_penalty(m, 0, 0, EL_AUX);
        }
        el_glue(m, goes - (split ? ends : 0), w.stretch, shrink, frag, goes_flag);
    }
    if (!split) return;
    el_aux_box(m);
    el_no_break(m);
    el_glue(m, b->line_start + stays, 0, 0, frag, stays_flag);
}

/* A space within the line. */
void items_fixed_space(struct maker *m, int32_t frag, struct elastic w) {
    if (m->align != E_JUSTIFY) {
        el_box(m, w.opt, frag, EL_AUX | EL_MAIN);
        return;
    }
    el_aux_box(m);
    el_no_break(m);
    el_glue(m, w.opt, w.stretch, w.shrink, frag, EL_MAIN);
}

/* A break inside a word: `broken` is what it adds to the line, `whole` stands
 * there without it. */
void items_word_break(struct maker *m, const struct ibox *b, mpt broken, struct elastic whole, bool hyphen) {
    int16_t value = hyphen ? HYPHEN_PENALTY : SOFT_PENALTY;
    unsigned flags = hyphen ? EL_FLAGGED : 0;
    mpt ends = b->line_start + b->line_end;
    bool ragged = m->align == E_START || m->align == E_CENTER, split = has_ends(b) || m->align == E_CENTER;
    mpt open_end = ragged ? RAGGED_STRETCH : 0;
    if (!ragged && !split) {
        el_penalty(m, broken, value, flags);
        if (whole.opt || whole.stretch || whole.shrink)
            el_glue(m, whole.opt, whole.stretch, whole.shrink, -1, 0);
        return;
    }
    el_no_break(m);
    el_glue(m, b->line_end, open_end, 0, -1, m->align == E_CENTER ? EL_AUX : 0);
    el_penalty(m, broken, value, flags);
    mpt back = m->align == E_CENTER ? -2 * open_end : -open_end;
    el_glue(m, whole.opt - ends, ragged ? back : whole.stretch, ragged ? 0 : whole.shrink, -1, 0);
    if (!split) return;
    el_aux_box(m);
    el_no_break(m);
    el_glue(m, b->line_start, m->align == E_CENTER ? open_end : 0, 0, -1, EL_AUX);
}
