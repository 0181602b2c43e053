/* A tape with snapshots, made from the simulator's: a replay that begins at any of them ends as the whole one does. */
#include "sim/tape_seek.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "daemon/config.h"
#include "support/support.h"

#define EVERY 400 /* frames between snapshots */

static char path[64], plain[64];
static uint8_t *tape;
static size_t tape_size_of_file;
static struct { struct instant at; uint64_t offset; } snapshot[64];
static int snapshots;
static uint64_t digest;

static void put(FILE *f, enum tape_type type, struct instant arrival, uint16_t feed, const void *payload, size_t size)
{
    uint8_t *out = malloc(size + TAPE_HEADER + TAPE_TRAILER);
    int n = tape_encode(&(struct tape_frame){(uint8_t)type, feed, arrival, payload, size}, out, size + TAPE_HEADER + TAPE_TRAILER);
    ck_assert_int_gt(n, 0);
    ck_assert_uint_eq(fwrite(out, 1, (size_t)n, f), n);
    free(out);
}

static void put_snapshot(FILE *f, const struct engine *e)
{
    size_t size = engine_state_size(e), room = ZSTD_compressBound(size);
    uint8_t *state = malloc(size), *packed = malloc(room);
    engine_save(e, state);
    size_t n = ZSTD_compress(packed, room, state, size, 1);
    ck_assert(!ZSTD_isError(n));
    snapshot[snapshots].at = engine_now(e);
    snapshot[snapshots++].offset = (uint64_t)ftello(f);
    put(f, TAPE_SNAPSHOT, engine_now(e), 0, packed, n);
    free(packed);
    free(state);
}

static void put_index(FILE *f, struct instant now)
{
    uint8_t index[64 * 16];
    for (int i = 0; i < snapshots; i++)
        for (int k = 0; k < 8; k++) {
            index[16 * i + k] = (uint8_t)((uint64_t)snapshot[i].at.ns >> 8 * k);
            index[16 * i + 8 + k] = (uint8_t)(snapshot[i].offset >> 8 * k);
        }
    put(f, TAPE_INDEX, now, 0, index, 16 * (size_t)snapshots);
}

static void simulate(void)
{
    char command[1024];
    snprintf(path, sizeof path, "/tmp/airseam-seek-%d.tape", (int)getpid());
    snprintf(plain, sizeof plain, "/tmp/airseam-plain-%d.tape", (int)getpid());
    snprintf(command, sizeof command, "'%s' simulate --rate 0 --duration 60 --aircraft 30 --seed 7 --quiet --out '%s'", getenv("AIRSEAM"), plain);
    ck_assert_int_eq(system(command), 0);
    FILE *f = fopen(plain, "rb");
    ck_assert_ptr_nonnull(f);
    fseek(f, 0, SEEK_END);
    tape_size_of_file = (size_t)ftell(f);
    rewind(f);
    tape = malloc(tape_size_of_file);
    ck_assert_uint_eq(fread(tape, 1, tape_size_of_file, f), tape_size_of_file);
    fclose(f);
}

static struct engine *begin(const struct tape_frame *start)
{
    static char room[4096];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config;
    ck_assert(config_parse(&config, "tape", (const char *)start->payload, start->size, &errors));
    struct engine *e = engine_new(config.settings, &(struct engine_sink){0});
    config_close(&config);
    return e;
}

static void setup(void)
{
    struct tape_frame frame;
    struct engine *e = NULL;
    int n, frames = 0;
    snapshots = 0;
    simulate();
    FILE *out = fopen(path, "wb");
    fwrite(TAPE_MAGIC, 1, TAPE_MAGIC_SIZE, out);
    for (size_t at = TAPE_MAGIC_SIZE; (n = tape_decode(tape + at, tape_size_of_file - at, &frame)) > 0 && frame.type != TAPE_END; at += (size_t)n) {
        if (frame.type == TAPE_START)
            e = begin(&frame);
        else
            ck_assert_int_eq(engine_frame(e, &frame), 0);
        engine_drain(e);
        fwrite(tape + at, 1, (size_t)n, out);
        if (++frames % EVERY == 0 && snapshots < 64)
            put_snapshot(out, e);
    }
    digest = picture_digest(engine_picture(e));
    put_index(out, engine_now(e));
    fclose(out);
    engine_free(e);
}

static void teardown(void)
{
    unlink(path);
    unlink(plain);
    free(tape);
}

START_TEST(the_last_snapshot_before_is_found)
{
    ck_assert_int_gt(snapshots, 3);
    for (int i = 0; i < snapshots; i++)
        ck_assert_uint_eq(tape_seek_find(path, snapshot[i].at), snapshot[i].offset);
    ck_assert_uint_eq(tape_seek_find(path, instant_add(snapshot[1].at, -0.001)), snapshot[0].offset);
    ck_assert_uint_eq(tape_seek_find(path, instant_add(snapshot[0].at, -1)), 0);
    ck_assert_uint_eq(tape_seek_find(plain, snapshot[2].at), 0);
    ck_assert_uint_eq(tape_seek_find("/nonexistent", snapshot[0].at), 0);
}
END_TEST

START_TEST(a_tape_without_index_is_searched)
{
    FILE *f = fopen(path, "rb+");
    fseeko(f, 0, SEEK_END);
    ck_assert_int_eq(ftruncate(fileno(f), ftello(f) - 5), 0); /* torn */
    fclose(f);
    for (int i = 0; i < snapshots; i++)
        ck_assert_uint_eq(tape_seek_find(path, snapshot[i].at), snapshot[i].offset);
}
END_TEST

static uint64_t replayed(const char *from)
{
    char command[1024], line[64] = "";
    snprintf(command, sizeof command, "'%s' replay --digest %s '%s'", getenv("AIRSEAM"), from, path);
    FILE *f = popen(command, "r");
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    ck_assert_int_eq(pclose(f), 0);
    return strtoull(line, NULL, 16);
}

START_TEST(a_replay_from_a_snapshot_ends_in_the_same_digest)
{
    ck_assert_uint_eq(replayed(""), digest);
    for (int i = 0; i < snapshots; i += 2) {
        char from[80] = "--from ";
        instant_print(instant_add(snapshot[i].at, 1.0), from + 7, sizeof from - 7);
        strcpy(from + 7 + 19, "Z"); /* whole seconds */
        ck_assert_uint_eq(replayed(from), digest);
    }
}
END_TEST

START_TEST(a_damaged_snapshot_is_refused)
{
    FILE *f = fopen(path, "rb+");
    fseeko(f, (off_t)snapshot[1].offset + TAPE_HEADER + 3, SEEK_SET);
    int octet = fgetc(f);
    fseeko(f, -1, SEEK_CUR);
    fputc(octet ^ 0x40, f);
    fclose(f);
    struct tape_frame frame;
    ck_assert_int_gt(tape_decode(tape + TAPE_MAGIC_SIZE, tape_size_of_file - TAPE_MAGIC_SIZE, &frame), 0);
    struct engine *e = begin(&frame);
    ck_assert_int_lt(tape_seek_load(path, snapshot[1].offset, e), 0);
    engine_free(e);
}
END_TEST

Suite *test_tape_seek_suite(void);
Suite *test_tape_seek_suite(void)
{
    Suite *s = suite_create("tape_seek");
    TCase *c = tcase_create("snapshots");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, the_last_snapshot_before_is_found);
    tcase_add_test(c, a_tape_without_index_is_searched);
    tcase_add_test(c, a_replay_from_a_snapshot_ends_in_the_same_digest);
    tcase_add_test(c, a_damaged_snapshot_is_refused);
    suite_add_tcase(s, c);
    return s;
}
