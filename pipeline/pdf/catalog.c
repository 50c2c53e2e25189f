/* What hangs on the catalog: page tree, links, outline, labels, attachments,
 * output intent (ISO 32000-1, 7.7, 12; ISO 19005-3). */
#include "pdf/private.h"

enum { FANOUT = 50 };

static void write_raw(struct pdf *p, uint32_t object, const struct buf *b) {
    object_begin(p, object);
    pdf_put(p, b->p, b->n);
    object_end(p);
}

/* Leaf of the page tree that holds page `index`. */
uint32_t page_parent(struct pdf *p, int32_t index) {
    size_t k = (size_t)index / FANOUT;
    while (p->node_count <= k) {
        p->nodes = mem_grow(p->nodes, &p->node_cap, p->node_count + 1, sizeof *p->nodes);
        p->nodes[p->node_count++] = object_reserve(p);
    }
    return p->nodes[k];
}

/* A balanced tree, fifty kids a node (7.7.3.2). */
uint32_t pages_finish(struct pdf *p) {
    size_t n = p->page_count ? (p->page_count + FANOUT - 1) / FANOUT : 1, unit = FANOUT;
    page_parent(p, (int32_t)((n - 1) * FANOUT));
    uint32_t *level = mem_alloc((n + 1) * sizeof *level);
    memcpy(level, p->nodes, n * sizeof *level);
    uint32_t *kids = mem_alloc((p->page_count + 1) * sizeof *kids);
    for (size_t i = 0; i < p->page_count; i++) kids[i] = p->pages[i].object;
    size_t kid_count = p->page_count;
    for (;;) {
        size_t up = (n + FANOUT - 1) / FANOUT;
        uint32_t *next = mem_alloc((up + 1) * sizeof *next);
        for (size_t i = 0; n > 1 && i < up; i++) next[i] = object_reserve(p);
        for (size_t i = 0; i < n; i++) {
            struct buf b = {0};
            size_t first = i * FANOUT, last = first + FANOUT < kid_count ? first + FANOUT : kid_count;
            size_t pages = (i + 1) * unit < p->page_count ? unit : p->page_count - i * unit;
            buf_fmt(&b, "<</Type/Pages/Count %zu/Kids[", pages);
            for (size_t k = first; k < last; k++) buf_fmt(&b, "%u 0 R ", kids[k]);
            buf_char(&b, ']');
            if (n > 1) buf_fmt(&b, "/Parent %u 0 R", next[i / FANOUT]);
            buf_str(&b, ">>");
            write_raw(p, level[i], &b);
            buf_free(&b);
        }
        if (n == 1) {
            uint32_t root = level[0];
            mem_free(next);
            mem_free(level);
            mem_free(kids);
            return root;
        }
        mem_free(kids);
        kids = level;
        kid_count = n;
        level = next;
        n = up;
        unit *= FANOUT;
    }
}

/* [page /XYZ x y null], or nothing when no such id was placed. */
void put_dest(struct pdf *p, struct buf *b, const char *id) {
    struct map_entry *e = map_find(p->dests, id, strlen(id));
    struct dest_record *d = e ? e->value.ptr : NULL;
    if (!d || (size_t)d->page >= p->page_count) return;
    buf_fmt(b, "[%u 0 R/XYZ ", p->pages[d->page].object);
    buf_milli(b, (int64_t)(d->x * 1000));
    buf_char(b, ' ');
    buf_milli(b, (int64_t)(d->y * 1000));
    buf_str(b, " null]");
}

static void put_action(struct buf *b, const char *uri) {
    buf_str(b, "/A<</S/URI/URI");
    put_text(b, uri);
    buf_str(b, ">>");
}

