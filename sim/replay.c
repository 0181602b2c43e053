/* airseam replay: recordings through the daemon's own pipeline (daemon/engine.h), as fast as it goes.
 *
 * Time is the inputs' own. Before a unit that came at t, everything that was due before t happens: rows of tracks and CAT062 at their instants, from
 * units with an earlier arrival alone. After the last unit the picture is given TAIL_S to close its sectors; then the digest is taken. */
#include "sim/continuity.h"
#include "sim/merge.h"
#include "sim/summary.h"
#include "sim/tape_seek.h"
#include "sim/track_ast.h"
#include "sim/track_csv.h"
#include "sim/transfers.h"
#include "sim/verb.h"
#include "sim/world/scenario.h"
#include "sim/world/sensors.h"

#include "base/err.h"
#include "base/text.h"
#include "base/unit.h"
#include "daemon/policy.h"
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TAIL_S 10.0
#define CAT062_PERIOD_S 4.0
#define VISIT_GAP_S 60.0
#define PROGRESS_UNITS 4096 /* between looks at the progress bar */

enum {
    OPTION_CONFIG, OPTION_SITE, OPTION_EDITION, OPTION_DATE, OPTION_TRACKS, OPTION_EVERY, OPTION_CAT062, OPTION_PERIOD, OPTION_CONTINUITY, OPTION_DIGEST,
    OPTION_JSON, OPTION_FROM, OPTION_NATION, OPTION_CENTRES, OPTION_HANDOFFS
};
static const struct verb_option options[] = {
    {"config", "FILE", "take sensors and tracker settings from a settings file of airseamd"},
    {"site", "SAC/SIC=LAT,LON,M", "a sensor: degrees north and east, metres; ,PERIOD_S and ,KIND may follow; or only =adsb, =mlat, =tracker; may be repeated"},
    {"edition", "CAT=EDITION", "decode a category by another edition (021=0.23); may be repeated"},
    {"date", "YYYY-MM-DD", "day of the first record where the inputs have none [1970-01-01]"},
    {"tracks", "FILE", "write every confirmed track at every grid instant as CSV"},
    {"every", "SECONDS", "between the grid instants [5]"},
    {"cat062", "FILE", "write the tracks as blocks of ASTERIX category 062"},
    {"cat062-period", "SECONDS", "between a track's messages; 0: at every update [4]"},
    {"continuity", NULL, "list switches, breaks and plots left unassigned, by the plots' Mode S addresses"},
    {"digest", NULL, "print the digest alone"},
    {"json", NULL, "print the summary as JSON"},
    {"from", "DATE-TIME", "begin a tape there, at its last snapshot before, as in 2026-06-01T12:00:00Z"},
    {"nation", "NATION", "write what this nation may see, by the rules of release in the settings (US, CA, MX, or another) [the node's own]"},
    {"centres", "FILE", "hand aircraft over between these centres (config/centres.yaml); more files are read behind it [with --handoffs: config/centres.yaml]"},
    {"handoffs", "FILE", "write the log of handoffs, for 'airseam handoffs'"},
    {NULL, NULL, NULL},
};

/* What happens every so often in the inputs' time. */
struct beat {
    double every_s; /* 0: never */
    struct instant next;
    int64_t count; /* of the next instant, in multiples since midnight */
};

struct replay {
    const struct verb *verb;
    /* options */
    const char *config_path, *tracks_path, *cat062_path, *handoffs_path, *centres[TRANSFERS_FILES];
    uint32_t centres_count;
    struct decoder_settings decoder;
    struct asterix_editions editions;
    struct settings_site site[64];
    uint32_t sites;
    bool digest_only, json, wants_continuity;
    struct beat tracks_beat, cat062_beat;
    /* at work */
    struct config config;
    struct engine *engine;
    struct merge *merge;
    struct release *release;
    struct release_nation viewer;
    struct continuity *continuity;
    struct transfers *transfers;
    struct track_ast *ast;
    FILE *tracks, *cat062;
    struct instant midnight; /* of the first day */
    struct summary summary;
    int feed_of[MERGE_INPUTS];
    struct { uint32_t ipv4; uint16_t port; int feed; } route[SETTINGS_FEEDS]; /* feeds of --config that listen for datagrams; ipv4 0: any address */
    unsigned routes;
    bool tape, progress;
    struct instant from; /* outputs begin there */
    uint64_t snapshot;   /* place on the tape where the engine's state is taken from; 0: none, or done */
    uint64_t units;
};

