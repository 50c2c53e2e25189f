/* The documents of publications: which there are, and making them. */
#include "stages.h"

#include "check/check.h"

#include <dirent.h>
#include <sys/stat.h>

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

/* The publication's languages that are asked for, joined; *all tells whether
 * none is left out. */
static const char *pick_languages(struct arena *arena, const struct source_publication *p, const char *asked,
                                  bool *all) {
    struct buf b = {0};
    *all = true;
    for (const char *const *l = p->languages; l && *l; l++) {
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

/* OUT/ID/ID[.LANGUAGES][.VARIANT].pdf */
static const char *output_path(struct arena *arena, const char *out, const struct document *d, bool all,
                               enum document_emit emit) {
    struct buf b = {0};
    buf_fmt(&b, "%s/%s/%s", out, d->id, d->id);
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
};

static void add_variant(struct filling *f, const struct source_publication *p, size_t index, const char *variant) {
    struct arena *arena = f->list->arena;
    bool all;
    struct document d = {.id = p->id, .variant = variant, .publication = index};
    d.kind = p->kind ? p->kind : "";
    d.number = p->number ? p->number : "";
    d.languages = pick_languages(arena, p, f->o->languages, &all);
    d.layout = f->o->layout ? f->o->layout : p->layout ? p->layout : "";
    d.output = output_path(arena, f->folder, &d, all, f->o->emit);
    f->list->items = mem_grow(f->list->items, &f->list->cap, f->list->n + 1, sizeof d);
    f->list->items[f->list->n++] = d;
}

static void add_publication(struct filling *f, size_t index) {
    const struct source_publication *p = source_publication_at(f->w->project, index);
    add_variant(f, p, index, "");
    if (f->o->emit == DOCUMENT_EDITION) return;
    if (same(p->kind, "handout")) add_variant(f, p, index, "facilitator");
    bool imposed = f->o->impose == IMPOSE_BOOKLET ||
                   (f->o->impose == IMPOSE_AS_TOLD && same(p->impose, "booklet"));
    if (imposed && f->o->emit == DOCUMENT_PDF) add_variant(f, p, index, "print");
}

static bool find_named(struct workshop *w, const char *name, bool *wanted, struct diags *diags) {
    const struct source_publication *p = source_publication_find(w->project, name);
    for (size_t i = 0; p && i < source_publication_count(w->project); i++)
        if (source_publication_at(w->project, i) == p) {
            wanted[i] = true;
            return true;
        }
    diag_add(diags, DIAG_NO_PUBLICATION, (struct pos){0}, name);
    return false;
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), k = strlen(end);
    return n > k && strcmp(s + n - k, end) == 0;
}

/* One output may be named as a file. */
static bool is_file_name(const char *out, enum document_emit emit) {
    return out && (same(out, "-") || ends_with(out, endings[emit]) || ends_with(out, ".xml"));
}

int document_list_fill(struct document_list *list, struct workshop *w, const char *const *names, size_t count,
                       const char *out, const struct document_options *options, struct diags *diags) {
    size_t n = source_publication_count(w->project);
    bool *wanted = mem_alloc(n + 1), good = true;
    for (size_t i = 0; i < count; i++)
        if (!find_named(w, names[i], wanted, diags)) good = false;
    list->arena = arena_new();
    struct buf folder = {0};
    bool file = is_file_name(out, options->emit);
    if (out && !file) buf_str(&folder, out);
    else path_join(&folder, w->dir, "out");
    struct filling f = {list, w, options, folder.p};
    for (size_t i = 0; i < n; i++)
        if (!count || wanted[i]) add_publication(&f, i);
    buf_free(&folder);
    mem_free(wanted);
    if (file && list->n) {
        list->items[0].output = arena_strdup(list->arena, out);
        if (list->items[list->n - 1].publication != list->items[0].publication) {
            diag_add(diags, DIAG_ONE_OUTPUT, (struct pos){0}, out);
            good = false;
        }
        list->n = 1; /* the members' copy alone */
    }
    return good ? 0 : 2;
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

static void learn_facts(struct job *job, const struct document *d) {
    struct buf b = {0};
    buf_put(&b, d->languages, strcspn(d->languages, " "));
    job->lang = b.p;
    job->title = meta_text(job->edition, "title", job->lang);
    job->author = meta_text(job->edition, "organisation", job->lang);
    struct buf date = {0};
    if (job->pub->date) buf_fmt(&date, "%sT00:00:00Z", job->pub->date);
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
    if (!w->transform) w->transform = transform_open(w->styles, content.p);
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

static void drop_job(struct job *job) {
    if (job->edition) xmlFreeDoc(job->edition);
    if (job->fo) xmlFreeDoc(job->fo);
    buf_free(&job->source);
    buf_free(&job->original);
    mem_free(job->title);
    mem_free(job->author);
    mem_free(job->lang);
    mem_free(job->date);
    mem_free(job->name);
}

void document_build(struct workshop *w, const struct document *documents, size_t n,
                    const struct document_options *options, struct diags *diags) {
    struct job job = {.w = w, .o = options, .diags = diags};
    job.pub = source_publication_at(w->project, documents[0].publication);
    int64_t start = stage_clock();
    job.edition = source_edition(w->project, job.pub, options->languages, NULL, diags);
    stage_told(options, documents[0].output, "source", &start);
    if (job.edition && options->emit == DOCUMENT_PDF) check_publication(job.edition, diags);
    if (job.edition && !has_errors(&job)) {
        learn_facts(&job, &documents[0]);
        for (size_t i = 0; i < n; i++) make_document(&job, &documents[i]);
    }
    drop_job(&job);
}

/* Inputs */

static void add_input(struct document_inputs *inputs, const char *name, const char *path) {
    inputs->items = mem_grow(inputs->items, &inputs->cap, inputs->n + 1, sizeof *inputs->items);
    inputs->items[inputs->n++] = (struct document_input){mem_strdup(name), mem_strdup(path)};
}

/* All files below a folder of styles but those of templates/. */
static void add_styles(struct document_inputs *inputs, const char *dir, const char *name) {
    DIR *d = opendir(dir);
    if (!d) return;
    struct buf path = {0}, full = {0};
    for (struct dirent *e; (e = readdir(d));) {
        struct stat st;
        if (e->d_name[0] == '.' || same(e->d_name, "templates")) continue;
        path_join(&path, dir, e->d_name);
        path_join(&full, name, e->d_name);
        if (stat(path.p, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) add_styles(inputs, path.p, full.p);
        else add_input(inputs, full.p, path.p);
    }
    buf_free(&path);
    buf_free(&full);
    closedir(d);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct document_input *)a)->name, ((const struct document_input *)b)->name);
}

void document_inputs_find(struct document_inputs *inputs, struct workshop *w, const struct document *document,
                          struct diags *diags) {
    struct source_inputs found = {0};
    xmlDoc *edition = source_edition(w->project, source_publication_at(w->project, document->publication),
                                     document->languages, &found, diags);
    if (edition) xmlFreeDoc(edition);
    struct buf b = {0};
    for (size_t i = 0; i < found.n; i++) {
        path_join(&b, w->dir, found.paths[i]);
        add_input(inputs, found.paths[i], b.p);
    }
    buf_free(&b);
    source_inputs_free(&found);
    add_styles(inputs, w->styles, "styles");
    size_t kept = 0;
    if (inputs->n) qsort(inputs->items, inputs->n, sizeof *inputs->items, by_name);
    for (size_t i = 0; i < inputs->n; i++) {
        struct document_input *in = &inputs->items[i];
        if (kept && same(inputs->items[kept - 1].name, in->name)) {
            mem_free(in->name);
            mem_free(in->path);
        } else {
            inputs->items[kept++] = *in;
        }
    }
    inputs->n = kept;
}

void document_inputs_free(struct document_inputs *inputs) {
    for (size_t i = 0; i < inputs->n; i++) {
        mem_free(inputs->items[i].name);
        mem_free(inputs->items[i].path);
    }
    mem_free(inputs->items);
    *inputs = (struct document_inputs){0};
}
