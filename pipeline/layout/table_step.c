/* A row group as steps: each is the least that all cells then open can add
 * together (XSL 1.1, 6.7.9-10, 7.20).
 *
 * A row starts with the step where every cell that begins in it shows its first
 * piece.  Between two rows a cell that spans both may go on alone: the next row
 * is delayed until its first pieces fit. */
#include "layout/table.h"

/* The content of a cell up to one of its legal breaks. */
struct stretch {
    int32_t start, end;    /* items; end: the break or the last item, -1: none */
    int64_t content, total; /* length so far; with borders, paddings and the break's own width */
    int64_t lead, tail;    /* glue a break before it would drop; width of the break */
    int32_t penalty;
    enum break_class forced;
};

/* A cell that takes part in the present row. */
struct active {
    struct cell *cell;
    int32_t last_row;      /* in the group */
    int32_t at;            /* the next item to be looked at */
    int32_t noted;         /* items whose footnotes have been taken */
    int64_t total, included, remaining;
    mpt before_normal, before_lead, after_normal, after_trail;
    bool last;
    struct keep next;
    int32_t down;          /* row of the cell now in progress */
    struct stretch done, now, then; /* taken; to be taken; what follows that */
};

struct stepper {
    struct table *t;
    struct row_group *g;
    struct active *cell;   /* open cells by order of activation */
    int32_t count, begun;  /* from `begun` on: of the next row, not yet open */
    int64_t above;         /* height of the rows before the one activated last */
    int64_t total;
    int32_t row;
    int64_t first_step;    /* least step that shows something of all cells of the row */
    bool row_ends, delaying, too_low;
    enum break_class forced;
};

/* ---- one cell ------------------------------------------------------------------- */

static int32_t last_item(const struct active *a) {
    return (int32_t)a->cell->items.n - 1;
}

static bool legal(const struct item *it) {
    return it->penalty < PENALTY_INFINITE || it->break_class == BREAK_PAGE;
}

static void next_break(struct active *a) {
    struct stretch *s = &a->then;
    const struct item *v = a->cell->items.v;
    int32_t n = last_item(a) + 1;
    s->tail = s->lead = 0;
    s->penalty = 0;
    s->forced = BREAK_NONE;
    bool box = false, any = false, found = false;
    while (!found && a->at < n) {
        const struct item *it = &v[a->at++];
        if (it->kind == ITEM_PENALTY) {
            found = legal(it);
            if (found) {
                s->tail = it->w;
                s->penalty = it->penalty;
                if (it->penalty <= -PENALTY_INFINITE) s->forced = (enum break_class)it->break_class;
            }
        } else if (it->kind == ITEM_GLUE) {
            found = box;
            if (!found) {
                s->content += it->w;
                if (!any) s->lead += it->w;
            }
        } else {
            any = true;
            s->content += it->w;
        }
        box = it->kind == ITEM_BOX;
    }
    s->end = a->at - 1;
    s->total = a->before_normal + s->content + s->tail + a->after_trail;
}

static void activate(struct stepper *s, struct cell *c, int32_t row) {
    struct active *a = &s->cell[s->count++];
    *a = (struct active){.cell = c, .last_row = row + c->rows - 1, .included = -1};
    a->before_normal = padding_before(c, false) + cell_before(s->t, s->g, c, 0, EDGE_NORMAL);
    a->before_lead = padding_before(c, true) + cell_before(s->t, s->g, c, 0, EDGE_REST);
    a->after_normal = padding_after(c, false) + cell_after(s->t, s->g, c, c->rows - 1, EDGE_NORMAL);
    a->after_trail = padding_after(c, true) + cell_after(s->t, s->g, c, 0, EDGE_REST);
    for (size_t i = 0; i < c->items.n; i++)
        if (c->items.v[i].kind != ITEM_PENALTY) a->remaining += c->items.v[i].w;
    a->total = s->above + a->remaining;
    a->then.content = s->above;
    a->then.end = -1;
    a->done = a->then;
    next_break(a);
    a->now = a->then;
    if (a->then.end < last_item(a)) next_break(a);
}

