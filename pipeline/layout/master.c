/* Page masters: geometry of regions, choice among masters (XSL 1.1, 6.4.7-18,
 * 7.27). */
#include "layout/flow.h"

struct masters {
    struct layout *l;
    struct arena *arena;
    struct fo_node *set;
    struct map *simple; /* master-name -> struct master */
};

static struct fo_node *named(struct fo_node *set, enum fo_element e, const char *name) {
    for (struct fo_node *n = set ? set->first : NULL; n; n = n->next) {
        const char *s = n->element == e ? fo_string(n, P_MASTER_NAME) : NULL;
        if (s && name && strcmp(s, name) == 0) return n;
    }
    return NULL;
}

struct masters *masters_new(struct layout *l, struct fo_node *root) {
    struct masters *m = ARENA_NEW(l->arena, struct masters);
    m->l = l;
    m->arena = l->arena;
    m->simple = map_new();
    for (struct fo_node *n = root->first; n; n = n->next)
        if (n->element == FO_LAYOUT_MASTER_SET) m->set = n;
    return m;
}

void masters_drop(struct masters *m) {
    if (m) map_drop(m->simple);
}

static int turn_of(const struct fo_node *n) {
    int v = (int)fo_number(n, P_REFERENCE_ORIENTATION) % 360;
    return v < 0 ? v + 360 : v;
}

static bool is_rl(const struct fo_node *n) {
    enum fo_token t = fo_token(n, P_WRITING_MODE);
    return t == E_RL_TB || t == E_RL_BT;
}

static bool is_tb(const struct fo_node *n) {
    enum fo_token t = fo_token(n, P_WRITING_MODE);
    return t == E_TB_RL || t == E_TB_LR || t == E_BT_LR || t == E_BT_RL;
}

static mpt page_size(const struct fo_node *n, enum fo_prop p, mpt otherwise) {
    return fo_is_length(n, p) && fo_length(n, p, 0) > 0 ? fo_length(n, p, 0) : otherwise;
}

/* Content rectangle, columns of a region whose viewport stands. */
static void region_inside(struct region *r, int page_rotation) {
    struct fo_node *n = r->node;
    edges_of(&r->edges, n, r->viewport.w);
    r->rotation = (turn_of(n) - page_rotation + 360) % 360; /* a region's is of the page as it lies */
    r->rl = is_rl(n);
    r->tb = is_tb(n);
    struct rect in = r->viewport;
    mpt w = in.w - edges_width(&r->edges, SIDE_START) - edges_width(&r->edges, SIDE_END);
    mpt h = in.h - edges_width(&r->edges, SIDE_BEFORE) - edges_width(&r->edges, SIDE_AFTER);
    bool across = (r->rotation % 180 != 0) != r->tb;
    r->width = across ? h : w;
    r->height = across ? w : h;
    if (r->width < 0) r->width = 0;
    if (r->height < 0) r->height = 0;
    r->columns = 1;
    if (n->element != FO_REGION_BODY && n->element != FO_SIMPLE_PAGE_MASTER) return;
    r->columns = (int32_t)fo_number(n, P_COLUMN_COUNT);
    if (r->columns < 1) r->columns = 1;
    if (r->columns > BALANCE_MAX) r->columns = BALANCE_MAX;
    r->gap = fo_length(n, P_COLUMN_GAP, r->width);
    if (r->gap < 0) r->gap = 0;
    r->column_width = (mpt)((r->width - (int64_t)r->gap * (r->columns - 1)) / r->columns);
    if (r->column_width < 0) r->column_width = 0;
}

static const char *region_name(const struct fo_node *n, const char *otherwise) {
    const char *s = fo_string(n, P_REGION_NAME);
    return s && *s ? s : otherwise;
}

static mpt extent_of(const struct region *r, mpt base) {
    return r->node ? fo_length(r->node, P_EXTENT, base) : 0;
}

/* A rectangle by its distances from the start-edge and before-edge of `in`. */
static struct rect placed_in(struct rect in, struct rect r, enum fo_token mode) {
    switch (mode) {
    case E_RL_TB: return (struct rect){in.x + in.w - r.x - r.w, in.y + r.y, r.w, r.h};
    case E_TB_RL: return (struct rect){in.x + in.w - r.y - r.h, in.y + r.x, r.h, r.w};
    case E_TB_LR: return (struct rect){in.x + r.y, in.y + r.x, r.h, r.w};
    default: return (struct rect){in.x + r.x, in.y + r.y, r.w, r.h};
    }
}

/* Side regions lie along the edges of the page's content rectangle; those with
 * precedence run to its corners (6.4.15-18).  page: the base of percentages,
 * turned (7.27.7). */
