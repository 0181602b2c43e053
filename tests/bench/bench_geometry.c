/* What the geometry of a plot costs: ns per call on the processor time of this thread, over arrays that stay in the cache. Prints, never judges. */
#include "base/heap.h"
#include "base/map.h"
#include "base/rng.h"
#include "base/unit.h"
#include "geo/bucket.h"
#include "geo/frame.h"
#include "geo/geodesic.h"
#include "sensor/scan.h"
#include "sensor/slant.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N 1024
#define ROUNDS 400
#define TRACKS 20000

static struct geodetic points[N];
static struct vec3 ecef[N], enu[N];
static struct plot_polar polar[N];
static double sink;

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

#define BENCH(name, expression)                                              \
    do {                                                                     \
        double best = 1e18;                                                  \
        for (int repeat = 0; repeat < 5; repeat++) {                         \
            double start = now_ns();                                         \
            for (int round = 0; round < ROUNDS; round++)                     \
                for (int i = 0; i < N; i++)                                  \
                    sink += (double)(expression);                            \
            double each = (now_ns() - start) / ((double)N * ROUNDS);         \
            best = each < best ? each : best;                                \
        }                                                                    \
        printf("%-44s %8.1f ns\n", name, best);                              \
    } while (0)

static double place(const struct site *s, int i, double hae_m)
{
    struct slant_place p;
    return slant_place(s, &polar[i], (struct slant_height){hae_m, 30}, &p) ? 0 : p.at.lat_rad + p.r.xx;
}

static void bench_frame(const struct site *s)
{
    BENCH("frame_ecef", frame_ecef(points[i]).x);
    BENCH("frame_geodetic", frame_geodetic(ecef[i]).lat_rad);
    BENCH("frame_height", frame_height(ecef[i], 9000, NULL));
    BENCH("frame_to_enu", frame_to_enu(&s->frame, ecef[i]).x);
    BENCH("frame_at", frame_at(points[i]).origin.x);
    BENCH("frame_on_height", frame_on_height(&s->frame, enu[i].x, enu[i].y, 9000).z);
    BENCH("geodesic_inverse", geodesic_inverse(points[i], points[(i + 1) % N], NULL, NULL));
}

static void bench_slant(struct site *s)
{
    struct frame track = frame_at(points[0]);
    BENCH("slant_place, Mode C", place(s, i, points[i].hae_m));
    BENCH("slant_place, prior of height", place(s, i, slant_prior(s, polar[i].range_m).hae_m));
    BENCH("slant_look", slant_look(s, enu[i]).range_m);
    BENCH("slant_view", slant_view(s, &track).offset.x + i);
    s->refraction = SITE_FOUR_THIRDS;
    BENCH("slant_place, Mode C, bent rays", place(s, i, points[i].hae_m));
}

/* 20 000 tracks over 40 x 25 degrees, searched at places of tracks. */
static void bench_bucket(struct rng *r)
{
    static double lat[TRACKS], lon[TRACKS];
    static uint32_t at[N];
    uint32_t slots[64];
    struct bucket *b = bucket_new(TRACKS, 10e3);
    for (uint32_t i = 0; i < TRACKS; i++) {
        lat[i] = (25 + 25 * rng_uniform(r)) * UNIT_DEG;
        lon[i] = (-120 + 40 * rng_uniform(r)) * UNIT_DEG;
        bucket_add(b, i, lat[i], lon[i]);
    }
    for (int i = 0; i < N; i++)
        at[i] = rng_below(r, TRACKS);
    BENCH("bucket_find, 20 000 points, 3 km, random", bucket_find(b, lat[at[i]], lon[at[i]], 3e3, slots, 64));
    BENCH("bucket_add, not leaving its cell", (bucket_add(b, at[i], lat[at[i]], lon[at[i]]), 0));
    bucket_free(b);
}

static void bench_containers(struct rng *r)
{
    static uint64_t keys[N];
    struct map *m = map_new(TRACKS);
    struct heap *h = heap_new(N);
    uint32_t value = 0;
    for (int i = 0; i < N; i++) {
        keys[i] = rng_next(r) & 0xffffff;
        map_add(m, keys[i], (uint32_t)i);
        heap_add(h, (uint32_t)i, (struct instant){(int64_t)keys[i]});
    }
    BENCH("map_find", map_find(m, keys[i], &value));
    BENCH("map_add and map_remove", map_add(m, keys[i] + 1, 0) + map_remove(m, keys[i] + 1));
    BENCH("heap_add, moving one of 1024", (heap_add(h, (uint32_t)i, (struct instant){(int64_t)keys[(i + round) % N]}), 0));
    map_free(m);
    heap_free(h);
}

/* A crowded radar: 85 plots a second, 12 s a turn. */
static void bench_scan(void)
{
    struct scan s;
    struct scan_event e;
    int64_t tick = 0;
    scan_init(&s, 12, true);
    BENCH("scan_input and scan_expire, per plot",
          (tick++, scan_expire(&s, (struct instant){tick * 11718750}, &e) +
                       scan_input(&s, &(struct scan_mark){.kind = SCAN_PLOT,
                                                          .time = {tick * 11718750 - 500000000},
                                                          .arrival = {tick * 11718750},
                                                          .azimuth_rad = 2 * UNIT_PI * (double)((tick + 512) % 1024) / 1024})));
    printf("%-44s %8.3f s\n", "  its period, measured", scan_period(&s));
}

int main(void)
{
    struct rng r = rng_init(1);
    struct site s = site_usual(SITE_COMBINED, 12);
    site_place(&s, (struct geodetic){41 * UNIT_DEG, -75 * UNIT_DEG, 300});
    for (int i = 0; i < N; i++) {
        points[i] = geodesic_direct(s.at, 2 * UNIT_PI * rng_uniform(&r), 10e3 + 350e3 * rng_uniform(&r), NULL);
        points[i].hae_m = 1000 + 11e3 * rng_uniform(&r);
        ecef[i] = frame_ecef(points[i]);
        enu[i] = frame_to_enu(&s.frame, ecef[i]);
        struct slant_look look = slant_look(&s, enu[i]);
        polar[i] = (struct plot_polar){.range_m = look.range_m, .azimuth_rad = look.azimuth_rad, .sigma_range_m = 70, .sigma_azimuth_rad = 1.4e-3};
    }
    bench_frame(&s);
    bench_slant(&s);
    bench_bucket(&r);
    bench_containers(&r);
    bench_scan();
    return sink > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
