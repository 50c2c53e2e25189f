/* Translators' files: PO (GNU gettext) and XLIFF 1.2 and 2.1 (OASIS), out and
 * in again.
 *
 * A message is a paragraph, heading, item, table cell or the like of the
 * publication's first language, in Markdown, with its translation.  Its name is
 * the unit's key (check/check.h), with ":N" where the unit has several; of a
 * footnote "PART^LABEL".  A translation whose original changed after it was
 * confirmed goes out as fuzzy (PO), "needs-review-translation" (1.2) or
 * "initial" (2.1).
 *
 * What comes in is put in the place of the old text in the author's Markdown
 * files, whose other bytes stay.  A block that has no translation yet is made
 * from the original's, once all its texts are there.  Files appear whole or, after
 * an error, not at all. */
#ifndef SOTAY_EXCHANGE_H
#define SOTAY_EXCHANGE_H

#include "base/base.h"
#include "source/source.h"

enum exchange_format { EXCHANGE_PO, EXCHANGE_XLIFF_12, EXCHANGE_XLIFF_21 };

/* The messages of a publication for one of its languages but the first; false
 * after an error. */
bool exchange_export(struct source_project *project, const struct source_publication *publication,
                     const char *language, enum exchange_format format, struct buf *out, struct diags *diags);

/* What an import did. */
struct exchange_count {
    int messages, changed, fuzzy, missing; /* in the file; put into the Markdown; in doubt; without translation */
};

/* Reads a translators' file ("-": standard input; either version of XLIFF, format
 * says PO or not) and writes the publication's Markdown files and, where there is
 * one or something is in doubt, its edition.lock.  language: NULL, or what the
 * file must be for.  False after an error: nothing is written. */
bool exchange_import(struct source_project *project, const struct source_publication *publication,
                     const char *language, enum exchange_format format, const char *path,
                     struct exchange_count *count, struct diags *diags);

#endif
