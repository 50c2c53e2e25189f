/* The form checker as a sink: it looks at each page as it passes, keeps what the
 * whole document needs, and tells at the end. */
#include "check/rule.h"

static bool needs_text(const struct rule *r) {
    return r->measure == RULE_PATTERN || r->measure == RULE_SEQUENCE || r->measure == RULE_ORDER ||
           r->measure == RULE_PRESENCE;
}

static bool is_kept(const struct check_rule_sink *k, const char *component) {
    for (size_t i = 0; i < k->rules->n; i++) {
        const struct rule *r = k->rules->v[i];
        if (!needs_text(r)) continue;
        if (r->component == component || r->after == component || r->with == component) return true;
        if (r->within && rule_has_word(r->within, component, strlen(component))) return true;
    }
    return false;
}

static const char *keep_label(struct check_rule_sink *k, const struct area_page *page) {
    return arena_strdup(k->arena, page->label ? page->label : "");
}

static void keep_block(struct check_rule_sink *k, const struct rule_block *b, uint32_t serial) {
    const struct rule_page *p = &k->page;
    k->records = mem_grow(k->records, &k->record_cap, k->record_count + 1, sizeof *k->records);
    k->records[k->record_count++] = (struct rule_record){
        .component = b->component,
        .lang = b->lang,
        .text = rule_text_of(k->arena, p->text[b->inner].u + b->text, b->text_len),
        .tag = b->tag,
        .serial = serial,
        .apart = k->apart,
        .at = {p->page->index, keep_label(k, p->page), b->pos, b->x0, b->top, NULL},
    };
}

/* A page in another language than the form's is of a copy to read: no rule holds
 * for it. */
static bool is_copy(struct check_rule_sink *k, const struct area_page *page) {
    if (!k->lang && page->index == 0 && page->lang) k->lang = str_intern(page->lang, strlen(page->lang));
    if (k->lang && page->lang && strcmp(k->lang, page->lang) != 0) return true;
    if (k->first < 0) k->first = page->index;
    return false;
}

static void begin(struct check_rule_sink *k) {
    k->lang = k->rules->lang;
    k->first = k->rules->lang && !k->rules->leads ? -1 : 0;
}

static void see_page(struct check_rule_sink *k, const struct area_page *page) {
    struct rule_page *p = &k->page;
    if (is_copy(k, page)) return;
    rule_page_read(p, page);
    if (page->index == k->first) {
        k->start = (struct rule_place){page->index, keep_label(k, page), {0}, 0, 0, NULL};
        if (p->any) k->start.pos = p->extent.pos[SIDE_TOP];
    }
    k->pages++;
    rule_check_page(k);
    for (size_t i = 0; i < p->block_count; i++) {
        if (p->blocks[i].tag >= 0) k->apart |= p->blocks[i].apart;
        if (!is_kept(k, p->blocks[i].component)) continue;
        keep_block(k, &p->blocks[i], (uint32_t)i);
        if (p->blocks[i].tag >= 0) k->apart = false;
    }
    k->apart |= p->apart;
}

/* ---- passing on ---- */

static void on_page(struct area_sink *s, const struct area_page *page) {
    struct check_rule_sink *k = (struct check_rule_sink *)s;
    see_page(k, page);
    k->pass.to->page(k->pass.to, page);
}

static void on_restart(struct area_sink *s) {
    struct check_rule_sink *k = (struct check_rule_sink *)s;
    rule_clear(k);
    k->record_count = 0;
    k->pages = 0;
    k->apart = false;
    begin(k);
    k->pitch = 0;
    memset(k->margin, 0, sizeof k->margin);
    arena_reset(k->arena);
    k->pass.to->restart(k->pass.to);
}

/* ---- opening and closing ---- */

static void add_component(struct check_rule_sink *k, size_t *n, size_t *cap, const char *component) {
    for (size_t i = 0; i < *n; i++)
        if (k->components[i] == component) return;
    k->components = mem_grow(k->components, cap, *n + 2, sizeof *k->components);
    k->components[(*n)++] = component;
    k->components[*n] = NULL;
}

static void list_components(struct check_rule_sink *k) {
    size_t n = 0, cap = 0;
    k->components = mem_grow(NULL, &cap, 1, sizeof *k->components);
    k->components[0] = NULL;
    for (size_t i = 0; i < k->rules->n; i++) {
        const struct rule *r = k->rules->v[i];
        add_component(k, &n, &cap, r->component);
        if (r->after) add_component(k, &n, &cap, r->after);
        if (r->with) add_component(k, &n, &cap, r->with);
        for (const char *s = r->within ? r->within : ""; *s; s += strspn(s, " ")) {
            size_t w = strcspn(s, " ");
            add_component(k, &n, &cap, str_intern(s, w));
            s += w;
        }
    }
    k->page.components = k->components;
    for (size_t i = 0; i < n; i++) k->page.all |= strcmp(k->components[i], "any") == 0;
}

struct area_sink *check_rules_sink(const struct check_rules *rules, struct area_sink *to) {
    struct check_rule_sink *k = mem_alloc(sizeof *k);
    k->pass = area_filter_to(to, on_page, on_restart);
    k->rules = rules;
    k->arena = arena_new();
    k->found = mem_alloc((rules->n + 1) * sizeof *k->found);
    list_components(k);
    begin(k);
    return &k->pass.sink;
}

void check_rules_end(struct area_sink *sink, const char *home, struct diags *diags) {
    struct check_rule_sink *k = (struct check_rule_sink *)sink;
    k->home = home;
    rule_check_whole(k);
    rule_tell_all(k, diags);
    rule_page_free(&k->page);
    mem_free(k->components);
    mem_free(k->records);
    mem_free(k->found);
    arena_drop(k->arena);
    mem_free(k);
}
