/* Private to the form checker (rule_*.c): packs of rules, what is seen of the
 * pages, findings. */
#ifndef SOTAY_CHECK_RULE_H
#define SOTAY_CHECK_RULE_H

#include "check/check.h"

enum rule_measure {
#define MEASURE(id, ...) RULE_##id,
#include "check/measures.def"
#undef MEASURE
    RULE_MEASURES
};
enum rule_values { VALUES_LENGTHS, VALUES_PARTS, VALUES_WORDS, VALUES_SIZES, VALUES_NAMES, VALUES_PATTERN, VALUES_COMPONENT };

struct rule_measure_row {
    const char *name;
    enum rule_values values;
    const char *words; /* that VALUES_WORDS may be */
    mpt tolerance;
    const char *lang;
    const char *said[2]; /* English, Vietnamese */
};
extern const struct rule_measure_row rule_measures[RULE_MEASURES];

/* A length, or `lines`: thousandths of the natural line of Times New Roman, which
 * is 1.15 em. */
struct rule_bound {
    int64_t v;
    bool lines;
};
enum { RULE_LINE = 1150, RULE_VALUES = 8 };

enum rule_on { ON_EACH, ON_FIRST, ON_LAST, ON_NOT_LAST };
enum rule_side { SIDE_TOP, SIDE_BOTTOM, SIDE_LEFT, SIDE_RIGHT };

struct rule {
    const struct rule_pack *pack;
    const char *id, *component, *clause; /* interned: component */
    char grade; /* V, S, R */
    enum diag_level level;
    enum rule_measure measure;
    enum rule_side side;
    bool has_min, has_max, of_page;
    struct rule_bound min, max, value[RULE_VALUES]; /* of SIZES: pairs */
    int value_count;
    const char *words; /* WORDS, NAMES: as written */
    const char *lang;  /* interned; NULL: any */
    const char *after, *with, *within; /* interned: after, with */
    const char *pattern;
    void *regex; /* URegularExpression */
    enum rule_on on;
    mpt tolerance;
    const char *asks[2], *mend[2]; /* English, Vietnamese; mend may be NULL */
    struct pos pos;
};

struct rule_pack {
    const char *id, *form, *kinds; /* form NULL: any */
    const char *lang;              /* interned, of its documents; NULL: any */
    const char *title[2];
    struct pos pos;
    struct rule *rules;
    size_t n;
};

struct check_packs {
    struct arena *arena;
    struct rule_pack **v;
    size_t n, cap;
};

/* The rules that hold for a document, those turned off left out. */
struct check_rules {
    const struct rule **v;
    size_t n, cap;
    const char *lang; /* of the pages they hold for, interned; NULL: of the first page */
    bool leads;       /* the document begins in that language */
};

/* ---- rule_pack.c, rule_value.c ---- */

/* Reads what the rule's attributes say; false after an error. */
bool rule_read_values(struct rule *r, xmlNode *node, struct arena *arena, struct diags *diags);
const char *rule_component_said(const char *component, int language);
bool rule_has_word(const char *words, const char *word, size_t n);

/* ---- what is seen of a page: rule_page.c ---- */

struct rule_line {
    const struct area_line *line;
    mpt x0, x1, y; /* of all its text, without blanks at its end; y: baseline */
    mpt box_x;     /* of its block, on the page */
};

/* Characters in one font, size and colour. */
struct rule_face {
    const struct font *font;
    mpt size;
    struct color color;
    uint32_t count;
};

enum { RULE_FACES = 6 };
/* A paragraph, or what of it stands on the page; or an inline of its own. */
struct rule_block {
    const char *component, *lang;
    const void *paragraph;
    int32_t tag; /* < 0: static content */
    struct pos pos;
    size_t line, line_count; /* in page.lines */
    bool inner;              /* an inline in a block of another component */
    size_t text, text_len;   /* in page.text[inner] */
    struct rule_face face[RULE_FACES];
    mpt x0, x1, top, bottom, end; /* end: of the text that came last */
    bool apart; /* something that is of no component stands between it and the block before */
};

struct rule_shape {
    const char *component;
    struct rect rect;
};

struct rule_extent {
    mpt at[4]; /* by side, on the page */
    mpt x[4], y[4]; /* where the text that reaches it begins */
    struct pos pos[4];
};

