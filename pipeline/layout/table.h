/* Tables (XSL 1.1, 6.7): shared by table*.c.  Private to layout/. */
#ifndef SOTAY_LAYOUT_TABLE_H
#define SOTAY_LAYOUT_TABLE_H

#include "layout/flow.h"

enum { COLUMNS_MAX = 200, GROUP_ROWS_MAX = 10000 };

/* A border's winner on an edge (6.7.10; CSS 2.1, 17.6.2): NORMAL; at the first
 * or last row of a part; at a break inside a cell. */
enum edge_case { EDGE_NORMAL, EDGE_PART, EDGE_REST, EDGE_CASES };
struct edge_border {
    mpt width;
    enum fo_token style;
    struct color color;
};

struct row;
struct cell {
    struct fo_node *node;
    int32_t column, columns, row, rows; /* row: in its group */
    struct edges edges;                 /* paddings; separate borders */
    struct edge_border before[EDGE_CASES], after[EDGE_CASES], start, end; /* collapsing: whole widths */
    mpt half_before[EDGE_CASES], half_after[EDGE_CASES]; /* what of them (or of the separate border and its separation) lies in the cell */
    mpt half_start, half_end;
    struct seq items;
    int64_t content;                    /* extent of all items */
    /* the fragment being placed */
    size_t from, to;
    int32_t mark;
    bool cut;
};

struct row {
    struct fo_node *node;    /* fo:table-row, or NULL when cells stand alone */
    struct fo_node *part;    /* body, header or footer */
    bool first_of_part, last_of_part;
    mpt explicit_height;
    int64_t height;
    struct cell **grid;      /* by column: the cell there, or NULL */
    struct keep together, next, previous;
    enum break_class break_before, break_after;
};

struct row_group {
    struct row *rows;
    int32_t count;
    struct table *table;
    int64_t placed_y;
    int32_t kind;            /* TABLE_BODY ... */
    struct group *memory;    /* of its cells' content, held until its steps are made; NULL in nested content */
};
enum { TABLE_HEADER, TABLE_BODY, TABLE_FOOTER };

struct part_of_cell {
    struct cell *cell;
    size_t from, to;         /* items; to: the last one taken, inclusive */
    bool last;               /* the cell's content ends with it */
};
struct table_step {
    struct row_group *group;
    int32_t row;             /* of the group, when the step ends */
    struct part_of_cell *parts;
    int32_t part_count;
};

struct table {
    struct thing thing;
    struct fo_node *node;
    struct blk *blk;
    struct layout *l;
    bool collapse;
    mpt separation_inline, separation_block;
    mpt ix, width;           /* content rectangle in the reference area */
    mpt ref_width;
    int32_t column_count;
    mpt column_width[COLUMNS_MAX], column_x[COLUMNS_MAX + 1];
    struct fo_node *column_node[COLUMNS_MAX];
    struct row_group *header, *footer;     /* one group each (spans may not leave it) */
    struct seq header_items, footer_items;
    struct table_step *header_steps, *footer_steps;
    int32_t header_count, footer_count;
    mpt header_height, footer_height;
    bool omit_header, omit_footer;
    struct table_step **steps; /* of the body, by number */
    size_t step_count, step_cap;
    int32_t fragments;       /* placed so far */
    int32_t marks;
};
/* sub of the items: >= 0 a step of the body, or */
enum { SUB_HEADER = -1, SUB_FOOTER = -2, SUB_BREAK = -3 };

/* table_grid.c */
struct row_source {
    struct table *table;
    struct fo_node *part, *child; /* the part (body ...) and its next child */
    int32_t kind;
    bool first;
    int32_t number;          /* rows made of this part */
};
/* The next rows that no span crosses; NULL at the end.  Allocated in arena. */
struct row_group *grid_next(struct walker *w, struct arena *arena, struct row_source *s);
void table_columns(struct walker *w, struct table *t, mpt base);

/* table_border.c: winners for all edges of a group; before and after: the rows
 * that meet it (NULL: the table's edge). */
void borders_resolve(struct table *t, struct row_group *g, const struct row *before, const struct row *after);

/* table_step.c: a group's steps as items of out; steps numbered through `steps`. */
struct step_out {
    struct seq *out;
    struct table_step **steps;
    size_t count, cap;
};
/* Lays the cells' content out: their breaks and keeps are known then. */
void steps_layout(struct walker *w, struct table *t, struct row_group *g);
void steps_make(struct walker *w, struct table *t, struct row_group *g, struct step_out *out);

/* table_place.c */
extern const struct thing_ops table_ops;

static inline mpt cell_before(const struct cell *c, enum edge_case e) {
    bool drop = e == EDGE_REST && !c->edges.padding_keeps[SIDE_BEFORE];
    return c->half_before[e] + (drop ? 0 : c->edges.padding[SIDE_BEFORE]);
}
static inline mpt cell_after(const struct cell *c, enum edge_case e) {
    bool drop = e == EDGE_REST && !c->edges.padding_keeps[SIDE_AFTER];
    return c->half_after[e] + (drop ? 0 : c->edges.padding[SIDE_AFTER]);
}

#endif