static bool is_included(const struct active *a) {
    return a->included == a->now.content;
}

static int64_t remaining(const struct active *a) {
    if (is_included(a) && a->now.end == last_item(a)) return 0;
    return a->before_lead + a->remaining + a->after_normal;
}

/* Takes more pieces as long as they stay within the limit. */
static void extend(struct active *a, int64_t limit) {
    if (a->now.end >= last_item(a)) return;
    while (a->then.total <= limit && a->now.forced == BREAK_NONE) {
        int64_t lead = a->now.lead;
        int32_t start = a->now.start;
        a->now = a->then;
        a->now.lead = lead;
        a->now.start = start;
        if (a->then.end >= last_item(a)) break;
        next_break(a);
    }
}

/* Length up to the cell's next break; -1: there is none. */
static int64_t cell_step(struct active *a) {
    if (is_included(a)) {
        a->done = a->now;
        if (a->now.end >= last_item(a)) {
            a->now.start = last_item(a) + 1;
            return -1;
        }
        a->now = a->then;
        a->now.start = a->done.end + 1;
        a->then.start = a->now.start;
        if (a->then.end < last_item(a)) next_break(a);
    }
    return a->now.total;
}

static enum break_class take(struct active *a, int64_t step) {
    if (a->now.total > step) return BREAK_NONE;
    a->included = a->now.content;
    a->remaining = a->total - a->included - a->then.lead;
    return a->now.forced;
}

static bool finishes(const struct active *a, int64_t step) {
    return a->now.total <= step && a->now.end == last_item(a);
}

/* ---- rows ------------------------------------------------------------------------- */

static void activate_row(struct stepper *s, int32_t row) {
    const struct row *r = &s->g->rows[row];
    for (int32_t i = 0; i < s->t->columns; i++) {
        struct cell *c = r->unit[i].cell;
        if (c && c->row == row && c->column == i) activate(s, c, row);
    }
}

static bool ends_here(const struct stepper *s, const struct active *a) {
    return a->last_row == s->row;
}

static void need_first_step(struct stepper *s, int32_t from) {
    for (int32_t i = from; i < s->count; i++)
        if (s->cell[i].now.total > s->first_step) s->first_step = s->cell[i].now.total;
}

static int64_t height_between(const struct stepper *s, int32_t from, int32_t to) {
    if (from > to) return 0;
    const struct row *a = &s->g->rows[from], *b = &s->g->rows[to];
    return b->top + b->height - a->top;
}

static int64_t most_remaining(const struct stepper *s) {
    int64_t most = 0;
    for (int32_t i = 0; i < s->begun; i++) {
        int64_t r = remaining(&s->cell[i]) - height_between(s, s->row + 1, s->cell[i].last_row);
        if (r > most) most = r;
    }
    return most + height_between(s, s->row + 1, s->g->count - 1);
}

/* The cell's last step: its whole content, and the border it has at the end of
 * a fragment. */
static int64_t last_step(const struct stepper *s, const struct active *a) {
    const struct cell *c = a->cell;
    return a->before_normal + a->total + padding_after(c, false) +
        cell_after(s->t, s->g, c, c->rows - 1, EDGE_PART);
}

static void end_row(const struct stepper *s, struct active *a) {
    const struct cell *c = a->cell;
    if (!ends_here(s, a)) {
        a->before_lead = padding_before(c, true) + cell_before(s->t, s->g, c, a->down + 1, EDGE_REST);
        return;
    }
    a->now.total -= a->after_trail;
    a->after_trail = padding_after(c, false) + cell_after(s->t, s->g, c, c->rows - 1, EDGE_PART);
    a->now.total += a->after_trail;
    a->last = true;
}

static void prepare_next_row(struct stepper *s) {
    if (s->row + 1 >= s->g->count) return;
    s->above += s->g->rows[s->row].height;
    activate_row(s, s->row + 1);
    need_first_step(s, s->begun);
}

/* If all cells that end in this row would be finished, the step becomes the
 * row's height. */
