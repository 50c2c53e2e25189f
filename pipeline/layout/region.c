/* Canvases for turned content; a region's box (XSL 1.1, 7.21.3, 7.29.7). */
#include "layout/flow.h"

/* Matrices act on y-down coordinates; m[4], m[5] move the turned rectangle back
 * to x, y. */
static void turn(double m[6], int rotation, mpt x, mpt y, mpt w, mpt h) {
    static const double rows[4][4] = {{1, 0, 0, 1}, {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0}};
    int q = (rotation / 90) & 3;
    memcpy(m, rows[q], sizeof rows[q]);
    m[4] = x + (q == 2 ? w : q == 3 ? h : 0);
    m[5] = y + (q == 1 ? w : q == 2 ? h : 0);
}

struct canvas turned_canvas(struct arena *arena, struct area_list *list, mpt x, mpt y, mpt width, mpt height,
                            int rotation, bool rl, bool tb, struct pos pos) {
    if (tb) rotation = (rotation + 270) % 360;
    struct canvas c = {.arena = arena, .list = list, .x = x, .y = y, .width = width, .rl = rl};
    if (rotation == 0) return c;
    struct area_group *g = area_add_group(arena, list, TAG_ARTIFACT, pos);
    turn(g->m, rotation, x, y, width, height);
    c.list = &g->children;
    c.x = c.y = 0;
    return c;
}

void region_paint(struct page *page, const struct region *r, struct area_list *list) {
    struct canvas outer = {.arena = page->arena, .list = list, .x = r->viewport.x, .y = r->viewport.y,
                           .width = r->viewport.w, .rl = r->rl && !r->tb};
    struct box_paint box = {.node = r->node, .edges = r->edges, .iw = r->viewport.w, .bh = r->viewport.h,
                            .tag = TAG_ARTIFACT};
    paint_box(page->l, &outer, &box, false, NULL);
}

/* What flows into a region keeps its own writing mode, which it has from its
 * page-sequence; the region's places the region and its columns. */
static bool flows_rl(const struct page *page, const struct region *r) {
    const struct page_sequence *ps = page->l->ps;
    return ps && ps->node ? fo_is(ps->node, P_WRITING_MODE, E_RL_TB) : r->rl;
}

struct canvas region_canvas(struct page *page, const struct region *r, struct area_list *list) {
    enum fo_token overflow = fo_token(r->node, P_OVERFLOW);
    mpt x = r->viewport.x + edges_width(&r->edges, r->rl ? SIDE_END : SIDE_START);
    mpt y = r->viewport.y + edges_width(&r->edges, SIDE_BEFORE);
    if (overflow == E_HIDDEN || overflow == E_ERROR_IF_OVERFLOW) {
        struct area_group *g = area_add_group(page->arena, list, TAG_ARTIFACT, r->node->pos);
        bool across = (r->rotation % 180 != 0) != r->tb;
        g->clips = true;
        g->clip = position_clip(page->l, r->node, (struct rect){x, y, across ? r->height : r->width, across ? r->width : r->height});
        list = &g->children;
    }
    return turned_canvas(page->arena, list, x, y, r->width, r->height, r->rotation, flows_rl(page, r), r->tb,
                         r->node->pos);
}
