/* sotay archive export, import, stamp: what leaves the archive and comes to it. */
#include "cli/archive_parts.h"

#include <glob.h>
#include <strings.h>

/* ---- out and in --------------------------------------------------------------------- */

/* One version's PDFs with their receipt. */
static bool use_receipt(struct cli *c, struct archive *a, struct buf *out) {
    struct buf id = {0};
    int version = c->o.arg_count > 2 ? cli_version_of(c->o.args[2]) : 0;
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

int cli_archive_send(struct cli *c) {
    if (!c->o.output) return options_wrong(&c->o, "archive export needs -o FOLDER");
    if (c->o.form != FORM_PDF) return cli_archive_read(c, use_export);
    size_t n = c->o.arg_count - 1;
    if (n < 1 || n > 2 || (n == 2 && cli_version_of(c->o.args[2]) < 1))
        return options_wrong(&c->o, "usage: sotay archive export --format pdf ID [vN] -o FOLDER");
    return cli_archive_read(c, use_receipt);
}

int cli_archive_stamp(struct cli *c) {
    int status;
    bool stamped = false;
    size_t lines = 0;
    struct workshop *w = c->o.arg_count < 2 ? cli_workshop(c, true) : NULL;
    const char *url = c->o.arg_count < 2 ? (w ? workshop_timestamp(w) : NULL) : c->o.args[1];
    const struct archive_authority authority = {url, c->o.timeout};
    struct archive *a = url ? cli_archive_open(c, ARCHIVE_WRITE, &status) : NULL;
    if (!url)
        status = options_wrong(
            &c->o, "archive stamp needs the URL of a time-stamp authority, or timestamp: in sotay.yaml");
    if (a) status = cli_archive_status(c, archive_stamp(a, &authority, &stamped, &lines));
    if (a && !status && !c->o.quiet)
        printf("%s %zu lines\n", stamped ? "stamped" : "already stamped:", lines);
    archive_close(a);
    workshop_close(w);
    return status;
}

static void imported(void *arg, const char *id, enum archive_result r, int version) {
    buf_fmt(arg, "%s %s v%d\n", r == ARCHIVE_SAME ? "same" : "added", id, version);
}

/* A list: a CSV file, or the only one of a folder.  false (told): neither that nor a bag. */
static bool find_list(struct cli *c, struct buf *list) {
    const char *given = c->o.args[1];
    glob_t found = {0};
    struct buf pattern = {0};
    size_t n = strlen(given);
    if (n > 4 && strcasecmp(given + n - 4, ".csv") == 0) {
        buf_str(list, given);
        return true;
    }
    buf_fmt(&pattern, "%s/bagit.txt", given);
    bool bag = file_exists(pattern.p);
    buf_clear(&pattern);
    buf_fmt(&pattern, "%s/*.[cC][sS][vV]", given);
    if (!bag && glob(pattern.p, 0, NULL, &found) == 0 && found.gl_pathc == 1) buf_str(list, found.gl_pathv[0]);
    globfree(&found);
    buf_free(&pattern);
    if (bag || list->n) return true;
    diag_add(c->diags, DIAG_ARCHIVE_BAG, (struct pos){str_intern(given, n), 0, 0},
             "neither bagit.txt nor one CSV file is in it");
    return false;
}

int cli_archive_receive(struct cli *c) {
    int status = 1;
    struct buf out = {0}, list = {0};
    const char *verapdf = c->o.verapdf ? c->o.verapdf : "verapdf";
    const struct archive_list_options o = {.agent = "sotay " SOTAY_VERSION,
                                           .message = c->o.message ? c->o.message : "taken in",
                                           .correction = c->o.correction,
                                           .keep_going = c->o.keep_going,
                                           .verapdf = strcmp(verapdf, "none") == 0 ? NULL : verapdf,
                                           .verapdf_must = c->o.verapdf != NULL};
    struct archive *a = find_list(c, &list) ? cli_archive_open(c, ARCHIVE_WRITE, &status) : NULL;
    if (a)
        status = cli_archive_status(c, list.n ? archive_import_list(a, list.p, &o, imported, &out)
                                              : archive_import_bag(a, c->o.args[1], imported, &out));
    int shown = cli_archive_print(c, &out);
    buf_free(&out);
    buf_free(&list);
    archive_close(a);
    return shown > status ? shown : status;
}
