/* Edition elements, their places, and the edition as text. */
#include "source/parts.h"

xmlNode *source_element(struct source_build *b, xmlNode *parent, const char *name) {
    xmlNode *n = xmlNewDocNode(b->doc, b->ns, BAD_CAST name, NULL);
    if (parent) xmlAddChild(parent, n);
    return n;
}

void source_set_at(struct source_build *b, xmlNode *node, struct pos pos) {
    if (!pos.file) return;
    struct buf s = {0};
    buf_fmt(&s, "%s:%d:%d", pos.file, (int)pos.line, (int)pos.col);
    xmlSetNsProp(node, b->src, BAD_CAST "at", BAD_CAST s.p);
    buf_free(&s);
}

void source_set(xmlNode *node, const char *name, const char *value) {
    if (value) xmlSetNsProp(node, NULL, BAD_CAST name, BAD_CAST value);
}

void source_set_lang(xmlNode *node, const char *lang) {
    if (lang) xmlNodeSetLang(node, BAD_CAST lang);
}

void source_set_int(xmlNode *node, const char *name, long value) {
    char s[32];
    snprintf(s, sizeof s, "%ld", value);
    source_set(node, name, s);
}

bool source_is(const xmlNode *node, const char *name) {
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

struct pos source_place_parse(const char *at) {
    struct pos pos = {0};
    const char *end = strrchr(at, ':'), *middle = end;
    while (middle > at && middle[-1] != ':') middle--;
    if (!end || middle <= at + 1) return pos;
    long line = strtol(middle, NULL, 10), col = strtol(end + 1, NULL, 10);
    if (line < 1 || col < 1 || line > INT32_MAX || col > INT32_MAX) return pos;
    return (struct pos){str_intern(at, (size_t)(middle - 1 - at)), (int32_t)line, (int32_t)col};
}

struct pos source_place(xmlNode *node) {
    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        xmlChar *at = xmlGetNsProp(node, BAD_CAST "at", BAD_CAST SOURCE_PLACE_NS);
        if (!at) continue;
        struct pos pos = source_place_parse((const char *)at);
        xmlFree(at);
        return pos;
    }
    return (struct pos){0};
}

/* ---- the edition as text ---- */

/* Elements whose children each get a line of their own. */
static bool is_frame(const xmlNode *n) {
    static const char *const names[] = {
        "edition", "meta",    "body",        "section", "unit",  "v",          "ul",   "ol",   "li",
        "quote",   "table",   "thead",       "tbody",   "tr",    "discussion", "quiz", "item", "question",
        "choice",  "explain", "facilitator", "roll",    "notes", "chart",      "row",  "qr",   "data",
        "signature", "secretary", "grounds", "recipients", "record",
        "case",    "situation", "answer",    "timeline", "event", "what",      "signer"};
    if (!n->ns || strcmp((const char *)n->ns->href, SOURCE_EDITION_NS) != 0) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (source_is(n, names[i])) return true;
    return false;
}

static bool holds_text(const xmlNode *n) {
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type != XML_ELEMENT_NODE || source_is(c, "em") || source_is(c, "strong") ||
            source_is(c, "a") || source_is(c, "img") || source_is(c, "code") || source_is(c, "note") ||
            source_is(c, "cite") || source_is(c, "gap"))
            return true;
    return false;
}

struct writer {
    struct buf *out;
    xmlBuffer *scratch;
};

static void write_attribute(struct buf *out, const xmlNode *n, const xmlAttr *a) {
    xmlChar *value = xmlNodeListGetString(n->doc, a->children, 1);
    buf_fmt(out, " %s%s%s=\"", a->ns ? (const char *)a->ns->prefix : "", a->ns ? ":" : "",
            (const char *)a->name);
    buf_xml(out, value ? (const char *)value : "");
    buf_char(out, '"');
    xmlFree(value);
}

static void write_start(struct buf *out, const xmlNode *n) {
    buf_fmt(out, "<%s", (const char *)n->name);
    for (const xmlNs *ns = n->nsDef; ns; ns = ns->next) {
        if (ns->prefix) buf_fmt(out, " xmlns:%s=\"", (const char *)ns->prefix);
        else buf_str(out, " xmlns=\"");
        buf_xml(out, ns->href ? (const char *)ns->href : "");
        buf_char(out, '"');
    }
    for (const xmlAttr *a = n->properties; a; a = a->next) write_attribute(out, n, a);
}

static void write_node(struct writer *w, xmlNode *n, int depth) {
    for (int i = 0; i < depth; i++) buf_char(w->out, ' ');
    if (!is_frame(n) || holds_text(n) || !n->children) {
        xmlBufferEmpty(w->scratch);
        xmlNodeDump(w->scratch, n->doc, n, 0, 0);
        buf_put(w->out, xmlBufferContent(w->scratch), (size_t)xmlBufferLength(w->scratch));
        buf_char(w->out, '\n');
        return;
    }
    write_start(w->out, n);
    buf_str(w->out, ">\n");
    for (xmlNode *c = n->children; c; c = c->next) write_node(w, c, depth + 1);
    for (int i = 0; i < depth; i++) buf_char(w->out, ' ');
    buf_fmt(w->out, "</%s>\n", (const char *)n->name);
}

void source_edition_write(xmlDoc *edition, struct buf *out) {
    struct writer w = {out, xmlBufferCreate()};
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_node(&w, xmlDocGetRootElement(edition), 0);
    xmlBufferFree(w.scratch);
}
