/* Export and import, whatever the format. */
#include "exchange/parts.h"

#include <errno.h>
#include <strings.h>

bool exchange_export(struct source_project *project, const struct source_publication *publication,
                     const char *language, enum exchange_format format, struct buf *out, struct diags *diags) {
    struct exchange x;
    bool good = exchange_open(&x, project, publication, language, diags);
    if (good && format == EXCHANGE_PO) po_write(&x, out);
    else if (good) xliff_write(&x, format == EXCHANGE_XLIFF_21, out);
    exchange_close(&x);
    return good;
}

static bool check_language(const char *found, const char *asked, const char *path, struct diags *diags) {
    struct pos pos = {str_intern(path, strlen(path)), 1, 1};
    if (found && asked && strcmp(found, asked) != 0) {
        diag_add(diags, DIAG_EXCHANGE_OTHER_LANGUAGE, pos, found, asked);
        return false;
    }
    if (!found && !asked) diag_add(diags, DIAG_EXCHANGE_NO_LANGUAGE, pos);
    return found || asked;
}

/* doc: of XLIFF; text: of PO. */
static bool take(struct source_project *project, const struct source_publication *publication, const char *language,
                 const char *path, xmlDoc *doc, const struct buf *text, struct exchange_count *count,
                 struct diags *diags) {
    struct exchange x;
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    bool good = exchange_open(&x, project, publication, language, diags);
    good = good && (doc ? xliff_read(&x, path, doc) : po_read(&x, path, buf_cstr(text), text->n));
    good = good && diags_count(diags, DIAG_LEVEL_ERROR) == errors;
    bool any = false;
    for (size_t i = 0; i < x.count; i++) any |= x.messages[i].given != NULL;
    if (good && !any) {
        diag_add(diags, DIAG_EXCHANGE_EMPTY, (struct pos){str_intern(path, strlen(path)), 1, 1});
        good = false;
    }
    good = good && exchange_apply(&x, count);
    exchange_close(&x);
    return good;
}

bool exchange_import(struct source_project *project, const struct source_publication *publication,
                     const char *language, enum exchange_format format, const char *path,
                     struct exchange_count *count, struct diags *diags) {
    struct buf text = {0};
    struct arena *arena = arena_new();
    xmlDoc *doc = NULL;
    *count = (struct exchange_count){0};
    struct pos pos = {str_intern(path, strlen(path)), 0, 0};
    int e = file_read(&text, path);
    bool po = format == EXCHANGE_PO, good = e == 0;
    if (e) diag_add(diags, DIAG_CANNOT_READ, pos, path, strerror(e));
    size_t bad = good ? utf8_check(buf_cstr(&text), text.n) : 0;
    const char *charset = good && po && text.n ? memmem(text.p, text.n, "charset=", 8) : NULL;
    bool latin = charset && strncasecmp(charset + 8, "utf-8", 5) != 0 && strncasecmp(charset + 8, "ascii", 5) != 0;
    if (good && po && (bad < text.n || latin || memchr(buf_cstr(&text), 0, text.n))) {
        diag_add(diags, DIAG_BAD_UTF8, pos);
        good = false;
    }
    if (good && !po) good = (doc = xliff_open(path, buf_cstr(&text), text.n, diags)) != NULL;
    const char *found = !good ? NULL : po ? po_language(arena, buf_cstr(&text), text.n) : xliff_language(arena, doc);
    good = good && check_language(found, language, path, diags);
    if (good) good = take(project, publication, found ? found : language, path, doc, &text, count, diags);
    if (doc) xmlFreeDoc(doc);
    arena_drop(arena);
    buf_free(&text);
    return good;
}
