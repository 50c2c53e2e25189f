/* What documents are made from. */
#include "stages.h"

#include "pdf/pdf.h"

#include <dirent.h>
#include <sys/stat.h>

void document_inputs_add(struct document_inputs *inputs, const char *name, const char *path) {
    inputs->items = mem_grow(inputs->items, &inputs->cap, inputs->n + 1, sizeof *inputs->items);
    inputs->items[inputs->n++] =
        (struct document_input){str_intern(name, strlen(name)), str_intern(path, strlen(path))};
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct document_input *)a)->name, ((const struct document_input *)b)->name);
}

void document_inputs_sort(struct document_inputs *inputs) {
    size_t kept = 0;
    if (inputs->n) qsort(inputs->items, inputs->n, sizeof *inputs->items, by_name);
    for (size_t i = 0; i < inputs->n; i++)
        if (!kept || inputs->items[kept - 1].name != inputs->items[i].name) inputs->items[kept++] = inputs->items[i];
    inputs->n = kept;
}

void document_inputs_free(struct document_inputs *inputs) {
    mem_free(inputs->items);
    *inputs = (struct document_inputs){0};
}

/* A file of the project by its place there. */
static void add_of_project(struct document_inputs *inputs, struct workshop *w, const char *name) {
    struct buf b = {0};
    path_join(&b, w->dir, name);
    document_inputs_add(inputs, name, b.p);
    buf_free(&b);
}

/* edition.lock, which findings depend on. */
static void add_lock(struct document_inputs *inputs, struct workshop *w, const struct source_publication *p) {
    struct buf name = {0}, path = {0};
    if (p->pair) buf_fmt(&name, "%s.", p->id);
    buf_str(&name, "edition.lock");
    path_join(&path, p->dir, name.p);
    add_of_project(inputs, w, path.p);
    buf_free(&name);
    buf_free(&path);
}

xmlDoc *sources_edition(struct workshop *w, const struct document *d, const char *languages,
                        struct document_inputs *inputs, struct diags *diags) {
    struct source_inputs found = {0};
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    xmlDoc *edition = source_edition_of(w->project, source_publication_at(w->project, d->publication), d->row,
                                        d->row ? d->languages : languages, inputs ? &found : NULL, diags);
    for (size_t i = 0; i < found.n; i++) add_of_project(inputs, w, found.paths[i]);
    if (inputs) add_lock(inputs, w, source_publication_at(w->project, d->publication));
    if (inputs) inputs->varies = found.varies;
    source_inputs_free(&found);
    struct source_schema *schema = edition ? workshop_schema(w, d->kind, diags) : NULL;
    if (schema && diags_count(diags, DIAG_LEVEL_ERROR) == errors) source_schema_check(schema, edition, diags);
    return edition;
}

void document_sources_find(struct document_inputs *inputs, struct workshop *w, const struct document *document,
                           struct diags *diags) {
    xmlDoc *edition = sources_edition(w, document, document->languages, inputs, diags);
    if (edition) xmlFreeDoc(edition);
}

void document_series_find(struct document_inputs *inputs, struct workshop *w, const struct document *document) {
    if (!document->row) return;
    const struct source_series *s =
        source_series(w->project, source_publication_at(w->project, document->publication), w->diags);
    add_of_project(inputs, w, s->file);
    if (s->table) add_of_project(inputs, w, s->table);
}

void document_definitions_find(struct document_inputs *inputs, struct workshop *w) {
    for (size_t i = 0; i < source_publication_count(w->project); i++) {
        const struct source_publication *p = source_publication_at(w->project, i);
        const struct source_series *s = source_series(w->project, p, w->diags);
        if (!p->pair) add_of_project(inputs, w, p->file);
        for (const char *const *l = p->languages; p->pair && l && *l; l++) {
            struct buf name = {0}, path = {0};
            buf_fmt(&name, "%s.%s.md", p->parts[0], *l);
            path_join(&path, p->dir, name.p);
            add_of_project(inputs, w, path.p);
            buf_free(&name);
            buf_free(&path);
        }
        if (s) add_of_project(inputs, w, s->file);
        if (s && s->table) add_of_project(inputs, w, s->table);
    }
}

/* ---- styles ---- */

static void add_style(struct document_inputs *inputs, const char *styles, const char *name) {
    struct buf path = {0}, full = {0};
    path_join(&path, styles, name);
    path_join(&full, "styles", name);
    document_inputs_add(inputs, full.p, path.p);
    buf_free(&path);
    buf_free(&full);
}

