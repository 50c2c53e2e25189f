/* Where the ink of a line touches the line above it: stacked marks ("Ễ") need
 * more room than many a line height gives. */
#include "check/check.h"
#include "text/text.h"

/* One drawn glyph. */
struct piece {
    mpt x, y; /* its origin on the page */
    const struct area_text *run;
    uint32_t glyph; /* index in the run */
    const struct glyph_profile *profile;
};

struct touch {
    int32_t page;
    const char *label, *lower, *upper; /* characters */
    struct pos pos;
};

struct check_ink {
    struct area_filter pass;
    struct arena *arena;
    struct piece *pieces; /* of the page at hand */
    size_t n, cap;
    struct touch *found;
    size_t count, found_cap;
};

/* ---- a page's glyphs ---- */

static void add_run(struct check_ink *k, const struct area_text *run, mpt dx, mpt dy) {
    int64_t x = (int64_t)run->x + dx;
    for (uint32_t i = 0; i < run->glyph_count; i++) {
        const struct glyph *g = &run->glyphs[i];
        const struct glyph_profile *p = font_profile(run->font, g->gid);
        if (p) {
            k->pieces = mem_grow(k->pieces, &k->cap, k->n + 1, sizeof *k->pieces);
            k->pieces[k->n++] = (struct piece){mpt_clamp(x + g->dx), run->y + dy, run, i, p};
        }
        x += g->adv;
    }
}

/* What stands upright; turned text has its own lines, which are left out. */
static void collect(struct check_ink *k, const struct area_list *list, mpt dx, mpt dy) {
    for (const struct area *a = list->first; a; a = a->next) {
        if (a->kind == AREA_TEXT) add_run(k, (const struct area_text *)a, dx, dy);
        if (a->kind != AREA_GROUP) continue;
        const struct area_group *g = (const struct area_group *)a;
        bool upright = g->m[0] == 1 && g->m[1] == 0 && g->m[2] == 0 && g->m[3] == 1;
        if (upright) collect(k, &g->children, dx + (mpt)g->m[4], dy + (mpt)g->m[5]);
    }
}

static int by_place(const void *a, const void *b) {
    const struct piece *p = a, *q = b;
    if (p->y != q->y) return p->y < q->y ? -1 : 1;
    if (p->x != q->x) return p->x < q->x ? -1 : 1;
    return p->glyph < q->glyph ? -1 : p->glyph > q->glyph;
}

/* ---- touching ---- */

static mpt strip_width(const struct piece *p) {
    mpt w = p->run->size / FONT_STRIPS;
    return w > 0 ? w : 1;
}

static int64_t left_of(const struct piece *p) {
    return (int64_t)p->x + (int64_t)p->profile->first * strip_width(p);
}

static int64_t right_of(const struct piece *p) {
    return left_of(p) + (int64_t)p->profile->count * strip_width(p);
}

/* Heights on the page, of the glyph's own offset too; false where there is no ink. */
static bool reach(const struct piece *p, int64_t x, bool top, int64_t *y) {
    int64_t i = (x - left_of(p)) / strip_width(p);
    if (x < left_of(p) || i >= p->profile->count || p->profile->top[i] < p->profile->bottom[i]) return false;
    int32_t units = top ? p->profile->top[i] : p->profile->bottom[i];
    *y = (int64_t)p->y - p->run->glyphs[p->glyph].dy - font_scale(p->run->font, units, p->run->size);
    return true;
}

/* How far a glyph reaches over (top) or under its line. */
static mpt extent(const struct piece *p, bool top) {
    mpt v = font_scale(p->run->font, top ? p->profile->highest : p->profile->lowest, p->run->size) +
            p->run->glyphs[p->glyph].dy;
    return top ? v : -v;
}

/* By more than a hundredth of an em: less is not seen. */
static bool touches(const struct piece *lower, const struct piece *upper) {
    if ((int64_t)lower->y - extent(lower, true) >= (int64_t)upper->y + extent(upper, false)) return false;
    int64_t from = left_of(lower) > left_of(upper) ? left_of(lower) : left_of(upper);
    int64_t to = right_of(lower) < right_of(upper) ? right_of(lower) : right_of(upper);
    mpt step = strip_width(lower) < strip_width(upper) ? strip_width(lower) : strip_width(upper);
    for (int64_t x = from; x < to; x += step) {
        int64_t a, b;
        if (reach(lower, x, true, &a) && reach(upper, x, false, &b) && b - a > lower->run->size / 100) return true;
    }
    return false;
}

static const char *characters(struct check_ink *k, const struct piece *p) {
    const struct area_text *run = p->run;
    uint32_t from = run->glyphs[p->glyph].cluster, to = run->text_len;
    for (uint32_t i = 0; i < run->glyph_count; i++)
        if (run->glyphs[i].cluster > from && run->glyphs[i].cluster < to) to = run->glyphs[i].cluster;
    if (from > to) from = to;
    char *s = arena_alloc(k->arena, 3 * (size_t)(to - from) + 1);
    s[utf8_from_utf16(s, run->text + from, to - from)] = 0;
    return s;
}

