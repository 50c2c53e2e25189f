/* PO to messages: GNU gettext manual, "The Format of PO Files". */
#include "exchange/parts.h"

enum field { CONTEXT, ID, STR, FIELDS };

struct reader {
    struct exchange *x;
    const char *path, *s, *end, *line_start;
    int line;
    struct buf text[FIELDS];
    bool has[FIELDS], fuzzy, damaged;
    struct pos pos; /* of the entry */
};

static struct pos here(const struct reader *r, const char *at) {
    struct pos pos = {r->path, r->line, 1};
    for (const char *p = r->line_start; p < at; pos.col++) utf8_next(&p, r->end);
    return pos;
}

static void fail(struct reader *r, const char *at, const char *expected) {
    if (!r->damaged) diag_add(r->x->diags, DIAG_PO_SYNTAX, here(r, at), expected);
    r->damaged = true;
}

/* ---- strings ---- */

static int digit(char c, int base) {
    int v = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : 99;
    return v < base ? v : -1;
}

/* The character an escape stands for; *s moves past it. */
static int unescape(const char **s, const char *end) {
    static const char names[] = "ntrabfv", values[] = "\n\t\r\a\b\f\v";
    char c = *(*s)++;
    const char *hit = memchr(names, c, sizeof names - 1);
    if (hit) return values[hit - names];
    if (c == '"' || c == '\\') return c;
    int base = c == 'x' ? 16 : 8, v = 0, n = 0;
    if (base == 8) (*s)--;
    for (; *s < end && n < (base == 8 ? 3 : 2) && digit(**s, base) >= 0; n++, (*s)++) v = v * base + digit(**s, base);
    return n ? v & 0xFF : -1;
}

/* A quoted string at s, added to out; behind it, or NULL after an error. */
static const char *read_string(struct reader *r, const char *s, const char *end, struct buf *out) {
    if (s == end || *s != '"') {
        fail(r, s, "\"");
        return NULL;
    }
    for (s++; s < end && *s != '"';) {
        if (*s != '\\') {
            buf_char(out, *s++);
            continue;
        }
        const char *at = s++;
        int c = s < end ? unescape(&s, end) : -1;
        if (c <= 0) {
            fail(r, at, "\\n \\t \\\" \\\\");
            return NULL;
        }
        buf_char(out, (char)c);
    }
    if (s == end) {
        fail(r, s, "\"");
        return NULL;
    }
    for (s++; s < end && (*s == ' ' || *s == '\t'); s++) {}
    if (s < end) fail(r, s, "the end of the line");
    return s;
}

/* ---- entries ---- */

static void finish_entry(struct reader *r) {
    if (r->has[ID] && !r->has[STR]) {
        fail(r, r->s, "msgstr");
        return;
    }
    bool head = r->has[ID] && !r->has[CONTEXT] && !r->text[ID].n;
    const char *name = buf_cstr(&r->text[CONTEXT]);
    if (r->has[STR] && !head && !r->damaged)
        exchange_give(r->x, r->has[CONTEXT] ? name : buf_cstr(&r->text[ID]), buf_cstr(&r->text[ID]),
                      buf_cstr(&r->text[STR]), r->fuzzy, r->pos);
    for (int i = 0; i < FIELDS; i++) {
        buf_clear(&r->text[i]);
        r->has[i] = false;
    }
    r->fuzzy = false;
}

static const char *word(const char *s, const char *end, const char *w) {
    size_t n = strlen(w);
    if ((size_t)(end - s) < n || memcmp(s, w, n) != 0) return NULL;
    s += n;
    if (s < end && *s != ' ' && *s != '\t' && *s != '"') return NULL;
    while (s < end && (*s == ' ' || *s == '\t')) s++;
    return s;
}

static void read_comment(struct reader *r, const char *s, const char *end) {
    if (r->has[STR]) finish_entry(r);
    if (end - s > 1 && s[1] == ',' && memmem(s, (size_t)(end - s), "fuzzy", 5)) r->fuzzy = true;
}

/* A line of an entry; `open` is the field that a bare string goes on. */
static void read_line(struct reader *r, const char *s, const char *end, int *open) {
    static const char *const words[] = {"msgctxt", "msgid", "msgstr"};
    if (*s == '"') {
        if (*open < 0) fail(r, s, "msgctxt, msgid");
        else read_string(r, s, end, &r->text[*open]);
        return;
    }
    for (int i = 0; i < FIELDS; i++) {
        const char *from = word(s, end, words[i]);
        if (!from) continue;
        if (i != STR && r->has[STR]) finish_entry(r);
        if (r->has[i] || (i == STR && !r->has[ID]) || (i == CONTEXT && r->has[ID])) {
            fail(r, s, i == STR ? "msgid" : "msgstr");
            return;
        }
        if (i == CONTEXT || (i == ID && !r->has[CONTEXT])) r->pos = here(r, s);
        r->has[i] = true;
        *open = i;
        read_string(r, from, end, &r->text[i]);
        return;
    }
    fail(r, s, "msgctxt, msgid, msgstr");
}

bool po_read(struct exchange *x, const char *path, const char *text, size_t n) {
    struct reader r = {.x = x, .path = str_intern(path, strlen(path)), .s = text, .end = text + n};
    int open = -1;
    for (; r.s < r.end && !r.damaged;) {
        const char *end = memchr(r.s, '\n', (size_t)(r.end - r.s)), *next = end ? end + 1 : r.end;
        if (!end) end = r.end;
        if (end > r.s && end[-1] == '\r') end--;
        r.line++;
        r.line_start = r.s;
        const char *s = r.s;
        while (s < end && (*s == ' ' || *s == '\t')) s++;
        if (s < end && *s == '#') {
            read_comment(&r, s, end);
            open = r.has[STR] ? open : -1;
        } else if (s < end) {
            read_line(&r, s, end, &open);
        }
        r.s = next;
    }
    r.line_start = r.s;
    if (!r.damaged) finish_entry(&r);
    for (int i = 0; i < FIELDS; i++) buf_free(&r.text[i]);
    return !r.damaged;
}

/* The header is the message without a name: "Language: en". */
const char *po_language(struct arena *arena, const char *text, size_t n) {
    const char *hit = memmem(text, n, "\"Language: ", 11);
    if (!hit) return NULL;
    hit += 11;
    size_t k = 0;
    while (hit + k < text + n && hit[k] != '\\' && hit[k] != '"' && hit[k] != ' ') k++;
    return k ? arena_strndup(arena, hit, k) : NULL;
}
