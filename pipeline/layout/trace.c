/* SOTAY_TRACE=items: element lists on standard error, a line an item. */
#include "layout/flow.h"

void trace_items(const struct seq *s, size_t from, const char *title) {
    static const char *const kinds[] = {"box", "glue", "penalty"};
    static const char *const classes[] = {"", " column", " page", " even", " odd"};
    fprintf(stderr, "%s: %zu items\n", title, s->n - from);
    for (size_t i = from; i < s->n; i++) {
        const struct item *it = &s->v[i];
        fprintf(stderr, "%6zu %-7s %d", i, kinds[it->kind], it->w);
        if (it->stretch || it->shrink) fprintf(stderr, " +%d -%d", it->stretch, it->shrink);
        if (it->kind == ITEM_PENALTY) fprintf(stderr, " p=%d%s", it->penalty, classes[it->break_class]);
        if (it->aux) fputs(" aux", stderr);
        if (thing_is_run(it->thing)) fputs(" marks", stderr);
        else if (it->thing) fprintf(stderr, " %s.%d", line_of(it->thing) ? "line" : "object", it->sub);
        if (it->note_count) fprintf(stderr, " notes=%u", it->note_count);
        if (it->blk) fprintf(stderr, " in %s:%d", fo_element_name(it->blk->node->element), it->blk->node->pos.line);
        fputc('\n', stderr);
    }
}
