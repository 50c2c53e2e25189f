/* Total-fit breaking of a block sequence into parts (pages, columns), with the
 * reference's costs.  Items may come bit by bit: parts that no later item can
 * change are settled early, so memory stays flat.
 *
 * A node is a feasible break: the best known way to end part `part` at item
 * `pos`.  Where nothing stretches no break is feasible by ratio; then the
 * search goes on from the best break that was too short, which is the fullest
 * part. */
#include "layout/breaker.h"

static const double RATIO_INFINITE = 1000;
static const double DEMERIT_FITNESS = 50, DEMERIT_NOTE_SPLIT = 5000, DEMERIT_NOTE_DEFERRED = 10000;

static struct node *node_ref(struct node *n) {
    if (n) n->refs++;
    return n;
}

static void node_unref(struct breaker *b, struct node *n) {
    while (n && --n->refs == 0) {
        struct node *prev = n->prev;
        n->prev = b->free_nodes;
        b->free_nodes = n;
        n = prev;
    }
}

struct node *node_new(struct breaker *b, const struct node *from) {
    struct node *n = b->free_nodes;
    if (n) b->free_nodes = n->prev;
    else n = ARENA_NEW(b->arena, struct node);
    *n = *from;
    n->refs = 0;
    n->next = NULL;
    node_ref(n->prev);
    return n;
}

void hold(struct breaker *b, struct node **slot, struct node *n) {
    node_ref(n);
    node_unref(b, *slot);
    *slot = n;
}

static bool is_forced(const struct item *it) {
    return it->kind == ITEM_PENALTY && it->penalty <= -PENALTY_INFINITE;
}

/* The part after n has another inline extent, so its items will be others:
 * n is not gone on from, the cheapest of its like is where breaking stops. */
static bool changes_width(struct breaker *b, struct node *n) {
    if (!b->source.same_width || n->part <= 0 || n->pos < 0 || is_forced(&b->items->v[n->pos])) return false;
    if (b->source.same_width(b->source.arg, n->part)) return false;
    node_ref(n);
    if (!b->before_change || n->demerits < b->before_change->demerits) hold(b, &b->before_change, n);
    node_unref(b, n);
    return true;
}

void activate(struct breaker *b, struct node *n) {
    if (changes_width(b, n)) return;
    struct node **end = &b->active;
    while (*end && (*end)->part <= n->part) end = &(*end)->next;
    n->next = *end;
    *end = node_ref(n);
    b->active_count++;
}

void deactivate(struct breaker *b, struct node **link) {
    struct node *n = *link;
    *link = n->next;
    n->next = NULL;
    b->active_count--;
    node_unref(b, n);
}

struct breaker *breaker_new(struct seq *items, size_t first, struct part_source source, struct breaker_options o) {
    struct breaker *b = mem_alloc(sizeof *b);
    b->arena = arena_new();
    b->items = items;
    b->pos = (int64_t)first;
    b->source = source;
    b->options = o;
    b->threshold = 1;
    for (int32_t k = 0; k < NOTE_QUEUES; k++) {
        b->queue[k].first_new = b->queue[k].rest_item = -1;
        b->now.at[k] = (struct note_at){.note = -1, .item = -1};
    }
    return b;
}

void breaker_set_head_separator(struct breaker *b, mpt extent) {
    b->options.head_separator = extent;
}

void breaker_set_separator(struct breaker *b, mpt extent) {
    b->options.separator = extent;
}

void breaker_drop(struct breaker *b) {
    if (!b) return;
    arena_drop(b->arena);
    for (int32_t k = 0; k < NOTE_QUEUES; k++) mem_free(b->queue[k].v);
    mem_free(b->parts);
    mem_free(b);
}

mpt extent_of(struct breaker *b, int32_t part) {
    return b->source.extent(b->source.arg, part);
}

static bool ends_page(struct breaker *b, int32_t part) {
    return !b->source.ends_page || b->source.ends_page(b->source.arg, part);
}

/* ---- footnotes -------------------------------------------------------------- */

int64_t notes_total(const struct note_queue *q) {
    return q->count ? q->v[q->count - 1].sum : 0;
}

static struct note_queue *queue_of(struct breaker *b, const struct note *note) {
    if (note->foot.queue >= b->queues) b->queues = note->foot.queue + 1;
    return &b->queue[note->foot.queue];
}

