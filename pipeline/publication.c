/* Making the documents of one publication. */
#include "stages.h"

#include "check/check.h"

static bool same(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

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
