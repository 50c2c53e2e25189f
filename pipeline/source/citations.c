/* The registry of documents (citations.xml) and what texts cite of it. */
#include "source/parts.h"

struct document {
    xmlNode *node;
    const char *id, *number; /* or NULL */
    struct document *next;   /* the one that took its place */
    int walk;                /* the last walk that came by */
};

struct registry {
    struct source_build *build;
    struct document *v;
    size_t n;
    struct map *names; /* id or number -> index + 1 */
    const char **all;  /* the names, for hints */
    size_t all_n;
};

static const char *attribute(struct source_build *b, xmlNode *n, const char *name) {
    xmlChar *s = xmlGetNoNsProp(n, BAD_CAST name);
    const char *kept = s && *s ? arena_strdup(b->job->arena, (char *)s) : NULL;
    xmlFree(s);
    return kept;
}

static const char *name_of(const struct document *d) {
    return d->number ? d->number : d->id ? d->id : "";
}

static struct document *find(const struct registry *r, const char *name) {
    const struct map_entry *e = map_find(r->names, name, strlen(name));
    return e ? &r->v[e->value.num - 1] : NULL;
}

static void add_name(struct registry *r, struct document *d, const char *name) {
    if (!name) return;
    struct map_entry *e = map_get(r->names, name, strlen(name));
    struct diags *diags = r->build->job->diags;
    if (e->value.num && &r->v[e->value.num - 1] != d) {
        diag_add(diags, DIAG_CITATION_TWICE, source_place(d->node), name);
        diag_relate(diags, DIAG_FIRST_HERE, source_place(r->v[e->value.num - 1].node));
        return;
    }
    e->value.num = d - r->v + 1;
    r->all[r->all_n++] = name;
}

static void read_documents(struct registry *r, xmlNode *citations) {
    size_t n = 0;
    for (xmlNode *c = citations ? citations->children : NULL; c; c = c->next) n += source_is(c, "document");
    r->v = mem_alloc((n + 1) * sizeof *r->v);
    r->all = mem_alloc((2 * n + 1) * sizeof *r->all);
    for (xmlNode *c = n ? citations->children : NULL; c; c = c->next) {
        if (!source_is(c, "document")) continue;
        struct document *d = &r->v[r->n++];
        *d = (struct document){c, attribute(r->build, c, "id"), attribute(r->build, c, "number"), NULL, 0};
        add_name(r, d, d->id);
        add_name(r, d, d->number);
    }
}

static void tell_unknown(struct registry *r, struct pos pos, const char *name) {
    struct diags *diags = r->build->job->diags;
    diag_add(diags, DIAG_UNKNOWN_CITATION, pos, name);
    source_hint(diags, pos, name, r->all, r->all_n);
}

/* ---- what took a document's place ---- */

static void read_replaced(struct registry *r) {
    for (size_t i = 0; i < r->n; i++)
        for (xmlNode *c = r->v[i].node->children; c; c = c->next) {
            const char *by = source_is(c, "replaced") ? attribute(r->build, c, "by") : NULL;
            if (!by) continue;
            r->v[i].next = find(r, by);
            if (!r->v[i].next) tell_unknown(r, source_place(c), by);
        }
}

static void tell_cycle(struct registry *r, const struct document *first) {
    struct buf chain = {0};
    const struct document *d = first;
    do {
        buf_fmt(&chain, "%s → ", name_of(d));
        d = d->next;
    } while (d != first);
    buf_str(&chain, name_of(first));
    diag_add(r->build->job->diags, DIAG_CITATION_CYCLE, source_place(first->node), chain.p);
    buf_free(&chain);
}

/* Each document is walked over once: a walk that meets its own steps is a cycle. */
static void find_cycles(struct registry *r) {
    for (size_t i = 0; i < r->n; i++) {
        int walk = (int)i + 1;
        struct document *d = &r->v[i];
        for (; d && !d->walk; d = d->next) d->walk = walk;
        if (d && d->walk == walk) tell_cycle(r, d);
    }
}

/* ---- what is cited ---- */

static void check_cite(struct registry *r, xmlNode *cite) {
    const char *ref = attribute(r->build, cite, "ref");
    const struct document *d = ref ? find(r, ref) : NULL;
    if (d && d->id) {
        source_set(cite, "ref", d->id);
    } else if (!d) {
        struct pos pos = source_place(cite);
        int characters = 0;
        for (const char *p = ref, *end = ref ? ref + strlen(ref) : NULL; p && p < end; characters++) utf8_next(&p, end);
        tell_unknown(r, pos, ref ? ref : "");
        diag_span(r->build->job->diags, characters + 3);
    }
}

static void check_cites(struct registry *r, xmlNode *body) {
    for (xmlNode *n = body; n;) {
        if (source_is(n, "cite")) check_cite(r, n);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != body && !n->next) n = n->parent;
        n = n == body ? NULL : n->next;
    }
}

void source_citations_check(struct source_build *b, xmlNode *body, xmlNode *citations) {
    struct registry r = {.build = b, .names = map_new()};
    read_documents(&r, citations);
    read_replaced(&r);
    find_cycles(&r);
    check_cites(&r, body);
    map_drop(r.names);
    mem_free(r.all);
    mem_free(r.v);
}
