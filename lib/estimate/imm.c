/* imm: see the header. A model is a row of motion_models; probabilities are kept normalised. */
#include "estimate/imm.h"

#include <math.h>
#include <string.h>

/* A model's probability never falls below this, so that rounding cannot make it unable to come back. */
#define PROBABILITY_MIN 1e-6

void imm_start(struct imm *m, struct instant time, const struct measure *z, const struct imm_start *s)
{
    struct kalman k = {0};
    k.x[KALMAN_E] = z->east_m;
    k.x[KALMAN_N] = z->north_m;
    k.x[KALMAN_VE] = s->ve_mps;
    k.x[KALMAN_VN] = s->vn_mps;
    k.x[KALMAN_H] = z->height_m;
    double h = s->states == KALMAN_STATES ? s->height_var_m2 : z->height_var_m2;
    k.p[kalman_at(KALMAN_E, KALMAN_E)] = z->r.xx + z->slope_e * z->slope_e * h;
    k.p[kalman_at(KALMAN_E, KALMAN_N)] = z->r.xy + z->slope_e * z->slope_n * h;
    k.p[kalman_at(KALMAN_N, KALMAN_N)] = z->r.yy + z->slope_n * z->slope_n * h;
    k.p[kalman_at(KALMAN_VE, KALMAN_VE)] = s->sigma_speed_mps * s->sigma_speed_mps;
    k.p[kalman_at(KALMAN_VN, KALMAN_VN)] = s->sigma_speed_mps * s->sigma_speed_mps;
    k.p[kalman_at(KALMAN_TURN, KALMAN_TURN)] = MOTION_TURN_PRIOR * MOTION_TURN_PRIOR;
    if (s->states == KALMAN_STATES) {
        k.p[kalman_at(KALMAN_E, KALMAN_H)] = z->slope_e * h;
        k.p[kalman_at(KALMAN_N, KALMAN_H)] = z->slope_n * h;
        k.p[kalman_at(KALMAN_H, KALMAN_H)] = h;
    }
    *m = (struct imm){.time = time, .states = s->states};
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        m->model[j] = k;
        m->probability[j] = motion_models[j].share;
    }
}

#define SPREADS 3 /* pairs of models: 01, 02, 12 */

/* What the means' differences add to a mixture's covariance: (x_i - x_j)(x_i - x_j)' of each pair. The same for every mixture of these states. */
struct spread {
    double p[SPREADS][KALMAN_COVS + 1];
};

static void imm_spread(const struct imm *m, struct spread *out)
{
    static const unsigned char pair[SPREADS][2] = {{0, 1}, {0, 2}, {1, 2}};
    for (unsigned k = 0; k < SPREADS; k++) {
        const double *a = m->model[pair[k][0]].x, *b = m->model[pair[k][1]].x;
        double d[KALMAN_STATES], *p = &out->p[k][0];
        for (unsigned s = 0; s < KALMAN_STATES; s++)
            d[s] = a[s] - b[s];
#define X(i, j) *p++ = d[i] * d[j];
        KALMAN_PAIRS(X)
        KALMAN_PAIRS_HEIGHT(X)
#undef X
        *p = 0.0;
    }
}

/* BLK (11.6.6-9, -10) for one mixture: sum w_i P_i + sum over pairs w_i w_j (x_i - x_j)(x_i - x_j)'. */
static void imm_mix(const struct imm *m, const struct spread *spread, const double w[MOTION_MODELS], struct kalman *restrict out)
{
    const struct kalman *k = m->model;
    double w01 = w[0] * w[1], w02 = w[0] * w[2], w12 = w[1] * w[2];
    for (unsigned s = 0; s < KALMAN_STATES; s++)
        out->x[s] = w[0] * k[0].x[s] + w[1] * k[1].x[s] + w[2] * k[2].x[s];
    for (unsigned c = 0; c < KALMAN_COVS + 1; c++)
        out->p[c] = w[0] * k[0].p[c] + w[1] * k[1].p[c] + w[2] * k[2].p[c] + w01 * spread->p[0][c] + w02 * spread->p[1][c] + w12 * spread->p[2][c];
}

_Static_assert(MOTION_MODELS == 3, "imm_mix writes its sums out");

static void imm_predict_by(struct imm *m, struct instant to, const struct motion *last)
{
    if (!instant_before(m->time, to))
        return;
    double t = instant_diff(to, m->time), joint[MOTION_MODELS][MOTION_MODELS], next[MOTION_MODELS] = {0};
    for (unsigned i = 0; i < MOTION_MODELS; i++) {
        double stay = exp(-t / motion_models[i].sojourn_s);
        for (unsigned j = 0; j < MOTION_MODELS; j++) {
            joint[i][j] = m->probability[i] * (i == j ? stay : (1.0 - stay) / (MOTION_MODELS - 1));
            next[j] += joint[i][j];
        }
    }
    struct kalman mixed[MOTION_MODELS];
    struct spread spread;
    imm_spread(m, &spread);
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        double weight[MOTION_MODELS];
        for (unsigned i = 0; i < MOTION_MODELS; i++)
            weight[i] = joint[i][j] / next[j];
        imm_mix(m, &spread, weight, &mixed[j]);
        motion_predict(j + 1 < MOTION_MODELS ? &motion_models[j] : last, &mixed[j], m->states, t);
    }
    memcpy(m->model, mixed, sizeof mixed);
    memcpy(m->probability, next, sizeof next);
    m->time = to;
}

