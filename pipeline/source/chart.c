/* A chart's numbers: from a small table or from lines "label: value". */
#include "source/markdown.h"

static const char *skip_blank(const char *s) {
    for (;;) {
        if (*s == ' ' || *s == '\t') s++;
        else if (strncmp(s, "\xC2\xA0", 2) == 0) s += 2;
        else return s;
    }
}

static size_t dash(const char *s) {
    if (*s == '-') return 1;
    return strncmp(s, "\xE2\x80\x93", 3) == 0 || strncmp(s, "\xE2\x80\x94", 3) == 0 ? 3 : 0;
}

/* Bytes of a minus, however it is written. */
static size_t sign(const char *s) {
    return strncmp(s, "\xE2\x88\x92", 3) == 0 ? 3 : dash(s);
}

/* Nothing, dashes or dots: a blank to fill in. */
static bool is_open(const char *s) {
    for (;;) {
        s = skip_blank(s);
        size_t n = dash(s);
        if (!n) n = *s == '.' ? 1 : strncmp(s, "\xE2\x80\xA6", 3) == 0 ? 3 : 0;
        if (!n) return !*s;
        s += n;
    }
}

/* Words behind a number are its unit; they are no number of their own. */
static void check_unit(struct md *md, xmlNode *chart, const char *unit, struct pos pos) {
    if (*unit && !xmlHasNsProp(chart, BAD_CAST "unit", NULL)) source_set(chart, "unit", unit);
    xmlChar *own = xmlGetNoNsProp(chart, BAD_CAST "unit");
    if (*unit && own && strcmp((char *)own, unit) != 0) diag_add(md->diags, DIAG_CHART_UNIT, pos, unit, (char *)own);
    xmlFree(own);
}

/* A value: number, perhaps a range, perhaps the unit.  The unit is taken from
 * the first value when the chart names none. */
static bool read_value(struct md *md, xmlNode *chart, xmlNode *value, const char *s) {
    char number[64], to[64];
    if (is_open(s)) return true;
    const char *p = skip_blank(s), *end;
    size_t minus = sign(p), n = source_number_scan(p + minus, md->lang, number + 1, sizeof number - 1);
    if (!n) return false;
    number[0] = '-';
    end = p += minus + n;
    source_set(value, "number", minus ? number : number + 1);
    const char *q = skip_blank(p);
    q = skip_blank(q + dash(q));
    n = q > p && dash(skip_blank(p)) ? source_number_scan(q, md->lang, to, sizeof to) : 0;
    if (n) {
        source_set(value, "to", to);
        end = q + n;
    }
    check_unit(md, chart, skip_blank(end), source_place(value));
    if (minus) xmlNodeAddContent(value, BAD_CAST "\xE2\x88\x92");
    s = skip_blank(s) + minus;
    xmlNodeAddContentLen(value, BAD_CAST s, (int)(end - s));
    return true;
}

static void add_value(struct md *md, xmlNode *chart, xmlNode *row, const char *s, struct pos pos) {
    char *text = source_nfc(md->arena, s, strlen(s));
    size_t n = strlen(text);
    while (n && text[n - 1] == ' ') text[--n] = 0;
    xmlNode *value = source_element(md->build, row, "value");
    source_set_at(md->build, value, pos);
    if (!read_value(md, chart, value, text))
        diag_add(md->diags, DIAG_CHART_VALUE, pos, text);
}

static xmlNode *add_row(struct md *md, xmlNode *chart, const char *label, struct pos pos) {
    xmlNode *row = source_element(md->build, chart, "row");
    source_set_at(md->build, row, pos);
    source_set(row, "label", label);
    return row;
}

static void row_from_table(struct md *md, xmlNode *chart, xmlNode *tr) {
    xmlNode *td = tr->children;
    xmlChar *label = xmlNodeGetContent(td);
    xmlNode *row = add_row(md, chart, (char *)label, source_place(td));
    xmlFree(label);
    for (td = td->next; td; td = td->next) {
        xmlChar *s = xmlNodeGetContent(td);
        add_value(md, chart, row, (char *)s, source_place(td));
        xmlFree(s);
    }
}

