/* Hyphenation by Liang's patterns in a trie, from the hyph_*.dic files (XSL
 * 1.1, 7.10). */
#include "text/private.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#define HYPHEN_DIR "/usr/share/hyphen"

enum { WORD_MAX = 100, EDGE = '.' };

struct trie_node {
    uint32_t first, next; /* child, sibling; 0: none */
    uint32_t values;      /* offset into values, 0: none */
    uint16_t c;
    uint8_t count;
};

struct hyphenator {
    struct hyphenator *next;
    char *name; /* "en_GB" */
    bool found;
    struct trie_node *nodes;
    size_t count, cap;
    uint8_t *values;
    size_t value_count, value_cap;
    uint32_t root[256]; /* children of the root by low byte, chained */
};

static uint32_t child_of(struct hyphenator *h, uint32_t node, uint16_t c, bool make) {
    uint32_t *link = node ? &h->nodes[node].first : &h->root[c & 255];
    while (*link && h->nodes[*link].c != c) link = &h->nodes[*link].next;
    if (*link || !make) return *link;
    uint32_t k = (uint32_t)h->count;
    *link = k;
    h->nodes = mem_grow(h->nodes, &h->cap, h->count + 1, sizeof *h->nodes);
    h->nodes[h->count++] = (struct trie_node){.c = c};
    return k;
}

/* "hy3ph" and the like: letters with digits between them. */
static void add_pattern(struct hyphenator *h, const UChar *s, int32_t n) {
    uint8_t v[WORD_MAX] = {0};
    uint8_t letters = 0;
    uint32_t node = 0;
    for (int32_t i = 0; i < n; i++) {
        if (s[i] == '/') return;
        if (s[i] >= '0' && s[i] <= '9') {
            v[letters] = (uint8_t)(s[i] - '0');
            continue;
        }
        if (letters + 2 >= WORD_MAX) return;
        node = child_of(h, node, s[i], true);
        letters++;
    }
    if (!node) return;
    if (!h->value_count) h->value_count = 1;
    h->values = mem_grow(h->values, &h->value_cap, h->value_count + letters + 1u, 1);
    memcpy(h->values + h->value_count, v, letters + 1u);
    h->nodes[node].values = (uint32_t)h->value_count;
    h->nodes[node].count = (uint8_t)(letters + 1);
    h->value_count += letters + 1u;
}

static bool is_pattern(const char *line) {
    static const char *const words[] = {"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUND", "NOHYPHEN", "UTF-8", "ISO"};
    if (!*line || *line == '%' || *line == '#') return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(line, words[i], strlen(words[i])) == 0) return false;
    return true;
}

static void load_lines(struct hyphenator *h, char *text) {
    char *save = NULL, *line = strtok_r(text, "\r\n", &save);
    UErrorCode e = U_ZERO_ERROR;
    UConverter *conv = line ? ucnv_open(line, &e) : NULL;
    if (!conv) return;
    while ((line = strtok_r(NULL, "\r\n", &save))) {
        if (strcmp(line, "NEXTLEVEL") == 0) break;
        if (!is_pattern(line)) continue;
        UChar s[WORD_MAX];
        e = U_ZERO_ERROR;
        int32_t n = ucnv_toUChars(conv, s, WORD_MAX, line, -1, &e);
        if (U_SUCCESS(e)) add_pattern(h, s, n);
    }
    ucnv_close(conv);
}

static struct hyphenator *open_named(struct fontset *set, const char *name) {
    for (struct hyphenator *h = set->hyphenators; h; h = h->next)
        if (strcmp(h->name, name) == 0) return h;
    struct hyphenator *h = mem_alloc(sizeof *h);
    h->name = mem_strdup(name);
    h->next = set->hyphenators;
    set->hyphenators = h;
    h->nodes = mem_grow(h->nodes, &h->cap, 1, sizeof *h->nodes);
    h->nodes[0] = (struct trie_node){0};
    h->count = 1;
    struct buf path = {0}, text = {0};
    buf_fmt(&path, HYPHEN_DIR "/hyph_%s.dic", name);
    if (file_read(&text, path.p) == 0) {
        load_lines(h, text.p);
        h->found = h->count > 1;
    }
    buf_free(&path);
    buf_free(&text);
    return h;
}

void hyphenators_drop(struct fontset *set) {
    while (set->hyphenators) {
        struct hyphenator *h = set->hyphenators;
        set->hyphenators = h->next;
        mem_free(h->name);
        mem_free(h->nodes);
        mem_free(h->values);
        mem_free(h);
    }
}

static bool is_word(const char *s) {
    if (!*s) return false;
    for (; *s; s++)
        if (!((*s | 32) >= 'a' && (*s | 32) <= 'z')) return false;
    return true;
}

static struct hyphenator *find(struct fontset *set, const char *language, const char *country) {
    if (!language || !is_word(language) || strlen(language) > 8) return NULL;
    char name[32];
    if (country && is_word(country) && strlen(country) < 8) {
        snprintf(name, sizeof name, "%s_%s", language, country);
        for (char *p = strchr(name, '_'); *p; p++)
            if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 32);
        struct hyphenator *h = open_named(set, name);
        if (h->found) return h;
    }
    struct hyphenator *h = open_named(set, language);
    return h->found ? h : NULL;
}

bool text_hyphenate(struct fontset *set, const uint16_t *word, uint32_t n, const char *language, const char *country,
                    int remain, int push, uint8_t *out) {
    struct hyphenator *h = find(set, language, country);
    memset(out, 0, n + 1);
    if (!h) return false;
    if (n < 2 || n + 2 > WORD_MAX) return true;
    uint16_t w[WORD_MAX];
    uint8_t v[WORD_MAX + 1] = {0};
    w[0] = w[n + 1] = EDGE;
    for (uint32_t i = 0; i < n; i++) w[i + 1] = (uint16_t)u_tolower(word[i]);
    for (uint32_t i = 0; i < n + 2; i++) {
        uint32_t node = 0;
        for (uint32_t j = i; j < n + 2; j++) {
            node = child_of(h, node, w[j], false);
            if (!node) break;
            const struct trie_node *t = &h->nodes[node];
            for (uint32_t k = 0; t->values && k < t->count; k++)
                if (h->values[t->values + k] > v[i + k]) v[i + k] = h->values[t->values + k];
        }
    }
    for (uint32_t i = 1; i < n; i++)
        if ((v[i + 1] & 1) && (int)i >= remain && (int)(n - i) >= push) out[i] = 1;
    return true;
}
