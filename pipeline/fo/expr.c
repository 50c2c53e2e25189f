/* Expressions (XSL 1.1, 5.9) and the conversion of what they give into the
 * value of a property. */
#include "fo/expr.h"
#include "fo/tree.h"

#include <math.h>

#define MAX_NESTING 64

static void skip_space(struct parser *x) {
    while (*x->s == ' ' || *x->s == '\t' || *x->s == '\n' || *x->s == '\r') x->s++;
}

static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_name_char(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static struct operand number_of(double n) {
    return (struct operand){.kind = OPERAND_NUMBER, .num = n};
}

static struct operand length_of(double len, double pct) {
    return (struct operand){.kind = OPERAND_NUMBER, .power = 1, .len = len, .pct = pct};
}

struct operand operand_of_value(const struct fo_value *v) {
    if (v->kind == FOV_NUMBER) return number_of(v->u.num);
    if (v->kind == FOV_LENGTH) {
        struct operand o = length_of(v->len, v->u.pct);
        o.units = v->units;
        return o;
    }
    return (struct operand){.kind = OPERAND_VALUE, .value = *v};
}

static struct operand fail(struct parser *x) {
    x->failed = true;
    return number_of(0);
}

/* A number without locale: digits, point, digits. */
static double read_digits(struct parser *x) {
    double v = 0, scale = 1;
    while (is_digit(*x->s)) v = v * 10 + (*x->s++ - '0');
    if (*x->s == '.')
        for (x->s++; is_digit(*x->s); x->s++) {
            v = v * 10 + (*x->s - '0');
            scale *= 10;
        }
    return v / scale;
}

/* 5.9.11: absolute and relative units. */
static struct operand read_numeric(struct parser *x) {
    double v = read_digits(x);
    if (*x->s == '%') {
        x->s++;
        return length_of(0, v / 100);
    }
    const char *unit = x->s;
    while ((*x->s >= 'a' && *x->s <= 'z') || (*x->s >= 'A' && *x->s <= 'Z')) x->s++;
    size_t n = (size_t)(x->s - unit);
    if (n == 0) return number_of(v);
    if (n == 2 && memcmp(unit, "em", 2) == 0) return length_of(v * x->c->font_size, 0);
    if (n == 2 && memcmp(unit, "ex", 2) == 0) return length_of(v * x->c->font_size / 2, 0);
    if (n == 3 && memcmp(unit, "deg", 3) == 0) return number_of(v);
    bool ok;
    double one = mpt_from_unit(1000, unit, n, &ok) / 1000.0; /* keeps the fraction of a millipoint */
    return ok ? length_of(v * one, 0) : fail(x);
}

static struct operand read_primary(struct parser *x) {
    skip_space(x);
    char c = *x->s;
    if (c == '(') {
        x->s++;
        struct operand o = expr_sum(x);
        skip_space(x);
        if (*x->s != ')') return fail(x);
        x->s++;
        return o;
    }
    if (is_digit(c) || (c == '.' && is_digit(x->s[1]))) return read_numeric(x);
    if (c == '\'' || c == '"') {
        const char *end = strchr(x->s + 1, c), *start = x->s + 1;
        if (!end) return fail(x);
        x->s = end + 1;
        return (struct operand){.kind = OPERAND_STRING, .text = start, .n = (size_t)(end - start)};
    }
    const char *start = x->s;
    if (c == '#') x->s++;
    else if (!is_name_start(c)) return fail(x);
    while (is_name_char(*x->s)) x->s++;
    size_t n = (size_t)(x->s - start);
    if (*x->s == '(' && c != '#') return function_call(x, start, n);
    return (struct operand){.kind = OPERAND_NAME, .text = start, .n = n};
}

static struct operand negate(struct parser *x, struct operand o) {
    if (o.kind != OPERAND_NUMBER) return fail(x);
    o.num = -o.num;
    o.len = -o.len;
    o.pct = -o.pct;
    o.units = -o.units;
    return o;
}

static struct operand read_unary(struct parser *x) {
    skip_space(x);
    if (++x->depth > MAX_NESTING) return fail(x);
    struct operand o;
    if (*x->s == '-') {
        x->s++;
        o = negate(x, read_unary(x));
    } else if (*x->s == '+') {
        x->s++;
        o = read_unary(x);
    } else {
        o = read_primary(x);
    }
    x->depth--;
    return o;
}

static struct operand scale(struct operand o, double by) {
    o.num *= by;
    o.len *= by;
    o.pct *= by;
    o.units *= by;
    return o;
}

/* Without a part that waits for its base. */
static bool is_known(const struct operand *o) {
    return o->pct == 0 && o->units == 0;
}

static double magnitude(const struct operand *o) {
    return o->power ? o->len : o->num;
}

static struct operand of_power(int power, double v) {
    return power ? (struct operand){.kind = OPERAND_NUMBER, .power = power, .len = v} : number_of(v);
}

static struct operand multiply(struct parser *x, struct operand a, struct operand b) {
    if (b.power == 0) return scale(a, b.num);
    if (a.power == 0) return scale(b, a.num);
    return is_known(&a) && is_known(&b) ? of_power(a.power + b.power, a.len * b.len) : fail(x);
}

static struct operand divide(struct parser *x, struct operand a, struct operand b, bool mod) {
    double over = magnitude(&b);
    if (over == 0 || !is_known(&b) || ((mod || b.power) && !is_known(&a))) return fail(x);
    if (mod) return of_power(a.power, fmod(magnitude(&a), over));
    return b.power ? of_power(a.power - b.power, magnitude(&a) / over) : scale(a, 1 / over);
}

static bool take_word(struct parser *x, const char *word) {
    size_t n = strlen(word);
    if (strncmp(x->s, word, n) != 0 || is_name_char(x->s[n])) return false;
    x->s += n;
    return true;
}

static struct operand read_product(struct parser *x) {
    struct operand a = read_unary(x);
    while (!x->failed) {
        skip_space(x);
        bool times = *x->s == '*', mod = false;
        if (times) x->s++;
        else if (!take_word(x, "div") && !(mod = take_word(x, "mod"))) break;
        struct operand b = read_unary(x);
        if (a.kind != OPERAND_NUMBER || b.kind != OPERAND_NUMBER) return fail(x);
        a = times ? multiply(x, a, b) : divide(x, a, b, mod);
    }
    return a;
}

struct operand expr_sum(struct parser *x) {
    struct operand a = read_product(x);
    while (!x->failed) {
        skip_space(x);
        char sign = *x->s;
        if (sign != '+' && sign != '-') break;
        x->s++;
        struct operand b = read_product(x);
        if (a.kind != OPERAND_NUMBER || b.kind != OPERAND_NUMBER || a.power != b.power) return fail(x);
        double by = sign == '+' ? 1 : -1;
        a.num += by * b.num;
        a.len += by * b.len;
        a.pct += by * b.pct;
        a.units += by * b.units;
    }
    return a;
}

/* ---- conversion ---- */

static struct fo_value value_new(uint8_t kind) {
    struct fo_value v;
    memset(&v, 0, sizeof v); /* padding too: values are compared as bytes */
    v.kind = kind;
    return v;
}

struct fo_value value_token(enum fo_token t) {
    struct fo_value v = value_new(FOV_TOKEN);
    v.token = (uint16_t)t;
    return v;
}

struct fo_value value_length(mpt len, double pct) {
    struct fo_value v = value_new(FOV_LENGTH);
    v.len = len;
    v.u.pct = pct == 0 ? 0 : pct;
    return v;
}

struct fo_value value_number(double n) {
    struct fo_value v = value_new(FOV_NUMBER);
    v.u.num = n == 0 ? 0 : n;
    return v;
}

struct fo_value value_string(const char *s) {
    struct fo_value v = value_new(FOV_STRING);
    v.u.str = s;
    return v;
}

static mpt to_mpt(double v) {
    if (!(v > -MPT_MAX)) return -MPT_MAX;
    return v > MPT_MAX ? MPT_MAX : (mpt)(v < 0 ? v - 0.5 : v + 0.5);
}

static bool convert_length(struct compute *c, enum fo_prop p, const struct operand *o, struct fo_value *out) {
    unsigned types = vocab_types(p);
    enum fo_base base = fo_properties[p].base;
    if (o->power != 1) return false;
    if (!(types & (TYPE_LENGTH | TYPE_PERCENT)) || (o->pct != 0 && !(types & TYPE_PERCENT))) return false;
    if (base == BASE_OWN_FONT || base == BASE_PARENT_FONT)
        *out = value_length(to_mpt(o->len + o->pct * c->font_size), 0);
    else
        *out = value_length(to_mpt(o->len), o->pct);
    out->units = (float)o->units;
    return true;
}

static bool convert_number(enum fo_prop p, double n, struct fo_value *out) {
    unsigned types = vocab_types(p);
    if (!(n > -1e9 && n < 1e9)) return false;
    if (types & TYPE_NUMBER) {
        *out = value_number(n);
    } else if (types & (TYPE_INTEGER | TYPE_POSITIVE)) {
        n = floor(n + 0.5);
        *out = value_number((types & TYPE_POSITIVE) && n < 1 ? 1 : n);
    } else if (types & TYPE_LENGTH) {
        *out = value_length(to_mpt(n * MPT_PER_POINT), 0); /* the reference: pixels */
    } else {
        return false;
    }
    return true;
}

static bool convert(struct compute *c, enum fo_prop p, const struct operand *o, struct fo_value *out) {
    switch (o->kind) {
    case OPERAND_NUMBER:
        return o->power ? convert_length(c, p, o, out) : convert_number(p, o->num, out);
    case OPERAND_VALUE:
        *out = o->value;
        return true;
    case OPERAND_NAME:
    case OPERAND_STRING: {
        enum fo_token t = vocab_token(o->text, o->n);
        if (vocab_accepts(p, t)) {
            *out = value_token(t);
            return true;
        }
        return (vocab_types(p) & TYPE_COLOR) && color_read(o->text, o->n, out);
    }
    }
    return false;
}

/* ---- words that stand for values ---- */

struct keyword {
    enum fo_prop first, last;
    const char *word;
    double number, len, pct;
};

static const struct keyword keywords[] = {
    {P_FONT_SIZE, P_FONT_SIZE, "xx-small", 0, 6944, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "x-small", 0, 8333, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "small", 0, 10000, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "medium", 0, 12000, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "large", 0, 14400, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "x-large", 0, 17280, 0},
    {P_FONT_SIZE, P_FONT_SIZE, "xx-large", 0, 20736, 0},
    {P_FONT_WEIGHT, P_FONT_WEIGHT, "normal", 400, 0, 0},
    {P_FONT_WEIGHT, P_FONT_WEIGHT, "bold", 700, 0, 0},
    {P_CHANGE_BAR_WIDTH, P_CHANGE_BAR_WIDTH, "thin", 0, 500, 0},
    {P_CHANGE_BAR_WIDTH, P_CHANGE_BAR_WIDTH, "medium", 0, 1000, 0},
    {P_CHANGE_BAR_WIDTH, P_CHANGE_BAR_WIDTH, "thick", 0, 2000, 0},
    {P_BORDER_BEFORE_COLOR, P_BORDER_END_WIDTH, "thin", 0, 500, 0},
    {P_BORDER_BEFORE_COLOR, P_BORDER_END_WIDTH, "medium", 0, 1000, 0},
    {P_BORDER_BEFORE_COLOR, P_BORDER_END_WIDTH, "thick", 0, 2000, 0},
    {P_BACKGROUND_POSITION_HORIZONTAL, P_BACKGROUND_POSITION_HORIZONTAL, "left", 0, 0, 0},
    {P_BACKGROUND_POSITION_HORIZONTAL, P_BACKGROUND_POSITION_HORIZONTAL, "right", 0, 0, 1},
    {P_BACKGROUND_POSITION_VERTICAL, P_BACKGROUND_POSITION_VERTICAL, "top", 0, 0, 0},
    {P_BACKGROUND_POSITION_VERTICAL, P_BACKGROUND_POSITION_VERTICAL, "bottom", 0, 0, 1},
    {P_BACKGROUND_POSITION_HORIZONTAL, P_BACKGROUND_POSITION_VERTICAL, "center", 0, 0, 0.5},
};

/* The nearest step of the reference's scale of font sizes: 12 pt x 1.2^n. */
static double nearest_step(double size) {
    double last = 12000, by = size < 12000 ? 1 / 1.2 : 1.2, next = floor(last * by + 0.5);
    while ((by < 1 && next > size) || (by > 1 && next < size)) {
        last = next;
        next = floor(last * by + 0.5);
        if (next == last) break;
    }
    return fabs(last - size) <= fabs(size - next) ? last : next;
}

/* 7.9.4 larger, smaller; 7.9.9 bolder, lighter; 7.9.5 wider, narrower. */
static bool read_relative(struct compute *c, enum fo_prop p, const char *word, struct fo_value *out) {
    if (!c->parent || (p != P_FONT_SIZE && p != P_FONT_WEIGHT && p != P_FONT_STRETCH)) return false;
    const struct fo_value *parent = &c->parent->page[p / FO_PAGE][p % FO_PAGE];
    if (p == P_FONT_SIZE && (strcmp(word, "larger") == 0 || strcmp(word, "smaller") == 0)) {
        double step = nearest_step(parent->len);
        *out = value_length(to_mpt(word[0] == 'l' ? step * 1.2 : step / 1.2), 0);
        return true;
    }
    if (p == P_FONT_WEIGHT && (strcmp(word, "bolder") == 0 || strcmp(word, "lighter") == 0)) {
        double w = parent->u.num + (word[0] == 'b' ? 100 : -100);
        *out = value_number(w < 100 ? 100 : w > 900 ? 900 : w);
        return true;
    }
    if (p == P_FONT_STRETCH && (strcmp(word, "wider") == 0 || strcmp(word, "narrower") == 0)) {
        static const uint16_t scale[] = {E_ULTRA_CONDENSED, E_EXTRA_CONDENSED, E_CONDENSED,
                                         E_SEMI_CONDENSED,  E_NORMAL,          E_SEMI_EXPANDED,
                                         E_EXPANDED,        E_EXTRA_EXPANDED,  E_ULTRA_EXPANDED};
        int i = 0, last = sizeof scale / sizeof *scale - 1;
        while (i < last && scale[i] != parent->token) i++;
        i += word[0] == 'w' ? 1 : -1;
        *out = value_token(scale[i < 0 ? 0 : i > last ? last : i]);
        return true;
    }
    return false;
}

static bool read_keyword(enum fo_prop p, const char *word, struct fo_value *out) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        const struct keyword *k = &keywords[i];
        if (p < k->first || p > k->last || strcmp(k->word, word) != 0) continue;
        *out = k->number != 0 ? value_number(k->number) : value_length((mpt)k->len, k->pct);
        return true;
    }
    if (p == P_WRITING_MODE && strlen(word) == 2) { /* 7.29.7: lr, rl, tb */
        enum fo_token t = word[0] == 'l' ? E_LR_TB : word[0] == 'r' ? E_RL_TB : E_TB_RL;
        if (strcmp(word, "lr") != 0 && strcmp(word, "rl") != 0 && strcmp(word, "tb") != 0) return false;
        *out = value_token(t);
        return true;
    }
    return false;
}

