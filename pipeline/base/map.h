/* A hash map from byte strings to pointers or integers.  Keys are copied into
 * the map; iteration is in order of insertion, so output never depends on
 * addresses. */
#ifndef SOTAY_BASE_MAP_H
#define SOTAY_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

union map_value {
    void *ptr;
    int64_t num;
};

struct map_entry {
    const char *key; /* NUL-terminated copy */
    size_t key_len;
    uint64_t hash;
    union map_value value;
};

struct map;

struct map *map_new(void);
void map_drop(struct map *m);
/* The entry of a key, or NULL. */
struct map_entry *map_find(const struct map *m, const void *key, size_t len);
/* The entry of a key, made with a zero value when it is new.  Entries do not
 * move, so the pointer stays good until map_drop. */
struct map_entry *map_get(struct map *m, const void *key, size_t len);
size_t map_count(const struct map *m);
/* The i-th entry in order of insertion. */
struct map_entry *map_at(const struct map *m, size_t i);
uint64_t hash_bytes(const void *p, size_t n, uint64_t seed);
/* The one copy of a string for the life of the program: equal strings have
 * equal pointers. */
const char *str_intern(const char *s, size_t n);

#endif
