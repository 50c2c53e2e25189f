/* The workshop, and the way from an FO tree to a file. */
#include "stages.h"

#include "area/area.h"
#include "check/check.h"
#include "graphics/graphics.h"
#include "layout/layout.h"
#include "pdf/pdf.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool is_dir(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool has_dir(const char *base, const char *name) {
    struct buf b = {0};
    path_join(&b, base, name);
    bool yes = is_dir(b.p);
    buf_free(&b);
    return yes;
}

bool document_is_project(const char *dir) {
    return has_dir(dir, "content");
}

bool document_find_project(struct buf *out, const char *start) {
    char here[PATH_MAX], root[PATH_MAX];
    if (!realpath(start, here) || !realpath("/", root)) return false;
    buf_clear(out);
    buf_str(out, start);
    for (char *end = here + strlen(here); end > here; end--) {
        if (*end && *end != '/') continue;
        *end = 0;
        if (document_is_project(here)) return true;
        struct buf up = {0};
        path_join(&up, out->p, "..");
        buf_clear(out);
        buf_str(out, up.p);
        buf_free(&up);
    }
    return false;
}

/* The styles of the project; else those beside the program, as built or as
 * installed. */
static char *find_styles(const char *project) {
    static const char *const places[] = {"../styles", "../../styles", "../../../styles", "../share/sotay"};
    struct buf b = {0};
    if (project) {
        path_join(&b, project, "styles");
        if (is_dir(b.p)) return b.p;
    }
    char program[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    program[n > 0 ? n : 0] = 0;
    struct buf dir = {0};
    path_dir(&dir, program);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        path_join(&b, dir.p, places[i]);
        if (is_dir(b.p)) break;
    }
    buf_free(&dir);
    return b.p;
}

struct workshop *workshop_open(const char *project, bool publications, struct diags *diags) {
    struct workshop *w = mem_alloc(sizeof *w);
    w->diags = diags;
    w->styles = find_styles(project);
    if (!project) return w;
    w->dir = mem_strdup(project);
    if (!publications || workshop_load(w, diags)) return w;
    workshop_close(w);
    return NULL;
}

bool workshop_load(struct workshop *w, struct diags *diags) {
    if (!w->project) w->project = source_project_open(w->dir, diags);
    return w->project != NULL;
}

void workshop_unload(struct workshop *w) {
    if (w->project) source_project_close(w->project);
    w->project = NULL;
}

static void drop_schemas(struct workshop *w) {
    for (size_t i = 0; w->schemas && i < map_count(w->schemas); i++)
        source_schema_close(map_at(w->schemas, i)->value.ptr);
    map_drop(w->schemas);
    w->schemas = NULL;
}

struct source_schema *workshop_schema(struct workshop *w, const char *kind, struct diags *diags) {
    if (!w->schemas) w->schemas = map_new();
    struct map_entry *known = map_find(w->schemas, kind, strlen(kind));
    if (known) return known->value.ptr;
    struct buf name = {0}, path = {0};
    buf_fmt(&name, "schemas/kinds/%s.rng", kind);
    path_join(&path, w->styles, name.p);
    struct source_schema *s = NULL;
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    if (file_exists(path.p)) s = source_schema_open(path.p, path.p, diags);
    if (diags_count(diags, DIAG_LEVEL_ERROR) == errors) map_get(w->schemas, kind, strlen(kind))->value.ptr = s;
    buf_free(&name);
    buf_free(&path);
    return s;
}

void workshop_reload(struct workshop *w) {
    drop_schemas(w);
    if (w->transform) transform_close(w->transform);
    if (w->fonts) fontset_close(w->fonts);
    check_packs_close(w->packs);
    w->transform = NULL;
    w->fonts = NULL;
    w->packs = NULL;
}

void workshop_close(struct workshop *w) {
    if (!w) return;
    drop_schemas(w);
    if (w->project) source_project_close(w->project);
    if (w->transform) transform_close(w->transform);
    if (w->fonts) fontset_close(w->fonts);
    check_packs_close(w->packs);
    mem_free(w->dir);
    mem_free(w->styles);
    mem_free(w);
}

const char *workshop_archive(const struct workshop *w) {
    return w->project ? source_project_archive(w->project)->folder : NULL;
}

const char *workshop_timestamp(const struct workshop *w) {
    return w->project ? source_project_archive(w->project)->timestamp : NULL;
}

const char *workshop_contact(const struct workshop *w) {
    return w->project ? source_project_archive(w->project)->contact : NULL;
}

const char *workshop_project(const struct workshop *w) {
    return w->dir;
}

struct diags *workshop_diags(struct workshop *w) {
    return w->diags;
}

const char *workshop_styles(const struct workshop *w) {
    return w->styles;
}

struct fontset *workshop_fonts(struct workshop *w) {
    if (w->fonts) return w->fonts;
    struct buf b = {0};
    path_join(&b, w->styles, "fonts.xml");
    w->fonts = fontset_open(b.p, w->diags);
    buf_free(&b);
    return w->fonts;
}

