/* The current page: made from its master, filled part by part, finished with
 * footnotes and static content (XSL 1.1, 6.4.5, 6.4.12, 7.27.6). */
#include "layout/flow.h"

struct region *page_body(struct page_sequence *ps) {
    return &ps->page->master->region[REGION_BODY];
}

mpt page_column_width(struct page_sequence *ps, bool span_all) {
    struct region *r = page_body(ps);
    return span_all ? r->width : r->column_width;
}

static const char *label_of(struct page_sequence *ps, struct arena *arena, int32_t number) {
    struct buf b = {0};
    if (ps->prefix) buf_str(&b, ps->prefix);
    const char *grouping = fo_string(ps->node, P_GROUPING_SEPARATOR);
    text_format_number(&b, number, ps->format, grouping, (int)fo_number(ps->node, P_GROUPING_SIZE));
    if (ps->suffix) buf_str(&b, ps->suffix);
    char *s = arena_strndup(arena, buf_cstr(&b), b.n);
    buf_free(&b);
    return s;
}

static struct page *new_page(struct page_sequence *ps, struct master *m, bool blank) {
    struct layout *l = ps->l;
    struct page *page = mem_alloc(sizeof *page);
    page->l = l;
    page->arena = arena_new();
    page->number = ps->number;
    page->master = m;
    page->markers = marker_slots_new(page->arena);
    struct area_page *a = page->area = ARENA_NEW(page->arena, struct area_page);
    a->arena = page->arena;
    a->index = l->page_count++;
    a->width = m->width;
    a->height = m->height;
    a->number = ps->number;
    a->label = label_of(ps, page->arena, ps->number);
    a->format = ps->format;
    a->prefix = ps->prefix;
    a->suffix = ps->suffix;
    a->blank = blank;
    a->lang = fo_string(ps->node, P_LANGUAGE);
    a->master = m->name;
    return page;
}

static struct rect body_rect(const struct region *r) {
    if (!r->node) return (struct rect){0};
    struct rect in = r->viewport;
    in.x += edges_width(&r->edges, r->rl ? SIDE_END : SIDE_START);
    in.y += edges_width(&r->edges, SIDE_BEFORE);
    in.w -= edges_width(&r->edges, SIDE_START) + edges_width(&r->edges, SIDE_END);
    in.h -= edges_width(&r->edges, SIDE_BEFORE) + edges_width(&r->edges, SIDE_AFTER);
    return in;
}

static void open_body(struct page_sequence *ps, struct master *m) {
    struct layout *l = ps->l;
    struct region *r = &m->region[REGION_BODY];
    ps->empty = true;
    ps->body = ARENA_NEW(ps->page->arena, struct area_list);
    ps->page_node = NULL;
    ps->span_y = ps->span_h = ps->lowest = 0;
    ps->column = 0;
    ps->columns = ps->span_all || !r->node ? 1 : r->columns;
    ps->page->list = ps->body;
    if (r->node) ps->canvas = region_canvas(ps->page, r, ps->body);
    ps->page->area->body = body_rect(r);
    l->page_estimate = ps->number;
    l->area_height = r->height;
    l->page_width = m->width;
    l->page_height = m->height;
}

static void place_outer_ids(struct page_sequence *ps) {
    struct layout *l = ps->l;
    struct fo_node *root = ps->node->parent;
    if (ps->node->id) ids_placed(l, ps->node->id, ps->page);
    if (ps->flow->id) ids_placed(l, ps->flow->id, ps->page);
    if (root && root->id) ids_placed(l, root->id, ps->page);
}

/* The flow's own markers (6.4.19). */
static void flow_markers(struct page_sequence *ps, bool starting) {
    struct placer p = {.l = ps->l, .page = ps->page, .c = ps->canvas};
    place_markers(&p, ps->flow, starting, starting && ps->made == 1);
}