/* ---- text values ---- */

/* One name of a font-family list: without quotes unless it holds a comma, white
 * space collapsed. */
static void put_family(struct buf *b, const char *s, size_t n) {
    while (n && strchr(" \t\r\n", *s)) s++, n--;
    while (n && strchr(" \t\r\n", s[n - 1])) n--;
    if (n == 0) return;
    if (b->n) buf_char(b, ',');
    bool quoted = n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n - 1] == s[0];
    if (quoted && !memchr(s, ',', n)) s++, n -= 2;
    for (size_t i = 0; i < n; i++) {
        bool space = strchr(" \t\r\n", s[i]);
        if (!space) buf_char(b, s[i]);
        else if (!strchr(" \t\r\n", s[i + 1])) buf_char(b, ' ');
    }
}

/* font-family (7.9.2): names joined by commas. */
static const char *normal_families(const char *s) {
    struct buf b = {0};
    const char *start = s;
    char quote = 0;
    for (;; s++) {
        if (*s == 0 || (*s == ',' && !quote)) {
            put_family(&b, start, (size_t)(s - start));
            start = s + 1;
        } else if (quote ? *s == quote : (*s == '\'' || *s == '"')) {
            quote = quote ? 0 : *s;
        }
        if (*s == 0) break;
    }
    const char *out = str_intern(buf_cstr(&b), b.n);
    buf_free(&b);
    return out;
}

