#include "fo/vocab.h"

const struct element_row fo_elements[FO_ELEMENT_COUNT] = {
#define FO_ELEMENT(id, name, kind, content, support, clause) \
    {name, ELEMENT_##kind, content, SUPPORT_##support, clause},
#include "fo/elements.def"
#undef FO_ELEMENT
};

const struct property_row fo_properties[P_COUNT] = {
#define FO_PROPERTY(id, name, inherited, accepts, initial, base, support, clause) \
    {name, inherited, accepts, initial, BASE_##base, SUPPORT_##support, clause},
#include "fo/properties.def"
#undef FO_PROPERTY
};

const struct shorthand_row fo_shorthands[SH_COUNT] = {
#define FO_PROPERTY(...)
#define FO_SHORTHAND(id, name, kind, accepts, support, clause) \
    {name, KIND_##kind, accepts, SUPPORT_##support, clause},
#include "fo/properties.def"
#undef FO_PROPERTY
#undef FO_SHORTHAND
};

static const char *const token_names[E_COUNT] = {
#define FO_TOKEN(id, name) name,
#include "fo/tokens.def"
#undef FO_TOKEN
};

#define WORDS(n) (((n) + 63) / 64)

static struct {
    struct map *elements, *properties, *tokens;
    unsigned types[P_COUNT];
    uint64_t accepts[P_COUNT][WORDS(E_COUNT)];
    uint64_t holds[FO_ELEMENT_COUNT][WORDS(FO_ELEMENT_COUNT)];
    bool text[FO_ELEMENT_COUNT];
} vocab;

static void bit_set(uint64_t *bits, unsigned i) {
    bits[i / 64] |= (uint64_t)1 << (i % 64);
}

static bool bit_get(const uint64_t *bits, unsigned i) {
    return bits[i / 64] >> (i % 64) & 1;
}

/* The next word of a space-separated list, or NULL. */
static const char *next_word(const char **p, size_t *n) {
    while (**p == ' ') ++*p;
    const char *start = *p;
    while (**p && **p != ' ') ++*p;
    *n = (size_t)(*p - start);
    return *n ? start : NULL;
}

static unsigned type_bit(const char *word, size_t n) {
    static const char *const names[] = {"LENGTH", "PERCENT", "NUMBER", "INTEGER", "POSITIVE", "COLOR",
                                        "STRING", "NAME",    "URI",    "FAMILY",  "CHAR"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && memcmp(names[i], word, n) == 0) return 1u << i;
    return 0;
}

static void read_accepts(enum fo_prop p) {
    const char *s = fo_properties[p].accepts, *word;
    size_t n;
    while ((word = next_word(&s, &n))) {
        unsigned type = type_bit(word, n);
        if (type) vocab.types[p] |= type;
        else bit_set(vocab.accepts[p], vocab_token(word, n));
    }
}

/* Marks all elements of the kinds that may stand among blocks or inlines. */
static void hold_kind(enum fo_element e, enum element_kind kind) {
    for (unsigned i = FO_TEXT + 1; i < FO_ELEMENT_COUNT; i++)
        if (fo_elements[i].kind == kind || fo_elements[i].kind == ELEMENT_NEUTRAL ||
            fo_elements[i].kind == ELEMENT_OUT)
            bit_set(vocab.holds[e], i);
}

static void read_content(enum fo_element e) {
    const char *s = fo_elements[e].content, *word;
    size_t n;
    while ((word = next_word(&s, &n))) {
        bool any = n == 3 && memcmp(word, "ANY", n) == 0;
        if (any || (n == 4 && memcmp(word, "TEXT", n) == 0)) vocab.text[e] = true;
        if (any || (n == 6 && memcmp(word, "INLINE", n) == 0)) hold_kind(e, ELEMENT_INLINE);
        if (any || (n == 5 && memcmp(word, "BLOCK", n) == 0)) hold_kind(e, ELEMENT_BLOCK);
        if (word[0] >= 'a') {
            char name[64];
            int len = snprintf(name, sizeof name, "%s%.*s", memchr(word, ':', n) ? "" : "fo:", (int)n, word);
            bit_set(vocab.holds[e], vocab_element(name, (size_t)len));
        }
        for (unsigned i = FO_REGION_NAME_SPECIFIER + 1; any && i < FO_ELEMENT_COUNT; i++) bit_set(vocab.holds[e], i);
    }
}

void vocab_init(void) {
    if (vocab.elements) return;
    vocab.elements = map_new();
    vocab.properties = map_new();
    vocab.tokens = map_new();
    for (int i = 1; i < E_COUNT; i++)
        map_get(vocab.tokens, token_names[i], strlen(token_names[i]))->value.num = i;
    for (int i = FO_TEXT + 1; i < FO_ELEMENT_COUNT; i++)
        map_get(vocab.elements, fo_elements[i].name, strlen(fo_elements[i].name))->value.num = i;
    for (int i = 0; i < P_COUNT; i++)
        map_get(vocab.properties, fo_properties[i].name, strlen(fo_properties[i].name))->value.num = i;
    for (int i = 0; i < SH_COUNT; i++)
        map_get(vocab.properties, fo_shorthands[i].name,
                strlen(fo_shorthands[i].name))->value.num = P_COUNT + i;
    for (int i = 0; i < P_COUNT; i++) read_accepts((enum fo_prop)i);
    for (int i = FO_TEXT + 1; i < FO_ELEMENT_COUNT; i++) read_content((enum fo_element)i);
}

enum fo_element vocab_element(const char *name, size_t n) {
    struct map_entry *e = map_find(vocab.elements, name, n);
    return e ? (enum fo_element)e->value.num : FO_UNKNOWN;
}

int vocab_property(const char *name, size_t n) {
    struct map_entry *e = n && name[0] != '-' ? map_find(vocab.properties, name, n) : NULL;
    return e ? (int)e->value.num : -1;
}

enum fo_token vocab_token(const char *name, size_t n) {
    struct map_entry *e = map_find(vocab.tokens, name, n);
    return e ? (enum fo_token)e->value.num : E_UNSET;
}

unsigned vocab_types(enum fo_prop p) {
    return vocab.types[p];
}

bool vocab_accepts(enum fo_prop p, enum fo_token t) {
    return t != E_UNSET && bit_get(vocab.accepts[p], t);
}

static const char *supported_values(enum fo_prop p) {
    switch (p) {
#define FO_LIMIT(id, values) \
    case P_##id: return values;
#include "fo/limits.def"
#undef FO_LIMIT
    default: return NULL;
    }
}

bool vocab_supports(enum fo_prop p, const char *value) {
    if (fo_properties[p].support == SUPPORT_FULL || strcmp(value, "inherit") == 0) return true;
    const char *s = supported_values(p), *word;
    if (fo_properties[p].support == SUPPORT_NONE || !s) return false;
    size_t n, length = strlen(value);
    while ((word = next_word(&s, &n)))
        if (n == length && memcmp(word, value, n) == 0) return true;
    return false;
}

bool vocab_may_hold(enum fo_element parent, enum fo_element child) {
    return bit_get(vocab.holds[parent], child);
}

bool vocab_holds_text(enum fo_element e) {
    return vocab.text[e];
}

const char *fo_element_name(enum fo_element e) {
    return fo_elements[e].name;
}

const char *fo_prop_name(enum fo_prop p) {
    return fo_properties[p].name;
}

const char *fo_token_name(enum fo_token t) {
    return token_names[t];
}

bool fo_is_block_level(enum fo_element e) {
    return fo_elements[e].kind == ELEMENT_BLOCK;
}

static const char *support_name(enum fo_support s) {
    static const char *const names[] = {"full", "partial", "none"};
    return names[s];
}

static void print_row(struct buf *out, const char *name, const char *clause, enum fo_support s,
                      const char *note) {
    buf_fmt(out, "%-46s %-9s %-8s %s\n", name, *clause ? clause : "-", support_name(s), note);
}

void fo_print_support(struct buf *out) {
    int count[3] = {0};
    for (int i = FO_TEXT + 1; i < FO_ELEMENT_COUNT; i++) {
        print_row(out, fo_elements[i].name, fo_elements[i].clause, fo_elements[i].support, "");
        count[fo_elements[i].support]++;
    }
    for (int i = 0; i < P_COUNT; i++) {
        if (fo_properties[i].name[0] == '-') continue;
        const char *only = supported_values((enum fo_prop)i);
        struct buf note = {0};
        if (only) buf_fmt(&note, "only %s", only);
        print_row(out, fo_properties[i].name, fo_properties[i].clause, fo_properties[i].support, buf_cstr(&note));
        buf_free(&note);
        count[fo_properties[i].support]++;
    }
    for (int i = 0; i < SH_COUNT; i++) {
        print_row(out, fo_shorthands[i].name, fo_shorthands[i].clause, fo_shorthands[i].support,
                "sets others");
        count[fo_shorthands[i].support]++;
    }
    buf_fmt(out, "%d full, %d partial, %d none\n", count[0], count[1], count[2]);
}
