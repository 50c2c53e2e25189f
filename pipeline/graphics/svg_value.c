/* Values: numbers, lengths, colours, transform lists, viewBox. */
#include "graphics/svg.h"

#include <math.h>

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

const char *svg_skip_space(const char *s) {
    while (is_space(*s) || *s == ',') s++;
    return s;
}

/* Only names that SVG takes from XLink and XML may carry a prefix: editors
 * keep their own x, cx ... under theirs. */
static bool own_attribute(const xmlAttr *a) {
    const char *name = (const char *)a->name;
    return !a->ns || strcmp(name, "href") == 0 || strcmp(name, "space") == 0 || strcmp(name, "lang") == 0;
}

const char *svg_attr(const xmlNode *n, const char *name) {
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        if (strcmp((const char *)a->name, name) != 0 || !own_attribute(a)) continue;
        const xmlNode *v = a->children;
        if (!v) return "";
        if (v->type == XML_TEXT_NODE && !v->next) return (const char *)v->content;
        xmlChar *whole = xmlNodeListGetString(n->doc, v, 1); /* with entities */
        const char *kept = whole ? str_intern((const char *)whole, strlen((const char *)whole)) : "";
        xmlFree(whole);
        return kept;
    }
    return NULL;
}

/* The part after the mantissa; moves *s past it when it is one. */
static double exponent(const char **s) {
    if (**s != 'e' && **s != 'E') return 1;
    const char *p = *s + 1;
    int sign = *p == '-' ? -1 : 1, e = 0;
    if (*p == '-' || *p == '+') p++;
    if (!is_digit(*p)) return 1;
    for (; is_digit(*p); p++)
        if (e < 30) e = e * 10 + (*p - '0');
    *s = p;
    return pow(10, sign * (e > 30 ? 30 : e));
}

/* Locale-free; absurd numbers are clamped to a million. */
double svg_number(const char **s, bool *ok) {
    const char *p = svg_skip_space(*s);
    bool negative = *p == '-';
    if (*p == '-' || *p == '+') p++;
    double v = 0, scale = 1;
    int digits = 0;
    for (; is_digit(*p); p++, digits++)
        if (v < 1e15) v = v * 10 + (*p - '0');
    if (*p == '.')
        for (p++; is_digit(*p); p++, digits++) v += (*p - '0') * (scale /= 10);
    *ok = digits > 0;
    if (!digits) return 0;
    v *= exponent(&p);
    *s = p;
    if (v > 1e6) v = 1e6;
    return negative ? -v : v;
}

