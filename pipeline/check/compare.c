/* One unit in two languages: figures, footnotes, lists, tables, quizzes. */
#include "check/parts.h"

/* ---- the text of a part of a unit ---- */

/* Elements whose text does not run on into what follows. */
static bool ends_text(const xmlNode *n) {
    static const char *const inlines[] = {"em", "strong", "del", "code", "a", "term"};
    for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++)
        if (check_is(n, inlines[i])) return false;
    return true;
}

struct gather {
    struct check_pair *pair;
    struct check_tokens *tokens;
    const char *lang;
    struct buf text;
    struct pos from; /* of the text being gathered */
};

static void flush(struct gather *g) {
    if (g->text.n) check_tokens_read(g->pair->check, g->tokens, g->text.p, g->lang, g->from);
    buf_clear(&g->text);
}

static void add_attribute(struct gather *g, xmlNode *n, const char *name) {
    const char *s = check_attribute(g->pair->check, n, name);
    if (!s) return;
    flush(g);
    buf_str(&g->text, s);
    flush(g);
}

static void add_attributes(struct gather *g, xmlNode *n) {
    static const char *const words[] = {"title", "label", "name", "alt"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) add_attribute(g, n, words[i]);
}

static void gather(struct gather *g, xmlNode *n) {
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        buf_str(&g->text, (const char *)n->content);
    if (n->type != XML_ELEMENT_NODE || check_is(n, "note")) return;
    struct pos outer = g->from;
    bool block = ends_text(n) && !check_is(n, "br");
    if (check_is(n, "br")) buf_char(&g->text, ' ');
    if (block) {
        flush(g);
        g->from = source_place(n);
        add_attributes(g, n);
    }
    for (xmlNode *c = n->children; c; c = c->next) gather(g, c);
    if (block) {
        flush(g);
        bool inside = check_is(n, "cite") || check_is(n, "img") || check_is(n, "noteref");
        if (inside) buf_char(&g->text, ' ');
        g->from = outer;
    }
}

/* alone: of its attributes, not of what is in it. */
static struct check_tokens tokens_of(struct check_pair *p, xmlNode *n, const char *lang, bool alone) {
    struct check_tokens t = {0};
    struct gather g = {.pair = p, .tokens = &t, .lang = lang, .from = source_place(n)};
    if (alone) {
        add_attributes(&g, n);
    } else if (check_is(n, "note")) {
        for (xmlNode *c = n->children; c; c = c->next) gather(&g, c);
    } else {
        gather(&g, n);
    }
    flush(&g);
    buf_free(&g.text);
    return t;
}

/* ---- figures ---- */

/* Takes tokens of two ranks for each other where their keys are the same. */
static void match(struct check_tokens *a, struct check_tokens *b, enum check_rank rank_a, enum check_rank rank_b) {
    struct map *keys = map_new(); /* key -> how many of b are left */
    for (size_t i = 0; i < b->n; i++) {
        struct check_token *y = &b->v[i];
        if (!y->taken && y->rank == rank_b) map_get(keys, y->key, strlen(y->key))->value.num++;
    }
    for (size_t i = 0; i < a->n; i++) {
        struct check_token *x = &a->v[i];
        struct map_entry *e = !x->taken && x->rank == rank_a ? map_find(keys, x->key, strlen(x->key)) : NULL;
        x->taken |= e && e->value.num > 0;
        if (e && e->value.num > 0) e->value.num--;
    }
    for (size_t i = b->n; i-- > 0;) { /* those left over are the last ones */
        struct check_token *y = &b->v[i];
        struct map_entry *e = !y->taken && y->rank == rank_b ? map_find(keys, y->key, strlen(y->key)) : NULL;
        if (e && e->value.num > 0) e->value.num--;
        else y->taken |= e != NULL;
    }
    map_drop(keys);
}

static void match_all(struct check_tokens *a, struct check_tokens *b) {
    match(a, b, CHECK_FIGURE, CHECK_FIGURE);
    for (int sum = 1; sum <= 2 * CHECK_SHY; sum++)
        for (int i = 0; i <= sum; i++)
            if (i <= CHECK_SHY && sum - i <= CHECK_SHY) match(a, b, (enum check_rank)i, (enum check_rank)(sum - i));
}

static struct check_token *next_left(struct check_tokens *t, size_t *i, enum check_rank least, enum check_rank most) {
    while (*i < t->n && (t->v[*i].taken || t->v[*i].rank < least || t->v[*i].rank > most)) ++*i;
    return *i < t->n ? &t->v[(*i)++] : NULL;
}

