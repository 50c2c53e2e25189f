/* An author's file: its bytes, lines and places. */
#include "source/parts.h"

#include <errno.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static void find_lines(struct source_text *t) {
    size_t cap = 0;
    const char *s = t->raw.p;
    for (size_t i = 0; i <= t->raw.n; i++) {
        bool begins = i == 0 || s[i - 1] == '\n' || (s[i - 1] == '\r' && s[i] != '\n');
        if (!begins || (i == t->raw.n && i > 0)) continue;
        t->start = mem_grow(t->start, &cap, t->lines + 2, sizeof *t->start);
        t->start[t->lines++] = i;
    }
    t->start[t->lines] = t->raw.n;
}

static void strip_mark(struct buf *b) {
    if (b->n < 3 || memcmp(b->p, "\xEF\xBB\xBF", 3) != 0) return;
    memmove(b->p, b->p + 3, b->n - 3 + 1);
    b->n -= 3;
}

/* True when the bytes can be worked with: UTF-8 without NUL. */
static bool check_encoding(struct source_job *job, const struct source_text *t) {
    const char *s = t->raw.p;
    struct pos first = {t->path, 1, 1};
    if (t->raw.n >= 2 && (memcmp(s, "\xFF\xFE", 2) == 0 || memcmp(s, "\xFE\xFF", 2) == 0)) {
        diag_add(job->diags, DIAG_UTF16, first);
        return false;
    }
    const char *nul = memchr(s, 0, t->raw.n);
    size_t bad = utf8_check(s, t->raw.n);
    if (nul && (size_t)(nul - s) < bad) {
        diag_add(job->diags, DIAG_NUL_BYTE, source_text_pos_at(t, (size_t)(nul - s)));
        return false;
    }
    if (bad < t->raw.n) diag_add(job->diags, DIAG_BAD_UTF8, source_text_pos_at(t, bad));
    return bad == t->raw.n;
}

struct source_text *source_text_make(const char *path, const char *s, size_t n) {
    struct source_text *t = mem_alloc(sizeof *t);
    t->path = str_intern(path, strlen(path));
    buf_put(&t->raw, s, n);
    if (!t->raw.p) buf_need(&t->raw, 1);
    find_lines(t);
    return t;
}

struct source_text *source_text_load(struct source_job *job, const char *path) {
    struct source_text *t = mem_alloc(sizeof *t);
    t->path = str_intern(path, strlen(path));
    source_input_add(job, path);
    int e = file_read(&t->raw, source_project_file(job, path));
    if (e) diag_add(job->diags, DIAG_CANNOT_READ, (struct pos){t->path, 0, 0}, path, strerror(e));
    if (!t->raw.p) buf_need(&t->raw, 1);
    strip_mark(&t->raw);
    find_lines(t);
    if (!e && check_encoding(job, t)) return t;
    source_text_drop(t);
    return NULL;
}

void source_text_drop(struct source_text *t) {
    if (!t) return;
    buf_free(&t->raw);
    mem_free(t->start);
    mem_free(t);
}

const char *source_text_line(const struct source_text *t, size_t line, size_t *length) {
    if (line >= t->lines) {
        *length = 0;
        return t->raw.p + t->raw.n;
    }
    const char *s = t->raw.p + t->start[line];
    size_t n = t->start[line + 1] - t->start[line];
    while (n && (s[n - 1] == '\n' || s[n - 1] == '\r')) n--;
    *length = n;
    return s;
}

struct pos source_text_pos(const struct source_text *t, size_t line, size_t byte) {
    size_t n;
    const char *s = source_text_line(t, line, &n);
    if (byte > n) byte = n;
    int32_t col = 1;
    for (const char *p = s; p < s + byte; col++) utf8_next(&p, s + n);
    return (struct pos){t->path, (int32_t)line + 1, col};
}

struct pos source_text_pos_at(const struct source_text *t, size_t offset) {
    size_t low = 0, high = t->lines;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (t->start[mid] <= offset) low = mid;
        else high = mid;
    }
    return source_text_pos(t, low, offset - (t->lines ? t->start[low] : 0));
}

