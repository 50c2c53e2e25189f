/* Libraries that only some documents need, loaded when they are needed: the
 * linker's work on them would cost every small document a tenth of its time. */
#ifndef SOTAY_BASE_LIBRARY_H
#define SOTAY_BASE_LIBRARY_H

#include <stddef.h>

/* Loads FILE (a soname) and writes the addresses of names[0..n) to slots.
 * A program whose library is not there cannot go on: it ends with status 3. */
void library_load(const char *file, const char *const names[], void *slots[], size_t n);

#endif
