/* Private to check/: numbers and months in words. */
#ifndef SOTAY_CHECK_WORDS_H
#define SOTAY_CHECK_WORDS_H

#include "base/base.h"

/* How surely something is a number that the other edition must have too:
 * figures; "seventeen"; a small one ("three"), missed only where the other
 * edition has another small one instead; one that may mean something else
 * ("năm", "second"): it stands for a figure, and is never missed. */
enum check_rank { CHECK_FIGURE, CHECK_FIRM, CHECK_WEAK, CHECK_SHY };

/* A text in a language, with the ends of its words where blanks do not tell. */
struct check_words {
    const char *text, *lang;
    bool *ends; /* by byte, or NULL */
};

void check_words_open(struct check_words *w, const char *text, const char *lang);
void check_words_close(struct check_words *w);
bool check_word_starts(const struct check_words *w, const char *s);
/* Behind the word that s stands in. */
const char *check_word_skip(const struct check_words *w, const char *s);

/* A number in words at s, a part of the text: its bytes or 0. */
size_t check_word_number(const struct check_words *w, const char *s, int64_t *value, enum check_rank *rank);
/* "million" and the like at s: the power of ten, *n bytes; 0 when there is none. */
int check_scale(const struct check_words *w, const char *s, size_t *n);
/* A month at s: its bytes or 0; *weak when the word has other meanings. */
size_t check_month(const struct check_words *w, const char *s, int *month, bool *weak);
size_t check_roman(const char *s, int64_t *value);

#endif
