/* sotay new KIND ID: copies styles/templates/KIND into content/, with @ID@ and
 * @DATE@ filled in.  Files named @ID@... stand in content/ itself. */
#include "cli/cli.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <time.h>

struct copying {
    struct cli *c;
    const char *id;
    char date[16];
    struct buf content; /* project/content */
    struct buf made;    /* paths written, a line each */
};

/* A name for files, ids and XML alike. */
static bool is_id(const char *s) {
    if (!islower((unsigned char)*s)) return false;
    for (; *s; s++)
        if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '-') return false;
    return true;
}

static void today(char out[16]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t t = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm tm;
    localtime_r(&t, &tm);
    strftime(out, 16, "%Y-%m-%d", &tm);
}

static void fill_in(const struct copying *k, struct buf *out, const char *text, size_t n) {
    buf_clear(out);
    for (const char *p = text, *end = text + n; p < end;) {
        if (end - p >= 4 && memcmp(p, "@ID@", 4) == 0) {
            buf_str(out, k->id);
            p += 4;
        } else if (end - p >= 6 && memcmp(p, "@DATE@", 6) == 0) {
            buf_str(out, k->date);
            p += 6;
        } else {
            buf_char(out, *p++);
        }
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char **list_dir(const char *dir, size_t *count) {
    char **names = NULL;
    size_t n = 0, cap = 0;
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        names = mem_grow(names, &cap, n + 1, sizeof *names);
        names[n++] = mem_strdup(e->d_name);
    }
    if (d) closedir(d);
    if (n) qsort(names, n, sizeof *names, by_name);
    *count = n;
    return names;
}

static void free_names(char **names, size_t n) {
    for (size_t i = 0; i < n; i++) mem_free(names[i]);
    mem_free(names);
}

static bool write_file(struct copying *k, const char *to, const struct buf *b) {
    struct buf dir = {0};
    path_dir(&dir, to);
    int e = dir_make(dir.p);
    struct out_file *f = e ? NULL : out_open(to, &e);
    if (f) {
        out_write(f, buf_cstr(b), b->n);
        e = out_commit(f);
    }
    buf_free(&dir);
    if (e) diag_add(k->c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, to, strerror(e));
    else buf_fmt(&k->made, "%s\n", to);
    return !e;
}

/* Copies a file, or only looks whether it could be. */
static bool copy_file(struct copying *k, const char *from, const char *to, bool look) {
    struct diags *diags = k->c->diags;
    if (look && file_exists(to)) {
        diag_add(diags, DIAG_ALREADY_THERE, (struct pos){0}, to);
        return false;
    }
    if (look) return true;
    struct buf text = {0}, filled = {0};
    int e = file_read(&text, from);
    if (e) diag_add(diags, DIAG_CANNOT_READ, (struct pos){0}, from, strerror(e));
    else fill_in(k, &filled, text.p, text.n);
    bool good = !e && write_file(k, to, &filled);
    buf_free(&text);
    buf_free(&filled);
    return good;
}

static bool copy_dir(struct copying *k, const char *from, const char *to, bool top, bool look) {
    size_t n;
    char **names = list_dir(from, &n);
    struct buf source = {0}, target = {0}, name = {0};
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        struct stat st;
        path_join(&source, from, names[i]);
        fill_in(k, &name, names[i], strlen(names[i]));
        path_join(&target, top && strncmp(names[i], "@ID@", 4) == 0 ? k->content.p : to, name.p);
        if (stat(source.p, &st) != 0) continue;
        good = S_ISDIR(st.st_mode) ? copy_dir(k, source.p, target.p, false, look)
                                   : copy_file(k, source.p, target.p, look);
    }
    free_names(names, n);
    buf_free(&source);
    buf_free(&target);
    buf_free(&name);
    return good;
}

static bool find_template(struct cli *c, struct workshop *w, struct buf *out) {
    struct buf all = {0};
    struct stat st;
    path_join(&all, workshop_styles(w), "templates");
    path_join(out, all.p, c->o.args[0]);
    bool good = !strchr(c->o.args[0], '/') && c->o.args[0][0] != '.' && stat(out->p, &st) == 0 && S_ISDIR(st.st_mode);
    if (!good) {
        size_t n;
        char **names = list_dir(all.p, &n);
        buf_clear(out);
        for (size_t i = 0; i < n; i++) buf_fmt(out, "%s%s", i ? ", " : "", names[i]);
        diag_add(c->diags, DIAG_NO_TEMPLATE, (struct pos){0}, c->o.args[0], buf_cstr(out));
        free_names(names, n);
    }
    buf_free(&all);
    return good;
}

int cli_new(struct cli *c) {
    if (c->o.arg_count != 2) return options_wrong(&c->o, "new takes a kind and an id");
    if (!is_id(c->o.args[1]))
        return options_wrong(&c->o, "an id is of small letters, digits and -, and begins with a letter (not %s)",
                             c->o.args[1]);
    struct workshop *w = cli_workshop(c, false);
    if (!w) return 2;
    struct copying k = {.c = c, .id = c->o.args[1]};
    struct buf from = {0}, to = {0};
    int status = 2;
    today(k.date);
    path_join(&k.content, c->project, "content");
    path_join(&to, k.content.p, k.id);
    if (find_template(c, w, &from) && copy_dir(&k, from.p, to.p, true, true)) {
        copy_dir(&k, from.p, to.p, true, false);
        status = document_status(c->diags);
    }
    fwrite(buf_cstr(&k.made), 1, k.made.n, stdout);
    buf_free(&k.content);
    buf_free(&k.made);
    buf_free(&from);
    buf_free(&to);
    workshop_close(w);
    return status;
}
