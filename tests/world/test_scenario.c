/* Scenario files: what they say is taken, every mistake has its place, and what is to fail falls silent and comes back. */
#include "daemon/config.h"
#include "sim/world/scenario_file.h"
#include "sim/world/world.h"
#include "support/support.h"
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *test_scenario_suite(void);

static char folder[64];
static char room[8192];
static struct text_out errors;

static void setup(void)
{
    strcpy(folder, "/tmp/airseam-scenario-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    errors = text_out_init(room, sizeof room);
}

static void teardown(void)
{
    static const char *const names[] = {"a.yaml", "b.yaml"};

    for (int i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static const char *put(const char *name, const char *text)
{
    static char path[128];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
    return path;
}

START_TEST(what_a_file_says_is_taken)
{
    struct scenario s = scenario_default();

    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "title: a test\nseed: 42\nstart: 2026-02-03T04:05:06Z\nduration_s: 90\n"
                                                       "sensors: {where: nation=MX, latency_s: 1.5, false_plots: 0}\n"
                                                       "traffic:\n  aircraft: 7\n  silent: 0.25\n  anywhere: true\n"
                                                       "events:\n  - at 00:00:10 fail nation=MX\n  - at 00:00:20 repair US-ajo\n"),
                                     &errors), "%s", room);
    ck_assert_str_eq(s.title, "a test");
    ck_assert_uint_eq(s.seed, 42);
    ck_assert_int_eq(s.start.ns / 1000000000, 1770091506);
    ck_assert_double_eq(s.duration_s, 90);
    ck_assert_str_eq(s.where, "nation=MX");
    ck_assert_double_eq(s.latency_s, 1.5);
    ck_assert_double_eq(s.jitter_s, -1);
    ck_assert_double_eq(s.false_plots, 0);
    ck_assert_uint_eq(s.aircraft, 7);
    ck_assert_double_eq(s.silent, 0.25);
    ck_assert(s.anywhere);
    ck_assert_uint_eq(s.events, 2);
    ck_assert(s.event[1].kind == SCENARIO_REPAIR && s.event[1].at_s == 20 && strcmp(s.event[1].where, "nation=US name=ajo") == 0);
}
END_TEST

START_TEST(a_file_overrides_the_one_it_extends_wherever_it_says_so)
{
    struct scenario s = scenario_default();

    put("b.yaml", "title: base\nseed: 5\ntraffic: {aircraft: 50, silent: 0.5}\n");
    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "traffic: {aircraft: 60}\nextends: b.yaml\n"), &errors), "%s", room);
    ck_assert_uint_eq(s.aircraft, 60);
    ck_assert_double_eq(s.silent, 0.5);
    ck_assert_uint_eq(s.seed, 5);
    ck_assert_str_eq(s.title, "base");
}
END_TEST

static const struct {
    const char *base, *text, *where;
} unions[] = {
    {"", "sensors: {where: [nation=MX, 'name=ajo,makah']}\n", "nation=MX or name=ajo,makah"},
    {"sensors: {where: nation=US}\n", "sensors: {also: nation=MX}\n", "nation=US or nation=MX"},
    {"sensors: {where: nation=US}\n", "sensors: {except: [flags=aerostat, 'name=ajo or name=makah'], also: [nation=MX, nation=CA]}\n",
     "nation=US or nation=MX or nation=CA except flags=aerostat except name=ajo except name=makah"},
    {"sensors: {where: nation=US, except: name=ajo}\n", "sensors: {also: name=ajo}\n", "nation=US except name=ajo or name=ajo"},
    {"sensors: {where: nation=US, except: name=ajo}\n", "sensors: {where: nation=CA}\n", "nation=CA"},
    {"sensors: {where: ''}\n", "sensors: {also: nation=CA, except: nation=MX}\n", "except nation=MX"},
};

START_TEST(sensors_are_added_to_those_of_the_scenario_below_and_taken_from_them)
{
    struct scenario s = scenario_default();
    char text[512];

    put("b.yaml", unions[_i].base);
    snprintf(text, sizeof text, "extends: b.yaml\n%s", unions[_i].text);
    ck_assert_msg(scenario_file_read(&s, put("a.yaml", text), &errors), "%s", room);
    ck_assert_str_eq(s.where, unions[_i].where);
}
END_TEST

