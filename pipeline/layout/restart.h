/* Layout goes on after a break at another inline extent.  Private to layout/. */
#ifndef SOTAY_LAYOUT_RESTART_H
#define SOTAY_LAYOUT_RESTART_H

#include "layout/line.h"
#include "layout/walk.h"

struct list_item;
struct page_sequence;

/* Where: in which open block, and with what. */
struct restart {
    struct fo_node *root;             /* the flow, or the list part the items are of */
    const struct blk *blk;            /* innermost block open at the break; NULL: only the root */
    struct fo_node *parent, *next;    /* FO to go on in and its child to be walked first */
    const struct para_source *source; /* the rest of a paragraph comes first */
    uint32_t piece, item;
    const struct list_item *list_item; /* the rest of a list item after step `step` comes first; SIZE_MAX: all of it */
    size_t step;
    struct group *group;              /* memory of the paragraph or list item */
};
/* How layout goes on after the break item `at` of s; false when it cannot be
 * taken apart there. */
bool restart_find(const struct seq *s, size_t at, struct fo_node *root, struct restart *r);
/* Is there content after item `at`? */
bool restart_content(const struct seq *s, size_t at);
/* The same from the end of `b`, the outermost block that cannot be taken apart. */
void restart_after(struct layout *l, const struct blk *b, struct fo_node *root, struct restart *r);
/* The outermost of b and its ancestors whose layout cannot be taken apart. */
struct blk *restart_bar(struct blk *b);
/* Puts the frames back, on the walker's only one, that of the root; returns the
 * innermost block that goes on. */
struct blk *restart_open(struct walker *w, const struct restart *r);

/* walk.c, block.c, list.c */
void walk_restart(struct walker *w, struct fo_node *root);
void walk_reopen(struct walker *w, struct fo_node *n, const struct blk *old, struct fo_node *next);
void walk_continue_para(struct walker *w, const struct para_source *src, uint32_t piece, uint32_t item,
                        struct group *group);
void walk_content_rest(struct walker *outer, struct fo_node *node, mpt width, struct seq *out,
                       const struct restart *from);
void block_resize(const struct walker *w, struct wframe *f);
/* Something stands in it already. */
void block_goes_on(struct wframe *f);
void block_reopen(struct walker *w, struct wframe *f);
void list_reopen(struct walker *w, struct wframe *f);
/* The list on top goes on with the rest of an item, whose new blk is returned. */
struct blk *list_resume(struct walker *w, const struct blk *old, const struct list_item *item, size_t step,
                 struct group *group);
/* The list item a thing is, or NULL. */
const struct list_item *list_item_of(const struct thing *t);
/* The first side float not yet placed that step `step` of a list item anchors. */
struct fo_node *list_item_float(struct page_sequence *ps, const struct list_item *li, size_t step);

#endif
