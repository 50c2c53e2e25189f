/* FO tree to pages: XSL 1.1, clauses 4, 6 and 7.
 *
 * Reads page-sequences one at a time, lays their flow out as boxes, glue and
 * penalties, breaks it into pages by total fit, and hands finished pages to a
 * sink.  Nothing here knows of PDF. */
#ifndef SOTAY_LAYOUT_H
#define SOTAY_LAYOUT_H

#include "area/area.h"
#include "base/base.h"
#include "fo/fo.h"
#include "graphics/graphics.h"
#include "text/text.h"

/* Asks why a page ended where it did: the break, the other places there were
 * with their costs and what barred them, the objects on the page.  page counts
 * from 1; lengths in points, in json in millipoints. */
struct explain {
    int32_t page;
    bool json, vietnamese;
    struct buf *out;
    /* Told of each object on the page; NULL: what was told before is of no account.  Or NULL. */
    void (*object)(void *arg, const struct fo_node *n);
    void *arg;
};

struct layout_options {
    int32_t limit_pages;        /* 0: none */
    const struct explain *explain; /* or NULL */
    bool trace_items;           /* print element lists on standard error */
    void (*progress)(void *arg, int32_t pages);
    void *arg;
};

/* Lays the whole document out into sink.  0, or -1 after an error that makes
 * pages impossible (told in diags).  What merely looks bad (overflow,
 * unresolved ids) is a warning and the result still 0. */
int layout_run(struct fo_doc *fo, struct fontset *fonts, struct images *images, struct area_sink *sink,
               const struct layout_options *options, struct diags *diags);

#endif
