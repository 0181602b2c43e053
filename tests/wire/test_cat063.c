#include "vector.h"
#include "wire/categories.h"

START_TEST(a_sensor_status_reads_as_the_standard_says)
{
    static const char hex[] =
        "FF F6 "       /* FSPEC */
        "14 01 "       /* 010 */
        "04 "          /* 015 */
        "546000 "      /* 030 */
        "14 81 "       /* 050 */
        "65 AD E0 "    /* 060 */
        "FC18 "        /* 070 */
        "0064 FF80 "   /* 080 */
        "C000 "        /* 081 */
        "0064 FF80 "   /* 090 */
        "4000 "        /* 091 */
        "FFFF "        /* 092 */
        "02 CC "       /* RE */
        "01";          /* SP */
    static const struct vector_row rows[] = {
        { "010/SAC", 20, NULL }, { "015", 4, NULL }, { "030", 43200, NULL }, { "050/SAC", 20, NULL }, { "050/SIC", 129, NULL },
        { "060/CON", 1, NULL }, { "060/PSR", 1, NULL }, { "060/SSR", 0, NULL }, { "060/MDS", 0, NULL }, { "060/ADS", 1, NULL },
        { "060/MLT", 0, NULL }, { "060/OPS", 1, NULL }, { "060/ODP", 0, NULL }, { "060/OXT", 1, NULL }, { "060/MSC", 0, NULL },
        { "060/TSV", 1, NULL }, { "060/NPW", 1, NULL }, { "060/TTF/EP", 1, NULL }, { "060/TTF/VAL", 1, NULL }, { "060/SPO/EP", 1, NULL },
        { "060/SPO/VAL", 0, NULL }, { "070", -1000, NULL }, { "080/SRG", 0.001, NULL }, { "080/SRB", -1, NULL }, { "081", -90, NULL },
        { "090/PRG", 0.001, NULL }, { "090/PRB", -1, NULL }, { "091", 90, NULL }, { "092", -0.0054931640625, NULL },
    };

    vector_check(&cat063, hex, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(enumerations_have_their_labels)
{
    vector_label(&cat063, "060/CON", 3, "not connected");
}
END_TEST

Suite *test_cat063_suite(void)
{
    Suite *suite = suite_create("cat063");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, a_sensor_status_reads_as_the_standard_says);
    tcase_add_test(vectors, enumerations_have_their_labels);
    suite_add_tcase(suite, vectors);
    return suite;
}
