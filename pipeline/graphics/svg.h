/* SVG pictures: Tiny 1.2 static, with clipPath, marker, pattern and CSS of
 * 1.1.  Private to graphics/.
 *
 * Geometry is read in user units (1 = 1 point where nothing is scaled) and
 * becomes integers of draw.unit to the user unit: 1000, or more where the
 * picture is enlarged so much that thousandths would be seen. */
#ifndef SOTAY_GRAPHICS_SVG_H
#define SOTAY_GRAPHICS_SVG_H

#include "graphics/private.h"

struct matrix {
    double a, b, c, d, e, f;
};
#define MATRIX_IDENTITY ((struct matrix){1, 0, 0, 1, 0, 0})

struct box {
    double x, y, w, h;
};

enum { SVG_DEPTH = 64, SVG_DASHES = 16 };

enum paint_kind { PAINT_NONE, PAINT_COLOR, PAINT_SERVER };
struct paint {
    enum paint_kind kind;
    struct color color;
    xmlNode *server; /* linearGradient, radialGradient, pattern */
};

/* Properties of an element, inherited ones copied down. */
struct svg_style {
    struct paint fill, stroke;
    struct color color, stop_color;
    double opacity, fill_opacity, stroke_opacity, stop_opacity;
    bool even_odd;
    double stroke_width, miter, dash_offset;
    int cap, join; /* PDF values */
    double dash[SVG_DASHES];
    int dash_count;
    const char *family;
    double size, letter_spacing;
    bool italic, hidden, none, underline, preserve, overflow;
    int weight, anchor; /* anchor: 0 start, 1 middle, 2 end */
    xmlNode *clip, *marker[3]; /* start, mid, end */
};

struct svg_rule {
    const char *selector, *body;
    int weight;
};

struct svg {
    struct image *image;
    xmlNode *root;
    struct box view; /* viewBox */
    bool has_view;
    struct map *ids;  /* id -> xmlNode */
    struct map *told; /* unsupported features told */
    struct svg_rule *rules;
    size_t rule_count, rule_cap;
    struct pos pos; /* for messages */
    bool busy;      /* being drawn: a picture that holds itself is not drawn again */
    int budget;     /* elements that may still be drawn */
};

/* References being followed, so that circles are seen. */
struct svg_chain {
    const xmlNode *n;
    const struct svg_chain *up;
};

struct draw {
    struct svg *svg;
    struct arena *arena;
    struct area_list *list;
    int32_t tag;
    struct pos pos;
    int depth;
    double unit;  /* area coordinates to the user unit */
    double scale; /* of user units on the page */
    struct box view; /* the nearest viewport, for percentages */
    const struct svg_chain *chain;
};

/* svg_value.c */
const char *svg_attr(const xmlNode *n, const char *name); /* lives as long as the tree, or NULL */
const char *svg_skip_space(const char *s); /* white space and commas */
/* Reads a number, moving *s past it; *ok false: none was there. */
double svg_number(const char **s, bool *ok);
double svg_length(const char *s, double percent_of, double font_size, double otherwise);
double svg_attr_length(const xmlNode *n, const char *name, double percent_of, double font_size,
                       double otherwise);
double svg_fraction(const char *s); /* 0..1, or percent */
bool svg_color(const char *s, struct color current, struct color *out);
bool svg_read_box(const char *s, struct box *out); /* viewBox */
struct matrix svg_transform(const char *s);
struct matrix matrix_times(struct matrix a, struct matrix b); /* points go through b first */
bool matrix_invert(struct matrix m, struct matrix *out);
struct box matrix_box(struct matrix m, struct box b); /* bounds of the image of b */
/* From `view` into a viewport (SVG 1.1, 7.8). */
struct matrix svg_fit(struct box view, struct box viewport, const char *preserve_aspect_ratio);

/* svg_style.c */
void svg_style_initial(struct svg_style *st);
void svg_style_of(struct svg *svg, const xmlNode *n, const struct svg_style *parent, struct svg_style *out);
/* Collects ids and style sheets of n, its siblings after it and all below. */
void svg_read_sheets(struct svg *svg, xmlNode *n, int depth);
xmlNode *svg_by_id(struct svg *svg, const char *ref); /* "#id" or "url(#id)" */

/* svg_path.c */
struct path_builder {
    struct arena *arena;
    struct matrix m; /* user units to area coordinates */
    uint8_t *ops;    /* heap until path_finish */
    size_t op_count, op_cap;
    mpt *xy;
    size_t xy_count, xy_cap;
    double x, y, x0, y0;                /* current point, start of the subpath */
    double min_x, min_y, max_x, max_y;  /* tight, user units */
    bool any;
};
void path_begin(struct path_builder *b, struct arena *arena, struct matrix m);
/* Adds the shape of rect, circle, ellipse, line, polyline, polygon or path;
 * false: n is none of these. */
bool path_add_shape(struct path_builder *b, const struct draw *d, const xmlNode *n, double font_size);
void path_add_rect(struct path_builder *b, struct box r);
/* The path in the arena, NULL when it is empty; frees what the builder held. */
struct area_path *path_finish(struct path_builder *b);
struct box path_box(const struct path_builder *b);

/* svg_text.c */
void svg_text(struct draw *d, xmlNode *n, const struct svg_style *st);

/* svg_paint.c: fill, stroke and markers of one shape. */
void svg_shape(struct draw *d, const xmlNode *n, const struct svg_style *st);
/* One colour for what cannot be painted otherwise (text, strokes). */
struct color svg_flat(struct draw *d, const struct paint *p, double opacity);
struct color svg_fade(struct color c, double opacity);

/* svg_gradient.c: a gradient or, when it comes to one colour, *flat. */
const struct gradient *svg_gradient(struct draw *d, xmlNode *server, struct box box, double opacity,
                                    struct color *flat);
/* The attribute of a gradient or pattern or of those it refers to. */
const char *svg_server_attr(struct svg *svg, const xmlNode *n, const char *name);
const xmlNode *svg_server_children(struct svg *svg, const xmlNode *n);
bool svg_is(const xmlNode *n, const char *name); /* an element of SVG with this name */

/* svg_clip.c: clips all of g's children. */
void svg_clip(struct draw *d, struct area_group *g, xmlNode *clip, const struct svg_style *st);
struct box svg_bounds(const struct draw *d, const struct area_list *list);

/* svg_marker.c */
void svg_markers(struct draw *d, const struct area_path *path, const struct svg_style *st);

/* svg.c */
void svg_element(struct draw *d, xmlNode *n, const struct svg_style *parent);
void svg_children(struct draw *d, const xmlNode *n, const struct svg_style *st);
/* Opens a group with matrix m (user units) and makes it where *d draws. */
struct area_group *svg_group(struct draw *d, struct matrix m);
struct rect svg_rect(const struct draw *d, struct box b);
mpt svg_mpt(double v);
/* Adds n to the chain; false when it is there already or all is too deep. */
bool svg_follow(struct draw *d, const xmlNode *n, struct svg_chain *link);
void svg_unsupported(struct svg *svg, const char *what);

#endif
