/* A heap for libraries that allocate very many small things, one thread's:
 * libxml2 and libxslt spend a fifth of a small document's time in malloc.
 * What is freed is kept for the next of its size, to the program's end. */
#ifndef SOTAY_BASE_POOL_H
#define SOTAY_BASE_POOL_H

#include <stddef.h>

/* As malloc, realloc, free and strdup (C11, 7.22.3): NULL when there is no
 * memory.  Aligned for pointers and doubles. */
void *pool_alloc(size_t size);
void *pool_realloc(void *p, size_t size);
void pool_free(void *p);
char *pool_strdup(const char *s);

#endif
