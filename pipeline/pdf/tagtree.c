/* The structure tree in the file: elements as text, because there are so many;
 * parent tree, identifiers, roles (ISO 32000-1, 14.7.2-14.7.5, 14.8.5). */
#include "pdf/private.h"

enum { LEAF = 64 };

/* ---- entries known when the element opens ------------------------------------------- */

static void put_string(struct buf *b, const char *key, const char *value) {
    if (!value || !*value) return;
    buf_str(b, key);
    put_text(b, value);
}

static void put_headers(struct buf *b, const char *ids) {
    buf_str(b, "/Headers[");
    while (*ids) {
        size_t n = strcspn(ids, " ");
        struct buf id = {0};
        buf_put(&id, ids, n);
        if (n) put_text(b, id.p);
        buf_free(&id);
        ids += n + (ids[n] == ' ');
    }
    buf_char(b, ']');
}

/* 14.8.5.5, 14.8.5.7. */
static void put_attributes(struct buf *b, const struct area_tag *t) {
    bool header = strcmp(t->type, "TH") == 0, cell = header || strcmp(t->type, "TD") == 0;
    bool headers = cell && t->headers && *t->headers, scope = header && t->scope && *t->scope;
    if (t->list_numbering && strcmp(t->type, "L") == 0) {
        buf_str(b, "/A<</O/List/ListNumbering");
        put_name(b, t->list_numbering);
        buf_str(b, ">>");
    }
    if (!cell || !(scope || headers || t->row_span > 1 || t->col_span > 1)) return;
    buf_str(b, "/A<</O/Table");
    if (scope) buf_str(b, "/Scope"), put_name(b, t->scope);
    if (t->row_span > 1) buf_fmt(b, "/RowSpan %d", t->row_span);
    if (t->col_span > 1) buf_fmt(b, "/ColSpan %d", t->col_span);
    if (headers) put_headers(b, t->headers);
    buf_str(b, ">>");
}

char *element_entries(const struct area_tag *t) {
    struct buf b = {0};
    put_string(&b, "/Lang", t->lang);
    put_string(&b, "/Alt", t->alt);
    put_string(&b, "/ActualText", t->actual_text);
    put_string(&b, "/T", t->title);
    put_string(&b, "/ID", t->id);
    if (t->type) put_attributes(&b, t);
    char *entries = b.n ? mem_strdup(b.p) : NULL;
    buf_free(&b);
    return entries;
}

/* ---- kids in the order of reading ------------------------------------------------------ */

static int by_element(const void *a, const void *b) {
    int32_t x = ((const struct kid *)a)->what & ~KID_NOTE, y = ((const struct kid *)b)->what & ~KID_NOTE;
    return x < y ? -1 : x > y;
}

/* Pages may come out of order; what was drawn on one page keeps its order. */
static void sort_by_page(struct kid *k, uint32_t n) {
    for (uint32_t i = 1; i < n; i++) {
        struct kid x = k[i];
        uint32_t j = i;
        for (; j > 0 && k[j - 1].page > x.page; j--) k[j] = k[j - 1];
        k[j] = x;
    }
}

/* A note is read after the element before it, wherever its body was set. */
static void place_notes(struct kid *k, uint32_t n) {
    for (uint32_t i = 1; i < n; i++) {
        if (k[i].what < 0 || !(k[i].what & KID_NOTE)) continue;
        struct kid x = k[i];
        uint32_t to = i;
        while (to > 0 && (k[to - 1].what < 0 || (k[to - 1].what & ~KID_NOTE) > (x.what & ~KID_NOTE))) to--;
        if (to == 0) continue;
        memmove(&k[to + 1], &k[to], (i - to) * sizeof *k);
        k[to] = x;
    }
}

static void order_kids(struct element *e) {
    bool mixed = false;
    for (uint32_t i = 0; i < e->kid_count; i++) mixed |= e->kids[i].what < 0;
    if (!e->kid_count) return;
    if (!mixed) {
        qsort(e->kids, e->kid_count, sizeof *e->kids, by_element);
        return;
    }
    sort_by_page(e->kids, e->kid_count);
    place_notes(e->kids, e->kid_count);
}

