/* The project: content/, its publications, and which files belong to it. */
#include "source/parts.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

/* ---- paths ---- */

const char *source_project_file(struct source_job *job, const char *path) {
    struct buf b = {0};
    path_join(&b, job->project->dir, path);
    const char *s = arena_strdup(job->arena, b.p);
    buf_free(&b);
    return s;
}

const char *source_project_path(struct source_job *job, const char *dir, const char *rel) {
    struct buf b = {0};
    path_join(&b, dir, rel);
    bool leaves = b.p[0] == '/' || strcmp(b.p, "..") == 0 || strncmp(b.p, "../", 3) == 0;
    const char *s = leaves ? NULL : arena_strdup(job->arena, b.p);
    buf_free(&b);
    return s;
}

bool source_project_holds(struct source_job *job, const char *path) {
    return path_inside(job->project->dir, source_project_file(job, path));
}

static bool is_folder(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- listing ---- */

struct listing {
    char **names;
    size_t n, cap;
};

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_folder(struct listing *l, const char *path, int *error) {
    DIR *d = opendir(path);
    if (!d) {
        *error = errno;
        return false;
    }
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        l->names = mem_grow(l->names, &l->cap, l->n + 1, sizeof *l->names);
        l->names[l->n++] = mem_strdup(e->d_name);
    }
    closedir(d);
    if (l->n) qsort(l->names, l->n, sizeof *l->names, by_name);
    return true;
}

static void free_listing(struct listing *l) {
    for (size_t i = 0; i < l->n; i++) mem_free(l->names[i]);
    mem_free(l->names);
}

/* Splits NAME.LANGUAGE.md; false for other names. */
static bool split_name(const char *file, size_t *stem, const char **lang, size_t *lang_len) {
    size_t n = strlen(file);
    if (n < 4 || strcmp(file + n - 3, ".md") != 0) return false;
    size_t dot = n - 3;
    while (dot > 0 && file[dot - 1] != '.') dot--;
    if (dot < 2) return false;
    *stem = dot - 1;
    *lang = file + dot;
    *lang_len = n - 3 - dot;
    return source_is_language(*lang, *lang_len);
}

static void add_publication(struct source_project *p, struct source_meta *m, struct diags *diags) {
    for (size_t i = 0; i < p->pub_count; i++)
        if (strcmp(p->pubs[i]->pub.id, m->pub.id) == 0) {
            diag_add(diags, DIAG_DUPLICATE_PUBLICATION, m->pos, m->pub.id, p->pubs[i]->pub.file);
            return;
        }
    p->pubs = mem_grow(p->pubs, &p->pub_cap, p->pub_count + 1, sizeof *p->pubs);
    p->pubs[p->pub_count++] = m;
}

/* The languages of the files that share a stem with names[i]; sets *next to the
 * name after them. */
static const char *const *pair_languages(struct arena *a, const struct listing *l, size_t i, size_t *next) {
    size_t stem, stem0, n, count = 0;
    const char *lang;
    split_name(l->names[i], &stem0, &lang, &n);
    const char **found = ARENA_ARRAY(a, const char *, l->n - i + 1);
    for (; i < l->n; i++) {
        bool same = split_name(l->names[i], &stem, &lang, &n) && stem == stem0 &&
                    strncmp(l->names[i], l->names[*next], stem) == 0;
        if (!same) break;
        found[count++] = arena_strndup(a, lang, n);
    }
    *next = i;
    return found;
}

/* The listing's errors belong to the publications and are told when one of
 * them is built, so here they are dropped. */
