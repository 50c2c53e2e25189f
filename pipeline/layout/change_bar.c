/* fo:change-bar-begin and -end (XSL 1.1, 6.13.2-3, 7.30): a bar beside the
 * column from the line that holds the one to the line that holds the other,
 * on each page and column between them. */
#include "layout/flow.h"

struct change_bar {
    struct fo_node *begin;
    bool met;      /* something it marks stands in this column */
    mpt from, to;
};

bool is_change_bar(const struct fo_node *n) {
    return n->element == FO_CHANGE_BAR_BEGIN || n->element == FO_CHANGE_BAR_END;
}

/* On which side of its column (7.30.4)? */
static bool on_start_side(const struct page_sequence *ps, const struct fo_node *n) {
    bool rl = ps->canvas.rl, bound_at_start = (ps->number % 2 != 0) != rl;
    switch (fo_token(n, P_CHANGE_BAR_PLACEMENT)) {
    case E_END: return false;
    case E_LEFT: return !rl;
    case E_RIGHT: return rl;
    case E_INSIDE: return bound_at_start;
    case E_OUTSIDE: return !bound_at_start;
    case E_ALTERNATE: return ps->columns == 2 ? ps->column == 0 : !bound_at_start;
    default: return true;
    }
}

/* 7.30.3: the offset is to the bar's centre. */
static void draw(struct page_sequence *ps, struct change_bar *b) {
    struct fo_node *n = b->begin;
    enum fo_token style = fo_token(n, P_CHANGE_BAR_STYLE);
    mpt width = fo_length(n, P_CHANGE_BAR_WIDTH, 0), offset = fo_length(n, P_CHANGE_BAR_OFFSET, 0);
    if (!b->met || style == E_NONE || style == E_HIDDEN || width <= 0 || b->to <= b->from) return;
    bool left = on_start_side(ps, n) != ps->canvas.rl;
    mpt x = left ? ps->bar_x - offset : ps->bar_x + ps->bar_width + offset;
    struct rect r = {x - width / 2, b->from, width, b->to - b->from};
    const mpt w[4] = {0, 0, width, 0};
    struct color color = color_of(fo_get(n, P_CHANGE_BAR_COLOR));
    paint_border_side(ps->page->arena, ps->canvas.list, n->pos, 2, r, w, style, color);
}

static bool same_class(const struct fo_node *a, const struct fo_node *b) {
    const char *x = fo_string(a, P_CHANGE_BAR_CLASS), *y = fo_string(b, P_CHANGE_BAR_CLASS);
    return x && y && strcmp(x, y) == 0;
}

/* The bar stands in the order of the flow where its object does. */
void change_bar_meet(struct layout *l, struct fo_node *n) {
    struct page_sequence *ps = l->ps;
    if (!ps) return;
    if (n->element == FO_CHANGE_BAR_BEGIN) {
        ps->bars = mem_grow(ps->bars, &ps->bar_cap, ps->bar_count + 1, sizeof *ps->bars);
        ps->bars[ps->bar_count++] = (struct change_bar){.begin = n};
        return;
    }
    for (size_t i = ps->bar_count; i-- > 0;) {
        if (!same_class(ps->bars[i].begin, n)) continue;
        if (ps->page) draw(ps, &ps->bars[i]);
        memmove(ps->bars + i, ps->bars + i + 1, (ps->bar_count - i - 1) * sizeof *ps->bars);
        ps->bar_count--;
        return;
    }
}

/* Content `height` high is placed at p->y: open bars stand beside it. */
void change_bars_beside(struct placer *p, mpt height) {
    struct page_sequence *ps = p->l->ps;
    if (!ps || !ps->bar_count || !ps->bars_live || p->c.list != ps->canvas.list || height <= 0) return;
    struct rect r = canvas_rect(&p->c, 0, p->y, 0, height);
    for (size_t i = 0; i < ps->bar_count; i++) {
        struct change_bar *b = &ps->bars[i];
        if (!b->met || r.y < b->from) b->from = r.y;
        if (!b->met || r.y + r.h > b->to) b->to = r.y + r.h;
        b->met = true;
    }
}

/* The anchors of a line: bars begin before it, end after it. */
void change_bars_line(struct placer *p, const struct line *line) {
    bool live = p->l->ps && p->l->ps->bars_live;
    for (uint32_t i = 0; live && i < line->float_count; i++)
        if (line->floats[i]->element == FO_CHANGE_BAR_BEGIN) change_bar_meet(p->l, line->floats[i]);
    change_bars_beside(p, line->height);
    for (uint32_t i = 0; live && i < line->float_count; i++)
        if (line->floats[i]->element == FO_CHANGE_BAR_END) change_bar_meet(p->l, line->floats[i]);
}

void change_bars_column(struct page_sequence *ps, bool begins, mpt x, mpt width) {
    ps->bars_live = begins;
    if (begins) {
        ps->bar_x = x;
        ps->bar_width = width;
        return;
    }
    for (size_t i = 0; i < ps->bar_count; i++) {
        draw(ps, &ps->bars[i]);
        ps->bars[i].met = false;
    }
}

/* Anchors beside the flow (6.4.5): their bars run through all of it. */
void change_bars_outside(struct page_sequence *ps, bool before) {
    for (struct fo_node *n = before ? ps->node->first : ps->flow->next; n && n != ps->flow; n = n->next)
        if (is_change_bar(n)) change_bar_meet(ps->l, n);
}
