/* From specified to computed values (XSL 1.1, 5.1 to 5.5). */
#include "fo/tree.h"

#define EDGE_STEP (P_BORDER_AFTER_COLOR - P_BORDER_BEFORE_COLOR)
#define PADDING_STEP (P_PADDING_AFTER - P_PADDING_BEFORE)
#define NORMAL_LINE_HEIGHT 1.2

struct fo_value *compute_own(struct compute *c, enum fo_prop p) {
    unsigned i = p / FO_PAGE;
    if (!(c->changed >> i & 1)) {
        memcpy(c->own[i], c->page[i], sizeof c->own[i]);
        c->page[i] = c->own[i];
        c->changed |= 1u << i;
    }
    return &c->own[i][p % FO_PAGE];
}

void compute_set_token(struct compute *c, enum fo_prop p, enum fo_token t) {
    *compute_own(c, p) = value_token(t);
}

void compute_set_length(struct compute *c, enum fo_prop p, mpt len, double pct) {
    *compute_own(c, p) = value_length(len, pct);
}

void compute_bad(struct compute *c, const char *name, const char *text) {
    diag_add(c->doc->diags, DIAG_BAD_VALUE, c->pos, text, name);
}

static const struct fo_value *parent_get(const struct compute *c, enum fo_prop p) {
    return &c->parent->page[p / FO_PAGE][p % FO_PAGE];
}

static enum fo_token token_of(const struct compute *c, enum fo_prop p) {
    const struct fo_value *v = compute_get(c, p);
    return v->kind == FOV_TOKEN ? (enum fo_token)v->token : E_UNSET;
}

enum fo_prop compute_resolve_name(struct compute *c, const char *name, size_t n) {
    int p = vocab_property(name, n);
    if (p < 0) return P_COUNT;
    if (p < P_COUNT) return (enum fo_prop)p;
    enum fo_prop relative = shorthand_relative((enum shorthand)(p - P_COUNT), c->writing_mode);
    if (relative != P_COUNT) return relative;
    /* A compound: the component like the one being computed is its optimum. */
    char full[64];
    static const char *const tails[] = {".optimum", ".within-column", ".inline-progression-direction"};
    for (int i = 0; i < 3; i++) {
        int len = snprintf(full, sizeof full, "%.*s%s", (int)n, name, tails[i]);
        p = len < (int)sizeof full ? vocab_property(full, (size_t)len) : -1;
        if (p >= 0 && p < P_COUNT) return (enum fo_prop)p;
    }
    return P_COUNT;
}

/* ---- initial values ---- */

void compute_initial(struct fo_value *out, struct compute *c) {
    static const struct fo_value unset;
    for (int p = 0; p < P_COUNT; p++) {
        const char *text = fo_properties[p].initial;
        out[p] = unset;
        if (*text) value_read(c, (enum fo_prop)p, text, &out[p]);
    }
    mpt normal = (mpt)(NORMAL_LINE_HEIGHT * out[P_FONT_SIZE].len);
    out[P_LINE_HEIGHT] = out[P_LINE_HEIGHT_MINIMUM] = out[P_LINE_HEIGHT_MAXIMUM] = value_length(normal, 0);
    out[P_TEXT_ALIGN_LAST] = value_token(E_START);
    out[P_COLUMN_NUMBER] = value_number(0);
    for (int edge = 0; edge < 4; edge++) out[P_BORDER_BEFORE_WIDTH + edge * EDGE_STEP] = value_length(0, 0);
}

/* ---- reading what is specified ---- */

static void apply(struct compute *c, enum fo_prop p) {
    struct fo_value v;
    if (!c->spec[p]) return;
    if (value_read(c, p, c->spec[p], &v)) *compute_own(c, p) = v;
    else compute_bad(c, fo_properties[p].name, c->spec[p]);
}

/* Once a name, which is part of what is shown. */
static void tell_once(struct compute *c, enum diag_id id, const char *name, const char *shown, const char *clause) {
    struct map_entry *e = map_get(c->doc->told, name, strlen(name));
    if (e->value.num++) return;
    diag_add(c->doc->diags, id, c->pos, shown, clause);
}

