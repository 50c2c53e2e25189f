/* Columns of a table (XSL 1.1, 6.7.4, 7.28.8-16; CSS 2.1, 17.5.2.1): all widths
 * are known before the first row. */
#include "layout/table.h"

static int32_t positive(const struct fo_node *n, enum fo_prop p, int32_t max) {
    double v = fo_number(n, p);
    return v >= max ? max : v >= 1 ? (int32_t)v : 1;
}

static void too_many(struct table *t, const struct fo_node *at) {
    diag_add(t->l->diags, DIAG_LAYOUT_LIMIT, at->pos, "a table of more than 200 columns");
}

/* 7.28.8: column-number, else after the column before; gaps are implied
 * columns. */
static int32_t name_columns(struct table *t) {
    int32_t next = 0, count = 0;
    for (struct fo_node *n = fo_first_child(t->l, t->node); n; n = fo_after(t->l, t->node, n)) {
        if (n->element == FO_TABLE_BODY) break;
        if (n->element != FO_TABLE_COLUMN) continue;
        double number = fo_number(n, P_COLUMN_NUMBER);
        int32_t first = number >= 1 && number <= COLUMNS_MAX ? (int32_t)number - 1 : next;
        int32_t repeat = positive(n, P_NUMBER_COLUMNS_REPEATED, COLUMNS_MAX + 1);
        if (first + repeat > COLUMNS_MAX) too_many(t, n);
        for (int32_t i = first; i < first + repeat && i < COLUMNS_MAX; i++) t->column[i] = n;
        next = first + repeat < COLUMNS_MAX ? first + repeat : COLUMNS_MAX;
        if (next > count) count = next;
    }
    return count;
}

/* Columns that one row takes, spans from above ignored. */
static int32_t row_columns(struct layout *l, struct fo_node *parent, struct fo_node *first,
                           struct fo_node **after) {
    int32_t next = 0, most = 0;
    struct fo_node *c = first;
    for (; c; c = fo_after(l, parent, c)) {
        if (c->element != FO_TABLE_CELL) {
            if (c->element == FO_TABLE_ROW) break;
            continue;
        }
        if (c != first && parent->element != FO_TABLE_ROW && fo_is(c, P_STARTS_ROW, E_TRUE)) break;
        double number = fo_number(c, P_COLUMN_NUMBER);
        if (number >= 1 && number <= COLUMNS_MAX) next = (int32_t)number - 1;
        next += positive(c, P_NUMBER_COLUMNS_SPANNED, COLUMNS_MAX);
        if (next > most) most = next;
        if (parent->element != FO_TABLE_ROW && fo_is(c, P_ENDS_ROW, E_TRUE)) {
            c = fo_after(l, parent, c);
            break;
        }
    }
    *after = c;
    return most;
}

/* Spans from rows above push cells to the right, so they count for the rows
 * they cover. */
struct census {
    struct table *t;
    int32_t most, rows;
    int32_t left[COLUMNS_MAX]; /* rows still covered, by column */
};

static void census_cell(struct census *s, struct fo_node *c, int32_t *next) {
    double number = fo_number(c, P_COLUMN_NUMBER);
    if (number >= 1 && number <= COLUMNS_MAX) *next = (int32_t)number - 1;
    else
        while (*next < COLUMNS_MAX && s->left[*next] > 0) (*next)++;
    int32_t columns = positive(c, P_NUMBER_COLUMNS_SPANNED, COLUMNS_MAX),
        rows = positive(c, P_NUMBER_ROWS_SPANNED, GROUP_ROWS_MAX);
    if (*next + columns > COLUMNS_MAX) too_many(s->t, c);
    for (int32_t i = 0; i < columns && *next < COLUMNS_MAX; i++, (*next)++)
        if (s->left[*next] <= 0) s->left[*next] = rows;
    if (*next > s->most) s->most = *next;
}

static void census_part(struct census *s, struct fo_node *part) {
    struct layout *l = s->t->l;
    memset(s->left, 0, sizeof s->left);
    struct fo_node *n = fo_first_child(l, part);
    while (n && s->rows < LOOK_AHEAD) {
        if (n->element != FO_TABLE_ROW && n->element != FO_TABLE_CELL) {
            n = fo_after(l, part, n);
            continue;
        }
        int32_t next = 0;
        struct fo_node *end, *parent = n->element == FO_TABLE_ROW ? n : part;
        struct fo_node *c = n->element == FO_TABLE_ROW ? fo_first_child(l, n) : n;
        if (parent == n) end = fo_after(l, part, n);
        else row_columns(l, part, n, &end);
        for (; c && (parent == n || c != end); c = fo_after(l, parent, c))
            if (c->element == FO_TABLE_CELL) census_cell(s, c, &next);
        for (int32_t i = 0; i < COLUMNS_MAX; i++)
            if (s->left[i] > 0) s->left[i]--;
        s->rows++;
        n = end;
    }
}

