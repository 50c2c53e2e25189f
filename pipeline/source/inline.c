/* Inlines of Markdown -> elements, each at its own place.
 *
 * cmark counts columns in bytes, takes each line of a paragraph to begin below
 * its first, and loses count at a backslash line break or in a link over two
 * lines.  So lines are counted here, by the breaks met, and cmark's column is
 * only where the search for the mark ("[", "![" ...) begins. */
#include "source/markdown.h"

/* ---- places ---- */

static size_t line_text(const struct md_leaf *l) {
    return l->line == l->first ? l->first_text : md_line_text(l->view, l->line, l->quotes);
}

/* The byte of the line reached where cmark says the node begins. */
static size_t hint_of(const struct md_leaf *l, cmark_node *node) {
    size_t text = line_text(l);
    if (l->done_line == l->line && l->done > text) text = l->done;
    if ((size_t)(cmark_node_get_start_line(node) - l->cm_line) != l->line - l->first) return text;
    int64_t hint = (int64_t)line_text(l) + cmark_node_get_start_column(node) - l->cm_col;
    return hint > (int64_t)text ? (size_t)hint : text;
}

/* The byte where `mark` stands in the line reached, nearest to where cmark says
 * the node begins; SIZE_MAX when it does not. */
static size_t search_mark(const struct md_leaf *l, cmark_node *node, const char *mark, size_t mark_len) {
    size_t n, from = line_text(l), best = SIZE_MAX, best_far = SIZE_MAX, hint = hint_of(l, node);
    const char *s = md_line(l->view, l->line, &n), *end = s + n;
    if (l->done_line == l->line && l->done > from) from = l->done;
    for (const char *p = s + (from < n ? from : n); mark_len && p < end; p++) {
        p = memmem(p, (size_t)(end - p), mark, mark_len);
        if (!p) break;
        size_t at = (size_t)(p - s), far = at > hint ? at - hint : hint - at;
        if (far >= best_far) break;
        best_far = far;
        best = at;
    }
    return best;
}

static size_t find_mark(struct md_leaf *l, cmark_node *node, const char *mark, size_t mark_len) {
    size_t at = search_mark(l, node, mark, mark_len);
    if (at == SIZE_MAX) return hint_of(l, node);
    l->done_line = l->line;
    l->done = at + mark_len;
    return at;
}

static struct pos mark_pos(struct md_leaf *l, cmark_node *node, const char *mark) {
    return md_pos(l->view, l->line, find_mark(l, node, mark, strlen(mark)));
}

static int newlines(const char *s) {
    int n = 0;
    for (; *s; s++) n += *s == '\n';
    return n;
}

/* ---- runs of text ---- */

struct run {
    struct buf text;
    size_t line, byte; /* of its beginning, in the view */
};

/* The place of a piece of a run: the first such text from the run's beginning. */
static struct pos piece_pos(const struct md_leaf *l, const struct run *run, const char *piece, size_t n) {
    const struct md_view *v = l->view;
    for (size_t line = run->line; line <= l->line && line < v->lines; line++) {
        size_t len, from = line == run->line ? run->byte : 0;
        const char *s = md_line(v, line, &len);
        const char *hit = from < len ? memmem(s + from, len - from, piece, n) : NULL;
        if (hit) return md_pos(v, line, (size_t)(hit - s));
    }
    return md_pos(v, run->line, run->byte);
}

static void add_text(struct md_leaf *l, xmlNode *parent, const char *s, size_t n) {
    char *text = source_nfc(l->view->md->arena, s, n);
    xmlNodeAddContentLen(parent, BAD_CAST text, (int)strlen(text));
}

/* [@REF] or [@REF, LOCATOR] */
static void add_cite(struct md_leaf *l, xmlNode *parent, const char *s, size_t n, struct pos pos) {
    struct source_build *b = l->view->md->build;
    struct arena *a = l->view->md->arena;
    size_t ref = strcspn(s, ",]"), at = ref;
    while (at < n && (s[at] == ',' || s[at] == ' ')) at++;
    xmlNode *e = source_element(b, parent, "cite");
    source_set_at(b, e, pos);
    source_set(e, "ref", source_nfc(a, s, ref));
    if (at < n) source_set(e, "locator", source_nfc(a, s + at, n - at));
}