static void add_note(struct note_queue *q, struct note *note, int64_t pos, int64_t width) {
    q->v = mem_grow(q->v, &q->cap, q->count + 1, sizeof *q->v);
    struct note_entry e = {.note = note, .width = width, .pos = pos, .sum = notes_total(q) + note->height, .last = (int32_t)note->items.n - 1};
    q->v[q->count++] = e;
}

static void take_notes(struct breaker *b, const struct item *it, int64_t pos) {
    for (uint16_t i = 0; i < it->note_count; i++) {
        struct note_queue *q = queue_of(b, it->notes[i]);
        if (q->first_new < 0) q->first_new = (int32_t)q->count;
        add_note(q, it->notes[i], pos, b->now.width);
    }
}

static void no_new_notes(struct breaker *b) {
    for (int32_t k = 0; k < b->queues; k++) b->queue[k].first_new = -1;
}

void breaker_take(struct breaker *b, const struct note_rest *r) {
    for (size_t i = 0; i < r->count; i++) {
        struct note_queue *q = queue_of(b, r->notes[i]);
        if (!q->count) {
            q->rest_item = r->item[r->notes[i]->foot.queue];
            q->rest_inserted = r->inserted[r->notes[i]->foot.queue];
        }
        add_note(q, r->notes[i], -1, 0);
    }
}

void breaker_leave(struct breaker *b, struct note_rest *r) {
    const struct node *s = b->stopped;
    r->count = 0;
    for (int32_t k = 0; k < b->queues; k++) {
        const struct note_queue *q = &b->queue[k];
        r->item[k] = -1;
        r->inserted[k] = 0;
        if (!s) continue;
        size_t i = s->at[k].note < 0 ? 0 : (size_t)s->at[k].note;
        if (s->at[k].note >= 0 && s->at[k].item >= note_last_item(q, s->at[k].note)) i++;
        else if (s->at[k].note >= 0) {
            r->item[k] = s->at[k].item;
            r->inserted[k] = s->at[k].inserted - (i ? q->v[i - 1].sum : 0);
        }
        for (; i < q->count && q->v[i].pos <= s->pos; i++) {
            r->notes = mem_grow(r->notes, &r->cap, r->count + 1, sizeof *r->notes);
            r->notes[r->count++] = q->v[i].note;
        }
    }
}

int32_t note_last_item(const struct note_queue *q, int32_t note) {
    return q->v[note].last;
}

void set_all_notes(const struct note_queue *q, struct note_at *at) {
    at->inserted = notes_total(q);
    at->note = (int32_t)q->count - 1;
    at->item = note_last_item(q, at->note);
}

/* How far footnotes can be set in `room` from just after `at`: advances its
 * note and item to the last item set and returns their length, 0 when nothing
 * can be set.  Whole notes first, then a part of the next one. */
int64_t split_notes(const struct note_queue *q, struct note_at *where, int64_t room, bool may_defer_old) {
    if (room <= 0) return 0;
    int32_t n = where->note, i = where->item;
    int64_t done = where->inserted;
    bool added = false;
    if (n < 0 || i >= note_last_item(q, n)) {
        n++;
        i = 0;
    } else {
        i++;
    }
    int32_t count = (int32_t)q->count;
    int64_t split = 0;
    if (count - 1 > n) {
        if (!may_defer_old && q->first_new > 0) {
            split = q->v[q->first_new - 1].sum - done;
            n = q->first_new;
            i = 0;
        }
        while (n < count && q->v[n].sum - done <= room) {
            split = q->v[n].sum - done;
            added = true;
            n++;
            i = 0;
        }
    }
    if (n >= count) return 0;
    const struct seq *s = &q->v[n].note->items;
    int64_t best = 0;
    int32_t best_item = -1, at = -1, k = i;
    while (split <= room) {
        if (added) {
            best = split;
            best_item = at;
        }
        bool box_before = false, ended = false;
        for (; k < (int32_t)s->n && !ended; k++) {
            const struct item *it = &s->v[k];
            if (it->kind == ITEM_BOX) {
                split += it->w;
                box_before = true;
                if (split > best) added = true;
            } else if (it->kind == ITEM_GLUE) {
                ended = box_before;
                if (!ended) split += it->w;
                box_before = false;
            } else {
                ended = it->penalty < PENALTY_INFINITE;
                box_before = false;
            }
            if (ended) at = k - 1 >= 0 ? k : k;
        }
        if (!ended) break; /* the whole note would fit: it was tried above */
    }
    if (!added || best <= 0) return 0;
    where->note = best_item >= 0 ? n : n - 1;
    where->item = best_item >= 0 ? best_item : note_last_item(q, where->note);
    return best;
}

