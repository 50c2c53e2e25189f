/* Numbers, percentages, dates and document numbers of a text, as values that do
 * not depend on the language: vi 1.000,5 = en 1,000.5; "ngày 5-2-2020" =
 * "5 February 2020". */
#include "check/parts.h"

#include <strings.h>

struct scan {
    struct check *check;
    struct check_tokens *out;
    const char *text, *p, *lang;
    struct check_words words;
    const char *original; /* the text as written, where its Lao figures are not yet those of ASCII */
    const uint32_t *back; /* bytes of `text` to bytes of `original`, or NULL */
    struct pos from;
};

static bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

/* Blanks, no-break ones too. */
static const char *blanks(const char *s) {
    for (;;) {
        if (*s == ' ') s++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0 || strncmp(s, "\xE2\x80\xAF", 3) == 0)
            s += *s == '\xC2' ? 2 : 3;
        else return s;
    }
}

static size_t figures(const char *s) {
    size_t n = 0;
    while (is_figure(s[n])) n++;
    return n;
}

/* A run of at most `most` figures as a value: its bytes or 0. */
static size_t small(const char *s, size_t most, int *value) {
    size_t n = figures(s);
    if (!n || n > most) return 0;
    *value = (int)strtol(s, NULL, 10);
    return n;
}

static const char *dash(const char *s) {
    if (*s == '-') return s + 1;
    bool is = strncmp(s, "\xE2\x80\x93", 3) == 0 || strncmp(s, "\xE2\x80\x94", 3) == 0 ||
              strncmp(s, "\xE2\x80\x91", 3) == 0;
    return is ? s + 3 : NULL;
}

/* ---- tokens ---- */

static size_t mark_length(const char *raw) {
    size_t n = strlen(raw);
    if (!is_figure(*raw)) return n;
    n = strspn(raw, "0123456789.,");
    while (!is_figure(raw[n - 1])) n--;
    return n;
}

static struct check_token *add(struct scan *s, const char *end, const char *key, enum check_rank rank) {
    struct check_tokens *out = s->out;
    struct arena *a = s->check->arena;
    struct check_token t = {.key = arena_strdup(a, key), .from = s->from, .rank = rank};
    t.start = (size_t)(s->p - s->text);
    t.end = (size_t)(end - s->text);
    size_t from = s->back ? s->back[t.start] : t.start, to = s->back ? s->back[t.end] : t.end;
    t.raw = arena_strndup(a, s->original + from, to - from);
    t.mark = arena_strndup(a, t.raw, mark_length(t.raw));
    out->v = mem_grow(out->v, &out->cap, out->n + 1, sizeof *out->v);
    out->v[out->n] = t;
    s->p = end;
    return &out->v[out->n++];
}

static void add_date(struct scan *s, const char *end, int year, int month, int day) {
    char key[48];
    if (year && day) snprintf(key, sizeof key, "date %d-%d-%d", year, month, day);
    else if (year) snprintf(key, sizeof key, "month %d-%d", year, month);
    else if (day) snprintf(key, sizeof key, "day %d-%d", month, day);
    else snprintf(key, sizeof key, "month %d", month);
    add(s, end, key, CHECK_FIGURE);
}

/* ---- dates ---- */

static bool is_day(int d, int m) {
    return d >= 1 && d <= 31 && m >= 1 && m <= 12;
}

/* D-M-YYYY with - / or . between, or YYYY-MM-DD. */
static bool take_figures_date(struct scan *s) {
    int a = 0, b = 0, c = 0;
    const char *p = s->p;
    size_t n = small(p, 4, &a);
    char mark = p[n];
    if (!n || !mark || !strchr("-/.", mark)) return false;
    size_t m = small(p + n + 1, 2, &b);
    if (!m || p[n + 1 + m] != mark) return false;
    size_t k = small(p + n + m + 2, 4, &c);
    const char *end = p + n + m + 2 + k;
    if (k == 4 && n <= 2 && is_day(a, b)) add_date(s, end, c, b, a);
    else if (n == 4 && k == 2 && mark == '-' && is_day(c, b)) add_date(s, end, a, b, c);
    else return false;
    return true;
}

