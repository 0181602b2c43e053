/* level: see level.h. Bounds: Mode C codes reach from -1000 ft to 126 700 ft, Mode S and wire formats a little further. Transponder error:
 * ICAO Annex 10 vol. IV, 3.1.1.7.12.2.4 (125 ft, 95 %). */
#include "air/level.h"

#include <math.h>

#include "base/unit.h"

#define LOWEST_M (-1500.0 * UNIT_FT)
#define HIGHEST_M (150000.0 * UNIT_FT)

bool level_trusted(const struct level *l)
{
    return (l->flags & (LEVEL_PRESSURE | LEVEL_UNVALIDATED | LEVEL_GARBLED)) == LEVEL_PRESSURE && l->pressure_m >= LOWEST_M &&
           l->pressure_m <= HIGHEST_M;
}

double level_sigma_m(const struct level *l)
{
    double step_m = (l->flags & LEVEL_FINE ? 25.0 : 100.0) * UNIT_FT;
    double own_m = 125.0 / 2.0 * UNIT_FT;
    return sqrt(step_m * step_m / 12.0 + own_m * own_m);
}
