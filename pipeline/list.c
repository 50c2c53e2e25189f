/* Which documents publications give. */
#include "stages.h"

static bool same(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool has_word(const char *words, const char *word, size_t n) {
    for (const char *p = words; *p;) {
        size_t k = strcspn(p, ", ");
        if (k == n && memcmp(p, word, n) == 0) return true;
        p += k;
        p += strspn(p, ", ");
    }
    return false;
}

/* The publication's languages that are asked for (and the unit's own, where it
 * has some), joined; *all tells whether none is left out that was not asked for. */
static const char *pick_languages(struct arena *arena, const struct source_publication *p, const char *asked,
                                  const char *own, bool *all) {
    struct buf b = {0};
    *all = true;
    for (const char *const *l = p->languages; l && *l; l++) {
        if (own && !has_word(own, *l, strlen(*l))) continue;
        if (asked && !has_word(asked, *l, strlen(*l))) {
            *all = false;
            continue;
        }
        if (b.n) buf_char(&b, ' ');
        buf_str(&b, *l);
    }
    const char *s = arena_strdup(arena, buf_cstr(&b));
    buf_free(&b);
    return s;
}

static const char *const endings[] = {".pdf", ".areas.xml", ".fo", ".edition.xml"};

/* OUT/ID/ID[.LANGUAGES][.VARIANT].pdf, or of a unit OUT/ID/STEM... */
static const char *output_path(struct arena *arena, const char *out, const struct document *d, bool all,
                               enum document_emit emit) {
    struct buf b = {0};
    buf_fmt(&b, "%s/%s/%s", out, d->id, d->row ? d->row->stem : d->id);
    if (!all) {
        buf_char(&b, '.');
        size_t at = b.n;
        buf_str(&b, d->languages);
        for (size_t i = at; i < b.n; i++)
            if (b.p[i] == ' ') b.p[i] = '-';
    }
    if (*d->variant) buf_fmt(&b, ".%s", d->variant);
    buf_str(&b, endings[emit]);
    const char *s = arena_strdup(arena, b.p);
    buf_free(&b);
    return s;
}

struct filling {
    struct document_list *list;
    struct workshop *w;
    const struct document_options *o;
    const char *folder; /* of the outputs */
    const struct source_series *series; /* with row: of the publication at hand, or NULL */
    const struct source_unit *row;
    const char *values;
    const char *alone; /* the one language of a separate edition, or NULL */
    struct buf sheets; /* of the publication's documents */
    struct diags *diags;
};

/* The cells of a row by name: with the files, all that a unit's document depends on. */
static const char *row_values(struct filling *f) {
    struct buf b = {0};
    for (size_t i = 0; i < f->series->column_count; i++)
        buf_fmt(&b, "%s=%s\n", f->series->columns[i], f->row->values[i]);
    const struct source_unit *r = f->row;
    buf_fmt(&b, "\n%s\n%s\n%s\n", r->month ? r->month : "", r->date ? r->date : "", r->number ? r->number : "");
    const char *s = arena_strdup(f->list->arena, b.p);
    buf_free(&b);
    return s;
}

/* Of the documents made together, from the first on. */
static void note_sheet(struct filling *f, const char *sheet) {
    if (f->sheets.n && has_word(f->sheets.p, sheet, strlen(sheet))) return;
    buf_fmt(&f->sheets, "%s%s", f->sheets.n ? " " : "", sheet);
}

/* A part of the kit (NULL: the publication itself), a copy of it, whose ("" or
 * "facilitator") or "print". */
static void add_variant(struct filling *f, const struct source_publication *p, size_t index,
                        const struct kit_part *part, const char *copy, const char *whose) {
    struct arena *arena = f->list->arena;
    bool all;
    const char *const words[] = {part ? part->name : "", copy, whose};
    struct buf variant = {0};
    for (size_t i = 0; i < 3; i++) buf_fmt(&variant, "%s%s", variant.n && *words[i] ? "." : "", words[i]);
    struct document d = {.id = p->id, .publication = index};
    d.variant = arena_strdup(arena, buf_cstr(&variant));
    buf_free(&variant);
    d.kind = p->kind ? p->kind : "";
    d.sheet = part ? part->name : d.kind;
    d.copy = arena_strdup(arena, copy);
    d.number = f->row && f->row->number ? f->row->number : p->number ? p->number : "";
    if (f->row) {
        d.unit = f->row->key;
        d.month = f->row->month;
        d.row = f->row;
        d.values = f->values;
    }
    const char *own = f->row && f->row->languages ? f->row->languages : NULL;
    d.languages = f->alone ? f->alone : pick_languages(arena, p, f->o->languages, own, &all);
    if (f->alone) all = false;
    d.layout = f->o->layout ? f->o->layout : p->layout ? p->layout : "";
    d.output = output_path(arena, f->folder, &d, all, f->o->emit);
    note_sheet(f, d.sheet);
    f->list->items = mem_grow(f->list->items, &f->list->cap, f->list->n + 1, sizeof d);
    f->list->items[f->list->n++] = d;
}

static bool in_month(const struct filling *f, const char *month) {
    return !f->o->month || (month && strncmp(month, f->o->month, strlen(f->o->month)) == 0);
}

/* The copies of the publication or of a part. */
static void add_copies(struct filling *f, const struct source_publication *p, size_t index, const struct kit_part *part) {
    struct kit_copies copies;
    kit_copies_of(&copies, f->w, p, part ? part->name : p->kind ? p->kind : "");
    size_t n = f->o->emit == DOCUMENT_EDITION ? 1 : copies.n;
    for (size_t i = 0; i < n; i++)
        add_variant(f, p, index, part, copies.items[i].name, copies.items[i].facilitator ? "facilitator" : "");
}

static void add_variants(struct filling *f, size_t index) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    add_copies(f, p, index, NULL);
    bool imposed = f->o->impose == IMPOSE_BOOKLET ||
                   (f->o->impose == IMPOSE_AS_TOLD && same(p->impose, "booklet"));
    if (imposed && f->o->emit == DOCUMENT_PDF) add_variant(f, p, index, NULL, "", "print");
}

