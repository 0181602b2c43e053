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

/* BLK (11.6.6-9, -10) for one model: its share of every model's state; p gains the spread of the means. */
static void imm_mix(const struct imm *m, const double weight[MOTION_MODELS], struct kalman *out)
{
    unsigned n = m->states, covs = kalman_covs(n);
    for (unsigned s = 0; s < KALMAN_STATES; s++)
        out->x[s] = weight[0] * m->model[0].x[s] + weight[1] * m->model[1].x[s] + weight[2] * m->model[2].x[s];
    for (unsigned c = 0; c < covs; c++)
        out->p[c] = weight[0] * m->model[0].p[c] + weight[1] * m->model[1].p[c] + weight[2] * m->model[2].p[c];
    for (unsigned i = 0; i < MOTION_MODELS; i++) {
        double d[KALMAN_STATES];
        for (unsigned s = 0; s < n; s++)
            d[s] = m->model[i].x[s] - out->x[s];
        unsigned c = 0;
        for (unsigned b = 0; b < n; b++) {
            double wd = weight[i] * d[b];
            for (unsigned a = 0; a <= b; a++)
                out->p[c++] += d[a] * wd;
        }
    }
}

_Static_assert(MOTION_MODELS == 3, "imm_mix writes its sums out");

void imm_predict(struct imm *m, struct instant to)
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
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        double weight[MOTION_MODELS];
        for (unsigned i = 0; i < MOTION_MODELS; i++)
            weight[i] = joint[i][j] / next[j];
        imm_mix(m, weight, &mixed[j]);
        motion_predict(&motion_models[j], &mixed[j], m->states, t);
    }
    memcpy(m->model, mixed, sizeof mixed);
    memcpy(m->probability, next, sizeof next);
    m->time = to;
}

double imm_log_likelihood(const struct imm *m, const struct measure *z, double *nis)
{
    double log_l[MOTION_MODELS], best = -HUGE_VAL, sum = 0.0;
    *nis = HUGE_VAL;
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        struct kalman_innovation in;
        if (!kalman_innovation(&m->model[j], m->states, z, &in))
            return -HUGE_VAL;
        log_l[j] = in.log_likelihood + log(m->probability[j]);
        best = fmax(best, log_l[j]);
        *nis = fmin(*nis, in.nis);
    }
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        sum += exp(log_l[j] - best);
    return best + log(sum);
}

double imm_update(struct imm *m, const struct measure *z, double *nis)
{
    double log_l[MOTION_MODELS], best = -HUGE_VAL, sum = 0.0;
    struct kalman_innovation in[MOTION_MODELS];
    *nis = HUGE_VAL;
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        if (!kalman_innovation(&m->model[j], m->states, z, &in[j]))
            return -HUGE_VAL;
        log_l[j] = in[j].log_likelihood + log(m->probability[j]);
        best = fmax(best, log_l[j]);
        *nis = fmin(*nis, in[j].nis);
    }
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        kalman_update(&m->model[j], m->states, z, &in[j]);
        m->probability[j] = fmax(exp(log_l[j] - best), PROBABILITY_MIN);
        sum += m->probability[j];
    }
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        m->probability[j] /= sum;
    return best + log(sum);
}

void imm_update_height(struct imm *m, double height_m, double variance_m2)
{
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        kalman_update_height(&m->model[j], height_m, variance_m2);
}

void imm_combine(const struct imm *m, struct kalman *out)
{
    memset(out, 0, sizeof *out);
    imm_mix(m, m->probability, out);
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
