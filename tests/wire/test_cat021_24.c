#include "vector.h"
#include "wire/categories.h"

START_TEST(three_parts_of_the_descriptor_and_no_more)
{
    static const char hex[] =
        "40 "         /* FSPEC */
        "01 01 54";   /* 040 */
    static const struct vector_row rows[] = {
        { "040/LLC", 1, NULL }, { "040/IPC", 0, NULL }, { "040/NOGO", 1, NULL }, { "040/CPR", 0, NULL }, { "040/LDPJ", 1, NULL },
        { "040/RCF", 0, NULL },
    };

    vector_check(&cat021_24, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(surface_capabilities_carry_the_length_first)
{
    static const char hex[] =
        "01 01 01 01 01 40 "   /* FSPEC */
        "2B B0";               /* 271 */
    static const struct vector_row rows[] = {
        { "271/IDENT", 1, NULL }, { "271/LW", 11, NULL },
    };

    vector_check(&cat021_24, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(the_ninth_age_is_that_of_the_intermediate_altitude)
{
    static const char hex[] =
        "01 01 01 01 01 02 "   /* FSPEC */
        "01 40 05";            /* 295 */
    static const struct vector_row rows[] = {
        { "295/ISA", 0.5, NULL },
    };

    vector_check(&cat021_24, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat021_24, "210/VN", 3, "");
    vector_label(&cat021_24, "210/VN", 2, "DO-260B");
}
END_TEST

Suite *test_cat021_24_suite(void)
{
    Suite *suite = suite_create("cat021_24");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, three_parts_of_the_descriptor_and_no_more);
    tcase_add_test(vectors, surface_capabilities_carry_the_length_first);
    tcase_add_test(vectors, the_ninth_age_is_that_of_the_intermediate_altitude);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
