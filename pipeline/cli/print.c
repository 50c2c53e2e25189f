#include "cli/print.h"

#include <unistd.h>

enum { EXCERPT_MAX = 150 }; /* characters of a source line */

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

/* The bytes of a line of the file, NULL when there is none. */
static const char *source_line(struct printer *p, const char *path, int line, size_t *n) {
    if (!p->shown || strcmp(p->shown, path) != 0) {
        mem_free(p->shown);
        p->shown = mem_strdup(path);
        buf_clear(&p->text);
        if (strcmp(path, "-") == 0 || file_read(&p->text, path) != 0) buf_clear(&p->text);
    }
    const char *s = buf_cstr(&p->text), *end = s + p->text.n;
    for (int i = 1; i < line; i++) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        if (!nl) return NULL;
        s = nl + 1;
    }
    const char *nl = memchr(s, '\n', (size_t)(end - s));
    *n = (size_t)((nl ? nl : end) - s);
    if (*n && s[*n - 1] == '\r') --*n;
    return s < end ? s : NULL;
}

/* Columns a character takes on a terminal, as far as the languages here need it. */
static int cell_width(uint32_t c) {
    if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return 0;
    if (c == 0xEB1 || (c >= 0xEB4 && c <= 0xEBC) || (c >= 0xEC8 && c <= 0xECE)) return 0; /* Lao */
    if ((c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)) return 2;
    return 1;
}

/* The line around a column, and the caret under it. */
static void excerpt(struct printer *p, struct buf *out, const struct diag *g, const char *line, size_t n) {
    struct buf text = {0}, under = {0};
    const char *s = line, *end = line + n;
    int from = g->pos.col > EXCERPT_MAX - 20 ? g->pos.col - EXCERPT_MAX / 2 : 1;
    int span = g->span > 0 ? g->span : 1;
    for (int col = 1; s < end && col < from + EXCERPT_MAX; col++) {
        const char *start = s;
        uint32_t c = utf8_next(&s, end);
        if (col < from) continue;
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
    size_t n;
    const char *line = g->pos.file && g->pos.line > 0 && !related ? source_line(p, path.p, g->pos.line, &n) : NULL;
    if (line) excerpt(p, out, g, line, n);
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
    buf_str(out, "\",\"related\":[");
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
