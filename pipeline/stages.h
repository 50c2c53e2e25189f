/* Private to the files that run stages (pipeline/NAME.c). */
#ifndef SOTAY_STAGES_H
#define SOTAY_STAGES_H

#include "document.h"
#include "fo/fo.h"
#include "source/source.h"
#include "text/text.h"
#include "transform/transform.h"

struct workshop {
    struct source_project *project; /* NULL outside a project */
    char *dir;                      /* of the project */
    char *styles;
    struct fontset *fonts;       /* NULL until asked for */
    struct transform *transform; /* likewise */
    struct map *schemas;         /* likewise: of kinds that have one */
    struct check_packs *packs;   /* likewise */
    struct diags *diags;
};

/* The fonts, opened at first use; NULL after an error. */
struct fontset *workshop_fonts(struct workshop *w);

/* The compiled stylesheets, none at first. */
struct transform *workshop_transform(struct workshop *w);

/* The schema of a kind; NULL where it has none, or after errors. */
struct source_schema *workshop_schema(struct workshop *w, const char *kind, struct diags *diags);

/* A document's edition, and (inputs not NULL) the sources it is made from. */
xmlDoc *sources_edition(struct workshop *w, const struct document *d, const char *languages,
                        struct document_inputs *inputs, struct diags *diags);

/* What only a publication can tell its PDF. */
struct document_facts {
    const char *title, *author, *lang, *date;
    const void *edition; /* to attach, or NULL */
    size_t edition_size;
    const char *edition_name;
    const struct check_rules *rules; /* of its form, or NULL */
    xmlDoc *tree;                    /* of the edition, to explain from; or NULL */
    const char *home;                /* the publication's own file, or NULL */
};

/* The rules of form that hold for a document of a kind (a part of a kit: its own);
 * pub, kind, languages NULL: only those that options name.  NULL when nobody asks (check_forms). */
struct check_rules *stage_rules(struct workshop *w, const struct source_publication *pub, const char *kind,
                                const char *languages, const struct document_options *o, struct diags *diags);

/* ---- explain.c: why a page is as it is ---- */

struct stage_explain;
struct explain;
/* edition, rules: of a publication, or NULL. */
struct stage_explain *stage_explain_open(const struct document_options *o, xmlDoc *edition, const struct check_rules *rules);
/* What layout is to be told. */
const struct explain *stage_explain_layout(const struct stage_explain *e);
/* Adds units and rules to what layout said. */
void stage_explain_close(struct stage_explain *e);

/* Lays fo out and writes it as `emit` says; takes fo. */
void stage_pages(struct workshop *w, struct fo_doc *fo, const char *output, const struct document_options *o,
                 const struct document_facts *facts, struct diags *diags);
/* Writes n bytes to a file that appears whole or not at all; false when told. */
bool stage_write(const char *path, const void *p, size_t n, struct diags *diags);
/* Microseconds of a clock that only runs forward. */
int64_t stage_clock(void);
/* Tells the time since *start under the stage's name, and starts again. */
void stage_told(const struct document_options *o, const char *output, const char *stage, int64_t *start);

/* Takes out of an edition what members must not see: facilitator blocks,
 * right answers and their explanations.  True when there was any. */
bool members_filter(xmlDoc *edition);
/* True when the edition has anything for the facilitator alone. */
bool members_has_secrets(xmlDoc *edition);

/* ---- kit.c: the parts of a study kit ---- */

struct kit_part {
    const char *name;  /* of its stylesheet */
    bool alone;        /* each language a document */
    const char *needs; /* the directive without which there is nothing to print, or NULL */
    const char *kinds; /* which give it unasked, blanks between; NULL: all */
};
/* NULL when a stylesheet of this name is no part. */
const struct kit_part *kit_part_of(const char *name);
/* The parts to be made of a publication one after another, NULL at the end: those it
 * names, or with `all` each it can give.  What it cannot give is told at the end. */
struct kit_walk {
    struct workshop *w;
    const struct source_publication *p;
    bool all;
    struct diags *diags;
    size_t i;                       /* of the next */
    struct buf without, other_kind; /* parts not given: the source lacks something; unusual for the kind */
};
const struct kit_part *kit_next(struct kit_walk *walk);

/* The copies made with one stylesheet: the members' ("", the quiz's versions "1",
 * "2" ..., the cards' other size "a6") and the facilitator's of them. */
struct kit_copy {
    char name[12];
    bool facilitator;
};
struct kit_copies {
    struct kit_copy items[104];
    size_t n;
};
void kit_copies_of(struct kit_copies *copies, struct workshop *w, const struct source_publication *p, const char *sheet);

struct kit_quiz {
    int versions, seed;
};
struct kit_quiz kit_quiz_of(const struct source_publication *p);

/* ---- shuffle.c: versions of a quiz ---- */

/* Puts the questions of an edition and their choices in the order of a version, and
 * notes version and seed under `kit`. */
void shuffle_quiz(xmlDoc *edition, int seed, int version);
/* Notes the answers of all versions under `kit`. */
void shuffle_key(xmlDoc *edition, const struct kit_quiz *quiz);

#endif
