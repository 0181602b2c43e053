/* Real radars through decoder and scan: their rotation is found from the azimuths alone. Recordings are read below AIRSEAM_DATA. */
#include "sensor/scan.h"
#include "wire/decoder.h"
#include "wire/framing.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/support.h"

static struct antenna {
    struct scan scan;
    struct instant now;
    int plots, without, late, closed, silent;
    double locked_after_s, period_least_s, period_most_s;
    struct instant first;
} antenna;

static void take(void *context, const struct report *r)
{
    struct antenna *a = context;
    if (r->kind != REPORT_PLOT || r->plot.kind > PLOT_POLAR_3D)
        return;
    const struct plot *p = &r->plot;
    struct scan_mark m = {.kind = SCAN_PLOT, .time = p->time, .arrival = instant_add(p->time, 0.5), .azimuth_rad = p->polar.azimuth_rad};
    if (instant_before(m.arrival, a->now))
        m.arrival = a->now;
    a->now = m.arrival;
    if (a->plots++ == 0)
        a->first = p->time;
    struct scan_event e;
    while (scan_expire(&a->scan, a->now, &e)) {
        a->closed += e.kind == SCAN_CLOSED;
        a->silent += e.kind == SCAN_SILENT;
    }
    int64_t sector = scan_input(&a->scan, &m);
    a->without += sector == SCAN_NO_SECTOR;
    a->late += sector == SCAN_LATE;
    double since_s = instant_diff(p->time, a->first), period_s = scan_period(&a->scan);
    if (a->scan.locked && a->locked_after_s < 0)
        a->locked_after_s = since_s;
    if (since_s > 120) {
        a->period_least_s = period_s < a->period_least_s ? period_s : a->period_least_s;
        a->period_most_s = period_s > a->period_most_s ? period_s : a->period_most_s;
    }
}

static void pass_over(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static void feed(FILE *f, struct decoder *d, const struct decoder_sink *sink)
{
    static uint8_t octets[65536];
    struct framing *framing = framing_new(FRAMING_RAW, 65535);
    size_t size;
    while ((size = fread(octets, 1, sizeof octets, f)) > 0) {
        struct framing_unit unit;
        struct framing_fault fault;
        framing_put(framing, octets, size);
        while (framing_next(framing, &unit, &fault) > 0)
            decoder_input(d, unit.bytes, unit.size, unit.offset, INSTANT_NONE, sink);
    }
    framing_free(framing);
}

START_TEST(an_hour_of_a_mode_s_radar_gives_its_period_and_all_its_sectors)
{
    const char *path = support_data("recordings/lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast");
    if (!path) {
        support_skip("no recordings/lebl_cat048 under AIRSEAM_DATA");
        return;
    }
    static const double nominal_s[] = {0, 4, 12}; /* not said, right, wrong */
    FILE *f = fopen(path, "rb");
    struct decoder_settings settings = decoder_settings_default();
    struct decoder *d = decoder_new(&settings, NULL);
    struct decoder_sink sink = {{take, &antenna}, {pass_over, NULL}};
    antenna = (struct antenna){.now = INSTANT_NONE, .locked_after_s = -1, .period_least_s = 1e9};
    scan_init(&antenna.scan, nominal_s[_i], true);
    feed(f, d, &sink);
    fclose(f);
    decoder_free(d);
    ck_assert_int_gt(antenna.plots, 40000);
    ck_assert_int_eq(antenna.silent, 0);
    ck_assert(antenna.locked_after_s >= 0 && antenna.locked_after_s < 12);
    ck_assert(antenna.period_least_s > 3.9 && antenna.period_most_s < 4.1); /* the antenna's period is 4 s */
    ck_assert_int_le(antenna.without, antenna.plots / 200);
    ck_assert_int_le(antenna.late, antenna.plots / 20); /* they lie in the file out of their order */
    ck_assert_int_ge(antenna.closed, 3500 / 4 * SCAN_SECTORS);
}
END_TEST

Suite *test_antenna_suite(void)
{
    Suite *suite = suite_create("antenna");
    TCase *real = tcase_create("recordings");
    tcase_add_loop_test(real, an_hour_of_a_mode_s_radar_gives_its_period_and_all_its_sectors, 0, 3);
    suite_add_tcase(suite, real);
    return suite;
}
