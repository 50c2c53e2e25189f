/* What glyphs stand for (ISO 32000-1, 9.10; ISO 19005-3, 6.2.11.7).
 *
 * The first text a glyph stands for is its code's.  Another text gets a code
 * of its own with TrueType outlines; with CFF, where a code is a glyph, and
 * for clusters of several glyphs that are not one glyph a character, the text
 * is said by ActualText; so it is where marks are moved to their place, since
 * readers take the gaps for spaces. */
#include "pdf/private.h"

#include <hb.h>

enum { TEXT_LIMIT = 32, CODE_LIMIT = 65535, REPLACEMENT = 0xFFFD, SOFT_HYPHEN = 0xAD };

static bool same_text(const struct pdf_font *f, uint32_t at, const uint16_t *text, uint32_t n) {
    const uint8_t *t = (const uint8_t *)f->texts.p + at;
    if (t[0] != n) return false;
    for (uint32_t i = 0; i < n; i++)
        if (t[1 + 2 * i] != text[i] >> 8 || t[2 + 2 * i] != (text[i] & 255)) return false;
    return true;
}

static uint32_t keep_text(struct pdf_font *f, const uint16_t *text, uint32_t n) {
    uint32_t at = (uint32_t)f->texts.n;
    buf_char(&f->texts, (char)n);
    for (uint32_t i = 0; i < n; i++) {
        buf_char(&f->texts, (char)(text[i] >> 8));
        buf_char(&f->texts, (char)(text[i] & 255));
    }
    return at;
}

static bool has_text(const struct pdf_font *f, uint32_t gid) {
    return f->unit[gid] || f->text[gid];
}

static void set_text(struct pdf_font *f, uint32_t gid, const uint16_t *text, uint32_t n) {
    f->used[gid] = 1;
    if (n == 1) f->unit[gid] = text[0];
    else f->text[gid] = keep_text(f, text, n) + 1;
}

/* The code of a glyph that stands for n units; CODE_ACTUAL when there is none. */
static uint32_t code_of(struct pdf_font *f, uint32_t gid, const uint16_t *text, uint32_t n) {
    if (n == 1 && f->unit[gid] == text[0] && text[0]) return gid;
    if (n > TEXT_LIMIT) return gid | CODE_ACTUAL;
    if (!has_text(f, gid) && text[0]) {
        set_text(f, gid, text, n);
        return gid;
    }
    if (f->text[gid] && same_text(f, f->text[gid] - 1, text, n)) return gid;
    for (size_t i = 0; i < f->alias_count; i++)
        if (f->aliases[i].gid == gid && same_text(f, f->aliases[i].text, text, n))
            return f->font->glyph_count + (uint32_t)i;
    if (f->font->cff || f->codes >= CODE_LIMIT || f->alias_count > 4096) return gid | CODE_ACTUAL;
    return font_add_code(f, (uint16_t)gid, keep_text(f, text, n));
}

/* Characters of which glyphs are the nominal ones. */
static uint32_t character_of(struct pdf *p, struct pdf_font *f, uint32_t gid) {
    if (!f->characters) {
        f->characters = ARENA_ARRAY(p->arena, uint32_t, f->font->glyph_count + 1u);
        hb_set_t *all = hb_set_create();
        hb_face_collect_unicodes(f->font->hb_face, all);
        hb_codepoint_t cp = HB_SET_VALUE_INVALID;
        while (hb_set_next(all, &cp)) {
            uint32_t g = font_glyph(f->font, cp);
            if (g < f->font->glyph_count && !f->characters[g]) f->characters[g] = cp;
        }
        hb_set_destroy(all);
    }
    return f->characters[gid];
}

static uint32_t put_utf16(uint16_t out[2], uint32_t cp) {
    if (cp < 0x10000) {
        out[0] = (uint16_t)cp;
        return 1;
    }
    out[0] = (uint16_t)(0xD7C0 + (cp >> 10));
    out[1] = (uint16_t)(0xDC00 | (cp & 0x3FF));
    return 2;
}

/* Every glyph must stand for something, also under ActualText. */
static void give_some_text(struct pdf *p, struct pdf_font *f, uint32_t gid) {
    f->used[gid] = 1;
    if (has_text(f, gid)) return;
    uint32_t cp = character_of(p, f, gid);
    uint16_t u[2];
    uint32_t n = put_utf16(u, cp ? cp : REPLACEMENT);
    set_text(f, gid, u, n);
}

