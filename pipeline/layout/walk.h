/* Walking a flow: FOs become items, in document order, a bit at a time.
 * Private to layout/.
 *
 * Nothing here recurses on the depth of the input; a walker keeps a stack of
 * open FOs and wstep() does the next small piece of work. */
#ifndef SOTAY_LAYOUT_WALK_H
#define SOTAY_LAYOUT_WALK_H

#include "layout/items.h"

/* The memory of a stretch of items, dropped when all are committed. */
struct group {
    struct arena *arena;
    size_t items; /* count of items not yet dropped */
    struct group_base {
        struct group *on;
        struct group_base *next;
    } *bases;     /* groups whose memory this one refers to */
};

/* Strength of a keep in its strongest context (7.20.3..5): 0 auto, 1..9998
 * an integer, KEEP_ALWAYS. */
enum { KEEP_ALWAYS = 1 << 20 };
struct keep {
    int32_t strength;
    enum break_class context; /* BREAK_NONE (line), BREAK_COLUMN, BREAK_PAGE */
};
struct keep keep_max(struct keep a, struct keep b);
/* The keep of a property family: P_KEEP_TOGETHER_WITHIN_LINE and its two
 * followers (…_COLUMN, …_PAGE), likewise P_KEEP_WITH_NEXT_…, _PREVIOUS_…. */
struct keep keep_of(const struct fo_node *n, enum fo_prop line, enum fo_prop column, enum fo_prop page);
/* 0, PENALTY_INFINITE or just below it (integers). */
int32_t keep_penalty(struct keep k);

/* A mark: space, border or padding that awaits space resolution (4.3.1), or
 * the opening and closing of a block's frame between them. */
enum mark_kind { MARK_SPACE, MARK_BORDER, MARK_PADDING, MARK_OPEN, MARK_CLOSE, MARK_CHANGE };
struct blk;
struct mark {
    uint8_t kind;
    bool before;    /* a before-edge (else after-edge) */
    bool discard;   /* conditionality */
    bool forcing;   /* precedence = force */
    int32_t precedence;
    mpt min, opt, max;
    union {
        struct blk *blk;
        struct fo_node *change; /* MARK_CHANGE: fo:change-bar- or index-range-begin or -end */
    };
};

/* An open or closed block-level object in the flow. */
struct blk {
    struct fo_node *node;
    struct blk *parent;
    mpt indent[2];      /* start-indent and end-indent as used (5.3.2) */
    mpt ix, iw;         /* content rectangle: offset from the reference area's start edge, extent */
    struct edges edges;
    struct keep together; /* own keep-together, joined with the parents' */
    mpt ref_width;      /* inline extent of the reference area it stands in */
    bool opened;        /* its first area has been placed */
    bool paints;        /* has background or border */
    bool has_children;  /* something was emitted inside */
    bool retained;      /* it or an open ancestor keeps border or padding at a break */
};

/* A frame on the walker's stack. */
struct walker;
struct wframe {
    struct wframe *up;
    struct fo_node *node, *child; /* child: the next to be walked */
    struct fo_node *table;        /* walked last, when what follows it may not be read yet */
    struct blk *blk;
    mpt ref_width;   /* inline extent of the nearest reference area */
    mpt ref_x;       /* its start edge in the canvas (transparent block-containers): walk_open adds it to ix */
    /* Does the next piece of work; returns false when the FO has ended. */
    bool (*step)(struct walker *w, struct wframe *f);
    void *state;     /* of the FO's own layouter: table, list ... */
    void (*drop)(struct wframe *f);
};

struct walker {
    struct layout *l;
    struct seq *out;
    struct wframe *top;
    struct group *group; /* allocations of what is emitted now go here */
    struct arena *arena; /* = group->arena */
    /* the run of marks since the last box */
    struct mark *marks;
    size_t mark_count, mark_cap, break_at; /* break_at: the opportunity lies before this mark */
    bool has_break;
    struct blk *break_blk; /* block whose content the opportunity divides */
    struct keep pending; /* keeps between the boxes around the run */
    enum break_class forced;
    bool at_start;       /* nothing emitted yet: conditional spaces vanish */
    bool resumed;        /* goes on after a break: what comes first asks for none */
    bool nested;         /* content of a reference area: forced breaks stay in the list */
    bool unbalanced;     /* the spanning child now begun leaves the columns before it as they are */
    bool span_changes;   /* the flow's next child spans otherwise than those before */
    enum fo_token span;  /* of the flow's children now walked */
    enum fo_token first_span; /* of the flow's first child */
    mpt span_width[2];   /* inline extent of a column, of the whole region-body */
    mpt grid;            /* what is between lines takes multiples of it; 0: none */
    const struct blk *holder; /* nested: the blk around, whose indents are inherited */
    const struct lane_foot *foot; /* of the lane whose own its footnotes are, or NULL */
    mpt note_width;      /* inline extent footnotes are laid out at; 0: where citations give no notes */
    mpt intrude_start, intrude_end; /* what a side float takes of the lines' room, from the column's edges */
    bool in_place;       /* nested content in the coordinates of the flow: list parts */
    bool lays_part;      /* now laying out such a part */
    struct fo_node *root;
};

