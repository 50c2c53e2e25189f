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

/* ---- what a unit allows ---- */

static void read_allows(struct check *c, xmlNode *v) {
    xmlChar *text = xmlGetNsProp(v, BAD_CAST "allow", BAD_CAST SOURCE_PLACE_NS);
    for (const char *s = text ? (char *)text : ""; *s; s += strspn(s, "\n")) {
        struct check_allow *a = ARENA_NEW(c->arena, struct check_allow);
        char name[64] = "";
        a->pos.file = source_place(v).file;
        bool good = sscanf(s, "%d:%d %63s", &a->pos.line, &a->pos.col, name) == 3;
        a->name = arena_strdup(c->arena, name);
        a->next = c->allows;
        if (good) c->allows = a;
        s += strcspn(s, "\n");
    }
    xmlFree(text);
}

bool check_tells(struct check *c, enum diag_id id) {
    bool allowed = false;
    for (struct check_allow *a = c->allows; a; a = a->next)
        if (strcmp(a->name, diag_name(id)) == 0) a->used = allowed = true;
    c->found += !allowed;
    return !allowed;
}

static void report_allows(struct check *c) {
    for (const struct check_allow *a = c->allows; a; a = a->next) {
        if (a->used) continue;
        diag_add(c->diags, DIAG_ALLOW_UNUSED, a->pos, a->name);
        c->found++;
    }
    c->allows = NULL;
}

/* ---- units ---- */

static void check_unit(struct check *c, const struct check_unit *unit) {
    xmlNode *base = unit->count ? unit->v[0].node : NULL;
    for (size_t i = 0; i < unit->count; i++) read_allows(c, unit->v[i].node);
    for (size_t i = 0; i < unit->count; i++) {
        check_typography(c, unit->v[i].node);
        check_citations(c, unit->v[i].node, unit->v[i].lang);
    }
    for (size_t i = 1; i < unit->count; i++) {
        struct check_pair p = {c, unit->v[0].lang, unit->v[i].lang};
        check_compare(&p, base, unit->v[i].node);
        check_links(&p, base, unit->v[i].node);
        check_terms(&p, base, unit->v[i].node);
    }
    check_stale(c, unit);
    for (struct check_allow *a = c->allows; a; a = a->next)
        a->used |= (int)unit->count < c->languages && strcmp(a->name, diag_name(DIAG_MISSING_TRANSLATION)) == 0;
    report_allows(c);
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

static int count_words(const char *s) {
    int n = 0;
    for (; s && *s; s += strspn(s, " "), n++) s += strcspn(s, " ");
    return n;
}

int check_publication(xmlDoc *edition, struct diags *diags) {
    xmlNode *root = xmlDocGetRootElement(edition), *body = child(root, "body"), *data = child(root, "data");
    if (!body || !data) return 0;
    struct check c = {.doc = edition, .diags = diags, .arena = arena_new(), .files = map_new(), .documents = map_new()};
    c.languages = count_words(check_attribute(&c, root, "languages"));
    check_terms_read(&c, data);
    check_citations_read(&c, data);
    struct check_units units;
    check_units_open(&units, edition, diags);
    for (size_t i = 0; i < units.n; i++) check_unit(&c, &units.v[i]);
    check_new(&c, &units);
    check_units_close(&units);
    for (xmlNode *n = data; n; n = check_next(n, data, true)) check_texts(&c, n);
    check_targets(&c);
    check_trace(&c, body, data);
    check_place_close(&c);
    map_drop(c.files);
    map_drop(c.documents);
    arena_drop(c.arena);
    return c.found;
}
