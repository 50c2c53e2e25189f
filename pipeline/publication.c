/* The documents of publications: which there are, and making them. */
#include "stages.h"

#include "check/check.h"

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

static void add_variant(struct filling *f, const struct source_publication *p, size_t index, const char *variant) {
    struct arena *arena = f->list->arena;
    bool all;
    struct document d = {.id = p->id, .variant = variant, .publication = index};
    d.kind = p->kind ? p->kind : "";
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
    f->list->items = mem_grow(f->list->items, &f->list->cap, f->list->n + 1, sizeof d);
    f->list->items[f->list->n++] = d;
}

static bool in_month(const struct filling *f, const char *month) {
    return !f->o->month || (month && strncmp(month, f->o->month, strlen(f->o->month)) == 0);
}

static void add_variants(struct filling *f, size_t index) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    add_variant(f, p, index, "");
    if (f->o->emit == DOCUMENT_EDITION) return;
    if (same(p->kind, "handout")) add_variant(f, p, index, "facilitator");
    bool imposed = f->o->impose == IMPOSE_BOOKLET ||
                   (f->o->impose == IMPOSE_AS_TOLD && same(p->impose, "booklet"));
    if (imposed && f->o->emit == DOCUMENT_PDF) add_variant(f, p, index, "print");
}

/* Editions that are separate, unless a layout of several together is asked for. */
static bool is_separate(const struct filling *f, const struct source_publication *p) {
    if (!same(p->editions, "separate") || f->o->emit == DOCUMENT_EDITION) return false;
    return !f->o->layout || same(f->o->layout, "sequential");
}

