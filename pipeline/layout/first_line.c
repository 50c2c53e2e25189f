/* fo:initial-property-set (XSL 1.1, 6.6.4): the text of the block's first line
 * in a style of its own.  Where that line ends depends on the style, and the
 * style on where it ends: broken again until both agree. */
#include "layout/para.h"

static struct fo_node *set_of(const struct fo_node *block) {
    for (struct fo_node *n = block->first; n; n = n->next)
        if (n->element == FO_INITIAL_PROPERTY_SET) return n;
        else if (n->element != FO_MARKER && n->element != FO_TEXT) break;
    return NULL;
}

/* The parts with what the block itself holds of text before `end` in box. */
static void restyle(struct collected *c, struct para *p, const struct ipart *parts, uint32_t n, struct ibox *box, uint32_t end) {
    struct ipart *out = ARENA_ARRAY(c->arena, struct ipart, 2 * (size_t)n + 2);
    uint32_t k = 0;
    bool closed = false;
    out[k++] = (struct ipart){.kind = PART_OPEN, .start = n ? parts[0].start : 0, .end = n ? parts[0].start : 0, .box = box};
    for (uint32_t i = 0; i < n; i++) {
        struct ipart part = parts[i];
        if (!closed && part.start >= end) {
            out[k++] = (struct ipart){.kind = PART_CLOSE, .start = part.start, .end = part.start, .box = box};
            closed = true;
        }
        bool own = part.kind == PART_TEXT && part.box == c->root && part.start < end;
        if (own && part.end > end) {
            struct ipart head = part;
            head.end = end;
            head.box = box;
            out[k++] = head;
            out[k++] = (struct ipart){.kind = PART_CLOSE, .start = end, .end = end, .box = box};
            closed = true;
            part.start = end;
        } else if (own) {
            part.box = box;
        }
        out[k++] = part;
    }
    if (!closed) out[k++] = (struct ipart){.kind = PART_CLOSE, .start = end, .end = end, .box = box};
    p->parts = out;
    p->part_from = 0;
    p->part_to = k;
    p->hyphenated = false;
    items_inline(p, c->arena, false);
}

/* The text position after the first line. */
static uint32_t line_end(struct para *p, struct arena *arena, uint32_t all) {
    const struct chosen *v;
    uint32_t n = p->el_count ? para_breaks(p, arena, &v) : 0;
    if (n < 2) return all;
    for (uint32_t i = v[0].end + 1; i < p->el_count; i++) {
        const struct el *e = &p->els[i];
        if (e->frag < 0 || !(e->flags & EL_MAIN)) continue;
        const struct frag *f = &p->frags[e->frag];
        if (f->kind == FRAG_WORD || f->kind == FRAG_OBJECT) return f->start;
    }
    return all;
}

/* A larger style can leave no place for a word that would stand there in the
 * block's own: the line ends before it all the same. */
static void force_break(struct para *p, struct arena *arena, uint32_t end) {
    uint32_t at = 0;
    for (; at < p->el_count; at++) {
        const struct el *e = &p->els[at];
        if (e->frag >= 0 && (e->flags & EL_MAIN) && p->frags[e->frag].kind != FRAG_SPACE && p->frags[e->frag].start >= end) break;
    }
    for (uint32_t i = at; i-- > 0 && p->els[i].kind != EL_BOX;)
        if (p->els[i].kind == EL_PENALTY && p->els[i].penalty < EL_INFINITE) {
            p->els[i].penalty = -EL_INFINITE;
            return;
        }
    while (at > 0 && p->els[at - 1].kind != EL_BOX) at--;
    struct el *v = ARENA_ARRAY(arena, struct el, p->el_count + 1);
    memcpy(v, p->els, at * sizeof *v);
    memcpy(v + at + 1, p->els + at, (p->el_count - at) * sizeof *v);
    v[at] = (struct el){.kind = EL_PENALTY, .penalty = -EL_INFINITE, .frag = -1};
    p->els = v;
    p->el_count++;
}

void first_line_style(struct collected *c, struct para *p) {
    enum { ROUNDS = 5 };
    struct fo_node *set = set_of(c->block);
    uint32_t n = p->part_to - p->part_from;
    if (!set || !n) return;
    const struct ipart *parts = p->parts + p->part_from;
    struct ibox *box = inline_box(c, set, c->root);
    if (box->ts->transform != c->root->ts->transform || box->ts->small_caps != c->root->ts->small_caps)
        diag_add(c->l->diags, DIAG_UNSUPPORTED_PROPERTY, set->pos, "text-transform or font-variant on fo:initial-property-set", "6.6.4");
    uint32_t all = parts[n - 1].end, end = all;
    for (int round = 0; round < ROUNDS; round++) {
        restyle(c, p, parts, n, box, end);
        uint32_t next = line_end(p, c->arena, all);
        if (next == end) break;
        if (next > end && end < all) {
            force_break(p, c->arena, end);
            break;
        }
        end = next;
    }
}
