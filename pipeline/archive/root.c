/* The archive's folder: making, opening, its lock. */
#include "archive/private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LAYOUT "0003-hash-and-id-n-tuple-storage-layout"

static const char namaste_root[] = "ocfl_1.1\n"; /* OCFL 1.1, 4.1 */
static const char layout[] =
    "{\n"
    " \"extension\": \"" LAYOUT "\",\n"
    " \"description\": \"SHA-256 of the id in three tuples of three, then the encoded id\"\n"
    "}\n";
static const char config[] = "{\n"
                             " \"extensionName\": \"" LAYOUT "\",\n"
                             " \"digestAlgorithm\": \"sha256\",\n"
                             " \"tupleSize\": 3,\n"
                             " \"numberOfTuples\": 3\n"
                             "}\n";
static const char readme[] =
    "This folder is an archive of issued documents, made by sotay.\n\n"
    "ocfl/          the documents: an OCFL 1.1 storage root (https://ocfl.io/1.1/spec/), readable without "
    "sotay\n"
    "log.jsonl      a line for each version, in the order they came; each holds the SHA-256 of the line "
    "before it\n"
    "catalogue.db   an index for searching; `sotay archive rebuild` makes it again from ocfl/\n"
    "staging, lock  used while something is written\n";

static const struct {
    const char *name, *text; /* NULL: a folder */
} skeleton[] = {
    {"staging", NULL},
    {"ocfl", NULL},
    {"ocfl/extensions", NULL},
    {"ocfl/extensions/" LAYOUT, NULL},
    {"ocfl/0=ocfl_1.1", namaste_root},
    {"ocfl/ocfl_layout.json", layout},
    {"ocfl/extensions/" LAYOUT "/config.json", config},
    {"README.txt", readme},
    {"log.jsonl", ""},
    {"0=sotay_archive_1", "sotay_archive_1\n"}, /* the last: then all is there */
};

void archive_path(const struct archive *a, struct buf *out, const char *rel) {
    buf_clear(out);
    buf_fmt(out, "%s/%s", a->root.p, rel);
}

time_t now(void) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    return epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
}

void now_utc(char out[32]) {
    time_t t = now();
    struct tm tm;
    gmtime_r(&t, &tm);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static struct pos place(const char *path) { return (struct pos){str_intern(path, strlen(path)), 0, 0}; }

static int make_skeleton(const char *root) {
    struct buf path = {0};
    int e = dir_make(root);
    for (size_t i = 0; i < sizeof skeleton / sizeof *skeleton && !e; i++) {
        buf_clear(&path);
        buf_fmt(&path, "%s/%s", root, skeleton[i].name);
        if (skeleton[i].text) e = io_put(path.p, skeleton[i].text, strlen(skeleton[i].text));
        else if (mkdir(path.p, 0755) != 0) e = errno;
    }
    buf_free(&path);
    return e ? e : io_sync_tree(root);
}

bool archive_init(const char *root, struct diags *diags) {
    size_t n = 0;
    int e = 0;
    char **names = io_names(root, &n, &e);
    io_names_free(names, n);
    if (e == ENOENT) e = 0;
    if (!e && n) {
        diag_add(diags, DIAG_ARCHIVE_NOT_EMPTY, place(root));
        return false;
    }
    if (!e) e = make_skeleton(root);
    if (e) diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, root, strerror(e));
    return !e;
}

/* Is a file there, with this text? */
static bool holds(const char *root, const char *name, const char *text) {
    struct buf path = {0}, found = {0};
    buf_fmt(&path, "%s/%s", root, name);
    bool good = file_read(&found, path.p) == 0 && strcmp(buf_cstr(&found), text) == 0;
    buf_free(&path);
    buf_free(&found);
    return good;
}

