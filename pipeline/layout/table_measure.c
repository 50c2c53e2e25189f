/* s:column-width="content": columns as wide as their content asks (CSS 2.1,
 * 17.5.2.2), from the first thousand rows, before the first row is laid out. */
#include "layout/para.h"
#include "layout/table.h"
#include "layout/flow.h"

/* Minimum and maximum content widths of the columns. */
struct measure {
    struct table *t;
    mpt min[COLUMNS_MAX], max[COLUMNS_MAX];
    bool given[COLUMNS_MAX]; /* the column says its width */
    int32_t rows;
};

/* ---- one cell or other reference area ------------------------------------------------------------------- */

/* The widest line of what has been placed: texts and images on one baseline. */
struct span {
    mpt y, from, to, widest;
    bool any;
};

static void span_add(struct span *s, mpt y, int64_t from, int64_t to) {
    if (!s->any || y != s->y) {
        s->from = mpt_clamp(from);
        s->to = mpt_clamp(to);
    }
    if (from < s->from) s->from = mpt_clamp(from);
    if (to > s->to) s->to = mpt_clamp(to);
    s->any = true;
    s->y = y;
    if (s->to - s->from > s->widest) s->widest = s->to - s->from;
}

static int64_t advance_of(const struct area_text *t) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < t->glyph_count; i++) sum += t->glyphs[i].adv;
    return sum;
}

static void span_areas(struct span *s, const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        const struct area_text *t = (const struct area_text *)a;
        const struct area_image *i = (const struct area_image *)a;
        if (a->kind == AREA_TEXT) span_add(s, t->y, t->x, t->x + advance_of(t));
        if (a->kind == AREA_IMAGE)
            span_add(s, i->rect.y + i->rect.h, i->rect.x, (int64_t)i->rect.x + i->rect.w);
        if (a->kind == AREA_GROUP) span_areas(s, &((const struct area_group *)a)->children);
    }
}

/* What the cell's own lines need, indents included: they know better than what
 * is drawn, where a citation is not known yet. */
static mpt lines_need(const struct seq *s, mpt width) {
    mpt most = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct line *line = s->v[i].thing ? line_of(s->v[i].thing) : NULL;
        const struct line_data *d = line ? line->data : NULL;
        if (d && width - d->difference > most) most = width - d->difference;
    }
    return most;
}

/* Lays the content of n out and draws it where nothing is kept: no ids, no structure
 * elements, no messages. */
mpt content_need(struct layout *l, struct fo_node *n, mpt width) {
    struct diags *diags = l->diags;
    bool was_static = l->in_static;
    struct arena *a = arena_new();
    struct area_page area = {.arena = a, .label = ""};
    struct page page = {.l = l, .area = &area, .arena = a};
    struct area_list list = {0};
    struct placer p = {.l = l, .page = &page, .header_repeat = true,
                       .c = {.arena = a, .list = &list, .width = width}};
    struct seq s = {0};
    struct span span = {0};
    page.list = &list;
    l->diags = diags_new();
    l->in_static = true;
    l->measuring++;
    walk_content(l, NULL, a, n, width, &s);
    place_items(&p, &s, 0, s.n, false, false);
    span_areas(&span, &list);
    mpt need = lines_need(&s, width);
    l->in_static = was_static;
    l->measuring--;
    diags_drop(l->diags);
    l->diags = diags;
    seq_free(&s);
    arena_drop(a);
    return need > span.widest ? need : span.widest;
}

/* Borders (half of collapsing ones), paddings and separation. */
static mpt around(const struct table *t, const struct fo_node *cell) {
    struct edges e;
    edges_of(&e, cell, 0);
    mpt border = e.border[SIDE_START] + e.border[SIDE_END];
    if (t->collapse) border = (border + 1) / 2;
    return border + e.padding[SIDE_START] + e.padding[SIDE_END] + 2 * t->half_inline;
}

/* ---- columns ---------------------------------------------------------------------- */

/* What a spanning cell needs more goes evenly to its columns. */
static void demand(mpt *have, const struct cell *c, mpt need) {
    int64_t sum = 0;
    for (int32_t i = c->column; i < c->column + c->columns; i++) sum += have[i];
    if (need <= sum) return;
    mpt each = (mpt)((need - sum + c->columns - 1) / c->columns);
    for (int32_t i = c->column; i < c->column + c->columns; i++) have[i] += each;
}

static void measure_cells(struct measure *m, const struct row_group *g, bool spanning) {
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < m->t->columns; i++) {
            const struct cell *c = g->rows[r].unit[i].cell;
            if (!c || c->row != r || c->column != i || (c->columns > 1) != spanning) continue;
            mpt more = around(m->t, c->node);
            demand(m->min, c, content_need(m->t->l, c->node, 1) + more);
            demand(m->max, c, content_need(m->t->l, c->node, VERY_WIDE) + more);
        }
}

static void measure_part(struct measure *m, enum table_part kind, struct fo_node *part) {
    struct table ahead = *m->t; /* reading does not change the table */
    struct row_source s = {.kind = kind, .part = part};
    struct row_group *g;
    ahead.collapse = false;
    while (m->rows < LOOK_AHEAD) {
        struct arena *a = arena_new();
        g = grid_next(&ahead, &s, a, NULL);
        if (g) {
            measure_cells(m, g, false);
            measure_cells(m, g, true);
            m->rows += g->count;
        }
        arena_drop(a);
        if (!g) return;
    }
    diag_add(m->t->l->diags, DIAG_LAYOUT_NOTE, m->t->node->pos,
             "column widths are those of the first 1000 rows");
}

/* Each column its minimum; the rest by what they would take more, and beyond
 * that by their maxima where no width is given. */
static void share_out(const struct measure *m, int64_t width, mpt out[COLUMNS_MAX]) {
    int64_t min = 0, max = 0, open = 0;
    for (int32_t i = 0; i < m->t->columns; i++) {
        min += m->min[i];
        max += m->max[i];
        if (!m->given[i]) open += m->max[i];
    }
    for (int32_t i = 0; i < m->t->columns; i++) {
        int64_t w = m->min[i];
        if (width >= max) w = m->max[i] + (m->given[i] || !open ? 0 : (width - max) * m->max[i] / open);
        else if (width > min) w += (width - min) * (m->max[i] - m->min[i]) / (max - min);
        out[i] = mpt_clamp(w);
    }
}

void columns_of_content(struct table *t, mpt *width) {
    struct measure *m = mem_alloc(sizeof *m);
    m->t = t;
    struct fo_node *part[3] = {t->header.node, t->footer.node, t->source.part};
    static const enum table_part kind[3] = {PART_HEADER, PART_FOOTER, PART_BODY};
    for (int k = 0; k < 3; k++)
        if (part[k]) measure_part(m, kind[k], part[k]);
    int64_t min = 0, max = 0;
    for (int32_t i = 0; i < t->columns; i++) {
        float units;
        mpt given = column_length(t, i, *width, &units);
        m->given[i] = units == 0;
        if (m->given[i]) m->min[i] = m->max[i] = given;
        if (m->max[i] < m->min[i]) m->max[i] = m->min[i];
        min += m->min[i];
        max += m->max[i];
    }
    if (!fo_is_length(t->node, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM) && max < *width)
        *width = mpt_clamp(max);
    if (min > *width) *width = mpt_clamp(min);
    mpt w[COLUMNS_MAX];
    share_out(m, *width, w);
    int64_t x = 0;
    for (int32_t i = 0; i < t->columns; i++) {
        t->x[i] = mpt_clamp(x);
        x += w[i];
    }
    t->x[t->columns] = mpt_clamp(x);
    mem_free(m);
}
