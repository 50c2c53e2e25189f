/* Attributes that set other properties: shorthands (XSL 1.1, 5.2 and 7.31),
 * compounds written whole (5.11), absolute forms of relative properties (5.3). */
#include "fo/tree.h"

#define MAX_WORDS 16

enum side { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT };
enum edge { EDGE_BEFORE, EDGE_AFTER, EDGE_START, EDGE_END };

static void set(struct compute *c, enum fo_prop p, enum rank rank, const char *text) {
    if (rank < c->rank[p]) return;
    c->rank[p] = (uint8_t)rank;
    c->spec[p] = text;
}

/* ---- absolute and relative (5.3.1) ---- */

/* Which edge a side is, by the writing mode's first two directions. */
static enum edge edge_of(enum side side, enum fo_token writing_mode) {
    static const uint8_t lr_tb[] = {EDGE_BEFORE, EDGE_END, EDGE_AFTER, EDGE_START};
    static const uint8_t rl_tb[] = {EDGE_BEFORE, EDGE_START, EDGE_AFTER, EDGE_END};
    static const uint8_t tb_rl[] = {EDGE_START, EDGE_BEFORE, EDGE_END, EDGE_AFTER};
    static const uint8_t tb_lr[] = {EDGE_START, EDGE_AFTER, EDGE_END, EDGE_BEFORE};
    switch (writing_mode) {
    case E_RL_TB:
    case E_RL_BT:
        return (enum edge)rl_tb[side];
    case E_TB_RL:
    case E_BT_RL:
    case E_TB_RL_IN_RL_PAIRS:
        return (enum edge)tb_rl[side];
    case E_TB_LR:
    case E_BT_LR:
    case E_TB_LR_IN_LR_PAIRS:
        return (enum edge)tb_lr[side];
    default:
        return (enum edge)lr_tb[side];
    }
}

static bool is_vertical(enum fo_token writing_mode) {
    return edge_of(SIDE_TOP, writing_mode) == EDGE_START;
}

#define BORDER_PART(edge, part) /* part: 0 color, 1 style, 2 width */ \
    ((enum fo_prop)(P_BORDER_BEFORE_COLOR + (edge) * (P_BORDER_AFTER_COLOR - P_BORDER_BEFORE_COLOR) + (part)))
#define PADDING(edge) ((enum fo_prop)(P_PADDING_BEFORE + (edge) * (P_PADDING_AFTER - P_PADDING_BEFORE)))

static enum side side_of_name(const char *name) {
    return strstr(name, "-top") ? SIDE_TOP : strstr(name, "-bottom") ? SIDE_BOTTOM
         : strstr(name, "-left") ? SIDE_LEFT : SIDE_RIGHT;
}

static enum fo_prop dimension(bool width, enum fo_token writing_mode, int component) {
    enum fo_prop first = width != is_vertical(writing_mode) ? P_INLINE_PROGRESSION_DIMENSION_MINIMUM
                                                            : P_BLOCK_PROGRESSION_DIMENSION_MINIMUM;
    return (enum fo_prop)(first + component);
}

enum fo_prop shorthand_relative(enum shorthand sh, enum fo_token writing_mode) {
    const char *name = fo_shorthands[sh].name;
    if (fo_shorthands[sh].kind != KIND_ABSOLUTE) return P_COUNT;
    if (strncmp(name, "padding", 7) == 0) return PADDING(edge_of(side_of_name(name), writing_mode));
    if (strncmp(name, "border", 6) == 0) {
        int part = strstr(name, "-color") ? 0 : strstr(name, "-style") ? 1 : 2;
        return BORDER_PART(edge_of(side_of_name(name), writing_mode), part);
    }
    int component = strncmp(name, "min-", 4) == 0 ? 0 : strncmp(name, "max-", 4) == 0 ? 2 : 1;
    return dimension(strstr(name, "width") != NULL, writing_mode, component);
}

