/* Private to cli/: beginning publications. */
#ifndef SOTAY_CLI_NEW_H
#define SOTAY_CLI_NEW_H

#include "cli/cli.h"

/* publication.yaml of the issue after `last`: id and date given, number + 1, its
 * standing parts and the fresh ones. */
void new_carry_settings(struct buf *out, const struct document_issue *last, const char *const *fresh, const char *id,
                        const char *date, const struct buf *old);
/* Whether a file of the last issue is one of its standing parts. */
bool new_is_standing(const struct document_issue *last, const char *file);

#endif
