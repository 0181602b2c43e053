/* silence: see the header (Wald, "Sequential Tests of Statistical Hypotheses", 1945; one-sided). */
#include "track/silence.h"

#include <math.h>

#define EFFECTIVE_RADIUS_M (4.0 / 3.0 * 6371008.8)

struct instant silence_last_reply(const struct instant age[TRACK_AGES])
{
    static const unsigned replies[] = {TRACK_AGE_SSR, TRACK_AGE_MODE_S, TRACK_AGE_ADSB, TRACK_AGE_MLAT};
    struct instant last = INSTANT_NONE;

    for (unsigned i = 0; i < sizeof replies / sizeof replies[0]; i++)
        if (instant_before(last, age[replies[i]]))
            last = age[replies[i]];
    return last;
}

enum silence_change silence_reply(struct silence *s)
{
    bool was = s->silent;

    *s = (struct silence){0.0F, false};
    return was ? SILENCE_ENDED : SILENCE_NOTHING;
}

enum silence_change silence_look(struct silence *s, double detection)
{
    if (detection <= 0.0)
        return SILENCE_NOTHING;
    s->log_ratio += (float)fmin(SILENCE_LOOK, -log1p(-fmin(detection, 0.99)));
    if (s->silent || s->log_ratio < (float)SILENCE_SURE)
        return SILENCE_NOTHING;
    s->silent = true;
    return SILENCE_BEGAN;
}

bool silence_counts(double distance_m, double above_m)
{
    double up_m = above_m - distance_m * distance_m / (2.0 * EFFECTIVE_RADIUS_M);

    return distance_m > 0.0 && above_m > SILENCE_HEIGHT_M && up_m > SILENCE_RISE * distance_m;
}
