#include "sensor/scan.h"

#include "base/digest.h"
#include "base/rng.h"
#include "base/unit.h"
#include "geo/frame.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/support.h"

#define TURN (2 * UNIT_PI)
#define SECTOR (TURN / SCAN_SECTORS)
#define MARKS_MAX 200000
#define EPOCH INT64_C(1795219200000000000)

/* A pretended radar, and what is asked of the scan that listens to it. */
static const struct radar {
    const char *name;
    double period_s, wander;    /* true mean period; change from turn to turn, part of it (1 sigma) */
    double nominal_s;           /* what the site says; 0 nothing */
    double latency_s, jitter_s; /* constant, and evenly between 0 and jitter */
    int targets;
    bool services;              /* sends sector crossings and north marks */
    bool estimated;             /* no time of its own: time = arrival */
    double late_max, wrong_max; /* parts of plots after the first minute */
} radars[] = {
    {"terminal, all stated", 4.8, 0.002, 4.8, 0.5, 0.05, 60, true, false, 0.005, 0},
    {"en route, nothing stated", 12, 0.002, 0, 1.3, 0.1, 100, false, false, 0.005, 0.001},
    {"terminal, nothing stated", 3.8, 0.002, 0, 0.4, 0.1, 30, false, false, 0.005, 0.001},
    {"crowded, nothing stated", 12, 0, 0, 0, 0, 500, false, false, 0.005, 0.001},
    {"lone aircraft", 12, 0.002, 0, 0.5, 0, 1, false, false, 0.02, 0.001},
    {"services alone", 5, 0.002, 0, 0.5, 0.1, 0, true, false, 0, 0},
    {"wrong period stated", 4.8, 0.002, 12, 0.5, 0.1, 40, false, false, 0.005, 0.001},
    {"jittered by two seconds", 5, 0, 0, 1, 2, 60, false, false, 0.02, 0.001},
    {"windy", 5, 0.02, 5, 0.5, 0.1, 60, false, false, 0.02, 0.02},
    {"no time of its own", 12, 0.002, 12, 0, 0, 60, true, true, 0.05, 0.05},
};

struct sample {
    struct scan_mark mark;
    int64_t sector; /* true: turn * SCAN_SECTORS + place */
};

static struct sample *marks;
static int mark_count;

static int by_arrival(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;
    int c = instant_cmp(x->mark.arrival, y->mark.arrival);
    return c ? c : (x < y ? -1 : 1);
}

static void add_mark(const struct radar *radar, struct rng *r, uint8_t kind, double time_s, int turn, double azimuth_rad)
{
    ck_assert_int_lt(mark_count, MARKS_MAX);
    struct sample *s = &marks[mark_count++];
    double arrival_s = time_s + radar->latency_s + radar->jitter_s * rng_uniform(r);
    s->mark = (struct scan_mark){.kind = kind, .time_estimated = radar->estimated, .azimuth_rad = azimuth_rad};
    s->mark.time = instant_add((struct instant){EPOCH}, radar->estimated ? arrival_s : time_s);
    s->mark.arrival = instant_add((struct instant){EPOCH}, arrival_s);
    s->sector = (int64_t)turn * SCAN_SECTORS + (int64_t)(azimuth_rad / SECTOR);
}

static void pretend(const struct radar *radar, uint64_t seed, double from_s, double to_s)
{
    struct rng r = rng_init(seed);
    double start_s = from_s;
    double place[512];
    for (int i = 0; i < radar->targets; i++)
        place[i] = TURN * rng_uniform(&r);
    for (int turn = 0; start_s < to_s; turn++) {
        double period_s = radar->period_s * (1 + radar->wander * rng_normal(&r));
        for (int i = 0; i < radar->targets; i++) {
            place[i] = frame_azimuth(place[i] + 0.003 * (i % 3 - 1)); /* it moves */
            if (rng_uniform(&r) < 0.9)
                add_mark(radar, &r, SCAN_PLOT, start_s + period_s * place[i] / TURN, turn, place[i]);
        }
        for (int k = 0; radar->services && k < SCAN_SECTORS; k++)
            add_mark(radar, &r, SCAN_SERVICE, start_s + period_s * k / SCAN_SECTORS, turn, k * SECTOR);
        start_s += period_s;
    }
    qsort(marks, (size_t)mark_count, sizeof *marks, by_arrival);
}