static const char *word(const char *s, const char *w) {
    size_t n = strlen(w);
    bool capital = (*s | 32) == *w && strncmp(s + 1, w + 1, n - 1) == 0;
    return capital && !is_letter(s[n]) ? blanks(s + n) : NULL;
}

/* What follows a month: "năm 2020", "/2020", "-2020"; 0 when there is no year. */
static const char *vietnamese_year(const char *p, int *year) {
    const char *q = word(blanks(p), "năm");
    if (!q && (*p == '/' || *p == '-' || *p == '.')) q = p + 1;
    size_t n = q && figures(q) == 4 ? small(q, 4, year) : 0;
    return n ? q + n : p;
}

/* "ngày 5 tháng 2 [năm 2020]", "ngày 5-2[-2020]", "tháng 2 [năm 2020]". */
static bool take_vietnamese_date(struct scan *s) {
    int day = 0, month = 0, year = 0;
    const char *p = word(s->p, "ngày"), *q;
    size_t n = p ? small(p, 2, &day) : 0;
    if (n) {
        p += n;
        q = word(blanks(p), "tháng");
        if (!q && *p && strchr("-/.", *p)) q = p + 1;
        if (!q || !(n = small(q, 2, &month))) return false;
        p = q + n;
    } else {
        bool weak;
        if (!(n = check_month(&s->words, s->p, &month, &weak))) return false;
        p = s->p + n;
    }
    if (!is_day(day ? day : 1, month)) return false;
    const char *end = vietnamese_year(p, &year);
    add_date(s, end, year, month, day);
    return true;
}

static const char *ordinal(const char *s) {
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (strncasecmp(s, ends[i], 2) == 0 && !is_letter(s[2])) return s + 2;
    return s;
}

static const char *english_year(const char *p, int *year) {
    const char *q = blanks(*p == ',' ? p + 1 : p);
    size_t n = q > p && figures(q) == 4 ? small(q, 4, year) : 0;
    return n ? q + n : p;
}

/* "5 February [2020]", "5th of February", "February 5[, 2020]", "February 2020". */
static bool take_english_date(struct scan *s) {
    int day = 0, month = 0, year = 0;
    bool weak = false;
    const char *p = s->p;
    size_t n = small(p, 2, &day), k;
    if (n) {
        p = blanks(ordinal(p + n));
        const char *of = word(p, "of");
        if (of) p = of;
    }
    if (!(k = check_month(&s->words, p, &month, &weak))) return false;
    p += k;
    if (!n) {
        const char *q = blanks(p);
        n = figures(q) <= 2 ? small(q, 2, &day) : 0;
        if (n) p = ordinal(q + n);
    }
    const char *end = english_year(p, &year);
    if (day && !is_day(day, month)) return false;
    add_date(s, end, year, month, day);
    if (weak && !day && !year) s->out->v[s->out->n - 1].rank = CHECK_SHY; /* "May" is more than a month */
    return true;
}

/* "ວັນທີ 5 ກຸມພາ [ປີ] 2020", "5 ເດືອນ 2 ປີ 2020", "ເດືອນ ກຸມພາ 2020". */
static bool take_lao_date(struct scan *s) {
    int day = 0, month = 0, year = 0;
    bool weak = false;
    size_t n = small(s->p, 2, &day);
    const char *p = blanks(s->p + n);
    size_t k = check_month(&s->words, p, &month, &weak);
    if (!k || (day && !is_day(day, month))) return false;
    p += k;
    const char *q = blanks(p);
    if (strncmp(q, "ປີ", strlen("ປີ")) == 0) q = blanks(q + strlen("ປີ"));
    if (figures(q) == 4) p = q + small(q, 4, &year);
    add_date(s, p, year, month, day);
    return true;
}

/* ---- document numbers: 68-KL/TW, 30/2020/NĐ-CP ---- */

static bool is_capital(const char *s) {
    return (*s >= 'A' && *s <= 'Z') || strncmp(s, "Đ", 2) == 0 || strncmp(s, "Ư", 2) == 0 ||
           strncmp(s, "Ủ", 3) == 0;
}

