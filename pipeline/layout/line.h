/* Paragraphs: inline content to line areas (XSL 1.1, 4.7, 7.16, 7.17; UAX 9,
 * UAX 14).  Private to layout/. */
#ifndef SOTAY_LAYOUT_LINE_H
#define SOTAY_LAYOUT_LINE_H

#include "layout/items.h"
#include "layout/walk.h"

struct para;
struct para_source;

/* A line area, ready to be placed. */
struct line {
    struct thing thing; /* place: paints this line */
    struct para *para;
    mpt height;      /* block-progression-dimension, half-leading included */
    mpt baseline;    /* from its before edge */
    mpt ix, iw;      /* line area in the reference area: start offset, extent (indents worked in) */
    uint32_t first_item, end_item; /* of the paragraph: a restart goes on from end_item */
    bool hyphenated; /* ends in a hyphen of ours */
    struct fo_node **notes; /* fo:footnote objects cited on it, in order */
    uint32_t note_count;
    struct fo_node **floats; /* fo:float, fo:change-bar-begin, -end anchored on it, in order */
    uint32_t float_count;
    const struct para_source *source; /* whose lines these are; NULL when nothing can restart it */
    void *data;      /* private: adjustment, glue, baseline shifts */
};

/* What a block's inline content comes to: lines, or a block nested in inlines,
 * in order. */
enum para_piece_kind { PARA_LINES, PARA_BLOCK };
struct para_piece {
    enum para_piece_kind kind;
    struct line *lines; /* PARA_LINES: a piece ended by a preserved linefeed or a block is broken on its own */
    uint32_t line_count;
    struct fo_node *block; /* PARA_BLOCK: laid out as a child of the paragraph's block */
    struct para_frame {
        struct fo_node *node;
        bool first, last; /* of the inline's areas: it has its start and end edges */
    } *frames; /* PARA_BLOCK: inlines around it that paint, outermost first */
    uint32_t frame_count;
};
/* Pushes the block of a PARA_BLOCK piece, in its frames. */
void inline_block_push(struct walker *w, const struct para_piece *piece, struct blk *parent, mpt ref_width);
struct para_rest; /* of a long listing what comes after the pieces */
struct para_result {
    struct para_piece *pieces;
    uint32_t piece_count;
    struct para_rest *rest; /* NULL: nothing */
    struct group *home;     /* the memory the rest stands in */
};
/* What was laid out together: the children of a block from `child` up to `after`. */
struct para_source {
    struct para_result para;
    struct fo_node *child, *after;
};

/* Collects the inline-level content of `block` from `child` on, up to the next
 * block-level child (returned in *next, NULL at the end), and breaks it into
 * lines of a line area at ix, iw wide (content rectangle of the block in its
 * reference area).  first: text-indent applies (the block's first paragraph).
 * Everything is allocated in arena.  White space that is no content gives
 * pieces = 0.  A PARA_BLOCK's children are walked by the caller.  in_parts: of
 * many preserved lines only the first are broken. */
struct para_result para_layout(struct layout *l, struct arena *arena, struct fo_node *block,
                               struct fo_node *child, struct fo_node **next, mpt ix, mpt iw, bool first, bool in_parts);
/* The next of them; the memory of para_layout must stay. */
struct para_result para_more(struct arena *arena, const struct para_rest *rest, mpt ix, mpt iw);
/* Breaks a paragraph again from item `from` on for another line area: the rest
 * of its lines. */
struct para_piece para_rebreak(struct layout *l, struct arena *arena, struct para *p, uint32_t from, mpt ix,
                               mpt iw);

/* Inline-level boxes of any FO that is drawn as one piece (graphics,
 * inline-container) share this. */

/* Size of an fo:external-graphic or fo:instream-foreign-object by 7.15 and
 * content-width/-height, scaling (6.6.5, 6.6.6): the viewport (content
 * rectangle) and the picture in it.  base: percentages. */
struct graphic {
    const struct fo_node *node;
    struct image *image; /* NULL: missing */
    mpt width, height;   /* viewport */
    struct rect content; /* picture relative to the viewport */
    bool clips;
};
struct graphic graphic_of(struct layout *l, struct fo_node *n, mpt base_width, mpt base_height);
void graphic_paint(struct layout *l, struct canvas *c, const struct graphic *g, struct rect viewport, int32_t tag,
                   struct pos pos);

/* The line a thing is, or NULL. */
struct line *line_of(struct thing *t);
/* Frees what paragraphs cache for the document (l->text_styles). */
void line_drop_caches(struct layout *l);

/* What an fo:retrieve-marker retrieves on the page whose static content is
 * being laid out: a wrapper bound to it, or NULL (marker.c). */
struct fo_node *marker_content(struct layout *l, struct fo_node *retrieve);

/* A graphic has its size; what an fo:scaling-value-citation comes to, or NULL
 * (scaling.c). */
void scaling_met(struct layout *l, const struct fo_node *n, const struct graphic *g);
struct fo_node *scaling_content(struct layout *l, struct arena *arena, struct fo_node *n);
/* What an fo:index-page-citation-list comes to, bound where it stands, or NULL
 * (index.c). */
struct fo_node *index_content(struct layout *l, struct arena *arena, struct fo_node *list);

#endif
