/* White space (XSL 1.1, 7.16.7, 7.16.8, 7.16.12).
 *
 * Treatment and collapse look at runs of neighbouring characters: text and
 * fo:character that stand side by side in one FO.  The border of an inline ends
 * a run, but what is at the end of the paragraph's last inlines is trimmed with
 * it. */
#include "layout/para.h"

#include <unicode/uchar.h>

struct scan {
    struct collected *c;
    struct ibox *box;
    struct fo_node *node, *end; /* node: where `p` points into */
    const char *p, *limit;
    bool at_end;
    bool in_space;
    bool decided, before_linefeed; /* about the white space that is being read */
    size_t part_index; /* the open text part's index + 1, 0: none */
};

/* Values lose the white space around them: a character that is nothing else
 * stands in the attribute. */
static const char *character_of(const struct fo_node *n) {
    const char *t = fo_string(n, P_CHARACTER);
    for (uint32_t i = 0; i < n->attr_count && !(t && *t); i++)
        if (strcmp(n->attrs[i].name, "character") == 0) return n->attrs[i].value;
    return t;
}

static void open_node(struct scan *s) {
    const char *t = s->node->element == FO_TEXT ? s->node->text : character_of(s->node);
    size_t n = s->node->element == FO_TEXT ? s->node->text_len : t ? strlen(t) : 0;
    s->p = t;
    s->limit = t + n;
}

static bool is_white(uint32_t cp) {
    return cp == ' ' || cp == '\t' || cp == '\r';
}

/* Is the white space at s->p followed by a preserved linefeed or the end? */
static bool looks_at_linefeed(struct scan *s) {
    if (s->decided) return s->before_linefeed;
    s->decided = true;
    s->before_linefeed = s->at_end;
    struct scan t = *s;
    while (true) {
        while (t.p < t.limit) {
            char ch = *t.p++;
            if (ch == '\n' && s->c->linefeed == E_PRESERVE) return s->before_linefeed = true;
            if (ch != '\n' && !is_white((unsigned char)ch)) return s->before_linefeed = false;
        }
        t.node = t.node->next;
        if (t.node == t.end) return s->before_linefeed;
        open_node(&t);
    }
}

static bool ignored(struct scan *s) {
    switch (s->c->treatment) {
    case E_IGNORE: return true;
    case E_IGNORE_IF_BEFORE_LINEFEED: return looks_at_linefeed(s);
    case E_IGNORE_IF_AFTER_LINEFEED: return s->c->after_linefeed;
    case E_PRESERVE: return false;
    default: return s->c->after_linefeed || looks_at_linefeed(s);
    }
}

static struct ipart *text_part(struct scan *s) {
    if (!s->part_index) {
        struct ipart *p = collect_part(s->c, PART_TEXT, s->box);
        p->node = s->node;
        s->part_index = s->c->part_count;
    }
    return &s->c->parts[s->part_index - 1];
}

/* 7.17.6, on what one text node has given. */
static void to_case(struct collected *c, enum text_case how, const char *language, size_t from) {
    if (from == c->n) return;
    uint16_t *out;
    uint32_t *map;
    uint32_t n =
        text_transform_case(c->arena, c->text + from, (uint32_t)(c->n - from), how, language, &out, &map);
    c->text = mem_grow(c->text, &c->cap, from + n + 2, sizeof *c->text);
    memcpy(c->text + from, out, n * sizeof *out);
    c->n = from + n;
}

/* 7.9.8: the part's small letters become parts of their own. */
static void small_caps(struct collected *c, struct ipart *part, const struct tstyle *ts) {
    struct ibox *box = part->box, *small = ARENA_NEW(c->arena, struct ibox);
    struct fo_node *node = part->node;
    uint32_t start = part->start, n = part->end - start;
    const uint16_t *t = arena_memdup(c->arena, c->text + start, n * sizeof *t);
    *small = *box;
    small->parent = box;
    small->ts = tstyle_small(c->l, ts);
    small->edges = NULL;
    small->open = small->close = small->again_open = small->again_close = 0;
    small->paints = small->link = small->has_id = false;
    c->part_count--;
    c->n = start;
    for (uint32_t i = 0; i < n;) {
        uint32_t j = i + 1;
        bool lower = u_islower(t[i]);
        while (j < n && (bool)u_islower(t[j]) == lower) j++;
        struct ipart *p = collect_part(c, PART_TEXT, lower ? small : box);
        p->node = node;
        c->text = mem_grow(c->text, &c->cap, c->n + j - i + 2, sizeof *c->text);
        memcpy(c->text + c->n, t + i, (j - i) * sizeof *t);
        c->n += j - i;
        size_t at = c->part_count - 1;
        if (lower) to_case(c, TEXT_CASE_UPPER, ts->bcp47, c->parts[at].start);
        c->parts[at].end = (uint32_t)c->n;
        i = j;
    }
}

