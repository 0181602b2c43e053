/* life: see the header. An empty cell (next = state, LIFE_NOTHING) is an event that means nothing there. */
#include "track/life.h"

#include <assert.h>
#include <math.h>

static const struct life_cell cells[LIFE_STATES][LIFE_EVENTS] = {
    [LIFE_TENTATIVE] =
        {
            [LIFE_SURE] = {LIFE_CONFIRMED, LIFE_ANNOUNCE},
            [LIFE_DOUBT] = {LIFE_TENTATIVE, LIFE_REMOVE},
            [LIFE_SILENT] = {LIFE_TENTATIVE, LIFE_REMOVE},
            [LIFE_AGAIN] = {LIFE_TENTATIVE, LIFE_NOTHING},
            [LIFE_FORGET] = {LIFE_TENTATIVE, LIFE_NOTHING},
        },
    [LIFE_CONFIRMED] =
        {
            [LIFE_SURE] = {LIFE_CONFIRMED, LIFE_NOTHING},
            [LIFE_DOUBT] = {LIFE_DORMANT, LIFE_HIDE},
            [LIFE_SILENT] = {LIFE_DORMANT, LIFE_HIDE},
            [LIFE_AGAIN] = {LIFE_CONFIRMED, LIFE_NOTHING},
            [LIFE_FORGET] = {LIFE_CONFIRMED, LIFE_NOTHING},
        },
    [LIFE_DORMANT] =
        {
            [LIFE_SURE] = {LIFE_DORMANT, LIFE_NOTHING},
            [LIFE_DOUBT] = {LIFE_DORMANT, LIFE_NOTHING},
            [LIFE_SILENT] = {LIFE_DORMANT, LIFE_NOTHING},
            [LIFE_AGAIN] = {LIFE_CONFIRMED, LIFE_ANNOUNCE},
            [LIFE_FORGET] = {LIFE_DORMANT, LIFE_REMOVE},
        },
};

static const char *const state_names[LIFE_STATES] = {"tentative", "confirmed", "dormant"};
static const char *const event_names[LIFE_EVENTS] = {"sure", "doubt", "silent", "again", "forget"};

struct life_cell life_step(enum life_state state, enum life_event event)
{
    assert(state < LIFE_STATES && event < LIFE_EVENTS);
    return cells[state][event];
}

const char *life_state_name(unsigned state)
{
    return state < LIFE_STATES ? state_names[state] : "?";
}

const char *life_event_name(unsigned event)
{
    return event < LIFE_EVENTS ? event_names[event] : "?";
}

double life_probability(double log_odds)
{
    return 1.0 / (1.0 + exp(-log_odds));
}

double life_hit(double log_odds, double log_ratio)
{
    return fmin(log_odds + log_ratio, LIFE_CEILING);
}

double life_miss(double log_odds, double pd)
{
    /* P(exists | not seen) = P (1 - pd) / (P (1 - pd) + 1 - P): the odds shrink by 1 - pd */
    return log_odds + log(1.0 - pd);
}
