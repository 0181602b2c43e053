#include "coverage/volume.h"

#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "support/support.h"

#define K HORIZON_FOUR_THIRDS

static struct region *sea;
static struct terrain *smooth;
static struct horizon *horizon;

/* A smooth earth with the region's cells on it. */
static void open_sea(void)
{
    static const char *const names[] = {"US", "CA", "MX", NULL};
    struct area *land = files_area("config/areas/land.area", names);

    smooth = terrain_smooth_new();
    sea = region_new(land, NULL, smooth, 5 * UNIT_NM, 600 * UNIT_NM);
    horizon = horizon_new(800e3);
    ck_assert(sea && horizon);
    area_free(land);
}

static void close_sea(void)
{
    region_free(sea);
    terrain_free(smooth);
    horizon_free(horizon);
}

static struct site radar(double lat, double lon, double antenna_m)
{
    struct site s = site_usual(SITE_PSR_3D, 12);

    s.primary.range_max_m = s.secondary.range_max_m = 700e3;
    site_place(&s, (struct geodetic){lat * UNIT_DEG, lon * UNIT_DEG, antenna_m});
    return s;
}

static struct view *view_of(const struct site *s)
{
    struct sight_type type = sight_type_usual(s);
    struct sight_target target = {1e4, 0.8};
    type.elevation_min_rad = -80 * UNIT_DEG;
    struct sight sight = sight_of(s, &type, &target);
    struct view_reach *reach = view_reach_new(sea, smooth, horizon, &s->frame, K, sight_reach_m(&sight));
    struct view *v = view_new(sea, reach, &sight);

    ck_assert(reach && v);
    view_reach_free(reach);
    return v;
}

static double seen_m2(const struct volume *v, int layer, unsigned folds)
{
    double area = 0;

    for (uint32_t i = 0; i < sea->cells; i++)
        area += v->count[SIGHT_ECHO][(size_t)i * REGION_LAYERS + (size_t)layer] >= folds ? sea->cell_m2 : 0;
    return area;
}

/* Arc at which a layer is last seen: the horizon, or where the slant range ends (law of cosines), whichever is nearer. */
static double geometric_arc_m(double antenna_m, double height_m, double slant_m)
{
    double a = K * HORIZON_EARTH_M, b = a + antenna_m, c = a + height_m;
    double by_range = a * acos((b * b + c * c - slant_m * slant_m) / (2 * b * c));

    return fmin(horizon_range_m(K, antenna_m, height_m), by_range);
}

/* Area of a circle of arc s on the sphere; within 45 degrees of elevation there is a hole above the antenna. */
static double cap_m2(double arc_m)
{
    double r = HORIZON_EARTH_M;

    return 2 * UNIT_PI * r * r * (1 - cos(arc_m / r));
}

START_TEST(one_radar_sees_the_exact_geometric_range)
{
    struct volume *v = volume_new(sea, 1);
    struct site s = radar(47, -100, 300);
    struct view *view = view_of(&s);

    volume_add(v, view, 0, 0.99);
    for (int i = 0; i < REGION_LAYERS; i++) {
        double height = region_layer[i].height_m, arc = geometric_arc_m(300, height, 700e3), hole = fmax(0, height - 300);
        double nearest = 1e9, farthest = 0;
        for (uint32_t c = 0; c < sea->cells; c++) {
            double at = horizon_locate(&s.frame, sea->cell[c].lat_rad, sea->cell[c].lon_rad).arc_m;
            if (at < hole * 1.02)
                continue;
            bool seen = v->count[SIGHT_ECHO][(size_t)c * REGION_LAYERS + (size_t)i] > 0;
            farthest = seen ? fmax(farthest, at) : farthest;
            nearest = seen ? nearest : fmin(nearest, at);
        }
        ck_assert_double_le(farthest, arc + 1); /* no cell beyond, none within left out, to a metre */
        ck_assert_double_ge(nearest, arc - 1);
        double expected = cap_m2(arc) - cap_m2(fmax(0, hole * (1 - height / 8.5e6)));
        ck_assert_double_eq_tol(seen_m2(v, i, 1) / expected, 1, 0.02 + 8e3 / arc);
    }
    view_free(view);
    volume_free(v);
}
END_TEST

