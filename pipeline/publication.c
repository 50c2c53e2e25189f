/* Making the documents of one publication. */
#include "stages.h"

#include "check/check.h"

static bool same(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* An edition that documents are made of. */
struct copy {
    xmlDoc *edition;
    struct buf text; /* as attached, once asked for */
};

struct job {
    struct workshop *w;
    const struct source_publication *pub;
    const struct source_unit *row; /* of its series, or NULL */
    const struct document_options *o;
    struct diags *diags;
    struct copy whole, members; /* the edition, and without what members must not see */
    xmlDoc *fo;                 /* of the members' copy, which the printed one shares */
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
    job->title = meta_text(job->whole.edition, "title", job->lang);
    job->author = meta_text(job->whole.edition, "organisation", job->lang);
    struct buf date = {0};
    const char *day = job->row && job->row->date ? job->row->date : job->pub->date;
    if (day) buf_fmt(&date, "%sT00:00:00Z", day);
    job->date = date.p;
    struct buf name = {0};
    buf_fmt(&name, "%s.edition.xml", job->pub->id);
    job->name = name.p;
    job->facts = (struct document_facts){.title = job->title, .author = job->author, .lang = job->lang, .date = job->date,
                                         .edition_name = job->name};
}

static void attach_edition(struct job *job, struct copy *c) {
    if (!c->text.n) source_edition_write(c->edition, &c->text);
    job->facts.edition = c->text.p;
    job->facts.edition_size = c->text.n;
}

static bool is_facilitators(const struct document *d) {
    static const char word[] = "facilitator";
    size_t n = strlen(d->variant), k = sizeof word - 1;
    return n >= k && same(d->variant + n - k, word);
}

/* What members get is made of an edition that never held the answers. */
static struct copy *members_copy(struct job *job) {
    if (!job->members.edition && !members_has_secrets(job->whole.edition)) return &job->whole;
    if (!job->members.edition) {
        job->members.edition = xmlCopyDoc(job->whole.edition, 1);
        members_filter(job->members.edition);
    }
    return &job->members;
}

/* The edition a document is made of; `own` is filled where it is its alone. */
static struct copy *edition_of(struct job *job, const struct document *d, struct copy *own) {
    bool key = is_facilitators(d);
    struct copy *c = key ? &job->whole : members_copy(job);
    if (!same(d->sheet, "quiz") || (!key && !*d->copy)) return c;
    struct kit_quiz quiz = kit_quiz_of(job->pub);
    own->edition = xmlCopyDoc(c->edition, 1);
    if (key) shuffle_key(own->edition, &quiz);
    else shuffle_quiz(own->edition, quiz.seed, atoi(d->copy));
    return own;
}

static void drop_copy(struct copy *c) {
    if (c->edition) xmlFreeDoc(c->edition);
    buf_free(&c->text);
    *c = (struct copy){0};
}

static xmlDoc *make_fo(struct job *job, xmlDoc *edition, const struct document *d) {
    struct workshop *w = job->w;
    struct buf content = {0};
    path_join(&content, w->dir, "content");
    workshop_transform(w);
    const struct transform_options t = {
        .styles = w->styles,
        .content = content.p,
        .kind = d->sheet,
        .variant = is_facilitators(d) ? "facilitator" : "",
        .copy = d->copy,
        .languages = d->languages,
        .layout = d->layout,
        .cache = w->transform,
        .origins = job->o->explain_page != 0,
    };
    int64_t start = stage_clock();
    xmlDoc *fo = transform_run(edition, &t, job->diags);
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

static void make_pdf(struct job *job, struct copy *copy, xmlDoc *tree, const struct document *d) {
    struct document_options o = *job->o;
    bool print = same(d->variant, "print");
    o.impose = print ? IMPOSE_BOOKLET : IMPOSE_NONE;
    if (print && o.profile != PROFILE_NONE) o.profile = PROFILE_A3B;
    attach_edition(job, copy);
    if (print) job->facts.edition = NULL;
    /* References in the tree are relative to the project. */
    struct buf name = {0};
    path_join(&name, job->w->dir, d->id);
    buf_str(&name, ".fo");
    int64_t start = stage_clock();
    struct fo_doc *fo = fo_open_tree(tree, name.p, job->diags);
    stage_told(job->o, d->output, "fo", &start);
    struct check_rules *rules = fo ? stage_rules(job->w, job->pub, d->sheet, d->languages, &o, job->diags) : NULL;
    job->facts.rules = rules;
    job->facts.tree = copy->edition;
    job->facts.home = job->pub->file;
    if (fo) stage_pages(job->w, fo, d->output, &o, &job->facts, job->diags);
    check_rules_drop(rules);
    buf_free(&name);
}

static bool has_errors(const struct job *job) {
    return diags_count(job->diags, DIAG_LEVEL_ERROR) > 0;
}

static void make_document(struct job *job, const struct document *d) {
    if (job->o->emit == DOCUMENT_EDITION) {
        struct buf b = {0};
        source_edition_write(job->whole.edition, &b);
        stage_write(d->output, b.p, b.n, job->diags);
        buf_free(&b);
        return;
    }
    struct copy own = {0}, *copy = edition_of(job, d, &own);
    bool shared = !*d->variant || same(d->variant, "print");
    xmlDoc *fo = shared && job->fo ? job->fo : make_fo(job, copy->edition, d);
    if (shared) job->fo = fo;
    if (fo && !has_errors(job)) {
        if (job->o->emit == DOCUMENT_FO) write_fo(job, fo, d);
        else make_pdf(job, copy, fo, d);
    }
    if (fo && !shared) xmlFreeDoc(fo);
    drop_copy(&own);
}

/* The next document is of another edition. */
static void drop_fo(struct job *job) {
    if (job->fo) xmlFreeDoc(job->fo);
    job->fo = NULL;
    drop_facts(job);
}

static void drop_job(struct job *job) {
    drop_copy(&job->whole);
    drop_copy(&job->members);
    drop_fo(job);
}

void document_build(struct workshop *w, const struct document *documents, size_t n,
                    const struct document_options *options, struct document_inputs *sources, struct diags *diags) {
    struct job job = {.w = w, .o = options, .diags = diags, .row = documents[0].row};
    job.pub = source_publication_at(w->project, documents[0].publication);
    int64_t start = stage_clock();
    job.whole.edition = sources_edition(w, &documents[0], options->languages, sources, diags);
    stage_told(options, documents[0].output, "source", &start);
    if (job.whole.edition && options->emit == DOCUMENT_PDF) check_publication(job.whole.edition, diags);
    if (job.whole.edition && !has_errors(&job)) {
        for (size_t i = 0; i < n; i++) {
            if (i && !same(documents[i].languages, documents[i - 1].languages)) drop_fo(&job);
            if (!job.lang) learn_facts(&job, &documents[i]);
            make_document(&job, &documents[i]);
        }
    }
    drop_job(&job);
}
