#include "fo/tree.h"

static const struct color_name {
    const char *name;
    uint32_t rgb;
} color_names[] = {
#define COLOR_NAME(name, rgb) {name, rgb},
#include "fo/colors.def"
#undef COLOR_NAME
};

static uint16_t part(double v) {
    if (!(v > 0)) return 0;
    return v >= 1 ? 65535 : (uint16_t)(v * 65535 + 0.5);
}

static struct fo_value color_value(uint8_t space) {
    struct fo_value v;
    memset(&v, 0, sizeof v);
    v.kind = FOV_COLOR;
    v.u.color.space = space;
    return v;
}

struct fo_value color_rgb(double r, double g, double b, double alpha) {
    struct fo_value v = color_value(1);
    v.u.color.c[0] = part(r);
    v.u.color.c[1] = part(g);
    v.u.color.c[2] = part(b);
    v.u.color.alpha = part(alpha);
    return v;
}

struct fo_value color_cmyk(double c, double m, double y, double k) {
    struct fo_value v = color_value(2);
    v.u.color.c[0] = part(c);
    v.u.color.c[1] = part(m);
    v.u.color.c[2] = part(y);
    v.u.color.c[3] = part(k);
    v.u.color.alpha = 65535;
    return v;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* #rgb, #rrggbb, and both with alpha (XSL 1.1, 5.9.9). */
static bool read_hex(const char *s, size_t n, struct fo_value *out) {
    double part[4] = {0, 0, 0, 1};
    size_t width = n > 4 ? 2 : 1;
    if (n != 3 && n != 4 && n != 6 && n != 8) return false;
    for (size_t i = 0; i < n; i += width) {
        int high = hex_digit(s[i]), low = width == 2 ? hex_digit(s[i + 1]) : high;
        if (high < 0 || low < 0) return false;
        part[i / width] = (high * 16 + low) / 255.0;
    }
    *out = color_rgb(part[0], part[1], part[2], part[3]);
    return true;
}

bool color_read(const char *s, size_t n, struct fo_value *out) {
    char name[32];
    if (n && s[0] == '#') return read_hex(s + 1, n - 1, out);
    if (n == 0 || n >= sizeof name) return false;
    for (size_t i = 0; i < n; i++) name[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i];
    name[n] = 0;
    if (strcmp(name, "transparent") == 0) {
        *out = color_value(0);
        return true;
    }
    size_t low = 0, high = sizeof color_names / sizeof *color_names;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = strcmp(name, color_names[mid].name);
        if (order == 0) {
            uint32_t v = color_names[mid].rgb;
            *out = color_rgb((v >> 16) / 255.0, (v >> 8 & 255) / 255.0, (v & 255) / 255.0, 1);
            return true;
        }
        if (order < 0) high = mid;
        else low = mid + 1;
    }
    return false;
}
