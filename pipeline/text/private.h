/* text/'s own. */
#ifndef SOTAY_TEXT_PRIVATE_H
#define SOTAY_TEXT_PRIVATE_H

#include "base/worker.h"
#include "text/text.h"

#include <hb-ot.h>
#include <hb.h>

enum { FONTS_MAX = 256, FAMILIES_MAX = 128, ALIASES_MAX = 128, SCRIPTS_MAX = 8 };
enum { PAGE_SIZE = 256, PAGE_COUNT = 0x110000 / PAGE_SIZE };

/* The sum of a font file, computed beside the rest. */
struct font_sum {
    struct job job;
    bool started;
    const char *data;
    size_t n;
    unsigned char sum[32];
};

struct font_cache {
    hb_blob_t *blob;
    struct font_sum sum;
    enum { FONT_UNTRIED, FONT_BAD, FONT_MAPPED, FONT_READY } state;
    uint16_t **glyph_pages; /* nominal glyphs by code point / PAGE_SIZE, a page made when first asked */
    uint16_t *advances;     /* of all glyphs; NULL until asked */
    struct map *profiles;   /* gid -> struct glyph_profile *, NULL until asked */
};

struct family {
    const char *name;
    const char *generic;          /* "serif" ..., or NULL */
    struct font *font[4];         /* regular, italic, bold, bold italic; NULL: not there */
    int32_t scripts[SCRIPTS_MAX]; /* UScriptCode of the characters it stands in for */
    int32_t script_count;         /* 0: all */
};

struct word_cache;
struct hyphenator;

struct fontset {
    struct arena *arena;
    struct diags *diags;
    struct pos pos; /* of fonts.xml */
    struct font *fonts[FONTS_MAX];
    int32_t font_count;
    struct family families[FAMILIES_MAX];
    int32_t family_count;
    struct {
        const char *name;
        struct family *family;
    } aliases[ALIASES_MAX];
    int32_t alias_count;
    struct family *default_family; /* of unknown names */
    const char *pattern_folder;
    struct map *found;     /* family list + style -> font */
    struct map *told;      /* names and code points already said to be missing */
    struct map *fallbacks; /* code point + style -> font */
    struct word_cache *words;
    struct hyphenator *hyphenators;
};

/* Maps the file and reads what it says, unchecked: enough to ask for glyphs.
 * False (told once) when it is missing or damaged. */
bool font_map(struct font *f);
/* font_map and, once, the checksum: before text is set in the font.  A wrong
 * sum is told as an error by fontset_settle; the font is used all the same. */
bool font_ready(struct font *f);
void font_settle(struct font *f);
void font_drop(struct font *f);
/* True when the font has the code point or all of its canonical decomposition
 * (HarfBuzz takes the parts then). */
bool font_covers(struct font *f, uint32_t cp);
/* The fallback that covers all of a cluster's n code points, else its first
 * missing one, else NULL. */
struct font *fallback_for(struct font *base, const uint32_t *cps, uint32_t n);

void words_drop(struct word_cache *c);
void hyphenators_drop(struct fontset *set);

#endif
