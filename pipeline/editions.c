/* What is done to the editions of publications without making pages. */
#include "stages.h"

#include "check/check.h"
#include "exchange/exchange.h"

/* The edition of the i-th document's publication in all its languages; NULL where
 * the one before it was of the same. */
static xmlDoc *edition_of(struct workshop *w, const struct document_list *list, size_t i, struct diags *diags) {
    size_t at = list->items[i].publication;
    if (i && list->items[i - 1].publication == at) return NULL;
    return source_edition(w->project, source_publication_at(w->project, at), NULL, NULL, diags);
}

static bool report_unknown(const char *units, const struct map *found, struct diags *diags) {
    bool good = true;
    for (const char *s = units; *s; s += strspn(s, ",")) {
        size_t n = strcspn(s, ",");
        bool all = n == 3 && strncmp(s, "all", 3) == 0;
        char name[320];
        snprintf(name, sizeof name, "%.*s", (int)n, s);
        if (!all && !map_find(found, s, n)) {
            diag_add(diags, DIAG_NO_UNIT, (struct pos){0}, name);
            good = false;
        }
        s += n;
    }
    return good;
}

int document_accept(struct workshop *w, const struct document_list *list, const char *units, struct diags *diags) {
    struct map *found = map_new();
    int count = 0;
    bool good = true;
    for (size_t i = 0; i < list->n; i++) {
        xmlDoc *edition = edition_of(w, list, i, diags);
        if (!edition) continue;
        int n = check_accept(edition, units, found, diags);
        good &= n >= 0;
        count += n > 0 ? n : 0;
        xmlFreeDoc(edition);
    }
    good &= report_unknown(units, found, diags);
    map_drop(found);
    return good ? count : -1;
}

/* ---- translators' files ---- */

static const struct source_publication *find_publication(struct workshop *w, const char *name, struct diags *diags) {
    const struct source_publication *p = source_publication_find(w->project, name);
    if (!p) diag_add(diags, DIAG_NO_PUBLICATION, (struct pos){0}, name);
    return p;
}

static bool is_asked(const char *languages, const char *lang) {
    for (const char *s = languages; s && *s; s += strspn(s, ", ")) {
        size_t n = strcspn(s, ", ");
        if (strlen(lang) == n && strncmp(s, lang, n) == 0) return true;
        s += n;
    }
    return !languages;
}

/* The translations asked for, ended by NULL; true when each that was asked for is
 * there. */
static bool pick(const struct source_publication *p, const char *languages, const char **out, size_t room,
                 struct diags *diags) {
    size_t n = 0, asked = 0;
    for (size_t i = 1; p->languages && p->languages[0] && p->languages[i] && n + 1 < room; i++)
        if (is_asked(languages, p->languages[i])) out[n++] = p->languages[i];
    out[n] = NULL;
    for (const char *s = languages; s && *s; s += strspn(s, ", "), asked++) s += strcspn(s, ", ");
    if (n && (!languages || asked == n)) return true;
    diag_add(diags, DIAG_EXCHANGE_LANGUAGE, (struct pos){0}, p->id, languages ? languages : "-");
    return false;
}

static bool names_file(const char *out) {
    return out && (strcmp(out, "-") == 0 || strrchr(out, '.') > strrchr(out, '/'));
}

/* out, or OUT/ID/ID.LANG.po */
static void exchange_path(struct buf *b, const struct workshop *w, const struct source_publication *p, const char *lang,
                          enum document_exchange format, const char *out) {
    buf_clear(b);
    if (names_file(out)) {
        buf_str(b, out);
        return;
    }
    if (out) buf_str(b, out);
    else path_join(b, w->dir, "out");
    buf_fmt(b, "/%s/%s.%s.%s", p->id, p->id, lang, format == DOCUMENT_PO ? "po" : "xlf");
}

bool document_export(struct workshop *w, const char *name, const char *languages, enum document_exchange format,
                     const char *out, struct diags *diags) {
    const struct source_publication *p = find_publication(w, name, diags);
    const char *picked[64];
    if (!p || !pick(p, languages, picked, 64, diags)) return false;
    if (names_file(out) && picked[1]) {
        diag_add(diags, DIAG_ONE_OUTPUT, (struct pos){0}, out);
        return false;
    }
    bool good = true;
    struct buf path = {0}, text = {0};
    for (size_t i = 0; picked[i] && good; i++) {
        buf_clear(&text);
        good = exchange_export(w->project, p, picked[i], (enum exchange_format)format, &text, diags);
        exchange_path(&path, w, p, picked[i], format, out);
        good = good && stage_write(path.p, text.p, text.n, diags);
    }
    buf_free(&path);
    buf_free(&text);
    return good;
}

bool document_import(struct workshop *w, const char *name, const char *languages, enum document_exchange format,
                     const char *path, struct document_exchanged *done, struct diags *diags) {
    const struct source_publication *p = find_publication(w, name, diags);
    const char *picked[64];
    struct buf own = {0};
    if (!p || !pick(p, languages, picked, 64, diags)) return false;
    bool good = true;
    for (size_t i = 0; picked[i] && good; i++) {
        struct exchange_count n;
        exchange_path(&own, w, p, picked[i], format, NULL);
        if (!path && !languages && picked[1] && !file_exists(own.p)) continue;
        const char *lang = path && !languages ? NULL : picked[i];
        good = exchange_import(w->project, p, lang, (enum exchange_format)format, path ? path : own.p, &n, diags);
        done->messages += n.messages;
        done->changed += n.changed;
        done->fuzzy += n.fuzzy;
        done->missing += n.missing;
        if (path) break;
    }
    buf_free(&own);
    return good;
}
