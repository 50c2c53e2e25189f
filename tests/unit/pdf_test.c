/* The PDF back end, fed by hand and judged by qpdf, poppler and veraPDF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "area/area.h"
#include "graphics/graphics.h"
#include "pdf/pdf.h"
#include "text/text.h"

#include <unistd.h>

enum { A5_W = 419528, A5_H = 595276 };

struct bench {
    struct diags *diags;
    struct fontset *set;
    struct images *images;
    char dir[64];
};

/* A document being written by hand. */
struct book {
    struct bench *b;
    struct area_sink *sink;
    struct out_file *out;
    struct arena *arena;
    struct area_page page;
    char path[96];
};

static int open_bench(void **state) {
    struct bench *b = mem_alloc(sizeof *b);
    b->diags = diags_new();
    b->set = fontset_open("styles/fonts.xml", b->diags);
    b->images = images_new(b->set, b->diags);
    snprintf(b->dir, sizeof b->dir, "/tmp/pdf_test.XXXXXX");
    *state = b;
    return b->set && mkdtemp(b->dir) ? 0 : -1;
}

static int close_bench(void **state) {
    struct bench *b = *state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", b->dir);
    images_drop(b->images);
    fontset_close(b->set);
    diags_drop(b->diags);
    int status = getenv("PDF_TEST_KEEP") ? 0 : system(command);
    mem_free(b);
    return status;
}

/* What a command prints. */
static char *said(const char *format, ...) __attribute__((format(printf, 1, 2)));
static char *said(const char *format, ...) {
    static struct buf b;
    struct buf command = {0};
    va_list args;
    va_start(args, format);
    buf_vfmt(&command, format, args);
    va_end(args);
    buf_clear(&b);
    FILE *f = popen(command.p, "r");
    assert_non_null(f);
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) buf_put(&b, part, n);
    pclose(f);
    buf_free(&command);
    return b.p ? b.p : "";
}

static void assert_says(const char *text, const char *part) {
    if (!strstr(text, part)) fail_msg("no \"%s\" in:\n%s", part, text);
}

static size_t found(const struct bench *b, enum diag_id id) {
    size_t n = 0;
    for (const struct diag *g = diags_first(b->diags); g; g = g->next) n += g->id == id;
    return n;
}

/* ---- a document ------------------------------------------------------------------- */

static const struct pdf_options plain_options = {.profile = PDF_A3A_UA1,
                                                 .title = "Sổ tay",
                                                 .lang = "en",
                                                 .producer = "sotay",
                                                 .date = "2026-11-05T08:30:00Z"};

static struct book book_open(struct bench *b, const char *name, const struct pdf_options *options) {
    struct book k = {.b = b};
    int e = 0;
    snprintf(k.path, sizeof k.path, "%s/%s.pdf", b->dir, name);
    k.out = out_open(k.path, &e);
    assert_non_null(k.out);
    k.sink = pdf_open(k.out, options, b->set, b->diags);
    assert_non_null(k.sink);
    return k;
}

static void book_close(struct book *k) {
    assert_int_equal(pdf_close(k->sink), 0);
    assert_int_equal(out_commit(k->out), 0);
    assert_int_equal(system(said("echo qpdf --check %s '>/dev/null'", k->path)), 0);
}

static struct area_list *page_begin(struct book *k, int32_t index) {
    k->arena = arena_new();
    k->page = (struct area_page){.arena = k->arena, .index = index, .number = index + 1, .format = "1",
                                 .label = "", .width = A5_W, .height = A5_H};
    return &k->page.areas;
}

static void page_end(struct book *k) {
    k->sink->page(k->sink, &k->page);
    arena_drop(k->arena);
}

static int32_t tag(struct book *k, int32_t parent, const char *type) {
    return k->sink->tag_open(k->sink, parent, &(struct area_tag){.type = type});
}

struct style {
    const char *families, *language;
    mpt size;
    bool hyphen;
};
static const struct style serif = {"Liberation Serif", "en", 11000, false};

static void copy_glyphs(struct book *k, struct area_text *a, const struct shaped *s, bool hyphen) {
    struct glyph *g = ARENA_ARRAY(k->arena, struct glyph, s->count + 1);
    for (uint32_t i = 0; i < s->count; i++) {
        g[i] = s->glyphs[i];
        g[i].adv = (mpt)((int64_t)(s->glyphs[i].adv * 1000 / a->font->upem) * a->size / 1000);
        g[i].dx = font_scale(a->font, s->glyphs[i].dx, a->size);
        g[i].dy = font_scale(a->font, s->glyphs[i].dy, a->size);
    }
    a->glyph_count = s->count;
    if (hyphen) {
        struct glyph h = {.gid = font_glyph(a->font, '-'), .cluster = a->text_len};
        h.adv = font_scale(a->font, font_advance(a->font, h.gid), a->size);
        g[a->glyph_count++] = h;
        a->hyphen = true;
    }
    a->glyphs = g;
}

