#include "batch/shard.h"

#include "batch/key.h"

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

void shard_keep(struct document_list *list, struct batch_shard shard, const char *folder, const struct map *times) {
    if (!list->n) return;
    struct piece *pieces = mem_alloc(list->n * sizeof *pieces);
    size_t n = find_pieces(list, pieces, folder, times), kept = 0;
    deal(pieces, n, shard.count);
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; pieces[i].shard == shard.index - 1 && d < pieces[i].n; d++)
            list->items[kept++] = list->items[pieces[i].first + d];
    list->n = kept;
    mem_free(pieces);
}