/* ---- what the engine hands out ---- */

static void on_event(void *context, const struct track_event *e)
{
    struct replay *r = context;
    struct track_event seen = {.kind = e->kind};
    if (r->continuity)
        continuity_event(r->continuity, e);
    if (r->transfers)
        transfers_event(r->transfers, e, engine_now(r->engine));
    release_note(r->release, &e->track);
    if (r->ast && release_track(r->release, r->viewer, &e->track, e->track.time, &seen.track))
        track_ast_event(r->ast, &seen);
}

static void on_notice(void *context, int feed, const struct notice *n)
{
    struct replay *r = context;
    summary_notice(&r->summary, feed, n);
}

static void on_report(void *context, int feed, const struct report *report)
{
    struct replay *r = context;
    (void)feed;
    if (r->continuity)
        continuity_report(r->continuity, report);
    if (r->transfers)
        transfers_report(r->transfers, report, engine_now(r->engine));
}

/* ---- time ---- */

static void beat_start(struct beat *b, struct instant midnight, struct instant first)
{
    b->count = (int64_t)ceil(instant_diff(first, midnight) / b->every_s - 1e-9);
    b->next = instant_add(midnight, (double)b->count * b->every_s);
}

static void beat_step(struct beat *b, struct instant midnight)
{
    b->next = instant_add(midnight, (double)++b->count * b->every_s);
}

/* Everything that is due before t, in order. */
static void run_beats(struct replay *r, struct instant t)
{
    struct beat *a = &r->tracks_beat, *b = &r->cat062_beat;
    for (;;) {
        struct beat *due = instant_before(b->next, a->next) ? b : a;
        if (!instant_before(due->next, t))
            return;
        engine_expire(r->engine, due->next);
        engine_drain(r->engine);
        if (due == a)
            track_csv_put(r->tracks, engine_picture(r->engine), r->release, r->viewer, due->next, r->midnight);
        else
            track_ast_put(r->ast, engine_picture(r->engine), r->release, r->viewer, due->next);
        beat_step(due, r->midnight);
    }
}

static void advance(struct replay *r, struct instant key)
{
    if (!instant_is_set(key) || key.ns < r->from.ns)
        return;
    if (!instant_is_set(r->summary.first)) {
        r->summary.first = key;
        r->midnight = r->midnight.ns == INSTANT_NONE.ns ? instant_midnight(key) : r->midnight;
        if (r->tracks)
            beat_start(&r->tracks_beat, r->midnight, key);
        if (r->ast && r->cat062_beat.every_s > 0)
            beat_start(&r->cat062_beat, r->midnight, key);
    }
    run_beats(r, key);
    r->summary.last = key;
}

static double processor_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- the run ---- */

static void show_progress(const struct replay *r)
{
    uint64_t size = merge_size(r->merge), done = merge_done(r->merge);
    char time[40] = "";
    if (!r->progress)
        return;
    if (instant_is_set(r->summary.last))
        instant_print(r->summary.last, time, sizeof time);
    if (size)
        fprintf(stderr, "\r%3u%% %s %u tracks ", (unsigned)(100 * done / size), time, picture_counters(engine_picture(r->engine)).tracks_confirmed);
    else
        fprintf(stderr, "\r%" PRIu64 " MB %s ", done >> 20, time);
}

static int replay_frame(struct replay *r, const struct framing_unit *u)
{
    struct tape_frame f;
    if (tape_decode(u->bytes, u->size, &f) <= 0)
        return VERB_DONE;
    if (r->snapshot && u->offset < r->snapshot && f.type != TAPE_FEED_INFO && f.type != TAPE_SETTINGS)
        return VERB_DONE;
    if (r->snapshot && u->offset >= r->snapshot) {
        if (tape_seek_load(input_path(merge_input(r->merge, 0)), r->snapshot, r->engine) < 0)
            return verb_error(r->verb, "octet %" PRIu64 " of the tape: the snapshot is of another build, or damaged", r->snapshot);
        r->snapshot = 0;
    }
    if (f.type == TAPE_END)
        r->summary.has_end = true;
    int code = engine_frame(r->engine, &f);
    if (code == ERR_STATE)
        r->summary.end_differs = true;
    else if (code < 0)
        return verb_error(r->verb, "octet %" PRIu64 " of the tape: a frame of type %u is refused: %s", u->offset, f.type, err_text(code));
    return VERB_DONE;
}

