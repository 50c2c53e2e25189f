/* What the files of inline layout share.  Private to them.
 *
 * A block's inline content goes through four shapes: the FO tree; a text
 * buffer with parts (collect.c, whitespace.c); fragments and elements of total
 * fit, one list a paragraph (items_inline.c); lines (linebreak.c, linebox.c),
 * which linepaint.c draws. */
#ifndef SOTAY_LAYOUT_PARA_H
#define SOTAY_LAYOUT_PARA_H

#include "layout/line.h"

/* Sums of absurd lengths stay lengths. */
static inline mpt plus(mpt a, int64_t b) {
    return mpt_clamp(a + b);
}

struct elastic {
    mpt opt, stretch, shrink;
};

/* Which lines text-decoration draws (7.17.4), each in its own colour. */
struct decoration {
    bool any, under, over, through;
    struct color under_color, over_color, through_color;
};

/* The text part of a computed style, worked out once a style. */
struct tstyle {
    struct font *font;
    mpt size, ascent, depth, x_height, cap_height, line_height;
    mpt font_depth;              /* depth is that of the area (7.29.5) */
    mpt space;                   /* advance of U+0020 */
    struct elastic letter, word; /* letter-spacing; a whole word space */
    mpt hyphen;
    uint32_t hyphen_char;
    const char *language, *country, *bcp47; /* NULL: none */
    unsigned features;
    struct color color;
    struct decoration deco;
    enum text_case transform;
    const struct tstyle *small; /* the one for small capitals, when it has been asked for */
    bool told; /* that marks pass the line */
    bool small_caps, hidden, keep, preserve, hyphenate, has_edges, has_background;
    bool scores_spaces;          /* decoration runs through spaces (7.30.15) */
};
const struct tstyle *tstyle_of(struct layout *l, const struct fo_node *n);
const struct tstyle *tstyle_small(struct layout *l, const struct tstyle *ts);
/* Font units to millipoints the way PDF's /W stores widths: whole thousandths
 * of the em, cut, and whole millipoints, cut. */
static inline mpt glyph_mpt(const struct font *f, int32_t units, mpt size) {
    return (mpt)((int64_t)(units * 1000 / f->upem) * size / 1000);
}
/* A shaped glyph's advance: its own width and, apart from it, the kerning. */
static inline mpt glyph_advance(struct font *f, const struct glyph *g, mpt size) {
    int32_t bare = font_advance(f, g->gid);
    return glyph_mpt(f, bare, size) + (g->adv == bare ? 0 : glyph_mpt(f, g->adv - bare, size));
}
mpt char_width(const struct tstyle *ts, uint32_t cp);

/* Alignment of baselines (7.14), align.c. */
struct btable {
    mpt altitude, depth, x_height; /* depth: negative */
    uint16_t dominant;
    bool of_line; /* its before- and after-edge are those of the line */
};
struct actx {
    struct actx *parent;
    const struct btable *scaled;
    struct btable own;
    mpt height, line_height, point, shift, x_height;
    uint16_t align;
    bool initial; /* still on the line's own baseline table */
    bool moving;  /* depends on the line's before- or after-edge */
    mpt total;    /* cached when not moving */
};
struct line_edges {
    mpt before, after; /* from the baseline, up */
};
void actx_line(struct actx *a, const struct tstyle *ts);
/* n: NULL where an object has no properties of alignment. */
struct actx *actx_text(struct arena *arena, const struct fo_node *n, const struct tstyle *ts, mpt line_height,
                       struct actx *parent);
struct actx *actx_object(struct arena *arena, const struct fo_node *n, mpt height, struct actx *parent);
/* The alignment point is moved to `point` below the object's top. */
void actx_set_point(struct actx *a, mpt point);
/* How far the context's alignment point lies above the line's baseline. */
mpt actx_offset(const struct actx *a, const struct line_edges *e);

/* An open inline; the root is the block itself. */
struct ibox {
    struct ibox *parent,
        *visible; /* visible: the nearest one, self included, that leaves traces when drawn */
    struct fo_node *node;
    const struct tstyle *ts;
    struct actx *ac;
    struct edges *edges; /* NULL: none */
    mpt open, close;             /* border and padding at its true ends */
    mpt again_open, again_close; /* what of them stays at a break */
    mpt line_start, line_end;    /* again_* of all that are open */
    struct offset moved;         /* relative-position of all that are open */
    uint32_t first_para, first_frag, last_para, last_frag, epoch;
    uint32_t mark, slot; /* linepaint.c: the line it was last seen on */
    uint16_t depth;
    bool paints, link, keep, has_id, character, seen;
    bool treat_as_space;         /* a character that word-spacing counts for (7.17.7) */
};

