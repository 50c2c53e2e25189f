/* Taking a version in.  The next object is built whole in staging/, then swapped
 * with the old one, or moved to its place, by one rename. */
#include "archive/sign.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files about a version, not of it: they change though nothing was issued. */
static const char *const about[] = {"event.json", "record.json", "check.jsonl", NULL};

struct commit {
    struct archive *a;
    const struct archive_version *v;
    struct buf id, object; /* normalised; its folder */
    struct ident_path layout;
    json_t *inventory;                       /* of the old object, growing into the new one */
    json_t *state;                           /* of the version: digest -> names */
    int number;                              /* of the version */
    bool old;                                /* the object is there */
    struct buf staging, top, built, version; /* staging/HASH; what is renamed; the object in it; its vN */
    struct buf target;                       /* where top goes */
    char label[16];                          /* "vN" */
    char digest[SHA512_HEX + 1];             /* of the new inventory */
};

static bool cannot(struct commit *c, const char *path, int e) {
    diag_add(c->a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, path, strerror(e));
    return false;
}

static bool check_items(struct commit *c) {
    for (size_t i = 0; i < c->v->n; i++) {
        const char *name = c->v->items[i].name, *why = NULL;
        if (!ident_is_name(name)) why = "it is no relative path";
        for (size_t k = 0; k < i && !why; k++)
            if (strcmp(name, c->v->items[k].name) == 0) why = "it is there twice";
        if (!why) continue;
        diag_add(c->a->diags, DIAG_ARCHIVE_NAME, (struct pos){0}, name, why);
        return false;
    }
    return true;
}

static bool load_old(struct commit *c) {
    ident_object(c->a, &c->object, c->id.p);
    ident_layout(&c->layout, c->id.p);
    c->old = io_is_dir(c->object.p);
    if (!c->old) {
        c->inventory = inventory_new(c->id.p);
        c->number = 1;
        return true;
    }
    c->inventory = inventory_read(c->object.p, c->id.p, NULL, c->a->diags);
    if (!c->inventory) return false;
    c->number = inventory_head(c->inventory) + 1;
    return true;
}

/* The staged object: of an old one all files by links, of a new one the folders
 * from the topmost that is not there yet. */
static int stage_old(struct commit *c) {
    static const char *const but[] = {"inventory.json", "inventory.json.sha512", NULL};
    buf_fmt(&c->top, "%s/object", c->staging.p);
    buf_str(&c->built, c->top.p);
    buf_str(&c->target, c->object.p);
    if (mkdir(c->built.p, 0755) != 0) return errno;
    return io_link_tree(c->object.p, c->built.p, but);
}

static int stage_new(struct commit *c) {
    int i = 0;
    buf_fmt(&c->target, "%s/ocfl/%s", c->a->root.p, c->layout.part[0].p);
    while (i < 3 && io_is_dir(c->target.p)) buf_fmt(&c->target, "/%s", c->layout.part[++i].p);
    buf_fmt(&c->top, "%s/%s", c->staging.p, c->layout.part[i].p);
    buf_str(&c->built, c->top.p);
    for (;;) {
        if (mkdir(c->built.p, 0755) != 0) return errno;
        if (i == 3) break;
        buf_fmt(&c->built, "/%s", c->layout.part[++i].p);
    }
    struct buf path = {0};
    buf_fmt(&path, "%s/0=ocfl_object_1.1", c->built.p);
    int e = io_put(path.p, "ocfl_object_1.1\n", 16);
    buf_free(&path);
    return e;
}

static int make_staging(struct commit *c) {
    char hash[SHA256_HEX + 1];
    sha256_bytes(hash, c->id.p, c->id.n);
    buf_fmt(&c->staging, "%s/staging/%s", c->a->root.p, hash);
    int e = io_remove_tree(c->staging.p);
    return e ? e : mkdir(c->staging.p, 0755) == 0 ? 0 : errno;
}

static bool stage(struct commit *c) {
    snprintf(c->label, sizeof c->label, "v%d", c->number);
    int e = make_staging(c);
    if (!e) e = c->old ? stage_old(c) : stage_new(c);
    buf_fmt(&c->version, "%s/%s", c->built.p, c->label);
    if (!e && mkdir(c->version.p, 0755) != 0) e = errno;
    return e ? cannot(c, c->staging.p, e) : true;
}

/* Makes the folders of a file below the version's folder. */
static int make_folders(const struct commit *c, const char *path) {
    struct buf dir = {0};
    int e = 0;
    for (const char *p = path + c->version.n + 1; !e && (p = strchr(p, '/')); p++) {
        buf_clear(&dir);
        buf_put(&dir, path, (size_t)(p - path));
        if (mkdir(dir.p, 0755) != 0 && errno != EEXIST) e = errno;
    }
    buf_free(&dir);
    return e;
}

