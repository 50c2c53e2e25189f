/* text/'s own. */
#ifndef SOTAY_TEXT_PRIVATE_H
#define SOTAY_TEXT_PRIVATE_H

#include "text/text.h"

#include <hb-ot.h>
#include <hb.h>

enum { FONTS_MAX = 128, FAMILIES_MAX = 64, ALIASES_MAX = 64 };

struct font_cache {
    hb_blob_t *blob;
    const char *sha256;      /* expected, or NULL */
    bool tried, usable;
    uint32_t glyph_pages[256]; /* nominal glyphs of U+0000..00FF, +1; 0: not asked */
};

struct family {
    const char *name;
    struct font *font[4]; /* regular, italic, bold, bold italic; NULL: not there */
};

struct hyphenator;

struct fontset {
    struct arena *arena;
    struct diags *diags;
    struct font *fonts[FONTS_MAX];
    int32_t font_count;
    struct family families[FAMILIES_MAX];
    int32_t family_count;
    struct {
        const char *name;
        struct family *family;
    } aliases[ALIASES_MAX];
    int32_t alias_count;
    struct family *fallback_family; /* of unknown names */
    struct map *lists;              /* family list + style -> font */
    struct map *unknown;            /* names told */
    struct map *fallbacks;          /* code point + style -> font */
    struct word_cache *words;
    struct hyphenator *hyphenators;
    struct pos pos;
};

/* Maps and checks the file; false (told once) when it cannot be used. */
bool font_load(struct font *f);
void words_drop(struct word_cache *c);
void hyphenators_drop(struct fontset *set);

#endif
