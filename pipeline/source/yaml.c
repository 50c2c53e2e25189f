/* YAML through libyaml, with the place of everything. */
#include "source/parts.h"

#include <yaml.h>

enum { YAML_PAIRS_MAX = 10000 };

struct source_yaml {
    struct source_job *job;
    const struct source_text *text;
    size_t from; /* byte offset of the YAML in the text */
    size_t first_line;
    yaml_document_t doc;
};

static size_t lines_before(const struct source_text *t, size_t offset) {
    size_t n = 0;
    while (n < t->lines && t->start[n] < offset) n++;
    return n;
}

static struct pos mark_pos(const struct source_yaml *y, yaml_mark_t m) {
    return (struct pos){y->text->path, (int32_t)(y->first_line + m.line) + 1, (int32_t)m.column + 1};
}

/* libyaml tells reader errors by byte offset, all others by mark; what is never
 * closed is told where it was opened. */
static void report(struct source_yaml *y, const yaml_parser_t *p) {
    bool unclosed = p->context && p->problem && strstr(p->problem, "unexpected end of stream");
    struct pos pos = p->error == YAML_READER_ERROR
                         ? source_text_pos_at(y->text, y->from + p->problem_offset)
                         : mark_pos(y, unclosed ? p->context_mark : p->problem_mark);
    diag_add(y->job->diags, DIAG_BAD_YAML, pos, p->problem ? p->problem : "cannot be read");
}

struct source_yaml *source_yaml_load(struct source_job *job, const struct source_text *text, size_t from,
                                     size_t to) {
    struct source_yaml *y = mem_alloc(sizeof *y);
    *y = (struct source_yaml){.job = job, .text = text, .from = from, .first_line = lines_before(text, from)};
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        mem_free(y);
        return NULL;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text->raw.p + from, to - from);
    bool loaded = yaml_parser_load(&parser, &y->doc);
    if (!loaded) report(y, &parser);
    yaml_parser_delete(&parser);
    if (!loaded) {
        mem_free(y);
        return NULL;
    }
    yaml_node_t *root = yaml_document_get_root_node(&y->doc);
    if (root && root->type == YAML_MAPPING_NODE) return y;
    struct pos pos = root ? mark_pos(y, root->start_mark) : source_text_pos(text, y->first_line, 0);
    diag_add(job->diags, DIAG_BAD_YAML, pos, "expected lines of “key: value”");
    source_yaml_drop(y);
    return NULL;
}

void source_yaml_drop(struct source_yaml *y) {
    if (!y) return;
    yaml_document_delete(&y->doc);
    mem_free(y);
}

yaml_node_t *source_yaml_root(struct source_yaml *y) {
    return yaml_document_get_root_node(&y->doc);
}

struct pos source_yaml_pos(const struct source_yaml *y, const yaml_node_t *node) {
    return mark_pos(y, node->start_mark);
}

bool source_yaml_is_map(const yaml_node_t *node) {
    return node && node->type == YAML_MAPPING_NODE;
}

bool source_yaml_is_list(const yaml_node_t *node) {
    return node && node->type == YAML_SEQUENCE_NODE;
}

size_t source_yaml_pairs(const yaml_node_t *map) {
    if (!source_yaml_is_map(map)) return 0;
    return (size_t)(map->data.mapping.pairs.top - map->data.mapping.pairs.start);
}

void source_yaml_pair(struct source_yaml *y, yaml_node_t *map, size_t i, yaml_node_t **key,
                      yaml_node_t **value) {
    yaml_node_pair_t pair = map->data.mapping.pairs.start[i];
    *key = yaml_document_get_node(&y->doc, pair.key);
    *value = yaml_document_get_node(&y->doc, pair.value);
}

size_t source_yaml_items(const yaml_node_t *list) {
    if (!source_yaml_is_list(list)) return 0;
    return (size_t)(list->data.sequence.items.top - list->data.sequence.items.start);
}

yaml_node_t *source_yaml_item(struct source_yaml *y, yaml_node_t *list, size_t i) {
    return yaml_document_get_node(&y->doc, list->data.sequence.items.start[i]);
}

const char *source_yaml_text(struct source_yaml *y, const yaml_node_t *node) {
    if (!node || node->type != YAML_SCALAR_NODE) return NULL;
    const char *s = (const char *)node->data.scalar.value;
    size_t n = node->data.scalar.length;
    while (n && (s[n - 1] == '\n' || s[n - 1] == ' ')) n--;
    bool plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    bool null = plain && ((n == 1 && *s == '~') || (n == 4 && memcmp(s, "null", 4) == 0));
    if (!n || null || memchr(s, 0, n)) return NULL;
    return source_nfc(y->job->arena, s, n);
}

yaml_node_t *source_yaml_find(struct source_yaml *y, yaml_node_t *map, const char *key) {
    for (size_t i = 0; i < source_yaml_pairs(map); i++) {
        yaml_node_t *k, *v;
        source_yaml_pair(y, map, i, &k, &v);
        const char *name = source_yaml_text(y, k);
        if (name && strcmp(name, key) == 0) return v;
    }
    return NULL;
}

static bool is_among(const char *key, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(key, names[i]) == 0) return true;
    return false;
}

void source_yaml_check_keys(struct source_yaml *y, yaml_node_t *map, const char *const *names, size_t n) {
    struct diags *d = y->job->diags;
    struct map *seen = map_new();
    for (size_t i = 0; i < source_yaml_pairs(map) && i < YAML_PAIRS_MAX; i++) {
        yaml_node_t *k, *v;
        source_yaml_pair(y, map, i, &k, &v);
        struct pos pos = source_yaml_pos(y, k);
        const char *key = source_yaml_text(y, k);
        if (!key) {
            diag_add(d, DIAG_BAD_YAML, pos, "a key must be a word");
            continue;
        }
        struct map_entry *e = map_get(seen, key, strlen(key));
        if (e->value.num++) {
            diag_add(d, DIAG_DUPLICATE_KEY, pos, key);
            diag_span(d, (int)strlen(key));
        } else if (names && !is_among(key, names, n)) {
            diag_add(d, DIAG_UNKNOWN_KEY, pos, key);
            diag_span(d, (int)strlen(key));
            source_hint(d, pos, key, names, n);
        }
    }
    map_drop(seen);
}
