/* Building the FO tree and checking its structure (XSL 1.1, clause 6). */
#include "fo/tree.h"

#define SLAB_BYTES (128 * 1024)

/* An open object. */
struct frame {
    struct fo_node *node;
    const struct fo_style *style; /* parent style of children */
    enum fo_element model; /* whose content model holds: wrappers are transparent */
    enum fo_element outer; /* and for what a multi-case or -properties holds */
    bool unstyled;  /* inside fo:marker */
    bool anonymous; /* made by us around misplaced content */
};

struct build {
    struct fo_doc *doc;
    struct arena *arena; /* of the document or the open page sequence */
    struct frame *frame;
    size_t depth, cap;
    size_t skip; /* open elements that are passed over */
    xmlNode *foreign; /* innermost open foreign element, or NULL */
    size_t foreign_depth;
    struct buf text;
    struct pos text_pos;
    struct fo_attr attrs[MAX_ATTRS]; /* of the object being opened */
    struct sequence *open, *last;
    bool head_done, failed, again, has_masters;
    int32_t index_serial;
    struct map *masters;
};

struct build *build_new(struct fo_doc *doc) {
    struct build *b = mem_alloc(sizeof *b);
    b->doc = doc;
    b->arena = doc->arena;
    b->masters = map_new();
    return b;
}

void build_drop(struct build *b) {
    if (!b) return;
    mem_free(b->frame);
    buf_free(&b->text);
    map_drop(b->masters);
    mem_free(b);
}

void build_restart(struct build *b) {
    b->depth = b->skip = b->foreign_depth = 0;
    b->foreign = NULL;
    b->open = b->last = NULL;
    b->arena = b->doc->arena;
    b->again = true;
    b->index_serial = 0;
    b->failed = false;
    buf_clear(&b->text);
}

bool build_head_done(const struct build *b) {
    return b->head_done;
}

bool build_failed(const struct build *b) {
    return b->failed;
}

void build_fail(struct build *b) {
    b->failed = true;
}

void sequence_drop(struct sequence *s) {
    for (size_t i = 0; i < s->slabs; i++) arena_drop(s->slab[i]);
    mem_free(s->slab);
    if (s->foreign) xmlFreeDoc(s->foreign);
    mem_free(s);
}

void build_forget(struct build *b, const struct sequence *s) {
    struct sequence *last = NULL;
    for (struct sequence *i = b->doc->sequences; i; i = i->next)
        if (i != s) last = i;
    b->last = last;
    if (b->open == s) b->open = NULL;
}

static struct frame *top(struct build *b) {
    return b->depth ? &b->frame[b->depth - 1] : NULL;
}

/* ---- nodes ---- */

bool build_leads(enum fo_element e) {
    switch (e) {
    case FO_MARKER:
    case FO_TABLE_CAPTION:
    case FO_TABLE_COLUMN:
    case FO_TABLE_HEADER:
    case FO_TABLE_FOOTER:
    case FO_MULTI_PROPERTY_SET:
    case FO_MULTI_CASE: return true;
    default: return false;
    }
}

static void append(struct fo_node *parent, struct fo_node *node) {
    if (parent->last && build_leads(parent->last->element)) parent->last->slab = node->slab;
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last) parent->last->next = node;
    else parent->first = node;
    parent->last = node;
}

static struct fo_node *node_new(struct build *b, enum fo_element element, struct pos pos) {
    struct fo_node *n = ARENA_NEW(b->arena, struct fo_node);
    n->element = element;
    n->pos = pos;
    n->tag = -1;
    n->slab = b->open ? (uint32_t)b->open->slabs - 1 : 0;
    n->whole = element == FO_TEXT;
    return n;
}

/* Wrappers and the cases of a switch hold what their surroundings may hold. */
static void set_model(struct frame *f, const struct frame *up) {
    enum fo_element e = f->node->element;
    f->model = f->outer = e;
    if (!up) return;
    bool in_multi = up->node->element == FO_MULTI_SWITCH || up->node->element == FO_MULTI_PROPERTIES;
    if (e == FO_MULTI_SWITCH || e == FO_MULTI_PROPERTIES) f->outer = up->model;
    else if (e == FO_WRAPPER || e == FO_MULTI_CASE) f->model = in_multi ? up->outer : up->model;
}

