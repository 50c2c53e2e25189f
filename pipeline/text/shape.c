/* Shaping by HarfBuzz, a word at a time, through a cache: most words of a text
 * have been met before. */
#include "text/private.h"

struct word {
    struct shaped shaped;
    uint64_t style; /* font, context, features */
    uint32_t n;
    uint16_t text[];
};

struct slot {
    uint64_t hash; /* 0: free */
    struct word *word;
};

/* Script and language of words; few in a document. */
struct context {
    uint32_t script;
    const char *language; /* interned, or NULL */
    hb_language_t hb_language;
};

struct word_cache {
    struct arena *arena;
    struct slot *slots;
    size_t slot_count, count;
    hb_buffer_t *buffer;
    struct context *contexts;
    size_t context_count, context_cap;
    size_t last; /* the context used last */
};

enum { CACHE_BYTES = 24 * 1024 * 1024, FIRST_SLOTS = 4096 };

static struct word_cache *cache_new(void) {
    struct word_cache *c = mem_alloc(sizeof *c);
    c->arena = arena_new();
    c->slot_count = FIRST_SLOTS;
    c->slots = mem_alloc(c->slot_count * sizeof *c->slots);
    c->buffer = hb_buffer_create();
    hb_buffer_set_cluster_level(c->buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_set_flags(c->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    return c;
}

void words_drop(struct word_cache *c) {
    if (!c) return;
    hb_buffer_destroy(c->buffer);
    arena_drop(c->arena);
    mem_free(c->slots);
    mem_free(c->contexts);
    mem_free(c);
}

void text_cache_trim(struct fontset *set) {
    if (!set->words || arena_bytes(set->words->arena) < CACHE_BYTES) return;
    words_drop(set->words);
    set->words = NULL;
}

static bool is_context(const struct context *x, uint32_t script, const char *language) {
    if (x->script != script || !x->language != !language) return false;
    return !language || strcmp(x->language, language) == 0;
}

static size_t context_of(struct word_cache *c, uint32_t script, const char *language) {
    if (c->context_count && is_context(&c->contexts[c->last], script, language)) return c->last;
    for (size_t i = 0; i < c->context_count; i++)
        if (is_context(&c->contexts[i], script, language)) return c->last = i;
    c->contexts = mem_grow(c->contexts, &c->context_cap, c->context_count + 1, sizeof *c->contexts);
    c->contexts[c->context_count] =
        (struct context){script, language ? str_intern(language, strlen(language)) : NULL,
                         language ? hb_language_from_string(language, -1) : HB_LANGUAGE_INVALID};
    return c->last = c->context_count++;
}

static void grow(struct word_cache *c) {
    struct slot *old = c->slots;
    size_t n = c->slot_count, mask = n * 2 - 1;
    c->slot_count = n * 2;
    c->slots = mem_alloc(c->slot_count * sizeof *c->slots);
    for (size_t i = 0; i < n; i++) {
        if (!old[i].hash) continue;
        size_t k = (size_t)old[i].hash & mask;
        while (c->slots[k].hash) k = (k + 1) & mask;
        c->slots[k] = old[i];
    }
    mem_free(old);
}

static inline uint64_t four_units(const uint16_t *s) {
    uint64_t k;
    memcpy(&k, s, sizeof k);
    return k;
}

/* Words are short: neither hash nor comparison is worth a call. */
static inline uint64_t hash_word(const uint16_t *s, uint32_t n, uint64_t style) {
    uint64_t h = (style + n) * 0x9E3779B97F4A7C15ull, tail = 0;
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        h = (h ^ four_units(s + i)) * 0xFF51AFD7ED558CCDull;
        h ^= h >> 32;
    }
    if (i < n)
        tail = n >= 4 ? four_units(s + n - 4) : s[0] | (uint64_t)s[n >> 1] << 16 | (uint64_t)s[n - 1] << 32;
    h = (h ^ tail) * 0xC4CEB9FE1A85EC53ull;
    return (h ^ h >> 29) | 1ull << 63;
}

static inline bool same_word(const uint16_t *a, const uint16_t *b, uint32_t n) {
    uint32_t i = 0;
    for (; i + 4 <= n; i += 4)
        if (four_units(a + i) != four_units(b + i)) return false;
    for (; i < n; i++)
        if (a[i] != b[i]) return false;
    return true;
}

/* The word's slot: its own or the free one where it belongs. */
static inline struct slot *slot_of(const struct word_cache *c, uint64_t hash, uint64_t style,
                                   const uint16_t *s, uint32_t n) {
    size_t mask = c->slot_count - 1, k = (size_t)hash & mask;
    for (; c->slots[k].hash; k = (k + 1) & mask) {
        const struct word *w = c->slots[k].word;
        if (c->slots[k].hash == hash && w->n == n && w->style == style && same_word(w->text, s, n)) break;
    }
    return &c->slots[k];
}

static void run_harfbuzz(struct word_cache *c, struct font *f, const struct word *w, const struct context *x,
                         unsigned features) {
    hb_buffer_t *b = c->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_direction(b, features & TEXT_RTL ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, x->script ? (hb_script_t)x->script : HB_SCRIPT_LATIN);
    hb_buffer_set_language(b, x->hb_language);
    hb_buffer_add_utf16(b, w->text, (int)w->n, 0, (int)w->n);
    hb_feature_t list[4];
    unsigned n = 0;
    if (features & TEXT_NO_LIGATURES) {
        list[n++] =
            (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
        list[n++] =
            (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    }
    if (features & TEXT_NO_KERNING)
        list[n++] =
            (hb_feature_t){HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    if (features & TEXT_SMALL_CAPS)
        list[n++] =
            (hb_feature_t){HB_TAG('s', 'm', 'c', 'p'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
    hb_shape(f->hb_font, b, list, n);
}

static void take_glyphs(struct word_cache *c, struct word *w) {
    unsigned n = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(c->buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(c->buffer, &n);
    struct glyph *g = ARENA_ARRAY(c->arena, struct glyph, n);
    for (unsigned i = 0; i < n; i++) {
        g[i] = (struct glyph){info[i].codepoint, at[i].x_advance, at[i].x_offset, at[i].y_offset,
                              info[i].cluster};
        w->shaped.width += at[i].x_advance;
        if (info[i].cluster && (hb_glyph_info_get_glyph_flags(&info[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK))
            w->shaped.unsafe = 1;
    }
    w->shaped.glyphs = g;
    w->shaped.count = n;
}

const struct shaped *text_shape(struct font *f, const uint16_t *s, uint32_t n, uint32_t script,
                                const char *language, unsigned features) {
    if (!f->set->words) f->set->words = cache_new();
    struct word_cache *c = f->set->words;
    size_t x = context_of(c, script, language);
    uint64_t style = (uint64_t)f->index << 32 | (uint64_t)x << 8 | features;
    uint64_t hash = hash_word(s, n, style);
    struct slot *slot = slot_of(c, hash, style, s, n);
    if (slot->hash) return &slot->word->shaped;
    if ((c->count + 1) * 2 > c->slot_count) {
        grow(c);
        slot = slot_of(c, hash, style, s, n);
    }
    struct word *w = arena_alloc(c->arena, sizeof *w + n * sizeof *s);
    w->style = style;
    w->n = n;
    if (n) memcpy(w->text, s, n * sizeof *s);
    *slot = (struct slot){hash, w};
    c->count++;
    if (!font_map(f)) return &w->shaped;
    run_harfbuzz(c, f, w, &c->contexts[x], features);
    take_glyphs(c, w);
    return &w->shaped;
}
