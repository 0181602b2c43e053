#include "vector.h"
#include "wire/categories.h"

START_TEST(a_service_status_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF 06 "    /* FSPEC */
        "14 01 "    /* 010 */
        "02 "       /* 000 */
        "04 "       /* 015 */
        "546000 "   /* 030 */
        "FF "       /* 020 */
        "6A "       /* 040 */
        "10 "       /* 050 */
        "02 CC "    /* RE */
        "01";       /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "000", 2, NULL }, { "015", 4, NULL }, { "030", 43200, NULL }, { "020", 255, NULL }, { "040/NOGO", 1, NULL },
        { "040/OVL", 1, NULL }, { "040/TSV", 0, NULL }, { "040/PSS", 2, NULL }, { "040/STTN", 1, NULL }, { "050", 16, NULL },
    };

    vector_check(&cat065, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat065, "050", 16, "main and backup radar failed");
    vector_label(&cat065, "000", 0, "");
}
END_TEST

Suite *test_cat065_suite(void)
{
    Suite *suite = suite_create("cat065");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_service_status_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
