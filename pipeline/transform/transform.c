/* Running stylesheets. */
#include "transform/parts.h"

#include <libxml/xpath.h>

static void register_once(void) {
    static bool done;
    if (done) return;
    done = true;
    xslt_load();
    xslt.xsltInit();
    xslt.exsltCommonRegister();
    xslt.exsltFuncRegister();
    xslt.exsltMathRegister();
    xslt.exsltSetsRegister();
    xslt.exsltStrRegister();
    xslt.exsltDynRegister();
    xslt.xsltUnregisterExtModuleFunction(BAD_CAST "random", EXSLT_MATH_NAMESPACE);
    transform_qr_register();
}

struct transform *transform_open(const char *styles, const char *content) {
    register_once();
    struct arena *a = arena_new();
    struct transform *t = ARENA_NEW(a, struct transform);
    t->arena = a;
    t->styles = arena_strdup(a, styles);
    t->content = content ? arena_strdup(a, content) : NULL;
    t->security = transform_security_new();
    return t;
}

void transform_close(struct transform *t) {
    if (!t) return;
    for (struct transform_sheet *s = t->sheets; s; s = s->next) {
        if (s->style) xslt.xsltFreeStylesheet(s->style);
        mem_free(s->inputs);
    }
    xslt.xsltFreeSecurityPrefs(t->security);
    arena_drop(t->arena);
}

bool transform_has_kind(const struct transform *t, const char *kind) {
    struct buf b = {0}, name = {0};
    buf_fmt(&name, "%s.xsl", kind);
    path_join(&b, t->styles, buf_cstr(&name));
    bool there = *kind && !strchr(kind, '/') && file_exists(b.p);
    buf_free(&name);
    buf_free(&b);
    return there;
}

static struct transform_sheet *find_sheet(const struct transform *t, const char *path) {
    struct transform_sheet *s = t->sheets;
    while (s && (strcmp(s->path, path) != 0 || s->origins != t->origins)) s = s->next;
    return s;
}

const char *const *transform_inputs(const struct transform *t, const char *stylesheet, size_t *n) {
    const struct transform_sheet *s = find_sheet(t, stylesheet);
    *n = s ? s->n : 0;
    return s ? s->inputs : NULL;
}

static struct pos sheet_pos(const char *path) {
    return (struct pos){str_intern(path, strlen(path)), 0, 0};
}

/* The compiled stylesheet; one that has errors is tried anew the next time. */
static struct transform_sheet *get_sheet(struct transform *t, const char *path, struct diags *diags) {
    struct transform_sheet *s = find_sheet(t, path);
    if (!s) {
        s = ARENA_NEW(t->arena, struct transform_sheet);
        s->path = arena_strdup(t->arena, path);
        s->origins = t->origins;
        s->next = t->sheets;
        t->sheets = s;
    }
    if (s->style) return s;
    struct transform_errors errors;
    transform_errors_open(&errors, diags, sheet_pos(path));
    transform_load_open(t, s, diags);
    s->style = xslt.xsltParseStylesheetFile(BAD_CAST path);
    transform_load_close();
    bool bad = transform_errors_close(&errors) || (s->style && s->style->errors);
    if (bad && s->style) {
        xslt.xsltFreeStylesheet(s->style);
        s->style = NULL;
    }
    return s->style ? s : NULL;
}

/* Where the edition begins: for messages that have no place of their own. */
static struct pos edition_pos(xmlDoc *edition) {
    xmlNode *root = xmlDocGetRootElement(edition);
    xmlChar *at = root ? xmlGetNsProp(root, BAD_CAST "at", BAD_CAST "urn:sotay:source") : NULL;
    size_t n = at ? strcspn((char *)at, ":") : 0;
    struct pos pos = {n ? str_intern((char *)at, n) : NULL, 0, 0};
    xmlFree(at);
    return pos;
}

