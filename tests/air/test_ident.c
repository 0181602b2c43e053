#include "air/ident.h"

#include <string.h>

#include "support/support.h"

START_TEST(codes_with_doubt_are_not_trusted)
{
    struct ident i = {.mode_a = 04321, .flags = IDENT_MODE_A};
    ck_assert(ident_mode_a_trusted(&i));
    i.flags |= IDENT_A_SMOOTHED;
    ck_assert(ident_mode_a_trusted(&i));
    i.flags = IDENT_MODE_A | IDENT_A_GARBLED;
    ck_assert(!ident_mode_a_trusted(&i));
    i.flags = IDENT_MODE_A | IDENT_A_UNVALIDATED;
    ck_assert(!ident_mode_a_trusted(&i));
    i.flags = IDENT_MODE_S;
    ck_assert(!ident_mode_a_trusted(&i));
}
END_TEST

START_TEST(emergency_codes_are_three_and_shared_codes_six)
{
    int emergency = 0, shared = 0;
    for (unsigned code = 0; code <= 07777; code++) {
        emergency += ident_code_is_emergency((uint16_t)code);
        shared += ident_code_is_shared((uint16_t)code);
    }
    ck_assert_int_eq(emergency, 3);
    ck_assert_int_eq(shared, 6);
    ck_assert(ident_code_is_emergency(07700) && ident_code_is_shared(01200));
}
END_TEST

START_TEST(callsigns_are_upper_cased_and_cut)
{
    struct ident i = {0};
    ck_assert(ident_set_callsign(&i, "aal123  ", 8));
    ck_assert_str_eq(i.callsign, "AAL123");
    ck_assert(ident_has(&i, IDENT_CALLSIGN));
    ck_assert(ident_set_callsign(&i, "XABCD12\0", 8));
    ck_assert_str_eq(i.callsign, "XABCD12");
    ck_assert(ident_set_callsign(&i, "12345678", 8));
    ck_assert_str_eq(i.callsign, "12345678");
}
END_TEST

START_TEST(what_is_no_callsign_is_refused_and_changes_nothing)
{
    static const char *bad[] = {"        ", "AB CD", "AB_CD", "123456789", "", "\x80" "ABC"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        struct ident i = {.flags = IDENT_MODE_A}, before = i;
        ck_assert_msg(!ident_set_callsign(&i, bad[k], (unsigned)strlen(bad[k])), "%s", bad[k]);
        ck_assert_mem_eq(&i, &before, sizeof i);
    }
}
END_TEST

START_TEST(later_evidence_replaces_earlier_part_by_part)
{
    struct ident i = {.mode_s = 0xABCDEF, .mode_a = 01234, .flags = IDENT_MODE_S | IDENT_NOT_ICAO | IDENT_MODE_A | IDENT_A_GARBLED | IDENT_SPI};
    ident_merge(&i, &(struct ident){.mode_a = 04567, .flags = IDENT_MODE_A});
    ck_assert_uint_eq(i.mode_a, 04567);
    ck_assert_uint_eq(i.mode_s, 0xABCDEF);
    ck_assert_uint_eq(i.flags, IDENT_MODE_S | IDENT_NOT_ICAO | IDENT_MODE_A);
    ident_merge(&i, &(struct ident){.mode_s = 0x123456, .callsign = "ACA1", .flags = IDENT_MODE_S | IDENT_CALLSIGN});
    ck_assert_uint_eq(i.flags, IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN);
    ck_assert_str_eq(i.callsign, "ACA1");
    struct ident before = i;
    ident_merge(&i, &(struct ident){0});
    ck_assert_mem_eq(&i, &before, sizeof i);
}
END_TEST

Suite *test_ident_suite(void)
{
    Suite *suite = suite_create("ident");
    TCase *t = tcase_create("evidence");
    tcase_add_test(t, codes_with_doubt_are_not_trusted);
    tcase_add_test(t, emergency_codes_are_three_and_shared_codes_six);
    tcase_add_test(t, callsigns_are_upper_cased_and_cut);
    tcase_add_test(t, what_is_no_callsign_is_refused_and_changes_nothing);
    tcase_add_test(t, later_evidence_replaces_earlier_part_by_part);
    suite_add_tcase(suite, t);
    return suite;
}
