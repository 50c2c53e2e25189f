/* Structure elements end while pages come: nothing is drawn for one that has
 * been closed, and few are open at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "layout/layout.h"

#include <unistd.h>

enum { TAGS_MAX = 80000 };

/* A sink that watches. */
struct watch {
    struct area_sink sink;
    bool closed[TAGS_MAX];
    int32_t count, open, most, late, pages;
};

static int32_t on_tag_open(struct area_sink *s, int32_t parent, const struct area_tag *tag) {
    struct watch *w = (struct watch *)s;
    (void)tag;
    assert_true(w->count < TAGS_MAX);
    if (parent >= 0 && w->closed[parent]) w->late++;
    if (++w->open > w->most) w->most = w->open;
    return w->count++;
}

static void on_tag_close(struct area_sink *s, int32_t tag) {
    struct watch *w = (struct watch *)s;
    assert_false(w->closed[tag]);
    w->closed[tag] = true;
    w->open--;
}

static void look(struct watch *w, const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        if (a->tag >= 0 && w->closed[a->tag]) w->late++;
        if (a->kind == AREA_GROUP) look(w, &((const struct area_group *)a)->children);
    }
}

static void on_page(struct area_sink *s, const struct area_page *page) {
    struct watch *w = (struct watch *)s;
    w->pages++;
    look(w, &page->areas);
}

static int32_t on_outline(struct area_sink *s, int32_t parent, const struct area_outline *o) {
    (void)s, (void)parent, (void)o;
    return 0;
}

static void on_meta(struct area_sink *s, const char *key, const char *value) {
    (void)s, (void)key, (void)value;
}

static void on_restart(struct area_sink *s) {
    struct watch *w = (struct watch *)s;
    struct area_sink keep = w->sink;
    *w = (struct watch){.sink = keep};
}

/* Lays `flow` out on small pages; before: page-sequences in front of it. */
static void run(struct watch *w, const char *before, const char *flow) {
    char path[] = "/tmp/tags_test.XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fprintf(f, "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' xmlns:s='urn:sotay:fo'><fo:layout-master-set>"
               "<fo:simple-page-master master-name='a' page-width='200pt' page-height='150pt'><fo:region-body/>"
               "</fo:simple-page-master></fo:layout-master-set>%s<fo:page-sequence master-reference='a'>"
               "<fo:flow flow-name='xsl-region-body'>%s</fo:flow></fo:page-sequence></fo:root>", before, flow);
    assert_int_equal(fclose(f), 0);
    memset(w, 0, sizeof *w);
    w->sink = (struct area_sink){on_tag_open, on_tag_close, on_page, on_outline, on_meta, on_restart, NULL};
    struct diags *diags = diags_new();
    struct fontset *fonts = fontset_open("styles/fonts.xml", diags);
    struct images *images = images_new(fonts, diags);
    struct fo_doc *fo = fo_open_file(path, diags);
    assert_non_null(fo);
    assert_int_equal(layout_run(fo, fonts, images, &w->sink, NULL, diags), 0);
    fo_close(fo);
    images_drop(images);
    fontset_close(fonts);
    diags_drop(diags);
    unlink(path);
    assert_int_equal(w->late, 0);
    assert_int_equal(w->open, 0);
}

static void repeat(struct buf *b, int n, const char *what) {
    for (int i = 0; i < n; i++) buf_str(b, what);
}

/* Runs a flow of n times `what` between `head` and `tail`; at most `most` open. */
static void expect(const char *before, const char *head, const char *what, int n, const char *tail, int most) {
    struct watch *w = mem_alloc(sizeof *w);
    struct buf b = {0};
    buf_str(&b, head);
    repeat(&b, n, what);
    buf_str(&b, tail);
    run(w, before, buf_cstr(&b));
    if (w->pages < 20 || w->count < 2 * most || w->most > most) fail_msg("%d of %d elements are open at a time, on %d pages", w->most, w->count, w->pages);
    buf_free(&b);
    mem_free(w);
}

static const char list[] = "<fo:list-block><fo:list-item><fo:list-item-label><fo:block>1</fo:block></fo:list-item-label>"
                           "<fo:list-item-body><fo:block>a word</fo:block></fo:list-item-body></fo:list-item></fo:list-block>";
static const char note[] = "<fo:block>word<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>a note of the foot"
                           "</fo:block></fo:footnote-body></fo:footnote></fo:block>";
static const char row[] = "<fo:table-row><fo:table-cell><fo:block>a</fo:block></fo:table-cell>"
                          "<fo:table-cell><fo:block>b</fo:block></fo:table-cell></fo:table-row>";

/* The walker is some 1,500 items ahead of the page. */
static void test_flow(void **state) {
    (void)state;
    expect("", "<fo:block role='Sect'>", "<fo:block>a line</fo:block>", 6000, "</fo:block>", 2600);
    expect("", "", list, 4000, "", 6000);
    expect("", "", note, 4000, "", 4000);
}

static void test_table(void **state) {
    (void)state;
    char head[2000];
    for (int omit = 0; omit < 2; omit++) {
        snprintf(head, sizeof head, "<fo:block>first</fo:block><fo:table table-omit-footer-at-break='%s' table-omit-header-at-break='%s'>"
                                    "<fo:table-header>%s</fo:table-header><fo:table-footer>%s</fo:table-footer><fo:table-body>",
                 omit ? "true" : "false", omit ? "true" : "false", row, row);
        expect("", head, row, 4000, "</fo:table-body></fo:table>", 8000);
    }
    /* cells without rows; spans over breaks */
    expect("", "<fo:table><fo:table-column/><fo:table-body>", "<fo:table-cell starts-row='true'><fo:block>a</fo:block></fo:table-cell>", 3000,
           "</fo:table-body></fo:table>", 4200);
}

/* The first pages wait for the last one. */
static void test_waiting(void **state) {
    (void)state;
    char before[800];
    snprintf(before, sizeof before, "<fo:page-sequence master-reference='a'><fo:flow flow-name='xsl-region-body'>"
             "<fo:block role='Sect'><fo:block>on page <fo:page-number-citation ref-id='end'/></fo:block>"
             "<fo:block>%0500d</fo:block></fo:block></fo:flow></fo:page-sequence>", 0);
    expect(before, "", "<fo:block>a line</fo:block>", 6000, "<fo:block id='end'>end</fo:block>", 2600);
}

static void test_lanes(void **state) {
    (void)state;
    expect("", "<s:lanes lanes='vi en'>",
           "<s:row><s:cell><fo:block role='H1'>H</fo:block></s:cell><s:cell><fo:block role='H1'>H</fo:block></s:cell></s:row>"
           "<s:row><s:cell><fo:block>a</fo:block></s:cell></s:row>"
           "<s:row><s:cell><fo:block>a</fo:block></s:cell><s:cell><fo:block>b</fo:block></s:cell></s:row>"
           "<s:row><s:all><fo:block>all</fo:block></s:all></s:row>", 1500, "</s:lanes>", 4000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_flow), cmocka_unit_test(test_table), cmocka_unit_test(test_waiting),
                                       cmocka_unit_test(test_lanes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
