/* The picture fed arbitrary events: whatever the bytes say, it lives, keeps its counts, and a snapshot of it goes on as it does.
 *
 * The input is a sequence of operations of 24 octets: kind, source, time step, flags, and two fields that become range, azimuth, height,
 * position, identity. Wild values are part of it: one kind copies its octets into a plot's doubles as they are. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "picture/picture.h"

#define OPERATION 24
#define SENSORS 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct picture *fresh(void)
{
    struct picture_settings s = {.tracks = 16, .plots = 8, .sensors = SENSORS, .plans = 4, .coast_max_s = 40.0, .identity = true};
    struct picture *p = picture_new(&s);
    for (unsigned i = 0; i < SENSORS - 1; i++) {
        struct site site = site_usual(i == 2 ? SITE_ADSB : SITE_MODE_S_COMBINED, i == 2 ? 0.0 : 4.0 + 8.0 * i);
        site.source = (uint16_t)(i + 1);
        site_place(&site, (struct geodetic){0.7 + 0.01 * i, -1.5, 100.0});
        picture_add_sensor(p, &site);
    }
    return p;
}

static void fill_plot(const uint8_t *d, struct instant now, struct plot *p)
{
    uint16_t a, b, c;
    memcpy(&a, d + 4, 2);
    memcpy(&b, d + 6, 2);
    memcpy(&c, d + 8, 2);
    *p = (struct plot){.time = instant_add(now, -(d[2] & 15) * 0.25), .arrival = now, .source = (uint16_t)(d[1] % (SENSORS + 1)), .flags = d[3]};
    p->kind = d[0] % (PLOT_KINDS + 1);
    p->ident = (struct ident){.mode_s = d[10] & 3, .mode_a = d[11] & 7, .flags = d[12] & (IDENT_MODE_S | IDENT_MODE_A | IDENT_A_GARBLED)};
    p->level = (struct level){.pressure_m = c % 15000, .hae_m = c % 14000, .flags = d[13]};
    if (p->kind <= PLOT_POLAR_3D) {
        p->polar = (struct plot_polar){.range_m = 100.0 + 4.0 * a, .azimuth_rad = b / 65536.0 * 6.28318};
        p->flags &= ~(uint32_t)PLOT_MOVING;
    } else {
        p->geodetic = (struct plot_geodetic){.at = {0.7 + (a - 32768) * 1e-6, -1.5 + (b - 32768) * 1e-6, 0}, .cov_ee_m2 = 900, .cov_nn_m2 = 900, .east_mps = c % 300};
    }
    if (d[0] & 0x80) {
        memcpy(&p->polar.range_m, d + 4, 8);
        memcpy(&p->polar.azimuth_rad, d + 12, 8);
    }
    if (d[0] & 0x40)
        memcpy(&p->time, d + 14, 8);
}

static void fill_service(const uint8_t *d, struct instant now, struct service *s)
{
    *s = (struct service){.time = now, .arrival = now, .source = (uint16_t)(d[1] % (SENSORS + 1)), .kind = d[3] % SERVICE_KINDS, .flags = d[4]};
    memcpy(&s->azimuth_rad, d + 5, 8);
    memcpy(&s->period_s, d + 13, 8);
    if (d[3] & 0x80)
        s->azimuth_rad = d[5] / 256.0 * 6.28;
}

static void fill_plan(const uint8_t *d, struct instant now, struct plan *p)
{
    *p = (struct plan){.arrival = now, .filed = now, .number = d[1] % 8, .source = d[3] % 2, .revision = d[4] % 4, .action = d[5] % (PLAN_ACTIONS + 1), .points = d[6] % 4};
    p->ident = (struct ident){.mode_s = d[10] & 3, .mode_a = d[11] & 7, .flags = d[12] & (IDENT_MODE_S | IDENT_MODE_A), .callsign = "A"};
    p->ident.flags |= d[12] & 0x80 ? IDENT_CALLSIGN : 0;
    p->cruise_mps = d[7];
    for (unsigned i = 0; i < p->points; i++) {
        p->route[i].at = (struct geodetic){0.7 + (d[13 + i] - 128) * 1e-3, -1.5 + (d[16 + i] - 128) * 1e-3, 0};
        p->route[i].over = d[8] >> i & 1 ? instant_add(now, (d[9] - 128) * 30.0 + 600.0 * i) : INSTANT_NONE;
    }
    if (d[8] & 0x80)
        memcpy(&p->route[0].at.lat_rad, d + 13, 8);
}

static struct picture *through_a_snapshot(struct picture *p)
{
    size_t size = picture_state_size(p);
    char *bytes = malloc(size);
    picture_save(p, bytes);
    struct picture_settings s = {.tracks = 16, .plots = 8, .sensors = SENSORS, .plans = 4, .coast_max_s = 40.0, .identity = true};
    struct picture *q = picture_new(&s);
    int error = picture_load(q, bytes, size);
    assert(error == 0);
    assert(picture_digest(q) == picture_digest(p));
    free(bytes);
    picture_free(p);
    return q;
}

static void check(const struct picture *p)
{
    uint32_t confirmed = 0;
    struct track t;
    for (uint32_t i = 0; i < picture_slots(p); i++)
        if (picture_at(p, i, INSTANT_NONE, &t)) {
            confirmed++;
            assert(t.number != 0 && t.at.lat_rad == t.at.lat_rad && t.existence >= 0.0 && t.existence <= 1.0);
        }
    struct picture_counters c = picture_counters(p);
    assert(c.tracks_confirmed == confirmed && c.tracks_confirmed + c.tracks_tentative <= 16);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture *p = fresh();
    struct instant now = instant_from_s(1700000000.0);
    static struct report r;
    struct picture_sink nobody = {0};
    for (; size >= OPERATION; data += OPERATION, size -= OPERATION) {
        now = instant_add(now, (data[2] >> 4) * (data[2] & 8 ? 4.0 : 0.05));
        memset(&r, 0, sizeof r);
        switch (data[23] % 8) {
        case 5:
            r.kind = REPORT_SERVICE;
            fill_service(data, now, &r.service);
            break;
        case 6:
            if (data[22] & 1) {
                r.kind = REPORT_PLAN;
                fill_plan(data, now, &r.plan);
                break;
            }
            r.kind = REPORT_SENSOR;
            r.sensor = (struct report_sensor){.source = data[1] % 8, .at = {0.7, -1.5, data[4]}, .period_s = data[5] % 16};
            break;
        case 7:
            picture_expire(p, now);
            if (data[22] % 16 == 0)
                p = through_a_snapshot(p);
            picture_drain(p, &nobody);
            continue;
        default:
            r.kind = REPORT_PLOT;
            fill_plot(data, now, &r.plot);
            break;
        }
        picture_input(p, &r, now);
    }
    check(p);
    picture_free(p);
    return 0;
}
