/* Pictures: PNG, JPEG, GIF and SVG, from files, data: URIs or an instream tree.
 *
 * Raster images go to the PDF as they are (JPEG) or as samples; SVG becomes
 * areas, its text through text/. */
#ifndef SOTAY_GRAPHICS_H
#define SOTAY_GRAPHICS_H

#include "area/area.h"
#include "base/base.h"
#include "text/text.h"

#include <libxml/tree.h>

enum image_kind { IMAGE_PNG, IMAGE_JPEG, IMAGE_GIF, IMAGE_SVG };

/* One picture, opened once however often it is used. */
struct image {
    enum image_kind kind;
    const char *path;  /* as opened, for messages */
    int32_t index;     /* in its cache, in order of first use */
    mpt width, height; /* intrinsic size; 72 dpi where the file says nothing */
    int32_t px_width, px_height;
    struct image_data *data; /* private to graphics/ */
};

struct images; /* the cache */
struct images *images_new(struct fontset *fonts, struct diags *diags);
void images_drop(struct images *c);

/* The picture at `uri` (url('...') already taken off), relative to base_dir; a
 * file: URI, a plain path or data:.  http and others: not fetched, said.  NULL
 * with a diagnostic when it is missing or damaged; each is said once. */
struct image *image_open(struct images *c, const char *base_dir, const char *uri, struct pos pos);
/* An instream SVG document; the tree must live as long as the cache. */
struct image *image_from_svg(struct images *c, xmlNode *svg, struct pos pos);

/* A transform list as SVG 1.1 (7.6) writes it, in points, to an area group's
 * matrix; false when s holds none. */
bool image_transform(const char *s, double m[6]);
/* Draws an SVG picture into `rect` (XSL content rectangle) as a group of areas
 * with the given tag. */
void image_draw_svg(struct image *image, struct arena *arena, struct area_list *list, struct rect rect,
                    int32_t tag, struct pos pos);

/* Samples for the PDF back end.  JPEG: the file's bytes, unchanged (the EXIF
 * turn is applied by `turn`, quarter turns clockwise).  PNG, GIF: 8 bits a
 * component, rows without padding, colour and alpha apart.  The buffers belong
 * to the caller (mem_free).  0, or -1 with a diagnostic. */
struct image_samples {
    bool jpeg;
    int32_t width, height, components; /* 1, 3 or 4 */
    uint8_t *data;
    size_t size;
    uint8_t *alpha; /* width * height, or NULL */
    uint8_t *icc;   /* embedded profile, or NULL */
    size_t icc_size;
    int turn;       /* see image_turn */
    bool inverted; /* Adobe CMYK JPEG */
};
int image_samples(struct image *image, struct image_samples *out);
/* What Exif asks for (JPEG): quarter turns clockwise, after mirroring left to
 * right where IMAGE_MIRROR is set. */
enum { IMAGE_MIRROR = 4 };
int image_turn(const struct image *image);

#endif
