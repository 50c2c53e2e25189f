/* The styles of the blocks on a page: what they are set in, what keeps them
 * together, and where that was said (s:origin, or the FO itself).  Blocks alike
 * are told of once. */
#include "layout/explain.h"

enum { BLOCKS_MAX = 400, GROUPS_MAX = 60, PLACES_MAX = 6 };

/* What is told where it is not the usual. */
static const enum fo_prop own_props[] = {P_SPACE_BEFORE_OPTIMUM, P_SPACE_AFTER_OPTIMUM, P_KEEP_TOGETHER_WITHIN_LINE,
                                         P_KEEP_TOGETHER_WITHIN_COLUMN, P_KEEP_TOGETHER_WITHIN_PAGE,
                                         P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN,
                                         P_KEEP_WITH_NEXT_WITHIN_PAGE, P_KEEP_WITH_PREVIOUS_WITHIN_LINE,
                                         P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN, P_KEEP_WITH_PREVIOUS_WITHIN_PAGE,
                                         P_BREAK_BEFORE, P_BREAK_AFTER};
static const enum fo_prop text_props[] = {P_TEXT_INDENT, P_ORPHANS, P_WIDOWS, P_HYPHENATE};
enum { OWN_PROPS = sizeof own_props / sizeof *own_props, TEXT_PROPS = sizeof text_props / sizeof *text_props };

struct alike {
    const char *key;
    const struct fo_node *first;
    const struct fo_node *blocks[PLACES_MAX];
    int count;
};

struct styles {
    const struct explain *x;
    struct map *keys; /* description -> struct alike * */
    struct arena *arena;
    struct buf scratch;
    int blocks;
};

/* ---- what there is to tell of an object ---- */

static bool is_usual(const struct fo_value *v) {
    switch (v->kind) {
    case FOV_TOKEN: return v->token == E_AUTO || v->token == E_FALSE;
    case FOV_LENGTH: return v->len == 0 && v->u.pct == 0;
    case FOV_NUMBER: return v->u.num == 0;
    default: return true;
    }
}

/* keep-together is inherited: it is told of the object that says so. */
static bool is_told(const struct fo_node *n, enum fo_prop p) {
    if (is_usual(fo_get(n, p))) return false;
    bool inherited = p == P_KEEP_TOGETHER_WITHIN_LINE || p == P_KEEP_TOGETHER_WITHIN_COLUMN || p == P_KEEP_TOGETHER_WITHIN_PAGE;
    const struct fo_node *up = n->parent;
    if (!inherited || !up || !up->style) return true;
    return fo_get(up, p) != fo_get(n, p) && is_usual(fo_get(up, p));
}

static void print_value(struct buf *b, const struct fo_value *v, bool json) {
    struct buf text = {0};
    if (!json) {
        fo_print_value(b, v);
        return;
    }
    fo_print_value(&text, v);
    explain_string(b, buf_cstr(&text));
    buf_free(&text);
}

/* "space-before.optimum" is known as space-before. */
static void print_name(struct buf *b, enum fo_prop p) {
    const char *name = fo_prop_name(p), *end = strstr(name, ".optimum");
    buf_put(b, name, end ? (size_t)(end - name) : strlen(name));
}

static int print_props(struct buf *b, const struct fo_node *n, const enum fo_prop *props, int count, bool json, int told) {
    for (int i = 0; i < count; i++) {
        if (!is_told(n, props[i])) continue;
        buf_str(b, !told++ ? json ? "\"" : "" : json ? ",\"" : "; ");
        print_name(b, props[i]);
        buf_str(b, json ? "\":" : " ");
        print_value(b, fo_get(n, props[i]), json);
    }
    return told;
}

/* The place in the stylesheet, and the attribute sets with theirs. */
static void print_origin(struct buf *b, const struct fo_node *n, bool json) {
    const char *origin = NULL;
    int sets = 0;
    for (uint32_t i = 0; i < n->attr_count; i++)
        if (strcmp(n->attrs[i].name, "s:origin") == 0) origin = n->attrs[i].value;
    if (json) buf_str(b, "\"origin\":");
    if (json) explain_string(b, origin);
    else buf_str(b, origin ? origin : "");
    if (json) buf_str(b, ",\"sets\":[");
    for (uint32_t i = 0; i < n->attr_count; i++) {
        if (strncmp(n->attrs[i].name, "s:origin-", 9) != 0) continue;
        const char *value = n->attrs[i].value, *blank = strchr(value, ' ');
        size_t k = blank ? (size_t)(blank - value) : strlen(value);
        if (json) {
            buf_fmt(b, "%s{\"name\":\"%.*s\",\"at\":", sets++ ? "," : "", (int)k, value);
            explain_string(b, blank ? blank + 1 : NULL);
            buf_char(b, '}');
        } else {
            buf_fmt(b, "%s%.*s (%s)", sets++ ? ", " : " + ", (int)k, value, blank ? blank + 1 : "");
        }
    }
    if (json) buf_char(b, ']');
}

static void print_text_style(struct buf *b, const struct fo_node *n, bool json) {
    static const struct {
        enum fo_prop prop;
        const char *json, *human;
    } shown[] = {{P_FONT_FAMILY, "font", ""},  {P_FONT_WEIGHT, "weight", " "}, {P_FONT_STYLE, "style", " "}, {P_FONT_SIZE, "size", " "},
                 {P_LINE_HEIGHT, "leading", "/"}, {P_TEXT_ALIGN, "align", ", "}, {P_COLOR, "color", ", "}};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct fo_value *v = fo_get(n, shown[i].prop);
        bool plain = (shown[i].prop == P_FONT_WEIGHT && v->kind == FOV_NUMBER && v->u.num == 400) || (shown[i].prop == P_FONT_STYLE && v->token == E_NORMAL);
        if (json) buf_fmt(b, "%s\"%s\":", i ? "," : "", shown[i].json);
        else if (!plain) buf_str(b, shown[i].human);
        if (json || !plain) print_value(b, v, json);
    }
}

