/* Signatures, grounds, recipients, and the record of a session. */
#include "source/form.h"

#include <errno.h>
#include <yaml.h>

enum shape { WORDS, PARTS, LIST };

/* A key: what stands under it, and of what each item of a list is. */
struct key {
    const char *name;
    enum shape shape;
    const struct key *parts; /* of PARTS, and of the items of a LIST; NULL: words */
    bool needed;             /* told where it is missing */
};

static const struct key signer[] = {
    {"authority", WORDS, NULL, false}, /* in whose name: T/M ..., TL. ... */
    {"acting", WORDS, NULL, false},    /* for whom: K/T ... */
    {"post", WORDS, NULL, true},
    {"name", WORDS, NULL, false},
    {NULL, WORDS, NULL, false},
};
/* Words alone stand for the first key. */
static const struct key person[] = {
    {"name", WORDS, NULL, true},
    {"post", WORDS, NULL, false},
    {"reason", WORDS, NULL, false},
    {NULL, WORDS, NULL, false},
};
static const struct key statement[] = {
    {"name", WORDS, NULL, true},
    {"text", WORDS, NULL, true},
    {NULL, WORDS, NULL, false},
};
static const struct key form_keys[] = {
    {"signature", PARTS, signer, false},
    {"secretary", PARTS, signer, false},
    {"grounds", LIST, NULL, false},
    {"recipients", LIST, NULL, false},
    {NULL, WORDS, NULL, false},
};
/* What minutes tell of a session, in their order (Hướng dẫn 12-HD/BTCTW). */
static const struct key record_keys[] = {
    {"opened", WORDS, NULL, true},
    {"venue", WORDS, NULL, true},
    {"purpose", WORDS, NULL, true},
    {"chair", PARTS, person, true},
    {"secretary", PARTS, person, true},
    {"members", WORDS, NULL, true},
    {"present", LIST, person, true},
    {"excused", LIST, person, true},
    {"absent", LIST, person, true},
    {"guests", LIST, person, false},
    {"agenda", LIST, NULL, false}, /* else the headings */
    {"presenter", PARTS, person, true},
    {"statements", LIST, statement, true},
    {"conclusion", LIST, NULL, true},
    {"read-back", WORDS, NULL, true},
    {"closed", WORDS, NULL, true},
    {NULL, WORDS, NULL, false},
};

struct reading {
    struct source_job *job;
    struct source_yaml *yaml;
};

static void bad_value(struct reading *r, yaml_node_t *node, const char *key, const char *expected) {
    diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(r->yaml, node), key, expected);
}

static struct source_said *read_key(struct reading *r, const struct key *key, yaml_node_t *node);

static struct source_said *new_said(struct reading *r, const char *name, yaml_node_t *node) {
    struct source_said *s = ARENA_NEW(r->job->arena, struct source_said);
    s->name = name;
    s->pos = source_yaml_pos(r->yaml, node);
    return s;
}

/* The keys of a mapping that are there, in the order of the table. */
static struct source_said *read_keys(struct reading *r, const struct key *keys, yaml_node_t *map) {
    struct source_said *first = NULL, **end = &first;
    for (; keys->name; keys++) {
        yaml_node_t *node = source_yaml_find(r->yaml, map, keys->name);
        struct source_said *s = node ? read_key(r, keys, node) : NULL;
        if (!s) continue;
        *end = s;
        end = &s->next;
    }
    return first;
}

static void check_keys(struct reading *r, const struct key *keys, yaml_node_t *map) {
    const char *names[32];
    size_t n = 0;
    for (const struct key *k = keys; k->name; k++) names[n++] = k->name;
    source_yaml_check_keys(r->yaml, map, names, n);
}

static struct source_said *read_parts(struct reading *r, const char *name, const struct key *keys, yaml_node_t *node) {
    struct source_said *s = new_said(r, name, node);
    if (source_yaml_text(r->yaml, node) && keys == person) {
        s->children = read_key(r, keys, node);
        return s;
    }
    if (!source_yaml_is_map(node)) {
        struct buf b = {0};
        buf_str(&b, "lines of “key: text” (");
        for (const struct key *k = keys; k->name; k++) buf_fmt(&b, "%s%s", k == keys ? "" : ", ", k->name);
        buf_char(&b, ')');
        bad_value(r, node, name, b.p);
        buf_free(&b);
        return NULL;
    }
    check_keys(r, keys, node);
    s->children = read_keys(r, keys, node);
    for (const struct key *k = keys; k->name; k++)
        if (k->needed && !source_yaml_find(r->yaml, node, k->name)) diag_add(r->job->diags, DIAG_MISSING_KEY, s->pos, k->name);
    return s;
}

static struct source_said *read_item(struct reading *r, const struct key *key, yaml_node_t *node) {
    if (key->parts) return read_parts(r, "item", key->parts, node);
    struct source_said *s = new_said(r, "item", node);
    s->words = source_words_read(r->job, r->yaml, key->name, node, NULL);
    return s;
}

