/* Colour spaces that do not depend on a device: ICC profiles, the output
 * intent, CMYK pictures under an RGB intent (ISO 32000-1, 8.6.5.5, 8.6.6.5,
 * 14.11.5; ISO 19005-3, 6.2.3, 6.2.4). */
#include "pdf/private.h"

/* A profile whose signature is right and whose colours are the picture's. */
static bool usable(const uint8_t *t, size_t n, int components) {
    static const char *const spaces[] = {"", "GRAY", "", "RGB ", "CMYK"};
    if (n < 128 || t[8] > 4 || memcmp(t + 36, "acsp", 4) != 0) return false;
    return memcmp(t + 16, spaces[components], 4) == 0;
}

uint32_t icc_object(struct pdf *p, const uint8_t *profile, size_t n, int components) {
    if (!profile || !usable(profile, n, components)) return 0;
    uint64_t key[3] = {hash_bytes(profile, n, 1), hash_bytes(profile, n, 2), n};
    struct map_entry *e = map_get(p->profiles, key, sizeof key);
    if (e->value.num) return (uint32_t)e->value.num;
    uint32_t object = object_number(p);
    HPDF_Dict d = dict_new(p, NULL);
    dict_int(p, d, "N", components);
    object_stream(p, object, d, profile, n, false);
    e->value.num = object;
    return object;
}

/* Four inks as DeviceN over DeviceRGB, by the plain formula (1 - ink)(1 - black):
 * the picture's bytes stay as they are. */
uint32_t ink_space(struct pdf *p) {
    if (p->ink_space) return p->ink_space;
    static const char *const inks[] = {"Cyan", "Magenta", "Yellow", "Black"};
    static const char *const full[] = {"0 1 1", "1 0 1", "1 1 0", "0 0 0"};
    static const char tint[] = "{1 exch sub 4 1 roll 1 exch sub 3 index mul 3 1 roll "
                               "1 exch sub 3 index mul 3 1 roll 1 exch sub 3 index mul 4 1 roll "
                               "3 -1 roll pop}";
    uint32_t function = object_number(p);
    HPDF_Dict d = dict_new(p, NULL);
    dict_int(p, d, "FunctionType", 4);
    dict_raw(p, d, "/Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1]");
    object_stream(p, function, d, tint, sizeof tint - 1, false);
    struct buf b = {0};
    buf_fmt(&b, "[/DeviceN[/Cyan/Magenta/Yellow/Black]/DeviceRGB %u 0 R<</Colorants<<", function);
    for (int i = 0; i < 4; i++)
        buf_fmt(&b, "/%s[/Separation/%s/DeviceRGB<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[%s]>>]",
                inks[i], inks[i], full[i]);
    buf_str(&b, ">>>>]");
    p->ink_space = object_number(p);
    object_text(p, p->ink_space, b.p);
    buf_free(&b);
    return p->ink_space;
}

uint32_t intent_finish(struct pdf *p) {
    if (p->options.profile == PDF_PLAIN) return 0;
    const char *path = p->options.icc_path ? p->options.icc_path : PDF_OUTPUT_INTENT;
    struct buf b = {0};
    int e = file_read(&b, path);
    uint32_t profile = e ? 0 : icc_object(p, (const uint8_t *)b.p, b.n, 3);
    buf_free(&b);
    if (!profile) return 0;
    uint32_t intent = object_number(p);
    HPDF_Dict d = dict_new(p, "OutputIntent");
    dict_name(p, d, "S", "GTS_PDFA1");
    dict_text(p, d, "OutputConditionIdentifier", "sRGB");
    dict_text(p, d, "Info", "sRGB IEC61966-2.1");
    dict_ref(p, d, "DestOutputProfile", profile);
    object_write(p, intent, d);
    return intent;
}
