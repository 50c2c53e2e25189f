/* A build: what there is to make, what of it has changed, making that. */
#include "batch/report.h"
#include "batch/run.h"
#include "batch/shard.h"
#include "batch/snapshot.h"

enum { ROUNDS_MAX = 3 };

static void flush_said(struct batch *b) {
    progress_clear(&b->progress);
    diags_flush(b->diags);
}

/* A job's name in the records: its first output; a whole kit is another job. */
static const char *job_name(const struct batch *b, const struct job *job) {
    struct buf name = {0};
    buf_fmt(&name, "%s%s", job_output(b, job->documents), b->o->document->kit ? " kit" : "");
    const char *s = str_intern(name.p, name.n);
    buf_free(&name);
    return s;
}

static void find_jobs(struct batch *b, const struct document_list *list) {
    b->jobs = mem_alloc((list->n + 1) * sizeof *b->jobs);
    b->n = 0;
    for (size_t i = 0; i < list->n; i++) {
        struct job *last = b->n ? &b->jobs[b->n - 1] : NULL;
        if (last && document_together(last->documents, &list->items[i])) last->n++;
        else b->jobs[b->n++] = (struct job){.documents = &list->items[i], .n = 1};
    }
    for (size_t i = 0; i < b->n && b->o->folder; i++) b->jobs[i].name = job_name(b, &b->jobs[i]);
}

static void drop_jobs(struct batch *b) {
    for (size_t i = 0; i < b->n; i++) {
        struct job *job = &b->jobs[i];
        buf_free(&job->text);
        buf_free(&job->diags);
        mem_free(job->record.inputs);
        mem_free(job->record.made);
        mem_free(job->record.diags);
    }
    mem_free(b->jobs);
    mem_free(b->queue);
    b->jobs = NULL;
    b->queue = NULL;
    b->n = b->queued = b->next = b->queue_cap = b->printed = 0;
}

/* Jobs that need not be made are done; how many documents are left. */
static size_t check_jobs(struct batch *b) {
    size_t left = 0;
    for (size_t i = 0; i < b->n; i++) {
        struct job *job = &b->jobs[i];
        if (b->records && !b->o->force && job_is_current(b, job)) {
            job->state = JOB_DONE;
            job->current = true;
        } else {
            left += job->n;
        }
    }
    return left;
}

/* True when a stylesheet, font or the program changed while it was in use. */
static bool shared_changed(struct batch *b) {
    if (!b->records) return false;
    for (size_t i = 0; i < files_count(b->files); i++) {
        const struct file *f = files_at(b->files, i);
        if (!f->shared) continue;
        struct stamp now = stamp_at(f->path);
        if (!stamp_same(&now, &f->begin)) {
            diag_add(b->diags, DIAG_SOURCE_CHANGED, (struct pos){0}, f->path);
            return true;
        }
    }
    return false;
}

static void mark_shared(const struct input_set *set) {
    for (size_t i = 0; i < set->n; i++) {
        struct file *f = set->items[i];
        if (f->shared) continue;
        f->shared = true;
        f->begin = stamp_at(f->path);
    }
}

/* Looks at what all share before anything is made with it; what it holds is read
 * later, while the workers are at work. */
static void begin_round(struct batch *b) {
    if (!b->records) return;
    for (size_t i = 0; i < files_count(b->files); i++) files_at(b->files, i)->shared = false;
    mark_shared(keys_machine(&b->keys));
    for (size_t i = 0; i < b->n; i++)
        if (!b->jobs[i].current) mark_shared(keys_styles(&b->keys, b->jobs[i].documents->sheets));
}

static void make_jobs(struct batch *b) {
    for (size_t i = 0; i < b->n; i++)
        if (b->jobs[i].state == JOB_WAITING) batch_queue(b, i);
    begin_round(b);
    if (b->queued - b->next > 1) document_warm(b->w, b->list->items, b->list->n);
    batch_run_queue(b);
    for (int round = 1; round < ROUNDS_MAX && !b->stop && shared_changed(b); round++) {
        workshop_reload(b->w);
        keys_new_round(&b->keys);
        for (size_t i = 0; i < b->n; i++) {
            struct job *job = &b->jobs[i];
            if (job->current || job->status) continue;
            job->state = JOB_WAITING;
            batch_queue(b, i);
        }
        begin_round(b);
        batch_run_queue(b);
    }
}

