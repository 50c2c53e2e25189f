/* Versions of a quiz: questions and choices in another order.
 *
 * The order hangs on the seed printed on the sheet, the version's number, the
 * quiz's place in the edition and the question's number alone, so that a sheet
 * can be made again anywhere, and every language has the same order: each list
 * has a stream of numbers of its own, splitmix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014) begun with those four,
 * of which the upper 32 bits choose what Fisher and Yates's method asks for. */
#include "stages.h"

struct stream {
    uint64_t state;
};

static uint64_t next(struct stream *s) {
    uint64_t z = s->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static struct stream stream_of(int seed, int version, int quiz, int question) {
    struct stream s = {(uint64_t)seed};
    const int more[] = {version, quiz, question};
    for (size_t i = 0; i < 3; i++) s.state = next(&s) ^ (uint64_t)more[i];
    return s;
}

/* 0 to n - 1 */
static size_t draw(struct stream *s, size_t n) {
    return (size_t)(((next(s) >> 32) * n) >> 32);
}

static bool is_element(const xmlNode *n, const char *name) {
    return n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

static bool attribute_is(xmlNode *n, const char *name, const char *value) {
    xmlChar *v = xmlGetNoNsProp(n, (const xmlChar *)name);
    bool same = v && strcmp((const char *)v, value) == 0;
    xmlFree(v);
    return same;
}

static void set_number(xmlNode *node, const char *name, int value) {
    char text[16];
    snprintf(text, sizeof text, "%d", value);
    xmlSetProp(node, BAD_CAST name, BAD_CAST text);
}

struct nodes {
    xmlNode **v;
    size_t n, cap;
};

static void collect(struct nodes *out, xmlNode *parent, const char *name) {
    for (xmlNode *c = parent->children; c; c = c->next) {
        if (!is_element(c, name)) continue;
        out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
        out->v[out->n++] = c;
    }
}

/* Puts the first `n` of the nodes, which stand together, in another order. */
static void shuffle(struct nodes *nodes, size_t n, struct stream *s) {
    if (n < 2) return;
    xmlNode *before = nodes->v[0]->prev, *parent = nodes->v[0]->parent;
    for (size_t i = n - 1; i > 0; i--) {
        size_t j = draw(s, i + 1);
        xmlNode *held = nodes->v[i];
        nodes->v[i] = nodes->v[j];
        nodes->v[j] = held;
    }
    for (size_t i = 0; i < n; i++) {
        xmlUnlinkNode(nodes->v[i]);
        if (before) xmlAddNextSibling(before, nodes->v[i]);
        else if (parent->children) xmlAddPrevSibling(parent->children, nodes->v[i]);
        else xmlAddChild(parent, nodes->v[i]);
        before = nodes->v[i];
    }
}

/* ---- one quiz ---- */

struct quiz {
    xmlNode *node;
    int place; /* in its language, from 1 */
};

static bool is_pinned(xmlNode *quiz, const char *what) {
    return attribute_is(quiz, "pin", what) || attribute_is(quiz, "pin", "all");
}

/* pin="last": the last choice of each stays the last ("all of these"). */
static void shuffle_choices(xmlNode *quiz, xmlNode *item, struct stream *s) {
    struct nodes choices = {0};
    collect(&choices, item, "choice");
    size_t n = choices.n && attribute_is(quiz, "pin", "last") ? choices.n - 1 : choices.n;
    shuffle(&choices, n, s);
    mem_free(choices.v);
}

/* The answers on the right; those on the left name them by their place. */
static void shuffle_matches(xmlNode *item, struct stream *s) {
    struct nodes left = {0}, right = {0};
    collect(&left, item, "left");
    collect(&right, item, "right");
    for (size_t i = 0; i < right.n; i++) right.v[i]->_private = (void *)(intptr_t)(i + 1);
    shuffle(&right, right.n, s);
    for (size_t i = 0; i < left.n; i++) {
        xmlChar *old = xmlGetNoNsProp(left.v[i], BAD_CAST "answer");
        for (size_t j = 0; old && j < right.n; j++)
            if ((intptr_t)right.v[j]->_private == atoi((const char *)old)) {
                set_number(left.v[i], "answer", (int)j + 1);
                break;
            }
        xmlFree(old);
    }
    for (size_t i = 0; i < right.n; i++) right.v[i]->_private = NULL;
    mem_free(left.v);
    mem_free(right.v);
}

/* Its questions go to `items`, in the new order; version 0 is as written. */
static void shuffle_one(const struct quiz *q, int seed, int version, struct nodes *items) {
    collect(items, q->node, "item");
    if (!version) return;
    for (size_t i = 0; i < items->n && !is_pinned(q->node, "choices"); i++) {
        struct stream s = stream_of(seed, version, q->place, (int)i + 1);
        shuffle_choices(q->node, items->v[i], &s);
        shuffle_matches(items->v[i], &s);
    }
    struct stream s = stream_of(seed, version, q->place, 0);
    if (!is_pinned(q->node, "questions")) shuffle(items, items->n, &s);
}

/* ---- all of an edition ---- */

/* The quizzes of a language, in order. */
struct quizzes {
    struct quiz *v;
    size_t n, cap;
};

static void find_quizzes(struct quizzes *out, xmlNode *parent, const char *lang) {
    for (xmlNode *c = parent->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE) continue;
        if (is_element(c, "v")) {
            xmlChar *own = xmlNodeGetLang(c);
            bool other = own && strcmp((const char *)own, lang) != 0;
            xmlFree(own);
            if (other) continue;
        }
        if (is_element(c, "quiz")) {
            out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
            out->v[out->n] = (struct quiz){c, (int)out->n + 1};
            out->n++;
        } else {
            find_quizzes(out, c, lang);
        }
    }
}

static xmlNode *child_of(xmlNode *parent, const char *name) {
    for (xmlNode *c = parent->children; c; c = c->next)
        if (is_element(c, name)) return c;
    return NULL;
}

/* The quiz under `kit`, which stands between meta and body. */
static xmlNode *noted(xmlDoc *edition) {
    xmlNode *root = xmlDocGetRootElement(edition), *kit = child_of(root, "kit");
    if (!kit) kit = xmlAddNextSibling(child_of(root, "meta"), xmlNewDocNode(edition, root->ns, BAD_CAST "kit", NULL));
    xmlNode *quiz = child_of(kit, "quiz");
    return quiz ? quiz : xmlNewChild(kit, root->ns, BAD_CAST "quiz", NULL);
}

/* Calls use() for each language, "" when the edition names none. */
static void each_language(xmlDoc *edition, bool first_alone, void (*use)(void *arg, const char *lang), void *arg) {
    xmlChar *list = xmlGetNoNsProp(xmlDocGetRootElement(edition), BAD_CAST "languages");
    for (const char *s = (const char *)list; s && *s; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        char *lang = mem_strdup(s);
        lang[n] = 0;
        use(arg, lang);
        mem_free(lang);
        if (first_alone) break;
        s += n;
    }
    xmlFree(list);
}

struct versioning {
    xmlDoc *edition;
    int seed, version;
    xmlNode *key; /* where answers go, or NULL */
};

static void shuffle_language(void *arg, const char *lang) {
    struct versioning *v = arg;
    struct quizzes quizzes = {0};
    find_quizzes(&quizzes, child_of(xmlDocGetRootElement(v->edition), "body"), lang);
    for (size_t i = 0; i < quizzes.n; i++) {
        struct nodes items = {0};
        shuffle_one(&quizzes.v[i], v->seed, v->version, &items);
        mem_free(items.v);
    }
    mem_free(quizzes.v);
}

void shuffle_quiz(xmlDoc *edition, int seed, int version) {
    struct versioning v = {edition, seed, version, NULL};
    xmlNode *note = noted(edition);
    set_number(note, "seed", seed);
    set_number(note, "version", version);
    each_language(edition, false, shuffle_language, &v);
}

/* ---- the key ---- */

/* The letters of the right choices, in the order they now have, true or false of
 * each statement, or the letter for each number of a match: words. */
static void answer_of(struct buf *out, xmlNode *item) {
    bool statements = attribute_is(item, "type", "true-false");
    int nr = 0;
    for (xmlNode *c = item->children; c; c = c->next) {
        if (is_element(c, "choice")) {
            bool right = attribute_is(c, "right", "true");
            const char *between = out->n ? " " : "";
            if (statements) buf_fmt(out, "%s%s", between, right ? "true" : "false");
            else if (right) buf_fmt(out, "%s%c", between, 'A' + nr % 26);
            nr++;
        } else if (is_element(c, "left")) {
            xmlChar *answer = xmlGetNoNsProp(c, BAD_CAST "answer");
            buf_fmt(out, "%s%c", out->n ? " " : "", answer ? 'a' + (atoi((const char *)answer) + 25) % 26 : '-');
            xmlFree(answer);
        }
    }
}

static void answer_language(void *arg, const char *lang) {
    struct versioning *v = arg;
    struct quizzes quizzes = {0};
    find_quizzes(&quizzes, child_of(xmlDocGetRootElement(v->edition), "body"), lang);
    int before = 0; /* questions of the quizzes before */
    for (size_t i = 0; i < quizzes.n; i++) {
        struct nodes old = {0}, items = {0};
        collect(&old, quizzes.v[i].node, "item");
        for (size_t j = 0; j < old.n; j++) old.v[j]->_private = (void *)(intptr_t)(before + (int)j + 1); /* its number */
        shuffle_one(&quizzes.v[i], v->seed, v->version, &items);
        for (size_t j = 0; j < items.n; j++) {
            struct buf text = {0};
            answer_of(&text, items.v[j]);
            xmlNode *answer = xmlNewTextChild(v->key, v->key->ns, BAD_CAST "answer", BAD_CAST buf_cstr(&text));
            xmlChar *type = xmlGetNoNsProp(items.v[j], BAD_CAST "type");
            xmlSetProp(answer, BAD_CAST "type", type ? type : BAD_CAST "single");
            xmlFree(type);
            set_number(answer, "of", (int)(intptr_t)items.v[j]->_private);
            buf_free(&text);
        }
        before += (int)items.n;
        mem_free(old.v);
        mem_free(items.v);
    }
    mem_free(quizzes.v);
}

void shuffle_key(xmlDoc *edition, const struct kit_quiz *quiz) {
    xmlNode *note = noted(edition);
    set_number(note, "versions", quiz->versions);
    set_number(note, "seed", quiz->seed);
    for (int i = 0; i <= quiz->versions; i++) {
        xmlDoc *copy = xmlCopyDoc(edition, 1);
        struct versioning v = {copy, quiz->seed, i, xmlNewChild(note, note->ns, BAD_CAST "version", NULL)};
        set_number(v.key, "nr", i);
        each_language(edition, true, answer_language, &v);
        xmlFreeDoc(copy);
    }
}
