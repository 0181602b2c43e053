/* start: see the header. */
#include "track/start.h"

#include "track/identity.h"
#include "track/life.h"

static double start_odds(const struct plot *p, bool duplicate)
{
    if (duplicate)
        return START_DUPLICATE;
    if (ident_has(&p->ident, IDENT_MODE_S) || p->kind == PLOT_TRACK)
        return START_ADDRESS;
    return (p->flags & (PLOT_SECONDARY | PLOT_MODE_S | PLOT_ADSB | PLOT_MLAT)) ? START_SECONDARY : START_PRIMARY;
}

void start_track(struct store_track *t, const struct filter_plot *p, bool duplicate)
{
    filter_start(t, p);
    t->life = LIFE_TENTATIVE;
    t->flags = (uint8_t)(STORE_SINGLE | (duplicate ? STORE_DUPLICATE : 0));
    t->log_odds = t->log_odds_start = start_odds(&p->plot, duplicate);
    t->born = t->last = p->plot.time;
    t->plots = 1;
    t->level_time = INSTANT_NONE;
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t->age[i] = INSTANT_NONE;
    identity_update(t, &p->plot);
}

void start_again(struct store_track *t, const struct filter_plot *p)
{
    t->pressure.plots = 0;
    t->height.plots = 0;
    filter_start(t, p);
}
