/* The results of shards become those of one build. */
#include "batch/run.h"
#include "batch/shard.h"

#include <dirent.h>

struct merging {
    struct batch *b;
    struct document_list list;
    size_t merged, missing;
};

/* The file as the build's own records know it. */
static struct file *own_file(struct batch *b, const struct file *theirs) {
    struct file *f = keys_file(&b->keys, theirs->name);
    if (f->known) return f;
    f->stamp = theirs->stamp;
    f->sum = theirs->sum;
    f->seen = theirs->seen;
    f->known = f->changed = true;
    return f;
}

static void merge_job(struct merging *m, struct records *from, const char *name) {
    struct record *r = records_find(from, name);
    if (!r) return;
    for (size_t i = 0; i < r->input_count; i++) r->inputs[i] = own_file(m->b, r->inputs[i]);
    records_put(m->b->records, name, r);
    m->merged++;
    record_free(r);
}

static void merge_result(struct merging *m, const char *path) {
    struct keys keys;
    struct files *files = files_new();
    keys_open(&keys, m->b->w, m->b->o->document, files);
    struct records *from = file_exists(path) ? records_open_file(path, &keys, m->b->diags) : NULL;
    if (!from) diag_add(m->b->diags, DIAG_CANNOT_READ, (struct pos){0}, path, "no such result");
    size_t n;
    char **names = records_names(from, &n);
    for (size_t i = 0; i < n; i++) {
        merge_job(m, from, names[i]);
        mem_free(names[i]);
    }
    mem_free(names);
    records_close(from);
    keys_close(&keys);
    files_drop(files);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All results in the folder of outputs. */
static void merge_folder(struct merging *m) {
    struct buf dir = {0}, path = {0};
    char **names = NULL;
    size_t n = 0, cap = 0;
    path_join(&dir, m->b->o->folder, ".sotay");
    DIR *d = opendir(dir.p);
    for (struct dirent *e; d && (e = readdir(d));) {
        size_t k = strlen(e->d_name);
        if (strncmp(e->d_name, "shard-", 6) != 0 || k < 9 || strcmp(e->d_name + k - 3, ".db") != 0) continue;
        names = mem_grow(names, &cap, n + 1, sizeof *names);
        names[n++] = mem_strdup(e->d_name);
    }
    if (d) closedir(d);
    if (n) qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        path_join(&path, dir.p, names[i]);
        merge_result(m, path.p);
        mem_free(names[i]);
    }
    mem_free(names);
    buf_free(&dir);
    buf_free(&path);
}

/* Names what no shard made, or what is not there as it was made. */
static void look_for_missing(struct merging *m) {
    struct batch *b = m->b;
    for (size_t i = 0, n; i < m->list.n; i += n) {
        for (n = 1; i + n < m->list.n && document_together(&m->list.items[i], &m->list.items[i + n]);) n++;
        struct job job = {.documents = &m->list.items[i], .n = n, .name = job_output(b, &m->list.items[i])};
        bool good = job_is_current(b, &job);
        for (size_t k = 0; !good && k < n; k++)
            diag_add(b->diags, DIAG_RESULT_MISSING, (struct pos){0}, m->list.items[i + k].output);
        m->missing += good ? 0 : n;
        buf_free(&job.diags);
        mem_free(job.record.inputs);
        mem_free(job.record.made);
        mem_free(job.record.diags);
    }
}

int batch_merge(struct workshop *w, const char *const *results, size_t count, const char *out,
                const struct batch_options *options, struct diags *diags) {
    struct batch b = {.w = w, .o = options, .diags = diags, .files = files_new()};
    struct merging m = {.b = &b};
    bool busy;
    keys_open(&b.keys, w, options->document, b.files);
    b.lock = lock_take(options->folder, "build", options->wait, &busy);
    if (busy) diag_add(diags, DIAG_BUSY, (struct pos){0}, options->folder);
    if (b.lock) b.records = records_open(options->folder, "build", &b.keys, diags);
    int status = busy ? 75 : document_list_fill(&m.list, w, NULL, 0, out, options->document, diags);
    if (!status && b.records) {
        for (size_t i = 0; i < count; i++) merge_result(&m, results[i]);
        if (!count) merge_folder(&m);
        look_for_missing(&m);
        fprintf(stderr, "%zu of %zu documents are there\n", m.list.n - m.missing, m.list.n);
        if (m.missing) status = 1;
        else shard_forget(options->folder);
    }
    document_list_free(&m.list);
    records_close(b.records);
    lock_release(b.lock);
    keys_close(&b.keys);
    files_drop(b.files);
    diags_flush(diags);
    return status;
}
