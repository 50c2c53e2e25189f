/* The study kit: the parts a publication can give besides itself, and the copies
 * of each. */
#include "stages.h"

static const struct kit_part parts[] = {
    {"introduction", false, NULL}, {"quiz", false, "quiz"}, {"minutes", false, NULL},
    {"slides", true, NULL},        {"cards", true, NULL},
};

enum { PARTS = sizeof parts / sizeof *parts, VERSIONS_DEFAULT = 4, SEED_DEFAULT = 1 };

const struct kit_part *kit_part_of(const char *name) {
    for (size_t i = 0; i < PARTS; i++)
        if (strcmp(parts[i].name, name) == 0) return &parts[i];
    return NULL;
}

static const struct source_kit_part *find_said(const struct source_publication *p, const char *name) {
    for (const struct source_kit_part *k = p->kit; k && k->name; k++)
        if (strcmp(k->name, name) == 0) return k;
    return NULL;
}

/* Whether the publication can give a part; says why not where it was asked for. */
static bool can_give(struct workshop *w, const struct source_publication *p, const struct kit_part *part,
                     const struct source_kit_part *said, struct diags *diags) {
    if (strcmp(part->name, p->kind) == 0) return false;
    if (!transform_has_kind(workshop_transform(w), part->name)) {
        diag_add(diags, DIAG_KIT_NO_STYLE, (struct pos){0}, p->id, part->name);
        return false;
    }
    if (!part->needs || source_uses(w->project, p, part->needs)) return true;
    if (said && said->named) diag_add(diags, DIAG_KIT_WITHOUT, said->pos, part->name, part->needs);
    else diag_add(diags, DIAG_KIT_SKIPPED, (struct pos){0}, p->id, part->name, part->needs);
    return false;
}

const struct kit_part *kit_next(struct workshop *w, const struct source_publication *p, bool all, size_t *i,
                                struct diags *diags) {
    while (p->kind && *i < PARTS) {
        const struct kit_part *part = &parts[(*i)++];
        const struct source_kit_part *said = find_said(p, part->name);
        if ((all || said) && can_give(w, p, part, said, diags)) return part;
    }
    return NULL;
}

struct kit_quiz kit_quiz_of(const struct source_publication *p) {
    const struct source_kit_part *said = find_said(p, "quiz");
    struct kit_quiz q = {said && said->versions ? said->versions : VERSIONS_DEFAULT, 0};
    for (const char *s = p->date; s && *s; s++) /* 2021-06-21: 20210621 */
        if (*s != '-') q.seed = q.seed * 10 + (*s - '0');
    if (said && said->seed) q.seed = said->seed;
    if (!q.seed) q.seed = SEED_DEFAULT;
    return q;
}

static void add(struct kit_copies *c, const char *name, int number, bool facilitator) {
    struct kit_copy *copy = &c->items[c->n++];
    copy->facilitator = facilitator;
    if (number) snprintf(copy->name, sizeof copy->name, "%d", number);
    else snprintf(copy->name, sizeof copy->name, "%s", name);
}

void kit_copies_of(struct kit_copies *c, struct workshop *w, const struct source_publication *p, const char *sheet) {
    bool is_quiz = strcmp(sheet, "quiz") == 0, is_cards = strcmp(sheet, "cards") == 0;
    const struct source_kit_part *said = find_said(p, sheet);
    c->n = 0;
    if (is_cards) {
        bool answers = source_uses(w->project, p, "quiz");
        for (int i = 0; i < 2; i++) {
            if (said && said->size && strcmp(said->size, i ? "A6" : "A7") != 0) continue;
            add(c, i ? "a6" : "", 0, false);
            if (answers) add(c, i ? "a6" : "", 0, true);
        }
        return;
    }
    add(c, "", 0, false);
    if (is_quiz || strcmp(sheet, "handout") == 0 || strcmp(sheet, "slides") == 0) add(c, "", 0, true);
    for (int i = 1; is_quiz && i <= kit_quiz_of(p).versions; i++) add(c, "", i, false);
}
