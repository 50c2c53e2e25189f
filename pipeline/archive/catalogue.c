/* The catalogue: what the objects' metadata.json and text/ say, in SQLite with
 * FTS5.  It holds nothing that is not in the objects, and follows the log: the
 * place in the log up to which it goes stands in it.
 *
 * metadata.json of a version: id, kind, number, date, languages [..], titles
 * {lang: ..}, organisation {lang: ..}, class {lang: ..}, cites [..], serves [..]; all but
 * id may be missing.  text/NAME.txt: the text of pdf NAME, a form feed after
 * each page. */
#include "archive/private.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

enum { CATALOGUE_FORM = 1 };

static const char schema[] =
    "BEGIN;"
    "CREATE TABLE state(place INTEGER NOT NULL);"
    "INSERT INTO state VALUES(0);"
    "CREATE TABLE object(id TEXT PRIMARY KEY, head TEXT, inventory TEXT, kind TEXT, number TEXT, date TEXT,"
    " languages TEXT, class TEXT, title TEXT, organisation TEXT) WITHOUT ROWID;"
    "CREATE TABLE version(id TEXT, version INTEGER, created TEXT, message TEXT, PRIMARY KEY(id, version)) "
    "WITHOUT ROWID;"
    "CREATE TABLE file(id TEXT, version INTEGER, name TEXT, sha512 TEXT, PRIMARY KEY(id, version, name)) "
    "WITHOUT ROWID;"
    "CREATE TABLE mention(id TEXT, what TEXT, ref TEXT, PRIMARY KEY(id, what, ref)) WITHOUT ROWID;"
    "CREATE TABLE page(row INTEGER PRIMARY KEY, id TEXT, file TEXT, page INTEGER, text TEXT);"
    "CREATE INDEX page_id ON page(id);"
    "CREATE VIRTUAL TABLE words USING fts5(text, tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* "
    "Co M*'\");"
    "PRAGMA user_version=1;"
    "COMMIT;";

static bool trouble(struct archive *a, const char *what) {
    diag_add(a->diags, DIAG_ARCHIVE_CATALOGUE, (struct pos){0}, what);
    return false;
}

sqlite3_stmt *catalogue_query(struct archive *a, const char *sql, const char *types, ...) {
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(a->db, sql, -1, &s, NULL) != SQLITE_OK) {
        trouble(a, sqlite3_errmsg(a->db));
        return NULL;
    }
    va_list args;
    va_start(args, types);
    for (int i = 1; *types; types++, i++) {
        if (*types == 'i') sqlite3_bind_int64(s, i, va_arg(args, int64_t));
        else sqlite3_bind_text(s, i, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
    }
    va_end(args);
    return s;
}

/* Ends a query; false (told) when it failed. */
bool catalogue_done(struct archive *a, sqlite3_stmt *s) {
    if (!s) return false;
    return sqlite3_finalize(s) == SQLITE_OK || trouble(a, sqlite3_errmsg(a->db));
}

static bool step(struct archive *a, sqlite3_stmt *s) {
    if (s) sqlite3_step(s);
    return catalogue_done(a, s);
}

/* The tables that hold what objects say; each row begins with the object's id. */
enum table { OBJECT, VERSION, FILES, MENTION, PAGE, TABLES };
static const struct {
    const char *insert, *types; /* of its values, as in catalogue_query */
    const char *select, *count;
} tables[TABLES] = {
    {"INSERT INTO object VALUES(?,?,?,?,?,?,?,?,?,?)", "ssssssssss", "SELECT * FROM object WHERE id=?",
     "SELECT count(*) FROM object"},
    {"INSERT INTO version VALUES(?,?,?,?)", "siss", "SELECT * FROM version WHERE id=?", "SELECT count(*) FROM version"},
    {"INSERT INTO file VALUES(?,?,?,?)", "siss", "SELECT * FROM file WHERE id=?", "SELECT count(*) FROM file"},
    {"INSERT INTO mention VALUES(?,?,?)", "sss", "SELECT * FROM mention WHERE id=?", "SELECT count(*) FROM mention"},
    {"INSERT INTO page(id, file, page, text) VALUES(?,?,?,?)", "ssiss",
     "SELECT p.id, p.file, p.page, p.text, w.text FROM page p LEFT JOIN words w ON w.rowid = p.row WHERE p.id=?",
     "SELECT count(*) FROM page"},
};

