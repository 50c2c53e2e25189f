/* Page labels: ranges of pages that count on (ISO 32000-1, 12.4.2). */
#include "pdf/private.h"

static bool same(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *style_of(const char *format) {
    static const char formats[] = "1iIaA", *const styles[] = {"D", "r", "R", "a", "A"};
    const char *at = format && *format ? strchr(formats, format[0]) : NULL;
    return styles[at ? at - formats : 0];
}

static bool goes_on(const struct page_record *a, const struct page_record *b) {
    if (a->label || b->label) return false;
    return b->number == a->number + 1 && same(a->format, b->format) && same(a->prefix, b->prefix);
}

static void put_prefix(struct buf *b, const char *prefix) {
    if (!prefix) return;
    buf_str(b, "/P");
    put_text(b, prefix);
}

void page_labels(struct pdf *p, struct buf *b) {
    const struct page_record *before = NULL;
    int32_t index = 0; /* pages that never came have none */
    buf_str(b, "<</Nums[");
    for (size_t i = 0; i < p->page_count; i++) {
        const struct page_record *r = &p->pages[i];
        if (!r->object) continue;
        if (!before || !goes_on(before, r)) {
            buf_fmt(b, "%d<<", index);
            if (r->label) put_prefix(b, r->label);
            else {
                buf_fmt(b, "/S/%s/St %d", style_of(r->format), r->number);
                put_prefix(b, r->prefix);
            }
            buf_str(b, ">>");
        }
        before = r;
        index++;
    }
    buf_str(b, "]>>");
}
