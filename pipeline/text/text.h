/* Fonts, shaping, itemising, line-break opportunities, hyphenation.
 *
 * Text is UTF-16 (ICU, HarfBuzz and PDF speak it).  Lengths are millipoints.
 * A fontset is opened once a process, immutable for its users afterwards
 * except for its caches; not thread-safe. */
#ifndef SOTAY_TEXT_H
#define SOTAY_TEXT_H

#include "base/base.h"

struct fontset;

/* One font file with its metrics in font units (upem to the em).  family,
 * file, sha256, name, bold, italic and index are there from the start, the
 * rest once font_find, font_fallback or text_itemize has given the font. */
struct font {
    const char *family;  /* as named in fonts.xml */
    const char *file;    /* path */
    const char *sha256;  /* of the file, as fonts.xml has it: hex, or NULL */
    const char *ps_name; /* PostScript name */
    const char *name;    /* full name for dumps, e.g. "Liberation Serif Bold" */
    bool bold, italic;
    bool cff;            /* CFF outlines (else TrueType) */
    uint16_t upem, glyph_count;
    int32_t ascender, descender; /* OS/2 sTypoAscender, -sTypoDescender, both positive; else of hhea */
    int32_t x_height, cap_height;
    int32_t bbox[4]; /* head table */
    int32_t italic_angle; /* 1/100 degree */
    int32_t index; /* in its fontset */
    void *hb_face, *hb_font; /* hb_face_t *, hb_font_t * at scale upem */
    struct fontset *set;
    struct font_cache *cache; /* private to text/ */
};

struct glyph {
    uint32_t gid;
    mpt adv, dx, dy; /* advance; offset of the drawn glyph: right, up */
    uint32_t cluster; /* index into the run's text */
};

/* Opens fonts.xml (families, files with SHA-256, aliases, generic and
 * fallback families).  Font files are mapped at first use, and checked when
 * the first text is set in them: FONT_MISSING, FONT_CHECKSUM (then the file is
 * used as it is; the error tells the caller not to trust the output).  NULL
 * with a diagnostic when the list cannot be read.  diags must live as long as
 * the set. */
struct fontset *fontset_open(const char *fonts_xml, struct diags *diags);
void fontset_close(struct fontset *set);
/* Tells the fonts used whose files are not what fonts.xml says: their sums are
 * computed beside the rest.  Before an output is kept. */
void fontset_settle(struct fontset *set);
/* The folder of hyphenation patterns, or NULL. */
const char *fontset_patterns(const struct fontset *set);

/* The font for a list of families (comma-separated, quotes allowed, names
 * without regard to case; XSL 1.1, 7.9.2), style and weight (100..900; bold
 * from 600; XSL 1.1, 7.9.3); unknown families fall back as fonts.xml says.
 * Never NULL unless no font at all could be opened. */
struct font *font_find(struct fontset *set, const char *families, bool italic, int weight);
/* A font that has the code point, to be used where `base` has none: same style
 * if there is one; NULL when no font has it. */
struct font *font_fallback(struct font *base, uint32_t cp);
bool font_has(struct font *font, uint32_t cp);
/* All fonts of the set in order (for the PDF back end); NULL past the end. */
struct font *fontset_font(struct fontset *set, int32_t index);
/* The file's SHA-256 in hex, "" when it cannot be read; true when it is the
 * expected one. */
bool font_verify(struct font *f, char sum[65]);

/* font units to millipoints at a size, rounded to nearest */
static inline mpt font_scale(const struct font *f, int32_t units, mpt size) {
    int64_t v = (int64_t)units * size;
    return (mpt)((v + (v < 0 ? -f->upem / 2 : f->upem / 2)) / f->upem);
}
/* Advance of a glyph in font units, unkerned. */
int32_t font_advance(struct font *f, uint32_t gid);
/* Glyph of a code point, 0 when the font has none. */
uint32_t font_glyph(struct font *f, uint32_t cp);
/* Ink extents above and below the baseline of shaped text, in font units. */
void font_ink(struct font *f, const struct glyph *g, uint32_t n, int32_t *above, int32_t *below);

/* How far a glyph's ink reaches in each upright strip of an em / FONT_STRIPS: strip
 * i is `first + i` strips right of the glyph's origin.  Font units, up positive;
 * top < bottom where a strip has none. */
