/* Type 0 fonts over subset TrueType or CFF outlines, with ToUnicode (ISO
 * 32000-1, 9.7-9.10; ISO 19005-3, 6.2.11). */
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
    pf->object = object_reserve(p);
    pf->used = arena_alloc(p->arena, f->glyph_count + 1u);
    pf->text = ARENA_ARRAY(p->arena, uint32_t, f->glyph_count + 1u);
    pf->widths = ARENA_ARRAY(p->arena, uint16_t, f->glyph_count + 1u);
    for (uint32_t g = 0; g < f->glyph_count; g++)
        pf->widths[g] = (uint16_t)((int64_t)font_advance(f, g) * 1000 / f->upem); /* as layout measures: cut */
    return pf;
}

static bool same_text(const struct pdf_font *f, uint32_t at, const uint16_t *text, uint32_t n) {
    const uint8_t *t = (const uint8_t *)f->texts.p + at;
    if (t[0] != n) return false;
    for (uint32_t i = 0; i < n; i++)
        if (t[1 + 2 * i] != text[i] >> 8 || t[2 + 2 * i] != (text[i] & 255)) return false;
    return true;
}

bool font_use(struct pdf_font *f, uint32_t gid, const uint16_t *text, uint32_t n) {
    if (gid >= f->font->glyph_count) gid = 0;
    f->used[gid] = 1;
    if (!n || n > 32) return n == 0;
    if (f->text[gid]) return same_text(f, f->text[gid] - 1, text, n);
    f->text[gid] = (uint32_t)f->texts.n + 1;
    buf_char(&f->texts, (char)n);
    for (uint32_t i = 0; i < n; i++) {
        buf_char(&f->texts, (char)(text[i] >> 8));
        buf_char(&f->texts, (char)(text[i] & 255));
    }
    return true;
}