/* The feed of a unit: of a captured datagram the one of the settings that would have heard it, else the input's own. */
static int feed_for(const struct replay *r, const struct merge_unit *m)
{
    for (unsigned i = 0; i < r->routes; i++)
        if (m->unit.to_port == r->route[i].port && (r->route[i].ipv4 == 0 || r->route[i].ipv4 == m->unit.to_ipv4))
            return r->route[i].feed;
    return r->feed_of[m->input];
}

static int replay_units(struct replay *r)
{
    struct merge_unit m;
    struct framing_fault fault;
    int input = 0, status = VERB_DONE;
    for (int code; status == VERB_DONE && (code = merge_next(r->merge, &m, &fault, &input)) != 0;) {
        if (code < 0) {
            summary_fault(&r->summary, r->tape ? -1 : r->feed_of[input], &fault);
            continue;
        }
        advance(r, m.key);
        if (r->tape)
            status = replay_frame(r, &m.unit);
        else {
            bool envelope = input_kind(merge_input(r->merge, m.input)) == FRAMING_PB;
            engine_input(r->engine, feed_for(r, &m), m.unit.bytes, m.unit.size, m.unit.offset, envelope ? m.key : m.unit.arrival);
        }
        engine_drain(r->engine);
        if (++r->units % PROGRESS_UNITS == 0)
            show_progress(r);
    }
    return status;
}

/* The picture's last seconds, and the grid's last instant: the first one at or after the last arrival. */
static void finish(struct replay *r)
{
    struct summary *s = &r->summary;
    struct instant last = s->last;
    if (instant_is_set(last) && !r->tape) {
        struct instant end = instant_add(last, TAIL_S);
        struct instant grid = r->tracks ? instant_add(last, r->tracks_beat.every_s) : last;
        run_beats(r, instant_before(grid, end) ? grid : end);
        r->tracks_beat.next = INSTANT_NEVER;
        run_beats(r, end);
        engine_expire(r->engine, end);
    }
    engine_drain(r->engine);
    s->digest = picture_digest(engine_picture(r->engine));
    if (r->continuity)
        continuity_close(r->continuity);
    if (r->progress)
        fprintf(stderr, "\r%60s\r", "");
}

/* ---- before it ---- */

static FILE *create(const struct replay *r, const char *path)
{
    FILE *f = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (!f)
        verb_error(r->verb, "%s: %s", path, strerror(errno));
    return f;
}

static bool open_outputs(struct replay *r)
{
    if (r->tracks_path && !(r->tracks = create(r, r->tracks_path)))
        return false;
    if (r->tracks)
        track_csv_header(r->tracks);
    if (r->cat062_path && !(r->cat062 = create(r, r->cat062_path)))
        return false;
    if (r->cat062 && !(r->ast = track_ast_new(r->cat062, 0, 1, r->cat062_beat.every_s == 0)))
        return false;
    r->tracks_beat.next = r->cat062_beat.next = INSTANT_NEVER;
    if ((r->handoffs_path || r->centres_count) && !(r->transfers = transfers_open(r->verb, r->centres, r->centres_count, r->handoffs_path)))
        return false;
    r->continuity = r->wants_continuity ? continuity_new(VISIT_GAP_S) : NULL;
    r->release = release_new();
    if (r->release)
        policy_set(r->release, r->config.settings);
    return r->release && (r->continuity || !r->wants_continuity);
}

/* The tape's own settings: its first unit's payload. */
static bool open_tape(struct replay *r, struct text_out *errors)
{
    struct merge_unit m;
    struct framing_fault fault;
    struct tape_frame f;
    int input;
    const char *path = input_path(merge_input(r->merge, 0));
    if (merge_next(r->merge, &m, &fault, &input) > 0 && tape_decode(m.unit.bytes, m.unit.size, &f) > 0 && f.type == TAPE_START) {
        r->midnight = instant_is_set(m.unit.arrival) ? instant_midnight(m.unit.arrival) : r->midnight;
        return config_parse(&r->config, path, (const char *)f.payload, f.size, errors);
    }
    verb_error(r->verb, "%s: a tape begins with the settings in force; this one does not", path);
    return false;
}

