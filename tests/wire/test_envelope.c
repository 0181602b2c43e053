#include "wire/envelope.h"

#include "base/err.h"
#include "base/rng.h"
#include <string.h>

#include "nouns.h"
#include "support/support.h"

static struct envelope made(unsigned which)
{
    struct envelope e = {.node = "north", .nation = "CA", .sequence = 7, .instant = {INT64_C(1800000000123456789)}};
    struct plot polar = {.time = {INT64_C(1800000000000000001)}, .source = 20 << 8 | 129, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY | PLOT_DOPPLER,
                         .local_number = 77, .polar = {.range_m = 100000.25, .azimuth_rad = 1.25, .doppler_mps = -12},
                         .level = {.pressure_m = 10000, .flags = LEVEL_PRESSURE}, .ident = {.mode_a = 07600, .flags = IDENT_MODE_A}};
    struct plot place = {.time = {-5}, .source = 3, .kind = PLOT_GEODETIC, .flags = PLOT_ADSB | PLOT_VELOCITY,
                         .geodetic = {.at = {0.7, -1.5, 9000}, .cov_ee_m2 = 100, .cov_en_m2 = -1, .cov_nn_m2 = 90, .east_mps = 200, .number = 9},
                         .ident = {.mode_s = 0xc0ffee, .callsign = "ACA123", .flags = IDENT_MODE_S | IDENT_CALLSIGN}};
    struct track t = {.number = 5, .flags = TRACK_CONFIRMED | TRACK_HEIGHT, .time = {1}, .born = INSTANT_NONE, .last = {2}, .at = {0.1, -3, 1000},
                      .east_mps = 1, .north_mps = -2, .climb_mps = 3, .cov = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, .mode = {0.5, 0.25, 0.25}, .existence = 0.99,
                      .age = {INSTANT_NONE, {3}, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE}, .plots = 12, .sensors = 2,
                      .sensor = {{20 << 8 | 129, {2}}, {3, {1}}}};

    e.kind = which == 0 ? ENVELOPE_CLOCK : which == 5 ? ENVELOPE_TRACK : ENVELOPE_REPORT;
    switch (which) {
    case 0: e.clock = (struct envelope_clock){{INT64_C(1900000000000000000)}, {INT64_C(1800000000000000000)}, 10}; break;
    case 1: e.report = (struct report){.kind = REPORT_PLOT, .plot = polar}; break;
    case 2: e.report = (struct report){.kind = REPORT_PLOT, .plot = place}; break;
    case 3:
        e.report = (struct report){.kind = REPORT_SERVICE, .service = {.time = {4}, .source = 8, .kind = SERVICE_SECTOR, .flags = SERVICE_PERIOD, .azimuth_rad = 3, .period_s = 12}};
        break;
    case 4: e.report = (struct report){.kind = REPORT_SENSOR, .sensor = {.source = 9, .at = {0.5, -1, 300}, .period_s = 4.8}}; break;
    default: e.track = (struct track_event){.kind = TRACK_DROP, .track = t}; break;
    }
    return e;
}

#define KINDS 6

START_TEST(what_is_encoded_decodes_to_the_same)
{
    struct envelope e = made((unsigned)_i), back;
    uint8_t bytes[ENVELOPE_SIZE];
    int size = envelope_encode(&e, bytes, sizeof bytes);

    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(envelope_decode(bytes, (size_t)size, &back), 0);
    ck_assert_str_eq(back.node, "north");
    ck_assert_str_eq(back.nation, "CA");
    ck_assert_uint_eq(back.sequence, 7);
    ck_assert_int_eq(back.instant.ns, e.instant.ns);
    ck_assert_uint_eq(back.kind, e.kind);
    if (e.kind == ENVELOPE_CLOCK) {
        ck_assert_mem_eq(&back.clock, &e.clock, sizeof e.clock);
    } else if (e.kind == ENVELOPE_TRACK) {
        ck_assert_uint_eq(back.track.kind, TRACK_DROP);
        ck_assert_mem_eq(&back.track.track.at, &e.track.track.at, sizeof e.track.track.at);
        ck_assert_mem_eq(back.track.track.cov, e.track.track.cov, sizeof e.track.track.cov);
        ck_assert_mem_eq(back.track.track.age, e.track.track.age, sizeof e.track.track.age);
        ck_assert_uint_eq(back.track.track.sensor[1].source, 3);
    } else if (e.report.kind == REPORT_PLOT) {
        ck_assert_int_eq(back.report.plot.time.ns, e.report.plot.time.ns);
        ck_assert_uint_eq(back.report.plot.flags, e.report.plot.flags);
        ck_assert_mem_eq(&back.report.plot.geodetic, &e.report.plot.geodetic, sizeof e.report.plot.geodetic);
        ck_assert_mem_eq(&back.report.plot.ident, &e.report.plot.ident, sizeof e.report.plot.ident);
        ck_assert_double_eq(back.report.plot.level.pressure_m, e.report.plot.level.pressure_m);
    } else if (e.report.kind == REPORT_SERVICE) {
        ck_assert_double_eq(back.report.service.period_s, 12);
        ck_assert_uint_eq(back.report.service.kind, SERVICE_SECTOR);
    } else {
        ck_assert_mem_eq(&back.report.sensor.at, &e.report.sensor.at, sizeof e.report.sensor.at);
    }
}
END_TEST

