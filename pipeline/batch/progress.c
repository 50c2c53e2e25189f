#include "batch/progress.h"

#include <unistd.h>

enum { BAR_WIDTH = 30 };

void progress_begin(struct progress *p, enum batch_progress mode, size_t total) {
    const char *term = getenv("TERM");
    if (mode == PROGRESS_AUTO)
        mode = isatty(2) && term && strcmp(term, "dumb") != 0 ? PROGRESS_BAR : PROGRESS_PLAIN;
    *p = (struct progress){mode, total, 0, false};
}

void progress_clear(struct progress *p) {
    if (p->drawn) fputs("\r\033[K", stderr);
    p->drawn = false;
}

static void draw_bar(struct progress *p, const char *output) {
    size_t full = p->total ? p->done * BAR_WIDTH / p->total : BAR_WIDTH;
    fputs("\r\033[K[", stderr);
    for (size_t i = 0; i < BAR_WIDTH; i++) fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %zu/%zu %s", p->done, p->total, output);
    fflush(stderr);
    p->drawn = true;
    if (p->done == p->total) progress_clear(p);
}

static void write_json(const struct progress *p, const char *output, bool good) {
    struct buf b = {0};
    buf_fmt(&b, "{\"done\":%zu,\"total\":%zu,\"output\":\"", p->done, p->total);
    buf_json(&b, output);
    buf_fmt(&b, "\",\"good\":%s}\n", good ? "true" : "false");
    fputs(b.p, stderr);
    buf_free(&b);
}

void progress_step(struct progress *p, const char *output, bool good) {
    p->done++;
    switch (p->mode) {
    case PROGRESS_BAR: draw_bar(p, output); break;
    case PROGRESS_PLAIN:
        fprintf(stderr, "[%zu/%zu] %s%s\n", p->done, p->total, output, good ? "" : ": failed");
        break;
    case PROGRESS_JSON: write_json(p, output, good); break;
    case PROGRESS_AUTO:
    case PROGRESS_NONE: break;
    }
}
