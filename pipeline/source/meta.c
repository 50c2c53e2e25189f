/* publication.yaml, front matter and sotay.yaml: what a publication says of
 * itself. */
#include "source/form.h"
#include "source/kit.h"

#include <yaml.h>

struct reader {
    struct source_job *job;
    struct source_yaml *yaml;
    struct source_meta *meta;
    yaml_node_t *root;
    const char *lang; /* of a Markdown file with front matter, else NULL */
    const char *main; /* the file whose settings this one may only repeat, or NULL */
};

static const char *const word_keys[] = {
    "title",    "organisation", "subtitle", "parent",  "place",    "period",
    "audience", "summary",      "note",     "author",  "subject", "keywords", "class", "abbreviation",
};
static const char *const project_keys[] = {
    "organisation", "parent",     "place",     "languages", "layout",    "style",      "archive", "timestamp", "contact",
    "abbreviation", "form",       "line-pitch", "spelling", "signature", "secretary", "recipients", "fields",
    "rules-off",
};
/* `parts` is the last: a pair has none. */
static const char *const publication_keys[] = {
    "kind",     "id",      "date",         "number",   "languages", "title",  "impose",
    "layout",   "style",   "organisation", "subtitle", "parent",    "place",  "period",
    "audience", "summary", "note",         "author",   "subject",   "keywords", "class",  "editions", "standing",
    "abbreviation", "form", "urgency", "line-pitch", "numbering", "spelling", "signature", "secretary", "grounds",
    "recipients", "record", "rules", "rules-off", "fields", "kit", "parts",
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void bad_value(struct reader *r, yaml_node_t *node, const char *key, const char *expected) {
    diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(r->yaml, node), key, expected);
}

bool source_is_date(const char *s) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y = 0, m = 0, d = 0, end = 0;
    if (sscanf(s, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || s[10]) return false;
    if (m < 1 || m > 12 || d < 1 || d > days[m - 1]) return false;
    return m != 2 || d < 29 || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}

static bool is_impose(const char *s) {
    return strcmp(s, "none") == 0 || strcmp(s, "booklet") == 0;
}

static bool is_editions(const char *s) {
    return strcmp(s, "together") == 0 || strcmp(s, "separate") == 0;
}

static bool is_layout(const char *s) {
    static const char *const names[] = {"columns", "facing", "interleaved", "sequential"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(s, names[i]) == 0) return true;
    return false;
}

static bool is_one_of(const char *s, const char *names) {
    size_t n = strlen(s);
    if (strchr(s, ' ')) return false;
    for (const char *p = strstr(names, s); n && p; p = strstr(p + 1, s))
        if ((p == names || p[-1] == ' ') && (!p[n] || p[n] == ' ')) return true;
    return false;
}

static bool is_form(const char *s) {
    return is_one_of(s, "party state");
}

static bool is_urgency(const char *s) {
    return is_one_of(s, "khan thuong-khan hoa-toc");
}

static bool is_pitch(const char *s) {
    return is_one_of(s, "18 19 20");
}

static bool is_numbering(const char *s) {
    return is_one_of(s, "headings articles none");
}

static bool is_any(const char *s) {
    return *s != 0;
}

/* A setting with one value for all languages. */
static void read_setting(struct reader *r, const char *key, const char **out, bool (*good)(const char *),
                         const char *expected) {
    yaml_node_t *node = source_yaml_find(r->yaml, r->root, key);
    if (!node) return;
    const char *s = source_yaml_text(r->yaml, node);
    if (!s || !good(s)) {
        bad_value(r, node, key, expected);
        return;
    }
    if (r->main && !(*out && strcmp(*out, s) == 0))
        diag_add(r->job->diags, DIAG_FRONT_MATTER_DIFFERS, source_yaml_pos(r->yaml, node), key, r->main);
    else *out = s;
}

static struct source_words **add_word(struct source_job *job, struct source_words **end, const char *name,
                                      const char *lang, const char *text) {
    struct source_words *w = ARENA_NEW(job->arena, struct source_words);
    *w = (struct source_words){name, lang, text, NULL};
    *end = w;
    return &w->next;
}

