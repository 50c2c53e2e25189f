/* The units of an edition: their keys, and sums of what they say. */
#include "check/parts.h"

/* ---- sums ---- */

static bool is_counted(const xmlAttr *a, const xmlNode *n) {
    static const char *const made[] = {"id", "ref"}; /* of footnotes: counted through the edition */
    bool note = check_is(n, "note") || check_is(n, "noteref");
    for (size_t i = 0; note && i < sizeof made / sizeof *made; i++)
        if (strcmp((const char *)a->name, made[i]) == 0) return true;
    return false;
}

/* What is said, without places and what is only computed. */
static void write_content(struct buf *out, const xmlNode *n) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) buf_str(out, (const char *)n->content);
    if (n->type != XML_ELEMENT_NODE || check_is(n, "col")) return;
    bool shown = !check_is(n, "v") && !check_is(n, "term");
    if (shown) buf_fmt(out, "\001%s", (const char *)n->name);
    for (const xmlAttr *a = n->properties; shown && a; a = a->next)
        if (!a->ns && a->children && !is_counted(a, n))
            buf_fmt(out, "\002%s=%s", (const char *)a->name, (const char *)a->children->content);
    if (shown) buf_char(out, '\003');
    for (const xmlNode *c = n->children; c; c = c->next) write_content(out, c);
    if (shown) buf_char(out, '\004');
}

static uint64_t sum_of(const xmlNode *v) {
    struct buf b = {0};
    write_content(&b, v);
    uint64_t sum = 0xCBF29CE484222325u; /* FNV-1a: it stands in files, on any machine */
    for (size_t i = 0; i < b.n; i++) sum = (sum ^ (unsigned char)b.p[i]) * 0x100000001B3u;
    buf_free(&b);
    return sum;
}

/* ---- keys ---- */

static char *attribute(struct arena *a, xmlNode *n, const char *name) {
    xmlChar *s = xmlGetNoNsProp(n, BAD_CAST name);
    char *kept = s ? arena_strdup(a, (char *)s) : NULL;
    xmlFree(s);
    return kept;
}

static const char *language(struct arena *a, xmlNode *v) {
    xmlChar *s = xmlNodeGetLang(v);
    const char *kept = arena_strdup(a, s ? (char *)s : "");
    xmlFree(s);
    return kept;
}

static void add_unit(struct check_units *u, xmlNode *node, const char *key) {
    u->v = mem_grow(u->v, &u->cap, u->n + 1, sizeof *u->v);
    struct check_unit *unit = &u->v[u->n++];
    *unit = (struct check_unit){.key = key, .node = node};
    for (xmlNode *v = node->children; v; v = v->next) unit->count += check_is(v, "v");
    unit->v = ARENA_ARRAY(u->arena, struct check_version, unit->count + 1);
    size_t i = 0;
    for (xmlNode *v = node->children; v; v = v->next)
        if (check_is(v, "v"))
            unit->v[i++] = (struct check_version){.node = v, .lang = language(u->arena, v), .sum = sum_of(v)};
}

/* A section's units without an id of their own are counted: "cach-dung.1", those
 * before the first section of a part "01-cach-dung/1". */
static void walk_units(struct check_units *u, xmlNode *parent, const char *section) {
    int count = 0;
    const char *part = "";
    for (xmlNode *n = parent->children; n; n = n->next) {
        if (check_is(n, "section")) {
            walk_units(u, n, attribute(u->arena, n, "id"));
            continue;
        }
        if (!check_is(n, "unit")) continue;
        const char *key = attribute(u->arena, n, "id"), *type = attribute(u->arena, n, "type");
        const char *own = section ? NULL : attribute(u->arena, n, "part");
        if (own && strcmp(own, part) != 0) {
            part = own;
            count = 0;
        }
        struct buf b = {0};
        if (key) buf_str(&b, key);
        else if (section && type && strcmp(type, "heading") == 0) buf_str(&b, section);
        else buf_fmt(&b, "%s%s%d", section ? section : part, section ? "." : "/", ++count);
        add_unit(u, n, arena_strdup(u->arena, buf_cstr(&b)));
        buf_free(&b);
    }
}

void check_units_read(struct check_units *u, xmlDoc *edition) {
    *u = (struct check_units){.arena = arena_new()};
    xmlNode *root = xmlDocGetRootElement(edition);
    const char *languages = attribute(u->arena, root, "languages");
    u->base_lang = languages ? arena_strndup(u->arena, languages, strcspn(languages, " ")) : "";
    for (xmlNode *n = root->children; n; n = n->next)
        if (check_is(n, "body")) walk_units(u, n, NULL);
}
