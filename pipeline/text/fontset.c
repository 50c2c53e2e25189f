/* fonts.xml and the fonts it names (XSL 1.1, 7.9). */
#include "text/private.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/sha.h>
#include <strings.h>

static char *attribute(struct fontset *set, xmlNode *n, const char *name) {
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    char *s = v ? arena_strdup(set->arena, (const char *)v) : NULL;
    xmlFree(v);
    return s;
}

static void add_font(struct fontset *set, struct family *family, xmlNode *n, const char *dir) {
    char *file = attribute(set, n, "file"), *style = attribute(set, n, "style"), *weight = attribute(set, n, "weight");
    if (!file || set->font_count == FONTS_MAX) return;
    struct font *f = ARENA_NEW(set->arena, struct font);
    struct buf path = {0};
    path_join(&path, dir, file);
    f->file = arena_strdup(set->arena, path.p);
    buf_free(&path);
    f->family = family->name;
    f->italic = style && strcmp(style, "italic") == 0;
    f->bold = weight && strcmp(weight, "bold") == 0;
    f->set = set;
    f->cache = ARENA_NEW(set->arena, struct font_cache);
    f->cache->sha256 = attribute(set, n, "sha256");
    f->index = set->font_count;
    set->fonts[set->font_count++] = f;
    family->font[f->bold * 2 + f->italic] = f;
}

static struct family *family_named(struct fontset *set, const char *name, size_t n) {
    for (int32_t i = 0; i < set->family_count; i++)
        if (strncasecmp(set->families[i].name, name, n) == 0 && !set->families[i].name[n]) return &set->families[i];
    for (int32_t i = 0; i < set->alias_count; i++)
        if (strncasecmp(set->aliases[i].name, name, n) == 0 && !set->aliases[i].name[n]) return set->aliases[i].family;
    return NULL;
}

static void add_element(struct fontset *set, xmlNode *n, const char *dir) {
    const char *tag = (const char *)n->name;
    char *name = attribute(set, n, "name");
    if (!name) return;
    if (strcmp(tag, "family") == 0 && set->family_count < FAMILIES_MAX) {
        struct family *family = &set->families[set->family_count++];
        family->name = name;
        for (xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE) add_font(set, family, c, dir);
    } else if (strcmp(tag, "alias") == 0 && set->alias_count < ALIASES_MAX) {
        char *to = attribute(set, n, "family");
        struct family *family = to ? family_named(set, to, strlen(to)) : NULL;
        if (!family) return;
        set->aliases[set->alias_count].name = name;
        set->aliases[set->alias_count++].family = family;
    }
}

struct fontset *fontset_open(const char *fonts_xml, struct diags *diags) {
    struct buf text = {0}, dir = {0};
    struct pos pos = {str_intern(fonts_xml, strlen(fonts_xml)), 0, 0};
    int e = file_read(&text, fonts_xml);
    xmlDoc *doc = e ? NULL : xmlReadMemory(text.p, (int)text.n, fonts_xml, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    buf_free(&text);
    if (!doc) {
        if (e) diag_add(diags, DIAG_CANNOT_READ, pos, fonts_xml, strerror(e));
        else diag_add(diags, DIAG_XML_ERROR, pos, "the list of fonts is not well-formed");
        return NULL;
    }
    struct fontset *set = mem_alloc(sizeof *set);
    set->arena = arena_new();
    set->diags = diags;
    set->pos = pos;
    set->lists = map_new();
    set->unknown = map_new();
    set->fallbacks = map_new();
    path_dir(&dir, fonts_xml);
    xmlNode *root = xmlDocGetRootElement(doc);
    for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE) add_element(set, n, dir.p);
    char *name = root ? attribute(set, root, "default") : NULL;
    set->fallback_family = name ? family_named(set, name, strlen(name)) : NULL;
    if (!set->fallback_family && set->family_count) set->fallback_family = &set->families[0];
    buf_free(&dir);
    xmlFreeDoc(doc);
    return set;
}

void fontset_close(struct fontset *set) {
    if (!set) return;
    for (int32_t i = 0; i < set->font_count; i++) {
        struct font *f = set->fonts[i];
        if (f->hb_font) hb_font_destroy(f->hb_font);
        if (f->hb_face) hb_face_destroy(f->hb_face);
        if (f->cache->blob) hb_blob_destroy(f->cache->blob);
    }
    words_drop(set->words);
    hyphenators_drop(set);
    map_drop(set->lists);
    map_drop(set->unknown);
    map_drop(set->fallbacks);
    arena_drop(set->arena);
    mem_free(set);
}

