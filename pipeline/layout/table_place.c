/* Placing a fragment of a table: header, rows, footer (XSL 1.1, 6.7.3-10,
 * 7.28.17-18). */
#include "layout/table.h"

/* A background that cells show of their column, part or row, painted below
 * them all when the fragment's extent is known. */
struct patch {
    struct fo_node *node;
    enum holder by;
    mpt ix, by_, iw, bh;         /* what the cell shows */
    mpt ox, oy, ow, oh;          /* the whole object, for images */
    int32_t part;
};

/* A cell that retrieves markers of the fragment: laid out when all of it has
 * been placed, in the space it had without them. */
struct retrieving {
    const struct cell *cell;
    struct placer p;
    mpt width, room;
};

struct fragment {
    struct placer *p;
    struct table *t;
    mpt y;                        /* of the next row, in the fragment */
    struct row_group *group;      /* of the row in progress, */
    int32_t row;                  /* or -1: none */
    int32_t first_index;          /* of the part's first row here; -1 */
    int32_t page_first_index;     /* of the fragment's first row; -1 not known, -2 past */
    int64_t *height;              /* by column: of the cell in progress */
    bool *at_top;                 /* by column: nothing has been placed there */
    const struct piece **from, **to;
    mpt *offset;                  /* of the part's rows, by index - first_index */
    size_t offset_count, offset_cap;
    struct fo_node *part;
    int32_t part_number;
    mpt part_y;
    mpt *part_ys;                 /* pairs: begin, end */
    size_t part_count, part_cap;
    struct patch *patch;
    size_t patch_count, patch_cap;
    struct retrieving *again;     /* cells of header and footer still without content */
    size_t again_count, again_cap;
};

static struct row *row_now(const struct fragment *f) {
    return &f->group->rows[f->row];
}

static mpt offset_of(const struct fragment *f, int32_t index) {
    size_t i = (size_t)(index - f->first_index);
    return i < f->offset_count ? f->offset[i] : f->y;
}

static void record_offset(struct fragment *f, int32_t index) {
    size_t need = (size_t)(index - f->first_index) + 1;
    f->offset = mem_grow(f->offset, &f->offset_cap, need, sizeof *f->offset);
    while (f->offset_count < need) f->offset[f->offset_count++] = f->y;
}

/* ---- backgrounds ------------------------------------------------------------------- */

static bool has_background(const struct fo_node *n) {
    if (!n) return false;
    const struct fo_value *v = fo_get(n, P_BACKGROUND_COLOR);
    return (v->kind == FOV_COLOR && v->u.color.space) || fo_string(n, P_BACKGROUND_IMAGE);
}

static void add_patch(struct fragment *f, struct patch p) {
    if (!has_background(p.node)) return;
    f->patch = mem_grow(f->patch, &f->patch_cap, f->patch_count + 1, sizeof *f->patch);
    f->patch[f->patch_count++] = p;
}

static void paint_patch(struct fragment *f, const struct patch *p) {
    struct placer q = *f->p;
    struct box_paint b = {.node = p->node, .tag = TAG_ARTIFACT, .ix = p->ix, .by = p->by_, .iw = p->iw,
                          .bh = p->bh};
    if (fo_string(p->node, P_BACKGROUND_IMAGE)) {
        struct color all = color_of(fo_get(p->node, P_BACKGROUND_COLOR));
        if (all.space != COLOR_NONE && all.alpha)
            area_add_rect(q.c.arena, q.c.list, TAG_ARTIFACT, p->node->pos,
                          canvas_rect(&q.c, p->ix, p->by_, p->iw, p->bh), all);
        struct area_group *g = area_add_group(q.c.arena, q.c.list, TAG_ARTIFACT, p->node->pos);
        g->clips = true;
        g->clip = canvas_rect(&q.c, p->ix, p->by_, p->iw, p->bh);
        q.c.list = &g->children;
        b.ix = p->ox;
        b.by = p->oy;
        b.iw = p->ow;
        b.bh = p->oh;
    }
    paint_box(f->p->l, &q.c, &b, false, NULL);
}

