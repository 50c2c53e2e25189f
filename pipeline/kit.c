/* The study kit: the parts a publication can give besides itself, and the copies
 * of each. */
#include "stages.h"

static const struct kit_part parts[] = {
    {"introduction", false, NULL, "handout"},
    {"quiz", false, "quiz", NULL},
    {"minutes", false, NULL, "handout introduction"},
    {"slides", true, NULL, "handout introduction booklet bulletin resolution plan report"},
    {"cards", true, NULL, "handout introduction booklet bulletin slides quiz"},
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

static bool has_word(const char *words, const char *word) {
    size_t n = strlen(word);
    for (const char *p = words; *p; p += strspn(p, " ")) {
        size_t k = strcspn(p, " ");
        if (k == n && memcmp(p, word, n) == 0) return true;
        p += k;
    }
    return false;
}

static void add_name(struct buf *out, const char *name) {
    buf_fmt(out, "%s%s", out->n ? ", " : "", name);
}

/* Whether the publication can give a part; if not, that is noted or told. */
static bool can_give(struct kit_walk *k, const struct kit_part *part, const struct source_kit_part *said) {
    const struct source_publication *p = k->p;
    bool named = said && said->named;
    if (strcmp(part->name, p->kind) == 0) return false;
    bool styled = transform_has_kind(workshop_transform(k->w), part->name);
    if (!styled || (!named && part->kinds && !has_word(part->kinds, p->kind))) {
        add_name(&k->other_kind, part->name);
        return false;
    }
    if (!part->needs || source_uses(k->w->project, p, part->needs)) return true;
    if (named) diag_add(k->diags, DIAG_KIT_WITHOUT, said->pos, part->name, part->needs);
    else add_name(&k->without, part->name);
    return false;
}

const struct kit_part *kit_next(struct kit_walk *k) {
    while (k->p->kind && k->i < PARTS) {
        const struct kit_part *part = &parts[k->i++];
        const struct source_kit_part *said = find_said(k->p, part->name);
        if ((k->all || said) && can_give(k, part, said)) return part;
    }
    if (k->all && k->without.n) diag_add(k->diags, DIAG_KIT_SKIPPED, (struct pos){0}, k->p->id, k->without.p);
    if (k->all && k->other_kind.n) diag_add(k->diags, DIAG_KIT_OTHER_KIND, (struct pos){0}, k->p->id, k->other_kind.p, k->p->kind);
    buf_free(&k->without);
    buf_free(&k->other_kind);
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
