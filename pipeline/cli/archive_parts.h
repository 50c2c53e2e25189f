/* What the actions of `sotay archive` share; private to the files archive*.c. */
#ifndef SOTAY_CLI_ARCHIVE_PARTS_H
#define SOTAY_CLI_ARCHIVE_PARTS_H

#include "archive/archive.h"
#include "cli/cli.h"

/* Actions in files of their own; each returns the exit status. */
int cli_archive_add(struct cli *c);
int cli_archive_verify(struct cli *c);
int cli_archive_again(struct cli *c);
int cli_archive_stamp(struct cli *c);
int cli_archive_send(struct cli *c);
int cli_archive_receive(struct cli *c);

/* The exit status after what was told. */
int cli_archive_status(const struct cli *c, bool good);
/* To standard output; 0, or 3 (told). */
int cli_archive_print(struct cli *c, const struct buf *b);
/* Opens the archive; NULL: *status says why. */
struct archive *cli_archive_open(struct cli *c, enum archive_mode mode, int *status);
/* For actions that only read: open, do, print. */
int cli_archive_read(struct cli *c, bool (*use)(struct cli *, struct archive *, struct buf *));
/* 3 for "v3" or "3"; -1: it is none. */
int cli_version_of(const char *s);

/* The key of --sign (*s NULL: not said), with the project's time-stamp authority;
 * false: *status says why. */
bool cli_signer_open(struct cli *c, struct workshop *w, struct archive_signer **s, int *status);

/* A folder of this process, and its end. */
bool cli_temp_make(struct cli *c, struct buf *dir);
void cli_temp_drop(struct buf *dir);
/* The last part of a path. */
const char *cli_base_name(const char *path);
/* "name": "value"; next: after a comma unless an object just began. */
void cli_json_member(struct buf *b, const char *name, const char *value);
void cli_json_next(struct buf *b, const char *name, const char *value);

#endif
