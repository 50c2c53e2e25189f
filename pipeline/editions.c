/* What is done to the editions of publications without making pages. */
#include "stages.h"

#include "check/check.h"

/* The edition of the i-th document's publication in all its languages; NULL where
 * the one before it was of the same. */
static xmlDoc *edition_of(struct workshop *w, const struct document_list *list, size_t i, struct diags *diags) {
    size_t at = list->items[i].publication;
    if (i && list->items[i - 1].publication == at) return NULL;
    return source_edition(w->project, source_publication_at(w->project, at), NULL, NULL, diags);
}

static bool report_unknown(const char *units, const struct map *found, struct diags *diags) {
    bool good = true;
    for (const char *s = units; *s; s += strspn(s, ",")) {
        size_t n = strcspn(s, ",");
        bool all = n == 3 && strncmp(s, "all", 3) == 0;
        char name[320];
        snprintf(name, sizeof name, "%.*s", (int)n, s);
        if (!all && !map_find(found, s, n)) {
            diag_add(diags, DIAG_NO_UNIT, (struct pos){0}, name);
            good = false;
        }
        s += n;
    }
    return good;
}

int document_accept(struct workshop *w, const struct document_list *list, const char *units, struct diags *diags) {
    struct map *found = map_new();
    int count = 0;
    bool good = true;
    for (size_t i = 0; i < list->n; i++) {
        xmlDoc *edition = edition_of(w, list, i, diags);
        if (!edition) continue;
        int n = check_accept(edition, units, found, diags);
        good &= n >= 0;
        count += n > 0 ? n : 0;
        xmlFreeDoc(edition);
    }
    good &= report_unknown(units, found, diags);
    map_drop(found);
    return good ? count : -1;
}
