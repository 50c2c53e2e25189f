/* Inline content to elements of total fit (XSL 1.1, 4.7.2, 7.16, 7.17).
 *
 * Which elements a space, a word's part or a hyphen comes to depends on the
 * alignment: ragged and centred lines get stretch at their open ends, so that
 * they too are chosen as a whole.  What the inlines open at a break keep of
 * their borders and paddings is part of the break's elements. */
#include "layout/breaks.h"
#include "layout/para.h"

#include <unicode/uchar.h>

enum { WORD_MAX = 256, HYPHEN_PENALTY = 50, SOFT_PENALTY = 1, NO_BREAK = 1000 };
enum { LATIN = 0x4C61746E }; /* 'Latn' */

struct maker {
    struct para *p;
    struct arena *arena;
    uint16_t align; /* E_START (or end), E_CENTER, E_JUSTIFY, 0: only the last line is justified */
    struct el *els;
    size_t n, cap;
    struct frag *frags;
    size_t frag_n, frag_cap;
    struct anchor *anchors;
    size_t anchor_n, anchor_cap;
    uint32_t base; /* first unit of the paragraph's text */
    const uint8_t *breaks, *hyphens; /* by unit, from base; hyphens may be NULL */
    const struct text_run *runs;
    uint32_t run_count, run, epoch;
    int64_t joint; /* element of a box that a letter-space may follow, or -1 */
};

static struct el *add(struct maker *m, unsigned kind, mpt w, int32_t frag, unsigned flags) {
    m->els = mem_grow(m->els, &m->cap, m->n + 1, sizeof *m->els);
    struct el *e = &m->els[m->n++];
    *e = (struct el){.w = w, .frag = frag, .kind = (uint8_t)kind, .flags = (uint8_t)flags};
    m->joint = -1;
    return e;
}

static void box(struct maker *m, mpt w, int32_t frag, unsigned flags) {
    add(m, EL_BOX, w, frag, flags);
}

static void aux_box(struct maker *m) {
    add(m, EL_BOX, 0, -1, EL_AUX);
}

static void glue(struct maker *m, mpt w, mpt stretch, mpt shrink, int32_t frag, unsigned flags) {
    struct el *e = add(m, EL_GLUE, w, frag, flags);
    e->stretch = stretch;
    e->shrink = shrink;
}

static void penalty(struct maker *m, mpt w, int16_t value, unsigned flags) {
    add(m, EL_PENALTY, w, -1, flags)->penalty = value;
}

