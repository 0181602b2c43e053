#include "vector.h"
#include "wire/categories.h"

START_TEST(the_last_part_of_the_surface_capabilities_has_no_extension_bit)
{
    static const char hex[] =
        "01 01 01 01 01 60 "   /* FSPEC */
        "2B 0B "               /* 271 */
        "C0";                  /* 132 */
    static const struct vector_row rows[] = {
        { "271/IDENT", 1, NULL }, { "271/LW", 11, NULL }, { "132", -64, NULL },
    };

    vector_check(&cat021_21, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat021_21, "040/CL", 1, "suspect");
}
END_TEST

Suite *test_cat021_21_suite(void)
{
    Suite *suite = suite_create("cat021_21");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, the_last_part_of_the_surface_capabilities_has_no_extension_bit);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
