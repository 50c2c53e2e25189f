/* Messages to PO: GNU gettext manual, "The Format of PO Files". */
#include "exchange/parts.h"

#ifndef SOTAY_VERSION
#define SOTAY_VERSION "0"
#endif

static void write_string(struct buf *out, const char *s, size_t n) {
    buf_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"' || s[i] == '\\') buf_char(out, '\\');
        if (s[i] == '\n') buf_str(out, "\\n");
        else if (s[i] == '\t') buf_str(out, "\\t");
        else buf_char(out, s[i]);
    }
    buf_str(out, "\"\n");
}

/* Several lines where the text has several. */
static void write_entry(struct buf *out, const char *word, const char *s) {
    buf_fmt(out, "%s ", word);
    const char *end = strchr(s, '\n');
    if (end && end[1]) {
        buf_str(out, "\"\"\n");
        for (; (end = strchr(s, '\n')) != NULL; s = end + 1) write_string(out, s, (size_t)(end - s) + 1);
        if (!*s) return;
    }
    write_string(out, s, strlen(s));
}

static void write_head(const struct exchange *x, struct buf *out) {
    buf_fmt(out,
            "# %s: %s -> %s\n"
            "msgid \"\"\nmsgstr \"\"\n"
            "\"Project-Id-Version: %s\\n\"\n"
            "\"PO-Revision-Date: %s 00:00+0000\\n\"\n"
            "\"Last-Translator: sotay\\n\"\n"
            "\"Language-Team: %s\\n\"\n"
            "\"Language: %s\\n\"\n"
            "\"MIME-Version: 1.0\\n\"\n"
            "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
            "\"Content-Transfer-Encoding: 8bit\\n\"\n"
            "\"X-Source-Language: %s\\n\"\n"
            "\"X-Generator: sotay " SOTAY_VERSION "\\n\"\n",
            x->publication->id, x->base_lang, x->lang, x->publication->id,
            x->publication->date ? x->publication->date : "1970-01-01", x->lang, x->lang, x->base_lang);
}

void po_write(const struct exchange *x, struct buf *out) {
    write_head(x, out);
    for (size_t i = 0; i < x->count; i++) {
        const struct message *m = &x->messages[i];
        buf_fmt(out, "\n#. %s\n#: %s:%d\n", exchange_kind(m), m->base->pos.file, (int)m->base->pos.line);
        buf_str(out, m->fuzzy ? "#, fuzzy, md-text\n" : "#, md-text\n");
        write_entry(out, "msgctxt", m->name);
        write_entry(out, "msgid", m->base->text);
        write_entry(out, "msgstr", m->other ? m->other->text : "");
    }
}
