/* Study directives: fenced blocks whose info string is a directive's name. */
#include "source/markdown.h"

enum value_kind { VALUE_TEXT, VALUE_COUNT, VALUE_DECIMAL, VALUE_NAME, VALUE_TYPE };

struct option_kind {
    const char *key;
    enum value_kind kind;
};

enum { OPTIONS_MAX = 8 };

struct directive_kind {
    const char *name;
    bool content; /* takes content of blocks */
    struct option_kind options[OPTIONS_MAX];
};

/* id and title go with each. */
static const struct directive_kind kinds[] = {
    {"discussion", true, {{"minutes", VALUE_COUNT}, {"lines", VALUE_COUNT}}},
    {"quiz", true, {{"minutes", VALUE_COUNT}}},
    {"facilitator", true, {{"minutes", VALUE_COUNT}}},
    {"roll", true, {{"rows", VALUE_COUNT}}},
    {"notes", true, {{"lines", VALUE_COUNT}}},
    {"chart", false, {{"type", VALUE_TYPE}, {"unit", VALUE_TEXT}, {"max", VALUE_DECIMAL}}},
    {"include", false, {{"ref", VALUE_NAME}, {"view", VALUE_NAME}, {"by", VALUE_NAME}}},
    {"qr", true, {{"text", VALUE_TEXT}, {"size", VALUE_TEXT}}},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct directive_kind *find_kind(const char *name) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
    return NULL;
}

static void report_unknown(struct md *md, struct pos pos, const char *name) {
    const char *names[COUNT(kinds)];
    for (size_t i = 0; i < COUNT(kinds); i++) names[i] = kinds[i].name;
    diag_add(md->diags, DIAG_UNKNOWN_DIRECTIVE, pos, name);
    diag_span(md->diags, (int)strlen(name));
    source_hint(md->diags, pos, name, names, COUNT(kinds));
}

/* ---- options ---- */

static bool is_count(const char *s) {
    size_t n = strspn(s, "0123456789");
    return n && n < 5 && !s[n] && *s != '0';
}

static bool is_decimal(const char *s) {
    size_t n = strspn(s, "0123456789");
    size_t part = s[n] == '.' ? strspn(s + n + 1, "0123456789") + 1 : 0;
    return n && part != 1 && !s[n + part];
}

static const char *value_fault(enum value_kind kind, const char *s) {
    switch (kind) {
    case VALUE_COUNT: return is_count(s) ? NULL : "a number from 1 to 9999";
    case VALUE_DECIMAL: return is_decimal(s) ? NULL : "a number, as 12.5";
    case VALUE_NAME: return source_is_ncname(s) ? NULL : "a name of letters, digits and -";
    case VALUE_TYPE: return strcmp(s, "bars") == 0 || strcmp(s, "progress") == 0 ? NULL : "bars | progress";
    default: return *s ? NULL : "a text";
    }
}

static const struct option_kind *find_option(const struct directive_kind *k, const char *key) {
    static const struct option_kind common[] = {{"id", VALUE_NAME}, {"title", VALUE_TEXT}};
    for (size_t i = 0; i < COUNT(common); i++)
        if (strcmp(common[i].key, key) == 0) return &common[i];
    for (size_t i = 0; i < OPTIONS_MAX && k->options[i].key; i++)
        if (strcmp(k->options[i].key, key) == 0) return &k->options[i];
    return NULL;
}

static void report_option(struct md *md, const struct directive_kind *k, const struct md_option *o) {
    const char *names[OPTIONS_MAX + 2] = {"id", "title"};
    size_t n = 2;
    for (size_t i = 0; i < OPTIONS_MAX && k->options[i].key; i++) names[n++] = k->options[i].key;
    diag_add(md->diags, DIAG_UNKNOWN_KEY, o->pos, o->key);
    diag_span(md->diags, (int)strlen(o->key));
    source_hint(md->diags, o->pos, o->key, names, n);
}

static void set_option(struct md *md, const struct directive_kind *k, xmlNode *e, const struct md_option *o,
                       const char **id) {
    const struct option_kind *kind = find_option(k, o->key);
    if (!kind) {
        report_option(md, k, o);
        return;
    }
    const char *fault = value_fault(kind->kind, o->value ? o->value : "");
    bool twice = fault ? false : xmlHasNsProp(e, BAD_CAST o->key, NULL) != NULL;
    if (fault) diag_add(md->diags, DIAG_BAD_KEY_VALUE, o->value ? o->value_pos : o->pos, o->key, fault);
    else if (twice) diag_add(md->diags, DIAG_DUPLICATE_KEY, o->pos, o->key);
    else if (strcmp(o->key, "id") == 0) *id = o->value;
    else source_set(e, o->key, o->value);
}

