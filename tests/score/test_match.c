#include "score/match.h"

#include "base/rng.h"
#include "score/sight.h"

#define MANY 8

static const struct match_settings settings = {10000, 5000, 1000, 100, 200, 100, 100};
static struct match *match;

static void setup(void)
{
    match = match_new(&settings);
}

static void teardown(void)
{
    match_free(match);
}

/* By the haversine, which is not how match does it. */
static double haversine_m(const struct match_state *a, const struct match_state *b)
{
    double lat = sin(0.5 * (a->lat_rad - b->lat_rad)), lon = sin(0.5 * (a->lon_rad - b->lon_rad));
    return 2 * MATCH_RADIUS_M * asin(sqrt(lat * lat + cos(a->lat_rad) * cos(b->lat_rad) * lon * lon));
}

/* GOSPA^2 of the best of all assignments. */
static double exhaustive(double d[MANY][MANY], uint32_t n, uint32_t k, uint32_t row, unsigned used)
{
    double half = 0.5 * settings.cutoff_m * settings.cutoff_m;
    if (row == n)
        return half * (k - (uint32_t)__builtin_popcount(used));
    double best = half + exhaustive(d, n, k, row + 1, used);
    for (uint32_t c = 0; c < k; c++)
        if (!(used >> c & 1) && d[row][c] < settings.cutoff_m)
            best = fmin(best, d[row][c] * d[row][c] + exhaustive(d, n, k, row + 1, used | 1u << c));
    return best;
}

START_TEST(pairs_are_the_best_of_all_assignments)
{
    struct rng r = rng_init(11);
    for (int round = 0; round < 400; round++) {
        struct match_state a[MANY], b[MANY];
        double d[MANY][MANY], sum = 0;
        uint32_t n = rng_below(&r, 6), k = rng_below(&r, 7);
        for (uint32_t i = 0; i < n; i++)
            a[i] = sight(i, 20000 * rng_uniform(&r), 20000 * rng_uniform(&r));
        for (uint32_t j = 0; j < k; j++)
            b[j] = sight(j, 20000 * rng_uniform(&r), 20000 * rng_uniform(&r));
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < k; j++)
                d[i][j] = haversine_m(&a[i], &b[j]);
        struct match_result m = match_instant(match, a, n, b, k);
        for (uint32_t i = 0; i < n; i++)
            if (m.paired[i] != MATCH_NONE)
                sum += m.paired_m[i] * m.paired_m[i];
        sum += 0.5 * settings.cutoff_m * settings.cutoff_m * (n + k - 2 * m.pairs);
        ck_assert_double_eq_tol(sqrt(sum), sqrt(exhaustive(d, n, k, 0, 0)), 1e-3);
        ck_assert_uint_eq(m.inexact, 0);
    }
}
END_TEST

START_TEST(distances_are_great_circles)
{
    struct match_state a = sight(0, 0, 0), b = sight(0, 0, 4000), c = sight(1, 3000, 0);
    struct match_result m = match_instant(match, &a, 1, &b, 1);
    ck_assert_double_eq_tol(m.paired_m[0], 4000, 1e-3);
    m = match_instant(match, &a, 1, &c, 1);
    ck_assert_double_eq_tol(m.held_m[0], 3000, 1e-2);
}
END_TEST

START_TEST(a_track_sticks_until_another_is_nearer_by_the_hysteresis)
{
    struct match_state a = sight(0, 0, 0), far[2] = {sight(0, 900, 0), sight(1, 100, 0)}, beyond[2] = {sight(0, 1100, 0), sight(1, 100, 0)};
    struct match_state first = sight(0, 0, 0);
    match_instant(match, &a, 1, &first, 1);
    struct match_result m = match_instant(match, &a, 1, far, 2);
    ck_assert_uint_eq(m.held[0], 0);
    ck_assert_uint_eq(m.switches, 0);
    ck_assert_uint_eq(m.paired[0], 1); /* GOSPA has no memory */
    m = match_instant(match, &a, 1, beyond, 2);
    ck_assert_uint_eq(m.held[0], 1);
    ck_assert_uint_eq(m.switches, 1);
}
END_TEST

