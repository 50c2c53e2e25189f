/* content/ID/edition.lock: against which original each translation was last
 * confirmed.  A line for each unit and language, with blank lines between, so
 * that merges of neighbours do not meet:
 *
 *   # sotay edition.lock 1 vi
 *
 *   cach-dung.1 en 0123456789abcdef fedcba9876543210
 *
 * the sums of the original ("-": never confirmed) and of the translation. */
#include "check/parts.h"

#include <errno.h>
#include <inttypes.h>

enum { VERSION = 1 };
static const char magic[] = "# sotay edition.lock";

struct line {
    const char *key, *lang;
    bool confirmed; /* has a sum of its original */
    uint64_t base, other;
    struct pos pos;
    bool used; /* told of a unit that is there */
};

struct check_lock {
    const char *path, *file; /* in the project; to be opened */
    struct line *v;
    size_t n, cap;
    bool there, damaged, other_base;
    struct map *by_key, *by_base, *by_pair, *by_other; /* -> index + 1 of a line */
};

/* ---- reading ---- */

static const char *join(struct arena *a, const char *x, const char *y, const char *z) {
    struct buf b = {0};
    buf_fmt(&b, "%s%s%s", x, y, z);
    const char *s = arena_strdup(a, b.p);
    buf_free(&b);
    return s;
}

/* Beside publication.yaml; of a pair directly in content/: ID.edition.lock. */
static void find_path(struct check_units *u, xmlDoc *edition) {
    xmlNode *root = xmlDocGetRootElement(edition);
    const char *file = source_place(root).file;
    xmlChar *id = xmlGetNoNsProp(root, BAD_CAST "id");
    const char *slash = file ? strrchr(file, '/') : NULL;
    bool folder = slash && strcmp(slash, "/publication.yaml") == 0;
    const char *dir = slash ? arena_strndup(u->arena, file, (size_t)(slash - file)) : ".";
    u->lock->path = folder ? join(u->arena, dir, "/", "edition.lock")
                           : join(u->arena, dir, "/", join(u->arena, id ? (char *)id : "", ".", "edition.lock"));
    struct buf full = {0};
    path_join(&full, edition->URL ? (const char *)edition->URL : ".", u->lock->path);
    u->lock->file = arena_strdup(u->arena, full.p);
    u->lock->path = str_intern(u->lock->path, strlen(u->lock->path));
    buf_free(&full);
    xmlFree(id);
}