/* A URI specification (5.11): url(x), url('x') or the bare URI. */
static void trim_uri(const char **s, size_t *n) {
    if (*n >= 5 && strncmp(*s, "url(", 4) == 0 && (*s)[*n - 1] == ')') {
        *s += 4;
        *n -= 5;
    }
    while (*n && **s == ' ') ++*s, --*n;
    while (*n && (*s)[*n - 1] == ' ') --*n;
    if (*n >= 2 && ((*s)[0] == '\'' || (*s)[0] == '"') && (*s)[*n - 1] == (*s)[0]) {
        *s += 1;
        *n -= 2;
    }
}

static bool read_text(enum fo_prop p, const char *s, size_t n, struct fo_value *out) {
    unsigned types = vocab_types(p);
    if (types & TYPE_FAMILY) {
        *out = value_string(normal_families(s));
        return n > 0;
    }
    if (types & TYPE_URI) trim_uri(&s, &n);
    else if (n >= 2 && (s[0] == '\'' || s[0] == '"') && s[n - 1] == s[0] && n > 1) s++, n -= 2;
    if ((types & TYPE_NAME) && n == 0) return false;
    if (types & TYPE_CHAR) {
        const char *next = s;
        if (n) utf8_next(&next, s + n);
        n = (size_t)(next - s);
    }
    *out = value_string(str_intern(s, n));
    return true;
}

