/* forecast: when and where an aircraft will leave the airspace of a centre, and into whose.
 *
 * Along its plan where it flies that, otherwise straight ahead; at the ground speed it has. The uncertainty of the time is that of position and
 * velocity across the crossed edge, grown over the way, over the speed across it. */
#ifndef HANDOFF_FORECAST_H
#define HANDOFF_FORECAST_H

#include "air/plan.h"
#include "handoff/centre.h"
#include "handoff/ledger.h"

struct forecast {
    int to;                  /* centre; CENTRE_NONE: out of all of them */
    struct instant time;
    double sigma_s;
    struct geodetic at;
    double distance_m;       /* on the ground, along the way */
    double pressure_m;       /* level there, with the climb it has now */
    double stay_s;           /* how long it will then be in `to` before it comes back to this centre (a cut corner); HUGE_VAL: it stays away within horizon_s */
    bool by_plan;
};

/* True: within horizon_s it leaves `from`; plan may be NULL. */
bool forecast_crossing(const struct centres *c, int from, const struct ledger_row *row, const struct plan *plan, double horizon_s, struct forecast *out);

#endif
