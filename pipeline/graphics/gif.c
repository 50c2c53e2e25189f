/* GIF (CompuServe, GIF89a, 1990): the first picture of a file, with its LZW
 * code (appendix F). */
#include "graphics/private.h"

enum { CODES = 4096 };

struct frame {
    int x, y, w, h;
    bool interlaced;
    int transparent;       /* colour index, -1: none */
    const uint8_t *colors; /* three bytes each */
    int color_count;
    size_t data;           /* where the LZW minimum code size stands */
};

static int le16(const uint8_t *p) {
    return p[0] | p[1] << 8;
}

/* Behind the sub-blocks that begin at i; n: they do not end. */
static size_t skip_blocks(const uint8_t *p, size_t n, size_t i) {
    while (i < n && p[i]) i += 1 + (size_t)p[i];
    return i < n ? i + 1 : n;
}

/* The image descriptor at i (clause 20). */
static const char *read_descriptor(struct frame *f, const uint8_t *p, size_t n, size_t i, size_t *at) {
    *at = n;
    if (n - i < 11) return "the file ends too early";
    f->x = le16(p + i + 1);
    f->y = le16(p + i + 3);
    f->w = le16(p + i + 5);
    f->h = le16(p + i + 7);
    int flags = p[i + 9];
    f->interlaced = flags & 0x40;
    f->data = i + 10;
    if (flags & 0x80) {
        f->color_count = 2 << (flags & 7);
        f->colors = p + f->data;
        f->data += (size_t)f->color_count * 3;
    }
    if (f->data >= n || skip_blocks(p, n, f->data + 1) == n) return "the file ends too early";
    *at = i;
    if (!f->colors) return "a GIF without colours";
    return p[f->data] < 2 || p[f->data] > 8 ? "damaged GIF" : NULL;
}

/* Finds the first frame; NULL, or what is wrong at byte *at. */
static const char *find_frame(const struct buf *b, struct frame *f, size_t *at) {
    const uint8_t *p = (const uint8_t *)b->p;
    size_t n = b->n, i = 13;
    *f = (struct frame){.transparent = -1};
    *at = n;
    if (n < 13) return "the file ends too early";
    if (p[10] & 0x80) {
        f->color_count = 2 << (p[10] & 7);
        f->colors = p + i;
        i += (size_t)f->color_count * 3;
    }
    while (*at = i, i + 2 < n) {
        if (p[i] == 0x2C) return read_descriptor(f, p, n, i, at);
        if (p[i] == 0x3B) return "a GIF without a picture";
        if (p[i] != 0x21) return "damaged GIF";
        if (p[i + 1] == 0xF9 && n - i >= 8 && p[i + 2] == 4) f->transparent = p[i + 3] & 1 ? p[i + 6] : -1;
        i = skip_blocks(p, n, i + 2);
    }
    *at = n;
    return "the file ends too early";
}

const char *gif_read_header(struct image *im) {
    struct frame f;
    size_t at;
    const struct buf *b = &im->data->bytes;
    const char *why = find_frame(b, &f, &at);
    if (why) return image_why_at(im, why, at);
    im->px_width = le16((const uint8_t *)b->p + 6);
    im->px_height = le16((const uint8_t *)b->p + 8);
    if (!im->px_width || !im->px_height) im->px_width = f.w, im->px_height = f.h;
    if (!im->px_width || !im->px_height) return "a GIF without a size";
    im->width = mpt_clamp((int64_t)im->px_width * MPT_PER_POINT);
    im->height = mpt_clamp((int64_t)im->px_height * MPT_PER_POINT);
    return (int64_t)im->px_width * im->px_height > PIXELS_MAX ? "more pixels than the limit allows" : NULL;
}

/* Bits of the sub-blocks, the low ones first. */
struct bits {
    const uint8_t *p, *end;
    size_t block; /* bytes left of the sub-block */
    uint32_t held;
    int count;
};

