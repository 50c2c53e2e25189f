/* Cases in tests/cases/fo (or the folder FO_CASES): NAME.fo beside NAME.expect,
 * whose lines are
 *     fo:block[2] start-indent = 12pt     the second fo:block in document order
 *     diag 8:5: warning: misplaced        all diagnostics, in order
 * Instead of a property: text, parent, children, at.  Folders given as arguments
 * are read file by file, twice each: nothing may break. */
#include "fo/fo.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static int failures, assertions;

static void fail_case(const char *file, const char *line, const char *got) {
    printf("%s: expected %s\n    got %s\n", file, line, got);
    failures++;
}

/* ---- finding ---- */

struct document {
    struct fo_doc *doc;
    struct fo_node *part[64]; /* root and page sequences */
    int parts;
};

static const struct fo_node *next_node(const struct fo_node *n, const struct fo_node *top) {
    if (n->first) return n->first;
    while (n != top && !n->next) n = n->parent;
    return n == top ? NULL : n->next;
}

static const struct fo_node *find(const struct document *d, const char *element, int index) {
    for (int i = 0; i < d->parts; i++)
        for (const struct fo_node *n = d->part[i]; n; n = next_node(n, d->part[i]))
            if (strcmp(fo_element_name(n->element), element) == 0 && --index == 0) return n;
    return NULL;
}

static void print_children(struct buf *out, const struct fo_node *n) {
    for (const struct fo_node *c = n->first; c; c = c->next)
        buf_fmt(out, "%s%s", c == n->first ? "" : " ", fo_element_name(c->element));
}

static void print_text(struct buf *out, const struct fo_node *n) {
    for (const struct fo_node *c = n; c; c = next_node(c, n))
        if (c->element == FO_TEXT) buf_put(out, c->text, c->text_len);
}

static void print_property(struct buf *out, const struct fo_node *n, const char *name) {
    if (strcmp(name, "text") == 0) print_text(out, n);
    else if (strcmp(name, "parent") == 0) buf_str(out, fo_element_name(n->parent->element));
    else if (strcmp(name, "children") == 0) print_children(out, n);
    else if (strcmp(name, "at") == 0) buf_fmt(out, "%d:%d", n->pos.line, n->pos.col);
    for (int p = 0; p < P_COUNT; p++)
        if (strcmp(fo_prop_name((enum fo_prop)p), name) == 0) fo_print_value(out, fo_get(n, (enum fo_prop)p));
    if (!out->n) buf_str(out, "nothing");
}

/* ---- one case ---- */

static void check_line(const struct document *d, const char *file, const char *line) {
    char element[64], name[64];
    int index, used = 0;
    struct buf got = {0};
    if (sscanf(line, "%63[^[][%d] %63s = %n", element, &index, name, &used) < 3 || !used) {
        fail_case(file, line, "a line that cannot be read");
        return;
    }
    assertions++;
    const struct fo_node *n = find(d, element, index);
    if (n) print_property(&got, n, name);
    if (!n || strcmp(buf_cstr(&got), line + used) != 0)
        fail_case(file, line, n ? buf_cstr(&got) : "no such node");
    buf_free(&got);
}

static void check_diag(const struct diag **g, const char *file, const char *line) {
    char got[128] = "nothing";
    assertions++;
    if (*g) {
        snprintf(got, sizeof got, "diag %d:%d: %s: %s", (*g)->pos.line, (*g)->pos.col,
                diag_level_name((*g)->level),
                 diag_name((*g)->id));
        *g = (*g)->next;
    }
    if (strcmp(got, line) != 0) fail_case(file, line, got);
}

static void check_expectations(const struct document *d, struct diags *diags, const char *file, char *text) {
    const struct diag *g = diags_first(diags);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (strncmp(line, "diag ", 5) == 0) check_diag(&g, file, line);
        else if (line[0] != '#' || strncmp(line, "#text[", 6) == 0) check_line(d, file, line);
    }
    if (g) fail_case(file, "no more diagnostics", g->message);
}

static void read_document(struct document *d) {
    struct fo_node *n;
    bool failed;
    d->part[d->parts++] = fo_root(d->doc);
    while (d->parts < 64 && (n = fo_next_sequence(d->doc, &failed))) d->part[d->parts++] = n;
}

