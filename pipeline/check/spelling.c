/* Where the mark of oa, oe and uy stands: òa or oà, ủy or uỷ, as publication.yaml or
 * sotay.yaml asks (`spelling`).  At the end of a syllable alone both are in use. */
#include "check/parts.h"

/* The older way and the newer: ten rows of oa and oe, five of uy, each in small, first
 * and all capitals. */
static const struct {
    const char *old, *new;
} pairs[] = {
    {"òa", "oà"}, {"Òa", "Oà"}, {"ÒA", "OÀ"},
    {"óa", "oá"}, {"Óa", "Oá"}, {"ÓA", "OÁ"},
    {"ỏa", "oả"}, {"Ỏa", "Oả"}, {"ỎA", "OẢ"},
    {"õa", "oã"}, {"Õa", "Oã"}, {"ÕA", "OÃ"},
    {"ọa", "oạ"}, {"Ọa", "Oạ"}, {"ỌA", "OẠ"},
    {"òe", "oè"}, {"Òe", "Oè"}, {"ÒE", "OÈ"},
    {"óe", "oé"}, {"Óe", "Oé"}, {"ÓE", "OÉ"},
    {"ỏe", "oẻ"}, {"Ỏe", "Oẻ"}, {"ỎE", "OẺ"},
    {"õe", "oẽ"}, {"Õe", "Oẽ"}, {"ÕE", "OẼ"},
    {"ọe", "oẹ"}, {"Ọe", "Oẹ"}, {"ỌE", "OẸ"},
    {"ùy", "uỳ"}, {"Ùy", "Uỳ"}, {"ÙY", "UỲ"},
    {"úy", "uý"}, {"Úy", "Uý"}, {"ÚY", "UÝ"},
    {"ủy", "uỷ"}, {"Ủy", "Uỷ"}, {"ỦY", "UỶ"},
    {"ũy", "uỹ"}, {"Ũy", "Uỹ"}, {"ŨY", "UỸ"},
    {"ụy", "uỵ"}, {"Ụy", "Uỵ"}, {"ỤY", "UỴ"},
};
enum { PAIRS = sizeof pairs / sizeof *pairs, UY = 30 };

/* Of a byte of UTF-8: of an ASCII letter, or of one with marks. */
static bool is_letter(char c) {
    unsigned char b = (unsigned char)c;
    return ((b | 32) >= 'a' && (b | 32) <= 'z') || (b >= 0xC3 && b <= 0xC9) || b == 0xE1;
}

/* 1: the newer is asked for, -1: the older, 0: either. */
static int policy(const char *spelling, const char *old, const char *new) {
    return (strstr(spelling, new) != NULL) - (strstr(spelling, old) != NULL);
}

/* The word around a place. */
static const char *word_at(struct check *c, const char *text, const char *at) {
    const char *from = at, *to = at;
    while (from > text && (is_letter(from[-1]) || (from[-1] & 0xC0) == 0x80)) from--;
    while (is_letter(*to) || (*to & 0xC0) == 0x80) to++;
    return arena_strndup(c->arena, from, (size_t)(to - from));
}

static void tell(struct check *c, const char *text, const char *at, const char *wrong, const char *right, struct pos from) {
    if (!check_tells(c, DIAG_SPELLING)) return;
    const char *word = word_at(c, text, at);
    int nth = 0;
    for (const char *s = text; (s = strstr(s, word)) != NULL && s + strlen(word) <= at; s++) nth++;
    diag_add(c->diags, DIAG_SPELLING, check_place(c, from, word, nth), word, right, wrong);
    diag_span(c->diags, 1);
}

void check_spelling(struct check *c, const char *text, struct pos from) {
    xmlChar *spelling = xmlGetNoNsProp(xmlDocGetRootElement(c->doc), BAD_CAST "spelling");
    if (!spelling) return;
    int oa = policy((char *)spelling, "òa", "oà"), uy = policy((char *)spelling, "ủy", "uỷ");
    xmlFree(spelling);
    for (const char *s = text; *s; s++) {
        if ((*s & 0xC0) == 0x80) continue;
        for (int i = 0; i < PAIRS; i++) {
            int wanted = i < UY ? oa : uy;
            const char *wrong = wanted > 0 ? pairs[i].old : pairs[i].new;
            size_t n = strlen(wrong);
            if (!wanted || strncmp(s, wrong, n) != 0 || is_letter(s[n])) continue;
            if (i >= UY && s > text && (s[-1] | 32) == 'q') continue; /* quý */
            tell(c, text, s, wrong, wanted > 0 ? pairs[i].new : pairs[i].old, from);
        }
    }
}
