/* The core's own: walker life, page sequences, masters, the breaker.  Private
 * to layout/. */
#ifndef SOTAY_LAYOUT_FLOW_H
#define SOTAY_LAYOUT_FLOW_H

#include "layout/line.h"
#include "layout/restart.h"
#include "layout/run.h"
#include "layout/walk.h"

/* walk.c */
void walk_begin(struct walker *w, struct layout *l, struct fo_node *root, mpt width, struct seq *out);
void walk_end(struct walker *w);
struct blk *walk_blk(struct walker *w, struct fo_node *n, struct blk *parent, mpt ix, mpt iw, const struct edges *e,
                     mpt ref_width);
void group_release(struct walker *w, struct group *g);
/* What is in g refers to the memory of another group: that one stays as long. */
void group_lean(struct group *g, struct group *on);
enum break_class break_of(const struct fo_node *n, enum fo_prop p);
void children_begin(struct walker *w, struct wframe *f); /* block.c */
void children_in(struct walker *w, struct wframe *f);
/* A dashed or dotted stroke between two points (x, y, x, y). */
void paint_dashes(struct arena *a, struct area_list *list, struct pos pos, const mpt ends[4], mpt width,
                  struct color color, bool dotted);
void paint_border_side(struct arena *a, struct area_list *list, struct pos pos, int side, struct rect r, const mpt w[4],
                       enum fo_token style, struct color color); /* paint.c; side: 0 top, 1 bottom, 2 left, 3 right */
/* The lines of s:lines in a content rectangle at x, y of the placer (writing_lines.c). */
void paint_lines(struct placer *p, const struct fo_node *n, struct rect content);
/* Does it take the room below its part (s:fill; container.c)? */
bool thing_fills(const struct thing *t);
void walk_mark(struct walker *w, const struct mark *m); /* walk.c */
bool thing_is_run(const struct thing *t);
/* Frames for the ancestors of `blk` again, and its paragraph from item k on at
 * another width (block.c). */
struct note *note_new(struct walker *w, struct fo_node *footnote); /* note.c */
struct note *note_make(struct walker *w, struct fo_node *body); /* without content */
/* Before-floats (head_float.c). */
bool float_goes_ahead(const struct walker *w, const struct fo_node *n);
struct note *head_note_new(struct walker *w, struct fo_node *n);
/* The inline extent of the column w fills. */
mpt head_width(const struct walker *w);
void note_drop(struct note *n);
void notes_drop(struct layout *l);

/* Regions and page masters (master.c; XSL 1.1, 6.4.12-17, 7.27). ------------- */
struct region {
    struct fo_node *node;    /* NULL: not there */
    const char *name;
    struct rect viewport;    /* border rectangle on the page, y-down */
    struct edges edges;
    mpt width, height;       /* content rectangle in the region's own inline and block directions */
    int rotation;            /* reference-orientation: 0, 90, 180, 270 counter-clockwise */
    bool rl, tb;             /* writing mode */
    int32_t columns;
    mpt gap, column_width;
};
enum { REGION_BODY, REGION_BEFORE, REGION_AFTER, REGION_START, REGION_END, REGION_COUNT };
struct master {
    struct fo_node *node;
    const char *name;
    mpt width, height; /* page */
    int rotation;      /* reference-orientation of the page's content */
    struct region region[REGION_COUNT];
};
struct masters;
struct masters *masters_new(struct layout *l, struct fo_node *root);
void masters_drop(struct masters *m);
struct master *master_named(struct masters *ms, const char *name);
/* A page-sequence's choice among masters (6.4.7-11), a plain value: a copy
 * looks ahead. */
struct chooser {
    struct masters *masters;
    struct fo_node *sequence, *sub; /* sub: the sub-sequence specifier in use */
    struct master *simple;          /* master-reference names a simple-page-master */
    int32_t used;
    bool known;                     /* the reference named something */
    bool skip_only;                 /* the sequence turned out to have more pages */
};
struct page_kind {
    int32_t number;      /* page number: its parity */
    bool first, last, only, blank;
};
void chooser_start(struct chooser *c, struct masters *m, struct fo_node *page_sequence);
/* The master of the next page; NULL when there is none at all. */
struct master *chooser_next(struct chooser *c, struct page_kind k);
struct master *chooser_any(struct chooser *c);
bool chooser_has_last(const struct chooser *c); /* some conditional master asks page-position last */
bool chooser_has_only(const struct chooser *c);

