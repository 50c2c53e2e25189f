/* Findings of the form checker: kept by rule, the first ones whole, the others
 * counted; told in the order of the document. */
#include "check/rule.h"

void rule_say_length(struct buf *b, int64_t v, bool mm) {
    /* to a tenth of a millimetre, a hundredth of a point */
    int64_t unit = mm ? v * 254 / 72 : v, step = mm ? 1000 : 10;
    int64_t rounded = (unit + (unit < 0 ? -step / 2 : step / 2)) / step * step;
    buf_milli(b, mm ? rounded / 10 : rounded);
    buf_str(b, mm ? " mm" : " pt");
}

void rule_clear(struct check_rule_sink *k) {
    memset(k->found, 0, (k->rules->n + 1) * sizeof *k->found);
}

static bool is_before(const struct rule_place *a, const struct rule_place *b) {
    if (a->page != b->page) return a->page < b->page;
    if (a->y != b->y) return a->y < b->y;
    return a->x < b->x;
}

static const char *said(struct check_rule_sink *k, const char *format, const char *value, const char *other) {
    struct buf b = {0};
    for (const char *s = format; *s; s++) {
        if (s[0] != '%' || s[1] != 's') {
            buf_char(&b, *s);
            continue;
        }
        buf_str(&b, value);
        if (other) value = other;
        s++;
    }
    const char *copy = arena_strdup(k->arena, buf_cstr(&b));
    buf_free(&b);
    return copy;
}

void rule_found(struct check_rule_sink *k, size_t rule, const struct rule_place *at, const char *en,
                const char *vi, const char *other) {
    struct rule_findings *f = &k->found[rule];
    f->count++;
    if (f->n == RULE_TOLD && !is_before(at, &f->v[f->n - 1].at)) return;
    if (f->n < RULE_TOLD) f->n++;
    int i = f->n - 1;
    for (; i > 0 && is_before(at, &f->v[i - 1].at); i--) f->v[i] = f->v[i - 1];
    const struct rule_measure_row *m = &rule_measures[k->rules->v[rule]->measure];
    f->v[i] = (struct rule_finding){
        *at, {said(k, m->said[0], en, other), said(k, m->said[1], vi, other)}, arena_strdup(k->arena, en)};
    f->v[i].at.label = arena_strdup(k->arena, at->label ? at->label : "");
}

/* ---- telling ---- */

static const char *grade_said(char grade, int language) {
    static const char *const said[][2] = {
        {"read in a full copy of the text", "đã đọc toàn văn"},
        {"read as an excerpt", "đọc trong trích đoạn"},
        {"restated by third parties, the text itself not seen",
         "do bên thứ ba thuật lại, chưa thấy văn bản gốc"},
    };
    return said[grade == 'V' ? 0 : grade == 'S' ? 1 : 2][language];
}

static enum diag_id id_of(enum diag_level level) {
    return level == DIAG_LEVEL_ERROR ? DIAG_RULE_ERROR : level == DIAG_LEVEL_NOTE ? DIAG_RULE_NOTE : DIAG_RULE;
}

static void say_place(struct buf *b, const struct rule_place *at) {
    rule_say_length(b, at->x, true);
    b->n -= 3; /* one unit for both */
    buf_str(b, " × ");
    rule_say_length(b, at->y, true);
}

/* Members of the JSON form; numbers of places in millimetres. */
static void say_facts(struct buf *b, const struct rule *r, const struct rule_finding *f) {
    struct buf x = {0}, y = {0};
    rule_say_length(&x, f->at.x, true);
    rule_say_length(&y, f->at.y, true);
    const char *keys[] = {"rule", "clause", "component", "measure", "measured", "asks", "page"};
    const char *values[] = {r->id,
                            r->clause,
                            f->at.component ? f->at.component : r->component,
                            rule_measures[r->measure].name,
                            f->plain,
                            r->asks[0],
                            f->at.label};
    buf_fmt(b, "\"pack\":\"%s\",\"grade\":\"%c\"", r->pack->id, r->grade);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        buf_fmt(b, ",\"%s\":\"", keys[i]);
        buf_json(b, values[i]);
        buf_char(b, '"');
    }
    buf_fmt(b, ",\"page_index\":%d,\"x_mm\":%.*s,\"y_mm\":%.*s", (int)f->at.page + 1, (int)strcspn(x.p, " "),
            x.p, (int)strcspn(y.p, " "), y.p);
    buf_free(&x);
    buf_free(&y);
}

