/* Blocks of Markdown -> elements. */
#include "source/markdown.h"

#include <cmark-gfm-core-extensions.h>

/* ---- paragraphs and headings ---- */

/* "[label]: ..." lines that begin a paragraph are gone from it, yet cmark
 * counts from them. */
static size_t skip_definitions(const struct md_view *v, size_t line, int quotes) {
    size_t n;
    for (; line + 1 < v->lines; line++) {
        size_t i = md_line_text(v, line, quotes);
        const char *s = md_line(v, line, &n);
        const char *close = i < n && s[i] == '[' && s[i + 1] != '^' ? memchr(s + i, ']', n - i) : NULL;
        if (!close || close[1] != ':') break;
    }
    return line;
}

struct md_leaf md_leaf_open(struct md_view *v, cmark_node *node, int quotes) {
    int line = cmark_node_get_start_line(node), col = cmark_node_get_start_column(node);
    struct md_leaf l = {.view = v, .quotes = quotes, .cm_line = line, .cm_col = col};
    cmark_node *next = cmark_node_next(node);
    if (line == 0 && next) { /* the lines above a table's head: its place is the table's */
        l.first = (size_t)cmark_node_get_start_line(next) - 1;
        l.first_text = (size_t)cmark_node_get_start_column(next) - 1;
    } else {
        l.first = line > 0 ? (size_t)line - 1 : 0;
        l.first_text = col > 0 ? (size_t)col - 1 : 0;
        size_t later = skip_definitions(v, l.first, quotes);
        if (later > l.first && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
            l.first = later;
            l.first_text = md_line_text(v, later, quotes);
        }
    }
    l.line = l.first;
    return l;
}

static xmlNode *add_leaf(struct md_view *v, xmlNode *parent, cmark_node *node, const char *name, int quotes) {
    struct md_leaf l = md_leaf_open(v, node, quotes);
    xmlNode *e = source_element(v->md->build, parent, name);
    source_set_at(v->md->build, e, md_pos(v, l.first, l.first_text));
    md_inlines(&l, e, cmark_node_first_child(node));
    return e;
}

/* A paragraph that is one image becomes a figure. */
static void shape_figure(xmlNode *p, const char *width) {
    xmlNode *img = p->children;
    if (!source_is(img, "img") || img->next) return;
    xmlUnlinkNode(img);
    xmlNodeSetName(p, BAD_CAST "figure");
    while (img->properties) {
        xmlAttr *a = img->properties;
        bool place = a->ns != NULL;
        xmlChar *value = xmlNodeListGetString(p->doc, a->children, 1);
        if (!place) xmlSetNsProp(p, NULL, a->name, value ? value : BAD_CAST "");
        xmlFree(value);
        xmlRemoveProp(a);
    }
    source_set(p, "width", width);
    xmlFreeNode(img);
}

/* ---- lists ---- */

static void add_item(struct md_view *v, xmlNode *list, cmark_node *node, int quotes) {
    xmlNode *e = source_element(v->md->build, list, "li");
    source_set_at(v->md->build, e, md_block_pos(v, node));
    if (strcmp(cmark_node_get_type_string(node), "tasklist") == 0)
        source_set(e, "checked", cmark_gfm_extensions_get_tasklist_item_checked(node) ? "true" : "false");
    md_blocks(v, e, cmark_node_first_child(node), quotes, NULL);
    /* {#id} at the end of an item's first paragraph is the item's */
    xmlNode *p = e->children;
    xmlChar *id = p ? xmlGetNoNsProp(p, BAD_CAST "id") : NULL;
    if (id && source_is(p, "p")) {
        source_set(e, "id", (const char *)id);
        xmlUnsetProp(p, BAD_CAST "id");
    }
    xmlFree(id);
}

static xmlNode *add_list(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes) {
    bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    xmlNode *e = source_element(v->md->build, parent, ordered ? "ol" : "ul");
    source_set_at(v->md->build, e, md_block_pos(v, node));
    source_set(e, "tight", cmark_node_get_list_tight(node) ? "true" : "false");
    if (ordered) {
        source_set_int(e, "start", cmark_node_get_list_start(node));
        source_set(e, "delimiter", cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ")" : ".");
    }
    for (cmark_node *c = cmark_node_first_child(node); c; c = cmark_node_next(c)) add_item(v, e, c, quotes);
    return e;
}

