/* A signature in a PDF (ISO 32000-1, 12.8; EN 319 142-1): an invisible field on
 * the first page.  The PDF stays PDF/A (19005-3, 6.3: the annotation is printed and
 * has no area, so needs no appearance) and PDF/UA (14289-1, 7.18.4: its widget
 * stands in a Form element). */
#include "archive/sign.h"

#include <errno.h>
#include <time.h>

static bool refused(struct archive *a, const char *path, const char *why) {
    diag_add(a->diags, DIAG_ARCHIVE_SIGN, (struct pos){str_intern(path, strlen(path)), 0, 0}, why);
    return false;
}

/* The objects of a signature: numbers from the first that is free. */
enum { SIGNATURE, WIDGET, FORM, PARENTS };

struct signing {
    struct pdf_update u;
    const struct archive_signer *signer;
    size_t page; /* object number */
    size_t hole; /* hexadecimal digits for the value */
};

static void put_fmt(struct signing *s, size_t number, struct buf *text) {
    pdf_update_put(&s->u, number, text->p);
    buf_clear(text);
}

static bool first_page(struct signing *s, struct pdf_value root) {
    struct pdf_value v = pdf_get(root, "Pages");
    for (int depth = 0; depth < 100; depth++) {
        struct pdf_value node = pdf_resolve(&s->u, v), kids = pdf_get(node, "Kids");
        s->page = pdf_reference(v);
        if (!kids.p) return node.p && s->page;
        v = pdf_first(pdf_resolve(&s->u, kids));
    }
    return false;
}

/* A text string in UTF-16BE (7.9.2.2), as hexadecimal digits. */
static void put_text(struct buf *out, const char *text) {
    size_t n = strlen(text);
    uint16_t *u = mem_alloc((n + 1) * sizeof *u);
    size_t units = utf16_from_utf8(u, text, n);
    buf_str(out, "<FEFF");
    for (size_t i = 0; i < units; i++) buf_fmt(out, "%04X", u[i]);
    buf_char(out, '>');
    mem_free(u);
}

static void put_signature(struct signing *s, struct buf *b) {
    char date[24];
    time_t t = now();
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(date, sizeof date, "D:%Y%m%d%H%M%SZ", &tm);
    buf_fmt(b, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%s)", date);
    buf_str(b, "/ByteRange[0 0000000000 0000000000 0000000000]/Contents<");
    for (size_t i = 0; i < s->hole; i++) buf_char(b, '0');
    buf_str(b, ">>>");
    put_fmt(s, s->u.size + SIGNATURE, b);
}

/* Its structure element and the way from the widget to it (14.7.4.4); key: in the
 * parent tree, -1 where there is no structure. */
static const char *put_structure(struct signing *s, struct pdf_value root, struct buf *b, int64_t *key) {
    struct pdf_value ref = pdf_get(root, "StructTreeRoot"), tree = pdf_resolve(&s->u, ref);
    *key = -1;
    if (!tree.p) return NULL;
    struct pdf_value next = pdf_get(tree, "ParentTreeNextKey"), kids = pdf_get(tree, "K"),
                     parents = pdf_get(tree, "ParentTree"), top = pdf_resolve(&s->u, kids);
    if (!pdf_reference(ref) || !pdf_reference(kids) || !pdf_reference(parents) || !next.p)
        return "its structure tree is not as sotay writes it";
    struct pdf_value below = pdf_get(top, "K"), leaves = pdf_get(pdf_object(&s->u, pdf_reference(parents)), "Kids");
    if (!below.p || *below.p != '[' || !leaves.p || *leaves.p != '[')
        return "its structure tree is not as sotay writes it";
    struct buf one = {0};
    *key = strtoll(next.p, NULL, 10);
    buf_fmt(b, "<</Type/StructElem/S/Form/P %zu 0 R/Pg %zu 0 R/K<</Type/OBJR/Obj %zu 0 R/Pg %zu 0 R>>>>",
            pdf_reference(kids), s->page, s->u.size + WIDGET, s->page);
    put_fmt(s, s->u.size + FORM, b);
    buf_fmt(b, "<</Limits[%lld %lld]/Nums[%lld %zu 0 R]>>", (long long)*key, (long long)*key, (long long)*key,
            s->u.size + FORM);
    put_fmt(s, s->u.size + PARENTS, b);
    buf_fmt(&one, "%lld", (long long)*key + 1);
    pdf_with(b, tree, "ParentTreeNextKey", one.p);
    put_fmt(s, pdf_reference(ref), b);
    buf_clear(&one);
    buf_fmt(b, "%zu 0 R", s->u.size + PARENTS);
    pdf_longer(&one, leaves, b->p);
    buf_clear(b);
    pdf_with(b, pdf_object(&s->u, pdf_reference(parents)), "Kids", one.p);
    put_fmt(s, pdf_reference(parents), b);
    buf_clear(&one);
    buf_fmt(b, "%zu 0 R", s->u.size + FORM);
    pdf_longer(&one, below, b->p);
    buf_clear(b);
    pdf_with(b, top, "K", one.p);
    put_fmt(s, pdf_reference(kids), b);
    buf_free(&one);
    return NULL;
}

static void put_widget(struct signing *s, int64_t key, struct buf *b) {
    struct buf name = {0};
    buf_fmt(&name, "Chữ ký số · Digital signature: %s", buf_cstr(&s->signer->name));
    buf_fmt(b, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P %zu 0 R/V %zu 0 R/TU",
            s->page, s->u.size + SIGNATURE);
    put_text(b, name.p);
    buf_str(b, "/Contents");
    put_text(b, name.p);
    if (key >= 0) buf_fmt(b, "/StructParent %lld", (long long)key);
    buf_str(b, ">>");
    put_fmt(s, s->u.size + WIDGET, b);
    buf_free(&name);
}

