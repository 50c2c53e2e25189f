/* The marks of inline Markdown, which a translator must keep: code, footnotes,
 * citations, links, pictures, emphasis, hard breaks. */
#include "exchange/parts.h"

static size_t code_length(const char *s) {
    size_t n = strspn(s, "`");
    for (const char *p = s + n; (p = strchr(p, '`')) != NULL;) {
        size_t k = strspn(p, "`");
        p += k;
        if (k == n) return (size_t)(p - s);
    }
    return 0;
}

/* "[" whose partner is followed by "(": the text between may hold brackets. */
static bool opens_link(const char *s) {
    int depth = 0;
    for (; *s; s++) {
        if (*s == '\\' && s[1]) s++;
        else if (*s == '[') depth++;
        else if (*s == ']' && --depth == 0) return s[1] == '(';
    }
    return false;
}

/* "](place)", or "](place \"" when a title follows; 0 when neither. */
static size_t link_end(const char *s, bool *title) {
    size_t n = 2 + strcspn(s + 2, ") \n");
    *title = false;
    if (s[n] == ')') return n + 1;
    size_t k = n + strspn(s + n, " ");
    if (k == n || s[k] != '"' || !strstr(s + k + 1, "\")")) return 0;
    *title = true;
    return k + 1;
}

static bool is_blank(char c) {
    return !c || c == ' ' || c == '\n';
}

static bool is_letter(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* A run of "*", "_" or "~~" that can begin or end emphasis. */
static size_t emphasis(const char *s, const char *begin) {
    size_t n = strspn(s, *s == '*' ? "*" : *s == '_' ? "_" : "~");
    char before = s > begin ? s[-1] : 0, after = s[n];
    if ((*s == '~' && n != 2) || n > 3 || (is_blank(before) && is_blank(after))) return 0;
    return *s == '_' && is_letter(before) && is_letter(after) ? 0 : n;
}

/* Bytes of the mark at s, or 0. */
static size_t mark_at(struct mark_reader *r, const char *s, struct mark *m) {
    bool title = false;
    size_t n = 0;
    m->is_emphasis = false;
    switch (*s) {
    case '\n': return 1;
    case '`': return code_length(s);
    case '<': n = strcspn(s, "> \n"); return s[n] == '>' && memchr(s, ':', n) ? n + 1 : 0;
    case '*':
    case '_':
    case '~': n = emphasis(s, r->begin); m->is_emphasis = n > 0; return n;
    case '"':
        if (!r->title || s[1] != ')') return 0;
        r->title = false;
        return 2;
    case '!':
    case '[':
        if (*s == '!' && s[1] != '[') return 0;
        if (*s == '[' && (s[1] == '^' || s[1] == '@')) return s[n = strcspn(s, "]")] ? n + 1 : 0;
        if (!opens_link(s + (*s == '!'))) return 0;
        if (r->depth < 32) r->link[r->depth] = true;
        r->depth++;
        return *s == '!' ? 2 : 1;
    case ']':
        if (s[1] != '(' || r->depth < 1 || !(n = link_end(s, &title))) return 0;
        r->depth--;
        r->title = title;
        return n;
    default: return 0;
    }
}

bool mark_next(struct mark_reader *r, struct mark *out) {
    const char *begin = r->s;
    if (!*begin) return false;
    size_t n = mark_at(r, begin, out);
    if (n) {
        *out = (struct mark){begin, n, true, out->is_emphasis};
        r->s += n;
        return true;
    }
    const char *s = begin;
    do {
        s += *s == '\\' && s[1] ? 2 : 1;
        if (!*s) break;
        struct mark_reader saved = *r;
        struct mark m;
        n = mark_at(r, s, &m);
        *r = saved;
    } while (!n);
    *out = (struct mark){begin, (size_t)(s - begin), false, false};
    r->s = s;
    return true;
}

static void count_marks(struct map *m, const char *s, int by) {
    struct mark_reader r = {.s = s, .begin = s};
    struct mark mark;
    while (mark_next(&r, &mark))
        if (mark.is_mark && !mark.is_emphasis) map_get(m, mark.s, mark.n)->value.num += by;
}

bool marks_same(struct arena *arena, const char *a, const char *b, const char **what) {
    struct map *m = map_new();
    count_marks(m, a, 1);
    count_marks(m, b, -1);
    bool same = true;
    for (size_t i = 0; i < map_count(m) && same; i++)
        if (map_at(m, i)->value.num) {
            const char *key = map_at(m, i)->key;
            same = false;
            *what = strcmp(key, "\n") == 0 ? "\\n" : arena_strdup(arena, key);
        }
    map_drop(m);
    return same;
}
