/* Citations whose page is not known when their line is drawn.  Private to
 * inline layout. */
#ifndef SOTAY_LAYOUT_CITATION_H
#define SOTAY_LAYOUT_CITATION_H

#include "layout/para.h"

/* Glyphs of `utf8`, unkerned, into a text area. */
void citation_fill(struct arena *arena, struct area_text *a, const char *utf8);
/* A leader's dots: as many whole patterns as fit from x0 to x1. */
struct dots {
    struct dots *next;
    struct area_text *area;
    mpt x0, x1, unit;
};
void dots_fill(struct arena *arena, struct dots *d);
/* The line is drawn: what follows `before` in the list moves when its open
 * citations are filled in. */
void citation_close(struct lpaint *lp, struct area *before, const struct unit *units, uint32_t n);

#endif