static bool break_between(struct breaker *b, int64_t from, int64_t to) {
    int64_t i = from + 1;
    while (i < to && b->items->v[i].kind != ITEM_BOX) i++;
    for (; i < to; i++) {
        const struct item *it = &b->items->v[i];
        if (it->kind == ITEM_GLUE && b->items->v[i - 1].kind == ITEM_BOX) return true;
        if (it->kind == ITEM_PENALTY && it->penalty < PENALTY_INFINITE) return true;
    }
    return false;
}

static bool may_defer_old(struct breaker *b, const struct node *n, int32_t k, int64_t pos) {
    const struct note_queue *q = &b->queue[k];
    const struct note_at *at = &n->at[k];
    bool deferred = at->inserted < notes_total(q);
    if (q->first_new > 0 && (at->note < q->first_new - 1 || (at->note >= 0 && at->item < note_last_item(q, at->note))))
        deferred = true;
    return deferred && !break_between(b, n->pos, pos);
}

/* Room that a queue's footnotes take of what `used` leaves, in the part that
 * begins at n and ends at item pos. */
static int64_t foot_of(struct breaker *b, struct node *n, int32_t k, int64_t pos, int64_t used, int64_t room) {
    const struct note_queue *q = &b->queue[k];
    struct note_at *at = &b->now.at[k];
    *at = n->at[k];
    int64_t open = notes_total(q) - at->inserted;
    if (open <= 0) return 0;
    used += b->options.separator;
    int64_t split = 0;
    if (used + open > room) {
        bool defer = may_defer_old(b, n, k, pos);
        if (defer || q->first_new >= 0) split = split_notes(q, at, room - used, defer);
    }
    if (split > 0) at->inserted += split;
    else set_all_notes(q, at);
    return b->options.separator + (split > 0 ? split : open);
}

/* Before-floats stand at the head of the part that has room for them below the
 * line that anchors them; the others wait. */
static int64_t head_of(struct breaker *b, const struct node *n, int64_t room) {
    const struct note_queue *q = &b->queue[QUEUE_HEAD];
    struct note_at *at = &b->now.at[QUEUE_HEAD];
    *at = n->at[QUEUE_HEAD];
    int64_t sum = 0;
    for (int32_t i = at->note + 1; i < (int32_t)q->count; i++) {
        const struct note_entry *e = &q->v[i];
        int64_t above = e->pos > n->pos ? e->width - n->width : 0, height = e->sum - (i ? q->v[i - 1].sum : 0);
        if ((above > 0 ? above : 0) + sum + height + b->options.head_separator > room) break;
        sum += height;
        *at = (struct note_at){.note = i, .item = note_last_item(q, i), .inserted = e->sum};
    }
    return sum ? sum + b->options.head_separator : 0;
}

/* Room left in the part that begins at n and ends at item pos; what becomes of
 * the footnotes is left in b->now.  Those of lanes stand side by side above
 * those of the page, each below what its lane shows. */
static int64_t difference(struct breaker *b, struct node *n, const struct item *it, int64_t pos) {
    int64_t used = b->now.width - n->width, room = extent_of(b, n->part);
    if (it->kind == ITEM_PENALTY) used += it->w;
    if (b->queues > QUEUE_HEAD) used += head_of(b, n, room);
    if (b->queues) used += foot_of(b, n, 0, pos, used, room);
    int64_t most = used;
    for (int32_t k = 1; k < b->queues && k < QUEUE_HEAD; k++) {
        int64_t lane = used - lanes_slack(b->items, (size_t)pos, k - 1);
        lane += foot_of(b, n, k, pos, lane, room);
        if (lane > most) most = lane;
    }
    int64_t left = room - most;
    return b->options.auto_height && left < 0 ? 0 : left;
}

/* ---- costs ------------------------------------------------------------------ */

