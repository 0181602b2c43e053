#include "vector.h"
#include "wire/categories.h"

START_TEST(a_plot_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF 63 84 "    /* FSPEC */
        "1A 02 "       /* 010 */
        "75 68 "       /* 020 */
        "3200 8000 "   /* 040 */
        "8FC0 "        /* 070 */
        "7FF8 "        /* 090 */
        "0B 02 "       /* 130 */
        "8000 "        /* 141 */
        "80 "          /* 120 */
        "BA "          /* 131 */
        "81 A4 "       /* 030 */
        "84 "          /* 150 */
        "01";          /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 26, NULL }, { "010/SIC", 2, NULL }, { "020/TYP", 0, NULL }, { "020/SIM", 1, NULL }, { "020/SSRPSR", 3, NULL },
        { "020/ANT", 0, NULL }, { "020/SPI", 1, NULL }, { "020/RAB", 0, NULL }, { "020/TST", 0, NULL }, { "020/DS1DS2", 3, NULL },
        { "020/ME", 0, NULL }, { "020/MI", 1, NULL }, { "040/RHO", 100, NULL }, { "040/THETA", 180, NULL }, { "070/V", 1, NULL },
        { "070/G", 0, NULL }, { "070/L", 0, NULL }, { "070/MODE3A", 0, "7700" }, { "090/V", 0, NULL }, { "090/G", 1, NULL },
        { "090/HGT", -2, NULL }, { "130[0]", 5, NULL }, { "130[1]", 1, NULL }, { "141", 256, NULL }, { "120", -0.5, NULL }, { "131", -70, NULL },
        { "030[0]", 64, NULL }, { "030[1]", 82, NULL }, { "150/XA", 1, NULL }, { "150/XC", 0, NULL }, { "150/X2", 1, NULL },
    };

    vector_check(&cat001, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(a_track_has_its_own_order_of_items)
{
    static const char hex[] =
        "ED 07 01 80 "   /* FSPEC */
        "1A 02 "         /* 010 */
        "80 "            /* 020 */
        "1234 "          /* 161 */
        "FFC0 0060 "     /* 042 */
        "0800 C000 "     /* 200 */
        "AB 80 "         /* 170 */
        "06 "            /* 210 */
        "20";            /* 150 */
    static const struct vector_row rows[] = {
        { "010/SAC", 26, NULL }, { "020/TYP", 1, NULL }, { "161", 4660, NULL }, { "042/X", -1, NULL }, { "042/Y", 1.5, NULL },
        { "200/GSP", 0.125, NULL }, { "200/HDG", 270, NULL }, { "170/CON", 1, NULL }, { "170/RAD", 0, NULL }, { "170/MAN", 1, NULL },
        { "170/DOU", 0, NULL }, { "170/RDPC", 1, NULL }, { "170/GHO", 1, NULL }, { "170/TRE", 1, NULL }, { "210[0]", 3, NULL },
        { "150/XA", 0, NULL }, { "150/XC", 1, NULL }, { "150/X2", 0, NULL },
    };

    vector_check(&cat001, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat001, "030", 7, "terrestrial vehicle");
    vector_label(&cat001, "030", 8, "");
    vector_label(&cat001, "030", 64, "possibly wrong Mode 3/A");
    vector_label(&cat001, "030", 82, "low quality PSR plot");
    vector_label(&cat001, "020/TYP", 1, "track");
}
END_TEST

Suite *test_cat001_suite(void)
{
    Suite *suite = suite_create("cat001");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_plot_reads_as_the_standard_says);
    tcase_add_test(vectors, a_track_has_its_own_order_of_items);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