/* Bytes up to the "]" that ends what "[" begins, or 0. */
static size_t bracket_length(const char *s) {
    size_t n = strcspn(s, "]\n[");
    return s[n] == ']' ? n : 0;
}

static void run_flush(struct md_leaf *l, struct run *run, xmlNode *parent) {
    const char *s = buf_cstr(&run->text), *done = s;
    for (const char *p = s; (p = strchr(p, '[')) != NULL; p++) {
        size_t n = bracket_length(p + 1);
        if (n < 2 || (p[1] != '@' && p[1] != '^')) continue;
        struct pos pos = piece_pos(l, run, p, n + 2);
        if (p[1] == '^') {
            struct diags *d = l->view->md->diags;
            diag_add(d, DIAG_UNDEFINED_FOOTNOTE, pos, arena_strndup(l->view->md->arena, p + 2, n - 1));
            diag_span(d, (int)n + 2);
            continue;
        }
        add_text(l, parent, done, (size_t)(p - done));
        add_cite(l, parent, p + 2, n - 1, pos);
        done = p + n + 2;
    }
    if (*done) add_text(l, parent, done, strlen(done));
    buf_clear(&run->text);
}

static void run_add(struct md_leaf *l, struct run *run, cmark_node *node) {
    const char *s = cmark_node_get_literal(node);
    if (!run->text.n) {
        size_t n = strlen(s) < 8 ? strlen(s) : 8;
        run->line = l->line;
        run->byte = search_mark(l, node, s, n);
        if (run->byte == SIZE_MAX) run->byte = hint_of(l, node);
    }
    bool spaced = run->text.n && run->text.p[run->text.n - 1] == ' ';
    buf_str(&run->text, spaced && *s == ' ' ? s + 1 : s);
}

static void run_space(struct run *run) {
    if (!run->text.n || run->text.p[run->text.n - 1] != ' ') buf_char(&run->text, ' ');
}

/* ---- links and pictures ---- */

static bool starts(const char *s, const char *with) {
    return strncmp(s, with, strlen(with)) == 0;
}

/* A link's target as the edition has it, or NULL: an id, a URL of a scheme that
 * a page may carry, or another part's heading. */
static const char *link_target(struct md *md, const char *url) {
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (starts(url, schemes[i])) return source_nfc(md->arena, url, strlen(url));
    const char *hash = strchr(url, '#');
    bool part =
        hash && hash - url > 3 && strncmp(hash - 3, ".md", 3) == 0 && !memchr(url, ':', (size_t)(hash - url));
    return hash && (hash == url || part) && hash[1] ? source_nfc(md->arena, hash, strlen(hash)) : NULL;
}

static int hex(char c) {
    if (source_is_digit(c)) return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *unescape(struct arena *a, const char *url) {
    char *out = arena_alloc(a, strlen(url) + 1), *to = out;
    for (const char *p = url; *p; p++) {
        bool escaped = *p == '%' && hex(p[1]) >= 0 && hex(p[2]) >= 0 && (hex(p[1]) || hex(p[2]));
        *to++ = escaped ? (char)(hex(p[1]) * 16 + hex(p[2])) : *p;
        if (escaped) p += 2;
    }
    return out;
}

/* A picture's path from the project's folder, or NULL after an error. */
static const char *picture_path(struct md *md, const char *url, struct pos pos) {
    const char *rel = unescape(md->arena, url), *path = NULL;
    struct source_job *job = md->build->job;
    if (*rel && !strstr(rel, "://") && utf8_check(rel, strlen(rel)) == strlen(rel))
        path = source_project_path(job, md->dir, rel);
    bool there = path && file_exists(source_project_file(job, path));
    if (!path || (there && !source_project_holds(job, path))) {
        diag_add(md->diags, DIAG_OUTSIDE_PROJECT, pos, rel);
        return NULL;
    }
    source_input_add(job, path);
    if (!there) diag_add(md->diags, DIAG_IMAGE_MISSING, pos, path, "no such file");
    return path;
}

static void plain_text(struct buf *out, cmark_node *node) {
    for (cmark_node *c = cmark_node_first_child(node); c; c = cmark_node_next(c)) {
        cmark_node_type type = cmark_node_get_type(c);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) buf_str(out, cmark_node_get_literal(c));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) buf_char(out, ' ');
        else if (out->n < 10000) plain_text(out, c);
    }
}