static void report(struct check_ink *k, const struct area_page *page, const struct piece *lower,
                   const struct piece *upper) {
    k->found = mem_grow(k->found, &k->found_cap, k->count + 1, sizeof *k->found);
    k->found[k->count++] = (struct touch){
        .page = page->index,
        .label = arena_strdup(k->arena, page->label ? page->label : ""),
        .lower = characters(k, lower),
        .upper = characters(k, upper),
        .pos = lower->run->a.pos,
    };
}

struct line {
    size_t from, to;
    mpt y, size; /* the largest in it */
    mpt above, below; /* how far its ink reaches */
};

/* The first place where two lines touch, from left to right. */
static void compare_lines(struct check_ink *k, const struct area_page *page, const struct line *lower,
                          const struct line *upper) {
    size_t start = upper->from;
    for (size_t i = lower->from; i < lower->to; i++) {
        const struct piece *p = &k->pieces[i];
        while (start < upper->to && right_of(&k->pieces[start]) + 2 * (int64_t)upper->size < left_of(p)) start++;
        for (size_t j = start; j < upper->to && left_of(&k->pieces[j]) < right_of(p) + 2 * (int64_t)upper->size; j++) {
            const struct piece *q = &k->pieces[j];
            /* raised and lowered text is of the same line */
            mpt least = (p->run->size > q->run->size ? p->run->size : q->run->size) / 2;
            if (p->y - q->y < least || !touches(p, q)) continue;
            report(k, page, p, q);
            return;
        }
    }
}

static void check_page(struct check_ink *k, const struct area_page *page) {
    k->n = 0;
    collect(k, &page->areas, 0, 0);
    if (!k->n) return;
    qsort(k->pieces, k->n, sizeof *k->pieces, by_place);
    struct line *lines = NULL;
    size_t count = 0, cap = 0;
    mpt largest = 0;
    for (size_t i = 0; i < k->n; i++) {
        bool begins = !count || lines[count - 1].y != k->pieces[i].y;
        if (begins) {
            lines = mem_grow(lines, &cap, count + 1, sizeof *lines);
            lines[count++] = (struct line){i, i, k->pieces[i].y, 0, -MPT_MAX, -MPT_MAX};
        }
        struct line *l = &lines[count - 1];
        mpt above = extent(&k->pieces[i], true), below = extent(&k->pieces[i], false);
        l->to = i + 1;
        if (above > l->above) l->above = above;
        if (below > l->below) l->below = below;
        if (k->pieces[i].run->size > l->size) l->size = k->pieces[i].run->size;
        if (l->size > largest) largest = l->size;
    }
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j-- > 0 && lines[i].y - lines[j].y < 2 * largest;)
            if (lines[i].y - lines[j].y < 2 * (lines[i].size > lines[j].size ? lines[i].size : lines[j].size) &&
                lines[i].y - lines[j].y < lines[i].above + lines[j].below)
                compare_lines(k, page, &lines[i], &lines[j]);
    mem_free(lines);
}

/* ---- the sink ---- */

static void ink_page(struct area_sink *s, const struct area_page *page) {
    struct check_ink *k = (struct check_ink *)s;
    check_page(k, page);
    k->pass.to->page(k->pass.to, page);
}

static void ink_restart(struct area_sink *s) {
    struct check_ink *k = (struct check_ink *)s;
    k->count = 0;
    k->pass.to->restart(k->pass.to);
}

struct area_sink *check_ink_open(struct area_sink *to) {
    struct check_ink *k = mem_alloc(sizeof *k);
    *k = (struct check_ink){.pass = area_filter_to(to, ink_page, ink_restart), .arena = arena_new()};
    return &k->pass.sink;
}

static int by_page(const void *a, const void *b) {
    const struct touch *p = a, *q = b;
    if (p->page != q->page) return p->page < q->page ? -1 : 1;
    if (p->pos.line != q->pos.line) return p->pos.line < q->pos.line ? -1 : 1;
    int c = strcmp(p->lower, q->lower);
    return c ? c : strcmp(p->upper, q->upper);
}

void check_ink_close(struct area_sink *s, struct diags *diags) {
    struct check_ink *k = (struct check_ink *)s;
    if (k->count) qsort(k->found, k->count, sizeof *k->found, by_page);
    for (size_t i = 0; i < k->count; i++) {
        const struct touch *t = &k->found[i];
        diag_add(diags, DIAG_INK_TOUCHES, t->pos, t->label, t->lower, t->upper);
    }
    mem_free(k->found);
    mem_free(k->pieces);
    arena_drop(k->arena);
    mem_free(k);
}
