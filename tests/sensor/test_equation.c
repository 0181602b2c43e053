#include "sensor/equation.h"

#include "base/unit.h"
#include <math.h>

#include "support/support.h"

/* A plot without noise of a flight at 9 km that flies (ve, vn) from 40.8 N 89.5 W, by a radar with this bias. */
static struct equation_plot look(const struct site *s, const struct bias *b, uint16_t sensor, double t, double ve, double vn)
{
    static const double none[EQUATION_TERMS];
    struct geodetic at = {40.8 * UNIT_DEG, -89.5 * UNIT_DEG, 9000.0};
    struct vec3 moved = {ve * t, vn * t, -(ve * ve + vn * vn) * t * t / (2.0 * 6371e3)};
    struct frame f = frame_at(at);
    struct slant_look l = slant_look(s, frame_to_enu(&s->frame, frame_from_enu(&f, moved)));
    struct plot p = {.time = {(int64_t)(t * 1e9)}, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY, .polar = {.range_m = l.range_m, .azimuth_rad = l.azimuth_rad}};
    bias_add(b, &p);
    struct slant_place place;
    p.polar.sigma_range_m = 70.0;
    p.polar.sigma_azimuth_rad = 0.0014;
    ck_assert_int_eq(slant_place(s, &p.polar, (struct slant_height){9000.0, 0.0}, &place), 0);
    return equation_polar(sensor, s, &p, &place, none);
}

static struct site radar(double lat_deg, double lon_deg)
{
    struct site s = site_usual(SITE_MODE_S, 12.0);
    site_place(&s, (struct geodetic){lat_deg * UNIT_DEG, lon_deg * UNIT_DEG, 200.0});
    return s;
}

static const struct bias terms[] = {{.range_m = 100}, {.gain = 3e-4}, {.azimuth_rad = 0.002}, {.time_s = 0.5}};

/* One term of one sensor at a time: what the equation has on its left is what its column says. */
START_TEST(each_column_is_what_its_bias_does)
{
    struct site a = radar(40, -90), b = radar(41.25, -89);
    const struct bias none = {0};
    const double unit[] = {100, 3e-4, 0.002, 0.5};
    for (int swap = 0; swap < 2; swap++) {
        const struct bias *ba = swap ? &none : &terms[_i], *bb = swap ? &terms[_i] : &none;
        struct equation_plot a1 = look(&a, ba, 0, 0, 180, -120), a2 = look(&a, ba, 0, 12, 180, -120), m = look(&b, bb, 1, 5, 180, -120);
        struct equation q = equation_make(&a1, &a2, &m, 180, -120);
        double e = swap ? q.jb.e[_i] : -q.ja.e[_i], n = swap ? q.jb.n[_i] : -q.ja.n[_i];
        double size = hypot(e * unit[_i], n * unit[_i]);
        ck_assert_double_gt(size, 15.0);
        ck_assert_double_eq_tol(q.ye, e * unit[_i], 0.02 * size + 0.5);
        ck_assert_double_eq_tol(q.yn, n * unit[_i], 0.02 * size + 0.5);
    }
}
END_TEST

START_TEST(without_bias_the_middle_lies_on_the_line)
{
    struct site a = radar(40, -90), b = radar(41.25, -89);
    const struct bias none = {0};
    struct equation_plot a1 = look(&a, &none, 0, 0, 240, 50), a2 = look(&a, &none, 0, 12, 240, 50), m = look(&b, &none, 1, 7, 240, 50);
    struct equation q = equation_make(&a1, &a2, &m, 240, 50);
    ck_assert_double_lt(hypot(q.ye, q.yn), 1.0);
    ck_assert_double_gt(q.r.xx, 70.0 * 70.0);
}
END_TEST

START_TEST(the_place_overhead_is_left_out)
{
    struct site near = radar(40.8, -89.45), far = radar(40, -90);
    const struct bias none = {0};
    struct equation_plot p = look(&near, &none, 0, 0, 0, 0), q = look(&far, &none, 0, 0, 0, 0);
    ck_assert(!equation_fits(&p));
    ck_assert(equation_fits(&q));
}
END_TEST

Suite *test_equation_suite(void)
{
    Suite *suite = suite_create("equation");
    TCase *claims = tcase_create("claims");
    tcase_add_loop_test(claims, each_column_is_what_its_bias_does, 0, 4);
    tcase_add_test(claims, without_bias_the_middle_lies_on_the_line);
    tcase_add_test(claims, the_place_overhead_is_left_out);
    suite_add_tcase(suite, claims);
    return suite;
}
