/* sotay archive add: publications are built and kept. */
#include "cli/archive_parts.h"

#include <errno.h>

/* What goes into a version; names and bytes in an arena. */
struct adding {
    struct cli *c;
    struct workshop *w;
    struct archive *a;
    const struct archive_signer *signer;
    struct arena *arena;
    struct diags *found; /* about this publication */
    const char *temp;
    struct archive_item *items;
    size_t n, cap;
};

static void add_item(struct adding *g, const char *name, const char *path, const struct buf *bytes) {
    struct archive_item item = {arena_strdup(g->arena, name), NULL, NULL, 0};
    if (path) item.path = arena_strdup(g->arena, path);
    else {
        item.data = arena_memdup(g->arena, buf_cstr(bytes), bytes->n + 1);
        item.size = bytes->n;
    }
    g->items = mem_grow(g->items, &g->cap, g->n + 1, sizeof *g->items);
    g->items[g->n++] = item;
}

/* Imposed sheets hold the text of the pages again. */
static bool is_imposed(const struct document *d) {
    size_t n = strlen(d->variant);
    return n >= 5 && strcmp(d->variant + n - 5, "print") == 0;
}

/* Each PDF, and its text by page. */
static bool add_outputs(struct adding *g, const struct document *documents, size_t n) {
    struct buf name = {0}, text = {0};
    bool good = true;
    for (size_t i = 0; i < n && good; i++) {
        const char *base = cli_base_name(documents[i].output);
        buf_clear(&name);
        buf_fmt(&name, "pdf/%s", base);
        add_item(g, name.p, documents[i].output, NULL);
        if (is_imposed(&documents[i])) continue;
        buf_clear(&text);
        int e = archive_pdf_text(&text, documents[i].output);
        if (e) diag_add(g->c->diags, DIAG_CANNOT_READ, (struct pos){0}, "pdftotext", strerror(e));
        good = !e;
        buf_clear(&name);
        buf_fmt(&name, "text/%s.txt", base);
        add_item(g, name.p, NULL, &text);
    }
    buf_free(&name);
    buf_free(&text);
    return good;
}

static void add_sources(struct adding *g, const struct document *document) {
    struct document_inputs inputs = {0};
    struct buf name = {0};
    document_inputs_find(&inputs, g->w, document, g->found);
    for (size_t i = 0; i < inputs.n; i++) {
        buf_clear(&name);
        buf_fmt(&name, "source/%s", inputs.items[i].name);
        add_item(g, name.p, inputs.items[i].path, NULL);
    }
    document_inputs_free(&inputs);
    buf_free(&name);
}

/* The program, its libraries and fonts. */
static void add_record(struct adding *g) {
    struct buf b = {0}, versions = {0};
    const char *family, *name, *file, *between = "";
    buf_str(&b, "{");
    cli_json_member(&b, "program", "sotay " SOTAY_VERSION);
    buf_str(&b, ",\n \"libraries\": [");
    document_print_versions(&versions);
    for (char *p = versions.p, *end; p && (end = strchr(p, '\n')); p = end + 1) {
        *end = 0;
        buf_fmt(&b, "%s\"", between);
        buf_json(&b, p);
        buf_char(&b, '"');
        between = ", ";
    }
    buf_str(&b, "],\n \"fonts\": [");
    for (int32_t i = 0; workshop_font(g->w, i, &family, &name, &file); i++) {
        char sum[65];
        if (batch_sha256_file(sum, file) != 0) continue;
        buf_str(&b, i ? ",\n  {" : "\n  {");
        cli_json_member(&b, "file", file);
        buf_str(&b, ", ");
        cli_json_member(&b, "sha256", sum);
        buf_char(&b, '}');
    }
    buf_str(&b, "]}\n");
    add_item(g, "record.json", NULL, &b);
    buf_free(&b);
    buf_free(&versions);
}

/* What was found while it was made, a JSON object a line. */
static void add_report(struct adding *g) {
    struct buf b = {0};
    enum message_format format = g->c->printer.format;
    g->c->printer.format = MESSAGES_JSON;
    for (const struct diag *d = diags_first(g->found); d; d = d->next) printer_render(&g->c->printer, &b, d);
    g->c->printer.format = format;
    add_item(g, "check.jsonl", NULL, &b);
    buf_free(&b);
}

