/* Edition XML to XSL-FO 1.1: XSLT 1.0 stylesheets run by libxslt, with EXSLT
 * (common, functions, math, sets, strings, dynamic; not date and not
 * math:random, since nothing printed may depend on the clock or on chance).
 *
 * A stylesheet may read other files of the styles and content folders, with
 * xsl:import, xsl:include and document(), and nothing else: no network, no
 * other file, and it writes nothing.
 *
 * One function more: in the namespace urn:sotay:qr, modules(text) is the
 * number of modules along a side of the QR code of a text, and path(text) its
 * dark modules as SVG path data in units of a module (ISO/IEC 18004, level M).
 */
#ifndef SOTAY_TRANSFORM_H
#define SOTAY_TRANSFORM_H

#include "base/base.h"

#include <libxml/tree.h>

/* Compiled stylesheets, kept from run to run. */
struct transform;

/* styles is the folder of KIND.xsl; content, which document() may read too, may
 * be NULL.  Never NULL. */
struct transform *transform_open(const char *styles, const char *content);
void transform_close(struct transform *t);

/* Whether styles has a stylesheet for this kind. */
bool transform_has_kind(const struct transform *t, const char *kind);

/* Runs a stylesheet.  params: names and values as plain text, one after the
 * other, ended by NULL; values may hold any characters.  The edition is not
 * changed.  The caller owns the result; NULL after an error, which is told at
 * its place in the stylesheet (or in the source: what xsl:message says is a
 * note). */
xmlDoc *transform_apply(struct transform *t, const char *stylesheet, xmlDoc *edition,
                        const char *const params[], struct diags *diags);

/* The files read so far for a stylesheet: itself, what it imports, what
 * document() asked for; in order of first reading.  n gets how many. */
const char *const *transform_inputs(const struct transform *t, const char *stylesheet, size_t *n);

/* The files KIND.xsl takes in, found without running it: itself, xsl:import,
 * xsl:include, document('NAME'); by their place in styles.  False when one of
 * them chooses a name as it runs: then it may be any.  Start with {0}. */
struct transform_files {
    char **names;
    size_t n, cap;
};
bool transform_scan(struct transform_files *files, const char *styles, const char *kind);
void transform_files_free(struct transform_files *files);

/* Compiles KIND.xsl if it is there; what is wrong with it is told by
 * transform_run. */
void transform_warm(struct transform *t, const char *kind);

/* What a build says; NULL and "" leave the choice to edition and kind. */
struct transform_options {
    const char *styles;      /* the folder of stylesheets */
    const char *content;     /* see transform_open */
    const char *kind;        /* runs styles/KIND.xsl */
    const char *variant;     /* "" or "facilitator" */
    const char *copy;        /* which of several: a version of the quiz, a size of cards; or "" */
    const char *languages;   /* "vi en" or "vi,en" */
    const char *layout;      /* "columns" ... */
    const char *date;        /* yyyy-mm-dd, printed in place of the edition's */
    struct transform *cache; /* NULL: stylesheets are compiled for this run alone */
    bool origins;            /* objects say in s:origin which line of which stylesheet made them, and
                              * in s:origin-N where an attribute set stands that is theirs */
};

/* The same with the parameters all kinds take. */
xmlDoc *transform_run(xmlDoc *edition, const struct transform_options *options, struct diags *diags);

#endif
