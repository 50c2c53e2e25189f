/* The key `kit:`: which parts of a study kit are made besides the publication. */
#include "source/kit.h"

#include <errno.h>
#include <yaml.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { VERSIONS_MAX = 99, SEED_MAX = 999999999 };

struct kit_kind {
    const char *name;
    const char *keys[2];
    const char *sizes; /* what `size` may be */
};

static const struct kit_kind kinds[] = {
    {"introduction", {0}, NULL},     {"quiz", {"versions", "seed"}, NULL}, {"minutes", {0}, NULL},
    {"slides", {"size"}, "16:9 | A4"}, {"cards", {"size"}, "A7 | A6"},
};

static const struct kit_kind *find_kind(const char *name) {
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
    return NULL;
}

struct reading {
    struct source_job *job;
    struct source_yaml *yaml;
    struct source_kit_part *parts;
    size_t n;
};

static void bad_value(struct reading *r, const yaml_node_t *node, const char *key, const char *expected) {
    diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(r->yaml, node), key, expected);
}

static void unknown_part(struct reading *r, const yaml_node_t *node, const char *name) {
    const char *names[COUNT(kinds)];
    struct pos pos = source_yaml_pos(r->yaml, node);
    for (size_t i = 0; i < COUNT(kinds); i++) names[i] = kinds[i].name;
    diag_add(r->job->diags, DIAG_UNKNOWN_PART, pos, name);
    diag_span(r->job->diags, (int)strlen(name));
    source_hint(r->job->diags, pos, name, names, COUNT(kinds));
}

/* A new part, each kind once; NULL after an error. */
static struct source_kit_part *add_part(struct reading *r, const yaml_node_t *node, bool named) {
    const char *name = source_yaml_text(r->yaml, node);
    const struct kit_kind *k = name ? find_kind(name) : NULL;
    if (!name) bad_value(r, node, "kit", "a list of parts");
    else if (!k) unknown_part(r, node, name);
    for (size_t i = 0; k && i < r->n; i++) {
        if (strcmp(r->parts[i].name, name) != 0) continue;
        diag_add(r->job->diags, DIAG_DUPLICATE_KEY, source_yaml_pos(r->yaml, node), name);
        k = NULL;
    }
    if (!k) return NULL;
    r->parts[r->n] = (struct source_kit_part){.name = k->name, .named = named, .pos = source_yaml_pos(r->yaml, node)};
    return &r->parts[r->n++];
}

/* 0 after an error. */
static int read_number(struct reading *r, const yaml_node_t *node, const char *key, int max, const char *expected) {
    const char *s = source_yaml_text(r->yaml, node);
    char *end = "x";
    errno = 0;
    long n = s && source_is_digit(*s) ? strtol(s, &end, 10) : 0;
    if (!*end && !errno && n >= 1 && n <= max) return (int)n;
    bad_value(r, node, key, expected);
    return 0;
}

static const char *read_size(struct reading *r, const yaml_node_t *node, const struct kit_kind *k) {
    const char *s = source_yaml_text(r->yaml, node), *found = s ? strstr(k->sizes, s) : NULL;
    size_t n = s ? strlen(s) : 0;
    bool whole = found && (found == k->sizes || found[-1] == ' ') && (!found[n] || found[n] == ' ') && *s != '|';
    if (whole) return s;
    bad_value(r, node, "size", k->sizes);
    return NULL;
}

static void read_options(struct reading *r, struct source_kit_part *part, yaml_node_t *map) {
    const struct kit_kind *k = find_kind(part->name);
    size_t keys = 0;
    while (keys < COUNT(k->keys) && k->keys[keys]) keys++;
    source_yaml_check_keys(r->yaml, map, k->keys, keys);
    for (size_t i = 0; i < keys; i++) {
        yaml_node_t *node = source_yaml_find(r->yaml, map, k->keys[i]);
        if (!node) continue;
        if (strcmp(k->keys[i], "versions") == 0)
            part->versions = read_number(r, node, "versions", VERSIONS_MAX, "a number from 1 to 99");
        else if (strcmp(k->keys[i], "seed") == 0)
            part->seed = read_number(r, node, "seed", SEED_MAX, "a number from 1 to 999999999");
        else part->size = read_size(r, node, k);
    }
}

