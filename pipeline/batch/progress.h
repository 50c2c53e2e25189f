/* How far the work has come, on standard error. */
#ifndef SOTAY_BATCH_PROGRESS_H
#define SOTAY_BATCH_PROGRESS_H

#include "batch/batch.h"

struct progress {
    enum batch_progress mode;
    size_t total, done, unchanged; /* documents */
    bool drawn;                    /* a bar stands on the line */
    int64_t start, last;           /* milliseconds */
    char now[200];                 /* what was begun last */
};

void progress_begin(struct progress *p, enum batch_progress mode, size_t total, size_t unchanged);
/* A document is begun. */
void progress_begun(struct progress *p, const char *output);
/* One more document is done (or failed). */
void progress_step(struct progress *p, const char *output, bool good);
/* Time goes by. */
void progress_tick(struct progress *p);
/* Takes the bar away, so that something can be printed. */
void progress_clear(struct progress *p);
/* All is done: how much was. */
void progress_end(struct progress *p, const struct batch_result *result);

#endif
