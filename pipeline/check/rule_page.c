/* What a page shows of the components of a form: blocks with their lines, faces
 * and text; rules and boxes; how far text reaches. */
#include "check/rule.h"

struct offset {
    mpt x, y;
};

enum { LOOK_BACK = 4, THIN = 3000 };

static bool is_asked(const struct rule_page *p, const char *component) {
    if (p->all) return true;
    for (const char *const *c = p->components; *c; c++)
        if (*c == component) return true;
    return false;
}

/* ---- text ---- */

static bool is_blank(uint16_t u) {
    return u == ' ' || u == 0xA0 || u == '\t' || u == '\n' || u == 0x200B;
}

/* Where the last glyph that shows something ends. */
static mpt text_end(const struct area_text *t) {
    int64_t x = t->x, end = t->x;
    for (uint32_t i = 0; i < t->glyph_count; i++) {
        const struct glyph *g = &t->glyphs[i];
        x += g->adv;
        if (g->cluster >= t->text_len || !is_blank(t->text[g->cluster])) end = x;
    }
    return mpt_clamp(end);
}

static bool is_flow(const struct area_text *t) {
    return t->a.tag != TAG_PAGINATION_HEADER && t->a.tag != TAG_PAGINATION_FOOTER;
}

static void reach(struct rule_page *p, enum rule_side side, mpt v, mpt x, mpt y, struct pos pos) {
    struct rule_extent *e = &p->extent;
    bool low = side == SIDE_TOP || side == SIDE_LEFT;
    if (p->any && (low ? v >= e->at[side] : v <= e->at[side])) return;
    e->at[side] = v;
    e->x[side] = x;
    e->y[side] = y;
    e->pos[side] = pos;
}

static void extend(struct rule_page *p, const struct area_text *t, struct offset by, mpt x1) {
    mpt x = by.x + t->x, top = by.y + t->y - font_scale(t->font, t->font->ascender, t->size);
    reach(p, SIDE_LEFT, x, x, top, t->a.pos);
    reach(p, SIDE_RIGHT, by.x + x1, x, top, t->a.pos);
    reach(p, SIDE_TOP, top, x, top, t->a.pos);
    reach(p, SIDE_BOTTOM, by.y + t->y + font_scale(t->font, t->font->descender, t->size), x, top, t->a.pos);
    p->any = true;
}

/* The block that goes on: nothing of others stands between. */
static struct rule_block *find_block(struct rule_page *p, const struct area_text *t, bool inner) {
    const char *component = inner ? t->a.component : t->line->component;
    for (size_t i = p->block_count, n = 0; i-- > 0 && n < LOOK_BACK; n++) {
        struct rule_block *b = &p->blocks[i];
        if (b->inner != inner || b->component != component || b->paragraph != t->line->paragraph) continue;
        bool goes_on = b->tag == (is_flow(t) ? t->line->tag : -1) &&
                       b->line + b->line_count + 1 >= p->line_count;
        return goes_on && b->text + b->text_len == p->text[inner].n ? b : NULL;
    }
    return NULL;
}

static struct rule_block *new_block(struct rule_page *p, const struct area_text *t, struct offset by,
                                    bool inner) {
    p->blocks = mem_grow(p->blocks, &p->block_cap, p->block_count + 1, sizeof *p->blocks);
    struct rule_block *b = &p->blocks[p->block_count++];
    *b = (struct rule_block){
        .component = inner ? t->a.component : t->line->component,
        .lang = t->line->lang,
        .paragraph = t->line->paragraph,
        .tag = is_flow(t) ? t->line->tag : -1,
        .pos = t->a.pos,
        .inner = inner,
        .line = p->line_count - 1,
        .text = p->text[inner].n,
        .x0 = by.x + t->x,
        .x1 = by.x + t->x,
        .end = MPT_MAX,
        .top = MPT_MAX,
        .bottom = -MPT_MAX,
        .apart = p->apart,
    };
    if (!inner) p->apart = false;
    return b;
}

static bool same_color(const struct color *a, const struct color *b) {
    return a->space == b->space && a->alpha == b->alpha && memcmp(a->c, b->c, sizeof a->c) == 0;
}

static void add_face(struct rule_block *b, const struct area_text *t, uint32_t count) {
    for (int i = 0; i < RULE_FACES; i++) {
        struct rule_face *f = &b->face[i];
        if (!f->font) *f = (struct rule_face){t->font, t->size, t->color, 0};
        bool same = f->font == t->font && f->size == t->size && same_color(&f->color, &t->color);
        if (!same) continue;
        f->count += count;
        return;
    }
}

/* Returns how many characters show something.  A soft hyphen is of the line's end. */
static uint32_t add_text(struct rule_text *to, struct rule_block *b, const struct area_text *t, bool new_line,
                         bool gap) {
    to->u = mem_grow(to->u, &to->cap, to->n + t->text_len + 1, sizeof *to->u);
    uint32_t shown = 0;
    uint16_t before = to->n > b->text ? to->u[to->n - 1] : ' ';
    if (gap && !new_line && !is_blank(before)) to->u[to->n++] = ' ';
    if (new_line && before == 0xAD) to->n--;
    else if (new_line && !is_blank(before) && before != '-' && before != '/') to->u[to->n++] = ' ';
    for (uint32_t i = 0; i < t->text_len; i++) {
        to->u[to->n++] = t->text[i];
        shown += !is_blank(t->text[i]);
    }
    b->text_len = to->n - b->text;
    return shown;
}

