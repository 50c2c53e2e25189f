/* Pages as XML (`--emit=areas`): for tests and for people.
 *
 * <areas> holds <page index label width height ...> in order of index, each with
 * <g>, <text>, <shape>, <image>, <link>, <dest>; then <tags> and <outline>.
 * Lengths are integer millipoints; at="line:col" is the place in the FO. */
#include "area/area.h"

struct kept_page {
    int32_t index;
    struct buf xml;
};

struct xml_sink {
    struct area_sink sink;
    struct out_file *out;
    struct buf meta, tags, outline;
    int32_t tag_count, outline_count, next_page;
    struct kept_page *kept; /* pages that came before their turn */
    size_t kept_count, kept_cap;
    bool begun;
};

static void attr(struct buf *b, const char *name, const char *value) {
    if (!value) return;
    buf_fmt(b, " %s=\"", name);
    buf_xml(b, value);
    buf_char(b, '"');
}

static void color(struct buf *b, const char *name, struct color c) {
    static const int counts[] = {0, 3, 4, 1};
    if (c.space == COLOR_NONE) return;
    buf_fmt(b, " %s=\"%s", name, c.space == COLOR_CMYK ? "cmyk" : c.space == COLOR_GRAY ? "gray" : "#");
    for (int i = 0; i < counts[c.space]; i++)
        buf_fmt(b, c.space == COLOR_RGB ? "%02x" : " %02x", c.c[i] >> 8);
    if (c.alpha != 65535) buf_fmt(b, "/%02x", c.alpha >> 8);
    buf_char(b, '"');
}

static void common(struct buf *b, const struct area *a) {
    if (a->tag >= 0) buf_fmt(b, " tag=\"%d\"", a->tag);
    else if (a->tag == TAG_PAGINATION_HEADER) buf_str(b, " tag=\"header\"");
    else if (a->tag == TAG_PAGINATION_FOOTER) buf_str(b, " tag=\"footer\"");
    if (a->component) attr(b, "component", a->component);
    if (a->pos.line) buf_fmt(b, " at=\"%d:%d\"", a->pos.line, a->pos.col);
}

static void rectangle(struct buf *b, struct rect r) {
    buf_fmt(b, " x=\"%d\" y=\"%d\" w=\"%d\" h=\"%d\"", r.x, r.y, r.w, r.h);
}

static void path(struct buf *b, const char *name, const struct area_path *p) {
    static const char letters[] = "MLCZ";
    const mpt *q = p->xy;
    buf_fmt(b, " %s=\"", name);
    for (uint32_t i = 0; i < p->op_count; i++) {
        int n = p->ops[i] == PATH_CURVE ? 6 : p->ops[i] == PATH_CLOSE ? 0 : 2;
        buf_fmt(b, "%s%c", i ? " " : "", letters[p->ops[i]]);
        for (int k = 0; k < n; k++) buf_fmt(b, " %d", *q++);
    }
    buf_char(b, '"');
}

static void text(struct buf *b, const struct area_text *t) {
    int64_t width = 0;
    for (uint32_t i = 0; i < t->glyph_count; i++) width += t->glyphs[i].adv;
    buf_str(b, "<text");
    common(b, &t->a);
    buf_fmt(b, " x=\"%d\" y=\"%d\" w=\"%lld\" size=\"%d\"", t->x, t->y, (long long)width, t->size);
    attr(b, "font", t->font->name);
    color(b, "color", t->color);
    if (t->rtl) buf_str(b, " rtl=\"true\"");
    if (t->hyphen) buf_str(b, " hyphen=\"true\"");
    buf_char(b, '>');
    char *s = mem_alloc(t->text_len * 3 + 1);
    s[utf8_from_utf16(s, t->text, t->text_len)] = 0;
    buf_xml(b, s);
    mem_free(s);
    buf_str(b, "</text>\n");
}

