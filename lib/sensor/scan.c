/* scan: antenna angle and rate as a two-state Kalman filter; sectors as pieces of the unwrapped angle.
 *
 * The unwrapped angle is turn * 2 pi + angle + rate (t - time). Sector n is [n, n + 1) * 2 pi / SCAN_SECTORS of it. Process noise is white angular
 * acceleration, sized so that the rate wanders by RATE_WANDER of itself in one turn: wind on the antenna.
 *
 * An unknown rate is sought on a grid of frequencies, an eighth of the resolution apart; the lowest one whose fitted line leaves at most FIT_RAD wins:
 * its multiples fit a lone aircraft just as well, but an antenna sees it once a turn. Samples are thinned out while they do not cover a turn and a fifth.
 * Rejected: closing a sector by the first plot of the next but one (a late or jittered feed would close early, a quiet sky never), and
 * differences between plots of the same aircraft (needs identities, and moves with it). */
#include "sensor/scan.h"

#include "base/unit.h"
#include "geo/frame.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define TURN (2.0 * UNIT_PI)
#define SECTOR (TURN / SCAN_SECTORS)
#define SIGMA_PLOT (0.5 * UNIT_DEG)
#define SIGMA_SERVICE (0.2 * UNIT_DEG)
#define SIGMA_ESTIMATED_S 0.5 /* of a time that was derived from arrival */
#define RATE_WANDER 0.003
#define NOMINAL_DOUBT 0.02 /* 1 sigma of a stated period, as part of it */
#define GATE2 16.0         /* squared, in variances of the innovation */
#define MISSES_MAX 12
#define LOST_RAD 1.0 /* 1 sigma of the angle at which the phase is forgotten */
#define FIT_RAD 0.05
#define SAMPLES_MIN 12
#define GAP_S 0.1
#define GAP_MAX_S 0.8
#define SPAN_MAX_S 240.0
#define SPAN_TURNS 1.2
#define SLACK_S 0.02
#define SILENT_TURNS 2.5
#define SILENT_LEAST_S 5.0
#define LATENCY_GAIN (1.0 / 16.0)

void scan_init(struct scan *s, double period_s, bool rotates)
{
    memset(s, 0, sizeof *s);
    s->rotates = rotates;
    s->nominal_s = period_s;
    s->highest = s->flush = -1;
    s->time = s->last = INSTANT_NONE;
    s->due = s->silent_due = INSTANT_NEVER;
    s->gap_s = GAP_S;
}

double scan_period(const struct scan *s)
{
    return s->locked ? TURN / s->rate_rad_s : 0.0;
}

/* Unwrapped angle at t, in sectors. */
static double sectors_at(const struct scan *s, struct instant t)
{
    return (double)(s->turn * SCAN_SECTORS) + (s->angle_rad + s->rate_rad_s * instant_diff(t, s->time)) / SECTOR;
}

/* When the antenna enters a sector. */
static struct instant entry(const struct scan *s, int64_t sector)
{
    double ahead_rad = (double)(sector - s->turn * SCAN_SECTORS) * SECTOR - s->angle_rad;
    return instant_add(s->time, ahead_rad / s->rate_rad_s);
}

double scan_azimuth(const struct scan *s, struct instant t)
{
    return frame_azimuth(s->angle_rad + s->rate_rad_s * instant_diff(t, s->time));
}

/* ---- deadlines ---- */

static struct instant later(struct instant a, struct instant b)
{
    return instant_before(a, b) ? b : a;
}

/* The open sector becomes `sector` (beyond every one that was used), after those that hold plots of an earlier rotation. */
static void jump(struct scan *s, int64_t sector)
{
    assert(sector > s->highest);
    if (s->open <= s->highest) {
        s->flush = s->highest;
        s->resume = sector;
    } else {
        s->open = sector;
    }
}

/* When the open sector closes, not before `earliest`. */
static void set_due(struct scan *s, struct instant earliest)
{
    if (s->open <= s->flush)
        s->due = earliest;
    else if (!s->locked || !s->alive)
        s->due = INSTANT_NEVER;
    else {
        double wait_s = fmin(s->latency_s + 2.0 * s->latency_dev_s + SLACK_S, scan_period(s));
        s->due = later(instant_add(entry(s, s->open + 1), fmax(wait_s, 0.0)), earliest);
    }
}

