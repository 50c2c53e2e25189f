/* Old PDFs by a list in CSV. */
#include "archive/private.h"

#include "base/csv.h"

#include <ctype.h>
#include <errno.h>
#include <sys/stat.h>

/* The columns, and what else they may be called; as fold_text makes them. */
enum field { ID, FILE_NAME, KIND, NUMBER, DATE, ORGANISATION, TITLE, CLASS, LANGUAGES, CITES, FIELDS };
static const struct {
    const char *name, *vietnamese, *other;
} fields[FIELDS] = {
    {"id", "ma", "ma so"},           {"file", "tep", "tap tin"},
    {"kind", "loai", "the loai"},    {"number", "so", "so hieu"},
    {"date", "ngay", "ngay ban hanh"}, {"organisation", "co quan", "organization"},
    {"title", "trich yeu", "tieu de"}, {"class", "do mat", "phan loai"},
    {"languages", "ngon ngu", "language"}, {"cites", "can cu", "vien dan"},
};

/* A column of titles in another language: title.en. */
struct title_column {
    size_t column;
    const char *language;
};

struct entry {
    struct pos pos;
    const char *id, *file, *path; /* path: from the working folder */
    const char *base;             /* of file */
    json_t *facts;
    const char *verapdf; /* what veraPDF says, or NULL */
    bool wrong;
};

struct intake {
    struct archive *a;
    const struct archive_list_options *o;
    struct arena *arena;
    const char *csv; /* interned */
    struct buf folder;
    size_t columns[FIELDS], names; /* SIZE_MAX: not there; names: cells in the first line */
    struct title_column titles[8];
    size_t title_count;
    struct map *ids; /* -> line */
    struct entry *entries;
    size_t n, cap;
    bool wrong; /* a line is */
};

/* ---- reading the list ---------------------------------------------------------------- */

static void folded(struct buf *out, const char *s) {
    buf_clear(out);
    fold_text(out, NULL, s, strlen(s));
    while (out->n && out->p[out->n - 1] == ' ') out->p[--out->n] = 0;
}

static void take_column(struct intake *t, const char *name, size_t i, struct pos pos) {
    struct buf plain = {0};
    folded(&plain, name);
    const char *s = buf_cstr(&plain);
    int found = -1;
    for (int f = 0; f < FIELDS; f++) {
        bool same = strcmp(fields[f].name, s) == 0 || strcmp(fields[f].vietnamese, s) == 0 ||
                    strcmp(fields[f].other, s) == 0;
        if (same) found = f;
    }
    if (found >= 0 && t->columns[found] != SIZE_MAX) {
        diag_add(t->a->diags, DIAG_DUPLICATE_KEY, pos, name);
        t->wrong = true;
    } else if (found >= 0) {
        t->columns[found] = i;
    } else if (strncmp(s, "title.", 6) == 0 && s[6] && t->title_count < sizeof t->titles / sizeof *t->titles) {
        t->titles[t->title_count++] = (struct title_column){i, arena_strdup(t->arena, s + 6)};
    } else if (*s) {
        diag_add(t->a->diags, DIAG_ARCHIVE_LIST_UNKNOWN, pos, name);
    }
    buf_free(&plain);
}

static bool take_columns(struct intake *t, const struct csv *c, struct pos pos) {
    t->names = c->n;
    for (int f = 0; f < FIELDS; f++) t->columns[f] = SIZE_MAX;
    for (size_t i = 0; i < c->n; i++) take_column(t, csv_cell(c, i), i, pos);
    for (int f = ID; f <= FILE_NAME; f++) {
        if (t->columns[f] != SIZE_MAX) continue;
        diag_add(t->a->diags, DIAG_ARCHIVE_LIST_COLUMN, pos, fields[f].name);
        t->wrong = true;
    }
    return !t->wrong;
}

static const char *cell(const struct intake *t, const struct csv *c, enum field f) {
    return t->columns[f] == SIZE_MAX ? "" : csv_cell(c, t->columns[f]);
}

static bool days_are(int year, int month, int day) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] + (month == 2 && leap);
}

