/* Lanes: texts side by side, level row by row (urn:sotay:fo).  Private to
 * lanes*.c. */
#ifndef SOTAY_LAYOUT_LANES_H
#define SOTAY_LAYOUT_LANES_H

#include "layout/combine.h"
#include "layout/flow.h"

/* Of one language: a column of the area around, or a page of a spread. */
struct lane {
    const char *name;    /* or NULL: the cells' order tells */
    mpt ix, width;       /* in the reference area around; of a recto: in the recto's */
    bool recto, first, last; /* first, last: on its page */
    struct lane_foot foot;
    int32_t tag;         /* the structure element that its cells add to; -1: the next one makes it */
};

struct lanes {
    struct fo_node *node;
    int32_t n;
    struct lane lane[PARTS_MAX];
    bool facing, own_notes, spreads;
    mpt gap, grid;       /* grid 0: none */
    bool emitted, headed; /* headed: the last row was one of headings */
    struct blk *all;     /* the row whose s:all is being walked */
    struct fo_node *row; /* the last one read */
    int32_t section_tag; /* the section's first element; -1: none yet */
};

/* A row as one thing, its cells by lane. */
struct lane_row {
    struct combined c;
    struct combined_part part[PARTS_MAX];
    const struct lanes *lanes;
    struct blk *blk;
    mpt ix[PARTS_MAX], width[PARTS_MAX]; /* border rectangle of a cell */
    struct edges edges[PARTS_MAX];
    bool missing[PARTS_MAX];
    int32_t section_tag;
};

/* The next row, read to its end; after NULL the first one. */
struct fo_node *lanes_next(struct layout *l, const struct lanes *s, struct fo_node *row);

/* lanes_width.c: where the lanes stand in `width` (of a recto: in `recto`). */
void lanes_measure(struct layout *l, struct lanes *s, mpt ix, mpt width, mpt recto);
/* The cell of a lane in a row; NULL: it is missing. */
struct fo_node *lanes_cell(const struct lanes *s, const struct fo_node *row, int32_t lane);

/* lanes_place.c */
extern const struct thing_ops lane_row_ops;

/* lanes_grid.c: every line's baseline on a multiple of `grid` from the start of
 * the list, whatever break is taken before it. */
void lanes_align(struct seq *s, mpt grid);

#endif
