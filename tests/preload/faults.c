/* A library put before the others (LD_PRELOAD): what a crash, a full disk or a
 * power cut does to a folder, at a chosen call.
 *
 *   FAULT_ROOT=DIR   only calls on files below DIR count
 *   FAULT=count      the number of calls goes to the file FAULT_COUNT
 *   FAULT=kill:N     the process dies before the N-th call
 *   FAULT=lose:N     the same, and what was not synced is lost: files written
 *                    are emptied, names made or moved are taken back
 *   FAULT=error:N:E  the N-th call fails with errno E */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FILES = 1024, NAMES = 4096 };

static char root[PATH_MAX];
static long count, at, number;
static enum { NOTHING, COUNT, KILL, LOSE, FAIL } mode;
static char *file_of[FILES]; /* path of a descriptor below the root */
static char *dirty[NAMES];   /* files written and not synced */
static struct {
    int kind; /* 'c' made, 'd' folder made, 'r' renamed, 'x' exchanged, 0 synced */
    char *a, *b;
} moved[NAMES];
static int dirty_count, moved_count;

__attribute__((constructor)) static void start(void) {
    const char *r = getenv("FAULT_ROOT"), *f = getenv("FAULT");
    if (!r || !f || !realpath(r, root)) return;
    mode = strncmp(f, "kill", 4) == 0 ? KILL : strncmp(f, "lose", 4) == 0 ? LOSE : strncmp(f, "error", 5) == 0 ? FAIL : COUNT;
    if (mode != COUNT) sscanf(strchr(f, ':'), ":%ld:%ld", &at, &number);
}

__attribute__((destructor)) static void finish(void) {
    if (mode != COUNT) return;
    FILE *f = fopen(getenv("FAULT_COUNT"), "w");
    fprintf(f, "%ld\n", count);
    fclose(f);
}

/* The absolute path when it lies below the root, else NULL; the caller frees. */
static char *ours(const char *path) {
    char dir[PATH_MAX], full[PATH_MAX];
    if (mode == NOTHING || !path) return NULL;
    snprintf(dir, sizeof dir, "%s", path);
    char *slash = strrchr(dir, '/');
    const char *name = slash ? slash + 1 : path;
    if (slash) *slash = 0;
    if (!realpath(slash ? (*dir ? dir : "/") : ".", full)) return NULL;
    size_t n = strlen(root);
    if (strncmp(full, root, n) != 0 || (full[n] && full[n] != '/')) return NULL;
    char *out = NULL;
    return asprintf(&out, "%s/%s", full, name) < 0 ? NULL : out;
}

static void take_back(void) {
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i]) truncate(dirty[i], 0);
    for (int i = moved_count; i-- > 0;) {
        if (moved[i].kind == 'c') syscall(SYS_unlink, moved[i].a);
        if (moved[i].kind == 'd') syscall(SYS_rmdir, moved[i].a);
        if (moved[i].kind == 'r') syscall(SYS_rename, moved[i].b, moved[i].a);
        if (moved[i].kind == 'x') syscall(SYS_renameat2, AT_FDCWD, moved[i].a, AT_FDCWD, moved[i].b, RENAME_EXCHANGE);
    }
}

/* True: the call is to fail. */
static int fault(void) {
    count++;
    if (mode == COUNT || count != at) return 0;
    if (mode == LOSE) take_back();
    if (mode == KILL || mode == LOSE) kill(getpid(), SIGKILL);
    errno = (int)number;
    return mode == FAIL;
}

static void note(int kind, char *a, char *b) {
    if (moved_count == NAMES) abort();
    moved[moved_count].kind = kind;
    moved[moved_count].a = a;
    moved[moved_count++].b = b;
}

static void written(const char *path) {
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i] && strcmp(dirty[i], path) == 0) return;
    if (dirty_count == NAMES) abort();
    dirty[dirty_count++] = strdup(path);
}

