/* Why a page ended where it did, told while it is placed.  Private to layout/. */
#ifndef SOTAY_LAYOUT_EXPLAIN_H
#define SOTAY_LAYOUT_EXPLAIN_H

#include "layout/flow.h"
#include "layout/para.h"

enum explain_id {
#define EXPLAIN(id, ...) EX_##id,
#include "layout/explain.def"
#undef EXPLAIN
};

#endif
