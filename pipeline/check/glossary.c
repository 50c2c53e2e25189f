/* Names of glossary.xml: where one edition has a term, the other must have its
 * name in that language. */
#include "check/parts.h"

#include <unicode/uchar.h>

struct name {
    const char *lang, *text; /* as written */
    const char **forms;      /* lower case: the name, its short form and those of `also`; ended by NULL */
};

struct check_term {
    struct name *names;
    int count;
    struct check_term *next;
};

static const char *lower(struct check *c, const char *s) {
    struct buf b = {0};
    for (const char *end = s + strlen(s); s < end;) {
        char out[4];
        buf_put(&b, out, utf8_put(out, (uint32_t)u_tolower((UChar32)utf8_next(&s, end))));
    }
    const char *kept = arena_strdup(c->arena, buf_cstr(&b));
    buf_free(&b);
    return kept;
}

/* ---- the terms ---- */

static void add_form(struct check *c, struct name *n, int *count, const char *s, size_t length) {
    while (length && *s == ' ') s++, length--;
    while (length && s[length - 1] == ' ') length--;
    const char **more = ARENA_ARRAY(c->arena, const char *, *count + 2);
    if (*count) memcpy(more, n->forms, (size_t)*count * sizeof *more);
    if (length) more[(*count)++] = lower(c, arena_strndup(c->arena, s, length));
    n->forms = more;
}

static void read_name(struct check *c, struct name *n, xmlNode *node) {
    xmlChar *lang = xmlNodeGetLang(node), *text = xmlNodeGetContent(node);
    int count = 0;
    n->lang = arena_strdup(c->arena, lang ? (char *)lang : "");
    n->text = arena_strdup(c->arena, text ? (char *)text : "");
    add_form(c, n, &count, n->text, strlen(n->text));
    const char *abbreviation = check_attribute(c, node, "short"), *also = check_attribute(c, node, "also");
    if (abbreviation) add_form(c, n, &count, abbreviation, strlen(abbreviation));
    for (const char *s = also; s && *s; s += strspn(s, ";")) {
        size_t k = strcspn(s, ";");
        add_form(c, n, &count, s, k);
        s += k;
    }
    xmlFree(lang);
    xmlFree(text);
}

void check_terms_read(struct check *c, xmlNode *data) {
    struct check_term **end = &c->terms;
    for (xmlNode *n = data; n; n = check_next(n, data, true)) {
        if (!check_is(n, "term") || !check_is(n->parent, "glossary")) continue;
        struct check_term *t = ARENA_NEW(c->arena, struct check_term);
        for (xmlNode *k = n->children; k; k = k->next) t->count += check_is(k, "name");
        t->names = ARENA_ARRAY(c->arena, struct name, t->count + 1);
        t->count = 0;
        for (xmlNode *k = n->children; k; k = k->next)
            if (check_is(k, "name")) read_name(c, &t->names[t->count++], k);
        *end = t;
        end = &t->next;
    }
}

/* ---- finding them ---- */

static bool is_letter_before(const char *s, const char *begin) {
    if (s == begin) return false;
    const char *p = s - 1;
    while (p > begin && ((unsigned char)*p & 0xC0) == 0x80) p--;
    return u_isalnum((UChar32)utf8_next(&p, s));
}

static bool is_letter_at(const char *s) {
    const char *p = s;
    return *s && u_isalnum((UChar32)utf8_next(&p, s + strlen(s)));
}

/* Lao has no blanks between words: there any place will do. */
static const char *find_word(const char *text, const char *word, bool whole_end, const char *lang) {
    bool loose = strncmp(lang, "lo", 2) == 0;
    for (const char *s = text; (s = strstr(s, word)) != NULL; s++)
        if (loose || (!is_letter_before(s, text) && (!whole_end || !is_letter_at(s + strlen(word))))) return s;
    return NULL;
}

/* English words change at their end: "advise", "advising". */
static bool has_inflected(const char *text, const char *form, const char *lang) {
    char stem[64];
    for (const char *s = form; *s;) {
        size_t n = strcspn(s, " -"), keep = n > 6 ? n - 3 : n > 3 ? n - 1 : n;
        if (keep < sizeof stem) {
            snprintf(stem, sizeof stem, "%.*s", (int)keep, s);
            if (n && !find_word(text, stem, n <= 3, lang)) return false;
        }
        s += n + strspn(s + n, " -");
    }
    return true;
}

static const char *find_name(const char *text, const struct name *n, const char **form) {
    for (const char *const *f = n->forms; *f; f++) {
        const char *hit = find_word(text, *f, true, n->lang);
        if (hit) {
            *form = *f;
            return hit;
        }
    }
    return NULL;
}

static bool has_name(const char *text, const struct name *n) {
    const char *form;
    if (strncmp(n->lang, "en", 2) != 0) return find_name(text, n, &form) != NULL;
    for (const char *const *f = n->forms; *f; f++)
        if (has_inflected(text, *f, n->lang)) return true;
    return false;
}

static const struct name *name_in(const struct check_term *t, const char *lang) {
    for (int i = 0; i < t->count; i++)
        if (strcmp(t->names[i].lang, lang) == 0) return &t->names[i];
    return NULL;
}

/* The text with a blank around each element: cells and items are no one word. */
static void add_text(struct buf *out, const xmlNode *n) {
    if (n->type == XML_TEXT_NODE) buf_str(out, (const char *)n->content);
    bool parted = n->type == XML_ELEMENT_NODE && !check_is(n, "em") && !check_is(n, "strong") && !check_is(n, "term");
    if (parted) buf_char(out, ' ');
    for (const xmlNode *c = n->type == XML_ELEMENT_NODE ? n->children : NULL; c; c = c->next) add_text(out, c);
    if (parted) buf_char(out, ' ');
}

static const char *text_of(struct check *c, xmlNode *v) {
    struct buf b = {0};
    add_text(&b, v);
    const char *text = lower(c, buf_cstr(&b));
    buf_free(&b);
    return text;
}

void check_terms(struct check_pair *p, xmlNode *base, xmlNode *other) {
    struct check *c = p->check;
    if (!c->terms) return;
    const char *a = text_of(c, base), *b = text_of(c, other);
    for (const struct check_term *t = c->terms; t; t = t->next) {
        const struct name *from = name_in(t, p->base_lang), *to = name_in(t, p->lang);
        const char *form = NULL;
        if (!from || !to || !find_name(a, from, &form) || has_name(b, to)) continue;
        if (!check_tells(c, DIAG_EDITION_TERM)) continue;
        diag_add(c->diags, DIAG_EDITION_TERM, source_place(other), to->text, p->base_lang, from->text);
        diag_relate(c->diags, DIAG_EDITION_IS_HERE, check_place(c, source_place(base), form, 0), p->base_lang);
    }
}