static size_t capital_length(const char *s) {
    return (unsigned char)*s < 0x80 ? 1 : (unsigned char)*s < 0xE0 ? 2 : 3;
}

static bool take_document(struct scan *s) {
    const char *p = s->p;
    size_t n = figures(p);
    if (!n || n > 5) return false;
    p += n;
    if (*p == '/' && figures(p + 1) == 4) p += 5;
    if ((*p != '-' && *p != '/') || !is_capital(p + 1)) return false;
    for (p++; is_capital(p) || is_figure(*p) || ((*p == '-' || *p == '/') && is_capital(p + 1));)
        p += is_capital(p) ? capital_length(p) : 1;
    if (is_letter(*p)) return false;
    struct buf key = {0};
    buf_str(&key, "document ");
    buf_put(&key, s->p + strspn(s->p, "0"), (size_t)(p - s->p) - strspn(s->p, "0"));
    add(s, p, key.p, CHECK_FIGURE);
    buf_free(&key);
    return true;
}

/* ---- codes: CT3, N9, Đ1 ---- */

static bool take_code(struct scan *s) {
    const char *p = s->p;
    while (is_capital(p)) p += capital_length(p);
    size_t n = p > s->p ? figures(p) : 0;
    if (!n || is_letter(p[n])) return false;
    struct buf key = {0};
    buf_fmt(&key, "code %.*s", (int)(p + n - s->p), s->p);
    add(s, p + n, key.p, CHECK_FIGURE);
    buf_free(&key);
    return true;
}

/* ---- figures ---- */

/* Zeros that say nothing are dropped: 05 and 5, 1.50 and 1.5. */
static void tidy(char *number) {
    char *point = strchr(number, '.');
    size_t n = strlen(number), zeros = strspn(number, "0");
    while (point && number[n - 1] == '0') number[--n] = 0;
    if (point && number[n - 1] == '.') number[--n] = 0;
    if (zeros && !is_figure(number[zeros])) zeros--;
    memmove(number, number + zeros, n - zeros + 1);
}

static const char *percent(const char *p) {
    static const char *const words[] = {"percent", "per cent", "phần trăm", "ເປີເຊັນ", "ສ່ວນຮ້ອຍ"};
    const char *q = blanks(p);
    if (*q == '%') return q + 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool lao = (unsigned char)*words[i] == 0xE0; /* may stand without a blank */
        if (lao && strncmp(q, words[i], strlen(words[i])) == 0) return q + strlen(words[i]);
        if (!lao && q > p && word(q, words[i])) return q + strlen(words[i]);
    }
    return NULL;
}

/* number × 10^power, in place: its point moves to the right. */
static void multiply(char *number, size_t room, int power) {
    for (size_t n = strlen(number); power > 0 && n + 2 < room; power--) {
        char *point = strchr(number, '.');
        if (!point) {
            number[n++] = '0';
            number[n] = 0;
        } else {
            point[0] = point[1];
            point[1] = '.';
            if (!point[2]) number[--n] = 0;
        }
    }
}

/* "5 triệu", "1.5 million", "2 nghìn tỷ". */
static const char *take_scales(struct scan *s, const char *end, char *number, size_t room) {
    size_t n = 0;
    for (const char *p = blanks(end);; p = blanks(end)) {
        int power = check_scale(&s->words, p, &n);
        if (!power) return end;
        multiply(number, room, power);
        end = p + n;
    }
}

static void take_number(struct scan *s) {
    char number[128];
    size_t n = source_number_scan(s->p, s->lang, number, sizeof number);
    const char *end = s->p + n;
    bool dotted = *end == '.' && is_figure(end[1]);
    while (*end == '.' && is_figure(end[1])) end += 1 + figures(end + 1); /* 1.2.3 is no number */
    if (dotted) {
        snprintf(number, sizeof number, "%.*s", (int)(end - s->p), s->p);
    } else {
        end = take_scales(s, end, number, sizeof number);
        tidy(number);
    }
    const char *after = percent(end);
    struct check_token *t = add(s, after ? after : ordinal(end), number, CHECK_FIGURE);
    t->percent = after != NULL;
}

