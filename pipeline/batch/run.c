/* Making a list of jobs with workers.
 *
 * A job is one publication or unit with all its documents.  Each worker is given
 * one job after another over a socket and answers with what is to be printed and
 * recorded; the parent prints the answers in the order of the list.  A job whose
 * worker ends before its answer is tried once more, alone, when all others are
 * done; one whose sources changed meanwhile is made again. */
#include "batch/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS_MAX = 256, CHANGES_MAX = 3, TICK_MS = 200, GRACE_MS = 3000 };

static volatile pid_t running[WORKERS_MAX];
static volatile sig_atomic_t asked; /* the signal, while a build runs: -1 none yet */
static int wake[2] = {-1, -1};

void batch_abort(void) {
    for (int i = 0; i < WORKERS_MAX; i++)
        if (running[i] > 0) kill(running[i], SIGTERM);
}

bool batch_interrupt(int signal) {
    if (asked != -1) return false;
    asked = signal;
    return write(wake[1], "", 1) == 1;
}

int64_t batch_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- what is said ---- */

static void render_one(void *arg, const struct diag *g) {
    struct batch *b = arg;
    struct buf out = {0};
    b->o->render(b->o->arg, &out, g);
    fwrite(buf_cstr(&out), 1, out.n, stderr);
    buf_free(&out);
}

static void print_job(struct batch *b, struct job *job) {
    progress_clear(&b->progress);
    fwrite(buf_cstr(&job->text), 1, job->text.n, stderr);
    struct diags *d = diags_new();
    diags_set_language(d, b->o->language);
    diags_set_sink(d, render_one, b);
    struct unpack u = unpack_of(buf_cstr(&job->diags), job->diags.n);
    if (job->diags.n) unpack_diags(&u, d);
    diags_flush(d);
    diags_drop(d);
}

static void finish_job(struct batch *b, struct job *job) {
    print_job(b, job);
    job->shown = true;
    if (job->status > b->result.status) b->result.status = job->status;
    b->result.findings += job->findings;
    if (job->current) b->result.unchanged += job->n;
    else if (job->status) b->result.failed += job->n;
    else b->result.outputs += job->n;
    for (size_t i = 0; i < job->n && !job->current; i++)
        progress_step(&b->progress, b->o->document->trial ? job->documents[i].id : job->documents[i].output,
                      job->status == 0);
}

/* In order; those that are tried again come when they are done. */
void batch_print_done(struct batch *b, bool last) {
    for (; b->printed < b->n; b->printed++) {
        struct job *job = &b->jobs[b->printed];
        if (job->shown || (job->state == JOB_RETRY && !last)) continue;
        if (job->state != JOB_DONE) break;
        finish_job(b, job);
    }
    if (!last) return;
    for (size_t i = 0; i < b->n; i++)
        if (b->jobs[i].state == JOB_DONE && !b->jobs[i].shown) finish_job(b, &b->jobs[i]);
}

/* ---- workers ---- */

void batch_queue(struct batch *b, size_t job) {
    b->queue = mem_grow(b->queue, &b->queue_cap, b->queued + 1, sizeof *b->queue);
    b->queue[b->queued++] = job;
}

/* Worker `index` of n. */
static bool start_worker(struct batch *b, struct worker *workers, int n, int index) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return false;
    fflush(NULL);
    pid_t parent = getpid(), pid = fork();
    if (pid < 0) {
        close(fds[0]);
        close(fds[1]);
        return false;
    }
    if (pid == 0) {
        asked = 0;
        for (int i = 0; i < n; i++)
            if (i != index && workers[i].pid) close(workers[i].fd);
        for (int i = 0; i < WORKERS_MAX; i++) running[i] = 0;
        close(fds[0]);
        lock_forget(b->lock);
        worker_serve(b, fds[1], parent);
    }
    close(fds[1]);
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    workers[index] = (struct worker){.pid = pid, .fd = fds[0], .job = SIZE_MAX};
    running[index] = pid;
    return true;
}

/* Its status as waitpid tells it. */
static int end_worker(struct worker *worker, int index) {
    int status = 0;
    close(worker->fd);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) continue;
    running[index] = 0;
    worker->pid = 0;
    worker->fd = -1;
    buf_free(&worker->in);
    return status;
}

