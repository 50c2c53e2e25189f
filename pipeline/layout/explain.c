/* Why a page ended where it did: `sotay fo --explain EX_PAGE`.
 *
 * Layout is deterministic, so nothing is recorded in ordinary runs: the
 * document is laid out again, and when a part of the page asked for is placed,
 * the items around its end say what other places there were.  A cost is the
 * one of this page alone; the search minds those after it too. */
#include "layout/explain.h"

#include "layout/table.h"

enum { NEAR = 4, UNITS_MAX = 200, WORDS_MAX = 48 };

struct place {
    size_t at, next;      /* the break item (SIZE_MAX: none); the content after it */
    enum explain_id what;
    const struct fo_node *node; /* who asks for it */
    int32_t value;        /* of the property; 0: always, or none */
    int64_t left;
    double cost;
    bool legal, chosen, rigid; /* rigid: nothing gives way, the fullest page is the best one */
};

static const struct {
    const char *id, *text[2];
} words[] = {
#define EXPLAIN(id, json, english, vietnamese) {json, {english, vietnamese}},
#include "layout/explain.def"
#undef EXPLAIN
};

const char *explain_say(const struct explain *x, enum explain_id id) {
    return words[id].text[x->vietnamese];
}

/* ---- what stands where ------------------------------------------------------------ */

static bool is_content(const struct item *it) {
    return it->kind == ITEM_BOX && !it->aux;
}

static const struct step *step_of(const struct item *it) {
    if (!it->thing || it->thing->ops != &table_ops || it->sub < 0) return NULL;
    const struct table *t = (const struct table *)it->thing;
    int32_t i = it->sub - t->dropped;
    return i >= 0 && i < t->step_count ? t->steps[i] : NULL;
}

static const struct fo_node *row_of(const struct item *it) {
    const struct step *s = step_of(it);
    return s ? s->group->rows[s->row].node : NULL;
}

/* The object a piece of content belongs to. */
static const struct fo_node *node_of(const struct item *it) {
    const struct line *line = line_of(it->thing);
    if (line) return line->para->block;
    const struct fo_node *row = row_of(it);
    if (row) return row;
    if (it->thing && it->thing->ops == &table_ops) {
        const struct table *t = (const struct table *)it->thing;
        if (it->sub == SUB_HEADER && t->header.node) return t->header.node;
        if (it->sub == SUB_FOOTER && t->footer.node) return t->footer.node;
    }
    return it->blk ? it->blk->node : NULL;
}

static void line_words(const struct line *line, struct buf *out) {
    const struct line_data *d = line->data;
    uint16_t text[WORDS_MAX];
    uint32_t n = 0;
    for (uint32_t i = d->first; i < d->last && n < WORDS_MAX; i++) {
        const struct el *e = &line->para->els[i];
        if (e->frag < 0 || !(e->flags & EL_MAIN)) continue;
        const struct frag *f = &line->para->frags[e->frag];
        for (uint32_t k = f->start; k < f->end && n < WORDS_MAX; k++)
            if (line->para->text[k] >= ' ' && line->para->text[k] != 0xFFFC) text[n++] = line->para->text[k];
    }
    if (n == WORDS_MAX && (text[n - 1] & 0xFC00) == 0xD800) n--;
    buf_need(out, 3 * (size_t)n + 1);
    out->n += utf8_from_utf16(out->p + out->n, text, n);
    out->p[out->n] = 0;
    if (n == WORDS_MAX) buf_str(out, "…");
}

static void words_of(const struct item *it, struct buf *out) {
    const struct line *line = line_of(it->thing);
    if (line) line_words(line, out);
}

/* ---- places ------------------------------------------------------------------------- */