static struct source_said *read_key(struct reading *r, const struct key *key, yaml_node_t *node) {
    if (key->shape == PARTS) return read_parts(r, key->name, key->parts, node);
    struct source_said *s = new_said(r, key->name, node), **end = &s->children;
    if (key->shape == WORDS) {
        s->words = source_words_read(r->job, r->yaml, key->name, node, NULL);
        return s->words ? s : NULL;
    }
    if (!source_yaml_is_list(node)) { /* words: a list of one */
        *end = read_item(r, key, node);
        return s;
    }
    for (size_t i = 0; i < source_yaml_items(node); i++) {
        *end = read_item(r, key, source_yaml_item(r->yaml, node, i));
        if (*end) end = &(*end)->next;
    }
    return s;
}

struct source_said *source_form_read(struct source_job *job, struct source_yaml *yaml, const char *main) {
    struct reading r = {job, yaml};
    yaml_node_t *root = source_yaml_root(yaml);
    if (!main) return read_keys(&r, form_keys, root);
    for (const struct key *k = form_keys; k->name; k++) {
        yaml_node_t *node = source_yaml_find(yaml, root, k->name);
        if (node) diag_add(job->diags, DIAG_FRONT_MATTER_DIFFERS, source_yaml_pos(yaml, node), k->name, main);
    }
    return NULL;
}

/* ---- the edition ---- */

static void put(struct source_build *b, xmlNode *parent, const struct source_said *s) {
    for (; s; s = s->next) {
        xmlNode *e = source_element(b, parent, s->name);
        source_set_at(b, e, s->pos);
        for (const struct source_words *w = s->words; w; w = w->next) {
            b->job->language = w->lang;
            xmlNode *l = source_element(b, e, "l");
            if (w->lang) source_set_lang(l, w->lang);
            xmlNodeAddContent(l, BAD_CAST source_fill(b->job, w->text, s->pos));
        }
        put(b, e, s->children);
    }
}

static const struct source_said *find(const struct source_said *s, const char *name) {
    while (s && strcmp(s->name, name) != 0) s = s->next;
    return s;
}

/* One finding lists all that a record leaves blank. */
static void tell_blanks(struct source_job *job, const struct source_said *said, struct pos pos) {
    struct buf b = {0};
    for (const struct key *k = record_keys; k->name; k++)
        if (k->needed && !find(said, k->name)) buf_fmt(&b, "%s%s", b.n ? ", " : "", k->name);
    if (b.n) diag_add(job->diags, DIAG_MINUTES_BLANK, pos, b.p);
    buf_free(&b);
}

static void read_record(struct source_build *b, xmlNode *meta, const struct source_text *text) {
    struct source_yaml *yaml = source_yaml_load(b->job, text, 0, text->raw.n);
    if (!yaml) return;
    struct reading r = {b->job, yaml};
    yaml_node_t *root = source_yaml_root(yaml);
    struct source_said record = {.name = "record", .pos = {text->path, 1, 1}};
    check_keys(&r, record_keys, root);
    record.children = read_keys(&r, record_keys, root);
    tell_blanks(b->job, record.children, record.pos);
    put(b, meta, &record);
    source_yaml_drop(yaml);
}

static void add_record(struct source_build *b, xmlNode *meta, const struct source_meta *m) {
    struct source_job *job = b->job;
    if (strcmp(m->pub.kind, "minutes") != 0) {
        diag_add(job->diags, DIAG_RECORD_ELSEWHERE, m->form.record_pos, m->pub.kind);
        return;
    }
    /* ${unit.code}.yaml: each unit of a series its own */
    job->language = NULL;
    const char *name = source_fill(job, m->form.record, m->form.record_pos);
    if (job->inputs && strcmp(name, m->form.record) != 0) job->inputs->varies = true;
    const char *path = source_project_path(job, m->pub.dir, name);
    bool there = path && file_exists(source_project_file(job, path));
    if (!path || (there && !source_project_holds(job, path))) {
        diag_add(job->diags, DIAG_OUTSIDE_PROJECT, m->form.record_pos, name);
        return;
    }
    if (!there) {
        source_input_add(job, path);
        diag_add(job->diags, DIAG_CANNOT_READ, m->form.record_pos, path, strerror(ENOENT));
        return;
    }
    struct source_text *text = source_text_load(job, path);
    if (text) read_record(b, meta, text);
    source_text_drop(text);
}

void source_form_build(struct source_build *b, xmlNode *meta, const struct source_meta *m) {
    for (const struct key *k = form_keys; k->name; k++) {
        const struct source_said *s = find(m->form.said, k->name);
        if (!s) s = find(b->job->project->defaults.form.said, k->name);
        if (!s) continue;
        struct source_said alone = *s;
        alone.next = NULL;
        put(b, meta, &alone);
    }
    if (m->form.record) add_record(b, meta, m);
}
