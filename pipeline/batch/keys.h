/* What documents are made from, as checksums. */
#ifndef SOTAY_BATCH_KEYS_H
#define SOTAY_BATCH_KEYS_H

#include "batch/files.h"
#include "document.h"

/* Files by name, sorted. */
struct input_set {
    struct file **items;
    size_t n, cap;
    bool varies;
    struct sum sum; /* when summed: over names and contents */
    bool summed;
};

struct keys {
    struct workshop *w;
    const struct document_options *o;
    struct files *files;
    struct map *styles;       /* sheets -> struct input_set */
    struct input_set machine; /* n 0: not asked for yet */
    /* Asked what is known of a file when it is met first, or NULL. */
    void (*learn)(void *arg, struct file *file);
    void *arg;
};

void keys_open(struct keys *k, struct workshop *w, const struct document_options *o, struct files *files);
void keys_close(struct keys *k);
/* Files are looked at again. */
void keys_new_round(struct keys *k);
/* Where the file of a name is. */
void keys_path(const struct keys *k, struct buf *out, const char *name);
/* The file of a name, with its path. */
struct file *keys_file(struct keys *k, const char *name);
/* The same without asking what is known of it. */
struct file *keys_new_file(struct keys *k, const char *name);
void set_add(struct input_set *set, struct file *file);
void set_free(struct input_set *set);
/* Sums a set up; looks at its files.  False when one cannot be read (*bad). */
bool set_sum(struct input_set *set, const struct file **bad);
/* The sets of stylesheets (a document's `sheets`) and of the machine, found at the first call. */
struct input_set *keys_styles(struct keys *k, const char *sheets);
struct input_set *keys_machine(struct keys *k);
/* The key of a document made from sources, which must be summed like the two above. */
struct sum keys_document(struct keys *k, const struct document *d, const struct input_set *sources);

#endif
