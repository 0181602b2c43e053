#include "air/kind.h"

#include "support/support.h"

static struct track with(uint32_t address, uint16_t flags)
{
    struct track t = {.ident = {.mode_s = address, .flags = flags}};
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t.age[i] = INSTANT_NONE;
    return t;
}

// the ends of every block, and what lies beside them
START_TEST(addresses_say_whose_and_what)
{
    static const struct { uint32_t address; enum kind_nation nation; enum kind_class class; } rows[] = {
        {0xA00001, KIND_US, KIND_CIVIL},    {0xADF7C7, KIND_US, KIND_CIVIL},    {0xADF7C8, KIND_US, KIND_MILITARY}, {0xAFFFFF, KIND_US, KIND_MILITARY},
        {0xB00000, KIND_OTHER, KIND_CIVIL}, {0xC00001, KIND_CA, KIND_CIVIL},    {0xC1FFFF, KIND_CA, KIND_CIVIL},    {0xC20000, KIND_CA, KIND_MILITARY},
        {0xC3FFFF, KIND_CA, KIND_MILITARY}, {0xC40000, KIND_OTHER, KIND_CIVIL}, {0x0D0000, KIND_MX, KIND_CIVIL},    {0x0D7FFF, KIND_MX, KIND_CIVIL},
        {0x0D8000, KIND_OTHER, KIND_CIVIL}, {0x0CFFFF, KIND_OTHER, KIND_CIVIL},
    };
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct track t = with(rows[i].address, IDENT_MODE_S);
        ck_assert_msg(kind_nation(&t) == rows[i].nation && kind_class(&t) == rows[i].class, "%06x", rows[i].address);
    }
}
END_TEST

START_TEST(without_an_address_replies_tell_the_rest)
{
    struct track t = with(0xADF7C8, IDENT_MODE_S | IDENT_NOT_ICAO);
    ck_assert_int_eq(kind_nation(&t), KIND_UNKNOWN);
    t = with(0, IDENT_MODE_2);
    ck_assert_int_eq(kind_class(&t), KIND_MILITARY);
    t = with(0, IDENT_CALLSIGN);
    ck_assert_int_eq(kind_class(&t), KIND_CIVIL);
    t = with(0, IDENT_MODE_A);
    ck_assert_int_eq(kind_class(&t), KIND_ANONYMOUS);
    t = with(0, 0);
    ck_assert_int_eq(kind_class(&t), KIND_PRIMARY);
    t.age[TRACK_AGE_SSR] = (struct instant){5};
    ck_assert_int_eq(kind_class(&t), KIND_ANONYMOUS);
}
END_TEST

START_TEST(frames_are_friend_for_the_three_nations_forces_alone)
{
    struct track us = with(0xAE0000, IDENT_MODE_S), civil = with(0xA00001, IDENT_MODE_S), other = with(0x3F0000, IDENT_MODE_S | IDENT_MODE_2), none = with(0, 0);
    ck_assert_int_eq(kind_affiliation(&us), KIND_FRIEND);
    ck_assert_int_eq(kind_affiliation(&civil), KIND_NEUTRAL);
    ck_assert_int_eq(kind_affiliation(&other), KIND_UNIDENTIFIED);
    ck_assert_int_eq(kind_affiliation(&none), KIND_UNIDENTIFIED);
    civil.class = TRACK_HOSTILE;
    ck_assert_int_eq(kind_affiliation(&civil), KIND_HOSTILE);
    us.class = TRACK_UNKNOWN;
    ck_assert_int_eq(kind_affiliation(&us), KIND_UNIDENTIFIED);
}
END_TEST

Suite *test_kind_suite(void)
{
    Suite *suite = suite_create("kind");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, addresses_say_whose_and_what);
    tcase_add_test(claims, without_an_address_replies_tell_the_rest);
    tcase_add_test(claims, frames_are_friend_for_the_three_nations_forces_alone);
    suite_add_tcase(suite, claims);
    return suite;
}
