/* Numbers and months in words: "hai mươi mốt", "twenty-one". */
#include "check/words.h"

#include <strings.h>
#include <unicode/ubrk.h>

enum kind { UNIT, TEEN, TENS, TEN, TY, HUNDRED, SCALE, JOIN, NONE };
enum {
    SHY = 1,   /* has other meanings: never missed */
    AFTER = 2, /* only behind another number word */
    NEEDS = 4  /* only before "hundred" or "thousand" */
};

struct word {
    const char *text;
    int64_t value;
    enum kind kind;
    unsigned flags;
};

static const struct word english[] = {
    {"one", 1, UNIT, SHY},
    {"first", 1, UNIT, SHY},
    {"once", 1, UNIT, SHY},
    {"two", 2, UNIT, 0},
    {"second", 2, UNIT, SHY},
    {"twice", 2, UNIT, SHY},
    {"both", 2, UNIT, SHY},
    {"three", 3, UNIT, 0},
    {"third", 3, UNIT, 0},
    {"four", 4, UNIT, 0},
    {"fourth", 4, UNIT, 0},
    {"five", 5, UNIT, 0},
    {"fifth", 5, UNIT, 0},
    {"six", 6, UNIT, 0},
    {"sixth", 6, UNIT, 0},
    {"seven", 7, UNIT, 0},
    {"seventh", 7, UNIT, 0},
    {"eight", 8, UNIT, 0},
    {"eighth", 8, UNIT, 0},
    {"nine", 9, UNIT, 0},
    {"ninth", 9, UNIT, 0},
    {"ten", 10, TEEN, 0},
    {"tenth", 10, TEEN, 0},
    {"eleven", 11, TEEN, 0},
    {"eleventh", 11, TEEN, 0},
    {"twelve", 12, TEEN, 0},
    {"twelfth", 12, TEEN, 0},
    {"thirteen", 13, TEEN, 0},
    {"thirteenth", 13, TEEN, 0},
    {"fourteen", 14, TEEN, 0},
    {"fourteenth", 14, TEEN, 0},
    {"fifteen", 15, TEEN, 0},
    {"fifteenth", 15, TEEN, 0},
    {"sixteen", 16, TEEN, 0},
    {"sixteenth", 16, TEEN, 0},
    {"seventeen", 17, TEEN, 0},
    {"seventeenth", 17, TEEN, 0},
    {"eighteen", 18, TEEN, 0},
    {"eighteenth", 18, TEEN, 0},
    {"nineteen", 19, TEEN, 0},
    {"nineteenth", 19, TEEN, 0},
    {"twenty", 20, TENS, 0},
    {"twentieth", 20, TENS, 0},
    {"thirty", 30, TENS, 0},
    {"thirtieth", 30, TENS, 0},
    {"forty", 40, TENS, 0},
    {"fiftieth", 50, TENS, 0},
    {"fifty", 50, TENS, 0},
    {"sixty", 60, TENS, 0},
    {"seventy", 70, TENS, 0},
    {"eighty", 80, TENS, 0},
    {"ninety", 90, TENS, 0},
    {"hundred", 100, HUNDRED, AFTER},
    {"hundredth", 100, HUNDRED, AFTER},
    {"thousand", 1000, SCALE, AFTER},
    {"million", 1000000, SCALE, AFTER},
    {"billion", 1000000000, SCALE, AFTER},
    {"trillion", 1000000000000, SCALE, AFTER},
    {"a", 1, UNIT, NEEDS},
    {"and", 0, JOIN, AFTER},
    {NULL, 0, UNIT, 0},
};

static const struct word vietnamese[] = {
    {"một", 1, UNIT, SHY},
    {"mốt", 1, UNIT, AFTER},
    {"thứ nhất", 1, UNIT, SHY},
    {"nhất", 1, UNIT, SHY},
    {"hai", 2, UNIT, 0},
    {"ba", 3, UNIT, 0},
    {"bốn", 4, UNIT, 0},
    {"thứ tư", 4, UNIT, 0},
    {"tư", 4, UNIT, AFTER},
    {"năm", 5, UNIT, SHY},
    {"lăm", 5, UNIT, AFTER},
    {"nhăm", 5, UNIT, AFTER},
    {"sáu", 6, UNIT, 0},
    {"bảy", 7, UNIT, 0},
    {"bẩy", 7, UNIT, 0},
    {"tám", 8, UNIT, 0},
    {"chín", 9, UNIT, 0},
    {"mười", 10, TEN, 0},
    {"mươi", 10, TY, AFTER},
    {"không", 0, UNIT, NEEDS},
    {"trăm", 100, HUNDRED, AFTER},
    {"nghìn", 1000, SCALE, AFTER},
    {"ngàn", 1000, SCALE, AFTER},
    {"vạn", 10000, SCALE, AFTER},
    {"triệu", 1000000, SCALE, AFTER},
    {"tỷ", 1000000000, SCALE, AFTER},
    {"tỉ", 1000000000, SCALE, AFTER},
    {"linh", 0, JOIN, AFTER},
    {"lẻ", 0, JOIN, AFTER},
    {NULL, 0, UNIT, 0},
};

