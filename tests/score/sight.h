/* Places for tests: metres east and north of 40 N 90 W on the sphere of score/match.h. */
#ifndef SCORE_SIGHT_H
#define SCORE_SIGHT_H

#include "score/match.h"
#include "support/support.h"
#include <math.h>

#define SIGHT_LAT_RAD 0.69813170079773179
#define SIGHT_LON_RAD (-1.5707963267948966)

static inline struct match_state sight(uint32_t id, double east_m, double north_m)
{
    double lat = SIGHT_LAT_RAD + north_m / MATCH_RADIUS_M;
    return (struct match_state){id, lat, SIGHT_LON_RAD + east_m / (MATCH_RADIUS_M * cos(SIGHT_LAT_RAD)), NAN, NAN, NAN, false};
}

#endif