static bool is_pdf(const struct archive_item *item) {
    size_t n = strlen(item->name);
    return item->path && strncmp(item->name, "pdf/", 4) == 0 && n > 8 && strcmp(item->name + n - 4, ".pdf") == 0;
}

/* The file of the head under a name, from its manifest; false when there is none. */
static bool head_file(const struct commit *c, const char *name, struct buf *path) {
    const char *digest;
    json_t *names, *one;
    size_t i;
    json_object_foreach (c->number > 1 ? inventory_state(c->inventory, c->number - 1) : NULL, digest, names) {
        json_array_foreach (names, i, one) {
            const char *content = inventory_content(c->inventory, digest);
            if (!content || strcmp(json_string_value(one), name) != 0) continue;
            buf_clear(path);
            buf_fmt(path, "%s/%s", c->object.p, content);
            return true;
        }
    }
    return false;
}

/* A PDF that was signed when it came and has not changed stays as it is; another
 * is signed where somebody signs.  Its bytes then go into temp. */
static bool take_pdf(struct commit *c, const struct archive_item *item, struct buf *from) {
    struct buf kept = {0}, temp = {0};
    bool good = true;
    if (head_file(c, item->name, &kept) && archive_is_signed(kept.p, item->path)) {
        buf_clear(from);
        buf_str(from, kept.p);
    } else if (c->v->signer) {
        buf_fmt(&temp, "%s/signed.pdf", c->staging.p);
        int e = io_remove_tree(temp.p);
        if (e) cannot(c, temp.p, e);
        good = !e && sign_pdf(c->a, c->v->signer, item->path, temp.p);
        buf_clear(from);
        buf_str(from, temp.p);
    }
    buf_free(&kept);
    buf_free(&temp);
    return good;
}

/* Copies an item into the version, unless its bytes are in the object already. */
static bool take_item(struct commit *c, const struct archive_item *item) {
    struct buf rel = {0}, path = {0}, from = {0};
    char digest[SHA512_HEX + 1];
    if (item->path) buf_str(&from, item->path);
    if (is_pdf(item) && !take_pdf(c, item, &from)) {
        buf_free(&from);
        return false;
    }
    buf_fmt(&rel, "%s/content/%s", c->label, item->name);
    buf_fmt(&path, "%s/content/%s", c->version.p, item->name);
    int e = make_folders(c, path.p);
    if (!e && item->path) {
        e = sha512_copy(digest, from.p, path.p);
    } else if (!e) {
        sha512_bytes(digest, item->data, item->size);
        e = io_put(path.p, item->data, item->size);
    }
    if (!e && inventory_content(c->inventory, digest)) {
        if (unlink(path.p) != 0) e = errno;
    } else if (!e) {
        json_object_set_new(json_object_get(c->inventory, "manifest"), digest, json_pack("[s]", rel.p));
    }
    json_t *names = json_object_get(c->state, digest);
    if (!e && !names) json_object_set_new(c->state, digest, json_pack("[s]", item->name));
    else if (!e) json_array_append_new(names, json_string(item->name));
    if (e == EBUSY) diag_add(c->a->diags, DIAG_ARCHIVE_NAME, (struct pos){0}, item->name, "it was changed while it was read");
    else if (e) cannot(c, item->path ? item->path : item->name, e);
    buf_free(&rel);
    buf_free(&path);
    buf_free(&from);
    return !e;
}

static bool take_items(struct commit *c) {
    c->state = json_object();
    for (size_t i = 0; i < c->v->n; i++)
        if (!take_item(c, &c->v->items[i])) return false;
    return true;
}

static bool is_about(const char *name) {
    for (size_t i = 0; about[i]; i++)
        if (strcmp(about[i], name) == 0) return true;
    return false;
}

/* name -> digest of a state, without what is only about it. */
static json_t *by_name(const json_t *state) {
    json_t *out = json_object();
    const char *digest;
    json_t *names, *name;
    size_t i;
    json_object_foreach ((json_t *)state, digest, names) {
        json_array_foreach (names, i, name)
            if (!is_about(json_string_value(name)))
                json_object_set_new(out, json_string_value(name), json_string(digest));
    }
    return out;
}

/* The names that differ, joined; empty when the version is as the head. */
static void differences(struct buf *out, const json_t *old, const json_t *new) {
    const char *name;
    json_t *digest;
    json_object_foreach ((json_t *)new, name, digest)
        if (!json_equal(json_object_get(old, name), digest)) buf_fmt(out, "%s%s", out->n ? ", " : "", name);
    json_object_foreach ((json_t *)old, name, digest)
        if (!json_object_get(new, name)) buf_fmt(out, "%s%s", out->n ? ", " : "", name);
}

