/* Citations whose page is not known when their line is drawn.  Private to
 * inline layout. */
#ifndef SOTAY_LAYOUT_CITATION_H
#define SOTAY_LAYOUT_CITATION_H

#include "layout/para.h"

/* Glyphs of `utf8`, unkerned, into a text area. */
void citation_fill(struct arena *arena, struct area_text *a, const char *utf8);
/* The line is drawn: what follows `before` in the list moves when its open
 * citations are filled in. */
void citation_close(struct lpaint *lp, struct area *before, const struct unit *units, uint32_t n);

#endif