static bool make_one(struct page_sequence *ps, bool blank) {
    struct layout *l = ps->l;
    if (l->options->limit_pages && l->page_count >= l->options->limit_pages) {
        diag_add(l->diags, DIAG_LAYOUT_LIMIT, ps->node->pos, "more pages than the limit allows");
        return false;
    }
    if (ps->made++) ps->number++;
    ps->before_current = ps->chooser;
    struct page_kind k = {.number = ps->number, .first = ps->made == 1, .last = ps->last || ps->only, .only = ps->only, .blank = blank};
    struct master *m = chooser_next(&ps->chooser, k);
    if (!m) {
        diag_add(l->diags, DIAG_NO_MASTER, ps->node->pos, fo_string(ps->node, P_MASTER_REFERENCE));
        return false;
    }
    ps->page = new_page(ps, m, blank);
    open_body(ps, m);
    if (!blank) place_outer_ids(ps);
    flow_markers(ps, true);
    return true;
}

static void swap_sides(struct page_sequence *ps) {
    struct open_page now = {ps->page, ps->body, ps->canvas};
    ps->page = ps->recto.page;
    ps->body = ps->recto.body;
    ps->canvas = ps->recto.canvas;
    ps->recto = now;
}

/* The second page of a spread, beside the current one. */
static bool make_recto(struct page_sequence *ps) {
    swap_sides(ps);
    bool made = make_one(ps, false);
    swap_sides(ps);
    return made;
}

/* Begins the next page, or spread; what was before must have been ended. */
bool page_make(struct page_sequence *ps, bool blank) {
    if (!make_one(ps, blank)) return false;
    if (ps->facing && !make_recto(ps)) page_end(ps);
    explain_begin(ps);
    return ps->page != NULL;
}

bool page_replace(struct page_sequence *ps, struct master *m) {
    struct page *page = ps->page;
    struct region *now = page_body(ps), *next = &m->region[REGION_BODY];
    bool alike = page->master->rotation == m->rotation && now->viewport.x == next->viewport.x &&
                 now->viewport.y == next->viewport.y && now->width == next->width && now->rotation == next->rotation &&
                 now->columns == next->columns && now->column_width == next->column_width;
    if (!ps->empty && !alike) return false;
    page->master = m;
    page->area->width = m->width;
    page->area->height = m->height;
    page->area->master = m->name;
    if (ps->empty) {
        open_body(ps, m);
        explain_begin(ps);
    }
    return true;
}

/* Of one queue, and of the page (column 0) or one of its columns: 0 without footnotes. */
static int64_t queue_extent(const struct page_sequence *ps, int32_t queue, int32_t column) {
    int64_t height = 0;
    bool any = false;
    for (size_t i = 0; i < ps->note_count; i++) {
        const struct page_note *n = &ps->notes[i];
        if (n->note->foot.queue != queue || n->column != column) continue;
        height += seq_extent(&n->note->items, n->from, n->to);
        any = true;
    }
    return height + (any && ps->separator > 0 ? ps->separator : 0);
}

mpt page_notes_extent(const struct page_sequence *ps) {
    int64_t most = 0;
    for (int32_t k = 1; k < QUEUE_HEAD && ps->note_count; k++) {
        int64_t h = queue_extent(ps, k, 0);
        if (h > most) most = h;
    }
    for (int32_t c = 1; c <= ps->page->master->region[REGION_BODY].columns && ps->note_count && ps->notes_by_column; c++) {
        int64_t h = queue_extent(ps, 0, c);
        if (h > most) most = h;
    }
    return mpt_clamp(most + queue_extent(ps, 0, 0));
}

/* Columns share one foot: a note that a later one cites may come where an
 * earlier one is full already (s:footnotes="column" gives each its own). */
static void tell_overlap(struct page_sequence *ps, int64_t by) {
    struct buf what = {0}, s = {0};
    buf_fmt(&what, "a column above the footnotes of page %s", ps->page->area->label);
    buf_milli(&s, by);
    diag_add(ps->l->diags, DIAG_OVERFLOW, page_body(ps)->node->pos, what.p, s.p);
    buf_free(&what);
    buf_free(&s);
}