static void add_line(struct rule_page *p, const struct area_text *t, struct offset by, mpt x1) {
    struct rule_line *l = p->line_count ? &p->lines[p->line_count - 1] : NULL;
    if (!l || l->line != t->line) {
        p->lines = mem_grow(p->lines, &p->line_cap, p->line_count + 1, sizeof *p->lines);
        l = &p->lines[p->line_count++];
        *l = (struct rule_line){t->line, by.x + t->x, x1, by.y + t->y, by.x + t->line->x};
    }
    if (by.x + t->x < l->x0) l->x0 = by.x + t->x;
    if (x1 > l->x1) l->x1 = x1;
}

static void add_to(struct rule_page *p, const struct area_text *t, struct offset by, mpt x1, bool inner) {
    struct rule_block *b = find_block(p, t, inner);
    bool fresh = !b;
    if (fresh) b = new_block(p, t, by, inner);
    bool new_line = !fresh && b->line + b->line_count < p->line_count;
    b->line_count = p->line_count - b->line;
    mpt y = by.y + t->y;
    mpt top = y - font_scale(t->font, t->font->ascender, t->size);
    mpt bottom = y + font_scale(t->font, t->font->descender, t->size);
    if (by.x + t->x < b->x0) b->x0 = by.x + t->x;
    if (x1 > b->x1) b->x1 = x1;
    if (top < b->top) b->top = top;
    if (bottom > b->bottom) b->bottom = bottom;
    bool gap = by.x + t->x - b->end > t->size / 8; /* a blank that stands alone, or room: a label's */
    b->end = x1;
    add_face(b, t, add_text(&p->text[inner], b, t, new_line, gap));
}

static void see_text(struct rule_page *p, const struct area_text *t, struct offset by) {
    mpt end = text_end(t);
    if (end == t->x) return; /* shows nothing */
    if (is_flow(t)) extend(p, t, by, end);
    const char *outer = t->line ? t->line->component : NULL, *own = t->line ? t->a.component : NULL;
    bool of_block = outer && is_asked(p, outer), of_inline = own && own != outer && is_asked(p, own);
    if (of_block || of_inline) add_line(p, t, by, by.x + end);
    if (of_block) add_to(p, t, by, by.x + end, false);
    else p->apart = true;
    if (of_inline) add_to(p, t, by, by.x + end, true);
}

/* ---- shapes ---- */

static struct rect bounds(const struct area_shape *s) {
    struct rect r = s->rect;
    if (!s->path || !s->path->op_count) return r;
    mpt x0 = MPT_MAX, y0 = MPT_MAX, x1 = -MPT_MAX, y1 = -MPT_MAX;
    const mpt *q = s->path->xy;
    for (uint32_t i = 0; i < s->path->op_count; i++) {
        int points = s->path->ops[i] == PATH_CURVE ? 3 : s->path->ops[i] == PATH_CLOSE ? 0 : 1;
        for (; points > 0; points--, q += 2) {
            if (q[0] < x0) x0 = q[0];
            if (q[0] > x1) x1 = q[0];
            if (q[1] < y0) y0 = q[1];
            if (q[1] > y1) y1 = q[1];
        }
    }
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

static void see_shape(struct rule_page *p, const struct area_shape *s, struct offset by) {
    struct rect r = bounds(s);
    bool thin = r.h <= THIN && r.w > 3 * (int64_t)r.h;
    if (!thin && !(s->a.component && is_asked(p, s->a.component))) return;
    r.x += by.x;
    r.y += by.y;
    p->shapes = mem_grow(p->shapes, &p->shape_cap, p->shape_count + 1, sizeof *p->shapes);
    p->shapes[p->shape_count++] = (struct rule_shape){s->a.component, r};
}

static void see_areas(struct rule_page *p, const struct area_list *list, struct offset by) {
    for (const struct area *a = list->first; a; a = a->next) {
        if (a->kind == AREA_TEXT) see_text(p, (const struct area_text *)a, by);
        if (a->kind == AREA_SHAPE) see_shape(p, (const struct area_shape *)a, by);
        if (a->kind != AREA_GROUP) continue;
        const struct area_group *g = (const struct area_group *)a;
        bool upright = g->m[0] == 1 && g->m[1] == 0 && g->m[2] == 0 && g->m[3] == 1;
        if (upright) see_areas(p, &g->children, (struct offset){by.x + (mpt)g->m[4], by.y + (mpt)g->m[5]});
    }
}

void rule_page_read(struct rule_page *p, const struct area_page *page) {
    p->page = page;
    p->block_count = p->line_count = p->shape_count = p->text[0].n = p->text[1].n = 0;
    p->any = p->apart = false;
    p->extent = (struct rule_extent){0};
    see_areas(p, &page->areas, (struct offset){0, 0});
}

void rule_page_free(struct rule_page *p) {
    mem_free(p->blocks);
    mem_free(p->lines);
    mem_free(p->shapes);
    mem_free(p->text[0].u);
    mem_free(p->text[1].u);
}

const struct rule_face *rule_face_of(const struct rule_block *b) {
    const struct rule_face *most = &b->face[0];
    for (int i = 1; i < RULE_FACES; i++)
        if (b->face[i].count > most->count) most = &b->face[i];
    return most;
}

char *rule_text_of(struct arena *arena, const uint16_t *text, size_t n) {
    uint16_t *plain = mem_alloc((n + 2) * sizeof *plain);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == 0x200B || text[i] == 0x2060 || text[i] == 0xAD) continue;
        if (!is_blank(text[i])) plain[k++] = text[i];
        else if (k && plain[k - 1] != ' ') plain[k++] = ' ';
    }
    while (k && plain[k - 1] == ' ') k--;
    char *s = arena_alloc(arena, 3 * k + 1);
    s[utf8_from_utf16(s, plain, k)] = 0;
    mem_free(plain);
    return s;
}
