/* What a rule asks for, from its attributes. */
#include "check/rule.h"

#include <unicode/uregex.h>

const struct rule_measure_row rule_measures[RULE_MEASURES] = {
#define MEASURE(id, name, values, words, tolerance, lang, en, vi)                                              \
    {name, VALUES_##values, words, tolerance, lang, {en, vi}},
#include "check/measures.def"
#undef MEASURE
};

static const struct {
    const char *name, *said[2];
} components[] = {
#define COMPONENT(name, en, vi) {name, {en, vi}},
#include "check/components.def"
#undef COMPONENT
};

const char *rule_component_said(const char *component, int language) {
    for (size_t i = 0; i < sizeof components / sizeof *components; i++)
        if (strcmp(components[i].name, component) == 0) return components[i].said[language];
    return component;
}

bool rule_has_word(const char *words, const char *word, size_t n) {
    for (const char *p = words + strspn(words, " "); *p; p += strspn(p, " ")) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, word, n) == 0) return true;
        p += k;
    }
    return false;
}

struct reading {
    struct rule *r;
    xmlNode *node;
    struct arena *arena;
    struct diags *diags;
    bool failed;
};

static const char *attribute(struct reading *x, const char *name) {
    xmlChar *s = xmlGetNoNsProp(x->node, BAD_CAST name);
    const char *copy = s ? arena_strdup(x->arena, (const char *)s) : NULL;
    xmlFree(s);
    return copy;
}

static void wrong(struct reading *x, const char *name, const char *expected) {
    if (!x->failed) diag_add(x->diags, DIAG_RULE_WRONG, x->r->pos, x->r->id, name, expected);
    x->failed = true;
}

/* ---- quantities ---- */

static bool read_number(const char *s, size_t n, double *out, size_t *end) {
    char text[32], *stop;
    if (n == 0 || n >= sizeof text || !strchr("-0123456789", *s)) return false;
    memcpy(text, s, n);
    text[n] = 0;
    *out = strtod(text, &stop);
    *end = (size_t)(stop - text);
    return *end > 0;
}

/* "13pt", "30mm", "1.5line", "50%": as the measure takes them. */
static bool read_bound(const struct rule *r, const char *s, size_t n, struct rule_bound *out) {
    double number;
    size_t end;
    if (!read_number(s, n, &number, &end)) return false;
    const char *unit = s + end;
    size_t k = n - end;
    double thousandths = number * 1000 + (number < 0 ? -0.5 : 0.5);
    if (rule_measures[r->measure].values == VALUES_PARTS) {
        *out = (struct rule_bound){(int64_t)(number * 10 + 0.5), false};
        return k == 1 && *unit == '%';
    }
    if (r->measure == RULE_PITCH && k == 4 && memcmp(unit, "line", 4) == 0) {
        *out = (struct rule_bound){(int64_t)thousandths, true};
        return true;
    }
    bool ok = true;
    *out = (struct rule_bound){mpt_from_unit(number, unit, k, &ok), false};
    return ok && k > 0;
}

static const char *bound_form(const struct rule *r) {
    if (rule_measures[r->measure].values == VALUES_PARTS) return "a percentage: 50%";
    return r->measure == RULE_PITCH ? "a length: 18pt or 1.5line" : "a length: 14pt or 30mm";
}

static bool read_limit(struct reading *x, const char *name, struct rule_bound *out) {
    const char *s = attribute(x, name);
    if (!s) return false;
    if (read_bound(x->r, s, strlen(s), out)) return true;
    wrong(x, name, bound_form(x->r));
    return false;
}

static void read_lengths(struct reading *x, const char *value) {
    struct rule *r = x->r;
    r->has_min = read_limit(x, "min", &r->min);
    r->has_max = read_limit(x, "max", &r->max);
    for (const char *s = value ? value : ""; *s;) {
        size_t n = strcspn(s, " ");
        if (r->value_count == RULE_VALUES || !read_bound(r, s, n, &r->value[r->value_count++])) {
            wrong(x, "value", bound_form(r));
            return;
        }
        s += n;
        s += strspn(s, " ");
    }
    if (!r->has_min && !r->has_max && !r->value_count) wrong(x, "value", "value, min or max");
}

/* "30mm x 8mm, 40mm x 8mm" */
static void read_sizes(struct reading *x, const char *value) {
    struct rule *r = x->r;
    if (value && strcmp(value, "any") == 0) return;
    for (const char *s = value ? value : ""; *s;) {
        size_t n = strcspn(s, ",");
        const char *times = memchr(s, 'x', n);
        size_t first = times ? (size_t)(times - s) : 0, second = n - first - 1;
        const char *w = s + strspn(s, " "), *h = times ? times + 1 + strspn(times + 1, " ") : s;
        bool good = times && r->value_count + 2 <= RULE_VALUES;
        if (good) first = (size_t)(times - w);
        while (good && first && w[first - 1] == ' ') first--;
        if (good) second = (size_t)(s + n - h);
        good = good && read_bound(r, w, first, &r->value[r->value_count]) &&
               read_bound(r, h, second, &r->value[r->value_count + 1]);
        if (!good) {
            wrong(x, "value", "sizes: 30mm x 8mm, 40mm x 8mm");
            return;
        }
        r->value_count += 2;
        s += n;
        s += strspn(s, ", ");
    }
    if (!r->value_count) wrong(x, "value", "any, or sizes: 30mm x 8mm, 40mm x 8mm");
}

