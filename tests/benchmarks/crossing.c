/* crossing: see the header. */
#include "crossing.h"

#include "associate/cost.h"
#include "associate/hypothesis.h"
#include "estimate/motion.h"
#include "track/life.h"
#include <math.h>
#include <stdlib.h>

#define STATES (KALMAN_STATES - 1)
#define LEAVES 4096
#define MEMBERS 200
#define PLOTS 60
#define UNSEEN 32          /* ages of targets not seen yet; older ones are as the last */
#define GATE 20.0          /* as the authors' code */
#define LEAST 1e-4         /* existence of a track worth keeping, weight of a hypothesis worth keeping: likewise */
#define BELIEVED 0.4       /* existence of a track that is told: likewise */
#define LOG_2PI 1.8378770664093453

struct leaf {
    struct kalman state;
    double log_odds;
};

struct crossing {
    struct crossing_model model;
    struct motion motion;
    uint32_t scans;
    struct hypothesis *hypothesis;
    struct leaf leaf[LEAVES], parent[LEAVES];
    double gain[LEAVES * PLOTS], miss[LEAVES];
    struct kalman_innovation look[LEAVES];
    struct { struct kalman state; double mass; } unseen[UNSEEN];
    uint32_t ages;
    struct { struct kalman state; double density; } first[PLOTS]; /* of each plot: a new target's state, and the density of new targets there */
    struct measure plot[PLOTS];
};

static struct kalman newborn(const struct crossing_model *m)
{
    struct kalman k = {.x = {[KALMAN_E] = m->birth_at, [KALMAN_N] = m->birth_at}};
    k.p[kalman_at(KALMAN_E, KALMAN_E)] = k.p[kalman_at(KALMAN_N, KALMAN_N)] = m->birth_sigma * m->birth_sigma;
    k.p[kalman_at(KALMAN_VE, KALMAN_VE)] = k.p[kalman_at(KALMAN_VN, KALMAN_VN)] = m->birth_speed_sigma * m->birth_speed_sigma;
    return k;
}

struct crossing *crossing_new(const struct crossing_model *m)
{
    struct crossing *c = calloc(1, sizeof *c);
    const struct hypothesis_limits limits = {.globals = m->globals, .members = MEMBERS, .leaves = LEAVES, .plots = PLOTS};
    if (!c)
        return NULL;
    c->model = *m;
    c->motion = (struct motion){.name = "benchmark", .psd_m2_s3 = m->psd};
    c->hypothesis = hypothesis_new(&limits);
    c->unseen[0].state = newborn(m);
    c->unseen[0].mass = m->birth_first;
    c->ages = 1;
    if (!c->hypothesis) {
        free(c);
        return NULL;
    }
    return c;
}

void crossing_free(struct crossing *c)
{
    if (c)
        hypothesis_free(c->hypothesis);
    free(c);
}

static double log_odds_of(double probability)
{
    return log(probability / (1.0 - probability));
}

/* A second on: tracks may end, targets not seen yet as well, and there are new ones. */
static void crossing_predict(struct crossing *c)
{
    const struct crossing_model *m = &c->model;
    for (uint32_t i = 0; i < hypothesis_leaves(c->hypothesis); i++) {
        motion_predict(&c->motion, &c->leaf[i].state, STATES, 1.0);
        c->leaf[i].log_odds = log_odds_of(m->survival * life_probability(c->leaf[i].log_odds));
    }
    if (c->ages == UNSEEN) {
        c->ages--;
        c->unseen[c->ages - 1].mass += c->unseen[c->ages].mass;
    }
    for (uint32_t i = c->ages++; i > 0; i--)
        c->unseen[i] = c->unseen[i - 1];
    for (uint32_t i = 1; i < c->ages; i++) {
        motion_predict(&c->motion, &c->unseen[i].state, STATES, 1.0);
        c->unseen[i].mass *= m->survival;
    }
    c->unseen[0].state = newborn(m);
    c->unseen[0].mass = m->birth;
}

static double log_likelihood(const struct kalman_innovation *look)
{
    return -0.5 * (look->nis + log(look->det)) - LOG_2PI;
}

