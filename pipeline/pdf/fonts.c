/* Type 0 fonts over subset TrueType or CFF outlines (ISO 32000-1, 9.7, 9.8;
 * ISO 19005-3, 6.2.11).  A code is a glyph's number in the whole font, or an
 * alias beyond them. */
#include "pdf/private.h"

#include <hb-ot.h>
#include <hb-subset.h>

struct pdf_font *font_of(struct pdf *p, struct font *f) {
    size_t old = p->font_cap;
    p->pdf_fonts = mem_grow(p->pdf_fonts, &p->font_cap, (size_t)f->index + 1, sizeof *p->pdf_fonts);
    if (p->font_cap > old) memset(p->pdf_fonts + old, 0, (p->font_cap - old) * sizeof *p->pdf_fonts);
    struct pdf_font *pf = &p->pdf_fonts[f->index];
    if (pf->font) return pf;
    pf->font = f;
    pf->object = object_number(p);
    pf->codes = f->glyph_count;
    pf->used = arena_alloc(p->arena, f->glyph_count + 1u);
    pf->unit = ARENA_ARRAY(p->arena, uint16_t, f->glyph_count + 1u);
    pf->text = ARENA_ARRAY(p->arena, uint32_t, f->glyph_count + 1u);
    pf->widths = mem_grow(NULL, &pf->width_cap, f->glyph_count + 1u, sizeof *pf->widths);
    for (uint32_t g = 0; g < f->glyph_count; g++) /* as layout measures: cut */
        pf->widths[g] = (uint16_t)((int64_t)font_advance(f, g) * 1000 / f->upem);
    return pf;
}

uint32_t font_add_code(struct pdf_font *f, uint16_t gid, uint32_t text) {
    f->aliases = mem_grow(f->aliases, &f->alias_cap, f->alias_count + 1, sizeof *f->aliases);
    f->aliases[f->alias_count++] = (struct glyph_alias){gid, text};
    f->widths = mem_grow(f->widths, &f->width_cap, f->codes + 1, sizeof *f->widths);
    f->widths[f->codes] = f->widths[gid];
    return f->codes++;
}

static bool code_used(const struct pdf_font *f, uint32_t code) {
    return code >= f->font->glyph_count || f->used[code];
}

/* Whether CFF outlines are numbered by CID: the top dictionary then begins
 * with ROS (Adobe Technical Note 5176, 9 and 18). */
static bool keyed_by_cid(const uint8_t *t, unsigned n) {
    if (n < 4) return false;
    unsigned at = t[2];
    for (int index = 0; index < 2; index++) { /* the name index, then that of top dictionaries */
        if (at + 3 > n) return false;
        unsigned count = (unsigned)t[at] << 8 | t[at + 1], width = t[at + 2];
        size_t data = at + 3 + (size_t)(count + 1) * width;
        if (!count || width < 1 || width > 4 || data > n) return false;
        size_t last = 0;
        for (unsigned k = 0; k < width; k++) last = last << 8 | t[data - width + k];
        at = (unsigned)(data - 1 + (index ? 1 : last));
    }
    for (int operands = 0; at < n && operands < 4; operands++) {
        uint8_t b = t[at];
        if (b == 12) return at + 1 < n && t[at + 1] == 30;
        at += b == 28 ? 3 : b == 29 ? 5 : b >= 247 && b <= 254 ? 2 : 1;
    }
    return false;
}

static unsigned subset_flags(const struct font *t) {
    unsigned flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING;
    flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
    if (!t->cff) return flags;
    hb_blob_t *blob = hb_face_reference_table(t->hb_face, HB_TAG('C', 'F', 'F', ' '));
    unsigned n = 0;
    const char *data = hb_blob_get_data(blob, &n);
    if (keyed_by_cid((const uint8_t *)data, n)) flags &= ~(unsigned)HB_SUBSET_FLAGS_RETAIN_GIDS;
    hb_blob_destroy(blob);
    return flags;
}

static hb_blob_t *subset(struct pdf *p, const struct pdf_font *f) {
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in) return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    hb_set_add(glyphs, 0);
    for (uint32_t g = 0; g < f->font->glyph_count; g++)
        if (f->used[g]) hb_set_add(glyphs, g);
    hb_subset_input_set_flags(in, subset_flags(f->font));
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    static const char *const tables[] = {"GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "post", "STAT",
                                         "MATH", "BASE", "JSTF", "DSIG", "gasp", "meta", "cmap"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        hb_set_add(drop, hb_tag_from_string(tables[i], -1));
    hb_face_t *face = hb_subset_or_fail(f->font->hb_face, in);
    hb_subset_input_destroy(in);
    if (!face) {
        pdf_fail(p, "a font cannot be cut to its glyphs");
        return NULL;
    }
    hb_blob_t *blob = f->font->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                                   : hb_face_reference_blob(face);
    hb_face_destroy(face);
    return blob;
}

static int scaled(const struct font *f, int64_t units) {
    return (int)((units * 1000 + (units < 0 ? -f->upem / 2 : f->upem / 2)) / f->upem);
}