/* Through octets and back. */
static struct envelope carried(const struct envelope *e)
{
    struct envelope back;
    uint8_t bytes[ENVELOPE_SIZE];
    int size = envelope_encode(e, bytes, sizeof bytes);

    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(envelope_decode(bytes, (size_t)size, &back), 0);
    ck_assert_uint_eq(back.kind, e->kind);
    return back;
}

static void same_ident(const struct ident *a, const struct ident *b)
{
    ck_assert(a->flags == b->flags && a->mode_s == b->mode_s && a->mode_a == b->mode_a && a->mode_2 == b->mode_2);
    ck_assert_str_eq(a->callsign, b->callsign);
}

static void same_level(const struct level *a, const struct level *b)
{
    ck_assert(a->flags == b->flags && a->pressure_m == b->pressure_m && a->hae_m == b->hae_m && a->sigma_height_m == b->sigma_height_m);
}

START_TEST(nothing_of_any_plot_is_lost)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct envelope e = {.kind = ENVELOPE_REPORT, .report = {.kind = REPORT_PLOT}}, back;
    struct plot *p = &e.report.plot, *q = &back.report.plot;

    *p = _i % 2 ? nouns_polar(&r) : nouns_geodetic(&r);
    if (_i % 4 == 1) {
        p->flags |= PLOT_MOVING;
        p->polar.platform = (struct geodetic){rng_uniform(&r), rng_uniform(&r), 9000.0};
        p->polar.sigma_range_m = rng_uniform(&r);
        p->polar.sigma_azimuth_rad = rng_uniform(&r);
    }
    if (_i % 4 == 2) {
        p->kind = PLOT_TRACK;
        p->flags |= PLOT_END;
        p->geodetic.number = (uint32_t)rng_next(&r);
        p->geodetic.sigma_velocity_mps = rng_uniform(&r);
    }
    back = carried(&e);
    ck_assert(p->time.ns == q->time.ns && p->source == q->source && p->kind == q->kind && p->flags == q->flags && p->local_number == q->local_number);
    if (p->kind <= PLOT_POLAR_3D) {
        ck_assert_mem_eq(&p->polar, &q->polar, sizeof p->polar); /* doubles only: no padding */
    } else {
        ck_assert_mem_eq(&p->geodetic, &q->geodetic, offsetof(struct plot_geodetic, number) + sizeof p->geodetic.number);
    }
    same_level(&p->level, &q->level);
    same_ident(&p->ident, &q->ident);
}
END_TEST

START_TEST(nothing_of_any_service_message_is_lost)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct envelope e = {.kind = ENVELOPE_REPORT, .report = {.kind = REPORT_SERVICE, .service = nouns_service(&r)}}, back;
    struct service *p = &e.report.service, *q = &back.report.service;

    p->flags |= SERVICE_SITE;
    p->site = (struct geodetic){rng_uniform(&r), -rng_uniform(&r), 100.0};
    back = carried(&e);
    ck_assert(p->time.ns == q->time.ns && p->source == q->source && p->kind == q->kind && p->flags == q->flags);
    ck_assert(p->azimuth_rad == q->azimuth_rad && p->period_s == q->period_s && p->bias_range_m == q->bias_range_m && p->bias_azimuth_rad == q->bias_azimuth_rad);
    ck_assert_mem_eq(&p->site, &q->site, sizeof p->site);
}
END_TEST

