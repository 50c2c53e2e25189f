/* A quiz: questions, each with its choices and perhaps a word why. */
#include "source/markdown.h"

struct quiz {
    struct md *md;
    xmlNode *quiz, *item;
    bool chosen; /* the item has its choices */
};

static bool has_boxes(const xmlNode *list) {
    if (!source_is(list, "ul") && !source_is(list, "ol")) return false;
    for (xmlNode *li = list->children; li; li = li->next)
        if (xmlHasNsProp(li, BAD_CAST "checked", NULL)) return true;
    return false;
}

static void fault(struct md *md, xmlNode *at, const char *what) {
    diag_add(md->diags, DIAG_DIRECTIVE_SHAPE, source_place(at), "quiz", what);
}

static void move(xmlNode *node, xmlNode *to) {
    xmlUnlinkNode(node);
    xmlAddChild(to, node);
}

static void move_children(xmlNode *from, xmlNode *to) {
    while (from->children) move(from->children, to);
}

static xmlNode *part(struct quiz *q, const char *name, xmlNode *at) {
    xmlNode *e = source_element(q->md->build, q->item, name);
    source_set_at(q->md->build, e, source_place(at));
    return e;
}

/* The question of the item at hand, or of a new one. */
static xmlNode *question(struct quiz *q, xmlNode *at) {
    if (!q->item || q->chosen) {
        q->item = source_element(q->md->build, q->quiz, "item");
        source_set_at(q->md->build, q->item, source_place(at));
        q->chosen = false;
    }
    for (xmlNode *c = q->item->children; c; c = c->next)
        if (source_is(c, "question")) return c;
    return part(q, "question", at);
}

static void add_choices(struct quiz *q, xmlNode *list) {
    if (!question(q, list)->children) fault(q->md, list, "the choices have no question above them");
    bool right = false;
    for (xmlNode *li = list->children; li; li = li->next) {
        xmlNode *choice = part(q, "choice", li);
        xmlChar *checked = xmlGetNoNsProp(li, BAD_CAST "checked");
        bool is_right = checked && strcmp((char *)checked, "true") == 0;
        xmlFree(checked);
        source_set(choice, "right", is_right ? "true" : "false");
        right |= is_right;
        move_children(li, choice);
    }
    if (!right) fault(q->md, list, "no choice is marked [x]");
    q->chosen = true;
    xmlFreeNode(list);
}

/* After the choices a quotation says why. */
static bool explains(const struct quiz *q, const xmlNode *node) {
    return q->item && q->chosen && source_is(node, "quote") && !source_is(q->item->last, "explain");
}

static void add_block(struct quiz *q, xmlNode *node) {
    if (has_boxes(node)) {
        add_choices(q, node);
    } else if (explains(q, node)) {
        xmlNode *e = part(q, "explain", node);
        move_children(node, e);
        xmlFreeNode(node);
    } else {
        move(node, question(q, node));
    }
}

/* An ordered list whose items hold choices: each item is a question. */
static bool is_question_list(const xmlNode *list) {
    if (!source_is(list, "ol")) return false;
    for (xmlNode *li = list->children; li; li = li->next)
        for (xmlNode *c = li->children; c; c = c->next)
            if (has_boxes(c)) return true;
    return false;
}

static void check_end(struct quiz *q) {
    if (q->item && !q->chosen) fault(q->md, q->item, "the question has no choices ([ ] and [x])");
}

static void add_all(struct quiz *q, xmlNode *first) {
    for (xmlNode *node = first, *next; node; node = next) {
        next = node->next;
        xmlUnlinkNode(node);
        if (!is_question_list(node)) {
            add_block(q, node);
            continue;
        }
        for (xmlNode *li = node->children; li; li = li->next) {
            check_end(q);
            q->item = NULL;
            add_all(q, li->children);
        }
        xmlFreeNode(node);
    }
}

void md_quiz_shape(struct md *md, xmlNode *quiz) {
    struct quiz q = {.md = md, .quiz = quiz};
    xmlNode *first = quiz->children;
    quiz->children = quiz->last = NULL;
    add_all(&q, first);
    check_end(&q);
    if (!quiz->children) fault(md, quiz, "needs a question with choices ([ ] and [x])");
}
