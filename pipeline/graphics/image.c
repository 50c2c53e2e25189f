/* The cache of pictures: kinds told by their bytes, each opened once. */
#include "graphics/private.h"

#include <errno.h>
#include <libxml/parser.h>

struct images *images_new(struct fontset *fonts, struct diags *diags) {
    struct images *c = mem_alloc(sizeof *c);
    c->arena = arena_new();
    c->fonts = fonts;
    c->diags = diags;
    c->by_name = map_new();
    c->by_node = map_new();
    return c;
}

void images_drop(struct images *c) {
    if (!c) return;
    for (size_t i = 0; i < c->count; i++) {
        struct image *im = c->all[i];
        if (im->kind == IMAGE_SVG) svg_close(im);
        if (im->data->doc) xmlFreeDoc(im->data->doc);
        buf_free(&im->data->bytes);
    }
    mem_free(c->all);
    map_drop(c->by_name);
    map_drop(c->by_node);
    arena_drop(c->arena);
    mem_free(c);
}

static struct image *image_new(struct images *c, const char *path) {
    struct image *im = ARENA_NEW(c->arena, struct image);
    im->data = ARENA_NEW(c->arena, struct image_data);
    im->data->cache = c;
    im->path = path;
    return im;
}

static struct image *keep(struct images *c, struct image *im) {
    c->all = mem_grow(c->all, &c->cap, c->count + 1, sizeof *c->all);
    im->index = (int32_t)c->count;
    c->all[c->count++] = im;
    return im;
}

const char *image_why_at(struct image *im, const char *why, size_t byte) {
    struct buf b = {0};
    buf_fmt(&b, "%s (byte %zu)", why, byte);
    const char *s = arena_strdup(im->data->cache->arena, b.p);
    buf_free(&b);
    return s;
}

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 2397. */
static const char *read_data_uri(struct buf *out, const char *uri) {
    const char *comma = strchr(uri, ',');
    if (!comma) return "malformed data: URI";
    bool base64 = comma - uri >= 7 && memcmp(comma - 7, ";base64", 7) == 0;
    uint32_t bits = 0;
    int have = 0;
    for (const char *p = comma + 1; *p; p++) {
        char c = *p;
        if (c == '%' && hex_value(p[1]) >= 0 && hex_value(p[2]) >= 0) {
            c = (char)(hex_value(p[1]) * 16 + hex_value(p[2]));
            p += 2;
        }
        if (!base64) {
            buf_char(out, c);
            continue;
        }
        int v = base64_value(c);
        if (v < 0) continue;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_char(out, (char)(bits >> have));
        }
    }
    return NULL;
}