static void note_life(struct scan *s, struct instant arrival)
{
    double period_s = s->locked ? scan_period(s) : s->nominal_s;
    double silence_s = s->rotates && period_s > 0.0 ? fmax(SILENT_TURNS * period_s, SILENT_LEAST_S) : SCAN_SILENCE_S;
    s->alive = true;
    s->last = arrival;
    s->silent_due = instant_add(arrival, silence_s);
}

struct instant scan_deadline(const struct scan *s)
{
    return instant_before(s->silent_due, s->due) ? s->silent_due : s->due;
}

bool scan_expire(struct scan *s, struct instant now, struct scan_event *e)
{
    struct instant due = scan_deadline(s);
    if (due.ns > now.ns || !instant_is_set(due))
        return false;
    *e = (struct scan_event){.kind = SCAN_SILENT, .due = due, .begin = INSTANT_NONE, .end = INSTANT_NONE};
    if (instant_before(s->silent_due, s->due)) {
        s->alive = false;
        s->silent_due = INSTANT_NEVER;
        s->due = INSTANT_NEVER;
        return true;
    }
    e->kind = SCAN_CLOSED;
    e->sector = s->open++;
    if (e->sector == s->flush)
        s->open = s->resume;
    else if (e->sector > s->flush) {
        e->begin = entry(s, e->sector);
        e->end = entry(s, e->sector + 1);
    }
    set_due(s, due);
    return true;
}

/* ---- the filter ---- */

/* Takes the antenna to be at azimuth at t; numbering goes on behind every sector that was used. */
static void lock(struct scan *s, struct instant t, double azimuth_rad, double rate_rad_s, double var_rate)
{
    int64_t first = s->highest + 1 > s->open ? s->highest + 1 : s->open;
    s->locked = true;
    s->misses = 0;
    s->time = t;
    s->turn = first / SCAN_SECTORS + 1;
    s->angle_rad = azimuth_rad;
    s->rate_rad_s = rate_rad_s;
    s->var_angle = SIGMA_PLOT * SIGMA_PLOT;
    s->cov = 0.0;
    s->var_rate = var_rate;
    jump(s, s->turn * SCAN_SECTORS + (int64_t)fmin(azimuth_rad / SECTOR, SCAN_SECTORS - 1));
    s->samples = 0;
    s->gap_s = GAP_S;
}

static void unlock(struct scan *s)
{
    s->locked = false;
    s->nominal_s = 0.0; /* it has led astray */
    s->samples = 0;
    jump(s, s->highest + 1 > s->open ? s->highest + 1 : s->open);
}

static void predict(struct scan *s, struct instant t)
{
    double dt = instant_diff(t, s->time);
    double q = RATE_WANDER * RATE_WANDER * s->rate_rad_s * s->rate_rad_s * s->rate_rad_s / TURN;
    double angle = s->angle_rad + s->rate_rad_s * dt, turns = floor(angle / TURN);
    s->turn += (int64_t)turns;
    s->angle_rad = frame_azimuth(angle - turns * TURN);
    s->var_angle += dt * (2.0 * s->cov + dt * (s->var_rate + q * dt / 3.0));
    s->cov += dt * (s->var_rate + q * dt / 2.0);
    s->var_rate += q * dt;
    s->time = t;
}

/* Corrects by one observation; false where it does not fit. An observation older than the state is seen through the rate: H = [1 d]. */
static bool update(struct scan *s, const struct scan_mark *m)
{
    if (instant_before(s->time, m->time))
        predict(s, m->time);
    double d = instant_diff(m->time, s->time);
    double sigma = m->kind == SCAN_SERVICE ? SIGMA_SERVICE : SIGMA_PLOT;
    double sigma_time = m->time_estimated ? SIGMA_ESTIMATED_S * s->rate_rad_s : 0.0;
    double ha = s->var_angle + d * s->cov, hr = s->cov + d * s->var_rate; /* P H' */
    double innovation = frame_angle(m->azimuth_rad - s->angle_rad - s->rate_rad_s * d);
    double variance = ha + d * hr + sigma * sigma + sigma_time * sigma_time;
    if (innovation * innovation > GATE2 * variance && fabs(innovation) > SECTOR)
        return false;
    double angle = s->angle_rad + ha / variance * innovation, turns = floor(angle / TURN);
    s->turn += (int64_t)turns;
    s->angle_rad = frame_azimuth(angle - turns * TURN);
    s->rate_rad_s += hr / variance * innovation;
    s->rate_rad_s = fmax(TURN / SCAN_PERIOD_MAX_S, fmin(TURN / SCAN_PERIOD_MIN_S, s->rate_rad_s));
    s->var_angle -= ha * ha / variance;
    s->cov -= ha * hr / variance;
    s->var_rate -= hr * hr / variance;
    return true;
}