/* A canvas for width x height of content (in its own inline and block
 * directions) turned by `rotation` degrees counter-clockwise, and by its writing
 * mode, into the physical rectangle at x, y of `list`. */
struct canvas turned_canvas(struct arena *arena, struct area_list *list, mpt x, mpt y, mpt width, mpt height,
                            int rotation, bool rl, bool tb, struct pos pos);
/* The same for a region's content rectangle; its background and border apart. */
struct canvas region_canvas(struct page *page, const struct region *r, struct area_list *list);
void region_paint(struct page *page, const struct region *r, struct area_list *list);

/* Breaking (breaker.c). ------------------------------------------------------- */
struct part_node;
struct breaker;
/* Where parts are: extent of part i in block-progression; whether it is the
 * last column of its page; whether its inline extent equals part 0's. */
struct part_source {
    void *arg;
    mpt (*extent)(void *arg, int32_t part);
    bool (*ends_page)(void *arg, int32_t part);
    bool (*same_width)(void *arg, int32_t part);
};
/* Footnotes of a part: note index and item, inclusive end; to < 0: none. */
struct note_range {
    int32_t from, from_item, to, to_item;
};
struct part {
    size_t from, to;       /* items: first after the last break; the break item */
    double ratio;
    mpt difference;        /* room left (> 0) for display-align */
    mpt overflow;          /* > 0: by how much it does not fit */
    int32_t queues;        /* of footnotes that it may show: */
    struct note_range notes[NOTE_QUEUES];
    bool empty;            /* nothing but footnotes, or a page left blank to recover */
};
struct breaker_options {
    mpt separator;         /* footnote separator's extent */
    mpt head_separator;    /* that of before-floats */
    bool recover;          /* what is too tall for a part is tried on the next ones */
    bool auto_height;
};
/* first: the item the sequence begins with (what stands before it is the break
 * that began it). */
struct breaker *breaker_new(struct seq *items, size_t first, struct part_source source, struct breaker_options o);
void breaker_drop(struct breaker *b);
/* Goes through the items there are; final: the list is complete (an end is
 * added).  Parts that no later item can change come out of breaker_next. */
void breaker_run(struct breaker *b, bool final);
/* The next settled part; false when there is none (yet).  keep_back: do not
 * give the last `keep_back` settled ones unless final. */
void breaker_set_separator(struct breaker *b, mpt extent);
void breaker_set_head_separator(struct breaker *b, mpt extent);
bool breaker_next(struct breaker *b, struct part *out, int32_t keep_back);
/* Gives up the parts not given out yet: they are broken anew. */
void breaker_skip(struct breaker *b);
/* Part i, settled but not given out yet. */
bool breaker_peek(struct breaker *b, int32_t i, struct part *out);
/* The sequence's end has been reached: *at is the forced break that ended it. */
bool breaker_ended(const struct breaker *b, size_t *at);
struct note *breaker_note(struct breaker *b, int32_t queue, int32_t index);
/* Items before `keep` are gone: positions move down. */
void breaker_shift(struct breaker *b, size_t count);
/* Stopped because the next part has another inline extent: *at is the break
 * item after which layout must go on anew. */
bool breaker_width_stop(struct breaker *b, size_t *at);
/* Footnotes cited before the stop that have not been set (wholly): they go on
 * in the breaker of the items made anew. */
struct note_rest {
    struct note **notes;
    size_t count, cap;
    int32_t item[NOTE_QUEUES];     /* of each queue: last item set of the first one, -1: none */
    int64_t inserted[NOTE_QUEUES]; /* its length */
};
void breaker_leave(struct breaker *b, struct note_rest *r);
void breaker_take(struct breaker *b, const struct note_rest *r);
/* The whole list at once, for containers and static content: overflow of one part. */
void breaker_simple(struct seq *items, mpt extent, struct part *out);

