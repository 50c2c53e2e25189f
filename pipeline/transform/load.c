/* What stylesheets may read, and reading it. */
#include "transform/parts.h"

#include <libxml/parser.h>
#include <limits.h>
#include <libxml/uri.h>

struct loading {
    struct transform *t;
    struct transform_sheet *sheet;
    struct diags *diags;
    xsltDocLoaderFunc outer;
};

/* libxslt's loader hook knows no context of ours. */
static struct loading current;

bool transform_may_read(const struct transform *t, const char *path) {
    return path_inside(t->styles, path) || (t->content && path_inside(t->content, path));
}

static void add_input(struct transform_sheet *s, const char *path) {
    const char *name = str_intern(path, strlen(path));
    for (size_t i = 0; i < s->n; i++)
        if (s->inputs[i] == name) return;
    s->inputs = mem_grow(s->inputs, &s->cap, s->n + 1, sizeof *s->inputs);
    s->inputs[s->n++] = name;
}

/* A file's path out of a URI; NULL for other schemes. */
static char *path_of(const xmlChar *uri) {
    const char *s = (const char *)uri;
    if (strncmp(s, "file://", 7) == 0) s += 7;
    if (strstr(s, "://")) return NULL;
    return xmlURIUnescapeString(s, 0, NULL);
}

/* "styles/" and the place in there. */
static void style_name(struct buf *out, const char *path) {
    char styles[PATH_MAX], full[PATH_MAX];
    bool known = realpath(current.t->styles, styles) && realpath(path, full);
    size_t n = known ? strlen(styles) : 0;
    buf_clear(out);
    if (known && strncmp(styles, full, n) == 0) buf_fmt(out, "styles%s", full + n);
    else buf_str(out, path);
}

/* document() of what does not exist is an empty node-set and a warning of
 * libxslt's; of what may not be read, an error. */
static xmlDoc *load(const xmlChar *uri, xmlDict *dict, int options, void *ctxt, xsltLoadType type) {
    (void)ctxt;
    char *path = path_of(uri);
    xmlDoc *doc = NULL;
    struct buf text = {0};
    struct pos pos = {str_intern(current.sheet->path, strlen(current.sheet->path)), 0, 0};
    int error = 0;
    bool absent = path && !file_exists(path);
    if (!path || (!absent && !transform_may_read(current.t, path))) {
        diag_add(current.diags, DIAG_OUTSIDE_PROJECT, pos, path ? path : (const char *)uri);
    } else if ((error = file_read(&text, path)) != 0) {
        diag_add(current.diags, DIAG_CANNOT_READ, pos, path, strerror(error));
    } else {
        add_input(current.sheet, path);
        xmlParserCtxt *parser = xmlNewParserCtxt();
        if (dict) {
            xmlDictFree(parser->dict);
            parser->dict = dict;
            xmlDictReference(dict);
        }
        int more = type == XSLT_LOAD_DOCUMENT ? 0 : XML_PARSE_NOCDATA;
        (void)options; /* DTDs are not loaded, entities from outside not read */
        doc = xmlCtxtReadMemory(parser, buf_cstr(&text), (int)text.n, path, NULL,
                                XML_PARSE_NONET | XML_PARSE_BIG_LINES | more);
        xmlFreeParserCtxt(parser);
        if (doc && current.sheet->origins && type != XSLT_LOAD_DOCUMENT) {
            style_name(&text, path);
            transform_mark_origins(doc, buf_cstr(&text), &current.sheet->sets);
        }
    }
    buf_free(&text);
    xmlFree(path);
    return doc;
}

void transform_load_open(struct transform *t, struct transform_sheet *sheet, struct diags *diags) {
    current = (struct loading){t, sheet, diags, *xslt.xsltDocDefaultLoader};
    xslt.xsltSetLoaderFunc(load);
}

void transform_load_close(void) {
    xslt.xsltSetLoaderFunc(current.outer);
    current = (struct loading){0};
}

static int allow_read(xsltSecurityPrefs *security, xsltTransformContext *ctxt, const char *path) {
    (void)security, (void)ctxt;
    return current.t && (transform_may_read(current.t, path) || !file_exists(path)); /* load() says what is absent */
}

xsltSecurityPrefs *transform_security_new(void) {
    xsltSecurityPrefs *s = xslt.xsltNewSecurityPrefs();
    xslt.xsltSetSecurityPrefs(s, XSLT_SECPREF_READ_FILE, allow_read);
    xslt.xsltSetSecurityPrefs(s, XSLT_SECPREF_WRITE_FILE, xslt.xsltSecurityForbid);
    xslt.xsltSetSecurityPrefs(s, XSLT_SECPREF_CREATE_DIRECTORY, xslt.xsltSecurityForbid);
    xslt.xsltSetSecurityPrefs(s, XSLT_SECPREF_READ_NETWORK, xslt.xsltSecurityForbid);
    xslt.xsltSetSecurityPrefs(s, XSLT_SECPREF_WRITE_NETWORK, xslt.xsltSecurityForbid);
    return s;
}