/* ---- finding an unknown rotation ---- */

struct line {
    double phase, rate, rms; /* azimuth = phase + rate t; what is left of it */
};

/* Seconds of a sample after the first one. */
static double sample_s(const struct scan *s, uint32_t i)
{
    return (double)(s->sample[i].ns - s->sample[0].ns) * 1e-9;
}

/* Mean resultant of the phases that a rate leaves: its length and direction. */
static double concentration(const struct scan *s, double rate, double *direction)
{
    double c = 0.0, q = 0.0;
    for (uint32_t i = 0; i < s->samples; i++) {
        double left = s->sample[i].azimuth_rad - rate * sample_s(s, i);
        c += cos(left);
        q += sin(left);
    }
    *direction = atan2(q, c);
    return sqrt(c * c + q * q) / s->samples;
}

/* Least squares through the phases that are left, twice. */
static struct line fit(const struct scan *s, double phase, double rate)
{
    struct line l = {phase, rate, 0.0};
    for (int round = 0; round < 2; round++) {
        double n = s->samples, st = 0, stt = 0, sy = 0, sty = 0, syy = 0;
        for (uint32_t i = 0; i < s->samples; i++) {
            double t = sample_s(s, i), y = frame_angle(s->sample[i].azimuth_rad - l.phase - l.rate * t);
            st += t;
            stt += t * t;
            sy += y;
            sty += t * y;
            syy += y * y;
        }
        double det = n * stt - st * st;
        double slope = det > 0.0 ? (n * sty - st * sy) / det : 0.0, level = (sy - slope * st) / n;
        l.rms = sqrt(fmax(syy - level * sy - slope * sty, 0.0) / n);
        l.rate += slope;
        l.phase += level;
    }
    return l;
}

static double span_of(const struct scan *s)
{
    double least = 0.0, most = 0.0;
    for (uint32_t i = 1; i < s->samples; i++) {
        least = fmin(least, sample_s(s, i));
        most = fmax(most, sample_s(s, i));
    }
    return most - least;
}

static bool seek_rate(const struct scan *s, double span_s, struct line *found)
{
    double lowest = TURN * fmax(1.0 / SCAN_PERIOD_MAX_S, SPAN_TURNS / span_s), step = TURN / (8.0 * span_s);
    int steps = (int)ceil((TURN / SCAN_PERIOD_MIN_S - lowest) / step);
    for (int i = 0; i <= steps; i++) {
        double rate = lowest + i * step, phase;
        if (concentration(s, rate, &phase) < 0.9)
            continue;
        *found = fit(s, phase, rate);
        if (found->rms < FIT_RAD && found->rate >= lowest && found->rate <= TURN / SCAN_PERIOD_MIN_S)
            return true;
    }
    return false;
}

/* Keeps every second sample from now on, or, when they lie far enough apart, the later half. */
static void thin_out(struct scan *s)
{
    bool halve = s->gap_s < GAP_MAX_S;
    for (uint32_t i = 0; i < SCAN_SAMPLES / 2; i++)
        s->sample[i] = s->sample[halve ? 2 * i : i + SCAN_SAMPLES / 2];
    s->samples = SCAN_SAMPLES / 2;
    if (halve)
        s->gap_s *= 2.0;
}

static void forget_old(struct scan *s, struct instant now)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->samples; i++)
        if ((double)(now.ns - s->sample[i].ns) * 1e-9 < SPAN_MAX_S)
            s->sample[kept++] = s->sample[i];
    s->samples = kept;
}

