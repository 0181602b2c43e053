/* equation: see the header. Places are interpolated along the chord: 3 km of flight sag 0.2 m. */
#include "sensor/equation.h"

#include <math.h>

#define TERMS EQUATION_TERMS
#define SWERVE_MPS2 1.0      /* what an aircraft that is taken for straight does */
#define PLACE_MIN_M 5000.0   /* nearer, a degree is a few metres and the height is everything */
#define STEEP 1.06           /* slant range by ground range: above (20 degrees) the height is in the range */
#define HEIGHT_NEAR_M 6000.0 /* of an aircraft, within 10 km */

/* East and north at a place, in ECEF. */
static void axes_at(struct vec3 ecef, struct vec3 *east, struct vec3 *north)
{
    struct vec3 up;
    frame_height(ecef, HEIGHT_NEAR_M, &up);
    double across = sqrt(up.x * up.x + up.y * up.y);
    *east = (struct vec3){-up.y / across, up.x / across, 0.0};
    *north = (struct vec3){-up.z * up.x / across, -up.z * up.y / across, across};
}

static void plot_noise(struct equation_plot *q, const struct slant_place *at)
{
    struct sym2 r = slant_spread(at);
    q->ree_m2 = (float)r.xx;
    q->ren_m2 = (float)r.xy;
    q->rnn_m2 = (float)r.yy;
}

struct equation_plot equation_polar(uint16_t sensor, const struct site *site, const struct plot *p, const struct slant_place *at,
                                    const double held[EQUATION_TERMS])
{
    struct equation_plot q = {.time = p->time, .ecef = at->ecef, .sensor = sensor};
    struct vec3 east, north, ray = mat_sub3(at->ecef, site->frame.origin);
    axes_at(at->ecef, &east, &north);
    double e = mat_dot3(ray, east), n = mat_dot3(ray, north), ground = fmax(hypot(e, n), 1.0);
    q.along_e = (float)(e / ground);
    q.along_n = (float)(n / ground);
    q.range_m = (float)p->polar.range_m;
    q.ground_m = (float)ground;
    q.along_m2 = (float)(p->polar.sigma_range_m * p->polar.sigma_range_m);
    q.across_m2 = (float)(ground * ground * p->polar.sigma_azimuth_rad * p->polar.sigma_azimuth_rad);
    q.echo = !(p->flags & (PLOT_SECONDARY | PLOT_MODE_S));
    plot_noise(&q, at);
    for (unsigned i = 0; i < TERMS; i++)
        q.held[i] = (float)held[i];
    return q;
}

struct equation_plot equation_position(uint16_t sensor, const struct plot *p, const struct slant_place *at)
{
    struct equation_plot q = {.time = p->time, .ecef = at->ecef, .sensor = sensor, .reference = EQUATION_TRUSTED};
    plot_noise(&q, at);
    return q;
}

bool equation_fits(const struct equation_plot *p)
{
    return p->reference || (!p->adrift && p->ground_m > (float)PLACE_MIN_M && p->range_m < (float)STEEP * p->ground_m);
}

/* The columns of (1). */
static struct equation_columns columns_of(const struct equation_plot *q, double ve_mps, double vn_mps)
{
    struct equation_columns c = {{0}, {0}};
    if (q->reference)
        return c;
    double along_e = (double)q->along_e, along_n = (double)q->along_n, range = (double)q->range_m, ground = (double)q->ground_m;
    double steep = range / ground; /* 1 / cos(elevation) */
    c.e[EQUATION_RANGE] = along_e * steep;
    c.n[EQUATION_RANGE] = along_n * steep;
    c.e[EQUATION_GAIN] = along_e * steep * range;
    c.n[EQUATION_GAIN] = along_n * steep * range;
    c.e[EQUATION_AZIMUTH] = along_n * ground;
    c.n[EQUATION_AZIMUTH] = -along_e * ground;
    c.e[EQUATION_TIME] = -ve_mps;
    c.n[EQUATION_TIME] = -vn_mps;
    return c;
}

static void columns_add(struct equation_columns *sum, double weight, const struct equation_columns *c)
{
    for (unsigned i = 0; i < TERMS; i++) {
        sum->e[i] += weight * c->e[i];
        sum->n[i] += weight * c->n[i];
    }
}

static void put_back(struct equation *q, double sign, const struct equation_columns *c, const float *held)
{
    for (unsigned i = 0; i < TERMS; i++) {
        q->ye += sign * c->e[i] * (double)held[i];
        q->yn += sign * c->n[i] * (double)held[i];
    }
}

static void add_noise(struct sym2 *r, double weight, const struct equation_plot *q)
{
    r->xx += weight * (double)q->ree_m2;
    r->xy += weight * (double)q->ren_m2;
    r->yy += weight * (double)q->rnn_m2;
}

struct equation equation_make(const struct equation_plot *a1, const struct equation_plot *a2, const struct equation_plot *b,
                              double ve_mps, double vn_mps)
{
    double span = instant_diff(a2->time, a1->time), f = instant_diff(b->time, a1->time) / span;
    double swerve = 0.5 * SWERVE_MPS2 * f * (1.0 - f) * span * span;
    struct equation q = {.time = b->time, .r = {swerve * swerve, 0.0, swerve * swerve}};
    struct equation_columns c1 = columns_of(a1, ve_mps, vn_mps), c2 = columns_of(a2, ve_mps, vn_mps);
    struct vec3 east, north, between = mat_add3(mat_scale3(1.0 - f, a1->ecef), mat_scale3(f, a2->ecef));
    struct vec3 y = mat_sub3(b->ecef, between);
    axes_at(b->ecef, &east, &north);
    q.jb = columns_of(b, ve_mps, vn_mps);
    columns_add(&q.ja, 1.0 - f, &c1);
    columns_add(&q.ja, f, &c2);
    q.ye = q.off_e_m = mat_dot3(y, east);
    q.yn = q.off_n_m = mat_dot3(y, north);
    put_back(&q, 1.0, &q.jb, b->held);
    put_back(&q, f - 1.0, &c1, a1->held);
    put_back(&q, -f, &c2, a2->held);
    add_noise(&q.r, 1.0, b);
    add_noise(&q.r, (1.0 - f) * (1.0 - f), a1);
    add_noise(&q.r, f * f, a2);
    return q;
}