static void push(struct build *b, struct fo_node *node, const struct fo_style *style, bool anonymous) {
    b->frame = mem_grow(b->frame, &b->cap, b->depth + 1, sizeof *b->frame);
    struct frame *up = b->depth ? &b->frame[b->depth - 1] : NULL;
    struct frame *f = &b->frame[b->depth++];
    f->node = node;
    f->style = style;
    f->anonymous = anonymous;
    f->unstyled = up && (up->unstyled || up->node->element == FO_MARKER);
    set_model(f, up);
}

static void push_anonymous(struct build *b, enum fo_element element, struct pos pos) {
    struct frame *up = top(b);
    struct fo_node *node = node_new(b, element, pos);
    append(up->node, node);
    bool unstyled = up->unstyled || up->node->element == FO_MARKER;
    node->style = unstyled ? NULL : style_plain(b->doc, up->style);
    push(b, node, node->style ? node->style : up->style, true);
}

/* ---- text ---- */

static bool is_blank(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n' && s[i] != '\r') return false;
    return true;
}

static void add_text(struct build *b) {
    struct frame *f = top(b);
    struct fo_node *n = node_new(b, FO_TEXT, b->text_pos);
    append(f->node, n);
    bool unstyled = f->unstyled || f->node->element == FO_MARKER;
    n->style = unstyled ? NULL : style_plain(b->doc, f->style);
    n->text = arena_strndup(b->arena, b->text.p, b->text.n);
    n->text_len = (uint32_t)b->text.n;
}

static void misplaced(struct build *b, struct pos pos, const char *what, enum fo_element model) {
    diag_add(b->doc->diags, DIAG_MISPLACED, pos, what, fo_elements[model].name);
}

static bool holds_blocks(enum fo_element model) {
    return vocab_may_hold(model, FO_BLOCK);
}

static void flush_text(struct build *b) {
    struct frame *f = top(b);
    if (b->text.n == 0) return;
    if (f && vocab_holds_text(f->model)) {
        add_text(b);
    } else if (f && !is_blank(b->text.p, b->text.n)) {
        misplaced(b, b->text_pos, "#text", f->model); /* and left out, as the reference does */
    }
    buf_clear(&b->text);
}

void build_text(struct build *b, const char *s, size_t n, struct pos pos) {
    if (b->skip || b->failed || n == 0) return;
    if (b->foreign) {
        xmlAddChild(b->foreign, xmlNewDocTextLen(b->foreign->doc, BAD_CAST s, (int)n));
        return;
    }
    if (!b->depth) return;
    if (b->text.n == 0) b->text_pos = pos;
    buf_put(&b->text, s, n);
}

/* ---- where an element may stand ---- */

#define SKIP FO_ELEMENT_COUNT

static bool goes_anywhere(enum fo_element e) {
    return e == FO_CHANGE_BAR_BEGIN || e == FO_CHANGE_BAR_END || e == FO_INDEX_RANGE_BEGIN ||
           e == FO_INDEX_RANGE_END || e == FO_FOX_DESTINATION;
}

static bool is_page_level(enum fo_element e) {
    return e <= FO_REGION_NAME_SPECIFIER || (e >= FO_BOOKMARK_TREE && e <= FO_BOOKMARK_TITLE) ||
           e >= FO_FOX_EXTERNAL_DOCUMENT;
}

static bool is_row_like(enum fo_element e) {
    return e == FO_TABLE_ROW || e == FO_TABLE_CELL;
}

/* What a misplaced element becomes: itself, with an object made around it, a
 * wrapper, or nothing. */
static enum fo_element place_misplaced(struct build *b, enum fo_element e, struct pos pos,
        enum fo_element model) {
    enum element_kind kind = fo_elements[e].kind;
    if (goes_anywhere(e)) return e;
    misplaced(b, pos, fo_elements[e].name, model);
    if (model == FO_TABLE && is_row_like(e)) {
        push_anonymous(b, FO_TABLE_BODY, pos);
        return e;
    }
    if ((kind == ELEMENT_INLINE || kind == ELEMENT_OUT) && holds_blocks(model)) {
        push_anonymous(b, FO_BLOCK, pos);
        return e;
    }
    bool flows = holds_blocks(model) || vocab_holds_text(model);
    if (kind == ELEMENT_OTHER) return flows && !is_page_level(e) ? FO_WRAPPER : SKIP;
    return flows || kind == ELEMENT_NEUTRAL ? e : SKIP;
}