/* 2026-11-24, 24/11/2026 or 24.11.2026, and a year alone, as ISO 8601 writes them. */
static bool read_date(struct buf *out, const char *s) {
    int a, b, c, end = 0;
    char mark, again;
    buf_clear(out);
    if (!*s) return true;
    if (strspn(s, "0123456789") == 4 && !s[4]) {
        buf_str(out, s);
        return true;
    }
    if (sscanf(s, "%4d%c%2d%c%4d%n", &a, &mark, &b, &again, &c, &end) != 5 || s[end] || mark != again) return false;
    bool iso = mark == '-' && a > 31;
    if (!iso && mark != '/' && mark != '.' && mark != '-') return false;
    if (!days_are(iso ? a : c, b, iso ? c : a)) return false;
    buf_fmt(out, "%04d-%02d-%02d", iso ? a : c, b, iso ? c : a);
    return true;
}

/* Words of a cell, parted by ; or blanks. */
static json_t *words(const char *s, const char *marks) {
    json_t *list = json_array();
    while (*(s += strspn(s, marks))) {
        size_t n = strcspn(s, marks);
        json_array_append_new(list, json_stringn(s, n));
        s += n;
    }
    return list;
}

static json_t *in_language(const char *language, const char *value) {
    return *value ? json_pack("{s:s}", language, value) : NULL;
}

/* metadata.json, as catalogue.c reads it. */
static json_t *facts_of(const struct intake *t, const struct csv *c, const char *id, const char *date) {
    json_t *languages = words(cell(t, c, LANGUAGES), " ,;");
    if (!json_array_size(languages)) json_array_append_new(languages, json_string("vi"));
    const char *first = json_string_value(json_array_get(languages, 0));
    json_t *titles = json_object();
    const char *title = cell(t, c, TITLE);
    if (*title) json_object_set_new(titles, first, json_string(title));
    for (size_t i = 0; i < t->title_count; i++) {
        title = csv_cell(c, t->titles[i].column);
        if (*title) json_object_set_new(titles, t->titles[i].language, json_string(title));
    }
    if (!json_object_size(titles)) json_object_set_new(titles, first, json_string(id));
    json_t *facts = json_pack("{s:s, s:s, s:s, s:s, s:o*, s:o*}", "id", id, "kind", cell(t, c, KIND), "number",
                              cell(t, c, NUMBER), "date", date, "organisation",
                              in_language(first, cell(t, c, ORGANISATION)), "class",
                              in_language(first, cell(t, c, CLASS)));
    json_object_set_new(facts, "languages", languages);
    json_object_set_new(facts, "titles", titles);
    json_object_set_new(facts, "cites", words(cell(t, c, CITES), " ;"));
    return facts;
}

/* Why a file cannot be one of the list, or NULL. */
static const char *file_fault(const struct intake *t, const char *name, const char *path) {
    struct stat st;
    if (!*name) return "no file is named";
    if (!ident_is_name(name)) return "its path leads out of the list's folder";
    if (stat(path, &st) != 0) return strerror(errno);
    if (!S_ISREG(st.st_mode)) return "it is no file";
    if (!path_inside(t->folder.p, path)) return "its path leads out of the list's folder";
    return NULL;
}

static void take_line(struct intake *t, const struct csv *c, struct pos pos) {
    struct buf id = {0}, date = {0}, path = {0};
    const char *file = cell(t, c, FILE_NAME), *when = cell(t, c, DATE);
    buf_fmt(&path, "%s/%s", t->folder.p, file);
    size_t before = diags_count(t->a->diags, DIAG_LEVEL_ERROR);
    const char *why = ident_fault(&id, cell(t, c, ID));
    if (why) diag_add(t->a->diags, DIAG_ARCHIVE_ID, pos, why);
    struct map_entry *e = why ? NULL : map_get(t->ids, id.p, id.n);
    if (e && e->value.num) diag_add(t->a->diags, DIAG_ARCHIVE_LIST_TWICE, pos, id.p, (int)e->value.num);
    else if (e) e->value.num = pos.line;
    why = file_fault(t, file, path.p);
    if (why) diag_add(t->a->diags, DIAG_ARCHIVE_LIST_FILE, pos, file, why);
    if (!read_date(&date, when)) diag_add(t->a->diags, DIAG_ARCHIVE_LIST_DATE, pos, when);
    if (diags_count(t->a->diags, DIAG_LEVEL_ERROR) > before) {
        t->wrong = true;
    } else {
        const char *slash = strrchr(file, '/');
        t->entries = mem_grow(t->entries, &t->cap, t->n + 1, sizeof *t->entries);
        t->entries[t->n++] = (struct entry){.pos = pos,
                                            .id = arena_strdup(t->arena, id.p),
                                            .file = arena_strdup(t->arena, file),
                                            .base = arena_strdup(t->arena, slash ? slash + 1 : file),
                                            .path = arena_strdup(t->arena, path.p),
                                            .facts = facts_of(t, c, id.p, buf_cstr(&date))};
    }
    buf_free(&id);
    buf_free(&date);
    buf_free(&path);
}