static uint16_t u16(const uint8_t *p) {
    return (uint16_t)(p[0] << 8 | p[1]);
}

static int16_t i16(const uint8_t *p) {
    return (int16_t)u16(p);
}

static const uint8_t *table(hb_face_t *face, const char *tag, hb_blob_t **blob, unsigned need) {
    unsigned n = 0;
    *blob = hb_face_reference_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3]));
    const uint8_t *p = (const uint8_t *)hb_blob_get_data(*blob, &n);
    return n >= need ? p : NULL;
}

/* Altitude and depth are OS/2 sTypoAscender and sTypoDescender (as CSS 2.1
 * recommends), hhea's where there is no OS/2 table. */
static void read_metrics(struct font *f) {
    hb_blob_t *b;
    const uint8_t *p = table(f->hb_face, "hhea", &b, 36);
    if (p) {
        f->ascender = i16(p + 4);
        f->descender = -i16(p + 6);
    }
    hb_blob_destroy(b);
    p = table(f->hb_face, "OS/2", &b, 78);
    if (p) {
        f->ascender = i16(p + 68);
        f->descender = -i16(p + 70);
        unsigned n = hb_blob_get_length(b);
        if (u16(p) >= 2 && n >= 90) {
            f->x_height = i16(p + 86);
            f->cap_height = i16(p + 88);
        }
    }
    hb_blob_destroy(b);
    p = table(f->hb_face, "head", &b, 54);
    for (int i = 0; p && i < 4; i++) f->bbox[i] = i16(p + 36 + 2 * i);
    hb_blob_destroy(b);
    p = table(f->hb_face, "post", &b, 32);
    if (p) f->italic_angle = (int32_t)(((int64_t)(int32_t)((uint32_t)u16(p + 4) << 16 | u16(p + 6)) * 100) >> 16);
    hb_blob_destroy(b);
    if (!f->x_height) f->x_height = f->upem / 2;
    if (!f->cap_height) f->cap_height = f->upem * 7 / 10;
}

static void read_names(struct font *f) {
    char s[128];
    unsigned n = sizeof s;
    hb_ot_name_get_utf8(f->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n, s);
    f->ps_name = arena_strdup(f->set->arena, n ? s : "Font");
    n = sizeof s;
    hb_ot_name_get_utf8(f->hb_face, HB_OT_NAME_ID_FULL_NAME, HB_LANGUAGE_INVALID, &n, s);
    f->name = arena_strdup(f->set->arena, n ? s : f->ps_name);
}

