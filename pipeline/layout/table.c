/* fo:table (XSL 1.1, 6.7.3): walked a row group at a time, one held back for
 * what the next row says of keeps, breaks and the edge they share. */
#include "layout/table.h"

struct table_state {
    struct table *t;
    struct row_source body;
    struct row_group *held;
    struct arena *held_arena;
    const struct row *above; /* last row before the held group */
    struct group *held_group;
    bool started, ended;
};

static const struct row *last_row(const struct row_group *g) {
    return g ? &g->rows[g->count - 1] : NULL;
}

static const struct row *first_row(const struct row_group *g) {
    return g ? &g->rows[0] : NULL;
}

static struct fo_node *part_of(struct fo_node *table, enum fo_element e) {
    for (struct fo_node *n = table->first; n; n = n->next)
        if (n->element == e) return n;
    return NULL;
}

static bool next_body(struct row_source *s) {
    struct fo_node *n = s->part ? s->part->next : s->table->node->first;
    while (n && n->element != FO_TABLE_BODY) n = n->next;
    s->part = n;
    s->child = n ? n->first : NULL;
    s->number = 0;
    return n != NULL;
}

static struct row_group *next_group(struct walker *w, struct table_state *st) {
    for (;;) {
        if (st->body.part) {
            struct row_group *g = grid_next(w, w->l->seq_arena, &st->body);
            if (g) {
                const struct row *above = st->held ? last_row(st->held) : last_row(st->t->header);
                borders_resolve(st->t, g, above, NULL);
                g->memory = w->group;
                if (g->memory) g->memory->items++;
                steps_layout(w, st->t, g);
                return g;
            }
        }
        if (!next_body(&st->body)) return NULL;
        tag_of(w->l, st->body.part);
    }
}

/* Header and footer are laid out whole, before the body. */
static void fixed_part(struct walker *w, struct table *t, struct fo_node *part, int32_t kind, const struct row *before, const struct row *after) {
    if (!part) return;
    tag_of(w->l, part);
    struct arena *outer = w->arena;
    struct group *group = w->group;
    w->arena = w->l->seq_arena;
    w->group = NULL;
    struct row_source s = {.table = t, .part = part, .child = part->first, .kind = kind};
    struct step_out o = {.out = kind == TABLE_HEADER ? &t->header_items : &t->footer_items};
    struct row_group *g;
    while ((g = grid_next(w, w->arena, &s))) {
        borders_resolve(t, g, before, after);
        steps_layout(w, t, g);
        steps_make(w, t, g, &o);
        if (kind == TABLE_HEADER) t->header = g;
        else t->footer = g;
        before = &g->rows[g->count - 1];
    }
    int64_t height = 0;
    for (size_t i = 0; i < o.out->n; i++)
        if (o.out->v[i].kind != ITEM_PENALTY) height += o.out->v[i].w;
    struct table_step *steps = ARENA_ARRAY(w->l->seq_arena, struct table_step, o.count);
    for (size_t i = 0; i < o.count; i++) steps[i] = *o.steps[i];
    if (kind == TABLE_HEADER) {
        t->header_steps = steps;
        t->header_count = (int32_t)o.count;
        t->header_height = mpt_clamp(height);
    } else {
        t->footer_steps = steps;
        t->footer_count = (int32_t)o.count;
        t->footer_height = mpt_clamp(height);
    }
    mem_free(o.steps);
    seq_free(o.out);
    w->arena = outer;
    w->group = group;
}

static struct keep row_keep(const struct row_group *g, bool next) {
    const struct row *r = next ? last_row(g) : first_row(g);
    struct keep k = next ? r->next : r->previous;
    for (int32_t i = 0; i < g->table->column_count; i++)
        if (r->grid[i]) k = keep_max(k, edge_keep(r->grid[i]->node, next));
    return k;
}

/* The break between two groups: the last one of the first, under what both ask. */
static void mend_break(struct walker *w, struct table *t, const struct row_group *a, const struct row_group *b) {
    for (size_t i = w->out->n; i-- > 0;) {
        struct item *it = &w->out->v[i];
        if (it->kind != ITEM_PENALTY || it->thing != &t->thing) {
            if (it->kind == ITEM_BOX) return;
            continue;
        }
        if (!b) {
            it->penalty = PENALTY_INFINITE;
            it->break_class = BREAK_NONE;
            it->w = 0;
            return;
        }
        struct keep k = keep_max(keep_max(row_keep(a, true), row_keep(b, false)), t->blk->together);
        enum break_class c = last_row(a)->break_after > first_row(b)->break_before ? last_row(a)->break_after : first_row(b)->break_before;
        it->penalty = c ? -PENALTY_INFINITE : keep_penalty(k);
        it->break_class = (uint8_t)(c ? c : k.context);
        return;
    }
}