struct keep_props {
    enum fo_prop line, column, page;
};
static const struct keep_props together = {P_KEEP_TOGETHER_WITHIN_LINE, P_KEEP_TOGETHER_WITHIN_COLUMN, P_KEEP_TOGETHER_WITHIN_PAGE};
static const struct keep_props with_next = {P_KEEP_WITH_NEXT_WITHIN_LINE, P_KEEP_WITH_NEXT_WITHIN_COLUMN, P_KEEP_WITH_NEXT_WITHIN_PAGE};
static const struct keep_props with_previous = {P_KEEP_WITH_PREVIOUS_WITHIN_LINE, P_KEEP_WITH_PREVIOUS_WITHIN_COLUMN,
                                                P_KEEP_WITH_PREVIOUS_WITHIN_PAGE};

static int32_t strength(const struct fo_node *n, const struct keep_props *p) {
    return n && n->style ? keep_of(n, p->line, p->column, p->page).strength : 0;
}

/* Takes n for the one who asks, when it asks more than was found before. */
static void ask(struct place *p, int32_t *most, enum explain_id what, const struct fo_node *n, const struct keep_props *props) {
    int32_t s = strength(n, props);
    if (s <= *most) return;
    *most = s;
    p->what = what;
    p->node = n;
    p->value = s >= KEEP_ALWAYS ? 0 : s;
}

/* The edge of a list item or row: what its first or last descendants ask. */
static void ask_edge(struct place *p, int32_t *most, const struct fo_node *n, bool next) {
    for (; n && n->element != FO_TEXT; n = next ? n->last : n->first)
        ask(p, most, next ? EX_KEEP_WITH_NEXT : EX_KEEP_WITH_PREVIOUS, n, next ? &with_next : &with_previous);
}

/* Who keeps the two sides of a break together. */
static void find_keep(const struct seq *s, const struct item *before, struct place *p) {
    int32_t most = 0;
    const struct item *at = p->at < s->n ? &s->v[p->at] : NULL, *after = &s->v[p->next];
    if (at && at->thing && thing_is_run(at->thing)) {
        const struct run *r = (const struct run *)at->thing;
        for (uint32_t i = 0; i < r->part[RUN_NONE].count; i++) {
            const struct mark *m = &r->part[RUN_NONE].marks[i];
            if (m->kind == MARK_CLOSE) ask_edge(p, &most, m->blk->node, true);
            if (m->kind == MARK_OPEN) ask_edge(p, &most, m->blk->node, false);
        }
    }
    const struct fo_node *row = row_of(before), *next = row_of(after);
    if (row && next && row != next) {
        ask_edge(p, &most, row, true);
        ask_edge(p, &most, next, false);
    } else if (row) {
        ask(p, &most, EX_KEEP_TOGETHER, row, &together);
    }
    for (const struct blk *b = at ? at->blk : after->blk; b; b = b->parent) ask(p, &most, EX_KEEP_TOGETHER, b->node, &together);
}

/* Lines i - 1 and i of one paragraph: do orphans or widows hold them? */
static bool find_lines(const struct item *before, const struct item *after, struct place *p) {
    const struct line *a = line_of(before->thing), *b = line_of(after->thing);
    if (!a || !b || a->para != b->para || !b->source) return false;
    const struct para_result *r = &b->source->para;
    for (uint32_t k = 0; k < r->piece_count; k++) {
        const struct para_piece *piece = &r->pieces[k];
        if (piece->kind != PARA_LINES || b < piece->lines || b >= piece->lines + piece->line_count) continue;
        int32_t i = (int32_t)(b - piece->lines), n = (int32_t)piece->line_count;
        int32_t orphans = (int32_t)fo_number(b->para->block, P_ORPHANS), widows = (int32_t)fo_number(b->para->block, P_WIDOWS);
        p->node = b->para->block;
        if (i < orphans || i > n - widows) {
            p->what = i < orphans ? EX_ORPHANS : EX_WIDOWS;
            p->value = i < orphans ? orphans : widows;
            return true;
        }
        bool keeps = a->hyphenated && !fo_is(b->para->block, P_HYPHENATION_KEEP, E_AUTO);
        if (keeps) p->what = EX_HYPHEN;
        return keeps;
    }
    return false;
}