/* Balanced columns (balance.c): items from..last (the forced break) in at most
 * `columns` pieces; returns how many. */
enum { BALANCE_MAX = 64 };
struct column {
    size_t from, to; /* to: its break item */
};
int32_t balance_columns(const struct seq *s, size_t from, size_t last, int32_t columns, struct column *out);

void trace_items(const struct seq *s, size_t from, const char *title); /* trace.c */

/* By how much lane `lane` ends above the end of what precedes the break at item
 * pos (lanes.c). */
mpt lanes_slack(const struct seq *s, size_t pos, int32_t lane);

/* Page sequences. --------------------------------------------------------------- */

/* A page the breaker has asked about, not made yet (the first: the current). */
struct plan {
    struct master *master;
    struct chooser after;
};
struct page_note {
    struct note *note;
    size_t from, to; /* items, exclusive */
    int32_t column;  /* counted from 1, at whose foot it stands; 0: the page's */
    bool placed;
};
struct page_sequence {
    struct layout *l;
    struct masters *masters;
    struct fo_node *node, *flow;
    struct chooser chooser, before_current; /* as after the current page, and before it */
    int32_t number;              /* of the current page */
    int32_t made;                /* pages made */
    const char *prefix, *suffix, *format;
    struct page *page;
    struct area_list *body, turned; /* body: in the page's memory */
    struct fo_node *page_node;   /* nothing before it is asked for once the page before has ended; NULL: not known */
    struct canvas canvas;        /* of the region-body */
    bool facing;                 /* parts are spreads: page is the verso, */
    struct open_page {
        struct page *page;
        struct area_list *body;
        struct canvas canvas;
    } recto;                     /* the other one */
    bool empty;                  /* nothing placed on the current page */
    bool only, last, retry;      /* conditions the next page is made under; retry: it was not the only one */
    int32_t column, columns;     /* of the current span */
    bool span_all;
    mpt span_y, span_h;          /* before edge of the current span in the body; its used extent */
    mpt separator;               /* extent of the footnote separator; -1: not measured */
    mpt head_separator;          /* likewise, of before-floats */
    bool notes_by_column;        /* s:footnotes="column" */
    mpt lowest;                  /* after-edge of the content of the region-body so far */
    struct page_note *notes;     /* of the current page */
    size_t note_count, note_cap;
    /* the block sequence being broken */
    struct plan *plan;
    size_t plan_count, plan_cap;
    struct part_place {
        int32_t page, column;
    } *places;
    size_t place_count, place_cap;
    int32_t list_column;         /* where part 0 stands */
    int32_t placed;              /* parts of this list placed */
    struct float_place {
        struct fo_node *node;
        bool in_flow;
    } *floats;                   /* side floats placed, or left in the flow */
    size_t float_count, float_cap;
    bool float_beside, float_seen; /* the list stands beside a float; it is cut for the next one */
    bool widths_change;          /* the list began because of another width, so it may soon end */
    mpt float_height;            /* of the list beside a float, until one of them ends */
    struct float_side {
        mpt width, bottom;       /* width 0: nothing there */
    } side[2];                   /* the open floats: at the start and at the end */
    struct change_bar *bars;     /* open ones, outermost first */
    size_t bar_count, bar_cap;
    mpt notes_before;            /* extent of the footnotes on the page where the list begins */
    struct note_rest rest;       /* footnotes that a width change carries over */
    bool bars_live;              /* the flow's content is being placed, in the column at bar_x */
    mpt bar_x, bar_width;
    int32_t explained_parts;
    bool explaining_balance;     /* the part's end was chosen to balance columns */
};
int pages_run(struct layout *l, struct masters *m, struct fo_node *sequence); /* sequence.c */

