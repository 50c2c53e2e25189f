/* Files and folders, synced: nothing here returns before the disk has it,
 * where the name says so. */
#include "archive/private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static int put(const char *path, const void *data, size_t n, bool synced) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644), e = 0;
    if (fd < 0) return errno;
    const char *p = data;
    while (n && !e) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno != EINTR) e = errno;
        if (k <= 0) continue;
        p += k;
        n -= (size_t)k;
    }
    if (!e && synced && fsync(fd) != 0) e = errno;
    if (close(fd) != 0 && !e) e = errno;
    return e;
}

int io_put(const char *path, const void *data, size_t n) { return put(path, data, n, false); }

int io_put_synced(const char *path, const void *data, size_t n) { return put(path, data, n, true); }

int io_sync_dir(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), e = 0;
    if (fd < 0) return errno;
    if (fsync(fd) != 0) e = errno;
    close(fd);
    return e;
}

bool io_is_dir(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

char **io_names(const char *path, size_t *n, int *e) {
    char **names = NULL;
    size_t cap = 0;
    *n = 0;
    *e = 0;
    DIR *d = opendir(path);
    if (!d) {
        *e = errno;
        return NULL;
    }
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(d);
        if (!entry) break;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        names = mem_grow(names, &cap, *n + 1, sizeof *names);
        names[(*n)++] = mem_strdup(entry->d_name);
    }
    *e = errno;
    closedir(d);
    if (*n) qsort(names, *n, sizeof *names, by_name);
    return names;
}

void io_names_free(char **names, size_t n) {
    for (size_t i = 0; i < n; i++) mem_free(names[i]);
    mem_free(names);
}

/* Calls one for each name in a folder, with its path, until an error. */
static int each_name(const char *path, int (*one)(const char *path, const char *name, void *arg), void *arg) {
    size_t n;
    int e;
    char **names = io_names(path, &n, &e);
    struct buf full = {0};
    for (size_t i = 0; i < n && !e; i++) {
        buf_clear(&full);
        buf_fmt(&full, "%s/%s", path, names[i]);
        e = one(full.p, names[i], arg);
    }
    buf_free(&full);
    io_names_free(names, n);
    return e;
}

static int start_one(const char *path, const char *name, void *arg) {
    (void)name;
    if (io_is_dir(path)) return each_name(path, start_one, arg);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); /* a hint: fsync decides */
    close(fd);
    return 0;
}

static int sync_all(const char *path);

static int sync_one(const char *path, const char *name, void *arg) {
    (void)name;
    (void)arg;
    if (io_is_dir(path)) return sync_all(path);
    int fd = open(path, O_RDONLY | O_CLOEXEC), e = 0;
    if (fd < 0) return errno;
    if (fsync(fd) != 0) e = errno;
    close(fd);
    return e;
}

static int sync_all(const char *path) {
    int e = each_name(path, sync_one, NULL);
    return e ? e : io_sync_dir(path);
}

/* All on their way first: then one commit of the file system's journal takes most of them. */
int io_sync_tree(const char *path) {
    int e = each_name(path, start_one, NULL);
    return e ? e : sync_all(path);
}

static int remove_one(const char *path, const char *name, void *arg) {
    (void)name;
    (void)arg;
    return io_remove_tree(path);
}

int io_remove_tree(const char *path) {
    if (!io_is_dir(path)) return unlink(path) == 0 || errno == ENOENT ? 0 : errno;
    int e = each_name(path, remove_one, NULL);
    if (!e && rmdir(path) != 0) e = errno;
    return e;
}

struct linking {
    const char *to;
    const char *const *but;
};

/* A file system without links gets a copy. */
static int link_file(const char *from, const char *to) {
    char digest[SHA512_HEX + 1];
    if (link(from, to) == 0) return 0;
    if (errno != EPERM && errno != ENOTSUP && errno != EMLINK && errno != ENOSYS) return errno;
    return sha512_copy(digest, from, to);
}

static int link_one(const char *path, const char *name, void *arg) {
    const struct linking *l = arg;
    for (const char *const *b = l->but; b && *b; b++)
        if (strcmp(*b, name) == 0) return 0;
    struct buf to = {0};
    buf_fmt(&to, "%s/%s", l->to, name);
    int e = 0;
    if (!io_is_dir(path)) e = link_file(path, to.p);
    else if (mkdir(to.p, 0755) != 0) e = errno;
    else e = io_link_tree(path, to.p, NULL);
    buf_free(&to);
    return e;
}

int io_link_tree(const char *from, const char *to, const char *const *but) {
    struct linking l = {to, but};
    return each_name(from, link_one, &l);
}

static int copy_one(const char *path, const char *name, void *arg) {
    struct buf to = {0};
    char digest[SHA512_HEX + 1];
    int e = 0;
    buf_fmt(&to, "%s/%s", (const char *)arg, name);
    if (!io_is_dir(path)) e = sha512_copy(digest, path, to.p);
    else if (mkdir(to.p, 0755) != 0) e = errno;
    else e = io_copy_tree(path, to.p);
    buf_free(&to);
    return e;
}

int io_copy_tree(const char *from, const char *to) { return each_name(from, copy_one, (void *)to); }

static int rename_with(const char *from, const char *to, unsigned flags) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, flags) == 0) return 0;
    return errno == EINVAL || errno == ENOSYS ? ENOTSUP : errno;
}

int io_exchange(const char *a, const char *b) { return rename_with(a, b, RENAME_EXCHANGE); }

/* Without RENAME_NOREPLACE: a folder takes no other's place unless that is empty. */
int io_rename_new(const char *from, const char *to) {
    int e = rename_with(from, to, RENAME_NOREPLACE);
    if (e != ENOTSUP) return e;
    struct stat st;
    if (lstat(to, &st) == 0) return EEXIST;
    return rename(from, to) == 0 ? 0 : errno;
}
