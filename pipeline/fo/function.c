/* The functions of expressions (XSL 1.1, 5.10). */
#include "fo/expr.h"

#include <math.h>

#define MAX_ARGS 12

struct call {
    struct parser *x;
    struct operand arg[MAX_ARGS];
    int count;
};

static struct operand fail(struct parser *x) {
    x->failed = true;
    return (struct operand){.kind = OPERAND_NUMBER};
}

static struct operand length_of(double len, double pct) {
    return (struct operand){.kind = OPERAND_NUMBER, .power = 1, .len = len, .pct = pct};
}

static struct operand of_value(struct fo_value v) {
    return (struct operand){.kind = OPERAND_VALUE, .value = v};
}

static bool arg_is_number(const struct call *k, int i) {
    return i < k->count && k->arg[i].kind == OPERAND_NUMBER;
}

/* 5.10.1 Number functions: a length keeps its dimension. */
static struct operand round_call(struct call *k, double (*fn)(double)) {
    if (k->count != 1 || !arg_is_number(k, 0)) return fail(k->x);
    struct operand o = k->arg[0];
    o.num = fn(o.num);
    o.len = fn(o.len);
    return o;
}

static double round_half_up(double v) {
    return floor(v + 0.5);
}

static struct operand abs_call(struct call *k) {
    if (k->count != 1 || !arg_is_number(k, 0)) return fail(k->x);
    struct operand o = k->arg[0];
    o.num = fabs(o.num);
    o.len = fabs(o.len);
    if (o.len == 0) o.pct = fabs(o.pct);
    return o;
}

static double magnitude(const struct operand *o) {
    if (!o->power) return o->num;
    return o->len != 0 ? o->len : o->pct;
}

static struct operand pick_call(struct call *k, double sign) {
    if (k->count != 2 || !arg_is_number(k, 0) || !arg_is_number(k, 1)) return fail(k->x);
    if (k->arg[0].power != k->arg[1].power) return fail(k->x);
    double a = magnitude(&k->arg[0]), b = magnitude(&k->arg[1]);
    return k->arg[(a - b) * sign > 0 ? 0 : 1];
}

/* 5.10.2 Color functions: an integer of 0..255 or a percentage. */
static double color_part(const struct operand *o, double whole) {
    return o->power ? o->pct : o->num / whole;
}

static struct operand rgb_call(struct call *k, int least) {
    if (k->count < least) return fail(k->x);
    for (int i = 0; i < 3; i++)
        if (!arg_is_number(k, i)) return fail(k->x);
    return of_value(color_rgb(color_part(&k->arg[0], 255), color_part(&k->arg[1], 255),
                              color_part(&k->arg[2], 255), 1));
}

static struct operand cmyk_call(struct call *k, int first) {
    if (k->count < first + 4) return fail(k->x);
    for (int i = 0; i < 4; i++)
        if (!arg_is_number(k, first + i)) return fail(k->x);
    const struct operand *a = &k->arg[first];
    return of_value(color_cmyk(color_part(&a[0], 1), color_part(&a[1], 1), color_part(&a[2], 1),
                               color_part(&a[3], 1)));
}

static bool arg_is(const struct call *k, int i, const char *text) {
    return i < k->count && k->arg[i].kind != OPERAND_NUMBER && k->arg[i].n == strlen(text) &&
           memcmp(k->arg[i].text, text, k->arg[i].n) == 0;
}

/* rgb-icc(): the sRGB fallback, but device CMYK of the pseudo-profile #CMYK. */
static struct operand icc_call(struct call *k) {
    if (arg_is(k, 3, "#CMYK") && k->count >= 8) return cmyk_call(k, 4);
    return rgb_call(k, 4);
}

static struct operand system_color_call(struct call *k) {
    struct fo_value v;
    if (k->count < 1 || k->arg[0].kind == OPERAND_NUMBER || !color_read(k->arg[0].text, k->arg[0].n, &v))
        return fail(k->x);
    return of_value(v);
}

/* ---- 5.10.4 property value functions ---- */

