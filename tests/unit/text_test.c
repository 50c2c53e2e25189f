/* Fonts, shaping, itemising, breaks, hyphenation, numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "text/text.h"

#include <hb.h>
#include <unistd.h>

#define LATN HB_TAG('L', 'a', 't', 'n')
enum { UNITS_MAX = 400 };

struct bench {
    struct diags *diags;
    struct fontset *set;
    struct arena *arena;
};

static int open_set(void **state) {
    struct bench *b = mem_alloc(sizeof *b);
    b->diags = diags_new();
    b->set = fontset_open("styles/fonts.xml", b->diags);
    b->arena = arena_new();
    *state = b;
    return b->set ? 0 : -1;
}

static int close_set(void **state) {
    struct bench *b = *state;
    fontset_close(b->set);
    arena_drop(b->arena);
    diags_drop(b->diags);
    mem_free(b);
    return 0;
}

static uint32_t units(uint16_t *u, const char *s) {
    return (uint32_t)utf16_from_utf8(u, s, strlen(s));
}

static size_t found(const struct bench *b, enum diag_id id) {
    size_t n = 0;
    for (const struct diag *g = diags_first(b->diags); g; g = g->next) n += g->id == id;
    return n;
}

/* Fonts. */

static void finds_families(void **state) {
    struct bench *b = *state;
    static const struct {
        const char *families;
        bool italic;
        int weight;
        const char *name;
    } rows[] = {
        {"Helvetica", false, 400, "Liberation Sans"},
        {"arial", true, 700, "Liberation Sans Bold Italic"},
        {"Times  New\n Roman, Helvetica", false, 600, "Liberation Serif Bold"},
        {"'Times New Roman', serif", false, 500, "Liberation Serif"},
        {"\"Courier New\"", true, 400, "Liberation Mono Italic"},
        {"Dina, monospace", false, 400, "Liberation Mono"},
        {"Dina", false, 400, "Liberation Serif"},
        {"cursive", true, 400, "Liberation Serif Italic"},
        {"'Times New 'Roman, serif", false, 400, "Liberation Serif"},
        {"Noto Serif Lao", true, 700, "Noto Serif Lao Bold"},
        {"", false, 400, "Liberation Serif"},
        {NULL, false, 400, "Liberation Sans"},
        {",,'", false, 400, "Liberation Serif"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct font *f = font_find(b->set, rows[i].families, rows[i].italic, rows[i].weight);
        assert_non_null(f);
        assert_string_equal(f->name, rows[i].name);
    }
    assert_int_equal(found(b, DIAG_FONT_SUBSTITUTED), 2); /* Dina, cursive */
    assert_int_equal(found(b, DIAG_FONT_CHECKSUM), 0);
}

static void reads_metrics(void **state) {
    struct bench *b = *state;
    struct font *f = font_find(b->set, "sans-serif", false, 400);
    assert_int_equal(f->upem, 2048);
    assert_int_equal(font_scale(f, f->ascender, 1000), 728);
    assert_int_equal(font_scale(f, f->descender, 1000), 210);
    assert_int_equal(font_scale(f, f->x_height, 1000), 528);
    assert_int_equal(font_scale(f, f->cap_height, 1000), 688);
    assert_string_equal(f->ps_name, "LiberationSans");
    assert_false(f->cff);
    f = font_find(b->set, "serif", false, 400);
    assert_int_equal(font_scale(f, f->ascender, 1000), 693);
    assert_int_equal(font_scale(f, f->descender, 1000), 216);
    f = font_find(b->set, "serif", true, 400);
    assert_int_equal(f->italic_angle, -1633);
    assert_int_equal(font_advance(f, font_glyph(f, ' ')), 512);
    assert_int_equal(font_advance(f, 65535), 0);
    assert_int_equal(font_glyph(f, 0x110000), 0);
    assert_true(font_has(f, 0x1EEF));
    assert_false(font_has(f, 0x0EB1));
}

static void falls_back(void **state) {
    struct bench *b = *state;
    static const struct {
        const char *base;
        uint32_t cp;
        const char *name;
    } rows[] = {
        {"serif", 0x0E81, "Noto Serif Lao"},
        {"sans-serif", 0x0E81, "Noto Sans Lao"},
        {"serif", 0x0928, "Noto Serif Devanagari"},
        {"monospace", 0x0E01, "Noto Serif Thai"},
        {"serif", 0x062C, "Noto Naskh Arabic"},
        {"Noto Serif Lao", 'a', "Liberation Serif"},
        {"Noto Sans Lao", '1', "Liberation Sans"},
        {"serif", 0x2713, "Noto Sans Symbols2"},
        {"serif", 0x1D49C, "Noto Sans Math"},
        {"serif", 0xAA80, "Noto Sans Tai Viet"},
        {"serif", 0x4E2D, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct font *f = font_fallback(font_find(b->set, rows[i].base, false, 400), rows[i].cp);
        if (rows[i].name) assert_string_equal(f ? f->name : "none", rows[i].name);
        else assert_null(f);
    }
    assert_string_equal(font_fallback(font_find(b->set, "serif", true, 700), 0x0E81)->name,
                        "Noto Serif Lao Bold");
}

static char *write_list(const char *body) {
    char *path = mem_strdup("/tmp/sotay-fonts-XXXXXX");
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    fprintf(f, "<fonts>%s</fonts>", body);
    fclose(f);
    return path;
}

static void checks_files(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "<family name='A'><font file='/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf' "
        "sha256='00'/></family>",
        "<family name='A'><font file='/nowhere.ttf'/></family>",
        "<family name='A'><font file='/usr/share/hyphen/hyph_en_US.dic'/></family>",
        "",
        "<family/><alias name='x'/>",
    };
    static const enum diag_id ids[] = {DIAG_FONT_CHECKSUM, DIAG_FONT_MISSING, DIAG_FONT_MISSING, DIAG_COUNT,
                                       DIAG_COUNT};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char *path = write_list(bodies[i]);
        struct diags *d = diags_new();
        struct fontset *set = fontset_open(path, d);
        assert_non_null(set);
        struct font *f = font_find(set, "A", false, 400);
        assert_int_equal(f != NULL, i == 0);
        fontset_settle(set);
        if (ids[i] == DIAG_COUNT) assert_null(diags_first(d));
        else assert_int_equal(diags_first(d)->id, ids[i]);
        fontset_close(set);
        diags_drop(d);
        unlink(path);
        mem_free(path);
    }
    struct diags *d = diags_new();
    assert_null(fontset_open("/nowhere/fonts.xml", d));
    assert_int_equal(diags_first(d)->id, DIAG_CANNOT_READ);
    diags_drop(d);
}

