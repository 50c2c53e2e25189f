/* sotay build, kit, check and plan. */
#include "cli/cli.h"

#include <signal.h>

/* A process without project ends with 2: it was called in the wrong place. */
int cli_no_workshop(const struct cli *c) {
    if (!c->project) return 2;
    int status = document_status(c->diags);
    return status ? status : 1;
}

/* A build that was asked to end ends as it was asked to, in a shard as one to be
 * tried again. */
static int signalled(const struct cli *c, int number) {
    if (number == SIGINT) return 130;
    if (c->o.shard.count) return 75;
    signal(number, SIG_DFL);
    raise(number);
    return 128 + number;
}

static struct batch_options batch_options(struct cli *c, const char *folder) {
    return (struct batch_options){
        .workers = c->o.jobs,
        .keep_going = c->o.keep_going || c->o.document.trial,
        .timings = c->o.verbose >= 2,
        .force = c->o.force,
        .wait = c->o.wait,
        .report = c->o.report,
        .timeout = c->o.timeout,
        .limit_memory = c->o.limit_memory,
        .folder = folder,
        .shard = c->o.shard,
        .progress = c->o.quiet && c->o.progress == PROGRESS_AUTO ? PROGRESS_NONE : c->o.progress,
        .language = c->language,
        .document = &c->o.document,
        .render = printer_render,
        .arg = &c->printer,
    };
}

static struct batch_result run_batch(struct cli *c, struct workshop *w, const char *folder) {
    struct batch_options b = batch_options(c, folder);
    return batch_build(w, c->o.args, c->o.arg_count, c->o.output, &b, c->diags);
}

/* Where outputs go; empty when it is one file. */
static void output_folder(const struct cli *c, struct buf *folder) {
    if (!c->o.output) path_join(folder, c->project, "out");
    else if (!document_is_file(c->o.output, c->o.document.emit)) buf_str(folder, c->o.output);
}

int cli_build(struct cli *c) {
    struct workshop *w = cli_workshop(c, false);
    if (!w) return cli_no_workshop(c);
    struct buf folder = {0};
    output_folder(c, &folder);
    struct batch_result r = run_batch(c, w, folder.p);
    buf_free(&folder);
    workshop_close(w);
    return r.signal ? signalled(c, r.signal) : r.status;
}

int cli_kit(struct cli *c) {
    if (!c->o.arg_count) return options_wrong(&c->o, "kit takes a publication");
    if (c->o.output && document_is_file(c->o.output, c->o.document.emit)) return options_wrong(&c->o, "--output must be a folder");
    c->o.document.kit = true;
    return cli_build(c);
}

int cli_watch(struct cli *c) {
    struct buf folder = {0};
    if (c->project) output_folder(c, &folder);
    if (c->project && !folder.p) return options_wrong(&c->o, "--output must be a folder");
    struct workshop *w = cli_workshop(c, false);
    if (!w) return cli_no_workshop(c);
    struct batch_options b = batch_options(c, folder.p);
    int number = batch_watch(w, c->o.args, c->o.arg_count, c->o.output, &b, c->o.port, c->diags);
    buf_free(&folder);
    workshop_close(w);
    return number == 3 ? 3 : signalled(c, number);
}

int cli_merge(struct cli *c) {
    struct workshop *w = cli_workshop(c, true);
    if (!w) return cli_no_workshop(c);
    struct buf folder = {0};
    output_folder(c, &folder);
    struct batch_options b = {.wait = c->o.wait, .folder = folder.p, .document = &c->o.document};
    int status = folder.p ? batch_merge(w, c->o.args, c->o.arg_count, c->o.output, &b, c->diags)
                          : options_wrong(&c->o, "--output must be the folder of the shards' outputs");
    buf_free(&folder);
    workshop_close(w);
    int told = document_status(c->diags);
    return told > status ? told : status;
}

static int with_list(struct cli *c, int (*use)(struct cli *, struct workshop *, const struct document_list *)) {
    struct workshop *w = cli_workshop(c, true);
    if (!w) return cli_no_workshop(c);
    struct document_list list = {0};
    int status = document_list_fill(&list, w, c->o.args, c->o.arg_count, c->o.output, &c->o.document, c->diags);
    diags_flush(c->diags);
    if (!status) {
        status = use(c, w, &list);
        int told = document_status(c->diags);
        if (told > status) status = told;
    }
    document_list_free(&list);
    workshop_close(w);
    return status;
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
    c->o.document.check_forms = true;
    c->o.document.impose = IMPOSE_NONE; /* the sheets hold the same pages */
    if (cli_check_is_fo(c)) return cli_check_fo(c);
    struct workshop *w = cli_workshop(c, false);
    if (!w) return cli_no_workshop(c);
    workshop_packs(w); /* for all workers */
    diags_flush(c->diags);
    struct batch_result r = run_batch(c, w, NULL);
    workshop_close(w);
    if (r.signal) return signalled(c, r.signal);
    if (r.status) return r.status;
    return r.findings || diags_count(c->diags, DIAG_LEVEL_WARNING) ? 1 : 0;
}

static int plan_list(struct cli *c, struct workshop *w, const struct document_list *list) {
    return batch_plan(stdout, w, list, &c->o.document, c->diags);
}

int cli_plan(struct cli *c) {
    return with_list(c, plan_list);
}
