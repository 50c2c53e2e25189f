/* A quiz: questions, each with what is to be chosen, judged, matched or filled in,
 * and perhaps a word why.
 *
 * A question's type is the one its class says ({.several}), else that of the quiz
 * (type=several), else what its form tells:
 *   a table of two columns                         match
 *   two choices that are the words true and false  true-false
 *   gaps (____) and every box marked [x]           fill: the n-th [x] fills the n-th gap
 *   more than one [x]                              several
 *   one [x]                                        single */
#include "source/markdown.h"

enum quiz_type { QUIZ_OPEN, QUIZ_SINGLE, QUIZ_SEVERAL, QUIZ_TRUE_FALSE, QUIZ_MATCH, QUIZ_FILL };

static const char *const type_names[] = {"", "single", "several", "true-false", "match", "fill"};
enum { TYPES = sizeof type_names / sizeof *type_names };

struct quiz {
    struct md *md;
    xmlNode *quiz;
    enum quiz_type asked; /* for all questions */
    /* the item at hand */
    xmlNode *item, *question, *list, *table, *explain;
    size_t number;
    bool closed; /* its choices are there: what follows begins another */
};

static xmlNode *add(struct quiz *q, xmlNode *parent, const char *name, xmlNode *at) {
    xmlNode *e = source_element(q->md->build, parent, name);
    if (at) source_set_at(q->md->build, e, source_place(at));
    return e;
}

static void move_children(xmlNode *from, xmlNode *to) {
    for (xmlNode *c = from->children; c; c = from->children) {
        xmlUnlinkNode(c);
        xmlAddChild(to, c);
    }
}

static void drop(xmlNode *node) {
    if (!node) return;
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static bool is_list(const xmlNode *n) {
    return source_is(n, "ul") || source_is(n, "ol");
}

static bool has_boxes(const xmlNode *list) {
    if (!is_list(list)) return false;
    for (xmlNode *li = list->children; li; li = li->next)
        if (xmlHasNsProp(li, BAD_CAST "checked", NULL)) return true;
    return false;
}

static bool is_marked(xmlNode *li) {
    xmlChar *checked = xmlGetNoNsProp(li, BAD_CAST "checked");
    bool yes = checked && strcmp((char *)checked, "true") == 0;
    xmlFree(checked);
    return yes;
}

static int boxes(const xmlNode *list, bool marked_only) {
    int n = 0;
    for (xmlNode *li = list ? list->children : NULL; li; li = li->next) n += !marked_only || is_marked(li);
    return n;
}

/* ---- gaps ---- */

/* Bytes of a gap at s: three low lines or more, or two ellipses or more. */
static size_t gap_here(const char *s) {
    size_t n = strspn(s, "_"), k = 0;
    if (n >= 3) return n;
    while (strncmp(s + k, "\xE2\x80\xA6", 3) == 0) k += 3;
    return k >= 6 ? k : 0;
}

static const char *find_gap(const char *s, size_t *n) {
    for (; s && *s; s++)
        if ((*n = gap_here(s)) != 0) return s;
    return NULL;
}

/* Makes the first gap of a text an element before it, with what stands before that. */
static void cut_gap(struct quiz *q, xmlNode *text, const char *hit, size_t n) {
    const char *s = (const char *)text->content;
    xmlNode *gap = source_element(q->md->build, NULL, "gap");
    xmlAddPrevSibling(text, gap);
    if (hit > s) xmlAddPrevSibling(gap, xmlNewTextLen(BAD_CAST s, (int)(hit - s)));
    xmlChar *rest = xmlStrdup(BAD_CAST(hit + n));
    xmlNodeSetContent(text, NULL);
    xmlNodeAddContent(text, rest);
    xmlFree(rest);
}

/* The gaps below a node; with a quiz they become elements. */
static int gaps(struct quiz *make, xmlNode *node) {
    int found = 0;
    for (xmlNode *c = node->children, *next; c; c = next) {
        next = c->next;
        if (c->type == XML_ELEMENT_NODE) found += gaps(make, c);
        if (c->type != XML_TEXT_NODE) continue;
        size_t n = 0;
        const char *s = (const char *)c->content;
        for (const char *hit = find_gap(s, &n); hit; hit = find_gap(s, &n), found++) {
            s = hit + n;
            if (!make) continue;
            cut_gap(make, c, hit, n);
            s = (const char *)c->content;
        }
        if (make && (!c->content || !*c->content)) drop(c);
    }
    return found;
}

/* ---- types ---- */

static enum quiz_type type_named(const char *s, size_t n) {
    for (int i = 1; i < TYPES; i++)
        if (strlen(type_names[i]) == n && strncmp(type_names[i], s, n) == 0) return (enum quiz_type)i;
    return QUIZ_OPEN;
}

/* A class of a question's paragraph that names a type; it is taken off. */
static enum quiz_type class_type(xmlNode *question) {
    enum quiz_type type = QUIZ_OPEN;
    for (xmlNode *p = question->children; p; p = p->next) {
        xmlChar *class = xmlGetNoNsProp(p, BAD_CAST "class");
        struct buf rest = {0};
        for (const char *s = class ? (const char *)class : ""; *s;) {
            size_t n = strcspn(s, " ");
            enum quiz_type named = type_named(s, n);
            if (named) type = named;
            else {
                if (rest.n) buf_char(&rest, ' ');
                buf_put(&rest, s, n);
            }
            s += n + (s[n] == ' ');
        }
        if (class) {
            xmlUnsetProp(p, BAD_CAST "class");
            if (rest.n) source_set(p, "class", buf_cstr(&rest));
        }
        buf_free(&rest);
        xmlFree(class);
    }
    return type;
}

/* 1: the word for true, 0: for false, -1: another. */
static int truth_of(xmlNode *li) {
    static const char *const words[][2] = {{"False", "True"}, {"Sai", "Đúng"}, {"ຜິດ", "ຖືກ"}};
    xmlChar *s = xmlNodeGetContent(li);
    int is = -1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int k = 0; k < 2; k++)
            if (strcmp((char *)s, words[i][k]) == 0) is = k;
    xmlFree(s);
    return is;
}

