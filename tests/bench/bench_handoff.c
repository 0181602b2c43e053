// How many handoffs a node works off: waves of five thousand aircraft at once, from prediction to the end of the
// dialogue, between centres of one node, with every record handed to a sink that only counts.
#include "base/unit.h"
#include "daemon/centres.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define WAVES 2
#define FLIGHTS 5000
#define STEPS 60 // of 4 s

static uint64_t handed, records, octets;

static void on_record(void *context, const uint8_t *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    records++;
    octets += size;
}

static void on_event(void *context, const struct diary_entry *e)
{
    (void)context;
    handed += e->kind == DIARY_CLOSED && e->side == MACHINE_SENDER && e->outcome == MACHINE_ACCEPTED;
}

// The time is that of the whole desk, track updates above all. Eastward from Salt Lake's airspace into Denver's: along 41 N the boundary lies near 109.5 W; each aircraft its own line.
static void wave(struct desk *d, uint32_t first, struct instant *now)
{
    struct desk_sink sink = {.record = on_record, .event = on_event};
    for (int step = 0; step < STEPS + 40; step++) {
        for (uint32_t f = 0; f < FLIGHTS; f++) {
            double lat = (39.5 + 3.0 * f / FLIGHTS) * UNIT_DEG, lon = -112.4 * UNIT_DEG + (step * 4 * 900.0) / (6378137.0 * cos(lat));
            struct track_event e = {.kind = step == STEPS + 39 ? TRACK_DROP : TRACK_UPDATE,
                                    .track = {.number = first + f, .flags = TRACK_CONFIRMED, .time = *now, .at = {lat, lon, 10000}, .east_mps = 900,
                                              .cov = {[TRACK_EE] = 1e4, [TRACK_NN] = 1e4, [TRACK_VEVE] = 4, [TRACK_VNVN] = 4},
                                              .level = {.pressure_m = 10000, .flags = LEVEL_PRESSURE}, .ident = {.mode_s = first + f, .flags = IDENT_MODE_S}}};
            desk_input_track(d, &e, *now);
        }
        desk_drain(d, &sink);
        *now = instant_add(*now, 4);
    }
}

int main(void)
{
    const char *paths[] = {"config/centres.yaml"};
    char room[4096] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    struct desk_settings s;
    struct centres *c = centres_open(paths, 1, &s, &errors);
    struct instant now = {INT64_C(1763683200) * 1000000000};
    struct timespec a, b;
    struct rusage use;
    if (!c) {
        fputs(room, stderr);
        return 1;
    }
    for (int i = 0; i < CENTRE_MAX; i++)
        s.controller[i].kind = CONTROLLER_RULE;
    s.transfers = 32768;
    s.outputs = 65536;
    struct desk *d = desk_new(&s, c);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    for (uint32_t w = 0; w < WAVES; w++)
        wave(d, 1 + w * FLIGHTS, &now);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    getrusage(RUSAGE_SELF, &use);
    double cpu = (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
    printf("%llu handoffs in %.1f s of processor: %.0f a minute; %.1f us each with %d track updates; %llu records, %.0f octets each; %ld MB\n",
           (unsigned long long)handed, cpu, (double)handed / cpu * 60, 1e6 * cpu / (double)handed, STEPS + 40, (unsigned long long)records,
           (double)octets / (double)records, use.ru_maxrss / 1024);
    desk_free(d);
    centre_free(c);
    return handed > 0 ? 0 : 1;
}
