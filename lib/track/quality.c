/* quality: see the header. East and north at the aircraft differ from those at its anchor by the meridian convergence, which turns velocity
 * and covariance; the covariance of height and climb stands apart. */
#include "track/quality.h"

#include "track/life.h"
#include <math.h>
#include <string.h>

static double element(const struct kalman *k, unsigned i, unsigned j)
{
    return k->p[i <= j ? kalman_at(i, j) : kalman_at(j, i)];
}

/* cov' = T cov T' for T = diag(R, R), R = [c s; -s c]. */
static void quality_covariance(const struct kalman *k, double c, double s, double cov[TRACK_COVS])
{
    static const unsigned char pair[TRACK_COVS][2] = {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 3}};
    const double turn[2][2] = {{c, s}, {-s, c}};
    for (unsigned n = 0; n < TRACK_COVS; n++) {
        unsigned i = pair[n][0], j = pair[n][1], bi = i & 2U, bj = j & 2U;
        const double *a = turn[i & 1U], *b = turn[j & 1U];
        cov[n] = a[0] * (b[0] * element(k, bi, bj) + b[1] * element(k, bi, bj + 1)) +
                 a[1] * (b[0] * element(k, bi + 1, bj) + b[1] * element(k, bi + 1, bj + 1));
    }
}

static void quality_height(const struct store_track *t, const struct imm *m, const struct kalman *k, struct track *out)
{
    struct vertical v = t->height.plots ? t->height : t->pressure;
    vertical_predict(&v, m->time);
    out->at.hae_m = v.plots ? v.height_m : k->x[KALMAN_H];
    out->sigma_height_m = v.plots ? sqrt(v.hh) : sqrt(fmax(k->p[kalman_at(KALMAN_H, KALMAN_H)], 0.0));
    out->climb_mps = v.climb_mps;
    out->sigma_climb_mps = sqrt(v.vv);
    out->flags |= v.plots ? TRACK_HEIGHT : 0U;
    out->flags |= v.plots > 1 ? TRACK_CLIMB : 0U;
}

/* The contributing sensors, latest first, and what they say of the support. */
static void quality_sensors(const struct store_track *t, struct track *out)
{
    unsigned seeing = 0;
    for (unsigned i = 0; i < t->looks; i++) {
        const struct store_look *l = &t->look[i];
        if (!instant_is_set(l->hit))
            continue;
        seeing += l->misses == 0;
        unsigned k = out->sensors++;
        for (; k > 0 && instant_before(out->sensor[k - 1].last, l->hit); k--)
            out->sensor[k] = out->sensor[k - 1];
        out->sensor[k] = (struct track_sensor){.source = l->source, .last = l->hit};
    }
    out->flags |= seeing == 0 ? TRACK_COASTING : 0U;
    out->flags |= seeing == 1 ? TRACK_MONOSENSOR : 0U;
}

_Static_assert(TRACK_SENSORS >= STORE_LOOKS, "every look is reported");

void quality_report(const struct store_track *t, const struct imm *m, struct track *out)
{
    struct kalman k;
    imm_combine(m, &k);
    *out = (struct track){.number = t->number, .time = m->time, .born = t->born, .last = t->last};
    quality_height(t, m, &k, out);
    double up = measure_up(k.x[KALMAN_E], k.x[KALMAN_N], out->at.hae_m, t->radius_m), hae = out->at.hae_m;
    out->at = frame_geodetic(frame_from_enu(&t->anchor, (struct vec3){k.x[KALMAN_E], k.x[KALMAN_N], up}));
    out->at.hae_m = hae;
    struct store_turn turn = store_convergence(t, out->at.lon_rad);
    double c = turn.cosine, s = turn.sine;
    out->east_mps = c * k.x[KALMAN_VE] + s * k.x[KALMAN_VN];
    out->north_mps = c * k.x[KALMAN_VN] - s * k.x[KALMAN_VE];
    out->turn_rad_s = -k.x[KALMAN_TURN];
    quality_covariance(&k, c, s, out->cov);
    out->existence = life_probability(t->log_odds);
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        out->mode[j] = m->probability[j];
    out->level = t->level;
    out->level_time = t->level_time;
    out->ident = t->ident;
    out->identity_confidence = (double)t->confidence;
    memcpy(out->age, t->age, sizeof out->age);
    out->plots = t->plots;
    out->flags |= t->life == LIFE_CONFIRMED ? TRACK_CONFIRMED : 0U;
    out->flags |= t->flags & STORE_SIMULATED ? TRACK_SIMULATED : 0U;
    out->flags |= t->flags & STORE_SENSED ? 0U : TRACK_FOREIGN_ONLY;
    quality_sensors(t, out);
}
