#include "cli/cli.h"

#include "base/pool.h"

#include <errno.h>
#include <libxml/xmlmemory.h>
#include <signal.h>
#include <unistd.h>

/* Ctrl-C and its like: no half-written files stay. */
static void on_signal(int number) {
    if (batch_interrupt(number)) return;
    batch_abort();
    out_abort_all();
    if (number == SIGINT) _exit(130);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signals(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* then writing says EFBIG */
    atexit(out_abort_all);
}

/* The language of messages (POSIX, 8.2: the first that is set). */
static const char *message_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *v = getenv(names[i]);
        if (v && *v) return strncmp(v, "vi", 2) == 0 && (!v[2] || strchr("_.@", v[2])) ? "vi" : "en";
    }
    return "en";
}

static int print(const struct buf *b) {
    if (fwrite(buf_cstr(b), 1, b->n, stdout) == b->n && fflush(stdout) == 0) return 0;
    fprintf(stderr, "sotay: error: cannot write to standard output: %s\n", strerror(errno));
    return 3;
}

static int run(struct cli *c) {
    switch (c->o.command) {
    case COMMAND_BUILD: return cli_build(c);
    case COMMAND_KIT: return cli_kit(c);
    case COMMAND_CHECK: return cli_check(c);
    case COMMAND_FO: return cli_fo(c);
    case COMMAND_NEW: return cli_new(c);
    case COMMAND_EXPORT: return cli_export(c);
    case COMMAND_IMPORT: return cli_import(c);
    case COMMAND_PLAN: return cli_plan(c);
    case COMMAND_MERGE: return cli_merge(c);
    case COMMAND_WATCH: return cli_watch(c);
    case COMMAND_DOCTOR: return cli_doctor(c);
    case COMMAND_ARCHIVE: return cli_archive(c);
    case COMMAND_EXPLAIN: return cli_explain(c);
    case COMMAND_RULES: return cli_rules(c);
    case COMMAND_COUNT: break;
    }
    return 2;
}

static int answer(struct cli *c) {
    struct buf b = {0};
    if (c->o.version) buf_str(&b, "sotay " SOTAY_VERSION "\n");
    else options_help(&b, c->o.command);
    int status = print(&b);
    buf_free(&b);
    return status;
}

struct workshop *cli_workshop(struct cli *c, bool publications) {
    if (!c->project || !document_is_project(c->project)) {
        diag_add(c->diags, DIAG_NO_PROJECT, (struct pos){0});
        return NULL;
    }
    return workshop_open(c->project, publications, c->diags);
}

static int serve(struct cli *c) {
    struct buf found = {0};
    c->language = message_language();
    c->diags = diags_new();
    diags_set_language(c->diags, c->language);
    if (c->o.project) c->project = mem_strdup(c->o.project);
    else if (document_find_project(&found, ".")) c->project = mem_strdup(found.p);
    buf_free(&found);
    c->o.project = c->project;
    printer_init(&c->printer, &c->o, c->language);
    diags_set_sink(c->diags, printer_sink, &c->printer);
    int status = run(c);
    diags_set_sink(c->diags, printer_sink, &c->printer);
    diags_flush(c->diags);
    printer_free(&c->printer);
    diags_drop(c->diags);
    mem_free(c->project);
    return status;
}

/* Sanitizers see each block of libxml2 by itself. */
static void start_memory(void) {
    mem_start();
#ifndef ARENA_DEBUG
    xmlMemSetup(pool_free, pool_alloc, pool_realloc, pool_strdup);
#endif
}

int main(int argc, char **argv) {
    struct cli c = {0};
    start_memory();
    catch_signals();
    int status = 2;
    if (options_read(&c.o, argc, argv)) status = c.o.help || c.o.version ? answer(&c) : serve(&c);
    options_free(&c.o);
    return status;
}
