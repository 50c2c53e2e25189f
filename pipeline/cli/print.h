/* Diagnostics as people or programs read them. */
#ifndef SOTAY_CLI_PRINT_H
#define SOTAY_CLI_PRINT_H

#include "base/base.h"
#include "cli/options.h"

struct printer {
    enum message_format format;
    bool color, quiet, vietnamese;
    const char *project; /* folder that places in sources are relative to, or NULL */
    char *shown;         /* path of the file in text, or NULL */
    struct buf text;
};

void printer_init(struct printer *p, const struct options *o, const char *language);
void printer_free(struct printer *p);
/* Appends one diagnostic with its notes; arg is a struct printer. */
void printer_render(void *arg, struct buf *out, const struct diag *g);
/* A sink that prints to standard error; arg is a struct printer. */
void printer_sink(void *arg, const struct diag *g);

#endif
