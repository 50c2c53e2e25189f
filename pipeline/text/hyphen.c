/* Hyphenation by Liang's patterns (F. M. Liang, Word Hy-phen-a-tion by
 * Com-put-er, 1983), read from hyph_LANGUAGE_COUNTRY.dic when first asked for
 * (XSL 1.1, 7.10).
 *
 * A file may have two levels, split by NEXTLEVEL: the first cuts a word into
 * the parts of a compound, the second hyphenates each part.  A file of one
 * level gets a first one that cuts at hyphens and apostrophes.  The files' own
 * LEFTHYPHENMIN and the like give way to hyphenation-remain-character-count
 * and -push-character-count. */
#include "text/private.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uloc.h>
#include <unicode/utf16.h>

enum { WORD_MAX = 256, PATTERN_MAX = 64, NAME_MAX_LENGTH = 32, NEVER_MAX = 16, EDGE = '.' };

/* Nodes are numbers, 0 is the root; edges lie in one hash table. */
struct edge {
    uint64_t key; /* node << 16 | letter, + 1; 0: free */
    uint32_t to;
};

struct trie {
    struct edge *edges;
    size_t edge_cap, node_count;
    uint32_t *values; /* of a node: offset into pool, 0: no pattern ends here */
    size_t values_cap;
    uint8_t *pool; /* count, then so many values */
    size_t pool_n, pool_cap;
};

struct hyphenator {
    struct hyphenator *next;
    char language[NAME_MAX_LENGTH], country[NAME_MAX_LENGTH]; /* as asked for */
    bool found;
    struct trie parts, words;  /* first and second level */
    uint16_t never[NEVER_MAX]; /* no hyphen beside these (NOHYPHEN) */
    uint32_t never_n;
};

/* Tries. --------------------------------------------------------------------------------- */

static struct edge *edge_of(const struct trie *t, uint32_t node, uint16_t c) {
    uint64_t key = ((uint64_t)node << 16 | c) + 1;
    size_t mask = t->edge_cap - 1, k = (size_t)(key * 0x9E3779B97F4A7C15ull >> 32) & mask;
    while (t->edges[k].key && t->edges[k].key != key) k = (k + 1) & mask;
    return &t->edges[k];
}

static void grow_edges(struct trie *t) {
    struct edge *old = t->edges;
    size_t n = t->edge_cap;
    t->edge_cap = n ? n * 2 : 1024;
    t->edges = mem_alloc(t->edge_cap * sizeof *t->edges);
    for (size_t i = 0; i < n; i++)
        if (old[i].key) *edge_of(t, (uint32_t)((old[i].key - 1) >> 16), (uint16_t)(old[i].key - 1)) = old[i];
    mem_free(old);
}

static uint32_t child_made(struct trie *t, uint32_t node, uint16_t c) {
    if (!t->node_count) t->node_count = 1;
    if ((t->node_count + 1) * 2 > t->edge_cap) grow_edges(t);
    struct edge *e = edge_of(t, node, c);
    if (e->key) return e->to;
    *e = (struct edge){((uint64_t)node << 16 | c) + 1, (uint32_t)t->node_count};
    size_t before = t->values_cap;
    t->values = mem_grow(t->values, &t->values_cap, t->node_count + 1, sizeof *t->values);
    if (t->values_cap > before) memset(t->values + before, 0, (t->values_cap - before) * sizeof *t->values);
    return (uint32_t)t->node_count++;
}

/* Letters with their values before, between and after them. */
static void trie_add(struct trie *t, const uint16_t *letters, uint32_t n, const uint8_t *values) {
    uint32_t node = 0;
    for (uint32_t i = 0; i < n; i++) node = child_made(t, node, letters[i]);
    if (!t->pool_n) t->pool_n = 1;
    t->pool = mem_grow(t->pool, &t->pool_cap, t->pool_n + n + 2, 1);
    t->values[node] = (uint32_t)t->pool_n;
    t->pool[t->pool_n++] = (uint8_t)(n + 1);
    memcpy(t->pool + t->pool_n, values, n + 1);
    t->pool_n += n + 1;
}

/* out[i] becomes the greatest value before letter i of the n letters, which
 * stand between two edges: s[0] and s[n - 1]. */
static void trie_apply(const struct trie *t, const uint16_t *s, uint32_t n, uint8_t *out) {
    memset(out, 0, n + 1);
    if (!t->node_count) return;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t node = 0;
        for (uint32_t j = i; j < n; j++) {
            const struct edge *e = edge_of(t, node, s[j]);
            if (!e->key) break;
            node = e->to;
            const uint8_t *v = t->values[node] ? t->pool + t->values[node] : NULL;
            for (uint32_t k = 0; v && k < v[0]; k++)
                if (v[k + 1] > out[i + k]) out[i + k] = v[k + 1];
        }
    }
}

