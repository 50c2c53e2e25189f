/* The texts of a Markdown file, with the bytes they stand in: what goes to a
 * translator and comes back in its place. */
#include "source/markdown.h"

#include <cmark-gfm-core-extensions.h>

struct walk {
    struct md *md;
    struct source_pieces *out;
    size_t range; /* index of the one at hand */
};

struct context {
    int quotes;
    bool item, chart;
};

static size_t offset_of(const struct md_view *v, size_t line, size_t byte) {
    const struct source_text *t = v->md->text;
    return line < v->lines ? t->start[v->line[line]] + v->shift[line] + byte : t->raw.n;
}

static void add_piece(struct walk *w, enum source_piece_kind kind, size_t start, size_t end, const struct buf *text) {
    if (start >= end || !text->n) return;
    struct source_range *r = &w->out->v[w->range];
    r->pieces = mem_grow(r->pieces, &r->cap, r->count + 1, sizeof *r->pieces);
    r->pieces[r->count++] = (struct source_piece){
        .kind = kind,
        .start = start,
        .end = end,
        .text = source_nfc(w->out->arena, text->p, text->n),
        .pos = source_text_pos_at(w->md->text, start),
    };
}

/* ---- texts ---- */

static size_t trimmed(const char *s, size_t n) {
    while (n && (s[n - 1] == ' ' || s[n - 1] == '\t')) n--;
    return n;
}

/* The bytes of a text without the {#id .class} it ends with. */
static size_t without_attributes(const char *s, size_t n) {
    n = trimmed(s, n);
    const char *open = n && s[n - 1] == '}' ? memrchr(s, '{', n) : NULL;
    bool is = open && (open[1] == '#' || open[1] == '.' || strncmp(open + 1, "width=", 6) == 0);
    return is && (open == s || open[-1] == ' ') ? trimmed(s, (size_t)(open - s)) : n;
}

static bool ends_hard(const char *s, size_t n) {
    return n && (s[n - 1] == '\\' || (n > 1 && s[n - 1] == ' ' && s[n - 2] == ' '));
}

/* Lines first to last, the first from a byte on, as one piece. */
static void add_lines(struct walk *w, const struct md_view *v, enum source_piece_kind kind, size_t first, size_t byte,
                      size_t last, int quotes) {
    struct buf b = {0};
    size_t end = 0, n;
    for (size_t i = first; i <= last && i < v->lines; i++) {
        size_t from = i == first ? byte : md_line_text(v, i, quotes);
        const char *s = md_line(v, i, &n);
        if (from > n) from = n;
        size_t keep = i == last ? without_attributes(s + from, n - from) : trimmed(s + from, n - from);
        bool hard = i < last && ends_hard(s + from, n - from);
        if (hard && keep && s[from + keep - 1] == '\\') keep = trimmed(s + from, keep - 1);
        buf_put(&b, s + from, keep);
        if (keep) end = offset_of(v, i, from + keep);
        if (i < last) buf_char(&b, hard ? '\n' : ' ');
    }
    b.n = trimmed(buf_cstr(&b), b.n);
    add_piece(w, kind, offset_of(v, first, byte), end, &b);
    buf_free(&b);
}

/* The line of "===" or "---" below a heading: the first, whatever cmark says is its
 * last. */
static size_t underline(const struct md_view *v, size_t line, size_t last, int quotes) {
    size_t n;
    for (; line < last; line++) {
        size_t i = md_line_text(v, line, quotes);
        const char *s = md_line(v, line, &n);
        char mark = i < n ? s[i] : 0;
        while (i < n && s[i] == mark) i++;
        if ((mark == '=' || mark == '-') && trimmed(s, n) <= i) break;
    }
    return line;
}

static void add_heading(struct walk *w, const struct md_view *v, cmark_node *node, const struct context *c) {
    struct md_leaf l = md_leaf_open((struct md_view *)v, node, c->quotes);
    size_t last = (size_t)cmark_node_get_end_line(node) - 1, n, byte = l.first_text;
    const char *s = md_line(v, l.first, &n);
    if (byte >= n || s[byte] != '#') {
        size_t under = underline(v, l.first + 1, last, c->quotes);
        add_lines(w, v, SOURCE_PIECE_HEADING, l.first, byte, under - 1, c->quotes);
        return;
    }
    while (byte < n && s[byte] == '#') byte++;
    while (byte < n && (s[byte] == ' ' || s[byte] == '\t')) byte++;
    size_t end = trimmed(s, n), k = end;
    while (k > byte && s[k - 1] == '#') k--;
    if (k == byte || s[k - 1] == ' ') end = k; /* "## Heading ##" */
    struct buf b = {0};
    size_t keep = end > byte ? without_attributes(s + byte, end - byte) : 0;
    buf_put(&b, s + byte, keep);
    add_piece(w, SOURCE_PIECE_HEADING, offset_of(v, l.first, byte), offset_of(v, l.first, byte + keep), &b);
    buf_free(&b);
}

