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

static bool put_mentions(struct archive *a, const char *id, const char *what, const json_t *refs) {
    json_t *v;
    size_t i;
    json_array_foreach (refs, i, v) {
        if (!json_string_value(v)) continue;
        if (!step(a, catalogue_query(a, "INSERT OR IGNORE INTO mention VALUES(?,?,?)", "sss", id, what,
                                     json_string_value(v))))
            return false;
    }
    return true;
}

static bool put_page(struct archive *a, const char *id, const char *file, int page, const char *text,
                     size_t n) {
    struct buf copy = {0}, folded = {0};
    buf_put(&copy, text, n);
    fold_text(&folded, NULL, text, n);
    bool good = step(a, catalogue_query(a, "INSERT INTO page(id, file, page, text) VALUES(?,?,?,?)", "ssis",
                                        id, file, (int64_t)page, buf_cstr(&copy))) &&
                step(a, catalogue_query(a, "INSERT INTO words(rowid, text) VALUES(?,?)", "is",
                                        (int64_t)sqlite3_last_insert_rowid(a->db), buf_cstr(&folded)));
    buf_free(&copy);
    buf_free(&folded);
    return good;
}

static bool put_text(struct archive *a, const char *id, const char *file, const struct buf *text) {
    int page = 1;
    for (const char *p = buf_cstr(text), *end = p + text->n; p < end; page++) {
        const char *stop = memchr(p, '\f', (size_t)(end - p));
        if (!stop) stop = end;
        if (!put_page(a, id, file, page, p, (size_t)(stop - p))) return false;
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

static bool put_versions(struct archive *a, const char *id, const json_t *inventory) {
    bool good = true;
    for (int v = 1, head = inventory_head(inventory); v <= head && good; v++) {
        char label[16];
        snprintf(label, sizeof label, "v%d", v);
        const json_t *j = json_object_get(json_object_get(inventory, "versions"), label);
        good = step(a, catalogue_query(a, "INSERT INTO version VALUES(?,?,?,?)", "siss", id, (int64_t)v,
                                       word(j, "created"), word(j, "message")));
        const char *digest;
        json_t *names, *name;
        size_t i;
        json_object_foreach (json_object_get(j, "state"), digest, names) {
            json_array_foreach (names, i, name) {
                good = good && step(a, catalogue_query(a, "INSERT INTO file VALUES(?,?,?,?)", "siss", id,
                                                       (int64_t)v, json_string_value(name), digest));
            }
        }
    }
    return good;
}

static bool put_facts(struct archive *a, const char *id, const char *inventory_digest,
                      const json_t *inventory, const json_t *facts) {
    struct buf languages = {0}, titles = {0}, organisation = {0}, class_name = {0}, all = {0};
    char head[16];
    snprintf(head, sizeof head, "v%d", inventory_head(inventory));
    join(&languages, json_object_get(facts, "languages"), " ");
    join(&titles, json_object_get(facts, "titles"), " · ");
    join(&organisation, json_object_get(facts, "organisation"), " · ");
    join(&class_name, json_object_get(facts, "class"), " · ");
    buf_fmt(&all, "%s\n%s\n%s %s\n%s", buf_cstr(&titles), id, word(facts, "number"), word(facts, "date"),
            buf_cstr(&organisation));
    bool good = step(a, catalogue_query(a, "INSERT INTO object VALUES(?,?,?,?,?,?,?,?,?,?)", "ssssssssss", id,
                                        head, inventory_digest, word(facts, "kind"), word(facts, "number"),
                                        word(facts, "date"), buf_cstr(&languages), buf_cstr(&class_name),
                                        buf_cstr(&titles), buf_cstr(&organisation))) &&
                put_mentions(a, id, "cites", json_object_get(facts, "cites")) &&
                put_mentions(a, id, "serves", json_object_get(facts, "serves")) &&
                put_page(a, id, "", 0, all.p, all.n);
    buf_free(&languages);
    buf_free(&titles);
    buf_free(&organisation);
    buf_free(&class_name);
    buf_free(&all);
    return good;
}

static bool put_texts(struct archive *a, const char *id, const char *object, const json_t *inventory) {
    sqlite3_stmt *s = catalogue_query(
        a, "SELECT name FROM file WHERE id=? AND version=? AND name GLOB 'text/*.txt' ORDER BY name", "si",
        id, (int64_t)inventory_head(inventory));
    struct buf text = {0}, file = {0};
    bool good = s != NULL;
    while (good && sqlite3_step(s) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(s, 0);
        buf_clear(&file);
        buf_put(&file, name + 5, strlen(name) - 9);
        if (read_named(object, inventory, name, &text)) good = put_text(a, id, file.p, &text);
    }
    buf_free(&text);
    buf_free(&file);
    return catalogue_done(a, s) && good;
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
    struct buf object = {0}, text = {0};
    char digest[SHA512_HEX + 1];
    ident_object(a, &object, id);
    json_t *inventory = inventory_read(object.p, id, digest, a->diags), *facts = NULL;
    bool good = forget(a, id);
    if (!inventory) { /* told; the others go on */
        buf_free(&object);
        return good;
    }
    if (good && read_named(object.p, inventory, "metadata.json", &text))
        facts = json_loadb(text.p, text.n, 0, NULL);
    good = good && put_versions(a, id, inventory) && put_facts(a, id, digest, inventory, facts) &&
           put_texts(a, id, object.p, inventory);
    json_decref(facts);
    json_decref(inventory);
    buf_free(&object);
    buf_free(&text);
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

size_t catalogue_count(struct archive *a) {
    sqlite3_stmt *s = catalogue_query(a, "SELECT count(*) FROM object", "");
    size_t n = s && sqlite3_step(s) == SQLITE_ROW ? (size_t)sqlite3_column_int64(s, 0) : 0;
    catalogue_done(a, s);
    return n;
}

bool catalogue_inventory(struct archive *a, const char *id, struct buf *digest) {
    sqlite3_stmt *s = catalogue_query(a, "SELECT inventory FROM object WHERE id=?", "s", id);
    buf_clear(digest);
    if (s && sqlite3_step(s) == SQLITE_ROW) buf_str(digest, (const char *)sqlite3_column_text(s, 0));
    return catalogue_done(a, s) && digest->n;
}

/* ---- comparing ---------------------------------------------------------------- */

/* Rows that one of two catalogues has and the other has not. */
static int64_t differences(struct archive *fresh, const char *rows) {
    struct buf sql = {0};
    char here[512], kept[512];
    snprintf(here, sizeof here, rows, "main", "main");
    snprintf(kept, sizeof kept, rows, "kept", "kept");
    buf_fmt(&sql, "SELECT (SELECT count(*) FROM (%s EXCEPT %s)) + (SELECT count(*) FROM (%s EXCEPT %s))",
            here, kept, kept, here);
    sqlite3_stmt *s = catalogue_query(fresh, sql.p, "");
    int64_t n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 1;
    catalogue_done(fresh, s);
    buf_free(&sql);
    return n;
}

size_t catalogue_compare(struct archive *a) {
    static const char *const tables[] = {
        "SELECT * FROM %1$s.object",
        "SELECT * FROM %1$s.version",
        "SELECT * FROM %1$s.file",
        "SELECT * FROM %1$s.mention",
        "SELECT p.id, p.file, p.page, p.text, w.text FROM %1$s.page p JOIN %2$s.words w ON w.rowid = p.row",
    };
    struct archive fresh = {.root = a->root, .mode = ARCHIVE_READ, .lock = -1, .diags = a->diags};
    struct buf path = {0};
    archive_path(a, &path, "catalogue.db");
    bool good = sqlite3_open_v2(":memory:", &fresh.db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                run(&fresh, schema) && archive_follow(&fresh) &&
                step(&fresh, catalogue_query(&fresh, "ATTACH ? AS kept", "s", path.p));
    int64_t n = 0;
    for (size_t i = 0; good && i < sizeof tables / sizeof *tables; i++) n += differences(&fresh, tables[i]);
    if (n) trouble(a, "its rows are not those of the objects");
    catalogue_close(&fresh);
    buf_free(&path);
    return good && !n ? 0 : 1;
}

/* ---- asking ------------------------------------------------------------------- */

static const char *column(sqlite3_stmt *s, int i) {
    const char *t = (const char *)sqlite3_column_text(s, i);
    return t ? t : "";
}

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
