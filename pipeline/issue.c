/* What the next issue of a publication is begun with. */
#include "stages.h"

bool document_find_issue(struct document_issue *out, struct workshop *w, const char *name, struct diags *diags) {
    const struct source_publication *p =
        workshop_load(w, diags) ? source_publication_find(w->project, name) : NULL;
    if (!p) {
        diag_add(diags, DIAG_NO_PUBLICATION, (struct pos){0}, name);
        return false;
    }
    if (p->pair) {
        diag_add(diags, DIAG_NO_ISSUE, (struct pos){0}, p->id);
        return false;
    }
    *out = (struct document_issue){p->id, p->kind ? p->kind : "", p->dir, p->parts, p->standing};
    return true;
}
