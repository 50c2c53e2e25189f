/* fo:table (XSL 1.1, 6.7.3): its columns, header and footer, then one row group
 * after another. */
#include "layout/table.h"

struct table_state {
    struct table *t;
    struct row_group *held;  /* read, not laid out yet */
    struct walker *w;
    bool begun;
    int64_t kept;            /* fox:widow-content-limit: extent so far */
    mpt widow_limit, orphan_limit;
    /* of the last group emitted */
    bool emitted;
    int64_t width, glue;
    struct keep next;
    enum break_class after;
};

/* ---- items ------------------------------------------------------------------------ */

static void remember_step(struct table *t, struct step *s) {
    if (t->step_count == t->step_cap) {
        int32_t cap = t->step_cap ? t->step_cap * 2 : 16;
        struct step **v = ARENA_ARRAY(t->arena, struct step *, cap);
        if (t->step_count) memcpy(v, t->steps, (size_t)t->step_count * sizeof *v);
        t->steps = v;
        t->step_cap = cap;
    }
    t->steps[t->step_count++] = s;
}

static int64_t repeated_height(const struct table *t) {
    return (t->omit_header ? 0 : t->header.height) + (t->omit_footer ? 0 : t->footer.height);
}

/* fox:widow-content-limit: no break before so much of the table is set. */
static int32_t limited(const struct table_state *st, int32_t penalty) {
    return st->kept < st->widow_limit && penalty > -PENALTY_INFINITE ? PENALTY_INFINITE : penalty;
}

static void emit_break(struct walker *w, struct table_state *st, int64_t width, int32_t penalty,
                       enum break_class class) {
    walk_break(w, mpt_clamp(width + repeated_height(st->t)), limited(st, penalty), class, NULL, 0);
}

static void emit_glue(struct walker *w, struct table_state *st, int64_t glue) {
    if (!glue) return;
    walk_glue(w, mpt_clamp(glue), 0, 0, &st->t->thing, SUB_GLUE);
    st->kept += glue;
}

/* The break between two groups, once the second is laid out. */
static void emit_between(struct walker *w, struct table_state *st, struct row_group *g,
                         enum break_class before) {
    if (!st->emitted) return;
    struct keep k = keep_max(st->next, row_keep(st->t, g, 0, false));
    k = keep_max(k, st->t->blk->together);
    enum break_class forced = st->after > before ? st->after : before;
    if (forced) emit_break(w, st, st->width, -PENALTY_INFINITE, forced);
    else emit_break(w, st, st->width, keep_penalty(k), k.context);
    emit_glue(w, st, st->glue);
}

/* Footnotes of a header that every fragment repeats stand with the first. */
static void add_header_notes(struct walker *w, struct table *t, struct item *box) {
    if (t->omit_header || !t->header.note_count || t->step_count || t->dropped) return;
    uint32_t n = (uint32_t)t->header.note_count + box->note_count;
    if (n > UINT16_MAX) return;
    struct note **v = ARENA_ARRAY(w->arena, struct note *, n);
    memcpy(v, t->header.notes, t->header.note_count * sizeof *v);
    if (box->note_count) memcpy(v + t->header.note_count, box->notes, box->note_count * sizeof *v);
    box->notes = v;
    box->note_count = (uint16_t)n;
}

static void emit_steps(struct walker *w, struct table_state *st, struct step_list *l) {
    for (size_t i = 0; i < l->n; i++) {
        struct step *s = l->v[i];
        struct item *box = walk_box(w, mpt_clamp(s->box), &st->t->thing, st->t->dropped + st->t->step_count);
        box->notes = s->notes;
        box->note_count = s->note_count;
        add_header_notes(w, st->t, box);
        st->kept += s->box;
        remember_step(st->t, s);
        if (i + 1 == l->n) break;
        emit_break(w, st, s->width, s->penalty, s->class);
        emit_glue(w, st, s->glue);
    }
}