static bool is_truth_pair(const xmlNode *list) {
    if (boxes(list, false) != 2) return false;
    int a = truth_of(list->children), b = truth_of(list->last);
    return a >= 0 && b >= 0 && a != b;
}

static enum quiz_type infer(const struct quiz *q) {
    if (!q->list) return q->table ? QUIZ_MATCH : QUIZ_SINGLE;
    if (is_truth_pair(q->list)) return QUIZ_TRUE_FALSE;
    int right = boxes(q->list, true);
    if (gaps(NULL, q->question) && right == boxes(q->list, false)) return QUIZ_FILL;
    return right > 1 ? QUIZ_SEVERAL : QUIZ_SINGLE;
}

/* ---- the parts of an item ---- */

static void fault(struct quiz *q, xmlNode *at, enum diag_id what) {
    diag_add(q->md->diags, what, source_place(at));
}

static void add_choices(struct quiz *q) {
    for (xmlNode *li = q->list->children; li; li = li->next) {
        xmlNode *choice = add(q, q->item, "choice", li);
        source_set(choice, "right", is_marked(li) ? "true" : "false");
        move_children(li, choice);
    }
}

static void build_choices(struct quiz *q, enum quiz_type type) {
    if (!q->list) {
        fault(q, q->item, DIAG_QUIZ_NO_CHOICES);
        return;
    }
    if (!q->question->children) fault(q, q->list, DIAG_QUIZ_NO_QUESTION);
    int right = boxes(q->list, true);
    if (!right) fault(q, q->list, DIAG_QUIZ_NO_RIGHT);
    if (right > 1 && type == QUIZ_SINGLE)
        diag_add(q->md->diags, DIAG_QUIZ_MANY_RIGHT, source_place(q->list), right);
    add_choices(q);
}

/* Statements, each true or false.  A question with the choices True and False is one. */
static void build_statements(struct quiz *q) {
    if (!q->list) {
        fault(q, q->item, DIAG_QUIZ_NO_CHOICES);
    } else if (!is_truth_pair(q->list)) {
        add_choices(q);
    } else {
        int right = boxes(q->list, true);
        if (!q->question->children) fault(q, q->list, DIAG_QUIZ_NO_QUESTION);
        if (!right) fault(q, q->list, DIAG_QUIZ_NO_RIGHT);
        if (right > 1) diag_add(q->md->diags, DIAG_QUIZ_MANY_RIGHT, source_place(q->list), right);
        xmlNode *choice = add(q, q->item, "choice", q->question), *first = q->list->children;
        source_set(choice, "right", is_marked(first) == (truth_of(first) == 1) ? "true" : "false");
        move_children(q->question, choice);
    }
}