/* On the objects of urn:sotay:fo their own attributes stand without prefix. */
static int property_of(const struct compute *c, const char *name) {
    int p = vocab_property(name, strlen(name));
    if (p >= 0 || c->element < FO_S_LANES || c->element > FO_S_ALL) return p;
    char full[64];
    int n = snprintf(full, sizeof full, "s:%s", name);
    return n < (int)sizeof full ? vocab_property(full, (size_t)n) : -1;
}

void compute_limit(struct compute *c, enum fo_prop p, const char *value) {
    const struct property_row *row = &fo_properties[p];
    if (vocab_supports(p, value)) return;
    struct buf b = {0};
    buf_str(&b, row->name);
    if (row->support == SUPPORT_PARTIAL) buf_fmt(&b, "=\"%.60s\"", value);
    tell_once(c, DIAG_UNSUPPORTED_PROPERTY, row->name, buf_cstr(&b), row->clause);
    buf_free(&b);
}

static void shorthand_limit(struct compute *c, enum shorthand sh) {
    const struct shorthand_row *row = &fo_shorthands[sh];
    if (row->support == SUPPORT_NONE) tell_once(c, DIAG_UNSUPPORTED_PROPERTY, row->name, row->name, row->clause);
}

static void enter(struct compute *c, const struct fo_attr *a) {
    int p = property_of(c, a->name);
    if (p < 0 && fo_is_origin(a->name)) return;
    if (p < 0) {
        tell_once(c, DIAG_UNKNOWN_PROPERTY, a->name, a->name, "");
        return;
    }
    if (p < P_COUNT) compute_limit(c, (enum fo_prop)p, a->value);
    else shorthand_limit(c, (enum shorthand)(p - P_COUNT));
    shorthand_enter(c, p, a->value);
}

/* The writing mode comes first: absolute forms are entered by it. */
static void read_writing_mode(struct compute *c, const struct fo_attr *attrs, uint32_t count) {
    struct fo_value v;
    c->writing_mode = (enum fo_token)parent_get(c, P_WRITING_MODE)->token;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(attrs[i].name, "writing-mode") == 0 && value_read(c, P_WRITING_MODE, attrs[i].value, &v))
            c->writing_mode = (enum fo_token)v.token;
}

/* ---- after reading: dependent values ---- */

static struct fo_value line_length(const struct compute *c, const struct fo_value *v) {
    if (v->kind == FOV_LENGTH) return *v;
    double factor = v->kind == FOV_NUMBER ? v->u.num : NORMAL_LINE_HEIGHT;
    return value_length(mpt_clamp((int64_t)(factor * c->font_size + 0.5)), 0);
}

/* 7.16.4: a number is inherited as number, a length and a percentage computed. */
static void finish_line_height(struct compute *c) {
    static const uint16_t sides[] = {P_LINE_HEIGHT_MINIMUM, P_LINE_HEIGHT_MAXIMUM};
    const char *spec = c->spec[P_LINE_HEIGHT];
    bool own = spec && strcmp(spec, "inherit") != 0;
    bool resized = c->font_size != parent_get(c, P_FONT_SIZE)->len;
    if (own) {
        struct fo_value v = *compute_get(c, P_LINE_HEIGHT);
        if (v.kind == FOV_LENGTH) compute_set_token(c, P_LINE_HEIGHT_FACTOR, E_NONE);
        else if (v.kind == FOV_NUMBER) *compute_own(c, P_LINE_HEIGHT_FACTOR) = v;
        else *compute_own(c, P_LINE_HEIGHT_FACTOR) = value_number(NORMAL_LINE_HEIGHT);
        *compute_own(c, P_LINE_HEIGHT) = line_length(c, &v);
    } else if (resized && compute_get(c, P_LINE_HEIGHT_FACTOR)->kind == FOV_NUMBER) {
        *compute_own(c, P_LINE_HEIGHT) = line_length(c, compute_get(c, P_LINE_HEIGHT_FACTOR));
        own = true;
    }
    for (int i = 0; i < 2; i++) {
        enum fo_prop p = (enum fo_prop)sides[i];
        if (c->spec[p]) *compute_own(c, p) = line_length(c, compute_get(c, p));
        else if (own) *compute_own(c, p) = *compute_get(c, P_LINE_HEIGHT);
    }
}

