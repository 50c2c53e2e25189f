/* A worker: a child that makes one job after another, with fonts and stylesheets
 * that stay, and answers over a socket. */
#include "batch/job.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct seen {
    const char *path;
    struct stamp stamp;
};

struct making {
    struct batch *b;
    struct job *job;
    int fd;
    struct diags *diags;
    size_t sent; /* errors and warnings already sent */
    struct seen *seen;
    size_t seen_count, seen_cap;
    int32_t *pages; /* by document */
    struct document_inputs sources;
    size_t index, commits; /* outputs not yet in place */
    int64_t spent, kilobytes;
    int status;
    bool ready; /* all is made */
    struct making *next;
};

static void write_whole(int fd, const void *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t k = send(fd, (const char *)p + done, n - done, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) _exit(0); /* nobody listens */
        done += (size_t)k;
    }
}

static bool read_whole(int fd, void *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t k = read(fd, (char *)p + done, n - done);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return false;
        done += (size_t)k;
    }
    return true;
}

static void send_frame(const struct making *m, uint32_t type, const struct buf *b) {
    struct frame f = {type, (uint32_t)b->n, m->index};
    write_whole(m->fd, &f, sizeof f);
    write_whole(m->fd, buf_cstr(b), b->n);
}

static size_t diag_count(const struct diags *d) {
    size_t n = 0;
    for (int level = DIAG_LEVEL_ERROR; level <= DIAG_LEVEL_NOTE; level++) n += diags_count(d, (enum diag_level)level);
    return n;
}

/* After each stage what was found so far is told, should the next one not end. */
static void note_stage(void *arg, const char *output, const char *stage, int64_t microseconds) {
    struct making *m = arg;
    if (m->b->o->timings) {
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        buf_fmt(&m->job->text, "%s: %s: %lld.%03d ms, %ld kB at most\n", output, stage,
                (long long)(microseconds / 1000), (int)(microseconds % 1000), usage.ru_maxrss);
    }
    size_t n = diag_count(m->diags);
    if (n == m->sent) return;
    struct buf b = {0};
    pack_diags(&b, m->diags);
    send_frame(m, FRAME_PARTIAL, &b);
    buf_free(&b);
    m->sent = n;
}

static void note_made(void *arg, const char *output, int32_t pages) {
    struct making *m = arg;
    for (size_t i = 0; i < m->job->n; i++)
        if (strcmp(m->job->documents[i].output, output) == 0) m->pages[i] = pages;
}

static void note_file(void *arg, const char *path, const struct stat *st) {
    struct making *m = arg;
    if (!S_ISREG(st->st_mode)) return;
    m->seen = mem_grow(m->seen, &m->seen_cap, m->seen_count + 1, sizeof *m->seen);
    m->seen[m->seen_count++] = (struct seen){str_intern(path, strlen(path)), stamp_of(st)};
}

/* What the workshop said since the last job belongs to this one. */
static void adopt(void *arg, const struct diag *g) {
    struct diags *d = arg;
    diag_restore(d, g->id, g->pos, g->span, g->texts, false);
    for (const struct diag *r = g->related; r; r = r->next)
        diag_restore(d, r->id, r->pos, r->span, r->texts, true);
}

/* The most memory this process had since reset, in kB; where the kernel does not
 * say it, since it began. */
static int64_t peak_memory(void) {
    struct buf b = {0};
    int64_t kb = 0;
    if (file_read(&b, "/proc/self/status") == 0) {
        const char *p = strstr(b.p, "VmHWM:");
        if (p) kb = strtoll(p + 6, NULL, 10);
    }
    buf_free(&b);
    return kb;
}

static void reset_peak(void) {
    int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    if (write(fd, "5", 1) < 0) errno = 0;
    close(fd);
}

static int64_t microseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void pack_outputs(struct buf *out, const struct making *m) {
    for (size_t i = 0; i < m->job->n; i++) {
        struct file f = {.path = m->job->documents[i].output};
        file_check(&f);
        pack_stamp(out, &f.stamp);
        pack_sum(out, &f.sum);
        pack_int(out, m->pages[i]);
    }
}

/* The state of a file when it was first opened for this job, or none. */
static const struct seen *find_seen(const struct making *m, const char *path) {
    for (size_t i = 0; i < m->seen_count; i++)
        if (m->seen[i].path == path) return &m->seen[i];
    return NULL;
}

