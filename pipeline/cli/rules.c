/* sotay rules, and sotay check FILE.fo: the rules of form. */
#include "cli/cli.h"

#include <errno.h>

int cli_rules(struct cli *c) {
    struct workshop *w = workshop_open(c->project, c->project && c->o.arg_count, c->diags);
    if (!w) return document_status(c->diags);
    struct buf b = {0};
    bool json = c->o.messages == MESSAGES_JSON, vietnamese = strcmp(c->language, "vi") == 0, found = true;
    if (!c->o.arg_count) document_print_rules(&b, w, NULL, json, vietnamese);
    for (size_t i = 0; i < c->o.arg_count && found; i++) {
        found = document_print_rules(&b, w, c->o.args[i], json, vietnamese) ||
                document_print_rules_of(&b, w, c->o.args[i], json, vietnamese, c->diags);
        struct buf known = {0};
        document_pack_names(&known, w);
        if (!found) diag_add(c->diags, DIAG_UNKNOWN_PACK, (struct pos){0}, c->o.args[i], buf_cstr(&known));
        buf_free(&known);
    }
    if (fwrite(buf_cstr(&b), 1, b.n, stdout) != b.n || fflush(stdout) != 0)
        diag_add(c->diags, DIAG_CANNOT_WRITE, (struct pos){0}, "-", strerror(errno));
    buf_free(&b);
    workshop_close(w);
    diags_flush(c->diags);
    return found ? document_status(c->diags) : 2;
}

static bool is_fo(const char *name) {
    size_t n = strlen(name);
    return n > 3 && strcmp(name + n - 3, ".fo") == 0;
}

bool cli_check_is_fo(const struct cli *c) {
    for (size_t i = 0; i < c->o.arg_count; i++)
        if (is_fo(c->o.args[i])) return true;
    return false;
}

int cli_check_fo(struct cli *c) {
    for (size_t i = 0; i < c->o.arg_count; i++)
        if (!is_fo(c->o.args[i])) return options_wrong(&c->o, "either FO documents or publications");
    c->o.document.profile = PROFILE_NONE; /* what a PDF may claim is not asked */
    struct workshop *w = workshop_open(c->project, false, c->diags);
    for (size_t i = 0; i < c->o.arg_count; i++) {
        document_format(w, c->o.args[i], "-", &c->o.document, c->diags);
        diags_flush(c->diags);
    }
    workshop_close(w);
    int status = document_status(c->diags);
    if (status) return status;
    return diags_count(c->diags, DIAG_LEVEL_WARNING) || diags_count(c->diags, DIAG_LEVEL_UNSUPPORTED) ? 1 : 0;
}
