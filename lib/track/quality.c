/* quality: see the header. East and north at the aircraft differ from those at its anchor by the meridian convergence, which turns velocity
 * and covariance; the covariance of height and climb stands apart. */
#include "track/quality.h"

#include "track/life.h"
#include <math.h>
#include <string.h>

#define DUPLICATE_S 60.0 /* after which an address that was heard elsewhere is its own again */

/* A 2x2 block [ee en; ne nn] of the covariance turned on both sides: R B R' for R = [c s; -s c]. */
struct block {
    double ee, en, ne, nn;
};

static struct block turned(struct block b, double c, double s)
{
    struct block l = {c * b.ee + s * b.ne, c * b.en + s * b.nn, c * b.ne - s * b.ee, c * b.nn - s * b.en};
    return (struct block){c * l.ee + s * l.en, c * l.en - s * l.ee, c * l.ne + s * l.nn, c * l.nn - s * l.ne};
}

#define P(i, j) k->p[kalman_at(KALMAN_##i, KALMAN_##j)]

static void quality_covariance(const struct kalman *k, double c, double s, double cov[TRACK_COVS])
{
    struct block position = turned((struct block){P(E, E), P(E, N), P(E, N), P(N, N)}, c, s);
    struct block cross = turned((struct block){P(E, VE), P(E, VN), P(N, VE), P(N, VN)}, c, s);
    struct block velocity = turned((struct block){P(VE, VE), P(VE, VN), P(VE, VN), P(VN, VN)}, c, s);
    cov[TRACK_EE] = position.ee;
    cov[TRACK_EN] = position.en;
    cov[TRACK_NN] = position.nn;
    cov[TRACK_EVE] = cross.ee;
    cov[TRACK_EVN] = cross.en;
    cov[TRACK_NVE] = cross.ne;
    cov[TRACK_NVN] = cross.nn;
    cov[TRACK_VEVE] = velocity.ee;
    cov[TRACK_VEVN] = velocity.en;
    cov[TRACK_VNVN] = velocity.nn;
}

static void quality_height(const struct store_track *t, const struct imm *m, const struct kalman *k, struct track *out)
{
    struct vertical v = t->height.plots ? t->height : t->pressure;
    vertical_predict(&v, m->time);
    out->at.hae_m = v.plots ? v.height_m : k->x[KALMAN_H];
    out->sigma_height_m = v.plots ? sqrt(v.hh) : sqrt(fmax(k->p[kalman_at(KALMAN_H, KALMAN_H)], 0.0));
    out->climb_mps = v.climb_mps;
    out->sigma_climb_mps = sqrt(v.vv);
    out->flags |= t->height.plots ? TRACK_HEIGHT : 0U; /* pressure altitude is no geometric height: weather lies between them */
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

/* What is doubtful about its own positions and address. */
static void quality_trust(const struct store_track *t, struct track *out)
{
    bool twice = t->trust.duplicate.ns != 0 && instant_diff(out->time, t->trust.duplicate) < DUPLICATE_S;
    out->flags |= t->trust.state == TRUST_CONTRADICTED ? TRACK_ADSB_CONTRADICTED : 0U;
    out->flags |= t->trust.state == TRUST_UNSEEN ? TRACK_ADSB_UNSEEN : 0U;
    out->flags |= twice || (t->flags & STORE_DUPLICATE) ? TRACK_DUPLICATE : 0U;
}

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
    out->remotes = (uint8_t)t->remotes;
    memcpy(out->remote, t->remote, sizeof out->remote);
    quality_trust(t, out);
    quality_sensors(t, out);
}
