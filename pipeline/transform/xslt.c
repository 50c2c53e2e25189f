#include "transform/xslt.h"

#include "base/library.h"

struct xslt xslt;

#define SYMBOL(name) #name,
#define SLOT(name) xslt.name = slots[i++];
#define LOAD(file, NAMES)                                                                                        \
    do {                                                                                                         \
        static const char *const names[] = {NAMES(SYMBOL)};                                                      \
        void *slots[sizeof names / sizeof *names];                                                               \
        size_t i = 0;                                                                                            \
        library_load(file, names, slots, sizeof names / sizeof *names);                                          \
        NAMES(SLOT)                                                                                              \
    } while (0)

void xslt_load(void) {
    LOAD("libxslt.so.1", XSLT_NAMES);
    LOAD("libexslt.so.0", EXSLT_NAMES);
    LOAD("libqrencode.so.4", QR_NAMES);
}