static bool add_edition(struct adding *g, const struct document *document) {
    struct document_options o = {.emit = DOCUMENT_EDITION};
    struct document d = *document;
    struct buf path = {0}, name = {0};
    buf_fmt(&path, "%s/%s.edition.xml", g->temp, d.id);
    d.output = path.p;
    document_build(g->w, &d, 1, &o, NULL, g->found);
    buf_fmt(&name, "%s.edition.xml", d.id);
    add_item(g, name.p, path.p, NULL);
    buf_free(&path);
    buf_free(&name);
    return document_status(g->found) == 0;
}

static bool make_publication(struct adding *g, const struct document *documents, size_t n) {
    struct document_options trial = {.trial = true}, o = {0};
    struct buf facts = {0};
    document_build(g->w, documents, 1, &trial, NULL, g->found);
    if (document_status(g->found) == 0) document_build(g->w, documents, n, &o, NULL, g->found);
    bool good = document_status(g->found) == 0 && add_outputs(g, documents, n) && add_edition(g, documents) &&
                document_describe(&facts, g->w, documents, g->found);
    if (good) {
        add_item(g, "metadata.json", NULL, &facts);
        add_sources(g, documents);
        add_record(g);
        add_report(g);
    }
    buf_free(&facts);
    return good;
}

static int put_publication(struct adding *g, const struct document *d) {
    struct buf id = {0}, said = {0};
    buf_fmt(&id, "%s%s%s", d->id, *d->number ? "/" : "", d->number);
    const struct archive_version v = {
        .id = id.p,
        .message = g->c->o.message ? g->c->o.message : "issued",
        .agent = "sotay " SOTAY_VERSION,
        .correction = g->c->o.correction,
        .signer = g->signer,
        .contact = workshop_contact(g->w),
        .items = g->items,
        .n = g->n,
    };
    int version = 0, status = 0;
    enum archive_result r = archive_put(g->a, &v, &version);
    if (r == ARCHIVE_FAILED) status = cli_archive_status(g->c, false);
    else buf_fmt(&said, "%s %s v%d\n", r == ARCHIVE_SAME ? "same" : "added", id.p, version);
    if (!status && !g->c->o.quiet) status = cli_archive_print(g->c, &said);
    buf_free(&id);
    buf_free(&said);
    return status;
}

/* Makes and adds one publication, whose documents stand together. */
static int add_publication(struct adding g, const struct document *documents, size_t n) {
    struct cli *c = g.c;
    g.arena = arena_new();
    g.found = diags_new();
    diags_set_language(g.found, c->language);
    diags_set_sink(g.found, printer_sink, &c->printer);
    bool made = make_publication(&g, documents, n);
    diags_flush(g.found);
    int status = made ? put_publication(&g, documents) : document_status(g.found);
    if (!made && !status) status = cli_archive_status(c, false);
    mem_free(g.items);
    diags_drop(g.found);
    arena_drop(g.arena);
    return status;
}

static int add_all(struct adding g) {
    struct cli *c = g.c;
    struct document_list list = {0};
    struct document_options o = {0};
    int status = document_list_fill(&list, g.w, c->o.args + 1, c->o.arg_count - 1, g.temp, &o, c->diags);
    for (size_t i = 0, n; i < list.n && (!status || c->o.keep_going); i += n) {
        for (n = 1; i + n < list.n && document_together(&list.items[i + n], &list.items[i]);) n++;
        int one = add_publication(g, &list.items[i], n);
        if (one > status) status = one;
    }
    document_list_free(&list);
    if (!archive_follow(g.a) && !status) status = cli_archive_status(c, false);
    return status;
}

int cli_archive_add(struct cli *c) {
    int status;
    struct workshop *w = cli_workshop(c, true);
    if (!w) return c->project ? cli_archive_status(c, false) : 2;
    struct archive_signer *signer;
    struct archive *a = cli_signer_open(c, w, &signer, &status) ? cli_archive_open(c, ARCHIVE_WRITE, &status)
                                                                 : NULL;
    struct buf temp = {0};
    if (a && !cli_temp_make(c, &temp)) status = 3;
    else if (a) status = add_all((struct adding){.c = c, .w = w, .a = a, .signer = signer, .temp = temp.p});
    cli_temp_drop(&temp);
    archive_close(a);
    archive_signer_close(signer);
    workshop_close(w);
    return status;
}