/* The property an argument names; without argument the one being computed. */
static enum fo_prop arg_property(struct call *k) {
    if (k->count == 0) return k->x->p;
    const struct operand *a = &k->arg[0];
    if (k->count > 1 || (a->kind != OPERAND_NAME && a->kind != OPERAND_STRING)) return P_COUNT;
    return compute_resolve_name(k->x->c, a->text, a->n);
}

static struct operand style_call(struct call *k, const struct fo_style *style) {
    enum fo_prop p = arg_property(k);
    if (p == P_COUNT || !style) return fail(k->x);
    return operand_of_value(&style->page[p / FO_PAGE][p % FO_PAGE]);
}

/* A table-column's width that asks for its table's: what is a percentage of that
 * width there is all of it here, for column-width counts from the table (7.28.6). */
static struct operand parent_call(struct call *k) {
    struct operand v = style_call(k, k->x->c->parent);
    const struct compute *c = k->x->c;
    bool of_table = c->element == FO_TABLE_COLUMN && k->x->p == P_COLUMN_WIDTH &&
                    arg_property(k) == P_INLINE_PROGRESSION_DIMENSION_OPTIMUM;
    if (of_table && v.kind == OPERAND_NUMBER && v.power == 1 && v.pct != 0) {
        v.len = 0;
        v.pct = 1;
    }
    return v;
}

static struct operand inherited_call(struct call *k) {
    enum fo_prop p = arg_property(k);
    if (p == P_COUNT || !fo_properties[p].inherited) return fail(k->x);
    return style_call(k, k->x->c->parent);
}

static struct operand nearest_call(struct call *k) {
    enum fo_prop p = arg_property(k);
    if (p == P_COUNT) return fail(k->x);
    k->x->c->bound = true;
    for (const struct fo_node *n = k->x->c->up; n; n = n->parent)
        if (n->style && fo_specified(n, fo_properties[p].name)) return style_call(k, n->style);
    return style_call(k, &k->x->c->doc->initial->pub);
}

static struct operand column_call(struct call *k) {
    struct compute *c = k->x->c;
    c->doc->uses_columns = true;
    return style_call(k, c->column ? c->column : c->parent);
}

/* 6.9.7: what the property set in force (link, not visited) says, else what
 * would hold without it. */
static struct operand merge_call(struct call *k) {
    enum fo_prop p = arg_property(k);
    if (p == P_COUNT) return fail(k->x);
    k->x->c->bound = true;
    const struct fo_node *up = k->x->c->up;
    for (const struct fo_node *n = up ? up->first : NULL; n; n = n->next)
        if (n->element == FO_MULTI_PROPERTY_SET && n->style && fo_is(n, P_ACTIVE_STATE, E_LINK) &&
            fo_specified(n, fo_properties[p].name))
            return style_call(k, n->style);
    return style_call(k, fo_properties[p].inherited ? k->x->c->parent : &k->x->c->doc->initial->pub);
}

static const struct fo_node *find_region(const struct fo_node *root, const char *master, const char *region) {
    for (const struct fo_node *set = root ? root->first : NULL; set; set = set->next) {
        if (set->element != FO_LAYOUT_MASTER_SET) continue;
        for (const struct fo_node *m = set->first; m; m = m->next) {
            bool simple = m->element == FO_SIMPLE_PAGE_MASTER && m->style;
            const char *name = simple ? fo_string(m, P_MASTER_NAME) : NULL;
            if (!name || (master && strcmp(name, master) != 0)) continue;
            for (const struct fo_node *r = m->first; r; r = r->next) {
                if (!r->style) continue; /* being read */
                const char *own = fo_string(r, P_REGION_NAME);
                if (region ? own && strcmp(own, region) == 0 : r->element == FO_REGION_BODY) return r;
            }
        }
    }
    return NULL;
}

/* from-page-master-region(): of the first page master the sequence can mean. */
static struct operand master_call(struct call *k) {
    struct compute *c = k->x->c;
    c->bound = true;
    const struct fo_node *root = c->doc->root, *seq = c->up;
    while (seq && seq->element != FO_PAGE_SEQUENCE) seq = seq->parent;
    const char *master = seq ? fo_string(seq, P_MASTER_REFERENCE) : NULL;
    const char *region = c->spec[P_FLOW_NAME];
    const struct fo_node *r = find_region(root, master, region);
    if (!r) r = find_region(root, NULL, region);
    if (!r) r = find_region(root, NULL, NULL);
    return style_call(k, r ? r->style : c->parent);
}