/* The place of a byte: its line, and its column in characters. */
static struct pos place_of(const struct intake *t, const struct buf *text, size_t at) {
    struct pos pos = {t->csv, 1, 1};
    for (size_t i = 0; i < at; i++) {
        if (text->p[i] == '\n') pos.line++, pos.col = 1;
        else if (((unsigned char)text->p[i] & 0xC0) != 0x80) pos.col++;
    }
    return pos;
}

/* Text that is UTF-8 without a mark at its beginning; false (told). */
static bool read_text(struct intake *t, struct buf *text, const char *path) {
    int e = file_read(text, path);
    if (e) {
        diag_add(t->a->diags, DIAG_CANNOT_READ, (struct pos){0}, path, strerror(e));
        return false;
    }
    const char *p = buf_cstr(text);
    if (text->n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0)) {
        diag_add(t->a->diags, DIAG_ARCHIVE_LIST_UTF16, (struct pos){t->csv, 1, 1});
        return false;
    }
    size_t bad = utf8_check(p, text->n), nul = strlen(p);
    if (bad < text->n) diag_add(t->a->diags, DIAG_BAD_UTF8, place_of(t, text, bad));
    else if (nul < text->n) diag_add(t->a->diags, DIAG_NUL_BYTE, place_of(t, text, nul));
    return bad == text->n && nul == text->n;
}

static bool read_list(struct intake *t, const char *path) {
    struct buf text = {0};
    struct csv c;
    bool good = read_text(t, &text, path);
    size_t mark = text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    csv_start(&c, buf_cstr(&text) + mark, good ? text.n - mark : 0);
    bool first = true;
    for (bool more = good; more && csv_next(&c); first = false) {
        struct pos pos = {t->csv, (int32_t)c.line, 1};
        if (first) more = good = take_columns(t, &c, pos);
        else if (c.n == t->names) take_line(t, &c, pos);
        else {
            diag_add(t->a->diags, DIAG_SERIES_CELLS, pos, (int)c.n, (int)t->names);
            t->wrong = true;
        }
    }
    if (c.open) diag_add(t->a->diags, DIAG_SERIES_QUOTE, place_of(t, &text, (size_t)(c.open - buf_cstr(&text))));
    else if (good && first) diag_add(t->a->diags, DIAG_SERIES_EMPTY, (struct pos){t->csv, 1, 1});
    good = good && !first && !c.open;
    csv_end(&c);
    buf_free(&text);
    return good;
}

/* ---- judging the files --------------------------------------------------------------- */

static void not_pdfa(const struct intake *t, const struct entry *e, const char *why) {
    diag_add(t->a->diags, DIAG_ARCHIVE_NOT_PDFA, e->pos, e->file, why);
}

struct judging {
    struct intake *t;
    struct entry **entries;
};

static void judged(void *arg, size_t i, const char *why) {
    struct judging *j = arg;
    if (why) not_pdfa(j->t, j->entries[i], why);
    j->entries[i]->verapdf = why ? why : "passes";
}

/* Those that claim to be PDF/A, by veraPDF; false (told). */
static bool judge_claims(struct intake *t) {
    const char **paths = mem_alloc((t->n + 1) * sizeof *paths);
    struct judging j = {t, mem_alloc((t->n + 1) * sizeof *j.entries)};
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->entries[i].wrong || !*json_string_value(json_object_get(t->entries[i].facts, "pdf"))) continue;
        paths[n] = t->entries[i].path;
        j.entries[n++] = &t->entries[i];
    }
    int e = n ? pdfa_judge(t->o->verapdf, paths, n, judged, &j) : 0;
    bool missing = e == ENOENT && !t->o->verapdf_must;
    if (e && !missing) diag_add(t->a->diags, DIAG_ARCHIVE_VERAPDF, (struct pos){0}, strerror(e));
    mem_free(paths);
    mem_free(j.entries);
    return !e || missing;
}

