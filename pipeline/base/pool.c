#include "base/pool.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A block is a header with its size class and the bytes of the caller. */
enum { STEP = 16, CLASSES = 33, CHUNK = 128 * 1024 }; /* class 0: malloc's own */

struct block {
    union {
        size_t class; /* in use */
        struct block *next; /* free */
    };
};

static struct block *spare[CLASSES];
static char *chunk;
static size_t left;

static size_t class_of(size_t size) {
    size_t class = (size + sizeof(struct block) + STEP - 1) / STEP;
    return size < SIZE_MAX - CHUNK && class < CLASSES ? class : 0;
}

static size_t capacity(const struct block *b) {
    return b->class * STEP - sizeof *b;
}

static struct block *carve(size_t class) {
    size_t n = class * STEP;
    if (n > left) {
        char *more = malloc(CHUNK);
        if (!more) return NULL;
        chunk = more;
        left = CHUNK;
    }
    struct block *b = (struct block *)chunk;
    chunk += n;
    left -= n;
    return b;
}

void *pool_alloc(size_t size) {
    size_t class = class_of(size);
    struct block *b = class ? spare[class] : size < SIZE_MAX - sizeof *b ? malloc(sizeof *b + size) : NULL;
    if (class && b) spare[class] = b->next;
    else if (class) b = carve(class);
    if (!b) return NULL;
    b->class = class;
    return b + 1;
}

void pool_free(void *p) {
    if (!p) return;
    struct block *b = (struct block *)p - 1;
    size_t class = b->class;
    if (!class) {
        free(b);
        return;
    }
    b->next = spare[class];
    spare[class] = b;
}

void *pool_realloc(void *p, size_t size) {
    if (!p) return pool_alloc(size);
    struct block *b = (struct block *)p - 1;
    if (!b->class) {
        /* A large one stays large. */
        b = size < SIZE_MAX - sizeof *b ? realloc(b, sizeof *b + size) : NULL;
        return b ? b + 1 : NULL;
    }
    if (size <= capacity(b)) return p;
    void *more = pool_alloc(size);
    if (!more) return NULL;
    memcpy(more, p, capacity(b));
    pool_free(p);
    return more;
}

char *pool_strdup(const char *s) {
    size_t n = strlen(s) + 1;
    char *copy = pool_alloc(n);
    return copy ? memcpy(copy, s, n) : NULL;
}
