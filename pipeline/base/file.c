#include "base/base.h"
#include "base/commit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read_from(struct buf *b, int fd) {
    for (;;) {
        buf_need(b, 64 * 1024);
        ssize_t n = read(fd, b->p + b->n, b->cap - b->n - 1);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) break;
        b->n += (size_t)n;
    }
    b->p[b->n] = 0;
    return 0;
}

static void (*watcher)(void *arg, const char *path, const struct stat *st);
static void *watcher_arg;

void file_watch(void (*seen)(void *arg, const char *path, const struct stat *st), void *arg) {
    watcher = seen;
    watcher_arg = arg;
}

int file_read(struct buf *b, const char *path) {
    if (strcmp(path, "-") == 0) return file_read_from(b, 0);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    struct stat st;
    if (watcher && fstat(fd, &st) == 0) watcher(watcher_arg, path, &st);
    int e = file_read_from(b, fd);
    close(fd);
    return e;
}

bool file_exists(const char *path) {
    return access(path, F_OK) == 0;
}

void path_join(struct buf *out, const char *base, const char *rel) {
    struct buf all = {0};
    if (rel[0] != '/' && base && *base) {
        buf_str(&all, base);
        buf_char(&all, '/');
    }
    buf_str(&all, rel);
    buf_clear(out);
    bool absolute = all.n && all.p[0] == '/';
    if (absolute) buf_char(out, '/');
    size_t root = out->n;
    for (char *p = all.p; *p;) {
        size_t n = strcspn(p, "/");
        if (n == 2 && memcmp(p, "..", 2) == 0) {
            size_t cut = out->n;
            while (cut > root && out->p[cut - 1] != '/') cut--;
            bool climbs = out->n == root || strcmp(out->p + cut, "..") == 0;
            if (!climbs) {
                out->n = cut > root ? cut - 1 : root;
                out->p[out->n] = 0;
            } else if (!absolute) {
                if (out->n > root) buf_char(out, '/');
                buf_str(out, "..");
            }
        } else if (n && !(n == 1 && *p == '.')) {
            if (out->n > root) buf_char(out, '/');
            buf_put(out, p, n);
        }
        p += n;
        if (*p) p++;
    }
    if (!out->n) buf_char(out, '.');
    buf_free(&all);
}

void path_dir(struct buf *out, const char *path) {
    const char *slash = strrchr(path, '/');
    buf_clear(out);
    if (!slash) buf_char(out, '.');
    else buf_put(out, path, slash == path ? 1 : (size_t)(slash - path));
}

bool path_inside(const char *root, const char *path) {
    char r[PATH_MAX], p[PATH_MAX];
    if (!realpath(root, r) || !realpath(path, p)) return false;
    size_t n = strlen(r);
    return strncmp(r, p, n) == 0 && (p[n] == 0 || p[n] == '/' || n == 1);
}

int dir_make(const char *path) {
    struct buf b = {0};
    int e = 0;
    for (const char *p = path; !e && *p;) {
        p += strspn(p, "/");
        p += strcspn(p, "/");
        buf_clear(&b);
        buf_put(&b, path, (size_t)(p - path));
        if (mkdir(b.p, 0777) != 0 && errno != EEXIST) e = errno;
    }
    buf_free(&b);
    return e;
}

enum { OUT_BUFFER = 256 * 1024, OUT_OPEN_MAX = 64 };

/* target: standard output or a device, to which all is copied in the end. */
struct out_file {
    int fd, error, slot, target;
    char path[PATH_MAX], temp[PATH_MAX];
    uint64_t size;
    size_t n;
    char data[OUT_BUFFER];
};

static struct out_file *volatile open_files[OUT_OPEN_MAX];

/* A device or a pipe is written to, not replaced. */
static int open_target(const char *path, int *error) {
    struct stat st;
    if (strcmp(path, "-") == 0) return STDOUT_FILENO;
    if (stat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode)) return -1;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) *error = errno;
    return fd;
}

/* A file without a name: what is written may still be taken back. */
static int open_spool(int *error) {
    const char *dir = getenv("TMPDIR");
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s/sotay.XXXXXX", dir && *dir ? dir : P_tmpdir);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0) *error = errno;
    else unlink(name);
    return fd;
}

static void out_register(struct out_file *f) {
    for (int i = 0; i < OUT_OPEN_MAX && f->slot < 0; i++)
        if (!open_files[i]) {
            open_files[i] = f;
            f->slot = i;
        }
}

