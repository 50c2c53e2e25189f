/* The plan: every document there is to build, and the key that tells whether
 * anything it is made from has changed. */
#include "batch/batch.h"
#include "batch/key.h"

static void json_string(struct buf *out, const char *s) {
    buf_char(out, '"');
    buf_json(out, s ? s : "");
    buf_char(out, '"');
}

static void json_member(struct buf *out, const char *name, const char *value) {
    buf_fmt(out, ",\"%s\":", name);
    json_string(out, value);
}

static void json_words(struct buf *out, const char *name, const char *words) {
    buf_fmt(out, ",\"%s\":[", name);
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        if (p > words) buf_char(out, ',');
        buf_char(out, '"');
        buf_put(out, p, n);
        buf_char(out, '"');
        p += n;
        p += strspn(p, " ");
    }
    buf_char(out, ']');
}

/* A path below the project as the project sees it. */
static const char *in_project(const struct workshop *w, const char *path) {
    const char *dir = workshop_project(w);
    size_t n = strlen(dir);
    if (strncmp(path, dir, n) == 0 && path[n] == '/') return path + n + 1;
    return path;
}

static bool document_key(char hex[65], const struct document *d, const struct document_inputs *inputs,
                         const struct document_options *o, struct diags *diags) {
    struct key *k = key_new();
    bool good = true;
    const int numbers[] = {(int)o->emit, (int)o->profile, (int)o->impose, o->creep};
    const char *const words[] = {SOTAY_VERSION, d->id,     d->kind, d->variant, d->languages,
                                 d->layout,     getenv("SOURCE_DATE_EPOCH")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) key_string(k, words[i]);
    key_bytes(k, numbers, sizeof numbers);
    for (size_t i = 0; i < inputs->n; i++) {
        key_string(k, inputs->items[i].name);
        int e = key_file(k, inputs->items[i].path);
        if (!e) continue;
        diag_add(diags, DIAG_CANNOT_READ, (struct pos){0}, inputs->items[i].path, strerror(e));
        good = false;
    }
    key_finish(k, hex);
    return good;
}

static int plan_document(struct buf *out, struct workshop *w, const struct document *d,
                         const struct document_options *o, struct diags *diags) {
    struct document_inputs inputs = {0};
    char hex[65];
    document_inputs_find(&inputs, w, d, diags);
    bool good = document_key(hex, d, &inputs, o, diags);
    buf_str(out, "{\"id\":");
    json_string(out, d->id);
    json_member(out, "kind", d->kind);
    json_member(out, "variant", d->variant);
    json_words(out, "languages", d->languages);
    json_member(out, "layout", d->layout);
    buf_str(out, ",\"inputs\":[");
    for (size_t i = 0; i < inputs.n; i++) {
        if (i) buf_char(out, ',');
        json_string(out, inputs.items[i].name);
    }
    buf_char(out, ']');
    json_member(out, "output", in_project(w, d->output));
    json_member(out, "key", hex);
    buf_str(out, "}\n");
    document_inputs_free(&inputs);
    return good ? 0 : 1;
}

int batch_plan(struct buf *out, struct workshop *w, const struct document_list *list,
               const struct document_options *options, struct diags *diags) {
    int status = 0;
    for (size_t i = 0; i < list->n; i++)
        if (plan_document(out, w, &list->items[i], options, diags)) status = 1;
    return status;
}