static void read_words(struct reading *x, const char *value) {
    const char *all = rule_measures[x->r->measure].words;
    struct buf expected = {0};
    buf_fmt(&expected, "of: %s", all);
    if (!value || !*value) wrong(x, "value", expected.p);
    for (const char *s = value ? value : ""; *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        if (!rule_has_word(all, s, n)) wrong(x, "value", expected.p);
        s += n;
    }
    buf_free(&expected);
    x->r->words = value;
}

static void read_pattern(struct reading *x) {
    struct rule *r = x->r;
    r->pattern = attribute(x, "pattern");
    if (!r->pattern) {
        wrong(x, "pattern", "a regular expression");
        return;
    }
    size_t n = strlen(r->pattern);
    uint16_t *u = ARENA_ARRAY(x->arena, uint16_t, n + 1);
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    r->regex = uregex_open((const UChar *)u, (int32_t)utf16_from_utf8(u, r->pattern, n), 0, &where, &status);
    if (U_SUCCESS(status)) uregex_setTimeLimit(r->regex, 1000, &status);
    if (U_FAILURE(status)) wrong(x, "pattern", "a regular expression of ICU");
}

/* ---- all ---- */

static enum rule_measure find_measure(const char *name) {
    enum rule_measure m = 0;
    while (m < RULE_MEASURES && strcmp(rule_measures[m].name, name) != 0) m++;
    return m;
}

static int find_word(const char *const *words, int n, const char *s) {
    int i = 0;
    while (i < n && (!s || strcmp(words[i], s) != 0)) i++;
    return i < n ? i : 0;
}

static void read_settings(struct reading *x) {
    static const char *const ons[] = {"each", "first", "last", "not-last"};
    static const char *const sides[] = {"top", "bottom", "left", "right"};
    struct rule *r = x->r;
    const char *of = attribute(x, "of"), *lang = attribute(x, "lang"), *tolerance = attribute(x, "tolerance");
    r->on = (enum rule_on)find_word(ons, 4, attribute(x, "on"));
    r->side = (enum rule_side)find_word(sides, 4, attribute(x, "side"));
    r->of_page = of && strcmp(of, "page") == 0;
    const char *after = attribute(x, "after"), *with = attribute(x, "with");
    r->after = after ? str_intern(after, strlen(after)) : NULL;
    r->with = with ? str_intern(with, strlen(with)) : NULL;
    r->within = attribute(x, "within");
    if (!lang) lang = rule_measures[r->measure].lang;
    r->lang = lang && strcmp(lang, "any") != 0 ? str_intern(lang, strlen(lang)) : NULL;
    r->tolerance = rule_measures[r->measure].tolerance;
    struct rule_bound b;
    if (tolerance && !read_bound(r, tolerance, strlen(tolerance), &b)) wrong(x, "tolerance", bound_form(r));
    else if (tolerance) r->tolerance = mpt_clamp(b.v);
    bool whole = r->measure == RULE_MARGIN || r->measure == RULE_PAGE_SIZE;
    if (whole != (strcmp(r->component, "page") == 0)) wrong(x, "component", whole ? "page" : "not page");
    if (r->measure == RULE_MARGIN && !attribute(x, "side")) wrong(x, "side", "top, bottom, left or right");
}

bool rule_read_values(struct rule *r, xmlNode *node, struct arena *arena, struct diags *diags) {
    struct reading x = {r, node, arena, diags, false};
    const char *measure = attribute(&x, "measure"), *value = attribute(&x, "value");
    r->measure = find_measure(measure);
    if (r->measure == RULE_MEASURES) {
        wrong(&x, "measure", "one of those of styles/schemas/rules.rng");
        return false;
    }
    read_settings(&x);
    switch (rule_measures[r->measure].values) {
    case VALUES_LENGTHS:
    case VALUES_PARTS: read_lengths(&x, value); break;
    case VALUES_SIZES: read_sizes(&x, value); break;
    case VALUES_WORDS: read_words(&x, value); break;
    case VALUES_NAMES:
        r->words = value;
        if (!value || !*value) wrong(&x, "value", "names: Times New Roman, Tinos");
        break;
    case VALUES_PATTERN: read_pattern(&x); break;
    case VALUES_COMPONENT:
        if (!r->after) wrong(&x, "after", "a component");
        break;
    }
    if (r->measure == RULE_SEQUENCE && attribute(&x, "pattern")) read_pattern(&x);
    return !x.failed;
}
