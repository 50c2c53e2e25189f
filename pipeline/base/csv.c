#include "base/csv.h"
#include "base/arena.h"

/* What stands most often in the head: programs of some countries write ";". */
static char find_separator(const char *s, const char *end) {
    size_t comma = 0, semicolon = 0, tab = 0;
    bool quoted = false;
    for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
        if (*s == '"') quoted = !quoted;
        if (quoted) continue;
        comma += *s == ',';
        semicolon += *s == ';';
        tab += *s == '\t';
    }
    if (semicolon > comma && semicolon >= tab) return ';';
    return tab > comma ? '\t' : ',';
}

void csv_start(struct csv *c, const char *text, size_t n) {
    *c = (struct csv){.text = text, .s = text, .end = text + n, .line = 1, .next = 1};
    c->separator = find_separator(c->s, c->end);
}

void csv_end(struct csv *c) {
    buf_free(&c->row);
    mem_free(c->starts);
}

const char *csv_cell(const struct csv *c, size_t i) { return i < c->n ? c->row.p + c->starts[i] : ""; }

static bool at_end_of_cell(const struct csv *c) {
    return c->s >= c->end || *c->s == c->separator || *c->s == '\n' || *c->s == '\r';
}

/* Lines in a quoted cell are counted; false when the quote is never closed. */
static bool read_quoted(struct csv *c) {
    const char *from = c->s;
    for (c->s++; c->s < c->end; c->s++) {
        if (*c->s == '"' && c->s + 1 < c->end && c->s[1] == '"') c->s++;
        else if (*c->s == '"') break;
        c->next += *c->s == '\n';
        buf_char(&c->row, *c->s == '\n' || *c->s == '\r' ? ' ' : *c->s);
    }
    if (c->s >= c->end) {
        c->open = from;
        return false;
    }
    c->s++;
    while (!at_end_of_cell(c)) buf_char(&c->row, *c->s++);
    return true;
}

static bool is_blank(char ch) { return ch == ' ' || ch == '\t'; }

static bool read_cell(struct csv *c) {
    while (c->s < c->end && is_blank(*c->s) && *c->s != c->separator) c->s++;
    c->starts = mem_grow(c->starts, &c->cap, c->n + 1, sizeof *c->starts);
    c->starts[c->n] = c->row.n;
    if (c->s < c->end && *c->s == '"') {
        if (!read_quoted(c)) return false;
    } else {
        while (!at_end_of_cell(c)) buf_char(&c->row, *c->s++);
    }
    while (c->starts[c->n] < c->row.n && is_blank(c->row.p[c->starts[c->n]])) c->starts[c->n]++;
    while (c->row.n > c->starts[c->n] && is_blank(c->row.p[c->row.n - 1])) c->row.n--;
    buf_char(&c->row, 0);
    c->n++;
    return true;
}

static bool read_row(struct csv *c) {
    buf_clear(&c->row);
    c->n = 0;
    c->line = c->next;
    if (c->s >= c->end) return false;
    while (read_cell(c)) {
        if (c->s < c->end && *c->s == c->separator) {
            c->s++;
            continue;
        }
        if (c->s < c->end && *c->s == '\r') c->s++;
        if (c->s < c->end && *c->s == '\n') c->s++;
        c->next++;
        return true;
    }
    return false;
}

bool csv_next(struct csv *c) {
    while (read_row(c))
        for (size_t i = 0; i < c->n; i++)
            if (*csv_cell(c, i)) return true;
    return false;
}