/* 7.15.6, 7.15.14: width and height set all three components. */
static void enter_absolute(struct compute *c, enum shorthand sh, const char *text) {
    enum fo_prop p = shorthand_relative(sh, c->writing_mode);
    if (sh == SH_WIDTH || sh == SH_HEIGHT) {
        for (int i = -1; i <= 1; i++) set(c, (enum fo_prop)(p + i), RANK_ABSOLUTE, text);
        return;
    }
    if (strcmp(text, "none") == 0 && (sh == SH_MAX_WIDTH || sh == SH_MAX_HEIGHT)) text = "auto";
    set(c, p, RANK_ABSOLUTE, text);
    if (sh == SH_MIN_WIDTH || sh == SH_MIN_HEIGHT || sh == SH_MAX_WIDTH || sh == SH_MAX_HEIGHT)
        c->rank[p] = RANK_ABSOLUTE + 1; /* wins over width in its own component */
}

/* ---- compounds (5.11) ---- */

static enum fo_prop first_component(const char *name) {
    char full[64];
    static const char *const tails[] = {".minimum", ".within-line", ".inline-progression-direction"};
    for (int i = 0; i < 3; i++) {
        int n = snprintf(full, sizeof full, "%s%s", name, tails[i]);
        int p = vocab_property(full, (size_t)n);
        if (p >= 0 && p < P_COUNT) return (enum fo_prop)p;
    }
    return P_COUNT;
}

static void enter_compound(struct compute *c, enum shorthand sh, const char *text) {
    enum fo_prop p = first_component(fo_shorthands[sh].name);
    int n = fo_shorthands[sh].kind == KIND_PAIR ? 2 : 3;
    for (int i = 0; i < n; i++) set(c, (enum fo_prop)(p + i), RANK_WHOLE, text);
}

/* border-before-width.length is border-before-width, line-height.optimum line-height. */
static void enter_same(struct compute *c, enum shorthand sh, const char *text) {
    const char *name = fo_shorthands[sh].name;
    int p = vocab_property(name, (size_t)(strrchr(name, '.') - name));
    set(c, (enum fo_prop)p, RANK_COMPONENT, text);
}

/* ---- words ---- */

static bool is_operator(const char *word) {
    static const char *const operators[] = {"+", "-", "*", "div", "mod"};
    for (int i = 0; i < 5; i++)
        if (strcmp(word, operators[i]) == 0) return true;
    return false;
}

/* "3mm + 1mm" is one value. */
static int join_sums(struct compute *c, const char **word, int n) {
    int out = 0;
    for (int i = 0; i < n; i++) {
        if (out == 0 || i + 1 == n || !is_operator(word[i])) {
            word[out++] = word[i];
            continue;
        }
        struct buf b = {0};
        buf_fmt(&b, "%s %s %s", word[out - 1], word[i], word[i + 1]);
        word[out - 1] = arena_strdup(c->doc->scratch, buf_cstr(&b));
        buf_free(&b);
        i++;
    }
    return out;
}

/* Splits at white space outside parentheses and quotes; strings live in scratch. */
static int split(struct compute *c, const char *s, const char **word) {
    int n = 0;
    while (n < MAX_WORDS) {
        while (*s && strchr(" \t\r\n", *s)) s++;
        if (!*s) break;
        const char *start = s;
        int depth = 0;
        for (char quote = 0; *s && (depth || quote || !strchr(" \t\r\n", *s)); s++) {
            if (quote) quote = *s == quote ? 0 : quote;
            else if (*s == '\'' || *s == '"') quote = *s;
            else if (*s == '(') depth++;
            else if (*s == ')') depth--;
        }
        word[n++] = arena_strndup(c->doc->scratch, start, (size_t)(s - start));
    }
    return join_sums(c, word, n);
}

static bool is_word_of(enum fo_prop p, const char *word) {
    return vocab_accepts(p, vocab_token(word, strlen(word)));
}

static bool is_color_word(const char *word) {
    struct fo_value v;
    return color_read(word, strlen(word), &v) || strncmp(word, "rgb", 3) == 0 ||
           strncmp(word, "cmyk(", 5) == 0 || strncmp(word, "system-color(", 13) == 0;
}

static bool is_length_word(const char *word) {
    return (word[0] >= '0' && word[0] <= '9') || word[0] == '.' || word[0] == '-' || word[0] == '+' ||
           strchr(word, '(');
}