/* A font cut short or with bytes changed is refused or used, never a crash. */
static void survives_damage(void **state) {
    (void)state;
    struct buf whole = {0};
    assert_int_equal(file_read(&whole, "/usr/share/fonts/truetype/noto/NotoSerifLao-Regular.ttf"), 0);
    uint16_t u[] = {0x0E81, 0x0EB3, 0x0EC8, 'a', 0x0E99};
    for (uint32_t round = 0; round < 60; round++) {
        char font[] = "/tmp/sotay-font-XXXXXX", body[200];
        int fd = mkstemp(font);
        FILE *f = fdopen(fd, "w");
        size_t n = round < 20 ? whole.n * round / 20 : whole.n;
        for (size_t i = 0; i < n; i++)
            fputc(round >= 20 && (i * 2654435761u >> 7) % 997 == round ? (int)(i % 256)
                                                                       : (unsigned char)whole.p[i],
                  f);
        fclose(f);
        snprintf(body, sizeof body, "<family name='A'><font file='%s'/></family>", font);
        char *list = write_list(body);
        struct diags *d = diags_new();
        struct fontset *set = fontset_open(list, d);
        struct font *a = font_find(set, "A", false, 400);
        if (a) {
            const struct shaped *s = text_shape(a, u, 5, HB_TAG('L', 'a', 'o', 'o'), "lo", 0);
            int32_t above, below;
            font_ink(a, s->glyphs, s->count, &above, &below);
        } else {
            assert_int_equal(diags_first(d)->id, DIAG_FONT_MISSING);
        }
        fontset_close(set);
        diags_drop(d);
        unlink(font);
        unlink(list);
        mem_free(list);
    }
    buf_free(&whole);
}

/* Shaping. */

static const struct shaped *shape(struct bench *b, const char *family, const char *s, uint32_t script,
                                  const char *language, unsigned features) {
    uint16_t u[UNITS_MAX];
    uint32_t n = units(u, s);
    return text_shape(font_find(b->set, family, false, 400), u, n, script, language, features);
}

