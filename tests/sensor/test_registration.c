#include "sensor/registration.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define RADARS 3
#define FLIGHTS 40
#define SIGMA_RANGE_M 70.0
#define SIGMA_AZIMUTH_RAD 0.0014

/* Flights on straight lines over three radars 160 km apart, with true biases, noise of `noise` sigmas, and what was learned of it. */
struct net {
    struct registration *found;
    struct rng rng;
    struct site site[RADARS];
    struct bias truth[RADARS];
    unsigned radars;
    double noise;
    double share; /* of flights that have a trusted position besides, every second */
    bool checked; /* the positions are not trusted, only compared */
    double shift_m; /* and lie that far east of the truth */
    struct registration_check check;
    double t;
    struct registration_memory seen[FLIGHTS];
    struct geodetic from[FLIGHTS];
    double ve[FLIGHTS], vn[FLIGHTS];
};

static void net_open(struct net *n, uint64_t seed, unsigned radars)
{
    static const double place[RADARS][2] = {{40, -90}, {41.25, -89}, {40, -88}};
    *n = (struct net){.found = registration_new(8), .rng = rng_init(seed), .radars = radars, .noise = 1.0};
    for (unsigned i = 0; i < radars; i++) {
        n->site[i] = site_usual(SITE_MODE_S, 12.0);
        site_place(&n->site[i], (struct geodetic){place[i][0] * UNIT_DEG, place[i][1] * UNIT_DEG, 200.0});
    }
    for (unsigned i = 0; i < FLIGHTS; i++) {
        double heading = 2.0 * UNIT_PI * rng_uniform(&n->rng), speed = 150.0 + 100.0 * rng_uniform(&n->rng);
        n->from[i] = (struct geodetic){(39.3 + 2.4 * rng_uniform(&n->rng)) * UNIT_DEG, (-91 + 4 * rng_uniform(&n->rng)) * UNIT_DEG, 9000.0};
        n->ve[i] = speed * sin(heading);
        n->vn[i] = speed * cos(heading);
    }
}

static struct geodetic net_where(const struct net *n, unsigned flight, double t)
{
    struct geodetic g = n->from[flight];
    double age = fmod(t, 300.0); /* back to the start before they are out of sight */
    g.lat_rad += n->vn[flight] * age / FRAME_A;
    g.lon_rad += n->ve[flight] * age / (FRAME_A * cos(g.lat_rad));
    return g;
}

static void net_input(struct net *n, unsigned flight, const struct equation_plot *q)
{
    struct registration_way way = {n->ve[flight], n->vn[flight], true};
    registration_input(n->found, &n->seen[flight], q, &way, &n->check);
    registration_remember(&n->seen[flight], q);
}

static void net_look(struct net *n, unsigned radar, unsigned flight, double t)
{
    const struct site *s = &n->site[radar];
    struct slant_look look = slant_look(s, frame_to_enu(&s->frame, frame_ecef(net_where(n, flight, t))));
    struct plot p = {.time = {(int64_t)(t * 1e9)}, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY, .polar = {.range_m = look.range_m, .azimuth_rad = look.azimuth_rad}};
    bias_add(&n->truth[radar], &p);
    p.polar.range_m += n->noise * SIGMA_RANGE_M * rng_normal(&n->rng);
    p.polar.azimuth_rad = frame_azimuth(p.polar.azimuth_rad + n->noise * SIGMA_AZIMUTH_RAD * rng_normal(&n->rng));
    p.arrival = instant_add(p.time, 0.5);
    struct bias known = registration_bias(n->found, (uint16_t)radar, p.arrival);
    bias_remove(&known, &p);
    p.polar.sigma_range_m = SIGMA_RANGE_M;
    p.polar.sigma_azimuth_rad = SIGMA_AZIMUTH_RAD;
    struct slant_place at;
    ck_assert_int_eq(slant_place(s, &p.polar, (struct slant_height){9000.0, 0.0}, &at), 0);
    struct equation_plot q = equation_polar((uint16_t)radar, s, &p, &at, registration_held(n->found, (uint16_t)radar, p.arrival));
    net_input(n, flight, &q);
    registration_solve(n->found, (uint16_t)radar, p.arrival);
}

static void net_position(struct net *n, unsigned flight, double t)
{
    struct geodetic g = net_where(n, flight, t);
    g.lon_rad += n->shift_m / (FRAME_A * cos(g.lat_rad));
    struct plot p = {.time = {(int64_t)(t * 1e9)}, .kind = PLOT_GEODETIC};
    struct slant_place at = {.ecef = frame_ecef(g), .at = g, .r = {100.0, 0.0, 100.0}};
    struct equation_plot q = equation_position(7, &p, &at);
    q.reference = n->checked ? EQUATION_CHECKED : EQUATION_TRUSTED;
    net_input(n, flight, &q);
}