static void emit_repeated(struct walker *w, struct table *t, struct repeated *r, int32_t sub) {
    if (!r->node) return;
    struct item *box = walk_box(w, mpt_clamp(r->height), &t->thing, sub);
    if (sub == SUB_HEADER && !t->omit_header) return;
    box->notes = r->notes;
    box->note_count = r->note_count;
}

static enum break_class row_own_break(const struct row_group *g, int32_t row, enum fo_prop p) {
    const struct fo_node *n = g->rows[row].node;
    return n ? break_of(n, p) : BREAK_NONE;
}

static void emit_group(struct walker *w, struct table_state *st, struct row_group *g) {
    struct table *t = st->t;
    struct step_list l = {0};
    group_layout(w, t, g);
    group_steps(t, g, &l);
    if (!st->emitted) {
        const struct fo_node *row = row_node(t, g);
        t->first_row_tag = row && row->tag >= 0 ? row->tag : INT32_MAX;
    }
    enum break_class before = row_break(t, g, 0, false), own = row_own_break(g, 0, P_BREAK_BEFORE);
    if (own > before) before = own;
    if (st->emitted) {
        emit_between(w, st, g, before);
    } else {
        w->pending = keep_max(w->pending, row_keep(t, g, 0, false));
        walk_force(w, before);
        if (t->omit_header) emit_repeated(w, t, &t->header, SUB_HEADER);
    }
    emit_steps(w, st, &l);
    struct step *last = l.v[l.n - 1];
    st->width = last->width;
    st->glue = last->glue;
    st->next = row_keep(t, g, g->count - 1, true);
    st->after = row_break(t, g, g->count - 1, true);
    own = row_own_break(g, g->count - 1, P_BREAK_AFTER);
    if (own > st->after) st->after = own;
    st->emitted = true;
    mem_free(l.v);
}

/* ---- header and footer ------------------------------------------------------------ */

static void read_repeated(struct table *t, struct repeated *r, enum table_part kind) {
    if (!r->node) return;
    fo_complete(t->l, r->node);
    struct row_source s = {.kind = kind, .part = r->node};
    size_t cap = 0;
    struct row_group **v = NULL, *g;
    while ((g = grid_next(t, &s, t->arena, NULL))) {
        v = mem_grow(v, &cap, (size_t)r->group_count + 1, sizeof *v);
        v[r->group_count++] = g;
        r->groups = v;
    }
    if (r->group_count) r->groups = arena_memdup(t->arena, v, (size_t)r->group_count * sizeof *v);
    mem_free(v);
    if (!r->group_count) r->node = NULL;
}

static int64_t steps_height(const struct step_list *l) {
    int64_t h = 0;
    for (size_t i = 0; i < l->n; i++) h += l->v[i]->box + l->v[i]->glue;
    return h;
}

static void collect_notes(struct table *t, struct repeated *r) {
    size_t n = 0;
    for (int32_t i = 0; i < r->step_count; i++) n += r->steps[i]->note_count;
    if (!n) return;
    r->notes = ARENA_ARRAY(t->arena, struct note *, n);
    for (int32_t i = 0; i < r->step_count; i++)
        for (uint16_t k = 0; k < r->steps[i]->note_count && r->note_count < UINT16_MAX; k++)
            r->notes[r->note_count++] = r->steps[i]->notes[k];
}

static void mark_retrieving(struct table *t, struct row_group *g) {
    for (int32_t r = 0; r < g->count; r++)
        for (int32_t i = 0; i < t->columns; i++) {
            struct cell *c = g->rows[r].unit[i].cell;
            if (c && c->row == r && c->column == i)
                c->retrieves = fo_holds(c->node, FO_RETRIEVE_TABLE_MARKER);
        }
}

