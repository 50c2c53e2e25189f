/* Widths of lanes: given, in shares, or those that need the fewest pages. */
#include "layout/lanes.h"
#include "layout/para.h"

enum { LOOK_AHEAD = 1000 };

/* What a lane asks for: a length, or a share of what lengths leave. */
struct ask {
    mpt length;
    double share;
};

/* "50mm", "40%", "2" or "2*" (shares). */
static bool read_ask(const char *s, size_t n, mpt whole, struct ask *out) {
    char *end, word[32];
    if (n >= sizeof word) return false;
    memcpy(word, s, n);
    word[n] = 0;
    double v = strtod(word, &end);
    if (end == word || v <= 0 || v > MPT_MAX) return false;
    *out = (struct ask){0};
    if (!*end || strcmp(end, "*") == 0) out->share = v;
    else if (strcmp(end, "%") == 0) out->length = mpt_clamp((int64_t)(v / 100 * whole));
    else {
        bool ok;
        out->length = mpt_from_unit(v, end, strlen(end), &ok);
        return ok;
    }
    return true;
}

static void read_widths(struct layout *l, const struct lanes *s, const char *text, mpt whole, struct ask *ask) {
    int32_t k = 0;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " \t\n\r");
        bool good = !n || (k < s->n && read_ask(p, n, whole, &ask[k++]));
        if (!good) diag_add(l->diags, DIAG_BAD_VALUE, s->node->pos, text, "widths");
        p += n;
        p += strspn(p, " \t\n\r");
    }
}

/* ---- auto -------------------------------------------------------------------------- */

/* What a cell's text would measure on one line, its words and paragraphs, and a
 * line's height. */
struct bulk {
    double ink, words, paragraphs, line;
};

static void add_text(struct layout *l, struct bulk *b, const struct fo_node *n) {
    const struct tstyle *ts = tstyle_of(l, n->parent);
    const char *p = n->text, *end = n->text + n->text_len;
    bool space = true;
    while (p < end) {
        uint32_t cp = utf8_next(&p, end);
        bool blank = cp == ' ' || cp == '\n' || cp == '\t' || cp == '\r';
        if (blank && space) continue;
        b->ink += blank ? ts->space : char_width(ts, cp);
        b->words += space;
        space = blank;
    }
    if (ts->line_height > b->line) b->line = ts->line_height;
}

static struct bulk bulk_of(struct layout *l, const struct fo_node *cell) {
    struct bulk b = {0};
    for (const struct fo_node *n = cell; n;) {
        if (n->element == FO_TEXT && n->parent->style) add_text(l, &b, n);
        bool holds = n->first && n->first->element == FO_TEXT;
        if (n->element == FO_BLOCK && holds) b.paragraphs++;
        if (n->first && n->element != FO_FOOTNOTE_BODY && n->element != FO_MARKER) {
            n = n->first;
            continue;
        }
        while (n != cell && !n->next) n = n->parent;
        n = n == cell ? NULL : n->next;
    }
    return b;
}

/* Lines lose half a word at their end, a paragraph's last line half its width on
 * average; where no spaces divide words three lines' height stands for one. */
static double height_at(const struct bulk *b, double width) {
    double word = b->words > 0 ? b->ink / b->words : 0;
    if (word > 3 * b->line) word = 3 * b->line;
    double room = width - word / 2;
    if (room < width / 4) room = width / 4;
    return (b->ink / room + b->paragraphs / 2) * b->line;
}

/* Extent of all rows at these widths: of each the tallest cell. */
static double extent_at(const struct bulk *rows, size_t count, int32_t n, const double *width) {
    double sum = 0;
    for (size_t r = 0; r < count; r++) {
        double most = 0;
        for (int32_t k = 0; k < n; k++) {
            double h = height_at(&rows[r * (size_t)n + (size_t)k], width[k]);
            if (h > most) most = h;
        }
        sum += most;
    }
    return sum;
}

/* Shares the width of two lanes so that all rows are lowest: their extent is a
 * convex function of the share. */
static void share_pair(const struct bulk *rows, size_t count, int32_t n, double *width, int32_t a, int32_t b) {
    double both = width[a] + width[b], low = both * 0.15, high = both * 0.85;
    for (int i = 0; i < 30; i++) {
        double third = (high - low) / 3, at[2] = {low + third, high - third}, extent[2];
        for (int k = 0; k < 2; k++) {
            width[a] = at[k];
            width[b] = both - at[k];
            extent[k] = extent_at(rows, count, n, width);
        }
        if (extent[0] <= extent[1]) high = at[1];
        else low = at[0];
    }
    width[a] = (low + high) / 2;
    width[b] = both - width[a];
}

static void share_by_text(struct layout *l, const struct lanes *s, mpt whole, struct ask *ask) {
    size_t count = 0, cap = 0, n = (size_t)s->n;
    struct bulk *rows = NULL;
    for (struct fo_node *r = lanes_next(l, s, NULL); r && count < LOOK_AHEAD; r = lanes_next(l, s, r)) {
        rows = mem_grow(rows, &cap, (count + 1) * n, sizeof *rows);
        for (size_t k = 0; k < n; k++) {
            const struct fo_node *cell = lanes_cell(s, r, (int32_t)k);
            rows[count * n + k] = cell ? bulk_of(l, cell) : (struct bulk){0};
        }
        count++;
    }
    double width[PARTS_MAX];
    for (size_t k = 0; k < n; k++) width[k] = whole > 0 ? (double)whole / (double)n : 1;
    enum { ROUNDS = 3 };
    for (int i = 0; i < ROUNDS && count; i++)
        for (int32_t a = 0; a < s->n; a++)
            for (int32_t b = a + 1; b < s->n; b++) share_pair(rows, count, s->n, width, a, b);
    for (size_t k = 0; k < n; k++) ask[k].share = width[k];
    mem_free(rows);
}

/* ---- places ------------------------------------------------------------------------ */

/* The lanes of one page side by side. */
static void measure_side(struct lanes *s, const struct ask *ask, bool recto, mpt ix, mpt width) {
    double shares = 0;
    int64_t room = width;
    int32_t last = -1;
    for (int32_t k = 0; k < s->n; k++) {
        struct lane *lane = &s->lane[k];
        if (lane->recto != recto) continue;
        lane->first = last < 0;
        if (last >= 0) room -= s->gap;
        last = k;
        room -= ask[k].length;
        shares += ask[k].share;
    }
    if (last < 0) return;
    s->lane[last].last = true;
    if (room < 0) room = 0;
    int64_t x = ix;
    for (int32_t k = 0; k < s->n; k++) {
        struct lane *lane = &s->lane[k];
        if (lane->recto != recto) continue;
        lane->ix = mpt_clamp(x);
        lane->width = ask[k].length;
        if (ask[k].share > 0) lane->width += (mpt)((double)room * ask[k].share / shares);
        x += (int64_t)lane->width + s->gap;
    }
}

void lanes_measure(struct layout *l, struct lanes *s, mpt ix, mpt width, mpt recto) {
    struct ask ask[PARTS_MAX];
    for (int32_t k = 0; k < s->n; k++) ask[k] = (struct ask){0, 1};
    const char *text = fo_string(s->node, P_S_WIDTHS);
    mpt whole = width - (s->n - 1) * s->gap;
    if (text && !s->facing) read_widths(l, s, text, whole, ask);
    else if (!text && !s->facing) share_by_text(l, s, whole, ask);
    measure_side(s, ask, false, ix, width);
    measure_side(s, ask, true, ix, recto);
}
