/* sotay archive verify, and rebuild: is what is kept still what was issued? */
#include "cli/archive_parts.h"

#include <unistd.h>

/* ---- verifying -------------------------------------------------------------------- */

static void verify_progress(void *arg, size_t done, size_t all) {
    (void)arg;
    fprintf(stderr, "\r%zu/%zu", done, all);
    if (done == all) fputs("\r                    \r", stderr);
}

static void summary(struct buf *out, const struct archive_verified *r, bool json) {
    if (json) {
        buf_fmt(out, "{\"objects\": %zu, \"before\": %zu, \"files\": %zu, \"bytes\": %llu, \"findings\": %zu}", r->objects,
                r->before, r->files, (unsigned long long)r->bytes, r->findings);
        return;
    }
    buf_fmt(out, "%zu objects, %zu files, %llu bytes: %zu findings", r->objects, r->files,
            (unsigned long long)r->bytes, r->findings);
    if (r->before) buf_fmt(out, " (%zu objects were whole before)", r->before);
}

/* -o: the findings and the sum of it in a file, as JSON where its name ends so. */
static bool write_report(struct cli *c, const struct archive_verified *r) {
    struct buf b = {0};
    size_t n = strlen(c->o.output);
    bool json = c->o.messages == MESSAGES_JSON || (n > 5 && strcmp(c->o.output + n - 5, ".json") == 0);
    enum message_format format = c->printer.format;
    c->printer.format = json ? MESSAGES_JSON : MESSAGES_SHORT;
    if (json) buf_str(&b, "{\"result\": ");
    summary(&b, r, json);
    buf_str(&b, json ? ",\n \"findings\": [" : "\n");
    for (const struct diag *d = diags_first(c->diags); d; d = d->next) {
        if (json) buf_str(&b, d == diags_first(c->diags) ? "\n" : ",\n");
        printer_render(&c->printer, &b, d);
        if (json && b.p[b.n - 1] == '\n') b.p[--b.n] = 0;
    }
    if (json) buf_str(&b, "]}\n");
    c->printer.format = format;
    int e;
    struct out_file *f = out_open(c->o.output, &e);
    if (f) {
        out_write(f, b.p, b.n);
        e = out_commit(f);
    }
    if (e) diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, c->o.output, strerror(e));
    buf_free(&b);
    return !e;
}

static bool use_verify(struct cli *c, struct archive *a, struct buf *out) {
    struct archive_verify_options o = {.percent = c->o.sample ? c->o.sample : 100,
                                       .since = c->o.since,
                                       .resume = c->o.resume,
                                       .verapdf = c->o.verapdf && strcmp(c->o.verapdf, "none") != 0 ? c->o.verapdf : NULL};
    struct archive_verified r;
    if (!c->o.quiet && isatty(STDERR_FILENO)) o.progress = verify_progress;
    bool good = archive_verify(a, &o, &r);
    if (good && c->o.output) good = write_report(c, &r);
    summary(out, &r, c->o.messages == MESSAGES_JSON);
    buf_char(out, '\n');
    return good && !r.findings;
}

int cli_archive_verify(struct cli *c) { return cli_archive_read(c, use_verify); }

/* ---- making again ------------------------------------------------------------------- */

static bool same_file(const char *a, const char *b) {
    struct buf x = {0}, y = {0};
    bool same = file_read(&x, a) == 0 && file_read(&y, b) == 0 && x.n == y.n &&
                memcmp(buf_cstr(&x), buf_cstr(&y), x.n) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* Builds from the archived sources in TEMP/source and compares with TEMP/pdf. */
static bool build_again(struct cli *c, const char *temp, struct buf *out) {
    struct buf project = {0}, made = {0}, kept = {0};
    struct document_list list = {0};
    struct document_options o = {0};
    buf_fmt(&project, "%s/source", temp);
    buf_fmt(&made, "%s/made", temp);
    struct workshop *w = workshop_open(project.p, true, c->diags);
    bool good = w && document_list_fill(&list, w, NULL, 0, made.p, &o, c->diags) == 0;
    for (size_t i = 0, n; good && i < list.n; i += n) {
        for (n = 1; i + n < list.n && document_together(&list.items[i + n], &list.items[i]);) n++;
        document_build(w, &list.items[i], n, &o, NULL, c->diags);
    }
    bool all = good && list.n;
    for (size_t i = 0; good && i < list.n; i++) {
        buf_clear(&kept);
        buf_fmt(&kept, "%s/pdf/%s", temp, cli_base_name(list.items[i].output));
        bool same = same_file(kept.p, list.items[i].output),
             under = !same && archive_is_signed(kept.p, list.items[i].output);
        buf_fmt(out, "%s %s%s\n", same || under ? "same" : "differs", cli_base_name(list.items[i].output),
                under ? ", then signed" : "");
        all = all && (same || under);
    }
    document_list_free(&list);
    workshop_close(w);
    buf_free(&project);
    buf_free(&made);
    buf_free(&kept);
    return all;
}

static bool use_again(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0}, temp = {0};
    bool good = archive_resolve(a, c->o.args[1], &id) && cli_temp_make(c, &temp) &&
                archive_get(a, id.p, cli_version_of(c->o.args[2]), "source/", temp.p) &&
                archive_get(a, id.p, cli_version_of(c->o.args[2]), "pdf/", temp.p) && build_again(c, temp.p, out);
    cli_temp_drop(&temp);
    buf_free(&id);
    return good;
}

int cli_archive_again(struct cli *c) {
    if (c->o.arg_count == 3) return cli_archive_read(c, use_again);
    int status;
    struct archive *a = cli_archive_open(c, ARCHIVE_WRITE, &status);
    if (a) status = cli_archive_status(c, archive_rebuild(a));
    archive_close(a);
    return status;
}
