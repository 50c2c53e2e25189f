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

static struct diag *new_diag(struct diags *d, enum diag_id id, struct pos pos, const char *en, const char *vi) {
    struct diag *g = ARENA_NEW(d->arena, struct diag);
    g->id = id;
    g->level = rows[id].level;
    g->pos = pos;
    g->texts[0] = arena_strdup(d->arena, en);
    g->texts[1] = arena_strdup(d->arena, vi);
    g->message = g->texts[d->language];
    return g;
}

static struct diag *make(struct diags *d, enum diag_id id, struct pos pos, va_list args) {
    struct buf texts[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        va_list again;
        va_copy(again, args);
        buf_vfmt(&texts[i], rows[id].text[i], again);
        va_end(again);
    }
    struct diag *g = new_diag(d, id, pos, buf_cstr(&texts[0]), buf_cstr(&texts[1]));
    buf_free(&texts[0]);
    buf_free(&texts[1]);
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

static void add(struct diags *d, struct diag *g) {
    d->last_repeated = is_repeat(d, g);
    if (d->last_repeated) return;
    if (d->last) d->last->next = g;
    else d->first = g;
    d->last = g;
    d->counts[g->level]++;
}

static void relate(struct diags *d, struct diag *g) {
    struct diag **end = &d->last->related;
    while (*end) end = &(*end)->next;
    *end = g;
}

void diag_add(struct diags *d, enum diag_id id, struct pos pos, ...) {
    va_list args;
    va_start(args, pos);
    add(d, make(d, id, pos, args));
    va_end(args);
}

void diag_relate(struct diags *d, enum diag_id id, struct pos pos, ...) {
    if (!d->last || d->last_repeated) return;
    va_list args;
    va_start(args, pos);
    relate(d, make(d, id, pos, args));
    va_end(args);
}

void diag_restore(struct diags *d, enum diag_id id, struct pos pos, int span, const char *const texts[2],
                  bool related) {
    if (related && (!d->last || d->last_repeated)) return;
    struct diag *g = new_diag(d, id, pos, texts[0], texts[1]);
    g->span = span;
    if (related) relate(d, g);
    else add(d, g);
}

void diag_span(struct diags *d, int characters) {
    if (d->last && !d->last_repeated) d->last->span = characters;
}

void diag_facts(struct diags *d, const char *members) {
    if (d->last && !d->last_repeated) d->last->facts = arena_strdup(d->arena, members);
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
