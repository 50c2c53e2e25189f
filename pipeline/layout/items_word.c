/* Words, spaces and characters to elements (XSL 1.1, 7.16, 7.17). */
#include "layout/items_inline.h"

enum { WORD_MAX = 256, JOINT_PENALTY = 50 };

/* What follows this box in the same word takes a letter-space; after "-" and
 * "/" it makes a break. */
void items_join(struct maker *m) {
    if (m->joint < 0) return;
    struct el *e = &m->els[m->joint];
    struct frag *f = &m->frags[e->frag];
    struct elastic letter = f->box->ts->letter;
    uint16_t last = m->p->text[f->end - 1];
    if (last == '-' || last == '/') {
        el_penalty(m, 0, JOINT_PENALTY, EL_FLAGGED);
        el_glue(m, letter.opt, letter.stretch, letter.shrink, -1, 0);
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
        struct elastic all = elastic_times(letter, f->letters);
        el_box(m, mpt_clamp((int64_t)f->w - all.opt), index, EL_MAIN | EL_ALIGN);
        el_no_break(m);
        el_glue(m, all.opt, all.stretch, all.shrink, -1, EL_AUX);
        el_aux_box(m);
    } else {
        el_box(m, f->w, index, EL_MAIN | EL_ALIGN);
        if (f->w && !breaks) m->joint = (int64_t)m->n - 1;
    }
    if (!breaks) return;
    struct elastic whole = {kern, 0, 0};
    if (!hyphen) whole = (struct elastic){kern, letter.stretch, letter.shrink};
    items_word_break(m, b, hyphen ? hyphen_w : 0, whole,
                     hyphen && m->hyphens && m->hyphens[f->end - m->base]);
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
        sum += glyph_advance(w->run->font, g, w->ts->size);
        if (g->cluster != before) clusters++;
        before = g->cluster;
        last = g;
    }
    if (last && f->end < w->end && !(w->run->level & 1)) {
        mpt bare = glyph_mpt(w->run->font, font_advance(w->run->font, last->gid), w->ts->size);
        f->kern = glyph_advance(w->run->font, last, w->ts->size) - bare;
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
        struct frag *f = frag_new(m, FRAG_WORD, from, bare, b);
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
        const struct text_run *run = items_run_at(m, start);
        uint32_t limit = run->end + m->base < end ? run->end + m->base : end;
        if (limit - start > WORD_MAX) limit = start + WORD_MAX;
        uint32_t to = start + 1;
        while (to < limit && !(wants_split(t[to]) && m->breaks[to - m->base])) to++;
        if (to < end && (t[to] & 0xFC00) == 0xDC00) to++;
        struct shaped_word w = {.start = start, .end = to, .run = run, .ts = b->ts};
        w.s = text_shape(run->font, t + start, to - start, run->script, b->ts->bcp47,
                         b->ts->features | (run->level & 1 ? TEXT_RTL : 0));
        if (first) items_join(m);
        first = false;
        put_word(m, &w, b, to < end);
        start = to;
    }
}

static void put_space(struct maker *m, struct ibox *b, uint32_t start, uint32_t end, struct elastic w,
                      bool breaks) {
    struct frag *f = frag_new(m, FRAG_SPACE, start, end, b);
    const struct text_run *run = items_run_at(m, start);
    f->level = run->level;
    f->font = run->font;
    f->w = w.opt;
    int32_t index = frag_last(m);
    bool plain = m->p->text[start] == ' ';
    if (!breaks || b->keep) items_fixed_space(m, index, w);
    else items_breaking_space(m, b, index, w, !plain || b->ts->preserve);
}

