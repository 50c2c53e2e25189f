#include "base/base.h"

struct row {
    const char *name;
    enum diag_level level;
    const char *text[2];
};

static const struct row rows[DIAG_COUNT] = {
#define D(id, name, level, en, vi) {name, DIAG_LEVEL_##level, {en, vi}},
#include "base/diagnostics.def"
#undef D
};

struct diags {
    struct arena *arena;
    struct map *seen;
    struct diag *first, *last, *flushed;
    size_t counts[DIAG_LEVEL_NOTE + 1];
    int language;
    bool last_repeated;
    void (*sink)(void *arg, const struct diag *g);
    void *arg;
};

struct diags *diags_new(void) {
    struct diags *d = mem_alloc(sizeof *d);
    d->arena = arena_new();
    d->seen = map_new();
    return d;
}

void diags_drop(struct diags *d) {
    if (!d) return;
    arena_drop(d->arena);
    map_drop(d->seen);
    mem_free(d);
}

void diags_set_language(struct diags *d, const char *language) {
    d->language = language && strncmp(language, "vi", 2) == 0;
}

void diags_set_sink(struct diags *d, void (*sink)(void *arg, const struct diag *g), void *arg) {
    d->sink = sink;
    d->arg = arg;
}

static struct diag *make(struct diags *d, enum diag_id id, struct pos pos, va_list args) {
    struct buf b = {0};
    buf_vfmt(&b, rows[id].text[d->language], args);
    struct diag *g = ARENA_NEW(d->arena, struct diag);
    g->id = id;
    g->level = rows[id].level;
    g->pos = pos;
    g->message = arena_strdup(d->arena, buf_cstr(&b));
    buf_free(&b);
    return g;
}

static bool is_repeat(struct diags *d, const struct diag *g) {
    struct buf b = {0};
    buf_fmt(&b, "%d:%s:%d:%d:%s", (int)g->id, g->pos.file ? g->pos.file : "", g->pos.line, g->pos.col,
            g->message);
    struct map_entry *e = map_get(d->seen, b.p, b.n);
    buf_free(&b);
    return e->value.num++ > 0;
}

void diag_add(struct diags *d, enum diag_id id, struct pos pos, ...) {
    va_list args;
    va_start(args, pos);
    struct diag *g = make(d, id, pos, args);
    va_end(args);
    d->last_repeated = is_repeat(d, g);
    if (d->last_repeated) return;
    if (d->last) d->last->next = g;
    else d->first = g;
    d->last = g;
    d->counts[g->level]++;
}

void diag_relate(struct diags *d, enum diag_id id, struct pos pos, ...) {
    if (!d->last || d->last_repeated) return;
    va_list args;
    va_start(args, pos);
    struct diag *g = make(d, id, pos, args), **end = &d->last->related;
    va_end(args);
    while (*end) end = &(*end)->next;
    *end = g;
}

void diag_span(struct diags *d, int characters) {
    if (d->last && !d->last_repeated) d->last->span = characters;
}

void diags_flush(struct diags *d) {
    struct diag *g = d->flushed ? d->flushed->next : d->first;
    for (; g; g = g->next) {
        if (d->sink) d->sink(d->arg, g);
        d->flushed = g;
    }
}

size_t diags_count(const struct diags *d, enum diag_level level) {
    return d->counts[level];
}

const struct diag *diags_first(const struct diags *d) {
    return d->first;
}

const char *diag_name(enum diag_id id) {
    return rows[id].name;
}

const char *diag_level_name(enum diag_level level) {
    static const char *const names[] = {"error", "warning", "unsupported", "note"};
    return names[level];
}