static int64_t notes_of(const struct item *it) {
    int64_t sum = 0;
    for (uint16_t i = 0; i < it->note_count; i++) sum += it->notes[i]->height;
    return sum;
}

/* The cost the breaker gives such an end of a page (breaker.c). */
static double cost_of(int64_t left, int64_t stretch, int64_t shrink, int32_t penalty) {
    int64_t give = left > 0 ? stretch : shrink;
    double r = left == 0 ? 0 : give > 0 ? (double)left / (double)give : 1000, f = r < 0 ? -r : r;
    f = 1 + 100 * f * f * f + (penalty > 0 ? penalty : 0);
    return f * f;
}

struct scan {
    const struct seq *s;
    const struct part *part;
    int64_t room;          /* without the footnotes that stand there */
    int64_t width, stretch, shrink, notes, notes_at_end;
};

/* Between content `a` and content `b`: the best break there is. */
static struct place place_between(const struct scan *k, size_t a, size_t b, int64_t from) {
    const struct seq *s = k->s;
    struct place p = {.at = SIZE_MAX, .next = b, .what = EX_WHOLE, .node = node_of(&s->v[b])};
    int64_t width = from, best = 0;
    int32_t penalty = PENALTY_INFINITE;
    for (size_t i = a + 1; i < b; i++) {
        const struct item *it = &s->v[i];
        bool glue = it->kind == ITEM_GLUE && s->v[i - 1].kind == ITEM_BOX;
        int32_t here = it->kind == ITEM_PENALTY ? it->penalty : glue ? 0 : PENALTY_INFINITE;
        bool barred = it->kind == ITEM_PENALTY && it->penalty >= PENALTY_INFINITE;
        if (i == k->part->to || (here < penalty && p.at != k->part->to) || (barred && p.at == SIZE_MAX && it->thing)) {
            p.at = i;
            penalty = here;
            best = width + (it->kind == ITEM_PENALTY ? it->w : 0);
        }
        if (it->kind != ITEM_PENALTY) width += it->w;
    }
    if (p.at == SIZE_MAX) best = from;
    p.legal = penalty < PENALTY_INFINITE;
    p.chosen = p.at == k->part->to;
    p.left = k->room - best - (k->notes - k->notes_at_end);
    p.rigid = (p.left > 0 ? k->stretch : k->shrink) <= 0;
    p.cost = cost_of(p.left, k->stretch, k->shrink, penalty);
    if (p.legal) p.what = EX_FREE;
    if (p.legal && penalty <= 0) return p;
    if (!find_lines(&s->v[a], &s->v[b], &p)) find_keep(s, &s->v[a], &p);
    return p;
}

/* The places around the part's end, the chosen one among them; *n of them. */
static void find_places(struct scan *k, struct place *out, int *n, int *chosen) {
    const struct seq *s = k->s;
    size_t last = SIZE_MAX, i = k->part->from;
    int64_t total = 0, notes = 0;
    bool forced = false;
    *n = 0;
    *chosen = -1;
    for (size_t j = k->part->from; j < k->part->to && j < s->n; j++) notes += notes_of(&s->v[j]);
    k->notes_at_end = notes;
    while (i < s->n && s->v[i].kind != ITEM_BOX) i++;
    for (; i < s->n; i++) {
        const struct item *it = &s->v[i];
        if (it->kind == ITEM_PENALTY && it->penalty <= -PENALTY_INFINITE) forced = true;
        if (is_content(it)) {
            if (last != SIZE_MAX) {
                struct place p = place_between(k, last, i, total);
                if (*chosen < 0 && *n == NEAR) memmove(out, out + 1, (size_t)--*n * sizeof *out);
                if (p.chosen) *chosen = *n;
                out[(*n)++] = p;
                if (*chosen >= 0 && *n > *chosen + NEAR) break;
            }
            if (forced) break;
            last = i;
            total = 0;
            k->notes += notes_of(it);
        }
        if (it->kind == ITEM_PENALTY) continue;
        k->width += it->w;
        k->stretch += it->stretch;
        k->shrink += it->shrink;
        total = k->width;
    }
}