/* A line of text from x; returns where it ends. */
static mpt line(struct book *k, int32_t t, mpt x, mpt y, struct style style, const char *utf8) {
    uint16_t u[400];
    uint32_t n = (uint32_t)utf16_from_utf8(u, utf8, strlen(utf8));
    struct font *font = font_find(k->b->set, style.families, false, 400);
    struct text_style_span span = {0, n, 0, font, style.language};
    struct text_run *runs;
    uint32_t count = text_itemize(k->arena, u, n, &span, 1, false, &runs, k->b->diags, (struct pos){0});
    for (uint32_t i = 0; i < count; i++) {
        struct text_run *r = &runs[i];
        struct area_text *a = area_add_text(k->arena, &k->page.areas, t, (struct pos){0});
        a->x = x;
        a->y = y;
        a->font = r->font;
        a->size = style.size;
        a->color = COLOR_BLACK;
        a->rtl = r->level & 1;
        a->text = arena_memdup(k->arena, u + r->start, (r->end - r->start) * sizeof *u);
        a->text_len = r->end - r->start;
        const struct shaped *s = text_shape(r->font, a->text, a->text_len, r->script, style.language,
                                            a->rtl ? TEXT_RTL : 0);
        copy_glyphs(k, a, s, style.hyphen && i + 1 == count);
        for (uint32_t g = 0; g < a->glyph_count; g++) x += a->glyphs[g].adv;
    }
    return x;
}

static void link_to(struct book *k, int32_t t, struct rect r, const char *uri, const char *dest) {
    struct area_link *l = area_add_link(k->arena, &k->page.areas, t, (struct pos){"a.fo", 7, 3});
    l->rect = r;
    l->uri = uri;
    l->dest = dest;
    l->contents = "what it is";
}

/* ---- the whole of it ----------------------------------------------------------------- */

static const char red_png[] =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAADCAYAAABWKLW/AAAAJUlEQVR4nBXHMQEAAAgCwY"
    "9GNDaDGQzxtiOQiI0Zgho1+rhx4zl7vxRT6KwOIQAAAABJRU5ErkJggg==";
/* Its data end too early. */
static const char cut_png[] =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAMAAAADCAYAAABWKLW/AAAAJUlEQVR4nBXHMQEAAAgCwY9GNDaDGQzxtiOQiI0Zgho1+rhx";
static const char cyan_jpeg[] =
    "data:image/jpeg;base64,"
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAoHB4jHhkoIyEjLSsoMDxkQTw3Nzx7WF1JZJGAmZaPgIyKoLTmw6Cq2q2KjMj/y9ru9f//"
    "/5vB////+v/m/f/4/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAA"
    "AAAA/9oADgRDAE0AWQBLAAA/ABTJky//2Q==";

static void texts(struct book *k, int32_t top) {
    int32_t h = tag(k, top, "H1"), p = tag(k, top, "P");
    int32_t vi = k->sink->tag_open(k->sink, top, &(struct area_tag){.type = "P", .lang = "vi"});
    struct area_tag lao = {.type = "P", .role = "Lao", .lang = "lo"};
    int32_t lo = k->sink->tag_open(k->sink, top, &lao);
    area_add_dest(k->arena, &k->page.areas, (struct pos){0}, "start", 40000, 40000);
    line(k, h, 40000, 60000, (struct style){"Liberation Sans", "en", 24000, false}, "A first office");
    line(k, p, 40000, 90000, serif,
         "AVATAR fits, file; non-breaking\u00A0space and hyphen-minus (bracket\\) ");
    line(k, p, 40000, 104000, (struct style){"Liberation Serif", "en", 11000, true}, "The docu");
    line(k, p, 40000, 118000, serif, "ment goes on.");
    line(k, vi, 40000, 140000, (struct style){"Liberation Serif", "vi", 11000, false},
         "Đường đến thành phố Hồ Chí Minh: Nguyễn, ầ ậ ẩ ẫ ặ; q\u0302\u0323 ");
    line(k, lo, 40000, 170000, (struct style){"Noto Serif Lao", "lo", 13000, false}, "ນ້ຳ ທີ່ນີ້ ຜູ້ໃຫຍ່ ກຳ");
}

