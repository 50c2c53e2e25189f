#include "batch/keys.h"

#define PROGRAM "program" /* the input that is the program itself */

void keys_open(struct keys *k, struct workshop *w, const struct document_options *o, struct files *files) {
    *k = (struct keys){.w = w, .o = o, .files = files, .styles = map_new()};
}

void keys_close(struct keys *k) {
    for (size_t i = 0; i < map_count(k->styles); i++) {
        struct input_set *set = map_at(k->styles, i)->value.ptr;
        set_free(set);
        mem_free(set);
    }
    map_drop(k->styles);
    set_free(&k->machine);
}

void keys_new_round(struct keys *k) {
    struct keys old = *k;
    keys_close(&old);
    keys_open(k, old.w, old.o, old.files);
    k->learn = old.learn;
    k->arg = old.arg;
    files_new_round(k->files);
}

static bool starts(const char *s, const char *with) {
    return strncmp(s, with, strlen(with)) == 0;
}

void keys_path(const struct keys *k, struct buf *out, const char *name) {
    buf_clear(out);
    if (name[0] == '/') buf_str(out, name);
    else if (strcmp(name, PROGRAM) == 0) buf_str(out, "/proc/self/exe");
    else if (starts(name, "styles/")) path_join(out, workshop_styles(k->w), name + strlen("styles/"));
    else path_join(out, workshop_project(k->w), name);
}

struct file *keys_new_file(struct keys *k, const char *name) {
    struct file *f = files_get(k->files, name);
    if (f->path) return f;
    struct buf b = {0};
    keys_path(k, &b, name);
    f->path = str_intern(b.p, b.n);
    buf_free(&b);
    return f;
}

struct file *keys_file(struct keys *k, const char *name) {
    struct file *f = keys_new_file(k, name);
    if (!f->asked && k->learn) k->learn(k->arg, f);
    f->asked = true;
    return f;
}

void set_add(struct input_set *set, struct file *file) {
    set->items = mem_grow(set->items, &set->cap, set->n + 1, sizeof *set->items);
    set->items[set->n++] = file;
    set->summed = false;
}

void set_free(struct input_set *set) {
    mem_free(set->items);
    *set = (struct input_set){0};
}

bool set_sum(struct input_set *set, const struct file **bad) {
    *bad = NULL;
    if (set->summed) return true;
    struct key *k = key_new();
    for (size_t i = 0; i < set->n; i++) {
        struct file *f = set->items[i];
        file_check(f);
        if (f->error && !*bad) *bad = f;
        key_string(k, f->name);
        key_string(k, f->stamp.size < 0 ? "-" : "+");
        key_bytes(k, f->sum.b, SUM_SIZE);
    }
    set->sum = key_finish(k);
    set->summed = !*bad;
    return set->summed;
}

static void fill(struct keys *k, struct input_set *set, struct document_inputs *found) {
    document_inputs_sort(found);
    for (size_t i = 0; i < found->n; i++) set_add(set, keys_file(k, found->items[i].name));
    document_inputs_free(found);
}

struct input_set *keys_styles(struct keys *k, const char *sheets) {
    struct map_entry *e = map_get(k->styles, sheets, strlen(sheets));
    if (e->value.ptr) return e->value.ptr;
    struct document_inputs found = {0};
    e->value.ptr = mem_alloc(sizeof(struct input_set));
    document_styles_find(&found, k->w, sheets);
    fill(k, e->value.ptr, &found);
    return e->value.ptr;
}

struct input_set *keys_machine(struct keys *k) {
    if (k->machine.n) return &k->machine;
    struct document_inputs found = {0};
    document_machine_find(&found, k->w);
    document_inputs_add(&found, PROGRAM, PROGRAM);
    fill(k, &k->machine, &found);
    return &k->machine;
}

struct sum keys_document(struct keys *k, const struct document *d, const struct input_set *sources) {
    const struct document_options *o = k->o;
    struct key *key = key_new();
    const int numbers[] = {(int)o->emit, (int)o->profile, (int)o->impose, o->creep};
    const char *const words[] = {SOTAY_VERSION, d->id,   d->kind,  d->variant, d->languages,
                                 d->layout,     d->unit, d->month, d->values,  getenv("SOURCE_DATE_EPOCH")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) key_string(key, words[i]);
    key_bytes(key, numbers, sizeof numbers);
    key_bytes(key, keys_machine(k)->sum.b, SUM_SIZE);
    key_bytes(key, keys_styles(k, d->sheets)->sum.b, SUM_SIZE);
    key_bytes(key, sources->sum.b, SUM_SIZE);
    return key_finish(key);
}
