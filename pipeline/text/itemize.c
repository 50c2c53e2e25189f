/* Runs of one level, script and font (UAX 9, UAX 24); break opportunities
 * (UAX 14). */
#include "text/private.h"

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

static bool is_simple(const uint16_t *s, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (s[i] >= 0x590 && !(s[i] >= 0x1E00 && s[i] < 0x2000) && !(s[i] >= 0x2010 && s[i] < 0x2028) && s[i] != 0xFFFC)
            return false;
    return true;
}

static void set_levels(struct arena *arena, const uint16_t *text, uint32_t n, bool base_rtl, uint8_t *levels) {
    (void)arena;
    UErrorCode e = U_ZERO_ERROR;
    UBiDi *b = ubidi_openSized((int32_t)n, 0, &e);
    ubidi_setPara(b, text, (int32_t)n, base_rtl ? 1 : 0, NULL, &e);
    const UBiDiLevel *l = U_SUCCESS(e) ? ubidi_getLevels(b, &e) : NULL;
    if (U_SUCCESS(e) && l) memcpy(levels, l, n);
    else memset(levels, base_rtl, n);
    ubidi_close(b);
}

static uint32_t script_tag(int32_t script) {
    const char *s = uscript_getShortName((UScriptCode)script);
    return s ? HB_TAG(s[0], s[1], s[2], s[3]) : 0;
}

struct cluster {
    struct font *font;
    int32_t script;
};

static bool joins(UChar32 c) {
    return u_hasBinaryProperty(c, UCHAR_GRAPHEME_EXTEND) || c == 0x200D || c == 0x200C;
}

static struct font *font_for(struct font *own, struct font *before, UChar32 c, struct diags *diags, struct pos pos) {
    if (c < 0x20 || c == 0xFFFC || c == 0xAD || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
        (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || font_has(own, (uint32_t)c))
        return own;
    if (c == 0xA0 || c == 0x2010 || c == 0x2011) return own;
    struct font *f = before && before != own && font_has(before, (uint32_t)c) ? before : font_fallback(own, (uint32_t)c);
    if (f) return f;
    if (diags) diag_add(diags, DIAG_GLYPH_MISSING, pos, (unsigned)c);
    return own;
}

uint32_t text_itemize(struct arena *arena, const uint16_t *text, uint32_t n, const struct text_style_span *spans,
                      uint32_t span_count, bool base_rtl, struct text_run **out, struct diags *diags, struct pos pos) {
    uint8_t *levels = ARENA_ARRAY(arena, uint8_t, n + 1);
    bool simple = !base_rtl && is_simple(text, n);
    if (!simple) set_levels(arena, text, n, base_rtl, levels);
    struct text_run *runs = NULL, *now = NULL;
    size_t count = 0, cap = 0;
    int32_t script = USCRIPT_LATIN;
    struct font *before = NULL;
    uint32_t span = 0;
    for (uint32_t i = 0; i < n;) {
        uint32_t at = i;
        UChar32 c;
        U16_NEXT(text, i, n, c);
        while (span + 1 < span_count && at >= spans[span].end) span++;
        struct font *own = spans[span].font, *f;
        int32_t sc = script;
        bool joined = at > spans[span].start && now && joins(c) && now->style == spans[span].style;
        if (joined) {
            f = now->font;
        } else {
            f = font_for(own, before, c, diags, pos);
            if (!simple) {
                UErrorCode e = U_ZERO_ERROR;
                int32_t s = uscript_getScript(c, &e);
                if (U_SUCCESS(e) && s > USCRIPT_INHERITED) sc = s;
            }
        }
        bool same = now && now->style == spans[span].style && now->font == f && now->level == levels[at] && sc == script;
        if (!same) {
            runs = mem_grow(runs, &cap, count + 1, sizeof *runs);
            now = &runs[count++];
            *now = (struct text_run){at, i, spans[span].style, levels[at], script_tag(sc), f};
            script = sc;
        }
        now->end = i;
        before = f;
    }
    *out = arena_memdup(arena, runs, count * sizeof *runs);
    mem_free(runs);
    return (uint32_t)count;
}

void text_reorder(const uint8_t *levels, uint32_t n, uint32_t *order) {
    ubidi_reorderVisual(levels, (int32_t)n, (int32_t *)order);
}

/* Lao: no break before ໆ or ຯ, no consonant left alone. */
static void mend_lao(const uint16_t *s, uint32_t n, uint8_t *out) {
    uint32_t last = 0;
    for (uint32_t i = 1; i < n; i++) {
        if (!out[i]) continue;
        bool lao = s[i] >= 0x0E80 && s[i] <= 0x0EFF;
        if (lao && (s[i] == 0x0EC6 || s[i] == 0x0EAF)) out[i] = TEXT_BREAK_NONE;
        else if (lao && i - last == 1 && s[last] >= 0x0E81 && s[last] <= 0x0EAE && out[i] == TEXT_BREAK_ALLOWED) out[i] = TEXT_BREAK_NONE;
        else last = i;
    }
}

void text_breaks(const uint16_t *text, uint32_t n, const char *language, uint8_t *out) {
    static UBreakIterator *it;
    static char current[32] = "?";
    memset(out, TEXT_BREAK_NONE, n + 1);
    UErrorCode e = U_ZERO_ERROR;
    if (!language) language = "en";
    if (!it || strcmp(current, language) != 0) {
        if (it) ubrk_close(it);
        it = ubrk_open(UBRK_LINE, language, NULL, 0, &e);
        snprintf(current, sizeof current, "%s", language);
        if (U_FAILURE(e)) {
            it = NULL;
            return;
        }
    }
    e = U_ZERO_ERROR;
    ubrk_setText(it, text, (int32_t)n, &e);
    if (U_FAILURE(e)) return;
    bool lao = false;
    for (int32_t i = ubrk_first(it); (i = ubrk_next(it)) != UBRK_DONE;) {
        int32_t status = ubrk_getRuleStatus(it);
        out[i] = status >= UBRK_LINE_HARD && status < UBRK_LINE_HARD_LIMIT ? TEXT_BREAK_MANDATORY : TEXT_BREAK_ALLOWED;
        if (i < (int32_t)n && text[i] >= 0x0E80 && text[i] <= 0x0EFF) lao = true;
    }
    if (lao) mend_lao(text, n, out);
}
