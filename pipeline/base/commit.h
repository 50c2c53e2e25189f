/* The steps of out_commit, for commit.c. */
#ifndef SOTAY_BASE_COMMIT_H
#define SOTAY_BASE_COMMIT_H

#include "base/file.h"

/* Writes what is still in memory. */
void out_prepare(struct out_file *f);
/* fsync and rename, or takes the temporary file away; any thread may do it. */
void out_put_in_place(struct out_file *f);
/* 0 or errno; frees f. */
int out_end(struct out_file *f);

#endif