static void trie_free(struct trie *t) {
    mem_free(t->edges);
    mem_free(t->values);
    mem_free(t->pool);
    *t = (struct trie){0};
}

/* Files. --------------------------------------------------------------------------------- */

/* "hy3ph": digits are the values between letters.  A pattern with a changed
 * spelling ("/") cannot be set by us and is left out, as is one that says
 * nothing. */
static void add_pattern(struct trie *t, const UChar *s, int32_t n) {
    uint16_t letters[PATTERN_MAX];
    uint8_t values[PATTERN_MAX + 1] = {0};
    uint32_t k = 0;
    bool says = false;
    for (int32_t i = 0; i < n; i++) {
        if (s[i] == '/' || k == PATTERN_MAX) return;
        if (s[i] >= '0' && s[i] <= '9') {
            values[k] = (uint8_t)(s[i] - '0');
            says |= s[i] > '0';
        } else {
            letters[k++] = s[i];
        }
    }
    if (k && says) trie_add(t, letters, k, values);
}

static bool begins(const UChar *s, int32_t n, const char *word) {
    int32_t i = 0;
    while (word[i] && i < n && s[i] == (UChar)word[i]) i++;
    return !word[i];
}

static void read_never(struct hyphenator *h, const UChar *s, int32_t n) {
    for (int32_t i = 0; i < n && h->never_n < NEVER_MAX; i++)
        if (s[i] != ',' && s[i] > ' ') h->never[h->never_n++] = s[i] == 0x2019 ? '\'' : s[i];
}

static void read_line(struct hyphenator *h, struct trie *t, const UChar *s, int32_t n) {
    if (!n || s[0] == '#' || s[0] == '%') return;
    if (begins(s, n, "NOHYPHEN")) read_never(h, s + 8, n - 8);
    else if (!begins(s, n, "LEFTHYPHENMIN") && !begins(s, n, "RIGHTHYPHENMIN") && !begins(s, n, "COMPOUND"))
        add_pattern(t, s, n);
}

static void read_lines(struct hyphenator *h, const UChar *s, int32_t n) {
    struct trie *level = &h->parts;
    bool two = false;
    for (int32_t i = 0, end; i < n; i = end + 1) {
        for (end = i; end < n && s[end] != '\n'; end++) {}
        int32_t last = end;
        while (last > i && s[last - 1] <= ' ') last--;
        if (begins(s + i, last - i, "NEXTLEVEL")) {
            two = true;
            level = &h->words;
        } else {
            read_line(h, level, s + i, last - i);
        }
    }
    if (two) return;
    h->words = h->parts;
    h->parts = (struct trie){0};
    static const UChar cut[][3] = {{'1', '-', '1'}, {'1', '\'', '1'}, {'1', 0x2013, '1'}};
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        add_pattern(&h->parts, cut[i], 3);
        read_never(h, cut[i] + 1, 1);
    }
}

/* The first line names the encoding. */
static bool read_file(struct hyphenator *h, const char *path) {
    struct buf text = {0};
    UErrorCode e = U_ZERO_ERROR;
    char name[NAME_MAX_LENGTH] = "";
    size_t line = file_read(&text, path) ? 0 : strcspn(buf_cstr(&text), "\r\n");
    const char *from = buf_cstr(&text);
    if (strncmp(from, "microsoft-", 10) == 0) from += 10;
    if (line) snprintf(name, sizeof name, "%.*s", (int)(buf_cstr(&text) + line - from), from);
    UConverter *conv = line && text.n < INT32_MAX / 2 ? ucnv_open(name, &e) : NULL;
    if (conv) {
        UChar *s = mem_alloc((text.n + 1) * sizeof *s);
        int32_t n = ucnv_toUChars(conv, s, (int32_t)text.n + 1, text.p + line, (int32_t)(text.n - line), &e);
        if (U_SUCCESS(e)) read_lines(h, s, n);
        mem_free(s);
        ucnv_close(conv);
    }
    buf_free(&text);
    return h->words.node_count > 0;
}

/* Looking up. ---------------------------------------------------------------------------- */

