/* sotay archive: what was issued, kept (archive/archive.h).  Its actions stand at the end. */
#include "cli/archive_parts.h"

#include <errno.h>
#include <ftw.h>

int cli_archive_status(const struct cli *c, bool good) {
    int status = document_status(c->diags);
    return status ? status : good ? 0 : 1;
}

int cli_archive_print(struct cli *c, const struct buf *b) {
    if (fwrite(buf_cstr(b), 1, b->n, stdout) == b->n && fflush(stdout) == 0) return 0;
    diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, "-", strerror(errno));
    return 3;
}

/* ---- where it is ---------------------------------------------------------------- */

/* --root, else what sotay.yaml says, else archive/ in the project. */
static bool find_root(struct cli *c, struct buf *root) {
    if (c->o.root) {
        buf_str(root, c->o.root);
        return true;
    }
    struct workshop *w = cli_workshop(c, true);
    if (!w) return false;
    const char *told = workshop_archive(w);
    path_join(root, workshop_project(w), told ? told : "archive");
    workshop_close(w);
    return true;
}

struct archive *cli_archive_open(struct cli *c, enum archive_mode mode, int *status) {
    struct buf root = {0};
    bool busy = false;
    if (mode == ARCHIVE_WRITE && c->o.wait) mode = ARCHIVE_WAIT;
    struct archive *a = find_root(c, &root) ? archive_open(root.p, mode, &busy, c->diags) : NULL;
    *status = busy ? 75 : c->project || c->o.root ? cli_archive_status(c, a != NULL) : 2;
    buf_free(&root);
    return a;
}

/* ---- what the actions share ------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

bool cli_temp_make(struct cli *c, struct buf *dir) {
    const char *tmp = getenv("TMPDIR");
    buf_fmt(dir, "%s/sotay.XXXXXX", tmp && *tmp ? tmp : P_tmpdir);
    if (mkdtemp(dir->p)) return true;
    diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, dir->p, strerror(errno));
    return false;
}

void cli_temp_drop(struct buf *dir) {
    if (dir->n) nftw(dir->p, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    buf_free(dir);
}

const char *cli_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void cli_json_member(struct buf *b, const char *name, const char *value) {
    buf_fmt(b, "\"%s\": \"", name);
    buf_json(b, value);
    buf_char(b, '"');
}

void cli_json_next(struct buf *b, const char *name, const char *value) {
    if (b->p[b->n - 1] != '{') buf_str(b, ", ");
    cli_json_member(b, name, value);
}

int cli_archive_read(struct cli *c, bool (*use)(struct cli *, struct archive *, struct buf *)) {
    int status;
    struct archive *a = cli_archive_open(c, ARCHIVE_READ, &status);
    struct buf out = {0};
    if (a) status = cli_archive_status(c, use(c, a, &out));
    if (a && out.n) {
        int shown = cli_archive_print(c, &out);
        if (shown) status = shown;
    }
    buf_free(&out);
    archive_close(a);
    return status;
}

int cli_version_of(const char *s) {
    char *end;
    long n = strtol(s + (*s == 'v'), &end, 10);
    return *end || n < 1 || n > INT32_MAX ? -1 : (int)n;
}

/* ---- looking ---------------------------------------------------------------------- */

struct listing {
    struct cli *c;
    struct buf out;
};

static void list_one(void *arg, const struct archive_entry *e) {
    struct listing *l = arg;
    if (l->c->o.messages != MESSAGES_JSON) {
        buf_fmt(&l->out, "%-28s %-4s %-10s %-10s %s\n", e->id, e->head, e->date, e->kind, e->title);
        return;
    }
    buf_char(&l->out, '{');
    cli_json_next(&l->out, "id", e->id);
    cli_json_next(&l->out, "head", e->head);
    cli_json_next(&l->out, "kind", e->kind);
    cli_json_next(&l->out, "number", e->number);
    cli_json_next(&l->out, "date", e->date);
    cli_json_next(&l->out, "languages", e->languages);
    cli_json_next(&l->out, "class", e->class_name);
    cli_json_next(&l->out, "title", e->title);
    buf_str(&l->out, "}\n");
}

static void hit_one(void *arg, const struct archive_hit *h) {
    struct listing *l = arg;
    if (l->c->o.messages != MESSAGES_JSON) {
        if (h->page) buf_fmt(&l->out, "%s, %s, page %d: %s\n", h->id, h->file, h->page, h->excerpt);
        else buf_fmt(&l->out, "%s: %s\n", h->id, h->title);
        return;
    }
    buf_char(&l->out, '{');
    cli_json_next(&l->out, "id", h->id);
    cli_json_next(&l->out, "title", h->title);
    cli_json_next(&l->out, "date", h->date);
    cli_json_next(&l->out, "file", h->file);
    buf_fmt(&l->out, ", \"page\": %d", h->page);
    cli_json_next(&l->out, "excerpt", h->excerpt);
    buf_str(&l->out, "}\n");
}

