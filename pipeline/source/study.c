/* What the smaller study directives make of their blocks: case, timeline, signature,
 * roll. */
#include "source/markdown.h"

static bool is_list(const xmlNode *n) {
    return source_is(n, "ul") || source_is(n, "ol");
}

static xmlNode *last_list(xmlNode *e) {
    xmlNode *n = e->last;
    while (n && !is_list(n)) n = n->prev;
    return n;
}

static void move_to(xmlNode *node, xmlNode *to) {
    xmlUnlinkNode(node);
    xmlAddChild(to, node);
}

static void move_children(xmlNode *from, xmlNode *to) {
    while (from->children) move_to(from->children, to);
}

static xmlNode *part(struct md *md, xmlNode *parent, const char *name, xmlNode *at) {
    xmlNode *e = source_element(md->build, parent, name);
    source_set_at(md->build, e, source_place(at));
    return e;
}

static void drop(xmlNode *n) {
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}

/* A situation, the list of questions on it, and perhaps a quotation: what the
 * facilitator should bring out. */
void md_case_shape(struct md *md, xmlNode *e) {
    xmlNode *list = last_list(e), *next;
    if (!list || list == e->children) {
        diag_add(md->diags, DIAG_CASE_NO_QUESTION, source_place(e));
        return;
    }
    xmlNode *situation = part(md, NULL, "situation", e->children), *after = list->next;
    while (e->children != list) move_to(e->children, situation);
    xmlAddPrevSibling(list, situation);
    for (xmlNode *li = list->children; li; li = li->next) {
        xmlNode *question = part(md, NULL, "question", li);
        xmlAddPrevSibling(list, question);
        move_children(li, question);
    }
    drop(list);
    for (; after; after = next) {
        next = after->next;
        if (source_is(after, "quote")) {
            move_children(after, part(md, e, "explain", after));
            drop(after);
        } else {
            diag_add(md->diags, DIAG_CASE_AFTER, source_place(after));
        }
    }
}

/* Cuts blanks, dashes and a colon off the front of an element's text. */
static void trim_front(xmlNode *e) {
    xmlNode *text = e->children;
    if (!text || text->type != XML_TEXT_NODE) return;
    const char *s = (const char *)text->content;
    size_t i = 0, n;
    do {
        i += n = strspn(s + i, " :-");
        if (strncmp(s + i, "\xE2\x80\x93", 3) == 0 || strncmp(s + i, "\xE2\x80\x94", 3) == 0) i += n = 3;
    } while (n);
    if (!i) return;
    xmlNode *rest = xmlNewText(BAD_CAST(s + i));
    xmlReplaceNode(text, rest);
    xmlFreeNode(text);
}

/* The paragraph of an item that begins in bold, or NULL. */
static xmlNode *bold_start(xmlNode *li) {
    xmlNode *p = li->children;
    return source_is(p, "p") && source_is(p->children, "strong") ? p : NULL;
}

void md_timeline_shape(struct md *md, xmlNode *e) {
    xmlNode *list = last_list(e);
    if (!list || list->next) {
        diag_add(md->diags, DIAG_TIMELINE_EMPTY, source_place(list && list->next ? list->next : e));
        return;
    }
    for (xmlNode *li = list->children; li; li = li->next) {
        xmlNode *p = bold_start(li);
        if (!p) {
            diag_add(md->diags, DIAG_TIMELINE_NO_TIME, source_place(li));
            continue;
        }
        xmlNode *event = part(md, NULL, "event", li);
        xmlAddPrevSibling(list, event);
        xmlNode *strong = p->children, *when = part(md, event, "when", li);
        move_children(strong, when);
        drop(strong);
        trim_front(p);
        xmlNode *what = part(md, event, "what", li);
        if (!p->children) drop(p);
        move_children(li, what);
    }
    drop(list);
}

void md_signature_shape(struct md *md, xmlNode *e) {
    xmlNode *list = last_list(e);
    if (!list || list->next) {
        diag_add(md->diags, DIAG_SIGNATURE_EMPTY, source_place(list && list->next ? list->next : e));
        return;
    }
    for (xmlNode *li = list->children; li; li = li->next) {
        xmlNode *p = bold_start(li);
        if (!p) {
            diag_add(md->diags, DIAG_SIGNATURE_NO_POST, source_place(li));
            continue;
        }
        xmlNode *signer = part(md, NULL, "signer", li), *strong = p->children;
        xmlAddPrevSibling(list, signer);
        move_children(strong, part(md, signer, "post", li));
        drop(strong);
        trim_front(p);
        move_children(p, part(md, signer, "name", li));
    }
    drop(list);
}

/* A list in it is the names; what stands before goes before the table. */
void md_roll_shape(struct md *md, xmlNode *e) {
    xmlNode *list = last_list(e);
    if (!list || list->next) return;
    for (xmlNode *li = list->children; li; li = li->next) {
        xmlNode *person = part(md, NULL, "person", li), *p = li->children;
        xmlAddPrevSibling(list, person);
        if (source_is(p, "p")) move_children(p, person);
    }
    drop(list);
}