/* ---- tables ---- */

/* The line of a table's head: above the row of dashes.  (cmark says the first
 * line of the paragraph the table grew out of.) */
size_t md_head_line(const struct md_view *v, size_t line, int quotes) {
    size_t n;
    for (size_t i = line + 1; i < v->lines; i++) {
        const char *s = md_line(v, i, &n);
        size_t k = md_line_text(v, i, quotes), from = k;
        bool dash = false;
        for (; k < n && strchr("|:- \t", s[k]); k++) dash |= s[k] == '-';
        if (k == n && dash && from < n) return i - 1;
    }
    return line;
}

/* Where the text of cell `index` begins in a row. */
size_t md_cell_start(const struct md_view *v, size_t line, int quotes, int index) {
    size_t n, i = md_line_text(v, line, quotes);
    const char *s = md_line(v, line, &n);
    if (i < n && s[i] == '|') i++;
    for (; index > 0 && i < n; i++) {
        if (s[i] == '\\') i++;
        else if (s[i] == '|') index--;
    }
    while (i < n && (s[i] == ' ' || s[i] == '\t')) i++;
    return i < n ? i : n;
}

static const char *align_name(uint8_t c) {
    return c == 'l' ? "left" : c == 'c' ? "center" : c == 'r' ? "right" : NULL;
}

struct table {
    struct md_view *v;
    int quotes, columns;
    const uint8_t *align;
    size_t *chars;
};

static size_t count_chars(const xmlNode *e) {
    xmlChar *s = xmlNodeGetContent(e);
    size_t n = 0;
    for (const xmlChar *p = s; p && *p; p++) n += (*p & 0xC0) != 0x80;
    xmlFree(s);
    return n;
}

static void add_cell(struct table *t, xmlNode *row, cmark_node *node, const char *name, size_t line, int i) {
    struct md_view *v = t->v;
    cmark_node *first = cmark_node_first_child(node);
    size_t start = md_cell_start(v, line, t->quotes, i);
    struct md_leaf l = {.view = v, .line = line, .first = line, .first_text = start, .quotes = t->quotes};
    l.cm_line = cmark_node_get_start_line(node);
    l.cm_col = first && cmark_node_get_start_column(first) > 0 ? cmark_node_get_start_column(first)
                                                               : cmark_node_get_start_column(node) + 1;
    xmlNode *e = source_element(v->md->build, row, name);
    source_set_at(v->md->build, e, md_pos(v, line, start));
    if (i < t->columns) source_set(e, "align", align_name(t->align[i]));
    md_inlines(&l, e, first);
    size_t n = count_chars(e);
    if (i < t->columns && n > t->chars[i]) t->chars[i] = n;
}

static void add_row(struct table *t, xmlNode *parent, cmark_node *node, const char *cell, size_t line) {
    xmlNode *row = source_element(t->v->md->build, parent, "tr");
    source_set_at(t->v->md->build, row, md_pos(t->v, line, md_line_text(t->v, line, t->quotes)));
    int i = 0;
    for (cmark_node *c = cmark_node_first_child(node); c; c = cmark_node_next(c))
        add_cell(t, row, c, cell, line, i++);
}

static xmlNode *add_table(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes) {
    struct source_build *b = v->md->build;
    struct table t = {v, quotes, cmark_gfm_extensions_get_table_columns(node),
                      cmark_gfm_extensions_get_table_alignments(node), NULL};
    t.chars = ARENA_ARRAY(v->md->arena, size_t, t.columns + 1);
    size_t head = md_head_line(v, (size_t)cmark_node_get_start_line(node) - 1, quotes);
    xmlNode *e = source_element(b, parent, "table"), *body = NULL;
    source_set_at(b, e, md_pos(v, head, md_line_text(v, head, quotes)));
    xmlNode *thead = source_element(b, e, "thead");
    for (cmark_node *c = cmark_node_first_child(node); c; c = cmark_node_next(c)) {
        if (cmark_gfm_extensions_get_table_row_is_header(c)) {
            add_row(&t, thead, c, "th", head);
        } else {
            if (!body) body = source_element(b, e, "tbody");
            add_row(&t, body, c, "td", (size_t)cmark_node_get_start_line(c) - 1);
        }
    }
    for (int i = 0; i < t.columns; i++) {
        xmlNode *col = source_element(b, NULL, "col");
        xmlAddPrevSibling(thead, col);
        source_set(col, "align", align_name(t.align[i]));
        source_set_int(col, "chars", (long)t.chars[i]);
    }
    return e;
}

