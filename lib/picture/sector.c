/* sector: see the header. Two rounds: established tracks (confirmed or not) first, by optimal assignment of likelihood ratios; what they leave
 * is offered to the lone plots, whose gates are ten times as wide, and which must not take an established track's plot. What is left then
 * begins a track. Candidates of a whole batch are found before any is examined, so that their memory is on its way meanwhile. */
#include "picture/sector.h"

#include "associate/cost.h"
#include "picture/course.h"
#include "track/life.h"
#include <math.h>

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

/* A plot of the same sensor and turn has been taken already. */
static bool sector_taken(const struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    const struct store_look *l = store_find_look(t, plot->sensor);
    if (!l || !instant_is_set(l->hit))
        return false;
    double period = station_period(&p->station[plot->sensor]);
    return fabs(instant_diff(plot->plot.time, l->hit)) < SAME_TURN * period;
}

struct sector_pair {
    double ratio; /* log likelihood ratio of plot and track being one, against a plot of nobody: evidence for the track's life */
    double gain;  /* the same with what it costs to leave the track unseen: what assignment maximises */
};

/* Plot and track examined with full covariance, identity and height; false outside the gate. */
static bool sector_judge(const struct picture *p, struct store_track *t, const struct filter_plot *plot, double density, struct sector_pair *out)
{
    struct filter_judgement j;
    if (t->life == LIFE_DORMANT || sector_taken(p, t, plot) || !filter_judge(t, plot, &j) || j.nis > GATE_NIS)
        return false;
    const struct site_channel *c = site_channel(plot->site, &plot->plot);
    double pd = fmin(fmax(c->detection, 0.5), 0.95);
    double evidence = 0.0;
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

/* Candidates of each plot that has no track yet. */
static void sector_find(struct picture *p, struct gate *gate, uint32_t count)
{
    struct inside_batch *b = p->batch;
    for (uint32_t i = 0; i < count; i++) {
        b->found[i] = b->track_of[i] == CLUSTER_NONE ? gate_find(gate, &b->plot[i].place, b->slots[i], INSIDE_CANDIDATES) : 0;
        if (b->found[i] > INSIDE_CANDIDATES) {
            p->counters.overflow += b->found[i] - INSIDE_CANDIDATES;
            b->found[i] = INSIDE_CANDIDATES;
        }
        for (uint32_t k = 0; k < b->found[i]; k++)
            store_prefetch(p->store, b->slots[i][k]);
    }
}

/* One round against one gate; crowd_m2: the area over which a candidate's rivals count as density, 0: they do not. */
static void sector_round(struct picture *p, struct gate *gate, uint32_t count, double crowd_m2)
{
    struct inside_batch *b = p->batch;
    uint32_t pairs = 0, track_of[INSIDE_BATCH];
    sector_find(p, gate, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct filter_plot *plot = &b->plot[i];
        double density = station_density(&p->station[plot->sensor], plot->site, &plot->plot);
        if (crowd_m2 > 0.0 && b->found[i] > 1)
            density += (b->found[i] - 1) / crowd_m2;
        for (uint32_t k = 0; k < b->found[i]; k++) {
            struct store_track *t = store_slot(p->store, b->slots[i][k]);
            struct sector_pair pair;
            if (!sector_judge(p, t, plot, density, &pair))
                continue;
            b->ratio[pairs] = pair.ratio;
            b->pair[pairs++] = (struct cluster_pair){i, t->self.slot, crowd_m2 > 0.0 ? -pair.ratio : -pair.gain};
        }
    }
    struct cluster_result r = cluster_solve(p->cluster, b->pair, pairs, count, track_of);
    p->counters.clusters += r.clusters;
    p->counters.cluster_plots_max = r.largest > p->counters.cluster_plots_max ? r.largest : p->counters.cluster_plots_max;
    for (uint32_t n = 0; n < pairs; n++) {
        uint32_t i = b->pair[n].plot;
        struct store_track *t = track_of[i] == b->pair[n].track ? store_slot(p->store, track_of[i]) : NULL; /* may have been merged since */
        if (t && course_take(p, t, &b->plot[i], b->ratio[n]))
            b->track_of[i] = track_of[i];
    }
}

/* Area in which lone plots are looked for: 900 m/s for 6 s, half a turn of a long-range antenna. */
#define CROWD_M2 (3.14 * 5400.0 * 5400.0)

static void sector_associate(struct picture *p, uint32_t count)
{
    struct inside_batch *b = p->batch;
    for (uint32_t i = 0; i < count; i++)
        b->track_of[i] = CLUSTER_NONE;
    sector_round(p, store_gate(p->store), count, 0.0);
    sector_round(p, store_gate_starts(p->store), count, CROWD_M2);
    for (uint32_t i = 0; i < count; i++)
        if (b->track_of[i] == CLUSTER_NONE)
            course_start(p, &b->plot[i]);
}

void sector_close(struct picture *p, uint32_t station, int64_t sector)
{
    struct inside_batch *b = p->batch;
    uint32_t count = 0;
    const struct site *site = site_table_at(p->sites, station);
    while (sector_next(p, &p->station[station], sector, &b->plot[count].plot)) {
        b->plot[count].site = site;
        b->plot[count].sensor = (uint16_t)station;
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