static void no_break(struct maker *m) {
    penalty(m, 0, NO_BREAK, EL_AUX);
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

static struct frag *new_frag(struct maker *m, enum frag_kind kind, uint32_t start, uint32_t end,
                             struct ibox *b) {
    m->frags = mem_grow(m->frags, &m->frag_cap, m->frag_n + 1, sizeof *m->frags);
    struct frag *f = &m->frags[m->frag_n];
    *f = (struct frag){.start = start, .end = end, .box = b, .kind = (uint8_t)kind};
    for (struct ibox *v = b->visible; v; v = v->parent ? v->parent->visible : NULL) extend_box(m, v);
    m->frag_n++;
    return f;
}

static int32_t last_frag(const struct maker *m) {
    return (int32_t)m->frag_n - 1;
}

static struct elastic times(struct elastic e, int32_t k) {
    return (struct elastic){mpt_clamp((int64_t)e.opt * k), mpt_clamp((int64_t)e.stretch * k),
                            mpt_clamp((int64_t)e.shrink * k)};
}

/* The run at unit i; runs are met in order. */
static const struct text_run *run_at(struct maker *m, uint32_t i) {
    while (m->run + 1 < m->run_count && m->runs[m->run].end <= i - m->base) m->run++;
    while (m->run > 0 && m->runs[m->run].start > i - m->base) m->run--;
    return &m->runs[m->run];
}

/* Ends of a line at which the open inlines stop and start again. ------------- */

static bool has_ends(const struct ibox *b) {
    return b->line_start != 0 || b->line_end != 0;
}

/* A space at which a line may end.  kept: it stays at the next line's start. */
static void breaking_space(struct maker *m, const struct ibox *b, int32_t frag, struct elastic w, bool kept) {
    mpt goes = kept ? 0 : w.opt, stays = kept ? w.opt : 0, ends = b->line_start + b->line_end;
    unsigned goes_flag = kept ? 0 : EL_MAIN, stays_flag = kept ? EL_MAIN : 0;
    bool split = kept || has_ends(b);
    if (m->align == E_CENTER) {
        glue(m, b->line_end, RAGGED_STRETCH, 0, -1, 0);
        penalty(m, 0, 0, EL_AUX);
        glue(m, goes - ends, -2 * RAGGED_STRETCH, 0, frag, goes_flag);
        aux_box(m);
        no_break(m);
        glue(m, b->line_start + stays, RAGGED_STRETCH, 0, frag, stays_flag);
        return;
    }
    if (m->align == E_START) {
        glue(m, b->line_end, RAGGED_STRETCH, 0, -1, 0);
        penalty(m, 0, 0, EL_AUX);
        glue(m, goes - ends, -RAGGED_STRETCH, 0, frag, goes_flag);
    } else {
        mpt shrink = m->align == E_JUSTIFY ? w.shrink : 0;
        if (split) {
            glue(m, b->line_end, 0, 0, -1, 0);
            penalty(m, 0, 0, EL_AUX);
        }
        glue(m, goes - (split ? ends : 0), w.stretch, shrink, frag, goes_flag);
    }
    if (!split) return;
    aux_box(m);
    no_break(m);
    glue(m, b->line_start + stays, 0, 0, frag, stays_flag);
}

/* A space within the line. */
static void fixed_space(struct maker *m, int32_t frag, struct elastic w) {
    if (m->align != E_JUSTIFY) {
        box(m, w.opt, frag, EL_AUX | EL_MAIN);
        return;
    }
    aux_box(m);
    no_break(m);
    glue(m, w.opt, w.stretch, w.shrink, frag, EL_MAIN);
}

/* A break inside a word: `broken` is what it adds to the line, `whole` stands
 * there without it. */
static void word_break(struct maker *m, const struct ibox *b, mpt broken, struct elastic whole, bool hyphen) {
    int16_t value = hyphen ? HYPHEN_PENALTY : SOFT_PENALTY;
    unsigned flags = hyphen ? EL_FLAGGED : 0;
    mpt ends = b->line_start + b->line_end;
    bool ragged = m->align == E_START || m->align == E_CENTER, split = has_ends(b) || m->align == E_CENTER;
    mpt open_end = ragged ? RAGGED_STRETCH : 0;
    if (!ragged && !split) {
        penalty(m, broken, value, flags);
        if (whole.opt || whole.stretch || whole.shrink)
            glue(m, whole.opt, whole.stretch, whole.shrink, -1, 0);
        return;
    }
    no_break(m);
    glue(m, b->line_end, open_end, 0, -1, m->align == E_CENTER ? EL_AUX : 0);
    penalty(m, broken, value, flags);
    mpt back = m->align == E_CENTER ? -2 * open_end : -open_end;
    glue(m, whole.opt - ends, ragged ? back : whole.stretch, ragged ? 0 : whole.shrink, -1, 0);
    if (!split) return;
    aux_box(m);
    no_break(m);
    glue(m, b->line_start, m->align == E_CENTER ? open_end : 0, 0, -1, EL_AUX);
}

/* Words. ------------------------------------------------------------------------ */

/* What follows this box in the same word takes a letter-space; after "-" and
 * "/" it makes a break. */
static void join(struct maker *m) {
    if (m->joint < 0) return;
    struct el *e = &m->els[m->joint];
    struct frag *f = &m->frags[e->frag];
    struct elastic letter = f->box->ts->letter;
    uint16_t last = m->p->text[f->end - 1];
    if (last == '-' || last == '/') {
        penalty(m, 0, HYPHEN_PENALTY, EL_FLAGGED);
        glue(m, letter.opt, letter.stretch, letter.shrink, -1, 0);
        f->kern += letter.opt;
    } else if (!letter.stretch && !letter.shrink && letter.opt) {
        e->w = mpt_clamp((int64_t)e->w + letter.opt);
        f->w = e->w;
        f->letters++;
    }
}

static void word_fragment(struct maker *m, struct frag *f, bool breaks, bool hyphen) {
    const struct tstyle *ts = f->box->ts;
    int32_t index = (int32_t)(f - m->frags);
    struct ibox *b = f->box;
    mpt kern = f->kern, hyphen_w = ts->hyphen;
    struct elastic letter = ts->letter;
    if (letter.stretch || letter.shrink) {
        struct elastic all = times(letter, f->letters);
        box(m, mpt_clamp((int64_t)f->w - all.opt), index, EL_MAIN | EL_ALIGN);
        no_break(m);
        glue(m, all.opt, all.stretch, all.shrink, -1, EL_AUX);
        aux_box(m);
    } else {
        box(m, f->w, index, EL_MAIN | EL_ALIGN);
        if (f->w && !breaks) m->joint = (int64_t)m->n - 1;
    }
    if (!breaks) return;
    struct elastic whole = {kern, 0, 0};
    if (!hyphen) whole = (struct elastic){kern, letter.stretch, letter.shrink};
    word_break(m, b, hyphen ? hyphen_w : 0, whole, hyphen && m->hyphens && m->hyphens[f->end - m->base]);
}

struct shaped_word {
    const struct shaped *s;
    uint32_t start, end;
    const struct text_run *run;
    const struct tstyle *ts;
};

/* Width of units from..to of a word, kerning towards what follows apart. */
static void measure(const struct shaped_word *w, struct frag *f) {
    int64_t sum = 0;
    const struct glyph *last = NULL;
    uint32_t clusters = 0, before = UINT32_MAX, from = f->start - w->start, to = f->end - w->start;
    for (uint32_t i = 0; i < w->s->count; i++) {
        const struct glyph *g = &w->s->glyphs[i];
        if (g->cluster < from || g->cluster >= to) continue;
        sum += glyph_mpt(w->run->font, g->adv, w->ts->size);
        if (g->cluster != before) clusters++;
        before = g->cluster;
        last = g;
    }
    if (last && f->end < w->end && !(w->run->level & 1)) {
        mpt bare = glyph_mpt(w->run->font, font_advance(w->run->font, last->gid), w->ts->size);
        f->kern = glyph_mpt(w->run->font, last->adv, w->ts->size) - bare;
        sum -= f->kern;
    }
    f->w = mpt_clamp(sum);
    f->letters = (uint16_t)(clusters < 0xFFFF ? clusters : 0xFFFF);
}

static bool cluster_starts(const struct shaped_word *w, uint32_t at) {
    for (uint32_t i = 0; i < w->s->count; i++)
        if (w->s->glyphs[i].cluster == at - w->start) return true;
    return false;
}

enum inner_break { INNER_NONE, INNER_BREAK, INNER_HYPHEN };

/* May the line end before unit i inside a word? */
static enum inner_break inner_break(const struct maker *m, const struct shaped_word *w, uint32_t i) {
    if (w->ts->keep) return INNER_NONE;
    if (m->p->text[i - 1] == 0xAD) return INNER_HYPHEN;
    if (m->breaks[i - m->base]) return INNER_BREAK;
    if (m->hyphens && m->hyphens[i - m->base] && cluster_starts(w, i)) return INNER_HYPHEN;
    return INNER_NONE;
}

/* One shaped word in its fragments; word_goes_on: more of it follows. */
static void put_word(struct maker *m, const struct shaped_word *w, struct ibox *b, bool word_goes_on) {
    uint32_t from = w->start;
    while (from < w->end) {
        uint32_t to = from + 1;
        enum inner_break br = INNER_NONE;
        while (to < w->end && (br = inner_break(m, w, to)) == INNER_NONE) to++;
        if (to == w->end && word_goes_on) br = inner_break(m, w, to);
        uint32_t bare = to;
        while (bare > from && m->p->text[bare - 1] == 0xAD) bare--;
        bool breaks = br != INNER_NONE && !(b->keep);
        struct frag *f = new_frag(m, FRAG_WORD, from, bare, b);
        f->word_start = w->start;
        f->word_end = w->end;
        f->font = w->run->font;
        f->script = w->run->script;
        f->level = w->run->level;
        measure(w, f);
        f->hyphen = br == INNER_HYPHEN && breaks;
        bool last = to == w->end && !word_goes_on;
        struct elastic letter = w->ts->letter;
        if (breaks && !f->hyphen) {
            f->kern = mpt_clamp((int64_t)f->kern + letter.opt);
            f->letters = (uint16_t)(f->letters ? f->letters - 1 : 0);
        } else if (last && f->letters) f->letters--;
        f->w = mpt_clamp(f->w + (int64_t)letter.opt * f->letters);
        word_fragment(m, f, breaks, f->hyphen);
        from = to;
    }
}

static bool is_space(uint16_t u) {
    return u == ' ' || u == 0xA0 || (u >= 0x2000 && u <= 0x200B) || u == 0x202F || u == 0x2060 ||
           u == 0x3000 || u == 0xFEFF;
}

static bool is_control(uint16_t u) {
    return u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
}

/* Scripts written without spaces are shaped, and cached, by the word. */
static bool wants_split(uint16_t u) {
    return u >= 0x0E00 && u < 0xD800 && !(u >= 0x1E00 && u < 0x2100);
}

/* Text start..end without spaces. */
static void put_text(struct maker *m, struct ibox *b, uint32_t start, uint32_t end) {
    const uint16_t *t = m->p->text;
    bool first = true;
    while (start < end) {
        const struct text_run *run = run_at(m, start);
        uint32_t limit = run->end + m->base < end ? run->end + m->base : end;
        if (limit - start > WORD_MAX) limit = start + WORD_MAX;
        uint32_t to = start + 1;
        while (to < limit && !(wants_split(t[to]) && m->breaks[to - m->base])) to++;
        if (to < end && (t[to] & 0xFC00) == 0xDC00) to++;
        struct shaped_word w = {.start = start, .end = to, .run = run, .ts = b->ts};
        w.s = text_shape(run->font, t + start, to - start, run->script, b->ts->bcp47,
                         b->ts->features | (run->level & 1 ? TEXT_RTL : 0));
        if (first) join(m);
        first = false;
        put_word(m, &w, b, to < end);
        start = to;
    }
}

static void put_space(struct maker *m, struct ibox *b, uint32_t start, uint32_t end, struct elastic w,
                      bool breaks) {
    struct frag *f = new_frag(m, FRAG_SPACE, start, end, b);
    const struct text_run *run = run_at(m, start);
    f->level = run->level;
    f->font = run->font;
    f->w = w.opt;
    int32_t index = last_frag(m);
    bool plain = m->p->text[start] == ' ';
    if (!breaks || b->keep) fixed_space(m, index, w);
    else breaking_space(m, b, index, w, !plain || b->ts->preserve);
}

/* A run of spaces from i on in a part that ends at `end`; returns its end. */
static uint32_t put_spaces(struct maker *m, struct ibox *b, uint32_t i, uint32_t end) {
    const uint16_t *t = m->p->text;
    const struct tstyle *ts = b->ts;
    if (t[i] == ' ' && !ts->preserve) {
        uint32_t j = i;
        while (j < end && t[j] == ' ') j++;
        put_space(m, b, i, j, times(ts->word, (int32_t)(j - i)), j == end || m->breaks[j - m->base]);
        return j;
    }
    bool breaks = i + 1 < end ? t[i + 1] == ' ' || m->breaks[i + 1 - m->base] : t[i] == 0x200B;
    struct elastic w = ts->word;
    if (t[i] != ' ' && t[i] != 0xA0) w = (struct elastic){char_width(ts, t[i]), 0, 0};
    if (t[i] == 0x202F || t[i] == 0x2060 || t[i] == 0xFEFF) breaks = false;
    put_space(m, b, i, i + 1, w, breaks);
    return i + 1;
}

static void put_text_part(struct maker *m, const struct ipart *part) {
    const uint16_t *t = m->p->text;
    uint32_t i = part->start;
    while (i < part->end) {
        if (is_control(t[i])) {
            i++;
            continue;
        }
        if (is_space(t[i])) {
            i = put_spaces(m, part->box, i, part->end);
            continue;
        }
        uint32_t j = i + 1;
        while (j < part->end && !is_space(t[j]) && !is_control(t[j])) j++;
        put_text(m, part->box, i, j);
        i = j;
    }
}

/* Objects and edges. -------------------------------------------------------------- */

static void leaf_edge(struct maker *m, mpt w) {
    if (w <= 0) return;
    no_break(m);
    glue(m, w, 0, 0, -1, EL_AUX);
}

/* XSL 1.1, 6.6.3: a character is one box, whatever it is. */
static void put_char(struct maker *m, const struct ipart *part) {
    struct ibox *b = part->box;
    const uint16_t *t = m->p->text;
    const struct text_run *run = run_at(m, part->start);
    if (b->open <= 0) join(m);
    leaf_edge(m, b->open);
    struct frag *f = new_frag(m, FRAG_WORD, part->start, part->end, b);
    f->word_start = part->start;
    f->word_end = part->end;
    f->font = run->font;
    f->script = run->script;
    f->level = run->level;
    if (is_space(t[part->start])) f->w = char_width(b->ts, t[part->start]);
    else {
        struct shaped_word w = {.start = part->start, .end = part->end, .run = run, .ts = b->ts};
        w.s = text_shape(run->font, t + part->start, part->end - part->start, run->script, b->ts->bcp47,
                         b->ts->features);
        measure(&w, f);
        f->letters = 0;
    }
    word_fragment(m, f, false, false);
    int64_t joint = m->joint;
    leaf_edge(m, b->close);
    if (b->close <= 0) m->joint = joint;
}

static void put_object(struct maker *m, const struct ipart *part) {
    struct inobj *o = part->object;
    mpt before = edges_width(&o->edges, SIDE_START), after = edges_width(&o->edges, SIDE_END);
    if (before <= 0 && !o->leader) join(m);
    struct frag *f = new_frag(m, FRAG_OBJECT, part->start, part->end, part->box);
    f->object = o;
    f->level = run_at(m, part->start)->level;
    f->w = o->width;
    int32_t index = last_frag(m);
    leaf_edge(m, before);
    if (o->leader) {
        bool elastic = m->align == E_JUSTIFY || !m->align;
        box(m, 0, index, EL_AUX | EL_ALIGN);
        no_break(m);
        glue(m, o->width, elastic ? o->stretch : 0, elastic ? o->shrink : 0, index, EL_MAIN);
        box(m, 0, index, EL_AUX | EL_ALIGN);
    } else
        box(m, o->width, index, EL_MAIN | EL_ALIGN);
    leaf_edge(m, after);
}

/* XSL 1.1, 7.12.5-6, 4.3.1: space at an inline's start or end. */
static void put_inline_space(struct maker *m, const struct ibox *b, bool start) {
    const struct fo_node *n = b->node;
    enum fo_prop p = start ? P_SPACE_START_OPTIMUM : P_SPACE_END_OPTIMUM;
    mpt w = fo_length(n, p, m->p->width);
    if (!w) return;
    if (fo_is(n, start ? P_SPACE_START_CONDITIONALITY : P_SPACE_END_CONDITIONALITY, E_RETAIN)) aux_box(m);
    bool seen = false;
    for (size_t i = m->n; i-- > 0 && !seen;) seen = m->els[i].kind == EL_BOX;
    if (!seen) return;
    struct frag *f = new_frag(m, FRAG_SPACE, m->base, m->base, (struct ibox *)(b->parent ? b->parent : b));
    f->w = w;
    int32_t index = last_frag(m);
    no_break(m);
    glue(m, w, 0, 0, index, EL_MAIN);
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
        struct frag *f = new_frag(m, open ? FRAG_OPEN : FRAG_CLOSE, part->start, part->start, b);
        f->w = w;
        box(m, w, last_frag(m), EL_AUX | EL_MAIN);
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
        aux_box(m);
        at = m->n - 1;
    }
    m->anchors = mem_grow(m->anchors, &m->anchor_cap, m->anchor_n + 1, sizeof *m->anchors);
    m->anchors[m->anchor_n++] = (struct anchor){(uint32_t)at, part->node, part->kind == PART_FLOAT};
}