/* The last part of a sequence may be as short as it likes. */
static double ratio_of(struct breaker *b, const struct node *n, int64_t left, bool forced) {
    if (left == 0) return 0;
    int64_t give = left > 0 ? b->now.stretch - n->stretch : b->now.shrink - n->shrink;
    if (forced && left > 0) give += 10000000;
    if (give > 0) return (double)left / (double)give;
    return left > 0 ? RATIO_INFINITE : -RATIO_INFINITE;
}

static int fitness_of(double r) {
    return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static double demerits_of(struct breaker *b, const struct node *n, const struct item *it, int fitness, double r) {
    double f = r < 0 ? -r : r, d;
    f = 1 + 100 * f * f * f;
    double penalty = it->kind == ITEM_PENALTY ? it->penalty : 0;
    if (penalty >= 0) f += penalty;
    d = f * f;
    if (penalty < 0 && penalty > -PENALTY_INFINITE) d -= penalty * penalty;
    int jump = fitness - n->fitness;
    if (jump > 1 || jump < -1) d += DEMERIT_FITNESS;
    for (int32_t k = 0; k < b->queues; k++) {
        const struct note_at *at = &b->now.at[k];
        int32_t count = (int32_t)b->queue[k].count;
        if (at->note < count - 1) d += (count - 1 - at->note) * DEMERIT_NOTE_DEFERRED;
        if (at->note >= 0 && at->note < count && at->item < note_last_item(&b->queue[k], at->note)) d += DEMERIT_NOTE_SPLIT;
    }
    return d + n->demerits;
}

/* ---- the search ------------------------------------------------------------- */

/* Totals as if the break at pos were just before the next box. */
static void skip_discardable(struct breaker *b, int64_t pos, int64_t *w, int64_t *st, int64_t *sh) {
    *w = b->now.width;
    *st = b->now.stretch;
    *sh = b->now.shrink;
    for (int64_t i = pos; i < (int64_t)b->items->n; i++) {
        const struct item *it = &b->items->v[i];
        if (it->kind == ITEM_BOX) break;
        if (it->kind == ITEM_GLUE) {
            *w += it->w;
            *st += it->stretch;
            *sh += it->shrink;
        } else if (it->penalty <= -PENALTY_INFINITE && i != pos) {
            break;
        }
    }
}

static void take_notes_at(struct note_at to[NOTE_QUEUES], const struct note_at from[NOTE_QUEUES]) {
    memcpy(to, from, NOTE_QUEUES * sizeof *to);
}

static struct node candidate(struct breaker *b, struct node *prev, int64_t pos, int fitness, double r, int64_t left,
                             double demerits) {
    struct node n = {.prev = prev, .part = prev->part + 1, .pos = pos, .fitness = fitness, .ratio = r,
                     .left = left, .demerits = demerits};
    n.give_stretch = b->now.stretch - prev->stretch;
    n.give_shrink = b->now.shrink - prev->shrink;
    take_notes_at(n.at, b->queues ? b->now.at : prev->at);
    skip_discardable(b, pos, &n.width, &n.stretch, &n.shrink);
    return n;
}

/* The later of two nodes, then the cheaper; one that ends a page before one
 * that ends only a column. */
struct node *better(struct breaker *b, struct node *a, struct node *c) {
    if (!a || !c) return a ? a : c;
    bool pa = ends_page(b, a->part - 1), pc = ends_page(b, c->part - 1);
    if (pa != pc) return pa ? a : c;
    if (c->pos > a->pos) return c;
    return c->pos == a->pos && c->demerits < a->demerits ? c : a;
}

static bool can_end(struct breaker *b, const struct item *it, int32_t part) {
    if (it->kind != ITEM_PENALTY || it->penalty < PENALTY_INFINITE) return true;
    return it->break_class == BREAK_PAGE && !ends_page(b, part);
}

static void force_node(struct breaker *b, struct node *n, int64_t pos, int fitness, double r, int64_t left, double d) {
    if (r <= -1) {
        if (b->too_long && d >= b->too_long->demerits) return;
        struct node c = candidate(b, n, pos, fitness, r, left, d);
        hold(b, &b->too_long, node_new(b, &c));
    } else {
        if (b->too_short && d > b->too_short->demerits) return;
        struct node c = candidate(b, n, pos, fitness, r, left, d);
        hold(b, &b->too_short, node_new(b, &c));
    }
}

static void try_node(struct breaker *b, struct node **link, const struct item *it, int64_t pos, bool *gone) {
    struct node *n = *link;
    bool forced = is_forced(it);
    int64_t left = difference(b, n, it, pos);
    double r = ratio_of(b, n, left, forced);
    node_ref(n);
    if (r < -1 || forced) {
        hold(b, &b->last_off, b->last_off ? better(b, b->last_off, n) : n);
        deactivate(b, link);
        *gone = true;
    }
    int fitness = fitness_of(r);
    double d = demerits_of(b, n, it, fitness, r);
    if (r >= -1 && r <= b->threshold && (!b->best_set[fitness] || d < b->best[fitness].demerits)) {
        b->best[fitness] = candidate(b, n, pos, fitness, r, left, d);
        node_ref(n); /* until added or dropped below */
        if (b->best_held[fitness]) node_unref(b, b->best_held[fitness]);
        b->best_held[fitness] = n;
        b->best_set[fitness] = true;
        hold(b, &b->too_short, NULL);
    }
    if (r <= -1 || r > b->threshold) force_node(b, n, pos, fitness, r, left, d);
    node_unref(b, n);
}

/* New nodes from the best ones of each fitness class; of those only the ones
 * that are not much worse than the best of all. */
static void add_best(struct breaker *b) {
    double least = -1;
    for (int f = 0; f < 4; f++)
        if (b->best_set[f] && (least < 0 || b->best[f].demerits < least)) least = b->best[f].demerits;
    for (int f = 0; f < 4; f++) {
        if (b->best_set[f] && b->best[f].demerits <= least + DEMERIT_FITNESS) activate(b, node_new(b, &b->best[f]));
        if (b->best_held[f]) node_unref(b, b->best_held[f]);
        b->best_held[f] = NULL;
        b->best_set[f] = false;
    }
}

/* XSL 1.1, 4.8: the breaks of the context of a keep. */
static void mind_keep_context(struct breaker *b, const struct item *it) {
    if (it->kind != ITEM_PENALTY) return;
    if (it->penalty > -PENALTY_INFINITE && it->break_class >= BREAK_COLUMN && b->keep_context != it->break_class)
        hold(b, &b->before_keep, b->too_short);
    b->keep_context = it->penalty > -PENALTY_INFINITE ? it->break_class : BREAK_NONE;
}

static void consider(struct breaker *b, const struct item *it, int64_t pos) {
    mind_keep_context(b, it);
    hold(b, &b->last_off, NULL);
    hold(b, &b->too_long, NULL);
    struct node **link = &b->active;
    while (*link) {
        int32_t part = (*link)->part;
        while (*link && (*link)->part == part) {
            bool gone = false;
            if ((*link)->pos != pos && can_end(b, it, part)) try_node(b, link, it, pos, &gone);
            if (!gone) link = &(*link)->next;
        }
        struct node *after = *link;
        add_best(b);
        /* skip what add_best inserted for the next part */
        while (*link && *link != after) link = &(*link)->next;
    }
    no_new_notes(b);
}

static struct node *empty_part(struct breaker *b, struct node *at) {
    struct node n = {.prev = at, .part = at->part + 1, .pos = at->pos, .fitness = 1, .empty = true};
    take_notes_at(n.at, at->at);
    return node_new(b, &n);
}

/* What follows node n is too tall for its part: leave the part empty and try
 * the next; after five, put it where it was and let it overflow. */
static struct node *recover(struct breaker *b) {
    enum { ATTEMPTS = 5 };
    if (!b->options.recover) return b->too_long;
    if (!b->recovered) hold(b, &b->recovered, b->too_long);
    if (b->source.same_width && !b->source.same_width(b->source.arg, b->too_long->part)) return b->too_long;
    struct node *node;
    if (b->before_keep && b->keep_context != BREAK_NONE) {
        node = b->before_keep;
        while (!ends_page(b, node->part - 1)) node = empty_part(b, node);
        node_ref(node);
        hold(b, &b->before_keep, NULL);
        b->kept_alive = node;
    } else {
        node = empty_part(b, b->too_long->prev);
    }
    node->attempts = b->too_long->prev->attempts + 1;
    if (node->attempts <= ATTEMPTS) return node;
    node_ref(node);
    node_unref(b, node);
    return b->recovered;
}

static int64_t restart(struct breaker *b, struct node *n) {
    n->demerits = 0;
    node_ref(n);
    hold(b, &b->last_forced, n);
    if (n == b->recovered) hold(b, &b->recovered, NULL);
    activate(b, n);
    node_unref(b, n);
    b->now.width = n->width;
    b->now.stretch = n->stretch;
    b->now.shrink = n->shrink;
    hold(b, &b->too_short, NULL);
    hold(b, &b->too_long, NULL);
    for (int32_t k = 0; k < b->queues; k++) {
        struct note_queue *q = &b->queue[k];
        while (q->count && q->v[q->count - 1].pos > n->pos) q->count--;
    }
    no_new_notes(b);
    int64_t i = n->pos;
    while (i + 1 < (int64_t)b->items->n && b->items->v[i + 1].kind != ITEM_BOX && !is_forced(&b->items->v[i + 1])) i++;
    return i;
}

static void start(struct breaker *b) {
    int64_t first = b->pos;
    while (first < (int64_t)b->items->n && b->items->v[first].kind != ITEM_BOX) first++;
    b->pos = first;
    struct node n = {.pos = first - 1, .fitness = 1};
    for (int32_t k = 0; k < NOTE_QUEUES; k++) {
        n.at[k] = (struct note_at){.note = -1, .item = -1};
        if (b->queue[k].rest_item >= 0) n.at[k] = (struct note_at){b->queue[k].rest_inserted, 0, b->queue[k].rest_item};
    }
    struct node *root = node_new(b, &n);
    activate(b, root);
    hold(b, &b->last_forced, root);
    hold(b, &b->settled, root);
    b->started = true;
}

/* No active node is left: go on from the best break that was too short, or
 * recover from content that is too tall. */
static int64_t go_on(struct breaker *b) {
    if (b->last_off && b->last_off != b->last_forced) {
        if (b->last_off->ratio > 0) hold(b, &b->too_short, b->last_off);
        else hold(b, &b->too_long, b->last_off);
    }
    struct node *from;
    if (!b->too_short || b->last_forced->pos == b->too_short->pos) {
        from = recover(b);
    } else {
        from = b->too_short;
        hold(b, &b->recovered, NULL);
    }
    if (!from) return (int64_t)b->items->n;
    return restart(b, from);
}

static void handle(struct breaker *b, int64_t i) {
    const struct item *it = &b->items->v[i];
    if (it->kind == ITEM_BOX) {
        b->now.width += it->w;
        if (it->note_count) take_notes(b, it, i);
    } else if (it->kind == ITEM_GLUE) {
        if (i > 0 && b->items->v[i - 1].kind == ITEM_BOX) consider(b, it, i);
        b->now.width += it->w;
        b->now.stretch += it->stretch;
        b->now.shrink += it->shrink;
    } else if (it->penalty < PENALTY_INFINITE || it->break_class == BREAK_PAGE) {
        consider(b, it, i);
    }
}

/* Nothing to break before the next forced break? */
static bool no_box(struct breaker *b) {
    int64_t i = b->pos;
    while (i < (int64_t)b->items->n && b->items->v[i].kind != ITEM_BOX && !is_forced(&b->items->v[i])) i++;
    if (i < (int64_t)b->items->n && is_forced(&b->items->v[i])) {
        b->ended = b->finished = true;
        b->end_pos = i;
    }
    return i >= (int64_t)b->items->n || b->ended;
}

void breaker_run(struct breaker *b, bool final) {
    if (b->ended || (!b->started && no_box(b))) return;
    if (!b->started) start(b);
    int64_t limit = (int64_t)b->items->n;
    if (!final && !b->ended) {
        do limit--;
        while (limit > 0 && b->items->v[limit].kind != ITEM_BOX);
    }
    for (; b->pos < limit && !b->ended && !b->stopped; b->pos++) {
        bool forced = is_forced(&b->items->v[b->pos]);
        int64_t at = b->pos;
        handle(b, b->pos);
        if (b->active_count == 0 && !b->before_change) b->pos = go_on(b);
        if (b->active_count == 0 && b->before_change) hold(b, &b->stopped, b->before_change);
        if (forced && b->active && b->active->pos == at) {
            b->ended = true;
            b->end_pos = at;
            b->pos = at;
        }
    }
    if (b->ended && !b->finished) breaker_finish(b);
    else if (!b->ended) breaker_settle(b);
}
