/* The outline (ISO 32000-1, 12.3.3). */
#include "pdf/private.h"

static const char *kept(struct pdf *p, const char *s) {
    return s && *s ? arena_strdup(p->arena, s) : NULL;
}

int32_t outline_add(struct pdf *p, int32_t parent, const struct area_outline *o) {
    int32_t k = (int32_t)p->outline_count;
    if (parent >= k) parent = -1;
    p->outlines = mem_grow(p->outlines, &p->outline_cap, p->outline_count + 1, sizeof *p->outlines);
    struct outline_record *r = &p->outlines[p->outline_count++];
    *r = (struct outline_record){.parent = parent, .first = -1, .last = -1, .next = -1, .open = o->open};
    r->title = kept(p, o->title);
    r->dest = kept(p, o->dest);
    r->uri = kept(p, o->uri);
    int32_t *first = parent >= 0 ? &p->outlines[parent].first : &p->outline_first;
    int32_t *last = parent >= 0 ? &p->outlines[parent].last : &p->outline_last;
    r->prev = *last;
    if (*last >= 0) p->outlines[*last].next = k;
    else *first = k;
    *last = k;
    return k;
}

/* How many items show below each when it is open; a child comes after its
 * parent.  Returns that of the whole. */
static int32_t count_shown(struct pdf *p) {
    int32_t all = 0;
    for (size_t i = p->outline_count; i-- > 0;) {
        struct outline_record *o = &p->outlines[i];
        int32_t n = 1 + (o->open ? o->shown : 0);
        if (o->parent >= 0) p->outlines[o->parent].shown += n;
        else all += n;
    }
    return all;
}

static void write_item(struct pdf *p, const struct outline_record *o, uint32_t root) {
    const struct outline_record *all = p->outlines;
    HPDF_Dict d = dict_new(p, NULL);
    dict_text(p, d, "Title", o->title ? o->title : "");
    dict_ref(p, d, "Parent", o->parent >= 0 ? all[o->parent].object : root);
    if (o->prev >= 0) dict_ref(p, d, "Prev", all[o->prev].object);
    if (o->next >= 0) dict_ref(p, d, "Next", all[o->next].object);
    if (o->first >= 0) {
        dict_ref(p, d, "First", all[o->first].object);
        dict_ref(p, d, "Last", all[o->last].object);
        dict_int(p, d, "Count", o->open ? o->shown : -o->shown);
    }
    if (o->dest) dict_ref(p, d, "Dest", dest_object(p, o->dest, (struct pos){0}));
    else if (o->uri) dict_add(p, d, "A", uri_action(p, o->uri));
    object_write(p, o->object, d);
}

uint32_t outline_finish(struct pdf *p) {
    if (!p->outline_count) return 0;
    uint32_t root = object_number(p);
    int32_t shown = count_shown(p);
    for (size_t i = 0; i < p->outline_count; i++) p->outlines[i].object = object_number(p);
    for (size_t i = 0; i < p->outline_count; i++) write_item(p, &p->outlines[i], root);
    HPDF_Dict d = dict_new(p, "Outlines");
    dict_ref(p, d, "First", p->outlines[p->outline_first].object);
    dict_ref(p, d, "Last", p->outlines[p->outline_last].object);
    dict_int(p, d, "Count", shown);
    object_write(p, root, d);
    return root;
}