/* 7.8.7 to 7.8.18: no width without a style.  A border without a color is black,
 * as the reference has it (the standard: the object's own color). */
static void finish_border(struct compute *c, int edge) {
    enum fo_prop color = (enum fo_prop)(P_BORDER_BEFORE_COLOR + edge * EDGE_STEP);
    enum fo_prop style = (enum fo_prop)(color + 1), width = (enum fo_prop)(color + 2);
    if (!c->rank[color] && !c->rank[style] && !c->rank[width]) return;
    enum fo_token t = token_of(c, style);
    if (t == E_NONE || t == E_HIDDEN) compute_set_length(c, width, 0, 0);
    else if (!c->spec[width] || compute_get(c, width)->len < 0) compute_set_length(c, width, 1000, 0);
}

static void finish_padding(struct compute *c, int edge) {
    enum fo_prop p = (enum fo_prop)(P_PADDING_BEFORE + edge * PADDING_STEP);
    const struct fo_value *v = compute_get(c, p);
    if (!c->spec[p] || (v->len >= 0 && v->u.pct >= 0)) return;
    compute_bad(c, fo_properties[p].name, c->spec[p]);
    compute_set_length(c, p, 0, 0);
}

/* left, right and the reference's inside, outside as start and end. */
static enum fo_token relative_align(const struct compute *c, enum fo_token t) {
    bool rl = c->writing_mode == E_RL_TB || c->writing_mode == E_RL_BT;
    if (t == E_LEFT) return rl ? E_END : E_START;
    if (t == E_RIGHT) return rl ? E_START : E_END;
    return t == E_INSIDE ? E_START : t == E_OUTSIDE ? E_END : t;
}

/* 7.16.9, 7.16.10 */
static void finish_align(struct compute *c) {
    bool own_last = c->spec[P_TEXT_ALIGN_LAST];
    if (!own_last && !c->spec[P_TEXT_ALIGN]) return;
    enum fo_token align = relative_align(c, token_of(c, P_TEXT_ALIGN)), last = token_of(c, P_TEXT_ALIGN_LAST);
    compute_set_token(c, P_TEXT_ALIGN, align);
    bool relative = token_of(c, P_TEXT_ALIGN_LAST_RELATIVE) == E_TRUE;
    if (own_last && strcmp(c->spec[P_TEXT_ALIGN_LAST], "inherit") != 0) {
        relative = last == E_RELATIVE;
        compute_set_token(c, P_TEXT_ALIGN_LAST_RELATIVE, relative ? E_TRUE : E_FALSE);
    }
    if (relative) last = align == E_JUSTIFY ? E_START : align;
    compute_set_token(c, P_TEXT_ALIGN_LAST, relative_align(c, last));
}

static void finish_sides(struct compute *c) {
    if (c->spec[P_FLOAT]) compute_set_token(c, P_FLOAT, relative_align(c, token_of(c, P_FLOAT)));
    if (c->spec[P_CLEAR]) compute_set_token(c, P_CLEAR, relative_align(c, token_of(c, P_CLEAR)));
    if (c->spec[P_CAPTION_SIDE]) {
        enum fo_token t = relative_align(c, token_of(c, P_CAPTION_SIDE));
        compute_set_token(c, P_CAPTION_SIDE, t == E_TOP ? E_BEFORE : t == E_BOTTOM ? E_AFTER : t);
    }
}

/* Orders what can be ordered: -1, 0, 1; 2 when it depends on the base. */
static int compare(const struct fo_value *a, const struct fo_value *b) {
    if (a->kind != FOV_LENGTH || b->kind != FOV_LENGTH) return 2;
    double d;
    if (a->u.pct == b->u.pct) d = (double)a->len - b->len;
    else if (a->len == 0 && b->len == 0) d = a->u.pct - b->u.pct;
    else return 2;
    return d < 0 ? -1 : d > 0;
}

