/* Reading as much of a PDF as adding objects after its end needs, and adding
 * them (ISO 32000-1, 7.5.6).  The PDF has a cross-reference table, as pdf/ writes. */
#include "archive/sign.h"

#include <ctype.h>

/* ---- values (7.3) ----------------------------------------------------------------- */

static bool is_delimiter(char c) { return c && strchr("()<>[]{}/%", c); }
static bool is_space(char c) { return !c || c == ' ' || (c >= '\t' && c <= '\r'); }

static const char *skip_space(const char *p, const char *end) {
    while (p < end && (is_space(*p) || *p == '%')) {
        if (*p == '%')
            while (p < end && *p != '\n' && *p != '\r') p++;
        else p++;
    }
    return p;
}

static const char *word_end(const char *p, const char *end) {
    while (p < end && !is_space(*p) && !is_delimiter(*p)) p++;
    return p;
}

static const char *string_end(const char *p, const char *end) {
    int depth = 0;
    for (; p < end; p++) {
        if (*p == '\\') p++;
        else if (*p == '(') depth++;
        else if (*p == ')' && --depth == 0) return p + 1;
    }
    return NULL;
}

static const char *digits_end(const char *p, const char *end) {
    while (p < end && isdigit((unsigned char)*p)) p++;
    return p;
}

/* After "12 0 R", else NULL. */
static const char *reference_end(const char *p, const char *end) {
    for (int i = 0; i < 2; i++) {
        const char *q = digits_end(p, end);
        if (q == p || q >= end || !is_space(*q)) return NULL;
        p = skip_space(q, end);
    }
    return p < end && *p == 'R' ? p + 1 : NULL;
}

static const char *value_end(const char *p, const char *end, int depth);

/* Values up to a closing mark. */
static const char *values_end(const char *p, const char *end, const char *close, int depth) {
    size_t n = strlen(close);
    for (;;) {
        p = skip_space(p, end);
        if ((size_t)(end - p) < n) return NULL;
        if (memcmp(p, close, n) == 0) return p + n;
        p = value_end(p, end, depth + 1);
        if (!p) return NULL;
    }
}

static const char *value_end(const char *p, const char *end, int depth) {
    if (p >= end || depth > 100) return NULL;
    if (*p == '<' && p + 1 < end && p[1] == '<') return values_end(p + 2, end, ">>", depth);
    if (*p == '[') return values_end(p + 1, end, "]", depth);
    if (*p == '(') return string_end(p, end);
    if (*p == '<') {
        p = memchr(p, '>', (size_t)(end - p));
        return p ? p + 1 : NULL;
    }
    const char *reference = reference_end(p, end), *word = word_end(p + (*p == '/'), end);
    return reference ? reference : word > p ? word : NULL;
}

static struct pdf_value value_at(const char *p, const char *end) {
    p = skip_space(p, end);
    const char *stop = value_end(p, end, 0);
    return (struct pdf_value){stop ? p : NULL, stop};
}

static bool is_dict(struct pdf_value v) { return v.p && v.end - v.p >= 4 && v.p[0] == '<' && v.p[1] == '<'; }

static const struct pdf_value none;

struct pdf_value pdf_get(struct pdf_value dict, const char *key) {
    size_t n = strlen(key);
    if (!is_dict(dict)) return none;
    const char *end = dict.end - 2;
    for (const char *p = skip_space(dict.p + 2, end); p < end;) {
        struct pdf_value name = value_at(p, end), v = name.p ? value_at(name.end, end) : none;
        if (!v.p) break;
        if ((size_t)(name.end - name.p) == n + 1 && memcmp(name.p + 1, key, n) == 0) return v;
        p = skip_space(v.end, end);
    }
    return none;
}

struct pdf_value pdf_first(struct pdf_value array) {
    return array.p && *array.p == '[' ? value_at(array.p + 1, array.end - 1) : none;
}

size_t pdf_reference(struct pdf_value v) {
    return v.p && reference_end(v.p, v.end) == v.end ? (size_t)strtoull(v.p, NULL, 10) : 0;
}

