/* ns per record, octets to plots: a Mode S plot of 048 (14 items), a plot of 001, an ADS-B report of 021, a system track of 062, a line of a plots CSV; and
 * system tracks to octets. The arrival is given, so that the sensors' clocks are watched too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/rng.h"
#include "base/unit.h"
#include "wire/decoder.h"
#include "wire/plot_out.h"
#include "wire/system_track.h"

#define ROUNDS 200000
#define OCTETS 65536

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Datagrams back to back, each behind its length. */
struct tape {
    uint8_t bytes[OCTETS];
    size_t used;
    unsigned records;
};

static void keep(void *context, const uint8_t *bytes, size_t size)
{
    struct tape *t = context;
    if (t->used + size + 2 > OCTETS)
        return;
    t->bytes[t->used++] = (uint8_t)(size >> 8);
    t->bytes[t->used++] = (uint8_t)size;
    memcpy(t->bytes + t->used, bytes, size);
    t->used += size;
}

static unsigned long reports;

static void count(void *context, const struct report *r)
{
    (void)context;
    reports += r->kind <= REPORT_KINDS;
}

static void ignore(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static const struct instant noon = {INT64_C(20833) * INSTANT_DAY_NS + INSTANT_DAY_NS / 2};

static void measure(const char *what, const struct tape *t, unsigned format)
{
    struct decoder_settings s = decoder_settings_default();
    const struct decoder_sink sink = {{count, NULL}, {ignore, NULL}};
    s.format = (uint8_t)format;
    struct decoder *d = decoder_new(&s, NULL);
    double start = now_ns();
    reports = 0;
    while (reports < ROUNDS) {
        for (size_t at = 0; at < t->used;) {
            size_t size = (size_t)t->bytes[at] << 8 | t->bytes[at + 1];
            (void)decoder_input(d, t->bytes + at + 2, size, at, instant_add(noon, 1.0), &sink);
            at += size + 2;
        }
    }
    printf("%-24s %7.0f ns\n", what, (now_ns() - start) / (double)reports);
    decoder_free(d);
}

static struct plot plot_of(struct rng *r, bool geodetic)
{
    struct plot p = {.time = instant_add(noon, 0.5 * rng_uniform(r)), .source = (uint16_t)(1 + rng_below(r, 8)), .local_number = 77, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_MODE_S};
    p.level = (struct level){.pressure_m = 10668.0, .flags = LEVEL_PRESSURE};
    p.ident = (struct ident){.mode_s = rng_below(r, 1 << 24), .mode_a = 01234, .flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .callsign = "ACA1234"};
    p.polar = (struct plot_polar){.range_m = 1e5 * rng_uniform(r) + 1e3, .azimuth_rad = 6.0 * rng_uniform(r)};
    if (geodetic) {
        p.kind = PLOT_GEODETIC;
        p.flags = PLOT_ADSB | PLOT_VELOCITY;
        p.geodetic = (struct plot_geodetic){.at = {0.7, -1.5, 0.0}, .cov_ee_m2 = 100.0, .cov_nn_m2 = 100.0, .east_mps = 200.0};
    }
    return p;
}

static void plots(unsigned category, const char *what)
{
    static struct tape t;
    struct rng r = rng_init(1);
    struct plot_out *o = plot_out_new(category);
    const struct out_sink sink = {keep, &t};
    t.used = 0;
    for (int k = 0; k < 800; k++) {
        struct report report = {.kind = REPORT_PLOT, .plot = plot_of(&r, category == 21)};
        (void)plot_out_input(o, &report, &sink);
    }
    plot_out_drain(o, &sink);
    plot_out_free(o);
    measure(what, &t, DECODER_ASTERIX);
}

static void tracks(void)
{
    static struct tape t;
    struct system_track *w = system_track_new(1, 2);
    struct track_event e = {.kind = TRACK_UPDATE, .track = {.flags = TRACK_CONFIRMED | TRACK_CLIMB, .time = noon, .born = noon, .at = {0.7, -1.5, 1e4}, .east_mps = 200.0,
                            .level = {.pressure_m = 10668.0, .flags = LEVEL_PRESSURE}, .level_time = noon,
                            .ident = {.mode_s = 0xabcdef, .mode_a = 01234, .flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .callsign = "ACA1234"}}};
    uint8_t block[3 + SYSTEM_TRACK_RECORD] = {62};
    for (int k = 0; k < TRACK_AGES; k++)
        e.track.age[k] = k < 3 ? noon : INSTANT_NONE;
    e.track.cov[TRACK_EE] = e.track.cov[TRACK_NN] = 1e4;
    for (uint32_t k = 0; k < 400; k++) {
        e.track.number = k;
        int size = system_track_encode(w, &e, block + 3, SYSTEM_TRACK_RECORD);
        block[2] = (uint8_t)(size + 3);
        keep(&t, block, (size_t)size + 3);
    }
    measure("062 to plot", &t, DECODER_ASTERIX);
    double start = now_ns();
    for (uint32_t k = 0; k < ROUNDS; k++) {
        e.track.number = k % 20000;
        if (system_track_encode(w, &e, block + 3, SYSTEM_TRACK_RECORD) <= 0)
            exit(EXIT_FAILURE);
    }
    printf("%-24s %7.0f ns\n", "track to 062", (now_ns() - start) / ROUNDS);
    system_track_free(w);
}

static void lines(void)
{
    static struct tape t;
    struct rng r = rng_init(2);
    char line[200] = "time_s,sensor_id,sensor_lat,sensor_lon,sensor_alt_m,range_m,azimuth_rad,alt_m,mode_a,mode_s,sigma_r,sigma_az,arrival_s\n";
    keep(&t, (const uint8_t *)line, strlen(line));
    for (int k = 0; k < 500; k++) {
        snprintf(line, sizeof line, "%.4f,%d,40.1234567,-90.1234567,123.4,%.2f,%.7f,3048.00,1234,a%05x,70.0,0.0013963,%.4f\n", k * 0.1, k % 3 + 1,
                 1e5 * rng_uniform(&r) + 1e3, 6.0 * rng_uniform(&r), rng_below(&r, 1 << 20), k * 0.1 + 1.0);
        keep(&t, (const uint8_t *)line, strlen(line));
    }
    measure("line of a plots CSV", &t, DECODER_CSV);
}

int main(void)
{
    plots(48, "048 to plot");
    plots(1, "001 to plot");
    plots(21, "021 to plot");
    tracks();
    lines();
    return EXIT_SUCCESS;
}