/* Editions that are separate, unless a layout of several together is asked for. */
static bool is_separate(const struct filling *f, const struct source_publication *p) {
    const struct kit_part *part = p->kind ? kit_part_of(p->kind) : NULL;
    bool alone = part && part->alone && p->languages && p->languages[0] && p->languages[1];
    if (!(alone || same(p->editions, "separate")) || f->o->emit == DOCUMENT_EDITION) return false;
    return !f->o->layout || alone || same(f->o->layout, "sequential");
}

/* The publication, or a part of its kit, in the languages together or each alone. */
static void add_part(struct filling *f, const struct source_publication *p, size_t index, const struct kit_part *part,
                     bool separate) {
    const char *own = f->row && f->row->languages ? f->row->languages : NULL;
    bool all;
    const char *languages = pick_languages(f->list->arena, p, f->o->languages, own, &all);
    for (const char *s = languages; *s || !separate; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        f->alone = separate ? arena_strndup(f->list->arena, s, n) : NULL;
        if (part) add_copies(f, p, index, part);
        else add_variants(f, index);
        if (!separate) break;
        s += n;
    }
    f->alone = NULL;
}

static int by_variant(const void *a, const void *b) {
    const struct document *x = a, *y = b;
    int order = strcmp(x->variant, y->variant);
    return order ? order : strcmp(x->languages, y->languages);
}

static void add_documents(struct filling *f, size_t index) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    bool several = p->languages && p->languages[0] && p->languages[1], separate = is_separate(f, p);
    size_t first = f->list->n;
    buf_clear(&f->sheets);
    add_part(f, p, index, NULL, separate);
    bool kit = (f->o->kit || p->kit) && f->o->emit != DOCUMENT_EDITION && !f->o->explain_page;
    struct kit_walk walk = {.w = f->w, .p = p, .all = f->o->kit, .diags = f->diags};
    for (const struct kit_part *part; kit && (part = kit_next(&walk));)
        add_part(f, p, index, part, separate || (part->alone && several));
    const char *sheets = arena_strdup(f->list->arena, buf_cstr(&f->sheets));
    for (size_t i = first; i < f->list->n; i++) f->list->items[i].sheets = sheets;
    size_t n = f->list->n - first;
    if (n > 1 && !f->o->explain_page) qsort(f->list->items + first, n, sizeof *f->list->items, by_variant);
}

/* What is wanted of a publication: nothing, all, or some units of its series. */
struct wanted {
    bool all;
    struct map *units;
};

static void add_publication(struct filling *f, size_t index, const struct wanted *wanted, struct diags *diags) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    if (f->o->series && !same(f->o->series, p->id) && !same(f->o->series, p->kind)) return;
    f->series = source_series(f->w->project, p, diags);
    f->row = NULL;
    if (!f->series && in_month(f, p->date)) add_documents(f, index);
    for (size_t i = 0; f->series && i < f->series->n; i++) {
        f->row = &f->series->units[i];
        if (!in_month(f, f->row->month ? f->row->month : f->row->date)) continue;
        if (!wanted->all && !map_find(wanted->units, f->row->key, strlen(f->row->key))) continue;
        f->values = row_values(f);
        add_documents(f, index);
    }
}

static size_t index_of(struct workshop *w, const struct source_publication *p) {
    size_t i = 0;
    while (source_publication_at(w->project, i) != p) i++;
    return i;
}

