#include "batch/lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DYING_MS = 2000 };

struct lock {
    int fd;
    bool swept;
};

/* The letter of a process' state and its parent's number, as /proc says; false
 * when there is no such process. */
static bool process_state(pid_t pid, char *state, pid_t *parent) {
    char path[64];
    int number = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    struct buf b = {0};
    bool good = file_read(&b, path) == 0;
    const char *close = good ? strrchr(b.p, ')') : NULL; /* the name may hold anything */
    good = close && sscanf(close + 1, " %c %d", state, &number) == 2;
    *parent = number;
    buf_free(&b);
    return good;
}

static bool is_our_program(pid_t pid) {
    char path[64];
    struct stat own, other;
    snprintf(path, sizeof path, "/proc/%ld/exe", (long)pid);
    return stat(path, &other) == 0 && stat("/proc/self/exe", &own) == 0 && own.st_ino == other.st_ino &&
           own.st_dev == other.st_dev;
}

/* A worker dies with its parent, but not at once. */
static bool is_gone(pid_t pid) {
    for (int i = 0; i < DYING_MS; i++) {
        char state;
        pid_t parent;
        if (!process_state(pid, &state, &parent) || state == 'Z' || state == 'X' || !is_our_program(pid)) return true;
        if (is_our_program(parent)) return false;
        usleep(1000);
    }
    return false;
}

/* NAME.HOST-PID.tmp of this host, whose process is no more. */
static bool is_left_over(const char *name, const char *host) {
    size_t n = strlen(name), h = strlen(host);
    if (n < 5 || strcmp(name + n - 4, ".tmp") != 0) return false;
    size_t digits = n - 4;
    while (digits > 0 && name[digits - 1] >= '0' && name[digits - 1] <= '9') digits--;
    if (digits == n - 4 || digits < h + 2 || name[digits - 1] != '-') return false;
    if (name[digits - 2 - h] != '.' || strncmp(name + digits - 1 - h, host, h) != 0) return false;
    long pid = strtol(name + digits, NULL, 10);
    return pid > 0 && is_gone((pid_t)pid);
}

static void sweep(const char *folder, const char *host, int depth) {
    DIR *d = depth < 32 ? opendir(folder) : NULL;
    struct buf path = {0};
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        path_join(&path, folder, e->d_name);
        bool folder_below = e->d_type == DT_DIR || (e->d_type == DT_UNKNOWN && lstat(path.p, &st) == 0 && S_ISDIR(st.st_mode));
        if (folder_below) sweep(path.p, host, depth + 1);
        else if (is_left_over(e->d_name, host)) unlink(path.p);
    }
    if (d) closedir(d);
    buf_free(&path);
}

/* The file says "busy" while a build runs. */
static void mark(struct lock *l, const char *word) {
    if (ftruncate(l->fd, 0) != 0 || pwrite(l->fd, word, strlen(word), 0) < 0) return;
}

struct lock *lock_take(const char *folder, const char *name, bool wait, bool *busy) {
    struct buf dir = {0}, path = {0};
    *busy = false;
    path_join(&dir, folder, ".sotay");
    buf_fmt(&path, "%s/%s.lock", dir.p, name);
    int fd = dir_make(dir.p) == 0 ? open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    buf_free(&dir);
    buf_free(&path);
    if (fd < 0) return NULL;
    int failed;
    do failed = flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB));
    while (failed && errno == EINTR);
    if (failed) {
        *busy = errno == EWOULDBLOCK;
        close(fd);
        return NULL;
    }
    struct lock *l = mem_alloc(sizeof *l);
    l->fd = fd;
    char word[8] = "", host[HOST_NAME_MAX + 1] = "";
    gethostname(host, sizeof host - 1);
    l->swept = pread(fd, word, sizeof word - 1, 0) > 0;
    if (l->swept) sweep(folder, host, 0);
    mark(l, "busy\n");
    return l;
}

bool lock_swept(const struct lock *l) {
    return l->swept;
}

void lock_forget(struct lock *l) {
    if (l) close(l->fd);
}

void lock_release(struct lock *l) {
    if (!l) return;
    mark(l, "");
    close(l->fd);
    mem_free(l);
}
