/* Private to batch/: the queue of jobs. */
#ifndef SOTAY_BATCH_RUN_H
#define SOTAY_BATCH_RUN_H

#include "batch/job.h"

/* Puts a job behind the others that are to be made. */
void batch_queue(struct batch *b, size_t job);
/* Makes all that is queued. */
void batch_run_queue(struct batch *b);
/* Prints what is done, in order; `last`: all of it. */
void batch_print_done(struct batch *b, bool last);
/* Milliseconds of a clock that only runs forward. */
int64_t batch_clock(void);

#endif