static hb_blob_t *subset(struct pdf *p, struct pdf_font *f) {
    hb_subset_input_t *in = hb_subset_input_create_or_fail();
    if (!in) return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(in);
    hb_set_add(glyphs, 0);
    for (uint32_t g = 0; g < f->font->glyph_count; g++)
        if (f->used[g]) hb_set_add(glyphs, g);
    hb_subset_input_set_flags(in, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t *drop = hb_subset_input_set(in, HB_SUBSET_SETS_DROP_TABLE_TAG);
    static const char *const tables[] = {"GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "post", "STAT",
                                         "MATH", "BASE", "JSTF", "DSIG", "gasp", "meta", "cmap"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) hb_set_add(drop, hb_tag_from_string(tables[i], -1));
    hb_face_t *face = hb_subset_or_fail(f->font->hb_face, in);
    hb_subset_input_destroy(in);
    if (!face) {
        pdf_fail(p, "a font could not be subset");
        return NULL;
    }
    hb_blob_t *blob = f->font->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(face);
    hb_face_destroy(face);
    return blob;
}

static void put_widths(struct buf *b, const struct pdf_font *f) {
    buf_str(b, "/DW 1000/W[");
    for (uint32_t g = 0; g < f->font->glyph_count;) {
        if (!f->used[g]) {
            g++;
            continue;
        }
        buf_fmt(b, "%u[", g);
        for (; g < f->font->glyph_count && f->used[g]; g++) buf_fmt(b, "%u ", f->widths[g]);
        buf_char(b, ']');
    }
    buf_char(b, ']');
}

/* 9.10.3. */
static void put_cmap(struct buf *b, const struct pdf_font *f) {
    buf_str(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)"
               "/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    uint32_t left = 0, block = 0;
    for (uint32_t g = 0; g < f->font->glyph_count; g++) left += f->used[g] && f->text[g];
    for (uint32_t g = 0; g < f->font->glyph_count; g++) {
        if (!f->used[g] || !f->text[g]) continue;
        if (!block) {
            block = left > 100 ? 100 : left;
            buf_fmt(b, "%u beginbfchar\n", block);
        }
        const uint8_t *t = (const uint8_t *)f->texts.p + f->text[g] - 1;
        buf_fmt(b, "<%04X><", g);
        for (int i = 0; i < t[0]; i++) buf_fmt(b, "%02X%02X", t[1 + 2 * i], t[2 + 2 * i]);
        buf_str(b, ">\n");
        left--;
        if (--block == 0) buf_str(b, "endbfchar\n");
    }
    buf_str(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}

static void subset_tag(char tag[7], const struct pdf_font *f) {
    uint64_t h = hash_bytes(f->used, f->font->glyph_count, 1);
    for (int i = 0; i < 6; i++, h /= 26) tag[i] = (char)('A' + h % 26);
    tag[6] = 0;
}

static int scaled(const struct font *f, int64_t units) {
    return (int)((units * 1000 + (units < 0 ? -f->upem / 2 : f->upem / 2)) / f->upem);
}

static uint32_t put_descriptor(struct pdf *p, struct pdf_font *f, const char *name) {
    const struct font *t = f->font;
    hb_blob_t *blob = subset(p, f);
    unsigned n = 0;
    const char *data = blob ? hb_blob_get_data(blob, &n) : "";
    uint32_t file = object_reserve(p), object = object_reserve(p);
    struct buf b = {0};
    if (t->cff) buf_str(&b, "/Subtype/CIDFontType0C");
    else buf_fmt(&b, "/Length1 %u", n);
    object_stream(p, file, b.p, data, n, false);
    if (blob) hb_blob_destroy(blob);
    buf_clear(&b);
    buf_str(&b, "<</Type/FontDescriptor/FontName");
    put_name(&b, name);
    buf_fmt(&b, "/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/%s %u 0 R>>",
            scaled(t, t->bbox[0]), scaled(t, t->bbox[1]), scaled(t, t->bbox[2]), scaled(t, t->bbox[3]),
            t->italic_angle / 100, scaled(t, t->ascender), -scaled(t, t->descender), scaled(t, t->cap_height),
            t->bold ? 140 : 80, t->cff ? "FontFile3" : "FontFile2", file);
    object_begin(p, object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    return object;
}

static void finish_font(struct pdf *p, struct pdf_font *f) {
    char tag[7];
    subset_tag(tag, f);
    struct buf name = {0}, b = {0};
    buf_fmt(&name, "%s+%s", tag, f->font->ps_name);
    uint32_t descriptor = put_descriptor(p, f, name.p), cid = object_reserve(p), cmap = object_reserve(p);
    put_cmap(&b, f);
    object_stream(p, cmap, "", b.p, b.n, false);
    buf_clear(&b);
    buf_fmt(&b, "<</Type/Font/Subtype/CIDFontType%d/BaseFont", f->font->cff ? 0 : 2);
    put_name(&b, name.p);
    buf_fmt(&b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %u 0 R%s", descriptor,
            f->font->cff ? "" : "/CIDToGIDMap/Identity");
    put_widths(&b, f);
    buf_str(&b, ">>");
    object_begin(p, cid);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_clear(&b);
    buf_str(&b, "<</Type/Font/Subtype/Type0/BaseFont");
    put_name(&b, name.p);
    buf_fmt(&b, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R>>", cid, cmap);
    object_begin(p, f->object);
    pdf_put(p, b.p, b.n);
    object_end(p);
    buf_free(&b);
    buf_free(&name);
}

void fonts_finish(struct pdf *p, struct buf *resources) {
    buf_str(resources, "/Font<<");
    for (size_t i = 0; i < p->font_cap; i++) {
        struct pdf_font *f = &p->pdf_fonts[i];
        if (!f->font) continue;
        finish_font(p, f);
        buf_fmt(resources, "/F%zu %u 0 R", i, f->object);
        buf_free(&f->texts);
    }
    buf_str(resources, ">>");
}