static int in_folder(const char *path, const char *folder) {
    size_t n = strlen(folder);
    return path && strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

static void synced(const char *path) {
    for (int i = 0; i < dirty_count; i++)
        if (dirty[i] && strcmp(dirty[i], path) == 0) dirty[i] = NULL;
    for (int i = 0; i < moved_count; i++)
        if (in_folder(moved[i].a, path) || in_folder(moved[i].b, path)) moved[i].kind = 0;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int opened(int fd, char *path, int flags, int was) {
    if (fd >= 0 && fd < FILES) file_of[fd] = path;
    if (fd >= 0 && (flags & O_CREAT) && !was) note('c', path, NULL);
    return fd;
}

static int do_open(const char *path, int flags, mode_t m, int (*real)(const char *, int, ...)) {
    char *full = ours(path);
    struct stat st;
    int was = full && lstat(full, &st) == 0;
    if (full && (flags & (O_CREAT | O_WRONLY | O_RDWR)) && fault()) return -1;
    int fd = real(path, flags, m);
    return full ? opened(fd, full, flags, was) : fd;
}

int open(const char *path, int flags, ...) {
    REAL(open);
    va_list v;
    va_start(v, flags);
    mode_t m = va_arg(v, mode_t);
    va_end(v);
    return do_open(path, flags, m, real);
}

int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list v;
    va_start(v, flags);
    mode_t m = va_arg(v, mode_t);
    va_end(v);
    return do_open(path, flags, m, real);
}

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < FILES) file_of[fd] = NULL;
    return real(fd);
}

static const char *file(int fd) {
    return mode != NOTHING && fd >= 0 && fd < FILES ? file_of[fd] : NULL;
}

ssize_t write(int fd, const void *p, size_t n) {
    REAL(write);
    if (file(fd) && fault()) return -1;
    if (file(fd)) written(file(fd));
    return real(fd, p, n);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t o) {
    REAL(pwrite);
    if (file(fd) && fault()) return -1;
    return real(fd, p, n, o); /* into what is there: the log and the database, which keep their beginnings */
}

int fsync(int fd) {
    REAL(fsync);
    if (file(fd) && fault()) return -1;
    int r = real(fd);
    if (!r && file(fd)) synced(file(fd));
    return r;
}

int ftruncate(int fd, off_t n) {
    REAL(ftruncate);
    if (file(fd) && fault()) return -1;
    return real(fd, n);
}

int mkdir(const char *path, mode_t m) {
    REAL(mkdir);
    char *full = ours(path);
    if (full && fault()) return -1;
    int r = real(path, m);
    if (full && !r) note('d', full, NULL);
    return r;
}

int link(const char *a, const char *b) {
    REAL(link);
    char *full = ours(b);
    if (full && fault()) return -1;
    int r = real(a, b);
    if (full && !r) note('c', full, NULL);
    return r;
}

int rename(const char *a, const char *b) {
    REAL(rename);
    char *from = ours(a), *to = ours(b);
    struct stat st;
    int over = to && lstat(to, &st) == 0;
    if (to && fault()) return -1;
    int r = real(a, b);
    if (to && !r && !over) note('r', from, to);
    return r;
}

int renameat2(int d, const char *a, int e, const char *b, unsigned flags) {
    REAL(renameat2);
    char *from = ours(a), *to = ours(b);
    if (to && fault()) return -1;
    if (getenv("FAULT_NO_EXCHANGE")) {
        errno = EINVAL;
        return -1;
    }
    int r = real(d, a, e, b, flags);
    if (to && !r) note(flags & RENAME_EXCHANGE ? 'x' : 'r', from, to);
    return r;
}

int unlink(const char *path) {
    REAL(unlink);
    char *full = ours(path);
    if (full && fault()) return -1;
    return real(path);
}

int rmdir(const char *path) {
    REAL(rmdir);
    char *full = ours(path);
    if (full && fault()) return -1;
    return real(path);
}