static bool open_config(struct replay *r)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = r->tape          ? open_tape(r, &errors)
                : r->config_path ? config_open(&r->config, r->config_path, &errors)
                                 : sensors_open(&r->config, NULL, 0, NULL, &errors) == 0;
    if (errors.used)
        fputs(errors.at, stderr);
    if (!good)
        return false;
    struct settings *s = r->config.settings;
    for (uint32_t i = 0; i < r->sites; i++) {
        if (s->sites == SETTINGS_SITES)
            return verb_error(r->verb, "no room for another --site"), false;
        s->site[s->sites++] = r->site[i];
    }
    if (!r->viewer.code[0])
        memcpy(r->viewer.code, s->node.nation, sizeof r->viewer.code);
    return true;
}

static void open_routes(struct replay *r)
{
    const struct settings *s = r->config.settings;
    for (uint32_t i = 0; i < s->feeds && !r->tape; i++) {
        struct in_addr address = {0};
        if (s->feed[i].listen.transport != SETTINGS_UDP || inet_pton(AF_INET, s->feed[i].listen.host, &address) != 1)
            continue;
        r->route[r->routes].ipv4 = ntohl(address.s_addr);
        r->route[r->routes].port = s->feed[i].listen.port;
        r->route[r->routes++].feed = engine_find_feed(r->engine, s->feed[i].name);
    }
}

/* A feed per input, named after its file; more of the same name are numbered. */
static bool open_feeds(struct replay *r)
{
    static const uint8_t formats[FRAMING_KINDS] = {[FRAMING_LINES] = DECODER_CSV, [FRAMING_PB] = DECODER_PB, [FRAMING_CD2] = DECODER_CD2};
    for (int i = 0; i < merge_inputs(r->merge) && !r->tape; i++) {
        const struct input *in = merge_input(r->merge, i);
        const char *slash = strrchr(input_path(in), '/'), *error = NULL;
        char name[ENGINE_NAME];
        snprintf(name, sizeof name, "%.20s", slash ? slash + 1 : input_path(in));
        for (int n = 2; engine_find_feed(r->engine, name) >= 0; n++)
            snprintf(name, sizeof name, "%.20s#%d", slash ? slash + 1 : input_path(in), n);
        r->decoder.format = formats[input_kind(in)];
        if (input_kind(in) == FRAMING_LINES)
            r->midnight = instant_is_set(r->decoder.date) ? r->decoder.date : (struct instant){0};
        r->feed_of[i] = engine_add_feed(r->engine, name, &r->decoder, &error);
        if (r->feed_of[i] < 0)
            return verb_error(r->verb, "%s: %s", input_path(in), error ? error : "no room for another feed"), false;
    }
    return true;
}

static bool open_inputs(struct replay *r, const char **paths, int n)
{
    char why[4400];
    r->merge = merge_new(r->decoder.date, &r->editions);
    for (int i = 0; i < n; i++) {
        struct input *in = r->merge ? input_open(paths[i], r->decoder.date, why, sizeof why) : NULL;
        if (!in)
            return verb_error(r->verb, "%s", r->merge ? why : "no memory"), false;
        if (merge_add(r->merge, in) < 0) {
            input_close(in);
            return verb_error(r->verb, "more than %d inputs", MERGE_INPUTS), false;
        }
        r->tape |= input_kind(in) == FRAMING_TAPE;
    }
    if (r->tape && n > 1)
        return verb_error(r->verb, "a tape is replayed alone: it holds its own settings and digest"), false;
    if (r->tape && (r->config_path || r->sites))
        return verb_error(r->verb, "a tape is replayed with its own settings"), false;
    if (!r->tape && instant_is_set(r->from))
        return verb_error(r->verb, "--from is for tapes: they have snapshots to begin at"), false;
    return true;
}

