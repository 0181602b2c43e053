/* sector: see the header. Two rounds: tracks (confirmed or not) first, by optimal assignment of likelihood ratios; what they leave is offered
 * to the lone plots, whose gates are ten times as wide and must not take a track's plot. What is left then waits as a lone plot itself. */
#include "picture/sector.h"

#include "associate/cost.h"
#include "picture/calibrate.h"
#include "picture/course.h"
#include "track/life.h"
#include <math.h>

/* Area in which lone plots are looked for: 900 m/s for 12 s, a turn of a long-range antenna. Of half of it, rivals counted so much that of aircraft side by
 * side that one such radar sees alone none was ever begun. */
#define CROWD_M2 (3.14 * 10800.0 * 10800.0)
#define REPLY_MISSING 0.05 /* an echo of an aircraft that replies, without a reply: detection of replies is 95 to 98 % */
#define REPLY_FIRST 0.02   /* a reply of an aircraft that gave none before: a transponder switched on, or one that had not been seen yet */
#define SAME_TURN 0.5 /* of a rotation: a sensor sees an aircraft once a turn, so a second plot that soon is another's */

void sector_reset(struct picture *p)
{
    for (uint32_t i = 0; i < p->settings.plots; i++)
        p->held[i].next = i + 1 < p->settings.plots ? i + 1 : STATION_NONE;
    p->held_free = p->settings.plots ? 0 : STATION_NONE;
}

bool sector_add(struct picture *p, uint32_t station, const struct plot *plot, int64_t sector)
{
    struct station *s = &p->station[station];
    uint32_t i = p->held_free;
    if (i == STATION_NONE)
        return false;
    struct inside_held *h = &p->held[i];
    p->held_free = h->next;
    p->held_end = i < p->held_end ? p->held_end : i + 1;
    *h = (struct inside_held){.plot = *plot, .sector = sector, .next = STATION_NONE};
    if (s->held_first == STATION_NONE)
        s->held_first = i;
    else
        p->held[s->held_last].next = i;
    s->held_last = i;
    return true;
}

/* Takes the station's next held plot of a sector up to `sector` out of its chain. */
static bool sector_next(struct picture *p, struct station *s, int64_t sector, struct plot *out)
{
    uint32_t before = STATION_NONE;
    for (uint32_t i = s->held_first; i != STATION_NONE; before = i, i = p->held[i].next) {
        struct inside_held *h = &p->held[i];
        if (h->sector > sector)
            continue;
        *out = h->plot;
        *(before == STATION_NONE ? &s->held_first : &p->held[before].next) = h->next;
        if (s->held_last == i)
            s->held_last = before;
        h->next = p->held_free;
        p->held_free = i;
        return true;
    }
    return false;
}

/* Probability that a look brings a plot of this kind; no look is surer than 0.95, and a site that states none is not blind. */
static double sector_detection(const struct filter_plot *plot)
{
    return fmin(fmax(site_channel(plot->site, &plot->plot)->detection, 0.5), 0.95);
}

/* Log likelihood of a plot having a reply, or none, given whether the aircraft replied before. Nothing where the sensor cannot tell. */
static double sector_replies(const struct store_track *t, const struct filter_plot *plot)
{
    bool replied = instant_is_set(t->age[TRACK_AGE_SSR]) || instant_is_set(t->age[TRACK_AGE_MODE_S]);
    bool replies = plot->plot.flags & (PLOT_SECONDARY | PLOT_MODE_S);
    if (!(plot->site->flags & SITE_SECONDARY) || plot->plot.kind > PLOT_POLAR_3D || t->plots < 2)
        return 0.0;
    return replied == replies ? 0.0 : log(replied ? REPLY_MISSING : REPLY_FIRST);
}

struct sector_pair {
    double ratio; /* log likelihood ratio of plot and track being one, against a plot of nobody: evidence for the track's life */
    double gain;  /* the same with what it costs to leave the track unseen: what assignment maximises */
};