static void paint_patches(struct fragment *f, struct area *after) {
    if (!f->patch_count) return;
    struct area_list list = {0}, *now = f->p->c.list;
    f->p->c.list = &list;
    for (size_t i = 0; i < f->patch_count; i++) {
        struct patch *p = &f->patch[i];
        if (p->by == BY_COLUMN) p->oh = f->y;
        if (p->by == BY_PART) {
            p->oy = f->part_ys[2 * p->part];
            p->oh = f->part_ys[2 * p->part + 1] - f->part_ys[2 * p->part];
        }
        paint_patch(f, p);
    }
    f->p->c.list = now;
    area_list_insert(now, after, &list);
}

/* ---- cells -------------------------------------------------------------------------- */

/* Where one cell of the fragment stands. */
struct spot {
    const struct piece *from, *to;
    const struct cell *cell;
    struct row_group *group;
    int32_t first_row, last_row;  /* of the cell, on this fragment */
    mpt y, height;                /* border rectangle */
    mpt first_height;             /* of the row it begins in; 0: on an earlier fragment */
    enum edge_case before, after;
    bool top, bottom;             /* at the fragment's own edges */
    mpt border_before, border_after;
};

static void cell_backgrounds(struct fragment *f, const struct spot *s, mpt ix, mpt iw) {
    struct table *t = f->t;
    const struct row *r = &s->group->rows[s->cell->row];
    struct patch p = {.ix = ix, .iw = iw, .by_ = s->y + s->border_before,
                      .bh = s->height - s->border_before - s->border_after};
    p.node = t->column[s->cell->column];
    p.by = BY_COLUMN;
    p.ox = t->x[s->cell->column];
    p.ow = t->x[s->cell->column + 1] - t->x[s->cell->column];
    p.oy = 0;
    if (p.node) add_patch(f, p);
    p.node = r->part;
    p.by = BY_PART;
    p.part = f->part_number;
    p.ox = 0;
    p.ow = t->blk->iw;
    add_patch(f, p);
    p.node = r->node;
    p.by = BY_ROW;
    p.oy = s->y;
    p.oh = s->first_height;
    if (p.node) add_patch(f, p);
}

static void separate_box(struct fragment *f, const struct spot *s) {
    struct table *t = f->t;
    const struct cell *c = s->cell;
    if (c->empty && fo_is(c->node, P_EMPTY_CELLS, E_HIDE)) return;
    mpt above = s->border_before > 0 ? t->half_block : 0, below = s->border_after > 0 ? t->half_block : 0;
    struct box_paint b = {.node = c->node, .edges = c->edges, .tag = TAG_ARTIFACT};
    b.ix = t->x[c->column] + t->half_inline;
    b.iw = t->x[c->column + c->columns] - t->x[c->column] - 2 * t->half_inline;
    b.by = s->y + above;
    b.bh = s->height - above - below;
    b.without_before = s->border_before == 0;
    b.without_after = s->border_after == 0;
    paint_box(f->p->l, &f->p->c, &b, false, NULL);
}

static void collapsing_borders(struct fragment *f, const struct spot *s) {
    struct table *t = f->t;
    const struct cell *c = s->cell;
    for (int32_t r = s->first_row; r <= s->last_row; r++) {
        const struct row *row = &s->group->rows[c->row + r];
        mpt y0 = r == s->first_row ? s->y : offset_of(f, row->index);
        mpt y1 = r == s->last_row ? s->y + s->height : offset_of(f, row->index + 1);
        for (int32_t i = c->column; i < c->column + c->columns; i++) {
            const struct grid_unit *u = &row->unit[i];
            const struct edge_border *side[4] = {
                r == s->first_row ? &u->before.on[s->before] : NULL,
                r == s->last_row ? &u->after.on[s->after] : NULL,
                i == c->column ? &u->start : NULL, i == c->column + c->columns - 1 ? &u->end : NULL};
            bool outer[4] = {s->top, s->bottom, i == 0, i == t->columns - 1};
            paint_unit(f->p, t, c->node->pos, t->x[i], y0, t->x[i + 1] - t->x[i], y1 - y0, side, outer);
        }
    }
}

