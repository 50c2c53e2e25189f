/* The structure tree (ISO 32000-1, 14.7-14.8; ISO 14289-1, 7).
 *
 * An element joins its parent when its first content is drawn, so that the
 * order of kids is the order of reading; elements without content are left
 * out, but for the cells that keep a table regular. */
#include "pdf/private.h"

static const char *keep(const char *s) {
    return s && *s ? str_intern(s, strlen(s)) : NULL;
}

int32_t tags_open(struct pdf *p, int32_t parent, const struct area_tag *t) {
    p->elements = mem_grow(p->elements, &p->element_cap, p->element_count + 1, sizeof *p->elements);
    struct element *e = &p->elements[p->element_count];
    *e = (struct element){.type = keep(t->type), .role = keep(t->role), .lang = keep(t->lang), .alt = keep(t->alt),
                          .actual = keep(t->actual_text), .title = keep(t->title), .id = keep(t->id),
                          .scope = keep(t->scope), .headers = keep(t->headers), .numbering = keep(t->list_numbering),
                          .row_span = t->row_span, .col_span = t->col_span, .parent = parent, .pos = t->pos};
    if (!e->type) e->type = "Span";
    return (int32_t)p->element_count++;
}

uint32_t tags_object(struct pdf *p, int32_t tag) {
    struct element *e = &p->elements[tag];
    if (!e->object) e->object = object_reserve(p);
    return e->object;
}

static void add_kid(struct pdf *p, int32_t tag, struct kid kid) {
    struct kid *k = arena_memdup(p->arena, &kid, sizeof kid);
    struct kid **first = tag < 0 ? &p->document_first : &p->elements[tag].first;
    struct kid **last = tag < 0 ? &p->document_last : &p->elements[tag].last;
    if (*last) (*last)->next = k;
    else *first = k;
    *last = k;
}

/* Joins an element and those around it to the tree, outermost first. */
static void attach(struct pdf *p, int32_t tag) {
    int32_t chain[512];
    int n = 0;
    for (int32_t t = tag; t >= 0 && !p->elements[t].attached && n < 512; t = p->elements[t].parent) chain[n++] = t;
    while (n > 0) {
        int32_t t = chain[--n];
        p->elements[t].attached = true;
        add_kid(p, p->elements[t].parent, (struct kid){.element = t});
    }
}

void tags_add_content(struct pdf *p, int32_t tag, uint32_t page, uint32_t mcid) {
    attach(p, tag);
    add_kid(p, tag, (struct kid){.element = -1, .page = page, .value = mcid});
}

void tags_add_annotation(struct pdf *p, int32_t tag, uint32_t page, uint32_t annotation) {
    attach(p, tag);
    add_kid(p, tag, (struct kid){.element = -1, .page = page, .value = annotation, .annotation = true});
}

void tags_parent(struct pdf *p, uint32_t key, uint32_t object) {
    p->parents = mem_grow(p->parents, &p->parent_cap, p->parent_count + 1, sizeof *p->parents);
    p->parents[p->parent_count++] = (struct parent_entry){key, object};
}

static bool is_cell(const struct element *e) {
    return strcmp(e->type, "TD") == 0 || strcmp(e->type, "TH") == 0;
}

/* Kids that are all elements go in the order of the document. */
static void sort_kids(struct pdf *p, struct kid **first) {
    size_t n = 0, cap = 0;
    struct kid **v = NULL;
    bool mixed = false, sorted = true;
    for (struct kid *k = *first; k; k = k->next) {
        mixed |= k->element < 0;
        if (k->next && k->next->element < k->element) sorted = false;
    }
    if (mixed || sorted) return;
    for (struct kid *k = *first; k; k = k->next) {
        v = mem_grow(v, &cap, n + 1, sizeof *v);
        v[n++] = k;
    }
    for (size_t i = 1; i < n; i++) {
        struct kid *k = v[i];
        size_t j = i;
        for (; j > 0 && v[j - 1]->element > k->element; j--) v[j] = v[j - 1];
        v[j] = k;
    }
    *first = v[0];
    for (size_t i = 0; i < n; i++) v[i]->next = i + 1 < n ? v[i + 1] : NULL;
    mem_free(v);
    (void)p;
}

