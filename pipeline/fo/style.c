/* Styles are shared: equal parent style and equal attributes give one style,
 * equal values give one page of values. */
#include "fo/tree.h"

/* The map's own copy of the key is the page. */
static const struct fo_value *intern_page(struct fo_doc *doc, const struct fo_value *values) {
    return (const void *)map_get(doc->pages, values, sizeof *values * FO_PAGE)->key;
}

static uint32_t text_number(struct fo_doc *doc, const struct fo_value *const *page) {
    struct map_entry *e = map_get(doc->texts, page, sizeof *page * TEXT_PAGES);
    if (!e->value.num) e->value.num = (int64_t)map_count(doc->texts);
    return (uint32_t)e->value.num;
}

static struct style *intern_style(struct fo_doc *doc, const struct fo_value *const *page) {
    struct map_entry *e = map_get(doc->styles, page, sizeof *page * PAGES);
    if (e->value.ptr) return e->value.ptr;
    struct style *s = ARENA_NEW(doc->arena, struct style);
    memcpy(s->pub.page, page, sizeof *page * PAGES);
    s->pub.serial = ++doc->serials;
    s->pub.text = text_number(doc, page);
    s->base = s;
    return e->value.ptr = s;
}

void style_init(struct fo_doc *doc) {
    static struct fo_value values[PAGES * FO_PAGE];
    struct compute *c = &doc->compute;
    doc->styles = map_new();
    doc->pages = map_new();
    doc->keys = map_new();
    doc->texts = map_new();
    c->doc = doc;
    c->font_size = 12000;
    memset(values, 0, sizeof values);
    compute_initial(values, c);
    const struct fo_value *page[PAGES];
    for (int i = 0; i < PAGES; i++) page[i] = intern_page(doc, values + i * FO_PAGE);
    doc->initial = intern_style(doc, page);
}

const struct fo_style *style_plain(struct fo_doc *doc, const struct fo_style *parent) {
    struct style *s = (struct style *)(void *)style_of(parent)->base;
    if (s->plain) return &s->plain->pub;
    const struct fo_style *initial = &doc->initial->pub;
    const struct fo_value *page[PAGES];
    for (int i = 0; i < PAGES; i++) {
        struct fo_value values[FO_PAGE];
        for (int k = 0; k < FO_PAGE; k++) {
            int p = i * FO_PAGE + k;
            bool inherited = p < P_COUNT && fo_properties[p].inherited;
            values[k] = (inherited ? parent : initial)->page[i][k];
        }
        page[i] = intern_page(doc, values);
    }
    s->plain = intern_style(doc, page);
    return &s->plain->pub;
}

/* Objects whose computation differs from others' with the same attributes. */
static enum fo_element class_of(enum fo_element e) {
    switch (e) {
    case FO_SIMPLE_PAGE_MASTER:
    case FO_REGION_BODY:
    case FO_REGION_BEFORE:
    case FO_REGION_AFTER:
    case FO_REGION_START:
    case FO_REGION_END:
        return FO_SIMPLE_PAGE_MASTER == e ? e : FO_REGION_BODY;
    case FO_BLOCK_CONTAINER:
    case FO_INLINE_CONTAINER:
    case FO_TABLE_CAPTION:
        return FO_BLOCK_CONTAINER;
    case FO_TABLE:
    case FO_TABLE_COLUMN:
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_TABLE_BODY:
    case FO_TABLE_ROW:
    case FO_TABLE_CELL:
    case FO_LIST_ITEM:
    case FO_CHANGE_BAR_BEGIN:
    case FO_S_LANES:
    case FO_S_ROW:
    case FO_S_CELL:
    case FO_S_ALL:
        return e;
    default:
        return FO_UNKNOWN;
    }
}

static bool is_identity(const char *name) {
    static const char *names[FO_PAGE];
    if (!names[0])
        for (int i = 0; i < FO_PAGE; i++) {
            const char *s = fo_properties[IDENTITY_PAGE * FO_PAGE + i].name;
            names[i] = str_intern(s, strlen(s));
        }
    for (int i = 0; i < FO_PAGE; i++)
        if (names[i] == name) return true;
    return false;
}