double svg_length(const char *s, double percent_of, double font_size, double otherwise) {
    static const struct {
        const char *unit;
        double points;
    } units[] = {{"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72}, {"pc", 12}, {"pt", 1}, {"px", 1}};
    if (!s) return otherwise;
    bool ok;
    double v = svg_number(&s, &ok);
    if (!ok) return otherwise;
    if (*s == '%') return v * percent_of / 100;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncmp(s, units[i].unit, 2) == 0) return v * units[i].points;
    if (strncmp(s, "em", 2) == 0) return v * font_size;
    if (strncmp(s, "ex", 2) == 0) return v * font_size / 2;
    return v;
}

double svg_attr_length(const xmlNode *n, const char *name, double percent_of, double font_size,
                       double otherwise) {
    return svg_length(svg_attr(n, name), percent_of, font_size, otherwise);
}

double svg_fraction(const char *s) {
    bool ok;
    double v = svg_number(&s, &ok);
    if (*s == '%') v /= 100;
    return !ok || v > 1 ? 1 : v < 0 ? 0 : v;
}

static const struct {
    const char *name;
    uint32_t rgb;
} names[] = {
#define C(name, rgb) {name, rgb},
#include "graphics/svg_colors.def"
#undef C
};

static struct color rgb_color(uint32_t v) {
    struct color c = COLOR_BLACK;
    for (int i = 0; i < 3; i++) c.c[i] = (uint16_t)((v >> (16 - 8 * i) & 255) * 257);
    return c;
}

static int hex(char c) {
    return is_digit(c) ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

static bool hex_color(const char *s, size_t n, struct color *out) {
    if (n != 3 && n != 6) return false;
    uint32_t v = 0;
    for (size_t i = 0; i < n; i++) {
        if (hex(s[i]) < 0) return false;
        v = v << 4 | (uint32_t)hex(s[i]);
        if (n == 3) v = v << 4 | (uint32_t)hex(s[i]);
    }
    *out = rgb_color(v);
    return true;
}

static bool function_color(const char *p, struct color *out) {
    uint32_t v = 0;
    for (int i = 0; i < 3; i++) {
        bool ok;
        double c = svg_number(&p, &ok);
        if (!ok) return false;
        if (*p == '%') {
            c = c * 255 / 100;
            p++;
        }
        v = v << 8 | (uint32_t)(c < 0 ? 0 : c > 255 ? 255 : c + 0.5);
    }
    *out = rgb_color(v);
    return true;
}

/* SVG 1.1, 4.2: names and functions without regard to case. */
bool svg_color(const char *s, struct color current, struct color *out) {
    s = svg_skip_space(s);
    if (*s == '#') return hex_color(s + 1, strcspn(s + 1, " \t\r\n;"), out);
    if (strncasecmp(s, "rgb(", 4) == 0) return function_color(s + 4, out);
    size_t n = strcspn(s, " \t\r\n;");
    if (n == 12 && strncasecmp(s, "currentColor", 12) == 0) {
        *out = current;
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n && strncasecmp(names[i].name, s, n) == 0) {
            *out = rgb_color(names[i].rgb);
            return true;
        }
    return false;
}

bool svg_read_box(const char *s, struct box *out) {
    double v[4];
    bool ok = s != NULL;
    for (int i = 0; i < 4 && ok; i++) v[i] = svg_number(&s, &ok);
    if (!ok || v[2] <= 0 || v[3] <= 0) return false;
    *out = (struct box){v[0], v[1], v[2], v[3]};
    return true;
}

struct matrix matrix_times(struct matrix m, struct matrix n) {
    return (struct matrix){m.a * n.a + m.c * n.b, m.b * n.a + m.d * n.b, m.a * n.c + m.c * n.d,
                           m.b * n.c + m.d * n.d, m.a * n.e + m.c * n.f + m.e, m.b * n.e + m.d * n.f + m.f};
}

bool matrix_invert(struct matrix m, struct matrix *out) {
    double det = m.a * m.d - m.b * m.c;
    if (!(fabs(det) > 1e-12)) return false;
    *out = (struct matrix){m.d / det, -m.b / det, -m.c / det, m.a / det, (m.c * m.f - m.d * m.e) / det,
                           (m.b * m.e - m.a * m.f) / det};
    return true;
}

struct box matrix_box(struct matrix m, struct box b) {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    for (int i = 0; i < 4; i++) {
        double px = b.x + (i & 1 ? b.w : 0), py = b.y + (i & 2 ? b.h : 0);
        double x = m.a * px + m.c * py + m.e, y = m.b * px + m.d * py + m.f;
        x0 = !i || x < x0 ? x : x0;
        x1 = !i || x > x1 ? x : x1;
        y0 = !i || y < y0 ? y : y0;
        y1 = !i || y > y1 ? y : y1;
    }
    return (struct box){x0, y0, x1 - x0, y1 - y0};
}

static bool named(const char *name, size_t n, const char *want) {
    return strlen(want) == n && strncmp(name, want, n) == 0;
}

static struct matrix one_transform(const char *name, size_t n, const double v[6], int count) {
    double r = v[0] * M_PI / 180;
    if (named(name, n, "matrix") && count == 6) return (struct matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    if (named(name, n, "translate")) return (struct matrix){1, 0, 0, 1, v[0], v[1]};
    if (named(name, n, "scale") && count) return (struct matrix){v[0], 0, 0, count > 1 ? v[1] : v[0], 0, 0};
    if (named(name, n, "skewX")) return (struct matrix){1, 0, tan(r), 1, 0, 0};
    if (named(name, n, "skewY")) return (struct matrix){1, tan(r), 0, 1, 0, 0};
    if (!named(name, n, "rotate")) return MATRIX_IDENTITY;
    struct matrix m = {cos(r), sin(r), -sin(r), cos(r), 0, 0};
    struct matrix to = {1, 0, 0, 1, v[1], v[2]}, back = {1, 0, 0, 1, -v[1], -v[2]};
    return matrix_times(matrix_times(to, m), back);
}

/* SVG 1.1, 7.6. */
struct matrix svg_transform(const char *s) {
    struct matrix m = MATRIX_IDENTITY;
    while (s && *s) {
        s = svg_skip_space(s);
        size_t n = strcspn(s, "( \t\r\n");
        const char *p = svg_skip_space(s + n);
        if (*p != '(') break;
        p++;
        double v[6] = {0};
        int count = 0;
        for (bool ok = true; count < 6; count++) {
            v[count] = svg_number(&p, &ok);
            if (!ok) break;
        }
        m = matrix_times(m, one_transform(s, n, v, count));
        p += strcspn(p, ")");
        s = *p ? p + 1 : p;
    }
    return m;
}

bool image_transform(const char *s, double m[6]) {
    struct matrix t = svg_transform(s);
    const double v[6] = {t.a, t.b, t.c, t.d, t.e * MPT_PER_POINT, t.f * MPT_PER_POINT};
    memcpy(m, v, sizeof v);
    return strchr(s, '(') != NULL;
}

/* 0, 1/2 or 1 for Min, Mid, Max of one direction. */
static double align(const char *s, const char *axis) {
    const char *p = strstr(s, axis);
    if (!p) return 0.5;
    return strncmp(p + 1, "Min", 3) == 0 ? 0 : strncmp(p + 1, "Max", 3) == 0 ? 1 : 0.5;
}

struct matrix svg_fit(struct box view, struct box port, const char *how) {
    if (!how) how = "";
    double sx = port.w / view.w, sy = port.h / view.h, dx = 0, dy = 0;
    if (!strstr(how, "none")) {
        double s = strstr(how, "slice") ? fmax(sx, sy) : fmin(sx, sy);
        dx = (port.w - view.w * s) * align(how, "x");
        dy = (port.h - view.h * s) * align(how, "Y");
        sx = sy = s;
    }
    return (struct matrix){sx, 0, 0, sy, port.x + dx - view.x * sx, port.y + dy - view.y * sy};
}
