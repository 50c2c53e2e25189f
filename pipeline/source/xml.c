/* XML files: libxml2's tree keeps no columns, so places are taken from the
 * parser while it loads and put on the elements, where XInclude's copies keep
 * them. */
#include "source/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/uri.h>
#include <libxml/xinclude.h>

struct loader {
    struct source_job *job;
    const char *path; /* the file asked for */
    struct source_text **texts;
    size_t n, cap;
    bool failed;
    const char *outside; /* asked for by an XInclude that is about to fail */
    xmlExternalEntityLoader outer;
};

/* libxml2's loader hook knows no context of ours. */
static _Thread_local struct loader *current;

enum {
    PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOCDATA,
    INCLUDE_OPTIONS = PARSE_OPTIONS | XML_PARSE_NOXINCNODE | XML_PARSE_NOBASEFIX
};

/* ---- errors ---- */

static void report(void *arg, xmlErrorPtr e) {
    (void)arg;
    struct loader *l = current;
    if (!l || !e->message) return;
    struct buf message = {0};
    buf_put(&message, e->message, strcspn(e->message, "\n"));
    struct pos pos = {0};
    if (e->domain != XML_FROM_PARSER && e->domain != XML_FROM_NAMESPACE && e->node)
        pos = source_place(e->node);
    if (!pos.file) {
        const char *file = e->file ? e->file : l->path;
        pos = (struct pos){str_intern(file, strlen(file)), e->line, e->int2};
    }
    bool warns = e->level == XML_ERR_WARNING;
    if (!warns) l->failed = true;
    if (l->outside && e->domain == XML_FROM_XINCLUDE) {
        diag_add(l->job->diags, DIAG_OUTSIDE_PROJECT, pos, l->outside);
        l->outside = NULL;
    } else diag_add(l->job->diags, warns ? DIAG_XML_WARNING : DIAG_XML_ERROR, pos, buf_cstr(&message));
    buf_free(&message);
}

/* ---- places ---- */

static const struct source_text *text_of(const struct loader *l, const xmlParserInput *in) {
    for (size_t i = l->n; i-- > 0;)
        if ((const char *)in->base == l->texts[i]->raw.p) return l->texts[i];
    return NULL;
}

/* The place of the start tag being read (the parser stands at its end), or for
 * an element out of an entity the place of the reference. */
static struct pos tag_place(const struct loader *l, xmlParserCtxtPtr ctxt) {
    const xmlParserInput *in = ctxt->inputNr > 0 ? ctxt->inputTab[0] : NULL;
    const struct source_text *t = in ? text_of(l, in) : NULL;
    if (!t) return (struct pos){0};
    const char *p = (const char *)in->cur;
    if (ctxt->inputNr == 1)
        while (p > t->raw.p && *p != '<') p--;
    return source_text_pos_at(t, (size_t)(p - t->raw.p));
}

static void set_place(xmlNode *node, struct pos pos) {
    xmlNode *root = xmlDocGetRootElement(node->doc);
    if (!root) root = node;
    xmlNs *ns = xmlSearchNsByHref(node->doc, root, BAD_CAST SOURCE_PLACE_NS);
    if (!ns) ns = xmlNewNs(root, BAD_CAST SOURCE_PLACE_NS, BAD_CAST "src");
    if (!ns) ns = xmlNewNs(root, BAD_CAST SOURCE_PLACE_NS, BAD_CAST "sotay-src");
    struct buf s = {0};
    buf_fmt(&s, "%s:%d:%d", pos.file, (int)pos.line, (int)pos.col);
    if (ns) xmlSetNsProp(node, ns, BAD_CAST "at", BAD_CAST s.p);
    buf_free(&s);
}

