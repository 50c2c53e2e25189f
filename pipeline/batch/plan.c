/* The plan: every document there is to build, and the key that tells whether
 * anything it is made from has changed. */
#include "batch/batch.h"
#include "batch/keys.h"

#include <errno.h>

static void json_string(struct buf *out, const char *s) {
    buf_char(out, '"');
    buf_json(out, s ? s : "");
    buf_char(out, '"');
}

static void json_member(struct buf *out, const char *name, const char *value) {
    buf_fmt(out, ",\"%s\":", name);
    json_string(out, value);
}

static void json_words(struct buf *out, const char *name, const char *words) {
    buf_fmt(out, ",\"%s\":[", name);
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        if (p > words) buf_char(out, ',');
        buf_char(out, '"');
        buf_put(out, p, n);
        buf_char(out, '"');
        p += n;
        p += strspn(p, " ");
    }
    buf_char(out, ']');
}

/* A path below the project as the project sees it. */
static const char *in_project(const struct workshop *w, const char *path) {
    const char *dir = workshop_project(w);
    size_t n = strlen(dir);
    if (strncmp(path, dir, n) == 0 && path[n] == '/') return path + n + 1;
    return path;
}

struct planning {
    struct keys keys;
    struct workshop *w;
    struct diags *diags;
    struct input_set sources; /* of the document before */
    const struct document *of;
    int status;
};

static void check_set(struct planning *p, struct input_set *set) {
    const struct file *bad;
    if (set_sum(set, &bad)) return;
    diag_add(p->diags, DIAG_CANNOT_READ, (struct pos){0}, bad->path, strerror(bad->error));
    p->status = 1;
}

/* Documents of one publication share their sources, and so do units whose
 * values choose none of them. */
static bool shares_sources(const struct planning *p, const struct document *d) {
    if (!p->of || p->of->publication != d->publication || strcmp(p->of->languages, d->languages) != 0) return false;
    return !p->sources.varies || document_together(p->of, d);
}

static void find_sources(struct planning *p, const struct document *d) {
    if (shares_sources(p, d)) return;
    struct document_inputs found = {0};
    document_sources_find(&found, p->w, d, p->diags);
    set_free(&p->sources);
    p->sources.varies = found.varies;
    document_inputs_sort(&found);
    for (size_t i = 0; i < found.n; i++) set_add(&p->sources, keys_file(&p->keys, found.items[i].name));
    document_inputs_free(&found);
    check_set(p, &p->sources);
    p->of = d;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sources, the series' own files and styles.  The fonts' checksums stand in
 * styles/fonts.xml. */
static void list_inputs(struct planning *p, struct buf *out, const struct document *d) {
    struct document_inputs series = {0};
    document_series_find(&series, p->w, d);
    const struct input_set *sets[] = {&p->sources, keys_styles(&p->keys, d->sheets)};
    const char **names = mem_alloc((sets[0]->n + sets[1]->n + series.n + 1) * sizeof *names);
    size_t n = 0;
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < sets[s]->n; i++)
            if (sets[s]->items[i]->stamp.size >= 0) names[n++] = sets[s]->items[i]->name;
    for (size_t i = 0; i < series.n; i++) names[n++] = series.items[i].name;
    if (n) qsort(names, n, sizeof *names, by_name);
    buf_str(out, ",\"inputs\":[");
    for (size_t i = 0; i < n; i++) {
        if (i && strcmp(names[i], names[i - 1]) == 0) continue;
        if (i) buf_char(out, ',');
        json_string(out, names[i]);
    }
    buf_char(out, ']');
    mem_free(names);
    document_inputs_free(&series);
}

static void plan_document(struct planning *p, struct buf *out, const struct document *d) {
    find_sources(p, d);
    check_set(p, keys_styles(&p->keys, d->sheets));
    struct sum key = keys_document(&p->keys, d, &p->sources);
    char hex[65];
    sum_hex(hex, &key);
    buf_str(out, "{\"id\":");
    json_string(out, d->id);
    if (d->unit) json_member(out, "unit", d->unit);
    if (d->unit && d->month) json_member(out, "month", d->month);
    json_member(out, "kind", d->kind);
    json_member(out, "variant", d->variant);
    json_words(out, "languages", d->languages);
    json_member(out, "layout", d->layout);
    list_inputs(p, out, d);
    json_member(out, "output", in_project(p->w, d->output));
    json_member(out, "key", hex);
    buf_str(out, "}\n");
}

int batch_plan(FILE *out, struct workshop *w, const struct document_list *list,
               const struct document_options *options, struct diags *diags) {
    struct planning p = {.w = w, .diags = diags};
    struct files *files = files_new();
    struct buf line = {0};
    keys_open(&p.keys, w, options, files);
    check_set(&p, keys_machine(&p.keys));
    for (size_t i = 0; i < list->n && !ferror(out); i++) {
        buf_clear(&line);
        plan_document(&p, &line, &list->items[i]);
        fwrite(line.p, 1, line.n, out);
    }
    if (fflush(out) != 0) {
        diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, "-", strerror(errno));
        p.status = 3;
    }
    buf_free(&line);
    set_free(&p.sources);
    keys_close(&p.keys);
    files_drop(files);
    return p.status;
}
