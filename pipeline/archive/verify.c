/* Verifying: every object below the storage root against its inventory, the
 * layout, the log and the catalogue. */
#include "archive/private.h"

#include <stdlib.h>
#include <sys/stat.h>

struct verifying {
    struct archive *a;
    const struct archive_verify_options *o;
    struct archive_verified *result;
    struct map *heads; /* id -> the last line of the log: its version, digest */
    struct map *seen;  /* ids found below the root */
    struct arena *arena;
    size_t done;
};

struct head {
    const char *version, *inventory;
};

static void find(struct verifying *v, enum diag_id id, const char *path) {
    diag_add(v->a->diags, id, (struct pos){str_intern(path, strlen(path)), 0, 0});
    v->result->findings++;
}

/* ---- an object ------------------------------------------------------------------ */

/* Its files: each in the manifest with its digest; every one of the manifest there. */
struct checking {
    struct verifying *v;
    const char *object;
    json_t *digests; /* content path -> digest; those met are taken out */
    const char *id;
};

static void check_file(struct checking *c, const char *path, const char *rel) {
    struct verifying *v = c->v;
    const char *wanted = json_string_value(json_object_get(c->digests, rel));
    if (!wanted) {
        find(v, DIAG_ARCHIVE_STRAY, path);
        return;
    }
    char sum[SHA512_HEX + 1];
    uint64_t size = 0;
    int e = sha512_file(sum, &size, path);
    v->result->files++;
    v->result->bytes += size;
    if (e) {
        diag_add(v->a->diags, DIAG_ARCHIVE_DAMAGED, (struct pos){str_intern(path, strlen(path)), 0, 0},
                 strerror(e));
        v->result->findings++;
    } else if (strcmp(sum, wanted) != 0) {
        find(v, DIAG_ARCHIVE_DIGEST, path);
    }
    json_object_del(c->digests, rel);
}

static void check_content(struct checking *c, const char *path, const char *rel) {
    size_t n;
    int e;
    char **names = io_names(path, &n, &e);
    if (e) find(c->v, DIAG_ARCHIVE_MISSING, path);
    struct buf one = {0}, name = {0};
    for (size_t i = 0; i < n; i++) {
        buf_clear(&one);
        buf_clear(&name);
        buf_fmt(&one, "%s/%s", path, names[i]);
        buf_fmt(&name, "%s/%s", rel, names[i]);
        if (io_is_dir(one.p)) check_content(c, one.p, name.p);
        else check_file(c, one.p, name.p);
    }
    buf_free(&one);
    buf_free(&name);
    io_names_free(names, n);
}

/* The copy of the inventory in a version (3.5.5): whole, and the head's the same. */
static void check_copy(struct checking *c, const char *version, const char *head, const char *digest) {
    struct buf path = {0};
    char sum[SHA512_HEX + 1];
    buf_fmt(&path, "%s/%s", c->object, version);
    json_t *copy = inventory_read(path.p, c->id, sum, c->v->a->diags);
    if (!copy) c->v->result->findings++;
    else if (strcmp(version, head) == 0 && strcmp(sum, digest) != 0) find(c->v, DIAG_ARCHIVE_DIGEST, path.p);
    json_decref(copy);
    buf_free(&path);
}

static json_t *manifest_by_path(const json_t *inventory) {
    json_t *out = json_object(), *paths, *path;
    const char *digest;
    size_t i;
    json_object_foreach (json_object_get(inventory, "manifest"), digest, paths) {
        json_array_foreach (paths, i, path)
            json_object_set_new(out, json_string_value(path), json_string(digest));
    }
    return out;
}

static bool is_version(const json_t *inventory, const char *name) {
    return json_object_get(json_object_get(inventory, "versions"), name) != NULL;
}

