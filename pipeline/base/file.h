/* Files: reading whole, writing whole or not at all, paths. */
#ifndef SOTAY_BASE_FILE_H
#define SOTAY_BASE_FILE_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct stat;

/* Reads a whole file ("-" is standard input) into b; 0, or errno. */
int file_read(struct buf *b, const char *path);
/* While seen is not NULL it is told of each file that file_read opens, with its
 * state at that moment. */
void file_watch(void (*seen)(void *arg, const char *path, const struct stat *st), void *arg);
/* The same of a descriptor, to its end. */
int file_read_from(struct buf *b, int fd);
bool file_exists(const char *path);
/* Joins and normalises ("a/b" + "../c" -> "a/c"); an absolute rel replaces. */
void path_join(struct buf *out, const char *base, const char *rel);
/* The folder part of a path ("." when it has none). */
void path_dir(struct buf *out, const char *path);
/* True when path, links resolved, lies in root or below. */
bool path_inside(const char *root, const char *path);
/* Makes a folder and its parents; 0 or errno. */
int dir_make(const char *path);

/* An output that appears whole or not at all: written to a temporary file in
 * the same folder, then fsync and rename at out_commit.  Standard output ("-")
 * and devices get a copy at out_commit.  Errors are kept and told by it. */
struct out_file;
struct out_file *out_open(const char *path, int *error);
void out_write(struct out_file *f, const void *p, size_t n);
/* Bytes written so far. */
uint64_t out_size(const struct out_file *f);
/* Forgets everything written (the count round of layout). */
void out_rewind(struct out_file *f);
/* 0, or errno: then the old file is untouched.  Frees f. */
int out_commit(struct out_file *f);
/* The same without waiting for the disk: many files are written at once by a few
 * threads of their own, which is some ten times as fast.  arg is given back by
 * out_commits_next. */
void out_commit_later(struct out_file *f, void *arg);
/* One commit that has ended: its arg, and 0 or errno; false when none has (with
 * `wait`: when none is under way). */
bool out_commits_next(void **arg, int *error, bool wait);
/* Becomes readable when a commit ends; -1 when there has been none. */
int out_commits_fd(void);
/* Drops what was written; frees f. */
void out_abort(struct out_file *f);
/* Removes the temporary files of all outputs still open: for signal handlers,
 * async-signal-safe. */
void out_abort_all(void);
/* Removes what a process of this host that is no more left of an output. */
void out_abort_of(const char *path, pid_t pid);

#endif
