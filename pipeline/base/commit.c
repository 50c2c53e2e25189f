/* Commits under way: the caller puts files in, threads take them in turn, the
 * caller takes those away that are done.  File systems write many files that are
 * synced at once nearly as fast as one. */
#include "base/commit.h"

#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { THREADS_MAX = 8, UNDER_WAY_MAX = 32, STACK = 128 * 1024 };

enum commit_state { COMMIT_WAITING, COMMIT_TAKEN, COMMIT_DONE };
struct commit {
    struct out_file *file;
    void *arg;
    enum commit_state state;
};

static struct {
    struct commit *items;
    size_t n, cap, under_way;
    int threads, fds[2];
    pthread_mutex_t lock;
    pthread_cond_t more, done;
} all = {.fds = {-1, -1},
         .lock = PTHREAD_MUTEX_INITIALIZER,
         .more = PTHREAD_COND_INITIALIZER,
         .done = PTHREAD_COND_INITIALIZER};

static struct commit *find(enum commit_state state) {
    for (size_t i = 0; i < all.n; i++)
        if (all.items[i].state == state) return &all.items[i];
    return NULL;
}

/* The lock is held. */
static void mark_done(struct out_file *f) {
    for (size_t i = 0; i < all.n; i++)
        if (all.items[i].file == f) all.items[i].state = COMMIT_DONE;
    all.under_way--;
    if (write(all.fds[1], "", 1) < 0) errno = 0; /* full: it is readable already */
    pthread_cond_signal(&all.done);
}

static void *serve(void *arg) {
    pthread_mutex_lock(&all.lock);
    for (;;) {
        struct commit *c = find(COMMIT_WAITING);
        if (!c) {
            pthread_cond_wait(&all.more, &all.lock);
            continue;
        }
        struct out_file *f = c->file;
        c->state = COMMIT_TAKEN;
        pthread_mutex_unlock(&all.lock);
        out_put_in_place(f);
        pthread_mutex_lock(&all.lock);
        mark_done(f);
    }
    return arg;
}

/* Signals are for the main thread. */
static void start_thread(void) {
    pthread_t thread;
    pthread_attr_t attributes;
    sigset_t every, old;
    sigfillset(&every);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &every, &old);
    if (pthread_create(&thread, &attributes, serve, NULL) == 0) all.threads++;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attributes);
}

void out_commit_later(struct out_file *f, void *arg) {
    out_prepare(f);
    pthread_mutex_lock(&all.lock);
    if (all.fds[0] < 0 && pipe2(all.fds, O_CLOEXEC | O_NONBLOCK) != 0) all.fds[0] = all.fds[1] = -1;
    while (all.under_way >= UNDER_WAY_MAX) pthread_cond_wait(&all.done, &all.lock);
    if (all.under_way >= (size_t)all.threads && all.threads < THREADS_MAX) start_thread();
    all.items = mem_grow(all.items, &all.cap, all.n + 1, sizeof *all.items);
    all.items[all.n++] = (struct commit){f, arg, COMMIT_WAITING};
    all.under_way++;
    if (all.threads) {
        pthread_cond_signal(&all.more);
    } else {
        all.items[all.n - 1].state = COMMIT_TAKEN;
        out_put_in_place(f);
        mark_done(f);
    }
    pthread_mutex_unlock(&all.lock);
}

int out_commits_fd(void) {
    return all.fds[0];
}

bool out_commits_next(void **arg, int *error, bool wait) {
    char bytes[64];
    pthread_mutex_lock(&all.lock);
    if (all.fds[0] >= 0 && read(all.fds[0], bytes, sizeof bytes) < 0) errno = 0;
    struct commit *c;
    while ((c = find(COMMIT_DONE)) == NULL && wait && all.n) pthread_cond_wait(&all.done, &all.lock);
    struct out_file *f = c ? c->file : NULL;
    if (c) {
        *arg = c->arg;
        *c = all.items[--all.n];
    }
    bool others = find(COMMIT_DONE) != NULL;
    if (others && write(all.fds[1], "", 1) < 0) errno = 0;
    pthread_mutex_unlock(&all.lock);
    if (f) *error = out_end(f);
    return f != NULL;
}
