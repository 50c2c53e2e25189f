/* Properties: presentation attributes, style attributes, style sheets of
 * simple selectors (SVG 1.1, 6; CSS 2.1, 5-6). */
#include "graphics/svg.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool starts(const char *s, const char *word) {
    return strncmp(s, word, strlen(word)) == 0;
}

xmlNode *svg_by_id(struct svg *svg, const char *ref) {
    const char *p = ref ? strchr(ref, '#') : NULL;
    if (!p) return NULL;
    struct map_entry *e = map_find(svg->ids, p + 1, strcspn(p + 1, ")'\" "));
    return e ? e->value.ptr : NULL;
}

/* SVG 1.1, 11.2: a reference that leads nowhere falls back to what follows it. */
static void set_paint(struct svg *svg, struct paint *p, const char *v, struct color current) {
    v = svg_skip_space(v);
    if (starts(v, "none") || starts(v, "transparent")) {
        p->kind = PAINT_NONE;
    } else if (starts(v, "url(")) {
        p->server = svg_by_id(svg, v);
        p->kind = p->server ? PAINT_SERVER : PAINT_NONE;
        const char *rest = strchr(v, ')');
        if (!p->server && rest && svg_color(rest + 1, current, &p->color)) p->kind = PAINT_COLOR;
    } else if (svg_color(v, current, &p->color)) {
        p->kind = PAINT_COLOR;
    }
}

static int choice(const char *v, const char *const words[3], int otherwise) {
    for (int i = 0; i < 3; i++)
        if (starts(v, words[i])) return i;
    return otherwise;
}

static void set_dash(struct svg_style *st, const char *v) {
    st->dash_count = 0;
    double sum = 0;
    while (st->dash_count < SVG_DASHES) {
        bool ok;
        const char *number = v;
        svg_number(&v, &ok);
        if (!ok) break;
        double d = svg_length(number, 100, st->size, 0);
        st->dash[st->dash_count++] = d < 0 ? 0 : d;
        sum += d;
        while (*v && *v != ',' && !is_space(*v)) v++;
    }
    if (sum <= 0) st->dash_count = 0;
}

static double font_size(const char *v, double parent) {
    static const struct {
        const char *name;
        double size;
    } words[] = {{"xx-small", 7}, {"x-small", 8.3}, {"small", 10}, {"medium", 12},
                 {"large", 14.4}, {"x-large", 17.3}, {"xx-large", 20.7}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(v, words[i].name) == 0) return words[i].size;
    double size = svg_length(v, parent, parent, parent);
    return size < 0 ? parent : size;
}

static int font_weight(const char *v, int parent) {
    if (starts(v, "bolder")) return parent < 600 ? 700 : 900;
    if (starts(v, "lighter")) return parent < 600 ? 100 : 400;
    if (starts(v, "bold")) return 700;
    return v[0] >= '1' && v[0] <= '9' && v[1] == '0' ? (v[0] - '0') * 100 : 400;
}

/* CSS 2.1, 15.8: [style weight] size[/line-height] family. */
static void set_font(struct svg_style *st, const struct svg_style *parent, const char *v) {
    st->italic = false;
    st->weight = 400;
    for (v = svg_skip_space(v); *v; v = svg_skip_space(v)) {
        size_t n = strcspn(v, " \t\r\n");
        bool weight = n == 3 && v[1] == '0' && v[2] == '0';
        if (*v == '.' || (*v >= '0' && *v <= '9' && !weight)) {
            st->size = svg_length(v, parent->size, parent->size, parent->size);
            st->family = svg_skip_space(v + n);
            return;
        }
        if (weight || starts(v, "bold")) st->weight = font_weight(v, parent->weight);
        if (starts(v, "italic") || starts(v, "oblique")) st->italic = true;
        v += n;
    }
}