static void out_close(struct out_file *f) {
    if (f->slot >= 0) open_files[f->slot] = NULL;
    mem_free(f);
}

/* The name in the same folder that an output has while it is written: false when
 * it is too long. */
static bool temp_name(char temp[PATH_MAX], const char *path, pid_t pid) {
    char host[HOST_NAME_MAX + 1] = "";
    gethostname(host, sizeof host - 1);
    return snprintf(temp, PATH_MAX, "%s.%s-%ld.tmp", path, host, (long)pid) < PATH_MAX;
}

void out_abort_of(const char *path, pid_t pid) {
    char temp[PATH_MAX];
    if (temp_name(temp, path, pid)) unlink(temp);
}

struct out_file *out_open(const char *path, int *error) {
    struct out_file *f = mem_alloc(sizeof *f);
    f->slot = -1;
    *error = 0;
    f->target = open_target(path, error);
    if (f->target >= 0) f->fd = open_spool(error);
    if (*error) {
        if (f->target > STDOUT_FILENO) close(f->target);
        mem_free(f);
        return NULL;
    }
    if (f->target >= 0) return f;
    snprintf(f->path, sizeof f->path, "%s", path);
    bool fits = temp_name(f->temp, path, getpid());
    if (fits) out_register(f); /* before it is there: a signal may come as open returns */
    f->fd = fits ? open(f->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
    if (f->fd >= 0) return f;
    *error = fits ? errno : ENAMETOOLONG;
    out_close(f);
    return NULL;
}

static void out_drain(struct out_file *f, int fd) {
    for (size_t done = 0; done < f->n && !f->error;) {
        ssize_t k = write(fd, f->data + done, f->n - done);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) f->error = errno;
        else done += (size_t)k;
    }
    f->n = 0;
}

static void copy_to_target(struct out_file *f) {
    if (!f->error && lseek(f->fd, 0, SEEK_SET) < 0) f->error = errno;
    while (!f->error) {
        ssize_t k = read(f->fd, f->data, OUT_BUFFER);
        if (k < 0 && errno == EINTR) continue;
        if (k < 0) f->error = errno;
        if (k <= 0) break;
        f->n = (size_t)k;
        out_drain(f, f->target);
    }
}

void out_write(struct out_file *f, const void *p, size_t n) {
    f->size += n;
    while (n) {
        size_t k = OUT_BUFFER - f->n < n ? OUT_BUFFER - f->n : n;
        memcpy(f->data + f->n, p, k);
        f->n += k;
        p = (const char *)p + k;
        n -= k;
        if (f->n == OUT_BUFFER) out_drain(f, f->fd);
    }
}

uint64_t out_size(const struct out_file *f) {
    return f->size;
}

void out_rewind(struct out_file *f) {
    f->n = 0;
    f->size = 0;
    if (lseek(f->fd, 0, SEEK_SET) < 0 || ftruncate(f->fd, 0) != 0) f->error = errno;
}

/* Without the folder's own fsync: after a loss of power the old file may stand
 * there, but a whole one. */
void out_put_in_place(struct out_file *f) {
    if (f->target >= 0) {
        copy_to_target(f);
    } else if (!f->error && fsync(f->fd) != 0) {
        f->error = errno;
    }
    if (f->target > STDOUT_FILENO && close(f->target) != 0 && !f->error) f->error = errno;
    if (close(f->fd) != 0 && !f->error) f->error = errno;
    if (f->target >= 0) return;
    if (!f->error && rename(f->temp, f->path) != 0) f->error = errno;
    if (f->error) unlink(f->temp);
}

int out_commit(struct out_file *f) {
    out_drain(f, f->fd);
    out_put_in_place(f);
    return out_end(f);
}

int out_end(struct out_file *f) {
    int e = f->error;
    out_close(f);
    return e;
}

void out_prepare(struct out_file *f) {
    out_drain(f, f->fd);
}

void out_abort(struct out_file *f) {
    if (!f) return;
    close(f->fd);
    if (f->target > STDOUT_FILENO) close(f->target);
    if (f->target < 0) unlink(f->temp);
    out_close(f);
}

void out_abort_all(void) {
    for (int i = 0; i < OUT_OPEN_MAX; i++)
        if (open_files[i]) unlink(open_files[i]->temp);
}
