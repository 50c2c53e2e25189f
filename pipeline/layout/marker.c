/* Markers (XSL 1.1, 6.13.5-6): four qualifying areas a class and page, and per
 * class what a later page may still ask of the pages before. */
#include "layout/flow.h"

struct slot {
    const char *name; /* marker-class-name, interned */
    const struct fo_node *first_starting, *first_any, *last_starting, *last_ending, *last_any;
    struct slot *next;
};

struct marker_slots {
    struct arena *arena;
    struct slot *first;
};

/* Of one class, from the pages before: a copy that outlives its sequence. */
struct marker_carry {
    const char *name;
    const struct fo_node *marker;
    int32_t sequence;
    struct arena *arena; /* of a copy, or NULL while the sequence lives */
    struct marker_carry *next;
};

struct marker_slots *marker_slots_new(struct arena *arena) {
    struct marker_slots *m = ARENA_NEW(arena, struct marker_slots);
    m->arena = arena;
    return m;
}

static struct slot *slot_of(struct marker_slots *m, const char *name, bool make) {
    struct slot **s = &m->first;
    while (*s && strcmp((*s)->name, name) != 0) s = &(*s)->next;
    if (!*s && make) {
        *s = ARENA_NEW(m->arena, struct slot);
        (*s)->name = name;
    }
    return *s;
}

/* Markers are the first children; white space may stand between them. */
struct fo_node *first_marker(const struct fo_node *n) {
    struct fo_node *c = n->first;
    while (c && c->element == FO_TEXT && c->next) c = c->next;
    return c && c->element == FO_MARKER ? c : NULL;
}

static void register_marker(struct marker_slots *m, const char *name, struct fo_node *c, bool starting, bool edge) {
    struct slot *s = slot_of(m, name, true);
    if (starting) {
        if (edge && !s->first_starting) s->first_starting = c;
        if (!s->first_any) s->first_any = c;
        if (edge) s->last_starting = c;
    } else {
        if (edge) s->last_ending = c;
        s->last_any = c;
    }
}

void place_markers(struct placer *p, struct fo_node *n, bool starting, bool edge) {
    if (!n->first || p->header_repeat || !p->page || !p->page->markers) return;
    for (struct fo_node *c = first_marker(n); c; c = c->next) {
        const char *name = c->element == FO_MARKER ? marker_class(c) : NULL;
        if (c->element != FO_MARKER && c->element != FO_TEXT) break;
        if (!name) continue;
        register_marker(p->page->markers, name, c, starting, edge);
        for (struct table_scope *t = p->tables; t; t = t->up) {
            register_marker(t->fragment, name, c, starting, edge);
            register_marker(t->table, name, c, starting, edge);
        }
    }
}

const char *marker_class(const struct fo_node *marker) {
    for (uint32_t i = 0; i < marker->attr_count; i++)
        if (strcmp(marker->attrs[i].name, "marker-class-name") == 0) return marker->attrs[i].value;
    return NULL;
}

static struct marker_carry *carry_of(struct layout *l, const char *name, bool make) {
    struct marker_carry **c = &l->carry;
    while (*c && strcmp((*c)->name, name) != 0) c = &(*c)->next;
    if (!*c && make) {
        *c = ARENA_NEW(l->arena, struct marker_carry);
        (*c)->name = str_intern(name, strlen(name));
    }
    return *c;
}

void markers_commit(struct layout *l, struct page *page) {
    for (struct slot *s = page->markers->first; s; s = s->next) {
        const struct fo_node *m = s->last_ending ? s->last_ending : s->last_any;
        if (!m) continue;
        struct marker_carry *c = carry_of(l, s->name, true);
        arena_drop(c->arena);
        c->arena = NULL;
        c->marker = m;
        c->sequence = l->sequence_serial;
    }
}

