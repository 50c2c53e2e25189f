/* Line breaking: total fit over bare elements, break opportunities. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "layout/breaks.h"
#include "layout/para.h"

#include <time.h>

static void put(struct el *e, int kind, mpt w, mpt stretch, mpt shrink, int penalty) {
    *e = (struct el){.w = w, .stretch = stretch, .shrink = shrink, .frag = -1, .kind = (uint8_t)kind,
                     .penalty = (int16_t)penalty};
}

/* n justified words of width w and a forced end. */
static uint32_t words(struct el *e, uint32_t n, mpt w) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i) put(&e[k++], EL_GLUE, 3000, 1500, 1000, 0);
        put(&e[k++], EL_BOX, w + (mpt)(i * 7 % 5) * 1000, 0, 0, 0);
    }
    put(&e[k++], EL_PENALTY, 0, 0, 0, EL_INFINITE);
    put(&e[k++], EL_GLUE, 0, 400000, 0, 0);
    put(&e[k++], EL_PENALTY, 0, 0, 0, -EL_INFINITE);
    return k;
}

static void fits_whole_paragraph(void **state) {
    (void)state;
    struct el e[400];
    uint32_t n = words(e, 80, 20000);
    struct line_scratch *s = line_scratch_new();
    const struct chosen *c;
    struct fit f = {e, 0, n, 200000, false, 0, 1, false, BREAKS_UNFLAGGED};
    uint32_t lines = linebreak_run(s, &f, &c);
    assert_true(lines >= 9 && lines <= 11);
    assert_int_equal(c[lines - 1].end, n - 1);
    for (uint32_t i = 0; i + 1 < lines; i++) {
        assert_true(c[i].ratio >= -1 && c[i].ratio <= 1);
        assert_true(c[i].end < c[i + 1].end);
    }
    line_scratch_drop(s);
}

static void forced_when_nothing_fits(void **state) {
    (void)state;
    struct el e[200];
    uint32_t n = words(e, 10, 20000);
    struct line_scratch *s = line_scratch_new();
    const struct chosen *c;
    struct fit f = {e, 0, n, 0, false, 0, 1, false, BREAKS_UNFLAGGED};
    assert_int_equal(linebreak_run(s, &f, &c), 0);
    f.force = true;
    f.tolerance = 20;
    assert_int_equal(linebreak_run(s, &f, &c), 10);
    f.width = -5000;
    assert_int_equal(linebreak_run(s, &f, &c), 10);
    f.allowed = BREAKS_FORCED;
    f.width = 50000;
    assert_int_equal(linebreak_run(s, &f, &c), 1);
    line_scratch_drop(s);
}

static void ladder_bars_hyphens(void **state) {
    (void)state;
    struct el e[100];
    uint32_t k = 0;
    for (int i = 0; i < 8; i++) {
        put(&e[k++], EL_BOX, 50000, 0, 0, 0);
        put(&e[k++], EL_PENALTY, 0, 0, 0, 50);
        e[k - 1].flags = EL_FLAGGED;
    }
    put(&e[k++], EL_GLUE, 0, 100000, 0, 0);
    put(&e[k++], EL_PENALTY, 0, 0, 0, -EL_INFINITE);
    struct line_scratch *s = line_scratch_new();
    const struct chosen *c;
    struct fit f = {e, 0, k, 50000, false, 0, 1, false, BREAKS_ALL};
    assert_true(linebreak_run(s, &f, &c) >= 8);
    f.ladder = 1;
    assert_int_equal(linebreak_run(s, &f, &c), 0);
    line_scratch_drop(s);
}

static double seconds(uint32_t n, mpt width) {
    struct el *e = mem_alloc((2 * (size_t)n + 3) * sizeof *e);
    uint32_t count = words(e, n, 20000);
    struct line_scratch *s = line_scratch_new();
    const struct chosen *c;
    struct fit f = {e, 0, count, width, false, 0, 20, true, BREAKS_ALL};
    clock_t t = clock();
    assert_true(linebreak_run(s, &f, &c) > 0);
    double d = (double)(clock() - t) / CLOCKS_PER_SEC;
    line_scratch_drop(s);
    mem_free(e);
    return d;
}

static void long_paragraphs_are_linear(void **state) {
    (void)state;
    static const mpt widths[] = {0, 100000, 400000, 300000000};
    for (int i = 0; i < 4; i++) {
        double a = seconds(20000, widths[i]), b = seconds(160000, widths[i]);
        assert_true(b < 8 * a * 2.5 + 0.05);
    }
}

static void breaks_of(const char *ascii, const char *expect) {
    uint16_t u[100] = {0};
    uint8_t out[101];
    uint32_t n = (uint32_t)strlen(ascii);
    for (uint32_t i = 0; i < n; i++) u[i] = (uint8_t)ascii[i];
    assert_true(breaks_latin(u, n, out));
    char got[102];
    for (uint32_t i = 0; i < n; i++) got[i] = out[i] ? '1' : '0';
    got[n] = 0;
    assert_string_equal(got, expect);
}

static void latin_breaks(void **state) {
    (void)state;
    breaks_of("two words", "000010000");
    breaks_of("well-known and/or", "00000100000100010");
    breaks_of("(a) b", "00001");
    breaks_of("-3 x", "0001");
    breaks_of("a !", "000");
    breaks_of("C++ 1,000", "000010000");
    uint16_t lao[] = {0x0E81};
    uint8_t out[2];
    assert_false(breaks_latin(lao, 1, out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_whole_paragraph), cmocka_unit_test(forced_when_nothing_fits),
        cmocka_unit_test(ladder_bars_hyphens),  cmocka_unit_test(long_paragraphs_are_linear),
        cmocka_unit_test(latin_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
