/* What draws a line.  Private to inline layout. */
#ifndef SOTAY_LAYOUT_LINEPAINT_H
#define SOTAY_LAYOUT_LINEPAINT_H

#include "layout/citation.h"
#include "layout/para.h"

struct box_slot {
    struct ibox *box;
    mpt x0, x1, y0, y1;
    bool begins, ends, done;
};

/* Glyphs gathered to one area. */
struct gather {
    uint32_t glyph_n, text_n;
    const struct tstyle *ts;
    const struct ibox *box;
    struct font *font;
    mpt x, end, y;
    bool rtl, open, hyphen;
    bool bare; /* spaces that decoration leaves out */
};

struct painter {
    struct lpaint lp;
    struct style_cache *sc;
    struct unit *units;
    uint32_t n;
    struct box_slot *slots;
    uint32_t slot_n;
    struct gather g;
};

static inline const struct frag *unit_frag(const struct painter *pt, const struct unit *u) {
    return &pt->lp.para->frags[u->frag];
}
/* Glue under a ratio. */
mpt line_stretched(double ratio, mpt stretch, mpt shrink);

/* Boxes of inlines, line_box.c. */
bool box_begins_here(const struct painter *pt, const struct ibox *b, uint32_t first);
bool box_ends_here(const struct painter *pt, const struct ibox *b, uint32_t last);
void boxes_measure(struct painter *pt);
void boxes_enter(struct painter *pt, struct ibox *b);
void boxes_leave(struct painter *pt);
void box_draw(struct lpaint *lp, const struct fo_node *n, const struct edges *e, mpt x, mpt w, mpt top,
              mpt height, bool begins, bool ends);
mpt paint_top(const struct lpaint *lp, const struct actx *ac);

/* Text, line_text.c.  Areas gather glyphs until text_flush. */
void text_flush(struct painter *pt, bool line_end);
void text_add_space(struct painter *pt, const struct frag *f, const struct unit *u);
void text_add_word(struct painter *pt, const struct frag *f, const struct unit *u, bool hyphen);

#endif
