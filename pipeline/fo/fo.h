/* XSL-FO 1.1 documents: reading, the FO tree, properties (XSL 1.1, clause 5).
 *
 * One table per vocabulary: elements.def (FO_BLOCK, ...), properties.def
 * (P_SPACE_BEFORE_OPTIMUM for space-before.optimum, ...), and the enumeration
 * tokens it names (E_AUTO, E_BEFORE, ...).  Enums, look-up, defaults,
 * inheritance and the support table all come from them.
 *
 * A document is read piece by piece (libxml2's push parser, or a walk over a
 * tree): root with layout masters, declarations and bookmarks first, then one
 * fo:page-sequence at a time, each in its own arena. */
#ifndef SOTAY_FO_H
#define SOTAY_FO_H

#include "base/base.h"

#include <libxml/tree.h>

enum fo_element {
#define FO_ELEMENT(id, name, ...) FO_##id,
#include "fo/elements.def"
#undef FO_ELEMENT
    FO_ELEMENT_COUNT
};
/* elements.def begins with UNKNOWN and TEXT (a run of characters) and ends
 * with the extensions: S_LANES, S_ROW, S_CELL, S_ALL, FOX_DESTINATION ...; an
 * element of a foreign namespace outside fo:instream-foreign-object is left
 * out of the tree. */

enum fo_prop {
#define FO_PROPERTY(id, name, ...) P_##id,
#include "fo/properties.def"
#undef FO_PROPERTY
    P_COUNT
};

enum fo_token {
#define FO_TOKEN(id, name) E_##id,
#include "fo/tokens.def"
#undef FO_TOKEN
    E_COUNT
};

enum fo_kind { FOV_UNSET, FOV_TOKEN, FOV_LENGTH, FOV_NUMBER, FOV_STRING, FOV_COLOR };

/* A computed value.  FOV_LENGTH is len + pct x base, where the base is what
 * properties.def says for this property (0 for a plain length); `units` counts
 * proportional-column-width() units (5.10.4... table-unit).  FOV_STRING also
 * holds names, URIs and lists as normalised text. */
struct fo_value {
    uint8_t kind;
    uint16_t token;
    mpt len;
    float units;
    union {
        double pct; /* 1.0 = 100% */
        double num;
        const char *str;
        struct {
            uint8_t space; /* enum color_space of area.h: 0 none/transparent, 1 rgb, 2 cmyk */
            uint16_t c[4], alpha;
        } color;
    } u;
};

#define FO_PAGE 16

/* The computed style: one value per property, shared by all nodes that have
 * the same values.  Values are kept in pages of FO_PAGE, of which equal ones
 * are one, so a style costs little more than what sets it apart.
 *
 * All properties that depend on writing mode are in relative form: border-,
 * padding- before/after/start/end, inline- and block-progression-dimension,
 * start-indent and end-indent with margins, borders and paddings worked in
 * (5.3.2: inherited + margin + border + padding; after it start-indent is the
 * distance from the reference area's content edge to the block's content
 * edge), space-before/after from margin-top/bottom.  Shorthands are gone.
 * Border widths are 0 where the style is none or hidden.  font-size and
 * line-height are lengths (line-height: number and percent become lengths of
 * the font size; "normal" is 1.2); font-weight a number 100..900. */
struct fo_style {
    const struct fo_value *page[(P_COUNT + FO_PAGE - 1) / FO_PAGE]; /* read with fo_get */
    uint32_t serial; /* small, dense: key for caches of consumers; the same where only what names this very
                      * object differs (id, ref-id, role, ...) */
    uint32_t text; /* the same number where all that shaping reads is the same */
};

struct fo_attr {
    const char *name, *value; /* interned */
};

struct fo_node {
    struct fo_node *parent, *first, *last, *next, *prev;
    enum fo_element element;
    bool whole; /* its end has been read: no child will come */
    const struct fo_style *style; /* NULL inside fo:marker until fo_bind */
    struct pos pos;
    const char *id; /* or NULL */
    const char *text; /* FO_TEXT: UTF-8, as in the source */
    uint32_t text_len;
    uint32_t attr_count;
    const struct fo_attr *attrs; /* as written, for fo:marker and messages */
    xmlNode *foreign; /* fo:instream-foreign-object: its child */
    /* for layout/: */
    void *user;
    int32_t tag; /* structure element, -1 none yet */
    uint32_t slab; /* private: where its memory begins; of what leads (fo_forget_before): where what follows begins */
};

struct fo_doc;

/* Opens an FO document from a file ("-": standard input) or from a tree.  With
 * an error the diagnostics tell it and NULL is returned. */
struct fo_doc *fo_open_file(const char *path, struct diags *diags);
/* The tree is lent; positions given as src:at are read and win. */
struct fo_doc *fo_open_tree(xmlDoc *tree, const char *name, struct diags *diags);
void fo_close(struct fo_doc *doc);
/* Begins again from the first page-sequence (a second round of layout). */
int fo_rewind(struct fo_doc *doc);

/* fo:root with fo:layout-master-set, fo:declarations, fo:bookmark-tree below
 * it, styled; lives as long as doc. */
struct fo_node *fo_root(struct fo_doc *doc);
/* The next fo:page-sequence (its parent is root; page-sequence-wrapper is
 * worked in), with its arena; NULL at the end or after an error (told).
 * *failed tells which. */