static void list_and_table(struct book *k, int32_t top) {
    int32_t l = k->sink->tag_open(k->sink, top, &(struct area_tag){.type = "L", .list_numbering = "Decimal"});
    int32_t li = tag(k, l, "LI"), label = tag(k, li, "Lbl"), body = tag(k, li, "LBody");
    line(k, label, 40000, 200000, serif, "1.");
    line(k, body, 60000, 200000, serif, "An item");
    int32_t table = tag(k, top, "Table"), head = tag(k, table, "THead"), rows = tag(k, table, "TBody");
    int32_t r = tag(k, head, "TR");
    struct area_tag heading = {.type = "TH", .scope = "Column", .col_span = 2, .id = "h.1"};
    int32_t th = k->sink->tag_open(k->sink, r, &heading);
    line(k, tag(k, th, "P"), 40000, 220000, serif, "Head");
    r = tag(k, rows, "TR");
    int32_t td = k->sink->tag_open(k->sink, r, &(struct area_tag){.type = "TD", .headers = "h.1"});
    int32_t empty = tag(k, r, "TD");
    line(k, tag(k, td, "P"), 40000, 236000, serif, "Cell");
    tag(k, top, "Div"); /* never holds anything: left out */
    struct rect rule = {40000, 206000, 200000, 500};
    area_add_rect(k->arena, &k->page.areas, TAG_ARTIFACT, (struct pos){0}, rule, COLOR_BLACK);
    k->sink->tag_close(k->sink, empty);
}

static void note_and_link(struct book *k, int32_t top) {
    int32_t p = tag(k, top, "P"), ref = tag(k, p, "Reference"), note = tag(k, p, "Note");
    int32_t link = tag(k, p, "Link");
    mpt x = line(k, p, 40000, 260000, serif, "Before");
    x = line(k, ref, x, 257000, (struct style){"Liberation Serif", "en", 7000, false}, "1");
    x = line(k, p, x, 260000, serif, " after, ");
    link_to(k, link, (struct rect){x, 250000, 40000, 12000}, "https://example.org/đ?b=(c)", NULL);
    x = line(k, link, x, 260000, serif, "a site");
    line(k, p, x, 260000, serif, " end.");
    line(k, note, 40000, 500000, serif, "1 The note.");
    int32_t q = tag(k, top, "P"), l2 = tag(k, q, "Link");
    link_to(k, l2, (struct rect){40000, 270000, 60000, 12000}, NULL, "later");
    line(k, l2, 40000, 280000, serif, "forward");
}

static void pictures(struct book *k, int32_t top) {
    const char *const uris[] = {red_png, red_png, cyan_jpeg, cut_png};
    int32_t f = k->sink->tag_open(k->sink, top, &(struct area_tag){.type = "Figure", .alt = "Ô đỏ"});
    int32_t g = k->sink->tag_open(k->sink, top, &(struct area_tag){.type = "Figure", .alt = "A chart"});
    for (int i = 0; i < 4; i++) {
        struct image *im = image_open(k->b->images, ".", uris[i], (struct pos){0});
        assert_non_null(im);
        struct area_image *a = area_add_image(k->arena, &k->page.areas, f, (struct pos){0});
        a->image = im;
        a->rect = (struct rect){40000 + i * 30000, 300000, 25000, 25000};
    }
    struct area_group *group = area_add_group(k->arena, &k->page.areas, g, (struct pos){0});
    group->m[4] = 200000;
    group->m[5] = 300000;
    group->clips = true;
    group->clip = (struct rect){0, 0, 100000, 60000};
    group->opacity = 32768;
    static const struct gradient_stop stops[] = {{0, {COLOR_RGB, {65535, 0, 0, 0}, 65535}},
                                                 {40000, {COLOR_CMYK, {65535, 0, 0, 0}, 20000}},
                                                 {65535, {COLOR_GRAY, {30000, 0, 0, 0}, 0}}};
    static const struct gradient gradients[] = {{false, {1, 0, 0, 1, 0, 0}, 0, 0, 50, 0, 0, 3, stops},
                                                {true, {1, 0, 0, 1, 40, 0}, 25, 25, 20, 20, 25, 2, stops}};
    for (int i = 0; i < 2; i++) {
        struct area_shape *s = area_add_rect(k->arena, &group->children, g, (struct pos){0},
                                             (struct rect){i * 40000, 0, 50000, 50000}, (struct color){0});
        s->fill_gradient = &gradients[i];
        s->stroke = (struct color){COLOR_CMYK, {0, 65535, 0, 10000}, 40000};
        s->stroke_width = 1500;
        static const mpt dash[] = {3000, 1500};
        s->dash = dash;
        s->dash_count = 2;
    }
}