void pdf_with(struct buf *out, struct pdf_value dict, const char *key, const char *value) {
    struct pdf_value old = pdf_get(dict, key);
    buf_put(out, dict.p, (size_t)((old.p ? old.p : dict.end - 2) - dict.p));
    if (old.p) buf_fmt(out, "%s", value);
    else buf_fmt(out, "/%s %s", key, value);
    const char *rest = old.p ? old.end : dict.end - 2;
    buf_put(out, rest, (size_t)(dict.end - rest));
}

void pdf_longer(struct buf *out, struct pdf_value array, const char *value) {
    buf_put(out, array.p, (size_t)(array.end - 1 - array.p));
    buf_fmt(out, " %s]", value);
}

/* ---- objects (7.5.4) ---------------------------------------------------------------- */

struct pdf_value pdf_object(const struct pdf_update *u, size_t number) {
    const char *end = u->pdf->p + u->pdf->n;
    if (!number || number >= u->size || !u->offsets[number] || u->offsets[number] >= u->pdf->n) return none;
    const char *p = u->pdf->p + u->offsets[number], *q = digits_end(p, end);
    if (q == p || strtoull(p, NULL, 10) != number) return none;
    p = skip_space(q, end);
    p = skip_space(digits_end(p, end), end);
    return end - p > 3 && memcmp(p, "obj", 3) == 0 ? value_at(p + 3, end) : none;
}

struct pdf_value pdf_resolve(const struct pdf_update *u, struct pdf_value v) {
    size_t number = pdf_reference(v);
    return number ? pdf_object(u, number) : v;
}

/* A subsection's entries, 20 bytes each; those met before are newer. */
static const char *read_entries(struct pdf_update *u, const char *p, const char *end, size_t first, size_t n) {
    if ((size_t)(end - p) / 20 < n || first + n > u->size) return NULL;
    for (size_t i = 0; i < n; i++, p += 20)
        if (p[17] == 'n' && !u->offsets[first + i]) u->offsets[first + i] = strtoull(p, NULL, 10);
    return p;
}

static const char *read_table(struct pdf_update *u, size_t at, struct pdf_value *trailer) {
    static const char other[] = "it has no cross-reference table";
    const char *end = u->pdf->p + u->pdf->n, *p = u->pdf->p + at;
    if (at + 4 > u->pdf->n || memcmp(p, "xref", 4) != 0) return other;
    for (p = skip_space(p + 4, end); p < end && isdigit((unsigned char)*p); p = skip_space(p, end)) {
        char *q;
        size_t first = strtoull(p, &q, 10), n = strtoull(q, &q, 10);
        if (!u->size) continue;
        p = read_entries(u, skip_space(q, end), end, first, n);
        if (!p) return "its cross-reference table is damaged";
    }
    if (end - p < 7 || memcmp(p, "trailer", 7) != 0) return other;
    *trailer = value_at(p + 7, end);
    return is_dict(*trailer) ? NULL : "its trailer is damaged";
}

/* The trailer that goes with a table, which tells how many objects there are. */
static struct pdf_value trailer_after(const struct buf *pdf, size_t at) {
    const char *p = at < pdf->n ? memmem(pdf->p + at, pdf->n - at, "trailer", 7) : NULL;
    return p ? value_at(p + 7, pdf->p + pdf->n) : none;
}

static size_t number_of(struct pdf_value v) {
    return v.p && isdigit((unsigned char)*v.p) ? (size_t)strtoull(v.p, NULL, 10) : 0;
}