static int64_t consider_row_end(struct stepper *s, int64_t step) {
    s->row_ends = true;
    for (int32_t i = 0; i < s->begun; i++)
        if (ends_here(s, &s->cell[i]) && !finishes(&s->cell[i], step)) s->row_ends = false;
    if (!s->row_ends) return step;
    int64_t most = 0;
    for (int32_t i = 0; i < s->begun; i++)
        if (ends_here(s, &s->cell[i]) && last_step(s, &s->cell[i]) > most) most = last_step(s, &s->cell[i]);
    for (int32_t i = 0; i < s->begun; i++) {
        end_row(s, &s->cell[i]);
        if (!ends_here(s, &s->cell[i])) extend(&s->cell[i], most);
    }
    if (most < step) s->too_low = true;
    prepare_next_row(s);
    return most;
}

static void signal_step(struct stepper *s, int64_t step) {
    s->forced = BREAK_NONE;
    for (int32_t i = 0; i < s->begun; i++) {
        enum break_class b = take(&s->cell[i], step);
        if (b > s->forced) s->forced = b;
    }
}

static void signal_first_step(struct stepper *s) {
    for (int32_t i = 0; i < s->begun; i++) extend(&s->cell[i], s->first_step);
}

static int64_t begin_group(struct stepper *s) {
    activate_row(s, 0);
    s->begun = s->count;
    need_first_step(s, 0);
    signal_first_step(s);
    int64_t step = consider_row_end(s, s->first_step);
    signal_step(s, step);
    return step;
}

static void forget_ended_cells(struct stepper *s) {
    int32_t k = 0, begun = 0;
    for (int32_t i = 0; i < s->count; i++) {
        if (i < s->begun && ends_here(s, &s->cell[i])) continue;
        if (i < s->begun) begun++;
        if (k != i) s->cell[k] = s->cell[i];
        k++;
    }
    s->count = k;
    s->begun = begun;
}

static void switch_row(struct stepper *s) {
    s->row++;
    for (int32_t i = 0; i < s->begun; i++) {
        struct active *a = &s->cell[i];
        a->down++;
        mpt trail = padding_after(a->cell, true) + cell_after(s->t, s->g, a->cell, a->down, EDGE_REST);
        a->now.total += trail - a->after_trail;
        a->then.total += trail - a->after_trail;
        a->after_trail = trail;
    }
    s->begun = s->count;
}

static int64_t least_step(struct stepper *s) {
    int64_t least = -1;
    for (int32_t i = 0; i < s->begun; i++) {
        int64_t step = cell_step(&s->cell[i]);
        if (step >= 0 && (least < 0 || step < least)) least = step;
    }
    return least;
}

/* -1: the group has ended. */
static int64_t next_step(struct stepper *s) {
    if (s->row_ends) {
        if (s->row == s->g->count - 1) return -1;
        s->row_ends = false;
        forget_ended_cells(s);
        s->delaying = true;
    }
    int64_t step = least_step(s);
    if (!s->delaying) {
        step = consider_row_end(s, step);
    } else if (step < 0 || step >= s->first_step || step > s->g->rows[s->row].asked.max) {
        s->delaying = false;
        switch_row(s);
        signal_first_step(s);
        step = consider_row_end(s, s->first_step);
    }
    signal_step(s, step);
    return step;
}

/* ---- steps ------------------------------------------------------------------------ */

static struct piece piece_of(const struct stepper *s, struct active *a) {
    struct piece p = {.cell = a->cell, .last = a->last, .before = a->before_normal, .after = a->after_normal,
                      .after_last = a->after_trail};
    if (a->now.end == last_item(a)) a->next = a->cell->next;
    p.start = a->now.start;
    p.first = a->now.start == 0;
    p.before_first = p.first ? padding_before(a->cell, false) +
        cell_before(s->t, s->g, a->cell, 0, EDGE_PART) : a->before_lead;
    if (!is_included(a) || a->now.start == last_item(a) + 1) {
        p.end = a->done.end;
        p.tail = a->done.tail;
        return p;
    }
    p.end = a->now.end;
    p.lead = a->now.lead;
    p.length = a->now.content - a->now.lead - a->done.content;
    p.tail = a->now.tail;
    return p;
}

