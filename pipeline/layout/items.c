#include "layout/walk.h"

struct item *seq_add(struct seq *s) {
    s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof *s->v);
    struct item *it = &s->v[s->n++];
    *it = (struct item){0};
    return it;
}

void seq_box(struct seq *s, mpt w, struct thing *thing, int32_t sub) {
    struct item *it = seq_add(s);
    it->kind = ITEM_BOX;
    it->w = w;
    it->thing = thing;
    it->sub = sub;
}

void seq_aux_box(struct seq *s) {
    seq_box(s, 0, NULL, 0);
    s->v[s->n - 1].aux = true;
}

void seq_glue(struct seq *s, mpt w, mpt stretch, mpt shrink, struct thing *thing, int32_t sub) {
    struct item *it = seq_add(s);
    it->kind = ITEM_GLUE;
    it->w = w;
    it->stretch = stretch;
    it->shrink = shrink;
    it->thing = thing;
    it->sub = sub;
}

void seq_penalty(struct seq *s, mpt w, int32_t penalty, enum break_class c, struct thing *thing, int32_t sub) {
    struct item *it = seq_add(s);
    it->kind = ITEM_PENALTY;
    it->w = w;
    it->penalty = penalty;
    it->break_class = (uint8_t)c;
    it->thing = thing;
    it->sub = sub;
}

void seq_free(struct seq *s) {
    mem_free(s->v);
    *s = (struct seq){0};
}

int64_t seq_extent(const struct seq *s, size_t from, size_t to) {
    int64_t sum = 0;
    while (from < to && s->v[from].kind != ITEM_BOX) from++;
    for (size_t i = from; i < to; i++)
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
    if (to < s->n && s->v[to].kind == ITEM_PENALTY) sum += s->v[to].w;
    return sum;
}

struct keep keep_max(struct keep a, struct keep b) {
    if (a.strength != b.strength && (a.strength >= KEEP_ALWAYS || b.strength >= KEEP_ALWAYS || !a.strength ||
                                     !b.strength))
        return a.strength > b.strength ? a : b;
    if (a.context != b.context) return a.context < b.context ? a : b; /* the narrower context */
    return a.strength >= b.strength ? a : b;
}

static int32_t strength_of(const struct fo_value *v) {
    if (v->kind == FOV_TOKEN) return v->token == E_ALWAYS ? KEEP_ALWAYS : 0;
    if (v->kind != FOV_NUMBER || v->u.num < 1) return 0;
    return v->u.num > 9998 ? 9998 : (int32_t)v->u.num;
}

/* XSL 1.1, 7.20.3-5. */
struct keep keep_of(const struct fo_node *n, enum fo_prop line, enum fo_prop column, enum fo_prop page) {
    struct keep k = {strength_of(fo_get(n, page)), BREAK_PAGE};
    struct keep c = {strength_of(fo_get(n, column)), BREAK_COLUMN};
    struct keep l = {line ? strength_of(fo_get(n, line)) : 0, BREAK_NONE};
    if (!k.strength) k.context = BREAK_NONE;
    if (c.strength) k = keep_max(k, c);
    (void)l;
    return k;
}

int32_t keep_penalty(struct keep k) {
    if (!k.strength) return 0;
    return k.strength >= KEEP_ALWAYS ? PENALTY_INFINITE : PENALTY_INFINITE - 1;
}

struct rect canvas_rect(const struct canvas *c, mpt ix, mpt by, mpt iw, mpt bh) {
    mpt x = c->rl ? c->x + c->width - ix - iw : c->x + ix;
    return (struct rect){x, c->y + by, iw, bh};
}

void edges_of(struct edges *e, const struct fo_node *n, mpt base) {
    static const struct {
        enum fo_prop width, padding;
    } side[4] = {{P_BORDER_BEFORE_WIDTH, P_PADDING_BEFORE},
                 {P_BORDER_AFTER_WIDTH, P_PADDING_AFTER},
                 {P_BORDER_START_WIDTH, P_PADDING_START},
                 {P_BORDER_END_WIDTH, P_PADDING_END}};
    for (int i = 0; i < 4; i++) {
        e->border[i] = fo_length(n, side[i].width, 0);
        e->padding[i] = fo_length(n, side[i].padding, base);
        if (e->border[i] < 0) e->border[i] = 0;
        if (e->padding[i] < 0) e->padding[i] = 0;
        e->border_keeps[i] = e->padding_keeps[i] = true;
    }
    e->border_keeps[SIDE_BEFORE] = fo_is(n, P_BORDER_BEFORE_WIDTH_CONDITIONALITY, E_RETAIN);
    e->border_keeps[SIDE_AFTER] = fo_is(n, P_BORDER_AFTER_WIDTH_CONDITIONALITY, E_RETAIN);
    e->padding_keeps[SIDE_BEFORE] = fo_is(n, P_PADDING_BEFORE_CONDITIONALITY, E_RETAIN);
    e->padding_keeps[SIDE_AFTER] = fo_is(n, P_PADDING_AFTER_CONDITIONALITY, E_RETAIN);
}

struct color color_of(const struct fo_value *v) {
    struct color c = {0};
    if (v->kind != FOV_COLOR) return c;
    c.space = v->u.color.space;
    memcpy(c.c, v->u.color.c, sizeof c.c);
    c.alpha = v->u.color.alpha;
    return c;
}