/* "ID/UNIT": a unit of a series. */
static bool find_unit(struct workshop *w, const char *name, struct wanted *wanted, struct diags *diags) {
    const char *slash = strchr(name, '/');
    struct buf id = {0};
    buf_put(&id, name, slash ? (size_t)(slash - name) : 0);
    const struct source_publication *p = slash ? source_publication_find(w->project, buf_cstr(&id)) : NULL;
    const struct source_series *s = p && same(p->id, id.p) ? source_series(w->project, p, diags) : NULL;
    bool found = false;
    for (size_t i = 0; s && i < s->n; i++) found |= same(s->units[i].key, slash + 1);
    struct wanted *of = found ? &wanted[index_of(w, p)] : NULL;
    if (of && !of->units) of->units = map_new();
    if (of) map_get(of->units, slash + 1, strlen(slash + 1));
    buf_free(&id);
    return found;
}

static bool find_named(struct workshop *w, const char *name, struct wanted *wanted, struct diags *diags) {
    if (find_unit(w, name, wanted, diags)) return true;
    const struct source_publication *p = source_publication_find(w->project, name);
    if (p) wanted[index_of(w, p)].all = true;
    else diag_add(diags, DIAG_NO_PUBLICATION, (struct pos){0}, name);
    return p != NULL;
}

bool document_together(const struct document *a, const struct document *b) {
    return a->publication == b->publication && same(a->unit, b->unit) && same(a->month, b->month);
}

/* Whether all are copies and parts of one publication's one edition. */
static bool is_one_edition(const struct document_list *list) {
    const struct document *first = list->items;
    for (const struct document *d = first; d < first + list->n; d++) {
        if (!document_together(d, first)) return false;
        if (same(d->variant, first->variant) && !same(d->languages, first->languages)) return false;
    }
    return true;
}

static void print_name(struct buf *out, const struct document *d) {
    buf_str(out, d->id);
    if (d->unit) buf_fmt(out, "/%s", d->unit);
    if (d->unit && d->month) buf_fmt(out, " (%s)", d->month);
    if (*d->variant) buf_fmt(out, " %s", d->variant);
}

/* Two documents for one file: true after saying so. */
static bool has_same_outputs(const struct document_list *list, struct diags *diags) {
    struct map *seen = map_new();
    bool any = false;
    for (size_t i = 0; i < list->n; i++) {
        const struct document *d = &list->items[i];
        struct map_entry *e = map_get(seen, d->output, strlen(d->output));
        if (!e->value.num) {
            e->value.num = (int64_t)i + 1;
            continue;
        }
        struct buf a = {0}, b = {0};
        print_name(&a, &list->items[e->value.num - 1]);
        print_name(&b, d);
        diag_add(diags, DIAG_SAME_OUTPUT, (struct pos){0}, d->output, a.p, b.p);
        buf_free(&a);
        buf_free(&b);
        any = true;
    }
    map_drop(seen);
    return any;
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), k = strlen(end);
    return n > k && strcmp(s + n - k, end) == 0;
}

/* One output may be named as a file. */
bool document_is_file(const char *out, enum document_emit emit) {
    return out && (same(out, "-") || ends_with(out, endings[emit]) || ends_with(out, ".xml"));
}

int document_list_fill(struct document_list *list, struct workshop *w, const char *const *names, size_t count,
                       const char *out, const struct document_options *options, struct diags *diags) {
    size_t n = source_publication_count(w->project);
    struct wanted *wanted = mem_alloc((n + 1) * sizeof *wanted);
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    bool good = true;
    for (size_t i = 0; i < count; i++)
        if (!find_named(w, names[i], wanted, diags)) good = false;
    list->arena = arena_new();
    struct buf folder = {0};
    bool file = document_is_file(out, options->emit);
    if (out && !file) buf_str(&folder, out);
    else path_join(&folder, w->dir, "out");
    struct filling f = {.list = list, .w = w, .o = options, .folder = folder.p, .diags = diags};
    for (size_t i = 0; i < n; i++) {
        if (!count) wanted[i].all = true;
        if (wanted[i].all || wanted[i].units) add_publication(&f, i, &wanted[i], diags);
        map_drop(wanted[i].units);
    }
    buf_free(&folder);
    buf_free(&f.sheets);
    mem_free(wanted);
    if (file && list->n) {
        list->items[0].output = arena_strdup(list->arena, out);
        if (!is_one_edition(list)) {
            diag_add(diags, DIAG_ONE_OUTPUT, (struct pos){0}, out);
            good = false;
        }
        list->n = 1; /* the members' copy alone */
    }
    if (!good) return 2;
    if (!list->n && (options->month || options->series)) {
        diag_add(diags, DIAG_NO_DOCUMENTS, (struct pos){0}, options->series ? options->series : "*",
                 options->month ? options->month : "*");
        return 2;
    }
    return has_same_outputs(list, diags) || diags_count(diags, DIAG_LEVEL_ERROR) > errors;
}

void document_list_free(struct document_list *list) {
    arena_drop(list->arena);
    mem_free(list->items);
    *list = (struct document_list){0};
}