static int breaks_inside(cmark_node *node) {
    int n = 0;
    for (cmark_node *c = cmark_node_first_child(node); c; c = cmark_node_next(c)) {
        cmark_node_type type = cmark_node_get_type(c);
        n += type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
        n += breaks_inside(c);
    }
    return n;
}

static void add_image(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    struct md *md = l->view->md;
    struct pos pos = mark_pos(l, node, "![");
    const char *src = picture_path(md, cmark_node_get_url(node), pos), *title = cmark_node_get_title(node);
    struct buf alt = {0};
    plain_text(&alt, node);
    const char *words = source_nfc(md->arena, buf_cstr(&alt), alt.n);
    buf_free(&alt);
    l->line += (size_t)breaks_inside(node);
    if (!src) {
        xmlNodeAddContent(parent, BAD_CAST words);
        return;
    }
    xmlNode *e = source_element(md->build, parent, "img");
    source_set_at(md->build, e, pos);
    source_set(e, "src", src);
    source_set(e, "alt", words);
    if (title && *title) source_set(e, "title", source_nfc(md->arena, title, strlen(title)));
}

static void add_link(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    struct md *md = l->view->md;
    const char *url = cmark_node_get_url(node);
    size_t n, hint = hint_of(l, node);
    const char *s = md_line(l->view, l->line, &n);
    bool bare = hint < n && s[hint] == '<';
    struct pos pos = mark_pos(l, node, bare ? "<" : "[");
    const char *href = link_target(md, url), *title = cmark_node_get_title(node);
    if (!href) {
        diag_add(md->diags, DIAG_BAD_LINK, pos, url);
        md_inlines(l, parent, cmark_node_first_child(node));
        return;
    }
    xmlNode *e = source_element(md->build, parent, "a");
    source_set_at(md->build, e, pos);
    source_set(e, "href", href);
    if (title && *title) source_set(e, "title", source_nfc(md->arena, title, strlen(title)));
    md_inlines(l, e, cmark_node_first_child(node));
}

/* ---- footnotes ---- */

/* cmark numbers the calls by their definitions. */
static cmark_node *note_definition(const struct md_view *v, cmark_node *call) {
    long k = strtol(cmark_node_get_literal(call), NULL, 10);
    return k > 0 && (size_t)k <= v->note_count ? v->notes[k - 1] : NULL;
}

/* The label cmark no longer tells: read where the definition stands. */
static const char *note_label(const struct md_view *v, cmark_node *definition) {
    size_t n, line = (size_t)cmark_node_get_start_line(definition) - 1;
    const char *s = md_line(v, line, &n), *open = memmem(s, n, "[^", 2);
    const char *close = open ? memchr(open, ']', (size_t)(s + n - open)) : NULL;
    return close ? arena_strndup(v->md->arena, open + 2, (size_t)(close - open) - 2) : "";
}

static long next_note(struct md *md) {
    return (long)++map_get(md->build->note_counts, md->lang, strlen(md->lang))->value.num;
}

static void add_note(struct md_leaf *l, xmlNode *parent, cmark_node *call) {
    struct md *md = l->view->md;
    cmark_node *definition = note_definition(l->view, call);
    if (!definition) return;
    const char *label = note_label(l->view, definition);
    struct buf mark = {0};
    buf_fmt(&mark, "[^%s]", label);
    struct pos pos = mark_pos(l, call, mark.p);
    buf_free(&mark);
    md_note_used(md, label);
    struct map_entry *known = map_get(md->notes, label, strlen(label));
    if (md->in_note) {
        diag_add(md->diags, DIAG_NESTED_FOOTNOTE, pos);
        return;
    }
    xmlNode *e = source_element(md->build, parent, known->value.ptr ? "noteref" : "note");
    source_set_at(md->build, e, pos);
    if (known->value.ptr) {
        source_set(e, "ref", known->value.ptr);
        return;
    }
    char id[64];
    snprintf(id, sizeof id, "note-%s-%ld", md->lang, next_note(md));
    known->value.ptr = arena_strdup(md->arena, id);
    source_set(e, "id", id);
    source_set(e, "label", source_nfc(md->arena, label, strlen(label)));
    md->in_note = true;
    md_blocks(l->view, e, cmark_node_first_child(definition), 0, NULL);
    md->in_note = false;
}

