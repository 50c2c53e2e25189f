/* The log: what came when, a JSON line a version.  Each line holds the digest of
 * the one before it, so that no line can be changed, taken out or put in. */
#include "archive/private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char nothing_before[] = "0000000000000000000000000000000000000000000000000000000000000000";

bool log_parse(const char *text, size_t n, json_t **json, struct log_line *l) {
    json_t *j = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
    json_int_t number = 0;
    int bad = !j ? -1
                 : json_unpack(j, "{s:I, s:s, s:s, s:s, s:s, s:s}", "n", &number, "time", &l->time, "id",
                               &l->id, "version", &l->version, "inventory", &l->inventory, "previous",
                               &l->previous);
    if (bad || number < 1) {
        json_decref(j);
        return false;
    }
    l->n = (size_t)number;
    sha256_bytes(l->digest, text, n);
    *json = j;
    return true;
}

static bool damaged(struct archive *a, size_t line, const char *why) {
    struct buf path = {0};
    archive_path(a, &path, "log.jsonl");
    diag_add(a->diags, DIAG_ARCHIVE_DAMAGED, (struct pos){str_intern(path.p, path.n), (int32_t)line, 0}, why);
    buf_free(&path);
    return false;
}

/* The bytes of the log from an offset; a log that is not there is empty. */
static int read_from(struct archive *a, struct buf *out, uint64_t offset) {
    struct buf path = {0};
    archive_path(a, &path, "log.jsonl");
    int fd = open(path.p, O_RDONLY | O_CLOEXEC), e = fd < 0 && errno != ENOENT ? errno : 0;
    buf_free(&path);
    if (fd < 0) return e;
    for (;;) {
        buf_need(out, 64 * 1024);
        ssize_t n = pread(fd, out->p + out->n, out->cap - out->n - 1, (off_t)(offset + out->n));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) e = errno;
        if (n <= 0) break;
        out->n += (size_t)n;
    }
    if (out->p) out->p[out->n] = 0;
    close(fd);
    return e;
}

bool log_read(struct archive *a, uint64_t *offset, void (*each)(void *arg, const struct log_line *l),
              void *arg) {
    struct buf text = {0};
    int e = read_from(a, &text, *offset);
    if (e) return damaged(a, 0, strerror(e));
    char before[SHA256_HEX + 1] = "";
    if (!*offset) memcpy(before, nothing_before, sizeof before);
    bool good = true;
    size_t count = 0;
    for (const char *p = buf_cstr(&text), *end; good && (end = strchr(p, '\n')); p = end + 1) {
        json_t *j;
        struct log_line l;
        size_t line = *offset || !before[0] ? 0 : count + 1;
        good = log_parse(p, (size_t)(end - p), &j, &l);
        if (!good) {
            damaged(a, line, "it is not a line of the log");
            break;
        }
        good = (!before[0] || strcmp(l.previous, before) == 0) && (!count || l.n == count + 1);
        if (!good) damaged(a, l.n, "the line does not follow the one before it");
        else if (each) each(arg, &l);
        count = l.n;
        memcpy(before, l.digest, sizeof before);
        json_decref(j);
        if (good) *offset += (uint64_t)(end - p) + 1;
    }
    buf_free(&text);
    return good;
}

/* The last whole line: from the last 64 KB, and from all of the log should it be longer. */
static int last_line(struct archive *a, struct buf *line, uint64_t *end) {
    struct buf path = {0}, text = {0};
    struct stat st;
    archive_path(a, &path, "log.jsonl");
    int e = stat(path.p, &st) != 0 ? errno : 0;
    buf_free(&path);
    buf_clear(line);
    *end = 0;
    if (e) return e == ENOENT ? 0 : e;
    for (uint64_t tail = 64 * 1024;; tail = UINT64_MAX) {
        uint64_t from = tail < (uint64_t)st.st_size ? (uint64_t)st.st_size - tail : 0;
        buf_clear(&text);
        e = read_from(a, &text, from);
        const char *stop = text.n ? memrchr(text.p, '\n', text.n) : NULL;
        const char *start = stop && stop > text.p ? memrchr(text.p, '\n', (size_t)(stop - text.p)) : NULL;
        if (!e && stop && (start || !from)) {
            start = start ? start + 1 : text.p;
            buf_put(line, start, (size_t)(stop - start));
            *end = from + (uint64_t)(stop - text.p) + 1;
        }
        if (e || line->n || !from) break;
    }
    buf_free(&text);
    return e;
}

bool log_next(struct archive *a, struct buf *line, const char *id, const char *version,
              const char *inventory) {
    struct buf last = {0};
    struct log_line l = {0};
    json_t *j = NULL;
    uint64_t end;
    char time[32];
    int e = last_line(a, &last, &end);
    bool good = !e && (!last.n || log_parse(last.p, last.n, &j, &l));
    if (!good) {
        buf_free(&last);
        return damaged(a, 0, e ? strerror(e) : "its last line is not a line of the log");
    }
    now_utc(time);
    json_t *next = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "n", (json_int_t)(l.n + 1), "time", time, "id",
                             id, "version", version, "inventory", inventory, "previous",
                             last.n ? l.digest : nothing_before);
    buf_clear(line);
    inventory_dump_line(line, next);
    json_decref(next);
    json_decref(j);
    buf_free(&last);
    return true;
}

int log_append(struct archive *a, const char *line) {
    struct buf last = {0}, path = {0};
    uint64_t end;
    int e = last_line(a, &last, &end);
    archive_path(a, &path, "log.jsonl");
    if (!e && strcmp(buf_cstr(&last), line) != 0) {
        int fd = open(path.p, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
        if (fd < 0) e = errno;
        if (!e && ftruncate(fd, (off_t)end) != 0) e = errno;
        buf_clear(&last);
        buf_fmt(&last, "%s\n", line);
        for (size_t done = 0; !e && done < last.n;) {
            ssize_t n = pwrite(fd, last.p + done, last.n - done, (off_t)(end + done));
            if (n < 0 && errno != EINTR) e = errno;
            if (n > 0) done += (size_t)n;
        }
        if (!e && fsync(fd) != 0) e = errno;
        if (fd >= 0) close(fd);
        if (!e) e = io_sync_dir(a->root.p);
    }
    buf_free(&path);
    buf_free(&last);
    return e;
}

bool archive_log(struct archive *a, struct buf *out) {
    uint64_t offset = 0;
    if (!log_read(a, &offset, NULL, NULL)) return false;
    int e = read_from(a, out, 0);
    return e ? damaged(a, 0, strerror(e)) : true;
}