/* The list as parsing finds it; the status of document_list_fill, or 3. */
static int parse_list(struct batch *b, struct document_list *list, const char *const *names, size_t count,
                      const char *out) {
    size_t said = diags_count(b->diags, DIAG_LEVEL_ERROR) + diags_count(b->diags, DIAG_LEVEL_WARNING);
    if (!workshop_load(b->w, b->diags)) return document_status(b->diags) == 3 ? 3 : 1;
    int status = document_list_fill(list, b->w, names, count, out, b->o->document, b->diags);
    size_t says = diags_count(b->diags, DIAG_LEVEL_ERROR) + diags_count(b->diags, DIAG_LEVEL_WARNING);
    if (!status && !count && b->records && said == says) snapshot_store(b, list);
    return status;
}

/* True when the list of the last build still holds and nothing is to be made. */
static bool nothing_to_do(struct batch *b, struct document_list *list, size_t count) {
    if (count || !b->records || b->o->force || b->o->shard.count || !snapshot_load(b, list)) return false;
    find_jobs(b, list);
    if (check_jobs(b) == 0) return true;
    drop_jobs(b);
    document_list_free(list);
    return false;
}

static void build(struct batch *b, const char *const *names, size_t count, const char *out) {
    struct document_list list = {0};
    b->list = &list;
    bool idle = nothing_to_do(b, &list, count);
    size_t left = 0;
    if (!idle) b->result.status = parse_list(b, &list, names, count, out);
    if (!b->result.status && !idle) {
        if (b->o->shard.count) shard_keep(&list, b->o->shard, b->o->folder);
        find_jobs(b, &list);
        left = check_jobs(b);
    }
    if (!b->result.status) {
        progress_begin(&b->progress, b->o->progress, left, list.n - left);
        flush_said(b);
        if (left) make_jobs(b);
        batch_print_done(b, true);
        progress_end(&b->progress, &b->result);
        if (b->o->report && b->o->folder && !b->signal) report_write(b);
    }
    flush_said(b);
    if (b->o->built) b->o->built(b->o->built_arg, &list, b->result.status == 0);
    if (b->signal) b->result.signal = b->signal;
    int told = document_status(b->diags);
    if (told > b->result.status) b->result.status = told;
    drop_jobs(b);
    document_list_free(&list);
}

/* Takes the lock and opens the records; false when another build is at work. */
static bool open_folder(struct batch *b) {
    bool busy;
    struct buf name = {0};
    if (b->o->shard.count) buf_fmt(&name, "shard-%d-%d", b->o->shard.index, b->o->shard.count);
    else buf_str(&name, "build");
    b->lock = lock_take(b->o->folder, name.p, b->o->wait, &busy);
    if (b->lock) b->records = records_open(b->o->folder, name.p, &b->keys, b->diags);
    if (b->o->hurry) records_hurry(b->records);
    if (busy) diag_add(b->diags, DIAG_BUSY, (struct pos){0}, b->o->folder);
    buf_free(&name);
    return !busy;
}

struct batch_result batch_build(struct workshop *w, const char *const *names, size_t count, const char *out,
                                const struct batch_options *options, struct diags *diags) {
    struct batch b = {.w = w, .o = options, .diags = diags, .files = files_new()};
    keys_open(&b.keys, w, options->document, b.files);
    if (options->folder && !open_folder(&b)) {
        diags_flush(diags);
        b.result.status = 75;
    } else {
        build(&b, names, count, out);
    }
    records_close(b.records);
    lock_release(b.lock);
    keys_close(&b.keys);
    files_drop(b.files);
    diags_flush(diags);
    return b.result;
}