/* The next job, or none: then the worker ends. */
static void give_job(struct batch *b, struct worker *worker, int index) {
    worker->job = SIZE_MAX;
    worker->deadline = 0;
    if (worker->closing) return;
    if (b->next < b->queued && !b->stop) {
        size_t job = b->queue[b->next];
        if (send(worker->fd, &job, sizeof job, MSG_NOSIGNAL) == (ssize_t)sizeof job) {
            b->next++;
            worker->job = job;
            if (b->o->timeout) worker->deadline = batch_clock() + (int64_t)b->o->timeout * 1000;
            progress_begun(&b->progress, b->jobs[job].documents->output);
            return;
        }
    }
    if (worker->pending_count) {
        shutdown(worker->fd, SHUT_WR);
        worker->closing = true;
        return;
    }
    end_worker(worker, index);
}

/* Adds an error to what the job has said so far. */
static void add_error(struct batch *b, struct job *job, const struct worker *worker, int status) {
    struct diags *d = diags_new();
    struct unpack u = unpack_of(buf_cstr(&job->diags), job->diags.n);
    if (job->diags.n) unpack_diags(&u, d);
    const char *id = job->documents->output;
    bool aborted = WIFSIGNALED(status) ? WTERMSIG(status) == SIGABRT : WEXITSTATUS(status) == 3;
    if (worker->late) diag_add(d, DIAG_WORKER_LATE, (struct pos){0}, id, b->o->timeout);
    else if (b->o->limit_memory && aborted) /* libraries abort when there is no memory */
        diag_add(d, DIAG_WORKER_MEMORY, (struct pos){0}, id, (long long)(b->o->limit_memory >> 20));
    else if (WIFSIGNALED(status))
        diag_add(d, DIAG_WORKER_SIGNAL, (struct pos){0}, id, WTERMSIG(status), strsignal(WTERMSIG(status)));
    else diag_add(d, DIAG_WORKER_EXIT, (struct pos){0}, id, WEXITSTATUS(status));
    buf_clear(&job->diags);
    pack_diags(&job->diags, d);
    diags_drop(d);
}

/* Its worker is no more: it is made again alone, and then it has failed. */
static void lose_job(struct batch *b, struct job *job, const struct worker *worker, pid_t pid, int status) {
    for (size_t i = 0; i < job->n; i++) out_abort_of(job->documents[i].output, pid);
    job->state = JOB_RETRY;
    if (b->signal || !b->alone) return;
    add_error(b, job, worker, status);
    job->state = JOB_DONE;
    job->status = 3;
    if (!b->o->keep_going) b->stop = true;
}

static void lose_worker(struct batch *b, struct worker *worker, int index) {
    pid_t pid = worker->pid;
    int status = end_worker(worker, index);
    for (size_t i = 0; i < worker->pending_count; i++)
        lose_job(b, &b->jobs[worker->pending[i]], worker, pid, status);
    if (worker->job != SIZE_MAX) lose_job(b, &b->jobs[worker->job], worker, pid, status);
}

static void take_done(struct batch *b, struct job *job, const char *p, size_t n) {
    if (!job_take_answer(b, job, p, n)) job->status = 3;
    if (job->state == JOB_CHANGED && ++job->changes < CHANGES_MAX) {
        batch_queue(b, (size_t)(job - b->jobs));
        return;
    }
    if (job->state == JOB_CHANGED) job->state = JOB_DONE; /* without a record */
    else if (!job->status) job_record(b, job);
    if (job->status && !b->o->keep_going) b->stop = true;
}

static void end_pending(struct worker *worker, size_t job) {
    for (size_t i = 0; i < worker->pending_count; i++)
        if (worker->pending[i] == job) worker->pending[i] = worker->pending[--worker->pending_count];
}

/* Handles the whole frames that have come. */
static void take_frames(struct batch *b, struct worker *workers, int index) {
    struct worker *worker = &workers[index];
    struct frame f;
    size_t at = 0;
    for (; worker->pid && worker->in.n - at >= sizeof f;) {
        memcpy(&f, worker->in.p + at, sizeof f);
        if (worker->in.n - at - sizeof f < f.size) break;
        const char *p = worker->in.p + at + sizeof f;
        at += sizeof f + f.size;
        if (f.job >= b->n) continue;
        bool at_work = worker->job == f.job;
        struct job *job = &b->jobs[f.job];
        if (f.type == FRAME_PARTIAL) {
            buf_clear(&job->diags);
            buf_put(&job->diags, p, f.size);
        } else if (f.type == FRAME_READY) {
            worker->pending[worker->pending_count++] = f.job;
        } else {
            if (!at_work) end_pending(worker, f.job);
            take_done(b, job, p, f.size);
        }
        if (at_work && f.type != FRAME_PARTIAL) give_job(b, worker, index);
    }
    if (!at || !worker->pid) return;
    memmove(worker->in.p, worker->in.p + at, worker->in.n - at);
    worker->in.n -= at;
}

