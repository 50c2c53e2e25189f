/* Line-break opportunities for inline layout.  Private to it. */
#ifndef SOTAY_LAYOUT_BREAKS_H
#define SOTAY_LAYOUT_BREAKS_H

#include "base/base.h"

/* out[i] != 0: a line may end before unit i (0 <= i <= n).  False when the text
 * has characters beyond the Latin repertoire; then out says nothing. */
bool breaks_latin(const uint16_t *text, uint32_t n, uint8_t *out);

#endif
