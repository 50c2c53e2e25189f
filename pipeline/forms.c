/* Rules of form: which hold for a document, and showing them. */
#include "stages.h"

#include "check/check.h"

struct check_packs *workshop_packs(struct workshop *w) {
    if (w->packs) return w->packs;
    struct buf schema = {0}, own = {0}, standard = {0};
    path_join(&schema, w->styles, "schemas/rules.rng");
    path_join(&standard, w->styles, "rules");
    if (w->dir) path_join(&own, w->dir, "content/rules");
    w->packs = check_packs_open(schema.p, own.p, standard.p, w->diags);
    buf_free(&schema);
    buf_free(&own);
    buf_free(&standard);
    return w->packs;
}

/* The words of "nd30,hd05". */
static const char **split(struct arena *arena, const char *names) {
    const char **list = ARENA_ARRAY(arena, const char *, strlen(names) + 2);
    size_t n = 0;
    for (const char *s = names + strspn(names, ", "); *s; s += strspn(s, ", ")) {
        size_t k = strcspn(s, ", ");
        list[n++] = arena_strndup(arena, s, k);
        s += k;
    }
    return list;
}

struct check_rules *stage_rules(struct workshop *w, const struct source_publication *pub, const char *kind,
                                const char *languages, const struct document_options *o, struct diags *diags) {
    if (!o->check_forms) return NULL;
    struct arena *arena = arena_new();
    struct check_choice choice = {.kind = kind, .languages = languages};
    if (pub) {
        struct check_off *off = ARENA_ARRAY(arena, struct check_off, pub->rules_off_count + 1);
        for (size_t i = 0; i < pub->rules_off_count; i++)
            off[i] = (struct check_off){pub->rules_off[i].name, pub->rules_off[i].reason,
                                        pub->rules_off[i].pos};
        bool part = !pub->kind || !kind || strcmp(kind, pub->kind) != 0; /* of a kit: another form */
        choice.packs = part ? NULL : pub->rules;
        choice.packs_pos = pub->rules_pos;
        choice.form = pub->form;
        choice.off = off;
        choice.off_count = pub->rules_off_count;
    }
    if (o->rules) {
        choice.packs = split(arena, o->rules);
        choice.packs_pos = (struct pos){0};
    }
    struct check_rules *rules = check_rules_choose(workshop_packs(w), &choice, diags);
    arena_drop(arena);
    return rules;
}

/* ---- showing ---- */

static void json_member(struct buf *out, const char *key, const char *value) {
    if (!value) return;
    buf_fmt(out, ",\"%s\":\"", key);
    buf_json(out, value);
    buf_char(out, '"');
}

static void json_rule(struct buf *out, const struct check_rule *r) {
    buf_fmt(out, "{\"pack\":\"%s\"", r->pack);
    json_member(out, "rule", r->id);
    json_member(out, "component", r->component);
    json_member(out, "measure", r->measure);
    json_member(out, "clause", r->clause);
    buf_fmt(out, ",\"grade\":\"%c\",\"level\":\"%s\"", r->grade, r->level);
    json_member(out, "asks", r->asks[0]);
    json_member(out, "asks_vi", r->asks[1]);
    json_member(out, "mend", r->mend[0]);
    json_member(out, "mend_vi", r->mend[1]);
    json_member(out, "file", r->pos.file);
    buf_fmt(out, ",\"line\":%d}\n", (int)r->pos.line);
}

static void json_pack(struct buf *out, const struct check_pack *p) {
    buf_fmt(out, "{\"pack\":\"%s\"", p->id);
    json_member(out, "title", p->title[0]);
    json_member(out, "title_vi", p->title[1]);
    json_member(out, "form", p->form);
    json_member(out, "kinds", p->kinds);
    buf_fmt(out, ",\"rules\":%zu", p->rules);
    json_member(out, "file", p->pos.file);
    buf_str(out, "}\n");
}

static void print_pack(struct buf *out, const struct check_pack *p, int language) {
    buf_fmt(out, "%-8s %s\n", p->id, p->title[language]);
    buf_fmt(out, language ? "         %zu quy tắc; %s%s\n" : "         %zu rules; %s%s\n", p->rules,
            p->kinds && *p->kinds ? language ? "cho: " : "for: "
            : language            ? "chỉ khi nêu tên"
                                  : "only where named",
            p->kinds ? p->kinds : "");
}

static void print_rule(struct buf *out, const struct check_rule *r, int language) {
    buf_fmt(out, "%s.%s: %s\n    [%c] %s; %s, %s\n", r->pack, r->id, r->asks[language], r->grade, r->clause,
            r->component, r->measure);
}

bool document_print_rules(struct buf *out, struct workshop *w, const char *pack, bool json, bool vietnamese) {
    const struct check_packs *packs = workshop_packs(w);
    struct check_pack p;
    struct check_rule r;
    bool found = !pack;
    for (size_t i = 0; check_packs_at(packs, i, &p); i++) {
        if (pack && strcmp(p.id, pack) != 0) continue;
        found = true;
        if (json) json_pack(out, &p);
        else print_pack(out, &p, vietnamese);
        for (size_t n = 0; pack && check_packs_rule(packs, i, n, &r); n++) {
            if (json) json_rule(out, &r);
            else print_rule(out, &r, vietnamese);
        }
    }
    return found;
}

void document_pack_names(struct buf *out, struct workshop *w) {
    struct check_pack p;
    for (size_t i = 0; check_packs_at(workshop_packs(w), i, &p); i++) buf_fmt(out, "%s%s", i ? ", " : "", p.id);
}

/* "vi en" */
static void join_words(struct buf *b, const char *const *words) {
    for (; words && *words; words++) buf_fmt(b, "%s%s", b->n ? " " : "", *words);
}

static void print_off(struct buf *out, const struct source_publication *pub, bool json, int language) {
    for (size_t i = 0; i < pub->rules_off_count; i++) {
        const struct source_off *off = &pub->rules_off[i];
        if (!off->reason) continue;
        if (json) {
            buf_fmt(out, "{\"publication\":\"%s\"", pub->id);
            json_member(out, "off", off->name);
            json_member(out, "reason", off->reason);
            buf_str(out, "}\n");
        } else {
            buf_fmt(out, language ? "%s: tắt: %s\n" : "%s: turned off: %s\n", off->name, off->reason);
        }
    }
}

bool document_print_rules_of(struct buf *out, struct workshop *w, const char *name, bool json, bool vietnamese,
                             struct diags *diags) {
    const struct source_publication *pub = w->project ? source_publication_find(w->project, name) : NULL;
    if (!pub) return false;
    struct buf languages = {0};
    join_words(&languages, pub->languages);
    struct document_options o = {.check_forms = true};
    struct check_rules *rules = stage_rules(w, pub, pub->kind, buf_cstr(&languages), &o, diags);
    if (!json)
        buf_fmt(out, vietnamese ? "%s: %zu quy tắc\n" : "%s: %zu rules hold\n", pub->id, check_rules_count(rules));
    struct check_rule r;
    for (size_t at = 0; check_rules_of(rules, NULL, &at, &r);) {
        if (json) json_rule(out, &r);
        else print_rule(out, &r, vietnamese);
    }
    print_off(out, pub, json, vietnamese);
    check_rules_drop(rules);
    buf_free(&languages);
    return true;
}