static const struct {
    const char *text, *said; /* after the file's name */
} mistakes[] = {
    {"seed: many\n", ":1:7: seed: expected a number from 0 to 9007199254740992, found \"many\""},
    {"title: x\nduration_s: 0\n", ":2:13: duration_s: expected a number from 1 to 1000000, found \"0\""},
    {"traffic:\n  planes: 7\n", ":2:3: traffic: expected a key of airseam-scenario(5), found \"planes\""},
    {"speed: 7\n", ":1:1: scenario: expected a key of airseam-scenario(5), found \"speed\""},
    {"traffic: 7\n", ":1:10: traffic: expected keys and values, found \"7\""},
    {"traffic: {anywhere: maybe}\n", ":1:21: anywhere: expected true or false, found \"maybe\""},
    {"start: soon\n", ":1:8: start: expected a date and time as in 2026-06-01T12:00:00Z, or now, found \"soon\""},
    {"sensors: {where: US}\n", ":1:18: where: expected terms as in \"nation=US,MX flags=border\", with or and except between them, or a list of such, found \"US\""},
    {"sensors: {where: [nation=US, MX]}\n", ":1:30: where: expected terms as in"},
    {"sensors: {also: nation=US or}\n", ":1:27: also: expected terms as in"},
    {"sensors: {except: nation=US except name=ajo}\n", ":1:19: except: expected no except within except"},
    {"sensors: {files: a.csv}\n", ":1:18: files: expected a list, found \"a.csv\""},
    {"events:\n  - {at_s: 5}\n", ":2:5: events: expected a line such as: at 00:20 fail US-makah, found \"a mapping\""},
    {"events:\n  - in 00:20 fail US-makah\n", ":2:5: events: expected at HH:MM, and fail, repair, leave, rejoin or silence, found \"in 00:20"},
    {"events:\n  - at 20 fail US-makah\n", ":2:8: events: expected a time after the start, HH:MM or HH:MM:SS, found \"20 "},
    {"events:\n  - at 00:61 fail US-makah\n", ":2:8: events: expected a time after the start"},
    {"events:\n  - at 00:20 break US-makah\n", ":2:14: events: expected fail, repair, leave, rejoin or silence, found \"break"},
    {"events:\n  - at 00:20\n", ":2:13: events: expected fail, repair, leave, rejoin or silence, found \"\""},
    {"events:\n  - at 00:20 fail\n", ":2:18: events: expected a sensor such as US-makah, or terms as in"},
    {"events:\n  - at 00:20 fail US-makah soon\n", ":2:28: events: expected nothing, or \"for HH:MM\", found \"soon\""},
    {"events:\n  - at 00:20 fail US-makah for ever\n", ":2:32: events: expected a length of time, HH:MM or HH:MM:SS, behind \"for\", found \"ever\""},
    {"events:\n  - at 00:20 fail nation=US border\n", ":2:29: events: expected terms COLUMN=VALUE"},
    {"events:\n  - 'at 00:20 repair US-makah for 00:01'\n", "events: expected \"for\" only behind fail and leave"},
    {"events:\n  - at 01:00 leave Mexico\n", ":2:20: events: expected a nation such as MX, found \"Mexico\""},
    {"events:\n  - at 01:00 silence 33\n", ":2:22: events: expected a share from 0 to 1, or the callsign of a flight, found \"33\""},
    {"seed: 1\nseed: 2\n", ":2:1: scenario: expected each key once, found \"seed\""},
    {"sensors: {terrain: config/terrain/none}\n", ":1:20: terrain: expected a file that can be read, found \"config/terrain/none\""},
    {"sensors: {files: [config/sensors/us.csv, none.csv]}\n", ":1:42: files: expected a file that can be read, found \"none.csv\""},
    {"traffic: {folder: config/terrain}\n", ":1:19: folder: expected a folder with airports.csv, found \"config/terrain\""},
    {"flights: [{class: silent, speed_kt: 100, level_ft: 1000}]\n", ":1:11: flights: expected route, speed_kt and level_ft, found \"a mapping\""},
    {"flights: [{speed_kt: 100, level_ft: 1000, route: [[40, -100]]}]\n", ":1:50: route: expected at least two points [LATITUDE, LONGITUDE], found \"a list\""},
    {"flights: [{speed_kt: 100, level_ft: 1000, route: [[40, -100], [99, 0]]}]\n", ":1:64: route: expected a number from -89 to 89, found \"99\""},
    {"flights: [{class: zeppelin}]\n", ":1:19: class: expected airliner, regional, general, fast, silent, balloon or missile, found \"zeppelin\""},
    {"flights: [{code: 1289}]\n", ":1:18: code: expected four octal digits, found \"1289\""},
    {"radars: [{blanked_deg: 10}]\n", ":1:24: blanked_deg: expected at most four sectors in degrees as in \"350-20, 160-200\", found \"10\""},
    {"radars: [{split: 1.5}]\n", ":1:18: split: expected a number from 0 to 1, found \"1.5\""},
    {"radars: [{rays: crooked}]\n", ":1:17: rays: expected straight or bent, found \"crooked\""},
    {"radars: [{trailer: 8}]\n", ":1:20: trailer: expected true or false, found \"8\""},
    {"radars:\n  - {where: nation=MX, wobble: 1}\n", ":2:24: radars: expected a key of airseam-scenario(5), found \"wobble\""},
    {"sensors: {platforms: e3}\n", ":1:22: platforms: expected terms as in"},
    {"radars: [{split: 0.1, split: 0.2}]\n", ":1:30: split: expected each key once, found \"0.2\""},
    {"radars: {split: 0.1}\n", ":1:9: radars: expected a list, found \"a mapping\""},
    {"weather: {storms: 65}\n", ":1:19: storms: expected a number from 0 to 64, found \"65\""},
    {"extends: nothing.yaml\n", ":1:10: extends: expected the name of a file beside this one, or of a shipped one, found \"nothing.yaml\""},
    {"extends: [b.yaml, nothing.yaml]\n", ":1:19: extends: expected the name of a file beside this one, or of a shipped one, found \"nothing.yaml\""},
    {"extends: a.yaml\n", ":1:10: extends: expected no circle, and at most eight files, found \"a.yaml\""},
    {"title: [\n", ": expected YAML, found: "},
};