static bool is_inherit(const char *text) {
    while (*text == ' ') text++;
    return strncmp(text, "inherit", 7) == 0 && text[7 + strspn(text + 7, " ")] == 0;
}

/* ---- borders and boxes ---- */

/* One word of a border: 0 color, 1 style, 2 width, -1 none of them. */
static int border_part(const char *word) {
    if (is_word_of(P_BORDER_BEFORE_STYLE, word)) return 1;
    if (is_word_of(P_BORDER_BEFORE_WIDTH, word)) return 2;
    if (is_color_word(word)) return 0;
    return is_length_word(word) ? 2 : -1;
}

/* 7.31.3 to 7.31.7, 7.31.10: width, style and color in any order; what is not
 * named gets its initial value. */
static void enter_border(struct compute *c, const char *name, const char *text, enum rank rank,
        unsigned sides) {
    const char *word[MAX_WORDS], *part[3] = {NULL, "none", "medium"};
    int n = is_inherit(text) ? 0 : split(c, text, word);
    if (is_inherit(text)) part[0] = part[1] = part[2] = "inherit";
    for (int i = 0; i < n; i++) {
        int k = border_part(word[i]);
        if (k < 0) compute_bad(c, name, text);
        else part[k] = word[i];
    }
    for (int side = 0; side < 4; side++) {
        if (!(sides >> side & 1)) continue;
        enum edge edge = edge_of((enum side)side, c->writing_mode);
        for (int k = 0; k < 3; k++) set(c, BORDER_PART(edge, k), rank, part[k]);
    }
}

/* One to four values for top, right, bottom, left. */
static bool box_values(struct compute *c, const char *text, const char *side[4]) {
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    if (n < 1 || n > 4) return false;
    side[SIDE_TOP] = word[0];
    side[SIDE_RIGHT] = word[n > 1 ? 1 : 0];
    side[SIDE_BOTTOM] = word[n > 2 ? 2 : 0];
    side[SIDE_LEFT] = word[n > 3 ? 3 : n > 1 ? 1 : 0];
    return true;
}

static enum fo_prop margin_of(enum side side) {
    static const uint16_t margins[] = {P_MARGIN_TOP, P_MARGIN_RIGHT, P_MARGIN_BOTTOM, P_MARGIN_LEFT};
    return (enum fo_prop)margins[side];
}

static void enter_box(struct compute *c, enum shorthand sh, const char *text) {
    const char *value[4];
    if (!box_values(c, text, value)) {
        compute_bad(c, fo_shorthands[sh].name, text);
        return;
    }
    for (int side = 0; side < 4; side++) {
        enum edge edge = edge_of((enum side)side, c->writing_mode);
        if (sh == SH_MARGIN) set(c, margin_of((enum side)side), RANK_SHORTHAND, value[side]);
        else if (sh == SH_PADDING) set(c, PADDING(edge), RANK_SHORTHAND, value[side]);
        else {
            int part = sh == SH_BORDER_COLOR ? 0 : sh == SH_BORDER_STYLE ? 1 : 2;
            set(c, BORDER_PART(edge, part), RANK_SHORTHAND_KIND, value[side]);
        }
    }
}

/* 7.31.9: one value for both directions, or inline and block. */
static void enter_spacing(struct compute *c, const char *text) {
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    if (n < 1 || n > 2) {
        compute_bad(c, "border-spacing", text);
        return;
    }
    set(c, P_BORDER_SEPARATION_INLINE, RANK_SHORTHAND, word[0]);
    set(c, P_BORDER_SEPARATION_BLOCK, RANK_SHORTHAND, word[n - 1]);
}

/* ---- font (7.31.13) ---- */

static void enter_system_font(struct compute *c) {
    set(c, P_FONT_STYLE, RANK_SHORTHAND, "normal");
    set(c, P_FONT_VARIANT, RANK_SHORTHAND, "normal");
    set(c, P_FONT_WEIGHT, RANK_SHORTHAND, "normal");
    set(c, P_FONT_SIZE, RANK_SHORTHAND, "medium");
    set(c, P_FONT_FAMILY, RANK_SHORTHAND, "sans-serif");
}

static bool is_font_size(struct compute *c, const char *word) {
    struct fo_value v;
    return !is_word_of(P_FONT_STYLE, word) && value_read(c, P_FONT_SIZE, word, &v);
}

