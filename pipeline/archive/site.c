/* A web site of the archive: files to be opened from a disk or served by any
 * server.  It is searched in the browser; what is for the facilitator alone and
 * what its class keeps back is not in it, nor in its search. */
#include "archive/private.h"

#include <ctype.h>
#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

/* The site's words: Vietnamese, English. */
enum word {
    W_LANG,
    W_TITLE,
    W_OTHER,
    W_SEARCH,
    W_HINT,
    W_NONE,
    W_FOUND,
    W_PAGE,
    W_DATE,
    W_NUMBER,
    W_KIND,
    W_LANGUAGES,
    W_BY,
    W_FILES,
    W_ALL,
    W_SCRIPT,
    W_NEWEST,
    W_BY_YEAR,
    W_BY_KIND,
    W_BY_UNIT,
    W_MORE,
    WORDS
};
static const char *const words[2][WORDS] = {
    {"vi", "Kho tài liệu", "English", "Tìm", "từ hoặc \"cụm từ\", có dấu hay không dấu",
     "Không có trang nào.", "trang", "trang", "Ngày", "Số", "Loại", "Ngôn ngữ", "Cơ quan", "Tệp",
     "Mọi tài liệu", "Tìm kiếm cần JavaScript; danh mục dưới đây thì không.", "Mới nhất",
     "Theo năm", "Theo loại", "Theo cơ quan", "Tìm tiếp các năm trước"},
    {"en", "Archive of documents", "Tiếng Việt", "Search", "words or a \"phrase\", with marks or without",
     "No page.", "pages", "page", "Date", "Number", "Kind", "Languages", "Issued by", "Files",
     "All documents", "Searching needs JavaScript; the list below does not.", "Newest",
     "By year", "By kind", "By unit", "Search earlier years"},
};

/* Lists of documents besides the newest ones, each a page of its own. */
enum grouping { BY_YEAR, BY_KIND, BY_UNIT, GROUPS };
static const struct {
    const char *name; /* of files */
    enum word title;
} groupings[GROUPS] = {{"year", W_BY_YEAR}, {"kind", W_BY_KIND}, {"unit", W_BY_UNIT}};

struct group {
    const char *name, *slug;
    struct buf list[2];
    const char **ids; /* of its documents, and their places in docs */
    size_t *numbers, n, cap, number_cap;
};

enum { NEWEST = 30 };

struct site {
    struct archive *a;
    const struct archive_choice *choice;
    struct archive_exported *done;
    const char *folder, *assets;
    struct arena *arena;
    struct buf newest[2];      /* entries of the index, by language */
    struct buf docs;           /* of data.js */
    struct map *groups[GROUPS]; /* name -> struct group, newest first */
    size_t count;
    int error;
};

static void put_text(struct buf *b, const char *s) { buf_xml(b, s); }

static void put_string(struct buf *b, const char *s) {
    struct buf plain = {0};
    buf_json(&plain, s);
    buf_char(b, '"');
    for (const char *p = buf_cstr(&plain); *p; p++) {
        if (*p == '<') buf_str(b, "\\u003c"); /* no </script> */
        else buf_char(b, *p);
    }
    buf_char(b, '"');
    buf_free(&plain);
}

static int write_file(const struct site *s, const char *name, const struct buf *text) {
    struct buf path = {0}, dir = {0};
    buf_fmt(&path, "%s/%s", s->folder, name);
    path_dir(&dir, path.p);
    int e = dir_make(dir.p);
    if (!e) e = io_put(path.p, buf_cstr(text), text->n);
    buf_free(&path);
    buf_free(&dir);
    return e;
}

