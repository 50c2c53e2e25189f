/* Private to the Markdown files of source/: one author's file being read. */
#ifndef SOTAY_SOURCE_MARKDOWN_H
#define SOTAY_SOURCE_MARKDOWN_H

#include "source/parts.h"

#include <cmark-gfm.h>

enum { SOURCE_DEPTH_MAX = 64 };

/* A definition ("[^label]: ..." or "[label]: ...") outside of fences. */
struct md_definition {
    char *label;       /* of a footnote; NULL for a link */
    size_t first, end; /* file lines, from 0 */
    bool used;
};

struct md {
    struct source_build *build;
    struct source_text *text;
    const char *lang, *dir;
    struct arena *arena;
    struct diags *diags;
    struct md_definition *defs;
    size_t def_count, def_cap;
    size_t *links, link_count, link_cap; /* indices of those that are links */
    struct map *note_defs;               /* label -> index + 1 of its first definition */
    struct map *notes;                   /* label -> id of the note, for the second call */
    int depth;
    bool in_note, too_deep;
    const char *allow; /* findings that the next block allows, or NULL */
};

/* A text given to cmark: the file after its front matter, or the body of a
 * fence.  Line i of it is file line line[i], less shift[i] bytes at its start. */
struct md_view {
    struct md *md;
    const char *s;
    size_t *start, *line, *shift; /* start[lines] is the end */
    size_t lines, cap;
    size_t own; /* lines before the definitions lent to it */
    cmark_node *root;
    cmark_node **notes; /* its footnote definitions, in order */
    size_t note_count;
};

/* ---- markdown.c ---- */

/* Parses md->text from a byte on; view->root is NULL when nothing is there. */
void md_file_open(struct md *md, struct md_view *view, size_t from);
void md_file_close(struct md *md, struct md_view *view);

/* Parses the body of a fence that begins after view line `fence`. */
void md_view_open_body(struct md_view *out, struct md_view *outer, size_t fence, const char *body);
void md_view_close(struct md_view *view);
/* Line and byte of the view, from 0 -> place in the file. */
struct pos md_pos(const struct md_view *view, size_t line, size_t byte);
/* Where a block begins (cmark's own line and column, bytes, are right). */
struct pos md_block_pos(const struct md_view *view, cmark_node *node);
const char *md_line(const struct md_view *view, size_t line, size_t *length);
/* The first byte of a line's own text: behind blanks and `quotes` markers ">". */
size_t md_line_text(const struct md_view *view, size_t line, int quotes);
/* Notes that a unit's values choose what is read. */
void md_inputs_vary(struct md *md);
void md_note_used(struct md *md, const char *label);
/* True, once with an error, when the nesting is deeper than we follow. */
bool md_enter(struct md *md, struct pos pos);
void md_leave(struct md *md);

/* ---- inline.c ---- */

/* Where the text of a paragraph, heading or cell really stands. */
struct md_leaf {
    struct md_view *view;
    size_t line;              /* view line now reached */
    size_t first, first_text; /* its first line, and the byte its text begins at */
    int cm_line, cm_col;      /* what cmark counts from */
    size_t done_line, done;   /* behind the last mark found: the next is not before it */
    int quotes;
};

/* The leaf of a paragraph or heading. */
struct md_leaf md_leaf_open(struct md_view *view, cmark_node *node, int quotes);
/* The line of a table's head, above the row of dashes, from the table's first on. */
size_t md_head_line(const struct md_view *view, size_t line, int quotes);
/* Where the text of a row's cell begins. */
size_t md_cell_start(const struct md_view *view, size_t line, int quotes, int index);
void md_inlines(struct md_leaf *leaf, xmlNode *parent, cmark_node *node);

/* ---- when.c ---- */

/* Whether a fence is "when CONDITION". */
bool md_is_when(cmark_node *node);
/* Puts its blocks where it stands, when the unit is meant. */
void md_when(struct md_view *view, xmlNode *parent, cmark_node *node, struct source_flow *top);

/* ---- block.c ---- */

/* Puts blocks under parent; the blocks of `top` go there instead. */
void md_blocks(struct md_view *view, xmlNode *parent, cmark_node *first, int quotes, struct source_flow *top);

/* ---- allow.c ---- */

/* Keeps the text of a comment that says "allow FINDING: the reason" for the next
 * block. */
void md_allow_read(struct md *md, const char *s, size_t n, struct pos pos);
/* Reports what no block followed. */
void md_allow_end(struct md *md);

/* ---- attributes.c ---- */

struct md_attributes {
    const char *id, *class, *width;
};

/* Takes {#id .class width=60%} off the end of an element's text.  True when
 * there was one. */
bool md_attributes_take(struct md *md, xmlNode *element, struct md_attributes *out);

struct md_option {
    const char *key, *value;
    struct pos pos, value_pos;
};

/* Reads key=value and key="value" from part of a view's line into an array of
 * the arena. */
size_t md_options_read(struct md_view *view, size_t line, size_t from, struct md_option **out);

/* ---- directive.c, quiz.c, study.c, chart.c ---- */

/* The element of a fenced block that is a directive; NULL for plain code. */
xmlNode *md_directive(struct md_view *view, cmark_node *node, const char **name, const char **id);
void md_quiz_shape(struct md *md, xmlNode *quiz);
void md_case_shape(struct md *md, xmlNode *e);
void md_timeline_shape(struct md *md, xmlNode *e);
void md_signature_shape(struct md *md, xmlNode *e);
void md_roll_shape(struct md *md, xmlNode *e);
void md_chart_shape(struct md_view *body, xmlNode *chart);

#endif
