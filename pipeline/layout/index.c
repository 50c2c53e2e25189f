/* Indexes (XSL 1.1, 6.10, 7.24): where keys stand, and the pages an
 * fo:index-page-citation-list cites, merged.
 *
 * A list is content made from pages.  One that comes after all its keys is
 * right at once; else the document is laid out again with the pages of the
 * round before, until they repeat. */
#include "layout/flow.h"

struct index_item {
    const char *class;
    struct index_key *key;
    const char *dest; /* where a link goes */
    int32_t first, last, first_number, last_number;
    const char *first_label, *last_label;
    struct index_item *next;
    bool range, open;
    struct pos pos;
};

/* One key; seen: how many of its items a list has found, -1 no list. */
struct index_key {
    struct index_item *first, *last;
    int32_t count, seen, open;
    bool unsure;    /* a range was still open when a list asked */
    struct pos pos; /* of the list */
};

struct index {
    struct arena *arena;
    struct map *keys, *ranges; /* ranges: open ones by the id of their begin */
};

/* What a list cites, in the making. */
struct cite {
    const struct index_item *item;
    struct index_item span; /* merged */
    const struct fo_node *reference;
    int32_t order, group, reach; /* reach: last page of it and of all before */
};

static struct index *index_new(void) {
    struct index *x = mem_alloc(sizeof *x);
    x->arena = arena_new();
    x->keys = map_new();
    x->ranges = map_new();
    return x;
}

void index_drop(struct index *x) {
    if (!x) return;
    map_drop(x->keys);
    map_drop(x->ranges);
    arena_drop(x->arena);
    mem_free(x);
}

static struct index_key *key_of(struct index *x, const char *name, bool make) {
    struct map_entry *e = make ? map_get(x->keys, name, strlen(name)) : map_find(x->keys, name, strlen(name));
    if (!e) return NULL;
    if (!e->value.ptr) {
        struct index_key *k = e->value.ptr = ARENA_NEW(x->arena, struct index_key);
        k->seen = -1;
    }
    return e->value.ptr;
}

/* ---- collecting ---------------------------------------------------------------- */

static void end_item(struct index_item *item, const struct page *page) {
    item->last = page->area->index;
    item->last_number = page->number;
    item->last_label = str_intern(page->area->label, strlen(page->area->label));
}

static const char *index_key_of(const struct fo_node *n) {
    const char *key = n->style ? fo_string(n, P_INDEX_KEY) : NULL;
    return key && *key && strcmp(key, "none") != 0 ? key : NULL;
}

/* 7.24.2: the object's first area stands on this page. */
void index_met(struct layout *l, const struct fo_node *n, const struct page *page) {
    const char *key = index_key_of(n), *class = fo_string(n, P_INDEX_CLASS);
    if (!key || l->in_static || l->measuring) return;
    if (!l->index) l->index = index_new();
    struct index_key *k = key_of(l->index, key, true);
    struct index_item *item = ARENA_NEW(l->index->arena, struct index_item);
    item->key = k;
    item->class = class ? arena_strdup(l->index->arena, class) : "";
    item->dest = arena_strdup(l->index->arena, n->id ? n->id : "");
    item->first = page->area->index;
    item->first_number = page->number;
    item->pos = n->pos;
    end_item(item, page);
    item->first_label = item->last_label;
    if (k->last) k->last->next = item;
    else k->first = item;
    k->last = item;
    k->count++;
    if (n->element != FO_INDEX_RANGE_BEGIN) return;
    item->range = item->open = true;
    k->open++;
    map_get(l->index->ranges, item->dest, strlen(item->dest))->value.ptr = item;
}

bool is_index_mark(const struct fo_node *n) {
    return n->element == FO_INDEX_RANGE_BEGIN || n->element == FO_INDEX_RANGE_END;
}