static void enter_font_word(struct compute *c, const char *word) {
    struct fo_value v;
    if (strcmp(word, "normal") == 0) return;
    if (is_word_of(P_FONT_STYLE, word)) set(c, P_FONT_STYLE, RANK_SHORTHAND, word);
    else if (is_word_of(P_FONT_VARIANT, word)) set(c, P_FONT_VARIANT, RANK_SHORTHAND, word);
    else if (value_read(c, P_FONT_WEIGHT, word, &v)) set(c, P_FONT_WEIGHT, RANK_SHORTHAND, word);
    else compute_bad(c, "font", word);
}

static void enter_font_size(struct compute *c, char *size) {
    char *slash = strchr(size, '/');
    set(c, P_LINE_HEIGHT, RANK_SHORTHAND, slash ? slash + 1 : "normal");
    if (slash) *slash = 0;
    set(c, P_FONT_SIZE, RANK_SHORTHAND, size);
}

/* Where the family list begins: after the word with the size. */
static const char *after_word(const char *text, int words) {
    for (; words; words--) {
        while (*text && strchr(" \t\r\n", *text)) text++;
        while (*text && !strchr(" \t\r\n", *text)) text++;
    }
    return text + strspn(text, " \t\r\n");
}

static void enter_font(struct compute *c, const char *text) {
    static const char *const system[] = {"caption", "icon", "menu", "message-box", "small-caption",
            "status-bar"};
    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        if (strcmp(text, system[i]) == 0) {
            enter_system_font(c);
            return;
        }
    static const uint16_t all[] = {P_FONT_STYLE, P_FONT_VARIANT, P_FONT_WEIGHT, P_FONT_SIZE, P_LINE_HEIGHT,
            P_FONT_FAMILY};
    if (is_inherit(text)) {
        for (int i = 0; i < 6; i++) set(c, (enum fo_prop)all[i], RANK_SHORTHAND, "inherit");
        return;
    }
    const char *word[MAX_WORDS];
    int n = split(c, text, word), size = 0;
    char *copy = NULL;
    for (; size < n; size++) {
        copy = arena_strdup(c->doc->scratch, word[size]);
        char *slash = strchr(copy, '/');
        if (slash) *slash = 0;
        bool numeric_weight = strlen(copy) == 3 && strspn(copy, "0123456789") == 3 && !slash;
        if (!numeric_weight && is_font_size(c, copy)) break;
    }
    if (size + 1 >= n) {
        compute_bad(c, "font", text);
        return;
    }
    enter_system_font(c); /* what is not named is reset */
    for (int i = 0; i < size; i++) enter_font_word(c, word[i]);
    enter_font_size(c, arena_strdup(c->doc->scratch, word[size]));
    set(c, P_FONT_FAMILY, RANK_SHORTHAND, after_word(text, size + 1));
}

/* ---- background (7.31.1, 7.31.2) ---- */

static bool is_position_word(const char *word) {
    return is_word_of(P_BACKGROUND_POSITION_HORIZONTAL, word) ||
           is_word_of(P_BACKGROUND_POSITION_VERTICAL, word) || is_length_word(word);
}

static void enter_position(struct compute *c, const char *a, const char *b) {
    bool a_vertical = strcmp(a, "top") == 0 || strcmp(a, "bottom") == 0;
    bool b_horizontal = b && (strcmp(b, "left") == 0 || strcmp(b, "right") == 0);
    if (!b) b = a_vertical ? a : "50%";
    else if (a_vertical || b_horizontal) {
        const char *swap = a;
        a = b;
        b = swap;
    }
    if (b == a) a = "50%";
    set(c, P_BACKGROUND_POSITION_HORIZONTAL, RANK_SHORTHAND_KIND, a);
    set(c, P_BACKGROUND_POSITION_VERTICAL, RANK_SHORTHAND_KIND, b);
}

static void enter_background_position(struct compute *c, const char *text) {
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    if (is_inherit(text)) {
        set(c, P_BACKGROUND_POSITION_HORIZONTAL, RANK_SHORTHAND_KIND, "inherit");
        set(c, P_BACKGROUND_POSITION_VERTICAL, RANK_SHORTHAND_KIND, "inherit");
    } else if (n < 1 || n > 2) {
        compute_bad(c, "background-position", text);
    } else {
        enter_position(c, word[0], n > 1 ? word[1] : NULL);
    }
}

