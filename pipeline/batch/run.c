/* Building a list of documents, in this process or with workers.
 *
 * A job is one publication with all its documents.  Each worker is a child that
 * is given one job after another over a socket and answers with what is to be
 * printed; the parent prints the answers in the order of the list. */
#include "batch/batch.h"
#include "batch/progress.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS_MAX = 256 };

struct job {
    const struct document *documents;
    size_t n;
    bool done;
    int status;
    size_t findings;
    struct buf text; /* to be printed */
};

struct answer {
    int32_t status;
    uint32_t findings, text_size;
};

struct worker {
    pid_t pid; /* 0: ended */
    int fd;
    size_t job; /* SIZE_MAX: none */
};

struct batch {
    struct workshop *w;
    const struct batch_options *o;
    struct job *jobs;
    size_t n, next, printed;
    bool stop; /* an error, and not to keep going */
    struct progress progress;
    struct batch_result result;
};

static volatile pid_t running[WORKERS_MAX];

void batch_abort(void) {
    for (int i = 0; i < WORKERS_MAX; i++)
        if (running[i] > 0) kill(running[i], SIGTERM);
}

/* One job */

struct stage_notes {
    struct buf *out;
    const struct batch_options *o;
};

static void note_stage(void *arg, const char *output, const char *stage, int64_t microseconds) {
    struct stage_notes *notes = arg;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    buf_fmt(notes->out, "%s: %s: %lld.%03d ms, %ld kB at most\n", output, stage, (long long)(microseconds / 1000),
            (int)(microseconds % 1000), usage.ru_maxrss);
}

struct rendering {
    struct buf *out;
    const struct batch_options *o;
};

static void render_one(void *arg, const struct diag *g) {
    struct rendering *r = arg;
    r->o->render(r->o->arg, r->out, g);
}

static void run_job(struct workshop *w, struct job *job, const struct batch_options *o) {
    struct diags *diags = diags_new();
    struct rendering r = {&job->text, o};
    struct stage_notes notes = {&job->text, o};
    struct document_options d = *o->document;
    diags_set_language(diags, o->language);
    diags_set_sink(diags, render_one, &r);
    if (o->timings) {
        d.stage = note_stage;
        d.arg = &notes;
    }
    document_build(w, job->documents, job->n, &d, diags);
    diags_flush(diags);
    diags_set_sink(workshop_diags(w), render_one, &r);
    diags_flush(workshop_diags(w));
    diags_set_sink(workshop_diags(w), NULL, NULL);
    job->status = document_status(diags);
    if (document_status(workshop_diags(w)) == 3) job->status = 3;
    job->findings = diags_count(diags, DIAG_LEVEL_WARNING) + diags_count(diags, DIAG_LEVEL_UNSUPPORTED);
    job->done = true;
    diags_drop(diags);
}

static void finish_job(struct batch *b, struct job *job) {
    progress_clear(&b->progress);
    fwrite(buf_cstr(&job->text), 1, job->text.n, stderr);
    buf_free(&job->text);
    if (job->status > b->result.status) b->result.status = job->status;
    b->result.findings += job->findings;
    if (!job->status) b->result.outputs += job->n;
    else if (!b->o->keep_going) b->stop = true;
    for (size_t i = 0; i < job->n; i++)
        progress_step(&b->progress, b->o->document->trial ? job->documents[i].id : job->documents[i].output,
                      job->status == 0);
}

static void run_here(struct batch *b) {
    for (; b->next < b->n && !b->stop; b->next++) {
        run_job(b->w, &b->jobs[b->next], b->o);
        finish_job(b, &b->jobs[b->next]);
    }
}

/* Workers */

static bool read_whole(int fd, void *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t k = read(fd, (char *)p + done, n - done);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        done += (size_t)k;
    }
    return true;
}

static bool write_whole(int fd, const void *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t k = send(fd, (const char *)p + done, n - done, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        done += (size_t)k;
    }
    return true;
}

static void work(struct batch *b, int fd) {
    size_t i;
    while (read_whole(fd, &i, sizeof i)) {
        struct job *job = &b->jobs[i];
        run_job(b->w, job, b->o);
        struct answer a = {job->status, (uint32_t)job->findings, (uint32_t)job->text.n};
        if (!write_whole(fd, &a, sizeof a) || !write_whole(fd, buf_cstr(&job->text), job->text.n)) break;
        buf_free(&job->text);
    }
    _exit(0);
}