static void layout_repeated(struct walker *w, struct table *t, struct repeated *r) {
    if (!r->node) return;
    struct arena *now = w->arena;
    struct step_list l = {0};
    w->arena = t->arena;
    r->retrieves = fo_holds(r->node, FO_RETRIEVE_TABLE_MARKER);
    for (int32_t i = 0; i < r->group_count; i++) {
        if (r->retrieves) mark_retrieving(t, r->groups[i]);
        group_layout(w, t, r->groups[i]);
        group_steps(t, r->groups[i], &l);
    }
    w->arena = now;
    r->height = steps_height(&l);
    r->step_count = (int32_t)l.n;
    r->steps = arena_memdup(t->arena, l.v, l.n * sizeof *l.v);
    collect_notes(t, r);
    mem_free(l.v);
}

/* What is shorter is read to its end before its first row. */
static void read_ahead(struct table *t) {
    int32_t rows = 0, cells = 0;
    for (struct fo_node *n = fo_first_child(t->l, t->node); n; n = fo_after(t->l, t->node, n)) {
        if (n->element != FO_TABLE_BODY) continue;
        for (struct fo_node *c = fo_first_child(t->l, n); c; c = fo_after(t->l, n, c)) {
            if (c->element == FO_TABLE_ROW ? ++rows > LOOK_AHEAD : ++cells > LOOK_AHEAD * 20) return;
        }
    }
}

static void find_parts(struct table *t) {
    for (struct fo_node *n = fo_first_child(t->l, t->node); n; n = fo_after(t->l, t->node, n)) {
        if (n->element == FO_TABLE_HEADER && !t->header.node) t->header.node = n;
        if (n->element == FO_TABLE_FOOTER && !t->footer.node) t->footer.node = n;
        if (n->element == FO_TABLE_BODY && !t->source.part) t->source.part = n;
        if (t->source.part && !t->node->whole) break;
    }
}

/* ---- walking ---------------------------------------------------------------------- */

/* Where the next groups are kept: in the memory of the stretch of items now
 * made, which their own items will hold. */
static struct row_group *read_group(struct walker *w, struct table *t) {
    return grid_next(t, &t->source, w->arena, w->group);
}

static void emit_held(struct walker *w, struct table_state *st) {
    struct row_group *g = st->held;
    struct group *now = w->group;
    struct arena *arena = w->arena;
    w->arena = g->arena;
    if (g->memory) w->group = g->memory;
    emit_group(w, st, g);
    w->group = now;
    w->arena = arena;
    if (g->memory) group_release(w, g->memory);
    st->held = NULL;
}

/* The footer's height depends on the border of the row above it, the last of
 * the bodies: looked up where the table is not too long. */
static void foretell_footer(struct table *t) {
    if (!t->node->whole || !t->source.part) return;
    struct table ahead = *t;
    struct row_group *g;
    int32_t rows = 0;
    ahead.arena = arena_new();
    while (rows <= LOOK_AHEAD && (g = grid_next(&ahead, &ahead.source, ahead.arena, NULL))) rows += g->count;
    if (rows <= LOOK_AHEAD && ahead.first_body_row_seen) borders_foretell(&ahead, ahead.previous);
    arena_drop(ahead.arena);
}

static void begin_rows(struct walker *w, struct table_state *st) {
    struct table *t = st->t;
    st->begun = true;
    if (t->collapse) borders_begin(t);
    read_repeated(t, &t->header, PART_HEADER);
    read_repeated(t, &t->footer, PART_FOOTER);
    if (t->collapse && t->footer.node) {
        borders_footer_read(t);
        foretell_footer(t);
    }
    st->held = read_group(w, t);
    if (t->collapse && !st->held) borders_table_end(t);
    if (t->collapse) borders_heads(t);
    layout_repeated(w, t, &t->header);
    layout_repeated(w, t, &t->footer);
}

