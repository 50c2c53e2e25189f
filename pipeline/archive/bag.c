/* Bags (BagIt 1.0, RFC 8493): objects on their way to another archive. */
#include "archive/private.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"; /* 2.1.1 */

static bool cannot_write(struct archive *a, const char *path, int e) {
    diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, path, strerror(e));
    return false;
}

/* ---- out ---------------------------------------------------------------------------- */

struct packing {
    struct archive *a;
    const struct archive_choice *choice;
    struct archive_exported *done;
    struct buf data;     /* BAG/data */
    struct buf manifest; /* lines */
    uint64_t bytes;
    size_t files;
    int error;
};

bool archive_chosen(const struct archive_choice *c, const struct archive_entry *e) {
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->ids[i], e->id) == 0) return true;
    return !c->n;
}

bool archive_allowed(const struct archive_choice *c, const struct archive_entry *e) {
    if (!*e->class_name) return true;
    return c->class_name && (strcmp(c->class_name, "all") == 0 || strstr(e->class_name, c->class_name));
}

/* Lines "digest  path" of a folder's files (2.1.3); % and line ends are encoded. */
static int list_files(struct packing *p, struct buf *out, const char *folder, const char *rel) {
    size_t n;
    int e;
    char **names = io_names(folder, &n, &e);
    struct buf path = {0}, name = {0};
    for (size_t i = 0; i < n && !e; i++) {
        char digest[SHA512_HEX + 1];
        uint64_t size = 0;
        buf_clear(&path);
        buf_clear(&name);
        buf_fmt(&path, "%s/%s", folder, names[i]);
        buf_fmt(&name, "%s/%s", rel, names[i]);
        if (io_is_dir(path.p)) {
            e = list_files(p, out, path.p, name.p);
            continue;
        }
        e = sha512_file(digest, &size, path.p);
        buf_fmt(out, "%s  ", digest);
        for (const char *s = name.p; *s; s++) {
            if (*s == '%' || *s == '\n' || *s == '\r') buf_fmt(out, "%%%02X", *s);
            else buf_char(out, *s);
        }
        buf_char(out, '\n');
        p->bytes += size;
        p->files++;
    }
    io_names_free(names, n);
    buf_free(&path);
    buf_free(&name);
    return e;
}

static void pack_one(void *arg, const struct archive_entry *e) {
    struct packing *p = arg;
    if (p->error || !archive_chosen(p->choice, e)) return;
    if (!archive_allowed(p->choice, e)) {
        p->done->withheld++;
        return;
    }
    struct buf from = {0}, to = {0}, rel = {0}, name = {0};
    ident_slug(&name, e->id);
    ident_object(p->a, &from, e->id);
    buf_fmt(&rel, "data/%s", name.p);
    buf_fmt(&to, "%s/%s", p->data.p, name.p);
    if (mkdir(to.p, 0755) != 0) p->error = errno;
    if (!p->error) p->error = io_copy_tree(from.p, to.p);
    if (!p->error) p->error = list_files(p, &p->manifest, to.p, rel.p);
    p->done->objects += !p->error;
    buf_free(&from);
    buf_free(&to);
    buf_free(&rel);
    buf_free(&name);
}

static int put_tag(const char *bag, const char *name, const char *text, size_t n, struct buf *tags) {
    struct buf path = {0};
    char digest[SHA512_HEX + 1];
    buf_fmt(&path, "%s/%s", bag, name);
    int e = io_put(path.p, text, n);
    sha512_bytes(digest, text, n);
    buf_fmt(tags, "%s  %s\n", digest, name);
    buf_free(&path);
    return e;
}

static int put_tags(struct packing *p, const char *bag) {
    struct buf info = {0}, tags = {0};
    char time[32];
    now_utc(time);
    buf_fmt(&info, "Bagging-Date: %.10s\nPayload-Oxum: %llu.%zu\nBag-Software-Agent: sotay\n", time,
            (unsigned long long)p->bytes, p->files);
    int e = put_tag(bag, "bagit.txt", declaration, sizeof declaration - 1, &tags);
    if (!e) e = put_tag(bag, "bag-info.txt", info.p, info.n, &tags);
    if (!e) e = put_tag(bag, "manifest-sha512.txt", buf_cstr(&p->manifest), p->manifest.n, &tags);
    buf_clear(&info);
    buf_fmt(&info, "%s/tagmanifest-sha512.txt", bag);
    if (!e) e = io_put(info.p, tags.p, tags.n);
    buf_free(&info);
    buf_free(&tags);
    return e;
}

bool archive_export_bag(struct archive *a, const struct archive_choice *choice, const char *folder,
                        struct archive_exported *done) {
    struct packing p = {.a = a, .choice = choice, .done = done};
    struct buf temp = {0}, dir = {0};
    *done = (struct archive_exported){0};
    buf_fmt(&temp, "%s.%ld.tmp", folder, (long)getpid());
    buf_fmt(&p.data, "%s/data", temp.p);
    p.error = file_exists(folder) ? EEXIST : dir_make(p.data.p);
    bool good = p.error || archive_list(a, pack_one, &p);
    if (!p.error) p.error = put_tags(&p, temp.p);
    if (!p.error) p.error = io_sync_tree(temp.p);
    if (!p.error && good) p.error = io_rename_new(temp.p, folder);
    path_dir(&dir, folder);
    if (!p.error) p.error = io_sync_dir(dir.p);
    if (p.error || !good) io_remove_tree(temp.p);
    if (p.error) cannot_write(a, folder, p.error);
    buf_free(&temp);
    buf_free(&dir);
    buf_free(&p.data);
    buf_free(&p.manifest);
    return good && !p.error;
}

