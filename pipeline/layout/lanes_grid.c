/* Lines of all lanes on one grid: the height of everything becomes a multiple of
 * the grid's unit (of spaces and edges walk.c sees to it), and every baseline stands the same distance above the end of
 * its line.  So it holds whatever page a line falls on. */
#include "layout/lanes.h"
#include "layout/para.h"

static int64_t up(int64_t v, mpt grid) {
    return v <= 0 ? 0 : (v + grid - 1) / grid * grid;
}

/* Below the baseline there is a third of a unit, or units more. */
static void set_line(struct item *it, struct line *line, mpt grid) {
    mpt below = grid / 3;
    int64_t depth = (int64_t)line->height - line->baseline, under = below;
    while (under < depth) under += grid;
    int64_t above = up(line->baseline - (grid - below), grid) + (grid - below);
    struct line_data *d = line->data;
    d->half_leading = plus(d->half_leading, above - line->baseline);
    line->baseline = mpt_clamp(above);
    line->height = it->w = mpt_clamp(above + under);
}

void lanes_align(struct seq *s, mpt grid) {
    for (size_t i = 0; i < s->n; i++) {
        struct item *it = &s->v[i];
        struct line *line = it->kind == ITEM_BOX ? line_of(it->thing) : NULL;
        if (line) set_line(it, line, grid);
        else if (it->kind != ITEM_PENALTY && it->w > 0) it->w = mpt_clamp(up(it->w, grid));
    }
}
