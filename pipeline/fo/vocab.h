/* The vocabulary as data: what elements.def, properties.def and tokens.def say,
 * and look-ups by name.  Private to fo/. */
#ifndef SOTAY_FO_VOCAB_H
#define SOTAY_FO_VOCAB_H

#include "fo/fo.h"

#define NS_FO "http://www.w3.org/1999/XSL/Format"
#define NS_FOX "http://xmlgraphics.apache.org/fop/extensions"
#define NS_S "urn:sotay:fo"
#define NS_SOURCE "urn:sotay:source"
#define NS_XML "http://www.w3.org/XML/1998/namespace"

enum fo_support { SUPPORT_FULL, SUPPORT_PARTIAL, SUPPORT_NONE };

/* What a percentage is of. */
enum fo_base {
    BASE_NONE,
    BASE_OWN_FONT,    /* worked at computation */
    BASE_PARENT_FONT, /* worked at computation */
    BASE_IPD,         /* inline-progression-dimension of the containing area */
    BASE_BPD,
    BASE_IMAGE,       /* the graphic's own size */
    BASE_BACKGROUND,  /* padding rectangle less image */
    BASE_LINE_HEIGHT,
    BASE_PAGE
};

enum fo_type {
    TYPE_LENGTH = 1,
    TYPE_PERCENT = 2,
    TYPE_NUMBER = 4,
    TYPE_INTEGER = 8,
    TYPE_POSITIVE = 16,
    TYPE_COLOR = 32,
    TYPE_STRING = 64,
    TYPE_NAME = 128,
    TYPE_URI = 256,
    TYPE_FAMILY = 512,
    TYPE_CHAR = 1024
};

enum shorthand {
#define FO_PROPERTY(...)
#define FO_SHORTHAND(id, ...) SH_##id,
#include "fo/properties.def"
#undef FO_PROPERTY
#undef FO_SHORTHAND
    SH_COUNT
};

enum shorthand_kind {
    KIND_SPACE,
    KIND_SAME,
    KIND_KEEP,
    KIND_RANGE,
    KIND_PAIR,
    KIND_ABSOLUTE,
    KIND_DECORATION,
    KIND_BACKGROUND,
    KIND_BACKGROUND_POSITION,
    KIND_BORDER,
    KIND_BORDER_SIDE,
    KIND_BOX,
    KIND_SPACING,
    KIND_IGNORED,
    KIND_FONT,
    KIND_PAGE_BREAK,
    KIND_POSITION,
    KIND_SIZE,
    KIND_VERTICAL_ALIGN,
    KIND_WHITE_SPACE,
    KIND_LANG,
    KIND_RADIUS
};

enum element_kind { ELEMENT_BLOCK, ELEMENT_INLINE, ELEMENT_NEUTRAL, ELEMENT_OUT, ELEMENT_OTHER };

struct element_row {
    const char *name;
    enum element_kind kind;
    const char *content;
    enum fo_support support;
    const char *clause;
};
struct property_row {
    const char *name;
    bool inherited;
    const char *accepts, *initial;
    enum fo_base base;
    enum fo_support support;
    const char *clause;
};
struct shorthand_row {
    const char *name;
    enum shorthand_kind kind;
    const char *accepts;
    enum fo_support support;
    const char *clause;
};

extern const struct element_row fo_elements[FO_ELEMENT_COUNT];
extern const struct property_row fo_properties[P_COUNT];
extern const struct shorthand_row fo_shorthands[SH_COUNT];

/* Prepares the look-ups; cheap when called again. */
void vocab_init(void);
/* By qualified name ("fo:block", "fox:label"); FO_UNKNOWN when there is none. */
enum fo_element vocab_element(const char *name, size_t n);
/* A property (< P_COUNT), a shorthand (P_COUNT + SH_...), or -1. */
int vocab_property(const char *name, size_t n);
/* E_UNSET when there is none. */
enum fo_token vocab_token(const char *name, size_t n);
/* Bits of enum fo_type. */
unsigned vocab_types(enum fo_prop p);
bool vocab_accepts(enum fo_prop p, enum fo_token t);
/* Is the value of a property within what is supported (limits.def)? */
bool vocab_supports(enum fo_prop p, const char *value);
/* True when the content model of parent (XSL 1.1, clause 6) names child. */
bool vocab_may_hold(enum fo_element parent, enum fo_element child);
/* True when the content model has #PCDATA. */
bool vocab_holds_text(enum fo_element e);

#endif
