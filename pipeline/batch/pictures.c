/* Pictures of pages, by poppler's pdftoppm. */
#include "batch/report.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

enum { AT_ONCE_MAX = 64 };

extern char **environ;

static bool is_fresh(const char *from, const char *to) {
    struct buf png = {0};
    buf_fmt(&png, "%s.png", to);
    struct stamp a = stamp_at(from), b = stamp_at(png.p);
    buf_free(&png);
    return b.size > 0 && a.mtime <= b.mtime;
}

static pid_t start(const char *from, const char *to, int resolution) {
    char dots[16];
    struct buf dir = {0};
    snprintf(dots, sizeof dots, "%d", resolution);
    path_dir(&dir, to);
    dir_make(dir.p);
    buf_free(&dir);
    const char *const args[] = {"pdftoppm", "-q", "-r", dots, "-f", "1", "-singlefile", "-png", from, to, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = -1;
    int e = posix_spawnp(&pid, args[0], &actions, NULL, (char *const *)(uintptr_t)args, environ);
    posix_spawn_file_actions_destroy(&actions);
    return e ? -1 : pid;
}

void pictures_make(const char *const *from, const char *const *to, size_t n, int workers, int resolution) {
    int running = 0, most = workers < AT_ONCE_MAX ? workers : AT_ONCE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (is_fresh(from[i], to[i])) continue;
        if (running == most && waitpid(-1, NULL, 0) > 0) running--;
        if (start(from[i], to[i], resolution) < 0) break; /* there is no pdftoppm */
        running++;
    }
    while (running > 0)
        if (waitpid(-1, NULL, 0) > 0 || errno != EINTR) running--;
}
