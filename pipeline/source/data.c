/* The XML sources of a publication, whole, under <data>. */
#include "source/xml.h"

static const char *const common[] = {"resolution", "plan", "glossary", "citations"};

/* The publication's own NAME.xml, else content's; NULL when there is none. */
static const char *find_file(struct source_job *job, const char *dir, const char *name) {
    struct buf b = {0};
    buf_fmt(&b, "%s.xml", name);
    const char *dirs[] = {dir, "content"}, *found = NULL;
    for (size_t i = 0; i < 2 && !found; i++) {
        const char *path = source_project_path(job, dirs[i], b.p);
        if (path) source_input_add(job, path);
        if (path && file_exists(source_project_file(job, path))) found = path;
    }
    buf_free(&b);
    return found;
}

static void validate(struct source_job *job, xmlDoc *doc, const char *name) {
    struct buf b = {0};
    buf_fmt(&b, "styles/schemas/%s.rng", name);
    if (file_exists(source_project_file(job, b.p))) source_xml_validate(job, doc, b.p);
    buf_free(&b);
}

/* The element the edition shares with other namespaces must not fall into its
 * default one when it is written. */
static void undo_default_ns(xmlNode *root) {
    bool own_default = false;
    for (const xmlNs *ns = root->nsDef; ns; ns = ns->next) own_default |= !ns->prefix;
    if (!root->ns && !own_default) xmlNewNs(root, BAD_CAST "", NULL);
}

/* ---- the namespace of src:at, which the edition declares once for all ---- */

/* The author's own use of the prefix hides the edition's. */
static bool has_other_src(const xmlNode *root) {
    for (const xmlNs *ns = root->nsDef; ns; ns = ns->next)
        if (ns->prefix && strcmp((const char *)ns->prefix, "src") == 0)
            return strcmp((const char *)ns->href, SOURCE_PLACE_NS) != 0;
    return false;
}

static void drop_place_ns(xmlNode *n) {
    for (xmlNs **ns = &n->nsDef; *ns;) {
        xmlNs *old = *ns;
        if (strcmp((const char *)old->href, SOURCE_PLACE_NS) != 0) {
            ns = &old->next;
            continue;
        }
        *ns = old->next;
        xmlFreeNs(old);
    }
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) drop_place_ns(c);
}

static void adopt_places(struct source_build *b, xmlNode *n) {
    for (xmlAttr *a = n->properties; a; a = a->next)
        if (a->ns && strcmp((const char *)a->ns->href, SOURCE_PLACE_NS) == 0) a->ns = b->src;
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) adopt_places(b, c);
}

static bool load(struct source_build *b, xmlNode *data, const char *dir, const char *name) {
    struct source_job *job = b->job;
    const char *path = find_file(job, dir, name);
    if (!path) return false;
    xmlDoc *doc = source_xml_load(job, path);
    if (!doc) return true;
    xmlNode *root = xmlDocGetRootElement(doc);
    if (strcmp((const char *)root->name, name) != 0) {
        struct buf m = {0};
        buf_fmt(&m, "the root element of %s.xml must be <%s>, not <%s>", name, name,
                (const char *)root->name);
        diag_add(job->diags, DIAG_SCHEMA_ERROR, source_place(root), m.p);
        buf_free(&m);
    } else {
        validate(job, doc, name);
        xmlNode *copy = xmlDocCopyNode(root, b->doc, 1);
        if (!has_other_src(copy)) {
            adopt_places(b, copy);
            drop_place_ns(copy);
        }
        undo_default_ns(copy);
        xmlAddChild(data, copy);
    }
    xmlFreeDoc(doc);
    return true;
}

static bool is_common(const char *name) {
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(common[i], name) == 0) return true;
    return false;
}

static xmlNode *find_root(xmlNode *data, const char *name) {
    for (xmlNode *n = data->children; n; n = n->next)
        if (strcmp((const char *)n->name, name) == 0) return n;
    return NULL;
}

/* The references in the order of their names. */
static void sort_refs(struct source_ref **list) {
    struct source_ref *sorted = NULL;
    while (*list) {
        struct source_ref *r = *list, **at = &sorted;
        *list = r->next;
        while (*at && strcmp((*at)->name, r->name) < 0) at = &(*at)->next;
        r->next = *at;
        *at = r;
    }
    *list = sorted;
}

void source_data_load(struct source_build *b, xmlNode *body, xmlNode *data, const struct source_meta *meta) {
    const char *dir = meta->pub.dir, *last = "";
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) load(b, data, dir, common[i]);
    sort_refs(&b->refs);
    for (const struct source_ref *r = b->refs; r; r = r->next) {
        bool again = strcmp(r->name, last) == 0;
        bool there = is_common(r->name) ? find_file(b->job, dir, r->name) != NULL
                     : again            ? find_file(b->job, dir, r->name) != NULL
                                        : load(b, data, dir, r->name);
        if (!there) diag_add(b->job->diags, DIAG_UNKNOWN_DATA, r->pos, r->name);
        last = r->name;
    }
    source_citations_check(b, body, find_root(data, "citations"));
}