/* ---- lists and tables ---- */

static const struct fo_value *parent_value(struct call *k, enum fo_prop p) {
    return &k->x->c->parent->page[p / FO_PAGE][p % FO_PAGE];
}

/* start-indent of the list-item + provisional-distance-between-starts. */
static struct operand body_start_call(struct call *k) {
    const struct fo_value *item = parent_value(k, P_LIST_ITEM_INDENT);
    const struct fo_value *distance = parent_value(k, P_PROVISIONAL_DISTANCE_BETWEEN_STARTS);
    return length_of((double)item->len + distance->len, item->u.pct + distance->u.pct);
}

/* Width of the reference area - (body-start() - provisional-label-separation). */
static struct operand label_end_call(struct call *k) {
    struct operand start = body_start_call(k);
    const struct fo_value *gap = parent_value(k, P_PROVISIONAL_LABEL_SEPARATION);
    return length_of(gap->len - start.len, 1 - start.pct + gap->u.pct);
}

static struct operand column_width_call(struct call *k) {
    if (k->count != 1 || !arg_is_number(k, 0) || k->arg[0].power) return fail(k->x);
    struct operand o = length_of(0, 0);
    o.units = k->arg[0].num;
    return o;
}

/* ---- the call ---- */

static bool read_args(struct call *k) {
    struct parser *x = k->x;
    x->s++;
    while (*x->s == ' ') x->s++;
    while (*x->s != ')') {
        if (k->count == MAX_ARGS) return false;
        k->arg[k->count++] = expr_sum(x);
        while (*x->s == ' ') x->s++;
        if (x->failed || (*x->s != ',' && *x->s != ')')) return false;
        if (*x->s == ',') x->s++;
        while (*x->s == ' ') x->s++;
    }
    x->s++;
    return true;
}

static struct operand dispatch(struct call *k, const char *name) {
    struct parser *x = k->x;
    if (strcmp(name, "floor") == 0) return round_call(k, floor);
    if (strcmp(name, "ceiling") == 0) return round_call(k, ceil);
    if (strcmp(name, "round") == 0) return round_call(k, round_half_up);
    if (strcmp(name, "min") == 0) return pick_call(k, -1);
    if (strcmp(name, "max") == 0) return pick_call(k, 1);
    if (strcmp(name, "abs") == 0) return abs_call(k);
    if (strcmp(name, "rgb") == 0) return rgb_call(k, 3);
    if (strcmp(name, "rgb-icc") == 0 || strcmp(name, "fop-rgb-icc") == 0) return icc_call(k);
    if (strcmp(name, "rgb-named-color") == 0 || strcmp(name, "fop-rgb-named-color") == 0)
        return rgb_call(k, 5);
    if (strcmp(name, "cie-lab-color") == 0) return rgb_call(k, 6);
    if (strcmp(name, "cmyk") == 0) return cmyk_call(k, 0);
    if (strcmp(name, "system-color") == 0) return system_color_call(k);
    if (strcmp(name, "inherited-property-value") == 0) return inherited_call(k);
    if (strcmp(name, "from-parent") == 0) return parent_call(k);
    if (strcmp(name, "from-nearest-specified-value") == 0) return nearest_call(k);
    if (strcmp(name, "from-table-column") == 0) return column_call(k);
    if (strcmp(name, "from-page-master-region") == 0) return master_call(k);
    if (strcmp(name, "merge-property-values") == 0) return merge_call(k);
    if (strcmp(name, "body-start") == 0) return body_start_call(k);
    if (strcmp(name, "label-end") == 0) return label_end_call(k);
    if (strcmp(name, "proportional-column-width") == 0) return column_width_call(k);
    return fail(x);
}

struct operand function_call(struct parser *x, const char *name, size_t n) {
    char word[32];
    struct call k = {.x = x};
    if (n >= sizeof word || !read_args(&k)) return fail(x);
    memcpy(word, name, n);
    word[n] = 0;
    return dispatch(&k, word);
}
