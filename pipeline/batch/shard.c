#include "batch/shard.h"

#include "batch/pack.h"
#include "batch/record.h"

#include <dirent.h>
#include <unistd.h>

struct piece {
    size_t first, n; /* documents */
    int64_t weight;
    struct sum order;
    int shard;
};

static int by_weight(const void *a, const void *b) {
    const struct piece *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return memcmp(x->order.b, y->order.b, SUM_SIZE);
}

static int by_place(const void *a, const void *b) {
    const struct piece *x = a, *y = b;
    return (x->first > y->first) - (x->first < y->first);
}

static size_t find_pieces(const struct document_list *list, struct piece *pieces, const char *folder,
                          const struct map *times) {
    size_t n = 0, known = 0, skip = strlen(folder);
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (n && document_together(&list->items[pieces[n - 1].first], &list->items[i])) {
            pieces[n - 1].n++;
            continue;
        }
        const char *name = list->items[i].output;
        if (strncmp(name, folder, skip) == 0 && name[skip] == '/') name += skip + 1;
        const struct map_entry *e = times ? map_find(times, name, strlen(name)) : NULL;
        pieces[n++] = (struct piece){i, 1, e ? e->value.num : -1, sum_of(name, strlen(name)), 0};
        if (e) known++, sum += e->value.num;
    }
    for (size_t i = 0; i < n; i++)
        if (pieces[i].weight < 0) pieces[i].weight = known ? sum / (int64_t)known : 1;
    return n;
}

/* The longest first, each to the shard with the least to do. */
static void deal(struct piece *pieces, size_t n, int shards) {
    int64_t *load = mem_alloc((size_t)shards * sizeof *load);
    qsort(pieces, n, sizeof *pieces, by_weight);
    for (size_t i = 0; i < n; i++) {
        int least = 0;
        for (int s = 1; s < shards; s++)
            if (load[s] < load[least]) least = s;
        pieces[i].shard = least;
        load[least] += pieces[i].weight;
    }
    qsort(pieces, n, sizeof *pieces, by_place);
    mem_free(load);
}

/* ---- what was dealt out ---- */

static struct sum sum_of_pieces(const struct piece *pieces, size_t n, int shards) {
    struct key *k = key_new();
    for (size_t i = 0; i < n; i++) key_bytes(k, pieces[i].order.b, SUM_SIZE);
    key_bytes(k, &shards, sizeof shards);
    return key_finish(k);
}

/* False when nothing is noted, or for other documents. */
static bool read_deal(const char *path, struct piece *pieces, size_t n, int shards) {
    struct buf b = {0};
    bool good = file_read(&b, path) == 0;
    struct unpack u = unpack_of(buf_cstr(&b), b.n);
    struct sum then = unpack_sum(&u), now = sum_of_pieces(pieces, n, shards);
    good = good && sum_same(&then, &now);
    for (size_t i = 0; good && i < n; i++) {
        int64_t shard = unpack_int(&u);
        good = !u.bad && shard >= 0 && shard < shards;
        pieces[i].shard = (int)shard;
    }
    buf_free(&b);
    return good;
}

/* The first that comes writes it: a link is made once. */
static void write_deal(const char *path, struct piece *pieces, size_t n, int shards) {
    struct buf b = {0}, mine = {0};
    char host[65] = "";
    gethostname(host, sizeof host - 1);
    struct sum sum = sum_of_pieces(pieces, n, shards);
    pack_sum(&b, &sum);
    for (size_t i = 0; i < n; i++) pack_int(&b, pieces[i].shard);
    buf_fmt(&mine, "%s.%s-%ld", path, host, (long)getpid());
    int e;
    struct out_file *f = out_open(mine.p, &e);
    if (f) {
        out_write(f, b.p, b.n);
        if (out_commit(f) == 0 && link(mine.p, path) != 0 && !read_deal(path, pieces, n, shards))
            rename(mine.p, path); /* that of other documents */
        unlink(mine.p);
    }
    buf_free(&b);
    buf_free(&mine);
}

static void deal_once(struct document_list *list, struct piece *pieces, size_t n, int shards, const char *folder) {
    struct buf dir = {0}, path = {0};
    path_join(&dir, folder, ".sotay");
    dir_make(dir.p);
    buf_fmt(&path, "%s/shards-%d", dir.p, shards);
    if (!read_deal(path.p, pieces, n, shards)) {
        struct map *times = records_times(folder);
        find_pieces(list, pieces, folder, times);
        deal(pieces, n, shards);
        write_deal(path.p, pieces, n, shards);
        map_drop(times);
    }
    buf_free(&dir);
    buf_free(&path);
}

void shard_forget(const char *folder) {
    struct buf dir = {0}, path = {0};
    path_join(&dir, folder, ".sotay");
    DIR *d = opendir(dir.p);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strncmp(e->d_name, "shards-", 7) != 0) continue;
        path_join(&path, dir.p, e->d_name);
        unlink(path.p);
    }
    if (d) closedir(d);
    buf_free(&dir);
    buf_free(&path);
}

void shard_keep(struct document_list *list, struct batch_shard shard, const char *folder) {
    if (!list->n) return;
    struct piece *pieces = mem_alloc(list->n * sizeof *pieces);
    size_t n = find_pieces(list, pieces, folder, NULL), kept = 0;
    deal_once(list, pieces, n, shard.count, folder);
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; pieces[i].shard == shard.index - 1 && d < pieces[i].n; d++)
            list->items[kept++] = list->items[pieces[i].first + d];
    list->n = kept;
    mem_free(pieces);
}
