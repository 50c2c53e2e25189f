/* Layout's own currency: boxes, glue, penalties; what they place; the canvas
 * they are placed on.  Private to layout/.
 *
 * All of layout works in inline- and block-progression coordinates: ix from
 * the start edge, by from the before edge of the nearest reference area's
 * content rectangle.  canvas_rect turns them into page coordinates. */
#ifndef SOTAY_LAYOUT_ITEMS_H
#define SOTAY_LAYOUT_ITEMS_H

#include "layout/layout.h"

enum { PENALTY_INFINITE = 1000 }; /* a break is barred; -PENALTY_INFINITE forces it */

enum { CUT_NONE, CUT_HERE, CUT_PAGE }; /* the flow goes on in place; on the next page */
enum { SPAN_SAME, SPAN_NONE, SPAN_ALL, SPAN_ALL_UNBALANCED, SPAN_FACING };
enum item_kind { ITEM_BOX, ITEM_GLUE, ITEM_PENALTY };

struct thing;
struct note;
struct blk;

/* Class of a forced break or context of a keep (7.20, 7.20.3). */
enum break_class { BREAK_NONE, BREAK_COLUMN, BREAK_PAGE, BREAK_EVEN, BREAK_ODD };

struct item {
    uint8_t kind;
    uint8_t break_class; /* penalty <= -INFINITE: what is forced; otherwise context of the strongest keep */
    bool aux;            /* not content; aux glue is advanced by its run of marks */
    uint8_t next_span;   /* a forced break where the span changes */
    uint8_t cut;         /* a forced break made for a side float: CUT_HERE, CUT_PAGE */
    bool end_of_flow;    /* the forced break that ends the last block sequence */
    uint16_t note_count;
    mpt w, stretch, shrink;
    int32_t penalty;
    struct thing *thing; /* what is placed, or NULL */
    int32_t sub;         /* which piece of it */
    struct note **notes; /* footnotes cited in this box */
    struct group *group; /* memory it lives in */
    struct blk *blk;     /* innermost open block when it was made */
};

/* A growing list of items. */
struct seq {
    struct item *v;
    size_t n, cap;
    uint8_t lead_break, trail_break; /* breaks asked for before and after all of a nested list (enum break_class) */
};
struct item *seq_add(struct seq *s); /* zeroed */
void seq_box(struct seq *s, mpt w, struct thing *thing, int32_t sub);
void seq_aux_box(struct seq *s);
void seq_glue(struct seq *s, mpt w, mpt stretch, mpt shrink, struct thing *thing, int32_t sub);
void seq_penalty(struct seq *s, mpt w, int32_t penalty, enum break_class c, struct thing *thing, int32_t sub);
void seq_free(struct seq *s);
/* Height of items from..to (exclusive) when a part begins at from and breaks at
 * to: leading glue and penalties are dropped, penalty widths count only at the
 * end. */
int64_t seq_extent(const struct seq *s, size_t from, size_t to);

struct layout;
struct page;
struct placer;

/* Something items place.  place() draws the items first..last (inclusive) of a
 * part, all of this thing; the placer has advanced to their top (p->y) and
 * advances past them itself by their widths.  A grouped thing gets all its
 * items of the part in one call (tables, lists) and leaves p->y after what it
 * has drawn, which a break makes longer than its items; others get one call an
 * item. */
struct thing_ops {
    bool grouped;
    /* at_start: the part begins with these items (content before them went to
     * an earlier part); at_end: the part ends with them by a break. */
    void (*place)(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                  bool at_start, bool at_end);
};
struct thing {
    const struct thing_ops *ops;
};

/* A footnote: laid out when its citation is, at the width of the region-body, or
 * of the lane at whose foot it stands. */
/* Queues: those of the page, then of each lane, in the order in which they are
 * set; last the before-floats. */
enum { NOTE_QUEUES = 10, QUEUE_HEAD = NOTE_QUEUES - 1 };
struct layout;
struct lane_foot {
    int32_t queue;
    mpt ix, width; /* in the region-body */
    bool recto;    /* on the second page of a spread */
};
struct note {
    struct lane_foot foot; /* queue 0: the page's */
    struct fo_node *body; /* fo:footnote-body, or a before-float */
    struct seq items;
    int64_t height;       /* of all its boxes and glue */
    int32_t first_tag;    /* the structure elements of its content have this index or a higher one */
    struct arena *arena;  /* its own: it may outlive its citation's page */
    struct layout *l;
    struct note *prev, *next; /* among the sequence's notes still to be placed */
};

/* Where areas go.  A list in page memory and a reference area: its origin in
 * the list's coordinates and its extent; rl: inline-progression runs to the
 * left.  (tb and rotation are a group with a matrix around the list.) */
struct canvas {
    struct arena *arena;
    struct area_list *list;
    mpt x, y;   /* physical position of the reference area's top left corner */
    mpt width;  /* its inline extent */
    bool rl;
};
/* Physical rectangle of inline extent iw at ix, block extent bh at by. */
struct rect canvas_rect(const struct canvas *c, mpt ix, mpt by, mpt iw, mpt bh);

