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
bool rule_is_enough(const struct rule *r, int64_t v) {
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

void rule_tell(struct check_rule_sink *k, size_t i, const struct rule_block *b, const char *en,
               const char *vi) {
    struct rule_place at = place_of(k, b);
    rule_found(k, i, &at, en, vi, NULL);
}

void rule_tell_length(struct check_rule_sink *k, size_t i, const struct rule_block *b, int64_t v, bool mm) {
    struct buf s = {0};
    rule_say_length(&s, v, mm);
    rule_tell(k, i, b, s.p, s.p);
    buf_free(&s);
}

bool rule_wants(const struct rule *r, const char *word) {
    return rule_has_word(r->words, word, strlen(word));
}

/* The words of a measure that is one or the other. */
static void check_word(struct check_rule_sink *k, size_t i, const struct rule_block *b, const char *word,
                       const char *vi) {
    if (!rule_wants(k->rules->v[i], word)) rule_tell(k, i, b, word, vi);
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
        rule_tell(k, i, b, "small letters", "chữ thường");
        return;
    }
}

/* ---- rules and boxes ---- */

static int64_t overlap(mpt a0, mpt a1, mpt b0, mpt b1) {
    int64_t from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;
    return to - from;
}

/* The nearest horizontal rule under the block's last line. */
static const struct rect *rule_under(const struct check_rule_sink *k, const struct rule_block *b, mpt reach) {
    mpt y = rule_line_at(k, b, b->line_count - 1)->y;
    const struct rect *best = NULL;
    for (size_t i = 0; i < k->page.shape_count; i++) {
        const struct rect *r = &k->page.shapes[i].rect;
        bool thin = r->h <= 3000 && r->w > 3 * (int64_t)r->h;
        bool under = r->y >= y && r->y - y <= reach && (!best || r->y < best->y);
        if (thin && under &&
            2 * overlap(b->x0, b->x1, r->x, r->x + r->w) >= (r->w < b->x1 - b->x0 ? r->w : b->x1 - b->x0))
            best = r;
    }
    return best;
}

static mpt longest_line(const struct check_rule_sink *k, const struct rule_block *b) {
    if (b->inner) return b->x1 - b->x0;
    mpt w = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        mpt own = rule_line_at(k, b, i)->x1 - rule_line_at(k, b, i)->x0;
        if (own > w) w = own;
    }
    return w;
}

static void check_rule_length(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rect *r = rule_under(k, b, 2 * rule_face_of(b)->size);
    mpt w = longest_line(k, b);
    int64_t part = r && w > 0 ? (int64_t)r->w * 1000 / w : 0;
    if (!r) rule_tell(k, i, b, "none", "không có");
    if (!r || rule_in_bounds(k->rules->v[i], part, 0)) return;
    struct buf s = {0};
    buf_fmt(&s, "%d%%", (int)((part + 5) / 10));
    rule_tell(k, i, b, s.p, s.p);
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
        rule_tell(k, i, b, "none", "không có");
        return;
    }
    if (is_size(k->rules->v[i], x1 - x0, y1 - y0)) return;
    struct buf s = {0};
    say_size(&s, x1 - x0, y1 - y0);
    rule_tell(k, i, b, s.p, s.p);
    buf_free(&s);
}

/* ---- places ---- */

static void check_place(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_page *p = &k->page;
    const struct area_page *page = p->page;
    int64_t twice = 2 * (int64_t)page->body.x + page->body.w, middle = (int64_t)b->x0 + b->x1;
    if (page->body.w <= 0) twice = page->width;
    mpt top = p->any ? p->extent.at[SIDE_TOP] : page->body.y,
        bottom = p->any ? p->extent.at[SIDE_BOTTOM] : page->body.y + page->body.h;
    bool above = b->bottom <= top + RULE_FLUSH, below = b->top >= bottom - RULE_FLUSH;
    if (rule_wants(r, "top") && !above)
        rule_tell(k, i, b, below ? "below the text" : "among the text",
                  below ? "dưới phần chữ" : "giữa phần chữ");
    else if (rule_wants(r, "bottom") && !below)
        rule_tell(k, i, b, above ? "above the text" : "among the text",
                  above ? "trên phần chữ" : "giữa phần chữ");
    else if (rule_wants(r, "left") && middle >= twice) rule_tell(k, i, b, "in the right half", "nửa bên phải");
    else if (rule_wants(r, "right") && middle <= twice) rule_tell(k, i, b, "in the left half", "nửa bên trái");
}

static void check_block(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_face *face = rule_face_of(b);
    switch (r->measure) {
    case RULE_FONT:
        if (!is_named(r->words, face->font->family)) rule_tell(k, i, b, face->font->family, face->font->family);
        break;
    case RULE_COLOR:
        if (!is_black(face->color)) rule_tell(k, i, b, "not black", "không đen");
        break;
    case RULE_SIZE:
        if (!rule_in_bounds(r, face->size, 0)) rule_tell_length(k, i, b, face->size, false);
        break;
    case RULE_WEIGHT:
        check_word(k, i, b, face->font->bold ? "bold" : "regular", face->font->bold ? "đậm" : "không đậm");
        break;
    case RULE_STYLE:
        check_word(k, i, b, face->font->italic ? "italic" : "upright", face->font->italic ? "nghiêng" : "đứng");
        break;
    case RULE_CASE: check_case(k, i, b); break;
    case RULE_ALIGN: rule_check_align(k, i, b); break;
    case RULE_DISTANCE: rule_check_distance(k, i, b); break;
    case RULE_PITCH: rule_check_pitch(k, i, b); break;
    case RULE_INDENT: rule_check_indent(k, i, b); break;
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
        mpt narrow = b->w > 0 && !across && text > body ? body : text,
            wide = b->w > 0 && text > body ? body : text;
        if (!k->margin[side].any || wide < k->margin[side].least) {
            k->margin[side].least = wide;
            k->margin[side].at = at;
            k->margin[side].any = true;
            k->margin[side].at.label = arena_strdup(k->arena, page->label ? page->label : "");
        }
        for (size_t i = 0; i < k->rules->n; i++) {
            const struct rule *r = k->rules->v[i];
            if (r->measure != RULE_MARGIN || (int)r->side != side || rule_is_enough(r, narrow)) continue;
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
    if (b < end && (rule_wants(r, "forbidden") || (rule_wants(r, "first-page") && !first)))
        rule_tell(k, i, b, first ? "stands here" : "stands on a later page",
                  first ? "có ở đây" : "có ở trang sau");
    else if (b < end && rule_wants(r, "later-pages") && first)
        rule_tell(k, i, b, "stands on the first page", "có ở trang đầu");
    else if (b == end && rule_wants(r, "later-pages") && !first && !p->page->blank) {
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
        mpt pitch = strcmp(b->component, "body") == 0 ? rule_pitch_of(k, b) : 0;
        if (pitch) k->pitch = pitch;
    }
}