/* Lays out the block-level children (and inline content) of `node` as the
 * content of a reference area `width` wide, to the end, into `out`: cells, list
 * parts, containers, footnote bodies, static content.  Spaces resolve apart:
 * conditional ones vanish at start and end.  Allocations live in w's group
 * (outer) or in `arena` when outer is NULL.  parent_blk: NULL for a reference
 * area.  keep: keep-together that holds for all of it. */
void walk_content(struct layout *l, struct walker *outer, struct arena *arena, struct fo_node *node, mpt width,
                  struct seq *out);
/* Keep-with-next/previous strength that the content of a node asks for at its
 * edges (own and of its first/last descendants). */
struct keep edge_keep(const struct fo_node *node, bool next);

/* For layouters of one kind of FO, one file each. ---------------------------- */

/* Emits before-edge marks (space, border, padding, open) and pushes nothing;
 * the new blk's parent is w->top->blk, its ix is ix + w->top->ref_x: paint with
 * blk->ix.  The layouter sets f->blk to it while its content is walked. */
struct blk *walk_open(struct walker *w, struct fo_node *n, mpt ix, mpt iw, const struct edges *e);
/* The same with the indents of indents_of(). */
struct blk *walk_open_indented(struct walker *w, struct fo_node *n, const mpt indents[2], mpt iw, const struct edges *e);
void walk_close(struct walker *w, struct blk *b);
/* Used values of start-indent and end-indent of n in the block `up` (NULL: first
 * in a reference area); base: of percentages (indent.c). */
void indents_of(const struct walker *w, const struct fo_node *n, const struct blk *up, mpt base, mpt out[2]);
/* Ends the run of marks: resolves it into items.  Call before each box. */
void walk_flush(struct walker *w, bool at_end);
/* A box of content: flushes the run first. */
struct item *walk_box(struct walker *w, mpt height, struct thing *t, int32_t sub);
/* A break opportunity between two boxes of one object (lines, table steps):
 * becomes a plain penalty, or a run when an open block retains borders. */
void walk_break(struct walker *w, mpt width, int32_t penalty, enum break_class c, struct thing *t, int32_t sub);
/* An fo:change-bar- or index-range-begin or -end among blocks. */
void walk_change(struct walker *w, struct fo_node *n);
/* A sibling boundary: an opportunity under the keeps gathered so far. */
void walk_sibling(struct walker *w);
void walk_force(struct walker *w, enum break_class c);
void walk_glue(struct walker *w, mpt opt, mpt stretch, mpt shrink, struct thing *t, int32_t sub);
/* Pushes a child FO of any block-level kind. */
void walk_push(struct walker *w, struct fo_node *n, struct blk *parent, mpt ref_width);
/* Runs until at least `enough` items are in w->out or all is done; false when
 * all is done. */
bool walk_some(struct walker *w, size_t enough);

/* Bars the breaks in items from.. of one object within so much of its start and
 * of its end (limits.c). */
void limit_breaks(struct seq *s, size_t from, mpt at_start, mpt at_end);

/* Sets the first lines of n lists (not in an arena) on one baseline
 * (relative.c). */
void align_baselines(struct seq *const *v, int32_t n);

/* Layouters by element; each sets f->step and prepares f->state. */
void block_begin(struct walker *w, struct wframe *f);      /* block.c */
void container_begin(struct walker *w, struct wframe *f);  /* container.c: fo:block-container */
void list_begin(struct walker *w, struct wframe *f);       /* list.c: fo:list-block */
void table_begin(struct walker *w, struct wframe *f);      /* table.c: fo:table */
void caption_begin(struct walker *w, struct wframe *f);    /* caption.c: fo:table-and-caption */
void lanes_begin(struct walker *w, struct wframe *f);      /* lanes.c: s:lanes */
void all_begin(struct walker *w, struct wframe *f);        /* lanes.c: s:all */

#endif
