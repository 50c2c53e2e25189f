/* The language editions of a part, aligned: sections by their headings, blocks
 * inside the same heading; by id first, then by order, kind of block, length and
 * figures.
 *
 * Costs are those of Gale and Church, "A Program for Aligning Sentences in
 * Bilingual Corpora" (1993): 100 times the negative logarithm of a probability. */
#include "source/parts.h"

#include <math.h>

enum {
    GAP_COST = 450,     /* of a block without a partner: log (0.0099 / 0.89) */
    FIGURE_COST = 150,  /* of partners that have no figure in common */
    PAIR_COST_MAX = 800, /* two blocks of a kind are partners rather than none */
    DOUBTFUL = 300,     /* two standard deviations */
    NEVER = 1 << 28,
    TABLE_MAX = 1000 * 1000,
    CELLS_MAX = 32 * TABLE_MAX,
    BAND = 100 /* blocks beside the diagonal, where the table would be larger */
};
static const double variance = 6.8; /* of the length, for each character */

/* A heading and what is under it, in one language. */
struct source_section {
    struct source_block *heading; /* NULL for the part itself */
    struct source_block **blocks;
    struct source_block **children; /* headings */
    size_t block_count, block_cap, child_count, child_cap;
    struct source_section *parent;
};

/* One unit: a block for each language, NULL where there is none. */
struct slot {
    struct source_block **v;
};

struct slots {
    struct slot *at;
    size_t n, cap;
};

struct aligner {
    struct source_build *build;
    struct source_flow *flows;
    size_t langs;
    size_t *totals; /* characters of each flow */
    size_t joining; /* the flow at hand */
    const char *part;
    struct arena *arena;
};

/* ---- sections ---- */

static void add_block(struct source_block ***list, size_t *n, size_t *cap, struct source_block *b) {
    *list = mem_grow(*list, cap, *n + 1, sizeof **list);
    (*list)[(*n)++] = b;
}

static struct source_section *read_sections(struct arena *a, struct source_flow *flow) {
    struct source_section *root = ARENA_NEW(a, struct source_section), *at = root;
    for (size_t i = 0; i < flow->n; i++) {
        struct source_block *b = &flow->blocks[i];
        if (b->type != SOURCE_HEADING) {
            add_block(&at->blocks, &at->block_count, &at->block_cap, b);
            continue;
        }
        while (at->heading && at->heading->level >= b->level) at = at->parent;
        add_block(&at->children, &at->child_count, &at->child_cap, b);
        b->section = ARENA_NEW(a, struct source_section);
        b->section->heading = b;
        b->section->parent = at;
        at = b->section;
    }
    return root;
}

static void free_sections(struct source_section *s) {
    for (size_t i = 0; i < s->child_count; i++) free_sections(s->children[i]->section);
    mem_free(s->blocks);
    mem_free(s->children);
}

/* ---- pairing two sequences ---- */

static const struct source_block *slot_block(const struct aligner *g, const struct slot *s) {
    for (size_t k = 0; k < g->langs; k++)
        if (s->v[k]) return s->v[k];
    return NULL;
}

static const char *slot_id(const struct aligner *g, const struct slot *s) {
    for (size_t k = 0; k < g->langs; k++)
        if (s->v[k] && s->v[k]->id) return s->v[k]->id;
    return NULL;
}

static bool same_kind(const struct source_block *a, const struct source_block *b) {
    if (a->type != b->type || a->level != b->level) return false;
    return a->directive == b->directive ||
           (a->directive && b->directive && strcmp(a->directive, b->directive) == 0);
}

/* What of two sequences is still without a partner. */
struct segment {
    const struct slot *slots;
    struct source_block *const *blocks;
    size_t *s, *b; /* indices */
    size_t sn, bn;
    double ratio;  /* characters of a block for each of a slot */
    int64_t *pair; /* per block: its slot, or -1 */
};

static void find_ratio(const struct aligner *g, struct segment *seg) {
    size_t first = 0;
    while (first < g->joining && !g->totals[first]) first++;
    seg->ratio = (double)(g->totals[g->joining] + 100) / (double)(g->totals[first] + 100);
}