const struct source_words *source_words_read(struct source_job *job, struct source_yaml *yaml, const char *key,
                                             yaml_node_t *node, const char *own) {
    struct reader r = {.job = job, .yaml = yaml};
    struct source_words *words = NULL, **end = &words;
    const char *s = source_yaml_text(yaml, node);
    if (s) {
        add_word(job, end, key, own, s);
        return words;
    }
    if (!source_yaml_pairs(node)) bad_value(&r, node, key, "a text, or a text for each language");
    source_yaml_check_keys(yaml, node, NULL, 0);
    for (size_t i = 0; i < source_yaml_pairs(node); i++) {
        yaml_node_t *k, *v;
        source_yaml_pair(yaml, node, i, &k, &v);
        const char *lang = source_yaml_text(yaml, k), *text = source_yaml_text(yaml, v);
        if (!lang) continue;
        if (!source_is_language(lang, strlen(lang)))
            bad_value(&r, k, key, "a text for each language (vi, en ...)");
        else if (!text) bad_value(&r, v, key, "a text");
        else end = add_word(job, end, key, lang, text);
    }
    return words;
}

/* A text, or one per language. */
static void read_words(struct reader *r, const char *key, yaml_node_t *node) {
    struct source_words *w = (struct source_words *)source_words_read(r->job, r->yaml, key, node, r->lang);
    *r->meta->words_end = w;
    for (; w; w = w->next) r->meta->words_end = &w->next;
}

static void read_fields(struct reader *r) {
    yaml_node_t *map = source_yaml_find(r->yaml, r->root, "fields");
    if (!map) return;
    if (!source_yaml_is_map(map)) bad_value(r, map, "fields", "lines of “name: text”");
    source_yaml_check_keys(r->yaml, map, NULL, 0);
    for (size_t i = 0; i < source_yaml_pairs(map); i++) {
        yaml_node_t *k, *v;
        source_yaml_pair(r->yaml, map, i, &k, &v);
        const char *name = source_yaml_text(r->yaml, k);
        if (name) read_words(r, name, v);
    }
}

static void read_all_words(struct reader *r) {
    for (size_t i = 0; i < COUNT(word_keys); i++) {
        yaml_node_t *node = source_yaml_find(r->yaml, r->root, word_keys[i]);
        if (node) read_words(r, word_keys[i], node);
        if (node && i == 0) r->meta->title_pos = source_yaml_pos(r->yaml, node);
    }
    read_fields(r);
}

struct names {
    const char **v;
    struct pos *pos;
    size_t n, cap, pos_cap;
};

static void add_name(struct names *l, const char *name, struct pos pos) {
    l->v = mem_grow(l->v, &l->cap, l->n + 2, sizeof *l->v);
    l->pos = mem_grow(l->pos, &l->pos_cap, l->n + 1, sizeof *l->pos);
    l->v[l->n] = name;
    l->pos[l->n++] = pos;
    l->v[l->n] = NULL;
}

static void free_names(struct names *l) {
    mem_free(l->v);
    mem_free(l->pos);
}

static const char *const *keep_names(struct arena *a, const struct names *l) {
    if (!l->n) return arena_alloc(a, sizeof(char *));
    return arena_memdup(a, l->v, (l->n + 1) * sizeof *l->v);
}

/* A list, or words with blanks or commas between. */
static void read_list(struct reader *r, yaml_node_t *node, const char *key, struct names *out) {
    const char *s = source_yaml_text(r->yaml, node);
    struct pos pos = source_yaml_pos(r->yaml, node);
    if (!s && !source_yaml_is_list(node)) bad_value(r, node, key, "a list");
    while (s && *s) {
        s += strspn(s, ", ");
        size_t n = strcspn(s, ", ");
        if (n) add_name(out, arena_strndup(r->job->arena, s, n), pos);
        s += n;
    }
    for (size_t i = 0; i < source_yaml_items(node); i++) {
        yaml_node_t *item = source_yaml_item(r->yaml, node, i);
        const char *name = source_yaml_text(r->yaml, item);
        if (name) add_name(out, name, source_yaml_pos(r->yaml, item));
        else bad_value(r, item, key, "a list of names");
    }
}

static void read_languages(struct reader *r) {
    yaml_node_t *node = source_yaml_find(r->yaml, r->root, "languages");
    if (!node || r->main) return;
    struct names all = {0}, good = {0};
    read_list(r, node, "languages", &all);
    for (size_t i = 0; i < all.n; i++) {
        bool known = source_is_language(all.v[i], strlen(all.v[i])), twice = false;
        for (size_t j = 0; j < good.n; j++) twice |= strcmp(good.v[j], all.v[i]) == 0;
        if (known && !twice) add_name(&good, all.v[i], all.pos[i]);
        else
            diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, all.pos[i], "languages",
                     "a list of language codes, each once");
    }
    if (good.n) r->meta->pub.languages = keep_names(r->job->arena, &good);
    free_names(&all);
    free_names(&good);
}

