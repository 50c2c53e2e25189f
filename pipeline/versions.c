/* What the program was built on and runs with. */
#include "document.h"
#include "pdf/pdf.h"

#include <cmark-gfm.h>
#include <hb.h>
#include <jpeglib.h>
#include <lcms2.h>
#include <libdeflate.h>
#include <libexslt/exsltconfig.h>
#include <libxml/parser.h>
#include <libxslt/xsltconfig.h>
#include <openssl/opensslv.h>
#include <png.h>
#include <unicode/uversion.h>
#include <yaml.h>

/* 20914 -> 2.9.14 */
static void dotted(struct buf *out, const char *name, int v) {
    buf_fmt(out, "%s %d.%d.%d\n", name, v / 10000, v / 100 % 100, v % 100);
}

void document_print_versions(struct buf *out) {
    UVersionInfo icu;
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(icu);
    u_versionToString(icu, text);
    buf_fmt(out, "libharu %s\n", pdf_library_version());
    dotted(out, "libxml2", atoi(xmlParserVersion));
    dotted(out, "libxslt", LIBXSLT_VERSION);
    dotted(out, "libexslt", LIBEXSLT_VERSION);
    buf_fmt(out, "cmark-gfm %s\n", cmark_version_string());
    buf_fmt(out, "libyaml %s\n", yaml_get_version_string());
    buf_fmt(out, "ICU %s\n", text);
    buf_fmt(out, "HarfBuzz %s\n", hb_version_string());
    buf_fmt(out, "libpng %s\n", png_get_libpng_ver(NULL));
    buf_fmt(out, "libjpeg %d\n", JPEG_LIB_VERSION);
    buf_fmt(out, "lcms2 %d\n", LCMS_VERSION);
    buf_fmt(out, "libdeflate %s\n", LIBDEFLATE_VERSION_STRING);
    buf_fmt(out, "%s\n", OPENSSL_VERSION_TEXT);
}