/* One queue's footnotes end at `bottom`, below the separator. */
static void place_queue(struct page_sequence *ps, int32_t queue, int32_t column, int64_t bottom, bool recto) {
    mpt y = mpt_clamp(bottom - queue_extent(ps, queue, column));
    bool separated = ps->separator <= 0;
    for (size_t i = 0; i < ps->note_count; i++) {
        struct page_note *n = &ps->notes[i];
        const struct lane_foot *foot = &n->note->foot;
        if (foot->queue != queue || n->column != column || foot->recto != recto || n->placed) continue;
        struct canvas c = ps->canvas;
        if (column) {
            const struct region *r = page_body(ps);
            struct rect at = canvas_rect(&c, (mpt)((column - 1) * ((int64_t)r->column_width + r->gap)), 0, r->column_width, 0);
            c.x = at.x;
            c.width = r->column_width;
        } else if (queue) {
            struct rect r = canvas_rect(&c, foot->ix, 0, foot->width, 0);
            c.x = r.x;
            c.width = foot->width;
        }
        if (!separated) {
            separator_place(ps->page, ps->node, &c, y, "xsl-footnote-separator");
            y += ps->separator;
            separated = true;
        }
        struct placer p = {.l = ps->l, .page = ps->page, .c = c, .y = y};
        place_items(&p, &n->note->items, n->from, n->to, n->from > 0, n->to < n->note->items.n);
        y = p.y;
        n->placed = true;
    }
}

/* Footnotes stand at the foot of the region-body: those of the page, above them
 * side by side those of lanes. */
static void place_notes(struct page_sequence *ps, bool recto) {
    if (!ps->note_count) return;
    mpt bottom = page_body(ps)->height;
    int64_t above = recto ? bottom : bottom - queue_extent(ps, 0, 0);
    for (int32_t k = 1; k < QUEUE_HEAD; k++) place_queue(ps, k, 0, above, recto);
    for (int32_t c = 1; c <= page_body(ps)->columns && ps->notes_by_column; c++) place_queue(ps, 0, c, above, recto);
    if (ps->columns > 1 && ps->lowest > above && queue_extent(ps, 0, 0)) tell_overlap(ps, ps->lowest - above);
    place_queue(ps, 0, 0, bottom, recto);
}

static void drop_notes(struct page_sequence *ps) {
    for (size_t i = 0; i < ps->note_count; i++)
        if (ps->notes[i].to >= ps->notes[i].note->items.n) note_drop(ps->notes[i].note);
    ps->note_count = 0;
}

static void end_one(struct page_sequence *ps, bool recto) {
    struct page *page = ps->page;
    place_notes(ps, recto);
    flow_markers(ps, false);
    stacking_settle(page);
    struct area_list before = {0}, after = {0};
    furniture_add(page, ps->node, &before, &after);
    markers_commit(ps->l, page);
    struct area_list *out = &page->area->areas;
    struct master *m = page->master;
    if (m->rotation) {
        bool across = m->rotation % 180 != 0;
        struct canvas c = turned_canvas(page->arena, out, 0, 0, across ? m->height : m->width, across ? m->width : m->height, m->rotation, false, false, m->node->pos);
        out = c.list;
    }
    area_list_append(out, &before);
    struct region *body = &m->region[REGION_BODY];
    if (body->node) region_paint(page, body, out);
    area_list_append(out, ps->body);
    area_list_append(out, &after);
    ps->page = NULL;
    page_finish(ps->l, page);
    if (ps->l->options->progress) ps->l->options->progress(ps->l->options->arg, ps->l->page_count);
}

void page_end(struct page_sequence *ps) {
    if (!ps->page) return;
    explain_end(ps);
    end_one(ps, false);
    if (ps->facing && ps->recto.page) {
        swap_sides(ps);
        end_one(ps, true);
    }
    ps->recto.page = NULL;
    drop_notes(ps);
}

