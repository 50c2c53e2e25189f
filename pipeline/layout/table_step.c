/* Rows to steps (XSL 1.1, 4.8 for the constraints): every cell goes on by its
 * own legal breaks; a step is the height at which all cells of a row can be
 * cut. */
#include "layout/table.h"

/* A cut of one cell. */
struct cut {
    size_t start, end;     /* items of the piece, end inclusive */
    int64_t content, total; /* of the items so far; with borders and paddings, rows above included */
    mpt penalty_width, condition; /* condition: glue at its start that would vanish */
    int32_t penalty;
    enum break_class forced;
};

struct active {
    struct cell *cell;
    struct seq *s;
    size_t at;             /* the next item to look at */
    int64_t included, remaining, all;
    int32_t end_row;
    bool last;
    struct keep next_keep;
    struct cut previous, next, after;
};

struct stepper {
    struct walker *w;
    struct table *t;
    struct row_group *g;
    struct active *active, *coming;
    int32_t active_count, coming_count;
    int32_t row;
    int64_t rows_above, first_step, total;
    bool row_finished, delaying, too_low;
    enum break_class forced;
};

static size_t last_item(const struct active *a) {
    return a->s->n - 1; /* a cell always has an item */
}

/* ---- heights -------------------------------------------------------------------------- */

static mpt cell_height(const struct walker *w, const struct cell *c) {
    mpt h = fo_length(c->node, P_BLOCK_PROGRESSION_DIMENSION_OPTIMUM, w->l->area_height);
    mpt least = fo_length(c->node, P_BLOCK_PROGRESSION_DIMENSION_MINIMUM, w->l->area_height);
    return least > h ? least : h;
}

/* CSS 2.1, 17.5.3: a row is as tall as the cells that end in it need. */
static void row_heights(struct walker *w, struct table *t, struct row_group *g) {
    for (int32_t r = 0; r < g->count; r++) {
        struct row *row = &g->rows[r];
        row->height = row->explicit_height;
        for (int32_t i = 0; i < t->column_count; i++) {
            struct cell *c = row->grid[i];
            if (!c || c->column != i || c->row + c->rows - 1 != r) continue;
            int64_t h = cell_height(w, c);
            if (c->rows == 1 && row->explicit_height > h) h = row->explicit_height;
            if (c->content > h) h = c->content;
            h += cell_before(c, EDGE_NORMAL) + cell_after(c, EDGE_NORMAL);
            for (int32_t k = c->row; k < r; k++) h -= g->rows[k].height;
            if (h > row->height) row->height = h;
        }
    }
}

/* Fills a cell up to its own or its row's explicit height. */
static void fill_height(struct walker *w, struct cell *c, mpt row_height) {
    mpt least = cell_height(w, c);
    if (c->rows == 1 && row_height > least) least = row_height;
    int64_t content = c->content;
    if (content < least || !c->items.n) {
        seq_box(&c->items, content < least ? mpt_clamp(least - content) : 0, NULL, 0);
        c->items.v[c->items.n - 1].aux = true;
    }
}

/* ---- one cell ---------------------------------------------------------------------------- */

static void next_cut(struct active *a) {
    struct cut *c = &a->after;
    c->penalty_width = 0;
    c->penalty = 0;
    c->condition = 0;
    c->forced = BREAK_NONE;
    bool found = false, after_box = false, box = false;
    while (!found && a->at < a->s->n) {
        const struct item *it = &a->s->v[a->at++];
        if (it->kind == ITEM_PENALTY) {
            after_box = false;
            if (it->penalty >= PENALTY_INFINITE && it->break_class != BREAK_PAGE) continue;
            found = true;
            c->penalty_width = it->w;
            c->penalty = it->penalty;
            if (it->penalty <= -PENALTY_INFINITE) c->forced = (enum break_class)it->break_class;
        } else if (it->kind == ITEM_GLUE) {
            found = after_box;
            after_box = false;
            if (found) continue;
            c->content += it->w;
            if (!box) c->condition += it->w;
        } else {
            after_box = box = true;
            c->content += it->w;
        }
    }
    c->end = a->at - 1;
    c->total = cell_before(a->cell, EDGE_NORMAL) + c->content + c->penalty_width + cell_after(a->cell, EDGE_REST);
}

