/* sotay explain, and sotay fo --explain: why a page is as it is. */
#include "cli/cli.h"

#include <errno.h>

void cli_explain_begin(struct cli *c, struct buf *out) {
    struct document_options *o = &c->o.document;
    o->explain = out;
    o->explain_json = c->o.messages == MESSAGES_JSON;
    o->explain_vietnamese = strcmp(c->language, "vi") == 0;
    o->emit = DOCUMENT_AREAS; /* which are not kept */
    o->trial = true;
}

int cli_explain_end(struct cli *c, struct buf *out) {
    diags_flush(c->diags);
    if (fwrite(buf_cstr(out), 1, out->n, stdout) != out->n || fflush(stdout) != 0) {
        diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, "-", strerror(errno));
        diags_flush(c->diags);
    }
    buf_free(out);
    return document_status(c->diags);
}

/* The first of the publication's documents. */
static int explain(struct cli *c, struct workshop *w) {
    struct document_list list = {0};
    int status = document_list_fill(&list, w, c->o.args, 1, NULL, &c->o.document, c->diags);
    diags_flush(c->diags);
    if (!status && list.n) {
        struct buf text = {0};
        cli_explain_begin(c, &text);
        document_build(w, list.items, 1, &c->o.document, NULL, c->diags);
        status = cli_explain_end(c, &text);
    }
    document_list_free(&list);
    return status;
}

int cli_explain(struct cli *c) {
    struct options *o = &c->o;
    char *end = "";
    long page = o->arg_count == 2 ? strtol(o->args[1], &end, 10) : 0;
    if (page < 1 || page > INT32_MAX || *end) return options_wrong(o, "explain takes a publication and the count of a page");
    o->document.explain_page = (int32_t)page;
    o->document.impose = IMPOSE_NONE; /* the sheets hold the same pages */
    o->document.check_forms = true;
    struct workshop *w = cli_workshop(c, true);
    if (!w) return cli_no_workshop(c);
    int status = explain(c, w);
    workshop_close(w);
    return status;
}