/* Rows of an object, whatever their order. */
struct rows {
    size_t n[TABLES];
    uint64_t sum[TABLES];
};

static uint64_t mix(uint64_t h, const char *s) { return hash_bytes(s, strlen(s) + 1, h); }

/* Where the rows of an object go: into the tables, or to be compared. */
struct filling {
    struct archive *a;
    const char *id;
    struct rows *rows; /* NULL: into the tables */
};

static bool put_words(struct archive *a, const char *words) {
    return step(a, catalogue_query(a, "INSERT INTO words(rowid, text) VALUES(?,?)", "is",
                                   (int64_t)sqlite3_last_insert_rowid(a->db), words));
}

/* A row; values after the id, strings but for `number`, which is an integer's place. */
static bool put_row(const struct filling *f, enum table table, ...) {
    sqlite3_stmt *s = f->rows ? NULL : catalogue_query(f->a, tables[table].insert, "");
    uint64_t h = mix(table, f->id);
    const char *words = NULL;
    va_list args;
    va_start(args, table);
    if (s) sqlite3_bind_text(s, 1, f->id, -1, SQLITE_TRANSIENT);
    for (int i = 1; tables[table].types[i]; i++) {
        char digits[24];
        bool number = tables[table].types[i] == 'i';
        if (number) snprintf(digits, sizeof digits, "%lld", (long long)va_arg(args, int64_t));
        const char *value = number ? digits : va_arg(args, const char *);
        if (!value) value = "";
        h = mix(h, value);
        if (table == PAGE && i == 4) words = value;
        else if (s && number) sqlite3_bind_int64(s, i + 1, strtoll(digits, NULL, 10));
        else if (s) sqlite3_bind_text(s, i + 1, value, -1, SQLITE_TRANSIENT);
    }
    va_end(args);
    if (f->rows) {
        f->rows->n[table]++;
        f->rows->sum[table] += h;
        return true;
    }
    return step(f->a, s) && (!words || put_words(f->a, words));
}

static bool run(struct archive *a, const char *sql) {
    return sqlite3_exec(a->db, sql, NULL, NULL, NULL) == SQLITE_OK || trouble(a, sqlite3_errmsg(a->db));
}

/* ---- opening ------------------------------------------------------------------ */

static int form_of(sqlite3 *db) {
    sqlite3_stmt *s = NULL;
    int form = -1;
    if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        form = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return form;
}

static bool open_file(struct archive *a, const char *path) {
    int flags = a->mode == ARCHIVE_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    return sqlite3_open_v2(path, &a->db, flags, NULL) == SQLITE_OK;
}

/* A damaged one is kept, out of the way. */
static bool set_aside(struct archive *a, const char *path) {
    struct buf aside = {0};
    buf_fmt(&aside, "%s.damaged", path);
    catalogue_close(a);
    bool good = rename(path, aside.p) == 0;
    if (good) diag_add(a->diags, DIAG_ARCHIVE_CATALOGUE_SET_ASIDE, (struct pos){0}, aside.p);
    else trouble(a, strerror(errno));
    buf_free(&aside);
    return good && open_file(a, path);
}

bool catalogue_open(struct archive *a) {
    if (a->db) return true;
    struct buf path = {0};
    archive_path(a, &path, "catalogue.db");
    bool good = open_file(a, path.p);
    int form = good ? form_of(a->db) : -1;
    if (a->mode == ARCHIVE_WRITE && form != CATALOGUE_FORM && form != 0) {
        good = set_aside(a, path.p);
        form = 0;
    }
    if (!good || (a->mode == ARCHIVE_READ && form != CATALOGUE_FORM)) {
        good = trouble(a, good ? "it is damaged or of another sotay" : "it cannot be opened");
    } else if (a->mode == ARCHIVE_WRITE) {
        good = run(a, "PRAGMA synchronous=NORMAL; PRAGMA journal_mode=TRUNCATE;");
        if (good && form == 0 && !run(a, schema)) {
            sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
            good = false;
        }
    }
    buf_free(&path);
    if (!good) catalogue_close(a);
    return good;
}

void catalogue_close(struct archive *a) {
    sqlite3_close(a->db);
    a->db = NULL;
}

/* ---- filling ------------------------------------------------------------------ */

static const char *word(const json_t *j, const char *key) {
    const char *s = json_string_value(json_object_get(j, key));
    return s ? s : "";
}

