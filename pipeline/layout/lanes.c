/* s:lanes, s:row, s:cell, s:all (urn:sotay:fo): a row's cells begin level, each
 * goes on over pages in its own lane, and what follows begins level again. */
#include "layout/lanes.h"

#include "layout/para.h"

/* ---- which cell is whose ------------------------------------------------------------ */

struct fo_node *lanes_next(struct layout *l, const struct lanes *s, struct fo_node *row) {
    row = row ? fo_after(l, s->node, row) : fo_first_child(l, s->node);
    while (row && row->element != FO_S_ROW) row = fo_after(l, s->node, row);
    if (row) fo_complete(l, row);
    return row;
}

struct fo_node *lanes_cell(const struct lanes *s, const struct fo_node *row, int32_t lane) {
    int32_t k = 0;
    for (struct fo_node *c = row->first; c; c = c->next) {
        if (c->element != FO_S_CELL) continue;
        const char *name = fo_string(c, P_S_LANE);
        bool named = name && *name && s->lane[lane].name;
        if (named ? strcmp(name, s->lane[lane].name) == 0 : k == lane) return c->first ? c : NULL;
        k++;
    }
    return NULL;
}

static bool is_lane(const struct lanes *s, const char *name) {
    for (int32_t k = 0; k < s->n; k++)
        if (s->lane[k].name && strcmp(s->lane[k].name, name) == 0) return true;
    return false;
}

/* Cells that no lane takes. */
static void tell_strangers(struct layout *l, const struct lanes *s, const struct fo_node *row) {
    int32_t k = 0;
    for (const struct fo_node *c = row->first; c; c = c->next) {
        if (c->element != FO_S_CELL) continue;
        const char *name = fo_string(c, P_S_LANE);
        bool named = name && *name && s->lane[0].name;
        k++;
        if (named ? is_lane(s, name) : k <= s->n) continue;
        struct buf number = {0};
        buf_fmt(&number, "%d", k);
        diag_add(l->diags, DIAG_LANE_UNKNOWN, c->pos, named ? name : number.p);
        buf_free(&number);
    }
}

static struct fo_node *all_of(const struct fo_node *row) {
    for (struct fo_node *c = row->first; c; c = c->next)
        if (c->element == FO_S_ALL) return c;
    return NULL;
}

static bool is_heading(const struct fo_node *cell) {
    for (const struct fo_node *n = cell; n; n = n->first) {
        const char *role = n->element == FO_BLOCK && n->style ? fo_string(n, P_ROLE) : NULL; /* none in a marker */
        if (role && role[0] == 'H' && (!role[1] || (role[1] >= '1' && role[1] <= '6' && !role[2]))) return true;
    }
    return false;
}

/* ---- a row --------------------------------------------------------------------------- */

/* Tags: in a section each lane reads through in one element; a row of headings
 * begins the next section. */
static void tag_cell(struct layout *l, struct lanes *s, struct lane *lane, struct fo_node *cell) {
    if (lane->tag >= 0) cell->tag = lane->tag;
    else lane->tag = tag_of(l, cell);
    if (s->section_tag < 0) s->section_tag = lane->tag;
}

static void end_section(struct lanes *s) {
    for (int32_t k = 0; k < s->n; k++) s->lane[k].tag = -1;
    s->section_tag = -1;
}

static void mind_section(struct lanes *s, const struct fo_node *row) {
    bool heads = false;
    for (int32_t k = 0; k < s->n && !heads; k++) heads = is_heading(lanes_cell(s, row, k));
    if (heads && !s->headed) end_section(s);
    s->headed = heads;
}

/* Insets of the row move what its cells have on the outer sides. */
static void cell_place(struct lane_row *r, const struct blk *outer, int32_t k) {
    const struct lane *lane = &r->lanes->lane[k];
    mpt start = r->blk->ix - outer->ix, end = outer->iw - start - r->blk->iw;
    r->ix[k] = lane->ix + (lane->first ? start : 0);
    r->width[k] = lane->width - (lane->first ? start : 0) - (lane->last ? end : 0);
    if (r->width[k] < 0) r->width[k] = 0;
}

/* Border and padding above or below a cell's content, at its own ends only. */
static void pad(struct seq *s, mpt by, bool above) {
    if (!by) return;
    seq_penalty(s, 0, PENALTY_INFINITE, BREAK_NONE, NULL, 0);
    seq_box(s, by, NULL, 0);
    if (!above) return;
    memmove(s->v + 2, s->v, (s->n - 2) * sizeof *s->v);
    s->v[0] = (struct item){.kind = ITEM_BOX, .aux = true, .w = by};
    s->v[1] = (struct item){.kind = ITEM_PENALTY, .penalty = PENALTY_INFINITE};
}

