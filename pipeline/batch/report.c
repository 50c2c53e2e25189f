#include "batch/report.h"

#include <errno.h>
#include <limits.h>

enum { UNITS_MAX = 500, THUMB_DPI = 24 };

enum word {
    W_TITLE, W_SUMMARY, W_DOCUMENT, W_KIND, W_UNIT, W_MONTH, W_STATE, W_PAGES, W_TIME, W_FINDINGS, W_ALL, W_BUILT,
    W_UNCHANGED, W_FAILED, W_LEFT, W_FILTER, W_CAPTION, W_NONE, W_SKIP, W_WITH_FINDINGS, WORDS
};
static const char *const words[WORDS][2] = {
    [W_TITLE] = {"Build report", "Báo cáo dựng tài liệu"},
    [W_SUMMARY] = {"%zu documents: %zu built, %zu unchanged, %zu failed, %zu not reached",
                   "%zu tài liệu: %zu đã dựng, %zu không đổi, %zu lỗi, %zu chưa tới lượt"},
    [W_DOCUMENT] = {"Document", "Tài liệu"},
    [W_KIND] = {"Kind", "Loại"},
    [W_UNIT] = {"Unit", "Đơn vị"},
    [W_MONTH] = {"Month", "Tháng"},
    [W_STATE] = {"State", "Trạng thái"},
    [W_PAGES] = {"Pages", "Số trang"},
    [W_TIME] = {"Time", "Thời gian"},
    [W_FINDINGS] = {"Findings", "Phát hiện"},
    [W_ALL] = {"all", "tất cả"},
    [W_BUILT] = {"built", "đã dựng"},
    [W_UNCHANGED] = {"unchanged", "không đổi"},
    [W_FAILED] = {"failed", "lỗi"},
    [W_LEFT] = {"not reached", "chưa tới lượt"},
    [W_FILTER] = {"Show only", "Chỉ hiện"},
    [W_CAPTION] = {"All documents of this build, in the order of their names",
                   "Mọi tài liệu của lượt dựng này, theo thứ tự tên"},
    [W_NONE] = {"none", "không có"},
    [W_SKIP] = {"Skip to the documents", "Tới phần tài liệu"},
    [W_WITH_FINDINGS] = {"with findings", "có phát hiện"},
};
static const char *const state_names[] = {"built", "unchanged", "failed", "left"};

struct report {
    struct batch *b;
    struct buf out, folder; /* folder: its real path */
    int language;
    struct map *kinds, *units;
    size_t counts[4];
};

static const char *say(const struct report *r, enum word w) {
    return words[w][r->language];
}

static int state_of(const struct job *job) {
    if (job->current) return 1;
    if (job->state != JOB_DONE || !job->shown) return 3;
    return job->status ? 2 : 0;
}

/* ---- links ---- */

/* A path as a URL: only what may stand there as it is stays. */
static void put_url(struct buf *out, const char *path) {
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ||
                     strchr("/._-~", *p);
        if (plain) buf_char(out, (char)*p);
        else buf_fmt(out, "%%%02X", *p);
    }
}

/* A file of the project, from the report. */
static void put_source(struct report *r, const char *file) {
    struct buf path = {0}, up = {0};
    char real[PATH_MAX];
    path_join(&path, workshop_project(r->b->w), file);
    if (realpath(path.p, real)) {
        const char *from = r->folder.p;
        size_t same = 0;
        for (size_t i = 0; from[i] && from[i] == real[i]; i++)
            if (from[i] == '/') same = i + 1;
        size_t n = strlen(from);
        if (strncmp(from, real, n) == 0 && real[n] == '/') same = n + 1;
        else
            for (const char *p = from + same; p && *p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL) buf_str(&up, "../");
        buf_str(&r->out, buf_cstr(&up));
        put_url(&r->out, real + same);
    } else {
        put_url(&r->out, file);
    }
    buf_free(&path);
    buf_free(&up);
}

