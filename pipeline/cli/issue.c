/* sotay new KIND ID --from LAST: publication.yaml of the last issue with the next
 * number and today's date, its standing parts, and the template in place of the
 * others. */
#include "cli/new.h"

#include <ctype.h>
#include <errno.h>

struct carrying {
    const struct document_issue *last;
    const char *id, *date;
    struct buf parts; /* the new list, as lines */
    bool in_parts;    /* the lines of the old one are being passed over */
};

static bool is_among(const char *const *names, const char *name, size_t n) {
    for (; names && *names; names++)
        if (strlen(*names) == n && strncmp(*names, name, n) == 0) return true;
    return false;
}

/* Standing parts where they stood, the template's where the first other one was. */
static void list_parts(struct carrying *c, const char *const *fresh) {
    bool put = false;
    for (const char *const *p = c->last->parts; *p; p++) {
        if (is_among(c->last->standing, *p, strlen(*p))) {
            buf_fmt(&c->parts, "  - %s\n", *p);
            continue;
        }
        for (const char *const *f = fresh; !put && *f; f++) buf_fmt(&c->parts, "  - %s\n", *f);
        put = true;
    }
    for (const char *const *f = fresh; !put && *f; f++) buf_fmt(&c->parts, "  - %s\n", *f);
}

static bool is_key(const char *line, const char *key) {
    size_t n = strlen(key);
    return strncmp(line, key, n) == 0 && line[n] == ':';
}

/* The next whole number after the digits of a line; others stay. */
static void put_number(struct buf *out, const char *line, size_t n) {
    size_t from = 0;
    while (from < n && !isdigit((unsigned char)line[from])) from++;
    size_t to = from;
    while (to < n && isdigit((unsigned char)line[to])) to++;
    buf_put(out, line, from);
    if (to > from && to - from < 9) buf_fmt(out, "%0*ld", (int)(to - from), strtol(line + from, NULL, 10) + 1);
    else buf_put(out, line + from, to - from);
    buf_put(out, line + to, n - to);
}

static void carry_line(struct carrying *c, struct buf *out, const char *line, size_t n) {
    bool top = n && line[0] != ' ' && line[0] != '\t' && line[0] != '-' && line[0] != '\n' && line[0] != '#';
    if (c->in_parts && !top) return;
    c->in_parts = is_key(line, "parts");
    if (is_key(line, "id")) buf_fmt(out, "id: %s\n", c->id);
    else if (is_key(line, "date")) buf_fmt(out, "date: %s\n", c->date);
    else if (is_key(line, "number")) put_number(out, line, n);
    else if (c->in_parts) buf_fmt(out, "parts:\n%s", buf_cstr(&c->parts));
    else buf_put(out, line, n);
}

void new_carry_settings(struct buf *out, const struct document_issue *last, const char *const *fresh, const char *id,
                        const char *date, const struct buf *old) {
    struct carrying c = {.last = last, .id = id, .date = date};
    list_parts(&c, fresh);
    buf_clear(out);
    for (const char *p = buf_cstr(old), *end = p + old->n; p < end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t n = stop ? (size_t)(stop - p) + 1 : (size_t)(end - p);
        carry_line(&c, out, p, n);
        p += n;
    }
    buf_free(&c.parts);
}

/* NAME.LANGUAGE.md of a standing part. */
bool new_is_standing(const struct document_issue *last, const char *file) {
    size_t n = strlen(file);
    const char *dot = n > 3 && strcmp(file + n - 3, ".md") == 0 ? memrchr(file, '.', n - 3) : NULL;
    return dot && is_among(last->standing, file, (size_t)(dot - file));
}