static void shape(struct buf *b, const struct area_shape *s) {
    buf_str(b, "<shape");
    common(b, &s->a);
    if (s->path) path(b, "d", s->path);
    else rectangle(b, s->rect);
    color(b, "fill", s->fill);
    const struct gradient *g = s->fill_gradient;
    if (g) buf_fmt(b, " gradient=\"%s\" stops=\"%u\"", g->radial ? "radial" : "linear", g->stop_count);
    color(b, "stroke", s->stroke);
    if (s->stroke.space != COLOR_NONE) buf_fmt(b, " stroke-width=\"%d\"", s->stroke_width);
    if (s->dash_count) {
        buf_str(b, " dash=\"");
        for (uint32_t i = 0; i < s->dash_count; i++) buf_fmt(b, "%s%d", i ? " " : "", s->dash[i]);
        buf_char(b, '"');
    }
    buf_str(b, "/>\n");
}

static void areas(struct buf *b, const struct area_list *list);

static void group(struct buf *b, const struct area_group *g) {
    buf_str(b, "<g");
    common(b, &g->a);
    buf_str(b, " m=\"");
    for (int i = 0; i < 6; i++) {
        if (i) buf_char(b, ' ');
        buf_milli(b, (int64_t)(g->m[i] * 1000 + (g->m[i] < 0 ? -0.5 : 0.5)));
    }
    buf_char(b, '"');
    if (g->clips && g->clip_path) path(b, "clip", g->clip_path);
    else if (g->clips) buf_fmt(b, " clip=\"%d %d %d %d\"", g->clip.x, g->clip.y, g->clip.w, g->clip.h);
    if (g->opacity != 65535) buf_fmt(b, " opacity=\"%02x\"", g->opacity >> 8);
    buf_str(b, ">\n");
    areas(b, &g->children);
    buf_str(b, "</g>\n");
}

/* The kinds of graphics/graphics.h are not known here: a picture is its place. */
static void image(struct buf *b, const struct area_image *i) {
    buf_str(b, "<image");
    common(b, &i->a);
    rectangle(b, i->rect);
    buf_str(b, "/>\n");
}

static void link(struct buf *b, const struct area_link *l) {
    buf_str(b, "<link");
    common(b, &l->a);
    rectangle(b, l->rect);
    attr(b, "uri", l->uri);
    attr(b, "dest", l->dest);
    attr(b, "contents", l->contents);
    buf_str(b, "/>\n");
}

static void dest(struct buf *b, const struct area_dest *d) {
    buf_str(b, "<dest");
    attr(b, "id", d->id);
    buf_fmt(b, " x=\"%d\" y=\"%d\"/>\n", d->x, d->y);
}

static void areas(struct buf *b, const struct area_list *list) {
    for (const struct area *a = list->first; a; a = a->next) {
        switch (a->kind) {
        case AREA_GROUP: group(b, (const struct area_group *)a); break;
        case AREA_TEXT: text(b, (const struct area_text *)a); break;
        case AREA_SHAPE: shape(b, (const struct area_shape *)a); break;
        case AREA_IMAGE: image(b, (const struct area_image *)a); break;
        case AREA_LINK: link(b, (const struct area_link *)a); break;
        case AREA_DEST: dest(b, (const struct area_dest *)a); break;
        }
    }
}

static void begin(struct xml_sink *s) {
    static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<areas xmlns=\"urn:sotay:areas\">\n";
    if (!s->begun) out_write(s->out, head, sizeof head - 1);
    s->begun = true;
}

/* Writes the kept pages whose turn it is; `all`: whatever is left, in order. */
static void flush(struct xml_sink *s, bool all) {
    for (size_t i = 0; i < s->kept_count || (all && s->kept_count);) {
        if (i == s->kept_count) { /* a page is missing */
            i = 0;
            s->next_page++;
            continue;
        }
        if (s->kept[i].index != s->next_page) {
            i++;
            continue;
        }
        out_write(s->out, s->kept[i].xml.p, s->kept[i].xml.n);
        buf_free(&s->kept[i].xml);
        s->kept[i] = s->kept[--s->kept_count];
        s->next_page++;
        i = 0;
    }
}

