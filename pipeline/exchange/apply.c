/* Translations into the author's files: in the place of the old text, all other
 * bytes as they were. */
#include "exchange/parts.h"

#include <errno.h>

/* A file being made. */
struct making {
    struct exchange *x;
    size_t part;
    struct buf text;
    const struct message **said; /* what its pieces must say when read again, in order; */
    const char **texts;          /* NULL in said where the text is the old one */
    enum source_piece_kind *kinds;
    size_t n, cap, text_cap, kind_cap;
    const char *line_end;
    bool changed, good;
    struct exchange_count *count;
};

static bool is_given(const struct message *m) {
    return m->given && *m->given;
}

static void expect(struct making *k, const struct message *m, const struct source_piece *piece, const char *text) {
    k->kinds = mem_grow(k->kinds, &k->kind_cap, k->n + 1, sizeof *k->kinds);
    k->kinds[k->n] = piece->kind;
    k->said = mem_grow(k->said, &k->cap, k->n + 1, sizeof *k->said);
    k->texts = mem_grow(k->texts, &k->text_cap, k->n + 1, sizeof *k->texts);
    k->said[k->n] = m;
    k->texts[k->n++] = text;
}

/* ---- one text ---- */

/* What a further line of a text begins with: the line before it, with blanks for
 * the marks of lists. */
static void put_prefix(struct buf *out, const struct buf *raw, size_t start) {
    size_t from = start;
    while (from > 0 && raw->p[from - 1] != '\n' && raw->p[from - 1] != '\r') from--;
    for (; from < start; from++) buf_char(out, raw->p[from] == '>' ? '>' : ' ');
}

static void put_text(struct making *k, const struct buf *raw, const struct source_piece *place, const char *text) {
    for (; *text; text++) {
        if (*text != '\n') {
            buf_char(&k->text, *text);
            continue;
        }
        buf_fmt(&k->text, "\\%s", k->line_end);
        put_prefix(&k->text, raw, place->start);
    }
}

static void put_bytes(struct making *k, const struct buf *raw, size_t from, size_t to) {
    if (to > from) buf_put(&k->text, raw->p + from, to - from);
}

/* ---- blocks ---- */

static bool all_given(const struct making *k, const struct pair *p) {
    for (size_t i = 0; i < p->count; i++)
        if (!is_given(&k->x->messages[p->first + i])) return false;
    return true;
}

/* The original's block with the translations in it; whatever has none stays. */
static void put_made(struct making *k, const struct pair *p) {
    const struct buf *raw = &k->x->parts[k->part].base.raw;
    size_t at = p->base->start;
    for (size_t i = 0; i < p->count; i++) {
        const struct message *m = &k->x->messages[p->first + i];
        put_bytes(k, raw, at, m->base->start);
        if (is_given(m)) put_text(k, raw, m->base, m->given);
        else put_bytes(k, raw, m->base->start, m->base->end);
        expect(k, is_given(m) ? m : NULL, m->base, is_given(m) ? m->given : m->base->text);
        k->count->changed += is_given(m);
        at = m->base->end;
    }
    put_bytes(k, raw, at, p->base->end);
    if (k->text.n && k->text.p[k->text.n - 1] != '\n') buf_str(&k->text, k->line_end);
    k->changed = true;
}

/* The block that is there, with what changed in it. */
static void put_kept(struct making *k, const struct source_range *range, const struct pair *p) {
    const struct buf *raw = &k->x->parts[k->part].other.raw;
    size_t at = range->start;
    for (size_t i = 0; i < range->count; i++) {
        const struct source_piece *piece = &range->pieces[i];
        const struct message *m = p && i < p->count ? &k->x->messages[p->first + i] : NULL;
        bool change = m && m->other == piece && is_given(m) && strcmp(m->given, piece->text) != 0;
        if (change) {
            put_bytes(k, raw, at, piece->start);
            put_text(k, raw, piece, m->given);
            at = piece->end;
            k->count->changed++;
            k->changed = true;
        }
        expect(k, change ? m : NULL, piece, change ? m->given : piece->text);
    }
    put_bytes(k, raw, at, range->end);
}

static void report_waiting(struct making *k, const struct pair *p) {
    for (size_t i = 0; i < p->count; i++) {
        const struct message *m = &k->x->messages[p->first + i];
        if (is_given(m) && !m->other) diag_add(k->x->diags, DIAG_EXCHANGE_WAITS, m->given_pos, m->name);
    }
}

