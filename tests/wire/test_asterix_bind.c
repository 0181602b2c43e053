#include "wire/asterix_bind.h"

#include <stddef.h>
#include <string.h>

#include "base/unit.h"
#include "vector.h"
#include "wire/categories.h"

struct plot {
    double range_m, azimuth_rad, level_m, ambiguity_m;
    uint64_t address;
    uint32_t word;
    int32_t power;
    int64_t far;
    uint16_t mode;
    int16_t level;
    uint8_t sac, type;
    int8_t offset;
    bool spi;
    char callsign[9], squawk[5];
};

#define ROW(path, member, type) { path, offsetof(struct plot, member), type, sizeof(((struct plot *)0)->member) }
enum { SAC, TYPE, SPI, RANGE, AZIMUTH, MODE, SQUAWK, LEVEL_M, LEVEL, ADDRESS, CALLSIGN, OFFSET, POWER, WORD, FAR, AMBIGUITY, ROWS };
static const struct asterix_bind_row rows[ROWS] = {
    [SAC] = ROW("010/SAC", sac, ASTERIX_U8),          [TYPE] = ROW("020/TYP", type, ASTERIX_U8),
    [SPI] = ROW("020/SPI", spi, ASTERIX_BOOL),        [RANGE] = ROW("040/RHO", range_m, ASTERIX_SI),
    [AZIMUTH] = ROW("040/THETA", azimuth_rad, ASTERIX_SI), [MODE] = ROW("070/MODE3A", mode, ASTERIX_U16),
    [SQUAWK] = ROW("050/MODE2", squawk, ASTERIX_TEXT), [LEVEL_M] = ROW("090/FL", level_m, ASTERIX_SI),
    [LEVEL] = ROW("110/3DH", level, ASTERIX_I16),     [ADDRESS] = ROW("220", address, ASTERIX_U64),
    [CALLSIGN] = ROW("240", callsign, ASTERIX_TEXT),  [OFFSET] = ROW("130/RPD", offset, ASTERIX_I8),
    [POWER] = ROW("130/SAM", power, ASTERIX_I32),     [WORD] = ROW("161/TRN", word, ASTERIX_U32),
    [FAR] = ROW("042/X", far, ASTERIX_I64),           [AMBIGUITY] = ROW("120/RDS[1]/AMB", ambiguity_m, ASTERIX_SI),
};

static struct asterix_bind bind;
static uint8_t octets[512], content[512];

static const struct plot sample = { .range_m = 100 * UNIT_NM, .azimuth_rad = UNIT_PI / 2, .level_m = 35000 * UNIT_FT, .ambiguity_m = 1000, .address = 0xa1b2c3, .word = 2748,
                                    .power = -80, .far = -128, .mode = 07421, .level = -4, .sac = 20, .type = 5, .offset = -2, .spi = true, .callsign = "AB12CD3",
                                    .squawk = "0123" };

static void resolve(void)
{
    size_t bad;

    ck_assert_msg(asterix_bind_resolve(&bind, &cat048, rows, ROWS, &bad) == 0, "row %zu", bad);
}

static struct asterix_bind_set every(void)
{
    struct asterix_bind_set set = { { 0 } };

    for (unsigned i = 0; i < ROWS; i++) asterix_bind_add(&set, i);
    return set;
}

START_TEST(every_type_of_member_survives_the_round_trip)
{
    struct asterix_bind_set all = every(), present;
    struct asterix_build build;
    struct asterix_record record;
    struct asterix_fault fault;
    struct plot plot;
    int n;

    resolve();
    asterix_build_init(&build, &cat048, content, sizeof content);
    ck_assert_int_eq(asterix_bind_write(&bind, &build, &sample, &all), 0);
    n = asterix_build_encode(&build, octets, sizeof octets);
    ck_assert_int_eq(asterix_decode(&cat048, octets, (size_t)n, &record, &fault), n);
    memset(&plot, 0x5a, sizeof plot);
    asterix_bind_read(&bind, &record, &plot, &present);
    ck_assert_mem_eq(&present, &all, sizeof all);
    ck_assert_double_eq(plot.range_m, sample.range_m);
    ck_assert_double_eq(plot.azimuth_rad, sample.azimuth_rad);
    ck_assert_double_eq_tol(plot.level_m, sample.level_m, 1e-9);
    ck_assert_double_eq(plot.ambiguity_m, sample.ambiguity_m);
    ck_assert_uint_eq(plot.address, sample.address);
    ck_assert_uint_eq(plot.word, sample.word);
    ck_assert_int_eq(plot.power, sample.power);
    ck_assert_int_eq(plot.far, sample.far);
    ck_assert_uint_eq(plot.mode, sample.mode);
    ck_assert_int_eq(plot.level, sample.level);
    ck_assert_uint_eq(plot.sac, sample.sac);
    ck_assert_uint_eq(plot.type, sample.type);
    ck_assert_int_eq(plot.offset, sample.offset);
    ck_assert(plot.spi == sample.spi);
    ck_assert_str_eq(plot.callsign, sample.callsign);
    ck_assert_str_eq(plot.squawk, sample.squawk);
}
END_TEST

