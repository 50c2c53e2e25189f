/* The table of a series: CSV (RFC 4180), or rows of YAML. */
#include "source/series.h"

#include "base/csv.h"

#include <yaml.h>

enum { YAML_TABLE_MAX = 16 * 1024 * 1024 }; /* libyaml keeps some 200 bytes for each word */

static size_t add_row(struct source_table *t, struct pos pos) {
    size_t cap = t->cell_cap;
    t->cells = mem_grow(t->cells, &cap, (t->rows + 1) * t->column_count, sizeof *t->cells);
    t->cell_cap = cap;
    t->places = mem_grow(t->places, &t->place_cap, t->rows + 1, sizeof *t->places);
    t->places[t->rows] = pos;
    for (size_t i = 0; i < t->column_count; i++) t->cells[t->rows * t->column_count + i] = "";
    return t->rows++;
}

static void add_column(struct source_job *job, struct source_table *t, const char *name, struct pos pos) {
    for (size_t i = 0; i < t->column_count; i++)
        if (strcmp(t->columns[i], name) == 0) {
            diag_add(job->diags, DIAG_DUPLICATE_KEY, pos, name);
            return;
        }
    t->columns = mem_grow(t->columns, &t->column_cap, t->column_count + 1, sizeof *t->columns);
    t->columns[t->column_count++] = name;
}

size_t source_table_column(const struct source_table *t, const char *name) {
    size_t i = 0;
    while (i < t->column_count && strcmp(t->columns[i], name) != 0) i++;
    return i < t->column_count ? i : SIZE_MAX;
}

void source_table_drop(struct source_table *t) {
    if (!t) return;
    mem_free(t->columns);
    mem_free(t->cells);
    mem_free(t->places);
    mem_free(t);
}

/* ---- CSV ---- */

static const char *cell_of(struct source_job *job, const struct csv *c, size_t i) {
    const char *s = csv_cell(c, i);
    return *s ? source_nfc(job->arena, s, strlen(s)) : "";
}

static void take_row(struct source_job *job, const struct csv *c, struct source_table *t, struct pos pos) {
    if (!t->column_count) {
        for (size_t i = 0; i < c->n; i++) add_column(job, t, cell_of(job, c, i), pos);
    } else if (c->n != t->column_count) {
        diag_add(job->diags, DIAG_SERIES_CELLS, pos, (int)c->n, (int)t->column_count);
    } else {
        size_t row = add_row(t, pos);
        for (size_t i = 0; i < c->n; i++) t->cells[row * t->column_count + i] = cell_of(job, c, i);
    }
}

static void read_csv(struct source_job *job, struct source_table *t, const struct source_text *text) {
    struct csv c;
    csv_start(&c, text->raw.p, text->raw.n);
    while (csv_next(&c)) take_row(job, &c, t, (struct pos){text->path, (int32_t)c.line, 1});
    if (c.open) diag_add(job->diags, DIAG_SERIES_QUOTE, source_text_pos_at(text, (size_t)(c.open - c.text)));
    if (!t->column_count) diag_add(job->diags, DIAG_SERIES_EMPTY, (struct pos){text->path, 1, 1});
    csv_end(&c);
}

/* ---- YAML ---- */

static void learn_columns(struct source_job *job, struct source_yaml *yaml, struct source_table *t,
                          yaml_node_t *list) {
    struct map *seen = map_new();
    for (size_t i = 0; i < source_yaml_items(list); i++) {
        yaml_node_t *row = source_yaml_item(yaml, list, i), *k, *v;
        for (size_t j = 0; j < source_yaml_pairs(row); j++) {
            source_yaml_pair(yaml, row, j, &k, &v);
            const char *name = source_yaml_text(yaml, k);
            if (name && map_get(seen, name, strlen(name))->value.num++ == 0)
                add_column(job, t, name, source_yaml_pos(yaml, k));
        }
    }
    map_drop(seen);
}

static void take_map(struct source_job *job, struct source_yaml *yaml, struct source_table *t, yaml_node_t *row) {
    source_yaml_check_keys(yaml, row, NULL, 0);
    size_t at = add_row(t, source_yaml_pos(yaml, row)) * t->column_count;
    for (size_t j = 0; j < source_yaml_pairs(row); j++) {
        yaml_node_t *k, *v;
        source_yaml_pair(yaml, row, j, &k, &v);
        const char *name = source_yaml_text(yaml, k), *text = source_yaml_text(yaml, v);
        if (v && v->type != YAML_SCALAR_NODE)
            diag_add(job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(yaml, v), name ? name : "", "a text");
        else if (name && text) t->cells[at + source_table_column(t, name)] = text;
    }
}

void source_table_read_yaml(struct source_job *job, struct source_table *t, struct source_yaml *yaml,
                            yaml_node_t *list) {
    learn_columns(job, yaml, t, list);
    for (size_t i = 0; i < source_yaml_items(list); i++) {
        yaml_node_t *row = source_yaml_item(yaml, list, i);
        if (source_yaml_is_map(row)) take_map(job, yaml, t, row);
        else diag_add(job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(yaml, row), "units", "lines of “column: text”");
    }
}

static void read_yaml_file(struct source_job *job, struct source_table *t, const struct source_text *text) {
    if (text->raw.n > YAML_TABLE_MAX) {
        diag_add(job->diags, DIAG_SERIES_LARGE, (struct pos){text->path, 0, 0}, YAML_TABLE_MAX / 1024 / 1024);
        return;
    }
    struct source_yaml *yaml = source_yaml_load(job, text, 0, text->raw.n);
    if (!yaml) return;
    yaml_node_t *list = source_yaml_find(yaml, source_yaml_root(yaml), "units");
    if (list) source_table_read_yaml(job, t, yaml, list);
    else diag_add(job->diags, DIAG_MISSING_KEY, (struct pos){text->path, 1, 1}, "units");
    source_yaml_drop(yaml);
}

struct source_table *source_table_load(struct source_job *job, const char *path) {
    struct source_text *text = source_text_load(job, path);
    if (!text) return NULL;
    struct source_table *t = mem_alloc(sizeof *t);
    size_t n = strlen(path);
    bool yaml = n > 5 && (strcmp(path + n - 5, ".yaml") == 0 || strcmp(path + n - 4, ".yml") == 0);
    if (yaml) read_yaml_file(job, t, text);
    else read_csv(job, t, text);
    source_text_drop(text);
    return t;
}
