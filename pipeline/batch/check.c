/* Which jobs need not be made again, and noting those that were. */
#include "batch/job.h"

#include <errno.h>

const char *job_output(const struct batch *b, const struct document *d) {
    size_t n = strlen(b->o->folder);
    if (strncmp(d->output, b->o->folder, n) == 0 && d->output[n] == '/') return d->output + n + 1;
    return d->output;
}

/* ---- keys ---- */

/* False when a file that workers use changed before its content was summed up. */
static bool is_steady(const struct input_set *set) {
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i]->shared && !stamp_same(&set->items[i]->begin, &set->items[i]->stamp)) return false;
    return true;
}

static bool sum_up(struct batch *b, struct input_set *sources, const struct job *job) {
    const struct file *bad;
    struct input_set *machine = keys_machine(&b->keys), *styles = keys_styles(&b->keys, job->documents->sheets);
    return set_sum(sources, &bad) && set_sum(machine, &bad) && set_sum(styles, &bad) && is_steady(machine) &&
           is_steady(styles);
}

/* Over the keys of the job's documents. */
static struct sum job_key(struct batch *b, const struct job *job, const struct input_set *sources) {
    struct key *k = key_new();
    for (size_t i = 0; i < job->n; i++) {
        struct sum s = keys_document(&b->keys, &job->documents[i], sources);
        key_bytes(k, s.b, SUM_SIZE);
        key_string(k, job_output(b, &job->documents[i]));
    }
    return key_finish(k);
}

/* Sums of files that are no sources, but were read. */
static bool extra_sum(struct sum *out, struct file **files, size_t n) {
    struct input_set set = {.items = files, .n = n};
    const struct file *bad;
    bool good = set_sum(&set, &bad);
    *out = set.sum;
    return good;
}

/* ---- outputs ---- */

static bool outputs_are_whole(struct batch *b, struct job *job, struct record *r) {
    if (r->made_count != job->n) return false;
    bool renewed = false;
    for (size_t i = 0; i < job->n; i++) {
        struct made *m = &r->made[i];
        if (strcmp(m->path, job_output(b, &job->documents[i])) != 0) return false;
        struct stamp now = stamp_at(job->documents[i].output);
        if (stamp_same(&now, &m->stamp)) continue;
        struct file f = {.path = job->documents[i].output};
        file_check(&f);
        if (f.error || f.stamp.size < 0 || !sum_same(&f.sum, &m->sum)) return false;
        m->stamp = f.stamp;
        renewed = true;
    }
    if (renewed) records_put(b->records, job->name, r);
    return true;
}

static void count_findings(struct job *job) {
    struct diags *d = diags_new();
    struct unpack u = unpack_of(buf_cstr(&job->diags), job->diags.n);
    unpack_diags(&u, d);
    job->findings = diags_count(d, DIAG_LEVEL_WARNING) + diags_count(d, DIAG_LEVEL_UNSUPPORTED);
    diags_drop(d);
}

bool job_is_current(struct batch *b, struct job *job) {
    struct record *r = records_find(b->records, job->name);
    if (!r) return false;
    struct input_set sources = {.items = r->inputs, .n = r->source_count};
    struct sum extra;
    bool good = sum_up(b, &sources, job);
    if (good) {
        struct sum key = job_key(b, job, &sources);
        good = sum_same(&key, &r->key) &&
               extra_sum(&extra, r->inputs + r->source_count, r->input_count - r->source_count) &&
               sum_same(&extra, &r->extra) && outputs_are_whole(b, job, r);
    }
    if (good) {
        buf_clear(&job->diags);
        buf_put(&job->diags, r->diags, r->diags_size);
        if (r->diags_size > 1) count_findings(job);
        job->record = *r;
        *r = (struct record){0};
    }
    record_free(r);
    return good;
}

/* ---- answers ---- */

static void take_outputs(struct batch *b, struct job *job, struct unpack *u) {
    struct record *r = &job->record;
    r->made = mem_alloc((job->n + 1) * sizeof *r->made);
    for (size_t i = 0; i < job->n; i++) {
        struct made *m = &r->made[r->made_count++];
        const char *path = job_output(b, &job->documents[i]);
        m->path = str_intern(path, strlen(path));
        m->stamp = unpack_stamp(u);
        m->sum = unpack_sum(u);
        m->pages = unpack_int(u);
    }
}

