#include "batch/pack.h"

/* Seven bits a byte, the sign lowest. */
void pack_int(struct buf *b, int64_t v) {
    uint64_t u = (uint64_t)v << 1 ^ (uint64_t)(v >> 63);
    for (; u >= 0x80; u >>= 7) buf_char(b, (char)(u | 0x80));
    buf_char(b, (char)u);
}

void pack_bytes(struct buf *b, const void *p, size_t n) {
    pack_int(b, (int64_t)n);
    if (n) buf_put(b, p, n);
}

void pack_string(struct buf *b, const char *s) {
    pack_int(b, s ? (int64_t)strlen(s) : -1);
    if (s) buf_put(b, s, strlen(s) + 1);
}

void pack_sum(struct buf *b, const struct sum *s) {
    buf_put(b, s->b, SUM_SIZE);
}

void pack_stamp(struct buf *b, const struct stamp *s) {
    pack_int(b, s->size);
    pack_int(b, s->mtime);
    pack_int(b, s->ctime);
    pack_int(b, s->inode);
}

static void pack_diag(struct buf *b, const struct diag *g, bool related) {
    pack_int(b, related ? 2 : 1);
    pack_int(b, g->id);
    pack_string(b, g->pos.file);
    pack_int(b, g->pos.line);
    pack_int(b, g->pos.col);
    pack_int(b, g->span);
    pack_string(b, g->texts[0]);
    pack_string(b, g->texts[1]);
    if (g->facts) {
        pack_int(b, 3);
        pack_string(b, g->facts);
    }
    for (const struct diag *r = g->related; r; r = r->next) pack_diag(b, r, true);
}

void pack_diags(struct buf *b, const struct diags *d) {
    for (const struct diag *g = diags_first(d); g; g = g->next) pack_diag(b, g, false);
    pack_int(b, 0);
}

struct unpack unpack_of(const void *p, size_t n) {
    return (struct unpack){p, (const char *)p + n, false};
}

int64_t unpack_int(struct unpack *u) {
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (u->p >= u->end) break;
        unsigned char c = (unsigned char)*u->p++;
        v |= (uint64_t)(c & 0x7F) << shift;
        if (!(c & 0x80)) return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
    }
    u->bad = true;
    return 0;
}

const void *unpack_bytes(struct unpack *u, size_t *n) {
    int64_t k = unpack_int(u);
    if (u->bad || k < 0 || k > u->end - u->p) {
        u->bad = true;
        *n = 0;
        return "";
    }
    const void *p = u->p;
    u->p += k;
    *n = (size_t)k;
    return p;
}

const char *unpack_string(struct unpack *u) {
    int64_t k = unpack_int(u);
    if (k < 0) return NULL;
    if (u->bad || k >= u->end - u->p || u->p[k] != 0) {
        u->bad = true;
        return "";
    }
    const char *s = u->p;
    u->p += k + 1;
    return s;
}

struct sum unpack_sum(struct unpack *u) {
    struct sum s = {{0}};
    if (u->end - u->p < SUM_SIZE) {
        u->bad = true;
        return s;
    }
    memcpy(s.b, u->p, SUM_SIZE);
    u->p += SUM_SIZE;
    return s;
}

struct stamp unpack_stamp(struct unpack *u) {
    struct stamp s;
    s.size = unpack_int(u);
    s.mtime = unpack_int(u);
    s.ctime = unpack_int(u);
    s.inode = unpack_int(u);
    return s;
}

void unpack_diags(struct unpack *u, struct diags *d) {
    for (int64_t kind; !u->bad && (kind = unpack_int(u)) != 0;) {
        if (kind == 3) {
            const char *facts = unpack_string(u);
            if (!u->bad && facts) diag_facts(d, facts);
            continue;
        }
        int64_t id = unpack_int(u);
        const char *file = unpack_string(u);
        struct pos pos = {file ? str_intern(file, strlen(file)) : NULL, 0, 0};
        pos.line = (int32_t)unpack_int(u);
        pos.col = (int32_t)unpack_int(u);
        int span = (int)unpack_int(u);
        const char *texts[2];
        texts[0] = unpack_string(u);
        texts[1] = unpack_string(u);
        if (u->bad || id < 0 || id >= DIAG_COUNT || !texts[0] || !texts[1]) u->bad = true;
        else diag_restore(d, (enum diag_id)id, pos, span, texts, kind == 2);
    }
}
