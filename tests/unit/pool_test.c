/* The pool behaves as malloc does, at and around every size class. */
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 2000 };

static size_t size_of(size_t i) {
    return i * 7 % 1500;
}

static void fill(unsigned char *p, size_t n, size_t seed) {
    for (size_t i = 0; i < n; i++) p[i] = (unsigned char)(seed + i);
}

static int holds(const unsigned char *p, size_t n, size_t seed) {
    for (size_t i = 0; i < n; i++)
        if (p[i] != (unsigned char)(seed + i)) return 0;
    return 1;
}

static void blocks_keep_apart(void **state) {
    static unsigned char *p[MANY];
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < MANY; i++) {
            p[i] = pool_alloc(size_of(i));
            assert_non_null(p[i]);
            assert_int_equal((uintptr_t)p[i] % sizeof(void *), 0);
            fill(p[i], size_of(i), i);
        }
        for (size_t i = 0; i < MANY; i++) assert_true(holds(p[i], size_of(i), i));
        for (size_t i = 0; i < MANY; i += 2) pool_free(p[i]);
        for (size_t i = 0; i < MANY; i += 2) fill(p[i] = pool_alloc(size_of(i)), size_of(i), i);
        for (size_t i = 0; i < MANY; i++) assert_true(holds(p[i], size_of(i), i));
        for (size_t i = 0; i < MANY; i++) pool_free(p[i]);
    }
}

static void growing_keeps_bytes(void **state) {
    unsigned char *p = pool_realloc(NULL, 1);
    (void)state;
    fill(p, 1, 3);
    for (size_t n = 2; n < 3000; n++) {
        p = pool_realloc(p, n);
        assert_true(holds(p, n - 1, 3));
        fill(p, n, 3);
    }
    p = pool_realloc(p, 5);
    assert_true(holds(p, 5, 3));
    pool_free(p);
}

static void too_much_is_refused(void **state) {
    void *p = pool_alloc(40);
    (void)state;
    assert_null(pool_alloc(SIZE_MAX));
    assert_null(pool_realloc(p, SIZE_MAX - 4));
    pool_free(p);
    pool_free(NULL);
    char *s = pool_strdup("sổ tay");
    assert_string_equal(s, "sổ tay");
    pool_free(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_keep_apart),
        cmocka_unit_test(growing_keeps_bytes),
        cmocka_unit_test(too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
