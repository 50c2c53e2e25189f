/* CSV (RFC 4180) as office programs write it: cells parted by commas, or by
 * semicolons or tabs where the first line has more of those. */
#ifndef SOTAY_BASE_CSV_H
#define SOTAY_BASE_CSV_H

#include "base/buf.h"
#include <stdbool.h>

struct csv {
    const char *text, *s, *end;
    char separator;
    size_t line, next; /* of the row and of the one after it, from 1 */
    struct buf row;
    size_t *starts; /* of cells in row */
    size_t n, cap;  /* cells */
    const char *open; /* a quotation mark that is never closed, or NULL */
};

/* The text must outlive c; csv_end frees the rest. */
void csv_start(struct csv *c, const char *text, size_t n);
/* The next row with a cell that is not empty; false at the end and at an open
 * quotation mark. */
bool csv_next(struct csv *c);
/* A cell of the row without blanks around it and with line ends as blanks; valid until the next row. */
const char *csv_cell(const struct csv *c, size_t i);
void csv_end(struct csv *c);

#endif