static void activate(struct stepper *s, struct active *a, struct cell *c, int32_t row) {
    *a = (struct active){.cell = c, .s = &c->items, .included = -1, .end_row = row + c->rows - 1};
    a->all = s->rows_above + c->content;
    for (size_t i = 0; i < a->s->n; i++) /* fillers count too */
        if (a->s->v[i].aux && !a->s->v[i].thing && i + 1 == a->s->n && a->s->v[i].kind == ITEM_BOX) a->all += a->s->v[i].w;
    a->all = s->rows_above;
    for (size_t i = 0; i < a->s->n; i++)
        if (a->s->v[i].kind != ITEM_PENALTY) a->all += a->s->v[i].w;
    a->remaining = a->all - s->rows_above;
    a->after.content = s->rows_above;
    a->previous = a->after;
    next_cut(a);
    a->next = a->after;
    if (a->after.end < last_item(a)) next_cut(a);
}

static bool included(const struct active *a) {
    return a->included == a->next.content;
}

static int64_t remaining(const struct active *a) {
    if (included(a) && a->next.end == last_item(a)) return 0;
    return cell_before(a->cell, EDGE_REST) + a->remaining + cell_after(a->cell, EDGE_NORMAL);
}

static void grow(struct active *a, int64_t limit) {
    while (a->next.end < last_item(a) && a->after.total <= limit && !a->next.forced) {
        mpt condition = a->next.condition;
        size_t start = a->next.start;
        a->next = a->after;
        a->next.condition = condition;
        a->next.start = start;
        if (a->after.end >= last_item(a)) break;
        next_cut(a);
    }
}

/* Height of the cell's next cut, -1 when it has none left. */
static int64_t following(struct active *a) {
    if (included(a)) {
        a->previous = a->next;
        if (a->next.end >= last_item(a)) {
            a->next.start = a->s->n;
            return -1;
        }
        a->next = a->after;
        a->next.start = a->previous.end + 1;
        a->after.start = a->next.start;
        if (a->after.end < last_item(a)) next_cut(a);
    }
    return a->next.total;
}

static bool ends(const struct active *a, int32_t row) {
    return a->end_row == row;
}

/* Whether the cell is complete at this step. */
static bool finishes(const struct active *a, int64_t step) {
    return a->next.end == last_item(a) && a->next.total <= step;
}

static int64_t last_step(const struct active *a) {
    return cell_before(a->cell, EDGE_NORMAL) + a->all + a->cell->edges.padding[SIDE_AFTER] + a->cell->half_after[EDGE_PART];
}

static void end_cell_row(struct active *a, int32_t row) {
    if (ends(a, row)) {
        a->next.end = last_item(a);
        a->next.content = a->all;
        a->next.penalty_width = 0;
        a->next.total = cell_before(a->cell, EDGE_NORMAL) + a->all + cell_after(a->cell, EDGE_NORMAL);
        a->last = true;
    } else {
        mpt before = cell_before(a->cell, EDGE_NORMAL);
        (void)before;
    }
}