/* 6.10.4-5: a range begins or ends here. */
void index_mark(struct placer *p, struct fo_node *n) {
    if (p->l->in_static || p->header_repeat || !p->page) return;
    if (n->element == FO_INDEX_RANGE_BEGIN) {
        place_id(p, n, 0, p->y);
        return;
    }
    const char *ref = fo_string(n, P_REF_ID);
    struct map_entry *e = ref && p->l->index ? map_find(p->l->index->ranges, ref, strlen(ref)) : NULL;
    struct index_item *item = e ? e->value.ptr : NULL;
    if (!item || !item->open) {
        diag_add(p->l->diags, DIAG_UNRESOLVED_ID, n->pos, ref ? ref : "");
        return;
    }
    item->open = false;
    item->key->open--;
    end_item(item, p->page);
    e->value.ptr = NULL;
}

/* Ranges nobody ended go to the last page there is. */
static void end_ranges(struct index *x) {
    int32_t last = 0;
    const struct index_item *z = NULL;
    for (size_t i = 0; i < map_count(x->keys); i++)
        for (struct index_item *k = ((struct index_key *)map_at(x->keys, i)->value.ptr)->first; k; k = k->next)
            if (k->last >= last) last = k->last, z = k;
    for (size_t i = 0; z && i < map_count(x->ranges); i++) {
        struct index_item *k = map_at(x->ranges, i)->value.ptr;
        if (!k || !k->open) continue;
        k->last = z->last;
        k->last_number = z->last_number;
        k->last_label = z->last_label;
    }
}

/* ---- rounds ---------------------------------------------------------------------- */

static bool same_items(const struct index_item *a, const struct index_item *b) {
    for (; a && b; a = a->next, b = b->next)
        if (a->first != b->first || a->last != b->last || strcmp(a->first_label, b->first_label) != 0 ||
            strcmp(a->last_label, b->last_label) != 0)
            return false;
    return a == b;
}

bool index_settled(struct layout *l) {
    struct index *x = l->index;
    if (!x) return true;
    end_ranges(x);
    for (size_t i = 0; i < map_count(x->keys); i++) {
        const struct map_entry *e = map_at(x->keys, i);
        const struct index_key *k = e->value.ptr;
        if (k->seen < 0) continue;
        if (!l->index_before) {
            if (k->seen != k->count || k->unsure) return false;
            continue;
        }
        struct index_key *old = key_of(l->index_before, e->key, false);
        if (!same_items(k->first, old ? old->first : NULL)) return false;
    }
    return true;
}

void index_tell(struct layout *l) {
    for (size_t i = 0; l->index && i < map_count(l->index->keys); i++) {
        const struct map_entry *e = map_at(l->index->keys, i);
        const struct index_key *k = e->value.ptr;
        if (k->seen >= 0 && !k->count) diag_add(l->diags, DIAG_INDEX_KEY, k->pos, e->key);
        for (const struct index_item *item = k->open ? k->first : NULL; item; item = item->next)
            if (item->open) diag_add(l->diags, DIAG_INDEX_RANGE, item->pos, item->dest);
    }
}

void index_next_round(struct layout *l, bool known) {
    if (known) {
        index_drop(l->index_before);
        l->index_before = l->index;
    } else {
        index_drop(l->index);
    }
    l->index = NULL;
}

/* ---- a list ------------------------------------------------------------------------ */

/* Pages that stay apart (7.24.6) come reference by reference. */
static int by_page(const void *a, const void *b) {
    const struct cite *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->span.first != y->span.first) return x->span.first < y->span.first ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool merges(const struct fo_node *list, enum fo_prop p) {
    return !fo_is(list, p, E_LEAVE_SEPARATE);
}

/* Do two of the same class, the second not before the first, become one?  The
 * same page (7.24.6), or ranges that touch (7.24.4). */