static void close_top(struct build *b);

/* An object we made ends where its content ends. */
static void leave_anonymous(struct build *b, enum fo_element e) {
    struct frame *f = top(b);
    if (!f->anonymous) return;
    enum element_kind kind = fo_elements[e].kind;
    bool is_inline = kind == ELEMENT_INLINE || kind == ELEMENT_OUT;
    bool stays = f->node->element == FO_BLOCK ? is_inline : is_row_like(e);
    if (!stays) close_top(b);
}

static enum fo_element place(struct build *b, enum fo_element e, struct pos pos) {
    leave_anonymous(b, e);
    enum fo_element model = top(b)->model;
    return vocab_may_hold(model, e) ? e : place_misplaced(b, e, pos, model);
}

/* ---- elements ---- */

static enum fo_element element_of(struct build *b, const char *ns, const char *name, struct pos pos) {
    char full[64];
    bool neighbour = strcmp(ns, NS_FOX) == 0; /* whose vocabulary we do not claim to know */
    int n = snprintf(full, sizeof full, "%s:%s", neighbour ? "fox" : strcmp(ns, NS_FO) == 0 ? "fo" : "s",
            name);
    enum fo_element e = n < (int)sizeof full ? vocab_element(full, (size_t)n) : FO_UNKNOWN;
    if (e == FO_UNKNOWN && !neighbour) diag_add(b->doc->diags, DIAG_UNKNOWN_ELEMENT, pos, full);
    return e;
}

/* src:at="file:line:col" of the author's own file. */
static bool read_position(const struct build_attr *a, struct pos *pos) {
    if (!a->ns || strcmp(a->ns, NS_SOURCE) != 0) return false;
    struct buf s = {0};
    buf_put(&s, a->value, a->n);
    char *col = s.n ? strrchr(s.p, ':') : NULL, *line = NULL;
    if (col) {
        *col = 0;
        line = strrchr(s.p, ':');
    }
    if (line && strcmp(a->name, "at") == 0) {
        pos->file = str_intern(s.p, (size_t)(line - s.p));
        pos->line = (int32_t)strtol(line + 1, NULL, 10);
        pos->col = (int32_t)strtol(col + 1, NULL, 10);
    }
    buf_free(&s);
    return true;
}

/* The name a property has here: "x", "fox:x", "s:x", "xml:lang"; NULL for
 * attributes that are none. */
static const char *attribute_name(const struct build_attr *a) {
    char full[96];
    if (!a->ns) return str_intern(a->name, strlen(a->name));
    if (strcmp(a->ns, NS_XML) == 0) return strcmp(a->name, "lang") == 0 ? str_intern("xml:lang", 8) : NULL;
    const char *prefix = strcmp(a->ns, NS_FOX) == 0 ? "fox" : strcmp(a->ns, NS_S) == 0 ? "s" : NULL;
    int n = prefix ? snprintf(full, sizeof full, "%s:%s", prefix, a->name) : 0;
    return n > 0 && n < (int)sizeof full ? str_intern(full, (size_t)n) : NULL;
}

/* What an index cites (7.24.2) has an id, one that no document can write. */
static const char *index_id(struct build *b) {
    char name[32];
    int n = snprintf(name, sizeof name, "index %d", ++b->index_serial);
    return str_intern(name, (size_t)n);
}

/* The list stands in b->attrs until keep_attributes. */
static void read_attributes(struct build *b, struct fo_node *node, const struct build_attr *attrs,
        int count) {
    struct fo_attr *out = b->attrs;
    uint32_t n = 0;
    bool keyed = false;
    for (int i = 0; i < count && i < MAX_ATTRS; i++) {
        if (read_position(&attrs[i], &node->pos)) continue;
        const char *name = attribute_name(&attrs[i]);
        if (!name) continue;
        out[n].name = name;
        out[n].value = str_intern(attrs[i].value, attrs[i].n);
        if (strcmp(name, "id") == 0 && attrs[i].n) node->id = out[n].value;
        keyed |= strcmp(name, "index-key") == 0;
        n++;
    }
    node->attrs = out;
    node->attr_count = n;
    if (keyed && !node->id) node->id = index_id(b);
}

