/* Two radars, one of a centre that keeps its plots and sends tracks, one that sends plots; and the picture over both. */
#include "sim/relay.h"

#include "base/unit.h"
#include "picture/picture.h"
#include "support/sky.h"
#include "support/support.h"
#include "wire/decoder.h"
#include "wire/plot_out.h"

#define CENTRE 0xD4C8 /* 212/200 */
#define DURATION_S 240.0

struct run {
    struct sky *sky;
    struct relay *centre;
    struct picture *picture;
    struct decoder *decoder;
    struct plot_out *line;
    struct instant now;
    unsigned datagrams, late, kept;
};

static void take_report(void *context, const struct report *r)
{
    struct run *run = context;

    run->kept += r->plot.source != CENTRE || r->plot.kind != PLOT_TRACK;
    picture_input(run->picture, r, run->now);
}

static void ignore(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static void to_centre(void *context, const uint8_t *bytes, size_t size)
{
    struct run *run = context;
    struct stream_datagram d = {.time = run->now, .bytes = bytes, .size = size};

    relay_input(run->centre, &d);
}

static void from_centre(struct run *run, struct instant until)
{
    const struct decoder_sink sink = {{take_report, run}, {ignore, run}};
    struct stream_datagram d;

    while (relay_next(run->centre, until, &d)) {
        run->late += instant_before(d.time, run->now);
        run->now = d.time;
        run->datagrams++;
        decoder_input(run->decoder, d.bytes, d.size, 0, d.time, &sink);
    }
}

static struct run begin(double spacing_m, uint32_t aircraft)
{
    struct sky_settings s = sky_settings_default();
    struct decoder_settings feed = decoder_settings_default();
    struct picture_settings p = picture_settings_default();
    struct site self = site_usual(SITE_TRACKER, 4.0);
    struct run run = {.now = sky_instant(0)};

    s.columns = 2;
    s.rows = 1;
    s.aircraft = aircraft;
    s.spacing_m = spacing_m;
    s.range_m = 200e3;
    s.primary = 0;
    s.false_plots = 0;
    s.turning = 0;
    s.duration_s = DURATION_S;
    run.sky = sky_new(&s);
    self.source = CENTRE;
    site_place(&self, s.centre);
    run.centre = relay_new(&self, sky_instant(0));
    run.picture = picture_new(&p);
    run.decoder = decoder_new(&feed, NULL);
    run.line = plot_out_new(48);
    ck_assert(relay_add_radar(run.centre, &run.sky->site[0]));
    ck_assert_int_eq(picture_add_sensor(run.picture, &self), 0);
    ck_assert_int_eq(picture_add_sensor(run.picture, &run.sky->site[1]), 0);
    return run;
}

static void fly(struct run *run)
{
    struct out_sink line = {to_centre, run};

    for (uint32_t i = 0; i < run->sky->plots; i++) {
        struct report r = {.kind = REPORT_PLOT, .plot = run->sky->plot[i]};
        from_centre(run, r.plot.arrival);
        run->now = r.plot.arrival;
        if (r.plot.source == run->sky->site[1].source) {
            picture_input(run->picture, &r, run->now);
            continue;
        }
        plot_out_input(run->line, &r, &line);
        plot_out_drain(run->line, &line);
    }
    ck_assert_uint_gt(run->datagrams, 40);
    ck_assert_uint_eq(run->late, 0);
    ck_assert_uint_eq(run->kept, 0);
}

static void end(struct run *run)
{
    sky_free(run->sky);
    relay_free(run->centre);
    picture_free(run->picture);
    decoder_free(run->decoder);
    plot_out_free(run->line);
}

static double from_radar_m(const struct run *run, unsigned radar, const struct track *t)
{
    return mat_norm3(frame_to_enu(&run->sky->site[radar].frame, frame_ecef(t->at)));
}

START_TEST(what_only_the_centre_sees_is_in_the_picture_as_foreign)
{
    struct run run = begin(600e3, 100);
    unsigned foreign = 0, sensed = 0;
    struct track t;

    fly(&run);
    for (uint32_t i = 0; i < picture_slots(run.picture); i++) {
        if (!picture_at(run.picture, i, INSTANT_NONE, &t))
            continue;
        bool of_centre = from_radar_m(&run, 0, &t) < from_radar_m(&run, 1, &t);
        ck_assert_int_eq((t.flags & TRACK_FOREIGN_ONLY) != 0, of_centre);
        *(of_centre ? &foreign : &sensed) += 1;
    }
    ck_assert_uint_ge(foreign, 5);
    ck_assert_uint_ge(sensed, 5);
    end(&run);
}
END_TEST

START_TEST(what_both_see_is_one_track_and_sensed)
{
    struct run run = begin(60e3, 40);
    unsigned tracks = 0;
    struct track t;

    fly(&run);
    for (uint32_t i = 0; i < picture_slots(run.picture); i++) {
        if (!picture_at(run.picture, i, INSTANT_NONE, &t))
            continue;
        tracks++;
        ck_assert_uint_eq(t.flags & TRACK_FOREIGN_ONLY, 0);
    }
    ck_assert_uint_eq(tracks, run.sky->settings.aircraft);
    end(&run);
}
END_TEST

Suite *test_relay_suite(void);
Suite *test_relay_suite(void)
{
    Suite *s = suite_create("relay");
    TCase *t = tcase_create("relay");
    tcase_add_test(t, what_only_the_centre_sees_is_in_the_picture_as_foreign);
    tcase_add_test(t, what_both_see_is_one_track_and_sensed);
    suite_add_tcase(s, t);
    return s;
}
