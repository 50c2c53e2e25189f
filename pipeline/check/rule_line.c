/* What rules of form measure of lines: alignment, pitch, indents, distances. */
#include "check/rule.h"

static bool is_center(const struct rule_line *l, mpt x, mpt w, mpt tolerance) {
    int64_t off = (int64_t)l->x0 + l->x1 - 2 * (int64_t)x - w;
    return off <= 2 * (int64_t)tolerance && off >= -2 * (int64_t)tolerance;
}

/* In its column or on the page: a form may set it either way. */
static bool is_centered(const struct check_rule_sink *k, const struct rule *r, const struct rule_block *b) {
    const struct area_page *page = k->page.page;
    bool own = true, body = page->body.w > 0, paper = true;
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = rule_line_at(k, b, i);
        own = own && (!r->of_page || 2 * (int64_t)l->line->w > page->width) &&
              is_center(l, l->box_x, l->line->w, r->tolerance);
        body = body && is_center(l, page->body.x, page->body.w, r->tolerance);
        paper = paper && is_center(l, 0, page->width, r->tolerance);
    }
    return own || body || paper;
}

enum { INDENT_MOST = 45000 }; /* of a first line that still begins at the left */
/* Lines that are filled, of those that could be; < 0: there are none. */
static int flush_share(const struct check_rule_sink *k, const struct rule_block *b) {
    int could = 0, are = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = rule_line_at(k, b, i);
        if (l->line->last) continue;
        could++;
        are += (int64_t)l->box_x + l->line->w - l->x1 <= RULE_FLUSH;
    }
    return could ? 100 * are / could : -1;
}

static bool is_at_edge(const struct check_rule_sink *k, const struct rule_block *b, bool right, mpt tolerance) {
    for (size_t i = 0; i < b->line_count; i++) {
        const struct rule_line *l = rule_line_at(k, b, i);
        int64_t gap = right ? (int64_t)l->box_x + l->line->w - l->x1 : (int64_t)l->x0 - l->box_x;
        if (!right && l->line->first && gap >= 0 && gap < INDENT_MOST) continue;
        if (gap > tolerance || gap < -tolerance) return false;
    }
    return true;
}

void rule_check_align(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    int share = flush_share(k, b);
    bool center = is_centered(k, r, b), justified = share >= 90, left = is_at_edge(k, b, false, r->tolerance);
    if (rule_wants(r, "center") && center) return;
    if (rule_wants(r, "justify") && (share < 0 || justified)) return;
    if (rule_wants(r, "left") && left && !justified) return;
    if (rule_wants(r, "right") && is_at_edge(k, b, true, r->tolerance)) return;
    if (justified) rule_tell(k, i, b, "justified", "căn đều hai bên");
    else if (center) rule_tell(k, i, b, "centred", "căn giữa");
    else if (left) rule_tell(k, i, b, "at the left", "căn trái");
    else if (is_at_edge(k, b, true, r->tolerance)) rule_tell(k, i, b, "at the right", "căn phải");
    else rule_tell(k, i, b, "not aligned", "không căn hàng");
}

/* From baseline to baseline as most lines have it; 0: there are no two. */
mpt rule_pitch_of(const struct check_rule_sink *k, const struct rule_block *b) {
    mpt best = 0, size = rule_face_of(b)->size;
    int most = 0;
    for (size_t i = 1; i < b->line_count; i++) {
        mpt v = rule_line_at(k, b, i)->y - rule_line_at(k, b, i - 1)->y;
        if (v < size / 2 || v > 4 * (int64_t)size || v == best) continue;
        int n = 0;
        for (size_t j = 1; j < b->line_count && j < 64; j++) {
            mpt w = rule_line_at(k, b, j)->y - rule_line_at(k, b, j - 1)->y;
            n += w - v < 50 && v - w < 50;
        }
        if (n > most) most = n, best = v;
        if (i > 64) break;
    }
    return best;
}

void rule_check_pitch(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    mpt v = rule_pitch_of(k, b);
    if (v && !rule_in_bounds(k->rules->v[i], v, rule_face_of(b)->size)) rule_tell_length(k, i, b, v, false);
}

void rule_check_indent(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule_line *l = rule_line_at(k, b, 0);
    mpt v = l->x0 - l->box_x;
    if (l->line->first && !rule_in_bounds(k->rules->v[i], v, 0)) rule_tell_length(k, i, b, v, true);
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

void rule_check_distance(struct check_rule_sink *k, size_t i, const struct rule_block *b) {
    const struct rule *r = k->rules->v[i];
    const struct rule_block *a = b->inner || !rule_line_at(k, b, 0)->line->first ? NULL : block_above(k, b);
    if (!a || !a->line_count) return;
    mpt step = rule_line_at(k, b, 0)->y - rule_line_at(k, a, a->line_count - 1)->y;
    mpt above = rule_pitch_of(k, a), below = rule_pitch_of(k, b),
        other = above   ? above
                : below ? below
                        : k->pitch;
    mpt natural = (mpt)((int64_t)rule_face_of(b)->size * RULE_LINE / 1000);
    bool sure = other > 0;
    if (!above) above = sure ? other : natural;
    if (!below) below = sure ? other : natural;
    if (step <= 0) return;
    mpt v = step - line_edge(a, above, false) - line_edge(b, below, true);
    /* Lanes wait for each other: their gaps may be wider. */
    const struct area_page *page = k->page.page;
    bool lane = page->body.w > 0 && rule_line_at(k, b, 0)->line->w < page->body.w * 6LL / 10;
    bool good = sure && !lane ? rule_in_bounds(r, v, 0) : rule_is_enough(r, v);
    if (!good) rule_tell_length(k, i, b, v, false);
}