/* Worker `index` of n. */
static bool start_worker(struct batch *b, struct worker *workers, int n, int index) {
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return false;
    pid_t pid = fork();
    if (pid < 0) {
        close(fds[0]);
        close(fds[1]);
        return false;
    }
    if (pid == 0) {
        for (int i = 0; i < n; i++)
            if (i != index && workers[i].pid) close(workers[i].fd);
        for (int i = 0; i < WORKERS_MAX; i++) running[i] = 0;
        close(fds[0]);
        work(b, fds[1]);
    }
    close(fds[1]);
    workers[index] = (struct worker){pid, fds[0], SIZE_MAX};
    running[index] = pid;
    return true;
}

static void end_worker(struct worker *worker, int index) {
    int status;
    close(worker->fd);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) continue;
    running[index] = 0;
    worker->pid = 0;
    worker->fd = -1;
}

/* The next job, or none: then the worker ends. */
static void give_job(struct batch *b, struct worker *worker, int index) {
    worker->job = SIZE_MAX;
    if (b->next < b->n && !b->stop && write_whole(worker->fd, &b->next, sizeof b->next)) {
        worker->job = b->next++;
        return;
    }
    end_worker(worker, index);
}

static void take_answer(struct batch *b, struct worker *workers, int n, int index) {
    struct worker *worker = &workers[index];
    struct job *job = &b->jobs[worker->job];
    struct answer a;
    bool whole = read_whole(worker->fd, &a, sizeof a);
    if (whole) {
        buf_need(&job->text, a.text_size);
        whole = read_whole(worker->fd, job->text.p, a.text_size);
        if (whole) job->text.n = a.text_size;
    }
    job->done = true;
    job->status = whole ? a.status : 3;
    job->findings = whole ? a.findings : 0;
    if (job->status && !b->o->keep_going) b->stop = true;
    if (whole) {
        give_job(b, worker, index);
        return;
    }
    buf_fmt(&job->text, "sotay: error: the worker building %s ended unexpectedly\n", job->documents->id);
    end_worker(worker, index);
    if (b->next < b->n && !b->stop && start_worker(b, workers, n, index)) give_job(b, worker, index);
}

static void print_done(struct batch *b) {
    while (b->printed < b->n && b->jobs[b->printed].done) finish_job(b, &b->jobs[b->printed++]);
}

static void run_workers(struct batch *b, int count) {
    struct worker workers[WORKERS_MAX];
    int n = 0, alive = 0;
    fflush(NULL);
    while (n < count && start_worker(b, workers, n, n)) n++;
    for (int i = 0; i < n; i++) give_job(b, &workers[i], i);
    do {
        struct pollfd fds[WORKERS_MAX];
        alive = 0;
        for (int i = 0; i < n; i++) {
            fds[i] = (struct pollfd){workers[i].pid ? workers[i].fd : -1, POLLIN, 0};
            alive += workers[i].pid != 0;
        }
        if (!alive || (poll(fds, (nfds_t)n, -1) < 0 && errno != EINTR)) break;
        for (int i = 0; i < n; i++)
            if (workers[i].pid && fds[i].revents) take_answer(b, workers, n, i);
        print_done(b);
    } while (alive);
    if (!n) run_here(b); /* no worker could be started */
    for (; b->printed < b->n; b->printed++)
        if (b->jobs[b->printed].done) finish_job(b, &b->jobs[b->printed]);
}

static struct job *find_jobs(const struct document_list *list, size_t *count) {
    struct job *jobs = mem_alloc((list->n + 1) * sizeof *jobs);
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (n && jobs[n - 1].documents->publication == list->items[i].publication) jobs[n - 1].n++;
        else jobs[n++] = (struct job){.documents = &list->items[i], .n = 1};
    }
    *count = n;
    return jobs;
}

struct batch_result batch_build(struct workshop *w, const struct document_list *list,
                                const struct batch_options *options) {
    struct batch b = {.w = w, .o = options};
    b.jobs = find_jobs(list, &b.n);
    progress_begin(&b.progress, options->progress, list->n);
    int workers = options->workers < WORKERS_MAX ? options->workers : WORKERS_MAX;
    if ((size_t)workers > b.n) workers = (int)b.n;
    if (workers > 1) run_workers(&b, workers);
    else run_here(&b);
    progress_clear(&b.progress);
    for (size_t i = 0; i < b.n; i++) buf_free(&b.jobs[i].text);
    mem_free(b.jobs);
    return b.result;
}