static void place_sides(struct master *m, struct rect in, struct rect page, enum fo_token mode) {
    struct region *before = &m->region[REGION_BEFORE], *after = &m->region[REGION_AFTER];
    struct region *start = &m->region[REGION_START], *end = &m->region[REGION_END];
    bool tb = mode == E_TB_RL || mode == E_TB_LR;
    mpt w = tb ? in.h : in.w, h = tb ? in.w : in.h, page_w = tb ? page.h : page.w, page_h = tb ? page.w : page.h;
    mpt eb = extent_of(before, page_h), ea = extent_of(after, page_h);
    mpt es = extent_of(start, page_w), ee = extent_of(end, page_w);
    bool pb = before->node && fo_is(before->node, P_PRECEDENCE, E_TRUE);
    bool pa = after->node && fo_is(after->node, P_PRECEDENCE, E_TRUE);
    mpt top = pb ? eb : 0, between = h - top - (pa ? ea : 0);
    before->viewport = placed_in(in, (struct rect){pb ? 0 : es, 0, w - (pb ? 0 : es + ee), eb}, mode);
    after->viewport = placed_in(in, (struct rect){pa ? 0 : es, h - ea, w - (pa ? 0 : es + ee), ea}, mode);
    start->viewport = placed_in(in, (struct rect){0, top, es, between}, mode);
    end->viewport = placed_in(in, (struct rect){w - ee, top, ee, between}, mode);
}

/* A margin of a region-body, as margin or as space and indent (7.11, 5.3.2). */
static mpt margin_of(const struct fo_node *n, enum fo_prop margin, enum fo_prop relative, mpt base) {
    mpt v = fo_length(n, margin, base);
    return v || !fo_is_length(n, relative) ? v : fo_length(n, relative, base);
}

static struct master *master_make(struct masters *ms, struct fo_node *n) {
    static const mpt WIDTH = 594720, HEIGHT = 792000; /* 8.26in x 11in, the reference's */
    struct master *m = ARENA_NEW(ms->arena, struct master);
    m->node = n;
    m->name = fo_string(n, P_MASTER_NAME);
    m->width = page_size(n, P_PAGE_WIDTH, WIDTH);
    m->height = page_size(n, P_PAGE_HEIGHT, HEIGHT);
    m->rotation = turn_of(n);
    bool across = m->rotation % 180 != 0;
    mpt w = across ? m->height : m->width, h = across ? m->width : m->height;
    mpt ml = fo_length(n, P_MARGIN_LEFT, m->width), mr = fo_length(n, P_MARGIN_RIGHT, m->width);
    mpt mt = fo_length(n, P_MARGIN_TOP, m->height), mb = fo_length(n, P_MARGIN_BOTTOM, m->height);
    /* the margins are of the page as it lies; turn them with the content */
    mpt side[4] = {mt, mr, mb, ml};
    int q = (4 - m->rotation / 90) % 4;
    mt = side[(0 + q) % 4], mr = side[(1 + q) % 4], mb = side[(2 + q) % 4], ml = side[(3 + q) % 4];
    mpt cw = w - ml - mr, ch = h - mt - mb;
    static const enum fo_element elements[] = {FO_REGION_BODY, FO_REGION_BEFORE, FO_REGION_AFTER, FO_REGION_START, FO_REGION_END};
    static const char *const names[] = {"xsl-region-body", "xsl-region-before", "xsl-region-after", "xsl-region-start", "xsl-region-end"};
    for (struct fo_node *c = n->first; c; c = c->next)
        for (int i = 0; i < REGION_COUNT; i++)
            if (c->element == elements[i] && !m->region[i].node) {
                m->region[i].node = c;
                m->region[i].name = region_name(c, names[i]);
            } else if (c->element == elements[i] && i == REGION_BODY) {
                diag_add(ms->l->diags, DIAG_UNSUPPORTED_PROPERTY, c->pos, "a second fo:region-body", "6.4.14");
            }
    place_sides(m, (struct rect){ml, mt, cw, ch}, (struct rect){0, 0, w, h}, fo_token(n, P_WRITING_MODE));
    struct region *b = &m->region[REGION_BODY];
    if (!b->node) { /* 6.4.13: there must be one */
        diag_add(ms->l->diags, DIAG_FO_STRUCTURE, n->pos, "fo:simple-page-master without fo:region-body");
        b->node = n;
        b->name = names[REGION_BODY];
        b->viewport = (struct rect){ml, mt, cw, ch};
    } else {
        /* Where writing runs from right to left the reference takes margin-left for
         * the start, on the right, against 5.3.2; documents in such scripts were
         * made to look right with it. */
        bool rl = is_rl(b->node);
        mpt bl = margin_of(b->node, rl ? P_MARGIN_RIGHT : P_MARGIN_LEFT, rl ? P_END_INDENT : P_START_INDENT, w);
        mpt br = margin_of(b->node, rl ? P_MARGIN_LEFT : P_MARGIN_RIGHT, rl ? P_START_INDENT : P_END_INDENT, w);
        mpt bt = margin_of(b->node, P_MARGIN_TOP, P_SPACE_BEFORE_OPTIMUM, h);
        mpt bb = margin_of(b->node, P_MARGIN_BOTTOM, P_SPACE_AFTER_OPTIMUM, h);
        b->viewport = (struct rect){ml + bl, mt + bt, cw - bl - br, ch - bt - bb};
    }
    for (int i = 0; i < REGION_COUNT; i++)
        if (m->region[i].node) region_inside(&m->region[i], m->rotation);
    return m;
}