/* One image, and perhaps {#id} behind it. */
static bool is_picture(cmark_node *paragraph) {
    cmark_node *first = cmark_node_first_child(paragraph), *next = first ? cmark_node_next(first) : NULL;
    if (!first || cmark_node_get_type(first) != CMARK_NODE_IMAGE) return false;
    return !next || (cmark_node_get_type(next) == CMARK_NODE_TEXT && strncmp(cmark_node_get_literal(next), " {", 2) == 0);
}

static void add_paragraph(struct walk *w, const struct md_view *v, cmark_node *node, const struct context *c) {
    if (cmark_node_get_start_line(node) == 0) return; /* grown into a table's head: cmark keeps no place */
    struct md_leaf l = md_leaf_open((struct md_view *)v, node, c->quotes);
    size_t last = (size_t)cmark_node_get_end_line(node) - 1, n;
    const char *s = md_line(v, l.first, &n), *box = s + l.first_text;
    bool task = c->item && n > l.first_text + 4 && box[0] == '[' && strchr(" xX", box[1]) && box[2] == ']' && box[3] == ' ';
    if (!c->chart) {
        enum source_piece_kind kind = is_picture(node) ? SOURCE_PIECE_PICTURE
                                      : c->item        ? SOURCE_PIECE_ITEM
                                                       : SOURCE_PIECE_PARAGRAPH;
        add_lines(w, v, kind, l.first, l.first_text + (task ? 4 : 0), last, c->quotes);
        return;
    }
    for (size_t i = l.first; i <= last; i++)
        add_lines(w, v, SOURCE_PIECE_LINE, i, i == l.first ? l.first_text : md_line_text(v, i, c->quotes), i, c->quotes);
}

/* ---- tables ---- */

static void add_row(struct walk *w, const struct md_view *v, cmark_node *row, size_t line, int quotes) {
    int index = 0;
    size_t n;
    const char *s = md_line(v, line, &n);
    for (cmark_node *cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell), index++) {
        size_t start = md_cell_start(v, line, quotes, index), end = start;
        while (end < n && s[end] != '|') end += s[end] == '\\' && end + 1 < n ? 2 : 1;
        struct buf b = {0};
        size_t keep = trimmed(s + start, end - start);
        buf_put(&b, s + start, keep);
        add_piece(w, SOURCE_PIECE_CELL, offset_of(v, line, start), offset_of(v, line, start + keep), &b);
        buf_free(&b);
    }
}

static void add_table(struct walk *w, const struct md_view *v, cmark_node *node, int quotes) {
    size_t head = md_head_line(v, (size_t)cmark_node_get_start_line(node) - 1, quotes);
    for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
        bool first = cmark_gfm_extensions_get_table_row_is_header(row);
        add_row(w, v, row, first ? head : (size_t)cmark_node_get_start_line(row) - 1, quotes);
    }
}

/* ---- directives ---- */

static void add_title(struct walk *w, const struct md_view *v, size_t line) {
    size_t n;
    const char *s = md_line(v, line, &n), *hit = memmem(s, n, " title=\"", 8);
    const char *from = hit ? hit + 8 : NULL, *to = from ? memchr(from, '"', n - (size_t)(from - s)) : NULL;
    if (!to) return;
    struct buf b = {0};
    buf_put(&b, from, (size_t)(to - from));
    add_piece(w, SOURCE_PIECE_TITLE, offset_of(v, line, (size_t)(from - s)), offset_of(v, line, (size_t)(to - s)), &b);
    buf_free(&b);
}

static void walk_blocks(struct walk *w, struct md_view *v, cmark_node *node, const struct context *c);