static bool joins(const struct fo_node *list, const struct cite *a, const struct cite *b) {
    if (strcmp(a->span.class, b->span.class) != 0) return false;
    bool range = a->span.first != a->span.last || b->span.first != b->span.last;
    if (a->reference != b->reference &&
        !merges(list, range ? P_MERGE_RANGES_ACROSS_INDEX_KEY_REFERENCES : P_MERGE_PAGES_ACROSS_INDEX_KEY_REFERENCES))
        return false;
    if (!range) return a->span.first == b->span.first;
    return b->span.first <= a->span.last + (a->span.range && b->span.range ? 1 : 0);
}

static void extend(struct index_item *a, const struct index_item *b) {
    if (b->last <= a->last) return;
    a->last = b->last;
    a->last_number = b->last_number;
    a->last_label = b->last_label;
}

static size_t join_all(const struct fo_node *list, struct cite *v, size_t n) {
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = out;
        while (k > 0 && !joins(list, &v[k - 1], &v[i])) k = v[k - 1].reach + 1 < v[i].span.first ? 0 : k - 1;
        if (!k) {
            v[out] = v[i];
            v[out].reach = out && v[out - 1].reach > v[i].span.last ? v[out - 1].reach : v[i].span.last;
            out++;
            continue;
        }
        extend(&v[k - 1].span, &v[i].span);
        v[k - 1].span.range |= v[i].span.range;
        for (; k <= out && v[k - 1].reach < v[i].span.last; k++) v[k - 1].reach = v[i].span.last;
    }
    return out;
}

static bool follows(const struct fo_node *list, const struct cite *a, const struct cite *b) {
    if (a->reference != b->reference && !merges(list, P_MERGE_RANGES_ACROSS_INDEX_KEY_REFERENCES)) return false;
    return a->span.first == a->span.last && b->span.first == b->span.last && b->span.first == a->span.last + 1 &&
           b->span.first_number == a->span.last_number + 1 && strcmp(a->span.class, b->span.class) == 0;
}

/* 7.24.5: three pages or more in a row become a range. */
static size_t join_sequences(const struct fo_node *list, struct cite *v, size_t n) {
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && follows(list, &v[end - 1], &v[end])) end++;
        if (end - i >= 3) {
            v[out] = v[i];
            extend(&v[out++].span, &v[end - 1].span);
        } else {
            for (size_t k = i; k < end; k++) v[out++] = v[k];
        }
        i = end;
    }
    return out;
}

static void cite_key(struct layout *l, struct fo_node *list, const struct fo_node *reference, struct cite **v, size_t *n, size_t *cap) {
    const char *name = fo_string(reference, P_REF_INDEX_KEY);
    if (!name || !*name) return;
    if (!l->index) l->index = index_new();
    struct index_key *now = key_of(l->index, name, true);
    if (now->seen < 0 || now->count < now->seen) now->seen = now->count;
    if (now->open) now->unsure = true;
    now->pos = list->pos;
    bool apart = !merges(list, P_MERGE_PAGES_ACROSS_INDEX_KEY_REFERENCES);
    int32_t group = apart && *n ? (*v)[*n - 1].group + 1 : 0;
    const struct index_key *k = l->index_before ? key_of(l->index_before, name, false) : now;
    for (const struct index_item *i = k ? k->first : NULL; i; i = i->next) {
        *v = mem_grow(*v, cap, *n + 1, sizeof **v);
        (*v)[*n] = (struct cite){.item = i, .span = *i, 
                                .reference = reference, .group = group, .order = (int32_t)*n};
        ++*n;
    }
}

static struct fo_node *node_new(struct arena *a, struct fo_node *parent, enum fo_element e, struct pos pos) {
    struct fo_node *n = ARENA_NEW(a, struct fo_node);
    n->element = e;
    n->tag = -1;
    n->pos = pos;
    n->parent = parent;
    n->prev = parent->last;
    if (parent->last) parent->last->next = n;
    else parent->first = n;
    parent->last = n;
    return n;
}