static xmlDoc *apply(struct transform *t, struct transform_sheet *s, xmlDoc *edition, const char *const params[],
                     struct transform_errors *errors) {
    xsltTransformContext *ctxt = xslt.xsltNewTransformContext(s->style, edition);
    transform_errors_watch(errors, ctxt);
    xslt.xsltSetCtxtSecurityPrefs(t->security, ctxt);
    ctxt->xinclude = 0;
    const char *none[] = {NULL};
    xslt.xsltQuoteUserParams(ctxt, (const char **)(params ? params : (const char *const *)none));
    xmlDoc *result = xslt.xsltApplyStylesheetUser(s->style, edition, NULL, NULL, NULL, ctxt);
    bool good = result && ctxt->state == XSLT_STATE_OK;
    errors->stopped = ctxt->state == XSLT_STATE_STOPPED;
    xslt.xsltFreeTransformContext(ctxt);
    if (good || !result) return result;
    xmlFreeDoc(result);
    return NULL;
}

xmlDoc *transform_apply(struct transform *t, const char *stylesheet, xmlDoc *edition, const char *const params[],
                        struct diags *diags) {
    struct transform_sheet *s = get_sheet(t, stylesheet, diags);
    if (!s) return NULL;
    size_t before = diags_count(diags, DIAG_LEVEL_ERROR);
    struct transform_errors errors;
    transform_errors_open(&errors, diags, edition_pos(edition));
    transform_load_open(t, s, diags);
    xmlXPathOrderDocElems(edition); /* else libxml2 finds the order of two nodes by walking */
    xmlDoc *result = apply(t, s, edition, params, &errors);
    transform_load_close();
    bool bad = transform_errors_close(&errors);
    bool told = diags_count(diags, DIAG_LEVEL_ERROR) > before;
    if ((bad || !result) && !told)
        diag_add(diags, DIAG_STYLE_ERROR, sheet_pos(stylesheet), "stopped without a result");
    if ((bad || told) && result) {
        xmlFreeDoc(result);
        result = NULL;
    }
    return result;
}

static void report_kind(const struct transform *t, const char *kind, xmlDoc *edition, struct diags *diags) {
    struct buf b = {0};
    path_join(&b, t->styles, *kind ? kind : "KIND");
    buf_str(&b, ".xsl");
    diag_add(diags, DIAG_UNKNOWN_KIND, edition_pos(edition), kind, buf_cstr(&b));
    buf_free(&b);
}

void transform_warm(struct transform *t, const char *kind) {
    if (!transform_has_kind(t, kind)) return;
    struct diags *quiet = diags_new();
    struct buf path = {0}, name = {0};
    buf_fmt(&name, "%s.xsl", kind);
    path_join(&path, t->styles, name.p);
    get_sheet(t, path.p, quiet);
    buf_free(&name);
    buf_free(&path);
    diags_drop(quiet);
}

xmlDoc *transform_run(xmlDoc *edition, const struct transform_options *o, struct diags *diags) {
    struct transform *t = o->cache ? o->cache : transform_open(o->styles, o->content);
    t->origins = o->origins;
    const char *kind = o->kind ? o->kind : "";
    xmlDoc *result = NULL;
    if (transform_has_kind(t, kind)) {
        struct buf path = {0}, name = {0};
        buf_fmt(&name, "%s.xsl", kind);
        path_join(&path, t->styles, buf_cstr(&name));
        const char *params[] = {"variant",      o->variant ? o->variant : "",
                                "copy",         o->copy ? o->copy : "",
                                "languages",    o->languages ? o->languages : "",
                                "layout",       o->layout ? o->layout : "",
                                "edition-date", o->date ? o->date : "",
                                NULL};
        result = transform_apply(t, path.p, edition, params, diags);
        buf_free(&name);
        buf_free(&path);
    } else {
        report_kind(t, kind, edition, diags);
    }
    if (!o->cache) transform_close(t);
    return result;
}