/* The layout and nothing else: compared as JSON, since others may have written it. */
static bool same_config(const char *root) {
    struct buf path = {0};
    buf_fmt(&path, "%s/ocfl/extensions/" LAYOUT "/config.json", root);
    json_t *found = json_load_file(path.p, JSON_REJECT_DUPLICATES, NULL), *ours = json_loads(config, 0, NULL);
    bool good = found && json_equal(found, ours);
    json_decref(found);
    json_decref(ours);
    buf_free(&path);
    return good;
}

static bool names_layout(const char *root) {
    struct buf path = {0};
    buf_fmt(&path, "%s/ocfl/ocfl_layout.json", root);
    json_t *j = json_load_file(path.p, JSON_REJECT_DUPLICATES, NULL);
    const char *name = json_string_value(json_object_get(j, "extension"));
    bool good = name && strcmp(name, LAYOUT) == 0;
    json_decref(j);
    buf_free(&path);
    return good;
}

static bool has_log(const char *root) {
    struct buf path = {0};
    buf_fmt(&path, "%s/log.jsonl", root);
    bool has = file_exists(path.p);
    buf_free(&path);
    return has;
}

/* What keeps a folder from being ours, or NULL. */
static const char *stranger(const char *root) {
    size_t n;
    int e;
    const char *why = NULL;
    char **names = io_names(root, &n, &e);
    bool ours = false, other = false, bare = false;
    for (size_t i = 0; i < n; i++) {
        ours = ours || strcmp(names[i], "0=sotay_archive_1") == 0;
        other = other || strncmp(names[i], "0=sotay_archive_", 16) == 0;
        bare = bare || strncmp(names[i], "0=ocfl_", 7) == 0;
    }
    io_names_free(names, n);
    if (e) why = strerror(e);
    else if (!ours && other) why = "a newer sotay made it";
    else if (!ours && bare)
        why = "it is an OCFL storage root without a log: import it into an archive of its own";
    else if (!ours) why = "no archive is there (sotay archive init makes one)";
    else if (!holds(root, "ocfl/0=ocfl_1.1", namaste_root)) why = "ocfl/ is not an OCFL 1.1 storage root";
    else if (!has_log(root)) why = "its log is gone";
    else if (!names_layout(root) || !same_config(root)) why = "ocfl/ has another layout than " LAYOUT;
    return why;
}

/* The lock dies with its owner (flock). */
static int take_lock(struct archive *a, bool wait) {
    struct buf path = {0};
    archive_path(a, &path, "lock");
    a->lock = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    int e = a->lock < 0 ? errno : 0;
    if (!e && flock(a->lock, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) e = errno;
    buf_free(&path);
    return e;
}

struct archive *archive_open(const char *root, enum archive_mode mode, bool *busy, struct diags *diags) {
    *busy = false;
    const char *why = stranger(root);
    if (why) {
        diag_add(diags, DIAG_ARCHIVE_STRANGE, place(root), why);
        return NULL;
    }
    struct archive *a = mem_alloc(sizeof *a);
    *a = (struct archive){
        .mode = mode == ARCHIVE_READ ? ARCHIVE_READ : ARCHIVE_WRITE, .lock = -1, .diags = diags};
    buf_str(&a->root, root);
    while (a->root.n > 1 && a->root.p[a->root.n - 1] == '/') a->root.p[--a->root.n] = 0;
    int e = mode == ARCHIVE_READ ? 0 : take_lock(a, mode == ARCHIVE_WAIT);
    *busy = e == EWOULDBLOCK;
    if (*busy) diag_add(diags, DIAG_ARCHIVE_BUSY, place(root));
    else if (e) diag_add(diags, DIAG_CANNOT_WRITE, (struct pos){0}, root, strerror(e));
    if (!e && (mode == ARCHIVE_READ || recover(a))) return a;
    archive_close(a);
    return NULL;
}

void archive_close(struct archive *a) {
    if (!a) return;
    catalogue_close(a);
    if (a->lock >= 0) close(a->lock);
    buf_free(&a->root);
    mem_free(a);
}
