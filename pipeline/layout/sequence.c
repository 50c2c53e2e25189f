/* fo:page-sequence (XSL 1.1, 6.4.5): its flow is walked, broken and placed a
 * bit at a time. */
#include "layout/flow.h"

/* Items made at a time; those beside a float, and those after a change of width, are
 * soon made anew. */
enum { BATCH = 1500, BESIDE = 60 };

static const char *text_of(struct layout *l, const struct fo_node *n) {
    struct buf b = {0};
    for (const struct fo_node *c = n; c;) {
        if (c->element == FO_TEXT) buf_put(&b, c->text, c->text_len);
        if (c->first) {
            c = c->first;
            continue;
        }
        while (c != n && !c->next) c = c->parent;
        if (c == n) break;
        c = c->next;
    }
    const char *s = arena_strndup(l->arena, buf_cstr(&b), b.n);
    buf_free(&b);
    return s;
}

/* 7.27.7: the first page's number. */
static int32_t first_number(struct layout *l, const struct fo_node *n) {
    int32_t next = l->last_number + 1;
    const struct fo_value *v = fo_get(n, P_INITIAL_PAGE_NUMBER);
    if (v->kind == FOV_NUMBER) return v->u.num < 1 ? 1 : (int32_t)v->u.num;
    if (v->kind == FOV_TOKEN && v->token == E_AUTO_ODD) return next % 2 ? next : next + 1;
    if (v->kind == FOV_TOKEN && v->token == E_AUTO_EVEN) return next % 2 ? next + 1 : next;
    return next;
}

enum { KEEP_ALL = 1 << 24 };

static int32_t keep_back(struct page_sequence *ps) {
    if (ps->only) return KEEP_ALL;
    if (ps->columns > 1) return ps->columns;
    if (ps->facing) return 0;
    return chooser_has_last(&ps->chooser) ? 1 : 0;
}

/* Items before the last break placed are no longer needed.  False when few are. */
static bool drop_items(struct walker *w, struct breaker *b, size_t upto) {
    if (upto < 1024) return false;
    struct seq *s = w->out;
    for (size_t i = 0; i < upto; i++) group_release(w, s->v[i].group);
    memmove(s->v, s->v + upto, (s->n - upto) * sizeof *s->v);
    s->n -= upto;
    if (b) breaker_shift(b, upto);
    return true;
}

/* The parts not yet placed are those of the last page: first of them. */
static int32_t rest_start(struct page_sequence *ps, struct breaker *b, int32_t *count) {
    struct part p;
    int32_t n = 0;
    while (breaker_peek(b, n, &p)) n++;
    *count = n;
    if (!n) return 0;
    struct part_place last = plan_place(ps, ps->placed + n - 1);
    int32_t first = n - 1;
    while (first > 0 && plan_place(ps, ps->placed + first - 1).page == last.page) first--;
    return first;
}

static void place_rest(struct page_sequence *ps, struct breaker *b, struct seq *items, int32_t count) {
    struct part p;
    for (int32_t i = 0; i < count && breaker_next(b, &p, 0); i++) page_place(ps, b, items, &p);
}

/* Places all parts but the last page's; first and last of those, and their count. */
static int32_t place_upto_rest(struct page_sequence *ps, struct breaker *b, struct seq *items, struct part *first, struct part *last) {
    int32_t count, before = rest_start(ps, b, &count);
    place_rest(ps, b, items, before);
    count -= before;
    if (!count) return 0;
    breaker_peek(b, 0, first);
    breaker_peek(b, count - 1, last);
    return count;
}

/* All but the last column stretch towards the room there is, as pages do. */
static double fill_ratio(const struct seq *s, struct column c, mpt room) {
    int64_t left = room - seq_extent(s, c.from, c.to), stretch = 0;
    for (size_t i = c.from; i < c.to; i++) stretch += s->v[i].stretch;
    if (left <= 0 || stretch <= 0) return 0;
    return left < stretch ? (double)left / (double)stretch : 1;
}

/* Extent of the notes from those of `a` to those of `z`: 0 when there are none. */
static int64_t notes_extent(struct page_sequence *ps, struct breaker *b, const struct part *a, const struct part *z) {
    int64_t sum = 0;
    for (int32_t i = a->notes[0].from; z->queues && z->notes[0].to >= 0 && i <= z->notes[0].to; i++) {
        struct note *n = breaker_note(b, 0, i);
        if (n && n->items.n) sum += seq_extent(&n->items, 0, n->items.n - 1);
    }
    return sum && ps->separator > 0 ? sum + ps->separator : sum;
}

