/* Searching: words and "phrases" through FTS5, fields through the tables. */
#include "archive/private.h"

#include <ctype.h>
#include <sqlite3.h>

enum { EXCERPT = 70, FIELDS_MAX = 16 }; /* bytes of an excerpt on each side */

/* A field and the condition it stands for. */
static const struct {
    const char *name, *condition;
} fields[] = {
    {"kind", "o.kind = ? COLLATE NOCASE"},
    {"number", "o.number = ?"},
    {"date", "substr(o.date, 1, length(?%d)) = ?%d"},
    {"lang", "' ' || o.languages || ' ' LIKE '% ' || ? || ' %'"},
    {"class", "instr(o.class, ?) > 0"},
    {"id", "substr(o.id, 1, length(?%d)) = ?%d"},
    {"cites",
     "EXISTS(SELECT 1 FROM mention m WHERE m.id = o.id AND m.what = 'cites' AND m.ref = ? COLLATE NOCASE)"},
    {"serves",
     "EXISTS(SELECT 1 FROM mention m WHERE m.id = o.id AND m.what = 'serves' AND m.ref = ? COLLATE NOCASE)"},
};

struct query {
    struct buf match; /* for FTS5: phrases, all of which must be there */
    struct buf phrases; /* the same, folded, each ended by a NUL */
    struct {
        int field;
        struct buf value;
    } wanted[FIELDS_MAX];
    int wanted_count;
};

/* Adds a word or phrase; one without letters or digits says nothing. */
static void add_phrase(struct query *q, const char *s, size_t n) {
    struct buf folded = {0};
    fold_text(&folded, NULL, s, n);
    bool says = false;
    for (const char *p = buf_cstr(&folded); *p && !says; p++)
        says = isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80;
    if (says) {
        buf_str(&q->match, q->match.n ? " \"" : "\"");
        for (const char *p = folded.p; *p; p++) {
            if (*p == '"') buf_char(&q->match, '"');
            buf_char(&q->match, *p);
        }
        buf_char(&q->match, '"');
        const char *from = folded.p + strspn(folded.p, " ");
        size_t k = strlen(from);
        while (k && from[k - 1] == ' ') k--;
        buf_put(&q->phrases, from, k);
        buf_char(&q->phrases, 0);
    }
    buf_free(&folded);
}

static int field_of(const char *s, size_t n) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strlen(fields[i].name) == n && memcmp(fields[i].name, s, n) == 0) return (int)i;
    return -1;
}

/* A word up to a blank, or "..." ; *p moves past it. */
static size_t next_word(const char **p, const char **word) {
    bool quoted = **p == '"';
    *p += quoted;
    *word = *p;
    size_t n = quoted ? strcspn(*p, "\"") : strcspn(*p, " \t\n");
    *p += n;
    if (quoted && **p) (*p)++;
    return n;
}

static bool read_query(struct archive *a, struct query *q, const char *text) {
    const char *word;
    for (const char *p = text; *(p += strspn(p, " \t\n"));) {
        size_t colon = strcspn(p, ": \t\n\"");
        int field = p[colon] == ':' ? field_of(p, colon) : -1;
        if (field < 0) {
            size_t n = next_word(&p, &word);
            add_phrase(q, word, n);
            continue;
        }
        p += colon + 1;
        size_t n = next_word(&p, &word);
        if (q->wanted_count == FIELDS_MAX) {
            diag_add(a->diags, DIAG_ARCHIVE_QUERY, (struct pos){0}, "too many fields");
            return false;
        }
        q->wanted[q->wanted_count].field = field;
        buf_put(&q->wanted[q->wanted_count++].value, word, n);
    }
    if (q->match.n || q->wanted_count) return true;
    diag_add(a->diags, DIAG_ARCHIVE_QUERY, (struct pos){0}, "no word to look for");
    return false;
}

/* The conditions of the fields; parameter numbers go on after *number. */
static void conditions(struct buf *sql, const struct query *q, int *number) {
    for (int i = 0; i < q->wanted_count; i++) {
        ++*number;
        buf_str(sql, " AND ");
        for (const char *c = fields[q->wanted[i].field].condition; *c; c++) {
            if (*c == '?') buf_fmt(sql, "?%d", *number);
            else buf_char(sql, *c);
            if (*c == '?' && c[1] == '%') c += 2;
        }
    }
}

/* Are there so many matches that their order by rank would say nothing and take long? */
static bool too_many(struct archive *a, const struct query *q) {
    enum { MANY = 2000 };
    sqlite3_stmt *s =
        catalogue_query(a, "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", "si",
                        q->match.p, (int64_t)MANY);
    bool many = s && sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0) == MANY;
    sqlite3_finalize(s);
    return many;
}