struct rule_page {
    const struct area_page *page;
    struct rule_block *blocks;
    size_t block_count, block_cap;
    struct rule_line *lines;
    size_t line_count, line_cap;
    struct rule_shape *shapes;
    size_t shape_count, shape_cap;
    struct rule_text {
        uint16_t *u; /* UTF-16 */
        size_t n, cap;
    } text[2]; /* of blocks, of inlines */
    struct rule_extent extent; /* of what flows */
    bool any;                  /* anything flows */
    bool apart;
    const char *const *components; /* that rules ask for, ended by NULL */
    bool all;                      /* they ask for any */
};

void rule_page_read(struct rule_page *p, const struct area_page *page);
void rule_page_free(struct rule_page *p);
/* The face that most of a block's characters have. */
const struct rule_face *rule_face_of(const struct rule_block *b);
/* The text as UTF-8, blanks joined. */
char *rule_text_of(struct arena *arena, const uint16_t *text, size_t n);

/* ---- findings: rule_tell.c ---- */

struct rule_place {
    int32_t page;
    const char *label;
    struct pos pos;
    mpt x, y;
    const char *component; /* NULL: the rule's own */
};
struct rule_finding {
    struct rule_place at;
    const char *measured[2]; /* as rule_measures says it: English, Vietnamese */
    const char *plain;       /* the value alone */
};
enum { RULE_TOLD = 5 };
struct rule_findings { /* of one rule: the first ones */
    struct rule_finding v[RULE_TOLD];
    int n;
    size_t count;
};

/* ---- the checker ---- */

/* A block as the whole document needs it: its text, its place in order. */
struct rule_record {
    const char *component, *lang, *text;
    int32_t tag;
    uint32_t serial; /* on its page */
    bool apart;      /* something of no component stands between it and the record before */
    struct rule_place at;
};

struct check_rule_sink {
    struct area_filter pass;
    const struct check_rules *rules;
    struct arena *arena;           /* of findings and records */
    struct rule_findings *found;   /* by rule */
    struct rule_page page;
    struct rule_record *records;
    size_t record_count, record_cap;
    struct rule_margin {           /* by side: the smallest seen */
        mpt least;
        struct rule_place at;
        bool any;
    } margin[4];
    struct rule_place start;       /* of the document */
    int32_t pages;
    bool apart;                    /* something of no component came last */
    const char *lang;              /* of the pages that rules hold for, interned; NULL: of all */
    int32_t first;                 /* index of the first of them, -1: not seen yet */
    const char *home;              /* see check_rules_end */
    mpt pitch;                     /* known last, of the text */
    const char **components;
};

/* Tells a measured value; `other`: a second one of the measure's text, or NULL. */
void rule_found(struct check_rule_sink *k, size_t rule, const struct rule_place *at, const char *en, const char *vi,
                const char *other);
void rule_tell_all(struct check_rule_sink *k, struct diags *diags);
void rule_clear(struct check_rule_sink *k);
/* A length with its unit: millimetres for places, points for type. */
void rule_say_length(struct buf *b, int64_t v, bool mm);

/* rule_block.c: what is measured of one block, or a page */
void rule_check_page(struct check_rule_sink *k);
void rule_tell(struct check_rule_sink *k, size_t rule, const struct rule_block *b, const char *en, const char *vi);
void rule_tell_length(struct check_rule_sink *k, size_t rule, const struct rule_block *b, int64_t v, bool mm);
bool rule_wants(const struct rule *r, const char *word);
bool rule_is_enough(const struct rule *r, int64_t v); /* only the lower bound */
static inline const struct rule_line *rule_line_at(const struct check_rule_sink *k, const struct rule_block *b, size_t i) {
    return &k->page.lines[b->line + i];
}
/* rule_line.c */
enum { RULE_FLUSH = 1000 }; /* what ends so near to an edge ends at it */
mpt rule_pitch_of(const struct check_rule_sink *k, const struct rule_block *b);
void rule_check_align(struct check_rule_sink *k, size_t rule, const struct rule_block *b);
void rule_check_pitch(struct check_rule_sink *k, size_t rule, const struct rule_block *b);
void rule_check_indent(struct check_rule_sink *k, size_t rule, const struct rule_block *b);
void rule_check_distance(struct check_rule_sink *k, size_t rule, const struct rule_block *b);
/* rule_whole.c: what needs the whole document */
void rule_check_whole(struct check_rule_sink *k);
bool rule_in_bounds(const struct rule *r, int64_t v, mpt size);

#endif
