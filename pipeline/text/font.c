/* One font file: mapped when first asked for, metrics, nominal glyphs. */
#include "base/sha256.h"
#include "text/private.h"

#include <unicode/unorm2.h>

static uint16_t u16(const uint8_t *p) {
    return (uint16_t)(p[0] << 8 | p[1]);
}

static int16_t i16(const uint8_t *p) {
    return (int16_t)u16(p);
}

/* A table of at least `need` bytes, or NULL; *blob is the caller's to destroy. */
static const uint8_t *table(hb_face_t *face, hb_tag_t tag, hb_blob_t **blob, unsigned need) {
    unsigned n = 0;
    *blob = hb_face_reference_table(face, tag);
    const uint8_t *p = (const uint8_t *)hb_blob_get_data(*blob, &n);
    return n >= need ? p : NULL;
}

/* Altitude and depth (XSL 1.1, 7.9.1 leaves them to the font): OS/2
 * sTypoAscender and sTypoDescender as CSS 2.1, 10.8 recommends; hhea's where
 * there is no OS/2 table. */
static void read_heights(struct font *f) {
    hb_blob_t *b;
    const uint8_t *p = table(f->hb_face, HB_TAG('h', 'h', 'e', 'a'), &b, 36);
    if (p) {
        f->ascender = i16(p + 4);
        f->descender = -i16(p + 6);
    }
    hb_blob_destroy(b);
    p = table(f->hb_face, HB_TAG('O', 'S', '/', '2'), &b, 72);
    if (p) {
        f->ascender = i16(p + 68);
        f->descender = -i16(p + 70);
        if (u16(p) >= 2 && hb_blob_get_length(b) >= 90) {
            f->x_height = i16(p + 86);
            f->cap_height = i16(p + 88);
        }
    }
    hb_blob_destroy(b);
}

static void read_frame(struct font *f) {
    hb_blob_t *b;
    const uint8_t *p = table(f->hb_face, HB_TAG('h', 'e', 'a', 'd'), &b, 54);
    for (int i = 0; p && i < 4; i++) f->bbox[i] = i16(p + 36 + 2 * i);
    hb_blob_destroy(b);
    p = table(f->hb_face, HB_TAG('p', 'o', 's', 't'), &b, 32);
    if (p)
        f->italic_angle =
            (int32_t)((int64_t)(int32_t)((uint32_t)u16(p + 4) << 16 | u16(p + 6)) * 100 / 65536);
    hb_blob_destroy(b);
    f->cff = table(f->hb_face, HB_TAG('C', 'F', 'F', ' '), &b, 4) != NULL;
    hb_blob_destroy(b);
}

/* Height of a letter, for old fonts that do not tell. */
static int32_t letter_height(struct font *f, uint32_t cp, int32_t otherwise) {
    hb_glyph_extents_t x;
    uint32_t g = font_glyph(f, cp);
    return g && hb_font_get_glyph_extents(f->hb_font, g, &x) && x.y_bearing > 0 ? x.y_bearing : otherwise;
}

static void read_names(struct font *f) {
    char s[128];
    unsigned n = sizeof s;
    hb_ot_name_get_utf8(f->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n, s);
    f->ps_name = arena_strdup(f->set->arena, n ? s : f->name);
}

bool font_map(struct font *f) {
    struct font_cache *c = f->cache;
    if (c->state != FONT_UNTRIED) return c->state != FONT_BAD;
    c->state = FONT_BAD;
    c->blob = hb_blob_create_from_file_or_fail(f->file);
    f->hb_face = c->blob ? hb_face_create(c->blob, 0) : NULL;
    unsigned glyphs = f->hb_face ? hb_face_get_glyph_count(f->hb_face) : 0;
    unsigned upem = f->hb_face ? hb_face_get_upem(f->hb_face) : 0;
    if (!glyphs || glyphs > UINT16_MAX || !upem || upem > UINT16_MAX) {
        diag_add(f->set->diags, DIAG_FONT_MISSING, f->set->pos, f->file);
        return false;
    }
    hb_face_make_immutable(f->hb_face);
    f->hb_font = hb_font_create(f->hb_face);
    f->glyph_count = (uint16_t)glyphs;
    f->upem = (uint16_t)upem;
    c->glyph_pages = ARENA_ARRAY(f->set->arena, uint16_t *, PAGE_COUNT);
    c->state = FONT_MAPPED;
    read_heights(f);
    read_frame(f);
    if (f->x_height <= 0) f->x_height = letter_height(f, 'x', upem / 2);
    if (f->cap_height <= 0) f->cap_height = letter_height(f, 'H', upem * 7 / 10);
    read_names(f);
    return true;
}