/* ---- content ---- */

static void shape_fault(struct md *md, xmlNode *e, const char *what) {
    diag_add(md->diags, DIAG_DIRECTIVE_SHAPE, source_place(e), (const char *)e->name, what);
}

static bool is_blank(const char *s) {
    return s[strspn(s, " \t\r\n")] == 0;
}

static void shape_include(struct md *md, xmlNode *e, const char *body) {
    xmlChar *ref = xmlGetNoNsProp(e, BAD_CAST "ref");
    if (!ref) diag_add(md->diags, DIAG_MISSING_KEY, source_place(e), "ref");
    if (!is_blank(body)) shape_fault(md, e, "takes no content");
    if (ref && md->build->job->unit) md_inputs_vary(md);
    if (ref) {
        struct source_ref *r = ARENA_NEW(md->arena, struct source_ref);
        *r = (struct source_ref){arena_strdup(md->arena, (char *)ref), source_place(e), md->build->refs};
        md->build->refs = r;
    }
    xmlFree(ref);
}

/* Without text="..." the content is what the code says. */
static bool shape_qr(struct md *md, xmlNode *e, const char *body) {
    if (xmlHasNsProp(e, BAD_CAST "text", NULL)) return true;
    body = source_fill(md->build->job, body, source_place(e));
    const char *s = body + strspn(body, " \t\r\n");
    size_t n = strlen(s);
    while (n && strchr(" \t\r\n", s[n - 1])) n--;
    if (!n) diag_add(md->diags, DIAG_MISSING_KEY, source_place(e), "text");
    source_set(e, "text", source_nfc(md->arena, s, n));
    return false;
}

static void shape_discussion(struct md *md, xmlNode *e) {
    for (xmlNode *c = e->children; c; c = c->next)
        if (source_is(c, "ol") || source_is(c, "ul")) return;
    shape_fault(md, e, "needs a list of questions");
}

static void fill(struct md_view *v, const struct directive_kind *k, xmlNode *e, size_t fence,
                 const char *body) {
    struct md *md = v->md;
    bool blocks = k->content;
    if (strcmp(k->name, "include") == 0) shape_include(md, e, body);
    if (strcmp(k->name, "qr") == 0) blocks = shape_qr(md, e, body);
    bool chart = strcmp(k->name, "chart") == 0;
    if (!blocks && !chart) return;
    struct md_view inner;
    md_view_open_body(&inner, v, fence, body);
    md_blocks(&inner, e, cmark_node_first_child(inner.root), 0, NULL);
    if (chart) md_chart_shape(&inner, e);
    if (strcmp(k->name, "quiz") == 0) md_quiz_shape(md, e);
    if (strcmp(k->name, "discussion") == 0) shape_discussion(md, e);
    md_view_close(&inner);
}

/* The byte after a fence's marks and blanks. */
static size_t info_start(const struct md_view *v, size_t line, size_t byte) {
    size_t n;
    const char *s = md_line(v, line, &n);
    char mark = byte < n ? s[byte] : 0;
    while (byte < n && s[byte] == mark) byte++;
    while (byte < n && (s[byte] == ' ' || s[byte] == '\t')) byte++;
    return byte;
}

xmlNode *md_directive(struct md_view *v, cmark_node *node, const char **name, const char **id) {
    struct md *md = v->md;
    int length, offset;
    char mark;
    *name = NULL;
    const char *info = cmark_node_get_fence_info(node);
    if (!cmark_node_get_fenced(node, &length, &offset, &mark) || !*info) return NULL;
    size_t n = strcspn(info, " \t"), line = (size_t)cmark_node_get_start_line(node) - 1;
    const char *word = arena_strndup(md->arena, info, n);
    if (strcmp(word, "text") == 0) return NULL;
    size_t at = info_start(v, line, (size_t)cmark_node_get_start_column(node) - 1);
    const struct directive_kind *k = find_kind(word);
    *name = word;
    if (!k) {
        report_unknown(md, md_pos(v, line, at), word);
        return NULL;
    }
    xmlNode *e = source_element(md->build, NULL, k->name);
    source_set_at(md->build, e, md_block_pos(v, node));
    struct md_option *options;
    size_t count = md_options_read(v, line, at + n, &options);
    for (size_t i = 0; i < count; i++) set_option(md, k, e, &options[i], id);
    if (md_enter(md, source_place(e))) fill(v, k, e, line, cmark_node_get_literal(node));
    md_leave(md);
    return e;
}
