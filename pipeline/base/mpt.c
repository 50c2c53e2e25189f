#include "base/base.h"

mpt mpt_from_unit(double value, const char *unit, size_t n, bool *ok) {
    static const struct {
        const char *name;
        double points;
    } units[] = {{"pt", 1},   {"mm", 72 / 25.4}, {"cm", 72 / 2.54}, {"in", 72},
                 {"pc", 12},  {"px", 1},         {"mpt", 0.001}};
    *ok = true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].name) == n && memcmp(units[i].name, unit, n) == 0) {
            double v = value * units[i].points * MPT_PER_POINT;
            if (v > MPT_MAX) return MPT_MAX;
            if (!(v >= -MPT_MAX)) return -MPT_MAX;
            return (mpt)(v < 0 ? v - 0.5 : v + 0.5);
        }
    *ok = false;
    return -1;
}
