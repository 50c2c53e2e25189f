/* ${unit.name} and conditions on a unit's values. */
#include "source/series.h"

static bool is_name(const char *s, size_t n, const char *name) {
    return strlen(name) == n && memcmp(s, name, n) == 0;
}

/* The column's index; with a language, of the column NAME.LANGUAGE. */
static size_t find_column(const struct source_series *series, const char *name, size_t n, const char *language) {
    for (size_t i = 0; i < series->column_count; i++) {
        const char *column = series->columns[i];
        if (strncmp(column, name, n) != 0) continue;
        if (language ? column[n] == '.' && strcmp(column + n + 1, language) == 0 : !column[n]) return i;
    }
    return SIZE_MAX;
}

const char *source_unit_value(const struct source_series *series, const struct source_unit *unit,
                              const char *language, const char *name, size_t n) {
    if (unit->month && is_name(name, n, "month")) return unit->month;
    if (unit->month && is_name(name, n, "month.year")) return unit->year;
    if (unit->month && is_name(name, n, "month.number")) return unit->month + (unit->month[5] == '0' ? 6 : 5);
    if (n < 5 || memcmp(name, "unit.", 5) != 0) return NULL;
    size_t i = language ? find_column(series, name + 5, n - 5, language) : SIZE_MAX;
    if (i == SIZE_MAX) i = find_column(series, name + 5, n - 5, NULL);
    return i == SIZE_MAX ? NULL : unit->values[i];
}

static void report(const struct source_series *series, const struct source_unit *unit, const char *name, size_t n,
                   struct diags *diags, struct pos pos) {
    struct buf b = {0};
    buf_put(&b, name, n);
    diag_add(diags, DIAG_SERIES_UNKNOWN, pos, b.p ? b.p : "");
    const char **names = mem_alloc((series->column_count + 3) * sizeof *names);
    struct arena *a = arena_new();
    size_t k = 0;
    for (size_t i = 0; i < series->column_count; i++) {
        struct buf full = {0};
        buf_fmt(&full, "unit.%s", series->columns[i]);
        names[k++] = arena_strdup(a, full.p);
        buf_free(&full);
    }
    if (unit->month) names[k++] = "month";
    if (unit->month) names[k++] = "month.year";
    if (unit->month) names[k++] = "month.number";
    source_hint(diags, pos, buf_cstr(&b), names, k);
    mem_free(names);
    arena_drop(a);
    buf_free(&b);
}

bool source_unit_fill(struct buf *out, const char *s, const struct source_series *series,
                      const struct source_unit *unit, const char *language, struct diags *diags, struct pos pos) {
    bool good = true;
    for (const char *p; (p = strstr(s, "${")) != NULL;) {
        bool literal = p > s && p[-1] == '$';
        const char *close = literal ? NULL : strchr(p, '}');
        buf_put(out, s, (size_t)(p - s) - literal);
        const char *value = close ? source_unit_value(series, unit, language, p + 2, (size_t)(close - p) - 2) : NULL;
        if (value) {
            buf_str(out, value);
            s = close + 1;
            continue;
        }
        if (close) {
            report(series, unit, p + 2, (size_t)(close - p) - 2, diags, pos);
            good = false;
        }
        buf_str(out, "${");
        s = p + 2;
    }
    buf_str(out, s);
    return good;
}

/* ---- conditions ---- */

struct test {
    const struct source_series *series;
    const struct source_unit *unit;
    struct diags *diags;
    struct pos pos;
    bool failed;
};

static const char *trim(const char *s, size_t *n) {
    while (*n && *s == ' ') s++, --*n;
    while (*n && s[*n - 1] == ' ') --*n;
    return s;
}

/* Where `word` stands between blanks, outside quotes; NULL when it does not. */
static const char *find_word(const char *s, size_t n, const char *word) {
    size_t k = strlen(word);
    bool quoted = false;
    for (size_t i = 0; i + k + 1 < n; i++) {
        if (s[i] == '"') quoted = !quoted;
        if (!quoted && s[i] == ' ' && memcmp(s + i + 1, word, k) == 0 && s[i + 1 + k] == ' ') return s + i;
    }
    return NULL;
}

/* Numbers compare as numbers, all else as text. */
static int compare(const char *a, const char *b) {
    char *end_a, *end_b;
    double x = strtod(a, &end_a), y = strtod(b, &end_b);
    bool numbers = *a && *b && !*end_a && !*end_b;
    if (numbers) return (x > y) - (x < y);
    return strcmp(a, b);
}

static bool holds(const char *op, size_t op_len, int order) {
    if (is_name(op, op_len, "=")) return order == 0;
    if (is_name(op, op_len, "!=")) return order != 0;
    if (is_name(op, op_len, "<")) return order < 0;
    if (is_name(op, op_len, "<=")) return order <= 0;
    if (is_name(op, op_len, ">")) return order > 0;
    return order >= 0;
}

static bool test_one(struct test *t, const char *s, size_t n) {
    size_t name = 0;
    while (name < n && !strchr("=!<>", s[name])) name++;
    size_t op = name;
    while (op < n && op < name + 2 && strchr("=!<>", s[op])) op++;
    size_t k = name, value_len = n - op;
    const char *word = trim(s, &k), *value = trim(s + op, &value_len);
    const char *own = source_unit_value(t->series, t->unit, NULL, word, k);
    if (!own) {
        report(t->series, t->unit, word, k, t->diags, t->pos);
        t->failed = true;
        return false;
    }
    if (op == name) return *own != 0;
    if (value_len >= 2 && value[0] == '"' && value[value_len - 1] == '"') value++, value_len -= 2;
    struct buf b = {0};
    buf_put(&b, value, value_len);
    bool yes = holds(s + name, op - name, compare(own, buf_cstr(&b)));
    buf_free(&b);
    return yes;
}

/* All pieces are looked at, so that each unknown name is told. */
static bool test_joined(struct test *t, const char *s, size_t n, const char *word, bool any) {
    bool result = !any;
    for (bool more = true; more;) {
        const char *at = find_word(s, n, word);
        size_t k = at ? (size_t)(at - s) : n;
        bool one = any ? test_joined(t, s, k, "and", false) : test_one(t, s, k);
        result = any ? result || one : result && one;
        more = at != NULL;
        if (!more) break;
        size_t skip = k + strlen(word) + 2;
        s += skip;
        n -= skip;
    }
    return result;
}

bool source_unit_test(const char *condition, const struct source_series *series, const struct source_unit *unit,
                      struct diags *diags, struct pos pos, bool *failed) {
    struct test t = {series, unit, diags, pos, false};
    bool yes = test_joined(&t, condition, strlen(condition), "or", true);
    if (t.failed) *failed = true;
    return yes && !t.failed;
}