/* ---- the other blocks ---- */

static xmlNode *add_quote(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes) {
    xmlNode *e = source_element(v->md->build, parent, "quote");
    source_set_at(v->md->build, e, md_block_pos(v, node));
    md_blocks(v, e, cmark_node_first_child(node), quotes + 1, NULL);
    return e;
}

static xmlNode *add_code(struct md_view *v, xmlNode *parent, cmark_node *node) {
    xmlNode *e = source_element(v->md->build, parent, "pre");
    source_set_at(v->md->build, e, md_block_pos(v, node));
    struct buf text = {0};
    const char *literal = source_fill(v->md->build->job, cmark_node_get_literal(node), md_block_pos(v, node));
    for (const char *s = literal; *s; s++)
        if (*s != '\r' && !(*s == '\n' && !s[1])) buf_char(&text, *s);
    xmlNodeAddContent(e, BAD_CAST source_nfc(v->md->arena, buf_cstr(&text), text.n));
    buf_free(&text);
    return e;
}

/* Where in the file a piece of an HTML block stands. */
static struct pos html_pos(struct md_view *v, cmark_node *node, const char *s) {
    size_t line = (size_t)cmark_node_get_start_line(node) - 1, n;
    for (const char *p = cmark_node_get_literal(node); p < s; p++) line += *p == '\n';
    const char *text = md_line(v, line, &n), *hit = memmem(text, n, s, strcspn(s, "\r\n"));
    return md_pos(v, line, hit ? (size_t)(hit - text) : md_line_text(v, line, 100));
}

/* Comments are for authors, and may allow a finding; all other HTML is refused. */
static void read_html(struct md_view *v, cmark_node *node) {
    const char *s = cmark_node_get_literal(node);
    struct md *md = v->md;
    while (strncmp(s, "<!--", 4) == 0) {
        const char *end = strstr(s + 4, "-->"), *stop = end ? end : s + strlen(s);
        md_allow_read(md, s + 4, (size_t)(stop - s) - 4, html_pos(v, node, s));
        s = end ? end + 3 : stop;
        s += strspn(s, " \t\r\n");
    }
    if (!*s) return;
    diag_add(md->diags, DIAG_HTML_IN_MARKDOWN, html_pos(v, node, s),
             arena_strndup(md->arena, s, strcspn(s, "\r\n")));
}

static xmlNode *add_extension(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes) {
    if (strcmp(cmark_node_get_type_string(node), "table") == 0) return add_table(v, parent, node, quotes);
    return NULL;
}

/* The block's element, with what the flow needs to know of it in *out; NULL
 * for what leaves none. */
static xmlNode *add_block(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes,
                          struct source_block *out) {
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: return add_leaf(v, parent, node, "p", quotes);
    case CMARK_NODE_HEADING:
        out->type = SOURCE_HEADING;
        out->level = cmark_node_get_heading_level(node);
        return add_leaf(v, parent, node, parent ? "p" : "v", quotes);
    case CMARK_NODE_LIST: out->type = SOURCE_LIST; return add_list(v, parent, node, quotes);
    case CMARK_NODE_BLOCK_QUOTE: out->type = SOURCE_QUOTE; return add_quote(v, parent, node, quotes);
    case CMARK_NODE_CODE_BLOCK: {
        xmlNode *e = md_directive(v, node, &out->directive, &out->id);
        out->type = out->directive ? SOURCE_DIRECTIVE : SOURCE_CODE;
        if (!e && !out->directive) e = add_code(v, NULL, node);
        if (e && parent) xmlAddChild(parent, e);
        return e;
    }
    case CMARK_NODE_THEMATIC_BREAK: {
        xmlNode *e = source_element(v->md->build, parent, "rule");
        source_set_at(v->md->build, e, md_block_pos(v, node));
        out->type = SOURCE_RULE;
        return e;
    }
    case CMARK_NODE_HTML_BLOCK: read_html(v, node); return NULL;
    case CMARK_NODE_FOOTNOTE_DEFINITION: return NULL; /* it stands where it is called */
    default: out->type = SOURCE_TABLE; return add_extension(v, parent, node, quotes);
    }
}

