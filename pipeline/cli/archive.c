/* sotay archive: what was issued, kept (archive/archive.h). */
#include "cli/cli.h"

#include "archive/archive.h"

#include <errno.h>
#include <ftw.h>
#include <unistd.h>

static int archive_status(const struct cli *c, bool good) {
    int status = document_status(c->diags);
    return status ? status : good ? 0 : 1;
}

static int show(struct cli *c, const struct buf *b) {
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

static struct archive *open_archive(struct cli *c, enum archive_mode mode, int *status) {
    struct buf root = {0};
    bool busy = false;
    struct archive *a = find_root(c, &root) ? archive_open(root.p, mode, &busy, c->diags) : NULL;
    *status = busy ? 75 : c->project || c->o.root ? archive_status(c, a != NULL) : 2;
    buf_free(&root);
    return a;
}

/* ---- adding --------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static bool make_temp(struct cli *c, struct buf *dir) {
    const char *tmp = getenv("TMPDIR");
    buf_fmt(dir, "%s/sotay.XXXXXX", tmp && *tmp ? tmp : P_tmpdir);
    if (mkdtemp(dir->p)) return true;
    diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, dir->p, strerror(errno));
    return false;
}

static void drop_temp(struct buf *dir) {
    if (dir->n) nftw(dir->p, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    buf_free(dir);
}

/* What goes into a version; names and bytes in an arena. */
struct adding {
    struct cli *c;
    struct workshop *w;
    struct archive *a;
    struct arena *arena;
    struct diags *found; /* about this publication */
    const char *temp;
    struct archive_item *items;
    size_t n, cap;
};

static void add_item(struct adding *g, const char *name, const char *path, const struct buf *bytes) {
    struct archive_item item = {arena_strdup(g->arena, name), NULL, NULL, 0};
    if (path) item.path = arena_strdup(g->arena, path);
    else {
        item.data = arena_memdup(g->arena, buf_cstr(bytes), bytes->n + 1);
        item.size = bytes->n;
    }
    g->items = mem_grow(g->items, &g->cap, g->n + 1, sizeof *g->items);
    g->items[g->n++] = item;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Each PDF, and its text by page; imposed sheets hold the same text again. */
static bool add_outputs(struct adding *g, const struct document *documents, size_t n) {
    struct buf name = {0}, text = {0};
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        const char *base = base_name(documents[i].output);
        buf_clear(&name);
        buf_fmt(&name, "pdf/%s", base);
        add_item(g, name.p, documents[i].output, NULL);
        if (strcmp(documents[i].variant, "print") == 0) continue;
        buf_clear(&text);
        int e = archive_pdf_text(&text, documents[i].output);
        if (e) diag_add(g->c->diags, DIAG_CANNOT_READ, (struct pos){0}, "pdftotext", strerror(e));
        good = !e;
        buf_clear(&name);
        buf_fmt(&name, "text/%s.txt", base);
        add_item(g, name.p, NULL, &text);
    }
    buf_free(&name);
    buf_free(&text);
    return good;
}

static void add_sources(struct adding *g, const struct document *document) {
    struct document_inputs inputs = {0};
    struct buf name = {0};
    document_inputs_find(&inputs, g->w, document, g->found);
    for (size_t i = 0; i < inputs.n; i++) {
        buf_clear(&name);
        buf_fmt(&name, "source/%s", inputs.items[i].name);
        add_item(g, name.p, inputs.items[i].path, NULL);
    }
    document_inputs_free(&inputs);
    buf_free(&name);
}

static void json_member(struct buf *b, const char *name, const char *value) {
    buf_fmt(b, "\"%s\": \"", name);
    buf_json(b, value);
    buf_char(b, '"');
}

/* The program, its libraries and fonts. */
static void add_record(struct adding *g) {
    struct buf b = {0}, versions = {0};
    const char *family, *name, *file, *between = "";
    buf_str(&b, "{");
    json_member(&b, "program", "sotay " SOTAY_VERSION);
    buf_str(&b, ",\n \"libraries\": [");
    document_print_versions(&versions);
    for (char *p = versions.p, *end; p && (end = strchr(p, '\n')); p = end + 1) {
        *end = 0;
        buf_fmt(&b, "%s\"", between);
        buf_json(&b, p);
        buf_char(&b, '"');
        between = ", ";
    }
    buf_str(&b, "],\n \"fonts\": [");
    for (int32_t i = 0; workshop_font(g->w, i, &family, &name, &file); i++) {
        char sum[65];
        if (batch_sha256_file(sum, file) != 0) continue;
        buf_str(&b, i ? ",\n  {" : "\n  {");
        json_member(&b, "file", file);
        buf_str(&b, ", ");
        json_member(&b, "sha256", sum);
        buf_char(&b, '}');
    }
    buf_str(&b, "]}\n");
    add_item(g, "record.json", NULL, &b);
    buf_free(&b);
    buf_free(&versions);
}

/* What was found while it was made, a JSON object a line. */
static void add_report(struct adding *g) {
    struct buf b = {0};
    enum message_format format = g->c->printer.format;
    g->c->printer.format = MESSAGES_JSON;
    for (const struct diag *d = diags_first(g->found); d; d = d->next) printer_render(&g->c->printer, &b, d);
    g->c->printer.format = format;
    add_item(g, "check.jsonl", NULL, &b);
    buf_free(&b);
}

static bool add_edition(struct adding *g, const struct document *document) {
    struct document_options o = {.emit = DOCUMENT_EDITION};
    struct document d = *document;
    struct buf path = {0}, name = {0};
    buf_fmt(&path, "%s/%s.edition.xml", g->temp, d.id);
    d.output = path.p;
    document_build(g->w, &d, 1, &o, NULL, g->found);
    buf_fmt(&name, "%s.edition.xml", d.id);
    add_item(g, name.p, path.p, NULL);
    buf_free(&path);
    buf_free(&name);
    return document_status(g->found) == 0;
}

static bool make_publication(struct adding *g, const struct document *documents, size_t n) {
    struct document_options trial = {.trial = true}, o = {0};
    struct buf facts = {0};
    document_build(g->w, documents, 1, &trial, NULL, g->found);
    if (document_status(g->found) == 0) document_build(g->w, documents, n, &o, NULL, g->found);
    bool good = document_status(g->found) == 0 && add_outputs(g, documents, n) && add_edition(g, documents) &&
                document_describe(&facts, g->w, documents, g->found);
    if (good) {
        add_item(g, "metadata.json", NULL, &facts);
        add_sources(g, documents);
        add_record(g);
        add_report(g);
    }
    buf_free(&facts);
    return good;
}

static int put_publication(struct adding *g, const struct document *d) {
    struct buf id = {0}, said = {0};
    buf_fmt(&id, "%s%s%s", d->id, *d->number ? "/" : "", d->number);
    const struct archive_version v = {
        .id = id.p,
        .message = g->c->o.message ? g->c->o.message : "issued",
        .agent = "sotay " SOTAY_VERSION,
        .correction = g->c->o.correction,
        .items = g->items,
        .n = g->n,
    };
    int version = 0, status = 0;
    enum archive_result r = archive_put(g->a, &v, &version);
    if (r == ARCHIVE_FAILED) status = archive_status(g->c, false);
    else buf_fmt(&said, "%s %s v%d\n", r == ARCHIVE_SAME ? "same" : "added", id.p, version);
    if (!status && !g->c->o.quiet) status = show(g->c, &said);
    buf_free(&id);
    buf_free(&said);
    return status;
}

/* Makes and adds one publication, whose documents stand together. */
static int add_publication(struct cli *c, struct workshop *w, struct archive *a,
                           const struct document *documents, size_t n, const char *temp) {
    struct adding g = {.c = c, .w = w, .a = a, .temp = temp, .arena = arena_new(), .found = diags_new()};
    diags_set_language(g.found, c->language);
    diags_set_sink(g.found, printer_sink, &c->printer);
    bool made = make_publication(&g, documents, n);
    diags_flush(g.found);
    int status = made ? put_publication(&g, documents) : document_status(g.found);
    if (!made && !status) status = archive_status(c, false);
    mem_free(g.items);
    diags_drop(g.found);
    arena_drop(g.arena);
    return status;
}

static int add_all(struct cli *c, struct workshop *w, struct archive *a, const char *temp) {
    struct document_list list = {0};
    struct document_options o = {0};
    int status = document_list_fill(&list, w, c->o.args + 1, c->o.arg_count - 1, temp, &o, c->diags);
    for (size_t i = 0, n; i < list.n && (!status || c->o.keep_going); i += n) {
        for (n = 1; i + n < list.n && document_together(&list.items[i + n], &list.items[i]);) n++;
        int one = add_publication(c, w, a, &list.items[i], n, temp);
        if (one > status) status = one;
    }
    document_list_free(&list);
    if (!archive_follow(a) && !status) status = archive_status(c, false);
    return status;
}

static int archive_add(struct cli *c) {
    int status;
    struct workshop *w = cli_workshop(c, true);
    if (!w) return c->project ? archive_status(c, false) : 2;
    struct archive *a = open_archive(c, ARCHIVE_WRITE, &status);
    struct buf temp = {0};
    if (a) status = make_temp(c, &temp) ? add_all(c, w, a, temp.p) : 3;
    drop_temp(&temp);
    archive_close(a);
    workshop_close(w);
    return status;
}

/* ---- looking ---------------------------------------------------------------------- */

struct listing {
    struct cli *c;
    struct buf out;
};

static void list_member(struct buf *b, const char *name, const char *value) {
    if (b->p[b->n - 1] != '{') buf_str(b, ", ");
    json_member(b, name, value);
}

static void list_one(void *arg, const struct archive_entry *e) {
    struct listing *l = arg;
    if (l->c->o.messages != MESSAGES_JSON) {
        buf_fmt(&l->out, "%-28s %-4s %-10s %-10s %s\n", e->id, e->head, e->date, e->kind, e->title);
        return;
    }
    buf_char(&l->out, '{');
    list_member(&l->out, "id", e->id);
    list_member(&l->out, "head", e->head);
    list_member(&l->out, "kind", e->kind);
    list_member(&l->out, "number", e->number);
    list_member(&l->out, "date", e->date);
    list_member(&l->out, "languages", e->languages);
    list_member(&l->out, "class", e->class_name);
    list_member(&l->out, "title", e->title);
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
    list_member(&l->out, "id", h->id);
    list_member(&l->out, "title", h->title);
    list_member(&l->out, "date", h->date);
    list_member(&l->out, "file", h->file);
    buf_fmt(&l->out, ", \"page\": %d", h->page);
    list_member(&l->out, "excerpt", h->excerpt);
    buf_str(&l->out, "}\n");
}

/* Commands that only read: open, do, print. */
static int reading(struct cli *c, bool (*use)(struct cli *, struct archive *, struct buf *)) {
    int status;
    struct archive *a = open_archive(c, ARCHIVE_READ, &status);
    struct buf out = {0};
    if (a) status = archive_status(c, use(c, a, &out));
    if (a && out.n) {
        int shown = show(c, &out);
        if (shown) status = shown;
    }
    buf_free(&out);
    archive_close(a);
    return status;
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

static int version_of(const char *s) {
    char *end;
    long n = strtol(s + (*s == 'v'), &end, 10);
    return *end || n < 1 || n > INT32_MAX ? -1 : (int)n;
}

static bool use_get(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0};
    int version = c->o.arg_count > 2 ? version_of(c->o.args[2]) : 0;
    (void)out;
    bool good = archive_resolve(a, c->o.args[1], &id) &&
                archive_get(a, id.p, version, "", c->o.output ? c->o.output : ".");
    buf_free(&id);
    return good;
}

/* ---- verifying -------------------------------------------------------------------- */

static void verify_progress(void *arg, size_t done, size_t all) {
    (void)arg;
    fprintf(stderr, "\r%zu/%zu", done, all);
    if (done == all) fputs("\r                    \r", stderr);
}

static bool use_verify(struct cli *c, struct archive *a, struct buf *out) {
    struct archive_verify_options o = {.percent = c->o.sample ? c->o.sample : 100, .since = c->o.since};
    struct archive_verified r;
    if (!c->o.quiet && isatty(STDERR_FILENO)) o.progress = verify_progress;
    bool good = archive_verify(a, &o, &r);
    if (c->o.messages == MESSAGES_JSON)
        buf_fmt(out, "{\"objects\": %zu, \"files\": %zu, \"bytes\": %llu, \"findings\": %zu}\n", r.objects,
                r.files, (unsigned long long)r.bytes, r.findings);
    else
        buf_fmt(out, "%zu objects, %zu files, %llu bytes: %zu findings\n", r.objects, r.files,
                (unsigned long long)r.bytes, r.findings);
    return good && !r.findings;
}

/* ---- making again ------------------------------------------------------------------- */

static bool same_file(const char *a, const char *b) {
    struct buf x = {0}, y = {0};
    bool same = file_read(&x, a) == 0 && file_read(&y, b) == 0 && x.n == y.n &&
                memcmp(buf_cstr(&x), buf_cstr(&y), x.n) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}

/* Builds from the archived sources in TEMP/source and compares with TEMP/pdf. */
static bool build_again(struct cli *c, const char *temp, struct buf *out) {
    struct buf project = {0}, made = {0}, kept = {0};
    struct document_list list = {0};
    struct document_options o = {0};
    buf_fmt(&project, "%s/source", temp);
    buf_fmt(&made, "%s/made", temp);
    struct workshop *w = workshop_open(project.p, true, c->diags);
    bool good = w && document_list_fill(&list, w, NULL, 0, made.p, &o, c->diags) == 0;
    for (size_t i = 0, n; good && i < list.n; i += n) {
        for (n = 1; i + n < list.n && document_together(&list.items[i + n], &list.items[i]);) n++;
        document_build(w, &list.items[i], n, &o, NULL, c->diags);
    }
    bool all = good && list.n;
    for (size_t i = 0; good && i < list.n; i++) {
        buf_clear(&kept);
        buf_fmt(&kept, "%s/pdf/%s", temp, base_name(list.items[i].output));
        bool same = same_file(kept.p, list.items[i].output);
        buf_fmt(out, "%s %s\n", same ? "same" : "differs", base_name(list.items[i].output));
        all = all && same;
    }
    document_list_free(&list);
    workshop_close(w);
    buf_free(&project);
    buf_free(&made);
    buf_free(&kept);
    return all;
}

static bool use_again(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0}, temp = {0};
    bool good = archive_resolve(a, c->o.args[1], &id) && make_temp(c, &temp) &&
                archive_get(a, id.p, version_of(c->o.args[2]), "source/", temp.p) &&
                archive_get(a, id.p, version_of(c->o.args[2]), "pdf/", temp.p) && build_again(c, temp.p, out);
    drop_temp(&temp);
    buf_free(&id);
    return good;
}