void page_undo(struct page_sequence *ps) {
    ps->only = ps->retry = ps->facing = ps->span_all = false;
    ps->made = 0;
    struct page *pages[] = {ps->page, ps->recto.page};
    ps->page = ps->recto.page = NULL;
    for (int i = 0; i < 2; i++) {
        if (!pages[i]) continue;
        ps->l->page_count--;
        arena_drop(pages[i]->arena);
        mem_free(pages[i]);
    }
}

static void next_page(struct page_sequence *ps) {
    page_end(ps);
    page_make(ps, false);
}

static bool wrong_side(int32_t number, enum break_class c) {
    return (c == BREAK_EVEN && number % 2 != 0) || (c == BREAK_ODD && number % 2 == 0);
}

/* 7.20.1-2.  Where a page of the wrong side would come, a blank one is added. */
static void page_break_page(struct page_sequence *ps, enum break_class c) {
    if (ps->facing) c = BREAK_PAGE;
    if (ps->empty) {
        if (!wrong_side(ps->number, c)) return;
        next_page(ps);
        return;
    }
    page_end(ps);
    if (wrong_side(ps->number + 1, c)) {
        if (!page_make(ps, true)) return;
        page_end(ps);
    }
    page_make(ps, false);
}

static void next_column(struct page_sequence *ps) {
    struct region *r = page_body(ps);
    if (ps->span_all && r->columns > 1) {
        next_page(ps);
    } else if (ps->column + 1 < ps->columns) {
        ps->column++;
    } else {
        next_page(ps);
    }
}

void page_break(struct page_sequence *ps, enum break_class c) {
    if (!ps->page) return;
    if (c == BREAK_COLUMN) next_column(ps);
    else if (c != BREAK_NONE) page_break_page(ps, c);
}

void page_facing(struct page_sequence *ps, bool on) {
    if (!on) {
        page_end(ps);
        ps->facing = false;
        page_make(ps, false);
        return;
    }
    page_break_page(ps, BREAK_EVEN);
    if (!ps->page) return;
    ps->facing = true;
    if (!ps->l->spreads) ps->l->sink->meta(ps->l->sink, "page-layout", "TwoPageRight");
    ps->l->spreads = true;
    if (!make_recto(ps)) page_end(ps);
}

mpt page_facing_width(const struct page_sequence *ps, bool recto) {
    struct chooser c = ps->chooser;
    const struct master *m = chooser_next(&c, (struct page_kind){.number = recto ? 3 : 2});
    if (!m) m = ps->page->master;
    return m->region[REGION_BODY].width;
}

/* A change of span opens a new span area below the present one (7.21.3). */
void page_span(struct page_sequence *ps, bool all) {
    if (!ps->page) return;
    ps->span_all = all;
    ps->span_y += ps->span_h;
    ps->span_h = 0;
    ps->column = 0;
    ps->columns = all ? 1 : page_body(ps)->columns;
}

static void add_note(struct page_sequence *ps, struct note *n, size_t from, size_t to) {
    if (!n || from >= to) return;
    ps->notes = mem_grow(ps->notes, &ps->note_cap, ps->note_count + 1, sizeof *ps->notes);
    bool own = ps->notes_by_column && ps->columns > 1 && n->foot.queue == 0;
    ps->notes[ps->note_count++] = (struct page_note){.note = n, .from = from, .to = to, .column = own ? ps->column + 1 : 0};
}

static void add_notes(struct page_sequence *ps, struct breaker *b, const struct part *part) {
    for (int32_t k = 0; k < part->queues && k < QUEUE_HEAD; k++) {
        const struct note_range *r = &part->notes[k];
        for (int32_t i = r->from; r->to >= 0 && i <= r->to; i++) {
            struct note *n = breaker_note(b, k, i);
            if (!n) continue;
            size_t from = i == r->from ? (size_t)r->from_item : 0;
            size_t to = i == r->to ? (size_t)r->to_item : n->items.n;
            if (to + 1 >= n->items.n) to = n->items.n; /* whole; else `to` is the break in it */
            add_note(ps, n, from, to);
            if (from < to) ps->empty = false;
        }
    }
}