/* Authors write the names of files as they are; XInclude wants them as URIs. */
static void escape_href(xmlNode *node) {
    const xmlChar *ns = node->ns ? node->ns->href : NULL;
    bool include = xmlStrEqual(node->name, XINCLUDE_NODE) &&
                   (xmlStrEqual(ns, XINCLUDE_NS) || xmlStrEqual(ns, XINCLUDE_OLD_NS));
    xmlChar *href = include ? xmlGetNoNsProp(node, BAD_CAST "href") : NULL;
    xmlChar *escaped = href ? xmlURIEscapeStr(href, BAD_CAST "/:?#[]@!$&'()*+,;=%") : NULL;
    if (escaped) xmlSetNsProp(node, NULL, BAD_CAST "href", escaped);
    xmlFree(escaped);
    xmlFree(href);
}

static void start_element(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int ns_count, const xmlChar **ns, int attr_count, int default_count,
                          const xmlChar **attrs) {
    xmlParserCtxtPtr ctxt = arg;
    xmlSAX2StartElementNs(arg, name, prefix, uri, ns_count, ns, attr_count, default_count, attrs);
    struct pos pos = current && ctxt->node ? tag_place(current, ctxt) : (struct pos){0};
    if (!pos.file) return;
    set_place(ctxt->node, pos);
    escape_href(ctxt->node);
}

/* ---- what comes from outside ---- */

static void refuse(xmlParserCtxtPtr ctxt, const char *what) {
    struct loader *l = current;
    const xmlParserInput *in = ctxt->inputNr > 0 ? ctxt->inputTab[0] : NULL;
    const struct source_text *t = in ? text_of(l, in) : NULL;
    struct pos pos = {str_intern(l->path, strlen(l->path)), 0, 0};
    if (t) pos = source_text_pos_at(t, (size_t)((const char *)in->cur - t->raw.p));
    struct buf b = {0};
    buf_fmt(&b, "entities from outside are not read: %s", what);
    diag_add(l->job->diags, DIAG_XML_ERROR, pos, b.p);
    buf_free(&b);
    l->failed = true;
}

static void declare_entity(void *arg, const xmlChar *name, int type, const xmlChar *public_id,
                           const xmlChar *system_id, xmlChar *content) {
    if (type == XML_INTERNAL_GENERAL_ENTITY || type == XML_INTERNAL_PARAMETER_ENTITY)
        xmlSAX2EntityDecl(arg, name, type, public_id, system_id, content);
    else refuse(arg, (const char *)name);
}

static void skip_subset(void *arg, const xmlChar *name, const xmlChar *external_id,
                        const xmlChar *system_id) {
    (void)arg, (void)name, (void)external_id, (void)system_id;
}

static void hook(xmlParserCtxtPtr ctxt) {
    ctxt->sax->startElementNs = start_element;
    ctxt->sax->entityDecl = declare_entity;
    ctxt->sax->externalSubset = skip_subset;
    ctxt->sax->serror = report;
}

static const struct source_text *load_text(struct loader *l, const char *path) {
    struct source_text *t = source_text_load(l->job, path);
    if (!t) {
        l->failed = true;
        return NULL;
    }
    l->texts = mem_grow(l->texts, &l->cap, l->n + 1, sizeof *l->texts);
    l->texts[l->n++] = t;
    return t;
}

static xmlParserInputPtr open_input(xmlParserCtxtPtr ctxt, const struct source_text *t) {
    xmlParserInputPtr in = xmlNewStringInputStream(ctxt, BAD_CAST t->raw.p);
    if (in) in->filename = (char *)xmlCharStrdup(t->path);
    return in;
}

struct reading {
    const struct source_text *text;
    size_t done;
};

static int read_text(void *arg, char *to, int n) {
    struct reading *r = arg;
    size_t left = r->text->raw.n - r->done, k = (size_t)n < left ? (size_t)n : left;
    memcpy(to, r->text->raw.p + r->done, k);
    r->done += k;
    return (int)k;
}

/* parse="text" takes only what comes through a read function. */
static xmlParserInputPtr open_plain(struct loader *l, xmlParserCtxtPtr ctxt, const struct source_text *t) {
    struct reading *r = ARENA_NEW(l->job->arena, struct reading);
    r->text = t;
    xmlParserInputBufferPtr b = xmlParserInputBufferCreateIO(read_text, NULL, r, XML_CHAR_ENCODING_NONE);
    return b ? xmlNewIOInputStream(ctxt, b, XML_CHAR_ENCODING_NONE) : NULL;
}

