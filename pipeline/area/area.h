/* Finished pages: what layout hands on and what the back ends draw.
 *
 * Six kinds of area: group, text run, shape, image, link, destination.  All
 * coordinates are millipoints, origin at the page's (or group's) top left
 * corner, y downwards.  Every drawn area names the structure element it
 * belongs to (area_sink.tag_open), or is an artifact.  Pages are allocated
 * from their own arena and belong to layout; a sink must not keep them after
 * its page() returns. */
#ifndef SOTAY_AREA_H
#define SOTAY_AREA_H

#include "base/base.h"
#include "text/text.h"

enum color_space { COLOR_NONE, COLOR_RGB, COLOR_CMYK, COLOR_GRAY };
/* Components 0..65535; alpha 65535 is opaque. */
struct color {
    uint8_t space;
    uint16_t c[4], alpha;
};
#define COLOR_BLACK ((struct color){COLOR_RGB, {0, 0, 0, 0}, 65535})

struct rect {
    mpt x, y, w, h;
};

enum area_kind { AREA_GROUP, AREA_TEXT, AREA_SHAPE, AREA_IMAGE, AREA_LINK, AREA_DEST };

/* area.tag: index of a structure element, or one of these */
enum {
    TAG_ARTIFACT = -1,        /* decoration: borders, backgrounds, rules, repeated headers */
    TAG_PAGINATION_HEADER = -2, /* static content of region-before or -start */
    TAG_PAGINATION_FOOTER = -3  /* static content of region-after or -end */
};

struct area {
    struct area *next; /* the next in painting order */
    enum area_kind kind;
    int32_t tag;
    struct pos pos; /* of the FO it came from */
    const char *component; /* what it is of in the form of the document ("subject"), interned, or NULL */
};

struct area_list {
    struct area *first, *last;
};

/* Children drawn under a matrix (PDF order a b c d e f, e and f millipoints,
 * acting on y-down coordinates), clip and opacity. */
struct area_group {
    struct area a;
    double m[6];
    bool clips;
    struct rect clip; /* in the children's coordinates */
    const struct area_path *clip_path; /* or NULL */
    uint16_t opacity; /* 65535 = opaque */
    int32_t late;     /* > 0: the children come later, under this number: area_sink.late */
    struct area_list children;
};

/* A line of a paragraph: its texts share one.  Told of lines that are of a
 * component. */
struct area_line {
    mpt x, w;              /* of the block it stands in, before its own indents; coordinates of the texts */
    const void *paragraph; /* the same for lines of one paragraph of a page */
    int32_t tag;           /* of the paragraph */
    bool first, last;      /* of the paragraph, or of a part of it that a linefeed ends */
    const char *lang;      /* BCP 47, interned, or NULL */
    const char *component; /* of the block; an inline may be of another */
};

/* Glyphs of one font and size on one baseline.  glyphs[i].adv already holds
 * justification, letter-spacing and kerning.  text holds the characters;
 * glyphs[i].cluster indexes it (monotone in logical order), so that ToUnicode
 * or ActualText can be made.  hyphen: the last glyph is a hyphen of ours, to
 * be read as U+00AD. */
struct area_text {
    struct area a;
    mpt x, y; /* start of the baseline */
    struct font *font;
    mpt size;
    struct color color;
    const struct glyph *glyphs; /* visual order, left to right along the baseline */
    uint32_t glyph_count;
    const uint16_t *text; /* UTF-16 */
    uint32_t text_len;
    bool rtl, hyphen;
    const struct area_line *line; /* or NULL */
};

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE }; /* 1, 1, 3, 0 points */
struct area_path {
    const uint8_t *ops;
    const mpt *xy; /* pairs */
    uint32_t op_count;
};

struct gradient_stop {
    uint16_t offset; /* 0..65535 */
    struct color color;
};
struct gradient {
    bool radial;
    double m[6]; /* gradient space to the area's space (points), y-down */
    double x1, y1, x2, y2, r; /* linear: the axis; radial: centre x1 y1, focus x2 y2, radius */
    uint32_t stop_count;
    const struct gradient_stop *stops;
};

/* A path or rectangle, filled and/or stroked. */
struct area_shape {
    struct area a;
    const struct area_path *path; /* NULL: rect */
    struct rect rect;
    struct color fill, stroke; /* space COLOR_NONE: not painted */
    const struct gradient *fill_gradient; /* instead of fill, or NULL */
    bool even_odd;
    mpt stroke_width;
    uint8_t cap, join; /* PDF values */
    uint16_t miter;    /* 1/100 */
    const mpt *dash;   /* or NULL */
    uint32_t dash_count;
    mpt dash_phase;
};

