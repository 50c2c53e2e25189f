/* XLIFF 1.2, 2.0 and 2.1 to messages. */
#include "exchange/parts.h"

#include <libxml/parser.h>

#define NS_12 "urn:oasis:names:tc:xliff:document:1.2"
#define NS_2 "urn:oasis:names:tc:xliff:document:2.0"

struct reading {
    const char *path;
    struct diags *diags;
    bool told; /* the first error says it; others follow from it */
};

static void report(void *context, xmlErrorPtr e) {
    struct reading *r = ((xmlParserCtxt *)context)->_private;
    if (r->told || (e && e->level < XML_ERR_ERROR)) return;
    r->told = true;
    struct diags *d = r->diags;
    const char *path = r->path;
    struct buf b = {0};
    buf_str(&b, e && e->message ? e->message : "not XML");
    while (b.n && b.p[b.n - 1] == '\n') b.p[--b.n] = 0;
    struct pos pos = {str_intern(path, strlen(path)), e && e->line > 0 ? e->line : 1, e && e->int2 > 0 ? e->int2 : 1};
    diag_add(d, DIAG_XML_ERROR, pos, b.p);
    buf_free(&b);
}

static bool is(const xmlNode *n, const char *ns, const char *name) {
    return n && n->type == XML_ELEMENT_NODE && n->ns && strcmp((const char *)n->ns->href, ns) == 0 &&
           (!name || strcmp((const char *)n->name, name) == 0);
}

xmlDoc *xliff_open(const char *path, const char *text, size_t n, struct diags *diags) {
    xmlParserCtxt *c = xmlNewParserCtxt();
    struct reading r = {path, diags, false};
    c->_private = &r;
    c->sax->serror = report;
    int options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    xmlDoc *doc = n < INT32_MAX ? xmlCtxtReadMemory(c, text, (int)n, path, NULL, options) : NULL;
    if (!doc) report(c, NULL);
    xmlFreeParserCtxt(c);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (doc && (doc->intSubset || (!is(root, NS_12, "xliff") && !is(root, NS_2, "xliff")))) {
        diag_add(diags, DIAG_XLIFF_VERSION, (struct pos){str_intern(path, strlen(path)), 1, 1});
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

static const char *attribute(struct arena *a, xmlNode *n, const char *name) {
    xmlChar *s = n ? xmlGetNoNsProp(n, BAD_CAST name) : NULL;
    const char *kept = s ? arena_strdup(a, (char *)s) : NULL;
    xmlFree(s);
    return kept;
}

const char *xliff_language(struct arena *arena, xmlDoc *doc) {
    xmlNode *root = xmlDocGetRootElement(doc);
    if (is(root, NS_2, NULL)) return attribute(arena, root, "trgLang");
    for (xmlNode *f = root->children; f; f = f->next)
        if (is(f, NS_12, "file")) return attribute(arena, f, "target-language");
    return NULL;
}

/* ---- texts ---- */

static void add_data(struct exchange *x, struct buf *out, xmlNode *unit, const char *id) {
    for (xmlNode *o = unit->children; o; o = o->next) {
        if (!is(o, NS_2, "originalData")) continue;
        for (xmlNode *d = o->children; d; d = d->next) {
            const char *own = is(d, NS_2, "data") ? attribute(x->arena, d, "id") : NULL;
            if (!own || !id || strcmp(own, id) != 0) continue;
            xmlChar *s = xmlNodeGetContent(d);
            buf_str(out, s ? (char *)s : "");
            xmlFree(s);
        }
    }
}

/* Text and marks as they follow each other; <mrk>, <g> and <pc> are looked
 * through. */
static void add_text(struct exchange *x, struct buf *out, xmlNode *n, xmlNode *unit) {
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) buf_str(out, (const char *)c->content);
        if (c->type != XML_ELEMENT_NODE) continue;
        if (is(c, NS_2, "pc")) add_data(x, out, unit, attribute(x->arena, c, "dataRefStart"));
        if (is(c, NS_2, NULL)) add_data(x, out, unit, attribute(x->arena, c, "dataRef"));
        add_text(x, out, c, unit);
        if (is(c, NS_2, "pc")) add_data(x, out, unit, attribute(x->arena, c, "dataRefEnd"));
    }
}

static xmlNode *child(xmlNode *n, const char *ns, const char *name) {
    for (xmlNode *c = n->children; c; c = c->next)
        if (is(c, ns, name)) return c;
    return NULL;
}

static struct pos pos_of(const char *path, xmlNode *n) {
    long line = xmlGetLineNo(n);
    return (struct pos){str_intern(path, strlen(path)), line > 0 ? (int32_t)line : 1, 1};
}

static bool is_among(const char *s, const char *const *list) {
    for (; s && *list; list++)
        if (strcmp(s, *list) == 0) return true;
    return false;
}

static void read_unit_12(struct exchange *x, const char *path, xmlNode *unit) {
    static const char *const good[] = {"final", "signed-off", "translated", NULL};
    xmlNode *target = child(unit, NS_12, "target");
    struct buf source = {0}, text = {0};
    const char *state = attribute(x->arena, target, "state"), *approved = attribute(x->arena, unit, "approved");
    const char *name = attribute(x->arena, unit, "id");
    add_text(x, &source, child(unit, NS_12, "source"), unit);
    add_text(x, &text, target, unit);
    bool sure = approved ? strcmp(approved, "yes") == 0 : !state || is_among(state, good);
    exchange_give(x, name ? name : "", buf_cstr(&source), buf_cstr(&text), !sure, pos_of(path, unit));
    buf_free(&source);
    buf_free(&text);
}

static void read_unit_2(struct exchange *x, const char *path, xmlNode *unit) {
    static const char *const good[] = {"translated", "reviewed", "final", NULL};
    struct buf source = {0}, text = {0};
    bool sure = true, whole = true;
    for (xmlNode *s = unit->children; s; s = s->next) {
        bool segment = is(s, NS_2, "segment");
        if (!segment && !is(s, NS_2, "ignorable")) continue;
        xmlNode *from = child(s, NS_2, "source"), *target = child(s, NS_2, "target");
        const char *state = attribute(x->arena, s, "state");
        add_text(x, &source, from, unit);
        add_text(x, &text, target ? target : segment ? NULL : from, unit);
        whole &= target || !segment;
        if (segment) sure &= is_among(state, good);
    }
    const char *name = attribute(x->arena, unit, "name");
    if (!whole) buf_clear(&text);
    exchange_give(x, name ? name : "", buf_cstr(&source), buf_cstr(&text), !sure, pos_of(path, unit));
    buf_free(&source);
    buf_free(&text);
}

bool xliff_read(struct exchange *x, const char *path, xmlDoc *doc) {
    xmlNode *root = xmlDocGetRootElement(doc);
    for (xmlNode *n = root; n;) {
        bool unit = is(n, NS_12, "trans-unit") || is(n, NS_2, "unit");
        if (is(n, NS_12, "trans-unit")) read_unit_12(x, path, n);
        else if (unit) read_unit_2(x, path, n);
        xmlNode *next = unit || n->type != XML_ELEMENT_NODE ? NULL : n->children;
        while (!next && n != root) {
            next = n->next;
            n = n->parent;
        }
        n = next;
    }
    return true;
}