static void list_publications(struct source_project *p, const struct listing *l, struct diags *diags) {
    struct diags *quiet = diags_new();
    struct source_job job = {.project = p, .diags = quiet, .arena = p->arena};
    for (size_t i = 0; i < l->n;) {
        const char *name = l->names[i], *lang;
        size_t stem, n, next = i;
        struct buf path = {0};
        buf_fmt(&path, "content/%s", name);
        if (split_name(name, &stem, &lang, &n)) {
            const char *const *found = pair_languages(p->arena, l, i, &next);
            path.p[strlen("content/") + stem] = 0;
            add_publication(p, source_meta_load(&job, &p->defaults, NULL, path.p, found), diags);
            i = next;
        } else {
            const char *dir = source_project_file(&job, path.p);
            struct buf file = {0};
            path_join(&file, dir, "publication.yaml");
            if (is_folder(dir) && file_exists(file.p))
                add_publication(p, source_meta_load(&job, &p->defaults, path.p, NULL, NULL), diags);
            buf_free(&file);
            i++;
        }
        buf_free(&path);
    }
    diags_drop(quiet);
}

static int by_id(const void *a, const void *b) {
    return strcmp((*(struct source_meta *const *)a)->pub.id, (*(struct source_meta *const *)b)->pub.id);
}

struct source_project *source_project_open(const char *dir, struct diags *diags) {
    struct arena *arena = arena_new();
    struct source_project *p = ARENA_NEW(arena, struct source_project);
    p->arena = arena;
    p->dir = arena_strdup(arena, dir);
    struct source_job job = {.project = p, .diags = diags, .arena = arena};
    struct listing l = {0};
    int error = 0;
    bool good = list_folder(&l, source_project_file(&job, "content"), &error);
    if (!good) diag_add(diags, DIAG_CANNOT_READ, (struct pos){NULL, 0, 0}, "content", strerror(error));
    good = good && source_meta_load_project(&job, "content/sotay.yaml", &p->defaults, &p->archive);
    if (good) list_publications(p, &l, diags);
    free_listing(&l);
    if (p->pub_count) qsort(p->pubs, p->pub_count, sizeof *p->pubs, by_id);
    if (good) return p;
    source_project_close(p);
    return NULL;
}

void source_project_close(struct source_project *p) {
    if (!p) return;
    for (size_t i = 0; i < p->pub_count; i++) source_series_free(p->pubs[i]);
    mem_free(p->pubs);
    arena_drop(p->arena);
}

size_t source_publication_count(const struct source_project *p) {
    return p->pub_count;
}

const struct source_publication *source_publication_at(const struct source_project *p, size_t i) {
    return &p->pubs[i]->pub;
}

/* True when the real path is the publication's folder or one of its files. */
static bool owns(const struct source_project *p, const struct source_publication *pub, const char *real) {
    struct buf b = {0};
    char own[PATH_MAX];
    bool yes = false;
    path_join(&b, p->dir, pub->dir);
    if (!pub->pair) {
        size_t n = realpath(b.p, own) ? strlen(own) : 0;
        yes = n && strncmp(own, real, n) == 0 && (real[n] == 0 || real[n] == '/');
    } else if (realpath(b.p, own)) {
        size_t n = strlen(own), stem;
        const char *lang, *name = strncmp(own, real, n) == 0 && real[n] == '/' ? real + n + 1 : "";
        size_t k;
        yes = split_name(name, &stem, &lang, &k) && strlen(pub->parts[0]) == stem &&
              strncmp(name, pub->parts[0], stem) == 0;
    }
    buf_free(&b);
    return yes;
}

static const struct source_publication *find_path(const struct source_project *p, const char *path) {
    char real[PATH_MAX];
    if (!realpath(path, real)) return NULL;
    for (size_t i = 0; i < p->pub_count; i++)
        if (owns(p, &p->pubs[i]->pub, real)) return &p->pubs[i]->pub;
    return NULL;
}

const struct source_publication *source_publication_find(const struct source_project *p, const char *name) {
    for (size_t i = 0; i < p->pub_count; i++)
        if (strcmp(p->pubs[i]->pub.id, name) == 0) return &p->pubs[i]->pub;
    const struct source_publication *found = find_path(p, name);
    if (found) return found;
    struct buf b = {0};
    path_join(&b, p->dir, name);
    found = find_path(p, b.p);
    buf_free(&b);
    return found;
}

const char *source_project_dir(const struct source_project *p) {
    return p->dir;
}

const struct source_archive *source_project_archive(const struct source_project *p) {
    return &p->archive;
}
