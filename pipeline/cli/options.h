/* Commands and their options, as one table says (options.def). */
#ifndef SOTAY_CLI_OPTIONS_H
#define SOTAY_CLI_OPTIONS_H

#include "base/base.h"
#include "batch/batch.h"
#include "document.h"

enum command {
#define COMMAND(id, ...) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT,
    COMMAND_NONE = COMMAND_COUNT
};

enum message_format { MESSAGES_HUMAN, MESSAGES_JSON, MESSAGES_SHORT };
enum color_when { COLORS_AUTO, COLORS_ALWAYS, COLORS_NEVER };

struct options {
    enum command command;
    const char *project, *output, *outdir, *accept;
    int jobs;
    bool keep_going, xliff_21, quiet, support, help, version;
    bool force, wait, report;
    const char *from; /* the issue to carry over from */
    int timeout; /* seconds, 0: none */
    int port;    /* to serve pages on; -1: none */
    struct batch_shard shard;
    int verbose;
    enum batch_progress progress;
    enum message_format messages;
    enum color_when color;
    const char *root, *message, *correction, *since, *class_name; /* of archive; NULL: not said */
    const char *sign, *password_file, *verapdf, *resume; /* of archive; NULL: not said */
    enum archive_form { FORM_BAG, FORM_PDF, FORM_SITE } form;       /* of export */
    int32_t limit, sample;                           /* of archive; 0: not said */
    int64_t limit_memory; /* bytes, 0: none */
    struct document_options document;
    const char **args; /* what is no option */
    size_t arg_count;
};

/* Reads the command line; false after saying what is wrong (exit status 2). */
bool options_read(struct options *o, int argc, char **argv);
void options_free(struct options *o);
/* The help of a command, or of all. */
void options_help(struct buf *out, enum command command);
/* The actions of `archive`, a line each. */
void cli_archive_help(struct buf *out);
/* Says that the command line is wrong, on standard error; returns 2. */
int options_wrong(const struct options *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
