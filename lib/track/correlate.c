/* correlate: see the header. Sequential likelihood ratios of independent evidence (Blackman, Popoli, "Design and Analysis of Modern Tracking Systems", 1999,
 * chapter on attribute data). The figures are this project's: how often plans are filed or flown otherwise is not published. */
#include "track/correlate.h"

#include "base/unit.h"
#include <math.h>
#include <string.h>

/* Of an identity: ln of P(agrees | same) / P(agrees | another), and of P(differs | same) / P(differs | another). */
static const struct {
    double same, other;
} weights[] = {
    {12.0, -3.9}, /* address: another flight has it once in hundreds of thousands; 2 % fly another aircraft than filed */
    {9.0, -3.5},  /* callsign: some are used twice; 3 % are set wrongly */
    {6.0, -2.3},  /* code: 4096 for tens of thousands of flights, apart in place; one in ten has been given another one since */
};

#define CONTINENT_M 4000e3   /* an unrelated flight may be this far aside */
#define DAY_S 86400.0        /* and any time off */
#define KEPT 0.9             /* of the flights: within the narrow densities */
#define ASIDE_SIGMA_M 20e3   /* navigation, shortcuts and the corners cut in turns */
#define ASIDE_WIDE_M 300e3   /* round weather, or sent another way */
#define TIME_SIGMA_S 600.0   /* ETFMS counts a flight as on time within 15 minutes */
#define TIME_WIDE_S 7200.0
#define NEVER 1e-3           /* what no density explains */
#define LEVEL_NEAR_M (1000 * UNIT_FT)
#define LEVEL_FAR_M 2000.0

/* ln of a mixture of a normal density and a uniform one, against a uniform one over `all`. */
static double mixture(double off, double sigma, double wide, double all)
{
    double z = off / sigma, normal = exp(-0.5 * z * z) / (sigma * sqrt(2 * UNIT_PI));
    double uniform = fabs(off) < wide ? 1.0 / (2 * wide) : 0.0;
    return log(all * (KEPT * normal + (1 - KEPT) * uniform) + NEVER);
}

static double level_ratio(double off_m)
{
    return off_m < LEVEL_NEAR_M ? 1.2 : off_m < LEVEL_FAR_M ? 0.0 : -1.0;
}

static double course_ratio(double off_rad)
{
    return off_rad < 30 * UNIT_DEG ? 0.7 : off_rad < 90 * UNIT_DEG ? 0.0 : -1.6;
}

static double way_ratio(const struct plan *plan, const struct track *t, unsigned *agree)
{
    struct plan_place near;
    if (!plan_near(plan, t->at, &near))
        return 0.0;
    double ratio = mixture(near.aside_m, ASIDE_SIGMA_M, ASIDE_WIDE_M, CONTINENT_M);
    double late_s = instant_is_set(near.over) ? instant_diff(t->time, near.over) : 0.0;
    if (instant_is_set(near.over))
        ratio += mixture(late_s, TIME_SIGMA_S, TIME_WIDE_S, DAY_S);
    if (track_speed_mps(t) > 30.0)
        ratio += course_ratio(fabs(frame_angle(track_heading_rad(t) - near.course_rad)));
    if (t->level.flags & LEVEL_PRESSURE)
        ratio += level_ratio(fabs(t->level.pressure_m - near.at.hae_m));
    if (fabs(near.aside_m) < 3 * ASIDE_SIGMA_M && fabs(late_s) < 6 * TIME_SIGMA_S)
        *agree |= CORRELATE_WAY;
    return ratio;
}

double correlate_ratio(const struct plan *plan, const struct track *t, unsigned *agree)
{
    const struct ident *a = &plan->ident, *b = &t->ident;
    const struct {
        bool both, same;
        unsigned part;
    } rows[] = {
        {ident_has(a, IDENT_MODE_S) && ident_has(b, IDENT_MODE_S) && !ident_has(b, IDENT_NOT_ICAO), a->mode_s == b->mode_s, CORRELATE_ADDRESS},
        {ident_has(a, IDENT_CALLSIGN) && ident_has(b, IDENT_CALLSIGN), strcmp(a->callsign, b->callsign) == 0, CORRELATE_CALLSIGN},
        {ident_has(a, IDENT_MODE_A) && ident_mode_a_trusted(b) && !ident_code_is_shared(b->mode_a) && !ident_code_is_emergency(b->mode_a),
         a->mode_a == b->mode_a, CORRELATE_CODE},
    };
    unsigned parts = 0;
    double ratio = way_ratio(plan, t, &parts);
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!rows[i].both)
            continue;
        ratio += rows[i].same ? weights[i].same : weights[i].other;
        parts |= rows[i].same ? rows[i].part : 0;
    }
    if (agree)
        *agree = parts;
    return ratio;
}

double correlate_prior(uint32_t plans)
{
    return -log(1.0 + plans);
}