START_TEST(every_mistake_is_told_by_file_line_and_column)
{
    struct scenario s = scenario_default();

    ck_assert(!scenario_file_read(&s, put("a.yaml", mistakes[_i].text), &errors));
    ck_assert_msg(strstr(room, mistakes[_i].said) != NULL, "said: %s", room);
}
END_TEST

/* What only the sensor files can tell of a scenario. */
static const struct {
    const char *text, *said;
} strangers[] = {
    {"sensors: {where: owned=FAA}\n", "a.yaml:1:18: selection of sensors: expected a column of the sensor files, found \"owned\""},
    {"sensors:\n  where: name=atlantis\n", "a.yaml:2:10: selection of sensors: no sensor is like \"name=atlantis\""},
    {"events:\n  - at 00:01 fail US-atlantis\n", "a.yaml:2:5: selection of sensors: no sensor is like \"nation=US name=atlantis\""},
    {"events:\n  - at 00:01 leave UK\n", "a.yaml:2:5: selection of sensors: no sensor is like \"nation=UK\""},
    {"events:\n  - at 00:01 silence NOBODY\n", "a.yaml:2:5: events: expected the callsign of a flight of this scenario, found \"NOBODY\""},
    {"events:\n  - at 00:01 fail type*=ARSR\n", "a.yaml:2:5: selection of sensors: expected a column of the sensor files, found \"type*\""},
};

