/* Packs of rules: styles/rules/NAME.xml and content/rules/NAME.xml, validated by
 * styles/schemas/rules.rng.  A pack with an error is told and left out. */
#include "check/rule.h"

#include <dirent.h>
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <unicode/uregex.h>

struct loading {
    struct check_packs *packs;
    struct diags *diags;
    const char *path; /* interned, of the pack being read */
    xmlRelaxNGPtr schema;
    const char *schema_path;
    bool failed, told;
};

static void report(void *arg, xmlErrorPtr e) {
    struct loading *l = arg;
    const xmlNode *n = e->node;
    while (n && n->type != XML_ELEMENT_NODE) n = n->parent;
    l->failed = true;
    bool vague = e->domain == XML_FROM_RELAXNGV && !n; /* another one says where */
    if (!e->message || l->told || vague) return;
    l->told = true; /* what follows the first comes of it */
    struct buf message = {0};
    buf_put(&message, e->message, strcspn(e->message, "\n"));
    bool of_schema = e->domain == XML_FROM_RELAXNGP;
    const char *file = of_schema ? l->schema_path : l->path;
    struct pos pos = {str_intern(file, strlen(file)), n ? (int32_t)xmlGetLineNo(n) : e->line,
                      e->domain == XML_FROM_PARSER ? e->int2 : 0};
    diag_add(l->diags, e->domain == XML_FROM_RELAXNGV ? DIAG_SCHEMA_ERROR : DIAG_XML_ERROR, pos,
             buf_cstr(&message));
    buf_free(&message);
}

/* ---- one pack ---- */

static const char *attribute(struct loading *l, xmlNode *n, const char *name) {
    xmlChar *s = xmlGetNoNsProp(n, BAD_CAST name);
    const char *copy = s ? arena_strdup(l->packs->arena, (const char *)s) : NULL;
    xmlFree(s);
    return copy;
}