static void relate(struct diags *diags, enum diag_id id, struct pos pos, const char *en, const char *vi) {
    diag_restore(diags, id, pos, 0, (const char *const[2]){en, vi}, true);
}

static void tell_more(const struct rule *r, const struct rule_finding *f, size_t more, struct diags *diags) {
    struct buf t[2] = {{0}, {0}};
    buf_fmt(&t[0], "%s.%s: %s; grade %c, %s", r->pack->id, r->id, r->clause, r->grade, grade_said(r->grade, 0));
    buf_fmt(&t[1], "%s.%s: %s; độ tin %c, %s", r->pack->id, r->id, r->clause, r->grade,
            grade_said(r->grade, 1));
    relate(diags, DIAG_RULE_SOURCE, f->at.pos, t[0].p, t[1].p);
    for (int i = 0; i < 2; i++) buf_clear(&t[i]);
    buf_fmt(&t[0], "to mend it: %s", r->mend[0] ? r->mend[0] : "");
    buf_fmt(&t[1], "cách sửa: %s", r->mend[1] ? r->mend[1] : "");
    if (r->mend[0]) relate(diags, DIAG_RULE_MEND, f->at.pos, t[0].p, t[1].p);
    for (int i = 0; i < 2; i++) buf_clear(&t[i]);
    buf_fmt(&t[0], "and %zu more like it", more);
    buf_fmt(&t[1], "và %zu chỗ nữa như vậy", more);
    if (more) relate(diags, DIAG_RULE_MORE, f->at.pos, t[0].p, t[1].p);
    for (int i = 0; i < 2; i++) buf_free(&t[i]);
}

static bool is_placed(const struct pos *pos) {
    size_t n = pos->file ? strlen(pos->file) : 0;
    return n > 0 && (n < 4 || strcmp(pos->file + n - 3, ".fo") != 0);
}

static void tell(const struct rule *r, const struct rule_finding *f, size_t more, struct diags *diags) {
    struct buf place = {0}, facts = {0}, t[2] = {{0}, {0}};
    say_place(&place, &f->at);
    for (int i = 0; i < 2; i++)
        buf_fmt(&t[i], "%s %s, %s: %s: %s; %s %s: %s", i ? "trang" : "page", f->at.label, place.p,
                rule_component_said(f->at.component ? f->at.component : r->component, i), f->measured[i],
                r->pack->id, i ? "yêu cầu" : "asks", r->asks[i]);
    size_t before = diags_count(diags, r->level);
    diag_restore(diags, id_of(r->level), f->at.pos, 0, (const char *const[2]){t[0].p, t[1].p}, false);
    say_facts(&facts, r, f);
    diag_facts(diags, facts.p);
    if (diags_count(diags, r->level) > before) tell_more(r, f, more, diags);
    buf_free(&place);
    buf_free(&facts);
    for (int i = 0; i < 2; i++) buf_free(&t[i]);
}

struct telling {
    size_t rule;
    int n;
    const struct rule_findings *of;
};

static int by_place(const void *a, const void *b) {
    const struct telling *p = a, *q = b;
    const struct rule_place *x = &p->of->v[p->n].at, *y = &q->of->v[q->n].at;
    if (is_before(x, y)) return -1;
    if (is_before(y, x)) return 1;
    return p->rule < q->rule ? -1 : p->rule > q->rule;
}

void rule_tell_all(struct check_rule_sink *k, struct diags *diags) {
    struct telling *v = mem_alloc((k->rules->n * RULE_TOLD + 1) * sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < k->rules->n; i++)
        for (int j = 0; j < k->found[i].n; j++) v[n++] = (struct telling){i, j, &k->found[i]};
    if (n) qsort(v, n, sizeof *v, by_place);
    for (size_t i = 0; i < n; i++) {
        const struct rule_findings *f = v[i].of;
        bool last = v[i].n + 1 == f->n;
        struct rule_finding *one = &k->found[v[i].rule].v[v[i].n];
        if (k->home && !is_placed(&one->at.pos))
            one->at.pos = (struct pos){str_intern(k->home, strlen(k->home)), 1, 1};
        tell(k->rules->v[v[i].rule], one, last ? f->count - (size_t)f->n : 0, diags);
    }
    mem_free(v);
}