/* page.c: the current page */
bool page_make(struct page_sequence *ps, bool blank);
void page_end(struct page_sequence *ps);
/* Extent of the footnotes already on the page, their separator included. */
mpt page_notes_extent(const struct page_sequence *ps);
/* Begins spreads, or ends them: the next page stands alone. */
void page_facing(struct page_sequence *ps, bool on);
/* Inline extent of the region-body on the versos or rectos to come. */
mpt page_facing_width(const struct page_sequence *ps, bool recto);
/* Forgets the current page, on which nothing has been placed. */
void page_undo(struct page_sequence *ps);
void page_break(struct page_sequence *ps, enum break_class c);
/* The same, before the items from `from` on are placed. */
void page_go_on(struct page_sequence *ps, const struct seq *items, size_t from, enum break_class c);
/* Where the items from `from` on begin; and that they do so on the page that has
 * begun: what lies before is done with. */
struct frontier page_frontier(const struct seq *items, size_t from);
void page_passed(struct page_sequence *ps, const struct frontier *f);
/* Narrows the frontier to a row when the item belongs to a table (table_place.c). */
void table_frontier(const struct item *it, struct frontier *f);
/* The same for a list item (list.c). */
void list_frontier(const struct item *it, struct frontier *f);
/* Keeps the lanes' elements, which go on to the end of their section (lanes_place.c). */
void lanes_frontier(const struct item *it, struct frontier *f);
void page_span(struct page_sequence *ps, bool all);
void page_place(struct page_sequence *ps, struct breaker *b, const struct seq *items, const struct part *part);
struct region *page_body(struct page_sequence *ps);
mpt page_column_width(struct page_sequence *ps, bool span_all);
/* Gives the current page another master; false when what stands on it already
 * would not suit. */
bool page_replace(struct page_sequence *ps, struct master *m);

/* width.c: the content goes on at another inline extent.  Breaking goes on at
 * the item returned. */
size_t widths_change(struct page_sequence *ps, struct walker *w, struct breaker *b);
/* The same after the forced break at item `at`, once it has been made. */
size_t widths_adapt(struct page_sequence *ps, struct walker *w, size_t at);
/* The same widths, but other room for lines.  in_place: no break is made at `at`. */
size_t widths_again(struct page_sequence *ps, struct walker *w, size_t at, bool in_place);
/* Lays the items after the break `at` out at the inline extents of master m, into
 * a walker and list of their own, to the flow's end.  False when they cannot be. */
bool widths_relay(struct page_sequence *ps, struct walker *from, size_t at, bool all, struct master *m,
                  struct walker *w, struct seq *out);

/* plan.c: the pages ahead, for the breaker */
void plan_start(struct page_sequence *ps);
void plan_drop(struct page_sequence *ps);
struct part_source plan_source(struct page_sequence *ps);
struct part_place plan_place(struct page_sequence *ps, int32_t part);

/* head_float.c */
mpt head_separator(struct page_sequence *ps);
void heads_place(struct page_sequence *ps, struct breaker *b, const struct part *part, struct placer *p);

/* explain.c: told when the page that is asked for is made, a part of it about to
 * be placed, ended; when all pages are made. */
void explain_begin(struct page_sequence *ps);
void explain_part(struct page_sequence *ps, const struct seq *s, const struct part *part);
void explain_end(struct page_sequence *ps);
void explain_finish(const struct explain *x, int32_t pages);

/* Flow maps (flow_map.c; 6.4.22-27). */
/* The fo:static-content for a region; the flow that fills region-body, with all
 * that the map puts after it. */
struct fo_node *flow_map_static(struct layout *l, struct fo_node *sequence, const char *region);
struct fo_node *flow_map_flow(struct layout *l, struct fo_node *sequence);

/* Indexes (index.c; 6.10). */
void index_drop(struct index *x);
/* An object with an index-key begins on this page. */
void index_met(struct layout *l, const struct fo_node *n, const struct page *page);
bool is_index_mark(const struct fo_node *n); /* fo:index-range-begin, -end */
void index_mark(struct placer *p, struct fo_node *n);
/* Did the lists of this round cite the right pages? */
bool index_settled(struct layout *l);
/* known: the next round's lists cite the pages of this one. */
void index_next_round(struct layout *l, bool known);
void index_tell(struct layout *l); /* keys nobody has */