static bool tells_anything(const struct fo_node *n) {
    for (int i = 0; i < OWN_PROPS; i++)
        if (is_told(n, own_props[i])) return true;
    return false;
}

static bool is_frame(const struct fo_node *n) {
    return n && n->style && n->element != FO_FLOW && n->element != FO_PAGE_SEQUENCE;
}

/* ---- groups of blocks alike ---- */

static void print_block(struct buf *b, const struct explain *x, const struct fo_node *n) {
    bool json = x->json;
    if (json) buf_char(b, '{');
    print_text_style(b, n, json);
    if (json) buf_str(b, ",\"properties\":{");
    else buf_str(b, "; ");
    int told = print_props(b, n, text_props, TEXT_PROPS, json, 0);
    told = print_props(b, n, own_props, OWN_PROPS, json, told);
    if (json) buf_str(b, "},");
    else if (!told) b->n -= 2;
    bool made = false;
    for (uint32_t i = 0; i < n->attr_count; i++) made |= fo_is_origin(n->attrs[i].name);
    if (!json && made) buf_str(b, "\n        ");
    print_origin(b, n, json);
    if (json) buf_str(b, ",\"in\":[");
    int frames = 0;
    for (const struct fo_node *p = n->parent; is_frame(p); p = p->parent) {
        if (!tells_anything(p)) continue;
        if (json) buf_fmt(b, "%s{\"object\":\"%s\",", frames++ ? "," : "", fo_element_name(p->element));
        else buf_fmt(b, "\n        %s %s ", explain_say(x, EX_IN), fo_element_name(p->element));
        print_origin(b, p, json);
        buf_str(b, json ? ",\"properties\":{" : ": ");
        print_props(b, p, own_props, OWN_PROPS, json, 0);
        if (json) buf_str(b, "}}");
    }
    if (json) buf_char(b, ']');
}

static void add_block(struct styles *s, const struct fo_node *n) {
    if (s->blocks++ >= BLOCKS_MAX) return;
    buf_clear(&s->scratch);
    print_block(&s->scratch, s->x, n);
    struct map_entry *e = map_get(s->keys, buf_cstr(&s->scratch), s->scratch.n);
    if (!e->value.ptr) {
        if (map_count(s->keys) > GROUPS_MAX) return;
        struct alike *g = ARENA_NEW(s->arena, struct alike);
        *g = (struct alike){.key = e->key, .first = n};
        e->value.ptr = g;
    }
    struct alike *g = e->value.ptr;
    if (g->count < PLACES_MAX) g->blocks[g->count] = n;
    g->count++;
}

static bool has_text(const struct fo_node *n) {
    for (const struct fo_node *c = n->first; c; c = c->next) {
        bool space = c->element == FO_TEXT && c->text[strspn(c->text, " \t\r\n")] == 0;
        if (c->element == FO_TEXT ? !space : !fo_is_block_level(c->element) && c->element != FO_MARKER && c->element != FO_WRAPPER) return true;
    }
    return false;
}

/* The blocks with text in n, which may be a row or an item of a list. */
static void add_blocks(struct styles *s, const struct fo_node *n) {
    if (!n->style || n->element == FO_MARKER || n->element == FO_TEXT) return;
    if (n->element == FO_BLOCK && has_text(n)) {
        add_block(s, n);
        return;
    }
    for (const struct fo_node *c = n->first; c; c = c->next) add_blocks(s, c);
}

static void print_group(const struct styles *s, const struct alike *g, bool first) {
    struct buf *b = s->x->out;
    if (s->x->json) {
        buf_fmt(b, "%s%s,\"count\":%d,\"objects\":[", first ? "" : ",", g->key, g->count);
        for (int i = 0; i < g->count && i < PLACES_MAX; i++) {
            buf_str(b, i ? ",{" : "{");
            explain_node(s->x, g->blocks[i]);
            buf_char(b, '}');
        }
        buf_str(b, "]}");
        return;
    }
    buf_fmt(b, "    %s\n        = ", g->key);
    for (int i = 0; i < g->count && i < PLACES_MAX; i++) {
        if (i) buf_str(b, ", ");
        explain_node(s->x, g->blocks[i]);
    }
    if (g->count > PLACES_MAX) buf_fmt(b, " … (%d)", g->count);
    buf_char(b, '\n');
}

void explain_styles(const struct explain *x, const struct fo_node *const *nodes, int count) {
    struct styles s = {.x = x, .keys = map_new(), .arena = arena_new()};
    for (int i = 0; i < count; i++)
        if (nodes[i]) add_blocks(&s, nodes[i]);
    if (x->json) buf_str(x->out, ",\"styles\":[");
    else if (map_count(s.keys)) buf_fmt(x->out, "  %s:\n", explain_say(x, EX_STYLES));
    for (size_t i = 0, told = 0; i < map_count(s.keys); i++)
        if (map_at(s.keys, i)->value.ptr) print_group(&s, map_at(s.keys, i)->value.ptr, !told++);
    if (x->json) buf_char(x->out, ']');
    buf_free(&s.scratch);
    map_drop(s.keys);
    arena_drop(s.arena);
}
