/* How far the work has come, on standard error. */
#ifndef SOTAY_BATCH_PROGRESS_H
#define SOTAY_BATCH_PROGRESS_H

#include "batch/batch.h"

struct progress {
    enum batch_progress mode;
    size_t total, done;
    bool drawn; /* a bar stands on the line */
};

void progress_begin(struct progress *p, enum batch_progress mode, size_t total);
/* One more document is done (or failed). */
void progress_step(struct progress *p, const char *output, bool good);
/* Takes the bar away, so that something can be printed. */
void progress_clear(struct progress *p);

#endif
