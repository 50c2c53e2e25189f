/* From nodes to parts: what is settled while the search goes on, and the end
 * of a block sequence. */
#include "layout/breaker.h"

static struct note_range range_of(const struct note_queue *q, const struct note_at *from, const struct note_at *to) {
    struct note_range r = {from->note, from->item + 1, to->note, to->item};
    if (to->note < 0) r.from = 0;
    else if (from->note < 0 || r.from_item > note_last_item(q, from->note)) {
        r.from = from->note + 1;
        r.from_item = 0;
    }
    return r;
}

/* XSL 1.1, 4.3.1 and 7.14.4 (display-align): how glue is set and what room is
 * left.  Glue never stretches beyond its maximum; the last part stays at its
 * optimum. */
static struct part part_of(struct breaker *b, const struct node *n, bool last) {
    const struct node *prev = n->prev;
    struct part p = {.from = (size_t)(prev->pos + 1), .to = (size_t)n->pos, .ratio = n->ratio, .empty = n->empty};
    p.queues = b->queues;
    int64_t left = n->left;
    if (left + n->give_shrink < 0) p.overflow = mpt_clamp(-left);
    if (p.ratio < 0) {
        left = 0;
        if (p.ratio < -1) p.ratio = -1;
    } else if (p.ratio <= 1 && !last) {
        left = 0;
    } else if (p.ratio > 1) {
        p.ratio = 1;
        left -= n->give_stretch;
    } else {
        p.ratio = 0;
    }
    if (last && n->left > 0) {
        p.ratio = 0;
        left = n->left;
    }
    p.difference = mpt_clamp(left > 0 ? left : 0);
    for (int32_t k = 0; k < b->queues; k++) p.notes[k] = range_of(&b->queue[k], &prev->at[k], &n->at[k]);
    return p;
}

static void push_parts(struct breaker *b, struct node *upto, bool last) {
    size_t count = 0;
    for (struct node *n = upto; n != b->settled; n = n->prev) count++;
    b->parts = mem_grow(b->parts, &b->part_cap, b->part_count + count, sizeof *b->parts);
    size_t at = b->part_count + count;
    for (struct node *n = upto; n != b->settled; n = n->prev) b->parts[--at] = part_of(b, n, last && n == upto);
    b->part_count += count;
    hold(b, &b->settled, upto);
}

static struct node *common(struct node *a, struct node *c) {
    if (!a || !c) return a ? a : c;
    while (a != c) {
        if (a->part > c->part || (a->part == c->part && a->pos > c->pos)) a = a->prev;
        else c = c->prev;
        if (!a || !c) return NULL;
    }
    return a;
}

/* The node all candidates share: everything up to it is settled. */
void breaker_settle(struct breaker *b) {
    struct node *a = NULL;
    for (struct node *n = b->active; n; n = n->next) a = common(a, n);
    struct node *others[] = {b->too_short, b->too_long, b->recovered, b->before_keep, b->before_change};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] && others[i]->prev) a = common(a, others[i]->prev);
    while (a && a->attempts) a = a->prev;
    if (a && a->part > b->settled->part) push_parts(b, a, false);
}

static bool notes_left(const struct breaker *b, const struct node *n) {
    for (int32_t k = 0; k < b->queues; k++)
        if (n->at[k].inserted < notes_total(&b->queue[k])) return true;
    return false;
}

/* What is left of the footnotes makes pages of its own. */
static struct node *note_parts(struct breaker *b, struct node *n) {
    while (notes_left(b, n)) {
        struct node next = {.prev = n, .part = n->part + 1, .pos = n->pos, .fitness = 1, .empty = true};
        memcpy(next.at, n->at, sizeof next.at);
        int64_t room = extent_of(b, n->part) - b->options.separator;
        for (int32_t k = 0; k < b->queues; k++) {
            const struct note_queue *q = &b->queue[k];
            struct note_at *at = &next.at[k];
            int64_t left = notes_total(q) - at->inserted, split = left;
            if (left <= 0) continue;
            if (left > room) split = split_notes(q, at, room, true);
            if (left <= room || split <= 0) set_all_notes(q, at);
            else at->inserted += split;
        }
        n = node_new(b, &next);
    }
    return n;
}

void breaker_finish(struct breaker *b) {
    struct node *best = NULL;
    for (struct node *n = b->active; n; n = n->next) best = better(b, best, n);
    if (!best) return;
    best = note_parts(b, best);
    push_parts(b, best, true);
    b->finished = true;
}

bool breaker_next(struct breaker *b, struct part *out, int32_t keep_back) {
    if (b->finished || b->stopped) keep_back = 0;
    if (b->given + (size_t)keep_back >= b->part_count) return false;
    *out = b->parts[b->given++];
    return true;
}

void breaker_skip(struct breaker *b) {
    b->given = b->part_count;
}

bool breaker_peek(struct breaker *b, int32_t i, struct part *out) {
    if (b->given + (size_t)i >= b->part_count) return false;
    *out = b->parts[b->given + (size_t)i];
    return true;
}

bool breaker_ended(const struct breaker *b, size_t *at) {
    if (b->finished && at) *at = (size_t)b->end_pos;
    return b->finished;
}

struct note *breaker_note(struct breaker *b, int32_t queue, int32_t index) {
    const struct note_queue *q = &b->queue[queue];
    return index >= 0 && index < (int32_t)q->count ? q->v[index].note : NULL;
}

bool breaker_width_stop(struct breaker *b, size_t *at) {
    if (!b->stopped) return false;
    if (b->settled != b->stopped) push_parts(b, b->stopped, false);
    *at = (size_t)b->stopped->pos;
    return true;
}

static void shift_chain(struct breaker *b, struct node *n, int64_t by) {
    for (; n && n->shifted != b->shifts; n = n->prev) {
        n->pos -= by;
        n->shifted = b->shifts;
        if (n == b->settled) break;
    }
}

/* Every live node that still matters is reachable from these. */
void breaker_shift(struct breaker *b, size_t count) {
    if (!b->started) {
        b->pos -= (int64_t)count;
        return;
    }
    int64_t by = (int64_t)count;
    b->shifts++;
    struct node *roots[] = {b->settled, b->too_short, b->too_long, b->recovered, b->before_keep, b->last_forced, b->stopped, b->before_change};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) shift_chain(b, roots[i], by);
    for (struct node *n = b->active; n; n = n->next) shift_chain(b, n, by);
    for (int32_t k = 0; k < b->queues; k++)
        for (size_t i = 0; i < b->queue[k].count; i++) b->queue[k].v[i].pos -= by;
    for (size_t i = b->given; i < b->part_count; i++) {
        b->parts[i].from -= count;
        b->parts[i].to -= count;
    }
    if (b->given > 256) {
        memmove(b->parts, b->parts + b->given, (b->part_count - b->given) * sizeof *b->parts);
        b->part_count -= b->given;
        b->given = 0;
    }
    b->pos -= by;
    b->end_pos -= by;
}

void breaker_simple(struct seq *items, mpt extent, struct part *out) {
    int64_t height = 0, shrink = 0;
    for (size_t i = 0; i < items->n; i++)
        if (items->v[i].kind != ITEM_PENALTY) {
            height += items->v[i].w;
            shrink += items->v[i].shrink;
        }
    int64_t left = extent - height;
    *out = (struct part){.from = 0, .to = items->n};
    if (left < 0) {
        out->ratio = shrink > 0 ? (double)left / (double)shrink : 0;
        if (out->ratio < -1) out->ratio = -1;
        if (left + shrink < 0) out->overflow = mpt_clamp(-left);
    } else {
        out->difference = mpt_clamp(left);
    }
}
