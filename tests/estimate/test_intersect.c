#include "estimate/intersect.h"

#include <math.h>

#include "support/support.h"

/* A track after some plots, so that its models differ and its states are correlated. */
static struct imm track(unsigned states)
{
    struct imm m;
    struct measure z = {.r = {4900.0, 500.0, 20000.0}, .height_m = 9000.0, .slope_e = -0.05};
    struct imm_start start = {.states = states, .ve_mps = 150.0, .vn_mps = 50.0, .sigma_speed_mps = 30.0, .height_var_m2 = 1e6};
    imm_start(&m, (struct instant){0}, &z, &start);
    for (int i = 1; i <= 6; i++) {
        struct imm_look look;
        imm_predict(&m, (struct instant){(int64_t)i * 5000000000});
        z.east_m = 750.0 * i + 60.0 * (i % 2);
        z.north_m = 250.0 * i + 40.0 * i * i;
        ck_assert(imm_look(&m, &z, &look));
        imm_update(&m, &look);
    }
    return m;
}

static struct intersect of(const struct imm *m)
{
    struct kalman k;
    struct intersect z = {.states = 4};
    imm_combine(m, &k);
    for (unsigned i = 0; i < 4; i++) {
        z.x[i] = k.x[i];
        for (unsigned j = 0; j <= i; j++)
            z.p[solve_at(i, j)] = k.p[kalman_at(j, i)];
    }
    return z;
}

START_TEST(an_estimate_fused_with_itself_stays_what_it_was)
{
    struct imm m = track(5 + (unsigned)_i), before = m;
    for (int again = 0; again < 10; again++) {
        struct intersect z = of(&m);
        ck_assert(intersect_update(&m, &z));
    }
    for (unsigned j = 0; j < MOTION_MODELS; j++) {
        for (unsigned i = 0; i < m.states; i++)
            ck_assert_double_eq_tol(m.model[j].x[i], before.model[j].x[i], 1e-6);
        for (unsigned i = 0; i < kalman_covs(m.states); i++)
            ck_assert_double_eq_tol(m.model[j].p[i], before.model[j].p[i], 1e-6 * (1.0 + fabs(before.model[j].p[i])));
    }
}
END_TEST

/* The same remote estimate again and again: what is claimed after the first time is not claimed more after the tenth. */
START_TEST(a_feed_fused_twice_does_not_shrink_the_covariance)
{
    struct imm m = track(5);
    struct intersect z = of(&m);
    for (unsigned i = 0; i < SOLVE_SIZE(4); i++)
        z.p[i] *= 0.25;
    z.x[0] += 40.0;
    for (int again = 0; again < 10; again++)
        ck_assert(intersect_update(&m, &z));
    struct intersect fused = of(&m);
    for (unsigned i = 0; i < 4; i++) {
        ck_assert_double_ge(fused.p[solve_at(i, i)], z.p[solve_at(i, i)] * (1.0 - 1e-6));
        ck_assert_double_eq_tol(fused.x[i], z.x[i], 1.0);
    }
}
END_TEST

START_TEST(each_gives_what_the_other_does_not_know)
{
    struct imm m = track(5);
    struct intersect own = of(&m), z = own;
    for (unsigned i = 0; i < SOLVE_SIZE(4); i++)
        z.p[i] = 0.0;
    z.p[solve_at(0, 0)] = 1e6;
    z.p[solve_at(1, 1)] = 100.0;
    z.p[solve_at(2, 2)] = z.p[solve_at(3, 3)] = 400.0;
    ck_assert(intersect_update(&m, &z));
    struct intersect fused = of(&m);
    ck_assert_double_lt(fused.p[solve_at(1, 1)], own.p[solve_at(1, 1)]);
    ck_assert_double_lt(fused.p[solve_at(0, 0)], 1e6);
}
END_TEST

START_TEST(distance_tells_one_aircraft_from_two)
{
    struct imm m = track(6);
    struct intersect z = of(&m);
    ck_assert_double_lt(intersect_distance(&m, &z), 1e-9);
    z.x[1] += 5000.0;
    ck_assert_double_gt(intersect_distance(&m, &z), 100.0);
    z.states = 2;
    ck_assert_double_gt(intersect_distance(&m, &z), 100.0);
}
END_TEST

START_TEST(a_position_alone_leaves_no_velocity_behind_it_wrong)
{
    struct imm m = track(5);
    struct intersect z = of(&m), after;
    z.states = 2;
    z.x[0] += 30.0;
    ck_assert(intersect_update(&m, &z));
    after = of(&m);
    ck_assert_double_eq_tol(after.x[0], z.x[0] - 15.0, 15.0);
    ck_assert_double_gt(after.p[solve_at(2, 2)], 0.0);
}
END_TEST

START_TEST(a_shift_there_and_back_is_none)
{
    struct imm m = track(5);
    struct intersect z = of(&m), before = z;
    double c = cos(0.3), s = sin(0.3);
    intersect_shift(&z, &(struct imm_shift){.ee = c, .en = -s, .ne = s, .nn = c, .east_m = 10.0, .north_m = -20.0});
    ck_assert_double_gt(fabs(z.x[0] - before.x[0]), 1.0);
    intersect_shift(&z, &(struct imm_shift){.ee = c, .en = s, .ne = -s, .nn = c, .east_m = -(c * 10.0 + s * -20.0), .north_m = -(-s * 10.0 + c * -20.0)});
    for (unsigned i = 0; i < 4; i++)
        ck_assert_double_eq_tol(z.x[i], before.x[i], 1e-6);
    for (unsigned i = 0; i < SOLVE_SIZE(4); i++)
        ck_assert_double_eq_tol(z.p[i], before.p[i], 1e-6 * (1.0 + fabs(before.p[i])));
}
END_TEST

Suite *test_intersect_suite(void)
{
    Suite *suite = suite_create("intersect");
    TCase *claims = tcase_create("claims");
    tcase_add_loop_test(claims, an_estimate_fused_with_itself_stays_what_it_was, 0, 2);
    tcase_add_test(claims, a_feed_fused_twice_does_not_shrink_the_covariance);
    tcase_add_test(claims, each_gives_what_the_other_does_not_know);
    tcase_add_test(claims, distance_tells_one_aircraft_from_two);
    tcase_add_test(claims, a_position_alone_leaves_no_velocity_behind_it_wrong);
    tcase_add_test(claims, a_shift_there_and_back_is_none);
    suite_add_tcase(suite, claims);
    return suite;
}