/* Plot and track examined with full covariance, identity and height; false outside the gate. */
static bool sector_judge(const struct picture *p, struct store_track *t, const struct filter_plot *plot, double density, struct sector_pair *out)
{
    struct filter_judgement j;
    if (plot->plot.kind == PLOT_TRACK || course_seen(p, t, plot) || !filter_judge(t, plot, &j) || j.nis > GATE_NIS)
        return false;
    double pd = sector_detection(plot), evidence = sector_replies(t, plot);
    if (p->settings.identity)
        evidence += cost_identity(&t->ident, &plot->plot.ident);
    if (level_trusted(&plot->plot.level)) {
        double sigma = level_sigma_m(&plot->plot.level);
        evidence += vertical_log_ratio(&t->pressure, plot->plot.time, plot->plot.level.pressure_m, sigma * sigma);
    }
    out->ratio = j.log_likelihood + evidence + log(pd / density);
    out->gain = cost_track(j.log_likelihood + evidence, life_probability(t->log_odds), pd, density);
    return true;
}

/* Candidates of each plot: all are found before any is examined, so that their memory is on its way. */
static void sector_find(struct picture *p, uint32_t count)
{
    struct inside_batch *b = p->batch;
    for (uint32_t i = 0; i < count; i++) {
        b->found[i] = gate_find(store_gate(p->store), &b->plot[i].place, b->slots[i], INSIDE_CANDIDATES);
        if (b->found[i] > INSIDE_CANDIDATES) {
            p->counters.overflow += b->found[i] - INSIDE_CANDIDATES;
            b->found[i] = INSIDE_CANDIDATES;
        }
        for (uint32_t k = 0; k < b->found[i]; k++)
            store_prefetch(p->store, b->slots[i][k]);
    }
}

static void sector_solve(struct picture *p, uint32_t pairs, uint32_t count, uint32_t *chosen)
{
    struct cluster_result r = cluster_solve(p->cluster, p->batch->pair, pairs, count, chosen);
    p->counters.clusters += r.clusters;
    p->counters.cluster_plots_max = r.largest > p->counters.cluster_plots_max ? r.largest : p->counters.cluster_plots_max;
}

/* Plots against tracks. taken[i] is set for plots that found theirs. */
static void sector_tracks(struct picture *p, uint32_t count, bool *taken)
{
    struct inside_batch *b = p->batch;
    uint32_t pairs = 0, chosen[INSIDE_BATCH];
    sector_find(p, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct filter_plot *plot = &b->plot[i];
        double density = station_density(&p->station[plot->sensor], plot->site, &plot->plot);
        for (uint32_t k = 0; k < b->found[i]; k++) {
            struct store_track *t = store_slot(p->store, b->slots[i][k]);
            struct sector_pair pair;
            if (!sector_judge(p, t, plot, density, &pair))
                continue;
            b->ratio[pairs] = pair.ratio;
            b->pair[pairs++] = (struct cluster_pair){i, t->self.slot, -pair.gain};
        }
    }
    sector_solve(p, pairs, count, chosen);
    for (uint32_t n = 0; n < pairs; n++) {
        uint32_t i = b->pair[n].row;
        struct store_track *t = chosen[i] == b->pair[n].column ? store_slot(p->store, chosen[i]) : NULL; /* may have been merged since */
        if (t && course_take(p, t, &b->plot[i], b->ratio[n]))
            taken[i] = true;
    }
}

