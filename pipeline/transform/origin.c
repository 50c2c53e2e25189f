/* Where in the stylesheets each formatting object comes from, for those who ask
 * why a page is as it is: before a stylesheet is compiled its literal objects,
 * xsl:element and xsl:attribute-set get an attribute s:origin (urn:sotay:fo) that
 * says file and line, and comes out on the object itself.  Nothing of it is in
 * ordinary runs. */
#include "transform/parts.h"

#define FO_NS "http://www.w3.org/1999/XSL/Format"
#define S_NS "urn:sotay:fo"
#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

static bool is_in(const xmlNode *n, const char *ns) {
    return n->type == XML_ELEMENT_NODE && n->ns && strcmp((const char *)n->ns->href, ns) == 0;
}

static bool is_xsl(const xmlNode *n, const char *name) {
    return is_in(n, XSL_NS) && strcmp((const char *)n->name, name) == 0;
}

/* <xsl:attribute name="s:NAME" namespace="urn:sotay:fo">TEXT</xsl:attribute> as
 * n's first child. */
static void add_instruction(xmlNode *n, const char *name, const char *text) {
    xmlNode *a = xmlNewDocNode(n->doc, n->ns, BAD_CAST "attribute", NULL);
    struct buf full = {0};
    buf_fmt(&full, "s:%s", name);
    xmlNewProp(a, BAD_CAST "name", BAD_CAST full.p);
    xmlNewProp(a, BAD_CAST "namespace", BAD_CAST S_NS);
    xmlAddChild(a, xmlNewDocText(n->doc, BAD_CAST text));
    if (n->children) xmlAddPrevSibling(n->children, a);
    else xmlAddChild(n, a);
    buf_free(&full);
}

static void add_attribute(xmlNode *n, const char *text) {
    xmlNs *ns = xmlSearchNsByHref(n->doc, n, BAD_CAST S_NS);
    if (!ns || !ns->prefix) ns = xmlNewNs(n, BAD_CAST S_NS, BAD_CAST "sotay-origin");
    if (ns) xmlSetNsProp(n, ns, BAD_CAST "origin", BAD_CAST text);
}

/* Definitions of one name add up: each has an attribute of its own. */
static void mark_set(xmlNode *n, const char *place, int serial) {
    xmlChar *name = xmlGetNoNsProp(n, BAD_CAST "name");
    struct buf text = {0}, attribute = {0};
    buf_fmt(&text, "%s %s", name ? (char *)name : "", place);
    buf_fmt(&attribute, "origin-%d", serial);
    add_instruction(n, attribute.p, text.p);
    buf_free(&text);
    buf_free(&attribute);
    xmlFree(name);
}

void transform_mark_origins(xmlDoc *sheet, const char *file, int *serial) {
    xmlNode *root = xmlDocGetRootElement(sheet);
    if (!root || !is_in(root, XSL_NS)) return;
    struct buf place = {0};
    for (xmlNode *n = root; n;) {
        bool object = is_in(n, FO_NS) || is_in(n, S_NS), set = is_xsl(n, "attribute-set"), element = is_xsl(n, "element");
        if (object || set || element) {
            buf_clear(&place);
            buf_fmt(&place, "%s:%ld", file, xmlGetLineNo(n));
        }
        if (object) add_attribute(n, place.p);
        if (element) add_instruction(n, "origin", place.p);
        if (set) mark_set(n, place.p, ++*serial);
        if (n->children && n->type == XML_ELEMENT_NODE) {
            n = n->children;
            continue;
        }
        while (n != root && !n->next) n = n->parent;
        n = n == root ? NULL : n->next;
    }
    buf_free(&place);
}