/* 4.2.5 and 5.11: minimum <= optimum <= maximum, by the reference's rule of
 * which one yields: what is explicit stays, the minimum first of all. */
static void finish_range(struct compute *c, enum fo_prop min) {
    enum fo_prop opt = (enum fo_prop)(min + 1), max = (enum fo_prop)(min + 2);
    bool set_min = c->spec[min], set_opt = c->spec[opt], set_max = c->spec[max];
    if (!set_min && !set_opt && !set_max) return;
    struct fo_value v[3] = {*compute_get(c, min), *compute_get(c, opt), *compute_get(c, max)};
    if (compare(&v[0], &v[2]) == 1) v[set_min ? 2 : 0] = v[set_min ? 0 : 2];
    if (compare(&v[1], &v[2]) == 1) {
        if (set_opt && !set_max) v[2] = v[1];
        else v[1] = v[2];
    } else if (compare(&v[1], &v[0]) == -1) {
        if (set_min) v[1] = v[0];
        else v[0] = v[1];
    }
    for (int i = 0; i < 3; i++) *compute_own(c, (enum fo_prop)(min + i)) = v[i];
}

/* 7.17.2, 7.17.8: "normal" beside explicit components counts as 0. */
static void finish_spacing(struct compute *c, enum fo_prop min) {
    if (!c->spec[min] && !c->spec[min + 1] && !c->spec[min + 2]) return;
    bool all_normal = true;
    for (int i = 0; i < 3; i++) all_normal &= compute_get(c, (enum fo_prop)(min + i))->kind == FOV_TOKEN;
    if (all_normal) return;
    for (int i = 0; i < 3; i++)
        if (compute_get(c, (enum fo_prop)(min + i))->kind == FOV_TOKEN)
            compute_set_length(c, (enum fo_prop)(min + i), 0, 0);
    finish_range(c, min);
}

static void finish_dimension(struct compute *c, enum fo_prop min) {
    for (int i = 0; i < 3; i++) {
        enum fo_prop p = (enum fo_prop)(min + i);
        const struct fo_value *v = compute_get(c, p);
        if (!c->spec[p] || v->kind != FOV_LENGTH || (v->len >= 0 && v->u.pct >= 0)) continue;
        if (v->u.pct > 0 && v->len < 0) continue; /* its sign is known with the base */
        if (i == 1 || c->spec[p] != c->spec[min + 1]) compute_bad(c, fo_properties[p].name, c->spec[p]);
        compute_set_length(c, p, 0, 0);
    }
    finish_range(c, min);
}

/* ---- margins (5.3.2) ---- */

static bool is_page_part(enum fo_element e) {
    return e == FO_SIMPLE_PAGE_MASTER || (e >= FO_REGION_BODY && e <= FO_REGION_END);
}

/* Objects that make reference areas: their indents start from 0. */
static bool makes_reference_area(enum fo_element e) {
    return e == FO_BLOCK_CONTAINER || e == FO_INLINE_CONTAINER || e == FO_TABLE_CELL ||
           e == FO_TABLE_CAPTION || e == FO_S_CELL || e == FO_S_ALL;
}

static enum fo_prop margin_at(const struct compute *c, int edge) {
    static const uint16_t lr[] = {P_MARGIN_TOP, P_MARGIN_BOTTOM, P_MARGIN_LEFT, P_MARGIN_RIGHT};
    static const uint16_t rl[] = {P_MARGIN_TOP, P_MARGIN_BOTTOM, P_MARGIN_RIGHT, P_MARGIN_LEFT};
    static const uint16_t tb_rl[] = {P_MARGIN_RIGHT, P_MARGIN_LEFT, P_MARGIN_TOP, P_MARGIN_BOTTOM};
    static const uint16_t tb_lr[] = {P_MARGIN_LEFT, P_MARGIN_RIGHT, P_MARGIN_TOP, P_MARGIN_BOTTOM};
    const uint16_t *row = c->writing_mode == E_RL_TB   ? rl
                          : c->writing_mode == E_TB_RL ? tb_rl
                          : c->writing_mode == E_TB_LR ? tb_lr
                                                       : lr;
    return (enum fo_prop)row[edge];
}