/* ---- the rest ---- */

static bool is_html(const char *s, const char *tag) {
    return strncasecmp(s, tag, strlen(tag)) == 0;
}

static void add_html(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    const char *s = cmark_node_get_literal(node);
    struct md *md = l->view->md;
    size_t n = strcspn(s, "\n");
    if (is_html(s, "<br>") || is_html(s, "<br/>") || is_html(s, "<br />")) {
        source_element(md->build, parent, "br");
    } else {
        diag_add(md->diags, DIAG_HTML_IN_MARKDOWN, md_pos(l->view, l->line, find_mark(l, node, s, n)), s);
        diag_span(md->diags, (int)n);
    }
    l->line += (size_t)newlines(s);
}

/* Moves to the line where the code that begins at a byte of this line ends:
 * behind as many ` as it begins with. */
static void code_skip(struct md_leaf *l, size_t at) {
    const struct md_view *v = l->view;
    size_t n, open = 0;
    const char *s = md_line(v, l->line, &n);
    while (at + open < n && s[at + open] == '`') open++;
    if (!open) return;
    at += open;
    for (size_t line = l->line; line < v->lines; line++, at = 0) {
        s = md_line(v, line, &n);
        for (size_t k; at < n; at += k ? k : 1) {
            for (k = 0; at + k < n && s[at + k] == '`';) k++;
            if (k != open) continue;
            l->line = l->done_line = line;
            l->done = at + k;
            return;
        }
    }
}

static void add_code(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    xmlNode *e = source_element(l->view->md->build, parent, "code");
    const char *s = cmark_node_get_literal(node);
    add_text(l, e, s, strlen(s));
    code_skip(l, find_mark(l, node, "`", 1));
}

static void add_wrapped(struct md_leaf *l, xmlNode *parent, cmark_node *node, const char *name) {
    md_inlines(l, source_element(l->view->md->build, parent, name), cmark_node_first_child(node));
}

static void add_node(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_LINEBREAK:
        source_element(l->view->md->build, parent, "br");
        l->line++;
        return;
    case CMARK_NODE_CODE: add_code(l, parent, node); return;
    case CMARK_NODE_HTML_INLINE: add_html(l, parent, node); return;
    case CMARK_NODE_EMPH: add_wrapped(l, parent, node, "em"); return;
    case CMARK_NODE_STRONG: add_wrapped(l, parent, node, "strong"); return;
    case CMARK_NODE_LINK: add_link(l, parent, node); return;
    case CMARK_NODE_IMAGE: add_image(l, parent, node); return;
    case CMARK_NODE_FOOTNOTE_REFERENCE: add_note(l, parent, node); return;
    default: add_wrapped(l, parent, node, "del"); /* the only inline of the extensions */
    }
}

static bool is_comment(cmark_node *node) {
    return cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE &&
           starts(cmark_node_get_literal(node), "<!--");
}

void md_inlines(struct md_leaf *l, xmlNode *parent, cmark_node *node) {
    struct run run = {0};
    if (!md_enter(l->view->md, md_pos(l->view, l->line, line_text(l)))) node = NULL;
    for (; node; node = cmark_node_next(node)) {
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT) {
            run_add(l, &run, node);
        } else if (type == CMARK_NODE_SOFTBREAK) {
            run_space(&run);
            l->line++;
        } else if (is_comment(node)) {
            l->line += (size_t)newlines(cmark_node_get_literal(node));
        } else {
            run_flush(l, &run, parent);
            add_node(l, parent, node);
        }
    }
    run_flush(l, &run, parent);
    md_leave(l->view->md);
    buf_free(&run.text);
}
