/* JPEG headers (ITU T.81 annex B; JFIF 1.02; Exif 2.3): the data itself goes to
 * the PDF unchanged. */
#include "graphics/private.h"

struct header {
    int width, height, components, turn, frame, bits; /* frame: marker of the SOF */
    bool scanned; /* has a scan */
    double dpi_x, dpi_y;
    bool adobe, jfif;
    int transform;
    const uint8_t *icc[256];
    size_t icc_n[256];
    int icc_count;
};

static unsigned be16(const uint8_t *p) {
    return (unsigned)p[0] << 8 | p[1];
}

static unsigned get16(const uint8_t *p, bool little) {
    return little ? (unsigned)p[1] << 8 | p[0] : be16(p);
}

static uint32_t get32(const uint8_t *p, bool little) {
    return little ? (uint32_t)get16(p + 2, true) << 16 | get16(p, true) : (uint32_t)be16(p) << 16 | be16(p + 2);
}

static double rational(const uint8_t *t, size_t n, uint32_t at, bool little) {
    if (at > n || n - at < 8) return 0;
    uint32_t a = get32(t + at, little), b = get32(t + at + 4, little);
    return b ? (double)a / b : 0;
}

/* Exif: orientation and resolution from the first directory. */
static void read_exif(struct header *h, const uint8_t *t, size_t n) {
    if (n < 8) return;
    bool little = t[0] == 'I';
    uint32_t dir = get32(t + 4, little);
    if (dir > n || n - dir < 2) return;
    unsigned count = get16(t + dir, little), unit = 2;
    double x = 0, y = 0;
    static const int turns[9] = {0, 0, IMAGE_MIRROR, 2, IMAGE_MIRROR | 2, IMAGE_MIRROR | 3, 1, IMAGE_MIRROR | 1, 3};
    for (unsigned i = 0; i < count && (size_t)dir + 2 + 12u * (i + 1) <= n; i++) {
        const uint8_t *e = t + dir + 2 + 12u * i;
        unsigned v = get16(e + 8, little);
        switch (get16(e, little)) {
        case 0x0112: h->turn = v < 9 ? turns[v] : 0; break;
        case 0x011A: x = rational(t, n, get32(e + 8, little), little); break;
        case 0x011B: y = rational(t, n, get32(e + 8, little), little); break;
        case 0x0128: unit = v; break;
        default: break;
        }
    }
    if (x > 0 && y > 0 && !h->jfif) {
        h->dpi_x = unit == 3 ? x * 2.54 : x;
        h->dpi_y = unit == 3 ? y * 2.54 : y;
    }
}

static void read_segment(struct header *h, int marker, const uint8_t *p, size_t n) {
    if (marker == 0xE0 && n >= 12 && memcmp(p, "JFIF", 5) == 0) {
        double x = be16(p + 8), y = be16(p + 10);
        if (p[7] == 1 || p[7] == 2) {
            h->dpi_x = p[7] == 2 ? x * 2.54 : x;
            h->dpi_y = p[7] == 2 ? y * 2.54 : y;
            h->jfif = x > 0 && y > 0;
        }
    } else if (marker == 0xE1 && n > 6 && memcmp(p, "Exif\0", 6) == 0) {
        read_exif(h, p + 6, n - 6);
    } else if (marker == 0xE2 && n > 14 && memcmp(p, "ICC_PROFILE", 12) == 0) {
        h->icc[p[12]] = p + 14;
        h->icc_n[p[12]] = n - 14;
        if (p[13] > h->icc_count) h->icc_count = p[13];
    } else if (marker == 0xEE && n >= 12 && memcmp(p, "Adobe", 5) == 0) {
        h->adobe = true;
        h->transform = p[11];
    } else if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC && n >= 6 && !h->frame) {
        h->frame = marker;
        h->bits = p[0];
        h->height = (int)be16(p + 1);
        h->width = (int)be16(p + 3);
        h->components = p[5];
    }
}