/* ---- in ----------------------------------------------------------------------------- */

static bool no_bag(struct archive *a, const char *path, const char *why) {
    diag_add(a->diags, DIAG_ARCHIVE_BAG, (struct pos){str_intern(path, strlen(path)), 0, 0}, why);
    return false;
}

static int hex(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* %25, %0A and %0D of a path become what they stand for. */
static void decode_path(struct buf *out, const char *s, size_t n) {
    buf_clear(out);
    for (size_t i = 0; i < n; i++) {
        int v = s[i] == '%' && i + 2 < n && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0
                    ? 16 * hex(s[i + 1]) + hex(s[i + 2])
                    : -1;
        if (v == '%' || v == '\n' || v == '\r') {
            buf_char(out, (char)v);
            i += 2;
        } else {
            buf_char(out, s[i]);
        }
    }
}

/* Every line of a manifest against its file; the paths go into seen. */
static bool check_manifest(struct archive *a, const char *bag, const char *name, struct map *seen) {
    struct buf path = {0}, text = {0}, file = {0};
    buf_fmt(&path, "%s/%s", bag, name);
    int e = file_read(&text, path.p);
    bool good = e ? no_bag(a, path.p, strerror(e)) : true;
    for (const char *p = buf_cstr(&text); good && *p;) {
        size_t n = strcspn(p, "\n");
        const char *rel = p + SHA512_HEX;
        char digest[SHA512_HEX + 1];
        uint64_t size;
        if (n < SHA512_HEX + 2) {
            good = no_bag(a, path.p, "a line of the manifest is none");
            break;
        }
        rel += strspn(rel, " \t*");
        decode_path(&file, rel, (size_t)(p + n - rel));
        if (!ident_is_name(buf_cstr(&file))) {
            good = no_bag(a, path.p, "a path of the manifest leads out of the bag");
            break;
        }
        map_get(seen, file.p, file.n);
        struct buf full = {0};
        buf_fmt(&full, "%s/%s", bag, file.p);
        e = sha512_file(digest, &size, full.p);
        if (e) good = no_bag(a, full.p, strerror(e));
        else if (strncasecmp(digest, p, SHA512_HEX) != 0)
            good = no_bag(a, full.p, "its SHA-512 is not that of the manifest");
        buf_free(&full);
        p += n + (p[n] == '\n');
    }
    buf_free(&path);
    buf_free(&text);
    buf_free(&file);
    return good;
}

/* A payload file that no manifest names makes the bag invalid (3). */
static bool all_named(struct archive *a, const char *folder, const char *rel, const struct map *seen) {
    size_t n;
    int e;
    char **names = io_names(folder, &n, &e);
    struct buf path = {0}, name = {0};
    bool good = e ? no_bag(a, folder, strerror(e)) : true;
    for (size_t i = 0; i < n && good; i++) {
        buf_clear(&path);
        buf_clear(&name);
        buf_fmt(&path, "%s/%s", folder, names[i]);
        buf_fmt(&name, "%s/%s", rel, names[i]);
        if (io_is_dir(path.p)) good = all_named(a, path.p, name.p, seen);
        else if (!map_find(seen, name.p, name.n)) good = no_bag(a, path.p, "no manifest names it");
    }
    io_names_free(names, n);
    buf_free(&path);
    buf_free(&name);
    return good;
}

static bool check_bag(struct archive *a, const char *bag) {
    struct buf path = {0}, text = {0};
    struct map *seen = map_new(), *tags = map_new();
    buf_fmt(&path, "%s/bagit.txt", bag);
    int e = file_read(&text, path.p);
    bool good = true;
    if (e) good = no_bag(a, path.p, strerror(e));
    else if (strncmp(buf_cstr(&text), "BagIt-Version: 1.0", 18) != 0)
        good = no_bag(a, path.p, "it is not of BagIt 1.0");
    good = good && check_manifest(a, bag, "tagmanifest-sha512.txt", tags) &&
           check_manifest(a, bag, "manifest-sha512.txt", seen);
    buf_clear(&path);
    buf_fmt(&path, "%s/data", bag);
    good = good && all_named(a, path.p, "data", seen);
    map_drop(seen);
    map_drop(tags);
    buf_free(&path);
    buf_free(&text);
    return good;
}

bool archive_import_bag(struct archive *a, const char *folder,
                        void (*each)(void *arg, const char *id, enum archive_result r, int version),
                        void *arg) {
    if (!check_bag(a, folder)) return false;
    struct buf data = {0}, object = {0}, id = {0};
    size_t n;
    int e;
    bool good = true;
    buf_fmt(&data, "%s/data", folder);
    char **names = io_names(data.p, &n, &e);
    for (size_t i = 0; i < n; i++) {
        int version = 0;
        buf_clear(&object);
        buf_fmt(&object, "%s/%s", data.p, names[i]);
        enum archive_result r = commit_adopt(a, object.p, &id, &version);
        if (r == ARCHIVE_FAILED) good = false;
        else each(arg, id.p, r, version);
    }
    io_names_free(names, n);
    buf_free(&data);
    buf_free(&object);
    buf_free(&id);
    return archive_follow(a) && good;
}
