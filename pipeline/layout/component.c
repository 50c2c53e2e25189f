/* What areas are of in the form of the document: s:component, or a role that is
 * no standard structure type. */
#include "layout/para.h"

/* What stands apart from the text around it is not of its component. */
static bool stands_apart(const struct fo_node *n) {
    switch (n->element) {
    case FO_TABLE:
    case FO_FLOAT:
    case FO_FOOTNOTE_BODY: return true;
    default: return false;
    }
}

const char *component_of(const struct fo_node *n) {
    for (; n && n->style; n = n->parent) {
        const char *own = fo_string(n, P_S_COMPONENT), *role = fo_string(n, P_ROLE);
        if (own && *own) return str_intern(own, strlen(own));
        if (role && strcmp(role, "artifact") == 0) return NULL;
        if (role && *role && !tag_is_standard(role)) return str_intern(role, strlen(role));
        if (stands_apart(n)) return NULL;
    }
    return NULL;
}

static void name_area(struct area *a, const char *component, const struct area_line *line) {
    if (!a->component) a->component = component;
    if (a->kind == AREA_TEXT && !((struct area_text *)a)->line) ((struct area_text *)a)->line = line;
    if (a->kind != AREA_GROUP) return;
    for (a = ((struct area_group *)a)->children.first; a; a = a->next) name_area(a, component, line);
}

void component_name(struct area *from, const char *component, const struct area_line *line) {
    for (; from; from = from->next) name_area(from, component, line);
}