static void put_kids(struct pdf *p, struct buf *b, const struct kid *first, uint32_t page) {
    buf_str(b, "/K[");
    for (const struct kid *k = first; k; k = k->next) {
        if (k->element >= 0) buf_fmt(b, "%u 0 R ", tags_object(p, k->element));
        else if (k->annotation) buf_fmt(b, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", k->value, k->page);
        else if (k->page == page) buf_fmt(b, "%u ", k->value);
        else buf_fmt(b, "<</Type/MCR/Pg %u 0 R/MCID %u>>", k->page, k->value);
    }
    buf_char(b, ']');
}

static void put_string(struct buf *b, const char *key, const char *value) {
    if (!value) return;
    buf_str(b, key);
    put_text(b, value);
}

static void put_headers(struct buf *b, const char *ids) {
    buf_str(b, "/Headers[");
    while (*ids) {
        size_t n = strcspn(ids, " ");
        char id[64];
        snprintf(id, sizeof id, "%.*s", (int)(n < 63 ? n : 63), ids);
        if (n) put_text(b, id);
        ids += n + (ids[n] == ' ');
    }
    buf_char(b, ']');
}

/* 14.8.5: Table, List and Layout attributes. */
static void put_attributes(struct buf *b, const struct element *e) {
    if (e->numbering) buf_fmt(b, "/A<</O/List/ListNumbering/%s>>", e->numbering);
    if (is_cell(e) && (e->scope || e->row_span > 1 || e->col_span > 1 || e->headers)) {
        buf_str(b, "/A<</O/Table");
        if (e->scope && strcmp(e->type, "TH") == 0) buf_fmt(b, "/Scope/%s", e->scope);
        if (e->row_span > 1) buf_fmt(b, "/RowSpan %d", e->row_span);
        if (e->col_span > 1) buf_fmt(b, "/ColSpan %d", e->col_span);
        if (e->headers) put_headers(b, e->headers);
        buf_str(b, ">>");
    }
    if (e->has_box) {
        buf_str(b, "/A<</O/Layout/Placement/Block/BBox[");
        for (int i = 0; i < 4; i++) {
            buf_milli(b, (int64_t)(e->box[i] * 1000 + (e->box[i] < 0 ? -0.5 : 0.5)));
            buf_char(b, ' ');
        }
        buf_str(b, "]>>");
    }
}

static void write_element(struct pdf *p, int32_t tag, uint32_t document) {
    struct element *e = &p->elements[tag];
    sort_kids(p, &e->first);
    uint32_t page = 0;
    for (struct kid *k = e->first; k && !page; k = k->next)
        if (k->element < 0 && !k->annotation) page = k->page;
    struct buf b = {0};
    buf_str(&b, "<</Type/StructElem/S");
    put_name(&b, e->role ? e->role : e->type);
    buf_fmt(&b, "/P %u 0 R", e->parent >= 0 ? tags_object(p, e->parent) : document);
    if (page) buf_fmt(&b, "/Pg %u 0 R", page);
    put_string(&b, "/Lang", e->lang);
    put_string(&b, "/Alt", e->alt);
    put_string(&b, "/ActualText", e->actual);
    put_string(&b, "/T", e->title);
    put_string(&b, "/ID", e->id);
    put_attributes(&b, e);
    put_kids(p, &b, e->first, page);
    buf_str(&b, ">>");
    uint32_t object = tags_object(p, tag);
    object_begin(p, object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
}

/* A number tree with leaves of 64 keys. */
static uint32_t parent_tree(struct pdf *p) {
    enum { LEAF = 64 };
    struct buf kids = {0}, b = {0};
    for (size_t i = 0; i < p->parent_count; i += LEAF) {
        size_t n = p->parent_count - i < LEAF ? p->parent_count - i : LEAF;
        uint32_t leaf = object_reserve(p);
        buf_clear(&b);
        buf_fmt(&b, "<</Limits[%u %u]/Nums[", p->parents[i].key, p->parents[i + n - 1].key);
        for (size_t k = i; k < i + n; k++) buf_fmt(&b, "%u %u 0 R ", p->parents[k].key, p->parents[k].object);
        buf_str(&b, "]>>");
        object_begin(p, leaf);
        pdf_put(p, b.p, b.n);
        object_end(p);
        buf_fmt(&kids, "%u 0 R ", leaf);
    }
    uint32_t root = object_reserve(p);
    object_begin(p, root);
    if (kids.n) pdf_fmt(p, "<</Kids[%s]>>", kids.p);
    else pdf_str(p, "<</Nums[]>>");
    object_end(p);
    buf_free(&kids);
    buf_free(&b);
    return root;
}

static int by_id(const void *a, const void *b) {
    return strcmp((*(const struct element *const *)a)->id, (*(const struct element *const *)b)->id);
}

static uint32_t id_tree(struct pdf *p) {
    const struct element **v = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < p->element_count; i++)
        if (p->elements[i].id && p->elements[i].attached) {
            v = mem_grow(v, &cap, n + 1, sizeof *v);
            v[n++] = &p->elements[i];
        }
    if (!n) return 0;
    qsort(v, n, sizeof *v, by_id);
    struct buf b = {0};
    buf_str(&b, "<</Names[");
    for (size_t i = 0; i < n; i++) {
        put_text(&b, v[i]->id);
        buf_fmt(&b, "%u 0 R ", v[i]->object);
    }
    buf_str(&b, "]>>");
    uint32_t object = object_reserve(p);
    object_begin(p, object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    mem_free(v);
    return object;
}

static void put_role_map(struct pdf *p, struct buf *b) {
    struct map *seen = map_new();
    bool any = false;
    for (size_t i = 0; i < p->element_count; i++) {
        const struct element *e = &p->elements[i];
        if (!e->role || !e->attached || map_get(seen, e->role, strlen(e->role))->value.num++) continue;
        if (!any) buf_str(b, "/RoleMap<<");
        any = true;
        put_name(b, e->role);
        put_name(b, e->type);
    }
    if (any) buf_str(b, ">>");
    map_drop(seen);
}

static void check_elements(struct pdf *p) {
    for (size_t i = 0; i < p->element_count; i++) {
        struct element *e = &p->elements[i];
        if (!e->attached && is_cell(e) && e->parent >= 0 && p->elements[e->parent].attached) attach(p, (int32_t)i);
        if (e->attached && !e->alt && !e->actual && strcmp(e->type, "Figure") == 0)
            pdf_refuse(p, "a picture has no alternative text", e->pos);
    }
}

uint32_t tags_finish(struct pdf *p) {
    check_elements(p);
    uint32_t root = object_reserve(p), document = object_reserve(p);
    sort_kids(p, &p->document_first);
    for (size_t i = 0; i < p->element_count; i++)
        if (p->elements[i].attached) write_element(p, (int32_t)i, document);
    struct buf b = {0};
    buf_fmt(&b, "<</Type/StructElem/S/Document/P %u 0 R", root);
    put_kids(p, &b, p->document_first, 0);
    buf_str(&b, ">>");
    object_begin(p, document);
    pdf_put(p, b.p, b.n);
    object_end(p);
    uint32_t parents = parent_tree(p), ids = id_tree(p);
    buf_clear(&b);
    buf_fmt(&b, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u", document, parents, p->next_key);
    if (ids) buf_fmt(&b, "/IDTree %u 0 R", ids);
    put_role_map(p, &b);
    buf_str(&b, ">>");
    object_begin(p, root);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    return root;
}