/* What changes against the head decides: nothing, an issue, a correction. */
static enum archive_result judge(struct commit *c) {
    if (c->number == 1) return ARCHIVE_ADDED;
    json_t *old = by_name(inventory_state(c->inventory, c->number - 1)), *new = by_name(c->state);
    struct buf changed = {0};
    enum archive_result result = ARCHIVE_ADDED;
    differences(&changed, old, new);
    if (!changed.n) result = ARCHIVE_SAME;
    else if (!c->v->correction) {
        if (changed.n > 300) changed.n = 300, buf_str(&changed, " ...");
        diag_add(c->a->diags, DIAG_ARCHIVE_ISSUED, (struct pos){0}, c->id.p, changed.p);
        result = ARCHIVE_FAILED;
    }
    buf_free(&changed);
    json_decref(old);
    json_decref(new);
    return result;
}

/* What happened, in the terms of PREMIS 3 (event type, date, agent, detail, outcome). */
static bool take_event(struct commit *c, const char *time) {
    const char *signer = c->v->signer ? buf_cstr(&c->v->signer->name) : NULL;
    json_t *event = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s*, s:s*}", "eventType",
                              c->v->event && c->number == 1 ? c->v->event : c->number > 1 ? "correction" : "issue", "eventDateTime", time, "agent",
                              c->v->agent, "eventOutcome", "success", "object", c->id.p, "eventDetail",
                              c->v->correction ? c->v->correction : c->v->message, "signer", signer);
    struct buf text = {0};
    inventory_dump(&text, event);
    json_decref(event);
    const struct archive_item item = {"event.json", NULL, text.p, text.n};
    bool good = take_item(c, &item);
    buf_free(&text);
    return good;
}

/* Folders whose files were all there before hold nothing: OCFL 3.3.1 forbids them. */
static int drop_empty(const char *path, bool keep) {
    size_t n;
    int e;
    char **names = io_names(path, &n, &e);
    struct buf one = {0};
    for (size_t i = 0; i < n && !e; i++) {
        buf_clear(&one);
        buf_fmt(&one, "%s/%s", path, names[i]);
        if (io_is_dir(one.p)) e = drop_empty(one.p, false);
    }
    io_names_free(names, n);
    buf_free(&one);
    if (!e && !keep && rmdir(path) != 0 && errno != ENOTEMPTY && errno != EEXIST) e = errno;
    return e;
}

/* Who answers for a version: the first organisation that its metadata.json names. */
static void publisher(struct buf *out, const struct archive_version *v) {
    for (size_t i = 0; i < v->n; i++) {
        if (strcmp(v->items[i].name, "metadata.json") != 0 || v->items[i].path) continue;
        json_t *facts = json_loadb(v->items[i].data, v->items[i].size, 0, NULL);
        void *first = json_object_iter(json_object_get(facts, "organisation"));
        const char *name = first ? json_string_value(json_object_iter_value(first)) : NULL;
        if (name) buf_str(out, name);
        json_decref(facts);
    }
    if (!out->n) buf_str(out, v->agent);
}

static int write_inventories(struct commit *c, const char *time) {
    struct buf user = {0}, text = {0};
    publisher(&user, c->v);
    json_t *version = json_pack("{s:s, s:s, s:{s:s, s:s*}, s:O}", "created", time, "message",
                                c->v->correction ? c->v->correction : c->v->message, "user", "name", user.p,
                                "address", c->v->contact, "state", c->state);
    json_object_set_new(json_object_get(c->inventory, "versions"), c->label, version);
    json_object_set_new(c->inventory, "head", json_string(c->label));
    inventory_dump(&text, c->inventory);
    sha512_bytes(c->digest, text.p, text.n);
    int e = drop_empty(c->version.p, true);
    if (!e) e = inventory_write(c->version.p, text.p, text.n);
    if (!e) e = inventory_write(c->built.p, text.p, text.n);
    if (!e) e = io_sync_tree(c->top.p);
    buf_free(&user);
    buf_free(&text);
    return e;
}

/* The one step after which the version is in. */
static int swap_in(struct commit *c) {
    struct buf dir = {0};
    int e = c->old ? io_exchange(c->top.p, c->target.p) : io_rename_new(c->top.p, c->target.p);
    if (e == ENOTSUP && c->old && c->state) { /* one version more, not several of another root */
        diag_add(c->a->diags, DIAG_ARCHIVE_PIECEWISE, (struct pos){0}, c->a->root.p);
        e = commit_piecewise(c->a, c->object.p, c->version.p, c->label);
    }
    path_dir(&dir, c->target.p);
    if (!e) e = io_sync_dir(dir.p);
    buf_free(&dir);
    return e;
}