const char *pdf_update_open(struct pdf_update *u, const struct buf *pdf) {
    static const char mark[] = "startxref";
    enum { OBJECTS_MAX = 8388607, TABLES_MAX = 1000 }; /* ISO 32000-1, annex C */
    *u = (struct pdf_update){.pdf = pdf};
    if (pdf->n < 30 || memcmp(pdf->p, "%PDF-", 5) != 0) return "it is no PDF";
    size_t tail = pdf->n > 1024 ? pdf->n - 1024 : 0, from = tail;
    const char *last = NULL, *p;
    while ((p = memmem(pdf->p + from, pdf->n - from, mark, 9))) {
        last = p;
        from = (size_t)(p - pdf->p) + 9;
    }
    if (!last) return "it does not say where its cross-reference table is";
    u->xref = strtoull(last + 9, NULL, 10);
    u->size = number_of(pdf_get(trailer_after(pdf, u->xref), "Size"));
    if (!u->size || u->size > OBJECTS_MAX) return "it has no cross-reference table";
    u->offsets = mem_alloc(u->size * sizeof *u->offsets);
    memset(u->offsets, 0, u->size * sizeof *u->offsets);
    struct pdf_value trailer;
    size_t at = u->xref, tables = 0;
    do {
        const char *why = tables++ < TABLES_MAX ? read_table(u, at, &trailer) : "its tables lead in a circle";
        if (why) return why;
        if (at == u->xref) u->trailer = trailer;
        at = number_of(pdf_get(trailer, "Prev"));
    } while (at);
    return pdf_get(u->trailer, "Encrypt").p ? "it is encrypted" : NULL;
}

void pdf_update_close(struct pdf_update *u) {
    mem_free(u->offsets);
    buf_free(&u->out);
}

/* ---- adding ------------------------------------------------------------------------- */

void pdf_update_put(struct pdf_update *u, size_t number, const char *text) {
    if (u->changed_count == sizeof u->changed / sizeof *u->changed) abort(); /* a mistake of ours */
    if (!u->out.n && u->pdf->p[u->pdf->n - 1] != '\n') buf_char(&u->out, '\n');
    u->changed[u->changed_count].number = number;
    u->changed[u->changed_count++].at = u->pdf->n + u->out.n;
    buf_fmt(&u->out, "%zu 0 obj\n", number);
    buf_str(&u->out, text);
    buf_str(&u->out, "\nendobj\n");
}

static int by_number(const void *a, const void *b) {
    const size_t *x = a, *y = b; /* the first member */
    return (*x > *y) - (*x < *y);
}

/* The second identifier says that the bytes are others (14.4). */
static void new_id(struct buf *out, const struct pdf_update *u) {
    char sum[SHA256_HEX + 1];
    struct pdf_value first = pdf_first(pdf_get(u->trailer, "ID"));
    if (!first.p) return;
    sha256_bytes(sum, u->out.p, u->out.n);
    buf_str(out, "/ID[");
    buf_put(out, first.p, (size_t)(first.end - first.p));
    buf_fmt(out, "<%.32s>]", sum);
}

void pdf_update_end(struct pdf_update *u) {
    struct buf id = {0};
    size_t at = u->pdf->n + u->out.n, size = u->size;
    new_id(&id, u);
    qsort(u->changed, u->changed_count, sizeof *u->changed, by_number);
    buf_str(&u->out, "xref\n0 1\n0000000000 65535 f \n");
    for (size_t i = 0, n; i < u->changed_count; i += n) {
        size_t first = u->changed[i].number;
        for (n = 1; i + n < u->changed_count && u->changed[i + n].number == first + n;) n++;
        buf_fmt(&u->out, "%zu %zu\n", first, n);
        for (size_t k = 0; k < n; k++) buf_fmt(&u->out, "%010zu 00000 n \n", u->changed[i + k].at);
        if (first + n > size) size = first + n;
    }
    buf_fmt(&u->out, "trailer\n<</Size %zu/Prev %zu", size, u->xref);
    static const char *const kept[] = {"Root", "Info"};
    for (size_t i = 0; i < 2; i++) {
        struct pdf_value v = pdf_get(u->trailer, kept[i]);
        if (v.p) buf_fmt(&u->out, "/%s %.*s", kept[i], (int)(v.end - v.p), v.p);
    }
    buf_fmt(&u->out, "%s>>\nstartxref\n%zu\n%%%%EOF\n", buf_cstr(&id), at);
    buf_free(&id);
}
