#include "base/base.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#define CHUNK_MIN (16 * 1024)
#define CHUNK_MAX (1024 * 1024)

struct chunk {
    struct chunk *next;
    size_t used, cap;
    max_align_t data[];
};

struct arena {
    struct chunk *top;
    size_t next_cap, bytes;
};

static void out_of_memory(void) {
    fputs("sotay: error: out of memory\n", stderr);
    exit(3);
}

/* The heap is made to go on just below a boundary of large pages: a block that is
 * never used fills it up to there.  Nothing may touch what comes after before it
 * is said to be of large pages: that would make it of small ones. */
void mem_start(void) {
#ifndef ARENA_DEBUG
    enum { LARGE = 2 << 20, FIRST = 2 * LARGE, MORE = LARGE / 8, HEADER = 2 * sizeof(size_t) };
    uintptr_t end = (uintptr_t)sbrk(0), start = (end + MORE + LARGE - 1) & ~(uintptr_t)(LARGE - 1);
    mallopt(M_TRIM_THRESHOLD, 4 * FIRST);
    mallopt(M_MMAP_THRESHOLD, FIRST);
    mallopt(M_TOP_PAD, (int)(start - end) + FIRST);
    char *volatile p = malloc(MORE); /* than what is left of the heap: it grows */
    free(p);
    bool below = p && (uintptr_t)p < start && start - (uintptr_t)p < 2 * LARGE; /* else another malloc than glibc's */
    char *volatile filler = below ? malloc(start - (uintptr_t)p - 2 * HEADER) : NULL;
    if (below && filler == p && (uintptr_t)sbrk(0) >= start + FIRST) madvise((void *)start, FIRST, MADV_HUGEPAGE);
    mallopt(M_TOP_PAD, LARGE / 4);
#endif
}

void *mem_alloc(size_t size) {
    void *p = calloc(1, size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void *mem_grow(void *p, size_t *cap, size_t need, size_t elem) {
    if (need <= *cap) return p;
    size_t n = *cap ? *cap * 2 : 16;
    if (n < need) n = need;
    if (n > SIZE_MAX / elem) out_of_memory();
    p = realloc(p, n * elem);
    if (!p) out_of_memory();
    *cap = n;
    return p;
}

char *mem_strdup(const char *s) {
    size_t n = strlen(s) + 1;
    return memcpy(mem_alloc(n), s, n);
}

void mem_free(void *p) {
    free(p);
}

static struct chunk *chunk_new(size_t cap, struct chunk *next) {
    struct chunk *c = malloc(sizeof *c + cap);
    if (!c) out_of_memory();
    c->next = next;
    c->used = 0;
    c->cap = cap;
    return c;
}

struct arena *arena_new(void) {
    struct arena *a = mem_alloc(sizeof *a);
    a->next_cap = CHUNK_MIN;
    return a;
}

static void chunks_free(struct chunk *c) {
    while (c) {
        struct chunk *next = c->next;
        free(c);
        c = next;
    }
}

void arena_drop(struct arena *a) {
    if (!a) return;
    chunks_free(a->top);
    free(a);
}

void arena_reset(struct arena *a) {
    a->bytes = 0;
    if (!a->top) return;
    chunks_free(a->top->next);
    a->top->next = NULL;
    a->top->used = 0;
#ifdef ARENA_DEBUG
    chunks_free(a->top);
    a->top = NULL;
#endif
}

void *arena_alloc(struct arena *a, size_t size) {
    size_t align = sizeof(max_align_t) - 1;
    size = (size + align) & ~align;
    if (!size) size = align + 1;
    a->bytes += size;
#ifdef ARENA_DEBUG
    a->top = chunk_new(size, a->top);
#else
    if (!a->top || a->top->cap - a->top->used < size) {
        size_t cap = a->next_cap > size ? a->next_cap : size;
        a->top = chunk_new(cap, a->top);
        if (a->next_cap < CHUNK_MAX) a->next_cap *= 2;
    }
#endif
    void *p = (char *)a->top->data + a->top->used;
    a->top->used += size;
    return memset(p, 0, size);
}

void *arena_memdup(struct arena *a, const void *p, size_t n) {
    void *q = arena_alloc(a, n);
    return n ? memcpy(q, p, n) : q;
}

char *arena_strndup(struct arena *a, const char *s, size_t n) {
    char *p = arena_alloc(a, n + 1);
    if (n) memcpy(p, s, n);
    return p;
}

char *arena_strdup(struct arena *a, const char *s) {
    return arena_strndup(a, s, strlen(s));
}

size_t arena_bytes(const struct arena *a) {
    return a->bytes;
}
