#include "base/base.h"

struct map {
    struct arena *arena;
    struct map_entry **slots, **order;
    size_t slot_count, count, order_cap;
};

uint64_t hash_bytes(const void *data, size_t n, uint64_t seed) {
    const unsigned char *p = data;
    uint64_t h = 0x9E3779B97F4A7C15ull ^ seed ^ (n * 0xff51afd7ed558ccdull);
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t k;
        memcpy(&k, p, 8);
        h = (h ^ k) * 0xff51afd7ed558ccdull;
        h ^= h >> 32;
    }
    uint64_t k = 0;
    if (n) memcpy(&k, p, n);
    h = (h ^ k) * 0xc4ceb9fe1a85ec53ull;
    return h ^ h >> 29;
}

struct map *map_new(void) {
    struct map *m = mem_alloc(sizeof *m);
    m->arena = arena_new();
    m->slot_count = 64;
    m->slots = mem_alloc(m->slot_count * sizeof *m->slots);
    return m;
}

void map_drop(struct map *m) {
    if (!m) return;
    arena_drop(m->arena);
    mem_free(m->slots);
    mem_free(m->order);
    mem_free(m);
}

static struct map_entry **slot_of(const struct map *m, const void *key, size_t len, uint64_t h) {
    size_t mask = m->slot_count - 1, i = (size_t)(h >> 5) & mask;
    while (m->slots[i]) {
        struct map_entry *e = m->slots[i];
        if (e->hash == h && e->key_len == len && memcmp(e->key, key, len) == 0) break;
        i = (i + 1) & mask;
    }
    return &m->slots[i];
}

struct map_entry *map_find(const struct map *m, const void *key, size_t len) {
    return *slot_of(m, key, len, hash_bytes(key, len, 0));
}

static void grow(struct map *m) {
    mem_free(m->slots);
    m->slot_count *= 2;
    m->slots = mem_alloc(m->slot_count * sizeof *m->slots);
    for (size_t i = 0; i < m->count; i++) {
        struct map_entry *e = m->order[i];
        *slot_of(m, e->key, e->key_len, e->hash) = e;
    }
}

struct map_entry *map_get(struct map *m, const void *key, size_t len) {
    uint64_t h = hash_bytes(key, len, 0);
    struct map_entry **s = slot_of(m, key, len, h);
    if (*s) return *s;
    if ((m->count + 1) * 5 > m->slot_count * 3) {
        grow(m);
        s = slot_of(m, key, len, h);
    }
    struct map_entry *e = ARENA_NEW(m->arena, struct map_entry);
    e->key = arena_strndup(m->arena, key, len);
    e->key_len = len;
    e->hash = h;
    *s = e;
    m->order = mem_grow(m->order, &m->order_cap, m->count + 1, sizeof *m->order);
    m->order[m->count++] = e;
    return e;
}

size_t map_count(const struct map *m) {
    return m->count;
}

struct map_entry *map_at(const struct map *m, size_t i) {
    return m->order[i];
}

const char *str_intern(const char *s, size_t n) {
    static struct map *all;
    if (!all) all = map_new();
    return map_get(all, s, n)->key;
}