static void enter_background(struct compute *c, const char *text) {
    const char *word[MAX_WORDS], *position[2] = {NULL, NULL};
    int n = split(c, text, word), positions = 0;
    for (int i = 0; i < n; i++) {
        if (strncmp(word[i], "url(", 4) == 0 || strcmp(word[i], "none") == 0)
            set(c, P_BACKGROUND_IMAGE, RANK_SHORTHAND, word[i]);
        else if (is_word_of(P_BACKGROUND_REPEAT, word[i]))
            set(c, P_BACKGROUND_REPEAT, RANK_SHORTHAND, word[i]);
        else if (is_word_of(P_BACKGROUND_ATTACHMENT, word[i]))
            set(c, P_BACKGROUND_ATTACHMENT, RANK_SHORTHAND, word[i]);
        else if (is_color_word(word[i])) set(c, P_BACKGROUND_COLOR, RANK_SHORTHAND, word[i]);
        else if (is_position_word(word[i]) && positions < 2) position[positions++] = word[i];
        else compute_bad(c, "background", text);
    }
    if (positions) enter_position(c, position[0], position[1]);
}

/* ---- keeps, breaks, and the rest of CSS ---- */

/* 7.31.16 to 7.31.18.  What is to be avoided is a break of the page, as CSS has
 * it and the reference: 7.31's "always" would also bar breaks between lines and
 * set a paragraph as one. */
static void enter_page_break(struct compute *c, enum shorthand sh, const char *text) {
    bool avoid = strcmp(text, "avoid") == 0;
    if (sh == SH_PAGE_BREAK_INSIDE) {
        set(c, P_KEEP_TOGETHER_WITHIN_PAGE, RANK_SHORTHAND, avoid ? "always" : "auto");
        return;
    }
    bool after = sh == SH_PAGE_BREAK_AFTER;
    const char *place = strcmp(text, "always") == 0 ? "page" : strcmp(text, "left") == 0 ? "even-page"
                      : strcmp(text, "right") == 0 ? "odd-page" : "auto";
    if (!avoid && strcmp(place, "auto") == 0 && strcmp(text, "auto") != 0) {
        compute_bad(c, fo_shorthands[sh].name, text);
        return;
    }
    set(c, after ? P_BREAK_AFTER : P_BREAK_BEFORE, RANK_SHORTHAND, place);
    set(c, after ? P_KEEP_WITH_NEXT_WITHIN_PAGE : P_KEEP_WITH_PREVIOUS_WITHIN_PAGE, RANK_SHORTHAND,
        avoid ? "always" : "auto");
}

/* 7.31.22 */
static void enter_vertical_align(struct compute *c, const char *text) {
    static const char *const edges[][2] = {
        {"baseline", "baseline"},     {"top", "before-edge"},
        {"text-top", "text-before-edge"}, {"middle", "middle"},
        {"bottom", "after-edge"},     {"text-bottom", "text-after-edge"}};
    const char *baseline = "baseline", *adjust = "auto", *shift = "baseline";
    size_t i = 0, n = sizeof edges / sizeof *edges;
    while (i < n && strcmp(edges[i][0], text) != 0) i++;
    if (i < n) baseline = edges[i][1];
    else if (strcmp(text, "sub") == 0 || strcmp(text, "super") == 0) shift = text;
    else adjust = text;
    if (is_inherit(text)) baseline = shift = text;
    set(c, P_ALIGNMENT_BASELINE, RANK_SHORTHAND, baseline);
    set(c, P_ALIGNMENT_ADJUST, RANK_SHORTHAND, adjust);
    set(c, P_BASELINE_SHIFT, RANK_SHORTHAND, shift);
    set(c, P_DOMINANT_BASELINE, RANK_SHORTHAND, is_inherit(text) ? text : "auto");
}

