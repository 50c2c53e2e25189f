/* Many documents: building them with workers, records of what was built, and the
 * plan of what there is to build.  What is said about a publication is said in
 * the order of the list, whatever the number of workers. */
#ifndef SOTAY_BATCH_H
#define SOTAY_BATCH_H

#include "base/base.h"
#include "document.h"

enum batch_progress { PROGRESS_AUTO, PROGRESS_BAR, PROGRESS_PLAIN, PROGRESS_JSON, PROGRESS_NONE };

/* Part `index` (from 1) of `count`; count 0: all. */
struct batch_shard {
    int index, count;
};

struct batch_options {
    int workers; /* at least 1 */
    bool keep_going;
    bool timings;
    bool force;           /* makes also what has not changed */
    bool hurry;           /* the records need not outlive a loss of power */
    bool report;          /* writes report.html into the folder */
    bool wait;            /* for another build in the folder to end */
    int timeout;          /* seconds for one publication or unit; 0: none */
    int64_t limit_memory; /* bytes for one worker; 0: none */
    const char *folder;   /* of outputs, for the records; NULL: nothing is kept */
    struct batch_shard shard;
    enum batch_progress progress; /* AUTO: a bar on a terminal, else lines */
    const char *language;         /* of diagnostics */
    const struct document_options *document;
    /* Told of a build's documents when it ends, or NULL. */
    void (*built)(void *arg, const struct document_list *list, bool good);
    void *built_arg;
    /* Writes a diagnostic as it is to be printed. */
    void (*render)(void *arg, struct buf *out, const struct diag *g);
    void *arg;
};

struct batch_result {
    int status;       /* 0; 1 errors in documents; 3 of the environment; 75 busy */
    int signal;       /* that ended it in good order, or 0 */
    size_t findings;  /* warnings and what is unsupported */
    size_t outputs;   /* made */
    size_t unchanged; /* outputs that were as they should be */
    size_t failed;    /* outputs */
};

/* Builds documents: those of the names (all when count is 0) as
 * document_list_fill understands them, going to `out`. */
struct batch_result batch_build(struct workshop *w, const char *const *names, size_t count, const char *out,
                                const struct batch_options *options, struct diags *diags);
/* Joins the results of shards (FOLDER/.sotay/shard-K-N.db; none named: all there)
 * to the records of the folder, and names the documents that are missing.  0; 1
 * when some are; 2, 3, 75 as above. */
int batch_merge(struct workshop *w, const char *const *results, size_t count, const char *out,
                const struct batch_options *options, struct diags *diags);
/* Builds, and builds again whenever something in content/ or the styles changes,
 * until a signal asks to end, which is returned; 3 when it cannot be watched
 * (told).  port: where pages are shown to a browser on this machine, 0: any, -1:
 * nowhere. */
int batch_watch(struct workshop *w, const char *const *names, size_t count, const char *out,
                const struct batch_options *options, int port, struct diags *diags);
/* For signal handlers: asks the build that runs to end in good order; false when
 * there is none, or it was asked before. */
bool batch_interrupt(int signal);
/* Ends the workers, from a signal handler. */
void batch_abort(void);

/* Writes one JSON object a line, a document each, in the order of the list.
 * key: SHA-256 over the bytes and names of all inputs (of a series' table: the
 * document's own row), the options, the fonts and the program.  0; 1 after an
 * error (told); 3 when it cannot be written. */
int batch_plan(FILE *out, struct workshop *w, const struct document_list *list,
               const struct document_options *options, struct diags *diags);

/* SHA-256 of a file in lower-case hexadecimal; 0 or errno. */
int batch_sha256_file(char hex[65], const char *path);

#endif
