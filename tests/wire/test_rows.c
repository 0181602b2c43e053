/* The records that tshark judges (tests/replay/rows/): they must be what the tables make today. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"
#include "synth.h"
#include "wire/asterix_block.h"

static const struct {
    const char *file;
    unsigned number; /* 0: every category in its default edition */
    const char *edition;
} fixtures[] = { { "default.ast", 0, NULL }, { "021-2.4.ast", 21, "2.4" }, { "021-0.23.ast", 21, "0.23" } };

/* Blocks of one record each: every row with boundary values, then whole and sparse records of random values. */
static size_t add_category(const struct asterix_category *category, uint8_t *octets)
{
    static struct synth synth = { .common = true };
    static uint8_t record[8192];
    size_t size = 0;

    for (enum synth_kind kind = SYNTH_ZERO; kind < SYNTH_KINDS; kind++)
        for (unsigned n = 0; n < (kind >= SYNTH_COUNT ? 3 : 1); n++) {
            struct rng rng = rng_stream(kind * 10 + n, category->number);
            struct asterix_block_out out;
            synth_fill(&synth, category, 0, kind, &rng); /* tshark reads tracks of 001 by the layout of plots */
            asterix_block_init(&out, octets + size, 65535);
            ck_assert_int_eq(asterix_block_put(&out, category->number, record, synth_encode(&synth, record, sizeof record)), 0);
            size += asterix_block_close(&out);
        }
    return size;
}

START_TEST(the_rows_for_tshark_are_those_of_the_tables)
{
    static uint8_t made[1 << 17], kept[1 << 17];
    char path[256];
    const struct asterix_category *c;
    size_t size = 0, n = 0;
    FILE *file;

    for (unsigned i = 0; (c = asterix_at(i)) != NULL; i++)
        if (fixtures[_i].number ? c == asterix_find(fixtures[_i].number, fixtures[_i].edition) : c == asterix_find(c->number, NULL)) size += add_category(c, made + size);
    snprintf(path, sizeof path, "tests/replay/rows/%s", fixtures[_i].file);
    if ((file = fopen(path, "rb")) != NULL) {
        n = fread(kept, 1, sizeof kept, file);
        fclose(file);
    }
    if (n == size && memcmp(made, kept, n) == 0) return;
    snprintf(path, sizeof path, "%s/tests/%s", getenv("O") ? getenv("O") : ".", fixtures[_i].file);
    if ((file = fopen(path, "wb")) != NULL) {
        fwrite(made, 1, size, file);
        fclose(file);
    }
    ck_abort_msg("tests/replay/rows/%s is not what the tables make; %s is: look why, then copy it", fixtures[_i].file, path);
}
END_TEST

Suite *test_rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *fixture = tcase_create("fixtures");

    tcase_add_loop_test(fixture, the_rows_for_tshark_are_those_of_the_tables, 0, (int)(sizeof fixtures / sizeof *fixtures));
    suite_add_tcase(suite, fixture);
    return suite;
}
