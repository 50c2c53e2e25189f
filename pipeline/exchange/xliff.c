/* Messages to XLIFF 1.2 and 2.1 (OASIS).  Marks of Markdown become <ph>: their
 * text stands in it (1.2, 2.5), or under <originalData> (2.1, 4.2.2.11). */
#include "exchange/parts.h"

#ifndef SOTAY_VERSION
#define SOTAY_VERSION "0"
#endif

static void put(struct buf *out, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '<') buf_str(out, "&lt;");
        else if (s[i] == '>') buf_str(out, "&gt;");
        else if (s[i] == '&') buf_str(out, "&amp;");
        else if (s[i] == '"') buf_str(out, "&quot;");
        else if (s[i] == '\t' || s[i] == '\n' || (unsigned char)s[i] >= ' ') buf_char(out, s[i]);
    }
}

/* The marks of a message: those of the original, then what the translation has
 * besides. */
struct marks {
    struct mark *v;
    size_t n, cap;
    bool *used;
    size_t used_cap;
};

static void read_marks(struct marks *m, const char *text) {
    struct mark_reader r = {.s = text, .begin = text};
    struct mark mark;
    while (mark_next(&r, &mark)) {
        if (!mark.is_mark) continue;
        m->v = mem_grow(m->v, &m->cap, m->n + 1, sizeof *m->v);
        m->v[m->n++] = mark;
    }
}

/* The first free one with the same text; a new one where there is none. */
static size_t number_of(struct marks *m, const struct mark *mark) {
    for (size_t i = 0; i < m->n; i++)
        if (!m->used[i] && m->v[i].n == mark->n && memcmp(m->v[i].s, mark->s, mark->n) == 0) {
            m->used[i] = true;
            return i;
        }
    m->v = mem_grow(m->v, &m->cap, m->n + 1, sizeof *m->v);
    m->used = mem_grow(m->used, &m->used_cap, m->n + 1, sizeof *m->used);
    m->used[m->n] = true;
    m->v[m->n] = *mark;
    return m->n++;
}

static void write_inlines(struct buf *out, struct marks *m, const char *text, bool later) {
    struct mark_reader r = {.s = text, .begin = text};
    struct mark mark;
    m->used = mem_grow(m->used, &m->used_cap, m->n + 1, sizeof *m->used);
    for (size_t i = 0; i < m->n; i++) m->used[i] = false;
    while (mark_next(&r, &mark)) {
        if (!mark.is_mark) {
            put(out, mark.s, mark.n);
            continue;
        }
        size_t i = number_of(m, &mark);
        buf_fmt(out, "<ph id=\"%zu\"", i + 1);
        if (later) {
            buf_fmt(out, " dataRef=\"d%zu\"/>", i + 1);
            continue;
        }
        buf_char(out, '>');
        put(out, mark.s, mark.n);
        buf_str(out, "</ph>");
    }
}

static bool is_confirmed(const struct exchange *x, const struct message *m) {
    const struct check_version *v = x->pairs[m->pair].version;
    return v && v->state == CHECK_CONFIRMED && !m->fuzzy;
}

/* ---- 1.2 ---- */

static void write_unit_12(const struct exchange *x, const struct message *m, struct buf *out) {
    struct marks marks = {0};
    read_marks(&marks, m->base->text);
    buf_str(out, "<trans-unit id=\"");
    put(out, m->name, strlen(m->name));
    buf_fmt(out, "\" xml:space=\"preserve\"%s>\n<source xml:lang=\"%s\">",
            m->other && !m->fuzzy ? " approved=\"yes\"" : "", x->base_lang);
    write_inlines(out, &marks, m->base->text, false);
    buf_str(out, "</source>\n");
    if (m->other) {
        buf_fmt(out, "<target xml:lang=\"%s\" state=\"%s\">", x->lang,
                m->fuzzy ? "needs-review-translation" : is_confirmed(x, m) ? "final" : "translated");
        write_inlines(out, &marks, m->other->text, false);
        buf_str(out, "</target>\n");
    }
    buf_fmt(out,
            "<context-group purpose=\"location\"><context context-type=\"sourcefile\">%s</context>"
            "<context context-type=\"linenumber\">%d</context></context-group>\n<note from=\"sotay\">%s</note>\n"
            "</trans-unit>\n",
            m->base->pos.file, (int)m->base->pos.line, exchange_kind(m));
    mem_free(marks.v);
    mem_free(marks.used);
}

