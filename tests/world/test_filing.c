/* Flight plans: who files, what the plans say against what is flown, and that they come in order. */
#include "sim/world/filing.h"
#include "base/text.h"
#include "daemon/config.h"
#include "sim/world/traffic.h"
#include "sim/world/world.h"
#include "support/support.h"
#include "wire/envelope.h"
#include <math.h>
#include <string.h>

Suite *test_filing_suite(void);

static const struct instant start = {INT64_C(1780315200) * 1000000000};

static struct traffic *open_traffic(void)
{
    char error[256];
    struct traffic *t = traffic_new("config/traffic", 3, error, sizeof error);

    ck_assert_msg(t != NULL, "%s", error);
    return t;
}

START_TEST(only_those_file_that_have_a_code_of_their_own)
{
    struct traffic *t = open_traffic();
    unsigned files = 0, silent = 0, visual = 0;
    for (uint32_t i = 1; i <= 2000; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        bool wants = filing_wants(&f);
        files += wants;
        silent += wants && !f.transponder;
        visual += wants && f.ident.mode_a == 01200;
    }
    ck_assert_uint_gt(files, 1400);
    ck_assert_uint_eq(silent, 0);
    ck_assert_uint_eq(visual, 0);
    traffic_set_plans(t, 0.25);
    unsigned fewer = 0;
    for (uint32_t i = 1; i <= 2000; i++) {
        struct aircraft_flight f;
        traffic_flight(t, i, &f);
        fewer += filing_wants(&f);
    }
    ck_assert_double_eq_tol(fewer, 0.25 * files, 4 * sqrt(0.19 * files));
    traffic_free(t);
}
END_TEST

/* The pilot changes level and speed now and then (aircraft.c), which the plan does not know: nineteen of twenty are within three minutes and
 * one of those changes, 6 % of the speed. */
START_TEST(a_flight_is_over_its_points_when_its_plan_says_so)
{
    struct traffic *t = open_traffic();
    unsigned looked = 0, off = 0;
    for (uint32_t i = 1; i <= 60; i++) {
        struct aircraft_flight f;
        struct aircraft a;
        struct rng rng = traffic_flight(t, i, &f);
        f.holds = 0;
        if (!filing_wants(&f) || f.class == AIRCRAFT_GENERAL)
            continue;
        struct plan p = filing_plan(&f, 600, start);
        ck_assert_int_eq(plan_check(&p), 0);
        ck_assert_uint_eq(p.points, f.route.count);
        ck_assert(p.departure[0] && p.destination[0] && p.aircraft_type[0] && p.ident.callsign[0]);
        aircraft_start(&a, &f, rng, 300, 0);
        for (unsigned next = 1; aircraft_step(&a);)
            if (a.next != next) {
                double flown_s = (double)a.last * AIRCRAFT_STEP_S, planned_s = instant_diff(p.route[next].over, start);
                off += fabs(flown_s - planned_s) > 180 + 0.06 * (planned_s - 600);
                looked++;
                next = a.next;
            }
    }
    ck_assert_uint_gt(looked, 60);
    ck_assert_uint_le(off, looked / 20);
    traffic_free(t);
}
END_TEST

struct feed {
    unsigned files, changes;
    struct instant last;
    uint64_t digest;
};

static void take(struct feed *f, const struct stream_datagram *d)
{
    struct envelope e;
    ck_assert_uint_eq(d->category, FILING_CATEGORY);
    ck_assert_int_eq(envelope_decode(d->bytes, d->size, &e), 0);
    ck_assert(e.kind == ENVELOPE_REPORT && e.report.kind == REPORT_PLAN);
    ck_assert_int_eq(plan_check(&e.report.plan), 0);
    ck_assert_uint_eq(e.report.plan.source, d->source);
    ck_assert(!instant_before(d->time, f->last));
    ck_assert(e.report.plan.action == (e.report.plan.revision ? PLAN_CHANGE : PLAN_FILE));
    f->files += e.report.plan.action == PLAN_FILE;
    f->changes += e.report.plan.action == PLAN_CHANGE;
    f->last = d->time;
    for (size_t i = 0; i < d->size; i++)
        f->digest = (f->digest ^ d->bytes[i]) * UINT64_C(1099511628211);
}

static struct feed play(double lead_s)
{
    struct scenario s = scenario_default();
    static char wrong[2048];
    struct text_out errors = text_out_init(wrong, sizeof wrong);
    struct config c = {0};
    struct feed f = {.last = INSTANT_NONE};
    struct stream_datagram d, plan;
    char error[256];
    s.duration_s = 400;
    s.aircraft = 300;
    s.plan_lead_s = lead_s;
    strcpy(s.where, "name=toronto,montreal");
    ck_assert_msg(scenario_open(&s, &c, &errors), "%s", wrong);
    struct world *w = world_new(&s, NULL, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    while (world_next(w, &d))
        while (world_next_plan(w, d.time, &plan))
            take(&f, &plan);
    world_free(w);
    scenario_fini(&s);
    config_close(&c);
    return f;
}

START_TEST(all_that_fly_have_filed_and_amendments_follow_in_order)
{
    struct feed f = play(0), again = play(0), early = play(7200);
    ck_assert_uint_ge(f.files, 200);
    ck_assert_uint_gt(f.changes, 20);
    ck_assert_uint_gt(early.files, f.files + 100); /* those that depart later have filed too */
    ck_assert(f.digest == again.digest);
}
END_TEST

Suite *test_filing_suite(void)
{
    Suite *s = suite_create("filing");
    TCase *t = tcase_create("plans");

    tcase_add_test(t, only_those_file_that_have_a_code_of_their_own);
    tcase_add_test(t, a_flight_is_over_its_points_when_its_plan_says_so);
    tcase_add_test(t, all_that_fly_have_filed_and_amendments_follow_in_order);
    suite_add_tcase(s, t);
    return s;
}