/* 12.5.6.5; ISO 14289-1, 7.18. */
void links_finish(struct pdf *p) {
    for (size_t i = 0; i < p->link_count; i++) {
        struct link_record *l = &p->links[i];
        struct buf b = {0}, dest = {0};
        buf_str(&b, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        for (int k = 0; k < 4; k++) {
            buf_milli(&b, (int64_t)(l->rect[k] * 1000 + 0.5));
            buf_char(&b, ' ');
        }
        buf_char(&b, ']');
        if (l->dest) put_dest(p, &dest, l->dest);
        if (l->dest && !dest.n) diag_add(p->diags, DIAG_UNRESOLVED_ID, l->pos, l->dest);
        if (l->uri) put_action(&b, l->uri);
        else if (dest.n) buf_fmt(&b, "/Dest%s", dest.p);
        buf_str(&b, "/Contents");
        put_text(&b, l->contents && *l->contents ? l->contents : l->uri ? l->uri : l->dest ? l->dest : "link");
        if (l->key != UINT32_MAX) buf_fmt(&b, "/StructParent %u", l->key);
        buf_str(&b, ">>");
        write_raw(p, l->object, &b);
        buf_free(&b);
        buf_free(&dest);
    }
}

static int32_t shown(const struct pdf *p, int32_t first) {
    int32_t n = 0;
    for (int32_t i = first; i >= 0; i = p->outlines[i].next)
        n += 1 + (p->outlines[i].open ? shown(p, p->outlines[i].first) : 0);
    return n;
}

uint32_t outlines_finish(struct pdf *p) {
    if (!p->outline_count) return 0;
    uint32_t root = object_reserve(p);
    for (size_t i = 0; i < p->outline_count; i++) p->outlines[i].object = object_reserve(p);
    struct buf b = {0};
    for (size_t i = 0; i < p->outline_count; i++) {
        struct outline_record *o = &p->outlines[i];
        buf_clear(&b);
        buf_str(&b, "<</Title");
        put_text(&b, o->title);
        buf_fmt(&b, "/Parent %u 0 R", o->parent >= 0 ? p->outlines[o->parent].object : root);
        if (o->prev >= 0) buf_fmt(&b, "/Prev %u 0 R", p->outlines[o->prev].object);
        if (o->next >= 0) buf_fmt(&b, "/Next %u 0 R", p->outlines[o->next].object);
        if (o->first >= 0) {
            int32_t n = shown(p, o->first);
            buf_fmt(&b, "/First %u 0 R/Last %u 0 R/Count %d", p->outlines[o->first].object, p->outlines[o->last].object, o->open ? n : -n);
        }
        size_t before = b.n;
        if (o->dest) {
            buf_str(&b, "/Dest");
            put_dest(p, &b, o->dest);
            if (b.n == before + 5) {
                b.n = before;
                diag_add(p->diags, DIAG_UNRESOLVED_ID, (struct pos){0}, o->dest);
            }
        } else if (o->uri) {
            put_action(&b, o->uri);
        }
        buf_str(&b, ">>");
        write_raw(p, o->object, &b);
    }
    buf_clear(&b);
    buf_fmt(&b, "<</Type/Outlines/First %u 0 R/Last %u 0 R/Count %d>>", p->outlines[p->outline_first].object,
            p->outlines[p->outline_last].object, shown(p, p->outline_first));
    write_raw(p, root, &b);
    buf_free(&b);
    return root;
}

static const char *style_of(const char *format) {
    if (!format) return "D";
    switch (format[0]) {
    case 'i': return "r";
    case 'I': return "R";
    case 'a': return "a";
    case 'A': return "A";
    default: return "D";
    }
}

static bool goes_on(const struct page_record *a, const struct page_record *b) {
    return b->number == a->number + 1 && strcmp(a->format ? a->format : "1", b->format ? b->format : "1") == 0 &&
           strcmp(a->prefix ? a->prefix : "", b->prefix ? b->prefix : "") == 0;
}

/* 12.4.2: ranges of pages that count on. */
void page_labels(struct pdf *p, struct buf *b) {
    buf_str(b, "/PageLabels<</Nums[");
    for (size_t i = 0; i < p->page_count; i++) {
        const struct page_record *r = &p->pages[i];
        if (i && goes_on(&p->pages[i - 1], r)) continue;
        buf_fmt(b, "%zu<</S/%s/St %d", i, style_of(r->format), r->number > 0 ? r->number : 1);
        if (r->prefix && *r->prefix) {
            buf_str(b, "/P");
            put_text(b, r->prefix);
        }
        buf_str(b, ">>");
    }
    buf_str(b, "]>>");
}

/* ISO 19005-3, 6.8: associated files. */
void attachments_finish(struct pdf *p, struct buf *names, struct buf *af) {
    if (!p->options.attachment_count) return;
    buf_str(names, "/EmbeddedFiles<</Names[");
    buf_str(af, "/AF[");
    for (size_t i = 0; i < p->options.attachment_count; i++) {
        const struct pdf_attachment *a = &p->options.attachments[i];
        uint32_t file = object_reserve(p), spec = object_reserve(p);
        struct buf b = {0};
        buf_str(&b, "/Type/EmbeddedFile/Subtype");
        put_name(&b, a->mime ? a->mime : "application/octet-stream");
        buf_fmt(&b, "/Params<</Size %zu", a->size);
        if (p->meta.date) {
            buf_str(&b, "/ModDate");
            put_date(&b, p->meta.date);
        }
        buf_str(&b, ">>");
        object_stream(p, file, b.p, a->data, a->size, false);
        buf_clear(&b);
        buf_str(&b, "<</Type/Filespec/F");
        put_text(&b, a->name);
        buf_str(&b, "/UF");
        put_text(&b, a->name);
        if (a->description) {
            buf_str(&b, "/Desc");
            put_text(&b, a->description);
        }
        buf_fmt(&b, "/AFRelationship/%s/EF<</F %u 0 R/UF %u 0 R>>>>", a->relationship ? a->relationship : "Unspecified", file, file);
        write_raw(p, spec, &b);
        put_text(names, a->name);
        buf_fmt(names, "%u 0 R ", spec);
        buf_fmt(af, "%u 0 R ", spec);
        buf_free(&b);
    }
    buf_str(names, "]>>");
    buf_char(af, ']');
}

/* ISO 19005-3, 6.2.3: the sRGB profile. */
uint32_t intent_finish(struct pdf *p) {
    if (p->options.profile == PDF_PLAIN) return 0;
    const char *path = p->options.icc_path ? p->options.icc_path : "/usr/share/color/icc/sRGB.icc";
    struct buf profile = {0};
    if (file_read(&profile, path) != 0 || profile.n < 128) {
        pdf_refuse(p, "the sRGB profile of the output intent is not installed", (struct pos){0});
        buf_free(&profile);
        return 0;
    }
    uint32_t stream = object_reserve(p), intent = object_reserve(p);
    object_stream(p, stream, "/N 3", profile.p, profile.n, false);
    buf_free(&profile);
    object_begin(p, intent);
    pdf_fmt(p, "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %u 0 R>>", stream);
    object_end(p);
    return intent;
}