static void open_file_12(const struct exchange *x, size_t part, struct buf *out) {
    buf_str(out, "<file original=\"");
    put(out, x->parts[part].base.path, strlen(x->parts[part].base.path));
    buf_fmt(out,
            "\" source-language=\"%s\" target-language=\"%s\" datatype=\"x-markdown\" tool-id=\"sotay\">\n"
            "<header><tool tool-id=\"sotay\" tool-name=\"sotay\" tool-version=\"" SOTAY_VERSION "\"/></header>\n<body>\n",
            x->base_lang, x->lang);
}

/* ---- 2.1 ---- */

static void write_unit_21(const struct exchange *x, size_t index, struct buf *out) {
    const struct message *m = &x->messages[index];
    struct marks marks = {0};
    struct buf source = {0}, target = {0};
    read_marks(&marks, m->base->text);
    write_inlines(&source, &marks, m->base->text, true);
    if (m->other) write_inlines(&target, &marks, m->other->text, true);
    buf_fmt(out, "<unit id=\"u%zu\" name=\"", index + 1);
    put(out, m->name, strlen(m->name));
    buf_fmt(out, "\" xml:space=\"preserve\">\n<notes><note category=\"kind\">%s</note><note category=\"location\">%s:%d</note></notes>\n",
            exchange_kind(m), m->base->pos.file, (int)m->base->pos.line);
    if (marks.n) buf_str(out, "<originalData>");
    for (size_t i = 0; i < marks.n; i++) {
        buf_fmt(out, "<data id=\"d%zu\">", i + 1);
        put(out, marks.v[i].s, marks.v[i].n);
        buf_str(out, "</data>");
    }
    if (marks.n) buf_str(out, "</originalData>\n");
    buf_fmt(out, "<segment id=\"s1\" state=\"%s\">\n<source>%s</source>\n",
            !m->other || m->fuzzy ? "initial" : is_confirmed(x, m) ? "final" : "translated", buf_cstr(&source));
    if (m->other) buf_fmt(out, "<target>%s</target>\n", buf_cstr(&target));
    buf_str(out, "</segment>\n</unit>\n");
    buf_free(&source);
    buf_free(&target);
    mem_free(marks.v);
    mem_free(marks.used);
}

/* A file without units is none (2.1: a file has at least one). */
static bool has_messages(const struct exchange *x, size_t part) {
    for (size_t i = 0; i < x->pair_count; i++)
        if (x->pairs[i].part == part && x->pairs[i].count) return true;
    return false;
}

void xliff_write(const struct exchange *x, bool later, struct buf *out) {
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (later)
        buf_fmt(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"%s\" trgLang=\"%s\">\n",
                x->base_lang, x->lang);
    else buf_str(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n");
    for (size_t part = 0; part < x->part_count; part++) {
        if (!has_messages(x, part)) continue;
        if (!later) open_file_12(x, part, out);
        else {
            buf_fmt(out, "<file id=\"f%zu\" original=\"", part + 1);
            put(out, x->parts[part].base.path, strlen(x->parts[part].base.path));
            buf_str(out, "\">\n");
        }
        for (size_t i = 0; i < x->count; i++) {
            if (x->pairs[x->messages[i].pair].part != part) continue;
            if (later) write_unit_21(x, i, out);
            else write_unit_12(x, &x->messages[i], out);
        }
        buf_str(out, later ? "</file>\n" : "</body>\n</file>\n");
    }
    buf_str(out, "</xliff>\n");
}
