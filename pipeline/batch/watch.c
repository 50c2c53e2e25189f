#include "batch/watch.h"

#include "batch/run.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { QUIET_MS = 15, QUIET_MAX_MS = 300 };

struct watching {
    struct batch_options o;
    struct changes *changes;
    struct server *server;
    struct workshop *w;
    bool good, warm;
};

/* What workers made well is made once more in this process, for nothing, so that
 * those begun later find fonts, stylesheets and patterns read. */
static void warm_up(struct watching *w, const struct document_list *list) {
    struct document_options trial = *w->o.document;
    struct diags *quiet = diags_new();
    trial.trial = true;
    for (size_t i = 0; i < list->n && list->items[i].row == list->items->row; i++)
        if (document_together(&list->items[i], list->items) && workshop_load(w->w, quiet))
            document_build(w->w, &list->items[i], 1, &trial, NULL, quiet);
    w->warm = true;
    diags_drop(quiet);
}

static void note_built(void *arg, const struct document_list *list, bool good) {
    struct watching *w = arg;
    w->good = good;
    if (good && list->n && !w->warm) warm_up(w, list);
    if (w->server) server_set(w->server, list, good);
}

static void say(void *arg, const struct diag *g) {
    struct watching *w = arg;
    struct buf b = {0};
    w->o.render(w->o.arg, &b, g);
    fwrite(buf_cstr(&b), 1, b.n, stderr);
    buf_free(&b);
}

static bool wait_for(struct watching *w, int milliseconds) {
    if (w->server) return server_wait(w->server, changes_fd(w->changes), milliseconds);
    struct pollfd fd = {changes_fd(w->changes), POLLIN, 0};
    return poll(&fd, 1, milliseconds) > 0;
}

/* Returns when something changed and then nothing for a moment. */
static void wait_for_change(struct watching *w, struct buf *file) {
    do
        while (!wait_for(w, -1)) continue;
    while (!changes_read(w->changes, file));
    for (int64_t end = batch_clock() + QUIET_MAX_MS; batch_clock() < end && wait_for(w, QUIET_MS);)
        changes_read(w->changes, file);
}

static bool is_below(const char *path, const char *folder) {
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/';
}

static void say_state(const struct watching *w, int64_t spent, bool vietnamese) {
    fprintf(stderr, vietnamese ? "%s sau %lld ms; đang theo dõi\n" : "%s after %lld ms; watching\n",
            w->good ? (vietnamese ? "xong" : "done") : (vietnamese ? "CÓ LỖI" : "ERRORS"), (long long)spent);
}

int batch_watch(struct workshop *w, const char *const *names, size_t count, const char *out,
                const struct batch_options *options, int port, struct diags *diags) {
    struct watching watch = {.o = *options, .w = w};
    struct buf content = {0}, file = {0};
    bool vietnamese = strcmp(options->language, "vi") == 0;
    path_join(&content, workshop_project(w), "content");
    const char *folders[] = {content.p, workshop_styles(w)};
    watch.changes = changes_open(folders, 2);
    if (watch.changes && port >= 0) watch.server = server_open(port);
    if (!watch.changes || (port >= 0 && !watch.server)) {
        diag_add(diags, DIAG_CANNOT_WATCH, (struct pos){0}, strerror(errno));
        diags_flush(diags);
        changes_close(watch.changes);
        buf_free(&content);
        return 3;
    }
    if (watch.server) fprintf(stderr, "http://127.0.0.1:%d/\n", server_port(watch.server));
    watch.o.built = note_built;
    watch.o.built_arg = &watch;
    watch.o.keep_going = watch.o.wait = watch.o.hurry = true;
    struct batch_result r;
    for (;;) {
        int64_t start = batch_clock();
        watch.good = false;
        struct diags *said = diags_new();
        diags_set_language(said, options->language);
        diags_set_sink(said, say, &watch);
        r = batch_build(w, names, count, out, &watch.o, said);
        diags_drop(said);
        if (r.signal) break;
        say_state(&watch, batch_clock() - start, vietnamese);
        wait_for_change(&watch, &file);
        if (isatty(2)) fputs("\033[2J\033[H", stderr); /* what was said is no longer so */
        fprintf(stderr, "%s\n", buf_cstr(&file));
        workshop_unload(w);
        if (is_below(buf_cstr(&file), content.p)) continue;
        workshop_reload(w);
        watch.warm = false;
    }
    server_close(watch.server);
    changes_close(watch.changes);
    buf_free(&content);
    buf_free(&file);
    return r.signal;
}
