/* One Markdown file through cmark-gfm, with the places cmark does not keep. */
#include "source/markdown.h"

#include <cmark-gfm-core-extensions.h>

/* ---- views ---- */

static void view_add_line(struct md_view *v, struct buf *text, const char *s, size_t n, size_t line,
                          size_t shift) {
    if (v->lines + 2 > v->cap) {
        size_t cap = v->cap, need = v->lines + 2;
        v->start = mem_grow(v->start, &cap, need, sizeof *v->start);
        cap = v->cap;
        v->line = mem_grow(v->line, &cap, need, sizeof *v->line);
        cap = v->cap;
        v->shift = mem_grow(v->shift, &cap, need, sizeof *v->shift);
        v->cap = cap;
    }
    v->start[v->lines] = text->n;
    v->line[v->lines] = line;
    v->shift[v->lines] = shift;
    buf_put(text, s, n);
    buf_char(text, '\n');
    v->start[++v->lines] = text->n;
}

/* cmark puts the definitions at the end, in the order of their first calls. */
static void find_notes(struct md_view *v) {
    size_t cap = 0, n = 0;
    cmark_node *c = cmark_node_last_child(v->root), *first = NULL;
    for (; c && cmark_node_get_type(c) == CMARK_NODE_FOOTNOTE_DEFINITION; c = cmark_node_previous(c)) {
        first = c;
        n++;
    }
    v->notes = n ? mem_grow(NULL, &cap, n, sizeof *v->notes) : NULL;
    for (c = first; c; c = cmark_node_next(c)) v->notes[v->note_count++] = c;
}

/* ---- ${unit.name} ---- */

/* Where cmark's block of a node has this text; the block's beginning when it is
 * not found. */
static struct pos fill_pos(const struct md_view *v, cmark_node *node, const char *text) {
    while (node && cmark_node_get_start_line(node) <= 0) node = cmark_node_parent(node);
    size_t from = node ? (size_t)cmark_node_get_start_line(node) - 1 : 0, n;
    const char *name = strstr(text, "${");
    size_t k = name ? strcspn(name, "}") : 0;
    for (size_t line = from; name && line < v->lines && line < from + 100; line++) {
        const char *s = md_line(v, line, &n), *hit = memmem(s, n, name, k);
        if (hit) return md_pos(v, line, (size_t)(hit - s));
    }
    return md_pos(v, from, 0);
}

static const char *fill(struct md_view *v, cmark_node *node, const char *s) {
    struct source_job *job = v->md->build->job;
    return s && strstr(s, "${") ? source_fill(job, s, fill_pos(v, node, s)) : s;
}

void md_inputs_vary(struct md *md) {
    if (md->build->job->inputs) md->build->job->inputs->varies = true;
}

/* A unit's values come in when the Markdown has been read: they are text,
 * whatever characters they hold. */
static void fill_in(struct md_view *v) {
    cmark_consolidate_text_nodes(v->root);
    cmark_iter *it = cmark_iter_new(v->root);
    while (cmark_iter_next(it) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(it);
        cmark_node_type type = cmark_node_get_type(n);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            const char *old = cmark_node_get_literal(n), *text = fill(v, n, old);
            if (text != old) cmark_node_set_literal(n, text);
        } else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
            const char *url = cmark_node_get_url(n), *title = cmark_node_get_title(n);
            const char *new_url = fill(v, n, url), *new_title = fill(v, n, title);
            if (new_url != url) {
                md_inputs_vary(v->md);
                cmark_node_set_url(n, new_url);
            }
            if (new_title != title) cmark_node_set_title(n, new_title);
        }
    }
    cmark_iter_free(it);
}