static int archive_make_again(struct cli *c) {
    if (c->o.arg_count == 3) return reading(c, use_again);
    int status;
    struct archive *a = open_archive(c, ARCHIVE_WRITE, &status);
    if (a) status = archive_status(c, archive_rebuild(a));
    archive_close(a);
    return status;
}

/* ---- out and in --------------------------------------------------------------------- */

/* One version's PDFs with their receipt. */
static bool use_receipt(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0};
    int version = c->o.arg_count > 2 ? version_of(c->o.args[2]) : 0;
    bool good = archive_resolve(a, c->o.args[1], &id) && archive_receipt(a, id.p, version, c->o.output);
    if (good) buf_fmt(out, "%s\n", c->o.output);
    buf_free(&id);
    return good;
}

static bool export_site(struct cli *c, struct archive *a, const struct archive_choice *choice,
                        struct archive_exported *done) {
    struct workshop *w = workshop_open(c->project, false, c->diags);
    struct buf assets = {0};
    if (w) path_join(&assets, workshop_styles(w), "archive");
    bool good = w && archive_export_site(a, choice, assets.p, c->o.output, done);
    buf_free(&assets);
    workshop_close(w);
    return good;
}

static bool use_export(struct cli *c, struct archive *a, struct buf *out) {
    const char **ids = mem_alloc((c->o.arg_count + 1) * sizeof *ids);
    struct buf *full = mem_alloc((c->o.arg_count + 1) * sizeof *full);
    struct archive_exported done = {0};
    size_t n = c->o.arg_count - 1;
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        good = archive_resolve(a, c->o.args[i + 1], &full[i]) && good;
        ids[i] = full[i].p;
    }
    const struct archive_choice choice = {ids, n, c->o.class_name};
    if (good && c->o.form == FORM_SITE) good = export_site(c, a, &choice, &done);
    else if (good) good = archive_export_bag(a, &choice, c->o.output, &done);
    if (good) buf_fmt(out, "%zu objects in %s", done.objects, c->o.output);
    if (good && done.withheld) buf_fmt(out, ", %zu left out for their class", done.withheld);
    if (good) buf_char(out, '\n');
    for (size_t i = 0; i < n; i++) buf_free(&full[i]);
    mem_free(full);
    mem_free(ids);
    return good;
}

