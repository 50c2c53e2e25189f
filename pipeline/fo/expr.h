/* The parts of an expression (XSL 1.1, 5.9).  Private to expr.c and function.c. */
#ifndef SOTAY_FO_EXPR_H
#define SOTAY_FO_EXPR_H

#include "fo/tree.h"

struct operand {
    enum { OPERAND_NUMBER, OPERAND_VALUE, OPERAND_NAME, OPERAND_STRING } kind;
    int power; /* of the unit (5.9.4): 0 a plain number, 1 a length */
    double num; /* a plain number */
    double len, pct, units; /* millipoints^power + pct x base + units of proportional-column-width */
    struct fo_value value;
    const char *text;
    size_t n;
};

struct parser {
    struct compute *c;
    enum fo_prop p;
    const char *s;
    int depth;
    bool failed;
};

struct operand expr_sum(struct parser *x);
/* x stands at the opening parenthesis. */
struct operand function_call(struct parser *x, const char *name, size_t n);
struct operand operand_of_value(const struct fo_value *v);

#endif
