/* Tables (XSL 1.1, 6.7; CSS 2.1, 17.5-6): shared by table*.c.  Private to
 * layout/.
 *
 * A table streams: a row group (rows that no span crosses) is read one ahead,
 * because the next row decides the shared edge, laid out, stepped into items
 * and forgotten when its last page is committed. */
#ifndef SOTAY_LAYOUT_TABLE_H
#define SOTAY_LAYOUT_TABLE_H

#include "layout/flow.h"

/* LOOK_AHEAD: rows read before the first is laid out, to count columns and to
 * find the row that meets the footer. */
enum { COLUMNS_MAX = 200, GROUP_ROWS_MAX = 10000, LOOK_AHEAD = 1000 };

/* The three winners of an edge: inside; at the first or last row of a fragment;
 * where a break divides a cell. */
enum edge_case { EDGE_NORMAL, EDGE_PART, EDGE_REST, EDGE_CASES };

/* Who specified a border; the later wins over the earlier (CSS 2.1, 17.6.2.1). */
enum holder { BY_TABLE, BY_COLUMN, BY_PART, BY_ROW, BY_CELL };
struct edge_border {
    mpt width;
    uint16_t style; /* enum fo_token */
    uint8_t holder;
    bool keeps;     /* conditionality = retain */
    int32_t precedence;
    struct color color;
};
/* A border-before or border-after in its three cases. */
struct edge {
    struct edge_border on[EDGE_CASES];
};

/* One place of the grid.  Borders only in the collapsing model. */
struct cell;
struct grid_unit {
    struct cell *cell; /* NULL: no cell here */
    struct edge before, after;
    struct edge_border start, end;
};

struct cell {
    struct fo_node *node;
    int32_t column, columns;
    int32_t row, rows;     /* row: in its group */
    struct edges edges;
    mpt half_start, half_end; /* of the border (and the separation) inside the cell */
    bool empty;
    bool retrieves;        /* holds an fo:retrieve-table-marker */
    struct seq items;
    size_t filler;         /* the item that fills up an explicit height; items.n: none */
    int64_t content;       /* extent of all items but the filler */
    struct keep previous, next;
};

/* minimum, optimum, maximum of a block-progression-dimension */
struct extent {
    mpt min, opt, max;
};

struct row {
    struct fo_node *node;  /* fo:table-row, or NULL: cells stand in the part */
    struct fo_node *part;
    int32_t index;         /* in all bodies; in the header; in the footer */
    bool first_of_part, last_of_part;
    struct grid_unit *unit;     /* by column */
    struct extent asked;
    int64_t height;
    int64_t top;           /* of the row in its group */
    struct fo_node *bars, *ending; /* copies of fo:change-bar-begin before it, -end after it */
};

struct row_group {
    struct row *rows;
    int32_t count;
    struct group *memory;  /* what it is allocated in, held; NULL in nested content */
    struct arena *arena;
};

/* A stretch of a cell's content that a step adds. */
struct piece {
    struct cell *cell;
    int32_t start, end;    /* items; end inclusive, < start: nothing */
    bool first, last;      /* of the cell */
    int64_t lead, length, tail; /* glue before it if it goes on after an earlier piece; itself; the width of
                                 * a break after it */
    mpt before, before_first; /* border and padding: inside; at the top of a fragment */
    mpt after, after_last;
};

struct step {
    struct row_group *group;
    int32_t row;           /* in its group */
    int32_t next_row;      /* >= 0: this row begins a fragment that begins after the step before */
    bool first, last;      /* of its group */
    struct piece *pieces;
    int32_t piece_count;
    int64_t box;
    int64_t width;         /* of the break after it */
    int32_t penalty;
    enum break_class class;
    int64_t glue;          /* after the break */
    struct note **notes;
    uint16_t note_count;
};

enum table_part { PART_BODY, PART_HEADER, PART_FOOTER };

/* Where rows are read from. */
struct row_source {
    enum table_part kind;
    struct fo_node *part, *child; /* child: the next row, or cell, of part */
    int32_t index;
    bool part_begun;
    struct fo_node *bars;  /* change bars between the rows read and child */
};

/* A header or footer: laid out once, placed in every fragment. */
struct repeated {
    struct fo_node *node;
    bool retrieves;        /* some cell holds an fo:retrieve-table-marker */
    struct row_group **groups;
    int32_t group_count;
    struct step **steps;
    int32_t step_count;
    int64_t height;
    bool placed;
    struct note **notes;
    uint16_t note_count;
};