/* ---- printing ------------------------------------------------------------------------ */

void explain_string(struct buf *b, const char *s) {
    buf_char(b, '"');
    buf_json(b, s ? s : "");
    buf_char(b, '"');
}

static void print_pt(struct buf *b, int64_t v) {
    buf_milli(b, v);
    buf_str(b, " pt");
}

/* The line of the stylesheet that made it. */
static struct pos origin_of(const struct fo_node *n) {
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const char *value = n->attrs[i].value, *colon = strrchr(value, ':');
        if (strcmp(n->attrs[i].name, "s:origin") == 0 && colon)
            return (struct pos){str_intern(value, (size_t)(colon - value)), (int32_t)strtol(colon + 1, NULL, 10), 1};
    }
    return n->pos;
}

/* In the author's file where it or what it stands in was made from one, else in the
 * stylesheet, else in the FO itself. */
static struct pos place_of(const struct fo_node *n) {
    const struct fo_node *root = n, *p = n;
    while (root->parent) root = root->parent;
    while (p && p->pos.file == root->pos.file) p = p->parent;
    return p ? p->pos : origin_of(n);
}

void explain_node(const struct explain *x, const struct fo_node *n) {
    struct buf *b = x->out;
    struct pos pos = n ? place_of(n) : (struct pos){0};
    if (x->json) {
        buf_fmt(b, "\"object\":\"%s\",\"file\":", n ? fo_element_name(n->element) : "");
        explain_string(b, pos.file);
        buf_fmt(b, ",\"line\":%d,\"column\":%d", pos.line, pos.col);
    } else if (n) {
        const char *file = pos.file ? pos.file : "", *slash = strrchr(file, '/');
        buf_fmt(b, "%s %s:%d:%d", fo_element_name(n->element), slash ? slash + 1 : file, pos.line, pos.col);
    }
}

static void print_words(const struct explain *x, const struct item *it) {
    struct buf t = {0};
    words_of(it, &t);
    if (x->json) {
        buf_str(x->out, ",\"text\":");
        explain_string(x->out, buf_cstr(&t));
    } else if (t.n) {
        buf_fmt(x->out, " “%s”", t.p);
    }
    buf_free(&t);
}

struct unit_line {
    const struct fo_node *node;
    size_t first;
    int32_t pieces;
    int64_t height;
    bool lines;
};

static void print_unit(const struct explain *x, const struct seq *s, const struct unit_line *u, bool first) {
    struct buf *b = x->out;
    if (x->json) {
        buf_str(b, first ? "{" : ",{");
        explain_node(x, u->node);
        buf_fmt(b, ",\"%s\":%d,\"height\":%lld", u->lines ? "lines" : "pieces", u->pieces, (long long)u->height);
        print_words(x, &s->v[u->first]);
        buf_char(b, '}');
        return;
    }
    buf_str(b, "    ");
    explain_node(x, u->node);
    buf_fmt(b, ": %d %s, ", u->pieces, explain_say(x, u->lines ? EX_LINES : EX_PIECES));
    print_pt(b, u->height);
    print_words(x, &s->v[u->first]);
    buf_char(b, '\n');
}

/* The blocks, rows and other objects of a part, in order; they are put into nodes,
 * how many there are is returned. */
static int print_units(const struct explain *x, const struct seq *s, const struct part *part, const struct fo_node *nodes[UNITS_MAX]) {
    struct unit_line u = {0};
    int count = 0;
    for (size_t i = part->from; i < part->to && i < s->n; i++) {
        const struct item *it = &s->v[i];
        if (!is_content(it)) continue;
        const struct fo_node *n = node_of(it);
        if (u.pieces && n != u.node) {
            nodes[count] = u.node;
            print_unit(x, s, &u, !count++);
            u.pieces = 0;
        }
        if (count >= UNITS_MAX) return count;
        if (!u.pieces && n && x->object) x->object(x->arg, n);
        if (!u.pieces) u = (struct unit_line){.node = n, .first = i, .lines = line_of(it->thing) != NULL};
        u.pieces++;
        u.height += it->w;
    }
    if (!u.pieces) return count;
    nodes[count] = u.node;
    print_unit(x, s, &u, !count++);
    return count;
}

