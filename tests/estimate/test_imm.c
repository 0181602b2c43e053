#include "estimate/imm.h"

#include <math.h>

#include "base/rng.h"
#include "support/support.h"

static struct instant at(double s)
{
    return instant_add((struct instant){0}, s);
}

static void correct(struct imm *m, const struct measure *z)
{
    struct imm_look look;
    ck_assert(imm_look(m, z, &look));
    imm_update(m, &look);
}

static struct measure place(double east, double north, double sigma)
{
    return (struct measure){.east_m = east, .north_m = north, .r = {sigma * sigma, 0, sigma * sigma}};
}

/* An aircraft that follows the filter's own assumptions: a Markov chain over the three models, one step a second. */
struct flight {
    double e, n, ve, vn, turn;
    unsigned model;
};

static void fly(struct flight *f, struct rng *r)
{
    if (rng_uniform(r) < 1.0 - exp(-1.0 / motion_models[f->model].sojourn_s)) {
        f->model = (f->model + 1 + rng_below(r, 2)) % MOTION_MODELS;
        f->turn = f->model == 1 ? MOTION_TURN_PRIOR * rng_normal(r) : 0.0;
    }
    const struct motion *m = &motion_models[f->model];
    f->turn += m->turn ? sqrt(m->turn_psd) * rng_normal(r) : 0.0;
    double c = cos(f->turn), s = sin(f->turn), ve = c * f->ve - s * f->vn, vn = s * f->ve + c * f->vn;
    double ae = sqrt(m->psd_m2_s3) * rng_normal(r), an = sqrt(m->psd_m2_s3) * rng_normal(r);
    f->e += 0.5 * (f->ve + ve + ae);
    f->n += 0.5 * (f->vn + vn + an);
    f->ve = ve + ae;
    f->vn = vn + an;
}

struct means {
    double nees, nis, error2, noise2;
};

static double nees_position(const struct kalman *k, const struct flight *f)
{
    struct sym2 p = {k->p[0], k->p[1], k->p[2]}, i; /* (0,0), (0,1), (1,1) in packed order */
    double det, e = k->x[0] - f->e, n = k->x[1] - f->n;
    ck_assert(mat_inv2(p, &i, &det));
    return e * e * i.xx + 2.0 * e * n * i.xy + n * n * i.yy;
}

static struct means consistency(double period_s, double sigma_m, unsigned flights)
{
    struct rng r = rng_init(11);
    struct means sum = {0};
    unsigned count = 0;
    for (unsigned q = 0; q < flights; q++) {
        struct flight f = {.ve = 200.0 * rng_normal(&r), .vn = 200.0 * rng_normal(&r)};
        struct imm m;
        struct measure z = place(f.e + sigma_m * rng_normal(&r), f.n + sigma_m * rng_normal(&r), sigma_m);
        imm_start(&m, at(0), &z, &(struct imm_start){.states = 5, .sigma_speed_mps = 200.0});
        for (int t = 1; t <= 300; t++) {
            fly(&f, &r);
            if (fmod(t, period_s) != 0.0)
                continue;
            double ne = sigma_m * rng_normal(&r), nn = sigma_m * rng_normal(&r);
            z = place(f.e + ne, f.n + nn, sigma_m);
            struct kalman k;
            imm_predict(&m, at(t));
            imm_combine(&m, &k);
            struct kalman_innovation in;
            ck_assert(kalman_innovation(&k, 5, &z, &in));
            correct(&m, &z);
            imm_combine(&m, &k);
            if (t <= 60)
                continue;
            sum.nees += nees_position(&k, &f);
            sum.nis += in.nis;
            sum.error2 += (k.x[0] - f.e) * (k.x[0] - f.e) + (k.x[1] - f.n) * (k.x[1] - f.n);
            sum.noise2 += ne * ne + nn * nn;
            count++;
        }
    }
    return (struct means){sum.nees / count, sum.nis / count, sum.error2 / count, sum.noise2 / count};
}