static bool checksum_holds(struct font *f) {
    if (!f->cache->sha256) return true;
    unsigned n;
    const char *data = hb_blob_get_data(f->cache->blob, &n);
    unsigned char sum[SHA256_DIGEST_LENGTH];
    char hex[2 * SHA256_DIGEST_LENGTH + 1];
    SHA256((const unsigned char *)data, n, sum);
    for (int i = 0; i < SHA256_DIGEST_LENGTH; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
    if (strcmp(hex, f->cache->sha256) == 0) return true;
    diag_add(f->set->diags, DIAG_FONT_CHECKSUM, f->set->pos, f->file, hex, f->cache->sha256);
    return false;
}

bool font_load(struct font *f) {
    if (!f) return false;
    if (f->cache->tried) return f->cache->usable;
    f->cache->tried = true;
    f->cache->blob = hb_blob_create_from_file_or_fail(f->file);
    f->hb_face = f->cache->blob ? hb_face_create(f->cache->blob, 0) : NULL;
    f->glyph_count = f->hb_face ? (uint16_t)hb_face_get_glyph_count(f->hb_face) : 0;
    if (!f->glyph_count) {
        diag_add(f->set->diags, DIAG_FONT_MISSING, f->set->pos, f->file);
        return false;
    }
    if (!checksum_holds(f)) return false;
    hb_face_make_immutable(f->hb_face);
    f->hb_font = hb_font_create(f->hb_face);
    f->upem = (uint16_t)hb_face_get_upem(f->hb_face);
    hb_blob_t *b;
    f->cff = table(f->hb_face, "CFF ", &b, 4) != NULL;
    hb_blob_destroy(b);
    read_metrics(f);
    read_names(f);
    return f->cache->usable = true;
}

/* Of a family the nearest style: weight before slant. */
static struct font *styled(struct family *family, bool italic, bool bold) {
    int order[4] = {bold * 2 + italic, bold * 2 + !italic, !bold * 2 + italic, !bold * 2 + !italic};
    for (int i = 0; family && i < 4; i++)
        if (font_load(family->font[order[i]])) return family->font[order[i]];
    return NULL;
}

static void tell_unknown(struct fontset *set, const char *name, size_t n, const struct font *f) {
    struct map_entry *e = map_get(set->unknown, name, n);
    if (e->value.num++ == 0 && f) diag_add(set->diags, DIAG_FONT_SUBSTITUTED, (struct pos){0}, e->key, f->family);
}

static struct font *find_in_list(struct fontset *set, const char *families, bool italic, bool bold) {
    const char *p = families ? families : "", *unknown = NULL;
    size_t unknown_n = 0;
    while (*p) {
        while (*p == ' ' || *p == ',' || *p == '\t' || *p == '\n') p++;
        char quote = *p == '"' || *p == '\'' ? *p++ : 0;
        size_t n = quote ? strcspn(p, quote == '"' ? "\"" : "'") : strcspn(p, ",");
        size_t m = n;
        while (m && (p[m - 1] == ' ' || p[m - 1] == '\t')) m--;
        struct font *f = m ? styled(family_named(set, p, m), italic, bold) : NULL;
        if (f) return f;
        if (m && !unknown) {
            unknown = p;
            unknown_n = m;
        }
        p += n + (quote && p[n] ? 1 : 0);
    }
    struct font *f = styled(set->fallback_family, italic, bold);
    for (int32_t i = 0; !f && i < set->family_count; i++) f = styled(&set->families[i], italic, bold);
    if (unknown) tell_unknown(set, unknown, unknown_n, f);
    return f;
}

struct font *font_find(struct fontset *set, const char *families, bool italic, int weight) {
    struct buf key = {0};
    buf_char(&key, italic ? 'i' : 'n');
    buf_char(&key, weight >= 600 ? 'b' : 'n');
    buf_str(&key, families ? families : "");
    struct map_entry *e = map_get(set->lists, key.p, key.n);
    buf_free(&key);
    if (!e->value.ptr) e->value.ptr = find_in_list(set, families, italic, weight >= 600);
    return e->value.ptr;
}

uint32_t font_glyph(struct font *f, uint32_t cp) {
    if (!font_load(f)) return 0;
    if (cp < 256 && f->cache->glyph_pages[cp]) return f->cache->glyph_pages[cp] - 1;
    hb_codepoint_t g = 0;
    if (!hb_font_get_nominal_glyph(f->hb_font, cp, &g)) g = 0;
    if (cp < 256) f->cache->glyph_pages[cp] = g + 1;
    return g;
}

bool font_has(struct font *f, uint32_t cp) {
    return font_glyph(f, cp) != 0;
}

struct font *font_fallback(struct font *base, uint32_t cp) {
    struct fontset *set = base->set;
    uint32_t key[2] = {cp, (uint32_t)(base->bold * 2 + base->italic)};
    struct map_entry *e = map_find(set->fallbacks, key, sizeof key);
    if (e) return e->value.ptr;
    struct font *found = NULL;
    for (int32_t i = 0; i < set->family_count && !found; i++) {
        struct font *f = styled(&set->families[i], base->italic, base->bold);
        if (f && f != base && font_has(f, cp)) found = f;
    }
    map_get(set->fallbacks, key, sizeof key)->value.ptr = found;
    return found;
}

struct font *fontset_font(struct fontset *set, int32_t index) {
    return index >= 0 && index < set->font_count ? set->fonts[index] : NULL;
}

int32_t font_advance(struct font *f, uint32_t gid) {
    return font_load(f) ? hb_font_get_glyph_h_advance(f->hb_font, gid) : 0;
}

void font_ink(struct font *f, const struct glyph *g, uint32_t n, int32_t *above, int32_t *below) {
    *above = *below = 0;
    for (uint32_t i = 0; i < n; i++) {
        hb_glyph_extents_t x;
        if (!hb_font_get_glyph_extents(f->hb_font, g[i].gid, &x)) continue;
        int32_t top = x.y_bearing + g[i].dy, bottom = -(x.y_bearing + x.height) - g[i].dy;
        if (top > *above) *above = top;
        if (bottom > *below) *below = bottom;
    }
}