START_TEST(what_no_sensor_file_knows_is_told_by_file_line_and_column)
{
    struct scenario s = scenario_default();
    struct config c = {0};

    ck_assert_msg(scenario_file_read(&s, put("a.yaml", strangers[_i].text), &errors), "%s", room);
    ck_assert(!scenario_open(&s, &c, &errors));
    ck_assert_msg(strstr(room, strangers[_i].said) != NULL, "said: %s", room);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

START_TEST(all_mistakes_of_a_file_are_told)
{
    struct scenario s = scenario_default();

    ck_assert(!scenario_file_read(&s, put("a.yaml", "seed: x\nduration_s: y\ntraffic: {aircraft: z}\n"), &errors));
    ck_assert(strstr(room, "seed") && strstr(room, "duration_s") && strstr(room, "aircraft"));
}
END_TEST

START_TEST(every_shipped_scenario_opens)
{
    glob_t found;

    ck_assert_int_eq(glob("config/scenarios/*.yaml", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 7);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct scenario s = scenario_default();
        struct config c = {0};
        s.title[0] = 0;
        ck_assert_msg(scenario_file_read(&s, found.gl_pathv[i], &errors) && scenario_open(&s, &c, &errors), "%s", room);
        ck_assert_msg(s.title[0] && s.radars > 0 && s.aircraft > 0, "%s", found.gl_pathv[i]);
        scenario_fini(&s);
        config_close(&c);
    }
    globfree(&found);
}
END_TEST

/* The radars of one nation are told apart from the others, the later entry from the earlier; and tapes hear of the rays, not of the errors. */
START_TEST(what_is_said_of_some_radars_holds_for_these_alone)
{
    struct scenario s = scenario_default();
    struct config c = {0};
    char error[256];
    unsigned mexican = 0, others = 0;

    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "sensors: {where: flags=border, latency_s: 0.4}\ntraffic: {aircraft: 1}\n"
                                                       "radars:\n  - {split: 0.1, rays: straight}\n"
                                                       "  - {where: nation=MX, rays: bent, latency_s: 1.3, bias_range_m: -80, clock_error_s: 9}\n"), &errors) &&
                      scenario_open(&s, &c, &errors), "%s", room);
    struct world *w = world_new(&s, NULL, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    for (uint32_t i = 0; i < s.radars; i++) {
        const struct radar_site *r = &world_radar(w, i)->site;
        bool mexico = strcmp(r->site.nation, "MX") == 0;
        *(mexico ? &mexican : &others) += 1;
        ck_assert_double_eq(r->quirks.split, 0.1);
        ck_assert_uint_eq(r->site.refraction, mexico ? SITE_EXPONENTIAL : SITE_STRAIGHT);
        ck_assert_double_eq(r->site.latency_s, mexico ? 1.3 : 0.4);
        ck_assert_double_eq(r->site.bias.range_m, mexico ? -80 : 0);
        ck_assert_double_eq(r->quirks.clock_s, mexico ? 9 : 0);
        for (uint32_t k = 0; k < c.settings->sites; k++)
            if (strcmp(c.settings->site[k].name, r->site.name) == 0) {
                ck_assert_uint_eq(c.settings->site[k].refraction, r->site.refraction);
                ck_assert_double_eq(c.settings->site[k].bias_range_m, 0);
            }
    }
    ck_assert(mexican > 3 && others > 3);
    world_free(w);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

/* By the seed, one radar in sixteen outages at most, none before its time; the share of time out of order is down / (up + down). */
START_TEST(outages_at_random_have_their_means)
{
    double down_s = 0, all_s = 0;
    unsigned outages = 0;

    for (unsigned seed = 1; seed <= 8; seed++) {
        struct scenario s = scenario_default();
        struct config c = {0};
        ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 2000\nsensors: {where: flags=border}\nradars: [{up_s: 300, down_s: 100, up_first_s: 500}]\n"), &errors), "%s", room);
        s.seed = seed;
        ck_assert_msg(scenario_open(&s, &c, &errors), "%s", room);
        for (uint32_t i = 0; i < s.radars; i++) {
            const struct radar_site *r = &s.radar[i];
            for (unsigned k = 0; k < r->outages; k++) {
                ck_assert_double_ge(r->outage[k].from_s, k ? r->outage[k - 1].to_s : 500);
                down_s += fmin(r->outage[k].to_s, 2000) - r->outage[k].from_s;
            }
            outages += r->outages;
            all_s += 1500;
        }
        scenario_fini(&s);
        config_close(&c);
    }
    /* about 250 renewals of 400 s; the first period begins with work, which takes some of the share away */
    ck_assert_uint_gt(outages, 500);
    ck_assert_double_eq_tol(down_s / all_s, 0.25, 0.04);
}
END_TEST

/* A radar and a storm that comes over it: out of order as long as it is near, and truth's outages say so. */
START_TEST(who_gives_way_to_storms_is_down_while_one_is_near)
{
    unsigned down = 0;

    for (unsigned seed = 1; seed <= 5; seed++) {
        struct scenario s = scenario_default();
        struct config c = {0};
        char error[256];
        ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 20000\nsensors: {where: flags=border}\ntraffic: {aircraft: 1}\n"
                                                           "weather: {storms: 30, speed_mps: 20}\nradars: [{where: nation=US, storm_nm: 50}]\n"), &errors), "%s", room);
        s.seed = seed;
        ck_assert_msg(scenario_open(&s, &c, &errors), "%s", room);
        struct world *w = world_new(&s, NULL, error, sizeof error);
        ck_assert_msg(w != NULL, "%s", error);
        for (uint32_t i = 0; i < s.radars; i++) {
            const struct radar_site *r = &world_radar(w, i)->site;
            ck_assert(r->outages == 0 || strcmp(r->site.nation, "US") == 0);
            for (unsigned k = 0; k < r->outages; k++) {
                /* it takes at most the way across the circle, 100 NM at 20 m/s; several storms may follow each other */
                ck_assert_double_ge(r->outage[k].to_s - r->outage[k].from_s, 10);
                ck_assert_double_ge(r->outage[k].from_s, k ? r->outage[k - 1].to_s : 0);
                down += r->outage[k].to_s - r->outage[k].from_s <= 100 * 1852 / 20.0 + 10;
            }
        }
        world_free(w);
        scenario_fini(&s);
        config_close(&c);
    }
    ck_assert_uint_gt(down, 10);
}
END_TEST

