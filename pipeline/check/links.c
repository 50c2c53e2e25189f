/* Links, pictures and ids: the same in each edition, and with a target. */
#include "check/parts.h"

/* What of a unit's edition is counted. */
struct counts {
    struct map *links, *ids, *pictures; /* name -> how often */
};

/* A picture's file without its language: map.vi.svg, map-en.svg -> map.svg. */
static const char *picture_name(struct check *c, const char *src, const char *lang) {
    const char *dot = strrchr(src, '.');
    size_t n = strlen(lang), stem = dot ? (size_t)(dot - src) : 0;
    bool marked = stem > n && strncmp(dot - n, lang, n) == 0 && strchr(".-_", dot[-(ptrdiff_t)n - 1]);
    if (!marked) return src;
    struct buf b = {0};
    buf_fmt(&b, "%.*s%s", (int)(stem - n - 1), src, dot);
    const char *name = arena_strdup(c->arena, b.p);
    buf_free(&b);
    return name;
}

static void count_all(struct check *c, xmlNode *root, const char *lang, struct counts *out) {
    *out = (struct counts){map_new(), map_new(), map_new()};
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *href = check_is(n, "a") ? check_attribute(c, n, "href") : NULL;
        const char *id = check_is(n, "note") ? NULL : check_attribute(c, n, "id");
        if (check_is(n, "cite")) href = check_attribute(c, n, "ref");
        const char *src = check_is(n, "img") || check_is(n, "figure") ? check_attribute(c, n, "src") : NULL;
        if (href) map_get(out->links, href, strlen(href))->value.num++;
        if (src) src = picture_name(c, src, lang);
        if (src) map_get(out->pictures, src, strlen(src))->value.num++;
        if (id) map_get(out->ids, id, strlen(id))->value.num++;
    }
}

static xmlNode *find(struct check *c, xmlNode *root, const char *name, const char *value) {
    for (xmlNode *n = root; n; n = check_next(n, root, true)) {
        const char *s = check_attribute(c, n, check_is(n, "cite") && strcmp(name, "href") == 0 ? "ref" : name);
        if (s && strcmp(s, value) == 0) return n;
    }
    return root;
}

static int64_t times(const struct map *m, const char *name) {
    const struct map_entry *e = map_find(m, name, strlen(name));
    return e ? e->value.num : 0;
}

static void tell(struct check_pair *p, struct pos pos) {
    diag_relate(p->check->diags, DIAG_EDITION_IS_HERE, pos, p->base_lang);
}

static void compare_links(struct check_pair *p, xmlNode *base, xmlNode *other, struct map *a, struct map *b) {
    struct check *c = p->check;
    for (size_t i = 0; i < map_count(b); i++) {
        const char *href = map_at(b, i)->key;
        if (times(a, href) >= times(b, href) || !check_tells(c, DIAG_EDITION_LINK)) continue;
        diag_add(c->diags, !strchr(href, ':') ? DIAG_EDITION_LINK : DIAG_EDITION_OUTSIDE, source_place(find(c, other, "href", href)), href, p->base_lang);
        tell(p, source_place(base));
    }
    for (size_t i = 0; i < map_count(a); i++) {
        const char *href = map_at(a, i)->key;
        if (times(b, href) >= times(a, href) || !check_tells(c, DIAG_EDITION_LINK)) continue;
        enum diag_id id = !strchr(href, ':') ? DIAG_EDITION_LINK_LACKS : DIAG_EDITION_OUTSIDE_LACKS;
        diag_add(c->diags, id, source_place(other), href, p->base_lang);
        tell(p, source_place(find(c, base, "href", href)));
    }
}

static void compare_ids(struct check_pair *p, xmlNode *base, xmlNode *other, struct map *a, struct map *b) {
    for (size_t i = 0; i < map_count(b); i++) {
        const char *id = map_at(b, i)->key;
        if (times(a, id) || !check_tells(p->check, DIAG_EDITION_ID)) continue;
        diag_add(p->check->diags, DIAG_EDITION_ID, source_place(find(p->check, other, "id", id)), id,
                 p->base_lang);
        tell(p, source_place(base));
    }
    for (size_t i = 0; i < map_count(a); i++) {
        const char *id = map_at(a, i)->key;
        if (times(b, id) || !check_tells(p->check, DIAG_EDITION_ID)) continue;
        diag_add(p->check->diags, DIAG_EDITION_ID, source_place(find(p->check, base, "id", id)), id, p->lang);
        tell(p, source_place(other));
    }
}

static void compare_pictures(struct check_pair *p, xmlNode *base, xmlNode *other, struct map *a, struct map *b) {
    const char *lacks = NULL, *extra = NULL;
    for (size_t i = 0; i < map_count(a) && !lacks; i++)
        if (times(b, map_at(a, i)->key) < map_at(a, i)->value.num) lacks = map_at(a, i)->key;
    for (size_t i = 0; i < map_count(b) && !extra; i++)
        if (times(a, map_at(b, i)->key) < map_at(b, i)->value.num) extra = map_at(b, i)->key;
    if ((!lacks && !extra) || !check_tells(p->check, DIAG_EDITION_PICTURES)) return;
    diag_add(p->check->diags, DIAG_EDITION_PICTURES, source_place(other), extra ? extra : "-", p->base_lang,
             lacks ? lacks : "-");
    tell(p, source_place(base));
}

static void drop_counts(struct counts *n) {
    map_drop(n->links);
    map_drop(n->ids);
    map_drop(n->pictures);
}

void check_links(struct check_pair *p, xmlNode *base, xmlNode *other) {
    struct counts a, b;
    count_all(p->check, base, p->base_lang, &a);
    count_all(p->check, other, p->lang, &b);
    compare_links(p, base, other, a.links, b.links);
    compare_ids(p, base, other, a.ids, b.ids);
    compare_pictures(p, base, other, a.pictures, b.pictures);
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
