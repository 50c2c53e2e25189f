/* sotay fo: documents that others made. */
#include "cli/cli.h"

#include <errno.h>
#include <sys/resource.h>

static void say_stage(void *arg, const char *output, const char *stage, int64_t microseconds) {
    (void)arg;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "%s: %s: %lld.%03d ms, %ld kB at most\n", output, stage, (long long)(microseconds / 1000),
            (int)(microseconds % 1000), usage.ru_maxrss);
}

/* DIR/NAME.pdf for an input .../NAME.fo */
static void output_in(struct buf *out, const char *dir, const char *in, enum document_emit emit) {
    const char *slash = strrchr(in, '/'), *name = slash ? slash + 1 : in;
    const char *dot = strrchr(name, '.');
    size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    buf_clear(out);
    buf_fmt(out, "%s/%.*s%s", dir, (int)n, name, emit == DOCUMENT_AREAS ? ".areas.xml" : ".pdf");
}

static int usage(const struct cli *c) {
    const struct options *o = &c->o;
    if (!o->arg_count) return options_wrong(o, "no input");
    if (o->document.explain_page) {
        if (o->output || o->outdir) return options_wrong(o, "--explain writes no document");
        return o->arg_count > 1 ? options_wrong(o, "--explain takes one input") : 0;
    }
    if (o->output && o->outdir) return options_wrong(o, "either --output or --outdir");
    if (!o->output && !o->outdir) return options_wrong(o, "no output: -o OUT.pdf, or --outdir DIR");
    if (o->output && o->arg_count > 1) return options_wrong(o, "several inputs need --outdir DIR");
    for (size_t i = 0; o->outdir && i < o->arg_count; i++)
        if (strcmp(o->args[i], "-") == 0) return options_wrong(o, "standard input needs -o OUT.pdf");
    return 0;
}

static int print_support(void) {
    struct buf b = {0};
    document_print_support(&b);
    bool good = fwrite(buf_cstr(&b), 1, b.n, stdout) == b.n && fflush(stdout) == 0;
    buf_free(&b);
    return good ? 0 : 3;
}

static bool limit_memory(int64_t bytes) {
    struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};
    return setrlimit(RLIMIT_AS, &limit) == 0;
}

static struct diags *all_diags;

static struct diags *diags_of(size_t *later) {
    (void)later;
    return all_diags;
}

/* Many outputs are put in place while others are made. */
static int end_commits(struct cli *c, int status) {
    size_t *later;
    all_diags = c->diags;
    while (document_commit_next(&later, true, diags_of)) continue;
    int told = document_status(c->diags);
    return told > status ? told : status;
}

static int format_all(struct cli *c, struct workshop *w) {
    struct buf out = {0};
    int status = 0;
    size_t later = 0;
    if (c->o.arg_count > 1) c->o.document.later = &later;
    all_diags = c->diags;
    for (size_t i = 0; i < c->o.arg_count; i++) {
        size_t *done;
        while (document_commit_next(&done, false, diags_of)) continue; /* each holds a buffer till then */
        size_t errors = diags_count(c->diags, DIAG_LEVEL_ERROR);
        if (c->o.output) buf_str(&out, c->o.output);
        else output_in(&out, c->o.outdir, c->o.args[i], c->o.document.emit);
        document_format(w, c->o.args[i], out.p, &c->o.document, c->diags);
        diags_flush(c->diags);
        bool good = diags_count(c->diags, DIAG_LEVEL_ERROR) == errors;
        if (good && c->o.verbose == 1) fprintf(stderr, "%s\n", out.p);
        if (good) continue;
        status = document_status(c->diags);
        if (!c->o.keep_going || status == 3) break;
    }
    buf_free(&out);
    return end_commits(c, status);
}

static int explain(struct cli *c, struct workshop *w) {
    struct buf text = {0};
    cli_explain_begin(c, &text);
    document_format(w, c->o.args[0], "-", &c->o.document, c->diags);
    return cli_explain_end(c, &text);
}

int cli_fo(struct cli *c) {
    if (c->o.support) return print_support();
    int status = usage(c);
    if (status) return status;
    if (c->o.limit_memory && !limit_memory(c->o.limit_memory)) {
        fprintf(stderr, "sotay: error: cannot limit the memory: %s\n", strerror(errno));
        return 3;
    }
    if (c->o.verbose >= 2) c->o.document.stage = say_stage;
    struct workshop *w = workshop_open(c->project, false, c->diags);
    status = c->o.document.explain_page ? explain(c, w) : format_all(c, w);
    workshop_close(w);
    return status;
}