struct master *master_named(struct masters *ms, const char *name) {
    if (!name) return NULL;
    struct map_entry *e = map_get(ms->simple, name, strlen(name));
    if (!e->value.ptr) {
        struct fo_node *n = named(ms->set, FO_SIMPLE_PAGE_MASTER, name);
        if (n) e->value.ptr = master_make(ms, n);
    }
    return e->value.ptr;
}

void chooser_start(struct chooser *c, struct masters *m, struct fo_node *sequence) {
    *c = (struct chooser){.masters = m, .sequence = sequence};
    const char *name = fo_string(sequence, P_MASTER_REFERENCE);
    c->simple = master_named(m, name);
    struct fo_node *psm = c->simple ? NULL : named(m->set, FO_PAGE_SEQUENCE_MASTER, name);
    c->sub = psm ? psm->first : NULL;
    c->known = c->simple || psm;
}

static bool matches(const struct fo_node *n, struct page_kind k) {
    bool position;
    switch (fo_token(n, P_PAGE_POSITION)) {
    case E_FIRST: position = k.first; break;
    case E_LAST: position = k.last; break;
    case E_ONLY: position = k.only; break;
    case E_REST: position = !k.first && !k.last; break;
    default: position = true;
    }
    enum fo_token parity = fo_token(n, P_ODD_OR_EVEN), blank = fo_token(n, P_BLANK_OR_NOT_BLANK);
    if (parity == E_ODD && k.number % 2 == 0) return false;
    if (parity == E_EVEN && k.number % 2 != 0) return false;
    if (blank == E_BLANK && !k.blank) return false;
    if (blank == E_NOT_BLANK && k.blank) return false;
    return position;
}

static int32_t repeats_of(const struct fo_node *sub) {
    if (sub->element == FO_SINGLE_PAGE_MASTER_REFERENCE) return 1;
    const struct fo_value *v = fo_get(sub, P_MAXIMUM_REPEATS);
    return v->kind == FOV_NUMBER ? (int32_t)v->u.num : INT32_MAX;
}

static struct master *from_sub(struct chooser *c, struct fo_node *sub, struct page_kind k) {
    if (sub->element != FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
        return master_named(c->masters, fo_string(sub, P_MASTER_REFERENCE));
    for (struct fo_node *n = sub->first; n; n = n->next)
        if (n->element == FO_CONDITIONAL_PAGE_MASTER_REFERENCE && matches(n, k) &&
            !(c->skip_only && fo_is(n, P_PAGE_POSITION, E_ONLY)))
            return master_named(c->masters, fo_string(n, P_MASTER_REFERENCE));
    return NULL;
}

/* 6.4.7: sub-sequences in order, each as often as it may; the last one serves
 * on when all are used up. */
struct master *chooser_next(struct chooser *c, struct page_kind k) {
    if (c->simple) return c->simple;
    while (c->sub) {
        if (c->used < repeats_of(c->sub) || !c->sub->next) {
            c->used++;
            struct master *m = from_sub(c, c->sub, k);
            if (m || !c->sub->next) return m ? m : chooser_any(c);
        }
        c->sub = c->sub->next;
        c->used = 0;
    }
    return NULL;
}

/* No alternative matched: the first page master named in the sequence. */
struct master *chooser_any(struct chooser *c) {
    for (struct fo_node *s = c->sub; s; s = s->next)
        for (struct fo_node *n = s->first; n; n = n->next) {
            struct master *m = master_named(c->masters, fo_string(n, P_MASTER_REFERENCE));
            if (m) return m;
        }
    for (struct fo_node *n = c->masters->set ? c->masters->set->first : NULL; n; n = n->next)
        if (n->element == FO_SIMPLE_PAGE_MASTER) return master_named(c->masters, fo_string(n, P_MASTER_NAME));
    return NULL;
}

static bool asks(const struct chooser *c, enum fo_token position) {
    if (c->simple || !c->sub) return false;
    for (struct fo_node *s = c->sub->parent->first; s; s = s->next)
        for (struct fo_node *n = s->first; n; n = n->next)
            if (n->element == FO_CONDITIONAL_PAGE_MASTER_REFERENCE && fo_is(n, P_PAGE_POSITION, position)) return true;
    return false;
}

bool chooser_has_last(const struct chooser *c) {
    return asks(c, E_LAST);
}

bool chooser_has_only(const struct chooser *c) {
    return asks(c, E_ONLY);
}