static void put_part(struct maker *m, const struct ipart *part) {
    switch (part->kind) {
    case PART_TEXT: put_text_part(m, part); break;
    case PART_CHAR: put_char(m, part); break;
    case PART_OBJECT: put_object(m, part); break;
    case PART_OPEN: put_edge(m, part, true); break;
    case PART_CLOSE: put_edge(m, part, false); break;
    case PART_EMPTY:
        new_frag(m, FRAG_EMPTY, part->start, part->end, part->box);
        box(m, 0, last_frag(m), EL_AUX | EL_ALIGN | EL_MAIN);
        break;
    case PART_NOTE: case PART_FLOAT: add_anchor(m, part); break;
    default: break;
    }
}

/* The paragraph's own beginning and end. -------------------------------------------- */

static void put_start(struct maker *m) {
    struct para *p = m->p;
    if (p->align == E_CENTER && p->align_last != E_JUSTIFY) glue(m, 0, RAGGED_STRETCH, 0, -1, 0);
    if (p->first && p->indent) box(m, p->indent, -1, 0);
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
    if (p->align == E_CENTER && p->align_last != E_JUSTIFY) glue(m, 0, RAGGED_STRETCH, 0, -1, 0);
    else if (p->align_last != E_JUSTIFY) {
        penalty(m, 0, NO_BREAK, 0);
        glue(m, 0, p->width > p->end_indent ? plus(p->width, -(int64_t)p->end_indent) : 0, 0, -1, 0);
    }
    penalty(m, p->end_indent, -NO_BREAK, 0);
    p->ignore_end = (uint32_t)(m->n - before);
}

