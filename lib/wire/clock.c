/* clock: see clock.h. Rejected: a running mean of all delays (one burst of late data drags it along for hours), and correcting single messages
 * (a held-up line would be taken for a wrong clock). Offsets are steps of 1/128 s, the unit of the statements, and move only when the mean
 * delay has moved by half a second, so that a steady sensor keeps a steady time base. */
#include "wire/clock.h"

#include <math.h>

#define SPREAD_MOST_S 2.5    /* of delays that agree: lines jitter, and plots wait for the end of their sector */
#define DRIFT_S 0.5          /* a corrected clock is followed in steps of this at least */
#define DRIFT_GAIN 0.01
#define LATENCY_GAIN 0.05
#define AHEAD_S 600.0        /* unwrapping: a step of more must be confirmed; recordings have gaps of minutes */
#define BACK_S 21600.0       /* and one of more back begins anew when confirmed */
#define DAY_S 86400.0

struct clock clock_init(void)
{
    return (struct clock){.latency_s = CLOCK_LATENCY_S};
}

static double quantum(double seconds)
{
    return floor(seconds * 128.0 + 0.5) / 128.0;
}

/* Middle of the window, and how far the window reaches. Insertion sort: eight numbers. */
static double median_of(const struct clock *c, double *spread_s)
{
    double sorted[CLOCK_WINDOW];
    for (int k = 0; k < CLOCK_WINDOW; k++) {
        int j = k;
        for (; j > 0 && sorted[j - 1] > c->delay_s[k]; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = c->delay_s[k];
    }
    *spread_s = sorted[CLOCK_WINDOW - 1] - sorted[0];
    return (sorted[CLOCK_WINDOW / 2 - 1] + sorted[CLOCK_WINDOW / 2]) / 2.0;
}

/* A delay near half a period may be read with either sign; it takes that of the one before. */
static double beside_last(const struct clock *c, double delay_s, double period_s)
{
    double last_s = c->delays ? c->delay_s[(c->delays - 1) % CLOCK_WINDOW] : 0.0;
    if (fabs(delay_s) > period_s / 4.0 && fabs(last_s) > period_s / 4.0 && (delay_s > 0.0) != (last_s > 0.0))
        delay_s += copysign(period_s, last_s);
    return delay_s;
}

/* Puts one delay into the window and judges when it is full and agrees. A usual delay of a right clock proves nothing new. */
static void judge(struct clock *c, double delay_s, double tolerance_s, struct clock_reading *r)
{
    c->delay_s[c->delays++ % CLOCK_WINDOW] = delay_s;
    if (c->delays < CLOCK_WINDOW || (c->offset_s == 0.0 && fabs(delay_s) <= tolerance_s))
        return;
    double spread_s = 0.0, median_s = median_of(c, &spread_s);
    bool wrong = fabs(median_s) > tolerance_s, was_wrong = c->offset_s != 0.0;
    if (spread_s > SPREAD_MOST_S || (wrong && was_wrong && fabs(median_s - c->mean_s) <= tolerance_s))
        return; /* no agreement, or nothing new: drift is followed elsewhere */
    if (!wrong && !was_wrong)
        return;
    c->mean_s = median_s;
    c->offset_s = wrong ? quantum(median_s - c->latency_s) : 0.0;
    r->change = wrong ? CLOCK_TURNED_WRONG : CLOCK_TURNED_RIGHT;
    r->offset_s = wrong ? c->offset_s : median_s;
    r->spread_s = spread_s;
}

/* A corrected clock drifts, and tracks of other systems are as old as their last plot: only the mean delay moves the offset, and only by steps. */
static void follow(struct clock *c, double delay_s)
{
    c->mean_s += DRIFT_GAIN * (delay_s - c->mean_s);
    double offset_s = quantum(c->mean_s - c->latency_s);
    if (fabs(offset_s - c->offset_s) >= DRIFT_S)
        c->offset_s = offset_s;
}

struct clock_reading clock_read(struct clock *c, double count_s, double period_s, struct instant arrival, double tolerance_s)
{
    struct clock_reading r = {.change = CLOCK_SAME};
    bool full = period_s >= DAY_S;
    c->full |= full;
    struct instant stated = full ? instant_nearest(count_s, arrival) : instant_nearest_period(count_s, period_s, arrival);
    double delay_s = instant_diff(arrival, stated);
    if (full || !c->full) {
        delay_s = beside_last(c, delay_s, period_s);
        judge(c, delay_s, tolerance_s, &r);
        if (c->offset_s != 0.0 && fabs(delay_s - c->mean_s) <= tolerance_s)
            follow(c, delay_s);
    }

    if (c->offset_s != 0.0) {
        struct instant by_its_clock = instant_add(arrival, -c->offset_s);
        r.time = instant_add(instant_nearest_period(count_s, period_s, by_its_clock), c->offset_s);
        r.estimated = true;
        if (fabs(instant_diff(arrival, r.time)) > tolerance_s) /* neither right nor wrong in the known way */
            r.time = clock_without(c, arrival);
        return r;
    }
    bool late = delay_s > tolerance_s, future = delay_s < -tolerance_s;
    if (!late && !future) {
        c->latency_s = c->known ? c->latency_s + LATENCY_GAIN * (delay_s - c->latency_s) : delay_s;
        c->known = true;
    }
    r.estimated = future || (late && !c->known);
    r.time = r.estimated ? clock_without(c, arrival) : stated;
    return r;
}

struct instant clock_without(const struct clock *c, struct instant arrival)
{
    return instant_add(arrival, -c->latency_s);
}

struct clock_front clock_front_init(void)
{
    return (struct clock_front){INSTANT_NONE, INSTANT_NONE};
}

struct instant clock_unwrap(struct clock_front *f, double count_s, double period_s, struct instant date)
{
    if (!instant_is_set(f->front))
        return f->front = instant_add(date, count_s);
    struct instant time = instant_nearest_period(count_s, period_s, f->front);
    double step_s = instant_diff(time, f->front);
    if (step_s <= AHEAD_S && step_s >= -BACK_S) {
        if (step_s > 0.0)
            f->front = time;
        if (step_s > -AHEAD_S)
            f->ahead = INSTANT_NONE;
        return time;
    }
    bool confirmed = instant_is_set(f->ahead) && fabs(instant_diff(time, f->ahead)) <= AHEAD_S;
    if (confirmed && step_s > 0.0) {
        f->front = time;
        f->ahead = INSTANT_NONE;
    } else {
        f->ahead = time;
    }
    return time;
}
