/* Structure elements while they are open (ISO 32000-1, 14.7; ISO 14289-1, 7).
 *
 * An element joins its parent when its first content is drawn; one that never
 * has any is left out, but for the cells that keep a table regular.  It is
 * written when it is closed and no child can change any more; the parent keeps
 * its number. */
#include "pdf/private.h"

static struct element *at(struct pdf *p, int32_t tag) {
    return tag < 0 ? &p->document : &p->elements[p->slots[tag] - 1];
}

struct element *tags_find(struct pdf *p, int32_t tag) {
    if (tag < 0 || (size_t)tag >= p->slot_count || !p->slots[tag]) return NULL;
    return at(p, tag);
}

static const struct {
    const char *type;
    uint32_t flags;
} kinds[] = {{"TD", ELEMENT_CELL}, {"TH", ELEMENT_CELL}, {"TR", ELEMENT_ROWS},   {"THead", ELEMENT_ROWS},
             {"TBody", ELEMENT_ROWS}, {"TFoot", ELEMENT_ROWS}, {"Note", ELEMENT_NOTE}};

/* A place in the pool: a spare one, or a new one. */
static uint32_t take_place(struct pdf *p) {
    if (p->spare_count) return p->spare[--p->spare_count];
    p->elements = mem_grow(p->elements, &p->element_cap, p->element_count + 1, sizeof *p->elements);
    return (uint32_t)p->element_count++;
}

static void remember_id(struct pdf *p, struct element *e, const char *id) {
    p->ids = mem_grow(p->ids, &p->id_cap, p->id_count + 1, sizeof *p->ids);
    p->ids[p->id_count++] = (struct id_entry){arena_strdup(p->arena, id), element_object(p, e)};
}

static void remember_role(struct pdf *p, const char *role, const char *type) {
    struct map_entry *e = map_get(p->roles, role, strlen(role));
    if (!e->value.ptr) e->value.ptr = (void *)str_intern(type, strlen(type));
}

int32_t tags_open(struct pdf *p, int32_t parent, const struct area_tag *t) {
    const char *type = t->type && *t->type ? t->type : "Span", *role = t->role && *t->role ? t->role : NULL;
    if (role && strcmp(role, type) == 0) role = NULL;
    int32_t index = (int32_t)p->slot_count;
    uint32_t place = take_place(p);
    p->slots = mem_grow(p->slots, &p->slot_cap, p->slot_count + 1, sizeof *p->slots);
    p->slots[p->slot_count++] = place + 1;
    struct element *e = &p->elements[place];
    const char *name = role ? role : type;
    *e = (struct element){.name = str_intern(name, strlen(name)), .index = index};
    e->parent = tags_find(p, parent) ? parent : -1;
    at(p, e->parent)->open++;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(type, kinds[i].type) == 0) e->flags |= kinds[i].flags;
    if (strcmp(type, "Figure") == 0 || strcmp(type, "Formula") == 0) {
        e->figure = mem_alloc(sizeof *e->figure);
        bool described = (t->alt && *t->alt) || t->actual_text;
        *e->figure = (struct figure){.pos = t->pos, .page = -1, .described = described};
    }
    tags_check(p, e, at(p, e->parent), t);
    struct area_tag full = *t;
    char id[24];
    snprintf(id, sizeof id, "note.%08d", index);
    if ((e->flags & ELEMENT_NOTE) && !(t->id && *t->id)) full.id = id; /* ISO 14289-1, 7.9 */
    e->entries = element_entries(&full);
    if (role) remember_role(p, role, type);
    if (full.id && *full.id) remember_id(p, e, full.id);
    return index;
}

uint32_t element_object(struct pdf *p, struct element *e) {
    if (!e->object) e->object = object_number(p);
    return e->object;
}

static void add_kid(struct element *e, struct kid kid) {
    size_t cap = e->kid_cap;
    e->kids = mem_grow(e->kids, &cap, e->kid_count + 1u, sizeof *e->kids);
    e->kid_cap = (uint32_t)cap;
    e->kids[e->kid_count++] = kid;
}

/* Joins an element, and those around it, to the tree. */
static void attach(struct pdf *p, struct element *e, int32_t page) {
    while (e->index >= 0 && !(e->flags & ELEMENT_ATTACHED)) {
        e->flags |= ELEMENT_ATTACHED;
        int32_t what = e->index | (e->flags & ELEMENT_NOTE ? KID_NOTE : 0);
        struct element *parent = at(p, e->parent);
        add_kid(parent, (struct kid){what, page, element_object(p, e)});
        e = parent;
    }
}

void tags_add(struct pdf *p, int32_t tag, struct kid kid) {
    struct element *e = tags_find(p, tag);
    if (!e) return;
    attach(p, e, kid.page);
    add_kid(e, kid);
}

/* The box around all of a figure on its first page. */
void tags_box(struct pdf *p, int32_t tag, int32_t page, const double box[4]) {
    struct figure *f = tags_find(p, tag)->figure;
    if (f->page < 0) {
        f->page = page;
        memcpy(f->box, box, sizeof f->box);
    }
    if (f->page != page) return;
    for (int i = 0; i < 4; i++)
        if (i < 2 ? box[i] < f->box[i] : box[i] > f->box[i]) f->box[i] = box[i];
}

static void free_element(struct element *e) {
    mem_free(e->entries);
    mem_free(e->kids);
    mem_free(e->figure);
    *e = (struct element){0};
}

/* A cell without content, and what holds nothing but such cells, is kept for
 * the table, if that is ever drawn. */
static void keep_cell(struct pdf *p, struct element *e) {
    if (!(e->flags & ELEMENT_CELL) && !((e->flags & ELEMENT_ROWS) && e->kid_count)) return;
    e->flags |= ELEMENT_ATTACHED;
    add_kid(at(p, e->parent), (struct kid){e->index, p->last_page, element_object(p, e)});
}

/* Writes what is closed, outwards. */
static void settle(struct pdf *p, int32_t tag) {
    while (tag >= 0) {
        struct element *e = at(p, tag);
        if (!(e->flags & ELEMENT_CLOSED) || e->open) return;
        if (!(e->flags & ELEMENT_ATTACHED)) keep_cell(p, e);
        if (e->flags & ELEMENT_ATTACHED) element_write(p, e);
        int32_t parent = e->parent;
        free_element(e);
        p->spare = mem_grow(p->spare, &p->spare_cap, p->spare_count + 1, sizeof *p->spare);
        p->spare[p->spare_count++] = p->slots[tag] - 1;
        p->slots[tag] = 0;
        at(p, parent)->open--;
        tag = parent;
    }
}

void tags_close(struct pdf *p, int32_t tag) {
    struct element *e = tags_find(p, tag);
    if (!e) return;
    e->flags |= ELEMENT_CLOSED;
    settle(p, tag);
}

void tags_free(struct pdf *p) {
    for (size_t i = 0; i < p->element_count; i++) free_element(&p->elements[i]);
    free_element(&p->document);
    mem_free(p->elements);
    mem_free(p->slots);
    mem_free(p->spare);
    mem_free(p->parents);
    mem_free(p->suspects);
    mem_free(p->ids);
}