static void layout_cell(struct walker *w, struct lanes *s, struct lane_row *r, int32_t k) {
    struct fo_node *n = r->part[k].node;
    struct edges *e = &r->edges[k];
    edges_of(e, n, r->width[k]);
    mpt width = r->width[k] - edges_width(e, SIDE_START) - edges_width(e, SIDE_END);
    tag_cell(w->l, s, &s->lane[k], n);
    const struct lane_foot *foot = w->foot;
    if (s->own_notes) w->foot = &s->lane[k].foot;
    struct seq items = {0};
    walk_content(w->l, w, NULL, n, width > 0 ? width : 0, &items);
    w->foot = foot;
    if (s->grid) lanes_align(&items, s->grid);
    pad(&items, edges_width(e, SIDE_BEFORE), true);
    pad(&items, edges_width(e, SIDE_AFTER), false);
    if (!items.n) seq_aux_box(&items);
    r->part[k].items = items;
}

static int64_t extent_of(const struct seq *s) {
    int64_t sum = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
    return sum;
}

static void name_of(struct buf *out, const struct lanes *s, int32_t k) {
    if (s->lane[k].name) buf_str(out, s->lane[k].name);
    else buf_fmt(out, "%d", k + 1);
}

/* A lane much longer than another leaves much white: a note, for the author. */
static void tell_longer(struct layout *l, const struct lanes *s, const struct lane_row *r) {
    int32_t longest = -1, shortest = -1;
    int64_t most = 0, least = INT64_MAX;
    for (int32_t k = 0; k < s->n; k++) {
        int64_t h = r->missing[k] ? -1 : extent_of(&r->part[k].items);
        if (h < 0) continue;
        if (h > most) most = h, longest = k;
        if (h < least) least = h, shortest = k;
    }
    if (longest < 0 || longest == shortest || most * 10 <= least * 16 || most - least <= l->area_height / 2) return;
    struct buf a = {0}, b = {0}, times = {0};
    name_of(&a, s, longest);
    name_of(&b, s, shortest);
    buf_fmt(&times, "%.1f", (double)most / (double)(least > 0 ? least : 1));
    diag_add(l->diags, DIAG_LANE_LONGER, r->blk->node->pos, a.p, times.p, b.p);
    buf_free(&times);
    buf_free(&a);
    buf_free(&b);
}

static void tell_missing(struct layout *l, const struct lanes *s, const struct lane_row *r, int32_t k) {
    struct buf b = {0};
    name_of(&b, s, k);
    diag_add(l->diags, DIAG_LANE_MISSING, r->blk->node->pos, b.p);
    buf_free(&b);
}

static struct blk *open_row(struct walker *w, struct wframe *f, struct fo_node *n) {
    mpt base = f->blk->iw;
    struct edges e;
    edges_of(&e, n, base);
    mpt start = fo_length(n, P_START_INDENT, base), end = fo_length(n, P_END_INDENT, base);
    mpt iw = f->ref_width - start - end;
    return walk_open(w, n, start, iw > 0 ? iw : 0, &e);
}

static void layout_cells(struct walker *w, struct lanes *s, struct wframe *f, struct lane_row *r, struct fo_node *n) {
    struct seq *v[PARTS_MAX];
    int32_t count = 0;
    for (int32_t k = 0; k < s->n; k++) {
        r->part[k].node = lanes_cell(s, n, k);
        r->missing[k] = !r->part[k].node;
        cell_place(r, f->blk, k);
        if (r->missing[k]) tell_missing(w->l, s, r, k);
        else layout_cell(w, s, r, k);
        v[count++] = &r->part[k].items;
    }
    if (!s->grid && fo_is(n, P_RELATIVE_ALIGN, E_BASELINE)) align_baselines(v, count);
    tell_longer(w->l, s, r);
    for (int32_t k = 0; k < s->n; k++) {
        combined_keep(w, &r->part[k]);
        if (r->missing[k]) continue;
        w->pending = keep_max(w->pending, edge_keep(r->part[k].node, false));
        walk_force(w, (enum break_class)r->part[k].items.lead_break);
    }
}

static void layout_row(struct walker *w, struct wframe *f, struct fo_node *n) {
    struct lanes *s = f->state;
    struct lane_row *r = ARENA_NEW(w->arena, struct lane_row);
    r->c = (struct combined){.thing.ops = &lane_row_ops, .n = s->n, .drops_space = true, .part = r->part};
    r->lanes = s;
    mpt grid = w->grid;
    w->grid = s->grid;
    r->blk = open_row(w, f, n);
    tell_strangers(w->l, s, n);
    mind_section(s, n);
    layout_cells(w, s, f, r, n);
    r->section_tag = s->section_tag;
    struct blk *outer = f->blk;
    f->blk = r->blk;
    combine(w, &r->c, r->blk->together);
    if (!r->c.step_count) walk_box(w, 0, NULL, 0);
    walk_close(w, r->blk);
    w->grid = grid;
    for (int32_t k = 0; k < s->n; k++) {
        if (r->missing[k]) continue;
        w->pending = keep_max(w->pending, edge_keep(r->part[k].node, true));
        walk_force(w, (enum break_class)r->part[k].items.trail_break);
    }
    f->blk = outer;
}

/* ---- what stands across all lanes --------------------------------------------------- */

