/* What libxml2 and libxslt say, as diagnostics.
 *
 * libxslt 1.1 prints text, in pieces: a line "...: file F line N element E",
 * then the message; XPath adds the expression and a caret below.  What
 * xsl:message says comes the same way, without the first line. */
#include "transform/parts.h"

#include <libxml/xmlerror.h>

static struct transform_errors *current;

static bool same_line(struct pos a, struct pos b) {
    return a.file == b.file && a.line == b.line;
}

/* One error a line: what follows about it only repeats it. */
static void tell_error(struct transform_errors *e, struct pos pos, const char *text) {
    if (e->failed && same_line(pos, e->told)) return;
    struct buf b = {0};
    buf_str(&b, text);
    if (e->held.n) buf_fmt(&b, ": %s", e->held.p);
    diag_add(e->diags, DIAG_STYLE_ERROR, pos, b.p);
    buf_free(&b);
    buf_clear(&e->held);
    e->failed = true;
    e->told = pos;
}

/* "FILE:LINE:COLUMN: text": a stylesheet may say whose place it means. */
static const char *message_place(const char *text, struct pos *pos) {
    const char *colon = strchr(text, ':');
    char *end;
    if (!colon || colon == text) return text;
    long line = strtol(colon + 1, &end, 10);
    if (end == colon + 1 || *end != ':') return text;
    char *from = end + 1;
    long col = strtol(from, &end, 10);
    if (end == from || strncmp(end, ": ", 2) != 0) return text;
    *pos = (struct pos){str_intern(text, (size_t)(colon - text)), (int32_t)line, (int32_t)col};
    return end + 2;
}

/* What xsl:message said is kept until more is said: the last word of one that
 * stops the run is an error. */
static void end_message(struct transform_errors *e, bool stopped) {
    if (!e->message.n) return;
    struct pos pos = e->start;
    const char *text = message_place(e->message.p, &pos);
    if (stopped) tell_error(e, pos, text);
    else diag_add(e->diags, DIAG_STYLE_MESSAGE, pos, text);
    buf_clear(&e->message);
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
        e->pos = pos;
    } else if (e->pos.file && !is_noise(line)) {
        tell_error(e, e->pos, line);
        e->pos = (struct pos){0};
    } else if (!e->failed && !is_noise(line)) {
        end_message(e, false);
        buf_str(&e->message, line);
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

/* XPath's errors know the expression, libxslt's line before or after them the
 * place. */
static void take_xpath(struct transform_errors *e, const char *text, const char *expression) {
    buf_clear(&e->held);
    if (expression) buf_str(&e->held, expression);
    if (e->pos.file) {
        tell_error(e, e->pos, text);
        e->pos = (struct pos){0};
    } else if (!expression) {
        buf_str(&e->held, text);
    }
}

/* Errors of XML (a stylesheet that is not well-formed) and of XPath. */
static void take_structured(void *arg, xmlError *x) {
    (void)arg;
    struct transform_errors *e = current;
    if (!e || !x->message) return;
    struct buf text = {0};
    buf_put(&text, x->message, strcspn(x->message, "\n"));
    if (x->domain == XML_FROM_XPATH) {
        take_xpath(e, buf_cstr(&text), x->str1);
    } else {
        struct pos pos = e->start;
        if (x->file) pos = (struct pos){str_intern(x->file, strlen(x->file)), x->line, x->int2};
        if (x->level == XML_ERR_WARNING) diag_add(e->diags, DIAG_XML_WARNING, pos, buf_cstr(&text));
        else tell_error(e, pos, buf_cstr(&text));
    }
    buf_free(&text);
}

void transform_errors_open(struct transform_errors *e, struct diags *diags, struct pos start) {
    *e = (struct transform_errors){.diags = diags, .start = start, .outer = current};
    e->old_structured = xmlStructuredError;
    e->old_context = xmlStructuredErrorContext;
    current = e;
    xmlSetStructuredErrorFunc(NULL, take_structured);
    xslt.xsltSetGenericErrorFunc(NULL, take_text);
}

void transform_errors_watch(struct transform_errors *e, xsltTransformContext *ctxt) {
    xslt.xsltSetTransformErrorFunc(ctxt, e, take_text);
}

bool transform_errors_close(struct transform_errors *e) {
    if (e->line.n) end_line(e);
    end_message(e, e->stopped);
    if (e->pos.file) tell_error(e, e->pos, "error");
    else if (e->held.n && !e->failed) tell_error(e, e->start, "XPath");
    buf_free(&e->line);
    buf_free(&e->message);
    buf_free(&e->held);
    current = e->outer;
    xmlSetStructuredErrorFunc(e->old_context, e->old_structured);
    if (!current) xslt.xsltSetGenericErrorFunc(NULL, NULL);
    return e->failed;
}
