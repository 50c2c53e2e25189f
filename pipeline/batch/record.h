/* The build records: FOLDER/.sotay/build.db, an SQLite database.
 *
 * It only saves work: what it says is compared with the files that are there, and
 * without it everything is built.  A damaged one is set aside, which is said.
 * One process at a time uses it (lock.h); readers that fail see no records. */
#ifndef SOTAY_BATCH_RECORD_H
#define SOTAY_BATCH_RECORD_H

#include "batch/files.h"
#include "batch/keys.h"

struct records;

/* One output as it was made. */
struct made {
    const char *path; /* from the folder of outputs */
    struct stamp stamp;
    struct sum sum;
    int64_t pages;
};

/* The making of all documents of one publication or unit.  Packed values belong
 * to the record. */
struct record {
    struct sum key;
    struct file **inputs; /* sources; then what else was read */
    size_t input_count, source_count;
    struct sum extra; /* of what else was read */
    struct made *made;
    size_t made_count;
    int64_t microseconds, kilobytes;
    char *diags; /* packed */
    size_t diags_size;
};

/* Opens or makes the records of a folder; `name` is "build" or a shard's.  NULL
 * when there can be none (told as a warning: then all is built). */
struct records *records_open(const char *folder, const char *name, struct keys *keys, struct diags *diags);
/* The same of a file. */
struct records *records_open_file(const char *path, struct keys *keys, struct diags *diags);
/* The names of all jobs, sorted; the caller frees each and the list. */
char **records_names(struct records *r, size_t *n);
/* From here on nothing waits for the disk. */
void records_hurry(struct records *r);
/* Keeps what was put last; then frees. */
void records_close(struct records *r);
/* The record of a job by its name; NULL: none.  Drop it with record_free. */
struct record *records_find(struct records *r, const char *job);
void record_free(struct record *record);
void records_put(struct records *r, const char *job, const struct record *record);
/* The names of all jobs with the microseconds each took, from the records a folder
 * has; NULL when it has none that can be read now. */
struct map *records_times(const char *folder);
/* Notes what is known of a file. */
void records_put_file(struct records *r, struct file *file);
/* Writes now what was put; every so often this is done anyway. */
void records_flush(struct records *r);
/* A value kept under a name; false when there is none. */
bool records_get_value(struct records *r, const char *name, struct buf *out);
void records_put_value(struct records *r, const char *name, const void *p, size_t n);
/* True when the database was found damaged while it was read: then it is aside
 * and empty. */
bool records_were_damaged(const struct records *r);

#endif
