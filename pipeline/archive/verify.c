/* Verifying: every object below the storage root against its inventory, the
 * layout, the log and the catalogue. */
#include "archive/hasher.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct object {
    const char *id, *inventory; /* its digest */
    bool wrong;
};

struct verifying {
    struct archive *a;
    const struct archive_verify_options *o;
    struct archive_verified *result;
    struct map *heads; /* id -> the last line of the log: its version, digest */
    struct map *seen;  /* ids found below the root */
    struct map *known; /* id and inventory's digest of objects that are whole (resume.c) */
    struct arena *arena;
    struct hasher *hasher;
    FILE *resume;
    size_t done, rows;         /* rows: of the catalogue */
    const char **pdfs;         /* for veraPDF */
    size_t pdf_count, pdf_cap;
};

struct head {
    const char *version, *inventory;
};

static struct pos place(const char *path) { return (struct pos){str_intern(path, strlen(path)), 0, 0}; }

static void find(struct verifying *v, struct object *o, enum diag_id id, const char *path) {
    diag_add(v->a->diags, id, place(path));
    v->result->findings++;
    if (o) o->wrong = true;
}

/* ---- an object ------------------------------------------------------------------ */

/* Its files: each in the manifest with its digest; every one of the manifest there. */
struct checking {
    struct verifying *v;
    struct object *o;
    const char *object;
    json_t *digests; /* content path -> digest; those met are taken out */
    const char *id;
};

/* A file is read; or all before it are, and an object is through. */
static void judge(void *arg, const struct hashed *h) {
    struct verifying *v = arg;
    struct object *o = h->arg;
    if (!h->path) {
        if (v->resume && !o->wrong) resume_note(v->resume, o->id, o->inventory);
        v->result->objects++;
        if (v->o->progress) v->o->progress(v->o->arg, ++v->done, map_count(v->heads));
        return;
    }
    v->result->files++;
    v->result->bytes += h->size;
    if (h->error) {
        diag_add(v->a->diags, DIAG_ARCHIVE_DAMAGED, place(h->path), strerror(h->error));
        v->result->findings++;
        o->wrong = true;
    } else if (strcmp(h->sum, h->wanted) != 0) {
        find(v, o, DIAG_ARCHIVE_DIGEST, h->path);
    }
}

static void note_pdf(struct verifying *v, const char *path) {
    size_t n = strlen(path);
    if (!v->o->verapdf || n < 4 || strcmp(path + n - 4, ".pdf") != 0) return;
    v->pdfs = mem_grow(v->pdfs, &v->pdf_cap, v->pdf_count + 1, sizeof *v->pdfs);
    v->pdfs[v->pdf_count++] = arena_strdup(v->arena, path);
}

static void check_file(struct checking *c, const char *path, const char *rel) {
    const char *wanted = json_string_value(json_object_get(c->digests, rel));
    if (!wanted) {
        find(c->v, c->o, DIAG_ARCHIVE_STRAY, path);
        return;
    }
    hasher_add(c->v->hasher, path, wanted, c->o);
    note_pdf(c->v, path);
    json_object_del(c->digests, rel);
}

static void check_content(struct checking *c, const char *path, const char *rel) {
    size_t n;
    int e;
    char **names = io_names(path, &n, &e);
    if (e) find(c->v, c->o, DIAG_ARCHIVE_MISSING, path);
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
    if (!copy) c->v->result->findings++, c->o->wrong = true;
    else if (strcmp(version, head) == 0 && strcmp(sum, digest) != 0) find(c->v, c->o, DIAG_ARCHIVE_DIGEST, path.p);
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
            find(c->v, c->o, DIAG_ARCHIVE_STRAY, path.p);
            continue;
        }
        check_copy(c, names[i], head, digest);
        buf_str(&path, "/content");
        buf_clear(&rel);
        buf_fmt(&rel, "%s/content", names[i]);
        if (io_is_dir(path.p)) check_content(c, path.p, rel.p);
    }
    if (found < 3) find(c->v, c->o, DIAG_ARCHIVE_MISSING, c->object);
    const char *left;
    json_t *unused;
    json_object_foreach (c->digests, left, unused) {
        buf_clear(&path);
        buf_fmt(&path, "%s/%s", c->object, left);
        find(c->v, c->o, DIAG_ARCHIVE_MISSING, path.p);
    }
    io_names_free(names, n);
    buf_free(&path);
    buf_free(&rel);
}

size_t verify_object(struct archive *a, const char *object) {
    struct archive_verified result = {0};
    struct archive_verify_options options = {.percent = 100};
    struct verifying v = {.a = a, .o = &options, .result = &result};
    char digest[SHA512_HEX + 1];
    json_t *inventory = inventory_read(object, NULL, digest, a->diags);
    if (!inventory) return 1;
    struct object o = {0};
    v.hasher = hasher_new(judge, &v);
    struct checking c = {&v, &o, object, manifest_by_path(inventory),
                         json_string_value(json_object_get(inventory, "id"))};
    check_folder(&c, inventory, digest);
    hasher_end(v.hasher);
    json_decref(c.digests);
    json_decref(inventory);
    return result.findings;
}

static void check_log(struct verifying *v, const char *object, struct object *o, const char *head) {
    struct map_entry *e = map_find(v->heads, o->id, strlen(o->id));
    const struct head *h = e ? e->value.ptr : NULL;
    bool wrong = true;
    if (!h) diag_add(v->a->diags, DIAG_ARCHIVE_LOG_NONE, place(object), o->id);
    else if (strcmp(h->version, head) != 0)
        diag_add(v->a->diags, DIAG_ARCHIVE_LOG_HEAD, place(object), o->id, head, h->version);
    else if (strcmp(h->inventory, o->inventory) != 0)
        diag_add(v->a->diags, DIAG_ARCHIVE_INVENTORY_LOG, place(object), o->id, head);
    else wrong = false;
    v->result->findings += wrong;
    o->wrong = o->wrong || wrong;
}

