/* Columns of like height before a spanning block (XSL 1.1, 6.4.13 leaves the
 * filling of columns open): the average length, the nearer break at each
 * multiple of it, again until stable; then content moves back while an earlier
 * column is shorter. */
#include "layout/flow.h"

static bool is_legal(const struct seq *s, size_t i, bool after_box) {
    const struct item *it = &s->v[i];
    return (it->kind == ITEM_PENALTY && it->penalty < PENALTY_INFINITE) || (after_box && it->kind == ITEM_GLUE);
}

static size_t next_start(const struct seq *s, size_t at) {
    while (at < s->n && s->v[at].kind != ITEM_BOX) at++;
    return at;
}

static mpt penalty_width(const struct seq *s, size_t i) {
    return i < s->n && s->v[i].kind == ITEM_PENALTY ? s->v[i].w : 0;
}

static int64_t length_of(const struct seq *s, struct column c) {
    int64_t sum = 0;
    for (size_t i = c.from; i <= c.to && i < s->n; i++)
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
    return sum + penalty_width(s, c.to);
}

static int32_t divide(const struct seq *s, size_t from, size_t last, int64_t average, int32_t columns, struct column *out) {
    int32_t n = 0;
    size_t start = from, prev_break = from;
    int64_t total = 0, ideal = average, prev_length = 0;
    bool after_box = false;
    for (size_t i = from; i <= last; i++) {
        const struct item *it = &s->v[i];
        if (!is_legal(s, i, after_box)) {
            if (it->kind != ITEM_PENALTY) total += it->w;
            after_box = it->kind == ITEM_BOX;
            continue;
        }
        size_t here = it->kind == ITEM_PENALTY ? i : i - 1;
        int64_t length = total + penalty_width(s, i);
        if (length <= ideal || n + 1 >= columns) {
            prev_length = length;
            prev_break = here;
            after_box = false;
            if (it->kind == ITEM_GLUE) total += it->w;
            continue;
        }
        bool back = length - ideal > ideal - prev_length && prev_break > start;
        size_t at = back ? prev_break : here;
        total = back ? prev_length : length;
        out[n++] = (struct column){start, at};
        start = next_start(s, at);
        if (start > last) break;
        i = start - 1;
        after_box = false;
        ideal += average;
    }
    out[n++] = (struct column){start, last};
    return n;
}

static void even_out(const struct seq *s, struct column *c, int32_t n) {
    enum { SLACK = 4000 };
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t k = n - 1; k > 0; k--) {
            int64_t here = length_of(s, c[k]), before = length_of(s, c[k - 1]);
            if (before >= here) continue;
            size_t at = c[k].from;
            while (at <= c[k].to && !is_legal(s, at, false)) at++;
            if (at >= c[k].to) continue;
            struct column longer = {c[k - 1].from, at};
            if (length_of(s, longer) > SLACK + here) continue;
            c[k - 1] = longer;
            c[k].from = next_start(s, at);
            changed = true;
        }
    }
}

static bool alike(const struct column *a, int32_t n, const struct column *b, int32_t m) {
    return n == m && memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

int32_t balance_columns(const struct seq *s, size_t from, size_t last, int32_t columns, struct column *out) {
    from = next_start(s, from);
    if (from > last) return 0;
    struct column a[BALANCE_MAX] = {{from, last}}, b[BALANCE_MAX], before[BALANCE_MAX];
    int32_t n = 1, earlier = 0;
    if (columns > BALANCE_MAX) columns = BALANCE_MAX;
    bool stable = false; /* or going to and fro between two */
    for (int round = 0; round < 50 && !stable; round++) {
        int64_t total = 0;
        for (int32_t i = 0; i < n; i++) total += length_of(s, a[i]);
        int32_t m = divide(s, from, last, total / columns, columns, b);
        stable = alike(b, m, a, n) || alike(b, m, before, earlier);
        memcpy(before, a, (size_t)n * sizeof *a);
        earlier = n;
        memcpy(a, b, (size_t)m * sizeof *a);
        n = m;
    }
    even_out(s, a, n);
    memcpy(out, a, (size_t)n * sizeof *a);
    return n;
}
