/* Quotes and dashes as Vietnamese, English and Lao print them: “ ” and – with
 * blanks around, or without in a range. */
#include "check/parts.h"

/* A text with what is wrong at a place in it. */
struct page_text {
    struct check *check;
    struct buf text; /* code as blanks */
    struct pos from;
};

static bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

static bool is_word(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || is_figure(c) || (unsigned char)c >= 0x80;
}

static void tell(struct page_text *t, size_t at, size_t n, enum diag_id id) {
    struct check *c = t->check;
    if (!check_tells(c, id)) return;
    char mark[16];
    snprintf(mark, sizeof mark, "%.*s", (int)n, t->text.p + at);
    int nth = 0;
    for (const char *s = t->text.p; (s = strstr(s, mark)) != NULL && s < t->text.p + at; s += n) nth++;
    diag_add(c->diags, id, check_place(c, t->from, mark, nth), mark);
    diag_span(c->diags, (int)n);
}

/* "3-5%": a hyphen where a dash belongs; not in 5-2-2020 or 05-NQ. */
static bool is_hyphen_range(const char *s, size_t i) {
    size_t k = i + 1, j = i;
    while (is_figure(s[k])) k++;
    while (j > 0 && is_figure(s[j - 1])) j--;
    bool figures = k > i + 1 && j < i, alone = j == 0 || !(is_word(s[j - 1]) || strchr("-/.,", s[j - 1]));
    return figures && alone && (s[k] == '%' || (s[k] == ' ' && s[k + 1] == '%'));
}

static void scan(struct page_text *t) {
    const char *s = buf_cstr(&t->text);
    for (size_t i = 0; i < t->text.n; i++) {
        char before = i ? s[i - 1] : ' ', after = s[i + 1] ? s[i + 1] : ' ';
        switch (s[i]) {
        case '"': tell(t, i, 1, DIAG_STRAIGHT_QUOTE); break;
        case '\'':
            if (is_word(before) || is_word(after)) tell(t, i, 1, DIAG_STRAIGHT_QUOTE);
            break;
        case '-':
            if (after == '-' && before != '-') tell(t, i, 2, DIAG_HYPHEN_DASH);
            else if (before != '-' && i > 1 && is_blank(before) && is_blank(after) && is_word(s[i - 2]))
                tell(t, i, 1, DIAG_HYPHEN_DASH);
            else if (is_hyphen_range(s, i)) tell(t, i, 1, DIAG_HYPHEN_DASH);
            break;
        case ',':
        case ';':
        case '?':
        case '!':
            if (is_blank(before) && i > 1 && is_word(s[i - 2])) tell(t, i, 1, DIAG_BLANK_BEFORE);
            break;
        case '\xC2': /* « » */
            if (after == '\xAB' || after == '\xBB') tell(t, i, 2, DIAG_FOREIGN_QUOTE);
            break;
        case '\xE2': /* „ */
            if (after == '\x80' && s[i + 2] == '\x9E') tell(t, i, 3, DIAG_FOREIGN_QUOTE);
            break;
        default: break;
        }
    }
}

/* “ without ”, or the other way round. */
static void balance(struct page_text *t) {
    int open = 0;
    size_t last = 0;
    const char *s = buf_cstr(&t->text);
    for (size_t i = 0; i + 2 < t->text.n; i++) {
        if (strncmp(s + i, "\xE2\x80", 2) != 0) continue;
        if (s[i + 2] == '\x9C' && open++ == 0) last = i;
        if (s[i + 2] == '\x9D' && --open < 0) {
            last = i;
            break;
        }
    }
    if (open) tell(t, last, 3, DIAG_QUOTE_ALONE);
}

static void add_text(struct page_text *t, const xmlNode *n) {
    for (const xmlNode *c = n->children; c; c = c->next) {
        bool skipped = check_is(c, "code") || check_is(c, "note") || check_is(c, "img") || check_is(c, "cite");
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) buf_str(&t->text, (const char *)c->content);
        else if (check_is(c, "br")) buf_char(&t->text, ' ');
        else if (c->type == XML_ELEMENT_NODE && skipped) buf_str(&t->text, "\xE2\x81\xA0"); /* it is a word */
        else if (c->type == XML_ELEMENT_NODE) add_text(t, c);
    }
}

/* Elements that hold inlines. */
static bool is_leaf(const xmlNode *n) {
    static const char *const leaves[] = {"p", "th", "td", "v"};
    bool is = false;
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) is |= check_is(n, leaves[i]);
    for (const xmlNode *c = n->children; is && c; c = c->next)
        if (c->type == XML_TEXT_NODE && ((const char *)c->content)[strspn((const char *)c->content, " \n")]) return true;
    return false;
}

void check_typography(struct check *c, xmlNode *v) {
    xmlChar *lang = xmlNodeGetLang(v);
    bool vietnamese = lang && strcmp((const char *)lang, "vi") == 0;
    xmlFree(lang);
    for (xmlNode *n = v; n; n = check_next(n, v, true)) {
        if (!is_leaf(n)) continue;
        struct page_text t = {.check = c, .from = source_place(n)};
        add_text(&t, n);
        scan(&t);
        balance(&t);
        if (vietnamese) check_spelling(c, buf_cstr(&t.text), t.from);
        buf_free(&t.text);
    }
}
