/* The inventory of an object (OCFL 1.1, 3.5). */
#include "archive/private.h"

#include <ctype.h>
#include <errno.h>

#define INVENTORY_TYPE "https://ocfl.io/1.1/spec/#inventory"

/* The one digest of a sidecar: hexadecimal, blanks, "inventory.json" (3.7). */
static bool sidecar_says(const char *text, const char *digest) {
    return strncmp(text, digest, SHA512_HEX) == 0 && isspace((unsigned char)text[SHA512_HEX]);
}

static int version_number(const char *v) {
    if (*v != 'v' || v[1] < '1' || v[1] > '9') return 0;
    int n = 0;
    for (v++; isdigit((unsigned char)*v) && n < 100000000; v++) n = 10 * n + (*v - '0');
    return *v ? 0 : n;
}

int inventory_head(const json_t *inventory) {
    const char *head = json_string_value(json_object_get(inventory, "head"));
    return head ? version_number(head) : 0;
}

static const char *shape_fault(const json_t *j, const char *id) {
    const char *own = json_string_value(json_object_get(j, "id"));
    const char *type = json_string_value(json_object_get(j, "type"));
    const char *digest = json_string_value(json_object_get(j, "digestAlgorithm"));
    if (!own || (id && strcmp(own, id) != 0)) return "its id is another one";
    if (!type || strcmp(type, INVENTORY_TYPE) != 0) return "it is not of OCFL 1.1";
    if (!digest || strcmp(digest, "sha512") != 0) return "its digests are not SHA-512";
    if (!json_is_object(json_object_get(j, "manifest"))) return "it has no manifest";
    int head = inventory_head(j);
    const json_t *versions = json_object_get(j, "versions");
    if (head < 1 || json_object_size(versions) != (size_t)head) return "its versions do not reach its head";
    for (int v = 1; v <= head; v++)
        if (!json_is_object(inventory_state(j, v))) return "a version has no state";
    return NULL;
}

json_t *inventory_read(const char *object, const char *id, char digest[SHA512_HEX + 1], struct diags *diags) {
    struct buf path = {0}, text = {0}, side = {0};
    char sum[SHA512_HEX + 1];
    json_t *j = NULL;
    buf_fmt(&path, "%s/inventory.json", object);
    struct pos pos = {str_intern(path.p, path.n), 0, 0};
    int e = file_read(&text, path.p);
    buf_str(&path, ".sha512");
    if (!e) e = file_read(&side, path.p);
    if (e) {
        diag_add(diags, DIAG_ARCHIVE_DAMAGED, pos, strerror(e));
    } else if (sha512_bytes(sum, text.p, text.n), !sidecar_says(buf_cstr(&side), sum)) {
        diag_add(diags, DIAG_ARCHIVE_DAMAGED, pos, "its SHA-512 is not the one beside it");
    } else {
        json_error_t error;
        j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
        const char *fault = j ? shape_fault(j, id) : error.text;
        if (fault) diag_add(diags, DIAG_ARCHIVE_DAMAGED, pos, fault);
        if (fault) json_decref(j);
        if (fault) j = NULL;
        if (digest) memcpy(digest, sum, sizeof sum);
    }
    buf_free(&path);
    buf_free(&text);
    buf_free(&side);
    return j;
}

json_t *inventory_new(const char *id) {
    return json_pack("{s:s, s:s, s:s, s:{}, s:{}}", "id", id, "type", INVENTORY_TYPE, "digestAlgorithm",
                     "sha512", "manifest", "versions");
}

json_t *inventory_state(const json_t *inventory, int version) {
    char name[16];
    snprintf(name, sizeof name, "v%d", version);
    return json_object_get(json_object_get(json_object_get(inventory, "versions"), name), "state");
}

const char *inventory_content(const json_t *inventory, const char *digest) {
    const json_t *paths = json_object_get(json_object_get(inventory, "manifest"), digest);
    return json_string_value(json_array_get(paths, 0));
}

static int put_json(const char *p, size_t n, void *out) {
    buf_put(out, p, n);
    return 0;
}

void inventory_dump(struct buf *out, const json_t *inventory) {
    json_dump_callback(inventory, put_json, out, JSON_INDENT(1) | JSON_SORT_KEYS);
    buf_char(out, '\n');
}

void inventory_dump_line(struct buf *out, const json_t *json) {
    json_dump_callback(json, put_json, out, JSON_COMPACT);
}

int inventory_write(const char *folder, const char *text, size_t n) {
    struct buf path = {0}, side = {0};
    char sum[SHA512_HEX + 1];
    sha512_bytes(sum, text, n);
    buf_fmt(&side, "%s inventory.json\n", sum);
    buf_fmt(&path, "%s/inventory.json", folder);
    int e = io_put(path.p, text, n);
    buf_str(&path, ".sha512");
    if (!e) e = io_put(path.p, side.p, side.n);
    buf_free(&path);
    buf_free(&side);
    return e;
}
