/* Taking out: what an object holds, and its files. */
#include "archive/private.h"

#include <errno.h>

static json_t *open_object(struct archive *a, const char *id, struct buf *object) {
    ident_object(a, object, id);
    if (io_is_dir(object->p)) return inventory_read(object->p, id, NULL, a->diags);
    diag_add(a->diags, DIAG_ARCHIVE_UNKNOWN, (struct pos){0}, id);
    return NULL;
}

bool archive_show(struct archive *a, const char *id, struct buf *json) {
    struct buf object = {0};
    json_t *inventory = open_object(a, id, &object);
    if (inventory) inventory_dump(json, inventory);
    json_decref(inventory);
    buf_free(&object);
    return inventory != NULL;
}

/* Copies one file out and checks what was copied. */
static bool take_out(struct archive *a, const char *from, const char *digest, const char *folder,
                     const char *name) {
    struct buf to = {0}, dir = {0};
    char sum[SHA512_HEX + 1];
    buf_fmt(&to, "%s/%s", folder, name);
    path_dir(&dir, to.p);
    int e = dir_make(dir.p);
    if (!e) e = sha512_copy(sum, from, to.p);
    if (e) diag_add(a->diags, DIAG_CANNOT_WRITE, (struct pos){0}, to.p, strerror(e));
    bool same = !e && strcmp(sum, digest) == 0;
    if (!e && !same) {
        diag_add(a->diags, DIAG_ARCHIVE_DIGEST, (struct pos){str_intern(from, strlen(from)), 0, 0});
        io_remove_tree(to.p); /* damaged bytes are not handed out */
    }
    buf_free(&to);
    buf_free(&dir);
    return same;
}

bool archive_get(struct archive *a, const char *id, int version, const char *prefix, const char *folder) {
    struct buf object = {0}, from = {0};
    json_t *inventory = open_object(a, id, &object), *names, *name;
    const json_t *state = inventory
                              ? inventory_state(inventory, version ? version : inventory_head(inventory))
                              : NULL;
    bool good = state != NULL;
    if (inventory && !state) diag_add(a->diags, DIAG_ARCHIVE_NO_VERSION, (struct pos){0}, id, version);
    const char *digest;
    size_t i;
    json_object_foreach ((json_t *)state, digest, names) {
        json_array_foreach (names, i, name) {
            const char *s = json_string_value(name), *content = inventory_content(inventory, digest);
            if (!s || !content || !ident_is_name(s) || !ident_is_name(content) ||
                strncmp(s, prefix, strlen(prefix)) != 0)
                continue;
            buf_clear(&from);
            buf_fmt(&from, "%s/%s", object.p, content);
            good = take_out(a, from.p, digest, folder, s) && good;
        }
    }
    json_decref(inventory);
    buf_free(&object);
    buf_free(&from);
    return good;
}