/* Without fo:table-column the row with the most cells decides; later rows than
 * the first thousand cannot add columns. */
static int32_t implied_columns(struct table *t) {
    struct census s = {.t = t};
    for (struct fo_node *n = fo_first_child(t->l, t->node); n; n = fo_after(t->l, t->node, n)) {
        if (n->element == FO_TABLE_BODY || n->element == FO_TABLE_HEADER || n->element == FO_TABLE_FOOTER)
            census_part(&s, n);
        if (s.rows >= LOOK_AHEAD) break; /* before the rest is read */
    }
    return s.most;
}

int32_t columns_count(struct table *t) {
    int32_t n = name_columns(t);
    return n ? n : implied_columns(t);
}

/* CSS 2.1, 17.5.2.1: a column without a width takes that of the cell in the
 * first row. */
static void widths_of_row(struct table *t, struct fo_node *part, struct fo_node *row) {
    int32_t next = 0;
    bool bare = row->element == FO_TABLE_CELL;
    struct fo_node *parent = bare ? part : row;
    for (struct fo_node *c = bare ? row : fo_first_child(t->l, row); c && next < t->columns;
         c = fo_after(t->l, parent, c)) {
        if (c->element == FO_TABLE_ROW) break;
        if (c->element != FO_TABLE_CELL) continue;
        if (bare && c != row && fo_is(c, P_STARTS_ROW, E_TRUE)) break;
        double number = fo_number(c, P_COLUMN_NUMBER);
        if (number >= 1 && number <= COLUMNS_MAX) next = (int32_t)number - 1;
        int32_t columns = positive(c, P_NUMBER_COLUMNS_SPANNED, COLUMNS_MAX);
        if (columns == 1 && next < t->columns && !t->width_of[next] &&
            fo_is_length(c, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM))
            t->width_of[next] = c;
        next += columns;
        if (bare && fo_is(c, P_ENDS_ROW, E_TRUE)) break;
    }
}

static void find_widths(struct table *t) {
    bool wanted = false;
    for (int32_t i = 0; i < t->columns; i++) {
        if (t->column[i] && fo_is_length(t->column[i], P_COLUMN_WIDTH)) t->width_of[i] = t->column[i];
        else wanted = true;
    }
    if (!wanted) return;
    for (struct fo_node *part = fo_first_child(t->l, t->node); part; part = fo_after(t->l, t->node, part)) {
        if (part->element != FO_TABLE_HEADER && part->element != FO_TABLE_FOOTER &&
            part->element != FO_TABLE_BODY)
            continue;
        struct fo_node *row = fo_first_child(t->l, part);
        while (row && row->element != FO_TABLE_ROW && row->element != FO_TABLE_CELL)
            row = fo_after(t->l, part, row);
        if (row) widths_of_row(t, part, row);
        if (row && part->element == FO_TABLE_BODY) return;
    }
}

mpt column_length(const struct table *t, int32_t i, mpt width, float *units) {
    const struct fo_node *n = t->width_of[i];
    *units = 0;
    if (!n) {
        *units = 1;
        return 0;
    }
    enum fo_prop p = n == t->column[i] ? P_COLUMN_WIDTH : P_INLINE_PROGRESSION_DIMENSION_OPTIMUM;
    *units = fo_get(n, p)->units;
    mpt v = fo_length(n, p, width);
    return v > 0 ? v : 0;
}

void columns_measure(struct table *t, mpt *width) {
    int64_t sum = 0;
    float shares = 0, units;
    find_widths(t);
    enum { NESTED = 2 }; /* tables in tables in tables are not measured again and again */
    if (fo_is(t->node, P_S_COLUMN_WIDTH, E_CONTENT) && t->l->measuring < NESTED) {
        columns_of_content(t, width);
        return;
    }
    for (int32_t i = 0; i < t->columns; i++) {
        sum += column_length(t, i, *width, &units);
        if (units > 0) shares += units;
    }
    bool fixed = fo_is(t->node, P_TABLE_LAYOUT, E_FIXED) &&
                 fo_is_length(t->node, P_INLINE_PROGRESSION_DIMENSION_OPTIMUM);
    if (fixed && sum > *width) *width = mpt_clamp(sum);
    float share = 0;
    if (shares > 0 && sum < *width) share = (float)(*width - sum) / shares;
    int64_t x = 0;
    for (int32_t i = 0; i < t->columns; i++) {
        t->x[i] = mpt_clamp(x);
        x += column_length(t, i, *width, &units);
        if (units > 0) x += (int64_t)(units * (float)(int32_t)share);
    }
    t->x[t->columns] = mpt_clamp(x);
}