/* Columns of like height before a spanning block; their notes go with the last. */
static void place_balanced(struct page_sequence *ps, struct breaker *b, struct seq *items, size_t end) {
    struct part p, z;
    int32_t count = place_upto_rest(ps, b, items, &p, &z);
    if (!count) return;
    struct part_place at = plan_place(ps, ps->placed);
    int32_t columns = ps->columns - at.column;
    struct column col[BALANCE_MAX];
    int32_t n = columns > 1 ? balance_columns(items, p.from, end, columns, col) : 0;
    mpt room = plan_source(ps).extent(ps, ps->placed);
    int64_t notes = notes_extent(ps, b, &p, &z);
    for (int32_t i = 0; i < n; i++)
        if (seq_extent(items, col[i].from, col[i].to) + notes > room) n = 0;
    if (n < 2) {
        place_rest(ps, b, items, count);
        return;
    }
    size_t from = p.from;
    breaker_skip(b);
    for (int32_t i = 0; i < n; i++) {
        struct part q = p;
        q.queues = i + 1 < n ? 0 : z.queues;
        q.from = from;
        q.to = col[i].to;
        q.difference = 0;
        q.ratio = i + 1 < n ? fill_ratio(items, col[i], mpt_clamp(room - notes)) : 0;
        for (int32_t k = 0; k < q.queues; k++) {
            struct note_range from = k < p.queues ? p.notes[k] : (struct note_range){.to = -1};
            q.notes[k] = (struct note_range){from.from, from.from_item, z.notes[k].to, z.notes[k].to_item};
        }
        ps->explaining_balance = i + 1 < n;
        page_place(ps, b, items, &q);
        ps->explaining_balance = false;
        from = q.to + 1;
    }
}

/* 7.27.6: does the count need a blank page after the one numbered `number`, the
 * `made`th of its sequence? */
static bool wants_blank(struct page_sequence *ps, int32_t number, int32_t made) {
    struct fo_value next;
    switch (fo_token(ps->node, P_FORCE_PAGE_COUNT)) {
    case E_EVEN: return made % 2 != 0;
    case E_ODD: return made % 2 == 0;
    case E_END_ON_EVEN: return number % 2 != 0;
    case E_END_ON_ODD: return number % 2 == 0;
    case E_NO_FORCE: return false;
    default: break;
    }
    if (!fo_peek_initial_page_number(ps->l->fo, &next)) return false;
    if (next.kind == FOV_NUMBER && next.u.num >= 1) return ((int32_t)next.u.num - number) % 2 == 0;
    if (next.kind != FOV_TOKEN) return false;
    return next.token == E_AUTO_ODD ? number % 2 != 0 : next.token == E_AUTO_EVEN && number % 2 == 0;
}

static void force_count(struct page_sequence *ps) {
    if (!wants_blank(ps, ps->number, ps->made)) return;
    page_end(ps);
    ps->facing = false;
    ps->last = chooser_has_last(&ps->chooser);
    page_make(ps, true);
    ps->last = false;
}

/* Does what is left fit one page under the last page's master?  Then that page
 * is made so; else a blank last page follows (7.27.14). */
struct redo {
    struct region *body;
    int32_t columns;
    mpt top;
};

static mpt redo_extent(void *arg, int32_t part) {
    struct redo *r = arg;
    return part < r->columns ? r->body->height - r->top : r->body->height;
}

static bool redo_ends_page(void *arg, int32_t part) {
    struct redo *r = arg;
    return part % r->columns == r->columns - 1;
}

static struct master *last_master(struct page_sequence *ps, bool current) {
    struct chooser c = current ? ps->before_current : ps->plan[plan_place(ps, ps->placed).page - 1].after;
    int32_t number = ps->number + (current ? 0 : 1);
    return chooser_next(&c, (struct page_kind){.number = number, .first = current && ps->made == 1, .last = true,
                                               .only = current && ps->made == 1});
}

static void blank_last(struct page_sequence *ps) {
    page_end(ps);
    ps->last = !wants_blank(ps, ps->number + 1, ps->made + 1); /* else that one is the last */
    page_make(ps, true);
    ps->last = false;
}

/* Breaks items from `first` on for the last page; *parts: how many it takes. */
static struct breaker *try_last(struct page_sequence *ps, struct seq *items, size_t first, struct redo *r,
                                int32_t *parts) {
    struct breaker_options o = {.separator = ps->separator > 0 ? ps->separator : 0, .recover = true};
    struct breaker *b = breaker_new(items, first, (struct part_source){r, redo_extent, redo_ends_page, NULL}, o);
    breaker_run(b, true);
    struct part p;
    *parts = 0;
    while (breaker_peek(b, *parts, &p)) ++*parts;
    return b;
}

