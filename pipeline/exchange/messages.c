/* The messages of a publication: texts of the first language and of one other,
 * paired by the units of the edition. */
#include "exchange/parts.h"

/* ---- pairs ---- */

static size_t line_key(char *out, size_t room, struct pos pos) {
    int n = snprintf(out, room, "%s:%d", pos.file ? pos.file : "", (int)pos.line);
    return n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

/* path:line of each version -> index + 1 of its unit. */
static struct map *index_units(const struct check_units *u) {
    struct map *m = map_new();
    char key[600];
    for (size_t i = 0; i < u->n; i++)
        for (size_t k = 0; k < u->v[i].count; k++) {
            size_t n = line_key(key, sizeof key, source_place(u->v[i].v[k].node));
            map_get(m, key, n)->value.num = (int64_t)i + 1;
        }
    return m;
}

static struct source_range *range_at(struct source_pieces *p, int32_t line) {
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->v[mid].line < line) low = mid + 1;
        else high = mid;
    }
    return low < p->n && p->v[low].line == line ? &p->v[low] : NULL;
}

static struct source_range *note_named(struct source_pieces *p, const char *label) {
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].note && strcmp(p->v[i].note, label) == 0) return &p->v[i];
    return NULL;
}

static const struct check_version *version_in(const struct check_unit *u, const char *lang) {
    for (size_t k = 0; k < u->count; k++)
        if (strcmp(u->v[k].lang, lang) == 0) return &u->v[k];
    return NULL;
}

static const char *name_of(struct exchange *x, const char *key, size_t i, size_t count) {
    struct buf b = {0};
    buf_str(&b, key);
    if (count > 1) buf_fmt(&b, ":%zu", i + 1);
    const char *s = arena_strdup(x->arena, b.p);
    buf_free(&b);
    return s;
}

static void add_messages(struct exchange *x, size_t index) {
    struct pair *p = &x->pairs[index];
    struct source_range *other = p->other;
    p->first = x->count;
    p->count = p->base->count;
    p->differs = other && other->count != p->base->count;
    bool paired = other != NULL;
    for (size_t i = 0; i < p->base->count; i++) {
        struct source_piece *base = &p->base->pieces[i];
        struct source_piece *place = paired && i < other->count ? &other->pieces[i] : NULL;
        if (place && place->kind != base->kind) place = NULL;
        paired = place != NULL;
        p->differs |= other && !place;
        x->messages = mem_grow(x->messages, &x->cap, x->count + 1, sizeof *x->messages);
        x->messages[x->count] = (struct message){
            .name = name_of(x, p->key, i, p->base->count), .base = base, .other = place, .pair = index};
        map_get(x->names, x->messages[x->count].name, strlen(x->messages[x->count].name))->value.num =
            (int64_t)x->count + 1;
        x->count++;
    }
    bool doubt = p->differs || (p->version && p->version->state == CHECK_STALE);
    for (size_t i = p->first; i < x->count; i++) x->messages[i].fuzzy = doubt && x->messages[i].other;
}

static void add_pair(struct exchange *x, struct pair p) {
    x->pairs = mem_grow(x->pairs, &x->pair_cap, x->pair_count + 1, sizeof *x->pairs);
    x->pairs[x->pair_count] = p;
    add_messages(x, x->pair_count++);
}

static void pair_part(struct exchange *x, size_t part, const struct map *units) {
    struct part *p = &x->parts[part];
    char key[600];
    for (size_t i = 0; i < p->base.n; i++) {
        struct pair pair = {.part = part, .base = &p->base.v[i]};
        struct pos pos = {p->base.path, pair.base->line, 1};
        struct map_entry *e = map_find(units, key, line_key(key, sizeof key, pos));
        const struct check_unit *u = e && !pair.base->note ? &x->units.v[e->value.num - 1] : NULL;
        if (pair.base->note) {
            struct buf b = {0};
            buf_fmt(&b, "%s^%s", p->name, pair.base->note);
            pair.key = arena_strdup(x->arena, b.p);
            pair.other = note_named(&p->other, pair.base->note);
            buf_free(&b);
        } else if (u) {
            pair.key = u->key;
            pair.version = version_in(u, x->lang);
            if (pair.version) pair.other = range_at(&p->other, source_place(pair.version->node).line);
        } else {
            continue;
        }
        add_pair(x, pair);
    }
}

/* ---- opening ---- */

