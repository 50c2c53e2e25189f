/* Why a page is as it is, for a publication: what layout says of the page
 * (layout/explain.c), and the units on it with their places in the sources, and
 * the rules of form that hold for what is on it. */
#include "stages.h"

#include "check/check.h"
#include "layout/layout.h"

/* A place in a source -> what stands there. */
struct spot {
    size_t unit; /* in units */
    size_t version; /* SIZE_MAX: the unit in all its languages */
};

/* A unit on the page. */
struct seen {
    size_t unit;
    bool *versions;
};

struct stage_explain {
    struct explain layout;
    struct arena *arena;
    struct check_units units;
    struct map *spots, *components;
    const struct check_rules *rules;
    struct seen *seen;
    size_t n, cap;
    struct map *order; /* unit -> index + 1 in seen */
    bool there;        /* there is such a page */
};

static void key_of(struct buf *out, struct pos pos) {
    buf_clear(out);
    buf_fmt(out, "%s:%d:%d", pos.file ? pos.file : "", pos.line, pos.col);
}

static void add_spot(struct stage_explain *e, xmlNode *n, struct spot spot, struct buf *key) {
    xmlChar *at = xmlGetNsProp(n, BAD_CAST "at", BAD_CAST SOURCE_PLACE_NS);
    if (!at) return;
    key_of(key, source_place_parse((char *)at));
    xmlFree(at);
    struct map_entry *m = map_get(e->spots, key->p, key->n);
    struct spot *kept = m->value.ptr ? m->value.ptr : ARENA_NEW(e->arena, struct spot);
    *kept = spot;
    m->value.ptr = kept;
}

static void add_spots(struct stage_explain *e, xmlNode *root, struct spot spot, struct buf *key) {
    for (xmlNode *n = root; n;) {
        if (n->type == XML_ELEMENT_NODE) add_spot(e, n, spot, key);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != root && !n->next) n = n->parent;
        n = n == root ? NULL : n->next;
    }
}

/* The nearest place of an object that is a unit's, or a language's of one. */
static const struct spot *spot_of(const struct stage_explain *e, const struct fo_node *n) {
    struct buf key = {0};
    const struct spot *found = NULL;
    for (; n && !found; n = n->parent) {
        key_of(&key, n->pos);
        const struct map_entry *m = map_find(e->spots, key.p, key.n);
        if (m) found = m->value.ptr;
    }
    buf_free(&key);
    return found;
}

static void note_component(struct stage_explain *e, const struct fo_node *n) {
    for (; n && n->style; n = n->parent) {
        const char *own = fo_string(n, P_S_COMPONENT);
        if (own && *own) map_get(e->components, own, strlen(own));
    }
}

/* Rows hold all languages. */
static bool is_row(const struct fo_node *n) {
    return n->element != FO_BLOCK && n->element != FO_LIST_ITEM;
}

static void restart(struct stage_explain *e) {
    map_drop(e->components);
    map_drop(e->order);
    e->components = map_new();
    e->order = map_new();
    e->n = 0;
    e->there = true;
}

static void object(void *arg, const struct fo_node *n) {
    struct stage_explain *e = arg;
    if (!n) {
        restart(e);
        return;
    }
    note_component(e, n);
    for (const struct fo_node *c = n->first; c; c = c->next) note_component(e, c);
    const struct spot *spot = spot_of(e, n);
    if (!spot) return;
    struct map_entry *m = map_get(e->order, &spot->unit, sizeof spot->unit);
    const struct check_unit *unit = &e->units.v[spot->unit];
    if (!m->value.num) {
        e->seen = mem_grow(e->seen, &e->cap, e->n + 1, sizeof *e->seen);
        e->seen[e->n++] = (struct seen){spot->unit, ARENA_ARRAY(e->arena, bool, unit->count + 1)};
        m->value.num = (int64_t)e->n;
    }
    struct seen *seen = &e->seen[m->value.num - 1];
    for (size_t i = 0; i < unit->count; i++) seen->versions[i] |= is_row(n) || spot->version == SIZE_MAX || spot->version == i;
}

struct stage_explain *stage_explain_open(const struct document_options *o, xmlDoc *edition, const struct check_rules *rules) {
    struct arena *arena = arena_new();
    struct stage_explain *e = ARENA_NEW(arena, struct stage_explain);
    *e = (struct stage_explain){.arena = arena, .rules = rules, .spots = map_new(), .components = map_new(), .order = map_new()};
    e->layout = (struct explain){.page = o->explain_page, .json = o->explain_json, .vietnamese = o->explain_vietnamese, .out = o->explain};
    if (!edition) return e;
    e->layout.object = object;
    e->layout.arg = e;
    struct diags *quiet = diags_new();
    struct buf key = {0};
    check_units_open(&e->units, edition, quiet);
    for (size_t i = 0; i < e->units.n; i++) {
        add_spot(e, e->units.v[i].node, (struct spot){i, SIZE_MAX}, &key);
        for (size_t k = 0; k < e->units.v[i].count; k++) add_spots(e, e->units.v[i].v[k].node, (struct spot){i, k}, &key);
    }
    buf_free(&key);
    diags_drop(quiet);
    return e;
}

const struct explain *stage_explain_layout(const struct stage_explain *e) {
    return &e->layout;
}

/* ---- telling ---- */

/* The heading a unit stands under, in a language. */
static char *heading_of(xmlNode *unit, const char *lang) {
    xmlNode *section = unit->parent, *heading = section ? xmlFirstElementChild(section) : NULL;
    bool there = section && strcmp((const char *)section->name, "section") == 0;
    for (xmlNode *v = there && heading ? xmlFirstElementChild(heading) : NULL; v; v = xmlNextElementSibling(v)) {
        xmlChar *own = xmlNodeGetLang(v);
        bool same = own && strcmp((char *)own, lang) == 0;
        xmlFree(own);
        if (same) return (char *)xmlNodeGetContent(v);
    }
    return NULL;
}