enum { FONT_STRIPS = 64 };
struct glyph_profile {
    int32_t first, count;
    const int16_t *top, *bottom;
    int16_t highest, lowest; /* of all strips */
};
/* NULL when the glyph has no ink; lives as long as the font. */
const struct glyph_profile *font_profile(struct font *f, uint32_t gid);

/* A shaped word, cached per font, script, language, direction and features;
 * advances and offsets in font units; lives as long as the fontset's cache
 * generation (text_cache_trim). */
struct shaped {
    const struct glyph *glyphs;
    uint32_t count;
    int32_t width;       /* sum of advances */
    uint8_t unsafe;      /* some inner cluster boundary is unsafe to break */
};
enum text_feature { TEXT_NO_LIGATURES = 1, TEXT_NO_KERNING = 2, TEXT_SMALL_CAPS = 4, TEXT_RTL = 8 };
/* script: ISO 15924 as a HarfBuzz tag; language: BCP 47 or NULL.  Characters
 * that show nothing (soft hyphens, joiners, directional marks) leave no glyph;
 * they belong to the cluster before. */
const struct shaped *text_shape(struct font *f, const uint16_t *s, uint32_t n, uint32_t script,
                                const char *language, unsigned features);
/* Drops cached words when the cache exceeds its bound; no struct shaped may be
 * held across it. */
void text_cache_trim(struct fontset *set);

/* Itemisation (UAX 9, UAX 24): a run has one bidi level, script and font. */
struct text_run {
    uint32_t start, end;
    uint32_t style; /* index given by the caller */
    uint8_t level;  /* bidi embedding level */
    uint32_t script;
    struct font *font; /* the style's font or a fallback for these clusters */
};
struct text_style_span {
    uint32_t start, end; /* contiguous, covering the text */
    uint32_t style;
    struct font *font;
    const char *language; /* BCP 47 or NULL */
};
/* Splits text into runs, allocated in arena; returns how many.  Clusters are
 * never split.  base_rtl: paragraph direction; the text itself may hold bidi
 * controls and U+FFFC for inline areas.  A character no font has is reported
 * once a fontset (GLYPH_MISSING) and stays in its style's font. */
uint32_t text_itemize(struct arena *arena, const uint16_t *text, uint32_t n,
                      const struct text_style_span *spans, uint32_t span_count, bool base_rtl,
                      struct text_run **out, struct diags *diags, struct pos pos);
/* Order in which runs of these levels are drawn left to right (UAX 9, L2):
 * order[i] is the index of the i-th from the left. */
void text_reorder(const uint8_t *levels, uint32_t n, uint32_t *order);

/* Line-break opportunities before each code unit (UAX 14; a dictionary for
 * Lao, Thai, Khmer): out[i] for the boundary before unit i, 0 <= i <= n. */
enum text_break { TEXT_BREAK_NONE, TEXT_BREAK_ALLOWED, TEXT_BREAK_MANDATORY };
void text_breaks(const uint16_t *text, uint32_t n, const char *language, uint8_t *out);

/* Hyphenation points of one word: out[i] != 0 when it may be hyphenated
 * before unit i.  language "en", country "GB" or NULL: language and country
 * first, then the language alone (XSL 1.1, 7.10).  Returns false when there
 * are no patterns (then nothing is set). */
bool text_hyphenate(struct fontset *set, const uint16_t *word, uint32_t n, const char *language,
                    const char *country, int remain, int push, uint8_t *out);

/* NFC of UTF-8, allocated in arena; returns s itself when it is NFC already. */
const char *text_nfc(struct arena *arena, const char *s, size_t n, size_t *out_n);
/* Upper, lower or title case of UTF-16 (XSL 1.1, 7.17.6). map[i] gives the
 * source index of unit i of the result. */
enum text_case { TEXT_CASE_NONE, TEXT_CASE_UPPER, TEXT_CASE_LOWER, TEXT_CASE_CAPITALIZE };
uint32_t text_transform_case(struct arena *arena, const uint16_t *s, uint32_t n, enum text_case how,
                             const char *language, uint16_t **out, uint32_t **map);
/* A page number in a format (XSL 1.1, 7.26; XSLT 1.0, 7.7.1): tokens 1, 01, a,
 * A, i, I, others of XSLT's list; grouping as given or NULL. */
void text_format_number(struct buf *out, int64_t number, const char *format, const char *grouping_separator,
                        int grouping_size);

#endif