static int archive_send(struct cli *c) {
    if (!c->o.output) return options_wrong(&c->o, "archive export needs -o FOLDER");
    if (c->o.form != FORM_PDF) return reading(c, use_export);
    size_t n = c->o.arg_count - 1;
    if (n < 1 || n > 2 || (n == 2 && version_of(c->o.args[2]) < 1))
        return options_wrong(&c->o, "usage: sotay archive export --format pdf ID [vN] -o FOLDER");
    return reading(c, use_receipt);
}

static int archive_confirm(struct cli *c) {
    int status;
    bool stamped = false;
    size_t lines = 0;
    struct workshop *w = c->o.arg_count < 2 ? cli_workshop(c, true) : NULL;
    const char *url = c->o.arg_count < 2 ? (w ? workshop_timestamp(w) : NULL) : c->o.args[1];
    struct archive *a = url ? open_archive(c, ARCHIVE_WRITE, &status) : NULL;
    if (!url)
        status = options_wrong(
            &c->o, "archive stamp needs the URL of a time-stamp authority, or timestamp: in sotay.yaml");
    if (a) status = archive_status(c, archive_stamp(a, url, &stamped, &lines));
    if (a && !status && !c->o.quiet)
        printf("%s %zu lines\n", stamped ? "stamped" : "already stamped:", lines);
    archive_close(a);
    workshop_close(w);
    return status;
}