static void shapes_words(void **state) {
    struct bench *b = *state;
    struct font *f = font_find(b->set, "serif", false, 400);
    const struct shaped *s = shape(b, "serif", "AVA", LATN, "en", 0);
    assert_int_equal(s->count, 3);
    int32_t plain = 2 * font_advance(f, font_glyph(f, 'A')) + font_advance(f, font_glyph(f, 'V'));
    assert_true(s->width < plain);
    assert_true(s->unsafe);
    assert_int_equal(shape(b, "serif", "AVA", LATN, "en", TEXT_NO_KERNING)->width, plain);
    assert_ptr_equal(shape(b, "serif", "AVA", LATN, "en", 0), s);
    assert_ptr_not_equal(shape(b, "serif", "AVA", LATN, "vi", 0), s);
    assert_ptr_not_equal(shape(b, "sans-serif", "AVA", LATN, "en", 0), s);
    s = shape(b, "serif", "Nghị", LATN, "vi", 0);
    assert_int_equal(s->count, 4);
    for (uint32_t i = 0; i < 4; i++) assert_int_equal(s->glyphs[i].cluster, i);
    assert_int_equal(shape(b, "serif", "", LATN, NULL, 0)->count, 0);
    s = shape(b, "serif",
              "a\xC2\xAD"
              "b",
              LATN, "en", 0); /* the soft hyphen leaves no glyph */
    assert_int_equal(s->count, 2);
    assert_int_equal(s->glyphs[1].cluster, 2);
}

static void shapes_scripts(void **state) {
    struct bench *b = *state;
    const struct shaped *s = shape(b, "Noto Serif Lao", "ກຳ", HB_TAG('L', 'a', 'o', 'o'), "lo", 0);
    assert_true(s->count >= 2);
    assert_int_equal(s->glyphs[s->count - 1].cluster, 0); /* sara am is taken apart, in one cluster */
    s = shape(b, "Noto Naskh Arabic", "سلام", HB_TAG('A', 'r', 'a', 'b'), "ar", TEXT_RTL);
    assert_int_equal(s->glyphs[0].cluster, 3); /* from left to right */
    assert_int_equal(s->glyphs[s->count - 1].cluster, 0);
    assert_int_not_equal(s->glyphs[s->count - 1].gid,
                         font_glyph(font_find(b->set, "Noto Naskh Arabic", false, 400), 0x633));
    s = shape(b, "Noto Serif Devanagari", "कि", HB_TAG('D', 'e', 'v', 'a'), "hi", 0);
    assert_int_equal(s->count, 2);
    for (uint32_t i = 0; i < s->count; i++) assert_true(s->glyphs[i].gid != 0);
    int32_t above, below;
    s = shape(b, "serif", "Ể", LATN, "vi", 0);
    struct font *f = font_find(b->set, "serif", false, 400);
    font_ink(f, s->glyphs, s->count, &above, &below);
    assert_true(above > f->cap_height && below < f->upem / 20);
}

static void trims_the_cache(void **state) {
    struct bench *b = *state;
    struct font *f = font_find(b->set, "serif", false, 400);
    uint16_t u[8] = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'};
    for (uint32_t i = 0; i < 120000; i++) {
        u[0] = (uint16_t)('a' + i % 26);
        u[1] = (uint16_t)('a' + i / 26 % 26);
        u[2] = (uint16_t)('a' + i / 676 % 26);
        u[3] = (uint16_t)('a' + i / 17576);
        assert_int_equal(text_shape(f, u, 8, LATN, "en", 0)->count, 8);
        text_cache_trim(b->set);
    }
}

/* Itemising. */

static const char *itemized(struct bench *b, const char *family, const char *s, bool rtl, struct buf *out) {
    uint16_t u[UNITS_MAX];
    uint32_t n = units(u, s);
    struct text_style_span span = {0, n, 0, font_find(b->set, family, false, 400), "en"};
    struct text_run *runs;
    uint32_t count = text_itemize(b->arena, u, n, &span, 1, rtl, &runs, b->diags, (struct pos){0});
    buf_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        char tag[5] = {0};
        hb_tag_to_string(runs[i].script, tag);
        buf_fmt(out, "%s%u-%u %s %d %s", i ? "; " : "", runs[i].start, runs[i].end, tag, runs[i].level,
                runs[i].font->name);
    }
    return buf_cstr(out);
}