struct lpaint;
struct inobj;
struct inobj_ops {
    /* width on this page, when it may differ from the planned one (numbers);
     * may be NULL */
    mpt (*width)(struct lpaint *lp, struct inobj *o);
    /* draws it with its border edge at x, w wide */
    void (*paint)(struct lpaint *lp, struct inobj *o, mpt x, mpt w);
};
/* An object in the line: graphic, container, number, leader. */
struct inobj {
    const struct inobj_ops *ops;
    struct fo_node *node;
    struct ibox *box; /* what it stands in */
    const struct tstyle *ts;
    struct actx *ac;
    struct edges edges;
    mpt width;          /* content */
    mpt stretch, shrink;
    bool leader;        /* glue between auxiliary boxes */
    bool edges_in_height; /* the alignment context spans border and padding too */
    bool holds_text;      /* its box is as high as its font */
};

/* Parts of the collected content, in order. */
enum part_kind {
    PART_TEXT,    /* start..end of the buffer */
    PART_CHAR,    /* fo:character: one character of the buffer, ibox its own */
    PART_OBJECT,  /* U+FFFC at start */
    PART_OPEN, PART_CLOSE, /* of ibox */
    PART_EMPTY,   /* an empty inline with an id: U+FFFC, no width */
    PART_NOTE, PART_FLOAT, /* anchored to what precedes it, or here */
    PART_CONTROL, /* bidi control */
    PART_BREAK,   /* a preserved linefeed at start */
    PART_BLOCK    /* a block among the inlines */
};
struct ipart {
    uint8_t kind;
    bool trailing; /* whitespace.c: text that may be trimmed at the block's end */
    uint32_t start, end;
    struct ibox *box;
    struct inobj *object;
    struct fo_node *node;
};

struct collected {
    struct layout *l;
    struct arena *arena;
    uint16_t *text;
    size_t n, cap;
    struct ipart *parts;
    size_t part_count, part_cap;
    struct ibox *root;
    struct fo_node *block;
    mpt width;
    bool has_controls;
    /* white space */
    bool after_linefeed;
    size_t pending_from;
    enum fo_token linefeed, treatment;
    bool collapse, keeps_ends;
};
struct fo_node *collect_inlines(struct collected *c, struct fo_node *block, struct fo_node *child);
struct ipart *collect_part(struct collected *c, enum part_kind kind, struct ibox *box);
/* 7.16.7-12: appends the run of text and characters from..to (siblings, `to`
 * exclusive) with white space treated.  at_end: the paragraph ends there. */
void whitespace_append(struct collected *c, struct fo_node *from, struct fo_node *to, struct ibox *box,
                       bool at_end);
void whitespace_end(struct collected *c);

/* Fragments: what elements stand for. */
enum frag_kind { FRAG_WORD, FRAG_SPACE, FRAG_OBJECT, FRAG_OPEN, FRAG_CLOSE, FRAG_EMPTY };
struct frag {
    uint32_t start, end;           /* text */
    uint32_t word_start, word_end; /* what is shaped as one */
    struct ibox *box;
    struct font *font;
    uint32_t script;
    mpt w;    /* natural width, without `kern` */
    mpt kern; /* towards the next fragment when no break comes between */
    uint16_t letters; /* letter-spaces in it */
    uint8_t kind, level;
    bool hyphen; /* a break after it shows a hyphen */
    struct inobj *object;
};

enum { EL_BOX, EL_GLUE, EL_PENALTY };
enum { EL_AUX = 1, EL_FLAGGED = 2, EL_MAIN = 4, EL_ALIGN = 8 };
/* kind; EL_MAIN: draws its fragment; EL_ALIGN: a box whose alignment context
 * takes part in the line's height. */
struct el {
    mpt w, stretch, shrink;
    int32_t frag; /* -1: none */
    int16_t penalty;
    uint8_t kind, flags;
};
enum { EL_INFINITE = 1000, RAGGED_STRETCH = 3 * 3336 };

struct anchor {
    uint32_t at; /* the element it hangs on */
    struct fo_node *node;
    bool is_float;
};

/* One paragraph: the inline content between blocks and preserved linefeeds. */
struct para {
    struct layout *l;
    struct fo_node *block;
    struct ibox *root;
    const uint16_t *text;
    const struct ipart *parts;
    uint32_t part_from, part_to;
    struct el *els;
    uint32_t el_count;
    struct frag *frags;
    uint32_t frag_count;
    struct anchor *anchors;
    uint32_t anchor_count;
    uint32_t ignore_start, ignore_end;
    uint32_t index; /* among the paragraphs of one para_layout */
    mpt indent, end_indent, width;
    uint16_t align, align_last; /* E_START, E_CENTER, E_END, E_JUSTIFY */
    bool first;       /* text-indent applies */
    bool forced_end;  /* ended by a preserved linefeed */
    bool hyphenated;  /* hyphenation points have been looked for */
    bool after_block, before_block; /* a block among the inlines stands next to it */
    bool has_bidi, rtl, trims_start, trims_end;
    bool has_marks;   /* Vietnamese letters: their marks may pass the line */
};
/* Makes p's fragments and elements; hyphens: with hyphenation points. */
void items_inline(struct para *p, struct arena *arena, bool hyphens);

