/* The column of a word: the edition knows where a block begins, the author's
 * file says where in it the word stands. */
#include "check/parts.h"

enum { LINES_MAX = 200 };

struct check_file {
    struct buf raw;
    size_t *lines, count, cap; /* where each begins */
};

static bool is_line_end(const char *s) {
    return *s == '\n' || (*s == '\r' && s[1] != '\n');
}

static void add_line(struct check_file *f, size_t at) {
    f->lines = mem_grow(f->lines, &f->cap, f->count + 1, sizeof *f->lines);
    f->lines[f->count++] = at;
}

static struct check_file *load(struct check *c, const char *path) {
    struct map_entry *e = map_get(c->files, path, strlen(path));
    if (e->value.ptr) return e->value.ptr;
    struct check_file *f = ARENA_NEW(c->arena, struct check_file);
    struct buf full = {0};
    path_join(&full, c->doc->URL ? (const char *)c->doc->URL : ".", path);
    file_read(&f->raw, full.p);
    if (f->raw.n >= 3 && memcmp(f->raw.p, "\xEF\xBB\xBF", 3) == 0) {
        memmove(f->raw.p, f->raw.p + 3, f->raw.n - 2);
        f->raw.n -= 3;
    }
    buf_free(&full);
    const char *s = buf_cstr(&f->raw);
    add_line(f, 0);
    for (size_t i = 0; i < f->raw.n; i++)
        if (is_line_end(s + i)) add_line(f, i + 1);
    e->value.ptr = f;
    return f;
}

void check_place_close(struct check *c) {
    for (size_t i = 0; i < map_count(c->files); i++) {
        struct check_file *f = map_at(c->files, i)->value.ptr;
        buf_free(&f->raw);
        mem_free(f->lines);
    }
}

/* The byte of a place, or NULL. */
static const char *find(const struct check_file *f, struct pos pos) {
    const char *s = buf_cstr(&f->raw), *end = s + f->raw.n;
    if (pos.line < 1 || (size_t)pos.line > f->count) return NULL;
    s += f->lines[pos.line - 1];
    for (int32_t col = 1; s < end && col < pos.col && !is_line_end(s); col++) utf8_next(&s, end);
    return s;
}

static bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

/* "5" is not found in "35" or "1.5". */
static bool stands_alone(const char *s, size_t n, const char *begin) {
    if (is_figure(*s) && s > begin && is_figure(s[-1])) return false;
    bool joined = s > begin + 1 && (s[-1] == '.' || s[-1] == ',') && is_figure(s[-2]);
    if (is_figure(*s) && joined) return false;
    bool goes_on = is_figure(s[n]) || ((s[n] == '.' || s[n] == ',') && is_figure(s[n + 1]));
    return !(is_figure(s[n - 1]) && goes_on);
}

/* The nth standing of a text; strictly: not as part of a longer number. */
static bool search(const struct check_file *f, struct pos *pos, const char *text, int nth, bool strictly) {
    const struct pos from = *pos;
    const char *begin = find(f, from), *end = buf_cstr(&f->raw) + f->raw.n;
    size_t n = strlen(text);
    for (const char *s = begin; s && s < end && pos->line < from.line + LINES_MAX;) {
        bool here = (size_t)(end - s) >= n && memcmp(s, text, n) == 0;
        if (here && (!strictly || stands_alone(s, n, begin)) && nth-- == 0) return true;
        if (is_line_end(s)) {
            pos->line++;
            pos->col = 1;
            s++;
            continue;
        }
        utf8_next(&s, end);
        pos->col++;
    }
    *pos = from;
    return false;
}

struct pos check_place(struct check *c, struct pos from, const char *text, int nth) {
    if (!from.file || !*text) return from;
    const struct check_file *f = load(c, from.file);
    struct pos pos = from;
    if (!search(f, &pos, text, nth, true)) search(f, &pos, text, 0, false);
    return pos;
}
