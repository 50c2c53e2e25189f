/* The members' copy of an edition. */
#include "stages.h"

static bool is_element(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && n->ns && strcmp((const char *)n->ns->href, SOURCE_EDITION_NS) == 0 &&
           strcmp((const char *)n->name, name) == 0;
}

static bool attribute_is(xmlNode *n, const char *name, const char *value) {
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    bool same = v && strcmp((const char *)v, value) == 0;
    xmlFree(v);
    return same;
}

static bool is_secret(xmlNode *n) {
    return is_element(n, "facilitator") || is_element(n, "explain") || is_element(n, "answer") ||
           (is_element(n, "unit") && attribute_is(n, "directive", "facilitator"));
}

/* The attribute that gives a quiz's answer away. */
static const char *telling_attribute(const xmlNode *n) {
    return is_element(n, "choice") ? "right" : is_element(n, "left") ? "answer" : NULL;
}

/* The node after n in document order, below root; skip: not into n. */
static xmlNode *next_node(xmlNode *n, const xmlNode *root, bool skip) {
    if (!skip && n->children && n->type == XML_ELEMENT_NODE) return n->children;
    while (n && n != root && !n->next) n = n->parent;
    return n && n != root ? n->next : NULL;
}

static bool filter(xmlDoc *edition, bool only_look) {
    xmlNode *root = xmlDocGetRootElement(edition);
    bool any = false;
    for (xmlNode *n = root; n;) {
        if (is_secret(n)) {
            any = true;
            xmlNode *next = next_node(n, root, true);
            if (only_look) return true;
            xmlUnlinkNode(n);
            xmlFreeNode(n);
            n = next;
            continue;
        }
        const char *tells = telling_attribute(n);
        if (tells && xmlHasProp(n, (const xmlChar *)tells)) {
            any = true;
            if (only_look) return true;
            xmlUnsetProp(n, (const xmlChar *)tells);
        }
        n = next_node(n, root, false);
    }
    return any;
}

bool members_filter(xmlDoc *edition) {
    return filter(edition, false);
}

bool members_has_secrets(xmlDoc *edition) {
    return filter(edition, true);
}