/* What a plot says if it is the first one of a target. */
static void crossing_first(struct crossing *c, uint32_t z)
{
    double best = 0.0;
    c->first[z].density = 0.0;
    for (uint32_t i = 0; i < c->ages; i++) {
        struct kalman_innovation look;
        kalman_innovation(&c->unseen[i].state, STATES, &c->plot[z], &look);
        double density = c->model.detection * c->unseen[i].mass * exp(log_likelihood(&look));
        c->first[z].density += density;
        if (density > best) {
            best = density;
            c->first[z].state = c->unseen[i].state;
            kalman_update(&c->first[z].state, STATES, &look);
        }
    }
}

static void crossing_associate(struct crossing *c, uint32_t count)
{
    const struct crossing_model *m = &c->model;
    uint32_t leaves = hypothesis_leaves(c->hypothesis);
    for (uint32_t i = 0; i < leaves; i++) {
        double existence = life_probability(c->leaf[i].log_odds);
        c->miss[i] = log(1.0 - existence * m->detection);
        for (uint32_t z = 0; z < count; z++) {
            struct kalman_innovation look;
            bool near = kalman_innovation(&c->leaf[i].state, STATES, &c->plot[z], &look) && look.nis < GATE;
            double density = m->clutter + c->first[z].density;
            c->gain[i * count + z] = near ? cost_track(log_likelihood(&look), existence, m->detection, density) : -HUGE_VAL;
        }
        c->parent[i] = c->leaf[i];
    }
    const struct hypothesis_scan scan = {.plots = count, .gain = c->gain, .miss = c->miss, .floor = LEAST};
    hypothesis_update(c->hypothesis, &scan);
}

/* The states of the new leaves. */
static void crossing_grow(struct crossing *c)
{
    for (uint16_t i = 0; i < hypothesis_leaves(c->hypothesis); i++) {
        struct hypothesis_leaf l = hypothesis_leaf(c->hypothesis, i);
        struct kalman_innovation look;
        c->leaf[i] = c->parent[l.parent];
        if (l.plot == HYPOTHESIS_NONE) {
            c->leaf[i].log_odds = life_miss(c->leaf[i].log_odds, c->model.detection);
        } else {
            kalman_innovation(&c->leaf[i].state, STATES, &c->plot[l.plot], &look);
            kalman_update(&c->leaf[i].state, STATES, &look);
            c->leaf[i].log_odds = LIFE_CEILING;
        }
    }
}

static void crossing_begin(struct crossing *c, uint32_t count)
{
    for (uint16_t z = 0; z < count; z++) {
        uint16_t leaf = hypothesis_begin(c->hypothesis, z);
        if (leaf == HYPOTHESIS_NONE)
            continue;
        c->leaf[leaf].state = c->first[z].state;
        c->leaf[leaf].log_odds = log(c->first[z].density / c->model.clutter);
    }
    for (uint32_t i = 0; i < c->ages; i++)
        c->unseen[i].mass *= 1.0 - c->model.detection;
}

static uint32_t crossing_tell(const struct crossing *c, struct crossing_point *out, uint32_t most)
{
    uint32_t told = 0;
    for (uint16_t m = 0; m < hypothesis_members(c->hypothesis); m++) {
        uint16_t leaf = hypothesis_of(c->hypothesis, 0, m);
        if (leaf == HYPOTHESIS_NONE || life_probability(c->leaf[leaf].log_odds) < BELIEVED || told == most)
            continue;
        out[told++] = (struct crossing_point){c->leaf[leaf].state.x[KALMAN_E], c->leaf[leaf].state.x[KALMAN_N]};
    }
    return told;
}

uint32_t crossing_scan(struct crossing *c, const struct crossing_point *plots, uint32_t count, struct crossing_point *out, uint32_t most)
{
    count = count < PLOTS ? count : PLOTS;
    if (c->scans++ > 0)
        crossing_predict(c);
    for (uint32_t z = 0; z < count; z++) {
        c->plot[z] = measure_cartesian(plots[z].x, plots[z].y, c->model.sigma);
        crossing_first(c, z);
    }
    crossing_associate(c, count);
    crossing_grow(c);
    crossing_begin(c, count);
    for (uint16_t i = 0; i < hypothesis_leaves(c->hypothesis); i++)
        if (life_probability(c->leaf[i].log_odds) < LEAST)
            hypothesis_drop(c->hypothesis, i);
    hypothesis_settle(c->hypothesis);
    return crossing_tell(c, out, most);
}
