/* {#id .class width=60%} at the end of a block, and key=value of a fence. */
#include "source/markdown.h"

/* One word of the braces; false when it is none. */
static bool take_word(struct md *md, const char *s, size_t n, struct md_attributes *out) {
    const char *word = arena_strndup(md->arena, s + 1, n - 1);
    if (s[0] == '#' && !out->id && source_is_ncname(word)) {
        out->id = word;
        return true;
    }
    if (s[0] == '.' && source_is_ncname(word)) {
        struct buf b = {0};
        if (out->class) buf_fmt(&b, "%s ", out->class);
        buf_str(&b, word);
        out->class = arena_strdup(md->arena, b.p);
        buf_free(&b);
        return true;
    }
    if (n > 6 && strncmp(s, "width=", 6) == 0 && source_is_digit(s[6])) {
        out->width = word + 5;
        return true;
    }
    return false;
}

static bool take_words(struct md *md, const char *s, size_t n, struct md_attributes *out) {
    for (size_t i = 0; i < n;) {
        size_t k = strcspn(s + i, " ");
        if (k > n - i) k = n - i;
        if (k && !take_word(md, s + i, k, out)) return false;
        i += k + strspn(s + i + k, " ");
    }
    return true;
}

static xmlNode *last_text(xmlNode *element) {
    xmlNode *last = element->last;
    return last && last->type == XML_TEXT_NODE ? last : NULL;
}

bool md_attributes_take(struct md *md, xmlNode *element, struct md_attributes *out) {
    xmlNode *last = last_text(element);
    const char *s = last ? (const char *)last->content : "";
    size_t n = strlen(s);
    while (n && s[n - 1] == ' ') n--;
    const char *open = n && s[n - 1] == '}' ? memrchr(s, '{', n) : NULL;
    if (!open || !(open[1] == '#' || open[1] == '.' || strncmp(open + 1, "width=", 6) == 0)) return false;
    if (open > s && open[-1] != ' ') return false;
    size_t k = (size_t)(s + n - open);
    *out = (struct md_attributes){0};
    if (!take_words(md, open + 1, k - 2, out)) {
        diag_add(md->diags, DIAG_BAD_ATTRIBUTES, source_place(element), arena_strndup(md->arena, open, k));
        *out = (struct md_attributes){0};
        return false;
    }
    size_t keep = (size_t)(open - s);
    while (keep && s[keep - 1] == ' ') keep--;
    char *rest = arena_strndup(md->arena, s, keep);
    if (keep) {
        xmlNodeSetContent(last, NULL);
        xmlNodeAddContent(last, BAD_CAST rest);
    } else {
        xmlUnlinkNode(last);
        xmlFreeNode(last);
    }
    return true;
}

/* ---- key=value ---- */

static struct md_option *option_add(struct md *md, struct md_option **list, size_t *n, size_t *cap) {
    if (*n == *cap) {
        struct md_option *more = ARENA_ARRAY(md->arena, struct md_option, *cap * 2 + 8);
        if (*n) memcpy(more, *list, *n * sizeof *more);
        *list = more;
        *cap = *cap * 2 + 8;
    }
    return &(*list)[(*n)++];
}

size_t md_options_read(struct md_view *v, size_t line, size_t from, struct md_option **out) {
    size_t n, count = 0, cap = 0, i = from;
    const char *s = md_line(v, line, &n);
    struct arena *a = v->md->arena;
    *out = NULL;
    for (;;) {
        while (i < n && (s[i] == ' ' || s[i] == '\t')) i++;
        if (i >= n) return count;
        struct md_option *o = option_add(v->md, out, &count, &cap);
        o->pos = md_pos(v, line, i);
        size_t key = i;
        while (i < n && s[i] != '=' && s[i] != ' ') i++;
        o->key = arena_strndup(a, s + key, i - key);
        if (i >= n || s[i] != '=') continue;
        i++;
        o->value_pos = md_pos(v, line, i);
        bool quoted = i < n && s[i] == '"';
        size_t value = i += quoted;
        while (i < n && (quoted ? s[i] != '"' : s[i] != ' ')) i++;
        o->value = source_fill(v->md->build->job, source_nfc(a, s + value, i - value), o->value_pos);
        i += quoted && i < n;
    }
}