/* An order of n things that tells nothing: the same for every language, as it depends
 * on the question's number alone.  With two or more it is not 1, 2, 3 ... */
static void mix(size_t *order, size_t n, size_t number) {
    uint32_t seed = (uint32_t)(number * 7919 + n * 104729 + 12345);
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = n; i > 1; i--) {
        seed = seed * 1664525u + 1013904223u;
        size_t k = (seed >> 16) % i, t = order[i - 1];
        order[i - 1] = order[k];
        order[k] = t;
    }
    bool same = n > 1;
    for (size_t i = 0; i < n; i++) same = same && order[i] == i;
    for (size_t i = 0; same && i + 1 < n; i++) {
        order[i] = i + 1;
        order[i + 1] = 0;
    }
}

/* The rows of a table's body; false when a row is not two full cells. */
static size_t read_pairs(struct quiz *q, xmlNode *table, xmlNode **rows, bool *good) {
    size_t n = 0;
    for (xmlNode *part = table->children; part; part = part->next) {
        if (!source_is(part, "tbody")) continue;
        for (xmlNode *tr = part->children; tr; tr = tr->next, n++) {
            xmlNode *left = tr->children, *right = left ? left->next : NULL;
            if (rows) rows[n] = tr;
            if (!rows || !right || !left->children == !right->children) continue;
            fault(q, left->children ? left : right, DIAG_QUIZ_UNEVEN);
            *good = false;
        }
    }
    return n;
}

static void check_distinct(struct quiz *q, xmlNode **rows, size_t n) {
    struct map *seen = map_new();
    for (size_t i = 0; i < n; i++) {
        xmlNode *right = rows[i]->children->next;
        xmlChar *s = xmlNodeGetContent(right);
        struct map_entry *known = map_get(seen, s, strlen((char *)s));
        if (known->value.num++ && *s) diag_add(q->md->diags, DIAG_QUIZ_SAME_ANSWER, source_place(right), (char *)s);
        xmlFree(s);
    }
    map_drop(seen);
}

/* Places would tell which row an answer came from. */
static void drop_places(struct quiz *q, xmlNode *node) {
    xmlUnsetNsProp(node, q->md->build->src, BAD_CAST "at");
    for (xmlNode *c = node->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE) drop_places(q, c);
}

static void set_heads(struct quiz *q, xmlNode *table) {
    for (xmlNode *part = table->children; part; part = part->next) {
        if (!source_is(part, "thead")) continue;
        xmlNode *th = part->children->children;
        xmlChar *left = xmlNodeGetContent(th), *right = xmlNodeGetContent(th->next);
        if (*left) source_set(q->item, "left", (char *)left);
        if (*right) source_set(q->item, "right", (char *)right);
        xmlFree(left);
        xmlFree(right);
    }
}

static size_t columns(const xmlNode *table) {
    size_t n = 0;
    for (xmlNode *c = table->children; c; c = c->next) n += source_is(c, "col");
    return n;
}

static void build_match(struct quiz *q) {
    if (!q->table || columns(q->table) != 2) {
        fault(q, q->table ? q->table : q->item, DIAG_QUIZ_NO_TABLE);
        return;
    }
    bool good = true;
    size_t n = read_pairs(q, q->table, NULL, &good);
    if (n < 2) {
        fault(q, q->table, DIAG_QUIZ_FEW_PAIRS);
        return;
    }
    xmlNode **rows = ARENA_ARRAY(q->md->arena, xmlNode *, n);
    size_t *order = ARENA_ARRAY(q->md->arena, size_t, n), *place = ARENA_ARRAY(q->md->arena, size_t, n);
    read_pairs(q, q->table, rows, &good);
    check_distinct(q, rows, n);
    set_heads(q, q->table);
    mix(order, n, q->number);
    for (size_t i = 0; i < n; i++) place[order[i]] = i + 1;
    for (size_t i = 0; i < n; i++) {
        xmlNode *left = add(q, q->item, "left", rows[i]);
        source_set_int(left, "answer", (long)place[i]);
        move_children(rows[i]->children, left);
    }
    for (size_t i = 0; i < n; i++) {
        xmlNode *right = add(q, q->item, "right", NULL);
        move_children(rows[order[i]]->children->next, right);
        drop_places(q, right);
    }
}