START_TEST(tracks_that_exchange_their_aircraft_are_swaps)
{
    struct match_state a[2] = {sight(0, 0, 0), sight(1, 20000, 0)}, b[2] = {sight(5, 0, 0), sight(6, 20000, 0)}, c[2] = {sight(6, 0, 0), sight(5, 20000, 0)};
    struct match_result m = match_instant(match, a, 2, b, 2);
    ck_assert_uint_eq(m.swaps + m.switches, 0);
    m = match_instant(match, a, 2, c, 2);
    ck_assert_uint_eq(m.switches, 2);
    ck_assert_uint_eq(m.swaps, 2);
}
END_TEST

START_TEST(several_tracks_may_be_near_one_aircraft)
{
    struct match_state a[2] = {sight(0, 0, 0), sight(1, 8000, 0)}, b[3] = {sight(0, 100, 0), sight(1, 300, 0), sight(2, 0, 6000)};
    struct match_result m = match_instant(match, a, 2, b, 3);
    ck_assert_uint_eq(m.near[0], 0);
    ck_assert_uint_eq(m.near[1], 0);
    ck_assert_uint_eq(m.near[2], MATCH_NONE); /* beyond the gate */
    ck_assert_uint_eq(m.held[0], 0);
    ck_assert_uint_eq(m.held[1], MATCH_NONE);
}
END_TEST

START_TEST(a_gate_is_not_crossed_and_the_cutoff_neither)
{
    struct match_state a = sight(0, 0, 0), b = sight(0, 5001, 0), c = sight(0, 10001, 0);
    struct match_result m = match_instant(match, &a, 1, &b, 1);
    ck_assert_uint_eq(m.paired[0], 0);
    ck_assert_uint_eq(m.held[0], MATCH_NONE);
    m = match_instant(match, &a, 1, &c, 1);
    ck_assert_uint_eq(m.paired[0], MATCH_NONE);
}
END_TEST

START_TEST(extrapolation_goes_with_the_velocity_where_it_is_known)
{
    struct match_state a = sight(0, 0, 0), b = a;
    match_extrapolate(&a, 10);
    ck_assert_double_eq(a.lat_rad, b.lat_rad);
    a.north_mps = 100;
    a.east_mps = -50;
    match_extrapolate(&a, 10);
    ck_assert_double_eq_tol((a.lat_rad - b.lat_rad) * MATCH_RADIUS_M, 1000, 1e-6);
    ck_assert_double_eq_tol((a.lon_rad - b.lon_rad) * MATCH_RADIUS_M * cos(a.lat_rad), -500, 1e-6);
}
END_TEST

Suite *test_match_suite(void)
{
    Suite *suite = suite_create("match");
    TCase *property = tcase_create("property"), *vectors = tcase_create("vectors");
    tcase_add_checked_fixture(property, setup, teardown);
    tcase_add_checked_fixture(vectors, setup, teardown);
    tcase_add_test(property, pairs_are_the_best_of_all_assignments);
    tcase_add_test(vectors, distances_are_great_circles);
    tcase_add_test(vectors, a_track_sticks_until_another_is_nearer_by_the_hysteresis);
    tcase_add_test(vectors, tracks_that_exchange_their_aircraft_are_swaps);
    tcase_add_test(vectors, several_tracks_may_be_near_one_aircraft);
    tcase_add_test(vectors, a_gate_is_not_crossed_and_the_cutoff_neither);
    tcase_add_test(vectors, extrapolation_goes_with_the_velocity_where_it_is_known);
    suite_add_tcase(suite, property);
    suite_add_tcase(suite, vectors);
    return suite;
}
