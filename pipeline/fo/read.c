/* Reading: libxml2's push parser for files, a walk for trees.  Both feed the
 * builder piece by piece, so that a document is never held whole. */
#include "fo/tree.h"

#include <errno.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define CHUNK 32768
#define TREE_STEP 500
/* Entities may not multiply a document beyond this. */
#define MAX_EXPANSION 20
#define FREE_EXPANSION (16 * 1024 * 1024)
#define FREE_ENTITIES 100000

struct reader {
    struct build *build;
    struct diags *diags;
    const char *name; /* interned, of messages */
    /* a file */
    FILE *file;
    xmlParserCtxt *parser;
    xmlSAXHandler sax;
    struct pos mark; /* where the last event ended */
    uint64_t fed, given, entities;
    bool ended;
    /* a tree */
    xmlDoc *tree;
    xmlNode *at; /* the next node to visit */
};

/* ---- events of the push parser ---- */

static void set_mark(struct reader *r, int more) {
    const xmlParserInput *in = r->parser->input;
    if (!in) return;
    r->mark.line = in->line;
    r->mark.col = in->col + more;
}

/* Content of entities is parsed by parsers of its own: each is stopped when it
 * calls next. */
static bool stopped(void *ctx) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    if (build_failed(r->build)) xmlStopParser(ctx);
    return build_failed(r->build);
}

static void stop(void *ctx, const char *why) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    diag_add(r->diags, DIAG_XML_ERROR, r->mark, why);
    build_fail(r->build);
    xmlStopParser(ctx);
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
                     const xmlChar **ns, int count, int defaulted, const xmlChar **attributes) {
    (void)ns_count, (void)ns, (void)defaulted;
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    struct build_attr attrs[MAX_ATTRS];
    if (stopped(ctx)) return;
    if (count > MAX_ATTRS) count = MAX_ATTRS;
    for (int i = 0; i < count; i++, attributes += 5)
        attrs[i] = (struct build_attr){(const char *)attributes[2], (const char *)attributes[1],
                                       (const char *)attributes[0], (const char *)attributes[3],
                                       (size_t)(attributes[4] - attributes[3])};
    build_start(r->build, (const char *)uri, (const char *)prefix, (const char *)name, r->mark, attrs, count);
    set_mark(r, 1); /* the ">" is still to be read */
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name, (void)prefix, (void)uri;
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    build_end(r->build);
    set_mark(r, 0);
}

static void on_text(void *ctx, const xmlChar *s, int n) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    if (stopped(ctx)) return;
    r->given += (uint64_t)n;
    if (r->given > FREE_EXPANSION && r->given > r->fed * MAX_EXPANSION)
        stop(ctx, "entities expand without bound");
    build_text(r->build, (const char *)s, (size_t)n, r->mark);
    set_mark(r, 0);
}

static void on_other(void *ctx, const xmlChar *value) {
    (void)value;
    set_mark(((xmlParserCtxt *)ctx)->_private, 0);
}

static void on_instruction(void *ctx, const xmlChar *target, const xmlChar *data) {
    (void)target;
    on_other(ctx, data);
}

static xmlEntity *on_entity(void *ctx, const xmlChar *name) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    if (stopped(ctx)) return NULL;
    if (++r->entities > FREE_ENTITIES + r->fed) stop(ctx, "too many entity references");
    return xmlSAX2GetEntity(ctx, name);
}

/* Nothing is fetched: an external entity is empty. */
static void on_entity_declared(void *ctx, const xmlChar *name, int type, const xmlChar *public_id,
                               const xmlChar *system_id, xmlChar *content) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    bool parameter = type == XML_EXTERNAL_PARAMETER_ENTITY;
    xmlChar none[1] = {0};
    if (type != XML_EXTERNAL_GENERAL_PARSED_ENTITY && !parameter) {
        xmlSAX2EntityDecl(ctx, name, type, public_id, system_id, content);
        return;
    }
    diag_add(r->diags, DIAG_XML_WARNING, r->mark, "external entities are not read");
    type = parameter ? XML_INTERNAL_PARAMETER_ENTITY : XML_INTERNAL_GENERAL_ENTITY;
    xmlSAX2EntityDecl(ctx, name, type, NULL, NULL, none);
}

static xmlParserInput *on_external(void *ctx, const xmlChar *public_id, const xmlChar *system_id) {
    (void)ctx, (void)public_id, (void)system_id;
    return NULL;
}

