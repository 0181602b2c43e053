/* simulate: a world of aircraft and radars, sent as the radars would send it, with the truth beside it.
 *
 * Datagrams come out of sim/world in the order of their arrival, in the scenario's clock. Towards an address they leave when that clock, running
 * at the rate from the moment of the first beacon, has come to their arrival; into files they go as fast as they come. */
#include "base/text.h"
#include "sim/relay.h"
#include "sim/sink.h"
#include "sim/verb.h"
#include "sim/world/filing.h"
#include "sim/world/scenario_file.h"
#include "sim/world/sensors.h"
#include "sim/world/truth.h"
#include "sim/world/world.h"
#include "wire/envelope.h"
#include "wire/plot_out.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SINKS 64
#define SECOND_NS INT64_C(1000000000)
#define LEAD_NS (SECOND_NS / 2) /* from the first beacon to the start of the scenario: the daemon has set its clock by then */

enum option {
    CONFIG, SENSORS, WHERE, TRAFFIC, AIRCRAFT, SILENT, ANYWHERE, DURATION, SEED, START, RATE, TO, CLOCK, OUT, TRUTH, TRUTH_PERIOD,
    LATENCY, JITTER, FALSE_PLOTS, DETECTION, QUIET, OPTIONS
};
static const struct verb_option options[] = {
    [CONFIG] = {"config", "FILE", "take the sensors from a settings file of airseamd"},
    [SENSORS] = {"sensors", "FILE", "take them from a sensor file (CSV); may be given again [config/sensors/us.csv, ca.csv, mx.csv]"},
    [WHERE] = {"where", "TERMS", "only these of them, as in \"nation=US,MX flags=border\"; airseam sensors lists them [flags=border, without --sensors]"},
    [TRAFFIC] = {"traffic", "FOLDER", "folder of airports.csv and pairs.csv [config/traffic]"},
    [AIRCRAFT] = {"aircraft", "N", "aircraft in the air at any time [100]"},
    [SILENT] = {"silent", "SHARE", "share of them without transponder [as their classes have it, about 0.07]"},
    [ANYWHERE] = {"anywhere", NULL, "begin flights anywhere on their routes, not only where some radar may see them"},
    [DURATION] = {"duration", "SECONDS", "of the scenario, in its own time [600]"},
    [SEED] = {"seed", "N", "the same seed makes the same bytes [1]"},
    [START] = {"start", "DATE-TIME", "the scenario's first instant, as in 2026-06-01T12:00:00Z, or now [2026-06-01T12:00:00Z]"},
    [RATE] = {"rate", "R", "seconds of the scenario in a second, towards addresses; 0: as fast as it goes [1]"},
    [TO] = {"to", "[NATION=|SENSOR=|plans=]ADDRESS", "send there: udp://HOST:PORT, also a multicast group, or tcp://HOST:PORT; plans= the flight plans; may be given again"},
    [CLOCK] = {"clock", "ADDRESS", "announce the scenario's clock there every second, first before anything else: udp://HOST:PORT"},
    [OUT] = {"out", "[NATION=|SENSOR=|plans=]FILE", "write there: .pcap, .tape, or else raw blocks; may be given again"},
    [TRUTH] = {"truth", "FOLDER", "write what really was there: truth, targets, plots, plots_truth and sensors (.csv)"},
    [TRUTH_PERIOD] = {"truth-period", "SECONDS", "between the rows of an aircraft in truth.csv [5]"},
    [LATENCY] = {"latency", "SECONDS", "mean delay of every line [as the sites have it, or 0.6]"},
    [JITTER] = {"jitter", "SECONDS", "its standard deviation [0.015]"},
    [FALSE_PLOTS] = {"false-plots", "N", "mean number a turn of each primary radar [as the sites have it]"},
    [DETECTION] = {"detection", "P", "probability that a secondary radar hears an aircraft in sight [as the sites have it]"},
    [QUIET] = {"quiet", NULL, "no summary at the end"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct simulate {
    const struct verb *verb;
    struct scenario scenario;
    const char *config, *truth_folder, *clock_to;
    const char *where[SINKS];
    unsigned sinks;
    bool sensors; /* files of them were named by options, which forget the scenario's */
    double rate, truth_period_s;
    bool quiet, paced;

    struct config settings;
    struct sink *sink[SINKS], *beacon;
    struct truth *truth;
    struct world *world;
    struct relay *centre[SCENARIO_CENTRES];
    int64_t wall_ns;       /* of the scenario's start */
    int64_t beacon_ns;     /* of the next beacon */
    uint64_t beacons;
    uint64_t unnamed;      /* datagrams of CD-2 lines that went nowhere */
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static int64_t clock_ns(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * SECOND_NS + t.tv_nsec;
}

/* ---- options ---- */

static bool copy(const struct simulate *s, char *to, int room, const char *value)
{
    if (snprintf(to, (size_t)room, "%s", value) < room)
        return true;
    verb_error(s->verb, "at most %d characters: \"%s\"", room - 1, value);
    return false;
}

/* The first file that is named forgets those of the scenario, and which of them were meant. */
static bool take_sensors(struct simulate *s, const char *value)
{
    struct scenario *c = &s->scenario;

    if (!s->sensors) {
        c->files = 0;
        c->where[0] = '\0';
    }
    s->sensors = true;
    if (c->files == SCENARIO_FILES)
        return verb_error(s->verb, "at most %d of --sensors", SCENARIO_FILES) == VERB_DONE;
    return copy(s, c->file[c->files++], SCENARIO_TEXT, value);
}

static bool take_text(struct simulate *s, int option, const char *value)
{
    if (option == SENSORS)
        return take_sensors(s, value);
    if (option == WHERE)
        return copy(s, s->scenario.where, SCENARIO_QUERY, value);
    if (option == TRAFFIC)
        return copy(s, s->scenario.traffic, SCENARIO_TEXT, value);
    if ((option == TO || option == OUT) && s->sinks == SINKS)
        return verb_error(s->verb, "at most %d of --to and --out", SINKS) == VERB_DONE;
    if (option == TO && !strstr(value, "://"))
        return verb_error(s->verb, "--to: expected udp://HOST:PORT or tcp://HOST:PORT, found \"%s\"; --out writes files", value) == VERB_DONE;
    if (option == START && !scenario_parse_start(value, &s->scenario.start))
        return verb_error(s->verb, "--start: expected a date and time as in 2026-06-01T12:00:00Z, or now, found \"%s\"", value) == VERB_DONE;
    if (option == TO || option == OUT)
        s->where[s->sinks++] = value;
    else if (option == CONFIG)
        s->config = value;
    else if (option == TRUTH)
        s->truth_folder = value;
    else if (option == CLOCK)
        s->clock_to = value;
    s->paced = s->paced || option == TO;
    return true;
}

/* An option that takes a number; the value goes to *out. */
struct number {
    enum option option;
    double least, most;
    double *out;
};

static bool take(struct simulate *s, const struct verb_args *args, int option)
{
    double aircraft = s->scenario.aircraft, seed = (double)s->scenario.seed;
    struct scenario *c = &s->scenario;
    const struct number numbers[] = {
        {AIRCRAFT, 0, 100000, &aircraft},       {SILENT, 0, 1, &c->silent},           {DURATION, 1, 1e6, &c->duration_s},
        {SEED, 0, 9007199254740992.0, &seed},   {RATE, 0, 1000, &s->rate},            {TRUTH_PERIOD, 0.1, 3600, &s->truth_period_s},
        {LATENCY, 0, 60, &c->latency_s},        {JITTER, 0, 10, &c->jitter_s},        {FALSE_PLOTS, 0, 1000, &c->false_plots},
        {DETECTION, 0, 1, &c->detection},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (numbers[i].option == (enum option)option) {
            bool good = verb_number(args, options[option].name, numbers[i].least, numbers[i].most, numbers[i].out);
            c->aircraft = (uint32_t)aircraft;
            c->seed = (uint64_t)seed;
            return good;
        }
    c->anywhere = c->anywhere || option == ANYWHERE;
    s->quiet = s->quiet || option == QUIET;
    return option == ANYWHERE || option == QUIET || take_text(s, option, args->value);
}

/* Scenario files first, in their order, whatever stands between them: options count more. */
static bool read_scenarios(struct simulate *s, int argc, char **argv)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct verb_args args = verb_args_init(s->verb, argc, argv);
    bool good = true;
    int option;

    while ((option = verb_args_next(&args)) != VERB_END && option != VERB_BAD)
        if (option == VERB_OPERAND)
            good = scenario_file_read(&s->scenario, args.value, &errors) && good;
    fputs(room, stderr);
    return good && option != VERB_BAD;
}

static bool parse(struct simulate *s, int argc, char **argv)
{
    struct verb_args args = verb_args_init(s->verb, argc, argv);
    int option;

    if (!read_scenarios(s, argc, argv))
        return false;
    while ((option = verb_args_next(&args)) != VERB_END)
        if (option != VERB_OPERAND && !take(s, &args, option))
            return false;
    if (s->sinks == 0 && !s->truth_folder)
        verb_error(s->verb, "nowhere to send: give --to ADDRESS, --out FILE or --truth FOLDER");
    return s->sinks > 0 || s->truth_folder;
}

/* ---- opening ---- */

static bool open_sensors(struct simulate *s)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = (!s->config || config_open(&s->settings, s->config, &errors)) && scenario_open(&s->scenario, &s->settings, &errors);

    fputs(room, stderr);
    if (good && s->scenario.passed > 0)
        fprintf(stderr, "%u row%s of the sensor files passed over\n", s->scenario.passed, s->scenario.passed == 1 ? "" : "s");
    return good;
}

static void observe(void *context, double time_s, const struct aircraft *a)
{
    truth_put_aircraft(context, time_s, a);
}

static void observe_look(void *context, const struct radar *r, const struct aircraft *a, double time_s, enum radar_outcome outcome)
{
    truth_put_look(context, r, a, time_s, outcome);
}

static void observe_platform(void *context, double time_s, const struct radar *r)
{
    truth_put_platform(context, time_s, r);
}

/* The trackers and the radars that report to them. */
static bool open_centres(struct simulate *s)
{
    const struct scenario *c = &s->scenario;
    bool good = true;

    for (unsigned i = 0; good && i < c->centres; i++)
        good = (s->centre[i] = relay_new(&c->centre[i].site, c->start)) != NULL;
    for (uint32_t i = 0; good && i < c->radars; i++) {
        const struct radar_site *r = &c->radar[i];
        if (r->centre == 0)
            continue;
        good = relay_add_radar(s->centre[r->centre - 1], &r->site);
        if (r->moving || r->type.over_horizon)
            relay_set_aboard(s->centre[r->centre - 1], true);
    }
    return good || verb_error(s->verb, "no room for the centres of the scenario or their radars") == VERB_DONE;
}

static bool open_all(struct simulate *s)
{
    char error[512] = "";
    bool good = true;

    if (s->truth_folder)
        good = (s->truth = truth_new(s->truth_folder, s->scenario.start, error, sizeof error)) != NULL;
    struct world_observer observer = {s->truth_period_s, s->truth ? observe : NULL, s->truth ? observe_look : NULL, s->truth, s->truth ? observe_platform : NULL};
    good = good && (s->world = world_new(&s->scenario, &observer, error, sizeof error)) != NULL;
    for (unsigned i = 0; good && i < s->sinks; i++)
        good = (s->sink[i] = sink_new(s->where[i], s->settings.text, s->scenario.start, error, sizeof error)) != NULL;
    if (good && s->clock_to)
        good = (s->beacon = sink_new(s->clock_to, NULL, s->scenario.start, error, sizeof error)) != NULL;
    if (!good)
        verb_error(s->verb, "%s", error);
    for (uint32_t i = 0; good && s->truth && i < s->scenario.radars; i++)
        truth_put_radar(s->truth, world_radar(s->world, i));
    return good && open_centres(s);
}

/* ---- running ---- */

/* The clock announcement; its first one precedes the first datagram by half a second. */
static void announce(struct simulate *s)
{
    struct envelope e = {.node = "simulator", .kind = ENVELOPE_CLOCK, .sequence = ++s->beacons};
    uint8_t bytes[ENVELOPE_SIZE];
    int64_t now = clock_ns(CLOCK_REALTIME);

    e.clock.epoch = s->scenario.start;
    e.clock.wall.ns = s->wall_ns;
    e.clock.rate = s->rate;
    e.instant = instant_add(s->scenario.start, (double)(now - s->wall_ns) * 1e-9 * s->rate);
    int octets = envelope_encode(&e, bytes, sizeof bytes);
    struct stream_datagram d = {.bytes = bytes, .size = octets > 0 ? (size_t)octets : 0};
    if (octets > 0)
        sink_put(s->beacon, &d);
    s->beacon_ns += SECOND_NS;
}

/* Sleeps until the scenario's clock comes to t, announcing it meanwhile. False when interrupted. */
static bool wait_until(struct simulate *s, struct instant t)
{
    int64_t due = s->wall_ns + (int64_t)(instant_diff(t, s->scenario.start) / s->rate * 1e9);

    while (!stopped) {
        int64_t now = clock_ns(CLOCK_REALTIME), next = due;
        if (s->beacon && s->beacon_ns <= now)
            announce(s);
        if (now >= due)
            return true;
        if (s->beacon && s->beacon_ns < next)
            next = s->beacon_ns;
        struct timespec until = {next / SECOND_NS, next % SECOND_NS};
        clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL);
    }
    return false;
}

static bool put(struct simulate *s, const struct site *from, const struct stream_datagram *d)
{
    bool taken = false;

    for (unsigned i = 0; i < s->sinks; i++) {
        if (!sink_takes(s->sink[i], from->nation, from->name, d))
            continue;
        taken = true;
        if (!sink_put(s->sink[i], d))
            return verb_error(s->verb, "%s: %s", s->where[i], strerror(errno)) == VERB_DONE;
    }
    s->unnamed += !taken && d->category == PLOT_OUT_CD2;
    return true;
}

/* The centre that speaks first until a time; -1: none does. */
static int first_centre(struct simulate *s, struct instant until)
{
    struct instant earliest = instant_add(until, 1e-9);
    int first = -1;

    for (unsigned i = 0; i < s->scenario.centres; i++) {
        struct instant deadline = relay_deadline(s->centre[i], until);
        first = instant_before(deadline, earliest) ? (int)i : first;
        earliest = first == (int)i ? deadline : earliest;
    }
    return first;
}

/* The flight plans that arrive until a time, as those of a sensor of this name. */
static bool put_plans(struct simulate *s, struct instant until, bool paced)
{
    static const char *const nations[] = {"US", "CA", "MX"};
    struct site from = {.name = FILING_NAME};
    struct stream_datagram d;

    while (world_next_plan(s->world, until, &d)) {
        snprintf(from.nation, sizeof from.nation, "%s", nations[((d.source >> 8) - 210u) % 3]);
        if ((paced && !wait_until(s, d.time)) || !put(s, &from, &d))
            return false;
    }
    return true;
}

/* What comes from elsewhere than radars until a time, in its order: what the centres have to say, and plans. */
static bool put_others(struct simulate *s, struct instant until, bool paced)
{
    struct stream_datagram d;

    for (int i; (i = first_centre(s, until)) >= 0 && relay_next(s->centre[i], until, &d);) {
        const struct radar_site *c = &s->scenario.centre[i];
        bool works = radar_site_works(c, instant_diff(d.time, s->scenario.start) - c->site.latency_s);
        if (!put_plans(s, d.time, paced) || (paced && !wait_until(s, d.time)) || (works && !put(s, &c->site, &d)))
            return false;
    }
    return put_plans(s, until, paced);
}

/* The whole scenario; false when something could not be written. */
static bool run(struct simulate *s)
{
    struct stream_datagram d;
    bool paced = s->paced && s->rate > 0;

    s->beacon_ns = clock_ns(CLOCK_REALTIME);
    s->wall_ns = s->beacon_ns + (paced ? LEAD_NS : 0);
    if (s->beacon && s->rate > 0)
        announce(s);
    while (!stopped && world_next(s->world, &d)) {
        const struct radar *r = world_radar(s->world, d.radar);
        if (!put_others(s, d.time, paced))
            return stopped != 0;
        if (r->site.centre > 0) {
            relay_input(s->centre[r->site.centre - 1], &d);
            continue;
        }
        if (paced && !wait_until(s, d.time))
            break;
        if (!put(s, &r->site.site, &d))
            return false;
        if (s->truth)
            truth_put_datagram(s->truth, r, &d);
    }
    if (world_failed(s->world))
        verb_error(s->verb, "memory is short");
    return !world_failed(s->world);
}

static void summarise(const struct simulate *s, double took_s)
{
    struct world_counters c = world_counters(s->world);
    unsigned long refused = 0;

    for (unsigned i = 0; i < s->sinks; i++)
        refused += s->sink[i] ? sink_refused(s->sink[i]) : 0;
    fprintf(stderr, "%u radars, %u aircraft (%llu flights), %.0f s in %.1f s\n", s->scenario.radars, s->scenario.aircraft,
            (unsigned long long)c.flights, s->scenario.duration_s, took_s);
    fprintf(stderr, "%llu plots, %llu of them false, in %llu datagrams of %llu octets\n", (unsigned long long)c.plots,
            (unsigned long long)c.false_plots, (unsigned long long)c.datagrams, (unsigned long long)c.bytes);
    fprintf(stderr, "%llu flight plans and amendments\n", (unsigned long long)c.plans);
    for (int i = 0; i < RADAR_OUTCOME_COUNT; i++)
        fprintf(stderr, "  %10llu looks: %s\n", (unsigned long long)c.outcomes[i], radar_outcome_text((enum radar_outcome)i));
    if (s->unnamed && s->sinks)
        fprintf(stderr, "%llu datagrams of CD-2 lines went nowhere: name their radars, --to SENSOR=ADDRESS\n", (unsigned long long)s->unnamed);
    if (refused)
        fprintf(stderr, "nobody took %lu datagrams\n", refused);
}

static bool close_all(struct simulate *s)
{
    char error[512];
    bool good = true;

    if (s->beacon)
        sink_free(s->beacon, error, sizeof error);
    for (unsigned i = 0; i < SINKS; i++)
        if (s->sink[i] && !sink_free(s->sink[i], error, sizeof error)) {
            verb_error(s->verb, "%s", error);
            good = false;
        }
    if (s->truth && !truth_free(s->truth, error, sizeof error)) {
        verb_error(s->verb, "%s", error);
        good = false;
    }
    for (unsigned i = 0; i < SCENARIO_CENTRES; i++)
        relay_free(s->centre[i]);
    world_free(s->world);
    scenario_fini(&s->scenario);
    config_close(&s->settings);
    return good;
}

static int simulate(const struct verb *verb, int argc, char **argv)
{
    struct simulate s = {.verb = verb, .scenario = scenario_default(), .rate = 1, .truth_period_s = 5};
    int status = VERB_USAGE;

    if (!parse(&s, argc, argv))
        return VERB_USAGE;
    if (open_sensors(&s) && open_all(&s)) {
        struct sigaction action = {.sa_handler = stop};
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
        int64_t begun = clock_ns(CLOCK_MONOTONIC);
        status = run(&s) ? VERB_DONE : VERB_FAILED;
        if (!s.quiet)
            summarise(&s, (double)(clock_ns(CLOCK_MONOTONIC) - begun) * 1e-9);
    }
    return close_all(&s) || status == VERB_USAGE ? status : VERB_FAILED;
}

const struct verb simulate_verb = {"simulate", "[SCENARIO]...", "make radar data of three nations and the truth beside it", options, simulate};