static void imported(void *arg, const char *id, enum archive_result r, int version) {
    buf_fmt(arg, "%s %s v%d\n", r == ARCHIVE_SAME ? "same" : "added", id, version);
}

static int archive_receive(struct cli *c) {
    int status;
    struct buf out = {0};
    struct archive *a = open_archive(c, ARCHIVE_WRITE, &status);
    if (a) status = archive_status(c, archive_import_bag(a, c->o.args[1], imported, &out));
    int shown = show(c, &out);
    buf_free(&out);
    archive_close(a);
    return shown > status ? shown : status;
}

/* ---- the commands ------------------------------------------------------------------- */

static int archive_new(struct cli *c) {
    struct buf root = {0};
    int status = find_root(c, &root) ? archive_status(c, archive_init(root.p, c->diags))
                 : c->project        ? archive_status(c, false)
                                     : 2;
    buf_free(&root);
    return status;
}

static int archive_list_all(struct cli *c) { return reading(c, use_list); }
static int archive_find(struct cli *c) { return reading(c, use_search); }
static int archive_tell(struct cli *c) { return reading(c, use_show); }
static int archive_take(struct cli *c) { return reading(c, use_get); }
static int archive_check(struct cli *c) { return reading(c, use_verify); }
static int archive_print_log(struct cli *c) { return reading(c, use_log); }

