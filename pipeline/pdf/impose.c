/* Two pages up in folding order: a saddle-stitched booklet. */
#include "pdf/private.h"

enum { MARK = 8000 };

struct sheet {
    struct buf ops;
    HPDF_Dict forms;
    mpt width, height; /* of one page */
};

/* A page shifted to x, cut to its half of the sheet. */
static void place(struct pdf *p, struct sheet *s, int32_t page, int64_t x, mpt half) {
    if (page < 0 || (size_t)page >= p->page_count || !p->pages[page].object) return;
    buf_str(&s->ops, "q ");
    put_rect(&s->ops, (struct rect){half, 0, s->width, s->height});
    buf_str(&s->ops, "W n 1 0 0 1 ");
    put_number(&s->ops, x);
    buf_fmt(&s->ops, "0 cm /P%d Do Q\n", page);
    char name[16];
    snprintf(name, sizeof name, "P%d", page);
    if (!s->forms) s->forms = dict_new(p, NULL);
    dict_ref(p, s->forms, name, p->pages[page].object);
}

static void put_fold_marks(struct sheet *s) {
    buf_str(&s->ops, "0.25 w 0 G [2 2] 0 d\n");
    for (int i = 0; i < 2; i++) {
        put_number(&s->ops, s->width);
        put_number(&s->ops, i ? s->height - MARK : 0);
        buf_str(&s->ops, "m ");
        put_number(&s->ops, s->width);
        put_number(&s->ops, i ? s->height : MARK);
        buf_str(&s->ops, "l S\n");
    }
}

static uint32_t write_sheet(struct pdf *p, struct sheet *s, int32_t index) {
    uint32_t content = object_number(p), object = object_number(p);
    object_stream(p, content, NULL, s->ops.p, s->ops.n, false);
    HPDF_Dict d = dict_new(p, "Page"), resources = dict_new(p, NULL);
    dict_ref(p, d, "Parent", page_parent(p, index));
    double box[4] = {0, 0, 2 * s->width / 1000.0, s->height / 1000.0};
    dict_rect(p, d, "MediaBox", box);
    dict_add(p, resources, "XObject", s->forms);
    dict_add(p, d, "Resources", resources);
    dict_ref(p, d, "Contents", content);
    object_write(p, object, d);
    buf_free(&s->ops);
    return object;
}

/* The front of sheet k, counted from the outermost, holds pages n-1-2k and 2k,
 * its back 2k+1 and n-2-2k.  Inner sheets stick out when folded, so their pages
 * move towards the fold by the creep of each sheet around them. */
static uint32_t write_side(struct pdf *p, int32_t n, int32_t side, mpt width, mpt height) {
    int32_t k = side / 2, left = n - 1 - 2 * k, right = 2 * k;
    if (side % 2) left = 2 * k + 1, right = n - 2 - 2 * k;
    int64_t creep = (int64_t)p->options.creep * k;
    struct sheet s = {.width = width, .height = height};
    int64_t narrow = left >= 0 && (size_t)left < p->page_count ? width - p->pages[left].width : 0;
    place(p, &s, left, narrow + creep, 0);
    place(p, &s, right, width - creep, width);
    put_fold_marks(&s);
    return write_sheet(p, &s, side);
}

void impose_finish(struct pdf *p) {
    int32_t n = ((int32_t)p->page_count + 3) / 4 * 4, sides = n / 2;
    mpt width = 0, height = 0;
    for (size_t i = 0; i < p->page_count; i++) {
        if (p->pages[i].width > width) width = p->pages[i].width;
        if (p->pages[i].height > height) height = p->pages[i].height;
    }
    struct page_record *sheets = mem_alloc(((size_t)sides + 1) * sizeof *sheets);
    for (int32_t i = 0; i < sides; i++) {
        sheets[i].object = write_side(p, n, i, width, height);
        sheets[i].number = i + 1;
    }
    mem_free(p->pages);
    p->pages = sheets;
    p->page_count = p->page_cap = (size_t)sides;
}
