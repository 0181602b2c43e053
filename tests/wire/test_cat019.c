#include "vector.h"
#include "wire/categories.h"

START_TEST(a_status_message_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF E6 "               /* FSPEC */
        "14 02 "               /* 010 */
        "02 "                  /* 000 */
        "546000 "              /* 140 */
        "68 "                  /* 550 */
        "A5 "                  /* 551 */
        "01 07 58 "            /* 552 */
        "C5 8C "               /* 553 */
        "10000000 E0000000 "   /* 600 */
        "0190 "                /* 610 */
        "EC "                  /* 620 */
        "01 "                  /* RE */
        "02 FF";               /* SP */
    static const struct vector_row rows[] = {
        { "010/SIC", 2, NULL }, { "000", 2, NULL }, { "140", 43200, NULL }, { "550/NOGO", 1, NULL }, { "550/OVL", 1, NULL }, { "550/TSV", 0, NULL },
        { "550/TTF", 1, NULL }, { "551/TP1A", 1, NULL }, { "551/TP1B", 0, NULL }, { "551/TP2A", 1, NULL }, { "551/TP2B", 0, NULL },
        { "551/TP3A", 0, NULL }, { "551/TP3B", 1, NULL }, { "551/TP4A", 0, NULL }, { "551/TP4B", 1, NULL }, { "552[0]/RSI", 7, NULL },
        { "552[0]/RS1090", 1, NULL }, { "552[0]/TX1030", 0, NULL }, { "552[0]/TX1090", 1, NULL }, { "552[0]/RSS", 1, NULL },
        { "552[0]/RSO", 0, NULL }, { "553/REFTR1", 3, NULL }, { "553/REFTR2", 1, NULL }, { "553/REFTR3", 2, NULL }, { "553/REFTR4", 3, NULL },
        { "600/LAT", 45, NULL }, { "600/LON", -90, NULL }, { "610", 100, NULL }, { "620", -20, NULL },
    };

    vector_check(&cat019, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat019, "553/REFTR1", 0, "");
    vector_label(&cat019, "553/REFTR1", 3, "good");
    vector_label(&cat019, "000", 3, "event status");
}
END_TEST

Suite *test_cat019_suite(void)
{
    Suite *suite = suite_create("cat019");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_status_message_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
