#include "pdf/pdf.h"

#include <hpdf.h>

const char *pdf_library_version(void) {
    return HPDF_GetVersion();
}
