/* fo:scaling-value-citation (XSL 1.1, 6.6.15): how much a graphic, before it or
 * after it, has been scaled. */
#include "layout/flow.h"

struct scale {
    double width, height; /* 1: as it is */
};

void scaling_met(struct layout *l, const struct fo_node *n, const struct graphic *g) {
    if (!n->id || !g->image || g->image->width <= 0 || g->image->height <= 0) return;
    if (!l->scales) l->scales = map_new();
    struct map_entry *e = map_get(l->scales, n->id, strlen(n->id));
    if (!e->value.ptr) e->value.ptr = ARENA_NEW(l->arena, struct scale);
    *(struct scale *)e->value.ptr =
        (struct scale){(double)g->content.w / g->image->width, (double)g->content.h / g->image->height};
}

struct fo_node *scaling_content(struct layout *l, struct arena *arena, struct fo_node *n) {
    const char *ref = fo_string(n, P_REF_ID);
    struct map_entry *e = ref && l->scales ? map_find(l->scales, ref, strlen(ref)) : NULL;
    if (!e) {
        if (l->scales_asked) diag_add(l->diags, DIAG_UNRESOLVED_ID, n->pos, ref ? ref : "");
        l->scales_missing = true;
        return NULL;
    }
    const struct scale *s = e->value.ptr;
    const struct fo_value *intrinsic = fo_get(n, P_INTRINSIC_SCALE_VALUE);
    double times = intrinsic->kind == FOV_LENGTH && intrinsic->u.pct > 0 ? intrinsic->u.pct : 1;
    double percent = (fo_is(n, P_SCALE_OPTION, E_HEIGHT) ? s->height : s->width) * times * 100 + 0.5;
    const char *format = fo_string(n, P_FORMAT);
    struct buf b = {0};
    text_format_number(&b, percent < 1e9 ? (int64_t)percent : 1000000000, format && *format ? format : "1",
                       fo_string(n, P_GROUPING_SEPARATOR), (int)fo_number(n, P_GROUPING_SIZE));
    struct fo_node *top = ARENA_NEW(arena, struct fo_node), *w = ARENA_NEW(arena, struct fo_node), *text = ARENA_NEW(arena, struct fo_node);
    top->pos = w->pos = text->pos = n->pos;
    top->first = top->last = w;
    *w = (struct fo_node){.parent = top, .element = FO_WRAPPER, .pos = n->pos, .tag = -1, .attrs = n->attrs, .attr_count = n->attr_count};
    w->first = w->last = text;
    *text = (struct fo_node){.parent = w, .element = FO_TEXT, .pos = n->pos, .tag = -1};
    text->text = arena_strndup(arena, buf_cstr(&b), b.n);
    text->text_len = (uint32_t)b.n;
    buf_free(&b);
    return fo_bind(l->fo, arena, top, n->parent);
}
