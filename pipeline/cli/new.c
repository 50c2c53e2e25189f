/* sotay new KIND ID: in an empty folder begins a project; copies styles/templates/KIND into content/, with @ID@ and
 * @DATE@ filled in.  Files named @ID@... stand in content/ itself, and so do
 * those named @SHARED@..., which are not copied where one is there. */
#include "cli/new.h"

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
    const struct document_issue *last; /* to carry over from, or NULL */
    const char **fresh;                /* the template's parts, then NULL */
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

static bool is_settings(const char *path) {
    const char *slash = strrchr(path, '/');
    return strcmp(slash ? slash + 1 : path, "publication.yaml") == 0;
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
    else if (k->last && is_settings(from)) new_carry_settings(&filled, k->last, k->fresh, k->id, k->date, &text);
    else fill_in(k, &filled, text.p, text.n);
    bool good = !e && write_file(k, to, &filled);
    buf_free(&text);
    buf_free(&filled);
    return good;
}

/* A file of the last issue. */
static void last_path(const struct copying *k, struct buf *out, const char *name) {
    struct buf dir = {0};
    path_join(&dir, k->c->project, k->last->dir);
    path_join(out, dir.p, name);
    buf_free(&dir);
}

/* content/NAME of a template's file @SHARED@NAME; false for other files. */
static bool shared_path(const struct copying *k, const char *name, struct buf *target) {
    static const char mark[] = "@SHARED@";
    if (strncmp(name, mark, sizeof mark - 1) != 0) return false;
    path_join(target, k->content.p, name + sizeof mark - 1);
    return true;
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
        if (top && shared_path(k, names[i], &target) && file_exists(target.p)) continue;
        if (k->last && top && new_is_standing(k->last, names[i])) continue;
        if (k->last && top && is_settings(source.p)) last_path(k, &source, "publication.yaml");
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

static bool is_picture(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".md") != 0 && strcmp(dot, ".yaml") != 0 && strcmp(dot, ".lock") != 0;
}

/* The standing parts of the last issue, and the files they name. */
static bool copy_standing(struct copying *k, const char *to, bool look) {
    struct buf dir = {0}, source = {0}, target = {0}, text = {0};
    path_join(&dir, k->c->project, k->last->dir);
    size_t n;
    char **names = list_dir(dir.p, &n);
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        path_join(&source, dir.p, names[i]);
        if (new_is_standing(k->last, names[i])) file_read(&text, source.p);
    }
    for (size_t i = 0; i < n && good; i++) {
        bool named = is_picture(names[i]) && strstr(buf_cstr(&text), names[i]);
        if (!named && !new_is_standing(k->last, names[i])) continue;
        path_join(&source, dir.p, names[i]);
        path_join(&target, to, names[i]);
        good = (look && !file_exists(target.p)) || (named && file_exists(target.p)) || copy_file(k, source.p, target.p, look);
    }
    free_names(names, n);
    buf_free(&dir);
    buf_free(&source);
    buf_free(&target);
    buf_free(&text);
    return good;
}

/* The template's parts that are not standing ones of the last issue. */
static void find_fresh(struct copying *k, const char *template) {
    size_t n, count = 0, cap = 0;
    char **names = list_dir(template, &n);
    for (size_t i = 0; i < n; i++) {
        size_t stem = strcspn(names[i], ".");
        bool part = strlen(names[i]) > 3 && strcmp(names[i] + strlen(names[i]) - 3, ".md") == 0;
        if (!part || new_is_standing(k->last, names[i])) continue;
        names[i][stem] = 0;
        if (count && strcmp(k->fresh[count - 1], names[i]) == 0) continue;
        k->fresh = mem_grow(k->fresh, &cap, count + 2, sizeof *k->fresh);
        k->fresh[count++] = str_intern(names[i], stem);
        k->fresh[count] = NULL;
    }
    if (!count) k->fresh = mem_alloc(sizeof *k->fresh);
    free_names(names, n);
}

/* False after an error: no such issue, or one of another kind. */
static bool find_last(struct copying *k, struct workshop *w, struct document_issue *last) {
    const struct options *o = &k->c->o;
    if (!o->from) return true;
    if (!document_find_issue(last, w, o->from, k->c->diags)) return false;
    k->last = last;
    if (strcmp(last->kind, o->args[0]) == 0) return true;
    diag_add(k->c->diags, DIAG_OTHER_KIND, (struct pos){0}, last->id, last->kind);
    return false;
}

static bool copy_all(struct copying *k, const char *from, const char *to, bool look) {
    return copy_dir(k, from, to, true, look) && (!k->last || copy_standing(k, to, look));
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
        for (size_t i = 0; i < n; i++)
            if (!strchr(names[i], '.')) buf_fmt(out, "%s%s", out->n ? ", " : "", names[i]);
        diag_add(c->diags, DIAG_NO_TEMPLATE, (struct pos){0}, c->o.args[0], buf_cstr(out));
        free_names(names, n);
    }
    buf_free(&all);
    return good;
}

/* An empty folder becomes a project, whose styles are the program's. */
static bool begins_project(struct cli *c) {
    struct stat st;
    const char *dir = c->project ? c->project : ".";
    if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode)) return false;
    size_t n;
    char **names = list_dir(dir, &n);
    free_names(names, n);
    if (!n && !c->project) c->project = mem_strdup(dir);
    return n == 0;
}

static bool copy_settings(struct copying *k, struct workshop *w) {
    struct buf from = {0}, to = {0};
    path_join(&from, workshop_styles(w), "templates/sotay.yaml");
    path_join(&to, k->content.p, "sotay.yaml");
    bool good = copy_file(k, from.p, to.p, false);
    buf_free(&from);
    buf_free(&to);
    return good;
}

int cli_new(struct cli *c) {
    if (c->o.arg_count != 2) return options_wrong(&c->o, "new takes a kind and an id");
    if (!is_id(c->o.args[1]))
        return options_wrong(&c->o, "an id is of small letters, digits and -, and begins with a letter (not %s)",
                             c->o.args[1]);
    bool begins = begins_project(c);
    struct workshop *w = begins ? workshop_open(c->project, false, c->diags) : cli_workshop(c, false);
    if (!w) return 2;
    struct copying k = {.c = c, .id = c->o.args[1]};
    struct buf from = {0}, to = {0};
    int status = 2;
    today(k.date);
    path_join(&k.content, c->project, "content");
    path_join(&to, k.content.p, k.id);
    struct document_issue last;
    bool good = find_template(c, w, &from) && find_last(&k, w, &last);
    if (good && k.last) find_fresh(&k, from.p);
    if (good && begins) good = copy_settings(&k, w);
    if (good && copy_all(&k, from.p, to.p, true)) {
        copy_all(&k, from.p, to.p, false);
        status = document_status(c->diags);
    }
    mem_free(k.fresh);
    fwrite(buf_cstr(&k.made), 1, k.made.n, stdout);
    buf_free(&k.content);
    buf_free(&k.made);
    buf_free(&from);
    buf_free(&to);
    workshop_close(w);
    return status;
}
