/* z-index (XSL 1.1, 7.30.18): what is raised or lowered is drawn apart and put
 * in its place when all of the flow on the page is there.  In static content
 * the order is that of the document. */
#include "layout/flow.h"

struct raised {
    struct raised *next;
    struct area_list *list, own; /* list: where it stands */
    int32_t z;
};

struct area_list *stacking_list(struct placer *p, const struct fo_node *n, struct area_list *list) {
    const struct fo_value *v = fo_get(n, P_Z_INDEX);
    int32_t z = v->kind == FOV_NUMBER ? (int32_t)v->u.num : 0;
    if (!z || !p->page || p->l->in_static) return list;
    struct raised *r = ARENA_NEW(p->page->arena, struct raised), **at = &p->page->raised;
    r->list = list;
    r->z = z;
    /* upwards the first is drawn first; downwards each is put before the others */
    while (*at && (z > 0 ? (*at)->z <= z : (*at)->z > z)) at = &(*at)->next;
    r->next = *at;
    *at = r;
    return &r->own;
}

void stacking_settle(struct page *page) {
    for (struct raised *r = page->raised; r; r = r->next) {
        if (r->z > 0) area_list_append(r->list, &r->own);
        else area_list_insert(r->list, NULL, &r->own);
    }
    page->raised = NULL;
}