static void page_begin(struct buf *b, int lang, const char *title, const char *base, const char *head) {
    buf_fmt(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
            words[lang][W_LANG]);
    buf_str(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    put_text(b, title);
    buf_fmt(b, "</title>\n<link rel=\"stylesheet\" href=\"%ssite.css\">\n%s</head>\n<body>\n", base, head);
}

/* ---- a document ----------------------------------------------------------------------- */

static void meta(struct buf *b, const char *name, const char *value) {
    if (!*value) return;
    buf_fmt(b, "<meta name=\"DC.%s\" content=\"", name);
    put_text(b, value);
    buf_str(b, "\">\n");
}

/* Dublin Core and schema.org. */
static void describe(struct buf *b, const struct archive_entry *e, const char *publisher) {
    buf_str(b, "<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">\n");
    meta(b, "title", e->title);
    meta(b, "identifier", e->id);
    meta(b, "date", e->date);
    meta(b, "language", e->languages);
    meta(b, "publisher", publisher);
    meta(b, "type", e->kind);
    buf_str(b, "<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\", \"@type\": "
               "\"CreativeWork\", \"name\": ");
    put_string(b, e->title);
    buf_str(b, ", \"identifier\": ");
    put_string(b, e->id);
    if (*e->date) buf_str(b, ", \"datePublished\": "), put_string(b, e->date);
    if (*publisher)
        buf_str(b, ", \"publisher\": {\"@type\": \"Organization\", \"name\": "), put_string(b, publisher),
            buf_char(b, '}');
    buf_str(b, "}</script>\n");
}

static void fact(struct buf *b, const char *name, const char *value) {
    if (!*value) return;
    buf_fmt(b, "<dt>%s</dt><dd>", name);
    put_text(b, value);
    buf_str(b, "</dd>\n");
}

static void document_page(struct buf *b, int lang, const struct archive_entry *e, const char *publisher,
                          char **files, size_t n, const char *pdfs) {
    const char *const *w = words[lang];
    struct buf head = {0};
    describe(&head, e, publisher);
    page_begin(b, lang, e->title, lang ? "../../../" : "../../", head.p);
    buf_fmt(b, "<nav><a href=\"%s\">%s</a></nav>\n<main>\n<h1>",
            lang ? "../../index.html" : "../../index.html", w[W_ALL]);
    put_text(b, e->title);
    buf_str(b, "</h1>\n<dl>\n");
    fact(b, w[W_NUMBER], e->number);
    fact(b, w[W_DATE], e->date);
    fact(b, w[W_KIND], e->kind);
    fact(b, w[W_LANGUAGES], e->languages);
    fact(b, w[W_BY], publisher);
    buf_fmt(b, "</dl>\n<h2>%s</h2>\n<ul>\n", w[W_FILES]);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(b, "<li><a href=\"%s", pdfs);
        for (const char *p = files[i]; *p; p++) {
            if (isalnum((unsigned char)*p) || strchr("-_.~", *p)) buf_char(b, *p);
            else buf_fmt(b, "%%%02X", (unsigned char)*p);
        }
        buf_str(b, "\">");
        put_text(b, files[i]);
        buf_str(b, "</a></li>\n");
    }
    buf_str(b, "</ul>\n</main>\n</body>\n</html>\n");
    buf_free(&head);
}

static void publisher_of(struct archive *a, const char *id, struct buf *out) {
    sqlite3_stmt *s = catalogue_query(a, "SELECT organisation FROM object WHERE id = ?", "s", id);
    if (s && sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
        buf_str(out, (const char *)sqlite3_column_text(s, 0));
    catalogue_done(a, s);
}

/* The PDFs of the head, without those for the facilitator. */
static char **take_pdfs(struct site *s, const char *id, const char *dir, size_t *n) {
    struct buf pdf = {0}, one = {0};
    int e = 0;
    char **names = NULL;
    buf_fmt(&pdf, "%s/pdf", dir);
    if (!archive_get(s->a, id, 0, "pdf/", dir)) e = EIO; /* told */
    if (!e) names = io_names(pdf.p, n, &e);
    if (e == ENOENT) e = 0; /* it has none */
    size_t kept = 0;
    for (size_t i = 0; i < *n && names; i++) {
        buf_clear(&one);
        buf_fmt(&one, "%s/%s", pdf.p, names[i]);
        if (!strstr(names[i], ".facilitator.")) {
            names[kept++] = names[i];
            continue;
        }
        if (unlink(one.p) != 0 && !e) e = errno;
        mem_free(names[i]);
    }
    *n = kept;
    if (e) s->error = e;
    buf_free(&pdf);
    buf_free(&one);
    return names;
}

static void list_entry(struct buf *b, int lang, const char *base, const struct archive_entry *e, const char *slug) {
    buf_fmt(b, "<li><a href=\"%sd/%s/index.html\">", base, slug);
    put_text(b, e->title);
    buf_str(b, "</a> — ");
    put_text(b, e->kind);
    if (*e->number) buf_fmt(b, ", %s ", words[lang][W_NUMBER]), put_text(b, e->number);
    if (*e->date) buf_str(b, ", "), put_text(b, e->date);
    buf_str(b, "</li>\n");
}

static struct group *group_of(struct site *s, enum grouping by, const char *name) {
    struct map_entry *e = map_get(s->groups[by], name, strlen(name));
    if (e->value.ptr) return e->value.ptr;
    struct group *g = ARENA_NEW(s->arena, struct group);
    struct buf slug = {0};
    ident_slug(&slug, name);
    *g = (struct group){.name = e->key, .slug = arena_strdup(s->arena, slug.p)};
    buf_free(&slug);
    return e->value.ptr = g;
}

/* A document into the lists it belongs to. */
static void list_document(struct site *s, const struct archive_entry *e, const char *slug, const char *publisher) {
    char year[8];
    snprintf(year, sizeof year, "%.4s", *e->date ? e->date : "—");
    const char *const names[GROUPS] = {year, *e->kind ? e->kind : "—", *publisher ? publisher : "—"};
    for (int by = 0; by < GROUPS; by++) {
        struct group *g = group_of(s, (enum grouping)by, names[by]);
        for (int lang = 0; lang < 2; lang++) list_entry(&g->list[lang], lang, "../", e, slug);
        g->ids = mem_grow(g->ids, &g->cap, g->n + 1, sizeof *g->ids);
        g->numbers = mem_grow(g->numbers, &g->number_cap, g->n + 1, sizeof *g->numbers);
        g->ids[g->n] = e->id;
        g->numbers[g->n++] = s->count;
    }
    for (int lang = 0; lang < 2 && s->count < NEWEST; lang++) list_entry(&s->newest[lang], lang, "", e, slug);
    buf_str(&s->docs, s->count ? ",\n[" : "[");
    put_string(&s->docs, slug);
    buf_str(&s->docs, ", ");
    put_string(&s->docs, e->title);
    buf_char(&s->docs, ']');
    s->count++;
}

static void add_document(struct site *s, const struct archive_entry *e) {
    struct buf slug = {0}, dir = {0}, page = {0}, name = {0}, publisher = {0};
    size_t n = 0;
    ident_slug(&slug, e->id);
    buf_fmt(&dir, "%s/d/%s", s->folder, slug.p);
    s->error = dir_make(dir.p);
    char **files = s->error ? NULL : take_pdfs(s, e->id, dir.p, &n);
    publisher_of(s->a, e->id, &publisher);
    for (int lang = 0; lang < 2 && !s->error; lang++) {
        struct buf pdfs = {0};
        buf_fmt(&pdfs, lang ? "../../../d/%s/pdf/" : "pdf/", slug.p);
        buf_clear(&page);
        buf_clear(&name);
        document_page(&page, lang, e, buf_cstr(&publisher), files, n, pdfs.p);
        buf_fmt(&name, "%sd/%s/index.html", lang ? "en/" : "", slug.p);
        s->error = write_file(s, name.p, &page);
        buf_free(&pdfs);
    }
    if (!s->error) list_document(s, e, slug.p, buf_cstr(&publisher));
    io_names_free(files, n);
    struct buf *all[] = {&slug, &dir, &page, &name, &publisher};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) buf_free(all[i]);
}

/* ---- the whole -------------------------------------------------------------------------- */

static void group_links(struct buf *b, const struct site *s, enum grouping by, int lang) {
    buf_fmt(b, "<h2>%s</h2>\n<ul class=\"groups\">\n", words[lang][groupings[by].title]);
    for (size_t i = 0; i < map_count(s->groups[by]); i++) {
        const struct group *g = map_at(s->groups[by], i)->value.ptr;
        buf_fmt(b, "<li><a href=\"by/%s-%s.html\">", groupings[by].name, g->slug);
        put_text(b, g->name);
        buf_fmt(b, "</a> (%zu)</li>\n", g->n);
    }
    buf_str(b, "</ul>\n");
}

static void index_page(struct buf *b, const struct site *s, int lang) {
    const char *const *w = words[lang];
    const char *base = lang ? "../" : "";
    page_begin(b, lang, w[W_TITLE], base, "");
    buf_fmt(b, "<nav><a href=\"%s\" lang=\"%s\">%s</a></nav>\n<main>\n<h1>%s</h1>\n",
            lang ? "../index.html" : "en/index.html", words[!lang][W_LANG], w[W_OTHER], w[W_TITLE]);
    buf_fmt(b,
            "<form id=\"search\" role=\"search\" hidden onsubmit=\"return false\"><label for=\"q\">%s "
            "(%s)</label>"
            "<input id=\"q\" type=\"search\" autocomplete=\"off\"></form>\n<noscript><p>%s</p></noscript>\n",
            w[W_SEARCH], w[W_HINT], w[W_SCRIPT]);
    buf_fmt(b,
            "<p id=\"said\" class=\"found\" role=\"status\" data-found=\"%s\" data-none=\"%s\" "
            "data-page=\"%s\"></p>\n<ol id=\"hits\"></ol>\n<p><button id=\"more\" type=\"button\" hidden>%s</button></p>\n",
            w[W_FOUND], w[W_NONE], w[W_PAGE], w[W_MORE]);
    buf_fmt(b, "<h2>%s</h2>\n<ul>\n%s</ul>\n", w[W_NEWEST], buf_cstr(&s->newest[lang]));
    for (int by = 0; by < GROUPS; by++) group_links(b, s, (enum grouping)by, lang);
    buf_fmt(b,
            "</main>\n<script src=\"%sdata.js\"></script>\n<script>var SOTAY_BASE = '%s', SOTAY_DOCS = '%sd/', "
            "SOTAY_INDEX = 'index.html';</script>\n"
            "<script src=\"%ssearch.js\"></script>\n</body>\n</html>\n",
            base, base, lang ? "en/" : "", base);
}

static void group_page(struct site *s, enum grouping by, const struct group *g, int lang) {
    struct buf b = {0}, name = {0}, title = {0};
    buf_fmt(&title, "%s: %s", words[lang][groupings[by].title], g->name);
    page_begin(&b, lang, title.p, lang ? "../../" : "../", "");
    buf_fmt(&b, "<nav><a href=\"../index.html\">%s</a></nav>\n<main>\n<h1>", words[lang][W_ALL]);
    put_text(&b, title.p);
    buf_fmt(&b, "</h1>\n<ul>\n%s</ul>\n</main>\n</body>\n</html>\n", buf_cstr(&g->list[lang]));
    buf_fmt(&name, "%sby/%s-%s.html", lang ? "en/" : "", groupings[by].name, g->slug);
    if (!s->error) s->error = write_file(s, name.p, &b);
    buf_free(&b);
    buf_free(&name);
    buf_free(&title);
}

/* The pages of a document that may be read, as the catalogue has them. */
static bool put_pages(struct site *s, struct buf *b, const char *id, size_t number) {
    sqlite3_stmt *q = catalogue_query(
        s->a, "SELECT file, page, text FROM page WHERE id = ? AND file NOT LIKE '%.facilitator.%' ORDER BY file, page",
        "s", id);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        buf_fmt(b, "%s[%zu, ", b->p[b->n - 1] == '[' ? "\n" : ",\n", number);
        put_string(b, (const char *)sqlite3_column_text(q, 0));
        buf_fmt(b, ", %d, ", sqlite3_column_int(q, 1));
        put_string(b, (const char *)sqlite3_column_text(q, 2));
        buf_char(b, ']');
    }
    return catalogue_done(s->a, q);
}