/* Borders, paddings, background of one object, in relative directions. */
enum { SIDE_BEFORE, SIDE_AFTER, SIDE_START, SIDE_END };
struct edges {
    mpt border[4], padding[4];
    bool border_keeps[4], padding_keeps[4]; /* conditionality = retain; before and after only */
};
/* base: what percentages refer to (width of the containing block). */
void edges_of(struct edges *e, const struct fo_node *n, mpt base);
static inline mpt edges_width(const struct edges *e, int side) {
    return e->border[side] + e->padding[side];
}
/* Paints background then borders of an object whose border rectangle is given
 * in ix, by; without_before/after: that border is not there (broken, discard).
 * Areas are inserted after `after` in c->list (NULL: at the head) when
 * `insert`, else appended. */
struct box_paint {
    const struct fo_node *node;
    struct edges edges;
    mpt ix, by, iw, bh;
    bool without_before, without_after;
    int32_t tag;
};
void paint_box(struct layout *l, struct canvas *c, const struct box_paint *b, bool insert, struct area *after);
struct color color_of(const struct fo_value *v);

/* One part (page or column) being filled.  Nested lists (cells, list parts,
 * containers) are placed by place_items with a placer of their own. */
struct frame;
struct placer {
    struct layout *l;
    struct page *page;
    struct canvas c;
    mpt y; /* block-progression offset in c */
    double ratio; /* glue adjustment: > 0 stretches, < 0 shrinks */
    struct frame *frames; /* open block frames, innermost first */
    bool header_repeat;   /* areas are a repetition: artifacts, no ids */
    int32_t fixed_tag;    /* < 0: all areas get it (static content); else 0 */
    struct table_scope *tables; /* bodies of tables it stands in, innermost first */
    mpt padding_before;   /* of a cell: from there offsets of what is positioned in it count */
    mpt room;             /* below the part, for a container that fills its column */
    const struct recto *recto; /* of a spread whose first page this is, or NULL */
};
struct recto {
    struct page *page;
    struct canvas c;
};
/* Markers that a table's header and footer may retrieve (6.13.7). */
struct table_scope {
    struct marker_slots *fragment, *table;
    struct table_scope *up;
    struct page *page;
    struct arena *arena; /* of what is bound */
};
/* Places items from..to (exclusive) of s as a part: drops leading glue and
 * penalties, skips a break's penalty inside, resolves marks.  The placer's y
 * ends after the last item.  `broken_start`/`broken_end`: the content goes on
 * before / after this part. */
void place_items(struct placer *p, const struct seq *s, size_t from, size_t to, bool broken_start,
                 bool broken_end);
/* A placer for a nested reference area in the same page and group: origin at
 * (ix, by) of the outer one, inline extent iw. */
struct placer placer_nested(const struct placer *outer, mpt ix, mpt by, mpt iw);

/* How far relative-position moves n (7.13.5); width, height: what percentages
 * are of. */
struct offset {
    mpt x, y;
};
struct offset position_relative(const struct fo_node *n, mpt width, mpt height);
/* Moves what stands after `after` in the list (NULL: all). */
void position_shift(struct arena *arena, struct area_list *list, struct area *after, struct offset by, struct pos pos);
/* What clip (7.21.1) leaves of r. */
struct rect position_clip(struct layout *l, const struct fo_node *n, struct rect r);
/* The list that content in r goes to under fox:transform. */
struct area_list *position_transform(struct layout *l, struct arena *arena, struct area_list *list, const struct fo_node *n,
                                     struct rect r);
/* The same for what stands after `after` already. */
void position_transform_since(struct layout *l, const struct canvas *c, struct area *after, const struct fo_node *n, struct rect r);

/* An id or marker met while placing (inline ids too): records page and place
 * (the first one counts as first, each one as last), and adds a destination. */
void place_id(struct placer *p, struct fo_node *n, mpt ix, mpt by);
/* An area of n begins (starting) or ends here; edge: it is the object's first
 * or last one.  Registers its fo:marker children (6.13.5). */
void place_markers(struct placer *p, struct fo_node *n, bool starting, bool edge);
void place_id_again(struct placer *p, struct fo_node *n); /* a later area of an object with an id */

/* Components of a form (component.c): that of n; NULL: none.  component_name gives
 * it, and the line, to areas from `from` on that have none of their own. */
const char *component_of(const struct fo_node *n);
void component_name(struct area *from, const char *component, const struct area_line *line);
bool tag_is_standard(const char *type); /* of ISO 32000-1, 14.8.4 */
/* The structure element of n, made in FO order when layout first meets it;
 * returns its index or TAG_ARTIFACT. Inherits the parent's when n makes none. */
int32_t tag_of(struct layout *l, struct fo_node *n);
/* The same for a cell of the grid, cut where its table ends; for columns of a
 * row that no cell takes: rows have equal numbers of columns (ISO 14289-1, 7.5). */