void imm_predict(struct imm *m, struct instant to)
{
    imm_predict_by(m, to, &motion_models[MOTION_MODELS - 1]);
}

void imm_predict_violent(struct imm *m, struct instant to)
{
    imm_predict_by(m, to, &motion_violent);
}

#define LOG_2PI 1.8378770664093453

/* weight[j] is the model's share c_j N(z; S_j) but for the factor exp(-nis / 2) / 2 pi that all have in common. */
bool imm_look(const struct imm *m, const struct measure *z, struct imm_look *look)
{
    look->nis = HUGE_VAL;
    look->log_likelihood = -HUGE_VAL;
    double least = HUGE_VAL;
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        if (!kalman_innovation(&m->model[j], m->states, z, &look->model[j]))
            return false;
        least = look->model[j].nis < least ? look->model[j].nis : least;
    }
    double sum = 0.0;
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        sum += look->weight[j] = m->probability[j] / sqrt(look->model[j].det) * exp(-0.5 * (look->model[j].nis - least));
    look->nis = least;
    look->log_likelihood = log(sum) - 0.5 * least - LOG_2PI;
    return true;
}

void imm_update(struct imm *m, const struct imm_look *look)
{
    double sum = look->weight[0] + look->weight[1] + look->weight[2], total = 0.0;
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        kalman_update(&m->model[j], m->states, &look->model[j]);
        m->probability[j] = fmax(look->weight[j] / sum, PROBABILITY_MIN);
        total += m->probability[j];
    }
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        m->probability[j] /= total;
}

bool imm_update_radial(struct imm *m, const struct measure_radial *z)
{
    struct imm next = *m;
    double least = HUGE_VAL, total = 0.0, nis[MOTION_MODELS], s[MOTION_MODELS];
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        double residual;
        kalman_update_radial(&next.model[j], m->states, z, &residual, &s[j]);
        nis[j] = residual * residual / s[j];
        least = fmin(least, nis[j]);
    }
    if (!(least <= IMM_RADIAL_NIS))
        return false;
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        total += next.probability[j] = fmax(m->probability[j] * exp(-0.5 * (nis[j] - least)) / sqrt(s[j]), PROBABILITY_MIN);
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        next.probability[j] /= total;
    *m = next;
    return true;
}

void imm_update_height(struct imm *m, double height_m, double variance_m2)
{
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        kalman_update_height(&m->model[j], height_m, variance_m2);
}

void imm_combine(const struct imm *m, struct kalman *out)
{
    struct spread spread;
    imm_spread(m, &spread);
    imm_mix(m, &spread, m->probability, out);
}

void imm_mean(const struct imm *m, double x[KALMAN_STATES])
{
    for (unsigned s = 0; s < KALMAN_STATES; s++)
        x[s] = m->probability[0] * m->model[0].x[s] + m->probability[1] * m->model[1].x[s] + m->probability[2] * m->model[2].x[s];
}

void imm_forget_height(struct imm *m)
{
    m->states = KALMAN_STATES - 1;
}

/* Rows (a, b) of the covariance under [a'; b'] = [ee en; ne nn] [a; b], against every other state. */
static void imm_turn_pair(struct kalman *k, unsigned a, unsigned b, const struct imm_shift *s, unsigned states)
{
    for (unsigned i = 0; i < states; i++) {
        if (i == a || i == b)
            continue;
        double *pa = &k->p[i < a ? kalman_at(i, a) : kalman_at(a, i)], *pb = &k->p[i < b ? kalman_at(i, b) : kalman_at(b, i)];
        double va = *pa, vb = *pb;
        *pa = s->ee * va + s->en * vb;
        *pb = s->ne * va + s->nn * vb;
    }
    double *aa = &k->p[kalman_at(a, a)], *ab = &k->p[kalman_at(a, b)], *bb = &k->p[kalman_at(b, b)];
    double xx = *aa, xy = *ab, yy = *bb;
    *aa = s->ee * s->ee * xx + 2.0 * s->ee * s->en * xy + s->en * s->en * yy;
    *ab = s->ee * s->ne * xx + (s->ee * s->nn + s->en * s->ne) * xy + s->en * s->nn * yy;
    *bb = s->ne * s->ne * xx + 2.0 * s->ne * s->nn * xy + s->nn * s->nn * yy;
    double x = k->x[a], y = k->x[b];
    k->x[a] = s->ee * x + s->en * y;
    k->x[b] = s->ne * x + s->nn * y;
}

void imm_shift(struct imm *m, const struct imm_shift *s)
{
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        struct kalman *k = &m->model[j];
        imm_turn_pair(k, KALMAN_E, KALMAN_N, s, m->states);
        imm_turn_pair(k, KALMAN_VE, KALMAN_VN, s, m->states);
        k->x[KALMAN_E] += s->east_m;
        k->x[KALMAN_N] += s->north_m;
    }
}