START_TEST(nothing_of_any_plan_is_lost)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct envelope e = {.kind = ENVELOPE_REPORT, .report = {.kind = REPORT_PLAN, .plan = nouns_plan(&r)}}, back;
    struct plan *p = &e.report.plan, *q = &back.report.plan;

    if (_i == 0) { /* the longest */
        p->points = PLAN_ROUTE_POINTS;
        for (unsigned k = 0; k < PLAN_ROUTE_POINTS; k++) {
            p->route[k] = (struct plan_point){.name = "ABCDEFG", .at = {1.1, 2.2, 3.3}, .over = {INT64_MAX}, .pressure_m = 1e300};
        }
    }
    back = carried(&e);
    ck_assert(p->number == q->number && p->source == q->source && p->action == q->action && p->flight_rules == q->flight_rules && p->wake == q->wake);
    ck_assert_str_eq(p->departure, q->departure);
    ck_assert_str_eq(p->destination, q->destination);
    ck_assert_str_eq(p->aircraft_type, q->aircraft_type);
    ck_assert(p->flight_type == q->flight_type && p->revision == q->revision && p->filed.ns == q->filed.ns);
    ck_assert(p->cruise_mps == q->cruise_mps && p->cruise_pressure_m == q->cruise_pressure_m);
    same_ident(&p->ident, &q->ident);
    ck_assert_uint_eq(p->points, q->points);
    for (unsigned k = 0; k < p->points; k++) {
        ck_assert_str_eq(p->route[k].name, q->route[k].name);
        ck_assert_mem_eq(&p->route[k].at, &q->route[k].at, sizeof(struct geodetic));
        ck_assert(p->route[k].over.ns == q->route[k].over.ns && p->route[k].pressure_m == q->route[k].pressure_m);
    }
}
END_TEST

START_TEST(nothing_of_any_track_is_lost)
{
    struct rng r = rng_init((uint64_t)_i + 1);
    struct envelope e = {.kind = ENVELOPE_TRACK, .track = {.kind = (uint8_t)rng_below(&r, TRACK_EVENTS), .track = nouns_track(&r)}}, back;
    struct track *p = &e.track.track, *q = &back.track.track;

    p->sensors = (uint8_t)rng_below(&r, TRACK_SENSORS + 1);
    for (unsigned k = 0; k < p->sensors; k++) {
        p->sensor[k] = (struct track_sensor){(uint16_t)rng_next(&r), {(int64_t)rng_next(&r)}};
    }
    p->identity_confidence = rng_uniform(&r);
    p->mode[1] = rng_uniform(&r);
    p->plots = (uint32_t)rng_next(&r);
    p->other_number = (uint32_t)rng_next(&r);
    back = carried(&e);
    ck_assert_uint_eq(e.track.kind, back.track.kind);
    ck_assert(p->number == q->number && p->flags == q->flags && p->time.ns == q->time.ns && p->born.ns == q->born.ns && p->last.ns == q->last.ns);
    ck_assert_mem_eq(&p->at, &q->at, sizeof p->at);
    ck_assert(p->east_mps == q->east_mps && p->north_mps == q->north_mps && p->climb_mps == q->climb_mps && p->turn_rad_s == q->turn_rad_s);
    ck_assert_mem_eq(p->cov, q->cov, sizeof p->cov);
    ck_assert_mem_eq(p->mode, q->mode, sizeof p->mode);
    ck_assert_mem_eq(p->age, q->age, sizeof p->age);
    ck_assert(p->sigma_height_m == q->sigma_height_m && p->sigma_climb_mps == q->sigma_climb_mps && p->existence == q->existence);
    ck_assert(p->level_time.ns == q->level_time.ns && p->identity_confidence == q->identity_confidence && p->plots == q->plots);
    ck_assert(p->other_number == q->other_number && p->plan == q->plan && p->sensors == q->sensors);
    ck_assert(p->class == q->class && p->silent.ns == q->silent.ns);
    ck_assert(p->flight.source == q->flight.source && p->flight.flight_rules == q->flight.flight_rules && p->flight.wake == q->flight.wake);
    ck_assert(p->flight.flight_type == q->flight.flight_type && p->flight.cruise_pressure_m == q->flight.cruise_pressure_m);
    ck_assert_str_eq(p->flight.callsign, q->flight.callsign);
    ck_assert_str_eq(p->flight.departure, q->flight.departure);
    ck_assert_str_eq(p->flight.destination, q->flight.destination);
    ck_assert_str_eq(p->flight.aircraft_type, q->flight.aircraft_type);
    same_level(&p->level, &q->level);
    same_ident(&p->ident, &q->ident);
    for (unsigned k = 0; k < p->sensors; k++) {
        ck_assert(p->sensor[k].source == q->sensor[k].source && p->sensor[k].last.ns == q->sensor[k].last.ns);
    }
}
END_TEST

