/* ns per record: a Mode S target report of CAT048 into a struct of 20 members, and a system track of CAT062 out of one. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "wire/asterix_bind.h"
#include "wire/asterix_block.h"
#include "wire/categories.h"

#define ROUNDS 200000

struct plot {
    double time_s, range_m, azimuth_rad, level_m, x_m, y_m, speed_mps, heading_rad, runlength_rad, power_dbm;
    uint32_t address;
    uint16_t mode3a, track;
    uint8_t sac, sic, type, spi, status, not_valid, garbled;
    char callsign[9];
};

#define ROW(path, member, type) { path, offsetof(struct plot, member), type, sizeof(((struct plot *)0)->member) }
static const struct asterix_bind_row plot_rows[] = {
    ROW("010/SAC", sac, ASTERIX_U8),          ROW("010/SIC", sic, ASTERIX_U8),           ROW("140", time_s, ASTERIX_SI),
    ROW("020/TYP", type, ASTERIX_U8),         ROW("020/SPI", spi, ASTERIX_U8),           ROW("040/RHO", range_m, ASTERIX_SI),
    ROW("040/THETA", azimuth_rad, ASTERIX_SI), ROW("070/MODE3A", mode3a, ASTERIX_U16),   ROW("070/V", not_valid, ASTERIX_U8),
    ROW("070/G", garbled, ASTERIX_U8),        ROW("090/FL", level_m, ASTERIX_SI),        ROW("220", address, ASTERIX_U32),
    ROW("240", callsign, ASTERIX_TEXT),       ROW("161/TRN", track, ASTERIX_U16),        ROW("042/X", x_m, ASTERIX_SI),
    ROW("042/Y", y_m, ASTERIX_SI),            ROW("200/GSP", speed_mps, ASTERIX_SI),     ROW("200/HDG", heading_rad, ASTERIX_SI),
    ROW("130/SRL", runlength_rad, ASTERIX_SI), ROW("230/STAT", status, ASTERIX_U8),
};

struct track {
    double time_s, lat_rad, lon_rad, vx_mps, vy_mps, level_m, climb_mps, age_s, level_age_s, sx_m, sy_m;
    uint32_t address;
    uint16_t mode3a, number;
    uint8_t sac, sic, service, tentative, source;
    char callsign[9];
};

#undef ROW
#define ROW(path, member, type) { path, offsetof(struct track, member), type, sizeof(((struct track *)0)->member) }
static const struct asterix_bind_row track_rows[] = {
    ROW("010/SAC", sac, ASTERIX_U8),          ROW("010/SIC", sic, ASTERIX_U8),          ROW("015", service, ASTERIX_U8),
    ROW("070", time_s, ASTERIX_SI),           ROW("105/LAT", lat_rad, ASTERIX_SI),      ROW("105/LON", lon_rad, ASTERIX_SI),
    ROW("185/VX", vx_mps, ASTERIX_SI),        ROW("185/VY", vy_mps, ASTERIX_SI),        ROW("060/MODE3A", mode3a, ASTERIX_U16),
    ROW("245/CHR", callsign, ASTERIX_TEXT),   ROW("380/ADR", address, ASTERIX_U32),     ROW("040", number, ASTERIX_U16),
    ROW("080/CNF", tentative, ASTERIX_U8),    ROW("080/SRC", source, ASTERIX_U8),       ROW("290/TRK", age_s, ASTERIX_SI),
    ROW("295/MFL", level_age_s, ASTERIX_SI),  ROW("136", level_m, ASTERIX_SI),          ROW("220", climb_mps, ASTERIX_SI),
    ROW("500/APC/X", sx_m, ASTERIX_SI),       ROW("500/APC/Y", sy_m, ASTERIX_SI),
};

static double now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* what others do on the machine must not count */
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static struct asterix_bind plot_bind, track_bind;

