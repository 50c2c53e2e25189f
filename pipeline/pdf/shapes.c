/* Paths and rectangles (ISO 32000-1, 8.5). */
#include "pdf/private.h"

void put_path(struct buf *b, const struct area_path *p) {
    const mpt *q = p->xy;
    for (uint32_t i = 0; i < p->op_count; i++) {
        int n = p->ops[i] == PATH_CURVE ? 6 : p->ops[i] == PATH_CLOSE ? 0 : 2;
        for (int k = 0; k < n; k++) put_number(b, *q++);
        static const char operators[] = {'m', 'l', 'c', 'h'};
        buf_char(b, operators[p->ops[i] & 3]);
        buf_char(b, '\n');
    }
}

void put_rect(struct buf *b, struct rect r) {
    put_number(b, r.x);
    put_number(b, r.y);
    put_number(b, r.w);
    put_number(b, r.h);
    buf_str(b, "re\n");
}

void put_outline(struct buf *b, const struct area_shape *s) {
    if (s->path) put_path(b, s->path);
    else put_rect(b, s->rect);
}

struct rect shape_box(const struct area_shape *s) {
    if (!s->path) return s->rect;
    int64_t box[4] = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};
    const mpt *q = s->path->xy;
    for (uint32_t i = 0; i < s->path->op_count; i++) {
        int n = s->path->ops[i] == PATH_CURVE ? 3 : s->path->ops[i] == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < 2 * n; k++, q++) {
            if (*q < box[k & 1]) box[k & 1] = *q;
            if (*q > box[2 + (k & 1)]) box[2 + (k & 1)] = *q;
        }
    }
    if (box[0] > box[2]) return (struct rect){0};
    return (struct rect){(mpt)box[0], (mpt)box[1], mpt_clamp(box[2] - box[0]), mpt_clamp(box[3] - box[1])};
}

static void put_stroke_style(struct buf *b, const struct area_shape *s) {
    put_number(b, s->stroke_width);
    buf_fmt(b, "w %d J %d j ", s->cap, s->join);
    if (s->miter >= 100) {
        put_number(b, s->miter * 10);
        buf_str(b, "M ");
    }
    if (s->dash_count) {
        buf_char(b, '[');
        for (uint32_t i = 0; i < s->dash_count; i++) put_number(b, s->dash[i]);
        buf_char(b, ']');
        put_number(b, s->dash_phase);
        buf_str(b, "d");
    }
    buf_char(b, '\n');
}

static void fill_alone(struct content *c, const struct area_shape *s) {
    put_outline(&c->ops, s);
    buf_str(&c->ops, s->even_odd ? "f*\n" : "f\n");
}

static void stroke_with(struct content *c, const struct area_shape *s, bool fill) {
    set_stroke(c, s->stroke);
    buf_str(&c->ops, "q ");
    put_stroke_style(&c->ops, s);
    put_outline(&c->ops, s);
    buf_str(&c->ops, !fill ? "S" : s->even_odd ? "B*" : "B");
    buf_str(&c->ops, " Q\n");
}

void put_shape(struct content *c, const struct area_shape *s) {
    bool fill = s->fill.space != COLOR_NONE, stroke = s->stroke.space != COLOR_NONE && s->stroke_width > 0;
    bool gradient = s->fill_gradient && s->fill_gradient->stop_count;
    if (!fill && !stroke && !gradient) return;
    end_text(c);
    open_mark(c, s->a.tag);
    note_box(c, s->a.tag, shape_box(s));
    if (gradient) put_gradient(c, s);
    fill &= !gradient;
    if (fill) set_fill(c, s->fill);
    if (fill && (!stroke || s->stroke.alpha != s->fill.alpha)) {
        fill_alone(c, s);
        fill = false;
    }
    if (stroke) stroke_with(c, s, fill);
}
