/* content/ID/series.yaml: many documents from one source and a table. */
#include "source/series.h"

#include <yaml.h>

enum { MONTHS_MAX = 1200 };

static const char *const keys[] = {
    "table", "units", "key", "where", "months", "output", "languages", "date", "number",
};

/* A text of series.yaml that every unit fills in. */
struct template {
    const char *text; /* NULL: not given */
    struct pos pos;
};

struct loader {
    struct source_job *job;
    struct source_yaml *yaml;
    yaml_node_t *root;
    struct source_series *series;
    struct source_table *table;
    struct template where, output, languages, date, number;
    const char **months;
    size_t month_count, month_cap, cap;
    size_t key, month; /* columns; month SIZE_MAX: none */
    struct map *seen;  /* keys and months -> row + 1 */
    bool failed;
};

static struct template find_template(struct loader *l, const char *key) {
    yaml_node_t *node = source_yaml_find(l->yaml, l->root, key);
    if (!node) return (struct template){0};
    struct template t = {source_yaml_text(l->yaml, node), source_yaml_pos(l->yaml, node)};
    if (!t.text) diag_add(l->job->diags, DIAG_BAD_KEY_VALUE, t.pos, key, "a text");
    return t;
}

/* ---- months ---- */

/* yyyy-mm as a count of months, or -1. */
static int month_number(const char *s) {
    int y = 0, m = 0, end = 0;
    bool good = sscanf(s, "%4d-%2d%n", &y, &m, &end) == 2 && end == 7 && y >= 1000 && m >= 1 && m <= 12;
    return good ? y * 12 + m - 1 : -1;
}

bool source_is_month(const char *s) {
    return month_number(s) >= 0 && !s[7];
}

static void add_month(struct loader *l, int number) {
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d", number / 12 % 10000, number % 12 + 1);
    l->months = mem_grow(l->months, &l->month_cap, l->month_count + 1, sizeof *l->months);
    l->months[l->month_count++] = arena_strdup(l->job->arena, text);
}

/* 2026-01, or 2026-01..2026-12. */
static bool add_months(struct loader *l, const char *s) {
    int from = month_number(s), to = from;
    if (from >= 0 && strncmp(s + 7, "..", 2) == 0) to = month_number(s + 9);
    bool good = from >= 0 && to >= from && to - from < MONTHS_MAX && !s[to == from && s[7] != '.' ? 7 : 16];
    for (int i = from; good && i <= to; i++) add_month(l, i);
    return good;
}

static void read_months(struct loader *l) {
    yaml_node_t *node = source_yaml_find(l->yaml, l->root, "months");
    if (!node) return;
    const char *s = source_yaml_text(l->yaml, node);
    bool good = s ? add_months(l, s) : source_yaml_items(node) > 0;
    for (size_t i = 0; i < source_yaml_items(node); i++) {
        s = source_yaml_text(l->yaml, source_yaml_item(l->yaml, node, i));
        good = s && add_months(l, s) && good;
    }
    if (!good)
        diag_add(l->job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(l->yaml, node), "months",
                 "2026-01..2026-12, or a list of months (yyyy-mm)");
}

/* ---- the table ---- */

static void read_table(struct loader *l, const char *dir) {
    yaml_node_t *path = source_yaml_find(l->yaml, l->root, "table");
    yaml_node_t *units = source_yaml_find(l->yaml, l->root, "units");
    struct diags *d = l->job->diags;
    if (path && units) {
        diag_add(d, DIAG_BAD_KEY_VALUE, source_yaml_pos(l->yaml, units), "units", "left out where “table” is given");
    } else if (units) {
        l->table = mem_alloc(sizeof *l->table);
        source_table_read_yaml(l->job, l->table, l->yaml, units);
    } else if (path) {
        const char *name = source_yaml_text(l->yaml, path);
        const char *file = name ? source_project_path(l->job, dir, name) : NULL;
        if (!name) diag_add(d, DIAG_BAD_KEY_VALUE, source_yaml_pos(l->yaml, path), "table", "a file");
        else if (!file || (file_exists(source_project_file(l->job, file)) && !source_project_holds(l->job, file)))
            diag_add(d, DIAG_OUTSIDE_PROJECT, source_yaml_pos(l->yaml, path), name);
        else l->table = source_table_load(l->job, file);
        l->series->table = file;
    } else {
        diag_add(d, DIAG_MISSING_KEY, (struct pos){l->series->file, 1, 1}, "table");
    }
}

