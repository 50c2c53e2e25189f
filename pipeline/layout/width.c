/* The next page has another inline extent (XSL 1.1, 6.4.12 lets masters
 * differ): layout goes on from the break with every open block at its new
 * width. */
#include "layout/flow.h"

static struct fo_node *child_towards(struct fo_node *top, struct fo_node *n) {
    while (n && n->parent != top) n = n->parent;
    return n;
}

static bool restartable(const struct blk *b) {
    for (; b; b = b->parent)
        if (b->node->element != FO_BLOCK && b->node->element != FO_WRAPPER && b->node->element != FO_BLOCK_CONTAINER)
            return false;
    return true;
}

static size_t next_box(const struct seq *s, size_t at) {
    for (size_t i = at + 1; i < s->n; i++)
        if (s->v[i].kind == ITEM_BOX && (s->v[i].thing ? !thing_is_run(s->v[i].thing) : !s->v[i].aux)) return i;
    return s->n;
}

static size_t last_box(const struct seq *s, size_t at) {
    for (size_t i = at; i-- > 0;)
        if (s->v[i].kind == ITEM_BOX && s->v[i].thing && !thing_is_run(s->v[i].thing)) return i;
    return s->n;
}

/* Frames for the open blocks, outermost first, each going on after the child
 * that leads to the break. */
static void open_again(struct walker *w, struct page_sequence *ps, struct blk *b, struct fo_node *resume) {
    enum { DEPTH = 4096 };
    struct blk **chain = mem_alloc(DEPTH * sizeof *chain);
    int n = 0;
    for (struct blk *k = b; k && n < DEPTH; k = k->parent) chain[n++] = k;
    struct wframe *root = w->top;
    root->ref_width = w->span_width[w->span == E_ALL];
    struct fo_node *next = n ? chain[n - 1]->node : resume;
    root->child = n ? child_towards(ps->flow, next)->next : resume;
    for (int i = n - 1; i >= 0; i--) {
        struct fo_node *inner = i > 0 ? chain[i - 1]->node : resume;
        walk_reopen(w, chain[i], inner ? (i > 0 ? child_towards(chain[i]->node, inner)->next : inner) : NULL);
    }
    mem_free(chain);
}

static size_t keep_going(struct page_sequence *ps, size_t at) {
    ps->old_width = true;
    plan_drop(ps);
    return at + 1;
}

size_t widths_change(struct page_sequence *ps, struct walker *w, struct breaker *b) {
    struct seq *s = w->out;
    size_t at = 0;
    breaker_width_stop(b, &at);
    struct part p;
    while (breaker_next(b, &p, 0)) page_place(ps, b, s, &p);
    page_break(ps, BREAK_PAGE);
    size_t nb = next_box(s, at), lb = last_box(s, at);
    struct blk *blk = s->v[at].blk;
    struct line *before = lb < s->n ? line_of(s->v[lb].thing) : NULL, *after = nb < s->n ? line_of(s->v[nb].thing) : NULL;
    bool same_para = before && after && before->para == after->para && s->v[lb].blk == s->v[nb].blk;
    if (!ps->page || nb >= s->n || !restartable(blk) || (!same_para && s->v[nb].blk == blk)) return keep_going(ps, at);
    struct fo_node *resume = NULL;
    if (!same_para) resume = child_towards(blk ? blk->node : ps->flow, s->v[nb].blk ? s->v[nb].blk->node : NULL);
    if (!same_para && !resume) return keep_going(ps, at);
    struct item mark = s->v[at];
    mark.penalty = -PENALTY_INFINITE;
    walk_restart(w, ps->flow);
    w->span_width[0] = page_column_width(ps, false);
    w->span_width[1] = page_column_width(ps, true);
    w->note_width = page_column_width(ps, true);
    open_again(w, ps, blk, resume);
    if (same_para) walk_continue_para(w, before);
    for (size_t i = 0; i < s->n; i++)
        if (i != at) group_release(w, s->v[i].group);
    s->v[0] = mark;
    s->n = 1;
    return 1;
}
