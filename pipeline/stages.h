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
};

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

#endif