static void from_table(struct md *md, xmlNode *chart, xmlNode *table) {
    for (xmlNode *part = table->children; part; part = part->next) {
        for (xmlNode *tr = part->children; tr; tr = tr->next) {
            if (source_is(part, "tbody")) {
                row_from_table(md, chart, tr);
                continue;
            }
            for (xmlNode *th = tr->children->next; th; th = th->next) {
                xmlChar *name = xmlNodeGetContent(th);
                xmlNode *series = source_element(md->build, chart, "series");
                if (*name) source_set(series, "name", (char *)name);
                xmlFree(name);
            }
        }
    }
}

static void from_lines(struct md_view *body, xmlNode *chart) {
    struct md *md = body->md;
    source_element(md->build, chart, "series");
    for (size_t i = 0; i < body->own; i++) {
        size_t n;
        const char *s = md_line(body, i, &n), *end = s + n;
        size_t from = strspn(s, " \t-*");
        if (from >= n) continue;
        const char *colon = memrchr(s, ':', n);
        if (!colon) {
            diag_add(md->diags, DIAG_CHART_LINE, md_pos(body, i, from));
            continue;
        }
        struct pos pos = md_pos(body, i, from);
        const char *label = source_nfc(md->arena, s + from, (size_t)(colon - s) - from);
        const char *value = colon + 1;
        while (value < end && *value == ' ') value++;
        xmlNode *row = add_row(md, chart, source_fill(md->build->job, label, pos), pos);
        pos = md_pos(body, i, (size_t)(value - s));
        const char *text = arena_strndup(md->arena, value, (size_t)(end - value));
        add_value(md, chart, row, source_fill(md->build->job, text, pos), pos);
    }
}

enum { SERIES_MAX = 6 }; /* patterns there are */

static void check_negative(struct md *md, xmlNode *row, const char *type) {
    for (xmlNode *v = row->children; v; v = v->next) {
        xmlChar *number = xmlGetNoNsProp(v, BAD_CAST "number");
        if (number && *number == '-') diag_add(md->diags, DIAG_CHART_NEGATIVE, source_place(v), type);
        xmlFree(number);
    }
}

static void check_shape(struct md *md, xmlNode *chart) {
    char *type = (char *)xmlGetNoNsProp(chart, BAD_CAST "type");
    bool share = strcmp(type, "share") == 0, positive = share || (strcmp(type, "bars") != 0 && strcmp(type, "lines") != 0);
    int series = 0, rows = 0;
    for (xmlNode *c = chart->children; c; c = c->next) {
        series += source_is(c, "series");
        if (!source_is(c, "row")) continue;
        rows++;
        if (positive) check_negative(md, c, type);
    }
    struct pos pos = source_place(chart);
    if (!series) diag_add(md->diags, DIAG_CHART_NO_SERIES, pos);
    else if (!rows) diag_add(md->diags, DIAG_CHART_NO_VALUES, pos);
    else if (share && series > 1) diag_add(md->diags, DIAG_CHART_ONE_SERIES, pos, type, series);
    else if (share ? rows > SERIES_MAX : series > SERIES_MAX) diag_add(md->diags, DIAG_CHART_SERIES, pos, SERIES_MAX);
    xmlFree(BAD_CAST type);
}

void md_chart_shape(struct md_view *body, xmlNode *chart) {
    xmlNode *first = chart->children, *table = NULL;
    chart->children = chart->last = NULL;
    if (!xmlHasNsProp(chart, BAD_CAST "type", NULL)) source_set(chart, "type", "bars");
    for (xmlNode *c = first; c; c = c->next)
        if (source_is(c, "table")) table = c;
    if (table) from_table(body->md, chart, table);
    else from_lines(body, chart);
    check_shape(body->md, chart);
    xmlFreeNodeList(first);
}