/* What is staged and synced comes in, and into the log. */
static bool enter(struct commit *c) {
    struct buf line = {0};
    if (!log_next(c->a, &line, c->id.p, c->label, c->digest)) return false;
    int e = pending_write(c->a, line.p);
    if (!e) e = swap_in(c);
    if (!e) e = log_append(c->a, line.p);
    if (!e) e = pending_done(c->a);
    if (e) cannot(c, c->object.p, e);
    buf_free(&line);
    return !e;
}

static bool commit(struct commit *c) {
    char time[32];
    now_utc(time);
    if (!take_event(c, time)) return false;
    int e = write_inventories(c, time);
    return e ? cannot(c, c->object.p, e) : enter(c);
}

static void drop(struct commit *c) {
    if (c->staging.n) io_remove_tree(c->staging.p); /* what cannot go now goes with the next command */
    struct buf *all[] = {&c->id, &c->object, &c->staging, &c->top, &c->built, &c->version, &c->target};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_free(all[i]);
    ident_path_free(&c->layout);
    json_decref(c->inventory);
    json_decref(c->state);
}

enum archive_result archive_put(struct archive *a, const struct archive_version *v, int *number) {
    struct commit c = {.a = a, .v = v};
    enum archive_result result = ARCHIVE_FAILED;
    if (ident_normalise(&c.id, v->id, a->diags) && check_items(&c) && load_old(&c) && stage(&c) &&
        take_items(&c)) {
        result = judge(&c);
        if (result == ARCHIVE_ADDED && !commit(&c)) result = ARCHIVE_FAILED;
        *number = result == ARCHIVE_ADDED ? c.number : c.number - 1;
    }
    drop(&c);
    return result;
}

/* ---- objects of another root ------------------------------------------------------- */

/* Is what is here an earlier state of the other?  Then the other has our head's
 * inventory in the folder of that version. */
static bool goes_on(struct commit *c, const char *other) {
    char ours[SHA512_HEX + 1], theirs[SHA512_HEX + 1] = "";
    struct buf path = {0};
    uint64_t size;
    json_t *inventory = inventory_read(c->object.p, c->id.p, ours, c->a->diags);
    if (inventory) buf_fmt(&path, "%s/v%d/inventory.json", other, inventory_head(inventory));
    bool same = inventory && sha512_file(theirs, &size, path.p) == 0 && strcmp(ours, theirs) == 0;
    json_decref(inventory);
    buf_free(&path);
    return same;
}

static bool stage_other(struct commit *c, const char *other) {
    int e = make_staging(c);
    if (!e && c->old) {
        buf_fmt(&c->top, "%s/object", c->staging.p);
        buf_str(&c->built, c->top.p);
        buf_str(&c->target, c->object.p);
        if (mkdir(c->built.p, 0755) != 0) e = errno;
    } else if (!e) {
        e = stage_new(c);
        struct buf name = {0};
        buf_fmt(&name, "%s/0=ocfl_object_1.1", c->built.p);
        if (!e && unlink(name.p) != 0) e = errno; /* comes with the others */
        buf_free(&name);
    }
    if (!e) e = io_copy_tree(other, c->built.p);
    if (!e) e = io_sync_tree(c->top.p);
    buf_fmt(&c->version, "%s/%s", c->built.p, c->label);
    return e ? cannot(c, c->staging.p, e) : true;
}

enum archive_result commit_adopt(struct archive *a, const char *object, struct buf *name, int *number) {
    struct commit c = {.a = a};
    enum archive_result result = ARCHIVE_FAILED;
    c.inventory = inventory_read(object, NULL, c.digest, a->diags);
    const char *id = json_string_value(json_object_get(c.inventory, "id"));
    if (id && ident_normalise(&c.id, id, a->diags)) {
        ident_object(a, &c.object, c.id.p);
        ident_layout(&c.layout, c.id.p);
        buf_clear(name);
        buf_str(name, c.id.p);
        c.number = *number = inventory_head(c.inventory);
        snprintf(c.label, sizeof c.label, "v%d", c.number);
        char ours[SHA512_HEX + 1] = "";
        c.old = io_is_dir(c.object.p);
        if (c.old) json_decref(inventory_read(c.object.p, c.id.p, ours, a->diags));
        if (c.old && strcmp(ours, c.digest) == 0) result = ARCHIVE_SAME;
        else if (strcmp(c.id.p, id) != 0 || (c.old && !goes_on(&c, object)))
            diag_add(a->diags, DIAG_ARCHIVE_OTHER, (struct pos){0}, c.id.p);
        else if (verify_object(a, object) == 0 && stage_other(&c, object) && enter(&c))
            result = ARCHIVE_ADDED;
    }
    drop(&c);
    return result;
}