static bool has_scheme(const char *uri) {
    size_t n = strspn(uri, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return n > 1 && uri[n] == ':';
}

static const char *read_bytes(struct buf *out, const char *path) {
    if (strncmp(path, "data:", 5) == 0) return read_data_uri(out, path);
    if (has_scheme(path)) return "only files and data: URIs are read";
    int e = file_read(out, path);
    return e ? strerror(e) : NULL;
}

static bool starts(const struct buf *b, const char *s, size_t n) {
    return b->n >= n && memcmp(b->p, s, n) == 0;
}

static bool is_xml(const struct buf *b) {
    const char *p = b->p, *end = b->p + b->n;
    if (starts(b, "\xEF\xBB\xBF", 3)) p += 3;
    while (p < end && strchr(" \t\r\n", *p)) p++;
    return p < end && *p == '<';
}

static const char *open_svg(struct image *im) {
    struct buf *b = &im->data->bytes;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE | XML_PARSE_NOCDATA;
    im->data->doc = xmlReadMemory(b->p, (int)b->n, im->path, NULL, options);
    xmlNode *root = im->data->doc ? xmlDocGetRootElement(im->data->doc) : NULL;
    if (!root) return "not well-formed XML";
    if (strcmp((const char *)root->name, "svg") != 0) return "an XML document that is no SVG";
    im->kind = IMAGE_SVG;
    im->data->svg = root;
    return svg_read_header(im);
}

static const char *open_bytes(struct image *im) {
    const struct buf *b = &im->data->bytes;
    if (starts(b, "\x89PNG\r\n\x1a\n", 8)) {
        im->kind = IMAGE_PNG;
        return png_read_header(im);
    }
    if (starts(b, "\xFF\xD8\xFF", 3)) {
        im->kind = IMAGE_JPEG;
        return jpeg_read_header(im);
    }
    if (starts(b, "GIF8", 4)) {
        im->kind = IMAGE_GIF;
        return gif_read_header(im);
    }
    if (starts(b, "\xD7\xCD\xC6\x9A", 4)) return "WMF pictures are not supported; use SVG";
    if (starts(b, "II*", 3) || starts(b, "MM", 2)) return "TIFF pictures are not supported; use PNG";
    if (starts(b, "BM", 2)) return "BMP pictures are not supported; use PNG";
    if (starts(b, "%!PS", 4) || starts(b, "\xC5\xD0\xD3\xC6", 4)) return "EPS pictures are not supported; use SVG";
    if (is_xml(b)) return open_svg(im);
    return b->n ? "not a PNG, JPEG, GIF or SVG picture" : "the file is empty";
}

/* file: URIs (RFC 8089) and percent escapes become plain paths. */
static void path_of(struct buf *out, const char *base_dir, const char *uri) {
    if (strncmp(uri, "data:", 5) == 0) {
        buf_str(out, uri);
        return;
    }
    if (strncmp(uri, "file:", 5) == 0) {
        uri += 5;
        if (strncmp(uri, "//", 2) == 0) uri = strchr(uri + 2, '/') ? strchr(uri + 2, '/') : uri + 2;
    }
    if (has_scheme(uri)) {
        buf_str(out, uri);
        return;
    }
    struct buf plain = {0};
    for (const char *p = uri; *p; p++) {
        if (*p == '%' && hex_value(p[1]) >= 0 && hex_value(p[2]) >= 0) {
            buf_char(&plain, (char)(hex_value(p[1]) * 16 + hex_value(p[2])));
            p += 2;
        } else {
            buf_char(&plain, *p);
        }
    }
    path_join(out, base_dir, buf_cstr(&plain));
    buf_free(&plain);
}

struct image *image_open(struct images *c, const char *base_dir, const char *uri, struct pos pos) {
    struct buf path = {0};
    path_of(&path, base_dir ? base_dir : ".", uri);
    struct map_entry *e = map_find(c->by_name, path.p, path.n);
    if (e) {
        buf_free(&path);
        return e->value.ptr;
    }
    e = map_get(c->by_name, path.p, path.n);
    buf_free(&path);
    bool inlined = strncmp(e->key, "data:", 5) == 0;
    struct image *im = image_new(c, inlined ? "data: URI" : e->key);
    im->data->pos = pos;
    const char *why = read_bytes(&im->data->bytes, e->key);
    if (!why) why = open_bytes(im);
    if (why) {
        diag_add(c->diags, DIAG_IMAGE_MISSING, pos, im->path, why);
        if (im->data->doc) xmlFreeDoc(im->data->doc);
        buf_free(&im->data->bytes);
        return NULL;
    }
    e->value.ptr = im;
    return keep(c, im);
}

struct image *image_from_svg(struct images *c, xmlNode *svg, struct pos pos) {
    struct map_entry *e = map_get(c->by_node, &svg, sizeof svg);
    if (e->value.ptr) return e->value.ptr;
    struct image *im = image_new(c, "instream SVG");
    im->kind = IMAGE_SVG;
    im->data->svg = svg;
    const char *why = svg_read_header(im);
    if (why) {
        diag_add(c->diags, DIAG_IMAGE_MISSING, pos, im->path, why);
        return NULL;
    }
    e->value.ptr = im;
    return keep(c, im);
}

int image_samples(struct image *im, struct image_samples *out) {
    *out = (struct image_samples){0};
    struct image_data *d = im->data;
    if (im->kind == IMAGE_JPEG) {
        out->jpeg = true;
        out->width = im->px_width;
        out->height = im->px_height;
        out->components = d->components;
        out->turn = d->turn;
        out->inverted = d->adobe_inverted;
        out->size = d->bytes.n;
        out->data = memcpy(mem_alloc(d->bytes.n), d->bytes.p, d->bytes.n);
        if (d->icc_size) out->icc = memcpy(mem_alloc(d->icc_size), d->icc, d->icc_size);
        out->icc_size = d->icc_size;
        return 0;
    }
    const char *why = im->kind == IMAGE_PNG ? png_read_samples(im, out)
                      : im->kind == IMAGE_GIF ? gif_read_samples(im, out) : "not a raster picture";
    if (!why) return 0;
    diag_add(d->cache->diags, DIAG_IMAGE_MISSING, d->pos, im->path, why);
    return -1;
}

int image_turn(const struct image *im) {
    return im->kind == IMAGE_JPEG ? im->data->turn : 0;
}