static void close_all(struct replay *r)
{
    track_ast_free(r->ast);
    if (r->tracks && r->tracks != stdout)
        fclose(r->tracks);
    if (r->cat062 && r->cat062 != stdout)
        fclose(r->cat062);
    continuity_free(r->continuity);
    transfers_close(r->transfers);
    release_free(r->release);
    engine_free(r->engine);
    merge_free(r->merge);
    if (r->config.settings)
        config_close(&r->config);
}

static int print_result(struct replay *r)
{
    struct summary *s = &r->summary;
    FILE *out = r->tracks == stdout || r->cat062 == stdout ? stderr : stdout;
    if ((r->tracks && (fflush(r->tracks) != 0 || ferror(r->tracks))) || (r->cat062 && (fflush(r->cat062) != 0 || ferror(r->cat062))))
        return verb_error(r->verb, "writing failed: %s", strerror(errno));
    s->cat062_records = r->ast ? track_ast_records(r->ast) : 0;
    if (r->digest_only)
        fprintf(out, "%016" PRIx64 "\n", s->digest);
    else if (r->json)
        summary_json(s, r->engine, r->merge, r->continuity, out);
    else
        summary_print(s, r->engine, r->merge, r->continuity, out);
    if (s->end_differs)
        verb_error(r->verb, "the tape ends in another digest: the run that wrote it had another result");
    return s->end_differs || !instant_is_set(s->first) ? VERB_FAILED : VERB_DONE;
}

static int replay(struct replay *r, const char **paths, int n)
{
    const struct engine_sink sink = {on_event, on_notice, r->wants_continuity || r->handoffs_path || r->centres_count ? on_report : NULL, r};
    int status = VERB_USAGE;
    if (open_inputs(r, paths, n) && open_config(r) && open_outputs(r)) {
        r->engine = engine_new(r->config.settings, &sink);
        if (r->engine && open_feeds(r)) {
            open_routes(r);
            r->snapshot = r->tape && instant_is_set(r->from) ? tape_seek_find(paths[0], r->from) : 0;
            double start = processor_s();
            status = replay_units(r);
            finish(r);
            r->summary.seconds = processor_s() - start;
        }
        if (!r->engine)
            verb_error(r->verb, "no memory");
    }
    if (status == VERB_DONE)
        status = print_result(r);
    close_all(r);
    return status;
}

/* ---- options ---- */

static int find_kind(struct text t)
{
    for (int i = 0; i < SITE_KINDS; i++)
        if (text_equal(t, site_kind_text((enum site_kind)i)))
            return i;
    return -1;
}

static bool take_octet(struct text *rest, char sep, uint32_t *out)
{
    struct text field;
    int64_t value = -1;
    if (!text_field(rest, sep, &field) || text_int(field, 10, &value) < 0 || value < 0 || value > 255)
        return false;
    *out = (uint32_t)value;
    return true;
}

/* The next number; false when there is none or it is out of bounds. */
static bool take_number(struct text *rest, double most, double *out)
{
    struct text field;
    return text_field(rest, ',', &field) && text_double(field, out) == 0 && fabs(*out) <= most;
}

/* "SAC/SIC=LAT,LON,HEIGHT[,PERIOD[,KIND]]", or "SAC/SIC=KIND" for what reports positions, where its own does not matter. */
static bool parse_site(struct replay *r, const char *text)
{
    struct text rest = {text, strlen(text)};
    struct settings_site s = {.nation = "ZZ"};
    double lat_deg = 0, lon_deg = 0;
    if (r->sites == sizeof r->site / sizeof *r->site || !take_octet(&rest, '/', &s.sac) || !take_octet(&rest, '=', &s.sic) || !rest.at)
        return false;
    int kind = find_kind(rest);
    if (kind != SITE_ADSB && kind != SITE_MLAT && kind != SITE_TRACKER) {
        bool good = take_number(&rest, 90, &lat_deg) && take_number(&rest, 180, &lon_deg) && take_number(&rest, 10000, &s.hae_m) &&
                    (!rest.at || (take_number(&rest, 3600, &s.period_s) && s.period_s >= 0));
        kind = rest.at ? find_kind(rest) : SITE_MODE_S;
        if (!good || kind < 0)
            return false;
    }
    s.kind = (uint8_t)kind;
    s.lat_rad = lat_deg * UNIT_DEG;
    s.lon_rad = lon_deg * UNIT_DEG;
    snprintf(s.name, sizeof s.name, "%u-%u", s.sac, s.sic);
    r->site[r->sites++] = s;
    return true;
}

