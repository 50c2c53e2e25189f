#include "cli/print.h"

#include <unistd.h>

enum { EXCERPT_MAX = 150, MARK_EVERY = 4096 }; /* characters of a source line; bytes */

void printer_init(struct printer *p, const struct options *o, const char *language) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    *p = (struct printer){.format = o->messages, .quiet = o->quiet, .project = o->project};
    p->vietnamese = strcmp(language, "vi") == 0;
    p->color = o->color == COLORS_ALWAYS ||
               (o->color == COLORS_AUTO && isatty(2) && !(no_color && *no_color) && term &&
                strcmp(term, "dumb") != 0);
}

void printer_free(struct printer *p) {
    mem_free(p->shown);
    mem_free(p->marks);
    buf_free(&p->text);
}

/* The file as the reader's working folder sees it. */
static void path_from_here(const struct printer *p, struct buf *out, const char *file) {
    buf_clear(out);
    if (p->project && strcmp(p->project, ".") != 0 && file[0] != '/') {
        path_join(out, p->project, file);
        if (file_exists(out->p)) return;
        buf_clear(out);
    }
    buf_str(out, file);
}

/* Passes one character. */
static void pass(struct mark *m, const char **s, const char *end) {
    const char *from = *s;
    if (utf8_next(s, end) == '\n') {
        m->line++;
        m->col = 1;
    } else {
        m->col++;
    }
    m->at += (size_t)(*s - from);
}

static void load(struct printer *p, const char *path) {
    mem_free(p->shown);
    p->shown = mem_strdup(path);
    p->mark_count = 0;
    buf_clear(&p->text);
    if (strcmp(path, "-") == 0 || file_read(&p->text, path) != 0) buf_clear(&p->text);
    const char *s = buf_cstr(&p->text), *end = s + p->text.n;
    struct mark m = {1, 1, 0};
    for (size_t next = 0; s < end; pass(&m, &s, end)) {
        if (m.at < next) continue;
        next = m.at + MARK_EVERY;
        p->marks = mem_grow(p->marks, &p->mark_cap, p->mark_count + 1, sizeof *p->marks);
        p->marks[p->mark_count++] = m;
    }
}

static bool is_before(const struct mark *m, int line, int col) {
    return m->line < line || (m->line == line && m->col <= col);
}

/* Where a column of the file is, or its line's end; NULL when there is no such line. */
static const char *source_at(struct printer *p, const char *path, int line, int col) {
    if (!p->shown || strcmp(p->shown, path) != 0) load(p, path);
    if (!p->mark_count) return NULL;
    size_t low = 0, high = p->mark_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (is_before(&p->marks[middle], line, col)) low = middle;
        else high = middle;
    }
    struct mark m = p->marks[low];
    const char *s = p->text.p + m.at, *end = p->text.p + p->text.n;
    while (s < end && (m.line < line || (m.col < col && *s != '\n'))) pass(&m, &s, end);
    return m.line == line && (s < end || m.col > 1) ? s : NULL;
}

/* Columns a character takes on a terminal, as far as the languages here need it. */
static int cell_width(uint32_t c) {
    if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return 0;
    if (c == 0xEB1 || (c >= 0xEB4 && c <= 0xEBC) || (c >= 0xEC8 && c <= 0xECE)) return 0; /* Lao */
    if ((c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)) return 2;
    return 1;
}

static bool line_ends(const char *s, const char *end) {
    return s == end || *s == '\n' || (*s == '\r' && (s + 1 == end || s[1] == '\n'));
}

/* The line around a column, and the caret under it. */
static void excerpt(struct printer *p, struct buf *out, const struct diag *g, const char *path) {
    int from = g->pos.col > EXCERPT_MAX - 20 ? g->pos.col - EXCERPT_MAX / 2 : 1;
    const char *s = source_at(p, path, g->pos.line, from);
    if (!s) return;
    struct buf text = {0}, under = {0};
    const char *end = p->text.p + p->text.n;
    int span = g->span > 0 ? g->span : 1;
    for (int col = from; !line_ends(s, end) && col < from + EXCERPT_MAX; col++) {
        const char *start = s;
        uint32_t c = utf8_next(&s, end);
        bool control = c < 0x20 || c == 0x7F;
        if (control) buf_char(&text, ' ');
        else buf_put(&text, start, (size_t)(s - start));
        bool marked = g->pos.col > 0 && col >= g->pos.col && col < g->pos.col + span;
        for (int w = control ? 1 : cell_width(c); w > 0; w--)
            buf_char(&under, !marked ? ' ' : col == g->pos.col ? '^' : '~');
    }
    if (g->pos.col > 0 && !strchr(buf_cstr(&under), '^')) buf_char(&under, '^'); /* the line's end */
    while (under.n && under.p[under.n - 1] == ' ') under.p[--under.n] = 0;
    buf_fmt(out, "%5d | %s\n", (int)g->pos.line, buf_cstr(&text));
    if (g->pos.col > 0)
        buf_fmt(out, "      | %s%s%s\n", p->color ? "\033[1;32m" : "", buf_cstr(&under), p->color ? "\033[0m" : "");
    buf_free(&text);
    buf_free(&under);
}

