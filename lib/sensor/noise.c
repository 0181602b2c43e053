/* noise: see the header. A multiple stays within LEAST and MOST, because beyond it is the model that is wrong. */
#include "sensor/noise.h"

#include <math.h>

#define LEAST 0.25
#define MOST 16.0
#define MEDIAN 0.4549364  /* of chi-square, 1 degree of freedom */
#define DENSITY 0.2143    /* of its logarithm, there: a step of 1 / (n DENSITY) is the best */
#define STEEP 1.01        /* slant by ground range: above (8 degrees) the height's own changes are seen in the range */

void noise_init(struct noise *n)
{
    for (unsigned c = 0; c < NOISE_CHANNELS; c++)
        for (unsigned b = 0; b < NOISE_BANDS; b++)
            n->cell[c][b] = (struct noise_cell){.range = 1.0F, .azimuth = 1.0F};
}

static unsigned band_of(double range_m)
{
    return (unsigned)fmin(range_m / NOISE_BAND_M, NOISE_BANDS - 1);
}

void noise_apply(const struct noise *n, struct plot *p)
{
    const struct noise_cell *c = &n->cell[p->flags & (PLOT_SECONDARY | PLOT_MODE_S) ? NOISE_REPLY : NOISE_ECHO][band_of(p->polar.range_m)];
    p->polar.sigma_range_m *= sqrt((double)c->range);
    p->polar.sigma_azimuth_rad *= sqrt((double)c->azimuth);
}

static float noise_step(float multiple, double square, double expected, double step)
{
    double next = (double)multiple * exp(square > MEDIAN * expected ? 0.5 * step : -0.5 * step);
    return (float)fmin(fmax(next, LEAST), MOST);
}

void noise_add(struct noise *n, const struct equation_plot *first, const struct equation_plot *middle, const struct equation_plot *last)
{
    double before = instant_diff(middle->time, first->time), after = instant_diff(last->time, middle->time);
    if (!(before > 0.0 && before < NOISE_SPAN_S && after > 0.0 && after < NOISE_SPAN_S) || middle->range_m > (float)STEEP * middle->ground_m)
        return;
    struct equation q = equation_make(first, last, middle, 0.0, 0.0);
    double f = before / (before + after), g = 1.0 - f, e = (double)middle->along_e, a = (double)middle->along_n;
    double along = q.off_e_m * e + q.off_n_m * a, across = q.off_e_m * a - q.off_n_m * e;
    double own_along = (double)middle->along_m2 + g * g * (double)first->along_m2 + f * f * (double)last->along_m2;
    double own_across = (double)middle->across_m2 + g * g * (double)first->across_m2 + f * f * (double)last->across_m2;
    struct noise_cell *c = &n->cell[middle->echo ? NOISE_ECHO : NOISE_REPLY][band_of((double)middle->range_m)];
    c->plots = (float)fmin((double)c->plots + 1.0, NOISE_PLOTS);
    double step = 1.0 / (DENSITY * (NOISE_NOMINAL + (double)c->plots));
    c->range = noise_step(c->range, along * along, own_along, step);
    c->azimuth = noise_step(c->azimuth, across * across, own_across, step);
}

struct noise_factor noise_factor(const struct noise *n)
{
    double plots = 1.0, range = 1.0, azimuth = 1.0; /* one of nominal noise, so that there is a mean */
    for (unsigned c = 0; c < NOISE_CHANNELS; c++)
        for (unsigned b = 0; b < NOISE_BANDS; b++) {
            const struct noise_cell *cell = &n->cell[c][b];
            plots += (double)cell->plots;
            range += (double)cell->plots * (double)cell->range;
            azimuth += (double)cell->plots * (double)cell->azimuth;
        }
    return (struct noise_factor){sqrt(range / plots), sqrt(azimuth / plots)};
}
