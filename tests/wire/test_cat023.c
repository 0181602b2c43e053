#include "vector.h"
#include "wire/categories.h"

START_TEST(a_station_status_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF C6 "               /* FSPEC */
        "14 02 "               /* 010 */
        "03 "                  /* 000 */
        "32 "                  /* 015 */
        "546000 "              /* 070 */
        "53 78 "               /* 100 */
        "0421 14 "             /* 101 */
        "96 "                  /* 200 */
        "08 "                  /* 110 */
        "01 14 80 00010000 "   /* 120 */
        "02 CC "               /* RE */
        "01";                  /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "000", 3, NULL }, { "015/SID", 3, NULL }, { "015/STYP", 2, NULL }, { "070", 43200, NULL },
        { "100/NOGO", 0, NULL }, { "100/ODP", 1, NULL }, { "100/OXT", 0, NULL }, { "100/MSC", 1, NULL }, { "100/TSV", 0, NULL },
        { "100/SPO", 0, NULL }, { "100/RN", 1, NULL }, { "100/GSSP", 60, NULL }, { "101/RP", 2, NULL }, { "101/SC", 1, NULL },
        { "101/SSRP", 10, NULL }, { "200", 150, NULL }, { "110/STAT", 4, NULL }, { "120[0]/TYPE", 20, NULL }, { "120[0]/REF", 1, NULL },
        { "120[0]/CV", 65536, NULL },
    };

    vector_check(&cat023, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat023, "120/TYPE", 4, "messages transmitted");
    vector_label(&cat023, "120/TYPE", 5, "");
    vector_label(&cat023, "120/TYPE", 32, "two-slot TCP");
}
END_TEST

Suite *test_cat023_suite(void)
{
    Suite *suite = suite_create("cat023");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_station_status_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
