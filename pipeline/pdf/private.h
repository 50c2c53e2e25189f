/* pdf/'s own.  The only room that includes hpdf.h: libharu gives the objects,
 * their numbers and their serialisation; the file is written by us, object by
 * object, so that a page is gone from memory once it is complete.  What comes
 * in great numbers (structure elements, operators) is written as text. */
#ifndef SOTAY_PDF_PRIVATE_H
#define SOTAY_PDF_PRIVATE_H

#include "base/worker.h"
#include "pdf/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_mmgr.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>

/* A second code of a glyph, because it stands for other text than the first. */
struct glyph_alias {
    uint16_t gid;
    uint32_t text; /* offset into texts */
};

struct pdf_font {
    struct font *font;
    uint32_t object;    /* Type0 font */
    uint32_t codes;     /* glyph_count + aliases */
    uint8_t *used;      /* by glyph */
    uint16_t *unit;     /* by glyph: the one UTF-16 unit it stands for, or 0 */
    uint32_t *text;     /* by glyph: offset + 1 into texts, when it stands for more than one */
    uint16_t *widths;   /* by code: 1/1000 em, as written in W */
    size_t width_cap;
    struct buf texts;   /* length byte and UTF-16BE units */
    struct glyph_alias *aliases;
    size_t alias_count, alias_cap;
    uint32_t *characters; /* by glyph: a character it is the nominal glyph of; made when first asked */
};

/* What a structure element holds, in the order it was drawn. */
enum { KID_CONTENT = -1, KID_ANNOTATION = -2, KID_NOTE = 0x40000000 };
struct kid {
    int32_t what;   /* index of a child element (| KID_NOTE), or KID_CONTENT, KID_ANNOTATION */
    int32_t page;   /* index of the page */
    uint32_t value; /* object of the element or annotation, or MCID */
};

struct figure {
    struct pos pos;
    int32_t page; /* -1: nothing drawn yet */
    bool described;
    double box[4]; /* points, y-up */
};

enum {
    ELEMENT_ATTACHED = 1, /* has content, so its parent knows it */
    ELEMENT_CLOSED = 2,
    ELEMENT_CELL = 4,
    ELEMENT_NOTE = 8,
    ELEMENT_ROWS = 16,    /* TR, THead, TBody, TFoot */
    ELEMENT_SUSPECT = 32  /* see struct suspect */
};

/* 64 bytes while it is open, then written and forgotten. */
struct element {
    const char *name; /* interned */
    char *entries;    /* Lang, Alt, ID, attributes: as written, or NULL */
    struct kid *kids;
    struct figure *figure; /* of Figure and Formula */
    uint32_t kid_count, kid_cap;
    int32_t index, parent;
    uint32_t object; /* 0: not numbered yet */
    int32_t open;    /* child elements that may still change */
    uint32_t flags;
};

/* An element that may bar the claim of accessibility, if it is drawn. */
struct suspect {
    int32_t index;
    int level; /* of a heading, else 0 */
    bool drawn;
    const char *why; /* NULL: the order of headings tells */
    struct pos pos;
};

struct outline_record {
    int32_t parent, first, last, next, prev, shown;
    const char *title, *dest, *uri;
    bool open;
    uint32_t object;
};

struct page_record {
    uint32_t object; /* page, or the form of an imposed page; 0: never came */
    mpt width, height;
    int32_t number;
    const char *format, *prefix; /* interned */
    const char *label;           /* when number, format and prefix do not say it all */
};

/* A target of links: written when the file is closed. */
struct dest {
    uint32_t object; /* 0: nobody asked for it */
    uint32_t page;   /* page object, 0: never placed */
    int64_t x, y;    /* millipoints, y-up */
    struct pos asked;
};

struct parent_entry {
    uint32_t key, object;
};

struct id_entry {
    const char *id;
    uint32_t object;
};

enum { REFUSALS_MAX = 16 };

