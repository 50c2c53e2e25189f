/* Cases in tests/cases/transform: what they hold is told there in README.md. */
#include "transform/transform.h"

#include <dirent.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define FOLDER "tests/cases/transform"

struct a_case {
    char path[256], style[256], edition[256];
    char names[8][64], values[8][256];
    const char *params[17];
    struct buf diags, wrong;
    struct buf checks; /* lines */
};

static const char *after(const char *line, const char *word) {
    size_t n = strlen(word);
    return strncmp(line, word, n) == 0 ? line + n : NULL;
}

static void add_param(struct a_case *c, const char *text) {
    size_t i = 0;
    while (c->params[2 * i]) i++;
    const char *sign = strstr(text, " = ");
    assert_true(i < 8 && sign);
    snprintf(c->names[i], sizeof c->names[i], "%.*s", (int)(sign - text), text);
    snprintf(c->values[i], sizeof c->values[i], "%s", sign + 3);
    c->params[2 * i] = c->names[i];
    c->params[2 * i + 1] = c->values[i];
}

static void read_line(struct a_case *c, const char *line) {
    const char *s;
    if (!*line || *line == '#') return;
    if ((s = after(line, "style "))) snprintf(c->style, sizeof c->style, "%s", s);
    else if ((s = after(line, "edition "))) snprintf(c->edition, sizeof c->edition, FOLDER "/%s", s);
    else if ((s = after(line, "param "))) add_param(c, s);
    else if ((s = after(line, "diag "))) buf_fmt(&c->diags, "%s\n", s);
    else buf_fmt(&c->checks, "%s\n", line);
}

static void each_line(struct a_case *c, char *text, void (*take)(struct a_case *, const char *)) {
    for (char *line = text, *end; line && *line; line = end) {
        end = strchr(line, '\n');
        if (end) *end++ = 0;
        take(c, line);
    }
}

static xmlXPathContext *xpath;

/* XPATH = VALUE, divided at the last sign. */
static void check(struct a_case *c, const char *line) {
    const char *sign = NULL;
    for (const char *p = line; (p = strstr(p, " = ")); p++) sign = p;
    if (!sign) {
        buf_fmt(&c->wrong, "no value: %s\n", line);
        return;
    }
    char expression[1024];
    snprintf(expression, sizeof expression, "%.*s", (int)(sign - line), line);
    xmlXPathObject *o = xmlXPathEval(BAD_CAST expression, xpath);
    xmlChar *got = o ? xmlXPathCastToString(o) : NULL;
    if (!got || strcmp((char *)got, sign + 3) != 0)
        buf_fmt(&c->wrong, "%s\n  expected: %s\n  found:    %s\n", expression, sign + 3,
                got ? (char *)got : "(no expression)");
    xmlFree(got);
    if (o) xmlXPathFreeObject(o);
}

static void check_all(struct a_case *c, xmlDoc *result) {
    xpath = xmlXPathNewContext(result);
    xmlXPathRegisterNs(xpath, BAD_CAST "fo", BAD_CAST "http://www.w3.org/1999/XSL/Format");
    xmlXPathRegisterNs(xpath, BAD_CAST "fox", BAD_CAST "http://xmlgraphics.apache.org/fop/extensions");
    xmlXPathRegisterNs(xpath, BAD_CAST "svg", BAD_CAST "http://www.w3.org/2000/svg");
    xmlXPathRegisterNs(xpath, BAD_CAST "s", BAD_CAST "urn:sotay:fo");
    xmlXPathRegisterNs(xpath, BAD_CAST "src", BAD_CAST "urn:sotay:source");
    if (c->checks.n) each_line(c, c->checks.p, check);
    xmlXPathFreeContext(xpath);
}

static void list_diags(struct buf *out, const struct diags *d) {
    for (const struct diag *g = diags_first(d); g; g = g->next) {
        buf_fmt(out, "%s %s", diag_level_name(g->level), diag_name(g->id));
        if (g->pos.file) buf_fmt(out, " %s:%d", g->pos.file, (int)g->pos.line);
        buf_char(out, '\n');
    }
}

