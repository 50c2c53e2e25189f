/* The text of a PDF, by poppler's pdftotext. */
#include "archive/private.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int spawn(pid_t *pid, const char *pdf, int out) {
    char *const args[] = {
        (char *)"pdftotext", (char *)"-enc", (char *)"UTF-8", (char *)"-q", (char *)pdf, (char *)"-", NULL};
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
    int e = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!e) e = posix_spawnp(pid, args[0], &actions, NULL, args, environ);
    posix_spawn_file_actions_destroy(&actions);
    return e;
}

int archive_pdf_text(struct buf *out, const char *pdf) {
    int ends[2], status = 0;
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    int e = spawn(&pid, pdf, ends[1]);
    close(ends[1]);
    if (!e) {
        e = file_read_from(out, ends[0]);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
        if (!e && WIFEXITED(status) && WEXITSTATUS(status) == 127) e = ENOENT;
        else if (!e && status) e = EINVAL;
    }
    close(ends[0]);
    return e;
}