/* An explicit margin beats the relative form, that one a margin from the
 * shorthand (5.3.1). */
static bool margin_rules(const struct compute *c, enum fo_prop margin, bool relative_given) {
    return c->spec[margin] && (c->rank[margin] > RANK_SHORTHAND || !relative_given);
}

static void add(struct fo_value *to, const struct fo_value *v) {
    if (v->kind != FOV_LENGTH) return;
    *to = value_length(mpt_clamp((int64_t)to->len + v->len), to->u.pct + v->u.pct);
}

static void finish_indent(struct compute *c, enum fo_prop indent, int edge) {
    enum fo_prop margin = margin_at(c, edge);
    if (!margin_rules(c, margin, c->spec[indent])) {
        bool lane = c->element == FO_S_CELL || c->element == FO_S_ALL;
        if (lane && !c->spec[indent]) compute_set_length(c, indent, 0, 0);
        return;
    }
    struct fo_value v = value_length(0, 0);
    if (!makes_reference_area(c->element)) add(&v, parent_get(c, indent));
    add(&v, compute_get(c, margin));
    add(&v, compute_get(c, (enum fo_prop)(P_PADDING_BEFORE + edge * PADDING_STEP)));
    add(&v, compute_get(c, (enum fo_prop)(P_BORDER_BEFORE_WIDTH + edge * EDGE_STEP)));
    *compute_own(c, indent) = v;
}

static void finish_space(struct compute *c, enum fo_prop min, int edge) {
    enum fo_prop margin = margin_at(c, edge), conditionality = (enum fo_prop)(min + 3);
    bool given = c->spec[min] || c->spec[min + 1] || c->spec[min + 2];
    if (!margin_rules(c, margin, given)) {
        finish_range(c, min);
        return;
    }
    struct fo_value v = value_length(0, 0);
    add(&v, compute_get(c, margin));
    for (int i = 0; i < 3; i++) *compute_own(c, (enum fo_prop)(min + i)) = v;
    if (!c->spec[conditionality]) compute_set_token(c, conditionality, E_RETAIN);
}

static void finish_margins(struct compute *c) {
    if (is_page_part(c->element)) return;
    finish_indent(c, P_START_INDENT, 2);
    finish_indent(c, P_END_INDENT, 3);
    finish_space(c, P_SPACE_BEFORE_MINIMUM, 0);
    finish_space(c, P_SPACE_AFTER_MINIMUM, 1);
    finish_range(c, P_SPACE_START_MINIMUM);
    finish_range(c, P_SPACE_END_MINIMUM);
}

/* ---- the rest ---- */

/* 7.17.4: each line has the color of the object that draws it. */
static void finish_decoration(struct compute *c) {
    static const uint16_t rows[] = {P_UNDERLINE_COLOR, P_OVERLINE_COLOR, P_LINE_THROUGH_COLOR};
    for (int i = 0; i < 3; i++)
        if (c->spec[rows[i]] && compute_get(c, (enum fo_prop)rows[i])->kind == FOV_COLOR)
            *compute_own(c, (enum fo_prop)rows[i]) = *compute_get(c, P_COLOR);
}

/* 7.28.1, .2, .4, .6: initial values differ from object to object. */
static void finish_precedence(struct compute *c) {
    static const uint16_t rows[] = {P_BORDER_BEFORE_PRECEDENCE, P_BORDER_AFTER_PRECEDENCE,
                                    P_BORDER_START_PRECEDENCE, P_BORDER_END_PRECEDENCE};
    static const uint16_t order[] = {FO_TABLE_FOOTER, FO_TABLE_HEADER, FO_TABLE_BODY, FO_TABLE_ROW,
                                     FO_TABLE_COLUMN, FO_TABLE_CELL,   FO_TABLE};
    int value = 0, n = sizeof order / sizeof *order;
    while (value < n && order[value] != c->element) value++;
    if (value == n) return;
    for (int i = 0; i < 4; i++)
        if (!c->spec[rows[i]]) *compute_own(c, (enum fo_prop)rows[i]) = value_number(value);
}