/* The chosen step: does the cell's next piece go with it? */
static enum break_class take(struct active *a, int64_t step) {
    if (a->next.total <= step || a->last) {
        a->included = a->next.content;
        a->remaining = a->all - a->included - (a->after.end != a->next.end ? a->after.condition : 0);
        return a->next.forced;
    }
    return BREAK_NONE;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static int32_t activate_row(struct stepper *s, struct active *list, int32_t n, int32_t row) {
    for (int32_t i = 0; i < s->t->column_count; i++) {
        struct cell *c = s->g->rows[row].grid[i];
        if (c && c->row == row && c->column == i) activate(s, &list[n++], c, row);
    }
    return n;
}

static int64_t rows_height(const struct stepper *s, int32_t from, int32_t to) {
    int64_t h = 0;
    for (int32_t r = from; r < to; r++) h += s->g->rows[r].height;
    return h;
}

static int64_t most_remaining(const struct stepper *s) {
    int64_t most = 0;
    for (int32_t i = 0; i < s->active_count; i++) {
        int64_t left = remaining(&s->active[i]) - rows_height(s, s->row + 1, s->active[i].end_row + 1);
        if (left > most) most = left;
    }
    return most + rows_height(s, s->row + 1, s->g->count);
}

static void set_first_step(struct stepper *s, const struct active *list, int32_t n) {
    for (int32_t i = 0; i < n; i++)
        if (list[i].next.total > s->first_step) s->first_step = list[i].next.total;
}

static void prepare_next_row(struct stepper *s) {
    if (s->row >= s->g->count - 1) return;
    s->rows_above += s->g->rows[s->row].height;
    s->coming_count = activate_row(s, s->coming, 0, s->row + 1);
    s->first_step = 0;
    set_first_step(s, s->coming, s->coming_count);
    for (int32_t i = 0; i < s->active_count; i++) /* cells that span on count with what they have */
        if (s->active[i].end_row > s->row && !included(&s->active[i]) && s->active[i].next.total > s->first_step)
            s->first_step = s->active[i].next.total > s->first_step && s->coming_count == 0 ? s->active[i].next.total : s->first_step;
}

/* When the step completes all cells that end here, the row ends: its after
 * borders are those of a complete row. */
static int64_t mind_row_end(struct stepper *s, int64_t step) {
    s->row_finished = true;
    for (int32_t i = 0; i < s->active_count; i++)
        if (ends(&s->active[i], s->row) && !finishes(&s->active[i], step)) s->row_finished = false;
    if (!s->row_finished) return step;
    int64_t most = 0;
    for (int32_t i = 0; i < s->active_count; i++)
        if (ends(&s->active[i], s->row) && last_step(&s->active[i]) > most) most = last_step(&s->active[i]);
    bool any = false;
    for (int32_t i = 0; i < s->active_count; i++) any |= ends(&s->active[i], s->row);
    if (!any) most = s->rows_above + s->g->rows[s->row].height;
    for (int32_t i = 0; i < s->active_count; i++) {
        end_cell_row(&s->active[i], s->row);
        if (!ends(&s->active[i], s->row)) grow(&s->active[i], most);
    }
    if (most < step) s->too_low = true;
    prepare_next_row(s);
    return most;
}

static void signal_step(struct stepper *s, int64_t step) {
    s->forced = BREAK_NONE;
    for (int32_t i = 0; i < s->active_count; i++) {
        enum break_class c = take(&s->active[i], step);
        if (c > s->forced) s->forced = c;
    }
}

static void signal_first(struct stepper *s) {
    for (int32_t i = 0; i < s->active_count; i++) grow(&s->active[i], s->first_step);
}

static int64_t least_step(struct stepper *s) {
    int64_t least = -1;
    for (int32_t i = 0; i < s->active_count; i++) {
        int64_t v = following(&s->active[i]);
        if (v >= 0 && (least < 0 || v < least)) least = v;
    }
    return least;
}

static void drop_ended(struct stepper *s) {
    int32_t n = 0;
    for (int32_t i = 0; i < s->active_count; i++)
        if (!ends(&s->active[i], s->row)) s->active[n++] = s->active[i];
    s->active_count = n;
}

static int64_t first_step(struct stepper *s) {
    set_first_step(s, s->active, s->active_count);
    signal_first(s);
    int64_t step = mind_row_end(s, s->first_step);
    signal_step(s, step);
    return step;
}

static int64_t next_step(struct stepper *s) {
    int64_t step;
    if (s->row_finished) {
        if (s->row == s->g->count - 1) return -1;
        s->row_finished = false;
        drop_ended(s);
        s->delaying = true;
    }
    if (s->delaying) {
        step = least_step(s);
        if (step < 0 || step >= s->first_step) {
            s->delaying = false;
            step = s->first_step;
            s->row++;
            for (int32_t i = 0; i < s->coming_count; i++) s->active[s->active_count++] = s->coming[i];
            s->coming_count = 0;
            signal_first(s);
            step = mind_row_end(s, step);
        }
    } else {
        step = mind_row_end(s, least_step(s));
    }
    signal_step(s, step);
    return step;
}

/* ---- items ----------------------------------------------------------------------------------- */

static void add_part(struct table_step *st, struct active *a) {
    if (!included(a)) return;
    size_t from = a->next.start, to = a->next.end;
    bool last = a->next.end == last_item(a);
    if (from > to) return;
    st->parts[st->part_count++] = (struct part_of_cell){a->cell, from, to, last && a->last};
    a->next_keep = last ? edge_keep(a->cell->node, true) : (struct keep){0};
}

static void add_notes(struct walker *w, const struct table_step *st, struct item *box) {
    size_t n = 0, cap = 0;
    struct note **v = NULL;
    for (int32_t k = 0; k < st->part_count; k++)
        for (size_t i = st->parts[k].from; i <= st->parts[k].to; i++) {
            const struct item *it = &st->parts[k].cell->items.v[i];
            for (uint16_t j = 0; j < it->note_count; j++) {
                v = mem_grow(v, &cap, n + 1, sizeof *v);
                v[n++] = it->notes[j];
            }
        }
    if (n) box->notes = arena_memdup(w->arena, v, n * sizeof *v);
    box->note_count = (uint16_t)n;
    mem_free(v);
}

static struct item *stamp(struct walker *w, struct step_out *o) {
    struct item *it = &o->out->v[o->out->n - 1];
    it->blk = w->top ? w->top->blk : NULL;
    if (o->out == w->out && w->group) {
        it->group = w->group;
        w->group->items++;
    }
    return it;
}

static void emit_break(struct stepper *s, struct step_out *o, mpt width) {
    struct table *t = s->t;
    struct keep k = t->blk->together;
    int32_t penalty = 0;
    for (int32_t i = 0; i < s->active_count; i++) {
        k = keep_max(k, s->active[i].next_keep);
        if (included(&s->active[i]) && s->active[i].next.penalty > penalty) penalty = s->active[i].next.penalty;
    }
    const struct row *row = &s->g->rows[s->row];
    if (!s->row_finished) {
        k = keep_max(k, row->together);
    } else if (s->row < s->g->count - 1) {
        const struct row *next = row + 1;
        k = keep_max(keep_max(k, row->next), next->previous);
        if (row->break_after > s->forced) s->forced = row->break_after;
        if (next->break_before > s->forced) s->forced = next->break_before;
    }
    if (keep_penalty(k) > penalty) penalty = keep_penalty(k);
    enum break_class c = k.context;
    if (s->too_low) penalty = PENALTY_INFINITE;
    s->too_low = false;
    if (s->forced) {
        penalty = -PENALTY_INFINITE;
        c = s->forced;
    }
    if (s->g->kind == TABLE_BODY) {
        if (!t->omit_header) width += t->header_height;
        if (!t->omit_footer) width += t->footer_height;
    }
    seq_penalty(o->out, width, penalty, c, &t->thing, SUB_BREAK);
    stamp(s->w, o);
}

static struct table_step *new_step(struct stepper *s, struct step_out *o) {
    struct table_step *st = ARENA_NEW(s->w->arena, struct table_step);
    st->group = s->g;
    st->row = s->row;
    st->parts = ARENA_ARRAY(s->w->arena, struct part_of_cell, s->active_count);
    for (int32_t i = 0; i < s->active_count; i++) add_part(st, &s->active[i]);
    o->steps = mem_grow(o->steps, &o->cap, o->count + 1, sizeof *o->steps);
    o->steps[o->count++] = st;
    return st;
}

void steps_layout(struct walker *w, struct table *t, struct row_group *g) {
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < t->column_count; i++) {
            struct cell *c = g->rows[r].grid[i];
            if (!c || c->row != r || c->column != i) continue;
            mpt width = t->column_x[c->column + c->columns] - t->column_x[c->column] - c->half_start - c->half_end -
                        c->edges.padding[SIDE_START] - c->edges.padding[SIDE_END];
            struct seq s = {0};
            walk_content(w->l, w, NULL, c->node, width > 0 ? width : 0, &s);
            if (s.lead_break > g->rows[r].break_before) g->rows[r].break_before = (enum break_class)s.lead_break;
            struct row *last = &g->rows[c->row + c->rows - 1];
            if (s.trail_break > last->break_after) last->break_after = (enum break_class)s.trail_break;
            for (size_t k = 0; k < s.n; k++)
                if (s.v[k].kind != ITEM_PENALTY) c->content += s.v[k].w;
            c->items = s;
        }
}

