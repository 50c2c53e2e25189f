/* Shaping by HarfBuzz, word by word, through a cache. */
#include "text/private.h"

struct word {
    uint64_t hash;
    const uint16_t *text;
    uint32_t n;
    struct font *font;
    uint32_t script;
    const char *language;
    unsigned features;
    struct shaped shaped;
};

struct word_cache {
    struct arena *arena;
    struct word **slots;
    size_t slot_count, count;
    hb_buffer_t *buffer;
    const char *last_language;
    hb_language_t hb_language;
};

enum { CACHE_BYTES = 24 * 1024 * 1024 };

static struct word_cache *cache_new(void) {
    struct word_cache *c = mem_alloc(sizeof *c);
    c->arena = arena_new();
    c->slot_count = 4096;
    c->slots = mem_alloc(c->slot_count * sizeof *c->slots);
    c->buffer = hb_buffer_create();
    return c;
}

void words_drop(struct word_cache *c) {
    if (!c) return;
    hb_buffer_destroy(c->buffer);
    arena_drop(c->arena);
    mem_free(c->slots);
    mem_free(c);
}

void text_cache_trim(struct fontset *set) {
    if (!set->words || arena_bytes(set->words->arena) < CACHE_BYTES) return;
    words_drop(set->words);
    set->words = NULL;
}

static void grow(struct word_cache *c) {
    struct word **old = c->slots;
    size_t n = c->slot_count;
    c->slot_count *= 2;
    c->slots = mem_alloc(c->slot_count * sizeof *c->slots);
    for (size_t i = 0; i < n; i++) {
        if (!old[i]) continue;
        size_t k = (size_t)(old[i]->hash >> 7) & (c->slot_count - 1);
        while (c->slots[k]) k = (k + 1) & (c->slot_count - 1);
        c->slots[k] = old[i];
    }
    mem_free(old);
}

static void shape(struct word_cache *c, struct word *w) {
    hb_buffer_t *b = c->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_direction(b, w->features & TEXT_RTL ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, w->script ? (hb_script_t)w->script : HB_SCRIPT_LATIN);
    if (w->language != c->last_language) {
        c->last_language = w->language;
        c->hb_language = w->language ? hb_language_from_string(w->language, -1) : HB_LANGUAGE_INVALID;
    }
    if (c->hb_language) hb_buffer_set_language(b, c->hb_language);
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_buffer_add_utf16(b, w->text, (int)w->n, 0, (int)w->n);
    hb_feature_t f[4];
    unsigned nf = 0;
    if (w->features & TEXT_NO_LIGATURES) {
        f[nf++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1};
        f[nf++] = (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1};
    }
    if (w->features & TEXT_NO_KERNING) f[nf++] = (hb_feature_t){HB_TAG('k', 'e', 'r', 'n'), 0, 0, (unsigned)-1};
    if (w->features & TEXT_SMALL_CAPS) f[nf++] = (hb_feature_t){HB_TAG('s', 'm', 'c', 'p'), 1, 0, (unsigned)-1};
    hb_shape(w->font->hb_font, b, f, nf);
}

static void take_glyphs(struct word_cache *c, struct word *w) {
    unsigned n;
    hb_glyph_info_t *gi = hb_buffer_get_glyph_infos(c->buffer, &n);
    hb_glyph_position_t *gp = hb_buffer_get_glyph_positions(c->buffer, &n);
    struct glyph *g = ARENA_ARRAY(c->arena, struct glyph, n);
    for (unsigned i = 0; i < n; i++) {
        g[i] = (struct glyph){gi[i].codepoint, gp[i].x_advance, gp[i].x_offset, gp[i].y_offset, gi[i].cluster};
        w->shaped.width += gp[i].x_advance;
        if (i && (hb_glyph_info_get_glyph_flags(&gi[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK)) w->shaped.unsafe = 1;
    }
    w->shaped.glyphs = g;
    w->shaped.count = n;
}

const struct shaped *text_shape(struct font *f, const uint16_t *s, uint32_t n, uint32_t script, const char *language,
                                unsigned features) {
    struct fontset *set = f->set;
    if (!set->words) set->words = cache_new();
    struct word_cache *c = set->words;
    uint64_t h = hash_bytes(s, n * sizeof *s, (uint64_t)f->index << 40 ^ (uint64_t)features << 56 ^ script ^ (uintptr_t)0);
    size_t k = (size_t)(h >> 7) & (c->slot_count - 1);
    for (; c->slots[k]; k = (k + 1) & (c->slot_count - 1)) {
        struct word *w = c->slots[k];
        if (w->hash == h && w->n == n && w->font == f && w->features == features && w->script == script &&
            (w->language == language || (w->language && language && strcmp(w->language, language) == 0)) &&
            memcmp(w->text, s, n * sizeof *s) == 0)
            return &w->shaped;
    }
    if ((c->count + 1) * 5 > c->slot_count * 3) {
        grow(c);
        k = (size_t)(h >> 7) & (c->slot_count - 1);
        while (c->slots[k]) k = (k + 1) & (c->slot_count - 1);
    }
    struct word *w = ARENA_NEW(c->arena, struct word);
    *w = (struct word){.hash = h, .n = n, .font = f, .script = script, .features = features};
    w->text = arena_memdup(c->arena, s, n * sizeof *s);
    w->language = language ? str_intern(language, strlen(language)) : NULL;
    c->slots[k] = w;
    c->count++;
    shape(c, w);
    take_glyphs(c, w);
    return &w->shaped;
}