static size_t index_key(char *out, size_t room, const char *lang, const char *key, uint64_t a, uint64_t b) {
    int n = snprintf(out, room, "%s %s %016" PRIx64 " %016" PRIx64, lang, key, a, b);
    return n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

static struct map_entry *entry(struct map *m, const char *lang, const char *key, uint64_t a, uint64_t b) {
    char name[512];
    return map_get(m, name, index_key(name, sizeof name, lang, key, a, b));
}

static void index_line(struct check_lock *l, size_t i) {
    const struct line *o = &l->v[i];
    struct map_entry *e[] = {
        entry(l->by_key, o->lang, o->key, 0, 0),
        o->confirmed ? entry(l->by_base, o->lang, "", o->base, 0) : NULL,
        o->confirmed ? entry(l->by_pair, o->lang, "", o->base, o->other) : NULL,
        entry(l->by_other, o->lang, "", 0, o->other),
    };
    for (size_t k = 0; k < 4; k++)
        if (e[k] && !e[k]->value.num) e[k]->value.num = (int64_t)i + 1;
}

static bool read_sum(const char *s, uint64_t *sum) {
    char *end;
    if (strlen(s) != 16 || strspn(s, "0123456789abcdef") != 16) return false;
    *sum = strtoull(s, &end, 16);
    return !*end;
}

static bool add_line(struct check_units *u, struct line o, struct diags *d) {
    struct check_lock *l = u->lock;
    int64_t old = entry(l->by_key, o.lang, o.key, 0, 0)->value.num;
    if (old) {
        const struct line *first = &l->v[old - 1];
        bool same = first->confirmed == o.confirmed && first->base == o.base && first->other == o.other;
        if (same) return true;
        diag_add(d, DIAG_LOCK_TWICE, o.pos, o.key, o.lang);
        diag_relate(d, DIAG_FIRST_HERE, first->pos);
        return false;
    }
    l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
    l->v[l->n] = o;
    index_line(l, l->n++);
    return true;
}

static bool read_line(struct check_units *u, char *s, struct pos pos, struct diags *d) {
    char *field[5], *rest = NULL;
    size_t n = 0;
    for (char *f = strtok_r(s, " \t", &rest); f && n < 5; f = strtok_r(NULL, " \t", &rest)) field[n++] = f;
    struct line o = {.pos = pos};
    bool good = n == 4 && strlen(field[0]) < 300 && strlen(field[1]) < 40;
    o.confirmed = good && strcmp(field[2], "-") != 0;
    good = good && (!o.confirmed || read_sum(field[2], &o.base)) && read_sum(field[3], &o.other);
    if (!good) {
        diag_add(d, DIAG_LOCK_DAMAGED, pos);
        return false;
    }
    o.key = arena_strdup(u->arena, field[0]);
    o.lang = arena_strdup(u->arena, field[1]);
    return add_line(u, o, d);
}

static bool is_conflict(const char *s) {
    static const char *const marks[] = {"<<<<<<<", "|||||||", "=======", ">>>>>>>"};
    for (size_t i = 0; i < 4; i++)
        if (strncmp(s, marks[i], 7) == 0) return true;
    return false;
}

static bool read_head(struct check_units *u, const char *s, struct pos pos, struct diags *d) {
    int version = 0;
    char lang[40] = "";
    if (strncmp(s, magic, strlen(magic)) != 0 || sscanf(s + strlen(magic), "%d %39s", &version, lang) < 1) {
        diag_add(d, DIAG_LOCK_HEAD, pos, VERSION, u->base_lang);
        return false;
    }
    if (version != VERSION) {
        diag_add(d, DIAG_LOCK_NEWER, pos, version, VERSION);
        return false;
    }
    u->lock->other_base = strcmp(lang, u->base_lang) != 0;
    return true;
}

static bool read_lines(struct check_units *u, char *s, struct diags *d) {
    struct pos pos = {u->lock->path, 1, 1};
    bool good = true;
    for (char *next; *s; s = next, pos.line++) {
        size_t n = strcspn(s, "\n");
        next = s + n + (s[n] == '\n');
        s[n] = 0;
        if (n && s[n - 1] == '\r') s[n - 1] = 0;
        if (is_conflict(s)) {
            diag_add(d, DIAG_LOCK_CONFLICT, pos);
            return false;
        }
        if (pos.line == 1 && !read_head(u, s, pos, d)) return false;
        if (pos.line > 1 && s[strspn(s, " \t")] && *s != '#') good &= read_line(u, s, pos, d);
    }
    return good;
}

static void open_lock(struct check_units *u, xmlDoc *edition, struct diags *d) {
    struct check_lock *l = u->lock = ARENA_NEW(u->arena, struct check_lock);
    l->by_key = map_new();
    l->by_base = map_new();
    l->by_pair = map_new();
    l->by_other = map_new();
    find_path(u, edition);
    struct buf raw = {0};
    int e = file_read(&raw, l->file);
    l->there = e != ENOENT;
    if (e && l->there) diag_add(d, DIAG_CANNOT_READ, (struct pos){0}, l->path, strerror(e));
    bool text = !raw.n || !memchr(raw.p, 0, raw.n);
    if (!text) diag_add(d, DIAG_LOCK_DAMAGED, (struct pos){l->path, 1, 1});
    if (!e && text && !raw.n) diag_add(d, DIAG_LOCK_HEAD, (struct pos){l->path, 1, 1}, VERSION, u->base_lang);
    l->damaged = l->there && (e || !text || !raw.n || !read_lines(u, raw.p, d));
    buf_free(&raw);
}

/* ---- what it says of each unit ---- */

static struct line *line_at(struct check_lock *l, struct map *m, const char *lang, const char *key, uint64_t a,
                            uint64_t b) {
    int64_t i = entry(m, lang, key, a, b)->value.num;
    return i ? &l->v[i - 1] : NULL;
}

static void mark(struct check_version *v, enum check_state state, struct line *line) {
    v->state = state;
    v->line = line;
    line->used = true;
}

/* By what is said: a unit may have moved. */
static void find_by_sums(struct check_lock *l, const struct check_unit *unit, struct check_version *v, uint64_t base) {
    struct line *own = line_at(l, l->by_key, v->lang, unit->key, 0, 0);
    struct line *pair = line_at(l, l->by_pair, v->lang, "", base, v->sum);
    struct line *same = line_at(l, l->by_base, v->lang, "", base, 0);
    struct line *other = line_at(l, l->by_other, v->lang, "", 0, v->sum);
    if (own && own->confirmed && own->base == base) mark(v, CHECK_CONFIRMED, own);
    else if (pair) mark(v, CHECK_CONFIRMED, pair);
    else if (same) mark(v, CHECK_CONFIRMED, same);
    else if (own && own->other == v->sum) mark(v, CHECK_STALE, own);
    else if (other && !other->used) mark(v, CHECK_STALE, other);
}

/* What is left goes by its key, unless that line told of another unit. */
static void find_by_key(struct check_lock *l, const struct check_unit *unit, struct check_version *v) {
    struct line *own = line_at(l, l->by_key, v->lang, unit->key, 0, 0);
    if (own && !own->used) mark(v, CHECK_STALE, own);
    else v->state = CHECK_NEW;
}

static bool has_base(const struct check_units *u, const struct check_unit *unit) {
    return unit->count && strcmp(unit->v[0].lang, u->base_lang) == 0;
}

static void find_states(struct check_units *u) {
    struct check_lock *l = u->lock;
    if (!l->there || l->damaged || l->other_base) return;
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 1; has_base(u, &u->v[i]) && k < u->v[i].count; k++)
            find_by_sums(l, &u->v[i], &u->v[i].v[k], u->v[i].v[0].sum);
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 1; has_base(u, &u->v[i]) && k < u->v[i].count; k++)
            if (!u->v[i].v[k].state) find_by_key(l, &u->v[i], &u->v[i].v[k]);
}

