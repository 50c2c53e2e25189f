/* The house's ground floor: what every room may use.  Nothing here knows of
 * documents. */
#ifndef SOTAY_BASE_H
#define SOTAY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A length in millipoints (1/1000 of 1/72 inch); sums use int64_t. */
typedef int32_t mpt;
#define MPT_MAX 1000000000 /* lengths are clamped to +-this */
#define MPT_PER_POINT 1000

static inline mpt mpt_clamp(int64_t v) {
    return v > MPT_MAX ? MPT_MAX : v < -MPT_MAX ? -MPT_MAX : (mpt)v;
}

/* Millipoints for `value` of a unit ("pt", "mm", "cm", "in", "pc", "px"; px is
 * 1/72 in), or -1 and *ok false for an unknown unit. */
mpt mpt_from_unit(double value, const char *unit, size_t unit_len, bool *ok);

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "base/utf.h"

#endif