/* First which rows, without touching their text; then these. */
static sqlite3_stmt *prepare(struct archive *a, const struct query *q, int limit) {
    struct buf sql = {0};
    int number = 0;
    const char *rows =
        !q->match.n ? "(SELECT min(p.row) FROM page p WHERE p.id = o.id) AS row FROM object o" /* its page 0 */
        : !q->wanted_count
            ? "words.rowid AS row FROM words"
            : "p.row AS row FROM words JOIN page p ON p.row = words.rowid JOIN object o ON o.id = p.id";
    buf_fmt(&sql, "SELECT p.id, o.title, o.date, p.file, p.page, p.text FROM (SELECT %s", rows);
    if (q->match.n) buf_fmt(&sql, " WHERE words MATCH ?%d", ++number);
    else buf_str(&sql, " WHERE true");
    conditions(&sql, q, &number);
    const char *order = !q->match.n      ? "o.date DESC, o.id"
                        : too_many(a, q) ? "words.rowid DESC"
                                         : "words.rank";
    buf_fmt(&sql,
            " ORDER BY %s LIMIT %d) found JOIN page p ON p.row = found.row JOIN object o ON o.id = p.id",
            order, limit);
    sqlite3_stmt *s = catalogue_query(a, sql.p, "");
    int at = 0;
    if (s && q->match.n) sqlite3_bind_text(s, ++at, q->match.p, -1, SQLITE_TRANSIENT);
    for (int i = 0; s && i < q->wanted_count; i++)
        sqlite3_bind_text(s, ++at, buf_cstr(&q->wanted[i].value), -1, SQLITE_TRANSIENT);
    buf_free(&sql);
    return s;
}

static bool continues(const char *text, size_t at) { return ((unsigned char)text[at] & 0xC0) == 0x80; }

static size_t count_of(const char *text, const char *phrase, size_t n) {
    size_t count = 0;
    for (const char *p = text; n && (p = strstr(p, phrase)); p += n) count++;
    return count;
}

/* Where the phrase stands that is found the fewest times, and so says most; of those the longest. */
static const char *best_hit(const char *folded, const struct buf *phrases, size_t *length) {
    const char *best = NULL;
    size_t fewest = SIZE_MAX;
    for (size_t at = 0, n; at < phrases->n; at += n + 1) {
        const char *phrase = phrases->p + at;
        n = strlen(phrase);
        size_t count = count_of(folded, phrase, n);
        if (!count || count > fewest || (count == fewest && n <= *length)) continue;
        best = strstr(folded, phrase);
        fewest = count;
        *length = n;
    }
    return best;
}

/* The text around what was found, on one line. */
static void excerpt(struct buf *out, const char *text, size_t n, const struct buf *phrases) {
    struct buf folded = {0}, map = {0};
    fold_text(&folded, &map, text, n);
    size_t length = 0;
    const char *hit = best_hit(buf_cstr(&folded), phrases, &length);
    uint32_t at = 0;
    if (hit) memcpy(&at, map.p + sizeof at * (size_t)(hit - folded.p), sizeof at);
    size_t from = at > EXCERPT ? at - EXCERPT : 0,
           to = at + length + EXCERPT < n ? at + length + EXCERPT : n;
    while (from && text[from] != ' ' && text[from] != '\n' && at - from < 2 * EXCERPT) from--;
    while (from < to && continues(text, from)) from++;
    while (to < n && (continues(text, to) ||
                      (text[to] != ' ' && text[to] != '\n' && to - at < 2 * EXCERPT + length)))
        to++;
    buf_clear(out);
    for (size_t i = from; i < to; i++) {
        bool blank = (unsigned char)text[i] <= ' ';
        if (!blank) buf_char(out, text[i]);
        else if (out->n && out->p[out->n - 1] != ' ') buf_char(out, ' ');
    }
    while (out->n && out->p[out->n - 1] == ' ') out->p[--out->n] = 0;
    buf_free(&folded);
    buf_free(&map);
}

static const char *column(sqlite3_stmt *s, int i) {
    const char *t = (const char *)sqlite3_column_text(s, i);
    return t ? t : "";
}

bool archive_search(struct archive *a, const char *query, int limit,
                    void (*each)(void *arg, const struct archive_hit *h), void *arg) {
    struct query q = {0};
    struct buf around = {0};
    bool good = catalogue_open(a) && read_query(a, &q, query);
    sqlite3_stmt *s = good ? prepare(a, &q, limit) : NULL;
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        excerpt(&around, column(s, 5), (size_t)sqlite3_column_bytes(s, 5), &q.phrases);
        const struct archive_hit h = {column(s, 0), column(s, 1),      column(s, 2),
                                      column(s, 3), buf_cstr(&around), sqlite3_column_int(s, 4)};
        each(arg, &h);
    }
    if (good) good = catalogue_done(a, s);
    buf_free(&around);
    buf_free(&q.match);
    buf_free(&q.phrases);
    for (int i = 0; i < q.wanted_count; i++) buf_free(&q.wanted[i].value);
    return good;
}