static const char *level_word(const struct printer *p, enum diag_level level) {
    static const char *const vi[] = {"lỗi", "cảnh báo", "chưa hỗ trợ", "ghi chú"};
    return p->vietnamese && p->format == MESSAGES_HUMAN ? vi[level] : diag_level_name(level);
}

static void head(const struct printer *p, struct buf *out, const struct diag *g, const char *path) {
    static const char *const colors[] = {"\033[1;31m", "\033[1;35m", "\033[1;33m", "\033[1;36m"};
    const char *on = p->color ? colors[g->level] : "", *off = p->color ? "\033[0m" : "";
    if (*path) {
        buf_str(out, path);
        if (g->pos.line > 0) buf_fmt(out, ":%d", (int)g->pos.line);
        if (g->pos.line > 0 && g->pos.col > 0) buf_fmt(out, ":%d", (int)g->pos.col);
    } else {
        buf_str(out, "sotay");
    }
    buf_fmt(out, ": %s%s:%s %s", on, level_word(p, g->level), off, g->message);
}

static void human(struct printer *p, struct buf *out, const struct diag *g, bool related) {
    struct buf path = {0};
    if (g->pos.file) path_from_here(p, &path, g->pos.file);
    head(p, out, g, buf_cstr(&path));
    if (!related) buf_fmt(out, " [%s]", diag_name(g->id));
    buf_char(out, '\n');
    if (g->pos.file && g->pos.line > 0 && !related) excerpt(p, out, g, buf_cstr(&path));
    for (const struct diag *r = g->related; r; r = r->next) human(p, out, r, true);
    buf_free(&path);
}

static void brief(struct printer *p, struct buf *out, const struct diag *g) {
    struct buf path = {0};
    if (g->pos.file) path_from_here(p, &path, g->pos.file);
    buf_fmt(out, "%s:%d:%d: %s: %s [%s]\n", path.n ? path.p : "-", (int)g->pos.line, (int)g->pos.col,
            diag_level_name(g->level), g->message, diag_name(g->id));
    buf_free(&path);
}

static void json(struct printer *p, struct buf *out, const struct diag *g) {
    struct buf path = {0};
    if (g->pos.file) path_from_here(p, &path, g->pos.file);
    buf_fmt(out, "{\"level\":\"%s\",\"id\":\"%s\"", diag_level_name(g->level), diag_name(g->id));
    if (path.n) {
        buf_str(out, ",\"file\":\"");
        buf_json(out, path.p);
        buf_char(out, '"');
    }
    if (g->pos.line > 0) buf_fmt(out, ",\"line\":%d", (int)g->pos.line);
    if (g->pos.col > 0) buf_fmt(out, ",\"column\":%d", (int)g->pos.col);
    buf_str(out, ",\"message\":\"");
    buf_json(out, g->message);
    buf_char(out, '"');
    if (g->facts) buf_fmt(out, ",%s", g->facts);
    buf_str(out, ",\"related\":[");
    for (const struct diag *r = g->related; r; r = r->next) {
        if (r != g->related) buf_char(out, ',');
        json(p, out, r);
    }
    buf_str(out, "]}");
    buf_free(&path);
}

void printer_render(void *arg, struct buf *out, const struct diag *g) {
    struct printer *p = arg;
    if (p->quiet && g->level != DIAG_LEVEL_ERROR) return;
    switch (p->format) {
    case MESSAGES_HUMAN: human(p, out, g, false); break;
    case MESSAGES_SHORT: brief(p, out, g); break;
    case MESSAGES_JSON:
        json(p, out, g);
        buf_char(out, '\n');
        break;
    }
}

void printer_sink(void *arg, const struct diag *g) {
    struct buf b = {0};
    printer_render(arg, &b, g);
    fwrite(buf_cstr(&b), 1, b.n, stderr);
    buf_free(&b);
}
