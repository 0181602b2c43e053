#include "wire/status_out.h"

#include <string.h>

#include "base/err.h"
#include "nouns.h"
#include "support/support.h"

static const struct instant now = {INT64_C(1800000000) * 1000000000};

START_TEST(sensors_and_system_come_back_as_services)
{
    struct decoder_settings settings = decoder_settings_default();
    struct nouns n = {.decoder = decoder_new(&settings, NULL), .arrival = instant_add(now, 0.1)};
    struct status_out *o = status_out_new(&(struct status_out_settings){.sac = 1, .sic = 2, .service = 3});
    struct out_sink sink = nouns_out(&n);
    struct status_out_sensor s = {.source = 0x1481, .connected = true, .biased = true, .bias_range_m = 120.0, .bias_azimuth_rad = -0.002};
    ck_assert_int_eq(status_out_sensor(o, now, &s, &sink), 0);
    s = (struct status_out_sensor){.source = 0x1482, .time_invalid = true};
    ck_assert_int_eq(status_out_sensor(o, now, &s, &sink), 0);
    ck_assert_int_eq(status_out_system(o, now, &(struct status_out_system){.overload = true}, &sink), 0);
    status_out_drain(o, &sink);
    ck_assert_uint_eq(n.datagrams, 2); /* 063, then 065 */
    ck_assert_uint_eq(n.count, 4);
    const struct service *first = &n.reports[0].service, *second = &n.reports[1].service, *system = &n.reports[3].service;
    ck_assert_uint_eq(first->source, 0x1481);
    ck_assert_uint_eq(first->flags, SERVICE_BIAS);
    ck_assert_double_eq_tol(first->bias_range_m, 120.0, 7.3);
    ck_assert_double_eq_tol(first->bias_azimuth_rad, -0.002, 5e-5);
    ck_assert_uint_eq(second->source, 0x1482);
    ck_assert_uint_eq(second->flags, SERVICE_NOT_OPERATIONAL | SERVICE_TIME_INVALID);
    ck_assert_uint_eq(system->source, 0x0102);
    ck_assert_uint_eq(system->flags, SERVICE_OVERLOAD);
    ck_assert_int_eq(system->time.ns, now.ns);
    status_out_free(o);
    decoder_free(n.decoder);
}
END_TEST

START_TEST(a_bias_beyond_its_item_is_refused)
{
    struct nouns n = {.count = 0};
    struct status_out *o = status_out_new(&(struct status_out_settings){.sac = 1});
    struct out_sink sink = nouns_out(&n);
    struct status_out_sensor s = {.source = 5, .connected = true, .biased = true, .bias_range_m = 1e9};
    ck_assert_int_eq(status_out_sensor(o, now, &s, &sink), ERR_RANGE);
    status_out_drain(o, &sink);
    ck_assert_uint_eq(n.datagrams, 0);
    status_out_free(o);
}
END_TEST

Suite *test_status_out_suite(void)
{
    Suite *suite = suite_create("status_out");
    TCase *t = tcase_create("records");
    tcase_add_test(t, sensors_and_system_come_back_as_services);
    tcase_add_test(t, a_bias_beyond_its_item_is_refused);
    suite_add_tcase(suite, t);
    return suite;
}
