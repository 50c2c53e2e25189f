/* fox:widow-content-limit and fox:orphan-content-limit: how much of a list or
 * table stands together at its beginning and at its end. */
#include "layout/flow.h"

static void bar(struct item *it) {
    if (it->kind == ITEM_PENALTY && it->penalty > -PENALTY_INFINITE) it->penalty = PENALTY_INFINITE;
}

/* The break before the object is not its own. */
static size_t first_content(const struct seq *s, size_t from) {
    while (from < s->n && (s->v[from].kind != ITEM_BOX || s->v[from].aux)) from++;
    return from;
}

void limit_breaks(struct seq *s, size_t from, mpt at_start, mpt at_end) {
    from = first_content(s, from);
    int64_t sum = 0;
    for (size_t i = from; i < s->n && sum < at_start; i++) {
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
        else bar(&s->v[i]);
    }
    sum = 0;
    for (size_t i = s->n; i-- > from && sum < at_end;) {
        if (s->v[i].kind != ITEM_PENALTY) sum += s->v[i].w;
        else bar(&s->v[i]);
    }
}
