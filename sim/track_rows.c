/* A recording's track keeps its number until its sender ends it; the number that comes again afterwards is another track ("20/1/17#2"). */
#include "sim/track_rows.h"

#include "base/err.h"
#include "base/unit.h"
#include "daemon/config.h"
#include "daemon/engine.h"
#include "sim/input.h"
#include "sim/track_csv.h"
#include "sim/world/table.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAR 1e12

/* ---- CSV ---- */

static double or_nothing(struct table *t, const char *name, struct text field)
{
    return field.size ? table_number(t, name, field, -FAR, FAR) : (double)NAN;
}

static bool read_csv(const char *path, struct states *out, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "track_id", "lat", "lon", "alt_m", "vn_mps", "ve_mps"};
    struct table t;
    struct text f[7];
    bool open = table_open(&t, path, names, 7, 4);
    while (open && table_next(&t, f)) {
        struct states_row row = {.time_s = table_number(&t, "seconds", f[0], -FAR, FAR)};
        row.state = (struct match_state){
            .id = states_id(out, f[1]),
            .lat_rad = table_number(&t, "degrees", f[2], -90, 90) * UNIT_DEG,
            .lon_rad = table_number(&t, "degrees", f[3], -360, 360) * UNIT_DEG,
            .alt_m = or_nothing(&t, "metres", f[4]),
            .north_mps = or_nothing(&t, "metres per second", f[5]),
            .east_mps = or_nothing(&t, "metres per second", f[6]),
        };
        states_add(out, &row);
    }
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return !error[0];
}

static bool is_csv(const char *path)
{
    char line[256] = "";
    FILE *f = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    bool named = f && fgets(line, sizeof line, f) && strstr(line, "track_id");
    if (f)
        fclose(f);
    return !f || named; /* a file that does not open says so when it is read */
}

/* ---- recordings of tracks ---- */

struct recording {
    struct states *out;
    struct instant midnight;
    uint32_t *again; /* per id of a number's first track: how often it ended */
    uint32_t room;
    bool failed;
};

static uint32_t *endings(struct recording *r, uint32_t id)
{
    if (id >= r->room) {
        uint32_t room = 2 * id + 256, *more = realloc(r->again, room * sizeof *more);
        if (!more) {
            r->failed = true;
            return r->again;
        }
        memset(more + r->room, 0, (room - r->room) * sizeof *more);
        r->again = more;
        r->room = room;
    }
    return &r->again[id];
}

static void on_report(void *context, const struct report *report)
{
    struct recording *r = context;
    const struct plot *p = &report->plot;
    char name[48];
    if (report->kind != REPORT_PLOT || p->kind != PLOT_TRACK || !instant_is_set(p->time))
        return;
    if (!instant_is_set(r->midnight))
        r->midnight = instant_midnight(p->time);
    int size = snprintf(name, sizeof name, "%d/%d/%u", p->source >> 8, p->source & 255, p->geodetic.number);
    uint32_t first = states_id(r->out, (struct text){name, (size_t)size}), id = first, *again = endings(r, first);
    if (again && *again > 0) {
        size = snprintf(name + size, sizeof name - (size_t)size, "#%u", *again + 1) + size;
        id = states_id(r->out, (struct text){name, (size_t)size});
    }
    bool ends = p->flags & PLOT_END, moves = p->flags & PLOT_VELOCITY;
    struct states_row row = {.time_s = instant_diff(p->time, r->midnight)};
    row.state = (struct match_state){.id = id, .lat_rad = ends ? (double)NAN : p->geodetic.at.lat_rad, .lon_rad = p->geodetic.at.lon_rad};
    row.state.alt_m = p->level.flags & LEVEL_HEIGHT ? p->geodetic.at.hae_m : p->level.flags & LEVEL_PRESSURE ? p->level.pressure_m : (double)NAN;
    row.state.north_mps = moves ? p->geodetic.north_mps : (double)NAN;
    row.state.east_mps = moves ? p->geodetic.east_mps : (double)NAN;
    states_add(r->out, &row);
    if (again)
        *again += ends;
}