static const struct word lao[] = {
    {"ໜຶ່ງ", 1, UNIT, SHY},
    {"ຫນຶ່ງ", 1, UNIT, SHY},
    {"ທີໜຶ່ງ", 1, UNIT, SHY},
    {"ເອັດ", 1, UNIT, AFTER},
    {"ສອງ", 2, UNIT, 0},
    {"ສາມ", 3, UNIT, 0},
    {"ສີ່", 4, UNIT, 0},
    {"ຫ້າ", 5, UNIT, 0},
    {"ຫົກ", 6, UNIT, 0},
    {"ເຈັດ", 7, UNIT, 0},
    {"ແປດ", 8, UNIT, 0},
    {"ເກົ້າ", 9, UNIT, 0},
    {"ສິບ", 10, TEN, 0},
    {"ຊາວ", 20, TENS, SHY},
    {"ຮ້ອຍ", 100, HUNDRED, AFTER},
    {"ພັນ", 1000, SCALE, AFTER},
    {"ໝື່ນ", 10000, SCALE, AFTER},
    {"ຫມື່ນ", 10000, SCALE, AFTER},
    {"ແສນ", 100000, SCALE, AFTER},
    {"ລ້ານ", 1000000, SCALE, AFTER},
    {"ຕື້", 1000000000, SCALE, AFTER},
    {NULL, 0, UNIT, 0},
};

static const char *const english_months[] = {"january",   "february", "march",    "april",
                                             "may",       "june",     "july",     "august",
                                             "september", "october",  "november", "december"};
static const char *const lao_months[] = {"ມັງກອນ", "ກຸມພາ", "ມີນາ",  "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ",
                                         "ກໍລະກົດ",  "ສິງຫາ",  "ກັນຍາ", "ຕຸລາ", "ພະຈິກ",   "ທັນວາ"};

static bool is_language(const char *lang, const char *code) {
    return strncmp(lang, code, 2) == 0;
}

static const struct word *list_of(const char *lang) {
    if (is_language(lang, "en")) return english;
    if (is_language(lang, "vi")) return vietnamese;
    return is_language(lang, "lo") ? lao : NULL;
}

static bool is_word_byte(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_lao(const char *s) { /* U+0E80..U+0EFF */
    return (unsigned char)s[0] == 0xE0 && ((unsigned char)s[1] == 0xBA || (unsigned char)s[1] == 0xBB);
}

static const char *blanks(const char *s) {
    for (;;) {
        if (*s == ' ') s++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0) s += 2;
        else return s;
    }
}

/* ---- where words end ---- */

/* Lao is written without blanks: ICU's dictionary says where its words end. */
static void find_lao_ends(struct check_words *w) {
    size_t n = strlen(w->text);
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    UBreakIterator *it = ubrk_open(UBRK_WORD, "lo", NULL, 0, &status);
    utext_openUTF8(&text, w->text, (int64_t)n, &status);
    ubrk_setUText(it, &text, &status);
    w->ends = mem_alloc(n + 1);
    for (int32_t i = ubrk_first(it); U_SUCCESS(status) && i != UBRK_DONE; i = ubrk_next(it)) w->ends[i] = true;
    ubrk_close(it);
    utext_close(&text);
}

void check_words_open(struct check_words *w, const char *text, const char *lang) {
    *w = (struct check_words){text, lang, NULL};
    if (is_language(lang, "lo")) find_lao_ends(w);
}

void check_words_close(struct check_words *w) {
    mem_free(w->ends);
}

bool check_word_starts(const struct check_words *w, const char *s) {
    return s == w->text || !is_word_byte(s[-1]) || (w->ends && w->ends[s - w->text]);
}