/* Ends a part: its file, and its name in the list of parts. */
static void write_part(struct site *s, struct buf *part, const struct group *g, size_t number, struct buf *parts) {
    struct buf name = {0};
    buf_str(part, "\n];\n");
    buf_fmt(&name, "data/%s.%zu.js", g->slug, number);
    if (!s->error) s->error = write_file(s, name.p, part);
    buf_fmt(parts, "%s'%s.%zu'", parts->n ? ", " : "", g->slug, number);
    buf_clear(part);
    buf_free(&name);
}

/* data.js names documents and parts; data/PART.js holds pages of a year, and is read when it is searched. */
static bool write_data(struct site *s) {
    enum { PART = 4 * 1024 * 1024 };
    struct buf b = {0}, parts = {0};
    bool good = true;
    for (size_t i = 0; i < map_count(s->groups[BY_YEAR]) && good && !s->error; i++) {
        const struct group *g = map_at(s->groups[BY_YEAR], i)->value.ptr;
        size_t number = 0;
        for (size_t k = 0; k < g->n && good; k++) {
            if (!b.n) buf_fmt(&b, "SOTAY.pages['%s.%zu'] = [", g->slug, ++number);
            good = put_pages(s, &b, g->ids[k], g->numbers[k]);
            if (b.n > PART || k + 1 == g->n) write_part(s, &b, g, number, &parts);
        }
    }
    buf_clear(&b);
    buf_fmt(&b, "var SOTAY = {docs: [\n%s\n], parts: [%s], pages: {}};\n", buf_cstr(&s->docs), buf_cstr(&parts));
    if (!s->error) s->error = write_file(s, "data.js", &b);
    buf_free(&b);
    buf_free(&parts);
    return good;
}

