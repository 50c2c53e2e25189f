#include "archive/hasher.h"

#include <pthread.h>
#include <unistd.h>

enum { RING = 256, THREADS_MAX = 16 };

struct slot {
    struct hashed file;
    bool done;
};

struct hasher {
    void (*judge)(void *arg, const struct hashed *h);
    void *arg;
    pthread_t threads[THREADS_MAX];
    int thread_count;
    pthread_mutex_t lock;
    pthread_cond_t more, done;
    struct slot ring[RING];
    size_t judged, taken, given; /* numbers of files; judged <= taken <= given <= judged + RING */
    bool end;
};

static void digest(struct hashed *f) {
    if (f->path) f->error = sha512_file(f->sum, &f->size, f->path);
}

static void *work(void *arg) {
    struct hasher *h = arg;
    pthread_mutex_lock(&h->lock);
    for (;;) {
        while (h->taken == h->given && !h->end) pthread_cond_wait(&h->more, &h->lock);
        if (h->taken == h->given) break;
        struct slot *s = &h->ring[h->taken++ % RING];
        pthread_mutex_unlock(&h->lock);
        digest(&s->file);
        pthread_mutex_lock(&h->lock);
        s->done = true;
        pthread_cond_signal(&h->done);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

struct hasher *hasher_new(void (*judge)(void *arg, const struct hashed *h), void *arg) {
    struct hasher *h = mem_alloc(sizeof *h);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    memset(h, 0, sizeof *h);
    h->judge = judge;
    h->arg = arg;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->more, NULL);
    pthread_cond_init(&h->done, NULL);
    while (h->thread_count < THREADS_MAX && h->thread_count < cores &&
           pthread_create(&h->threads[h->thread_count], NULL, work, h) == 0)
        h->thread_count++;
    return h;
}

/* The oldest one; with the lock, which is let go while it is judged. */
static void judge_one(struct hasher *h) {
    struct slot *s = &h->ring[h->judged % RING];
    if (!h->thread_count) { /* there are none: then here */
        h->taken++;
        digest(&s->file);
        s->done = true;
    }
    while (!s->done) pthread_cond_wait(&h->done, &h->lock);
    pthread_mutex_unlock(&h->lock);
    h->judge(h->arg, &s->file);
    mem_free(s->file.path);
    pthread_mutex_lock(&h->lock);
    h->judged++;
}

void hasher_add(struct hasher *h, const char *path, const char *wanted, void *arg) {
    pthread_mutex_lock(&h->lock);
    if (h->given == h->judged + RING) judge_one(h);
    struct slot *s = &h->ring[h->given % RING];
    *s = (struct slot){.file = {.path = path ? mem_strdup(path) : NULL, .arg = arg}};
    snprintf(s->file.wanted, sizeof s->file.wanted, "%s", wanted ? wanted : "");
    h->given++;
    pthread_cond_signal(&h->more);
    pthread_mutex_unlock(&h->lock);
}

void hasher_end(struct hasher *h) {
    pthread_mutex_lock(&h->lock);
    while (h->judged < h->given) judge_one(h);
    h->end = true;
    pthread_cond_broadcast(&h->more);
    pthread_mutex_unlock(&h->lock);
    for (int i = 0; i < h->thread_count; i++) pthread_join(h->threads[i], NULL);
    pthread_mutex_destroy(&h->lock);
    pthread_cond_destroy(&h->more);
    pthread_cond_destroy(&h->done);
    mem_free(h);
}
