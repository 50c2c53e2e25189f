/* What a verification that was cut short had found whole: a line for the archive,
 * then one for each object, its inventory's digest and its id.  An object that has
 * changed since has another digest. */
#include "archive/private.h"

#include <errno.h>

static void line_key(struct buf *key, const char *id, const char *inventory) { buf_fmt(key, "%s %s", inventory, id); }

/* The archive by its first line of the log, which never changes. */
static void head_line(struct archive *a, struct buf *out) {
    char sum[SHA256_HEX + 1];
    struct buf log = {0};
    archive_log(a, &log);
    sha256_bytes(sum, buf_cstr(&log), strcspn(buf_cstr(&log), "\n"));
    buf_fmt(out, "sotay archive verify %s", sum);
    buf_free(&log);
}

static bool read_known(const struct buf *text, const char *head, struct map *known) {
    const char *p = buf_cstr(text);
    size_t n = strlen(head);
    if (text->n && (strncmp(p, head, n) != 0 || p[n] != '\n')) return false;
    for (const char *end; (end = strchr(p, '\n')); p = end + 1) map_get(known, p, (size_t)(end - p));
    return true;
}

bool resume_open(struct archive *a, const char *path, struct map *known, FILE **file) {
    struct buf text = {0}, head = {0};
    int e = file_read(&text, path);
    if (e == ENOENT) e = 0;
    head_line(a, &head);
    bool ours = !e && read_known(&text, head.p, known);
    if (!e && !ours)
        diag_add(a->diags, DIAG_ARCHIVE_RESUME, (struct pos){str_intern(path, strlen(path)), 0, 0}, a->root.p);
    *file = ours ? fopen(path, "ae") : NULL;
    if (ours && !*file) e = errno;
    if (*file && !text.n) fprintf(*file, "%s\n", head.p);
    else if (*file && text.p[text.n - 1] != '\n') fputc('\n', *file); /* cut in a line */
    if (e) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, path, strerror(e));
    buf_free(&text);
    buf_free(&head);
    return *file != NULL;
}

void resume_note(FILE *file, const char *id, const char *inventory) {
    struct buf key = {0};
    line_key(&key, id, inventory);
    fprintf(file, "%s\n", key.p);
    fflush(file); /* Ctrl-C may come */
    buf_free(&key);
}

bool resume_knows(const struct map *known, const char *id, const char *inventory) {
    if (map_count(known) == 0) return false;
    struct buf key = {0};
    line_key(&key, id, inventory);
    bool knows = map_find(known, key.p, key.n);
    buf_free(&key);
    return knows;
}