/* Both ways of reading give the same tree. */
static void check_tree(const struct document *d, const char *path) {
    struct document other = {0};
    struct diags *diags = diags_new();
    struct buf a = {0}, b = {0};
    xmlDoc *tree = xmlReadFile(path, NULL, XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    other.doc = tree ? fo_open_tree(tree, path, diags) : NULL;
    if (other.doc) {
        read_document(&other);
        for (int i = 0; i < d->parts; i++) fo_dump(&a, d->part[i], 0);
        for (int i = 0; i < other.parts; i++) fo_dump(&b, other.part[i], 0);
        if (strcmp(buf_cstr(&a), buf_cstr(&b)) != 0) fail_case(path, buf_cstr(&a), buf_cstr(&b));
    }
    fo_close(other.doc);
    xmlFreeDoc(tree);
    diags_drop(diags);
    buf_free(&a);
    buf_free(&b);
}

static void run_case(const char *folder, const char *name) {
    char path[512];
    struct buf expect = {0};
    struct document d = {0};
    struct diags *diags = diags_new();
    snprintf(path, sizeof path, "%s/%.*s.expect", folder, (int)strlen(name) - 3, name);
    if (file_read(&expect, path) != 0) fail_case(path, "a readable file", "none");
    snprintf(path, sizeof path, "%s/%s", folder, name);
    d.doc = fo_open_file(path, diags);
    if (d.doc) {
        read_document(&d);
        check_tree(&d, path);
    }
    check_expectations(&d, diags, name, expect.p ? expect.p : (char[1]){0});
    fo_close(d.doc);
    diags_drop(diags);
    buf_free(&expect);
}

static void each_file(const char *folder, void (*run)(const char *folder, const char *name)) {
    struct dirent **list;
    int n = scandir(folder, &list, NULL, alphasort);
    if (n < 0) fail_case(folder, "a folder", "none");
    for (int i = 0; i < n; i++) {
        const char *dot = strrchr(list[i]->d_name, '.');
        if (dot && strcmp(dot, ".fo") == 0) run(folder, list[i]->d_name);
        free(list[i]);
    }
    if (n >= 0) free(list);
}

static void test_cases(void **state) {
    (void)state;
    const char *folder = getenv("FO_CASES");
    each_file(folder ? folder : "tests/cases/fo", run_case);
    printf("%d assertions, %d failed\n", assertions, failures);
    assert_int_equal(failures, 0);
    assert_true(assertions >= 60);
}

/* ---- what is not said in a file ---- */

#define HEAD                                                                                                  \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'><fo:layout-master-set>"                            \
    "<fo:simple-page-master master-name='p'><fo:region-body/></fo:simple-page-master></fo:layout-master-set>" \
    "<fo:page-sequence master-reference='p' initial-page-number='7'><fo:flow flow-name='xsl-region-body'>"
#define TAIL "</fo:flow></fo:page-sequence></fo:root>"

static struct fo_doc *open_text(const char *text, struct diags *diags, xmlDoc **tree) {
    *tree = xmlReadMemory(text, (int)strlen(text), "test.fo", NULL, 0);
    return fo_open_tree(*tree, "test.fo", diags);
}

static void test_marker(void **state) {
    (void)state;
    xmlDoc *tree;
    struct diags *diags = diags_new();
    struct fo_doc *doc = open_text(HEAD "<fo:block font-size='9pt'><fo:marker marker-class-name='m'>"
                                        " <fo:block font-size='2em'>a<fo:inline>b</fo:inline></fo:block> "
                                        "</fo:marker>c</fo:block><fo:block-container font-size='20pt'/>" TAIL,
                                   diags, &tree);
    struct fo_node *sequence = fo_next_sequence(doc, NULL), *flow = sequence->first,
            *marker = flow->first->first;
    assert_int_equal(marker->element, FO_MARKER);
    assert_null(marker->first->style);
    struct fo_node *bound = fo_bind(doc, fo_arena(doc), marker, flow->last);
    assert_int_equal(bound->element, FO_WRAPPER);
    assert_ptr_equal(bound->first, bound->last); /* white space between blocks is gone */
    assert_int_equal(fo_length(bound->first, P_FONT_SIZE, 0), 40000);
    assert_int_equal(fo_length(bound->first->last->first, P_FONT_SIZE, 0), 40000);
    bound = fo_bind(doc, fo_arena(doc), marker, flow);
    assert_int_equal(fo_length(bound->first, P_FONT_SIZE, 0), 24000);
    struct fo_node *anonymous = fo_anonymous(doc, fo_arena(doc), flow->last, FO_BLOCK);
    assert_int_equal(fo_length(anonymous, P_FONT_SIZE, 0), 20000);
    fo_close(doc);
    xmlFreeDoc(tree);
    diags_drop(diags);
}

static void test_column(void **state) {
    (void)state;
    xmlDoc *tree;
    struct diags *diags = diags_new();
    struct fo_doc *doc = open_text(HEAD "<fo:table><fo:table-column text-align='center' padding='3pt'/><fo:table-body>"
                                        "<fo:table-cell padding='from-table-column()'>"
                                        "<fo:block text-align='from-table-column(text-align)'>x</fo:block>"
                                        "</fo:table-cell></fo:table-body></fo:table>" TAIL,
                                   diags, &tree);
    struct fo_node *table = fo_next_sequence(doc, NULL)->first->first, *cell = table->last->first;
    assert_int_equal(fo_token(cell->first, P_TEXT_ALIGN), E_START);
    fo_use_column(doc, cell, table->first);
    assert_int_equal(fo_token(cell->first, P_TEXT_ALIGN), E_CENTER);
    assert_int_equal(fo_length(cell, P_PADDING_AFTER, 0), 3000);
    fo_close(doc);
    xmlFreeDoc(tree);
    diags_drop(diags);
}

static void test_sharing(void **state) {
    (void)state;
    xmlDoc *tree;
    struct diags *diags = diags_new();
    struct fo_doc *doc = open_text(HEAD "<fo:block id='a' color='red' font-size='9pt'>x</fo:block>"
                                        "<fo:block font-size='9pt' color='red'>x</fo:block>"
                                        "<fo:block font-size='9pt' color='#ff0000'>x</fo:block>"
                                        "<fo:block font-size='8pt' color='red'>x</fo:block>" TAIL,
                                   diags, &tree);
    struct fo_value v;
    assert_true(fo_peek_initial_page_number(doc, &v));
    assert_true(v.u.num == 7);
    struct fo_node *a = fo_next_sequence(doc, NULL)->first->first, *b = a->next, *c = b->next, *d = c->next;
    assert_string_equal(a->id, "a");
    assert_string_equal(fo_string(a, P_ID), "a");
    assert_null(fo_string(b, P_ID));
    assert_ptr_equal(b->style, c->style);
    assert_int_equal(a->style->serial, b->style->serial);
    assert_ptr_equal(a->first->style, c->first->style);
    assert_int_not_equal(b->style->text, d->style->text);
    assert_true(fo_specified(a, "font-size"));
    assert_false(fo_specified(a, "font"));
    assert_false(fo_peek_initial_page_number(doc, &v));
    uint32_t serial = a->style->serial;
    assert_int_equal(fo_rewind(doc), 0);
    assert_int_equal(fo_next_sequence(doc, NULL)->first->first->style->serial, serial);
    fo_close(doc);
    xmlFreeDoc(tree);
    diags_drop(diags);
}

/* The node after n in a flow that is still being read. */
static struct fo_node *read_next(struct fo_doc *doc, struct fo_node *n) {
    while (!n->first && !n->whole && fo_read_on(doc)) continue;
    if (n->first) return n->first;
    for (; n->element != FO_FLOW; n = n->parent) {
        while (!n->next && !n->parent->whole && fo_read_on(doc)) continue;
        if (n->next) return n->next;
    }
    return NULL;
}

static void test_reading_on(void **state) {
    (void)state;
    struct buf text = {0};
    buf_str(&text, HEAD "<fo:block>");
    for (int i = 0; i < 20000; i++) {
        if (i % 500 == 0) buf_str(&text, "</fo:block><fo:block id='outer'>");
        buf_fmt(&text, "<fo:block id='b%d'>text <fo:inline>%d</fo:inline></fo:block>", i, i);
    }
    buf_str(&text, "</fo:block>" TAIL);
    xmlDoc *tree;
    struct diags *diags = diags_new();
    struct fo_doc *doc = open_text(buf_cstr(&text), diags, &tree);
    for (int round = 0; round < 2; round++) {
        struct fo_node *n = fo_begin_sequence(doc, NULL);
        int count = 0;
        assert_false(n->whole);
        for (n = n->first; n; n = read_next(doc, n)) {
            count += n->element == FO_INLINE;
            if (round == 0 && n->element == FO_INLINE && count % 100 == 0) fo_forget_before(doc, n->parent, NULL);
            if (round == 1 && count == 300) break;
        }
        if (round == 0) assert_int_equal(count, 20000);
        fo_release(doc, round == 0 ? fo_root(doc) : NULL); /* no sequence: nothing happens */
        if (round == 0) assert_int_equal(fo_rewind(doc), 0);
    }
    fo_close(doc);
    xmlFreeDoc(tree);
    diags_drop(diags);
    buf_free(&text);
}

static void test_vocabulary(void **state) {
    (void)state;
    struct buf out = {0};
    fo_print_support(&out);
    assert_non_null(strstr(buf_cstr(&out), "keep-together.within-column"));
    buf_free(&out);
    assert_string_equal(fo_element_name(FO_S_LANES), "s:lanes");
    assert_true(fo_is_block_level(FO_TABLE));
    assert_false(fo_is_block_level(FO_INLINE));
}

/* ---- folders ---- */

static int opened;

static void read_twice(const char *folder, const char *name) {
    char path[1024];
    struct diags *diags = diags_new();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct fo_doc *doc = fo_open_file(path, diags);
    for (int round = 0; doc && round < 2; round++) {
        struct fo_node *n;
        bool failed;
        while ((n = fo_next_sequence(doc, &failed))) fo_release(doc, n);
        if (failed || fo_rewind(doc) != 0) fail_case(path, "to be read", "an error");
    }
    if (!doc) fail_case(path, "to be opened", "an error");
    fo_close(doc);
    diags_drop(diags);
    opened++;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),   cmocka_unit_test(test_marker),     cmocka_unit_test(test_column),
        cmocka_unit_test(test_sharing), cmocka_unit_test(test_reading_on), cmocka_unit_test(test_vocabulary),
    };
    if (argc == 1) return cmocka_run_group_tests(tests, NULL, NULL);
    for (int i = 1; i < argc; i++) each_file(argv[i], read_twice);
    printf("%d files, %d failed\n", opened, failures);
    return failures != 0;
}
