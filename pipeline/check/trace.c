/* The task trace, both ways: target -> content -> activity -> unit and deadline
 * (resolution.xml, plan.xml), for publications that print the plan. */
#include "check/parts.h"

/* What can be served. */
struct thing {
    xmlNode *node;
    bool target, served;
};

struct trace {
    struct check *c;
    xmlNode *resolution, *plan;
    struct map *things, *units; /* id -> struct thing *, xmlNode * */
};

static void tell(struct trace *t) {
    t->c->found++;
}

/* Of an attribute that is one id. */
static struct pos attribute_place(struct trace *t, xmlNode *n, const char *name, const char *value) {
    struct buf b = {0};
    buf_fmt(&b, "%s=\"%s\"", name, value);
    struct pos pos = check_place(t->c, source_place(n), b.p, 0);
    buf_free(&b);
    return pos;
}

static xmlNode *child(xmlNode *parent, const char *name) {
    for (xmlNode *n = parent ? parent->children : NULL; n; n = n->next)
        if (check_is(n, name)) return n;
    return NULL;
}

/* Keeps node under its id; false when another has it. */
static bool keep(struct trace *t, struct map *ids, xmlNode *n, void *value) {
    const char *id = check_attribute(t->c, n, "id");
    if (!id) return true;
    struct map_entry *e = map_get(ids, id, strlen(id));
    if (!e->value.ptr) {
        e->value.ptr = value;
        return true;
    }
    diag_add(t->c->diags, DIAG_TRACE_TWICE, attribute_place(t, n, "id", id), id);
    tell(t);
    return false;
}

static void suggest(struct trace *t, const struct map *ids, struct pos pos, const char *wrong) {
    size_t n = map_count(ids);
    const char **names = ARENA_ARRAY(t->c->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) names[i] = map_at(ids, i)->key;
    const char *near = source_suggest(wrong, names, n);
    if (near && strcmp(near, wrong) != 0) diag_relate(t->c->diags, DIAG_DID_YOU_MEAN, pos, near);
}

static void tell_unknown(struct trace *t, const struct map *ids, enum diag_id what, struct pos pos, const char *id) {
    diag_add(t->c->diags, what, pos, id);
    suggest(t, ids, pos, id);
    tell(t);
}

/* Calls `each` for the ids in an attribute; how many there are. */
static int each_id(struct trace *t, xmlNode *n, const char *attribute, void (*each)(struct trace *t, xmlNode *n, const char *id)) {
    const char *s = check_attribute(t->c, n, attribute);
    int count = 0;
    for (s = s ? s + strspn(s, " \n\t") : ""; *s; s += strspn(s, " \n\t"), count++) {
        size_t k = strcspn(s, " \n\t");
        each(t, n, arena_strndup(t->c->arena, s, k));
        s += k;
    }
    return count;
}

static struct thing *find_thing(struct trace *t, const char *id) {
    const struct map_entry *e = map_find(t->things, id, strlen(id));
    return e ? e->value.ptr : NULL;
}

/* ---- what there is to serve ---- */

static void read_things(struct trace *t) {
    static const char *const lists[] = {"targets", "contents", "breakthroughs"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        xmlNode *list = child(t->resolution, lists[i]);
        for (xmlNode *n = list ? list->children : NULL; n; n = n->next) {
            if (n->type != XML_ELEMENT_NODE) continue;
            struct thing *thing = ARENA_NEW(t->c->arena, struct thing);
            *thing = (struct thing){n, i == 0, false};
            if (!keep(t, t->things, n, thing)) {
                struct thing *first = find_thing(t, check_attribute(t->c, n, "id"));
                diag_relate(t->c->diags, DIAG_FIRST_HERE, source_place(first->node));
            }
        }
    }
}

static void serve(struct trace *t, xmlNode *n, const char *id) {
    struct thing *thing = find_thing(t, id);
    if (thing) thing->served = true;
    else tell_unknown(t, t->things, DIAG_TRACE_UNKNOWN, check_place(t->c, source_place(n), id, 0), id);
}

/* A content that is served serves its targets. */
static void serve_on(struct trace *t, xmlNode *n, const char *id) {
    struct thing *content = find_thing(t, check_attribute(t->c, n, "id")), *target = find_thing(t, id);
    if (target && target->target) target->served |= content && content->served;
    else tell_unknown(t, t->things, DIAG_TRACE_TARGET, check_place(t->c, source_place(n), id, 0), id);
}

/* ---- the plan ---- */

static void read_units(struct trace *t) {
    for (xmlNode *n = t->plan->children; n; n = n->next) {
        if (!check_is(n, "unit") || keep(t, t->units, n, n)) continue;
        const char *id = check_attribute(t->c, n, "id");
        diag_relate(t->c->diags, DIAG_FIRST_HERE, source_place(map_find(t->units, id, strlen(id))->value.ptr));
    }
}

