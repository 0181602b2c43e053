// The shipped centres: boundaries are a partition, agreements are what the files say, mistakes are told by line.
#include "daemon/centres.h"

#include "base/rng.h"
#include "base/unit.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct centres *open_files(const char *more, struct desk_settings *desk)
{
    const char *paths[] = {"config/centres.yaml", more};
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    struct centres *c = centres_open(paths, more ? 2 : 1, desk, &errors);
    ck_assert_msg(c != NULL, "%s", room);
    return c;
}

static bool inside_alone(const struct geodetic *corner, uint32_t corners, double lat, double lon)
{
    bool in = false;
    for (uint32_t i = 0, j = corners - 1; i < corners; j = i++)
        if ((corner[i].lat_rad > lat) != (corner[j].lat_rad > lat) &&
            lon < (corner[j].lon_rad - corner[i].lon_rad) * (lat - corner[i].lat_rad) / (corner[j].lat_rad - corner[i].lat_rad) + corner[i].lon_rad)
            in = !in;
    return in;
}

// Each area by itself: no place lies in two, and area_at names the one.
START_TEST(a_place_has_one_centre_or_none)
{
    struct desk_settings d;
    struct centres *c = open_files(NULL, &d);
    struct rng r = rng_init(7);
    const struct geodetic *corner;
    uint32_t corners, owned = 0;
    int area;
    for (int i = 0; i < 20000; i++) {
        double lat = (5 + 80 * rng_uniform(&r)) * UNIT_DEG, lon = (-180 + 150 * rng_uniform(&r)) * UNIT_DEG;
        bool in[AREA_MAX] = {false};
        int owners = 0, owner = CENTRE_NONE;
        for (uint32_t k = 0; (corners = area_ring(centre_area(c), k, &area, &corner)) > 0; k++)
            in[area] ^= inside_alone(corner, corners, lat, lon);
        for (uint32_t k = 0; k < area_count(centre_area(c)); k++)
            if (in[k]) {
                owners++;
                owner = centre_find(c, area_name(centre_area(c), k));
            }
        ck_assert_msg(owners <= 1, "%f %f has %d", lat / UNIT_DEG, lon / UNIT_DEG, owners);
        ck_assert_int_eq(centre_at(c, lat, lon), owner);
        owned += owners;
    }
    ck_assert_uint_gt(owned, 10000);
    centre_free(c);
}
END_TEST

struct edge {
    double a, b, c, d;
};

static int by_value(const void *one, const void *other)
{
    return memcmp(one, other, sizeof(struct edge));
}

// Every edge belongs to two centres, or to one and the outside; those of one alone close into the outlines, between which there is no gap: two
// (the antimeridian cuts the airspace), of which none lies inside the other.
START_TEST(shared_edges_match_and_leave_no_gap)
{
    static struct edge edge[8192];
    struct desk_settings d;
    struct centres *c = open_files(NULL, &d);
    const struct geodetic *p;
    uint32_t n, edges = 0, lone = 0, outlines = 0;
    int area;
    for (uint32_t k = 0; (n = area_ring(centre_area(c), k, &area, &p)) > 0; k++)
        for (uint32_t i = 0; i < n; i++) {
            const struct geodetic *a = &p[i], *b = &p[(i + 1) % n];
            bool swap = a->lat_rad > b->lat_rad || (a->lat_rad == b->lat_rad && a->lon_rad > b->lon_rad);
            edge[edges++] = (struct edge){(swap ? b : a)->lat_rad, (swap ? b : a)->lon_rad, (swap ? a : b)->lat_rad, (swap ? a : b)->lon_rad};
        }
    qsort(edge, edges, sizeof edge[0], by_value);
    for (uint32_t i = 0; i < edges;) {
        uint32_t same = 1;
        while (i + same < edges && by_value(&edge[i], &edge[i + same]) == 0)
            same++;
        ck_assert_uint_le(same, 2);
        if (same == 1)
            edge[lone++] = edge[i];
        i += same;
    }
    for (uint32_t left = lone; left > 0; outlines++) {
        struct edge e = edge[--left];
        double lat = e.c, lon = e.d;
        bool found = true;
        while (found) {
            found = false;
            for (uint32_t i = 0; i < left && !found; i++) {
                bool from = edge[i].a == lat && edge[i].b == lon, to = edge[i].c == lat && edge[i].d == lon;
                if (from || to) {
                    lat = from ? edge[i].c : edge[i].a;
                    lon = from ? edge[i].d : edge[i].b;
                    edge[i] = edge[--left];
                    found = true;
                }
            }
        }
        ck_assert_msg(lat == e.a && lon == e.b, "an outline does not close at %f %f", lat / UNIT_DEG, lon / UNIT_DEG);
    }
    ck_assert_uint_eq(outlines, 2);
    centre_free(c);
}
END_TEST