struct transform *workshop_transform(struct workshop *w) {
    if (w->transform) return w->transform;
    struct buf content = {0};
    path_join(&content, w->dir, "content");
    w->transform = transform_open(w->styles, content.p);
    buf_free(&content);
    return w->transform;
}

bool workshop_font(struct workshop *w, int32_t i, const char **family, const char **name, const char **file) {
    struct fontset *set = workshop_fonts(w);
    struct font *f = set ? fontset_font(set, i) : NULL;
    if (!f) return false;
    *family = f->family;
    *name = f->name;
    *file = f->file;
    return true;
}

int64_t stage_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void stage_told(const struct document_options *o, const char *output, const char *stage, int64_t *start) {
    if (!o->stage) return;
    int64_t now = stage_clock();
    o->stage(o->arg, output, stage, now - *start);
    *start = now;
}

/* A sink that measures how long another one takes. */
struct timed_sink {
    struct area_filter pass;
    int64_t spent;
    int32_t pages;
};

#define TIMED(sink) struct timed_sink *t = (struct timed_sink *)(sink)

static void timed_page(struct area_sink *s, const struct area_page *page) {
    TIMED(s);
    int64_t start = stage_clock();
    t->pass.to->page(t->pass.to, page);
    t->spent += stage_clock() - start;
    t->pages++;
}

static void timed_restart(struct area_sink *s) {
    TIMED(s);
    t->pass.to->restart(t->pass.to);
    t->pages = 0;
}

static void timed_late(struct area_sink *s, const struct area_group *group) {
    TIMED(s);
    int64_t start = stage_clock();
    t->pass.to->late(t->pass.to, group);
    t->spent += stage_clock() - start;
}

static enum pdf_profile profile_of(const struct document_options *o) {
    switch (o->profile) {
    case PROFILE_A3A_UA1: return PDF_A3A_UA1;
    case PROFILE_A2A_UA1: return PDF_A2A_UA1;
    case PROFILE_A3B: return PDF_A3B;
    case PROFILE_NONE: return PDF_PLAIN;
    case PROFILE_DEFAULT: break;
    }
    return o->impose == IMPOSE_BOOKLET ? PDF_A3B : PDF_A3A_UA1;
}

/* The moment SOURCE_DATE_EPOCH names, as ISO 8601; NULL when it is not set. */
static const char *epoch_date(char out[32]) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end;
    if (!epoch || !*epoch) return NULL;
    time_t t = (time_t)strtoll(epoch, &end, 10);
    struct tm tm;
    if (*end || !gmtime_r(&t, &tm)) return NULL;
    return strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm) ? out : NULL;
}

static struct out_file *open_output(const char *path, struct diags *diags) {
    struct buf dir = {0};
    path_dir(&dir, path);
    int e = dir_make(dir.p);
    struct out_file *f = e ? NULL : out_open(path, &e);
    if (!f) diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, path, strerror(e));
    buf_free(&dir);
    return f;
}

struct commit_note {
    size_t *later;
    char *output;
};

bool document_commit_next(size_t **later, bool wait, struct diags *(*diags_of)(size_t *later)) {
    void *arg;
    int e;
    if (!out_commits_next(&arg, &e, wait)) return false;
    struct commit_note *note = arg;
    *later = note->later;
    --*note->later;
    if (e) diag_add(diags_of(note->later), DIAG_CANNOT_WRITE, (struct pos){0}, note->output, strerror(e));
    mem_free(note->output);
    mem_free(note);
    return true;
}

/* Keeps what was written, or not. */
static void finish_output(struct out_file *f, const char *output, bool keep, size_t *later, struct diags *diags) {
    int e = 0;
    if (keep && later) {
        struct commit_note *note = mem_alloc(sizeof *note);
        *note = (struct commit_note){later, mem_strdup(output)};
        ++*later;
        out_commit_later(f, note);
    } else if (keep) {
        e = out_commit(f);
    } else {
        out_abort(f);
    }
    if (e) diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, output, strerror(e));
}

bool stage_write(const char *path, const void *p, size_t n, struct diags *diags) {
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    struct out_file *f = open_output(path, diags);
    if (!f) return false;
    out_write(f, p, n);
    finish_output(f, path, true, NULL, diags);
    return diags_count(diags, DIAG_LEVEL_ERROR) == errors;
}

