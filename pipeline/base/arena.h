/* Memory by lifetime: an arena is filled piece by piece and dropped at once. */
#ifndef SOTAY_BASE_ARENA_H
#define SOTAY_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/* Releases the arena and all that was allocated from it; NULL is allowed. */
void arena_drop(struct arena *a);
/* Forgets all content but keeps one chunk for reuse. */
void arena_reset(struct arena *a);
/* Zeroed memory aligned for any type; never NULL (the program ends with
 * status 3 when memory is exhausted).  With ARENA_DEBUG each piece is an
 * allocation of its own, so that sanitizers see its bounds. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);
/* Bytes asked for so far. */
size_t arena_bytes(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/* Called once as the program starts: the heap begins with large pages where the
 * system has them (a page fault costs more than filling the page), and keeps
 * what is freed. */
void mem_start(void);

/* Heap memory for growing arrays; never NULL.  mem_grow makes room for at
 * least `need` elements of `elem` bytes, doubling *cap. */
void *mem_alloc(size_t size); /* zeroed */
void *mem_grow(void *p, size_t *cap, size_t need, size_t elem);
char *mem_strdup(const char *s);
void mem_free(void *p);

#endif
