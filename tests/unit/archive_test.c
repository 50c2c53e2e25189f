/* The store without documents: ids and where they lie, many objects.
 * ARCHIVE_OBJECTS=N in the environment: so many, and the times. */
#include "archive/archive.h"
#include "base/base.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];
static struct diags *diags;

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int setup(void **state) {
    (void)state;
    snprintf(root, sizeof root, "%s/sotay-archive-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    diags = diags_new();
    return mkdtemp(root) && archive_init(root, diags) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    diags_drop(diags);
    return nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static enum archive_result put(struct archive *a, const char *id, const char *text, int *number) {
    const struct archive_item items[] = {
        {"metadata.json", NULL, "{\"titles\": {\"vi\": \"Bản tin\"}}", 31},
        {"text/a.pdf.txt", NULL, text, strlen(text)},
    };
    const struct archive_version v = {.id = id, .message = "issued", .agent = "test", .items = items, .n = 2};
    return archive_put(a, &v, number);
}

static bool there(const char *rel) {
    struct buf path = {0};
    struct stat st;
    buf_fmt(&path, "%s/ocfl/%s/inventory.json", root, rel);
    bool is = stat(path.p, &st) == 0;
    buf_free(&path);
    return is;
}

/* The examples of extension 0003. */
static void layout_of_ids(void **state) {
    (void)state;
    bool busy;
    int n;
    char long_id[301];
    struct archive *a = archive_open(root, ARCHIVE_WRITE, &busy, diags);
    assert_non_null(a);
    assert_int_equal(put(a, "object-01", "x", &n), ARCHIVE_ADDED);
    assert_true(there("3c0/ff4/240/object-01"));
    assert_int_equal(put(a, "..hor/rib:le-$id", "x", &n), ARCHIVE_ADDED);
    assert_true(there("487/326/d8c/%2e%2ehor%2frib%3ale-%24id"));
    memset(long_id, 'a', 300);
    long_id[300] = 0;
    assert_int_equal(put(a, long_id, "x", &n), ARCHIVE_ADDED);
    assert_int_equal(put(a, "../../x", "x", &n), ARCHIVE_ADDED);
    assert_int_equal(put(a, "", "x", &n), ARCHIVE_FAILED);
    assert_int_equal(put(a, "a\nb", "x", &n), ARCHIVE_FAILED);
    assert_int_equal(put(a, "a\xff", "x", &n), ARCHIVE_FAILED);
    archive_close(a);
}

/* One text in two Unicode forms is one id (UAX 15). */
static void one_id_for_one_text(void **state) {
    (void)state;
    bool busy;
    int n = 0;
    struct archive *a = archive_open(root, ARCHIVE_WRITE, &busy, diags);
    assert_int_equal(put(a, "b\xe1\xba\xa3n", "x", &n), ARCHIVE_ADDED);
    assert_int_equal(put(a, "ba\xcc\x89n", "x", &n), ARCHIVE_SAME);
    assert_int_equal(put(a, "ba\xcc\x89n", "y", &n), ARCHIVE_FAILED);
    assert_int_equal(n, 1);
    archive_close(a);
}

static void only_one_writer(void **state) {
    (void)state;
    bool busy;
    struct archive *a = archive_open(root, ARCHIVE_WRITE, &busy, diags);
    assert_non_null(a);
    assert_null(archive_open(root, ARCHIVE_WRITE, &busy, diags));
    assert_true(busy);
    struct archive *reader = archive_open(root, ARCHIVE_READ, &busy, diags);
    assert_non_null(reader);
    archive_close(reader);
    archive_close(a);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void count_hit(void *arg, const struct archive_hit *h) {
    assert_non_null(strstr(h->excerpt, "Lộc"));
    ++*(int *)arg;
}

static void count_any(void *arg, const struct archive_hit *h) {
    (void)h;
    ++*(int *)arg;
}

static void count_entry(void *arg, const struct archive_entry *e) {
    (void)e;
    ++*(int *)arg;
}

static void many_objects(void **state) {
    (void)state;
    const char *wanted = getenv("ARCHIVE_OBJECTS");
    int objects = wanted ? atoi(wanted) : 60, n, hits = 0, entries = 0;
    bool busy;
    struct archive *a = archive_open(root, ARCHIVE_WRITE, &busy, diags);
    struct buf id = {0}, text = {0};
    double start = now();
    for (int i = 0; i < objects; i++) {
        buf_clear(&id);
        buf_clear(&text);
        buf_fmt(&id, "ban-tin/%d", i);
        for (int page = 0; page < 10; page++) {
            for (int k = 0; k < 100; k++) buf_fmt(&text, "chữ%d biên phòng tỉnh ", (i * 7919 + page * 104729 + k * 31) % 20000);
            buf_str(&text, page == 3 && i % 20 == 0 ? "Hậu Lộc\f" : "\f");
        }
        assert_int_equal(put(a, id.p, text.p, &n), ARCHIVE_ADDED);
    }
    double added = now();
    assert_true(archive_follow(a));
    double followed = now();
    assert_true(archive_search(a, "hau loc", 100000, count_hit, &hits));
    double rare = now();
    int common = 0;
    assert_true(archive_search(a, "bien phong", 20, count_any, &common));
    double often = now();
    assert_true(archive_list(a, count_entry, &entries));
    double listed = now();
    struct archive_verify_options all = {.percent = 100};
    struct archive_verified verified;
    assert_true(archive_verify(a, &all, &verified));
    double end = now();
    assert_int_equal(hits, (objects + 19) / 20);
    assert_int_equal(entries, objects);
    assert_int_equal(common, 20);
    assert_int_equal(verified.objects, objects);
    assert_int_equal(verified.findings, 0);
    if (wanted)
        printf("%d objects, %d pages: added in %.2f ms each, catalogued in %.2f; a rare phrase %.1f ms, a common word %.1f, "
               "list %.1f, verify %.0f ms\n",
               objects, objects * 10, 1e3 * (added - start) / objects, 1e3 * (followed - added) / objects, 1e3 * (rare - followed),
               1e3 * (often - rare), 1e3 * (listed - often), 1e3 * (end - listed));
    buf_free(&id);
    buf_free(&text);
    archive_close(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(layout_of_ids, setup, teardown),
        cmocka_unit_test_setup_teardown(one_id_for_one_text, setup, teardown),
        cmocka_unit_test_setup_teardown(only_one_writer, setup, teardown),
        cmocka_unit_test_setup_teardown(many_objects, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