/* So many seconds: each radar looks at each flight every 12 s (the third 5 s), some time apart. */
static void net_run(struct net *n, double seconds)
{
    for (double end = n->t + seconds; n->t < end; n->t += 1.0) {
        if (fmod(n->t, 300.0) == 0.0)
            memset(n->seen, 0, sizeof n->seen);
        for (unsigned i = 0; i < FLIGHTS; i++) {
            if (i < n->share * FLIGHTS)
                net_position(n, i, n->t);
            for (unsigned r = 0; r < n->radars; r++) {
                unsigned period = r == 2 ? 5 : 12, phase = 7 * i + 5 * r;
                if (((unsigned)n->t + phase) % period == 0)
                    net_look(n, r, i, n->t + 0.1 + 0.2 * r);
            }
        }
    }
}

static struct registration_found found_of(const struct net *n, unsigned radar)
{
    struct registration_found f;
    registration_found(n->found, (uint16_t)radar, &f);
    return f;
}

START_TEST(biases_of_three_radars_are_found)
{
    struct net n;
    net_open(&n, (uint64_t)_i + 1, 3);
    n.truth[0] = (struct bias){.range_m = 120, .azimuth_rad = -0.0025};
    n.truth[1] = (struct bias){.range_m = -80, .azimuth_rad = 0.0015, .time_s = 0.1};
    n.truth[2] = (struct bias){.range_m = 30, .azimuth_rad = 0.001, .time_s = -0.1};
    net_run(&n, 600);
    for (unsigned i = 0; i < 3; i++) {
        struct registration_found f = found_of(&n, i);
        ck_assert_int_eq(f.state, REGISTRATION_GOOD);
        ck_assert_double_eq_tol(f.bias.range_m, n.truth[i].range_m, 4.0 * sqrt(f.bias.var_range_m2));
        ck_assert_double_eq_tol(f.bias.azimuth_rad, n.truth[i].azimuth_rad, 4.0 * sqrt(f.bias.var_azimuth_rad2));
        ck_assert_double_eq_tol(f.bias.time_s, n.truth[i].time_s, 4.0 * sqrt(f.bias.var_time_s2));
        ck_assert_double_lt(f.bias.var_range_m2, 30.0 * 30.0);
        ck_assert_double_lt(f.bias.var_azimuth_rad2, 0.0003 * 0.0003);
        ck_assert_double_lt(fabs(f.nis - 1.0), 0.5);
    }
    registration_free(n.found);
}
END_TEST

START_TEST(radars_without_bias_are_left_as_they_are)
{
    struct net n;
    net_open(&n, (uint64_t)_i + 11, 3);
    net_run(&n, 300);
    for (unsigned i = 0; i < 3; i++) {
        struct bias b = found_of(&n, i).bias;
        ck_assert_double_lt(fabs(b.range_m), 3.0); /* the noise of a plot is 70 m */
        ck_assert_double_lt(fabs(b.azimuth_rad), 0.0001);
    }
    registration_free(n.found);
}
END_TEST

/* A clock error that all have moves every plot alike: no pair of radars can see it. */
START_TEST(what_all_have_in_common_stays_at_zero)
{
    struct net n;
    net_open(&n, 21, 3);
    for (unsigned i = 0; i < 3; i++)
        n.truth[i] = (struct bias){.time_s = 0.4, .range_m = i == 0 ? 200.0 : 0.0};
    net_run(&n, 900);
    for (unsigned i = 0; i < 3; i++)
        ck_assert_double_lt(fabs(found_of(&n, i).bias.time_s), 0.1);
    ck_assert_double_eq_tol(found_of(&n, 0).bias.range_m - found_of(&n, 1).bias.range_m, 200.0, 40.0);
    registration_free(n.found);
}
END_TEST

START_TEST(trusted_positions_show_a_lone_radar_its_biases)
{
    struct net n;
    net_open(&n, 31, 1);
    n.share = 0.5;
    n.truth[0] = (struct bias){.range_m = -150, .azimuth_rad = 0.004, .time_s = 0.3};
    net_run(&n, 300);
    struct bias b = found_of(&n, 0).bias;
    ck_assert_double_eq_tol(b.range_m, -150.0, 4.0 * sqrt(b.var_range_m2));
    ck_assert_double_eq_tol(b.azimuth_rad, 0.004, 0.0004);
    ck_assert_double_eq_tol(b.time_s, 0.3, 0.12);
    registration_free(n.found);
}
END_TEST

START_TEST(positions_under_check_teach_nothing)
{
    struct net n;
    net_open(&n, 32, 1);
    n.share = 0.5;
    n.checked = true;
    n.truth[0].range_m = 60;
    net_run(&n, 200);
    ck_assert_double_eq(found_of(&n, 0).bias.range_m, 0.0);
    ck_assert_uint_gt(n.check.agree, 100);
    registration_free(n.found);
}
END_TEST