static bool set_text(struct svg_style *st, const struct svg_style *parent, const char *name, const char *v) {
    static const char *const anchors[] = {"start", "middle", "end"};
    if (strcmp(name, "font") == 0) set_font(st, parent, v);
    else if (strcmp(name, "font-family") == 0) st->family = v;
    else if (strcmp(name, "font-size") == 0) st->size = font_size(v, parent->size);
    else if (strcmp(name, "font-style") == 0) st->italic = starts(v, "italic") || starts(v, "oblique");
    else if (strcmp(name, "font-weight") == 0) st->weight = font_weight(v, parent->weight);
    else if (strcmp(name, "letter-spacing") == 0) st->letter_spacing = svg_length(v, 0, st->size, 0);
    else if (strcmp(name, "text-anchor") == 0) st->anchor = choice(v, anchors, st->anchor);
    else if (strcmp(name, "text-decoration") == 0) st->underline = strstr(v, "underline") != NULL;
    else return false;
    return true;
}

static bool set_stroke(struct svg *svg, struct svg_style *st, const char *name, const char *v) {
    static const char *const caps[] = {"butt", "round", "square"};
    static const char *const joins[] = {"miter", "round", "bevel"};
    bool ok;
    if (strcmp(name, "stroke") == 0) set_paint(svg, &st->stroke, v, st->color);
    else if (strcmp(name, "stroke-opacity") == 0) st->stroke_opacity = svg_fraction(v);
    else if (strcmp(name, "stroke-width") == 0) st->stroke_width = svg_length(v, 100, st->size, 1);
    else if (strcmp(name, "stroke-linecap") == 0) st->cap = choice(v, caps, st->cap);
    else if (strcmp(name, "stroke-linejoin") == 0) st->join = choice(v, joins, st->join);
    else if (strcmp(name, "stroke-miterlimit") == 0) st->miter = svg_number(&v, &ok);
    else if (strcmp(name, "stroke-dasharray") == 0) set_dash(st, v);
    else if (strcmp(name, "stroke-dashoffset") == 0) st->dash_offset = svg_length(v, 100, st->size, 0);
    else return false;
    return true;
}

static bool set_reference(struct svg *svg, struct svg_style *st, const char *name, const char *v) {
    xmlNode *to = svg_by_id(svg, v);
    if (strcmp(name, "clip-path") == 0) st->clip = to;
    else if (strcmp(name, "marker") == 0) st->marker[0] = st->marker[1] = st->marker[2] = to;
    else if (strcmp(name, "marker-start") == 0) st->marker[0] = to;
    else if (strcmp(name, "marker-mid") == 0) st->marker[1] = to;
    else if (strcmp(name, "marker-end") == 0) st->marker[2] = to;
    else if (strcmp(name, "mask") != 0 && strcmp(name, "filter") != 0) return false;
    else if (!starts(v, "none")) svg_unsupported(svg, str_intern(name, strlen(name)));
    return true;
}

static void set(struct svg *svg, struct svg_style *st, const struct svg_style *parent, const char *name,
                const char *v) {
    if (strcmp(v, "inherit") == 0) return;
    if (set_text(st, parent, name, v) || set_stroke(svg, st, name, v)) return;
    if (set_reference(svg, st, name, v)) return;
    if (strcmp(name, "fill") == 0) set_paint(svg, &st->fill, v, st->color);
    else if (strcmp(name, "color") == 0) svg_color(v, parent->color, &st->color);
    else if (strcmp(name, "opacity") == 0) st->opacity = svg_fraction(v);
    else if (strcmp(name, "fill-opacity") == 0) st->fill_opacity = svg_fraction(v);
    else if (strcmp(name, "fill-rule") == 0) st->even_odd = starts(v, "evenodd");
    else if (strcmp(name, "stop-color") == 0) svg_color(v, st->color, &st->stop_color);
    else if (strcmp(name, "stop-opacity") == 0) st->stop_opacity = svg_fraction(v);
    else if (strcmp(name, "display") == 0) st->none = starts(v, "none");
    else if (strcmp(name, "visibility") == 0) st->hidden = !starts(v, "visible");
    else if (strcmp(name, "overflow") == 0) st->overflow = starts(v, "visible") || starts(v, "auto");
}