static void on_notice(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static bool read_recording(struct track_rows *rows, struct input *in, struct states *out, char *error, size_t error_size)
{
    struct recording r = {.out = out, .midnight = instant_is_set(rows->decoder.date) ? rows->decoder.date : INSTANT_NONE};
    struct decoder_sink sink = {{on_report, &r}, {on_notice, NULL}};
    struct framing_unit unit;
    struct framing_fault fault;
    const char *why = "no memory";
    rows->decoder.format = input_kind(in) == FRAMING_PB ? DECODER_PB : DECODER_ASTERIX;
    struct decoder *d = decoder_new(&rows->decoder, &why);
    if (!d) {
        snprintf(error, error_size, "%s: %s", rows->path, why);
        return false;
    }
    for (int code; (code = input_next(in, &unit, &fault)) != 0;)
        if (code > 0)
            decoder_input(d, unit.bytes, unit.size, unit.offset, unit.arrival, &sink);
    decoder_free(d);
    free(r.again);
    if (r.failed || out->rows == 0)
        snprintf(error, error_size, "%s: %s", rows->path, r.failed ? "no memory" : "no tracks in it (CSV with a column track_id, ASTERIX 062, protobuf or a tape are read)");
    return !error[0];
}

/* ---- tapes ---- */

struct run {
    struct engine *engine;
    struct instant midnight, last;
    size_t instant;
};

static void ask_picture(struct run *run, double time_s, struct states *out)
{
    struct instant t = instant_add(run->midnight, time_s);
    engine_expire(run->engine, t);
    engine_drain(run->engine);
    const struct picture *p = engine_picture(run->engine);
    struct track k;
    for (uint32_t slot = 0; slot < picture_slots(p); slot++) {
        char name[16];
        if (!picture_at(p, slot, t, &k))
            continue;
        int size = snprintf(name, sizeof name, "%u", k.number);
        struct states_row row = {.time_s = time_s};
        row.state = (struct match_state){states_id(out, (struct text){name, (size_t)size}), k.at.lat_rad, k.at.lon_rad, track_csv_alt_m(&k), k.north_mps,
                                         k.east_mps, false};
        states_add(out, &row);
    }
}

static void ask_before(const struct track_rows *rows, struct run *run, struct instant t, struct states *out)
{
    for (; run->instant < rows->instants && instant_before(instant_add(run->midnight, rows->grid_s[run->instant]), t); run->instant++)
        if (!instant_before(instant_add(run->midnight, rows->grid_s[run->instant]), engine_now(run->engine)))
            ask_picture(run, rows->grid_s[run->instant], out);
}

/* The first frame's settings make the engine. */
static bool start_run(struct run *run, struct config *config, struct input *in, char *error, size_t error_size)
{
    static const struct engine_sink nobody;
    struct framing_unit unit;
    struct framing_fault fault;
    struct tape_frame f;
    struct text_out errors = text_out_init(error, error_size);
    if (input_next(in, &unit, &fault) <= 0 || tape_decode(unit.bytes, unit.size, &f) <= 0 || f.type != TAPE_START) {
        text_put(&errors, "%s: a tape begins with the settings in force; this one does not", input_path(in));
        return false;
    }
    run->midnight = instant_midnight(f.arrival);
    run->last = f.arrival;
    if (!config_parse(config, input_path(in), (const char *)f.payload, f.size, &errors))
        return false;
    run->engine = engine_new(config->settings, &nobody);
    if (!run->engine)
        text_put(&errors, "no memory");
    return run->engine;
}

static bool read_tape(struct track_rows *rows, struct input *in, struct states *out, char *error, size_t error_size)
{
    struct run run = {0};
    struct config config = {0};
    struct framing_unit unit;
    struct framing_fault fault;
    struct tape_frame f;
    bool good = start_run(&run, &config, in, error, error_size);
    for (int code; good && (code = input_next(in, &unit, &fault)) != 0;) {
        if (code < 0 || tape_decode(unit.bytes, unit.size, &f) <= 0)
            continue;
        ask_before(rows, &run, f.arrival, out);
        int taken = engine_frame(run.engine, &f);
        rows->differs = rows->differs || taken == ERR_STATE;
        if (taken < 0 && taken != ERR_STATE) {
            snprintf(error, error_size, "%s: octet %llu: a frame of type %u is refused: %s", rows->path, (unsigned long long)unit.offset, f.type, err_text(taken));
            good = false;
        }
        engine_drain(run.engine);
        run.last = f.arrival;
    }
    if (good)
        ask_before(rows, &run, instant_add(run.last, rows->instants > 1 ? rows->grid_s[1] - rows->grid_s[0] : 1), out);
    engine_free(run.engine);
    config_close(&config);
    return good;
}

bool track_rows_read(struct track_rows *r, struct states *out, char *error, size_t error_size)
{
    bool csv = is_csv(r->path), good = false;
    *out = (struct states){0};
    error[0] = '\0';
    r->sampled = csv;
    struct input *in = csv ? NULL : input_open(r->path, r->decoder.date, error, error_size);
    if (csv)
        good = read_csv(strcmp(r->path, "-") == 0 ? "/dev/stdin" : r->path, out, error, error_size);
    else if (in) {
        r->sampled = input_kind(in) == FRAMING_TAPE;
        good = (r->sampled ? read_tape : read_recording)(r, in, out, error, error_size);
        input_close(in);
    }
    states_sort(out);
    return good;
}
