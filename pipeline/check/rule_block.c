/* What is measured of one block or one page of a form. */
#include "check/rule.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* ---- bounds ---- */

static int64_t bound(struct rule_bound b, mpt size) {
    return b.lines ? b.v * size / 1000 * RULE_LINE / 1000 : b.v;
}

bool rule_in_bounds(const struct rule *r, int64_t v, mpt size) {
    if (r->has_min && v < bound(r->min, size) - r->tolerance) return false;
    if (r->has_max && v > bound(r->max, size) + r->tolerance) return false;
    for (int i = 0; i < r->value_count; i++) {
        int64_t off = v - bound(r->value[i], size);
        if (off <= r->tolerance && off >= -r->tolerance) return true;
    }
    return r->value_count == 0;
}

/* Only the lower one. */
static bool is_enough(const struct rule *r, int64_t v) {
    if (r->has_min && v < r->min.v - r->tolerance) return false;
    for (int i = 0; i < r->value_count; i++)
        if (v >= r->value[i].v - r->tolerance) return true;
    return r->value_count == 0;
}

/* ---- telling ---- */

static struct rule_place place_of(const struct check_rule_sink *k, const struct rule_block *b) {
    const struct area_page *page = k->page.page;
    return (struct rule_place){page->index, page->label, b->pos, b->x0, b->top, b->component};
}

static void tell(struct check_rule_sink *k, size_t i, const struct rule_block *b, const char *en, const char *vi) {
    struct rule_place at = place_of(k, b);
    rule_found(k, i, &at, en, vi, NULL);
}

static void tell_length(struct check_rule_sink *k, size_t i, const struct rule_block *b, int64_t v, bool mm) {
    struct buf s = {0};
    rule_say_length(&s, v, mm);
    tell(k, i, b, s.p, s.p);
    buf_free(&s);
}

static bool wants(const struct rule *r, const char *word) {
    return rule_has_word(r->words, word, strlen(word));
}

/* The words of a measure that is one or the other. */
static void check_word(struct check_rule_sink *k, size_t i, const struct rule_block *b, const char *word, const char *vi) {
    if (!wants(k->rules->v[i], word)) tell(k, i, b, word, vi);
}

/* ---- type ---- */

static bool is_named(const char *names, const char *family) {
    size_t n = strlen(family);
    for (const char *s = names + strspn(names, ", "); *s; s += strspn(s, ", ")) {
        size_t k = strcspn(s, ",");
        if (k == n && strncasecmp(s, family, n) == 0) return true;
        s += k;
    }
    return false;
}

static bool is_black(struct color c) {
    if (c.space == COLOR_CMYK) return c.c[3] == 65535;
    return c.c[0] == 0 && (c.space == COLOR_GRAY || (c.c[1] == 0 && c.c[2] == 0));
}

static void check_case(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const uint16_t *u = k->page.text[b->inner].u + b->text;
    for (size_t at = 0; at < b->text_len;) {
        UChar32 c;
        U16_NEXT(u, at, b->text_len, c);
        if (!u_islower(c)) continue;
        tell(k, i, b, "small letters", "chữ thường");
        return;
    }
}

/* ---- lines ---- */

static const struct rule_line *line_at(const struct check_rule_sink *k, const struct rule_block *b, size_t i) {
    return &k->page.lines[b->line + i];
}

static bool is_center(const struct rule_line *l, mpt x, mpt w, mpt tolerance) {
    int64_t off = (int64_t)l->x0 + l->x1 - 2 * (int64_t)x - w;
    return off <= 2 * (int64_t)tolerance && off >= -2 * (int64_t)tolerance;
}

/* In its column or on the page: a form may set it either way. */
static bool is_centered(const struct check_rule_sink *k, const struct rule *r, const struct rule_block *b) {
    const struct area_page *page = k->page.page;
    bool own = true, body = page->body.w > 0, paper = true;
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = line_at(k, b, i);
        own = own && (!r->of_page || 2 * (int64_t)l->line->w > page->width) && is_center(l, l->box_x, l->line->w, r->tolerance);
        body = body && is_center(l, page->body.x, page->body.w, r->tolerance);
        paper = paper && is_center(l, 0, page->width, r->tolerance);
    }
    return own || body || paper;
}

