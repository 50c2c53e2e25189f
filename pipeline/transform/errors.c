/* What libxml2 and libxslt say, as diagnostics.
 *
 * libxslt 1.1 prints text, in pieces: a line "...: file F line N element E",
 * then the message; XPath adds the expression and a caret below.  What
 * xsl:message says comes the same way, without the first line. */
#include "transform/parts.h"

#include <libxml/xmlerror.h>
#include <libxslt/xsltutils.h>

static struct transform_errors *current;

static void tell(struct transform_errors *e, enum diag_id id, struct pos pos, const char *text) {
    diag_add(e->diags, id, pos, text);
    if (id == DIAG_STYLE_ERROR) e->failed = true;
}

static const char *last_of(const char *s, const char *word) {
    const char *found = NULL;
    for (const char *p = s; (p = strstr(p, word)); p++) found = p;
    return found;
}

/* "runtime error: file F line N element E" -> the place; false for other lines. */
static bool read_place(const char *line, struct pos *pos) {
    const char *file = strstr(line, "error: file "), *at = file ? last_of(file, " line ") : NULL;
    if (!at) return false;
    file += strlen("error: file ");
    *pos = (struct pos){str_intern(file, (size_t)(at - file)), (int32_t)strtol(at + 6, NULL, 10), 0};
    return true;
}

static bool is_caret(const char *line) {
    size_t n = strspn(line, " ");
    return line[n] == '^' && !line[n + 1];
}

/* Lines libxslt adds that say nothing more. */
static bool is_noise(const char *line) {
    return !*line || is_caret(line) || strncmp(line, "xmlXPathCompOpEval: ", 20) == 0 ||
           strncmp(line, "xmlXPathCompiledEval: ", 22) == 0 || strncmp(line, "no result for ", 14) == 0;
}

static void end_line(struct transform_errors *e) {
    const char *line = buf_cstr(&e->line);
    struct pos pos;
    if (read_place(line, &pos)) {
        if (e->pos.file) tell(e, DIAG_STYLE_ERROR, e->pos, "error");
        e->pos = pos;
    } else if (!is_noise(line)) {
        if (e->pos.file) tell(e, DIAG_STYLE_ERROR, e->pos, line);
        else tell(e, DIAG_STYLE_MESSAGE, e->start, line);
        e->pos = (struct pos){0};
    }
    buf_clear(&e->line);
}

static void take_text(void *arg, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void take_text(void *arg, const char *format, ...) {
    (void)arg;
    struct transform_errors *e = current;
    if (!e) return;
    struct buf b = {0};
    va_list args;
    va_start(args, format);
    buf_vfmt(&b, format, args);
    va_end(args);
    for (const char *p = buf_cstr(&b); *p; p++) {
        if (*p == '\n') end_line(e);
        else buf_char(&e->line, *p);
    }
    buf_free(&b);
}

/* Errors of XML (a stylesheet that is not well-formed) and of XPath. */
static void take_structured(void *arg, xmlError *x) {
    (void)arg;
    struct transform_errors *e = current;
    if (!e || !x->message) return;
    struct buf text = {0};
    buf_put(&text, x->message, strcspn(x->message, "\n"));
    bool xpath = x->domain == XML_FROM_XPATH && x->str1;
    if (xpath) buf_fmt(&text, ": %s", x->str1);
    struct pos pos = e->start;
    xmlNode *node = x->node;
    if (x->file) pos = (struct pos){str_intern(x->file, strlen(x->file)), x->line, xpath ? 0 : x->int2};
    else if (node && node->doc && node->doc->URL)
        pos = (struct pos){str_intern((const char *)node->doc->URL, strlen((const char *)node->doc->URL)),
                           (int32_t)xmlGetLineNo(node), 0};
    bool warns = x->level == XML_ERR_WARNING;
    if (!warns) e->failed = true;
    diag_add(e->diags, warns ? DIAG_XML_WARNING : DIAG_STYLE_ERROR, pos, buf_cstr(&text));
    buf_free(&text);
}

void transform_errors_open(struct transform_errors *e, struct diags *diags, struct pos start) {
    *e = (struct transform_errors){.diags = diags, .start = start, .outer = current};
    e->old_structured = xmlStructuredError;
    e->old_context = xmlStructuredErrorContext;
    current = e;
    xmlSetStructuredErrorFunc(NULL, take_structured);
    xsltSetGenericErrorFunc(NULL, take_text);
}

void transform_errors_watch(struct transform_errors *e, xsltTransformContext *ctxt) {
    xsltSetTransformErrorFunc(ctxt, e, take_text);
}

bool transform_errors_close(struct transform_errors *e) {
    if (e->line.n) end_line(e);
    if (e->pos.file) tell(e, DIAG_STYLE_ERROR, e->pos, "error");
    buf_free(&e->line);
    current = e->outer;
    xmlSetStructuredErrorFunc(e->old_context, e->old_structured);
    if (!current) xsltSetGenericErrorFunc(NULL, NULL);
    return e->failed;
}
