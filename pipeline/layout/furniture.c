/* Static content (XSL 1.1, 6.4.20): laid out when the page is complete, so that
 * its markers and ids are known. */
#include "layout/flow.h"

static void begin_static(struct layout *l, struct page *page, struct arena *arena) {
    l->in_static = true;
    l->static_page = page;
    l->static_arena = arena;
}

static void end_static(struct layout *l) {
    l->in_static = false;
    l->static_page = NULL;
}

static mpt shift_of(const struct fo_node *region, mpt left) {
    if (left <= 0) return 0;
    enum fo_token t = fo_token(region, P_DISPLAY_ALIGN);
    return t == E_CENTER ? left / 2 : t == E_AFTER ? left : 0;
}

static void tell_overflow(struct layout *l, const struct region *r, mpt by) {
    struct buf s = {0};
    buf_milli(&s, by);
    diag_add(l->diags, DIAG_OVERFLOW, r->node->pos, r->name, s.p);
    buf_free(&s);
}

static void fill(struct page *page, struct fo_node *content, struct region *r, struct arena *arena, struct area_list *list, int32_t tag) {
    struct layout *l = page->l;
    struct seq items = {0};
    mpt height = l->area_height;
    l->area_height = r->height;
    begin_static(l, page, arena);
    walk_content(l, NULL, arena, content, r->width, &items);
    struct part part;
    breaker_simple(&items, r->height, &part);
    if (part.overflow > 0) tell_overflow(l, r, part.overflow);
    struct placer p = {.l = l, .page = page, .c = region_canvas(page, r, list), .ratio = part.ratio, .fixed_tag = tag};
    p.y = shift_of(r->node, part.difference);
    place_items(&p, &items, 0, items.n, false, false);
    end_static(l);
    l->area_height = height;
    seq_free(&items);
}

static void fill_region(struct page *page, struct fo_node *sequence, int which) {
    struct region *r = &page->master->region[which];
    if (!r->node) return;
    region_paint(page, r, page->list);
    struct fo_node *content = flow_map_static(page->l, sequence, r->name);
    if (!content) return;
    int32_t tag = which == REGION_AFTER || which == REGION_END ? TAG_PAGINATION_FOOTER : TAG_PAGINATION_HEADER;
    if (!waiting_needed(page->l, content)) {
        fill(page, content, r, page->arena, page->list, tag);
        return;
    }
    struct arena *own = page->arena;
    struct pending *open = page->pending;
    struct area_list list = {0};
    page->arena = waiting_arena(page->l);
    page->pending = NULL;
    fill(page, content, r, own, &list, tag);
    struct pending *mine = page->pending;
    page->arena = own;
    page->pending = open;
    waiting_part(page, &list, tag, mine);
}

void furniture_add(struct page *page, struct fo_node *sequence, struct area_list *before, struct area_list *after) {
    struct area_list *body = page->list;
    page->list = before;
    fill_region(page, sequence, REGION_BEFORE);
    fill_region(page, sequence, REGION_START);
    page->list = after;
    fill_region(page, sequence, REGION_END);
    fill_region(page, sequence, REGION_AFTER);
    page->list = body;
}

static void separator_items(struct layout *l, struct page *page, struct arena *arena, struct fo_node *sequence, mpt width, const char *name,
                            struct seq *items) {
    struct fo_node *content = flow_map_static(l, sequence, name);
    if (!content) return;
    begin_static(l, page, arena);
    walk_content(l, NULL, arena, content, width, items);
    end_static(l);
}

mpt separator_extent(struct layout *l, struct fo_node *sequence, mpt width, const char *name) {
    struct arena *arena = arena_new();
    struct seq items = {0};
    separator_items(l, NULL, arena, sequence, width, name, &items);
    int64_t h = seq_extent(&items, 0, items.n);
    seq_free(&items);
    arena_drop(arena);
    return mpt_clamp(h);
}

void separator_place(struct page *page, struct fo_node *sequence, struct canvas *c, mpt y, const char *name) {
    struct seq items = {0};
    separator_items(page->l, page, page->arena, sequence, c->width, name, &items);
    struct placer p = {.l = page->l, .page = page, .c = *c, .y = y, .fixed_tag = TAG_ARTIFACT};
    place_items(&p, &items, 0, items.n, false, false);
    seq_free(&items);
}
