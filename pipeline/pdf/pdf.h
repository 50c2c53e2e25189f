/* Pages of areas to PDF through libharu's object layer.
 *
 * A PDF back end is an area_sink.  Fonts are subset and embedded, text maps to
 * Unicode, structure elements, links, outline, page labels, XMP, output intent
 * as the profile asks (ISO 19005-3, ISO 14289-1). */
#ifndef SOTAY_PDF_H
#define SOTAY_PDF_H

#include "area/area.h"
#include "base/base.h"
#include "graphics/graphics.h"

enum pdf_profile { PDF_A3A_UA1, PDF_A2A_UA1, PDF_A3B, PDF_PLAIN };
enum pdf_impose { PDF_IMPOSE_NONE, PDF_IMPOSE_BOOKLET };

struct pdf_attachment {
    const char *name, *mime, *description, *relationship; /* "Source" ... */
    const void *data;
    size_t size;
};

#define PDF_OUTPUT_INTENT "/usr/share/color/icc/sRGB.icc"

struct pdf_options {
    enum pdf_profile profile;
    enum pdf_impose impose; /* booklet: two pages a sheet side in folding order; not tagged */
    mpt creep; /* what each sheet sticks out of the one around it: its pages move to the fold */
    const char *title, *author, *subject, *lang; /* defaults for what meta() does not say */
    const char *date;       /* ISO 8601: before what meta() says; NULL: that, or no date at all */
    const char *producer;
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    struct pos pos; /* of the document, for what it lacks as a whole */
    const char *icc_path; /* sRGB profile of the output intent; NULL: the usual place */
};

/* Writes to out as pages come.  The profile is claimed only when nothing the
 * pages brought forbids it: a missing title or language, a figure without Alt,
 * a heading that skips a level leave PDF/A-3u (2u), a missing glyph nothing;
 * each is warned about with its place (PDF_NOT_ACCESSIBLE). */
struct area_sink *pdf_open(struct out_file *out, const struct pdf_options *options, struct fontset *fonts,
                           struct diags *diags);
/* Completes the file (not committed: that is the caller's); 0, or -1 with a
 * diagnostic.  Frees the sink. */
int pdf_close(struct area_sink *s);

/* libharu's version. */
const char *pdf_library_version(void);

#endif