static void parse(struct md_view *v, struct buf *text) {
    static const char *const extensions[] = {"table", "strikethrough", "tasklist"};
    v->s = arena_strndup(v->md->arena, buf_cstr(text), text->n);
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *p = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(p, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(p, v->s, text->n);
    v->root = cmark_parser_finish(p);
    cmark_parser_free(p);
    if (v->md->build && v->md->build->job->unit) fill_in(v); /* pieces.c reads without one */
    find_notes(v);
}

void md_view_close(struct md_view *v) {
    if (v->root) cmark_node_free(v->root);
    mem_free(v->notes);
    mem_free(v->start);
    mem_free(v->line);
    mem_free(v->shift);
}

const char *md_line(const struct md_view *v, size_t line, size_t *length) {
    if (line >= v->lines) {
        *length = 0;
        return "";
    }
    *length = v->start[line + 1] - v->start[line] - 1;
    return v->s + v->start[line];
}

struct pos md_pos(const struct md_view *v, size_t line, size_t byte) {
    if (line >= v->lines) return source_text_pos(v->md->text, v->lines ? v->line[v->lines - 1] : 0, 0);
    return source_text_pos(v->md->text, v->line[line], byte + v->shift[line]);
}

struct pos md_block_pos(const struct md_view *v, cmark_node *node) {
    int line = cmark_node_get_start_line(node), col = cmark_node_get_start_column(node);
    return md_pos(v, line > 0 ? (size_t)line - 1 : 0, col > 0 ? (size_t)col - 1 : 0);
}

size_t md_line_text(const struct md_view *v, size_t line, int quotes) {
    size_t n, i = 0;
    const char *s = md_line(v, line, &n);
    for (; i < n && (s[i] == ' ' || s[i] == '\t' || (s[i] == '>' && quotes > 0)); i++)
        if (s[i] == '>') quotes--;
    return i;
}

bool md_enter(struct md *md, struct pos pos) {
    if (++md->depth <= SOURCE_DEPTH_MAX) return true;
    if (!md->too_deep) diag_add(md->diags, DIAG_TOO_DEEP, pos, SOURCE_DEPTH_MAX);
    md->too_deep = true;
    return false;
}

void md_leave(struct md *md) {
    md->depth--;
}

/* ---- definitions ---- */

/* The length of a line's fence of ` or ~, at least 3, or 0. */
static size_t fence_length(const char *s, size_t n, char *mark) {
    size_t i = 0, k = 0;
    while (i < n && (s[i] == ' ' || s[i] == '>' || s[i] == '\t')) i++;
    if (i < n) *mark = s[i];
    while (i < n && s[i] == *mark && (*mark == '`' || *mark == '~')) i++, k++;
    return k >= 3 ? k : 0;
}

/* "[label]:" with at most three blanks before; bytes of the label, or 0. */
static size_t definition_label(const char *s, size_t n, const char **label) {
    size_t i = 0;
    while (i < n && i < 3 && s[i] == ' ') i++;
    if (i >= n || s[i] != '[') return 0;
    size_t from = ++i;
    while (i < n && s[i] != ']' && s[i] != '[') i++;
    if (i + 1 >= n || s[i] != ']' || s[i + 1] != ':' || i == from) return 0;
    *label = s + from;
    return i - from;
}

static bool is_blank(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t') return false;
    return true;
}

/* The line after a definition: text directly below belongs to it, and what is
 * indented after blank lines. */
static size_t definition_end(const struct source_text *t, size_t line) {
    bool blank = false;
    size_t end = line + 1, n;
    for (size_t i = line + 1; i < t->lines; i++) {
        const char *s = source_text_line(t, i, &n), *label;
        bool indented = n >= 4 && memcmp(s, "    ", 4) == 0;
        if (is_blank(s, n)) {
            blank = true;
            continue;
        }
        if ((blank && !indented) || definition_label(s, n, &label)) break;
        blank = false;
        end = i + 1;
    }
    return end;
}

static void add_definition(struct md *md, struct md_definition d) {
    md->defs = mem_grow(md->defs, &md->def_cap, md->def_count + 1, sizeof *md->defs);
    md->defs[md->def_count++] = d;
    if (!d.label) {
        md->links = mem_grow(md->links, &md->link_cap, md->link_count + 1, sizeof *md->links);
        md->links[md->link_count++] = md->def_count - 1;
    }
    struct map_entry *e = d.label ? map_get(md->note_defs, d.label, strlen(d.label)) : NULL;
    if (e && !e->value.num) e->value.num = (int64_t)md->def_count;
}

static struct md_definition *find_definition(struct md *md, const char *label, size_t n) {
    struct map_entry *e = map_find(md->note_defs, label, n);
    return e ? &md->defs[e->value.num - 1] : NULL;
}

static void find_definitions(struct md *md, size_t line) {
    const struct source_text *t = md->text;
    size_t open = 0, n;
    char open_mark = 0;
    for (; line < t->lines; line++) {
        const char *s = source_text_line(t, line, &n), *label;
        char mark = 0;
        size_t fence = fence_length(s, n, &mark), k;
        if (open) {
            if (fence >= open && mark == open_mark) open = 0;
        } else if (fence) {
            open = fence;
            open_mark = mark;
        } else if ((k = definition_label(s, n, &label)) != 0) {
            bool note = label[0] == '^';
            struct md_definition d = {NULL, line, note ? definition_end(t, line) : line + 1, false};
            if (note) d.label = arena_strndup(md->arena, label + 1, k - 1);
            add_definition(md, d);
        }
    }
}

void md_note_used(struct md *md, const char *label) {
    struct md_definition *d = find_definition(md, label, strlen(label));
    if (d) d->used = true;
}

static void report_unused(struct md *md) {
    size_t n;
    for (size_t i = 0; i < md->def_count; i++) {
        const struct md_definition *d = &md->defs[i];
        if (!d->label || d->used) continue;
        const char *s = source_text_line(md->text, d->first, &n);
        diag_add(md->diags, DIAG_UNUSED_FOOTNOTE, source_text_pos(md->text, d->first, strspn(s, " ")),
                 d->label);
        diag_span(md->diags, (int)strlen(d->label) + 3);
    }
}

/* ---- the body of a fence ---- */

/* Bytes a container took off a file line to leave s. */
static size_t stripped(const struct source_text *t, size_t line, const char *s, size_t n) {
    size_t full;
    const char *raw = source_text_line(t, line, &full);
    if (n <= full && memcmp(raw + full - n, s, n) == 0) return full - n;
    return 0;
}

static void add_file_lines(struct md_view *v, struct buf *text, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        size_t n;
        const char *s = source_text_line(v->md->text, i, &n);
        view_add_line(v, text, s, n, i, 0);
    }
}