/* 7.31.23; pre-wrap and pre-line are those of CSS 2.1. */
static void enter_white_space(struct compute *c, const char *text) {
    static const struct {
        const char *name, *linefeed, *collapse, *treatment, *wrap;
    } rows[] = {
        {"normal", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "wrap"},
        {"pre", "preserve", "false", "preserve", "no-wrap"},
        {"nowrap", "treat-as-space", "true", "ignore-if-surrounding-linefeed", "no-wrap"},
        {"pre-wrap", "preserve", "false", "preserve", "wrap"},
        {"pre-line", "preserve", "true", "ignore-if-surrounding-linefeed", "wrap"},
        {"inherit", "inherit", "inherit", "inherit", "inherit"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].name, text) != 0) continue;
        set(c, P_LINEFEED_TREATMENT, RANK_SHORTHAND, rows[i].linefeed);
        set(c, P_WHITE_SPACE_COLLAPSE, RANK_SHORTHAND, rows[i].collapse);
        set(c, P_WHITE_SPACE_TREATMENT, RANK_SHORTHAND, rows[i].treatment);
        set(c, P_WRAP_OPTION, RANK_SHORTHAND, rows[i].wrap);
        return;
    }
    compute_bad(c, "white-space", text);
}

/* 7.31.20 */
static void enter_css_position(struct compute *c, const char *text) {
    bool out = strcmp(text, "absolute") == 0 || strcmp(text, "fixed") == 0;
    bool relative = strcmp(text, "relative") == 0;
    if (!out && !relative && strcmp(text, "static") != 0) compute_bad(c, "position", text);
    set(c, P_ABSOLUTE_POSITION, RANK_SHORTHAND, out ? text : "auto");
    set(c, P_RELATIVE_POSITION, RANK_SHORTHAND, relative ? "relative" : "static");
}

/* 7.31.21: one or two lengths; landscape and portrait keep what there is. */
static void enter_size(struct compute *c, const char *text) {
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    if (n < 1 || n > 2 || strcmp(text, "landscape") == 0 || strcmp(text, "portrait") == 0) return;
    set(c, P_PAGE_WIDTH, RANK_SHORTHAND, word[0]);
    set(c, P_PAGE_HEIGHT, RANK_SHORTHAND, word[n - 1]);
}

/* 7.31.24: language, then country after the first hyphen; a part of four
 * letters is a script. */
static void enter_lang(struct compute *c, const char *text) {
    struct arena *a = c->doc->scratch;
    size_t n = strcspn(text, "-_");
    set(c, P_LANGUAGE, RANK_SHORTHAND, n ? arena_strndup(a, text, n) : "none");
    const char *country = "none";
    while (text[n]) {
        const char *part = text + n + 1;
        size_t len = strcspn(part, "-_");
        if (len == 4) set(c, P_SCRIPT, RANK_SHORTHAND, arena_strndup(a, part, len));
        else if (len == 2 || len == 3) country = arena_strndup(a, part, len);
        n += len + 1;
    }
    set(c, P_COUNTRY, RANK_SHORTHAND, country);
}

/* Corner radii: each corner has one in each direction. */
static void enter_radius(struct compute *c, enum shorthand sh, const char *text) {
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    if (n < 1 || n > 2) {
        compute_bad(c, fo_shorthands[sh].name, text);
        return;
    }
    static const struct {
        uint16_t inline_row, block_row;
        const char *block_edge, *inline_edge;
    } corners[] = {
        {P_FOX_BORDER_START_RADIUS_BEFORE, P_FOX_BORDER_BEFORE_RADIUS_START, "-before", "-start"},
        {P_FOX_BORDER_END_RADIUS_BEFORE, P_FOX_BORDER_BEFORE_RADIUS_END, "-before", "-end"},
        {P_FOX_BORDER_START_RADIUS_AFTER, P_FOX_BORDER_AFTER_RADIUS_START, "-after", "-start"},
        {P_FOX_BORDER_END_RADIUS_AFTER, P_FOX_BORDER_AFTER_RADIUS_END, "-after", "-end"},
    };
    const char *name = fo_shorthands[sh].name;
    for (int i = 0; i < 4; i++) {
        bool names_block = strstr(name, "-before") || strstr(name, "-after");
        bool names_inline = strstr(name, "-start") || strstr(name, "-end");
        if (names_block && !strstr(name, corners[i].block_edge)) continue;
        if (names_inline && !strstr(name, corners[i].inline_edge)) continue;
        enum rank rank = (enum rank)(RANK_SHORTHAND + names_block + names_inline);
        set(c, (enum fo_prop)corners[i].inline_row, rank, word[0]);
        set(c, (enum fo_prop)corners[i].block_row, rank, word[n - 1]);
    }
}