static void settle_cells(struct walker *w, struct table *t, struct row_group *g) {
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < t->column_count; i++) {
            struct cell *c = g->rows[r].grid[i];
            if (!c || c->row != r || c->column != i) continue;
            fill_height(w, c, g->rows[r].explicit_height);
            struct item *heap = c->items.v;
            c->items.v = arena_memdup(w->arena, heap, c->items.n * sizeof *heap);
            c->items.cap = c->items.n;
            mem_free(heap);
        }
}

void steps_make(struct walker *w, struct table *t, struct row_group *g, struct step_out *o) {
    row_heights(w, t, g);
    settle_cells(w, t, g);
    struct stepper s = {.w = w, .t = t, .g = g};
    s.active = mem_alloc(((size_t)t->column_count * 2 + 1) * sizeof *s.active);
    s.coming = mem_alloc(((size_t)t->column_count + 1) * sizeof *s.coming);
    s.active_count = activate_row(&s, s.active, 0, 0);
    s.total = rows_height(&s, 0, g->count);
    int64_t done = 0, step = first_step(&s);
    enum { STEPS_MAX = 1000000 };
    for (int32_t n = 0; step >= 0 && n < STEPS_MAX; n++) {
        int64_t over = step + most_remaining(&s) - s.total;
        int64_t box = step - done - (over > 0 ? over : 0);
        done += box + (over < 0 ? -over : 0);
        struct table_step *st = new_step(&s, o);
        seq_box(o->out, mpt_clamp(box), &t->thing, (int32_t)o->count - 1);
        add_notes(w, st, stamp(w, o));
        emit_break(&s, o, mpt_clamp(over > 0 ? over : 0));
        step = next_step(&s);
        if (over < 0) {
            if (step < 0) seq_glue(o->out, 0, mpt_clamp(-over), 0, NULL, 0);
            else seq_glue(o->out, mpt_clamp(-over), 0, 0, NULL, 0);
            stamp(w, o);
        }
    }
    mem_free(s.active);
    mem_free(s.coming);
}