void source_input_add(struct source_job *job, const char *path) {
    struct source_inputs *in = job->inputs;
    if (!in) return;
    size_t i = 0;
    while (i < in->n && strcmp(in->paths[i], path) < 0) i++;
    if (i < in->n && strcmp(in->paths[i], path) == 0) return;
    in->paths = mem_grow(in->paths, &in->cap, in->n + 1, sizeof *in->paths);
    memmove(in->paths + i + 1, in->paths + i, (in->n - i) * sizeof *in->paths);
    in->paths[i] = mem_strdup(path);
    in->n++;
}

void source_inputs_free(struct source_inputs *in) {
    for (size_t i = 0; i < in->n; i++) mem_free(in->paths[i]);
    mem_free(in->paths);
    *in = (struct source_inputs){0};
}

/* No character below U+0300 changes or combines in form C. */
static bool is_plain(const char *s, size_t n) {
    for (const char *p = s; p < s + n;)
        if (utf8_next(&p, s + n) >= 0x300) return false;
    return true;
}

char *source_nfc(struct arena *arena, const char *s, size_t n) {
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfc = is_plain(s, n) ? NULL : unorm2_getNFCInstance(&e);
    if (!nfc || U_FAILURE(e)) return arena_strndup(arena, s, n);
    uint16_t *wide = mem_alloc((n + 1) * sizeof *wide);
    int32_t units = (int32_t)utf16_from_utf8(wide, s, n);
    char *out;
    if (unorm2_spanQuickCheckYes(nfc, (UChar *)wide, units, &e) == units) {
        out = arena_strndup(arena, s, n);
    } else {
        int32_t room = units * 3 + 16;
        UChar *to = mem_alloc((size_t)room * sizeof *to);
        int32_t k = unorm2_normalize(nfc, (UChar *)wide, units, to, room, &e);
        out = arena_alloc(arena, (size_t)k * 3 + 1);
        out[utf8_from_utf16(out, (uint16_t *)to, (size_t)k)] = 0;
        mem_free(to);
    }
    mem_free(wide);
    return out;
}

/* Edit distance with swaps of neighbours, over bytes. */
static size_t distance(const char *a, const char *b) {
    enum { MAX = 40 };
    size_t n = strlen(a), m = strlen(b), d[MAX + 1][MAX + 1];
    if (n > MAX || m > MAX) return MAX;
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (!i || !j) {
                d[i][j] = i + j;
                continue;
            }
            size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (d[i - 1][j] + 1 < best) best = d[i - 1][j] + 1;
            if (d[i][j - 1] + 1 < best) best = d[i][j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && d[i - 2][j - 2] + 1 < best) best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[n][m];
}

const char *source_suggest(const char *wrong, const char *const *names, size_t n) {
    const char *best = NULL;
    size_t least = strlen(wrong) / 3 + 2;
    for (size_t i = 0; i < n; i++) {
        size_t k = distance(wrong, names[i]);
        if (k < least) {
            least = k;
            best = names[i];
        }
    }
    return best;
}

void source_hint(struct diags *diags, struct pos pos, const char *wrong, const char *const *names, size_t n) {
    const char *near = source_suggest(wrong, names, n);
    if (near) diag_relate(diags, DIAG_DID_YOU_MEAN, pos, near);
}

/* Letters, digits and - _ . after a letter or _: XML's NCName kept to ASCII, so
 * that an id is good in a URL and in a file name too. */
bool source_is_ncname(const char *s) {
    if (!*s) return false;
    for (const char *p = s; *p; p++) {
        bool first = source_is_letter(*p) || *p == '_';
        bool later = source_is_digit(*p) || *p == '-' || *p == '.';
        if (!first && !(later && p > s)) return false;
    }
    return true;
}

/* The common shapes of BCP 47: vi, en-GB, sr-Latn. */
bool source_is_language(const char *s, size_t n) {
    size_t letters = 0;
    while (letters < n && s[letters] >= 'a' && s[letters] <= 'z') letters++;
    if (letters < 2 || letters > 3) return false;
    if (letters < n && s[letters] != '-') return false;
    size_t run = 1;
    for (size_t i = letters; i < n; i++) {
        bool dash = s[i] == '-';
        if (dash ? run == 0 : !source_is_letter(s[i]) && !source_is_digit(s[i])) return false;
        run = dash ? 0 : run + 1;
        if (run > 8) return false;
    }
    return run > 0;
}