static void walk_fence(struct walk *w, struct md_view *v, cmark_node *node) {
    int length, offset;
    char mark;
    const char *info = cmark_node_get_fence_info(node);
    if (!cmark_node_get_fenced(node, &length, &offset, &mark) || !*info) return;
    size_t n = strcspn(info, " \t"), line = (size_t)cmark_node_get_start_line(node) - 1;
    if (n == 4 && strncmp(info, "text", 4) == 0) return;
    add_title(w, v, line);
    if (n == 2 && strncmp(info, "qr", 2) == 0) return;
    struct md_view inner;
    struct context c = {.chart = n == 5 && strncmp(info, "chart", 5) == 0};
    md_view_open_body(&inner, v, line, cmark_node_get_literal(node));
    walk_blocks(w, &inner, cmark_node_first_child(inner.root), &c);
    md_view_close(&inner);
}

/* ---- blocks ---- */

static void walk_block(struct walk *w, struct md_view *v, cmark_node *node, const struct context *c) {
    struct context in = *c;
    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: add_paragraph(w, v, node, c); break;
    case CMARK_NODE_HEADING: add_heading(w, v, node, c); break;
    case CMARK_NODE_BLOCK_QUOTE:
        in.quotes++;
        in.item = false;
        walk_blocks(w, v, cmark_node_first_child(node), &in);
        break;
    case CMARK_NODE_LIST:
        in.item = true;
        for (cmark_node *i = cmark_node_first_child(node); i; i = cmark_node_next(i))
            walk_blocks(w, v, cmark_node_first_child(i), &in);
        break;
    case CMARK_NODE_CODE_BLOCK: walk_fence(w, v, node); break;
    case CMARK_NODE_THEMATIC_BREAK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_FOOTNOTE_DEFINITION: break;
    default:
        if (strcmp(cmark_node_get_type_string(node), "table") == 0) add_table(w, v, node, c->quotes);
    }
}

static void walk_blocks(struct walk *w, struct md_view *v, cmark_node *node, const struct context *c) {
    if (!md_enter(w->md, (struct pos){0})) node = NULL;
    for (; node; node = cmark_node_next(node))
        if ((size_t)cmark_node_get_start_line(node) <= v->own) walk_block(w, v, node, c);
    md_leave(w->md);
}

/* ---- ranges ---- */

static void add_range(struct walk *w, const struct md_view *v, size_t first, size_t end) {
    size_t n;
    while (end > first + 1) {
        const char *s = md_line(v, end - 1, &n);
        if (trimmed(s, n)) break;
        end--;
    }
    struct source_pieces *o = w->out;
    o->v = mem_grow(o->v, &o->cap, o->n + 1, sizeof *o->v);
    o->v[o->n] = (struct source_range){.start = offset_of(v, first, 0), .end = offset_of(v, end, 0)};
    w->range = o->n++;
}

static int32_t unit_line(const struct md_view *v, cmark_node *node) {
    size_t line = (size_t)cmark_node_get_start_line(node);
    int type = (int)cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
        line = md_leaf_open((struct md_view *)v, node, 0).first + 1;
    else if (strcmp(cmark_node_get_type_string(node), "table") == 0) line = md_head_line(v, line - 1, 0) + 1;
    return (int32_t)(v->line[line - 1] + 1);
}

static void walk_file(struct walk *w, struct md_view *v) {
    struct context c = {0};
    for (cmark_node *node = cmark_node_first_child(v->root); node; node = cmark_node_next(node)) {
        int type = (int)cmark_node_get_type(node);
        if (type == CMARK_NODE_FOOTNOTE_DEFINITION || type == CMARK_NODE_HTML_BLOCK) continue;
        if (cmark_node_get_start_line(node) == 0) continue;
        add_range(w, v, (size_t)cmark_node_get_start_line(node) - 1, (size_t)cmark_node_get_end_line(node));
        w->out->v[w->range].line = unit_line(v, node);
        if (type == CMARK_NODE_HEADING) w->out->v[w->range].heading = cmark_node_get_heading_level(node);
        walk_block(w, v, node, &c);
    }
}

static size_t view_line(const struct md_view *v, size_t file_line) {
    return v->lines && file_line >= v->line[0] ? file_line - v->line[0] : 0;
}