/* The content that stands in items from..end of a cell, without fillers. */
static int64_t content_of(const struct cell *c, int32_t from, int32_t end) {
    int64_t sum = 0;
    int32_t i = from;
    while (i <= end && c->items.v[i].kind != ITEM_BOX) i++;
    for (; i <= end; i++) {
        const struct item *it = &c->items.v[i];
        if ((size_t)i == c->filler || (it->kind == ITEM_PENALTY && i < end)) continue;
        if (it->kind == ITEM_PENALTY && it->aux) continue;
        sum += it->w;
    }
    return sum;
}

/* 7.14.4. */
static mpt shift_of(const struct cell *c, int64_t used, mpt room) {
    if (used >= room) return 0;
    enum fo_token align = fo_token(c->node, P_DISPLAY_ALIGN);
    return align == E_CENTER ? (mpt)((room - used) / 2) : align == E_AFTER ? (mpt)(room - used) : 0;
}

static void cell_content(struct fragment *f, const struct spot *s, mpt ix, mpt iw) {
    const struct cell *c = s->cell;
    mpt before = s->border_before + padding_before(c, s->before == EDGE_REST);
    mpt after = s->border_after + padding_after(c, s->after == EDGE_REST);
    struct placer in = placer_nested(f->p, ix, s->y + before, iw > 0 ? iw : 0);
    in.padding_before = padding_before(c, s->before == EDGE_REST);
    if (c->retrieves) {
        f->again = mem_grow(f->again, &f->again_cap, f->again_count + 1, sizeof *f->again);
        f->again[f->again_count++] = (struct retrieving){c, in, iw > 0 ? iw : 0, s->height - before - after};
        return;
    }
    bool first = s->from->first, last = s->to->last;
    if (c->node->id && first) place_id(&in, c->node, 0, 0);
    place_markers(&in, c->node, true, first);
    in.y = shift_of(c, content_of(c, s->from->start, s->to->end), s->height - before - after);
    int32_t from = s->from->start, end = s->to->end;
    if (from <= end) {
        bool whole = end == (int32_t)c->items.n - 1;
        place_items(&in, &c->items, (size_t)from, whole ? c->items.n : (size_t)end, from > 0, !whole);
    }
    place_markers(&in, c->node, false, last);
}

static void place_cell(struct fragment *f, const struct spot *s) {
    struct table *t = f->t;
    const struct cell *c = s->cell;
    mpt x = t->x[c->column], w = t->x[c->column + c->columns] - t->x[c->column];
    mpt inner_x = x + c->half_start, inner_w = w - c->half_start - c->half_end;
    cell_backgrounds(f, s, inner_x, inner_w);
    if (t->collapse) {
        struct box_paint b = {.node = c->node, .tag = TAG_ARTIFACT, .ix = inner_x, .iw = inner_w};
        b.by = s->y + s->border_before;
        b.bh = s->height - s->border_before - s->border_after;
        paint_box(f->p->l, &f->p->c, &b, false, NULL);
        collapsing_borders(f, s);
    } else {
        separate_box(f, s);
    }
    cell_content(f, s, inner_x + c->edges.padding[SIDE_START],
                 inner_w - c->edges.padding[SIDE_START] - c->edges.padding[SIDE_END]);
}

/* ---- rows --------------------------------------------------------------------------- */

static bool ends_in(const struct row *r, int32_t row, int32_t column) {
    (void)row;
    const struct cell *c = r->unit[column].cell;
    return c && row == c->row + c->rows - 1;
}

static bool flushes(const struct fragment *f, int32_t column, bool last_in_part) {
    const struct row *r = row_now(f);
    const struct cell *c = r->unit[column].cell;
    return c && c->column == column && (last_in_part || ends_in(r, f->row, column)) && f->from[column];
}

static mpt row_height(const struct fragment *f, bool last_in_part) {
    int64_t most = 0;
    for (int32_t i = 0; i < f->t->columns; i++) {
        if (!flushes(f, i, last_in_part)) continue;
        const struct piece *last = f->to[i];
        int64_t h = f->height[i] + last->tail + (last_in_part ? last->after_last : last->after);
        int32_t index = f->group->rows[f->from[i]->cell->row].index;
        h += offset_of(f, index > f->first_index ? index : f->first_index) - f->y;
        if (h > most) most = h;
    }
    return mpt_clamp(most);
}