bool font_verify(struct font *f, char sum[65]) {
    sum[0] = 0;
    if (!font_map(f)) return false;
    unsigned n;
    const char *data = hb_blob_get_data(f->cache->blob, &n);
    sha256_of(sum, data, n);
    return !f->sha256 || strcmp(sum, f->sha256) == 0;
}

static void add_up(struct job *job) {
    struct font_sum *s = (struct font_sum *)job;
    sha256_bytes_of(s->sum, s->data, s->n);
}

bool font_ready(struct font *f) {
    struct font_sum *s = &f->cache->sum;
    if (f->cache->state == FONT_READY) return true;
    if (!font_map(f)) return false;
    f->cache->state = FONT_READY;
    if (!f->sha256) return true;
    unsigned n;
    s->data = hb_blob_get_data(f->cache->blob, &n);
    s->n = n;
    s->job.run = add_up;
    s->job.cost = n / 1400;
    s->started = true;
    job_start(&s->job);
    return true;
}

void font_settle(struct font *f) {
    struct font_sum *s = &f->cache->sum;
    char sum[65];
    if (!s->started) return;
    s->started = false;
    job_finish(&s->job);
    sha256_hex(sum, s->sum);
    if (strcmp(sum, f->sha256) != 0)
        diag_add(f->set->diags, DIAG_FONT_CHECKSUM, f->set->pos, f->file, sum, f->sha256);
}

void font_drop(struct font *f) {
    font_settle(f);
    hb_font_destroy(f->hb_font);
    hb_face_destroy(f->hb_face);
    hb_blob_destroy(f->cache->blob);
    if (f->cache->profiles) map_drop(f->cache->profiles);
}

/* A whole page of nominal glyphs at once: text stays in few of them. */
static uint16_t *load_page(struct font *f, uint32_t page) {
    uint16_t *g = ARENA_ARRAY(f->set->arena, uint16_t, PAGE_SIZE);
    for (uint32_t i = 0; i < PAGE_SIZE; i++) {
        hb_codepoint_t glyph = 0;
        if (hb_font_get_nominal_glyph(f->hb_font, page * PAGE_SIZE + i, &glyph) && glyph < f->glyph_count)
            g[i] = (uint16_t)glyph;
    }
    return f->cache->glyph_pages[page] = g;
}

uint32_t font_glyph(struct font *f, uint32_t cp) {
    if (cp > 0x10FFFF || (f->cache->state < FONT_MAPPED && !font_map(f))) return 0;
    uint16_t *g = f->cache->glyph_pages[cp / PAGE_SIZE];
    if (!g) g = load_page(f, cp / PAGE_SIZE);
    return g[cp % PAGE_SIZE];
}

bool font_has(struct font *f, uint32_t cp) {
    return font_glyph(f, cp) != 0;
}

bool font_covers(struct font *f, uint32_t cp) {
    if (font_has(f, cp)) return true;
    UErrorCode e = U_ZERO_ERROR;
    uint16_t part[8];
    int32_t n = unorm2_getDecomposition(unorm2_getNFCInstance(&e), (UChar32)cp, part, 8, &e);
    if (n <= 0 || U_FAILURE(e)) return false;
    for (int32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(part, i, n, c);
        if (!font_has(f, (uint32_t)c)) return false;
    }
    return true;
}

static bool load_advances(struct font *f) {
    if (!font_map(f)) return false;
    uint16_t *a = ARENA_ARRAY(f->set->arena, uint16_t, f->glyph_count);
    for (uint32_t i = 0; i < f->glyph_count; i++) a[i] = (uint16_t)hb_font_get_glyph_h_advance(f->hb_font, i);
    f->cache->advances = a;
    return true;
}

int32_t font_advance(struct font *f, uint32_t gid) {
    if (gid >= UINT16_MAX || (!f->cache->advances && !load_advances(f)) || gid >= f->glyph_count) return 0;
    return f->cache->advances[gid];
}

void font_ink(struct font *f, const struct glyph *g, uint32_t n, int32_t *above, int32_t *below) {
    *above = *below = 0;
    if (!font_map(f)) return;
    for (uint32_t i = 0; i < n; i++) {
        hb_glyph_extents_t x;
        if (!hb_font_get_glyph_extents(f->hb_font, g[i].gid, &x)) continue;
        int32_t top = x.y_bearing + g[i].dy, bottom = -(x.y_bearing + x.height) - g[i].dy;
        if (top > *above) *above = top;
        if (bottom > *below) *below = bottom;
    }
}
