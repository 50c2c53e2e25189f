#include "batch/watch.h"

#include <dirent.h>
#include <errno.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders are watched, not files: editors write a new file and put it in the old
 * one's place. */
enum {
    MASK = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_ONLYDIR,
    DEPTH_MAX = 32
};

struct changes {
    int fd;
    char **folders; /* by watch number */
    size_t cap;
};

static void watch(struct changes *c, const char *folder, int depth) {
    int number = depth < DEPTH_MAX ? inotify_add_watch(c->fd, folder, MASK) : -1;
    if (number < 0) return;
    size_t old = c->cap;
    c->folders = mem_grow(c->folders, &c->cap, (size_t)number + 1, sizeof *c->folders);
    for (size_t i = old; i < c->cap; i++) c->folders[i] = NULL;
    mem_free(c->folders[number]);
    c->folders[number] = mem_strdup(folder);
    DIR *d = opendir(folder);
    struct buf path = {0};
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        if (e->d_name[0] == '.') continue;
        path_join(&path, folder, e->d_name);
        if (stat(path.p, &st) == 0 && S_ISDIR(st.st_mode)) watch(c, path.p, depth + 1);
    }
    if (d) closedir(d);
    buf_free(&path);
}

struct changes *changes_open(const char *const *folders, size_t n) {
    struct changes *c = mem_alloc(sizeof *c);
    c->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    for (size_t i = 0; i < n && c->fd >= 0; i++) watch(c, folders[i], 0);
    if (c->fd >= 0) return c;
    mem_free(c);
    return NULL;
}

void changes_close(struct changes *c) {
    if (!c) return;
    close(c->fd);
    for (size_t i = 0; i < c->cap; i++) mem_free(c->folders[i]);
    mem_free(c->folders);
    mem_free(c);
}

int changes_fd(const struct changes *c) {
    return c->fd;
}

/* What editors leave beside a file while it is open. */
static bool is_passing(const char *name) {
    size_t n = strlen(name);
    if (!n || *name == '.' || *name == '#' || name[n - 1] == '~' || strcmp(name, "4913") == 0) return true;
    return n > 4 && (strcmp(name + n - 4, ".tmp") == 0 || strcmp(name + n - 4, ".swp") == 0);
}

static bool take_event(struct changes *c, const struct inotify_event *e, struct buf *file) {
    const char *folder = e->wd >= 0 && (size_t)e->wd < c->cap ? c->folders[e->wd] : NULL;
    if (e->mask & IN_Q_OVERFLOW) return true;
    if (!folder || (e->mask & IN_IGNORED)) return false;
    if (!e->len || is_passing(e->name)) return (e->mask & IN_DELETE_SELF) != 0;
    struct buf path = {0};
    path_join(&path, folder, e->name);
    bool new_folder = (e->mask & IN_ISDIR) && (e->mask & (IN_CREATE | IN_MOVED_TO));
    if (new_folder) watch(c, path.p, 0); /* files may be in it already */
    bool counts = new_folder || !(e->mask & IN_CREATE); /* a new file counts when it is written */
    if (counts) {
        buf_clear(file);
        buf_str(file, path.p);
    }
    buf_free(&path);
    return counts;
}

bool changes_read(struct changes *c, struct buf *file) {
    _Alignas(struct inotify_event) char events[16384];
    bool any = false;
    for (ssize_t n; (n = read(c->fd, events, sizeof events)) > 0;)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *e = (const void *)(events + at);
            any |= take_event(c, e, file);
            at += (ssize_t)(sizeof *e + e->len);
        }
    return any;
}