static struct spot spot_of(struct fragment *f, int32_t column, mpt height, bool last_in_part, bool bottom) {
    struct spot s = {.from = f->from[column], .to = f->to[column], .group = f->group};
    const struct cell *c = s.cell = s.from->cell;
    const struct row *begin = &f->group->rows[c->row];
    bool here = begin->index >= f->first_index;
    int32_t start = here ? c->row : c->row + (f->first_index - begin->index);
    s.first_row = start - c->row;
    s.last_row = f->row - c->row;
    s.y = offset_of(f, f->group->rows[start].index);
    s.height = f->y + height - s.y;
    if (here) s.first_height = start < f->row ? offset_of(f, f->group->rows[start + 1].index) - s.y : height;
    s.before = !s.from->first ? EDGE_REST : f->at_top[column] ? EDGE_PART : EDGE_NORMAL;
    s.after = !s.to->last ? EDGE_REST : last_in_part ? EDGE_PART : EDGE_NORMAL;
    s.border_before = cell_before(f->t, f->group, c, s.first_row, s.before);
    s.border_after = cell_after(f->t, f->group, c, s.last_row, s.after);
    s.top = f->group->rows[start].index == f->page_first_index;
    s.bottom = bottom;
    return s;
}

/* Is the row in progress whole: does some cell go on from an earlier fragment,
 * or to a later one? */
static void row_whole(const struct fragment *f, bool *begins, bool *ends) {
    *begins = *ends = true;
    for (int32_t i = 0; i < f->t->columns; i++) {
        if (f->from[i] && !f->from[i]->first) *begins = false;
        if (f->to[i] && !f->to[i]->last) *ends = false;
    }
}

/* A place without a cell still has the borders around it (CSS 2.1, 17.6.2). */
static void empty_unit(struct fragment *f, int32_t column, mpt height, enum edge_case before,
                       enum edge_case after, bool bottom) {
    struct table *t = f->t;
    const struct row *r = row_now(f);
    const struct grid_unit *u = &r->unit[column];
    const struct edge_border *side[4] = {&u->before.on[before], &u->after.on[after], &u->start, &u->end};
    bool outer[4] = {r->index == f->page_first_index, bottom, column == 0, column == t->columns - 1};
    paint_unit(f->p, t, t->node->pos, t->x[column], f->y, t->x[column + 1] - t->x[column], height, side,
               outer);
    f->at_top[column] = false;
}

/* fo:change-bar-begin and -end between rows, and before a row's cells (6.13.2-3):
 * begins before the row, ends after the one before. */
static void row_bars(struct fragment *f, struct fo_node *from, enum fo_element which) {
    for (struct fo_node *n = from; n && n->element != FO_TABLE_CELL; n = n->next)
        if (n->element == which && !f->p->header_repeat) change_bar_meet(f->t->l, n);
}

static void begin_bars(struct fragment *f, const struct row *r, mpt height) {
    row_bars(f, r->bars, FO_CHANGE_BAR_BEGIN);
    if (r->node) row_bars(f, r->node->first, FO_CHANGE_BAR_BEGIN);
    struct placer p = *f->p;
    p.y = f->y;
    change_bars_beside(&p, height);
}

/* Places the cells that end in the row in progress; last_in_part: all that are
 * open. */
