/* Transponders that fail in flight, end to end: simulated radars and flight plans, decoders, picture; against the truth. */
#include "base/text.h"
#include "daemon/config.h"
#include "daemon/engine.h"
#include "sim/world/filing.h"
#include "sim/world/world.h"
#include "support/support.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AIRCRAFT 150
#define NUMBERS 2000
#define FAILS_S 300.0
#define DURATION_S 420.0
#define ECHOES 4       /* that came within WATCH_S after the failure: the flight went on to be seen */
#define WATCH_S 60.0

Suite *test_silence_suite(void);

struct flight {
    uint32_t mode_s, track;    /* the track that had its address just before the failure */
    double fails_s;            /* truth; 0 never */
    unsigned echoes, sensors;  /* after it */
    uint32_t plan;
    struct vec3 at;            /* at the end */
    bool there;
};

struct trial {
    struct flight flight[NUMBERS];
    unsigned told;             /* notices */
    struct instant start;
};

static void take_truth(void *context, double time_s, const struct aircraft *a)
{
    struct trial *s = context;
    struct flight *f = &s->flight[a->flight.number];
    ck_assert_uint_lt(a->flight.number, NUMBERS);
    f->mode_s = a->flight.mode_s ? a->flight.ident.mode_s : 0;
    f->fails_s = a->flight.silenced_s;
    f->plan = filing_wants(&a->flight) ? a->flight.number : 0;
    f->there = time_s > DURATION_S - 1;
    if (f->there)
        ck_assert(aircraft_motion(a, time_s, &f->at, NULL));
}

static void on_notice(void *context, int feed, const struct notice *n)
{
    struct trial *s = context;
    (void)feed;
    s->told += n->kind == NOTICE_TRANSPONDER_SILENT;
}

static void note_echoes(struct trial *s, const struct stream_datagram *d)
{
    for (unsigned i = 0; i < d->count; i++) {
        const struct radar_plot *p = &d->plots[i];
        double since = instant_diff(p->plot.time, s->start) - FAILS_S;
        if (p->target > 0 && p->target < NUMBERS && since > 0 && since < WATCH_S)
            s->flight[p->target].echoes++;
    }
}

/* Just before the failure: whose tracks have whose address. */
static void note_tracks(struct trial *s, const struct picture *p, struct instant now)
{
    struct track t;
    for (uint32_t i = 0; i < picture_slots(p); i++)
        for (unsigned n = 1; n < NUMBERS && picture_at(p, i, now, &t); n++)
            if (ident_has(&t.ident, IDENT_MODE_S) && s->flight[n].mode_s == t.ident.mode_s)
                s->flight[n].track = t.number;
}