static void itemizes(void **state) {
    struct bench *b = *state;
    struct buf t = {0};
    static const struct {
        const char *text;
        bool rtl;
        const char *runs;
    } rows[] = {
        {"Hello, (world) 12.", false, "0-18 Latn 0 Liberation Serif"},
        {"Tiếng Việt – “đó”", false, "0-17 Latn 0 Liberation Serif"},
        {"12 ກຳ 3", false,
         "0-3 Laoo 0 Liberation Serif; 3-5 Laoo 0 Noto Serif Lao; 5-7 Laoo 0 Liberation Serif"},
        {"a (ກ) b", false,
         "0-3 Latn 0 Liberation Serif; 3-4 Laoo 0 Noto Serif Lao; 4-7 Latn 0 Liberation Serif"},
        {"ab אב 12", false,
         "0-3 Latn 0 Liberation Serif; 3-6 Hebr 1 Liberation Serif; 6-8 Hebr 2 Liberation Serif"},
        {"abc", true, "0-3 Latn 2 Liberation Serif"},
        {"Привет мир", false, "0-10 Cyrl 0 Liberation Serif"},
        {"a\xEF\xBF\xBC"
         "b",
         false, "0-3 Latn 0 Liberation Serif"},
        {"", false, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(itemized(b, "serif", rows[i].text, rows[i].rtl, &t), rows[i].runs);
    }
    buf_free(&t);
}

static void keeps_clusters(void **state) {
    struct bench *b = *state;
    struct buf t = {0};
    /* a mark that the font lacks takes its base with it; e with circumflex and
     * dot below is composed */
    assert_string_equal(itemized(b, "serif", "e\xCC\x82\xCC\xA3", false, &t), "0-3 Latn 0 Liberation Serif");
    assert_int_equal(found(b, DIAG_GLYPH_MISSING), 0);
    itemized(b, "serif", "中", false, &t);
    itemized(b, "serif", "中中", false, &t);
    assert_int_equal(found(b, DIAG_GLYPH_MISSING), 1);
    /* a flag is one cluster of two signs, even when no font has it */
    itemized(b, "serif", "x🇻🇳y", false, &t);
    assert_null(strstr(buf_cstr(&t), "1-3"));
    /* a bold stretch gets the bold fallback */
    uint16_t lao[] = {0x0E81, 0x0E99, 0x0E81, 0x0E99};
    struct font *bold = font_find(b->set, "serif", false, 700);
    struct text_style_span two[] = {{0, 2, 1, font_find(b->set, "serif", false, 400), "lo"},
                                    {2, 4, 2, bold, "lo"}};
    struct text_run *parts;
    assert_int_equal(text_itemize(b->arena, lao, 4, two, 2, false, &parts, b->diags, (struct pos){0}), 2);
    assert_string_equal(parts[0].font->name, "Noto Serif Lao");
    assert_string_equal(parts[1].font->name, "Noto Serif Lao Bold");
    /* a cluster across two styles stays with its first */
    uint16_t u[] = {'e', 0x0301, 'x'};
    struct font *f = font_find(b->set, "serif", false, 400), *g = font_find(b->set, "sans-serif", false, 400);
    struct text_style_span spans[] = {{0, 1, 7, f, "en"}, {1, 3, 8, g, "en"}};
    struct text_run *runs;
    assert_int_equal(text_itemize(b->arena, u, 3, spans, 2, false, &runs, b->diags, (struct pos){0}), 2);
    assert_int_equal(runs[0].end, 2);
    assert_int_equal(runs[0].style, 7);
    assert_int_equal(runs[1].style, 8);
    assert_ptr_equal(runs[1].font, g);
    buf_free(&t);
}

static void reorders(void **state) {
    (void)state;
    uint8_t levels[] = {0, 1, 1, 2, 0};
    uint32_t order[5], want[] = {0, 3, 2, 1, 4};
    text_reorder(levels, 5, order);
    assert_memory_equal(order, want, sizeof want);
}

/* Breaks and hyphens, shown as | and - . */

static const char *broken(const char *s, const char *language, struct buf *out) {
    uint16_t u[UNITS_MAX];
    uint8_t at[UNITS_MAX + 1];
    uint32_t n = units(u, s);
    text_breaks(u, n, language, at);
    buf_clear(out);
    for (uint32_t i = 0; i <= n; i++) {
        char c[8];
        if (at[i]) buf_char(out, at[i] == TEXT_BREAK_MANDATORY ? '#' : '|');
        if (i < n) buf_put(out, c, utf8_from_utf16(c, u + i, 1));
    }
    return buf_cstr(out);
}

static void breaks_lines(void **state) {
    (void)state;
    struct buf t = {0};
    static const struct {
        const char *language, *text;
    } rows[] = {
        {"en", "state-|of-|the-|art, |and/|or |“quoted” (paren) |$12.50|"},
        {"vi", "Tiếng |Việt: |1.234,5 |km/|h |– |và |50\xC2\xA0%|"},
        {"en", "one#"},
        {"lo", "ມະນຸດ|ທຸກຄົນ|ເກີດ|ມາ|ມີ|"},
        {"lo", "ຕ່າງໆ |ແລະ|"},
        {"th", "มนุษย์|ทั้ง|หลาย|เกิด|มา|มี|อิสระ|"},
        {NULL, "人|人|生|而|自|由，|在|"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char plain[UNITS_MAX];
        size_t n = 0;
        for (const char *p = rows[i].text; *p; p++)
            if (*p != '|') plain[n++] = *p == '#' ? '\n' : *p;
        plain[n] = 0;
        const char *got = broken(plain, rows[i].language, &t);
        if (strchr(rows[i].text, '#')) assert_string_equal(got, "one\n#");
        else assert_string_equal(got, rows[i].text);
    }
    assert_string_equal(broken("", "en", &t), "|");
    buf_free(&t);
}

static const char *hyphenated(struct bench *b, const char *s, const char *language, const char *country,
                              int remain, int push, struct buf *out) {
    uint16_t u[UNITS_MAX];
    uint8_t at[UNITS_MAX + 1] = {0};
    uint32_t n = units(u, s);
    if (!text_hyphenate(b->set, u, n, language, country, remain, push, at)) return "no patterns";
    buf_clear(out);
    for (uint32_t i = 0; i < n; i++) {
        char c[8];
        if (at[i]) buf_char(out, '-');
        buf_put(out, c, utf8_from_utf16(c, u + i, 1));
    }
    return buf_cstr(out);
}

static void hyphenates(void **state) {
    struct bench *b = *state;
    struct buf t = {0};
    static const struct {
        const char *language, *country;
        int remain, push;
        const char *word;
    } rows[] = {
        {"en", "US", 2, 2, "hy-phen-ation"},
        {"en", "GB", 2, 2, "hy-phen-a-tion"},
        {"en", NULL, 2, 3, "com-puter"},
        {"en", "us", 2, 2, "Com-put-er"},
        {"eng", NULL, 4, 4, "algo-rithm"},
        {"en-GB", NULL, 2, 2, "hy-phen-a-tion"},
        {"en", "IN", 2, 2, "hy-phen-ation"},
        {"fr", "FR", 2, 2, "édi-tion"},
        {"de", NULL, 2, 2, "Recht-ha-ber"},
        {"de", "CH", 2, 2, "Über-set-zung"},
        {"en", "US", 2, 2, "a"},
        {"en", "US", 2, 2, "it's"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char plain[UNITS_MAX];
        size_t n = 0;
        for (const char *p = rows[i].word; *p; p++)
            if (*p != '-') plain[n++] = *p;
        plain[n] = 0;
        assert_string_equal(
            hyphenated(b, plain, rows[i].language, rows[i].country, rows[i].remain, rows[i].push, &t),
            rows[i].word);
    }
    assert_string_equal(hyphenated(b, "tiếng", "vi", "VN", 2, 2, &t), "no patterns");
    assert_string_equal(hyphenated(b, "word", "../en_US", NULL, 2, 2, &t), "no patterns");
    assert_string_equal(hyphenated(b, "word", NULL, NULL, 2, 2, &t), "no patterns");
    assert_string_equal(hyphenated(b, "hyphenation", "en", "US", -5, 100000, &t), "hyphenation");
    buf_free(&t);
}

/* Letters and numbers. */

static void normalizes(void **state) {
    struct bench *b = *state;
    size_t n;
    const char *s = "Đảng ủy", *nfd = "Vie\xCC\x82\xCC\xA3t";
    assert_ptr_equal(text_nfc(b->arena, s, strlen(s), &n), s);
    assert_string_equal(text_nfc(b->arena, nfd, strlen(nfd), &n), "Việt");
    assert_int_equal(n, strlen("Việt"));
}

static const char *cased(struct bench *b, const char *s, enum text_case how, const char *language) {
    static char out[3 * UNITS_MAX];
    uint16_t u[UNITS_MAX], *v;
    uint32_t *map, n = units(u, s), m = text_transform_case(b->arena, u, n, how, language, &v, &map);
    for (uint32_t i = 0; i < m; i++) assert_true(map[i] < n && (i == 0 || map[i] >= map[i - 1]));
    out[utf8_from_utf16(out, v, m)] = 0;
    return out;
}

static void changes_case(void **state) {
    struct bench *b = *state;
    assert_string_equal(cased(b, "đường phố straße", TEXT_CASE_UPPER, "vi"), "ĐƯỜNG PHỐ STRASSE");
    assert_string_equal(cased(b, "ŒUVRE ΟΔΟΣ", TEXT_CASE_LOWER, "el"), "œuvre οδος");
    assert_string_equal(cased(b, "it's o'clock: “well-known” x2y 2nd", TEXT_CASE_CAPITALIZE, "en"),
                        "It's O'clock: “Well-known” X2y 2nd");
    assert_string_equal(cased(b, "title", TEXT_CASE_UPPER, "tr"), "TİTLE");
    assert_string_equal(cased(b, "Same", TEXT_CASE_NONE, NULL), "Same");
    assert_string_equal(cased(b, "", TEXT_CASE_UPPER, NULL), "");
}

static void formats_numbers(void **state) {
    (void)state;
    static const struct {
        int64_t n;
        const char *format, *separator;
        int size;
        const char *text;
    } rows[] = {
        {7, "1", NULL, 0, "7"},
        {7, "001", NULL, 0, "007"},
        {28, "a", NULL, 0, "ab"},
        {703, "A", NULL, 0, "AAA"},
        {1994, "i", NULL, 0, "mcmxciv"},
        {4, "I", NULL, 0, "IV"},
        {4000, "i", NULL, 0, "4000"},
        {0, "a", NULL, 0, "0"},
        {-3, "i", NULL, 0, "-3"},
        {1234567, "1", ".", 3, "1.234.567"},
        {5, "(1)", NULL, 0, "(5)"},
        {5, "i.", NULL, 0, "v."},
        {5, "", NULL, 0, "5"},
        {5, NULL, NULL, 0, "5"},
        {12, "\xE0\xBB\x91", NULL, 0, "໑໒"},
        {3, "α", NULL, 0, "γ´"},
        {15, "א", NULL, 0, "ט״ו"},
        {5, "x", NULL, 0, "5"},
        {INT64_MIN, "1", NULL, 0, "-9223372036854775808"},
        {5, "- 1 -", NULL, 0, "- 5 -"},
        {2, "\xE0\xB8\x81", NULL, 0, "ข"},
        {9, "00000000000000000000000000000001", NULL, 0, "00000000000000000000009"},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&b);
        text_format_number(&b, rows[i].n, rows[i].format, rows[i].separator, rows[i].size);
        assert_string_equal(buf_cstr(&b), rows[i].text);
    }
    buf_free(&b);
}

#define SET_TEST(f) cmocka_unit_test_setup_teardown(f, open_set, close_set)

int main(void) {
    const struct CMUnitTest tests[] = {
        SET_TEST(finds_families),
        SET_TEST(reads_metrics),
        SET_TEST(falls_back),
        cmocka_unit_test(checks_files),
        cmocka_unit_test(survives_damage),
        SET_TEST(shapes_words),
        SET_TEST(shapes_scripts),
        SET_TEST(trims_the_cache),
        SET_TEST(itemizes),
        SET_TEST(keeps_clusters),
        cmocka_unit_test(reorders),
        cmocka_unit_test(breaks_lines),
        SET_TEST(hyphenates),
        SET_TEST(normalizes),
        SET_TEST(changes_case),
        cmocka_unit_test(formats_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