/* "name: value; ..." */
static void set_declarations(struct svg *svg, struct svg_style *st, const struct svg_style *parent,
                             const char *s) {
    while (*s) {
        while (is_space(*s) || *s == ';') s++;
        size_t n = strcspn(s, ":;"), k = n;
        if (s[n] != ':') {
            s += n;
            continue;
        }
        while (k && is_space(s[k - 1])) k--;
        const char *name = str_intern(s, k);
        s += n + 1;
        while (is_space(*s)) s++;
        n = strcspn(s, ";");
        k = strcspn(s, ";!"); /* !important: the cascade has no use for it here */
        while (k && is_space(s[k - 1])) k--;
        set(svg, st, parent, name, str_intern(s, k));
        s += n;
    }
}

static bool has_class(const char *list, const char *name, size_t n) {
    while (list && *list) {
        size_t k = strcspn(list, " \t\r\n");
        if (k == n && strncmp(list, name, n) == 0) return true;
        list += k;
        while (is_space(*list)) list++;
    }
    return false;
}

/* A selector without combinators, size bytes. */
static bool selects_one(const char *sel, size_t size, const xmlNode *n) {
    const char *type = (const char *)n->name, *end = sel + size;
    size_t k = strcspn(sel, ".# >");
    if (k && !(k == 1 && *sel == '*') && (strlen(type) != k || strncmp(sel, type, k) != 0)) return false;
    for (sel += k; sel < end; sel += k) {
        char kind = *sel++;
        k = strcspn(sel, ".# >");
        if (kind == '.' && !has_class(svg_attr(n, "class"), sel, k)) return false;
        const char *id = kind == '#' ? svg_attr(n, "id") : NULL;
        if (kind == '#' && (!id || strlen(id) != k || strncmp(id, sel, k) != 0)) return false;
    }
    return true;
}

/* From the last part outwards; of ancestors the nearest that fits (CSS 2.1,
 * 5.5-6). */
static bool selects(const char *sel, const xmlNode *n) {
    size_t end = strlen(sel);
    bool any = false; /* n may be further out */
    for (;;) {
        size_t at = end;
        while (at && sel[at - 1] != ' ' && sel[at - 1] != '>') at--;
        while (any && n && n->type == XML_ELEMENT_NODE && !selects_one(sel + at, end - at, n)) n = n->parent;
        if (!n || n->type != XML_ELEMENT_NODE || !selects_one(sel + at, end - at, n)) return false;
        if (!at) return true;
        end = at - 1;
        any = sel[end] == ' ';
        n = n->parent;
    }
}

/* The selector with one blank, or >, between its parts; NULL: of a kind not
 * supported.  *weight: its specificity. */
static const char *read_selector(const char *s, size_t n, int *weight) {
    struct buf b = {0};
    bool starts_part = true, good = true;
    *weight = 0;
    for (size_t i = 0; i < n && good; i++) {
        char last = b.n ? b.p[b.n - 1] : 0;
        if (strchr("+:[~@", s[i])) good = false;
        else if (is_space(s[i]) && b.n && last != '>' && last != ' ') buf_char(&b, ' ');
        else if (s[i] == '>' && last == ' ') b.p[b.n - 1] = '>';
        else if (!is_space(s[i])) buf_char(&b, s[i]);
        if (is_space(s[i]) || s[i] == '>') {
            starts_part = true;
            continue;
        }
        *weight += s[i] == '#' ? 100 : s[i] == '.' ? 10 : starts_part && s[i] != '*';
        starts_part = false;
    }
    while (b.n && b.p[b.n - 1] == ' ') b.n--;
    good = good && b.n && b.p[0] != '>' && b.p[b.n - 1] != '>';
    const char *out = good ? str_intern(b.p, b.n) : NULL;
    buf_free(&b);
    return out;
}