/* The end of a scan's data: its next marker that is no restart (B.1.1.5). */
static size_t skip_scan(const uint8_t *p, size_t n, size_t i) {
    while (i + 1 < n) {
        const uint8_t *ff = memchr(p + i, 0xFF, n - i - 1);
        if (!ff) return n;
        i = (size_t)(ff - p);
        if (p[i + 1] != 0 && p[i + 1] != 0xFF && (p[i + 1] & 0xF8) != 0xD0) return i;
        i += p[i + 1] == 0xFF ? 1 : 2;
    }
    return n;
}

/* Goes through all segments and scans to the end of the picture; NULL, or what
 * is wrong at byte *at. */
static const char *read_segments(struct header *h, const uint8_t *p, size_t n, size_t *at) {
    size_t i = 2;
    while (*at = i, i + 2 <= n) {
        if (p[i] != 0xFF) return "damaged JPEG";
        int marker = p[i + 1];
        if (marker == 0xFF) {
            i++;
            continue;
        }
        if (marker == 0xD9) return h->scanned ? NULL : "a JPEG without a picture";
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            i += 2;
            continue;
        }
        size_t len = i + 4 <= n ? be16(p + i + 2) : 0;
        if (i + 4 > n || i + 2 + len > n) break;
        if (len < 2) return "damaged JPEG";
        i += 2 + len;
        if (marker == 0xDA) {
            h->scanned = true;
            i = skip_scan(p, n, i);
            if (i == n) *at = n;
        } else {
            read_segment(h, marker, p + i - len + 2, len - 2);
        }
    }
    if (*at > n) *at = n;
    return "the file ends too early";
}

static void join_icc(struct image *im, const struct header *h) {
    static const char *const spaces[5] = {"", "GRAY", "", "RGB ", "CMYK"};
    size_t n = 0;
    for (int i = 1; i <= h->icc_count; i++) n += h->icc_n[i];
    if (n < 128 || h->components > 4) return;
    struct image_data *d = im->data;
    d->icc = arena_alloc(d->cache->arena, n);
    for (int i = 1; i <= h->icc_count; i++) {
        if (h->icc_n[i]) memcpy(d->icc + d->icc_size, h->icc[i], h->icc_n[i]);
        d->icc_size += h->icc_n[i];
    }
    if (memcmp(d->icc + 16, spaces[h->components], 4) != 0) d->icc_size = 0;
}

static mpt extent(int pixels, double dpi) {
    double points = dpi > 0 ? pixels / dpi * 72 : pixels;
    return mpt_clamp((int64_t)(points * MPT_PER_POINT + 0.5));
}

const char *jpeg_read_header(struct image *im) {
    struct header h = {0};
    size_t at = 0;
    const char *why = read_segments(&h, (const uint8_t *)im->data->bytes.p, im->data->bytes.n, &at);
    if (why) return image_why_at(im, why, at);
    /* ISO 32000-1, 7.4.8: baseline, extended sequential and progressive, of 8 bits. */
    if (h.frame > 0xC2) return "an arithmetic-coded, lossless or hierarchical JPEG, which no PDF may hold";
    if (h.frame && h.bits != 8) return "a JPEG of 12 bits a component, which no PDF may hold";
    if (!h.width || !h.height) return "a JPEG without a size";
    if (h.components != 1 && h.components != 3 && h.components != 4) return "a JPEG of an unknown kind";
    im->px_width = h.width;
    im->px_height = h.height;
    mpt w = extent(h.width, h.dpi_x), ht = extent(h.height, h.dpi_y);
    bool across = h.turn & 1;
    im->width = across ? ht : w;
    im->height = across ? w : ht;
    im->data->components = h.components;
    im->data->turn = h.turn;
    im->data->adobe_inverted = h.adobe && h.components == 4;
    join_icc(im, &h);
    return NULL;
}