/* Itemising. -------------------------------------------------------------------------- */

static uint32_t text_from(const struct para *p) {
    return p->part_from < p->part_to ? p->parts[p->part_from].start : 0;
}

static uint32_t text_to(const struct para *p) {
    return p->part_from < p->part_to ? p->parts[p->part_to - 1].end : 0;
}

static struct text_style_span *spans_of(struct maker *m, uint32_t n, uint32_t *count) {
    struct para *p = m->p;
    struct text_style_span *s = ARENA_ARRAY(m->arena, struct text_style_span, p->part_to - p->part_from + 1);
    uint32_t k = 0;
    const struct tstyle *root = p->root->ts;
    s[k++] = (struct text_style_span){0, n, 0, root->font, root->bcp47};
    for (uint32_t i = p->part_from; i < p->part_to; i++) {
        const struct ipart *part = &p->parts[i];
        if (part->kind != PART_TEXT && part->kind != PART_CHAR) continue;
        const struct tstyle *ts = part->box->ts;
        if (ts->font == s[k - 1].font && ts->bcp47 == s[k - 1].language) continue;
        if (part->start == m->base) k = 0;
        else s[k - 1].end = part->start - m->base;
        s[k++] = (struct text_style_span){part->start - m->base, n, i, ts->font, ts->bcp47};
    }
    *count = k;
    return s;
}