/* ---- findings ---- */

static void put_place(struct report *r, const struct diag *g) {
    if (!g->pos.file) return;
    buf_str(&r->out, "<a href=\"");
    put_source(r, g->pos.file);
    buf_str(&r->out, "\">");
    buf_xml(&r->out, g->pos.file);
    if (g->pos.line) buf_fmt(&r->out, ":%d", (int)g->pos.line);
    if (g->pos.line && g->pos.col) buf_fmt(&r->out, ":%d", (int)g->pos.col);
    buf_str(&r->out, "</a> ");
}

static void put_finding(struct report *r, const struct diag *g) {
    buf_fmt(&r->out, "<li class=\"%s\">", diag_level_name(g->level));
    put_place(r, g);
    buf_fmt(&r->out, "<b>%s</b>: ", diag_level_name(g->level));
    buf_xml(&r->out, g->texts[r->language]);
    for (const struct diag *x = g->related; x; x = x->next) {
        buf_str(&r->out, "<br>");
        put_place(r, x);
        buf_xml(&r->out, x->texts[r->language]);
    }
    buf_str(&r->out, "</li>");
}

static void put_findings(struct report *r, const struct job *job) {
    struct diags *d = diags_new();
    struct unpack u = unpack_of(buf_cstr(&job->diags), job->diags.n);
    if (job->diags.n) unpack_diags(&u, d);
    if (diags_first(d)) buf_str(&r->out, "<ul>");
    for (const struct diag *g = diags_first(d); g; g = g->next) put_finding(r, g);
    buf_str(&r->out, diags_first(d) ? "</ul>" : say(r, W_NONE));
    diags_drop(d);
}

/* ---- documents ---- */

static size_t place_of(struct map *m, const char *name) {
    struct map_entry *e = map_get(m, name, strlen(name));
    if (!e->value.num) e->value.num = (int64_t)map_count(m);
    return (size_t)e->value.num;
}

static void thumb_path(const struct report *r, struct buf *out, const struct document *d) {
    buf_clear(out);
    buf_fmt(out, ".sotay/pages/%s", job_output(r->b, d));
}

static void put_document(struct report *r, const struct job *job, size_t i) {
    const struct document *d = &job->documents[i];
    const char *path = job_output(r->b, d);
    int state = state_of(job);
    struct buf thumb = {0}, file = {0};
    buf_fmt(&r->out, "<tr class=\"s-%s k%zu u%zu%s\"><td>", state_names[state], place_of(r->kinds, d->kind),
            d->unit ? place_of(r->units, d->unit) : 0, job->diags.n > 1 ? " found" : "");
    thumb_path(r, &thumb, d);
    buf_fmt(&file, "%s/%s.png", r->b->o->folder, thumb.p);
    if (file_exists(file.p)) {
        buf_str(&r->out, "<img loading=\"lazy\" alt=\"\" src=\"");
        put_url(&r->out, thumb.p);
        buf_str(&r->out, ".png\">");
    }
    bool there = file_exists(d->output);
    buf_str(&r->out, "</td><th scope=\"row\">");
    if (there) buf_str(&r->out, "<a href=\"");
    if (there) put_url(&r->out, path);
    if (there) buf_str(&r->out, "\">");
    buf_xml(&r->out, path);
    buf_str(&r->out, there ? "</a></th><td>" : "</th><td>");
    buf_xml(&r->out, d->kind);
    buf_str(&r->out, "</td><td>");
    buf_xml(&r->out, d->unit ? d->unit : "");
    buf_str(&r->out, "</td><td>");
    buf_xml(&r->out, d->month ? d->month : "");
    buf_fmt(&r->out, "</td><td>%s</td><td>", say(r, (enum word)(W_BUILT + state)));
    if (job->record.made && i < job->record.made_count) buf_fmt(&r->out, "%d", (int)job->record.made[i].pages);
    buf_str(&r->out, "</td><td>");
    if (i == 0 && job->record.microseconds) buf_fmt(&r->out, "%d ms", (int)(job->record.microseconds / 1000));
    buf_str(&r->out, "</td><td>");
    if (i == 0) put_findings(r, job);
    buf_str(&r->out, "</td></tr>\n");
    buf_free(&thumb);
    buf_free(&file);
}