static void walk_note(struct walk *w, struct md_view *v, cmark_node *node, const struct md_definition *d) {
    size_t first = view_line(v, d->first);
    add_range(w, v, first, view_line(v, d->end));
    w->out->v[w->range].line = (int32_t)d->first + 1;
    w->out->v[w->range].note = arena_strdup(w->out->arena, d->label);
    struct context c = {0};
    for (cmark_node *p = cmark_node_first_child(node); p; p = cmark_node_next(p)) {
        bool lead = p == cmark_node_first_child(node) && cmark_node_get_type(p) == CMARK_NODE_PARAGRAPH;
        if (!lead) {
            walk_block(w, v, p, &c);
            continue;
        }
        size_t n, byte = 0;
        const char *s = md_line(v, first, &n), *mark = memmem(s, n, "]:", 2);
        if (mark) byte = (size_t)(mark - s) + 2;
        while (byte < n && s[byte] == ' ') byte++;
        add_lines(w, v, SOURCE_PIECE_PARAGRAPH, first, byte, (size_t)cmark_node_get_end_line(p) - 1, 0);
    }
}

/* cmark keeps those that are called, in the order of their first calls, without a
 * label: definitions of the file go with them by their place. */
static void walk_notes(struct walk *w, struct md_view *v) {
    for (size_t i = 0; i < v->note_count; i++) {
        cmark_node *first = cmark_node_first_child(v->notes[i]);
        int line = first ? cmark_node_get_start_line(first) : 0;
        if (line < 1) continue;
        for (size_t k = 0; k < w->md->def_count; k++) {
            const struct md_definition *d = &w->md->defs[k];
            size_t at = v->line[line - 1];
            if (d->label && at >= d->first && at < d->end) walk_note(w, v, v->notes[i], d);
        }
    }
}

static int by_start(const void *a, const void *b) {
    const struct source_range *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

static void read_text(struct source_text *text, struct source_pieces *out, struct diags *diags) {
    size_t from, to;
    out->head = out->pair ? source_front_matter(text, &from, &to) : 0;
    struct md md = {.text = text, .lang = "", .dir = "", .arena = out->arena, .diags = diags};
    struct md_view view;
    md_file_open(&md, &view, out->head);
    struct walk w = {&md, out, 0};
    if (view.root) {
        walk_file(&w, &view);
        walk_notes(&w, &view);
    }
    md_file_close(&md, &view);
    if (out->n) qsort(out->v, out->n, sizeof *out->v, by_start);
    buf_put(&out->raw, text->raw.p, text->raw.n);
}

static bool has_mark(const char *path) {
    struct buf b = {0};
    bool is = file_read(&b, path) == 0 && b.n >= 3 && memcmp(b.p, "\xEF\xBB\xBF", 3) == 0;
    buf_free(&b);
    return is;
}

bool source_pieces_read(struct source_project *project, const struct source_publication *publication,
                        const char *part, const char *language, struct source_pieces *out, struct diags *diags) {
    *out = (struct source_pieces){.arena = arena_new(), .pair = publication->pair};
    struct source_job job = {.project = project, .inputs = NULL, .diags = diags, .arena = out->arena};
    struct buf name = {0};
    buf_fmt(&name, "%s.%s.md", part, language);
    out->path = source_project_path(&job, publication->dir, name.p);
    buf_free(&name);
    if (!out->path || !source_project_holds(&job, publication->dir)) {
        diag_add(diags, DIAG_OUTSIDE_PROJECT, (struct pos){0}, part);
        return false;
    }
    out->full = source_project_file(&job, out->path);
    out->there = file_exists(out->full);
    if (!out->there) return true;
    if (!source_project_holds(&job, out->path)) {
        diag_add(diags, DIAG_OUTSIDE_PROJECT, (struct pos){0}, out->path);
        return false;
    }
    struct source_text *text = source_text_load(&job, out->path);
    if (!text) return false;
    out->marked = has_mark(out->full);
    read_text(text, out, diags);
    source_text_drop(text);
    return true;
}

void source_pieces_parse(const struct source_pieces *file, const char *s, size_t n, struct source_pieces *out,
                         struct diags *diags) {
    *out = (struct source_pieces){.arena = arena_new(), .path = file->path, .full = file->full, .pair = file->pair};
    struct source_text *text = source_text_make(file->path, s, n);
    read_text(text, out, diags);
    source_text_drop(text);
}

void source_pieces_free(struct source_pieces *p) {
    for (size_t i = 0; i < p->n; i++) mem_free(p->v[i].pieces);
    mem_free(p->v);
    buf_free(&p->raw);
    if (p->arena) arena_drop(p->arena);
    *p = (struct source_pieces){0};
}
