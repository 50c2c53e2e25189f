/* pdf/'s own.  The only room that includes hpdf.h: libharu gives the object
 * tree, object numbers and serialisation; the file is written by us, object by
 * object, so that a page is gone from memory once it is complete. */
#ifndef SOTAY_PDF_PRIVATE_H
#define SOTAY_PDF_PRIVATE_H

#include "pdf/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>

struct pdf_font {
    struct font *font;
    uint32_t object;      /* Type0 font; 0: not used */
    uint8_t *used;        /* by glyph */
    uint32_t *text;       /* by glyph: offset + 1 into texts */
    uint16_t *widths;     /* by glyph: 1/1000 em, as written in W */
    struct buf texts;     /* length byte and UTF-16BE units */
};

struct kid {
    struct kid *next;
    int32_t element;      /* child element, or -1 */
    uint32_t page;        /* page object, 0 for a child element */
    uint32_t value;       /* MCID, or an annotation's object */
    bool annotation;
};

struct element {
    const char *type, *role, *lang, *alt, *actual, *title, *id, *scope, *headers, *numbering;
    int32_t parent;
    int32_t row_span, col_span;
    uint32_t object;      /* 0: not reserved yet */
    bool attached, has_box;
    double box[4];        /* Figure: in page coordinates, y-up */
    struct kid *first, *last;
    struct pos pos;
};

struct link_record {
    uint32_t object, page_object;
    double rect[4];
    const char *uri, *dest, *contents;
    uint32_t key;         /* StructParent, or UINT32_MAX */
    struct pos pos;
};

struct outline_record {
    int32_t parent, first, last, next, prev;
    const char *title, *dest, *uri;
    bool open;
    uint32_t object;
};

struct page_record {
    uint32_t object;      /* page, or the form of an imposed page */
    mpt width, height;
    int32_t number;
    const char *format, *prefix, *label;
};

struct dest_record {
    int32_t page;
    double x, y;
};

struct parent_entry {
    uint32_t key, object;
};

struct pdf {
    struct area_sink sink;
    struct out_file *out;
    struct pdf_options options;
    struct fontset *fonts;
    struct diags *diags;
    struct arena *arena;
    HPDF_Doc doc;
    HPDF_Stream stream;
    uint64_t *offsets;
    size_t offset_cap;
    bool failed, tagged;
    struct libdeflate_compressor *deflate;
    uint8_t *scratch;
    size_t scratch_cap;
    /* resources */
    uint32_t resources, *nodes;
    size_t node_count, node_cap;
    struct pdf_font *pdf_fonts;
    size_t font_cap;
    struct map *images;    /* image pointer -> object */
    struct buf xobjects, states, shadings;
    int32_t shading_count;
    uint8_t alphas[256];
    /* pages */
    struct page_record *pages;
    size_t page_count, page_cap;
    struct map *dests;
    /* tags */
    struct element *elements;
    size_t element_count, element_cap;
    struct parent_entry *parents;
    size_t parent_count, parent_cap;
    uint32_t next_key;
    struct kid *document_first, *document_last;
    struct link_record *links;
    size_t link_count, link_cap;
    struct outline_record *outlines;
    size_t outline_count, outline_cap;
    int32_t outline_first, outline_last;
    /* document */
    struct {
        const char *title, *author, *subject, *keywords, *lang, *creator, *date;
    } meta;
    const char *refused;   /* why no profile is claimed, or NULL */
    struct pos refused_pos;
    bool missing_glyph;
    uint64_t hash;
};

/* objects.c */
uint32_t object_reserve(struct pdf *p);
/* Begins, ends a raw object; text between goes through pdf_put. */
void object_begin(struct pdf *p, uint32_t object);
void object_end(struct pdf *p);
void pdf_put(struct pdf *p, const void *data, size_t n);
void pdf_str(struct pdf *p, const char *s);
void pdf_fmt(struct pdf *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A stream; entries: more dictionary entries or "".  Deflated unless raw. */
void object_stream(struct pdf *p, uint32_t object, const char *entries, const void *data, size_t n, bool raw);
/* A libharu object as an indirect object of the file; frees it. */
void object_haru(struct pdf *p, uint32_t object, HPDF_Dict dict);
/* A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, else UTF-16BE. */
void put_text(struct buf *b, const char *utf8);
void put_hex16(struct buf *b, const uint16_t *s, size_t n);
void put_name(struct buf *b, const char *name);
void pdf_fail(struct pdf *p, const char *why);
void pdf_refuse(struct pdf *p, const char *why, struct pos pos);
int objects_finish(struct pdf *p, uint32_t catalog, uint32_t info);

/* fonts.c */
struct pdf_font *font_of(struct pdf *p, struct font *f);
/* Notes a glyph and what it stands for; false when ToUnicode already says
 * otherwise, so that ActualText is needed. */
bool font_use(struct pdf_font *f, uint32_t gid, const uint16_t *text, uint32_t n);
void fonts_finish(struct pdf *p, struct buf *resources);

/* content.c */
struct page_content {
    struct pdf *pdf;
    struct buf ops;
    uint32_t page_object;
    int32_t page_index;
    mpt height;
    int32_t open_tag;       /* tag of the open marked-content sequence */
    bool open, in_text;
    double m[6];            /* to page space, y-down millipoints */
    struct color fill, stroke;
    bool fill_set, stroke_set;
    uint16_t alpha;
    int32_t *mcids;         /* tag of each marked-content id */
    size_t mcid_count, mcid_cap;
    struct font *font;
    mpt size;
    struct {
        const struct area_link *link;
        double rect[4];
    } *links;
    size_t link_count, link_cap;
};
void content_areas(struct page_content *c, const struct area_list *list);
void content_end(struct page_content *c);
void content_color(struct buf *b, const struct pdf *p, struct color color, bool stroke);

/* images.c */
uint32_t image_object(struct pdf *p, struct image *im);
void image_matrix(struct buf *b, const struct area_image *a);

/* tags.c */
int32_t tags_open(struct pdf *p, int32_t parent, const struct area_tag *tag);
void tags_add_content(struct pdf *p, int32_t tag, uint32_t page, uint32_t mcid);
void tags_add_annotation(struct pdf *p, int32_t tag, uint32_t page, uint32_t annotation);
uint32_t tags_object(struct pdf *p, int32_t tag);
void tags_parent(struct pdf *p, uint32_t key, uint32_t object);
/* Writes the tree; the StructTreeRoot's object. */
uint32_t tags_finish(struct pdf *p);

/* catalog.c */
void links_finish(struct pdf *p);
uint32_t outlines_finish(struct pdf *p);
void put_dest(struct pdf *p, struct buf *b, const char *id);
uint32_t pages_finish(struct pdf *p);
void page_labels(struct pdf *p, struct buf *b);
void attachments_finish(struct pdf *p, struct buf *names, struct buf *af);
uint32_t intent_finish(struct pdf *p);
uint32_t page_parent(struct pdf *p, int32_t index);

/* xmp.c */
uint32_t xmp_finish(struct pdf *p);
void pdf_claim(const struct pdf *p, int *part, char *conformance, bool *ua);
void put_date(struct buf *b, const char *iso);

/* impose.c */
void impose_finish(struct pdf *p);

#endif