/* Latin text whose fonts have its characters needs no itemiser. */
static bool has_marks(const uint16_t *t, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (t[i] >= 0x1EA0 && t[i] <= 0x1EF9) return true;
    return false;
}

static bool runs_latin(struct maker *m, const struct text_style_span *s, uint32_t count) {
    const uint16_t *t = m->p->text + m->base;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = s[i].start; k < s[i].end; k++)
            if (t[k] >= 128 && t[k] != 0xFFFC && t[k] != 0xAD && !is_space(t[k]) &&
                !font_has(s[i].font, t[k]))
                return false;
    struct text_run *r = ARENA_ARRAY(m->arena, struct text_run, count);
    for (uint32_t i = 0; i < count; i++)
        r[i] = (struct text_run){s[i].start, s[i].end, s[i].style, 0, LATIN, s[i].font};
    m->runs = r;
    m->run_count = count;
    return true;
}

static void itemize(struct maker *m) {
    struct para *p = m->p;
    m->base = text_from(p);
    uint32_t n = text_to(p) - m->base, count;
    const uint16_t *t = p->text + m->base;
    uint8_t *breaks = ARENA_ARRAY(m->arena, uint8_t, n + 1);
    struct text_style_span *s = spans_of(m, n, &count);
    m->breaks = breaks;
    p->has_marks = has_marks(t, n);
    bool latin = breaks_latin(t, n, breaks);
    if (!latin) text_breaks(t, n, p->root->ts->bcp47, breaks);
    if (latin && !p->rtl && !p->has_bidi && runs_latin(m, s, count)) return;
    struct text_run *r = NULL;
    m->run_count = text_itemize(m->arena, t, n, s, count, p->rtl, &r, p->l->diags, p->block->pos);
    m->runs = r;
    p->has_bidi = p->rtl;
    for (uint32_t i = 0; i < m->run_count; i++) p->has_bidi |= r[i].level > 0;
}