static void add_text(struct arena *a, struct fo_node *parent, const char *text) {
    struct fo_node *n = node_new(a, parent, FO_TEXT, parent->pos);
    n->text = text;
    n->text_len = (uint32_t)strlen(text);
}

/* A copy of what `from` holds, to be styled where it stands. */
static void add_copy(struct arena *a, struct fo_node *parent, const struct fo_node *from) {
    for (const struct fo_node *c = from->first; c; c = c->next) {
        struct fo_node *n = node_new(a, parent, c->element, c->pos);
        n->attrs = c->attrs;
        n->attr_count = c->attr_count;
        n->text = c->text;
        n->text_len = c->text_len;
        n->foreign = c->foreign;
        add_copy(a, n, c);
    }
}

static const struct fo_node *child_of(const struct fo_node *n, enum fo_element e) {
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->element == e) return c;
    return NULL;
}

static void add_part(struct arena *a, struct fo_node *parent, const struct fo_node *from, const char *otherwise) {
    struct fo_node *w = node_new(a, parent, FO_WRAPPER, from ? from->pos : parent->pos);
    if (from) {
        w->attrs = from->attrs;
        w->attr_count = from->attr_count;
        add_copy(a, w, from);
    } else if (otherwise) {
        add_text(a, w, otherwise);
    }
}

/* A page or a range, as its fo:index-key-reference would have it. */
static void add_cite(struct arena *a, struct fo_node *list, struct fo_node *top, const struct cite *c) {
    const struct fo_node *ref = c->reference;
    struct fo_node *w = node_new(a, top, FO_WRAPPER, ref->pos), *in = w;
    w->attrs = ref->attrs;
    w->attr_count = ref->attr_count;
    if (fo_is(ref, P_PAGE_NUMBER_TREATMENT, E_LINK) && *c->span.dest) {
        struct fo_attr *to = ARENA_NEW(a, struct fo_attr);
        *to = (struct fo_attr){str_intern("internal-destination", 20), str_intern(c->span.dest, strlen(c->span.dest))};
        in = node_new(a, w, FO_BASIC_LINK, ref->pos);
        in->attrs = to;
        in->attr_count = 1;
    }
    const struct fo_node *prefix = child_of(ref, FO_INDEX_PAGE_NUMBER_PREFIX), *suffix = child_of(ref, FO_INDEX_PAGE_NUMBER_SUFFIX);
    if (prefix) add_part(a, in, prefix, NULL);
    add_text(a, in, c->span.first_label);
    if (c->span.last != c->span.first) {
        add_part(a, in, child_of(list, FO_INDEX_PAGE_CITATION_RANGE_SEPARATOR), "\xE2\x80\x93");
        add_text(a, in, c->span.last_label);
    }
    if (suffix) add_part(a, in, suffix, NULL);
}

struct fo_node *index_content(struct layout *l, struct arena *arena, struct fo_node *list) {
    struct cite *v = NULL;
    size_t n = 0, cap = 0;
    for (const struct fo_node *c = list->first; c; c = c->next)
        if (c->element == FO_INDEX_KEY_REFERENCE) cite_key(l, list, c, &v, &n, &cap);
    if (n) qsort(v, n, sizeof *v, by_page);
    n = join_all(list, v, n);
    if (merges(list, P_MERGE_SEQUENTIAL_PAGE_NUMBERS)) n = join_sequences(list, v, n);
    struct fo_node *root = ARENA_NEW(arena, struct fo_node);
    root->pos = list->pos;
    struct fo_node *top = node_new(arena, root, FO_WRAPPER, list->pos);
    top->attrs = list->attrs;
    top->attr_count = list->attr_count;
    for (size_t i = 0; i < n; i++) {
        if (i) add_part(arena, top, child_of(list, FO_INDEX_PAGE_CITATION_LIST_SEPARATOR), ", ");
        add_cite(arena, list, top, &v[i]);
    }
    mem_free(v);
    return n ? fo_bind(l->fo, arena, root, list->parent) : NULL;
}
