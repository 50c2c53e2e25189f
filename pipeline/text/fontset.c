/* fonts.xml, and which font a family list or a character gets (XSL 1.1, 7.9). */
#include "text/private.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <unicode/uscript.h>

/* Reading the list. ---------------------------------------------------------------------- */

static char *attribute(struct fontset *set, const xmlNode *n, const char *name) {
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    char *s = v ? arena_strdup(set->arena, (const char *)v) : NULL;
    xmlFree(v);
    return s;
}

static const char *style_name(const struct font *f) {
    return f->bold ? f->italic ? " Bold Italic" : " Bold" : f->italic ? " Italic" : "";
}

static void add_font(struct fontset *set, struct family *family, const xmlNode *n, const char *folder) {
    const char *file = attribute(set, n, "file"), *style = attribute(set, n, "style");
    const char *weight = attribute(set, n, "weight");
    if (!file || set->font_count == FONTS_MAX) return;
    struct font *f = ARENA_NEW(set->arena, struct font);
    struct buf b = {0};
    path_join(&b, folder, file);
    f->file = arena_strdup(set->arena, buf_cstr(&b));
    f->family = family->name;
    f->italic = style && strcmp(style, "italic") == 0;
    f->bold = weight && strcmp(weight, "bold") == 0;
    buf_clear(&b);
    buf_fmt(&b, "%s%s", f->family, style_name(f));
    f->name = f->ps_name = arena_strdup(set->arena, b.p);
    buf_free(&b);
    f->sha256 = attribute(set, n, "sha256");
    f->set = set;
    f->cache = ARENA_NEW(set->arena, struct font_cache);
    f->index = set->font_count;
    set->fonts[set->font_count++] = f;
    family->font[f->bold * 2 + f->italic] = f;
}

static void read_scripts(struct family *family, char *names) {
    char *save = NULL;
    for (char *s = strtok_r(names, " ", &save); s; s = strtok_r(NULL, " ", &save)) {
        UErrorCode e = U_ZERO_ERROR;
        UScriptCode code;
        if (family->script_count < SCRIPTS_MAX && uscript_getCode(s, &code, 1, &e) == 1 && U_SUCCESS(e))
            family->scripts[family->script_count++] = code;
    }
}

static void add_family(struct fontset *set, const xmlNode *n, const char *folder) {
    const char *name = attribute(set, n, "name");
    if (!name || set->family_count == FAMILIES_MAX) return;
    struct family *family = &set->families[set->family_count++];
    family->name = name;
    family->generic = attribute(set, n, "generic");
    char *scripts = attribute(set, n, "scripts");
    if (scripts) read_scripts(family, scripts);
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) add_font(set, family, c, folder);
}

/* Names are compared without regard to case and to how many spaces stand
 * between their words. */
static bool same_name(const char *s, size_t n, const char *name) {
    for (size_t i = 0; i < n;) {
        char a = s[i++], b = *name++;
        if (a == '\t' || a == '\n' || a == '\r') a = ' ';
        if (a == ' ')
            while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r')) i++;
        if (a >= 'A' && a <= 'Z') a |= 32;
        if (b >= 'A' && b <= 'Z') b |= 32;
        if (a != b) return false;
    }
    return !*name;
}

static struct family *family_named(struct fontset *set, const char *s, size_t n) {
    for (int32_t i = 0; i < set->family_count; i++)
        if (same_name(s, n, set->families[i].name)) return &set->families[i];
    for (int32_t i = 0; i < set->alias_count; i++)
        if (same_name(s, n, set->aliases[i].name)) return set->aliases[i].family;
    return NULL;
}

static void add_alias(struct fontset *set, const xmlNode *n) {
    const char *name = attribute(set, n, "name"), *to = attribute(set, n, "family");
    struct family *family = name && to ? family_named(set, to, strlen(to)) : NULL;
    if (!family || set->alias_count == ALIASES_MAX) return;
    set->aliases[set->alias_count].name = name;
    set->aliases[set->alias_count++].family = family;
}

static void read_list(struct fontset *set, const xmlNode *root, const char *folder) {
    for (const xmlNode *n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE) continue;
        if (xmlStrEqual(n->name, (const xmlChar *)"family")) add_family(set, n, folder);
        else if (xmlStrEqual(n->name, (const xmlChar *)"alias")) add_alias(set, n);
        else if (xmlStrEqual(n->name, (const xmlChar *)"patterns"))
            set->pattern_folder = attribute(set, n, "folder");
    }
    const char *name = attribute(set, root, "default");
    set->default_family = name ? family_named(set, name, strlen(name)) : NULL;
    if (!set->default_family && set->family_count) set->default_family = &set->families[0];
}

static xmlDoc *parse_list(const char *path, struct diags *diags, struct pos pos) {
    struct buf text = {0};
    int e = file_read(&text, path);
    xmlDoc *doc = NULL;
    if (e) diag_add(diags, DIAG_CANNOT_READ, pos, path, strerror(e));
    else
        doc = xmlReadMemory(text.p, (int)text.n, path, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!e && !doc) diag_add(diags, DIAG_XML_ERROR, pos, "the list of fonts is not well-formed");
    buf_free(&text);
    return doc;
}

struct fontset *fontset_open(const char *fonts_xml, struct diags *diags) {
    struct pos pos = {str_intern(fonts_xml, strlen(fonts_xml)), 0, 0};
    xmlDoc *doc = parse_list(fonts_xml, diags, pos);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (!root) return NULL;
    struct fontset *set = mem_alloc(sizeof *set);
    set->arena = arena_new();
    set->diags = diags;
    set->pos = pos;
    set->found = map_new();
    set->told = map_new();
    set->fallbacks = map_new();
    struct buf folder = {0};
    path_dir(&folder, fonts_xml);
    read_list(set, root, buf_cstr(&folder));
    buf_free(&folder);
    xmlFreeDoc(doc);
    return set;
}