bool check_units_open(struct check_units *u, xmlDoc *edition, struct diags *d) {
    check_units_read(u, edition);
    open_lock(u, edition, d);
    find_states(u);
    return !u->lock->damaged;
}

void check_units_close(struct check_units *u) {
    map_drop(u->lock->by_key);
    map_drop(u->lock->by_base);
    map_drop(u->lock->by_pair);
    map_drop(u->lock->by_other);
    mem_free(u->lock->v);
    mem_free(u->v);
    arena_drop(u->arena);
    *u = (struct check_units){0};
}

const char *check_lock_path(const struct check_units *u) {
    return u->lock->path;
}

bool check_lock_there(const struct check_units *u) {
    return u->lock->there;
}

/* ---- writing ---- */

static void write_sums(struct buf *out, const char *key, const char *lang, const uint64_t *base, uint64_t other) {
    buf_fmt(out, "\n%s %s ", key, lang);
    if (base) buf_fmt(out, "%016" PRIx64, *base);
    else buf_char(out, '-');
    buf_fmt(out, " %016" PRIx64 "\n", other);
}

static void write_version(struct buf *out, const struct check_unit *unit, const struct check_version *v) {
    const struct line *l = v->line;
    if (v->accept == CHECK_ACCEPT) write_sums(out, unit->key, v->lang, &unit->v[0].sum, v->sum);
    else if (v->accept == CHECK_DOUBT) write_sums(out, unit->key, v->lang, NULL, v->sum);
    else if (l) write_sums(out, unit->key, v->lang, l->confirmed ? &l->base : NULL, l->other);
}

bool check_lock_save(struct check_units *u, bool keep_others, struct diags *d) {
    struct check_lock *l = u->lock;
    if (l->damaged) return false;
    if (l->other_base && l->there) {
        diag_add(d, DIAG_LOCK_BASE, (struct pos){l->path, 1, 1}, u->base_lang);
        return false;
    }
    struct buf b = {0}, old = {0};
    buf_fmt(&b, "%s %d %s\n", magic, VERSION, u->base_lang);
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 1; has_base(u, &u->v[i]) && k < u->v[i].count; k++) write_version(&b, &u->v[i], &u->v[i].v[k]);
    for (size_t i = 0; keep_others && i < l->n; i++)
        if (!l->v[i].used)
            write_sums(&b, l->v[i].key, l->v[i].lang, l->v[i].confirmed ? &l->v[i].base : NULL, l->v[i].other);
    bool same = file_read(&old, l->file) == 0 && old.n == b.n && memcmp(old.p, b.p, b.n) == 0;
    int e = 0;
    struct out_file *f = same ? NULL : out_open(l->file, &e);
    if (f) {
        out_write(f, b.p, b.n);
        e = out_commit(f);
    }
    if (e) diag_add(d, DIAG_CANNOT_WRITE, (struct pos){0}, l->path, strerror(e));
    buf_free(&b);
    buf_free(&old);
    return e == 0;
}

/* ---- accepting ---- */

static size_t accept_unit(struct check_units *u, const char *key, size_t n) {
    size_t count = 0;
    bool all = n == 3 && strncmp(key, "all", 3) == 0;
    for (size_t i = 0; i < u->n; i++) {
        struct check_unit *unit = &u->v[i];
        if (!has_base(u, unit) || (!all && (strncmp(unit->key, key, n) != 0 || unit->key[n]))) continue;
        for (size_t k = 1; k < unit->count; k++, count++) unit->v[k].accept = CHECK_ACCEPT;
    }
    return count;
}

int check_accept(xmlDoc *edition, const char *keys, struct map *found, struct diags *d) {
    struct check_units u;
    int count = 0;
    bool good = check_units_open(&u, edition, d), all = false;
    for (const char *s = keys; good && *s; s += strspn(s, ",")) {
        size_t n = strcspn(s, ","), k = accept_unit(&u, s, n);
        all |= n == 3 && strncmp(s, "all", 3) == 0;
        if (k) map_get(found, s, n)->value.num = 1;
        count += (int)k;
        s += n;
    }
    if (good && count) good = check_lock_save(&u, !all, d);
    check_units_close(&u);
    return good ? count : -1;
}

/* ---- telling ---- */

void check_stale(struct check *c, const struct check_unit *unit) {
    for (size_t k = 1; k < unit->count; k++) {
        const struct check_version *v = &unit->v[k];
        if (v->state != CHECK_STALE || !check_tells(c, DIAG_EDITION_STALE)) continue;
        diag_add(c->diags, DIAG_EDITION_STALE, source_place(v->node), unit->key, unit->key);
        diag_relate(c->diags, DIAG_EDITION_ORIGINAL, source_place(unit->v[0].node));
    }
}

void check_new(struct check *c, const struct check_units *u) {
    int n = 0;
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 1; k < u->v[i].count; k++) n += u->v[i].v[k].state == CHECK_NEW;
    if (n) diag_add(c->diags, DIAG_EDITION_NEW, (struct pos){u->lock->path, 1, 1}, n);
}
