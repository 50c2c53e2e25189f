/* sotay build, check and plan. */
#include "cli/cli.h"

#include <errno.h>

/* A process without project ends with 2: it was called in the wrong place. */
int cli_no_workshop(const struct cli *c) {
    if (!c->project) return 2;
    int status = document_status(c->diags);
    return status ? status : 1;
}

static struct batch_result run_batch(struct cli *c, struct workshop *w, const struct document_list *list) {
    struct batch_options b = {
        .workers = c->o.jobs,
        .keep_going = c->o.keep_going || c->o.document.trial,
        .timings = c->o.verbose >= 2,
        .progress = c->o.quiet && c->o.progress == PROGRESS_AUTO ? PROGRESS_NONE : c->o.progress,
        .language = c->language,
        .document = &c->o.document,
        .render = printer_render,
        .arg = &c->printer,
    };
    return batch_build(w, list, &b);
}

static int worse(int a, int b) {
    return a > b ? a : b;
}

static int with_list(struct cli *c, int (*use)(struct cli *, struct workshop *, const struct document_list *)) {
    struct workshop *w = cli_workshop(c);
    if (!w) return cli_no_workshop(c);
    struct document_list list = {0};
    int status =
        document_list_fill(&list, w, c->o.args, c->o.arg_count, c->o.output, &c->o.document, c->diags);
    diags_flush(c->diags);
    if (!status) {
        status = use(c, w, &list);
        status = worse(status, document_status(c->diags));
    }
    document_list_free(&list);
    workshop_close(w);
    return status;
}

static int build_list(struct cli *c, struct workshop *w, const struct document_list *list) {
    return run_batch(c, w, list).status;
}

static int check_list(struct cli *c, struct workshop *w, const struct document_list *list) {
    struct batch_result r = run_batch(c, w, list);
    if (r.status) return r.status;
    return r.findings || diags_count(c->diags, DIAG_LEVEL_WARNING) ? 1 : 0;
}

static int plan_list(struct cli *c, struct workshop *w, const struct document_list *list) {
    struct buf b = {0};
    int status = batch_plan(&b, w, list, &c->o.document, c->diags);
    if (fwrite(buf_cstr(&b), 1, b.n, stdout) != b.n || fflush(stdout) != 0) {
        diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, "-", strerror(errno));
        status = 3;
    }
    buf_free(&b);
    return status;
}

int cli_build(struct cli *c) {
    return with_list(c, build_list);
}

static int accept_list(struct cli *c, struct workshop *w, const struct document_list *list) {
    int count = document_accept(w, list, c->o.accept, c->diags);
    if (count >= 0 && !c->o.quiet)
        fprintf(stderr, strcmp(c->language, "vi") == 0 ? "đã xác nhận %d đoạn dịch\n" : "%d translations confirmed\n", count);
    return count < 0;
}

int cli_check(struct cli *c) {
    if (c->o.accept) return with_list(c, accept_list);
    c->o.document.trial = true;
    c->o.document.impose = IMPOSE_NONE; /* the sheets hold the same pages */
    return with_list(c, check_list);
}

int cli_plan(struct cli *c) {
    return with_list(c, plan_list);
}