static void keep_attributes(struct build *b, struct fo_node *node) {
    if (node->attrs == b->attrs)
        node->attrs = arena_memdup(b->arena, b->attrs, sizeof *b->attrs * node->attr_count);
}

/* A long flow is spread over many pieces of memory, so that what was laid out
 * can go. */
static void next_slab(struct build *b) {
    struct sequence *s = b->open;
    s->slab = mem_grow(s->slab, &s->cap, s->slabs + 1, sizeof *s->slab);
    b->arena = s->slab[s->slabs++] = arena_new();
}

static void open_sequence(struct build *b) {
    struct sequence *s = mem_alloc(sizeof *s);
    if (b->last) b->last->next = s;
    else b->doc->sequences = s;
    b->last = b->open = s;
    next_slab(b);
    b->head_done = true;
    if (!b->has_masters) {
        struct pos pos = {.file = b->doc->name};
        diag_add(b->doc->diags, DIAG_FO_STRUCTURE, pos, "fo:layout-master-set is missing");
        b->failed = true;
    }
}

static void note_master(struct build *b, const struct fo_node *node) {
    if (node->element == FO_LAYOUT_MASTER_SET) b->has_masters = true;
    if (!node->style || (node->element != FO_SIMPLE_PAGE_MASTER && node->element != FO_PAGE_SEQUENCE_MASTER)) return;
    const char *name = fo_string(node, P_MASTER_NAME);
    if (!name) return;
    struct map_entry *e = map_get(b->masters, name, strlen(name));
    if (e->value.num++) diag_add(b->doc->diags, DIAG_DUPLICATE_MASTER, node->pos, name);
}

static void tell_support(struct build *b, const struct fo_node *node) {
    const struct element_row *row = &fo_elements[node->element];
    if (row->support == SUPPORT_NONE && node->element > FO_TEXT)
        diag_add(b->doc->diags, DIAG_UNSUPPORTED_ELEMENT, node->pos, row->name, row->clause);
}

static void open_element(struct build *b, enum fo_element e, struct pos pos, const struct build_attr *attrs,
                         int count) {
    struct frame *up = top(b);
    if (e == FO_PAGE_SEQUENCE) open_sequence(b);
    else if (b->open && arena_bytes(b->arena) > SLAB_BYTES) next_slab(b);
    struct fo_node *node = node_new(b, e, pos);
    read_attributes(b, node, attrs, count);
    bool unstyled = up && (up->unstyled || up->node->element == FO_MARKER);
    const struct fo_style *parent = up ? up->style : &b->doc->initial->pub;
    if (e == FO_PAGE_SEQUENCE || e == FO_PAGE_SEQUENCE_WRAPPER) node->parent = b->doc->root;
    else if (up) append(up->node, node);
    if (!unstyled) node->style = style_make(b->doc, b->arena, parent, node);
    keep_attributes(b, node);
    if (e == FO_ROOT) b->doc->root = node;
    if (e == FO_PAGE_SEQUENCE) b->open->node = node;
    if (e == FO_FLOW && b->open) b->open->flowing = true;
    push(b, node, node->style ? node->style : parent, false);
    note_master(b, node);
    tell_support(b, node);
}

static void start_root(struct build *b, const char *ns, const char *prefix, const char *name, struct pos pos,
                       const struct build_attr *attrs, int count) {
    if (!ns || strcmp(ns, NS_FO) != 0 || strcmp(name, "root") != 0) {
        struct buf text = {0};
        bool same = strcmp(name, "root") == 0;
        buf_fmt(&text, "the document element is %s%s%s, not fo:root%s", prefix ? prefix : "",
                prefix ? ":" : "", name, same ? " of the namespace " NS_FO : "");
        diag_add(b->doc->diags, DIAG_FO_STRUCTURE, pos, buf_cstr(&text));
        buf_free(&text);
        b->failed = true;
    } else if (b->again) {
        push(b, b->doc->root, b->doc->root->style, false);
    } else {
        open_element(b, FO_ROOT, pos, attrs, count);
    }
}

