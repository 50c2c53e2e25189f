/* The pages ahead, as the breaker asks for them: which page and column a part
 * falls on and how much room it has there. */
#include "layout/flow.h"

void plan_drop(struct page_sequence *ps) {
    ps->plan_count = ps->place_count = 0;
}

/* Part 0 begins at the current page and column. */
void plan_start(struct page_sequence *ps) {
    plan_drop(ps);
    ps->plan = mem_grow(ps->plan, &ps->plan_cap, 2, sizeof *ps->plan);
    ps->plan[ps->plan_count++] = (struct plan){ps->page->master, ps->chooser};
    if (ps->facing) ps->plan[ps->plan_count++] = (struct plan){ps->recto.page->master, ps->chooser};
    ps->list_column = ps->column;
    ps->placed = 0;
    ps->notes_before = page_notes_extent(ps);
}

static struct plan *page_ahead(struct page_sequence *ps, int32_t k) {
    while ((int32_t)ps->plan_count <= k) {
        struct plan next = {.after = ps->plan[ps->plan_count - 1].after};
        next.master = chooser_next(&next.after, (struct page_kind){.number = ps->number + (int32_t)ps->plan_count - ps->facing});
        if (!next.master) next.master = ps->plan[ps->plan_count - 1].master;
        ps->plan = mem_grow(ps->plan, &ps->plan_cap, ps->plan_count + 1, sizeof *ps->plan);
        ps->plan[ps->plan_count++] = next;
    }
    return &ps->plan[k];
}

static int32_t columns_of(struct page_sequence *ps, int32_t k) {
    if (ps->span_all) return 1;
    return k == 0 ? ps->columns : page_ahead(ps, k)->master->region[REGION_BODY].columns;
}

struct part_place plan_place(struct page_sequence *ps, int32_t part) {
    while ((int32_t)ps->place_count <= part) {
        ps->places = mem_grow(ps->places, &ps->place_cap, ps->place_count + 1, sizeof *ps->places);
        struct part_place at = {0, ps->list_column};
        if (ps->place_count) {
            at = ps->places[ps->place_count - 1];
            at.column++;
        }
        if (at.column >= columns_of(ps, at.page)) {
            at.page += ps->facing ? 2 : 1; /* a part is a spread */
            at.column = 0;
        }
        ps->places[ps->place_count++] = at;
    }
    return ps->places[part];
}

static mpt extent(void *arg, int32_t part) {
    struct page_sequence *ps = arg;
    struct part_place at = plan_place(ps, part);
    struct region *r = &page_ahead(ps, at.page)->master->region[REGION_BODY];
    mpt room = r->node ? r->height : 0;
    if (ps->facing) {
        const struct region *recto = &page_ahead(ps, at.page + 1)->master->region[REGION_BODY];
        if (recto->height < room) room = recto->height;
    }
    return at.page == 0 ? room - ps->span_y - ps->notes_before : room;
}

static bool ends_page(void *arg, int32_t part) {
    struct page_sequence *ps = arg;
    struct part_place at = plan_place(ps, part < 0 ? 0 : part);
    return at.column == columns_of(ps, at.page) - 1;
}

static mpt width_of(struct page_sequence *ps, int32_t page) {
    struct region *r = &page_ahead(ps, page)->master->region[REGION_BODY];
    return ps->span_all ? r->width : r->column_width;
}

static bool same_width(void *arg, int32_t part) {
    struct page_sequence *ps = arg;
    return width_of(ps, plan_place(ps, part).page) == width_of(ps, 0);
}

struct part_source plan_source(struct page_sequence *ps) {
    return (struct part_source){ps, extent, ends_page, same_width};
}
