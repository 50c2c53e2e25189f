/* RELAX NG validation with the author's own lines and columns. */
#include "source/xml.h"

#include <libxml/relaxng.h>

struct validation {
    struct source_job *job;
    const char *schema;
    bool failed;
};

static xmlNode *next_element(xmlNode *n, const xmlNode *root) {
    xmlNode *c = n->children;
    for (;;) {
        while (c && c->type != XML_ELEMENT_NODE) c = c->next;
        if (c) return c;
        if (n == root) return NULL;
        c = n->next;
        n = n->parent;
    }
}

/* Schemas know nothing of src:at: during validation it waits in _private. */
static void hide_places(xmlNode *root) {
    for (xmlNode *n = root; n; n = next_element(n, root)) {
        xmlAttr *at = xmlHasNsProp(n, BAD_CAST "at", BAD_CAST SOURCE_PLACE_NS);
        if (at) xmlUnlinkNode((xmlNode *)at);
        n->_private = at;
    }
}

static void show_places(xmlNode *root) {
    for (xmlNode *n = root; n; n = next_element(n, root)) {
        if (n->_private) xmlAddChild(n, n->_private);
        n->_private = NULL;
    }
}

static struct pos hidden_place(const xmlNode *n) {
    while (n && (n->type != XML_ELEMENT_NODE || !n->_private)) n = n->parent;
    const xmlAttr *at = n ? n->_private : NULL;
    if (!at || !at->children) return (struct pos){0};
    return source_place_parse((const char *)at->children->content);
}

static void report(void *arg, xmlErrorPtr e) {
    struct validation *v = arg;
    struct buf message = {0};
    if (e->message) buf_put(&message, e->message, strcspn(e->message, "\n"));
    bool in_schema = e->domain == XML_FROM_RELAXNGP || !e->node;
    struct pos pos = in_schema ? (struct pos){str_intern(v->schema, strlen(v->schema)), e->line, 0}
                               : hidden_place(e->node);
    v->failed = true;
    diag_add(v->job->diags, in_schema ? DIAG_XML_ERROR : DIAG_SCHEMA_ERROR, pos, buf_cstr(&message));
    buf_free(&message);
}

static void validate(struct validation *v, xmlDoc *doc, xmlRelaxNGPtr schema) {
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlRelaxNGValidCtxtPtr ctxt = xmlRelaxNGNewValidCtxt(schema);
    if (!ctxt) return;
    xmlRelaxNGSetValidStructuredErrors(ctxt, report, v);
    hide_places(root);
    if (xmlRelaxNGValidateDoc(ctxt, doc) != 0) v->failed = true;
    show_places(root);
    xmlRelaxNGFreeValidCtxt(ctxt);
}

bool source_xml_validate(struct source_job *job, xmlDoc *doc, const char *path) {
    struct validation v = {job, path, false};
    source_input_add(job, path);
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(source_project_file(job, path));
    if (!parser) return false;
    xmlRelaxNGSetParserStructuredErrors(parser, report, &v);
    xmlRelaxNGPtr schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    if (schema) validate(&v, doc, schema);
    xmlRelaxNGFree(schema);
    return schema && !v.failed;
}
