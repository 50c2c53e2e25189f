/* relative-align="baseline" (XSL 1.1, 7.14.6): the first lines of cells of a
 * row, and of a label and its body, stand on one baseline. */
#include "layout/line.h"

/* Of the first line, from the content's before edge; false when something else
 * comes first. */
static bool first_baseline(const struct seq *s, mpt *at) {
    int64_t y = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct item *it = &s->v[i];
        struct line *line = it->kind == ITEM_BOX ? line_of(it->thing) : NULL;
        if (line) {
            *at = mpt_clamp(y + line->baseline);
            return true;
        }
        if (it->kind == ITEM_BOX && !it->aux && it->w > 0) return false;
        if (it->kind != ITEM_PENALTY) y += it->w;
    }
    return false;
}

static void push_down(struct seq *s, mpt by) {
    seq_aux_box(s);
    seq_penalty(s, 0, PENALTY_INFINITE, BREAK_NONE, NULL, 0);
    memmove(s->v + 2, s->v, (s->n - 2) * sizeof *s->v);
    s->v[0] = (struct item){.kind = ITEM_BOX, .aux = true, .w = by};
    s->v[1] = (struct item){.kind = ITEM_PENALTY, .penalty = PENALTY_INFINITE};
}

void align_baselines(struct seq *const *v, int32_t n) {
    mpt lowest = INT32_MIN, at;
    for (int32_t i = 0; i < n; i++)
        if (first_baseline(v[i], &at) && at > lowest) lowest = at;
    for (int32_t i = 0; i < n; i++)
        if (first_baseline(v[i], &at) && at < lowest) push_down(v[i], lowest - at);
}