/* `edition` and `date` are filled for the sink and must outlive it. */
static struct area_sink *open_sink(struct workshop *w, struct out_file *f, const struct document_options *o,
                                   const struct document_facts *facts, struct pos pos,
                                   struct pdf_attachment *edition, char date[static 32], struct diags *diags) {
    if (o->emit == DOCUMENT_AREAS) return area_xml_open(f);
    *edition = (struct pdf_attachment){facts->edition_name ? facts->edition_name : "edition.xml", "application/xml",
                                       "the edition this was made from", "Source", facts->edition,
                                       facts->edition_size};
    enum pdf_profile profile = profile_of(o);
    bool attach = facts->edition && (profile == PDF_A3A_UA1 || profile == PDF_A3B);
    const char *epoch = epoch_date(date);
    struct pdf_options po = {
        .profile = profile,
        .impose = o->impose == IMPOSE_BOOKLET ? PDF_IMPOSE_BOOKLET : PDF_IMPOSE_NONE,
        .creep = o->creep,
        .title = facts->title,
        .author = facts->author,
        .lang = facts->lang,
        .date = epoch ? epoch : facts->date,
        .producer = "sotay " SOTAY_VERSION,
        .attachments = attach ? edition : NULL,
        .attachment_count = attach,
        .pos = pos,
    };
    return pdf_open(f, &po, w->fonts, diags);
}

static bool close_sink(struct area_sink *sink, const struct document_options *o, const char *output,
                       struct diags *diags) {
    if (o->emit != DOCUMENT_AREAS) return pdf_close(sink) == 0;
    int e = area_xml_close(sink);
    if (e) diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, output, strerror(e));
    return !e;
}

static bool make_pages(struct workshop *w, struct fo_doc *fo, struct out_file *f, const char *output,
                       const struct document_options *o, const struct document_facts *facts,
                       struct diags *diags) {
    struct images *images = images_new(w->fonts, diags);
    struct pdf_attachment edition;
    char date[32];
    struct area_sink *sink = open_sink(w, f, o, facts, fo_root(fo)->pos, &edition, date, diags);
    struct area_sink *ink = sink && o->trial ? check_ink_open(sink) : NULL;
    struct area_sink *rules = sink && check_rules_count(facts->rules) ? check_rules_sink(facts->rules, ink ? ink : sink) : NULL;
    struct area_sink *first = rules ? rules : ink ? ink : sink;
    struct timed_sink watch = {.pass = area_filter_to(first, timed_page, timed_restart)};
    if (sink && first->late) watch.pass.sink.late = timed_late;
    struct layout_options lo = {.limit_pages = o->limit_pages, .progress = o->pages, .arg = o->arg};
    struct stage_explain *explain = o->explain_page ? stage_explain_open(o, facts->tree, facts->rules) : NULL;
    if (explain) lo.explain = stage_explain_layout(explain);
    const char *trace = getenv("SOTAY_TRACE");
    lo.trace_items = trace && strcmp(trace, "items") == 0;
    int64_t start = stage_clock();
    bool good = sink && layout_run(fo, w->fonts, images, o->stage ? &watch.pass.sink : first, &lo, diags) == 0;
    start += watch.spent;
    stage_told(o, output, "layout", &start);
    start -= watch.spent;
    if (explain) stage_explain_close(explain);
    if (rules) check_rules_end(rules, facts->home, diags);
    if (ink) check_ink_close(ink, diags);
    if (sink && !close_sink(sink, o, output, diags)) good = false;
    if (good && o->made) o->made(o->arg, output, watch.pages);
    stage_told(o, output, o->emit == DOCUMENT_AREAS ? "areas" : "pdf", &start);
    images_drop(images);
    return good;
}

void stage_pages(struct workshop *w, struct fo_doc *fo, const char *output, const struct document_options *o,
                 const struct document_facts *facts, struct diags *diags) {
    size_t errors = diags_count(diags, DIAG_LEVEL_ERROR);
    /* A trial leaves nothing: what goes to standard output waits until it is kept. */
    struct out_file *f = workshop_fonts(w) ? open_output(o->trial ? "-" : output, diags) : NULL;
    if (f) {
        bool good = make_pages(w, fo, f, output, o, facts, diags);
        int64_t start = stage_clock();
        fontset_settle(w->fonts);
        good = good && !o->trial && diags_count(diags, DIAG_LEVEL_ERROR) == errors &&
               document_status(w->diags) != 3;
        finish_output(f, output, good, o->later, diags);
        stage_told(o, output, "write", &start);
    }
    fo_close(fo);
}

void document_format(struct workshop *w, const char *in, const char *out, const struct document_options *options,
                     struct diags *diags) {
    int64_t start = stage_clock();
    struct fo_doc *fo = fo_open_file(in, diags);
    stage_told(options, out, "fo", &start);
    struct check_rules *rules = fo ? stage_rules(w, NULL, NULL, NULL, options, diags) : NULL;
    if (fo) stage_pages(w, fo, out, options, &(struct document_facts){.rules = rules}, diags);
    check_rules_drop(rules);
}

int document_status(const struct diags *diags) {
    int status = 0;
    for (const struct diag *g = diags_first(diags); g; g = g->next) {
        if (g->level != DIAG_LEVEL_ERROR) continue;
        switch (g->id) {
        case DIAG_CANNOT_READ:
        case DIAG_CANNOT_WRITE:
        case DIAG_FONT_MISSING:
        case DIAG_FONT_CHECKSUM: return 3;
        default: status = 1;
        }
    }
    return status;
}

void document_print_support(struct buf *out) {
    fo_print_support(out);
}