/* Keeps the rules sorted by specificity, then order (CSS 2.1, 6.4). */
static void add_rule(struct svg *svg, const char *sel, size_t n, const char *body, size_t body_n) {
    int weight;
    const char *selector = read_selector(sel, n, &weight);
    if (!selector) return;
    svg->rules = mem_grow(svg->rules, &svg->rule_cap, svg->rule_count + 1, sizeof *svg->rules);
    size_t i = svg->rule_count++;
    for (; i > 0 && svg->rules[i - 1].weight > weight; i--) svg->rules[i] = svg->rules[i - 1];
    svg->rules[i] = (struct svg_rule){selector, str_intern(body, body_n), weight};
}

static void read_sheet(struct svg *svg, char *s) {
    for (char *c; (c = strstr(s, "/*"));) {
        char *end = strstr(c + 2, "*/");
        memset(c, ' ', end ? (size_t)(end + 2 - c) : strlen(c));
    }
    while (*s) {
        size_t n = strcspn(s, "{");
        if (!s[n]) return;
        const char *body = s + n + 1;
        size_t body_n = strcspn(body, "}");
        for (const char *sel = s; sel < s + n;) {
            size_t k = strcspn(sel, ",{");
            add_rule(svg, sel, k, body, body_n);
            sel += k + 1;
        }
        s += n + 1 + body_n;
        if (*s) s++;
    }
}

void svg_read_sheets(struct svg *svg, xmlNode *n, int depth) {
    for (; n && depth < SVG_DEPTH; n = n->next) {
        if (n->type != XML_ELEMENT_NODE) continue;
        const char *id = svg_attr(n, "id");
        if (id) {
            struct map_entry *e = map_get(svg->ids, id, strlen(id));
            if (!e->value.ptr) e->value.ptr = n;
        }
        if (svg_is(n, "style")) {
            xmlChar *text = xmlNodeGetContent(n);
            if (text) read_sheet(svg, (char *)text);
            xmlFree(text);
        }
        svg_read_sheets(svg, n->children, depth + 1);
    }
}

void svg_style_initial(struct svg_style *st) {
    *st = (struct svg_style){.fill = {PAINT_COLOR, COLOR_BLACK, NULL},
                             .color = COLOR_BLACK,
                             .stop_color = COLOR_BLACK,
                             .opacity = 1,
                             .fill_opacity = 1,
                             .stroke_opacity = 1,
                             .stop_opacity = 1,
                             .stroke_width = 1,
                             .miter = 4,
                             .family = "sans-serif",
                             .size = 12,
                             .weight = 400};
}

void svg_style_of(struct svg *svg, const xmlNode *n, const struct svg_style *parent, struct svg_style *out) {
    static const char *const attributes[] = {
        "color", "font-size", "font-family", "font-style", "font-weight", "fill", "stroke", "opacity",
        "fill-opacity", "stroke-opacity", "fill-rule", "stroke-width", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "letter-spacing", "text-anchor",
        "text-decoration", "display", "visibility", "clip-path", "marker-start", "marker-mid", "marker-end",
        "stop-color", "stop-opacity", "overflow", "mask", "filter"};
    *out = *parent;
    out->opacity = out->stop_opacity = 1;
    out->stop_color = COLOR_BLACK;
    out->none = out->overflow = false;
    out->clip = NULL;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        const char *v = svg_attr(n, attributes[i]);
        if (v) set(svg, out, parent, attributes[i], v);
    }
    for (size_t i = 0; i < svg->rule_count; i++)
        if (selects(svg->rules[i].selector, n)) set_declarations(svg, out, parent, svg->rules[i].body);
    const char *style = svg_attr(n, "style"), *space = svg_attr(n, "space");
    if (style) set_declarations(svg, out, parent, style);
    if (space) out->preserve = strcmp(space, "preserve") == 0;
}