static void on_error(void *ctx, xmlErrorPtr error) {
    struct reader *r = ((xmlParserCtxt *)ctx)->_private;
    struct pos pos = {r->name, error->line, error->int2};
    bool fatal = error->level == XML_ERR_FATAL;
    struct buf text = {0};
    buf_str(&text, error->message ? error->message : "not well-formed");
    if (strchr(text.p, '\n')) text.n = strcspn(text.p, "\n"); /* what follows shows the bytes */
    while (text.n && strchr(" .", text.p[text.n - 1])) text.n--;
    text.p[text.n] = 0;
    if (!build_failed(r->build))
        diag_add(r->diags, fatal ? DIAG_XML_ERROR : DIAG_XML_WARNING, pos, buf_cstr(&text));
    buf_free(&text);
    if (fatal) build_fail(r->build);
}

static void start_parser(struct reader *r) {
    memset(&r->sax, 0, sizeof r->sax);
    xmlSAXVersion(&r->sax, 2);
    r->sax.startElementNs = on_start;
    r->sax.endElementNs = on_end;
    r->sax.characters = on_text;
    r->sax.ignorableWhitespace = on_text;
    r->sax.cdataBlock = on_text;
    r->sax.comment = on_other;
    r->sax.processingInstruction = on_instruction;
    r->sax.reference = on_other;
    r->sax.getEntity = on_entity;
    r->sax.entityDecl = on_entity_declared;
    r->sax.resolveEntity = on_external;
    r->sax.serror = on_error;
    r->parser = xmlCreatePushParserCtxt(&r->sax, NULL, NULL, 0, r->name);
    r->parser->_private = r;
    xmlCtxtUseOptions(r->parser, XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOENT);
    r->mark = (struct pos){r->name, 1, 1};
    r->fed = r->given = r->entities = 0;
    r->ended = false;
}

static void stop_parser(struct reader *r) {
    if (!r->parser) return;
    if (r->parser->myDoc) xmlFreeDoc(r->parser->myDoc);
    xmlFreeParserCtxt(r->parser);
    r->parser = NULL;
}

static bool more_of_file(struct reader *r) {
    char chunk[CHUNK];
    if (r->ended) return false;
    size_t n = fread(chunk, 1, sizeof chunk, r->file);
    r->fed += n;
    xmlParseChunk(r->parser, chunk, (int)n, n == 0);
    if (n == 0) r->ended = true;
    if (n == 0 && !r->parser->wellFormed) build_fail(r->build);
    return !r->ended;
}

/* ---- a walk over a tree ---- */

static struct pos node_position(const struct reader *r, const xmlNode *n) {
    return (struct pos){r->name, (int32_t)xmlGetLineNo((xmlNode *)(uintptr_t)n), 0};
}

static void visit_element(struct reader *r, xmlNode *n) {
    struct build_attr attrs[MAX_ATTRS];
    xmlChar *owned[MAX_ATTRS];
    int count = 0;
    for (xmlAttr *a = n->properties; a && count < MAX_ATTRS; a = a->next, count++) {
        owned[count] = xmlNodeListGetString(n->doc, a->children, 1);
        const char *value = owned[count] ? (const char *)owned[count] : "";
        attrs[count] = (struct build_attr){a->ns ? (const char *)a->ns->href : NULL,
                                           a->ns ? (const char *)a->ns->prefix : NULL,
                                           (const char *)a->name, value, strlen(value)};
    }
    const char *ns = n->ns ? (const char *)n->ns->href : NULL;
    const char *prefix = n->ns ? (const char *)n->ns->prefix : NULL;
    build_start(r->build, ns, prefix, (const char *)n->name, node_position(r, n), attrs, count);
    for (int i = 0; i < count; i++) xmlFree(owned[i]);
}

static bool is_foreign(const xmlNode *n) {
    const char *ns = n->ns ? (const char *)n->ns->href : NULL;
    return !ns || (strcmp(ns, NS_FO) != 0 && strcmp(ns, NS_FOX) != 0 && strcmp(ns, NS_S) != 0);
}