static void check_folder(struct checking *c, const json_t *inventory, const char *digest) {
    static const char *const own[] = {"0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512"};
    const char *head = json_string_value(json_object_get(inventory, "head"));
    size_t n, found = 0;
    int e;
    char **names = io_names(c->object, &n, &e);
    struct buf path = {0}, rel = {0};
    for (size_t i = 0; i < n; i++) {
        buf_clear(&path);
        buf_fmt(&path, "%s/%s", c->object, names[i]);
        bool ours = false;
        for (int k = 0; k < 3; k++) ours = ours || strcmp(own[k], names[i]) == 0;
        found += ours;
        if (ours) continue;
        if (!is_version(inventory, names[i])) {
            find(c->v, DIAG_ARCHIVE_STRAY, path.p);
            continue;
        }
        check_copy(c, names[i], head, digest);
        buf_str(&path, "/content");
        buf_clear(&rel);
        buf_fmt(&rel, "%s/content", names[i]);
        if (io_is_dir(path.p)) check_content(c, path.p, rel.p);
    }
    if (found < 3) find(c->v, DIAG_ARCHIVE_MISSING, c->object);
    const char *left;
    json_t *unused;
    json_object_foreach (c->digests, left, unused) {
        buf_clear(&path);
        buf_fmt(&path, "%s/%s", c->object, left);
        find(c->v, DIAG_ARCHIVE_MISSING, path.p);
    }
    io_names_free(names, n);
    buf_free(&path);
    buf_free(&rel);
}

size_t verify_object(struct archive *a, const char *object) {
    struct archive_verified result = {0};
    struct verifying v = {.a = a, .result = &result};
    char digest[SHA512_HEX + 1];
    json_t *inventory = inventory_read(object, NULL, digest, a->diags);
    if (!inventory) return 1;
    struct checking c = {&v, object, manifest_by_path(inventory),
                         json_string_value(json_object_get(inventory, "id"))};
    check_folder(&c, inventory, digest);
    json_decref(c.digests);
    json_decref(inventory);
    return result.findings;
}

static void check_against(struct verifying *v, const char *object, const char *id, const char *head,
                          const char *digest) {
    struct map_entry *e = map_find(v->heads, id, strlen(id));
    struct pos pos = {str_intern(object, strlen(object)), 0, 0};
    struct buf kept = {0};
    const struct head *h = e ? e->value.ptr : NULL;
    bool wrong = true, stale;
    if (!h) diag_add(v->a->diags, DIAG_ARCHIVE_LOG_NONE, pos, id);
    else if (strcmp(h->version, head) != 0)
        diag_add(v->a->diags, DIAG_ARCHIVE_LOG_HEAD, pos, id, head, h->version);
    else if (strcmp(h->inventory, digest) != 0)
        diag_add(v->a->diags, DIAG_ARCHIVE_INVENTORY_LOG, pos, id, head);
    else wrong = false;
    stale = !catalogue_inventory(v->a, id, &kept) || strcmp(kept.p, digest) != 0;
    if (stale) diag_add(v->a->diags, DIAG_ARCHIVE_CATALOGUE, pos, "it does not hold this object as it is");
    v->result->findings += (size_t)wrong + stale;
    buf_free(&kept);
}

/* Which objects a sample takes depends on their ids alone: the same every time. */
static bool in_sample(const struct verifying *v, const char *id) {
    return hash_bytes(id, strlen(id), 0) % 100 < (uint64_t)v->o->percent;
}

static bool since(const struct verifying *v, const json_t *inventory) {
    const char *head = json_string_value(json_object_get(inventory, "head"));
    const char *created = json_string_value(
        json_object_get(json_object_get(json_object_get(inventory, "versions"), head), "created"));
    return !v->o->since || !created || strcmp(created, v->o->since) >= 0;
}

static void check_object(struct verifying *v, const char *object) {
    char digest[SHA512_HEX + 1];
    struct buf right = {0};
    json_t *inventory = inventory_read(object, NULL, digest, v->a->diags);
    if (!inventory) {
        v->result->findings++;
        return;
    }
    const char *id = json_string_value(json_object_get(inventory, "id"));
    map_get(v->seen, id, strlen(id));
    ident_object(v->a, &right, id);
    if (strcmp(right.p, object) != 0) {
        diag_add(v->a->diags, DIAG_ARCHIVE_MISPLACED, (struct pos){str_intern(object, strlen(object)), 0, 0},
                 id);
        v->result->findings++;
    }
    check_against(v, object, id, json_string_value(json_object_get(inventory, "head")), digest);
    if (in_sample(v, id) && since(v, inventory)) {
        struct checking c = {v, object, manifest_by_path(inventory), id};
        check_folder(&c, inventory, digest);
        json_decref(c.digests);
        v->result->objects++;
    }
    json_decref(inventory);
    buf_free(&right);
    if (v->o->progress) v->o->progress(v->o->arg, ++v->done, map_count(v->heads));
}