static void make_thumbs(struct report *r) {
    struct batch *b = r->b;
    struct arena *a = arena_new();
    size_t n = 0, most = b->list->n;
    const char **from = ARENA_ARRAY(a, const char *, most + 1), **to = ARENA_ARRAY(a, const char *, most + 1);
    for (size_t i = 0; i < most; i++) {
        const struct document *d = &b->list->items[i];
        size_t k = strlen(d->output);
        if (k < 4 || strcmp(d->output + k - 4, ".pdf") != 0 || !file_exists(d->output)) continue;
        struct buf thumb = {0}, path = {0};
        thumb_path(r, &thumb, d);
        buf_fmt(&path, "%s/%s", b->o->folder, thumb.p);
        from[n] = d->output;
        to[n++] = arena_strdup(a, path.p);
        buf_free(&thumb);
        buf_free(&path);
    }
    pictures_make(from, to, n, b->o->workers, THUMB_DPI);
    arena_drop(a);
}

/* ---- the page ---- */

static const char style[] =
    "body{font:1rem/1.5 sans-serif;margin:1rem auto;max-width:90rem;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "a{color:#0b4f9c}a:focus,select:focus{outline:3px solid #0b4f9c}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;padding:.5rem 0}th,td{border-bottom:1px solid #767676;padding:.4rem .6rem;"
    "text-align:left;vertical-align:top}thead th{background:#ececec}img{height:5rem;border:1px solid #767676}"
    "ul{margin:0;padding-left:1.2rem}fieldset{border:1px solid #767676;display:flex;flex-wrap:wrap;gap:1rem}"
    ".s-failed td:nth-child(6){color:#a11212;font-weight:bold}.skip{position:absolute;left:-99rem}"
    ".skip:focus{left:1rem}@media print{fieldset,.skip{display:none}}";

static void put_rules(struct report *r, const char *name, const char *class, const char *values) {
    buf_fmt(&r->out, "body:has(#%s option[value=\"%s\"]:checked) tbody tr:not(.%s){display:none}\n", name, values, class);
}

static void put_choice(struct report *r, const char *name, enum word label) {
    buf_fmt(&r->out, "<label>%s <select id=\"%s\"><option value=\"\">%s</option>", say(r, label), name, say(r, W_ALL));
}

static void put_map_choice(struct report *r, const char *name, enum word label, const struct map *m) {
    put_choice(r, name, label);
    for (size_t i = 0; i < map_count(m); i++) {
        buf_fmt(&r->out, "<option value=\"%zu\">", i + 1);
        buf_xml(&r->out, map_at(m, i)->key);
        buf_str(&r->out, "</option>");
    }
    buf_str(&r->out, "</select></label>\n");
}

static void put_head(struct report *r) {
    buf_fmt(&r->out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title>\n"
                     "<meta name=\"viewport\" content=\"width=device-width\">\n<style>%s\n",
            r->language ? "vi" : "en", say(r, W_TITLE), style);
    for (size_t i = 0; i < 4; i++) {
        char class[32];
        snprintf(class, sizeof class, "s-%s", state_names[i]);
        put_rules(r, "state", class, state_names[i]);
    }
    put_rules(r, "state", "found", "found");
    char number[32], class[32];
    for (size_t i = 1; i <= map_count(r->kinds) + map_count(r->units); i++) {
        bool kind = i <= map_count(r->kinds);
        size_t k = kind ? i : i - map_count(r->kinds);
        if (!kind && map_count(r->units) > UNITS_MAX) break;
        snprintf(number, sizeof number, "%zu", k);
        snprintf(class, sizeof class, "%c%zu", kind ? 'k' : 'u', k);
        put_rules(r, kind ? "kind" : "unit", class, number);
    }
    buf_str(&r->out, "</style></head>\n<body>\n");
}

static void put_filters(struct report *r) {
    buf_fmt(&r->out, "<form><fieldset><legend>%s</legend>\n", say(r, W_FILTER));
    put_choice(r, "state", W_STATE);
    for (size_t i = 0; i < 4; i++)
        buf_fmt(&r->out, "<option value=\"%s\">%s (%zu)</option>", state_names[i], say(r, (enum word)(W_BUILT + i)),
                r->counts[i]);
    buf_fmt(&r->out, "<option value=\"found\">%s</option></select></label>\n", say(r, W_WITH_FINDINGS));
    put_map_choice(r, "kind", W_KIND, r->kinds);
    if (map_count(r->units) && map_count(r->units) <= UNITS_MAX) put_map_choice(r, "unit", W_UNIT, r->units);
    buf_str(&r->out, "</fieldset></form>\n");
}

static void put_page(struct report *r) {
    static const enum word heads[] = {W_DOCUMENT, W_KIND, W_UNIT, W_MONTH, W_STATE, W_PAGES, W_TIME, W_FINDINGS};
    struct batch *b = r->b;
    for (size_t j = 0; j < b->n; j++)
        for (size_t i = 0; i < b->jobs[j].n; i++) {
            const struct document *d = &b->jobs[j].documents[i];
            place_of(r->kinds, d->kind);
            if (d->unit) place_of(r->units, d->unit);
            r->counts[state_of(&b->jobs[j])]++;
        }
    put_head(r);
    buf_fmt(&r->out, "<a class=\"skip\" href=\"#documents\">%s</a>\n<main><h1>%s</h1>\n<p role=\"status\">", say(r, W_SKIP),
            say(r, W_TITLE));
    size_t all = r->counts[0] + r->counts[1] + r->counts[2] + r->counts[3];
    const char *summary = say(r, W_SUMMARY);
    size_t counts[] = {all, r->counts[0], r->counts[1], r->counts[2], r->counts[3]}, k = 0;
    for (const char *p = summary; *p; p++) {
        if (strncmp(p, "%zu", 3) != 0) {
            buf_char(&r->out, *p);
            continue;
        }
        buf_fmt(&r->out, "%zu", counts[k++]);
        p += 2;
    }
    buf_str(&r->out, "</p>\n");
    put_filters(r);
    buf_fmt(&r->out, "<table id=\"documents\" tabindex=\"-1\"><caption>%s</caption>\n<thead><tr><td></td>", say(r, W_CAPTION));
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        buf_fmt(&r->out, "<th scope=\"col\">%s</th>", say(r, heads[i]));
    buf_str(&r->out, "</tr></thead>\n<tbody>\n");
    for (size_t j = 0; j < b->n; j++)
        for (size_t i = 0; i < b->jobs[j].n; i++) put_document(r, &b->jobs[j], i);
    buf_str(&r->out, "</tbody></table></main></body></html>\n");
}

void report_write(struct batch *b) {
    struct report r = {.b = b, .kinds = map_new(), .units = map_new(), .language = strcmp(b->o->language, "vi") == 0};
    struct buf path = {0};
    char real[PATH_MAX];
    int e = 0;
    buf_str(&r.folder, realpath(b->o->folder, real) ? real : b->o->folder);
    path_join(&path, b->o->folder, "report.html");
    make_thumbs(&r);
    put_page(&r);
    struct out_file *f = out_open(path.p, &e);
    if (f) {
        out_write(f, r.out.p, r.out.n);
        e = out_commit(f);
    }
    if (e) diag_add(b->diags, DIAG_CANNOT_WRITE, (struct pos){0}, path.p, strerror(e));
    buf_free(&path);
    buf_free(&r.out);
    buf_free(&r.folder);
    map_drop(r.kinds);
    map_drop(r.units);
}