static struct pos token_place(struct check *c, const struct check_tokens *all, const struct check_token *t) {
    int nth = 0;
    for (const struct check_token *o = all->v; o < t; o++) {
        bool same = o->from.file == t->from.file && o->from.line == t->from.line && o->from.col == t->from.col;
        nth += same && strcmp(o->mark, t->mark) == 0;
    }
    return check_place(c, t->from, t->mark, nth);
}

static int characters(const char *s) {
    int n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* The two editions of what is compared, and their tokens. */
struct sides {
    xmlNode *base_node, *other_node;
    struct check_tokens a, b;
};

static void report_number(struct check_pair *p, const struct sides *s, const struct check_token *base,
                          const struct check_token *other) {
    struct check *c = p->check;
    if (!check_tells(c, DIAG_EDITION_NUMBER)) return;
    if (!other) {
        diag_add(c->diags, DIAG_EDITION_NUMBER_LACKS, source_place(s->other_node), base->raw, p->base_lang);
        diag_relate(c->diags, DIAG_EDITION_SAYS, token_place(c, &s->a, base), p->base_lang, base->raw);
        return;
    }
    struct pos pos = token_place(c, &s->b, other);
    if (base) diag_add(c->diags, DIAG_EDITION_NUMBER, pos, p->base_lang, other->raw, base->raw);
    else diag_add(c->diags, DIAG_EDITION_NUMBER_EXTRA, pos, other->raw, p->base_lang);
    diag_span(c->diags, characters(other->raw));
    if (base) diag_relate(c->diags, DIAG_EDITION_SAYS, token_place(c, &s->a, base), p->base_lang, base->raw);
    else diag_relate(c->diags, DIAG_EDITION_IS_HERE, source_place(s->base_node), p->base_lang);
}

static void report_numbers(struct check_pair *p, struct sides *s) {
    size_t i = 0, j = 0;
    for (;;) {
        struct check_token *x = next_left(&s->a, &i, CHECK_FIGURE, CHECK_FIRM);
        struct check_token *y = next_left(&s->b, &j, CHECK_FIGURE, CHECK_FIRM);
        if (!x && !y) break;
        if (!x || !y) { /* a small number in words stands for it? */
            size_t k = 0;
            struct check_token *weak = next_left(x ? &s->b : &s->a, &k, CHECK_WEAK, CHECK_WEAK);
            if (weak) weak->taken = true;
            if (!x) x = weak;
            else y = weak;
        }
        report_number(p, s, x, y);
    }
    for (i = j = 0;;) {
        struct check_token *x = next_left(&s->a, &i, CHECK_WEAK, CHECK_WEAK);
        struct check_token *y = next_left(&s->b, &j, CHECK_WEAK, CHECK_WEAK);
        if (!x || !y) break;
        report_number(p, s, x, y);
    }
}

static void compare_numbers(struct check_pair *p, xmlNode *base, xmlNode *other, bool alone) {
    struct sides s = {base, other, tokens_of(p, base, p->base_lang, alone), tokens_of(p, other, p->lang, alone)};
    match_all(&s.a, &s.b);
    report_numbers(p, &s);
    mem_free(s.a.v);
    mem_free(s.b.v);
}

void check_numbers(struct check_pair *p, xmlNode *base, xmlNode *other) {
    compare_numbers(p, base, other, false);
}

/* ---- shapes ---- */

static int count(xmlNode *n, const char *name) {
    int k = 0;
    for (xmlNode *c = n->children; c; c = c->next) k += check_is(c, name);
    return k;
}

static xmlNode *first_element(xmlNode *n) {
    while (n && n->type != XML_ELEMENT_NODE) n = n->next;
    return n;
}

static int rows(xmlNode *table) {
    int k = 0;
    for (xmlNode *n = table; n; n = check_next(n, table, true)) k += check_is(n, "tr");
    return k;
}

static void tell_base(struct check_pair *p, xmlNode *base) {
    diag_relate(p->check->diags, DIAG_EDITION_IS_HERE, source_place(base), p->base_lang);
}

static bool same_list(struct check_pair *p, xmlNode *base, xmlNode *other) {
    int a = count(base, "li"), b = count(other, "li");
    if (a == b) return true;
    if (!check_tells(p->check, DIAG_EDITION_LIST)) return false;
    diag_add(p->check->diags, DIAG_EDITION_LIST, source_place(other), b, p->base_lang, a);
    tell_base(p, base);
    return false;
}

static bool same_table(struct check_pair *p, xmlNode *base, xmlNode *other) {
    int a = rows(base), b = rows(other), c = count(base, "col"), d = count(other, "col");
    if (a == b && c == d) return true;
    if (!check_tells(p->check, DIAG_EDITION_TABLE)) return false;
    diag_add(p->check->diags, DIAG_EDITION_TABLE, source_place(other), b, d, p->base_lang, a, c);
    tell_base(p, base);
    return false;
}

static void compare_quiz(struct check_pair *p, xmlNode *base, xmlNode *other) {
    xmlNode *a = base, *b = other;
    for (;;) {
        do a = check_next(a, base, true);
        while (a && !check_is(a, "choice"));
        do b = check_next(b, other, true);
        while (b && !check_is(b, "choice"));
        if (!a && !b) return;
        const char *x = a ? check_attribute(p->check, a, "right") : NULL;
        const char *y = b ? check_attribute(p->check, b, "right") : NULL;
        if (x && y && strcmp(x, y) == 0) continue;
        if (!check_tells(p->check, DIAG_EDITION_QUIZ)) return;
        diag_add(p->check->diags, DIAG_EDITION_QUIZ, source_place(b ? b : other), p->base_lang);
        tell_base(p, a ? a : base);
        return;
    }
}

/* Settings that say the same in every language. */
static void compare_options(struct check_pair *p, xmlNode *base, xmlNode *other) {
    static const char *const names[] = {"minutes", "lines", "rows", "type", "max",
                                        "ref",     "view",  "by",   "start", "style", "answer"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *a = check_attribute(p->check, base, names[i]),
                   *b = check_attribute(p->check, other, names[i]);
        if ((!a && !b) || (a && b && strcmp(a, b) == 0)) continue;
        if (!check_tells(p->check, DIAG_EDITION_OPTION)) continue;
        diag_add(p->check->diags, DIAG_EDITION_OPTION, source_place(other), names[i], b ? b : "-",
                 p->base_lang, a ? a : "-");
        tell_base(p, base);
    }
}

/* ---- the descent: as long as the shapes agree, part by part ---- */

static bool is_frame(const xmlNode *n) {
    static const char *const names[] = {"v",      "ul",      "ol",         "li",          "table", "thead",
                                        "tr",     "tbody",   "quote",      "quiz",        "item",  "question",
                                        "choice", "explain", "discussion", "facilitator", "roll",  "notes",
                                        "chart",  "row",     "qr",         "case",        "situation", "answer",
                                        "timeline", "event", "what",       "signature",   "signer"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (check_is(n, names[i])) return true;
    return false;
}

static bool same_children(xmlNode *a, xmlNode *b) {
    xmlNode *x = first_element(a->children), *y = first_element(b->children);
    while (x && y && xmlStrEqual(x->name, y->name)) {
        x = first_element(x->next);
        y = first_element(y->next);
    }
    return !x && !y;
}

static bool has_text(const xmlNode *n) {
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_TEXT_NODE) return true;
    return false;
}

static void compare(struct check_pair *p, xmlNode *base, xmlNode *other) {
    bool same = xmlStrEqual(base->name, other->name);
    bool list = check_is(base, "ul") || check_is(base, "ol");
    if (same && !check_is(base, "v") && !check_is(base, "item")) compare_options(p, base, other);
    if (same && check_is(base, "quiz")) compare_quiz(p, base, other);
    if (same && list) same = same_list(p, base, other);
    if (same && check_is(base, "table")) same = same_table(p, base, other);
    bool deeper = same && is_frame(base) && !has_text(base) && !has_text(other) &&
                  first_element(base->children) && same_children(base, other);
    if (!deeper) {
        check_numbers(p, base, other);
        return;
    }
    compare_numbers(p, base, other, true);
    xmlNode *x = first_element(base->children), *y = first_element(other->children);
    for (; x && y; x = first_element(x->next), y = first_element(y->next)) compare(p, x, y);
}

/* ---- footnotes ---- */

static int notes(xmlNode *root, xmlNode **out, int room) {
    int n = 0;
    for (xmlNode *e = root; e; e = check_next(e, root, true))
        if (check_is(e, "note") && n++ < room && out) out[n - 1] = e;
    return n;
}

static void compare_notes(struct check_pair *p, xmlNode *base, xmlNode *other) {
    int a = notes(base, NULL, 0), b = notes(other, NULL, 0);
    if (a != b) {
        if (!check_tells(p->check, DIAG_EDITION_NOTES)) return;
        diag_add(p->check->diags, DIAG_EDITION_NOTES, source_place(other), b, p->base_lang, a);
        tell_base(p, base);
        return;
    }
    xmlNode **x = ARENA_ARRAY(p->check->arena, xmlNode *, a + 1);
    xmlNode **y = ARENA_ARRAY(p->check->arena, xmlNode *, a + 1);
    notes(base, x, a);
    notes(other, y, a);
    for (int i = 0; i < a; i++) check_numbers(p, x[i], y[i]);
}

void check_compare(struct check_pair *p, xmlNode *base, xmlNode *other) {
    compare(p, base, other);
    compare_notes(p, base, other);
}