enum { INDENT_MOST = 45000 }; /* of a first line that still begins at the left */
enum { FLUSH = 1000 }; /* a line that ends here ends at the edge */

/* Lines that are filled, of those that could be; < 0: there are none. */
static int flush_share(const struct check_rule_sink *k, const struct rule_block *b) {
    int could = 0, are = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = line_at(k, b, i);
        if (l->line->last) continue;
        could++;
        are += (int64_t)l->box_x + l->line->w - l->x1 <= FLUSH;
    }
    return could ? 100 * are / could : -1;
}

static bool is_at_edge(const struct check_rule_sink *k, const struct rule_block *b, bool right, mpt tolerance) {
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = line_at(k, b, i);
        int64_t gap = right ? (int64_t)l->box_x + l->line->w - l->x1 : (int64_t)l->x0 - l->box_x;
        if (!right && l->line->first && gap >= 0 && gap < INDENT_MOST) continue;
        if (gap > tolerance || gap < -tolerance) return false;
    }
    return true;
}

static void check_align(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    int share = flush_share(k, b);
    bool center = is_centered(k, r, b), justified = share >= 90, left = is_at_edge(k, b, false, r->tolerance);
    if (wants(r, "center") && center) return;
    if (wants(r, "justify") && (share < 0 || justified)) return;
    if (wants(r, "left") && left && !justified) return;
    if (wants(r, "right") && is_at_edge(k, b, true, r->tolerance)) return;
    if (justified) tell(k, i, b, "justified", "căn đều hai bên");
    else if (center) tell(k, i, b, "centred", "căn giữa");
    else if (left) tell(k, i, b, "at the left", "căn trái");
    else if (is_at_edge(k, b, true, r->tolerance)) tell(k, i, b, "at the right", "căn phải");
    else tell(k, i, b, "not aligned", "không căn hàng");
}

/* From baseline to baseline as most lines have it; 0: there are no two. */
static mpt pitch_of(const struct check_rule_sink *k, const struct rule_block *b) {
    mpt best = 0, size = rule_face_of(b)->size;
    int most = 0;
    for (size_t i = 1; i < b->line_count; i++) {
        mpt v = line_at(k, b, i)->y - line_at(k, b, i - 1)->y;
        if (v < size / 2 || v > 4 * (int64_t)size || v == best) continue;
        int n = 0;
        for (size_t j = 1; j < b->line_count && j < 64; j++) {
            mpt w = line_at(k, b, j)->y - line_at(k, b, j - 1)->y;
            n += w - v < 50 && v - w < 50;
        }
        if (n > most) most = n, best = v;
        if (i > 64) break;
    }
    return best;
}

static void check_pitch(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    mpt v = pitch_of(k, b);
    if (v && !rule_in_bounds(k->rules->v[i], v, rule_face_of(b)->size)) tell_length(k, i, b, v, false);
}

static void check_indent(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule_line *l = line_at(k, b, 0);
    mpt v = l->x0 - l->box_x;
    if (l->line->first && !rule_in_bounds(k->rules->v[i], v, 0)) tell_length(k, i, b, v, true);
}

/* The block of the same component right above, in the same column. */
static const struct rule_block *block_above(const struct check_rule_sink *k, const struct rule_block *b) {
    enum { FAR = 6 };
    bool apart = b->apart;
    for (int n = 1; n <= FAR && b - n >= k->page.blocks && !apart; n++) {
        const struct rule_block *a = b - n;
        if (a->inner) continue;
        if (a->x0 < b->x1 && b->x0 < a->x1) return a->component == b->component ? a : NULL;
        apart = a->apart;
    }
    return NULL;
}

/* From the baseline to the lower (upper) edge of the line, leading halved. */
static mpt line_edge(const struct rule_block *b, mpt pitch, bool upper) {
    const struct rule_face *f = rule_face_of(b);
    mpt more = font_scale(f->font, f->font->ascender - f->font->descender, f->size);
    return (pitch + (upper ? more : -more)) / 2;
}

