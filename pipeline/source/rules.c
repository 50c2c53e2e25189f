/* Which rules of form the pages are held against: `rules` and `rules-off` of
 * publication.yaml and sotay.yaml. */
#include "source/parts.h"

#include <yaml.h>

struct reader {
    struct source_job *job;
    struct source_yaml *yaml;
    struct source_publication *pub;
};

static void bad_value(struct reader *r, yaml_node_t *node, const char *key, const char *expected) {
    diag_add(r->job->diags, DIAG_BAD_KEY_VALUE, source_yaml_pos(r->yaml, node), key, expected);
}

static void read_packs(struct reader *r, yaml_node_t *node) {
    size_t n = source_yaml_items(node), count = 0;
    const char **names = ARENA_ARRAY(r->job->arena, const char *, n + 1);
    if (!source_yaml_is_list(node)) bad_value(r, node, "rules", "a list of rule packs, as [hd05]");
    for (size_t i = 0; i < n; i++) {
        yaml_node_t *item = source_yaml_item(r->yaml, node, i);
        const char *name = source_yaml_text(r->yaml, item);
        if (name) names[count++] = name;
        else bad_value(r, item, "rules", "a list of rule packs, as [hd05]");
    }
    r->pub->rules = names;
    r->pub->rules_pos = source_yaml_pos(r->yaml, node);
}

static void read_off(struct reader *r, yaml_node_t *node) {
    size_t n = source_yaml_pairs(node), before = r->pub->rules_off_count;
    if (!source_yaml_is_map(node)) bad_value(r, node, "rules-off", "lines of “PACK.RULE: the reason”");
    source_yaml_check_keys(r->yaml, node, NULL, 0);
    struct source_off *all = ARENA_ARRAY(r->job->arena, struct source_off, before + n + 1);
    if (before) memcpy(all, r->pub->rules_off, before * sizeof *all);
    for (size_t i = 0; i < n; i++) {
        yaml_node_t *k, *v;
        source_yaml_pair(r->yaml, node, i, &k, &v);
        const char *name = source_yaml_text(r->yaml, k), *reason = source_yaml_text(r->yaml, v);
        if (!name) continue;
        if (!reason) diag_add(r->job->diags, DIAG_RULE_OFF_REASON, source_yaml_pos(r->yaml, k), name);
        all[r->pub->rules_off_count++] = (struct source_off){name, reason, source_yaml_pos(r->yaml, k)};
    }
    r->pub->rules_off = all;
}

void source_rules_read(struct source_job *job, struct source_yaml *yaml, struct source_publication *pub) {
    struct reader r = {job, yaml, pub};
    yaml_node_t *root = source_yaml_root(yaml);
    yaml_node_t *packs = source_yaml_find(yaml, root, "rules"), *off = source_yaml_find(yaml, root, "rules-off");
    if (packs) read_packs(&r, packs);
    if (off) read_off(&r, off);
}

void source_rules_inherit(struct source_job *job, struct source_publication *pub, const struct source_publication *project) {
    size_t own = pub->rules_off_count, more = project->rules_off_count;
    if (!more) return;
    struct source_off *all = ARENA_ARRAY(job->arena, struct source_off, own + more);
    if (own) memcpy(all, pub->rules_off, own * sizeof *all);
    memcpy(all + own, project->rules_off, more * sizeof *all);
    pub->rules_off = all;
    pub->rules_off_count = own + more;
}