static bool is_part_name(const char *s) {
    return *s != '/' && strcmp(s, "..") != 0 && strncmp(s, "../", 3) != 0 && !strstr(s, "/../") && *s != '.';
}

static void set_parts(struct source_job *job, struct source_meta *meta, const struct names *l) {
    meta->pub.parts = keep_names(job->arena, l);
    meta->parts = ARENA_ARRAY(job->arena, struct source_part, l->n + 1);
    for (size_t i = 0; i < l->n; i++) meta->parts[i] = (struct source_part){l->v[i], l->pos[i]};
    meta->part_count = l->n;
}

static void read_parts(struct reader *r) {
    yaml_node_t *node = source_yaml_find(r->yaml, r->root, "parts");
    struct names all = {0}, good = {0};
    if (node) read_list(r, node, "parts", &all);
    for (size_t i = 0; i < all.n; i++) {
        bool twice = false;
        for (size_t j = 0; j < good.n; j++) twice |= strcmp(good.v[j], all.v[i]) == 0;
        if (is_part_name(all.v[i]) && !twice) add_name(&good, all.v[i], all.pos[i]);
        else
            diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, all.pos[i], "parts",
                     "a list of names in this folder, each once");
    }
    if (!node) diag_add(r->job->diags, DIAG_MISSING_KEY, r->meta->pos, "parts");
    set_parts(r->job, r->meta, &good);
    free_names(&all);
    free_names(&good);
}

/* Parts that do not change from issue to issue (sotay new --from). */
static void read_standing(struct reader *r) {
    yaml_node_t *node = source_yaml_find(r->yaml, r->root, "standing");
    if (!node) return;
    struct names all = {0}, good = {0};
    read_list(r, node, "standing", &all);
    for (size_t i = 0; i < all.n; i++) {
        bool is_part = false;
        for (size_t j = 0; j < r->meta->part_count; j++) is_part |= strcmp(r->meta->parts[j].name, all.v[i]) == 0;
        if (is_part) add_name(&good, all.v[i], all.pos[i]);
        else diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, all.pos[i], "standing", "a list of names that are in parts");
    }
    r->meta->pub.standing = keep_names(r->job->arena, &good);
    free_names(&all);
    free_names(&good);
}

/* Which way to write what is written in two: òa or oà, ủy or uỷ. */
static void read_spelling(struct reader *r) {
    yaml_node_t *node = source_yaml_find(r->yaml, r->root, "spelling");
    if (!node) return;
    struct names all = {0};
    struct buf b = {0};
    read_list(r, node, "spelling", &all);
    for (size_t i = 0; i < all.n; i++) {
        if (is_one_of(all.v[i], "òa oà ủy uỷ")) buf_fmt(&b, "%s%s", b.n ? " " : "", all.v[i]);
        else diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, all.pos[i], "spelling", "a list of òa | oà, ủy | uỷ");
    }
    r->meta->form.spelling = arena_strdup(r->job->arena, buf_cstr(&b));
    buf_free(&b);
    free_names(&all);
}

static void read_form(struct reader *r) {
    struct source_form *f = &r->meta->form;
    read_setting(r, "form", &f->type, is_form, "party | state");
    read_setting(r, "urgency", &f->urgency, is_urgency, "khan | thuong-khan | hoa-toc");
    read_setting(r, "line-pitch", &f->pitch, is_pitch, "18 | 19 | 20 (points)");
    read_setting(r, "numbering", &f->numbering, is_numbering, "headings | articles | none");
    read_setting(r, "record", &f->record, is_any, "a YAML file in this folder");
    yaml_node_t *record = source_yaml_find(r->yaml, r->root, "record");
    if (record && !r->main) f->record_pos = source_yaml_pos(r->yaml, record);
    read_spelling(r);
    const struct source_said *said = source_form_read(r->job, r->yaml, r->main);
    if (said) f->said = said;
}