static void check_distance(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_block *a = b->inner || !line_at(k, b, 0)->line->first ? NULL : block_above(k, b);
    if (!a || !a->line_count) return;
    mpt step = line_at(k, b, 0)->y - line_at(k, a, a->line_count - 1)->y;
    mpt above = pitch_of(k, a), below = pitch_of(k, b), other = above ? above : below ? below : k->pitch;
    mpt natural = (mpt)((int64_t)rule_face_of(b)->size * RULE_LINE / 1000);
    bool sure = other > 0;
    if (!above) above = sure ? other : natural;
    if (!below) below = sure ? other : natural;
    if (step <= 0) return;
    mpt v = step - line_edge(a, above, false) - line_edge(b, below, true);
    /* Lanes wait for each other: their gaps may be wider. */
    const struct area_page *page = k->page.page;
    bool lane = page->body.w > 0 && line_at(k, b, 0)->line->w < page->body.w * 6LL / 10;
    bool good = sure && !lane ? rule_in_bounds(r, v, 0) : is_enough(r, v);
    if (!good) tell_length(k, i, b, v, false);
}

/* ---- rules and boxes ---- */

static int64_t overlap(mpt a0, mpt a1, mpt b0, mpt b1) {
    int64_t from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;
    return to - from;
}

/* The nearest horizontal rule under the block's last line. */
static const struct rect *rule_under(const struct check_rule_sink *k, const struct rule_block *b, mpt reach) {
    mpt y = line_at(k, b, b->line_count - 1)->y;
    const struct rect *best = NULL;
    for (size_t i = 0; i < k->page.shape_count; i++) {
        const struct rect *r = &k->page.shapes[i].rect;
        bool thin = r->h <= 3000 && r->w > 3 * (int64_t)r->h;
        bool under = r->y >= y && r->y - y <= reach && (!best || r->y < best->y);
        if (thin && under && 2 * overlap(b->x0, b->x1, r->x, r->x + r->w) >= (r->w < b->x1 - b->x0 ? r->w : b->x1 - b->x0)) best = r;
    }
    return best;
}

static mpt longest_line(const struct check_rule_sink *k, const struct rule_block *b) {
    if (b->inner) return b->x1 - b->x0;
    mpt w = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        mpt own = line_at(k, b, i)->x1 - line_at(k, b, i)->x0;
        if (own > w) w = own;
    }
    return w;
}

static void check_rule_length(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rect *r = rule_under(k, b, 2 * rule_face_of(b)->size);
    mpt w = longest_line(k, b);
    int64_t part = r && w > 0 ? (int64_t)r->w * 1000 / w : 0;
    if (!r) tell(k, i, b, "none", "không có");
    if (!r || rule_in_bounds(k->rules->v[i], part, 0)) return;
    struct buf s = {0};
    buf_fmt(&s, "%d%%", (int)((part + 5) / 10));
    tell(k, i, b, s.p, s.p);
    buf_free(&s);
}

static void check_underline(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rect *r = rule_under(k, b, rule_face_of(b)->size * 2 / 5);
    bool yes = r && 10 * overlap(b->x0, b->x1, r->x, r->x + r->w) >= 8 * (int64_t)(b->x1 - b->x0);
    check_word(k, i, b, yes ? "yes" : "no", yes ? "có" : "không");
}

static bool is_size(const struct rule *r, mpt w, mpt h) {
    if (!r->value_count) return true;
    for (int i = 0; i + 1 < r->value_count; i += 2) {
        int64_t dw = w - r->value[i].v, dh = h - r->value[i + 1].v;
        if (dw <= r->tolerance && dw >= -r->tolerance && dh <= r->tolerance && dh >= -r->tolerance) return true;
    }
    return false;
}

static void say_size(struct buf *s, mpt w, mpt h) {
    rule_say_length(s, w, true);
    buf_str(s, " × ");
    rule_say_length(s, h, true);
}