/* Serves XInclude, from inside the project, and refuses the rest. */
static xmlParserInputPtr load_entity(const char *url, const char *id, xmlParserCtxtPtr ctxt) {
    struct loader *l = current;
    if (!l) return NULL;
    if (ctxt->inputNr > 0 || !url) {
        refuse(ctxt, url ? url : id ? id : "");
        return NULL;
    }
    char *plain = xmlURIUnescapeString(url, 0, NULL);
    const char *path = plain && !strstr(plain, "://") ? source_project_path(l->job, ".", plain) : NULL;
    bool there = path && file_exists(source_project_file(l->job, path));
    const struct source_text *t = NULL;
    if (!path || (there && !source_project_holds(l->job, path))) {
        l->outside = arena_strdup(l->job->arena, plain ? plain : url);
        l->failed = true;
    } else if (there) {
        t = load_text(l, path);
    } else {
        source_input_add(l->job, path);
    }
    xmlFree(plain);
    if (!t) return NULL;
    if (ctxt->_private != l) return open_plain(l, ctxt, t);
    hook(ctxt);
    return open_input(ctxt, t);
}

/* ---- the document ---- */

static xmlDoc *parse(struct loader *l) {
    const struct source_text *t = load_text(l, l->path);
    xmlParserCtxtPtr ctxt = t ? xmlNewParserCtxt() : NULL;
    if (!ctxt) return NULL;
    ctxt->_private = l;
    xmlCtxtUseOptions(ctxt, PARSE_OPTIONS);
    hook(ctxt);
    inputPush(ctxt, open_input(ctxt, t));
    xmlParseDocument(ctxt);
    xmlDoc *doc = ctxt->myDoc;
    bool good = ctxt->wellFormed && doc && !l->failed;
    xmlFreeParserCtxt(ctxt);
    if (good) return doc;
    xmlFreeDoc(doc);
    l->failed = true;
    return NULL;
}

static void compose(struct arena *a, xmlNode *n) {
    for (xmlAttr *at = n->properties; n->type == XML_ELEMENT_NODE && at; at = at->next)
        if (at->children && at->children->type == XML_TEXT_NODE) compose(a, at->children);
    if (n->type != XML_TEXT_NODE || !n->content) return;
    const char *s = (const char *)n->content;
    char *nfc = source_nfc(a, s, strlen(s));
    if (strcmp(nfc, s) == 0) return;
    xmlNodeSetContent(n, NULL);
    xmlNodeAddContent(n, BAD_CAST nfc);
}

/* The node after n in document order, inside root. */
static xmlNode *next_node(xmlNode *n, const xmlNode *root) {
    if (n->type == XML_ELEMENT_NODE && n->children) return n->children;
    while (n != root && !n->next) n = n->parent;
    return n == root ? NULL : n->next;
}

xmlDoc *source_xml_load(struct source_job *job, const char *path) {
    struct loader l = {.job = job, .path = path, .outer = xmlGetExternalEntityLoader()}, *above = current;
    xmlStructuredErrorFunc old_error = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    current = &l;
    xmlSetExternalEntityLoader(load_entity);
    xmlSetStructuredErrorFunc(NULL, report);
    xmlDoc *doc = parse(&l);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root && xmlXIncludeProcessTreeFlagsData(root, INCLUDE_OPTIONS, &l) < 0) l.failed = true;
    if (l.outside) /* a fallback hid it */
        diag_add(job->diags, DIAG_OUTSIDE_PROJECT, (struct pos){str_intern(path, strlen(path)), 1, 1},
                 l.outside);
    xmlSetExternalEntityLoader(l.outer);
    xmlSetStructuredErrorFunc(old_context, old_error);
    current = above;
    for (size_t i = 0; i < l.n; i++) source_text_drop(l.texts[i]);
    mem_free(l.texts);
    root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (xmlNode *n = root; n; n = next_node(n, root)) compose(job->arena, n);
    if (!l.failed && root) return doc;
    if (doc) xmlFreeDoc(doc);
    return NULL;
}