static bool open_patterns(struct fontset *set, struct hyphenator *h, const char *language,
                          const char *country) {
    if (!set->pattern_folder || !*language) return false;
    struct buf path = {0};
    buf_fmt(&path, "%s/hyph_%s%s%s.dic", set->pattern_folder, language, *country ? "_" : "", country);
    h->found = file_exists(path.p) && read_file(h, path.p);
    buf_free(&path);
    return h->found;
}

/* Language and country, else the language alone; three-letter codes of ISO 639
 * and BCP 47 tags are understood. */
static void load(struct fontset *set, struct hyphenator *h) {
    char language[NAME_MAX_LENGTH], country[NAME_MAX_LENGTH];
    UErrorCode e = U_ZERO_ERROR;
    uloc_getLanguage(h->language, language, sizeof language, &e);
    if (U_FAILURE(e) || e == U_STRING_NOT_TERMINATED_WARNING || strchr(language, '/')) return;
    if (*h->country) snprintf(country, sizeof country, "%s", h->country);
    else uloc_getCountry(h->language, country, sizeof country, &e);
    if (U_FAILURE(e) || strchr(country, '/')) *country = 0;
    for (char *p = country; *p; p++)
        if (*p >= 'a' && *p <= 'z') *p = (char)(*p - 32);
    if (*country && open_patterns(set, h, language, country)) return;
    open_patterns(set, h, language, "");
}

static struct hyphenator *hyphenator_for(struct fontset *set, const char *language, const char *country) {
    if (!country) country = "";
    if (!language || strlen(language) >= NAME_MAX_LENGTH || strlen(country) >= NAME_MAX_LENGTH) return NULL;
    struct hyphenator *h = set->hyphenators;
    while (h && (strcmp(h->language, language) != 0 || strcmp(h->country, country) != 0)) h = h->next;
    if (!h) {
        h = mem_alloc(sizeof *h);
        snprintf(h->language, sizeof h->language, "%s", language);
        snprintf(h->country, sizeof h->country, "%s", country);
        h->next = set->hyphenators;
        set->hyphenators = h;
        load(set, h);
    }
    return h->found ? h : NULL;
}

void hyphenators_drop(struct fontset *set) {
    while (set->hyphenators) {
        struct hyphenator *h = set->hyphenators;
        set->hyphenators = h->next;
        trie_free(&h->parts);
        trie_free(&h->words);
        mem_free(h);
    }
}

/* Words. --------------------------------------------------------------------------------- */

static bool is_never(const struct hyphenator *h, uint16_t c) {
    for (uint32_t i = 0; i < h->never_n; i++)
        if (h->never[i] == c) return true;
    return false;
}

/* Sets points[i] for the letters s[from..to). */
static void hyphenate_part(const struct hyphenator *h, const uint16_t *s, uint32_t from, uint32_t to,
                           uint8_t *points) {
    uint16_t w[WORD_MAX + 2];
    uint8_t v[WORD_MAX + 3];
    uint32_t n = to - from;
    w[0] = w[n + 1] = EDGE;
    memcpy(w + 1, s + from, n * sizeof *s);
    trie_apply(&h->words, w, n + 2, v);
    for (uint32_t i = 1; i < n; i++) points[from + i] = v[i + 1] & 1;
}

bool text_hyphenate(struct fontset *set, const uint16_t *word, uint32_t n, const char *language,
                    const char *country, int remain, int push, uint8_t *out) {
    const struct hyphenator *h = hyphenator_for(set, language, country);
    if (!h) return false;
    memset(out, 0, n);
    if (n < 2 || n > WORD_MAX) return true;
    uint16_t s[WORD_MAX + 2];
    uint8_t cuts[WORD_MAX + 3], points[WORD_MAX] = {0};
    s[0] = s[n + 1] = EDGE;
    for (uint32_t i = 0; i < n; i++) s[i + 1] = word[i] == 0x2019 ? '\'' : (uint16_t)u_tolower(word[i]);
    trie_apply(&h->parts, s, n + 2, cuts);
    for (uint32_t i = 0, from = 0; i < n; i++) {
        bool cut = i + 1 == n || (cuts[i + 2] & 1);
        if (!cut) continue;
        hyphenate_part(h, s + 1, from, i + 1, points);
        if (i + 1 < n) points[i + 1] = 1;
        from = i + 1;
    }
    for (uint32_t i = 1; i < n; i++) {
        bool inside = U16_IS_TRAIL(word[i]) || (U_GET_GC_MASK(word[i]) & U_GC_M_MASK);
        out[i] = points[i] && !inside && (int64_t)i >= remain && (int64_t)(n - i) >= push &&
                 !is_never(h, s[i]) && !is_never(h, s[i + 1]);
    }
    return true;
}