static bool is(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* The texts of the children of a name, by language; one stands for the other. */
static void read_texts(struct loading *l, xmlNode *n, const char *name, const char *out[2]) {
    for (xmlNode *c = n->children; c; c = c->next) {
        if (!is(c, name)) continue;
        xmlChar *lang = xmlNodeGetLang(c), *text = xmlNodeGetContent(c);
        out[lang && strcmp((const char *)lang, "vi") == 0] = arena_strdup(l->packs->arena, (const char *)text);
        xmlFree(lang);
        xmlFree(text);
    }
    for (int i = 0; i < 2; i++)
        if (!out[i]) out[i] = out[!i];
}

static enum diag_level level_of(const char *s) {
    if (s && strcmp(s, "error") == 0) return DIAG_LEVEL_ERROR;
    return s && strcmp(s, "note") == 0 ? DIAG_LEVEL_NOTE : DIAG_LEVEL_WARNING;
}

static bool read_rule(struct loading *l, struct rule_pack *pack, struct rule *r, xmlNode *n) {
    const char *component = attribute(l, n, "component"), *grade = attribute(l, n, "grade");
    *r = (struct rule){
        .pack = pack,
        .id = attribute(l, n, "id"),
        .component = str_intern(component, strlen(component)),
        .clause = attribute(l, n, "clause"),
        .grade = *grade,
        .pos = {l->path, (int32_t)xmlGetLineNo(n), 0},
    };
    const char *level = attribute(l, n, "level");
    r->level = level_of(level);
    read_texts(l, n, "asks", r->asks);
    read_texts(l, n, "mend", r->mend);
    for (const struct rule *other = pack->rules; other < r; other++)
        if (strcmp(other->id, r->id) == 0) {
            diag_add(l->diags, DIAG_RULE_WRONG, r->pos, r->id, "id", "each rule its own");
            return false;
        }
    return rule_read_values(r, n, l->packs->arena, l->diags);
}

static void drop_rules(struct rule_pack *pack) {
    for (size_t i = 0; i < pack->n; i++)
        if (pack->rules[i].regex) uregex_close(pack->rules[i].regex);
    pack->n = 0;
}

static bool read_rules(struct loading *l, struct rule_pack *pack, xmlNode *root) {
    size_t count = 0;
    for (xmlNode *n = root->children; n; n = n->next) count += is(n, "rule");
    pack->rules = ARENA_ARRAY(l->packs->arena, struct rule, count + 1);
    bool good = true;
    for (xmlNode *n = root->children; n; n = n->next) {
        if (!is(n, "rule")) continue;
        if (read_rule(l, pack, &pack->rules[pack->n], n)) pack->n++;
        else good = false;
    }
    return good;
}

static bool same_folder(const char *a, const char *b) {
    const char *p = strrchr(a, '/'), *q = strrchr(b, '/');
    return p && q && p - a == q - b && memcmp(a, b, (size_t)(p - a)) == 0;
}

static void read_pack(struct loading *l, xmlNode *root) {
    struct check_packs *p = l->packs;
    struct rule_pack *pack = ARENA_NEW(p->arena, struct rule_pack);
    pack->id = attribute(l, root, "id");
    pack->form = attribute(l, root, "form");
    pack->kinds = attribute(l, root, "kinds");
    const char *lang = attribute(l, root, "lang");
    pack->lang = lang ? str_intern(lang, strlen(lang)) : NULL;
    pack->pos = (struct pos){l->path, (int32_t)xmlGetLineNo(root), 0};
    read_texts(l, root, "title", pack->title);
    for (size_t i = 0; i < p->n; i++) {
        if (strcmp(p->v[i]->id, pack->id) != 0) continue;
        if (same_folder(p->v[i]->pos.file, l->path))
            diag_add(l->diags, DIAG_RULE_PACK_TWICE, pack->pos, pack->id, p->v[i]->pos.file);
        return; /* the organisation's own stands for the standard one */
    }
    if (!read_rules(l, pack, root)) {
        drop_rules(pack);
        return;
    }
    p->v = mem_grow(p->v, &p->cap, p->n + 1, sizeof *p->v);
    p->v[p->n++] = pack;
}

static bool is_valid(struct loading *l, xmlDoc *doc) {
    xmlRelaxNGValidCtxtPtr ctxt = l->schema ? xmlRelaxNGNewValidCtxt(l->schema) : NULL;
    if (!ctxt) return false;
    xmlRelaxNGSetValidStructuredErrors(ctxt, report, l);
    bool good = xmlRelaxNGValidateDoc(ctxt, doc) == 0 && !l->failed;
    xmlRelaxNGFreeValidCtxt(ctxt);
    if (!good && !l->told) diag_add(l->diags, DIAG_SCHEMA_ERROR, (struct pos){l->path, 1, 0}, l->schema_path);
    return good;
}

static void load_pack(struct loading *l, const char *path) {
    struct buf text = {0};
    l->path = str_intern(path, strlen(path));
    l->failed = l->told = false;
    int e = file_read(&text, path);
    if (e) diag_add(l->diags, DIAG_CANNOT_READ, (struct pos){l->path, 0, 0}, path, strerror(e));
    xmlParserCtxtPtr parser = e ? NULL : xmlNewParserCtxt();
    xmlStructuredErrorFunc old_error = xmlStructuredError;
    void *old_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(l, report);
    xmlDoc *doc = parser ? xmlCtxtReadMemory(parser, buf_cstr(&text), (int)text.n, NULL, NULL, XML_PARSE_NONET)
                         : NULL;
    if (doc && is_valid(l, doc)) read_pack(l, xmlDocGetRootElement(doc));
    xmlSetStructuredErrorFunc(old_context, old_error);
    if (doc) xmlFreeDoc(doc);
    if (parser) xmlFreeParserCtxt(parser);
    buf_free(&text);
}

/* ---- folders ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void load_folder(struct loading *l, const char *folder) {
    DIR *d = opendir(folder);
    if (!d) return;
    char **names = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *e; (e = readdir(d));) {
        size_t k = strlen(e->d_name);
        if (e->d_name[0] == '.' || k < 5 || strcmp(e->d_name + k - 4, ".xml") != 0) continue;
        names = mem_grow(names, &cap, n + 1, sizeof *names);
        names[n++] = mem_strdup(e->d_name);
    }
    closedir(d);
    if (n) qsort(names, n, sizeof *names, by_name);
    struct buf path = {0};
    for (size_t i = 0; i < n; i++) {
        path_join(&path, folder, names[i]);
        load_pack(l, path.p);
        mem_free(names[i]);
    }
    buf_free(&path);
    mem_free(names);
}

static void load_schema(struct loading *l, const char *path) {
    l->schema_path = path;
    l->failed = l->told = false;
    xmlRelaxNGParserCtxtPtr parser = file_exists(path) ? xmlRelaxNGNewParserCtxt(path) : NULL;
    if (!parser) {
        diag_add(l->diags, DIAG_CANNOT_READ, (struct pos){0}, path, strerror(ENOENT));
        return;
    }
    xmlRelaxNGSetParserStructuredErrors(parser, report, l);
    l->schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
}

static bool has_packs(const char *folder) {
    DIR *d = folder ? opendir(folder) : NULL;
    if (d) closedir(d);
    return d != NULL;
}

struct check_packs *check_packs_open(const char *schema, const char *own, const char *standard,
                                     struct diags *diags) {
    struct check_packs *p = mem_alloc(sizeof *p);
    p->arena = arena_new();
    struct loading l = {.packs = p, .diags = diags};
    if (!has_packs(own) && !has_packs(standard)) return p;
    load_schema(&l, schema);
    if (l.schema && own) load_folder(&l, own);
    if (l.schema && standard) load_folder(&l, standard);
    xmlRelaxNGFree(l.schema);
    return p;
}

void check_packs_close(struct check_packs *p) {
    if (!p) return;
    for (size_t i = 0; i < p->n; i++) drop_rules(p->v[i]);
    mem_free(p->v);
    arena_drop(p->arena);
    mem_free(p);
}