static void on_page(struct area_sink *sink, const struct area_page *p) {
    struct xml_sink *s = (struct xml_sink *)sink;
    begin(s);
    struct buf b = {0};
    buf_fmt(&b, "<page index=\"%d\" number=\"%d\"", p->index, p->number);
    buf_fmt(&b, " width=\"%d\" height=\"%d\"", p->width, p->height);
    attr(&b, "label", p->label);
    attr(&b, "master", p->master);
    if (p->blank) buf_str(&b, " blank=\"true\"");
    buf_str(&b, ">\n");
    areas(&b, &p->areas);
    buf_str(&b, "</page>\n");
    s->kept = mem_grow(s->kept, &s->kept_cap, s->kept_count + 1, sizeof *s->kept);
    s->kept[s->kept_count++] = (struct kept_page){p->index, b};
    flush(s, false);
}

static int32_t on_tag(struct area_sink *sink, int32_t parent, const struct area_tag *t) {
    struct xml_sink *s = (struct xml_sink *)sink;
    struct buf *b = &s->tags;
    buf_fmt(b, "<tag n=\"%d\"", s->tag_count);
    if (parent >= 0) buf_fmt(b, " parent=\"%d\"", parent);
    attr(b, "type", t->type);
    attr(b, "role", t->role);
    attr(b, "lang", t->lang);
    attr(b, "alt", t->alt);
    attr(b, "id", t->id);
    attr(b, "scope", t->scope);
    attr(b, "headers", t->headers);
    attr(b, "numbering", t->list_numbering);
    if (t->row_span > 1) buf_fmt(b, " row-span=\"%d\"", t->row_span);
    if (t->col_span > 1) buf_fmt(b, " col-span=\"%d\"", t->col_span);
    buf_str(b, "/>\n");
    return s->tag_count++;
}

static void on_tag_close(struct area_sink *sink, int32_t tag) {
    (void)sink, (void)tag;
}

static int32_t on_outline(struct area_sink *sink, int32_t parent, const struct area_outline *o) {
    struct xml_sink *s = (struct xml_sink *)sink;
    buf_fmt(&s->outline, "<item n=\"%d\"", s->outline_count);
    if (parent >= 0) buf_fmt(&s->outline, " parent=\"%d\"", parent);
    attr(&s->outline, "title", o->title);
    attr(&s->outline, "dest", o->dest);
    attr(&s->outline, "uri", o->uri);
    if (!o->open) buf_str(&s->outline, " open=\"false\"");
    buf_str(&s->outline, "/>\n");
    return s->outline_count++;
}

static void on_meta(struct area_sink *sink, const char *key, const char *value) {
    struct xml_sink *s = (struct xml_sink *)sink;
    buf_str(&s->meta, "<meta");
    attr(&s->meta, "key", key);
    attr(&s->meta, "value", value);
    buf_str(&s->meta, "/>\n");
}

static void on_restart(struct area_sink *sink) {
    struct xml_sink *s = (struct xml_sink *)sink;
    for (size_t i = 0; i < s->kept_count; i++) buf_free(&s->kept[i].xml);
    s->kept_count = 0;
    s->tag_count = s->outline_count = s->next_page = 0;
    buf_clear(&s->meta);
    buf_clear(&s->tags);
    buf_clear(&s->outline);
    s->begun = false;
    out_rewind(s->out);
}

struct area_sink *area_xml_open(struct out_file *out) {
    struct xml_sink *s = mem_alloc(sizeof *s);
    s->sink = (struct area_sink){on_tag, on_tag_close, on_page, on_outline, on_meta, on_restart, NULL};
    s->out = out;
    return &s->sink;
}

static void part(struct xml_sink *s, const char *name, struct buf *b) {
    struct buf t = {0};
    buf_fmt(&t, "<%s>\n%s</%s>\n", name, buf_cstr(b), name);
    if (b->n) out_write(s->out, t.p, t.n);
    buf_free(&t);
    buf_free(b);
}

int area_xml_close(struct area_sink *sink) {
    struct xml_sink *s = (struct xml_sink *)sink;
    begin(s);
    flush(s, true);
    part(s, "metadata", &s->meta);
    part(s, "tags", &s->tags);
    part(s, "outline", &s->outline);
    out_write(s->out, "</areas>\n", 9);
    mem_free(s->kept);
    mem_free(s);
    return 0;
}