/* The last page under its own master: the present one, or the next. */
static bool begin_last(struct page_sequence *ps, struct master *m, bool current) {
    if (current) return page_replace(ps, m);
    page_end(ps);
    ps->last = true;
    page_make(ps, false);
    ps->last = false;
    return ps->page != NULL;
}

static void end_items(struct seq *s) {
    seq_penalty(s, 0, -PENALTY_INFINITE, BREAK_NONE, NULL, 0);
    s->v[s->n - 1].end_of_flow = true;
}

/* The last page's master has another inline extent: what is left is laid out
 * again for it, and placed if it fits. */
static bool relay_last(struct page_sequence *ps, struct walker *w, size_t first, struct redo r, bool current,
                       struct master *m) {
    if (current && !ps->empty) return false;
    struct walker again;
    struct seq out;
    if (!widths_relay(ps, w, first ? first - 1 : 0, first == 0, m, &again, &out)) return false;
    end_items(&out);
    int32_t parts;
    struct breaker *b = try_last(ps, &out, first ? 1 : 0, &r, &parts);
    bool fits = parts <= r.columns - (current ? ps->column : 0) && begin_last(ps, m, current);
    if (fits) {
        ps->placed = 0;
        place_rest(ps, b, &out, parts);
    }
    breaker_drop(b);
    walk_end(&again);
    for (size_t i = 0; i < out.n; i++) group_release(&again, out.v[i].group);
    seq_free(&out);
    return fits;
}

static void place_last(struct page_sequence *ps, struct walker *w, struct breaker *b) {
    struct seq *items = w->out;
    struct part p, z;
    int32_t count = place_upto_rest(ps, b, items, &p, &z);
    if (!count) return;
    struct part_place at = plan_place(ps, ps->placed);
    bool current = at.page == 0;
    int32_t more = current ? 0 : 1;
    if (wants_blank(ps, ps->number + more, ps->made + more)) return; /* the blank page is the last */
    struct master *m = last_master(ps, current);
    if (!m) return;
    struct region *body = &m->region[REGION_BODY];
    struct redo r = {body, ps->span_all ? 1 : body->columns, current ? ps->span_y : 0};
    if ((ps->span_all ? body->width : body->column_width) != page_column_width(ps, ps->span_all)) {
        if (relay_last(ps, w, p.from, r, current, m)) {
            breaker_skip(b);
            return;
        }
        place_rest(ps, b, items, count);
        if (m != ps->page->master) blank_last(ps);
        return;
    }
    int32_t parts;
    struct breaker *again = try_last(ps, items, p.from, &r, &parts);
    if (parts <= r.columns - (current ? ps->column : 0) && begin_last(ps, m, current)) {
        breaker_skip(b);
        ps->placed = 0;
        place_rest(ps, again, items, parts);
    } else {
        place_rest(ps, b, items, count);
        blank_last(ps);
    }
    breaker_drop(again);
}

static void settle(struct page_sequence *ps, struct walker *w, struct breaker *b) {
    struct part p;
    size_t last = 0;
    while (breaker_next(b, &p, keep_back(ps))) {
        page_place(ps, b, w->out, &p);
        last = p.to;
    }
    drop_items(w, b, last);
}

/* The rest of a block sequence; its items stay, for the break that ended it is
 * named by place. */
static void settle_all(struct page_sequence *ps, struct walker *w, struct breaker *b) {
    struct part p;
    while (breaker_next(b, &p, 0)) page_place(ps, b, w->out, &p);
}

static bool has_end(const struct seq *s) {
    return s->n && s->v[s->n - 1].kind == ITEM_PENALTY && s->v[s->n - 1].end_of_flow;
}

/* The separator's extent is needed as soon as there is a footnote. */
static void measure_separator(struct page_sequence *ps, const struct walker *w) {
    for (size_t i = 0; i < w->out->n && (ps->separator < 0 || ps->head_separator < 0); i++)
        for (uint16_t k = 0; k < w->out->v[i].note_count; k++) {
            if (w->out->v[i].notes[k]->foot.queue == QUEUE_HEAD) head_separator(ps);
            else if (ps->separator < 0) ps->separator = separator_extent(ps->l, ps->node, page_body(ps)->width, "xsl-footnote-separator");
        }
}

/* 7.27.14, "only": the first page would not be the last.  Nothing has been
 * placed yet, so the sequence can begin anew under other masters. */