void fontset_settle(struct fontset *set) {
    for (int32_t i = 0; i < set->font_count; i++) font_settle(set->fonts[i]);
}

void fontset_close(struct fontset *set) {
    if (!set) return;
    for (int32_t i = 0; i < set->font_count; i++) font_drop(set->fonts[i]);
    words_drop(set->words);
    hyphenators_drop(set);
    map_drop(set->found);
    map_drop(set->told);
    map_drop(set->fallbacks);
    arena_drop(set->arena);
    mem_free(set);
}

const char *fontset_patterns(const struct fontset *set) {
    return set->pattern_folder;
}

struct font *fontset_font(struct fontset *set, int32_t index) {
    return index >= 0 && index < set->font_count ? set->fonts[index] : NULL;
}

/* Finding. ------------------------------------------------------------------------------- */

/* Of a family the nearest style that can be read: weight counts before slant. */
static struct font *nearest(const struct family *family, bool italic, bool bold,
                            bool (*usable)(struct font *)) {
    int order[4] = {bold * 2 + italic, bold * 2 + !italic, !bold * 2 + italic, !bold * 2 + !italic};
    for (int i = 0; family && i < 4; i++) {
        struct font *f = family->font[order[i]];
        if (f && usable(f)) return f;
    }
    return NULL;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next name of a comma-separated list, without quotes and outer blanks. */
static const char *next_name(const char **list, size_t *n) {
    const char *p = *list;
    while (is_blank(*p) || *p == ',') p++;
    const char *start = p;
    char quote = *p == '"' || *p == '\'' ? *p : 0;
    if (quote) {
        start++;
        p++;
        while (*p && *p != quote) p++;
    } else {
        while (*p && *p != ',') p++;
    }
    const char *end = p;
    while (*p && *p != ',') p++;
    *list = p;
    while (end > start && is_blank(end[-1])) end--;
    *n = (size_t)(end - start);
    return start;
}

static struct font *find_in_list(struct fontset *set, const char *families, bool italic, bool bold) {
    const char *p = families, *unknown = NULL;
    size_t unknown_n = 0, n;
    while (*p) {
        const char *name = next_name(&p, &n);
        struct font *f = n ? nearest(family_named(set, name, n), italic, bold, font_ready) : NULL;
        if (f) return f;
        if (n && !unknown) {
            unknown = name;
            unknown_n = n;
        }
    }
    struct font *f = nearest(set->default_family, italic, bold, font_ready);
    for (int32_t i = 0; !f && i < set->family_count; i++)
        f = nearest(&set->families[i], italic, bold, font_ready);
    if (!unknown || !f) return f;
    struct map_entry *e = map_get(set->told, unknown, unknown_n);
    if (e->value.num++ == 0) diag_add(set->diags, DIAG_FONT_SUBSTITUTED, (struct pos){0}, e->key, f->family);
    return f;
}

struct font *font_find(struct fontset *set, const char *families, bool italic, int weight) {
    bool bold = weight >= 600;
    struct buf key = {0};
    if (!families) families = "sans-serif";
    buf_char(&key, (char)('0' + bold * 2 + italic));
    buf_str(&key, families);
    struct map_entry *e = map_get(set->found, key.p, key.n);
    buf_free(&key);
    if (!e->value.ptr) e->value.ptr = find_in_list(set, families, italic, bold);
    return e->value.ptr;
}

/* Falling back. -------------------------------------------------------------------------- */

static bool stands_in(const struct family *family, uint32_t cp) {
    if (!family->script_count) return true;
    for (int32_t i = 0; i < family->script_count; i++)
        if (uscript_hasScript((UChar32)cp, (UScriptCode)family->scripts[i])) return true;
    return false;
}

static const char *generic_of(const struct fontset *set, const struct font *f) {
    for (int32_t i = 0; i < set->family_count; i++)
        if (set->families[i].name == f->family) return set->families[i].generic;
    return NULL;
}

static bool covers_all(struct font *f, const uint32_t *cps, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!font_covers(f, cps[i])) return false;
    return true;
}

/* In the order of fonts.xml, families of the base's own kind first. */
static struct font *search(struct font *base, const uint32_t *cps, uint32_t n) {
    struct fontset *set = base->set;
    const char *own = generic_of(set, base);
    for (int other = 0; other < 2; other++)
        for (int32_t i = 0; i < set->family_count; i++) {
            const struct family *family = &set->families[i];
            bool same = own && family->generic && strcmp(own, family->generic) == 0;
            if (same == other || !stands_in(family, cps[0])) continue;
            struct font *f = nearest(family, base->italic, base->bold, font_map);
            if (f && f != base && covers_all(f, cps, n) && font_ready(f)) return f;
        }
    return NULL;
}

struct font *fallback_for(struct font *base, const uint32_t *cps, uint32_t n) {
    struct map *known = base->set->fallbacks;
    uint32_t key[10] = {(uint32_t)base->index};
    if (n > 8) n = 8;
    memcpy(key + 1, cps, n * sizeof *cps);
    size_t size = (n + 1) * sizeof *key;
    struct map_entry *e = map_find(known, key, size);
    if (e) return e->value.ptr;
    struct font *f = search(base, cps, n);
    for (uint32_t i = 0; !f && n > 1 && i < n; i++)
        if (!font_covers(base, cps[i])) {
            f = search(base, cps + i, 1);
            break;
        }
    map_get(known, key, size)->value.ptr = f;
    return f;
}

struct font *font_fallback(struct font *base, uint32_t cp) {
    return fallback_for(base, &cp, 1);
}