/* A blank line between what is there and what is added. */
static void part_from_last(struct making *k) {
    size_t n = k->text.n, ends = 0;
    for (; n > 0 && ends < 2 && (k->text.p[n - 1] == '\n' || k->text.p[n - 1] == '\r'); n--)
        ends += k->text.p[n - 1] == '\n';
    if (k->text.n && ends < 1) buf_str(&k->text, k->line_end);
    if (k->text.n && ends < 2) buf_str(&k->text, k->line_end);
}

/* ---- a file that is there ---- */

static const struct pair *pair_of(const struct exchange *x, size_t part, const struct source_range *other) {
    for (size_t i = 0; i < x->pair_count; i++)
        if (x->pairs[i].part == part && x->pairs[i].other == other) return &x->pairs[i];
    return NULL;
}

/* Blocks without a partner that follow the i-th pair. */
static void put_missing(struct making *k, size_t i) {
    const struct exchange *x = k->x;
    for (; i < x->pair_count && x->pairs[i].part == k->part && !x->pairs[i].other; i++) {
        const struct pair *p = &x->pairs[i];
        if (!p->count || !all_given(k, p)) {
            report_waiting(k, p);
            continue;
        }
        part_from_last(k);
        put_made(k, p);
    }
}

static void make_over(struct making *k) {
    const struct exchange *x = k->x;
    const struct source_pieces *other = &x->parts[k->part].other;
    size_t first = 0, at = other->n ? other->v[0].start : other->raw.n;
    while (first < x->pair_count && x->pairs[first].part != k->part) first++;
    put_bytes(k, &other->raw, 0, at);
    put_missing(k, first);
    if (k->text.n > at) part_from_last(k);
    for (size_t r = 0; r < other->n; r++) {
        const struct source_range *range = &other->v[r];
        const struct pair *p = pair_of(x, k->part, range);
        put_bytes(k, &other->raw, at, range->start);
        at = range->end;
        bool anew = false;
        for (size_t i = 0; p && p->differs && i < p->count; i++)
            anew |= !x->messages[p->first + i].other && is_given(&x->messages[p->first + i]);
        if (anew && all_given(k, p)) put_made(k, p);
        else put_kept(k, range, p);
        if (p && anew && !all_given(k, p)) report_waiting(k, p);
        size_t before = k->text.n;
        if (p) put_missing(k, (size_t)(p - x->pairs) + 1);
        size_t next = r + 1 < other->n ? other->v[r + 1].start : other->raw.n;
        if (k->text.n > before && next == at && r + 1 < other->n) part_from_last(k);
    }
    put_bytes(k, &other->raw, at, other->raw.n);
}

/* ---- a file that is new ---- */

static bool is_called(const struct making *k, const char *label) {
    char call[200];
    snprintf(call, sizeof call, "[^%s]", label);
    return k->text.n && strstr(k->text.p, call);
}

static void make_new(struct making *k) {
    const struct exchange *x = k->x;
    const struct source_pieces *base = &x->parts[k->part].base;
    bool any = false;
    for (size_t i = 0; i < x->pair_count; i++)
        for (size_t m = 0; x->pairs[i].part == k->part && m < x->pairs[i].count; m++)
            any |= is_given(&x->messages[x->pairs[i].first + m]);
    if (!any) return;
    put_bytes(k, &base->raw, 0, base->head);
    for (size_t i = 0; i < x->pair_count; i++) {
        const struct pair *p = &x->pairs[i];
        if (p->part != k->part) continue;
        bool keep = p->base->heading || (p->base->note && is_called(k, p->base->note));
        if (!all_given(k, p) && !keep) {
            report_waiting(k, p);
            continue;
        }
        part_from_last(k);
        put_made(k, p);
    }
}

/* ---- reading again ---- */

/* Whatever a text does to the blocks around it shows when the file is read. */
static void read_again(struct making *k) {
    struct source_pieces again;
    struct diags *own = diags_new();
    source_pieces_parse(&k->x->parts[k->part].other, buf_cstr(&k->text), k->text.n, &again, own);
    size_t i = 0;
    const struct message *wrong = NULL, *last = NULL;
    bool good = true;
    for (size_t r = 0; r < again.n && good; r++)
        for (size_t j = 0; j < again.v[r].count && good; j++, i++) {
            const struct source_piece *p = &again.v[r].pieces[j];
            good = i < k->n && p->kind == k->kinds[i] && strcmp(p->text, k->texts[i]) == 0;
            if (i < k->n && k->said[i]) last = k->said[i];
            if (!good) wrong = i < k->n && k->said[i] ? k->said[i] : last;
        }
    if (good && i != k->n) {
        good = false;
        wrong = last;
    }
    if (!good) {
        struct pos nowhere = {0};
        diag_add(k->x->diags, DIAG_EXCHANGE_BREAKS, wrong ? wrong->given_pos : nowhere,
                 wrong ? wrong->name : k->x->parts[k->part].name);
        k->good = false;
    }
    source_pieces_free(&again);
    diags_drop(own);
}