/* Hyphenation (7.16.1-2, 7.10). ---------------------------------------------------------- */

enum { HYPHENATED_MAX = 200 };
struct word_letters {
    uint16_t u[HYPHENATED_MAX];
    uint32_t at[HYPHENATED_MAX]; /* unit of the text */
    uint32_t n;
    const struct tstyle *ts;
};

static bool is_letter(uint16_t u) {
    return u < 128 ? (u | 32) >= 'a' && (u | 32) <= 'z' : u_isalpha(u) || (u >= 0x300 && u < 0x370);
}

/* Letters in one row; parts of a word apart from each other are hyphenated
 * each for itself, the counts hold at the word's true ends. */
static void hyphenate_word(struct maker *m, const struct word_letters *w, uint8_t *out) {
    const struct fo_node *b = m->p->block;
    int remain = (int)fo_number(b, P_HYPHENATION_REMAIN_CHARACTER_COUNT);
    int push = (int)fo_number(b, P_HYPHENATION_PUSH_CHARACTER_COUNT);
    uint32_t last = w->n;
    while (last > 0 && !is_letter(w->u[last - 1])) last--;
    bool begun = false;
    for (uint32_t i = 0; i < last;) {
        uint32_t j = i;
        while (j < last && is_letter(w->u[j])) j++;
        if (j > i) {
            uint8_t points[HYPHENATED_MAX + 1] = {0};
            text_hyphenate(m->p->l->fonts, w->u + i, j - i, w->ts->language, w->ts->country,
                           begun ? 1 : remain, j == last ? push : 1, points);
            for (uint32_t k = 1; k < j - i; k++)
                if (points[k]) out[w->at[i + k] - m->base] = 1;
            begun = true;
        }
        i = j + 1;
    }
}

