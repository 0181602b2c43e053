/* Classes: the usual rules, row by row, and rules of the operator in their order. */
#include "track/classify.h"

#include <string.h>

#include "kit.h"
#include "support/support.h"

Suite *test_classify_suite(void);

static struct track made(double age_s)
{
    struct track t = {.number = 1, .time = kit_at(1000), .born = kit_at(1000 - age_s)};
    for (int i = 0; i < TRACK_AGES; i++)
        t.age[i] = INSTANT_NONE;
    return t;
}

static enum track_class usually(const struct track *t)
{
    uint32_t count;
    const struct classify_rule *rules = classify_usual(&count);
    return classify(rules, count, t);
}

START_TEST(the_usual_rules_say_what_the_field_says)
{
    struct track t = made(10);
    ck_assert_int_eq(usually(&t), TRACK_PENDING);
    t = made(121);
    ck_assert_int_eq(usually(&t), TRACK_UNKNOWN);
    t.ident = (struct ident){.mode_a = 01200, .flags = IDENT_MODE_A};
    t.age[TRACK_AGE_SSR] = kit_at(999);
    ck_assert_int_eq(usually(&t), TRACK_NEUTRAL);
    t.ident = (struct ident){.mode_a = 04321, .mode_s = 0xC01234, .flags = IDENT_MODE_A | IDENT_MODE_S};
    ck_assert_int_eq(usually(&t), TRACK_UNKNOWN);
    t.plan = 7;
    ck_assert_int_eq(usually(&t), TRACK_ASSUMED);
    t.ident.mode_s = 0xAE1234;
    ck_assert_int_eq(usually(&t), TRACK_FRIENDLY);
    t.flags |= TRACK_SILENT;
    ck_assert_int_eq(usually(&t), TRACK_SUSPECT);
}
END_TEST

START_TEST(the_first_rule_that_holds_gives_the_class)
{
    const struct classify_rule rules[] = {
        {.class = TRACK_HOSTILE, .transponder = CLASSIFY_NEVER, .plan = CLASSIFY_PLAN_WITHOUT},
        {.class = TRACK_FRIENDLY, .flight_type = 'M'},
        {.class = TRACK_NEUTRAL, .callsign = "ACA"},
        {.class = TRACK_SUSPECT, .code_first = 04400, .code_last = 04477},
    };
    struct track t = made(500);
    ck_assert_int_eq(classify(rules, 4, &t), TRACK_HOSTILE);
    t.age[TRACK_AGE_MODE_S] = kit_at(990);
    ck_assert_int_eq(classify(rules, 4, &t), TRACK_UNKNOWN);
    t.ident = (struct ident){.mode_a = 04412, .flags = IDENT_MODE_A};
    ck_assert_int_eq(classify(rules, 4, &t), TRACK_SUSPECT);
    t.plan = 3;
    strcpy(t.flight.callsign, "ACA123"); /* as filed, where it says none itself */
    ck_assert_int_eq(classify(rules, 4, &t), TRACK_NEUTRAL);
    t.flight.flight_type = 'M';
    ck_assert_int_eq(classify(rules, 4, &t), TRACK_FRIENDLY);
    ck_assert_int_eq(classify(rules, 0, &t), TRACK_UNKNOWN);
}
END_TEST

Suite *test_classify_suite(void)
{
    Suite *s = suite_create("classify");
    TCase *t = tcase_create("rules");
    tcase_add_test(t, the_usual_rules_say_what_the_field_says);
    tcase_add_test(t, the_first_rule_that_holds_gives_the_class);
    suite_add_tcase(s, t);
    return s;
}
