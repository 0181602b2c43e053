#include "wire/asterix_walk.h"

#include <stdio.h>
#include <string.h>

#include "vector.h"
#include "wire/categories.h"

struct told {
    char text[1024];
    size_t used, left;
};

static bool tell(void *context, const struct asterix_visit *v)
{
    struct told *told = context;

    told->used += (size_t)snprintf(told->text + told->used, sizeof told->text - told->used, "%s%s%s[%u.%u]%s=%llx ", v->item->id, v->sub ? "/" : "", v->sub ? v->sub->id : "",
                                   v->repetition, v->part, v->field ? v->field->name : "bytes", v->field ? (unsigned long long)v->raw : v->octets);
    return --told->left > 0;
}

static const char *walked(const struct asterix_category *category, const char *hex, size_t most)
{
    static struct told told;
    uint8_t octets[128];
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n = vector_octets(hex, octets);

    told = (struct told){ .left = most };
    ck_assert_int_eq(asterix_decode(category, octets, n, &record, &fault), (int)n);
    ck_assert_int_eq(asterix_walk(&record, tell, &told), told.left > 0);
    return told.text;
}

START_TEST(rows_come_in_order_with_part_and_repetition)
{
    ck_assert_str_eq(walked(&cat048, "80 1481", 99), "010[0.0]SAC=14 010[0.0]SIC=81 ");
    ck_assert_str_eq(walked(&cat048, "0102 CBA0", 99), "170[0.0]CNF=1 170[0.0]RAD=2 170[0.0]DOU=0 170[0.0]MAH=1 170[0.0]CDM=1 170[0.1]TRE=1 170[0.1]GHO=0 170[0.1]SUP=1 170[0.1]TCC=0 ");
    ck_assert_str_eq(walked(&cat048, "010140 0320", 99), "030[0.0]=1 030[1.0]=10 ");
    ck_assert_str_eq(walked(&cat048, "02 82 0A FE", 99), "130/SRL[0.0]=a 130/APD[0.0]=fe ");
    ck_assert_str_eq(walked(&cat048, "01010106 01 03AABB", 99), "SP[0.0]bytes=0 RE[0.0]bytes=2 ");
    ck_assert_str_eq(walked(&cat002, "0180 02 8405 0FFF", 99), "070[0.0]A=1 070[0.0]IDENT=1 070[0.0]COUNTER=5 070[1.0]A=0 070[1.0]IDENT=3 070[1.0]COUNTER=3ff ");
}
END_TEST

START_TEST(rows_that_are_not_chosen_are_not_shown)
{
    ck_assert_str_eq(walked(&cat062, "0110 10 0800", 99), "380/IAS[0.0]IM=0 380/IAS[0.0]IAS=800 ");
    ck_assert_str_eq(walked(&cat062, "0110 10 8800", 99), "380/IAS[0.0]IM=1 380/IAS[0.0]MACH=800 ");
}
END_TEST

START_TEST(empty_repetitions_show_nothing)
{
    ck_assert_str_eq(walked(&cat048, "0120 00", 99), "");
}
END_TEST

START_TEST(a_visitor_can_end_the_walk)
{
    ck_assert_str_eq(walked(&cat048, "80 1481", 1), "010[0.0]SAC=14 ");
}
END_TEST

Suite *test_asterix_walk_suite(void)
{
    Suite *suite = suite_create("asterix_walk");
    TCase *order = tcase_create("order");

    tcase_add_test(order, rows_come_in_order_with_part_and_repetition);
    tcase_add_test(order, rows_that_are_not_chosen_are_not_shown);
    tcase_add_test(order, empty_repetitions_show_nothing);
    tcase_add_test(order, a_visitor_can_end_the_walk);
    suite_add_tcase(suite, order);
    return suite;
}
