/* Lists of items side by side, stepping together: list parts, lanes.  Private
 * to layout/.
 *
 * A step is the least that can be added to what a page shows of all parts: the
 * first one shows the first piece of each, a later one goes to the next break
 * of some part, and every other part shows what fits beside it. */
#ifndef SOTAY_LAYOUT_COMBINE_H
#define SOTAY_LAYOUT_COMBINE_H

#include "layout/walk.h"

enum { PARTS_MAX = 8 };

struct combined_part {
    struct seq items;
    size_t from;          /* its first item here: 1 when the break before it comes first */
    struct fo_node *node; /* NULL: there is none */
};

struct combined_piece {
    size_t start, end; /* items of the part that the step adds; end: the last one, inclusive */
    bool has;          /* any */
    int64_t shown;     /* extent of the part up to here */
};

struct combined {
    struct thing thing;
    int n;
    bool drops_space;             /* a space after a break inside a part is not counted on the next page */
    struct combined_part *part;   /* n */
    struct combined_piece *steps; /* n a step */
    size_t step_count, step_cap;
};

/* Emits the steps as boxes of c->thing, sub: the step, and the breaks between
 * them, under `together`. */
void combine(struct walker *w, struct combined *c, struct keep together);
/* Items of part k shown by steps first..last: from, to (exclusive); false: nothing. */
bool combined_range(const struct combined *c, int k, size_t first, size_t last, size_t *from, size_t *to);
/* Moves a part's items into the walker's memory. */
void combined_keep(struct walker *w, struct combined_part *p);

#endif
