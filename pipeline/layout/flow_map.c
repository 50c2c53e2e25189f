/* Which flows go to which regions (XSL 1.1, 6.4.22-27, 7.27.18-21).  Without a
 * flow map the names of both are the same.  A page has one region-body that
 * flows fill; what would need more is said. */
#include "layout/flow.h"

static bool is_named(const struct fo_node *n, enum fo_prop p, const char *name) {
    const char *s = fo_string(n, p);
    return s && name && strcmp(s, name) == 0;
}

static const struct fo_node *map_of(struct layout *l, const struct fo_node *sequence) {
    const char *name = fo_string(sequence, P_FLOW_MAP_REFERENCE);
    if (!name || !*name) return NULL;
    for (const struct fo_node *n = fo_root(l->fo)->first; n; n = n->next)
        for (const struct fo_node *m = n->element == FO_LAYOUT_MASTER_SET ? n->first : NULL; m; m = m->next)
            if (m->element == FO_FLOW_MAP && is_named(m, P_FLOW_MAP_NAME, name)) return m;
    diag_add(l->diags, DIAG_NO_FLOW_MAP, sequence->pos, name);
    return NULL;
}

static const struct fo_node *part(const struct fo_node *assignment, enum fo_element e) {
    for (const struct fo_node *n = assignment->first; n; n = n->next)
        if (n->element == e) return n;
    return NULL;
}

/* The assignment one of whose sources is the flow. */
static const struct fo_node *assignment_of(const struct fo_node *map, const char *flow) {
    for (const struct fo_node *a = map ? map->first : NULL; a; a = a->next) {
        const struct fo_node *list = part(a, FO_FLOW_SOURCE_LIST);
        for (const struct fo_node *n = list ? list->first : NULL; n; n = n->next)
            if (is_named(n, P_FLOW_NAME_REFERENCE, flow)) return a;
    }
    return NULL;
}

/* The region a flow is for. */
static const char *region_of(const struct fo_node *map, const char *flow) {
    const struct fo_node *a = assignment_of(map, flow);
    const struct fo_node *list = a ? part(a, FO_FLOW_TARGET_LIST) : NULL;
    return list && list->first ? fo_string(list->first, P_REGION_NAME_REFERENCE) : flow;
}

struct fo_node *flow_map_static(struct layout *l, struct fo_node *sequence, const char *region) {
    const struct fo_node *map = map_of(l, sequence);
    for (struct fo_node *n = sequence->first; n; n = n->next) {
        const char *flow = n->element == FO_STATIC_CONTENT ? fo_string(n, P_FLOW_NAME) : NULL;
        const char *name = flow ? region_of(map, flow) : NULL;
        if (name && region && strcmp(name, region) == 0) return n;
    }
    return NULL;
}

static void append(struct fo_node *to, struct fo_node *from) {
    if (!from->first) return;
    for (struct fo_node *n = from->first; n; n = n->next) n->parent = to;
    from->first->prev = to->last;
    if (to->last) to->last->next = from->first;
    else to->first = from->first;
    to->last = from->last;
    from->first = from->last = NULL;
}

static struct fo_node *flow_named(struct fo_node *sequence, const char *name) {
    for (struct fo_node *n = sequence->first; n; n = n->next)
        if (n->element == FO_FLOW && is_named(n, P_FLOW_NAME, name)) return n;
    return NULL;
}

struct fo_node *flow_map_flow(struct layout *l, struct fo_node *sequence) {
    const struct fo_node *map = map_of(l, sequence);
    struct fo_node *flow = sequence->first;
    while (flow && flow->element != FO_FLOW) flow = flow->next;
    if (!flow) return NULL;
    const struct fo_node *a = assignment_of(map, fo_string(flow, P_FLOW_NAME));
    const struct fo_node *sources = a ? part(a, FO_FLOW_SOURCE_LIST) : NULL, *targets = a ? part(a, FO_FLOW_TARGET_LIST) : NULL;
    if (sources && sources->first) {
        struct fo_node *first = flow_named(sequence, fo_string(sources->first, P_FLOW_NAME_REFERENCE));
        if (first) flow = first;
        for (const struct fo_node *s = sources->first->next; s; s = s->next) {
            struct fo_node *next = flow_named(sequence, fo_string(s, P_FLOW_NAME_REFERENCE));
            if (next && next != flow) append(flow, next);
        }
    }
    if (targets && targets->first && targets->first->next)
        diag_add(l->diags, DIAG_UNSUPPORTED_PROPERTY, targets->first->next->pos, "a second region in fo:flow-target-list", "6.4.26");
    for (struct fo_node *n = sequence->first; n; n = n->next)
        if (n->element == FO_FLOW && n != flow && n->first)
            diag_add(l->diags, DIAG_UNSUPPORTED_PROPERTY, n->pos, "an fo:flow for another region", "6.4.19");
    return flow;
}