struct fo_node *fo_next_sequence(struct fo_doc *doc, bool *failed);
/* The same without waiting for all of it, for flows longer than memory: returns
 * when the first fo:flow has begun (title and static-content before it are
 * whole).  The rest of the tree grows with each fo_read_on. */
struct fo_node *fo_begin_sequence(struct fo_doc *doc, bool *failed);
/* Reads on: nodes are added at the end of those that are not `whole`.  False
 * when nothing was left to read of the sequence begun last, or after an error
 * (told). */
bool fo_read_on(struct fo_doc *doc);
/* Everything of n's flow that lies before n and does not hold n will not be
 * asked for again: its memory is freed as far as it can be, and n and its
 * ancestors become first children, but for what leads its siblings: markers, a
 * table's columns, header and footer, the cases of a switch.  keep: an object
 * before n whose memory stays, with all that is read after it; or NULL. */
void fo_forget_before(struct fo_doc *doc, struct fo_node *n, const struct fo_node *keep);
/* Drops a page sequence. */
void fo_release(struct fo_doc *doc, struct fo_node *sequence);
/* The specified initial-page-number of the page-sequence after the last one
 * read, for force-page-count="auto" (7.27.4): true when there is a next one. */
bool fo_peek_initial_page_number(struct fo_doc *doc, struct fo_value *out);
/* What the document says of itself: "title", "language", "creator", "subject",
 * "keywords", "date" (of creation), from XMP in fo:declarations (dc:title, ...),
 * the language else from root; lent, or NULL. */
const char *fo_meta(struct fo_doc *doc, const char *key);
/* Folder of the document, for relative references. */
const char *fo_base_dir(const struct fo_doc *doc);
/* Arena of the sequence a node belongs to. */
struct arena *fo_arena(struct fo_doc *doc);

/* A copy of the children of `marker` (or of any unstyled subtree) with styles
 * as if they stood in `parent` (6.13.6): allocated in arena, returned as an
 * FO_WRAPPER node whose parent is `parent`. */
struct fo_node *fo_bind(struct fo_doc *doc, struct arena *arena, const struct fo_node *marker,
                        struct fo_node *parent);
/* An anonymous node styled as a child of `parent` without specified values
 * (inherited and initial values only). */
struct fo_node *fo_anonymous(struct fo_doc *doc, struct arena *arena, struct fo_node *parent,
                             enum fo_element element);

/* Values */
static inline const struct fo_value *fo_get(const struct fo_node *n, enum fo_prop p) {
    return &n->style->page[p / FO_PAGE][p % FO_PAGE];
}
/* E_AUTO ..., or E_UNSET (0) when the value is not a token. */
static inline enum fo_token fo_token(const struct fo_node *n, enum fo_prop p) {
    const struct fo_value *v = fo_get(n, p);
    return v->kind == FOV_TOKEN ? (enum fo_token)v->token : (enum fo_token)0;
}
static inline bool fo_is(const struct fo_node *n, enum fo_prop p, enum fo_token t) {
    return fo_token(n, p) == t;
}
/* len + pct x base; 0 for what is not a length. */
static inline mpt fo_length(const struct fo_node *n, enum fo_prop p, mpt base) {
    const struct fo_value *v = fo_get(n, p);
    if (v->kind != FOV_LENGTH) return 0;
    if (v->u.pct == 0) return v->len;
    return mpt_clamp(v->len + (int64_t)(v->u.pct * base + (v->u.pct * base < 0 ? -0.5 : 0.5)));
}
static inline bool fo_is_length(const struct fo_node *n, enum fo_prop p) {
    return fo_get(n, p)->kind == FOV_LENGTH;
}
static inline double fo_number(const struct fo_node *n, enum fo_prop p) {
    const struct fo_value *v = fo_get(n, p);
    return v->kind == FOV_NUMBER ? v->u.num : 0;
}
/* NULL when not a string. */
static inline const char *fo_string(const struct fo_node *n, enum fo_prop p) {
    const struct fo_value *v = fo_get(n, p);
    return v->kind == FOV_STRING ? v->u.str : NULL;
}

/* from-table-column() and a cell's use of its column's values need the column:
 * layout tells it before reading a cell's style (6.7.4, 5.9.7). */
void fo_use_column(struct fo_doc *doc, struct fo_node *cell, const struct fo_node *column);

/* True when the property (or a component: "space-before" for
 * space-before.optimum) stands on the object itself, by that very name. */
bool fo_specified(const struct fo_node *n, const char *name);

/* s:origin and s:origin-N, which a stylesheet leaves to say where it made an object
 * (transform.h); among attrs, and no property. */
static inline bool fo_is_origin(const char *name) {
    return name[0] == 's' && strncmp(name, "s:origin", 8) == 0;
}

const char *fo_element_name(enum fo_element e); /* "fo:block" */
const char *fo_prop_name(enum fo_prop p);
const char *fo_token_name(enum fo_token t);
/* True for elements that make block-level areas (6.4, 6.5): block,
 * block-container, table, list-block, table-and-caption ... */
bool fo_is_block_level(enum fo_element e);
/* The support table (`sotay fo --support`): a line per object and property:
 * name, clause, support (full, partial, none), note. */
void fo_print_support(struct buf *out);
/* A value as text ("12pt", "50%", "always", "#rrggbb"), for dumps and cases. */
void fo_print_value(struct buf *out, const struct fo_value *v);
/* A node and what is below it, a line each: element and the computed values
 * that are not initial, in the order of properties.def. */
void fo_dump(struct buf *out, const struct fo_node *n, int depth);

#endif
