/* Total fit (Knuth and Plass, Breaking Paragraphs into Lines, 1981): which
 * elements of a paragraph end its lines.
 *
 * Active nodes are kept in groups by line number; in long paragraphs all lines
 * are one group, so that their number stays bounded.  Nodes no longer needed
 * are used again. */
#include "layout/para.h"

#include <math.h>

enum { LONG_PARAGRAPH = 4000, ACTIVE_MAX = 400, INFINITE_RATIO = 1000, SAME_DEMERIT = 50, NONE = -1 };

struct node {
    int32_t prev, next;
    uint32_t at, line, refs;
    int64_t w, stretch, shrink; /* sums up to the first box after the break */
    double demerits, ratio;
    mpt difference, can_stretch, can_shrink;
    uint8_t fitness;
};

struct best {
    double demerits, ratio;
    int32_t node;
    mpt difference, can_stretch, can_shrink;
};

struct line_scratch {
    struct node *nodes;
    size_t count, cap;
    int32_t free;
    int32_t *heads, *tails; /* by group */
    size_t group_cap, tail_cap;
    uint32_t groups;        /* first..groups are in use */
    uint32_t first_group;
    uint32_t active;
    struct chosen *chosen;
    size_t chosen_cap;
    /* one search */
    const struct fit *fit;
    int64_t w, stretch, shrink;
    int32_t too_long, too_short, dropped;
    struct best best[4];
    bool has_best;
    bool long_paragraph;
};

struct line_scratch *line_scratch_new(void) {
    return mem_alloc(sizeof(struct line_scratch));
}

void line_scratch_drop(struct line_scratch *s) {
    if (!s) return;
    mem_free(s->nodes);
    mem_free(s->heads);
    mem_free(s->tails);
    mem_free(s->chosen);
    mem_free(s);
}

/* Nodes. ---------------------------------------------------------------------- */

static int32_t node_new(struct line_scratch *s, struct node n) {
    int32_t i = s->free;
    if (i >= 0) s->free = s->nodes[i].next;
    else {
        s->nodes = mem_grow(s->nodes, &s->cap, s->count + 1, sizeof *s->nodes);
        i = (int32_t)s->count++;
    }
    n.refs = 1;
    n.next = NONE;
    if (n.prev >= 0) s->nodes[n.prev].refs++;
    s->nodes[i] = n;
    return i;
}

static void node_drop(struct line_scratch *s, int32_t i) {
    while (i >= 0 && --s->nodes[i].refs == 0) {
        int32_t prev = s->nodes[i].prev;
        s->nodes[i].next = s->free;
        s->free = i;
        i = prev;
    }
}

static void node_set(struct line_scratch *s, int32_t *slot, int32_t i) {
    if (i >= 0) s->nodes[i].refs++;
    node_drop(s, *slot);
    *slot = i;
}

/* Groups of active nodes. ------------------------------------------------------- */

static uint32_t group_of(const struct line_scratch *s, uint32_t line) {
    return s->long_paragraph ? 0 : line;
}

static void activate(struct line_scratch *s, int32_t i) {
    uint32_t g = group_of(s, s->nodes[i].line);
    if (g >= s->groups) {
        s->heads = mem_grow(s->heads, &s->group_cap, g + 1, sizeof *s->heads);
        s->tails = mem_grow(s->tails, &s->tail_cap, g + 1, sizeof *s->tails);
        for (uint32_t k = s->groups; k <= g; k++) s->heads[k] = s->tails[k] = NONE;
        s->groups = g + 1;
    }
    if (s->heads[g] < 0) s->heads[g] = i;
    else s->nodes[s->tails[g]].next = i;
    s->tails[g] = i;
    if (g < s->first_group) s->first_group = g;
    s->active++;
}