/* Area common to two caps of arc r whose centres lie d apart on a sphere, from the two right triangles between a centre, the middle and a corner
 * of the lens (Napier's rules; Tovchigrechko & Vakser, Protein Science 10 (2001), for the area). */
static double lens_m2(double r_m, double d_m)
{
    double e = HORIZON_EARTH_M, r = r_m / e, d = d_m / e;

    if (d >= 2 * r)
        return 0;
    return 2 * e * e * (UNIT_PI - acos(cos(d) / (sin(r) * sin(r)) - 1 / (tan(r) * tan(r))) - 2 * acos((cos(r) - cos(d) * cos(r)) / (sin(d) * sin(r))) * cos(r));
}

/* Radars so near to each other that each layer has a lens; beside its area, each cell is counted by exactly those radars whose geometric range it is
 * in, to a metre. */
START_TEST(two_radars_share_the_exact_lens)
{
    struct volume *v = volume_new(sea, 1);
    struct site site[2] = {radar(46, -100, 300), radar(46, -99, 300)};
    struct view *view[2] = {view_of(&site[0]), view_of(&site[1])};
    double d = horizon_locate(&site[0].frame, site[1].at.lat_rad, site[1].at.lon_rad).arc_m;

    volume_add(v, view[0], 0, 0.99);
    volume_add(v, view[1], 0, 0.99);
    for (int i = 0; i < REGION_LAYERS; i++) {
        double height = region_layer[i].height_m, r = geometric_arc_m(300, height, 700e3), hole = fmax(0, height - 300) * 1.02, both = 0;
        for (uint32_t c = 0; c < sea->cells; c++) {
            unsigned within = 0;
            bool edge = false;
            for (int k = 0; k < 2; k++) {
                double at = horizon_locate(&site[k].frame, sea->cell[c].lat_rad, sea->cell[c].lon_rad).arc_m;
                within += at < r;
                edge = edge || fabs(at - r) < 1 || at < hole; /* on the rim, or above a radar */
            }
            both += within == 2 ? sea->cell_m2 : 0;
            ck_assert(edge || v->count[SIGHT_ECHO][(size_t)c * REGION_LAYERS + (size_t)i] == within);
        }
        ck_assert_double_gt(lens_m2(r, d), 0);
        ck_assert_double_eq_tol(both / lens_m2(r, d), 1, 0.005 + 1.5 * sea->cell_m / r);
    }
    for (int k = 0; k < 2; k++)
        view_free(view[k]);
    volume_free(v);
}
END_TEST

static bool same(const struct volume *a, const struct volume *b)
{
    size_t places = (size_t)sea->cells * REGION_LAYERS;

    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        if (memcmp(a->count[kind], b->count[kind], places) || memcmp(a->doubt[kind][0], b->doubt[kind][0], places * sizeof(uint32_t)))
            return false;
    return true;
}