static int length_cost(double x, double y, double ratio) {
    double far = fabs(y - x * ratio) / sqrt(variance * ((x * ratio + y) / 2 + 1));
    double cost = 50 * far * far + 50 * far; /* close to -100 log (2 (1 - normal (far))) */
    return cost < PAIR_COST_MAX ? (int)cost : PAIR_COST_MAX;
}

static int pair_cost(const struct aligner *g, const struct segment *seg, size_t i, size_t j) {
    const struct slot *s = &seg->slots[seg->s[i]];
    const struct source_block *a = slot_block(g, s), *b = seg->blocks[seg->b[j]];
    const char *id = slot_id(g, s);
    if (!same_kind(a, b) || (b->id && id && strcmp(b->id, id) != 0)) return NEVER;
    int cost = length_cost((double)a->length, (double)b->length, seg->ratio);
    uint64_t common = a->figures & b->figures, all = a->figures | b->figures;
    if (all) cost += FIGURE_COST - 2 * FIGURE_COST * __builtin_popcountll(common) / __builtin_popcountll(all);
    return cost < 0 ? 0 : cost < PAIR_COST_MAX ? cost : PAIR_COST_MAX;
}

static bool pair_straight(const struct aligner *g, struct segment *seg) {
    if (seg->sn != seg->bn) return false;
    for (size_t i = 0; i < seg->sn; i++)
        if (pair_cost(g, seg, i, i) > DOUBTFUL) return false;
    for (size_t i = 0; i < seg->sn; i++) seg->pair[seg->b[i]] = (int64_t)seg->s[i];
    return true;
}

/* The costs of pairing what is left from (i, j) on: of long sequences only near
 * the diagonal. */
struct table {
    size_t sn, bn, width; /* cells of a row, the first of which is row_start */
    int *cost;
};

static size_t row_start(const struct table *t, size_t i) {
    size_t middle = t->sn ? i * t->bn / t->sn : 0, half = t->width / 2, last = t->bn + 1 - t->width;
    size_t start = middle > half ? middle - half : 0;
    return start < last ? start : last;
}

static int *cell(const struct table *t, size_t i, size_t j) {
    size_t start = row_start(t, i);
    return j < start || j >= start + t->width ? NULL : &t->cost[i * t->width + (j - start)];
}

static int cost_at(const struct table *t, size_t i, size_t j) {
    const int *c = i <= t->sn && j <= t->bn ? cell(t, i, j) : NULL;
    return c ? *c : NEVER;
}

static int cost_from(const struct aligner *g, const struct segment *seg, const struct table *t, size_t i, size_t j) {
    if (i == t->sn && j == t->bn) return 0;
    int down = cost_at(t, i + 1, j) + GAP_COST, right = cost_at(t, i, j + 1) + GAP_COST;
    int both = i < t->sn && j < t->bn ? cost_at(t, i + 1, j + 1) : NEVER;
    if (both < NEVER) both += pair_cost(g, seg, i, j);
    int least = down < right ? down : right;
    if (both < least) least = both;
    return least < NEVER ? least : NEVER;
}

/* The cheapest pairing in order (Needleman and Wunsch's scheme). */
static void pair_cheapest(const struct aligner *g, struct segment *seg) {
    size_t far = seg->sn > seg->bn ? seg->sn - seg->bn : seg->bn - seg->sn, cap = 0;
    struct table t = {seg->sn, seg->bn, seg->bn + 1, NULL};
    if ((t.sn + 1) * (t.bn + 1) > TABLE_MAX && 2 * (far + BAND) < t.width) t.width = 2 * (far + BAND);
    if ((t.sn + 1) * t.width > CELLS_MAX) t.width = CELLS_MAX / (t.sn + 1) + 1;
    t.cost = mem_grow(NULL, &cap, (t.sn + 1) * t.width, sizeof *t.cost);
    for (size_t i = t.sn + 1; i-- > 0;) {
        size_t start = row_start(&t, i);
        for (size_t j = start + t.width; j-- > start;) *cell(&t, i, j) = NEVER;
        for (size_t j = start + t.width; j-- > start;) *cell(&t, i, j) = cost_from(g, seg, &t, i, j);
    }
    for (size_t i = 0, j = 0; i < t.sn && j < t.bn;) {
        int here = cost_at(&t, i, j), c = pair_cost(g, seg, i, j);
        if (c < NEVER && here == cost_at(&t, i + 1, j + 1) + c) seg->pair[seg->b[j++]] = (int64_t)seg->s[i++];
        else if (here == cost_at(&t, i + 1, j) + GAP_COST) i++;
        else j++;
    }
    mem_free(t.cost);
}