static int read_code(struct bits *b, int size) {
    while (b->count < size) {
        if (!b->block) {
            if (b->p >= b->end || !*b->p) return -1;
            b->block = *b->p++;
        }
        if (b->p >= b->end) return -1;
        b->held |= (uint32_t)*b->p++ << b->count;
        b->block--;
        b->count += 8;
    }
    int code = (int)(b->held & ((1u << size) - 1));
    b->held >>= size;
    b->count -= size;
    return code;
}

/* Decodes into `count` colour indices; how many came. */
static size_t decode(struct bits *b, int least, uint8_t *out, size_t count) {
    uint16_t prefix[CODES];
    uint8_t last[CODES], stack[CODES + 1];
    int clear = 1 << least, next = clear + 2, size = least + 1, before = -1, first = 0;
    size_t n = 0;
    for (int i = 0; i < clear; i++) last[i] = (uint8_t)i;
    while (n < count) {
        int code = read_code(b, size);
        if (code < 0 || code == clear + 1) break;
        if (code == clear) {
            next = clear + 2;
            size = least + 1;
            before = -1;
            continue;
        }
        if (code > next || (code == next && before < 0) || (before < 0 && code >= clear)) break; /* damaged */
        int depth = 0, at = code;
        if (code == next) {
            stack[depth++] = (uint8_t)first;
            at = before;
        }
        for (; at >= clear; at = prefix[at]) stack[depth++] = last[at];
        first = at;
        stack[depth++] = (uint8_t)at;
        while (depth > 0 && n < count) out[n++] = stack[--depth];
        if (before >= 0 && next < CODES) {
            prefix[next] = (uint16_t)before;
            last[next++] = (uint8_t)first;
            if (next == 1 << size && size < 12) size++;
        }
        before = code;
    }
    return n;
}

/* Row of the picture that the i-th row of the data is (appendix E). */
static int row_of(const struct frame *f, int i) {
    static const int start[4] = {0, 4, 2, 1}, step[4] = {8, 8, 4, 2};
    if (!f->interlaced) return i;
    for (int pass = 0; pass < 4; pass++) {
        int rows = f->h > start[pass] ? (f->h - start[pass] + step[pass] - 1) / step[pass] : 0;
        if (i < rows) return start[pass] + i * step[pass];
        i -= rows;
    }
    return f->h;
}

static void put_row(const struct frame *f, struct image_samples *out, const uint8_t *row, int y) {
    if (y < 0 || y >= out->height) return;
    for (int x = 0; x < f->w && f->x + x < out->width; x++) {
        int c = row[x];
        if (c == f->transparent || c >= f->color_count) continue;
        size_t at = (size_t)y * (size_t)out->width + (size_t)(f->x + x);
        memcpy(out->data + at * 3, f->colors + c * 3, 3);
        out->alpha[at] = 255;
    }
}

const char *gif_read_samples(struct image *im, struct image_samples *out) {
    struct frame f;
    size_t at, pixels = (size_t)im->px_width * (size_t)im->px_height;
    const struct buf *b = &im->data->bytes;
    const char *why = find_frame(b, &f, &at);
    if (why) return why;
    if (!f.w || !f.h || (int64_t)f.w * f.h > PIXELS_MAX) return "damaged GIF";
    size_t count = (size_t)f.w * (size_t)f.h;
    uint8_t *indices = mem_alloc(count);
    struct bits bits = {.p = (const uint8_t *)b->p + f.data + 1, .end = (const uint8_t *)b->p + b->n};
    size_t got = decode(&bits, b->p[f.data], indices, count);
    *out = (struct image_samples){.width = im->px_width, .height = im->px_height, .components = 3, .size = pixels * 3};
    if (got == count) {
        out->data = mem_alloc(out->size);
        out->alpha = mem_alloc(pixels);
        for (int i = 0; i < f.h; i++) put_row(&f, out, indices + (size_t)i * (size_t)f.w, f.y + row_of(&f, i));
        if (!memchr(out->alpha, 0, pixels)) {
            mem_free(out->alpha);
            out->alpha = NULL;
        }
    } else {
        why = "damaged GIF";
    }
    mem_free(indices);
    return why;
}
