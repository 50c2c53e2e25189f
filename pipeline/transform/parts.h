/* Private to transform/. */
#ifndef SOTAY_TRANSFORM_PARTS_H
#define SOTAY_TRANSFORM_PARTS_H

#include "transform/transform.h"
#include "transform/xslt.h"


struct transform_sheet {
    const char *path;
    bool origins; /* objects carry s:origin */
    int sets;     /* attribute sets marked so far */
    xsltStylesheet *style;
    const char **inputs;
    size_t n, cap;
    struct transform_sheet *next;
};

struct transform {
    struct arena *arena;
    const char *styles, *content;
    bool origins; /* of the run at hand */
    struct transform_sheet *sheets;
    xsltSecurityPrefs *security;
};

/* ---- errors.c ---- */

/* Collects what libxml2 and libxslt say and makes diagnostics of it. */
struct transform_errors {
    struct diags *diags;
    struct pos pos; /* what the next line is about; file NULL: nothing */
    struct pos start; /* where a message without a place belongs */
    struct pos told;  /* of the last error */
    struct buf line, message, held; /* a line not yet ended; the last of xsl:message; an expression */
    bool failed;
    bool stopped; /* xsl:message ended the run */
    struct transform_errors *outer;
    void *old_context;
    void (*old_structured)(void *, xmlError *);
};

void transform_errors_open(struct transform_errors *e, struct diags *diags, struct pos start);
/* Tells what is left; true when there was an error. */
bool transform_errors_close(struct transform_errors *e);
/* Routes a transformation's own messages here. */
void transform_errors_watch(struct transform_errors *e, xsltTransformContext *ctxt);

/* ---- load.c ---- */

/* Whether a stylesheet may read this file. */
bool transform_may_read(const struct transform *t, const char *path);
/* While it is open, all that libxslt loads comes through here. */
void transform_load_open(struct transform *t, struct transform_sheet *sheet, struct diags *diags);
void transform_load_close(void);
xsltSecurityPrefs *transform_security_new(void);

/* ---- origin.c ---- */

/* Marks what makes objects in a stylesheet not yet compiled; serial counts the
 * attribute sets of all files of one. */
void transform_mark_origins(xmlDoc *sheet, const char *file, int *serial);

/* ---- qr.c ---- */

void transform_qr_register(void);

#endif