/* Lays the held group out, now that the row after it is known. */
static void emit_held(struct walker *w, struct wframe *f, struct table_state *st, struct row_group *next) {
    struct table *t = st->t;
    struct row_group *g = st->held;
    borders_resolve(t, g, st->above ? st->above : last_row(t->header), next ? first_row(next) : first_row(t->footer));
    if (!st->started) {
        walk_flush(w, false);
        w->at_start = false;
    }
    st->started = true;
    struct step_out o = {w->out, t->steps, t->step_count, t->step_cap};
    struct group *now = w->group;
    if (g->memory) {
        w->group = g->memory;
        w->arena = g->memory->arena;
    }
    steps_make(w, t, g, &o);
    if (g->memory) {
        w->group = now;
        w->arena = now->arena;
        group_release(w, g->memory);
        g->memory = NULL;
    }
    t->steps = o.steps;
    t->step_count = o.count;
    t->step_cap = o.cap;
    f->blk->has_children = true;
    st->above = last_row(g);
}

static bool table_end(struct walker *w, struct wframe *f, struct table_state *st) {
    struct table *t = st->t;
    if (st->held) {
        emit_held(w, f, st, NULL);
        mend_break(w, t, st->held, NULL);
    }
    if (t->header && !t->omit_header) walk_box(w, t->header_height, &t->thing, SUB_HEADER);
    if (t->footer) walk_box(w, t->footer_height, &t->thing, SUB_FOOTER);
    if (!st->held && !t->header && !t->footer) walk_box(w, 0, NULL, 0);
    walk_close(w, f->blk);
    if (st->held) {
        w->pending = keep_max(w->pending, row_keep(st->held, true));
        walk_force(w, last_row(st->held)->break_after);
    }
    f->blk = f->blk->parent;
    return false;
}

static bool table_step(struct walker *w, struct wframe *f) {
    struct table_state *st = f->state;
    struct row_group *next = next_group(w, st);
    if (!st->held) {
        if (!next) return table_end(w, f, st);
        st->held = next;
        w->pending = keep_max(w->pending, row_keep(next, false));
        walk_force(w, first_row(next)->break_before);
        if (st->t->header && st->t->omit_header) {
            walk_box(w, st->t->header_height, &st->t->thing, SUB_HEADER);
            st->started = true;
        }
        return true;
    }
    if (!next) return table_end(w, f, st);
    emit_held(w, f, st, next);
    mend_break(w, st->t, st->held, next);
    st->held = next;
    return true;
}

static void drop_state(struct wframe *f) {
    struct table_state *st = f->state;
    mem_free(st);
}

static void indents(struct wframe *f, struct table *t, const struct edges *e, mpt *ix, mpt *iw) {
    mpt base = f->blk ? f->blk->iw : f->ref_width;
    *ix = fo_length(f->node, P_START_INDENT, base);
    *iw = f->ref_width - *ix - fo_length(f->node, P_END_INDENT, base);
    if (fo_is_length(f->node, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
        *iw = fo_length(f->node, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM, base);
    if (*iw < 0) *iw = 0;
    (void)t, (void)e;
}

void table_begin(struct walker *w, struct wframe *f) {
    struct fo_node *n = f->node;
    struct table *t = ARENA_NEW(w->l->seq_arena, struct table);
    t->thing.ops = &table_ops;
    t->node = n;
    t->l = w->l;
    t->collapse = !fo_is(n, P_BORDER_COLLAPSE, E_SEPARATE);
    t->separation_inline = t->collapse ? 0 : fo_length(n, P_BORDER_SEPARATION_INLINE, 0);
    t->separation_block = t->collapse ? 0 : fo_length(n, P_BORDER_SEPARATION_BLOCK, 0);
    t->omit_header = fo_is(n, P_TABLE_OMIT_HEADER_AT_BREAK, E_TRUE);
    t->omit_footer = fo_is(n, P_TABLE_OMIT_FOOTER_AT_BREAK, E_TRUE);
    struct edges e;
    edges_of(&e, n, f->blk ? f->blk->iw : f->ref_width);
    if (t->collapse) e = (struct edges){0};
    mpt ix, iw;
    indents(f, t, &e, &ix, &iw);
    t->width = iw;
    table_columns(w, t, iw);
    if (t->column_x[t->column_count] > t->width) t->width = t->column_x[t->column_count];
    f->blk = walk_open(w, n, ix, t->width, &e);
    if (t->collapse) f->blk->paints = false;
    t->blk = f->blk;
    t->ix = f->blk->ix;
    struct table_state *st = mem_alloc(sizeof *st);
    st->t = t;
    st->body = (struct row_source){.table = t, .kind = TABLE_BODY};
    f->state = st;
    f->step = table_step;
    f->drop = drop_state;
    fixed_part(w, t, part_of(n, FO_TABLE_HEADER), TABLE_HEADER, NULL, NULL);
    fixed_part(w, t, part_of(n, FO_TABLE_FOOTER), TABLE_FOOTER, NULL, NULL);
}