static bool judge_files(struct intake *t) {
    struct buf claim = {0};
    for (size_t i = 0; i < t->n; i++) {
        struct entry *e = &t->entries[i];
        int error = pdfa_claim(&claim, e->path);
        if (error == ENOENT) {
            diag_add(t->a->diags, DIAG_CANNOT_READ, (struct pos){0}, "pdfinfo", strerror(error));
            break;
        }
        if (error) {
            diag_add(t->a->diags, DIAG_ARCHIVE_LIST_FILE, e->pos, e->file, "it cannot be read as a PDF");
            e->wrong = t->wrong = true;
            continue;
        }
        json_object_set_new(e->facts, "pdf", json_string(buf_cstr(&claim)));
        if (!claim.n) not_pdfa(t, e, "it does not claim to be");
    }
    buf_free(&claim);
    return !t->o->verapdf || judge_claims(t);
}

/* ---- taking in ----------------------------------------------------------------------- */

static enum archive_result take_in(struct intake *t, const struct entry *e, int *version) {
    struct buf text = {0}, facts = {0}, found = {0}, name = {0}, text_name = {0};
    int error = archive_pdf_text(&text, e->path);
    if (error == EACCES) buf_clear(&text), error = 0;
    bool blank = strspn(buf_cstr(&text), " \t\r\n\f") == text.n;
    if (blank) diag_add(t->a->diags, DIAG_ARCHIVE_NO_TEXT, e->pos, e->file);
    inventory_dump(&facts, e->facts);
    if (e->verapdf) buf_fmt(&found, "{\"veraPDF\": \"%s\"}\n", e->verapdf);
    buf_fmt(&name, "pdf/%s", e->base);
    buf_fmt(&text_name, "text/%s.txt", e->base);
    const struct archive_item items[] = {
        {name.p, e->path, NULL, 0},
        {text_name.p, NULL, buf_cstr(&text), text.n},
        {"metadata.json", NULL, facts.p, facts.n},
        {"check.jsonl", NULL, buf_cstr(&found), found.n},
    };
    const struct archive_version v = {.id = e->id,
                                      .message = t->o->message,
                                      .agent = t->o->agent,
                                      .event = "ingestion",
                                      .correction = t->o->correction,
                                      .items = items,
                                      .n = 4};
    enum archive_result r = ARCHIVE_FAILED;
    if (error) diag_add(t->a->diags, DIAG_ARCHIVE_LIST_FILE, e->pos, e->file, "its text cannot be read");
    else r = archive_put(t->a, &v, version);
    struct buf *all[] = {&text, &facts, &found, &name, &text_name};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_free(all[i]);
    return r;
}

static void drop(struct intake *t) {
    for (size_t i = 0; i < t->n; i++) json_decref(t->entries[i].facts);
    mem_free(t->entries);
    map_drop(t->ids);
    buf_free(&t->folder);
    arena_drop(t->arena);
}

bool archive_import_list(struct archive *a, const char *csv, const struct archive_list_options *o,
                         void (*each)(void *arg, const char *id, enum archive_result r, int version), void *arg) {
    struct intake t = {.a = a, .o = o, .arena = arena_new(), .ids = map_new(), .csv = str_intern(csv, strlen(csv))};
    path_dir(&t.folder, csv);
    bool good = read_list(&t, csv) && judge_files(&t) && (!t.wrong || o->keep_going);
    bool all = good && !t.wrong;
    for (size_t i = 0; good && i < t.n; i++) {
        int version = 0;
        if (t.entries[i].wrong) continue;
        enum archive_result r = take_in(&t, &t.entries[i], &version);
        if (r == ARCHIVE_FAILED) all = false;
        else each(arg, t.entries[i].id, r, version);
        good = r != ARCHIVE_FAILED || o->keep_going;
    }
    drop(&t);
    return archive_follow(a) && all;
}
