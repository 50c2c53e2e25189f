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
int cli_kit(struct cli *c);
int cli_check(struct cli *c);
int cli_fo(struct cli *c);
int cli_new(struct cli *c);
int cli_export(struct cli *c);
int cli_import(struct cli *c);
int cli_plan(struct cli *c);
int cli_merge(struct cli *c);
int cli_watch(struct cli *c);
int cli_doctor(struct cli *c);
int cli_archive(struct cli *c);
int cli_explain(struct cli *c);
int cli_rules(struct cli *c);
/* check of FO documents that others made (rules.c) */
bool cli_check_is_fo(const struct cli *c);
int cli_check_fo(struct cli *c);

/* What the next document says of its page goes to `out`, and from there to
 * standard output; end returns the exit status. */
void cli_explain_begin(struct cli *c, struct buf *out);
int cli_explain_end(struct cli *c, struct buf *out);

/* The project's workshop, with its publications when they are asked for; NULL
 * after an error. */
struct workshop *cli_workshop(struct cli *c, bool publications);
/* The exit status without one (build.c). */
int cli_no_workshop(const struct cli *c);

#endif
