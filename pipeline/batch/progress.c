#include "batch/progress.h"

#include "batch/run.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR_WIDTH = 30, REDRAW_MS = 100 };

void progress_begin(struct progress *p, enum batch_progress mode, size_t total, size_t unchanged) {
    const char *term = getenv("TERM");
    if (mode == PROGRESS_AUTO)
        mode = isatty(2) && term && strcmp(term, "dumb") != 0 ? PROGRESS_BAR : PROGRESS_PLAIN;
    *p = (struct progress){.mode = mode, .total = total, .unchanged = unchanged, .start = batch_clock()};
    if (mode == PROGRESS_JSON)
        fprintf(stderr, "{\"event\":\"begin\",\"total\":%zu,\"unchanged\":%zu}\n", total, unchanged);
}

void progress_clear(struct progress *p) {
    if (p->drawn) fputs("\r\033[K", stderr);
    p->drawn = false;
}

static int columns(void) {
    struct winsize size;
    return ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 200;
}

static void put_time(struct buf *b, int64_t seconds) {
    if (seconds >= 3600) buf_fmt(b, "%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
    else buf_fmt(b, "%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
}

/* [####....] 12/60 11.5/s 0:04 out/... */
static void draw_bar(struct progress *p, const char *output) {
    struct buf b = {0};
    int64_t spent = batch_clock() - p->start;
    size_t full = p->total ? p->done * BAR_WIDTH / p->total : BAR_WIDTH;
    buf_char(&b, '[');
    for (size_t i = 0; i < BAR_WIDTH; i++) buf_char(&b, i < full ? '#' : '.');
    buf_fmt(&b, "] %zu/%zu ", p->done, p->total);
    if (p->done && spent > 0) {
        int64_t tenths = (int64_t)p->done * 10000 / spent;
        buf_fmt(&b, "%d.%d/s ", (int)(tenths / 10), (int)(tenths % 10));
        put_time(&b, (int64_t)(p->total - p->done) * spent / (int64_t)p->done / 1000);
        buf_char(&b, ' ');
    }
    size_t room = (size_t)columns() - 1, n = strlen(output);
    bool cut = b.n + n > room && room > b.n + 3;
    if (cut) buf_fmt(&b, "...%s", output + n - (room - b.n - 3));
    else buf_str(&b, output);
    fprintf(stderr, "\r\033[K%s", b.p);
    fflush(stderr);
    buf_free(&b);
    p->drawn = true;
    p->last = batch_clock();
    if (p->done == p->total) progress_clear(p);
}

void progress_begun(struct progress *p, const char *output) {
    snprintf(p->now, sizeof p->now, "%s", output);
    if (p->mode == PROGRESS_BAR) draw_bar(p, output);
    if (p->mode != PROGRESS_JSON) return;
    struct buf name = {0};
    buf_json(&name, output);
    fprintf(stderr, "{\"event\":\"start\",\"output\":\"%s\"}\n", buf_cstr(&name));
    buf_free(&name);
}

void progress_step(struct progress *p, const char *output, bool good) {
    p->done++;
    if (p->mode == PROGRESS_BAR && (batch_clock() - p->last >= REDRAW_MS || p->done == p->total))
        draw_bar(p, output);
    if (p->mode == PROGRESS_PLAIN)
        fprintf(stderr, "[%zu/%zu] %s%s\n", p->done, p->total, output, good ? "" : ": failed");
    if (p->mode != PROGRESS_JSON) return;
    struct buf name = {0};
    buf_json(&name, output);
    fprintf(stderr, "{\"done\":%zu,\"total\":%zu,\"output\":\"%s\",\"good\":%s}\n", p->done, p->total, buf_cstr(&name),
            good ? "true" : "false");
    buf_free(&name);
}

void progress_tick(struct progress *p) {
    if (p->mode == PROGRESS_BAR && p->done < p->total && batch_clock() - p->last >= REDRAW_MS) draw_bar(p, p->now);
}

void progress_end(struct progress *p, const struct batch_result *r) {
    int64_t spent = batch_clock() - p->start;
    progress_clear(p);
    if (p->mode == PROGRESS_JSON)
        fprintf(stderr, "{\"event\":\"end\",\"built\":%zu,\"unchanged\":%zu,\"failed\":%zu,\"milliseconds\":%lld}\n",
                r->outputs, r->unchanged, r->failed, (long long)spent);
    if (p->mode == PROGRESS_PLAIN && p->unchanged)
        fprintf(stderr, "%zu built, %zu unchanged\n", r->outputs, r->unchanged);
}
