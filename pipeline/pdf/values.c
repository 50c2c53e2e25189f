/* Values: libharu's objects with every status looked at, and text forms of
 * what libharu would round or cut (ISO 32000-1, 7.3).  Version 2.3.0 holds at
 * most 4,095 entries a dictionary, 32,767 an array, 65,535 bytes a string. */
#include "pdf/private.h"

enum { STRING_LIMIT = 16000 };

static void check(struct pdf *p, HPDF_STATUS status) {
    if (status == HPDF_OK) return;
    char why[48];
    snprintf(why, sizeof why, "libharu error 0x%04lX", (unsigned long)status);
    pdf_fail(p, why);
}

HPDF_Dict dict_new(struct pdf *p, const char *type) {
    HPDF_Dict d = HPDF_Dict_New(p->doc->mmgr);
    if (!d) pdf_fail(p, "libharu has no memory");
    if (d && type) dict_name(p, d, "Type", type);
    return d;
}

HPDF_Array array_new(struct pdf *p) {
    HPDF_Array a = HPDF_Array_New(p->doc->mmgr);
    if (!a) pdf_fail(p, "libharu has no memory");
    return a;
}

void dict_add(struct pdf *p, HPDF_Dict d, const char *key, void *o) {
    if (d && o) check(p, HPDF_Dict_Add(d, key, o));
}

void dict_name(struct pdf *p, HPDF_Dict d, const char *key, const char *name) {
    if (d) check(p, HPDF_Dict_AddName(d, key, name));
}

void dict_int(struct pdf *p, HPDF_Dict d, const char *key, int32_t n) {
    if (d) check(p, HPDF_Dict_AddNumber(d, key, n));
}

void dict_bool(struct pdf *p, HPDF_Dict d, const char *key, bool yes) {
    if (d) check(p, HPDF_Dict_AddBoolean(d, key, yes));
}

/* A reference by number: libharu's proxy with the header it looks at, in one
 * piece, so that the object itself need not exist. */
static void *reference(struct pdf *p, uint32_t object) {
    struct {
        HPDF_Proxy_Rec proxy;
        HPDF_Obj_Header target;
    } *r = HPDF_GetMem(p->doc->mmgr, sizeof *r);
    if (!r) {
        pdf_fail(p, "libharu has no memory");
        return NULL;
    }
    memset(r, 0, sizeof *r);
    r->proxy.header.obj_class = HPDF_OCLASS_PROXY;
    r->proxy.obj = &r->target;
    r->target.obj_id = object;
    return r;
}

void dict_ref(struct pdf *p, HPDF_Dict d, const char *key, uint32_t object) {
    dict_add(p, d, key, reference(p, object));
}

void array_ref(struct pdf *p, HPDF_Array a, uint32_t object) {
    void *r = reference(p, object);
    if (a && r) check(p, HPDF_Array_Add(a, r));
}

static HPDF_STATUS write_tail(HPDF_Dict d, HPDF_Stream s) {
    struct buf *b = d->attr;
    return HPDF_Stream_Write(s, (const HPDF_BYTE *)b->p, (HPDF_UINT)b->n);
}

static void free_tail(HPDF_Dict d) {
    buf_free(d->attr);
    mem_free(d->attr);
}

void dict_raw(struct pdf *p, HPDF_Dict d, const char *entries) {
    (void)p;
    if (!d) return;
    if (!d->attr) {
        d->attr = mem_alloc(sizeof(struct buf));
        d->write_fn = write_tail;
        d->free_fn = free_tail;
    }
    buf_str(d->attr, entries);
    buf_char(d->attr, '\n');
}

void dict_rect(struct pdf *p, HPDF_Dict d, const char *key, const double box[4]) {
    struct buf b = {0};
    buf_fmt(&b, "/%s [", key);
    for (int i = 0; i < 4; i++) put_number(&b, (int64_t)(box[i] * 1000 + (box[i] < 0 ? -0.5 : 0.5)));
    b.p[b.n - 1] = ']';
    dict_raw(p, d, b.p);
    buf_free(&b);
}

static bool is_ascii(const char *s) {
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7F) return false;
    return true;
}

/* libharu writes more characters in octal than it must; such texts go as ours. */
void dict_text(struct pdf *p, HPDF_Dict d, const char *key, const char *s) {
    if (d && s && strlen(s) < STRING_LIMIT && is_ascii(s) && !strpbrk(s, "()<>[]{}/%#\\")) {
        dict_add(p, d, key, HPDF_String_New(p->doc->mmgr, s, NULL));
        return;
    }
    struct buf b = {0};
    buf_fmt(&b, "/%s ", key);
    put_text(&b, s ? s : "");
    dict_raw(p, d, b.p);
    buf_free(&b);
}

void put_hex16(struct buf *b, const uint16_t *s, size_t n) {
    static const char digits[] = "0123456789ABCDEF";
    buf_need(b, n * 4);
    for (size_t i = 0; i < n; i++)
        for (int k = 12; k >= 0; k -= 4) b->p[b->n++] = digits[s[i] >> k & 15];
    b->p[b->n] = 0;
}

void put_text(struct buf *b, const char *s) {
    if (is_ascii(s)) {
        buf_char(b, '(');
        for (; *s; s++) {
            if (*s == '(' || *s == ')' || *s == '\\') buf_char(b, '\\');
            buf_char(b, *s);
        }
        buf_char(b, ')');
        return;
    }
    size_t n = strlen(s);
    uint16_t *u = mem_alloc((n + 1) * sizeof *u);
    n = utf16_from_utf8(u, s, n);
    buf_str(b, "<FEFF");
    put_hex16(b, u, n);
    buf_char(b, '>');
    mem_free(u);
}

/* 7.3.5; a name holds at most 127 bytes. */
void put_name(struct buf *b, const char *name) {
    buf_char(b, '/');
    for (int i = 0; *name && i < 120; name++, i++) {
        unsigned char c = (unsigned char)*name;
        if (c <= 0x20 || c >= 0x7F || strchr("#/()<>[]{}%", c)) buf_fmt(b, "#%02X", c);
        else buf_char(b, (char)c);
    }
}

void put_number(struct buf *b, int64_t milli) {
    buf_milli(b, milli);
    buf_char(b, ' ');
}

/* A decimal number; formatted printing is too slow for millions of them. */
void put_uint(struct buf *b, uint32_t n) {
    char t[10];
    int i = sizeof t;
    do t[--i] = (char)('0' + n % 10);
    while (n /= 10);
    buf_put(b, t + i, sizeof t - (size_t)i);
}

void put_ref(struct buf *b, uint32_t object) {
    put_uint(b, object);
    buf_put(b, " 0 R ", 5);
}

void put_real(struct buf *b, double v) {
    if (!(v > -1e12 && v < 1e12)) v = 0;
    int64_t n = (int64_t)(v * 1e6 + (v < 0 ? -0.5 : 0.5));
    if (n % 1000 == 0) {
        put_number(b, n / 1000);
        return;
    }
    char s[40];
    long long u = llabs(n);
    int k = snprintf(s, sizeof s, "%s%lld.%06lld", n < 0 ? "-" : "", u / 1000000, u % 1000000);
    while (s[k - 1] == '0') k--;
    buf_put(b, s, (size_t)k);
    buf_char(b, ' ');
}
