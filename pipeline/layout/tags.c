/* FOs to structure elements (ISO 14289-1, 7; ISO 32000-1, 14.8.4), made in FO
 * order when layout first meets them. */
#include "layout/flow.h"

static const char *const standard_types[] = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH",
    "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot",
    "Figure", "Formula", "Form"};

bool tag_is_standard(const char *type) {
    for (size_t i = 0; i < sizeof standard_types / sizeof *standard_types; i++)
        if (strcmp(standard_types[i], type) == 0) return true;
    return false;
}

/* Whether a block holds text or inlines of its own. */
static bool has_inline(const struct fo_node *n) {
    for (const struct fo_node *c = n->first; c; c = c->next) {
        if (c->element == FO_TEXT) {
            for (uint32_t i = 0; i < c->text_len; i++)
                if (!strchr(" \t\n\r", c->text[i])) return true;
        } else if (!fo_is_block_level(c->element) && c->element != FO_MARKER && c->element != FO_WRAPPER) {
            return true;
        }
    }
    return false;
}

static bool in_header(const struct fo_node *cell) {
    for (const struct fo_node *n = cell->parent; n; n = n->parent)
        if (n->element == FO_TABLE_HEADER) return true;
        else if (n->element == FO_TABLE_BODY || n->element == FO_TABLE_FOOTER) return false;
    return false;
}

static const char *type_of(const struct fo_node *n) {
    switch (n->element) {
    case FO_BLOCK: return has_inline(n) ? "P" : NULL;
    case FO_LIST_BLOCK: return "L";
    case FO_LIST_ITEM: return "LI";
    case FO_LIST_ITEM_LABEL: return "Lbl";
    case FO_LIST_ITEM_BODY: return "LBody";
    case FO_TABLE_AND_CAPTION: return "Table"; /* ISO 32000-1, 14.8.4.3.4: a Caption stands in its Table */
    case FO_TABLE: return n->parent && n->parent->element == FO_TABLE_AND_CAPTION ? NULL : "Table";
    case FO_TABLE_CAPTION: return "Caption";
    case FO_TABLE_HEADER: return "THead";
    case FO_TABLE_FOOTER: return "TFoot";
    case FO_TABLE_BODY: return "TBody";
    case FO_TABLE_ROW: return "TR";
    case FO_TABLE_CELL: return in_header(n) ? "TH" : "TD";
    case FO_BASIC_LINK: return "Link";
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT: return "Figure";
    case FO_FOOTNOTE: return "Reference";
    case FO_FOOTNOTE_BODY: return "Note";
    case FO_S_CELL: return "Div"; /* of a lane: what follows in it reads on there */
    default: return NULL;
    }
}

/* For what has a role of its own or another language; a block with text is a P
 * already. */
static const char *plain_type(const struct fo_node *n) {
    switch (n->element) {
    case FO_INLINE:
    case FO_CHARACTER:
    case FO_BIDI_OVERRIDE: return "Span";
    default: return "Div";
    }
}

static const char *language_of(const struct fo_node *n, struct buf *b) {
    const char *language = fo_string(n, P_LANGUAGE), *country = fo_string(n, P_COUNTRY);
    if (!language || !*language) return NULL;
    buf_clear(b);
    buf_str(b, language);
    if (country && *country) buf_fmt(b, "-%s", country);
    return buf_cstr(b);
}

/* Language of n when it differs from that of the nearest element around it. */
static const char *new_language(const struct fo_node *n, struct buf *b) {
    struct buf outer = {0};
    const char *here = language_of(n, b), *there = NULL;
    const struct fo_node *p = n->parent;
    while (p && p->tag < 0 && p->parent) p = p->parent;
    if (p && p->style) there = language_of(p, &outer);
    bool same = here && there && strcmp(here, there) == 0;
    buf_free(&outer);
    return same ? NULL : here;
}

