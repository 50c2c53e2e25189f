/* A publication's edition, from its metadata, parts and data. */
#include "source/form.h"
#include "source/kit.h"

struct languages {
    const char **v;
    size_t n, cap;
};

static bool is_wanted(const char *list, const char *lang) {
    if (!list) return true;
    for (size_t n; *list; list += n) {
        list += strspn(list, ", ");
        n = strcspn(list, ", ");
        if (n == strlen(lang) && strncmp(list, lang, n) == 0) return true;
    }
    return false;
}

static void choose_languages(struct languages *out, const struct source_meta *m, const char *wanted) {
    for (const char *const *l = m->pub.languages; *l; l++) {
        if (!is_wanted(wanted, *l)) continue;
        out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
        out->v[out->n++] = *l;
    }
}

static bool has_language(const struct languages *langs, const char *lang) {
    for (size_t i = 0; i < langs->n; i++)
        if (strcmp(langs->v[i], lang) == 0) return true;
    return false;
}

/* ---- metadata ---- */

static const struct source_words *find_word(const struct source_words *w, const char *name,
                                            const char *lang) {
    for (const struct source_words *any = w; any; any = any->next)
        if (strcmp(any->name, name) == 0 && any->lang && strcmp(any->lang, lang) == 0) return any;
    for (; w; w = w->next)
        if (strcmp(w->name, name) == 0 && !w->lang) return w;
    return NULL;
}

static bool has_name(const struct source_words *w, const char *name) {
    for (; w; w = w->next)
        if (strcmp(w->name, name) == 0) return true;
    return false;
}

static void add_word(struct source_build *b, xmlNode *meta, const char *element, const char *lang,
                     const char *text) {
    b->job->language = lang;
    text = source_fill(b->job, text, b->meta_pos);
    xmlNode *e = source_element(b, meta, element);
    source_set_lang(e, lang);
    xmlNodeAddContent(e, BAD_CAST text);
}

static void add_titles(struct source_build *b, xmlNode *meta, const struct source_meta *m,
                       const struct languages *langs) {
    for (size_t i = 0; i < langs->n; i++) {
        const struct source_words *w = find_word(m->words, "title", langs->v[i]);
        if (w) add_word(b, meta, "title", langs->v[i], w->text);
        else if (has_name(m->words, "title"))
            diag_add(b->job->diags, DIAG_MISSING_TRANSLATION, m->title_pos, langs->v[i], "title");
    }
}

static void add_organisations(struct source_build *b, xmlNode *meta, const struct source_meta *m,
                              const struct languages *langs) {
    const struct source_words *project = b->job->project->defaults.words;
    for (size_t i = 0; i < langs->n; i++) {
        const struct source_words *w = find_word(m->words, "organisation", langs->v[i]);
        if (!w) w = find_word(project, "organisation", langs->v[i]);
        if (w) add_word(b, meta, "organisation", langs->v[i], w->text);
    }
}

static void add_fields(struct source_build *b, xmlNode *meta, const struct source_words *w,
                       const struct source_words *instead, const struct languages *langs) {
    for (; w; w = w->next) {
        if (strcmp(w->name, "title") == 0 || strcmp(w->name, "organisation") == 0 ||
            has_name(instead, w->name))
            continue;
        if (w->lang && !has_language(langs, w->lang)) continue;
        add_word(b, meta, "field", w->lang, w->text);
        source_set(meta->last, "name", w->name);
    }
}

static void add_meta(struct source_build *b, xmlNode *root, const struct source_meta *m,
                     const struct languages *langs) {
    xmlNode *meta = source_element(b, root, "meta");
    b->meta_pos = m->pos;
    add_titles(b, meta, m, langs);
    add_organisations(b, meta, m, langs);
    add_fields(b, meta, m->words, NULL, langs);
    add_fields(b, meta, b->job->project->defaults.words, m->words, langs);
    source_form_build(b, meta, m);
}

static void set_settings(struct source_build *b, xmlNode *root, const struct source_meta *m,
                         const struct languages *langs) {
    struct buf list = {0};
    for (size_t i = 0; i < langs->n; i++) buf_fmt(&list, "%s%s", i ? " " : "", langs->v[i]);
    source_set_at(b, root, m->pos);
    source_set(root, "kind", m->pub.kind);
    source_set(root, "id", m->pub.id);
    const struct source_unit *unit = b->job->unit;
    source_set(root, "date", unit && unit->date ? unit->date : m->pub.date);
    source_set(root, "number", unit && unit->number ? unit->number : m->pub.number);
    source_set(root, "languages", buf_cstr(&list));
    source_set(root, "impose", m->pub.impose);
    source_set(root, "layout", m->pub.layout);
    source_set(root, "style", m->pub.style);
    source_set(root, "form", m->form.type);
    source_set(root, "urgency", m->form.urgency);
    source_set(root, "line-pitch", m->form.pitch);
    source_set(root, "numbering", m->form.numbering);
    source_set(root, "spelling", m->form.spelling);
    buf_free(&list);
}

