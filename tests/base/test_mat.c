#include "base/mat.h"

#include "base/rng.h"
#include <math.h>
#include <stdio.h>

#include "support/support.h"

/* Rotation about z by a, then about x by b. */
static struct mat3 turn(double a, double b)
{
    struct mat3 z = {{{cos(a), -sin(a), 0}, {sin(a), cos(a), 0}, {0, 0, 1}}};
    struct mat3 x = {{{1, 0, 0}, {0, cos(b), -sin(b)}, {0, sin(b), cos(b)}}};
    return mat_rot_mul(&x, &z);
}

START_TEST(a_rotation_and_its_transpose_undo_each_other)
{
    struct rng r = rng_init(2);
    for (int i = 0; i < 100; i++) {
        struct mat3 m = turn(6.3 * rng_uniform(&r), 6.3 * rng_uniform(&r)), unit = mat_rot_mult(&m, &m);
        struct vec3 v = {rng_normal(&r), rng_normal(&r), rng_normal(&r)};
        struct vec3 back = mat_tmul3(&m, mat_mul3(&m, v));
        ck_assert_double_lt(mat_norm3(mat_sub3(back, v)), 1e-14);
        for (int k = 0; k < 9; k++)
            ck_assert_double_eq_tol(unit.m[k / 3][k % 3], k % 4 == 0, 1e-15);
    }
}
END_TEST

START_TEST(products_apply_the_right_factor_first)
{
    struct mat3 a = turn(0.3, 0.0), b = turn(0.0, 1.1), ab = mat_rot_mul(&a, &b);
    struct vec3 v = {1, 2, 3};
    struct vec3 one = mat_mul3(&ab, v), two = mat_mul3(&a, mat_mul3(&b, v));
    ck_assert_double_lt(mat_norm3(mat_sub3(one, two)), 1e-15);
    struct vec3 quarter = mat_mul3(&(struct mat3){{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}}}, (struct vec3){1, 0, 0});
    ck_assert_double_eq(quarter.y, 1);
}
END_TEST

START_TEST(the_inverse_of_two_by_two_is_refused_where_there_is_none)
{
    struct sym2 inverse;
    double det;
    ck_assert(mat_inv2((struct sym2){4, 1, 2}, &inverse, &det));
    ck_assert_double_eq(det, 7);
    ck_assert_double_eq_tol(inverse.xx * 4 + inverse.xy * 1, 1, 1e-15);
    ck_assert_double_eq_tol(inverse.xx * 1 + inverse.xy * 2, 0, 1e-15);
    ck_assert(!mat_inv2((struct sym2){1, 1, 1}, &inverse, &det));
    ck_assert_double_eq(det, 0);
    ck_assert(!mat_inv2((struct sym2){-1, 0, -1}, &inverse, &det));
    ck_assert(!mat_inv2((struct sym2){NAN, 0, 1}, &inverse, &det));
}
END_TEST

/* s = l l' and d = l y: the squared length of y. */
START_TEST(the_nis_of_four_numbers_is_that_of_the_whitened_ones)
{
    const double l[4][4] = {{2}, {-1, 3}, {0.5, 1, 1}, {4, -2, 0.25, 0.5}}, y[4] = {1, -2, 0.5, 3};
    double s[10], d[4] = {0}, nis, det;
    for (int i = 0, n = 0; i < 4; i++) {
        for (int k = 0; k < 4; k++)
            d[i] += l[i][k] * y[k];
        for (int j = i; j < 4; j++, n++) {
            s[n] = 0;
            for (int k = 0; k < 4; k++)
                s[n] += l[i][k] * l[j][k];
        }
    }
    ck_assert(mat_nis4(d, s, &nis, &det));
    ck_assert_double_eq_tol(nis, 1 + 4 + 0.25 + 9, 1e-12);
    ck_assert_double_eq_tol(det, 2 * 2 * 3 * 3 * 0.5 * 0.5, 1e-12);
    s[0] = -1;
    ck_assert(!mat_nis4(d, s, &nis, &det));
}
END_TEST

START_TEST(axes_rebuild_the_ellipse)
{
    struct rng r = rng_init(6);
    for (int i = 0; i < 1000; i++) {
        double a = 10 * rng_uniform(&r), b = a * rng_uniform(&r), t = M_PI * (0.5 - rng_uniform(&r));
        double c = cos(t), s = sin(t), major, minor, angle;
        struct sym2 m = {a * a * c * c + b * b * s * s, (a * a - b * b) * c * s, a * a * s * s + b * b * c * c};
        mat_axes2(m, &major, &minor, &angle);
        ck_assert_double_eq_tol(major, a, 1e-7);
        ck_assert_double_eq_tol(minor, b, 1e-6);
        ck_assert(angle > -M_PI_2 && angle <= M_PI_2);
        ck_assert_double_eq_tol((a - b) * sin(2 * (angle - t)), 0, 1e-6);
    }
    double major, minor, angle;
    mat_axes2((struct sym2){1, 0, 4}, &major, &minor, &angle);
    ck_assert_double_eq(angle, M_PI_2);
}
END_TEST

Suite *test_mat_suite(void)
{
    Suite *suite = suite_create("mat");
    TCase *algebra = tcase_create("algebra");
    tcase_add_test(algebra, a_rotation_and_its_transpose_undo_each_other);
    tcase_add_test(algebra, products_apply_the_right_factor_first);
    tcase_add_test(algebra, the_inverse_of_two_by_two_is_refused_where_there_is_none);
    tcase_add_test(algebra, the_nis_of_four_numbers_is_that_of_the_whitened_ones);
    tcase_add_test(algebra, axes_rebuild_the_ellipse);
    suite_add_tcase(suite, algebra);
    return suite;
}
