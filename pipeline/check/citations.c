/* Documents cited that are no longer in force, or that an edition has no words
 * for.  The registry itself is checked where it is read (source/citations.c). */
#include "check/parts.h"

struct check_document {
    xmlNode *node, *replaced; /* its <replaced>, or NULL */
    const char *id, *name, *date;
    struct check_document *next; /* what took its place */
    bool seen;                   /* on the chain being told */
};

void check_citations_read(struct check *c, xmlNode *data) {
    for (xmlNode *n = data; n; n = check_next(n, data, !check_is(n, "document"))) {
        if (!check_is(n, "document") || !check_is(n->parent, "citations")) continue;
        struct check_document *d = ARENA_NEW(c->arena, struct check_document);
        *d = (struct check_document){.node = n, .id = check_attribute(c, n, "id"), .date = check_attribute(c, n, "date")};
        const char *number = check_attribute(c, n, "number");
        d->name = number ? number : d->id;
        for (xmlNode *k = n->children; k; k = k->next)
            if (check_is(k, "replaced")) d->replaced = k;
        if (d->id) map_get(c->documents, d->id, strlen(d->id))->value.ptr = d;
    }
    for (size_t i = 0; i < map_count(c->documents); i++) {
        struct check_document *d = map_at(c->documents, i)->value.ptr;
        const char *by = d->replaced ? check_attribute(c, d->replaced, "by") : NULL;
        const struct map_entry *e = by ? map_find(c->documents, by, strlen(by)) : NULL;
        d->next = e ? e->value.ptr : NULL;
    }
}

/* Where the registry says so, and how that is known. */
static void relate(struct check *c, const struct check_document *d) {
    const char *evidence = check_attribute(c, d->replaced, "evidence");
    enum diag_id id = !evidence             ? DIAG_CITATION_BY
                      : *evidence == 'V' ? DIAG_CITATION_BY_V
                      : *evidence == 'S' ? DIAG_CITATION_BY_S
                                         : DIAG_CITATION_BY_R;
    struct buf b = {0};
    buf_fmt(&b, "%s → %s", d->name, d->next->name);
    diag_relate(c->diags, id, source_place(d->replaced), b.p);
    buf_free(&b);
}

/* The chain to the document in force; none where it runs in a circle. */
static void tell_replaced(struct check *c, xmlNode *cite, struct check_document *first) {
    struct check_document *last = first;
    for (; last->next && !last->seen; last = last->next) last->seen = true;
    bool circle = last->seen;
    for (struct check_document *d = first; d && d->seen; d = d->next) d->seen = false;
    if (circle || !check_tells(c, DIAG_CITATION_REPLACED)) return;
    struct buf b = {0};
    buf_str(&b, last->name);
    if (last->date) buf_fmt(&b, " (%s)", last->date);
    diag_add(c->diags, DIAG_CITATION_REPLACED, source_place(cite), first->name, b.p);
    for (struct check_document *d = first; d->next; d = d->next) relate(c, d);
    buf_free(&b);
}

static bool has_words(xmlNode *document, const char *lang) {
    for (xmlNode *k = document->children; k; k = k->next) {
        if (!check_is(k, "kind") && !check_is(k, "name")) continue;
        xmlChar *own = xmlNodeGetLang(k);
        bool same = own && strcmp((char *)own, lang) == 0;
        xmlFree(own);
        if (same) return true;
    }
    return false;
}

void check_citations(struct check *c, xmlNode *v, const char *lang) {
    for (xmlNode *n = map_count(c->documents) ? v : NULL; n; n = check_next(n, v, true)) {
        const char *ref = check_is(n, "cite") ? check_attribute(c, n, "ref") : NULL;
        const struct map_entry *e = ref ? map_find(c->documents, ref, strlen(ref)) : NULL;
        struct check_document *d = e ? e->value.ptr : NULL;
        if (!d) continue;
        if (d->next) tell_replaced(c, n, d);
        if (!has_words(d->node, lang) && check_tells(c, DIAG_CITATION_LANGUAGE))
            diag_add(c->diags, DIAG_CITATION_LANGUAGE, source_place(n), lang, d->name);
    }
}
