/* Why a page ended where it did, told while it is placed.  Private to layout/. */
#ifndef SOTAY_LAYOUT_EXPLAIN_H
#define SOTAY_LAYOUT_EXPLAIN_H

#include "layout/flow.h"
#include "layout/para.h"

enum explain_id {
#define EXPLAIN(id, ...) EX_##id,
#include "layout/explain.def"
#undef EXPLAIN
};

const char *explain_say(const struct explain *x, enum explain_id id);
void explain_string(struct buf *b, const char *s);
/* An object and its place; one that has none of its own is where its nearest ancestor is. */
void explain_node(const struct explain *x, const struct fo_node *n);
/* The styles of these objects and of the blocks in them; NULL ones are passed over. */
void explain_styles(const struct explain *x, const struct fo_node *const *nodes, int count);

#endif
