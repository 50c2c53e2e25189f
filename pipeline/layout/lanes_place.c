/* Placing rows of lanes. */
#include "layout/lanes.h"

/* What of a row stands on one page. */
struct shown {
    struct placer *p;
    struct lane_row *r;
    size_t first, last;  /* steps */
    bool begins, ends, fills;
    mpt y, height;
};

static struct placer on_page(const struct shown *s, int32_t k) {
    struct placer p = *s->p;
    if (s->r->lanes->lane[k].recto && p.recto) {
        p.page = p.recto->page;
        p.c = p.recto->c;
    }
    p.recto = NULL;
    return p;
}

static bool range_of(const struct shown *s, int32_t k, size_t *from, size_t *to) {
    if (!s->r->part[k].node || !combined_range(&s->r->c, k, s->first, s->last, from, to)) return false;
    const struct seq *items = &s->r->part[k].items;
    if (*to < items->n && items->v[*to - 1].kind != ITEM_BOX) --*to; /* the break */
    return true;
}

static int64_t extent_of(const struct shown *s, int32_t k) {
    size_t from, to;
    return range_of(s, k, &from, &to) ? seq_extent(&s->r->part[k].items, from, to) : 0;
}

/* Does a container in a cell take the room that is left of the page? */
static bool fills(const struct shown *s) {
    for (int32_t k = 0; k < s->r->c.n; k++) {
        size_t from, to;
        if (!range_of(s, k, &from, &to)) continue;
        for (size_t i = from; i < to; i++)
            if (thing_fills(s->r->part[k].items.v[i].thing)) return true;
    }
    return false;
}

/* White of a shorter lane goes into its spaces, as far as they stretch. */
static double spread_of(const struct seq *s, size_t from, size_t to, int64_t room) {
    int64_t stretch = 0;
    while (from < to && s->v[from].kind != ITEM_BOX) from++;
    for (size_t i = from; i < to; i++)
        if (s->v[i].kind == ITEM_GLUE) stretch += s->v[i].stretch;
    if (room <= 0 || stretch <= 0) return 0;
    return room < stretch ? (double)room / (double)stretch : 1;
}

static void paint_cell(const struct shown *s, int32_t k, struct placer *p, struct area *below) {
    const struct lane_row *r = s->r;
    struct box_paint b = {.node = r->part[k].node, .edges = r->edges[k], .ix = r->ix[k], .iw = r->width[k],
                          .by = s->y, .bh = s->height, .tag = TAG_ARTIFACT};
    b.without_before = !s->begins;
    b.without_after = !s->ends;
    paint_box(p->l, &p->c, &b, true, below);
}

static void place_cell(const struct shown *s, int32_t k) {
    struct lane_row *r = s->r;
    size_t from, to;
    if (!range_of(s, k, &from, &to)) return;
    const struct seq *items = &r->part[k].items;
    const struct edges *e = &r->edges[k];
    struct fo_node *n = r->part[k].node;
    struct placer out = on_page(s, k);
    struct area *below = out.c.list->last;
    mpt start = edges_width(e, SIDE_START), width = r->width[k] - start - edges_width(e, SIDE_END);
    struct placer in = placer_nested(&out, r->ix[k] + start, s->y, width > 0 ? width : 0);
    bool begins = from == 0, ends = to >= items->n;
    if (r->lanes->spreads) in.ratio = spread_of(items, from, to, s->height - seq_extent(items, from, to));
    in.room = s->fills ? mpt_clamp(s->height - extent_of(s, k)) : 0;
    if (n->id && begins) place_id(&in, n, 0, 0);
    place_markers(&in, n, true, begins);
    place_items(&in, items, from, to, !begins, !ends);
    place_markers(&in, n, false, ends);
    paint_cell(s, k, &out, below);
}

/* A missing cell is white, with a mark in the margin beside it. */
static void mark_missing(const struct shown *s, int32_t k) {
    const struct lane_row *r = s->r;
    const struct lane *lane = &r->lanes->lane[k];
    enum { AWAY = 5000, WIDTH = 700 };
    struct placer p = on_page(s, k);
    mpt x = lane->first && !lane->last ? lane->ix - AWAY : lane->last ? lane->ix + lane->width + AWAY : lane->ix + lane->width + r->lanes->gap / 2;
    struct rect at = canvas_rect(&p.c, x, s->y, 0, s->height);
    const mpt ends[4] = {at.x, at.y, at.x, at.y + s->height};
    paint_dashes(p.c.arena, p.c.list, r->blk->node->pos, ends, WIDTH, color_of(fo_get(r->blk->node, P_COLOR)), false);
}

static void place_row(struct placer *p, struct thing *t, const struct item *first, const struct item *last,
                      bool at_start, bool at_end) {
    (void)at_start, (void)at_end;
    struct lane_row *r = (struct lane_row *)t;
    struct shown s = {.p = p, .r = r, .first = (size_t)first->sub, .last = (size_t)last->sub, .y = p->y};
    s.begins = s.first == 0;
    s.ends = s.last + 1 >= r->c.step_count;
    int64_t height = 0;
    for (int32_t k = 0; k < r->c.n; k++)
        if (extent_of(&s, k) > height) height = extent_of(&s, k);
    s.fills = p->room > 0 && fills(&s);
    if (s.fills) {
        height += p->room;
        p->room = 0;
    }
    s.height = mpt_clamp(height);
    for (int32_t k = 0; k < r->c.n; k++) {
        place_cell(&s, k);
        if (r->missing[k] && s.height) mark_missing(&s, k);
    }
    p->y = mpt_clamp((int64_t)p->y + height);
}

const struct thing_ops lane_row_ops = {true, place_row};

void lanes_frontier(const struct item *it, struct frontier *f) {
    if (!it->thing || it->thing->ops != &lane_row_ops) return;
    f->kept_from = ((const struct lane_row *)it->thing)->section_tag;
    f->kept_to = INT32_MAX;
}

mpt lanes_slack(const struct seq *s, size_t pos, int32_t lane) {
    size_t i = pos;
    if (i >= s->n || !s->v[i].thing || s->v[i].thing->ops != &lane_row_ops || s->v[i].kind != ITEM_PENALTY)
        do {
            if (i-- == 0) return 0;
        } while (s->v[i].kind != ITEM_BOX || (s->v[i].aux && (!s->v[i].thing || s->v[i].thing->ops != &lane_row_ops)));
    const struct thing *t = s->v[i].thing;
    if (!t || t->ops != &lane_row_ops) return 0;
    const struct lane_row *r = (const struct lane_row *)t;
    if (lane >= r->c.n || r->blk->paints || s->v[i].sub < 0) return 0;
    const struct combined_piece *piece = &r->c.steps[(size_t)s->v[i].sub * (size_t)r->c.n];
    int64_t most = 0;
    for (int32_t k = 0; k < r->c.n; k++)
        if (piece[k].shown > most) most = piece[k].shown;
    return mpt_clamp(most - piece[lane].shown);
}