/* ---- parts ---- */

/* Where the Markdown begins: behind the front matter of a pair. */
static size_t body_start(struct source_build *b, const struct source_text *text, bool pair) {
    size_t from, to, after = source_front_matter(text, &from, &to);
    if (after && !pair) diag_add(b->job->diags, DIAG_STRAY_FRONT_MATTER, (struct pos){text->path, 1, 1});
    return after;
}

static void read_flow(struct source_build *b, struct source_flow *flow, const struct source_meta *m,
                      const struct source_part *part) {
    struct source_job *job = b->job;
    struct buf name = {0};
    buf_fmt(&name, "%s.%s.md", part->name, flow->lang);
    const char *path = source_project_path(job, m->pub.dir, name.p);
    buf_free(&name);
    if (!path || !file_exists(source_project_file(job, path))) {
        if (path) source_input_add(job, path);
        diag_add(job->diags, DIAG_MISSING_LANGUAGE_FILE, part->pos, path ? path : part->name, flow->lang);
        return;
    }
    if (!source_project_holds(job, path)) {
        diag_add(job->diags, DIAG_OUTSIDE_PROJECT, part->pos, path);
        return;
    }
    job->language = flow->lang;
    flow->text = source_text_load(job, path);
    if (flow->text) source_markdown_read(b, flow, body_start(b, flow->text, m->pub.pair));
}

static void add_part(struct source_build *b, xmlNode *body, const struct source_meta *m,
                     const struct languages *langs, const struct source_part *part) {
    struct source_flow *flows = mem_alloc(langs->n * sizeof *flows);
    for (size_t i = 0; i < langs->n; i++) {
        flows[i].lang = langs->v[i];
        read_flow(b, &flows[i], m, part);
    }
    source_align_part(b, body, flows, langs->n, part->name);
    for (size_t i = 0; i < langs->n; i++) {
        source_text_drop(flows[i].text);
        mem_free(flows[i].blocks);
    }
    mem_free(flows);
}

/* ---- the whole ---- */

static void build(struct source_build *b, const struct source_meta *m, const struct languages *langs) {
    b->doc = xmlNewDoc(BAD_CAST "1.0");
    b->doc->encoding = xmlCharStrdup("UTF-8");
    struct buf url = {0};
    buf_fmt(&url, "%s/", b->job->project->dir);
    b->doc->URL = xmlCharStrdup(url.p);
    buf_free(&url);
    xmlNode *root = xmlNewDocNode(b->doc, NULL, BAD_CAST "edition", NULL);
    xmlDocSetRootElement(b->doc, root);
    b->ns = xmlNewNs(root, BAD_CAST SOURCE_EDITION_NS, NULL);
    b->src = xmlNewNs(root, BAD_CAST SOURCE_PLACE_NS, BAD_CAST "src");
    xmlSetNs(root, b->ns);
    set_settings(b, root, m, langs);
    add_meta(b, root, m, langs);
    source_kit_write(b, root, m->pub.kit);
    xmlNode *body = source_element(b, root, "body");
    for (size_t i = 0; i < m->part_count; i++) add_part(b, body, m, langs, &m->parts[i]);
    source_data_load(b, body, source_element(b, root, "data"), m);
}

static const struct source_meta *meta_of(const struct source_project *p,
                                         const struct source_publication *pub) {
    for (size_t i = 0; i < p->pub_count; i++)
        if (&p->pubs[i]->pub == pub) return p->pubs[i];
    return NULL;
}

xmlDoc *source_edition(struct source_project *project, const struct source_publication *publication,
                       const char *languages, struct source_inputs *inputs, struct diags *diags) {
    return source_edition_of(project, publication, NULL, languages, inputs, diags);
}

xmlDoc *source_edition_of(struct source_project *project, const struct source_publication *publication,
                          const struct source_unit *unit, const char *languages, struct source_inputs *inputs,
                          struct diags *diags) {
    const struct source_meta *listed = meta_of(project, publication);
    if (!listed) return NULL;
    struct source_job job = {project, inputs, diags, arena_new(), listed->series, unit, NULL};
    struct source_build b = {.job = &job, .ids = map_new(), .note_counts = map_new()};
    struct languages langs = {0};
    source_input_add(&job, "content/sotay.yaml");
    const struct source_meta *m =
        source_meta_load(&job, &project->defaults, listed->pub.dir, listed->stem, listed->found);
    choose_languages(&langs, m, languages);
    if (!m->damaged && m->pub.kind && langs.n) build(&b, m, &langs);
    else if (!langs.n) diag_add(diags, DIAG_NO_LANGUAGE, m->pos, languages ? languages : "");
    mem_free(langs.v);
    map_drop(b.ids);
    map_drop(b.note_counts);
    arena_drop(job.arena);
    return b.doc;
}
