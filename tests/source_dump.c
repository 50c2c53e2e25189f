/* source_dump [--check] PROJECT [ID [LANGUAGES]]: the editions of a project as
 * XML on standard output, what was found on standard error, a line each:
 * "file:line:col: level: id", related notes behind two blanks.  With --check the
 * editions are checked instead of printed.  For the cases in tests/cases/source
 * and tests/cases/check. */
#include "check/check.h"
#include "source/source.h"

static bool checks;

static void print(const struct diag *g, const char *indent) {
    fprintf(stderr, "%s%s:%d:%d: %s: %s\n", indent, g->pos.file ? g->pos.file : "-", (int)g->pos.line,
            (int)g->pos.col, diag_level_name(g->level), diag_name(g->id));
    for (const struct diag *r = g->related; r; r = r->next) print(r, "  ");
}

static void sink(void *arg, const struct diag *g) {
    (void)arg;
    print(g, "");
}

static void dump_unit(struct source_project *p, const struct source_publication *pub, const struct source_unit *unit,
                      const char *languages, struct diags *d) {
    xmlDoc *edition = source_edition_of(p, pub, unit, unit && unit->languages ? unit->languages : languages, NULL, d);
    if (!edition) return;
    struct buf b = {0};
    if (checks) check_publication(edition, d);
    else source_edition_write(edition, &b);
    if (b.n) fwrite(b.p, 1, b.n, stdout);
    buf_free(&b);
    xmlFreeDoc(edition);
}

static void dump(struct source_project *p, const struct source_publication *pub, const char *languages,
                 struct diags *d) {
    const struct source_series *series = source_series(p, pub, d);
    if (!series) dump_unit(p, pub, NULL, languages, d);
    for (size_t i = 0; series && i < series->n; i++) {
        if (!checks) printf("<!-- %s -->\n", series->units[i].stem);
        dump_unit(p, pub, &series->units[i], languages, d);
    }
}

int main(int argc, char **argv) {
    checks = argc > 1 && strcmp(argv[1], "--check") == 0;
    argc -= checks;
    argv += checks;
    struct diags *d = diags_new();
    diags_set_sink(d, sink, NULL);
    struct source_project *p = argc > 1 ? source_project_open(argv[1], d) : NULL;
    for (size_t i = 0; p && i < source_publication_count(p); i++) {
        const struct source_publication *pub = source_publication_at(p, i);
        if (argc < 3 || pub == source_publication_find(p, argv[2]))
            dump(p, pub, argc > 3 ? argv[3] : NULL, d);
    }
    diags_flush(d);
    bool bad = !p || diags_count(d, DIAG_LEVEL_ERROR) > 0;
    source_project_close(p);
    diags_drop(d);
    return bad;
}