/* Newest first: the catalogue's order is by id, so the entries are sorted here. */
struct kept {
    struct site *site;
    struct archive_entry *entries;
    size_t n, cap;
};

static void keep_entry(void *arg, const struct archive_entry *e) {
    struct kept *k = arg;
    if (!archive_chosen(k->site->choice, e)) return;
    if (!archive_allowed(k->site->choice, e)) {
        k->site->done->withheld++;
        return;
    }
    k->entries = mem_grow(k->entries, &k->cap, k->n + 1, sizeof *k->entries);
#define KEEP(member) .member = arena_strdup(k->site->arena, e->member)
    k->entries[k->n++] = (struct archive_entry){KEEP(id),   KEEP(head),      KEEP(kind),  KEEP(number),
                                                KEEP(date), KEEP(languages), KEEP(title), KEEP(class_name)};
#undef KEEP
}

static int newest_first(const void *a, const void *b) {
    const struct archive_entry *x = a, *y = b;
    int c = strcmp(y->date, x->date);
    return c ? c : strcmp(x->id, y->id);
}

static void put_asset(struct site *s, const char *name) {
    struct buf path = {0}, text = {0};
    buf_fmt(&path, "%s/%s", s->assets, name);
    int e = file_read(&text, path.p);
    if (e) diag_add(s->a->diags, DIAG_CANNOT_READ, (struct pos){0}, path.p, strerror(e));
    if (!s->error) s->error = e ? e : write_file(s, name, &text);
    buf_free(&path);
    buf_free(&text);
}

