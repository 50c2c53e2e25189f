/* The tree and its values as text, for cases and for people. */
#include "fo/tree.h"

static void print_length(struct buf *out, const struct fo_value *v) {
    bool any = false;
    if (v->len != 0 || (v->u.pct == 0 && v->units == 0)) {
        buf_milli(out, v->len);
        buf_str(out, "pt");
        any = true;
    }
    if (v->u.pct != 0) {
        if (any) buf_char(out, v->u.pct < 0 ? '-' : '+');
        double pct = any && v->u.pct < 0 ? -v->u.pct : v->u.pct;
        buf_milli(out, (int64_t)(pct * 100000 + (pct < 0 ? -0.5 : 0.5)));
        buf_char(out, '%');
        any = true;
    }
    if (v->units != 0) {
        if (any) buf_char(out, '+');
        buf_milli(out, (int64_t)((double)v->units * 1000 + 0.5));
        buf_str(out, "units");
    }
}

static void print_color(struct buf *out, const struct fo_value *v) {
    const uint16_t *c = v->u.color.c;
    if (v->u.color.space == 0) {
        buf_str(out, "transparent");
    } else if (v->u.color.space == 1) {
        buf_fmt(out, "#%02x%02x%02x", (c[0] + 128) / 257, (c[1] + 128) / 257, (c[2] + 128) / 257);
        if (v->u.color.alpha != 65535) buf_fmt(out, "%02x", (v->u.color.alpha + 128) / 257);
    } else {
        buf_str(out, "cmyk(");
        for (int i = 0; i < 4; i++) {
            if (i) buf_char(out, ',');
            buf_milli(out, (int64_t)c[i] * 1000 / 65535);
        }
        buf_char(out, ')');
    }
}

void fo_print_value(struct buf *out, const struct fo_value *v) {
    switch (v->kind) {
    case FOV_UNSET: buf_str(out, "unset"); break;
    case FOV_TOKEN: buf_str(out, fo_token_name((enum fo_token)v->token)); break;
    case FOV_LENGTH: print_length(out, v); break;
    case FOV_NUMBER: buf_milli(out, (int64_t)(v->u.num * 1000 + (v->u.num < 0 ? -0.5 : 0.5))); break;
    case FOV_STRING:
        buf_char(out, '"');
        buf_str(out, v->u.str);
        buf_char(out, '"');
        break;
    case FOV_COLOR: print_color(out, v); break;
    }
}

static void print_text(struct buf *out, const struct fo_node *n) {
    buf_str(out, " \"");
    for (uint32_t i = 0; i < n->text_len; i++) {
        char c = n->text[i];
        if (c == '\n') buf_str(out, "\\n");
        else if (c == '\t') buf_str(out, "\\t");
        else buf_char(out, c);
    }
    buf_char(out, '"');
}

/* Values that differ from those of an object without attributes. */
static void print_own(struct buf *out, const struct fo_node *n) {
    struct fo_value initial[P_COUNT];
    struct compute *c = mem_alloc(sizeof *c);
    c->font_size = 12000;
    compute_initial(initial, c);
    mem_free(c);
    for (int p = 0; p < P_COUNT; p++) {
        const struct fo_value *v = fo_get(n, (enum fo_prop)p);
        if (fo_properties[p].name[0] == '-' || memcmp(v, &initial[p], sizeof *v) == 0) continue;
        buf_fmt(out, " %s=", fo_properties[p].name);
        fo_print_value(out, v);
    }
}

static void print_node(struct buf *out, const struct fo_node *n, int depth) {
    for (int i = 0; i < depth && i < 60; i++) buf_char(out, ' ');
    buf_str(out, fo_elements[n->element].name);
    if (n->element == FO_TEXT) print_text(out, n);
    else if (n->style) print_own(out, n);
    buf_char(out, '\n');
}

void fo_dump(struct buf *out, const struct fo_node *top, int depth) {
    const struct fo_node *n = top;
    while (n) {
        print_node(out, n, depth);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n != top && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == top ? NULL : n->next;
    }
}
