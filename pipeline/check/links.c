/* Links, pictures and ids: the same in each edition, and with a target. */
#include "check/parts.h"

/* What of a unit's edition is counted. */
struct counts {
    struct map *links, *ids; /* name -> how often */
    int others, pictures;
};

static void count_all(struct check *c, xmlNode *root, struct counts *out) {
    *out = (struct counts){map_new(), map_new(), 0, 0};
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *href = check_is(n, "a") ? check_attribute(c, n, "href") : NULL;
        const char *id = check_is(n, "note") ? NULL : check_attribute(c, n, "id");
        if (href && *href == '#') map_get(out->links, href, strlen(href))->value.num++;
        else if (href) out->others++;
        if (id) map_get(out->ids, id, strlen(id))->value.num++;
        out->pictures += check_is(n, "img") || check_is(n, "figure");
    }
}

static xmlNode *find(struct check *c, xmlNode *root, const char *name, const char *value) {
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *s = check_attribute(c, n, name);
        if (s && strcmp(s, value) == 0) return n;
    }
    return root;
}

static int64_t times(const struct map *m, const char *name) {
    const struct map_entry *e = map_find(m, name, strlen(name));
    return e ? e->value.num : 0;
}

static void tell(struct check_pair *p, struct pos pos) {
    p->check->found++;
    diag_relate(p->check->diags, DIAG_EDITION_IS_HERE, pos, p->base_lang);
}

static void compare_links(struct check_pair *p, xmlNode *base, xmlNode *other, struct map *a, struct map *b) {
    struct check *c = p->check;
    for (size_t i = 0; i < map_count(b); i++) {
        const char *href = map_at(b, i)->key;
        if (times(a, href) >= times(b, href)) continue;
        diag_add(c->diags, DIAG_EDITION_LINK, source_place(find(c, other, "href", href)), href, p->base_lang);
        tell(p, source_place(base));
    }
    for (size_t i = 0; i < map_count(a); i++) {
        const char *href = map_at(a, i)->key;
        if (times(b, href) >= times(a, href)) continue;
        diag_add(c->diags, DIAG_EDITION_LINK_LACKS, source_place(other), href, p->base_lang);
        tell(p, source_place(find(c, base, "href", href)));
    }
}

static void compare_ids(struct check_pair *p, xmlNode *base, xmlNode *other, struct map *a, struct map *b) {
    for (size_t i = 0; i < map_count(b); i++) {
        const char *id = map_at(b, i)->key;
        if (times(a, id)) continue;
        diag_add(p->check->diags, DIAG_EDITION_ID, source_place(find(p->check, other, "id", id)), id,
                 p->base_lang);
        tell(p, source_place(base));
    }
    for (size_t i = 0; i < map_count(a); i++) {
        const char *id = map_at(a, i)->key;
        if (times(b, id)) continue;
        diag_add(p->check->diags, DIAG_EDITION_ID, source_place(find(p->check, base, "id", id)), id, p->lang);
        tell(p, source_place(other));
    }
}

static void drop_counts(struct counts *n) {
    map_drop(n->links);
    map_drop(n->ids);
}

void check_links(struct check_pair *p, xmlNode *base, xmlNode *other) {
    struct diags *d = p->check->diags;
    struct counts a, b;
    count_all(p->check, base, &a);
    count_all(p->check, other, &b);
    compare_links(p, base, other, a.links, b.links);
    compare_ids(p, base, other, a.ids, b.ids);
    if (a.others != b.others) {
        diag_add(d, DIAG_EDITION_LINKS, source_place(other), b.others, p->base_lang, a.others);
        tell(p, source_place(base));
    }
    if (a.pictures != b.pictures) {
        diag_add(d, DIAG_EDITION_PICTURES, source_place(other), b.pictures, p->base_lang, a.pictures);
        tell(p, source_place(base));
    }
    drop_counts(&a);
    drop_counts(&b);
}

void check_targets(struct check *c) {
    xmlNode *root = xmlDocGetRootElement(c->doc);
    struct map *ids = map_new();
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *id = check_attribute(c, n, "id");
        if (id && n != root) map_get(ids, id, strlen(id))->value.num++;
    }
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *href = check_is(n, "a") ? check_attribute(c, n, "href") : NULL;
        if (!href || *href != '#' || map_find(ids, href + 1, strlen(href + 1))) continue;
        diag_add(c->diags, DIAG_LINK_TARGET, source_place(n), href + 1);
        c->found++;
    }
    map_drop(ids);
}