static void print_left(const struct explain *x, int64_t left) {
    struct buf *b = x->out;
    if (x->json) {
        buf_fmt(b, "\"left\":%lld", (long long)left);
        return;
    }
    buf_fmt(b, "%s ", explain_say(x, left < 0 ? EX_OVERFLOWS : EX_LEFT));
    print_pt(b, left < 0 ? -left : left);
}

/* How much white more or less than now, and the cost. */
static void print_price(const struct explain *x, const struct place *p, const struct place *now) {
    struct buf *b = x->out;
    if (now && p->left >= 0 && p->left != now->left) {
        buf_str(b, " (");
        print_pt(b, p->left > now->left ? p->left - now->left : now->left - p->left);
        buf_fmt(b, " %s)", explain_say(x, p->left > now->left ? EX_MORE : EX_LESS));
    }
    if (!p->legal || p->rigid) return;
    buf_fmt(b, ", %s %.3g", explain_say(x, EX_COST), p->cost);
    if (now && !now->rigid && now->cost > 0 && p->cost >= 2 * now->cost) buf_fmt(b, " (%.3g × %s)", p->cost / now->cost, explain_say(x, EX_NOW));
}

static void print_place(const struct explain *x, const struct seq *s, const struct place *p, const struct place *now, bool first) {
    struct buf *b = x->out;
    if (x->json) {
        buf_str(b, first ? "{" : ",{");
        print_left(x, p->left);
        buf_fmt(b, ",\"allowed\":%s,\"reason\":\"%s\",\"value\":%d,\"cost\":%.6g,\"by\":{", p->legal ? "true" : "false", words[p->what].id,
                p->value, p->cost);
        explain_node(x, p->node);
        buf_str(b, "},\"before\":{");
        explain_node(x, node_of(&s->v[p->next]));
        print_words(x, &s->v[p->next]);
        buf_str(b, "}}");
        return;
    }
    buf_str(b, "    ");
    print_left(x, p->left);
    print_price(x, p, now);
    buf_fmt(b, ", %s", explain_say(x, p->what));
    if (p->what != EX_FREE && p->what != EX_WHOLE) {
        buf_fmt(b, " (%s", words[p->what].id);
        if (p->value) buf_fmt(b, "=%d", p->value);
        buf_str(b, ", ");
        explain_node(x, p->node);
        buf_char(b, ')');
    }
    buf_fmt(b, "; %s ", explain_say(x, EX_BEFORE));
    explain_node(x, node_of(&s->v[p->next]));
    print_words(x, &s->v[p->next]);
    buf_char(b, '\n');
}

static bool breaks(const struct fo_node *n, enum fo_prop p) {
    return n && n->style && break_of(n, p) != BREAK_NONE;
}

/* Who asks for a forced break: the last that ends before it, or the first that
 * begins after it. */
static const struct fo_node *forcer(const struct seq *s, size_t at) {
    const struct item *it = &s->v[at];
    const struct run *r = it->thing && thing_is_run(it->thing) ? (const struct run *)it->thing : NULL;
    for (uint32_t i = 0; r && i < r->part[RUN_BEFORE].count; i++) {
        const struct mark *m = &r->part[RUN_BEFORE].marks[i];
        if (m->kind == MARK_CLOSE && breaks(m->blk->node, P_BREAK_AFTER)) return m->blk->node;
    }
    for (size_t i = at + 1; i < s->n; i++) {
        const struct item *k = &s->v[i];
        for (const struct blk *b = k->blk; is_content(k) && b; b = b->parent)
            if (breaks(b->node, P_BREAK_BEFORE)) return b->node;
        if (is_content(k)) break;
    }
    const struct item *last = at ? &s->v[at - 1] : NULL;
    for (const struct blk *b = last ? last->blk : NULL; b; b = b->parent)
        if (breaks(b->node, P_BREAK_AFTER)) return b->node;
    return NULL;
}

