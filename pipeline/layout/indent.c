/* Indents (XSL 1.1, 5.3.2): distances from the reference area's edges. */
#include "layout/flow.h"

/* One inherited as a percentage keeps the extent it had where it was given,
 * also in reference areas of another width.  base: of what n adds itself. */
static mpt indent(const struct fo_node *n, enum fo_prop p, const struct blk *from, int side, mpt base) {
    const struct fo_value *v = fo_get(n, p), *u = from ? fo_get(from->node, p) : NULL;
    if (!u || u->kind != FOV_LENGTH || v->kind != FOV_LENGTH || u->u.pct == 0 || v->u.pct < u->u.pct) return fo_length(n, p, base);
    return mpt_clamp(from->indent[side] + v->len - u->len + (int64_t)((v->u.pct - u->u.pct) * base));
}

void indents_of(const struct walker *w, const struct fo_node *n, const struct blk *up, mpt base, mpt out[2]) {
    const struct blk *from = up ? up : w->holder;
    out[0] = indent(n, P_START_INDENT, from, 0, base);
    out[1] = indent(n, P_END_INDENT, from, 1, base);
}

struct blk *walk_open_indented(struct walker *w, struct fo_node *n, const mpt indents[2], mpt iw, const struct edges *e) {
    struct blk *b = walk_open(w, n, indents[0], iw > 0 ? iw : 0, e);
    memcpy(b->indent, indents, sizeof b->indent);
    return b;
}