static xmlNode *find_unit(struct trace *t, const char *id) {
    const struct map_entry *e = id ? map_find(t->units, id, strlen(id)) : NULL;
    return e ? e->value.ptr : NULL;
}

/* The units a unit is one of: known, and not itself. */
static void check_members(struct trace *t) {
    for (size_t i = 0; i < map_count(t->units); i++) {
        xmlNode *unit = map_at(t->units, i)->value.ptr, *n = unit;
        const char *in = check_attribute(t->c, unit, "in");
        if (in && !find_unit(t, in)) tell_unknown(t, t->units, DIAG_TRACE_UNIT, attribute_place(t, unit, "in", in), in);
        for (size_t steps = 0; steps <= map_count(t->units) && n; steps++) {
            n = find_unit(t, check_attribute(t->c, n, "in"));
            if (n != unit) continue;
            diag_add(t->c->diags, DIAG_TRACE_CIRCLE, source_place(unit), map_at(t->units, i)->key);
            tell(t);
            return;
        }
    }
}

static void check_deadline(struct trace *t, xmlNode *n) {
    const char *deadline = check_attribute(t->c, n, "deadline");
    const char *from = check_attribute(t->c, t->resolution, "from"), *to = check_attribute(t->c, t->resolution, "to");
    bool late = deadline && to && strncmp(deadline, to, 4) > 0, early = deadline && from && strncmp(deadline, from, 4) < 0;
    if (!late && !early) return;
    struct pos pos = attribute_place(t, n, "deadline", deadline);
    diag_add(t->c->diags, late ? DIAG_TRACE_LATE : DIAG_TRACE_EARLY, pos, deadline, late ? to : from);
    diag_relate(t->c->diags, DIAG_TRACE_TERM, source_place(t->resolution));
    tell(t);
}

static void check_activity(struct trace *t, struct map *activities, xmlNode *n) {
    const char *id = check_attribute(t->c, n, "id"), *unit = check_attribute(t->c, n, "unit");
    if (!keep(t, activities, n, n)) diag_relate(t->c->diags, DIAG_FIRST_HERE, source_place(map_find(activities, id, strlen(id))->value.ptr));
    if (!each_id(t, n, "serves", serve)) {
        diag_add(t->c->diags, DIAG_TRACE_NOTHING, source_place(n), id ? id : "");
        tell(t);
    }
    if (unit && !find_unit(t, unit)) tell_unknown(t, t->units, DIAG_TRACE_UNIT, attribute_place(t, n, "unit", unit), unit);
    check_deadline(t, n);
}

static void check_plan(struct trace *t) {
    struct map *activities = map_new();
    read_things(t);
    read_units(t);
    check_members(t);
    for (xmlNode *n = t->plan->children; n; n = n->next)
        if (check_is(n, "activity")) check_activity(t, activities, n);
    map_drop(activities);
    xmlNode *contents = child(t->resolution, "contents");
    for (xmlNode *n = contents ? contents->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE) each_id(t, n, "serves", serve_on);
    for (size_t i = 0; i < map_count(t->things); i++) {
        const struct thing *thing = map_at(t->things, i)->value.ptr;
        if (thing->served) continue;
        const char *id = map_at(t->things, i)->key;
        diag_add(t->c->diags, DIAG_TRACE_UNSERVED, attribute_place(t, thing->node, "id", id), id);
        tell(t);
    }
}

/* The units whose sheets are asked for; false when the plan is not printed at all. */
static bool check_includes(struct trace *t, xmlNode *body, bool look) {
    bool printed = false;
    for (xmlNode *n = body; n; n = check_next(n, body, true)) {
        const char *ref = check_is(n, "include") ? check_attribute(t->c, n, "ref") : NULL;
        if (!ref || strcmp(ref, "plan") != 0) continue;
        if (look) return true;
        printed = true;
        const char *view = check_attribute(t->c, n, "view"), *by = check_attribute(t->c, n, "by");
        if (!view || strcmp(view, "unit") != 0 || (by && find_unit(t, by))) continue;
        struct pos pos = check_place(t->c, source_place(n), by ? by : "view", 0);
        tell_unknown(t, t->units, DIAG_TRACE_UNIT, pos, by ? by : "");
    }
    return printed;
}

void check_trace(struct check *c, xmlNode *body, xmlNode *data) {
    struct trace t = {.c = c, .resolution = child(data, "resolution"), .plan = child(data, "plan")};
    if (!t.resolution || !t.plan || !check_includes(&t, body, true)) return;
    t.things = map_new();
    t.units = map_new();
    check_plan(&t);
    check_includes(&t, body, false);
    map_drop(t.things);
    map_drop(t.units);
}