int32_t tag_of_cell(struct layout *l, struct fo_node *n, int32_t rows, int32_t columns);
void tag_no_cell(struct layout *l, struct fo_node *row, int32_t columns);
/* Where content that is not placed yet begins. */
struct frontier {
    struct fo_node *node;         /* NULL: not known */
    struct fo_node *read;         /* the same, or what is still asked for before it */
    int32_t kept_from, kept_to;   /* elements from .. below these go on: a table's header and footer, lanes */
};
/* Closes the elements of FOs that lie wholly before the frontier, when no page
 * that may hold some of their areas waits; all: none of them goes on. */
void tags_end_before(struct layout *l, const struct frontier *f, bool all);
/* The page has been handed on. */
void tags_page_gone(struct layout *l, struct page *page);
/* tag to draw with: p->header_repeat or artifact static content override it */
int32_t placer_tag(const struct placer *p, struct fo_node *n);

/* Document-wide state. */
struct id_entry {
    const char *id;
    int32_t first_page, last_page; /* index of the page */
    const char *first_label, *last_label;
    const char *content_label;     /* of the last page that is not blank */
    int32_t list, round;           /* serial of the block sequence that placed it, in which round */
    bool ended;                    /* its object has ended: last_page is final */
};
/* For painting: NULL when not placed yet. */
struct id_entry *ids_find(struct layout *l, const char *id);
/* For line breaking: only what an earlier block sequence placed, so that lines
 * never depend on how far breaking has come. */
struct id_entry *ids_known(struct layout *l, const char *id);

struct index;
/* The number of its first or last page; content: of the last that is not blank. */
const char *ids_label(const struct id_entry *e, bool last, bool content);

struct layout {
    struct fo_doc *fo;
    struct fontset *fonts;
    struct images *images;
    struct area_sink *sink;
    const struct layout_options *options;
    struct diags *diags;
    struct arena *arena;     /* the document's */
    struct arena *seq_arena; /* the page-sequence's: lives until its last page is committed */
    struct map *ids;
    struct index *index, *index_before; /* of this round, and of the one whose pages lists cite */
    struct map *exact;       /* ids of a round before, for citations of exact width */
    bool wants_exact;        /* there are such citations */
    struct map *scales;      /* of graphics, by id: scaling.c */
    bool scales_missing, scales_asked; /* a citation did not find one; another round has begun for it */
    struct page_sequence *ps; /* the one being laid out */
    int32_t sequence_serial; /* of the page-sequence */
    int32_t list_serial;     /* of the block sequence being laid out */
    int32_t page_count;      /* pages made so far */
    int32_t last_number;     /* of the last page of the sequence before */
    bool spreads;            /* some pages face each other, and the sink knows it */
    bool in_static;          /* laying out static content: no structure elements */
    struct arena *static_arena; /* for what markers bind, while in_static */
    int32_t measuring;       /* tables whose columns are being measured, one in another */
    struct table_scope *table_scope; /* the fragment whose header or footer is laid out again */
    struct page *static_page;   /* the page whose static content is laid out */
    struct page *pages, *last_held; /* finished, waiting for citations, oldest first */
    size_t held_bytes;
    struct waiting *waiting; /* those citations, and static content that waits without its page */
    int32_t round;           /* of layout, from 1; see ids.c */
    bool counting;           /* this round's pages are dropped: another follows */
    struct note *notes, *oldest_note; /* of the page-sequence, not placed yet, the newest first */
    mpt area_height;         /* block extent of the region now laid out: percentages */
    const struct fo_node *sized; /* the fo:block-container of given height whose content is laid out */
    mpt page_width, page_height;
    struct marker_carry *carry;
    int32_t note_serial;     /* footnotes given ids */
    struct open_tag *open_tags; /* structure elements to which something may still be added (tags.c) */
    size_t open_tag_count, open_tag_cap;
    int32_t cell_rows, cell_columns; /* of the fo:table-cell whose element is made */
    int32_t tag_end;         /* above the indices of all made so far */
    int32_t page_estimate;   /* number of the page now being filled, for fo:page-number before breaking */
    struct style_cache *text_styles; /* inline layout's */
};

/* What is finished but for citations: a page, or static content alone. */
struct held {
    int32_t open;             /* citations */
    struct page *page;
    struct area_group *group; /* instead of a page */
};

/* The page being built. */
struct page {
    struct layout *l;
    struct held held;
    struct area_page *area;
    struct arena *arena;
    int32_t number;
    struct pending *pending; /* citations still open, newest first */
    struct marker_slots *markers;
    struct master *master;
    struct area_list *list;  /* where regions draw: turned when the master is */
    struct raised *raised;   /* what z-index takes out of the order (stacking.c) */
    int32_t *ended_tags;     /* closed once the page has been handed on (tags.c) */
    size_t ended_count, ended_cap;
    struct page *next, *prev;
};
/* A citation whose page is not known yet: `resolve` is called with the label
 * when it is (or "" at the end with a warning).  Allocate in page->arena. */
struct pending {
    const char *id;
    bool last; /* fo:page-number-citation-last */
    bool content; /* of its pages those that are not blank (7.30.10) */
    struct pos pos;
    void (*resolve)(struct pending *self, const char *label);
    struct pending *next;
    struct held *held;
};
void page_add_pending(struct page *page, struct pending *pending);

#endif
