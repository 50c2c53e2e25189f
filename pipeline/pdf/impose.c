/* Two pages up in folding order: a saddle-stitched booklet. */
#include "pdf/private.h"

enum { MARK = 8000, MARK_GAP = 3000 };

static void place(struct pdf *p, struct buf *b, struct buf *forms, int32_t page, mpt x, mpt clip_x, mpt width, mpt height) {
    if (page < 0 || (size_t)page >= p->page_count) return;
    buf_str(b, "q ");
    int64_t box[4] = {clip_x, 0, width, height};
    for (int i = 0; i < 4; i++) {
        buf_milli(b, box[i]);
        buf_char(b, ' ');
    }
    buf_str(b, "re W n 1 0 0 1 ");
    buf_milli(b, x);
    buf_fmt(b, " 0 cm /P%d Do Q\n", page);
    buf_fmt(forms, "/P%d %u 0 R", page, p->pages[page].object);
}

static void fold_marks(struct buf *b, mpt width, mpt height) {
    buf_str(b, "0.25 w 0 G [2 2] 0 d\n");
    for (int i = 0; i < 2; i++) {
        int64_t y0 = i ? height - MARK : 0, y1 = i ? height : MARK;
        buf_milli(b, width);
        buf_char(b, ' ');
        buf_milli(b, y0);
        buf_str(b, " m ");
        buf_milli(b, width);
        buf_char(b, ' ');
        buf_milli(b, y1);
        buf_str(b, " l S\n");
    }
}

static uint32_t sheet(struct pdf *p, uint32_t parent, int32_t left, int32_t right, mpt creep, mpt width, mpt height) {
    struct buf b = {0}, forms = {0}, page = {0};
    place(p, &b, &forms, left, -creep, 0, width, height);
    place(p, &b, &forms, right, width + creep, width, width, height);
    fold_marks(&b, width, height);
    uint32_t content = object_reserve(p), object = object_reserve(p);
    object_stream(p, content, "", b.p, b.n, false);
    buf_fmt(&page, "<</Type/Page/Parent %u 0 R/MediaBox[0 0 ", parent);
    buf_milli(&page, 2 * (int64_t)width);
    buf_char(&page, ' ');
    buf_milli(&page, height);
    buf_fmt(&page, "]/Contents %u 0 R/Resources<</XObject<<%s>>>>>>", content, buf_cstr(&forms));
    object_begin(p, object);
    pdf_put(p, page.p, page.n);
    object_end(p);
    buf_free(&b);
    buf_free(&forms);
    buf_free(&page);
    return object;
}

/* Page i of n on sheet side s: the front of sheet k holds n-1-2k and 2k, its
 * back 2k+1 and n-2-2k.  The inner sheets stick out: their pages move towards
 * the fold by `creep` a sheet. */
void impose_finish(struct pdf *p) {
    int32_t pages = (int32_t)p->page_count, n = (pages + 3) / 4 * 4;
    mpt width = 0, height = 0;
    for (int32_t i = 0; i < pages; i++) {
        if (p->pages[i].width > width) width = p->pages[i].width;
        if (p->pages[i].height > height) height = p->pages[i].height;
    }
    uint32_t *sides = mem_alloc(((size_t)n / 2 + 1) * sizeof *sides);
    size_t count = 0;
    for (int32_t k = 0; k < n / 4; k++) {
        mpt creep = -p->options.creep * k; /* towards the fold */
        sides[count] = sheet(p, page_parent(p, (int32_t)count), n - 1 - 2 * k, 2 * k, creep, width, height);
        count++;
        sides[count] = sheet(p, page_parent(p, (int32_t)count), 2 * k + 1, n - 2 - 2 * k, creep, width, height);
        count++;
    }
    p->pages = mem_grow(p->pages, &p->page_cap, count + 1, sizeof *p->pages);
    for (size_t i = 0; i < count; i++)
        p->pages[i] = (struct page_record){.object = sides[i], .width = 2 * width, .height = height, .number = (int32_t)i + 1};
    p->page_count = count;
    mem_free(sides);
}