struct pdf {
    struct area_sink sink;
    struct out_file *out;
    struct pdf_options options;
    struct fontset *fonts;
    struct diags *diags;
    struct libdeflate_compressor *deflate;
    struct stream_job { /* the stream being deflated beside the rest */
        struct job job;
        struct libdeflate_compressor *deflate;
        uint8_t *in, *out;
        size_t n, in_cap, size, out_cap;
        HPDF_Dict d;
        uint32_t object;
        bool busy;
    } stream_job;
    struct buf ops; /* of the page being written */
    bool tagged;
    /* From here on: forgotten at restart. */
    bool failed;
    struct arena *arena;
    HPDF_Doc doc;
    HPDF_Stream stream;
    uint64_t hash;
    /* resources */
    struct pdf_font *pdf_fonts;
    size_t font_cap;
    struct map *images;   /* image pointer -> object */
    struct map *profiles; /* ICC profile -> object */
    struct map *shadings; /* text of a shading -> object */
    uint32_t ink_space;   /* CMYK of pictures as DeviceN over RGB */
    uint32_t alphas[256];
    uint32_t form_count;
    uint32_t *late; /* forms of late groups, by number */
    size_t late_count, late_cap;
    uint32_t *cids; /* of the text area being written */
    size_t cid_cap;
    /* pages */
    uint32_t *nodes;
    size_t node_count, node_cap;
    struct page_record *pages;
    size_t page_count, page_cap;
    struct map *dests;
    /* tags */
    struct element *elements; /* a pool */
    size_t element_cap, element_count;
    uint32_t *slots; /* by index of tag_open: place in the pool + 1, 0: gone */
    size_t slot_count, slot_cap;
    uint32_t *spare; /* free places of the pool */
    size_t spare_count, spare_cap;
    struct element document;
    uint32_t tree;
    struct map *roles;
    struct parent_entry *parents;
    size_t parent_count, parent_cap;
    struct id_entry *ids;
    size_t id_count, id_cap;
    struct suspect *suspects;
    size_t suspect_count, suspect_cap;
    uint32_t next_key;
    int32_t last_page;
    /* document */
    struct outline_record *outlines;
    size_t outline_count, outline_cap;
    int32_t outline_first, outline_last;
    struct {
        const char *title, *author, *subject, *keywords, *lang, *creator, *date, *page_layout;
    } meta;
    struct refusal { /* why accessibility is not claimed; each reason once, with its first place */
        const char *why;
        struct pos pos;
    } refusals[REFUSALS_MAX];
    size_t refusal_count;
    bool missing_glyph;
    struct pos missing_pos;
};

/* ---- objects.c: numbers, streams, the end of the file ------------------------- */
uint32_t object_number(struct pdf *p);
/* Begins, ends an object; its text between goes through pdf_put. */
void object_begin(struct pdf *p, uint32_t object);
void object_end(struct pdf *p);
void object_text(struct pdf *p, uint32_t object, const char *text);
/* Writes a libharu object under a number, and frees it. */
void object_write(struct pdf *p, uint32_t object, void *o);
/* A stream with the entries of d (NULL: none), which is freed; deflated unless
 * `raw`. */
void object_stream(struct pdf *p, uint32_t object, HPDF_Dict d, const void *data, size_t n, bool raw);
/* Writes the stream that is still being deflated; forgets it. */
void stream_flush(struct pdf *p);
void stream_drop(struct pdf *p);
bool object_written(const struct pdf *p, uint32_t object);
void pdf_put(struct pdf *p, const void *data, size_t n);
void pdf_fail(struct pdf *p, const char *why);
void pdf_refuse(struct pdf *p, const char *why, struct pos pos);
int objects_finish(struct pdf *p, uint32_t catalog, uint32_t info);

/* ---- values.c: libharu's objects, every status looked at ------------------------ */
HPDF_Dict dict_new(struct pdf *p, const char *type);
HPDF_Array array_new(struct pdf *p);
/* Adds o, which d then owns. */
void dict_add(struct pdf *p, HPDF_Dict d, const char *key, void *o);
void dict_name(struct pdf *p, HPDF_Dict d, const char *key, const char *name);
void dict_int(struct pdf *p, HPDF_Dict d, const char *key, int32_t n);
void dict_bool(struct pdf *p, HPDF_Dict d, const char *key, bool yes);
void dict_text(struct pdf *p, HPDF_Dict d, const char *key, const char *utf8);
void dict_ref(struct pdf *p, HPDF_Dict d, const char *key, uint32_t object);
/* Entries as text: for numbers, which libharu would round. */
void dict_raw(struct pdf *p, HPDF_Dict d, const char *entries);
void dict_rect(struct pdf *p, HPDF_Dict d, const char *key, const double box[4]);
void array_ref(struct pdf *p, HPDF_Array a, uint32_t object);
/* A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, else UTF-16BE. */
void put_text(struct buf *b, const char *utf8);
void put_hex16(struct buf *b, const uint16_t *s, size_t n);
void put_name(struct buf *b, const char *name);
void put_uint(struct buf *b, uint32_t n);
void put_ref(struct buf *b, uint32_t object);  /* and a blank */
void put_number(struct buf *b, int64_t milli); /* and a blank */
void put_real(struct buf *b, double v);        /* six decimals and a blank */

/* ---- fonts.c, tounicode.c ----------------------------------------------------- */
enum { CODE_ACTUAL = 0x80000000u }; /* the glyph's text must be said by ActualText */
struct pdf_font *font_of(struct pdf *p, struct font *f);
uint32_t font_add_code(struct pdf_font *f, uint16_t gid, uint32_t text);
void fonts_finish(struct pdf *p);
/* Codes of a run's glyphs; false when some bear CODE_ACTUAL. */
bool font_codes(struct pdf *p, struct pdf_font *f, const struct area_text *t, uint32_t *codes);
void put_cmap(struct buf *b, const struct pdf_font *f);

/* ---- a page being written -------------------------------------------------------- */
struct page {
    const struct area_page *area;
    uint32_t object;
    int32_t index;
    int32_t *mcids; /* tag of each marked-content id */
    size_t mcid_count, mcid_cap;
    struct page_link {
        const struct area_link *link;
        double rect[4];
    } *links;
    size_t link_count, link_cap;
};