/* The column a key of series.yaml names, or the first. */
static size_t key_column(struct loader *l) {
    struct template t = find_template(l, "key");
    size_t i = t.text ? source_table_column(l->table, t.text) : 0;
    if (t.text && i == SIZE_MAX) {
        diag_add(l->job->diags, DIAG_SERIES_COLUMN, t.pos, t.text);
        source_hint(l->job->diags, t.pos, t.text, l->table->columns, l->table->column_count);
    }
    return i;
}

/* ---- units ---- */

/* Part of a file's name on any system. */
static bool is_key(const char *s) {
    if (!*s || *s == '.' || *s == '-') return false;
    for (; *s; s++)
        if (!source_is_letter(*s) && !source_is_digit(*s) && !strchr("._-", *s)) return false;
    return true;
}

static bool is_stem(const char *s) {
    if (!*s || *s == '/' || s[strlen(s) - 1] == '/') return false;
    for (const char *p = s; *p; p += strcspn(p, "/"), p += *p == '/')
        if (*p == '.' || *p == '/') return false;
    for (const char *p = s; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F || strchr("\\:*?\"<>|", *p)) return false;
    return true;
}

static const char *filled(struct loader *l, const struct source_unit *unit, const struct template *t) {
    if (!t->text) return NULL;
    struct buf b = {0};
    if (!source_unit_fill(&b, t->text, l->series, unit, NULL, l->job->diags, t->pos)) l->failed = true;
    const char *s = arena_strdup(l->job->arena, buf_cstr(&b));
    buf_free(&b);
    return s;
}

static const char *stem_of(struct loader *l, const struct source_unit *unit, struct pos row) {
    struct buf b = {0};
    if (l->output.text) {
        const char *s = filled(l, unit, &l->output);
        if (!is_stem(s) && !l->failed) {
            diag_add(l->job->diags, DIAG_SERIES_OUTPUT, row, s);
            l->failed = true;
        }
        return s;
    }
    if (unit->month) buf_fmt(&b, "%s/", unit->month);
    buf_str(&b, unit->key);
    const char *s = arena_strdup(l->job->arena, b.p);
    buf_free(&b);
    return s;
}

/* True when no other row has this key (and month). */
static bool is_new(struct loader *l, const struct source_unit *unit, size_t row) {
    struct buf b = {0};
    buf_fmt(&b, "%s %s", unit->key, unit->month ? unit->month : "");
    struct map_entry *e = map_get(l->seen, b.p, b.n);
    buf_free(&b);
    if (!e->value.num) {
        e->value.num = (int64_t)row + 1;
        return true;
    }
    if ((size_t)e->value.num - 1 != row) {
        diag_add(l->job->diags, DIAG_SERIES_TWICE, l->table->places[row], unit->key);
        diag_relate(l->job->diags, DIAG_FIRST_HERE, l->table->places[e->value.num - 1]);
    }
    return false;
}

static const char *year_of(struct arena *a, const char *month) {
    return month ? arena_strndup(a, month, 4) : NULL;
}

static void add_unit(struct loader *l, size_t row, const char *month) {
    struct source_series *s = l->series;
    struct pos pos = l->table->places[row];
    const char *const *values = s->cells + row * s->column_count;
    struct source_unit unit = {.key = values[l->key], .month = month, .values = values};
    unit.year = year_of(l->job->arena, month);
    if (!is_key(unit.key)) {
        diag_add(l->job->diags, DIAG_SERIES_KEY, pos, s->columns[l->key], unit.key);
        return;
    }
    if (month && !source_is_month(month)) {
        diag_add(l->job->diags, DIAG_BAD_KEY_VALUE, pos, "month", "yyyy-mm");
        return;
    }
    if (!is_new(l, &unit, row)) return;
    if (l->where.text && !source_unit_test(l->where.text, s, &unit, l->job->diags, l->where.pos, &l->failed)) return;
    unit.languages = filled(l, &unit, &l->languages);
    unit.date = filled(l, &unit, &l->date);
    unit.number = filled(l, &unit, &l->number);
    if (unit.date && !source_is_date(unit.date) && !l->failed)
        diag_add(l->job->diags, DIAG_BAD_KEY_VALUE, pos, "date", "a date (yyyy-mm-dd)");
    unit.stem = stem_of(l, &unit, pos);
    s->units = mem_grow(s->units, &l->cap, s->n + 1, sizeof *s->units);
    s->units[s->n++] = unit;
}