/* Both are chi-square with 2 degrees of freedom; correlated in time, so the band is wide: 2 within a fifth. The mixture's Gaussian summary is
 * what is tested, over aircraft that switch between all models. The innovation has the heavier tail, since a change of model between two
 * looks is not in the prediction of any one of them: 2 within two fifths. */
START_TEST(errors_are_as_large_as_the_covariance_says)
{
    static const double periods[] = {4.0, 12.0};
    struct means m = consistency(periods[_i], 150.0, 150);
    ck_assert_double_gt(m.nees, 1.6);
    ck_assert_double_lt(m.nees, 2.4);
    ck_assert_double_gt(m.nis, 1.6);
    ck_assert_double_lt(m.nis, 2.8);
}
END_TEST

START_TEST(the_filter_beats_its_measurements)
{
    struct means m = consistency(4.0, 150.0, 50);
    ck_assert_double_lt(m.error2, 0.65 * m.noise2);
}
END_TEST

START_TEST(a_turn_makes_the_turning_models_probable_and_a_straight_leg_the_first)
{
    struct imm m;
    struct measure z = place(0, 0, 50);
    imm_start(&m, at(0), &z, &(struct imm_start){.states = 5, .sigma_speed_mps = 200.0});
    for (int t = 4; t <= 120; t += 4) {
        z = place(200.0 * t, 0, 50);
        imm_predict(&m, at(t));
        correct(&m, &z);
    }
    ck_assert_double_gt(m.probability[0], 0.7);
    double radius = 200.0 / 0.05;
    for (int t = 4; t <= 40; t += 4) {
        z = place(24000.0 + radius * sin(0.05 * t), radius * (1.0 - cos(0.05 * t)), 50);
        imm_predict(&m, at(120 + t));
        correct(&m, &z);
    }
    ck_assert_double_lt(m.probability[0], 0.2);
    struct kalman k;
    imm_combine(&m, &k);
    ck_assert_double_eq_tol(m.model[1].x[KALMAN_TURN], 0.05, 0.015);
    ck_assert_double_eq_tol(hypot(k.x[KALMAN_VE], k.x[KALMAN_VN]), 200.0, 25.0);
}
END_TEST

START_TEST(no_time_changes_nothing)
{
    struct imm m, before;
    struct measure z = place(100, 200, 50);
    imm_start(&m, at(5), &z, &(struct imm_start){.states = 5, .sigma_speed_mps = 200.0});
    before = m;
    imm_predict(&m, at(5));
    imm_predict(&m, at(1));
    ck_assert_mem_eq(&m, &before, sizeof m);
}
END_TEST

/* Ranges of two radars on either side: their slopes differ in sign, so the sum of the two displacements is the height. */
START_TEST(two_radars_resolve_the_height)
{
    struct rng r = rng_init(5);
    double truth = 3000.0, assumed = 8000.0;
    struct imm m;
    struct measure z = place(-0.1 * (truth - assumed), 0, 80);
    z.slope_e = -0.1;
    z.height_m = assumed;
    imm_start(&m, at(0), &z, &(struct imm_start){.states = 6, .sigma_speed_mps = 200.0, .height_var_m2 = 3500.0 * 3500.0});
    for (int t = 5; t <= 300; t += 5) {
        double slope = t % 10 ? 0.12 : -0.1;
        /* seen from the assumed height the aircraft stands slope * (assumed - truth) away from where it is */
        z = place(100.0 * t + slope * (assumed - truth) + 80.0 * rng_normal(&r), 80.0 * rng_normal(&r), 80);
        z.slope_e = slope;
        z.height_m = assumed;
        imm_predict(&m, at(t));
        correct(&m, &z);
    }
    struct kalman k;
    imm_combine(&m, &k);
    double sigma = sqrt(k.p[kalman_at(KALMAN_H, KALMAN_H)]);
    ck_assert_double_lt(sigma, 700.0);
    ck_assert_double_lt(fabs(k.x[KALMAN_H] - truth), 3.0 * sigma);
}
END_TEST

