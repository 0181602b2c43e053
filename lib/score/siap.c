/* siap: see the header. */
#include "score/siap.h"

#include <math.h>

static double ratio(double a, double b)
{
    return a / fmax(b, 1.0); /* counts: below 1 there is nothing */
}

double siap_completeness(const struct siap *s)
{
    return ratio(s->tracked, s->aircraft);
}

double siap_ambiguity(const struct siap *s)
{
    return ratio(s->associated, s->tracked);
}

double siap_spuriousness(const struct siap *s)
{
    return ratio(s->tracks - s->associated, s->tracks);
}

double siap_position_m(const struct siap *s)
{
    return ratio(s->distance_m, s->distances);
}