/* ---- the root ------------------------------------------------------------------- */

static bool is_object(const char *path) {
    struct buf name = {0};
    struct stat st;
    buf_fmt(&name, "%s/0=ocfl_object_1.1", path);
    bool is = lstat(name.p, &st) == 0;
    buf_clear(&name);
    buf_fmt(&name, "%s/inventory.json", path);
    is = is || lstat(name.p, &st) == 0;
    buf_free(&name);
    return is;
}

static void walk(struct verifying *v, const char *path, int depth) {
    static const char *const top[] = {"0=ocfl_1.1", "ocfl_layout.json", "extensions"};
    size_t n;
    int e;
    char **names = io_names(path, &n, &e);
    if (e) find(v, DIAG_ARCHIVE_MISSING, path);
    struct buf one = {0};
    for (size_t i = 0; i < n; i++) {
        bool ours = false;
        for (int k = 0; k < 3 && !depth; k++) ours = ours || strcmp(top[k], names[i]) == 0;
        if (ours) continue;
        buf_clear(&one);
        buf_fmt(&one, "%s/%s", path, names[i]);
        if (!io_is_dir(one.p)) find(v, DIAG_ARCHIVE_STRAY, one.p);
        else if (is_object(one.p)) check_object(v, one.p);
        else if (depth < 3) walk(v, one.p, depth + 1);
        else find(v, DIAG_ARCHIVE_STRAY, one.p);
    }
    buf_free(&one);
    io_names_free(names, n);
}

static void note_head(void *arg, const struct log_line *l) {
    struct verifying *v = arg;
    struct head *h = ARENA_NEW(v->arena, struct head);
    *h = (struct head){arena_strdup(v->arena, l->version), arena_strdup(v->arena, l->inventory)};
    map_get(v->heads, l->id, strlen(l->id))->value.ptr = h;
}

/* What the log and the catalogue know and the root has not. */
static void check_gone(struct verifying *v) {
    struct buf object = {0};
    for (size_t i = 0; i < map_count(v->heads); i++) {
        const struct map_entry *e = map_at(v->heads, i);
        const struct head *h = e->value.ptr;
        if (map_find(v->seen, e->key, e->key_len)) continue;
        ident_object(v->a, &object, e->key);
        diag_add(v->a->diags, DIAG_ARCHIVE_LOG_GONE, (struct pos){str_intern(object.p, object.n), 0, 0},
                 e->key, h->version);
        v->result->findings++;
    }
    if (catalogue_count(v->a) > map_count(v->heads)) {
        diag_add(v->a->diags, DIAG_ARCHIVE_CATALOGUE, (struct pos){0},
                 "it holds objects that the log does not know");
        v->result->findings++;
    }
    buf_free(&object);
}

bool archive_verify(struct archive *a, const struct archive_verify_options *o,
                    struct archive_verified *result) {
    struct verifying v = {a, o, result, map_new(), map_new(), arena_new(), 0};
    struct buf root = {0};
    uint64_t offset = 0;
    *result = (struct archive_verified){0};
    bool catalogue = catalogue_open(a);
    if (!log_read(a, &offset, note_head, &v)) result->findings++;
    archive_path(a, &root, "ocfl");
    if (catalogue) walk(&v, root.p, 0);
    if (catalogue) check_gone(&v);
    result->findings += proof_verify(a);
    if (catalogue && o->percent == 100 && !o->since && !result->findings)
        result->findings += catalogue_compare(a);
    map_drop(v.heads);
    map_drop(v.seen);
    arena_drop(v.arena);
    buf_free(&root);
    return catalogue;
}