/* 7.17.4: kept in one row a line; compute.c finds the colors. */
static void enter_decoration(struct compute *c, const char *text) {
    static const struct {
        const char *word;
        uint16_t row;
        const char *value;
    } words[] = {
        {"underline", P_UNDERLINE_COLOR, "black"},       {"no-underline", P_UNDERLINE_COLOR, "none"},
        {"overline", P_OVERLINE_COLOR, "black"},         {"no-overline", P_OVERLINE_COLOR, "none"},
        {"line-through", P_LINE_THROUGH_COLOR, "black"}, {"no-line-through", P_LINE_THROUGH_COLOR, "none"},
        {"blink", P_BLINK, "true"},                      {"no-blink", P_BLINK, "false"},
    };
    const char *word[MAX_WORDS];
    int n = split(c, text, word);
    for (int i = 0; i < n; i++) {
        bool known = strcmp(word[i], "none") == 0 || is_inherit(word[i]);
        if (strcmp(word[i], "none") == 0) {
            set(c, P_UNDERLINE_COLOR, RANK_WHOLE, "none");
            set(c, P_OVERLINE_COLOR, RANK_WHOLE, "none");
            set(c, P_LINE_THROUGH_COLOR, RANK_WHOLE, "none");
        }
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (strcmp(words[k].word, word[i]) != 0) continue;
            compute_limit(c, (enum fo_prop)words[k].row, words[k].value);
            set(c, (enum fo_prop)words[k].row, RANK_WHOLE, words[k].value);
            known = true;
        }
        if (!known) compute_bad(c, "text-decoration", text);
    }
}

void shorthand_enter(struct compute *c, int property, const char *text) {
    text += strspn(text, " \t\r\n");
    size_t n = strlen(text);
    while (n && strchr(" \t\r\n", text[n - 1])) n--;
    if (text[n]) text = arena_strndup(c->doc->scratch, text, n);
    if (property < P_COUNT) {
        bool component = strchr(fo_properties[property].name, '.');
        set(c, (enum fo_prop)property, component ? RANK_COMPONENT : RANK_WHOLE, text);
        return;
    }
    enum shorthand sh = (enum shorthand)(property - P_COUNT);
    switch (fo_shorthands[sh].kind) {
    case KIND_SPACE:
    case KIND_KEEP:
    case KIND_RANGE:
    case KIND_PAIR: enter_compound(c, sh, text); break;
    case KIND_SAME: enter_same(c, sh, text); break;
    case KIND_ABSOLUTE: enter_absolute(c, sh, text); break;
    case KIND_DECORATION: enter_decoration(c, text); break;
    case KIND_BACKGROUND: enter_background(c, text); break;
    case KIND_BACKGROUND_POSITION: enter_background_position(c, text); break;
    case KIND_BORDER: enter_border(c, "border", text, RANK_SHORTHAND, 15); break;
    case KIND_BORDER_SIDE:
        enter_border(c, fo_shorthands[sh].name, text, RANK_SHORTHAND_SIDE,
                1u << side_of_name(fo_shorthands[sh].name));
        break;
    case KIND_BOX: enter_box(c, sh, text); break;
    case KIND_SPACING: enter_spacing(c, text); break;
    case KIND_IGNORED: break;
    case KIND_FONT: enter_font(c, text); break;
    case KIND_PAGE_BREAK: enter_page_break(c, sh, text); break;
    case KIND_POSITION: enter_css_position(c, text); break;
    case KIND_SIZE: enter_size(c, text); break;
    case KIND_VERTICAL_ALIGN: enter_vertical_align(c, text); break;
    case KIND_WHITE_SPACE: enter_white_space(c, text); break;
    case KIND_LANG: enter_lang(c, text); break;
    case KIND_RADIUS: enter_radius(c, sh, text); break;
    }
}
