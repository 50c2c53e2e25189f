/* Lines to write on (s:lines, s:pitch of a block-container). */
#include "layout/flow.h"

/* Lines stand from the after edge up, so that they end where the container does,
 * on each page that one fills on the same height. */
struct ruling {
    struct rect r; /* on the page */
    mpt pitch;
    int32_t rows, columns; /* columns: of squares */
};

static void add_line(struct area_path *path, uint8_t *ops, mpt *xy, mpt x1, mpt y1, mpt x2, mpt y2) {
    mpt *at = xy + path->op_count * 2;
    ops[path->op_count++] = PATH_MOVE;
    ops[path->op_count++] = PATH_LINE;
    at[0] = x1, at[1] = y1, at[2] = x2, at[3] = y2;
}

static struct area_path *path_of(struct arena *a, const struct ruling *u) {
    uint32_t lines = (uint32_t)u->rows + 1 + (u->columns ? (uint32_t)u->columns + 1 : 0);
    uint8_t *ops = ARENA_ARRAY(a, uint8_t, lines * 2);
    mpt *xy = ARENA_ARRAY(a, mpt, lines * 4);
    struct area_path *path = ARENA_NEW(a, struct area_path);
    mpt bottom = u->r.y + u->r.h, top = bottom - u->rows * u->pitch;
    mpt width = u->columns ? u->columns * u->pitch : u->r.w;
    for (int32_t i = u->columns ? 0 : 1; i <= u->rows; i++)
        add_line(path, ops, xy, u->r.x, top + i * u->pitch, u->r.x + width, top + i * u->pitch);
    for (int32_t i = 0; u->columns && i <= u->columns; i++)
        add_line(path, ops, xy, u->r.x + i * u->pitch, top, u->r.x + i * u->pitch, bottom);
    path->ops = ops;
    path->xy = xy;
    return path;
}

void paint_lines(struct placer *p, const struct fo_node *n, struct rect content) {
    enum fo_token style = fo_token(n, P_S_LINES);
    mpt width = fo_length(n, P_RULE_THICKNESS, 0), pitch = fo_length(n, P_S_PITCH, 0);
    struct ruling u = {canvas_rect(&p->c, content.x, content.y, content.w, content.h), pitch, 0, 0};
    u.r.h -= width / 2;
    if (pitch <= 0 || width <= 0 || u.r.w <= 0) return;
    u.rows = (content.h + width) / pitch;
    if (style == E_SQUARED) u.columns = u.r.w / pitch;
    if (u.rows <= 0 || (style == E_SQUARED && !u.columns)) return;
    struct arena *a = p->c.arena;
    struct area_shape *s = area_add_shape(a, p->c.list, TAG_ARTIFACT, n->pos);
    s->path = path_of(a, &u);
    s->stroke = color_of(fo_get(n, P_COLOR));
    s->stroke_width = width;
    if (style != E_DOTTED) return;
    mpt *dash = ARENA_ARRAY(a, mpt, 2);
    dash[0] = 0;
    dash[1] = 3 * width;
    s->cap = 1;
    s->dash = dash;
    s->dash_count = 2;
}
