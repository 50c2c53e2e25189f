/* What moves or cuts areas after they are made: relative-position (XSL 1.1,
 * 7.13.5), clip (7.21.1), fox:transform. */
#include "layout/flow.h"

struct offset position_relative(const struct fo_node *n, mpt width, mpt height) {
    if (!fo_is(n, P_RELATIVE_POSITION, E_RELATIVE)) return (struct offset){0, 0};
    bool left = fo_is_length(n, P_LEFT), top = fo_is_length(n, P_TOP);
    return (struct offset){left ? fo_length(n, P_LEFT, width) : -fo_length(n, P_RIGHT, width),
                           top ? fo_length(n, P_TOP, height) : -fo_length(n, P_BOTTOM, height)};
}

/* What stands after `after` goes into a group; NULL: nothing does. */
static struct area_group *wrap(struct arena *arena, struct area_list *list, struct area *after, struct pos pos) {
    struct area_list moved = {after ? after->next : list->first, list->last};
    if (!moved.first) return NULL;
    if (after) after->next = NULL;
    else list->first = NULL;
    list->last = after;
    struct area_group *g = area_add_group(arena, list, TAG_ARTIFACT, pos);
    g->children = moved;
    return g;
}

void position_shift(struct arena *arena, struct area_list *list, struct area *after, struct offset by, struct pos pos) {
    struct area_group *g = by.x || by.y ? wrap(arena, list, after, pos) : NULL;
    if (!g) return;
    g->m[4] = by.x;
    g->m[5] = by.y;
}

/* The next number with its unit at *p, as a length; auto is 0. */
static bool next_length(const char **p, mpt *out) {
    while (**p == ' ' || **p == ',') ++*p;
    *out = 0;
    if (strncmp(*p, "auto", 4) == 0) {
        *p += 4;
        return true;
    }
    char *end;
    double v = strtod(*p, &end);
    size_t n = strspn(end, "abcdefghijklmnopqrstuvwxyz");
    bool ok = end != *p && !(v != v);
    if (ok && n) *out = mpt_from_unit(v, end, n, &ok);
    else if (ok && v != 0) ok = false;
    *p = end + n;
    return ok;
}

/* 7.21.1: rect(top right bottom left), distances inwards from the edges. */
struct rect position_clip(struct layout *l, const struct fo_node *n, struct rect r) {
    const char *s = fo_string(n, P_CLIP);
    if (!s || !*s) return r;
    mpt side[4];
    const char *p = s;
    bool good = strncmp(p, "rect(", 5) == 0;
    if (good) p += 5;
    for (int i = 0; i < 4 && good; i++) good = next_length(&p, &side[i]);
    if (!good) {
        diag_add(l->diags, DIAG_BAD_VALUE, n->pos, s, "clip");
        return r;
    }
    struct rect c = {mpt_clamp((int64_t)r.x + side[3]), mpt_clamp((int64_t)r.y + side[0]),
                     mpt_clamp((int64_t)r.w - side[1] - side[3]), mpt_clamp((int64_t)r.h - side[0] - side[2])};
    if (c.w < 0) c.w = 0;
    if (c.h < 0) c.h = 0;
    return c;
}

/* The matrix of a transform list as SVG writes it, about the point x, y. */
static void turn_about(double m[6], mpt x, mpt y) {
    m[4] += x - (m[0] * x + m[2] * y);
    m[5] += y - (m[1] * x + m[3] * y);
}

static void transform(struct layout *l, const struct fo_node *n, const char *s, struct area_group *g, struct rect r) {
    if (!image_transform(s, g->m)) diag_add(l->diags, DIAG_BAD_VALUE, n->pos, s, "fox:transform");
    turn_about(g->m, r.x, r.y);
}

struct area_list *position_transform(struct layout *l, struct arena *arena, struct area_list *list, const struct fo_node *n,
                                     struct rect r) {
    const char *s = fo_string(n, P_FOX_TRANSFORM);
    if (!s || !*s) return list;
    struct area_group *g = area_add_group(arena, list, TAG_ARTIFACT, n->pos);
    transform(l, n, s, g, r);
    return &g->children;
}

void position_transform_since(struct layout *l, const struct canvas *c, struct area *after, const struct fo_node *n, struct rect r) {
    const char *s = n->element == FO_BLOCK_CONTAINER ? fo_string(n, P_FOX_TRANSFORM) : NULL;
    struct area_group *g = s && *s ? wrap(c->arena, c->list, after, n->pos) : NULL;
    if (g) transform(l, n, s, g, r);
}
