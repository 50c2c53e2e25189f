/* "<!-- allow FINDING: the reason -->" before a block: a difference that is
 * meant. */
#include "source/markdown.h"

static const char *skip_blanks(const char *s, const char *end) {
    while (s < end && strchr(" \t\r\n", *s)) s++;
    return s;
}

/* Adds "LINE:COLUMN FINDING reason", a line of src:allow. */
static void keep(struct md *md, struct pos pos, const char *name, size_t n, const char *reason, const char *end) {
    struct buf b = {0};
    if (md->allow) buf_fmt(&b, "%s\n", md->allow);
    buf_fmt(&b, "%d:%d %.*s ", (int)pos.line, (int)pos.col, (int)n, name);
    for (; reason < end; reason++) buf_char(&b, (unsigned char)*reason < ' ' ? ' ' : *reason);
    md->allow = source_nfc(md->arena, b.p, b.n);
    buf_free(&b);
}

void md_allow_read(struct md *md, const char *s, size_t n, struct pos pos) {
    const char *end = s + n, *name = skip_blanks(s, end);
    if (end - name < 6 || strncmp(name, "allow", 5) != 0 || !strchr(" \t\r\n", name[5])) return;
    name = skip_blanks(name + 5, end);
    size_t length = 0;
    while (name + length < end && (source_is_letter(name[length]) || name[length] == '-')) length++;
    const char *mark = skip_blanks(name + length, end);
    bool colon = mark < end && *mark == ':';
    const char *reason = colon ? skip_blanks(mark + 1, end) : end;
    while (end > reason && strchr(" \t\r\n", end[-1])) end--;
    if (length && reason < end) keep(md, pos, name, length, reason, end);
    else diag_add(md->diags, DIAG_ALLOW_SHAPE, pos);
}

void md_allow_end(struct md *md) {
    for (const char *s = md->allow; s && *s; s += strspn(s, "\n")) {
        struct pos pos = {md->text->path, 0, 0};
        char name[64] = "";
        if (sscanf(s, "%d:%d %63s", &pos.line, &pos.col, name) == 3)
            diag_add(md->diags, DIAG_ALLOW_UNUSED, pos, name);
        s += strcspn(s, "\n");
    }
    md->allow = NULL;
}
