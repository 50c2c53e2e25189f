/* Which rules hold for a document. */
#include "check/rule.h"

static bool has(const char *words, const char *word) {
    return words && word && rule_has_word(words, word, strlen(word));
}

static const struct rule_pack *find_pack(const struct check_packs *p, const char *id, size_t n) {
    for (size_t i = 0; i < p->n; i++)
        if (strlen(p->v[i]->id) == n && memcmp(p->v[i]->id, id, n) == 0) return p->v[i];
    return NULL;
}

static void list_packs(const struct check_packs *p, struct buf *b) {
    for (size_t i = 0; i < p->n; i++) buf_fmt(b, "%s%s", i ? ", " : "", p->v[i]->id);
}

/* ---- rules turned off: "PACK.RULE" ---- */

static bool is_off(const struct check_choice *c, const struct rule *r) {
    size_t n = strlen(r->pack->id);
    for (size_t i = 0; i < c->off_count; i++) {
        const char *name = c->off[i].name;
        if (c->off[i].reason && strncmp(name, r->pack->id, n) == 0 && name[n] == '.' &&
            strcmp(name + n + 1, r->id) == 0)
            return true;
    }
    return false;
}

static const struct rule *find_rule(const struct check_packs *p, const char *name) {
    size_t n = strcspn(name, ".");
    const struct rule_pack *pack = name[n] ? find_pack(p, name, n) : NULL;
    for (size_t i = 0; pack && i < pack->n; i++)
        if (strcmp(pack->rules[i].id, name + n + 1) == 0) return &pack->rules[i];
    return NULL;
}

static void check_off(const struct check_packs *p, const struct check_choice *c, struct diags *diags) {
    for (size_t i = 0; i < c->off_count; i++)
        if (!find_rule(p, c->off[i].name)) diag_add(diags, DIAG_UNKNOWN_RULE, c->off[i].pos, c->off[i].name);
}

/* ---- choosing ---- */

static void add_pack(struct check_rules *rules, const struct rule_pack *pack, const struct check_choice *c) {
    if (pack->lang && c->languages) {
        if (!has(c->languages, pack->lang)) return;
        rules->lang = pack->lang;
        rules->leads = strncmp(c->languages, pack->lang, strcspn(c->languages, " ")) == 0;
    }
    for (size_t i = 0; i < pack->n; i++) {
        const struct rule *r = &pack->rules[i];
        if (is_off(c, r)) continue;
        rules->v = mem_grow(rules->v, &rules->cap, rules->n + 1, sizeof *rules->v);
        rules->v[rules->n++] = r;
    }
}

struct check_rules *check_rules_choose(const struct check_packs *p, const struct check_choice *c,
                                       struct diags *diags) {
    struct check_rules *rules = mem_alloc(sizeof *rules);
    for (const char *const *name = c->packs; name && *name; name++) {
        const struct rule_pack *pack = find_pack(p, *name, strlen(*name));
        struct buf known = {0};
        list_packs(p, &known);
        if (pack) add_pack(rules, pack, c);
        else diag_add(diags, DIAG_UNKNOWN_PACK, c->packs_pos, *name, buf_cstr(&known));
        buf_free(&known);
    }
    const char *form = c->form ? c->form : "party";
    for (size_t i = 0; i < p->n && !c->packs; i++) {
        const struct rule_pack *pack = p->v[i];
        if (has(pack->kinds, c->kind) && (!pack->form || strcmp(pack->form, form) == 0))
            add_pack(rules, pack, c);
    }
    check_off(p, c, diags);
    return rules;
}

size_t check_rules_count(const struct check_rules *rules) {
    return rules ? rules->n : 0;
}

void check_rules_drop(struct check_rules *rules) {
    if (rules) mem_free(rules->v);
    mem_free(rules);
}

/* ---- showing ---- */

static struct check_rule show(const struct rule *r) {
    return (struct check_rule){
        .pack = r->pack->id,
        .id = r->id,
        .component = r->component,
        .measure = rule_measures[r->measure].name,
        .clause = r->clause,
        .grade = r->grade,
        .level = diag_level_name(r->level),
        .asks = {r->asks[0], r->asks[1]},
        .mend = {r->mend[0], r->mend[1]},
        .pos = r->pos,
    };
}

bool check_rules_of(const struct check_rules *rules, const char *component, size_t *at,
                    struct check_rule *out) {
    while (rules && *at < rules->n) {
        const struct rule *r = rules->v[(*at)++];
        if (component && strcmp(r->component, component) != 0) continue;
        *out = show(r);
        return true;
    }
    return false;
}

bool check_packs_at(const struct check_packs *p, size_t i, struct check_pack *out) {
    if (i >= p->n) return false;
    const struct rule_pack *k = p->v[i];
    *out = (struct check_pack){k->id, k->form, k->kinds, {k->title[0], k->title[1]}, k->n, k->pos};
    return true;
}

bool check_packs_rule(const struct check_packs *p, size_t pack, size_t i, struct check_rule *out) {
    if (pack >= p->n || i >= p->v[pack]->n) return false;
    *out = show(&p->v[pack]->rules[i]);
    return true;
}
