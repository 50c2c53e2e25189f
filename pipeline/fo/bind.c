/* Content whose style is known only where it is used: markers (6.13.5, 6.13.6),
 * anonymous objects, cells that ask their column (6.7.4). */
#include "fo/tree.h"

static void append(struct fo_node *parent, struct fo_node *node) {
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last) parent->last->next = node;
    else parent->first = node;
    parent->last = node;
}

struct fo_node *fo_anonymous(struct fo_doc *doc, struct arena *arena, struct fo_node *parent,
                             enum fo_element element) {
    struct fo_node *n = ARENA_NEW(arena, struct fo_node);
    n->element = element;
    n->parent = parent;
    n->pos = parent->pos;
    n->tag = -1;
    n->style = style_make(doc, arena, parent->style, n);
    return n;
}

static struct fo_node *copy_node(struct fo_doc *doc, struct arena *arena, const struct fo_node *from,
                                 struct fo_node *parent) {
    struct fo_node *n = arena_memdup(arena, from, sizeof *from);
    n->first = n->last = n->next = n->prev = NULL;
    n->user = NULL;
    n->tag = -1;
    append(parent, n);
    bool text = n->element == FO_TEXT;
    n->style = text ? style_plain(doc, parent->style) : style_make(doc, arena, parent->style, n);
    return n;
}

/* White space between blocks was kept while nobody knew where it would stand. */
static bool is_stray_space(const struct fo_node *from, const struct fo_node *to) {
    if (from->element != FO_TEXT) return false;
    while (to->element == FO_WRAPPER && to->parent) to = to->parent;
    if (vocab_holds_text(to->element)) return false;
    return strspn(from->text, " \t\r\n") == from->text_len;
}

/* The node after `n` in document order below top, or NULL; *up counts how many
 * levels the way goes up. */
static const struct fo_node *next_node(const struct fo_node *n, const struct fo_node *top, int *up) {
    *up = 0;
    if (n->first) return n->first;
    while (n != top && !n->next) {
        n = n->parent;
        ++*up;
    }
    return n == top ? NULL : n->next;
}

struct fo_node *fo_bind(struct fo_doc *doc, struct arena *arena, const struct fo_node *marker,
                        struct fo_node *parent) {
    struct fo_node *wrapper = fo_anonymous(doc, arena, parent, FO_WRAPPER), *to = wrapper, *copy = wrapper;
    int up;
    wrapper->pos = marker->pos;
    const struct fo_node *from = next_node(marker, marker, &up);
    const struct fo_node *before = marker;
    while (from) {
        if (before->first == from) to = copy; /* went down */
        else
            for (; up; up--) to = to->parent;
        before = from;
        if (!is_stray_space(from, to)) copy = copy_node(doc, arena, from, to);
        from = next_node(from, marker, &up);
    }
    return wrapper;
}

/* Styles of the cell and of all below it anew, with the column at hand. */
void fo_use_column(struct fo_doc *doc, struct fo_node *cell, const struct fo_node *column) {
    if (!doc->uses_columns || !column) return;
    struct fo_node *n = cell;
    int up;
    doc->column = column->style;
    while (n) {
        const struct fo_style *parent = n->parent->style;
        bool styled = n->style && parent;
        if (styled && n->element == FO_TEXT) n->style = style_plain(doc, parent);
        else if (styled) n->style = style_make(doc, fo_arena(doc), parent, n);
        n = (struct fo_node *)(uintptr_t)next_node(n, cell, &up);
    }
    doc->column = NULL;
}

bool fo_specified(const struct fo_node *n, const char *name) {
    size_t len = strlen(name);
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const char *own = n->attrs[i].name;
        if (strncmp(own, name, len) == 0 && (own[len] == 0 || own[len] == '.')) return true;
    }
    return false;
}