static bool ends(const struct check_words *w, const char *s) {
    return !is_word_byte(*s) || (w->ends && w->ends[s - w->text]);
}

const char *check_word_skip(const struct check_words *w, const char *s) {
    do s++;
    while (is_word_byte(*s) && !(w->ends && w->ends[s - w->text]));
    return s;
}

/* `word` as a whole word at the start of s, its first letter perhaps a capital.
 * Inside a Lao number the words' ends are not asked for. */
static size_t match(const struct check_words *w, const char *s, const char *word, bool inside) {
    size_t n = strlen(word);
    bool first = *s == *word || ((*s | 32) == *word && *word >= 'a');
    if (!first || strncmp(s + 1, word + 1, n - 1) != 0) return 0;
    return ends(w, s + n) || (inside && is_lao(s + n)) ? n : 0;
}

/* ---- numbers ---- */

struct sum {
    int64_t total, group, unit, scale; /* scale: the last one, which must fall */
    enum kind last;
    int words;
};

static bool follows(enum kind last, bool unit) {
    if (last == NONE || last == JOIN || last == HUNDRED || last == SCALE) return true;
    return unit && (last == TENS || last == TY || last == TEN);
}

static bool add_word(struct sum *s, const struct word *w, bool is_lao_word) {
    switch (w->kind) {
    case UNIT:
        if (!follows(s->last, true)) return false;
        s->group += s->unit = w->value;
        break;
    case TEEN:
    case TENS:
        if (!follows(s->last, false)) return false;
        s->group += w->value;
        break;
    case TEN:
        if (is_lao_word && s->last == UNIT) s->group += s->unit * 9;
        else if (follows(s->last, false)) s->group += 10;
        else return false;
        break;
    case TY:
        if (s->last != UNIT) return false;
        s->group += s->unit * 9;
        break;
    case HUNDRED:
        if (s->last != UNIT || s->group > 9) return false;
        s->group *= 100;
        break;
    case SCALE:
        if (s->last == NONE || s->last == JOIN || s->group == 0 || w->value >= s->scale) return false;
        s->total += s->group * w->value;
        s->group = 0;
        s->scale = w->value;
        break;
    case JOIN:
        if (s->last != HUNDRED && s->last != SCALE) return false;
        break;
    case NONE: return false;
    }
    s->last = w->kind;
    s->words++;
    return true;
}

static const struct word *next_word(const struct check_words *w, const char *s, const struct sum *sum, size_t *n) {
    for (const struct word *o = list_of(w->lang); o && o->text; o++)
        if (*s == *o->text || (*s | 32) == *o->text) {
            if (sum->last == NONE && (o->flags & AFTER)) continue;
            if ((*n = match(w, s, o->text, true)) != 0) return o;
        }
    return NULL;
}

/* ---- "năm": five, or a year ---- */

static bool is_among(const char *s, size_t n, const char *const *list) {
    for (; *list; list++)
        if (strlen(*list) == n && strncasecmp(s, *list, n) == 0) return true;
    return false;
}

/* "năm 2025", "mỗi năm", "năm nay", "trong năm, ..." */
static bool is_year(const struct check_words *w, const char *s, const char *end) {
    static const char *const before[] = {"mỗi",  "hằng", "hàng", "cả",   "trong", "đến", "từ",  "cuối", "đầu",
                                         "giữa", "nhiều", "mấy",  "những", "các",   "qua", "một", "hai",  "ba",
                                         "bốn",  "sáu",  "bảy",  "tám",  "chín",  "mười", "của", "vài",  NULL};
    static const char *const after[] = {"nay", "trước", "sau", "qua", "ngoái", "tới", "này", "học", "thứ", "mới", NULL};
    const char *p = s, *q = blanks(end), *stop = q;
    while (p > w->text && (p[-1] == ' ' || p[-1] == '\xA0' || p[-1] == '\xC2')) p--;
    const char *from = p;
    while (from > w->text && is_word_byte(from[-1])) from--;
    while (is_word_byte(*stop)) stop++;
    return stop == q || is_among(q, (size_t)(stop - q), after) || is_among(from, (size_t)(p - from), before);
}