static void lend_definition(struct md_view *v, struct buf *text, const struct md_definition *d) {
    view_add_line(v, text, "", 0, d->first, 0);
    add_file_lines(v, text, d->first, d->end);
}

/* The file's footnotes that the body calls, and does not define itself. */
static void lend_notes(struct md_view *v, struct buf *text) {
    size_t body = text->n;
    struct map *seen = map_new();
    for (size_t i = 0; i < body; i++) {
        const char *open = memmem(text->p + i, body - i, "[^", 2);
        const char *close = open ? memchr(open, ']', (size_t)(text->p + body - open)) : NULL;
        if (!close) break;
        i = (size_t)(open - text->p) + 1;
        size_t n = (size_t)(close - open) - 2;
        struct md_definition *d = n ? find_definition(v->md, open + 2, n) : NULL;
        if (d && close[1] != ':' && map_get(seen, open + 2, n)->value.num++ == 0) lend_definition(v, text, d);
    }
    map_drop(seen);
}

/* Footnotes and links of the file are there for a fence's body too. */
static void add_definitions(struct md_view *v, struct buf *text) {
    struct md *md = v->md;
    lend_notes(v, text);
    for (size_t i = 0; i < md->link_count; i++) lend_definition(v, text, &md->defs[md->links[i]]);
}

void md_view_open_body(struct md_view *out, struct md_view *outer, size_t fence, const char *body) {
    *out = (struct md_view){.md = outer->md};
    struct buf text = {0};
    for (size_t i = fence + 1; *body; i++) {
        size_t n = strcspn(body, "\r\n");
        size_t line = i < outer->lines ? outer->line[i] : outer->line[outer->lines - 1];
        view_add_line(out, &text, body, n, line, stripped(outer->md->text, line, body, n));
        body += n;
        body += strncmp(body, "\r\n", 2) == 0 ? 2 : *body != 0;
    }
    out->own = out->lines;
    add_definitions(out, &text);
    parse(out, &text);
    buf_free(&text);
}

/* ---- the whole file ---- */

static size_t line_at(const struct source_text *t, size_t offset) {
    size_t i = 0;
    while (i < t->lines && t->start[i] < offset) i++;
    return i;
}

void md_file_open(struct md *md, struct md_view *view, size_t from) {
    struct buf text = {0};
    md->notes = map_new();
    md->note_defs = map_new();
    *view = (struct md_view){.md = md};
    size_t first = line_at(md->text, from);
    find_definitions(md, first);
    add_file_lines(view, &text, first, md->text->lines);
    view->own = view->lines;
    if (view->lines) parse(view, &text);
    buf_free(&text);
}

void md_file_close(struct md *md, struct md_view *view) {
    md_view_close(view);
    map_drop(md->notes);
    map_drop(md->note_defs);
    mem_free(md->links);
    mem_free(md->defs);
}

void source_markdown_read(struct source_build *build, struct source_flow *flow, size_t from) {
    struct source_job *job = build->job;
    struct buf dir = {0};
    path_dir(&dir, flow->text->path);
    struct md md = {.build = build,
                    .text = flow->text,
                    .lang = flow->lang,
                    .dir = dir.p,
                    .arena = job->arena,
                    .diags = job->diags};
    struct md_view view;
    md_file_open(&md, &view, from);
    if (view.root) {
        md_blocks(&view, NULL, cmark_node_first_child(view.root), 0, flow);
        md_allow_end(&md);
        report_unused(&md);
    }
    md_file_close(&md, &view);
    buf_free(&dir);
}