static void read_settings(struct reader *r) {
    struct source_publication *p = &r->meta->pub;
    read_setting(r, "kind", &p->kind, source_is_ncname, "a name of letters, digits and -");
    read_setting(r, "id", &p->id, source_is_ncname, "a name of letters, digits and -");
    read_setting(r, "date", &p->date, source_is_date, "a date (yyyy-mm-dd)");
    read_setting(r, "number", &p->number, is_any, "a number or text");
    read_setting(r, "impose", &p->impose, is_impose, "none | booklet");
    read_setting(r, "layout", &p->layout, is_layout, "columns | facing | interleaved | sequential");
    read_setting(r, "editions", &p->editions, is_editions, "together | separate");
    read_setting(r, "style", &p->style, source_is_ncname, "a name of letters, digits and -");
    read_languages(r);
    yaml_node_t *kit = source_yaml_find(r->yaml, r->root, "kit");
    if (kit && !r->main) p->kit = source_kit_read(r->job, r->yaml, kit);
}

static void new_meta(struct source_meta *m, const char *file) {
    *m = (struct source_meta){0};
    m->words_end = &m->words;
    m->pos = (struct pos){str_intern(file, strlen(file)), 1, 1};
    m->title_pos = m->pos;
    m->pub.file = m->pos.file;
    m->damaged = true;
}

/* All keys of one YAML text; false when it cannot be parsed. */
static bool read_yaml(struct reader *r, const struct source_text *text, size_t from, size_t to,
                      const char *const *keys, size_t n) {
    r->yaml = source_yaml_load(r->job, text, from, to);
    if (!r->yaml) return false;
    r->meta->damaged = false;
    r->root = source_yaml_root(r->yaml);
    source_yaml_check_keys(r->yaml, r->root, keys, n);
    read_settings(r);
    read_form(r);
    if (!r->main) source_rules_read(r->job, r->yaml, &r->meta->pub);
    read_all_words(r);
    return true;
}

/* RFC 3986, 3: a scheme, a colon, and something without blanks. */
static bool is_uri(const char *s) {
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789+-.");
    return n && s[0] >= 'a' && s[n] == ':' && s[n + 1] && !strpbrk(s, " \t\"<>");
}

bool source_meta_load_project(struct source_job *job, const char *path, struct source_meta *out,
                              struct source_archive *archive) {
    static const char *const vietnamese[] = {"vi", NULL};
    new_meta(out, path);
    *archive = (struct source_archive){0};
    bool good = true;
    if (file_exists(source_project_file(job, path))) {
        struct source_text *text = source_text_load(job, path);
        struct reader r = {.job = job, .meta = out};
        good = text && read_yaml(&r, text, 0, text->raw.n, project_keys, COUNT(project_keys));
        if (good) {
            read_setting(&r, "archive", &archive->folder, is_any, "a folder");
            read_setting(&r, "timestamp", &archive->timestamp, is_any, "a URL");
            read_setting(&r, "contact", &archive->contact, is_uri, "a URI: mailto:..., https://...");
            source_yaml_drop(r.yaml);
        }
        source_text_drop(text);
    }
    if (!out->pub.languages) out->pub.languages = vietnamese;
    return good;
}

static bool is_fence(const struct source_text *t, size_t line, bool closing) {
    size_t n;
    const char *s = source_text_line(t, line, &n);
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t')) n--;
    return n == 3 && (memcmp(s, "---", 3) == 0 || (closing && memcmp(s, "...", 3) == 0));
}

size_t source_front_matter(const struct source_text *t, size_t *from, size_t *to) {
    if (!is_fence(t, 0, false)) return 0;
    for (size_t i = 1; i < t->lines; i++) {
        if (!is_fence(t, i, true)) continue;
        *from = t->start[1];
        *to = t->start[i];
        return t->start[i + 1];
    }
    return 0;
}

static void need(struct source_job *job, const struct source_meta *m, const char *key, bool there) {
    if (!there) diag_add(job->diags, DIAG_MISSING_KEY, m->pos, key);
}

