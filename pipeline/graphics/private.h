/* graphics/'s own. */
#ifndef SOTAY_GRAPHICS_PRIVATE_H
#define SOTAY_GRAPHICS_PRIVATE_H

#include "graphics/graphics.h"

struct image_data {
    struct images *cache;
    struct buf bytes;     /* the file */
    struct pos pos;       /* of its first use */
    xmlDoc *doc;          /* SVG from a file: owned */
    xmlNode *svg;         /* root element of an SVG picture */
    struct svg *parsed;   /* svg.c's, or NULL; in cache->arena */
    /* JPEG, from its header */
    int components, turn;
    bool adobe_inverted;
    size_t icc_size;
    uint8_t *icc;         /* in cache->arena */
};

struct images {
    struct arena *arena;
    struct fontset *fonts;
    struct diags *diags;
    struct map *by_name;  /* path or data: URI -> struct image; NULL value: told as missing */
    struct map *by_node;  /* xmlNode * -> struct image */
    struct image **all;
    size_t count, cap;
};

/* Intrinsic size and what else the header tells; NULL, or why it cannot be
 * used (a static string). */
const char *png_read_header(struct image *im);
const char *jpeg_read_header(struct image *im);
const char *gif_read_header(struct image *im);
const char *png_read_samples(struct image *im, struct image_samples *out);
const char *gif_read_samples(struct image *im, struct image_samples *out);
/* Intrinsic size of the <svg> at data->svg (width, height, viewBox; SVG 1.1,
 * 7.2: 100 x 100 user units of 1/72 in where nothing is said). */
const char *svg_read_header(struct image *im);
void svg_close(struct image *im);

/* `why`, with the byte of the file where it was found. */
const char *image_why_at(struct image *im, const char *why, size_t byte);

/* Rejects sizes no page can need. */
enum { PIXELS_MAX = 1 << 26, SIDE_MAX = 1 << 16 };

#endif