static void pack_files(struct buf *out, const struct making *m, struct document_inputs *sources) {
    document_inputs_sort(sources);
    pack_int(out, (int64_t)sources->n);
    for (size_t i = 0; i < sources->n; i++) {
        const struct seen *seen = find_seen(m, sources->items[i].path);
        pack_string(out, sources->items[i].name);
        pack_int(out, seen != NULL);
        if (seen) pack_stamp(out, &seen->stamp);
    }
    pack_int(out, (int64_t)m->seen_count);
    for (size_t i = 0; i < m->seen_count; i++) {
        pack_string(out, m->seen[i].path);
        pack_stamp(out, &m->seen[i].stamp);
    }
}

/* ---- one job ---- */

static struct making *makings; /* the one at work, and those whose outputs are being put in place */

static struct diags *diags_of(size_t *commits) {
    for (struct making *m = makings; m; m = m->next)
        if (&m->commits == commits) return m->diags;
    return NULL;
}

static void begin(struct batch *b, size_t index, int fd) {
    struct making *m = mem_alloc(sizeof *m);
    *m = (struct making){.b = b, .job = &b->jobs[index], .index = index, .fd = fd, .diags = diags_new()};
    m->pages = mem_alloc((m->job->n + 1) * sizeof *m->pages);
    buf_clear(&m->job->text);
    m->next = makings;
    makings = m;
}

static void drop(struct making *m) {
    struct making **at = &makings;
    while (*at != m) at = &(*at)->next;
    *at = m->next;
    diags_drop(m->diags);
    document_inputs_free(&m->sources);
    mem_free(m->pages);
    mem_free(m->seen);
    mem_free(m);
}

static void make(struct making *m) {
    struct batch *b = m->b;
    struct document_options d = *b->o->document;
    d.stage = note_stage;
    d.made = note_made;
    d.later = &m->commits;
    d.arg = m;
    bool keeps = b->records != NULL;
    if (keeps) reset_peak();
    int64_t start = microseconds();
    if (keeps) file_watch(note_file, m);
    document_build(b->w, m->job->documents, m->job->n, &d, keeps ? &m->sources : NULL, m->diags);
    file_watch(NULL, NULL);
    m->spent = microseconds() - start;
    m->kilobytes = keeps ? peak_memory() : 0;
    diags_set_sink(workshop_diags(b->w), adopt, m->diags);
    diags_flush(workshop_diags(b->w));
    m->status = document_status(workshop_diags(b->w)) == 3 ? 3 : 0;
}

static void answer(struct making *m) {
    int status = document_status(m->diags);
    if (m->status > status) status = m->status;
    bool keeps = m->b->records != NULL && !status;
    struct buf out = {0}, diags = {0};
    pack_int(&out, status);
    pack_int(&out, m->spent);
    pack_int(&out, m->kilobytes);
    pack_string(&out, buf_cstr(&m->job->text));
    pack_diags(&diags, m->diags);
    pack_bytes(&out, diags.p, diags.n);
    pack_int(&out, keeps);
    if (keeps) {
        pack_outputs(&out, m);
        pack_files(&out, m, &m->sources);
    }
    send_frame(m, FRAME_DONE, &out);
    buf_free(&diags);
    buf_free(&out);
    drop(m);
}

/* Answers for jobs whose outputs are all in place. */
static void collect(bool wait) {
    size_t *commits;
    while (document_commit_next(&commits, wait, diags_of)) {
        struct making *m = makings;
        while (m && &m->commits != commits) m = m->next;
        if (m && !*commits && m->ready) answer(m);
    }
}

static void limit_memory(int64_t bytes) {
    struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};
    if (bytes) setrlimit(RLIMIT_AS, &limit);
}

void worker_serve(struct batch *b, int fd, pid_t parent) {
    size_t i;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0); /* it ended before that */
    limit_memory(b->o->limit_memory);
    for (;;) {
        struct pollfd fds[2] = {{fd, POLLIN, 0}, {out_commits_fd(), POLLIN, 0}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR) break;
        if (fds[1].revents) collect(false);
        if (!fds[0].revents) continue;
        if (!read_whole(fd, &i, sizeof i)) break;
        begin(b, i, fd);
        struct making *m = makings;
        make(m);
        m->ready = true;
        if (m->commits) send_frame(m, FRAME_READY, &(struct buf){0});
        else answer(m);
    }
    collect(true);
    _exit(0);
}
