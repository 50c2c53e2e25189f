/* What there is to build, as it was found before: while no folder and no file
 * that decides it has changed, nothing need be parsed to know it again. */
#ifndef SOTAY_BATCH_SNAPSHOT_H
#define SOTAY_BATCH_SNAPSHOT_H

#include "batch/job.h"

/* Fills the list, the styles' and the machine's sets; false when something changed. */
bool snapshot_load(struct batch *b, struct document_list *list);
void snapshot_store(struct batch *b, const struct document_list *list);

#endif
