/* Which files a stylesheet takes in, found without running it. */
#include "transform/transform.h"

#include <libxml/parser.h>

#define XSL_NS "http://www.w3.org/1999/XSL/Transform"

struct scan {
    struct transform_files *files;
    const char *styles;
    bool known; /* all names stand there as text */
};

static void add_file(struct scan *s, const char *name) {
    struct transform_files *f = s->files;
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->names[i], name) == 0) return;
    f->names = mem_grow(f->names, &f->cap, f->n + 1, sizeof *f->names);
    f->names[f->n++] = mem_strdup(name);
}

/* A reference in a file of the styles; one that leaves them is no stylesheet's. */
static void add_reference(struct scan *s, const char *from, const char *ref, size_t n) {
    struct buf dir = {0}, rel = {0}, name = {0};
    path_dir(&dir, from);
    buf_put(&rel, ref, strcspn(ref, "#") < n ? strcspn(ref, "#") : n);
    path_join(&name, strcmp(dir.p, ".") == 0 ? "" : dir.p, buf_cstr(&rel));
    if (rel.n && rel.p[0] != '/' && strncmp(name.p, "../", 3) != 0) add_file(s, name.p);
    else if (rel.n) s->known = false;
    buf_free(&dir);
    buf_free(&rel);
    buf_free(&name);
}

/* document('NAME') in an expression. */
static void scan_expression(struct scan *s, const char *from, const char *text) {
    for (const char *p = text; (p = strstr(p, "document(")) != NULL;) {
        p += strlen("document(");
        p += strspn(p, " ");
        char quote = *p;
        const char *end = quote == '\'' || quote == '"' ? strchr(p + 1, quote) : NULL;
        if (!end) s->known = false;
        else if (end > p + 1) add_reference(s, from, p + 1, (size_t)(end - p) - 1);
    }
}

static void scan_element(struct scan *s, const char *from, xmlNode *n) {
    bool xsl = n->ns && strcmp((const char *)n->ns->href, XSL_NS) == 0;
    bool takes = xsl && (strcmp((const char *)n->name, "import") == 0 || strcmp((const char *)n->name, "include") == 0);
    for (xmlAttr *a = n->properties; a; a = a->next) {
        const char *value = a->children && a->children->content ? (const char *)a->children->content : "";
        if (takes && strcmp((const char *)a->name, "href") == 0) add_reference(s, from, value, strlen(value));
        else scan_expression(s, from, value);
    }
}

static void scan_file(struct scan *s, const char *name) {
    struct buf path = {0}, text = {0};
    path_join(&path, s->styles, name);
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
    xmlDoc *doc = file_read(&text, path.p) == 0
                      ? xmlReadMemory(buf_cstr(&text), (int)text.n, path.p, NULL, options)
                      : NULL;
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE) scan_element(s, name, n);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n && n != root && !n->next) n = n->parent;
        n = n && n != root ? n->next : NULL;
    }
    xmlFreeDoc(doc);
    buf_free(&path);
    buf_free(&text);
}

bool transform_scan(struct transform_files *files, const char *styles, const char *kind) {
    struct scan s = {files, styles, true};
    struct buf name = {0};
    buf_fmt(&name, "%s.xsl", kind);
    add_file(&s, name.p);
    buf_free(&name);
    for (size_t i = 0; i < files->n; i++) { /* grows while it runs */
        char *next = files->names[i];
        scan_file(&s, next);
    }
    return s.known;
}

void transform_files_free(struct transform_files *files) {
    for (size_t i = 0; i < files->n; i++) mem_free(files->names[i]);
    mem_free(files->names);
    *files = (struct transform_files){0};
}