static void flush_row(struct fragment *f, bool last_in_part, bool bottom) {
    if (f->row < 0) return;
    struct table *t = f->t;
    struct row *r = row_now(f);
    record_offset(f, r->index);
    mpt height = row_height(f, last_in_part);
    if (r->node && !f->p->header_repeat) place_id(f->p, r->node, 0, f->y);
    place_markers(f->p, r->node ? r->node : r->part, true, false);
    bool begins, ends;
    row_whole(f, &begins, &ends);
    if (begins) begin_bars(f, r, height);
    enum edge_case after = !ends ? EDGE_REST : last_in_part ? EDGE_PART : EDGE_NORMAL;
    for (int32_t i = 0; i < t->columns; i++) {
        if (!r->unit[i].cell) {
            enum edge_case before = !begins ? EDGE_REST : f->at_top[i] ? EDGE_PART : EDGE_NORMAL;
            if (t->collapse) empty_unit(f, i, height, before, after, bottom);
        } else if (flushes(f, i, last_in_part)) {
            struct spot s = spot_of(f, i, height, last_in_part, bottom);
            place_cell(f, &s);
            f->from[i] = NULL;
            for (int32_t k = i; k < i + s.cell->columns; k++) f->at_top[k] = false;
        }
    }
    f->y += height;
    if (ends) row_bars(f, r->ending, FO_CHANGE_BAR_END);
    if (!last_in_part) return;
    f->row = -1;
    f->first_index = -1;
    f->offset_count = 0;
    f->page_first_index = -2;
}

static void add_step(struct fragment *f, const struct step *s) {
    int32_t row = f->row < 0 && s->next_row >= 0 ? s->next_row : s->row;
    if (f->row < 0) {
        f->group = s->group;
        f->row = row;
    } else if (s->group->rows[s->row].index > row_now(f)->index) {
        flush_row(f, false, false);
        f->group = s->group;
        f->row = s->row;
    }
    if (f->first_index < 0) f->first_index = row_now(f)->index;
    if (f->page_first_index == -1) f->page_first_index = f->first_index;
    for (int32_t i = 0; i < s->piece_count; i++) {
        const struct piece *p = &s->pieces[i];
        int32_t column = p->cell->column;
        if (!f->from[column]) {
            f->from[column] = p;
            f->height[column] = f->at_top[column] ? p->before_first : p->before;
        } else {
            f->height[column] += p->lead;
        }
        f->height[column] += p->length;
        f->to[column] = p;
    }
}

/* ---- parts -------------------------------------------------------------------------- */

static void begin_part(struct fragment *f, struct fo_node *part, bool first) {
    f->part = part;
    f->part_ys = mem_grow(f->part_ys, &f->part_cap, f->part_count + 2, sizeof *f->part_ys);
    f->part_number = (int32_t)f->part_count / 2;
    f->part_ys[f->part_count++] = f->y;
    f->part_ys[f->part_count++] = f->y;
    if (part->id) place_id(f->p, part, 0, f->y);
    place_markers(f->p, part, true, first);
}

static void end_part(struct fragment *f, bool last, bool last_in_body, bool bottom) {
    place_markers(f->p, f->part, false, last);
    flush_row(f, last_in_body, bottom);
    f->part_ys[f->part_count - 1] = f->y;
}

static void place_repeated(struct fragment *f, struct repeated *r, bool again, bool bottom) {
    if (!r->node) return;
    bool was = f->p->header_repeat;
    if (again) f->p->header_repeat = true;
    begin_part(f, r->node, true);
    for (int32_t i = 0; i < r->step_count; i++) add_step(f, r->steps[i]);
    end_part(f, true, true, bottom);
    f->p->header_repeat = was;
    r->placed = true;
}

static void place_bodies(struct fragment *f, int32_t first, int32_t last, bool bottom) {
    struct table *t = f->t;
    struct step *s = NULL;
    for (int32_t i = 0; i < t->columns; i++) f->at_top[i] = true;
    for (int32_t i = first; i <= last; i++) {
        s = t->steps[i - t->dropped];
        struct row *r = &s->group->rows[s->row];
        if (i == first || r->part != f->part) {
            if (i > first) end_part(f, true, false, false);
            begin_part(f, r->part, i > first || (s->first && r->first_of_part));
        }
        add_step(f, s);
    }
    end_part(f, s->last && s->group->rows[s->row].last_of_part, true, bottom);
    for (int32_t i = 0; i < t->columns; i++) f->at_top[i] = false;
}

static void fragment_begin(struct fragment *f, struct placer *p, struct table *t) {
    struct arena *a = p->c.arena;
    *f = (struct fragment){.p = p, .t = t, .row = -1, .first_index = -1, .page_first_index = -1};
    f->height = ARENA_ARRAY(a, int64_t, t->columns);
    f->at_top = ARENA_ARRAY(a, bool, t->columns);
    f->from = ARENA_ARRAY(a, const struct piece *, t->columns);
    f->to = ARENA_ARRAY(a, const struct piece *, t->columns);
}

