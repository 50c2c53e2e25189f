/* Runs of marks and their resolution (XSL 1.1, 4.3.1).  Private to layout/. */
#ifndef SOTAY_LAYOUT_RUN_H
#define SOTAY_LAYOUT_RUN_H

#include "layout/walk.h"

/* A mark's resolved length in one of the three cases. */
struct span_length {
    mpt min, opt, max;
};

/* The marks between two boxes.  Case NONE: no break here; BEFORE: what of them
 * precedes a break taken here; AFTER: what follows it. */
enum run_case { RUN_NONE, RUN_BEFORE, RUN_AFTER, RUN_CASES };
struct run {
    struct thing thing;
    struct {
        struct mark *marks;
        struct span_length *lengths;
        uint32_t count;
        struct span_length sum;
    } part[RUN_CASES];
};

/* Resolves the walker's marks and empties them.  at_end: nothing follows in
 * this list.  Allocated in w->arena. */
struct run *run_resolve(struct walker *w, bool at_end);
/* Emits the items of a resolved run: see formatter notes in resolve.c. */
void run_emit(struct walker *w, struct run *r, bool has_break, int32_t penalty, enum break_class c, mpt width,
              bool at_end);
/* A run that matters only when a break is taken inside `b` (retained borders
 * and paddings of the open blocks). */
struct run *run_inside(struct walker *w, struct blk *b);

#endif