/* Takes node i, which follows `before` (or is the head), off its list. */
static void unlink_node(struct line_scratch *s, uint32_t g, int32_t before, int32_t i) {
    int32_t next = s->nodes[i].next;
    if (before < 0) s->heads[g] = next;
    else s->nodes[before].next = next;
    if (s->tails[g] == i) s->tails[g] = before;
    s->nodes[i].next = NONE;
    s->active--;
    while (s->first_group < s->groups && s->heads[s->first_group] < 0) s->first_group++;
}

/* The search. ---------------------------------------------------------------------- */

static double ratio_of(const struct line_scratch *s, const struct node *n, mpt difference) {
    int64_t room = difference > 0 ? s->stretch - n->stretch : s->shrink - n->shrink;
    if (!difference) return 0;
    if (room > 0) return (double)difference / (double)room;
    return difference > 0 ? INFINITE_RATIO : -INFINITE_RATIO;
}

static bool flagged(const struct fit *f, uint32_t at) {
    return f->els[at].kind == EL_PENALTY && (f->els[at].flags & EL_FLAGGED);
}

/* Lines that end in hyphens, one after the other, up to node n. */
static bool passes_ladder(const struct line_scratch *s, const struct node *n) {
    const struct fit *f = s->fit;
    int32_t count = 2;
    if (f->ladder < 1) return false;
    for (int32_t i = n->prev; i >= 0 && count <= f->ladder; i = s->nodes[i].prev) {
        if (!flagged(f, s->nodes[i].at)) break;
        count++;
    }
    return count > f->ladder;
}

