/* fo:inline-container (XSL 1.1, 6.6.8): blocks in a line, laid out at once. */
#include "layout/para.h"
#include "layout/walk.h"

struct container {
    struct inobj o;
    struct seq items;
    mpt height;
};

/* The first line's baseline, below the container's top; -1 when it has none. */
static mpt first_baseline(const struct seq *s) {
    int64_t y = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct item *it = &s->v[i];
        if (it->kind == ITEM_BOX && it->thing && it->thing->ops == &line_ops)
            return mpt_clamp(y + ((const struct line *)it->thing)->baseline);
        if (it->kind != ITEM_PENALTY) y += it->w;
    }
    return -1;
}

/* XSL 1.1, 7.14: what counts as its baselines. */
static mpt point_for(const struct container *x, enum fo_token id) {
    switch (id) {
    case E_BEFORE_EDGE: case E_TEXT_BEFORE_EDGE: return 0;
    case E_AFTER_EDGE: case E_TEXT_AFTER_EDGE: return x->height;
    case E_MIDDLE: case E_CENTRAL: case E_MATHEMATICAL: return x->height / 2;
    case E_IDEOGRAPHIC: return (mpt)(x->height * 7LL / 10);
    case E_ALPHABETIC: return (mpt)(x->height * 6LL / 10);
    case E_HANGING: return (mpt)(x->height * 2LL / 10);
    default: {
        mpt line = first_baseline(&x->items);
        return line < 0 ? x->height : line;
    }
    }
}

static mpt point_of(const struct container *x) {
    const struct fo_node *n = x->o.node;
    enum fo_token dominant = (enum fo_token)x->o.ac->own.dominant, t = fo_token(n, P_ALIGNMENT_ADJUST);
    if (fo_is_length(n, P_ALIGNMENT_ADJUST))
        return plus(point_for(x, dominant), fo_length(n, P_ALIGNMENT_ADJUST, x->o.ts->line_height));
    if (t == E_AUTO || !t) return point_for(x, fo_token(n, P_ALIGNMENT_BASELINE));
    return point_for(x, t == E_BASELINE ? dominant : t);
}

static void paint(struct lpaint *lp, struct inobj *o, mpt x, mpt w) {
    struct container *k = (struct container *)o;
    struct canvas *c = &lp->p->c;
    mpt top = paint_baseline(lp, o->ac, 0), by = plus(top, -(int64_t)c->y);
    mpt ix = c->rl ? mpt_clamp((int64_t)c->x + c->width - x - w) : plus(x, -(int64_t)c->x);
    enum fo_token overflow = fo_token(o->node, P_OVERFLOW);
    struct placer inner = placer_nested(lp->p, ix, by, w);
    if (overflow == E_HIDDEN || overflow == E_ERROR_IF_OVERFLOW) {
        struct area_group *g = area_add_group(c->arena, c->list, placer_tag(lp->p, o->node), o->node->pos);
        g->clips = true;
        g->clip = position_clip(lp->l, o->node, (struct rect){x, top, w, k->height});
        inner.c.list = &g->children;
    }
    place_items(&inner, &k->items, 0, k->items.n, false, false);
}

static const struct inobj_ops container_ops = {NULL, paint};

struct inobj *container_object(struct collected *c, struct fo_node *n, struct ibox *box) {
    struct container *x = (struct container *)object_new(c, sizeof *x, n, box);
    tag_of(c->l, n);
    x->o.ops = &container_ops;
    x->o.width = c->width;
    if (fo_is_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
        x->o.width = fo_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, c->width);
    if (x->o.width < 0) x->o.width = 0;
    struct seq items = {0};
    walk_content(c->l, NULL, c->arena, n, x->o.width, &items);
    /* the items live as long as the paragraph */
    x->items.n = x->items.cap = items.n;
    x->items.v = arena_memdup(c->arena, items.v, items.n * sizeof *items.v);
    int64_t extent = seq_extent(&x->items, 0, x->items.n);
    seq_free(&items);
    x->height = mpt_clamp(extent);
    if (fo_is_length(n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM) &&
        fo_get(n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM)->u.pct == 0) {
        x->height = fo_length(n, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, 0);
        if (extent > x->height) {
            struct buf b = {0};
            buf_milli(&b, extent - x->height);
            diag_add(c->l->diags, DIAG_OVERFLOW, n->pos, fo_element_name(n->element), buf_cstr(&b));
            buf_free(&b);
        }
    }
    x->o.edges = (struct edges){0};
    x->o.ac = actx_object(c->arena, n, x->height, box->ac);
    actx_set_point(x->o.ac, point_of(x));
    return &x->o;
}