/* The first one on the page. */
static const char *language_of(const struct check_unit *unit, const struct seen *seen) {
    for (size_t i = 0; i < unit->count; i++)
        if (seen->versions[i]) return unit->v[i].lang;
    return "";
}

static char *attribute(xmlNode *n, const char *name) {
    return (char *)xmlGetNoNsProp(n, BAD_CAST name);
}

static void json_text(struct buf *b, const char *s) {
    buf_char(b, '"');
    buf_json(b, s ? s : "");
    buf_char(b, '"');
}

static void json_unit(struct buf *b, const struct check_unit *unit, const struct seen *seen, const char *type, const char *heading) {
    buf_str(b, "{\"unit\":");
    json_text(b, unit->key);
    buf_str(b, ",\"type\":");
    json_text(b, type);
    buf_str(b, ",\"heading\":");
    json_text(b, heading);
    buf_str(b, ",\"languages\":[");
    int told = 0;
    for (size_t i = 0; i < unit->count; i++) {
        if (!seen->versions[i]) continue;
        struct pos pos = source_place(unit->v[i].node);
        buf_fmt(b, "%s{\"language\":\"%s\",\"file\":", told++ ? "," : "", unit->v[i].lang);
        json_text(b, pos.file);
        buf_fmt(b, ",\"line\":%d,\"column\":%d}", pos.line, pos.col);
    }
    buf_str(b, "]}");
}

static void print_unit(struct buf *b, const struct check_unit *unit, const struct seen *seen, const char *type) {
    buf_fmt(b, "      %s (%s)", unit->key, type ? type : "");
    int told = 0;
    for (size_t i = 0; i < unit->count; i++) {
        if (!seen->versions[i]) continue;
        struct pos pos = source_place(unit->v[i].node);
        buf_fmt(b, "%s %s %s:%d:%d", told++ ? "," : ":", unit->v[i].lang, pos.file ? pos.file : "", pos.line, pos.col);
    }
    buf_char(b, '\n');
}

static void tell_units(struct stage_explain *e, struct buf *b) {
    bool json = e->layout.json;
    if (json) buf_str(b, ",\"units\":[");
    else if (e->n) buf_fmt(b, "  %s:\n", e->layout.vietnamese ? "các đoạn trên trang" : "units on the page");
    const xmlNode *section = NULL; /* whose heading was told last */
    for (size_t i = 0; i < e->n; i++) {
        const struct check_unit *unit = &e->units.v[e->seen[i].unit];
        char *type = attribute(unit->node, "directive"), *heading = heading_of(unit->node, language_of(unit, &e->seen[i]));
        if (!type) type = attribute(unit->node, "type");
        if (json && i) buf_char(b, ',');
        if (json) json_unit(b, unit, &e->seen[i], type, heading);
        if (!json && heading && unit->node->parent != section) buf_fmt(b, "    “%s”\n", heading);
        if (!json) print_unit(b, unit, &e->seen[i], type);
        section = unit->node->parent;
        xmlFree(type);
        xmlFree(heading);
    }
    if (json) buf_char(b, ']');
}

/* Of the page itself, and of what may stand on each. */
static bool is_everywhere(const char *component) {
    return strcmp(component, "page") == 0 || strcmp(component, "any") == 0 || strcmp(component, "page-number") == 0;
}

static void tell_rule(const struct stage_explain *e, struct buf *b, const struct check_rule *r, bool first) {
    if (!e->layout.json) {
        buf_fmt(b, "    %s.%s: %s [%c; %s]\n", r->pack, r->id, r->asks[e->layout.vietnamese], r->grade, r->clause);
        return;
    }
    buf_fmt(b, "%s{\"pack\":\"%s\",\"rule\":\"%s\",\"component\":\"%s\",\"grade\":\"%c\",\"clause\":", first ? "" : ",", r->pack, r->id,
            r->component, r->grade);
    json_text(b, r->clause);
    buf_str(b, ",\"asks\":");
    json_text(b, r->asks[0]);
    buf_char(b, '}');
}

static void tell_rules(const struct stage_explain *e, struct buf *b) {
    static const char *const title[] = {"rules that hold here", "quy tắc áp dụng ở đây"};
    static const char *const none[] = {"no rules of form hold: the layout is free", "không áp dụng quy tắc thể thức: trình bày tự do"};
    struct check_rule r;
    int told = 0;
    if (e->layout.json) buf_str(b, ",\"rules\":[");
    for (size_t at = 0; check_rules_of(e->rules, NULL, &at, &r);) {
        if (!is_everywhere(r.component) && !map_find(e->components, r.component, strlen(r.component))) continue;
        if (!told && !e->layout.json) buf_fmt(b, "  %s:\n", title[e->layout.vietnamese]);
        tell_rule(e, b, &r, !told++);
    }
    if (e->layout.json) buf_char(b, ']');
    else if (!told) buf_fmt(b, "  %s\n", none[e->layout.vietnamese]);
}

void stage_explain_close(struct stage_explain *e) {
    static const char end[] = "}\n";
    struct buf *b = e->layout.out;
    if (e->there && b->n) {
        if (e->layout.json) b->n -= sizeof end - 1;
        tell_units(e, b);
        tell_rules(e, b);
        if (e->layout.json) buf_str(b, end);
    }
    if (e->layout.object) check_units_close(&e->units);
    mem_free(e->seen);
    map_drop(e->spots);
    map_drop(e->components);
    map_drop(e->order);
    arena_drop(e->arena);
}