static bool has_word(const struct source_meta *m, const char *name) {
    for (const struct source_words *w = m->words; w; w = w->next)
        if (strcmp(w->name, name) == 0) return true;
    return false;
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void finish(struct source_job *job, const struct source_meta *project, struct source_meta *m,
                   const char *name) {
    if (!m->damaged) need(job, m, "kind", m->pub.kind);
    if (!m->damaged) need(job, m, "title", has_word(m, "title"));
    if (!m->pub.id) {
        if (!source_is_ncname(name))
            diag_add(job->diags, DIAG_BAD_KEY_VALUE, m->pos, "id", "a name of letters, digits and -");
        m->pub.id = arena_strdup(job->arena, name);
    }
    if (!m->pub.languages) m->pub.languages = project->pub.languages;
    if (!m->pub.layout) m->pub.layout = project->pub.layout;
    if (!m->pub.style) m->pub.style = project->pub.style;
    if (!m->form.type) m->form.type = project->form.type;
    m->pub.form = m->form.type;
    source_rules_inherit(job, &m->pub, &project->pub);
    if (!m->form.pitch) m->form.pitch = project->form.pitch;
    if (!m->form.spelling) m->form.spelling = project->form.spelling;
    if (!m->pub.parts) m->pub.parts = arena_alloc(job->arena, sizeof(char *));
}

static void load_folder(struct source_job *job, struct source_meta *m, const char *dir) {
    struct buf path = {0};
    path_join(&path, dir, "publication.yaml");
    new_meta(m, path.p);
    m->pub.dir = arena_strdup(job->arena, dir);
    struct source_text *text = source_text_load(job, path.p);
    struct reader r = {.job = job, .meta = m};
    if (text && read_yaml(&r, text, 0, text->raw.n, publication_keys, COUNT(publication_keys))) {
        read_parts(&r);
        read_standing(&r);
        source_yaml_drop(r.yaml);
    }
    source_text_drop(text);
    buf_free(&path);
}

static void load_pair_file(struct source_job *job, struct source_meta *m, const char *path, const char *lang,
                           const char *main) {
    struct source_text *text = source_text_load(job, path);
    if (!text) return;
    size_t from, to;
    if (!source_front_matter(text, &from, &to)) {
        diag_add(job->diags, DIAG_NO_FRONT_MATTER, (struct pos){text->path, 1, 1});
    } else {
        struct reader r = {.job = job, .meta = m, .lang = lang, .main = main};
        if (read_yaml(&r, text, from, to, publication_keys, COUNT(publication_keys) - 1))
            source_yaml_drop(r.yaml);
    }
    source_text_drop(text);
}

static bool list_has(const char *const *list, const char *s) {
    for (; list && *list; list++)
        if (strcmp(*list, s) == 0) return true;
    return false;
}

/* The found languages in the project's order, then the others as found. */
static const char *const *order_found(struct arena *a, const char *const *wanted, const char *const *found) {
    struct names l = {0};
    for (; *wanted; wanted++)
        if (list_has(found, *wanted)) add_name(&l, *wanted, (struct pos){0});
    for (; *found; found++) {
        bool there = false;
        for (size_t i = 0; i < l.n; i++) there |= strcmp(l.v[i], *found) == 0;
        if (!there) add_name(&l, *found, (struct pos){0});
    }
    const char *const *kept = keep_names(a, &l);
    free_names(&l);
    return kept;
}

static void load_pair(struct source_job *job, const struct source_meta *project, struct source_meta *m,
                      const char *stem, const char *const *found) {
    const char *const *langs = order_found(job->arena, project->pub.languages, found);
    struct buf path = {0}, main = {0};
    buf_fmt(&main, "%s.%s.md", stem, langs[0]);
    new_meta(m, main.p);
    m->pub.pair = true;
    m->stem = arena_strdup(job->arena, stem);
    m->found = found;
    path_dir(&path, stem);
    m->pub.dir = arena_strdup(job->arena, path.p);
    for (size_t i = 0; langs[i]; i++) {
        buf_clear(&path);
        buf_fmt(&path, "%s.%s.md", stem, langs[i]);
        load_pair_file(job, m, path.p, langs[i], i ? main.p : NULL);
    }
    if (!m->pub.languages) m->pub.languages = langs;
    struct names part = {0};
    add_name(&part, arena_strdup(job->arena, base_name(stem)), m->pos);
    set_parts(job, m, &part);
    free_names(&part);
    buf_free(&path);
    buf_free(&main);
}

struct source_meta *source_meta_load(struct source_job *job, const struct source_meta *project,
                                     const char *dir, const char *stem, const char *const *found) {
    struct source_meta *m = ARENA_NEW(job->arena, struct source_meta);
    if (stem) load_pair(job, project, m, stem, found);
    else load_folder(job, m, dir);
    finish(job, project, m, base_name(stem ? stem : dir));
    return m;
}