/* U+0E33 and U+0EB3 are shown as a ring and a vowel. */
static uint32_t split_am(uint32_t cps[2], uint16_t c) {
    bool am = c == 0x0E33 || c == 0x0EB3;
    cps[0] = am ? c + 0x1Au : c;
    cps[1] = c - 1u;
    return am ? 2 : 1;
}

/* In a cluster where one glyph stands for no character of its own: what the
 * others leave over. */
static void give_rest(struct pdf *p, struct pdf_font *f, const struct area_text *t, uint32_t from,
                      uint32_t to, const uint16_t *text, uint32_t n) {
    uint16_t rest[2 * TEXT_LIMIT];
    uint32_t k = 0, unknown = 0, which = 0;
    for (uint32_t g = from; g < to; g++)
        if (!has_text(f, t->glyphs[g].gid) && !character_of(p, f, t->glyphs[g].gid)) unknown++, which = g;
    if (unknown != 1 || n > TEXT_LIMIT) return;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t cps[2], parts = split_am(cps, text[i]);
        for (uint32_t j = 0; j < parts; j++) {
            bool taken = false;
            for (uint32_t g = from; g < to; g++) taken |= t->glyphs[g].gid == font_glyph(f->font, cps[j]);
            if (!taken) rest[k++] = (uint16_t)cps[j];
        }
    }
    if (k && k <= TEXT_LIMIT) set_text(f, t->glyphs[which].gid, rest, k);
}

static bool shows_nothing(uint16_t c) {
    return c == SOFT_HYPHEN || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

/* A cluster's characters without those that leave no glyph. */
static uint32_t visible(uint16_t out[TEXT_LIMIT], const uint16_t *text, uint32_t n) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!shows_nothing(text[i]) && k < TEXT_LIMIT) out[k++] = text[i];
    return k;
}

/* Several glyphs: if each is the nominal glyph of one of the characters, each
 * stands for its own. */
static bool one_by_one(struct pdf_font *f, const struct area_text *t, uint32_t from, uint32_t to,
                       const uint16_t *text, uint32_t n, uint32_t *codes) {
    uint32_t at[TEXT_LIMIT + 1], k = 0;
    for (uint32_t i = 0; i < n; k++) {
        if (k == to - from) return false;
        at[k] = i;
        bool pair = (text[i] & 0xFC00) == 0xD800 && i + 1 < n && (text[i + 1] & 0xFC00) == 0xDC00;
        uint32_t cp = pair ? 0x10000u + ((text[i] & 0x3FFu) << 10) + (text[i + 1] & 0x3FFu) : text[i];
        uint32_t g = t->rtl ? to - 1 - k : from + k;
        if (font_glyph(f->font, cp) != t->glyphs[g].gid) return false;
        i += pair ? 2 : 1;
    }
    if (k != to - from) return false;
    at[k] = n;
    for (uint32_t i = 0; i < k; i++) {
        uint32_t g = t->rtl ? to - 1 - i : from + i;
        codes[g] = code_of(f, t->glyphs[g].gid, text + at[i], at[i + 1] - at[i]);
        if (codes[g] & CODE_ACTUAL) return false;
    }
    return true;
}

/* Codes of the glyphs from..to (exclusive), one cluster. */
static bool cluster_codes(struct pdf *p, struct pdf_font *f, const struct area_text *t, uint32_t from,
                          uint32_t to, const uint16_t *text, uint32_t n, uint32_t *codes) {
    uint16_t seen[TEXT_LIMIT];
    if (n > 1) {
        n = n > TEXT_LIMIT ? n : visible(seen, text, n);
        if (n <= TEXT_LIMIT) text = seen;
    }
    if (n == 1 && (!text[0] || text[0] == 0xFEFF || text[0] == 0xFFFE)) n = 0; /* a map must not say these */
    if (!n) { /* nothing to say: a sign of layout's own */
        for (uint32_t g = from; g < to; g++) {
            give_some_text(p, f, t->glyphs[g].gid);
            codes[g] = t->glyphs[g].gid;
        }
        return true;
    }
    if (to - from == 1) {
        codes[from] = code_of(f, t->glyphs[from].gid, text, n);
        if (!(codes[from] & CODE_ACTUAL)) {
            f->used[t->glyphs[from].gid] = 1;
            return true;
        }
    } else if (n <= TEXT_LIMIT && one_by_one(f, t, from, to, text, n, codes)) {
        bool moved = false;
        for (uint32_t g = from; g < to; g++) {
            f->used[t->glyphs[g].gid] = 1;
            moved |= t->glyphs[g].dx || t->glyphs[g].dy;
        }
        if (moved) codes[from] |= CODE_ACTUAL;
        return !moved;
    }
    give_rest(p, f, t, from, to, text, n);
    for (uint32_t g = from; g < to; g++) {
        give_some_text(p, f, t->glyphs[g].gid);
        codes[g] = t->glyphs[g].gid | CODE_ACTUAL;
    }
    return false;
}

