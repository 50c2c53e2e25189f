/* Where layout goes on after a break, and the frames for it. */
#include "layout/flow.h"

static bool transparent(enum fo_element e) {
    return e == FO_WRAPPER || e == FO_MULTI_SWITCH || e == FO_MULTI_CASE;
}

static bool divisible(const struct blk *b) {
    switch (b->node->element) {
    case FO_BLOCK:
    case FO_WRAPPER:
    case FO_BLOCK_CONTAINER:
    case FO_LIST_BLOCK:
    case FO_LIST_ITEM: return true;
    default: return false;
    }
}

struct blk *restart_bar(struct blk *b) {
    struct blk *found = NULL;
    for (; b; b = b->parent)
        if (!divisible(b)) found = b;
    return found;
}

static bool is_content(const struct item *it) {
    return it->kind == ITEM_BOX && (it->thing ? !thing_is_run(it->thing) : !it->aux);
}

static size_t next_box(const struct seq *s, size_t at) {
    for (size_t i = at + 1; i < s->n; i++)
        if (is_content(&s->v[i])) return i;
    return s->n;
}

static size_t last_box(const struct seq *s, size_t at) {
    for (size_t i = at; i-- > 0;)
        if (is_content(&s->v[i])) return i;
    return s->n;
}

bool restart_content(const struct seq *s, size_t at) {
    return next_box(s, at) < s->n;
}

/* Can frames be put back from `n` up to the root? */
static bool reachable(const struct fo_node *n, const struct blk *b, const struct fo_node *root) {
    for (; n && n != root; n = n->parent) {
        if (b && b->node == n) b = b->parent;
        else if (!transparent(n->element)) return false;
    }
    return n == root && !b;
}

/* The block opened in `outer` that leads to `b`; NULL when b is outer itself. */
static const struct blk *opened_in(const struct blk *b, const struct blk *outer) {
    const struct blk *found = NULL;
    for (; b != outer; b = b->parent) {
        if (!b) return NULL;
        found = b;
    }
    return found;
}

static uint32_t piece_of_line(const struct para_source *src, const struct line *line) {
    for (uint32_t i = 0; i < src->para.piece_count; i++) {
        const struct para_piece *p = &src->para.pieces[i];
        if (p->kind == PARA_LINES && line >= p->lines && line < p->lines + p->line_count) return i;
    }
    return 0;
}

static bool holds_block(const struct para_source *src, const struct fo_node *n) {
    for (uint32_t i = 0; i < src->para.piece_count; i++)
        if (src->para.pieces[i].kind == PARA_BLOCK && src->para.pieces[i].block == n) return true;
    return false;
}

static const struct line *own_line(const struct seq *s, size_t i, const struct blk *b) {
    if (i >= s->n || s->v[i].blk != b) return NULL;
    const struct line *l = line_of(s->v[i].thing);
    return l && l->source ? l : NULL;
}

/* The break divides what was laid out together in blk. */
static bool find_para(const struct seq *s, size_t lb, size_t nb, struct restart *r) {
    const struct line *before = own_line(s, lb, r->blk), *after = own_line(s, nb, r->blk);
    const struct blk *inner = opened_in(s->v[nb].blk, r->blk);
    if (before && (after ? after->source == before->source : inner && holds_block(before->source, inner->node))) {
        r->source = before->source;
        r->piece = piece_of_line(before->source, before);
        r->item = before->end_item;
        r->group = s->v[lb].group;
        return true;
    }
    if (!after) return false;
    r->source = after->source;
    r->piece = piece_of_line(after->source, after);
    r->item = after->first_item; /* a rest does not begin with its paragraph */
    r->group = s->v[nb].group;
    return after == after->source->para.pieces[r->piece].lines;
}

bool restart_find(const struct seq *s, size_t at, struct fo_node *root, struct restart *r) {
    *r = (struct restart){.root = root, .blk = s->v[at].blk};
    size_t nb = next_box(s, at), lb = last_box(s, at);
    if (nb >= s->n || restart_bar(s->v[at].blk)) return false;
    r->parent = r->blk ? r->blk->node : root;
    const struct list_item *li = list_item_of(s->v[nb].thing);
    if (li && lb < s->n && s->v[lb].thing == s->v[nb].thing) {
        r->list_item = li;
        r->step = (size_t)s->v[lb].sub;
        r->group = s->v[lb].group;
        r->blk = s->v[nb].blk;
        r->parent = r->blk->node;
        return reachable(r->parent, r->blk, root);
    }
    if (li && s->v[nb].sub == 0 && s->v[nb].blk == r->blk) {
        r->list_item = li;
        r->step = SIZE_MAX;
        r->group = s->v[nb].group;
        return reachable(r->parent, r->blk, root);
    }
    if (find_para(s, lb, nb, r)) return reachable(r->parent, r->blk, root);
    const struct blk *inner = opened_in(s->v[nb].blk, r->blk);
    if (!inner) return false;
    r->source = NULL;
    r->next = inner->node;
    r->parent = inner->node->parent;
    return reachable(r->parent, r->blk, root);
}

void restart_after(struct layout *l, const struct blk *b, struct fo_node *root, struct restart *r) {
    *r = (struct restart){.root = root, .blk = b->parent, .parent = b->node->parent, .next = fo_after(l, b->node->parent, b->node)};
}

struct blk *restart_open(struct walker *w, const struct restart *r) {
    size_t n = 0, cap = 0;
    struct fo_node **path = NULL;
    struct blk *innermost = NULL;
    for (struct fo_node *k = r->parent; k != r->root; k = k->parent) {
        path = mem_grow(path, &cap, n + 1, sizeof *path);
        path[n++] = k;
    }
    w->resumed = true;
    w->top->child = n ? path[n - 1]->next : r->next;
    if (n) block_goes_on(w->top);
    while (n-- > 0) {
        const struct blk *b = r->blk;
        while (b && b->node != path[n]) b = b->parent;
        if (r->list_item && n == 0) innermost = list_resume(w, b, r->list_item, r->step, r->group);
        else walk_reopen(w, path[n], b, n ? path[n - 1]->next : r->next);
        if (n && path[n]->element != FO_LIST_BLOCK) block_goes_on(w->top);
    }
    mem_free(path);
    if (r->source) walk_continue_para(w, r->source, r->piece, r->item, r->group);
    return innermost ? innermost : w->top->blk;
}