/* 6.13.7. */
static void place_retrieving(struct fragment *f, struct retrieving *r, struct table_scope *scope) {
    struct layout *l = f->t->l;
    struct seq s = {0};
    bool was = l->in_static;
    struct table_scope *outer = l->table_scope;
    l->table_scope = scope;
    if (r->p.header_repeat) l->in_static = true; /* no structure elements again */
    walk_content(l, NULL, scope->arena, r->cell->node, r->width, &s);
    int64_t used = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.v[i].kind != ITEM_PENALTY) used += s.v[i].w;
    r->p.y = shift_of(r->cell, used, r->room);
    place_items(&r->p, &s, 0, s.n, false, false);
    l->in_static = was;
    l->table_scope = outer;
    seq_free(&s);
}

static void fragment_end(struct fragment *f) {
    mem_free(f->again);
    mem_free(f->offset);
    mem_free(f->part_ys);
    mem_free(f->patch);
}

/* Steps before these will not be placed any more. */
static void drop_steps(struct table *t, int32_t upto) {
    int32_t n = upto - t->dropped;
    if (n < 256) return;
    memmove(t->steps, t->steps + n, (size_t)(t->step_count - n) * sizeof *t->steps);
    t->step_count -= n;
    t->dropped = upto;
}

static void place_table(struct placer *p, struct thing *thing, const struct item *first,
                        const struct item *last,
                        bool at_start, bool at_end) {
    (void)at_start, (void)at_end;
    struct table *t = (struct table *)thing;
    int32_t from = -1, to = -1;
    bool header = false, footer = false;
    for (const struct item *it = first; it <= last; it++) {
        if (it->kind != ITEM_BOX || it->thing != thing) continue;
        if (it->sub == SUB_HEADER) header = true;
        if (it->sub == SUB_FOOTER) footer = true;
        if (it->sub < 0) continue;
        if (from < 0) from = it->sub;
        to = it->sub;
    }
    bool cut = to >= 0 && !(t->ended && to == t->dropped + t->step_count - 1);
    if (cut && !t->omit_header) header = true;
    bool foot_again = cut && !t->omit_footer;
    footer = footer || foot_again;
    struct fragment f;
    struct placer in = placer_nested(p, t->blk->ix, p->y, t->blk->iw);
    in.c.rl = fo_is(t->node, P_WRITING_MODE, E_RL_TB);
    fragment_begin(&f, &in, t);
    struct table_scope scope = {.up = p->tables, .page = p->page, .arena = p->c.arena};
    if (t->header.retrieves || t->footer.retrieves) {
        if (!t->markers) t->markers = marker_slots_new(t->arena);
        scope.table = t->markers;
        scope.fragment = marker_slots_new(p->c.arena);
    }
    struct area *below = p->c.list->last;
    if (header) place_repeated(&f, &t->header, t->header.placed, !footer && to < 0);
    if (scope.table) in.tables = &scope;
    if (to >= 0) place_bodies(&f, from, to, !(footer && t->footer.node));
    in.tables = p->tables;
    if (footer) place_repeated(&f, &t->footer, foot_again, true);
    for (size_t i = 0; i < f.again_count; i++) place_retrieving(&f, &f.again[i], &scope);
    paint_patches(&f, below);
    p->y += f.y;
    fragment_end(&f);
    if (to >= 0) drop_steps(t, to + 1);
}

void table_frontier(const struct item *it, struct frontier *f) {
    const struct table *t = (const struct table *)it->thing;
    if (!t || t->thing.ops != &table_ops || it->sub < t->dropped || it->sub >= t->dropped + t->step_count) return;
    struct fo_node *row = row_node(t, t->steps[it->sub - t->dropped]->group);
    if (!row) return;
    f->node = row;
    bool asks = t->header.retrieves || t->footer.retrieves; /* for markers of rows before */
    f->read = asks ? t->node : row;
    f->kept_from = tag_of(t->l, t->node);
    f->kept_to = t->first_row_tag;
}

const struct thing_ops table_ops = {true, place_table};