/* Log likelihood ratio of a lone plot and this one being one aircraft. Rivals near by are as good as clutter. */
static double sector_pair_ratio(const struct picture *p, const struct start_plot *first, const struct filter_plot *plot, double density)
{
    double apart = instant_diff(plot->plot.time, first->plot.time), period = station_period(&p->station[plot->sensor]);
    if (apart < 0.0 || (first->sensor == plot->sensor && apart < SAME_TURN * period))
        return -HUGE_VAL;
    double ratio = start_log_likelihood(first, plot);
    if (!(ratio > -HUGE_VAL))
        return ratio;
    ratio += log(sector_detection(plot) / density);
    if (p->settings.identity)
        ratio += cost_identity(&first->plot.ident, &plot->plot.ident);
    if (level_trusted(&first->plot.level) && level_trusted(&plot->plot.level)) {
        struct vertical v = {0};
        double s1 = level_sigma_m(&first->plot.level), s2 = level_sigma_m(&plot->plot.level);
        vertical_update(&v, first->plot.time, first->plot.level.pressure_m, s1 * s1);
        ratio += vertical_log_ratio(&v, plot->plot.time, plot->plot.level.pressure_m, s2 * s2);
    }
    return ratio;
}

/* A reply that may well be an aircraft's first must not be lost to an echo that hardly is one: what the second plot is worth alone counts
 * against the pair. */
static double sector_pair_gain(const struct start_plot *first, const struct filter_plot *plot, double ratio)
{
    return ratio + fmin(0.0, start_odds(&first->plot, first->duplicate) - start_odds(&plot->plot, false));
}

/* What tracks left, against lone plots. */
static void sector_starts(struct picture *p, uint32_t count, bool *taken)
{
    struct inside_batch *b = p->batch;
    uint32_t pairs = 0, chosen[INSIDE_BATCH], slots[INSIDE_CANDIDATES];
    for (uint32_t i = 0; i < count; i++) {
        if (taken[i])
            continue;
        const struct filter_plot *plot = &b->plot[i];
        uint32_t found = start_find(p->start, &plot->place, slots, INSIDE_CANDIDATES);
        found = found < INSIDE_CANDIDATES ? found : INSIDE_CANDIDATES;
        double density = station_density(&p->station[plot->sensor], plot->site, &plot->plot) + (found > 1 ? (found - 1) / CROWD_M2 : 0.0);
        for (uint32_t k = 0; k < found; k++) {
            const struct start_plot *first = start_slot(p->start, slots[k]);
            double ratio = sector_pair_ratio(p, first, plot, density);
            if (!(ratio > -HUGE_VAL))
                continue;
            b->ratio[pairs] = ratio;
            b->pair[pairs++] = (struct cluster_pair){i, slots[k], -sector_pair_gain(first, plot, ratio)};
        }
    }
    sector_solve(p, pairs, count, chosen);
    for (uint32_t n = 0; n < pairs; n++) {
        uint32_t i = b->pair[n].row;
        if (chosen[i] == b->pair[n].column && course_pair(p, chosen[i], &b->plot[i], b->ratio[n]))
            taken[i] = true;
    }
}

static void sector_associate(struct picture *p, uint32_t count)
{
    bool taken[INSIDE_BATCH] = {false};
    sector_tracks(p, count, taken);
    sector_starts(p, count, taken);
    for (uint32_t i = 0; i < count; i++)
        if (!taken[i])
            course_start(p, &p->batch->plot[i]);
}

void sector_close(struct picture *p, uint32_t station, int64_t sector)
{
    struct inside_batch *b = p->batch;
    uint32_t count = 0;
    const struct site *site = site_table_at(p->sites, station);
    while (sector_next(p, &p->station[station], sector, &b->plot[count].plot)) {
        b->plot[count].site = site;
        b->plot[count].height_fixed = !p->settings.height_estimation;
        b->plot[count].sensor = (uint16_t)station;
        calibrate_height(p, &b->plot[count]);
        if (!filter_prepare(&b->plot[count])) {
            p->counters.plots_left++;
            continue;
        }
        if (++count == INSIDE_BATCH) {
            sector_associate(p, count);
            count = 0;
        }
    }
    if (count)
        sector_associate(p, count);
}

void sector_take(struct picture *p, const struct filter_plot *plot)
{
    p->batch->plot[0] = *plot;
    sector_associate(p, 1);
}