/* Units of text from a cluster's start to the next in logical order. */
static uint32_t cluster_end(const struct area_text *t, uint32_t from, uint32_t to) {
    uint32_t end = t->text_len;
    if (!t->rtl && to < t->glyph_count) end = t->glyphs[to].cluster;
    else if (t->rtl && from > 0) end = t->glyphs[from - 1].cluster;
    return end > t->text_len ? t->text_len : end;
}

bool font_codes(struct pdf *p, struct pdf_font *f, const struct area_text *t, uint32_t *codes) {
    bool good = true;
    uint32_t count = t->glyph_count, glyphs = f->font->glyph_count;
    static const uint16_t soft_hyphen = SOFT_HYPHEN;
    for (uint32_t i = 0; i < count;) {
        uint32_t start = t->glyphs[i].cluster, gid = t->glyphs[i].gid, to = i + 1;
        while (to < count && t->glyphs[to].cluster == start) to++;
        uint32_t end = cluster_end(t, i, to);
        if (to == i + 1 && gid && gid < glyphs && end == start + 1 && f->unit[gid] == t->text[start] &&
            !(t->hyphen && to == count) && f->unit[gid]) { /* nearly always */
            codes[i++] = gid;
            continue;
        }
        bool bad = false;
        for (uint32_t g = i; g < to; g++) bad |= !t->glyphs[g].gid || t->glyphs[g].gid >= glyphs;
        if (bad) {
            if (!p->missing_glyph) p->missing_pos = t->a.pos;
            p->missing_glyph = true;
            for (uint32_t g = i; g < to; g++) codes[g] = 0;
            f->used[0] = 1;
        } else if (t->hyphen && to == count) {
            good &= cluster_codes(p, f, t, i, to, &soft_hyphen, 1, codes);
        } else {
            good &= cluster_codes(p, f, t, i, to, t->text + start, end > start ? end - start : 0, codes);
        }
        i = to;
    }
    return good;
}

static void put_mapping(struct buf *b, uint32_t code, const struct pdf_font *f, uint16_t unit, uint32_t at) {
    uint16_t u[TEXT_LIMIT];
    uint32_t n = 1;
    u[0] = unit;
    if (!unit) {
        const uint8_t *t = (const uint8_t *)f->texts.p + at;
        n = t[0];
        for (uint32_t i = 0; i < n; i++) u[i] = (uint16_t)(t[1 + 2 * i] << 8 | t[2 + 2 * i]);
    }
    uint16_t c = (uint16_t)code;
    buf_char(b, '<');
    put_hex16(b, &c, 1);
    buf_str(b, "><");
    put_hex16(b, u, n);
    buf_str(b, ">\n");
}

static bool mapped(const struct pdf_font *f, uint32_t code) {
    return code >= f->font->glyph_count || (f->used[code] && has_text(f, code));
}

void put_cmap(struct buf *b, const struct pdf_font *f) {
    buf_str(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
               "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    uint32_t left = 0, block = 0;
    for (uint32_t c = 0; c < f->codes; c++) left += mapped(f, c);
    for (uint32_t c = 0; c < f->codes; c++) {
        if (!mapped(f, c)) continue;
        if (!block) {
            block = left > 100 ? 100 : left;
            buf_fmt(b, "%u beginbfchar\n", block);
        }
        if (c < f->font->glyph_count) put_mapping(b, c, f, f->unit[c], f->unit[c] ? 0 : f->text[c] - 1);
        else put_mapping(b, c, f, 0, f->aliases[c - f->font->glyph_count].text);
        left--;
        if (--block == 0) buf_str(b, "endbfchar\n");
    }
    buf_str(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}