static void setup(void)
{
    marks = calloc(MARKS_MAX, sizeof *marks);
    mark_count = 0;
}

static void teardown(void)
{
    free(marks);
}

/* What came out: counts, and a digest of every event and answer. */
struct result {
    int plots, late, none, wrong, closed, silent;
    uint64_t digest;
    int64_t last_sector;
    struct instant last_due;
};

static void expire(struct scan *s, struct instant now, struct result *out)
{
    struct scan_event e;
    while (scan_expire(s, now, &e)) {
        ck_assert(!instant_before(now, e.due));
        ck_assert(!instant_before(e.due, out->last_due));
        out->last_due = e.due;
        out->silent += e.kind == SCAN_SILENT;
        if (e.kind == SCAN_CLOSED) {
            ck_assert_int_gt(e.sector, out->last_sector);
            out->last_sector = e.sector;
            out->closed++;
        }
        out->digest = digest_add_u64(digest_add_u64(out->digest, (uint64_t)e.due.ns), (uint64_t)e.sector);
    }
}

/* Feeds all marks. punctual: expire at every deadline; otherwise only when something arrives. Counting begins count_from_s after the start. */
static struct result run(struct scan *s, bool punctual, double count_from_s)
{
    struct result out = {.digest = DIGEST_START, .last_sector = -1, .last_due = INSTANT_NONE};
    int64_t offset = 0;
    bool offset_known = false;
    for (int i = 0; i < mark_count; i++) {
        const struct scan_mark *m = &marks[i].mark;
        while (punctual && !instant_before(m->arrival, scan_deadline(s)))
            expire(s, scan_deadline(s), &out);
        expire(s, m->arrival, &out);
        int64_t sector = scan_input(s, m);
        out.digest = digest_add_u64(out.digest, (uint64_t)sector);
        if (m->kind != SCAN_PLOT || instant_diff(m->arrival, (struct instant){EPOCH}) < count_from_s)
            continue;
        out.plots++;
        out.late += sector == SCAN_LATE;
        out.none += sector == SCAN_NO_SECTOR;
        if (sector < 0)
            continue;
        ck_assert_int_gt(sector, out.last_sector); /* it is still to be closed */
        if (!offset_known)
            offset = sector - marks[i].sector;
        offset_known = true;
        out.wrong += sector - marks[i].sector != offset;
        ck_assert_int_eq(sector % SCAN_SECTORS, (int64_t)(m->azimuth_rad / SECTOR));
    }
    return out;
}

START_TEST(sectors_follow_the_antenna)
{
    const struct radar *radar = &radars[_i];
    printf("SEED=%d (%s)\n", 70 + _i, radar->name);
    pretend(radar, 70 + (uint64_t)_i, 0, 600);
    struct scan s;
    scan_init(&s, radar->nominal_s, true);
    struct result got = run(&s, true, radar->targets == 1 ? 300 : 60);
    ck_assert_msg(s.locked, "%s: never locked", radar->name);
    ck_assert_double_eq_tol(scan_period(&s), radar->period_s, (0.005 + 3 * radar->wander) * radar->period_s);
    ck_assert_int_eq(got.silent, 0);
    ck_assert_msg(got.late <= radar->late_max * got.plots, "%s: %d of %d late", radar->name, got.late, got.plots);
    ck_assert_msg(got.wrong + got.none <= radar->wrong_max * got.plots, "%s: %d wrong, %d without of %d", radar->name, got.wrong, got.none, got.plots);
    int turns = (int)(500 / radar->period_s);
    ck_assert_int_ge(got.closed, (radar->targets == 1 ? turns / 3 : turns) * SCAN_SECTORS);
}
END_TEST