/* An inline's box in `parent`, collect.c. */
struct ibox *inline_box(struct collected *c, struct fo_node *n, struct ibox *parent);
/* The block's first line in the style of its fo:initial-property-set,
 * first_line.c: makes p's elements anew. */
void first_line_style(struct collected *c, struct para *p);

/* Total fit, linebreak.c. */
enum allowed_breaks { BREAKS_ALL, BREAKS_UNFLAGGED, BREAKS_FORCED };
struct chosen {
    uint32_t end; /* element at which the line breaks */
    mpt difference, stretch, shrink;
    double ratio;
};
struct fit {
    const struct el *els;
    uint32_t from, count;
    mpt width;
    bool centered;
    int32_t ladder; /* 0: no limit */
    double tolerance;
    bool force;
    enum allowed_breaks allowed;
};
struct line_scratch;
/* The chosen breaks in order, in the scratch memory; 0 when there are none. */
uint32_t linebreak_run(struct line_scratch *s, const struct fit *f, const struct chosen **out);

/* Where p breaks; the count, 0 when it has no lines (linebox.c). */
uint32_t para_breaks(struct para *p, struct arena *arena, const struct chosen **out);

/* Lines, linebox.c. */
struct line_data {
    double ratio;
    mpt start_indent; /* of the content in the line area */
    mpt half_leading, lead, height; /* baseline below half_leading + lead */
    mpt difference, stretch, shrink;
    uint32_t first, last; /* elements to draw: first..last, last exclusive */
    uint16_t align;
    bool hyphen, ends_with_space, last_line;
};
struct para_piece linebox_lines(struct para *p, struct arena *arena, uint32_t from, mpt ix,
                                const struct chosen *c, uint32_t n, uint32_t els_from);
/* Room for ink that passes the line, clearance.c. */
void clearance_apply(const struct para *p, uint32_t from, uint32_t to, mpt half, mpt *lead, mpt *follow);
/* The inline content of n as one line, as wide as it is; NULL: nothing. */
struct line *linebox_single(struct layout *l, struct arena *arena, struct fo_node *n, mpt base);
extern const struct thing_ops line_ops;

/* Drawing, linepaint.c. */
struct unit {
    int32_t frag;     /* -1: a box's edge at the line's end */
    struct ibox *box;
    mpt x, w;
    double ratio;
    uint8_t level;
    bool opens;
};
struct lpaint {
    struct layout *l;
    struct placer *p;
    struct line *line;
    struct para *para;
    struct line_data *d;
    mpt left, top, baseline; /* physical, in the canvas's list */
    struct line_edges edges;
    struct citation_line *cited; /* NULL: no citation is open */
    struct dots *dots;           /* leaders drawn on the line */
};
/* Draws characters as text with no kerning: page numbers. */
void paint_chars(struct lpaint *lp, const struct tstyle *ts, const char *utf8, mpt x, mpt y, int32_t tag,
                 struct pos pos);
/* Baseline of text that stands in `ac`. */
mpt paint_baseline(const struct lpaint *lp, const struct actx *ac, mpt ascent);
void paint_decoration(struct lpaint *lp, const struct tstyle *ts, mpt x, mpt w, mpt y, struct pos pos);
/* Logical offset in the canvas of a physical x. */
mpt paint_ix(const struct lpaint *lp, mpt x);

/* Objects. */
struct inobj *object_new(struct collected *c, size_t size, struct fo_node *n, struct ibox *box);
struct inobj *number_object(struct collected *c, struct fo_node *n, struct ibox *box);   /* page-number */
struct inobj *citation_object(struct collected *c, struct fo_node *n, struct ibox *box); /* citations */
struct inobj *leader_object(struct collected *c, struct fo_node *n, struct ibox *box);
struct inobj *graphic_object(struct collected *c, struct fo_node *n, struct ibox *box);
struct inobj *container_object(struct collected *c, struct fo_node *n, struct ibox *box);

/* Memory that is used again from paragraph to paragraph. */
struct style_cache {
    struct tstyle **styles;
    size_t style_cap;
    struct line_scratch *fit;
    struct unit *units;
    size_t unit_cap;
    struct box_slot *slots;
    size_t slot_cap;
    struct glyph *glyphs;
    size_t glyph_cap;
    uint16_t *text;
    size_t text_cap;
    uint32_t mark, epoch;
};
struct style_cache *style_cache_of(struct layout *l);
struct line_scratch *line_scratch_new(void);
void line_scratch_drop(struct line_scratch *s);

#endif
