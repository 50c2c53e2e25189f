/* libxslt, libexslt and libqrencode, loaded at the first transformation
 * (base/library.h): what formats FO has no use for them. */
#ifndef SOTAY_TRANSFORM_XSLT_H
#define SOTAY_TRANSFORM_XSLT_H

#include <libexslt/exslt.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <qrencode.h>

#define XSLT_NAMES(F)                                                                                            \
    F(xsltApplyStylesheetUser) F(xsltDocDefaultLoader) F(xsltFreeSecurityPrefs) F(xsltFreeStylesheet)            \
    F(xsltFreeTransformContext) F(xsltInit) F(xsltNewSecurityPrefs) F(xsltNewTransformContext)                   \
    F(xsltParseStylesheetFile) F(xsltQuoteUserParams) F(xsltRegisterExtModuleFunction) F(xsltSecurityForbid)     \
    F(xsltSetCtxtSecurityPrefs) F(xsltSetGenericErrorFunc) F(xsltSetLoaderFunc) F(xsltSetSecurityPrefs)          \
    F(xsltSetTransformErrorFunc) F(xsltUnregisterExtModuleFunction)
#define EXSLT_NAMES(F)                                                                                           \
    F(exsltCommonRegister) F(exsltDynRegister) F(exsltFuncRegister) F(exsltMathRegister) F(exsltSetsRegister)    \
    F(exsltStrRegister)
#define QR_NAMES(F) F(QRcode_encodeString8bit) F(QRcode_free)

#define XSLT_MEMBER(name) __typeof__(name) *name;
extern struct xslt {
    XSLT_NAMES(XSLT_MEMBER)
    EXSLT_NAMES(XSLT_MEMBER)
    QR_NAMES(XSLT_MEMBER)
} xslt;
#undef XSLT_MEMBER

/* Fills xslt. */
void xslt_load(void);

#endif
