/* Text to runs of one bidi level, script and font (UAX 9, UAX 24). */
#include "text/private.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

enum { CLUSTER_MAX = 8, BRACKETS_MAX = 16 };

/* What a scan of the units finds, so that plain text is spared the tables. */
enum nature {
    NATURE_LATIN, /* Latin letters, digits, punctuation: one script, each unit a cluster */
    NATURE_LTR,   /* nothing that UAX 9 would turn */
    NATURE_MIXED
};

static bool is_latin(uint16_t u) {
    return u < 0x2B0 || (u >= 0x1E00 && u < 0x1F00) || (u >= 0x2010 && u < 0x2028) ||
           (u >= 0x2030 && u < 0x2060) || (u >= 0x20A0 && u < 0x20D0) || u == 0xFFFC;
}

static bool may_turn(uint16_t u) {
    return (u >= 0x590 && u < 0x900) || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E) ||
           (u >= 0x2066 && u <= 0x2069) || (u >= 0xFB1D && u <= 0xFEFF) || u == 0xD802 || u == 0xD803 ||
           u == 0xD83A || u == 0xD83B;
}

static enum nature nature_of(const uint16_t *s, uint32_t n) {
    enum nature r = NATURE_LATIN;
    for (uint32_t i = 0; i < n; i++) {
        if (is_latin(s[i])) continue;
        if (may_turn(s[i])) return NATURE_MIXED;
        r = NATURE_LTR;
    }
    return r;
}

static void set_levels(const uint16_t *text, uint32_t n, bool base_rtl, uint8_t *levels) {
    UErrorCode e = U_ZERO_ERROR;
    UBiDi *b = ubidi_openSized((int32_t)n, 0, &e);
    ubidi_setPara(b, text, (int32_t)n, base_rtl, NULL, &e);
    const UBiDiLevel *l = ubidi_getLevels(b, &e);
    if (U_SUCCESS(e) && l) memcpy(levels, l, n);
    else memset(levels, base_rtl, n);
    ubidi_close(b);
}

/* Clusters (UAX 29, 3.1.1). -------------------------------------------------------------- */

static int cluster_class(UChar32 c) {
    return c < 0x300 && c != 0xAD ? U_GCB_OTHER : u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

static bool hangul_joins(int a, int b) {
    if (a == U_GCB_L) return b == U_GCB_L || b == U_GCB_V || b == U_GCB_LV || b == U_GCB_LVT;
    if (a == U_GCB_LV || a == U_GCB_V) return b == U_GCB_V || b == U_GCB_T;
    return (a == U_GCB_LVT || a == U_GCB_T) && b == U_GCB_T;
}

/* End of the cluster that begins at i. */
static uint32_t cluster_end(const uint16_t *s, uint32_t i, uint32_t n) {
    UChar32 c;
    U16_NEXT(s, i, n, c);
    int a = cluster_class(c);
    bool pictograph = c >= 0xA9 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC), odd = true;
    while (i < n && a != U_GCB_CONTROL) {
        uint32_t next = i;
        UChar32 d;
        U16_NEXT(s, next, n, d);
        int b = cluster_class(d);
        bool joins = b == U_GCB_EXTEND || b == U_GCB_ZWJ || b == U_GCB_SPACING_MARK ||
                     (a == U_GCB_PREPEND && b != U_GCB_CONTROL) || hangul_joins(a, b);
        if (a == U_GCB_REGIONAL_INDICATOR && b == a && odd) {
            joins = true;
            odd = false;
        }
        if (a == U_GCB_ZWJ && pictograph && u_hasBinaryProperty(d, UCHAR_EXTENDED_PICTOGRAPHIC)) joins = true;
        if (!joins) break;
        a = b;
        i = next;
    }
    return i;
}

/* Scripts (UAX 24, 5.1 and 5.2). --------------------------------------------------------- */

struct scripts {
    int32_t now;
    struct {
        UChar32 closing;
        int32_t script;
    } open[BRACKETS_MAX];
    int depth;
};

static bool is_real(int32_t script) {
    return script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_UNKNOWN &&
           script >= 0;
}

static int32_t script_of(UChar32 c) {
    UErrorCode e = U_ZERO_ERROR;
    int32_t s = uscript_getScript(c, &e);
    return U_SUCCESS(e) ? s : USCRIPT_COMMON;
}

/* Common characters at the start belong to what follows. */
static int32_t first_script(const uint16_t *s, uint32_t n) {
    for (uint32_t i = 0; i < n;) {
        UChar32 c;
        U16_NEXT(s, i, n, c);
        int32_t script = script_of(c);
        if (is_real(script)) return script;
    }
    return USCRIPT_LATIN;
}

/* A closing bracket gets the script of its opening one. */
static void close_bracket(struct scripts *s, UChar32 c) {
    for (int i = s->depth; i > 0; i--)
        if (s->open[i - 1].closing == c) {
            s->now = s->open[i - 1].script;
            s->depth = i - 1;
            return;
        }
}

