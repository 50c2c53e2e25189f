/* What makes the elements of a paragraph.  Private to inline layout. */
#ifndef SOTAY_LAYOUT_ITEMS_INLINE_H
#define SOTAY_LAYOUT_ITEMS_INLINE_H

#include "layout/para.h"

enum { NO_BREAK = 1000 };

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

/* Objects and edges. -------------------------------------------------------------- */

/* Elements and fragments, items_emit.c. */
struct el *el_add(struct maker *m, unsigned kind, mpt w, int32_t frag, unsigned flags);
void el_box(struct maker *m, mpt w, int32_t frag, unsigned flags);
void el_aux_box(struct maker *m);
void el_glue(struct maker *m, mpt w, mpt stretch, mpt shrink, int32_t frag, unsigned flags);
void el_penalty(struct maker *m, mpt w, int16_t value, unsigned flags);
void el_no_break(struct maker *m);
struct frag *frag_new(struct maker *m, enum frag_kind kind, uint32_t start, uint32_t end, struct ibox *b);
int32_t frag_last(const struct maker *m);
struct elastic elastic_times(struct elastic e, int32_t k);
/* A space at which a line may end (kept: it stays at the next line's start), a
 * space within the line, and a break inside a word: `broken` is what it adds
 * to the line, `whole` stands there without it. */
void items_breaking_space(struct maker *m, const struct ibox *b, int32_t frag, struct elastic w, bool kept);
void items_fixed_space(struct maker *m, int32_t frag, struct elastic w);
void items_word_break(struct maker *m, const struct ibox *b, mpt broken, struct elastic whole, bool hyphen);

/* Runs of one font, script and level, itemize.c. */
void items_itemize(struct maker *m);
const struct text_run *items_run_at(struct maker *m, uint32_t i);
uint32_t items_text_from(const struct para *p);
uint32_t items_text_to(const struct para *p);
bool items_is_space(uint16_t u);

/* Text and characters, items_word.c. */
void items_text(struct maker *m, const struct ipart *part);
void items_char(struct maker *m, const struct ipart *part);
void items_leaf_edge(struct maker *m, mpt w);
/* What follows is in one word with the box before it. */
void items_join(struct maker *m);

/* Where words may be hyphenated, by unit from m->base; after a first pass over
 * the elements, hyphenate.c. */
const uint8_t *items_hyphen_points(struct maker *m);

#endif
