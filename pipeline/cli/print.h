/* Diagnostics as people or programs read them. */
#ifndef SOTAY_CLI_PRINT_H
#define SOTAY_CLI_PRINT_H

#include "base/base.h"
#include "cli/options.h"

/* A place in the shown text; line and col as in a diagnostic. */
struct mark {
    int line, col;
    size_t at;
};

struct printer {
    enum message_format format;
    bool color, quiet, vietnamese;
    const char *project; /* folder that places in sources are relative to, or NULL */
    char *shown;         /* path of the file in text, or NULL */
    struct buf text;
    struct mark *marks;  /* some of its places, in order: a long line is not walked again for each message */
    size_t mark_count, mark_cap;
};

void printer_init(struct printer *p, const struct options *o, const char *language);
void printer_free(struct printer *p);
/* Appends one diagnostic with its notes; arg is a struct printer. */
void printer_render(void *arg, struct buf *out, const struct diag *g);
/* A sink that prints to standard error; arg is a struct printer. */
void printer_sink(void *arg, const struct diag *g);

#endif
