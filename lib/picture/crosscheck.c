/* crosscheck: see the header. */
#include "picture/crosscheck.h"

#include <math.h>

#define STRAIGHT 0.5         /* probability of constant velocity: on straight ways only is anything compared */
#define REMEMBER_S 2.0       /* positions come each second; the plots of a turn need not give way to all of them */
#define REPEATED_S 0.3       /* one transmission, received by several stations */
#define REFERENCE_M2 3600.0  /* NACp 8 (92.6 m at 95 %) is 38 m: a worse position teaches no bias */
#define HEIGHT_SIGMA_MIN_M 20.0
#define LATENCY_S 0.2        /* from measuring to sending what is not compensated: DO-260B 2.2.5 allows 0.2 s beyond 0.4 that are */
#define LOW_M 600.0          /* below, the ground hides aircraft from radar */
#define SURE 0.5             /* detection below that promises nothing */

static void velocity_at(const struct store_track *t, double lon_rad, double *ve, double *vn)
{
    double x[KALMAN_STATES];
    imm_mean(&t->imm, x);
    struct store_turn turn = store_convergence(t, lon_rad);
    *ve = turn.cosine * x[KALMAN_VE] + turn.sine * x[KALMAN_VN];
    *vn = turn.cosine * x[KALMAN_VN] - turn.sine * x[KALMAN_VE];
}

static void judged(struct picture *p, struct store_track *t, uint16_t source, bool changed)
{
    if (!changed)
        return;
    if (t->trust.state == TRUST_CONTRADICTED)
        picture_notice(p, NOTICE_ADSB_CONTRADICTED, source, t->ident.mode_s, t->number);
    if (t->trust.state == TRUST_UNSEEN)
        picture_notice(p, NOTICE_ADSB_UNSEEN, source, t->ident.mode_s, t->number);
}

/* The equations that q completes with what is remembered of the track: learned from where they may be, and counted for or against its positions. */
static void compare(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct equation_plot *q)
{
    double ve, vn;
    struct registration_check check = {0, 0};
    velocity_at(t, plot->at.at.lon_rad, &ve, &vn);
    registration_input(p->registration, &t->seen, q, &(struct registration_way){ve, vn, p->settings.registration}, &check);
    for (unsigned i = 0; i < check.agree + check.disagree; i++)
        judged(p, t, plot->plot.source, trust_compare(&t->trust, i < check.agree));
    p->counters.adsb_agreed += check.agree;
    p->counters.adsb_disagreed += check.disagree;
}

void crosscheck_see(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    judged(p, t, plot->plot.source, trust_see(&t->trust, plot->plot.time));
}

void crosscheck_radar(struct picture *p, struct store_track *t, const struct filter_plot *plot, const struct equation_plot *q)
{
    if (t->imm.probability[0] > STRAIGHT)
        compare(p, t, plot, q);
}

/* An aircraft that radars have confirmed states both its heights. */
static void learn_height(struct picture *p, const struct filter_plot *plot)
{
    const struct level *l = &plot->plot.level;
    if (!level_trusted(l) || !(l->flags & LEVEL_HEIGHT))
        return;
    struct geodetic at = {plot->at.at.lat_rad, plot->at.at.lon_rad, l->hae_m};
    baro_add(p->baro, &at, l->pressure_m, fmax(l->sigma_height_m, HEIGHT_SIGMA_MIN_M), plot->plot.time);
}

void crosscheck_position(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    judged(p, t, plot->plot.source, trust_hear(&t->trust, plot->plot.time));
    for (uint32_t i = t->seen.count; i-- > 0;)
        if (t->seen.plot[i].reference && fabs(instant_diff(plot->plot.time, t->seen.plot[i].time)) < REMEMBER_S)
            return;
    struct equation_plot q = equation_position(plot->sensor, &plot->plot, &plot->at);
    double ve, vn;
    velocity_at(t, plot->at.at.lon_rad, &ve, &vn);
    q.ree_m2 += (float)(LATENCY_S * LATENCY_S * ve * ve);
    q.rnn_m2 += (float)(LATENCY_S * LATENCY_S * vn * vn);
    bool fit = t->trust.state == TRUST_CONFIRMED && fmax(plot->at.r.xx, plot->at.r.yy) < REFERENCE_M2 && !(plot->plot.flags & PLOT_SIMULATED);
    q.reference = fit ? EQUATION_TRUSTED : EQUATION_CHECKED;
    if (fit)
        learn_height(p, plot);
    if (t->imm.probability[0] > STRAIGHT)
        compare(p, t, plot, &q);
    registration_remember(&t->seen, &q);
}

bool crosscheck_refuses(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    bool repeated = t->trust.state != TRUST_NONE && fabs(instant_diff(plot->plot.time, t->trust.position)) < REPEATED_S;
    if (repeated) {
        p->counters.adsb_repeated++;
        return true;
    }
    crosscheck_position(p, t, plot);
    if (t->trust.state != TRUST_CONTRADICTED || !trust_has_radar(&t->trust, plot->plot.time))
        return false;
    p->counters.adsb_refused++;
    return true;
}

bool crosscheck_astray(struct picture *p, struct store_track *t, const struct filter_plot *plot)
{
    if (!(plot->plot.flags & PLOT_ADSB) || !trust_has_radar(&t->trust, plot->plot.time))
        return false;
    judged(p, t, plot->plot.source, trust_compare(&t->trust, false));
    p->counters.adsb_disagreed++;
    p->counters.adsb_refused++;
    return true;
}

void crosscheck_duplicate(struct picture *p, struct store_track *t, const struct filter_plot *plot, double away_m)
{
    t->trust.duplicate = plot->plot.time;
    p->counters.duplicates++;
    picture_notice(p, NOTICE_DUPLICATE_ADDRESS, plot->plot.source, plot->plot.ident.mode_s, away_m);
}

void crosscheck_watch(struct picture *p, struct store_track *t, struct geodetic at, double seconds)
{
    if (at.hae_m < LOW_M)
        return;
    double looks = 0.0;
    for (uint32_t i = 0; i < site_table_count(p->sites); i++) {
        const struct site *site = site_table_at(p->sites, i);
        const struct station *s = &p->station[i];
        double period = station_period(s);
        if (!(site->flags & SITE_SECONDARY) || !s->scan.alive || period <= 0.0)
            continue;
        double detection = station_detection(site, true, at);
        looks += detection > SURE ? detection * seconds / period : 0.0;
    }
    judged(p, t, 0, trust_miss(&t->trust, looks));
}