/* By hearing: the seconds of the scenario in which each radar said something. */
START_TEST(what_fails_is_silent_until_it_is_repaired)
{
    struct scenario s = scenario_default();
    struct config c = {0};
    struct stream_datagram d;
    char error[256];
    unsigned mexico[3] = {0}, ajo[3] = {0}, makah[3] = {0}, lakeside[3] = {0};

    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 180\ntraffic: {aircraft: 20}\n"
                                                       "events:\n  - at 00:02 rejoin MX\n  - at 00:01 leave MX\n"
                                                       "  - at 00:01 fail US-ajo,makah for 00:01\n  - at 00:01:30 fail ajo\n"),
                                     &errors) && scenario_open(&s, &c, &errors), "%s", room);
    struct world *w = world_new(&s, NULL, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    while (world_next(w, &d)) {
        const struct site *site = &world_radar(w, d.radar)->site.site;
        double sent_s = instant_diff(d.time, s.start) - site->latency_s;
        unsigned third = sent_s < 60 ? 0 : sent_s < 120 ? 1 : 2;
        /* near the edges the jitter decides */
        if (sent_s > 59.8 && sent_s < 60.2)
            continue;
        mexico[third] += strcmp(site->nation, "MX") == 0;
        ajo[third] += strcmp(site->name, "ajo") == 0;
        makah[third] += strcmp(site->name, "makah") == 0;
        lakeside[third] += strcmp(site->name, "lakeside") == 0;
    }
    ck_assert(mexico[0] > 0 && mexico[1] == 0 && mexico[2] > 0);
    ck_assert(ajo[0] > 0 && ajo[1] == 0 && ajo[2] == 0);
    ck_assert(makah[0] > 0 && makah[1] == 0 && makah[2] > 0);
    ck_assert(lakeside[0] > 0 && lakeside[1] > 0 && lakeside[2] > 0);
    ck_assert_uint_gt(world_counters(w).outcomes[RADAR_OUTAGE], 0);
    world_free(w);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

struct silence {
    double at_s[4000]; /* by flight number; -1: not met yet */
    unsigned flights, silenced;
};

static void note_silence(void *context, const struct radar *r, const struct aircraft *a, double time_s, enum radar_outcome outcome)
{
    struct silence *s = context;

    (void)r;
    (void)time_s;
    (void)outcome;
    ck_assert_uint_lt(a->flight.number, 4000);
    if (s->at_s[a->flight.number] < 0 && a->flight.transponder) {
        s->at_s[a->flight.number] = a->flight.silenced_s;
        s->flights++;
        s->silenced += a->flight.silenced_s > 0;
    }
}

START_TEST(transponders_fall_silent_in_their_share_and_for_good)
{
    struct scenario s = scenario_default();
    struct config c = {0};
    struct stream_datagram d;
    static struct silence silence;
    struct world_observer observer = {5, NULL, note_silence, &silence, NULL};
    char error[256];
    unsigned answers = 0, echoes = 0;

    for (unsigned i = 0; i < 4000; i++)
        silence.at_s[i] = -1;
    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 200\ntraffic: {aircraft: 300}\nevents: ['at 00:01:40 silence 0.4']\n"), &errors) &&
                      scenario_open(&s, &c, &errors), "%s", room);
    struct world *w = world_new(&s, &observer, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    while (world_next(w, &d))
        for (unsigned i = 0; i < d.count; i++) {
            const struct plot *p = &d.plots[i].plot;
            double time_s = instant_diff(p->time, s.start), at_s = d.plots[i].target ? silence.at_s[d.plots[i].target] : 0;
            if (at_s <= 0 || time_s < at_s)
                answers += at_s > 0 && (p->flags & PLOT_SECONDARY) != 0;
            else {
                ck_assert_uint_eq(p->flags & (PLOT_SECONDARY | PLOT_MODE_S | PLOT_ADSB), 0);
                ck_assert_uint_eq(p->ident.flags, 0);
                echoes++;
            }
        }
    ck_assert_uint_gt(answers, 100);
    ck_assert_uint_gt(echoes, 100);
    ck_assert_uint_gt(silence.flights, 150);
    ck_assert_double_le(fabs((double)silence.silenced / silence.flights - 0.4), 4.5 * sqrt(0.24 / silence.flights));
    world_free(w);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

static struct {
    double first_s[8], last_s[8], hae_lo_m[8], hae_hi_m[8], apart_m;
    struct vec3 lead;
    unsigned rows[8];
} flown;

static void note_flight(void *context, double time_s, const struct aircraft *a)
{
    struct vec3 at, velocity;
    unsigned i = a->flight.number - SCENARIO_NUMBER;

    (void)context;
    ck_assert_uint_gt(a->flight.number, 0); /* a slot whose flight has not appeared is not in the air */
    if (a->flight.number < SCENARIO_NUMBER)
        return;
    i = i < SCENARIO_ABREAST ? i : 2 + i - SCENARIO_ABREAST; /* two of the first flight, one of the second */
    ck_assert_uint_lt(i, 3);
    ck_assert(aircraft_motion(a, time_s, &at, &velocity));
    double hae_m = frame_geodetic(at).hae_m;
    if (flown.rows[i]++ == 0) {
        flown.first_s[i] = time_s;
        flown.hae_lo_m[i] = flown.hae_hi_m[i] = hae_m;
    }
    flown.last_s[i] = time_s;
    flown.hae_lo_m[i] = fmin(flown.hae_lo_m[i], hae_m);
    flown.hae_hi_m[i] = fmax(flown.hae_hi_m[i], hae_m);
    ck_assert_double_eq_tol(mat_norm3(velocity), i < 2 ? 100 * 1852.0 / 3600 : 500 * 1852.0 / 3600, 2.0);
    if (i == 0)
        flown.lead = at;
    else if (i == 1 && time_s == flown.last_s[0])
        flown.apart_m = mat_norm3(mat_sub3(at, flown.lead));
}

START_TEST(described_flights_appear_in_time_keep_level_and_speed_and_are_seen)
{
    struct scenario s = scenario_default();
    struct config c = {0};
    struct stream_datagram d;
    struct world_observer observer = {5, note_flight, NULL, NULL, NULL};
    char error[256];
    unsigned silent = 0, coded = 0, late = 0;

    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 400\ntraffic: {aircraft: 5}\nflights:\n"
        "  - {class: silent, speed_kt: 100, level_ft: 9000, count: 2, spread_nm: 2, rcs_m2: 30, route: [[31.5, -112.9], [32.4, -113.0]]}\n"
        "  - {class: fast, speed_kt: 500, level_ft: 30000, at_s: 100, callsign: XX1, code: \"4321\", route: [[31.5, -113.5], [31.9, -113.5]]}\n"
        "events: [at 00:03:10 silence XX1]\n"),
                                     &errors) && scenario_open(&s, &c, &errors), "%s", room);
    struct world *w = world_new(&s, &observer, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    while (world_next(w, &d))
        for (unsigned i = 0; i < d.count; i++) {
            const struct radar_plot *p = &d.plots[i];
            silent += p->target >= SCENARIO_NUMBER && p->target < SCENARIO_NUMBER + 2 && !(p->plot.flags & PLOT_SECONDARY);
            late += p->target == SCENARIO_NUMBER + SCENARIO_ABREAST && (p->plot.flags & PLOT_SECONDARY) && instant_diff(p->plot.time, s.start) >= 190;
            coded += p->target == SCENARIO_NUMBER + SCENARIO_ABREAST && p->plot.ident.mode_a == 04321;
        }
    for (unsigned i = 0; i < 3; i++) {
        double level_m = (i < 2 ? 9000 : 30000) * 0.3048;
        ck_assert_double_ge(flown.hae_lo_m[i], level_m - 5);
        ck_assert_double_le(flown.hae_hi_m[i], level_m + 5);
        ck_assert_double_eq(flown.first_s[i], i < 2 ? 0 : 100);
    }
    ck_assert_double_eq_tol(flown.apart_m, 2 * 1852.0, 40);
    ck_assert_double_eq(flown.last_s[0], 400);
    /* 0.4 degrees at 500 knots */
    ck_assert_double_eq_tol(flown.last_s[2] - flown.first_s[2], 0.4 * 110.9e3 / (500 * 1852.0 / 3600), 10);
    ck_assert_uint_gt(silent, 20);
    ck_assert_uint_gt(coded, 5);
    ck_assert_uint_eq(late, 0);
    world_free(w);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

static struct {
    struct terrain *terrain;
    unsigned looks, hidden, agree;
} ground;

/* Every hundredth look in which the ground could have mattered, against a profile of its own along the line of sight. */
static void note_ground(void *context, const struct radar *r, const struct aircraft *a, double time_s, enum radar_outcome outcome)
{
    const struct site *s = &r->site.site;
    struct vec3 at;

    (void)context;
    if (outcome != RADAR_TERRAIN && outcome != RADAR_SEEN)
        return;
    ground.hidden += outcome == RADAR_TERRAIN;
    if (ground.looks++ % 100 != 0 || !aircraft_motion(a, time_s, &at, NULL))
        return;
    struct geodetic g = frame_geodetic(at);
    double lowest_m = horizon_profile_m(ground.terrain, s->at, HORIZON_FOUR_THIRDS, horizon_locate(&s->frame, g.lat_rad, g.lon_rad), 1000);
    ground.agree += (g.hae_m < lowest_m) == (outcome == RADAR_TERRAIN);
}

START_TEST(what_terrain_hides_a_profile_of_the_ground_hides_too)
{
    struct scenario s = scenario_default();
    struct config c = {0};
    struct stream_datagram d;
    struct world_observer observer = {5, NULL, note_ground, NULL, NULL};
    char error[256];
    size_t offset;
    int fault;
    static char bytes[1 << 22];
    FILE *f = fopen("config/terrain/etopo5.terrain", "rb");

    ck_assert_ptr_nonnull(f);
    size_t size = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    ground.terrain = terrain_new(bytes, size, &fault, &offset);
    ck_assert_ptr_nonnull(ground.terrain);
    ck_assert_msg(scenario_file_read(&s, put("a.yaml", "duration_s: 200\nsensors: {terrain: config/terrain/etopo5.terrain}\n"
                                                       "traffic: {aircraft: 300, silent: 0.5}\n"),
                                     &errors) && scenario_open(&s, &c, &errors), "%s", room);
    struct world *w = world_new(&s, &observer, error, sizeof error);
    ck_assert_msg(w != NULL, "%s", error);
    while (world_next(w, &d))
        ;
    ck_assert_uint_gt(ground.hidden, 100);
    ck_assert_uint_gt(ground.looks, 5000);
    /* they differ where one step of the sweep decides */
    ck_assert_double_ge(ground.agree / ceil(ground.looks / 100.0), 0.95);
    world_free(w);
    terrain_free(ground.terrain);
    scenario_fini(&s);
    config_close(&c);
}
END_TEST

START_TEST(a_terrain_that_is_none_is_refused)
{
    struct scenario s = scenario_default();
    char error[256];

    snprintf(s.terrain, sizeof s.terrain, "%s", put("a.yaml", "no terrain\n"));
    ck_assert_ptr_null(world_new(&s, NULL, error, sizeof error));
    ck_assert_ptr_nonnull(strstr(error, "a.yaml: octet"));
}
END_TEST

/* Some thirty draws: their root mean square within a half and one and a half of what was asked. */
START_TEST(registration_errors_are_drawn_by_seed_and_told_to_nobody)
{
    double sum[3] = {0};
    const char *path = put("a.yaml", "sensors: {error_range_m: 200, error_azimuth_deg: 0.2, error_time_s: 0.5}\n");

    for (int pass = 0; pass < 2; pass++) {
        struct scenario s = scenario_default();
        struct config c = {0};
        ck_assert_msg(scenario_file_read(&s, path, &errors) && scenario_open(&s, &c, &errors), "%s", room);
        for (uint32_t i = 0; i < s.radars; i++) {
            const struct bias *b = &s.radar[i].site.bias;
            sum[0] += (pass ? -1 : 1) * b->range_m * b->range_m;
            sum[1] += (pass ? 0 : 1) * b->azimuth_rad * b->azimuth_rad;
            sum[2] += (pass ? 0 : 1) * b->time_s * b->time_s;
            ck_assert(c.settings->site[i].bias_range_m == 0 && c.settings->site[i].bias_time_s == 0);
        }
        if (pass == 0) {
            ck_assert_double_eq_tol(sqrt(sum[0] / s.radars) / 200, 1, 0.5);
            ck_assert_double_eq_tol(sqrt(sum[1] / s.radars) / (0.2 * 3.14159265 / 180), 1, 0.5);
            ck_assert_double_eq_tol(sqrt(sum[2] / s.radars) / 0.5, 1, 0.5);
        } else
            ck_assert_double_eq_tol(sum[0], 0, 1e-6); /* the same again */
        scenario_fini(&s);
        config_close(&c);
    }
}
END_TEST

Suite *test_scenario_suite(void)
{
    Suite *s = suite_create("scenario");
    TCase *t = tcase_create("files"), *events = tcase_create("events");

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_checked_fixture(events, setup, teardown);
    tcase_add_test(t, what_a_file_says_is_taken);
    tcase_add_test(t, a_file_overrides_the_one_it_extends_wherever_it_says_so);
    tcase_add_loop_test(t, sensors_are_added_to_those_of_the_scenario_below_and_taken_from_them, 0, sizeof unions / sizeof unions[0]);
    tcase_add_loop_test(t, every_mistake_is_told_by_file_line_and_column, 0, sizeof mistakes / sizeof mistakes[0]);
    tcase_add_loop_test(t, what_no_sensor_file_knows_is_told_by_file_line_and_column, 0, sizeof strangers / sizeof strangers[0]);
    tcase_add_test(t, all_mistakes_of_a_file_are_told);
    tcase_add_test(t, every_shipped_scenario_opens);
    tcase_add_test(t, what_is_said_of_some_radars_holds_for_these_alone);
    tcase_add_test(t, outages_at_random_have_their_means);
    tcase_add_test(t, who_gives_way_to_storms_is_down_while_one_is_near);
    suite_add_tcase(s, t);
    tcase_add_test(events, what_fails_is_silent_until_it_is_repaired);
    tcase_add_test(events, transponders_fall_silent_in_their_share_and_for_good);
    tcase_add_test(events, described_flights_appear_in_time_keep_level_and_speed_and_are_seen);
    tcase_add_test(events, what_terrain_hides_a_profile_of_the_ground_hides_too);
    tcase_add_test(events, a_terrain_that_is_none_is_refused);
    tcase_add_test(events, registration_errors_are_drawn_by_seed_and_told_to_nobody);
    suite_add_tcase(s, events);
    return s;
}
