#include "track/trust.h"

#include "support/support.h"

static const struct instant noon = {1000000000};

START_TEST(three_agreements_confirm_and_two_contradictions_refute)
{
    struct trust t = {0};
    ck_assert(trust_hear(&t, noon));
    ck_assert(!trust_compare(&t, true));
    ck_assert(!trust_compare(&t, true));
    ck_assert(trust_compare(&t, true));
    ck_assert_int_eq(t.state, TRUST_CONFIRMED);
    t = (struct trust){.state = TRUST_UNCHECKED};
    ck_assert(!trust_compare(&t, false));
    ck_assert(trust_compare(&t, false));
    ck_assert_int_eq(t.state, TRUST_CONTRADICTED);
}
END_TEST

START_TEST(a_liar_is_not_believed_again_at_once)
{
    struct trust t = {.state = TRUST_UNCHECKED};
    for (int i = 0; i < 5; i++)
        trust_compare(&t, false);
    for (int i = 0; i < 8; i++)
        ck_assert(!trust_compare(&t, true));
    ck_assert(trust_compare(&t, true));
    ck_assert_int_eq(t.state, TRUST_CONFIRMED);
}
END_TEST

START_TEST(what_radar_never_sees_is_flagged_until_it_does)
{
    struct trust t = {.state = TRUST_UNCHECKED};
    ck_assert(!trust_miss(&t, 4.0));
    ck_assert(trust_miss(&t, 2.0));
    ck_assert_int_eq(t.state, TRUST_UNSEEN);
    ck_assert(!trust_has_radar(&t, noon));
    ck_assert(trust_see(&t, noon));
    ck_assert_int_eq(t.state, TRUST_UNCHECKED);
    ck_assert(trust_has_radar(&t, instant_add(noon, 29.0)));
    ck_assert(!trust_has_radar(&t, instant_add(noon, 31.0)));
}
END_TEST

Suite *test_trust_suite(void)
{
    Suite *suite = suite_create("trust");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, three_agreements_confirm_and_two_contradictions_refute);
    tcase_add_test(claims, a_liar_is_not_believed_again_at_once);
    tcase_add_test(claims, what_radar_never_sees_is_flagged_until_it_does);
    suite_add_tcase(suite, claims);
    return suite;
}
