/* Private to check/: what its files share. */
#ifndef SOTAY_CHECK_PARTS_H
#define SOTAY_CHECK_PARTS_H

#include "check/check.h"
#include "source/source.h"

struct check {
    xmlDoc *doc;
    struct diags *diags;
    struct arena *arena;
    struct map *files; /* path -> struct check_file * */
    int found;
};

/* Two editions of a unit: the first, and one that is compared with it. */
struct check_pair {
    struct check *check;
    const char *base_lang, *lang;
};

/* ---- check.c ---- */

bool check_is(const xmlNode *n, const char *name);
/* The next element inside root in document order; `into` false skips what is
 * under n. */
xmlNode *check_next(xmlNode *n, const xmlNode *root, bool into);
const char *check_attribute(struct check *c, xmlNode *n, const char *name);

/* ---- place.c ---- */

/* The place of the nth (from 0) standing of a text behind a place: `from`'s own
 * when it is not found within some lines. */
struct pos check_place(struct check *c, struct pos from, const char *text, int nth);
void check_place_close(struct check *c);

/* ---- number.c, words.c ---- */

struct check_token {
    const char *key;   /* equal for equal values, whatever the language */
    const char *raw;   /* as written */
    struct pos from;   /* where the text it stands in begins */
    const char *mark;  /* what to look for in the file: the figures it begins with */
    int nth;           /* which of the same marks from there */
    size_t start, end; /* bytes in its text */
    bool percent;
    bool weak; /* a word or a roman number: may stand for a figure */
    bool taken;
};

struct check_tokens {
    struct check_token *v;
    size_t n, cap;
};

/* Adds the tokens of a text that begins at a place. */
void check_tokens_read(struct check *c, struct check_tokens *out, const char *text, const char *lang,
                       struct pos from);
/* Numbers, months and the like in words: the value at the start of s, its bytes
 * or 0. */
size_t check_word_number(const char *s, const char *lang, int *value);
/* A month's name (en), or "tháng N" (vi): its bytes or 0; *weak when the word
 * has other meanings. */
size_t check_month(const char *s, const char *lang, int *month, bool *weak);
size_t check_roman(const char *s, int *value);

/* ---- compare.c ---- */

void check_compare(struct check_pair *p, xmlNode *base, xmlNode *other);
/* Only the numbers of their texts. */
void check_numbers(struct check_pair *p, xmlNode *base, xmlNode *other);

/* ---- links.c ---- */

void check_links(struct check_pair *p, xmlNode *base, xmlNode *other);
void check_targets(struct check *c);

#endif