static void pair_segment(const struct aligner *g, struct segment *seg) {
    if (!seg->sn || !seg->bn) return;
    find_ratio(g, seg);
    if (!pair_straight(g, seg)) pair_cheapest(g, seg);
}

static void pair_by_id(const struct aligner *g, const struct slots *s, struct source_block *const *blocks,
                       size_t n, int64_t *pair) {
    struct map *ids = map_new();
    for (size_t i = 0; i < s->n; i++) {
        const char *id = slot_id(g, &s->at[i]);
        if (id && !map_find(ids, id, strlen(id))) map_get(ids, id, strlen(id))->value.num = (int64_t)i + 1;
    }
    for (size_t j = 0; j < n; j++) {
        const char *id = blocks[j]->id;
        struct map_entry *e = id ? map_find(ids, id, strlen(id)) : NULL;
        pair[j] = e ? e->value.num - 1 : -1;
        if (e) e->value.num = 0; /* a slot has room for one */
    }
    map_drop(ids);
}

/* Pairs what stands between two pairs that are sure: slots from s0 to s1,
 * blocks from b0 to b1. */
static void pair_between(const struct aligner *g, struct segment *seg, const bool *taken, size_t s0,
                         size_t s1, size_t b0, size_t b1) {
    seg->sn = seg->bn = 0;
    for (size_t i = s0; i < s1; i++)
        if (!taken[i]) seg->s[seg->sn++] = i;
    for (size_t j = b0; j < b1; j++)
        if (seg->pair[j] < 0) seg->b[seg->bn++] = j;
    pair_segment(g, seg);
}

static void pair_all(const struct aligner *g, const struct slots *s, struct source_block *const *blocks,
                     size_t n, int64_t *pair) {
    bool *taken = mem_alloc(s->n + 1);
    struct segment seg = {.slots = s->at, .blocks = blocks, .pair = pair};
    seg.s = mem_alloc((s->n + 1) * sizeof *seg.s);
    seg.b = mem_alloc((n + 1) * sizeof *seg.b);
    pair_by_id(g, s, blocks, n, pair);
    for (size_t j = 0; j < n; j++)
        if (pair[j] >= 0) taken[pair[j]] = true;
    size_t s0 = 0, b0 = 0;
    bool crossed = false;
    for (size_t j = 0; j < n; j++) {
        if (pair[j] < 0) continue;
        crossed |= (size_t)pair[j] < s0;
        if ((size_t)pair[j] < s0) continue;
        pair_between(g, &seg, taken, s0, (size_t)pair[j], b0, j);
        s0 = (size_t)pair[j] + 1;
        b0 = j + 1;
    }
    pair_between(g, &seg, taken, s0, s->n, b0, n);
    if (crossed) { /* the ids say the order differs: what is left may be anywhere */
        for (size_t j = 0; j < n; j++)
            if (pair[j] >= 0) taken[pair[j]] = true;
        pair_between(g, &seg, taken, 0, s->n, 0, n);
    }
    mem_free(seg.s);
    mem_free(seg.b);
    mem_free(taken);
}

/* ---- slots ---- */

static struct slot *slot_add(struct aligner *g, struct slots *s) {
    s->at = mem_grow(s->at, &s->cap, s->n + 1, sizeof *s->at);
    s->at[s->n].v = ARENA_ARRAY(g->arena, struct source_block *, g->langs);
    return &s->at[s->n++];
}

/* Puts the slots and the blocks without a partner in order: each of these
 * follows the slot its neighbour before it belongs to. */