/* A Mode S record like those that radars send: 15 items, two BDS registers. */
static size_t plot_record(uint8_t *octets, size_t size)
{
    static const struct {
        const char *path;
        uint64_t raw;
    } puts[] = {
        { "010/SAC", 20 }, { "010/SIC", 129 }, { "140", 3686509 }, { "020/TYP", 5 }, { "040/RHO", 12455 }, { "040/THETA", 47669 }, { "070/MODE3A", 0x804 },
        { "090/FL", 1480 }, { "130/SRL", 24 }, { "130/SRR", 4 }, { "130/SAM", 201 }, { "220", 0x4a08eb }, { "240", 0x48f534c31820 }, { "250[0]/BDS1", 4 },
        { "250[1]/BDS1", 6 }, { "161/TRN", 1923 }, { "042/X", 1200 }, { "042/Y", 800 }, { "200/GSP", 1858 }, { "200/HDG", 47459 }, { "170/CDM", 3 },
        { "230/STAT", 1 },
    };
    uint8_t content[256];
    struct asterix_build build;
    struct asterix_place place;

    asterix_build_init(&build, &cat048, content, sizeof content);
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++)
        if (asterix_path_find(&cat048, puts[i].path, &place) < 0 || asterix_build_raw(&build, &place, puts[i].raw) < 0) return 0;
    return (size_t)asterix_build_encode(&build, octets, size);
}

static void bench_decode(void)
{
    uint8_t datagram[1472], record[256];
    struct asterix_editions editions;
    struct asterix_block_out out;
    struct asterix_bind_set present;
    struct asterix_record view;
    struct asterix_fault fault;
    struct asterix_block block;
    struct plot plot = { 0 };
    size_t n = plot_record(record, sizeof record), size, records = 0;
    double start, sum = 0;

    asterix_block_editions(&editions);
    asterix_block_init(&out, datagram, sizeof datagram);
    while (asterix_block_put(&out, 48, record, n) == 0) {}
    size = asterix_block_close(&out);
    for (int bound = 0; bound < 2; bound++) {
        records = 0;
        start = now_ns();
        for (int i = 0; i < ROUNDS / 10; i++) {
            asterix_block_open(&block, &editions, datagram, size);
            while (asterix_block_next(&block, &view, &fault) > 0) {
                records++;
                if (!bound) continue;
                asterix_bind_read(&plot_bind, &view, &plot, &present);
                sum += plot.range_m;
            }
        }
        printf("CAT048 %zu octets, decode%s: %.0f ns per record\n", n, bound ? " + 20 members" : "", (now_ns() - start) / (double)records);
    }
    if (sum == 0) printf("nothing read\n");
}

static void bench_encode(void)
{
    struct track track = { 28800, 0.72, 0.04, 100, -50, 11000, 5, 1, 1, 30, 40, 0x4a08eb, 04004, 77, 20, 1, 1, 0, 2, "ROT415" };
    struct asterix_bind_set all = { { (UINT64_C(1) << (sizeof track_rows / sizeof *track_rows)) - 1, 0 } };
    uint8_t content[512], record[512];
    struct asterix_build build;
    size_t octets = 0;
    double start = now_ns();

    asterix_build_init(&build, &cat062, content, sizeof content);
    for (int i = 0; i < ROUNDS; i++) {
        int n;
        asterix_build_reset(&build);
        track.number = (uint16_t)i;
        if (asterix_bind_write(&track_bind, &build, &track, &all) != 0) return;
        n = asterix_build_encode(&build, record, sizeof record);
        octets += n > 0 ? (size_t)n : 0;
    }
    printf("CAT062 %zu octets, 20 members + encode: %.0f ns per record\n", octets / ROUNDS, (now_ns() - start) / ROUNDS);
}

int main(void)
{
    size_t bad;

    if (asterix_bind_resolve(&plot_bind, &cat048, plot_rows, sizeof plot_rows / sizeof *plot_rows, &bad) < 0 ||
        asterix_bind_resolve(&track_bind, &cat062, track_rows, sizeof track_rows / sizeof *track_rows, &bad) < 0) {
        printf("row %zu does not resolve\n", bad);
        return 1;
    }
    bench_decode();
    bench_encode();
    return 0;
}