static int32_t next_script(struct scripts *s, UChar32 c) {
    int32_t script = script_of(c);
    if (is_real(script)) return s->now = script;
    int bracket = u_getIntPropertyValue(c, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (bracket == U_BPT_OPEN && s->depth < BRACKETS_MAX) {
        s->open[s->depth].closing = u_getBidiPairedBracket(c);
        s->open[s->depth++].script = s->now;
    } else if (bracket == U_BPT_CLOSE) {
        close_bracket(s, c);
    }
    return s->now;
}

static uint32_t script_tag(int32_t script) {
    const char *s = uscript_getShortName((UScriptCode)script);
    return s ? HB_TAG(s[0], s[1], s[2], s[3]) : HB_SCRIPT_LATIN;
}

/* Fonts. --------------------------------------------------------------------------------- */

/* Characters that need no glyph of their own: HarfBuzz drops the ignorable
 * ones, spaces are the line's. */
static bool needs_glyph(UChar32 c) {
    if (c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xFFFC) return false;
    return c < 0xAD || (!u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) &&
                        u_charType(c) != U_SPACE_SEPARATOR && c != 0x2028 && c != 0x2029);
}

static bool covers(struct font *f, const uint32_t *cps, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (!font_covers(f, cps[i])) return false;
    return true;
}

static void tell_missing(struct font *f, uint32_t cp, struct diags *diags, struct pos pos) {
    if (!diags) return;
    struct map_entry *e = map_get(f->set->told, &cp, sizeof cp);
    if (e->value.num++ == 0) diag_add(diags, DIAG_GLYPH_MISSING, pos, (unsigned)cp);
}

/* The style's own font where it has the cluster, else the font before (so that
 * words are not cut), else a fallback (XSL 1.1, 7.9.3, font-selection-strategy). */
static struct font *font_for(struct font *own, struct font *before, const uint16_t *s, uint32_t from,
                             uint32_t to, struct diags *diags, struct pos pos) {
    uint32_t cps[CLUSTER_MAX], n = 0, missing = 0;
    while (from < to && n < CLUSTER_MAX) {
        UChar32 c;
        U16_NEXT(s, from, to, c);
        if (c == 0x2011) c = 0x2010; /* HarfBuzz does the same */
        if (needs_glyph(c)) cps[n++] = (uint32_t)c;
    }
    if (!own || covers(own, cps, n)) return own;
    if (before && before != own && before->set == own->set && covers(before, cps, n)) return before;
    struct font *f = fallback_for(own, cps, n);
    if (!f) f = own;
    while (missing < n && font_covers(f, cps[missing])) missing++;
    if (missing < n) tell_missing(own, cps[missing], diags, pos);
    return f;
}

/* Runs. ---------------------------------------------------------------------------------- */

struct run_list {
    struct text_run *runs;
    size_t n, cap;
    int32_t script; /* of the last run */
};

static void add_cluster(struct run_list *l, struct text_run r, int32_t script) {
    struct text_run *last = l->n ? &l->runs[l->n - 1] : NULL;
    if (last && last->style == r.style && last->level == r.level && last->font == r.font &&
        l->script == script) {
        last->end = r.end;
        return;
    }
    r.script = script_tag(script);
    l->runs = mem_grow(l->runs, &l->cap, l->n + 1, sizeof *l->runs);
    l->runs[l->n++] = r;
    l->script = script;
}

uint32_t text_itemize(struct arena *arena, const uint16_t *text, uint32_t n,
                      const struct text_style_span *spans, uint32_t span_count, bool base_rtl,
                      struct text_run **out, struct diags *diags, struct pos pos) {
    enum nature nature = base_rtl ? NATURE_MIXED : nature_of(text, n);
    uint8_t *levels = nature == NATURE_MIXED ? ARENA_ARRAY(arena, uint8_t, n + 1) : NULL;
    if (levels) set_levels(text, n, base_rtl, levels);
    struct scripts scripts = {.now = nature == NATURE_LATIN ? USCRIPT_LATIN : first_script(text, n)};
    struct run_list list = {0};
    uint32_t span = 0;
    for (uint32_t i = 0, end; i < n; i = end) {
        while (span + 1 < span_count && i >= spans[span].end) span++;
        const struct text_style_span *s = &spans[span];
        bool goes_on = list.n && list.runs[list.n - 1].style == s->style;
        struct font *before = goes_on ? list.runs[list.n - 1].font : NULL;
        struct font *f = s->font;
        int32_t script = scripts.now;
        end = i + 1;
        if (nature != NATURE_LATIN) {
            UChar32 c;
            U16_GET(text, 0, i, n, c);
            script = next_script(&scripts, c);
            end = cluster_end(text, i, n);
        }
        if (end > i + 1 || !f || text[i] >= 0x300 || !font_has(f, text[i]))
            f = font_for(f, before, text, i, end, diags, pos);
        add_cluster(&list, (struct text_run){i, end, s->style, levels ? levels[i] : 0, 0, f}, script);
    }
    *out = arena_memdup(arena, list.runs, list.n * sizeof *list.runs);
    mem_free(list.runs);
    return (uint32_t)list.n;
}

void text_reorder(const uint8_t *levels, uint32_t n, uint32_t *order) {
    ubidi_reorderVisual(levels, (int32_t)n, (int32_t *)order);
}