/* How the part ends, and who asks for it. */
static enum explain_id ending(const struct page_sequence *ps, const struct seq *s, const struct part *part, const struct place *places,
                              int n, int chosen, const struct fo_node **who) {
    *who = NULL;
    const struct item *at = part->to < s->n ? &s->v[part->to] : NULL;
    bool forced = at && at->kind == ITEM_PENALTY && at->penalty <= -PENALTY_INFINITE;
    if (!at || at->end_of_flow) return EX_FLOW_ENDS;
    if (forced && at->cut) return EX_FLOAT;
    if (forced && at->next_span != SPAN_SAME && at->break_class == BREAK_NONE) return EX_SPAN;
    if (forced) {
        *who = forcer(s, part->to);
        return EX_FORCED;
    }
    if (part->overflow > 0) return EX_TOO_TALL;
    if (ps->explaining_balance) return EX_BALANCED;
    for (int i = chosen + 1; i < n; i++) {
        if (places[i].left < 0) return i == chosen + 1 ? EX_FULL : EX_BARRED;
        if (places[i].legal) return EX_CHEAPER;
    }
    return chosen + 1 < n ? EX_BARRED : EX_FULL;
}

static void print_spaces(const struct explain *x, const struct seq *s, size_t at) {
    struct buf *b = x->out;
    const struct item *it = at < s->n ? &s->v[at] : NULL;
    if (!it || !it->thing || !thing_is_run(it->thing)) return;
    const struct run *r = (const struct run *)it->thing;
    int64_t v[RUN_CASES];
    for (int c = 0; c < RUN_CASES; c++) v[c] = r->part[c].sum.opt;
    if (x->json) {
        buf_fmt(b, ",\"spaces\":{\"before\":%lld,\"after\":%lld,\"unbroken\":%lld}", (long long)v[RUN_BEFORE], (long long)v[RUN_AFTER],
                (long long)v[RUN_NONE]);
        return;
    }
    buf_fmt(b, "  %s: ", explain_say(x, EX_SPACES));
    print_pt(b, v[RUN_BEFORE]);
    buf_str(b, ", ");
    print_pt(b, v[RUN_AFTER]);
    buf_str(b, ", ");
    print_pt(b, v[RUN_NONE]);
    buf_char(b, '\n');
}

static void print_head(struct page_sequence *ps, const struct explain *x) {
    const struct area_page *a = ps->page->area;
    struct buf *b = x->out;
    if (x->json) {
        buf_fmt(b, "{\"page\":%d,\"number\":", a->index + 1);
        explain_string(b, a->label);
        buf_str(b, ",\"master\":");
        explain_string(b, a->master);
        buf_fmt(b, ",\"blank\":%s,\"parts\":[", a->blank ? "true" : "false");
        return;
    }
    buf_fmt(b, "%s %d (%s %s, %s %s)\n", explain_say(x, EX_PAGE), a->index + 1, explain_say(x, EX_NUMBER), a->label,
            explain_say(x, EX_MASTER), a->master ? a->master : "");
    if (a->blank) buf_fmt(b, "  %s\n", explain_say(x, EX_BLANK));
}

static void print_part_head(struct page_sequence *ps, const struct explain *x, int64_t room, int64_t notes, int64_t left) {
    struct buf *b = x->out;
    if (x->json) {
        buf_fmt(b, "%s{\"column\":%d,\"columns\":%d,\"room\":%lld,\"notes\":%lld,", ps->explained_parts ? "," : "", ps->column + 1,
                ps->columns, (long long)room, (long long)notes);
        print_left(x, left);
        buf_str(b, ",\"objects\":[");
        return;
    }
    buf_fmt(b, "  %s %d/%d: %s ", explain_say(x, EX_COLUMN), ps->column + 1, ps->columns, explain_say(x, EX_ROOM));
    print_pt(b, room);
    if (notes) {
        buf_fmt(b, ", %s ", explain_say(x, EX_NOTES));
        print_pt(b, notes);
    }
    buf_str(b, ", ");
    print_left(x, left);
    buf_char(b, '\n');
}

