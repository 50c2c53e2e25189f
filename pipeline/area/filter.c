#include "area/area.h"

static struct area_sink *next(struct area_sink *s) {
    return ((struct area_filter *)s)->to;
}

static int32_t tag_open(struct area_sink *s, int32_t parent, const struct area_tag *tag) {
    return next(s)->tag_open(next(s), parent, tag);
}

static void tag_close(struct area_sink *s, int32_t tag) {
    next(s)->tag_close(next(s), tag);
}

static int32_t outline(struct area_sink *s, int32_t parent, const struct area_outline *o) {
    return next(s)->outline(next(s), parent, o);
}

static void meta(struct area_sink *s, const char *key, const char *value) {
    next(s)->meta(next(s), key, value);
}

struct area_filter area_filter_to(struct area_sink *to, void (*page)(struct area_sink *, const struct area_page *),
                                  void (*restart)(struct area_sink *)) {
    return (struct area_filter){{tag_open, tag_close, page, outline, meta, restart, NULL}, to};
}