static void check_box(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    mpt x0 = MPT_MAX, y0 = MPT_MAX, x1 = -MPT_MAX, y1 = -MPT_MAX;
    for (size_t n = 0; n < k->page.shape_count; n++) {
        const struct rule_shape *s = &k->page.shapes[n];
        if (s->component != b->component) continue;
        if (s->rect.x < x0) x0 = s->rect.x;
        if (s->rect.y < y0) y0 = s->rect.y;
        if (s->rect.x + s->rect.w > x1) x1 = s->rect.x + s->rect.w;
        if (s->rect.y + s->rect.h > y1) y1 = s->rect.y + s->rect.h;
    }
    if (x1 < x0 || y0 >= b->bottom || y1 <= b->top) {
        tell(k, i, b, "none", "không có");
        return;
    }
    if (is_size(k->rules->v[i], x1 - x0, y1 - y0)) return;
    struct buf s = {0};
    say_size(&s, x1 - x0, y1 - y0);
    tell(k, i, b, s.p, s.p);
    buf_free(&s);
}

/* ---- places ---- */

static void check_place(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_page *p = &k->page;
    const struct area_page *page = p->page;
    int64_t twice = 2 * (int64_t)page->body.x + page->body.w, middle = (int64_t)b->x0 + b->x1;
    if (page->body.w <= 0) twice = page->width;
    mpt top = p->any ? p->extent.at[SIDE_TOP] : page->body.y, bottom = p->any ? p->extent.at[SIDE_BOTTOM] : page->body.y + page->body.h;
    bool above = b->bottom <= top + FLUSH, below = b->top >= bottom - FLUSH;
    if (wants(r, "top") && !above) tell(k, i, b, below ? "below the text" : "among the text", below ? "dưới phần chữ" : "giữa phần chữ");
    else if (wants(r, "bottom") && !below) tell(k, i, b, above ? "above the text" : "among the text", above ? "trên phần chữ" : "giữa phần chữ");
    else if (wants(r, "left") && middle >= twice) tell(k, i, b, "in the right half", "nửa bên phải");
    else if (wants(r, "right") && middle <= twice) tell(k, i, b, "in the left half", "nửa bên trái");
}

static void check_block(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_face *face = rule_face_of(b);
    switch (r->measure) {
    case RULE_FONT:
        if (!is_named(r->words, face->font->family)) tell(k, i, b, face->font->family, face->font->family);
        break;
    case RULE_COLOR:
        if (!is_black(face->color)) tell(k, i, b, "not black", "không đen");
        break;
    case RULE_SIZE:
        if (!rule_in_bounds(r, face->size, 0)) tell_length(k, i, b, face->size, false);
        break;
    case RULE_WEIGHT: check_word(k, i, b, face->font->bold ? "bold" : "regular", face->font->bold ? "đậm" : "không đậm"); break;
    case RULE_STYLE: check_word(k, i, b, face->font->italic ? "italic" : "upright", face->font->italic ? "nghiêng" : "đứng"); break;
    case RULE_CASE: check_case(k, i, b); break;
    case RULE_ALIGN: check_align(k, i, b); break;
    case RULE_DISTANCE: check_distance(k, i, b); break;
    case RULE_PITCH: check_pitch(k, i, b); break;
    case RULE_INDENT: check_indent(k, i, b); break;
    case RULE_RULE_LENGTH: check_rule_length(k, i, b); break;
    case RULE_UNDERLINE: check_underline(k, i, b); break;
    case RULE_BOX: check_box(k, i, b); break;
    case RULE_PLACE: check_place(k, i, b); break;
    default: break;
    }
}

/* ---- the page ---- */

/* The place of what reaches furthest on a side. */
static struct rule_place edge_place(const struct check_rule_sink *k, enum rule_side side) {
    const struct rule_page *p = &k->page;
    const struct rule_extent *e = &p->extent;
    return (struct rule_place){p->page->index, p->page->label, e->pos[side], e->x[side], e->y[side], NULL};
}