struct image; /* graphics/graphics.h; a raster image */
struct area_image {
    struct area a;
    struct image *image;
    struct rect rect;
};

struct area_link {
    struct area a; /* tag: the Link element */
    struct rect rect;
    const char *uri;      /* or NULL: */
    const char *dest;     /* an id in this document */
    const char *contents; /* what the link is, for PDF/UA */
};

/* An id was placed here. */
struct area_dest {
    struct area a;
    const char *id;
    mpt x, y;
};

struct area_page {
    struct arena *arena;
    int32_t index;       /* 0-based place in the document; pages may be handed on in any order */
    mpt width, height;
    const char *label;   /* the formatted page number with prefix and suffix */
    int32_t number;      /* page number */
    const char *format;  /* its format token: "1", "i", "I", "a", "A", ... */
    const char *prefix, *suffix;
    bool blank;
    const char *lang;    /* BCP 47, of its page-sequence, or NULL */
    const char *master;
    struct rect body;    /* content rectangle of region-body; w 0: none */
    struct area_list areas;
};

/* A structure element (ISO 32000-1, 14.7; ISO 14289-1).  Strings are copied. */
struct area_tag {
    const char *type;  /* standard type: "P", "H1", "Table" ... */
    const char *role;  /* a non-standard role mapped to type, or NULL */
    const char *lang, *alt, *actual_text, *title, *id;
    const char *scope; /* TH: "Column" | "Row" | "Both" */
    const char *headers; /* TD: ids separated by spaces */
    const char *list_numbering; /* L: "Decimal", "Disc", "None" ... */
    int32_t row_span, col_span; /* 0 or 1: none */
    struct pos pos;
};

struct area_outline {
    const char *title, *dest; /* id, or NULL */
    const char *uri;
    bool open;
};

/* A back end.  Calls come in document order except page().  tag_open returns
 * the element's index (>= 0), outline likewise.  meta: keys "title", "author",
 * "subject", "keywords", "lang", "creator", "creation-date" (ISO 8601),
 * "page-layout" (ISO 32000-1, table 28; may come while pages do).
 * A sink keeps its first error and tells it in its own close function. */
struct area_sink {
    /* parent -1: the document */
    int32_t (*tag_open)(struct area_sink *s, int32_t parent, const struct area_tag *tag);
    void (*tag_close)(struct area_sink *s, int32_t tag); /* nothing will be added any more */
    void (*page)(struct area_sink *s, const struct area_page *page);
    int32_t (*outline)(struct area_sink *s, int32_t parent, const struct area_outline *o);
    void (*meta)(struct area_sink *s, const char *key, const char *value);
    void (*restart)(struct area_sink *s); /* forget all that came: layout begins another round */
    /* The children of a late group, before or after its page: artifacts without links and
     * destinations.  NULL: the sink takes pages only when they are complete. */
    void (*late)(struct area_sink *s, const struct area_group *group);
};

/* A sink that looks at what comes and hands it on to another: the first member of
 * what it is part of.  `page` and `restart` hand on themselves; it takes no late
 * groups. */
struct area_filter {
    struct area_sink sink;
    struct area_sink *to;
};
struct area_filter area_filter_to(struct area_sink *to, void (*page)(struct area_sink *, const struct area_page *),
                                  void (*restart)(struct area_sink *));

/* Builders: allocate in `arena`, append to `list`. */
struct area_group *area_add_group(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos);
struct area_text *area_add_text(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos);
struct area_shape *area_add_shape(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos);
struct area_shape *area_add_rect(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos,
                                 struct rect rect, struct color fill);
struct area_image *area_add_image(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos);
struct area_link *area_add_link(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos);
struct area_dest *area_add_dest(struct arena *arena, struct area_list *list, struct pos pos, const char *id,
                                mpt x, mpt y);
/* Moves all of `from` to the end of `to`. */
void area_list_append(struct area_list *to, struct area_list *from);
/* Inserts all of `from` after `after` (NULL: at the head). */
void area_list_insert(struct area_list *to, struct area *after, struct area_list *from);

/* A sink that writes the pages as XML (`--emit=areas`): integer millipoints,
 * each area with its source position; pages in order of index; the structure
 * tree and outline at the end.  close returns 0 or errno. */
struct area_sink *area_xml_open(struct out_file *out);
int area_xml_close(struct area_sink *s);
/* A sink that only counts (rounds of layout, tests). */
struct area_sink *area_count_open(void);
int32_t area_count_close(struct area_sink *s); /* pages seen */

#endif
