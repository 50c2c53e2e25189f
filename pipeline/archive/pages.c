/* What other programs say of a PDF: its text (poppler's pdftotext), what it
 * claims to be (pdfinfo), whether it is that (veraPDF). */
#include "archive/private.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int spawn(pid_t *pid, char *const args[], int out) {
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
    int e = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!e) e = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (!e) e = posix_spawnp(pid, args[0], &actions, NULL, args, environ);
    posix_spawn_file_actions_destroy(&actions);
    return e;
}

/* What a program prints, and its exit status (-1: a signal); 0 or errno. */
static int run(struct buf *out, char *const args[], int *exit_status) {
    int ends[2], status = 0;
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    int e = spawn(&pid, args, ends[1]);
    close(ends[1]);
    if (!e) {
        e = file_read_from(out, ends[0]);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
        *exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        if (!e && *exit_status == 127) e = ENOENT;
    }
    close(ends[0]);
    return e;
}

int archive_pdf_text(struct buf *out, const char *pdf) {
    enum { NO_PERMISSION = 3 };
    char *const args[] = {
        (char *)"pdftotext", (char *)"-enc", (char *)"UTF-8", (char *)"-q", (char *)pdf, (char *)"-", NULL};
    int status, e = run(out, args, &status);
    return e ? e : status == NO_PERMISSION ? EACCES : status ? EINVAL : 0;
}

/* The value of an XMP property, as an element or an attribute. */
static size_t property(const char *xmp, const char *name, const char **value) {
    const char *p = strstr(xmp, name);
    if (!p) return 0;
    p += strlen(name);
    p += strspn(p, " =>\"'\t\r\n");
    *value = p;
    return strcspn(p, "<\"' \t\r\n");
}

int pdfa_claim(struct buf *out, const char *pdf) {
    char *const args[] = {(char *)"pdfinfo", (char *)"-meta", (char *)pdf, NULL};
    struct buf xmp = {0};
    const char *part, *level;
    int status, e = run(&xmp, args, &status);
    if (!e && status) e = EINVAL;
    buf_clear(out);
    size_t n = e ? 0 : property(buf_cstr(&xmp), "pdfaid:part", &part);
    if (n) {
        size_t k = property(xmp.p, "pdfaid:conformance", &level);
        buf_fmt(out, "PDF/A-%.*s", (int)n, part);
        for (size_t i = 0; i < k; i++) buf_char(out, (char)(level[i] >= 'A' && level[i] <= 'Z' ? level[i] + 32 : level[i]));
    }
    buf_free(&xmp);
    return e;
}

/* ---- veraPDF ------------------------------------------------------------------------ */

enum { BATCH = 100, UNKNOWN = 0, PASSES, FAILS };

/* A line "PASS FILE FLAVOUR" or "FAIL FILE FLAVOUR" of its text form; a file has one for each flavour. */
static void read_line(const char *line, size_t n, const struct map *files, int *verdicts) {
    const char *end = line + n;
    if (n < 8 || (memcmp(line, "PASS ", 5) != 0 && memcmp(line, "FAIL ", 5) != 0)) return;
    while (end > line + 5 && end[-1] != ' ') end--;
    const struct map_entry *e = end > line + 6 ? map_find(files, line + 5, (size_t)(end - 1 - line) - 5) : NULL;
    if (e && verdicts[e->value.num] != FAILS) verdicts[e->value.num] = *line == 'P' ? PASSES : FAILS;
}

static int judge(const char *command, const char *const *files, size_t n, int *verdicts) {
    char *args[BATCH + 5] = {(char *)"sh", (char *)"-c", NULL, (char *)"sh"};
    struct buf script = {0}, said = {0};
    struct map *places = map_new();
    int status, e;
    buf_fmt(&script, "%s --format text \"$@\"", command);
    args[2] = script.p;
    for (size_t i = 0; i < n; i++) {
        args[4 + i] = (char *)files[i];
        map_get(places, files[i], strlen(files[i]))->value.num = (int64_t)i;
    }
    args[4 + n] = NULL;
    e = run(&said, args, &status);
    for (const char *p = buf_cstr(&said); *p;) {
        size_t k = strcspn(p, "\n");
        read_line(p, k, places, verdicts);
        p += k + (p[k] == '\n');
    }
    map_drop(places);
    buf_free(&script);
    buf_free(&said);
    return e;
}

int pdfa_judge(const char *command, const char *const *files, size_t n,
               void (*each)(void *arg, size_t i, const char *why), void *arg) {
    for (size_t from = 0; from < n; from += BATCH) {
        int verdicts[BATCH] = {UNKNOWN};
        size_t some = n - from < BATCH ? n - from : BATCH;
        int e = judge(command, files + from, some, verdicts);
        if (e) return e;
        for (size_t i = 0; i < some; i++)
            each(arg, from + i,
                 verdicts[i] == PASSES  ? NULL
                 : verdicts[i] == FAILS ? "veraPDF finds that it is not what it claims to be"
                                        : "veraPDF cannot read it");
    }
    return 0;
}