static bool parse_edition(struct replay *r, const char *text)
{
    struct text rest = {text, strlen(text)};
    struct decoder_edition *e = &r->decoder.edition[r->decoder.editions];
    uint32_t category;
    if (r->decoder.editions == DECODER_EDITIONS || asterix_block_choose(&r->editions, text) < 0 || !take_octet(&rest, '=', &category) || !rest.at ||
        rest.size >= sizeof e->edition)
        return false;
    *e = (struct decoder_edition){.category = (uint8_t)category};
    memcpy(e->edition, rest.at, rest.size);
    r->decoder.editions++;
    return true;
}

static int take_option(struct replay *r, int option, const struct verb_args *a)
{
    bool good = true;
    switch (option) {
    case OPTION_CONFIG: r->config_path = a->value; return VERB_DONE;
    case OPTION_TRACKS: r->tracks_path = a->value; return VERB_DONE;
    case OPTION_CAT062: r->cat062_path = a->value; return VERB_DONE;
    case OPTION_HANDOFFS: r->handoffs_path = a->value; return VERB_DONE;
    case OPTION_CENTRES:
        if (r->centres_count == TRANSFERS_FILES)
            return verb_error(r->verb, "more than %d files of centres", TRANSFERS_FILES);
        r->centres[r->centres_count++] = a->value;
        return VERB_DONE;
    case OPTION_CONTINUITY: r->wants_continuity = true; return VERB_DONE;
    case OPTION_DIGEST: r->digest_only = true; return VERB_DONE;
    case OPTION_JSON: r->json = true; return VERB_DONE;
    case OPTION_EVERY: return verb_number(a, "every", 0.01, 86400, &r->tracks_beat.every_s) ? VERB_DONE : VERB_USAGE;
    case OPTION_PERIOD: return verb_number(a, "cat062-period", 0, 3600, &r->cat062_beat.every_s) ? VERB_DONE : VERB_USAGE;
    case OPTION_FROM: good = scenario_parse_start(a->value, &r->from); break;
    case OPTION_NATION:
        good = strlen(a->value) == 2;
        memcpy(r->viewer.code, a->value, good ? 3 : 0);
        break;
    case OPTION_SITE: good = parse_site(r, a->value); break;
    case OPTION_EDITION: good = parse_edition(r, a->value); break;
    case OPTION_DATE: good = instant_parse_date(a->value, &r->decoder.date) == 0; break;
    }
    return good ? VERB_DONE : verb_error(r->verb, "--%s: expected %s, found '%s'", options[option].name, options[option].argument, a->value);
}

static int run(const struct verb *verb, int argc, char **argv)
{
    struct replay *r = calloc(1, sizeof *r);
    const char **paths = calloc((size_t)argc, sizeof *paths);
    struct verb_args args = verb_args_init(verb, argc, argv);
    int got, n = 0, status = VERB_DONE;
    if (!r || !paths) {
        free(r);
        free(paths);
        return verb_error(verb, "no memory");
    }
    r->verb = verb;
    r->decoder = decoder_settings_default();
    asterix_block_editions(&r->editions);
    r->midnight = r->summary.first = r->summary.last = r->from = INSTANT_NONE;
    r->tracks_beat.every_s = 5;
    r->cat062_beat.every_s = CAT062_PERIOD_S;
    r->progress = isatty(STDERR_FILENO);
    while (status == VERB_DONE && (got = verb_args_next(&args)) != VERB_END) {
        if (got == VERB_OPERAND)
            paths[n++] = args.value;
        else
            status = got == VERB_BAD ? VERB_USAGE : take_option(r, got, &args);
    }
    if (status == VERB_DONE && n == 0)
        status = verb_error(verb, "which recording? 'airseam replay --help' says what it takes");
    if (status == VERB_DONE)
        status = replay(r, paths, n);
    free(paths);
    free(r);
    return status;
}

const struct verb replay_verb = {"replay", "INPUT...", "run recordings through the pipeline: tracks, CAT062, digest, summary", options, run};