/* A run of spaces from i on in a part that ends at `end`; returns its end. */
static uint32_t put_spaces(struct maker *m, struct ibox *b, uint32_t i, uint32_t end) {
    const uint16_t *t = m->p->text;
    const struct tstyle *ts = b->ts;
    if (t[i] == ' ' && !ts->preserve) {
        uint32_t j = i;
        while (j < end && t[j] == ' ') j++;
        put_space(m, b, i, j, elastic_times(ts->word, (int32_t)(j - i)), j == end || m->breaks[j - m->base]);
        return j;
    }
    bool breaks = i + 1 < end ? t[i + 1] == ' ' || m->breaks[i + 1 - m->base] : t[i] == 0x200B;
    struct elastic w = ts->word;
    if (t[i] != ' ' && t[i] != 0xA0) w = (struct elastic){char_width(ts, t[i]), 0, 0};
    if (t[i] == 0x202F || t[i] == 0x2060 || t[i] == 0xFEFF) breaks = false;
    put_space(m, b, i, i + 1, w, breaks);
    return i + 1;
}

void items_text(struct maker *m, const struct ipart *part) {
    const uint16_t *t = m->p->text;
    uint32_t i = part->start;
    while (i < part->end) {
        if (is_control(t[i])) {
            i++;
            continue;
        }
        if (items_is_space(t[i])) {
            i = put_spaces(m, part->box, i, part->end);
            continue;
        }
        uint32_t j = i + 1;
        while (j < part->end && !items_is_space(t[j]) && !is_control(t[j])) j++;
        put_text(m, part->box, i, j);
        i = j;
    }
}

void items_leaf_edge(struct maker *m, mpt w) {
    if (w <= 0) return;
    el_no_break(m);
    el_glue(m, w, 0, 0, -1, EL_AUX);
}

/* XSL 1.1, 7.17.3: a character that goes where the line ends. */
static void char_that_goes(struct maker *m, const struct ipart *part, int32_t index) {
    const struct ibox *b = part->box;
    struct elastic w = {m->frags[index].w, 0, 0};
    if (m->frags[index].kind == FRAG_SPACE) w.stretch = b->ts->word.stretch, w.shrink = b->ts->word.shrink;
    bool breaks = part->end < items_text_to(m->p) ? m->breaks[part->end - m->base] : true;
    if (breaks && !b->keep) items_breaking_space(m, b, index, w, false);
    else items_fixed_space(m, index, w);
}

/* XSL 1.1, 6.6.3: a character is one box, whatever it is; unless its
 * properties make it a space. */
void items_char(struct maker *m, const struct ipart *part) {
    struct ibox *b = part->box;
    const uint16_t *t = m->p->text;
    const struct text_run *run = items_run_at(m, part->start);
    bool goes = fo_is(b->node, P_SUPPRESS_AT_LINE_BREAK, E_SUPPRESS);
    b->treat_as_space = fo_is(b->node, P_TREAT_AS_WORD_SPACE, E_TRUE);
    if (b->open <= 0 && !goes) items_join(m);
    items_leaf_edge(m, b->open);
    bool space = items_is_space(t[part->start]);
    struct frag *f = frag_new(m, space && b->treat_as_space ? FRAG_SPACE : FRAG_WORD, part->start, part->end, b);
    f->word_start = part->start;
    f->word_end = part->end;
    f->font = run->font;
    f->script = run->script;
    f->level = run->level;
    if (space) f->w = char_width(b->ts, t[part->start]);
    else {
        struct shaped_word w = {.start = part->start, .end = part->end, .run = run, .ts = b->ts};
        w.s = text_shape(run->font, t + part->start, part->end - part->start, run->script, b->ts->bcp47,
                         b->ts->features);
        measure(&w, f);
        f->letters = 0;
    }
    if (b->treat_as_space) f->w = mpt_clamp((int64_t)f->w + b->ts->word.opt - b->ts->space);
    if (goes || f->kind == FRAG_SPACE) {
        if (goes) char_that_goes(m, part, frag_last(m));
        else items_fixed_space(m, frag_last(m), (struct elastic){f->w, b->ts->word.stretch, b->ts->word.shrink});
        items_leaf_edge(m, b->close);
        return;
    }
    word_fragment(m, f, false, false);
    int64_t joint = m->joint;
    items_leaf_edge(m, b->close);
    if (b->close <= 0) m->joint = joint;
}