START_TEST(displaced_positions_are_contradicted_by_radars_that_are_known)
{
    struct net n;
    net_open(&n, 33, 3);
    net_run(&n, 200);
    n.share = 0.2;
    n.checked = true;
    net_run(&n, 100);
    ck_assert_uint_lt(n.check.disagree, n.check.agree / 100);
    n.shift_m = 3000;
    n.check = (struct registration_check){0, 0};
    net_run(&n, 100);
    ck_assert_uint_gt(n.check.disagree, n.check.agree);
    for (unsigned i = 0; i < 3; i++)
        ck_assert_double_lt(fabs(found_of(&n, i).bias.range_m), 10.0);
    registration_free(n.found);
}
END_TEST

START_TEST(a_lone_radar_without_reference_stays_unknown)
{
    struct net n;
    net_open(&n, 41, 1);
    n.truth[0].range_m = 500;
    net_run(&n, 120);
    ck_assert_int_eq(found_of(&n, 0).state, REGISTRATION_UNKNOWN);
    ck_assert_double_eq(found_of(&n, 0).bias.range_m, 0.0);
    registration_free(n.found);
}
END_TEST

START_TEST(a_north_mark_far_off_is_found)
{
    struct net n;
    net_open(&n, 51, 3);
    n.truth[1].azimuth_rad = 1.0 * UNIT_DEG;
    net_run(&n, 300);
    ck_assert_double_eq_tol(found_of(&n, 1).bias.azimuth_rad, 1.0 * UNIT_DEG, 0.05 * UNIT_DEG);
    ck_assert_double_eq_tol(found_of(&n, 0).bias.azimuth_rad, 0.0, 0.05 * UNIT_DEG);
    registration_free(n.found);
}
END_TEST

START_TEST(a_jump_is_followed)
{
    struct net n;
    net_open(&n, 61, 3);
    net_run(&n, 600);
    n.truth[2].azimuth_rad = 0.8 * UNIT_DEG;
    net_run(&n, 300);
    ck_assert_double_eq_tol(found_of(&n, 2).bias.azimuth_rad, 0.8 * UNIT_DEG, 0.08 * UNIT_DEG);
    ck_assert_uint_gt(found_of(&n, 2).jumps, 0);
    registration_free(n.found);
}
END_TEST

START_TEST(noise_that_no_bias_explains_is_flagged)
{
    struct net n;
    net_open(&n, 71, 2);
    n.noise = 2.5;
    net_run(&n, 300);
    ck_assert_int_eq(found_of(&n, 0).state, REGISTRATION_INCONSISTENT);
    registration_free(n.found);
}
END_TEST

START_TEST(a_saved_registration_goes_on_alike)
{
    struct net n, m;
    net_open(&n, 81, 3);
    n.truth[0].range_m = 200;
    net_run(&n, 120);
    m = n;
    m.found = registration_new(8);
    size_t size = registration_state_size(n.found);
    void *state = malloc(size);
    registration_save(n.found, state);
    ck_assert_int_lt(registration_load(m.found, state, size - 1), 0);
    ck_assert_int_eq(registration_load(m.found, state, size), 0);
    net_run(&n, 60);
    net_run(&m, 60);
    struct registration_found a = found_of(&n, 0), b = found_of(&m, 0);
    ck_assert_double_eq(a.bias.range_m, b.bias.range_m);
    ck_assert_double_eq(a.nis, b.nis);
    free(state);
    registration_free(n.found);
    registration_free(m.found);
}
END_TEST

Suite *test_registration_suite(void)
{
    Suite *suite = suite_create("registration");
    TCase *claims = tcase_create("claims");
    tcase_set_timeout(claims, 60);
    tcase_add_loop_test(claims, biases_of_three_radars_are_found, 0, 5);
    tcase_add_loop_test(claims, radars_without_bias_are_left_as_they_are, 0, 5);
    tcase_add_test(claims, what_all_have_in_common_stays_at_zero);
    tcase_add_test(claims, trusted_positions_show_a_lone_radar_its_biases);
    tcase_add_test(claims, positions_under_check_teach_nothing);
    tcase_add_test(claims, displaced_positions_are_contradicted_by_radars_that_are_known);
    tcase_add_test(claims, a_lone_radar_without_reference_stays_unknown);
    tcase_add_test(claims, a_north_mark_far_off_is_found);
    tcase_add_test(claims, a_jump_is_followed);
    tcase_add_test(claims, noise_that_no_bias_explains_is_flagged);
    tcase_add_test(claims, a_saved_registration_goes_on_alike);
    suite_add_tcase(suite, claims);
    return suite;
}
