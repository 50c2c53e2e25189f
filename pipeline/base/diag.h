/* Diagnostics: every message of the program is a row of diagnostics.def and
 * carries the place in the author's own file. */
#ifndef SOTAY_BASE_DIAG_H
#define SOTAY_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a source: file is interned (str_intern) or NULL, line and col
 * count from 1, 0 = unknown.  col counts characters. */
struct pos {
    const char *file;
    int32_t line, col;
};

enum diag_level { DIAG_LEVEL_ERROR, DIAG_LEVEL_WARNING, DIAG_LEVEL_UNSUPPORTED, DIAG_LEVEL_NOTE };

enum diag_id {
#define D(id, name, level, en, vi) DIAG_##id,
#include "base/diagnostics.def"
#undef D
    DIAG_COUNT
};

struct diag {
    enum diag_id id;
    enum diag_level level;
    struct pos pos;
    const char *message; /* in the language of diags_set_language */
    const char *texts[2]; /* in English and Vietnamese */
    int span;            /* characters the caret underlines, 0 = 1 */
    const char *facts;   /* more members of its JSON form ("\"page\":3"), or NULL */
    struct diag *related; /* notes that belong to it, in order */
    struct diag *next;
};

struct diags;

struct diags *diags_new(void);
void diags_drop(struct diags *d);
/* "vi" or "en"; the default is "en". */
void diags_set_language(struct diags *d, const char *language);
/* Called for each diagnostic when it is flushed (see diags_flush). */
void diags_set_sink(struct diags *d, void (*sink)(void *arg, const struct diag *g), void *arg);
/* Adds a diagnostic; the arguments fill the printf-like text of its row.  The
 * same id at the same place with the same words is kept once. */
void diag_add(struct diags *d, enum diag_id id, struct pos pos, ...);
/* Adds a note to the last diagnostic added. */
void diag_relate(struct diags *d, enum diag_id id, struct pos pos, ...);
/* Sets how many characters the last diagnostic's caret underlines. */
void diag_span(struct diags *d, int characters);
/* Gives the last diagnostic added more members of its JSON form. */
void diag_facts(struct diags *d, const char *members);
/* Adds one that was kept elsewhere, or with `related` adds it to the last one. */
void diag_restore(struct diags *d, enum diag_id id, struct pos pos, int span, const char *const texts[2],
                  bool related);
/* Hands on what was added since the last flush, in order. */
void diags_flush(struct diags *d);
size_t diags_count(const struct diags *d, enum diag_level level);
/* All kept diagnostics, first to last. */
const struct diag *diags_first(const struct diags *d);
const char *diag_name(enum diag_id id);
const char *diag_level_name(enum diag_level level);

#endif