static void furniture(struct book *k) {
    line(k, TAG_PAGINATION_HEADER, 40000, 20000, serif, "Running title");
    line(k, TAG_PAGINATION_FOOTER, 200000, 580000, serif, "1");
    link_to(k, TAG_PAGINATION_HEADER, (struct rect){40000, 10000, 60000, 12000}, NULL, "start");
}

static void outlines(struct book *k) {
    struct area_outline o[] = {{"Mở đầu", "start", NULL, true},
                               {"Within", "later", NULL, false},
                               {"Deep", "later", NULL, true}};
    int32_t a = k->sink->outline(k->sink, -1, &o[0]), c = k->sink->outline(k->sink, a, &o[1]);
    k->sink->outline(k->sink, c, &o[2]);
}

/* Three pages, the second handed on last; a paragraph runs over all. */
static void write_all(struct book *k) {
    outlines(k);
    int32_t top = tag(k, -1, "Sect"), p = -1;
    for (int i = 0; i < 3; i++) {
        int32_t index = i == 0 ? 0 : 3 - i;
        page_begin(k, index);
        furniture(k);
        if (i == 0) {
            texts(k, top);
            list_and_table(k, top);
            note_and_link(k, top);
            pictures(k, top);
            k->page.format = "i";
            p = tag(k, top, "P");
        }
        if (i == 1) area_add_dest(k->arena, &k->page.areas, (struct pos){0}, "later", 0, 100000);
        static const char *const words[] = {"one", "two", "three"};
        line(k, p, 40000, 550000, serif, words[index]);
        page_end(k);
    }
    k->sink->tag_close(k->sink, p);
}

static void assert_valid(const char *path, const char *flavours) {
    const char *answer = said("tests/verapdf/verapdf -f %s %s 2>&1", flavours, path);
    /* Its first run, which gathers it, says more. */
    if (!strstr(answer, "PASS\t") || strstr(answer, "FAIL")) fail_msg("%s", answer);
}

static void accessible(void **state) {
    struct bench *b = *state;
    static const char edition[] = "<edition/>";
    struct pdf_attachment a = {"edition.xml", "application/xml", "Bản gốc", "Source", edition, 10};
    struct pdf_options o = plain_options;
    o.attachments = &a;
    o.attachment_count = 1;
    struct book k = book_open(b, "all", &o);
    write_all(&k);
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 0);
    assert_int_equal(found(b, DIAG_IMAGE_MISSING), 1);
    assert_says(said("grep -a example.org %s", k.path), "(https://example.org/%C4%91?b=\\(c\\))");
    assert_says(said("pdfimages -list %s", k.path), "devn");
    const char *text = said("pdftotext -enc UTF-8 %s -", k.path);
    assert_says(text, "AVATAR fits, file; non-breaking space and hyphen-minus (bracket\\)");
    assert_says(text, "Đường đến thành phố Hồ Chí Minh: Nguyễn, ầ ậ ẩ ẫ ặ;");
    assert_says(text, "ນ້ຳ ທີ່ນີ້ ຜູ້ໃຫຍ່ ກຳ");
    text = said("pdfinfo -struct-text %s", k.path);
    assert_says(text, "The document goes on."); /* the soft hyphen is known as one */
    assert_says(text, "ຜູ້ໃຫຍ່");
    assert_says(text, "Note");
    const char *note = strstr(text, "The note"), *after = strstr(text, " after, ");
    assert_true(note && after && note < after);
    const char *one = strstr(text, "\"one\""), *two = strstr(text, "\"two\"");
    const char *three = strstr(text, "\"three\"");
    assert_true(one && two && three && one < two && two < three);
    assert_null(strstr(text, "Div"));
    assert_valid(k.path, "3a,ua1");
    o.profile = PDF_A2A_UA1;
    k = book_open(b, "two", &o);
    write_all(&k);
    book_close(&k);
    assert_valid(k.path, "2a,ua1");
}

static void same_bytes(void **state) {
    struct bench *b = *state;
    struct book k = book_open(b, "once", &plain_options), l = book_open(b, "again", &plain_options);
    write_all(&k);
    book_close(&k);
    tag(&l, -1, "P");
    page_begin(&l, 0);
    line(&l, TAG_ARTIFACT, 40000, 40000, serif, "to be forgotten");
    page_end(&l);
    l.sink->restart(l.sink);
    write_all(&l);
    book_close(&l);
    assert_string_equal(said("cmp %s %s && echo same", k.path, l.path), "same\n");
}

static void one_line(struct book *k, const char *type, const char *text) {
    page_begin(k, 0);
    line(k, tag(k, -1, type), 40000, 40000, serif, text);
    page_end(k);
}