/* Enters the node; true when its children come next. */
static bool enter_node(struct reader *r, xmlNode *n) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        build_text(r->build, (const char *)n->content, strlen((const char *)n->content), node_position(r, n));
    } else if (n->type == XML_ENTITY_REF_NODE) {
        xmlChar *text = xmlNodeGetContent(n);
        if (text) build_text(r->build, (const char *)text, strlen((const char *)text), node_position(r, n));
        xmlFree(text);
    } else if (n->type == XML_ELEMENT_NODE && is_foreign(n) && build_wants_foreign(r->build)) {
        build_lend_foreign(r->build, n);
    } else if (n->type == XML_ELEMENT_NODE) {
        visit_element(r, n);
        if (n->children) return true;
        build_end(r->build);
    }
    return false;
}

/* Visits some hundred nodes. */
static bool more_of_tree(struct reader *r) {
    xmlNode *root = xmlDocGetRootElement(r->tree);
    for (int left = TREE_STEP; r->at && left > 0 && !build_failed(r->build); left--) {
        xmlNode *n = r->at;
        if (enter_node(r, n)) {
            r->at = n->children;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            build_end(r->build);
        }
        r->at = n == root ? NULL : n->next;
    }
    return r->at && !build_failed(r->build);
}

bool reader_more(struct reader *r) {
    return r->tree ? more_of_tree(r) : more_of_file(r);
}

/* ---- documents ---- */

static struct fo_doc *doc_new(const char *name, struct diags *diags) {
    vocab_init();
    struct fo_doc *doc = mem_alloc(sizeof *doc);
    doc->diags = diags;
    doc->arena = arena_new();
    doc->scratch = arena_new();
    doc->told = map_new();
    doc->meta = map_new();
    doc->name = str_intern(name, strlen(name));
    style_init(doc);
    doc->build = build_new(doc);
    doc->reader = mem_alloc(sizeof *doc->reader);
    doc->reader->build = doc->build;
    doc->reader->diags = diags;
    doc->reader->name = doc->name;
    struct buf dir = {0};
    path_dir(&dir, name);
    doc->base_dir = mem_strdup(buf_cstr(&dir));
    buf_free(&dir);
    return doc;
}

/* Reads up to the first page sequence. */
static struct fo_doc *read_head(struct fo_doc *doc) {
    while (!build_head_done(doc->build) && !build_failed(doc->build))
        if (!reader_more(doc->reader)) break;
    if (!build_failed(doc->build) && doc->root) return doc;
    if (!build_failed(doc->build)) {
        struct pos pos = {.file = doc->name};
        diag_add(doc->diags, DIAG_FO_STRUCTURE, pos, "there is no fo:root");
    }
    fo_close(doc);
    return NULL;
}

/* Standard input is kept in a file, to be read again. */
static FILE *spool_input(void) {
    FILE *out = tmpfile();
    char chunk[CHUNK];
    size_t n;
    while (out && (n = fread(chunk, 1, sizeof chunk, stdin)) > 0) fwrite(chunk, 1, n, out);
    if (out) rewind(out);
    return out;
}

struct fo_doc *fo_open_file(const char *path, struct diags *diags) {
    bool input = strcmp(path, "-") == 0;
    errno = 0;
    FILE *file = input ? spool_input() : fopen(path, "rb");
    if (!file) {
        diag_add(diags, DIAG_CANNOT_READ, (struct pos){0}, path, strerror(errno));
        return NULL;
    }
    struct fo_doc *doc = doc_new(path, diags);
    doc->reader->file = file;
    start_parser(doc->reader);
    return read_head(doc);
}

struct fo_doc *fo_open_tree(xmlDoc *tree, const char *name, struct diags *diags) {
    struct fo_doc *doc = doc_new(name, diags);
    doc->reader->tree = tree;
    doc->reader->at = xmlDocGetRootElement(tree);
    return read_head(doc);
}

static void drop_sequences(struct fo_doc *doc) {
    while (doc->sequences) {
        struct sequence *s = doc->sequences;
        doc->sequences = s->next;
        sequence_drop(s);
    }
    doc->current = NULL;
}

void fo_close(struct fo_doc *doc) {
    if (!doc) return;
    stop_parser(doc->reader);
    if (doc->reader->file) fclose(doc->reader->file);
    mem_free(doc->reader);
    build_drop(doc->build);
    drop_sequences(doc);
    if (doc->foreign) xmlFreeDoc(doc->foreign);
    map_drop(doc->styles);
    map_drop(doc->pages);
    map_drop(doc->keys);
    map_drop(doc->texts);
    map_drop(doc->told);
    map_drop(doc->meta);
    arena_drop(doc->scratch);
    arena_drop(doc->arena);
    mem_free(doc->base_dir);
    mem_free(doc);
}