static void add_units(struct loader *l) {
    for (size_t i = 0; i < l->table->rows && !l->failed; i++) {
        const char *own = l->month == SIZE_MAX ? NULL : l->table->cells[i * l->table->column_count + l->month];
        if (own || !l->month_count) add_unit(l, i, own);
        for (size_t m = 0; !own && m < l->month_count; m++) add_unit(l, i, l->months[m]);
    }
}

static int by_key(const void *a, const void *b) {
    const struct source_unit *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : strcmp(x->month ? x->month : "", y->month ? y->month : "");
}

static void read_series(struct loader *l, const char *dir) {
    source_yaml_check_keys(l->yaml, l->root, keys, sizeof keys / sizeof *keys);
    l->where = find_template(l, "where");
    l->output = find_template(l, "output");
    l->languages = find_template(l, "languages");
    l->date = find_template(l, "date");
    l->number = find_template(l, "number");
    read_months(l);
    read_table(l, dir);
    if (!l->table || !l->table->column_count) return;
    l->key = key_column(l);
    l->month = source_table_column(l->table, "month");
    if (l->key == SIZE_MAX) return;
    struct source_series *s = l->series;
    s->column_count = l->table->column_count;
    s->columns = arena_memdup(l->job->arena, l->table->columns, s->column_count * sizeof *s->columns);
    s->cells = l->table->cells;
    add_units(l);
    l->table->cells = NULL; /* the series' now */
    if (s->n) qsort(s->units, s->n, sizeof *s->units, by_key);
}

static struct source_series *load(struct source_job *job, const char *dir, const char *path) {
    struct source_text *text = source_text_load(job, path);
    struct loader l = {.job = job, .seen = map_new()};
    l.series = ARENA_NEW(job->arena, struct source_series);
    l.series->file = text ? text->path : path;
    l.yaml = text ? source_yaml_load(job, text, 0, text->raw.n) : NULL;
    if (l.yaml) {
        l.root = source_yaml_root(l.yaml);
        read_series(&l, dir);
        source_yaml_drop(l.yaml);
    }
    source_text_drop(text);
    source_table_drop(l.table);
    mem_free(l.months);
    map_drop(l.seen);
    return l.series;
}

const struct source_series *source_series(struct source_project *p, const struct source_publication *pub,
                                          struct diags *diags) {
    struct source_meta *m = NULL;
    for (size_t i = 0; i < p->pub_count && !m; i++)
        if (&p->pubs[i]->pub == pub) m = p->pubs[i];
    if (!m || pub->pair) return NULL;
    if (m->series) return m->series;
    struct source_job job = {.project = p, .diags = diags, .arena = p->arena};
    struct buf b = {0};
    path_join(&b, pub->dir, "series.yaml");
    if (file_exists(source_project_file(&job, b.p))) {
        size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
        struct source_series *s = load(&job, pub->dir, b.p);
        s->damaged = diags_count(diags, DIAG_LEVEL_ERROR) > errors;
        if (!s->damaged && !s->n) diag_add(diags, DIAG_SERIES_NONE, (struct pos){s->file, 1, 1});
        m->series = s;
    }
    buf_free(&b);
    return m->series;
}

const char *source_fill(struct source_job *job, const char *s, struct pos pos) {
    if (!job->unit || !s || !strstr(s, "${")) return s;
    struct buf b = {0};
    source_unit_fill(&b, s, job->series, job->unit, job->language, job->diags, pos);
    const char *text = arena_strdup(job->arena, buf_cstr(&b));
    buf_free(&b);
    return text;
}

void source_series_free(struct source_meta *m) {
    if (!m->series) return;
    mem_free(m->series->cells);
    mem_free(m->series->units);
}
