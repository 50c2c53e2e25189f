/* What ISO 14289-1 forbids and can be seen when an element opens: misplaced
 * parts of tables and lists (7.2), headings that skip a level (7.4.2).  Only
 * elements that are drawn count. */
#include "pdf/private.h"

/* Which elements may hold which (ISO 32000-1, 14.8.4.3). */
static const struct {
    const char *type, *parents, *why;
} places[] = {
    {"TD", "|TR|", "a table cell stands outside a table row"},
    {"TH", "|TR|", "a table cell stands outside a table row"},
    {"TR", "|Table|THead|TBody|TFoot|", "a table row stands outside a table"},
    {"THead", "|Table|", "a table header stands outside a table"},
    {"TBody", "|Table|", "a table body stands outside a table"},
    {"TFoot", "|Table|", "a table footer stands outside a table"},
    {"LI", "|L|", "a list item stands outside a list"},
    {"LBody", "|LI|", "the body of a list item stands outside it"},
};

static bool among(const char *list, const char *type) {
    char name[40];
    int n = snprintf(name, sizeof name, "|%s|", type);
    return n < (int)sizeof name && strstr(list, name);
}

static const char *standard_type(const struct pdf *p, const struct element *e) {
    const struct map_entry *m = map_find(p->roles, e->name, strlen(e->name));
    return m ? m->value.ptr : e->name;
}

static void suspect(struct pdf *p, struct element *e, const char *why, struct pos pos) {
    p->suspects = mem_grow(p->suspects, &p->suspect_cap, p->suspect_count + 1, sizeof *p->suspects);
    p->suspects[p->suspect_count++] = (struct suspect){e->index, 0, false, why, pos};
    e->flags |= ELEMENT_SUSPECT;
}

void tags_check(struct pdf *p, struct element *e, const struct element *parent, const struct area_tag *t) {
    const char *type = t->type ? t->type : "";
    if (type[0] == 'H' && type[1] >= '1' && type[1] <= '6' && !type[2]) {
        suspect(p, e, NULL, t->pos);
        p->suspects[p->suspect_count - 1].level = type[1] - '0';
        return;
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].type, type) == 0 && !among(places[i].parents, standard_type(p, parent)))
            suspect(p, e, places[i].why, t->pos);
}

/* The element is drawn.  Suspects are in order of index. */
void tags_drawn(struct pdf *p, const struct element *e) {
    size_t low = 0, high = p->suspect_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->suspects[mid].index < e->index) low = mid + 1;
        else high = mid;
    }
    if (low < p->suspect_count && p->suspects[low].index == e->index) p->suspects[low].drawn = true;
}

void tags_judge(struct pdf *p) {
    int level = 0;
    for (size_t i = 0; i < p->suspect_count; i++) {
        const struct suspect *s = &p->suspects[i];
        if (!s->drawn) continue;
        if (s->why) pdf_refuse(p, s->why, s->pos);
        else if (s->level > level + 1)
            pdf_refuse(p, level ? "a heading skips a level" : "the first heading is not an H1", s->pos);
        if (s->level) level = s->level;
    }
}
