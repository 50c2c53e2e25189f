/* The commands; private to cli/. */
#ifndef SOTAY_CLI_H
#define SOTAY_CLI_H

#include "cli/options.h"
#include "cli/print.h"

struct cli {
    struct options o;
    struct printer printer;
    struct diags *diags; /* of the project, the fonts, and single FO documents */
    const char *language;
    char *project; /* folder, or NULL */
};

/* Each returns the exit status. */
int cli_build(struct cli *c);
int cli_check(struct cli *c);
int cli_fo(struct cli *c);
int cli_new(struct cli *c);
int cli_plan(struct cli *c);
int cli_doctor(struct cli *c);
int cli_archive(struct cli *c);

/* The project's workshop with its publications; NULL after an error. */
struct workshop *cli_workshop(struct cli *c);

#endif
