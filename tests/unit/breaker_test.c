/* The breaker on lists made by hand: fullest parts, stretch, keeps, content too
 * tall, footnotes, and the same result however the list arrives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "layout/flow.h"

struct pages {
    mpt extent;
    int32_t columns;
};

static mpt extent(void *arg, int32_t part) {
    (void)part;
    return ((struct pages *)arg)->extent;
}

static bool ends_page(void *arg, int32_t part) {
    int32_t n = ((struct pages *)arg)->columns;
    return part % n == n - 1;
}

static struct part_source source(struct pages *p) {
    return (struct part_source){p, extent, ends_page, NULL};
}

static void lines(struct seq *s, int n, mpt height) {
    for (int i = 0; i < n; i++) {
        if (s->n) seq_penalty(s, 0, 0, BREAK_NONE, NULL, 0);
        seq_box(s, height, NULL, 0);
    }
}

static void end(struct seq *s) {
    seq_penalty(s, 0, -PENALTY_INFINITE, BREAK_NONE, NULL, 0);
}

static int run(struct seq *s, struct pages *p, bool recover, struct part *out, int max) {
    struct breaker *b = breaker_new(s, 0, source(p), (struct breaker_options){.recover = recover});
    breaker_run(b, true);
    int n = 0;
    while (n < max && breaker_next(b, &out[n], 0)) n++;
    breaker_drop(b);
    return n;
}

static void fills_each_part(void **state) {
    (void)state;
    struct seq s = {0};
    struct pages p = {100, 1};
    struct part part[8];
    lines(&s, 25, 10);
    end(&s);
    assert_int_equal(run(&s, &p, true, part, 8), 3);
    assert_int_equal(part[0].from, 0);
    assert_int_equal(part[0].to, 19); /* after ten lines */
    assert_int_equal(part[1].to, 39);
    assert_int_equal(part[2].to, 49);
    assert_int_equal(part[2].difference, 50);
    assert_true(part[2].ratio == 0);
    seq_free(&s);
}

static void stretches_but_not_at_the_end(void **state) {
    (void)state;
    struct seq s = {0};
    struct pages p = {100, 1};
    struct part part[8];
    for (int i = 0; i < 8; i++) {
        if (i) {
            seq_penalty(&s, 0, 0, BREAK_NONE, NULL, 0);
            seq_glue(&s, 6, 6, 3, NULL, 0);
        }
        seq_box(&s, 30, NULL, 0);
    }
    end(&s);
    int n = run(&s, &p, true, part, 8);
    assert_int_equal(n, 3);
    assert_true(part[0].ratio < 0); /* 3 x 30 + 12 shrinks by 2 */
    assert_true(part[2].ratio == 0);
    seq_free(&s);
}

static void keeps_bar_breaks(void **state) {
    (void)state;
    struct seq s = {0};
    struct pages p = {100, 1};
    struct part part[8];
    lines(&s, 8, 10);
    seq_penalty(&s, 0, 0, BREAK_NONE, NULL, 0);
    seq_box(&s, 15, NULL, 0);
    seq_penalty(&s, 0, PENALTY_INFINITE, BREAK_COLUMN, NULL, 0);
    seq_box(&s, 15, NULL, 0);
    end(&s);
    assert_int_equal(run(&s, &p, true, part, 8), 2);
    assert_int_equal(part[0].to, 15);
    seq_free(&s);
}

static void too_tall_is_placed_and_told(void **state) {
    (void)state;
    struct seq s = {0};
    struct pages p = {100, 1};
    struct part part[16];
    lines(&s, 2, 10);
    seq_penalty(&s, 0, 0, BREAK_NONE, NULL, 0);
    seq_box(&s, 300, NULL, 0);
    lines(&s, 1, 10);
    end(&s);
    int n = run(&s, &p, true, part, 16);
    assert_int_equal(n, 3);
    assert_int_equal(part[0].to, 3);
    assert_int_equal(part[1].overflow, 200);
    seq_free(&s);
}

static void same_bit_by_bit(void **state) {
    (void)state;
    struct pages p = {100000, 1};
    struct seq whole = {0}, live = {0};
    uint32_t r = 1;
    for (int i = 0; i < 3000; i++) {
        r = r * 1664525 + 1013904223;
        if (i) {
            seq_penalty(&whole, 0, r >> 29 == 0 ? PENALTY_INFINITE : 0, BREAK_NONE, NULL, 0);
            if (r >> 30 == 0) seq_glue(&whole, 6000, 3000, 1000, NULL, 0);
        }
        seq_box(&whole, 5000 + (mpt)(r >> 18), NULL, 0);
    }
    end(&whole);
    static struct part all[2000];
    int n = run(&whole, &p, true, all, 2000);
    struct breaker *b = breaker_new(&live, 0, source(&p), (struct breaker_options){.recover = true});
    size_t shifted = 0;
    int k = 0;
    for (size_t i = 0; i < whole.n; i++) {
        *seq_add(&live) = whole.v[i];
        if (i % 50 && i + 1 < whole.n) continue;
        breaker_run(b, i + 1 == whole.n);
        struct part q;
        size_t to = 0;
        while (breaker_next(b, &q, 0)) {
            assert_int_equal(q.from + shifted, all[k].from);
            assert_int_equal(q.to + shifted, all[k].to);
            assert_true(q.ratio == all[k].ratio);
            to = q.to;
            k++;
        }
        if (to) {
            memmove(live.v, live.v + to, (live.n - to) * sizeof *live.v);
            live.n -= to;
            shifted += to;
            breaker_shift(b, to);
        }
    }
    assert_int_equal(k, n);
    assert_true(n > 200);
    breaker_drop(b);
    seq_free(&whole);
    seq_free(&live);
}

static void notes_split_and_follow(void **state) {
    (void)state;
    struct seq s = {0};
    struct note note = {0}, *notes[1] = {&note};
    struct pages p = {100, 1};
    struct part part[8];
    lines(&note.items, 6, 10);
    note.height = 60;
    lines(&s, 7, 10);
    s.v[s.n - 1].notes = notes;
    s.v[s.n - 1].note_count = 1;
    lines(&s, 2, 10);
    end(&s);
    int n = run(&s, &p, true, part, 8);
    assert_int_equal(n, 2);
    assert_int_equal(part[0].to, 13);      /* the citing line ends the first page */
    assert_int_equal(part[0].notes[0].to, 0);
    assert_int_equal(part[0].notes[0].to_item, 5); /* three of six lines: items 0..4 and the break */
    assert_int_equal(part[1].notes[0].from, 0);
    assert_int_equal(part[1].notes[0].from_item, 6);
    seq_free(&s);
    seq_free(&note.items);
}

static void columns_balance(void **state) {
    (void)state;
    struct seq s = {0};
    struct column col[4];
    lines(&s, 9, 10000);
    end(&s);
    assert_int_equal(balance_columns(&s, 0, s.n - 1, 2, col), 2);
    assert_int_equal(col[0].to, 9); /* five lines, then four */
    seq_free(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_each_part),     cmocka_unit_test(stretches_but_not_at_the_end),
        cmocka_unit_test(keeps_bar_breaks),    cmocka_unit_test(too_tall_is_placed_and_told),
        cmocka_unit_test(same_bit_by_bit),     cmocka_unit_test(notes_split_and_follow),
        cmocka_unit_test(columns_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
