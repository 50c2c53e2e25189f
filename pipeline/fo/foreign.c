/* Content of other namespaces that is kept: SVG of instream-foreign-objects and
 * metadata, as libxml2 trees. */
#include "fo/tree.h"

/* The namespace for a node: one in scope with this prefix and name, else
 * declared here. */
static xmlNs *find_ns(xmlDoc *doc, xmlNode *node, const char *ns, const char *prefix) {
    if (!ns) return NULL;
    xmlNs *found = xmlSearchNs(doc, node, BAD_CAST prefix);
    if (found && xmlStrEqual(found->href, BAD_CAST ns)) return found;
    if (prefix && strcmp(prefix, "xml") == 0) return xmlSearchNs(doc, node, BAD_CAST "xml");
    return xmlNewNs(node, BAD_CAST ns, BAD_CAST prefix);
}

static void add_attr(xmlDoc *doc, xmlNode *node, const struct build_attr *a) {
    struct buf value = {0};
    buf_put(&value, a->value, a->n);
    if (a->ns)
        xmlNewNsProp(node, find_ns(doc, node, a->ns, a->prefix), BAD_CAST a->name, BAD_CAST buf_cstr(&value));
    else xmlNewProp(node, BAD_CAST a->name, BAD_CAST buf_cstr(&value));
    buf_free(&value);
}

xmlNode *foreign_start(xmlDoc **doc, xmlNode *parent, const char *ns, const char *prefix, const char *name,
                       const struct build_attr *attrs, int count) {
    if (!*doc) *doc = xmlNewDoc(BAD_CAST "1.0");
    xmlNode *node = xmlNewDocNode(*doc, NULL, BAD_CAST name, NULL);
    if (!parent) {
        /* Trees of one sequence hang side by side below one root. */
        parent = xmlDocGetRootElement(*doc);
        if (!parent) {
            parent = xmlNewDocNode(*doc, NULL, BAD_CAST "trees", NULL);
            xmlDocSetRootElement(*doc, parent);
        }
    }
    xmlAddChild(parent, node);
    xmlSetNs(node, find_ns(*doc, node, ns, prefix));
    for (int i = 0; i < count; i++) add_attr(*doc, node, &attrs[i]);
    return node;
}