static void add_input(struct record *r, size_t *cap, struct file *f) {
    r->inputs = mem_grow(r->inputs, cap, r->input_count + 1, sizeof *r->inputs);
    r->inputs[r->input_count++] = f;
}

/* False when the file is not as it was when the worker read it. */
static bool is_as_read(struct file *f, struct unpack *u) {
    struct stamp then = unpack_stamp(u), now = stamp_at(f->path);
    if (!stamp_same(&then, &now)) f->checked = false;
    file_check(f);
    return stamp_same(&then, &f->stamp);
}

static bool in_set(const struct input_set *set, const char *path) {
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i]->path == path) return true;
    return false;
}

static bool has_input(const struct record *r, const char *path) {
    for (size_t i = 0; i < r->input_count; i++)
        if (r->inputs[i]->path == path) return true;
    return false;
}

/* The name of a file that was read without being a source. */
static struct file *extra_file(struct batch *b, const char *path) {
    const char *dir = workshop_project(b->w);
    size_t n = strlen(dir);
    struct buf name = {0};
    if (path[0] != '/' && strcmp(dir, ".") == 0) buf_str(&name, path);
    else if (strncmp(path, dir, n) == 0 && path[n] == '/') buf_str(&name, path + n + 1);
    else buf_str(&name, path);
    struct file *f = keys_file(&b->keys, name.p);
    buf_free(&name);
    return f;
}

/* What a worker read besides the sources, the styles and what all share. */
static bool take_extras(struct batch *b, struct job *job, struct unpack *u, size_t *cap) {
    struct record *r = &job->record;
    const struct input_set *styles = keys_styles(&b->keys, job->documents->sheets), *machine = keys_machine(&b->keys);
    bool good = true;
    for (int64_t n = unpack_int(u); n > 0 && !u->bad; n--) {
        const char *name = unpack_string(u), *path = str_intern(name ? name : "", name ? strlen(name) : 0);
        bool other = !in_set(styles, path) && !in_set(machine, path) && !has_input(r, path) &&
                     strncmp(path, "/proc/", 6) != 0;
        if (other) {
            struct file *f = extra_file(b, path);
            if (!is_as_read(f, u)) good = false;
            add_input(r, cap, f);
        } else {
            unpack_stamp(u);
        }
    }
    return good;
}

/* False when a file changed while the job was made. */
static bool take_files(struct batch *b, struct job *job, struct unpack *u) {
    struct record *r = &job->record;
    size_t cap = 0;
    bool good = true;
    for (int64_t n = unpack_int(u); n > 0 && !u->bad; n--) {
        const char *name = unpack_string(u);
        struct file *f = keys_file(&b->keys, name ? name : "");
        if (unpack_int(u) && !is_as_read(f, u)) good = false;
        add_input(r, &cap, f);
    }
    r->source_count = r->input_count;
    return take_extras(b, job, u, &cap) && good;
}

bool job_take_answer(struct batch *b, struct job *job, const void *p, size_t n) {
    struct unpack u = unpack_of(p, n);
    struct record *r = &job->record;
    mem_free(r->inputs);
    mem_free(r->made);
    mem_free(r->diags);
    *r = (struct record){0};
    job->status = (int)unpack_int(&u);
    r->microseconds = unpack_int(&u);
    r->kilobytes = unpack_int(&u);
    const char *text = unpack_string(&u);
    buf_clear(&job->text);
    buf_str(&job->text, text ? text : "");
    size_t size;
    const char *diags = unpack_bytes(&u, &size);
    buf_clear(&job->diags);
    buf_put(&job->diags, diags, size);
    if (size > 1) count_findings(job);
    job->state = JOB_DONE;
    if (unpack_int(&u)) {
        take_outputs(b, job, &u);
        if (!take_files(b, job, &u)) job->state = JOB_CHANGED;
    }
    return !u.bad;
}

void job_record(struct batch *b, struct job *job) {
    struct record *r = &job->record;
    if (!b->records || !r->made) return;
    struct input_set sources = {.items = r->inputs, .n = r->source_count};
    if (!sum_up(b, &sources, job)) return;
    if (!extra_sum(&r->extra, r->inputs + r->source_count, r->input_count - r->source_count)) return;
    r->key = job_key(b, job, &sources);
    r->diags = mem_alloc(job->diags.n + 1);
    memcpy(r->diags, buf_cstr(&job->diags), job->diags.n);
    r->diags_size = job->diags.n;
    records_put(b->records, job->name, r);
}