#define TYPE_TEXT (TYPE_STRING | TYPE_NAME | TYPE_URI | TYPE_FAMILY | TYPE_CHAR)

static bool read_expression(struct compute *c, enum fo_prop p, const char *s, struct fo_value *out) {
    struct parser x = {.c = c, .p = p, .s = s};
    struct operand o = expr_sum(&x);
    skip_space(&x);
    return !x.failed && *x.s == 0 && convert(c, p, &o, out);
}

static bool starts_property_function(const char *s) {
    return strncmp(s, "from-", 5) == 0 || strncmp(s, "inherited-property-value", 24) == 0 ||
           strncmp(s, "merge-property-values", 21) == 0;
}

bool value_read(struct compute *c, enum fo_prop p, const char *text, struct fo_value *out) {
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r') text++;
    size_t n = strlen(text);
    while (n && strchr(" \t\n\r", text[n - 1])) n--;
    if (text[n]) text = arena_strndup(c->doc->scratch, text, n);
    if (strcmp(text, "inherit") == 0) {
        *out = c->parent->page[p / FO_PAGE][p % FO_PAGE];
        return true;
    }
    if (read_keyword(p, text, out) || read_relative(c, p, text, out)) return true;
    enum fo_token t = vocab_token(text, n);
    if (vocab_accepts(p, t)) {
        *out = value_token(t);
        return true;
    }
    bool is_text = vocab_types(p) & TYPE_TEXT;
    if (is_text && !(starts_property_function(text) && strchr(text, '('))) return read_text(p, text, n, out);
    return n > 0 && read_expression(c, p, text, out);
}