static void print_end(const struct explain *x, const struct seq *s, const struct place *chosen, enum explain_id end, const struct fo_node *who) {
    struct buf *b = x->out;
    if (x->json) {
        buf_fmt(b, "],\"end\":\"%s\",\"by\":{", words[end].id);
        explain_node(x, who);
        buf_str(b, "},\"before\":{");
        if (chosen) {
            explain_node(x, node_of(&s->v[chosen->next]));
            print_words(x, &s->v[chosen->next]);
        }
        buf_char(b, '}');
        return;
    }
    buf_fmt(b, "  %s", explain_say(x, chosen ? EX_ENDS : EX_ENDS_LAST));
    if (chosen) {
        buf_char(b, ' ');
        explain_node(x, node_of(&s->v[chosen->next]));
        print_words(x, &s->v[chosen->next]);
    }
    buf_fmt(b, ": %s", explain_say(x, end));
    if (who) {
        buf_str(b, " (");
        explain_node(x, who);
        buf_char(b, ')');
    }
    buf_char(b, '\n');
}

/* Both pages of a spread are told together. */
static bool asked(const struct page_sequence *ps) {
    const struct explain *x = ps->l->options->explain;
    if (!x || !ps->page) return false;
    if (ps->page->area->index + 1 == x->page) return true;
    return ps->facing && ps->recto.page && ps->recto.page->area->index + 1 == x->page;
}

void explain_part(struct page_sequence *ps, const struct seq *s, const struct part *part) {
    if (!asked(ps)) return;
    const struct explain *x = ps->l->options->explain;
    struct place places[2 * NEAR + 1];
    int n = 0, chosen = -1;
    struct region *r = page_body(ps);
    int64_t all = (r->node ? r->height : 0) - (int64_t)ps->span_y, notes = page_notes_extent(ps);
    struct scan k = {.s = s, .part = part, .room = all - notes};
    find_places(&k, places, &n, &chosen);
    int64_t left = all - notes - seq_extent(s, part->from, part->to);
    print_part_head(ps, x, all, notes, left);
    const struct fo_node *nodes[UNITS_MAX];
    int count = print_units(x, s, part, nodes);
    const struct fo_node *who;
    enum explain_id end = ending(ps, s, part, places, n, chosen, &who);
    print_end(x, s, chosen >= 0 ? &places[chosen] : NULL, end, who);
    print_spaces(x, s, part->to);
    if (x->json) buf_str(x->out, ",\"places\":[");
    else if (n > (chosen >= 0)) buf_fmt(x->out, "  %s:\n", explain_say(x, EX_PLACES));
    bool first = true;
    for (int i = 0; i < n; i++) {
        if (i == chosen) continue;
        print_place(x, s, &places[i], chosen >= 0 ? &places[chosen] : NULL, first);
        first = false;
    }
    if (x->json) buf_char(x->out, ']');
    explain_styles(x, nodes, count);
    if (x->json) buf_char(x->out, '}');
    ps->explained_parts++;
}

void explain_begin(struct page_sequence *ps) {
    if (!asked(ps)) return;
    ps->explained_parts = 0;
    const struct explain *x = ps->l->options->explain;
    buf_clear(x->out); /* of a round before, or another master's */
    if (x->object) x->object(x->arg, NULL);
    print_head(ps, x);
}

void explain_end(struct page_sequence *ps) {
    if (asked(ps) && ps->l->options->explain->json) buf_str(ps->l->options->explain->out, "]}\n");
}

void explain_finish(const struct explain *x, int32_t pages) {
    if (x->out->n) return;
    if (x->json) buf_fmt(x->out, "{\"page\":%d,\"pages\":%d}\n", x->page, pages);
    else buf_fmt(x->out, "%s %d: %s (%d)\n", explain_say(x, EX_PAGE), x->page, explain_say(x, EX_NO_PAGE), pages);
}