START_TEST(in_streams_the_length_stands_in_front)
{
    struct envelope e = made((unsigned)_i);
    uint8_t bytes[ENVELOPE_SIZE], framed[ENVELOPE_SIZE + 2];
    int size = envelope_encode(&e, bytes, sizeof bytes), whole = envelope_encode_framed(&e, framed, sizeof framed);
    int head = whole - size;

    ck_assert_int_eq(head, size < 128 ? 1 : 2);
    ck_assert_int_eq(size, (framed[0] & 0x7f) | (head == 2 ? framed[1] << 7 : 0));
    ck_assert_mem_eq(framed + head, bytes, (size_t)size);
    ck_assert_int_eq(envelope_encode_framed(&e, framed, (size_t)whole - 1), ERR_FULL);
}
END_TEST

START_TEST(every_truncation_and_corruption_is_answered_without_fault)
{
    struct envelope e = made((unsigned)_i), back;
    struct rng r = rng_init(5);
    uint8_t bytes[ENVELOPE_SIZE];
    int size = envelope_encode(&e, bytes, sizeof bytes);

    for (int n = 0; n < size; n++) {
        ck_assert_int_le(envelope_decode(bytes, (size_t)n, &back), 0);
    }
    for (int i = 0; i < 20000; i++) {
        uint8_t wrong[ENVELOPE_SIZE];

        memcpy(wrong, bytes, (size_t)size);
        for (uint32_t k = rng_below(&r, 4); k < 4; k++) {
            wrong[rng_below(&r, (uint32_t)size)] = (uint8_t)rng_next(&r);
        }
        ck_assert_int_le(envelope_decode(wrong, (size_t)size, &back), 0);
    }
}
END_TEST

START_TEST(a_younger_version_is_refused_by_name)
{
    struct envelope e = made(0), back;
    uint8_t bytes[ENVELOPE_SIZE];
    int size = envelope_encode(&e, bytes, sizeof bytes);

    ck_assert_uint_eq(bytes[0], 8); /* field 1, varint */
    bytes[1] = 2;
    ck_assert_int_eq(envelope_decode(bytes, (size_t)size, &back), ERR_VERSION);
}
END_TEST

Suite *test_envelope_suite(void);
Suite *test_envelope_suite(void)
{
    Suite *s = suite_create("envelope");
    TCase *vectors = tcase_create("vectors");

    tcase_add_loop_test(vectors, what_is_encoded_decodes_to_the_same, 0, KINDS);
    tcase_add_loop_test(vectors, in_streams_the_length_stands_in_front, 0, KINDS);
    tcase_add_loop_test(vectors, every_truncation_and_corruption_is_answered_without_fault, 0, KINDS);
    tcase_add_test(vectors, a_younger_version_is_refused_by_name);
    suite_add_tcase(s, vectors);

    TCase *property = tcase_create("property");
    tcase_add_loop_test(property, nothing_of_any_plot_is_lost, 0, 100);
    tcase_add_loop_test(property, nothing_of_any_service_message_is_lost, 0, 50);
    tcase_add_loop_test(property, nothing_of_any_plan_is_lost, 0, 50);
    tcase_add_loop_test(property, nothing_of_any_track_is_lost, 0, 100);
    suite_add_tcase(s, property);
    return s;
}