/* Markers (marker.c; 6.13.5-6). ------------------------------------------------ */
struct marker_slots;
struct marker_slots *marker_slots_new(struct arena *arena);
void markers_commit(struct layout *l, struct page *page);
/* Copies what pages to come may ask for: the tree it stands in is about to go. */
void markers_keep(struct layout *l);
struct fo_node *first_marker(const struct fo_node *n);
const char *marker_class(const struct fo_node *marker);
void markers_drop(struct layout *l);

/* Static content (furniture.c; 6.4.20). ------------------------------------------ */
/* Side regions of the page: those drawn before and after the region-body. */
void furniture_add(struct page *page, struct fo_node *sequence, struct area_list *before, struct area_list *after);
/* Block extent of the xsl-footnote-separator, 0 when there is none. */
/* name: xsl-footnote-separator or xsl-before-float-separator (6.4.20). */
mpt separator_extent(struct layout *l, struct fo_node *sequence, mpt width, const char *name);
void separator_place(struct page *page, struct fo_node *sequence, struct canvas *c, mpt y, const char *name);

/* Change bars (change_bar.c; 6.13.2-3). ------------------------------------------ */
bool is_change_bar(const struct fo_node *n);
void change_bar_meet(struct layout *l, struct fo_node *n);
void change_bars_beside(struct placer *p, mpt height);
void change_bars_line(struct placer *p, const struct line *line);
void change_bars_column(struct page_sequence *ps, bool begins, mpt x, mpt width);
void change_bars_outside(struct page_sequence *ps, bool before);

/* Side floats (float.c; 6.12.2). ---------------------------------------------------- */
bool float_goes_aside(const struct walker *w, const struct fo_node *n);
void float_in_flow(struct walker *w, struct fo_node *n);
void float_anchor(struct walker *w, struct fo_node *n);
struct fo_node *float_of(struct page_sequence *ps, const struct item *it);
bool float_cut(struct page_sequence *ps, struct seq *s, size_t first, size_t from);
size_t float_go_on(struct page_sequence *ps, struct walker *w, size_t at);
bool float_end(struct page_sequence *ps, struct walker *w);

/* How wide the content of a reference area is when it is laid out `width` wide
 * (table_measure.c). */
enum { VERY_WIDE = 10 * 1000 * 1000 };
mpt content_need(struct layout *l, struct fo_node *n, mpt width);

/* stacking.c: the list that n, which stands in `list`, is drawn to; all at its
 * place. */
struct area_list *stacking_list(struct placer *p, const struct fo_node *n, struct area_list *list);
void stacking_settle(struct page *page);

/* reading.c: the flow's tree grows ahead of layout and is forgotten behind it. --- */

/* The next sibling, the first child, reading on where the tree still grows. */
struct fo_node *fo_after(struct layout *l, struct fo_node *parent, struct fo_node *n);
struct fo_node *fo_first_child(struct layout *l, struct fo_node *parent);
void fo_complete(struct layout *l, struct fo_node *n); /* reads n to its end */
/* Reads what walking `child` of `parent` may look at: it and its next sibling;
 * of a table only the beginning. */
void reading_ahead(struct layout *l, struct fo_node *parent, struct fo_node *child);
/* Forgets what stands on pages that have ended. */
void reading_forget(struct page_sequence *ps);

/* ids.c */
void ids_placed(struct layout *l, const char *id, struct page *page);
void ids_ended(struct layout *l, const char *id);
void page_finish(struct layout *l, struct page *page);
void page_hand_on(struct layout *l, struct page *page);

/* waiting.c */
/* A citation in n of a page that is not known now: its static content waits. */
bool waiting_needed(struct layout *l, const struct fo_node *n);
/* Where areas of static content that waits are allocated. */
struct arena *waiting_arena(struct layout *l);
/* The areas are the page's last ones in their list, with these citations open. */
void waiting_part(struct page *page, struct area_list *list, int32_t tag, struct pending *open);
/* Resolves citations now or has them wait; whether some wait. */
bool waiting_put(struct layout *l, struct held *h, struct pending *open);
/* Something has become known of an id. */
void waiting_ready(struct layout *l, const char *id);
/* Resolves what has become known; final: all. */
void waiting_resolve(struct layout *l, bool final);
void waiting_drop(struct layout *l);

#endif