int fo_rewind(struct fo_doc *doc) {
    struct reader *r = doc->reader;
    drop_sequences(doc);
    build_restart(doc->build);
    if (r->tree) {
        r->at = xmlDocGetRootElement(r->tree);
        return 0;
    }
    stop_parser(r);
    if (fseek(r->file, 0, SEEK_SET) != 0) return errno ? errno : EIO;
    start_parser(r);
    return 0;
}

struct fo_node *fo_root(struct fo_doc *doc) {
    return doc->root;
}

static struct sequence *find_waiting(struct fo_doc *doc) {
    struct sequence *s = doc->sequences;
    while (s && s->handed_out) s = s->next;
    return s;
}

static bool is_ready(const struct sequence *s, bool whole) {
    return s && (s->complete || (!whole && s->flowing));
}

static struct fo_node *take_sequence(struct fo_doc *doc, bool whole, bool *failed) {
    while (!is_ready(find_waiting(doc), whole))
        if (build_failed(doc->build) || !reader_more(doc->reader)) break;
    struct sequence *s = find_waiting(doc);
    bool ready = is_ready(s, whole);
    if (failed) *failed = !ready && build_failed(doc->build);
    if (!ready) return NULL;
    s->handed_out = true;
    doc->current = s;
    return s->node;
}

struct fo_node *fo_next_sequence(struct fo_doc *doc, bool *failed) {
    return take_sequence(doc, true, failed);
}

struct fo_node *fo_begin_sequence(struct fo_doc *doc, bool *failed) {
    return take_sequence(doc, false, failed);
}

bool fo_read_on(struct fo_doc *doc) {
    if (!doc->current || doc->current->complete || build_failed(doc->build)) return false;
    reader_more(doc->reader);
    return !build_failed(doc->build);
}

static struct sequence *sequence_of(struct fo_doc *doc, const struct fo_node *n) {
    while (n && n->element != FO_PAGE_SEQUENCE) n = n->parent;
    struct sequence *s = doc->sequences;
    while (s && s->node != n) s = s->next;
    return s;
}

static struct fo_node *last_leading(const struct fo_node *parent, const struct fo_node *before) {
    struct fo_node *found = NULL;
    for (struct fo_node *c = parent->first; c != before; c = c->next) {
        if (build_leads(c->element)) found = c;
        else if (c->element != FO_TEXT) break;
    }
    return found;
}

/* A slab stays while it holds an ancestor of n (the tree above n lies in slabs
 * that get fewer towards the root). */
void fo_forget_before(struct fo_doc *doc, struct fo_node *n, const struct fo_node *keep) {
    struct sequence *s = sequence_of(doc, n);
    if (!s) return;
    uint32_t end = keep && keep->slab < n->slab ? keep->slab : n->slab;
    for (struct fo_node *child = n, *up; child->element != FO_FLOW; child = up) {
        up = child->parent;
        if (!up || up->element == FO_PAGE_SEQUENCE) break;
        struct fo_node *lead = last_leading(up, child);
        if (lead) lead->next = child;
        else up->first = child;
        child->prev = lead;
        for (uint32_t i = end; i-- > (lead ? lead->slab : up->slab) + 1 && s->slab[i];) {
            arena_drop(s->slab[i]);
            s->slab[i] = NULL;
        }
        if (up->slab < end) end = up->slab;
    }
}

bool fo_peek_initial_page_number(struct fo_doc *doc, struct fo_value *out) {
    while (!find_waiting(doc))
        if (build_failed(doc->build) || !reader_more(doc->reader)) break;
    struct sequence *s = find_waiting(doc);
    if (!s || !s->node) return false;
    *out = *fo_get(s->node, P_INITIAL_PAGE_NUMBER);
    return true;
}

void fo_release(struct fo_doc *doc, struct fo_node *sequence) {
    for (struct sequence **at = &doc->sequences; *at; at = &(*at)->next) {
        struct sequence *s = *at;
        if (s->node != sequence) continue;
        while (!s->complete && !build_failed(doc->build) && reader_more(doc->reader)) continue;
        if (doc->current == s) doc->current = NULL;
        *at = s->next;
        build_forget(doc->build, s);
        sequence_drop(s);
        return;
    }
}

const char *fo_base_dir(const struct fo_doc *doc) {
    return doc->base_dir;
}

struct arena *fo_arena(struct fo_doc *doc) {
    return doc->current ? doc->current->slab[0] : doc->arena;
}
