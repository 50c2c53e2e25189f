/* Many documents: building them with workers, and the plan of what there is to
 * build.  What is said about a publication is said in the order of the list,
 * whatever the number of workers. */
#ifndef SOTAY_BATCH_H
#define SOTAY_BATCH_H

#include "base/base.h"
#include "document.h"

enum batch_progress { PROGRESS_AUTO, PROGRESS_BAR, PROGRESS_PLAIN, PROGRESS_JSON, PROGRESS_NONE };

struct batch_options {
    int workers; /* at least 1 */
    bool keep_going;
    bool timings;
    enum batch_progress progress; /* AUTO: a bar on a terminal, else lines */
    const char *language;         /* of diagnostics */
    const struct document_options *document;
    /* Writes a diagnostic as it is to be printed. */
    void (*render)(void *arg, struct buf *out, const struct diag *g);
    void *arg;
};

struct batch_result {
    int status;      /* 0; 1 errors in documents; 3 of the environment */
    size_t findings; /* warnings and what is unsupported */
    size_t outputs;  /* made */
};

/* Builds all documents of the list; publications are built whole by one worker. */
struct batch_result batch_build(struct workshop *w, const struct document_list *list,
                                const struct batch_options *options);
/* Ends the workers, from a signal handler. */
void batch_abort(void);

/* Appends one JSON object a line, a document each, in the order of the list.
 * key: SHA-256 over the bytes and names of all inputs, the options and the
 * version of the program.  0, or 1 after an error (told). */
int batch_plan(struct buf *out, struct workshop *w, const struct document_list *list,
               const struct document_options *options, struct diags *diags);

/* SHA-256 of a file in lower-case hexadecimal; 0 or errno. */
int batch_sha256_file(char hex[65], const char *path);

#endif