static void add_documents(struct filling *f, size_t index) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    const char *own = f->row && f->row->languages ? f->row->languages : NULL;
    bool all, separate = is_separate(f, p);
    const char *languages = pick_languages(f->list->arena, p, f->o->languages, own, &all);
    f->alone = NULL;
    if (!separate) add_variants(f, index);
    for (const char *s = languages; separate && *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        f->alone = arena_strndup(f->list->arena, s, n);
        add_variants(f, index);
        s += n;
    }
    f->alone = NULL;
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
    struct filling f = {.list = list, .w = w, .o = options, .folder = folder.p};
    for (size_t i = 0; i < n; i++) {
        if (!count) wanted[i].all = true;
        if (wanted[i].all || wanted[i].units) add_publication(&f, i, &wanted[i], diags);
        map_drop(wanted[i].units);
    }
    buf_free(&folder);
    mem_free(wanted);
    if (file && list->n) {
        list->items[0].output = arena_strdup(list->arena, out);
        const struct document *first = &list->items[0], *last = &list->items[list->n - 1];
        if (!document_together(last, first) || !same(last->languages, first->languages)) {
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

/* Making one publication */

struct job {
    struct workshop *w;
    const struct source_publication *pub;
    const struct source_unit *row; /* of its series, or NULL */
    const struct document_options *o;
    struct diags *diags;
    xmlDoc *edition;
    xmlDoc *fo;          /* of the members' copy, which the printed one shares */
    struct buf source;   /* the edition as attached to the members' copy */
    struct buf original; /* the whole edition, for the facilitator's */
    struct document_facts facts;
    char *title, *author, *lang, *date, *name;
};

/* The text of the first <name> under meta in the edition's first language. */
static char *meta_text(xmlDoc *edition, const char *name, const char *lang) {
    xmlNode *meta = xmlFirstElementChild(xmlDocGetRootElement(edition));
    for (xmlNode *n = meta ? xmlFirstElementChild(meta) : NULL; n; n = xmlNextElementSibling(n)) {
        if (!same((const char *)n->name, name)) continue;
        xmlChar *l = xmlNodeGetLang(n);
        bool right = !l || same((const char *)l, lang);
        xmlFree(l);
        if (!right) continue;
        xmlChar *t = xmlNodeGetContent(n);
        char *s = mem_strdup((const char *)t);
        xmlFree(t);
        return s;
    }
    return NULL;
}

static void drop_facts(struct job *job) {
    mem_free(job->title);
    mem_free(job->author);
    mem_free(job->lang);
    mem_free(job->date);
    mem_free(job->name);
    job->title = job->author = job->lang = job->date = job->name = NULL;
}

static void learn_facts(struct job *job, const struct document *d) {
    drop_facts(job);
    struct buf b = {0};
    buf_put(&b, d->languages, strcspn(d->languages, " "));
    job->lang = b.p;
    job->title = meta_text(job->edition, "title", job->lang);
    job->author = meta_text(job->edition, "organisation", job->lang);
    struct buf date = {0};
    const char *day = job->row && job->row->date ? job->row->date : job->pub->date;
    if (day) buf_fmt(&date, "%sT00:00:00Z", day);
    job->date = date.p;
    struct buf name = {0};
    buf_fmt(&name, "%s.edition.xml", job->pub->id);
    job->name = name.p;
    job->facts = (struct document_facts){job->title, job->author, job->lang, job->date, NULL, 0, job->name};
}

/* What to attach: for members without what only the facilitator may see. */
static void attach_edition(struct job *job, bool facilitator) {
    struct buf *b = facilitator ? &job->original : &job->source;
    if (!b->n && (facilitator || !members_has_secrets(job->edition))) {
        source_edition_write(job->edition, b);
    } else if (!b->n) {
        xmlDoc *copy = xmlCopyDoc(job->edition, 1);
        members_filter(copy);
        source_edition_write(copy, b);
        xmlFreeDoc(copy);
    }
    job->facts.edition = b->p;
    job->facts.edition_size = b->n;
}

static xmlDoc *make_fo(struct job *job, const struct document *d) {
    struct workshop *w = job->w;
    struct buf content = {0};
    path_join(&content, w->dir, "content");
    workshop_transform(w);
    const struct transform_options t = {
        .styles = w->styles,
        .content = content.p,
        .kind = d->kind,
        .variant = same(d->variant, "print") ? "" : d->variant,
        .languages = d->languages,
        .layout = d->layout,
        .cache = w->transform,
    };
    int64_t start = stage_clock();
    xmlDoc *fo = transform_run(job->edition, &t, job->diags);
    buf_free(&content);
    stage_told(job->o, d->output, "transform", &start);
    return fo;
}

static void write_fo(struct job *job, xmlDoc *fo, const struct document *d) {
    xmlChar *text;
    int n;
    xmlDocDumpMemoryEnc(fo, &text, &n, "UTF-8");
    stage_write(d->output, text, (size_t)n, job->diags);
    xmlFree(text);
}

static void make_pdf(struct job *job, xmlDoc *tree, const struct document *d) {
    struct document_options o = *job->o;
    bool print = same(d->variant, "print");
    o.impose = print ? IMPOSE_BOOKLET : IMPOSE_NONE;
    if (print && o.profile != PROFILE_NONE) o.profile = PROFILE_A3B;
    attach_edition(job, same(d->variant, "facilitator"));
    if (print) job->facts.edition = NULL;
    /* References in the tree are relative to the project. */
    struct buf name = {0};
    path_join(&name, job->w->dir, d->id);
    buf_str(&name, ".fo");
    int64_t start = stage_clock();
    struct fo_doc *fo = fo_open_tree(tree, name.p, job->diags);
    stage_told(job->o, d->output, "fo", &start);
    if (fo) stage_pages(job->w, fo, d->output, &o, &job->facts, job->diags);
    buf_free(&name);
}

static bool has_errors(const struct job *job) {
    return diags_count(job->diags, DIAG_LEVEL_ERROR) > 0;
}

static void make_document(struct job *job, const struct document *d) {
    if (job->o->emit == DOCUMENT_EDITION) {
        struct buf b = {0};
        source_edition_write(job->edition, &b);
        stage_write(d->output, b.p, b.n, job->diags);
        buf_free(&b);
        return;
    }
    bool shared = !same(d->variant, "facilitator");
    xmlDoc *fo = shared && job->fo ? job->fo : make_fo(job, d);
    if (shared) job->fo = fo;
    if (fo && !has_errors(job)) {
        if (job->o->emit == DOCUMENT_FO) write_fo(job, fo, d);
        else make_pdf(job, fo, d);
    }
    if (fo && !shared) xmlFreeDoc(fo);
}

/* The next document is of another edition. */
static void drop_fo(struct job *job) {
    if (job->fo) xmlFreeDoc(job->fo);
    job->fo = NULL;
    drop_facts(job);
}

static void drop_job(struct job *job) {
    if (job->edition) xmlFreeDoc(job->edition);
    buf_free(&job->source);
    buf_free(&job->original);
    drop_fo(job);
}

void document_build(struct workshop *w, const struct document *documents, size_t n,
                    const struct document_options *options, struct document_inputs *sources, struct diags *diags) {
    struct job job = {.w = w, .o = options, .diags = diags, .row = documents[0].row};
    job.pub = source_publication_at(w->project, documents[0].publication);
    int64_t start = stage_clock();
    job.edition = sources_edition(w, &documents[0], options->languages, sources, diags);
    stage_told(options, documents[0].output, "source", &start);
    if (job.edition && options->emit == DOCUMENT_PDF) check_publication(job.edition, diags);
    if (job.edition && !has_errors(&job)) {
        for (size_t i = 0; i < n; i++) {
            if (i && !same(documents[i].languages, documents[i - 1].languages)) drop_fo(&job);
            if (!job.lang) learn_facts(&job, &documents[i]);
            make_document(&job, &documents[i]);
        }
    }
    drop_job(&job);
}