size_t check_word_number(const struct check_words *w, const char *s, int64_t *value, enum check_rank *rank) {
    struct sum sum = {.scale = INT64_MAX, .last = NONE};
    const char *end = s;
    bool lao_words = is_language(w->lang, "lo");
    for (const char *p = s;;) {
        size_t n = 0;
        const struct word *o = next_word(w, p, &sum, &n);
        if (!o || !add_word(&sum, o, lao_words)) break;
        p += n;
        if (o->kind != JOIN && !(o->flags & NEEDS) && ends(w, p)) {
            end = p;
            *value = sum.total + sum.group;
            *rank = sum.words > 1 || *value > 10 ? CHECK_FIRM : o->flags & SHY ? CHECK_SHY : CHECK_WEAK;
            if (sum.words == 1 && o->flags & SHY) *rank = CHECK_SHY;
        }
        const char *q = blanks(p);
        if (q == p && *p == '-' && is_language(w->lang, "en")) q = p + 1;
        if (q == p && !lao_words) break;
        p = q;
    }
    if (sum.words == 1 && *value == 5 && end > s && is_language(w->lang, "vi")) {
        if (is_year(w, s, end)) return 0;
        *rank = CHECK_WEAK;
    }
    return (size_t)(end - s);
}

int check_scale(const struct check_words *w, const char *s, size_t *n) {
    for (const struct word *o = list_of(w->lang); o && o->text; o++) {
        if ((o->kind != SCALE && o->kind != HUNDRED) || !(*n = match(w, s, o->text, true))) continue;
        int power = 0;
        for (int64_t v = o->value; v > 1; v /= 10) power++;
        return power;
    }
    return 0;
}

/* ---- months ---- */

static size_t english_month(const char *s, int *month, bool *weak) {
    bool capital = *s >= 'A' && *s <= 'Z';
    for (int i = 0; capital && i < 12; i++) {
        size_t n = strlen(english_months[i]);
        if (strncasecmp(s, english_months[i], n) != 0) n = 3;
        if (strncasecmp(s, english_months[i], n) != 0 || is_word_byte(s[n])) continue;
        *month = i + 1;
        *weak = i == 2 || i == 4;
        return n + (n == 3 && s[n] == '.');
    }
    return 0;
}

static size_t vietnamese_month(const struct check_words *w, const char *s, int *month) {
    size_t n = match(w, s, "tháng", false);
    int used = 0;
    if (!n) return 0;
    const char *p = blanks(s + n);
    if (sscanf(p, "%2d%n", month, &used) == 1) return *month >= 1 && *month <= 12 ? (size_t)(p - s) + (size_t)used : 0;
    int64_t value = 0;
    enum check_rank rank;
    size_t k = match(w, p, "giêng", false);
    if (k) value = 1;
    else if ((k = match(w, p, "chạp", false)) != 0) value = 12;
    else k = match(w, p, "nhất", false) ? 0 : check_word_number(w, p, &value, &rank);
    *month = (int)value;
    bool capital = *p >= 'A' && *p <= 'Z'; /* "tháng Ba"; "tháng ba" may be "three" of something */
    return k && capital && value >= 1 && value <= 12 ? (size_t)(p - s) + k : 0;
}

static size_t lao_month(const struct check_words *w, const char *s, int *month) {
    const char *p = s;
    if (strncmp(p, "ເດືອນ", strlen("ເດືອນ")) == 0) p = blanks(p + strlen("ເດືອນ"));
    int used = 0;
    for (int i = 0; i < 12; i++) {
        size_t n = match(w, p, lao_months[i], false);
        if (!n) continue;
        *month = i + 1;
        return (size_t)(p - s) + n;
    }
    bool figures = p > s && sscanf(p, "%2d%n", month, &used) == 1 && *month >= 1 && *month <= 12;
    return figures ? (size_t)(p - s) + (size_t)used : 0;
}

size_t check_month(const struct check_words *w, const char *s, int *month, bool *weak) {
    *weak = false;
    if (is_language(w->lang, "en")) return english_month(s, month, weak);
    if (is_language(w->lang, "vi")) return vietnamese_month(w, s, month);
    return is_language(w->lang, "lo") ? lao_month(w, s, month) : 0;
}

size_t check_roman(const char *s, int64_t *value) {
    static const char letters[] = "IVXLCDM";
    static const int values[] = {1, 5, 10, 50, 100, 500, 1000};
    size_t n = strspn(s, letters);
    if (!n || n > 8 || is_word_byte(s[n]) || (s[n] >= '0' && s[n] <= '9')) return 0;
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        int here = values[strchr(letters, s[i]) - letters];
        int next = i + 1 < n ? values[strchr(letters, s[i + 1]) - letters] : 0;
        *value += here < next ? -here : here;
    }
    return *value > 0 ? n : 0;
}