/* Values of an object or list, joined. */
static void join(struct buf *out, const json_t *j, const char *between) {
    const char *key;
    json_t *v;
    size_t i;
    buf_clear(out);
    json_object_foreach ((json_t *)j, key, v)
        buf_fmt(out, "%s%s", out->n ? between : "", json_string_value(v) ? json_string_value(v) : "");
    json_array_foreach (j, i, v)
        buf_fmt(out, "%s%s", out->n ? between : "", json_string_value(v) ? json_string_value(v) : "");
}

static bool put_mentions(const struct filling *f, const char *what, const json_t *refs) {
    struct map *seen = map_new();
    bool good = true;
    json_t *v;
    size_t i;
    json_array_foreach (refs, i, v) {
        const char *ref = json_string_value(v);
        if (ref && good && map_get(seen, ref, strlen(ref))->value.num++ == 0) good = put_row(f, MENTION, what, ref);
    }
    map_drop(seen);
    return good;
}

static bool put_page(const struct filling *f, const char *file, int page, const char *text, size_t n) {
    struct buf copy = {0}, folded = {0};
    buf_put(&copy, text, n);
    fold_text(&folded, NULL, text, n);
    bool good = put_row(f, PAGE, file, (int64_t)page, buf_cstr(&copy), buf_cstr(&folded));
    buf_free(&copy);
    buf_free(&folded);
    return good;
}

static bool put_text(const struct filling *f, const char *file, const struct buf *text) {
    int page = 1;
    for (const char *p = buf_cstr(text), *end = p + text->n; p < end; page++) {
        const char *stop = memchr(p, '\f', (size_t)(end - p));
        if (!stop) stop = end;
        if (!put_page(f, file, page, p, (size_t)(stop - p))) return false;
        p = stop + 1;
    }
    return true;
}

/* A file of the head by its name; false when there is none. */
static bool read_named(const char *object, const json_t *inventory, const char *name, struct buf *out) {
    const char *digest;
    json_t *names, *one;
    size_t i;
    buf_clear(out);
    json_object_foreach (inventory_state(inventory, inventory_head(inventory)), digest, names) {
        json_array_foreach (names, i, one) {
            const char *content = inventory_content(inventory, digest);
            if (!content || strcmp(json_string_value(one), name) != 0) continue;
            struct buf path = {0};
            buf_fmt(&path, "%s/%s", object, content);
            int e = file_read(out, path.p);
            buf_free(&path);
            return !e;
        }
    }
    return false;
}

static bool put_versions(const struct filling *f, const json_t *inventory) {
    bool good = true;
    for (int v = 1, head = inventory_head(inventory); v <= head && good; v++) {
        char label[16];
        snprintf(label, sizeof label, "v%d", v);
        const json_t *j = json_object_get(json_object_get(inventory, "versions"), label);
        good = put_row(f, VERSION, (int64_t)v, word(j, "created"), word(j, "message"));
        const char *digest;
        json_t *names, *name;
        size_t i;
        json_object_foreach (json_object_get(j, "state"), digest, names) {
            json_array_foreach (names, i, name)
                good = good && put_row(f, FILES, (int64_t)v, json_string_value(name), digest);
        }
    }
    return good;
}

static bool put_facts(const struct filling *f, const char *inventory_digest, const json_t *inventory,
                      const json_t *facts) {
    struct buf languages = {0}, titles = {0}, organisation = {0}, class_name = {0}, all = {0};
    char head[16];
    snprintf(head, sizeof head, "v%d", inventory_head(inventory));
    join(&languages, json_object_get(facts, "languages"), " ");
    join(&titles, json_object_get(facts, "titles"), " · ");
    join(&organisation, json_object_get(facts, "organisation"), " · ");
    join(&class_name, json_object_get(facts, "class"), " · ");
    buf_fmt(&all, "%s\n%s\n%s %s\n%s", buf_cstr(&titles), f->id, word(facts, "number"), word(facts, "date"),
            buf_cstr(&organisation));
    bool good = put_row(f, OBJECT, head, inventory_digest, word(facts, "kind"), word(facts, "number"),
                        word(facts, "date"), buf_cstr(&languages), buf_cstr(&class_name), buf_cstr(&titles),
                        buf_cstr(&organisation)) &&
                put_mentions(f, "cites", json_object_get(facts, "cites")) &&
                put_mentions(f, "serves", json_object_get(facts, "serves")) && put_page(f, "", 0, all.p, all.n);
    struct buf *bufs[] = {&languages, &titles, &organisation, &class_name, &all};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++) buf_free(bufs[i]);
    return good;
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The texts of the head, by name; free the array. */
static const char **text_names(const json_t *inventory, size_t *n) {
    const char **found = NULL, *digest;
    size_t cap = 0, i;
    json_t *names, *one;
    *n = 0;
    json_object_foreach (inventory_state(inventory, inventory_head(inventory)), digest, names) {
        json_array_foreach (names, i, one) {
            const char *s = json_string_value(one);
            size_t k = strlen(s);
            if (strncmp(s, "text/", 5) != 0 || k < 10 || strcmp(s + k - 4, ".txt") != 0) continue;
            found = mem_grow(found, &cap, *n + 1, sizeof *found);
            found[(*n)++] = s;
        }
    }
    if (*n) qsort(found, *n, sizeof *found, by_text);
    return found;
}