static void open_all(struct walker *w, struct wframe *f, struct fo_node *row, struct fo_node *all) {
    struct lanes *s = f->state;
    end_section(s);
    s->headed = false;
    struct blk *outer = f->blk;
    f->blk = s->all = open_row(w, f, row);
    walk_push(w, all, s->all, f->ref_width);
    f->blk = outer;
}

static void close_all(struct walker *w, struct wframe *f) {
    struct lanes *s = f->state;
    struct blk *outer = f->blk;
    f->blk = s->all;
    if (!s->all->has_children) walk_box(w, 0, NULL, 0);
    walk_close(w, s->all);
    f->blk = outer;
    s->all = NULL;
}

/* A reference area as wide as the row. */
void all_begin(struct walker *w, struct wframe *f) {
    const struct blk *row = f->blk;
    mpt ix = row ? row->ix : f->ref_x, iw = row ? row->iw : f->ref_width;
    f->ref_width = iw;
    f->ref_x = ix;
    struct edges e;
    edges_of(&e, f->node, iw);
    mpt start = fo_length(f->node, P_START_INDENT, iw), end = fo_length(f->node, P_END_INDENT, iw);
    f->blk = walk_open(w, f->node, start, iw > start + end ? iw - start - end : 0, &e);
    f->ref_width = f->blk->iw;
    f->ref_x = f->blk->ix;
    children_in(w, f);
}

/* ---- walking -------------------------------------------------------------------------- */

static bool lanes_step(struct walker *w, struct wframe *f) {
    struct lanes *s = f->state;
    if (s->all) close_all(w, f);
    struct fo_node *row = lanes_next(w->l, s, s->row);
    if (row) {
        s->row = row;
        if (s->emitted) walk_sibling(w);
        s->emitted = true;
        struct fo_node *all = all_of(row);
        if (all) open_all(w, f, row, all);
        else layout_row(w, f, row);
        return true;
    }
    if (!s->emitted) walk_box(w, 0, NULL, 0);
    walk_close(w, f->blk);
    f->blk = f->blk->parent;
    return false;
}

static void name_lanes(struct layout *l, struct lanes *s) {
    const char *names = fo_string(s->node, P_S_LANES);
    for (const char *p = names ? names : ""; *p;) {
        size_t n = strcspn(p, " \t\n\r");
        if (n && s->n == PARTS_MAX) {
            diag_add(l->diags, DIAG_LANE_UNKNOWN, s->node->pos, p);
            break;
        }
        if (n) s->lane[s->n++].name = str_intern(p, n);
        p += n;
        p += strspn(p, " \t\n\r");
    }
    if (s->n) return;
    /* Not told: as many as the first row with cells has. */
    for (struct fo_node *r = lanes_next(l, s, NULL); r && !s->n; r = lanes_next(l, s, r))
        for (const struct fo_node *c = r->first; c && s->n < PARTS_MAX; c = c->next) s->n += c->element == FO_S_CELL;
    if (!s->n) s->n = 1;
}

/* A spread takes the place of a page only for a child of the flow. */
static bool is_facing(struct walker *w, const struct fo_node *n) {
    if (!fo_is(n, P_S_MODE, E_FACING)) return false;
    if (!w->nested && w->span == E_FACING && n->parent == w->root) return true;
    diag_add(w->l->diags, DIAG_LANES_FACING, n->pos);
    return false;
}

void lanes_begin(struct walker *w, struct wframe *f) {
    struct lanes *s = ARENA_NEW(w->nested ? w->arena : w->l->seq_arena, struct lanes);
    struct fo_node *n = s->node = f->node;
    f->state = s;
    f->step = lanes_step;
    name_lanes(w->l, s);
    s->facing = is_facing(w, n);
    s->gap = fo_length(n, P_COLUMN_GAP, f->ref_width);
    s->grid = fo_length(n, P_S_GRID, 0);
    s->spreads = !fo_is(n, P_S_SPREAD, E_FALSE) && !s->grid;
    bool one_column = w->span != E_NONE || w->span_width[0] == w->span_width[1];
    s->own_notes = s->facing || (fo_is(n, P_S_NOTES, E_LANE) && !w->nested && one_column && w->note_width);
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e;
    edges_of(&e, n, base);
    mpt start = fo_length(n, P_START_INDENT, base), end = fo_length(n, P_END_INDENT, base);
    mpt iw = f->ref_width > start + end ? f->ref_width - start - end : 0;
    end_section(s);
    for (int32_t k = 0; k < s->n; k++) s->lane[k].recto = s->facing && k > 0;
    f->blk = walk_open(w, n, start, iw, &e);
    mpt recto = s->facing ? iw + page_facing_width(w->l->ps, true) - page_facing_width(w->l->ps, false) : 0;
    lanes_measure(w->l, s, f->blk->ix, iw, recto);
    for (int32_t k = 0; k < s->n; k++)
        s->lane[k].foot = (struct lane_foot){k + 1, s->lane[k].ix, s->lane[k].width, s->lane[k].recto};
}