struct notes {
    struct note **v;
    size_t n, cap;
};

static void take_notes(struct active *a, int32_t end, struct notes *out) {
    for (; a->noted <= end; a->noted++) {
        const struct item *it = &a->cell->items.v[a->noted];
        for (uint16_t k = 0; k < it->note_count; k++) {
            out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
            out->v[out->n++] = it->notes[k];
        }
    }
}

static void take_pieces(struct stepper *s, struct step *out) {
    struct notes notes = {0};
    out->pieces = ARENA_ARRAY(s->g->arena, struct piece, s->begun);
    out->piece_count = s->begun;
    for (int32_t i = 0; i < s->begun; i++) {
        out->pieces[i] = piece_of(s, &s->cell[i]);
        take_notes(&s->cell[i], out->pieces[i].end, &notes);
    }
    out->note_count = (uint16_t)(notes.n > UINT16_MAX ? UINT16_MAX : notes.n);
    if (notes.n) out->notes = arena_memdup(s->g->arena, notes.v, notes.n * sizeof *notes.v);
    mem_free(notes.v);
}

static void between_rows(struct stepper *s, struct keep *k) {
    *k = keep_max(*k, row_keep(s->t, s->g, s->row, true));
    *k = keep_max(*k, row_keep(s->t, s->g, s->row + 1, false));
    enum break_class after = row_break(s->t, s->g, s->row, true),
        before = row_break(s->t, s->g, s->row + 1, false);
    if (after > s->forced) s->forced = after;
    if (before > s->forced) s->forced = before;
}

/* The break after the step: the strongest keep; a forced one overrides it
 * (4.8). */
static void break_of_step(struct stepper *s, struct step *out) {
    struct keep k = s->t->blk->together;
    int32_t inner = 0;
    for (int32_t i = 0; i < s->begun; i++) {
        const struct active *a = &s->cell[i];
        k = keep_max(k, a->next);
        int32_t p = is_included(a) ? a->now.penalty : a->done.penalty;
        if (p > inner) inner = p;
    }
    const struct fo_node *row = s->g->rows[s->row].node;
    if (!s->row_ends) {
        if (row)
            k = keep_max(k, keep_of(row, P_KEEP_TOGETHER_WITHIN_LINE, P_KEEP_TOGETHER_WITHIN_COLUMN,
                                    P_KEEP_TOGETHER_WITHIN_PAGE));
    } else if (s->row + 1 < s->g->count) {
        between_rows(s, &k);
    }
    out->penalty = s->too_low ? PENALTY_INFINITE : keep_penalty(k);
    s->too_low = false;
    if (inner > out->penalty) out->penalty = inner;
    out->class = k.context;
    if (s->forced != BREAK_NONE) {
        out->penalty = -PENALTY_INFINITE;
        out->class = s->forced;
    }
}

static void add_step(struct step_list *l, struct step *s) {
    l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof *l->v);
    l->v[l->n++] = s;
}

static int32_t most_open(const struct stepper *s) {
    return 2 * s->t->columns + 2;
}

void group_steps(struct table *t, struct row_group *g, struct step_list *out) {
    struct stepper s = {.t = t, .g = g};
    s.total = height_between(&s, 0, g->count - 1);
    s.cell = mem_alloc((size_t)most_open(&s) * sizeof *s.cell);
    int64_t sum = 0, step = begin_group(&s);
    struct step *last = NULL;
    do {
        int64_t over = step + most_remaining(&s) - s.total;
        struct step *o = ARENA_NEW(g->arena, struct step);
        o->group = g;
        o->row = s.row;
        o->next_row = s.delaying ? s.row + 1 : -1;
        o->first = !last;
        o->box = step - sum - (over > 0 ? over : 0);
        o->width = over > 0 ? over : 0;
        o->glue = over < 0 ? -over : 0;
        sum += o->box + o->glue;
        take_pieces(&s, o);
        break_of_step(&s, o);
        add_step(out, o);
        last = o;
        step = next_step(&s);
    } while (step >= 0);
    last->last = true;
    mem_free(s.cell);
}