static struct fo_node *copy_tree(struct arena *a, const struct fo_node *from, struct fo_node *parent) {
    struct fo_node *n = arena_memdup(a, from, sizeof *n);
    n->parent = parent;
    n->first = n->last = n->next = n->prev = NULL;
    n->attrs = arena_memdup(a, from->attrs, from->attr_count * sizeof *from->attrs);
    if (from->text) n->text = arena_strndup(a, from->text, from->text_len);
    for (const struct fo_node *c = from->first; c; c = c->next) {
        struct fo_node *k = copy_tree(a, c, n);
        k->prev = n->last;
        if (n->last) n->last->next = k;
        else n->first = k;
        n->last = k;
    }
    return n;
}

void markers_keep(struct layout *l) {
    for (struct marker_carry *c = l->carry; c; c = c->next) {
        if (c->arena || !c->marker || c->sequence != l->sequence_serial) continue;
        c->arena = arena_new();
        c->marker = copy_tree(c->arena, c->marker, NULL);
    }
}

void markers_drop(struct layout *l) {
    for (struct marker_carry *c = l->carry; c; c = c->next) arena_drop(c->arena);
    l->carry = NULL;
}

static const struct fo_node *retrieve_from(struct marker_slots *m, const char *name, enum fo_token position) {
    struct slot *s = slot_of(m, name, false);
    if (!s) return NULL;
    switch (position) {
    case E_FIRST_INCLUDING_CARRYOVER: return s->first_any;
    case E_LAST_STARTING:
    case E_LAST_STARTING_WITHIN_PAGE: return s->last_starting ? s->last_starting : s->last_any;
    case E_LAST_ENDING:
    case E_LAST_ENDING_WITHIN_PAGE: return s->last_ending ? s->last_ending : s->last_any;
    default: return s->first_starting ? s->first_starting : s->first_any;
    }
}

/* 6.13.7: the fragment first; then what ended last on the page, and in the
 * table. */
static struct fo_node *table_marker(struct layout *l, struct fo_node *retrieve) {
    const char *name = fo_string(retrieve, P_RETRIEVE_CLASS_NAME);
    struct table_scope *t = l->table_scope;
    if (!name || !t) return NULL;
    enum fo_token boundary = fo_token(retrieve, P_RETRIEVE_BOUNDARY_WITHIN_TABLE);
    const struct fo_node *m = retrieve_from(t->fragment, name, fo_token(retrieve, P_RETRIEVE_POSITION_WITHIN_TABLE));
    if (!m && boundary != E_TABLE_FRAGMENT && t->page) m = retrieve_from(t->page->markers, name, E_LAST_ENDING);
    if (!m && boundary == E_TABLE) m = retrieve_from(t->table, name, E_LAST_ENDING);
    return m && m->first ? fo_bind(l->fo, t->arena, m, retrieve) : NULL;
}

/* 6.13.6: only static content retrieves; what came from a marker never does,
 * or it could retrieve itself. */
static bool is_retrieved(struct layout *l, const struct fo_node *retrieve) {
    const struct fo_node *p = retrieve->parent;
    while (p && p->element != FO_RETRIEVE_MARKER && p->element != FO_RETRIEVE_TABLE_MARKER) p = p->parent;
    if (p) diag_add(l->diags, DIAG_MISPLACED, retrieve->pos, fo_element_name(retrieve->element), "fo:marker");
    return p != NULL;
}

struct fo_node *marker_content(struct layout *l, struct fo_node *retrieve) {
    if (is_retrieved(l, retrieve)) return NULL;
    if (retrieve->element == FO_RETRIEVE_TABLE_MARKER) return table_marker(l, retrieve);
    const char *name = fo_string(retrieve, P_RETRIEVE_CLASS_NAME);
    if (!name || !l->static_page) return NULL;
    const struct fo_node *m = retrieve_from(l->static_page->markers, name, fo_token(retrieve, P_RETRIEVE_POSITION));
    enum fo_token boundary = fo_token(retrieve, P_RETRIEVE_BOUNDARY);
    if (!m && boundary != E_PAGE) {
        struct marker_carry *c = carry_of(l, name, false);
        if (c && (boundary == E_DOCUMENT || c->sequence == l->sequence_serial)) m = c->marker;
    }
    if (!m || !m->first) return NULL;
    return fo_bind(l->fo, l->static_arena, m, retrieve);
}