static const char *list_numbering(const struct fo_node *list) {
    const struct fo_node *n = list->first;
    while (n && n->element != FO_LIST_ITEM) n = n->next;
    for (n = n ? n->first : NULL; n && n->element != FO_TEXT; n = n->first) {
    }
    if (!n) return "None";
    unsigned char c = (unsigned char)n->text[0];
    if (c >= '0' && c <= '9') return "Decimal";
    if (c >= 'a' && c <= 'z') return "LowerAlpha";
    return c >= 0x80 ? "Disc" : "None";
}

/* An element that is open; its place in l->open_tags follows its index. */
struct open_tag {
    int32_t tag, parent;
    int32_t page; /* no page before this one can hold its areas */
};

static void remember_open(struct layout *l, int32_t tag, int32_t parent) {
    l->open_tags = mem_grow(l->open_tags, &l->open_tag_cap, l->open_tag_count + 1, sizeof *l->open_tags);
    l->open_tags[l->open_tag_count++] = (struct open_tag){tag, parent, l->page_count - 1};
    l->tag_end = tag + 1;
}

static int32_t open_tag(struct layout *l, struct fo_node *n, int32_t parent, const char *type, const char *role) {
    struct buf lang = {0}, id = {0};
    struct area_tag t = {.type = type, .role = role, .pos = n->pos};
    t.lang = n->element == FO_S_CELL ? language_of(n, &lang) : new_language(n, &lang);
    t.alt = fo_string(n, P_FOX_ALT_TEXT);
    if (n->element == FO_TABLE_CELL) {
        t.row_span = l->cell_rows;
        t.col_span = l->cell_columns;
        if (strcmp(type, "TH") == 0) t.scope = in_header(n) ? "Column" : "Row";
    }
    if (n->element == FO_LIST_BLOCK) t.list_numbering = list_numbering(n);
    if (strcmp(type, "Note") == 0) {
        buf_fmt(&id, "note%06d", ++l->note_serial);
        t.id = id.p;
    }
    int32_t index = l->sink->tag_open(l->sink, parent, &t);
    remember_open(l, index, parent);
    buf_free(&lang);
    buf_free(&id);
    return index;
}

static bool differs_in_language(const struct fo_node *n) {
    struct buf b = {0};
    bool yes = n->parent && n->parent->style && new_language(n, &b) != NULL;
    buf_free(&b);
    return yes;
}

enum { TAG_UNKNOWN = -1, TAG_IS_ARTIFACT = -9, TAG_TRANSPARENT = -10 };

/* What n's element stands in: a note beside its Reference, a cell in its row,
 * which need not be there in the FO. */
static struct fo_node *outer_node(struct fo_node *n) {
    struct fo_node *p = n->parent;
    if (n->element == FO_TABLE_CELL && n->user) return n->user;
    return n->element == FO_FOOTNOTE_BODY && p && p->element == FO_FOOTNOTE ? p->parent : p;
}

static int32_t parent_tag(struct layout *l, struct fo_node *n) {
    struct fo_node *p = outer_node(n);
    if (!p || !p->style || p->element == FO_PAGE_SEQUENCE || p->element == FO_ROOT) return -1;
    if (p->element == FO_FLOW) return -1;
    int32_t t = tag_of(l, p);
    return t;
}

/* Nearest element around n: its own index when it makes one. */
int32_t tag_of(struct layout *l, struct fo_node *n) {
    if (!n || l->in_static) return TAG_ARTIFACT;
    while (n->tag == TAG_TRANSPARENT && n->parent) n = n->parent;
    if (n->tag >= 0) return n->tag;
    if (n->tag == TAG_IS_ARTIFACT) return TAG_ARTIFACT;
    if (!n->style || n->element == FO_FLOW || n->element == FO_PAGE_SEQUENCE || n->element == FO_ROOT) return -1;
    int32_t parent = parent_tag(l, n);
    struct fo_node *p = n->parent;
    while (p && p->tag == TAG_TRANSPARENT) p = p->parent;
    const char *role = fo_string(n, P_ROLE), *type = type_of(n);
    if ((p && p->tag == TAG_IS_ARTIFACT) || (role && strcmp(role, "artifact") == 0)) {
        n->tag = TAG_IS_ARTIFACT;
        return TAG_ARTIFACT;
    }
    const char *own = NULL;
    if (role && *role && strcmp(role, "none") != 0) {
        if (strcmp(role, "NonStruct") == 0) { /* says that there is nothing to say */
            type = NULL;
        } else if (tag_is_standard(role)) {
            type = role;
        } else {
            own = role;
            if (!type) type = plain_type(n);
        }
    }
    if (!type && n->element != FO_TEXT && differs_in_language(n) && n->element != FO_WRAPPER) type = plain_type(n);
    if (!type) {
        n->tag = TAG_TRANSPARENT;
        return parent;
    }
    n->tag = open_tag(l, n, parent, type, own);
    return n->tag;
}