static bool only_fails(struct page_sequence *ps, const struct walker *w, struct breaker *b, size_t end) {
    struct part p;
    size_t at;
    bool more = breaker_peek(b, ps->columns, &p) || breaker_width_stop(b, &at);
    if (end != SIZE_MAX && !w->out->v[end].end_of_flow) more = true; /* so does a float's cut */
    if (ps->facing) more = true;
    ps->retry = more;
    if (!more && end != SIZE_MAX) ps->only = false;
    return more;
}

/* Fills the list and runs the breaker until the block sequence has ended;
 * returns the index of the forced break that ended it. */
static bool run_list(struct page_sequence *ps, struct walker *w, struct breaker *b, size_t first, size_t *end) {
    size_t batch = ps->float_beside || ps->widths_change ? BESIDE : BATCH, want = first;
    for (size_t scanned = first;; scanned = want = w->out->n) {
        size_t before = w->out->n;
        bool more = walk_some(w, want + batch);
        if (!ps->float_beside && batch < BATCH) batch *= 2;
        if (ps->l->options->trace_items) trace_items(w->out, before, "flow");
        if (!more && !has_end(w->out)) {
            end_items(w->out);
        }
        if (!float_cut(ps, w->out, first, scanned) && more) continue;
        measure_separator(ps, w);
        breaker_set_separator(b, ps->separator > 0 ? ps->separator : 0);
        breaker_set_head_separator(b, ps->head_separator > 0 ? ps->head_separator : 0);
        breaker_run(b, !more);
        bool ended = breaker_ended(b, end);
        if (ps->only && only_fails(ps, w, b, ended ? *end : SIZE_MAX)) return false;
        if (ended) return true;
        size_t at;
        if (breaker_width_stop(b, &at)) {
            settle(ps, w, b);
            return false;
        }
        settle(ps, w, b);
        if (!ps->page) return true;
    }
}

/* Is there content after the break that ended a block sequence?  Without, the
 * break makes no page. */
static bool more_content(struct walker *w, size_t end) {
    size_t i = end + 1;
    for (;;) {
        for (; i < w->out->n; i++)
            if (w->out->v[i].kind == ITEM_BOX) return true;
        if (!walk_some(w, w->out->n + 1)) break;
    }
    for (; i < w->out->n; i++)
        if (w->out->v[i].kind == ITEM_BOX) return true;
    return false;
}

/* Places what is left; true when it was the flow's last block sequence. */
static bool finish_list(struct page_sequence *ps, struct walker *w, struct breaker *b, size_t end) {
    const struct item *it = &w->out->v[end];
    bool next_all = it->next_span == SPAN_ALL && it->break_class == BREAK_NONE; /* a break-after leaves columns as they are */
    bool flow_ends = it->end_of_flow || !more_content(w, end);
    it = &w->out->v[end];
    bool balance = ps->columns > 1 && (next_all || (flow_ends && fo_is(ps->flow, P_S_BALANCE, E_TRUE)));
    if (balance) place_balanced(ps, b, w->out, end);
    else if (flow_ends && !ps->facing && chooser_has_last(&ps->chooser)) place_last(ps, w, b);
    settle_all(ps, w, b);
    return flow_ends;
}

/* Begins the next block sequence as its break asks. */
static void begin_list(struct page_sequence *ps, struct walker *w, size_t end) {
    struct item it = w->out->v[end];
    for (size_t i = 0; i < end; i++) group_release(w, w->out->v[i].group);
    memmove(w->out->v, w->out->v + end, (w->out->n - end) * sizeof *w->out->v);
    w->out->n -= end;
    bool changes = it.next_span != SPAN_SAME, facing = it.next_span == SPAN_FACING;
    if (changes && facing != ps->facing) page_facing(ps, facing);
    else page_go_on(ps, w->out, 1, it.break_class);
    if (changes) page_span(ps, it.next_span != SPAN_NONE);
    ps->l->list_serial++;
    ps->float_seen = false;
}