static const struct {
    const char *name, *arguments, *help;
    size_t least, most; /* arguments */
    int (*run)(struct cli *c);
} actions[] = {
    {"init", "", "make an empty archive", 0, 0, archive_new},
    {"add", "ID ...", "build publications and keep them", 1, SIZE_MAX, archive_add},
    {"list", "", "all objects", 0, 0, archive_list_all},
    {"show", "ID", "versions and files of an object, as JSON", 1, 1, archive_tell},
    {"get", "ID [vN]", "copy the files of a version into a folder (-o)", 1, 2, archive_take},
    {"search", "WORD ...", "find pages; fields: kind: number: date: lang: class: id: cites: serves:", 1,
     SIZE_MAX, archive_find},
    {"verify", "", "every byte against inventories, log and catalogue", 0, 0, archive_check},
    {"stamp", "[URL]", "have a time-stamp authority confirm the log (RFC 3161)", 0, 1, archive_confirm},
    {"export", "[ID ...]",
     "write objects as a BagIt bag (-o); --format site: a web site; pdf: one's PDFs and receipt", 0, SIZE_MAX,
     archive_send},
    {"import", "FOLDER", "take in the objects of such a bag", 1, 1, archive_receive},
    {"rebuild", "[ID vN]", "make the catalogue again; or a version's PDFs from its sources, and compare", 0,
     2, archive_make_again},
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
                       (actions[i].run == archive_make_again && n);
        if (n < actions[i].least || n > actions[i].most ||
            (version && (n != 2 || version_of(c->o.args[2]) < 1)))
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