/* ---- foreign content ---- */

bool build_wants_foreign(const struct build *b) {
    const struct frame *f = b->depth && !b->skip ? &b->frame[b->depth - 1] : NULL;
    return f && (f->node->element == FO_INSTREAM_FOREIGN_OBJECT || f->node->element == FO_DECLARATIONS);
}

void build_lend_foreign(struct build *b, xmlNode *node) {
    flush_text(b);
    struct frame *f = top(b);
    if (f->node->element == FO_DECLARATIONS) meta_read(b->doc, node);
    else if (!f->node->foreign) f->node->foreign = node;
}

static void start_foreign(struct build *b, const char *ns, const char *prefix, const char *name,
                          const struct build_attr *attrs, int count) {
    if (b->foreign || build_wants_foreign(b)) {
        bool first = !b->foreign;
        if (++b->foreign_depth > MAX_DEPTH) return;
        xmlDoc **doc = b->open ? &b->open->foreign : &b->doc->foreign;
        b->foreign = foreign_start(doc, b->foreign, ns, prefix, name, attrs, count);
        if (first && top(b)->node->element == FO_INSTREAM_FOREIGN_OBJECT && !top(b)->node->foreign)
            top(b)->node->foreign = b->foreign;
    } else {
        b->skip = 1;
    }
}

static void end_foreign(struct build *b) {
    if (b->foreign_depth-- > MAX_DEPTH) return;
    xmlNode *done = b->foreign;
    b->foreign = b->foreign_depth ? done->parent : NULL;
    if (!b->foreign && top(b)->node->element == FO_DECLARATIONS) meta_read(b->doc, done);
}

/* ---- what a reader calls ---- */

static bool too_deep(struct build *b, struct pos pos) {
    if (b->depth < MAX_DEPTH) return false;
    diag_add(b->doc->diags, DIAG_TOO_DEEP, pos, MAX_DEPTH);
    b->failed = true;
    return true;
}

static bool is_ours(const char *ns) {
    return ns && (strcmp(ns, NS_FO) == 0 || strcmp(ns, NS_FOX) == 0 || strcmp(ns, NS_S) == 0);
}

void build_start(struct build *b, const char *ns, const char *prefix, const char *name, struct pos pos,
                 const struct build_attr *attrs, int count) {
    if (b->failed) return;
    if (b->skip) {
        b->skip++;
        return;
    }
    if (!b->foreign) flush_text(b);
    if (!b->depth) {
        start_root(b, ns, prefix, name, pos, attrs, count);
        return;
    }
    if (b->foreign || !is_ours(ns)) {
        start_foreign(b, ns, prefix, name, attrs, count);
        return;
    }
    if (too_deep(b, pos)) return;
    enum fo_element e = element_of(b, ns, name, pos);
    if (e == FO_UNKNOWN && strcmp(ns, NS_FOX) == 0) e = SKIP;
    else if (e == FO_UNKNOWN) e = top(b)->model == FO_ROOT ? SKIP : FO_WRAPPER;
    else e = place(b, e, pos);
    if (b->again && !b->open && e != FO_PAGE_SEQUENCE && e != FO_PAGE_SEQUENCE_WRAPPER) e = SKIP;
    if (e == SKIP) b->skip = 1;
    else open_element(b, e, pos, attrs, count);
}

static void close_top(struct build *b) {
    struct fo_node *node = b->frame[--b->depth].node;
    node->whole = true;
    if (node->element != FO_PAGE_SEQUENCE || !b->open) return;
    b->open->complete = true;
    b->open = NULL;
    b->arena = b->doc->arena;
}

void build_end(struct build *b) {
    if (b->failed || !b->depth) return;
    if (b->skip) {
        b->skip--;
        return;
    }
    if (b->foreign) {
        end_foreign(b);
        return;
    }
    flush_text(b);
    while (b->depth && top(b)->anonymous) close_top(b);
    close_top(b);
    if (!b->depth) b->head_done = true;
}