static bool has_language(const struct source_publication *p, const char *lang) {
    for (size_t i = 1; p->languages && p->languages[0] && p->languages[i]; i++)
        if (strcmp(p->languages[i], lang) == 0) return true;
    return false;
}

/* A part that has no file of the language yet is no error here. */
static void read_edition(struct exchange *x) {
    struct diags *own = diags_new();
    x->edition = source_edition(x->project, x->publication, NULL, NULL, own);
    for (const struct diag *g = diags_first(own); !x->edition && g; g = g->next)
        diag_add(x->diags, DIAG_EXCHANGE_SOURCE, g->pos, g->message);
    diags_drop(own);
}

static bool read_parts(struct exchange *x) {
    const char *const *names = x->publication->parts;
    bool good = true;
    for (size_t i = 0; names && names[i]; i++) x->part_count++;
    x->parts = ARENA_ARRAY(x->arena, struct part, x->part_count + 1);
    for (size_t i = 0; i < x->part_count; i++) {
        struct part *p = &x->parts[i];
        p->name = names[i];
        good &= source_pieces_read(x->project, x->publication, names[i], x->base_lang, &p->base, x->diags);
        good &= source_pieces_read(x->project, x->publication, names[i], x->lang, &p->other, x->diags);
        if (good) {
            p->base.path = str_intern(p->base.path, strlen(p->base.path));
            p->other.path = str_intern(p->other.path, strlen(p->other.path));
        }
    }
    return good;
}

bool exchange_open(struct exchange *x, struct source_project *project, const struct source_publication *publication,
                   const char *language, struct diags *diags) {
    *x = (struct exchange){.arena = arena_new(), .project = project, .publication = publication, .diags = diags};
    x->names = map_new();
    x->lang = arena_strdup(x->arena, language);
    x->base_lang = publication->languages && publication->languages[0] ? publication->languages[0] : "";
    if (!has_language(publication, language)) {
        diag_add(diags, DIAG_EXCHANGE_LANGUAGE, (struct pos){0}, publication->id, language);
        return false;
    }
    read_edition(x);
    if (!x->edition || !check_units_open(&x->units, x->edition, diags) || !read_parts(x)) return false;
    struct map *units = index_units(&x->units);
    for (size_t i = 0; i < x->part_count; i++) pair_part(x, i, units);
    map_drop(units);
    return true;
}

void exchange_close(struct exchange *x) {
    for (size_t i = 0; x->parts && i < x->part_count; i++) {
        if (x->parts[i].base.arena) source_pieces_free(&x->parts[i].base);
        if (x->parts[i].other.arena) source_pieces_free(&x->parts[i].other);
    }
    if (x->units.arena) check_units_close(&x->units);
    if (x->edition) xmlFreeDoc(x->edition);
    map_drop(x->names);
    mem_free(x->pairs);
    mem_free(x->messages);
    arena_drop(x->arena);
}

const char *exchange_kind(const struct message *m) {
    static const char *const names[] = {"paragraph", "heading", "list item", "table cell", "title", "picture", "chart line"};
    return names[m->base->kind];
}

/* ---- what comes in ---- */

void exchange_give(struct exchange *x, const char *name, const char *source, const char *target, bool fuzzy,
                   struct pos pos) {
    struct map_entry *e = map_find(x->names, name, strlen(name));
    if (!e) {
        diag_add(x->diags, DIAG_EXCHANGE_UNKNOWN, pos, name, x->publication->id);
        return;
    }
    struct message *m = &x->messages[e->value.num - 1];
    if (m->given) {
        diag_add(x->diags, DIAG_EXCHANGE_TWICE, pos, name);
        diag_relate(x->diags, DIAG_FIRST_HERE, m->given_pos);
        return;
    }
    m->given = arena_strdup(x->arena, target);
    m->given_fuzzy = fuzzy;
    m->given_pos = pos;
    if (*target && strcmp(source, m->base->text) != 0) {
        diag_add(x->diags, DIAG_EXCHANGE_CHANGED, pos, name);
        diag_relate(x->diags, DIAG_EDITION_ORIGINAL, m->base->pos);
        m->given_fuzzy = true;
    }
    const char *what = NULL, *unused;
    bool same = !*target || marks_same(x->arena, m->base->text, target, &what) ||
                (m->other && marks_same(x->arena, m->other->text, target, &unused));
    if (!same) diag_add(x->diags, DIAG_EXCHANGE_MARKS, pos, name, what);
}