static void slots_merge(struct aligner *g, struct slots *s, size_t k, struct source_block **blocks, size_t n,
                        const int64_t *pair) {
    size_t none = SIZE_MAX, slot = 0; /* 0 is before all slots */
    size_t *head = mem_alloc((s->n + 1) * sizeof *head), *tail = mem_alloc((s->n + 1) * sizeof *tail);
    size_t *next = mem_alloc((n + 1) * sizeof *next);
    for (size_t i = 0; i <= s->n; i++) head[i] = none;
    for (size_t j = 0; j < n; j++) {
        next[j] = none;
        if (pair[j] >= 0) {
            slot = (size_t)pair[j] + 1;
            continue;
        }
        if (head[slot] == none) head[slot] = j;
        else next[tail[slot]] = j;
        tail[slot] = j;
    }
    struct slots merged = {0};
    for (size_t i = 0; i <= s->n; i++) {
        if (i > 0) slot_add(g, &merged)->v = s->at[i - 1].v;
        for (size_t j = head[i]; j != none; j = next[j]) slot_add(g, &merged)->v[k] = blocks[j];
    }
    mem_free(head);
    mem_free(tail);
    mem_free(next);
    mem_free(s->at);
    *s = merged;
}

/* Joins language k's blocks to the slots. */
static void slots_join(struct aligner *g, struct slots *s, size_t k, struct source_block **blocks, size_t n) {
    int64_t *pair = mem_alloc((n + 1) * sizeof *pair);
    g->joining = k;
    pair_all(g, s, blocks, n, pair);
    for (size_t j = 0; j < n; j++)
        if (pair[j] >= 0) s->at[pair[j]].v[k] = blocks[j];
    slots_merge(g, s, k, blocks, n, pair);
    mem_free(pair);
}

/* ---- the edition's elements ---- */

static const char *const type_names[] = {"heading", "p",    "list",   "table",    "quote",
                                         "code",    "rule", "figure", "directive"};

/* Sets an id that is new in the edition. */
static void set_id(struct aligner *g, xmlNode *node, const char *id, struct pos pos) {
    struct map_entry *e = map_get(g->build->ids, id, strlen(id));
    struct pos *first = e->value.ptr;
    if (first) {
        diag_add(g->build->job->diags, DIAG_DUPLICATE_ID, pos, id);
        diag_relate(g->build->job->diags, DIAG_FIRST_HERE, *first);
        return;
    }
    e->value.ptr = arena_memdup(g->arena, &pos, sizeof pos);
    source_set(node, "id", id);
}

static const char *slot_class(const struct aligner *g, const struct slot *s) {
    for (size_t k = 0; k < g->langs; k++)
        if (s->v[k] && s->v[k]->class) return s->v[k]->class;
    return NULL;
}

static void add_versions(struct aligner *g, xmlNode *unit, const struct slot *s) {
    for (size_t k = 0; k < g->langs; k++) {
        struct source_block *b = s->v[k];
        if (!b) continue;
        xmlNode *v = b->type == SOURCE_HEADING ? b->node : source_element(g->build, NULL, "v");
        if (v != b->node) {
            source_set_at(g->build, v, b->pos);
            xmlAddChild(v, b->node);
        }
        source_set_lang(v, g->flows[k].lang);
        if (b->allow) xmlSetNsProp(v, g->build->src, BAD_CAST "allow", BAD_CAST b->allow);
        xmlAddChild(unit, v);
    }
}

static xmlNode *add_unit(struct aligner *g, xmlNode *parent, const struct slot *s) {
    const struct source_block *b = slot_block(g, s);
    xmlNode *unit = source_element(g->build, parent, "unit");
    source_set_at(g->build, unit, b->pos);
    source_set(unit, "type", type_names[b->type]);
    source_set(unit, "directive", b->directive);
    add_versions(g, unit, s);
    return unit;
}

/* Where each language has got to: for saying where a partner is missed. */
static struct pos *first_places(struct aligner *g, struct source_section *const *sections) {
    struct pos *places = ARENA_ARRAY(g->arena, struct pos, g->langs);
    for (size_t k = 0; k < g->langs; k++) {
        const struct source_text *text = g->flows[k].text;
        if (sections[k] && sections[k]->heading) places[k] = sections[k]->heading->pos;
        else if (text) places[k] = (struct pos){text->path, 1, 1};
    }
    return places;
}

static bool allows_missing(const struct source_block *b) {
    return b->allow && strstr(b->allow, " missing-translation ");
}

