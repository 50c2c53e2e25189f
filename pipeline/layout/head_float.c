/* Before-floats (XSL 1.1, 6.12.2, 6.4.14): at the head of the column where their
 * anchor stands, or of a later one when they do not fit there.  They are
 * notes in a queue of their own, each whole. */
#include "layout/flow.h"

/* All of a float is one box. */
struct head_box {
    struct thing thing;
    struct seq items;
};

static void place_box(struct placer *p, struct thing *t, const struct item *first, const struct item *last, bool at_start, bool at_end) {
    (void)first, (void)last, (void)at_start, (void)at_end;
    struct placer in = *p;
    in.frames = NULL;
    in.ratio = 0;
    const struct head_box *b = (struct head_box *)t;
    place_items(&in, &b->items, 0, b->items.n, false, false);
}

static const struct thing_ops head_ops = {false, place_box};

bool float_goes_ahead(const struct walker *w, const struct fo_node *n) {
    return n->element == FO_FLOAT && fo_is(n, P_FLOAT, E_BEFORE) && w->note_width && w->l->ps && !w->l->in_static && !w->foot;
}

static void tell_overflow(struct page_sequence *ps, const struct note *n) {
    int64_t by = n->height - page_body(ps)->height;
    if (by <= 0) return;
    struct buf b = {0};
    buf_milli(&b, by);
    diag_add(ps->l->diags, DIAG_OVERFLOW, n->body->pos, "fo:float", b.p);
    buf_free(&b);
}

mpt head_width(const struct walker *w) {
    struct page_sequence *ps = w->l->ps;
    if (w->span_width[0]) return w->span_width[!w->nested && w->span != E_NONE];
    return ps->columns > 1 && !ps->span_all ? page_column_width(ps, false) : w->note_width;
}

struct note *head_note_new(struct walker *w, struct fo_node *n) {
    struct note *note = note_make(w, n);
    note->foot = (struct lane_foot){.queue = QUEUE_HEAD};
    struct head_box *b = ARENA_NEW(note->arena, struct head_box);
    b->thing.ops = &head_ops;
    struct seq items = {0};
    walk_content(w->l, NULL, note->arena, n, head_width(w), &items);
    b->items = (struct seq){.v = arena_memdup(note->arena, items.v, items.n * sizeof *items.v), .n = items.n, .cap = items.n};
    note->height = mpt_clamp(seq_extent(&items, 0, items.n));
    seq_free(&items);
    seq_box(&note->items, mpt_clamp(note->height), &b->thing, 0);
    return note;
}

mpt head_separator(struct page_sequence *ps) {
    if (ps->head_separator < 0) ps->head_separator = separator_extent(ps->l, ps->node, page_body(ps)->width, "xsl-before-float-separator");
    return ps->head_separator;
}

/* The floats of a part, at its head; what stands above it on the page makes
 * room where they go to the head of all.  p is at the part's before edge, and
 * goes to what the floats leave. */
void heads_place(struct page_sequence *ps, struct breaker *b, const struct part *part, struct placer *p) {
    const struct note_range *r = &part->notes[QUEUE_HEAD];
    if (part->queues <= QUEUE_HEAD || r->to < r->from) return;
    int64_t height = head_separator(ps);
    for (int32_t i = r->from; i <= r->to; i++) height += breaker_note(b, QUEUE_HEAD, i)->height;
    if (ps->columns == 1 && (ps->span_y > 0 || ps->float_beside)) {
        for (int k = 0; k < 2; k++) ps->side[k].bottom = mpt_clamp((int64_t)ps->side[k].bottom + height);
        position_shift(ps->page->arena, ps->canvas.list, NULL, (struct offset){0, mpt_clamp(height)}, ps->flow->pos);
        p->c.y = mpt_clamp((int64_t)p->c.y - ps->span_y);
    }
    p->y = 0;
    for (int32_t i = r->from; i <= r->to; i++) {
        struct note *n = breaker_note(b, QUEUE_HEAD, i);
        tell_overflow(ps, n);
        tag_of(ps->l, n->body);
        if (n->body->id) place_id(p, n->body, 0, p->y);
        place_items(p, &n->items, 0, n->items.n, false, false);
        note_drop(n);
    }
    if (ps->head_separator > 0) separator_place(ps->page, ps->node, &p->c, p->y, "xsl-before-float-separator");
    p->y = mpt_clamp(height);
    if (ps->columns == 1) p->c.y = mpt_clamp((int64_t)p->c.y + ps->span_y);
    ps->empty = false;
}