static uint8_t fitness_of(double r) {
    return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static double demerits_of(const struct line_scratch *s, const struct node *n, uint32_t at, double r) {
    const struct el *e = &s->fit->els[at];
    double f = fabs(r);
    f = 1 + 100 * f * f * f;
    if (e->kind == EL_PENALTY && e->penalty > 0) f += e->penalty;
    double d = f * f;
    if (flagged(s->fit, at) && flagged(s->fit, n->at)) {
        d += SAME_DEMERIT;
        if (passes_ladder(s, n)) d = INFINITY;
    }
    if (abs((int)fitness_of(r) - (int)n->fitness) > 1) d += SAME_DEMERIT;
    return d + n->demerits;
}

/* Sums as they are when the next line begins at the first box after `at`. */
static void sums_after(const struct line_scratch *s, uint32_t at, struct node *n) {
    const struct fit *f = s->fit;
    n->w = s->w;
    n->stretch = s->stretch;
    n->shrink = s->shrink;
    for (uint32_t i = at; i < f->count; i++) {
        const struct el *e = &f->els[i];
        if (e->kind == EL_BOX) break;
        if (e->kind == EL_GLUE) {
            n->w += e->w;
            n->stretch += e->stretch;
            n->shrink += e->shrink;
        } else if (e->penalty <= -EL_INFINITE && i != at) break;
    }
}

/* Without any good line: the least bad of those too long, and of those too short. */
static void remember_forced(struct line_scratch *s, int32_t i, uint32_t at, mpt difference, double r,
                            double d) {
    bool is_long = r <= -1;
    int32_t *slot = is_long ? &s->too_long : &s->too_short;
    if (*slot >= 0 && (is_long ? d >= s->nodes[*slot].demerits : d > s->nodes[*slot].demerits)) return;
    struct node n = {.prev = i, .at = at, .line = s->nodes[i].line + 1, .demerits = d, .ratio = r};
    n.difference = difference;
    n.fitness = fitness_of(r);
    n.can_stretch = mpt_clamp(s->stretch - s->nodes[i].stretch);
    n.can_shrink = mpt_clamp(s->shrink - s->nodes[i].shrink);
    sums_after(s, at, &n);
    int32_t fresh = node_new(s, n);
    node_drop(s, *slot);
    *slot = fresh;
}

static void remember_best(struct line_scratch *s, int32_t i, mpt difference, double r, double d) {
    struct best *b = &s->best[fitness_of(r)];
    if (!(d < b->demerits)) return;
    node_drop(s, b->node);
    *b = (struct best){.demerits = d, .ratio = r, .node = i, .difference = difference};
    b->can_stretch = mpt_clamp(s->stretch - s->nodes[i].stretch);
    b->can_shrink = mpt_clamp(s->shrink - s->nodes[i].shrink);
    s->nodes[i].refs++;
    s->has_best = true;
    node_set(s, &s->too_short, NONE);
}

static void add_best(struct line_scratch *s, uint32_t at) {
    if (!s->has_best) return;
    struct node sums = {0};
    sums_after(s, at, &sums);
    double least = INFINITY;
    for (int k = 0; k < 4; k++)
        if (s->best[k].demerits < least) least = s->best[k].demerits;
    for (int k = 0; k < 4; k++) {
        struct best *b = &s->best[k];
        if (b->demerits == INFINITY || b->demerits > least + SAME_DEMERIT) continue;
        struct node n = sums;
        n.prev = b->node;
        n.at = at;
        n.line = s->nodes[b->node].line + 1;
        n.demerits = b->demerits;
        n.ratio = b->ratio;
        n.difference = b->difference;
        n.can_stretch = b->can_stretch;
        n.can_shrink = b->can_shrink;
        n.fitness = (uint8_t)k;
        activate(s, node_new(s, n));
    }
}

static void reset_best(struct line_scratch *s) {
    for (int k = 0; k < 4; k++) s->best[k] = (struct best){.demerits = INFINITY, .node = NONE};
    s->has_best = false;
}

/* Of two nodes, the later, or the one with fewer demerits. */
static bool better(const struct node *than, const struct node *n) {
    return n->at > than->at || (n->at == than->at && n->demerits < than->demerits);
}

/* Nodes of one group against a break at `at`; `end` is its last node. */
static void try_group(struct line_scratch *s, uint32_t g, uint32_t at, int32_t held[], int *held_count) {
    const struct el *e = &s->fit->els[at];
    bool forced = e->kind == EL_PENALTY && e->penalty <= -EL_INFINITE;
    int32_t before = NONE, i = s->heads[g], last = s->tails[g];
    reset_best(s);
    while (i >= 0) {
        int32_t next = i == last ? NONE : s->nodes[i].next;
        const struct node *n = &s->nodes[i];
        if (n->at == at) {
            before = i;
            i = next;
            continue;
        }
        int64_t actual = s->w - n->w + (e->kind == EL_PENALTY ? e->w : 0);
        mpt difference = mpt_clamp((int64_t)s->fit->width - actual);
        double r = ratio_of(s, n, difference), d = demerits_of(s, n, at, r);
        bool off = r < -1 || forced || s->active > ACTIVE_MAX;
        if (r >= -1 && r <= s->fit->tolerance) remember_best(s, i, difference, r, d);
        if (s->fit->force && (r <= -1 || r > s->fit->tolerance)) remember_forced(s, i, at, difference, r, d);
        if (off) {
            unlink_node(s, g, before, i);
            if (s->dropped < 0 || better(&s->nodes[s->dropped], &s->nodes[i])) node_set(s, &s->dropped, i);
            node_drop(s, i);
        } else before = i;
        i = next;
    }
    add_best(s, at);
    for (int k = 0; k < 4; k++)
        if (s->best[k].node >= 0) held[(*held_count)++] = s->best[k].node;
}

static void try_break(struct line_scratch *s, uint32_t at) {
    node_set(s, &s->dropped, NONE);
    node_set(s, &s->too_long, NONE);
    for (uint32_t g = s->first_group; g < s->groups; g++) {
        int32_t held[4];
        int count = 0;
        if (s->heads[g] < 0) continue;
        try_group(s, g, at, held, &count);
        for (int k = 0; k < count; k++) node_drop(s, held[k]);
    }
}

static bool may_break(const struct fit *f, uint32_t at, bool after_box) {
    const struct el *e = &f->els[at];
    if (e->kind == EL_GLUE) return after_box && f->allowed != BREAKS_FORCED;
    if (e->kind != EL_PENALTY || e->penalty >= EL_INFINITE) return false;
    if (e->flags & EL_FLAGGED && f->allowed == BREAKS_UNFLAGGED) return false;
    return f->allowed != BREAKS_FORCED || e->penalty <= -EL_INFINITE;
}

/* No active node is left: go on from a bad line. */
static int32_t restart(struct line_scratch *s, int32_t last_forced) {
    if (s->dropped >= 0 && s->dropped != last_forced)
        node_set(s, s->nodes[s->dropped].ratio > 0 ? &s->too_short : &s->too_long, s->dropped);
    int32_t from = s->too_short;
    if (from < 0 || s->nodes[from].at == s->nodes[last_forced].at) from = s->too_long;
    if (from < 0) return NONE;
    struct node *n = &s->nodes[from];
    n->demerits = 0;
    n->refs++;
    n->next = NONE;
    s->w = n->w;
    s->stretch = n->stretch;
    s->shrink = n->shrink;
    s->first_group = s->groups = group_of(s, n->line);
    s->active = 0;
    activate(s, from);
    return from;
}

static void begin(struct line_scratch *s, const struct fit *f) {
    s->fit = f;
    s->count = 0;
    s->free = s->too_long = s->too_short = s->dropped = NONE;
    s->groups = s->first_group = s->active = 0;
    s->w = s->stretch = s->shrink = 0;
    s->long_paragraph = f->count - f->from > LONG_PARAGRAPH;
    uint32_t at = f->from;
    if (!f->centered) {
        while (at < f->count && f->els[at].kind != EL_BOX) at++;
        at = at == f->count ? f->from : at > f->from ? at - 1 : at;
    }
    activate(s, node_new(s, (struct node){.prev = NONE, .at = at, .fitness = 1}));
}

static bool search(struct line_scratch *s) {
    const struct fit *f = s->fit;
    bool after_box = false;
    int32_t forced = s->heads[0];
    s->nodes[forced].refs++;
    for (uint32_t i = f->from; i < f->count; i++) {
        const struct el *e = &f->els[i];
        if (may_break(f, i, after_box)) try_break(s, i);
        if (e->kind != EL_PENALTY) s->w += e->w;
        if (e->kind == EL_GLUE) {
            s->stretch += e->stretch;
            s->shrink += e->shrink;
        }
        after_box = e->kind == EL_BOX;
        if (s->active) continue;
        int32_t from = f->force ? restart(s, forced) : NONE;
        if (from < 0) return false;
        node_set(s, &forced, from);
        node_set(s, &s->too_short, NONE);
        node_set(s, &s->too_long, NONE);
        i = s->nodes[from].at;
        while (i + 1 < f->count && f->els[i + 1].kind != EL_BOX) i++;
        after_box = false;
    }
    return s->active > 0;
}

uint32_t linebreak_run(struct line_scratch *s, const struct fit *f, const struct chosen **out) {
    if (f->from >= f->count) return 0;
    begin(s, f);
    if (!search(s)) return 0;
    int32_t best = NONE;
    for (uint32_t g = s->first_group; g < s->groups; g++)
        for (int32_t i = s->heads[g]; i >= 0; i = s->nodes[i].next)
            if (best < 0 || better(&s->nodes[best], &s->nodes[i])) best = i;
    uint32_t n = s->nodes[best].line;
    s->chosen = mem_grow(s->chosen, &s->chosen_cap, n, sizeof *s->chosen);
    for (uint32_t k = n; k-- > 0 && best >= 0; best = s->nodes[best].prev) {
        const struct node *b = &s->nodes[best];
        s->chosen[k] = (struct chosen){b->at, b->difference, b->can_stretch, b->can_shrink, b->ratio};
    }
    *out = s->chosen;
    return n;
}