static void put_page(struct signing *s, struct buf *b) {
    struct pdf_value page = pdf_object(&s->u, s->page), annots = pdf_get(page, "Annots");
    struct buf widget = {0}, list = {0};
    buf_fmt(&widget, "%zu 0 R", s->u.size + WIDGET);
    struct pdf_value array = pdf_resolve(&s->u, annots);
    if (array.p) pdf_longer(&list, array, widget.p);
    else buf_fmt(&list, "[%s]", widget.p);
    size_t number = pdf_reference(annots);
    if (number) pdf_update_put(&s->u, number, list.p);
    else {
        pdf_with(b, page, "Annots", list.p);
        put_fmt(s, s->page, b);
    }
    buf_free(&widget);
    buf_free(&list);
}

/* The catalogue: its form, and by which extension of PDF 1.7 (EN 319 142-1, 5.6). */
static void put_catalogue(struct signing *s, struct pdf_value root, struct buf *b) {
    struct buf form = {0}, with = {0};
    buf_fmt(&form, "<</SigFlags 3/Fields[%zu 0 R]>>", s->u.size + WIDGET);
    pdf_with(&with, root, "AcroForm", form.p);
    pdf_with(b, (struct pdf_value){with.p, with.p + with.n}, "Extensions",
             "<</ESIC<</BaseVersion/1.7/ExtensionLevel 1>>>>");
    put_fmt(s, pdf_reference(pdf_get(s->u.trailer, "Root")), b);
    buf_free(&form);
    buf_free(&with);
}

/* All but the value; why not, or NULL. */
static const char *prepare(struct signing *s, const struct buf *pdf) {
    const char *why = pdf_update_open(&s->u, pdf);
    if (why) return why;
    struct pdf_value root = pdf_resolve(&s->u, pdf_get(s->u.trailer, "Root"));
    struct buf b = {0};
    int64_t key;
    if (!first_page(s, root)) return "it has no page";
    if (pdf_get(root, "AcroForm").p) return "it has a form already";
    put_signature(s, &b);
    why = put_structure(s, root, &b, &key);
    if (!why) {
        put_widget(s, key, &b);
        put_page(s, &b);
        put_catalogue(s, root, &b);
        pdf_update_end(&s->u);
    }
    buf_free(&b);
    return why;
}

/* Says which bytes are signed: all but the value, "<" and ">" with it (12.8.1). */
static void set_range(struct signing *s, size_t from, size_t to) {
    char range[64], *p = memmem(s->u.out.p, s->u.out.n, "/ByteRange[", 11);
    size_t all = s->u.pdf->n + s->u.out.n;
    int n = snprintf(range, sizeof range, "/ByteRange[0 %010zu %010zu %010zu]", from, to, all - to);
    memcpy(p, range, (size_t)n);
}

static bool sign_once(struct archive *a, struct signing *s, const char *from, const struct buf *pdf,
                      struct buf *der) {
    const char *why = prepare(s, pdf);
    if (why) return refused(a, from, why);
    struct buf *out = &s->u.out;
    char *value = (char *)memmem(out->p, out->n, "/Contents<", 10) + 9;
    size_t begin = pdf->n + (size_t)(value - out->p), end = begin + s->hole + 2;
    set_range(s, begin, end);
    struct buf parts[2] = {{0}, {.p = value + s->hole + 2, .n = (size_t)(out->p + out->n - value) - s->hole - 2}};
    buf_put(&parts[0], pdf->p, pdf->n);
    buf_put(&parts[0], out->p, (size_t)(value - out->p));
    bool good = cms_sign(a, s->signer, parts, der);
    buf_free(&parts[0]);
    for (size_t i = 0; good && i < der->n && 2 * i + 2 <= s->hole; i++) {
        static const char digits[] = "0123456789abcdef";
        unsigned char c = (unsigned char)der->p[i];
        value[1 + 2 * i] = digits[c >> 4];
        value[2 + 2 * i] = digits[c & 15];
    }
    return good;
}

bool sign_pdf(struct archive *a, const struct archive_signer *signer, const char *from, const char *to) {
    struct buf pdf = {0}, der = {0};
    size_t hole = signer->authority.url ? 24 * 1024 : 12 * 1024;
    int e = file_read(&pdf, from);
    bool good = !e, fits = false;
    if (e) diag_add(a->diags, DIAG_CANNOT_READ, (struct pos){0}, from, strerror(e));
    while (good && !fits) {
        struct signing s = {.signer = signer, .hole = hole};
        good = sign_once(a, &s, from, &pdf, &der);
        fits = 2 * der.n <= hole;
        hole = 2 * der.n + 2048; /* should it not fit: so much more the next time */
        if (good && fits) {
            buf_put(&pdf, s.u.out.p, s.u.out.n);
            e = io_put(to, pdf.p, pdf.n);
        }
        pdf_update_close(&s.u);
    }
    if (good && e) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, to, strerror(e));
    buf_free(&pdf);
    buf_free(&der);
    return good && !e;
}

bool archive_is_signed(const char *signed_pdf, const char *pdf) {
    struct buf whole = {0}, part = {0};
    bool over = file_read(&whole, signed_pdf) == 0 && file_read(&part, pdf) == 0 && whole.n > part.n && part.n &&
                memcmp(whole.p, part.p, part.n) == 0 &&
                memmem(whole.p + part.n, whole.n - part.n, "/ByteRange[0 ", 13);
    buf_free(&whole);
    buf_free(&part);
    return over;
}
