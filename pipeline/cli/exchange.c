/* sotay export and import: translators' files. */
#include "cli/cli.h"

/* "po" or "xliff", the publication, and perhaps a file. */
static bool read_words(const struct cli *c, size_t most, enum document_exchange *format) {
    const struct options *o = &c->o;
    bool po = o->arg_count && strcmp(o->args[0], "po") == 0, xliff = o->arg_count && strcmp(o->args[0], "xliff") == 0;
    *format = po ? DOCUMENT_PO : o->xliff_21 ? DOCUMENT_XLIFF_21 : DOCUMENT_XLIFF_12;
    if (!po && !xliff) options_wrong(o, "which format: po or xliff?");
    else if (o->arg_count < 2) options_wrong(o, "which publication?");
    else if (o->arg_count > most) options_wrong(o, "one thing too many: %s", o->args[most]);
    else if (po && o->xliff_21) options_wrong(o, "--xliff is for xliff");
    else return true;
    return false;
}

static int status_of(const struct cli *c, bool good) {
    int status = document_status(c->diags);
    return status || good ? status : 1;
}

static int no_workshop(const struct cli *c) {
    return c->project ? status_of(c, false) : 2;
}

int cli_export(struct cli *c) {
    enum document_exchange format;
    if (!read_words(c, 2, &format)) return 2;
    struct workshop *w = cli_workshop(c, true);
    if (!w) return no_workshop(c);
    bool good = document_export(w, c->o.args[1], c->o.document.languages, format, c->o.output, c->diags);
    diags_flush(c->diags);
    workshop_close(w);
    return status_of(c, good);
}

static void tell(const struct cli *c, const struct document_exchanged *n) {
    bool vi = strcmp(c->language, "vi") == 0;
    fprintf(stderr,
            vi ? "%d đoạn: %d đoạn đã đổi, %d đoạn cần xem lại, %d đoạn chưa dịch\n"
               : "%d texts: %d changed, %d in doubt, %d not translated\n",
            n->messages, n->changed, n->fuzzy, n->missing);
}

int cli_import(struct cli *c) {
    enum document_exchange format;
    if (!read_words(c, 3, &format)) return 2;
    struct workshop *w = cli_workshop(c, true);
    if (!w) return no_workshop(c);
    struct document_exchanged n = {0};
    const char *path = c->o.arg_count > 2 ? c->o.args[2] : NULL;
    bool good = document_import(w, c->o.args[1], c->o.document.languages, format, path, &n, c->diags);
    diags_flush(c->diags);
    if (good && !c->o.quiet) tell(c, &n);
    workshop_close(w);
    return status_of(c, good);
}
