/* From aircraft to tracks: a simulated hour's quarter through decoders and picture, as fast as it goes, against the truth. */
#include "base/unit.h"
#include "daemon/engine.h"
#include "sim/world/sensors.h"
#include "sim/world/world.h"
#include "support/support.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERIOD_S 5.0
#define DURATION_S 600.0
#define AIRCRAFT 100
#define WARM_UP_S 60.0
#define COVER_S 30.0   /* an aircraft counts while its latest plot is not older */
#define GATE_M 5000.0
#define GRID ((unsigned)(DURATION_S / PERIOD_S) + 1)
#define NUMBERS 2000

Suite *test_end_to_end_suite(void);

struct row {
    uint32_t number;
    struct vec3 at;
};

struct score {
    struct row *row;              /* GRID x AIRCRAFT */
    unsigned count[512];          /* rows of each instant */
    double seen_s[NUMBERS];       /* each flight's latest plot, and its first */
    double first_s[NUMBERS];
    unsigned next;                /* instant that is due */
    unsigned covered, found, tracks, false_tracks, redundant;
    double squares;
};

static void take_truth(void *context, double time_s, const struct aircraft *a)
{
    struct score *s = context;
    unsigned k = (unsigned)lround(time_s / PERIOD_S);
    struct row *row = &s->row[k * AIRCRAFT + s->count[k]++];

    ck_assert_uint_le(s->count[k], AIRCRAFT);
    ck_assert_uint_lt(a->flight.number, NUMBERS);
    row->number = a->flight.number;
    ck_assert(aircraft_motion(a, time_s, &row->at, NULL));
}

/* The horizontal distance, to first order that of the points at one height. */
static double distance(struct vec3 a, struct vec3 b)
{
    struct geodetic g = frame_geodetic(a), h = frame_geodetic(b);

    g.hae_m = h.hae_m = 0;
    return mat_norm3(mat_sub3(frame_ecef(g), frame_ecef(h)));
}

/* One instant of the grid: each aircraft that is being seen and its nearest track, each track and its nearest aircraft. */
static void compare(struct score *s, const struct picture *p, struct instant start)
{
    double now_s = s->next * PERIOD_S;
    static struct vec3 track[4096];
    unsigned tracks = 0;
    struct track t;

    for (uint32_t i = 0; i < picture_slots(p) && tracks < 4096; i++)
        if (picture_at(p, i, instant_add(start, now_s), &t))
            track[tracks++] = frame_ecef(t.at);
    for (unsigned i = 0; i < s->count[s->next]; i++) {
        const struct row *row = &s->row[s->next * AIRCRAFT + i];
        double nearest = GATE_M;
        if (s->seen_s[row->number] < now_s - COVER_S || s->first_s[row->number] > now_s - WARM_UP_S)
            continue;
        for (unsigned k = 0; k < tracks; k++)
            nearest = fmin(nearest, distance(row->at, track[k]));
        s->covered++;
        if (nearest >= GATE_M)
            continue;
        s->found++;
        s->squares += nearest * nearest;
    }
    unsigned followed[AIRCRAFT] = {0};
    for (unsigned k = 0; k < tracks; k++) {
        double nearest = GATE_M;
        unsigned whose = AIRCRAFT;
        for (unsigned i = 0; i < s->count[s->next]; i++) {
            double d = distance(s->row[s->next * AIRCRAFT + i].at, track[k]);
            whose = d < nearest ? i : whose;
            nearest = fmin(nearest, d);
        }
        s->false_tracks += whose == AIRCRAFT;
        s->redundant += whose < AIRCRAFT && followed[whose]++ > 0;
    }
    s->tracks += tracks;
    s->next++;
}

static void note_plots(struct score *s, const struct stream_datagram *d, struct instant start)
{
    for (unsigned i = 0; i < d->count; i++) {
        uint32_t number = d->plots[i].target;
        double time_s = instant_diff(d->plots[i].plot.time, start);
        if (s->first_s[number] < -1e8)
            s->first_s[number] = time_s;
        s->seen_s[number] = fmax(s->seen_s[number], time_s);
    }
}

static struct score play(uint64_t seed)
{
    static char wrong[4096];
    struct text_out errors = text_out_init(wrong, sizeof wrong);
    struct config config = {0};
    struct scenario scenario = scenario_default();
    struct score s = {.row = calloc(GRID * AIRCRAFT, sizeof(struct row))};
    struct world_observer observer = {PERIOD_S, take_truth, NULL, &s, NULL};
    struct engine_sink sink = {0};
    char error[256];

    for (unsigned i = 0; i < NUMBERS; i++)
        s.seen_s[i] = s.first_s[i] = -1e9;
    scenario.seed = seed;
    scenario.aircraft = AIRCRAFT;
    scenario.duration_s = DURATION_S;
    ck_assert_msg(scenario_open(&scenario, &config, &errors), "%s", wrong);
    ck_assert_uint_ge(scenario.radars, 30);
    struct world *w = world_new(&scenario, &observer, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    struct engine *e = engine_new(config.settings, &sink);
    struct decoder_settings d = decoder_settings_default();
    int feed = engine_add_feed(e, "simulator", &d, NULL);
    ck_assert_int_ge(feed, 0);
    struct stream_datagram datagram;
    while (world_next(w, &datagram)) {
        while (s.next < GRID && !instant_before(datagram.time, instant_add(scenario.start, s.next * PERIOD_S))) {
            engine_expire(e, instant_add(scenario.start, s.next * PERIOD_S));
            engine_drain(e);
            compare(&s, engine_picture(e), scenario.start);
        }
        note_plots(&s, &datagram, scenario.start);
        engine_input(e, feed, datagram.bytes, datagram.size, 0, datagram.time);
        engine_drain(e);
    }
    engine_free(e);
    world_free(w);
    scenario_fini(&scenario);
    config_close(&config);
    free(s.row);
    return s;
}

START_TEST(tracks_match_the_truth)
{
    struct score s = play((uint64_t)_i + 1);
    double completeness = (double)s.found / s.covered, rms_m = sqrt(s.squares / s.found);
    double spurious = (double)s.false_tracks / s.tracks, redundant = (double)s.redundant / s.tracks;

    printf("seed %d: %u aircraft instants covered, completeness %.3f, rms %.0f m, spurious %.3f, redundant %.3f\n", _i + 1, s.covered, completeness,
           rms_m, spurious, redundant);
    ck_assert_uint_gt(s.covered, 4000);
    ck_assert_double_ge(completeness, 0.95);
    ck_assert_double_le(rms_m, 300);
    ck_assert_double_le(spurious, 0.05);
    ck_assert_double_le(redundant, 0.05);
}
END_TEST

Suite *test_end_to_end_suite(void)
{
    Suite *s = suite_create("end_to_end");
    TCase *t = tcase_create("picture");

    tcase_add_loop_test(t, tracks_match_the_truth, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