static bool use_list(struct cli *c, struct archive *a, struct buf *out) {
    struct listing l = {c, {0}};
    bool good = archive_list(a, list_one, &l);
    *out = l.out;
    return good;
}

static bool use_search(struct cli *c, struct archive *a, struct buf *out) {
    struct listing l = {c, {0}};
    struct buf query = {0};
    for (size_t i = 1; i < c->o.arg_count; i++) {
        /* An argument with blanks is a phrase, as the shell's quotes meant it. */
        bool phrase = strchr(c->o.args[i], ' ') && !strchr(c->o.args[i], '"');
        buf_fmt(&query, phrase ? "%s\"%s\"" : "%s%s", i > 1 ? " " : "", c->o.args[i]);
    }
    bool good = archive_search(a, buf_cstr(&query), c->o.limit ? c->o.limit : 20, hit_one, &l);
    buf_free(&query);
    *out = l.out;
    return good;
}

static bool use_show(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0};
    bool good = archive_resolve(a, c->o.args[1], &id) && archive_show(a, id.p, out);
    buf_free(&id);
    return good;
}

static bool use_log(struct cli *c, struct archive *a, struct buf *out) {
    (void)c;
    return archive_log(a, out);
}

static bool use_get(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0};
    int version = c->o.arg_count > 2 ? cli_version_of(c->o.args[2]) : 0;
    (void)out;
    bool good = archive_resolve(a, c->o.args[1], &id) &&
                archive_get(a, id.p, version, "", c->o.output ? c->o.output : ".");
    buf_free(&id);
    return good;
}

/* ---- the commands ------------------------------------------------------------------- */

static int archive_new(struct cli *c) {
    struct buf root = {0};
    int status = find_root(c, &root) ? cli_archive_status(c, archive_init(root.p, c->diags))
                 : c->project        ? cli_archive_status(c, false)
                                     : 2;
    buf_free(&root);
    return status;
}

static int archive_list_all(struct cli *c) { return cli_archive_read(c, use_list); }
static int archive_find(struct cli *c) { return cli_archive_read(c, use_search); }
static int archive_tell(struct cli *c) { return cli_archive_read(c, use_show); }
static int archive_take(struct cli *c) { return cli_archive_read(c, use_get); }
static int archive_print_log(struct cli *c) { return cli_archive_read(c, use_log); }

static const struct {
    const char *name, *arguments, *help;
    size_t least, most; /* arguments */
    int (*run)(struct cli *c);
} actions[] = {
    {"init", "", "make an empty archive", 0, 0, archive_new},
    {"add", "ID ...", "build publications and keep them", 1, SIZE_MAX, cli_archive_add},
    {"list", "", "all objects", 0, 0, archive_list_all},
    {"show", "ID", "versions and files of an object, as JSON", 1, 1, archive_tell},
    {"get", "ID [vN]", "copy the files of a version into a folder (-o)", 1, 2, archive_take},
    {"search", "WORD ...", "find pages; fields: kind: number: date: lang: class: id: cites: serves:", 1,
     SIZE_MAX, archive_find},
    {"verify", "", "every byte against inventories, log and catalogue", 0, 0, cli_archive_verify},
    {"stamp", "[URL]", "have a time-stamp authority confirm the log (RFC 3161)", 0, 1, cli_archive_stamp},
    {"export", "[ID ...]",
     "write objects as a BagIt bag (-o); --format site: a web site; pdf: one's PDFs and receipt", 0, SIZE_MAX,
     cli_archive_send},
    {"import", "FOLDER|CSV",
     "take in such a bag, or old PDFs by a list: id, file, kind, number, date, organisation, title, class", 1, 1,
     cli_archive_receive},
    {"rebuild", "[ID vN]", "make the catalogue again; or a version's PDFs from its sources, and compare", 0,
     2, cli_archive_again},
    {"log", "", "what came when", 0, 0, archive_print_log},
};

int cli_archive(struct cli *c) {
    if (!c->o.arg_count)
        return options_wrong(&c->o, "archive needs an action: init, add, list, show, get, search, verify, "
                                    "stamp, export, import, rebuild or log");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, c->o.args[0]) != 0) continue;
        size_t n = c->o.arg_count - 1;
        bool version = (actions[i].run == archive_take && n == 2) ||
                       (actions[i].run == cli_archive_again && n);
        if (n < actions[i].least || n > actions[i].most ||
            (version && (n != 2 || cli_version_of(c->o.args[2]) < 1)))
            return options_wrong(&c->o, "usage: sotay archive %s %s", actions[i].name, actions[i].arguments);
        return actions[i].run(c);
    }
    return options_wrong(&c->o, "archive has no action %s", c->o.args[0]);
}

void cli_archive_help(struct buf *out) {
    buf_str(out, "\nActions:\n");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        buf_fmt(out, "  %-8s %-12s %s\n", actions[i].name, actions[i].arguments, actions[i].help);
}