/* A heading inside another block is a paragraph in bold: sections do not nest
 * in lists or boxes. */
static void embolden(struct source_build *b, xmlNode *p) {
    xmlNode *strong = source_element(b, NULL, "strong");
    while (p->children) {
        xmlNode *c = p->children;
        xmlUnlinkNode(c);
        xmlAddChild(strong, c);
    }
    xmlAddChild(p, strong);
}

static void set_attributes(struct source_block *block, const struct md_attributes *a) {
    if (a->id) block->id = a->id;
    if (a->class) block->class = a->class;
}

/* Takes the attributes a block ends with; true when nothing is left of it: it was
 * but attributes (then those of the block before) or a comment. */
static bool finish_block(struct md *md, struct source_block *block, struct source_block *before) {
    xmlNode *e = block->node;
    struct md_attributes a = {0};
    bool leaf = block->type == SOURCE_P || block->type == SOURCE_HEADING;
    bool took = leaf && md_attributes_take(md, e, &a);
    if (took && !e->children && before && before->node) {
        set_attributes(before, &a);
        return true;
    }
    if (took) set_attributes(block, &a);
    if (block->type == SOURCE_P && !e->children) return true;
    if (block->type == SOURCE_P) shape_figure(e, a.width);
    if (source_is(e, "figure")) block->type = SOURCE_FIGURE;
    return false;
}

/* A set of the text's runs of figures, as far as 64 bits tell them apart. */
static uint64_t figures_of(const xmlNode *e) {
    xmlChar *text = xmlNodeGetContent(e);
    uint64_t set = 0;
    for (const char *s = (const char *)text; s && *s;) {
        size_t n = strspn(s, "0123456789"), zeros = strspn(s, "0");
        if (n > zeros) set |= (uint64_t)1 << (hash_bytes(s + zeros, n - zeros, 0) & 63);
        s += n ? n : 1;
    }
    xmlFree(text);
    return set;
}

static void keep_block(struct md *md, struct source_flow *top, const struct source_block *block) {
    top->blocks = mem_grow(top->blocks, &top->cap, top->n + 1, sizeof *top->blocks);
    top->blocks[top->n] = *block;
    top->blocks[top->n].allow = md->allow;
    md->allow = NULL;
    top->blocks[top->n].figures = figures_of(block->node);
    top->blocks[top->n++].length = count_chars(block->node);
}

static void keep_nested(const struct source_block *block) {
    source_set(block->node, "id", block->id);
    source_set(block->node, "class", block->class);
}

void md_blocks(struct md_view *v, xmlNode *parent, cmark_node *node, int quotes, struct source_flow *top) {
    struct md *md = v->md;
    struct source_block before = {0};
    if (node && !md_enter(md, md_block_pos(v, node))) node = NULL;
    else if (!node) md->depth++;
    for (; node; node = cmark_node_next(node)) {
        struct source_block block = {.type = SOURCE_P};
        if (md_is_when(node)) {
            md_when(v, parent, node, top);
            continue;
        }
        block.node = add_block(v, parent, node, quotes, &block);
        if (!block.node) continue;
        block.pos = source_place(block.node);
        struct source_block *last = top && top->n ? &top->blocks[top->n - 1] : top ? NULL : &before;
        if (finish_block(md, &block, last)) {
            if (!top) keep_nested(&before);
            xmlUnlinkNode(block.node);
            xmlFreeNode(block.node);
            continue;
        }
        if (top) keep_block(md, top, &block);
        else keep_nested(&block);
        if (!top && block.type == SOURCE_HEADING) embolden(md->build, block.node);
        before = block;
    }
    md_leave(md);
}
