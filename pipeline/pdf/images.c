/* Pictures (ISO 32000-1, 8.9): JPEG as it is, everything else as samples; each
 * once a document. */
#include "pdf/private.h"

/* PNG's filters (RFC 2083, 6): each row's differences to the left, above, or
 * Paeth's choice, whichever sums to least; they deflate far better. */
static int paeth(int left, int up, int corner) {
    int p = left + up - corner, a = abs(p - left), b = abs(p - up), c = abs(p - corner);
    return a <= b && a <= c ? left : b <= c ? up : corner;
}

static uint8_t filtered(int filter, const uint8_t *row, const uint8_t *above, size_t i, size_t pixel) {
    int left = i >= pixel ? row[i - pixel] : 0, up = above ? above[i] : 0;
    int corner = above && i >= pixel ? above[i - pixel] : 0;
    int guess = filter == 1 ? left : filter == 2 ? up : filter == 4 ? paeth(left, up, corner) : 0;
    return (uint8_t)(row[i] - guess);
}

static void filter_row(uint8_t *out, const uint8_t *row, const uint8_t *above, size_t n, size_t pixel) {
    static const int filters[] = {0, 1, 2, 4};
    int best = 0;
    uint64_t least = UINT64_MAX;
    for (int k = 0; k < 4; k++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += (uint64_t)abs((int8_t)filtered(filters[k], row, above, i, pixel));
        if (sum < least) {
            least = sum;
            best = filters[k];
        }
    }
    out[0] = (uint8_t)best;
    for (size_t i = 0; i < n; i++) out[1 + i] = filtered(best, row, above, i, pixel);
}

/* Writes 8-bit samples as a stream with PNG's predictor (7.4.4.4). */
static void samples_stream(struct pdf *p, uint32_t object, HPDF_Dict d, const uint8_t *data, int32_t width,
                           int32_t height, int components) {
    size_t n = (size_t)width * (size_t)components;
    uint8_t *out = mem_alloc((n + 1) * (size_t)height + 1);
    for (size_t y = 0; y < (size_t)height; y++)
        filter_row(out + y * (n + 1), data + y * n, y ? data + (y - 1) * n : NULL, n, (size_t)components);
    HPDF_Dict parms = dict_new(p, NULL);
    dict_int(p, parms, "Predictor", 15);
    dict_int(p, parms, "Colors", components);
    dict_int(p, parms, "Columns", width);
    dict_add(p, d, "DecodeParms", parms);
    object_stream(p, object, d, out, (n + 1) * (size_t)height, false);
    mem_free(out);
}

static HPDF_Dict image_dict(struct pdf *p, const struct image_samples *s) {
    HPDF_Dict d = dict_new(p, "XObject");
    dict_name(p, d, "Subtype", "Image");
    dict_int(p, d, "Width", s->width);
    dict_int(p, d, "Height", s->height);
    dict_int(p, d, "BitsPerComponent", 8);
    return d;
}

static uint32_t mask_object(struct pdf *p, const struct image_samples *s) {
    if (!s->alpha) return 0;
    uint32_t object = object_number(p);
    HPDF_Dict d = image_dict(p, s);
    dict_name(p, d, "ColorSpace", "DeviceGray");
    samples_stream(p, object, d, s->alpha, s->width, s->height, 1);
    return object;
}

static void add_space(struct pdf *p, HPDF_Dict d, const struct image_samples *s, uint32_t icc) {
    static const char *const spaces[] = {"", "DeviceGray", "", "DeviceRGB", "DeviceCMYK"};
    char space[48];
    if (icc) {
        snprintf(space, sizeof space, "/ColorSpace [/ICCBased %u 0 R]", icc);
        dict_raw(p, d, space);
    } else if (s->components == 4 && p->options.profile != PDF_PLAIN) {
        dict_ref(p, d, "ColorSpace", ink_space(p));
    } else {
        dict_name(p, d, "ColorSpace", spaces[s->components]);
    }
    if (s->components == 4 && s->inverted) dict_raw(p, d, "/Decode [1 0 1 0 1 0 1 0]");
}

static uint32_t write_image(struct pdf *p, struct image *im) {
    struct image_samples s = {0};
    if (image_samples(im, &s) != 0) return 0;
    uint32_t object = 0;
    bool known = s.components == 1 || s.components == 3 || s.components == 4;
    if (known && s.width > 0 && s.height > 0) {
        uint32_t icc = icc_object(p, s.icc, s.icc_size, s.components), mask = mask_object(p, &s);
        object = object_number(p);
        HPDF_Dict d = image_dict(p, &s);
        add_space(p, d, &s, icc);
        if (mask) dict_ref(p, d, "SMask", mask);
        if (s.jpeg) {
            dict_name(p, d, "Filter", "DCTDecode");
            object_stream(p, object, d, s.data, s.size, true);
        } else {
            samples_stream(p, object, d, s.data, s.width, s.height, s.components);
        }
    }
    mem_free(s.data);
    mem_free(s.alpha);
    mem_free(s.icc);
    return object;
}

static uint32_t image_object(struct pdf *p, struct image *im) {
    struct map_entry *e = map_find(p->images, &im, sizeof im);
    if (e) return (uint32_t)e->value.num;
    uint32_t object = write_image(p, im);
    map_get(p->images, &im, sizeof im)->value.num = object;
    return object;
}

/* The unit square onto the rectangle, mirrored and turned as Exif says. */
static void put_matrix(struct buf *b, const struct rect r, int turn) {
    int64_t m[4][6] = {{r.w, 0, 0, -(int64_t)r.h, r.x, (int64_t)r.y + r.h},
                       {0, r.h, r.w, 0, r.x, r.y},
                       {-(int64_t)r.w, 0, 0, r.h, (int64_t)r.x + r.w, r.y},
                       {0, -(int64_t)r.h, -(int64_t)r.w, 0, (int64_t)r.x + r.w, (int64_t)r.y + r.h}};
    for (int i = 0; i < 6; i++) put_number(b, m[turn & 3][i]);
    buf_str(b, turn & IMAGE_MIRROR ? "cm -1 0 0 1 1 0 cm" : "cm");
}

/* A grey box with a cross, where a picture is damaged. */
static void put_placeholder(struct buf *b, struct rect r) {
    buf_str(b, "q 0.9 g 0.6 G 0.5 w ");
    put_rect(b, r);
    buf_str(b, "B ");
    for (int i = 0; i < 2; i++) {
        put_number(b, r.x);
        put_number(b, i ? (int64_t)r.y + r.h : r.y);
        buf_str(b, "m ");
        put_number(b, (int64_t)r.x + r.w);
        put_number(b, i ? r.y : (int64_t)r.y + r.h);
        buf_str(b, "l ");
    }
    buf_str(b, "S Q\n");
}

void put_image(struct content *c, const struct area_image *a) {
    end_text(c);
    uint32_t object = image_object(c->pdf, a->image);
    open_mark(c, a->a.tag);
    note_box(c, a->a.tag, a->rect);
    set_alpha(c, 65535);
    if (!object) {
        put_placeholder(&c->ops, a->rect);
        return;
    }
    content_use(c, 'I', (uint32_t)a->image->index, object);
    buf_str(&c->ops, "q ");
    put_matrix(&c->ops, a->rect, image_turn(a->image));
    buf_fmt(&c->ops, " /I%d Do Q\n", a->image->index);
}