struct style_key {
    const struct style *parent;
    const struct fo_style *column;
    uintptr_t element;
    struct fo_attr attr[MAX_ATTRS];
};

/* The attributes that other objects may share, sorted by address of the name. */
static uint32_t fill_key(struct style_key *key, const struct fo_node *node) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < node->attr_count && n < MAX_ATTRS; i++) {
        if (is_identity(node->attrs[i].name) || fo_is_origin(node->attrs[i].name)) continue;
        uint32_t at = n++;
        while (at && key->attr[at - 1].name > node->attrs[i].name) {
            key->attr[at] = key->attr[at - 1];
            at--;
        }
        key->attr[at] = node->attrs[i];
    }
    return n;
}

static struct style *compute_style(struct fo_doc *doc, const struct style_key *key, uint32_t n,
                                   const struct fo_node *node) {
    struct compute *c = &doc->compute;
    c->parent = &key->parent->pub;
    c->column = key->column;
    c->up = node->parent;
    c->element = node->element;
    c->pos = node->pos;
    memcpy(c->page, style_plain(doc, c->parent)->page, sizeof c->page);
    compute_run(c, key->attr, n);
    for (int i = 0; i < PAGES; i++)
        if (c->changed >> i & 1) c->page[i] = intern_page(doc, c->own[i]);
    return intern_style(doc, c->page);
}

/* *shared: the attributes, kept for the life of the document, or NULL. */
static const struct style *shared_style(struct fo_doc *doc, const struct fo_style *parent,
                                        const struct fo_node *node, bool *identity,
                                        const struct fo_attr **shared) {
    struct style_key key;
    uint32_t n = fill_key(&key, node);
    *identity = n < node->attr_count;
    *shared = NULL;
    key.parent = style_of(parent)->base;
    key.column = doc->column;
    key.element = class_of(node->element);
    if (n == 0 && key.element == FO_UNKNOWN) return style_of(style_plain(doc, parent));
    size_t size = offsetof(struct style_key, attr) + n * sizeof key.attr[0];
    struct map_entry *e = map_find(doc->keys, &key, size);
    struct style *s = e ? e->value.ptr : compute_style(doc, &key, n, node);
    if (!e && doc->compute.bound) return s;
    if (!e) {
        e = map_get(doc->keys, &key, size);
        e->value.ptr = s;
    }
    *shared = ((const struct style_key *)(const void *)e->key)->attr;
    return s;
}

/* A copy of a shared style with this object's own names and targets. */
static const struct fo_style *own_style(struct fo_doc *doc, struct arena *arena, const struct style *base,
                                        const struct fo_node *node) {
    struct compute *c = &doc->compute;
    struct style *s = arena_memdup(arena, base, sizeof *base);
    struct fo_value *page = arena_memdup(arena, base->pub.page[IDENTITY_PAGE], sizeof *page * FO_PAGE);
    c->pos = node->pos;
    c->up = node->parent;
    for (uint32_t i = 0; i < node->attr_count; i++) {
        const struct fo_attr *a = &node->attrs[i];
        if (!is_identity(a->name)) continue;
        int p = vocab_property(a->name, strlen(a->name));
        if (!value_read(c, (enum fo_prop)p, a->value, &page[p % FO_PAGE])) compute_bad(c, a->name, a->value);
    }
    s->pub.page[IDENTITY_PAGE] = page;
    arena_reset(doc->scratch);
    return &s->pub;
}

const struct fo_style *style_make(struct fo_doc *doc, struct arena *arena, const struct fo_style *parent,
                                  struct fo_node *node) {
    const struct fo_attr *shared;
    bool identity;
    if (node->attr_count == 0 && class_of(node->element) == FO_UNKNOWN) return style_plain(doc, parent);
    const struct style *s = shared_style(doc, parent, node, &identity, &shared);
    if (!identity && shared) node->attrs = shared;
    if (!identity) return &s->pub;
    doc->compute.parent = parent;
    return own_style(doc, arena, s, node);
}
