/* What the files of fo/ share: the document, the property machine, the tree
 * builder.  Private to fo/. */
#ifndef SOTAY_FO_TREE_H
#define SOTAY_FO_TREE_H

#include "fo/fo.h"
#include "fo/vocab.h"

#define PAGES ((P_COUNT + FO_PAGE - 1) / FO_PAGE)
#define IDENTITY_PAGE (P_ID / FO_PAGE) /* values that name one object only */
#define TEXT_PAGES (P_LINE_HEIGHT_SHIFT_ADJUSTMENT / FO_PAGE + 1)
#define MAX_DEPTH 4096
#define MAX_ATTRS 256 /* of one object */

/* A style with what the property machine keeps beside it. */
struct style {
    struct fo_style pub; /* first: a fo_style is a style */
    const struct style *base; /* without the values of the identity page; itself */
    struct style *plain; /* of a child without attributes */
};

static inline const struct style *style_of(const struct fo_style *s) {
    return (const struct style *)(const void *)s;
}

/* How strongly a value was specified: the stronger wins, whatever the order of
 * writing (XSL 1.1, 5.2 and 5.3). */
enum rank {
    RANK_NONE,
    RANK_SHORTHAND,      /* border, margin, font ... */
    RANK_SHORTHAND_KIND, /* border-width, border-style, border-color */
    RANK_SHORTHAND_SIDE, /* border-top ... */
    RANK_WHOLE,          /* space-before, border-before-width */
    RANK_COMPONENT,      /* space-before.optimum */
    RANK_ABSOLUTE        /* border-top-width, width */
};

/* The computation of one style. */
struct compute {
    struct fo_doc *doc;
    const struct fo_style *parent, *column; /* column: of a cell, or NULL */
    const struct fo_node *up; /* parent node, for functions that look upwards; or NULL */
    enum fo_element element;
    struct pos pos;
    enum fo_token writing_mode;
    mpt font_size;
    bool bound; /* the result depends on more than parent, column and attributes */
    const char *spec[P_COUNT]; /* specified text, or NULL */
    uint8_t rank[P_COUNT];
    const struct fo_value *page[PAGES];
    struct fo_value own[PAGES][FO_PAGE];
    uint32_t changed; /* bit per page copied to own */
};

/* A page sequence that was read or is being read. */
struct sequence {
    struct fo_node *node;
    struct arena **slab; /* in order of reading; the first lives to the end */
    size_t slabs, cap;
    xmlDoc *foreign; /* trees of instream-foreign-objects */
    bool flowing, complete, handed_out;
    struct sequence *next;
};

struct fo_doc {
    struct diags *diags;
    struct arena *arena;   /* of the document */
    struct arena *scratch; /* of one computation */
    struct map *styles, *pages, *keys, *texts; /* interned, see style.c */
    struct map *told; /* unknown properties already told */
    struct style *initial;
    uint32_t serials;
    struct compute compute;
    const struct fo_style *column; /* while fo_use_column works */
    bool uses_columns; /* from-table-column() was seen */

    struct fo_node *root;
    xmlDoc *foreign; /* metadata */
    struct map *meta;
    struct sequence *sequences, *current; /* in order of reading */
    struct build *build;
    struct reader *reader;
    const char *name; /* of the document, for messages */
    char *base_dir;
};

/* style.c */
void style_init(struct fo_doc *doc);
/* The style of an object with its attributes below a parent's style.  Where
 * other objects have the same attributes, node->attrs becomes the shared list. */
const struct fo_style *style_make(struct fo_doc *doc, struct arena *arena, const struct fo_style *parent,
                                  struct fo_node *node);
const struct fo_style *style_plain(struct fo_doc *doc, const struct fo_style *parent);

/* compute.c */
void compute_initial(struct fo_value *out, struct compute *c);
void compute_run(struct compute *c, const struct fo_attr *attrs, uint32_t count);
static inline const struct fo_value *compute_get(const struct compute *c, enum fo_prop p) {
    return &c->page[p / FO_PAGE][p % FO_PAGE];
}
struct fo_value *compute_own(struct compute *c, enum fo_prop p);
void compute_set_token(struct compute *c, enum fo_prop p, enum fo_token t);
void compute_set_length(struct compute *c, enum fo_prop p, mpt len, double pct);
/* A value is wrong: BAD_VALUE. */
void compute_bad(struct compute *c, const char *name, const char *text);
/* Tells a value that is not supported (limits.def), once a property. */
void compute_limit(struct compute *c, enum fo_prop p, const char *value);
/* The property that an attribute name means here, absolute forms made relative
 * (5.3); P_COUNT when it is none. */
enum fo_prop compute_resolve_name(struct compute *c, const char *name, size_t n);

/* shorthand.c */
/* Enters the attribute into c->spec, expanded. */
void shorthand_enter(struct compute *c, int property, const char *text);
enum fo_prop shorthand_relative(enum shorthand sh, enum fo_token writing_mode);

/* expr.c */
/* Reads the text of a value of p (5.9); false when it is not one. */
bool value_read(struct compute *c, enum fo_prop p, const char *text, struct fo_value *out);
struct fo_value value_token(enum fo_token t);
struct fo_value value_length(mpt len, double pct);
struct fo_value value_number(double n);
struct fo_value value_string(const char *s);

/* build.c: the tree from what a reader sees, in document order. */
struct build_attr {
    const char *ns, *prefix, *name, *value; /* ns NULL: none */
    size_t n; /* bytes of value */
};
struct build *build_new(struct fo_doc *doc);
void build_drop(struct build *b);
/* Begins the document again: what is not a page sequence is passed over. */
void build_restart(struct build *b);
void build_start(struct build *b, const char *ns, const char *prefix, const char *name, struct pos pos,
                 const struct build_attr *attrs, int count);
void build_end(struct build *b);
void build_text(struct build *b, const char *s, size_t n, struct pos pos);
/* A tree that exists already stands for the content of a foreign object. */
bool build_wants_foreign(const struct build *b);
void build_lend_foreign(struct build *b, xmlNode *node);
/* True when all before the first page sequence has been read. */
bool build_head_done(const struct build *b);
bool build_failed(const struct build *b);
void build_fail(struct build *b);
/* Stays when its later siblings are forgotten. */
bool build_leads(enum fo_element e);
/* The sequence is about to be dropped. */
void build_forget(struct build *b, const struct sequence *s);
void sequence_drop(struct sequence *s);

/* meta.c */
void meta_read(struct fo_doc *doc, const xmlNode *node);

/* read.c: feeds the builder a piece; false at the end. */
bool reader_more(struct reader *r);

/* foreign.c */
xmlNode *foreign_start(xmlDoc **doc, xmlNode *parent, const char *ns, const char *prefix, const char *name,
                       const struct build_attr *attrs, int count);

/* color.c */
struct fo_value color_rgb(double r, double g, double b, double alpha);
struct fo_value color_cmyk(double c, double m, double y, double k);
/* A name (CSS, SVG, system) or #rgb form; false when it is neither. */
bool color_read(const char *s, size_t n, struct fo_value *out);

#endif
