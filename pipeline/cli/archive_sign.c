/* archive add --sign: the key, and its password, which is never an argument. */
#include "cli/archive_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

static void wipe(struct buf *b) {
    if (b->p) explicit_bzero(b->p, b->cap);
    buf_free(b);
}

/* From the terminal, unseen; false where there is none. */
static bool ask(struct buf *out, const char *file) {
    char line[256];
    struct termios old, blind;
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || tcgetattr(fd, &old) != 0) {
        if (fd >= 0) close(fd);
        return false;
    }
    blind = old;
    blind.c_lflag &= ~(tcflag_t)ECHO;
    dprintf(fd, "%s: ", file);
    tcsetattr(fd, TCSAFLUSH, &blind);
    ssize_t n = read(fd, line, sizeof line);
    tcsetattr(fd, TCSAFLUSH, &old);
    dprintf(fd, "\n");
    close(fd);
    if (n > 0 && line[n - 1] == '\n') n--;
    if (n > 0) buf_put(out, line, (size_t)n);
    explicit_bzero(line, sizeof line);
    return n >= 0;
}

/* The first line of --password-file, else the environment, whose children shall
 * not have it, else what the terminal says. */
static bool read_password(struct cli *c, struct buf *out) {
    const char *known = getenv("SOTAY_SIGN_PASSWORD");
    if (c->o.password_file) {
        int e = file_read(out, c->o.password_file);
        if (e) diag_add(c->diags, DIAG_CANNOT_READ, (struct pos){0}, c->o.password_file, strerror(e));
        out->n = strcspn(buf_cstr(out), "\r\n");
        if (out->p) out->p[out->n] = 0;
        return !e;
    }
    if (known) buf_str(out, known);
    unsetenv("SOTAY_SIGN_PASSWORD");
    if (known || ask(out, c->o.sign)) return true;
    options_wrong(&c->o, "no terminal to ask for the password of %s: --password-file FILE, or SOTAY_SIGN_PASSWORD",
                  c->o.sign);
    return false;
}

bool cli_signer_open(struct cli *c, struct workshop *w, struct archive_signer **s, int *status) {
    struct buf password = {0};
    const char *url = workshop_timestamp(w);
    const struct archive_authority authority = {url && *url ? url : NULL, c->o.timeout};
    *s = NULL;
    *status = 0;
    if (!c->o.sign) return true;
    bool asked = read_password(c, &password);
    if (asked) *s = archive_signer_open(c->o.sign, &password, &authority, c->diags);
    if (!*s) {
        *status = cli_archive_status(c, true);
        if (!*status) *status = 2;
    }
    wipe(&password);
    return *s != NULL;
}