static void build_fill(struct quiz *q) {
    int open = gaps(q, q->question), right = boxes(q->list, true);
    if (!open) fault(q, q->item, DIAG_QUIZ_NO_GAP);
    else if (open != right) diag_add(q->md->diags, DIAG_QUIZ_GAPS, source_place(q->list ? q->list : q->item), open, right);
    for (xmlNode *li = q->list ? q->list->children : NULL; li; li = li->next)
        if (is_marked(li)) move_children(li, add(q, q->item, "answer", li));
}

/* Makes the item's parts of what was gathered. */
static void finish(struct quiz *q) {
    if (!q->item) return;
    enum quiz_type type = class_type(q->question);
    if (!type) type = q->asked;
    if (!type) type = infer(q);
    source_set(q->item, "type", type_names[type]);
    if (q->table && type != QUIZ_MATCH) xmlAddChild(q->question, q->table);
    switch (type) {
    case QUIZ_TRUE_FALSE: build_statements(q); break;
    case QUIZ_MATCH: build_match(q); break;
    case QUIZ_FILL: build_fill(q); break;
    default: build_choices(q, type);
    }
    if (q->explain) xmlAddChild(q->item, q->explain);
    if (type == QUIZ_MATCH) drop(q->table);
    drop(q->list);
    q->item = q->question = q->list = q->table = q->explain = NULL;
    q->closed = false;
}

/* ---- gathering ---- */

/* The question of the item at hand, or of a new one. */
static xmlNode *question(struct quiz *q, xmlNode *at) {
    if (q->closed) finish(q);
    if (!q->item) {
        q->item = add(q, q->quiz, "item", at);
        q->question = add(q, q->item, "question", at);
        q->number++;
    }
    return q->question;
}

static void take_explain(struct quiz *q, xmlNode *quote) {
    q->explain = add(q, NULL, "explain", quote);
    move_children(quote, q->explain);
    xmlFreeNode(quote);
}

/* Statements with no question above: each is one of its own. */
static void add_lone_statements(struct quiz *q, xmlNode *list) {
    for (xmlNode *li = list->children, *next; li; li = next) {
        next = li->next;
        question(q, li);
        q->list = xmlCopyNode(list, 0);
        xmlUnlinkNode(li);
        xmlAddChild(q->list, li);
        if (source_is(li->last, "quote")) {
            xmlNode *quote = li->last;
            xmlUnlinkNode(quote);
            take_explain(q, quote);
        }
        finish(q);
    }
    xmlFreeNode(list);
}

static void add_block(struct quiz *q, xmlNode *node, const xmlNode *next) {
    bool open = q->item && !q->closed;
    if (has_boxes(node) && q->asked == QUIZ_TRUE_FALSE && !open) {
        add_lone_statements(q, node);
    } else if (has_boxes(node)) {
        question(q, node);
        q->list = node;
        q->closed = true;
    } else if (source_is(node, "table") && open && !q->table && !has_boxes(next)) {
        q->table = node;
        q->closed = true;
    } else if (source_is(node, "quote") && q->closed && !q->explain) {
        take_explain(q, node);
    } else {
        xmlAddChild(question(q, node), node);
    }
}

/* An ordered list whose items hold choices or a table: each item is a question. */
static bool is_question_list(const xmlNode *list) {
    if (!source_is(list, "ol")) return false;
    for (xmlNode *li = list->children; li; li = li->next)
        for (xmlNode *c = li->children; c; c = c->next)
            if (has_boxes(c) || source_is(c, "table")) return true;
    return false;
}

static void add_all(struct quiz *q, xmlNode *first) {
    for (xmlNode *node = first, *next; node; node = next) {
        next = node->next;
        xmlUnlinkNode(node);
        if (!is_question_list(node)) {
            add_block(q, node, next);
            continue;
        }
        for (xmlNode *li = node->children; li; li = li->next) {
            finish(q);
            xmlNode *inside = li->children;
            li->children = li->last = NULL;
            add_all(q, inside);
        }
        finish(q);
        xmlFreeNode(node);
    }
}

void md_quiz_shape(struct md *md, xmlNode *quiz) {
    struct quiz q = {.md = md, .quiz = quiz};
    xmlChar *type = xmlGetNoNsProp(quiz, BAD_CAST "type");
    if (type) q.asked = type_named((char *)type, strlen((char *)type));
    xmlFree(type);
    xmlUnsetProp(quiz, BAD_CAST "type");
    xmlNode *first = quiz->children;
    quiz->children = quiz->last = NULL;
    add_all(&q, first);
    finish(&q);
    if (!quiz->children) fault(&q, quiz, DIAG_QUIZ_EMPTY);
}