static void tell_overflow(struct page_sequence *ps, mpt by) {
    struct buf what = {0}, s = {0};
    buf_fmt(&what, "fo:region-body on page %s", ps->page->area->label);
    buf_milli(&s, by);
    diag_add(ps->l->diags, DIAG_OVERFLOW, page_body(ps)->node->pos, what.p, s.p);
    buf_free(&what);
    buf_free(&s);
}

static mpt display_shift(struct page_sequence *ps, mpt left) {
    enum fo_token t = fo_token(page_body(ps)->node, P_DISPLAY_ALIGN);
    return t == E_CENTER ? left / 2 : t == E_AFTER ? left : 0;
}

/* Where the items from `from` on begin. */
struct frontier page_frontier(const struct seq *items, size_t from) {
    for (size_t i = from; i < items->n; i++) {
        const struct item *it = &items->v[i];
        if (it->kind != ITEM_BOX || !it->blk || (it->thing && thing_is_run(it->thing))) continue;
        struct frontier f = {.node = it->blk->node, .read = it->blk->node};
        table_frontier(it, &f);
        list_frontier(it, &f);
        lanes_frontier(it, &f);
        return f;
    }
    return (struct frontier){0};
}

void page_go_on(struct page_sequence *ps, const struct seq *items, size_t from, enum break_class c) {
    int32_t made = ps->made;
    page_break(ps, c);
    if (ps->made == made) return;
    struct frontier f = page_frontier(items, from);
    page_passed(ps, &f);
}

void page_passed(struct page_sequence *ps, const struct frontier *f) {
    ps->page_node = f->read;
    tags_end_before(ps->l, f, false);
    reading_forget(ps);
}

/* Places the list's next part in its column, going on to the next column or
 * page before when it is not the list's first. */
void page_place(struct page_sequence *ps, struct breaker *b, const struct seq *items, const struct part *part) {
    if (ps->placed++ > 0) {
        if (ps->column + 1 < ps->columns) ps->column++;
        else page_go_on(ps, items, part->from, BREAK_PAGE);
    }
    if (!ps->page) return;
    add_notes(ps, b, part);
    struct region *r = page_body(ps);
    mpt width = page_column_width(ps, ps->span_all);
    mpt ix = ps->span_all ? 0 : (mpt)(ps->column * ((int64_t)r->column_width + r->gap));
    struct placer p = {.l = ps->l, .page = ps->page, .c = ps->canvas, .ratio = part->ratio};
    struct rect at = canvas_rect(&ps->canvas, ix, ps->span_y, width, 0);
    p.c.x = at.x;
    p.c.y = at.y;
    p.c.width = width;
    struct recto recto = {ps->recto.page, ps->recto.canvas};
    if (ps->facing) p.recto = &recto;
    heads_place(ps, b, part, &p);
    if (part->empty) {
        ps->empty = false;
        return;
    }
    explain_part(ps, items, part);
    if (part->overflow > 0) tell_overflow(ps, part->overflow);
    p.y += display_shift(ps, part->difference);
    p.room = mpt_clamp((int64_t)part->difference - display_shift(ps, part->difference));
    change_bars_column(ps, true, p.c.x, width);
    place_items(&p, items, part->from, part->to, part->from > 0, true);
    change_bars_column(ps, false, 0, 0);
    if (p.y > ps->span_h || ps->column == 0) ps->span_h = p.y;
    if ((int64_t)ps->span_y + p.y > ps->lowest) ps->lowest = mpt_clamp((int64_t)ps->span_y + p.y);
    ps->empty = false;
}
