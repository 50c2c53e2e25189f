/* The whole document: masters, bookmarks, page-sequences in order, citations
 * that stay open to the end. */
#include "layout/flow.h"

static const char *title_of(struct layout *l, const struct fo_node *bookmark) {
    struct buf b = {0};
    for (const struct fo_node *n = bookmark->first; n; n = n->next)
        if (n->element == FO_BOOKMARK_TITLE)
            for (const struct fo_node *t = n->first; t; t = t->next)
                if (t->element == FO_TEXT) buf_put(&b, t->text, t->text_len);
    struct buf out = {0};
    bool space = false;
    for (const char *p = buf_cstr(&b); *p; p++) {
        if (strchr(" \t\n\r", *p)) {
            space = out.n > 0;
            continue;
        }
        if (space) buf_char(&out, ' ');
        space = false;
        buf_char(&out, *p);
    }
    const char *s = arena_strndup(l->arena, buf_cstr(&out), out.n);
    buf_free(&b);
    buf_free(&out);
    return s;
}

/* XSL 1.1, 6.11. */
static void add_bookmarks(struct layout *l, const struct fo_node *n, int32_t parent, int depth) {
    enum { DEPTH = 64 };
    for (; n && depth < DEPTH; n = n->next) {
        if (n->element != FO_BOOKMARK) continue;
        struct area_outline o = {.title = title_of(l, n), .open = !fo_is(n, P_STARTING_STATE, E_HIDE)};
        o.dest = fo_string(n, P_INTERNAL_DESTINATION);
        if (o.dest && !*o.dest) o.dest = NULL;
        if (!o.dest) o.uri = fo_string(n, P_EXTERNAL_DESTINATION);
        int32_t index = l->sink->outline(l->sink, parent, &o);
        add_bookmarks(l, n->first, index, depth + 1);
    }
}

static void add_meta(struct layout *l) {
    /* Dublin Core names in the document, those of a back end beside them. */
    static const char *const keys[][2] = {{"title", "title"},       {"creator", "author"}, {"subject", "subject"},
                                          {"keywords", "keywords"}, {"language", "lang"},  {"date", "creation-date"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *v = fo_meta(l->fo, keys[i][0]);
        /* Of several languages the first is the document's (ISO 32000-1, 14.9.2). */
        if (v && strcmp(keys[i][1], "lang") == 0) v = str_intern(v, strcspn(v, ", "));
        if (v && *v) l->sink->meta(l->sink, keys[i][1], v);
    }
}

static int run_sequences(struct layout *l, struct masters *m) {
    for (;;) {
        bool failed = false;
        struct fo_node *s = fo_begin_sequence(l->fo, &failed);
        if (!s) return failed ? -1 : 0;
        if (fo_string(s, P_FLOW_MAP_REFERENCE)) fo_complete(l, s); /* for its other flows */
        l->seq_arena = arena_new();
        int e = pages_run(l, m, s);
        arena_drop(l->seq_arena);
        fo_release(l->fo, s);
        if (e) return -1;
        waiting_resolve(l, false);
    }
}

static int run_round(struct layout *l) {
    l->round++;
    l->counting = l->spreads = false;
    l->open_tag_count = 0;
    l->tag_end = 0;
    l->page_count = l->last_number = l->note_serial = l->list_serial = l->sequence_serial = 0;
    add_meta(l);
    struct fo_node *root = fo_root(l->fo);
    for (struct fo_node *n = root->first; n; n = n->next)
        if (n->element == FO_BOOKMARK_TREE) add_bookmarks(l, n->first, -1, 0);
    struct masters *m = masters_new(l, root);
    int e = run_sequences(l, m);
    if (!e && root->id) ids_ended(l, root->id);
    waiting_resolve(l, true);
    markers_drop(l);
    masters_drop(m);
    return e;
}

/* Does content depend on pages it did not know?  Then the next round lays out
 * everything with those of this one. */
static bool learn(struct layout *l) {
    bool exact = l->wants_exact && !l->exact, index = !index_settled(l);
    bool scale = l->scales_missing && !l->scales_asked;
    l->scales_asked |= scale;
    if (!exact && !index && !scale) return false;
    if (exact) l->exact = l->ids;
    else map_drop(l->ids);
    l->ids = map_new();
    l->round = 0;
    index_next_round(l, true);
    return true;
}

/* A round that only counts is followed by one that writes; at most ROUNDS_MAX
 * find out what lists of pages and exact citations come to. */
static int run_rounds(struct layout *l) {
    enum { ROUNDS_MAX = 4 };
    for (int known = 1;;) {
        int e = run_round(l);
        if (e) return e;
        bool writes = l->round > 1, again = !writes && known < ROUNDS_MAX && learn(l);
        if (again) known++;
        else if (!l->counting) {
            if (known == ROUNDS_MAX && !writes && !index_settled(l))
                diag_add(l->diags, DIAG_LAYOUT_NOTE, fo_root(l->fo)->pos, "the pages of the index do not settle");
            index_tell(l);
            return 0;
        } else index_next_round(l, false);
        l->sink->restart(l->sink);
        if (fo_rewind(l->fo)) return -1;
    }
}

int layout_run(struct fo_doc *fo, struct fontset *fonts, struct images *images, struct area_sink *sink,
               const struct layout_options *options, struct diags *diags) {
    static const struct layout_options none = {0};
    struct layout l = {.fo = fo, .fonts = fonts, .images = images, .sink = sink, .diags = diags};
    l.options = options ? options : &none;
    l.arena = arena_new();
    l.ids = map_new();
    int e = run_rounds(&l);
    if (!e && l.options->explain) explain_finish(l.options->explain, l.page_count);
    line_drop_caches(&l);
    mem_free(l.open_tags);
    map_drop(l.ids);
    map_drop(l.exact);
    map_drop(l.scales);
    index_drop(l.index);
    index_drop(l.index_before);
    arena_drop(l.arena);
    return e;
}