/* What the style does to the characters of the open part. */
static void finish_part(struct scan *s) {
    if (!s->part_index) return;
    struct ipart *p = &s->c->parts[s->part_index - 1];
    const struct tstyle *ts = tstyle_of(s->c->l, p->node);
    s->part_index = 0;
    if (ts->transform != TEXT_CASE_NONE) {
        to_case(s->c, ts->transform, ts->bcp47, p->start);
        p->end = (uint32_t)s->c->n;
    }
    if (ts->small_caps) small_caps(s->c, p, ts);
}

/* fo:character (6.6.3): a box of its own. */
static void put_character(struct scan *s, uint32_t cp) {
    struct collected *c = s->c;
    tag_of(c->l, s->node);
    struct ibox *b = ARENA_NEW(c->arena, struct ibox);
    b->parent = s->box;
    b->node = s->node;
    b->ts = tstyle_of(c->l, s->node);
    b->ac = actx_text(c->arena, s->node, b->ts, b->ts->size, s->box->ac);
    b->depth = (uint16_t)(s->box->depth + 1);
    struct offset own = position_relative(s->node, c->width, c->l->area_height);
    b->moved = (struct offset){plus(s->box->moved.x, own.x), plus(s->box->moved.y, own.y)};
    b->character = true;
    b->paints = b->ts->has_edges || b->ts->has_background;
    b->has_id = s->node->id != NULL;
    b->keep = s->box->keep;
    b->line_start = s->box->line_start;
    b->line_end = s->box->line_end;
    b->visible = b->paints || b->has_id ? b : s->box->visible;
    if (b->ts->has_edges) {
        b->edges = ARENA_NEW(c->arena, struct edges);
        edges_of(b->edges, s->node, c->width);
        b->open = edges_width(b->edges, SIDE_START);
        b->close = edges_width(b->edges, SIDE_END);
    }
    finish_part(s);
    struct ipart *p = collect_part(c, PART_CHAR, b);
    p->node = s->node;
    if (cp > 0xFFFF) c->text[c->n++] = (uint16_t)(0xD7C0 + (cp >> 10));
    c->text[c->n++] = (uint16_t)(cp > 0xFFFF ? 0xDC00 | (cp & 0x3FF) : cp);
    p->end = (uint32_t)c->n;
}

static void put(struct scan *s, uint32_t cp) {
    struct collected *c = s->c;
    c->text = mem_grow(c->text, &c->cap, c->n + 2, sizeof *c->text);
    if (s->node->element == FO_CHARACTER) {
        put_character(s, cp);
        return;
    }
    struct ipart *p = text_part(s);
    if (cp > 0xFFFF) c->text[c->n++] = (uint16_t)(0xD7C0 + (cp >> 10));
    c->text[c->n++] = (uint16_t)(cp > 0xFFFF ? 0xDC00 | (cp & 0x3FF) : cp);
    p->end = (uint32_t)c->n;
}

static void put_break(struct scan *s) {
    struct collected *c = s->c;
    finish_part(s);
    c->text = mem_grow(c->text, &c->cap, c->n + 1, sizeof *c->text);
    struct ipart *p = collect_part(c, PART_BREAK, s->box);
    c->text[c->n++] = '\n';
    p->end = (uint32_t)c->n;
    s->part_index = 0;
}

/* Text and fo:character are treated alike: all text is characters (4.7.2). */
static void put_white(struct scan *s) {
    if (s->in_space && s->c->collapse) return;
    if (ignored(s)) return;
    s->in_space = true;
    put(s, ' ');
}

