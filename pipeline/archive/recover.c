/* What a dead writer left.  Before a version is taken in, its line of the log
 * lies in staging/pending; after it is in and the line is written, pending
 * goes.  So whoever comes next knows: the version is in (then its line is
 * written) or not (then nothing happened). */
#include "archive/private.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int pending_write(struct archive *a, const char *line) {
    struct buf path = {0}, temp = {0};
    archive_path(a, &path, "staging/pending");
    archive_path(a, &temp, "staging/pending.new");
    int e = io_put_synced(temp.p, line, strlen(line));
    if (!e && rename(temp.p, path.p) != 0) e = errno;
    path_dir(&temp, path.p);
    if (!e) e = io_sync_dir(temp.p);
    buf_free(&path);
    buf_free(&temp);
    return e;
}

int pending_done(struct archive *a) {
    struct buf path = {0};
    archive_path(a, &path, "staging/pending");
    int e = unlink(path.p) != 0 && errno != ENOENT ? errno : 0;
    buf_free(&path);
    return e;
}

/* A file of a version becomes the object's: beside it first, then over it. */
static int raise_file(struct archive *a, const char *object, const char *version, const char *name) {
    struct buf from = {0}, temp = {0}, to = {0}, text = {0};
    buf_fmt(&from, "%s/%s/%s", object, version, name);
    archive_path(a, &temp, "staging/raised");
    buf_fmt(&to, "%s/%s", object, name);
    int e = file_read(&text, from.p);
    if (!e && unlink(temp.p) != 0 && errno != ENOENT) e = errno;
    if (!e) e = io_put_synced(temp.p, buf_cstr(&text), text.n);
    if (!e && rename(temp.p, to.p) != 0) e = errno;
    if (!e) e = io_sync_dir(object);
    buf_free(&from);
    buf_free(&temp);
    buf_free(&to);
    buf_free(&text);
    return e;
}

int commit_piecewise(struct archive *a, const char *object, const char *staged, const char *version) {
    struct buf to = {0};
    buf_fmt(&to, "%s/%s", object, version);
    int e = staged ? io_rename_new(staged, to.p) : 0;
    buf_free(&to);
    if (!e) e = io_sync_dir(object);
    if (!e) e = raise_file(a, object, version, "inventory.json");
    if (!e) e = raise_file(a, object, version, "inventory.json.sha512");
    return e;
}

/* Has a folder the inventory with this digest? */
static bool has_inventory(const char *folder, const char *digest) {
    struct buf path = {0};
    char sum[SHA512_HEX + 1];
    uint64_t size;
    buf_fmt(&path, "%s/inventory.json", folder);
    bool good = sha512_file(sum, &size, path.p) == 0 && strcmp(sum, digest) == 0;
    buf_free(&path);
    return good;
}

static int finish(struct archive *a, const char *text, const struct log_line *l) {
    struct buf object = {0}, version = {0};
    ident_object(a, &object, l->id);
    buf_fmt(&version, "%s/%s", object.p, l->version);
    int e = 0;
    /* In whole: the version's folder came with the object or before its inventory. */
    if (has_inventory(version.p, l->inventory)) {
        e = commit_piecewise(a, object.p, NULL, l->version);
        if (!e) e = log_append(a, text);
    }
    buf_free(&object);
    buf_free(&version);
    return e;
}

static int clean_staging(struct archive *a) {
    struct buf path = {0}, one = {0};
    size_t n;
    int e;
    archive_path(a, &path, "staging");
    char **names = io_names(path.p, &n, &e);
    for (size_t i = 0; i < n && !e; i++) {
        buf_clear(&one);
        buf_fmt(&one, "%s/%s", path.p, names[i]);
        e = io_remove_tree(one.p);
    }
    if (e == ENOENT) e = mkdir(path.p, 0755) == 0 ? 0 : errno;
    io_names_free(names, n);
    buf_free(&path);
    buf_free(&one);
    return e;
}

bool recover(struct archive *a) {
    struct buf path = {0}, text = {0};
    archive_path(a, &path, "staging/pending");
    int e = file_read(&text, path.p);
    json_t *j;
    struct log_line l;
    if (e == ENOENT) e = 0;
    else if (!e && log_parse(buf_cstr(&text), text.n, &j, &l)) {
        e = finish(a, text.p, &l);
        json_decref(j);
    }
    if (!e) e = clean_staging(a);
    if (e) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, a->root.p, strerror(e));
    buf_free(&path);
    buf_free(&text);
    return !e;
}
