/* Private to source/: series, their tables and the words a unit fills in. */
#ifndef SOTAY_SOURCE_SERIES_H
#define SOTAY_SOURCE_SERIES_H

#include "source/parts.h"

/* ---- table.c ---- */

/* Cells in rows, NFC, in the job's arena; "" where there is none. */
struct source_table {
    const char **columns, **cells;
    struct pos *places; /* of rows */
    size_t column_count, column_cap, rows, cell_cap, place_cap;
};

/* NULL when the file cannot be read; other errors are in the job's diags. */
struct source_table *source_table_load(struct source_job *job, const char *path);
void source_table_read_yaml(struct source_job *job, struct source_table *t, struct source_yaml *yaml,
                            struct yaml_node_s *list);
void source_table_drop(struct source_table *t);
/* SIZE_MAX when there is none. */
size_t source_table_column(const struct source_table *t, const char *name);

/* ---- condition.c ---- */

/* The value of unit.COLUMN (COLUMN.LANGUAGE where there is that), month, month.year or month.number; NULL when there
 * is no such name. */
const char *source_unit_value(const struct source_series *series, const struct source_unit *unit,
                              const char *language, const char *name, size_t n);
/* Appends s with each ${NAME} replaced ("$${" stands for "${").  False after an
 * error, told at pos. */
bool source_unit_fill(struct buf *out, const char *s, const struct source_series *series,
                      const struct source_unit *unit, const char *language, struct diags *diags, struct pos pos);
/* NAME [= != < <= > >= VALUE], joined by `and` and `or`; a NAME alone: it is not
 * empty.  false also after an error, told at pos, which sets *failed. */
bool source_unit_test(const char *condition, const struct source_series *series, const struct source_unit *unit,
                      struct diags *diags, struct pos pos, bool *failed);

#endif
