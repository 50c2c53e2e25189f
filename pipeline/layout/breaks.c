/* Line-break opportunities (UAX 14): the pair table for the Latin repertoire,
 * which is nearly all text, and the text room's full algorithm for the rest. */
#include "layout/breaks.h"

enum { OP, CP, CL, QU, GL, EX, SY, IS, PR, PO, NU, AL, IN, HY, BA, B2, ZW, CLASSES, CM, SP, OB, XX };

/* Rows: the class before; '_' a break, '%' only after spaces, '^' never. */
static const char pairs[CLASSES][CLASSES + 1] = {
    /*      OCCQGESIPPNAIHBBZ */
    [OP] = "^^^^^^^^^^^^^^^^^",
    [CP] = "_^^%%^^^%%%%_%%_^",
    [CL] = "_^^%%^^^%%%%_%%_^",
    [QU] = "^^^%%^^^%%%%%%%%^",
    [GL] = "%^^%%^^^%%%%%%%%^",
    [EX] = "_^^%%^^^_____%%_^",
    [SY] = "_^^%%^^^__%__%%_^",
    [IS] = "_^^%%^^^__%%_%%_^",
    [PR] = "%^^%%^^^%_%%_%%_^",
    [PO] = "%^^%%^^^__%%_%%_^",
    [NU] = "%^^%%^^^%%%%%%%_^",
    [AL] = "%^^%%^^^%%%%%%%_^",
    [IN] = "_^^%%^^^____%%%_^",
    [HY] = "_^^%%^^^__%__%%_^",
    [BA] = "_^^%%^^^_____%%_^",
    [B2] = "_^^%%^^^_____%%^^",
    [ZW] = "________________^",
};

static const uint8_t ascii[128] = {
    [0 ... 31] = AL,    [' '] = SP,  ['!'] = EX, ['"'] = QU,         ['#'] = AL, ['$'] = PR,  ['%'] = PO,
    ['&'] = AL,         ['\''] = QU, ['('] = OP, [')'] = CP,         ['*'] = AL, ['+'] = PR,  [','] = IS,
    ['-'] = HY,         ['.'] = IS,  ['/'] = SY, ['0' ... '9'] = NU, [':'] = IS, [';'] = IS,  ['<'] = AL,
    ['='] = AL,         ['>'] = AL,  ['?'] = EX, ['@' ... 'Z'] = AL, ['['] = OP, ['\\'] = PR, [']'] = CP,
    ['^' ... 'z'] = AL, ['{'] = OP,  ['|'] = BA, ['}'] = CL,         ['~'] = AL, [127] = AL,
};

static int latin_class(uint16_t u) {
    if (u < 128) return ascii[u];
    if (u >= 0xC0 && u < 0x250) return AL;
    if (u >= 0x1E00 && u < 0x1F00) return AL;
    if (u >= 0x300 && u < 0x34F) return CM;
    switch (u) {
    case 0xA0: case 0x202F: return GL;
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2039:
    case 0x203A:
        return QU;
    case 0xA1: case 0xBF: case 0x201A: case 0x201E: return OP;
    case 0xA9: case 0xAE: case 0x2020: case 0x2021: return AL;
    case 0xA3: case 0xA5: case 0xB1: case 0x20AC: return PR;
    case 0xA2: case 0xB0: case 0x2030: return PO;
    case 0xAD: case 0x2010: case 0x2013: return BA;
    case 0x2014: return B2;
    case 0x2026: return IN;
    case 0x200B: return ZW;
    case 0xFFFC: return OB;
    default: return XX;
    }
}

bool breaks_latin(const uint16_t *text, uint32_t n, uint8_t *out) {
    int left = -1;
    bool space = false;
    for (uint32_t i = 0; i < n; i++) {
        int c = latin_class(text[i]);
        out[i] = 0;
        if (c == XX) return false;
        if (c == SP) {
            space = true;
            if (left < 0) left = AL;
            continue;
        }
        if (c == OB) {
            out[i] = space;
            left = -1;
            space = false;
            continue;
        }
        if (c == CM) {
            if (!space && left >= 0) continue;
            c = AL;
        }
        if (left >= 0) {
            char pair = pairs[left][c];
            out[i] = pair == '_' || (pair == '%' && space);
        }
        left = c;
        space = false;
    }
    out[n] = 1;
    return true;
}
