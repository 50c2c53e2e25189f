/* Image XObjects (ISO 32000-1, 8.9): JPEG as it is, everything else as samples;
 * each picture once. */
#include "pdf/private.h"

#include <jpeglib.h>
#include <setjmp.h>

struct jpeg_error {
    struct jpeg_error_mgr mgr;
    jmp_buf jump;
};

static void on_error(j_common_ptr j) {
    longjmp(((struct jpeg_error *)j->err)->jump, 1);
}

static void on_message(j_common_ptr j) {
    (void)j;
}

/* CMYK samples under an sRGB intent become RGB by the plain formula. */
static bool cmyk_to_rgb(struct image_samples *s) {
    struct jpeg_decompress_struct j;
    struct jpeg_error e;
    uint8_t *volatile rgb = NULL, *volatile row = NULL;
    j.err = jpeg_std_error(&e.mgr);
    e.mgr.error_exit = on_error;
    e.mgr.output_message = on_message;
    if (setjmp(e.jump)) {
        jpeg_destroy_decompress(&j);
        mem_free(rgb);
        mem_free(row);
        return false;
    }
    jpeg_create_decompress(&j);
    jpeg_mem_src(&j, s->data, s->size);
    jpeg_read_header(&j, TRUE);
    j.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&j);
    size_t w = j.output_width, h = j.output_height;
    rgb = mem_alloc(w * h * 3);
    row = mem_alloc(w * 4);
    for (size_t y = 0; y < h; y++) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&j, rows, 1);
        uint8_t *out = rgb + y * w * 3;
        for (size_t x = 0; x < w; x++) {
            const uint8_t *q = row + 4 * x;
            for (int k = 0; k < 3; k++) {
                unsigned ink = s->inverted ? q[k] : 255u - q[k], black = s->inverted ? q[3] : 255u - q[3];
                *out++ = (uint8_t)(ink * black / 255);
            }
        }
    }
    jpeg_finish_decompress(&j);
    jpeg_destroy_decompress(&j);
    mem_free(row);
    mem_free(s->data);
    s->data = rgb;
    s->size = w * h * 3;
    s->components = 3;
    s->jpeg = false;
    mem_free(s->icc);
    s->icc = NULL;
    return true;
}

static uint32_t icc_object(struct pdf *p, const struct image_samples *s) {
    if (!s->icc) return 0;
    uint32_t object = object_reserve(p);
    char entries[32];
    snprintf(entries, sizeof entries, "/N %d", s->components);
    object_stream(p, object, entries, s->icc, s->icc_size, false);
    return object;
}

static uint32_t mask_object(struct pdf *p, const struct image_samples *s) {
    if (!s->alpha) return 0;
    uint32_t object = object_reserve(p);
    struct buf b = {0};
    buf_fmt(&b, "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8", s->width, s->height);
    object_stream(p, object, b.p, s->alpha, (size_t)s->width * (size_t)s->height, false);
    buf_free(&b);
    return object;
}

static uint32_t write_image(struct pdf *p, struct image *im) {
    struct image_samples s;
    if (image_samples(im, &s) != 0) return 0;
    bool convert = s.jpeg && s.components == 4 && p->options.profile != PDF_PLAIN;
    if (convert && !cmyk_to_rgb(&s)) {
        mem_free(s.data);
        mem_free(s.icc);
        return 0;
    }
    uint32_t icc = icc_object(p, &s), mask = mask_object(p, &s), object = object_reserve(p);
    static const char *const spaces[] = {"", "Gray", "", "RGB", "CMYK"};
    struct buf b = {0};
    buf_fmt(&b, "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", s.width, s.height);
    if (icc) buf_fmt(&b, "/ColorSpace[/ICCBased %u 0 R]", icc);
    else buf_fmt(&b, "/ColorSpace/Device%s", spaces[s.components]);
    if (mask) buf_fmt(&b, "/SMask %u 0 R", mask);
    if (s.jpeg && s.components == 4 && s.inverted) buf_str(&b, "/Decode[1 0 1 0 1 0 1 0]");
    if (s.jpeg) buf_str(&b, "/Filter/DCTDecode");
    object_stream(p, object, b.p, s.data, s.size, s.jpeg);
    buf_fmt(&p->xobjects, "/I%d %u 0 R", im->index, object);
    buf_free(&b);
    mem_free(s.data);
    mem_free(s.alpha);
    mem_free(s.icc);
    return object;
}

uint32_t image_object(struct pdf *p, struct image *im) {
    struct map_entry *e = map_find(p->images, &im, sizeof im);
    if (e) return (uint32_t)e->value.num;
    uint32_t object = write_image(p, im);
    map_get(p->images, &im, sizeof im)->value.num = object;
    return object;
}

/* The unit square onto the rectangle, turned as Exif says. */
void image_matrix(struct buf *b, const struct area_image *a) {
    struct rect r = a->rect;
    int turn = image_turn(a->image);
    int64_t m[4][6] = {{r.w, 0, 0, -(int64_t)r.h, r.x, (int64_t)r.y + r.h},
                       {0, r.h, r.w, 0, r.x, r.y},
                       {-(int64_t)r.w, 0, 0, r.h, (int64_t)r.x + r.w, r.y},
                       {0, -(int64_t)r.h, -(int64_t)r.w, 0, (int64_t)r.x + r.w, (int64_t)r.y + r.h}};
    buf_str(b, "q ");
    for (int i = 0; i < 6; i++) {
        buf_milli(b, m[turn & 3][i]);
        buf_char(b, ' ');
    }
    buf_fmt(b, "cm /I%d Do Q\n", a->image->index);
}