struct resource {
    char kind; /* F font, I image, A alpha, S shading, X form, M mask */
    uint32_t id, object;
};

/* What q keeps and Q brings back. */
struct graphics_state {
    double m[6]; /* to page space, y-down millipoints */
    struct color fill, stroke;
    bool fill_set, stroke_set;
    uint16_t alpha, opacity;
    const struct font *font;
    mpt size, rise;
};

struct content {
    struct pdf *pdf;
    struct page *page;
    struct buf ops;
    struct resource *resources;
    size_t resource_count, resource_cap;
    struct graphics_state gs;
    bool locked;         /* a mark around all this is open already */
    bool open, open_in_text; /* a mark is open, and was opened between BT and ET */
    int32_t open_tag;
    bool in_text, placed, array, string;
    int64_t line_x, line_y; /* start of the line, millipoints */
    int64_t pen;            /* from there, 1/1000 millipoint */
};

/* content.c */
void content_begin(struct content *c, struct pdf *p, struct page *page);
void content_areas(struct content *c, const struct area_list *list);
void content_end(struct content *c);
void content_free(struct content *c);
void content_use(struct content *c, char kind, uint32_t id, uint32_t object);
HPDF_Dict content_resources(struct content *c);
void open_mark(struct content *c, int32_t tag);
void close_mark(struct content *c);
void open_actual(struct content *c, int32_t tag, const uint16_t *text, size_t n);
void close_actual(struct content *c);
void set_fill(struct content *c, struct color color);
void set_stroke(struct content *c, struct color color);
void set_alpha(struct content *c, uint16_t alpha);
void put_color(struct buf *b, const struct pdf *p, struct color color, bool stroke);
/* A box of the current space on the page, y-up points. */
void page_box(const struct content *c, struct rect r, double out[4]);
void note_box(struct content *c, int32_t tag, struct rect r);

/* text.c */
void put_text_area(struct content *c, const struct area_text *t);
/* Ends the TJ that is being written: before any other operator. */
void close_array(struct content *c);
/* Leaves the text object, and the mark opened in it. */
void end_text(struct content *c);

/* shapes.c, gradient.c */
void put_shape(struct content *c, const struct area_shape *s);
void put_path(struct buf *b, const struct area_path *p);
void put_rect(struct buf *b, struct rect r);
void put_outline(struct buf *b, const struct area_shape *s);
struct rect shape_box(const struct area_shape *s);
void put_gradient(struct content *c, const struct area_shape *s);

/* groups.c */
void put_group(struct content *c, const struct area_group *g);
void late_write(struct pdf *p, const struct area_group *g);

/* images.c, profiles.c */
void put_image(struct content *c, const struct area_image *a);
uint32_t icc_object(struct pdf *p, const uint8_t *profile, size_t n, int components);
uint32_t ink_space(struct pdf *p);
uint32_t intent_finish(struct pdf *p);

/* ---- tags.c, tagtree.c ---------------------------------------------------------- */
int32_t tags_open(struct pdf *p, int32_t parent, const struct area_tag *tag);
void tags_close(struct pdf *p, int32_t tag);
struct element *tags_find(struct pdf *p, int32_t tag); /* NULL: none, or gone */
void tags_add(struct pdf *p, int32_t tag, struct kid kid);
void tags_box(struct pdf *p, int32_t tag, int32_t page, const double box[4]);
void tags_free(struct pdf *p);
uint32_t element_object(struct pdf *p, struct element *e);
void element_write(struct pdf *p, struct element *e);
void tags_parent(struct pdf *p, uint32_t key, uint32_t object);
char *element_entries(const struct area_tag *t);
void tags_finish(struct pdf *p);

/* tagcheck.c */
void tags_check(struct pdf *p, struct element *e, const struct element *parent, const struct area_tag *t);
void tags_drawn(struct pdf *p, const struct element *e);
void tags_judge(struct pdf *p);

/* ---- page.c, catalog.c, links.c, outline.c, labels.c, xmp.c, impose.c -------------- */
void page_write(struct pdf *p, const struct area_page *a);
void dest_place(struct pdf *p, const char *id, const struct page *page, double x, double y);
uint32_t dest_object(struct pdf *p, const char *id, struct pos pos);
void dests_finish(struct pdf *p);
/* Writes the page's annotations; the array for /Annots, or NULL. */
HPDF_Array links_write(struct pdf *p, struct page *page);
HPDF_Dict uri_action(struct pdf *p, const char *uri);
int32_t outline_add(struct pdf *p, int32_t parent, const struct area_outline *o);
uint32_t outline_finish(struct pdf *p);
void page_labels(struct pdf *p, struct buf *b);
uint32_t page_parent(struct pdf *p, int32_t index);
uint32_t catalog_finish(struct pdf *p);
void attachments_finish(struct pdf *p, HPDF_Dict catalog);
uint32_t xmp_finish(struct pdf *p);
void pdf_claim(const struct pdf *p, int *part, char *conformance, bool *ua);
void put_date(struct buf *b, const char *iso);
bool pdf_imposed(const struct pdf *p);
void impose_finish(struct pdf *p);

#endif