/* Adds a sample and tries to lock on what there is. */
static void acquire(struct scan *s, const struct scan_mark *m)
{
    if (m->time_estimated)
        return;
    forget_old(s, m->time);
    if (s->samples > 0 && fabs((double)(m->time.ns - s->sample[s->samples - 1].ns)) * 1e-9 < s->gap_s)
        return;
    s->sample[s->samples].ns = m->time.ns;
    s->sample[s->samples++].azimuth_rad = m->azimuth_rad;
    double span_s = span_of(s);
    struct line l;
    if (s->samples >= SAMPLES_MIN && s->samples % 4 == 0 && span_s > SPAN_TURNS * SCAN_PERIOD_MIN_S && seek_rate(s, span_s, &l)) {
        double doubt = fmax(1e-3 * l.rate, 6.0 * FIT_RAD / (span_s * sqrt(s->samples)));
        double t = (double)(m->time.ns - s->sample[0].ns) * 1e-9;
        lock(s, m->time, frame_azimuth(l.phase + l.rate * t), l.rate, doubt * doubt);
    } else if (s->samples == SCAN_SAMPLES) {
        thin_out(s);
    }
}

/* ---- input ---- */

static void note_latency(struct scan *s, const struct scan_mark *m)
{
    if (m->time_estimated)
        return;
    double latency_s = instant_diff(m->arrival, m->time);
    if (!s->latency_known) {
        s->latency_known = true;
        s->latency_s = latency_s;
        s->latency_dev_s = fmax(0.05, 0.25 * fabs(latency_s));
        return;
    }
    double error_s = latency_s - s->latency_s;
    s->latency_s += LATENCY_GAIN * error_s;
    s->latency_dev_s += LATENCY_GAIN * (fabs(error_s) - s->latency_dev_s);
}

/* The sector of the azimuth that lies nearest to where the antenna was. */
static int64_t sector_of(const struct scan *s, const struct scan_mark *m)
{
    double place = m->azimuth_rad / SECTOR;
    int64_t turn = (int64_t)floor((sectors_at(s, m->time) - place) / SCAN_SECTORS + 0.5);
    return turn * SCAN_SECTORS + (int64_t)fmin(place, SCAN_SECTORS - 1);
}

/* After silence: the phase may be lost, the sectors in between were not looked into. */
static void wake(struct scan *s, const struct scan_mark *m)
{
    predict(s, later(s->time, m->time));
    if (s->var_angle > LOST_RAD * LOST_RAD) {
        lock(s, m->time, m->azimuth_rad, s->rate_rad_s, s->var_rate);
        return;
    }
    int64_t now = (int64_t)floor(sectors_at(s, m->time));
    if (now > s->open && now > s->highest)
        jump(s, now);
}

/* Runs the filter, or looks for the rotation. True when the mark fits a known rotation. */
static bool follow(struct scan *s, const struct scan_mark *m, bool was_alive)
{
    if (m->period_s >= SCAN_PERIOD_MIN_S && m->period_s <= SCAN_PERIOD_MAX_S)
        s->nominal_s = m->period_s;
    if (!s->locked && s->nominal_s > 0.0) {
        double rate = TURN / s->nominal_s;
        lock(s, m->time, m->azimuth_rad, rate, NOMINAL_DOUBT * NOMINAL_DOUBT * rate * rate);
        return true;
    }
    if (!s->locked) {
        acquire(s, m);
        return s->locked;
    }
    if (!was_alive)
        wake(s, m);
    bool fits = update(s, m);
    if (fits)
        s->misses = (uint8_t)(s->misses > 0 ? s->misses - 1 : 0);
    else if (++s->misses > MISSES_MAX)
        unlock(s);
    return fits;
}

int64_t scan_input(struct scan *s, const struct scan_mark *m)
{
    bool was_alive = s->alive;
    struct instant arrival = later(s->last, m->arrival);
    double ahead_s = instant_diff(m->time, m->arrival);
    bool usable = s->rotates && m->kind != SCAN_STATUS && ahead_s > -SCAN_LATENCY_MAX_S && ahead_s < SCAN_PERIOD_MAX_S;
    int64_t sector = SCAN_NO_SECTOR;
    if (usable) {
        note_latency(s, m);
        if (follow(s, m, was_alive) && m->kind == SCAN_PLOT)
            sector = sector_of(s, m);
    }
    note_life(s, arrival);
    if (sector >= 0 && sector < (s->open <= s->flush ? s->resume : s->open))
        sector = SCAN_LATE;
    if (sector > s->highest)
        s->highest = sector;
    set_due(s, arrival);
    return sector;
}