static uint32_t write_file(struct pdf *p, const struct pdf_font *f) {
    hb_blob_t *blob = subset(p, f);
    unsigned n = 0;
    const char *data = blob ? hb_blob_get_data(blob, &n) : "";
    uint32_t file = object_number(p);
    HPDF_Dict d = dict_new(p, NULL);
    if (f->font->cff) dict_name(p, d, "Subtype", "CIDFontType0C");
    else dict_int(p, d, "Length1", (int32_t)n);
    object_stream(p, file, d, data, n, false);
    if (blob) hb_blob_destroy(blob);
    return file;
}

static uint32_t write_descriptor(struct pdf *p, const struct pdf_font *f, const char *name) {
    const struct font *t = f->font;
    uint32_t file = write_file(p, f), object = object_number(p);
    HPDF_Dict d = dict_new(p, "FontDescriptor");
    dict_name(p, d, "FontName", name);
    dict_int(p, d, "Flags", 4);
    struct buf b = {0};
    const int32_t *box = t->bbox;
    buf_fmt(&b, "/FontBBox [%d %d %d %d]", scaled(t, box[0]), scaled(t, box[1]), scaled(t, box[2]),
            scaled(t, box[3]));
    dict_raw(p, d, b.p);
    buf_free(&b);
    dict_int(p, d, "ItalicAngle", t->italic_angle / 100);
    dict_int(p, d, "Ascent", scaled(t, t->ascender));
    dict_int(p, d, "Descent", -scaled(t, t->descender));
    dict_int(p, d, "CapHeight", scaled(t, t->cap_height));
    dict_int(p, d, "StemV", t->bold ? 140 : 80);
    dict_ref(p, d, t->cff ? "FontFile3" : "FontFile2", file);
    object_write(p, object, d);
    return object;
}

/* 9.7.4.3. */
static void add_widths(struct pdf *p, HPDF_Dict d, const struct pdf_font *f) {
    struct buf b = {0};
    buf_str(&b, "/W [");
    for (uint32_t c = 0; c < f->codes;) {
        if (!code_used(f, c)) {
            c++;
            continue;
        }
        buf_fmt(&b, "%u[", c);
        for (; c < f->codes && code_used(f, c); c++) buf_fmt(&b, "%u ", f->widths[c]);
        b.p[b.n - 1] = ']';
    }
    buf_char(&b, ']');
    dict_raw(p, d, b.p);
    buf_free(&b);
}

/* 9.7.4.2: the identity, but for aliases. */
static void add_glyph_map(struct pdf *p, HPDF_Dict d, const struct pdf_font *f) {
    if (!f->alias_count) {
        dict_name(p, d, "CIDToGIDMap", "Identity");
        return;
    }
    struct buf b = {0};
    for (uint32_t c = 0; c < f->codes; c++) {
        uint32_t g = f->used[c < f->font->glyph_count ? c : 0] ? c : 0;
        if (c >= f->font->glyph_count) g = f->aliases[c - f->font->glyph_count].gid;
        buf_char(&b, (char)(g >> 8));
        buf_char(&b, (char)(g & 255));
    }
    uint32_t object = object_number(p);
    object_stream(p, object, NULL, b.p, b.n, false);
    dict_ref(p, d, "CIDToGIDMap", object);
    buf_free(&b);
}

static uint32_t write_descendant(struct pdf *p, const struct pdf_font *f, const char *name) {
    uint32_t descriptor = write_descriptor(p, f, name), object = object_number(p);
    HPDF_Dict d = dict_new(p, "Font"), info = dict_new(p, NULL);
    dict_name(p, d, "Subtype", f->font->cff ? "CIDFontType0" : "CIDFontType2");
    dict_name(p, d, "BaseFont", name);
    dict_text(p, info, "Registry", "Adobe");
    dict_text(p, info, "Ordering", "Identity");
    dict_int(p, info, "Supplement", 0);
    dict_add(p, d, "CIDSystemInfo", info);
    dict_ref(p, d, "FontDescriptor", descriptor);
    if (!f->font->cff) add_glyph_map(p, d, f);
    dict_int(p, d, "DW", 1000);
    add_widths(p, d, f);
    object_write(p, object, d);
    return object;
}

/* Six letters that tell this subset (9.6.4), then the font's name. */
static void subset_name(char out[100], const struct pdf_font *f) {
    uint64_t h = hash_bytes(f->used, f->font->glyph_count, 1);
    for (int i = 0; i < 6; i++, h /= 26) out[i] = (char)('A' + h % 26);
    snprintf(out + 6, 94, "+%s", f->font->ps_name ? f->font->ps_name : "Font");
}

static void write_font(struct pdf *p, const struct pdf_font *f) {
    char name[100];
    subset_name(name, f);
    uint32_t descendant = write_descendant(p, f, name), cmap = object_number(p);
    struct buf b = {0};
    put_cmap(&b, f);
    object_stream(p, cmap, NULL, b.p, b.n, false);
    buf_free(&b);
    HPDF_Dict d = dict_new(p, "Font");
    dict_name(p, d, "Subtype", "Type0");
    dict_name(p, d, "BaseFont", name);
    dict_name(p, d, "Encoding", "Identity-H");
    HPDF_Array fonts = array_new(p);
    array_ref(p, fonts, descendant);
    dict_add(p, d, "DescendantFonts", fonts);
    dict_ref(p, d, "ToUnicode", cmap);
    object_write(p, f->object, d);
}

void fonts_finish(struct pdf *p) {
    for (size_t i = 0; i < p->font_cap; i++)
        if (p->pdf_fonts[i].font) write_font(p, &p->pdf_fonts[i]);
}