static void check_catalogue(struct verifying *v, const char *object, struct object *o, const json_t *inventory) {
    if (catalogue_same(v->a, o->id, object, inventory, o->inventory, &v->rows)) return;
    diag_add(v->a->diags, DIAG_ARCHIVE_CATALOGUE, place(object), "it does not hold this object as it is");
    v->result->findings++;
    o->wrong = true;
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

/* All objects: their place, and the log.  Those that are wanted: every byte, and the catalogue. */
static void check_inventory(struct verifying *v, const char *object, struct object *o, const json_t *inventory) {
    struct buf right = {0};
    ident_object(v->a, &right, o->id);
    if (strcmp(right.p, object) != 0) {
        diag_add(v->a->diags, DIAG_ARCHIVE_MISPLACED, place(object), o->id);
        v->result->findings++;
        o->wrong = true;
    }
    buf_free(&right);
    check_log(v, object, o, json_string_value(json_object_get(inventory, "head")));
    bool known = resume_knows(v->known, o->id, o->inventory);
    v->result->before += known;
    if (known || !in_sample(v, o->id) || !since(v, inventory)) {
        v->rows += catalogue_rows(v->a, o->id);
        if (v->o->progress) v->o->progress(v->o->arg, ++v->done, map_count(v->heads));
        return;
    }
    struct checking c = {v, o, object, manifest_by_path(inventory), o->id};
    check_folder(&c, inventory, o->inventory);
    check_catalogue(v, object, o, inventory);
    hasher_add(v->hasher, NULL, NULL, o);
    json_decref(c.digests);
}

static void check_object(struct verifying *v, const char *object) {
    char digest[SHA512_HEX + 1];
    json_t *inventory = inventory_read(object, NULL, digest, v->a->diags);
    if (!inventory) {
        v->result->findings++;
        return;
    }
    const char *id = json_string_value(json_object_get(inventory, "id"));
    struct object *o = ARENA_NEW(v->arena, struct object);
    *o = (struct object){.id = arena_strdup(v->arena, id), .inventory = arena_strdup(v->arena, digest)};
    map_get(v->seen, id, strlen(id));
    check_inventory(v, object, o, inventory);
    json_decref(inventory);
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
    if (e) find(v, NULL, DIAG_ARCHIVE_MISSING, path);
    struct buf one = {0};
    for (size_t i = 0; i < n; i++) {
        bool ours = false;
        for (int k = 0; k < 3 && !depth; k++) ours = ours || strcmp(top[k], names[i]) == 0;
        if (ours) continue;
        buf_clear(&one);
        buf_fmt(&one, "%s/%s", path, names[i]);
        if (!io_is_dir(one.p)) find(v, NULL, DIAG_ARCHIVE_STRAY, one.p);
        else if (is_object(one.p)) check_object(v, one.p);
        else if (depth < 3) walk(v, one.p, depth + 1);
        else find(v, NULL, DIAG_ARCHIVE_STRAY, one.p);
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
    if (catalogue_count(v->a) != v->rows && !v->result->findings) { /* else it is told already */
        diag_add(v->a->diags, DIAG_ARCHIVE_CATALOGUE, (struct pos){0}, "it holds rows of no object");
        v->result->findings++;
    }
    buf_free(&object);
}

/* ---- veraPDF ---------------------------------------------------------------------- */

static void judge_pdf(void *arg, size_t i, const char *why) {
    struct verifying *v = arg;
    if (!why) return;
    diag_add(v->a->diags, DIAG_ARCHIVE_PDF, place(v->pdfs[i]), why);
    v->result->findings++;
}

/* Those that claim to be PDF/A; others came in as what they are.  false (told). */
static bool check_pdfs(struct verifying *v) {
    struct buf claim = {0};
    size_t kept = 0;
    for (size_t i = 0; i < v->pdf_count; i++)
        if (pdfa_claim(&claim, v->pdfs[i]) != 0 || claim.n) v->pdfs[kept++] = v->pdfs[i];
    v->pdf_count = kept;
    buf_free(&claim);
    int e = kept ? pdfa_judge(v->o->verapdf, v->pdfs, kept, judge_pdf, v) : 0;
    if (e) diag_add(v->a->diags, DIAG_ARCHIVE_VERAPDF, (struct pos){0}, strerror(e));
    return !e;
}

static bool verify_all(struct verifying *v) {
    struct buf root = {0};
    uint64_t offset = 0;
    if (!catalogue_open(v->a)) return false;
    if (!log_read(v->a, &offset, note_head, v)) v->result->findings++;
    archive_path(v->a, &root, "ocfl");
    v->hasher = hasher_new(judge, v);
    walk(v, root.p, 0);
    hasher_end(v->hasher);
    check_gone(v);
    v->result->findings += proof_verify(v->a);
    buf_free(&root);
    return !v->o->verapdf || check_pdfs(v);
}

bool archive_verify(struct archive *a, const struct archive_verify_options *o,
                    struct archive_verified *result) {
    struct verifying v = {.a = a, .o = o, .result = result, .heads = map_new(), .seen = map_new(),
                          .known = map_new(), .arena = arena_new()};
    *result = (struct archive_verified){0};
    bool good = !o->resume || resume_open(a, o->resume, v.known, &v.resume);
    good = good && verify_all(&v);
    if (v.resume) fclose(v.resume);
    if (v.resume && good) unlink(o->resume);
    map_drop(v.heads);
    map_drop(v.seen);
    map_drop(v.known);
    arena_drop(v.arena);
    mem_free(v.pdfs);
    return good;
}