static void flush_word(struct maker *m, struct word_letters *w, uint8_t *out) {
    if (w->n > 1 && w->n <= HYPHENATED_MAX && w->ts->language) hyphenate_word(m, w, out);
    w->n = 0;
}

/* Words run across inlines: boxes with nothing but auxiliary elements between. */
static const uint8_t *hyphen_points(struct maker *m) {
    uint8_t *out = ARENA_ARRAY(m->arena, uint8_t, text_to(m->p) - m->base + 1);
    struct word_letters *w = ARENA_NEW(m->arena, struct word_letters);
    for (size_t i = 0; i < m->n; i++) {
        const struct el *e = &m->els[i];
        if (e->flags & EL_AUX) continue;
        const struct frag *f = e->kind == EL_BOX && e->frag >= 0 ? &m->frags[e->frag] : NULL;
        if (!f || f->kind != FRAG_WORD || !f->box->ts->hyphenate) {
            flush_word(m, w, out);
            continue;
        }
        if (w->n && w->ts->language != f->box->ts->language) flush_word(m, w, out);
        w->ts = f->box->ts;
        for (uint32_t k = f->start; k < f->end && w->n <= HYPHENATED_MAX; k++) {
            if (w->n < HYPHENATED_MAX) {
                w->u[w->n] = m->p->text[k];
                w->at[w->n] = k;
            }
            w->n++;
        }
    }
    flush_word(m, w, out);
    return out;
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
        if (p->root->line_end) glue(m, p->root->line_end, 0, 0, -1, EL_AUX);
        if (!has_box(m)) glue(m, p->width, 0, p->width, -1, EL_AUX);
    }
    if (m->n > p->ignore_start) put_end(m);
    else m->n = 0;
}

void items_inline(struct para *p, struct arena *arena, bool hyphens) {
    struct maker m = {.p = p, .arena = arena};
    m.align = p->align == E_END ? E_START : p->align;
    if (p->align != E_JUSTIFY && p->align_last == E_JUSTIFY) m.align = 0;
    itemize(&m);
    put_all(&m);
    if (hyphens && m.n) {
        m.hyphens = hyphen_points(&m);
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