static void put_kid(struct pdf *p, struct buf *b, const struct kid *k, int32_t page) {
    if (k->what >= 0) {
        put_ref(b, k->value);
        return;
    }
    uint32_t object = p->pages[k->page].object;
    if (k->what == KID_ANNOTATION) buf_fmt(b, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", k->value, object);
    else if (k->page == page) put_uint(b, k->value), buf_char(b, ' ');
    else buf_fmt(b, "<</Type/MCR/Pg %u 0 R/MCID %u>>", object, k->value);
}

static void put_figure(struct pdf *p, struct buf *b, const struct figure *f) {
    if (!f->described) pdf_refuse(p, "a picture has no alternative text", f->pos);
    if (f->page < 0) return;
    buf_str(b, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) put_number(b, (int64_t)(f->box[i] * 1000 + (f->box[i] < 0 ? -0.5 : 0.5)));
    buf_str(b, "]>>");
}

static int32_t first_page(const struct element *e) {
    for (uint32_t i = 0; i < e->kid_count; i++)
        if (e->kids[i].what == KID_CONTENT) return e->kids[i].page;
    return -1;
}

void element_write(struct pdf *p, struct element *e) {
    order_kids(e);
    if (e->flags & ELEMENT_SUSPECT) tags_drawn(p, e);
    int32_t page = first_page(e);
    uint32_t parent = p->tree;
    if (e->index >= 0)
        parent = e->parent < 0 ? p->document.object : element_object(p, tags_find(p, e->parent));
    struct buf b = {0};
    buf_str(&b, "<</Type/StructElem/S");
    put_name(&b, e->name);
    buf_str(&b, "/P ");
    put_ref(&b, parent);
    if (page >= 0) {
        buf_str(&b, "/Pg ");
        put_ref(&b, p->pages[page].object);
    }
    if (e->entries) buf_str(&b, e->entries);
    if (e->figure) put_figure(p, &b, e->figure);
    buf_str(&b, "/K[");
    for (uint32_t i = 0; i < e->kid_count; i++) put_kid(p, &b, &e->kids[i], page);
    buf_str(&b, "]>>");
    object_text(p, element_object(p, e), b.p);
    buf_free(&b);
}

/* ---- the trees beside it ------------------------------------------------------------------ */

void tags_parent(struct pdf *p, uint32_t key, uint32_t object) {
    p->parents = mem_grow(p->parents, &p->parent_cap, p->parent_count + 1, sizeof *p->parents);
    p->parents[p->parent_count++] = (struct parent_entry){key, object};
}

/* Writes the root over leaves whose references are in kids; key: of a tree
 * without leaves. */
static uint32_t write_root(struct pdf *p, struct buf *kids, const char *key) {
    uint32_t root = object_number(p);
    struct buf b = {0};
    if (kids->n) buf_fmt(&b, "<</Kids[%s]>>", kids->p);
    else buf_fmt(&b, "<</%s[]>>", key);
    object_text(p, root, b.p);
    buf_free(&b);
    buf_free(kids);
    return root;
}

static void write_leaf(struct pdf *p, struct buf *kids, struct buf *leaf) {
    uint32_t object = object_number(p);
    buf_str(leaf, "]>>");
    object_text(p, object, leaf->p);
    buf_fmt(kids, "%u 0 R ", object);
    buf_clear(leaf);
}

/* 14.7.4.4, 7.9.7. */
static uint32_t parent_tree(struct pdf *p) {
    struct buf kids = {0}, b = {0};
    const struct parent_entry *v = p->parents;
    for (size_t i = 0; i < p->parent_count; i++) {
        size_t last = i + LEAF - 1 < p->parent_count ? i + LEAF - 1 : p->parent_count - 1;
        if (i % LEAF == 0) buf_fmt(&b, "<</Limits[%u %u]/Nums[", v[i].key, v[last].key);
        buf_fmt(&b, "%u %u 0 R ", v[i].key, v[i].object);
        if (i % LEAF == LEAF - 1 || i + 1 == p->parent_count) write_leaf(p, &kids, &b);
    }
    buf_free(&b);
    return write_root(p, &kids, "Nums");
}

static int by_id(const void *a, const void *b) {
    const struct id_entry *x = a, *y = b;
    int c = strcmp(x->id, y->id);
    return c ? c : x->object < y->object ? -1 : x->object > y->object;
}

/* 14.7.2, 7.9.6: identifiers of the elements that were written. */
static uint32_t id_tree(struct pdf *p) {
    size_t n = 0;
    for (size_t i = 0; i < p->id_count; i++)
        if (object_written(p, p->ids[i].object)) p->ids[n++] = p->ids[i];
    if (!n) return 0;
    qsort(p->ids, n, sizeof *p->ids, by_id);
    struct buf kids = {0}, b = {0};
    for (size_t i = 0; i < n; i++) {
        if (i % LEAF == 0) {
            buf_str(&b, "<</Limits[");
            put_text(&b, p->ids[i].id);
            put_text(&b, p->ids[i + LEAF - 1 < n ? i + LEAF - 1 : n - 1].id);
            buf_str(&b, "]/Names[");
        }
        put_text(&b, p->ids[i].id);
        buf_fmt(&b, "%u 0 R ", p->ids[i].object);
        if (i % LEAF == LEAF - 1 || i + 1 == n) write_leaf(p, &kids, &b);
    }
    buf_free(&b);
    return write_root(p, &kids, "Names");
}

static void put_roles(struct pdf *p, struct buf *b) {
    if (!map_count(p->roles)) return;
    buf_str(b, "/RoleMap<<");
    for (size_t i = 0; i < map_count(p->roles); i++) {
        const struct map_entry *e = map_at(p->roles, i);
        put_name(b, e->key);
        put_name(b, e->value.ptr);
    }
    buf_str(b, ">>");
}

void tags_finish(struct pdf *p) {
    for (size_t i = p->slot_count; i-- > 0;) tags_close(p, (int32_t)i);
    element_write(p, &p->document);
    tags_judge(p);
    uint32_t parents = parent_tree(p), ids = id_tree(p);
    struct buf b = {0};
    buf_fmt(&b, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u", p->document.object,
            parents, p->next_key);
    if (ids) buf_fmt(&b, "/IDTree %u 0 R", ids);
    put_roles(p, &b);
    buf_str(&b, ">>");
    object_text(p, p->tree, b.p);
    buf_free(&b);
}
