/* What is wrong in a publication that can still be built: editions out of step,
 * links without a target. */
#ifndef SOTAY_CHECK_H
#define SOTAY_CHECK_H

#include "area/area.h"
#include "base/base.h"

#include <libxml/tree.h>

/* Compares the language editions of an edition document (source/source.h),
 * unit by unit, with the first one: numbers, percentages, dates and document
 * numbers as each language writes them, ids, links, footnotes, pictures, lists,
 * tables, quizzes, names of the glossary, and the numbers of the XML sources'
 * texts; looks for the target of each link, and in edition.lock whether an
 * original changed after its translation was confirmed.  Reports at the place in
 * the translated file, with a note at the first edition's, but not what the
 * unit allows ("<!-- allow edition-number: the reason -->" before it).  The
 * authors' files are read again, from the folder that is the document's URL, for
 * the columns.  Returns how many findings were added. */
int check_publication(xmlDoc *edition, struct diags *diags);

/* ---- the units, and edition.lock ---- */

/* UNLOCKED: there is no lock to ask; NEW: not in it; STALE: the original is not
 * the one the translation was confirmed against. */
enum check_state { CHECK_UNLOCKED, CHECK_CONFIRMED, CHECK_STALE, CHECK_NEW };
/* What check_lock_save is to write: what it said; confirmed; never confirmed. */
enum check_accept { CHECK_KEEP, CHECK_ACCEPT, CHECK_DOUBT };

/* A unit in one language. */
struct check_version {
    xmlNode *node; /* <v> */
    const char *lang;
    uint64_t sum; /* of what it says, however it is wrapped */
    enum check_state state;
    enum check_accept accept;
    struct line *line; /* of the lock: private */
};

struct check_unit {
    const char *key; /* its id, or "SECTION.N", "PART/N": the same while nothing is inserted before it */
    xmlNode *node;
    struct check_version *v; /* the first is the original, where lang is base_lang */
    size_t count;
};

struct check_units {
    struct arena *arena;
    const char *base_lang;
    struct check_unit *v;
    size_t n, cap;
    struct check_lock *lock;
};

/* The units of an edition, with their states; false, after an error, when the
 * lock is damaged, in conflict or newer: then it is left as it is. */
bool check_units_open(struct check_units *units, xmlDoc *edition, struct diags *diags);
void check_units_close(struct check_units *units);
const char *check_lock_path(const struct check_units *units);
bool check_lock_there(const struct check_units *units);
/* Writes the lock, whole or not at all; keep_others: with the lines of units that
 * are gone.  False after an error. */
bool check_lock_save(struct check_units *units, bool keep_others, struct diags *diags);

/* Confirms the translations of units ("KEY,KEY" or "all") in edition.lock: how
 * many, -1 after an error.  The keys that were there are put into `found`. */
int check_accept(xmlDoc *edition, const char *keys, struct map *found, struct diags *diags);

/* ---- ink ---- */

/* A sink that hands all on to another, and looks where the ink of a line touches
 * the line above. */
struct area_sink *check_ink_open(struct area_sink *to);
/* Reports, in the order of the pages, what was found; frees the sink. */
void check_ink_close(struct area_sink *sink, struct diags *diags);

/* ---- rules of form ---- */

/* Packs of rules (styles/schemas/rules.rng): of the folder `own` and of `standard`,
 * either NULL or not there; an own one stands for a standard one of its name.  A
 * pack with an error is told (with its file and line) and left out.  Never NULL. */
struct check_packs;
struct check_packs *check_packs_open(const char *schema, const char *own, const char *standard, struct diags *diags);
void check_packs_close(struct check_packs *packs);

struct check_pack {
    const char *id, *form, *kinds; /* form, kinds: NULL when not said */
    const char *title[2];          /* English, Vietnamese */
    size_t rules;
    struct pos pos;
};
struct check_rule {
    const char *pack, *id, *component, *measure, *clause, *level;
    char grade; /* of the evidence: V read in full, S read as an excerpt, R restated by others */
    const char *asks[2], *mend[2]; /* English, Vietnamese; mend may be NULL */
    struct pos pos;
};
/* The i-th pack, and the i-th rule of a pack; false past the end. */
bool check_packs_at(const struct check_packs *packs, size_t i, struct check_pack *out);
bool check_packs_rule(const struct check_packs *packs, size_t pack, size_t i, struct check_rule *out);

/* What chooses the rules of a document: packs by name, or (NULL) those whose kinds
 * and form are its own; less the rules that are turned off ("PACK.RULE") for a
 * reason. */
struct check_off {
    const char *name, *reason;
    struct pos pos;
};
struct check_choice {
    const char *const *packs; /* ended by NULL, or NULL */
    struct pos packs_pos;
    const char *form, *kind; /* form NULL: "party" */
    const char *languages;   /* of the document, in its order: "vi en"; NULL: not known */
    const struct check_off *off;
    size_t off_count;
};
/* The rules that hold; names that are not there are told.  Lives no longer than the
 * packs.  Never NULL. */
struct check_rules;
struct check_rules *check_rules_choose(const struct check_packs *packs, const struct check_choice *choice, struct diags *diags);
void check_rules_drop(struct check_rules *rules);
size_t check_rules_count(const struct check_rules *rules);
/* The rules that hold for a component (NULL: for any): the next one from *at, which
 * begins with 0; false when there is none left. */
bool check_rules_of(const struct check_rules *rules, const char *component, size_t *at, struct check_rule *out);

/* A sink that hands all on to another, and holds pages against rules. */
struct area_sink *check_rules_sink(const struct check_rules *rules, struct area_sink *to);
/* Reports, in the order of the document, what was found; frees the sink.  home: the
 * file to name where an area has no place in a source (what styles put in), or NULL. */
void check_rules_end(struct area_sink *sink, const char *home, struct diags *diags);

#endif
