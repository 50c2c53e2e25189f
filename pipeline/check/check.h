/* What is wrong in a publication that can still be built: editions out of step,
 * links without a target. */
#ifndef SOTAY_CHECK_H
#define SOTAY_CHECK_H

#include "base/base.h"

#include <libxml/tree.h>

/* Compares the language editions of an edition document (source/source.h),
 * unit by unit, with the first one: numbers, percentages, dates and document
 * numbers as each language writes them, ids, links, footnotes, lists, tables,
 * quizzes, and the numbers of the XML sources' texts; and looks for the target
 * of each link.  Reports at the place in the translated file, with a note at the
 * first edition's.  Numbers in words are not compared, but do stand for figures
 * of the other edition.  The authors' files are read again, from the folder that
 * is the document's URL, for the columns.  Returns how many findings were
 * added. */
int check_publication(xmlDoc *edition, struct diags *diags);

#endif
