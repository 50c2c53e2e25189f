#include "base/worker.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* WORTH: what a thread costs, by its start and by what memory two of them share.
 * CHEAP: what waking it costs. */
enum { STACK = 128 * 1024, WORTH = 300, CHEAP = 40 };

static struct {
    struct job *first, **end;
    bool started, watched, busy;
    uint32_t waiting; /* cost of all that wait */
    pthread_mutex_t lock;
    pthread_cond_t more, done;
} all = {.end = &all.first,
         .lock = PTHREAD_MUTEX_INITIALIZER,
         .more = PTHREAD_COND_INITIALIZER,
         .done = PTHREAD_COND_INITIALIZER};

static void *serve(void *arg) {
    pthread_mutex_lock(&all.lock);
    for (;;) {
        struct job *job = all.first;
        if (!job) {
            pthread_cond_wait(&all.more, &all.lock);
            continue;
        }
        all.first = job->next;
        if (!all.first) all.end = &all.first;
        all.waiting -= job->cost;
        job->state = JOB_TAKEN;
        all.busy = true;
        pthread_mutex_unlock(&all.lock);
        job->run(job);
        pthread_mutex_lock(&all.lock);
        job->state = JOB_DONE;
        all.busy = false;
        pthread_cond_signal(&all.done);
    }
    return arg;
}

/* A child of fork has no second thread until it starts one; what waits is done
 * by job_finish. */
static void before_fork(void) {
    pthread_mutex_lock(&all.lock);
    while (all.busy) pthread_cond_wait(&all.done, &all.lock);
}

static void in_parent(void) {
    pthread_mutex_unlock(&all.lock);
}

static void in_child(void) {
    all.started = false;
    pthread_cond_init(&all.more, NULL);
    pthread_cond_init(&all.done, NULL);
    pthread_mutex_unlock(&all.lock);
}

/* Signals are for the main thread.  The lock is held. */
static void start_thread(void) {
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t every, old;
    if (!all.watched) all.watched = pthread_atfork(before_fork, in_parent, in_child) == 0;
    if (!all.watched) return;
    sigfillset(&every);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &every, &old);
    all.started = pthread_create(&thread, &attributes, serve, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attributes);
}

void job_start(struct job *job) {
    job->next = NULL;
    pthread_mutex_lock(&all.lock);
    job->state = JOB_WAITING;
    *all.end = job;
    all.end = &job->next;
    all.waiting += job->cost;
    if (!all.started && all.waiting > WORTH) start_thread();
    if (job->cost >= CHEAP) pthread_cond_signal(&all.more);
    pthread_mutex_unlock(&all.lock);
}

/* The lock is held. */
static void take_back(struct job *job) {
    struct job **link = &all.first;
    while (*link && *link != job) link = &(*link)->next;
    if (*link) *link = job->next;
    if (all.end == &job->next) all.end = link;
    all.waiting -= job->cost;
}

void job_finish(struct job *job) {
    pthread_mutex_lock(&all.lock);
    bool mine = job->state == JOB_WAITING;
    if (mine) take_back(job);
    while (job->state == JOB_TAKEN) pthread_cond_wait(&all.done, &all.lock);
    job->state = JOB_NONE;
    pthread_mutex_unlock(&all.lock);
    if (mine) job->run(job);
}
