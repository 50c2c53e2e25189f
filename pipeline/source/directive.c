/* Study directives: fenced blocks whose info string is a directive's name. */
#include "source/markdown.h"

enum value_kind { VALUE_TEXT, VALUE_COUNT, VALUE_DECIMAL, VALUE_NAME, VALUE_LENGTH, VALUE_WORD };

enum { OPTIONS_MAX = 8, WORDS_MAX = 6 };

struct option_kind {
    const char *key;
    enum value_kind kind;
    const char *words[WORDS_MAX]; /* of VALUE_WORD */
};

struct directive_kind {
    const char *name;
    bool content; /* takes content of blocks */
    struct option_kind options[OPTIONS_MAX];
};

/* id and title go with each. */
static const struct directive_kind kinds[] = {
    {"discussion", true, {{"minutes", VALUE_COUNT, {0}}, {"lines", VALUE_COUNT, {0}}}},
    {"case", true, {{"minutes", VALUE_COUNT, {0}}, {"lines", VALUE_COUNT, {0}}}},
    {"quiz",
     true,
     {{"minutes", VALUE_COUNT, {0}},
      {"type", VALUE_WORD, {"single", "several", "true-false", "match", "fill"}},
      {"pin", VALUE_WORD, {"last", "choices", "questions", "all"}}}},
    {"facilitator", true, {{"minutes", VALUE_COUNT, {0}}}},
    {"roll", true, {{"rows", VALUE_COUNT, {0}}}},
    {"notes", true, {{"lines", VALUE_COUNT, {0}}, {"style", VALUE_WORD, {"ruled", "dotted", "squared"}}}},
    {"timeline", true, {{0}}},
    {"signature", true, {{"place", VALUE_TEXT, {0}}}},
    {"chart",
     false,
     {{"type", VALUE_WORD, {"bars", "stacked", "lines", "progress", "share"}},
      {"unit", VALUE_TEXT, {0}},
      {"max", VALUE_DECIMAL, {0}},
      {"table", VALUE_WORD, {"yes", "no"}}}},
    {"include", false, {{"ref", VALUE_NAME, {0}}, {"view", VALUE_NAME, {0}}, {"by", VALUE_NAME, {0}}}},
    {"qr", true, {{"text", VALUE_TEXT, {0}}, {"size", VALUE_LENGTH, {0}}}},
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

static bool is_length(const char *s) {
    static const char *const units[] = {"mm", "cm", "pt", "in"};
    size_t n = strlen(s);
    for (size_t i = 0; n > 2 && n < 12 && i < COUNT(units); i++) {
        char number[12] = {0};
        memcpy(number, s, n - 2);
        if (strcmp(s + n - 2, units[i]) == 0) return is_decimal(number);
    }
    return false;
}

static size_t word_count(const struct option_kind *o) {
    size_t n = 0;
    while (n < WORDS_MAX && o->words[n]) n++;
    return n;
}

static bool is_word(const struct option_kind *o, const char *s) {
    for (size_t i = 0; i < word_count(o); i++)
        if (strcmp(o->words[i], s) == 0) return true;
    return false;
}

static const char *all_words(struct arena *a, const struct option_kind *o) {
    struct buf b = {0};
    for (size_t i = 0; i < word_count(o); i++) buf_fmt(&b, "%s%s", i ? " | " : "", o->words[i]);
    const char *s = arena_strdup(a, buf_cstr(&b));
    buf_free(&b);
    return s;
}

/* What the value should look like, in any language; NULL when it does. */
static const char *value_fault(struct arena *a, const struct option_kind *o, const char *s) {
    switch (o->kind) {
    case VALUE_COUNT: return is_count(s) ? NULL : "1 ... 9999";
    case VALUE_DECIMAL: return is_decimal(s) ? NULL : "12.5";
    case VALUE_NAME: return source_is_ncname(s) ? NULL : "a-z, 0-9, -";
    case VALUE_LENGTH: return is_length(s) ? NULL : "25mm";
    case VALUE_WORD: return is_word(o, s) ? NULL : all_words(a, o);
    default: return *s ? NULL : "\"...\"";
    }
}

static const struct option_kind *find_option(const struct directive_kind *k, const char *key) {
    static const struct option_kind common[] = {{"id", VALUE_NAME, {0}}, {"title", VALUE_TEXT, {0}}};
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
    const char *value = o->value ? o->value : "", *fault = value_fault(md->arena, kind, value);
    bool twice = fault ? false : xmlHasNsProp(e, BAD_CAST o->key, NULL) != NULL;
    struct pos pos = o->value ? o->value_pos : o->pos;
    if (fault) {
        diag_add(md->diags, DIAG_BAD_KEY_VALUE, pos, o->key, fault);
        source_hint(md->diags, pos, value, kind->words, word_count(kind));
    } else if (twice) diag_add(md->diags, DIAG_DUPLICATE_KEY, o->pos, o->key);
    else if (strcmp(o->key, "id") == 0) *id = o->value;
    else source_set(e, o->key, o->value);
}

/* ---- content ---- */

static bool is_blank(const char *s) {
    return s[strspn(s, " \t\r\n")] == 0;
}

static void shape_include(struct md *md, xmlNode *e, const char *body) {
    xmlChar *ref = xmlGetNoNsProp(e, BAD_CAST "ref");
    if (!ref) diag_add(md->diags, DIAG_MISSING_KEY, source_place(e), "ref");
    if (!is_blank(body)) diag_add(md->diags, DIAG_DIRECTIVE_EMPTY, source_place(e));
    if (ref && md->build->job->unit) md_inputs_vary(md);
    if (ref) {
        struct source_ref *r = ARENA_NEW(md->arena, struct source_ref);
        *r = (struct source_ref){arena_strdup(md->arena, (char *)ref), source_place(e), md->build->refs};
        md->build->refs = r;
    }
    xmlFree(ref);
}

enum { QR_MAX = 2331 }; /* bytes of the largest code, version 40-M (ISO/IEC 18004, table 7) */

static void check_qr(struct md *md, xmlNode *e) {
    xmlChar *text = xmlGetNoNsProp(e, BAD_CAST "text");
    size_t n = text ? strlen((char *)text) : 0;
    if (n > QR_MAX) diag_add(md->diags, DIAG_QR_LONG, source_place(e), (int)n, QR_MAX);
    xmlFree(text);
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
    diag_add(md->diags, DIAG_DISCUSSION_EMPTY, source_place(e));
}

/* What a directive makes of the blocks in it. */
static void shape(struct md_view *inner, const struct directive_kind *k, xmlNode *e) {
    static const struct {
        const char *name;
        void (*shape)(struct md *md, xmlNode *e);
    } shapes[] = {{"quiz", md_quiz_shape},         {"discussion", shape_discussion}, {"case", md_case_shape},
                  {"timeline", md_timeline_shape}, {"signature", md_signature_shape}, {"roll", md_roll_shape}};
    for (size_t i = 0; i < COUNT(shapes); i++)
        if (strcmp(k->name, shapes[i].name) == 0) shapes[i].shape(inner->md, e);
    if (strcmp(k->name, "chart") == 0) md_chart_shape(inner, e);
}

static void fill(struct md_view *v, const struct directive_kind *k, xmlNode *e, size_t fence,
                 const char *body) {
    struct md *md = v->md;
    bool blocks = k->content;
    if (strcmp(k->name, "include") == 0) shape_include(md, e, body);
    if (strcmp(k->name, "qr") == 0) {
        blocks = shape_qr(md, e, body);
        check_qr(md, e);
    }
    if (!blocks && strcmp(k->name, "chart") != 0) return;
    struct md_view inner;
    md_view_open_body(&inner, v, fence, body);
    md_blocks(&inner, e, cmark_node_first_child(inner.root), 0, NULL);
    shape(&inner, k, e);
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

/* Plain code has no keys. */
static void refuse_options(struct md_view *v, size_t line, size_t from) {
    struct md_option *options;
    size_t count = md_options_read(v, line, from, &options);
    for (size_t i = 0; i < count; i++) {
        diag_add(v->md->diags, DIAG_UNKNOWN_KEY, options[i].pos, options[i].key);
        diag_span(v->md->diags, (int)strlen(options[i].key));
    }
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
    size_t at = info_start(v, line, (size_t)cmark_node_get_start_column(node) - 1);
    if (strcmp(word, "text") == 0) {
        refuse_options(v, line, at + n);
        return NULL;
    }
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
