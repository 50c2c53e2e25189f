/* A page about a build: FOLDER/report.html, and pictures of first pages in
 * FOLDER/.sotay/pages/ where pdftoppm is there.  It needs no script. */
#ifndef SOTAY_BATCH_REPORT_H
#define SOTAY_BATCH_REPORT_H

#include "batch/job.h"

/* Every document with its state, pages, time and findings. */
void report_write(struct batch *b);

/* Makes pictures of the first pages of PDF files, `workers` at a time: from[i] to
 * to[i].png, where that is not there or older.  resolution in dots per inch. */
void pictures_make(const char *const *from, const char *const *to, size_t n, int workers, int resolution);

#endif
