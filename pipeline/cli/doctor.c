/* sotay doctor: what a bug report needs. */
#include "cli/cli.h"

#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

static void print_limit(struct buf *b, const char *name, int which) {
    struct rlimit l;
    if (getrlimit(which, &l) != 0) return;
    if (l.rlim_cur == RLIM_INFINITY) buf_fmt(b, "  %-14s unlimited\n", name);
    else buf_fmt(b, "  %-14s %llu\n", name, (unsigned long long)l.rlim_cur);
}

static void print_machine(struct buf *b) {
    struct utsname u;
    if (uname(&u) == 0) buf_fmt(b, "system: %s %s %s\n", u.sysname, u.release, u.machine);
    buf_fmt(b, "cores: %ld\n", sysconf(_SC_NPROCESSORS_ONLN));
    buf_str(b, "limits:\n");
    print_limit(b, "address space", RLIMIT_AS);
    print_limit(b, "file size", RLIMIT_FSIZE);
    print_limit(b, "open files", RLIMIT_NOFILE);
    print_limit(b, "stack", RLIMIT_STACK);
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "TMPDIR", "NO_COLOR"};
    buf_str(b, "environment:\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *v = getenv(names[i]);
        if (v) buf_fmt(b, "  %s=%s\n", names[i], v);
    }
}

static int print_fonts(struct buf *b, struct workshop *w) {
    int status = 0;
    const char *family, *name, *file;
    buf_fmt(b, "styles: %s\nfonts:\n", workshop_styles(w));
    for (int32_t i = 0; workshop_font(w, i, &family, &name, &file); i++) {
        char sum[65];
        int e = batch_sha256_file(sum, file);
        if (e) status = 3;
        buf_fmt(b, "  %s  %s (%s)\n", e ? strerror(e) : sum, file, name ? name : family);
    }
    return status;
}

int cli_doctor(struct cli *c) {
    struct buf b = {0};
    if (c->o.arg_count) return options_wrong(&c->o, "doctor takes no arguments");
    buf_str(&b, "sotay " SOTAY_VERSION "\n");
    document_print_versions(&b);
    print_machine(&b);
    buf_fmt(&b, "project: %s\n", c->project ? c->project : "none");
    struct workshop *w = workshop_open(c->project, false, c->diags);
    int status = w ? print_fonts(&b, w) : 3;
    fwrite(buf_cstr(&b), 1, b.n, stdout);
    buf_free(&b);
    workshop_close(w);
    int found = document_status(c->diags);
    return found > status ? found : status;
}
