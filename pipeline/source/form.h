/* Private to source/: what the form of a document asks for besides its text:
 * who signs, on what grounds, who receives it, the record of a session. */
#ifndef SOTAY_SOURCE_FORM_H
#define SOTAY_SOURCE_FORM_H

#include "source/parts.h"

/* A thing said: words in one or more languages, or things inside it. */
struct source_said {
    const char *name; /* of its element */
    struct pos pos;
    const struct source_words *words;
    struct source_said *children, *next;
};

/* Takes the keys of publication.yaml or sotay.yaml that are more than words
 * (signature, secretary, grounds, recipients). */
struct source_said *source_form_read(struct source_job *job, struct source_yaml *yaml, const char *main);
/* Puts them, or the project's in place of those not given, under the edition's
 * meta, and the record of the session (publication.yaml: record) behind them. */
void source_form_build(struct source_build *build, xmlNode *meta, const struct source_meta *m);

#endif
