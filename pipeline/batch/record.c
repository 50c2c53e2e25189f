#include "batch/record.h"

#include "batch/pack.h"

#include <errno.h>
#include <sqlite3.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT = 1, FLUSH_MS = 500 };

static const char schema[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE file(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, state BLOB NOT NULL);"
    "CREATE TABLE job(name TEXT PRIMARY KEY, key BLOB NOT NULL, inputs BLOB NOT NULL, made BLOB NOT NULL,"
    " microseconds INTEGER, kilobytes INTEGER, diags BLOB) WITHOUT ROWID;"
    "CREATE TABLE value(name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;"
    "PRAGMA user_version=1; COMMIT;";

enum statement { FIND_FILE, GET_FILE, ADD_FILE, SET_FILE, FIND_JOB, PUT_JOB, GET_VALUE, PUT_VALUE, STATEMENTS };
static const char *const sql[STATEMENTS] = {
    [FIND_FILE] = "SELECT id, state FROM file WHERE name=?",
    [GET_FILE] = "SELECT name, state FROM file WHERE id=?",
    [ADD_FILE] = "INSERT INTO file(name, state) VALUES(?,?)",
    [SET_FILE] = "UPDATE file SET state=? WHERE id=?",
    [FIND_JOB] = "SELECT key, inputs, made, microseconds, kilobytes, diags FROM job WHERE name=?",
    [PUT_JOB] = "INSERT OR REPLACE INTO job VALUES(?,?,?,?,?,?,?)",
    [GET_VALUE] = "SELECT content FROM value WHERE name=?",
    [PUT_VALUE] = "INSERT OR REPLACE INTO value VALUES(?,?)",
};

struct records {
    sqlite3 *db; /* NULL: given up */
    sqlite3_stmt *statements[STATEMENTS];
    struct keys *keys;
    struct diags *diags;
    char *path;
    bool writing, damaged;
    int64_t since; /* of the transaction's beginning */
    struct file **by_row; /* files by their number */
    size_t row_cap;
};

static bool is_damage(int code) {
    int plain = code & 0xFF;
    return plain == SQLITE_CORRUPT || plain == SQLITE_NOTADB || plain == SQLITE_FORMAT;
}

static void shut(struct records *r) {
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(r->statements[i]);
    memset(r->statements, 0, sizeof r->statements);
    sqlite3_close(r->db);
    r->db = NULL;
    r->writing = false;
}

static int set_up(struct records *r) {
    int code = sqlite3_open_v2(r->path, &r->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code != SQLITE_OK) return code;
    code = sqlite3_exec(r->db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=TRUNCATE;"
                               "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000", NULL, NULL, NULL);
    sqlite3_stmt *s = NULL;
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(r->db, "PRAGMA user_version", -1, &s, NULL);
    if (code == SQLITE_OK && sqlite3_step(s) != SQLITE_ROW) code = sqlite3_errcode(r->db);
    int version = code == SQLITE_OK ? sqlite3_column_int(s, 0) : 0;
    sqlite3_finalize(s);
    if (code == SQLITE_OK && version == 0) code = sqlite3_exec(r->db, schema, NULL, NULL, NULL);
    if (code == SQLITE_OK && version != 0 && version != FORMAT) code = SQLITE_FORMAT;
    for (int i = 0; i < STATEMENTS && code == SQLITE_OK; i++)
        code = sqlite3_prepare_v3(r->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &r->statements[i], NULL);
    return code == SQLITE_ERROR ? SQLITE_CORRUPT : code; /* tables that are not as they should be */
}

/* Puts a damaged database aside. */
static void set_aside(struct records *r) {
    struct buf aside = {0}, journal = {0};
    for (int i = 1; i < 1000; i++) {
        buf_clear(&aside);
        buf_fmt(&aside, "%s.damaged-%d", r->path, i);
        if (!file_exists(aside.p)) break;
    }
    if (rename(r->path, aside.p) != 0) unlink(r->path);
    buf_fmt(&journal, "%s-journal", r->path);
    unlink(journal.p);
    diag_add(r->diags, DIAG_RECORDS_DAMAGED, (struct pos){0}, r->path, aside.p);
    r->damaged = true;
    buf_free(&journal);
    buf_free(&aside);
}

/* The records are of no use: all will be built, and noted in new ones if the old
 * were damaged. */
static void give_up(struct records *r, int code) {
    bool again = is_damage(code) && !r->damaged;
    if (!again)
        diag_add(r->diags, DIAG_RECORDS_LOST, (struct pos){0}, r->path,
                 r->db ? sqlite3_errmsg(r->db) : sqlite3_errstr(code));
    shut(r);
    if (again) set_aside(r);
    for (size_t i = 0; i < files_count(r->keys->files); i++) files_at(r->keys->files, i)->row = 0;
    for (size_t i = 0; i < r->row_cap; i++) r->by_row[i] = NULL;
    if (again && (code = set_up(r)) != SQLITE_OK) give_up(r, code);
}

static void learn_file(void *arg, struct file *f);

struct records *records_open(const char *folder, const char *name, struct keys *keys, struct diags *diags) {
    struct buf path = {0};
    buf_fmt(&path, "%s/.sotay/%s.db", folder, name);
    struct records *r = records_open_file(path.p, keys, diags);
    buf_free(&path);
    return r;
}

struct records *records_open_file(const char *path, struct keys *keys, struct diags *diags) {
    struct records *r = mem_alloc(sizeof *r);
    *r = (struct records){.keys = keys, .diags = diags, .path = mem_strdup(path)};
    int code = set_up(r);
    if (code != SQLITE_OK) give_up(r, code);
    keys->learn = learn_file;
    keys->arg = r;
    return r;
}

bool records_were_damaged(const struct records *r) {
    return r->damaged;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void run(struct records *r, const char *text) {
    int code = r->db ? sqlite3_exec(r->db, text, NULL, NULL, NULL) : SQLITE_OK;
    if (code != SQLITE_OK) give_up(r, code);
}

void records_hurry(struct records *r) {
    if (r) run(r, "PRAGMA synchronous=OFF");
}

void records_flush(struct records *r) {
    if (!r || !r->db || !r->writing) return;
    r->writing = false;
    run(r, "COMMIT");
}

static void begin(struct records *r) {
    if (r->writing && now_ms() - r->since > FLUSH_MS) records_flush(r);
    if (!r->db || r->writing) return;
    run(r, "BEGIN IMMEDIATE");
    r->writing = r->db != NULL;
    r->since = now_ms();
}

void records_close(struct records *r) {
    if (!r) return;
    for (size_t i = 0; r->db && i < files_count(r->keys->files); i++) {
        struct file *f = files_at(r->keys->files, i);
        if (f->known && f->changed && !f->error) records_put_file(r, f);
    }
    records_flush(r);
    r->keys->learn = NULL;
    shut(r);
    mem_free(r->by_row);
    mem_free(r->path);
    mem_free(r);
}

/* One step; true when there is a row.  Give the statement back with sqlite3_reset. */
static bool step(struct records *r, enum statement which) {
    if (!r->db) return false;
    int code = sqlite3_step(r->statements[which]);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(r->statements[which]);
        return false;
    }
    give_up(r, code);
    return false;
}

static struct unpack column(sqlite3_stmt *s, int i) {
    const void *p = sqlite3_column_blob(s, i);
    return unpack_of(p ? p : "", (size_t)sqlite3_column_bytes(s, i));
}

/* ---- files ---- */

static void read_state(struct file *f, struct unpack u) {
    if (f->known) return; /* looked at already */
    f->stamp = unpack_stamp(&u);
    f->sum = unpack_sum(&u);
    f->seen = unpack_int(&u);
    f->known = !u.bad;
}

static void note_row(struct records *r, struct file *f, int64_t row) {
    if (row <= 0 || row > INT32_MAX) return;
    f->row = row;
    size_t old = r->row_cap;
    r->by_row = mem_grow(r->by_row, &r->row_cap, (size_t)row + 1, sizeof *r->by_row);
    for (size_t i = old; i < r->row_cap; i++) r->by_row[i] = NULL;
    r->by_row[row] = f;
}

/* The file of a number; NULL when there is none. */
static struct file *file_of(struct records *r, int64_t row) {
    if (row > 0 && (size_t)row < r->row_cap && r->by_row[row]) return r->by_row[row];
    sqlite3_stmt *s = r->statements[GET_FILE];
    sqlite3_bind_int64(s, 1, row);
    if (!step(r, GET_FILE)) return NULL;
    struct file *f = keys_new_file(r->keys, (const char *)sqlite3_column_text(s, 0));
    read_state(f, column(s, 1));
    f->asked = true;
    sqlite3_reset(s);
    note_row(r, f, row);
    return f;
}

/* What the records know of a file that is met by its name. */
static void learn_file(void *arg, struct file *f) {
    struct records *r = arg;
    if (f->row || !r->db) return;
    sqlite3_stmt *s = r->statements[FIND_FILE];
    sqlite3_bind_text(s, 1, f->name, -1, SQLITE_STATIC);
    if (!step(r, FIND_FILE)) return;
    int64_t row = sqlite3_column_int64(s, 0);
    read_state(f, column(s, 1));
    sqlite3_reset(s);
    note_row(r, f, row);
}

void records_put_file(struct records *r, struct file *f) {
    begin(r);
    if (!r->db || (f->row && !f->changed)) return;
    struct buf b = {0};
    pack_stamp(&b, &f->stamp);
    pack_sum(&b, &f->sum);
    pack_int(&b, f->seen);
    enum statement which = f->row ? SET_FILE : ADD_FILE;
    sqlite3_stmt *s = r->statements[which];
    if (f->row) {
        sqlite3_bind_blob(s, 1, b.p, (int)b.n, SQLITE_STATIC);
        sqlite3_bind_int64(s, 2, f->row);
    } else {
        sqlite3_bind_text(s, 1, f->name, -1, SQLITE_STATIC);
        sqlite3_bind_blob(s, 2, b.p, (int)b.n, SQLITE_STATIC);
    }
    step(r, which);
    if (r->db && which == ADD_FILE) note_row(r, f, sqlite3_last_insert_rowid(r->db));
    f->changed = false;
    buf_free(&b);
}

/* ---- jobs ---- */

static void read_inputs(struct records *r, struct record *record, struct unpack u, struct unpack *bad) {
    int64_t n = unpack_int(&u);
    record->source_count = (size_t)unpack_int(&u);
    record->extra = unpack_sum(&u);
    if (u.bad || n < 0 || n > u.end - u.p) {
        bad->bad = true;
        return;
    }
    record->inputs = mem_alloc(((size_t)n + 1) * sizeof *record->inputs);
    for (int64_t i = 0; i < n && !u.bad; i++) {
        struct file *f = file_of(r, unpack_int(&u));
        if (!f) u.bad = true;
        else record->inputs[record->input_count++] = f;
    }
    bad->bad |= u.bad || record->source_count > record->input_count;
}

static void read_made(struct record *record, struct unpack u, struct unpack *bad) {
    int64_t n = unpack_int(&u);
    if (u.bad || n < 0 || n > u.end - u.p) {
        bad->bad = true;
        return;
    }
    record->made = mem_alloc(((size_t)n + 1) * sizeof *record->made);
    for (int64_t i = 0; i < n && !u.bad; i++) {
        struct made *m = &record->made[record->made_count++];
        const char *path = unpack_string(&u);
        m->path = str_intern(path ? path : "", path ? strlen(path) : 0);
        m->stamp = unpack_stamp(&u);
        m->sum = unpack_sum(&u);
        m->pages = unpack_int(&u);
    }
    bad->bad |= u.bad;
}

struct record *records_find(struct records *r, const char *job) {
    if (!r || !r->db) return NULL;
    sqlite3_stmt *s = r->statements[FIND_JOB];
    sqlite3_bind_text(s, 1, job, -1, SQLITE_STATIC);
    if (!step(r, FIND_JOB)) return NULL;
    struct record *record = mem_alloc(sizeof *record);
    struct unpack key = column(s, 0);
    record->key = unpack_sum(&key);
    struct unpack inputs = column(s, 1), made = column(s, 2);
    record->microseconds = sqlite3_column_int64(s, 3);
    record->kilobytes = sqlite3_column_int64(s, 4);
    record->diags_size = (size_t)sqlite3_column_bytes(s, 5);
    record->diags = mem_alloc(record->diags_size + 1);
    if (record->diags_size) memcpy(record->diags, sqlite3_column_blob(s, 5), record->diags_size);
    read_made(record, made, &key);
    read_inputs(r, record, inputs, &key);
    if (r->db) sqlite3_reset(s);
    if (!key.bad) return record;
    record_free(record);
    return NULL;
}

char **records_names(struct records *r, size_t *n) {
    char **names = NULL;
    size_t cap = 0;
    sqlite3_stmt *s = NULL;
    *n = 0;
    if (!r || !r->db) return NULL;
    int code = sqlite3_prepare_v2(r->db, "SELECT name FROM job ORDER BY name", -1, &s, NULL);
    while (code == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        names = mem_grow(names, &cap, *n + 1, sizeof *names);
        names[(*n)++] = mem_strdup((const char *)sqlite3_column_text(s, 0));
    }
    sqlite3_finalize(s);
    return names;
}

struct map *records_times(const char *folder) {
    struct buf path = {0};
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    struct map *times = NULL;
    buf_fmt(&path, "%s/.sotay/build.db", folder);
    if (file_exists(path.p) && sqlite3_open_v2(path.p, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT name, microseconds FROM job", -1, &s, NULL) == SQLITE_OK) {
        int code;
        times = map_new();
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(s, 0);
            map_get(times, name, strlen(name))->value.num = sqlite3_column_int64(s, 1);
        }
        if (code != SQLITE_DONE) {
            map_drop(times);
            times = NULL;
        }
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    buf_free(&path);
    return times;
}

void record_free(struct record *record) {
    if (!record) return;
    mem_free(record->inputs);
    mem_free(record->made);
    mem_free(record->diags);
    mem_free(record);
}

static void pack_record(struct buf *inputs, struct buf *made, const struct record *record) {
    pack_int(inputs, (int64_t)record->input_count);
    pack_int(inputs, (int64_t)record->source_count);
    pack_sum(inputs, &record->extra);
    for (size_t i = 0; i < record->input_count; i++) pack_int(inputs, record->inputs[i]->row);
    pack_int(made, (int64_t)record->made_count);
    for (size_t i = 0; i < record->made_count; i++) {
        pack_string(made, record->made[i].path);
        pack_stamp(made, &record->made[i].stamp);
        pack_sum(made, &record->made[i].sum);
        pack_int(made, record->made[i].pages);
    }
}

void records_put(struct records *r, const char *job, const struct record *record) {
    if (!r) return;
    begin(r);
    for (size_t i = 0; i < record->input_count && r->db; i++)
        records_put_file(r, record->inputs[i]);
    if (!r->db) return;
    struct buf inputs = {0}, made = {0};
    pack_record(&inputs, &made, record);
    sqlite3_stmt *s = r->statements[PUT_JOB];
    sqlite3_bind_text(s, 1, job, -1, SQLITE_STATIC);
    sqlite3_bind_blob(s, 2, record->key.b, SUM_SIZE, SQLITE_STATIC);
    sqlite3_bind_blob(s, 3, inputs.p, (int)inputs.n, SQLITE_STATIC);
    sqlite3_bind_blob(s, 4, made.p, (int)made.n, SQLITE_STATIC);
    sqlite3_bind_int64(s, 5, record->microseconds);
    sqlite3_bind_int64(s, 6, record->kilobytes);
    sqlite3_bind_blob(s, 7, record->diags, (int)record->diags_size, SQLITE_STATIC);
    step(r, PUT_JOB);
    buf_free(&inputs);
    buf_free(&made);
}

/* ---- values ---- */

bool records_get_value(struct records *r, const char *name, struct buf *out) {
    if (!r || !r->db) return false;
    sqlite3_stmt *s = r->statements[GET_VALUE];
    sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    if (!step(r, GET_VALUE)) return false;
    struct unpack u = column(s, 0);
    buf_clear(out);
    buf_put(out, u.p, (size_t)(u.end - u.p));
    sqlite3_reset(s);
    return true;
}

void records_put_value(struct records *r, const char *name, const void *p, size_t n) {
    if (!r) return;
    begin(r);
    if (!r->db) return;
    sqlite3_stmt *s = r->statements[PUT_VALUE];
    sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_blob(s, 2, p, (int)n, SQLITE_STATIC);
    step(r, PUT_VALUE);
}
