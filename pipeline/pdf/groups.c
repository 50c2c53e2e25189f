/* Groups: matrix, clip, opacity (ISO 32000-1, 8.4.2, 8.5.4, 11.6.6). */
#include "pdf/private.h"

enum { TAG_NONE = INT32_MAX, TAG_MIXED = INT32_MAX - 1 };

/* The one tag of all that is drawn in a list, or TAG_NONE, TAG_MIXED. */
static int32_t one_tag(const struct area_list *list, int32_t tag) {
    for (const struct area *a = list->first; a && tag != TAG_MIXED; a = a->next) {
        int32_t t = a->tag;
        if (a->kind == AREA_LINK || a->kind == AREA_DEST) continue;
        if (a->kind == AREA_GROUP && !((const struct area_group *)a)->late) t = one_tag(&((const struct area_group *)a)->children, tag);
        if (t == TAG_NONE) continue;
        tag = tag == TAG_NONE || tag == t ? t : TAG_MIXED;
    }
    return tag;
}

static bool one_area(const struct area_list *list) {
    return list->first && list->first == list->last && list->first->kind != AREA_GROUP;
}

static void apply_matrix(struct content *c, const double m[6]) {
    double outer[6], *n = c->gs.m;
    memcpy(outer, n, sizeof outer);
    if (m[0] == 1 && m[1] == 0 && m[2] == 0 && m[3] == 1 && m[4] == 0 && m[5] == 0) return;
    for (int i = 0; i < 4; i++) put_real(&c->ops, m[i]);
    for (int i = 4; i < 6; i++) put_number(&c->ops, (int64_t)(m[i] + (m[i] < 0 ? -0.5 : 0.5)));
    buf_str(&c->ops, "cm\n");
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2; k++) n[k * 2 + i] = outer[i] * m[k * 2] + outer[2 + i] * m[k * 2 + 1];
        n[4 + i] = outer[i] * m[4] + outer[2 + i] * m[5] + outer[4 + i];
    }
}

static void put_children(struct content *c, const struct area_group *g) {
    apply_matrix(c, g->m);
    if (g->clips) {
        if (g->clip_path) put_path(&c->ops, g->clip_path);
        else put_rect(&c->ops, g->clip);
        buf_str(&c->ops, "W n\n");
        if (!g->clip_path) note_box(c, g->a.tag, g->clip);
    }
    content_areas(c, &g->children);
    end_text(c);
    close_mark(c);
}

/* All children as one object with one opacity: a transparency group. */
static void put_form(struct content *c, const struct area_group *g) {
    struct pdf *p = c->pdf;
    struct content inner;
    content_begin(&inner, p, c->page);
    memcpy(inner.gs.m, c->gs.m, sizeof inner.gs.m);
    inner.locked = true;
    put_children(&inner, g);
    HPDF_Dict d = dict_new(p, "XObject"), group = dict_new(p, "Group");
    dict_name(p, d, "Subtype", "Form");
    dict_raw(p, d, "/BBox [-16000 -16000 16000 16000]");
    dict_name(p, group, "S", "Transparency");
    dict_add(p, d, "Group", group);
    dict_add(p, d, "Resources", content_resources(&inner));
    uint32_t object = object_number(p), id = p->form_count++;
    object_stream(p, object, d, inner.ops.p, inner.ops.n, false);
    content_free(&inner);
    set_alpha(c, g->opacity);
    content_use(c, 'X', id, object);
    buf_fmt(&c->ops, "/X%u Do\n", id);
}

/* A late group is a form (8.10), written when its children come. */
static uint32_t late_object(struct pdf *p, int32_t number) {
    size_t old = p->late_count, need = (size_t)number;
    if (need > old) {
        p->late = mem_grow(p->late, &p->late_cap, need, sizeof *p->late);
        memset(p->late + old, 0, (need - old) * sizeof *p->late);
        p->late_count = need;
    }
    if (!p->late[number - 1]) p->late[number - 1] = object_number(p);
    return p->late[number - 1];
}

static void put_late(struct content *c, const struct area_group *g) {
    end_text(c);
    open_mark(c, g->a.tag);
    set_alpha(c, 65535);
    uint32_t id = c->pdf->form_count++;
    content_use(c, 'X', id, late_object(c->pdf, g->late));
    buf_fmt(&c->ops, "/X%u Do\n", id);
    close_mark(c);
}

void late_write(struct pdf *p, const struct area_group *g) {
    enum { SMALL = 256 }; /* deflating gains nothing */
    struct area_page area = {0};
    struct page page = {.area = &area};
    struct content c;
    content_begin(&c, p, &page);
    c.locked = true;
    content_areas(&c, &g->children);
    end_text(&c);
    HPDF_Dict d = dict_new(p, NULL);
    dict_name(p, d, "Subtype", "Form");
    dict_raw(p, d, "/BBox [-16000 -16000 16000 16000]");
    dict_add(p, d, "Resources", content_resources(&c));
    object_stream(p, late_object(p, g->late), d, c.ops.p, c.ops.n, c.ops.n < SMALL);
    content_free(&c);
}

/* One tag for all: its mark stays open around the group.  Several: marks open
 * and close inside, and opacity is each area's own. */
void put_group(struct content *c, const struct area_group *g) {
    if (g->late) {
        put_late(c, g);
        return;
    }
    if (!g->children.first) return;
    bool locks = false, faded = g->opacity < 65535;
    int32_t tag = c->locked || !c->pdf->tagged ? TAG_NONE : one_tag(&g->children, TAG_NONE);
    end_text(c);
    if (tag == TAG_MIXED) {
        close_mark(c);
    } else if (tag != TAG_NONE) {
        open_mark(c, tag);
        locks = true;
    }
    struct graphics_state outer = c->gs;
    buf_str(&c->ops, "q\n");
    c->locked |= locks;
    if (faded && tag != TAG_MIXED && !one_area(&g->children)) {
        put_form(c, g);
    } else {
        c->gs.opacity = (uint16_t)((uint32_t)c->gs.opacity * g->opacity / 65535);
        put_children(c, g);
    }
    buf_str(&c->ops, "Q\n");
    c->gs = outer;
    if (locks) c->locked = false;
}
