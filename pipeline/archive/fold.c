/* Text as it is searched: so that "bien phong" finds "Biên phòng", and Lao is
 * found by its words. */
#include "archive/private.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

struct folding {
    struct buf *out, *map;
    const UNormalizer2 *nfd;
    UBreakIterator *words; /* of Lao; opened when the first is met */
};

static void put(struct folding *f, const char *p, size_t n, size_t offset) {
    buf_put(f->out, p, n);
    uint32_t at = (uint32_t)offset;
    for (size_t i = 0; f->map && i < n; i++) buf_put(f->map, &at, sizeof at);
}

static void put_point(struct folding *f, uint32_t cp, size_t offset) {
    char bytes[4];
    put(f, bytes, utf8_put(bytes, cp), offset);
}

/* Lower case, decomposed (UAX 15, NFD), without non-spacing marks; the bytes
 * written to out, at most 32. */
static size_t fold_one(char *out, const UNormalizer2 *nfd, uint32_t cp) {
    UChar parts[8];
    UErrorCode e = U_ZERO_ERROR;
    cp = (uint32_t)u_foldCase((UChar32)cp, U_FOLD_CASE_DEFAULT);
    if (cp == 0x111) cp = 'd'; /* đ has no decomposition */
    int32_t n = unorm2_getDecomposition(nfd, (UChar32)cp, parts, 8, &e);
    if (n < 0 || U_FAILURE(e)) return u_charType((UChar32)cp) == U_NON_SPACING_MARK ? 0 : utf8_put(out, cp);
    size_t written = 0;
    for (int32_t i = 0; i < n;) {
        UChar32 part;
        U16_NEXT(parts, i, n, part);
        if (u_charType(part) != U_NON_SPACING_MARK) written += utf8_put(out + written, (uint32_t)part);
    }
    return written;
}

/* Latin letters with marks are asked for again and again. */
enum { KNOWN = 0x2000 };
static struct {
    char bytes[7];
    unsigned char n; /* 0: not asked yet, else count + 1 */
} known[KNOWN];

static void fold_point(struct folding *f, uint32_t cp, size_t offset) {
    char bytes[32];
    if (cp < KNOWN && known[cp].n) {
        put(f, known[cp].bytes, known[cp].n - 1u, offset);
        return;
    }
    size_t n = fold_one(bytes, f->nfd, cp);
    put(f, bytes, n, offset);
    if (cp >= KNOWN || n > sizeof known[cp].bytes) return;
    memcpy(known[cp].bytes, bytes, n);
    known[cp].n = (unsigned char)(n + 1);
}

static bool is_lao(uint32_t cp) { return cp >= 0xE80 && cp <= 0xEFF; }

/* A run of Lao, its words parted by spaces. */
static void fold_lao(struct folding *f, const char *run, size_t n, size_t offset) {
    UErrorCode e = U_ZERO_ERROR;
    uint16_t *u = mem_alloc((n + 1) * sizeof *u);
    int32_t units = (int32_t)utf16_from_utf8(u, run, n);
    if (!f->words) f->words = ubrk_open(UBRK_WORD, "lo", NULL, 0, &e);
    if (U_SUCCESS(e)) ubrk_setText(f->words, (const UChar *)u, units, &e);
    put(f, " ", 1, offset);
    for (int32_t from = 0; from < units;) {
        int32_t to = U_SUCCESS(e) ? ubrk_following(f->words, from) : units;
        if (to == UBRK_DONE || to > units) to = units;
        for (; from < to; from++) put_point(f, u[from], offset + 3 * (size_t)from); /* three bytes each */
        put(f, " ", 1, offset + 3 * (size_t)to - 1);
    }
    mem_free(u);
}

void fold_text(struct buf *out, struct buf *map, const char *text, size_t n) {
    UErrorCode e = U_ZERO_ERROR;
    struct folding f = {out, map, unorm2_getNFDInstance(&e), NULL};
    const char *end = text + n;
    for (const char *p = text; p < end;) {
        const char *start = p, *last = p;
        uint32_t cp = utf8_next(&p, end);
        if (!is_lao(cp)) {
            fold_point(&f, cp, (size_t)(start - text));
            continue;
        }
        for (last = p; p < end && is_lao(utf8_next(&p, end));) last = p;
        p = last;
        fold_lao(&f, start, (size_t)(last - start), (size_t)(start - text));
    }
    if (f.words) ubrk_close(f.words);
}