START_TEST(expiring_late_changes_nothing)
{
    pretend(&radars[_i], 90 + (uint64_t)_i, 0, 200);
    struct scan a, b;
    scan_init(&a, radars[_i].nominal_s, true);
    scan_init(&b, radars[_i].nominal_s, true);
    ck_assert_uint_eq(run(&a, true, 0).digest, run(&b, false, 0).digest);
}
END_TEST

START_TEST(a_sector_closes_soon_after_its_plots_are_there)
{
    pretend(&radars[0], 5, 0, 300);
    struct scan s;
    scan_init(&s, 4.8, true);
    struct scan_event e;
    double wait_max = 0;
    for (int i = 0; i < mark_count; i++) {
        while (scan_expire(&s, marks[i].mark.arrival, &e)) {
            ck_assert_double_eq_tol(instant_diff(e.end, e.begin), 4.8 / 32, 0.01);
            if (i > mark_count / 4)
                wait_max = fmax(wait_max, instant_diff(e.due, e.end));
        }
        scan_input(&s, &marks[i].mark);
    }
    ck_assert(wait_max > 0.5 && wait_max < 0.75); /* latency 0.5 to 0.55 s */
}
END_TEST

START_TEST(what_does_not_rotate_never_has_sectors)
{
    struct rng r = rng_init(33);
    struct scan ads_b, staring;
    scan_init(&ads_b, 0, false);
    scan_init(&staring, 0, true);
    struct scan_event e;
    for (int i = 0; i < 5000; i++) {
        struct instant t = {EPOCH + i * INT64_C(50000000)};
        struct scan_mark m = {.kind = SCAN_PLOT, .time = t, .arrival = instant_add(t, 0.2), .azimuth_rad = TURN * rng_uniform(&r)};
        ck_assert_int_eq(scan_input(&ads_b, &m), SCAN_NO_SECTOR);
        ck_assert_int_eq(scan_input(&staring, &m), SCAN_NO_SECTOR);
        ck_assert(!scan_expire(&ads_b, m.arrival, &e) && !scan_expire(&staring, m.arrival, &e));
    }
    ck_assert(ads_b.alive && staring.alive);
    ck_assert_double_eq(scan_period(&staring), 0);
    ck_assert(scan_expire(&ads_b, INSTANT_NEVER, &e) && e.kind == SCAN_SILENT);
    ck_assert_double_eq_tol(instant_diff(e.due, ads_b.last), SCAN_SILENCE_S, 1e-9);
    ck_assert(!ads_b.alive && !scan_expire(&ads_b, INSTANT_NEVER, &e));
    ck_assert_int_eq(scan_deadline(&ads_b).ns, INT64_MAX);
}
END_TEST

START_TEST(silence_is_noticed_when_due_and_ends_with_the_next_plot)
{
    const struct radar radar = radars[0];
    pretend(&radar, 3, 0, 100);
    struct instant before = marks[mark_count - 1].mark.arrival;
    pretend(&radar, 4, 160, 300); /* the antenna stood still and began anew */
    struct scan s;
    scan_init(&s, radar.nominal_s, true);
    int woke = 0;
    struct result out = {.last_sector = -1, .last_due = INSTANT_NONE};
    for (int i = 0; i < mark_count; i++) {
        bool alive = s.alive;
        expire(&s, marks[i].mark.arrival, &out);
        if (alive && !s.alive)
            ck_assert_double_eq_tol(instant_diff(out.last_due, before), 2.5 * 4.8, 0.2);
        alive = s.alive;
        scan_input(&s, &marks[i].mark);
        woke += !alive && s.alive;
    }
    ck_assert_int_eq(out.silent, 1);
    ck_assert_int_eq(woke, 2);
    ck_assert(s.locked);
    ck_assert_double_eq_tol(scan_period(&s), 4.8, 0.05);
    ck_assert_int_gt(out.closed, (int)(220 / 4.8) * SCAN_SECTORS); /* 240 s were seen; before silence is diagnosed 12 more pass */
    ck_assert_int_lt(out.closed, (int)(260 / 4.8) * SCAN_SECTORS);
}
END_TEST