static struct engine *play(struct trial *s, uint64_t seed, struct config *config, struct scenario *scenario)
{
    static char wrong[4096];
    struct text_out errors = text_out_init(wrong, sizeof wrong);
    struct world_observer observer = {.period_s = 5.0, .target = take_truth, .context = s};
    struct engine_sink sink = {.notice = on_notice, .context = s};
    struct decoder_settings d = decoder_settings_default();
    struct stream_datagram datagram, plan;
    bool noted = false;
    char error[256];
    scenario->seed = seed;
    scenario->aircraft = AIRCRAFT;
    scenario->duration_s = DURATION_S;
    scenario->events = 1;
    scenario->event[0] = (struct scenario_event){.at_s = FAILS_S, .kind = SCENARIO_SILENCE, .share = 0.33};
    ck_assert_msg(scenario_open(scenario, config, &errors), "%s", wrong);
    struct world *w = world_new(scenario, &observer, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    struct engine *e = engine_new(config->settings, &sink);
    int radars = engine_add_feed(e, "radars", &d, NULL);
    d.format = DECODER_PB;
    int plans = engine_add_feed(e, "plans", &d, NULL);
    s->start = scenario->start;
    while (world_next(w, &datagram)) {
        while (world_next_plan(w, datagram.time, &plan))
            engine_input(e, plans, plan.bytes, plan.size, 0, plan.time);
        if (!noted && instant_diff(datagram.time, s->start) > FAILS_S) {
            noted = true;
            engine_expire(e, datagram.time);
            note_tracks(s, engine_picture(e), datagram.time);
        }
        note_echoes(s, &datagram);
        engine_input(e, radars, datagram.bytes, datagram.size, 0, datagram.time);
        engine_drain(e);
    }
    engine_expire(e, instant_add(s->start, DURATION_S + 1));
    engine_drain(e);
    world_free(w);
    return e;
}

static double apart(const struct track *t, struct vec3 at)
{
    struct geodetic g = frame_geodetic(at), h = t->at;
    g.hae_m = h.hae_m = 0;
    return mat_norm3(mat_sub3(frame_ecef(g), frame_ecef(h)));
}

/* A third fail at once. Those that radars go on seeing keep number and plan, and are told silent since their last reply; nobody else is. */
START_TEST(who_fell_silent_keeps_the_number_and_the_plan)
{
    static struct trial s;
    struct config config = {0};
    struct scenario scenario = scenario_default();
    memset(&s, 0, sizeof s);
    struct engine *e = play(&s, (uint64_t)_i + 1, &config, &scenario);
    unsigned failed = 0, kept = 0, planned = 0, with_plan = 0, falsely = 0, tracks = 0;
    double late_s = 0;
    for (unsigned n = 1; n < NUMBERS; n++) {
        const struct flight *f = &s.flight[n];
        bool counts = f->fails_s > 0 && f->track && f->there && f->echoes >= ECHOES;
        struct track t;
        failed += counts;
        for (uint32_t i = 0; i < picture_slots(engine_picture(e)) && f->track; i++) {
            if (!picture_at(engine_picture(e), i, instant_add(s.start, DURATION_S + 1), &t) || t.number != f->track)
                continue;
            tracks++;
            falsely += f->fails_s <= 0 && (t.flags & TRACK_SILENT) != 0;
            if (!counts || !(t.flags & TRACK_SILENT) || apart(&t, f->at) > 5000)
                continue;
            kept++;
            late_s = fmax(late_s, fabs(instant_diff(t.silent, s.start) - FAILS_S));
            planned += f->plan != 0;
            with_plan += f->plan != 0 && t.plan == f->plan;
        }
    }
    printf("seed %d: %u of %u kept their number and were told, by %.1f s at most; %u of %u have their plan; %u of %u others told falsely; %u notices\n", _i + 1, kept,
           failed, late_s, with_plan, planned, falsely, tracks, s.told);
    ck_assert_uint_ge(failed, 10);
    ck_assert_uint_ge(kept * 10, failed * 8);
    ck_assert_double_le(late_s, 12.5); /* one turn of the slowest radar */
    ck_assert_uint_ge(with_plan * 10, planned * 9);
    ck_assert_uint_le(falsely * 100, tracks * 2);
    engine_free(e);
    scenario_fini(&scenario);
    config_close(&config);
}
END_TEST

/* The words of settings and those of tracks are the same list. */
START_TEST(classes_have_the_same_names_in_settings_and_tracks)
{
    static char wrong[4096];
    for (unsigned c = 0; c < TRACK_CLASSES; c++) {
        char yaml[64];
        struct text_out errors = text_out_init(wrong, sizeof wrong);
        struct config config;
        snprintf(yaml, sizeof yaml, "classes: [{class: %s}]\n", track_class_name(c));
        ck_assert_msg(config_parse(&config, "t", yaml, strlen(yaml), &errors), "%s", wrong);
        ck_assert_uint_eq(config.settings->class[0].class, c);
        config_close(&config);
    }
}
END_TEST

Suite *test_silence_suite(void)
{
    Suite *s = suite_create("silence");
    TCase *t = tcase_create("end to end");

    tcase_add_loop_test(t, who_fell_silent_keeps_the_number_and_the_plan, 0, 3);
    tcase_add_test(t, classes_have_the_same_names_in_settings_and_tracks);
    suite_add_tcase(s, t);
    return s;
}