START_TEST(a_sensor_more_never_reduces_and_going_leaves_no_trace)
{
    static const int8_t everywhere[VOLUME_SCOPES_PER_CELL] = {0, -1};
    struct volume *v = volume_new(sea, 1), *before = volume_new(sea, 1);
    struct rng r = rng_init(11);
    struct volume_figures had[VOLUME_ROWS] = {0}, has[VOLUME_ROWS];
    int8_t (*of)[VOLUME_SCOPES_PER_CELL] = malloc(sea->cells * sizeof *of);

    for (uint32_t i = 0; i < sea->cells; i++)
        memcpy(of[i], everywhere, sizeof everywhere);
    for (int n = 0; n < 6; n++) {
        struct site s = radar(25 + 40 * rng_uniform(&r), -125 + 50 * rng_uniform(&r), 10 + 500 * rng_uniform(&r));
        struct view *view = view_of(&s);
        double availability = 0.5 + 0.5 * rng_uniform(&r);
        volume_add(v, view, 0, availability);
        volume_remove(v, view, 0, availability);
        ck_assert(same(v, before));
        volume_add(v, view, 0, availability);
        volume_add(before, view, 0, availability);
        volume_measure(v, of, 1, has);
        for (int row = 0; row < VOLUME_ROWS; row++)
            for (int kind = 0; kind < SIGHT_KINDS; kind++) {
                for (int f = 0; f < VOLUME_FOLDS; f++)
                    ck_assert_double_ge(has[row].folds[kind][f], had[row].folds[kind][f]);
                ck_assert_double_ge(has[row].meets[kind], had[row].meets[kind]);
                ck_assert_double_ge(has[row].expected[kind], had[row].expected[kind] * (1 - 1e-12));
                ck_assert_double_le(has[row].expected[kind], has[row].folds[kind][0] * (1 + 1e-12));
            }
        memcpy(had, has, sizeof had);
        view_free(view);
    }
    free(of);
    volume_free(v);
    volume_free(before);
}
END_TEST

/* Two sensors of one group and one of another: by hand. */
START_TEST(availability_is_the_formula)
{
    struct volume *v = volume_new(sea, 2);
    struct view *view = malloc(sizeof *view + sizeof view->cell[0]);

    view->cells = 1;
    view->cell[0] = (struct view_cell){7, {1, 0}};
    volume_add(v, view, 0, 0.9);
    volume_add(v, view, 0, 0.8);
    volume_add(v, view, 1, 0.95);
    ck_assert_double_eq_tol(volume_availability(v, SIGHT_ECHO, 7, 0), 1 - 0.1 * 0.2 * 0.05, 1e-6);
    v->group_availability[0] = 0.5;
    ck_assert_double_eq_tol(volume_availability(v, SIGHT_ECHO, 7, 0), 1 - (1 - 0.5 * (1 - 0.1 * 0.2)) * 0.05, 1e-6);
    ck_assert_double_eq(volume_availability(v, SIGHT_REPLY, 7, 0), 0);
    double last = 0;
    for (double a = 0; a <= 1; a += 0.1) {
        v->group_availability[1] = a;
        ck_assert_double_ge(volume_availability(v, SIGHT_ECHO, 7, 0), last);
        last = volume_availability(v, SIGHT_ECHO, 7, 0);
    }
    free(view);
    volume_free(v);
}
END_TEST

START_TEST(layers_fill_the_air_between_the_lowest_and_the_highest)
{
    struct region_cell low = {.ground_m = 0}, high = {.ground_m = 2500};
    double t[REGION_LAYERS], sum = 0;

    volume_thickness(&low, t);
    for (int i = 0; i < REGION_LAYERS; i++)
        sum += t[i];
    ck_assert_double_eq_tol(sum, (100000 - 100) * UNIT_FT, 1e-6);
    volume_thickness(&high, t);
    sum = 0;
    for (int i = 0; i < REGION_LAYERS; i++)
        sum += t[i];
    ck_assert_double_eq_tol(sum, 99900 * UNIT_FT - 2500, 1e-3);
    ck_assert_double_eq(t[4], 0);
}
END_TEST

Suite *test_volume_suite(void)
{
    Suite *suite = suite_create("volume");
    TCase *tc = tcase_create("oracle");

    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, open_sea, close_sea);
    tcase_add_test(tc, one_radar_sees_the_exact_geometric_range);
    tcase_add_test(tc, two_radars_share_the_exact_lens);
    tcase_add_test(tc, a_sensor_more_never_reduces_and_going_leaves_no_trace);
    tcase_add_test(tc, availability_is_the_formula);
    tcase_add_test(tc, layers_fill_the_air_between_the_lowest_and_the_highest);
    suite_add_tcase(suite, tc);
    return suite;
}
