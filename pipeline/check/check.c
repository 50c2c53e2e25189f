/* The walk over an edition's units. */
#include "check/parts.h"

bool check_is(const xmlNode *n, const char *name) {
    return n && n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

xmlNode *check_next(xmlNode *n, const xmlNode *root, bool into) {
    xmlNode *c = into ? n->children : NULL;
    for (;;) {
        while (c && c->type != XML_ELEMENT_NODE) c = c->next;
        if (c) return c;
        if (n == root) return NULL;
        c = n->next;
        n = n->parent;
    }
}

const char *check_attribute(struct check *c, xmlNode *n, const char *name) {
    xmlChar *s = xmlGetNoNsProp(n, BAD_CAST name);
    const char *kept = s ? arena_strdup(c->arena, (char *)s) : NULL;
    xmlFree(s);
    return kept;
}

static const char *language(struct check *c, xmlNode *v) {
    xmlChar *s = xmlNodeGetLang(v);
    const char *kept = arena_strdup(c->arena, s ? (char *)s : "");
    xmlFree(s);
    return kept;
}

static void check_unit(struct check *c, xmlNode *unit) {
    xmlNode *base = NULL;
    for (xmlNode *v = unit->children; v; v = v->next) {
        if (!check_is(v, "v")) continue;
        if (!base) {
            base = v;
            continue;
        }
        struct check_pair p = {c, language(c, base), language(c, v)};
        check_compare(&p, base, v);
        check_links(&p, base, v);
    }
}

static bool has_language(xmlNode *n) {
    return n->type == XML_ELEMENT_NODE && xmlHasNsProp(n, BAD_CAST "lang", XML_XML_NAMESPACE) != NULL;
}

/* In the XML sources each text stands once per language, under one parent. */
static void check_texts(struct check *c, xmlNode *parent) {
    for (xmlNode *n = parent->children; n; n = n->next) {
        if (!has_language(n)) continue;
        xmlNode *base = parent->children;
        while (!has_language(base) || !xmlStrEqual(base->name, n->name)) base = base->next;
        struct check_pair p = {c, language(c, base), language(c, n)};
        if (strcmp(p.base_lang, p.lang) != 0) check_numbers(&p, base, n);
    }
}

static xmlNode *child(xmlNode *root, const char *name) {
    for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
        if (check_is(n, name)) return n;
    return NULL;
}

int check_publication(xmlDoc *edition, struct diags *diags) {
    xmlNode *root = xmlDocGetRootElement(edition), *body = child(root, "body"), *data = child(root, "data");
    if (!body || !data) return 0;
    struct check c = {edition, diags, arena_new(), map_new(), 0};
    for (xmlNode *n = body; n; n = check_next(n, body, !check_is(n, "unit")))
        if (check_is(n, "unit")) check_unit(&c, n);
    for (xmlNode *n = data; n; n = check_next(n, data, true)) check_texts(&c, n);
    check_targets(&c);
    check_place_close(&c);
    map_drop(c.files);
    arena_drop(c.arena);
    return c.found;
}