static void check_margins(struct check_rule_sink *k, const struct rule_page *p) {
    const struct area_page *page = p->page;
    const struct rect *b = &page->body;
    if (!p->any) return;
    for (int side = 0; side < 4; side++) {
        bool across = side == SIDE_LEFT || side == SIDE_RIGHT, far = side == SIDE_RIGHT || side == SIDE_BOTTOM;
        mpt whole = across ? page->width : page->height, start = across ? b->x : b->y;
        mpt body = far ? whole - start - (across ? b->w : b->h) : start;
        mpt text = far ? whole - p->extent.at[side] : p->extent.at[side];
        struct rule_place at = edge_place(k, (enum rule_side)side);
        mpt narrow = b->w > 0 && !across && text > body ? body : text, wide = b->w > 0 && text > body ? body : text;
        if (!k->margin[side].any || wide < k->margin[side].least) {
            k->margin[side].least = wide;
            k->margin[side].at = at;
            k->margin[side].any = true;
            k->margin[side].at.label = arena_strdup(k->arena, page->label ? page->label : "");
        }
        for (size_t i = 0; i < k->rules->n; i++) {
            const struct rule *r = k->rules->v[i];
            if (r->measure != RULE_MARGIN || (int)r->side != side || is_enough(r, narrow)) continue;
            struct buf s = {0};
            rule_say_length(&s, narrow, true);
            rule_found(k, i, &at, s.p, s.p, NULL);
            buf_free(&s);
        }
    }
}

static void check_size(struct check_rule_sink *k, size_t i) {
    const struct area_page *page = k->page.page;
    if (is_size(k->rules->v[i], page->width, page->height)) return;
    struct buf s = {0};
    say_size(&s, page->width, page->height);
    struct rule_place at = edge_place(k, SIDE_TOP);
    at.x = at.y = 0;
    rule_found(k, i, &at, s.p, s.p, NULL);
    buf_free(&s);
}

static void check_presence(struct check_rule_sink *k, size_t i) {
    const struct rule *r = k->rules->v[i];
    const struct rule_page *p = &k->page;
    const struct rule_block *b = p->blocks, *end = b + p->block_count;
    while (b < end && b->component != r->component) b++;
    bool first = p->page->index == k->first;
    if (b < end && (wants(r, "forbidden") || (wants(r, "first-page") && !first)))
        tell(k, i, b, first ? "stands here" : "stands on a later page", first ? "có ở đây" : "có ở trang sau");
    else if (b < end && wants(r, "later-pages") && first) tell(k, i, b, "stands on the first page", "có ở trang đầu");
    else if (b == end && wants(r, "later-pages") && !first && !p->page->blank) {
        struct rule_place at = edge_place(k, SIDE_TOP);
        rule_found(k, i, &at, "missing on this page", "thiếu ở trang này", NULL);
    }
}

static bool holds_for(const struct rule *r, const struct rule_block *b) {
    if (r->component != b->component && strcmp(r->component, "any") != 0) return false;
    return !r->lang || !b->lang || strncmp(r->lang, b->lang, strcspn(r->lang, "-")) == 0;
}

void rule_check_page(struct check_rule_sink *k) {
    const struct rule_page *p = &k->page;
    check_margins(k, p);
    for (size_t i = 0; i < k->rules->n; i++) {
        const struct rule *r = k->rules->v[i];
        if (r->measure == RULE_PRESENCE) check_presence(k, i);
        else if (r->measure == RULE_PAGE_SIZE) check_size(k, i);
        else if (rule_measures[r->measure].values != VALUES_PATTERN && r->measure != RULE_MARGIN)
            for (size_t n = 0; n < p->block_count; n++)
                if (holds_for(r, &p->blocks[n])) check_block(k, i, &p->blocks[n]);
    }
    for (size_t n = 0; n < p->block_count; n++) {
        const struct rule_block *b = &p->blocks[n];
        mpt pitch = strcmp(b->component, "body") == 0 ? pitch_of(k, b) : 0;
        if (pitch) k->pitch = pitch;
    }
}
