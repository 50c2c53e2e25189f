/* What a document says of itself: XMP in fo:declarations. */
#include "fo/tree.h"

#define NS_DC "http://purl.org/dc/elements/1.1/"
#define NS_XMP "http://ns.adobe.com/xap/1.0/"
#define NS_PDF "http://ns.adobe.com/pdf/1.3/"

static const struct meta_name {
    const char *ns, *name, *key;
} meta_names[] = {
    {NS_DC, "title", "title"},
    {NS_DC, "language", "language"},
    {NS_DC, "creator", "creator"},
    {NS_DC, "description", "subject"},
    {NS_DC, "subject", "keywords"},
    {NS_XMP, "CreateDate", "date"},
    {NS_PDF, "Keywords", "keywords"},
    {NS_DC, "date", "date"},
};

static const char *key_of(const xmlNs *ns, const xmlChar *name) {
    if (!ns) return NULL;
    for (size_t i = 0; i < sizeof meta_names / sizeof *meta_names; i++)
        if (xmlStrEqual(ns->href, BAD_CAST meta_names[i].ns) &&
            xmlStrEqual(name, BAD_CAST meta_names[i].name))
            return meta_names[i].key;
    return NULL;
}

/* White space collapsed; the first value of a key stays. */
static void put(struct fo_doc *doc, const char *key, const char *text) {
    struct map_entry *e = map_get(doc->meta, key, strlen(key));
    if (e->value.ptr || !text) return;
    struct buf b = {0};
    for (; *text; text++) {
        bool space = strchr(" \t\r\n", *text);
        if (!space) buf_char(&b, *text);
        else if (b.n && b.p[b.n - 1] != ' ') buf_char(&b, ' ');
    }
    while (b.n && b.p[b.n - 1] == ' ') b.p[--b.n] = 0;
    if (b.n) e->value.ptr = arena_strdup(doc->arena, buf_cstr(&b));
    buf_free(&b);
}

/* The items of rdf:Bag, Seq or Alt joined by ", ", of an Alt the first; without
 * them the text. */
static void read_value(struct fo_doc *doc, const char *key, const xmlNode *node) {
    struct buf b = {0};
    for (const xmlNode *list = node->children; list; list = list->next) {
        if (list->type != XML_ELEMENT_NODE) continue;
        bool alt = xmlStrEqual(list->name, BAD_CAST "Alt");
        for (const xmlNode *li = list->children; li; li = li->next) {
            if (li->type != XML_ELEMENT_NODE || (alt && b.n)) continue;
            xmlChar *text = xmlNodeGetContent(li);
            if (b.n) buf_str(&b, ", ");
            buf_str(&b, (const char *)text);
            xmlFree(text);
        }
    }
    xmlChar *all = b.n ? NULL : xmlNodeGetContent(node);
    put(doc, key, all ? (const char *)all : buf_cstr(&b));
    xmlFree(all);
    buf_free(&b);
}

static void read_attributes(struct fo_doc *doc, const xmlNode *node) {
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        const char *key = key_of(a->ns, a->name);
        if (key && a->children) put(doc, key, (const char *)a->children->content);
    }
}

/* Walks without recursion: metadata may nest as deep as it likes. */
void meta_read(struct fo_doc *doc, const xmlNode *top) {
    const xmlNode *n = top;
    while (n) {
        const char *key = n->type == XML_ELEMENT_NODE ? key_of(n->ns, n->name) : NULL;
        if (key) read_value(doc, key, n);
        else if (n->type == XML_ELEMENT_NODE) read_attributes(doc, n);
        if (n->type == XML_ELEMENT_NODE && n->children && !key) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next) n = n->parent;
        n = n == top ? NULL : n->next;
    }
}

static const char *root_language(struct fo_doc *doc) {
    const char *language = fo_string(doc->root, P_LANGUAGE), *country = fo_string(doc->root, P_COUNTRY);
    if (!language || !country) return language;
    struct buf b = {0};
    buf_fmt(&b, "%s-%s", language, country);
    const char *both = str_intern(buf_cstr(&b), b.n);
    buf_free(&b);
    return both;
}

const char *fo_meta(struct fo_doc *doc, const char *key) {
    struct map_entry *e = map_find(doc->meta, key, strlen(key));
    if (e && e->value.ptr) return e->value.ptr;
    return strcmp(key, "language") == 0 ? root_language(doc) : NULL;
}