START_TEST(absent_rows_leave_their_members_alone)
{
    struct asterix_bind_set present;
    struct asterix_record record;
    struct asterix_fault fault;
    struct plot plot = sample;
    size_t n = vector_octets("A0 1482 40", octets);

    resolve();
    ck_assert_int_eq(asterix_decode(&cat048, octets, n, &record, &fault), (int)n);
    asterix_bind_read(&bind, &record, &plot, &present);
    for (unsigned i = 0; i < ROWS; i++) ck_assert_int_eq(asterix_bind_has(&present, i), i == SAC || i == TYPE || i == SPI);
    ck_assert_uint_eq(plot.type, 2);
    ck_assert(!plot.spi);
    ck_assert_double_eq(plot.range_m, sample.range_m);
}
END_TEST

START_TEST(members_that_do_not_fit_are_counted_and_the_rest_is_written)
{
    struct asterix_bind_set all = every();
    struct asterix_build build;
    struct plot plot = sample;

    resolve();
    plot.range_m = 1e9;
    plot.power = 200;
    plot.far = INT64_MIN;
    plot.mode = 0x1000;
    strcpy(plot.callsign, "ab");
    asterix_build_init(&build, &cat048, content, sizeof content);
    ck_assert_int_eq(asterix_bind_write(&bind, &build, &plot, &all), 5);
    ck_assert_int_gt(asterix_build_encode(&build, octets, sizeof octets), 0);
    asterix_build_init(&build, &cat048, content, 3);
    ck_assert_int_eq(asterix_bind_write(&bind, &build, &plot, &all), ASTERIX_NO_ROOM);
}
END_TEST

START_TEST(rows_that_cannot_hold_their_values_do_not_resolve)
{
    static const struct asterix_bind_row wrong[] = {
        ROW("040/XXX", range_m, ASTERIX_SI), ROW("220", mode, ASTERIX_U16),       ROW("090/FL", mode, ASTERIX_U16), ROW("020/TYP", range_m, ASTERIX_SI),
        ROW("220", callsign, ASTERIX_TEXT),  ROW("240", squawk, ASTERIX_TEXT),    ROW("161/TRN", sac, ASTERIX_U8),  ROW("130/SAM", sac, ASTERIX_U8),
        ROW("161/TRN", level, ASTERIX_I16),  ROW("010/SAC", sac, ASTERIX_TEXT + 1),
    };
    struct asterix_bind_row two[2] = { rows[SAC] };
    size_t bad;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        two[1] = wrong[i];
        ck_assert_msg(asterix_bind_resolve(&bind, &cat048, two, 2, &bad) == ASTERIX_BAD_PATH, "row %zu", i);
        ck_assert_uint_eq(bad, 1);
    }
    ck_assert_int_eq(asterix_bind_resolve(&bind, &cat048, rows, ASTERIX_BIND_ROWS + 1, &bad), ASTERIX_BAD_PATH);
}
END_TEST

START_TEST(a_record_of_another_category_is_our_mistake)
{
    struct asterix_bind_set present;
    struct asterix_record record = { .category = &cat062 };
    struct plot plot;

    resolve();
    asterix_bind_read(&bind, &record, &plot, &present);
}
END_TEST

Suite *test_asterix_bind_suite(void)
{
    Suite *suite = suite_create("asterix_bind");
    TCase *members = tcase_create("members");

    tcase_add_test(members, every_type_of_member_survives_the_round_trip);
    tcase_add_test(members, absent_rows_leave_their_members_alone);
    tcase_add_test(members, members_that_do_not_fit_are_counted_and_the_rest_is_written);
    tcase_add_test(members, rows_that_cannot_hold_their_values_do_not_resolve);
    support_add_abort_test(members, a_record_of_another_category_is_our_mistake);
    suite_add_tcase(suite, members);
    return suite;
}