static bool put_texts(const struct filling *f, const char *object, const json_t *inventory) {
    struct buf text = {0}, file = {0};
    size_t n;
    const char **names = text_names(inventory, &n);
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        buf_clear(&file);
        buf_put(&file, names[i] + 5, strlen(names[i]) - 9);
        if (read_named(object, inventory, names[i], &text)) good = put_text(f, file.p, &text);
    }
    mem_free(names);
    buf_free(&text);
    buf_free(&file);
    return good;
}

/* Every row of an object. */
static bool fill(const struct filling *f, const char *object, const json_t *inventory, const char *digest) {
    struct buf text = {0};
    json_t *facts = NULL;
    if (read_named(object, inventory, "metadata.json", &text)) facts = json_loadb(text.p, text.n, 0, NULL);
    bool good = put_versions(f, inventory) && put_facts(f, digest, inventory, facts) &&
                put_texts(f, object, inventory);
    json_decref(facts);
    buf_free(&text);
    return good;
}

static bool forget(struct archive *a, const char *id) {
    return step(a, catalogue_query(a, "DELETE FROM words WHERE rowid IN (SELECT row FROM page WHERE id=?)",
                                   "s", id)) &&
           step(a, catalogue_query(a, "DELETE FROM page WHERE id=?", "s", id)) &&
           step(a, catalogue_query(a, "DELETE FROM mention WHERE id=?", "s", id)) &&
           step(a, catalogue_query(a, "DELETE FROM file WHERE id=?", "s", id)) &&
           step(a, catalogue_query(a, "DELETE FROM version WHERE id=?", "s", id)) &&
           step(a, catalogue_query(a, "DELETE FROM object WHERE id=?", "s", id));
}

static bool index_object(struct archive *a, const char *id) {
    struct buf object = {0};
    char digest[SHA512_HEX + 1];
    struct filling f = {a, id, NULL};
    ident_object(a, &object, id);
    json_t *inventory = inventory_read(object.p, id, digest, a->diags); /* NULL: told; the others go on */
    bool good = forget(a, id) && (!inventory || fill(&f, object.p, inventory, digest));
    json_decref(inventory);
    buf_free(&object);
    return good;
}

/* ---- following the log ---------------------------------------------------------- */

struct following {
    struct map *ids; /* each object once, however many versions came */
};

static void note_id(void *arg, const struct log_line *l) {
    struct following *f = arg;
    map_get(f->ids, l->id, strlen(l->id));
}

static uint64_t place_of(struct archive *a) {
    sqlite3_stmt *s = catalogue_query(a, "SELECT place FROM state", "");
    uint64_t place = s && sqlite3_step(s) == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return place;
}

bool archive_follow(struct archive *a) {
    if (!catalogue_open(a)) return false;
    struct following f = {map_new()};
    uint64_t place = place_of(a);
    bool good = log_read(a, &place, note_id, &f) && run(a, "BEGIN");
    for (size_t i = 0; i < map_count(f.ids) && good; i++) good = index_object(a, map_at(f.ids, i)->key);
    good = good && step(a, catalogue_query(a, "UPDATE state SET place=?", "i", (int64_t)place)) &&
           run(a, "COMMIT");
    if (!good) sqlite3_exec(a->db, "ROLLBACK", NULL, NULL, NULL);
    map_drop(f.ids);
    return good;
}