static void run_twice(struct a_case *c, struct diags *d, xmlDoc *edition, xmlDoc **result) {
    char folder[256];
    snprintf(folder, sizeof folder, "%s", c->style);
    *strrchr(folder, '/') = 0;
    struct transform *t = transform_open(folder, NULL);
    *result = transform_apply(t, c->style, edition, c->params, d);
    if (*result) { /* the kept stylesheet gives the same */
        struct diags *again = diags_new();
        xmlDoc *second = transform_apply(t, c->style, edition, c->params, again);
        xmlChar *a, *b;
        int n, m;
        assert_non_null(second);
        xmlDocDumpMemory(*result, &a, &n);
        xmlDocDumpMemory(second, &b, &m);
        assert_int_equal(n, m);
        assert_memory_equal(a, b, (size_t)n);
        size_t inputs;
        assert_string_equal(transform_inputs(t, c->style, &inputs)[0], c->style);
        xmlFree(a);
        xmlFree(b);
        xmlFreeDoc(second);
        diags_drop(again);
    }
    transform_close(t);
}

static void run_case(void **state) {
    struct a_case c = {0};
    struct buf text = {0};
    snprintf(c.path, sizeof c.path, FOLDER "/%s", (const char *)*state);
    assert_int_equal(file_read(&text, c.path), 0);
    each_line(&c, text.p, read_line);
    xmlDoc *edition = xmlReadFile(c.edition, NULL, XML_PARSE_NONET), *result;
    assert_non_null(edition);
    struct diags *d = diags_new();
    run_twice(&c, d, edition, &result);
    struct buf found = {0};
    list_diags(&found, d);
    if (strcmp(buf_cstr(&found), buf_cstr(&c.diags)) != 0)
        buf_fmt(&c.wrong, "diags expected:\n%sfound:\n%s", buf_cstr(&c.diags), buf_cstr(&found));
    bool fails = diags_count(d, DIAG_LEVEL_ERROR) > 0;
    if (fails == (result != NULL)) buf_fmt(&c.wrong, "%s\n", fails ? "a result after an error" : "no result");
    if (result) check_all(&c, result);
    if (c.wrong.n) print_error("%s\n%s", c.path, buf_cstr(&c.wrong));
    bool good = !c.wrong.n;
    if (result) xmlFreeDoc(result);
    xmlFreeDoc(edition);
    diags_drop(d);
    buf_free(&text);
    buf_free(&found);
    buf_free(&c.diags);
    buf_free(&c.checks);
    buf_free(&c.wrong);
    assert_true(good);
}

static void unknown_kind(void **state) {
    (void)state;
    xmlDoc *edition = xmlReadFile(FOLDER "/study.xml", NULL, XML_PARSE_NONET);
    struct diags *d = diags_new();
    struct transform_options o = {.styles = "styles", .kind = "../styles/booklet"};
    assert_null(transform_run(edition, &o, d));
    o.kind = "nothing-like-it";
    assert_null(transform_run(edition, &o, d));
    assert_int_equal(diags_first(d)->id, DIAG_UNKNOWN_KIND);
    assert_string_equal(diags_first(d)->pos.file, "content/thu/publication.yaml");
    xmlFreeDoc(edition);
    diags_drop(d);
}

static int is_expect(const struct dirent *e) {
    const char *dot = strrchr(e->d_name, '.');
    return dot && strcmp(dot, ".expect") == 0;
}

int main(void) {
    struct dirent **entries;
    int n = scandir(FOLDER, &entries, is_expect, alphasort);
    struct CMUnitTest tests[256] = {{.name = "unknown_kind", .test_func = unknown_kind}};
    if (n < 1 || n > 250) return 1;
    for (int i = 0; i < n; i++)
        tests[i + 1] = (struct CMUnitTest){.name = entries[i]->d_name, .test_func = run_case, .initial_state = entries[i]->d_name};
    int status = _cmocka_run_group_tests("transform", tests, (size_t)n + 1, NULL, NULL);
    for (int i = 0; i < n; i++) (free)(entries[i]);
    (free)(entries);
    return status;
}
