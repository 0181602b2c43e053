#include "wire/asterix_block.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vector.h"
#include "wire/categories.h"

/* Everything that one datagram gives: "048 048 034" and faults as "!code@offset-lost". */
static const char *told(const char *hex)
{
    static char text[512];
    static uint8_t octets[512];
    struct asterix_editions editions;
    struct asterix_record record;
    struct asterix_fault fault;
    struct asterix_block block;
    size_t n = vector_octets(hex, octets), used = 0;
    uint8_t *exact = malloc(n ? n : 1); /* as long as the datagram, so that a sanitizer sees one octet too many */
    int code;

    memcpy(exact, octets, n);
    *text = '\0';
    asterix_block_editions(&editions);
    asterix_block_open(&block, &editions, exact, n);
    while ((code = asterix_block_next(&block, &record, &fault)) != 0) {
        if (code > 0)
            used += (size_t)snprintf(text + used, sizeof text - used, "%03u ", record.category->number);
        else
            used += (size_t)snprintf(text + used, sizeof text - used, "!%d@%u-%u ", code, fault.offset, fault.lost);
        ck_assert_uint_lt(used, sizeof text);
    }
    if (used > 0) text[used - 1] = '\0';
    free(exact);
    return text;
}

#define RADAR "300006 801481 " /* 048, data source alone */
#define MARK "220007 C0148102 " /* 034, data source and message type */

struct datagram {
    const char *what, *hex, *told;
};

static const struct datagram datagrams[] = {
    { "nothing", "", "" },
    { "one block", RADAR, "048" },
    { "two records in one block", "300009 801481 801482", "048 048" },
    { "blocks of two categories", RADAR MARK RADAR, "048 034 048" },
    { "header cut short", "30 00", "!-1@0-2" },
    { "LEN of zero", "300000 8014", "!-1@0-5" },
    { "LEN of two", "300002 8014", "!-1@0-5" },
    { "LEN of three: a block without records", "300003 " RADAR, "048" },
    { "LEN beyond the datagram", "300007 801481", "!-2@0-6" },
    { "second block beyond the datagram", RADAR "300007 801481", "048 !-2@6-6" },
    { "unknown category alone", "F00004 80", "!-3@0-4" },
    { "unknown category before a known one", "F00004 80 " RADAR, "!-3@0-4 048" },
    { "unknown category between known ones", RADAR "F00004 80 " RADAR, "048 !-3@6-4 048" },
    { "unknown category as the last block", RADAR "F00005 8001", "048 !-3@6-5" },
    { "eight octets of counter that look like category 064", RADAR "4000000000000107", "048 !-4@6-8" },
    { "eight octets of counter whose LEN leads nowhere", RADAR "4000040000000107", "048 !-4@6-8" },
    { "eight octets of counter whose LEN is too long", RADAR "40FFFF0000000107", "048 !-4@6-8" },
    { "two octets behind the block", RADAR "0000", "048 !-4@6-2" },
    { "zeros behind the block", RADAR "000000000000", "048 !-4@6-6" },
    { "a bad record takes its block, not its neighbours", RADAR "30000B 801481 0101010140 " MARK, "048 048 !-7@17-5 034" },
    { "a record cut by its block", "300007 801481 80 " MARK, "048 !-9@7-1 034" },
    { "an item that would reach into the next block", "300005 8014 " RADAR, "!-9@4-2 048" },
};

START_TEST(a_datagram_gives_its_records_and_says_what_it_loses)
{
    const struct datagram *d = &datagrams[_i];

    ck_assert_msg(strcmp(told(d->hex), d->told) == 0, "%s: \"%s\"", d->what, told(d->hex));
}
END_TEST

START_TEST(the_edition_is_chosen_by_number_and_text)
{
    struct asterix_editions editions;
    static const char *const wrong[] = { "", "21", "=", "021=", "021=9", "64=1.0", "999=1.0", "x=1", "0021=2.1" };

    asterix_block_editions(&editions);
    ck_assert_ptr_eq(editions.by_number[21], &cat021_27);
    ck_assert_ptr_null(editions.by_number[64]);
    ck_assert_int_eq(asterix_block_choose(&editions, "021=0.23"), 0);
    ck_assert_ptr_eq(editions.by_number[21], &cat021_023);
    ck_assert_int_eq(asterix_block_choose(&editions, "21=2.4"), 0);
    ck_assert_ptr_eq(editions.by_number[21], &cat021_24);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ck_assert_msg(asterix_block_choose(&editions, wrong[i]) == ASTERIX_UNKNOWN_CATEGORY, "\"%s\"", wrong[i]);
}
END_TEST

START_TEST(blocks_are_filled_up_to_their_limit)
{
    static const uint8_t record[] = { 0x80, 20, 129 };
    uint8_t octets[12];
    struct asterix_block_out out;

    asterix_block_init(&out, octets, sizeof octets);
    ck_assert_uint_eq(asterix_block_close(&out), 0);
    for (int i = 0; i < 3; i++) ck_assert_int_eq(asterix_block_put(&out, 48, record, sizeof record), 0);
    ck_assert_int_eq(asterix_block_put(&out, 48, record, sizeof record), ASTERIX_NO_ROOM);
    ck_assert_uint_eq(asterix_block_close(&out), 12);
    ck_assert_mem_eq(octets, "\x30\x00\x0c\x80\x14\x81\x80\x14\x81\x80\x14\x81", 12);
    ck_assert_int_eq(asterix_block_put(&out, 34, record, sizeof record), 0);
    ck_assert_int_eq(asterix_block_put(&out, 48, record, sizeof record), ASTERIX_NO_ROOM);
    ck_assert_uint_eq(asterix_block_close(&out), 6);
    ck_assert_mem_eq(octets, "\x22\x00\x06\x80\x14\x81", 6);
    ck_assert_int_eq(asterix_block_put(&out, 34, octets, 10), ASTERIX_NO_ROOM);
}
END_TEST

Suite *test_asterix_block_suite(void)
{
    Suite *suite = suite_create("asterix_block");
    TCase *framing = tcase_create("framing");

    tcase_add_loop_test(framing, a_datagram_gives_its_records_and_says_what_it_loses, 0, (int)(sizeof datagrams / sizeof *datagrams));
    tcase_add_test(framing, the_edition_is_chosen_by_number_and_text);
    tcase_add_test(framing, blocks_are_filled_up_to_their_limit);
    suite_add_tcase(suite, framing);
    return suite;
}
