/* PNG (ISO/IEC 15948) through libpng; its longjmp never leaves this file. */
#include "graphics/private.h"

#include <png.h>
#include <setjmp.h>

struct source {
    const uint8_t *p;
    size_t left;
    char why[80];
};

static void read_bytes(png_structp png, png_bytep out, size_t n) {
    struct source *s = png_get_io_ptr(png);
    if (n > s->left) png_error(png, "the file ends too early");
    memcpy(out, s->p, n);
    s->p += n;
    s->left -= n;
}

static void on_error(png_structp png, const char *message) {
    struct source *s = png_get_error_ptr(png);
    snprintf(s->why, sizeof s->why, "%s", message);
    longjmp(png_jmpbuf(png), 1);
}

static void on_warning(png_structp png, const char *message) {
    (void)png, (void)message;
}

static png_structp begin(struct source *s, struct image *im, png_infop *info) {
    s->p = (const uint8_t *)im->data->bytes.p;
    s->left = im->data->bytes.n;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, s, on_error, on_warning);
    *info = png ? png_create_info_struct(png) : NULL;
    if (!png) return NULL;
    png_set_read_fn(png, s, read_bytes);
    png_set_user_limits(png, SIDE_MAX, SIDE_MAX);
    return png;
}

static const char *told(struct image *im, const struct source *s) {
    return arena_strdup(im->data->cache->arena, s->why[0] ? s->why : "damaged PNG");
}

/* pHYs gives pixels per metre; without it a pixel is 1/72 in. */
static mpt extent(png_uint_32 pixels, png_uint_32 per_metre) {
    double points = per_metre ? pixels / (per_metre * 0.0254) * 72 : pixels;
    return mpt_clamp((int64_t)(points * MPT_PER_POINT + 0.5));
}

const char *png_read_header(struct image *im) {
    struct source s = {0};
    png_infop info = NULL;
    png_structp png = begin(&s, im, &info);
    if (!png) return "libpng cannot start";
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return told(im, &s);
    }
    png_read_info(png, info);
    png_uint_32 w = png_get_image_width(png, info), h = png_get_image_height(png, info), rx = 0, ry = 0;
    int unit = 0;
    if (!png_get_pHYs(png, info, &rx, &ry, &unit) || unit != PNG_RESOLUTION_METER) rx = ry = 0;
    im->px_width = (int32_t)w;
    im->px_height = (int32_t)h;
    im->width = extent(w, rx);
    im->height = extent(h, ry);
    size_t row = png_get_rowbytes(png, info);
    png_destroy_read_struct(&png, &info, NULL);
    if (row / 1032 > im->data->bytes.n / h) return "the file is too short for its size"; /* deflate packs no more */
    return (int64_t)w * h > PIXELS_MAX ? "more pixels than the limit allows" : NULL;
}

/* Everything to 8 bits a component, gray or RGB, alpha last where there is any. */
static void normalise(png_structp png, png_infop info) {
    int type = png_get_color_type(png, info);
    if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
    if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
    if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
    double gamma;
    bool said = png_get_valid(png, info, PNG_INFO_sRGB) || png_get_valid(png, info, PNG_INFO_iCCP); /* 12.13 */
    if (!said && png_get_gAMA(png, info, &gamma) && gamma > 0.01)
        png_set_gamma(png, 2.2, gamma);
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
}

static void take_icc(png_structp png, png_infop info, struct image_samples *out) {
    png_charp name;
    int method;
    png_bytep profile;
    png_uint_32 n;
    if (!png_get_iCCP(png, info, &name, &method, &profile, &n) || n < 128) return;
    bool gray = memcmp(profile + 16, "GRAY", 4) == 0, rgb = memcmp(profile + 16, "RGB ", 4) == 0;
    if ((out->components == 1 && !gray) || (out->components == 3 && !rgb)) return;
    out->icc = memcpy(mem_alloc(n), profile, n);
    out->icc_size = n;
}

static void split(const uint8_t *row, int32_t width, int components, uint8_t *color, uint8_t *alpha) {
    for (int32_t x = 0; x < width; x++) {
        for (int k = 0; k < components; k++) *color++ = *row++;
        *alpha++ = *row++;
    }
}

const char *png_read_samples(struct image *im, struct image_samples *out) {
    struct source s = {0};
    png_infop info = NULL;
    png_structp png = begin(&s, im, &info);
    if (!png) return "libpng cannot start";
    uint8_t *volatile all = NULL, **volatile rows = NULL;
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        mem_free(all);
        mem_free((void *)rows);
        mem_free(out->icc);
        *out = (struct image_samples){0};
        return told(im, &s);
    }
    png_read_info(png, info);
    normalise(png, info);
    int channels = png_get_channels(png, info);
    bool has_alpha = channels == 2 || channels == 4;
    size_t pitch = png_get_rowbytes(png, info);
    out->width = im->px_width;
    out->height = im->px_height;
    out->components = has_alpha ? channels - 1 : channels;
    take_icc(png, info, out);
    all = mem_alloc(pitch * (size_t)out->height);
    rows = mem_alloc(sizeof *rows * (size_t)out->height);
    for (int32_t y = 0; y < out->height; y++) rows[y] = all + pitch * (size_t)y;
    png_read_image(png, (png_bytepp)rows);
    png_destroy_read_struct(&png, &info, NULL);
    size_t pixels = (size_t)out->width * (size_t)out->height;
    out->size = pixels * (size_t)out->components;
    if (has_alpha) {
        out->data = mem_alloc(out->size);
        out->alpha = mem_alloc(pixels);
        for (int32_t y = 0; y < out->height; y++)
            split(rows[y], out->width, out->components, out->data + (size_t)y * (size_t)out->width * (size_t)out->components,
                  out->alpha + (size_t)y * (size_t)out->width);
        mem_free(all);
    } else {
        out->data = all;
    }
    mem_free((void *)rows);
    return NULL;
}