struct table {
    struct thing thing;
    struct layout *l;
    struct fo_node *node;
    struct blk *blk;
    struct arena *arena;   /* lives as long as the table's items may */
    bool collapse, by_precedence, omit_header, omit_footer;
    mpt half_inline, half_block; /* of the separation */
    int32_t columns;
    mpt x[COLUMNS_MAX + 1];
    struct fo_node *column[COLUMNS_MAX]; /* NULL: implied */
    struct fo_node *width_of[COLUMNS_MAX]; /* whose width the column takes: its own, or a first row's cell */
    struct edge *column_before, *column_after; /* joined with the table's */
    struct edge *leading, *trailing; /* what rows meet at the edges of a fragment */
    struct row *previous;  /* last row read, of the header or the bodies */
    struct repeated header, footer;
    int32_t first_row_tag; /* structure element of the first body row: those of header and footer precede it */
    struct row_source source;
    bool first_row_seen;
    bool first_body_row_seen;
    struct step **steps;   /* of the body, from number `dropped` on, not placed yet */
    int32_t step_count, step_cap, dropped;
    bool ended;            /* all steps have been made */
    struct marker_slots *markers;
};
/* item.sub: a step's number, or */
enum { SUB_HEADER = -1, SUB_FOOTER = -2, SUB_GLUE = -3 };

/* table_columns.c */
int32_t columns_count(struct table *t);
/* x[]; *width: of the table's content, grown when its columns need more. */
void columns_measure(struct table *t, mpt *width);
/* What a column asks for: a length (percentages of the table), and shares. */
mpt column_length(const struct table *t, int32_t i, mpt width, float *units);
/* table_measure.c: the same from what the cells hold. */
void columns_of_content(struct table *t, mpt *width);

/* table_grid.c: the next rows that no span crosses; NULL at the end of the
 * source.  Allocated in arena, held by memory. */
struct row_group *grid_next(struct table *t, struct row_source *s, struct arena *arena, struct group *memory);

/* table_border.c: the collapsing model, called in the order of reading. */
void borders_begin(struct table *t);
void borders_row(struct table *t, struct row_group *g, int32_t row, enum table_part kind);
void borders_part_end(struct table *t, struct row *last, enum table_part kind);
void borders_footer_read(struct table *t);
void borders_heads(struct table *t); /* header and footer are complete */
void borders_table_end(struct table *t);
/* The last body row's edge against the footer, before that row's turn comes. */
void borders_foretell(struct table *t, struct row *last);
/* Part of a border that lies in the cell, in both models. */
mpt cell_before(const struct table *t, const struct row_group *g, const struct cell *c, int32_t row,
                enum edge_case e);
mpt cell_after(const struct table *t, const struct row_group *g, const struct cell *c, int32_t row,
               enum edge_case e);
void cell_sides(const struct table *t, const struct row_group *g, struct cell *c);
static inline mpt padding_before(const struct cell *c, bool rest) {
    return rest && !c->edges.padding_keeps[SIDE_BEFORE] ? 0 : c->edges.padding[SIDE_BEFORE];
}
static inline mpt padding_after(const struct cell *c, bool rest) {
    return rest && !c->edges.padding_keeps[SIDE_AFTER] ? 0 : c->edges.padding[SIDE_AFTER];
}

/* table_cell.c: content and heights of a group. */
struct fo_node *row_node(const struct table *t, const struct row_group *g); /* of its first row; NULL: none */
bool fo_holds(const struct fo_node *top, enum fo_element e);
void group_layout(struct walker *w, struct table *t, struct row_group *g);
struct keep row_keep(const struct table *t, const struct row_group *g, int32_t row, bool next);
enum break_class row_break(const struct table *t, const struct row_group *g, int32_t row, bool after);

/* table_step.c: a group as steps, in order. */
struct step_list {
    struct step **v;
    size_t n, cap;
};
void group_steps(struct table *t, struct row_group *g, struct step_list *out);

/* table_place.c */
extern const struct thing_ops table_ops;
/* table_paint.c */
void paint_unit(struct placer *p, const struct table *t, struct pos pos, mpt ix, mpt by, mpt iw, mpt bh,
                const struct edge_border *const side[4], const bool outer[4]);

#endif