START_TEST(held_sectors_close_when_a_rotation_is_given_up)
{
    struct scan s;
    struct scan_event e;
    scan_init(&s, 12, true);
    struct rng r = rng_init(8);
    int64_t highest = -1, closed = -1;
    for (int i = 0; i < 300; i++) { /* a nominal period, but azimuths at random */
        struct instant t = {EPOCH + i * INT64_C(20000000)};
        struct scan_mark m = {.kind = SCAN_PLOT, .time = t, .arrival = t, .azimuth_rad = TURN * rng_uniform(&r)};
        while (scan_expire(&s, t, &e))
            closed = e.sector;
        int64_t sector = scan_input(&s, &m);
        highest = sector > highest ? sector : highest;
    }
    ck_assert(!s.locked);
    ck_assert_int_ge(highest, 0);
    ck_assert_int_ge(closed, highest);
}
END_TEST

START_TEST(hostile_times_neither_crash_nor_stop_it)
{
    struct rng r = rng_init(44);
    struct scan s;
    scan_init(&s, 4, true);
    struct scan_event e;
    struct instant arrival = {EPOCH};
    for (int i = 0; i < 20000; i++) {
        arrival.ns += (int64_t)rng_below(&r, 100000000);
        struct scan_mark m = {.kind = (uint8_t)rng_below(&r, 3), .arrival = arrival, .azimuth_rad = TURN * rng_uniform(&r), .period_s = 30 * rng_uniform(&r) - 5};
        m.time = instant_add(arrival, (rng_below(&r, 3) ? 4.0 : 1e6) * rng_normal(&r));
        m.time_estimated = rng_below(&r, 2);
        int count = 0;
        while (scan_expire(&s, arrival, &e))
            ck_assert_int_lt(++count, 2 * SCAN_SECTORS * (int)(SCAN_LATENCY_MAX_S / SCAN_PERIOD_MIN_S));
        scan_input(&s, &m);
        ck_assert(isfinite(s.angle_rad) && isfinite(s.rate_rad_s) && isfinite(s.var_angle));
    }
}
END_TEST

START_TEST(the_azimuth_is_known_between_marks)
{
    pretend(&radars[5], 6, 0, 60);
    struct scan s;
    scan_init(&s, 5, true);
    run(&s, false, 0);
    for (int i = mark_count - 100; i < mark_count; i++)
        ck_assert_double_eq_tol(frame_angle(scan_azimuth(&s, marks[i].mark.time) - marks[i].mark.azimuth_rad), 0, 3 * UNIT_DEG);
}
END_TEST

Suite *test_scan_suite(void)
{
    Suite *suite = suite_create("scan");
    int count = sizeof radars / sizeof *radars;
    TCase *radar = tcase_create("radars");
    tcase_add_checked_fixture(radar, setup, teardown);
    tcase_add_loop_test(radar, sectors_follow_the_antenna, 0, count);
    tcase_add_loop_test(radar, expiring_late_changes_nothing, 0, count);
    tcase_add_test(radar, a_sector_closes_soon_after_its_plots_are_there);
    tcase_add_test(radar, silence_is_noticed_when_due_and_ends_with_the_next_plot);
    tcase_add_test(radar, the_azimuth_is_known_between_marks);
    suite_add_tcase(suite, radar);
    TCase *other = tcase_create("hostile");
    tcase_add_test(other, what_does_not_rotate_never_has_sectors);
    tcase_add_test(other, held_sectors_close_when_a_rotation_is_given_up);
    tcase_add_test(other, hostile_times_neither_crash_nor_stop_it);
    suite_add_tcase(suite, other);
    return suite;
}
