/* What a publication says of itself, as JSON: for the archive. */
#include "stages.h"

#include <libxml/xpathInternals.h>

struct describing {
    struct buf *out;
    xmlXPathContext *context;
};

static void quoted(struct buf *out, const char *s) {
    buf_char(out, '"');
    buf_json(out, s);
    buf_char(out, '"');
}

static void member(struct buf *out, const char *name) {
    if (out->p[out->n - 1] != '{') buf_str(out, ",\n ");
    quoted(out, name);
    buf_str(out, ": ");
}

static void text_member(struct describing *d, const char *name, const char *value) {
    if (!value) return;
    member(d->out, name);
    quoted(d->out, value);
}

/* {"vi": ..., "en": ...} of the elements found. */
static void by_language(struct describing *d, const char *name, const char *path) {
    xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path, d->context);
    const xmlNodeSet *set = found ? found->nodesetval : NULL;
    if (set && set->nodeNr) {
        member(d->out, name);
        for (int i = 0; i < set->nodeNr; i++) {
            xmlChar *lang = xmlNodeGetLang(set->nodeTab[i]), *text = xmlNodeGetContent(set->nodeTab[i]);
            buf_str(d->out, i ? ", " : "{");
            quoted(d->out, lang ? (const char *)lang : "");
            buf_str(d->out, ": ");
            quoted(d->out, (const char *)text);
            xmlFree(lang);
            xmlFree(text);
        }
        buf_char(d->out, '}');
    }
    xmlXPathFreeObject(found);
}

/* [..] of the words in the values found, each once, in order. */
static void list_of(struct describing *d, const char *name, const char *path) {
    xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path, d->context);
    const xmlNodeSet *set = found ? found->nodesetval : NULL;
    struct map *words = map_new();
    for (int i = 0; set && i < set->nodeNr; i++) {
        xmlChar *text = xmlNodeGetContent(set->nodeTab[i]);
        for (const char *p = (const char *)text; *(p += strspn(p, " ")); p += strcspn(p, " "))
            map_get(words, p, strcspn(p, " "));
        xmlFree(text);
    }
    if (map_count(words)) member(d->out, name);
    for (size_t i = 0; i < map_count(words); i++) {
        buf_str(d->out, i ? ", " : "[");
        quoted(d->out, map_at(words, i)->key);
    }
    if (map_count(words)) buf_char(d->out, ']');
    map_drop(words);
    xmlXPathFreeObject(found);
}

bool document_describe(struct buf *json, struct workshop *w, const struct document *document,
                       struct diags *diags) {
    const struct source_publication *p = source_publication_at(w->project, document->publication);
    xmlDoc *edition = source_edition(w->project, p, NULL, NULL, diags);
    if (!edition) return false;
    struct describing d = {json, xmlXPathNewContext(edition)};
    xmlXPathRegisterNs(d.context, (const xmlChar *)"e", (const xmlChar *)"urn:sotay:edition");
    buf_char(json, '{');
    text_member(&d, "id", p->id);
    text_member(&d, "kind", p->kind);
    text_member(&d, "number", p->number);
    text_member(&d, "date", p->date);
    list_of(&d, "languages", "/e:edition/@languages");
    by_language(&d, "titles", "/e:edition/e:meta/e:title");
    by_language(&d, "organisation", "/e:edition/e:meta/e:organisation");
    by_language(&d, "class", "/e:edition/e:meta/e:field[@name = 'class']");
    /* A cited document by its number, where it has one. */
    list_of(&d, "cites",
            "//*[local-name() = 'document'][@id = //e:cite/@ref]/@number"
            " | //e:cite/@ref[not(. = //*[local-name() = 'document'][@number]/@id)]");
    /* The plan serves targets where it is printed. */
    list_of(&d, "serves", "//*[local-name() = 'activity'][//e:include[@ref = 'plan']]/@serves");
    buf_str(json, "}\n");
    xmlXPathFreeContext(d.context);
    xmlFreeDoc(edition);
    return true;
}
