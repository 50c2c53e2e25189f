/* Private to check/: what its files share. */
#ifndef SOTAY_CHECK_PARTS_H
#define SOTAY_CHECK_PARTS_H

#include "check/check.h"
#include "check/words.h"
#include "source/source.h"

/* A finding that the author allows in a unit. */
struct check_allow {
    const char *name;
    struct pos pos;
    bool used;
    struct check_allow *next;
};

struct check {
    xmlDoc *doc;
    struct diags *diags;
    struct arena *arena;
    struct map *files;          /* path -> struct check_file * */
    struct check_allow *allows; /* of the unit at hand */
    struct check_term *terms;   /* of the glossary */
    struct map *documents;      /* of citations.xml: id -> struct check_document * */
    int languages; /* of the edition */
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
/* Counts a finding; false when the unit allows it: then it is not told. */
bool check_tells(struct check *c, enum diag_id id);

/* ---- place.c ---- */

/* The place of the nth (from 0) standing of a text behind a place: `from`'s own
 * when it is not found within some lines. */
struct pos check_place(struct check *c, struct pos from, const char *text, int nth);
void check_place_close(struct check *c);

/* ---- number.c ---- */

struct check_token {
    const char *key;   /* equal for equal values, whatever the language */
    const char *raw;   /* as written */
    struct pos from;   /* where the text it stands in begins */
    const char *mark;  /* what to look for in the file: the figures it begins with */
    size_t start, end; /* bytes in its text */
    enum check_rank rank;
    bool percent, taken;
};

struct check_tokens {
    struct check_token *v;
    size_t n, cap;
};

/* Adds the tokens of a text that begins at a place. */
void check_tokens_read(struct check *c, struct check_tokens *out, const char *text, const char *lang,
                       struct pos from);

/* ---- compare.c ---- */

void check_compare(struct check_pair *p, xmlNode *base, xmlNode *other);
/* Only the numbers of their texts. */
void check_numbers(struct check_pair *p, xmlNode *base, xmlNode *other);

/* ---- units.c, lock.c ---- */

/* The units alone, without the lock. */
void check_units_read(struct check_units *u, xmlDoc *edition);
void check_stale(struct check *c, const struct check_unit *unit);
/* Tells how many units the lock does not know yet. */
void check_new(struct check *c, const struct check_units *u);

/* ---- glossary.c ---- */

void check_terms_read(struct check *c, xmlNode *data);
void check_terms(struct check_pair *p, xmlNode *base, xmlNode *other);

/* ---- citations.c ---- */

void check_citations_read(struct check *c, xmlNode *data);
/* What a unit cites in a language. */
void check_citations(struct check *c, xmlNode *v, const char *lang);

/* ---- trace.c ---- */

void check_trace(struct check *c, xmlNode *body, xmlNode *data);

/* ---- typography.c ---- */

void check_typography(struct check *c, xmlNode *v);

/* ---- spelling.c ---- */

/* A Vietnamese text that begins at a place. */
void check_spelling(struct check *c, const char *text, struct pos from);

/* ---- links.c ---- */

void check_links(struct check_pair *p, xmlNode *base, xmlNode *other);
void check_targets(struct check *c);

#endif