static void put_linefeed(struct scan *s) {
    switch (s->c->linefeed) {
    case E_IGNORE: break;
    case E_TREAT_AS_ZERO_WIDTH_SPACE:
        s->in_space = false;
        put(s, 0x200B);
        break;
    case E_PRESERVE:
        s->decided = s->in_space = false;
        put_break(s);
        s->c->after_linefeed = true;
        break;
    default: put_white(s);
    }
}

/* Plain text up to the next white space, fast. */
static void put_word(struct scan *s) {
    struct collected *c = s->c;
    c->text = mem_grow(c->text, &c->cap, c->n + (size_t)(s->limit - s->p) + 2, sizeof *c->text);
    struct ipart *part = text_part(s);
    s->in_space = s->decided = c->after_linefeed = false;
    while (s->p < s->limit) {
        unsigned char ch = (unsigned char)*s->p;
        if (ch <= ' ' || (ch >= 0xC2 && (ch == 0xC2 || ch == 0xE2))) break;
        if (ch < 0x80) {
            c->text[c->n++] = ch;
            s->p++;
            continue;
        }
        uint32_t cp = utf8_next(&s->p, s->limit);
        if (cp > 0xFFFF) c->text[c->n++] = (uint16_t)(0xD7C0 + (cp >> 10));
        c->text[c->n++] = (uint16_t)(cp > 0xFFFF ? 0xDC00 | (cp & 0x3FF) : cp);
    }
    part->end = (uint32_t)c->n;
}

static void put_other(struct scan *s, uint32_t cp) {
    s->in_space = s->decided = s->c->after_linefeed = false;
    if ((cp == 0x85 || cp == 0x2028 || cp == 0x2029) && s->node->element == FO_TEXT) put_break(s);
    else if (cp >= ' ') put(s, cp);
}

static void append_node(struct scan *s) {
    struct collected *c = s->c;
    bool text = s->node->element == FO_TEXT;
    while (s->p < s->limit) {
        unsigned char ch = (unsigned char)*s->p;
        if (text && ch > ' ' && ch != 0xC2 && ch != 0xE2) {
            put_word(s);
            continue;
        }
        /* what looks at the text ahead does so from the first white character */
        if (is_white(ch)) {
            put_white(s);
            s->p++;
        } else if (ch == '\n') {
            bool breaks = c->linefeed == E_PRESERVE;
            if (breaks) s->p++;
            put_linefeed(s);
            if (!breaks) s->p++;
        } else
            put_other(s, utf8_next(&s->p, s->limit));
    }
    finish_part(s);
}

void whitespace_append(struct collected *c, struct fo_node *from, struct fo_node *to, struct ibox *box,
                       bool at_end) {
    struct scan s = {.c = c, .box = box, .node = from, .end = to, .at_end = at_end};
    /* what is out of line does not part white space from white space */
    enum fo_element before = from->prev ? from->prev->element : FO_TEXT;
    if (before == FO_FLOAT || before == FO_CHANGE_BAR_BEGIN || before == FO_CHANGE_BAR_END)
        s.in_space = c->n && c->text[c->n - 1] == ' ';
    while (s.node != to) {
        open_node(&s);
        if (s.p) append_node(&s);
        s.node = s.node->next;
    }
}

/* The paragraph ends: white space at the end of its last inlines goes; as in the
 * reference also before a leader, where entries of contents have it. */
void whitespace_end(struct collected *c) {
    if (c->keeps_ends || c->treatment == E_PRESERVE || c->treatment == E_IGNORE_IF_AFTER_LINEFEED) return;
    const struct ipart *after = NULL; /* what is no text */
    for (size_t i = c->part_count; i-- > c->pending_from;) {
        struct ipart *p = &c->parts[i];
        if (p->kind == PART_OPEN || p->kind == PART_CLOSE || p->kind == PART_CONTROL) continue;
        if (p->kind == PART_OBJECT) after = p;
        else if (p->kind != PART_TEXT || (after && !after->object->leader)) break;
        if (p == after) continue;
        if (p->box != c->root)
            while (p->end > p->start && c->text[p->end - 1] == ' ') p->end--;
        if (p->end > p->start) break;
    }
    c->pending_from = c->part_count;
}
