/* Lists of items side by side as steps (XSL 1.1, 6.8.3; urn:sotay:fo). */
#include "layout/combine.h"

struct cursor {
    size_t next;  /* item after the last one taken */
    int64_t part; /* extent up to there */
};

struct combiner {
    struct combined *c;
    struct cursor at[PARTS_MAX], ahead[PARTS_MAX]; /* ahead: at the next break after `at` */
    bool looked[PARTS_MAX];
    int64_t full[PARTS_MAX];
};

bool combined_range(const struct combined *c, int k, size_t first, size_t last, size_t *from, size_t *to) {
    bool any = false;
    for (size_t i = first; i <= last; i++) {
        const struct combined_piece *p = &c->steps[i * (size_t)c->n + (size_t)k];
        if (!p->has) continue;
        if (!any) *from = p->start;
        *to = p->end + 1;
        any = true;
    }
    return any;
}

void combined_keep(struct walker *w, struct combined_part *p) {
    struct item *v = arena_memdup(w->arena, p->items.v, p->items.n * sizeof *v);
    mem_free(p->items.v);
    p->items.v = v;
    p->items.cap = p->items.n;
}

static bool legal(const struct seq *s, size_t i) {
    const struct item *it = &s->v[i];
    if (it->kind == ITEM_PENALTY) return it->penalty < PENALTY_INFINITE;
    return it->kind == ITEM_GLUE && i > 0 && s->v[i - 1].kind == ITEM_BOX;
}

/* The next legal break of a part; false at its end. */
static bool look_ahead(struct combiner *m, int k) {
    const struct seq *s = &m->c->part[k].items;
    if (m->looked[k]) return m->ahead[k].next > m->at[k].next;
    m->looked[k] = true;
    struct cursor *c = &m->ahead[k];
    *c = m->at[k];
    while (c->next < s->n) {
        size_t i = c->next++;
        if (legal(s, i)) break;
        if (s->v[i].kind != ITEM_PENALTY) c->part += s->v[i].w;
    }
    return c->next > m->at[k].next;
}

/* The next step: at first the largest first piece of all, later the smallest
 * next one; a part that would pass it waits.  False at the end. */
static bool next_step(struct combiner *m, struct combined_piece *out, int64_t *height) {
    int n = m->c->n;
    bool first = true, moves[PARTS_MAX], any = false;
    for (int k = 0; k < n; k++) {
        first = first && m->at[k].part == 0;
        moves[k] = look_ahead(m, k);
        any = any || moves[k];
    }
    if (!any) return false;
    int64_t step = -1;
    for (int k = 0; k < n; k++)
        if (moves[k] && (step < 0 || (first ? m->ahead[k].part > step : m->ahead[k].part < step))) step = m->ahead[k].part;
    for (int k = 0; k < n; k++) {
        out[k] = (struct combined_piece){.start = m->at[k].next, .end = m->at[k].next};
        if (moves[k] && m->ahead[k].part <= step) {
            out[k].has = true;
            out[k].end = m->ahead[k].next - 1;
            m->at[k] = m->ahead[k];
            m->looked[k] = false;
        }
        out[k].shown = m->at[k].part;
    }
    *height = step;
    return true;
}

/* Extent that a part still has to show, after a break. */
static int64_t rest_of(const struct combiner *m, int k) {
    const struct seq *s = &m->c->part[k].items;
    int64_t rest = m->full[k] - m->at[k].part;
    if (!m->c->drops_space) return rest;
    for (size_t i = m->at[k].next; i < s->n && s->v[i].kind != ITEM_BOX; i++)
        if (s->v[i].kind == ITEM_GLUE) rest -= s->v[i].w;
    return rest;
}

static int64_t most_rest(const struct combiner *m) {
    int64_t most = 0;
    for (int k = 0; k < m->c->n; k++)
        if (rest_of(m, k) > most) most = rest_of(m, k);
    return most;
}

static void take_notes(struct walker *w, const struct combined *c, const struct combined_piece *piece, struct item *box) {
    size_t n = 0, cap = 0;
    struct note **v = NULL;
    for (int k = 0; k < c->n; k++)
        for (size_t i = piece[k].start; piece[k].has && i <= piece[k].end; i++)
            for (uint16_t j = 0; j < c->part[k].items.v[i].note_count; j++) {
                v = mem_grow(v, &cap, n + 1, sizeof *v);
                v[n++] = c->part[k].items.v[i].notes[j];
            }
    if (n) box->notes = arena_memdup(w->arena, v, n * sizeof *v);
    box->note_count = (uint16_t)n;
    mem_free(v);
}

/* Width, penalty and class that the breaks inside the parts ask for here. */
static void inner_break(const struct combined *c, const struct combined_piece *piece, mpt *width, int32_t *penalty,
                        enum break_class *class) {
    for (int k = 0; k < c->n; k++) {
        if (!piece[k].has) continue;
        const struct item *it = &c->part[k].items.v[piece[k].end];
        if (it->kind != ITEM_PENALTY) continue;
        if (it->w > *width) *width = it->w;
        if (it->penalty <= -PENALTY_INFINITE) *penalty = it->penalty;
        else if (*penalty > -PENALTY_INFINITE && it->penalty > *penalty) *penalty = it->penalty;
        if (it->break_class > *class) *class = (enum break_class)it->break_class;
    }
}

static void add_step(struct combined *c, const struct combined_piece *piece) {
    size_t n = (size_t)c->n, at = c->step_count * n;
    c->steps = mem_grow(c->steps, &c->step_cap, at + n, sizeof *c->steps);
    memcpy(c->steps + at, piece, n * sizeof *piece);
    c->step_count++;
}

static void begin(struct combiner *m, struct combined *c) {
    *m = (struct combiner){.c = c};
    for (int k = 0; k < c->n; k++) {
        const struct combined_part *p = &c->part[k];
        m->at[k].next = p->from;
        for (size_t i = p->from; i < p->items.n; i++)
            if (p->items.v[i].kind != ITEM_PENALTY) m->full[k] += p->items.v[i].w;
    }
}

void combine(struct walker *w, struct combined *c, struct keep together) {
    struct combiner m;
    struct combined_piece piece[PARTS_MAX];
    begin(&m, c);
    int64_t total = most_rest(&m), added = 0, step;
    struct keep next = {0};
    while (next_step(&m, piece, &step)) {
        for (int k = 0; k < c->n; k++)
            if (c->part[k].node && m.at[k].next >= c->part[k].items.n) next = keep_max(next, edge_keep(c->part[k].node, true));
        int64_t over = step + most_rest(&m) - total, height = step - added - (over > 0 ? over : 0);
        mpt width = 0;
        int32_t penalty = 0;
        enum break_class class = BREAK_NONE;
        inner_break(c, piece, &width, &penalty, &class);
        added += height;
        add_step(c, piece);
        int32_t index = (int32_t)c->step_count - 1;
        take_notes(w, c, piece, walk_box(w, mpt_clamp(height), &c->thing, index));
        if (added >= total) continue;
        struct keep k = keep_max(next, together);
        if (penalty > -PENALTY_INFINITE) {
            if (keep_penalty(k) > penalty) penalty = keep_penalty(k);
            class = k.context;
        }
        walk_break(w, mpt_clamp((over > 0 ? over : 0) + width), penalty, class, &c->thing, index);
        if (over >= 0) continue;
        walk_glue(w, mpt_clamp(-over), 0, 0, &c->thing, index);
        added -= over;
    }
    struct combined_piece *heap = c->steps;
    c->steps = arena_memdup(w->arena, heap, c->step_count * (size_t)c->n * sizeof *heap);
    mem_free(heap);
}
