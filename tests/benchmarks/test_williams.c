/* The four-target crossing of Williams, IEEE TAES 51(3), 2015, section VI, runs 1 to 20 of a realisation below AIRSEAM_DATA: the authors' own filter (PMBM)
 * has a root mean square GOSPA of 2.995 on them, their faster one (PMB), which keeps one hypothesis, 3.647. With WILLIAMS_OUT the estimates are written there
 * as mc,k,x,y, for tests/kit/score_w15.py. */
#include "crossing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assign.h"
#include "score/gospa.h"
#include "support/support.h"

#define RUNS 20
#define SCANS 81
#define POINTS 64
#define CUTOFF 10.0

static const struct crossing_model model = {.psd = 0.02, .sigma = 1.0, .detection = 0.9, .survival = 0.99, .clutter = 10.0 / (300.0 * 300.0),
                                            .birth = 0.005, .birth_first = 3.0, .birth_at = 100.0, .birth_sigma = 150.0, .birth_speed_sigma = 1.0,
                                            .globals = 200};

struct scan {
    uint32_t count;
    struct crossing_point point[POINTS];
};

static struct scan plots[RUNS + 1][SCANS + 1], truth[SCANS + 1];

static void add(struct scan *s, double x, double y)
{
    ck_assert_uint_lt(s->count, POINTS);
    s->point[s->count++] = (struct crossing_point){x, y};
}

static bool load(void)
{
    char line[128];
    int run, scan, id;
    double x, y;
    const char *path = support_data("benchmarks/williams15/meas_runs_1_20.csv");
    FILE *f = path ? fopen(path, "r") : NULL;
    if (!f)
        return false;
    memset(plots, 0, sizeof plots);
    memset(truth, 0, sizeof truth);
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "%d,%d,%lf,%lf", &run, &scan, &x, &y) == 4 && run <= RUNS && scan <= SCANS)
            add(&plots[run][scan], x, y);
    fclose(f);
    path = support_data("benchmarks/williams15/truth.csv");
    f = path ? fopen(path, "r") : NULL;
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "%d,%d,%lf,%lf", &scan, &id, &x, &y) == 4 && scan <= SCANS)
            add(&truth[scan], x, y);
    if (f)
        fclose(f);
    return f;
}

static void judge(struct gospa *g, struct assign *a, const struct scan *t, const struct scan *e)
{
    double cost[POINTS * POINTS];
    uint32_t column_of[POINTS], paired = 0;
    for (uint32_t i = 0; i < t->count; i++)
        for (uint32_t k = 0; k < e->count; k++) {
            double d2 = pow(t->point[i].x - e->point[k].x, 2) + pow(t->point[i].y - e->point[k].y, 2);
            cost[i * e->count + k] = d2 < CUTOFF * CUTOFF ? d2 - CUTOFF * CUTOFF : HUGE_VAL;
        }
    assign_solve(a, cost, t->count, e->count, column_of);
    for (uint32_t i = 0; i < t->count; i++) {
        bool alone = column_of[i] == ASSIGN_NONE;
        paired += !alone;
        if (alone)
            gospa_miss(g);
        else
            gospa_pair(g, sqrt(cost[i * e->count + column_of[i]] + CUTOFF * CUTOFF));
    }
    gospa_false(g, e->count - paired);
    gospa_end(g, CUTOFF);
}

static struct gospa_result run_all(uint32_t globals)
{
    struct gospa g = {0};
    struct assign *a = assign_new(POINTS);
    struct crossing_model m = model;
    FILE *out = globals == model.globals && getenv("WILLIAMS_OUT") ? fopen(getenv("WILLIAMS_OUT"), "w") : NULL;
    m.globals = globals;
    if (out)
        fprintf(out, "mc,k,x,y\n");
    for (int run = 1; run <= RUNS; run++) {
        struct crossing *c = crossing_new(&m);
        for (int scan = 1; scan <= SCANS; scan++) {
            struct scan e;
            e.count = crossing_scan(c, plots[run][scan].point, plots[run][scan].count, e.point, POINTS);
            judge(&g, a, &truth[scan], &e);
            for (uint32_t i = 0; out && i < e.count; i++)
                fprintf(out, "%d,%d,%.4f,%.4f\n", run, scan, e.point[i].x, e.point[i].y);
        }
        crossing_free(c);
    }
    if (out)
        fclose(out);
    assign_free(a);
    return gospa_result(&g, CUTOFF, 0.0);
}

START_TEST(four_crossing_targets_are_told_apart_as_well_as_by_the_authors)
{
    if (!load()) {
        support_skip("no benchmarks/williams15 under AIRSEAM_DATA");
        return;
    }
    struct gospa_result many = run_all(model.globals), few = run_all(16), one = run_all(1);
    printf("# GOSPA %.3f (near %.3f, missed %.3f, false %.3f) with %u hypotheses, %.3f with 16, %.3f with one\n", many.rms_m, many.near_m, many.missed_m,
           many.false_m, (unsigned)model.globals, few.rms_m, one.rms_m);
    ck_assert_double_le(many.rms_m, 3.0);
    ck_assert_double_lt(many.rms_m, one.rms_m);
}
END_TEST

Suite *test_williams_suite(void)
{
    Suite *suite = suite_create("williams");
    TCase *claims = tcase_create("claims");
    tcase_set_timeout(claims, 120);
    tcase_add_test(claims, four_crossing_targets_are_told_apart_as_well_as_by_the_authors);
    suite_add_tcase(suite, claims);
    return suite;
}