static void end_rows(struct walker *w, struct table_state *st, struct wframe *f) {
    struct table *t = st->t;
    if (!st->emitted) {
        if (!t->header.node && !t->footer.node) walk_box(w, 0, NULL, 0);
        if (t->omit_header) emit_repeated(w, t, &t->header, SUB_HEADER);
    } else if (st->glue) {
        walk_break(w, 0, PENALTY_INFINITE, BREAK_NONE, NULL, 0);
        emit_glue(w, st, st->glue);
    }
    if (!t->omit_header) emit_repeated(w, t, &t->header, SUB_HEADER);
    emit_repeated(w, t, &t->footer, SUB_FOOTER);
    t->ended = true;
    walk_close(w, t->blk);
    w->pending = keep_max(w->pending, st->next);
    walk_force(w, st->after);
    f->blk = t->blk->parent;
}

static bool table_step(struct walker *w, struct wframe *f) {
    struct table_state *st = f->state;
    struct table *t = st->t;
    if (!t->columns) {
        diag_add(t->l->diags, DIAG_TABLE_EMPTY, t->node->pos);
        walk_box(w, 0, NULL, 0);
        walk_close(w, t->blk);
        f->blk = t->blk->parent;
        return false;
    }
    if (!st->begun) begin_rows(w, st);
    size_t from = w->out->n;
    while (st->held) {
        struct row_group *next = read_group(w, t);
        if (!next && t->collapse) borders_table_end(t);
        emit_held(w, st);
        st->held = next;
        if (next && !st->orphan_limit) return true;
    }
    end_rows(w, st, f);
    if (st->orphan_limit) limit_breaks(w->out, from, 0, st->orphan_limit);
    return false;
}

static void drop_state(struct wframe *f) {
    struct table_state *st = f->state;
    if (st->held && st->held->memory) group_release(st->w, st->held->memory);
    mem_free(st);
}

static void table_open(struct walker *w, struct wframe *f, struct table *t) {
    struct fo_node *n = f->node;
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    struct edges e = {0};
    if (!t->collapse) edges_of(&e, n, base);
    mpt in[2];
    indents_of(w, n, f->blk, base, in);
    mpt width = f->ref_width - in[0] - in[1];
    if (fo_is_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
        width = fo_length(n, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, base);
    if (width < 0) width = 0;
    t->columns = columns_count(t);
    columns_measure(t, &width);
    t->blk = f->blk = walk_open_indented(w, n, in, width, &e);
}

void table_begin(struct walker *w, struct wframe *f) {
    struct fo_node *n = f->node;
    struct table_state *st = mem_alloc(sizeof *st);
    st->w = w;
    f->state = st;
    f->drop = drop_state;
    f->step = table_step;
    struct arena *arena = w->group ? w->l->seq_arena : w->arena;
    struct table *t = st->t = ARENA_NEW(arena, struct table);
    t->thing.ops = &table_ops;
    t->l = w->l;
    t->node = n;
    t->arena = arena;
    t->collapse = !fo_is(n, P_BORDER_COLLAPSE, E_SEPARATE);
    t->by_precedence = fo_is(n, P_BORDER_COLLAPSE, E_COLLAPSE_WITH_PRECEDENCE);
    t->omit_header = fo_is(n, P_TABLE_OMIT_HEADER_AT_BREAK, E_TRUE);
    t->omit_footer = fo_is(n, P_TABLE_OMIT_FOOTER_AT_BREAK, E_TRUE);
    if (!t->collapse) {
        t->half_inline = fo_length(n, P_BORDER_SEPARATION_INLINE, 0) / 2;
        t->half_block = fo_length(n, P_BORDER_SEPARATION_BLOCK, 0) / 2;
    }
    st->widow_limit = fo_length(n, P_FOX_WIDOW_CONTENT_LIMIT, 0);
    st->orphan_limit = fo_length(n, P_FOX_ORPHAN_CONTENT_LIMIT, 0);
    if (!n->whole) read_ahead(t);
    find_parts(t);
    table_open(w, f, t);
}