START_TEST(neighbours_are_those_that_share_an_edge)
{
    struct desk_settings d;
    struct centres *c = open_files(NULL, &d);
    static const char *const pairs[][2] = {{"KZLA", "MMZT"}, {"KZAB", "MMTY"}, {"KZHU", "MMTY"}, {"KZSE", "CZVR"}, {"KZBW", "CZUL"}, {"KZLA", "KZAB"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_msg(centre_is_neighbour(c, centre_find(c, pairs[i][0]), centre_find(c, pairs[i][1])), "%s %s", pairs[i][0], pairs[i][1]);
    ck_assert(!centre_is_neighbour(c, centre_find(c, "KZSE"), centre_find(c, "MMTY")));
    centre_free(c);
}
END_TEST

START_TEST(in_2005_responsibility_ends_towards_mexico)
{
    struct desk_settings d;
    struct centres *now = open_files(NULL, &d), *then = open_files("config/centres-2005.yaml", &d), *voice = open_files("config/centres-voice.yaml", &d);
    int us = centre_find(now, "KZLA"), mx = centre_find(now, "MMZT"), ca = centre_find(now, "CZVR");
    ck_assert_uint_eq(centre_agreement(now, us, mx)->mode, CENTRE_AUTOMATIC);
    ck_assert_uint_eq(centre_agreement(then, us, mx)->mode, CENTRE_ENDS);
    ck_assert_uint_eq(centre_agreement(then, mx, us)->mode, CENTRE_ENDS);
    ck_assert_uint_eq(centre_agreement(then, us, ca)->mode, CENTRE_AUTOMATIC);
    ck_assert_uint_eq(centre_agreement(voice, us, ca)->mode, CENTRE_MANUAL);
    ck_assert_double_eq_tol(centre_agreement(now, us, mx)->initiate_lead_s, 180, 1e-9);
    centre_free(now);
    centre_free(then);
    centre_free(voice);
}
END_TEST

START_TEST(mistakes_are_told_by_line)
{
    const char *path = "build/centres-wrong.yaml", *paths[] = {path};
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    struct desk_settings d;
    FILE *f = fopen(path, "w");
    fputs("centres:\n  - {code: KZLA, nation: US}\nagreements:\n  - {mode: telepathy}\n", f);
    fclose(f);
    ck_assert_ptr_null(centres_open(paths, 1, &d, &errors));
    ck_assert_msg(strstr(room, "centres-wrong.yaml:4:") && strstr(room, "telepathy"), "%s", room);
    unlink(path);
}
END_TEST

Suite *test_centres_suite(void);
Suite *test_centres_suite(void)
{
    Suite *s = suite_create("centres");
    TCase *t = tcase_create("partition");
    tcase_add_test(t, a_place_has_one_centre_or_none);
    tcase_add_test(t, shared_edges_match_and_leave_no_gap);
    tcase_add_test(t, neighbours_are_those_that_share_an_edge);
    tcase_add_test(t, in_2005_responsibility_ends_towards_mexico);
    tcase_add_test(t, mistakes_are_told_by_line);
    suite_add_tcase(s, t);
    return s;
}