static bool write_site(struct site *s) {
    struct kept k = {.site = s};
    struct buf b = {0};
    bool good = archive_list(s->a, keep_entry, &k);
    if (k.n) qsort(k.entries, k.n, sizeof *k.entries, newest_first);
    for (size_t i = 0; i < k.n && !s->error; i++) add_document(s, &k.entries[i]);
    s->done->objects = k.n;
    for (int lang = 0; lang < 2 && !s->error; lang++) {
        buf_clear(&b);
        index_page(&b, s, lang);
        s->error = write_file(s, lang ? "en/index.html" : "index.html", &b);
    }
    for (int by = 0; by < GROUPS; by++)
        for (size_t i = 0; i < map_count(s->groups[by]); i++)
            for (int lang = 0; lang < 2; lang++)
                group_page(s, (enum grouping)by, map_at(s->groups[by], i)->value.ptr, lang);
    good = good && write_data(s);
    put_asset(s, "search.js");
    put_asset(s, "site.css");
    buf_free(&b);
    mem_free(k.entries);
    return good;
}

static void drop_lists(struct site *s) {
    for (int by = 0; by < GROUPS; by++) {
        for (size_t i = 0; i < map_count(s->groups[by]); i++) {
            struct group *g = map_at(s->groups[by], i)->value.ptr;
            buf_free(&g->list[0]);
            buf_free(&g->list[1]);
            mem_free(g->ids);
            mem_free(g->numbers);
        }
        map_drop(s->groups[by]);
    }
    buf_free(&s->newest[0]);
    buf_free(&s->newest[1]);
    buf_free(&s->docs);
    arena_drop(s->arena);
}

bool archive_export_site(struct archive *a, const struct archive_choice *choice, const char *assets,
                         const char *folder, struct archive_exported *done) {
    struct buf temp = {0};
    buf_fmt(&temp, "%s.%ld.tmp", folder, (long)getpid());
    struct site s = {
        .a = a, .choice = choice, .done = done, .folder = temp.p, .assets = assets, .arena = arena_new()};
    for (int by = 0; by < GROUPS; by++) s.groups[by] = map_new();
    *done = (struct archive_exported){0};
    s.error = file_exists(folder) ? EEXIST : dir_make(temp.p);
    bool good = s.error || write_site(&s);
    if (!s.error) s.error = io_sync_tree(temp.p);
    if (!s.error && good) s.error = io_rename_new(temp.p, folder);
    if (s.error || !good) io_remove_tree(temp.p);
    if (s.error) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, folder, strerror(s.error));
    drop_lists(&s);
    buf_free(&temp);
    return good && !s.error;
}