START_TEST(another_frame_is_the_same_aircraft)
{
    struct imm m;
    struct measure z = place(30000, -20000, 90);
    z.slope_e = 0.2;
    z.height_m = 8000;
    imm_start(&m, at(0), &z, &(struct imm_start){.states = 6, .ve_mps = 100, .vn_mps = 150, .sigma_speed_mps = 50, .height_var_m2 = 1e6});
    struct imm before = m;
    double c = cos(0.3), s = sin(0.3);
    imm_shift(&m, &(struct imm_shift){c, -s, s, c, 500, 700});
    imm_shift(&m, &(struct imm_shift){c, s, -s, c, -(c * 500 + s * 700), -(-s * 500 + c * 700)});
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        for (unsigned i = 0; i < KALMAN_STATES; i++)
            ck_assert_double_eq_tol(m.model[j].x[i], before.model[j].x[i], 1e-8);
        for (unsigned i = 0; i < KALMAN_COVS; i++)
            ck_assert_double_eq_tol(m.model[j].p[i], before.model[j].p[i], 1e-6);
    }
}
END_TEST

/* Two plots say little of velocity; their Doppler says it along the line of sight, and nothing across. */
START_TEST(a_radial_speed_is_learned_along_the_line_of_sight)
{
    struct imm m;
    struct measure z = {.r = {4900, 0, 4900}, .height_m = 9000};
    struct imm_start start = {.states = 5, .sigma_speed_mps = 200};
    imm_start(&m, (struct instant){0}, &z, &start);
    struct measure_radial doppler = {.along_e = 0.6, .along_n = 0.8, .speed_mps = -120, .var_m2_s2 = 9};
    ck_assert(imm_update_radial(&m, &doppler));
    struct kalman k;
    imm_combine(&m, &k);
    ck_assert_double_eq_tol(0.6 * k.x[KALMAN_VE] + 0.8 * k.x[KALMAN_VN], -120, 0.1);
    ck_assert_double_eq_tol(0.8 * k.x[KALMAN_VE] - 0.6 * k.x[KALMAN_VN], 0, 0.1);
    double ve = k.p[kalman_at(KALMAN_VE, KALMAN_VE)], c = k.p[kalman_at(KALMAN_VE, KALMAN_VN)], vn = k.p[kalman_at(KALMAN_VN, KALMAN_VN)];
    ck_assert_double_eq_tol(0.36 * ve + 0.96 * c + 0.64 * vn, 9, 0.1);
    ck_assert_double_eq_tol(0.64 * ve - 0.96 * c + 0.36 * vn, 40000, 1);
}
END_TEST

START_TEST(a_folded_radial_speed_is_left_out)
{
    struct imm m, before;
    struct measure z = {.r = {4900, 0, 4900}, .height_m = 9000};
    struct imm_start start = {.states = 6, .ve_mps = 200, .sigma_speed_mps = 5, .height_var_m2 = 1e6};
    imm_start(&m, (struct instant){0}, &z, &start);
    before = m;
    ck_assert(!imm_update_radial(&m, &(struct measure_radial){1, 0, 60, 9}));
    ck_assert_mem_eq(&m, &before, sizeof m);
}
END_TEST

Suite *test_imm_suite(void)
{
    Suite *suite = suite_create("imm");
    TCase *vectors = tcase_create("vectors"), *statistical = tcase_create("statistical");
    tcase_add_test(vectors, a_radial_speed_is_learned_along_the_line_of_sight);
    tcase_add_test(vectors, a_folded_radial_speed_is_left_out);
    tcase_add_test(vectors, a_turn_makes_the_turning_models_probable_and_a_straight_leg_the_first);
    tcase_add_test(vectors, no_time_changes_nothing);
    tcase_add_test(vectors, another_frame_is_the_same_aircraft);
    tcase_add_test(vectors, two_radars_resolve_the_height);
    tcase_add_loop_test(statistical, errors_are_as_large_as_the_covariance_says, 0, 2);
    tcase_add_test(statistical, the_filter_beats_its_measurements);
    suite_add_tcase(suite, vectors);
    suite_add_tcase(suite, statistical);
    return suite;
}