static void take_word(struct scan *s) {
    int64_t value = 0;
    enum check_rank rank = CHECK_SHY;
    char key[32];
    size_t n = check_word_number(&s->words, s->p, &value, &rank);
    if (!n && (n = check_roman(s->p, &value)) != 0) rank = n > 1 ? CHECK_WEAK : CHECK_SHY;
    if (!n) return;
    const char *after = percent(s->p + n);
    snprintf(key, sizeof key, "%lld", (long long)value);
    struct check_token *t = add(s, after ? after : s->p + n, key, after ? CHECK_FIRM : rank);
    t->percent = after != NULL;
}

/* In "3–5%" both are percentages. */
static void share_percent(struct check_tokens *t, size_t first, const char *text) {
    for (size_t i = t->n; i-- > first + 1;) {
        if (!t->v[i].percent || t->v[i].rank >= CHECK_WEAK || t->v[i - 1].rank >= CHECK_WEAK) continue;
        const char *p = blanks(text + t->v[i - 1].end), *q = dash(p);
        if (!q) q = word(p, "to");
        if (!q) q = word(p, "đến");
        if (!q && strncmp(p, "đến ", strlen("đến ")) == 0) q = p + strlen("đến ");
        if (!q && strncmp(p, "ຫາ", strlen("ຫາ")) == 0) q = p + strlen("ຫາ");
        if (q && blanks(q) == text + t->v[i].start) t->v[i - 1].percent = true;
    }
}

static void finish_keys(struct check *c, struct check_tokens *t, size_t first) {
    for (size_t i = first; i < t->n; i++) {
        if (!t->v[i].percent) continue;
        struct buf b = {0};
        buf_fmt(&b, "%s%%", t->v[i].key);
        t->v[i].key = arena_strdup(c->arena, b.p);
        buf_free(&b);
    }
}

/* Lao figures (U+0ED0..U+0ED9) as those of ASCII; NULL when there are none. */
static const char *plain_figures(struct arena *a, const char *text, const uint32_t **back) {
    size_t n = strlen(text), k = 0;
    const char *first = strstr(text, "\xE0\xBB");
    if (!first) return NULL;
    char *out = arena_alloc(a, n + 1);
    uint32_t *from = ARENA_ARRAY(a, uint32_t, n + 1);
    for (size_t i = 0; i <= n; k++) {
        bool lao = strncmp(text + i, "\xE0\xBB", 2) == 0 && (unsigned char)text[i + 2] >= 0x90 &&
                   (unsigned char)text[i + 2] <= 0x99;
        from[k] = (uint32_t)i;
        out[k] = lao ? (char)('0' + ((unsigned char)text[i + 2] - 0x90)) : text[i];
        i += lao ? 3 : 1;
    }
    *back = from;
    return out;
}

static void take_token(struct scan *s) {
    bool vi = strncmp(s->lang, "vi", 2) == 0, en = strncmp(s->lang, "en", 2) == 0, lo = strncmp(s->lang, "lo", 2) == 0;
    const char *before = s->p;
    if (is_figure(*s->p)) {
        if (take_figures_date(s) || take_document(s) || (en && take_english_date(s)) || (lo && take_lao_date(s))) return;
        take_number(s);
    } else if (is_letter(*s->p) && check_word_starts(&s->words, s->p)) {
        if ((vi && take_vietnamese_date(s)) || (en && take_english_date(s)) || (lo && take_lao_date(s))) return;
        if (take_code(s)) return;
        take_word(s);
        if (s->p == before) s->p = check_word_skip(&s->words, s->p);
    }
    if (s->p == before) s->p++;
}

void check_tokens_read(struct check *c, struct check_tokens *out, const char *text, const char *lang,
                       struct pos from) {
    struct scan s = {.check = c, .out = out, .lang = lang, .original = text, .from = from};
    size_t first = out->n;
    const char *plain = strncmp(lang, "lo", 2) == 0 ? plain_figures(c->arena, text, &s.back) : NULL;
    s.text = s.p = plain ? plain : text;
    check_words_open(&s.words, s.text, lang);
    while (*s.p) take_token(&s);
    check_words_close(&s.words);
    share_percent(out, first, s.text);
    finish_keys(c, out, first);
}
