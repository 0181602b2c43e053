/* The picture's own share: plots in, events out, at 1 000, 8 000 and 20 000 aircraft of the same density; memory and allocations with it.
 * 40 s of flight warm it up (every track exists by then), the next 24 s are measured. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "picture/picture.h"
#include "support/allocations.h"
#include "support/sky.h"

#define WARM_S 40.0
#define MEASURED_S 24.0

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t events;
static void on_event(void *context, const struct track_event *e)
{
    (void)context;
    events += e->kind < TRACK_EVENTS;
}

static void run(uint32_t aircraft, uint32_t columns, uint32_t rows)
{
    struct sky_settings s = sky_settings_default();
    s.aircraft = aircraft;
    s.columns = columns;
    s.rows = rows;
    s.spacing_m = 300e3;
    s.duration_s = WARM_S + MEASURED_S;
    s.false_plots = 40.0;
    struct sky *sky = sky_new(&s);
    struct picture_settings settings = picture_settings_default();
    struct picture *p = picture_new(&settings);
    for (uint32_t i = 0; i < sky->sites; i++)
        picture_add_sensor(p, &sky->site[i]);
    struct instant warm = sky_instant(WARM_S);
    struct picture_sink sink = {.event = on_event};
    static struct report r;
    double begin = cpu_s();
    uint64_t plots = 0, before = allocations_count();
    for (uint32_t i = 0; i < sky->plots; i++) {
        if (instant_before(sky->plot[i].arrival, warm)) {
            begin = cpu_s();
            plots = 0;
            before = allocations_count();
        }
        r.kind = REPORT_PLOT;
        r.plot = sky->plot[i];
        picture_input(p, &r, r.plot.arrival);
        plots++;
        if (i % 64 == 0)
            picture_drain(p, &sink);
    }
    double took = cpu_s() - begin;
    struct picture_counters c = picture_counters(p);
    printf("%6u aircraft %4u radars: %7.0f plots/s (%.2f us), %u tracks, %u tentative, %llu clusters, %llu allocations, snapshot %.1f kB a track, digest %016llx\n",
           aircraft, sky->sites, plots / took, took / plots * 1e6, c.tracks_confirmed, c.tracks_tentative, (unsigned long long)c.clusters,
           (unsigned long long)(allocations_count() - before), picture_state_size(p) / 1024.0 / (c.tracks_confirmed + c.tracks_tentative),
           (unsigned long long)picture_digest(p));
    picture_free(p);
    sky_free(sky);
}

int main(int count, char **argument)
{
    static const uint32_t sizes[][3] = {{1000, 5, 4}, {8000, 15, 10}, {20000, 25, 15}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        if (count < 2 || (uint32_t)atoi(argument[1]) == sizes[i][0])
            run(sizes[i][0], sizes[i][1], sizes[i][2]);
    return 0;
}
