/* cost: see the header. The figures are shares among real replies: see the comment beside each. */
#include "associate/cost.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define ADDRESS_WRONG 6e-10    /* one reply in a hundred is damaged, and one damaged reply in 2^24 keeps its parity */
#define ADDRESSES 16000.0      /* addresses that may be in the air here at one time */
#define CODE_WRONG 0.01        /* a validated Mode 3/A code that is not the aircraft's, or was changed since: ED-142 asks for 99 % right */
#define CODE_WRONG_DOUBTED 0.3 /* not validated or garbled */
#define CODES 4096.0
#define CODE_SHARED 0.08       /* share of aircraft on a conspicuity code */
#define CALLSIGN_WRONG 0.01

/* log P(equal | same) / P(equal | other), or the same for different. */
static double cost_part(bool equal, double wrong, double chance)
{
    return equal ? log((1.0 - wrong) / chance) : log(wrong / (1.0 - chance));
}

double cost_identity(const struct ident *track, const struct ident *plot)
{
    double sum = 0.0;
    if (ident_has(track, IDENT_MODE_S) && ident_has(plot, IDENT_MODE_S))
        sum += cost_part(track->mode_s == plot->mode_s, ADDRESS_WRONG, 1.0 / ADDRESSES);
    if (ident_has(track, IDENT_MODE_A) && ident_has(plot, IDENT_MODE_A)) {
        bool trusted = ident_mode_a_trusted(track) && ident_mode_a_trusted(plot);
        double chance = ident_code_is_shared(plot->mode_a) ? CODE_SHARED : 1.0 / CODES;
        sum += cost_part(track->mode_a == plot->mode_a, trusted ? CODE_WRONG : CODE_WRONG_DOUBTED, chance);
    }
    if (ident_has(track, IDENT_CALLSIGN) && ident_has(plot, IDENT_CALLSIGN))
        sum += cost_part(strcmp(track->callsign, plot->callsign) == 0, CALLSIGN_WRONG, 1.0 / ADDRESSES);
    return sum;
}

double cost_track(double log_likelihood, double existence, double pd, double density_m2)
{
    double seen = existence * pd;
    return log_likelihood + log(seen / ((1.0 - seen) * density_m2));
}
