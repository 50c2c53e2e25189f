/* What needs the whole document: texts, their order and numbers, what must be
 * there. */
#include "check/rule.h"

#include <unicode/uregex.h>

static bool same_language(const struct rule *r, const struct rule_record *x) {
    return !r->lang || !x->lang || strncmp(r->lang, x->lang, strcspn(r->lang, "-")) == 0;
}

static bool is_of(const struct rule *r, const struct rule_record *x) {
    return x->component == r->component && same_language(r, x);
}

/* ---- in order ---- */

/* As it is read: structure elements are made in the order of the document. */
static int in_order(const void *a, const void *b) {
    const struct rule_record *x = a, *y = b;
    if ((x->tag < 0) != (y->tag < 0)) return x->tag < 0 ? 1 : -1;
    if (x->tag != y->tag) return x->tag < y->tag ? -1 : 1;
    if (x->at.page != y->at.page) return x->at.page < y->at.page ? -1 : 1;
    return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* What is of one structure element is one: a paragraph that goes on on the next
 * page, blocks in a heading. */
static void join(struct check_rule_sink *k) {
    size_t n = 0;
    for (size_t i = 0; i < k->record_count; i++) {
        struct rule_record *x = &k->records[i], *to = NULL;
        for (size_t j = n; j > 0 && n - j < 3 && !to && x->tag >= 0; j--)
            if (k->records[j - 1].tag == x->tag && k->records[j - 1].component == x->component)
                to = &k->records[j - 1];
        if (!to) {
            k->records[n++] = *x;
            continue;
        }
        enum { KEPT = 2000 }; /* of what was before: patterns ask for beginnings and ends */
        struct buf b = {0};
        size_t kept = strlen(to->text);
        if (kept > KEPT)
            for (kept = KEPT; (to->text[kept] & 0xC0) == 0x80;) kept--;
        buf_fmt(&b, "%.*s %s", (int)kept, to->text, x->text);
        to->text = arena_strdup(k->arena, b.p);
        buf_free(&b);
    }
    k->record_count = n;
}

/* ---- patterns ---- */

/* Whether the pattern is found; group 1 (or all) goes to `out`, cut to size. */
static bool search(const struct rule *r, const char *text, char *out, size_t size) {
    size_t n = strlen(text);
    uint16_t *u = mem_alloc((n + 1) * sizeof *u);
    int32_t length = (int32_t)utf16_from_utf8(u, text, n);
    UErrorCode status = U_ZERO_ERROR;
    uregex_setText(r->regex, (const UChar *)u, length, &status);
    bool found = uregex_find(r->regex, 0, &status);
    bool gave_up = U_FAILURE(status); /* a pattern that takes too long says nothing */
    if (out) *out = 0;
    if (found && out) {
        int32_t group = uregex_groupCount(r->regex, &status) > 0;
        int32_t from = uregex_start(r->regex, group, &status), to = uregex_end(r->regex, group, &status);
        if (from >= 0 && to >= from && 3 * (size_t)(to - from) < size)
            out[utf8_from_utf16(out, u + from, (size_t)(to - from))] = 0;
    }
    mem_free(u);
    return found || gave_up;
}

static void tell_text(struct check_rule_sink *k, size_t i, const struct rule_record *x) {
    enum { SHOWN = 60 };
    const char *text = x->text;
    bool end = k->rules->v[i]->on == ON_LAST || k->rules->v[i]->on == ON_NOT_LAST;
    size_t n = strlen(text);
    struct buf b = {0};
    if (n > SHOWN && end) {
        text += n - SHOWN;
        while ((*text & 0xC0) == 0x80) text++;
        buf_fmt(&b, "…%s", text);
    } else if (n > SHOWN) {
        size_t cut = SHOWN;
        while ((text[cut] & 0xC0) == 0x80) cut--;
        buf_fmt(&b, "%.*s…", (int)cut, text);
    } else {
        buf_str(&b, text);
    }
    rule_found(k, i, &x->at, buf_cstr(&b), buf_cstr(&b), NULL);
    buf_free(&b);
}

static void check_pattern(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    size_t first = k->record_count, last = k->record_count;
    for (size_t n = 0; n < k->record_count; n++) {
        if (!is_of(r, &k->records[n])) continue;
        if (first == k->record_count) first = n;
        last = n;
    }
    /* The text ends with something else: a table. */
    bool open = last + 1 < k->record_count && k->records[last + 1].tag >= 0 ? k->records[last + 1].apart
                                                                            : k->apart;
    for (size_t n = first; n < k->record_count && n <= last; n++) {
        const struct rule_record *x = &k->records[n];
        if (!is_of(r, x)) continue;
        if ((r->on == ON_FIRST && n != first) || (r->on == ON_LAST && (n != last || open)) ||
            (r->on == ON_NOT_LAST && n == last))
            continue;
        if (!search(r, x->text, NULL, 0)) tell_text(k, i, x);
    }
}

/* ---- numbers that follow each other ---- */

static int roman(const char *s) {
    static const char letters[] = "IVXLCDM";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    int sum = 0, before = 0;
    for (size_t n = strlen(s); n-- > 0;) {
        const char *p = strchr(letters, s[n]);
        int v = p && *p ? values[p - letters] : 0;
        if (!v) return 0;
        sum += v < before ? -v : v;
        if (v > before) before = v;
    }
    return sum;
}

/* In the order of the Vietnamese alphabet, without the letters with marks. */
static int letter(const char *s) {
    static const char *const order[] = {"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m",
                                        "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (strcmp(order[i], s) == 0) return i + 1;
    return 0;
}

static int number_of(const struct rule *r, const char *label) {
    if (strcmp(r->words, "roman") == 0) return roman(label);
    return strcmp(r->words, "letters") == 0 ? letter(label) : atoi(label);
}

static void check_sequence(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    char label[32], before[32] = "";
    for (size_t n = 0; n < k->record_count; n++) {
        const struct rule_record *x = &k->records[n];
        if (r->within && same_language(r, x) && rule_has_word(r->within, x->component, strlen(x->component)))
            *before = 0;
        if (!is_of(r, x) || !search(r, x->text, label, sizeof label) || !*label) continue;
        if (*before && number_of(r, label) != number_of(r, before) + 1)
            rule_found(k, i, &x->at, label, label, before);
        memcpy(before, label, sizeof before);
    }
}

/* ---- presence, order ---- */

static const struct rule_record *first_of(const struct check_rule_sink *k, const struct rule *r,
                                          const char *component) {
    for (size_t n = 0; n < k->record_count; n++)
        if (k->records[n].component == component && same_language(r, &k->records[n])) return &k->records[n];
    return NULL;
}

static void check_order(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    const struct rule_record *own = first_of(k, r, r->component), *other = first_of(k, r, r->after);
    if (own && other && own < other)
        rule_found(k, i, &own->at, rule_component_said(r->after, 0), rule_component_said(r->after, 1), NULL);
}

static void check_required(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    if (r->with && !first_of(k, r, r->with)) return;
    if (rule_has_word(r->words, "required", 8) && k->pages && !first_of(k, r, r->component))
        rule_found(k, i, &k->start, "missing", "thiếu", NULL);
}

/* A margin is too wide when it is so on every page. */
static void check_wide(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    int64_t v = k->margin[r->side].least;
    if (!k->margin[r->side].any || rule_in_bounds(r, v, 0)) return;
    bool narrow = true;
    for (int n = 0; n < r->value_count; n++) narrow = narrow && v < r->value[n].v;
    if ((r->value_count && narrow) || (r->has_min && v < r->min.v)) return; /* told with its page */
    struct buf s = {0};
    rule_say_length(&s, v, true);
    rule_found(k, i, &k->margin[r->side].at, s.p, s.p, NULL);
    buf_free(&s);
}

void rule_check_whole(struct check_rule_sink *k) {
    if (k->record_count) qsort(k->records, k->record_count, sizeof *k->records, in_order);
    join(k);
    for (size_t i = 0; i < k->rules->n; i++) {
        switch (k->rules->v[i]->measure) {
        case RULE_PATTERN: check_pattern(k, i); break;
        case RULE_SEQUENCE: check_sequence(k, i); break;
        case RULE_ORDER: check_order(k, i); break;
        case RULE_PRESENCE: check_required(k, i); break;
        case RULE_MARGIN: check_wide(k, i); break;
        default: break;
        }
    }
}
