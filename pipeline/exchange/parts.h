/* Private to exchange/: what its files share. */
#ifndef SOTAY_EXCHANGE_PARTS_H
#define SOTAY_EXCHANGE_PARTS_H

#include "check/check.h"
#include "exchange/exchange.h"

/* One text of the original, with its translation. */
struct message {
    const char *name;
    struct source_piece *base, *other; /* other: NULL where there is none, or no place for it */
    bool fuzzy;
    size_t pair;       /* index */
    const char *given; /* what came in: NULL, or the translation ("": none) */
    bool given_fuzzy;
    struct pos given_pos;
};

/* A block of the original and its partner. */
struct pair {
    size_t part;
    struct source_range *base, *other; /* other: NULL where there is none */
    const char *key;
    const struct check_version *version; /* of the translation, or NULL */
    size_t first, count;                 /* messages */
    bool differs;                        /* not the same texts in both */
};

struct part {
    const char *name;
    struct source_pieces base, other;
};

struct exchange {
    struct arena *arena;
    struct source_project *project;
    const struct source_publication *publication;
    const char *base_lang, *lang;
    struct diags *diags;
    xmlDoc *edition;
    struct check_units units;
    struct part *parts;
    size_t part_count;
    struct pair *pairs;
    size_t pair_count, pair_cap;
    struct message *messages;
    size_t count, cap;
    struct map *names; /* -> index + 1 of a message */
};

/* ---- messages.c ---- */

/* Fills x from the publication; false after an error.  Close it in any case. */
bool exchange_open(struct exchange *x, struct source_project *project, const struct source_publication *publication,
                   const char *language, struct diags *diags);
void exchange_close(struct exchange *x);
/* What kind of text a message is, for translators. */
const char *exchange_kind(const struct message *m);
/* Takes what a file says of a message: name, original, translation (copied). */
void exchange_give(struct exchange *x, const char *name, const char *source, const char *target, bool fuzzy,
                   struct pos pos);

/* ---- marks.c ---- */

/* The next piece of Markdown at *s, which moves past it: a mark that is not to be
 * translated ("**", "[^a]", "](#b)"), or a run of text.  False at the end. */
struct mark {
    const char *s;
    size_t n;
    bool is_mark, is_emphasis;
};
struct mark_reader {
    const char *s, *begin; /* begin: of the whole text */
    bool link[32], title; /* which of the open brackets are links */
    int depth;
};
bool mark_next(struct mark_reader *r, struct mark *out);
/* Whether both have the same marks, emphasis apart; else *what is one that only
 * one of them has (in the arena). */
bool marks_same(struct arena *arena, const char *a, const char *b, const char **what);

/* ---- po.c, po_read.c, xliff.c, xliff_read.c ---- */

void po_write(const struct exchange *x, struct buf *out);
void xliff_write(const struct exchange *x, bool later, struct buf *out);
/* Find the language a file is for, and give its messages to x. */
const char *po_language(struct arena *arena, const char *text, size_t n);
bool po_read(struct exchange *x, const char *path, const char *text, size_t n);
xmlDoc *xliff_open(const char *path, const char *text, size_t n, struct diags *diags);
const char *xliff_language(struct arena *arena, xmlDoc *doc);
bool xliff_read(struct exchange *x, const char *path, xmlDoc *doc);

/* ---- apply.c ---- */

/* Puts what was given into the Markdown files; false after an error. */
bool exchange_apply(struct exchange *x, struct exchange_count *count);

#endif