static void run_flow(struct page_sequence *ps) {
    struct layout *l = ps->l;
    struct seq out = {0};
    struct walker w;
    walk_begin(&w, l, ps->flow, page_column_width(ps, false), &out);
    w.span_width[0] = page_column_width(ps, false);
    w.span_width[1] = page_column_width(ps, true);
    w.note_width = page_column_width(ps, true);
    w.span = E_NONE;
    size_t first = 0;
    walk_some(&w, 1);
    if (w.first_span == E_FACING) page_facing(ps, true);
    if (w.first_span == E_ALL || w.first_span == E_FACING) page_span(ps, true);
    while (ps->page) {
        plan_start(ps);
        struct breaker *b = breaker_new(&out, first, plan_source(ps), (struct breaker_options){.recover = true});
        breaker_take(b, &ps->rest);
        ps->rest.count = 0;
        size_t end = 0;
        bool ended = run_list(ps, &w, b, first, &end);
        if (ended && ps->page && !ps->retry && out.v[end].cut) {
            settle_all(ps, &w, b);
            breaker_drop(b);
            first = ps->page ? float_go_on(ps, &w, end) : 0;
            continue;
        }
        bool last = ended && ps->page && !ps->retry && finish_list(ps, &w, b, end);
        if (ps->retry) ended = true;
        if (!ended) {
            first = widths_change(ps, &w, b);
            if (drop_items(&w, NULL, first - 1)) first = 1;
        }
        ps->widths_change = !ended;
        breaker_drop(b);
        if (!ps->page || ps->retry || last) break;
        if (ended) {
            bool beside = float_end(ps, &w);
            begin_list(ps, &w, end);
            first = 1;
            bool other = ps->page && w.span_width[ps->span_all] != page_column_width(ps, ps->span_all);
            if (ps->page && (beside || other)) first = widths_adapt(ps, &w, 0);
        }
    }
    walk_end(&w);
    for (size_t i = 0; i < out.n; i++) group_release(&w, out.v[i].group);
    seq_free(&out);
}

static void sequence_parts(struct page_sequence *ps) {
    for (struct fo_node *n = ps->node->first; n; n = n->next) {
        if (n->element == FO_FOLIO_PREFIX) ps->prefix = text_of(ps->l, n);
        if (n->element == FO_FOLIO_SUFFIX) ps->suffix = text_of(ps->l, n);
        if (n->element == FO_TITLE && ps->l->sequence_serial == 1 && !fo_meta(ps->l->fo, "title"))
            ps->l->sink->meta(ps->l->sink, "title", text_of(ps->l, n)); /* 6.4.21: of a document, the first one's */
    }
}

int pages_run(struct layout *l, struct masters *m, struct fo_node *sequence) {
    struct page_sequence ps = {.l = l, .masters = m, .node = sequence, .flow = flow_map_flow(l, sequence), .separator = -1, .head_separator = -1};
    if (!ps.flow) {
        diag_add(l->diags, DIAG_FO_STRUCTURE, sequence->pos, "fo:page-sequence without fo:flow");
        return 0;
    }
    ps.notes_by_column = fo_is(sequence, P_S_FOOTNOTES, E_COLUMN) || fo_is(ps.flow, P_S_FOOTNOTES, E_COLUMN);
    l->ps = &ps;
    l->sequence_serial++;
    l->list_serial++;
    const char *format = fo_string(sequence, P_FORMAT);
    ps.format = format && *format ? str_intern(format, strlen(format)) : "1";
    sequence_parts(&ps);
    ps.number = first_number(l, sequence);
    chooser_start(&ps.chooser, m, sequence);
    if (!ps.chooser.known) {
        const char *name = fo_string(sequence, P_MASTER_REFERENCE);
        diag_add(l->diags, DIAG_NO_MASTER, sequence->pos, name ? name : "");
        return -1;
    }
    ps.only = chooser_has_only(&ps.chooser);
    bool ok = page_make(&ps, false);
    change_bars_outside(&ps, true);
    if (ok) run_flow(&ps);
    if (ps.retry) {
        ps.bar_count = 0;
        ps.float_count = 0;
        change_bars_outside(&ps, true);
        page_undo(&ps);
        notes_drop(l);
        chooser_start(&ps.chooser, m, sequence);
        ps.chooser.skip_only = true;
        ok = page_make(&ps, false);
        if (ok) run_flow(&ps);
    }
    if (ps.page) force_count(&ps);
    if (ps.page) {
        if (sequence->id) ids_placed(l, sequence->id, ps.page);
        if (ps.flow->id) ids_placed(l, ps.flow->id, ps.page);
        if (sequence->parent && sequence->parent->id) ids_placed(l, sequence->parent->id, ps.page);
        page_end(&ps);
        tags_end_before(l, NULL, true);
        ok = true;
    } else {
        ok = false;
    }
    if (sequence->id) ids_ended(l, sequence->id);
    l->last_number = ps.number;
    markers_keep(l);
    notes_drop(l);
    mem_free(ps.rest.notes);
    mem_free(ps.floats);
    mem_free(ps.bars);
    mem_free(ps.plan);
    mem_free(ps.places);
    mem_free(ps.notes);
    l->ps = NULL;
    return ok ? 0 : -1;
}