static void read_map(struct reading *r, yaml_node_t *map) {
    for (size_t i = 0; i < source_yaml_pairs(map); i++) {
        yaml_node_t *key, *value;
        source_yaml_pair(r->yaml, map, i, &key, &value);
        struct source_kit_part *part = add_part(r, key, true);
        if (!part) continue;
        if (source_yaml_is_map(value)) read_options(r, part, value);
        else if (source_yaml_text(r->yaml, value) || source_yaml_is_list(value))
            bad_value(r, value, part->name, "its options, as {size: A4}, or nothing");
    }
}

const struct source_kit_part *source_kit_read(struct source_job *job, struct source_yaml *yaml, yaml_node_t *node) {
    struct reading r = {job, yaml, ARENA_ARRAY(job->arena, struct source_kit_part, COUNT(kinds) + 2), 0};
    const char *word = source_yaml_text(yaml, node);
    if (word && strcmp(word, "all") == 0) {
        for (size_t i = 0; i < COUNT(kinds); i++)
            r.parts[r.n++] = (struct source_kit_part){.name = kinds[i].name, .pos = source_yaml_pos(yaml, node)};
    } else if (source_yaml_is_map(node)) {
        read_map(&r, node);
    } else if (source_yaml_is_list(node)) {
        for (size_t i = 0; i < source_yaml_items(node); i++)
            add_part(&r, source_yaml_item(yaml, node, i), true);
    } else if (word) {
        add_part(&r, node, true);
    } else {
        bad_value(&r, node, "kit", "a list of parts, or all");
    }
    return r.parts;
}

void source_kit_write(struct source_build *b, xmlNode *root, const struct source_kit_part *kit) {
    xmlNode *e = kit && kit->name ? source_element(b, root, "kit") : NULL;
    for (; e && kit->name; kit++) {
        xmlNode *part = source_element(b, e, kit->name);
        if (kit->versions) source_set_int(part, "versions", kit->versions);
        if (kit->seed) source_set_int(part, "seed", kit->seed);
        source_set(part, "size", kit->size);
    }
}

/* ---- what a source has ---- */

/* A line that opens a fence (or closes one, which has no name) of this name. */
static bool opens(const char *line, const char *end, const char *name) {
    while (line < end && strchr(" \t>", *line)) line++;
    char mark = line < end ? *line : 0;
    const char *from = line;
    if (mark != '`' && mark != '~') return false;
    while (line < end && *line == mark) line++;
    if (line - from < 3) return false;
    while (line < end && *line == ' ') line++;
    size_t n = strlen(name);
    return (size_t)(end - line) >= n && memcmp(line, name, n) == 0 && (line + n == end || strchr(" \t\r", line[n]));
}

bool source_uses(struct source_project *project, const struct source_publication *p, const char *directive) {
    struct arena *arena = arena_new();
    struct source_job job = {.project = project, .arena = arena};
    struct buf name = {0}, text = {0};
    bool found = false;
    for (size_t i = 0; p->parts[i] && p->languages && p->languages[0] && !found; i++) {
        buf_clear(&name);
        buf_fmt(&name, "%s.%s.md", p->parts[i], p->languages[0]);
        const char *path = source_project_path(&job, p->dir, name.p);
        buf_clear(&text);
        if (!path || file_read(&text, source_project_file(&job, path)) != 0) continue;
        for (const char *s = buf_cstr(&text), *all = s + text.n, *end; s < all && !found; s = end + 1) {
            end = memchr(s, '\n', (size_t)(all - s));
            if (!end) end = all;
            found = opens(s, end, directive);
        }
    }
    buf_free(&name);
    buf_free(&text);
    arena_drop(arena);
    return found;
}