static void refusals(void **state) {
    struct bench *b = *state;
    struct pdf_options o = plain_options;
    o.title = NULL;
    struct book k = book_open(b, "untitled", &o);
    one_line(&k, "P", "words");
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 1);
    assert_valid(k.path, "3u");
    assert_string_equal(said("grep -ac pdfuaid:part %s", k.path), "0\n");
    k = book_open(b, "undescribed", &plain_options);
    page_begin(&k, 0);
    area_add_rect(k.arena, &k.page.areas, tag(&k, -1, "Figure"), (struct pos){0},
                  (struct rect){0, 0, 9000, 9000}, COLOR_BLACK);
    link_to(&k, TAG_ARTIFACT, (struct rect){0, 0, 9000, 9000}, NULL, "nowhere");
    link_to(&k, TAG_ARTIFACT, (struct rect){0, 0, 9000, 9000}, NULL, "nowhere");
    page_end(&k);
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 2);
    assert_int_equal(found(b, DIAG_UNRESOLVED_ID), 1);
    k = book_open(b, "misplaced", &plain_options);
    one_line(&k, "TD", "a cell of no row");
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 3);
    k = book_open(b, "skipping", &plain_options);
    one_line(&k, "H2", "no H1");
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 4);
    k = book_open(b, "noglyph", &plain_options);
    page_begin(&k, 0);
    struct area_text *a;
    line(&k, tag(&k, -1, "P"), 40000, 40000, serif, "x");
    a = (struct area_text *)k.page.areas.last;
    a->glyphs = arena_memdup(k.arena, &(struct glyph){.adv = 5000}, sizeof(struct glyph));
    page_end(&k);
    book_close(&k);
    assert_int_equal(found(b, DIAG_PDF_NOT_ACCESSIBLE), 5);
    assert_string_equal(said("grep -ac pdfaid:part %s", k.path), "0\n");
}

/* Places of words as poppler sees them, against those asked for. */
static void positions(void **state) {
    struct book k = book_open(*state, "places", &plain_options);
    page_begin(&k, 0);
    int32_t p = tag(&k, -1, "P");
    static const mpt sizes[] = {7300, 11000, 33330};
    for (int i = 0; i < 3; i++)
        for (mpt x = 40000, n = 0; n < 5; n++, x += 61234)
            line(&k, p, x, 100000 + i * 60000, (struct style){"Liberation Serif", "en", sizes[i], 0}, "ij");
    page_end(&k);
    book_close(&k);
    char *text = said("pdftotext -bbox %s - | grep -o 'xMin=\"[0-9.]*'", k.path);
    for (int i = 0; i < 15; i++) {
        double x = strtod(text + 6, &text);
        assert_true(x > 39.99 + i % 5 * 61.234 && x < 40.01 + i % 5 * 61.234);
        text++;
    }
}

static void booklet(void **state) {
    struct pdf_options o = plain_options;
    o.impose = PDF_IMPOSE_BOOKLET;
    o.creep = 300;
    struct book k = book_open(*state, "booklet", &o);
    for (int i = 0; i < 5; i++) {
        char word[24];
        snprintf(word, sizeof word, "page %d", i + 1);
        page_begin(&k, i);
        line(&k, tag(&k, -1, "P"), 40000, 100000, serif, word);
        page_end(&k);
    }
    book_close(&k);
    assert_string_equal(said("for i in 1 2 3 4; do pdftotext -layout -f $i -l $i %s - |"
                             " tr -s ' \\n\\f' ' ' | sed 's/^ //'; echo; done", k.path),
                        "page 1 \npage 2 \npage 3 \npage 4 page 5 \n");
    assert_says(said("pdfinfo %s", k.path), "Page size:       839.056 x 595.276 pts");
    assert_valid(k.path, "3b");
}

/* Elements are written when they are closed: many cost little. */
static void many_pages(void **state) {
    struct book k = book_open(*state, "many", &plain_options);
    int32_t top = tag(&k, -1, "Sect");
    for (int i = 0; i < 2600; i++) {
        page_begin(&k, i);
        k.page.prefix = i > 10 ? "A-" : NULL;
        int32_t p = tag(&k, top, "P");
        line(&k, p, 40000, 40000, serif, "page");
        page_end(&k);
        k.sink->tag_close(k.sink, p);
    }
    book_close(&k);
    assert_string_equal(said("qpdf --show-npages %s", k.path), "2600\n");
    assert_says(said("pdfinfo -struct %s | grep -c P", k.path), "2600");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(accessible, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(same_bytes, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(refusals, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(positions, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(booklet, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(many_pages, open_bench, close_bench),
    };
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
