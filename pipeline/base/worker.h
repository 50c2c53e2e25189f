/* A second thread that computes beside the first: sums of fonts, deflated pages.
 * A job is the caller's; run touches nothing but it and what it points to, and
 * allocates nothing. */
#ifndef SOTAY_BASE_WORKER_H
#define SOTAY_BASE_WORKER_H

#include <stdint.h>

struct job {
    void (*run)(struct job *job);
    uint32_t cost; /* microseconds, roughly: for little work no thread is started */
    enum { JOB_NONE, JOB_WAITING, JOB_TAKEN, JOB_DONE } state; /* worker.c's own */
    struct job *next;
};

/* Gives a job to the thread; what it points to must stay until job_finish. */
void job_start(struct job *job);
/* Returns when the job is done; what the thread has not begun is done here.
 * Nothing for a job never started. */
void job_finish(struct job *job);

#endif