int32_t tag_of_cell(struct layout *l, struct fo_node *n, int32_t rows, int32_t columns) {
    l->cell_rows = rows;
    l->cell_columns = columns;
    return tag_of(l, n);
}

void tag_no_cell(struct layout *l, struct fo_node *row, int32_t columns) {
    int32_t parent = tag_of(l, row);
    const char *role = fo_string(row, P_ROLE);
    if (parent < 0 || (role && *role)) return;
    struct area_tag t = {.type = "TD", .pos = row->pos, .col_span = columns};
    remember_open(l, l->sink->tag_open(l->sink, parent, &t), parent);
}

/* ---- closing ---------------------------------------------------------------------- */

enum { NODES_MAX = 64 };

/* The lowest index of an element at n or after it in document order: elements
 * are made in that order.  -1: none near enough. */
static int32_t first_tag_from(const struct fo_node *n, const struct fo_node *top) {
    for (int i = 0; i < NODES_MAX; i++) {
        if (n->tag >= 0) return n->tag;
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != top && !n->next) n = n->parent;
        if (n == top) return -1;
        n = n->next;
    }
    return -1;
}

static size_t find_open(const struct layout *l, int32_t tag) {
    size_t low = 0, high = l->open_tag_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (l->open_tags[mid].tag < tag) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Closes a tag, after the last waiting page that may hold some of it. */
static void end_tag(struct layout *l, int32_t tag, int32_t first_page) {
    struct page *p = l->last_held;
    if (!p || p->area->index < first_page) {
        l->sink->tag_close(l->sink, tag);
        return;
    }
    p->ended_tags = mem_grow(p->ended_tags, &p->ended_cap, p->ended_count + 1, sizeof *p->ended_tags);
    p->ended_tags[p->ended_count++] = tag;
}

void tags_page_gone(struct layout *l, struct page *page) {
    /* An earlier page may wait for longer: what ended here may stand on it too. */
    struct page *before = page->prev;
    for (size_t i = 0; i < page->ended_count; i++) {
        if (!before) {
            l->sink->tag_close(l->sink, page->ended_tags[i]);
            continue;
        }
        before->ended_tags = mem_grow(before->ended_tags, &before->ended_cap, before->ended_count + 1, sizeof *before->ended_tags);
        before->ended_tags[before->ended_count++] = page->ended_tags[i];
    }
    mem_free(page->ended_tags);
}

void tags_end_before(struct layout *l, const struct frontier *f, bool all) {
    int32_t end = all ? INT32_MAX : f->node ? first_tag_from(f->node, l->ps->flow) : -1;
    if (end < 0) return;
    for (const struct note *n = l->notes; n && !all; n = n->next)
        if (n->body && n->first_tag < end) end = n->first_tag;
    size_t upto = find_open(l, end), kept = upto;
    int32_t around = all ? -1 : tag_of(l, f->node); /* it and those around it go on */
    while (around >= end) around = l->open_tags[find_open(l, around)].parent;
    for (size_t i = upto; i-- > 0;) {
        struct open_tag o = l->open_tags[i];
        if (o.tag == around) around = o.parent;
        else if (all || o.tag < f->kept_from || o.tag >= f->kept_to) {
            end_tag(l, o.tag, o.page);
            continue;
        }
        l->open_tags[--kept] = o;
    }
    l->open_tag_count -= kept;
    if (l->open_tag_count) memmove(l->open_tags, l->open_tags + kept, l->open_tag_count * sizeof *l->open_tags);
}