static void make_part(struct making *k) {
    const struct source_pieces *other = &k->x->parts[k->part].other, *base = &k->x->parts[k->part].base;
    const struct buf *raw = other->there ? &other->raw : &base->raw;
    k->line_end = raw->n && memmem(raw->p, raw->n, "\r\n", 2) ? "\r\n" : "\n";
    k->good = true;
    if (other->there) make_over(k);
    else make_new(k);
    if (k->changed) read_again(k);
}

static void free_making(struct making *k) {
    buf_free(&k->text);
    mem_free(k->said);
    mem_free(k->texts);
    mem_free(k->kinds);
}

/* ---- the lock ---- */

/* A unit is confirmed when all its texts came and none is in doubt. */
static void judge(const struct exchange *x, const struct pair *p, struct check_units *now, const struct map *keys,
                  bool *doubts) {
    struct map_entry *e = map_find(keys, p->key, strlen(p->key));
    bool fuzzy = false, whole = p->count > 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct message *m = &x->messages[p->first + i];
        whole &= is_given(m);
        fuzzy |= is_given(m) && m->given_fuzzy;
    }
    if (!e || p->base->note || (!whole && !fuzzy)) return;
    struct check_unit *u = &now->v[e->value.num - 1];
    for (size_t k = 1; k < u->count; k++) {
        struct check_version *v = &u->v[k];
        if (strcmp(v->lang, x->lang) != 0) continue;
        if (!fuzzy) v->accept = CHECK_ACCEPT;
        else if (v->state != CHECK_STALE) v->accept = CHECK_DOUBT;
        *doubts |= fuzzy;
    }
}

static bool write_lock(struct exchange *x) {
    struct diags *own = diags_new(); /* what is wrong elsewhere is for `sotay check` */
    xmlDoc *edition = source_edition(x->project, x->publication, NULL, NULL, own);
    diags_drop(own);
    if (!edition) return false;
    struct check_units now;
    bool good = check_units_open(&now, edition, x->diags), doubts = false;
    struct map *keys = map_new();
    for (size_t i = 0; i < now.n; i++) map_get(keys, now.v[i].key, strlen(now.v[i].key))->value.num = (int64_t)i + 1;
    for (size_t i = 0; i < x->pair_count; i++) judge(x, &x->pairs[i], &now, keys, &doubts);
    if (good && (doubts || check_lock_there(&now))) good = check_lock_save(&now, true, x->diags);
    map_drop(keys);
    check_units_close(&now);
    xmlFreeDoc(edition);
    return good;
}

/* ---- all files ---- */

static bool write_files(struct exchange *x, struct making *made) {
    struct out_file **files = ARENA_ARRAY(x->arena, struct out_file *, x->part_count + 1);
    bool good = true;
    for (size_t i = 0; i < x->part_count && good; i++) {
        const struct source_pieces *other = &x->parts[i].other;
        int e = 0;
        if (!made[i].changed) continue;
        files[i] = out_open(other->full, &e);
        if (!files[i]) diag_add(x->diags, DIAG_CANNOT_WRITE, (struct pos){0}, other->path, strerror(e));
        good = files[i] != NULL;
        if (good && other->marked) out_write(files[i], "\xEF\xBB\xBF", 3);
        if (good) out_write(files[i], made[i].text.p, made[i].text.n);
    }
    for (size_t i = 0; i < x->part_count; i++) {
        if (!files[i]) continue;
        int e = 0;
        if (good) e = out_commit(files[i]);
        else out_abort(files[i]);
        if (e) diag_add(x->diags, DIAG_CANNOT_WRITE, (struct pos){0}, x->parts[i].other.path, strerror(e));
        good &= e == 0;
    }
    return good;
}

bool exchange_apply(struct exchange *x, struct exchange_count *count) {
    struct making *made = ARENA_ARRAY(x->arena, struct making, x->part_count + 1);
    bool good = true;
    for (size_t i = 0; i < x->part_count; i++) {
        made[i] = (struct making){.x = x, .part = i, .count = count};
        make_part(&made[i]);
        good &= made[i].good;
    }
    for (size_t i = 0; i < x->count; i++) {
        const struct message *m = &x->messages[i];
        count->messages += m->given != NULL;
        count->fuzzy += is_given(m) && m->given_fuzzy;
        count->missing += !is_given(m) && !m->other;
    }
    good = good && write_files(x, made) && write_lock(x);
    for (size_t i = 0; i < x->part_count; i++) free_making(&made[i]);
    return good;
}