bool archive_rebuild(struct archive *a) {
    struct buf path = {0};
    catalogue_close(a);
    archive_path(a, &path, "catalogue.db");
    int e = unlink(path.p) != 0 && errno != ENOENT ? errno : 0;
    buf_free(&path);
    return e ? trouble(a, strerror(e)) : archive_follow(a);
}

/* ---- comparing ---------------------------------------------------------------- */

static const char *column(sqlite3_stmt *s, int i) {
    const char *t = (const char *)sqlite3_column_text(s, i);
    return t ? t : "";
}

/* Rows of a table that an object has. */
static bool read_rows(struct archive *a, const char *id, enum table table, struct rows *rows) {
    sqlite3_stmt *s = catalogue_query(a, tables[table].select, "s", id);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        uint64_t h = mix(table, column(s, 0));
        for (int i = 1; i < sqlite3_column_count(s); i++) h = mix(h, column(s, i));
        rows->n[table]++;
        rows->sum[table] += h;
    }
    return catalogue_done(a, s);
}

bool catalogue_same(struct archive *a, const char *id, const char *object, const json_t *inventory,
                    const char *digest, size_t *rows) {
    struct rows made = {0}, kept = {0};
    struct filling f = {a, id, &made};
    bool good = fill(&f, object, inventory, digest);
    for (int t = 0; t < TABLES && good; t++) good = read_rows(a, id, (enum table)t, &kept);
    for (int t = 0; t < TABLES; t++) *rows += kept.n[t];
    return good && memcmp(&made, &kept, sizeof made) == 0;
}

size_t catalogue_count(struct archive *a) {
    size_t n = 0;
    for (int t = 0; t < TABLES; t++) {
        sqlite3_stmt *s = catalogue_query(a, tables[t].count, "");
        if (s && sqlite3_step(s) == SQLITE_ROW) n += (size_t)sqlite3_column_int64(s, 0);
        catalogue_done(a, s);
    }
    return n;
}

size_t catalogue_rows(struct archive *a, const char *id) {
    size_t n = 0;
    for (int t = 0; t < TABLES; t++) {
        struct buf sql = {0};
        buf_fmt(&sql, "%s WHERE id=?", tables[t].count);
        sqlite3_stmt *s = catalogue_query(a, sql.p, "s", id);
        if (s && sqlite3_step(s) == SQLITE_ROW) n += (size_t)sqlite3_column_int64(s, 0);
        catalogue_done(a, s);
        buf_free(&sql);
    }
    return n;
}

/* ---- asking ------------------------------------------------------------------- */

bool archive_list(struct archive *a, void (*each)(void *arg, const struct archive_entry *e), void *arg) {
    if (!catalogue_open(a)) return false;
    sqlite3_stmt *s = catalogue_query(
        a, "SELECT id, head, kind, number, date, languages, title, class FROM object ORDER BY id", "");
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        const struct archive_entry e = {column(s, 0), column(s, 1), column(s, 2), column(s, 3),
                                        column(s, 4), column(s, 5), column(s, 6), column(s, 7)};
        each(arg, &e);
    }
    return catalogue_done(a, s);
}

bool archive_resolve(struct archive *a, const char *name, struct buf *id) {
    struct buf object = {0}, others = {0}, given = {0};
    if (!ident_normalise(&given, name, a->diags)) return false;
    ident_object(a, &object, given.p);
    buf_clear(id);
    size_t found = 0;
    if (io_is_dir(object.p)) {
        buf_str(id, given.p);
        found = 1;
    } else if (catalogue_open(a)) {
        buf_str(&given, "/");
        sqlite3_stmt *s = catalogue_query(
            a, "SELECT id FROM object WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id", "s", given.p);
        for (; s && sqlite3_step(s) == SQLITE_ROW; found++) {
            if (!found) buf_str(id, column(s, 0));
            buf_fmt(&others, "%s%s", found ? ", " : "", column(s, 0));
        }
        catalogue_done(a, s);
    }
    if (!found) diag_add(a->diags, DIAG_ARCHIVE_UNKNOWN, (struct pos){0}, name);
    else if (found > 1) diag_add(a->diags, DIAG_ARCHIVE_AMBIGUOUS, (struct pos){0}, name, others.p);
    buf_free(&object);
    buf_free(&others);
    buf_free(&given);
    return found == 1;
}
