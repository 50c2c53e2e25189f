#include "batch/files.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

/* How long after a change another may get the same time: file systems stamp by
 * the kernel's tick, at most 10 ms; those without parts of seconds by two. */
enum { TICK_MS = 20, COARSE_MS = 2000, CHUNK = 256 * 1024, TRIES = 5 };

static int64_t nanoseconds(const struct timespec *t) {
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

struct stamp stamp_of(const struct stat *st) {
    return (struct stamp){st->st_size, nanoseconds(&st->st_mtim), nanoseconds(&st->st_ctim), (int64_t)st->st_ino};
}

struct stamp stamp_at(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0) return (struct stamp){.size = -1};
    return stamp_of(&st);
}

bool stamp_same(const struct stamp *a, const struct stamp *b) {
    return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime && a->inode == b->inode;
}

int64_t stamp_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME_COARSE, &t);
    return nanoseconds(&t);
}

/* Also when the clock was put back: a time later than `seen` tells nothing. */
bool stamp_tells(const struct stamp *s, int64_t seen) {
    if (s->size < 0) return true;
    int64_t last = s->mtime > s->ctime ? s->mtime : s->ctime;
    int64_t margin = last % 1000000000 ? TICK_MS : COARSE_MS;
    return last + margin * 1000000 <= seen;
}

struct files {
    struct map *by_name;
};

struct files *files_new(void) {
    struct files *f = mem_alloc(sizeof *f);
    f->by_name = map_new();
    return f;
}

void files_drop(struct files *f) {
    if (!f) return;
    for (size_t i = 0; i < files_count(f); i++) mem_free(files_at(f, i));
    map_drop(f->by_name);
    mem_free(f);
}

struct file *files_get(struct files *f, const char *name) {
    struct map_entry *e = map_get(f->by_name, name, strlen(name));
    if (e->value.ptr) return e->value.ptr;
    struct file *file = mem_alloc(sizeof *file);
    file->name = str_intern(name, strlen(name));
    e->value.ptr = file;
    return file;
}

size_t files_count(const struct files *f) {
    return map_count(f->by_name);
}

struct file *files_at(const struct files *f, size_t i) {
    return map_at(f->by_name, i)->value.ptr;
}

void files_new_round(struct files *f) {
    for (size_t i = 0; i < files_count(f); i++) files_at(f, i)->checked = false;
}

/* Reads it to its end; 0 or errno. */
static int sum_content(int fd, struct sum *out) {
    char *chunk = mem_alloc(CHUNK);
    struct key *k = key_new();
    int e = 0;
    for (;;) {
        ssize_t n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) e = errno;
        if (n <= 0) break;
        key_bytes(k, chunk, (size_t)n);
    }
    *out = key_finish(k);
    mem_free(chunk);
    return e;
}

/* Again when it was changed meanwhile. */
static void read_file(struct file *file) {
    for (int i = 0; i < TRIES; i++) {
        file->seen = stamp_now();
        int fd = open(file->path, O_RDONLY | O_CLOEXEC);
        struct stat before, after;
        file->error = fd < 0 ? errno : fstat(fd, &before) != 0 ? errno : sum_content(fd, &file->sum);
        bool steady = fd >= 0 && !file->error && fstat(fd, &after) == 0;
        if (steady) {
            struct stamp b = stamp_of(&before), a = stamp_of(&after);
            file->stamp = a;
            steady = stamp_same(&a, &b);
        }
        if (fd >= 0) close(fd);
        if (steady || fd < 0) break;
    }
    if (file->error == ENOENT || file->error == ENOTDIR || file->error == EISDIR) file->error = 0;
    else if (!file->error) return;
    file->stamp = (struct stamp){.size = -1};
    file->sum = (struct sum){{0}};
}

void file_check(struct file *file) {
    if (file->checked) return;
    file->checked = true;
    struct stamp now = stamp_at(file->path);
    if (file->known && !file->error && stamp_same(&now, &file->stamp) && stamp_tells(&now, file->seen)) return;
    file->known = file->changed = true;
    if (now.size < 0 && errno == ENOENT) {
        file->stamp = now;
        file->sum = (struct sum){{0}};
        file->error = 0;
        return;
    }
    read_file(file);
}
