/* The content of files, known again by their state: a file whose size, times and
 * inode are as they were when it was read is not read again, unless it was read
 * so soon after its last change that a later one might not show (a racy stamp). */
#ifndef SOTAY_BATCH_FILES_H
#define SOTAY_BATCH_FILES_H

#include "batch/key.h"

#include <sys/stat.h>

/* Times in nanoseconds; size -1: not there. */
struct stamp {
    int64_t size, mtime, ctime, inode;
};

struct stamp stamp_of(const struct stat *st);
/* Of what a path leads to. */
struct stamp stamp_at(const char *path);
bool stamp_same(const struct stamp *a, const struct stamp *b);
/* Whether a change after `seen` would show in the stamp. */
bool stamp_tells(const struct stamp *s, int64_t seen);
/* Nanoseconds since 1970, of the clock that stamps files. */
int64_t stamp_now(void);

struct file {
    const char *name; /* interned; in the project, "styles/...", or absolute */
    const char *path; /* to open; NULL: not known yet */
    struct stamp stamp, begin; /* begin, of a shared one: before it was used */
    struct sum sum; /* all zero when not there */
    int64_t seen;   /* when it was read */
    int64_t row;    /* in the records; 0: none */
    int error;      /* errno, other than that it is not there */
    bool asked;     /* what the records know */
    bool known;     /* stamp and sum say something */
    bool checked;   /* in this round */
    bool changed;   /* the records are out of date */
    bool shared;    /* workers keep what they read of it */
};

struct files;

struct files *files_new(void);
void files_drop(struct files *f);
/* The file of this name, made when it is new. */
struct file *files_get(struct files *f, const char *name);
size_t files_count(const struct files *f);
struct file *files_at(const struct files *f, size_t i);
/* Makes sure that stamp and sum are those of now. */
void file_check(struct file *file);
/* The next file_check looks again. */
void files_new_round(struct files *f);

#endif
