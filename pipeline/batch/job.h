/* One publication's or unit's documents being made; private to batch/. */
#ifndef SOTAY_BATCH_JOB_H
#define SOTAY_BATCH_JOB_H

#include "batch/batch.h"
#include "batch/keys.h"
#include "batch/lock.h"
#include "batch/pack.h"
#include "batch/progress.h"
#include "batch/record.h"

#include <sys/types.h>

enum job_state { JOB_WAITING, JOB_RETRY, JOB_CHANGED, JOB_DONE };

struct job {
    const struct document *documents;
    size_t n;
    const char *name; /* in the records */
    enum job_state state;
    bool current;  /* was not made: nothing changed */
    bool shown;
    int changes; /* how often it was begun again for one */
    int status;
    size_t findings;
    struct buf text;  /* of its stages, to be printed */
    struct buf diags; /* packed */
    struct record record;
};

struct batch {
    struct workshop *w;
    const struct batch_options *o;
    struct document_list *list;
    struct job *jobs;
    size_t n, printed;
    size_t *queue, queued, next, queue_cap; /* jobs to make, in order */
    bool stop;      /* no more are begun */
    bool alone;     /* jobs are made one by one whose worker ended */
    int signal;     /* that asked to end, or 0 */
    struct progress progress;
    struct batch_result result;
    /* What is known of files and former builds; records NULL: nothing is kept. */
    struct files *files;
    struct keys keys;
    struct records *records;
    struct lock *lock;
    struct diags *diags; /* of the batch itself */
};

/* ---- worker.c ---- */

/* What a worker says of a job: what it found so far; that the next may come; the
 * answer, which also says that. */
enum { FRAME_PARTIAL = 1, FRAME_READY = 2, FRAME_DONE = 3, PENDING_MAX = 64 };
struct frame {
    uint32_t type, size;
    uint64_t job;
};

struct worker {
    pid_t pid; /* 0: ended */
    int fd;
    size_t job; /* SIZE_MAX: none */
    size_t pending[PENDING_MAX]; /* jobs made, whose outputs are being put in place */
    size_t pending_count;
    int64_t deadline; /* in milliseconds of a clock that only runs forward; 0: none */
    bool late;        /* was ended because of it */
    bool closing;     /* gets no more jobs */
    struct buf in;
};

/* The child's part: makes one job after another. */
void worker_serve(struct batch *b, int fd, pid_t parent) __attribute__((noreturn));

/* ---- check.c ---- */

/* Whether nothing a job is made from, and nothing it made, has changed since it
 * was recorded; then its diagnostics are those recorded. */
bool job_is_current(struct batch *b, struct job *job);
/* Reads a worker's answer into the job.  False when it cannot be read. */
bool job_take_answer(struct batch *b, struct job *job, const void *p, size_t n);
/* Puts a job that was made well into the records. */
void job_record(struct batch *b, struct job *job);
/* An output's path from the folder of outputs. */
const char *job_output(const struct batch *b, const struct document *d);

#endif
