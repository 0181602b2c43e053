// The octets that protobuf-c writes of a frame, and reads of an ask, are the golden ones that the page's own reader and writer are tested with (units.mjs).
#include "proto/web.pb-c.h"
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FRAME "tests/web/golden/frame.bin"
#define ASK "tests/web/golden/ask.bin"
#define LIMIT 4096

static size_t golden(const char *path, uint8_t octets[LIMIT])
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    size_t size = fread(octets, 1, LIMIT, file);
    fclose(file);
    return size;
}

static size_t golden_frame(uint8_t octets[LIMIT])
{
    Airseam__Web__Frame frame = AIRSEAM__WEB__FRAME__INIT;
    Airseam__Web__Time time = AIRSEAM__WEB__TIME__INIT;
    Airseam__Web__Tracks tracks = AIRSEAM__WEB__TRACKS__INIT;
    Airseam__Web__Idents idents = AIRSEAM__WEB__IDENTS__INIT;
    Airseam__Web__Handoffs handoffs = AIRSEAM__WEB__HANDOFFS__INIT;
    Airseam__Web__Handoff handoff = AIRSEAM__WEB__HANDOFF__INIT, *list[] = {&handoff};
    uint32_t number[] = {7, 293, 4000000000u - 300}, speed[] = {0, 2350, 127}, heading[] = {0, 3599, 900}, flags[] = {1, 35, 24639}, age[] = {128, 16384, 5};
    int32_t lat[] = {1942361, -3, 8999999}, lon[] = {-9913321, 17999999, -18000000}, altitude[] = {0, 1480, -8}, climb[] = {0, -64, 63};
    uint32_t mode_s[] = {0, 0xa00001 + 1, 0xffffff + 1}, mode_a[] = {1, 0, 4096}, kind[] = {0, 145, 88}, plan[] = {0, 0, 77}, gone[] = {5, 6};
    char first[] = "12:00:01 proposed", second[] = "12:00:02 délivré", *steps[] = {first, second};
    char tape[] = "a.tape", callsign[] = "UAL1", from[] = "KZAB/21", to[] = "MMFR/MTY";
    uint8_t callsigns[] = "        UAL1    AMX641  ";

    time.state = AIRSEAM__WEB__TIME_STATE__REPLAY;
    time.instant_ms = 1780315200123;
    time.rate_milli = 100000;
    time.paused = 1;
    time.first_ms = -1;
    time.tape = tape;
#define COLUMN(message, name, values) (message).n_##name = sizeof(values) / sizeof((values)[0]), (message).name = (values)
    COLUMN(tracks, number, number), COLUMN(tracks, lat_e5, lat), COLUMN(tracks, lon_e5, lon), COLUMN(tracks, speed_dmps, speed);
    COLUMN(tracks, heading_ddeg, heading), COLUMN(tracks, altitude_25ft, altitude), COLUMN(tracks, climb_dmps, climb), COLUMN(tracks, flags, flags);
    COLUMN(tracks, age_ds, age), COLUMN(idents, number, number), COLUMN(idents, mode_s, mode_s), COLUMN(idents, mode_a, mode_a);
    COLUMN(idents, kind, kind), COLUMN(idents, plan, plan), COLUMN(frame, gone, gone);
    idents.callsign = (ProtobufCBinaryData){24, callsigns};
    handoff.id = 9;
    handoff.track = 300;
    handoff.callsign = callsign;
    handoff.from = from;
    handoff.to = to;
    handoff.state = AIRSEAM__WEB__HANDOFF_STATE__PROPOSED;
    handoff.since_ms = 1780315100000;
    COLUMN(handoff, step, steps), COLUMN(handoffs, handoff, list);
    frame.version = 1;
    frame.keyframe = 1;
    frame.time = &time;
    frame.tracks = &tracks;
    frame.idents = &idents;
    frame.handoffs = &handoffs;
    ck_assert_uint_le(airseam__web__frame__get_packed_size(&frame), LIMIT);
    return airseam__web__frame__pack(&frame, octets);
}

START_TEST(the_frame_is_written_as_the_golden_octets)
{
    uint8_t made[LIMIT], kept[LIMIT];
    size_t size = golden_frame(made);

    if (getenv("AIRSEAM_GOLDEN_WRITE")) {
        FILE *file = fopen(FRAME, "wb");
        ck_assert(file && fwrite(made, 1, size, file) == size && fclose(file) == 0);
    }
    ck_assert_uint_eq(golden(FRAME, kept), size);
    ck_assert_mem_eq(made, kept, size);
}
END_TEST

START_TEST(the_page_s_ask_is_read)
{
    uint8_t kept[LIMIT];
    size_t size = golden(ASK, kept);
    Airseam__Web__Ask *ask = airseam__web__ask__unpack(NULL, size, kept);

    ck_assert_ptr_nonnull(ask);
    ck_assert_uint_eq(ask->id, 300);
    ck_assert_int_eq(ask->viewport->west_e5, -12345678);
    ck_assert_int_eq(ask->viewport->north_e5, 5000000);
    ck_assert_str_eq(ask->filter->callsign, "AMX");
    ck_assert_int_eq(ask->time->instant_ms, 1780315200123);
    ck_assert_ptr_nonnull(ask->select);
    ck_assert_uint_eq(ask->select->number, 0);
    ck_assert_uint_eq(ask->coverage->n_out, 3);
    ck_assert_uint_eq(ask->coverage->out[1], 54273);
    ck_assert_str_eq(ask->coverage->where, "nation=MX status!=closed");
    ck_assert_uint_eq(ask->seen, 70000);
    airseam__web__ask__free_unpacked(ask, NULL);
}
END_TEST

Suite *test_frame_suite(void);
Suite *test_frame_suite(void)
{
    Suite *suite = suite_create("frame");
    TCase *golden_case = tcase_create("golden");

    tcase_add_test(golden_case, the_frame_is_written_as_the_golden_octets);
    tcase_add_test(golden_case, the_page_s_ask_is_read);
    suite_add_tcase(suite, golden_case);
    return suite;
}
