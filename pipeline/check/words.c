/* Numbers and months in words. */
#include "check/parts.h"

#include <strings.h>

struct word {
    const char *text;
    int value;
};

static const struct word english[] = {
    {"one", 1},      {"two", 2},         {"three", 3},     {"four", 4},        {"five", 5},
    {"six", 6},      {"seven", 7},       {"eight", 8},     {"nine", 9},        {"ten", 10},
    {"eleven", 11},  {"twelve", 12},     {"thirteen", 13}, {"fourteen", 14},   {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17},  {"eighteen", 18}, {"nineteen", 19},   {"twenty", 20},
    {"thirty", 30},  {"forty", 40},      {"fifty", 50},    {"sixty", 60},      {"seventy", 70},
    {"eighty", 80},  {"ninety", 90},     {"hundred", 100}, {"thousand", 1000}, {"first", 1},
    {"second", 2},   {"third", 3},       {"fourth", 4},    {"fifth", 5},       {"sixth", 6},
    {"seventh", 7},  {"eighth", 8},      {"ninth", 9},     {"tenth", 10},      {"eleventh", 11},
    {"twelfth", 12}, {"thirteenth", 13}, {"once", 1},      {"twice", 2},       {"both", 2},
};

static const struct word vietnamese[] = {
    {"mười một", 11}, {"mười hai", 12},  {"mười ba", 13},   {"mười bốn", 14},  {"mười lăm", 15},
    {"mười sáu", 16}, {"mười bảy", 17},  {"mười tám", 18},  {"mười chín", 19}, {"hai mươi", 20},
    {"ba mươi", 30},  {"bốn mươi", 40},  {"năm mươi", 50},  {"sáu mươi", 60},  {"bảy mươi", 70},
    {"tám mươi", 80}, {"chín mươi", 90}, {"một trăm", 100}, {"một", 1},        {"hai", 2},
    {"ba", 3},        {"bốn", 4},        {"tư", 4},         {"năm", 5},        {"sáu", 6},
    {"bảy", 7},       {"tám", 8},        {"chín", 9},       {"mười", 10},      {"trăm", 100},
    {"nghìn", 1000},  {"nhất", 1},
};

static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                     "july",    "august",   "september", "october", "november", "december"};

static bool is_word_byte(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (unsigned char)c >= 0x80;
}

/* `word` as a whole word at the start of s, its first letter perhaps a capital
 * (in Vietnamese too, where it is one of ASCII: "Mười", "Hai"). */
static size_t match(const char *s, const char *word) {
    size_t n = strlen(word);
    if (!((*s | 32) == (*word | 32) || *s == *word) || strncmp(s + 1, word + 1, n - 1) != 0) return 0;
    return is_word_byte(s[n]) ? 0 : n;
}

static size_t find(const char *s, const struct word *list, size_t count, int *value) {
    for (size_t i = 0; i < count; i++) {
        size_t n = match(s, list[i].text);
        if (!n) continue;
        *value = list[i].value;
        return n;
    }
    return 0;
}

size_t check_word_number(const char *s, const char *lang, int *value) {
    if (strncmp(lang, "en", 2) == 0) return find(s, english, sizeof english / sizeof *english, value);
    if (strncmp(lang, "vi", 2) != 0) return 0;
    size_t n = find(s, vietnamese, sizeof vietnamese / sizeof *vietnamese, value);
    bool year = n && *value == 5 && s[n] == ' ' && s[n + 1] >= '0' && s[n + 1] <= '9';
    return year ? 0 : n; /* "năm 2025" */
}

static size_t english_month(const char *s, int *month, bool *weak) {
    for (int i = 0; i < 12; i++) {
        size_t n = strlen(months[i]);
        bool capital = *s >= 'A' && *s <= 'Z';
        if (!capital || strncasecmp(s, months[i], n) != 0) n = 3;
        if (!capital || strncasecmp(s, months[i], n) != 0 || is_word_byte(s[n])) continue;
        *month = i + 1;
        *weak = i == 2 || i == 4;
        return n + (n == 3 && s[n] == '.');
    }
    return 0;
}

size_t check_month(const char *s, const char *lang, int *month, bool *weak) {
    *weak = false;
    if (strncmp(lang, "en", 2) == 0) return english_month(s, month, weak);
    size_t n = strncmp(lang, "vi", 2) == 0 ? match(s, "tháng") : 0;
    int used = 0;
    if (!n || sscanf(s + n, " %2d%n", month, &used) != 1 || *month < 1 || *month > 12) return 0;
    return n + (size_t)used;
}

size_t check_roman(const char *s, int *value) {
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