/* Reports the languages that have the section but not this slot. */
static void report_missing(struct aligner *g, const struct slot *s, struct source_section *const *sections,
                           struct pos *places) {
    const struct source_block *b = slot_block(g, s);
    struct diags *d = g->build->job->diags;
    for (size_t k = 0; k < g->langs; k++) {
        if (s->v[k]) places[k] = s->v[k]->pos;
        if (s->v[k] || !sections[k] || allows_missing(b)) continue;
        diag_add(d, DIAG_MISSING_TRANSLATION, b->pos, g->flows[k].lang,
                 b->directive ? b->directive : type_names[b->type]);
        diag_relate(d, DIAG_EXPECTED_HERE, places[k]);
    }
}

static void align_units(struct aligner *g, xmlNode *parent, struct source_section *const *sections) {
    struct slots s = {0};
    struct pos *places = first_places(g, sections);
    for (size_t k = 0; k < g->langs; k++)
        if (sections[k]) slots_join(g, &s, k, sections[k]->blocks, sections[k]->block_count);
    for (size_t i = 0; i < s.n; i++) {
        report_missing(g, &s.at[i], sections, places);
        xmlNode *unit = add_unit(g, parent, &s.at[i]);
        const char *id = slot_id(g, &s.at[i]);
        if (id) set_id(g, unit, id, slot_block(g, &s.at[i])->pos);
        source_set(unit, "class", slot_class(g, &s.at[i]));
        if (source_is(parent, "body")) source_set(unit, "part", g->part);
    }
    mem_free(s.at);
}

static void align_sections(struct aligner *g, xmlNode *parent, struct source_section *const *sections,
                           const char *number);

static void add_section(struct aligner *g, xmlNode *parent, const struct slot *s, const char *number) {
    const struct source_block *b = slot_block(g, s);
    const char *id = slot_id(g, s);
    xmlNode *section = source_element(g->build, parent, "section");
    source_set_at(g->build, section, b->pos);
    if (id) set_id(g, section, id, b->pos);
    bool own = id && xmlHasNsProp(section, BAD_CAST "id", NULL);
    if (!own) set_id(g, section, number, b->pos);
    source_set_int(section, "level", b->level);
    source_set(section, "class", slot_class(g, s));
    if (source_is(parent, "body")) source_set(section, "part", g->part);
    xmlNode *heading = add_unit(g, section, s);
    if (own) source_set(heading, "id", id);
    struct source_section **inner = ARENA_ARRAY(g->arena, struct source_section *, g->langs);
    for (size_t k = 0; k < g->langs; k++) inner[k] = s->v[k] ? s->v[k]->section : NULL;
    align_units(g, section, inner);
    align_sections(g, section, inner, number);
}

static void align_sections(struct aligner *g, xmlNode *parent, struct source_section *const *sections,
                           const char *number) {
    struct slots s = {0};
    struct pos *places = first_places(g, sections);
    bool top = source_is(parent, "body");
    for (size_t k = 0; k < g->langs; k++)
        if (sections[k]) slots_join(g, &s, k, sections[k]->children, sections[k]->child_count);
    for (size_t i = 0; i < s.n; i++) {
        struct buf b = {0};
        buf_fmt(&b, "%s-%zu", number, top ? ++g->build->section_count : i + 1);
        report_missing(g, &s.at[i], sections, places);
        add_section(g, parent, &s.at[i], b.p);
        buf_free(&b);
    }
    mem_free(s.at);
}

void source_align_part(struct source_build *build, xmlNode *body, struct source_flow *flows, size_t n,
                       const char *part) {
    struct aligner g = {.build = build, .flows = flows, .langs = n, .part = part, .arena = build->job->arena};
    g.totals = ARENA_ARRAY(g.arena, size_t, n);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < flows[k].n; i++) g.totals[k] += flows[k].blocks[i].length;
    struct source_section **roots = ARENA_ARRAY(g.arena, struct source_section *, n);
    for (size_t k = 0; k < n; k++) roots[k] = flows[k].text ? read_sections(g.arena, &flows[k]) : NULL;
    align_units(&g, body, roots);
    align_sections(&g, body, roots, "s");
    for (size_t k = 0; k < n; k++)
        if (roots[k]) free_sections(roots[k]);
}