/* 7.27.13, 7.27.15: "auto" is the reference's page. */
static void finish_page(struct compute *c) {
    if (c->element != FO_SIMPLE_PAGE_MASTER) return;
    enum fo_token width = token_of(c, P_PAGE_WIDTH), height = token_of(c, P_PAGE_HEIGHT);
    if (width == E_AUTO || (width == E_INDEFINITE && height == E_INDEFINITE))
        compute_set_length(c, P_PAGE_WIDTH, 594720, 0); /* 8.26in */
    if (height == E_AUTO) compute_set_length(c, P_PAGE_HEIGHT, 792000, 0); /* 11in */
}

/* 7.21.3: a multiple of 90 up to 270, kept as 0, 90, 180 or 270. */
static void finish_orientation(struct compute *c) {
    if (!c->spec[P_REFERENCE_ORIENTATION]) return;
    double v = compute_get(c, P_REFERENCE_ORIENTATION)->u.num;
    int turn = (int)v;
    if (turn != v || turn % 90 != 0 || turn > 270 || turn < -270) {
        compute_bad(c, "reference-orientation", c->spec[P_REFERENCE_ORIENTATION]);
        *compute_own(c, P_REFERENCE_ORIENTATION) = *parent_get(c, P_REFERENCE_ORIENTATION);
    } else {
        *compute_own(c, P_REFERENCE_ORIENTATION) = value_number((turn + 360) % 360);
    }
}

static void check_font(struct compute *c) {
    const struct fo_value *size = compute_get(c, P_FONT_SIZE);
    if (c->spec[P_FONT_SIZE] && (size->kind != FOV_LENGTH || size->len < 0)) {
        compute_bad(c, "font-size", c->spec[P_FONT_SIZE]);
        *compute_own(c, P_FONT_SIZE) = *parent_get(c, P_FONT_SIZE);
    }
    c->font_size = compute_get(c, P_FONT_SIZE)->len;
    double weight = compute_get(c, P_FONT_WEIGHT)->u.num;
    if (weight < 100 || weight > 900) *compute_own(c, P_FONT_WEIGHT) = value_number(weight < 100 ? 100 : 900);
}

static void finish(struct compute *c) {
    finish_line_height(c);
    for (int edge = 0; edge < 4; edge++) {
        finish_border(c, edge);
        finish_padding(c, edge);
    }
    finish_align(c);
    finish_sides(c);
    finish_spacing(c, P_LETTER_SPACING_MINIMUM);
    finish_spacing(c, P_WORD_SPACING_MINIMUM);
    finish_range(c, P_LEADER_LENGTH_MINIMUM);
    finish_dimension(c, P_BLOCK_PROGRESSION_DIMENSION_MINIMUM);
    finish_dimension(c, P_INLINE_PROGRESSION_DIMENSION_MINIMUM);
    finish_margins(c);
    finish_decoration(c);
    finish_precedence(c);
    finish_page(c);
    finish_orientation(c);
    if (c->element == FO_LIST_ITEM) *compute_own(c, P_LIST_ITEM_INDENT) = *compute_get(c, P_START_INDENT);
    if (c->element == FO_CHANGE_BAR_BEGIN && token_of(c, P_CHANGE_BAR_COLOR) == E_AUTO)
        *compute_own(c, P_CHANGE_BAR_COLOR) = *compute_get(c, P_COLOR);
}

void compute_run(struct compute *c, const struct fo_attr *attrs, uint32_t count) {
    memset(c->spec, 0, sizeof c->spec);
    memset(c->rank, 0, sizeof c->rank);
    c->changed = 0;
    c->bound = false;
    c->font_size = parent_get(c, P_FONT_SIZE)->len;
    read_writing_mode(c, attrs, count);
    for (uint32_t i = 0; i < count; i++) enter(c, &attrs[i]);
    apply(c, P_FONT_SIZE);
    apply(c, P_FONT_WEIGHT);
    check_font(c);
    for (int p = 0; p < P_COUNT; p++)
        if (c->spec[p] && p != P_FONT_SIZE && p != P_FONT_WEIGHT) apply(c, (enum fo_prop)p);
    finish(c);
    arena_reset(c->doc->scratch);
}
