/* QR codes for stylesheets (ISO/IEC 18004, error correction level M). */
#include "transform/parts.h"

#include <libxml/xpathInternals.h>

#define QR_NS BAD_CAST "urn:sotay:qr"

static QRcode *encode(xmlXPathParserContext *ctxt) {
    xmlChar *text = xmlXPathPopString(ctxt);
    QRcode *code = text && *text ? xslt.QRcode_encodeString8bit((char *)text, 0, QR_ECLEVEL_M) : NULL;
    xmlFree(text);
    return code;
}

static void modules(xmlXPathParserContext *ctxt, int nargs) {
    if (nargs != 1) {
        xmlXPathSetArityError(ctxt);
        return;
    }
    QRcode *code = encode(ctxt);
    xmlXPathReturnNumber(ctxt, code ? code->width : 0);
    xslt.QRcode_free(code);
}

static bool is_dark(const QRcode *code, int x, int y) {
    return code->data[y * code->width + x] & 1;
}

/* A rectangle for each run of dark modules in a row. */
static void path(xmlXPathParserContext *ctxt, int nargs) {
    if (nargs != 1) {
        xmlXPathSetArityError(ctxt);
        return;
    }
    QRcode *code = encode(ctxt);
    struct buf b = {0};
    for (int y = 0; code && y < code->width; y++)
        for (int x = 0; x < code->width; x++) {
            int from = x;
            while (x < code->width && is_dark(code, x, y)) x++;
            if (x > from) buf_fmt(&b, "M%d %dh%dv1h%dz", from, y, x - from, from - x);
        }
    xslt.QRcode_free(code);
    xmlXPathReturnString(ctxt, xmlStrdup(BAD_CAST buf_cstr(&b)));
    buf_free(&b);
}

void transform_qr_register(void) {
    xslt.xsltRegisterExtModuleFunction(BAD_CAST "modules", QR_NS, modules);
    xslt.xsltRegisterExtModuleFunction(BAD_CAST "path", QR_NS, path);
}
