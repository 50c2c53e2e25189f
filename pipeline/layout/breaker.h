/* The breaker's inside, shared by breaker.c, settle.c and balance.c. */
#ifndef SOTAY_LAYOUT_BREAKER_H
#define SOTAY_LAYOUT_BREAKER_H

#include "layout/flow.h"

/* Of one queue of footnotes: how far they have been set. */
struct note_at {
    int64_t inserted;   /* their length */
    int32_t note, item; /* the last footnote item set; note -1: none */
};

struct node {
    struct node *prev, *next; /* next: among the active */
    int32_t refs, part;       /* part: how many parts end here */
    uint32_t shifted;         /* last breaker_shift that moved it */
    int64_t pos;              /* the break item; -1 before the first */
    int fitness, attempts;
    bool empty;               /* a part left empty to recover, or for footnotes only */
    int64_t width, stretch, shrink; /* totals after the break */
    double ratio, demerits;
    int64_t give_stretch, give_shrink, left;
    struct note_at at[NOTE_QUEUES];
};

struct note_entry {
    struct note *note;
    int64_t width;    /* of the items up to the one that cites it */
    int64_t pos, sum; /* item that cites it; length of all up to it */
    int32_t last;     /* its last item: known when the note itself has been dropped */
};

/* Footnotes in the order of their citations. */
struct note_queue {
    struct note_entry *v;
    size_t count, cap;
    int32_t rest_item; /* of the first note, set before the list began; -1 */
    int64_t rest_inserted;
    int32_t first_new; /* of the notes met since the last legal break, or -1 */
};

struct breaker {
    struct arena *arena;
    struct seq *items;
    struct part_source source;
    struct breaker_options options;
    double threshold;
    struct node *free_nodes, *active;
    int32_t active_count;
    struct {
        int64_t width, stretch, shrink;
        struct note_at at[NOTE_QUEUES];
    } now;
    struct node best[4], *best_held[4];
    bool best_set[4];
    struct node *too_short, *too_long, *last_off, *last_forced, *recovered, *before_keep, *kept_alive, *settled, *stopped,
        *before_change; /* the best end of a part whose next one has another inline extent */
    int keep_context;
    struct note_queue queue[NOTE_QUEUES];
    int32_t queues; /* those in use are the first ones */
    int64_t pos, end_pos;
    bool started, ended, finished;
    uint32_t shifts;
    struct part *parts; /* settled, in order; given counts those handed out */
    size_t part_count, part_cap, given;
};

/* breaker.c, for settle.c and balance.c */
struct node *node_new(struct breaker *b, const struct node *from);
void hold(struct breaker *b, struct node **slot, struct node *n);
void activate(struct breaker *b, struct node *n);
void deactivate(struct breaker *b, struct node **link);
struct node *better(struct breaker *b, struct node *a, struct node *c);
mpt extent_of(struct breaker *b, int32_t part);
int64_t notes_total(const struct note_queue *q);
int32_t note_last_item(const struct note_queue *q, int32_t note);
int64_t split_notes(const struct note_queue *q, struct note_at *at, int64_t room, bool may_defer_old);
/* All that is left of a queue is set. */
void set_all_notes(const struct note_queue *q, struct note_at *at);

/* settle.c: parts that no later item can change; the end of the sequence */
void breaker_settle(struct breaker *b);
void breaker_finish(struct breaker *b);

#endif