/* Reads what a worker says; replaces one that ended. */
static void listen_to(struct batch *b, struct worker *workers, int n, int index) {
    struct worker *worker = &workers[index];
    char chunk[65536];
    ssize_t k = read(worker->fd, chunk, sizeof chunk);
    if (k < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (k > 0) {
        buf_put(&worker->in, chunk, (size_t)k);
        take_frames(b, workers, index);
        return;
    }
    lose_worker(b, worker, index);
    if (b->next < b->queued && !b->stop && start_worker(b, workers, n, index)) give_job(b, worker, index);
}

/* ---- the loop ---- */

static void end_late(struct worker *workers, int n) {
    int64_t now = batch_clock();
    for (int i = 0; i < n; i++) {
        if (!workers[i].pid || !workers[i].deadline || now < workers[i].deadline) continue;
        workers[i].late = true;
        workers[i].deadline = 0;
        kill(workers[i].pid, SIGKILL);
    }
}

static int wait_ms(const struct batch *b, const struct worker *workers, int n) {
    int64_t wait = b->progress.mode == PROGRESS_BAR ? TICK_MS : -1, now = batch_clock();
    for (int i = 0; i < n; i++) {
        if (!workers[i].pid || !workers[i].deadline) continue;
        int64_t left = workers[i].deadline > now ? workers[i].deadline - now : 0;
        if (wait < 0 || left < wait) wait = left;
    }
    return (int)wait;
}

/* Asked to end: workers take their unfinished outputs away. */
static void break_off(struct batch *b, struct worker *workers, int n) {
    b->signal = asked;
    b->stop = true;
    for (int i = 0; i < n; i++)
        if (workers[i].pid) kill(workers[i].pid, SIGTERM);
    for (int i = 0; i < n; i++) {
        struct pollfd fd = {workers[i].fd, POLLIN, 0};
        for (int64_t end = batch_clock() + GRACE_MS; workers[i].pid;) {
            char chunk[4096];
            int left = (int)(end - batch_clock());
            if (left <= 0) kill(workers[i].pid, SIGKILL);
            if (left <= 0 || (poll(&fd, 1, left) > 0 && read(fd.fd, chunk, sizeof chunk) == 0))
                end_worker(&workers[i], i);
        }
    }
}

static void run_queue(struct batch *b, int count) {
    struct worker workers[WORKERS_MAX] = {{0}};
    struct pollfd fds[WORKERS_MAX + 1];
    int n = 0;
    while (n < count && start_worker(b, workers, n, n)) n++;
    if (!n) {
        diag_add(b->diags, DIAG_NO_WORKER, (struct pos){0}, strerror(errno));
        b->result.status = 3;
        b->stop = true;
    }
    for (int i = 0; i < n; i++) give_job(b, &workers[i], i);
    for (;;) {
        int alive = 0;
        for (int i = 0; i < n; i++) {
            fds[i] = (struct pollfd){workers[i].pid ? workers[i].fd : -1, POLLIN, 0};
            alive += workers[i].pid != 0;
        }
        if (!alive) break;
        fds[n] = (struct pollfd){wake[0], POLLIN, 0};
        if (poll(fds, (nfds_t)n + 1, wait_ms(b, workers, n)) < 0 && errno != EINTR) break;
        if (asked > 0) {
            break_off(b, workers, n);
            break;
        }
        for (int i = 0; i < n; i++)
            if (workers[i].pid && fds[i].fd >= 0 && fds[i].revents) listen_to(b, workers, n, i);
        end_late(workers, n);
        batch_print_done(b, false);
        progress_tick(&b->progress);
    }
}

void batch_run_queue(struct batch *b) {
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) return;
    asked = -1;
    size_t left = b->queued - b->next;
    int workers = b->o->workers < WORKERS_MAX ? b->o->workers : WORKERS_MAX;
    if (left) run_queue(b, (size_t)workers < left ? workers : (int)left);
    b->alone = true;
    for (size_t i = 0; i < b->n && !b->stop; i++) {
        if (b->jobs[i].state != JOB_RETRY) continue;
        batch_queue(b, i);
        run_queue(b, 1);
    }
    b->alone = false;
    asked = 0;
    close(wake[0]);
    close(wake[1]);
}
