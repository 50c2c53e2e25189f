/* Builders of areas and the counting sink. */
#include "area/area.h"

static void *add(struct arena *arena, struct area_list *list, size_t size, enum area_kind kind, int32_t tag,
                 struct pos pos) {
    struct area *a = arena_alloc(arena, size);
    a->kind = kind;
    a->tag = tag;
    a->pos = pos;
    if (list->last) list->last->next = a;
    else list->first = a;
    list->last = a;
    return a;
}

struct area_group *area_add_group(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos) {
    struct area_group *g = add(arena, list, sizeof *g, AREA_GROUP, tag, pos);
    g->m[0] = g->m[3] = 1;
    g->opacity = 65535;
    return g;
}

struct area_text *area_add_text(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos) {
    return add(arena, list, sizeof(struct area_text), AREA_TEXT, tag, pos);
}

struct area_shape *area_add_shape(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos) {
    return add(arena, list, sizeof(struct area_shape), AREA_SHAPE, tag, pos);
}

struct area_shape *area_add_rect(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos,
                                 struct rect rect, struct color fill) {
    struct area_shape *s = area_add_shape(arena, list, tag, pos);
    s->rect = rect;
    s->fill = fill;
    return s;
}

struct area_image *area_add_image(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos) {
    return add(arena, list, sizeof(struct area_image), AREA_IMAGE, tag, pos);
}

struct area_link *area_add_link(struct arena *arena, struct area_list *list, int32_t tag, struct pos pos) {
    return add(arena, list, sizeof(struct area_link), AREA_LINK, tag, pos);
}

struct area_dest *area_add_dest(struct arena *arena, struct area_list *list, struct pos pos, const char *id,
                                mpt x, mpt y) {
    struct area_dest *d = add(arena, list, sizeof *d, AREA_DEST, TAG_ARTIFACT, pos);
    d->id = id;
    d->x = x;
    d->y = y;
    return d;
}

void area_list_append(struct area_list *to, struct area_list *from) {
    if (!from->first) return;
    if (to->last) to->last->next = from->first;
    else to->first = from->first;
    to->last = from->last;
    *from = (struct area_list){0};
}

void area_list_insert(struct area_list *to, struct area *after, struct area_list *from) {
    if (!from->first) return;
    struct area *next = after ? after->next : to->first;
    from->last->next = next;
    if (after) after->next = from->first;
    else to->first = from->first;
    if (!next) to->last = from->last;
    *from = (struct area_list){0};
}

struct count_sink {
    struct area_sink sink;
    int32_t pages, tags, outlines;
};

static int32_t count_tag(struct area_sink *s, int32_t parent, const struct area_tag *tag) {
    (void)parent, (void)tag;
    return ((struct count_sink *)s)->tags++;
}

static void count_close(struct area_sink *s, int32_t tag) {
    (void)s, (void)tag;
}

static void count_page(struct area_sink *s, const struct area_page *page) {
    (void)page;
    ((struct count_sink *)s)->pages++;
}

static int32_t count_outline(struct area_sink *s, int32_t parent, const struct area_outline *o) {
    (void)parent, (void)o;
    return ((struct count_sink *)s)->outlines++;
}

static void count_meta(struct area_sink *s, const char *key, const char *value) {
    (void)s, (void)key, (void)value;
}

static void count_restart(struct area_sink *s) {
    struct count_sink *c = (struct count_sink *)s;
    c->pages = c->tags = c->outlines = 0;
}

struct area_sink *area_count_open(void) {
    struct count_sink *c = mem_alloc(sizeof *c);
    c->sink = (struct area_sink){count_tag,     count_close, count_page,
                                 count_outline, count_meta,  count_restart, NULL};
    return &c->sink;
}

int32_t area_count_close(struct area_sink *s) {
    int32_t pages = ((struct count_sink *)s)->pages;
    mem_free(s);
    return pages;
}
