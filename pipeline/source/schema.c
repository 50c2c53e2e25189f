/* RELAX NG validation with the author's own lines and columns. */
#include "source/xml.h"

#include <libxml/relaxng.h>

struct source_schema {
    xmlRelaxNG *rng;
    char *name; /* as messages say it */
};

struct validation {
    const char *schema;
    struct diags *diags;
    const char *kind; /* of the edition that is validated, or NULL: it shows its places */
    xmlNode *told;    /* the last node an error was told of */
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

/* libxml2 tells the same once more for the element around it. */
static bool is_echo(struct validation *v, const xmlError *e) {
    bool again = e->node && e->node == v->told;
    v->told = e->node;
    return again && v->kind;
}

static void report(void *arg, xmlErrorPtr e) {
    struct validation *v = arg;
    v->failed = true;
    if (is_echo(v, e)) return;
    struct buf message = {0};
    bool in_schema = e->domain == XML_FROM_RELAXNGP || !e->node;
    if (v->kind && !in_schema) buf_fmt(&message, "%s: ", v->kind);
    if (e->message) buf_put(&message, e->message, strcspn(e->message, "\n"));
    struct pos pos = in_schema ? (struct pos){str_intern(v->schema, strlen(v->schema)), e->line, 0}
                     : v->kind ? source_place(e->node)
                               : hidden_place(e->node);
    diag_add(v->diags, in_schema ? DIAG_XML_ERROR : DIAG_SCHEMA_ERROR, pos, buf_cstr(&message));
    buf_free(&message);
}

static void validate(struct validation *v, xmlDoc *doc, xmlRelaxNG *rng) {
    xmlRelaxNGValidCtxtPtr ctxt = xmlRelaxNGNewValidCtxt(rng);
    if (!ctxt) return;
    xmlRelaxNGSetValidStructuredErrors(ctxt, report, v);
    if (xmlRelaxNGValidateDoc(ctxt, doc) != 0) v->failed = true;
    xmlRelaxNGFreeValidCtxt(ctxt);
}

struct source_schema *source_schema_open(const char *path, const char *name, struct diags *diags) {
    struct validation v = {.schema = name, .diags = diags};
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
    if (!parser) return NULL;
    xmlRelaxNGSetParserStructuredErrors(parser, report, &v);
    xmlStructuredErrorFunc old_error = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&v, report); /* a file that cannot be loaded */
    xmlRelaxNG *rng = xmlRelaxNGParse(parser);
    xmlSetStructuredErrorFunc(old_context, old_error);
    xmlRelaxNGFreeParserCtxt(parser);
    if (!rng) return NULL;
    struct source_schema *s = mem_alloc(sizeof *s);
    *s = (struct source_schema){rng, mem_strdup(name)};
    return s;
}

void source_schema_close(struct source_schema *s) {
    if (!s) return;
    xmlRelaxNGFree(s->rng);
    mem_free(s->name);
    mem_free(s);
}

bool source_schema_check(const struct source_schema *schema, xmlDoc *edition, struct diags *diags) {
    xmlChar *kind = xmlGetNoNsProp(xmlDocGetRootElement(edition), BAD_CAST "kind");
    struct validation v = {.schema = schema->name, .diags = diags, .kind = kind ? (char *)kind : ""};
    validate(&v, edition, schema->rng);
    xmlFree(kind);
    return !v.failed;
}

bool source_xml_validate(struct source_job *job, xmlDoc *doc, const char *path) {
    struct validation v = {.schema = path, .diags = job->diags};
    source_input_add(job, path);
    struct source_schema *schema = source_schema_open(source_project_file(job, path), path, job->diags);
    if (!schema) return false;
    xmlNode *root = xmlDocGetRootElement(doc);
    hide_places(root);
    validate(&v, doc, schema->rng);
    show_places(root);
    source_schema_close(schema);
    return !v.failed;
}
