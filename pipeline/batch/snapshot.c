#include "batch/snapshot.h"

#include <dirent.h>

/* The choice of documents and the form of the snapshot, as the value's name. */
static void value_name(const struct batch *b, struct buf *out) {
    const struct document_options *o = b->o->document;
    buf_fmt(out, "list 2 %s %d %d %s/%s/%s/%s", SOTAY_VERSION, (int)o->emit, (int)o->impose,
            o->languages ? o->languages : "*", o->layout ? o->layout : "*", o->series ? o->series : "*",
            o->month ? o->month : "*");
}

/* ---- guards: files and folders with the state they were in ---- */

static void guard(struct batch *b, struct buf *out, const char *name) {
    struct buf path = {0};
    keys_path(&b->keys, &path, name);
    struct stamp s = stamp_at(path.p);
    pack_string(out, name);
    pack_stamp(out, &s);
    buf_free(&path);
}


/* A folder and the folders in it, `depth` levels down. */
static void guard_folders(struct batch *b, struct buf *out, const char *name, int depth) {
    guard(b, out, name);
    struct buf dir = {0};
    keys_path(&b->keys, &dir, name);
    DIR *d = depth > 0 ? opendir(dir.p) : NULL;
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.' && (e->d_type == DT_DIR || e->d_type == DT_LNK || e->d_type == DT_UNKNOWN)) {
            struct buf path = {0};
            path_join(&path, name, e->d_name);
            guard_folders(b, out, path.p, depth - 1);
            buf_free(&path);
        }
    if (d) closedir(d);
    buf_free(&dir);
}

static void guard_all(struct batch *b, struct buf *out) {
    guard(b, out, "program");
    guard(b, out, "content/sotay.yaml");
    guard_folders(b, out, "content", 1);
    guard_folders(b, out, "styles/.", 3);
    struct document_inputs files = {0};
    document_definitions_find(&files, b->w);
    document_inputs_sort(&files);
    for (size_t i = 0; i < files.n; i++) guard(b, out, files.items[i].name);
    document_inputs_free(&files);
    const struct input_set *machine = keys_machine(&b->keys);
    const char *last = "";
    for (size_t i = 0; i < machine->n; i++) { /* the folders of patterns and fonts */
        struct buf dir = {0};
        path_dir(&dir, machine->items[i]->name);
        if (dir.p[0] == '/' && strcmp(dir.p, last) != 0) guard(b, out, dir.p);
        last = str_intern(dir.p, dir.n);
        buf_free(&dir);
    }
    for (size_t i = 0; i < map_count(b->keys.styles); i++) {
        const struct input_set *set = map_at(b->keys.styles, i)->value.ptr;
        for (size_t j = 0; j < set->n; j++) guard(b, out, set->items[j]->name);
    }
}

static bool guards_hold(struct batch *b, struct unpack *u) {
    int64_t seen = unpack_int(u);
    size_t n;
    const void *p = unpack_bytes(u, &n);
    struct unpack guards = unpack_of(p, n);
    struct buf path = {0};
    bool hold = !u->bad;
    while (hold && guards.p < guards.end) {
        const char *name = unpack_string(&guards);
        struct stamp then = unpack_stamp(&guards);
        keys_path(&b->keys, &path, name ? name : "");
        struct stamp now = stamp_at(path.p);
        hold = !guards.bad && stamp_same(&then, &now) && stamp_tells(&now, seen);
    }
    buf_free(&path);
    return hold;
}

/* ---- sets ---- */

static void pack_set(struct buf *out, const char *kind, const struct input_set *set) {
    pack_string(out, kind);
    pack_int(out, (int64_t)set->n);
    for (size_t i = 0; i < set->n; i++) pack_string(out, set->items[i]->name);
}

static void unpack_set(struct batch *b, struct unpack *u, struct input_set *set) {
    for (int64_t n = unpack_int(u); n > 0 && !u->bad; n--) {
        const char *name = unpack_string(u);
        if (name && !u->bad) set_add(set, keys_file(&b->keys, name));
    }
}

/* ---- documents ---- */

static void pack_document(struct batch *b, struct buf *out, const struct document *d) {
    const char *const words[] = {d->id,     d->kind, d->variant, d->sheet, d->sheets, d->copy,
                                 d->languages, d->layout, d->unit, d->month, d->values};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) pack_string(out, words[i]);
    pack_string(out, job_output(b, d));
    pack_int(out, (int64_t)d->publication);
}

static void unpack_document(struct batch *b, struct unpack *u, struct document_list *list) {
    struct document d = {0};
    const char **const words[] = {&d.id,     &d.kind, &d.variant, &d.sheet, &d.sheets, &d.copy,
                                   &d.languages, &d.layout, &d.unit, &d.month, &d.values};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *s = unpack_string(u);
        *words[i] = s ? arena_strdup(list->arena, s) : NULL;
    }
    const char *output = unpack_string(u);
    struct buf path = {0};
    buf_fmt(&path, "%s/%s", b->o->folder, output ? output : "");
    d.output = arena_strdup(list->arena, path.p);
    buf_free(&path);
    d.publication = (size_t)unpack_int(u);
    if (u->bad) return;
    list->items = mem_grow(list->items, &list->cap, list->n + 1, sizeof d);
    list->items[list->n++] = d;
}

bool snapshot_load(struct batch *b, struct document_list *list) {
    struct buf name = {0}, content = {0};
    value_name(b, &name);
    bool good = records_get_value(b->records, name.p, &content);
    struct unpack u = unpack_of(buf_cstr(&content), content.n);
    good = good && guards_hold(b, &u);
    if (good) {
        unpack_string(&u);
        unpack_set(b, &u, &b->keys.machine);
        for (int64_t n = unpack_int(&u); n > 0 && !u.bad; n--) {
            const char *kind = unpack_string(&u);
            struct input_set *set = mem_alloc(sizeof *set);
            map_get(b->keys.styles, kind ? kind : "", kind ? strlen(kind) : 0)->value.ptr = set;
            unpack_set(b, &u, set);
        }
        list->arena = arena_new();
        for (int64_t n = unpack_int(&u); n > 0 && !u.bad; n--) unpack_document(b, &u, list);
        good = !u.bad;
    }
    if (!good && list->arena) document_list_free(list);
    if (!good) keys_new_round(&b->keys);
    buf_free(&name);
    buf_free(&content);
    return good;
}

void snapshot_store(struct batch *b, const struct document_list *list) {
    struct buf name = {0}, guards = {0}, out = {0};
    value_name(b, &name);
    for (size_t i = 0; i < list->n; i++) keys_styles(&b->keys, list->items[i].sheets);
    guard_all(b, &guards);
    pack_int(&out, stamp_now());
    pack_bytes(&out, guards.p, guards.n);
    pack_set(&out, "", keys_machine(&b->keys));
    pack_int(&out, (int64_t)map_count(b->keys.styles));
    for (size_t i = 0; i < map_count(b->keys.styles); i++) {
        const struct map_entry *e = map_at(b->keys.styles, i);
        pack_set(&out, e->key, e->value.ptr);
    }
    pack_int(&out, (int64_t)list->n);
    for (size_t i = 0; i < list->n; i++) pack_document(b, &out, &list->items[i]);
    records_put_value(b->records, name.p, out.p, out.n);
    buf_free(&name);
    buf_free(&guards);
    buf_free(&out);
}
