/* The pipeline as a function of its input: a stream that comes in other pieces, and timers that are late, end in the same digest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/rng.h"
#include "daemon/engine.h"
#include "sim/world/sensors.h"
#include "support/support.h"
#include "wire/framing.h"

static uint8_t *stream;
static size_t stream_size;

/* A minute of the simulator as blocks back to back, as a TCP connection would carry them. */
static void setup(void)
{
    char path[] = "/tmp/airseam-cuts-XXXXXX.ast", command[1024];
    int fd = mkstemps(path, 4);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ck_assert_ptr_nonnull(getenv("AIRSEAM"));
    snprintf(command, sizeof command, "'%s' simulate --rate 0 --duration 60 --aircraft 40 --seed 5 --quiet --out '%s'", getenv("AIRSEAM"), path);
    ck_assert_int_eq(system(command), 0);
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    fseek(f, 0, SEEK_END);
    stream_size = (size_t)ftell(f);
    rewind(f);
    stream = malloc(stream_size);
    ck_assert_uint_eq(fread(stream, 1, stream_size, f), stream_size);
    fclose(f);
    unlink(path);
}

static void teardown(void)
{
    free(stream);
}

/* Pieces of at most `most` octets; the timer rings after a piece with the chance of 1 in `late`, 0: never. */
static uint64_t run(uint32_t most, uint32_t late, uint64_t seed)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config;
    struct decoder_settings d = decoder_settings_default();
    struct framing_unit unit;
    struct framing_fault fault;
    struct rng rng = rng_init(seed);
    ck_assert_int_eq(sensors_open(&config, sensors_files, SENSORS_FILES, "flags=border", &errors), 0);
    struct engine *e = engine_new(config.settings, &(struct engine_sink){0});
    struct framing *f = framing_new(FRAMING_RAW, 65535);
    int feed = engine_add_feed(e, "stream", &d, NULL);
    for (size_t at = 0; at < stream_size;) {
        size_t n = 1 + rng_below(&rng, most);
        n = n < stream_size - at ? n : stream_size - at;
        framing_put(f, stream + at, n);
        while (framing_next(f, &unit, &fault) > 0)
            engine_input(e, feed, unit.bytes, unit.size, unit.offset, unit.arrival);
        if (late && rng_below(&rng, late) == 0)
            engine_expire(e, engine_now(e));
        engine_drain(e);
        at += n;
    }
    engine_expire(e, instant_add(engine_now(e), 10.0));
    engine_drain(e);
    struct picture_counters c = picture_counters(engine_picture(e));
    ck_assert_uint_gt(c.tracks_new, 10);
    uint64_t digest = picture_digest(engine_picture(e));
    framing_free(f);
    engine_free(e);
    config_close(&config);
    return digest;
}

START_TEST(a_stream_cut_elsewhere_gives_the_same_digest)
{
    uint64_t want = run(65536, 1, 1);
    ck_assert_uint_eq(run(3, 1, 2), want);
    ck_assert_uint_eq(run(100, 1, 3), want);
    ck_assert_uint_eq(run(1460, 1, 4), want);
}
END_TEST

START_TEST(late_timers_give_the_same_digest)
{
    uint64_t want = run(200, 1, 1);
    ck_assert_uint_eq(run(200, 7, 1), want);
    ck_assert_uint_eq(run(200, 50, 1), want);
    ck_assert_uint_eq(run(200, 0, 1), want);
}
END_TEST

Suite *test_cuts_suite(void);
Suite *test_cuts_suite(void)
{
    Suite *s = suite_create("cuts");
    TCase *c = tcase_create("determinism");
    tcase_add_unchecked_fixture(c, setup, teardown);
    tcase_add_test(c, a_stream_cut_elsewhere_gives_the_same_digest);
    tcase_add_test(c, late_timers_give_the_same_digest);
    suite_add_tcase(s, c);
    return s;
}