static bool is_picture(const char *name) {
    static const char *const endings[] = {".svg", ".png", ".jpg", ".jpeg", ".icc"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0) return true;
    return false;
}

/* The files below a folder of styles but those of templates/: pictures, or all. */
static void add_folder(struct document_inputs *inputs, const char *styles, const char *below, bool all) {
    struct buf dir = {0}, name = {0}, path = {0};
    path_join(&dir, styles, below);
    DIR *d = opendir(dir.p);
    for (struct dirent *e; d && (e = readdir(d));) {
        struct stat st;
        if (e->d_name[0] == '.' || strcmp(e->d_name, "templates") == 0) continue;
        path_join(&name, below, e->d_name);
        path_join(&path, styles, name.p);
        if (stat(path.p, &st) != 0) continue;
        if (S_ISDIR(st.st_mode)) add_folder(inputs, styles, name.p, all);
        else if (all || is_picture(e->d_name)) add_style(inputs, styles, name.p);
    }
    if (d) closedir(d);
    buf_free(&dir);
    buf_free(&name);
    buf_free(&path);
}

/* The schema of a kind, with the one it includes. */
static void add_schema(struct document_inputs *inputs, const char *styles, const char *kind) {
    struct buf name = {0};
    buf_fmt(&name, "schemas/kinds/%s.rng", kind);
    add_style(inputs, styles, name.p);
    add_style(inputs, styles, "schemas/edition.rng");
    buf_free(&name);
}

void document_styles_find(struct document_inputs *inputs, struct workshop *w, const char *sheets) {
    struct transform_files files = {0};
    struct buf name = {0};
    bool known = true;
    do {
        size_t n = strcspn(sheets, " ");
        buf_clear(&name);
        buf_put(&name, sheets, n);
        if (!transform_scan(&files, w->styles, buf_cstr(&name))) known = false;
        add_schema(inputs, w->styles, name.p);
        sheets += n + strspn(sheets + n, " ");
    } while (*sheets);
    buf_free(&name);
    for (size_t i = 0; i < files.n; i++) add_style(inputs, w->styles, files.names[i]);
    transform_files_free(&files);
    add_folder(inputs, w->styles, ".", !known);
    add_style(inputs, w->styles, "fonts.xml");
}

void document_inputs_find(struct document_inputs *inputs, struct workshop *w, const struct document *document,
                          struct diags *diags) {
    size_t kept = 0;
    document_sources_find(inputs, w, document, diags);
    document_series_find(inputs, w, document);
    document_styles_find(inputs, w, document->sheets);
    document_inputs_sort(inputs);
    for (size_t i = 0; i < inputs->n; i++)
        if (file_exists(inputs->items[i].path)) inputs->items[kept++] = inputs->items[i];
    inputs->n = kept;
}

/* ---- the machine ---- */

static void add_patterns(struct document_inputs *inputs, const char *folder) {
    DIR *d = opendir(folder);
    struct buf path = {0};
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strncmp(e->d_name, "hyph_", 5) != 0) continue;
        path_join(&path, folder, e->d_name);
        document_inputs_add(inputs, path.p, path.p);
    }
    if (d) closedir(d);
    buf_free(&path);
}

void document_machine_find(struct document_inputs *inputs, struct workshop *w) {
    struct fontset *set = workshop_fonts(w);
    const char *patterns = set ? fontset_patterns(set) : NULL;
    struct font *f;
    for (int32_t i = 0; set && (f = fontset_font(set, i)); i++) document_inputs_add(inputs, f->file, f->file);
    if (patterns) add_patterns(inputs, patterns);
    document_inputs_add(inputs, PDF_OUTPUT_INTENT, PDF_OUTPUT_INTENT);
    document_inputs_sort(inputs);
}

void document_warm(struct workshop *w, const struct document *documents, size_t n) {
    struct map *sheets = map_new();
    workshop_fonts(w);
    for (size_t i = 0; i < n; i++) {
        const char *sheet = documents[i].sheet;
        if (map_get(sheets, sheet, strlen(sheet))->value.num++) continue;
        transform_warm(workshop_transform(w), sheet);
        struct diags *quiet = diags_new(); /* told with the documents */
        if (strcmp(sheet, documents[i].kind) == 0) workshop_schema(w, sheet, quiet);
        diags_drop(quiet);
    }
    map_drop(sheets);
}
